//! Tabs of the open maps, shown if there is more than one.
//!
//! Must not know: what a map is, how maps are closed.

use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::app::ui::buttons::{ControlIcon, control_button};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::app::workspace::closing::CloseScope;
use egui::{
    Id, Popup, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, Ui,
    WidgetInfo, pos2, vec2,
};

/// Height of a tab, in points.
const TAB_HEIGHT: f32 = 7.5 * UNIT;
/// Maximum width of a tab, in points; a longer title ends in "…".
const MAX_TAB_WIDTH: f32 = 200.0;
const MIN_TAB_WIDTH: f32 = 96.0;

/// Action on a tab.
enum TabAction {
    Activate(usize),
    Close(usize),
    Move(usize, usize),
}

impl App {
    /// Activates a map.
    pub(crate) fn activate(&mut self, index: usize) {
        if index != self.workspace.active && index < self.workspace.documents.len() {
            self.workspace.active = index;
            // Connect mode belongs to the former map.
            self.interaction.connect_from = None;
        }
    }

    /// Activates the next or previous map.
    pub(crate) fn activate_next(&mut self, back: bool) {
        let count = self.workspace.documents.len().max(1);
        let step = if back { count - 1 } else { 1 };
        self.activate((self.workspace.active + step) % count);
    }

    /// Shows the tabs.
    pub(crate) fn show_tabs(&mut self, ui: &mut Ui) {
        let mut asked = None;
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.horizontal(|ui| {
            let menu = 8.0 * UNIT;
            let room = (ui.available_width() - menu).max(MIN_TAB_WIDTH);
            ui.allocate_ui(vec2(room, TAB_HEIGHT), |ui| {
                ScrollArea::horizontal()
                    .id_salt("tabs")
                    .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        ui.horizontal(|ui| asked = self.show_tab_row(ui));
                    });
            });
            if let Some(index) = self.show_all_maps_menu(ui) {
                asked = Some(TabAction::Activate(index));
            }
        });
        match asked {
            Some(TabAction::Activate(index)) => self.activate(index),
            Some(TabAction::Close(index)) => {
                if let Some(key) = self.workspace.documents.get(index).map(|d| d.key) {
                    let ctx = ui.ctx().clone();
                    self.close(&ctx, CloseScope::Map(key));
                }
            }
            Some(TabAction::Move(from, to)) => {
                self.activate(from);
                self.move_tab(from, to);
            }
            None => {}
        }
    }

    fn move_tab(&mut self, from: usize, to: usize) {
        if from >= self.workspace.documents.len() || to >= self.workspace.documents.len() {
            return;
        }
        let front = self.document().map(|d| d.key);
        let document = self.workspace.documents.remove(from);
        self.workspace.documents.insert(to, document);
        let at = self
            .workspace
            .documents
            .iter()
            .position(|d| Some(d.key) == front);
        self.workspace.active = at.unwrap_or(0);
    }

    fn show_tab_row(&self, ui: &mut Ui) -> Option<TabAction> {
        let mut asked = None;
        let mut rects = Vec::with_capacity(self.workspace.documents.len());
        let mut dragged = None;
        for (i, document) in self.workspace.documents.iter().enumerate() {
            let on = i == self.workspace.active;
            let dirty = document.session.is_dirty();
            let id = Id::unique(("tab", document.key));
            let (response, close) =
                show_tab(ui, id, &style::visible_text(document.title()), dirty, on);
            rects.push(response.rect);
            if on && front_tab_changed(ui, document.key) {
                response.scroll_to_me(None);
            }
            if close || response.middle_clicked() {
                asked = Some(TabAction::Close(i));
            } else if response.clicked() || response.drag_started() {
                asked = Some(TabAction::Activate(i));
            }
            if response.dragged() {
                dragged = Some(i);
            }
            let path = document.session.path();
            response.on_hover_ui(|ui| {
                ui.label(style::bold_text(document.title()));
                let place = path.map(|path| path.display().to_string());
                ui.label(style::weak_text(
                    place.unwrap_or("Not saved yet".to_owned()),
                ));
            });
        }
        if let (Some(from), Some(at)) = (dragged, ui.input(|i| i.pointer.latest_pos())) {
            ui.set_cursor_icon(egui::CursorIcon::Grabbing);
            // Tabs swap when the pointer passes the middle of the neighbour.
            let past = |to: usize, rect: &Rect| match to < from {
                true => at.x < rect.center().x,
                false => at.x > rect.center().x,
            };
            let others = rects.iter().enumerate().filter(|(to, _)| *to != from);
            let mut passed = others
                .filter(|(to, rect)| past(*to, rect))
                .map(|(to, _)| to);
            let to = if passed.clone().any(|to| to < from) {
                passed.find(|to| *to < from)
            } else {
                passed.next_back()
            };
            if let Some(to) = to {
                asked = Some(TabAction::Move(from, to));
            }
        }
        asked
    }

    /// Shows the menu of all open maps, since some tabs may be out of view.
    fn show_all_maps_menu(&self, ui: &mut Ui) -> Option<usize> {
        let label = "All open maps";
        let button = control_button(ui, ControlIcon::Down, label, label, false);
        let mut chosen = None;
        Popup::menu(&button).show(|ui| {
            style::scroll_list(400.0).show(ui, |ui| {
                chosen = self.show_open_maps(ui);
            });
            ui.separator();
            ui.label(style::weak_text(CommandId::NextMap.tooltip_with_keys(ui.ctx())).small());
        });
        chosen
    }

    /// Shows a menu item for each open map and returns the chosen index.
    pub(crate) fn show_open_maps(&self, ui: &mut Ui) -> Option<usize> {
        let mut chosen = None;
        for (i, document) in self.workspace.documents.iter().enumerate() {
            let dirty = document.session.is_dirty();
            let mark = if dirty { "● " } else { "" };
            let title = format!("{mark}{}", style::visible_text(document.title()));
            if ui
                .selectable_label(i == self.workspace.active, title)
                .clicked()
            {
                chosen = Some(i);
                ui.close();
            }
        }
        chosen
    }
}

