//! The routes out of one stage before they are drawn: targets, labels, and the room these need.
//!
//! Must not know: the course of routes.

use crate::graph::{Leg, StageFlow, To};
use crate::layout::Shown;
use crate::layout::grid::Step;
use crate::layout::handoffs;
use crate::layout::handoffs::{Hands, RISERS, SeamOwner, Words};
use crate::layout::text_block::{Block, Ink};
use crate::model::{PathKind, Touchpoint};
use crate::text::Measure;
use crate::theme::size;
use rustc_hash::{FxHashMap, FxHashSet};

/// A touchpoint relative to a stage: offset of its stage, and its index there.
pub(in crate::layout) type Seen = (isize, usize);

/// A route out of a touchpoint of a stage, before it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: Seen,
    pub(super) kind: PathKind,
    /// The owners on both sides, if the route is a handoff and handoffs are shown.
    pub(super) hands: Option<Hands>,
    pub(super) label: Option<Words>,
    /// Whether the route runs above the cards, with its level if it does.
    pub(super) over: bool,
    pub(super) level: usize,
    /// Height of the labels of earlier routes above the same card.
    pub(super) stack: f32,
}

/// All routes out of a stage.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Ways {
    pub(super) all: Vec<Way>,
    /// Targets of the legs that leave the stage; `None` before they are found.
    pub(super) targets: Option<Vec<Option<Seen>>>,
    /// Owners of these targets, if handoffs are shown.
    pub(super) owners: Vec<SeamOwner>,
    /// Indices of the routes that leave the stage.
    pub(super) crossing: Vec<usize>,
    /// Indices of the routes above the cards.
    pub(super) over: Vec<usize>,
    /// Labels of routes from other stages above cards of this one: index and height.
    pub(super) calls: Vec<(usize, f32)>,
    /// Loops from other stages that end in this one: index and level.
    pub(super) ends: Vec<(usize, usize)>,
    /// Height of the labels above the cards of each row.
    pub(super) rooms: Vec<f32>,
    /// Version, changed whenever a route changes.
    pub(super) version: u64,
}

/// Left edge of labels, from the left edge of the card below.
pub(super) const LABEL_INSET: f32 = 26.0;

impl Ways {
    /// The routes of a stage, given the targets of the legs that leave it.
    pub(super) fn of(
        shown: &Shown<'_>,
        (flow, steps): (&StageFlow, &[Step]),
        touchpoints: &[Touchpoint],
        (targets, owners): (Vec<Option<Seen>>, Vec<SeamOwner>),
        measure: &mut dyn Measure,
    ) -> Ways {
        let mut ways = Ways::default();
        let mut outward = targets.iter();
        let mut others = owners.iter();
        let mut stacks: FxHashMap<usize, f32> = FxHashMap::default();
        let mut said: FxHashSet<(usize, Hands)> = FxHashSet::default();
        for leg in &flow.legs {
            let here = |step: usize| handoffs::owner(shown.map, &touchpoints[step]);
            let (to, owner) = match leg.to {
                To::Here(step) if shown.common.seams => (Some((0, step)), here(step)),
                To::Here(step) => (Some((0, step)), SeamOwner::Nobody),
                To::There(_) | To::Onward => {
                    let owner = others.next().copied().unwrap_or(SeamOwner::Nobody);
                    (outward.next().copied().flatten(), owner)
                }
            };
            let Some(to) = to else { continue };
            let hands = match shown.common.seams {
                true => Some((here(leg.from), owner)).filter(|(from, to)| from != to),
                false => None,
            };
            let backward = to <= (0, leg.from);
            let label = label(
                shown,
                &touchpoints[leg.from],
                (leg, hands),
                backward,
                measure,
            );
            let mut way = Way {
                from: leg.from,
                to,
                kind: leg.kind,
                hands,
                label,
                over: false,
                level: 0,
                stack: 0.0,
            };
            if to.0 == 0 {
                way.over = goes_over(&steps[leg.from], &steps[to.1]);
                if let (false, Some(label)) = (way.over, &mut way.label) {
                    label.leave(hands.is_some_and(|hands| !said.insert((to.1, hands))));
                    let stack = stacks.entry(to.1).or_default();
                    way.stack = *stack;
                    *stack += label.height();
                }
            } else {
                ways.crossing.push(ways.all.len());
            }
            ways.all.push(way);
        }
        ways.targets = Some(targets);
        ways.owners = owners;
        ways
    }

