//! Maps as files have them, and the sentences about those that are none.

mod limits;
mod proptests;

use super::*;
use crate::model::{ImageData, LaneKind, Map};

fn assert_read_or_refused(bytes: &[u8]) {
    match read(bytes) {
        Ok(document) => assert!(document.map.is_consistent()),
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
}

fn messages(text: &str) -> String {
    match read(text.as_bytes()) {
        Ok(document) => document
            .warnings
            .iter()
            .map(|warning| format!("{warning}\n"))
            .collect::<String>(),
        Err(error) => error.to_string(),
    }
}

fn opened(text: &str) -> Map {
    read(text.as_bytes()).unwrap().map
}

#[test]
fn messages_name_fields_and_are_one_line() {
    for (text, message) in [
        (
            "(title: \"T\", stages: [title\ntitle:title])",
            "line 1, column 28: in “stages”: expected a record in ( )",
        ),
        (
            "(title: \"T\", stages: [(name: \"S\", touchpoints: [(texts: {r\"a\nb\": 1})])])",
            "line 2, column 5: in “texts”: expected a text in quotes",
        ),
    ] {
        assert_eq!(messages(text), message);
    }
}

#[test]
fn the_smallest_map_opens() {
    let map = opened(r#"(title: "T", stages: [(name: "S", touchpoints: [(name: "A")])])"#);
    assert_eq!(map.header().title, "T");
    assert_eq!(map.touchpoints().next().unwrap().id.to_string(), "a");
}

#[test]
fn missing_ids_are_derived_from_names_in_file_order() {
    let map = opened(
        r#"(title: "T", stages: [
            (name: "S", touchpoints: [(name: "Pay"), (name: "Pay"), (id: "pay-2", name: "X"), (name: "???")]),
            (name: "S", touchpoints: [(name: "Pay", pains: [(text: "Too slow, far too slow for anybody at all")])]),
        ])"#,
    );
    let ids: Vec<String> = map.touchpoints().map(|t| t.id.to_string()).collect();
    assert_eq!(ids, ["pay", "pay-3", "pay-2", "touchpoint", "pay-4"]);
    let stages: Vec<String> = map.stages().iter().map(|s| s.id.to_string()).collect();
    assert_eq!(stages, ["s", "s-2"]);
    let pain = &map.touchpoints().last().unwrap().pains[0];
    assert_eq!(pain.id.to_string(), "too-slow-far-too-slow-for-anybod");
}

#[test]
fn derived_ids_can_be_referred_to() {
    let text = r#"(title: "T", departments: [(name: "Sales")], stages: [(name: "S", owner: "sales", touchpoints: [
        (name: "A", paths: [(to: "call-us", kind: failure)]), (name: "Call us"),
    ])])"#;
    assert_eq!(messages(text), "");
}

#[test]
fn line_ends_and_byte_order_mark_do_not_matter() {
    let plain = "(\n  title: \"one\ntwo\",\n)";
    let dos = format!("\u{FEFF}{}", plain.replace('\n', "\r\n"));
    let mac = plain.replace('\n', "\r");
    assert_eq!(opened(plain), opened(&dos));
    assert_eq!(opened(plain), opened(&mac));
    assert_eq!(opened(&dos).header().title, "one\ntwo");
}

#[test]
fn lanes_not_named_follow_in_their_usual_order() {
    let map = opened(
        r#"(title: "T", lanes: [(id: "pains"), (name: "Emails sent"), (name: "Feelings")])"#,
    );
    let ids: Vec<&str> = map
        .lanes()
        .iter()
        .map(|l| crate::model::Id::as_str(&l.id))
        .collect();
    assert_eq!(
        ids[..6],
        [
            "pains",
            "emails-sent",
            "feelings-2",
            "touchpoints",
            "storyboard",
            "feelings"
        ]
    );
    assert_eq!(ids.len(), LaneKind::STANDARD.len() + 2);
}

#[test]
fn lane_contents_and_images_open_with_any_content() {
    let text = r#"(title: "T",
 lanes: [(name: "Effort", holds: score, from: 1, to: 4.9999), (name: "Mail", holds: list, to: 3)],
 stages: [(name: "S", touchpoints: [(name: "A", pictures: ["queue", "gone"])])],
 personas: [(name: "Jana", picture: "jana")],
 pictures: [(name: "Queue", data: ["Zm9v", " YmFy"]), (name: "Odd", data: ["Zm9v", "what is this?"])])"#;
    assert_eq!(
        messages(text),
        "line 2, column 54: “to” is 4.9999 and is kept as 5\n\
         line 2, column 95: the field “to” is not known here; saving the map drops it\n\
         line 3, column 69: “pictures” refers to picture “gone”, which is not in the map\n\
         line 4, column 37: “picture” refers to picture “jana”, which is not in the map\n"
    );
    let map = opened(text);
    let data: Vec<&ImageData> = map.images().iter().map(|i| &i.data).collect();
    assert_eq!(*data[0], ImageData::Bytes(b"foobar".as_slice().into()));
    assert_eq!(
        *data[1],
        ImageData::Unreadable("Zm9v\nwhat is this?".into())
    );
    let written = write(&map);
    assert!(
        written
            .contains("\n      data: [\n        \"Zm9v\",\n        \"what is this?\",\n      ],\n")
    );
    assert!(written.contains("holds: score, from: 1, to: 5, name: \"Effort\""));
}

