//! The typed graph of a map: nodes, edges, and construction.

use super::flow::{Flow, FlowLink};
use crate::model::{
    ChannelId, DepartmentId, EnvironmentId, Map, PersonaId, Score, StageId, Touchpoint,
    TouchpointId,
};
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The record that a node stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// A stage.
    Stage(StageId),
    /// A department.
    Department(DepartmentId),
    /// A channel.
    Channel(ChannelId),
    /// An environment.
    Environment(EnvironmentId),
    /// A persona.
    Persona(PersonaId),
    /// The customer, if the map has no personas.
    Customer,
}

/// The relation between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// From touchpoint to touchpoint; index in [`Flow::links`].
    LeadsTo(u32),
    /// From a touchpoint to its stage.
    InStage,
    /// From a touchpoint or stage to the department that owns it.
    OwnedBy,
    /// From a touchpoint or stage to a supporting department.
    SupportedBy,
    /// From a touchpoint to its environment.
    HappensIn,
    /// From a touchpoint to its channel.
    UsesChannel,
    /// From a touchpoint to the persona of a feeling, with its score if given.
    FeltBy(Option<Score>),
}

/// A map as a graph. Dangling references are left out.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Touchpoints come first: their node index is their position.
    pub(super) network: DiGraph<Node, Edge>,
    index: FxHashMap<Node, NodeIndex>,
    flow: Flow,
    /// For each touchpoint the range of its links in [`Flow::links`].
    link_ranges: Vec<Range<usize>>,
    /// For each touchpoint its successors, the usual one first, without duplicates.
    pub(super) successors: Vec<Vec<usize>>,
    /// For each touchpoint its predecessors.
    pub(super) predecessors: Vec<Vec<usize>>,
    pub(super) steps: Vec<StepInfo>,
}

/// The data of a touchpoint that queries need.
#[derive(Clone, Debug)]
pub(super) struct StepInfo {
    pub id: TouchpointId,
    pub owner: Option<DepartmentId>,
    pub minutes: Option<u32>,
    pub ends: bool,
    /// Sum of the shares given on its links, in percent.
    pub stated_percent: u32,
    /// Number of its links without a share.
    pub links_without_share: usize,
}

impl Graph {
    /// Derives the graph of a map, in time proportional to its content.
    pub fn of(map: &Map) -> Graph {
        let flow = Flow::of(map);
        let mut graph = Graph::with_room_for(map, &flow);
        for touchpoint in map.touchpoints() {
            graph.add_node(Node::Touchpoint(touchpoint.id.clone()));
            let known = |id: &&DepartmentId| map.departments().contains(id);
            graph.steps.push(StepInfo {
                id: touchpoint.id.clone(),
                owner: touchpoint.owner.as_ref().filter(known).cloned(),
                minutes: touchpoint.duration.map(|span| span.minutes()),
                ends: touchpoint.ends,
                stated_percent: 0,
                links_without_share: 0,
            });
        }
        for stage in map.stages() {
            graph.add_node(Node::Stage(stage.id.clone()));
        }
        for it in map.departments() {
            graph.add_node(Node::Department(it.id.clone()));
        }
        for it in map.channels() {
            graph.add_node(Node::Channel(it.id.clone()));
        }
        for it in map.environments() {
            graph.add_node(Node::Environment(it.id.clone()));
        }
        for it in map.personas() {
            graph.add_node(Node::Persona(it.id.clone()));
        }
        if map.personas().is_empty() {
            graph.add_node(Node::Customer);
        }
        graph.add_relations(map);
        graph.add_flow(flow);
        graph
    }

    /// An empty graph with room for a map; a huge one would hold much spare capacity
    /// otherwise.
    fn with_room_for(map: &Map, flow: &Flow) -> Graph {
        let touchpoints = map.touchpoint_count();
        let nodes = touchpoints + map.stages().len();
        let relations =
            |touchpoint: &Touchpoint| 4 + touchpoint.supporters.len() + touchpoint.feelings.len();
        let edges: usize = map.touchpoints().map(relations).sum();
        Graph {
            network: DiGraph::with_capacity(nodes, edges + flow.links.len()),
            steps: Vec::with_capacity(touchpoints),
            link_ranges: Vec::with_capacity(touchpoints),
            ..Graph::default()
        }
    }

    fn add_node(&mut self, node: Node) {
        let index = self.network.add_node(node.clone());
        self.index.insert(node, index);
    }

