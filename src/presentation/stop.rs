//! The stops of a presentation.
//!
//! Must not know: the order of stops.

use crate::english::sentence;
use crate::model::{Map, ObjectRef, Record, SavedViewId, StageId, TouchpointId};

/// A place at which a presentation rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The whole map.
    Overview,
    /// A title card.
    Title {
        /// The title.
        title: String,
        /// Number of the objects that follow, with its noun.
        count: String,
    },
    /// A stage.
    Stage(StageId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// A saved view.
    SavedView(SavedViewId),
    /// A finding about an object of the map.
    Finding {
        /// The object.
        subject: ObjectRef,
        /// The message, a sentence.
        message: String,
    },
}

impl Stop {
    /// The object of the map that is shown; `None` for the whole map, a title and a saved view.
    pub fn object(&self) -> Option<ObjectRef> {
        match self {
            Stop::Overview | Stop::Title { .. } | Stop::SavedView(_) => None,
            Stop::Stage(id) => Some(ObjectRef::Stage(id.clone())),
            Stop::Touchpoint(id) => Some(ObjectRef::Touchpoint(id.clone())),
            Stop::Finding { subject, .. } => Some(subject.clone()),
        }
    }

    /// The touchpoint that is shown as a large card.
    pub fn touchpoint(&self) -> Option<&TouchpointId> {
        match self {
            Stop::Touchpoint(id) => Some(id),
            Stop::Finding { subject, .. } => subject.touchpoint(),
            _ => None,
        }
    }

    /// The stage that is shown, or the one of the object that is shown.
    pub fn stage<'s>(&'s self, map: &'s Map) -> Option<&'s StageId> {
        match self {
            Stop::Stage(id)
            | Stop::Finding {
                subject: ObjectRef::Stage(id),
                ..
            } => Some(id),
            stop => map.stage_of(stop.touchpoint()?),
        }
    }

    /// Title of the stop, such as the name of the touchpoint.
    pub fn title(&self, map: &Map) -> String {
        let name = |name: &str, noun: &str| match name.trim() {
            "" => format!("{noun} without a name"),
            name => name.to_owned(),
        };
        match self {
            Stop::Overview => "Overview".to_owned(),
            Stop::Title { title, .. } => title.clone(),
            Stop::Stage(id) => name(map.stages().get(id).map_or("", Record::name), "Stage"),
            Stop::Touchpoint(id) => name(map.touchpoint(id).map_or("", Record::name), "Touchpoint"),
            Stop::SavedView(id) => name(map.saved_views().get(id).map_or("", Record::name), "View"),
            Stop::Finding { message, .. } => sentence(message),
        }
    }

    /// Whether this is the place of another stop, which may have been made of an earlier version
    /// of the map: a title has another count, a finding another message.
    pub(super) fn is_same_place(&self, other: &Stop) -> bool {
        match (self, other) {
            (Stop::Title { .. }, Stop::Title { .. }) => true,
            (a, b) => a == b,
        }
    }

    /// Whether the object that is shown is in the map.
    pub(super) fn is_in(&self, map: &Map) -> bool {
        match self {
            Stop::Overview | Stop::Title { .. } => true,
            Stop::Stage(id) => map.stages().contains(id),
            Stop::Touchpoint(id) => map.touchpoint(id).is_some(),
            Stop::SavedView(id) => map.saved_views().contains(id),
            Stop::Finding { subject, .. } => subject.is_in(map),
        }
    }
}
