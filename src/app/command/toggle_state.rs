//! Toggle state of commands.
//!
//! Must not know: menus, how commands are carried out.

use super::table::CommandId;
use crate::app::app::App;
use crate::app::document::Document;
use crate::layout::flow::CardColoring;
use crate::render::View;
use crate::scene::Marks;
use crate::settings::ThemeChoice;
use crate::theme::Density;

impl App {
    /// Returns the state of the option that a command toggles; `None` if it toggles
    /// none.
    pub(crate) fn is_checked(&self, id: CommandId) -> Option<bool> {
        let document = self.document();
        let view = |view| document.is_some_and(|it| it.view == view);
        let lit = |marks| document.is_some_and(|it| it.highlighting.marks.intersects(marks));
        let coloured =
            |colouring| view(View::Flow) && document.is_some_and(|it| it.coloring == colouring);
        let preferences = &self.settings.preferences;
        Some(match id {
            CommandId::HighlightUnowned => lit(Marks::UNOWNED),
            CommandId::HighlightPain => lit(Marks::PAIN),
            CommandId::HighlightDominators => document.is_some_and(Document::highlights_dominators),
            CommandId::ViewJourney => view(View::Journey),
            CommandId::ViewFlow => view(View::Flow),
            CommandId::ViewOwnership => view(View::Ownership),
            CommandId::ViewFindings => view(View::Findings),
            CommandId::FlowByOwner => coloured(CardColoring::Owner),
            CommandId::FlowByFeeling => coloured(CardColoring::Feeling),
            CommandId::FlowByChannel => coloured(CardColoring::Channel),
            CommandId::FlowByEvidence => coloured(CardColoring::Evidence),
            CommandId::ToggleHandoffs => {
                view(View::Journey) && document.is_some_and(|it| it.shows_handoffs)
            }
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