#[test]
fn paths_are_located_in_the_text() {
    let text = "(title: \"T\", // (\n stages: [(name: r#\"x\"y)\"#), (name: \"S\",\n  touchpoints: [(name: \"é\", owner: \"d\")])])";
    let at = |path: &str| locate(text, path).map(|p| (p.line, p.column));
    assert_eq!(at("stages[0].name"), Some((2, 18)));
    assert_eq!(at("stages[1]"), Some((2, 30)));
    assert_eq!(at("stages[1].touchpoints[0].owner"), Some((3, 36)));
    assert_eq!(at("stages[1].touchpoints[7].owner"), Some((3, 16)));
    assert_eq!(at(""), Some((1, 1)));
    assert_eq!(locate("", "title"), None);
}

#[test]
fn older_files_are_read_through_their_own_types() {
    let text = include_bytes!("../../tests/corpus/good/version-0.journey.ron");
    let document = read(text).unwrap();
    assert!(matches!(
        document.warnings[0].kind,
        WarningKind::Older { from: 0 }
    ));
    let map = &document.map;
    let second = map.touchpoints().nth(1).unwrap();
    assert_eq!(
        second.owner.as_ref(),
        map.departments().iter().next().map(|d| &d.id)
    );
    assert_eq!(
        second.channel.as_ref(),
        map.channels().iter().nth(1).map(|c| &c.id)
    );
    assert_eq!(second.feelings[0].score.map(|s| s.tenths()), Some(-10));
    assert_eq!(second.pains[0].text, "Waits for half an hour");
    assert_eq!(map.channels().len(), 2);
    // From then on it is a map like any other.
    let again = read(write(map).as_bytes()).unwrap();
    assert_eq!((&again.map, again.warnings.len()), (map, 0));
}

#[test]
fn the_version_decides_before_the_rest_is_read() {
    let newer = "(format: 7, shape: [of, [the future!]])";
    let problem = read(newer.as_bytes()).unwrap_err().problem;
    assert_eq!(
        problem,
        Problem::Newer {
            found: 7,
            newest: VERSION
        }
    );
    for text in [
        "(title: \"T\", format: 0, phases: 3)",
        "(format: 0)",
        "(format: 0, title: \"T\", phases: [(name: \"P\", steps: [(name: \"S\", mood: 9)])])",
        "(title: \"T\", stages: [], format: 0)",
    ] {
        assert!(read(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn errors_are_at_the_value_and_not_at_its_option() {
    let text = "(title: \"T\", actions: [(name: \"A\", due: Some(\"soon\"))])";
    assert_eq!(
        messages(text),
        "line 1, column 46: in “due”: expected a date such as \"2026-05-01\", found \"soon\""
    );
}

#[test]
fn single_values_are_read_with_and_without_inner_brackets() {
    use crate::model::Header;
    #[derive(Debug, PartialEq, serde::Deserialize)]
    enum Command {
        Set(Box<Header>),
        Move { id: String, to: usize },
        Delete(String),
        Batch { commands: Vec<Command> },
    }
    let read = |text: &str| value::<Command>(text).map_err(|e| e.to_string());
    let header = |title: &str| {
        let title = title.to_owned();
        Command::Set(Box::new(Header {
            title,
            ..Header::default()
        }))
    };
    assert_eq!(read("Set(title: \"T\")"), Ok(header("T")));
    assert_eq!(read("Set((title: \"T\"))"), Ok(header("T")));
    assert_eq!(
        read(
            "Batch(commands: [Set(title: \"T\"), Set((title: \"U\"),), Delete(\"x\"), Move(id: \"y\", to: 2)])"
        ),
        Ok(Command::Batch {
            commands: vec![
                header("T"),
                header("U"),
                Command::Delete("x".to_owned()),
                Command::Move {
                    id: "y".to_owned(),
                    to: 2
                }
            ]
        })
    );
    assert_eq!(
        read("Mvoe(id: \"y\", to: 2)"),
        Err("line 1, column 1: expected Set, Move, Delete or Batch, found Mvoe".to_owned())
    );
    assert_eq!(
        read("Move(id: \"y\", to: [])"),
        Err("line 1, column 19: in “to”: expected a whole number".to_owned())
    );
}
