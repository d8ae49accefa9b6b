//! Cards of the flow: the name first and largest, then the coloured property as text and icon, then
//! important badges.
//!
//! Must not know: where cards are placed, colours.

use super::ports::min_card_height;
use crate::geom::Rect;
use crate::graph::Graph;
use crate::layout::card::{Badge, Card, badge_labels, shown_name, undrawn_badge};
use crate::layout::conflicts::conflict_badge;
use crate::layout::legend::Tint;
use crate::layout::paths::MAX_LINKS;
use crate::layout::text_block::{NO_OWNER_NEEDED, TextContext, TextRole};
use crate::model::{
    Basis, CardColoring, Feeling, Field, Map, Record, Score, Touchpoint, TouchpointId,
};
use crate::theme::{Density, Icon, size};
use std::sync::Arc;

/// Distance of the enlarged name from the top and the bottom of a card, together.
const OVERVIEW_PADDING: f32 = 8.0;

/// Options of the flow view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FlowOptions {
    /// The property by which cards are coloured.
    pub coloring: CardColoring,
    /// Density of the view.
    pub density: Density,
}

/// A card of the flow.
#[derive(Clone, Debug)]
pub struct FlowCard {
    /// The touchpoint.
    pub id: TouchpointId,
    /// Position of the touchpoint in the map.
    pub at: usize,
    /// The number, as in the journey.
    pub number: Arc<str>,
    /// The value by which the card is coloured.
    pub tint: Tint,
    /// The card; its icon is that of the coloured property.
    pub card: Card,
    /// Whether the card is the first contact.
    pub is_first_contact: bool,
    /// Whether the card is the last contact.
    pub is_last_contact: bool,
    /// Whether the journey may start at the card as well.
    pub is_other_start: bool,
    /// Whether the card is reachable from a start.
    pub is_reachable: bool,
}

/// Inputs shared by all cards.
pub(super) struct FlowCardBuilder<'a> {
    pub map: &'a Map,
    pub options: &'a FlowOptions,
    scores: Vec<Option<Score>>,
    channel_icons: Vec<Icon>,
    first: Option<usize>,
    starts: Vec<usize>,
    /// Number of links out of each card that are not drawn.
    undrawn: Vec<usize>,
    last: Option<usize>,
}

