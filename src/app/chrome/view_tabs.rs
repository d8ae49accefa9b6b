//! Tabs of the views of a map, and the options of the active view.
//!
//! Must not know: what views show.

use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{tight_group, toggle_button};
use crate::app::ui::style::UNIT;
use crate::layout::flow::CardColoring;
use crate::render::View;
use egui::{Role, Ui, WidgetInfo};

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

impl CardColoring {
    /// Command that selects this colouring.
    fn command(self) -> CommandId {
        match self {
            CardColoring::Owner => CommandId::FlowByOwner,
            CardColoring::Feeling => CommandId::FlowByFeeling,
            CardColoring::Channel => CommandId::FlowByChannel,
            CardColoring::Evidence => CommandId::FlowByEvidence,
        }
    }
}

/// Shows a tab for each view, with the number of findings if it is known.
pub(crate) fn show_view_tabs(ui: &mut Ui, cx: &mut FrameCx<'_>, count: Option<usize>) {
    let front = cx.document.view;
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
        cx.run(command);
    }
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
    let front = cx.document.coloring;
    let mut chosen = None;
    ui.add_space(2.0 * UNIT);
    ui.label("Colour");
    tight_group(ui, |ui| {
        for colouring in CardColoring::ALL {
            let on = colouring == front;
            let tip = colouring.command().tooltip_with_keys(ui.ctx());
            let choice = toggle_button(ui, on, colouring.title(), &tip);
            choice.widget_info(|| {
                let name = format!("Colour by {}", colouring.title().to_lowercase());
                WidgetInfo::selected(Role::Button, true, on, name)
            });
            if choice.clicked() {
                chosen = Some(colouring.command());
            }
        }
    });
    if let Some(command) = chosen {
        cx.run(command);
    }
}

fn show_handoff_toggles(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let (on, lit) = (
        cx.document.shows_handoffs,
        cx.document.highlights_dominators(),
    );
    let passed = on.then(|| cx.document.dominators());
    ui.add_space(2.0 * UNIT);
    let tip = CommandId::ToggleHandoffs.tooltip_with_keys(ui.ctx());
    if toggle_button(ui, on, "Handoffs", &tip).clicked() {
        cx.run(CommandId::ToggleHandoffs);
    }
    if let Some(passed) = passed {
        let text = format!("Every customer passes {}", passed.touchpoints.len());
        let tip = CommandId::HighlightDominators.tooltip_with_keys(ui.ctx());
        if toggle_button(ui, lit, &text, &tip).clicked() {
            cx.run(CommandId::HighlightDominators);
        }
    }
}
