//! Handoff marks: stitches across the route between two cards with different owners; and marks on
//! the cards that every customer passes.
//!
//! Present only with [`super::LayoutOptions::seams`].
//! Must not know: the course of routes, colours.

use super::LayoutInputs;
use super::header::JourneyHeader;
use super::route::RelativeTarget;
use super::stage::StageLayout;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::{Point, Rect, pt};
use crate::graph::{Graph, StageFlow};
use crate::model::{Map, Touchpoint};
use crate::text::Measure;
use crate::theme::{Sizes, size};
use HandoffOwner as Owner;

/// The owner on one side of a handoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HandoffOwner {
    /// No owner.
    Nobody,
    /// A department that is not in the map.
    Unknown,
    /// The department at this place in the list.
    Department(usize),
}

/// The owner who hands over and the one who takes over.
pub(super) type OwnerPair = (Owner, Owner);

/// One side of a handoff mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandoffSide {
    /// The owner on this side.
    pub owner: Owner,
    /// Area of the stitches, which run along its longer side.
    pub strip: Rect,
}

/// A handoff mark across a route, relative to the lane and the stage in which the route starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandoffMark {
    /// The side that hands over.
    pub from: HandoffSide,
    /// The side that takes over.
    pub to: HandoffSide,
}

/// A legend entry.
#[derive(Clone, Debug)]
pub struct HandoffLegendEntry {
    /// The sample that is explained.
    pub sample: HandoffSample,
    /// The explanation with the number of occurrences.
    pub runs: Vec<TextRun>,
}

/// Sample of a legend entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HandoffSample {
    /// A handoff mark.
    Handoff(HandoffMark),
    /// The mark of a card that every customer passes, in this square.
    Dominator(Rect),
    /// No sample.
    Nothing,
}

/// Width of an owner's stitches.
const STITCH_WIDTH: f32 = 3.0;
/// Width of the unowned side of a handoff mark, wider to draw attention.
const UNOWNED_WIDTH: f32 = 7.0;
/// Size of the mark on a card that every customer passes, added to that of an icon.
const DOMINATOR_MARK_EXTRA: f32 = 5.0;
/// Width at the right of a card that labels above it leave free for loops.
pub(super) const RISER_MARGIN: f32 = 46.0;

/// The owner of a touchpoint.
pub(super) fn owner(map: &Map, touchpoint: &Touchpoint) -> Owner {
    match &touchpoint.owner {
        None => Owner::Nobody,
        Some(id) => match map.departments().position(id) {
            None => Owner::Unknown,
            Some(at) => Owner::Department(at),
        },
    }
}

impl HandoffMark {
    /// A mark along `line`, across a route that comes from its left or upper side, or from the
    /// other one if `back`.
    pub(super) fn new((from, to): OwnerPair, line: (Point, Point), back: bool) -> HandoffMark {
        let upright = line.0.x == line.1.x;
        let strip = |owner: Owner, first: bool| {
            let width = match owner {
                Owner::Department(_) => STITCH_WIDTH,
                Owner::Nobody | Owner::Unknown => UNOWNED_WIDTH,
            };
            let (near, far) = match first {
                true => (-1.0 - width, -1.0),
                false => (1.0, 1.0 + width),
            };
            let strip = match upright {
                true => Rect {
                    min: pt(line.0.x + near, line.0.y),
                    max: pt(line.1.x + far, line.1.y),
                },
                false => Rect {
                    min: pt(line.0.x, line.0.y + near),
                    max: pt(line.1.x, line.1.y + far),
                },
            };
            HandoffSide { owner, strip }
        };
        HandoffMark {
            from: strip(from, !back),
            to: strip(to, back),
        }
    }

    /// Whether a side has no known owner.
    pub fn is_gap(&self) -> bool {
        is_gap((self.from.owner, self.to.owner))
    }

    /// The mark translated by a distance.
    pub(super) fn shift(mut self, by: Point) -> HandoffMark {
        self.from.strip = self.from.strip.translate(by);
        self.to.strip = self.to.strip.translate(by);
        self
    }
}

fn is_gap(hands: OwnerPair) -> bool {
    let known = |owner| matches!(owner, Owner::Department(_));
    !known(hands.0) || !known(hands.1)
}

/// The label of a route: its own text, and the handoff.
#[derive(Clone, Debug)]
pub(super) struct RouteLabelBlocks {
    own: Option<TextBlock>,
    handoff: Option<TextBlock>,
    /// Whether the handoff is left out, because another route to the same card shows it.
    is_suppressed: bool,
}

