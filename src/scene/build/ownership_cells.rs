//! Cells of the ownership matrix: all details when near, names and counts further away, at overview
//! zoom one block per touchpoint and their count.
//!
//! Must not know: how ownership is counted and laid out.

use super::groups::GroupBuilder;
use super::legend::chevron;
use super::ownership::workload_description;
use super::{SceneBuilder, counted};
use crate::geom::{Rect, pt};
use crate::layout::TextRole;
use crate::layout::ownership::{
    CELL_MARGIN, CHIP_STRIPE, Chip, Owner, OwnerCell, OwnerRow, OwnerStage, StageMark,
};
use crate::model::Record;
use crate::scene::item::{Marks, ObjectId, Stroke, ZoomRange};
use crate::theme::{ColorRole, size};

/// Zoom below which no name is readable: only blocks and counts are drawn.
const BLOCK_ZOOM: f32 = 0.3;
/// Number of chips in one group; groups out of view are skipped.
const CHIPS_PER_GROUP: usize = 60;

impl SceneBuilder<'_> {
    /// The cell, split into groups of several chips.
    pub(super) fn owner_cell(
        &self,
        row: &OwnerRow,
        cell: &OwnerCell,
        stage: &OwnerStage,
    ) -> Vec<GroupBuilder> {
        let mut builder = GroupBuilder::default();
        let owner = row.owner.as_ref();
        let id = match owner {
            Some(owner) => {
                ObjectId::OwnershipCell(Box::new((owner.clone(), Some(stage.id.clone()))))
            }
            None => ObjectId::Chrome,
        };
        let marks = cell_marks(owner, cell);
        self.cell_ground((owner, cell, stage), (id.clone(), marks), &mut builder);
        if let (Some(mark), Some(owner)) = (&cell.stage_mark, owner) {
            self.stage_mark(mark, owner, stage, &mut builder);
        }
        let mut builders = vec![builder];
        for (at, chips) in cell.chips.chunks(CHIPS_PER_GROUP).enumerate() {
            if at > 0 {
                builders.push(GroupBuilder::default());
            }
            if let Some(builder) = builders.last_mut() {
                for chip in chips {
                    self.chip(chip, owner, builder);
                }
            }
        }
        if let Some((plate, runs)) = &cell.count_plate {
            // Drawn over the blocks, without a pointer area of its own.
            let (mut builder, theme) = (GroupBuilder::default(), self.theme);
            builder.subject(id, "", "", marks, Rect::EMPTY);
            builder.zoom(ZoomRange::below(BLOCK_ZOOM));
            builder.fill(*plate, plate.height() * 0.25, theme.card.opacity(90));
            for run in runs {
                builder.text(run, self.count_color(owner));
            }
            if cell.counts.workload.pain_count() > 0 {
                let at = pt(cell.rect.max.x - 22.0, cell.rect.min.y + 22.0);
                let edge = Stroke::solid(4.0, theme.card);
                builder.disc(at, 30.0, Some(theme.pain), Some(edge));
            }
            builder.zoom(ZoomRange::ALL);
            builders.push(builder);
        }
        builders
    }

    fn count_color(&self, owner: Option<&Owner>) -> ColorRole {
        match owner {
            Some(Owner::Nobody | Owner::Unknown) => self.theme.unowned,
            _ => self.theme.ink,
        }
    }

    /// Adds the background of a cell and its counts.
    fn cell_ground(
        &self,
        (owner, cell, stage): (Option<&Owner>, &OwnerCell, &OwnerStage),
        (id, marks): (ObjectId, Marks),
        builder: &mut GroupBuilder,
    ) {
        let theme = self.theme;
        let whose = owner.map_or("All".to_owned(), |owner| owner.name(self.map));
        let record = self.map.stages().get(&stage.id);
        let title = format!("{whose} in {}", record.map_or("", Record::name));
        let inner = cell.rect.grow(-CELL_MARGIN);
        let area = if owner.is_some() { inner } else { Rect::EMPTY };
        builder.subject(id, &title, cell_description(cell), marks, area);
        let owns = cell.counts.workload.touchpoints > 0 || cell.stage_mark.is_some();
        if let Some(owner) = owner.filter(|_| owns) {
            let (fill, edge) = match self.color_of(owner) {
                Some(color) => {
                    let edge = match cell.stage_mark {
                        Some(_) => Stroke::solid(2.2, color),
                        None => Stroke::solid(1.0, color.over_paper(40)),
                    };
                    (color.cell(), edge)
                }
                None => {
                    let fill = theme.unowned.over_paper(13);
                    (fill, self.unowned_edge(1.8))
                }
            };
            builder.rect(inner, size::RADIUS, Some(fill), Some(edge));
        }
        let color = |role| match role {
            TextRole::Normal => self.count_color(owner),
            role => self.role_color(role),
        };
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        for run in &cell.runs {
            builder.text(run, color(run.role));
        }
        self.badges(&cell.badges, builder);
        if let Some(face) = cell.face {
            self.face_icon(face, builder);
        }
        // At overview zoom the plate over the blocks shows the count.
        builder.zoom(match &cell.count_plate {
            Some(_) => ZoomRange::between(BLOCK_ZOOM, self.sizes.overview_zoom),
            None => ZoomRange::below(self.sizes.overview_zoom),
        });
        for run in &cell.far {
            builder.text(run, color(run.role));
        }
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds the mark of the stage's owner.
    fn stage_mark(
        &self,
        mark: &StageMark,
        owner: &Owner,
        stage: &OwnerStage,
        builder: &mut GroupBuilder,
    ) {
        let theme = self.theme;
        let record = self.map.stages().get(&stage.id);
        let name = record.map_or("", Record::name);
        let words = match owner {
            Owner::Nobody => format!("{name} has no owner"),
            owner => format!("{name} is owned by {}", owner.name(self.map)),
        };
        let tag = ObjectId::StageOwner(stage.id.clone());
        let marks = record.map_or(Marks::NONE, Marks::of_stage);
        let more = "Drag it to the department that shall own the stage";
        builder.subject(tag, &words, more, marks, mark.area);
        let color = self.color_of(owner);
        let edge = match color {
            Some(color) => Stroke::solid(1.2, color),
            None => self.unowned_edge(1.4),
        };
        // Without a known owner only the outline, of this width.
        let sign = |rect: &Rect, width: f32, builder: &mut GroupBuilder| {
            let edge = Stroke::solid(width, theme.unowned);
            let edge = color.is_none().then_some(edge);
            builder.path(chevron(rect), color, edge);
        };
        let height = mark.area.height();
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        builder.rect(mark.area, height / 2.0, Some(theme.card), Some(edge));
        sign(&mark.chevron, 1.4, builder);
        self.texts(&mark.runs, builder);
        // At overview zoom only the chevron, enlarged to the available room.
        builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
        let corner = mark.area.min;
        let large = Rect::new(corner.x, corner.y, height * 1.5, height);
        sign(&large, 3.0, builder);
        builder.zoom(ZoomRange::ALL);
    }

    fn chip(&self, chip: &Chip, owner: Option<&Owner>, builder: &mut GroupBuilder) {
        let theme = self.theme;
        let Some(touchpoint) = self.map.touchpoint(&chip.id) else {
            return;
        };
        let rect = chip.card.rect;
        let words = self.description(touchpoint, &chip.number);
        self.touchpoint(touchpoint, words, rect, builder);
        let color = owner.and_then(|owner| self.color_of(owner));
        let (block, edge) = match color {
            Some(color) => {
                let edge = Stroke::solid(1.0, theme.card_edge);
                (color.over_card(75), edge)
            }
            None => {
                let block = theme.unowned.over_card(45);
                (block, self.unowned_edge(1.4))
            }
        };
        builder.zoom(ZoomRange::below(BLOCK_ZOOM));
        builder.fill(rect, 6.0, block);
        builder.zoom(ZoomRange::from(BLOCK_ZOOM));
        builder.rect(rect, 7.0, Some(theme.card), Some(edge));
        let stripe = Rect::new(rect.min.x, rect.min.y, CHIP_STRIPE, rect.height());
        self.stripe(stripe, color, (1.5, 1.0, 5.0), builder);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        self.texts(&chip.card.runs, builder);
        self.badges(&chip.card.badges, builder);
        if let Some(face) = chip.face {
            self.face_icon(face, builder);
        }
        // Blocks replace names at zooms at which names are unreadable.
        builder.zoom(ZoomRange::between(BLOCK_ZOOM, self.sizes.overview_zoom));
        self.texts(&chip.card.far, builder);
        builder.zoom(ZoomRange::ALL);
    }
}

/// The marks of the content of a cell.
fn cell_marks(owner: Option<&Owner>, cell: &OwnerCell) -> Marks {
    let mut marks = Marks::NONE;
    let Some(owner) = owner else {
        return Marks::CHROME;
    };
    if *owner == Owner::Nobody {
        marks = marks.with(Marks::UNOWNED);
    }
    if cell.counts.workload.pain_count() > 0 {
        marks = marks.with(Marks::PAIN);
    }
    marks
}

/// Description of a cell for assistive tools.
fn cell_description(cell: &OwnerCell) -> String {
    let mut words = vec![counted(cell.counts.workload.touchpoints, "touchpoint")];
    words.extend(workload_description(&cell.counts.workload));
    if cell.counts.supports > 0 {
        words.push(format!("supports {}", cell.counts.supports));
    }
    if cell.counts.supports_stage {
        words.push("supports the stage".to_owned());
    }
    words.join("; ")
}
