//! Contrast of the colours of every theme, after WCAG 2.2.

use super::*;

/// Every theme with every palette.
fn themes() -> impl Iterator<Item = &'static Theme> {
    let all = ThemeName::ALL.into_iter();
    all.flat_map(|name| DepartmentPalette::ALL.map(|palette| name.with_palette(palette)))
}

/// The colours of text, by name.
fn text_colors(theme: &Theme) -> Vec<(String, Color)> {
    let mut texts: Vec<(String, Color)> = [
        ("ink", theme.ink),
        ("ink_soft", theme.ink_soft),
        ("band_ink", theme.band_ink),
        ("good", theme.good),
        ("bad", theme.bad),
        ("pain", theme.pain),
        ("opportunity", theme.opportunity),
        ("moment", theme.moment),
        ("unowned", theme.unowned),
        ("assumption", theme.assumption),
        ("accent", theme.accent),
        ("path_failure", theme.path_failure),
    ]
    .map(|(name, color)| (name.to_owned(), color))
    .to_vec();
    let personas = theme.personas.iter().enumerate();
    texts.extend(personas.map(|(at, color)| (format!("persona {at}"), *color)));
    texts
}

/// The backgrounds of text, by name: those of the map, those under words of feelings and counts, and
/// what is selected.
fn text_grounds(theme: &Theme) -> [(&'static str, Color); 7] {
    let tint = |color| theme.paper.mix(color, 0.13);
    [
        ("paper", theme.paper),
        ("paper_shade", theme.paper_shade),
        ("card", theme.card),
        ("band", theme.band),
        ("good tint", tint(theme.good)),
        ("bad tint", tint(theme.bad)),
        ("selected", theme.selected()),
    ]
}

#[test]
fn every_text_is_readable_on_every_background() {
    for theme in themes() {
        let least = theme.text_contrast();
        for (name, color) in text_colors(theme) {
            for (ground, background) in text_grounds(theme) {
                let contrast = color.contrast(background);
                assert!(
                    contrast >= least,
                    "{:?} {name} on {ground}: {contrast}",
                    theme.name
                );
            }
        }
        for (ground, background) in text_grounds(theme).into_iter().take(3) {
            let contrast = theme.ink_dimmed.contrast(background);
            assert!(
                contrast >= MARK_CONTRAST,
                "{:?} dimmed on {ground}: {contrast}",
                theme.name
            );
        }
    }
}

#[test]
fn text_on_any_fill_is_readable() {
    for theme in themes() {
        let colors = RoleColors::new(theme, theme.departments.to_vec());
        let departments = (0..theme.departments.len()).map(ColorRole::department);
        let channels = (0..theme.departments.len()).map(ColorRole::channel);
        let feelings =
            (-20..=20).flat_map(|score| [ColorRole::face(score), ColorRole::feeling(score)]);
        let evidence = [ROLES.interviewed, ROLES.observed, ROLES.assumption];
        let fills = departments.chain(channels).chain(feelings).chain(evidence);
        for fill in fills.flat_map(|role| [role, role.over_card(40)]) {
            let contrast = colors.color(fill.text_on()).contrast(colors.color(fill));
            assert!(
                contrast >= TEXT_CONTRAST,
                "{:?} {fill:?}: {contrast}",
                theme.name
            );
        }
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
