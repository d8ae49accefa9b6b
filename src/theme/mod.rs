//! Design tokens as data: every colour, type size and distance of the map.
//!
//! Colours are defined nowhere else. The contrast of text on its background is at least 4.5 : 1
//! (WCAG 2.2, 1.4.3), in the projector theme 7 : 1 (1.4.6), and that of marks and of the edges of controls 3 : 1 (1.4.11), as tests
//! check.
//! Must not know: the model, layout, egui.

mod change_mark;
mod color;
mod density;
mod icon;
mod palette;
mod role;
pub mod size;
#[cfg(test)]
mod tests;

pub use change_mark::ChangeMark;
pub use color::Color;
pub use density::{Density, Sizes};
pub use icon::Icon;
pub use palette::{DepartmentPalette, assign_colors};
pub use role::{ColorRole, ROLES, RoleColors, ThemeRoles};

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Name of a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// Warm paper.
    #[default]
    Light,
    /// Deep slate.
    Dark,
    /// Plain black on white, for weak projectors.
    Projector,
}

impl ThemeName {
    /// All themes.
    pub const ALL: [ThemeName; 3] = [ThemeName::Light, ThemeName::Dark, ThemeName::Projector];

    /// The theme with this name.
    pub fn theme(self) -> &'static Theme {
        match self {
            ThemeName::Light => &LIGHT,
            ThemeName::Dark => &DARK,
            ThemeName::Projector => &PROJECTOR,
        }
    }

    /// The theme with another palette for departments.
    pub fn with_palette(self, palette: DepartmentPalette) -> &'static Theme {
        let found = THEMES_BY_PALETTE
            .iter()
            .find(|theme| theme.name == self && theme.palette == palette);
        found.unwrap_or(self.theme())
    }
}

/// Every theme with every palette.
static THEMES_BY_PALETTE: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    let themes = [&LIGHT, &DARK, &PROJECTOR];
    let dressed = themes.into_iter().flat_map(|theme| {
        DepartmentPalette::ALL.map(|palette| Theme {
            palette,
            departments: palette.colors(theme.dark, theme.departments),
            ..theme.clone()
        })
    });
    dressed.collect()
});

/// The colours of one theme.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Name of the theme.
    pub name: ThemeName,
    /// Whether text is light on a dark background.
    pub dark: bool,
    /// Background of the map.
    pub paper: Color,
    /// Background of every other lane, barely different from the paper.
    pub paper_shade: Color,
    /// Cards.
    pub card: Color,
    /// Outline of cards.
    pub card_edge: Color,
    /// Text.
    pub ink: Color,
    /// Secondary text.
    pub ink_soft: Color,
    /// Text outside a highlight: readable, at least 3 : 1, but not more.
    pub ink_dimmed: Color,
    /// Hairlines.
    pub line: Color,
    /// The stage band.
    pub band: Color,
    /// Text on the stage band.
    pub band_ink: Color,
    /// Arrows between touchpoints.
    pub path: Color,
    /// Failure paths.
    pub path_failure: Color,
    /// Good feelings.
    pub good: Color,
    /// Bad feelings.
    pub bad: Color,
    /// Pain flags.
    pub pain: Color,
    /// Opportunity bulbs.
    pub opportunity: Color,
    /// Moments of truth.
    pub moment: Color,
    /// Elements without an owner.
    pub unowned: Color,
    /// Assumptions.
    pub assumption: Color,
    /// Selection, focus and the program's accent.
    pub accent: Color,
    /// Curves of personas, by place in the list.
    pub personas: [Color; 6],
    /// Palette of the department colours.
    pub palette: DepartmentPalette,
    /// Departments without a colour of their own, by place in the list. By default Okabe and Ito's
    /// palette for colour-blind readers, adjusted to each background; [`ThemeName::with_palette`] gives
    /// others.
    pub departments: &'static [Color],
}

/// Minimum contrast of marks and of the edges of controls (WCAG 2.2, 1.4.11).
pub const MARK_CONTRAST: f32 = 3.0;
/// Minimum contrast of text (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f32 = 4.5;
/// Minimum contrast of text in the projector theme (WCAG 2.2, 1.4.6): projectors and daylight take
/// some of it away.
pub const ENHANCED_TEXT_CONTRAST: f32 = 7.0;

impl Theme {
    /// Minimum contrast of text on the backgrounds of this theme.
    pub fn text_contrast(&self) -> f32 {
        match self.name {
            ThemeName::Projector => ENHANCED_TEXT_CONTRAST,
            ThemeName::Light | ThemeName::Dark => TEXT_CONTRAST,
        }
    }

    /// Edge of fields, buttons and other controls.
    pub fn control_edge(&self) -> Color {
        self.ink_soft
            .mix(self.card, if self.dark { 0.4 } else { 0.2 })
    }

