//! Cards and the routes between them.
//!
//! Must not know: how routes are computed.

use super::SceneBuilder;
use super::group_builder::GroupBuilder;
use crate::geom::{Path, Point, Rect, pt};
use crate::layout::{BEND, Card, DrawnRoute, STRIPE, StageLayout};
use crate::model::{ObjectRef, PathKind, Record, Touchpoint};
use crate::scene::item::{Dash, Marks, PartKind, Stroke, ZoomRange};
use crate::theme::size;

impl SceneBuilder<'_> {
    pub(super) fn cards(
        &self,
        (cards, routes): (&[Card], &[DrawnRoute]),
        stage: &StageLayout,
        touchpoints: &[Touchpoint],
        builder: &mut GroupBuilder,
    ) {
        let stage_name = self.map.stages().get(&stage.id).map_or("", |s| s.name());
        let mut seams = routes.iter().filter_map(|it| Some((it.from, it.handoff?)));
        let mut seam = seams.next();
        for (at, ((card, step), touchpoint)) in
            cards.iter().zip(stage.steps()).zip(touchpoints).enumerate()
        {
            let mut description = self.description(touchpoint, &step.number, stage_name);
            if card.dominator_mark.is_some() {
                description += "; every customer passes here";
            }
            // Routes are in the order of the cards they leave.
            while let Some((_, next)) = seam.filter(|(from, _)| *from <= at) {
                description += "; hands over to ";
                description += self.owner_name(&next.to);
                seam = seams.next();
            }
            builder.subject(
                ObjectRef::Touchpoint(touchpoint.id.clone()),
                &touchpoint.name,
                description,
                Marks::of_touchpoint(touchpoint),
                card.rect,
            );
            let owner = self.owner_color(touchpoint);
            let stripe = Rect::new(card.rect.min.x, card.rect.min.y, STRIPE, card.rect.height());
            match owner {
                Some(colour) => {
                    let edge = Stroke::solid(1.0, self.theme.card_edge);
                    builder.rect(card.rect, size::RADIUS, Some(self.theme.card), Some(edge));
                    builder.path(stripe_path(stripe), Some(colour), None);
                }
                None => {
                    let edge = Stroke {
                        width: 1.6,
                        color: self.theme.unowned,
                        dash: Dash::Dashed,
                    };
                    builder.rect(card.rect, size::RADIUS, Some(self.theme.card), Some(edge));
                    builder.zoom(ZoomRange::from(0.12));
                    let inner = Rect {
                        min: pt(stripe.min.x + 1.5, stripe.min.y + 6.0),
                        max: pt(stripe.max.x + 1.5, stripe.max.y - 6.0),
                    };
                    self.hatch(inner, builder);
                    builder.zoom(ZoomRange::ALL);
                }
            }
            builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
            for run in &card.far {
                builder.text(run, self.role_color(run.role));
            }
            builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
            for run in &card.runs {
                builder.text(run, self.role_color(run.role));
            }
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
            for badge in &card.badges {
                builder.icon(badge.icon, badge.rect, self.role_color(badge.role));
                for run in &badge.runs {
                    builder.text(run, self.role_color(run.role));
                }
            }
            builder.zoom(ZoomRange::ALL);
            if let Some(square) = card.dominator_mark {
                self.dominator_mark(square, builder);
            }
        }
    }

    pub(super) fn routes(
        &self,
        routes: &[DrawnRoute],
        touchpoints: &[Touchpoint],
        builder: &mut GroupBuilder,
    ) {
        for route in routes {
            let from = &touchpoints[route.from];
            let Some(to) = self.map.touchpoint(&route.target) else {
                continue;
            };
            let kind = path_kind_label(route.kind);
            let tag = ObjectRef::Path {
                from: from.id.clone(),
                to: to.id.clone(),
                kind: route.kind,
            };
            let title = format!("{kind}: {} to {}", from.name, to.name);
            let (about, marks) = match &route.handoff {
                None => (String::new(), Marks::NONE),
                Some(seam) if seam.is_gap() => (self.handoff_description(seam), Marks::UNOWNED),
                Some(seam) => (self.handoff_description(seam), Marks::NONE),
            };
            builder.subject(tag, &title, about, marks, Rect::EMPTY);
            let (color, width, dash) = match route.kind {
                PathKind::Next => (self.theme.path, 2.0, Dash::Solid),
                PathKind::Alternative => (self.theme.path, 1.6, Dash::Solid),
                PathKind::Failure => (self.theme.path_failure, 1.8, Dash::Dashed),
                PathKind::Return => (self.theme.path, 1.6, Dash::Solid),
            };
            let stroke = Stroke { width, color, dash };
            let (line, head) = arrow(&route.points);
            let path = Path::rounded(&line, BEND);
            builder.path_ends(&path);
            builder.stroke(path, stroke);
            builder.path(head, Some(color), None);
            if let Some(seam) = &route.handoff {
                let mark = seam.from.strip.union(&seam.to.strip);
                builder.part(PartKind::HandoffMark, mark);
                self.handoff_mark(seam, builder);
            }
            if let Some(label) = &route.label {
                builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
                for run in &label.runs {
                    builder.text(run, self.role_color(run.role));
                }
                builder.zoom(ZoomRange::ALL);
            }
        }
    }
}

/// The name of a path kind.
pub(super) fn path_kind_label(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Next => "Next",
        PathKind::Alternative => "Alternative",
        PathKind::Failure => "Failure",
        PathKind::Return => "Return",
    }
}

/// The stripe with the round corners of the card's left edge.
pub(super) fn stripe_path(r: Rect) -> Path {
    let radius = STRIPE.min(size::RADIUS);
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
