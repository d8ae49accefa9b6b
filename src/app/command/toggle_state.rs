//! Toggle state of commands.
//!
//! Must not know: menus, how commands are carried out.

use super::table::CommandId;
use crate::app::document::Document;
use crate::layout::flow::CardColoring;
use crate::render::View;
use crate::scene::Marks;
use crate::settings::{Preferences, ThemeChoice};
use crate::theme::Density;

impl CommandId {
    /// Returns the state of the option that a command toggles; `None` if it toggles
    /// none.
    pub(crate) fn is_checked(self, document: &Document, preferences: &Preferences) -> Option<bool> {
        let view = |view| document.view == view;
        let lit = |marks| document.highlighting.marks.intersects(marks);
        let colored = |coloring| view(View::Flow) && document.coloring == coloring;
        Some(match self {
            CommandId::HighlightUnowned => lit(Marks::UNOWNED),
            CommandId::HighlightPain => lit(Marks::PAIN),
            CommandId::HighlightDominators => document.highlights_dominators(),
            CommandId::ViewJourney => view(View::Journey),
            CommandId::ViewFlow => view(View::Flow),
            CommandId::ViewOwnership => view(View::Ownership),
            CommandId::ViewFindings => view(View::Findings),
            CommandId::FlowByOwner => colored(CardColoring::Owner),
            CommandId::FlowByFeeling => colored(CardColoring::Feeling),
            CommandId::FlowByChannel => colored(CardColoring::Channel),
            CommandId::FlowByEvidence => colored(CardColoring::Evidence),
            CommandId::ToggleHandoffs => view(View::Journey) && document.shows_handoffs,
            CommandId::ToggleOutline => preferences.outline,
            CommandId::ToggleInspector => preferences.inspector,
            CommandId::ToggleMinimap => preferences.minimap,
            CommandId::ToggleDensity => preferences.density == Density::Compact,
            CommandId::ThemeLight => preferences.theme == ThemeChoice::Light,
            CommandId::ThemeDark => preferences.theme == ThemeChoice::Dark,
            CommandId::ThemeProjector => preferences.theme == ThemeChoice::Projector,
            CommandId::ThemeSystem => preferences.theme == ThemeChoice::System,
            _ => return None,
        })
    }
}
