//! Tabs of the open maps, shown if there is more than one.
//!
//! Must not know: what a map is, how maps are closed.

use crate::app::command::action::{CompareAction, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::comparison::CompareSource;
use crate::app::ui::buttons::{ControlIcon, control_button, describe, menu_item};
use crate::app::ui::list_focus::has_changed;
use crate::app::ui::style::{self, UNIT, menu_list};
use crate::text::in_word_order;
use egui::scroll_area::ScrollBarVisibility;
use egui::{
    CursorIcon, Id, Popup, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, pos2, vec2,
};
use std::path::{Path, PathBuf};

/// Height of a tab, in points.
const TAB_HEIGHT: f32 = 7.5 * UNIT;
/// Maximum width of a tab, in points; a longer title ends in "…".
const MAX_TAB_WIDTH: f32 = 200.0;
const MIN_TAB_WIDTH: f32 = 96.0;

/// An open map in the tabs and menus.
pub(crate) struct OpenMap {
    key: u64,
    title: String,
    is_dirty: bool,
    path: Option<PathBuf>,
    is_active: bool,
}

impl OpenMap {
    /// Entries of the open maps, of which one is active.
    pub(crate) fn list(documents: &[Document], active: usize) -> Vec<OpenMap> {
        let entry = |(at, document): (usize, &Document)| OpenMap {
            key: document.key,
            title: document.title().to_owned(),
            is_dirty: document.session.is_dirty(),
            path: document.session.path().map(Path::to_owned),
            is_active: at == active,
        };
        documents.iter().enumerate().map(entry).collect()
    }
}

/// Shows the tabs.
pub(crate) fn show_tabs(ui: &mut Ui, maps: &[OpenMap], actions: &mut Vec<UiAction>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    ui.horizontal(|ui| {
        let menu = 8.0 * UNIT;
        let room = (ui.available_width() - menu).max(MIN_TAB_WIDTH);
        ui.allocate_ui(vec2(room, TAB_HEIGHT), |ui| {
            ScrollArea::horizontal()
                .id_salt("tabs")
                .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden)
                .auto_shrink([false, true])
                .show(ui, |ui| ui.horizontal(|ui| show_tab_row(ui, maps, actions)));
        });
        show_all_maps_menu(ui, maps, actions);
    });
}

fn show_tab_row(ui: &mut Ui, maps: &[OpenMap], actions: &mut Vec<UiAction>) {
    let mut rects = Vec::with_capacity(maps.len());
    let mut dragged = None;
    for (i, map) in maps.iter().enumerate() {
        let on = map.is_active;
        let id = Id::unique(("tab", map.key));
        let title = style::visible_text(&map.title);
        let (response, close) = show_tab(ui, id, &title, map.is_dirty, on);
        rects.push(response.rect);
        if on && has_changed(ui, "tab-in-front", &map.key) {
            response.scroll_to_me(None);
        }
        if close || response.middle_clicked() {
            actions.push(UiAction::CloseMap(map.key));
        } else if response.clicked() || response.drag_started() {
            actions.push(UiAction::ActivateMap(i));
        }
        if response.dragged() {
            dragged = Some(i);
        }
        response.context_menu(|ui| {
            menu_list(ui, |ui| {
                let words = match on {
                    true => CommandId::CompareWith.label(),
                    false => "Compare the map in front with this one",
                };
                if menu_item(ui, words, String::new(), None).clicked() {
                    let source = CompareSource::Open(map.key);
                    actions.push(match on {
                        true => UiAction::RunCommand(CommandId::CompareWith),
                        false => UiAction::Compare(CompareAction::With(source)),
                    });
                    ui.close();
                }
                if menu_item(ui, CommandId::Close.label(), String::new(), None).clicked() {
                    actions.push(UiAction::CloseMap(map.key));
                    ui.close();
                }
            });
        });
        response.on_hover_ui(|ui| {
            ui.label(style::bold_text(&map.title));
            let path = map.path.as_ref().map(|path| path.display().to_string());
            ui.label(style::weak_text(path.unwrap_or("Not saved yet".to_owned())));
        });
    }
    if let (Some(from), Some(at)) = (dragged, ui.input(|i| i.pointer.latest_pos())) {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        // Tabs swap when the pointer passes the middle of the neighbour.
        let before = (0..from).find(|to| at.x < rects[*to].center().x);
        let after = || {
            (from + 1..rects.len())
                .rev()
                .find(|to| at.x > rects[*to].center().x)
        };
        if let Some(to) = before.or_else(after) {
            actions.push(UiAction::MoveMap { from, to });
        }
    }
}

