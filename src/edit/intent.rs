//! Intents: the edits that users request.
//!
//! One table lists the edits that all records of a list have in common.
//!
//! Must not know: windows, files.

use super::id_factory::IdFactory;
use super::plan_error::PlanError;
use super::planner::Planner;
use crate::model::{
    Action, Channel, Comment, Conflict, Department, Environment, Header, Id, Image, Lane, Note,
    Path, PathKind, Persona, Record, SavedView, Stage, StageId, Suppression, SuppressionId,
    Touchpoint, TouchpointId,
};
use serde::{Deserialize, Serialize};

/// The id of a record of type `R`.
type IdOf<R> = <R as Record>::Id;

macro_rules! intents {
    (
        add: $($add:ident($added:ident)),*;
        set: $($set:ident($replaced:ident)),*;
        delete: $($delete:ident($deleted:ident)),*;
        shift: $($shift:ident($moved:ident)),*;
        merge: $($merge:ident($merged:ident)),*;
    ) => {
        /// A requested edit. [`crate::edit::plan`] turns it into changes or returns an error.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub enum Intent {
            /// Replaces the content of the map's header.
            SetHeader(Box<Header>),
            /// Adds a stage at an index in the order.
            AddStage {
                /// The index, from 0; clamped to the end.
                at: usize,
                /// The stage.
                stage: Box<Stage>,
            },
            /// Adds a touchpoint to a stage.
            AddTouchpoint {
                /// The stage.
                stage: StageId,
                /// The index in the stage, from 0; clamped to the end.
                at: usize,
                /// The touchpoint.
                touchpoint: Box<Touchpoint>,
            },
            /// Moves a touchpoint to an index in a stage, counted without itself.
            MoveTouchpoint {
                /// The touchpoint.
                id: TouchpointId,
                /// The target stage.
                stage: StageId,
                /// The index in it.
                to: usize,
            },
            /// Deletes a touchpoint and the paths to it.
            DeleteTouchpoint(TouchpointId),
            /// Adds a path; one with the same target and kind is replaced.
            Connect {
                /// The touchpoint it leaves.
                from: TouchpointId,
                /// The path.
                path: Path,
            },
            /// Removes a path. An implicit link to the next touchpoint is removed by
            /// letting the journey end at `from`.
            Disconnect {
                /// The touchpoint it leaves.
                from: TouchpointId,
                /// The touchpoint it leads to.
                to: TouchpointId,
                /// The kind of path.
                kind: PathKind,
            },
            /// Accepts a finding.
            Suppress(Box<Suppression>),
            /// Reopens an accepted finding.
            Unsuppress(SuppressionId),
            $(
                #[doc = concat!("Adds a [`", stringify!($added), "`] at the end of its list.")]
                $add(Box<$added>),
            )*
            $(
                #[doc = concat!("Replaces the content of a [`", stringify!($replaced), "`].")]
                $set(Box<$replaced>),
            )*
            $(
                #[doc = concat!("Deletes a [`", stringify!($deleted), "`] with its content and all references to it.")]
                $delete(IdOf<$deleted>),
            )*
            $(
                #[doc = concat!("Moves a [`", stringify!($moved), "`] to an index in its list, counted without itself.")]
                $shift {
                    /// The record.
                    id: IdOf<$moved>,
                    /// The new index.
                    to: usize,
                },
            )*
            $(
                #[doc = concat!("Redirects all references from one [`", stringify!($merged), "`] to another and deletes the one.")]
                $merge {
                    /// The record that is deleted.
                    from: IdOf<$merged>,
                    /// The record that remains; its empty fields are filled in from the other.
                    into: IdOf<$merged>,
                },
            )*
            /// Several intents as one step.
            #[serde(alias = "Together")]
            Batch {
                /// The label of the step in the history.
                label: String,
                /// The intents, in order.
                intents: Vec<Intent>,
            },
        }

        impl Intent {
            /// Plans the edit of a record of a list, whatever its type.
            pub(super) fn plan_in_list(&self, planner: &mut Planner<'_>) -> Result<(), PlanError> {
                match self {
                    $(Intent::$add(record) => planner.append(record.as_ref()),)*
                    $(Intent::$set(record) => planner.replace(record.as_ref()),)*
                    $(Intent::$delete(id) => planner.delete::<$deleted>(id),)*
                    $(Intent::$shift { id, to } => planner.shift::<$moved>(id, *to),)*
                    $(Intent::$merge { from, into } => planner.merge::<$merged>(from, into),)*
                    _ => Ok(()),
                }
            }

            fn label_in_list(&self) -> String {
                match self {
                    $(Intent::$add(_) => format!("Add {}", IdOf::<$added>::WORD),)*
                    $(Intent::$set(_) => format!("Edit {}", IdOf::<$replaced>::WORD),)*
                    $(Intent::$delete(_) => format!("Delete {}", IdOf::<$deleted>::WORD),)*
                    $(Intent::$shift { .. } => format!("Move {}", IdOf::<$moved>::WORD),)*
                    $(Intent::$merge { .. } => format!("Merge {}s", IdOf::<$merged>::WORD),)*
                    _ => String::new(),
                }
            }

            /// Gives new records, pains and opportunities without an id one of their own, and
            /// returns these ids.
            pub fn fill_in_ids(&mut self, ids: &mut IdFactory<'_>) -> Vec<String> {
                match self {
                    Intent::AddStage { stage, .. } => fill_in_id(stage.as_mut(), ids),
                    Intent::AddTouchpoint { touchpoint, .. } => {
                        let mut made = fill_in_id(touchpoint.as_mut(), ids);
                        made.extend(fill_in_item_ids(touchpoint, ids));
                        made
                    }
                    Intent::SetTouchpoint(touchpoint) => fill_in_item_ids(touchpoint, ids),
                    $(Intent::$add(record) => fill_in_id(record.as_mut(), ids),)*
                    Intent::Batch { intents, .. } => {
                        intents.iter_mut().flat_map(|intent| intent.fill_in_ids(ids)).collect()
                    }
                    _ => Vec::new(),
                }
            }
        }
    };
}

