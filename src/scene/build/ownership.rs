//! Builds the scene of the ownership matrix: backgrounds of rows and columns, row headers, arcs of
//! handoffs, and pinned parts.
//!
//! Must not know: how ownership is counted and laid out.

use super::chrome::along;
use super::groups::GroupBuilder;
use super::{SceneBuilder, counted};
use crate::geom::{Path, Rect, pt};
use crate::layout::ownership::{
    HandoffArc, Owner, OwnerRow, OwnershipLayout, TITLE_STRIPE, Workload,
};
use crate::model::{Map, ObjectRef, Record};
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Group, Marks, ObjectId, Pin, Stroke, ZoomRange};
use crate::theme::{ColorRole, Theme, size};

/// Builds the scene of the ownership matrix in a theme; `lit` is the highlight in effect.
pub fn build_ownership(
    map: &Map,
    layout: &OwnershipLayout,
    theme: &'static Theme,
    lit: impl Into<Highlight>,
) -> Scene {
    let painter = SceneBuilder::new(map, layout.density);
    let what = painter.described("Who owns what in a customer journey");
    let what = format!("{what}, {} departments", map.departments().len());
    let groups = painter.ownership(layout);
    let size = (layout.width, layout.height);
    painter.scene(size, &what, (theme, lit.into()), groups)
}

impl SceneBuilder<'_> {
    fn ownership(&self, layout: &OwnershipLayout) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut draw = |x: f64, y: f64, pin: Pin, builder: GroupBuilder| {
            groups.push(builder.group(x, y, pin));
        };
        let mut header = GroupBuilder::default();
        header.chrome();
        self.legends(&layout.header, &mut header);
        self.heading(&layout.header.runs, &mut header);
        draw(0.0, 0.0, Pin::None, header);
        draw(0.0, layout.body_y, Pin::None, self.matrix_ground(layout));
        let strip = f64::from(layout.titles);
        if !layout.arcs.is_empty() {
            let mut arcs = GroupBuilder::default();
            for arc in &layout.arcs {
                self.arc(arc, &layout.rows, &mut arcs);
            }
            draw(strip, layout.body_y, Pin::None, arcs);
        }
        for row in &layout.rows {
            for cell in &row.cells {
                let y = layout.body_y + f64::from(row.y);
                let stage = &layout.stages[cell.stage];
                for part in self.owner_cell(row, cell, stage) {
                    draw(stage.x, y, Pin::None, part);
                }
            }
        }
        let (band, height) = (layout.band_y, layout.band_height);
        let ground = self.band_ground(layout.width as f32, height);
        draw(0.0, band, Pin::Top, ground);
        if !layout.arc_strip_title.is_empty() {
            let mut builder = GroupBuilder::default();
            builder.chrome();
            builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
            self.texts(&layout.arc_strip_title, &mut builder);
            draw(strip, band, Pin::Top, builder);
        }
        for (stage, record) in layout.stages.iter().zip(self.map.stages()) {
            let part = &stage.band;
            draw(stage.x, band, Pin::Top, self.chevron(record, part, height));
            let texts = self.stage_texts(record, part);
            draw(stage.x, band, along(part, &part.runs, true), texts);
            let name = self.stage_overview(record, part);
            draw(stage.x, band, along(part, part.overview_runs(), true), name);
        }
        for row in &layout.rows {
            let y = layout.body_y + f64::from(row.y);
            draw(0.0, y, Pin::Left, self.row_header(row, layout.titles));
        }
        let corner = self.band_ground(layout.titles, height);
        draw(0.0, band, Pin::Corner, corner);
        groups
    }

    /// Tinted columns under every other stage, lines between rows, and tinted rows for elements
    /// without a known owner.
    fn matrix_ground(&self, layout: &OwnershipLayout) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let theme = self.theme;
        let Some(last) = layout.rows.last() else {
            return builder;
        };
        let bottom = last.y + last.height;
        for stage in layout.stages.iter().skip(1).step_by(2) {
            let column = Rect::new(stage.x as f32, -8.0, stage.band.width, bottom + 8.0);
            builder.fill(column, 0.0, theme.paper_shade);
        }
        let right = layout.width as f32;
        for row in &layout.rows {
            if let Some(tint) = self.row_tint(row) {
                let rect = Rect::new(0.0, row.y, right, row.height);
                builder.fill(rect, 0.0, tint);
            }
        }
        for row in layout.rows.iter().skip(1) {
            let line = Path::start(pt(0.0, row.y)).line(pt(right, row.y));
            let stroke = match row.owner {
                None => Stroke::solid(1.6, theme.ink_soft),
                Some(_) => Stroke::solid(1.0, theme.line),
            };
            builder.stroke(line, stroke);
        }
        builder
    }

    /// Background of a row with a warning.
    fn row_tint(&self, row: &OwnerRow) -> Option<ColorRole> {
        let gap = matches!(row.owner, Some(Owner::Nobody | Owner::Unknown));
        (gap && row.header.is_warning).then(|| self.theme.unowned.over_paper(7))
    }

    /// The colour of an owner; `None` if it is missing or not in the map.
    pub(super) fn color_of(&self, owner: &Owner) -> Option<ColorRole> {
        if *owner == Owner::NotNeeded {
            return Some(self.theme.quiet);
        }
        let place = self.map.departments().position(owner.department()?)?;
        Some(ColorRole::department(place))
    }

    fn row_header(&self, row: &OwnerRow, width: f32) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        let (theme, title) = (self.theme, &row.header);
        let (tag, name) = match &row.owner {
            None => (ObjectId::Chrome, "All".to_owned()),
            Some(Owner::Department(id)) => {
                let department = self.map.departments().get(id);
                let name = department.map_or("", Record::name).to_owned();
                (ObjectRef::Department(id.clone()).into(), name)
            }
            Some(other) => {
                let tag = ObjectId::OwnershipCell(Box::new((other.clone(), None)));
                (tag, other.name(self.map))
            }
        };
        let area = Rect::new(0.0, 0.0, width, row.height);
        builder.subject(tag, &name, row_description(row), Marks::CHROME, area);
        // Leaves room for the line above, which is under this background when not pinned.
        let ground = Rect::new(0.0, 0.8, width, row.height - 0.8);
        builder.fill(ground, 0.0, self.row_tint(row).unwrap_or(theme.paper));
        let left = size::MARGIN * 0.5;
        let stripe = Rect::new(left, 6.0, TITLE_STRIPE, row.height - 12.0);
        let color = row.owner.as_ref().and_then(|owner| self.color_of(owner));
        if row.owner.is_some() {
            match color {
                Some(color) => builder.fill(stripe, 3.0, color),
                None if title.is_warning => self.hatch(stripe, &mut builder),
                None => {
                    let edge = Stroke::solid(1.0, theme.line);
                    builder.rect(stripe, 3.0, None, Some(edge));
                }
            }
            if title.is_warning {
                let rect = Rect {
                    min: pt(left - 5.0, 2.5),
                    max: pt(width - 2.0, row.height - 2.5),
                };
                let edge = self.unowned_edge(1.6);
                builder.rect(rect, size::RADIUS, None, Some(edge));
            }
        }
        builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
        self.texts(&title.far, &mut builder);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        self.texts(&title.runs, &mut builder);
        if let Some((rect, share)) = title.bar {
            builder.fill(rect, 3.5, theme.line);
            let filled = Rect {
                max: pt(rect.min.x + (rect.width() * share).max(7.0), rect.max.y),
                ..rect
            };
            builder.fill(filled, 3.5, color.unwrap_or(theme.unowned));
        }
        self.badges(&title.badges, &mut builder);
        if let Some(face) = title.face {
            self.face_icon(face, &mut builder);
        }
        builder.zoom(ZoomRange::ALL);
        builder
    }

    fn arc(&self, arc: &HandoffArc, rows: &[OwnerRow], builder: &mut GroupBuilder) {
        let owner = |row: usize| rows.get(row).and_then(|row| row.owner.clone());
        let (Some(from), Some(to)) = (owner(arc.from), owner(arc.to)) else {
            return;
        };
        let gap = from.department().is_none() || to.department().is_none();
        let names = (from.name(self.map), to.name(self.map));
        let title = format!("{} hands over to {}", names.0, names.1);
        let times = match arc.count {
            1 => "Handoff, once".to_owned(),
            n => format!("Handoff, {n} times"),
        };
        let words = format!("{times}; weight {:.1}", arc.weight);
        let marks = if gap { Marks::UNOWNED } else { Marks::NONE };
        // Thin and without the colours of departments, so that the matrix is what the eye meets.
        let stroke = if gap {
            self.unowned_edge(arc.width)
        } else {
            Stroke::solid(arc.width, self.theme.ink_dimmed)
        };
        let tag = ObjectId::Handoff(Box::new((from, to)));
        builder.subject(tag, &title, words, marks, arc.area);
        for line in &arc.lines {
            builder.stroke(line.clone(), stroke);
        }
        builder.path(arc.head.clone(), Some(stroke.color), None);
        builder.zoom(ZoomRange::from(0.3));
        self.texts(&arc.runs, builder);
        builder.zoom(ZoomRange::ALL);
    }
}