impl<'a> FlowCardBuilder<'a> {
    pub fn new(map: &'a Map, graph: &Graph, options: &'a FlowOptions) -> FlowCardBuilder<'a> {
        let channels = map.channels().iter();
        FlowCardBuilder {
            map,
            options,
            scores: graph.scores(None),
            channel_icons: channels
                .map(|c| Icon::for_channel(c.icon.as_deref(), &c.name))
                .collect(),
            first: graph.first_contact(),
            starts: graph.starts(),
            undrawn: (0..graph.len())
                .map(|at| graph.links_from(at).len().saturating_sub(MAX_LINKS))
                .collect(),
            last: graph.last_contact(),
        }
    }

    /// A card at (0, 0) with the height it needs.
    pub fn card(
        &self,
        (at, touchpoint): (usize, &Touchpoint),
        number: Arc<str>,
        is_reachable: bool,
        text: &mut TextContext<'_>,
    ) -> FlowCard {
        let sizes = text.sizes;
        let (left, inner) = (sizes.card_text_left(), sizes.card_text_width());
        let (name, role) = shown_name(touchpoint);
        let mut card = Card::default();
        let block = text.block(name, size::NAME, role, inner);
        let top = 8.0 * sizes.spacing;
        let mut y = block.place_field(Some(Field::Name), left, top, &mut card.runs);

        let tint = self.tint(at, touchpoint);
        let (sign, word) = (self.tint_label(tint).0, self.tint_text(tint, touchpoint));
        y += 3.0 * sizes.spacing;
        let numbered = text.block(&number, size::SMALL, TextRole::Soft, inner);
        numbered.place(left + inner - numbered.width(), y, &mut card.runs);
        let (icon, beside) = match sign {
            Some(_) => (sizes.icon, 5.0),
            None => (0.0, 0.0),
        };
        let sign = sign.map(|sign| (sign, Rect::new(left, y + 0.5, icon, icon)));
        card.icons.extend(sign);
        let word_role = if tint == Tint::Unknown && self.is_by_owner() {
            TextRole::Unowned
        } else {
            TextRole::Soft
        };
        let room = inner - icon - beside - numbered.width() - 8.0;
        let word = text.block(&word, size::SMALL_STRONG, word_role, room);
        let end = word.place(left + icon + beside, y, &mut card.runs);
        y = end.max(y + numbered.height());

        let words = self.badge_labels(at, touchpoint);
        if !words.is_empty() {
            y += 5.0 * sizes.spacing;
            let mut x = left;
            for (icon, role, word) in words {
                let room = inner - sizes.icon - 4.0;
                let block = text.block(&word, size::SMALL_STRONG, role, room);
                let width = sizes.icon + 4.0 + block.width();
                if x + width > left + inner && x > left {
                    x = left;
                    y += sizes.badge_row();
                }
                let badge = Badge::new((icon, role), (x, y), (&block, 4.0), sizes);
                card.badges.push(badge);
                x += width + 10.0;
            }
            y += sizes.icon;
        }
        let height = (y + 8.0 * sizes.spacing).max(min_card_height(sizes));
        card.rect = Rect::new(0.0, 0.0, sizes.card, height);
        FlowCard {
            id: touchpoint.id.clone(),
            at,
            number,
            tint,
            card,
            is_first_contact: self.first == Some(at),
            is_other_start: self.is_other_start(at),
            is_last_contact: self.last == Some(at),
            is_reachable,
        }
    }

    /// Adds the names for overview zoom, in the largest size at which all of them fit. A card grows
    /// where its name does not even fit in the smallest.
    pub fn add_overview_names(&self, cards: &mut [FlowCard], text: &mut TextContext<'_>) {
        let width = text.sizes.card - size::STRIPE - 14.0;
        let names = self.map.touchpoints().map(shown_name);
        let rooms = cards.iter().map(|card| {
            let height = card.card.rect.height() - OVERVIEW_PADDING;
            (width, height)
        });
        let blocks = text.overview_blocks(&names.zip(rooms).collect::<Vec<_>>());
        for (FlowCard { card, .. }, block) in cards.iter_mut().zip(blocks) {
            let least = block.height() + OVERVIEW_PADDING;
            card.rect.max.y = card.rect.max.y.max(least);
            let at = (size::STRIPE + 7.0, None);
            card.set_overview_name(block, at, least, text.measure);
        }
    }

    fn is_other_start(&self, at: usize) -> bool {
        self.first != Some(at) && self.starts.binary_search(&at).is_ok()
    }

    /// The important badges.
    fn badge_labels(&self, at: usize, touchpoint: &Touchpoint) -> Vec<(Icon, TextRole, String)> {
        let mut words = badge_labels(touchpoint);
        words.retain(|(_, role, _)| matches!(role, TextRole::Moment | TextRole::Pain));
        words.splice(0..0, conflict_badge(self.map, touchpoint));
        if self.first == Some(at) {
            let word = "First contact".to_owned();
            words.insert(0, (Icon::Street, TextRole::Accent, word));
        } else if self.is_other_start(at) {
            let word = "May start here".to_owned();
            words.insert(0, (Icon::Street, TextRole::Soft, word));
        }
        if self.last == Some(at) {
            words.push((Icon::Check, TextRole::Accent, "Last contact".to_owned()));
        } else if touchpoint.ends {
            words.push((Icon::Check, TextRole::Soft, "May end here".to_owned()));
        }
        words.extend(undrawn_badge(self.undrawn[at]));
        words
    }

    /// Value of the coloured property.
    fn tint(&self, at: usize, touchpoint: &Touchpoint) -> Tint {
        let map = self.map;
        let known = match self.options.coloring {
            CardColoring::Owner => {
                let owner = touchpoint.owner.as_ref();
                let place = owner.and_then(|id| map.departments().position(id));
                let needs_none = map.needs_no_owner(touchpoint);
                let needs_none = needs_none.then_some(Tint::NoOwnerNeeded);
                place.map(Tint::Department).or(needs_none)
            }
            CardColoring::Feeling => self.scores.get(at).copied().flatten().map(Tint::Feeling),
            CardColoring::Channel => {
                let channel = touchpoint.channel.as_ref();
                let place = channel.and_then(|id| map.channels().position(id));
                place.map(Tint::Channel)
            }
            CardColoring::Evidence => strongest_basis(touchpoint).map(Tint::Evidence),
        };
        known.unwrap_or(Tint::Unknown)
    }

    /// Icon and text of a value of the coloured property.
    pub fn tint_label(&self, tint: Tint) -> (Option<Icon>, &'a str) {
        let with_icon = |(icon, word)| (Some(icon), word);
        match tint {
            Tint::Department(at) => (None, self.map.departments().as_slice()[at].short_name()),
            Tint::Channel(at) => {
                let name = self.map.channels().as_slice()[at].name();
                (Some(self.channel_icons[at]), name)
            }
            Tint::Feeling(score) => with_icon(score_label(score)),
            Tint::Evidence(basis) => with_icon(match basis {
                Basis::Measured => (Icon::Chart, "Measured"),
                Basis::Interviewed => (Icon::Interview, "Interviewed"),
                Basis::Observed => (Icon::Eye, "Observed"),
                Basis::Assumption => (Icon::Question, "Assumption"),
            }),
            Tint::NoOwnerNeeded => (None, NO_OWNER_NEEDED),
            Tint::Unknown => match self.options.coloring {
                CardColoring::Owner => (None, "No owner"),
                CardColoring::Feeling => (None, "No feeling"),
                CardColoring::Channel => (None, "No channel"),
                CardColoring::Evidence => (None, "Evidence not said"),
            },
        }
    }

    /// Text of the coloured property on a card.
    fn tint_text(&self, tint: Tint, touchpoint: &Touchpoint) -> String {
        let word = self.tint_label(tint).1;
        match tint {
            Tint::Feeling(score) => {
                let emotion = main_feeling(self.map, touchpoint).map(|f| f.emotion.as_str());
                let emotion = emotion.filter(|emotion| !emotion.is_empty());
                format!("{} {score}", emotion.unwrap_or(word))
            }
            Tint::Unknown if self.is_by_owner() && touchpoint.owner.is_some() => {
                "Unknown owner".to_owned()
            }
            _ => word.to_owned(),
        }
    }

    fn is_by_owner(&self) -> bool {
        self.options.coloring == CardColoring::Owner
    }
}

