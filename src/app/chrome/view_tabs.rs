//! Tabs of the views of a map, and the options of the active view.
//!
//! Must not know: what views show.

use super::command_buttons::{command_item, command_toggle};
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{drop_down, tight_group};
use crate::app::ui::style::{UNIT, menu_list};
use crate::layout::flow::CardColoring;
use crate::render::View;
use egui::{Popup, Ui};

/// The views with a tab, in their order; that of the comparison is the last.
pub(super) const TABS: [View; 6] = [
    View::Journey,
    View::Flow,
    View::Ownership,
    View::Findings,
    View::Scores,
    View::Compare,
];

/// The ways in which two maps are drawn, with their words in the toolbar.
pub(super) const COMPARISON_LAYOUTS: [(CommandId, &str); 3] = [
    (CommandId::CompareOverlaid, "Overlaid"),
    (CommandId::CompareSideBySide, "Side by side"),
    (CommandId::CompareSummary, "Summary"),
];

impl View {
    /// Command that switches to this view.
    pub(crate) fn command(self) -> CommandId {
        match self {
            View::Journey => CommandId::ViewJourney,
            View::Flow => CommandId::ViewFlow,
            View::Ownership => CommandId::ViewOwnership,
            View::Findings => CommandId::ViewFindings,
            View::Scores => CommandId::ViewScores,
            View::Compare => CommandId::ViewCompare,
        }
    }

    /// Whether names can be edited in place in this view.
    pub(crate) fn supports_inline_edit(self) -> bool {
        match self {
            View::Journey | View::Flow | View::Ownership => true,
            View::Findings | View::Scores | View::Compare => false,
        }
    }
}

/// Views with their words on the tabs, and the number of findings if it is known. Scores have a tab
/// once something is measured, the comparison once there is one: they would take the room of other
/// controls.
pub(super) fn view_tabs(cx: &mut FrameCx<'_>, findings: Option<usize>) -> Vec<(View, String)> {
    let shown = TABS.into_iter().filter(|view| match view {
        view if *view == cx.document.view => true,
        View::Scores => cx.document.session.is_measured(),
        View::Compare => cx.document.comparison.is_some(),
        _ => true,
    });
    let words = shown.map(|view| match (view, findings) {
        (View::Findings, Some(count)) => (view, format!("{} {count}", view.title())),
        _ => (view, view.title().to_owned()),
    });
    words.collect()
}

/// Shows a tab for each view.
pub(super) fn show_view_tabs(ui: &mut Ui, cx: &mut FrameCx<'_>, tabs: &[(View, String)]) {
    tight_group(ui, |ui| {
        for (view, words) in tabs {
            let on = *view == cx.document.view;
            command_toggle(ui, cx, view.command(), on, words);
        }
    });
}

/// Shows a button with the active view, which opens a menu of the views.
pub(super) fn show_view_menu(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let button = drop_down(ui, cx.document.view.title(), "View");
    Popup::menu(&button).show(|ui| show_commands(ui, cx, &TABS.map(View::command)));
}

/// Commands of the options of a view: card colors of the flow, handoff marks of the journey.
pub(super) fn option_commands(view: View) -> Vec<CommandId> {
    match view {
        View::Flow => CardColoring::ALL.map(coloring_command).to_vec(),
        View::Journey => vec![CommandId::ToggleHandoffs],
        View::Compare => COMPARISON_LAYOUTS.map(|(id, _)| id).to_vec(),
        View::Ownership | View::Findings | View::Scores => Vec::new(),
    }
}

/// Shows the options of the active view; those of the flow in a menu unless there is room
/// for words.
pub(super) fn show_view_options(ui: &mut Ui, cx: &mut FrameCx<'_>, is_full: bool) {
    match cx.document.view {
        View::Flow if is_full => show_flow_colors(ui, cx),
        View::Flow => {
            let button = drop_down(ui, cx.document.coloring.title(), "Colour by");
            Popup::menu(&button).show(|ui| show_commands(ui, cx, &option_commands(View::Flow)));
        }
        View::Journey => {
            let on = cx.document.shows_handoffs;
            command_toggle(ui, cx, CommandId::ToggleHandoffs, on, "Handoffs");
        }
        View::Compare if !is_full => {
            let now = COMPARISON_LAYOUTS
                .iter()
                .find(|(id, _)| cx.is_checked(*id) == Some(true));
            let button = drop_down(ui, now.map_or("", |(_, words)| words), "Comparison");
            Popup::menu(&button).show(|ui| show_commands(ui, cx, &option_commands(View::Compare)));
        }
        View::Compare => tight_group(ui, |ui| {
            for (id, words) in COMPARISON_LAYOUTS {
                let on = cx.is_checked(id) == Some(true);
                command_toggle(ui, cx, id, on, words);
            }
        }),
        View::Ownership | View::Findings | View::Scores => {}
    }
}

fn show_commands(ui: &mut Ui, cx: &mut FrameCx<'_>, commands: &[CommandId]) {
    menu_list(ui, |ui| {
        for id in commands {
            command_item(ui, cx, *id);
        }
    });
}

fn coloring_command(coloring: CardColoring) -> CommandId {
    match coloring {
        CardColoring::Owner => CommandId::FlowByOwner,
        CardColoring::Feeling => CommandId::FlowByFeeling,
        CardColoring::Channel => CommandId::FlowByChannel,
        CardColoring::Evidence => CommandId::FlowByEvidence,
    }
}

fn show_flow_colors(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    tight_group(ui, |ui| {
        ui.label("Colour");
        ui.add_space(UNIT);
        for coloring in CardColoring::ALL {
            let (on, title) = (coloring == cx.document.coloring, coloring.title());
            let name = format!("Colour by {}", title.to_lowercase());
            command_toggle(ui, cx, coloring_command(coloring), on, title).accessible_name(name);
        }
    });
}
