//! Status bar: save state, file, counts, selection, zoom.
//!
//! Must not know: how commands are carried out.

use super::key_hint::key_hint;
use super::overview::show_overview;
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::with_trailing;
use crate::app::ui::display_file_name;
use crate::app::ui::style;
use crate::english::{capitalize, count};
use crate::render::View;
use egui::{Align, Button, Label, Layout, RichText, Ui};

/// Minimum width for the file name, in points.
const MIN_WIDTH_FOR_FILE: f32 = 120.0;

/// Minimum width for the counts, in points.
const MIN_WIDTH_FOR_COUNTS: f32 = 180.0;

/// Minimum width of the bar for the persona whose feelings are changed, in points.
const MIN_WIDTH_FOR_PERSONA: f32 = 560.0;

/// Maximum width of the button of that persona, in points.
const MAX_PERSONA_WIDTH: f32 = 240.0;

/// Minimum width for the hint on keys, in points.
const MIN_WIDTH_FOR_HINT: f32 = 120.0;

/// Shows the status bar. `is_saving` tells whether the map is being written.
pub(crate) fn show_status_bar(ui: &mut Ui, cx: &mut FrameCx<'_>, is_saving: bool) {
    let width = ui.available_width();
    ui.style_mut().spacing.interact_size.y = 20.0;
    ui.style_mut().spacing.button_padding.y = 1.0;
    ui.horizontal(|ui| {
        let document = &*cx.document;
        let small = |text: String| RichText::new(text).small();
        let saved = match (document.session.is_dirty(), document.session.path()) {
            _ if is_saving => "Saving…",
            (true, _) => "Changes not saved",
            (false, Some(_)) => "Saved",
            (false, None) => "Not saved yet",
        };
        let map = document.session.map();
        let several_personas = map.personas().len() > 1;
        let stages = count(map.stages().len(), "stage");
        let touchpoints = count(map.touchpoint_count(), "touchpoint");
        let words = document.selection_text();
        let hint = key_hint(document);
        let percent = document.camera.zoom * 100.0;
        let has_room = ui.available_width() > MIN_WIDTH_FOR_PERSONA;
        let path = document.session.path().map(std::path::Path::to_owned);
        let also_open = document.also_open.clone();
        // The controls at the right end take precedence.
        let rest = |ui: &mut Ui| {
            ui.add(Label::new(small(saved.to_owned())).truncate());
            if let Some(path) = &path
                && ui.available_width() > MIN_WIDTH_FOR_FILE
            {
                let name = small(display_file_name(path)).weak();
                let label = ui.add(Label::new(name).truncate());
                label.on_hover_text(path.display().to_string());
            }
            if let Some(also) = &also_open {
                let also = small(capitalize(also)).strong();
                ui.add(Label::new(also).truncate());
            }
            if ui.available_width() > MIN_WIDTH_FOR_COUNTS {
                ui.label(small(format!("{stages}, {touchpoints}")).weak());
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if !words.is_empty() {
                    ui.add(Label::new(style::weak_text(words).small()).truncate());
                }
                if !hint.is_empty() && ui.available_width() > MIN_WIDTH_FOR_HINT {
                    ui.add(Label::new(style::weak_text(hint).small()).truncate());
                }
            });
        };
        with_trailing(ui, rest, |ui| {
            let document = &*cx.document;
            // The findings view has no zoom.
            if document.view == View::Findings {
                return;
            }
            if let Some(persona) = document
                .chosen_persona()
                .filter(|_| several_personas && has_room)
            {
                let id = CommandId::NextPersona;
                let text = small(format!("Feelings: {}", persona.name));
                let button = Button::new(text).frame_when_inactive(false).truncate();
                let tip = id.tooltip_with_keys(ui.ctx());
                let shown = ui.scope(|ui| {
                    ui.set_max_width(MAX_PERSONA_WIDTH);
                    ui.add(button)
                });
                if shown.inner.on_hover_text(tip).clicked() {
                    cx.actions.push(UiAction::RunCommand(id));
                }
            }
            ui.separator();
            for (id, text) in [
                (CommandId::FitAll, "Fit".to_owned()),
                (CommandId::ZoomOut, "−".to_owned()),
                (CommandId::ZoomFull, percent_text(percent)),
                (CommandId::ZoomIn, "+".to_owned()),
            ] {
                // Without any frame the focus would be invisible.
                let button = Button::new(small(text)).frame_when_inactive(false);
                let response = ui.add(button).on_hover_text(id.tooltip_with_keys(ui.ctx()));
                if response.accessible_name(id.label()).clicked() {
                    cx.actions.push(UiAction::RunCommand(id));
                }
            }
            show_overview(ui, cx, width);
        });
    });
}

/// The zoom in per cent, with a decimal where it would be 0 or 1 otherwise.
fn percent_text(percent: f32) -> String {
    match percent {
        small if small < 2.0 => format!("{small:.1} %"),
        percent => format!("{percent:.0} %"),
    }
}
