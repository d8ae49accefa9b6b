//! Lines of text put together to paragraphs, and paragraphs to the text of a shape, so that it is
//! edited as text and still stands where the map has it.
//!
//! Must not know: scenes, XML.

use super::node::{Align, EMU, Frame, Paragraph, Piece, TextBody};
use crate::scene::TextLine;
use crate::text::{LineEnd, displayable, is_right_to_left};
use crate::theme::Color;
use crate::theme::size::LEADING;

/// Height of a line above its baseline, in ems: the ascent of Fira Sans (0.935) and the leading
/// above that of the face (1.2).
const ASCENT: f64 = 0.935 + LEADING as f64 - 1.2;

/// Gap between two texts on one line, in ems, that a space stands for.
const SPACE: f64 = 0.6;

/// Distance from the right edge of its shape, in ems, within which a text ends there.
const RIGHT: f64 = 1.3;

/// Room that lines of text get beyond their measured width, as a share of it: programs round the
/// widths of letters differently.
const SLACK: f64 = 0.015;

/// A line of text on a slide, in English Metric Units.
#[derive(Clone, Copy)]
pub(super) struct PlacedLine<'a> {
    pub(super) line: &'a TextLine,
    /// Left end of the baseline.
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
    pub(super) color: Color,
}

/// A text whose lines are put together.
#[derive(Clone)]
pub(super) struct Text<'a> {
    first: PlacedLine<'a>,
    text: String,
    lines: usize,
    /// Right end of the longest line.
    right: f64,
}

impl<'a> Text<'a> {
    /// Puts lines together, in their order.
    pub(super) fn of(lines: &[PlacedLine<'a>]) -> Vec<Text<'a>> {
        let mut texts: Vec<Text<'a>> = Vec::new();
        let mut end = LineEnd::Text;
        for line in lines {
            let shown = displayable(&line.line.text);
            let shown = match line.line.end {
                // Shown only where the line breaks.
                LineEnd::Hyphen => shown.strip_suffix('-').unwrap_or(&shown),
                _ => &shown,
            };
            let open = texts.last_mut().filter(|_| end != LineEnd::Text);
            match open {
                Some(text) => {
                    text.text += match end {
                        LineEnd::LineFeed => "\n",
                        LineEnd::Space => " ",
                        LineEnd::Hyphen => "\u{ad}",
                        LineEnd::Text | LineEnd::Word => "",
                    };
                    text.text += shown;
                    text.lines += 1;
                    text.right = text.right.max(line.x + line.width);
                }
                None => texts.push(Text {
                    first: *line,
                    text: shown.to_owned(),
                    lines: 1,
                    right: line.x + line.width,
                }),
            }
            end = line.line.end;
        }
        texts
    }

    /// The text itself.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn top(&self) -> f64 {
        self.first.y - self.first.size * ASCENT
    }

    fn bottom(&self) -> f64 {
        self.top() + self.lines as f64 * self.first.size * f64::from(LEADING)
    }

    /// The box of all lines.
    pub(super) fn frame(&self) -> Frame {
        Frame {
            x: self.first.x,
            y: self.top(),
            width: self.right - self.first.x,
            height: self.bottom() - self.top(),
        }
    }

    /// Right end of the room for its lines.
    fn room(&self) -> f64 {
        self.right + (self.right - self.first.x) * SLACK + EMU
    }

    fn piece(&self) -> Piece {
        Piece {
            text: self.text.clone(),
            size: self.first.size,
            face: self.first.line.face,
            color: self.first.color,
        }
    }
}

/// Texts on one baseline; only the last has several lines.
struct Row<'a>(Vec<Text<'a>>);

impl<'a> Row<'a> {
    fn top(&self) -> f64 {
        self.0.iter().map(Text::top).fold(f64::INFINITY, f64::min)
    }

