//! Kinds of things that a presentation shows: parts of the map, covers, tools of the speaker.
//!
//! Must not know: state, drawing.

use crate::model::{SavedViewId, StageId, TouchpointId};

/// A tool of the speaker that does not change the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PointerTool {
    /// A light around the pointer; the rest is dark.
    Spotlight,
    /// Lines that fade.
    Ink,
}

/// The content that is shown at a stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// The whole map in the former view.
    Map,
    /// A stage of the journey.
    Stage(StageId),
    /// A touchpoint as a large card.
    Card(TouchpointId),
    /// A saved view.
    SavedView(SavedViewId),
    /// Words without a map: a title, and a line below it.
    Words(String, String),
}

/// The cover over the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// A black screen.
    Black,
    /// A white screen.
    White,
    /// The title of the map on empty paper.
    Hidden,
}

impl Cover {
    /// Name for assistive tools and the speaker.
    pub fn name(self) -> &'static str {
        match self {
            Cover::Black => "The screen is black",
            Cover::White => "The screen is white",
            Cover::Hidden => "The map is hidden",
        }
    }
}
