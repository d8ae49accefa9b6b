//! The text field over a text of the map during inline editing.
//!
//! Must not know: the effect of editing (`editor` does).

use super::type_to_edit::set_ime_area;
use super::{EditEnd, InlineEditor};
use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::document::Document;
use crate::app::document::lane_geometry;
use crate::app::ui::style;
use crate::model::Field;
use crate::render::RenderedMap;
use crate::scene::{PartKind, Scene};
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
const MIN_FIELD_TEXT_SIZE: f32 = 9.0;
/// Offset from the corner of the field to its text, in points.
const INSET: Vec2 = vec2(6.5, 3.5);
/// Smallest width of a field, in ems.
const MIN_FIELD_WIDTH_EMS: f32 = 11.0;

/// Width of the field for an empty scenario, in map units.
const SCENARIO_FIELD_WIDTH: f64 = 420.0;

/// Position and style of an edited text, in map units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldGeometry {
    left: f64,
    top: f64,
    /// Right edge of the space for the text.
    right: f64,
    size: f32,
    bold: bool,
}

/// Conversion between map units and screen positions.
struct ScreenTransform {
    screen_center: Pos2,
    map_center: (f64, f64),
    zoom: f32,
}

impl ScreenTransform {
    fn on_screen(&self, x: f64, y: f64) -> Pos2 {
        let (dx, dy) = (x - self.map_center.0, y - self.map_center.1);
        self.screen_center + vec2(dx as f32, dy as f32) * self.zoom
    }

    fn on_map(&self, at: Pos2) -> (f64, f64) {
        let away = (at - self.screen_center) / self.zoom;
        (
            self.map_center.0 + f64::from(away.x),
            self.map_center.1 + f64::from(away.y),
        )
    }
}

fn inline_field_id() -> Id {
    Id::unique("text on the map")
}

impl App {
    /// Focus state of the inline field: `Some(true)` if it has the keyboard,
    /// `Some(false)` if it is about to get it or has just closed, else `None`.
    pub(crate) fn inline_edit_focus(&self, ctx: &egui::Context) -> Option<bool> {
        let focused = ctx.memory(|memory| memory.has_focus(inline_field_id()));
        match &self.interaction.tools.editor {
            Some(editor) => (focused || editor.wants_focus).then_some(focused),
            None => focused.then_some(false),
        }
    }

    /// Shows the field over the text.
    pub(crate) fn show_inline_editor(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        journey: Option<&RenderedMap>,
        scene: &Arc<Scene>,
    ) {
        let theme = self.theme();
        let sizes = self.settings.preferences.density.sizes();
        let Some(editor) = &mut self.interaction.tools.editor else {
            return;
        };
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let now = editor.target.drawn_text(document.session.map());
        let here = document.key == editor.document_key;
        let selected = document.selection
            == Selection::of_object(document.session.map(), &editor.target.object);
        let Some(now) = now.filter(|_| here && selected) else {
            self.end_inline_edit(EditEnd::Commit);
            return;
        };
        if now != editor.map_text {
            editor.map_text = now.into_owned();
            editor.field_text.clone_from(&editor.map_text);
        }
        let mut text = editor.field_text.clone();
        let seen = ScreenTransform {
            screen_center: canvas.center(),
            map_center: (document.camera.x, document.camera.y),
            zoom: document.camera.zoom,
        };
        let seat = field_geometry((document, editor), &seen, (journey, scene), sizes);
        editor.geometry = seat;
        let clip = match editor.target.is_drawn_above_pinned() {
            true => canvas,
            false => Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max),
        };
        let at = seat.map(|seat| (seat, seen.on_screen(seat.left, seat.top) - INSET));
        let Some((seat, at)) = at.filter(|(_, at)| clip.expand(8.0).contains(*at)) else {
            // The text is not in view yet, or the map was panned away.
            set_ime_area(ui, canvas);
            let on_its_way =
                document.camera_animation.is_some() || document.camera_target.is_some();
            let end = editor
                .end
                .take()
                .or((!on_its_way).then_some(EditEnd::Commit));
            if let Some(end) = end {
                self.end_inline_edit(end);
            }
            ui.ctx().request_repaint();
            return;
        };
        let em = (seat.size * seen.zoom).clamp(MIN_FIELD_TEXT_SIZE, 64.0);
        let right = seen.on_screen(seat.right, seat.top).x;
        let width = (right - at.x - 2.0).max(MIN_FIELD_WIDTH_EMS * em);
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
        let new_line = match editor.target.is_multiline(document.session.map()) {
            true => Modifiers::NONE,
            false => Modifiers::SHIFT,
        };
        // The click that began editing must not count as a click outside the field.
        let clicked = ui.input(|i| i.pointer.any_click());
        let focus = editor.wants_focus && !clicked;
        let composed = match focus {
            true => std::mem::take(&mut editor.pending_ime_events),
            false => Vec::new(),
        };
        if editor.wants_focus {
            ui.ctx().request_repaint();
        }
        if focus {
            editor.wants_focus = false;
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
        ui.input_mut(|input| input.events.extend(composed));
        let edit = TextEdit::multiline(&mut text)
            .id(inline_field_id())
            .font(font)
            .hint_text(editor.target.inline_hint(document.session.map()))
            .desired_rows(1)
            .desired_width(width)
            .lock_focus(true)
            .return_key(KeyboardShortcut::new(new_line, Key::Enter))
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
        let left = response.lost_focus();
        let end = editor.end.take().or(left.then_some(EditEnd::Commit));
        let key = editor.target.merge_key();
        if response.changed()
            && let Some(intent) = editor.target.set_text_intent(document.session.map(), &text)
        {
            self.apply_intent(&intent, Some(&key));
            if let (Some(editor), Some(document)) = (
                &mut self.interaction.tools.editor,
                self.workspace.documents.get(self.workspace.active),
            ) {
                let now = editor.target.drawn_text(document.session.map());
                editor.map_text = now.unwrap_or_default().into_owned();
                editor.field_text = text;
            }
            ui.ctx().request_repaint();
        }
        if let Some(end) = end {
            self.end_inline_edit(end);
            ui.ctx().request_repaint();
        }
    }
}

