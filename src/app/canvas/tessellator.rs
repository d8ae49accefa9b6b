//! The tessellator of shapes, in points on screen.
//!
//! Must not know: scenes, cameras, textures.

use crate::geom::Point;
use crate::scene::Dash;
use egui::epaint::tessellator::Path;
use egui::epaint::{TessellationOptions, Tessellator};
use egui::{Color32, Pos2, Rect, pos2};

/// Transform from group coordinates to points on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct GroupTransform {
    /// Screen position of the group's origin, in physical pixels.
    pub(super) x: f32,
    /// See `x`.
    pub(super) y: f32,
    /// Physical pixels per map unit.
    pub(super) scale: f32,
    /// Points per physical pixel.
    pub(super) points_per_pixel: f32,
}

impl GroupTransform {
    /// Converts a point of the group to points on screen.
    pub(super) fn to_screen(self, p: Point) -> Pos2 {
        pos2(
            (self.x + p.x * self.scale) * self.points_per_pixel,
            (self.y + p.y * self.scale) * self.points_per_pixel,
        )
    }

    /// Converts a rectangle of the group to points on screen.
    pub(super) fn rect(&self, rect: &crate::geom::Rect) -> Rect {
        Rect::from_min_max(self.to_screen(rect.min), self.to_screen(rect.max))
    }

    /// Converts a length to points on screen.
    pub(super) fn length(&self, units: f32) -> f32 {
        units * self.scale * self.points_per_pixel
    }
}

/// Tessellates shapes into a mesh.
pub(super) struct ShapeTessellator {
    pub(super) tessellator: Tessellator,
    pub(super) path: Path,
    ppp: f32,
    pub(super) points: Vec<Pos2>,
    /// Clip rectangle; nothing outside is tessellated.
    pub(super) clip: Rect,
}

impl ShapeTessellator {
    pub(super) fn new(ppp: f32) -> ShapeTessellator {
        ShapeTessellator {
            tessellator: Tessellator::new(ppp, TessellationOptions::default(), [1, 1], Vec::new()),
            path: Path::default(),
            ppp,
            points: Vec::new(),
            clip: Rect::EVERYTHING,
        }
    }

    /// Physical pixels per point.
    pub(super) fn ppp(&self) -> f32 {
        self.ppp
    }

    /// Size of a physical pixel, in points.
    pub(super) fn pixel(&self) -> f32 {
        1.0 / self.ppp
    }
}

/// Style of a line on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineStyle {
    /// Width in points.
    pub(super) width: f32,
    /// Colour.
    pub(super) color: Color32,
    /// Dash pattern.
    pub(super) dash: Dash,
}

/// Removes consecutive points that coincide on screen.
pub(super) fn dedup(points: &mut Vec<Pos2>, closed: bool) {
    let near = |a: Pos2, b: Pos2| (a - b).abs().max_elem() < 0.01;
    points.dedup_by(|a, b| near(*a, *b));
    while closed
        && points.len() > 1
        && points
            .first()
            .zip(points.last())
            .is_some_and(|(a, b)| near(*a, *b))
    {
        points.pop();
    }
}
