//! Cells of the ownership matrix: all details when near, names and counts further away, at overview
//! zoom one block per touchpoint and their count.
//!
//! Must not know: how ownership is counted and laid out.

use super::cards::stripe_path;
use super::group_builder::GroupBuilder;
use super::ownership::{OwnershipSceneBuilder, chevron, workload_description};
use crate::geom::{Rect, pt};
use crate::layout::ownership::{
    CELL_MARGIN, CHIP_STRIPE, Chip, Owner, OwnerCell, OwnerRow, StageMark,
};
use crate::layout::{Badge, TextRole};
use crate::model::{ObjectRef, Record, Score};
use crate::scene::item::{Dash, Marks, ObjectId, Stroke, ZoomRange};
use crate::theme::{Color, Icon, size};

/// Zoom below which no name is readable: only blocks and counts are drawn.
const BLOCK_ZOOM: f32 = 0.3;
/// Number of chips in one group; groups out of view are skipped.
const CHIPS_PER_GROUP: usize = 60;

impl OwnershipSceneBuilder<'_> {
    /// The cell, split into groups of several chips.
    pub(super) fn cell(&self, row: &OwnerRow, cell: &OwnerCell) -> Vec<GroupBuilder> {
        let mut builder = GroupBuilder::default();
        let holder = row.owner.as_ref();
        self.cell_ground(row, cell, &mut builder);
        if let (Some(mark), Some(holder)) = (&cell.stage_mark, holder) {
            self.stage_mark(mark, holder, cell.stage, &mut builder);
        }
        let mut builders = vec![builder];
        for (at, chips) in cell.chips.chunks(CHIPS_PER_GROUP).enumerate() {
            if at > 0 {
                builders.push(GroupBuilder::default());
            }
            if let Some(builder) = builders.last_mut() {
                for chip in chips {
                    self.chip(chip, holder, builder);
                }
            }
        }
        if let Some((plate, runs)) = &cell.count_plate {
            // Drawn over the blocks, without a pointer area of its own.
            let mut builder = GroupBuilder::default();
            let marks = cell_marks(holder, cell);
            builder.subject(
                self.cell_id(row, cell),
                "",
                String::new(),
                marks,
                Rect::EMPTY,
            );
            builder.zoom(ZoomRange::below(BLOCK_ZOOM));
            let ground = self.builder.theme.card.alpha(0.9);
            builder.fill(*plate, plate.height() * 0.25, ground);
            for run in runs {
                builder.text(run, self.count_color(holder));
            }
            if cell.workload.pain_count() > 0 {
                let (at, theme) = (
                    pt(cell.rect.max.x - 22.0, cell.rect.min.y + 22.0),
                    self.builder.theme,
                );
                let edge = Stroke::solid(4.0, theme.card);
                builder.disc(at, 30.0, Some(theme.pain), Some(edge));
            }
            builder.zoom(ZoomRange::ALL);
            builders.push(builder);
        }
        builders
    }

    fn cell_id(&self, row: &OwnerRow, cell: &OwnerCell) -> ObjectId {
        let stage = self.layout.stages.get(cell.stage);
        match (&row.owner, stage) {
            (Some(holder), Some(stage)) => {
                ObjectId::OwnershipCell(Box::new((holder.clone(), Some(stage.id.clone()))))
            }
            _ => ObjectId::Chrome,
        }
    }

    fn count_color(&self, holder: Option<&Owner>) -> Color {
        match holder {
            Some(Owner::Nobody | Owner::Unknown) => self.builder.theme.unowned,
            _ => self.builder.theme.ink,
        }
    }

    /// Adds the background of a cell and its counts.
    fn cell_ground(&self, row: &OwnerRow, cell: &OwnerCell, builder: &mut GroupBuilder) {
        let (paint, theme) = (&self.builder, self.builder.theme);
        let stage = self.layout.stages.get(cell.stage);
        let stage = stage.and_then(|stage| paint.map.stages().get(&stage.id));
        let stage = stage.map_or("", Record::name);
        let holder = row.owner.as_ref();
        let whose = holder.map_or("All".to_owned(), |holder| holder.name(paint.map));
        let area = cell.rect.grow(-CELL_MARGIN);
        builder.subject(
            self.cell_id(row, cell),
            &format!("{whose} in {stage}"),
            cell_description(cell),
            cell_marks(holder, cell),
            if holder.is_some() { area } else { Rect::EMPTY },
        );
        let owns = cell.workload.touchpoints > 0 || cell.stage_mark.is_some();
        if let Some(holder) = holder.filter(|_| owns) {
            let (fill, edge) = match self.owner_color(holder) {
                Some(colour) => {
                    let strength = if theme.dark { 0.17 } else { 0.10 };
                    let edge = if cell.stage_mark.is_some() {
                        Stroke::solid(2.2, colour)
                    } else {
                        Stroke::solid(1.0, theme.paper.mix(colour, 0.4))
                    };
                    (theme.paper.mix(colour, strength), edge)
                }
                None => {
                    let edge = Stroke {
                        width: 1.8,
                        color: theme.unowned,
                        dash: Dash::Dashed,
                    };
                    (theme.paper.mix(theme.unowned, 0.13), edge)
                }
            };
            builder.rect(area, size::RADIUS, Some(fill), Some(edge));
        }
        let colour = |ink| match ink {
            TextRole::Normal => self.count_color(holder),
            ink => paint.role_color(ink),
        };
        builder.zoom(ZoomRange::from(paint.sizes.overview_zoom));
        for run in &cell.runs {
            builder.text(run, colour(run.role));
        }
        self.badges(&cell.badges, cell.face, builder);
        // At overview zoom the plate over the blocks shows the count.
        builder.zoom(match &cell.count_plate {
            Some(_) => ZoomRange::between(BLOCK_ZOOM, paint.sizes.overview_zoom),
            None => ZoomRange::below(paint.sizes.overview_zoom),
        });
        for run in &cell.far {
            builder.text(run, colour(run.role));
        }
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds flags with their counts, and a face.
    pub(super) fn badges(
        &self,
        badges: &[Badge],
        face: Option<(Score, Icon, Rect)>,
        builder: &mut GroupBuilder,
    ) {
        for badge in badges {
            builder.icon(badge.icon, badge.rect, self.builder.role_color(badge.role));
            for run in &badge.runs {
                builder.text(run, self.builder.role_color(run.role));
            }
        }
        if let Some(face) = face {
            self.face(face, builder);
        }
    }

    /// Adds a face on a disc in the colour of its score.
    pub(super) fn face(
        &self,
        (score, icon, rect): (Score, Icon, Rect),
        builder: &mut GroupBuilder,
    ) {
        let ground = self.builder.feeling_color(score);
        builder.disc(rect.center(), rect.width() + 2.0, Some(ground), None);
        builder.icon(icon, rect, self.builder.text_color_on(ground));
    }

    /// Adds the mark of the stage's owner.
    fn stage_mark(
        &self,
        mark: &StageMark,
        holder: &Owner,
        stage: usize,
        builder: &mut GroupBuilder,
    ) {
        let (paint, theme) = (&self.builder, self.builder.theme);
        let Some(stage) = self.layout.stages.get(stage) else {
            return;
        };
        let record = paint.map.stages().get(&stage.id);
        let name = record.map_or("", Record::name);
        let words = match holder {
            Owner::Nobody => format!("{name} has no owner"),
            holder => format!("{name} is owned by {}", holder.name(paint.map)),
        };
        let tag = ObjectId::StageOwner(stage.id.clone());
        let marks = record.map_or(Marks::NONE, Marks::of_stage);
        let more = "Drag it to the department that shall own the stage".to_owned();
        builder.subject(tag, &words, more, marks, mark.area);
        let colour = self.owner_color(holder);
        let edge = match colour {
            Some(colour) => Stroke::solid(1.2, colour),
            None => Stroke {
                width: 1.4,
                color: theme.unowned,
                dash: Dash::Dashed,
            },
        };
        let radius = mark.area.height() / 2.0;
        builder.zoom(ZoomRange::from(paint.sizes.overview_zoom));
        builder.rect(mark.area, radius, Some(theme.card), Some(edge));
        let shape = chevron(&mark.chevron);
        match colour {
            Some(colour) => builder.path(shape, Some(colour), None),
            None => builder.path(shape, None, Some(Stroke::solid(1.4, theme.unowned))),
        }
        for run in &mark.runs {
            builder.text(run, paint.role_color(run.role));
        }
        // At overview zoom only the chevron, enlarged to the available room.
        builder.zoom(ZoomRange::below(paint.sizes.overview_zoom));
        let height = mark.area.height();
        let sign = Rect::new(mark.area.min.x, mark.area.min.y, height * 1.5, height);
        match colour {
            Some(colour) => builder.path(chevron(&sign), Some(colour), None),
            None => {
                let edge = Stroke::solid(3.0, theme.unowned);
                builder.path(chevron(&sign), None, Some(edge));
            }
        }
        builder.zoom(ZoomRange::ALL);
    }

    fn chip(&self, chip: &Chip, holder: Option<&Owner>, builder: &mut GroupBuilder) {
        let (paint, theme) = (&self.builder, self.builder.theme);
        let Some(touchpoint) = paint.map.touchpoint(&chip.id) else {
            return;
        };
        let stage = paint.map.stage_of(&chip.id);
        let stage = stage.and_then(|id| paint.map.stages().get(id));
        let stage = stage.map_or("", Record::name);
        builder.subject(
            ObjectRef::Touchpoint(chip.id.clone()),
            &touchpoint.name,
            paint.description(touchpoint, &chip.number, stage),
            Marks::of_touchpoint(touchpoint),
            chip.rect,
        );
        let colour = holder.and_then(|holder| self.owner_color(holder));
        builder.zoom(ZoomRange::below(BLOCK_ZOOM));
        let block = match colour {
            Some(colour) => theme.card.mix(colour, 0.75),
            None => theme.card.mix(theme.unowned, 0.45),
        };
        builder.fill(chip.rect, 6.0, block);
        builder.zoom(ZoomRange::from(BLOCK_ZOOM));
        let edge = match colour {
            Some(_) => Stroke::solid(1.0, theme.card_edge),
            None => Stroke {
                width: 1.4,
                color: theme.unowned,
                dash: Dash::Dashed,
            },
        };
        builder.rect(chip.rect, 7.0, Some(theme.card), Some(edge));
        let rect = chip.rect;
        let stripe = Rect::new(rect.min.x, rect.min.y, CHIP_STRIPE, rect.height());
        match colour {
            Some(colour) => builder.path(stripe_path(stripe), Some(colour), None),
            None => {
                let inner = Rect {
                    min: pt(stripe.min.x + 1.5, stripe.min.y + 5.0),
                    max: pt(stripe.max.x + 1.0, stripe.max.y - 5.0),
                };
                paint.hatch(inner, builder);
            }
        }
        builder.zoom(ZoomRange::from(paint.sizes.overview_zoom));
        for run in &chip.runs {
            builder.text(run, paint.role_color(run.role));
        }
        self.badges(&chip.badges, chip.face, builder);
        // Blocks replace names at zooms at which names are unreadable.
        builder.zoom(ZoomRange::between(BLOCK_ZOOM, paint.sizes.overview_zoom));
        for run in &chip.far {
            builder.text(run, paint.role_color(run.role));
        }
        builder.zoom(ZoomRange::ALL);
    }
}

/// The marks of the content of a cell.
fn cell_marks(holder: Option<&Owner>, cell: &OwnerCell) -> Marks {
    let mut marks = Marks::NONE;
    let Some(holder) = holder else {
        return Marks::CHROME;
    };
    if *holder == Owner::Nobody {
        marks = marks.with(Marks::UNOWNED);
    }
    if cell.workload.pain_count() > 0 {
        marks = marks.with(Marks::PAIN);
    }
    marks
}

/// Description of a cell for assistive tools.
fn cell_description(cell: &OwnerCell) -> String {
    let mut words = vec![match cell.workload.touchpoints {
        1 => "1 touchpoint".to_owned(),
        n => format!("{n} touchpoints"),
    }];
    words.extend(workload_description(&cell.workload));
    if cell.supports > 0 {
        words.push(format!("supports {}", cell.supports));
    }
    if cell.supports_stage {
        words.push("supports the stage".to_owned());
    }
    words.join("; ")
}