/// Returns the geometry of the edited text, or `None` if it is out of view.
fn field_geometry(
    (document, editor): (&mut Document, &InlineEditor),
    seen: &ScreenTransform,
    (journey, scene): (Option<&RenderedMap>, &Arc<Scene>),
    sizes: &Sizes,
) -> Option<FieldGeometry> {
    let (tag, said) = editor.text_address();
    if let Some(words) = document.canvas.text_geometry(scene, &tag, said) {
        let (left, top) = seen.on_map(words.rect.min);
        return Some(FieldGeometry {
            left,
            top,
            right: seen.on_map(words.subject_rect.max).0,
            size: words.size / seen.zoom,
            bold: words.face == Face::Bold,
        });
    }
    // An empty text stays at its last position, else goes to its future one.
    if let Some(seat) = editor.geometry {
        return Some(seat);
    }
    if let Field::Caption(at) = said
        && let Some(frame) = document
            .canvas
            .parts(scene, &tag, PartKind::Picture)
            .get(usize::from(at))
    {
        let (left, top) = seen.on_map(frame.left_bottom());
        return Some(FieldGeometry {
            left,
            top: top + 5.0,
            right: seen.on_map(frame.max).0,
            size: sizes.text(size::SMALL).size,
            bold: false,
        });
    }
    if let (Some(lane), Selection::Touchpoint(id)) = (editor.target.lane(), &document.selection) {
        let room = lane_geometry::cell_area(document.session.map(), journey?, lane, id)?;
        // Emotions and captions stand below a drawn item, in small type.
        let (top, style) = match said {
            Field::Emotion(_) | Field::Caption(_) => (room.bottom - 1.0, size::SMALL),
            _ => (room.top + 3.0, size::BODY),
        };
        return Some(FieldGeometry {
            left: room.left + 4.0,
            top,
            right: room.right,
            size: sizes.text(style).size,
            bold: false,
        });
    }
    let area = document.canvas.subject_rect_on_screen(scene, &tag)?;
    let (left, top) = seen.on_map(area.min);
    let (right, bottom) = seen.on_map(area.max);
    Some(match said {
        Field::Scenario => FieldGeometry {
            left,
            top: bottom + 4.0,
            right: right.max(left + SCENARIO_FIELD_WIDTH),
            size: sizes.text(size::LEAD).size,
            bold: false,
        },
        _ => FieldGeometry {
            left: left + 22.0,
            top: top + 12.0,
            right,
            size: sizes.text(size::NAME).size,
            bold: true,
        },
    })
}
