//! Filter bar: the filter button, and the line with the active facets.
//!
//! Must not know: which touchpoints pass.

use super::filter_menu::filter_menu;
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{ControlIcon, Glyph, glyph_button, toggle_button, with_trailing};
use crate::app::ui::choices::choice_chip;
use crate::app::ui::style;
use egui::{Id, Popup, PopupCloseBehavior, Response, ScrollArea, Ui};

/// Id of the filter menu in egui's memory.
pub(super) fn filter_menu_id() -> Id {
    Id::unique("filter-menu")
}

/// Shows the filter button of the toolbar, with its word if there is room.
pub(super) fn show_filter_button(ui: &mut Ui, cx: &FrameCx<'_>, has_room: bool) -> Response {
    let on = !cx.document.highlighting.filter.is_empty();
    let tip = CommandId::Filter.tooltip_with_keys(ui.ctx());
    let button = if has_room {
        toggle_button(ui, on, "Filter", &tip)
    } else {
        let funnel = Glyph::Control(ControlIcon::Filter);
        glyph_button(ui, on, funnel, "", "Filter").on_hover_text(tip)
    };
    if button.clicked() {
        Popup::toggle_id(ui.ctx(), filter_menu_id());
    }
    button
}

/// Shows the filter menu, if open, at a button.
pub(super) fn show_filter_menu(button: &Response, cx: &mut FrameCx<'_>) {
    let document = &mut *cx.document;
    let actions = &mut *cx.actions;
    Popup::menu(button)
        .open_memory(None)
        .id(filter_menu_id())
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Filter")
        .show(|ui| {
            let revision = document.session.revision();
            let map = document.session.map();
            let choices = document.highlighting.choices(map, revision);
            let filter = &document.highlighting.filter;
            filter_menu(ui, &choices, filter, actions);
        });
}

/// Shows the line with the active facets below the toolbar.
pub(crate) fn show_filter_line(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let document = &mut *cx.document;
    let revision = document.session.revision();
    let map = document.session.map();
    let passing = document.highlighting.passing(map, revision);
    let count = match passing.touchpoints.len() {
        0 => "No touchpoint".to_owned(),
        passing => format!("{passing} of {} touchpoints", map.touchpoint_count()),
    };
    let filter = &document.highlighting.filter;
    let mut dropped = None;
    let mut clear = false;
    ui.horizontal(|ui| {
        ui.label(style::bold_text(count));
        let chips = |ui: &mut Ui| {
            ScrollArea::horizontal().show(ui, |ui| {
                ui.horizontal(|ui| {
                    for facet in filter.facets() {
                        if choice_chip(ui, facet.kind.title(), &facet.label(map)) {
                            dropped = Some(facet.clone());
                        }
                    }
                });
            });
        };
        with_trailing(ui, chips, |ui| {
            let tip = CommandId::ClearFilter.tooltip_with_keys(ui.ctx());
            clear = ui.button("Clear filter").on_hover_text(tip).clicked();
        });
    });
    cx.actions.extend(dropped.map(UiAction::ToggleFilter));
    if clear {
        cx.run(CommandId::ClearFilter);
    }
}
