//! How much room things take: comfortable for editing, compact for overview.
//!
//! Must not know: the model, layout, egui.

use super::size;
use crate::text::Style;
use serde::{Deserialize, Serialize};

/// How much room things take.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Density {
    /// Everything that is known, with air: for editing.
    #[default]
    Comfortable,
    /// Names and marks, close together: for overview.
    Compact,
}

impl Density {
    /// The sizes that go with it.
    pub fn sizes(self) -> &'static Sizes {
        match self {
            Density::Comfortable => &Sizes::COMFORTABLE,
            Density::Compact => &Sizes::COMPACT,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Density {
        match self {
            Density::Comfortable => Density::Compact,
            Density::Compact => Density::Comfortable,
        }
    }
}

/// The sizes of one density, in map units.
#[derive(Debug)]
pub struct Sizes {
    /// Width of a card.
    pub card: f32,
    /// Air between two cards of a row, where arrows run.
    pub gutter: f32,
    /// The least height of a card, so that short names make calm rows.
    pub card_height: f32,
    /// The least gap between rows of cards.
    pub row_gap: f32,
    /// From one level of loops above the cards to the next.
    pub level: f32,
    /// The least height of the stage band.
    pub band: f32,
    /// Width of the column of lane titles.
    pub titles: f32,
    /// Air above and below what a lane holds.
    pub lane_pad: f32,
    /// Height of a row of the channel, environment and department lanes.
    pub row: f32,
    /// Height of a pill in such a row.
    pub pill: f32,
    /// Height of two points of feeling on the curve.
    pub two_points: f32,
    /// Room above and below the curve for words.
    pub curve_air: f32,
    /// Diameter of a face on the curve.
    pub face: f32,
    /// Side of an icon beside text.
    pub icon: f32,
    /// Width of a persona's box above the stages.
    pub persona: f32,
    /// Below this zoom cards and stages show their names alone, larger.
    pub far: f32,
    /// How large type is, 1: as [`size`] says.
    pub type_scale: f32,
    /// How wide the little gaps inside of things are, 1: the usual.
    pub air: f32,
    /// Everything is said, in words; else only what an overview needs.
    pub full: bool,
}

/// The most lines that a text in a lane has where not everything is said.
const LINES: f32 = 3.0;

impl Sizes {
    const COMFORTABLE: Sizes = Sizes {
        card: size::CARD,
        gutter: size::GUTTER,
        card_height: 112.0,
        row_gap: 34.0,
        level: 26.0,
        band: 74.0,
        titles: size::TITLES,
        lane_pad: size::LANE_PAD,
        row: size::ROW,
        pill: 22.0,
        two_points: size::TWO_POINTS,
        curve_air: 46.0,
        face: size::FACE,
        icon: size::ICON,
        persona: 330.0,
        far: 0.42,
        type_scale: 1.0,
        air: 1.0,
        full: true,
    };

    const COMPACT: Sizes = Sizes {
        card: 148.0,
        gutter: 28.0,
        card_height: 62.0,
        row_gap: 28.0,
        level: 22.0,
        band: 46.0,
        titles: 140.0,
        lane_pad: 9.0,
        row: 26.0,
        pill: 20.0,
        two_points: 46.0,
        curve_air: 41.0,
        face: 22.0,
        icon: 13.0,
        persona: 270.0,
        far: 0.46,
        type_scale: 0.9,
        air: 0.6,
        full: false,
    };

    /// From one column to the next.
    pub fn pitch(&self) -> f32 {
        self.card + self.gutter
    }

    /// The left edge of a card in this column, relative to its stage.
    pub fn card_x(&self, column: usize) -> f32 {
        size::STAGE_PAD + self.gutter / 2.0 + column as f32 * self.pitch()
    }

    /// A style of [`size`] in the type size of this density.
    pub fn text(&self, style: Style) -> Style {
        Style {
            size: style.size * self.type_scale,
            ..style
        }
    }

    /// How high a text in a lane may be, where it is not said in full.
    pub fn most_text(&self, style: Style) -> Option<f32> {
        let height = LINES * self.text(style).size * size::LEADING;
        (!self.full).then_some(height + 0.1)
    }
}
