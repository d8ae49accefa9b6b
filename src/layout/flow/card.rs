//! Cards of the flow: the name first and largest, then the coloured property as text and icon, then
//! important badges.
//!
//! Must not know: where cards are placed, colours.

use super::options::{CardColoring, FlowOptions};
use super::ports::min_card_height;
use crate::geom::{Rect, pt};
use crate::graph::Graph;
use crate::layout::card::{Badge, badge_labels};
use crate::layout::card_names::STRIPE;
use crate::layout::text_block;
use crate::layout::text_block::{TextBlock, TextRole, TextRun, fit_largest};
use crate::model::{Basis, Feeling, Field, Map, Record, Score, Touchpoint, TouchpointId};
use crate::text::Measure;
use crate::theme::{Icon, Sizes, size};
use std::sync::Arc;

/// The value by which a card is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tint {
    /// A department, by place in the list.
    Department(usize),
    /// A score.
    Feeling(Score),
    /// A channel, by place in the list.
    Channel(usize),
    /// The strongest evidence.
    Evidence(Basis),
    /// No value.
    Unknown,
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
    /// Position and size.
    pub rect: Rect,
    /// The value by which the card is coloured.
    pub tint: Tint,
    /// The texts.
    pub runs: Vec<TextRun>,
    /// The icon before the coloured property.
    pub icon: Option<(Icon, Rect)>,
    /// Badges along the bottom.
    pub badges: Vec<Badge>,
    /// The name alone, as large as fits, for overview zoom.
    pub far: Vec<TextRun>,
    /// Whether the card is the first contact.
    pub is_first_contact: bool,
    /// Whether the card is the last contact.
    pub is_last_contact: bool,
    /// Whether the card is reachable from the first contact.
    pub is_reachable: bool,
}

impl FlowCard {
    /// Translates the card.
    pub(super) fn shift(&mut self, dx: f32, dy: f32) {
        let by = pt(dx, dy);
        self.rect = self.rect.translate(by);
        let badge_runs = self.badges.iter_mut().flat_map(|badge| &mut badge.runs);
        for run in self.runs.iter_mut().chain(&mut self.far).chain(badge_runs) {
            run.at = run.at + by;
        }
        for badge in &mut self.badges {
            badge.rect = badge.rect.translate(by);
        }
        if let Some((_, rect)) = &mut self.icon {
            *rect = rect.translate(by);
        }
    }
}

/// Inputs shared by all cards.
pub(super) struct FlowCardBuilder<'a> {
    map: &'a Map,
    options: &'a FlowOptions,
    sizes: &'static Sizes,
    scores: Vec<Option<Score>>,
    channel_icons: Vec<Icon>,
    first: Option<usize>,
    last: Option<usize>,
}

