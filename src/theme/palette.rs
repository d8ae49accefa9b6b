//! Palettes for departments without a colour of their own, by place in the list.
//!
//! Every palette is distinguishable with colour vision deficiencies, as a test checks.
//! Must not know: departments.

use super::color::Color;
use serde::{Deserialize, Serialize};

/// Palette of the department colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DepartmentPalette {
    /// Ten colours, adjusted to each theme's background.
    #[default]
    Warm,
    /// Masataka Okabe and Kei Ito, "Color Universal Design" (2008): eight colours, exactly as
    /// published except black, which is the theme's ink.
    OkabeIto,
    /// Paul Tol's "bright" scheme (Colour Schemes, SRON/EPS/TN/09-002, 2021): seven colours.
    Bright,
    /// Paul Tol's "high-contrast" scheme (the same note) and the theme's ink: four colours that
    /// also differ in brightness, for printing without colours.
    HighContrast,
}

impl DepartmentPalette {
    /// All palettes.
    pub const ALL: [DepartmentPalette; 4] = [
        DepartmentPalette::Warm,
        DepartmentPalette::OkabeIto,
        DepartmentPalette::Bright,
        DepartmentPalette::HighContrast,
    ];

    /// The colours in a theme; `warm` are those of the theme itself.
    pub(super) fn colors(self, dark: bool, warm: &'static [Color]) -> &'static [Color] {
        match (self, dark) {
            (DepartmentPalette::Warm, _) => warm,
            (DepartmentPalette::OkabeIto, false) => &OKABE_ITO,
            (DepartmentPalette::OkabeIto, true) => &OKABE_ITO_DARK,
            (DepartmentPalette::Bright, _) => &BRIGHT,
            (DepartmentPalette::HighContrast, false) => &CONTRAST,
            (DepartmentPalette::HighContrast, true) => &CONTRAST_DARK,
        }
    }
}

/// Colours of a list of items, some with a colour of their own: the others each get a colour of
/// this palette that differs from all others, as long as there is one.
pub fn assign_colors(own: &[Option<Color>], palette: &[Color]) -> Vec<Color> {
    let mut taken = vec![false; palette.len()];
    for own in own.iter().flatten() {
        // A chosen colour takes the palette colour most like it, and all that are mistaken for it
        // in small marks.
        let most = palette
            .iter()
            .map(|color| color_distance(*color, *own))
            .min();
        let reach = most.unwrap_or(0).max(48 * 48);
        for (taken, color) in taken.iter_mut().zip(palette) {
            *taken |= color_distance(*color, *own) <= reach;
        }
    }
    let deal = |(place, own): (usize, &Option<Color>)| {
        own.unwrap_or_else(|| {
            let count = palette.len();
            let mut slots = (place..place + count).map(|slot| slot % count);
            let Some(slot) = slots.clone().find(|slot| !taken[*slot]).or(slots.next()) else {
                return Color::hex(0);
            };
            taken[slot] = true;
            palette[slot]
        })
    };
    own.iter().enumerate().map(deal).collect()
}

/// Squared distance of two colours in RGB, 0 … 255 per channel.
fn color_distance(a: Color, b: Color) -> i32 {
    let channels = [(a.r, b.r), (a.g, b.g), (a.b, b.b)];
    let squares = channels.map(|(a, b)| (i32::from(a) - i32::from(b)).pow(2));
    squares.iter().sum()
}

const fn okabe_ito(ink: u32) -> [Color; 8] {
    Color::list([
        0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, ink, 0xF0E442,
    ])
}

static OKABE_ITO: [Color; 8] = okabe_ito(0x000000);
static OKABE_ITO_DARK: [Color; 8] = okabe_ito(0xEEF1F4);

static BRIGHT: [Color; 7] = Color::list([
    0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0xBBBBBB,
]);

static CONTRAST: [Color; 4] = Color::list([0x004488, 0xDDAA33, 0xBB5566, 0x000000]);
// Tol's blue is too dark on dark slate; the light blue of his "medium-contrast" scheme replaces it.
static CONTRAST_DARK: [Color; 4] = Color::list([0x6699CC, 0xEECC66, 0xBB5566, 0xFFFFFF]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::color::linear;
    use crate::theme::{ColorRole, RoleColors, ThemeName};

    /// Matrices of normal vision and of full protanopia, deuteranopia and tritanopia after Machado,
    /// Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency" (2009), in linear light.
    const COLOR_VISION: [[[f32; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ];

    /// CIE L*a*b* (D65) of a colour as perceived with such vision.
    fn perceived(color: Color, eyes: [[f32; 3]; 3]) -> [f32; 3] {
        let rgb = [color.r, color.g, color.b].map(linear);
        let times = |m: [[f32; 3]; 3], v: [f32; 3]| {
            m.map(|row| (0..3).map(|i| row[i] * v[i]).sum::<f32>().clamp(0.0, 1.2))
        };
        let xyz = times(
            [
                [0.4124, 0.3576, 0.1805],
                [0.2126, 0.7152, 0.0722],
                [0.0193, 0.1192, 0.9505],
            ],
            times(eyes, rgb),
        );
        let f = |t: f32| {
            if t > 0.008856 {
                t.cbrt()
            } else {
                7.787 * t + 16.0 / 116.0
            }
        };
        let [x, y, z] = [f(xyz[0] / 0.9505), f(xyz[1]), f(xyz[2] / 1.089)];
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn closest(colours: &[Color]) -> (f32, String) {
        let mut closest = (f32::INFINITY, String::new());
        for (i, a) in colours.iter().enumerate() {
            for b in &colours[..i] {
                for (kind, eyes) in COLOR_VISION.into_iter().enumerate() {
                    let apart = distance(*a, *b, eyes);
                    if apart < closest.0 {
                        closest = (apart, format!("{a:?} and {b:?}, eyes {kind}"));
                    }
                }
            }
        }
        closest
    }

    #[test]
    fn palettes_survive_color_vision_deficiencies() {
        for name in ThemeName::ALL {
            for (palette, least) in [
                // Least distances; two shades seen alike still differ by far more than the just
                // noticeable 2.3.
                (DepartmentPalette::OkabeIto, 9.0),
                (DepartmentPalette::Bright, 9.0),
                (DepartmentPalette::HighContrast, 20.0),
            ] {
                let (apart, which) = closest(name.with_palette(palette).departments);
                assert!(apart >= least, "{name:?} {palette:?}: {apart} {which}");
            }
        }
    }

    /// Distance from which two colours are told apart in small marks.
    const APART: f32 = 9.0;

    fn distance(a: Color, b: Color, eyes: [[f32; 3]; 3]) -> f32 {
        let (one, other) = (perceived(a, eyes), perceived(b, eyes));
        (0..3)
            .map(|i| (one[i] - other[i]).powi(2))
            .sum::<f32>()
            .sqrt()
    }

    #[test]
    fn good_and_bad_feelings_and_their_strengths_are_told_apart_by_all_eyes() {
        for name in ThemeName::ALL {
            let colors = RoleColors::new(name.theme(), Vec::new());
            for eyes in COLOR_VISION {
                // A feeling of half the strength has half the colour; its mouth tells the rest.
                for (strength, least) in [(10, APART * 0.6), (20, APART)] {
                    let [good, bad] =
                        [strength, -strength].map(|score| colors.color(ColorRole::face(score)));
                    let apart = distance(good, bad, eyes);
                    assert!(apart >= least, "{name:?} {strength}: {apart}");
                    let [weak, strong] =
                        [strength / 2, strength].map(|score| colors.color(ColorRole::face(score)));
                    let apart = distance(weak, strong, eyes);
                    assert!(apart >= 2.3, "{name:?} {strength}: {apart}");
                }
            }
        }
    }

    #[test]
    fn assigned_colors_are_distinct() {
        let palette = ThemeName::Light.theme().departments;
        let none = vec![None; palette.len() + 1];
        let mut usual = palette.to_vec();
        usual.push(palette[0]);
        assert_eq!(assign_colors(&none, palette), usual, "by place in the list");
        for theme in ThemeName::ALL {
            let palette = theme.theme().departments;
            for chosen in OKABE_ITO {
                for place in 0..5 {
                    let mut own = vec![None; 5];
                    own[place] = Some(chosen);
                    let colours = assign_colors(&own, palette);
                    assert_eq!(colours[place], chosen);
                    for (i, a) in colours.iter().enumerate() {
                        for b in &colours[..i] {
                            assert!(
                                color_distance(*a, *b) > 40 * 40,
                                "{theme:?}: {a:?} and {b:?}"
                            );
                        }
                    }
                }
            }
        }
        assert_eq!(assign_colors(&[None], &[]).len(), 1);
    }

    #[test]
    fn high_contrast_works_without_color() {
        for name in ThemeName::ALL {
            let colours = name
                .with_palette(DepartmentPalette::HighContrast)
                .departments;
            for (i, a) in colours.iter().enumerate() {
                for b in &colours[..i] {
                    assert!(a.contrast(*b) >= 1.4, "{name:?}: {a:?} and {b:?}");
                }
            }
        }
    }

    #[test]
    fn every_theme_has_every_palette() {
        for name in ThemeName::ALL {
            for palette in DepartmentPalette::ALL {
                let theme = name.with_palette(palette);
                assert_eq!((theme.name, theme.palette), (name, palette));
                assert!(theme.departments.len() >= 4);
            }
            assert_eq!(
                name.with_palette(DepartmentPalette::default()).departments,
                name.theme().departments
            );
        }
    }
}
