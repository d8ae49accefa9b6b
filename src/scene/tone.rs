//! Colours of what is outside the highlight: grey text that can still be read, everything else
//! close to the background. What is highlighted keeps its colours and so stands out.
//!
//! Must not know: what is highlighted, backends.

use crate::theme::Color;

/// A change of colours under a highlight. The default changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tone {
    /// Background of the scene, and colour of dimmed text on it.
    dimmed: Option<(Color, Color)>,
}

/// Distance of dimmed fills from the background, as a share of that of black from white: so little
/// that dimmed text can be read on each.
const FILL_DISTANCE: f32 = 0.08;
/// Distance of dimmed lines, which carry no text.
const LINE_DISTANCE: f32 = 0.22;
/// Opacity of dimmed images and coloured glyphs, which have pixels of their own.
const IMAGE_OPACITY: f32 = 0.4;

impl Tone {
    /// The tone of what is dimmed on a background, with the colour of its text.
    pub fn dimmed(background: Color, text: Color) -> Tone {
        Tone {
            dimmed: Some((background, text)),
        }
    }

    /// The colour of a text or an icon.
    pub fn text(self, color: Color) -> Color {
        match self.dimmed {
            Some((_, Color { r, g, b, .. })) => Color { r, g, b, ..color },
            None => color,
        }
    }

    /// The colour of an area.
    pub fn fill(self, color: Color) -> Color {
        self.near_background(color, FILL_DISTANCE)
    }

    /// The colour of a line.
    pub fn line(self, color: Color) -> Color {
        self.near_background(color, LINE_DISTANCE)
    }

    /// The opacity of pixels that have colours of their own, 0 … 1.
    pub fn image_opacity(self) -> f32 {
        match self.dimmed {
            Some(_) => IMAGE_OPACITY,
            None => 1.0,
        }
    }

    /// A colour moved to half its distance from the background, or to `most` if that is nearer.
    fn near_background(self, color: Color, most: f32) -> Color {
        let Some((background, _)) = self.dimmed else {
            return color;
        };
        let apart = |a: u8, b: u8| f32::from(a.abs_diff(b)) / 255.0;
        let distance = apart(color.r, background.r)
            .max(apart(color.g, background.g))
            .max(apart(color.b, background.b));
        let share = (most / distance.max(0.001)).min(0.5);
        Color {
            a: color.a,
            ..background.mix(color, share)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{DepartmentPalette, ThemeName};
    use proptest::prelude::{any, prop_assert, proptest};

    fn tones() -> impl Iterator<Item = (&'static crate::theme::Theme, Tone)> {
        ThemeName::ALL.into_iter().map(|name| {
            let theme = name.theme();
            (theme, Tone::dimmed(theme.paper, theme.ink_dimmed))
        })
    }

    #[test]
    fn dimmed_text_can_be_read_and_highlighted_text_stands_out() {
        for (theme, tone) in tones() {
            let departments = DepartmentPalette::ALL
                .into_iter()
                .flat_map(|palette| theme.name.with_palette(palette).departments);
            let fills = [theme.card, theme.band].into_iter().chain(theme.personas);
            let fills = fills
                .chain(departments.copied())
                .map(|fill| tone.fill(fill));
            for ground in fills.chain([theme.paper, theme.paper_shade, theme.card]) {
                let dimmed = tone.text(theme.ink).contrast(ground);
                assert!(dimmed >= 3.0, "{:?} {ground:?} {dimmed}", theme.name);
                assert_eq!(
                    tone.text(theme.pain),
                    tone.text(theme.ink),
                    "without colour"
                );
            }
            let dimmed = tone.text(theme.ink).contrast(theme.paper);
            for ground in [theme.card, theme.paper, theme.band] {
                let lit = theme.ink.contrast(ground);
                assert!(lit >= dimmed * 2.2, "{:?} {lit} {dimmed}", theme.name);
            }
            for color in [theme.unowned, theme.pain, theme.path, theme.accent] {
                let line = tone.line(color).contrast(theme.paper);
                let lit = color.contrast(theme.paper);
                assert!(lit >= line * 1.9, "{:?} {color:?} {line} {lit}", theme.name);
            }
        }
    }

    proptest! {
        #[test]
        fn dimmed_text_can_be_read_on_an_area_of_any_color(r in any::<u8>(), g in any::<u8>(), b in any::<u8>()) {
            for (_, tone) in tones() {
                let fill = tone.fill(Color { r, g, b, a: 255 });
                prop_assert!(tone.text(fill).contrast(fill) >= 2.9);
            }
        }
    }

    #[test]
    fn highlighted_colors_and_opacities_are_kept() {
        let color = Color {
            r: 200,
            g: 30,
            b: 60,
            a: 77,
        };
        let full = Tone::default();
        assert_eq!(
            [full.text(color), full.fill(color), full.line(color)],
            [color; 3]
        );
        for (_, tone) in tones() {
            assert_eq!(tone.text(color).a, 77);
            assert_eq!((tone.fill(color).a, tone.line(color).a), (77, 77));
        }
    }
}