/// Shows the menu of all open maps, since some tabs may be out of view.
fn show_all_maps_menu(ui: &mut Ui, maps: &[OpenMap], actions: &mut Vec<UiAction>) {
    let label = "All open maps";
    let button = control_button(ui, ControlIcon::Down, label, label, false);
    Popup::menu(&button).show(|ui| {
        menu_list(ui, |ui| show_open_maps(ui, maps, actions));

        ui.separator();
        ui.label(style::weak_text(CommandId::NextMap.tooltip_with_keys(ui.ctx())).small());
    });
}

/// Shows a menu item for each open map, which activates it.
pub(crate) fn show_open_maps(ui: &mut Ui, maps: &[OpenMap], actions: &mut Vec<UiAction>) {
    for (i, map) in maps.iter().enumerate() {
        let mark = if map.is_dirty { "• " } else { "" };
        let title = format!("{mark}{}", style::visible_text(&map.title));
        if menu_item(ui, &title, String::new(), Some(map.is_active)).clicked() {
            actions.push(UiAction::ActivateMap(i));
            ui.close();
        }
    }
}

/// Shows a tab; returns its response and whether its close button was clicked.
fn show_tab(ui: &mut Ui, id: Id, title: &str, dirty: bool, on: bool) -> (Response, bool) {
    let (font, tint) = if on {
        (style::bold_font(13.5), ui.visuals().text_color())
    } else {
        (style::body_font(ui), ui.visuals().weak_text_color())
    };
    let mut job =
        egui::text::LayoutJob::simple_singleline(in_word_order(title).into_owned(), font, tint);
    job.wrap = egui::text::TextWrapping::truncate_at_width(MAX_TAB_WIDTH - 14.0 * UNIT);
    let galley = ui.painter().layout_job(job);
    let width = (galley.size().x + 14.0 * UNIT).clamp(MIN_TAB_WIDTH, MAX_TAB_WIDTH);
    let (_, rect) = ui.allocate_space(vec2(width, TAB_HEIGHT));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let state = if dirty { ", not saved" } else { "" };
    describe(&response, Role::Tab, Some(on), &format!("{title}{state}"));
    let visuals = ui.style().interact_selectable(&response, on);
    if on || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, visuals.weak_bg_fill);
    }
    if on {
        style::mark_selected(ui, rect);
    }
    if response.has_focus() {
        style::focus_ring(ui, rect, 6.0);
    }
    let y = rect.center().y;
    if dirty {
        let dot = pos2(rect.left() + 3.0 * UNIT, y);
        ui.painter().circle_filled(dot, 3.5, tint);
    }
    let at = pos2(rect.left() + 5.5 * UNIT, y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, tint);
    let side = 6.0 * UNIT;
    let cross = Rect::from_center_size(pos2(rect.right() - 4.0 * UNIT, y), vec2(side, side));
    let close = ui.interact(cross, id.with("close"), Sense::click());
    describe(&close, Role::Button, None, &format!("Close {title}"));
    let strong = close.hovered() || close.has_focus();
    if strong {
        ui.painter()
            .rect_filled(cross, 4.0, ui.visuals().widgets.hovered.bg_fill);
    }
    if on || strong || response.hovered() {
        let stroke = Stroke::new(1.6, ui.style().interact(&close).fg_stroke.color);
        let r = 1.1 * UNIT;
        for way in [vec2(r, -r), vec2(r, r)] {
            let ends = [cross.center() - way, cross.center() + way];
            ui.painter().line_segment(ends, stroke);
        }
    }
    (response, close.clicked())
}
