//! The list of groups under construction, and reuse of previous contents.
//!
//! Must not know: how groups are drawn.

use super::group_builder::GroupBuilder;
use crate::geom::Origin;
use crate::scene::item::{Group, GroupContent, GroupKey, Pin};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Place of a group in the list and on the map.
pub(super) struct GroupPlace {
    pub key: GroupKey,
    /// Address in the previous scene; `None` if the group is new.
    pub previous: Option<GroupKey>,
    pub origin: Origin,
    pub pin: Pin,
}

impl GroupPlace {
    pub fn new(
        key: GroupKey,
        previous: Option<GroupKey>,
        (x, y): (f64, f64),
        pin: Pin,
    ) -> GroupPlace {
        let origin = Origin { x, y };
        GroupPlace {
            key,
            previous,
            origin,
            pin,
        }
    }
}

/// If stages and lanes are in the same order as before, the previous list with some contents
/// replaced; else a new list that reuses previous contents by their address.
#[derive(Default)]
pub(super) struct GroupList {
    list: Vec<Group>,
    /// Number of groups placed so far.
    placed: usize,
    /// The previous contents, if the order changed.
    previous: FxHashMap<GroupKey, Arc<GroupContent>>,
}

impl GroupList {
    /// A list that follows a previous one; `in_place` if the order is the same.
    pub fn from_previous(previous: Vec<Group>, in_place: bool) -> GroupList {
        if in_place {
            return GroupList {
                list: previous,
                ..GroupList::default()
            };
        }
        let by_key = previous.into_iter().map(|group| (group.key, group.content));
        GroupList {
            previous: by_key.collect(),
            ..GroupList::default()
        }
    }

    /// Reserves room for this many groups.
    pub fn reserve(&mut self, count: usize) {
        self.list
            .reserve_exact(count.saturating_sub(self.list.len()));
    }

    /// Adds a group: drawn, or with its previous content if there is nothing to draw.
    pub fn add(&mut self, place: GroupPlace, drawn: Option<GroupBuilder>) {
        self.placed += 1;
        if let Some(group) = self.list.get_mut(self.placed - 1) {
            (group.key, group.origin, group.pin) = (place.key, place.origin, place.pin);
            if let Some(builder) = drawn {
                group.content = builder.finish(Some(&group.content));
            }
            return;
        }
        let previous = place.previous.and_then(|key| self.previous.remove(&key));
        let content = match drawn {
            Some(builder) => builder.finish(previous.as_ref()),
            None => {
                debug_assert!(previous.is_some(), "nothing was drawn of what is kept");
                previous.unwrap_or_else(GroupContent::empty)
            }
        };
        self.list.push(Group {
            key: place.key,
            origin: place.origin,
            pin: place.pin,
            content,
        });
    }

    /// The finished list.
    pub fn finish(self) -> Vec<Group> {
        self.list
    }
}
