//! Cards, the routes between them, and the marks on both.
//!
//! Must not know: how routes and handoffs are found.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::layout::{BEND, Card, DrawnRoute, HandoffMark, HandoffOwner, HandoffSide, StageLayout};
use crate::model::{ObjectRef, PathKind, Touchpoint};
use crate::scene::item::{Dash, Marks, PartKind, Stroke, ZoomRange};
use crate::theme::{ColorRole, Icon, size};

impl SceneBuilder<'_> {
    pub(super) fn cards(
        &self,
        (cards, routes): (&[Card], &[DrawnRoute]),
        stage: &StageLayout,
        touchpoints: &[Touchpoint],
        builder: &mut GroupBuilder,
    ) {
        let handoffs = routes.iter().filter_map(|r| Some((r.from, r.handoff?)));
        let mut handoffs = handoffs.peekable();
        let steps = cards.iter().zip(stage.steps()).zip(touchpoints);
        for (at, ((card, step), touchpoint)) in steps.enumerate() {
            let mut description = self.description(touchpoint, &step.number);
            if card.dominator_mark.is_some() {
                description += "; unavoidable step";
            }
            // Routes are in the order of the cards they leave.
            while let Some((_, handoff)) = handoffs.next_if(|(from, _)| *from <= at) {
                description += "; hands over to ";
                description += self.owner_name(&handoff.to);
            }
            self.touchpoint(touchpoint, description, card.rect, builder);
            let owner = self.owner_color(touchpoint);
            let edge = match owner {
                None if !stage.is_unowned() => self.unowned_edge(1.6),
                _ => Stroke::solid(1.0, self.theme.card_edge),
            };
            builder.rect(card.rect, size::RADIUS, Some(self.theme.card), Some(edge));
            if owner.is_none() {
                builder.zoom(ZoomRange::from(0.12));
            }
            let stripe = Rect::new(
                card.rect.min.x,
                card.rect.min.y,
                size::STRIPE,
                card.rect.height(),
            );
            if owner.is_none() && stage.is_unowned() {
                self.quiet_stripe(stripe, builder);
            } else {
                self.stripe(stripe, owner, (1.5, 1.5, 6.0), builder);
            }
            builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
            self.texts(&card.far, builder);
            builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
            if let Some(slot) = &card.number {
                builder.number(slot, (at, step), self.role_color(slot.role));
            }
            self.texts(&card.runs, builder);
            if let Some((from, to, y)) = card.assumption_line {
                let dots = Stroke {
                    width: 1.6,
                    color: self.theme.assumption,
                    dash: Dash::Dotted,
                };
                builder.stroke(Path::start(pt(from, y)).line(pt(to, y)), dots);
            }
            for (icon, rect) in &card.icons {
                builder.icon(*icon, *rect, self.theme.ink_soft);
            }
            self.badges(&card.badges, builder);
            builder.zoom(ZoomRange::ALL);
            if let Some(square) = card.dominator_mark {
                self.dominator_mark(square, builder);
            }
        }
    }

    /// Starts a touchpoint; the following items belong to it.
    pub(super) fn touchpoint(
        &self,
        touchpoint: &Touchpoint,
        description: String,
        area: Rect,
        builder: &mut GroupBuilder,
    ) {
        let tag = ObjectRef::Touchpoint(touchpoint.id.clone());
        let marks = Marks::of_touchpoint(self.map, touchpoint);
        builder.subject(tag, &touchpoint.name, description, marks, area);
    }

    /// Starts a path between touchpoints; the following items belong to it.
    pub(super) fn path(
        &self,
        (kind, from, to): (PathKind, &Touchpoint, &Touchpoint),
        description: String,
        marks: Marks,
        builder: &mut GroupBuilder,
    ) {
        let word = match kind {
            PathKind::Next => "Next step",
            PathKind::Alternative => "Alternative",
            PathKind::Failure => "Failure",
            PathKind::Return => "Loop",
        };
        let title = format!("{word}: {} to {}", from.name, to.name);
        let tag = ObjectRef::Path {
            from: from.id.clone(),
            to: to.id.clone(),
            kind,
        };
        builder.subject(tag, &title, description, marks, Rect::EMPTY);
    }

    pub(super) fn routes(
        &self,
        routes: &[DrawnRoute],
        touchpoints: &[Touchpoint],
        builder: &mut GroupBuilder,
    ) {
        for route in routes {
            let Some(to) = self.map.touchpoint(&route.target) else {
                continue;
            };
            let (about, marks) = match &route.handoff {
                None => (String::new(), Marks::NONE),
                Some(mark) if mark.is_gap() => (self.handoff_description(mark), Marks::UNOWNED),
                Some(mark) => (self.handoff_description(mark), Marks::NONE),
            };
            let ends = (route.kind, &touchpoints[route.from], to);
            self.path(ends, about, marks, builder);
            let stroke = match route.kind {
                PathKind::Next => Stroke::solid(2.0, self.theme.path),
                PathKind::Failure => Stroke::dashed(1.8, self.theme.path_failure),
                PathKind::Alternative | PathKind::Return => Stroke::solid(1.6, self.theme.path),
            };
            let (line, head) = arrow(&route.points);
            let path = Path::rounded(&line, BEND);
            builder.path_ends(&path);
            builder.stroke(path, stroke);
            builder.path(head, Some(stroke.color), None);
            if let Some(mark) = &route.handoff {
                let area = mark.from.strip.union(&mark.to.strip);
                builder.part(PartKind::HandoffMark, area);
                self.handoff_mark(mark, builder);
            }
            builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
            self.texts(&route.label, builder);
            builder.zoom(ZoomRange::ALL);
        }
    }
}

