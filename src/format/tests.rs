//! Properties of the format, and hostile files.

use super::*;
use crate::model::{ImageData, LaneKind, Map, arbitrary};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use std::collections::BTreeSet;
use std::fmt::Write as _;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn write_then_read_is_identity(map in arbitrary::map()) {
        let text = write(&map);
        let document = read(text.as_bytes()).map_err(|e| {
            proptest::test_runner::TestCaseError::fail(format!("{e}\n{text}"))
        })?;
        prop_assert_eq!(&document.map, &map, "{}", text);
        prop_assert!(document.map.is_consistent());
        prop_assert!(is_canonical(text.as_bytes(), &document.map));
    }

    /// Other programs write RON with attributes, names of records and no white space.
    #[test]
    fn layout_and_names_of_records_do_not_matter(map in arbitrary::map()) {
        let text = write(&map);
        let mut other = String::from("#![enable(implicit_some)]");
        let mut in_text = false;
        let mut after_backslash = false;
        for c in text.chars() {
            match c {
                '"' if !after_backslash => in_text = !in_text,
                '\n' | ' ' if !in_text => continue,
                '(' if !in_text => other.push_str("Récord"),
                '[' if !in_text => other.push_str("/* [ */"),
                _ => {}
            }
            after_backslash = c == '\\' && !after_backslash;
            other.push(c);
        }
        let document = read(other.as_bytes()).map_err(|e| {
            proptest::test_runner::TestCaseError::fail(format!("{e}\n{other}"))
        })?;
        prop_assert_eq!(&document.map, &map, "{}", other);
    }

    #[test]
    fn unknown_fields_with_any_value_have_a_warning_at_their_position(
        value in unknown_value(),
        twice in any::<bool>(),
    ) {
        let field = format!("zz: {value},");
        let fields = if twice { format!("{field}\n{field}") } else { field };
        let text = format!("(title: \"T\", stages: [(name: \"S\", touchpoints: [(name: \"A\",\n{fields}\n)])])");
        let document = read(text.as_bytes()).map_err(|e| {
            proptest::test_runner::TestCaseError::fail(format!("{e}\n{text}"))
        })?;
        let unknown = WarningKind::UnknownField { field: "zz".to_owned() };
        let found: Vec<_> = document.warnings.iter().map(|w| (w.at, w.subject.as_str(), &w.kind)).collect();
        // The value in `Some(value)`.
        let column = 5 + 5 * value.split("Some(").take_while(|part| part.is_empty()).count();
        let at = |line| Some(Position { line, column });
        let mut expected = vec![(at(2), "a", &unknown)];
        if twice {
            expected.push((at(3), "a", &unknown));
        }
        prop_assert_eq!(found, expected, "{}", text);
    }

    /// No record of a file, at whatever level, has a field that is dropped without a word.
    #[test]
    fn unknown_fields_of_every_record_have_a_warning(
        map in arbitrary::map(),
        value in unknown_value(),
        name in select(vec!["", "Name"]),
    ) {
        let text = with_field_in_every_record(&write(&map), name, &format!("zz: {value}"));
        assert_unknown_fields_are_reported(&text, &value);
    }

    #[test]
    fn dangling_references_have_a_warning_at_their_position(map in arbitrary::map()) {
        let text = write(&map);
        let document = read(text.as_bytes()).unwrap();
        let findings = crate::insight::check(&map, crate::model::Date::constant(2026, 6, 1));
        let findings = findings.into_iter().filter(|f| f.rule.id == "reference-dangling");
        // A reference that is given twice is one finding.
        let findings: BTreeSet<_> = findings.map(|f| (f.subject.key().into_owned(), f.message)).collect();
        let dangling = document.warnings.iter().filter(|w| matches!(w.kind, WarningKind::Dangling { .. }));
        let dangling: BTreeSet<_> = dangling.map(|w| (w.subject.clone(), w.kind.to_string())).collect();
        let suppressed = !map.suppressions().is_empty();
        prop_assert!(suppressed || findings == dangling, "{:?} findings, {:?} warnings", findings, dangling);
        for warning in document.warnings {
            let WarningKind::Dangling { id, .. } = warning.kind else { continue };
            let at = warning.at.unwrap();
            let line = text.lines().nth(at.line - 1).unwrap();
            let rest: String = line.chars().skip(at.column - 1).collect();
            let quoted = format!("\"{id}\"");
            prop_assert!(rest.starts_with(&quoted), "{} is not at {}", id, at);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        assert_read_or_refused(&bytes);
    }

    #[test]
    fn any_tokens_are_read_or_refused(text in "(\\(|\\)|\\[|\\]|\\{|\\}|,|:|\"|r#|#|'|/\\*|\\*/|//|\n| |title|stages|Some|-?[0-9]|\\\\|\u{200E}|é){0,60}") {
        assert_read_or_refused(text.as_bytes());
        assert_read_or_refused(format!("(title: \"T\", stages: [{text}])").as_bytes());
        assert_read_or_refused(format!("(title: \"T\", foo: {text})").as_bytes());
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
        assert_read_or_refused(&bytes);
    }
}

