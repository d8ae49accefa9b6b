//! Flow within one stage: the roles of its touchpoints, and their links.
//!
//! The list order of touchpoints is the journey; only deviations are written:
//!
//! * The *main line* begins at the first touchpoint. It goes on at the written next
//!   path of a step, if that leads to a later one, and else at the next touchpoint in
//!   the list that is not a side branch.
//! * A side branch begins at a touchpoint that directly follows the step it leaves
//!   (with only side branches between) if that step, or a side branch between, leads
//!   to it by an alternative or failure path. Touchpoints that the main line goes past
//!   by a written next path are beside it too.
//! * A touchpoint that is not an end of the journey and has no written next path leads
//!   on: from the main line to its next step; from a side branch to the touchpoint
//!   directly behind, if no path begins another branch there, and else back to the main
//!   line.
//!
//! So a written next path that leads where its touchpoint leads anyway changes nothing.
//! Layout caches the flow of each stage and derives it again only if the stage changed.

use crate::model::{IndexedList, Map, PathKind, Share, Touchpoint, TouchpointId};

/// The target of a link out of a touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// The touchpoint at this index in the same stage.
    SameStage(usize),
    /// A touchpoint outside this stage, if it exists.
    OtherStage(TouchpointId),
    /// The first main step of the following stages.
    NextMainStep,
    /// The first step of the following stages if the side branch goes on there, else
    /// their first main step.
    NextStep,
}

/// A link from touchpoint to touchpoint. `from` and `to` are positions in the map, or
/// in the flow of one stage an index there and a [`LinkTarget`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLink<T = usize> {
    /// The source.
    pub from: usize,
    /// The target.
    pub to: T,
    /// The kind of path.
    pub kind: PathKind,
    /// Index in [`crate::model::Touchpoint::paths`]; `None` for the implicit link
    /// to the next step.
    pub path_index: Option<usize>,
    /// The share of customers who take it, if given, or left by the shares of all others.
    pub share: Option<Share>,
}

impl FlowLink {
    /// Whether it leads to an earlier touchpoint or itself: a loop.
    pub fn is_backward(&self) -> bool {
        self.to <= self.from
    }
}

/// A link out of a touchpoint of one stage.
pub type OutEdge = FlowLink<LinkTarget>;

/// The role of a touchpoint in the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepRole {
    /// A step of the main line.
    Main,
    /// A side branch of the last main step before it, in this stage or an earlier one.
    Branch,
}

/// The state of the main line between two touchpoints; one stage passes it to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageCarry {
    /// Whether there is a main step that a side branch could belong to.
    has_main_step: bool,
    /// Targets of the branch paths of the last main step and its side branches.
    branch_starts: Vec<TouchpointId>,
    /// Later targets of the next paths of the last main step: the main line goes on at
    /// the first of them.
    main_line_targets: Vec<TouchpointId>,
}

impl StageCarry {
    /// Whether a side branch begins at the next touchpoint.
    fn starts_branch(&self, next: &TouchpointId) -> bool {
        self.has_main_step && self.branch_starts.contains(next)
    }

    /// Whether the next touchpoint is on the main line.
    fn is_main(&self, next: &TouchpointId) -> bool {
        if self.main_line_targets.is_empty() {
            !self.starts_branch(next)
        } else {
            self.main_line_targets.contains(next)
        }
    }
}

/// The flow of one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageFlow {
    /// The role of each touchpoint.
    pub roles: Vec<StepRole>,
    /// All links, ordered by source.
    pub edges: Vec<OutEdge>,
    /// The index of the first main step.
    pub first_main: Option<usize>,
    /// The state passed to the next stage.
    pub carry: StageCarry,
    /// Whether a side branch of an earlier stage goes on at the first touchpoint.
    continues_branch: bool,
    /// Targets of the main line in other stages, and whether these are later ones.
    later: Vec<(TouchpointId, bool)>,
}

impl StageFlow {
    /// Derives the flow of every stage of a map.
    pub fn all(map: &Map) -> Vec<StageFlow> {
        let mut stages: Vec<StageFlow> = Vec::with_capacity(map.stages().len());
        for (k, (_, list)) in map.touchpoint_lists().enumerate() {
            let before = stages
                .last()
                .map_or(StageCarry::default(), |s| s.carry.clone());
            stages.push(StageFlow::of(map, k, list, &before));
        }
        stages
    }

