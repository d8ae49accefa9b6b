//! Colours, and their contrast.
//!
//! Must not know: themes.

use std::sync::LazyLock;

/// A colour with opacity, not premultiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red, 0 … 255.
    pub r: u8,
    /// Green, 0 … 255.
    pub g: u8,
    /// Blue, 0 … 255.
    pub b: u8,
    /// Opacity, 0 … 255.
    pub a: u8,
}

impl Color {
    /// An opaque colour from 0xRRGGBB.
    pub const fn hex(value: u32) -> Color {
        let [_, r, g, b] = value.to_be_bytes();
        Color { r, g, b, a: 255 }
    }

    /// Opaque colours from 0xRRGGBB.
    pub const fn list<const N: usize>(values: [u32; N]) -> [Color; N] {
        let mut colors = [Color::hex(0); N];
        let mut at = 0;
        while at < N {
            colors[at] = Color::hex(values[at]);
            at += 1;
        }
        colors
    }

    /// The same colour with its opacity multiplied, 0 … 1.
    #[must_use]
    pub fn alpha(self, opacity: f32) -> Color {
        Color {
            a: (f32::from(self.a) * opacity.clamp(0.0, 1.0)).round() as u8,
            ..self
        }
    }

    /// This colour moved towards another, 0 (this) … 1 (the other).
    #[must_use]
    pub fn mix(self, other: Color, amount: f32) -> Color {
        let blend = |a: u8, b: u8| {
            (f32::from(a) + (f32::from(b) - f32::from(a)) * amount.clamp(0.0, 1.0)).round() as u8
        };
        Color {
            r: blend(self.r, other.r),
            g: blend(self.g, other.g),
            b: blend(self.b, other.b),
            a: blend(self.a, other.a),
        }
    }

    /// Relative luminance, 0 (black) … 1 (white); WCAG 2.2.
    pub fn luminance(self) -> f32 {
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Black or white, whichever has more contrast on this opaque colour.
    pub fn text_color(self) -> Color {
        let (black, white) = (Color::hex(0x000000), Color::hex(0xFFFFFF));
        if self.contrast(white) >= self.contrast(black) {
            white
        } else {
            black
        }
    }

    /// This colour, darker or lighter as far as it takes for a contrast with opaque backgrounds,
    /// which are all light or all dark.
    #[must_use]
    pub fn visible_on(self, grounds: &[Color], ratio: f32) -> Color {
        const STEPS: u8 = 40;
        let end = grounds.first().map_or(self, |ground| ground.text_color());
        let steps = (0..=STEPS).map(|step| self.mix(end, f32::from(step) / f32::from(STEPS)));
        let mut visible = steps.filter(|color| {
            let mut grounds = grounds.iter();
            grounds.all(|ground| color.contrast(*ground) >= ratio)
        });
        visible.next().unwrap_or(end)
    }

    /// Contrast ratio of two opaque colours, 1 … 21; WCAG 2.2.
    pub fn contrast(self, other: Color) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// Linear light of an sRGB channel, 0 … 1.
pub(super) fn linear(channel: u8) -> f32 {
    // Asked for with every text of every frame.
    static TABLE: LazyLock<[f32; 256]> = LazyLock::new(|| {
        std::array::from_fn(|channel| {
            let c = channel as f32 / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        })
    });
    TABLE[usize::from(channel)]
}
