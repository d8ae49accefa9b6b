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

/// A field that differs between two versions of a record.
pub(super) struct ChangedField {
    /// The word for the field, or for one item of a list.
    word: &'static str,
    /// The word for the field as a whole.
    pub whole: &'static str,
    /// The lengths of a list before and after.
    lengths: Option<(usize, usize)>,
}

fn value<T: PartialEq>(before: &T, after: &T, word: &'static str) -> Option<ChangedField> {
    (before != after).then_some(ChangedField {
        word,
        whole: word,
        lengths: None,
    })
}

fn list<T: PartialEq>(
    before: &[T],
    after: &[T],
    word: &'static str,
    whole: &'static str,
) -> Option<ChangedField> {
    (before != after).then_some(ChangedField {
        word,
        whole,
        lengths: Some((before.len(), after.len())),
    })
}

/// Labels the change of a single field; several changed fields are an edit.
fn fields_label(word: &str, name: &str, changed: &[ChangedField]) -> String {
    let name = quoted(name);
    let [field] = changed else {
        return format!("Edit {word} {name}");
    };
    let ChangedField { word: what, .. } = field;
    match field.lengths {
        None if *what == "name" => format!("Rename {word} {name}"),
        Some((before, after)) if after > before => format!("Add {what} to {name}"),
        Some((before, after)) if after < before => format!("Remove {what} from {name}"),
        _ => format!("Change {what} of {name}"),
    }
}

fn touchpoint_label(before: &Touchpoint, after: &Touchpoint) -> String {
    let changed = changed_touchpoint_fields(before, after);
    fields_label("touchpoint", &after.name, &changed)
}

pub(super) fn changed_touchpoint_fields(a: &Touchpoint, b: &Touchpoint) -> Vec<ChangedField> {
    let whole = |field: Option<ChangedField>, whole| field.map(|f| ChangedField { whole, ..f });
    let fields = [
        value(&a.name, &b.name, "name"),
        value(&a.description, &b.description, "description"),
        value(&a.channel, &b.channel, "channel"),
        value(&a.environment, &b.environment, "environment"),
        value(&a.owner, &b.owner, "owner"),
        list(&a.supporters, &b.supporters, "supporter", "supporters"),
        value(&a.time, &b.time, "time"),
        value(&a.duration, &b.duration, "duration"),
        value(&a.moment_of_truth, &b.moment_of_truth, "moment of truth"),
        list(&a.feelings, &b.feelings, "feeling", "feelings"),
        list(&a.pains, &b.pains, "pain point", "pain points"),
        list(
            &a.opportunities,
            &b.opportunities,
            "opportunity",
            "opportunities",
        ),
        list(&a.backstage, &b.backstage, "backstage item", "backstage"),
        list(
            &a.measurements,
            &b.measurements,
            "measurement",
            "measurements",
        ),
        list(&a.paths, &b.paths, "path", "paths"),
        whole(value(&a.ends, &b.ends, "end"), "end of the journey"),
        value(&a.evidence, &b.evidence, "evidence"),
        list(&a.tags, &b.tags, "tag", "tags"),
        list(&a.pictures, &b.pictures, "picture", "pictures"),
        whole(value(&a.texts, &b.texts, "text in own lane"), "own lanes"),
        value(&a.votes, &b.votes, "votes"),
        value(&a.notes, &b.notes, "notes"),
    ];
    fields.into_iter().flatten().collect()
}

fn stage_label(before: &Stage, after: &Stage) -> String {
    let fields = [
        value(&before.name, &after.name, "name"),
        value(&before.goal, &after.goal, "goal"),
        value(&before.owner, &after.owner, "owner"),
        value(&before.time, &after.time, "time"),
        value(&before.duration, &after.duration, "duration"),
        value(&before.notes, &after.notes, "notes"),
        list(
            &before.supporters,
            &after.supporters,
            "supporter",
            "supporters",
        ),
    ];
    let changed: Vec<ChangedField> = fields.into_iter().flatten().collect();
    fields_label("stage", &after.name, &changed)
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
