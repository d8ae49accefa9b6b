//! Find bar (Ctrl+F): searches all texts of the map and steps through the hits.
//!
//! Must not know: how text is searched.

use crate::app::app::App;
use crate::app::document::camera_target::Shown;
use crate::app::document::highlight;
use crate::app::document::highlight::Find;
use crate::app::document::navigation::Way;
use crate::app::ui::buttons::{Sign, sign_button};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::search::find::Hit;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Align2, Area, Context, Frame, Id, Key, Modifiers, Rect, Role, TextEdit, Ui, vec2,
};
use std::ops::Range;

/// Maximum length of unshortened text before a hit, in characters.
const BEFORE: usize = 24;

/// Width of the search field, in points.
const FIELD: f32 = 200.0;

impl App {
    /// Opens the find bar, or focuses its field if it is open.
    pub(crate) fn start_finding(&mut self) {
        if let Some(document) = self.document_mut() {
            let selection = &document.selection;
            let find = document
                .spotlight
                .find
                .get_or_insert_with(|| Find::new(selection));
            find.wants_focus = true;
            find.typed_over = true;
        }
    }

    /// Handles the keys of the find bar before other key handlers; returns whether one
    /// was handled.
    pub(crate) fn find_keys(&mut self, ctx: &Context, typing: bool) -> bool {
        let Some(find) = self.document().and_then(|d| d.spotlight.find.as_ref()) else {
            return false;
        };
        if self.start.is_some() || (typing && !find.focused) {
            return false;
        }
        if find.wants_focus && self.typed_ahead(ctx) {
            return true;
        }
        let focused = self.document().and_then(|d| d.spotlight.find.as_ref());
        let focused = focused.is_some_and(|find| find.focused);
        let (close, back, on) = ctx.input_mut(|i| {
            let close = i.consume_key(Modifiers::NONE, Key::Escape);
            // egui ignores surplus Shift, so the longer combination is matched first.
            let back = focused && i.consume_key(Modifiers::SHIFT, Key::Enter);
            let on = focused && i.consume_key(Modifiers::NONE, Key::Enter);
            (close, back, on)
        });
        if close {
            self.stop_finding(ctx);
        } else if back || on {
            self.step_hit(ctx, if back { Way::Back } else { Way::On });
        }
        close || back || on
    }

    /// Appends text typed before the field has the focus. Returns whether there was
    /// any.
    fn typed_ahead(&mut self, ctx: &Context) -> bool {
        let mut typed = String::new();
        ctx.input_mut(|i| {
            i.events.retain(|event| match event {
                egui::Event::Text(text) => {
                    typed.push_str(text);
                    false
                }
                _ => true,
            });
        });
        let find = self.document_mut().and_then(|d| d.spotlight.find.as_mut());
        let Some(find) = find.filter(|_| !typed.is_empty()) else {
            return false;
        };
        if std::mem::take(&mut find.typed_over) {
            find.text.clear();
        }
        find.text.push_str(&typed);
        find.typed_ahead = true;
        true
    }

    fn stop_finding(&mut self, ctx: &Context) {
        crate::app::ui::point_at_field(ctx, None);
        if let Some(document) = self.document_mut() {
            document.spotlight.find = None;
        }
    }

    /// Selects the next or previous hit; returns whether there is one.
    pub(crate) fn step_hit(&mut self, ctx: &Context, way: Way) -> bool {
        let Some(document) = self.document_mut() else {
            return false;
        };
        let map = document.session.map();
        let Some(find) = &mut document.spotlight.find else {
            return false;
        };
        find.step(map, way);
        self.show_hit(ctx)
    }

    /// Selects the current hit and moves the camera to it; marks its inspector field if
    /// it is hard to find.
    fn show_hit(&mut self, ctx: &Context) -> bool {
        let Some(document) = self.document_mut() else {
            return false;
        };
        let find = document.spotlight.find.as_ref();
        let Some(hit) = find.and_then(Find::hit).cloned() else {
            return false;
        };
        let map = document.session.map();
        let field = highlight::field(map, &hit);
        let selection = highlight::selection(map, &hit);
        document.select(selection, true);
        if let Some(cell) = highlight::cell(document.session.map(), &hit) {
            document.wanted = Some(Shown::Near(cell));
        }
        self.preferences.inspector |= field.is_some();
        crate::app::ui::point_at_field(ctx, field);
        true
    }

