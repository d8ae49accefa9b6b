//! Handoff marks across routes, and marks on cards that every customer passes.
//!
//! Must not know: how handoffs are found.

use super::SceneBuilder;
use super::group_builder::GroupBuilder;
use crate::geom::{Path, Rect, Segment, pt};
use crate::layout::{HandoffMark, HandoffOwner, HandoffSide};
use crate::scene::item::{Stroke, ZoomRange};
use crate::theme::Icon;

/// Zoom below which stitches merge; solid lines are drawn instead.
const STITCH_ZOOM: f32 = 0.3;
/// Zoom below which the mark on a card is too small to draw.
const DOMINATOR_ZOOM: f32 = 0.16;

impl SceneBuilder<'_> {
    pub(super) fn handoff_mark(&self, mark: &HandoffMark, builder: &mut GroupBuilder) {
        for side in [&mark.from, &mark.to] {
            self.handoff_side(side, builder);
        }
        builder.zoom(ZoomRange::ALL);
    }

    fn handoff_side(&self, side: &HandoffSide, builder: &mut GroupBuilder) {
        let color = match side.owner {
            HandoffOwner::Department(index) => self.department_color(index),
            HandoffOwner::Nobody | HandoffOwner::Unknown => self.theme.unowned,
        };
        builder.zoom(ZoomRange::below(STITCH_ZOOM));
        builder.fill(side.strip, 0.0, color);
        builder.zoom(ZoomRange::from(STITCH_ZOOM));
        match side.owner {
            HandoffOwner::Department(_) => {
                let (path, width) = stitches(side.strip);
                builder.stroke(path, Stroke::solid(width, color));
            }
            HandoffOwner::Nobody | HandoffOwner::Unknown => {
                builder.fill(side.strip, 1.0, self.theme.card);
                self.hatch(side.strip, builder);
            }
        }
    }

    /// Adds the mark of a card that every customer passes.
    pub(super) fn dominator_mark(&self, square: Rect, builder: &mut GroupBuilder) {
        let (ground, ink) = (self.theme.card, self.theme.ink);
        let edge = Stroke::solid(1.4, self.theme.ink_soft);
        let sign = Rect::centered_square(square.center(), square.width() * 0.68);
        builder.zoom(ZoomRange::from(DOMINATOR_ZOOM));
        builder.disc(square.center(), square.width(), Some(ground), Some(edge));
        builder.icon(Icon::Narrow, sign, ink);
        builder.zoom(ZoomRange::ALL);
    }

    /// Description of a handoff for assistive tools.
    pub(super) fn handoff_description(&self, mark: &HandoffMark) -> String {
        let (from, to) = (self.owner_name(&mark.from), self.owner_name(&mark.to));
        format!("Handoff from {from} to {to}")
    }

    /// Name of the owner on one side of a handoff.
    pub(super) fn owner_name(&self, side: &HandoffSide) -> &str {
        match side.owner {
            HandoffOwner::Nobody => "nobody",
            HandoffOwner::Unknown => "an unknown owner",
            HandoffOwner::Department(index) => {
                let department = self.map.departments().as_slice().get(index);
                department.map_or("nobody", |department| &department.name)
            }
        }
    }
}

/// Stitches along the longer side of a strip, and their width: whole ones, with equal gaps at both
/// ends.
fn stitches(strip: Rect) -> (Path, f32) {
    let (length, gap) = (7.0, 4.0);
    let upright = strip.height() > strip.width();
    let (whole, width) = if upright {
        (strip.height(), strip.width())
    } else {
        (strip.width(), strip.height())
    };
    let count = ((whole + gap) / (length + gap)).floor().max(1.0);
    let air = (whole - count * length - (count - 1.0) * gap) / 2.0;
    let middle = strip.center();
    let at = |along: f32| {
        if upright {
            pt(middle.x, strip.min.y + along)
        } else {
            pt(strip.min.x + along, middle.y)
        }
    };
    let mut path = Path::default();
    for i in 0..count as usize {
        let start = air + i as f32 * (length + gap);
        path.0.push(Segment::Move(at(start)));
        path.0.push(Segment::Line(at(start + length)));
    }
    (path, width)
}
