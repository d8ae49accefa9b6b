//! Cards of touchpoints in the journey; cards of the flow and chips are made of the same parts.
//!
//! Must not know: colours, the scene.

use super::conflicts::conflict_badge;
use super::paths::undrawn_links;
use super::shared_inputs::LayoutInputs;
use super::text_block::{NumberSlot, TextBlock, TextRole, TextRun};
use crate::geom::{Point, Rect, pt};
use crate::model::{Field, Level, Stage, Touchpoint};
use crate::text::Measure;
use crate::theme::{Icon, Sizes, size};

/// A touchpoint in a frame, relative to its stage and lane.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Position and size.
    pub rect: Rect,
    /// The texts.
    pub runs: Vec<TextRun>,
    /// Place of the number; cards of the flow have it among the texts.
    pub number: Option<NumberSlot>,
    /// Icons in front of texts.
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

impl Badge {
    /// A badge with its icon at (`x`, `y`) and its label at this distance from the icon.
    pub(super) fn new(
        (icon, role): (Icon, TextRole),
        (x, y): (f32, f32),
        (label, gap): (&TextBlock, f32),
        sizes: &Sizes,
    ) -> Badge {
        let mut runs = Vec::new();
        label.place(x + sizes.icon + gap, y, &mut runs);
        let rect = Rect::new(x, y, sizes.icon, sizes.icon);
        Badge {
            icon,
            role,
            rect,
            runs,
        }
    }
}

impl Card {
    /// Translates the card; the badges further down by `slack`.
    pub(super) fn shift(&mut self, by: Point, slack: f32) {
        let below = pt(by.x, by.y + slack);
        self.rect = self.rect.translate(by);
        for run in self.runs.iter_mut().chain(&mut self.far) {
            run.at = run.at + by;
        }
        for (_, rect) in &mut self.icons {
            *rect = rect.translate(by);
        }
        if let Some((from, to, y)) = &mut self.assumption_line {
            (*from, *to, *y) = (*from + by.x, *to + by.x, *y + by.y);
        }
        for badge in &mut self.badges {
            badge.rect = badge.rect.translate(below);
            for run in &mut badge.runs {
                run.at = run.at + below;
            }
        }
    }

    /// Sets the name for overview zoom, at (`x`, `y`) and at most `height` high; centered in the height
    /// of the card if there is no `y`.
    pub(super) fn set_overview_name(
        &mut self,
        mut name: TextBlock,
        (x, y): (f32, Option<f32>),
        height: f32,
        measure: &mut dyn Measure,
    ) {
        name.truncate_to_height(height, measure);
        let center = self.rect.center().y;
        let y = y.unwrap_or(center - name.height() / 2.0);
        self.far.clear();
        name.place_field(Some(Field::Name), x, y, &mut self.far);
    }
}

/// The name of a touchpoint as shown, and its role.
pub(super) fn shown_name(touchpoint: &Touchpoint) -> (&str, TextRole) {
    match touchpoint.name.as_str() {
        "" => ("Unnamed", TextRole::Soft),
        name => (name, TextRole::Normal),
    }
}

impl LayoutInputs<'_> {
    /// A card at (0, 0) with the height it needs, without its number. In a stage without an owner
    /// the stage has the loud sign, and its cards have a quiet one.
    pub(super) fn card(&mut self, stage: &Stage, touchpoint: &Touchpoint) -> Card {
        let (map, shared, text) = (self.map, self.shared, &mut self.text);
        let sizes = text.sizes;
        let (left, inner) = (sizes.card_text_left(), sizes.card_text_width());
        let mut card = Card::default();
        let runs = &mut card.runs;
        let names = &shared.names;
        let owner = match touchpoint.owner.as_ref() {
            None if map.is_social(touchpoint) => &names.no_owner_needed,
            None if stage.owner.is_none() => &names.no_owner_quiet,
            None => &names.no_owner,
            Some(id) => match map.departments().position(id) {
                None => &names.unknown_owner,
                Some(place) => &names.owners[place],
            },
        };
        let top = 9.0 * sizes.spacing;
        // A department without a name leaves the line to the number.
        let line = sizes.text(size::SMALL_STRONG).size * size::LEADING;
        let mut y = owner.place(left, top, runs).max(top + line);

        let (name, role) = shown_name(touchpoint);
        let first = runs.len();
        let block = text.block(name, size::NAME, role, inner);
        y = block.place_field(Some(Field::Name), left, y + 3.0 * sizes.spacing, runs);
        if touchpoint.is_assumption() {
            let last = runs[first..].last();
            card.assumption_line = last.map(|run| (left, left + run.width, run.at.y + 4.0));
        }

        y += 5.0 * sizes.spacing;
        if sizes.shows_all_text {
            let channel = touchpoint.channel.as_ref();
            let channel = channel.and_then(|id| map.channels().position(id));
            let channel = channel.map(|at| (shared.channel_icons[at], &names.channels[at]));
            let environment = touchpoint.environment.as_ref();
            let environment = environment.and_then(|id| map.environments().position(id));
            let environment =
                environment.map(|at| (shared.environment_icons[at], &names.environments[at]));
            for (icon, name) in channel.into_iter().chain(environment) {
                let rect = Rect::new(left, y + 0.5, sizes.icon, sizes.icon);
                card.icons.push((icon, rect));
                y = name.place(left + sizes.icon + 5.0, y, runs) + 2.0;
            }
        }

        y += 5.0 * sizes.spacing;
        let (mut x, right) = (left, sizes.card - 8.0 * sizes.spacing);
        let words = if sizes.shows_all_text {
            badge_labels(touchpoint)
        } else {
            compact_badge_labels(touchpoint)
        };
        for (icon, role, word) in conflict_badge(map, touchpoint).into_iter().chain(words) {
            let block = text.block(&word, size::SMALL_STRONG, role, inner);
            let beside = if block.is_empty() { 0.0 } else { 4.0 };
            let width = sizes.icon + beside + block.width() + 10.0;
            if x + width - 10.0 > right && x > left {
                x = left;
                y += sizes.badge_row();
            }
            let badge = Badge::new((icon, role), (x, y), (&block, beside), sizes);
            card.badges.push(badge);
            x += width;
        }
        card.icons.shrink_to_fit();
        card.badges.shrink_to_fit();
        if !card.badges.is_empty() {
            y += sizes.badge_row();
        }
        let height = (y + 6.0 * sizes.spacing).max(sizes.card_height);
        card.rect = Rect::new(0.0, 0.0, sizes.card, height);
        card
    }
}