/// The strongest evidence of the touchpoint and its statements.
fn strongest_basis(touchpoint: &Touchpoint) -> Option<Basis> {
    let feelings = touchpoint.feelings.iter().map(|said| &said.evidence);
    let pains = touchpoint.pains.iter().map(|said| &said.evidence);
    let opportunities = touchpoint.opportunities.iter().map(|said| &said.evidence);
    let all = feelings.chain(pains).chain(opportunities);
    all.chain([&touchpoint.evidence])
        .filter_map(|evidence| evidence.basis)
        .max()
}

/// The first feeling of the main persona with a score.
fn main_feeling<'m>(map: &Map, touchpoint: &'m Touchpoint) -> Option<&'m Feeling> {
    let main = map.personas().iter().next().map(|persona| &persona.id);
    touchpoint.feelings.iter().find(|feeling| {
        let persona = feeling.persona.as_ref();
        feeling.score.is_some() && (persona.is_none() || persona == main)
    })
}

/// The face and the label of a score.
pub fn score_label(score: Score) -> (Icon, &'static str) {
    match score.tenths() {
        ..=-13 => (Icon::FaceAwful, "Awful"),
        -12..=-4 => (Icon::FaceBad, "Bad"),
        -3..=3 => (Icon::FaceNeutral, "Neutral"),
        4..=12 => (Icon::FaceGood, "Good"),
        13.. => (Icon::FaceDelighted, "Delighted"),
    }
}
