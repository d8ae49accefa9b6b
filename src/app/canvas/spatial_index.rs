//! Spatial index of the groups of a scene, and the positions of pinned groups while the
//! map is panned.
//!
//! Must not know: painting.

use super::camera::Camera;
use crate::geom::{Area, Rect};
use crate::scene::{ALONG_INSET, Group, GroupContent, Pin, Rows, Scene, SceneObject};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::{Arc, Weak};

/// Largest share of the view that pinned groups may cover; beyond it they move with the
/// map.
const MAX_PINNED_SHARE: f32 = 0.4;

/// A group at the last update of the index.
#[derive(Default)]
struct IndexedGroup {
    /// Weak, so that the body can be freed while its address is not reused.
    body: Weak<GroupContent>,
    /// Bounds of the body; empty if it has no items.
    bounds: Rect,
    /// Unpinned area on the map, with the way along its stage.
    area: Area,
    pin: Pin,
}

/// Spatial index of the groups of one scene.
#[derive(Default)]
pub(super) struct SpatialIndex {
    /// The indexed scene. Weak, because a scene with one owner is cheaper to change.
    scene: Weak<Scene>,
    groups: Vec<IndexedGroup>,
    /// The unpinned groups, along the longer side of the map.
    intervals: IntervalIndex,
    is_tall: bool,
    pinned: Vec<u32>,
    /// The rows of the journey, each with a band of its own at its top.
    rows: Option<Arc<Rows>>,
    /// Area of everything pinned to the left, and of everything pinned to the top.
    left: Area,
    top: Area,
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
    /// Part of `rect` that no pinned group covers.
    pub(super) free: egui::Rect,
    /// Offset of groups pinned to the left, in physical pixels.
    pin_dx: f64,
    /// Offset of groups pinned to the top, in physical pixels.
    pin_dy: f64,
    /// Top and bottom of the row at the top of the view, whose band is pinned; of all rows if the
    /// map has only one.
    pinned_row: (f64, f64),
    /// Whether groups too small to be distinguished are skipped.
    skip_tiny_groups: bool,
}

