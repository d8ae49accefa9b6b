//! Intents: the edits that users request.
//!
//! Must not know: windows, files.

use crate::model::{
    Action, ActionId, Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId,
    Header, Id, Image, ImageId, Lane, LaneId, Note, NoteId, Path, PathKind, Persona, PersonaId,
    Stage, StageId, Suppression, SuppressionId, Touchpoint, TouchpointId, slug,
};
use serde::{Deserialize, Serialize};

/// A requested edit. [`crate::edit::plan`] turns it into changes or returns an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Intent {
    /// Replace the content of the map's header.
    SetHeader(Box<Header>),

    /// Add a stage with this id and content at an index in the order.
    AddStage {
        /// The index, from 0; clamped to the end.
        at: usize,
        /// The stage.
        stage: Box<Stage>,
    },
    /// Replace the content of a stage.
    SetStage(Box<Stage>),
    /// Move a stage to an index in the order, counted without itself.
    MoveStage {
        /// The stage.
        id: StageId,
        /// The new index.
        to: usize,
    },
    /// Delete a stage with all its touchpoints and the paths to them.
    DeleteStage(StageId),

    /// Add a touchpoint to a stage.
    AddTouchpoint {
        /// The stage.
        stage: StageId,
        /// The index in the stage, from 0; clamped to the end.
        at: usize,
        /// The touchpoint.
        touchpoint: Box<Touchpoint>,
    },
    /// Replace the content of a touchpoint.
    SetTouchpoint(Box<Touchpoint>),
    /// Move a touchpoint to an index in a stage, counted without itself.
    MoveTouchpoint {
        /// The touchpoint.
        id: TouchpointId,
        /// The target stage.
        stage: StageId,
        /// The index in it.
        to: usize,
    },
    /// Delete a touchpoint and the paths to it.
    DeleteTouchpoint(TouchpointId),

    /// Add a path; one with the same target and kind is replaced.
    Connect {
        /// The touchpoint it leaves.
        from: TouchpointId,
        /// The path.
        path: Path,
    },
    /// Remove a path. An implicit link to the next touchpoint is removed by
    /// letting the journey end at `from`.
    Disconnect {
        /// The touchpoint it leaves.
        from: TouchpointId,
        /// The touchpoint it leads to.
        to: TouchpointId,
        /// The kind of path.
        kind: PathKind,
    },

    /// Add a persona at the end.
    AddPersona(Box<Persona>),
    /// Replace the content of a persona.
    SetPersona(Box<Persona>),
    /// Delete a persona and its feelings.
    DeletePersona(PersonaId),
    /// Move a persona to an index in the order, counted without itself.
    MovePersona {
        /// The persona.
        id: PersonaId,
        /// The new index.
        to: usize,
    },

    /// Add a department at the end.
    AddDepartment(Box<Department>),
    /// Replace the content of a department.
    SetDepartment(Box<Department>),
    /// Delete a department; records it owned then have no owner.
    DeleteDepartment(DepartmentId),
    /// Move a department to an index in the order, counted without itself.
    MoveDepartment {
        /// The department.
        id: DepartmentId,
        /// The new index.
        to: usize,
    },
    /// Merge two departments: all references to the one are redirected to the other.
    MergeDepartments {
        /// The department that is deleted.
        from: DepartmentId,
        /// The department that remains; its empty fields are filled in from the other.
        into: DepartmentId,
    },

    /// Add a channel at the end.
    AddChannel(Box<Channel>),
    /// Replace the content of a channel.
    SetChannel(Box<Channel>),
    /// Delete a channel; touchpoints on it then have none.
    DeleteChannel(ChannelId),
    /// Move a channel to an index in the order, counted without itself.
    MoveChannel {
        /// The channel.
        id: ChannelId,
        /// The new index.
        to: usize,
    },
    /// Merge two channels: all references to the one are redirected to the other.
    MergeChannels {
        /// The channel that is deleted.
        from: ChannelId,
        /// The channel that remains; its empty fields are filled in from the other.
        into: ChannelId,
    },

    /// Add an environment at the end.
    AddEnvironment(Box<Environment>),
    /// Replace the content of an environment.
    SetEnvironment(Box<Environment>),
    /// Delete an environment; touchpoints in it then have none.
    DeleteEnvironment(EnvironmentId),
    /// Move an environment to an index in the order, counted without itself.
    MoveEnvironment {
        /// The environment.
        id: EnvironmentId,
        /// The new index.
        to: usize,
    },
    /// Merge two environments: all references to the one are redirected to the other.
    MergeEnvironments {
        /// The environment that is deleted.
        from: EnvironmentId,
        /// The environment that remains.
        into: EnvironmentId,
    },

    /// Add an action at the end.
    AddAction(Box<Action>),
    /// Replace the content of an action.
    SetAction(Box<Action>),
    /// Delete an action; pains and opportunities no longer refer to it.
    DeleteAction(ActionId),

    /// Add a custom lane at the end.
    AddLane(Box<Lane>),
    /// Rename, show or hide a lane.
    SetLane(Box<Lane>),
    /// Move a lane to an index in the order, counted without itself.
    MoveLane {
        /// The lane.
        id: LaneId,
        /// The new index.
        to: usize,
    },
    /// Delete a custom lane with its texts.
    DeleteLane(LaneId),

    /// Add a note to the parking lot.
    AddNote(Box<Note>),
    /// Replace the content of a note.
    SetNote(Box<Note>),
    /// Delete a note from the parking lot.
    DeleteNote(NoteId),

    /// Accept a finding.
    Suppress(Box<Suppression>),
    /// Reopen an accepted finding.
    Unsuppress(SuppressionId),

    /// Add an image; the reference to it is set in the same step.
    AddImage(Box<Image>),
    /// Replace the name or content of an image.
    SetImage(Box<Image>),
    /// Delete an image and all references to it. An image without references is
    /// deleted automatically.
    DeleteImage(ImageId),

    /// Several intents as one step.
    Together {
        /// The label of the step in the history.
        label: String,
        /// The intents, in order.
        intents: Vec<Intent>,
    },
}