    fn add_edge(&mut self, from: NodeIndex, to: &Node, edge: Edge) {
        if let Some(to) = self.index.get(to) {
            self.network.add_edge(from, *to, edge);
        }
    }

    /// Adds all edges except those of the flow.
    fn add_relations(&mut self, map: &Map) {
        let main = match map.personas().iter().next() {
            Some(persona) => Node::Persona(persona.id.clone()),
            None => Node::Customer,
        };
        let mut position = 0;
        for stage in map.stages() {
            let node = Node::Stage(stage.id.clone());
            if let Some(&index) = self.index.get(&node) {
                let owner = stage.owner.as_ref();
                self.add_departments(index, owner, &stage.supporters);
            }
            for touchpoint in map.touchpoints_in(&stage.id) {
                let index = NodeIndex::new(position);
                position += 1;
                self.add_edge(index, &node, Edge::InStage);
                let owner = touchpoint.owner.as_ref();
                self.add_departments(index, owner, &touchpoint.supporters);
                if let Some(id) = &touchpoint.channel {
                    self.add_edge(index, &Node::Channel(id.clone()), Edge::UsesChannel);
                }
                if let Some(id) = &touchpoint.environment {
                    self.add_edge(index, &Node::Environment(id.clone()), Edge::HappensIn);
                }
                for feeling in &touchpoint.feelings {
                    let who = match &feeling.persona {
                        Some(id) => &Node::Persona(id.clone()),
                        None => &main,
                    };
                    self.add_edge(index, who, Edge::FeltBy(feeling.score));
                }
            }
        }
    }

    fn add_departments(
        &mut self,
        of: NodeIndex,
        owner: Option<&DepartmentId>,
        helpers: &[DepartmentId],
    ) {
        if let Some(id) = owner {
            self.add_edge(of, &Node::Department(id.clone()), Edge::OwnedBy);
        }
        for id in helpers {
            self.add_edge(of, &Node::Department(id.clone()), Edge::SupportedBy);
        }
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
            links.sort_by_key(|link| (link.kind, link.to));
            let step = &mut self.steps[from];
            for link in links {
                match link.share {
                    Some(share) => step.stated_percent += u32::from(share.percent()),
                    None => step.links_without_share += 1,
                }
                if std::mem::replace(&mut reached[link.to], from) != from {
                    self.successors[from].push(link.to);
                    self.predecessors[link.to].push(from);
                }
            }
        }
        for (at, link) in flow.links.iter().enumerate() {
            let (from, to) = (NodeIndex::new(link.from), NodeIndex::new(link.to));
            self.network.add_edge(from, to, Edge::LeadsTo(at as u32));
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
        let index = self.index.get(&Node::Touchpoint(id.clone()))?;
        Some(index.index())
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

    /// The edges that leave a node, with their targets, in no particular order.
    pub fn edges_from(&self, node: &Node) -> impl Iterator<Item = (Edge, &Node)> {
        self.edges(node, Direction::Outgoing)
    }

    /// The edges that enter a node, with their sources, in no particular order.
    pub fn edges_to(&self, node: &Node) -> impl Iterator<Item = (Edge, &Node)> {
        self.edges(node, Direction::Incoming)
    }

    fn edges(&self, node: &Node, direction: Direction) -> impl Iterator<Item = (Edge, &Node)> {
        let index = self.index.get(node).copied();
        let edges = index.map(|index| self.network.edges_directed(index, direction));
        edges.into_iter().flatten().map(move |edge| {
            let other = match direction {
                Direction::Outgoing => edge.target(),
                Direction::Incoming => edge.source(),
            };
            (*edge.weight(), &self.network[other])
        })
    }

    /// The share of customers at its source who take a link, 0 … 1.
    ///
    /// Given shares count as written, or in proportion if they exceed 100 %
    /// together. The rest is divided evenly among the links without a share, and
    /// leaving if the journey may end there.
    pub fn weight(&self, link: usize) -> f64 {
        let Some(it) = self.flow.links.get(link) else {
            return 0.0;
        };
        let from = &self.steps[it.from];
        match it.share {
            Some(share) => f64::from(share.percent()) / f64::from(from.stated_percent.max(100)),
            None => {
                let outcomes = from.links_without_share + usize::from(from.ends);
                f64::from(100 - from.stated_percent.min(100)) / 100.0 / outcomes as f64
            }
        }
    }
}
