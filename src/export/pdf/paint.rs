//! Paths with their colors as PDF drawing operations; boxes that are alike are in the file once.
//!
//! Must not know: pages, tags, text.

use crate::export::round_rect::round_rect;
use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::scene::Dash;
use crate::theme::Color;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Transform};
use krilla::graphic::Graphic;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, StrokeDash};
use krilla::surface::Surface;
use rustc_hash::FxHashMap;

/// Number of times that a box is drawn as it is before it becomes an object of the file: that costs as
/// much as two boxes.
const FEW: u32 = 2;

/// Colors of a path.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Paint<W = f32> {
    pub(super) fill: Option<Color>,
    pub(super) stroke: Option<Stroked<W>>,
}

/// A line along a path.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Stroked<W = f32> {
    pub(super) width: W,
    pub(super) dash: Dash,
    pub(super) color: Color,
}

impl Paint {
    pub(super) fn filled(color: Color) -> Paint {
        Paint {
            fill: Some(color),
            stroke: None,
        }
    }

    /// Draws a path.
    pub(super) fn draw(&self, path: &Path, surface: &mut Surface<'_>) {
        if self.fill.is_none() && self.stroke.is_none() {
            return;
        }
        let Some(path) = outline(path) else { return };
        surface.set_fill(self.fill.map(fill));
        surface.set_stroke(self.stroke.map(|stroke| {
            let Stroked { width, dash, color } = stroke;
            let mut drawn = line(width, color);
            drawn.dash = dash.pattern().map(|[on, off]| StrokeDash {
                array: vec![on * width, off * width],
                offset: 0.0,
            });
            if dash == Dash::Dotted {
                drawn.line_cap = LineCap::Round;
            }
            drawn
        }));
        surface.draw_path(&path);
    }
}

/// Sides and radius of a box, and its paint.
#[derive(PartialEq, Eq, Hash)]
struct BoxKey([u32; 3], Paint<u32>);

/// Rectangles drawn so far, without their places.
#[derive(Default)]
pub(super) struct Boxes(FxHashMap<BoxKey, Drawn>);

enum Drawn {
    Times(u32),
    Often(Option<Graphic>),
}

impl Boxes {
    /// Draws a rectangle with round corners.
    pub(super) fn draw(
        &mut self,
        (rect, radius): (&Rect, f32),
        paint: &Paint,
        surface: &mut Surface<'_>,
    ) {
        let corner = hundredths(rect.min);
        let far = hundredths(rect.max);
        let placed = Rect {
            min: corner,
            max: far,
        };
        let (width, height) = (placed.width(), placed.height());
        // Differences of what is rounded are not.
        let sides = hundredths(pt(width, height));
        let look = BoxKey(
            [sides.x, sides.y, radius].map(f32::to_bits),
            Paint {
                fill: paint.fill,
                stroke: paint.stroke.map(|stroke| Stroked {
                    width: stroke.width.to_bits(),
                    dash: stroke.dash,
                    color: stroke.color,
                }),
            },
        );
        let drawn = self.0.entry(look).or_insert(Drawn::Times(0));
        if let Drawn::Times(times) = drawn {
            *times += 1;
            if *times <= FEW {
                let path = round_rect(&placed, radius).map(hundredths);
                return paint.draw(&path, surface);
            }
            let path = round_rect(&Rect::new(0.0, 0.0, sides.x, sides.y), radius);
            *drawn = Drawn::Often(graphic(&path.map(hundredths), paint, surface));
        }
        if let Drawn::Often(Some(graphic)) = drawn {
            surface.push_transform(&Transform::from_translate(corner.x, corner.y));
            surface.draw_graphic(graphic.clone());
            surface.pop();
        }
    }
}

/// A path as an object of the file; `None` if nothing is drawn.
fn graphic(path: &Path, paint: &Paint, surface: &mut Surface<'_>) -> Option<Graphic> {
    if paint.fill.is_none() && paint.stroke.is_none() || outline(path).is_none() {
        return None;
    }
    let mut stream = surface.stream_builder();
    let mut drawing = stream.surface();
    paint.draw(path, &mut drawing);
    drawing.finish();
    Some(Graphic::new(stream.finish(), false))
}

/// A point to two decimals: further digits cannot be seen, and cost space and time.
pub(super) fn hundredths(p: Point) -> Point {
    pt((p.x * 100.0).round() / 100.0, (p.y * 100.0).round() / 100.0)
}

pub(super) fn share(opacity: f32) -> NormalizedF32 {
    NormalizedF32::new(opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

fn ink(color: Color) -> rgb::Color {
    rgb::Color::new(color.r, color.g, color.b)
}

pub(super) fn fill(color: Color) -> Fill {
    Fill {
        paint: ink(color).into(),
        opacity: share(f32::from(color.a) / 255.0),
        rule: FillRule::NonZero,
    }
}

pub(super) fn line(width: f32, color: Color) -> krilla::paint::Stroke {
    krilla::paint::Stroke {
        paint: ink(color).into(),
        width,
        line_join: LineJoin::Round,
        opacity: share(f32::from(color.a) / 255.0),
        ..krilla::paint::Stroke::default()
    }
}

/// The path as krilla has it; `None` for an empty one.
pub(super) fn outline(path: &Path) -> Option<krilla::geom::Path> {
    let mut builder = PathBuilder::new();
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) => builder.move_to(p.x, p.y),
            Segment::Line(p) => builder.line_to(p.x, p.y),
            Segment::Cubic(a, b, p) => builder.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}