impl Viewport {
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
        // Offset of what is pinned to an edge, and the end of the room that it covers.
        let clinging = |edge: f32, natural: f64, covered: f32| {
            if covered == 0.0 {
                return (0.0, edge);
            }
            let by = (f64::from(edge * ppp).round() - natural.round()).max(0.0);
            (by, ((natural + by) / f64::from(ppp)) as f32 + covered)
        };
        let (wide, tall) = index.pinned_extent(camera.zoom, rect.size());
        let (pin_dx, left) = clinging(rect.min.x, x + index.left.left * scale, wide);
        let view_top = (f64::from(rect.min.y * ppp) - y) / scale;
        let row = index.row_at(view_top);
        let (pin_dy, top) = match &row {
            None => clinging(rect.min.y, y + index.top.top * scale, tall),
            Some(row) => {
                let band = index.top.height();
                let top = y + (row.start - index.band_overhang()) * scale;
                let (by, end) = clinging(rect.min.y, top, tall);
                // The band of a row leaves the view with it.
                let most = ((row.end - row.start - band) * scale).max(0.0).round();
                (by.min(most), end)
            }
        };
        let pinned_row = row.map_or((f64::NEG_INFINITY, f64::INFINITY), |row| {
            let overhang = index.band_overhang();
            (row.start - overhang, row.end - overhang)
        });
        let corner = egui::pos2(left, top).clamp(rect.min, rect.max);
        Viewport {
            scale,
            x,
            y,
            rect,
            ppp,
            free: egui::Rect::from_min_max(corner, rect.max),
            pin_dx,
            pin_dy,
            pinned_row,
            skip_tiny_groups: true,
        }
    }

    /// Returns the square around a point, with everything that is in it.
    pub(super) fn around(&self, at: egui::Pos2, radius: f32) -> Viewport {
        Viewport {
            rect: egui::Rect::from_center_size(at, egui::Vec2::splat(2.0 * radius)),
            skip_tiny_groups: false,
            ..*self
        }
    }

    /// Points per map unit.
    pub(super) fn zoom(&self) -> f32 {
        (self.scale / f64::from(self.ppp)) as f32
    }

    /// Whether a group at this height is in the row whose band is pinned.
    fn is_in_pinned_row(&self, y: f64) -> bool {
        let (top, bottom) = self.pinned_row;
        top <= y && y < bottom
    }

    /// Returns the offset of a pinned group, in physical pixels; `in_pinned_row` tells whether it
    /// is in the row whose band is pinned.
    fn pin_offset(&self, pin: Pin, in_pinned_row: bool) -> (f64, f64) {
        let pin_dy = if in_pinned_row { self.pin_dy } else { 0.0 };
        match pin {
            Pin::None => (0.0, 0.0),
            Pin::Top => (0.0, pin_dy),
            Pin::Left => (self.pin_dx, 0.0),
            Pin::Corner => (self.pin_dx, pin_dy),
            Pin::Along { is_on_top, .. } => (0.0, if is_on_top { pin_dy } else { 0.0 }),
        }
    }

    /// Returns the way of a group along its stage, in whole physical pixels.
    fn way_along(&self, group: &Group) -> f64 {
        let most = group.pin.most_along() * self.scale;
        if most == 0.0 {
            return 0.0;
        }
        let left = group.origin.x + f64::from(group.content.bounds.min.x) - ALONG_INSET;
        let missing = f64::from(self.free.min.x * self.ppp) - (self.x + left * self.scale);
        missing.clamp(0.0, most).round()
    }

    /// Returns the screen position of a group's origin, in physical pixels.
    pub(super) fn origin(&self, group: &Group) -> (f64, f64) {
        let in_row = self.is_in_pinned_row(group.origin.y);
        let (dx, dy) = self.pin_offset(group.pin, in_row);
        (
            self.x + group.origin.x * self.scale + dx + self.way_along(group),
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

    /// Converts a screen point to the map point below it.
    pub(super) fn on_map(&self, at: egui::Pos2) -> (f64, f64) {
        self.unpinned(at, Pin::None, true)
    }

    /// Converts a screen point to the point of the map that it is in the unpinned coordinates of a
    /// group.
    pub(super) fn on_map_of(&self, at: egui::Pos2, group: &Group) -> (f64, f64) {
        self.unpinned(at, group.pin, self.is_in_pinned_row(group.origin.y))
    }

    fn unpinned(&self, at: egui::Pos2, pin: Pin, in_pinned_row: bool) -> (f64, f64) {
        let (dx, dy) = self.pin_offset(pin, in_pinned_row);
        (
            (f64::from(at.x * self.ppp) - self.x - dx) / self.scale,
            (f64::from(at.y * self.ppp) - self.y - dy) / self.scale,
        )
    }

    /// Returns the visible area of the map in the unpinned coordinates of groups with
    /// this pin.
    fn visible_area(&self, pin: Pin, in_pinned_row: bool) -> Area {
        let (left, top) = self.unpinned(self.rect.min, pin, in_pinned_row);
        let (right, bottom) = self.unpinned(self.rect.max, pin, in_pinned_row);
        Area {
            left,
            top,
            right,
            bottom,
        }
    }
}

impl SpatialIndex {
    /// Updates the index for another scene. Sorts again only if a group moved, and
    /// reads only bodies that are new.
    pub(super) fn update(&mut self, scene: &Arc<Scene>) {
        self.scene = Arc::downgrade(scene);
        let mut moved = self.groups.len() != scene.groups.len() || self.rows != scene.rows;
        self.rows.clone_from(&scene.rows);
        self.groups
            .resize_with(scene.groups.len(), IndexedGroup::default);
        for (known, group) in self.groups.iter_mut().zip(&scene.groups) {
            if !std::ptr::eq(known.body.as_ptr(), Arc::as_ptr(&group.content)) {
                known.body = Arc::downgrade(&group.content);
                known.bounds = if group.content.items.is_empty() {
                    Rect::EMPTY
                } else {
                    group.content.bounds
                };
            }
            let mut area = Area::at(group.origin, &known.bounds);
            area.right += group.pin.most_along();
            moved |= (known.area, known.pin) != (area, group.pin);
            (known.area, known.pin) = (area, group.pin);
        }
        if moved {
            self.rebuild();
        }
    }

    fn rebuild(&mut self) {
        let groups = || (0..).zip(&self.groups);
        // All rows have the same band.
        let first = self.rows.as_ref().and_then(|rows| rows.span(0));
        let first = first.map_or(f64::INFINITY, |row| row.end);
        let covered = |pin: Pin| {
            let groups = self.groups.iter().filter(|group| {
                let is_pinned = group.pin == pin || group.pin == Pin::Corner;
                !group.area.is_empty()
                    && is_pinned
                    && (pin == Pin::Left || group.area.bottom < first)
            });
            let areas = groups.map(|group| group.area);
            areas.reduce(|a, b| a.union(&b)).unwrap_or_default()
        };
        (self.left, self.top) = (covered(Pin::Left), covered(Pin::Top));
        let pinned = groups().filter(|(_, group)| group.pin != Pin::None);
        self.pinned = pinned.map(|(number, _)| number).collect();
        let free = groups().filter(|(_, group)| group.pin == Pin::None);
        let free: Vec<(u32, Area)> = free.map(|(number, group)| (number, group.area)).collect();
        let all = free.iter().map(|(_, area)| *area);
        let all = all.reduce(|a, b| a.union(&b)).unwrap_or_default();
        self.is_tall = all.height() > all.width();
        let along = |(number, area): (u32, Area)| {
            if self.is_tall {
                (area.top, area.bottom, number)
            } else {
                (area.left, area.right, number)
            }
        };
        self.intervals = IntervalIndex::new(free.into_iter().map(along).collect());
    }

    /// Height by which the ground of the band begins above the band.
    fn band_overhang(&self) -> f64 {
        let first = self.rows.as_ref().and_then(|rows| rows.span(0));
        first.map_or(0.0, |row| (row.start - self.top.top).max(0.0))
    }

    /// Top and bottom of the row at a height of the map, the first one above all; `None` if the map
    /// has one row.
    fn row_at(&self, y: f64) -> Option<Range<f64>> {
        let rows = self.rows.as_ref()?;
        rows.span(rows.row_at(y))
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
        let pins = [Pin::None, Pin::Top, Pin::Left, Pin::Corner];
        let seen = pins.map(|pin| view.visible_area(pin, true));
        let away = pins.map(|pin| view.visible_area(pin, false));
        if self.is_tall {
            self.intervals.query(seen[0].top, seen[0].bottom, out);
        } else {
            self.intervals.query(seen[0].left, seen[0].right, out);
        }
        let mut taken: FxHashMap<(i64, i64), i64> = FxHashMap::default();
        let mut counts = |number: u32| {
            let Some(IndexedGroup { area, pin, .. }) = self.groups.get(number as usize) else {
                return false;
            };
            let seen = if view.is_in_pinned_row(area.top) {
                &seen
            } else {
                &away
            };
            let seen = match pin {
                Pin::None
                | Pin::Along {
                    is_on_top: false, ..
                } => &seen[0],
                Pin::Top
                | Pin::Along {
                    is_on_top: true, ..
                } => &seen[1],
                Pin::Left => &seen[2],
                Pin::Corner => &seen[3],
            };
            if !area.intersects(seen) {
                return false;
            }
            let (wide, tall) = (area.width() * view.scale, area.height() * view.scale);
            if wide >= 2.0 || !view.skip_tiny_groups {
                return true;
            }
            // Counted from the map's origin, so that panning does not change the chosen
            // groups.
            let row = (
                (area.top * view.scale) as i64,
                (area.bottom * view.scale) as i64,
            );
            let column = (area.left * view.scale / 2.0) as i64;
            wide.max(tall) >= 2.0 && taken.insert(row, column) != Some(column)
        };
        out.retain(|number| counts(*number));
        out.sort_unstable();
        let is_corner = |number: &u32| {
            let group = self.groups.get(*number as usize);
            group.is_some_and(|group| group.pin == Pin::Corner)
        };
        let pinned = self.pinned.iter().copied().filter(|number| counts(*number));
        let (corner, edges): (Vec<u32>, Vec<u32>) = pinned.partition(is_corner);
        out.extend(edges);
        out.extend(corner);
    }

    /// Returns the topmost subject at a screen position.
    pub(super) fn hit<'a>(
        &self,
        scene: &'a Scene,
        view: &Viewport,
        at: egui::Pos2,
    ) -> Option<&'a SceneObject> {
        let mut visible = Vec::new();
        self.visible(&view.around(at, 0.0), &mut visible);
        visible.into_iter().rev().find_map(|number| {
            let group = scene.groups.get(number as usize)?;
            let (x, y) = view.on_map_of(at, group);
            scene.hit_group(number as usize, x, y)
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
            held(self.left.width(), view.x),
            held(self.top.height(), view.y),
        )
    }
}

