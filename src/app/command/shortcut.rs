//! Shortcuts: constructors, display text, and keys used by controls and text fields.
//!
//! Must not know: which commands there are.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// A key without modifiers.
pub(crate) const fn unmodified(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// A key with Ctrl, or Cmd on macOS.
pub(crate) const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// A key with Ctrl and Shift.
pub(crate) const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// A key with Shift.
pub(crate) const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// A key with Alt.
pub(crate) const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

/// The keys 1 to 9 with these modifiers.
pub(crate) const fn digits(held: Modifiers) -> [KeyboardShortcut; 9] {
    [
        KeyboardShortcut::new(held, Key::Num1),
        KeyboardShortcut::new(held, Key::Num2),
        KeyboardShortcut::new(held, Key::Num3),
        KeyboardShortcut::new(held, Key::Num4),
        KeyboardShortcut::new(held, Key::Num5),
        KeyboardShortcut::new(held, Key::Num6),
        KeyboardShortcut::new(held, Key::Num7),
        KeyboardShortcut::new(held, Key::Num8),
        KeyboardShortcut::new(held, Key::Num9),
    ]
}

/// Display text of a shortcut; punctuation keys as characters.
pub(crate) fn shortcut_text(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    let words = ctx.format_shortcut(shortcut);
    let sign = match shortcut.logical_key {
        Key::Questionmark => "?",
        Key::Comma => ",",
        Key::Period => ".",
        Key::Plus => "+",
        Key::Minus => "−",
        _ => return words,
    };
    let held = words.strip_suffix(shortcut.logical_key.name());
    held.map_or(words.clone(), |held| format!("{held}{sign}"))
}

/// Whether this is a letter without modifiers, which starts typing in a lane.
pub(crate) fn is_letter(shortcut: &KeyboardShortcut) -> bool {
    shortcut.modifiers == Modifiers::NONE && (Key::A..=Key::Z).contains(&shortcut.logical_key)
}

/// Whether this is a digit or punctuation key without modifiers other than Shift, which
/// starts typing in a lane.
pub(crate) fn is_symbol(shortcut: &KeyboardShortcut) -> bool {
    use Key::{Comma, Equals, Minus, Period, Plus, Questionmark};
    let (key, held) = (shortcut.logical_key, shortcut.modifiers);
    let sign = matches!(key, Plus | Minus | Equals | Comma | Period | Questionmark);
    let digit = (Key::Num0..=Key::Num9).contains(&key);
    (sign || digit) && !held.alt && !held.command && !held.ctrl
}

/// Whether a focused control uses this shortcut itself.
pub(crate) fn belongs_to_controls(shortcut: &KeyboardShortcut) -> bool {
    use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Enter, Space};
    let keys = [ArrowLeft, ArrowRight, ArrowUp, ArrowDown, Enter, Space];
    shortcut.modifiers == Modifiers::NONE && keys.contains(&shortcut.logical_key)
}

/// Whether a text field uses this shortcut itself.
pub(crate) fn belongs_to_text(shortcut: &KeyboardShortcut) -> bool {
    use Key::{F1, F2, F3, F5, F6, F10, F11};
    if matches!(shortcut.logical_key, F1 | F2 | F3 | F5 | F6 | F10 | F11) {
        return false;
    }
    let clipboard = matches!(shortcut.logical_key, Key::A | Key::C | Key::X | Key::V)
        && shortcut.modifiers == Modifiers::COMMAND;
    // On layouts where Alt produces other letters these keys are for typing.
    clipboard
        || shortcut.modifiers.alt
        || shortcut.conflicts_with_text_editing()
        || shortcut.modifiers == Modifiers::SHIFT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fields_keep_letters_and_arrow_keys() {
        assert!(belongs_to_text(&unmodified(Key::S)));
        assert!(belongs_to_text(&alt(Key::ArrowLeft)));
        assert!(belongs_to_text(&unmodified(Key::Escape)));
        assert!(belongs_to_text(&ctrl(Key::V)));
        assert!(!belongs_to_text(&ctrl(Key::S)));
        assert!(!belongs_to_text(&unmodified(Key::F5)));
        assert!(is_symbol(&unmodified(Key::Num3)) && is_symbol(&unmodified(Key::Plus)));
        assert!(!is_symbol(&alt(Key::Num3)) && !is_symbol(&unmodified(Key::F2)));
    }
}
