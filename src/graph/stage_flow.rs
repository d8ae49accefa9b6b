//! The flow within one stage: everything that its own touchpoints say, and the
//! little that one stage hands to the next. A picture keeps this for each stage
//! and derives it anew only where the stage changed.

use crate::model::{List, Map, PathKind, Share, Touchpoint, TouchpointId};

/// Where a touchpoint leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// To the touchpoint at this place in the same stage.
    Here(usize),
    /// To a touchpoint that is not in this stage, if it is anywhere.
    There(TouchpointId),
    /// To the first main step of the stages that follow.
    Onward,
}

/// One way out of a touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The place of the touchpoint in its stage.
    pub from: usize,
    /// Where it leads.
    pub to: To,
    /// What kind of way it is.
    pub kind: PathKind,
    /// Its place in [`Touchpoint::paths`]; `None` for an unwritten way to the next step.
    pub written: Option<usize>,
    /// The share of customers who take it, where written.
    pub share: Option<Share>,
}

/// How a touchpoint stands to the main line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On it.
    Main,
    /// A side branch of the last main step before it, in this stage or before.
    Beside,
}

/// What one stage leaves open for the stages after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Whether there is a main step that a side branch could belong to.
    pub main: bool,
    /// Touchpoints of other stages that the last main step and its side
    /// branches lead to sideways.
    pub reached: Vec<TouchpointId>,
}

/// The flow of one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageFlow {
    /// How each touchpoint stands to the main line.
    pub places: Vec<Place>,
    /// Every way, ordered by the touchpoint it leaves.
    pub legs: Vec<Leg>,
    /// The place of the first main step.
    pub first_main: Option<usize>,
    /// What is left open for the next stage.
    pub open: Open,
}

impl StageFlow {
    /// The flow of every stage of a map.
    pub fn all(map: &Map) -> Vec<StageFlow> {
        let mut stages: Vec<StageFlow> = Vec::with_capacity(map.stages().len());
        for (_, list) in map.lists() {
            let before = stages.last().map_or(Open::default(), |s| s.open.clone());
            stages.push(StageFlow::of(list, &before));
        }
        stages
    }

    /// The flow of the touchpoints of one stage, after what the stages before left open.
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

/// What the written shares leave for the unwritten way; `None` where none is written.
fn rest_of(touchpoint: &Touchpoint) -> Option<Share> {
    let mut written = touchpoint.paths.iter().filter_map(|p| p.share).peekable();
    written.peek()?;
    let sum: i64 = written.map(|share| i64::from(share.percent())).sum();
    Share::from_percent((100 - sum).max(0))
}

/// For each stage the first main step after it: place of its stage, place in that.
/// Given is the first main step of each stage.
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

/// Where a touchpoint stands: place of its stage, place in that.
pub fn locate(map: &Map, id: &TouchpointId) -> Option<(usize, usize)> {
    let stage = map.stage_of(id)?;
    let step = map.list_in(stage)?.position(id)?;
    Some((map.stages().position(stage)?, step))
}