/// Intervals along x, sorted by their start: start, largest end of all intervals up to
/// this one, and number.
#[derive(Clone, Debug, Default)]
struct IntervalIndex(Vec<(f64, f64, u32)>);

impl IntervalIndex {
    /// Builds the index from the start, the end and the number of each interval.
    fn new(mut intervals: Vec<(f64, f64, u32)>) -> IntervalIndex {
        // The stable sort benefits from long presorted runs.
        intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut furthest = f64::NEG_INFINITY;
        for (_, end, _) in &mut intervals {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        IntervalIndex(intervals)
    }

    /// Adds the numbers of a superset of the intervals that share a point with the
    /// range; exact for the intervals that start within it.
    fn query(&self, from: f64, to: f64, out: &mut Vec<u32>) {
        let first = self.0.partition_point(|(_, reach, _)| *reach < from);
        let last = self.0.partition_point(|(start, _, _)| *start <= to);
        if let Some(found) = self.0.get(first..last) {
            out.extend(found.iter().map(|(_, _, number)| *number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{EmptyLanes, RowOptions};
    use crate::render::{RenderOptions, RenderedMap};
    use crate::scene::GroupKey;
    use crate::text::FixedWidth;
    use proptest::prelude::*;

    /// The drawing of one stage with many touchpoints between two short ones, perhaps in rows.
    fn wide_stage(rows: Option<RowOptions>) -> Arc<Scene> {
        let steps = |count: usize| "(name: \"T\"),".repeat(count);
        let stage =
            |name: &str, count| format!("(name: {name:?}, touchpoints: [{}])", steps(count));
        let stages = [stage("A", 1), stage("Wide", 30), stage("C", 1)].join(",");
        let text = format!("(title: \"T\", stages: [{stages}])");
        let map = crate::format::read(text.as_bytes()).unwrap().map;
        let mut options = RenderOptions::default();
        options.layout.rows = rows;
        Arc::clone(RenderedMap::of(&map, &options, &mut FixedWidth).drawn())
    }

    proptest! {
        #[test]
        fn the_name_of_a_stage_stays_in_sight_while_its_stage_does(
            x in 0.0..9000.0_f64,
            y in 0.0..1500.0_f64,
            zoom in 0.2..3.0_f32,
        ) {
            let scene = wide_stage(None);
            let mut index = SpatialIndex::default();
            index.update(&scene);
            let rect = egui::Rect::from_min_size(egui::pos2(10.0, 20.0), egui::vec2(900.0, 700.0));
            let view = Viewport::new(&Camera { x, y, zoom }, rect, 1.0, &index);
            let on_screen = |key| {
                let group = scene.group(key).unwrap();
                view.on_screen(group, &group.content.bounds)
            };
            let stage = on_screen(GroupKey::Stage(1));
            let name = on_screen(if zoom < 0.42 {
                GroupKey::StageOverview(1)
            } else {
                GroupKey::StageTexts(1)
            });
            // It never leaves its stage, and stays whole as long as there is room for it.
            prop_assert!(name.left() >= stage.left() && name.right() <= stage.right() + 1.0);
            prop_assert!((name.top() - stage.top()).abs() < stage.height());
            let shown = stage.intersect(view.free.with_min_y(rect.top()));
            if shown.width() > name.width() + 60.0 * zoom && stage.left() < view.free.left() {
                prop_assert!(name.left() >= view.free.left() && name.right() <= rect.right());
            }
        }

        #[test]
        fn the_band_of_a_row_stays_at_the_top_while_the_row_does(y in 0.0..4500.0_f64, zoom in 0.5..1.2_f32) {
            let rows = RowOptions { width: 1500, empty: EmptyLanes::Folded };
            let scene = wide_stage(Some(rows));
            let rows = scene.rows.clone().unwrap();
            prop_assert!(rows.len() > 3);
            let mut index = SpatialIndex::default();
            index.update(&scene);
            let rect = egui::Rect::from_min_size(egui::pos2(10.0, 20.0), egui::vec2(900.0, 700.0));
            let view = Viewport::new(&Camera { x: 700.0, y, zoom }, rect, 1.0, &index);
            let top = view.on_map(rect.min).1;
            let row = rows.row_at(top);
            let span = rows.span(row).unwrap();
            let stages = scene.groups.iter().filter(|group| matches!(group.key, GroupKey::Stage(_)));
            let mut visible = Vec::new();
            index.visible(&view, &mut visible);
            for group in stages {
                let shown = view.on_screen(group, &group.content.objects[0].area);
                let in_row = span.contains(&group.origin.y);
                if in_row && span.start < top && top + 100.0 < span.end {
                    prop_assert!((shown.top() - rect.top()).abs() < 4.0, "{shown:?}");
                    let seen = |at: &u32| std::ptr::eq(&scene.groups[*at as usize], group);
                    prop_assert!(visible.iter().any(seen));
                } else if !in_row {
                    let natural = rect.top() + ((group.origin.y - top) * f64::from(zoom)) as f32;
                    prop_assert!((shown.top() - natural).abs() < 2.0);
                }
            }
        }

        #[test]
        fn query_finds_all_intersecting_intervals(
            intervals in prop::collection::vec((0.0..100.0_f64, 0.0..30.0_f64), 0..60),
            from in -10.0..110.0_f64,
            width in 0.0..40.0_f64,
        ) {
            let numbered = (0..).zip(&intervals);
            let spans = numbered.map(|(number, (start, width))| (*start, start + width, number));
            let index = IntervalIndex::new(spans.collect());
            let mut found = Vec::new();
            index.query(from, from + width, &mut found);
            for (i, (a, w)) in intervals.iter().enumerate() {
                let meets = *a <= from + width && *a + *w >= from;
                prop_assert!(!meets || found.contains(&(i as u32)));
                prop_assert!(*a <= from + width || !found.contains(&(i as u32)));
            }
        }
    }

    #[test]
    fn query_skips_distant_intervals() {
        let intervals = (0..1000).map(|at| (f64::from(at), f64::from(at) + 0.5, at));
        let index = IntervalIndex::new(intervals.collect());
        let mut found = Vec::new();
        index.query(500.0, 502.2, &mut found);
        assert_eq!(found, vec![500, 501, 502]);
    }
}
