//! The flow within one stage, and the state that each stage passes to the next.
//! Layout caches this for each stage and derives it again only if the stage
//! changed.

use crate::model::{List, Map, PathKind, Share, Touchpoint, TouchpointId};

/// The target of a link out of a touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// The touchpoint at this index in the same stage.
    Here(usize),
    /// A touchpoint outside this stage, if it exists.
    There(TouchpointId),
    /// The first main step of the following stages.
    Onward,
}

/// A link out of a touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Index of its source in the stage.
    pub from: usize,
    /// Its target.
    pub to: To,
    /// The kind of path.
    pub kind: PathKind,
    /// Index in [`Touchpoint::paths`]; `None` for the implicit link to the next step.
    pub written: Option<usize>,
    /// The share of customers who take it, if given.
    pub share: Option<Share>,
}

/// The role of a touchpoint in the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A step of the main line.
    Main,
    /// A side branch of the last main step before it, in this stage or an earlier one.
    Beside,
}

/// The state that one stage passes to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Whether there is a main step that a side branch could belong to.
    pub main: bool,
    /// Touchpoints of other stages that the last main step and its side branches
    /// lead to by branch paths.
    pub reached: Vec<TouchpointId>,
}

/// The flow of one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageFlow {
    /// The role of each touchpoint.
    pub places: Vec<Place>,
    /// All links, ordered by source.
    pub legs: Vec<Leg>,
    /// The index of the first main step.
    pub first_main: Option<usize>,
    /// The state passed to the next stage.
    pub open: Open,
}

impl StageFlow {
    /// Derives the flow of every stage of a map.
    pub fn all(map: &Map) -> Vec<StageFlow> {
        let mut stages: Vec<StageFlow> = Vec::with_capacity(map.stages().len());
        for (_, list) in map.lists() {
            let before = stages.last().map_or(Open::default(), |s| s.open.clone());
            stages.push(StageFlow::of(list, &before));
        }
        stages
    }

    /// Derives the flow of one stage from its touchpoints and the state passed by
    /// the stages before.
    pub fn of(list: &List<Touchpoint>, before: &Open) -> StageFlow {
        let touchpoints = list.as_slice();
        let here = |id: &TouchpointId| list.position(id);
        let mut flow = StageFlow::default();
        let mut main = before.main;
        let mut reached = before.reached.clone();
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
            flow.places
                .push(if side { Place::Beside } else { Place::Main });
        }
        reached.retain(|id| here(id).is_none());
        flow.open = Open { main, reached };

        let mut next_main = vec![None; touchpoints.len()];
        let mut following = None;
        for (i, place) in flow.places.iter().enumerate().rev() {
            next_main[i] = following;
            if *place == Place::Main {
                following = Some(i);
            }
        }
        for (from, touchpoint) in touchpoints.iter().enumerate() {
            let mut goes_on = touchpoint.ends;
            for (place, path) in touchpoint.paths.iter().enumerate() {
                goes_on |= path.kind == PathKind::Next;
                flow.legs.push(Leg {
                    from,
                    to: here(&path.to).map_or_else(|| To::There(path.to.clone()), To::Here),
                    kind: path.kind,
                    written: Some(place),
                    share: path.share,
                });
            }
            if !goes_on {
                flow.legs.push(Leg {
                    from,
                    to: next_main[from].map_or(To::Onward, To::Here),
                    kind: PathKind::Next,
                    written: None,
                    share: rest_of(touchpoint),
                });
            }
        }
        flow
    }
}

/// The share left for the implicit link; `None` if no share is given.
fn rest_of(touchpoint: &Touchpoint) -> Option<Share> {
    let mut written = touchpoint.paths.iter().filter_map(|p| p.share).peekable();
    written.peek()?;
    let sum: i64 = written.map(|share| i64::from(share.percent())).sum();
    Share::from_percent((100 - sum).max(0))
}

/// For each stage the first main step after it, as index of its stage and index
/// in that stage. Takes the first main step of each stage.
pub fn onward(
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
    let step = map.list_in(stage)?.position(id)?;
    Some((map.stages().position(stage)?, step))
}
