//! Labels of steps in the history: the kind of edit and its object.
//!
//! Must not know: users, windows.

use super::change::{Change, ChangeSet, Edit};
use super::intent::Intent;
use crate::model::{Header, Lane, Map, MapKind, ObjectRef, Stage, Touchpoint, TouchpointId};

/// Maximum length of a name in a label, in characters.
const MAX_NAME_CHARS: usize = 40;

/// Labels a step, as in "Rename touchpoint “Pays the deposit”"; `map` is the map
/// after the step.
pub fn step_label(intent: &Intent, changes: &ChangeSet, map: &Map) -> String {
    let name = |id: &TouchpointId| quoted(ObjectRef::Touchpoint(id.clone()).name(map));
    match intent {
        Intent::Batch { label, .. } => return label.clone(),
        Intent::Connect { from, path } => {
            let (from, to) = (name(from), name(&path.to));
            return format!("Connect {from} to {to}");
        }
        Intent::Disconnect { from, to, .. } => {
            return format!("Disconnect {} from {}", name(from), name(to));
        }
        _ => {}
    }
    let label = intent.label();
    // Clean-up changes come first, the record itself last; image data accompanies
    // the records that refer to it.
    let shown = |change: &&Change| !matches!(change, Change::Image(_));
    let Some(change) = changes.0.iter().rfind(shown) else {
        return label;
    };
    let moves_step = match change {
        Change::Header(before, after) => return header_label(before, after),
        Change::Suppression(_) => return label,
        Change::Touchpoint(edit) => match edit.as_ref() {
            Edit::Replace { before, after } => return touchpoint_label(before, after),
            _ => true,
        },
        Change::Stage(edit) => match edit.as_ref() {
            Edit::Replace { before, after } => return stage_label(before, after),
            _ => true,
        },
        Change::Lane(edit) => return lane_label(&label, edit, map),
        _ => false,
    };
    let Some(edit) = change.summary() else {
        return label;
    };
    match (edit.before, edit.after) {
        (None, None) if moves_step => format!("{label} {}", quoted(edit.object.name(map))),
        (None, None) => label,
        (Some(before), Some(after)) => {
            let label = match label.split_once(' ') {
                Some(("Edit", word)) if before != after => format!("Rename {word}"),
                _ => label,
            };
            format!("{label} {}", quoted(after))
        }
        (name, other) => format!("{label} {}", quoted(name.or(other).unwrap_or_default())),
    }
}

fn lane_label(label: &str, edit: &Edit<Lane, usize>, map: &Map) -> String {
    let (label, title) = match edit {
        Edit::Replace { before, after } if before.hidden != after.hidden => {
            let label = if after.hidden {
                "Hide lane"
            } else {
                "Show lane"
            };
            (label, after.title())
        }
        Edit::Replace { after: lane, .. }
        | Edit::Insert { record: lane, .. }
        | Edit::Remove { record: lane, .. } => (label, lane.title()),
        Edit::Move { id, .. } => (label, map.lanes().get(id).map_or("", Lane::title)),
    };
    format!("{label} {}", quoted(title))
}

/// Quotes a name on one line, truncated.
pub(super) fn quoted(name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        return "without a name".to_owned();
    }
    let mut short: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MAX_NAME_CHARS)
        .collect();
    if name.chars().nth(MAX_NAME_CHARS).is_some() {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    format!("“{short}”")
}

fn header_label(before: &Header, after: &Header) -> String {
    let words = if before.title != after.title {
        return format!("Rename map {}", quoted(&after.title));
    } else if before.kind != after.kind {
        match after.kind {
            MapKind::Current => "Mark map as current",
            MapKind::Future => "Mark map as future",
        }
    } else if before.scenario != after.scenario {
        "Edit scenario"
    } else if before.measurements != after.measurements {
        "Edit measurements of map"
    } else {
        "Edit map"
    };
    words.to_owned()
}

