//! Properties of the format.

use super::*;
use crate::model::arbitrary;
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
