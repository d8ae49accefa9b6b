//! The routes out of one stage before they are drawn: targets, labels, and the room these need.
//!
//! Must not know: the course of routes.

use crate::graph::{LinkTarget, OutEdge, StageFlow};
use crate::layout::LayoutInputs;
use crate::layout::grid::GridStep;
use crate::layout::handoffs::{self, HandoffOwner, OwnerPair, RISER_MARGIN, RouteLabelBlocks};
use crate::layout::paths::{drawn_links, path_role, path_words};
use crate::model::{PathKind, Touchpoint};
use crate::theme::size;
use rustc_hash::{FxHashMap, FxHashSet};

/// A touchpoint relative to a stage: offset of its stage, and its index there.
pub(in crate::layout) type RelativeTarget = (isize, usize);

/// The stage of a relative target.
pub(super) fn stage_index(stage: usize, seen: RelativeTarget) -> usize {
    stage.saturating_add_signed(seen.0)
}

/// A route out of a touchpoint of a stage, before it is drawn.
#[derive(Clone, Debug)]
pub(super) struct RoutePlan {
    pub(super) from: usize,
    /// Index in the flow of the stage.
    pub(super) edge: usize,
    pub(super) to: RelativeTarget,
    pub(super) kind: PathKind,
    /// The owners on both sides, if the route is a handoff and handoffs are shown.
    pub(super) owners: Option<OwnerPair>,
    /// Boxed, because few routes have one.
    pub(super) label: Option<Box<RouteLabelBlocks>>,
    /// Whether the route runs above the cards, with its level if it does.
    pub(super) is_above: bool,
    pub(super) level: usize,
    /// Left edge of the label of a route above the cards; `None` where it would lie over others.
    pub(super) label_x: Option<f32>,
    /// Height of the labels of earlier routes above the same card.
    pub(super) label_offset: f32,
}

impl RoutePlan {
    /// Whether the label names the owners on both sides of a handoff.
    pub(super) fn says_handoff(&self) -> bool {
        let label = self.label.as_ref();
        label.is_some_and(|label| !label.is_suppressed())
    }
}

/// All routes out of a stage.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct StageRoutes {
    pub(super) all: Vec<RoutePlan>,
    /// Targets of the legs that leave the stage; `None` before they are found.
    pub(super) targets: Option<Vec<Option<RelativeTarget>>>,
    /// Owners of these targets, if handoffs are shown.
    pub(super) owners: Vec<Option<HandoffOwner>>,
    /// Whether the stages of these targets are folded.
    pub(super) folds: Vec<bool>,
    /// The owners on both sides of handoffs that are not drawn.
    undrawn_owners: Vec<OwnerPair>,
    /// Indices of the routes that leave the stage.
    pub(super) outgoing: Vec<usize>,
    /// Indices of the routes above the cards.
    pub(super) above: Vec<usize>,
    /// Labels of routes from other stages above cards of this one: index and height.
    pub(super) incoming_labels: Vec<(usize, f32)>,
    /// Height of the labels above the cards of each row.
    pub(super) label_heights: Vec<f32>,
    /// Version, changed whenever a route changes.
    pub(super) version: u64,
}

/// Left edge of labels, from the left edge of the card below.
pub(super) const LABEL_INSET: f32 = 26.0;