impl<'a> FlowCardBuilder<'a> {
    pub fn new(map: &'a Map, graph: &Graph, options: &'a FlowOptions) -> FlowCardBuilder<'a> {
        FlowCardBuilder {
            map,
            options,
            sizes: options.density.sizes(),
            scores: graph.scores(None),
            channel_icons: map
                .channels()
                .iter()
                .map(|c| Icon::for_channel(c.icon.as_deref(), &c.name))
                .collect(),
            first: graph.first_contact(),
            last: graph.last_contact(),
        }
    }

    /// A card at (0, 0) with the height it needs.
    pub fn card(
        &self,
        (at, touchpoint): (usize, &Touchpoint),
        number: Arc<str>,
        reached: bool,
        measure: &mut dyn Measure,
    ) -> FlowCard {
        let sizes = self.sizes;
        let left = STRIPE + 11.0 * sizes.spacing;
        let inner = sizes.card - left - 10.0 * sizes.spacing;
        let (name, ink) = match touchpoint.name.as_str() {
            "" => ("Unnamed", TextRole::Soft),
            name => (name, TextRole::Normal),
        };
        let mut runs = Vec::new();
        let block = TextBlock::new(name, sizes.text(size::NAME), ink, inner, measure);
        let mut y = block.place(left, 8.0 * sizes.spacing, &mut runs);
        text_block::set_text_field(&mut runs, Field::Name);

        let (tint, sign, word) = self.tint(at, touchpoint);
        y += 3.0 * sizes.spacing;
        let small = sizes.text(size::SMALL);
        let numbered = TextBlock::new(&number, small, TextRole::Soft, inner, measure);
        numbered.place(left + inner - numbered.width(), y, &mut runs);
        let (icon, beside) = match sign {
            Some(_) => (sizes.icon, 5.0),
            None => (0.0, 0.0),
        };
        let sign = sign.map(|sign| (sign, Rect::new(left, y + 0.5, icon, icon)));
        let word_ink = match (tint, self.options.coloring) {
            (Tint::Unknown, CardColoring::Owner) => TextRole::Unowned,
            _ => TextRole::Soft,
        };
        let room = inner - icon - beside - numbered.width() - 8.0;
        let style = sizes.text(size::SMALL_STRONG);
        let word = TextBlock::new(&word, style, word_ink, room, measure);
        y = word
            .place(left + icon + beside, y, &mut runs)
            .max(y + numbered.height());

        let mut card = FlowCard {
            id: touchpoint.id.clone(),
            at,
            number,
            rect: Rect::default(),
            tint,
            runs,
            icon: sign,
            badges: Vec::new(),
            far: Vec::new(),
            is_first_contact: self.first == Some(at),
            is_last_contact: self.last == Some(at),
            is_reachable: reached,
        };
        y = self.badges(&mut card, touchpoint, (left, y), inner, measure);
        let height = (y + 8.0 * sizes.spacing).max(min_card_height(sizes));
        card.rect = Rect::new(0.0, 0.0, sizes.card, height);
        let far = [28.0, 25.0, 22.0, 19.0].map(|far| far * sizes.type_scale);
        // Leaves room for an ellipsis at the right.
        let room = (sizes.card - STRIPE - 23.0, height - 8.0);
        let block = fit_largest(name, &far, room, ink, measure);
        let top = (height - block.height()) / 2.0;
        block.place(STRIPE + 7.0, top, &mut card.far);
        text_block::set_text_field(&mut card.far, Field::Name);
        card
    }

    /// Places the badges below `y`; returns their bottom.
    fn badges(
        &self,
        card: &mut FlowCard,
        touchpoint: &Touchpoint,
        (left, mut y): (f32, f32),
        inner: f32,
        measure: &mut dyn Measure,
    ) -> f32 {
        let sizes = self.sizes;
        let mut words = badge_labels(touchpoint);
        words.retain(|(_, ink, _)| matches!(ink, TextRole::Moment | TextRole::Pain));
        if card.is_first_contact {
            words.insert(
                0,
                (Icon::Street, TextRole::Accent, "First contact".to_owned()),
            );
        }
        if card.is_last_contact {
            words.push((Icon::Check, TextRole::Accent, "Last contact".to_owned()));
        } else if touchpoint.ends {
            words.push((Icon::Check, TextRole::Soft, "May end here".to_owned()));
        }
        if words.is_empty() {
            return y;
        }
        let style = sizes.text(size::SMALL_STRONG);
        y += 5.0 * sizes.spacing;
        let mut x = left;
        for (icon, ink, word) in words {
            let room = inner - sizes.icon - 4.0;
            let block = TextBlock::new(&word, style, ink, room, measure);
            let width = sizes.icon + 4.0 + block.width();
            if x + width > left + inner && x > left {
                x = left;
                y += sizes.icon + 5.0 * sizes.spacing;
            }
            let mut runs = Vec::new();
            block.place(x + sizes.icon + 4.0, y, &mut runs);
            card.badges.push(Badge {
                icon,
                role: ink,
                rect: Rect::new(x, y, sizes.icon, sizes.icon),
                runs,
            });
            x += width + 10.0;
        }
        y + sizes.icon
    }

    /// Value, icon and text of the coloured property.
    fn tint(&self, at: usize, touchpoint: &Touchpoint) -> (Tint, Option<Icon>, String) {
        let map = self.map;
        match self.options.coloring {
            CardColoring::Owner => {
                let place = touchpoint
                    .owner
                    .as_ref()
                    .map(|id| map.departments().position(id));
                match place {
                    Some(Some(place)) => {
                        let owner = map.departments().as_slice().get(place);
                        let name = owner.map_or("", |owner| owner.short_name());
                        (Tint::Department(place), None, name.to_owned())
                    }
                    Some(None) => (Tint::Unknown, None, "Unknown owner".to_owned()),
                    None => (Tint::Unknown, None, "No owner".to_owned()),
                }
            }
            CardColoring::Feeling => match self.scores.get(at).copied().flatten() {
                Some(score) => {
                    let (icon, word) = score_label(score);
                    let word = match main_feeling(map, touchpoint).map(|f| f.emotion.as_str()) {
                        None | Some("") => word,
                        Some(emotion) => emotion,
                    };
                    let words = format!("{word} {score}");
                    (Tint::Feeling(score), Some(icon), words)
                }
                None => (Tint::Unknown, None, "No feeling".to_owned()),
            },
            CardColoring::Channel => {
                let channel = touchpoint.channel.as_ref();
                match channel.and_then(|id| map.channels().position(id)) {
                    Some(place) => {
                        let name = map
                            .channels()
                            .as_slice()
                            .get(place)
                            .map_or("", Record::name);
                        let icon = self.channel_icons[place];
                        (Tint::Channel(place), Some(icon), name.to_owned())
                    }
                    None => (Tint::Unknown, None, "No channel".to_owned()),
                }
            }
            CardColoring::Evidence => match strongest_basis(touchpoint) {
                Some(basis) => {
                    let (icon, word) = basis_label(basis);
                    (Tint::Evidence(basis), Some(icon), word.to_owned())
                }
                None => (Tint::Unknown, None, "Evidence not said".to_owned()),
            },
        }
    }
}

