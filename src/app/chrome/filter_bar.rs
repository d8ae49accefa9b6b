//! Filter bar: the filter menu, and the line with the active facets.
//!
//! Must not know: which touchpoints pass.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{
    ControlIcon, Glyph, describe, glyph_button, toggle_button, with_trailing,
};
use crate::app::ui::style::{self, UNIT};
use crate::search::filter::{Facet, FacetCount, FacetKind, Filter};
use egui::{Button, Id, Popup, PopupCloseBehavior, Response, Role, ScrollArea, Ui, vec2};

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
                        if facet_chip(ui, facet, &facet.label(map)) {
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

/// Shows an active facet and returns whether it was clicked to remove it.
fn facet_chip(ui: &mut Ui, facet: &Facet, label: &str) -> bool {
    let kind = facet.kind.title();
    let text = format!("{kind}: {}  ×", ellipsized(label));
    let button = ui.add(Button::new(text).selected(true).corner_radius(3.0 * UNIT));
    let name = format!("Stop filtering by {kind}: {label}");
    describe(&button, Role::Button, None, &name);
    let tip = format!("Stop filtering by “{label}”");
    button.on_hover_text(tip).clicked()
}

/// Shortens a name to 28 characters and an ellipsis.
fn ellipsized(label: &str) -> String {
    const MOST: usize = 28;
    match label.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", label.get(..at).unwrap_or(label).trim_end()),
        None => label.to_owned(),
    }
}

/// Shows all facets by kind; a clicked one is added to the filter or removed.
fn filter_menu(ui: &mut Ui, choices: &[FacetCount], filter: &Filter, actions: &mut Vec<UiAction>) {
    // Leaves room for the scroll bar, which would cover the counts.
    ui.set_width(288.0);
    if choices.is_empty() {
        ui.label(style::weak_text("There are no touchpoints yet."));
    }
    let room = (ui.ctx().content_rect().height() - 120.0).max(160.0);
    ui.set_max_height(room);
    style::scroll_list(room).show(ui, |ui| {
        ui.set_width(276.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        for kind in FacetKind::ALL {
            let of_kind = choices.iter().filter(|c| c.facet.kind == kind);
            let mut of_kind = of_kind.peekable();
            if of_kind.peek().is_none() {
                continue;
            }
            ui.add_space(UNIT);
            ui.label(style::weak_text(kind.title()).small());
            for choice in of_kind {
                let on = filter.contains(&choice.facet);
                let count = style::weak_text(choice.count.to_string());
                let button = Button::selectable(on, ellipsized(&choice.label))
                    .right_text(count)
                    .min_size(vec2(ui.available_width(), 0.0));
                let response = ui.add(button);
                let name = format!("{}: {}", kind.title(), choice.label);
                describe(&response, Role::CheckBox, Some(on), &name);
                if response.clicked() {
                    actions.push(UiAction::ToggleFilter(choice.facet.clone()));
                }
            }
        }
    });
}
