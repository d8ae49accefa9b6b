//! Map densities: comfortable for editing, compact for overview.
//!
//! Must not know: the model, layout, egui.

use super::size;
use crate::text::Style;
use serde::{Deserialize, Serialize};

/// Spacing and level of detail of a drawn map.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Density {
    /// All details with generous spacing, for editing.
    #[default]
    Comfortable,
    /// Names and marks with tight spacing, for overview.
    Compact,
}

impl Density {
    /// The sizes of this density.
    pub fn sizes(self) -> &'static Sizes {
        match self {
            Density::Comfortable => &Sizes::COMFORTABLE,
            Density::Compact => &Sizes::COMPACT,
        }
    }

    /// The other density.
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
    /// Width of the card of a folded stage.
    pub folded_card: f32,
    /// Gap between two cards of a row, used by arrows.
    pub gutter: f32,
    /// Minimum height of a card; evens out rows with short names.
    pub card_height: f32,
    /// Minimum gap between rows of cards.
    pub row_gap: f32,
    /// Distance between two levels of loops above the cards.
    pub loop_level: f32,
    /// Minimum height of the stage band.
    pub stage_band: f32,
    /// Width of the column of lane titles.
    pub title_column: f32,
    /// Padding above and below the content of a lane.
    pub lane_pad: f32,
    /// Height of a row of the channel, environment and department lanes.
    pub row: f32,
    /// Height of a pill in such a row.
    pub pill: f32,
    /// Height of two score points on the curve.
    pub two_points: f32,
    /// Room above and below the curve for labels.
    pub curve_margin: f32,
    /// Diameter of a face on the curve.
    pub face: f32,
    /// Side of an icon beside text.
    pub icon: f32,
    /// Width of a persona's box above the stages.
    pub persona: f32,
    /// Zoom below which cards and stages show only their names, enlarged.
    pub overview_zoom: f32,
    /// Sizes of the names of cards, lanes and owners below that zoom, from large to small.
    pub overview_names: [f32; 3],
    /// Sizes of the names of stages below that zoom, each with the zoom below which it is used.
    pub overview_stages: &'static [(f32, f32)],
    /// Scale of type sizes relative to [`size`].
    pub type_scale: f32,
    /// Scale of small gaps inside elements; 1 in the comfortable density.
    pub spacing: f32,
    /// Whether all texts are shown, not only those needed in an overview.
    pub shows_all_text: bool,
}

/// Maximum number of lines of a lane text where not all texts are shown.
const MAX_TEXT_LINES: f32 = 3.0;

impl Sizes {
    const COMFORTABLE: Sizes = Sizes {
        card: size::CARD,
        folded_card: 104.0,
        gutter: size::GUTTER,
        card_height: 112.0,
        row_gap: 34.0,
        loop_level: 26.0,
        stage_band: 74.0,
        title_column: 164.0,
        lane_pad: 14.0,
        row: 27.0,
        pill: 22.0,
        two_points: 84.0,
        curve_margin: 46.0,
        face: 30.0,
        icon: 15.0,
        persona: 330.0,
        overview_zoom: 0.42,
        overview_names: [28.0, 24.0, 20.0],
        overview_stages: &[(26.0, 0.42), (38.0, 0.33), (52.0, 0.2)],
        type_scale: 1.0,
        spacing: 1.0,
        shows_all_text: true,
    };

    const COMPACT: Sizes = Sizes {
        card: 148.0,
        folded_card: 88.0,
        gutter: 28.0,
        card_height: 62.0,
        row_gap: 28.0,
        loop_level: 22.0,
        stage_band: 46.0,
        title_column: 140.0,
        lane_pad: 9.0,
        row: 26.0,
        pill: 20.0,
        two_points: 46.0,
        curve_margin: 41.0,
        face: 22.0,
        icon: 13.0,
        persona: 270.0,
        overview_zoom: 0.46,
        overview_names: [22.0, 19.5, 17.0],
        overview_stages: &[(22.0, 0.46), (30.0, 0.38)],
        type_scale: 0.9,
        spacing: 0.6,
        shows_all_text: false,
    };

    /// Distance between the left edges of two columns.
    pub fn pitch(&self) -> f32 {
        self.card + self.gutter
    }

    /// The left edge of a card in this column, relative to its stage.
    pub fn card_x(&self, column: usize) -> f32 {
        size::STAGE_PAD + self.gutter / 2.0 + column as f32 * self.pitch()
    }

    /// Left edge of the text on a card, from that of the card.
    pub fn card_text_left(&self) -> f32 {
        size::STRIPE + 11.0 * self.spacing
    }

    /// Padding at the right edge of a card.
    pub fn card_padding(&self) -> f32 {
        10.0 * self.spacing
    }

    /// Width of the text on a card.
    pub fn card_text_width(&self) -> f32 {
        self.card - self.card_text_left() - self.card_padding()
    }

    /// Height of a row of badges on a card.
    pub fn badge_row(&self) -> f32 {
        self.icon + 5.0 * self.spacing
    }

    /// A style of [`size`] scaled to this density.
    pub fn text(&self, style: Style) -> Style {
        Style {
            size: style.size * self.type_scale,
            ..style
        }
    }

    /// Maximum height of a lane text; `None` where all texts are shown.
    pub fn max_text_height(&self, style: Style) -> Option<f32> {
        let height = MAX_TEXT_LINES * self.text(style).size * size::LEADING;
        (!self.shows_all_text).then_some(height + 0.1)
    }
}
