//! The ways out of one stage before they are drawn: where they lead, their words,
//! and how much room these need.

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

/// A touchpoint seen from a stage: how many stages further on, and its place there.
pub(in crate::layout) type Seen = (isize, usize);

/// A way out of a stage's touchpoint, before it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: Seen,
    pub(super) kind: PathKind,
    /// Who hands over to whom, where it is a handoff and those are shown.
    pub(super) hands: Option<Hands>,
    pub(super) label: Option<Words>,
    /// Whether it runs above the cards, and on which level then.
    pub(super) over: bool,
    pub(super) level: usize,
    /// Height of the words of earlier ways that stand above the same card.
    pub(super) stack: f32,
}

/// All ways out of a stage.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Ways {
    pub(super) all: Vec<Way>,
    /// Where the legs lead that leave the stage; `None` before the first look.
    pub(super) targets: Option<Vec<Option<Seen>>>,
    /// Who owns what those lead to, where seams are shown.
    pub(super) owners: Vec<SeamOwner>,
    /// Which of all ways leave the stage.
    pub(super) crossing: Vec<usize>,
    /// Which of all ways run above the cards.
    pub(super) over: Vec<usize>,
    /// Words of ways from other stages above cards of this one: place and height.
    pub(super) calls: Vec<(usize, f32)>,
    /// Loops from other stages that end in this one: place and level.
    pub(super) ends: Vec<(usize, usize)>,
    /// Room that words above the cards of each row need.
    pub(super) rooms: Vec<f32>,
    /// Another number for every other course of the ways.
    pub(super) version: u64,
}

/// Where labels start, from the left edge of the card they stand above.
pub(super) const LABEL_INSET: f32 = 26.0;

impl Ways {
    /// The ways of a stage whose legs out of it lead to these targets.
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

    /// Who hands over to whom, way by way, where that is shown.
    pub fn hands(&self) -> impl Iterator<Item = Hands> {
        self.all.iter().filter_map(|way| way.hands)
    }

    /// Where those lead that leave the stage, once they were looked at.
    pub fn targets(&self) -> Option<&[Option<Seen>]> {
        self.targets.as_deref()
    }

    /// Whatever is drawn of them is drawn anew.
    pub fn renew(&mut self, version: u64) {
        self.version = version;
    }

    /// Sums up what the ways say one by one; a new version.
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

    /// Height of the words of other stages' ways above a card.
    pub(super) fn called(&self, step: usize) -> f32 {
        let here = self.calls.iter().filter(|call| call.0 == step);
        here.map(|call| call.1).sum()
    }
}

/// Whether a way within a stage runs above the cards: loops, and leaps along the main line.
fn goes_over(from: &Step, to: &Step) -> bool {
    let (a, b) = (from.column, to.column);
    if b < a || (b == a && to.row <= from.row) {
        return true;
    }
    // The columns between hold main steps.
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
    // Where not everything is said, stitches speak for themselves.
    let said = shown.common.seams && sizes.full;
    let room = match (backward, said) {
        (true, _) => f32::INFINITY,
        (false, false) => sizes.card - LABEL_INSET,
        (false, true) => sizes.card - LABEL_INSET - RISERS,
    };
    let path = leg.written.map(|at| &touchpoint.paths[at]);
    let own = path.and_then(|path| {
        // Dot, number and sign stay on one line.
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
