//! Marks of the differences between two maps: a word, a colour and the dashes of an outline.
//! Their icons are in the table of icons.
//!
//! Must not know: how differences are found, the scene.

use super::{ColorRole, Icon, ROLES};

/// Kind of difference of an object between an earlier and a later map. Each has a word, an icon, an
/// outline and a colour, so that none of them carries the meaning alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeMark {
    /// Only the later map has it.
    Added,
    /// Only the earlier map has it.
    Removed,
    /// It is at another place.
    Moved,
    /// It says something else.
    Changed,
}

impl ChangeMark {
    /// All marks, in the order of legends and filters.
    pub const ALL: [ChangeMark; 4] = [
        ChangeMark::Added,
        ChangeMark::Removed,
        ChangeMark::Moved,
        ChangeMark::Changed,
    ];

    /// The word on the map.
    pub fn word(self) -> &'static str {
        match self {
            ChangeMark::Added => "New",
            ChangeMark::Removed => "Removed",
            ChangeMark::Moved => "Moved",
            ChangeMark::Changed => "Changed",
        }
    }

    /// The icon beside the word.
    pub fn icon(self) -> Icon {
        match self {
            ChangeMark::Added => Icon::Plus,
            ChangeMark::Removed => Icon::Minus,
            ChangeMark::Moved => Icon::Move,
            ChangeMark::Changed => Icon::Pencil,
        }
    }

    /// The colour of the outline, and the background of the word.
    pub fn color(self) -> ColorRole {
        match self {
            ChangeMark::Added => ROLES.added,
            ChangeMark::Removed => ROLES.removed,
            ChangeMark::Moved => ROLES.moved,
            ChangeMark::Changed => ROLES.changed,
        }
    }
}
