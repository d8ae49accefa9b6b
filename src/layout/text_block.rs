//! Text broken into lines.
//!
//! Must not know: colours, the scene.

use crate::geom::{Point, Rect, pt};
use crate::model::Field;
use crate::text::{LineEnd, Measure, Style};
use crate::theme::{ChangeMark, Sizes, size};
use ecow::EcoString;
use unicode_segmentation::UnicodeSegmentation;

/// Role of a text or line; the scene maps it to a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// Running text.
    Normal,
    /// Secondary text.
    Soft,
    /// A pain.
    Pain,
    /// An opportunity.
    Opportunity,
    /// A moment of truth.
    Moment,
    /// No owner.
    Unowned,
    /// A statement based on an assumption.
    Assumption,
    /// An improvement.
    Good,
    /// A worsening or a failure.
    Bad,
    /// The program's accent.
    Accent,
    /// A persona, by place in the list.
    Persona(u8),
    /// Text on the stage band.
    Band,
    /// A difference between two maps.
    Change(ChangeMark),
}

/// One placed line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// Left end of the baseline.
    pub at: Point,
    /// The text.
    pub text: EcoString,
    /// Face and size.
    pub style: Style,
    /// Width in map units.
    pub width: f32,
    /// Continuation of the text in the next line.
    pub end: LineEnd,
    /// Role of the text.
    pub role: TextRole,
    /// The editable text this line belongs to, if it can be edited on the map.
    pub text_field: Option<Field>,
}

/// A text with its style, role, gap above and editable text, as stacked by [`TextContext::stack`].
pub(super) type StackedText<'a> = (&'a str, Style, TextRole, f32, Option<Field>);

/// The owner of a contact among people, as shown on cards, in legends and in titles of rows.
pub(super) const NO_OWNER_NEEDED: &str = "No owner needed";

/// The sizes of a density and the measure of texts, by which texts are broken into lines.
pub(super) struct TextContext<'a> {
    pub sizes: &'static Sizes,
    pub measure: &'a mut dyn Measure,
}

impl TextContext<'_> {
    /// Breaks a text into lines, in a style of [`size`] scaled to the density.
    pub fn block(&mut self, text: &str, style: Style, role: TextRole, width: f32) -> TextBlock {
        TextBlock::new(text, self.sizes.text(style), role, width, self.measure)
    }

    /// Stacks texts below each other; empty texts take no room. The stack begins at (`x`, `top`)
    /// and is at most `width` wide; returns its bottom.
    pub fn stack(
        &mut self,
        texts: &[StackedText<'_>],
        (x, top): (f32, f32),
        width: f32,
        out: &mut Vec<TextRun>,
    ) -> f32 {
        let mut y = top;
        for (text, style, role, gap, field) in texts {
            let block = self.block(text, *style, *role, width);
            if !block.is_empty() {
                y = block.place_field(*field, x, y + gap, out);
            }
        }
        y
    }
}

/// Gap between a number and the words behind it.
pub(super) const NUMBER_GAP: f32 = 5.0;

/// The place of a step's number, relative to stage and lane. Content never depends on a number, only
/// on the room that numbers of its length need, so that other numbers lay out nothing again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberSlot {
    /// End of the baseline: the right one if `is_right_aligned`, else the left one.
    pub at: Point,
    /// Whether the number ends at `at`.
    pub is_right_aligned: bool,
    /// Room for the number.
    pub room: f32,
    /// Face and size.
    pub style: Style,
    /// Role of the number.
    pub role: TextRole,
}

impl NumberSlot {
    /// A number of this width in this place.
    pub fn run(&self, number: &str, width: f32) -> TextRun {
        let mut at = self.at;
        at.x = left_end(at.x, self.is_right_aligned, width);
        TextRun {
            at,
            text: number.into(),
            style: self.style,
            width,
            end: LineEnd::Text,
            role: self.role,
            text_field: None,
        }
    }

    /// The place as it is, whatever the number.
    pub fn bounds(&self) -> Rect {
        let left = left_end(self.at.x, self.is_right_aligned, self.room);
        let size = self.style.size;
        Rect::new(left, self.at.y - size, self.room, size * 1.3)
    }
}

/// Left end of a text at this end of its line.
pub fn left_end(x: f32, is_right_aligned: bool, width: f32) -> f32 {
    if is_right_aligned { x - width } else { x }
}

