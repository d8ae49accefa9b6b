//! The laws of the format, and what nothing in a file may bring about.

use super::*;
use crate::model::{ImageData, Map, arbitrary};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use std::fmt::Write as _;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn what_is_written_reads_back(map in arbitrary::map()) {
        let text = write(&map);
        let document = read(text.as_bytes()).map_err(|e| {
            proptest::test_runner::TestCaseError::fail(format!("{e}\n{text}"))
        })?;
        prop_assert_eq!(&document.map, &map, "{}", text);
        prop_assert!(document.map.is_consistent());
        prop_assert!(is_canonical(text.as_bytes(), &document.map));
    }

    #[test]
    fn the_ron_crate_reads_the_same(map in arbitrary::map()) {
        let text = write(&map);
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let shape = options.from_str::<super::v1::Map<'_>>(&text).unwrap();
        prop_assert_eq!(super::build::build(shape).0, map);
    }

    #[test]
    fn dangling_references_are_told_with_their_place(map in arbitrary::map()) {
        let text = write(&map);
        let document = read(text.as_bytes()).unwrap();
        let findings = crate::insight::check(&map, crate::model::Date::constant(2026, 6, 1))
            .into_iter()
            .filter(|f| f.rule.id == "reference-dangling")
            .count();
        let suppressed = !map.suppressions().is_empty();
        let dangling = document.notices.iter().filter(|n| matches!(n.kind, NoticeKind::Dangling { .. })).count();
        prop_assert!(suppressed || findings == dangling, "{} findings, {} notices", findings, dangling);
        for notice in document.notices {
            let NoticeKind::Dangling { id, .. } = notice.kind else { continue };
            let at = notice.at.unwrap();
            let line = text.lines().nth(at.line - 1).unwrap();
            let rest: String = line.chars().skip(at.column - 1).collect();
            let quoted = format!("\"{id}\"");
            prop_assert!(rest.starts_with(&quoted), "{} is not at {}", id, at);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_tokens_are_read_or_refused(text in "(\\(|\\)|\\[|\\]|\\{|\\}|,|:|\"|r#|#|'|/\\*|\\*/|//|\n| |title|stages|Some|-?[0-9]|\\\\|\u{200E}|é){0,60}") {
        let _ = read(text.as_bytes());
        let _ = read(format!("(title: \"T\", stages: [{text}])").as_bytes());
        let _ = read(format!("(title: \"T\", foo: {text})").as_bytes());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(map in arbitrary::map(), at in any::<usize>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = write(&map).into_bytes();
        let at = at % bytes.len();
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        if let Ok(document) = read(&bytes) {
            prop_assert!(document.map.is_consistent());
        }
    }
}

fn said(text: &str) -> String {
    match read(text.as_bytes()) {
        Ok(document) => document
            .notices
            .iter()
            .map(|n| format!("{n}\n"))
            .collect::<String>(),
        Err(error) => error.to_string(),
    }
}

fn opened(text: &str) -> Map {
    read(text.as_bytes()).unwrap().map
}

#[test]
fn the_smallest_map_opens() {
    let map = opened(r#"(title: "T", stages: [(name: "S", touchpoints: [(name: "A")])])"#);
    assert_eq!(map.header().title, "T");
    assert_eq!(map.touchpoints().next().unwrap().id.to_string(), "a");
}

#[test]
fn ids_left_out_come_from_the_names_in_the_order_of_the_file() {
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
    assert_eq!(said(text), "");
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
    assert_eq!(ids.len(), 14);
}

#[test]
fn what_lanes_hold_and_pictures_open_whatever_stands_in_them() {
    let text = r#"(title: "T",
 lanes: [(name: "Effort", holds: score, from: 1, to: 4.9999), (name: "Mail", holds: list, to: 3)],
 stages: [(name: "S", touchpoints: [(name: "A", pictures: ["queue", "gone"])])],
 personas: [(name: "Jana", picture: "jana")],
 pictures: [(name: "Queue", data: ["Zm9v", " YmFy"]), (name: "Odd", data: ["Zm9v", "what is this?"])])"#;
    assert_eq!(
        said(text),
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
fn places_in_the_content_are_found_in_the_text() {
    let text = "(title: \"T\", // (\n stages: [(name: r#\"x\"y)\"#), (name: \"S\",\n  touchpoints: [(name: \"é\", owner: \"d\")])])";
    let at = |path: &str| locate(text, path).map(|p| (p.line, p.column));
    assert_eq!(at("stages[0].name"), Some((2, 18)));
    assert_eq!(at("stages[1]"), Some((2, 30)));
    assert_eq!(at("stages[1].touchpoints[0].owner"), Some((3, 36)));
    assert_eq!(at("stages[1].touchpoints[7].owner"), Some((3, 16)));
    assert_eq!(at(""), Some((1, 1)));
    assert_eq!(locate("", "title"), None);
}

/// CPU time would be fairer, but the point is a bound, not a speed: everything
/// here is linear or it does not end.
#[test]
fn hostile_texts_end_quickly() {
    let deep = |open: &str, close: &str, n: usize| {
        format!("(title: \"T\", foo: {}{})", open.repeat(n), close.repeat(n))
    };
    let mut many_names = String::from("(title: \"T\", stages: [(name: \"S\", touchpoints: [");
    for _ in 0..30_000 {
        many_names.push_str("(name: \"A\", owner: \"nobody\"),");
    }
    many_names.push_str("])])");
    let mut unknown = String::from("(title: \"T\"");
    for n in 0..100_000 {
        let _ = write!(unknown, ", f{n}: 1");
    }
    unknown.push(')');
    let nasty = [
        deep("(", ")", 100_000),
        deep("[", "]", 100_000),
        deep("{1:", "}", 100_000),
        deep("Some(", ")", 31),
        deep("((", "))", 15),
        deep("[", "]", 31),
        "(".repeat(1_000_000),
        ")".repeat(1_000_000),
        format!("(title: \"T\" {}", "/*".repeat(500_000)),
        format!(
            "(title: \"T\" {}{})",
            "/*".repeat(200_000),
            "*/".repeat(200_000)
        ),
        format!("(title: \"T\" {})", "/**/".repeat(200_000)),
        format!("(title: \"T\" {})", ",".repeat(1_000_000)),
        format!("(title: \"T\", foo: [{}])", "1,".repeat(500_000)),
        format!("(title: \"{}\")", "x".repeat(1_000_000)),
        format!("(title: \"{}\")", "\\\"".repeat(500_000)),
        format!("(title: \"{}", "\\".repeat(1_000_001)),
        format!("(title: r{}\"x)", "#".repeat(1_000_000)),
        format!("(title: r##\"{}\"##)", "\"#".repeat(500_000)),
        format!("(title: {})", "1".repeat(1_000_000)),
        format!("(title: {})", "'".repeat(1_000_000)),
        format!(
            "(title: \"T\", extra: {{{}}})",
            "\"a\":\"b\",".repeat(120_000)
        ),
        format!(
            "(title: \"T\", lanes: [{}])",
            "(name:\"a\"),".repeat(90_000)
        ),
        "\n".repeat(1_000_000),
        many_names,
        unknown,
    ];
    for text in &nasty {
        let _ = read(text.as_bytes());
        let _ = locate(text, "stages[0].touchpoints[1].owner");
    }
}

#[test]
fn limits_are_said_plainly() {
    let deep = format!("(title: \"T\", foo: {}", "[".repeat(40));
    assert_eq!(
        said(&deep),
        "line 1, column 50: brackets are nested more than 32 deep here"
    );
    let many = format!("(title: \"T\", tags: [{}])", ",".repeat(4_100_000));
    assert!(said(&many).ends_with("the file holds more than 4000000 values"));
    let big = vec![b' '; limit::BYTES + 1];
    assert_eq!(
        read(&big).unwrap_err().to_string(),
        "the file has 65 MB; at most 64 MB are read"
    );
}

#[test]
fn notices_are_counted_where_they_are_too_many_to_list() {
    let text = format!(
        "(title: \"T\"{})",
        (0..1_500).fold(String::new(), |mut t, n| {
            let _ = write!(t, ", f{n}: 1");
            t
        })
    );
    let notices = read(text.as_bytes()).unwrap().notices;
    assert_eq!(notices.len(), limit::NOTICES + 1);
    assert_eq!(notices[limit::NOTICES].kind, NoticeKind::More(500));
}

#[test]
fn an_older_map_is_upgraded_through_its_own_shape() {
    let text = include_bytes!("../../tests/corpus/good/version-0.journey.ron");
    let document = read(text).unwrap();
    assert!(matches!(
        document.notices[0].kind,
        NoticeKind::Older { from: 0 }
    ));
    let map = &document.map;
    let asks = map.touchpoints().nth(1).unwrap();
    assert_eq!(
        asks.owner.as_ref(),
        map.departments().iter().next().map(|d| &d.id)
    );
    assert_eq!(
        asks.channel.as_ref(),
        map.channels().iter().nth(1).map(|c| &c.id)
    );
    assert_eq!(asks.feelings[0].score.map(|s| s.tenths()), Some(-10));
    assert_eq!(asks.pains[0].text, "Waits for half an hour");
    assert_eq!(map.channels().len(), 2);
    // From then on it is a map like any other.
    let again = read(write(map).as_bytes()).unwrap();
    assert_eq!((&again.map, again.notices.len()), (map, 0));
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
    for odd in [
        "(title: \"T\", format: 0, phases: 3)",
        "(format: 0)",
        "(format: 0, title: \"T\", phases: [(name: \"P\", steps: [(name: \"S\", mood: 9)])])",
        "(title: \"T\", stages: [], format: 0)",
    ] {
        assert!(read(odd.as_bytes()).is_err(), "{odd}");
    }
}