/// Whether the active map changed since the last call.
fn front_tab_changed(ui: &Ui, key: u64) -> bool {
    let memory = Id::unique("tab-in-front");
    let before: Option<u64> = ui.data(|d| d.get_temp(memory));
    ui.data_mut(|d| d.insert_temp(memory, key));
    before != Some(key)
}

/// Shows a tab; returns its response and whether its close button was clicked.
fn show_tab(ui: &mut Ui, id: Id, title: &str, dirty: bool, on: bool) -> (Response, bool) {
    let font = match on {
        true => style::bold_font(13.5),
        false => TextStyle::Body.resolve(ui.style()),
    };
    let tint = match on {
        true => ui.visuals().text_color(),
        false => ui.visuals().weak_text_color(),
    };
    let mut job = egui::text::LayoutJob::simple_singleline(title.to_owned(), font, tint);
    job.wrap = egui::text::TextWrapping::truncate_at_width(MAX_TAB_WIDTH - 14.0 * UNIT);
    let galley = ui.painter().layout_job(job);
    let width = (galley.size().x + 14.0 * UNIT).clamp(MIN_TAB_WIDTH, MAX_TAB_WIDTH);
    let (_, rect) = ui.allocate_space(vec2(width, TAB_HEIGHT));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| {
        let state = if dirty { ", not saved" } else { "" };
        WidgetInfo::selected(Role::Tab, true, on, format!("{title}{state}"))
    });
    let visuals = ui.style().interact_selectable(&response, on);
    if on || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, visuals.weak_bg_fill);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, ui.visuals().hyperlink_color);
        ui.painter()
            .rect_stroke(rect, 6.0, ring, StrokeKind::Inside);
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
    close.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Close {title}")));
    let strong = close.hovered() || close.has_focus();
    if strong {
        ui.painter()
            .rect_filled(cross, 4.0, ui.visuals().widgets.hovered.bg_fill);
    }
    if on || strong || response.hovered() {
        let stroke = ui.style().interact(&close).fg_stroke;
        let r = 1.1 * UNIT;
        for flip in [-1.0, 1.0] {
            let ends = [
                cross.center() + vec2(-r, -r * flip),
                cross.center() + vec2(r, r * flip),
            ];
            ui.painter()
                .line_segment(ends, Stroke::new(1.6, stroke.color));
        }
    }
    (response, close.clicked())
}
