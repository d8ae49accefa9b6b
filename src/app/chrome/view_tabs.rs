//! View tabs of the active map, and the findings view.
//!
//! Must not know: what views show.

use super::focus_regions::Region;
use super::side_panels::Page;
use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::app::panels;
use crate::app::ui::buttons::{close_together, toggle};
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
    pub(crate) fn writes(self) -> bool {
        match self {
            View::Journey | View::Flow | View::Ownership => true,
            View::Findings => false,
        }
    }
}

impl App {
    /// Switches to a view of the map.
    pub(crate) fn turn_to_view(&mut self, view: View) {
        self.stop_writing();
        self.connecting = None;
        // The list of findings is shown only once.
        if view == View::Findings && self.sides.page == Page::Findings {
            self.sides.page = Page::Outline;
        }
        if let Some(document) = self.document_mut() {
            document.turn_to(view);
        }
    }

    /// Shows a tab for each view.
    pub(crate) fn show_views(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let front = document.view;
        // The findings of a large map are kept only while a list is visible.
        let listed = self.preferences.outline || front == View::Findings;
        let count = if document.session.is_large() {
            let noticed = self.checking.noticed(&ctx, document, listed);
            noticed.map(|it| it.open)
        } else {
            let findings = self.sides.findings(&ctx, document, listed);
            findings.map(|it| it.open.len())
        };
        let mut chosen = None;
        close_together(ui, |ui| {
            for view in View::ALL {
                let text = match (view, count) {
                    (View::Findings, Some(count)) => format!("{} {count}", view.title()),
                    _ => view.title().to_owned(),
                };
                let command = view.command();
                let tip = command.tip(ui.ctx());
                if toggle(ui, view == front, &text, &tip).clicked() {
                    chosen = Some(command);
                }
            }
        });
        if let Some(command) = chosen {
            self.run(command);
        }
    }

    /// Shows the findings view in the central area.
    pub(crate) fn show_findings(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let frame = Frame::new()
            .fill(ui.visuals().extreme_bg_color)
            .inner_margin(4.0 * UNIT);
        let shown = CentralPanel::default().frame(frame).show(ui, |ui| {
            self.in_context(&ctx, |cx| panels::findings(ui, cx))
        });
        self.regions.put(Region::Canvas, shown.response.rect);
        self.regions.canvas = None;
        self.selected_at = None;
    }
}
