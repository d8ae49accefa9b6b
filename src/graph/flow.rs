//! Flow of the journey from touchpoint to touchpoint, explicit or implicit.
//!
//! The list order of touchpoints is the journey; only deviations are written:
//!
//! * A touchpoint is a *side branch* if it directly follows the step it leaves
//!   (with only side branches between) and that step, or a side branch between,
//!   leads to it by a written path: an alternative or failure path, or a next
//!   path from a side branch.
//! * A touchpoint leads to the next one in the list that is not a side branch,
//!   unless it has a written next path or is marked as an end of the journey.
//!
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
    /// The share of customers who take it, if given.
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

/// The state that one stage passes to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageCarry {
    /// Whether there is a main step that a side branch could belong to.
    pub has_main_step: bool,
    /// Touchpoints of other stages that the last main step and its side branches
    /// lead to by branch paths.
    pub branch_targets: Vec<TouchpointId>,
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
}

impl StageFlow {
    /// Derives the flow of every stage of a map.
    pub fn all(map: &Map) -> Vec<StageFlow> {
        let mut stages: Vec<StageFlow> = Vec::with_capacity(map.stages().len());
        for (_, list) in map.touchpoint_lists() {
            let before = stages
                .last()
                .map_or(StageCarry::default(), |s| s.carry.clone());
            stages.push(StageFlow::of(list, &before));
        }
        stages
    }

    /// Derives the flow of one stage from its touchpoints and the state passed by
    /// the stages before.
    pub fn of(list: &IndexedList<Touchpoint>, before: &StageCarry) -> StageFlow {
        let touchpoints = list.as_slice();
        let here = |id: &TouchpointId| list.position(id);
        let mut flow = StageFlow::default();
        let mut main = before.has_main_step;
        let mut reached = before.branch_targets.clone();
        for (from, touchpoint) in touchpoints.iter().enumerate() {
            let side = main && reached.contains(&touchpoint.id);
            if !side {
                main = true;
                reached.clear();
                flow.first_main.get_or_insert(from);
            }
            for path in &touchpoint.paths {
                let sideways = match path.kind {
                    PathKind::Alternative | PathKind::Failure => true,
                    PathKind::Next => side,
                    PathKind::Return => false,
                };
                if sideways {
                    reached.push(path.to.clone());
                }
            }
            flow.roles.push(if side {
                StepRole::Branch
            } else {
                StepRole::Main
            });
        }
        reached.retain(|id| here(id).is_none());
        flow.carry = StageCarry {
            has_main_step: main,
            branch_targets: reached,
        };

        let mut next_main = vec![None; touchpoints.len()];
        let mut following = None;
        for (i, place) in flow.roles.iter().enumerate().rev() {
            next_main[i] = following;
            if *place == StepRole::Main {
                following = Some(i);
            }
        }
        for (from, touchpoint) in touchpoints.iter().enumerate() {
            let mut goes_on = touchpoint.ends;
            for (place, path) in touchpoint.paths.iter().enumerate() {
                goes_on |= path.kind == PathKind::Next;
                flow.edges.push(OutEdge {
                    from,
                    to: here(&path.to).map_or_else(
                        || LinkTarget::OtherStage(path.to.clone()),
                        LinkTarget::SameStage,
                    ),
                    kind: path.kind,
                    path_index: Some(place),
                    share: path.share,
                });
            }
            if !goes_on {
                flow.edges.push(OutEdge {
                    from,
                    to: next_main[from].map_or(LinkTarget::NextMainStep, LinkTarget::SameStage),
                    kind: PathKind::Next,
                    path_index: None,
                    share: remaining_share(touchpoint),
                });
            }
        }
        flow
    }
}

/// The share left for the implicit link; `None` if no share is given.
fn remaining_share(touchpoint: &Touchpoint) -> Option<Share> {
    let mut written = touchpoint.paths.iter().filter_map(|p| p.share).peekable();
    written.peek()?;
    let sum: u32 = written.map(|share| u32::from(share.tenths())).sum();
    Share::from_value(f64::from(1000_u32.saturating_sub(sum)) / 10.0)
}

/// For each stage the first main step after it, as index of its stage and index
/// in that stage. Takes the first main step of each stage.
pub fn next_main_steps(
    first_mains: impl DoubleEndedIterator<Item = Option<usize>> + ExactSizeIterator,
) -> Vec<Option<(usize, usize)>> {
    let mut onward = vec![None; first_mains.len()];
    let mut next = None;
    for (stage, main) in first_mains.enumerate().rev() {
        onward[stage] = next;
        if let Some(step) = main {
            next = Some((stage, step));
        }
    }
    onward
}