impl Intent {
    /// The label of the step in the history.
    pub fn label(&self) -> String {
        let words = match self {
            Intent::SetHeader(_) => "Edit map",
            Intent::AddStage { .. } => "Add stage",
            Intent::SetStage(_) => "Edit stage",
            Intent::MoveStage { .. } => "Move stage",
            Intent::DeleteStage(_) => "Delete stage",
            Intent::AddTouchpoint { .. } => "Add touchpoint",
            Intent::SetTouchpoint(_) => "Edit touchpoint",
            Intent::MoveTouchpoint { .. } => "Move touchpoint",
            Intent::DeleteTouchpoint(_) => "Delete touchpoint",
            Intent::Connect { .. } => "Connect",
            Intent::Disconnect { .. } => "Disconnect",
            Intent::AddPersona(_) => "Add persona",
            Intent::SetPersona(_) => "Edit persona",
            Intent::DeletePersona(_) => "Delete persona",
            Intent::MovePersona { .. } => "Move persona",
            Intent::AddDepartment(_) => "Add department",
            Intent::SetDepartment(_) => "Edit department",
            Intent::DeleteDepartment(_) => "Delete department",
            Intent::MoveDepartment { .. } => "Move department",
            Intent::MergeDepartments { .. } => "Merge departments",
            Intent::AddChannel(_) => "Add channel",
            Intent::SetChannel(_) => "Edit channel",
            Intent::DeleteChannel(_) => "Delete channel",
            Intent::MoveChannel { .. } => "Move channel",
            Intent::MergeChannels { .. } => "Merge channels",
            Intent::AddEnvironment(_) => "Add environment",
            Intent::SetEnvironment(_) => "Edit environment",
            Intent::DeleteEnvironment(_) => "Delete environment",
            Intent::MoveEnvironment { .. } => "Move environment",
            Intent::MergeEnvironments { .. } => "Merge environments",
            Intent::AddAction(_) => "Add action",
            Intent::SetAction(_) => "Edit action",
            Intent::DeleteAction(_) => "Delete action",
            Intent::AddLane(_) => "Add lane",
            Intent::SetLane(_) => "Edit lane",
            Intent::MoveLane { .. } => "Move lane",
            Intent::DeleteLane(_) => "Delete lane",
            Intent::AddNote(_) => "Park a note",
            Intent::SetNote(_) => "Edit note",
            Intent::DeleteNote(_) => "Delete note",
            Intent::Suppress(_) => "Accept finding",
            Intent::Unsuppress(_) => "Show finding again",
            Intent::AddImage(_) => "Add picture",
            Intent::SetImage(_) => "Edit picture",
            Intent::DeleteImage(_) => "Delete picture",
            Intent::Together { label, .. } => label,
        };
        words.to_owned()
    }
}