/// The text with a field in each record, which may have a name.
fn with_field_in_every_record(text: &str, name: &str, field: &str) -> String {
    let mut with = String::new();
    let (mut in_text, mut after_backslash) = (false, false);
    for c in text.chars() {
        if c == '"' && !after_backslash {
            in_text = !in_text;
        }
        after_backslash = c == '\\' && !after_backslash;
        match c {
            '(' if !in_text => {
                let _ = write!(with, "{name}({field}, ");
            }
            c => with.push(c),
        }
    }
    with
}

/// Each field `zz` has a warning at its value.
fn assert_unknown_fields_are_reported(text: &str, value: &str) {
    let document = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let field = "zz".to_owned();
    let unknown = WarningKind::UnknownField { field };
    let warnings = document.warnings.iter().filter(|w| w.kind == unknown);
    let found: Vec<Option<Position>> = warnings.map(|warning| warning.at).collect();
    // The value in `Some(value)`.
    let inner = value
        .split("Some(")
        .take_while(|part| part.is_empty())
        .count()
        * "Some(".len();
    let fields = text.match_indices("zz: ");
    let expected = fields.map(|(at, zz)| Some(Position::of(text, at + zz.len() + inner)));
    assert_eq!(found, expected.collect::<Vec<_>>(), "{text}");
}

#[test]
fn unknown_fields_of_older_files_have_a_warning() {
    let text = "(zz: 'x', format: 0, title: \"T\", phases: [(zz: 'x', name: \"P\", steps: [(zz: 'x', name: \"S\")])])";
    assert_unknown_fields_are_reported(text, "'x'");
}

/// RON of any shape, without line breaks.
fn unknown_value() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(vec![
        "3",
        "-1.5",
        "99999999999999999999999",
        "true",
        "word",
        "()",
        "None",
        "'x'",
        "b\"x\"",
        "\"te)xt\"",
        "r#\"ra\"w\"#",
        "r#type",
    ]);
    leaf.prop_map(str::to_owned)
        .prop_recursive(4, 16, 3, |inner| {
            let list =
                proptest::collection::vec(inner.clone(), 0..3).prop_map(|items| items.join(", "));
            proptest::prop_oneof![
                inner.clone().prop_map(|v| format!("Some({v})")),
                inner.clone().prop_map(|v| format!("Name(a: {v}, b: {v})")),
                inner.clone().prop_map(|v| format!("(a: {v})")),
                inner.clone().prop_map(|v| format!("Name({v}, 2)")),
                inner
                    .clone()
                    .prop_map(|v| format!("{{\"k\": {v}, 2: {v}}}")),
                list.prop_map(|items| format!("[{items}]")),
            ]
        })
}

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
    let hostile = [
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
    for text in &hostile {
        assert_read_or_refused(text.as_bytes());
        let _ = locate(text, "stages[0].touchpoints[1].owner");
    }
}

