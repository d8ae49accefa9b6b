//! Cached painting data of a group's items while the group is in view: bounds, shaped
//! lines of text, flattened curves.
//!
//! Must not know: textures, egui.

use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::scene::{Group, GroupContent, PackedPath, SceneItem, Shape, TextLine};
use crate::text::{ShapedLine, Typesetter};
use lyon_tessellation::path::iterator::PathIterator as _;
use lyon_tessellation::path::{self as lyon, PathEvent};
use lyon_tessellation::{
    BuffersBuilder, FillOptions, FillRule, FillTessellator, FillVertex, VertexBuffers,
};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Weak};

/// Maximum number of cached items; beyond it groups out of view are dropped.
const MAX_CACHED_ITEMS: usize = 200_000;

/// A path flattened to straight lines, for one octave of zoom.
#[derive(Clone, Debug, Default)]
pub(super) struct FlattenedPath {
    /// Octave of zoom of the flattening.
    pub(super) octave: i32,
    pub(super) lines: Vec<Polyline>,
    /// Vertices of the fill triangulation; empty if the path is not filled or is a
    /// single convex polygon.
    pub(super) points: Vec<Point>,
    /// Indices into `points`, three per triangle.
    pub(super) triangles: Vec<u32>,
}

/// Points joined by straight lines; no two neighbours are equal.
#[derive(Clone, Debug, Default)]
pub(super) struct Polyline {
    /// The points; a closed line does not repeat the first one.
    pub(super) points: Vec<Point>,
    /// Whether the line leads back to its start.
    pub(super) closed: bool,
}

/// Cached painting data of an item.
#[derive(Default)]
pub(super) struct ItemCache {
    glyphs: Option<Arc<ShapedLine>>,
    path: Option<Box<FlattenedPath>>,
}

/// Cached painting data of a group's body.
pub(super) struct GroupCacheEntry {
    body: Weak<GroupContent>,
    last_used: u64,
    /// Bounds of each item, in group coordinates.
    boxes: Vec<Rect>,
    /// Apparent size of each item, in map units.
    sizes: Vec<f32>,
    largest: f32,
    item_caches: Vec<ItemCache>,
}

impl GroupCacheEntry {
    fn new(body: &Arc<GroupContent>) -> GroupCacheEntry {
        let boxes: Vec<Rect> = body.items.iter().map(|item| item.shape.bounds()).collect();
        let sizes: Vec<f32> = body.items.iter().map(apparent_size).collect();
        GroupCacheEntry {
            body: Arc::downgrade(body),
            largest: sizes.iter().copied().fold(0.0, f32::max),
            sizes,
            last_used: 0,
            item_caches: boxes.iter().map(|_| ItemCache::default()).collect(),
            boxes,
        }
    }

    /// Items of the body whose bounds touch the view and whose apparent size is at least
    /// `speck` map units, back to front.
    pub(super) fn visible<'a>(
        &'a mut self,
        body: &'a GroupContent,
        view: Rect,
        speck: f32,
    ) -> impl Iterator<Item = (&'a SceneItem, &'a mut ItemCache)> {
        let items = if self.largest < speck {
            &[]
        } else {
            body.items.as_slice()
        };
        let sizes = self.sizes.iter().zip(&self.boxes);
        let cached = items.iter().zip(&mut self.item_caches).zip(sizes);
        cached
            .filter(move |(_, (size, bounds))| **size >= speck && bounds.intersects(&view))
            .map(|(cached, _)| cached)
    }
}

/// Cache of group data, by body address.
#[derive(Default)]
pub(super) struct GroupCache {
    entries: FxHashMap<usize, GroupCacheEntry>,
    items: usize,
    frame: u64,
}

impl GroupCache {
    /// Begins a frame. Drops groups out of view if too much is cached, and bodies that
    /// no scene uses any more.
    pub(super) fn begin_frame(&mut self) {
        self.frame += 1;
        let last = self.frame - 1;
        let crowded = self.items > MAX_CACHED_ITEMS;
        if crowded || self.frame.is_multiple_of(256) {
            self.entries
                .retain(|_, p| p.body.strong_count() > 0 && (!crowded || p.last_used >= last));
            self.items = self.entries.values().map(|p| p.boxes.len()).sum();
        }
    }

    /// Returns the cached data of a group's body.
    pub(super) fn entry_for(&mut self, group: &Group) -> &mut GroupCacheEntry {
        // The weak reference keeps the address from being reused.
        let address = Arc::as_ptr(&group.content) as usize;
        let items = &mut self.items;
        let prepared = self.entries.entry(address).or_insert_with(|| {
            *items += group.content.items.len();
            GroupCacheEntry::new(&group.content)
        });
        prepared.last_used = self.frame;
        prepared
    }
}

impl ItemCache {
    /// Returns the glyphs of a line, shaped on first use.
    pub(super) fn glyphs(&mut self, line: &TextLine, source: &mut Typesetter) -> &ShapedLine {
        self.glyphs
            .get_or_insert_with(|| source.shape(&line.text, line.face))
    }

    /// Returns the path flattened for this octave of zoom, with a fill triangulation if
    /// `filled`.
    pub(super) fn flattened(
        &mut self,
        path: &PackedPath,
        octave: i32,
        filled: bool,
    ) -> &FlattenedPath {
        self.path.take_if(|known| known.octave != octave);
        self.path
            .get_or_insert_with(|| Box::new(FlattenedPath::new(&path.unpack(), octave, filled)))
    }
}

