//! Spatial index of the groups of a scene, and the positions of pinned groups while the
//! map is panned.
//!
//! Must not know: painting.

use super::camera::{Area, Camera};
use super::interval_index::IntervalIndex;
use crate::geom::{Origin, Rect};
use crate::model::ObjectRef;
use crate::scene::{Group, GroupContent, Pin, Scene};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Weak};

/// Largest share of the view that pinned groups may cover; beyond it they move with the
/// map.
const MAX_PINNED_SHARE: f32 = 0.4;

/// Area of a group, for fast lookup.
struct IndexEntry {
    area: Area,
    group: u32,
}

/// Snapshot of a group at the last update of the index.
struct IndexedGroup {
    /// Weak, so that the body can be freed while its address is not reused.
    body: Weak<GroupContent>,
    bounds: Rect,
    empty: bool,
    origin: Origin,
    pin: Pin,
}

impl IndexedGroup {
    fn of(group: &Group) -> IndexedGroup {
        IndexedGroup {
            body: Arc::downgrade(&group.content),
            bounds: group.content.bounds,
            empty: group.content.items.is_empty(),
            origin: group.origin,
            pin: group.pin,
        }
    }

    fn has_same_placement(&self, other: &IndexedGroup) -> bool {
        self.bounds == other.bounds
            && self.empty == other.empty
            && self.origin == other.origin
            && self.pin == other.pin
    }

    /// Unpinned area of the group on the map.
    fn area(&self) -> Area {
        area_at(self.origin, &self.bounds)
    }
}

/// Spatial index of the groups of one scene.
#[derive(Default)]
pub(super) struct SpatialIndex {
    /// The indexed scene. Weak, because a scene with one owner is cheaper to change.
    scene: Weak<Scene>,
    groups: Vec<IndexedGroup>,
    unpinned: Vec<IndexEntry>,
    intervals: IntervalIndex,
    pinned: Vec<(Pin, IndexEntry)>,
    /// Left edge of everything pinned to the left, top edge of everything pinned to the
    /// top, in map units.
    pinned_left: f64,
    pinned_top: f64,
    /// Width of everything pinned to the left, height of everything pinned to the top,
    /// in map units.
    pinned_width: f64,
    pinned_height: f64,
}

/// Mapping of a part of the map to physical pixels on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Viewport {
    /// Physical pixels per map unit.
    pub(super) scale: f64,
    /// Screen position of the map's origin, in whole physical pixels, so that panning
    /// does not change the shape of anything.
    pub(super) x: f64,
    /// See `x`.
    pub(super) y: f64,
    /// Rectangle of the view on screen, in points.
    pub(super) rect: egui::Rect,
    /// Physical pixels per point.
    pub(super) ppp: f32,
    /// Offset of groups pinned to the left, in physical pixels.
    pub(super) pin_dx: f64,
    /// Offset of groups pinned to the top, in physical pixels.
    pub(super) pin_dy: f64,
    /// Whether groups too small to be distinguished are skipped.
    pub(super) skip_tiny_groups: bool,
}

impl Viewport {
    /// Creates the viewport of a camera.
    pub(super) fn new(
        camera: &Camera,
        rect: egui::Rect,
        ppp: f32,
        index: &SpatialIndex,
    ) -> Viewport {
        let scale = f64::from(camera.zoom) * f64::from(ppp);
        let middle = rect.center();
        let x = (f64::from(middle.x * ppp) - camera.x * scale).round();
        let y = (f64::from(middle.y * ppp) - camera.y * scale).round();
        let clinging = |edge: f32, natural: f64, covered: f32| {
            let by = f64::from(edge * ppp).round() - natural.round();
            if covered > 0.0 && by.is_finite() {
                by.max(0.0)
            } else {
                0.0
            }
        };
        let (wide, tall) = index.pinned_extent(camera.zoom, rect.size());
        Viewport {
            scale,
            x,
            y,
            rect,
            ppp,
            pin_dx: clinging(rect.min.x, x + index.pinned_left * scale, wide),
            pin_dy: clinging(rect.min.y, y + index.pinned_top * scale, tall),
            skip_tiny_groups: true,
        }
    }

    /// Points per map unit.
    pub(super) fn zoom(&self) -> f32 {
        (self.scale / f64::from(self.ppp)) as f32
    }

    /// Returns the offset of a pinned group, in physical pixels.
    fn pin_offset(&self, pin: Pin) -> (f64, f64) {
        match pin {
            Pin::None => (0.0, 0.0),
            Pin::Top => (0.0, self.pin_dy),
            Pin::Left => (self.pin_dx, 0.0),
            Pin::Corner => (self.pin_dx, self.pin_dy),
        }
    }

