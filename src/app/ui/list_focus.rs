//! Lists that take the keyboard as a whole: one tab stop, arrow keys inside. Rows out
//! of view need not exist.
//!
//! Must not know: the content of rows.

use super::style::{self, ROW_HEIGHT, UNIT};
use egui::{
    Context, EventFilter, Id, Key, KeyboardShortcut, Modifiers, Rect, Response, Role, ScrollArea,
    Sense, Ui, WidgetInfo, vec2,
};
use std::ops::Range;

/// Id of the outline tree.
pub(crate) const OUTLINE: &str = "outline-list";
/// Id of the history list.
pub(crate) const HISTORY: &str = "history-list";
/// Id of the findings list.
pub(crate) const FINDINGS: &str = "findings-list";

/// Id of the list of differences.
pub(crate) const DIFFERENCES: &str = "differences-list";

/// Whether a list has the keyboard.
pub fn list_has_keyboard(ctx: &Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    [OUTLINE, HISTORY, FINDINGS, DIFFERENCES]
        .map(Id::unique)
        .map(Some)
        .contains(&focused)
}

/// Gives the list of findings the keyboard focus.
pub fn focus_findings(ctx: &Context) {
    ctx.memory_mut(|memory| memory.request_focus(Id::unique(FINDINGS)));
}

/// Whether a list that has the keyboard uses this shortcut itself.
pub fn is_list_shortcut(shortcut: &KeyboardShortcut) -> bool {
    let plain = shortcut.modifiers == Modifiers::NONE || shortcut.modifiers == Modifiers::ALT;
    plain
        && KEY_BINDINGS
            .iter()
            .any(|(_, key, _)| *key == shortcut.logical_key)
}

/// Key commands of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListKey {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    Enter,
    ShiftEnter,
    /// Moves the selected item up.
    MoveUp,
    /// Moves the selected item down.
    MoveDown,
}

/// Keys with modifiers come first, because egui ignores surplus Alt and Shift.
const KEY_BINDINGS: [(ListKey, Key, Modifiers); 12] = [
    (ListKey::MoveUp, Key::ArrowUp, Modifiers::ALT),
    (ListKey::MoveDown, Key::ArrowDown, Modifiers::ALT),
    (ListKey::ShiftEnter, Key::Enter, Modifiers::SHIFT),
    (ListKey::Up, Key::ArrowUp, Modifiers::NONE),
    (ListKey::Down, Key::ArrowDown, Modifiers::NONE),
    (ListKey::Left, Key::ArrowLeft, Modifiers::NONE),
    (ListKey::Right, Key::ArrowRight, Modifiers::NONE),
    (ListKey::PageUp, Key::PageUp, Modifiers::NONE),
    (ListKey::PageDown, Key::PageDown, Modifiers::NONE),
    (ListKey::Home, Key::Home, Modifiers::NONE),
    (ListKey::End, Key::End, Modifiers::NONE),
    (ListKey::Enter, Key::Enter, Modifiers::NONE),
];

impl ListKey {
    /// Returns the keys pressed in this frame if the list has the keyboard.
    pub(crate) fn pressed(ui: &Ui, list: &Response) -> Vec<ListKey> {
        let mut pressed = Vec::new();
        if list.has_focus() {
            ui.input_mut(|input| {
                for (meaning, key, modifiers) in KEY_BINDINGS {
                    let count = input.count_and_consume_key(modifiers, key);
                    pressed.extend(std::iter::repeat_n(meaning, count));
                }
            });
        }
        pressed
    }

    /// Returns the row, of those up to `last`, to which the key leads from the row `at`.
    pub(crate) fn target(self, ui: &Ui, at: Option<usize>, last: usize) -> Option<usize> {
        let page = ((ui.available_height() / ROW_HEIGHT) as usize).max(2) - 1;
        let from = at.unwrap_or(0);
        let row = match self {
            ListKey::Home => 0,
            ListKey::End => last,
            ListKey::Up => at.map_or(last, |at| at.saturating_sub(1)),
            ListKey::Down => at.map_or(0, |at| at + 1),
            ListKey::PageUp => from.saturating_sub(page),
            ListKey::PageDown => from + page,
            _ => return None,
        };
        Some(row.min(last))
    }
}

/// Makes the remaining space a focusable list.
pub(crate) fn focusable_list(ui: &Ui, list: &str, role: Role, name: &str) -> Response {
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
        style::focus_ring(ui, rect.expand(UNIT / 2.0), 4.0);
    }
    response
}

/// Shows the visible ones of `count` rows of this height, and scrolls to the row `reveal`.
pub(crate) fn show_rows(
    ui: &mut Ui,
    id: &str,
    height: f32,
    count: usize,
    reveal: Option<usize>,
    show: impl FnOnce(&mut Ui, Range<usize>),
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
    area.show_rows(ui, height, count, |ui, rows| {
        if let Some(row) = reveal {
            let above = row as f32 - rows.start as f32;
            let min = ui.max_rect().min + vec2(0.0, above * height);
            let rect = Rect::from_min_size(min, vec2(10.0, height));
            ui.scroll_to_rect(rect.expand2(vec2(0.0, height)), None);
        }
        show(ui, rows);
    });
}

/// Whether a value differs from that of the last call with this id.
pub(crate) fn has_changed<T>(ui: &Ui, id: &str, value: &T) -> bool
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let id = Id::unique(id);
    let last: Option<T> = ui.data(|d| d.get_temp(id));
    let changed = last.as_ref() != Some(value);
    if changed {
        ui.data_mut(|d| d.insert_temp(id, value.clone()));
    }
    changed
}
