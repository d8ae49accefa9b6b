//! Lists as pasted from notes, mails and spreadsheets.

use super::{ListShape, MAX_ROWS, ParsedList, is_list, read};
use crate::capture::Vocabulary;
use crate::capture::vocabulary::NameKind;
use crate::edit::{IdFactory, plan};
use crate::model::{Level, Map, Record, Score};

fn list(text: &str) -> ParsedList {
    read(text, &Vocabulary::default())
}

/// The resulting map, one `Stage: touchpoint, touchpoint` for each stage.
fn map(text: &str) -> (Map, Vec<String>) {
    let mut map = Map::with_title("T");
    let mut count = 0;
    let mut random = || {
        count += 1;
        count
    };
    let mut minter = IdFactory::new(&mut random);
    let list = list(text);
    if let Some((intent, made)) =
        list.intent(&map, &crate::capture::InsertionPoint::End, &mut minter)
    {
        plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        assert_eq!(made.len(), map.touchpoint_count());
    }
    let stages = map.stages().iter().map(|stage| {
        let names: Vec<&str> = map
            .touchpoints_in(&stage.id)
            .iter()
            .map(Record::name)
            .collect();
        format!("{}: {}", stage.name, names.join(", "))
    });
    let stages = stages.collect();
    (map, stages)
}

#[test]
fn lines_are_grouped_under_stage_headings() {
    let text = "# Search\n- Sees an ad @web\n* [ ] Asks a friend\n\nBuy:\n1. Pays -1 !Slow\n  2) Gets a receipt\n>Use\n• Logs in\n";
    let (map, stages) = map(text);
    assert_eq!(
        stages,
        [
            "Search: Sees an ad, Asks a friend",
            "Buy: Pays, Gets a receipt",
            "Use: Logs in"
        ]
    );
    assert_eq!(map.channels().len(), 1);
    assert_eq!(map.touchpoints().map(|t| t.pains.len()).sum::<usize>(), 1);
}

#[test]
fn indented_lines_are_grouped_under_the_line_above() {
    let (_, stages) = map("Search\n  Sees an ad\n  Asks a friend\nBuy\n\tPays\n");
    assert_eq!(stages, ["Search: Sees an ad, Asks a friend", "Buy: Pays"]);
    let (_, stages) = map("  Sees an ad\n  Pays\n");
    assert_eq!(stages, ["First stage: Sees an ad, Pays"]);
}

#[test]
fn later_lines_resolve_names_of_earlier_ones() {
    let list = list("Asks @\"Branch office\"\nPays @branch office today");
    assert_eq!(
        list.rows[1].parsed.channel.as_deref(),
        Some("branch office")
    );
    assert_eq!(list.rows[1].parsed.name, "Pays today");
}

#[test]
fn table_columns_are_assigned_by_title() {
    let text = "Phase\tTouchpoint\tChannel\tDepartment\tScore (1-5)\tEmotion\tPain points\tBudget\tMoment of truth\n\
        Buy\tPays @ the desk\tShop\tSales\t1\tangry\t!!Queue; No card\t500\tyes\r\n\
        \tGets \"it\"\tShop\t\t5\t\t\t\tmaybe\n\
        Use\t\"Logs in\nfor the \"\"first\"\" time\"\tWeb\n";
    let list = list(text);
    assert_eq!(list.shape, ListShape::Table { titled: true });
    assert_eq!(list.touchpoint_count(), 3);
    let first = &list.rows[0].parsed;
    assert_eq!(first.name, "Pays @ the desk");
    assert_eq!(
        (first.stage.as_deref(), first.owner.as_deref()),
        (Some("Buy"), Some("Sales"))
    );
    assert_eq!(first.feeling.score, Some(Score::MIN));
    assert_eq!(
        first.pains,
        [
            (Level::Medium, "Queue".to_owned()),
            (Level::Low, "No card".to_owned())
        ]
    );
    assert!(first.moment);
    assert_eq!(list.rows[0].extra.notes, ["Budget: 500"]);
    let second = &list.rows[1];
    assert_eq!(
        (second.parsed.stage.as_deref(), second.parsed.name.as_str()),
        (Some("Buy"), "Gets \"it\"")
    );
    assert_eq!(second.extra.notes, ["Moment of truth: maybe"]);
    assert_eq!(list.rows[2].parsed.name, "Logs in\nfor the \"first\" time");
    assert_eq!(list.rows[2].number, 4);
    let said = list.remarks.join("\n");
    assert_eq!(
        said,
        "“Score (1-5)” is rescaled from 1 … 5 to −2 … +2.\n\
         “Budget” is kept in the notes.\n\
         Cells under “Moment of truth” that say something else are kept in the notes."
    );
}

#[test]
fn a_table_without_titles_is_capture_lines_with_notes() {
    let list = list("Asks @phone\t12 min\nPays -1\t\nWaits\tlong\textra");
    assert_eq!(list.shape, ListShape::Table { titled: false });
    assert_eq!(list.rows[0].parsed.channel.as_deref(), Some("phone"));
    assert_eq!(list.rows[0].extra.notes, ["Column 2: 12 min"]);
    assert_eq!(
        list.rows[2].extra.notes,
        ["Column 2: long", "Column 3: extra"]
    );
    assert_eq!(list.rows[1].parsed.feeling.score, Score::from_tenths(-10));
}