/// The strongest evidence of the touchpoint and its statements.
fn strongest_basis(touchpoint: &Touchpoint) -> Option<Basis> {
    let feelings = touchpoint.feelings.iter().map(|it| &it.evidence);
    let pains = touchpoint.pains.iter().map(|it| &it.evidence);
    let opportunities = touchpoint.opportunities.iter().map(|it| &it.evidence);
    let all = feelings.chain(pains).chain(opportunities);
    all.chain([&touchpoint.evidence])
        .filter_map(|evidence| evidence.basis)
        .max()
}

/// The first feeling of the main persona with a score.
fn main_feeling<'m>(map: &Map, touchpoint: &'m Touchpoint) -> Option<&'m Feeling> {
    let main = map.personas().iter().next().map(|persona| &persona.id);
    touchpoint
        .feelings
        .iter()
        .filter(|feeling| feeling.score.is_some())
        .find(|feeling| feeling.persona.is_none() || feeling.persona.as_ref() == main)
}

/// The face and the label of a score.
pub(in crate::layout) fn score_label(score: Score) -> (Icon, &'static str) {
    match score.tenths() {
        ..=-13 => (Icon::FaceAwful, "Awful"),
        -12..=-4 => (Icon::FaceBad, "Bad"),
        -3..=3 => (Icon::FaceNeutral, "Neutral"),
        4..=12 => (Icon::FaceGood, "Good"),
        13.. => (Icon::FaceDelighted, "Delighted"),
    }
}

/// The icon and the label of a kind of evidence.
pub(super) fn basis_label(basis: Basis) -> (Icon, &'static str) {
    match basis {
        Basis::Measured => (Icon::Chart, "Measured"),
        Basis::Interviewed => (Icon::Interview, "Interviewed"),
        Basis::Observed => (Icon::Eye, "Observed"),
        Basis::Assumption => (Icon::Question, "Assumption"),
    }
}
