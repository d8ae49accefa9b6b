//! Where in the list of groups what stands, and what stood there before.

use crate::model::LaneKind;
use crate::scene::item::{Body, Group};
use std::sync::Arc;

/// The order of groups: the header; each lane with its ground, the lines between
/// its pills where it has such, and its content, both stage by stage; the ground
/// of the band and the stages on it; the titles of the lanes; the corner.
#[derive(Default)]
pub(super) struct Slots {
    stages: usize,
    /// The first group of each lane, and whether lines between pills come first.
    lanes: Vec<(usize, bool)>,
    band: usize,
}

impl Slots {
    pub fn new(stages: usize, lanes: impl Iterator<Item = LaneKind>) -> Slots {
        let mut slots = Slots {
            stages,
            ..Slots::default()
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

    pub fn joints(&self, lane: Option<usize>, stage: Option<usize>) -> Option<usize> {
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

/// What was drawn before.
#[derive(Default)]
pub(super) struct Former {
    groups: Vec<Group>,
    pub slots: Slots,
}

impl Former {
    pub fn new(groups: Vec<Group>, slots: Slots) -> Former {
        Former { groups, slots }
    }

    /// The body in a slot.
    pub fn body(&self, slot: Option<usize>) -> Option<&Arc<Body>> {
        Some(&self.groups.get(slot?)?.body)
    }

    /// The body in a slot, to be kept.
    pub fn take(&mut self, slot: Option<usize>) -> Arc<Body> {
        let group = slot.and_then(|slot| self.groups.get_mut(slot));
        debug_assert!(group.is_some(), "nothing was drawn of what is kept");
        group.map_or_else(Body::nothing, |group| {
            std::mem::replace(&mut group.body, Body::nothing())
        })
    }
}