impl StageRoutes {
    /// The routes of a stage, folded or not, given the targets of the legs that leave it.
    pub(super) fn of(
        shown: &mut LayoutInputs<'_>,
        (flow, steps, is_folded): (&StageFlow, &[GridStep], bool),
        touchpoints: &[Touchpoint],
        (targets, owners, folds): (
            Vec<Option<RelativeTarget>>,
            Vec<Option<HandoffOwner>>,
            Vec<bool>,
        ),
    ) -> StageRoutes {
        let mut ways = StageRoutes::default();
        let mut outward = targets.iter();
        let mut others = owners.iter();
        let mut folded = folds.iter();
        let mut bundles = Bundles::default();
        let mut stacks: FxHashMap<usize, f32> = FxHashMap::default();
        let mut said: FxHashSet<(usize, OwnerPair)> = FxHashSet::default();
        let (map, handoffs) = (shown.map, shown.shared.shows_handoffs());
        let owner_of = |step: usize| {
            if handoffs {
                handoffs::owner(map, &touchpoints[step])
            } else {
                None
            }
        };
        let drawn = drawn_links(&flow.edges);
        for ((edge, leg), is_drawn) in flow.edges.iter().enumerate().zip(drawn) {
            let (to, owner, into_fold) = match leg.to {
                LinkTarget::SameStage(step) => (Some((0, step)), owner_of(step), is_folded),
                LinkTarget::OtherStage(_) | LinkTarget::NextMainStep | LinkTarget::NextStep => {
                    let owner = others.next().copied().flatten();
                    let into_fold = folded.next().copied().unwrap_or_default();
                    (outward.next().copied().flatten(), owner, into_fold)
                }
            };
            let Some(to) = to else { continue };
            let hands = owner_of(leg.from).zip(owner);
            let hands = hands.filter(|(from, to)| from != to);
            // A folded stage shows nothing of what goes on in it.
            if !is_drawn || (is_folded && to.0 == 0) {
                ways.undrawn_owners.extend(hands);
                continue;
            }
            if is_folded || into_fold {
                let from = if is_folded { 0 } else { leg.from };
                let end = if into_fold { (to.0, 0) } else { to };
                if let Some(first) = bundles.add((from, end, leg.kind), ways.all.len()) {
                    ways.undrawn_owners.extend(hands);
                    ways.undrawn_owners.extend(ways.all[first].owners.take());
                    continue;
                }
            }
            let above = to.0 == 0 && runs_above(&steps[leg.from], &steps[to.1]);
            let bounds = (above || to <= (0, leg.from), into_fold);
            let label = route_label(shown, &touchpoints[leg.from], (leg, hands), bounds);
            let mut way = RoutePlan {
                from: leg.from,
                edge,
                to,
                kind: leg.kind,
                owners: hands,
                label: label.map(Box::new),
                is_above: above,
                level: 0,
                label_x: None,
                label_offset: 0.0,
            };
            if to.0 == 0 {
                if let (false, Some(label)) = (way.is_above, &mut way.label) {
                    let columns = [leg.from, to.1].map(|step| steps[step].column);
                    let echo = columns[0].abs_diff(columns[1]) <= 1;
                    let echo = |hands| echo || !said.insert((to.1, hands));
                    label.set_suppressed(hands.is_some_and(echo));
                    let stack = stacks.entry(to.1).or_default();
                    way.label_offset = *stack;
                    *stack += label.height();
                }
            } else {
                ways.outgoing.push(ways.all.len());
            }
            ways.all.push(way);
        }
        for (first, count) in bundles.several() {
            let words = format!("{count} paths");
            let kind = ways.all[first].kind;
            let style = (size::SMALL, path_role(kind));
            let block = shown.text.block(&words, style.0, style.1, f32::INFINITY);
            ways.all[first].label = RouteLabelBlocks::new(Some(block), None).map(Box::new);
        }
        ways.all.shrink_to_fit();
        ways.targets = Some(targets);
        (ways.owners, ways.folds) = (owners, folds);
        ways
    }

    /// The owners on both sides of each handoff, if handoffs are shown.
    pub fn owner_pairs(&self) -> impl Iterator<Item = OwnerPair> {
        let drawn = self.all.iter().filter_map(|way| way.owners);
        drawn.chain(self.undrawn_owners.iter().copied())
    }

    /// Targets of the legs that leave the stage, once found.
    pub fn targets(&self) -> Option<&[Option<RelativeTarget>]> {
        self.targets.as_deref()
    }

