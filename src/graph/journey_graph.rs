//! The graph of a map and its construction.

use super::flow::Flow;
use super::stage_flow::FlowLink;
use super::step_scores::StepScores;
use crate::model::{DepartmentId, Map, PersonaId, TouchpointId};
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The touchpoints of a map and the links between them. Dangling paths are left out.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The index of a node is the position of its touchpoint.
    pub(super) network: DiGraph<(), ()>,
    positions: FxHashMap<TouchpointId, usize>,
    flow: Flow,
    /// For each touchpoint the range of its links in [`Flow::links`].
    link_ranges: Vec<Range<usize>>,
    /// For each touchpoint its successors, the usual one first, without duplicates.
    pub(super) successors: Vec<Vec<usize>>,
    /// For each touchpoint its predecessors.
    pub(super) predecessors: Vec<Vec<usize>>,
    pub(super) steps: Vec<StepInfo>,
    pub(super) main_persona: Option<PersonaId>,
}

/// Whether so many shares with this sum, in tenths of a per cent, are 100 % together, as each may
/// have been rounded to whole per cent.
pub fn is_rounded_whole(tenths: u32, count: u32) -> bool {
    tenths.abs_diff(1000) <= 5 * count
}

/// The data of a touchpoint that queries need.
#[derive(Clone, Debug)]
pub(super) struct StepInfo {
    pub id: TouchpointId,
    pub owner: Option<DepartmentId>,
    /// Whether it has no owner and needs none.
    pub needs_no_owner: bool,
    pub minutes: Option<u32>,
    pub ends: bool,
    /// The scores of its feelings; `None` is the customer of a map without personas.
    pub feelings: Vec<(Option<PersonaId>, StepScores)>,
    /// Sum of the shares given on its links, in tenths of a per cent.
    pub stated_tenths: u32,
    /// Number of its links with a share.
    pub links_with_share: u32,
    /// Number of its links without a share.
    pub links_without_share: usize,
}

impl Graph {
    /// Derives the graph of a map, in time proportional to its content.
    pub fn of(map: &Map) -> Graph {
        let mut graph = Graph {
            main_persona: map.personas().iter().next().map(|p| p.id.clone()),
            ..Graph::default()
        };
        let main = graph.main_persona.as_ref();
        for (position, touchpoint) in map.touchpoints().enumerate() {
            let known = |id: &&DepartmentId| map.departments().contains(id);
            let feelings = touchpoint.feelings.iter();
            graph.network.add_node(());
            graph.positions.insert(touchpoint.id.clone(), position);
            graph.steps.push(StepInfo {
                id: touchpoint.id.clone(),
                owner: touchpoint.owner.as_ref().filter(known).cloned(),
                needs_no_owner: map.needs_no_owner(touchpoint),
                minutes: touchpoint.duration.map(|span| span.minutes()),
                ends: touchpoint.ends,
                feelings: feelings
                    .map(|f| (f.persona.as_ref().or(main).cloned(), StepScores::of(f)))
                    .filter(|(_, scores)| *scores != StepScores::default())
                    .collect(),
                stated_tenths: 0,
                links_with_share: 0,
                links_without_share: 0,
            });
        }
        graph.add_flow(Flow::of(map));
        graph
    }

    /// Adds the edges of the flow.
    fn add_flow(&mut self, flow: Flow) {
        let count = self.steps.len();
        self.successors = vec![Vec::new(); count];
        self.predecessors = vec![Vec::new(); count];
        // For each touchpoint the last source that reached it.
        let mut reached = vec![usize::MAX; count];
        let mut at = 0;
        for from in 0..count {
            let start = at;
            while flow.links.get(at).is_some_and(|link| link.from == from) {
                at += 1;
            }
            self.link_ranges.push(start..at);
            let mut links: Vec<&FlowLink> = flow.links[start..at].iter().collect();
            links.sort_by_key(|link| (link.kind, link.is_backward(), link.to));
            let step = &mut self.steps[from];
            for link in links {
                match link.share {
                    Some(share) => {
                        step.stated_tenths += u32::from(share.tenths());
                        step.links_with_share += 1;
                    }
                    None => step.links_without_share += 1,
                }
                if std::mem::replace(&mut reached[link.to], from) != from {
                    self.successors[from].push(link.to);
                    self.predecessors[link.to].push(from);
                }
            }
        }
        for link in &flow.links {
            let (from, to) = (NodeIndex::new(link.from), NodeIndex::new(link.to));
            self.network.add_edge(from, to, ());
        }
        self.flow = flow;
    }

