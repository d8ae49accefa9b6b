//! What a person wants to do to the map.

use crate::model::{
    Action, ActionId, Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId,
    Header, Id, Image, ImageId, Lane, LaneId, Note, NoteId, Path, PathKind, Persona, PersonaId,
    Stage, StageId, Suppression, SuppressionId, Touchpoint, TouchpointId, slug,
};
use serde::{Deserialize, Serialize};

/// A wish. [`crate::edit::plan`] turns it into changes or says why it cannot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Intent {
    /// Give the map's header other content.
    SetHeader(Box<Header>),

    /// Add a stage with this id and content at a place in the order.
    AddStage {
        /// The place, from 0; past the end means the end.
        at: usize,
        /// The stage.
        stage: Box<Stage>,
    },
    /// Give a stage other content.
    SetStage(Box<Stage>),
    /// Move a stage to a place in the order, counted without itself.
    MoveStage {
        /// Which.
        id: StageId,
        /// Where to.
        to: usize,
    },
    /// Delete a stage with all its touchpoints and the paths to them.
    DeleteStage(StageId),

    /// Add a touchpoint to a stage.
    AddTouchpoint {
        /// The stage.
        stage: StageId,
        /// The place in the stage, from 0; past the end means the end.
        at: usize,
        /// The touchpoint.
        touchpoint: Box<Touchpoint>,
    },
    /// Give a touchpoint other content.
    SetTouchpoint(Box<Touchpoint>),
    /// Move a touchpoint to a place in a stage, counted without itself.
    MoveTouchpoint {
        /// Which.
        id: TouchpointId,
        /// To which stage.
        stage: StageId,
        /// To which place in it.
        to: usize,
    },
    /// Delete a touchpoint and the paths to it.
    DeleteTouchpoint(TouchpointId),

    /// Draw a path; one with the same end and kind is replaced.
    Connect {
        /// Where it starts.
        from: TouchpointId,
        /// Where it leads, and how.
        path: Path,
    },
    /// Remove a path. An unwritten way to the next touchpoint is removed by
    /// letting the journey end at `from`.
    Disconnect {
        /// Where it starts.
        from: TouchpointId,
        /// Where it leads.
        to: TouchpointId,
        /// Its kind.
        kind: PathKind,
    },

    /// Add a persona at the end.
    AddPersona(Box<Persona>),
    /// Give a persona other content.
    SetPersona(Box<Persona>),
    /// Delete a persona and its feelings.
    DeletePersona(PersonaId),
    /// Move a persona to a place in the order, counted without itself.
    MovePersona {
        /// Which.
        id: PersonaId,
        /// Where to.
        to: usize,
    },

    /// Add a department at the end.
    AddDepartment(Box<Department>),
    /// Give a department other content.
    SetDepartment(Box<Department>),
    /// Delete a department; what it owned has no owner then.
    DeleteDepartment(DepartmentId),
    /// Move a department to a place in the order, counted without itself.
    MoveDepartment {
        /// Which.
        id: DepartmentId,
        /// Where to.
        to: usize,
    },
    /// Make two departments one: all that referred to the one refers to the other.
    MergeDepartments {
        /// The one that goes.
        from: DepartmentId,
        /// The one that stays; what it leaves open is taken from the other.
        into: DepartmentId,
    },

    /// Add a channel at the end.
    AddChannel(Box<Channel>),
    /// Give a channel other content.
    SetChannel(Box<Channel>),
    /// Delete a channel; touchpoints on it have none then.
    DeleteChannel(ChannelId),
    /// Move a channel to a place in the order, counted without itself.
    MoveChannel {
        /// Which.
        id: ChannelId,
        /// Where to.
        to: usize,
    },
    /// Make two channels one: all that referred to the one refers to the other.
    MergeChannels {
        /// The one that goes.
        from: ChannelId,
        /// The one that stays; what it leaves open is taken from the other.
        into: ChannelId,
    },

    /// Add an environment at the end.
    AddEnvironment(Box<Environment>),
    /// Give an environment other content.
    SetEnvironment(Box<Environment>),
    /// Delete an environment; touchpoints in it have none then.
    DeleteEnvironment(EnvironmentId),
    /// Move an environment to a place in the order, counted without itself.
    MoveEnvironment {
        /// Which.
        id: EnvironmentId,
        /// Where to.
        to: usize,
    },
    /// Make two environments one: all that referred to the one refers to the other.
    MergeEnvironments {
        /// The one that goes.
        from: EnvironmentId,
        /// The one that stays; what it leaves open is taken from the other.
        into: EnvironmentId,
    },

    /// Add an action at the end.
    AddAction(Box<Action>),
    /// Give an action other content.
    SetAction(Box<Action>),
    /// Delete an action; pains and opportunities it answered lose it.
    DeleteAction(ActionId),

    /// Add a custom lane at the end.
    AddLane(Box<Lane>),
    /// Rename, show or hide a lane.
    SetLane(Box<Lane>),
    /// Move a lane to a place in the order, counted without itself.
    MoveLane {
        /// Which.
        id: LaneId,
        /// Where to.
        to: usize,
    },
    /// Delete a custom lane with its texts.
    DeleteLane(LaneId),

    /// Put something into the parking lot.
    AddNote(Box<Note>),
    /// Give a note other content.
    SetNote(Box<Note>),
    /// Take a note out of the parking lot.
    DeleteNote(NoteId),

    /// Live with a finding.
    Suppress(Box<Suppression>),
    /// Show a finding again.
    Unsuppress(SuppressionId),

    /// Take a picture into the map; what shows it is set in the same step.
    AddImage(Box<Image>),
    /// Give a picture another name or other content.
    SetImage(Box<Image>),
    /// Delete a picture wherever it is shown. A picture that nothing shows any
    /// more is deleted without being asked for.
    DeleteImage(ImageId),

    /// Several wishes as one step.
    Together {
        /// What they amount to, for the history.
        label: String,
        /// The wishes, in order.
        intents: Vec<Intent>,
    },
}