/// The reason why an intent cannot be planned, as a sentence for users.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The intent refers to a record that is not in the map.
    #[error("there is no {word} “{id}” in this map")]
    Missing {
        /// The kind of record.
        word: &'static str,
        /// The id.
        id: String,
    },
    /// The id is already in use.
    #[error("this map already has a {word} “{id}”")]
    IdTaken {
        /// The kind of record.
        word: &'static str,
        /// The id.
        id: String,
    },
    /// A path from a touchpoint to itself.
    #[error("a touchpoint cannot lead to itself")]
    PathToItself,
    /// Deletion of a standard lane, which can only be hidden.
    #[error("a standard lane can be hidden, not deleted")]
    StandardLane,
}

/// Base 32 without i, l, o, u: no letters that are misread aloud, and no accidental words.
const ID_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Length of the random part of an id.
const SUFFIX_LENGTH: usize = 6;

/// Whether an id looks generated by a [`IdFactory`], so that two records with this
/// id are the same record even after renaming. Ids written by people (`sales`)
/// are meaningful only within their own map.
pub fn is_generated_id(id: &str) -> bool {
    let Some((_, suffix)) = id.rsplit_once('-') else {
        return false;
    };
    // A suffix without a digit could be a word: about one in ten generated
    // suffixes is missed.
    suffix.len() == SUFFIX_LENGTH
        && suffix.bytes().all(|b| ID_ALPHABET.contains(&b))
        && suffix.bytes().any(|b| b.is_ascii_digit())
}

/// Generates new ids: the slug of a name and a suffix from the caller's random
/// numbers, so that two people who add the same record get different ids.
pub struct IdFactory<'a>(&'a mut dyn FnMut() -> u64);

impl<'a> IdFactory<'a> {
    /// Creates a generator from a source of random numbers.
    pub fn new(random: &'a mut dyn FnMut() -> u64) -> IdFactory<'a> {
        IdFactory(random)
    }

    /// Lends the generator for a shorter time.
    pub fn reborrow(&mut self) -> IdFactory<'_> {
        IdFactory(&mut *self.0)
    }

    /// Returns a fresh id such as `pays-the-deposit-7f3k2m`: a readable part and
    /// 30 random bits, short enough to read aloud, and long enough that the same
    /// words typed on two branches of a map do not collide.
    pub fn new_id<I: Id>(&mut self, name: &str) -> I {
        let bits = (self.0)();
        let mut id = slug(name, I::WORD);
        id.push('-');
        for place in 0..SUFFIX_LENGTH {
            id.push(char::from(ID_ALPHABET[(bits >> (place * 5)) as usize & 31]));
        }
        I::from_text(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DepartmentId;

    #[test]
    fn generated_ids_are_distinguished_from_written_ones() {
        let mut seven = || 7;
        let id: DepartmentId = IdFactory::new(&mut seven).new_id("Branch sales");
        assert!(is_generated_id(id.as_str()), "{id}");
        for written in [
            "sales",
            "branch-sales",
            "digital",
            "check-in-web",
            "call-centre",
        ] {
            assert!(!is_generated_id(written), "{written}");
        }
    }
}
