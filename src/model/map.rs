//! The map: its header and its lists of records.
//!
//! Must not know: file formats, editing, drawing.

use super::id::{StageId, TouchpointId};
use super::image::Image;
use super::indexed_list::IndexedList;
use super::lane::{Lane, LaneKind};
use super::record::{
    Action, Channel, Comment, Conflict, Department, Environment, EnvironmentKind, Header, Note,
    Persona, Record, SavedView, Stage, Suppression, Touchpoint,
};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Declares [`Map`] with its lists of records, each with a function that returns it.
macro_rules! map {
    ($($(#[$doc:meta])* $list:ident: $record:ident;)*) => {
        /// A journey map of one scenario.
        ///
        /// A clone is cheap and shares all data that neither of the two changes.
        ///
        /// Reading is public; only `crate::edit` changes maps, and `crate::format` builds them.
        #[derive(Clone, Debug)]
        pub struct Map {
            header: Header,
            $($list: IndexedList<$record>,)*
            /// The touchpoints of each stage, in the order of the stages.
            touchpoints: Vec<IndexedList<Touchpoint>>,
            stage_by_touchpoint: Arc<FxHashMap<TouchpointId, StageId>>,
        }

        impl Default for Map {
            fn default() -> Self {
                let mut map = Map {
                    header: Header::default(),
                    $($list: IndexedList::default(),)*
                    touchpoints: Vec::new(),
                    stage_by_touchpoint: Arc::default(),
                };
                for kind in LaneKind::STANDARD {
                    map.lanes.insert(usize::MAX, Lane::standard(kind));
                }
                map
            }
        }

        impl PartialEq for Map {
            fn eq(&self, other: &Self) -> bool {
                self.header == other.header
                    $(&& self.$list == other.$list)*
                    && self.touchpoints == other.touchpoints
            }
        }

        impl Map {
            $(
                $(#[$doc])*
                pub fn $list(&self) -> &IndexedList<$record> {
                    &self.$list
                }
            )*

            #[cfg(test)]
            fn has_consistent_lists(&self) -> bool {
                true $(&& self.$list.is_consistent())*
            }
        }
    };
}

map! {
    /// The personas; the first is the main one.
    personas: Persona;
    /// The departments that own and support.
    departments: Department;
    /// The channels of contact.
    channels: Channel;
    /// The environments of contact.
    environments: Environment;
    /// All lanes from top to bottom, including hidden ones.
    lanes: Lane;
    /// The stages from first to last.
    stages: Stage;
    /// The actions.
    actions: Action;
    /// The notes in the parking lot.
    notes: Note;
    /// Comments and questions, in the order of writing.
    comments: Comment;
    /// The saved views, in their order.
    saved_views: SavedView;
    /// What a merge of two versions left to decide.
    conflicts: Conflict;
    /// The accepted findings.
    suppressions: Suppression;
    /// The embedded images.
    images: Image;
}

impl Map {
    /// Creates an empty map with this title and the standard lanes.
    pub fn with_title(title: impl Into<String>) -> Map {
        let mut map = Map::default();
        map.header.title = title.into();
        map
    }

    /// Title, kind, scenario and other properties of the whole map.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Makes room for exactly this many touchpoints in the last stage.
    pub(crate) fn reserve_touchpoints(&mut self, count: usize) {
        if let Some(list) = self.touchpoints.last_mut() {
            list.reserve_exact(count);
        }
    }

    /// The touchpoints of a stage in order; empty for an unknown stage.
    pub fn touchpoints_in(&self, stage: &StageId) -> &[Touchpoint] {
        self.touchpoint_list(stage)
            .map_or(&[], IndexedList::as_slice)
    }

    /// The touchpoints of a stage as a list; `None` for an unknown stage.
    pub fn touchpoint_list(&self, stage: &StageId) -> Option<&IndexedList<Touchpoint>> {
        self.touchpoints.get(self.stages.position(stage)?)
    }

    /// The stages in order, each with its touchpoints.
    pub fn touchpoint_lists(
        &self,
    ) -> impl ExactSizeIterator<Item = (&Stage, &IndexedList<Touchpoint>)> {
        self.stages.iter().zip(&self.touchpoints)
    }

    /// All touchpoints, stage by stage.
    pub fn touchpoints(&self) -> impl Iterator<Item = &Touchpoint> + Clone {
        self.touchpoints.iter().flat_map(IndexedList::iter)
    }

    /// The number of touchpoints in the map.
    pub fn touchpoint_count(&self) -> usize {
        self.stage_by_touchpoint.len()
    }

    /// The touchpoint with this id.
    pub fn touchpoint(&self, id: &TouchpointId) -> Option<&Touchpoint> {
        self.touchpoint_list(self.stage_by_touchpoint.get(id)?)?
            .get(id)
    }

    /// Whether any measurement of the journey or of a touchpoint has a value.
    pub fn is_measured(&self) -> bool {
        let whole = &self.header().measurements;
        whole.iter().any(|it| it.value.is_some()) || self.touchpoints().any(Touchpoint::is_measured)
    }

    /// Whether a touchpoint happens among people: it is no contact with the organisation, so
    /// it cannot be owned, measured, moved to another channel or staffed.
    pub fn is_social(&self, touchpoint: &Touchpoint) -> bool {
        let environment = touchpoint.environment.as_ref();
        let environment = environment.and_then(|id| self.environments().get(id));
        environment.is_some_and(|e| e.kind == EnvironmentKind::Social)
    }

    /// Whether a touchpoint has no owner and needs one.
    pub fn lacks_owner(&self, touchpoint: &Touchpoint) -> bool {
        touchpoint.owner.is_none() && !self.is_social(touchpoint)
    }

    /// Whether a touchpoint has no owner and needs none.
    pub fn needs_no_owner(&self, touchpoint: &Touchpoint) -> bool {
        touchpoint.owner.is_none() && self.is_social(touchpoint)
    }

    /// The stage that a touchpoint belongs to.
    pub fn stage_of(&self, id: &TouchpointId) -> Option<&StageId> {
        self.stage_by_touchpoint.get(id)
    }

    /// The stage of a touchpoint and its index there, from 0.
    pub fn location_of(&self, id: &TouchpointId) -> Option<(StageId, usize)> {
        let stage = self.stage_by_touchpoint.get(id)?;
        let index = self.touchpoint_list(stage)?.position(id)?;
        Some((stage.clone(), index))
    }

    pub(crate) fn header_mut(&mut self) -> &mut Header {
        &mut self.header
    }
}

/// Access for `edit` and `format` to the list of records of type `R`. Indices
/// past the end are clamped.
pub(crate) trait Table<R: Record> {
    /// The position of a record: an index, for touchpoints together with the stage.
    type Place: Clone + PartialEq + std::fmt::Debug;
    fn get(&self, id: &R::Id) -> Option<&R>;
    fn location(&self, id: &R::Id) -> Option<Self::Place>;
    /// The number of records in the whole map.
    fn count(&self) -> usize;
    /// Returns `false` without a change if the id is taken or the position does not exist.
    fn insert(&mut self, place: &Self::Place, record: R) -> bool;
    fn remove(&mut self, id: &R::Id) -> Option<(Self::Place, R)>;
    fn replace(&mut self, record: R) -> Option<R>;
    /// Moves a record to a position, counted without itself. Returns `false`
    /// without a change if the record or position does not exist.
    fn shift(&mut self, id: &R::Id, to: &Self::Place) -> bool {
        let Some((from, record)) = self.remove(id) else {
            return false;
        };
        let whole = record.clone();
        if self.insert(to, record) && self.location(id).as_ref() == Some(to) {
            return true;
        }
        self.remove(id);
        self.insert(&from, whole);
        false
    }
}

macro_rules! tables {
    ($($record:ident: $field:ident;)*) => {$(
        impl Table<$record> for Map {
            type Place = usize;
            fn get(&self, id: &<$record as Record>::Id) -> Option<&$record> {
                self.$field.get(id)
            }
            fn location(&self, id: &<$record as Record>::Id) -> Option<usize> {
                self.$field.position(id)
            }
            fn count(&self) -> usize {
                self.$field.len()
            }
            fn insert(&mut self, place: &usize, record: $record) -> bool {
                self.$field.insert(*place, record)
            }
            fn remove(&mut self, id: &<$record as Record>::Id) -> Option<(usize, $record)> {
                self.$field.remove(id)
            }
            fn replace(&mut self, record: $record) -> Option<$record> {
                self.$field.replace(record)
            }
        }
    )*};
}

tables! {
    Persona: personas;
    Department: departments;
    Channel: channels;
    Environment: environments;
    Lane: lanes;
    Action: actions;
    Note: notes;
    Comment: comments;
    SavedView: saved_views;
    Conflict: conflicts;
    Suppression: suppressions;
    Image: images;
}

impl Table<Stage> for Map {
    type Place = usize;

    fn get(&self, id: &StageId) -> Option<&Stage> {
        self.stages.get(id)
    }

    fn location(&self, id: &StageId) -> Option<usize> {
        self.stages.position(id)
    }

    fn count(&self) -> usize {
        self.stages.len()
    }

    fn insert(&mut self, place: &usize, record: Stage) -> bool {
        let place = (*place).min(self.stages.len());
        let inserted = self.stages.insert(place, record);
        if inserted {
            self.touchpoints.insert(place, IndexedList::default());
        }
        inserted
    }

    /// Removes an empty stage; returns `None` if it has touchpoints.
    fn remove(&mut self, id: &StageId) -> Option<(usize, Stage)> {
        if !self.touchpoints_in(id).is_empty() {
            return None;
        }
        let (place, stage) = self.stages.remove(id)?;
        self.touchpoints.remove(place);
        Some((place, stage))
    }

    fn replace(&mut self, record: Stage) -> Option<Stage> {
        self.stages.replace(record)
    }

    /// Moves a stage with its touchpoints.
    fn shift(&mut self, id: &StageId, to: &usize) -> bool {
        if *to >= self.stages.len() {
            return false;
        }
        let Some((from, stage)) = self.stages.remove(id) else {
            return false;
        };
        let list = self.touchpoints.remove(from);
        self.touchpoints.insert(*to, list);
        self.stages.insert(*to, stage)
    }
}

impl Table<Touchpoint> for Map {
    type Place = (StageId, usize);

    fn get(&self, id: &TouchpointId) -> Option<&Touchpoint> {
        self.touchpoint(id)
    }

    fn location(&self, id: &TouchpointId) -> Option<(StageId, usize)> {
        self.location_of(id)
    }

    fn count(&self) -> usize {
        self.touchpoint_count()
    }

    fn insert(&mut self, place: &(StageId, usize), record: Touchpoint) -> bool {
        let (stage, index) = place;
        let Some(stage_at) = self.stages.position(stage) else {
            return false;
        };
        if self.stage_by_touchpoint.contains_key(record.id()) {
            return false;
        }
        Arc::make_mut(&mut self.stage_by_touchpoint).insert(record.id().clone(), stage.clone());
        self.touchpoints[stage_at].insert(*index, record)
    }

    fn remove(&mut self, id: &TouchpointId) -> Option<((StageId, usize), Touchpoint)> {
        let stage = Arc::make_mut(&mut self.stage_by_touchpoint).remove(id)?;
        let stage_at = self.stages.position(&stage)?;
        let (index, record) = self.touchpoints.get_mut(stage_at)?.remove(id)?;
        Some(((stage, index), record))
    }

    fn replace(&mut self, record: Touchpoint) -> Option<Touchpoint> {
        let stage = self.stage_by_touchpoint.get(record.id())?;
        let stage = self.stages.position(stage)?;
        self.touchpoints.get_mut(stage)?.replace(record)
    }
}

#[cfg(test)]
mod consistency {
    use super::*;

    impl Map {
        /// Whether all indices are correct and every touchpoint belongs to an existing stage.
        pub(crate) fn is_consistent(&self) -> bool {
            self.has_consistent_lists()
                && self.touchpoints.len() == self.stages.len()
                && self.touchpoints.iter().all(IndexedList::is_consistent)
                && self.touchpoints().count() == self.stage_by_touchpoint.len()
                && self.touchpoint_lists().all(|(stage, list)| {
                    let home =
                        |t: &Touchpoint| self.stage_by_touchpoint.get(t.id()) == Some(stage.id());
                    list.iter().all(home)
                })
        }
    }
}