/// Description of a row for assistive tools.
fn row_description(row: &OwnerRow) -> String {
    let what = match row.owner {
        None => "All stages together",
        Some(Owner::Department(_)) => "Department",
        Some(Owner::Nobody) => "No owner",
        Some(Owner::Unknown) => "What departments own that are not in the map",
        Some(Owner::NotNeeded) => "What needs no owner",
    };
    let totals = &row.totals;
    let mut words = vec![what.to_owned()];
    match (totals.workload.touchpoints, totals.stages) {
        (0, 0) if row.owner == Some(Owner::Nobody) => words.push("nothing".to_owned()),
        (0, 0) => words.push("owns nothing".to_owned()),
        (touchpoints, stages) => words.push(format!(
            "{}, {}",
            counted(touchpoints, "touchpoint"),
            counted(stages, "stage")
        )),
    }
    words.extend(workload_description(&totals.workload));
    if totals.supports > 0 {
        words.push(format!("supports {}", totals.supports));
    }
    if totals.handoffs_out + totals.handoffs_in > 0 {
        let (over, takes) = (totals.handoffs_out, totals.handoffs_in);
        words.push(format!("hands over {over}, takes over {takes}"));
    }
    words.join("; ")
}

/// Pains and feelings in a description for assistive tools.
pub(super) fn workload_description(load: &Workload) -> Vec<String> {
    let mut words = Vec::new();
    match load.pain_count() {
        0 => {}
        1 => words.push("1 pain".to_owned()),
        n => words.push(format!("{n} pains, {} of them severe", load.pains[2])),
    }
    if let (Some(lowest), Some(mean)) = (load.lowest, load.mean()) {
        let n = load.scores;
        words.push(format!("feels {lowest} at worst, {mean} on average, n {n}"));
    }
    words
}
