//! Property tests of the grammar, over realistic and adversarial texts.

use super::sigils::{is_blank, unescape};
use super::{
    InsertionPoint, IntentBuilder, LineFeeling, NameKind, ParsedLine, TokenKind, Vocabulary,
    complete, fold_text, format_line, list, parse, phrases, to_line,
};
use crate::edit::{IdFactory, plan};
use crate::model::arbitrary;
use crate::model::{Level, Map, Record, Score, Stage};
use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::select;

/// Pieces of lines that resemble tokens.
fn piece() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "@",
        "%",
        "#",
        ">",
        "!",
        "!!",
        "!!!",
        "!!!!",
        "+",
        "++",
        "*",
        "?",
        "\"",
        "“",
        "”",
        "„",
        "\\",
        "\\\\",
        "-2",
        "+1.5",
        "−0,3",
        "0",
        "\\0",
        "-9",
        "+3",
        "2",
        ",",
        ";",
        "@phone",
        "@Phone call",
        "#Sales",
        "#2nd line",
        ">Buy",
        "%at home",
        "@\"a b\"",
        "!\"a",
        "\\@x",
        "\\-1",
        "＠電話",
        "！",
        "？",
        "\u{a0}?",
        "\u{a0}",
        "\t",
        "\n",
        "a@b.c",
        "C++",
        "24/7",
        "Straße",
        "STRASSE",
        "e\u{301}",
        "👍",
        "مرحبا",
        "@,",
        "#,",
        "@phone,",
        "::",
        "~",
        "~tense",
        "~3",
        "\\~x",
        "～",
        "&",
        "&Tom",
        "&\"Dr. No\"",
        "＆Tom",
        "&tom,",
        "R&D",
        "(",
        ")",
        "'s",
    ]);
    prop_oneof![
        4 => odd.prop_map(str::to_owned),
        3 => "[A-Za-z][a-z]{0,6}",
        1 => any::<char>().prop_map(String::from),
        1 => arbitrary::text(),
    ]
}

fn line() -> impl Strategy<Value = String> {
    let between = prop_oneof![6 => Just(" "), 1 => Just(""), 1 => Just("  ")];
    vec((piece(), between), 0..12).prop_map(|pieces| {
        let mut line = String::new();
        for (piece, between) in pieces {
            line.push_str(&piece);
            line.push_str(between);
        }
        line
    })
}

fn names() -> impl Strategy<Value = Vocabulary> {
    (vec((0..6_usize, piece(), piece()), 0..8), piece()).prop_map(|(all, chosen)| {
        let mut names = Vocabulary::default();
        names.choose_persona(Some(&chosen));
        names.add(NameKind::Channels, "Phone");
        names.add(NameKind::Channels, "phone call");
        names.add(NameKind::Departments, "2nd line");
        for (which, a, b) in all {
            let which = [
                NameKind::Channels,
                NameKind::Environments,
                NameKind::Departments,
                NameKind::Stages,
                NameKind::Emotions,
                NameKind::Personas,
            ][which];
            names.add(which, &a);
            names.add(which, &format!("{a} {b}"));
        }
        names
    })
}

/// A text that a line can represent: one line, trimmed.
fn carried() -> impl Strategy<Value = String> {
    line().prop_map(|text| {
        let text: String = text
            .chars()
            .map(|c| if c.is_control() { '.' } else { c })
            .collect();
        text.trim_matches(is_blank).to_owned()
    })
}

fn name() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(carried()).prop_map(|name| name.filter(|n| !n.is_empty()))
}

fn levelled() -> impl Strategy<Value = Vec<(Level, String)>> {
    let level = select(vec![Level::Low, Level::Medium, Level::High]);
    vec((level, carried()), 0..3)
        .prop_map(|all| all.into_iter().filter(|(_, t)| !t.is_empty()).collect())
}

fn feeling() -> impl Strategy<Value = LineFeeling> {
    let score = proptest::option::of(-20..=20_i64);
    (score, carried(), carried()).prop_map(|(score, emotion, quote)| LineFeeling {
        score: score.and_then(Score::from_tenths),
        emotion,
        quote,
    })
}

