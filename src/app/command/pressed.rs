//! The commands of the keys that were pressed in a frame.
//!
//! Must not know: how commands are carried out.

use super::enablement::CommandState;
use super::shortcut::{belongs_to_controls, belongs_to_text, is_letter, is_symbol};
use super::table::{COMMANDS, CommandEntry, CommandId};
use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// Whether a command has this key as a shortcut.
pub fn has_shortcut(key: Key, held: Modifiers) -> bool {
    let mut shortcuts = COMMANDS.iter().flat_map(|entry| entry.shortcuts);
    shortcuts
        .any(|shortcut| shortcut.logical_key == key && held.matches_logically(shortcut.modifiers))
}

/// Returns the commands whose shortcuts were pressed in this frame, each with the index
/// of the shortcut, whether they are enabled or not. A focused text field or list keeps the
/// keys it uses; a focused control keeps its keys too, unless arrow keys are `walking` the map.
pub fn pressed_commands(
    ctx: &Context,
    now: &CommandState<'_>,
    walking: bool,
) -> Vec<(CommandId, usize)> {
    let typing = ctx.text_edit_focused();
    let listing = crate::app::ui::list_has_keyboard(ctx);
    let (letters, signs) = (now.types_letters(), now.types_signs());
    let mut keys: Vec<(&KeyboardShortcut, (&CommandEntry, usize))> = COMMANDS
        .iter()
        .flat_map(|entry| {
            let keys = entry.shortcuts.iter().enumerate();
            keys.map(move |(nth, shortcut)| (shortcut, (entry, nth)))
        })
        .filter(|(shortcut, _)| !typing || !belongs_to_text(shortcut))
        .filter(|(shortcut, _)| !listing || !crate::app::ui::is_list_shortcut(shortcut))
        .filter(|(shortcut, _)| walking || !belongs_to_controls(shortcut))
        .filter(|(shortcut, _)| !letters || !is_letter(shortcut))
        .filter(|(shortcut, _)| !signs || !is_symbol(shortcut))
        .collect();
    // egui ignores surplus Shift and Alt, so longer combinations are matched first.
    keys.sort_by_key(|(shortcut, _)| {
        let m = shortcut.modifiers;
        std::cmp::Reverse(u8::from(m.shift) + u8::from(m.alt) + u8::from(m.command || m.ctrl))
    });
    let mut found = Vec::new();
    ctx.input_mut(|input| {
        for (shortcut, (entry, nth)) in keys {
            // A command that is not enabled says why, but Escape asks for nothing, a text is
            // undone by its field, and the home screen has plain keys of its own.
            let plain = !shortcut.modifiers.command && !shortcut.modifiers.alt;
            let is_meant = shortcut.logical_key != Key::Escape
                && !now.text_is_undone
                && !(plain && now.document.is_none());
            if (is_meant || entry.id.is_enabled(now)) && input.consume_shortcut(shortcut) {
                found.push((entry.id, nth));
            }
        }
    });
    found
}
