//! Hostile files and limits.

use super::*;
use std::fmt::Write as _;

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