/// Widths of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberWidths {
    /// Style of numbers.
    pub style: Style,
    /// Width of the widest digit.
    digit: f32,
}

impl NumberWidths {
    pub fn new(text: &mut TextContext<'_>) -> NumberWidths {
        let style = text.sizes.text(size::SMALL_STRONG);
        let digits = ('0'..='9').map(|digit| text.measure.width(&digit.to_string(), style));
        NumberWidths {
            style,
            digit: digits.fold(0.0, f32::max),
        }
    }

    /// The place of a number in this room, with the top left corner of its line at (`x`, `top`).
    pub fn slot(&self, room: f32, (x, top): (f32, f32), role: TextRole) -> NumberSlot {
        NumberSlot {
            at: pt(x, top + baseline(self.style)),
            is_right_aligned: false,
            room,
            style: self.style,
            role,
        }
    }

    /// Width of a number and the room that any number with as many digits and the same letters
    /// needs.
    pub fn of(&self, number: &str, text: &mut TextContext<'_>) -> (f32, f32) {
        let letters = number.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = (number.len() - letters.len()) as f32 * self.digit;
        let letters = text.measure.width(letters, self.style);
        let width = text.measure.width(number, self.style);
        (width, digits + letters)
    }
}

/// A text broken into lines, not yet placed.
#[derive(Clone, Debug, Default)]
pub struct TextBlock {
    lines: Vec<(EcoString, f32, LineEnd)>,
    style: Option<Style>,
    role: Option<TextRole>,
    /// Maximum width of a line.
    max_width: f32,
}

/// Number of bytes of a text that are laid out; "…" replaces the rest.
const MAX_TEXT_BYTES: usize = 2_000;

impl TextBlock {
    /// Breaks `text` into lines of at most `width` map units. Text beyond 2,000 bytes is replaced
    /// by an ellipsis.
    pub fn new(
        text: &str,
        style: Style,
        ink: TextRole,
        width: f32,
        measure: &mut dyn Measure,
    ) -> TextBlock {
        let cut;
        let text = if text.len() > MAX_TEXT_BYTES {
            let end = (0..=MAX_TEXT_BYTES)
                .rev()
                .find(|i| text.is_char_boundary(*i));
            cut = format!("{} …", &text[..end.unwrap_or(0)]);
            cut.as_str()
        } else {
            text
        };
        let wrapped = measure.wrap(text, style, width);
        let end = |at: usize| match wrapped.get(at..at + 2) {
            Some([line, next]) => LineEnd::between(text, line, next),
            _ => LineEnd::Text,
        };
        let lines = wrapped.iter().enumerate();
        let lines = lines.map(|(at, line)| (line.text(text).into(), line.width, end(at)));
        let lines = lines.collect();
        TextBlock {
            lines,
            style: Some(style),
            role: Some(ink),
            max_width: width,
        }
    }

    /// Height of all lines in map units; 0 for an empty text.
    pub fn height(&self) -> f32 {
        self.style
            .map_or(0.0, |s| self.lines.len() as f32 * s.size * size::LEADING)
    }

    /// Height of a line in map units.
    pub(super) fn line_height(&self) -> f32 {
        self.style.map_or(0.0, |style| style.size * size::LEADING)
    }

