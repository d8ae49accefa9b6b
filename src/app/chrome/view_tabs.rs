//! View tabs of the active map, and the findings view.
//!
//! Must not know: what views show.

use super::focus_regions::Region;
use super::side_panels::LeftPage;
use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::app::panels;
use crate::app::ui::buttons::{tight_group, toggle_button};
use crate::app::ui::style::UNIT;
use crate::render::View;
use egui::{CentralPanel, Frame, Ui};

impl View {
    /// Command that switches to this view.
    pub(crate) fn command(self) -> CommandId {
        match self {
            View::Journey => CommandId::ViewJourney,
            View::Flow => CommandId::ViewFlow,
            View::Ownership => CommandId::ViewOwnership,
            View::Findings => CommandId::ViewFindings,
        }
    }

    /// Whether names can be edited in place in this view.
    pub(crate) fn supports_inline_edit(self) -> bool {
        match self {
            View::Journey | View::Flow | View::Ownership => true,
            View::Findings => false,
        }
    }
}

impl App {
    /// Switches to a view of the map.
    pub(crate) fn switch_view(&mut self, view: View) {
        self.commit_inline_edit();
        self.interaction.connect_from = None;
        // The list of findings is shown only once.
        if view == View::Findings && self.chrome.side_panels.page == LeftPage::Findings {
            self.chrome.side_panels.page = LeftPage::Outline;
        }
        if let Some(document) = self.document_mut() {
            document.switch_view(view);
        }
    }

    /// Shows a tab for each view.
    pub(crate) fn show_view_tabs(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let front = document.view;
        // The findings of a large map are kept only while a list is visible.
        let listed = self.settings.preferences.outline || front == View::Findings;
        let count = if document.session.is_large() {
            let noticed = self
                .interaction
                .background_checks
                .latest_result(&ctx, document, listed);
            noticed.map(|it| it.open)
        } else {
            let findings = self.chrome.side_panels.findings(&ctx, document, listed);
            findings.map(|it| it.open.len())
        };
        let mut chosen = None;
        tight_group(ui, |ui| {
            for view in View::ALL {
                let text = match (view, count) {
                    (View::Findings, Some(count)) => format!("{} {count}", view.title()),
                    _ => view.title().to_owned(),
                };
                let command = view.command();
                let tip = command.tooltip_with_keys(ui.ctx());
                if toggle_button(ui, view == front, &text, &tip).clicked() {
                    chosen = Some(command);
                }
            }
        });
        if let Some(command) = chosen {
            self.queue_command(command);
        }
    }

    /// Shows the findings view in the central area.
    pub(crate) fn show_findings(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let frame = Frame::new()
            .fill(ui.visuals().extreme_bg_color)
            .inner_margin(4.0 * UNIT);
        let shown = CentralPanel::default().frame(frame).show(ui, |ui| {
            self.with_panel_context(&ctx, |cx| panels::findings(ui, cx))
        });
        self.chrome.regions.set(Region::Canvas, shown.response.rect);
        self.chrome.regions.canvas = None;
        self.chrome.selection_rect = None;
    }
}
