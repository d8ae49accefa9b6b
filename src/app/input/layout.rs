//! The keyboard layout in use: the key that a press stands for.
//!
//! egui names a key by the sign that it types and, if it knows no such sign, by its place
//! on a US keyboard. So “é” of a French keyboard arrives as 2 and “ß” of a German one as
//! minus. Here a press keeps its place only where that is safe.
//!
//! Must not know: which commands there are.

use egui::{Event, Key, Modifiers};

/// State of the keyboard that egui does not report with each key.
#[derive(Default)]
pub(super) struct KeyboardLayout {
    /// Whether the right Alt key is down, which many layouts use as AltGr.
    right_alt_is_down: bool,
    /// Keys that are down by place, and the keys that they stand for.
    down: Vec<(Key, Key)>,
}

impl KeyboardLayout {
    /// Rewrites the key presses of a frame in order: each stands for the sign that it
    /// types. A key of the digit row stands for its digit unless it types a letter or a
    /// sign for which `has_use` holds, or AltGr is down. Presses that stand for nothing
    /// are removed; the text that they type stays.
    pub fn resolve(&mut self, events: &mut Vec<Event>, has_use: impl Fn(Key, Modifiers) -> bool) {
        let mut at = 0;
        while let Some(event) = events.get(at) {
            self.follow_right_alt(event);
            let text = match events.get(at + 1) {
                Some(Event::Text(text)) => Some(text.clone()),
                _ => None,
            };
            if let Some(Event::Key {
                key,
                physical_key: Some(place),
                pressed: true,
                modifiers,
                ..
            }) = events.get_mut(at)
            {
                let press = KeyPress {
                    key: *key,
                    place: *place,
                    held: *modifiers,
                    alt_gr: self.right_alt_is_down && !modifiers.alt,
                    text: text.as_deref().unwrap_or_default(),
                };
                let place = *place;
                self.down.retain(|(down, _)| *down != place);
                match press.meaning(&has_use) {
                    Some(meaning) => {
                        (*key, *modifiers) = meaning;
                        self.down.push((place, meaning.0));
                    }
                    None => {
                        events.remove(at);
                        continue;
                    }
                }
            } else if let Some(Event::Key {
                key,
                physical_key: Some(place),
                pressed: false,
                ..
            }) = events.get_mut(at)
                && let Some(down) = self.down.iter().position(|(down, _)| down == place)
            {
                // What was pressed is released, whatever the modifiers are by now.
                *key = self.down.swap_remove(down).1;
            }
            at += 1;
        }
    }

    fn follow_right_alt(&mut self, event: &Event) {
        match event {
            Event::Key {
                physical_key: Some(Key::AltRight),
                pressed,
                ..
            } => self.right_alt_is_down = *pressed,
            // The release of a key goes to the window that has the focus then.
            Event::WindowFocused(false) => self.right_alt_is_down = false,
            _ => {}
        }
    }
}

/// A key press with its place and the text that it types.
struct KeyPress<'a> {
    key: Key,
    place: Key,
    held: Modifiers,
    alt_gr: bool,
    text: &'a str,
}

impl KeyPress<'_> {
    /// Returns the key and modifiers that the press stands for, or `None` if it only
    /// types text.
    fn meaning(&self, has_use: impl Fn(Key, Modifiers) -> bool) -> Option<(Key, Modifiers)> {
        let held = self.held;
        let as_given = Some((self.key, held));
        let is_digit = |key| (Key::Num0..=Key::Num9).contains(&key);
        let by_place = (is_digit(self.place) && !self.alt_gr).then_some((self.place, held));
        let has_other_use = !is_digit(self.key) && has_use(self.key, held);
        if held.ctrl || held.command || held.alt {
            // Such a key is meant as a shortcut and types nothing.
            return if has_other_use {
                as_given
            } else {
                by_place.or(as_given)
            };
        }
        if Key::from_name(self.text) == Some(self.key) {
            // Where digits need Shift, it is part of the digit.
            let shift = false;
            return if is_digit(self.key) {
                Some((self.key, Modifiers { shift, ..held }))
            } else if has_other_use {
                as_given
            } else {
                by_place.or(as_given)
            };
        }
        // egui did not know the sign: the key is named by its place.
        let is_latin = (Key::A..=Key::Z).contains(&self.key);
        match self.text.chars().next() {
            _ if self.alt_gr && !self.text.is_empty() => None,
            // Scripts without Latin letters have them by place.
            Some(c) if c.is_alphabetic() => as_given.filter(|_| is_latin),
            _ if is_digit(self.key) => by_place,
            // A dead key, or a sign that is elsewhere on this layout.
            _ => as_given.filter(|_| !is_sign(self.key)),
        }
    }
}

fn is_sign(key: Key) -> bool {
    use Key::{
        Backslash, Backtick, CloseBracket, CloseCurlyBracket, Colon, Comma, Equals,
        Exclamationmark, Minus, OpenBracket, OpenCurlyBracket, Period, Pipe, Plus, Questionmark,
        Quote, Semicolon, Slash,
    };
    matches!(
        key,
        Colon
            | Comma
            | Backslash
            | Slash
            | Pipe
            | Questionmark
            | Exclamationmark
            | OpenBracket
            | CloseBracket
            | OpenCurlyBracket
            | CloseCurlyBracket
            | Backtick
            | Minus
            | Period
            | Plus
            | Equals
            | Semicolon
            | Quote
    )
}
