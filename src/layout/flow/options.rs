//! Options of the flow view.
//!
//! Must not know: how anything is laid out.

use crate::theme::Density;

/// The property by which cards are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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

/// Options of the flow view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FlowOptions {
    /// The property by which cards are coloured.
    pub coloring: CardColoring,
    /// Density of the view.
    pub density: Density,
}
