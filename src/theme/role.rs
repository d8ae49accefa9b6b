//! Roles of colours: what a scene stores instead of colours, so that another theme needs no new
//! scene, and the colours of all roles in a theme.
//!
//! Must not know: the model, layout.

use super::{Color, Theme};

/// The role of a colour on the map. Six bytes, because every item of a scene has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ColorRole {
    hue: Hue,
    shade: Shade,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Hue {
    Theme(ThemeColor),
    Persona(u16),
    Department(u16),
    Channel(u16),
    /// A score in tenths, as the fill of a face.
    Face(i8),
    /// A score in tenths, as the colour of a card.
    Feeling(i8),
}

/// Change of a hue; amounts in per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shade {
    None,
    /// Opacity.
    Opacity(u8),
    /// Amount over the colour of cards.
    OverCard(u8),
    /// Amount over the paper.
    OverPaper(u8),
    /// Background of a cell with text: over the paper, stronger where that is dark.
    Cell,
    /// Black or white, whichever has more contrast on the hue.
    TextOn,
    /// The same on the hue over the colour of cards.
    TextOnOverCard(u8),
}

/// Declares the roles with one colour in each theme.
macro_rules! theme_roles {
    ($theme:ident; $($(#[$doc:meta])* $role:ident $name:ident = $color:expr,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        enum ThemeColor {
            $($name,)*
        }

        impl ThemeColor {
            fn of(self, $theme: &Theme) -> Color {
                match self {
                    $(ThemeColor::$name => $color,)*
                }
            }
        }

        /// The roles with one colour in each theme.
        #[derive(Debug)]
        pub struct ThemeRoles {
            $($(#[$doc])* pub $role: ColorRole,)*
        }

        /// See [`ThemeRoles`].
        pub static ROLES: ThemeRoles = ThemeRoles {
            $($role: ColorRole::new(Hue::Theme(ThemeColor::$name)),)*
        };
    };
}

theme_roles! {
    theme;
    /// [`Theme::paper`].
    paper Paper = theme.paper,
    /// [`Theme::paper_shade`].
    paper_shade PaperShade = theme.paper_shade,
    /// [`Theme::card`].
    card Card = theme.card,
    /// [`Theme::card_edge`].
    card_edge CardEdge = theme.card_edge,
    /// [`Theme::ink`].
    ink Ink = theme.ink,
    /// [`Theme::ink_soft`].
    ink_soft InkSoft = theme.ink_soft,
    /// [`Theme::ink_dimmed`].
    ink_dimmed InkDimmed = theme.ink_dimmed,
    /// [`Theme::line`].
    line Line = theme.line,
    /// [`Theme::band`].
    band Band = theme.band,
    /// [`Theme::band_ink`].
    band_ink BandInk = theme.band_ink,
    /// [`Theme::path`].
    path Path = theme.path,
    /// [`Theme::path_failure`].
    path_failure PathFailure = theme.path_failure,
    /// [`Theme::good`].
    good Good = theme.good,
    /// [`Theme::bad`].
    bad Bad = theme.bad,
    /// [`Theme::pain`].
    pain Pain = theme.pain,
    /// [`Theme::opportunity`].
    opportunity Opportunity = theme.opportunity,
    /// [`Theme::moment`].
    moment Moment = theme.moment,
    /// [`Theme::unowned`].
    unowned Unowned = theme.unowned,
    /// [`Theme::assumption`].
    assumption Assumption = theme.assumption,
    /// [`Theme::accent`].
    accent Accent = theme.accent,
    /// Outlines and connectors of pills.
    quiet Quiet = theme.ink_soft.mix(theme.paper, 0.25),
    /// Cards whose basis is an interview.
    interviewed Interviewed = theme.accent.mix(theme.card, 0.3),
    /// Cards whose basis was observed.
    observed Observed = theme.accent.mix(theme.card, 0.6),
    /// What only the later of two maps has.
    added Added = theme.good,
    /// What only the earlier of two maps has.
    removed Removed = theme.bad,
    /// What is elsewhere in the later of two maps.
    moved Moved = theme.accent,
    /// What the later of two maps says differently.
    changed Changed = theme.moment,
}

impl ColorRole {
    const fn new(hue: Hue) -> ColorRole {
        ColorRole {
            hue,
            shade: Shade::None,
        }
    }

    /// The curve of a persona, by place in the list.
    pub const fn persona(place: usize) -> ColorRole {
        ColorRole::new(Hue::Persona(saturated(place)))
    }

    /// A department, by place in the list.
    pub const fn department(place: usize) -> ColorRole {
        ColorRole::new(Hue::Department(saturated(place)))
    }

    /// A channel, by place in the list.
    pub const fn channel(place: usize) -> ColorRole {
        ColorRole::new(Hue::Channel(saturated(place)))
    }

    /// The fill of a face with a score in tenths, −20 … +20: towards good or bad with the strength
    /// of the feeling.
    pub const fn face(score: i8) -> ColorRole {
        ColorRole::new(Hue::Face(score))
    }

    /// A card coloured by a score in tenths, −20 … +20.
    pub const fn feeling(score: i8) -> ColorRole {
        ColorRole::new(Hue::Feeling(score))
    }

    const fn shaded(self, shade: Shade) -> ColorRole {
        ColorRole { shade, ..self }
    }

    /// The role with an opacity in per cent.
    #[must_use]
    pub const fn opacity(self, percent: u8) -> ColorRole {
        self.shaded(Shade::Opacity(percent))
    }

    /// The colour of cards moved towards the role by an amount in per cent.
    #[must_use]
    pub const fn over_card(self, percent: u8) -> ColorRole {
        self.shaded(Shade::OverCard(percent))
    }

    /// The paper moved towards the role by an amount in per cent.
    #[must_use]
    pub const fn over_paper(self, percent: u8) -> ColorRole {
        self.shaded(Shade::OverPaper(percent))
    }

    /// The background of a cell with text in the role of its owner.
    #[must_use]
    pub const fn cell(self) -> ColorRole {
        self.shaded(Shade::Cell)
    }

    /// Black or white, whichever has more contrast on the role, which is opaque.
    #[must_use]
    pub const fn text_on(self) -> ColorRole {
        match self.shade {
            Shade::OverCard(percent) => self.shaded(Shade::TextOnOverCard(percent)),
            _ => self.shaded(Shade::TextOn),
        }
    }
}

const fn saturated(place: usize) -> u16 {
    if place < u16::MAX as usize {
        place as u16
    } else {
        u16::MAX
    }
}

/// The colours of all roles: those of a theme, and those of the departments of a map in it.
#[derive(Clone, Debug)]
pub struct RoleColors {
    theme: &'static Theme,
    departments: Vec<Color>,
    channels: Vec<Color>,
}

impl RoleColors {
    /// The colours of a theme, with those of the departments by place in their list.
    pub fn new(theme: &'static Theme, departments: Vec<Color>) -> RoleColors {
        let channels = theme.departments.iter();
        let channels = channels.map(|color| theme.visible_mark(*color)).collect();
        RoleColors {
            theme,
            departments,
            channels,
        }
    }

    /// Background of the map.
    pub fn paper(&self) -> Color {
        self.theme.paper
    }

    /// Colour of text outside a highlight.
    pub fn dimmed_text(&self) -> Color {
        self.theme.ink_dimmed
    }

    /// The colour of a role.
    pub fn color(&self, role: ColorRole) -> Color {
        let (theme, hue) = (self.theme, self.hue(role.hue));
        let share = |percent: u8| f32::from(percent) / 100.0;
        match role.shade {
            Shade::None => hue,
            Shade::Opacity(percent) => hue.alpha(share(percent)),
            Shade::OverCard(percent) => theme.card.mix(hue, share(percent)),
            Shade::OverPaper(percent) => theme.paper.mix(hue, share(percent)),
            Shade::Cell => theme.paper.mix(hue, if theme.dark { 0.14 } else { 0.10 }),
            Shade::TextOn => hue.text_color(),
            Shade::TextOnOverCard(percent) => theme.card.mix(hue, share(percent)).text_color(),
        }
    }

    fn hue(&self, hue: Hue) -> Color {
        let theme = self.theme;
        match hue {
            Hue::Theme(color) => color.of(theme),
            Hue::Persona(place) => theme.personas[usize::from(place) % theme.personas.len()],
            Hue::Department(place) => {
                let color = self.departments.get(usize::from(place));
                color.copied().unwrap_or(theme.ink_soft)
            }
            Hue::Channel(place) => self.channels[usize::from(place) % self.channels.len()],
            Hue::Face(score) => {
                let (end, strength) = self.feeling(score);
                theme.card.mix(end, 0.15 + 0.6 * strength)
            }
            Hue::Feeling(score) => {
                let (end, strength) = self.feeling(score);
                theme.line.mix(end, strength.powf(0.7))
            }
        }
    }

    /// The colour of strong feelings on the side of a score, and the strength, 0 … 1.
    fn feeling(&self, score: i8) -> (Color, f32) {
        let end = if score >= 0 {
            self.theme.good
        } else {
            self.theme.bad
        };
        (end, f32::from(score.unsigned_abs()) / 20.0)
    }
}