    /// Shows the find bar, if open, at the top right of the canvas.
    pub(crate) fn show_find(&mut self, ui: &Ui, canvas: Rect) {
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let revision = document.session.revision();
        let map = document.session.map();
        let Some(find) = &mut document.spotlight.find else {
            return;
        };
        find.keep_up(map, revision);
        let mut asked = None;
        let mut changed = false;
        Area::new(Id::unique("find"))
            .pivot(Align2::RIGHT_TOP)
            .fixed_pos(canvas.right_top() + vec2(-3.0 * UNIT, 3.0 * UNIT))
            .constrain_to(canvas)
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.horizontal(|ui| {
                        changed = field(ui, find);
                        ui.allocate_ui_with_layout(
                            vec2(22.0 * UNIT, 6.0 * UNIT),
                            egui::Layout::right_to_left(Align::Center),
                            |ui| ui.label(style::soft(count(find))),
                        );
                        let some = find.count() > 0;
                        for (sign, label, way) in [
                            (Sign::Left, "Previous hit", Way::Back),
                            (Sign::Right, "Next hit", Way::On),
                        ] {
                            let tip = match way {
                                Way::Back => "Previous hit\nShift+Enter or Shift+F3",
                                Way::On => "Next hit\nEnter or F3",
                            };
                            ui.add_enabled_ui(some, |ui| {
                                if sign_button(ui, sign, label, tip, false).clicked() {
                                    asked = Some(Asked::Step(way));
                                }
                            });
                        }
                        let tip = "Close\nEscape";
                        if sign_button(ui, Sign::Close, "Close find", tip, false).clicked() {
                            asked = Some(Asked::Close);
                        }
                    });
                    if let (Some(hit), Some((text, range))) = (find.hit(), find.context()) {
                        where_it_is(ui, hit, text, range);
                    }
                });
            });
        if changed {
            find.keep_up(map, revision);
            find.restart(map);
            self.show_hit(ui.ctx());
        }
        match asked {
            Some(Asked::Close) => self.stop_finding(ui.ctx()),
            Some(Asked::Step(way)) => {
                self.step_hit(ui.ctx(), way);
            }
            None => {}
        }
        if changed || asked.is_some() {
            ui.ctx().request_repaint();
        }
    }
}

#[derive(Clone, Copy)]
enum Asked {
    Step(Way),
    Close,
}

/// Shows the search field and returns whether its text changed.
fn field(ui: &mut Ui, find: &mut Find) -> bool {
    let id = Id::unique("find-field");
    if find.wants_focus {
        let start = if find.typed_over { 0 } else { usize::MAX };
        let range = egui::text::CCursorRange::two(
            egui::text::CCursor::new(start),
            egui::text::CCursor::new(usize::MAX),
        );
        let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(range));
        state.store(ui.ctx(), id);
    }
    let edit = TextEdit::singleline(&mut find.text)
        .id(id)
        .hint_text("Find in this map")
        .desired_width(FIELD);
    let response = ui.add(edit);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(Role::TextInput, true, "Find in this map");
        info.current_text_value = Some(find.text.clone());
        info
    });
    if std::mem::take(&mut find.wants_focus) {
        response.request_focus();
    }
    find.focused = response.has_focus();
    response.changed() || std::mem::take(&mut find.typed_ahead)
}

fn count(find: &Find) -> String {
    match (find.number(), find.count()) {
        _ if find.text.trim().is_empty() => String::new(),
        (_, 0) => "Nothing found".to_owned(),
        (Some(number), count) => format!("{number} of {count}"),
        (None, 1) => "1 hit".to_owned(),
        (None, count) => format!("{count} hits"),
    }
}

/// Shows the field name and the hit with surrounding text.
fn where_it_is(ui: &mut Ui, hit: &Hit, text: &str, range: Range<usize>) {
    let soft = TextFormat {
        font_id: egui::TextStyle::Small.resolve(ui.style()),
        color: ui.visuals().weak_text_color(),
        ..TextFormat::default()
    };
    let strong = TextFormat {
        font_id: style::bold_font(soft.font_id.size),
        color: ui.visuals().text_color(),
        ..TextFormat::default()
    };
    let [before, middle, after] = around(text, range);
    let mut job = LayoutJob::default();
    job.append(&format!("{}:  ", hit.field), 0.0, strong.clone());
    job.append(&before, 0.0, soft.clone());
    job.append(&middle, 0.0, strong);
    job.append(&after, 0.0, soft);
    job.wrap = TextWrapping::truncate_at_width(FIELD + 48.0 * UNIT);
    ui.label(job);
}

/// Splits a text at a hit, on one line, with shortened text before and after it.
fn around(text: &str, range: Range<usize>) -> [String; 3] {
    let line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let before = text.get(..range.start).unwrap_or_default();
    let cut = before.char_indices().rev().nth(BEFORE).map(|(at, _)| at);
    let before = match cut {
        Some(at) => format!("…{}", line(before.get(at..).unwrap_or_default())),
        None => line(before),
    };
    let after: String = text
        .get(range.end..)
        .unwrap_or_default()
        .chars()
        .take(120)
        .collect();
    let middle = line(text.get(range).unwrap_or_default());
    [before, middle, line(&after)]
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn excerpt_splits_at_the_hit_and_limits_the_text_before() {
        assert_eq!(around("Pays the\nfee", 9..12), ["Pays the ", "fee", ""]);
        let long = "ä".repeat(100) + "fee";
        let [before, middle, _] = around(&long, 200..203);
        assert_eq!(middle, "fee");
        assert_eq!(before.chars().count(), 26);
        assert_eq!(around("ä", 0..1), ["", "", ""]);
    }
}
