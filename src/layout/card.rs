//! The cards of touchpoints.
//!
//! Must not know: colours, the scene.

use super::LayoutInputs;
use super::card_names::{CardMetrics, STRIPE};
use super::text_block;
use super::text_block::{TextBlock, TextRole, TextRun, fit_largest};
use crate::geom::Rect;
use crate::model::{Field, Level, Touchpoint};
use crate::text::Measure;
use crate::theme::{Icon, size};

/// A card, relative to its stage and lane.
#[derive(Clone, Debug)]
pub struct Card {
    /// Position and size.
    pub rect: Rect,
    /// The texts.
    pub runs: Vec<TextRun>,
    /// Icons in front of channel and environment.
    pub icons: Vec<(Icon, Rect)>,
    /// Badges along the bottom.
    pub badges: Vec<Badge>,
    /// The name alone, as large as fits, for overview zoom.
    pub far: Vec<TextRun>,
    /// Left end, right end and height of the dotted line under the name of an assumption.
    pub assumption_line: Option<(f32, f32, f32)>,
    /// Place of the mark that every customer passes here, if it is shown.
    pub dominator_mark: Option<Rect>,
}

/// An icon with a label.
#[derive(Clone, Debug)]
pub struct Badge {
    /// The icon.
    pub icon: Icon,
    /// Role of the badge.
    pub role: TextRole,
    /// Place of the icon.
    pub rect: Rect,
    /// The label beside it.
    pub runs: Vec<TextRun>,
}

impl LayoutInputs<'_> {
    /// A card at (0, 0) with the height it needs, without its number.
    pub(super) fn card(&self, touchpoint: &Touchpoint, measure: &mut dyn Measure) -> Card {
        let sizes = self.sizes;
        let inside = CardMetrics::of(sizes);
        let left = inside.left;
        let mut runs = Vec::new();
        let mut icons = Vec::with_capacity(2);
        let names = &self.shared.names;
        let owner = match touchpoint.owner.as_ref() {
            None => &names.no_owner,
            Some(id) => match self.map.departments().position(id) {
                None => &names.unknown_owner,
                Some(place) => &names.owners[place],
            },
        };
        let mut y = owner.place(left, inside.top, &mut runs);

        let name = match touchpoint.name.as_str() {
            "" => "Unnamed",
            name => name,
        };
        let first = runs.len();
        let ink = if touchpoint.name.is_empty() {
            TextRole::Soft
        } else {
            TextRole::Normal
        };
        let style = sizes.text(size::NAME);
        let block = TextBlock::new(name, style, ink, inside.width, measure);
        y = block.place(left, y + 3.0 * sizes.spacing, &mut runs);
        text_block::set_text_field(&mut runs[first..], Field::Name);
        let dotted = touchpoint
            .is_assumption()
            .then(|| runs.last().filter(|_| runs.len() > first))
            .flatten()
            .map(|last| (left, left + last.width, last.at.y + 4.0));

        y += 5.0 * sizes.spacing;
        let map = self.map;
        let mut with_icon = |icon: Icon, word: &TextBlock, y: f32| {
            icons.push((icon, Rect::new(left, y + 0.5, sizes.icon, sizes.icon)));
            word.place(left + sizes.icon + 5.0, y, &mut runs) + 2.0
        };
        let channel = touchpoint.channel.as_ref().filter(|_| sizes.shows_all_text);
        if let Some(place) = channel.and_then(|id| map.channels().position(id)) {
            let (icon, name) = (self.shared.channel_icons[place], &names.channels[place]);
            y = with_icon(icon, name, y);
        }
        let environment = touchpoint
            .environment
            .as_ref()
            .filter(|_| sizes.shows_all_text);
        if let Some(place) = environment.and_then(|id| map.environments().position(id)) {
            let (icon, name) = (
                self.shared.environment_icons[place],
                &names.environments[place],
            );
            y = with_icon(icon, name, y);
        }

        y += 5.0 * sizes.spacing;
        let (mut x, right) = (left, sizes.card - 8.0 * sizes.spacing);
        let words = match sizes.shows_all_text {
            true => badge_labels(touchpoint),
            false => compact_badge_labels(touchpoint),
        };
        let mut badges = Vec::with_capacity(words.len());
        let style = sizes.text(size::SMALL_STRONG);
        for (icon, ink, word) in words {
            let block = TextBlock::new(&word, style, ink, inside.width, measure);
            let beside = if block.is_empty() { 0.0 } else { 4.0 };
            let width = sizes.icon + beside + block.width() + 10.0;
            if x + width - 10.0 > right && x > left {
                x = left;
                y += inside.badges;
            }
            let mut badge_runs = Vec::new();
            block.place(x + sizes.icon + beside, y, &mut badge_runs);
            badges.push(Badge {
                icon,
                role: ink,
                rect: Rect::new(x, y, sizes.icon, sizes.icon),
                runs: badge_runs,
            });
            x += width;
        }
        if !badges.is_empty() {
            y += inside.badges;
        }
        let height = (y + 6.0 * sizes.spacing).max(sizes.card_height);
        let mut far = Vec::new();
        let room = height - 12.0;
        let width = sizes.card - STRIPE - 14.0;
        let far_sizes = OVERVIEW_NAME_SIZES.map(|far| far * sizes.type_scale);
        let block = fit_largest(name, &far_sizes, (width, room), ink, measure);
        block.place(STRIPE + 8.0, 6.0, &mut far);
        text_block::set_text_field(&mut far, Field::Name);
        icons.shrink_to_fit();
        Card {
            rect: Rect::new(0.0, 0.0, sizes.card, height),
            far,
            runs,
            icons,
            badges,
            assumption_line: dotted,
            dominator_mark: None,
        }
    }
}