impl RouteLabelBlocks {
    /// The label, if it has any text.
    pub fn new(own: Option<TextBlock>, seam: Option<TextBlock>) -> Option<RouteLabelBlocks> {
        let echo = false;
        (own.is_some() || seam.is_some()).then_some(RouteLabelBlocks {
            own,
            handoff: seam,
            is_suppressed: echo,
        })
    }

    /// Sets whether the handoff is left out; returns whether that changed.
    pub fn set_suppressed(&mut self, echo: bool) -> bool {
        std::mem::replace(&mut self.is_suppressed, echo) != echo
    }

    /// Whether there is no text to show.
    pub fn is_empty(&self) -> bool {
        self.blocks().next().is_none()
    }

    fn blocks(&self) -> impl Iterator<Item = &TextBlock> {
        let seam = self.handoff.as_ref().filter(|_| !self.is_suppressed);
        self.own.iter().chain(seam)
    }

    /// Height above a card, texts below each other.
    pub fn height(&self) -> f32 {
        self.blocks().map(TextBlock::height).sum()
    }

    /// Width along a line, texts side by side.
    pub fn line_width(&self) -> f32 {
        let between = LABEL_GAP * self.blocks().skip(1).count() as f32;
        self.blocks().map(TextBlock::width).sum::<f32>() + between
    }

    /// Places the texts above a card.
    pub fn place_above(&self, x: f32, bottom: f32, runs: &mut Vec<TextRun>) {
        let mut y = bottom - self.height();
        for block in self.blocks() {
            y = block.place(x, y, runs);
        }
    }

    /// Places the texts along a line.
    pub fn place_along(&self, x: f32, bottom: f32, runs: &mut Vec<TextRun>) {
        let mut x = x;
        for block in self.blocks() {
            block.place(x, bottom - block.height(), runs);
            x += block.width() + LABEL_GAP;
        }
    }
}

/// Gap between two texts along a line.
const LABEL_GAP: f32 = 12.0;

impl LayoutInputs<'_> {
    /// Text of a handoff, no wider than `room`.
    pub(super) fn owner_pair_block(
        &self,
        hands: OwnerPair,
        room: f32,
        measure: &mut dyn Measure,
    ) -> TextBlock {
        let name = |owner: Owner| match owner {
            Owner::Nobody => "No owner",
            Owner::Unknown => "Unknown owner",
            Owner::Department(at) => {
                let department = self.map.departments().as_slice().get(at);
                department.map_or("", |it| it.short_name())
            }
        };
        let words = format!("{} → {}", name(hands.0), name(hands.1));
        let ink = match is_gap(hands) {
            false => TextRole::Soft,
            true => TextRole::Unowned,
        };
        let style = self.sizes.text(size::SMALL_STRONG);
        TextBlock::new(&words, style, ink, room, measure)
    }
}

/// Place of the mark on a card that every customer passes.
pub(super) fn dominator_mark(card: Rect, sizes: &Sizes) -> Rect {
    let side = sizes.icon + DOMINATOR_MARK_EXTRA;
    Rect::centered_square(pt(card.max.x - side, card.max.y + 3.0), side)
}

/// The cards that every customer passes, cached while the flow of the journey stays the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Dominators {
    /// The flow of the journey, by stage.
    flow_keys: Vec<StageFlowKey>,
    /// The cards that every customer passes, by stage.
    cards: Vec<Vec<usize>>,
    /// Number of these cards; `None` if no path leads from the first contact to the last.
    count: Option<usize>,
}

/// The flow within a stage and the targets outside of it.
type StageFlowKey = (StageFlow, Option<Vec<Option<RelativeTarget>>>);

impl Dominators {
    /// Updates the cards that every customer passes if the flow changed, and assigns them to the
    /// stages. Returns their number.
    pub fn update(
        &mut self,
        map: &Map,
        stages: &mut [StageLayout],
        mut fresh: impl FnMut() -> u64,
    ) -> Option<usize> {
        let same = |(course, stage): (&StageFlowKey, &StageLayout)| {
            course.0 == stage.flow && course.1.as_deref() == stage.routes.targets()
        };
        let known = self.flow_keys.len() == stages.len();
        if !known || !self.flow_keys.iter().zip(stages.iter()).all(same) {
            *self = Dominators::of(map, stages);
        }
        for (stage, cards) in stages.iter_mut().zip(&self.cards) {
            if stage.dominators != *cards {
                stage.dominators.clone_from(cards);
                stage.routes.set_version(fresh());
            }
        }
        self.count
    }