    /// Returns the screen position of a group's origin, in physical pixels.
    pub(super) fn origin(&self, group: &Group) -> (f64, f64) {
        let (dx, dy) = self.pin_offset(group.pin);
        (
            self.x + group.origin.x * self.scale + dx,
            self.y + group.origin.y * self.scale + dy,
        )
    }

    /// Converts a rectangle of a group to points on screen.
    pub(super) fn on_screen(&self, group: &Group, rect: &Rect) -> egui::Rect {
        let (x, y) = self.origin(group);
        let at = |value: f32, origin: f64| {
            ((origin + f64::from(value) * self.scale) / f64::from(self.ppp)) as f32
        };
        egui::Rect::from_min_max(
            egui::pos2(at(rect.min.x, x), at(rect.min.y, y)),
            egui::pos2(at(rect.max.x, x), at(rect.max.y, y)),
        )
    }

    /// Returns the top left corner of the pinned groups, in points.
    pub(super) fn pinned_corner(&self, index: &SpatialIndex) -> egui::Pos2 {
        let at = |natural: f64, by: f64| ((natural + by) / f64::from(self.ppp)) as f32;
        egui::pos2(
            at(self.x + index.pinned_left * self.scale, self.pin_dx),
            at(self.y + index.pinned_top * self.scale, self.pin_dy),
        )
    }

    /// Converts a screen point to the map point below it, for groups with this pin.
    pub(super) fn on_map(&self, at: egui::Pos2, pin: Pin) -> (f64, f64) {
        let (dx, dy) = self.pin_offset(pin);
        (
            (f64::from(at.x * self.ppp) - self.x - dx) / self.scale,
            (f64::from(at.y * self.ppp) - self.y - dy) / self.scale,
        )
    }

    /// Returns the visible area of the map in the unpinned coordinates of groups with
    /// this pin.
    fn visible_area(&self, pin: Pin) -> Area {
        let (left, top) = self.on_map(self.rect.min, pin);
        let (right, bottom) = self.on_map(self.rect.max, pin);
        Area {
            left,
            top,
            right,
            bottom,
        }
    }
}

fn area_at(origin: Origin, rect: &Rect) -> Area {
    Area {
        left: origin.x + f64::from(rect.min.x),
        top: origin.y + f64::from(rect.min.y),
        right: origin.x + f64::from(rect.max.x),
        bottom: origin.y + f64::from(rect.max.y),
    }
}

/// Returns the unpinned area of an object on the map, or `None` if the scene does not
/// show it. If its stage is given, by place in the layout, only groups of that
/// stage are searched.
pub fn subject_area(scene: &Scene, object: &ObjectRef, stage: Option<usize>) -> Option<Area> {
    let there = |group: &&Group| stage.is_none() || group.key.stage() == stage;
    scene.groups.iter().filter(there).find_map(|group| {
        let subject = group
            .content
            .objects
            .iter()
            .find(|s| s.id.object() == Some(object) && s.area.min.x <= s.area.max.x)?;
        Some(area_at(group.origin, &subject.area))
    })
}

impl SpatialIndex {
    #[cfg(test)]
    pub(super) fn new(scene: &Arc<Scene>) -> SpatialIndex {
        let mut index = SpatialIndex::default();
        index.update(scene);
        index
    }

    /// Updates the index for another scene. Sorts again only if a group moved, and
    /// reads only bodies that are new.
    pub(super) fn update(&mut self, scene: &Arc<Scene>) {
        self.scene = Arc::downgrade(scene);
        let mut moved = self.groups.len() != scene.groups.len();
        self.groups.truncate(scene.groups.len());
        for (number, group) in scene.groups.iter().enumerate() {
            let Some(known) = self.groups.get_mut(number) else {
                self.groups.push(IndexedGroup::of(group));
                continue;
            };
            if std::ptr::eq(known.body.as_ptr(), Arc::as_ptr(&group.content)) {
                moved |= known.origin != group.origin || known.pin != group.pin;
                (known.origin, known.pin) = (group.origin, group.pin);
            } else {
                let new = IndexedGroup::of(group);
                moved |= !known.has_same_placement(&new);
                *known = new;
            }
        }
        if moved {
            self.rebuild();
        }
    }