/// A difference between two versions of a record.
enum FieldDiff {
    /// A changed field, by name.
    Value(&'static str),
    /// A changed list: the word for one item, and the lengths before and after.
    List(&'static str, usize, usize),
}

/// Labels the change of a single field; several changed fields are an edit.
fn fields_label(word: &str, name: &str, parts: &[(bool, FieldDiff)]) -> String {
    let mut differ = parts.iter().filter(|(differs, _)| *differs);
    let name = quoted(name);
    match (differ.next(), differ.next()) {
        (Some((_, FieldDiff::Value("name"))), None) => format!("Rename {word} {name}"),
        (Some((_, FieldDiff::Value(what))), None) => format!("Change {what} of {name}"),
        (Some((_, FieldDiff::List(one, before, after))), None) => match after.cmp(before) {
            std::cmp::Ordering::Greater => format!("Add {one} to {name}"),
            std::cmp::Ordering::Less => format!("Remove {one} from {name}"),
            std::cmp::Ordering::Equal => format!("Change {one} of {name}"),
        },
        _ => format!("Edit {word} {name}"),
    }
}

macro_rules! parts {
    ($before:ident, $after:ident; values $($value:ident $what:literal),*; lists $($list:ident $one:literal),*) => {
        [
            $(($before.$value != $after.$value, FieldDiff::Value($what)),)*
            $(($before.$list != $after.$list, FieldDiff::List($one, $before.$list.len(), $after.$list.len())),)*
        ]
    };
}

fn touchpoint_label(before: &Touchpoint, after: &Touchpoint) -> String {
    let parts = parts!(before, after;
        values name "name", description "description", channel "channel",
            environment "environment", owner "owner", time "time", duration "duration",
            moment_of_truth "moment of truth", evidence "evidence", votes "votes",
            notes "notes", ends "end", texts "text in own lane";
        lists supporters "supporter", feelings "feeling", pains "pain point",
            opportunities "opportunity", backstage "backstage item",
            measurements "measurement", paths "path", tags "tag",
            pictures "picture"
    );
    fields_label("touchpoint", &after.name, &parts)
}

fn stage_label(before: &Stage, after: &Stage) -> String {
    let parts = parts!(before, after;
        values name "name", goal "goal", owner "owner", time "time", duration "duration",
            notes "notes";
        lists supporters "supporter"
    );
    fields_label("stage", &after.name, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan;
    use crate::model::{Department, Level, Pain, Path, PathKind};

    /// Applies an intent and labels it.
    fn did(map: &mut Map, intent: Intent) -> String {
        let changes = plan(map, &intent).unwrap();
        changes.apply(map).unwrap();
        step_label(&intent, &changes, map)
    }

    fn world() -> Map {
        let mut map = Map::with_title("T");
        let stage = |id: &str, name: &str| Intent::AddStage {
            at: usize::MAX,
            stage: Box::new(Stage::new(id.into(), name)),
        };
        let touchpoint = |id: &str, name: &str| Intent::AddTouchpoint {
            stage: "s".into(),
            at: usize::MAX,
            touchpoint: Box::new(Touchpoint::new(id.into(), name)),
        };
        for (intent, said) in [
            (stage("s", "Start"), "Add stage “Start”"),
            (stage("e", "End"), "Add stage “End”"),
            (touchpoint("a", "Pays"), "Add touchpoint “Pays”"),
            (touchpoint("b", "Waits"), "Add touchpoint “Waits”"),
        ] {
            assert_eq!(did(&mut map, intent), said);
        }
        map
    }

    fn with(map: &mut Map, edit: impl FnOnce(&mut Touchpoint)) -> String {
        let mut after = map.touchpoint(&"a".into()).unwrap().clone();
        edit(&mut after);
        did(map, Intent::SetTouchpoint(Box::new(after)))
    }

    #[test]
    fn touchpoint_edits_name_the_changed_field() {
        let mut map = world();
        let said = with(&mut map, |t| t.name = "Pays the deposit".to_owned());
        assert_eq!(said, "Rename touchpoint “Pays the deposit”");
        let said = with(&mut map, |t| t.owner = Some("sales".into()));
        assert_eq!(said, "Change owner of “Pays the deposit”");
        let pain = Pain {
            id: "p".into(),
            text: String::new(),
            severity: Level::Low,
            votes: 0,
            actions: Vec::new(),
            evidence: Default::default(),
        };
        let said = with(&mut map, |t| t.pains.push(pain));
        assert_eq!(said, "Add pain point to “Pays the deposit”");
        let said = with(&mut map, |t| t.pains[0].votes = 3);
        assert_eq!(said, "Change pain point of “Pays the deposit”");
        let said = with(&mut map, |t| t.pains.clear());
        assert_eq!(said, "Remove pain point from “Pays the deposit”");
        let said = with(&mut map, |t| {
            t.name = " ".to_owned();
            t.notes = "n".to_owned();
        });
        assert_eq!(said, "Edit touchpoint without a name");
    }

    #[test]
    fn moves_paths_and_deletions_name_their_records() {
        let mut map = world();
        let path = Path {
            to: "a".into(),
            kind: PathKind::Return,
            label: String::new(),
            share: None,
        };
        let from = "b".into();
        let said = did(&mut map, Intent::Connect { from, path });
        assert_eq!(said, "Connect “Waits” to “Pays”");
        let said = did(
            &mut map,
            Intent::MoveTouchpoint {
                id: "a".into(),
                stage: "e".into(),
                to: 0,
            },
        );
        assert_eq!(said, "Move touchpoint “Pays”");
        // The path to the touchpoint is removed first.
        let said = did(&mut map, Intent::DeleteTouchpoint("a".into()));
        assert_eq!(said, "Delete touchpoint “Pays”");
        let said = did(&mut map, Intent::DeleteStage("s".into()));
        assert_eq!(said, "Delete stage “Start”");
    }

    #[test]
    fn other_records_and_the_map_are_labeled() {
        let mut map = world();
        let department = Department::new("d".into(), "Sales");
        let said = did(
            &mut map,
            Intent::AddDepartment(Box::new(department.clone())),
        );
        assert_eq!(said, "Add department “Sales”");
        let renamed = Department {
            name: "Branch sales".to_owned(),
            ..department
        };
        let said = did(&mut map, Intent::SetDepartment(Box::new(renamed)));
        assert_eq!(said, "Rename department “Branch sales”");
        let mut header = map.header().clone();
        header.kind = MapKind::Future;
        let said = did(&mut map, Intent::SetHeader(Box::new(header)));
        assert_eq!(said, "Mark map as future");
        let mut lane = map.lanes().get(&"feelings".into()).unwrap().clone();
        lane.hidden = true;
        let said = did(&mut map, Intent::SetLane(Box::new(lane)));
        assert_eq!(said, "Hide lane “Feelings”");
    }

    #[test]
    fn long_names_are_truncated_between_characters() {
        assert_eq!(quoted(&"ä".repeat(40)).chars().count(), 42);
        assert_eq!(quoted(&"ä".repeat(41)).chars().count(), 43);
        assert_eq!(quoted("two\nlines"), "“two lines”");
    }
}
