//! Capture lines as people write them.

use super::parse;
use crate::capture::{LineFeeling, NameKind, ParsedLine, Vocabulary};
use crate::model::{Level, Score};

fn names() -> Vocabulary {
    let mut names = Vocabulary::default();
    names.add(NameKind::Channels, "Phone");
    names.add(NameKind::Channels, "Phone call");
    names.add(NameKind::Channels, "Café");
    names.add(NameKind::Departments, "Sales");
    names.add(NameKind::Departments, "2nd line");
    names.add(NameKind::Stages, "After sales");
    names
}

fn said(line: &str) -> ParsedLine {
    parse(line, &names()).interpret()
}

fn only_name(line: &str) {
    let said = said(line);
    let name = said.name.clone();
    assert_eq!(
        said,
        ParsedLine {
            name,
            ..ParsedLine::default()
        },
        "{line}"
    );
    assert_eq!(said.name, line);
}

#[test]
fn the_example_line_of_the_help_parses() {
    let said = said("Pays the deposit @phone #Sales -2 frustrated !Long queue ?");
    assert_eq!(said.name, "Pays the deposit");
    assert_eq!(said.channel.as_deref(), Some("phone"));
    assert_eq!(said.owner.as_deref(), Some("Sales"));
    assert_eq!(said.feeling.score, Score::from_tenths(-20));
    assert_eq!(said.feeling.emotion, "frustrated");
    assert_eq!(said.pains, [(Level::Low, "Long queue".to_owned())]);
    assert!(said.assumption && !said.moment);
}

#[test]
fn every_sigil_is_parsed() {
    let said = said(
        "Signs %At home −1,5 very tense !!No pen +++Sign online “Where do I sign?” * >After sales #Sales #Legal team",
    );
    assert_eq!(said.environment.as_deref(), Some("At home"));
    assert_eq!(said.feeling.score, Score::from_tenths(-15));
    assert_eq!(said.feeling.emotion, "very tense");
    assert_eq!(said.pains, [(Level::Medium, "No pen".to_owned())]);
    assert_eq!(
        said.opportunities,
        [(Level::High, "Sign online".to_owned())]
    );
    assert_eq!(said.feeling.quote, "Where do I sign?");
    assert_eq!(said.stage.as_deref(), Some("After sales"));
    assert_eq!(said.owner.as_deref(), Some("Sales"));
    assert_eq!(said.supporters, ["Legal team"]);
    assert!(said.moment && !said.assumption);
}

#[test]
fn ordinary_text_remains_text() {
    for line in [
        "Writes to jana@bank.example",
        "Learns C++",
        "Open 24/7",
        "Chooses option #1",
        "Really? Stop!",
        "Pays 2 deposits of -5 %",
        "Meets @2pm, waits >5 minutes",
        "Calls +49 170 123456",
        "Buys a 27\" screen",
        "Pourquoi\u{a0}?",
        "C:\\Users\\2024",
        "0 results",
        "a -> b >> c :) => d",
        "5 ++ @ # ! % >",
        "What ?! !? ...",
        "-1.25 is no score",
        "@@home ##",
    ] {
        only_name(line);
    }
}

#[test]
fn names_may_have_several_words() {
    // The longest existing name, then the touchpoint's name continues.
    let it = said("Rings @PHONE CALL the bank");
    assert_eq!(
        (it.channel.as_deref(), it.name.as_str()),
        (Some("PHONE CALL"), "Rings the bank")
    );
    let it = said("Meets @cafe, #2nd line");
    assert_eq!(
        (it.channel.as_deref(), it.owner.as_deref()),
        (Some("cafe"), Some("2nd line"))
    );
    assert_eq!(it.name, "Meets");
    // A new name extends to the next sigil.
    let it = said("Pays @Branch office, #Customer service -1");
    assert_eq!(it.channel.as_deref(), Some("Branch office"));
    assert_eq!(it.owner.as_deref(), Some("Customer service"));
    // At the beginning of a line it is one word unless quoted.
    let it = said("@branch Pays");
    assert_eq!(
        (it.channel.as_deref(), it.name.as_str()),
        (Some("branch"), "Pays")
    );
    let it = said("@\"Branch #2\" Pays");
    assert_eq!(
        (it.channel.as_deref(), it.name.as_str()),
        (Some("Branch #2"), "Pays")
    );
    assert_eq!(
        said(">After the sale").stage.as_deref(),
        Some("After the sale")
    );
    assert_eq!(said(">After sales Calls").name, "Calls");
}

