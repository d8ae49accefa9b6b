//! The text field over a text of the map during inline editing.
//!
//! Must not know: the effect of editing (`editor` does).

use super::type_to_edit::keep_composing;
use super::{Editor, End};
use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::document::Document;
use crate::app::document::lane_geometry;
use crate::app::ui::style;
use crate::model::Said;
use crate::render::Picture;
use crate::scene::Scene;
use crate::text::Face;
use crate::theme::{Sizes, size};
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    CornerRadius, FontId, Frame, Id, Key, KeyboardShortcut, Margin, Modifiers, Pos2, Rect, Stroke,
    TextEdit, Ui, UiBuilder, Vec2, pos2, vec2,
};
use std::sync::Arc;

/// Smallest text size of the field, in points. Above it the field has the text size of
/// the map, so that nothing jumps.
const LEGIBLE: f32 = 9.0;
/// Offset from the corner of the field to its text, in points.
const INSET: Vec2 = vec2(6.5, 3.5);
/// Smallest width of a field, in ems.
const NARROWEST: f32 = 11.0;

/// Width of the field for an empty scenario, in map units.
const SCENARIO: f64 = 420.0;

/// Position and style of an edited text, in map units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat {
    left: f64,
    top: f64,
    /// Right edge of the space for the text.
    right: f64,
    size: f32,
    bold: bool,
}

/// Conversion between map units and screen positions.
struct Seen {
    middle: Pos2,
    at: (f64, f64),
    zoom: f32,
}

impl Seen {
    fn on_screen(&self, x: f64, y: f64) -> Pos2 {
        let (dx, dy) = (x - self.at.0, y - self.at.1);
        self.middle + vec2(dx as f32, dy as f32) * self.zoom
    }

    fn on_map(&self, at: Pos2) -> (f64, f64) {
        let away = (at - self.middle) / self.zoom;
        (self.at.0 + f64::from(away.x), self.at.1 + f64::from(away.y))
    }
}

fn field() -> Id {
    Id::unique("text on the map")
}

impl App {
    /// Focus state of the inline field: `Some(true)` if it has the keyboard,
    /// `Some(false)` if it is about to get it or has just closed, else `None`.
    pub(crate) fn writes_on_map(&self, ctx: &egui::Context) -> Option<bool> {
        let focused = ctx.memory(|memory| memory.has_focus(field()));
        match &self.hands.editor {
            Some(editor) => (focused || editor.wants_focus).then_some(focused),
            None => focused.then_some(false),
        }
    }

