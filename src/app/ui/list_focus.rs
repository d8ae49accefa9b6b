//! Lists that take the keyboard as a whole: one tab stop, arrow keys inside. Rows out
//! of view need not exist.
//!
//! Must not know: the content of rows.

use super::rows::ROW;
use super::style::UNIT;
use egui::{
    Context, EventFilter, Id, Key, KeyboardShortcut, Modifiers, Rect, Response, Role, Sense,
    Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};
use std::ops::Range;

/// Id of the outline tree.
pub(crate) const OUTLINE: &str = "outline-list";
/// Id of the history list.
pub(crate) const HISTORY: &str = "history-list";
/// Id of the findings list.
pub(crate) const FINDINGS: &str = "findings-list";

/// Whether a list has the keyboard.
pub fn list_has_keyboard(ctx: &Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    [OUTLINE, HISTORY, FINDINGS]
        .map(Id::unique)
        .map(Some)
        .contains(&focused)
}

/// Whether a list that has the keyboard uses this shortcut itself.
pub fn belongs_to_list(shortcut: &KeyboardShortcut) -> bool {
    let plain = shortcut.modifiers == Modifiers::NONE || shortcut.modifiers == Modifiers::ALT;
    plain && KEYS.iter().any(|(_, key, _)| *key == shortcut.logical_key)
}

/// Key commands of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    Enter,
    /// Moves the selected item up.
    MoveUp,
    /// Moves the selected item down.
    MoveDown,
}

/// Keys with Alt come first, because egui ignores surplus Alt.
const KEYS: [(Keys, Key, Modifiers); 11] = [
    (Keys::MoveUp, Key::ArrowUp, Modifiers::ALT),
    (Keys::MoveDown, Key::ArrowDown, Modifiers::ALT),
    (Keys::Up, Key::ArrowUp, Modifiers::NONE),
    (Keys::Down, Key::ArrowDown, Modifiers::NONE),
    (Keys::Left, Key::ArrowLeft, Modifiers::NONE),
    (Keys::Right, Key::ArrowRight, Modifiers::NONE),
    (Keys::PageUp, Key::PageUp, Modifiers::NONE),
    (Keys::PageDown, Key::PageDown, Modifiers::NONE),
    (Keys::Home, Key::Home, Modifiers::NONE),
    (Keys::End, Key::End, Modifiers::NONE),
    (Keys::Enter, Key::Enter, Modifiers::NONE),
];

impl Keys {
    /// Returns the keys pressed in this frame if the list has the keyboard.
    pub(crate) fn pressed(ui: &Ui, list: &Response) -> Vec<Keys> {
        if !list.has_focus() {
            return Vec::new();
        }
        let mut pressed = Vec::new();
        ui.input_mut(|input| {
            for (meaning, key, modifiers) in KEYS {
                let count = input.count_and_consume_key(modifiers, key);
                pressed.extend(std::iter::repeat_n(meaning, count));
            }
        });
        pressed
    }
}

/// Makes the remaining space a focusable list.
pub(crate) fn focus(ui: &Ui, list: &str, role: Role, name: &str) -> Response {
    let rect = ui.available_rect_before_wrap();
    let response = ui.interact(rect, Id::unique(list), Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    if response.has_focus() {
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        ring(ui, rect.expand(UNIT / 2.0));
    }
    response
}

/// Draws the focus ring.
pub(crate) fn ring(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(1.5, ui.visuals().hyperlink_color);
    ui.painter()
        .rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
}

/// Returns the number of rows in a page.
pub(crate) fn page(ui: &Ui) -> usize {
    ((ui.available_height() / ROW) as usize).max(2) - 1
}

/// Scrolls to a row; must be called while the visible rows are shown.
pub(crate) fn reveal(ui: &mut Ui, row: usize, rows: &Range<usize>) {
    let above = row as f32 - rows.start as f32;
    let min = ui.max_rect().min + vec2(0.0, above * ROW);
    let rect = Rect::from_min_size(min, vec2(10.0, ROW));
    ui.scroll_to_rect(rect.expand2(vec2(0.0, ROW)), None);
}