intents! {
    add: AddPersona(Persona), AddDepartment(Department), AddChannel(Channel),
        AddEnvironment(Environment), AddAction(Action), AddLane(Lane), AddNote(Note),
        AddComment(Comment), AddSavedView(SavedView), AddImage(Image);
    set: SetStage(Stage), SetTouchpoint(Touchpoint), SetPersona(Persona), SetDepartment(Department), SetChannel(Channel),
        SetEnvironment(Environment), SetAction(Action), SetLane(Lane), SetNote(Note),
        SetComment(Comment), SetSavedView(SavedView), SetImage(Image);
    delete: DeleteStage(Stage), DeletePersona(Persona), DeleteDepartment(Department),
        DeleteChannel(Channel), DeleteEnvironment(Environment), DeleteAction(Action),
        DeleteLane(Lane), DeleteNote(Note), DeleteComment(Comment), DeleteSavedView(SavedView),
        DeleteConflict(Conflict),
        DeleteImage(Image);
    shift: MoveStage(Stage), MovePersona(Persona), MoveDepartment(Department),
        MoveChannel(Channel), MoveEnvironment(Environment), MoveLane(Lane),
        MoveSavedView(SavedView);
    merge: MergeDepartments(Department), MergeChannels(Channel), MergeEnvironments(Environment);
}

fn fill_in_id<R: Record>(record: &mut R, ids: &mut IdFactory<'_>) -> Vec<String> {
    let mut id = record.id().clone();
    let made = fill_in(&mut id, record.name(), ids);
    record.set_id(id);
    made.into_iter().collect()
}

fn fill_in_item_ids(touchpoint: &mut Touchpoint, ids: &mut IdFactory<'_>) -> Vec<String> {
    let mut made = Vec::new();
    for pain in &mut touchpoint.pains {
        made.extend(fill_in(&mut pain.id, &pain.text, ids));
    }
    for opportunity in &mut touchpoint.opportunities {
        made.extend(fill_in(&mut opportunity.id, &opportunity.text, ids));
    }
    made
}

/// Replaces an empty id by a new one, and returns that.
fn fill_in<I: Id>(id: &mut I, name: &str, ids: &mut IdFactory<'_>) -> Option<String> {
    id.as_str().is_empty().then(|| {
        *id = ids.new_id(name);
        id.to_string()
    })
}

impl Intent {
    /// The label of the step in the history.
    pub fn label(&self) -> String {
        let words = match self {
            Intent::SetHeader(_) => "Edit map",
            Intent::AddStage { .. } => "Add stage",
            Intent::AddTouchpoint { .. } => "Add touchpoint",
            Intent::MoveTouchpoint { .. } => "Move touchpoint",
            Intent::DeleteTouchpoint(_) => "Delete touchpoint",
            Intent::Connect { .. } => "Connect",
            Intent::Disconnect { .. } => "Disconnect",
            Intent::AddNote(_) => "Park a note",
            Intent::Suppress(_) => "Accept finding",
            Intent::Unsuppress(_) => "Show finding again",
            Intent::Batch { label, .. } => label,
            other => return other.label_in_list(),
        };
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The JSON and RON names of intents are an interface of `touchline session`.
    #[test]
    fn names_and_labels_of_record_intents_do_not_change() {
        let name = |intent: &Intent| {
            let json = serde_json::to_value(intent).unwrap();
            json.as_object().unwrap().keys().next().unwrap().clone()
        };
        let move_lane = Intent::MoveLane {
            id: "l".into(),
            to: 1,
        };
        let merge = Intent::MergeChannels {
            from: "a".into(),
            into: "b".into(),
        };
        for (intent, json, label) in [
            (
                Intent::AddPersona(Box::default()),
                "AddPersona",
                "Add persona",
            ),
            (Intent::AddNote(Box::default()), "AddNote", "Park a note"),
            (Intent::AddImage(Box::default()), "AddImage", "Add picture"),
            (Intent::SetStage(Box::default()), "SetStage", "Edit stage"),
            (
                Intent::DeleteAction("a".into()),
                "DeleteAction",
                "Delete action",
            ),
            (move_lane, "MoveLane", "Move lane"),
            (merge, "MergeChannels", "Merge channels"),
        ] {
            assert_eq!(
                (name(&intent).as_str(), intent.label().as_str()),
                (json, label)
            );
            let text = serde_json::to_string(&intent).unwrap();
            assert_eq!(serde_json::from_str::<Intent>(&text).unwrap(), intent);
        }
    }
}