/// Type sizes of names at overview zoom.
const OVERVIEW_NAME_SIZES: [f32; 4] = [38.0, 32.0, 27.0, 22.0];

pub(super) fn badge_labels(touchpoint: &Touchpoint) -> Vec<(Icon, TextRole, String)> {
    let mut badges = Vec::new();
    if touchpoint.moment_of_truth {
        badges.push((
            Icon::Diamond,
            TextRole::Moment,
            "Moment of truth".to_owned(),
        ));
    }
    if let Some(worst) = touchpoint.pains.iter().map(|p| p.severity).max() {
        let flag = match worst {
            Level::Low => Icon::Flag1,
            Level::Medium => Icon::Flag2,
            Level::High => Icon::Flag3,
        };
        let word = match touchpoint.pains.len() {
            1 => "Pain".to_owned(),
            n => format!("{n} pains"),
        };
        badges.push((flag, TextRole::Pain, word));
    }
    match touchpoint.opportunities.len() {
        0 => {}
        n => badges.push((Icon::Bulb, TextRole::Opportunity, n.to_string())),
    }
    if touchpoint.is_assumption() {
        badges.push((Icon::Question, TextRole::Assumption, "Assumed".to_owned()));
    }
    if let Some(duration) = touchpoint.duration {
        badges.push((Icon::Clock, TextRole::Soft, duration.to_string()));
    }
    if touchpoint.votes > 0 {
        badges.push((Icon::Vote, TextRole::Soft, touchpoint.votes.to_string()));
    }
    badges
}

/// The badges for an overview: icons alone, with counts.
fn compact_badge_labels(touchpoint: &Touchpoint) -> Vec<(Icon, TextRole, String)> {
    let mut badges = badge_labels(touchpoint);
    badges.retain(|(icon, ..)| !matches!(icon, Icon::Clock | Icon::Vote));
    let several = |count: usize| match count {
        0 | 1 => String::new(),
        count => count.to_string(),
    };
    for (_, ink, word) in &mut badges {
        *word = match ink {
            TextRole::Pain => several(touchpoint.pains.len()),
            TextRole::Opportunity => several(touchpoint.opportunities.len()),
            _ => String::new(),
        };
    }
    badges
}
