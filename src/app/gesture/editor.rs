//! Writing the name of a card or stage right where it stands. What is typed is
//! in the map at once, as one step; Escape takes it back.
//!
//! Must not know: other fields.

use crate::app::context::Selection;
use crate::app::look;
use crate::app::shell::App;
use crate::app::steps::{self, Way};
use crate::edit::Intent;
use crate::model::Map;
use crate::scene::Scene;
use crate::theme::size;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Context, CornerRadius, Event, Frame, Id, Key, KeyboardShortcut, Margin, Modifiers, Stroke,
    TextEdit, Ui, UiBuilder, vec2,
};
use std::sync::Arc;

/// Smaller than this nobody can read what is typed, in points.
const LEGIBLE: f32 = 14.0;

/// A name that is being written.
#[derive(Clone, Debug)]
pub struct Editor {
    what: Selection,
    /// The name as it was.
    base: String,
    /// Everything is selected, so that typing takes its place.
    all: bool,
    wants_focus: bool,
    end: Option<End>,
}

/// How writing ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The name stays.
    Keep,
    /// The former name comes back.
    Restore,
    /// The name stays, the next or previous one is written.
    Next(Way),
}

fn field() -> Id {
    Id::unique("name on the map")
}

fn name_of<'m>(map: &'m Map, what: &Selection) -> Option<&'m str> {
    match what {
        Selection::Touchpoint(id) => map.touchpoint(id).map(|t| t.name.as_str()),
        Selection::Stage(id) => map.stages().get(id).map(|s| s.name.as_str()),
        _ => None,
    }
}

fn renamed(map: &Map, what: &Selection, name: &str) -> Option<Intent> {
    Some(match what {
        Selection::Touchpoint(id) => {
            let mut after = map.touchpoint(id)?.clone();
            name.clone_into(&mut after.name);
            Intent::SetTouchpoint(Box::new(after))
        }
        Selection::Stage(id) => {
            let mut after = map.stages().get(id)?.clone();
            name.clone_into(&mut after.name);
            Intent::SetStage(Box::new(after))
        }
        _ => return None,
    })
}

fn key_of(what: &Selection) -> String {
    format!("write/{what:?}")
}

impl App {
    /// Starts to write the name of the selected card or stage in place;
    /// `typed` takes the place of the whole name. Other things have their name
    /// in the inspector.
    pub(in crate::app) fn begin_editing(&mut self, typed: Option<&str>) {
        let Some(document) = self.document_mut() else {
            return;
        };
        let what = document.selection.clone();
        let Some(base) = name_of(document.session.map(), &what).map(str::to_owned) else {
            self.preferences.inspector = true;
            self.sides.focus_name();
            return;
        };
        document.select(what.clone(), true);
        document.session.seal();
        let intent = typed.and_then(|typed| renamed(document.session.map(), &what, typed));
        if let Some(intent) = intent {
            self.edit(&intent, Some(&key_of(&what)));
        }
        self.hands.editor = Some(Editor {
            what,
            base,
            all: typed.is_none(),
            wants_focus: true,
            end: None,
        });
    }

    /// A letter typed with a card or stage selected begins its name anew.
    pub(in crate::app) fn begin_by_typing(&mut self, ctx: &Context) {
        let writes = self.situation().selected.writes();
        let listing = crate::app::panels::list_has_keyboard(ctx);
        if !writes || listing || self.hands.editor.is_some() || ctx.text_edit_focused() {
            return;
        }
        let typed = ctx.input(|input| {
            let held = input.modifiers;
            let free = !held.command && !held.ctrl && !held.alt;
            let texts = input.events.iter().filter_map(|event| match event {
                Event::Text(text) if free => Some(text.as_str()),
                _ => None,
            });
            texts.collect::<String>()
        });
        if !typed.starts_with(char::is_alphabetic) {
            return;
        }
        ctx.input_mut(|input| {
            input
                .events
                .retain(|event| !matches!(event, Event::Text(_)));
        });
        self.begin_editing(Some(&typed));
    }

