//! Writing a text of the map right where it stands. What is typed is in the map
//! at once, as one step; Escape leaves as if nobody had typed.
//!
//! Must not know: which texts there are and what follows them (`spot` does).

use super::rooms;
use super::spot::{self, Next, Spot};
use crate::app::context::Selection;
use crate::app::look;
use crate::app::shell::App;
use crate::app::steps::Way;
use crate::model::{Id as _, LaneId, PainId, Said, TouchpointId};
use crate::scene::{Scene, Tag};
use crate::session::Picture;
use crate::text::Face;
use crate::theme::size;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Context, CornerRadius, Event, FontId, Frame, Id, InputState, Key, KeyboardShortcut, Margin,
    Modifiers, Pos2, Rect, Stroke, TextEdit, Ui, UiBuilder, Vec2, pos2, vec2,
};
use std::sync::Arc;

/// Smaller than this nobody can read what is typed, in points.
const LEGIBLE: f32 = 13.0;
/// From the corner of the field to the corner of its text.
const INSET: Vec2 = vec2(6.5, 3.5);
/// A field is at least this wide, in points.
const NARROWEST: f32 = 170.0;

/// A text that is being written.
#[derive(Clone, Debug)]
pub struct Editor {
    spot: Spot,
    /// The text as it was.
    base: String,
    /// The state of the history before anything was typed.
    state: u64,
    /// Everything is selected, so that typing takes its place.
    all: bool,
    wants_focus: bool,
    /// What an input method said before the field was there to hear it.
    composed: Vec<Event>,
    /// Where the text stood last: without words it keeps its place.
    seat: Option<Seat>,
    end: Option<End>,
}

/// How writing ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The text stays.
    Keep,
    /// The former text comes back.
    Restore,
    /// The text stays, the next or previous one is written.
    Next(Way),
}

/// Where a text begins and how it looks, in map units.
#[derive(Clone, Copy, Debug)]
struct Seat {
    left: f64,
    top: f64,
    /// Where the room for it ends.
    right: f64,
    size: f32,
    bold: bool,
}

/// Places on screen of a map seen by a camera, and back.
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

impl Editor {
    /// What is being written: the canvas leaves it out.
    pub(super) fn text(&self) -> (Tag, Said) {
        (self.spot.tag(), self.spot.said())
    }

    /// Hands on what an input method said already.
    pub(super) fn compose(&mut self, events: Vec<Event>) {
        self.composed = events;
        self.all = true;
    }
}

impl App {
    /// Starts to write what is selected in place: what the lane says in which
    /// the arrows are, else the name of the card or stage. `typed` takes the
    /// place of a whole name, and is one more text in a lane that has room for
    /// it. Other things have their name in the inspector.
    pub(in crate::app) fn begin_editing(&mut self, typed: Option<&str>) {
        let Some(document) = self.document() else {
            return;
        };
        match (&document.selection, document.lane.clone()) {
            (Selection::Touchpoint(id), Some(lane)) => {
                self.write_in_lane(&lane, &id.clone(), typed, typed.is_some());
            }
            (selection, _) => match Spot::of(selection) {
                Some(spot) => self.write(spot, None, typed),
                None => {
                    self.preferences.inspector = true;
                    self.sides.focus_name();
                }
            },
        }
    }

    /// Starts to write in a lane under a card: what is said there first; with
    /// `more` something new, where there is room for it.
    pub(in crate::app) fn write_in_lane(
        &mut self,
        lane: &LaneId,
        id: &TouchpointId,
        typed: Option<&str>,
        more: bool,
    ) {
        let mint = &mut self.mint;
        let Some(document) = self.documents.get(self.active) else {
            return;
        };
        let map = document.session.map();
        let (Some(record), Some(touchpoint)) = (map.lanes().get(lane), map.touchpoint(id)) else {
            return;
        };
        let first = match Next::in_lane(map, record, touchpoint, Way::On) {
            Next::Spot(spot) => Some(spot),
            Next::Empty(..) => None,
        };
        if let Some(spot) = first.clone().filter(|_| !more) {
            self.write(spot, None, typed);
            return;
        }
        let mut mint = |name: &str| mint.mint::<PainId>(name).as_str().to_owned();
        match spot::make_room(map, lane, id, &mut mint) {
            Some((made, spot)) => self.write(spot, made.as_ref(), typed),
            None => {
                if let Some(spot) = first {
                    self.write(spot, None, typed);
                }
            }
        }
    }

