//! Toggle state of commands.
//!
//! Must not know: menus, how commands are carried out.

use super::table::CommandId;
use crate::app::app::App;
use crate::app::document::Document;
use crate::layout::flow::Colouring;
use crate::render::View;
use crate::scene::Marks;
use crate::settings::ThemeChoice;
use crate::theme::Density;

impl App {
    /// Returns the state of the option that a command toggles; `None` if it toggles
    /// none.
    pub(crate) fn is_on(&self, id: CommandId) -> Option<bool> {
        let document = self.document();
        let view = |view| document.is_some_and(|it| it.view == view);
        let lit = |marks| document.is_some_and(|it| it.spotlight.highlight.meets(marks));
        let coloured =
            |colouring| view(View::Flow) && document.is_some_and(|it| it.colouring == colouring);
        let preferences = &self.preferences;
        Some(match id {
            CommandId::HighlightUnowned => lit(Marks::UNOWNED),
            CommandId::HighlightPain => lit(Marks::PAIN),
            CommandId::HighlightPassed => document.is_some_and(Document::lights_passed),
            CommandId::ViewJourney => view(View::Journey),
            CommandId::ViewFlow => view(View::Flow),
            CommandId::ViewOwnership => view(View::Ownership),
            CommandId::ViewFindings => view(View::Findings),
            CommandId::FlowByOwner => coloured(Colouring::Owner),
            CommandId::FlowByFeeling => coloured(Colouring::Feeling),
            CommandId::FlowByChannel => coloured(Colouring::Channel),
            CommandId::FlowByEvidence => coloured(Colouring::Evidence),
            CommandId::Seams => view(View::Journey) && document.is_some_and(|it| it.seams),
            CommandId::ToggleOutline => preferences.outline,
            CommandId::ToggleInspector => preferences.inspector,
            CommandId::ToggleMinimap => preferences.minimap,
            CommandId::Compact => preferences.density == Density::Compact,
            CommandId::ThemeLight => preferences.theme == ThemeChoice::Light,
            CommandId::ThemeDark => preferences.theme == ThemeChoice::Dark,
            CommandId::ThemeProjector => preferences.theme == ThemeChoice::Projector,
            CommandId::ThemeSystem => preferences.theme == ThemeChoice::System,
            _ => return None,
        })
    }
}