    fn of(map: &Map, stages: &[StageLayout]) -> Dominators {
        let graph = Graph::of(map);
        let ends = graph.first_contact().zip(graph.last_contact());
        let all = ends.and_then(|(first, last)| graph.dominators(first, last));
        let count = all.as_ref().map(Vec::len);
        let mut all = all.unwrap_or_default();
        all.sort_unstable();
        let cards = stages.iter().map(|stage| {
            let (start, end) = (stage.first_step, stage.first_step + stage.steps().len());
            let first = all.partition_point(|at| *at < start);
            let last = all.partition_point(|at| *at < end);
            all[first..last].iter().map(|at| at - start).collect()
        });
        Dominators {
            cards: cards.collect(),
            flow_keys: stages
                .iter()
                .map(|stage| {
                    (
                        stage.flow.clone(),
                        stage.routes.targets().map(<[_]>::to_vec),
                    )
                })
                .collect(),
            count,
        }
    }
}

/// Adds the legend of handoff marks and marked cards to a header, with the number of each.
pub(super) fn add_legend(
    header: &mut JourneyHeader,
    (width, passed): (f32, Option<usize>),
    stages: &[StageLayout],
    sizes: &Sizes,
    measure: &mut dyn Measure,
) {
    let mut kinds = [
        ("Handoff between owners", 0, None),
        ("Handoff from or to nobody", 0, None),
        ("Handoff from or to an unknown owner", 0, None),
    ];
    for hands in stages.iter().flat_map(|stage| stage.routes.owner_pairs()) {
        let kind = match hands {
            (Owner::Nobody, _) | (_, Owner::Nobody) => 1,
            (Owner::Unknown, _) | (_, Owner::Unknown) => 2,
            (Owner::Department(_), Owner::Department(_)) => 0,
        };
        let (_, count, first) = &mut kinds[kind];
        *count += 1;
        first.get_or_insert(hands);
    }
    let upright = |hands: OwnerPair| {
        let line = (pt(UNOWNED_WIDTH + 1.0, -9.0), pt(UNOWNED_WIDTH + 1.0, 9.0));
        HandoffSample::Handoff(HandoffMark::new(hands, line, false))
    };
    let mut entries = Vec::new();
    for (words, count, first) in kinds {
        if let Some(hands) = first {
            entries.push((upright(hands), format!("{words} {count}")));
        }
    }
    if entries.is_empty() {
        entries.push((
            HandoffSample::Nothing,
            "No handoffs between owners".to_owned(),
        ));
    }
    let side = sizes.icon + DOMINATOR_MARK_EXTRA;
    let any = stages.iter().any(|stage| !stage.steps().is_empty());
    match passed {
        Some(count) => {
            let square = Rect::centered_square(pt(side / 2.0, 0.0), side);
            let words = format!("Every customer passes {count}");
            entries.push((HandoffSample::Dominator(square), words));
        }
        None if any => {
            let words = "No way from the first contact to the last".to_owned();
            entries.push((HandoffSample::Nothing, words));
        }
        None => {}
    }
    let (left, style) = (size::MARGIN, sizes.text(size::SMALL));
    let (mut x, mut y) = (left, header.height - 2.0);
    for (sample, words) in entries {
        let beside = match sample {
            HandoffSample::Nothing => 0.0,
            HandoffSample::Handoff(_) | HandoffSample::Dominator(_) => side + 6.0,
        };
        let room = (width - 2.0 * left - beside).max(80.0);
        let block = TextBlock::new(&words, style, TextRole::Normal, room, measure);
        let whole = beside + block.width();
        if x > left && x + whole > width - left {
            (x, y) = (left, y + 26.0);
        }
        let middle = pt(x, y + style.size * size::LEADING / 2.0);
        let mut runs = Vec::new();
        block.place(x + beside, y, &mut runs);
        header.legend.push(HandoffLegendEntry {
            sample: match sample {
                HandoffSample::Handoff(seam) => HandoffSample::Handoff(seam.shift(middle)),
                HandoffSample::Dominator(square) => {
                    HandoffSample::Dominator(square.translate(middle))
                }
                HandoffSample::Nothing => HandoffSample::Nothing,
            },
            runs,
        });
        x += whole + 24.0;
    }
    header.height = y + 36.0;
}
