//! Text lanes and row lanes.
//!
//! Must not know: how lanes are laid out.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::geom::{Path, Rect, pt};
use crate::layout::{
    EntryMark, Figure, GridStep, LaneBand, Pill, PillKind, RowTitle, StageLayout, TextCell,
};
use crate::model::{LaneContentKind, LaneKind, Link, ObjectRef, Touchpoint};
use crate::scene::item::{Marks, ObjectId, PartKind, Stroke, ZoomRange};
use crate::theme::{ColorRole, Icon};

impl SceneBuilder<'_> {
    pub(super) fn cells(
        &self,
        (cells, steps): (&[TextCell], &[GridStep]),
        touchpoints: &[Touchpoint],
        lane: &LaneBand,
        builder: &mut GroupBuilder,
    ) {
        let record = self.map.lanes().get(&lane.id);
        let holds_links = record.is_some_and(|lane| lane.holds == LaneContentKind::Link);
        for cell in cells {
            let touchpoint = &touchpoints[cell.step];
            let marks = match lane.kind {
                LaneKind::Pains => Marks::PAIN,
                _ => Marks::NONE,
            };
            let tag = ObjectRef::Cell(touchpoint.id.clone(), lane.id.clone());
            // The texts in the cell describe themselves; a link has its address as well.
            let text = touchpoint.texts.get(&lane.id).filter(|_| holds_links);
            let link = text.and_then(|text| Link::parse(text));
            let address = link.map_or("", |link| link.address);
            builder.subject(tag, "", address, marks, cell.area);
            if !address.is_empty() {
                builder.part(PartKind::Link, cell.area);
            }
            for entry in &cell.entries {
                builder.zoom(ZoomRange::from(0.12));
                let mut disc = |rect: Rect, color: ColorRole| {
                    builder.disc(rect.center(), rect.width(), Some(color), None);
                };
                match entry.mark {
                    Some((EntryMark::Icon(icon, role), rect)) => {
                        builder.icon(icon, rect, self.role_color(role));
                    }
                    Some((EntryMark::Persona(index), rect)) => {
                        disc(rect, ColorRole::persona(index));
                    }
                    Some((EntryMark::Bullet, rect)) => disc(rect, self.theme.ink_soft),
                    None => {}
                }
                builder.zoom(ZoomRange::ALL);
                if let Some(figure) = &entry.figure {
                    self.figure(figure, builder);
                }
                if let Some(slot) = &entry.number {
                    let step = (cell.step, &steps[cell.step]);
                    builder.number(slot, step, self.role_color(slot.role));
                }
                self.texts(&entry.runs, builder);
            }
        }
    }

    fn figure(&self, figure: &Figure, builder: &mut GroupBuilder) {
        let radius = 4.0;
        if let Figure::Image(_, rect) = figure {
            builder.part(PartKind::Picture, *rect);
        }
        match figure {
            Figure::Image(Some((bytes, head)), rect) => {
                // Visible while the image is decoded, and if it cannot be.
                builder.fill(*rect, 0.0, self.theme.paper_shade);
                builder.image(bytes.clone(), *head, *rect, false);
                let edge = Stroke::solid(1.0, self.theme.card_edge);
                builder.rect(*rect, 0.0, None, Some(edge));
            }
            Figure::Image(None, rect) => {
                let edge = Stroke::dashed(1.4, self.theme.ink_soft);
                builder.rect(*rect, radius, Some(self.theme.paper_shade), Some(edge));
                let side = rect.height().min(self.sizes.icon * 1.4);
                let sign = Rect::centered_square(rect.center(), side);
                builder.icon(Icon::Question, sign, self.theme.ink_soft);
            }
            Figure::Bar(share, rect) => {
                let edge = Stroke::solid(1.2, self.theme.ink_soft);
                let ground = self.theme.card;
                builder.rect(*rect, rect.height() / 2.0, Some(ground), Some(edge));
                let width = (rect.width() * share).max(rect.height());
                let filled = Rect::new(rect.min.x, rect.min.y, width, rect.height());
                // At the very beginning of the scale the fill is a dot.
                builder.fill(filled, rect.height() / 2.0, self.theme.accent);
            }
        }
    }

    /// The connectors between pills: drawn before all pills of the lane, so that none covers a
    /// text.
    pub(super) fn pill_connectors(&self, pills: &[Pill], titles: &[RowTitle]) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.subject(ObjectId::Chrome, "", "", Marks::NONE, Rect::EMPTY);
        let quiet = Stroke::solid(2.0, self.theme.quiet);
        for pill in pills {
            let Some((dx, row)) = pill.connected_to else {
                continue;
            };
            let to = pt(pill.rect.min.x, pill.rect.center().y);
            let from = pt(to.x + dx, titles.get(row).map_or(to.y, |t| t.y));
            let bend = to.x - 15.0;
            let line = if (from.y - to.y).abs() < 0.5 {
                Path::rounded(&[from, to], 0.0)
            } else {
                Path::rounded(&[from, pt(bend, from.y), pt(bend, to.y), to], 8.0)
            };
            builder.stroke(line, quiet);
        }
        builder
    }

    pub(super) fn pills(
        &self,
        (pills, stage): (&[Pill], &StageLayout),
        touchpoints: &[Touchpoint],
        lane: &LaneBand,
        builder: &mut GroupBuilder,
    ) {
        let theme = self.theme;
        for pill in pills {
            let touchpoint = &touchpoints[pill.step];
            let marks = match pill.kind {
                PillKind::Nobody => Marks::UNOWNED,
                _ => Marks::NONE,
            };
            let tag = ObjectRef::Cell(touchpoint.id.clone(), lane.id.clone());
            builder.subject(tag, "", "", marks, pill.rect);
            let radius = pill.rect.height() / 2.0;
            let (fill, stroke, ink) = match pill.kind {
                PillKind::Here => (theme.card, Some(Stroke::solid(1.4, theme.quiet)), theme.ink),
                PillKind::Owner(index) => {
                    let color = ColorRole::department(index);
                    (color, None, color.text_on())
                }
                PillKind::Supporter(index) => {
                    let edge = Stroke::solid(2.0, ColorRole::department(index));
                    (theme.card, Some(edge), theme.ink)
                }
                PillKind::Nobody if stage.is_unowned() => {
                    let edge = Stroke::dashed(1.4, theme.quiet);
                    (theme.card, Some(edge), theme.ink_soft)
                }
                PillKind::Nobody => (theme.card, Some(self.unowned_edge(1.6)), theme.unowned),
            };
            builder.rect(pill.rect, radius, Some(fill), stroke);
            if let Some((icon, rect)) = pill.icon {
                builder.icon(icon, rect, ink);
            }
            if let Some(slot) = &pill.number {
                builder.number(slot, (pill.step, &stage.steps()[pill.step]), ink);
            }
            for run in &pill.runs {
                builder.text(run, ink);
            }
        }
    }
}