#[test]
fn exceeded_limits_have_plain_sentences() {
    let deep = format!("(title: \"T\", foo: {}", "[".repeat(40));
    assert_eq!(
        messages(&deep),
        "line 1, column 50: brackets are nested more than 32 deep here"
    );
    let many = format!("(title: \"T\", tags: [{}])", ",".repeat(limit::VALUES));
    assert!(messages(&many).ends_with("the file holds more than 1500000 values"));
    let big = vec![b' '; limit::BYTES + 1];
    assert_eq!(
        read(&big).unwrap_err().to_string(),
        "the file has 65 MB; at most 64 MB are read"
    );
}

#[test]
fn warnings_beyond_the_limit_are_counted() {
    let text = format!(
        "(title: \"T\"{})",
        (0..1_500).fold(String::new(), |mut t, n| {
            let _ = write!(t, ", f{n}: 1");
            t
        })
    );
    let warnings = read(text.as_bytes()).unwrap().warnings;
    assert_eq!(warnings.len(), limit::WARNINGS + 1);
    assert_eq!(warnings[limit::WARNINGS].kind, WarningKind::More(500));
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
fn unknown_fields_are_reported_in_every_record() {
    for value in ["Some((a: 1))", "Some(3)", "Name(a: 1)"] {
        let text = format!(
            "(title: \"T\", zz: {value}, forked_from: Some((file: \"f\", zz: {value})), stages: [\n\
             (name: \"S\", zz: {value}, touchpoints: [\n\
             (name: \"A\", pains: [(text: \"p\", zz: {value})])])])"
        );
        let subjects: Vec<(String, usize)> = read(text.as_bytes())
            .unwrap()
            .warnings
            .into_iter()
            .map(|w| (w.subject, w.at.unwrap().line))
            .collect();
        let expected = [("", 1), ("", 1), ("s", 2), ("a", 3)];
        let expected = expected.map(|(subject, line)| (subject.to_owned(), line));
        assert_eq!(subjects, expected, "{value}");
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

#[test]
fn texts_of_the_greatest_length_are_kept_and_longer_ones_refused_at_their_start() {
    for (text, written) in [
        ("a", "a"),
        ("ü", "ü"),
        ("\n", "\\n"),
        ("\u{1b}", "\\u{1b}"),
        ("\\", "\\\\"),
    ] {
        let map = |length| {
            let scenario = written.repeat(length);
            format!("(title: \"T\",\n scenario: \"{scenario}\", stages: [])")
        };
        let document = read(map(limit::TEXT).as_bytes()).unwrap();
        assert_eq!(document.map.header().scenario, text.repeat(limit::TEXT));
        let again = read(write(&document.map).as_bytes()).unwrap();
        assert_eq!(again.map, document.map);
        let error = read(map(limit::TEXT + 1).as_bytes()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 2, column 12: this text has 100001 characters; at most 100000 are read: split it"
        );
    }
}

#[test]
fn pictures_may_be_longer_than_texts() {
    let data = "QUJD".repeat(limit::TEXT);
    let map = format!("(title: \"T\", stages: [], pictures: [(name: \"P\", data: [\"{data}\"])])");
    let document = read(map.as_bytes()).unwrap();
    assert_eq!(
        document.map.images().iter().next().unwrap().byte_len(),
        3 * limit::TEXT
    );
}

#[test]
fn maps_with_too_many_touchpoints_are_refused() {
    let map = |count| {
        let touchpoints = "(name:\"\"),".repeat(count);
        format!("(title: \"T\", stages: [(name: \"S\", touchpoints: [{touchpoints}])])")
    };
    let most = read(map(limit::TOUCHPOINTS).as_bytes()).unwrap();
    assert_eq!(most.map.touchpoint_count(), limit::TOUCHPOINTS);
    let error = read(map(limit::TOUCHPOINTS + 1).as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the map has more than 100000 touchpoints; split it"
    );
}