/// Returns the apparent size of an item in map units; below half a pixel the item is
/// invisible. Less than the longer side for thin shapes, which are faint when small; a
/// quarter of the em for text, which is not drawn below two pixels.
fn apparent_size(item: &SceneItem) -> f32 {
    let (sides, stroke) = match &item.shape {
        Shape::Rect { rect, stroke, .. } => (rect, *stroke),
        Shape::Path { path, stroke, .. } => (&path.bounds(), *stroke),
        Shape::Text(line) => return line.size / 4.0,
        Shape::Image { rect, .. } | Shape::Icon { rect, .. } => {
            return rect.width().max(rect.height());
        }
    };
    let long = sides.width().max(sides.height());
    let short = sides.width().min(sides.height());
    let short = short.max(stroke.map_or(0.0, |s| s.width));
    // A fiftieth of a pixel's area is practically invisible.
    long.min((long * short).sqrt() * 3.5)
}

impl FlattenedPath {
    /// Flattens a path with an error of at most a fifth of a pixel at the upper end of
    /// the octave.
    pub(super) fn new(path: &Path, octave: i32, filled: bool) -> FlattenedPath {
        let tolerance = 0.2 / 2.0_f32.powi(octave + 1);
        let path = lyon_path(path);
        let mut flat = FlattenedPath {
            octave,
            ..FlattenedPath::default()
        };
        let mut line = Polyline::default();
        for event in path.iter().flattened(tolerance) {
            match event {
                PathEvent::Begin { at } => line.points.push(pt(at.x, at.y)),
                PathEvent::Line { to, .. } => line.points.push(pt(to.x, to.y)),
                PathEvent::End { close, .. } => {
                    line.closed = close;
                    line.points.dedup();
                    if close && line.points.len() > 1 && line.points.first() == line.points.last() {
                        line.points.pop();
                    }
                    if line.points.len() > 1 {
                        flat.lines.push(std::mem::take(&mut line));
                    }
                    line.points.clear();
                }
                PathEvent::Quadratic { .. } | PathEvent::Cubic { .. } => {}
            }
        }
        let convex = matches!(flat.lines.as_slice(), [line] if is_convex(&line.points));
        if filled && !convex {
            flat.triangulate(&path, tolerance);
        }
        flat
    }

    fn triangulate(&mut self, path: &lyon::Path, tolerance: f32) {
        let mut buffers: VertexBuffers<Point, u32> = VertexBuffers::new();
        let options = FillOptions::tolerance(tolerance).with_fill_rule(FillRule::NonZero);
        let made = FillTessellator::new().tessellate_path(
            path,
            &options,
            &mut BuffersBuilder::new(&mut buffers, |v: FillVertex<'_>| {
                pt(v.position().x, v.position().y)
            }),
        );
        // A path that cannot be filled (coordinates out of range) keeps its outline
        // only.
        if made.is_ok() {
            self.points = buffers.vertices;
            self.triangles = buffers.indices;
        }
    }
}

fn lyon_path(path: &Path) -> lyon::Path {
    let at = |p: Point| lyon_tessellation::math::point(p.x, p.y);
    let mut out = lyon::Path::svg_builder();
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) => drop(out.move_to(at(p))),
            Segment::Line(p) => drop(out.line_to(at(p))),
            Segment::Cubic(a, b, p) => drop(out.cubic_bezier_to(at(a), at(b), at(p))),
            Segment::Close => out.close(),
        }
    }
    out.build()
}

/// Whether a closed line turns in one direction only, and once around.
fn is_convex(points: &[Point]) -> bool {
    let n = points.len();
    let (mut left, mut right, mut reversals) = (false, false, 0);
    let mut rising = None;
    for i in 0..n {
        let (a, b, c) = (points[i], points[(i + 1) % n], points[(i + 2) % n]);
        let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
        left |= turn > 0.0;
        right |= turn < 0.0;
        if b.x != a.x {
            let up = b.x > a.x;
            if rising.is_some_and(|was| was != up) {
                reversals += 1;
            }
            rising = Some(up);
        }
    }
    !(left && right) && reversals <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn convex_and_concave_polygons_are_distinguished() {
        let square = [pt(0.0, 0.0), pt(4.0, 0.0), pt(4.0, 4.0), pt(0.0, 4.0)];
        assert!(is_convex(&square));
        let dart = [pt(0.0, 0.0), pt(4.0, 2.0), pt(0.0, 4.0), pt(1.0, 2.0)];
        assert!(!is_convex(&dart));
        let star: Vec<Point> = (0..5)
            .map(|i| (i as f32 * 2.0 * std::f32::consts::TAU / 5.0).sin_cos())
            .map(|(y, x)| pt(x, y))
            .collect();
        assert!(!is_convex(&star));
    }

    #[test]
    fn flattening_is_accurate_and_finer_at_higher_zoom() {
        let circle =
            Path::start(pt(0.0, 0.0)).cubic(pt(55.0, 0.0), pt(100.0, 45.0), pt(100.0, 100.0));
        let count = |octave| {
            FlattenedPath::new(&circle, octave, false).lines[0]
                .points
                .len()
        };
        assert!(count(3) > count(0));
        for p in &FlattenedPath::new(&circle, 0, false).lines[0].points {
            let from_centre = p.x.hypot(p.y - 100.0);
            assert!((from_centre - 100.0).abs() < 0.3, "{from_centre}");
        }
    }

    #[test]
    fn concave_fill_has_the_exact_area() {
        let dart = Path::polygon(&[pt(0.0, 0.0), pt(4.0, 2.0), pt(0.0, 4.0), pt(1.0, 2.0)]);
        let flat = FlattenedPath::new(&dart, 0, true);
        let area: f32 = flat
            .triangles
            .chunks_exact(3)
            .map(|t| {
                let [a, b, c] = [0, 1, 2].map(|i| flat.points[t[i] as usize]);
                ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).abs() / 2.0
            })
            .sum();
        assert!((area - 6.0).abs() < 1e-3, "{area}");
    }
}
