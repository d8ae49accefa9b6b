//! Text that is pasted into a field: several lines become one where there is room for one,
//! and characters that cannot be seen are left out.
//!
//! Must not know: the fields.

use crate::app::app::App;
use crate::app::ui::field_focus::is_line_list_focused;
use crate::english::count;
use crate::folding::is_hidden;
use egui::{Context, Event};

impl App {
    /// Prepares the text that is pasted into the field with the focus in this frame.
    pub(super) fn prepare_pasted_text(&mut self, ctx: &Context) {
        if !ctx.text_edit_focused() {
            return;
        }
        let keeps_lines = is_line_list_focused(ctx) || self.capture_bar.has_focus(ctx);
        let mut pasted = Vec::new();
        ctx.input_mut(|input| {
            for event in &mut input.events {
                if let Event::Paste(text) = event {
                    pasted.push(text.clone());
                    *text = clean(text);
                    if !keeps_lines {
                        *text = one_line(text);
                    }
                }
            }
        });
        pasted.iter().for_each(|text| self.tell_left_out(text));
    }

    /// Returns pasted lines without characters that cannot be seen, and says so.
    pub(super) fn clean_pasted_lines(&mut self, text: &str) -> String {
        self.tell_left_out(text);
        clean(text)
    }

    fn tell_left_out(&mut self, pasted: &str) {
        let left_out = pasted.chars().filter(|c| is_left_out(*c)).count();
        if left_out > 0 {
            let what = count(left_out, "character");
            let were = if left_out == 1 { "was" } else { "were" };
            self.ui
                .toasts
                .push(format!("{what} that cannot be seen {were} left out."));
        }
    }
}

/// Whether a character breaks the line.
fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_left_out(c: char) -> bool {
    !is_line_break(c) && (is_hidden(c) || c == '\u{feff}')
}

/// Returns the text without hidden characters and without line breaks around it; each line
/// ends with a line feed.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let plain = |c| if is_line_break(c) { '\n' } else { c };
    let kept = text.chars().filter(|c| !is_left_out(*c)).map(plain);
    let kept: String = kept.collect();
    kept.trim_matches('\n').to_owned()
}

/// Returns the filled lines as one, with a blank between two.
fn one_line(text: &str) -> String {
    if !text.contains(['\n', '\t']) {
        return text.to_owned();
    }
    let lines = text.split(['\n', '\t']).map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_lines_become_one_without_hidden_characters() {
        for (pasted, line) in [
            ("Ruft an\r\nZahlt\r\n\r\nWartet\r\n", "Ruft an Zahlt Wartet"),
            ("\n  Calls \t the shop\u{2028}now\r", "Calls the shop now"),
            ("a\0b\u{a0}c\u{feff}d\u{202e}e\u{1b}[f", "ab\u{a0}cde[f"),
            // Blanks that are typed stay, as do joiners.
            (" a  b ", " a  b "),
            (
                "\u{645}\u{6cc}\u{200c}\u{62e}",
                "\u{645}\u{6cc}\u{200c}\u{62e}",
            ),
        ] {
            assert_eq!(one_line(&clean(pasted)), line, "{pasted:?}");
        }
        assert_eq!(clean("a\r\n\r\nb\tc\n"), "a\n\nb\tc");
    }
}
