//! Filter bar: the filter menu, and the line with the active facets.
//!
//! Must not know: which touchpoints pass.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::with_trailing;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::search::filter::{Facet, FacetCount, FacetKind};
use egui::{Button, Id, Popup, PopupCloseBehavior, ScrollArea, Ui};

/// Id of the filter menu in egui's memory.
fn filter_menu_id() -> Id {
    Id::unique("filter-menu")
}

/// Opens the filter menu.
pub(crate) fn open_filter(ctx: &egui::Context) {
    Popup::open_id(ctx, filter_menu_id());
}

/// Shows the filter button of the toolbar with its menu.
pub(crate) fn show_filter_button(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let document = &mut *cx.document;
    let on = !document.highlighting.filter.is_empty();
    let tip = CommandId::Filter.tooltip_with_keys(ui.ctx());
    let button = ui
        .add(Button::new("Filter").selected(on))
        .on_hover_text(tip);
    let mut toggled = None;
    Popup::menu(&button)
        .id(filter_menu_id())
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Filter")
        .show(|ui| {
            let revision = document.session.revision();
            let map = document.session.map();
            let choices = document.highlighting.choices(map, revision);
            let filter = &document.highlighting.filter;
            toggled = filter_menu(ui, &choices, |facet| filter.contains(facet));
        });
    if let Some(facet) = toggled {
        cx.actions.push(UiAction::ToggleFilter(facet));
    }
}

/// Shows the line with the active facets below the toolbar.
pub(crate) fn show_filter_line(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let document = &mut *cx.document;
    let revision = document.session.revision();
    let map = document.session.map();
    let passing = document
        .highlighting
        .passing(map, revision)
        .touchpoints
        .len();
    let mut dropped = None;
    let mut clear = false;
    ui.horizontal(|ui| {
        let count = match passing {
            0 => "No touchpoint".to_owned(),
            _ => format!("{passing} of {} touchpoints", map.touchpoint_count()),
        };
        ui.label(style::bold_text(count));
        let chips = |ui: &mut Ui| {
            ScrollArea::horizontal().show(ui, |ui| {
                ui.horizontal(|ui| {
                    for facet in document.highlighting.filter.facets() {
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
    if let Some(facet) = dropped {
        cx.actions.push(UiAction::ToggleFilter(facet));
    }
    if clear {
        cx.run(CommandId::ClearFilter);
    }
}

/// Shows an active facet and returns whether it was clicked to remove it.
fn facet_chip(ui: &mut Ui, facet: &Facet, label: &str) -> bool {
    let text = format!("{}: {}  ×", facet.kind.title(), ellipsized(label));
    let button = ui.add(Button::new(text).selected(true).corner_radius(3.0 * UNIT));
    button.widget_info(|| {
        let label = format!("Stop filtering by {}: {label}", facet.kind.title());
        egui::WidgetInfo::labeled(egui::Role::Button, true, label)
    });
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

/// Shows all facets by kind and returns the clicked one.
fn filter_menu(ui: &mut Ui, choices: &[FacetCount], has: impl Fn(&Facet) -> bool) -> Option<Facet> {
    let mut clicked = None;
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
            let mut of_kind = choices
                .iter()
                .filter(|choice| choice.facet.kind == kind)
                .peekable();
            if of_kind.peek().is_none() {
                continue;
            }
            ui.add_space(UNIT);
            ui.label(style::weak_text(kind.title()).small());
            for choice in of_kind {
                let on = has(&choice.facet);
                let count = egui::RichText::new(choice.count.to_string()).weak();
                let button = Button::selectable(on, ellipsized(&choice.label))
                    .right_text(count)
                    .min_size(egui::vec2(ui.available_width(), 0.0));
                let response = ui.add(button);
                response.widget_info(|| {
                    let label = format!("{}: {}", kind.title(), choice.label);
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, label)
                });
                if response.clicked() {
                    clicked = Some(choice.facet.clone());
                }
            }
        }
    });
    clicked
}
