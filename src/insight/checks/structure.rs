//! Rules on the structure of the map. Rules about files only are checked by the reader.

use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::finding::Finding;
use crate::insight::fix::Fix;
use crate::insight::rule::{Rule, catalogue};
use crate::model::{Field, Id, IndexedList, ObjectRef, Record};
use std::collections::HashSet;

catalogue! {
    Structure;
    REFERENCE_DANGLING = "reference-dangling", Error,
        "A reference points to something that is not in the map.",
        "A misspelt owner looks like an owner, but no department has that id.",
        "Touchline's own rule",
        "owner: \"slaes\"";
    DUPLICATE_ID = "duplicate-id", Error,
        "Two records of one kind have the same id.",
        "A reference to the id could mean either record.",
        "Touchline's own rule",
        "Two touchpoints with id: \"calls\".";
    UNKNOWN_FIELD = "unknown-field", Warning,
        "The file has a field that the format does not have.",
        "Its value is not shown and is dropped when the map is saved; often the name is misspelt.",
        "Touchline's own rule",
        "oner: \"sales\"";
    DUPLICATE_KEY = "duplicate-key", Warning,
        "A value is given twice for one key.",
        "Only one of the two is kept.",
        "Touchline's own rule",
        "Two texts for the lane “emails” on one touchpoint.";
    NUMBER_ROUNDED = "number-rounded", Warning,
        "A number has more decimals than are kept.",
        "Scores are kept in tenths, other numbers in thousandths, so that maps compare exactly.",
        "Touchline's own rule",
        "score: 1.25";
    PICTURE_BROKEN = "picture-broken", Warning,
        "The data of a picture is not a PNG or JPEG that can be shown.",
        "A grey box with its name is shown instead.",
        "Touchline's own rule",
        "A line of its data was lost in a merge.";
    LANE_VALUE = "lane-value", Warning,
        "The value of a touchpoint does not fit its lane.",
        "A number off the scale, an address that cannot be opened or a missing picture is shown as plain text or not at all.",
        "Touchline's own rule",
        "11 in a lane from 0 to 10.";
    EMPTY_STAGE = "empty-stage", Advice,
        "The stage has no touchpoint.",
        "Either touchpoints are missing, or the stage is not needed.",
        "Touchline's own rule",
        "“Advocacy” has no touchpoints.";
    DUPLICATE_NAME = "duplicate-name", Advice,
        "Two records of one kind have the same name: stages, touchpoints of one stage, personas, departments, channels or environments.",
        "They look the same on the map, and counts and colours are split between them.",
        "Touchline's own rule",
        "“Call centre” and “call centre” are two departments.";
    UNUSED_PICTURE = "unused-picture", Advice,
        "The picture is not used.",
        "It makes the file larger and is never shown.",
        "Touchline's own rule",
        "The picture of a touchpoint that was deleted by hand.";
}

pub(crate) fn check(look: &mut CheckContext<'_>) {
    for (s, stage, first) in look.stages() {
        let touchpoints = look.map.touchpoints_in(&stage.id);
        if touchpoints.is_empty() {
            let message = format!("the stage {} has no touchpoint", quoted(&stage.name));
            let finding = look.add_for_stage(s, &EMPTY_STAGE, message);
            finding.fixes = vec![Fix::AddTouchpoint, Fix::Delete];
        }
        for t in repeated_names(touchpoints) {
            let message = format!(
                "a second touchpoint of {} is called {}",
                quoted(&stage.name),
                quoted(&touchpoints[t].name)
            );
            let finding = look.add_for_touchpoint(first + t, &DUPLICATE_NAME, message);
            finding.fixes.push(change_name(&finding.subject));
        }
    }
    for s in repeated_names(look.map.stages().as_slice()) {
        let name = quoted(&look.map.stages().as_slice()[s].name);
        let message = format!("a second stage is called {name}");
        let finding = look.add_for_stage(s, &DUPLICATE_NAME, message);
        finding.fixes.push(change_name(&finding.subject));
    }
    let map = look.map;
    check_duplicate_names(look, map.personas(), ObjectRef::Persona, None);
    check_duplicate_names(
        look,
        map.departments(),
        ObjectRef::Department,
        Some(Fix::Merge),
    );
    check_duplicate_names(look, map.channels(), ObjectRef::Channel, Some(Fix::Merge));
    check_duplicate_names(
        look,
        map.environments(),
        ObjectRef::Environment,
        Some(Fix::Merge),
    );
}

fn change_name(object: &ObjectRef) -> Fix {
    Fix::fill_in("Change the name", object.clone().field(Field::Name))
}

fn check_duplicate_names<R: Record>(
    look: &mut CheckContext<'_>,
    list: &IndexedList<R>,
    subject: fn(R::Id) -> ObjectRef,
    merge: Option<Fix>,
) {
    let rule: &'static Rule = &DUPLICATE_NAME;
    for at in repeated_names(list.as_slice()) {
        let record = &list.as_slice()[at];
        let message = format!(
            "a second {} is called {}",
            R::Id::WORD,
            quoted(record.name())
        );
        let subject = subject(record.id().clone());
        let fixes = merge.iter().cloned().chain([change_name(&subject)]);
        let finding = Finding::new(rule, subject.clone(), subject, message);
        look.add_before_stages(at, finding.with_fixes(fixes));
    }
}

/// The indices of records whose name already occurred, ignoring case and white space.
fn repeated_names<R: Record>(records: &[R]) -> Vec<usize> {
    let mut seen = HashSet::new();
    let mut again = Vec::new();
    for (at, record) in records.iter().enumerate() {
        let words: Vec<&str> = record.name().split_whitespace().collect();
        let name = words.join(" ").to_lowercase();
        if !name.is_empty() && !seen.insert(name) {
            again.push(at);
        }
    }
    again
}
