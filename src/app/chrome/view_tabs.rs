//! Tabs of the views of a map, and the options of the active view.
//!
//! Must not know: what views show.

use super::command_buttons::command_toggle;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::tight_group;
use crate::app::ui::style::UNIT;
use crate::layout::flow::CardColoring;
use crate::render::View;
use egui::Ui;

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

/// Shows a tab for each view, with the number of findings if it is known.
pub(crate) fn show_view_tabs(ui: &mut Ui, cx: &mut FrameCx<'_>, count: Option<usize>) {
    tight_group(ui, |ui| {
        for view in View::ALL {
            let text = match (view, count) {
                (View::Findings, Some(count)) => format!("{} {count}", view.title()),
                _ => view.title().to_owned(),
            };
            let on = view == cx.document.view;
            command_toggle(ui, cx, view.command(), on, &text);
        }
    });
}

/// Shows the options of the active view: card colors of the flow, handoff marks of
/// the journey.
pub(crate) fn show_view_options(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    match cx.document.view {
        View::Flow => show_flow_colors(ui, cx),
        View::Journey => show_handoff_toggles(ui, cx),
        View::Ownership | View::Findings => {}
    }
}

fn show_flow_colors(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    ui.add_space(2.0 * UNIT);
    ui.label("Colour");
    tight_group(ui, |ui| {
        for coloring in CardColoring::ALL {
            let command = match coloring {
                CardColoring::Owner => CommandId::FlowByOwner,
                CardColoring::Feeling => CommandId::FlowByFeeling,
                CardColoring::Channel => CommandId::FlowByChannel,
                CardColoring::Evidence => CommandId::FlowByEvidence,
            };
            let (on, title) = (coloring == cx.document.coloring, coloring.title());
            let name = format!("Colour by {}", title.to_lowercase());
            command_toggle(ui, cx, command, on, title).accessible_name(name);
        }
    });
}

fn show_handoff_toggles(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let on = cx.document.shows_handoffs;
    ui.add_space(2.0 * UNIT);
    command_toggle(ui, cx, CommandId::ToggleHandoffs, on, "Handoffs");
    if on {
        let passed = cx.document.dominators().touchpoints.len();
        let text = format!("Unavoidable steps {passed}");
        let on = cx.document.highlights_dominators();
        command_toggle(ui, cx, CommandId::HighlightDominators, on, &text);
    }
}
