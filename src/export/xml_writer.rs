//! A fast XML writer: custom number formatting, escaped text, large buffers.
//!
//! Must not know: the model, layout.

use crate::folding::is_hidden;
use crate::geom::{Path, Point, Rect, Segment};
use crate::theme::Color;
use std::io::{self, Write};

/// Number of buffered bytes at which they are written to the sink.
const BUFFER_SIZE: usize = 1 << 16;

pub(super) struct XmlWriter<'a> {
    out: Vec<u8>,
    sink: &'a mut dyn Write,
}

impl<'a> XmlWriter<'a> {
    pub(super) fn new(sink: &'a mut dyn Write) -> XmlWriter<'a> {
        XmlWriter {
            out: Vec::with_capacity(BUFFER_SIZE * 2),
            sink,
        }
    }

    /// Writes the buffer to the sink if it is large enough.
    pub(super) fn flush_if_full(&mut self) -> io::Result<()> {
        if self.out.len() >= BUFFER_SIZE {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes the whole buffer to the sink.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.sink.write_all(&self.out)?;
        self.out.clear();
        Ok(())
    }

    /// Writes markup unchanged.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.out.extend_from_slice(markup.as_bytes());
        self
    }

    pub(super) fn int(&mut self, value: u64) -> &mut Self {
        digits(&mut self.out, value);
        self
    }

    /// Writes a whole number.
    pub(super) fn signed(&mut self, value: i64) -> &mut Self {
        if value < 0 {
            self.out.push(b'-');
        }
        self.int(value.unsigned_abs())
    }

    /// Writes a number to two decimals; 0 if it is not finite.
    pub(super) fn num(&mut self, value: f64) -> &mut Self {
        self.decimals(value, 2)
    }

    /// Writes a number to this many decimals, at most 9, without zeros at either end.
    // Inlined so that divisions by a constant unit are optimized.
    #[inline]
    pub(super) fn decimals(&mut self, value: f64, decimals: u32) -> &mut Self {
        let unit = 10_u64.pow(decimals.min(9));
        let size = value.abs() * unit as f64 + 0.5;
        // Larger doubles have no decimals.
        let scaled = if size < 1e17 { size as u64 } else { 0 };
        if scaled == 0 {
            self.out.push(b'0');
            return self;
        }
        if value < 0.0 {
            self.out.push(b'-');
        }
        let (whole, mut part) = (scaled / unit, scaled % unit);
        if whole > 0 {
            digits(&mut self.out, whole);
        }
        if part > 0 {
            self.out.push(b'.');
            let mut place = unit / 10;
            while part > 0 {
                self.out.push(b'0' + (part / place) as u8);
                part %= place;
                place /= 10;
            }
        }
        self
    }

    /// Writes ` name="value"` with a number.
    pub(super) fn attribute(&mut self, name: &str, value: impl Into<f64>) -> &mut Self {
        let value = value.into();
        self.raw(" ").raw(name).raw("=\"").num(value).raw("\"")
    }

    /// Writes position and size as attributes, each number times `scale`.
    pub(super) fn rect(&mut self, rect: &Rect, scale: f32) -> &mut Self {
        self.attribute("x", rect.min.x * scale)
            .attribute("y", rect.min.y * scale)
            .attribute("width", rect.width().max(0.0) * scale)
            .attribute("height", rect.height().max(0.0) * scale)
    }

    /// Writes a move to a point and a scale about it as an attribute.
    pub(super) fn transform(&mut self, to: Point, scale: f32) -> &mut Self {
        self.raw(" transform=\"translate(")
            .num(to.x.into())
            .raw(" ")
            .num(to.y.into())
            .raw(")scale(")
            .decimals(scale.into(), 6)
            .raw(")\"")
    }

    /// Writes a paint as attributes: ` fill="#abc" fill-opacity=".5"`.
    pub(super) fn paint(&mut self, name: &str, color: Color) -> &mut Self {
        let Color { r, g, b, a } = color;
        self.raw(" ").raw(name).raw("=\"#");
        let nibbles = [r >> 4, r & 15, g >> 4, g & 15, b >> 4, b & 15];
        let short = nibbles.chunks_exact(2).all(|pair| pair[0] == pair[1]);
        for nibble in nibbles.iter().step_by(if short { 2 } else { 1 }) {
            self.out.push(b"0123456789abcdef"[usize::from(*nibble)]);
        }
        self.raw("\"");
        let opacity = f64::from(a) / 255.0;
        if opacity < 0.995 {
            self.raw(" ")
                .raw(name)
                .raw("-opacity=\"")
                .num(opacity)
                .raw("\"");
        }
        self
    }

    /// Writes text or an attribute's value escaped, without characters that XML forbids or that
    /// would reorder the surroundings. XML 1.0, 2.2 and 2.4.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        let bytes = text.as_bytes();
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let entity: &[u8] = match byte {
                b'&' => b"&amp;",
                b'<' => b"&lt;",
                b'>' => b"&gt;",
                b'"' => b"&quot;",
                b'\'' => b"&#39;",
                0..=0x1f | 0x7f if !matches!(byte, b'\n' | b'\t') => b"",
                // The lead bytes of C1 controls, of U+2028 … U+206F and of noncharacters.
                0xc2 | 0xe2 | 0xef | 0xf0..=0xf4 => {
                    let Some(c) = text[at..].chars().next() else {
                        continue;
                    };
                    if !is_hidden(c) {
                        continue;
                    }
                    self.out.extend_from_slice(&bytes[start..at]);
                    start = at + c.len_utf8();
                    continue;
                }
                _ => continue,
            };
            self.out.extend_from_slice(&bytes[start..at]);
            self.out.extend_from_slice(entity);
            start = at + 1;
        }
        self.out.extend_from_slice(&bytes[start..]);
        self
    }

    /// Writes the commands of a path, each coordinate times `scale`.
    pub(super) fn path(&mut self, path: &Path, scale: f32) -> &mut Self {
        for segment in &path.0 {
            match *segment {
                Segment::Move(p) => self.points(b'M', &[p], scale),
                Segment::Line(p) => self.points(b'L', &[p], scale),
                Segment::Cubic(a, b, p) => self.points(b'C', &[a, b, p], scale),
                Segment::Close => self.out.push(b'Z'),
            }
        }
        self
    }

    fn points(&mut self, command: u8, points: &[Point], scale: f32) {
        self.out.push(command);
        let mut first = true;
        for value in points.iter().flat_map(|p| [p.x, p.y]) {
            let value = f64::from(value * scale);
            // A minus sign separates numbers by itself.
            if !first && value > -0.005 {
                self.out.push(b' ');
            }
            first = false;
            self.num(value);
        }
    }
}

