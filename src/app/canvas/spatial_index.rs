//! Where the groups of a scene lie: what is in view, and where pinned groups
//! are while the map moves under them.
//!
//! Must not know: how anything is drawn.

use super::camera::{Area, Camera};
use super::interval_index::Strip;
use crate::geom::{Origin, Rect};
use crate::scene::{Body, Group, Pin, Scene, Tag};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Weak};

/// Pinned groups stay in view only while they cover no more than this share of it.
const MOST_COVERED: f32 = 0.4;

/// Where a group lies, for quick looks.
struct Place {
    area: Area,
    group: u32,
}

/// A group as it was when the index was made.
struct Known {
    /// Not held, and yet its address is not used again.
    body: Weak<Body>,
    bounds: Rect,
    empty: bool,
    origin: Origin,
    pin: Pin,
}

impl Known {
    fn of(group: &Group) -> Known {
        Known {
            body: Arc::downgrade(&group.body),
            bounds: group.body.bounds,
            empty: group.body.items.is_empty(),
            origin: group.origin,
            pin: group.pin,
        }
    }

    fn lies_like(&self, other: &Known) -> bool {
        self.bounds == other.bounds
            && self.empty == other.empty
            && self.origin == other.origin
            && self.pin == other.pin
    }

    /// Where it lies on the map, naturally.
    fn area(&self) -> Area {
        area_at(self.origin, &self.bounds)
    }
}

/// The groups of one scene, sorted for looking up.
#[derive(Default)]
pub(super) struct Index {
    /// Which scene. Not held: a scene that nobody holds is cheaper to change.
    scene: Weak<Scene>,
    known: Vec<Known>,
    free: Vec<Place>,
    strip: Strip,
    pinned: Vec<(Pin, Place)>,
    /// The left edge of everything pinned to the left, the top edge of
    /// everything pinned to the top, in map units.
    left: f64,
    top: f64,
    /// How wide what is pinned to the left is, how tall what is pinned to the
    /// top, in map units.
    wide: f64,
    tall: f64,
}

/// A part of the map on screen: from map units to physical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    /// Physical pixels to a map unit.
    pub(super) scale: f64,
    /// Where the map's (0, 0) is on screen, in whole physical pixels, so that
    /// nothing changes its shape while the map is panned.
    pub(super) x: f64,
    /// See `x`.
    pub(super) y: f64,
    /// The view on screen, in points.
    pub(super) rect: egui::Rect,
    /// Physical pixels to a point.
    pub(super) ppp: f32,
    /// How far groups pinned to the left are moved, in physical pixels.
    pub(super) right_by: f64,
    /// How far groups pinned to the top are moved, in physical pixels.
    pub(super) down_by: f64,
    /// Whether groups too small to be told apart are left out.
    pub(super) thinned: bool,
}

impl View {
    /// What a camera shows of a scene.
    pub(super) fn new(camera: &Camera, rect: egui::Rect, ppp: f32, index: &Index) -> View {
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
        let (wide, tall) = index.covered(camera.zoom, rect.size());
        View {
            scale,
            x,
            y,
            rect,
            ppp,
            right_by: clinging(rect.min.x, x + index.left * scale, wide),
            down_by: clinging(rect.min.y, y + index.top * scale, tall),
            thinned: true,
        }
    }

    /// Points to a map unit.
    pub(super) fn zoom(&self) -> f32 {
        (self.scale / f64::from(self.ppp)) as f32
    }

    /// How far a pinned group is moved, in physical pixels.
    fn moved(&self, pin: Pin) -> (f64, f64) {
        match pin {
            Pin::None => (0.0, 0.0),
            Pin::Top => (0.0, self.down_by),
            Pin::Left => (self.right_by, 0.0),
            Pin::Corner => (self.right_by, self.down_by),
        }
    }

    /// Where a group's own (0, 0) is on screen, in physical pixels.
    pub(super) fn origin(&self, group: &Group) -> (f64, f64) {
        let (dx, dy) = self.moved(group.pin);
        (
            self.x + group.origin.x * self.scale + dx,
            self.y + group.origin.y * self.scale + dy,
        )
    }

    /// A rectangle of a group on screen, in points.
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

    /// Where the top left corner of what is pinned is, in points.
    pub(super) fn pinned_corner(&self, index: &Index) -> egui::Pos2 {
        let at = |natural: f64, by: f64| ((natural + by) / f64::from(self.ppp)) as f32;
        egui::pos2(
            at(self.x + index.left * self.scale, self.right_by),
            at(self.y + index.top * self.scale, self.down_by),
        )
    }

    /// The point of the map under a point on screen, for groups of this pin.
    pub(super) fn on_map(&self, at: egui::Pos2, pin: Pin) -> (f64, f64) {
        let (dx, dy) = self.moved(pin);
        (
            (f64::from(at.x * self.ppp) - self.x - dx) / self.scale,
            (f64::from(at.y * self.ppp) - self.y - dy) / self.scale,
        )
    }