impl Intent {
    /// What the step is called in the history.
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

/// Why a wish cannot be fulfilled, in a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is about something that is not in the map.
    #[error("there is no {word} “{id}” in this map")]
    Missing {
        /// The kind of thing.
        word: &'static str,
        /// The id that was looked for.
        id: String,
    },
    /// The id is in use already.
    #[error("this map already has a {word} “{id}”")]
    Taken {
        /// The kind of thing.
        word: &'static str,
        /// The id.
        id: String,
    },
    /// A touchpoint cannot lead to itself.
    #[error("a touchpoint cannot lead to itself")]
    ToItself,
    /// A standard lane can be hidden but not deleted.
    #[error("a standard lane can be hidden, not deleted")]
    StandardLane,
}

/// No i, l, o, u: nothing that is misread aloud, and no accidental words.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Letters of the random part of an id.
const SUFFIX: usize = 6;

/// Whether an id looks as if it came from a [`Minter`], so that two records of
/// this id are the same thing whatever they are called by now. Ids that people
/// wrote (`sales`) say nothing beyond their own map.
pub fn is_minted(id: &str) -> bool {
    let Some((_, suffix)) = id.rsplit_once('-') else {
        return false;
    };
    // Six letters of a word are no suffix: about one in ten suffixes has no digit and is doubted.
    suffix.len() == SUFFIX
        && suffix.bytes().all(|b| LETTERS.contains(&b))
        && suffix.bytes().any(|b| b.is_ascii_digit())
}

/// Mints new ids: the slug of a name and a suffix from the caller's source of
/// randomness, so that two people adding the same thing get two ids.
pub struct Minter<'a>(&'a mut dyn FnMut() -> u64);

impl<'a> Minter<'a> {
    /// Takes a source of random numbers.
    pub fn new(random: &'a mut dyn FnMut() -> u64) -> Minter<'a> {
        Minter(random)
    }

    /// A fresh id such as `pays-the-deposit-7f3k2m`: 30 random bits behind the
    /// readable part, few enough to read aloud, enough that two branches of a
    /// map on which the same words were typed do not meet.
    pub fn mint<I: Id>(&mut self, name: &str) -> I {
        let bits = (self.0)();
        let mut id = slug(name, I::WORD);
        id.push('-');
        for place in 0..SUFFIX {
            id.push(char::from(LETTERS[(bits >> (place * 5)) as usize & 31]));
        }
        I::from_text(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DepartmentId;

    #[test]
    fn minted_ids_are_told_from_written_ones() {
        let mut seven = || 7;
        let id: DepartmentId = Minter::new(&mut seven).mint("Branch sales");
        assert!(is_minted(id.as_str()), "{id}");
        for written in [
            "sales",
            "branch-sales",
            "digital",
            "check-in-web",
            "call-centre",
        ] {
            assert!(!is_minted(written), "{written}");
        }
    }
}
