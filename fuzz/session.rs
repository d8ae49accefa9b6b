//! Random operations on a session. The laws: the map is at any time what its file
//! would be read as; undoing everything leads to the beginning, redoing everything
//! to the end; a journal of the steps leads to the same map.

use super::choices::Choices;
use super::intents::Intents;
use touchline::edit::journal::{self, JournalEntry, MapOrigin, Replay};
use touchline::edit::{Intent, UndoStep};
use touchline::format;
use touchline::model::Map;
use touchline::session::Session;

/// Maps to begin with; the first choice of an input.
const STARTS: [&[u8]; 4] = [
    b"(title: \"T\")",
    include_bytes!("../assets/example.journey.ron"),
    include_bytes!("../assets/templates/purchase.journey.ron"),
    include_bytes!("../tests/corpus/good/doubles.journey.ron"),
];

/// Runs the operations that an input stands for.
pub fn run(bytes: &[u8]) -> bool {
    let choices = &mut Choices::new(bytes);
    let start = format::read(choices.pick(&STARTS).copied().unwrap_or_default());
    let start = start.map(|document| document.map).unwrap_or_default();
    let mut session = Session::untitled(start.clone());
    while !choices.is_done() {
        operate(&mut session, choices);
        assert_reads_back(session.map());
    }
    assert_history_leads_back_and_forth(&mut session, &start);
    assert_journal_leads_to_the_map(&session, start);
    true
}

fn operate(session: &mut Session, choices: &mut Choices<'_>) {
    match choices.below(32) {
        0 | 1 => drop(session.undo()),
        2 | 3 => drop(session.redo()),
        4 => drop(session.withdraw()),
        5 => drop(session.jump_to(choices.below(8))),
        6 => session.seal(),
        7 => drop(session.commit()),
        8 => drop(session.cancel()),
        9..=11 => {
            let intent = next_intent(session, choices);
            let _ = session.propose(&intent);
        }
        12..=15 => {
            let intent = next_intent(session, choices);
            let _ = session.apply_merging(&intent, Some("key"));
        }
        _ => {
            session.cancel();
            let intent = next_intent(session, choices);
            let (before, steps) = (session.map().clone(), session.history().done().len());
            let changed = session.apply(&intent);
            // The parts of a batch may cancel each other out.
            let may_differ = changed == Ok(true);
            let must_differ = may_differ && !matches!(intent, Intent::Batch { .. });
            let differs = *session.map() != before;
            assert!(differs || !must_differ, "no change by {intent:?}");
            assert!(!differs || may_differ, "a change by {intent:?}");
            let new_steps = usize::from(changed == Ok(true));
            assert_eq!(session.history().done().len(), steps + new_steps);
        }
    }
}

/// Ids are filled in as the window and the command line do, mostly.
pub fn next_intent(session: &mut Session, choices: &mut Choices<'_>) -> Intent {
    let fill_in = !choices.one_in(5);
    let map = &session.map().clone();
    let mut intent = Intents { map, choices }.next();
    if fill_in {
        session.fill_in_ids(&mut intent);
    }
    assert_intent_is_text(&intent);
    intent
}

/// An intent can be given as text.
fn assert_intent_is_text(intent: &Intent) {
    let text = ron::to_string(intent).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        format::value::<Intent>(&text).as_ref(),
        Ok(intent),
        "{text}"
    );
}

/// A map is what its file is read as, and reading notices nothing but references to
/// records that are gone.
pub fn assert_reads_back(map: &Map) {
    let text = format::write(map);
    let document = format::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    for warning in &document.warnings {
        let is_dangling = matches!(warning.kind, format::WarningKind::Dangling { .. });
        assert!(is_dangling, "{warning}\n{text}");
    }
    assert_eq!(document.map, *map, "{text}");
}

fn assert_history_leads_back_and_forth(session: &mut Session, start: &Map) {
    session.cancel();
    let end = session.map().clone();
    let steps = session.history().done().len();
    session.jump_to(0);
    assert_eq!(session.map(), start);
    session.jump_to(steps);
    assert_eq!(*session.map(), end);
}

fn assert_journal_leads_to_the_map(session: &Session, start: Map) {
    let mut bytes = journal::encode_header(&journal::JournalHeader::default());
    let steps: Vec<UndoStep> = session.history().done().cloned().collect();
    for step in steps {
        let sealed = true;
        bytes.extend(journal::encode_entry(&JournalEntry::Step { step, sealed }));
    }
    let decoded = journal::decode(&bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(decoded.valid_length, bytes.len());
    let mut replay = Replay::new(start, MapOrigin::default(), 0);
    for entry in decoded.entries {
        assert_eq!(replay.apply(entry), Ok(()));
    }
    assert_eq!(replay.map, *session.map());
}