    /// Background of what is selected in the window.
    pub fn selected(&self) -> Color {
        self.card.mix(self.accent, 0.18)
    }

    /// A colour of a mark, as near as possible to this one, that can be seen on paper and cards.
    #[must_use]
    pub fn visible_mark(&self, color: Color) -> Color {
        color.visible_on(&[self.paper, self.card], MARK_CONTRAST)
    }
}

/// Warm paper.
pub static LIGHT: Theme = Theme {
    name: ThemeName::Light,
    dark: false,
    paper: Color::hex(0xFBF8F2),
    paper_shade: Color::hex(0xF5F0E6),
    card: Color::hex(0xFFFFFF),
    card_edge: Color::hex(0xD9D2C4),
    ink: Color::hex(0x22272E),
    ink_soft: Color::hex(0x5B6470),
    ink_dimmed: Color::hex(0x7A818A),
    line: Color::hex(0xDDD6C8),
    band: Color::hex(0xE9E2D3),
    band_ink: Color::hex(0x22272E),
    path: Color::hex(0x7A828E),
    path_failure: Color::hex(0xB3261E),
    good: Color::hex(0x14664A),
    bad: Color::hex(0xA8380A),
    pain: Color::hex(0xB3261E),
    opportunity: Color::hex(0x785400),
    moment: Color::hex(0x6D3FC0),
    unowned: Color::hex(0xA3195B),
    assumption: Color::hex(0x5B6470),
    accent: Color::hex(0x1F5FBF),
    personas: Color::list([0x1F4E8C, 0xA34400, 0x14664A, 0x7B3FA0, 0x785400, 0x4A5560]),
    palette: DepartmentPalette::Warm,
    departments: &Color::list([
        0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x6A4C93, 0x8C564B, 0xB5BD00,
        0x5F6B76,
    ]),
};

/// Deep slate.
pub static DARK: Theme = Theme {
    name: ThemeName::Dark,
    dark: true,
    paper: Color::hex(0x1B2027),
    paper_shade: Color::hex(0x20262E),
    card: Color::hex(0x2A313B),
    card_edge: Color::hex(0x434D5A),
    ink: Color::hex(0xEEF1F4),
    ink_soft: Color::hex(0xB0B8C3),
    ink_dimmed: Color::hex(0x7A848F),
    line: Color::hex(0x39424D),
    band: Color::hex(0x333C48),
    band_ink: Color::hex(0xF3F5F7),
    path: Color::hex(0x95A0AD),
    path_failure: Color::hex(0xFF9D8F),
    good: Color::hex(0x5FD3A5),
    bad: Color::hex(0xFFA069),
    pain: Color::hex(0xFF9D8F),
    opportunity: Color::hex(0xF2C14E),
    moment: Color::hex(0xC5A9FF),
    unowned: Color::hex(0xFF97C4),
    assumption: Color::hex(0xB0B8C3),
    accent: Color::hex(0x8BB9FF),
    personas: Color::list([0x8CBBFF, 0xFFB07A, 0x6FDDB0, 0xD7B0FF, 0xF2C14E, 0xC2CAD3]),
    palette: DepartmentPalette::Warm,
    departments: &Color::list([
        0x4AA8E8, 0xF28B4B, 0x2FC79A, 0xE39CC4, 0xF2B632, 0x8FD0F5, 0xA88BD9, 0xC4897B, 0xD3DB4A,
        0x9AA7B4,
    ]),
};

/// Plain black on white.
pub static PROJECTOR: Theme = Theme {
    name: ThemeName::Projector,
    dark: false,
    paper: Color::hex(0xFFFFFF),
    paper_shade: Color::hex(0xF6F6F6),
    card: Color::hex(0xFFFFFF),
    card_edge: Color::hex(0x333333),
    ink: Color::hex(0x000000),
    ink_soft: Color::hex(0x333333),
    ink_dimmed: Color::hex(0x7A7A7A),
    line: Color::hex(0x999999),
    band: Color::hex(0xE2E2E2),
    band_ink: Color::hex(0x000000),
    path: Color::hex(0x333333),
    path_failure: Color::hex(0x8D0000),
    good: Color::hex(0x004E30),
    bad: Color::hex(0x7C2500),
    pain: Color::hex(0x8D0000),
    opportunity: Color::hex(0x5A3E00),
    moment: Color::hex(0x4B1FA8),
    unowned: Color::hex(0x860048),
    assumption: Color::hex(0x333333),
    accent: Color::hex(0x003B9E),
    personas: Color::list([0x003F8C, 0x732F00, 0x004E30, 0x64218C, 0x5A3E00, 0x333333]),
    palette: DepartmentPalette::Warm,
    departments: &Color::list([
        0x005A9C, 0xC24A00, 0x00805A, 0xB8508C, 0xC98200, 0x2E94D1, 0x55388C, 0x7A4336, 0x8C9400,
        0x4A545E,
    ]),
};