    /// The owners on both sides of each handoff, if handoffs are shown.
    pub fn hands(&self) -> impl Iterator<Item = Hands> {
        self.all.iter().filter_map(|way| way.hands)
    }

    /// Targets of the legs that leave the stage, once found.
    pub fn targets(&self) -> Option<&[Option<Seen>]> {
        self.targets.as_deref()
    }

    /// Sets the version, so that all routes are drawn again.
    pub fn renew(&mut self, version: u64) {
        self.version = version;
    }

    /// Updates the values derived from all routes, and the version.
    pub(super) fn settle(&mut self, steps: &[Step], version: u64) {
        self.version = version;
        self.over = (0..self.all.len()).filter(|w| self.all[*w].over).collect();
        self.rooms.clear();
        for way in self.all.iter().filter(|way| way.to.0 == 0 && !way.over) {
            if let Some(label) = &way.label {
                let room = way.stack + self.called(way.to.1) + label.height();
                raise(&mut self.rooms, steps[way.to.1].row, room);
            }
        }
    }

    /// Height of the labels of other stages' routes above a card.
    pub(super) fn called(&self, step: usize) -> f32 {
        let here = self.calls.iter().filter(|call| call.0 == step);
        here.map(|call| call.1).sum()
    }
}

/// Whether a route within a stage runs above the cards: loops, and skips along the main line.
fn goes_over(from: &Step, to: &Step) -> bool {
    let (a, b) = (from.column, to.column);
    if b < a || (b == a && to.row <= from.row) {
        return true;
    }
    // The columns between contain main steps.
    from.row == 0 && to.row == 0 && b > a + 1
}

/// Raises the value of a row to at least this one.
pub(super) fn raise(rows: &mut Vec<f32>, row: usize, value: f32) {
    if rows.len() <= row {
        rows.resize(row + 1, 0.0);
    }
    rows[row] = rows[row].max(value);
}

fn label(
    shown: &Shown<'_>,
    touchpoint: &Touchpoint,
    (leg, hands): (&Leg, Option<Hands>),
    backward: bool,
    measure: &mut dyn Measure,
) -> Option<Words> {
    let sizes = shown.sizes;
    // Where not all texts are shown, the handoff mark has no label.
    let said = shown.common.seams && sizes.full;
    let room = match (backward, said) {
        (true, _) => f32::INFINITY,
        (false, false) => sizes.card - LABEL_INSET,
        (false, true) => sizes.card - LABEL_INSET - RISERS,
    };
    let path = leg.written.map(|at| &touchpoint.paths[at]);
    let own = path.and_then(|path| {
        // No-break spaces keep separator, number and sign on one line.
        let share = path
            .share
            .map(|share| share.to_string().replace(' ', "\u{a0}"));
        let words = match (path.label.as_str(), share) {
            ("", None) => return None,
            ("", Some(share)) => share,
            (label, None) => label.to_owned(),
            (label, Some(share)) => format!("{label} ·\u{a0}{share}"),
        };
        let ink = if leg.kind == PathKind::Failure {
            Ink::Bad
        } else {
            Ink::Soft
        };
        let style = sizes.text(size::SMALL);
        Some(Block::new(&words, style, ink, room, measure))
    });
    let seam = hands.filter(|_| said);
    let seam = seam.map(|hands| shown.hands(hands, room, measure));
    Words::new(own, seam)
}
