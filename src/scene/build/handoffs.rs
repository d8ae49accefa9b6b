//! Handoff marks across routes, marks on cards that every customer passes, and the legend of both.
//!
//! Must not know: how handoffs are found.

use super::Painter;
use super::group_builder::Builder;
use crate::geom::{Path, Rect, Segment, pt};
use crate::layout::{Seam, SeamKey, SeamOwner, SeamSample, SeamSide};
use crate::scene::item::{Stroke, ZoomRange};
use crate::theme::Icon;

/// Zoom below which stitches merge; solid lines are drawn instead.
const STITCHED: f32 = 0.3;
/// Zoom below which the mark on a card is too small to draw.
const MARKED: f32 = 0.16;

impl Painter<'_> {
    pub(super) fn seam(&self, seam: &Seam, builder: &mut Builder) {
        for side in [&seam.from, &seam.to] {
            self.side(side, builder);
        }
        builder.zoom(ZoomRange::ALL);
    }

    fn side(&self, side: &SeamSide, builder: &mut Builder) {
        let colour = match side.owner {
            SeamOwner::Department(index) => self.department(index),
            SeamOwner::Nobody | SeamOwner::Unknown => self.theme.unowned,
        };
        builder.zoom(ZoomRange::below(STITCHED));
        builder.fill(side.strip, 0.0, colour);
        builder.zoom(ZoomRange::from(STITCHED));
        match side.owner {
            SeamOwner::Department(_) => {
                let (path, width) = stitches(side.strip);
                builder.stroke(path, Stroke::solid(width, colour));
            }
            SeamOwner::Nobody | SeamOwner::Unknown => {
                builder.fill(side.strip, 1.0, self.theme.card);
                self.hatch(side.strip, builder);
            }
        }
    }

    /// Adds the mark of a card that every customer passes.
    pub(super) fn passed(&self, square: Rect, builder: &mut Builder) {
        let (ground, ink) = (self.theme.card, self.theme.ink);
        let edge = Stroke::solid(1.4, self.theme.ink_soft);
        let sign = Rect::around(square.centre(), square.width() * 0.68);
        builder.zoom(ZoomRange::from(MARKED));
        builder.disc(square.centre(), square.width(), Some(ground), Some(edge));
        builder.icon(Icon::Narrow, sign, ink);
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds an entry of the legend.
    pub(super) fn seam_key(&self, key: &SeamKey, builder: &mut Builder) {
        match &key.sample {
            SeamSample::Seam(seam) => self.seam(seam, builder),
            SeamSample::Passed(square) => self.passed(*square, builder),
            SeamSample::Nothing => {}
        }
        for run in &key.runs {
            builder.text(run, self.colour(run.ink));
        }
    }

    /// Description of a handoff for assistive tools.
    pub(super) fn handoff(&self, seam: &Seam) -> String {
        let (from, to) = (self.owner_name(&seam.from), self.owner_name(&seam.to));
        format!("Handoff from {from} to {to}")
    }

    /// Name of the owner on one side of a handoff.
    pub(super) fn owner_name(&self, side: &SeamSide) -> &str {
        match side.owner {
            SeamOwner::Nobody => "nobody",
            SeamOwner::Unknown => "an unknown owner",
            SeamOwner::Department(index) => {
                let department = self.map.departments().as_slice().get(index);
                department.map_or("nobody", |it| &it.name)
            }
        }
    }
}

/// Stitches along the longer side of a strip, and their width: whole ones, with equal gaps at both
/// ends.
fn stitches(strip: Rect) -> (Path, f32) {
    let (length, gap) = (7.0, 4.0);
    let upright = strip.height() > strip.width();
    let (whole, width) = match upright {
        true => (strip.height(), strip.width()),
        false => (strip.width(), strip.height()),
    };
    let count = ((whole + gap) / (length + gap)).floor().max(1.0);
    let air = (whole - count * length - (count - 1.0) * gap) / 2.0;
    let middle = strip.centre();
    let at = |along: f32| match upright {
        true => pt(middle.x, strip.min.y + along),
        false => pt(strip.min.x + along, middle.y),
    };
    let mut path = Path::default();
    for i in 0..count as usize {
        let start = air + i as f32 * (length + gap);
        path.0.push(Segment::Move(at(start)));
        path.0.push(Segment::Line(at(start + length)));
    }
    (path, width)
}