    /// Starts to write a text; `made` is the wish that makes room for it.
    pub(super) fn write(
        &mut self,
        spot: Spot,
        made: Option<&crate::edit::Intent>,
        typed: Option<&str>,
    ) {
        if self.hands.editor.is_some() {
            self.end_editing(End::Keep);
        }
        let Some(document) = self.document_mut() else {
            return;
        };
        document.select(spot.selection(), true);
        if let Some(lane) = spot.lane() {
            document.look_at(Some(lane.clone()));
        }
        document.session.seal();
        let state = document.session.history().state();
        if let Some(made) = made {
            self.edit(made, Some(&spot.key()));
        }
        let Some(map) = self.document().map(|d| d.session.map()) else {
            return;
        };
        let Some(base) = spot.text(map).map(str::to_owned) else {
            return;
        };
        if let Some(intent) = typed.and_then(|typed| spot.with(map, typed)) {
            self.edit(&intent, Some(&spot.key()));
        }
        self.hands.editor = Some(Editor {
            base,
            state,
            // A name is often written anew, a longer text rather continued.
            all: typed.is_none() && spot.lane().is_none(),
            spot,
            wants_focus: true,
            composed: Vec::new(),
            seat: None,
            end: None,
        });
    }

    /// The keys that end writing. They are acted on when the field has read
    /// what was typed before them.
    pub(in crate::app) fn editor_keys(&mut self, ctx: &Context) {
        let (Some(editor), Some(document)) =
            (&mut self.hands.editor, self.documents.get(self.active))
        else {
            return;
        };
        let lines = editor.spot.has_lines(document.session.map());
        // Shift as it was when the key went down: it may be up again by the end of the frame.
        let shift = |input: &InputState, wanted: Key| {
            input.events.iter().any(|event| {
                matches!(event, Event::Key { key, pressed: true, modifiers, .. }
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
            if input.consume_key(Modifiers::COMMAND, Key::Enter) {
                return Some(End::Keep);
            }
            let new_line = lines || shift(input, Key::Enter);
            (!new_line && input.consume_key(Modifiers::NONE, Key::Enter)).then_some(End::Keep)
        });
    }

    /// Shows the field over the text.
    pub(super) fn show_editor(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        picture: &Picture,
        scene: &Arc<Scene>,
    ) {
        let (theme, sizes) = (self.theme(), picture.layout.density.sizes());
        let Some(editor) = &mut self.hands.editor else {
            return;
        };
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let map = document.session.map();
        let text = editor.spot.text(map).map(str::to_owned);
        let (true, Some(mut text)) = (document.selection == editor.spot.selection(), text) else {
            self.hands.editor = None;
            return;
        };
        let seen = Seen {
            middle: canvas.center(),
            at: (document.camera.x, document.camera.y),
            zoom: document.camera.zoom,
        };
        let (tag, said) = editor.text();
        let seat = if let Some(words) = document.canvas.words_of(scene, &tag, said) {
            let (left, top) = seen.on_map(words.rect.min);
            Some(Seat {
                left,
                top,
                right: seen.on_map(words.room.max).0,
                size: words.size / seen.zoom,
                bold: words.face == Face::Bold,
            })
        } else if let Some(lane) = editor.spot.lane() {
            // Without words it stays where it was, else goes where they will stand.
            let room = || match &document.selection {
                Selection::Touchpoint(id) => rooms::room(document.session.map(), picture, lane, id),
                _ => None,
            };
            let bare = || {
                room().map(|room| Seat {
                    left: room.left + 4.0,
                    top: room.top + 3.0,
                    right: room.right,
                    size: sizes.text(size::BODY).size,
                    bold: false,
                })
            };
            editor.seat.or_else(bare)
        } else {
            document.canvas.area_of(scene, &tag).map(|area| {
                let (left, top) = seen.on_map(area.min);
                Seat {
                    left: left + 22.0,
                    top: top + 12.0,
                    right: seen.on_map(area.max).0,
                    size: sizes.text(size::NAME).size,
                    bold: true,
                }
            })
        };
        editor.seat = seat;
        let clip = match editor.spot {
            Spot::Stage(_) | Spot::Lane(_) => canvas,
            _ => Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max),
        };
        let at = seat.map(|seat| (seat, seen.on_screen(seat.left, seat.top) - INSET));
        let Some((seat, at)) = at.filter(|(_, at)| clip.expand(8.0).contains(*at)) else {
            // Not in view yet, or no longer: somebody moved the map meanwhile.
            let on_its_way = document.glide.is_some() || document.wanted.is_some();
            let end = editor.end.take().or((!on_its_way).then_some(End::Keep));
            if let Some(end) = end {
                self.end_editing(end);
            }
            ui.ctx().request_repaint();
            return;
        };
        let right = seen.on_screen(seat.right, seat.top).x;
        let width = (right - at.x - 2.0).max(NARROWEST);
        let rect = Rect::from_min_size(pos2(at.x, at.y), vec2(width, 400.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.shrink_clip_rect(clip);
        let frame = Frame::new()
            .fill(look::color(theme.card))
            .stroke(Stroke::new(1.5, look::color(theme.accent)))
            .corner_radius(CornerRadius::same(4))
            .inner_margin(Margin::symmetric(5, 2));
        let em = (seat.size * seen.zoom).clamp(LEGIBLE, 64.0);
        let font = match seat.bold {
            true => look::bold_font(em),
            false => FontId::proportional(em),
        };
        let new_line = match editor.spot.has_lines(document.session.map()) {
            true => Modifiers::NONE,
            false => Modifiers::SHIFT,
        };
        // The click that began this is no click beside the field, which would leave it.
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
        }
        let composing = !composed.is_empty();
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
        let response = inner.add(edit).accessible_name(editor.spot.title());
        if composing {
            // What is being composed goes on in this very field.
            ui.output_mut(|output| {
                if let Some(ime) = &mut output.ime {
                    ime.should_interrupt_composition = false;
                }
            });
        }
        let left = response.lost_focus();
        let end = editor.end.take().or(left.then_some(End::Keep));
        let key = editor.spot.key();
        let intent = response
            .changed()
            .then(|| editor.spot.with(document.session.map(), &text))
            .flatten();
        if let Some(intent) = intent {
            self.edit(&intent, Some(&key));
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
        let (map, history) = (document.session.map(), document.session.history());
        let now = editor.spot.text(map).unwrap_or_default();
        let key = editor.spot.key();
        let last = history.done().last();
        let ours = history.state() != editor.state
            && last.is_some_and(|step| step.merge_key.as_ref() == Some(&key));
        let blank = now.trim().is_empty();
        let nothing = now == editor.base || (blank && editor.base.is_empty());
        if ours && (end == End::Restore || nothing) {
            document.session.withdraw();
            document.prune();
        } else if ours
            && blank
            && let Some(gone) = editor.spot.without(map)
        {
            self.edit(&gone, Some(&key));
        }
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        document.session.seal();
        if let End::Next(way) = end
            && let Some(next) = editor.spot.beside(document.session.map(), way)
        {
            match next {
                Next::Spot(spot) => self.write(spot, None, None),
                Next::Empty(lane, id) => self.write_in_lane(&lane, &id, None, false),
            }
        }
    }
}