    /// What is seen of the map where groups of this pin naturally lie.
    fn seen(&self, pin: Pin) -> Area {
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

/// Where a thing lies on the map, naturally; `None` where the scene has no such thing.
/// Where the left edge of its stage is known, only groups there are looked into.
pub fn locate(scene: &Scene, tag: &Tag, stage: Option<f64>) -> Option<Area> {
    let there = |group: &&Group| stage.is_none_or(|x| group.origin.x == x);
    scene.groups.iter().filter(there).find_map(|group| {
        let subject = group
            .body
            .subjects
            .iter()
            .find(|s| s.tag == *tag && s.area.min.x <= s.area.max.x)?;
        Some(area_at(group.origin, &subject.area))
    })
}

impl Index {
    #[cfg(test)]
    pub(super) fn new(scene: &Arc<Scene>) -> Index {
        let mut index = Index::default();
        index.follow(scene);
        index
    }

    /// Becomes the index of another scene; sorts anew only where groups lie
    /// elsewhere, and looks only at bodies that it does not know.
    pub(super) fn follow(&mut self, scene: &Arc<Scene>) {
        self.scene = Arc::downgrade(scene);
        let mut moved = self.known.len() != scene.groups.len();
        self.known.truncate(scene.groups.len());
        for (number, group) in scene.groups.iter().enumerate() {
            let Some(known) = self.known.get_mut(number) else {
                self.known.push(Known::of(group));
                continue;
            };
            if std::ptr::eq(known.body.as_ptr(), Arc::as_ptr(&group.body)) {
                moved |= known.origin != group.origin || known.pin != group.pin;
                (known.origin, known.pin) = (group.origin, group.pin);
            } else {
                let new = Known::of(group);
                moved |= !known.lies_like(&new);
                *known = new;
            }
        }
        if moved {
            self.sort();
        }
    }

    fn sort(&mut self) {
        self.free.clear();
        self.pinned.clear();
        (self.left, self.top) = (f64::INFINITY, f64::INFINITY);
        (self.wide, self.tall) = (0.0, 0.0);
        for (number, known) in self.known.iter().enumerate() {
            if known.empty {
                continue;
            }
            let area = known.area();
            let place = Place {
                area,
                group: number as u32,
            };
            if matches!(known.pin, Pin::Left | Pin::Corner) {
                self.left = self.left.min(area.left);
            }
            if matches!(known.pin, Pin::Top | Pin::Corner) {
                self.top = self.top.min(area.top);
            }
            match known.pin {
                Pin::None => self.free.push(place),
                pin => self.pinned.push((pin, place)),
            }
        }
        for (pin, place) in &self.pinned {
            if matches!(pin, Pin::Left | Pin::Corner) {
                self.wide = self.wide.max(place.area.right - self.left);
            }
            if matches!(pin, Pin::Top | Pin::Corner) {
                self.tall = self.tall.max(place.area.bottom - self.top);
            }
        }
        let free = &self.free;
        self.strip.arrange(free.len(), |at| {
            free.get(at)
                .map_or((0.0, 0.0), |place| (place.area.left, place.area.right))
        });
    }

    /// Whether it is the index of this very scene.
    pub(super) fn is_of(&self, scene: &Arc<Scene>) -> bool {
        // The weak reference keeps the address from being used again.
        std::ptr::eq(self.scene.as_ptr(), Arc::as_ptr(scene))
    }

    /// The groups in view in the order in which they are painted: those that
    /// move with the map first, then the band and the lane titles, then the
    /// corner. Groups too small to be seen are left out, and of groups narrower
    /// than two pixels those that begin in the same two pixels as another.
    pub(super) fn visible(&self, view: &View, out: &mut Vec<u32>) {
        out.clear();
        let mut found = Vec::new();
        let seen = view.seen(Pin::None);
        self.strip.query(seen.left, seen.right, &mut found);
        let mut taken: FxHashMap<(i64, i64), i64> = FxHashMap::default();
        let mut counts = |area: &Area| {
            let (wide, tall) = (area.width() * view.scale, area.height() * view.scale);
            if wide >= 2.0 || !view.thinned {
                return true;
            }
            if wide.max(tall) < 2.0 {
                return false;
            }
            // Counted from the map's edge, so that the same groups stay while panning.
            let row = (
                (area.top * view.scale) as i64,
                (area.bottom * view.scale) as i64,
            );
            let column = (area.left * view.scale / 2.0) as i64;
            taken.insert(row, column) != Some(column)
        };
        for at in found {
            if let Some(place) = self.free.get(at as usize)
                && place.area.meets(&seen)
                && counts(&place.area)
            {
                out.push(place.group);
            }
        }
        out.sort_unstable();
        for pass in [[Pin::Top, Pin::Left], [Pin::Corner, Pin::Corner]] {
            for (pin, place) in &self.pinned {
                if pass.contains(pin) && place.area.meets(&view.seen(*pin)) && counts(&place.area) {
                    out.push(place.group);
                }
            }
        }
    }

    /// The topmost subject under a point on screen, as group and subject numbers.
    pub(super) fn hit(&self, scene: &Scene, view: &View, at: egui::Pos2) -> Option<(u32, u32)> {
        let mut visible = Vec::new();
        let spot = View {
            rect: egui::Rect::from_min_max(at, at),
            thinned: false,
            ..*view
        };
        self.visible(&spot, &mut visible);
        visible.into_iter().rev().find_map(|number| {
            let group = scene.groups.get(number as usize)?;
            let (x, y) = view.on_map(at, group.pin);
            let found = scene.hit_group(number as usize, x, y)?;
            let subjects = &group.body.subjects;
            let subject = subjects
                .iter()
                .position(|subject| std::ptr::eq(subject, found))?;
            Some((number, subject as u32))
        })
    }

    /// How much of a view pinned groups cover at the left and the top, in
    /// points. Nothing where they would cover most of it: then they move with
    /// the map like everything else.
    pub(super) fn covered(&self, zoom: f32, view: egui::Vec2) -> (f32, f32) {
        let held = |size: f64, side: f32| {
            let size = size as f32 * zoom;
            if size <= side * MOST_COVERED {
                size
            } else {
                0.0
            }
        };
        (held(self.wide, view.x), held(self.tall, view.y))
    }
}