#[test]
fn a_feeling_column_with_words_holds_emotions() {
    let list = list("Step\tFeeling\nAsks\tcurious\nPays\t3");
    assert_eq!(list.rows[0].parsed.feeling.emotion, "curious");
    assert_eq!(list.rows[1].parsed.feeling.emotion, "3");
}

#[test]
fn columns_of_personas_hold_their_feelings() {
    let (map, _) = map(
        "Step\tFeeling Jana\tTom’s feeling\tQuote (Tom)\tScore (1-5)\n\
         Asks\t-1\tcurious\t“Why?”\t4\nPays\t2\t\t\t\n",
    );
    let personas: Vec<&str> = map.personas().iter().map(Record::name).collect();
    assert_eq!(personas, ["Jana", "Tom"]);
    let touchpoints: Vec<_> = map.touchpoints().collect();
    let said = touchpoints[0].feelings.iter();
    let said: Vec<_> = said
        .map(|it| (it.score, it.emotion.as_str(), it.quote.as_str()))
        .collect();
    let score = |tenths| Score::from_tenths(tenths);
    assert_eq!(
        said,
        [
            (score(10), "", ""),
            (score(-10), "", ""),
            (None, "curious", "Why?")
        ]
    );
    assert_eq!(touchpoints[1].feelings[0].score, score(20));
    // One such column names no persona, and neither do times.
    let list = list("Step\tStage\tScore Before\tFeeling Jana\nAsks\tS\t2\t-1");
    assert_eq!(list.rows[0].parsed.others, []);
    // Personas of the map are known by their names.
    let mut names = Vocabulary::default();
    names.add(NameKind::Personas, "Jana");
    let list = read("Step\tJana\nAsks\t-1", &names);
    assert_eq!(list.rows[0].parsed.others.len(), 1);
    assert_eq!(list.columns[1].meaning, "score of Jana");
}

#[test]
fn limits_are_said_in_english() {
    let long = "x".repeat(super::MAX_CHARS + 1);
    let said = |text: &str| list(text).remarks.join(" ");
    assert!(said(&format!("{long}\nWaits")).contains("one text is cut off"));
    assert!(said(&format!("{long}\n{long}")).contains("2 texts are cut off"));
    assert!(said(&"Waits\n".repeat(MAX_ROWS + 1)).contains("1 more is left over"));
}

#[test]
fn a_single_line_is_not_a_list() {
    assert!(!is_list("Pays the deposit") && !is_list("\nPays\n\n") && !is_list(""));
    assert!(is_list("Pays\nWaits") && is_list("Pays\tShop"));
}

#[test]
fn lists_over_the_limit_are_truncated_with_a_remark() {
    let list = list(&"Waits\n".repeat(MAX_ROWS + 7));
    assert_eq!(list.touchpoint_count(), MAX_ROWS);
    assert_eq!(
        list.remarks,
        ["At most 5000 rows are taken at once: 7 more are left over."]
    );
    // The stage counts as one of the rows.
    let (whole, _) = map(&format!("Search:\n{}", "Waits @Web\n".repeat(MAX_ROWS + 7)));
    assert_eq!(whole.touchpoint_count(), MAX_ROWS - 1);
    let long = super::read(&"x".repeat(20_000), &Vocabulary::default());
    assert_eq!(long.rows[0].parsed.name.len(), super::MAX_CHARS);
    assert_eq!(long.remarks.len(), 1);
}

/// The stages after pasting a list behind the first touchpoint of a map.
fn stages_after(list: &str) -> Vec<String> {
    let (mut map, _) = map("# A\nfirst\n# B\nsecond\n# C\nthird");
    let first = map.touchpoints().next().unwrap().id.clone();
    let mut count = 100;
    let mut random = || {
        count += 1;
        count
    };
    let mut minter = IdFactory::new(&mut random);
    let place = crate::capture::InsertionPoint::After(first);
    let read = read(list, &Vocabulary::of(&map));
    let (intent, _) = read.intent(&map, &place, &mut minter).unwrap();
    plan(&map, &intent).unwrap().apply(&mut map).unwrap();
    let stages = map.stages().iter().map(|stage| stage.name.clone());
    stages.collect()
}

#[test]
fn new_stages_keep_list_order_after_the_last_named_stage() {
    // No existing stage is named: append in list order.
    assert_eq!(stages_after("x\n>X\ny\n>Y\nz"), ["A", "B", "C", "X", "Y"]);
    assert_eq!(stages_after("X:\nx\nY:\ny"), ["A", "B", "C", "X", "Y"]);
    // Insert after the stage named before.
    assert_eq!(
        stages_after("# B\nb\n# X\nx\n# Y\ny\n# A\na\n# Z\nz"),
        ["A", "Z", "B", "X", "Y", "C"]
    );
    assert_eq!(
        stages_after("Stage\tTouchpoint\nX\tx\nB\tb\nY\ty\nX\tx2"),
        ["A", "B", "Y", "C", "X"]
    );
}