#[test]
fn a_backslash_escapes_a_sigil() {
    let it = said("Plan \\-2 at \\@home \\\"x\\\" +\\3 days off");
    assert_eq!(it.name, "Plan -2 at @home \"x\\\"");
    assert_eq!(it.opportunities, [(Level::Low, "3 days off".to_owned())]);
}

#[test]
fn full_width_sigils_are_parsed() {
    let it = said("支払い ＠電話 ！長い列 ？");
    assert_eq!(it.channel.as_deref(), Some("電話"));
    assert_eq!(it.pains, [(Level::Low, "長い列".to_owned())]);
    assert!(it.assumption);
}

#[test]
fn a_repeated_single_token_is_text() {
    let it = said("A @phone @mail -1 -2 \"b\" \"c\"");
    assert_eq!(it.channel.as_deref(), Some("phone"));
    assert_eq!(it.feeling.score, Score::from_tenths(-10));
    assert_eq!(it.feeling.quote, "b");
    assert_eq!(it.name, "A @mail \"c\"");
    assert_eq!(it.feeling.emotion, "-2");
}

#[test]
fn each_persona_has_a_feeling_of_its_own() {
    let mut names = names();
    names.add(NameKind::Personas, "Jana Novak");
    names.add(NameKind::Personas, "Tom");
    names.choose_persona(Some("Jana Novak"));
    let said = |line: &str| parse(line, &names).interpret();
    let it = said("Pays -2 frustrated \"No!\" &tom +1 calm &New one ~curious @phone !Queue");
    let felt = |score: Option<i64>, emotion: &str, quote: &str| LineFeeling {
        score: score.and_then(Score::from_tenths),
        emotion: emotion.to_owned(),
        quote: quote.to_owned(),
    };
    assert_eq!(it.feeling, felt(Some(-20), "frustrated", "No!"));
    assert_eq!(
        it.others,
        [
            ("tom".to_owned(), felt(Some(10), "calm", "")),
            ("New one".to_owned(), felt(None, "curious", "")),
        ]
    );
    assert_eq!((it.name.as_str(), it.pains.len()), ("Pays", 1));
    // A second feeling of the same persona is text, also of the chosen one.
    let it = said("Pays -2 &Tom 0 &jana novak -1 ~sad");
    assert_eq!(it.name, "Pays -1");
    assert_eq!(
        it.others[1],
        ("jana novak".to_owned(), felt(None, "sad", ""))
    );
    // A persona alone, and signs that are text.
    assert_eq!(
        said("Pays &Tom").others,
        [("Tom".to_owned(), felt(None, "", ""))]
    );
    only_name("Reads terms & conditions of R&D");
}

#[test]
fn an_emotion_needs_no_score() {
    for line in [
        "Pays ~very tense !Queue",
        "Pays !Queue ~very tense",
        "~very tense @x !Queue",
    ] {
        let it = said(line);
        assert_eq!(
            (it.feeling.score, it.feeling.emotion.as_str()),
            (None, "very tense"),
            "{line}"
        );
        assert_eq!(it.pains, [(Level::Low, "Queue".to_owned())]);
    }
    // Before and behind a score; a touchpoint has one feeling.
    let it = said("Pays ~tense -2 at once ~sad");
    assert_eq!(it.feeling.score, Score::from_tenths(-20));
    assert_eq!(
        (it.feeling.emotion.as_str(), it.name.as_str()),
        ("tense", "Pays at once ~sad")
    );
    assert_eq!(said("支払い ～不安").feeling.emotion, "不安");
    only_name("Waits ~5 minutes ~ ~~");
}