    fn rebuild(&mut self) {
        self.unpinned.clear();
        self.pinned.clear();
        (self.pinned_left, self.pinned_top) = (f64::INFINITY, f64::INFINITY);
        (self.pinned_width, self.pinned_height) = (0.0, 0.0);
        for (number, known) in self.groups.iter().enumerate() {
            if known.empty {
                continue;
            }
            let area = known.area();
            let place = IndexEntry {
                area,
                group: number as u32,
            };
            if matches!(known.pin, Pin::Left | Pin::Corner) {
                self.pinned_left = self.pinned_left.min(area.left);
            }
            if matches!(known.pin, Pin::Top | Pin::Corner) {
                self.pinned_top = self.pinned_top.min(area.top);
            }
            match known.pin {
                Pin::None => self.unpinned.push(place),
                pin => self.pinned.push((pin, place)),
            }
        }
        for (pin, place) in &self.pinned {
            if matches!(pin, Pin::Left | Pin::Corner) {
                self.pinned_width = self.pinned_width.max(place.area.right - self.pinned_left);
            }
            if matches!(pin, Pin::Top | Pin::Corner) {
                self.pinned_height = self.pinned_height.max(place.area.bottom - self.pinned_top);
            }
        }
        let free = &self.unpinned;
        self.intervals.rebuild(free.len(), |at| {
            free.get(at)
                .map_or((0.0, 0.0), |place| (place.area.left, place.area.right))
        });
    }

    /// Whether this is the index of the given scene.
    pub(super) fn is_for(&self, scene: &Arc<Scene>) -> bool {
        // The weak reference keeps the address from being reused.
        std::ptr::eq(self.scene.as_ptr(), Arc::as_ptr(scene))
    }

    /// Collects the groups in view in painting order: unpinned groups, then the stage
    /// band and the lane titles, then the corner. Skips groups too small to be seen,
    /// and all but one of the groups narrower than two pixels that have the same height
    /// and start in the same two pixels.
    pub(super) fn visible(&self, view: &Viewport, out: &mut Vec<u32>) {
        out.clear();
        let mut found = Vec::new();
        let seen = view.visible_area(Pin::None);
        self.intervals.query(seen.left, seen.right, &mut found);
        let mut taken: FxHashMap<(i64, i64), i64> = FxHashMap::default();
        let mut counts = |area: &Area| {
            let (wide, tall) = (area.width() * view.scale, area.height() * view.scale);
            if wide >= 2.0 || !view.skip_tiny_groups {
                return true;
            }
            if wide.max(tall) < 2.0 {
                return false;
            }
            // Counted from the map's origin, so that panning does not change the chosen
            // groups.
            let row = (
                (area.top * view.scale) as i64,
                (area.bottom * view.scale) as i64,
            );
            let column = (area.left * view.scale / 2.0) as i64;
            taken.insert(row, column) != Some(column)
        };
        for at in found {
            if let Some(place) = self.unpinned.get(at as usize)
                && place.area.intersects(&seen)
                && counts(&place.area)
            {
                out.push(place.group);
            }
        }
        out.sort_unstable();
        for pass in [[Pin::Top, Pin::Left], [Pin::Corner, Pin::Corner]] {
            for (pin, place) in &self.pinned {
                if pass.contains(pin)
                    && place.area.intersects(&view.visible_area(*pin))
                    && counts(&place.area)
                {
                    out.push(place.group);
                }
            }
        }
    }

    /// Returns the topmost subject at a screen position, as group and subject indices.
    pub(super) fn hit(&self, scene: &Scene, view: &Viewport, at: egui::Pos2) -> Option<(u32, u32)> {
        let mut visible = Vec::new();
        let spot = Viewport {
            rect: egui::Rect::from_min_max(at, at),
            skip_tiny_groups: false,
            ..*view
        };
        self.visible(&spot, &mut visible);
        visible.into_iter().rev().find_map(|number| {
            let group = scene.groups.get(number as usize)?;
            let (x, y) = view.on_map(at, group.pin);
            let found = scene.hit_group(number as usize, x, y)?;
            let subjects = &group.content.objects;
            let subject = subjects
                .iter()
                .position(|subject| std::ptr::eq(subject, found))?;
            Some((number, subject as u32))
        })
    }

    /// Returns the width and height that pinned groups cover at the left and the top of
    /// a view, in points. Zero if they would cover most of the view; they then move
    /// with the map.
    pub(super) fn pinned_extent(&self, zoom: f32, view: egui::Vec2) -> (f32, f32) {
        let held = |size: f64, side: f32| {
            let size = size as f32 * zoom;
            if size <= side * MAX_PINNED_SHARE {
                size
            } else {
                0.0
            }
        };
        (
            held(self.pinned_width, view.x),
            held(self.pinned_height, view.y),
        )
    }
}
