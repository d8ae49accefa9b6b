//! Saved views: a way of looking at the map under a name.
//!
//! Must not know: cameras, pixels, drawing.

use crate::model::id::{
    ChannelId, DepartmentId, EnvironmentId, LaneId, PersonaId, SavedViewId, StageId, TouchpointId,
};
use crate::model::value::Basis;
use serde::{Deserialize, Serialize};

/// A view of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// The timeline with all lanes.
    #[default]
    Journey,
    /// The routes of customers from step to step.
    Flow,
    /// Owned and unowned stages and touchpoints, by department.
    Ownership,
    /// The findings of all rules.
    Findings,
    /// The metrics over time.
    Scores,
    /// The differences from another map. It is not in files, which hold one map.
    #[serde(skip)]
    Compare,
}

impl View {
    /// All views of one map, in the order of their tabs.
    pub const ALL: [View; 5] = [
        View::Journey,
        View::Flow,
        View::Ownership,
        View::Findings,
        View::Scores,
    ];

    /// Returns the title shown on screen.
    pub fn title(self) -> &'static str {
        match self {
            View::Journey => "Journey",
            View::Flow => "Flow",
            View::Ownership => "Ownership",
            View::Findings => "Findings",
            View::Scores => "Scores",
            View::Compare => "Compare",
        }
    }
}

/// The property of touchpoints that colours the cards of the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardColoring {
    /// The owner.
    #[default]
    Owner,
    /// The feeling of the first persona.
    Feeling,
    /// The channel.
    Channel,
    /// The strongest evidence of a touchpoint and its statements.
    Evidence,
}

impl CardColoring {
    /// All properties.
    pub const ALL: [CardColoring; 4] = [
        CardColoring::Owner,
        CardColoring::Feeling,
        CardColoring::Channel,
        CardColoring::Evidence,
    ];

    /// Name on screen.
    pub fn title(self) -> &'static str {
        match self {
            CardColoring::Owner => "Owner",
            CardColoring::Feeling => "Feeling",
            CardColoring::Channel => "Channel",
            CardColoring::Evidence => "Evidence",
        }
    }
}

/// A mark that a saved view highlights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HighlightedMark {
    /// Touchpoints and stages without an owner.
    Unowned,
    /// Pain points.
    Pains,
    /// Touchpoints that every customer passes.
    Unavoidable,
}

/// A field that the touchpoints of a saved view leave empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyField {
    /// No owner.
    Owner,
    /// No channel.
    Channel,
    /// No environment.
    Environment,
    /// No evidence for anything.
    Evidence,
}

/// A way of looking at the map under a name: the map itself is drawn as it is now.
///
/// The part in sight is an address, so that it means the same on every screen and after edits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SavedView {
    /// Unique in the map.
    pub id: SavedViewId,
    /// Name, such as "Pains at the counter".
    pub name: String,
    /// The view of the map.
    pub view: View,
    /// Whether cards are compact.
    pub compact: bool,
    /// Whether the journey goes on in rows.
    pub rows: bool,
    /// Whether the journey shows handoffs.
    pub handoffs: bool,
    /// The property that colours the cards of the flow.
    pub colour: CardColoring,
    /// Highlighted marks.
    pub highlight: Vec<HighlightedMark>,
    /// Filter: personas with a feeling at the touchpoint.
    pub personas: Vec<PersonaId>,
    /// Filter: owners.
    pub owners: Vec<DepartmentId>,
    /// Filter: owners or supporters.
    pub departments: Vec<DepartmentId>,
    /// Filter: channels.
    pub channels: Vec<ChannelId>,
    /// Filter: environments.
    pub environments: Vec<EnvironmentId>,
    /// Filter: evidence for anything at the touchpoint.
    pub evidence: Vec<Basis>,
    /// Filter: tags.
    pub tags: Vec<String>,
    /// Filter: fields that are empty.
    pub without: Vec<EmptyField>,
    /// The lanes of the journey, from top to bottom; empty for those of the map.
    pub lanes: Vec<LaneId>,
    /// Folded stages.
    pub folded_stages: Vec<StageId>,
    /// Folded lanes.
    pub folded_lanes: Vec<LaneId>,
    /// Personas without a curve.
    pub hidden_curves: Vec<PersonaId>,
    /// The persona whose curve is in front; `None` for the first one.
    pub persona: Option<PersonaId>,
    /// The first touchpoint in sight; with neither `from` nor `to`, the whole map is in sight.
    pub from: Option<TouchpointId>,
    /// The last touchpoint in sight; `from` alone stands for both.
    pub to: Option<TouchpointId>,
    /// The topmost lane in sight; with neither `upper` nor `lower`, all lanes are in sight.
    pub upper: Option<LaneId>,
    /// The lowest lane in sight; `upper` alone stands for both.
    pub lower: Option<LaneId>,
}