/// The stripe with the round corners of the card's left edge.
pub(super) fn stripe_path(r: Rect, radius: f32) -> Path {
    let k = radius * 0.45;
    Path::start(pt(r.max.x, r.min.y))
        .line(pt(r.max.x, r.max.y))
        .line(pt(r.min.x + radius, r.max.y))
        .cubic(
            pt(r.min.x + k, r.max.y),
            pt(r.min.x, r.max.y - k),
            pt(r.min.x, r.max.y - radius),
        )
        .line(pt(r.min.x, r.min.y + radius))
        .cubic(
            pt(r.min.x, r.min.y + k),
            pt(r.min.x + k, r.min.y),
            pt(r.min.x + radius, r.min.y),
        )
        .close()
}

/// Length of an arrowhead.
const HEAD: f32 = 9.0;

/// The line shortened to end inside the arrowhead, and the arrowhead.
fn arrow(points: &[Point]) -> (Vec<Point>, Path) {
    let [.., before, tip] = points else {
        return (points.to_vec(), Path::default());
    };
    let (dx, dy) = (tip.x - before.x, tip.y - before.y);
    let length = (dx * dx + dy * dy).sqrt().max(0.001);
    let (ux, uy) = (dx / length, dy / length);
    let tip = pt(tip.x - ux * 2.0, tip.y - uy * 2.0);
    let base = pt(tip.x - ux * HEAD, tip.y - uy * HEAD);
    let half = HEAD * 0.5;
    let head = Path::polygon(&[
        tip,
        pt(base.x - uy * half, base.y + ux * half),
        pt(base.x + uy * half, base.y - ux * half),
    ]);
    let mut line = points.to_vec();
    if let Some(last) = line.last_mut() {
        *last = pt(tip.x - ux * HEAD * 0.7, tip.y - uy * HEAD * 0.7);
    }
    (line, head)
}

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
            HandoffOwner::Department(index) => ColorRole::department(index),
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
            HandoffOwner::Nobody => "no owner",
            HandoffOwner::Unknown => "an unknown owner",
            HandoffOwner::Department(index) => {
                let department = self.map.departments().as_slice().get(index);
                department.map_or("no owner", |department| &department.name)
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
