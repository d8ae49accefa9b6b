//! Geometry index: the areas of the objects of a scene and of their parts, by address.
//!
//! What the display list holds anyway is read from it on demand; a [`ScenePart`] is stored only
//! where the items do not tell.
//! Must not know: windows, pointers, how anything is laid out.

use super::display_list::Scene;
use super::item::{Group, GroupContent, ObjectId, PartKind, ScenePart};
use crate::geom::{Area, Rect};
use crate::model::ObjectRef;

impl GroupContent {
    /// The parts of an object that have this meaning, in group coordinates and drawing order.
    pub fn parts<'c>(
        &'c self,
        object: &'c ObjectRef,
        kind: PartKind,
    ) -> impl Iterator<Item = Rect> + 'c {
        let shown = |at: usize| self.objects.get(at)?.id.object();
        let whole = (kind == PartKind::Whole).then_some(&self.objects[..]);
        let whole = whole.into_iter().flatten();
        let whole = whole.filter(|subject| subject.id.object() == Some(object));
        let whole = whole.map(|subject| subject.area);
        let its = move |part: &&ScenePart| {
            part.kind == kind && shown(part.object as usize) == Some(object)
        };
        let parts = self.parts.iter().filter(its).map(|part| part.rect);
        whole.filter(|area| !area.is_empty()).chain(parts)
    }
}

impl Group {
    /// The area of a rectangle of the group on the unpinned map.
    pub fn area(&self, rect: &Rect) -> Area {
        Area::at(self.origin, rect)
    }
}

impl Scene {
    /// The objects that have an area, with their area on the unpinned map, in all groups that
    /// meet a condition.
    pub fn places<'s>(
        &'s self,
        within: impl Fn(&Group) -> bool + 's,
    ) -> impl Iterator<Item = (&'s ObjectId, Area)> {
        let groups = self.groups.iter().filter(move |group| within(group));
        groups.flat_map(|group| {
            let objects = group.content.objects.iter();
            let placed = objects.filter(|subject| !subject.area.is_empty());
            placed.map(|subject| (&subject.id, group.area(&subject.area)))
        })
    }

    /// The area of an object on the unpinned map; `None` if the scene does not show it. If its
    /// stage is given, by place in the layout, only groups of that stage are searched.
    pub fn area_of(&self, object: &ObjectRef, stage: Option<usize>) -> Option<Area> {
        let mut places = self.places(|group| stage.is_none() || group.key.stage() == stage);
        let found = places.find(|(id, _)| id.object() == Some(object));
        found.map(|(_, area)| area)
    }
}