    /// Sets the version, so that all routes are drawn again.
    pub fn set_version(&mut self, version: u64) {
        self.version = version;
    }

    /// Updates the values derived from all routes, and the version.
    pub(super) fn update_summary(&mut self, steps: &[GridStep], version: u64) {
        self.version = version;
        self.above = (0..self.all.len())
            .filter(|w| self.all[*w].is_above)
            .collect();
        self.label_heights.clear();
        for way in self.all.iter().filter(|way| way.to.0 == 0 && !way.is_above) {
            if let Some(label) = &way.label {
                let room = way.label_offset + self.incoming_label_height(way.to.1) + label.height();
                raise_to(&mut self.label_heights, steps[way.to.1].row, room);
            }
        }
    }

    /// Height of the labels of other stages' routes above a card.
    pub(super) fn incoming_label_height(&self, step: usize) -> f32 {
        let here = self.incoming_labels.iter().filter(|call| call.0 == step);
        here.map(|call| call.1).sum()
    }
}

/// Routes from or into folded stages, of which those with the same ends are drawn as one.
#[derive(Default)]
struct Bundles(FxHashMap<(usize, RelativeTarget, PathKind), (usize, usize)>);

impl Bundles {
    /// Adds a route with these ends that would get this index; returns the index of the first one
    /// with the same ends, if there is one.
    fn add(&mut self, ends: (usize, RelativeTarget, PathKind), index: usize) -> Option<usize> {
        let (first, count) = self.0.entry(ends).or_insert((index, 0));
        *count += 1;
        (*count > 1).then_some(*first)
    }

    /// Index of the first route and number of routes of each bundle of several.
    fn several(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.values().copied().filter(|(_, count)| *count > 1)
    }
}

/// Whether a route within a stage runs above the cards: loops, and skips along the main line.
fn runs_above(from: &GridStep, to: &GridStep) -> bool {
    let (a, b) = (from.column, to.column);
    if b < a || (b == a && to.row <= from.row) {
        return true;
    }
    // The columns between contain main steps.
    from.row == 0 && to.row == 0 && b > a + 1
}

/// Raises the value of a row to at least this one.
pub(super) fn raise_to(rows: &mut Vec<f32>, row: usize, value: f32) {
    if rows.len() <= row {
        rows.resize(row + 1, 0.0);
    }
    rows[row] = rows[row].max(value);
}

/// Characters that begin a new line (UAX #14, LB4 and LB5).
const HARD_BREAKS: [char; 7] = [
    '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
];

/// The label of a route out of a touchpoint, on one line if it stands along a route above the cards.
pub(super) fn route_label(
    shown: &mut LayoutInputs<'_>,
    touchpoint: &Touchpoint,
    (leg, hands): (&OutEdge, Option<OwnerPair>),
    (is_one_line, into_fold): (bool, bool),
) -> Option<RouteLabelBlocks> {
    let sizes = shown.text.sizes;
    // Where not all texts are shown, the handoff mark has no label.
    let said = shown.shared.shows_handoffs() && sizes.shows_all_text;
    let room = match (is_one_line, said) {
        (true, _) => f32::INFINITY,
        _ if into_fold => sizes.folded_card - LABEL_INSET + sizes.gutter / 2.0,
        (false, false) => sizes.card - LABEL_INSET,
        (false, true) => sizes.card - LABEL_INSET - RISER_MARGIN,
    };
    let path = leg.path_index.map(|at| &touchpoint.paths[at]);
    let words = path.and_then(|path| path_words(&path.label, path.share));
    let words = words.map(|words| match is_one_line {
        true => words.replace(HARD_BREAKS, " "),
        false => words,
    });
    let role = path_role(leg.kind);
    let own = words.map(|words| shown.text.block(&words, size::SMALL, role, room));
    let handoff = hands.filter(|_| said);
    let handoff = handoff.map(|hands| shown.owner_pair_block(hands, room));
    RouteLabelBlocks::new(own, handoff)
}