/// Locates a touchpoint: index of its stage and index in that stage.
pub fn locate(map: &Map, id: &TouchpointId) -> Option<(usize, usize)> {
    let stage = map.stage_of(id)?;
    let step = map.touchpoint_list(stage)?.position(id)?;
    Some((map.stages().position(stage)?, step))
}

/// The flow of a whole map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// All links, ordered by source.
    pub links: Vec<FlowLink>,
    /// For each touchpoint the position of the main step it branches from, if it
    /// is a side branch.
    pub branch_of: Vec<Option<usize>>,
}

impl Flow {
    /// Derives the flow of a map. Dangling paths are left out.
    pub fn of(map: &Map) -> Flow {
        let stages = StageFlow::all(map);
        let onward = next_main_steps(stages.iter().map(|stage| stage.first_main));
        let mut firsts = vec![0];
        for stage in &stages {
            firsts.push(firsts[firsts.len() - 1] + stage.roles.len());
        }
        let mut flow = Flow::default();
        let mut main = None;
        for (k, stage) in stages.iter().enumerate() {
            let first = firsts[k];
            for (step, place) in stage.roles.iter().enumerate() {
                flow.branch_of.push(match place {
                    StepRole::Main => {
                        main = Some(first + step);
                        None
                    }
                    StepRole::Branch => main,
                });
            }
            for leg in &stage.edges {
                let to = match &leg.to {
                    LinkTarget::SameStage(step) => Some(first + step),
                    LinkTarget::OtherStage(id) => locate(map, id).map(|(k, step)| firsts[k] + step),
                    LinkTarget::NextMainStep => onward[k].map(|(k, step)| firsts[k] + step),
                };
                if let Some(to) = to {
                    flow.links.push(FlowLink {
                        from: first + leg.from,
                        to,
                        kind: leg.kind,
                        path_index: leg.path_index,
                        share: leg.share,
                    });
                }
            }
        }
        flow
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{ChangeSet, Edit};
    use crate::model::{Path, Stage};

    /// A map of one stage with touchpoints named by letters; paths as `(from, kind, to)`.
    fn map(names: &str, paths: &[(char, PathKind, char)], ends: &str) -> Map {
        let mut map = Map::with_title("T");
        let mut changes = vec![
            Edit::Insert {
                at: 0,
                record: Stage::new("s".into(), "S"),
            }
            .into(),
        ];
        for (i, name) in names.chars().enumerate() {
            let mut record =
                crate::model::Touchpoint::new(name.to_string().as_str().into(), name.to_string());
            record.ends = ends.contains(name);
            for (from, kind, to) in paths {
                if *from == name {
                    record.paths.push(Path {
                        to: to.to_string().as_str().into(),
                        kind: *kind,
                        label: String::new(),
                        share: None,
                    });
                }
            }
            let at = ("s".into(), i);
            changes.push(Edit::Insert { at, record }.into());
        }
        ChangeSet(changes).apply(&mut map).unwrap();
        map
    }

    fn ways(map: &Map) -> String {
        let names: Vec<&str> = map.touchpoints().map(|t| t.name.as_str()).collect();
        let flow = Flow::of(map);
        let ways: Vec<String> = flow
            .links
            .iter()
            .map(|l| format!("{}{}", names[l.from], names[l.to]))
            .collect();
        ways.join(" ")
    }

    #[test]
    fn list_order_is_the_journey() {
        assert_eq!(ways(&map("ABC", &[], "")), "AB BC");
        assert_eq!(ways(&map("ABC", &[], "A")), "BC");
    }

    #[test]
    fn an_alternative_is_a_side_branch_that_rejoins() {
        let map = map("ABCD", &[('A', PathKind::Alternative, 'B')], "");
        assert_eq!(Flow::of(&map).branch_of, [None, Some(0), None, None]);
        assert_eq!(ways(&map), "AB AC BC CD");
    }

    #[test]
    fn a_side_branch_may_have_several_steps() {
        let paths = [
            ('A', PathKind::Failure, 'B'),
            ('B', PathKind::Next, 'C'),
            ('A', PathKind::Alternative, 'D'),
        ];
        let map = map("ABCDE", &paths, "");
        let sides = [None, Some(0), Some(0), Some(0), None];
        assert_eq!(Flow::of(&map).branch_of, sides);
        assert_eq!(ways(&map), "AB AD AE BC CE DE");
    }

    #[test]
    fn a_path_that_skips_ahead_makes_no_branch() {
        let map = map("ABCD", &[('A', PathKind::Alternative, 'C')], "");
        assert_eq!(Flow::of(&map).branch_of, [None; 4]);
        assert_eq!(ways(&map), "AC AB BC CD");
    }

    #[test]
    fn a_return_is_a_loop() {
        let map = map("ABC", &[('C', PathKind::Return, 'A')], "");
        let flow = Flow::of(&map);
        assert!(flow.links.iter().any(|l| l.is_backward() && l.from == 2));
    }
}
