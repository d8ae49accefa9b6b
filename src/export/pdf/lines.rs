//! Lines of one style that follow each other, drawn as one text: each text of its own has its place,
//! font and color in the file once more.
//!
//! Must not know: pages, tags, scenes.

use super::paint::fill;
use crate::text::{FontKey, TextGlyph};
use crate::theme::Color;
use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

/// Font, size and color of a line.
pub(super) type LineStyle = (FontKey, f32, Color);

/// Lines of text that are drawn together.
#[derive(Default)]
pub(super) struct Lines {
    style: Option<(LineStyle, Font)>,
    /// Start of the first line.
    start: (f32, f32),
    /// Place of the last glyph, as far as its advances lead.
    last_x: f64,
    glyphs: Vec<KrillaGlyph>,
    text: String,
    is_forward: bool,
}

impl Lines {
    /// Lines of a style from a place on.
    pub(super) fn new(style: LineStyle, font: Font, start: (f32, f32)) -> Lines {
        Lines {
            style: Some((style, font)),
            start,
            ..Lines::default()
        }
    }

    /// Whether a line belongs to the same text. Glyphs from right to left are a text of their own,
    /// which readers are told.
    pub(super) fn takes(&self, style: LineStyle, run: &[TextGlyph]) -> bool {
        self.is_forward
            && is_forward(run)
            && self.style.as_ref().is_some_and(|(own, _)| *own == style)
    }

    /// Adds the glyphs of a line that begins at a place.
    pub(super) fn add(&mut self, run: &[TextGlyph], text: &str, (x, y): (f32, f32)) {
        let Some(((_, size, _), _)) = self.style else {
            return;
        };
        self.is_forward = is_forward(run);
        let size = f64::from(size);
        if let Some(last) = self.glyphs.last_mut() {
            last.x_advance = ((f64::from(x) - self.last_x) / size) as f32;
        }
        let rise = (f64::from(self.start.1 - y) / size) as f32;
        let before = self.text.len();
        self.last_x = f64::from(x);
        let mut width = 0.0;
        for (at, it) in run.iter().enumerate() {
            self.last_x += width * size;
            let next = run.get(at + 1).map_or(it.glyph.x, |next| next.glyph.x);
            let mut advance = next - it.glyph.x;
            if it.glyph.font.face().is_some() {
                // Bundled typefaces advance by thousandths; an error of rounding would be kerning.
                advance = (advance * 1000.0).round() / 1000.0;
            }
            width = f64::from(advance);
            self.glyphs.push(KrillaGlyph::new(
                GlyphId::new(it.glyph.id),
                advance,
                0.0,
                rise - it.glyph.y,
                0.0,
                before + it.text.start..before + it.text.end,
                None,
            ));
        }
        self.text.push_str(text);
    }

    /// Draws the lines.
    pub(super) fn draw(&self, surface: &mut Surface<'_>) {
        let Some(((_, size, color), font)) = &self.style else {
            return;
        };
        let start = Point::from_xy(self.start.0, self.start.1);
        surface.set_fill(Some(fill(*color)));
        surface.set_stroke(None);
        surface.draw_glyphs(start, &self.glyphs, font.clone(), &self.text, *size, false);
    }
}

fn is_forward(run: &[TextGlyph]) -> bool {
    run.windows(2)
        .all(|pair| pair[0].text.end <= pair[1].text.start)
}