    /// Derives the flow of the stage at an index from its touchpoints and the state
    /// passed by the stages before. Of other stages, only their order counts.
    pub fn of(
        map: &Map,
        stage: usize,
        list: &IndexedList<Touchpoint>,
        before: &StageCarry,
    ) -> StageFlow {
        let touchpoints = list.as_slice();
        let mut flow = StageFlow::default();
        let mut line = before.clone();
        // Whether each touchpoint continues the side branch of the one before, if any.
        let mut continues = Vec::with_capacity(touchpoints.len());
        for (at, touchpoint) in touchpoints.iter().enumerate() {
            let is_main = line.is_main(&touchpoint.id);
            continues.push(!is_main && !line.starts_branch(&touchpoint.id));
            flow.roles.push(match is_main {
                true => StepRole::Main,
                false => StepRole::Branch,
            });
            if is_main {
                line = StageCarry {
                    has_main_step: true,
                    ..StageCarry::default()
                };
                flow.first_main.get_or_insert(at);
            }
            for path in &touchpoint.paths {
                match path.kind {
                    PathKind::Alternative | PathKind::Failure => {
                        line.branch_starts.push(path.to.clone());
                    }
                    PathKind::Next if is_main => {
                        let later = match list.position(&path.to) {
                            Some(to) => to > at,
                            None => {
                                let later = is_later(map, stage, &path.to);
                                flow.later.push((path.to.clone(), later));
                                later
                            }
                        };
                        line.main_line_targets
                            .extend(later.then(|| path.to.clone()));
                    }
                    PathKind::Next | PathKind::Return => {}
                }
            }
        }
        line.branch_starts.retain(|id| list.position(id).is_none());
        flow.carry = line;
        flow.continues_branch = continues.first() == Some(&true);
        flow.add_edges(list, &continues);
        flow
    }

    fn add_edges(&mut self, list: &IndexedList<Touchpoint>, continues: &[bool]) {
        let mut next_main = vec![None; list.len()];
        let mut following = None;
        for (at, role) in self.roles.iter().enumerate().rev() {
            next_main[at] = following;
            if *role == StepRole::Main {
                following = Some(at);
            }
        }
        for (from, touchpoint) in list.iter().enumerate() {
            let first = self.edges.len();
            let mut goes_on = touchpoint.ends;
            for (index, path) in touchpoint.paths.iter().enumerate() {
                goes_on |= path.kind == PathKind::Next;
                self.edges.push(OutEdge {
                    from,
                    to: list.position(&path.to).map_or_else(
                        || LinkTarget::OtherStage(path.to.clone()),
                        LinkTarget::SameStage,
                    ),
                    kind: path.kind,
                    path_index: Some(index),
                    share: path.share,
                });
            }
            if !goes_on {
                let is_branch = self.roles[from] == StepRole::Branch;
                let to = match (continues.get(from + 1), next_main[from]) {
                    (Some(true), _) if is_branch => LinkTarget::SameStage(from + 1),
                    (_, Some(main)) => LinkTarget::SameStage(main),
                    (None, None) if is_branch => LinkTarget::NextStep,
                    _ => LinkTarget::NextMainStep,
                };
                self.edges.push(OutEdge {
                    from,
                    to,
                    kind: PathKind::Next,
                    path_index: None,
                    share: None,
                });
            }
            if !touchpoint.ends {
                add_remaining_share(&mut self.edges[first..]);
            }
        }
    }

    /// Whether the flow is that of these stages still, as far as it depends on their order.
    pub fn is_current(&self, map: &Map, stage: usize) -> bool {
        let mut later = self.later.iter();
        later.all(|(id, later)| is_later(map, stage, id) == *later)
    }
}

/// Whether a touchpoint is in a later stage than the one at an index.
fn is_later(map: &Map, stage: usize, id: &TouchpointId) -> bool {
    let there = map.stage_of(id).and_then(|id| map.stages().position(id));
    there.is_some_and(|there| there > stage)
}

/// Gives the only link without a share the share left by the others, if there are any.
fn add_remaining_share(links: &mut [OutEdge]) {
    let given = links.iter().filter_map(|link| link.share);
    let sum: u32 = given.map(|share| u32::from(share.tenths())).sum();
    let is_alone = links.len() == 1;
    let mut open = links.iter_mut().filter(|link| link.share.is_none());
    if let (Some(link), None, false) = (open.next(), open.next(), is_alone) {
        link.share = Share::from_value(f64::from(1000_u32.saturating_sub(sum)) / 10.0);
    }
}

/// The steps at which links out of a stage go on, as index of the stage and index there.
#[derive(Clone, Copy, Debug, Default)]
pub struct StageExit {
    next_step: Option<(usize, usize)>,
    next_main_step: Option<(usize, usize)>,
}

impl StageExit {
    /// The exit of each stage.
    pub fn all<'a>(
        stages: impl DoubleEndedIterator<Item = &'a StageFlow> + ExactSizeIterator,
    ) -> Vec<StageExit> {
        let mut exits = vec![StageExit::default(); stages.len()];
        let mut next = StageExit::default();
        for (k, flow) in stages.enumerate().rev() {
            exits[k] = next;
            next.next_main_step = flow.first_main.map(|at| (k, at)).or(next.next_main_step);
            if !flow.roles.is_empty() {
                let branch = flow.continues_branch.then_some((k, 0));
                next.next_step = branch.or(next.next_main_step);
            }
        }
        exits
    }

    /// The target of a link out of the stage.
    pub fn target(&self, map: &Map, to: &LinkTarget) -> Option<(usize, usize)> {
        match to {
            LinkTarget::SameStage(_) => None,
            LinkTarget::OtherStage(id) => locate(map, id),
            LinkTarget::NextMainStep => self.next_main_step,
            LinkTarget::NextStep => self.next_step,
        }
    }
}

/// Locates a touchpoint: index of its stage and index in that stage.
pub fn locate(map: &Map, id: &TouchpointId) -> Option<(usize, usize)> {
    let stage = map.stage_of(id)?;
    let step = map.touchpoint_list(stage)?.position(id)?;
    Some((map.stages().position(stage)?, step))
}
