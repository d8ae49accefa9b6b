//! Places of the numbers of steps. The content of a part never depends on a number, only on the
//! room that numbers of its length need, so that other numbers lay out nothing again.
//!
//! Must not know: parts, colours, the scene.

use super::grid::GridStep;
use super::text_block::{TextContext, TextRole, TextRun, baseline};
use crate::geom::{Point, Rect, pt};
use crate::text::Style;
use crate::theme::size;

/// Gap between a number and the words behind it.
pub(super) const NUMBER_GAP: f32 = 5.0;

/// The place of a number, relative to stage and lane.
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
    /// The number of a step in this place.
    pub fn run(&self, step: &GridStep) -> TextRun {
        let mut at = self.at;
        at.x = left_end(at.x, self.is_right_aligned, step.number_width);
        TextRun {
            at,
            text: (&*step.number).into(),
            style: self.style,
            width: step.number_width,
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

    /// The place of the number of a step with the top left corner of its line at (`x`, `top`).
    pub fn slot(&self, step: &GridStep, (x, top): (f32, f32), role: TextRole) -> NumberSlot {
        NumberSlot {
            at: pt(x, top + baseline(self.style)),
            is_right_aligned: false,
            room: step.number_room,
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
