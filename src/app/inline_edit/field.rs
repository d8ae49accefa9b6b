//! The text field over a text of the map during inline editing.
//!
//! Must not know: sessions, the effect of editing.

use super::editor::{EditEnd, InlineEdit, InlineEditor};
use super::geometry::field_geometry;
use super::type_to_edit::set_ime_area;
use crate::app::command::action::{Selection, UiAction};
use crate::app::document::camera_target::DrawnView;
use crate::app::frame::FrameCx;
use crate::app::ui::style;
use crate::app::ui::text_field::show_limit;
use crate::model::MAX_TEXT_CHARS;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    CornerRadius, FontId, Frame, Id, Key, KeyboardShortcut, Margin, Modifiers, Rect, Stroke,
    TextEdit, Ui, UiBuilder, Vec2, pos2, vec2,
};

/// Smallest text size of the field, in points. Above it the field has the text size of
/// the map, so that nothing jumps.
const MIN_FIELD_TEXT_SIZE: f32 = 9.0;
/// Offset from the corner of the field to its text, in points.
const INSET: Vec2 = vec2(6.5, 3.5);
/// Smallest width of a field, in ems.
const MIN_FIELD_WIDTH_EMS: f32 = 11.0;

fn inline_field_id() -> Id {
    Id::unique("text on the map")
}

impl InlineEdit {
    /// Focus state of the inline field: `Some(true)` if it has the keyboard,
    /// `Some(false)` if it is about to get it or has just closed, else `None`.
    pub(crate) fn field_focus(&self, ctx: &egui::Context) -> Option<bool> {
        let focused = ctx.memory(|memory| memory.has_focus(inline_field_id()));
        match &self.editor {
            Some(editor) => (focused || editor.wants_focus).then_some(focused),
            None => focused.then_some(false),
        }
    }

    /// Shows the field over the text.
    pub(crate) fn show_field(
        &mut self,
        ui: &mut Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        view: &DrawnView<'_>,
    ) {
        let Some(editor) = &mut self.editor else {
            return;
        };
        let document = &mut *cx.document;
        let theme = cx.theme;
        let sizes = cx.preferences.density.sizes();
        let now = editor.target.drawn_text(document.session.map());
        let here = document.key == editor.document_key;
        let selected = document.selection
            == Selection::of_object(document.session.map(), &editor.target.object);
        let Some(now) = now.filter(|_| here && selected) else {
            editor.finish(EditEnd::Commit, cx.actions);
            return;
        };
        if std::mem::take(&mut editor.is_typed) {
            editor.map_text = now.into_owned();
        } else if now != editor.map_text {
            editor.map_text = now.into_owned();
            editor.field_text.clone_from(&editor.map_text);
        }
        let mut text = editor.field_text.clone();
        let seat = field_geometry(
            document,
            &editor.shown,
            &editor.target,
            editor.geometry,
            canvas,
            view,
            sizes,
        );
        editor.geometry = seat;
        let camera = document.camera;
        let clip = if editor.target.is_drawn_above_pinned() {
            canvas
        } else {
            Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max)
        };
        let at = seat.map(|seat| {
            let corner = camera.point_to_screen((seat.left, seat.top), canvas);
            (seat, corner - INSET)
        });
        let Some((seat, at)) = at.filter(|(_, at)| clip.expand(8.0).contains(*at)) else {
            // The text is not in view yet, or the map was panned away.
            set_ime_area(ui, canvas);
            let on_its_way =
                document.camera_animation.is_some() || document.camera_target.is_some();
            if let Some(end) = editor.end.or((!on_its_way).then_some(EditEnd::Commit)) {
                editor.finish(end, cx.actions);
            }
            ui.ctx().request_repaint();
            return;
        };
        let em = (seat.size * camera.zoom).clamp(MIN_FIELD_TEXT_SIZE, 64.0);
        let right = camera.point_to_screen((seat.right, seat.top), canvas).x;
        let width = (right - at.x - 2.0).max(MIN_FIELD_WIDTH_EMS * em);
        let rect = Rect::from_min_size(pos2(at.x, at.y), vec2(width, 400.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.shrink_clip_rect(clip);
        let frame = Frame::new()
            .fill(style::color(theme.card))
            .stroke(Stroke::new(1.5, style::color(theme.accent)))
            .corner_radius(CornerRadius::same(4))
            .inner_margin(Margin::symmetric(5, 2));
        let font = if seat.bold {
            style::bold_font(em)
        } else {
            FontId::proportional(em)
        };
        let new_line = if editor.target.is_multiline(document.session.map()) {
            Modifiers::NONE
        } else {
            Modifiers::SHIFT
        };
        // The click that began editing must not count as a click outside the field.
        let clicked = ui.input(|i| i.pointer.any_click());
        let focus = editor.wants_focus && !clicked;
        if editor.wants_focus {
            ui.ctx().request_repaint();
        }
        if focus {
            editor.wants_focus = false;
            let composed = std::mem::take(&mut editor.pending_ime_events);
            ui.input_mut(|input| input.events.extend(composed));
            let from = if editor.select_all { 0 } else { usize::MAX };
            let range = CCursorRange::two(CCursor::new(from), CCursor::new(usize::MAX));
            let mut state = TextEditState::default();
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), inline_field_id());
            ui.memory_mut(|memory| memory.request_focus(inline_field_id()));
            // A focus change interrupts input methods, which drop the text typed
            // meanwhile. In a second pass of this frame the focus is already in the
            // field.
            ui.ctx()
                .request_discard("what is composed goes on in the field");
        }
        let edit = TextEdit::multiline(&mut text)
            .id(inline_field_id())
            .font(font)
            .hint_text(editor.target.inline_hint(document.session.map()))
            .desired_rows(1)
            .desired_width(width)
            .lock_focus(true)
            .return_key(KeyboardShortcut::new(new_line, Key::Enter))
            .char_limit(MAX_TEXT_CHARS)
            .frame(frame);
        let shown = edit.show(&mut inner);
        let response = shown
            .response
            .response
            .accessible_name(editor.target.inline_title());
        if focus && let Some(at) = editor.click_position.take() {
            let caret = shown.galley.cursor_from_pos(at - shown.galley_pos);
            let mut state = shown.state;
            state.cursor.set_char_range(Some(CCursorRange::one(caret)));
            state.store(ui.ctx(), inline_field_id());
            ui.ctx().request_repaint();
        }
        let changed = response.changed();
        let intent = changed.then(|| editor.target.set_text_intent(document.session.map(), &text));
        if let Some(intent) = intent.flatten() {
            editor.field_text = text;
            editor.is_typed = true;
            let edit = UiAction::EditField(intent, editor.target.clone());
            cx.actions.push(edit);
        }
        show_limit(&mut inner, &editor.field_text);
        let left = response.lost_focus().then_some(EditEnd::Commit);
        if let Some(end) = editor.end.or(left) {
            editor.finish(end, cx.actions);
        }
    }
}

impl InlineEditor {
    /// Requests the end of the edit.
    fn finish(&mut self, end: EditEnd, actions: &mut Vec<UiAction>) {
        self.end = Some(end);
        actions.push(UiAction::EndInlineEdit);
    }
}