    fn bottom(&self) -> f64 {
        self.0
            .iter()
            .map(Text::bottom)
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// Whether the text goes on behind the last one.
    fn takes(&self, text: &Text<'a>) -> bool {
        self.0.last().is_some_and(|last| {
            let near = (last.first.y - text.first.y).abs() < last.first.size * 0.3;
            near && last.lines == 1 && text.first.x >= last.right && !is_right_to_left(&last.text)
        })
    }

    fn paragraph(&self, frame: &Frame, left: f64, above: f64) -> Option<Paragraph> {
        let (first, last) = (self.0.first()?, self.0.last()?);
        let rtl = is_right_to_left(&first.text);
        let mut paragraph = Paragraph {
            pieces: vec![first.piece()],
            align: if rtl { Align::RightToLeft } else { Align::Left },
            before: (self.top() - above).max(0.0),
            indent: if rtl { 0.0 } else { first.first.x - left },
            right_indent: 0.0,
            first_indent: 0.0,
            tabs: Vec::new(),
            leading: last.first.size * f64::from(LEADING),
            is_latin: self.0.iter().all(|text| text.text.chars().all(is_latin)),
        };
        let is_spaced = |before: &Text<'_>, text: &Text<'_>| {
            text.first.x - before.right < SPACE * text.first.size && text.lines == 1
        };
        let pairs = || self.0.iter().zip(self.0.iter().skip(1));
        // The positions of tabs are counted from the indentation in some programs.
        let has_tabs = pairs().any(|(before, text)| !is_spaced(before, text) && text.lines == 1);
        if has_tabs && paragraph.indent > 0.0 {
            paragraph.tabs.push((paragraph.indent, false));
            paragraph.indent = 0.0;
            if let Some(piece) = paragraph.pieces.first_mut() {
                piece.text.insert(0, '\t');
            }
        }
        for (before, text) in pairs() {
            let mut piece = text.piece();
            if is_spaced(before, text) {
                piece.text.insert(0, ' ');
            } else {
                piece.text.insert(0, '\t');
                if text.lines > 1 && !has_tabs {
                    // The further lines hang below the text, not below what is before it.
                    paragraph.indent = text.first.x - left;
                    paragraph.first_indent = first.first.x - text.first.x;
                } else {
                    // A text near the right edge ends there.
                    let is_right = frame.right() - text.right < RIGHT * text.first.size;
                    let x = if is_right { text.right } else { text.first.x };
                    paragraph.tabs.push((x - left, is_right));
                }
            }
            paragraph.pieces.push(piece);
        }
        Some(paragraph)
    }
}

/// Whether the bundled faces have the character, or at least others of their height.
fn is_latin(c: char) -> bool {
    c < '\u{590}' || matches!(c, '\u{2000}'..='\u{22ff}')
}

/// The text of a shape with this frame, and the texts that have no place in it because they lie
/// beside others.
pub(super) fn body<'a>(mut texts: Vec<Text<'a>>, frame: &Frame) -> (TextBody, Vec<Text<'a>>) {
    texts.sort_by(|a, b| {
        a.first
            .y
            .total_cmp(&b.first.y)
            .then(a.first.x.total_cmp(&b.first.x))
    });
    let (mut rows, mut beside): (Vec<Row<'a>>, Vec<Text<'a>>) = (Vec::new(), Vec::new());
    for text in texts {
        match rows.last_mut() {
            Some(row) if row.takes(&text) => row.0.push(text),
            Some(row) if text.top() < row.bottom() - text.first.size * 0.4 => beside.push(text),
            _ => rows.push(Row(vec![text])),
        }
    }
    let all = || rows.iter().flat_map(|row| &row.0);
    let left = all()
        .map(|text| text.first.x)
        .fold(f64::INFINITY, f64::min)
        .max(frame.x);
    let right = all().map(Text::room);
    let right = right.fold(f64::NEG_INFINITY, f64::max).min(frame.right());
    let top = rows.first().map_or(frame.y, Row::top).max(frame.y);
    let mut above = top;
    let mut paragraphs = Vec::new();
    for row in &rows {
        let mut paragraph = row.paragraph(frame, left, above);
        let last = row.0.last().filter(|last| last.lines > 1);
        if let Some((paragraph, last)) = paragraph.as_mut().zip(last) {
            // Broken where the map breaks it.
            paragraph.right_indent = (right - last.room()).max(0.0);
        }
        paragraphs.extend(paragraph);
        above = row.bottom();
    }
    let body = TextBody {
        insets: [left - frame.x, top - frame.y, frame.right() - right].map(|inset| inset.max(0.0)),
        wraps: true,
        shrinks: true,
        paragraphs,
    };
    (body, beside)
}

/// A text in a frame of its own, centered if the map centers it at this x.
pub(super) fn label(text: &Text<'_>, center: Option<f64>) -> (TextBody, Frame) {
    let Frame {
        x,
        y,
        width,
        height,
    } = text.frame();
    let is_centered = center.is_some_and(|center| (x + width / 2.0 - center).abs() < EMU);
    let more = width * SLACK * 2.0 + EMU;
    let frame = Frame {
        x: if is_centered { x - more / 2.0 } else { x },
        width: width + more,
        y,
        height,
    };
    let (mut body, _) = body(vec![text.clone()], &frame);
    body.insets = [0.0; 3];
    body.wraps = text.lines > 1;
    body.shrinks = false;
    if is_centered {
        for paragraph in &mut body.paragraphs {
            paragraph.align = Align::Center;
            paragraph.indent = 0.0;
        }
    }
    (body, frame)
}