    /// The flow from touchpoint to touchpoint.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The number of touchpoints; positions are smaller.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is no touchpoint.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The position of a touchpoint.
    pub fn position(&self, id: &TouchpointId) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The touchpoint at a position.
    pub fn touchpoint(&self, position: usize) -> Option<&TouchpointId> {
        self.steps.get(position).map(|step| &step.id)
    }

    /// The owner of the touchpoint at a position, if it is in the map.
    pub fn owner(&self, position: usize) -> Option<&DepartmentId> {
        self.steps.get(position)?.owner.as_ref()
    }

    /// The links that leave a position, as indices in [`Flow::links`].
    pub fn links_from(&self, position: usize) -> Range<usize> {
        self.link_ranges.get(position).cloned().unwrap_or_default()
    }

    /// The successors of a position, the usual one first, without duplicates.
    pub fn successors(&self, position: usize) -> &[usize] {
        self.successors.get(position).map_or(&[], Vec::as_slice)
    }

    /// The predecessors of a position, in order, without duplicates.
    pub fn predecessors(&self, position: usize) -> &[usize] {
        self.predecessors.get(position).map_or(&[], Vec::as_slice)
    }

    /// The time that the touchpoint at a position takes, in minutes.
    pub fn minutes(&self, position: usize) -> Option<u32> {
        self.steps.get(position)?.minutes
    }

    /// Whether the touchpoint at a position is marked as an end.
    pub fn is_marked_end(&self, position: usize) -> bool {
        self.steps.get(position).is_some_and(|step| step.ends)
    }

    /// The number of touchpoints from which customers have a choice of which a share is not
    /// stated, so that [`Graph::weight`] spreads it evenly.
    pub fn assumed_branches(&self) -> usize {
        let has_assumed = |step: &&StepInfo| {
            let outcomes = step.links_without_share + usize::from(step.ends);
            outcomes > 1 && step.stated_tenths < 1000
        };
        self.steps.iter().filter(has_assumed).count()
    }

    /// Whether the journey may end at a position: marked as an end, or without successors.
    pub fn may_end(&self, position: usize) -> bool {
        let ends = self.steps.get(position).is_some_and(|step| step.ends);
        ends || self.successors(position).is_empty()
    }

    /// The position of the first contact: the first touchpoint of the map.
    pub fn first_contact(&self) -> Option<usize> {
        (!self.is_empty()).then_some(0)
    }

    /// The position of the last contact: the last touchpoint on the main line.
    pub fn last_contact(&self) -> Option<usize> {
        self.flow.branch_of.iter().rposition(Option::is_none)
    }

    /// The share of customers at its source who take a link, 0 … 1.
    ///
    /// Given shares count as written, or in proportion if they exceed 100 %
    /// together or miss it by rounding (33 + 33 + 33). The rest is divided evenly among the links without a share, and
    /// leaving if the journey may end there.
    pub fn weight(&self, link: usize) -> f64 {
        let Some(it) = self.flow.links.get(link) else {
            return 0.0;
        };
        let from = &self.steps[it.from];
        let is_all = from.links_without_share == 0 && !from.ends;
        let whole = match is_all && is_rounded_whole(from.stated_tenths, from.links_with_share) {
            true => from.stated_tenths,
            false => from.stated_tenths.max(1000),
        };
        match it.share {
            Some(share) => f64::from(share.tenths()) / f64::from(whole.max(1)),
            None => {
                let outcomes = from.links_without_share + usize::from(from.ends);
                f64::from(1000 - from.stated_tenths.min(1000)) / 1000.0 / outcomes as f64
            }
        }
    }
}