/// Distance of the enlarged name from the top and the bottom of a card.
const OVERVIEW_PADDING: f32 = 5.0;

/// Room for the enlarged name on a card of this height.
pub(super) fn overview_room(sizes: &Sizes, height: f32) -> (f32, f32) {
    (
        sizes.card - size::STRIPE - 14.0,
        height - 2.0 * OVERVIEW_PADDING,
    )
}

/// Place of the enlarged name, from the top left corner of a card.
pub(super) const OVERVIEW_CORNER: Point = pt(size::STRIPE + 8.0, OVERVIEW_PADDING);

pub(super) fn badge_labels(touchpoint: &Touchpoint) -> Vec<(Icon, TextRole, String)> {
    let mut badges = Vec::new();
    let mut add = |icon, role, word: String| badges.push((icon, role, word));
    if touchpoint.moment_of_truth {
        let word = "Moment of truth".to_owned();
        add(Icon::Diamond, TextRole::Moment, word);
    }
    if let Some(worst) = touchpoint.pains.iter().map(|p| p.severity).max() {
        let word = match touchpoint.pains.len() {
            1 => "Pain".to_owned(),
            n => format!("{n} pains"),
        };
        add(pain_flag(worst), TextRole::Pain, word);
    }
    if !touchpoint.opportunities.is_empty() {
        let count = touchpoint.opportunities.len().to_string();
        add(Icon::Bulb, TextRole::Opportunity, count);
    }
    if touchpoint.is_assumption() {
        add(Icon::Question, TextRole::Assumption, "Assumed".to_owned());
    }
    if let Some(duration) = touchpoint.duration {
        add(Icon::Clock, TextRole::Soft, duration.to_string());
    }
    if touchpoint.votes > 0 {
        add(Icon::Vote, TextRole::Soft, touchpoint.votes.to_string());
    }
    badges.extend(undrawn_badge(undrawn_links(touchpoint)));
    badges
}

/// The badge that counts the paths that are not drawn, if there are any.
pub(super) fn undrawn_badge(count: usize) -> Option<(Icon, TextRole, String)> {
    let words = match count {
        0 => return None,
        1 => "1 more path".to_owned(),
        n => format!("{n} more paths"),
    };
    Some((Icon::Social, TextRole::Soft, words))
}

/// The icon of a pain.
pub(super) fn pain_flag(severity: Level) -> Icon {
    match severity {
        Level::Low => Icon::Flag1,
        Level::Medium => Icon::Flag2,
        Level::High => Icon::Flag3,
    }
}

/// The badges for an overview: icons alone, with counts.
fn compact_badge_labels(touchpoint: &Touchpoint) -> Vec<(Icon, TextRole, String)> {
    let mut badges = badge_labels(touchpoint);
    badges.retain(|(icon, ..)| !matches!(icon, Icon::Clock | Icon::Vote));
    for (icon, role, word) in &mut badges {
        let count = match role {
            _ if *icon == Icon::Social => undrawn_links(touchpoint),
            TextRole::Pain => touchpoint.pains.len(),
            TextRole::Opportunity => touchpoint.opportunities.len(),
            _ => 0,
        };
        *word = if count > 1 {
            count.to_string()
        } else {
            String::new()
        };
    }
    badges
}