    /// Width of the widest line in map units.
    pub fn width(&self) -> f32 {
        self.lines.iter().map(|(_, w, _)| *w).fold(0.0, f32::max)
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether a line other than the last ends in a hyphen.
    pub(super) fn is_hyphenated(&self) -> bool {
        let mut broken = self.lines.iter().rev().skip(1);
        broken.any(|(line, ..)| line.ends_with('-'))
    }

    /// Drops the lines that exceed a height and ends the last remaining one in an ellipsis. Words
    /// are removed to make room for it, or letters if there is a single word.
    pub fn truncate_to_height(&mut self, height: f32, measure: &mut dyn Measure) {
        let Some(style) = self.style else { return };
        let fit = ((height / (style.size * size::LEADING)) as usize).max(1);
        if self.lines.len() <= fit {
            return;
        }
        self.lines.truncate(fit);
        let Some((line, width, end_of_line)) = self.lines.last_mut() else {
            return;
        };
        *end_of_line = LineEnd::Text;
        // A word that is not continued needs no hyphen.
        let mut kept = line.trim_end().trim_end_matches('-');
        loop {
            let cut = format!("{kept}…");
            *width = measure.width(&cut, style);
            let end = kept.trim_end().rfind(char::is_whitespace);
            let end = end.or_else(|| kept.grapheme_indices(true).next_back().map(|it| it.0));
            match end {
                Some(end) if *width > self.max_width => kept = kept[..end].trim_end(),
                _ => {
                    *line = EcoString::from(cut);
                    return;
                }
            }
        }
    }

    /// Drops the lines beyond this many, as [`TextBlock::truncate_to_height`].
    pub(super) fn truncate_to_lines(mut self, most: f32, measure: &mut dyn Measure) -> TextBlock {
        let line = self.style.map_or(0.0, |style| style.size * size::LEADING);
        self.truncate_to_height(most * line + 0.1, measure);
        self
    }

    /// Places the lines with the top left corner at (`x`, `top`) and returns their bottom.
    pub fn place(&self, x: f32, top: f32, out: &mut Vec<TextRun>) -> f32 {
        self.place_field(None, x, top, out)
    }

    /// Places the lines of an editable text.
    pub(super) fn place_field(
        &self,
        text_field: Option<Field>,
        x: f32,
        top: f32,
        out: &mut Vec<TextRun>,
    ) -> f32 {
        let (Some(style), Some(role)) = (self.style, self.role) else {
            return top;
        };
        let leading = style.size * size::LEADING;
        // A map has a hundred thousand of these lists; spare capacity would add up.
        out.reserve_exact(self.lines.len());
        for (i, (text, width, end)) in self.lines.iter().enumerate() {
            out.push(TextRun {
                at: pt(x, top + i as f32 * leading + baseline(style)),
                text: text.clone(),
                style,
                width: *width,
                end: *end,
                role,
                text_field,
            });
        }
        top + self.height()
    }
}

/// Distance from the top of a line to its baseline, with the capitals vertically centered.
pub fn baseline(style: Style) -> f32 {
    // Fira Sans: capitals are 0.689 em high.
    style.size * (size::LEADING + 0.689) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::arbitrary;
    use crate::text::FixedWidth;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn cut(text: &str, width: f32, lines: usize) -> Vec<String> {
        let mut block = TextBlock::new(text, size::BODY, TextRole::Normal, width, &mut FixedWidth);
        let height = lines as f32 * size::BODY.size * size::LEADING + 0.1;
        block.truncate_to_height(height, &mut FixedWidth);
        let mut runs = Vec::new();
        block.place(0.0, 0.0, &mut runs);
        runs.iter().map(|run| run.text.to_string()).collect()
    }

    #[test]
    fn words_are_dropped_for_the_ellipsis() {
        let width = FixedWidth.width("Calls to change", size::BODY);
        assert_eq!(cut("Calls to change the date", width, 1), ["Calls to…"]);
        assert_eq!(cut("Calls to change", width, 1), ["Calls to change"]);
        assert_eq!(cut("Unbelievablechange", width, 1), ["Unbelievablech…"]);
    }

    proptest! {
        #[test]
        fn lines_can_be_put_together_again(text in arbitrary::text(), width in 20.0_f32..200.0) {
            let block = TextBlock::new(&text, size::BODY, TextRole::Normal, width, &mut FixedWidth);
            let mut runs = Vec::new();
            block.place(0.0, 0.0, &mut runs);
            let mut whole = String::new();
            for run in &runs {
                let line = match run.end {
                    LineEnd::Hyphen => run.text.strip_suffix('-').unwrap(),
                    _ => &run.text,
                };
                whole += line;
                whole += match run.end {
                    LineEnd::LineFeed => "\n",
                    LineEnd::Space => " ",
                    LineEnd::Text | LineEnd::Word | LineEnd::Hyphen => "",
                };
            }
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&whole), words(&text));
            let ends = runs.iter().map(|run| run.end == LineEnd::Text);
            prop_assert!(ends.rev().eq((0..runs.len()).map(|at| at == 0)));
        }

        #[test]
        fn truncated_lines_keep_within_their_width(
            text in arbitrary::text(),
            width in 20.0_f32..200.0,
            lines in 1..4_usize,
        ) {
            let whole = cut(&text, width, usize::MAX >> 40);
            let short = cut(&text, width, lines);
            prop_assert!(short.len() <= lines);
            for (at, line) in short.iter().enumerate() {
                if whole.get(at) != Some(line) {
                    prop_assert_eq!(at + 1, lines);
                    prop_assert!(FixedWidth.width(line, size::BODY) <= width, "{:?}", line);
                }
            }
        }
    }
}