    /// The keys that end writing. They are acted on when the field has read
    /// what was typed before them.
    pub(in crate::app) fn editor_keys(&mut self, ctx: &Context) {
        let Some(editor) = &mut self.hands.editor else {
            return;
        };
        // Shift as it was when the key went down: it may be up again by the end of the frame.
        let shift = |input: &egui::InputState, wanted: Key| {
            input.events.iter().any(|event| {
                matches!(event, egui::Event::Key { key, pressed: true, modifiers, .. }
                    if *key == wanted && modifiers.shift)
            })
        };
        editor.end = ctx.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::Escape) {
                return Some(End::Restore);
            }
            let back = shift(input, Key::Tab);
            if input.consume_key(Modifiers::NONE, Key::Tab) {
                return Some(End::Next(if back { Way::Back } else { Way::On }));
            }
            let new_line = shift(input, Key::Enter);
            (!new_line && input.consume_key(Modifiers::NONE, Key::Enter)).then_some(End::Keep)
        });
    }

    /// Shows the field over the name.
    pub(super) fn show_editor(&mut self, ui: &mut Ui, scene: &Arc<Scene>) {
        let (theme, sizes) = (self.theme(), self.preferences.density.sizes());
        let Some(editor) = &mut self.hands.editor else {
            return;
        };
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let name = name_of(document.session.map(), &editor.what);
        let (true, Some(name)) = (document.selection == editor.what, name) else {
            self.hands.editor = None;
            return;
        };
        let mut text = name.to_owned();
        let area = document
            .tag()
            .and_then(|tag| document.canvas.area_of(scene, &tag));
        let Some(area) = area else {
            // Not in view yet, or no longer: somebody moved the map meanwhile.
            let on_its_way = document.glide.is_some() || document.wanted.is_some();
            let end = editor.end.take().or((!on_its_way).then_some(End::Keep));
            if let Some(end) = end {
                self.end_editing(end);
            }
            ui.ctx().request_repaint();
            return;
        };
        let zoom = document.camera.zoom;
        let (style, inset) = match &editor.what {
            Selection::Stage(_) => (size::STAGE, vec2(22.0, 12.0 * sizes.air - 4.0)),
            _ => (
                size::NAME,
                vec2(3.0 + 11.0 * sizes.air, 24.0 * sizes.type_scale),
            ),
        };
        let style = sizes.text(style);
        let at = area.min + inset * zoom.min(1.0);
        let width = (area.max.x - at.x - 4.0).max(170.0);
        let rect = egui::Rect::from_min_size(at, vec2(width, 400.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        let frame = Frame::new()
            .fill(look::color(theme.card))
            .stroke(Stroke::new(1.5, look::color(theme.accent)))
            .corner_radius(CornerRadius::same(4))
            .inner_margin(Margin::symmetric(5, 2));
        let edit = TextEdit::multiline(&mut text)
            .id(field())
            .font(look::bold_font((style.size * zoom).clamp(LEGIBLE, 64.0)))
            .desired_rows(1)
            .desired_width(width - 12.0)
            .lock_focus(true)
            .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
            .frame(frame);
        let response = inner.add(edit).accessible_name("Name on the map");
        if std::mem::take(&mut editor.wants_focus) {
            response.request_focus();
            let mut state = TextEditState::load(ui.ctx(), field()).unwrap_or_default();
            let from = if editor.all { 0 } else { usize::MAX };
            let range = CCursorRange::two(CCursor::new(from), CCursor::new(usize::MAX));
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), field());
            ui.ctx().request_repaint();
        }
        let left = response.lost_focus();
        let what = editor.what.clone();
        let end = editor.end.take().or(left.then_some(End::Keep));
        let intent = response
            .changed()
            .then(|| renamed(document.session.map(), &what, &text))
            .flatten();
        if let Some(intent) = intent {
            self.edit(&intent, Some(&key_of(&what)));
            ui.ctx().request_repaint();
        }
        if let Some(end) = end {
            self.end_editing(end);
            ui.ctx().request_repaint();
        }
    }

    fn end_editing(&mut self, end: End) {
        let (Some(editor), Some(document)) = (
            self.hands.editor.take(),
            self.documents.get_mut(self.active),
        ) else {
            return;
        };
        let now = name_of(document.session.map(), &editor.what);
        let changed = now.is_some_and(|now| now != editor.base);
        let last = document.session.history().done().last();
        let ours = last.is_some_and(|s| s.merge_key.as_deref() == Some(&key_of(&editor.what)));
        if end == End::Restore && changed && ours {
            document.session.undo();
            document.prune();
        }
        document.session.seal();
        if let End::Next(way) = end
            && let Some(next) = steps::beside(document.session.map(), &editor.what, way)
        {
            document.select(next, true);
            self.begin_editing(None);
        }
    }
}