fn digits(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;

    fn written(write: impl FnOnce(&mut XmlWriter<'_>)) -> String {
        let mut sink = Vec::new();
        let mut xml = XmlWriter::new(&mut sink);
        write(&mut xml);
        xml.flush().unwrap();
        String::from_utf8(sink).unwrap()
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (0.5, ".5"),
            (-0.25, "-.25"),
            (12.0, "12"),
            (12.345, "12.35"),
            (1.999, "2"),
            (-3.05, "-3.05"),
            (1_234_567.89, "1234567.89"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ] {
            assert_eq!(
                written(|xml| {
                    xml.num(value);
                }),
                text
            );
        }
        assert_eq!(
            written(|xml| {
                xml.decimals(0.01234, 5);
            }),
            ".01234"
        );
    }

    #[test]
    fn path_numbers_are_separated() {
        let path = Path::start(pt(-1.0, 2.0))
            .line(pt(3.0, -0.001))
            .cubic(pt(0.0, -4.0), pt(-0.5, 0.5), pt(1.0, 1.0))
            .close();
        let text = written(|xml| {
            xml.path(&path, 1.0);
        });
        assert_eq!(text, "M-1 2L3 0C0-4-.5 .5 1 1Z");
    }

    #[test]
    fn text_is_escaped() {
        let text = "a<b>&\"'\u{0}\u{7f}\u{85}\u{fffe}\u{202e}é\u{1fffe}\n";
        assert_eq!(
            written(|xml| {
                xml.text(text);
            }),
            "a&lt;b&gt;&amp;&quot;&#39;é\n"
        );
    }

    #[test]
    fn colors_are_short() {
        let text = written(|xml| {
            xml.paint("fill", Color::hex(0xAABBCC).alpha(0.5));
        });
        assert_eq!(text, " fill=\"#abc\" fill-opacity=\".5\"");
        let text = written(|xml| {
            xml.paint("stroke", Color::hex(0x012345));
        });
        assert_eq!(text, " stroke=\"#012345\"");
    }
}