    /// Shows the field over the text.
    pub(crate) fn show_editor(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        journey: Option<&Picture>,
        scene: &Arc<Scene>,
    ) {
        let theme = self.theme();
        let sizes = self.preferences.density.sizes();
        let Some(editor) = &mut self.hands.editor else {
            return;
        };
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let now = editor.spot.text(document.session.map());
        let here = document.key == editor.document;
        let selected = document.selection == editor.spot.selection();
        let Some(now) = now.filter(|_| here && selected) else {
            self.end_editing(End::Keep);
            return;
        };
        if now != editor.known {
            editor.known = now.into_owned();
            editor.typed.clone_from(&editor.known);
        }
        let mut text = editor.typed.clone();
        let seen = Seen {
            middle: canvas.center(),
            at: (document.camera.x, document.camera.y),
            zoom: document.camera.zoom,
        };
        let seat = seat((document, editor), &seen, (journey, scene), sizes);
        editor.seat = seat;
        let clip = match editor.spot.is_on_top() {
            true => canvas,
            false => Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max),
        };
        let at = seat.map(|seat| (seat, seen.on_screen(seat.left, seat.top) - INSET));
        let Some((seat, at)) = at.filter(|(_, at)| clip.expand(8.0).contains(*at)) else {
            // The text is not in view yet, or the map was panned away.
            keep_composing(ui, canvas);
            let on_its_way = document.glide.is_some() || document.wanted.is_some();
            let end = editor.end.take().or((!on_its_way).then_some(End::Keep));
            if let Some(end) = end {
                self.end_editing(end);
            }
            ui.ctx().request_repaint();
            return;
        };
        let em = (seat.size * seen.zoom).clamp(LEGIBLE, 64.0);
        let right = seen.on_screen(seat.right, seat.top).x;
        let width = (right - at.x - 2.0).max(NARROWEST * em);
        let rect = Rect::from_min_size(pos2(at.x, at.y), vec2(width, 400.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.shrink_clip_rect(clip);
        let frame = Frame::new()
            .fill(style::color(theme.card))
            .stroke(Stroke::new(1.5, style::color(theme.accent)))
            .corner_radius(CornerRadius::same(4))
            .inner_margin(Margin::symmetric(5, 2));
        let font = match seat.bold {
            true => style::bold_font(em),
            false => FontId::proportional(em),
        };
        let new_line = match editor.spot.has_lines(document.session.map()) {
            true => Modifiers::NONE,
            false => Modifiers::SHIFT,
        };
        // The click that began editing must not count as a click outside the field.
        let clicked = ui.input(|i| i.pointer.any_click());
        let focus = editor.wants_focus && !clicked;
        let composed = match focus {
            true => std::mem::take(&mut editor.composed),
            false => Vec::new(),
        };
        if editor.wants_focus {
            ui.ctx().request_repaint();
        }
        if focus {
            editor.wants_focus = false;
            let from = if editor.all { 0 } else { usize::MAX };
            let range = CCursorRange::two(CCursor::new(from), CCursor::new(usize::MAX));
            let mut state = TextEditState::default();
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), field());
            ui.memory_mut(|memory| memory.request_focus(field()));
            // A focus change interrupts input methods, which drop the text typed
            // meanwhile. In a second pass of this frame the focus is already in the
            // field.
            ui.ctx()
                .request_discard("what is composed goes on in the field");
        }
        ui.input_mut(|input| input.events.extend(composed));
        let edit = TextEdit::multiline(&mut text)
            .id(field())
            .font(font)
            .hint_text(editor.spot.hint(document.session.map()))
            .desired_rows(1)
            .desired_width(width)
            .lock_focus(true)
            .return_key(KeyboardShortcut::new(new_line, Key::Enter))
            .frame(frame);
        let shown = edit.show(&mut inner);
        let response = shown.response.response.accessible_name(editor.spot.title());
        if focus && let Some(at) = editor.clicked.take() {
            let caret = shown.galley.cursor_from_pos(at - shown.galley_pos);
            let mut state = shown.state;
            state.cursor.set_char_range(Some(CCursorRange::one(caret)));
            state.store(ui.ctx(), field());
            ui.ctx().request_repaint();
        }
        let left = response.lost_focus();
        let end = editor.end.take().or(left.then_some(End::Keep));
        let key = editor.spot.key();
        if response.changed()
            && let Some(intent) = editor.spot.with(document.session.map(), &text)
        {
            self.edit(&intent, Some(&key));
            if let (Some(editor), Some(document)) =
                (&mut self.hands.editor, self.documents.get(self.active))
            {
                let now = editor.spot.text(document.session.map());
                editor.known = now.unwrap_or_default().into_owned();
                editor.typed = text;
            }
            ui.ctx().request_repaint();
        }
        if let Some(end) = end {
            self.end_editing(end);
            ui.ctx().request_repaint();
        }
    }
}

/// Returns the geometry of the edited text, or `None` if it is out of view.
fn seat(
    (document, editor): (&mut Document, &Editor),
    seen: &Seen,
    (journey, scene): (Option<&Picture>, &Arc<Scene>),
    sizes: &Sizes,
) -> Option<Seat> {
    let (tag, said) = editor.text();
    if let Some(words) = document.canvas.words_of(scene, &tag, said) {
        let (left, top) = seen.on_map(words.rect.min);
        return Some(Seat {
            left,
            top,
            right: seen.on_map(words.room.max).0,
            size: words.size / seen.zoom,
            bold: words.face == Face::Bold,
        });
    }
    // An empty text stays at its last position, else goes to its future one.
    if let Some(seat) = editor.seat {
        return Some(seat);
    }
    if let Said::Caption(at) = said
        && let Some(frame) = document.canvas.frames_of(scene, &tag).get(usize::from(at))
    {
        let (left, top) = seen.on_map(frame.left_bottom());
        return Some(Seat {
            left,
            top: top + 5.0,
            right: seen.on_map(frame.max).0,
            size: sizes.text(size::SMALL).size,
            bold: false,
        });
    }
    if let (Some(lane), Selection::Touchpoint(id)) = (editor.spot.lane(), &document.selection) {
        let room = lane_geometry::room(document.session.map(), journey?, lane, id)?;
        // Emotions and captions stand below a drawn item, in small type.
        let (top, style) = match said {
            Said::Emotion(_) | Said::Caption(_) => (room.bottom - 1.0, size::SMALL),
            _ => (room.top + 3.0, size::BODY),
        };
        return Some(Seat {
            left: room.left + 4.0,
            top,
            right: room.right,
            size: sizes.text(style).size,
            bold: false,
        });
    }
    let area = document.canvas.area_of(scene, &tag)?;
    let (left, top) = seen.on_map(area.min);
    let (right, bottom) = seen.on_map(area.max);
    Some(match said {
        Said::Scenario => Seat {
            left,
            top: bottom + 4.0,
            right: right.max(left + SCENARIO),
            size: sizes.text(size::LEAD).size,
            bold: false,
        },
        _ => Seat {
            left: left + 22.0,
            top: top + 12.0,
            right,
            size: sizes.text(size::NAME).size,
            bold: true,
        },
    })
}