/// Feelings of personas whose names a line can tell apart.
fn others() -> impl Strategy<Value = Vec<(String, LineFeeling)>> {
    vec((carried(), feeling()), 0..3).prop_map(|all| {
        let mut others: Vec<(String, LineFeeling)> = Vec::new();
        for (name, feeling) in all {
            let folded = fold_text(&name);
            if !folded.is_empty() && others.iter().all(|(known, _)| fold_text(known) != folded) {
                others.push((name, feeling));
            }
        }
        others
    })
}

fn said() -> impl Strategy<Value = ParsedLine> {
    let names = (
        carried(),
        name(),
        name(),
        name(),
        vec(carried(), 0..3),
        name(),
    );
    let rest = (
        feeling(),
        others(),
        levelled(),
        levelled(),
        any::<[bool; 2]>(),
    );
    (names, rest).prop_map(
        |(names, (feeling, others, pains, opportunities, [moment, assumption]))| {
            let (name, channel, environment, owner, supporters, stage) = names;
            let mut supporters: Vec<String> =
                supporters.into_iter().filter(|s| !s.is_empty()).collect();
            if owner.is_none() {
                supporters.clear();
            }
            ParsedLine {
                name,
                stage,
                channel,
                environment,
                owner,
                supporters,
                feeling,
                others,
                pains,
                opportunities,
                moment,
                assumption,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_parses_into_tokens_without_losing_characters(line in line(), names in names()) {
        let parts = parse(&line, &names).tokens;
        let mut end = 0;
        for part in &parts {
            prop_assert!(part.span.start >= end && part.span.end > part.span.start);
            prop_assert!(line[end..part.span.start].chars().all(is_blank));
            end = part.span.end;
            let written = &line[part.span.clone()];
            // Characters missing from the text of a token are sigils, quotes,
            // backslashes or spaces in quotes.
            let mut text = part.text.chars().peekable();
            for c in written.chars() {
                if text.peek() == Some(&c) {
                    text.next();
                } else {
                    let named = is_blank(c) || "@%#!+*?>~&\"“”„«»＂\\＠％＃！＋＊？＞～＆,;".contains(c);
                    prop_assert!(named, "{c:?} of {written:?} is lost");
                }
            }
            prop_assert_eq!(text.next(), None, "{:?} is longer than {:?}", part.text, written);
            if !matches!(part.kind, TokenKind::Moment | TokenKind::Assumption | TokenKind::Separator) {
                prop_assert!(!part.text.is_empty(), "{part:?} in {line:?}");
            }
        }
        prop_assert!(line[end..].chars().all(is_blank));
    }

    #[test]
    fn formatted_lines_parse_back(mut said in said(), names in names()) {
        // The chosen persona needs no name.
        let chosen = fold_text(names.chosen_persona().unwrap_or_default());
        said.others.retain(|(name, _)| fold_text(name) != chosen);
        let line = format_line(&said, &names);
        prop_assert_eq!(parse(&line, &names).interpret(), said, "{}", line);
    }

    #[test]
    fn parsed_lines_can_be_formatted(line in line(), names in names()) {
        let said = parse(&line, &names).interpret();
        let printed = format_line(&said, &names);
        let again = parse(&printed, &names).interpret();
        // An emotion may have come before the name; that order is not reproduced.
        let felt = || std::iter::once(&said.feeling).chain(said.others.iter().map(|(_, f)| f));
        if said.name.is_empty() || felt().all(|f| f.score.is_none() || !f.emotion.is_empty()) {
            prop_assert_eq!(&again, &said, "{} printed as {}", line, printed);
        }
    }

    #[test]
    fn completing_and_summarizing_never_panic(line in line(), names in names(), at in any::<proptest::sample::Index>()) {
        let caret = at.index(line.len() + 1);
        if let Some(found) = complete(&line, caret, &names) {
            prop_assert!(!found.items.is_empty());
            prop_assert!(line.get(found.span.clone()).is_some());
            prop_assert!(found.span.end >= caret);
        }
        phrases(&parse(&line, &names).interpret(), &names, None);
    }

    #[test]
    fn unescaping_never_lengthens_a_text(text in line()) {
        prop_assert!(unescape(&text).len() <= text.len());
    }
}

fn minted(count: &mut u64) -> impl FnMut() -> u64 + '_ {
    move || {
        *count += 1;
        *count
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    /// A touchpoint formatted as a line, parsed and inserted again has the same fields.
    #[test]
    fn touchpoints_round_trip_through_a_line(map in arbitrary::map()) {
        let names = Vocabulary::of(&map);
        let mut count = 0;
        let mut random = minted(&mut count);
        for touchpoint in map.touchpoints() {
            let said = to_line(&map, touchpoint);
            let line = format_line(&said, &names);
            let read = parse(&line, &names).interpret();
            prop_assert_eq!(&read, &said, "{}", &line);
            let mut minter = IdFactory::new(&mut random);
            let mut writer = IntentBuilder::new(&map, &InsertionPoint::After(touchpoint.id.clone()), &mut minter);
            let Some(written) = writer.add_line(&read).and_then(|w| w.touchpoint) else {
                prop_assert!(said.lacks_touchpoint());
                continue;
            };
            let intent = writer.finish("Capture").expect("something was said");
            let mut next = map.clone();
            let changes = plan(&next, &intent).expect("it fits");
            changes.apply(&mut next).expect("it fits");
            prop_assert!(next.is_consistent());
            let (stage, at) = map.location_of(&touchpoint.id).unwrap();
            prop_assert_eq!(next.location_of(&written), Some((stage, at + 1)));
            let same_thing = next.touchpoint(&written).unwrap();
            prop_assert_eq!(same_thing.name(), said.name.as_str());
            changes.inverse().apply(&mut next).expect("it can be undone");
            prop_assert_eq!(&next, &map);
        }
    }

    /// Any text pasted as a list becomes one undoable step.
    #[test]
    fn any_list_is_read_and_inserted(lines in vec(line(), 0..8), tabs in any::<bool>(), map in arbitrary::map()) {
        let text = lines.join(if tabs { "\t" } else { "\n" });
        let list = list::read(&text, &Vocabulary::of(&map));
        let mut count = 0;
        let mut random = minted(&mut count);
        let mut minter = IdFactory::new(&mut random);
        if let Some((intent, made)) = list.intent(&map, &InsertionPoint::End, &mut minter) {
            prop_assert_eq!(made.len(), list.touchpoint_count());
            let mut next = map.clone();
            let changes = plan(&next, &intent).expect("it fits");
            changes.apply(&mut next).expect("it fits");
            prop_assert_eq!(next.touchpoint_count(), map.touchpoint_count() + made.len());
            changes.inverse().apply(&mut next).expect("it can be undone");
            prop_assert_eq!(&next, &map);
        }
    }
}

#[test]
fn lines_create_missing_records_and_reuse_existing_ones() {
    let mut map = Map::with_title("T");
    let mut count = 0;
    let mut random = minted(&mut count);
    let names = Vocabulary::of(&map);
    let mut minter = IdFactory::new(&mut random);
    let mut writer = IntentBuilder::new(&map, &InsertionPoint::End, &mut minter);
    writer.add_line(&parse("Asks @Phone #Sales", &names).interpret());
    writer.add_line(&parse("Pays @phone #SALES >Buy", &names).interpret());
    writer.add_line(&parse("Uses", &names).interpret());
    writer.add_line(&parse(">first stage", &names).interpret());
    writer.add_line(&parse("Waits", &names).interpret());
    let intent = writer.finish("Capture").unwrap();
    plan(&map, &intent).unwrap().apply(&mut map).unwrap();
    let stages: Vec<&str> = map.stages().iter().map(Stage::name).collect();
    assert_eq!(stages, ["First stage", "Buy"]);
    assert_eq!((map.channels().len(), map.departments().len()), (1, 1));
    let order: Vec<&str> = map.touchpoints().map(Record::name).collect();
    assert_eq!(order, ["Asks", "Waits", "Pays", "Uses"]);
}
