//! Positions in the list of groups, and reuse of previous groups.
//!
//! Must not know: how groups are drawn.

use super::group_builder::GroupBuilder;
use crate::geom::Origin;
use crate::model::LaneKind;
use crate::scene::item::{Group, GroupContent, Pin};
use std::sync::Arc;

/// Index of groups, in this order: the header; each lane with its background, the connectors
/// between its pills if it has any, and its content, both by stage; the background of the band and
/// the stages on it; the titles of the lanes; the corner.
#[derive(Default)]
pub(super) struct GroupIndex {
    stages: usize,
    /// First group of each lane, and whether connectors precede its content.
    lanes: Vec<(usize, bool)>,
    band: usize,
}

impl GroupIndex {
    pub fn new(stages: usize, lanes: impl Iterator<Item = LaneKind>) -> GroupIndex {
        let mut slots = GroupIndex {
            stages,
            ..GroupIndex::default()
        };
        let mut next = 1;
        for kind in lanes {
            let joints = matches!(
                kind,
                LaneKind::Channels | LaneKind::Environments | LaneKind::Departments
            );
            slots.lanes.push((next, joints));
            next += 1 + stages * (1 + usize::from(joints));
        }
        slots.band = next;
        slots
    }

    pub fn ground(&self, lane: Option<usize>) -> Option<usize> {
        self.lanes.get(lane?).map(|lane| lane.0)
    }

    pub fn connectors(&self, lane: Option<usize>, stage: Option<usize>) -> Option<usize> {
        let (first, joints) = *self.lanes.get(lane?)?;
        joints.then_some(first + 1 + stage?)
    }

    pub fn content(&self, lane: Option<usize>, stage: Option<usize>) -> Option<usize> {
        let (first, joints) = *self.lanes.get(lane?)?;
        Some(first + 1 + if joints { self.stages } else { 0 } + stage?)
    }

    pub fn band(&self, stage: Option<usize>) -> Option<usize> {
        Some(self.band + 1 + stage?)
    }

    pub fn title(&self, lane: Option<usize>) -> Option<usize> {
        Some(self.band + 1 + self.stages + lane?)
    }
}

/// List of groups under construction. If stages and lanes are in the same order as before, the
/// previous list with some contents replaced; else a new list that reuses previous contents.
#[derive(Default)]
pub(super) struct GroupList {
    list: Vec<Group>,
    /// Number of groups placed so far.
    placed: usize,
    /// The previous list, if the order changed.
    previous: Vec<Group>,
    pub slots: GroupIndex,
}

impl GroupList {
    /// A list that follows a previous one; `in_place` if the order is the same.
    pub fn from_previous(former: Vec<Group>, slots: GroupIndex, in_place: bool) -> GroupList {
        let (list, former) = match in_place {
            true => (former, Vec::new()),
            false => (Vec::with_capacity(former.len()), former),
        };
        GroupList {
            list,
            placed: 0,
            previous: former,
            slots,
        }
    }

    /// Reserves room for this many groups.
    pub fn reserve(&mut self, count: usize) {
        self.list
            .reserve_exact(count.saturating_sub(self.list.len()));
    }

    /// Adds a drawn group; `slot` is its index in the previous list.
    pub fn draw(&mut self, origin: Origin, pin: Pin, slot: Option<usize>, drawn: GroupBuilder) {
        let former = match self.list.get(self.placed) {
            Some(group) => Some(&group.content),
            None => slot.and_then(|slot| Some(&self.previous.get(slot)?.content)),
        };
        let body = drawn.finish(former);
        self.place(origin, pin, Some(body));
    }

    /// Adds the previous group of a slot unchanged, perhaps at another origin.
    pub fn keep(&mut self, origin: Origin, pin: Pin, slot: Option<usize>) {
        let body = match self.placed < self.list.len() {
            true => None,
            false => {
                let group = slot.and_then(|slot| self.previous.get_mut(slot));
                debug_assert!(group.is_some(), "nothing was drawn of what is kept");
                group.map(|group| std::mem::replace(&mut group.content, GroupContent::empty()))
            }
        };
        self.place(origin, pin, body);
    }

    fn place(&mut self, origin: Origin, pin: Pin, body: Option<Arc<GroupContent>>) {
        match self.list.get_mut(self.placed) {
            Some(group) => {
                (group.origin, group.pin) = (origin, pin);
                if let Some(body) = body {
                    group.content = body;
                }
            }
            None => self.list.push(Group {
                origin,
                pin,
                content: body.unwrap_or_else(GroupContent::empty),
            }),
        }
        self.placed += 1;
    }

    /// The finished list.
    pub fn finish(self) -> Vec<Group> {
        self.list
    }
}
