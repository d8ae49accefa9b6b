//! Contrast of the colours of every theme, after WCAG 2.2.

use super::*;

/// Every theme with every palette.
fn themes() -> impl Iterator<Item = &'static Theme> {
    let all = ThemeName::ALL.into_iter();
    all.flat_map(|name| DepartmentPalette::ALL.map(|palette| name.with_palette(palette)))
}

#[test]
fn text_is_readable_on_every_background() {
    for theme in themes() {
        let texts = [
            ("ink", theme.ink),
            ("ink_soft", theme.ink_soft),
            ("good", theme.good),
            ("bad", theme.bad),
            ("pain", theme.pain),
            ("opportunity", theme.opportunity),
            ("moment", theme.moment),
            ("unowned", theme.unowned),
            ("assumption", theme.assumption),
            ("accent", theme.accent),
            ("path_failure", theme.path_failure),
        ];
        let personas = theme.personas.map(|color| ("persona", color));
        let grounds = [theme.paper, theme.paper_shade, theme.card, theme.band];
        for (name, color) in texts.into_iter().chain(personas) {
            for ground in grounds {
                let contrast = color.contrast(ground);
                assert!(
                    contrast >= TEXT_CONTRAST,
                    "{:?} {name}: {contrast}",
                    theme.name
                );
            }
            // Words of feelings lie over the area of the curve, and counts over tints.
            for tint in [theme.good, theme.bad] {
                let contrast = color.contrast(theme.paper.mix(tint, 0.13));
                assert!(
                    contrast >= TEXT_CONTRAST,
                    "{:?} {name}: {contrast}",
                    theme.name
                );
            }
        }
        assert!(theme.band_ink.contrast(theme.band) >= TEXT_CONTRAST);
    }
}

#[test]
fn marks_are_visible_on_paper_and_cards() {
    for theme in themes() {
        let quiet = RoleColors::new(theme, Vec::new()).color(ROLES.quiet);
        let fixed = [theme.path, quiet, theme.control_edge(), theme.accent];
        let departments = theme.departments.iter().map(|c| theme.visible_mark(*c));
        for color in fixed.into_iter().chain(departments) {
            for ground in [theme.paper, theme.card] {
                let contrast = color.contrast(ground);
                assert!(
                    contrast >= MARK_CONTRAST,
                    "{:?} {color:?}: {contrast}",
                    theme.name
                );
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_color_of_a_map_becomes_visible_and_a_visible_one_stays(value in 0_u32..0x100_0000) {
        for theme in themes() {
            let color = Color::hex(value);
            let mark = theme.visible_mark(color);
            let grounds = [theme.paper, theme.card];
            let is_visible = |color: Color| {
                grounds.iter().all(|ground| color.contrast(*ground) >= MARK_CONTRAST)
            };
            proptest::prop_assert!(is_visible(mark));
            proptest::prop_assert!(!is_visible(color) || mark == color);
        }
    }
}
