//! Builds the scene of the ownership matrix: backgrounds of rows and columns, row headers, arcs of
//! handoffs, and pinned parts.
//!
//! Must not know: how ownership is counted and laid out.

use super::SceneBuilder;
use super::chrome::StageChevron;
use super::group_builder::GroupBuilder;
use crate::geom::{Origin, Path, Rect, pt};
use crate::layout::ownership::{
    HandoffArc, Owner, OwnerLegendEntry, OwnerLegendSample, OwnerRow, OwnershipLayout,
    TITLE_STRIPE, Workload,
};
use crate::model::{Map, ObjectRef, Record};
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Dash, Group, Marks, ObjectId, Pin, Stroke, ZoomRange};
use crate::theme::{Color, Theme, size};

/// Builds the scene of the ownership matrix in a theme; `lit` is the highlight in effect.
pub fn build_ownership(
    map: &Map,
    layout: &OwnershipLayout,
    theme: &'static Theme,
    lit: impl Into<Highlight>,
) -> Scene {
    let paint = SceneBuilder::new(map, theme, layout.density.sizes());
    let painter = OwnershipSceneBuilder {
        builder: paint,
        layout,
    };
    Scene {
        width: layout.width,
        height: layout.height,
        background: theme.paper,
        title: map.header().title.clone(),
        description: format!(
            "Who owns what in a customer journey: {} stages, {} touchpoints, {} departments. {}",
            map.stages().len(),
            map.touchpoint_count(),
            map.departments().len(),
            map.header().scenario
        ),
        highlight: lit.into(),
        groups: painter.groups(),
    }
}

pub(super) struct OwnershipSceneBuilder<'a> {
    pub builder: SceneBuilder<'a>,
    pub layout: &'a OwnershipLayout,
}

impl OwnershipSceneBuilder<'_> {
    fn groups(&self) -> Vec<Group> {
        let layout = self.layout;
        let mut groups = Vec::new();
        let mut draw = |x: f64, y: f64, pin: Pin, builder: GroupBuilder| {
            groups.push(builder.group(Origin { x, y }, pin));
        };
        draw(0.0, 0.0, Pin::None, self.header());
        draw(0.0, layout.body_y, Pin::None, self.ground());
        let strip = f64::from(layout.titles);
        if !layout.arcs.is_empty() {
            draw(strip, layout.body_y, Pin::None, self.arcs());
        }
        for row in &layout.rows {
            for cell in &row.cells {
                let y = layout.body_y + f64::from(row.y);
                let x = layout.stages[cell.stage].x;
                for part in self.cell(row, cell) {
                    draw(x, y, Pin::None, part);
                }
            }
        }
        let band = layout.band_y;
        draw(0.0, band, Pin::Top, self.band_ground());
        if !layout.arc_strip_title.is_empty() {
            let mut builder = GroupBuilder::default();
            builder.chrome();
            builder.zoom(ZoomRange::from(self.builder.sizes.overview_zoom));
            for run in &layout.arc_strip_title {
                builder.text(run, self.builder.role_color(run.role));
            }
            draw(strip, band, Pin::Top, builder);
        }
        for (stage, record) in layout.stages.iter().zip(self.builder.map.stages()) {
            let mut builder = GroupBuilder::default();
            let chevron = StageChevron {
                size: (stage.width, layout.band_height),
                runs: &stage.runs,
                far: &stage.far,
                owner_mark: stage.owner_mark,
            };
            self.builder.chevron(record, &chevron, &mut builder);
            draw(stage.x, band, Pin::Top, builder);
        }
        for row in &layout.rows {
            let y = layout.body_y + f64::from(row.y);
            draw(0.0, y, Pin::Left, self.row_header(row));
        }
        let mut corner = GroupBuilder::default();
        corner.chrome();
        let height = layout.band_height + 14.0;
        let rect = Rect::new(0.0, -8.0, layout.titles, height);
        corner.fill(rect, 0.0, self.builder.theme.paper);
        draw(0.0, band, Pin::Corner, corner);
        groups
    }

    fn header(&self) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let (header, far) = (&self.layout.header, self.builder.sizes.overview_zoom);
        for (keys, zoom) in [
            (&header.legend, ZoomRange::from(far)),
            (&header.far, ZoomRange::below(far)),
        ] {
            builder.zoom(zoom);
            for key in keys {
                self.legend_entry(key, &mut builder);
            }
        }
        builder.zoom(ZoomRange::ALL);
        self.builder.heading(&header.runs, &mut builder);
        builder
    }

    /// Adds an entry of the legend.
    fn legend_entry(&self, key: &OwnerLegendEntry, builder: &mut GroupBuilder) {
        let (theme, rect, middle) = (self.builder.theme, key.rect, key.rect.center().y);
        let scale = rect.height() / self.builder.sizes.icon;
        match key.sample {
            OwnerLegendSample::Icon(icon, ink) => {
                builder.icon(icon, rect, self.builder.role_color(ink))
            }
            OwnerLegendSample::Face(score, icon) => self.face((score, icon, rect), builder),
            OwnerLegendSample::Stage => {
                let edge = Stroke::solid(1.0, theme.ink_soft);
                let top = middle - 6.0 * scale;
                let shape = chevron(&Rect::new(rect.min.x, top, rect.width(), 12.0 * scale));
                builder.path(shape, Some(theme.band), Some(edge));
            }
            OwnerLegendSample::Handoff => {
                let at = |x: f32, y: f32| pt(rect.min.x + x * scale, middle + y * scale);
                let corners = [at(0.0, -5.0), at(23.0, -5.0), at(23.0, 5.0), at(8.0, 5.0)];
                let line = Path::rounded(&corners, 6.0 * scale);
                builder.stroke(line, Stroke::solid(2.4 * scale, theme.path));
                let head = Path::polygon(&[at(0.0, 5.0), at(9.0, 0.5), at(9.0, 9.5)]);
                builder.path(head, Some(theme.path), None);
            }
        }
        for run in &key.runs {
            builder.text(run, self.builder.role_color(run.role));
        }
    }

    /// Tinted columns under every other stage, lines between rows, and tinted rows for elements
    /// without a known owner.
    fn ground(&self) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let (layout, theme) = (self.layout, self.builder.theme);
        let Some(last) = layout.rows.last() else {
            return builder;
        };
        let bottom = last.y + last.height;
        for stage in layout.stages.iter().skip(1).step_by(2) {
            let column = Rect::new(stage.x as f32, -8.0, stage.width, bottom + 8.0);
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
            let stroke = if row.owner.is_none() {
                Stroke::solid(1.6, theme.ink_soft)
            } else {
                Stroke::solid(1.0, theme.line)
            };
            builder.stroke(line, stroke);
        }
        builder
    }

    /// Background of a row with a warning.
    fn row_tint(&self, row: &OwnerRow) -> Option<Color> {
        let theme = self.builder.theme;
        let gap = matches!(row.owner, Some(Owner::Nobody | Owner::Unknown));
        (gap && row.header.is_warning).then(|| theme.paper.mix(theme.unowned, 0.07))
    }

    fn band_ground(&self) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let (width, height) = (self.layout.width as f32, self.layout.band_height);
        let ground = Rect::new(0.0, -8.0, width, height + 14.0);
        builder.fill(ground, 0.0, self.builder.theme.paper);
        builder
    }

    /// The colour of an owner; `None` if it is not a department of the map.
    pub(super) fn owner_color(&self, holder: &Owner) -> Option<Color> {
        let place = self
            .builder
            .map
            .departments()
            .position(holder.department()?)?;
        Some(self.builder.department_color(place))
    }

    fn row_header(&self, row: &OwnerRow) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        let (paint, theme, title) = (&self.builder, self.builder.theme, &row.header);
        let area = Rect::new(0.0, 0.0, self.layout.titles, row.height);
        let (tag, name) = match &row.owner {
            None => (ObjectId::Chrome, "All".to_owned()),
            Some(Owner::Department(id)) => {
                let department = paint.map.departments().get(id);
                let name = department.map_or("", Record::name).to_owned();
                (ObjectRef::Department(id.clone()).into(), name)
            }
            Some(other) => {
                let tag = ObjectId::OwnershipCell(Box::new((other.clone(), None)));
                (tag, other.name(paint.map))
            }
        };
        builder.subject(tag, &name, row_description(row), Marks::CHROME, area);
        // Leaves room for the line above, which is under this background when not pinned.
        let ground = Rect::new(0.0, 0.8, area.width(), row.height - 0.8);
        builder.fill(ground, 0.0, self.row_tint(row).unwrap_or(theme.paper));
        let left = size::MARGIN * 0.5;
        let stripe = Rect::new(left, 6.0, TITLE_STRIPE, row.height - 12.0);
        if let Some(holder) = &row.owner {
            match self.owner_color(holder) {
                Some(colour) => builder.fill(stripe, 3.0, colour),
                None if title.is_warning => paint.hatch(stripe, &mut builder),
                None => {
                    let edge = Stroke::solid(1.0, theme.line);
                    builder.rect(stripe, 3.0, None, Some(edge));
                }
            }
            if title.is_warning {
                let edge = Stroke {
                    width: 1.6,
                    color: theme.unowned,
                    dash: Dash::Dashed,
                };
                let rect = Rect {
                    min: pt(left - 5.0, 2.5),
                    max: pt(area.max.x - 2.0, row.height - 2.5),
                };
                builder.rect(rect, size::RADIUS, None, Some(edge));
            }
        }
        builder.zoom(ZoomRange::below(paint.sizes.overview_zoom));
        for run in &title.far {
            builder.text(run, paint.role_color(run.role));
        }
        builder.zoom(ZoomRange::from(paint.sizes.overview_zoom));
        for run in &title.runs {
            builder.text(run, paint.role_color(run.role));
        }
        if let Some((rect, share)) = title.bar {
            builder.fill(rect, 3.5, theme.line);
            let filled = Rect {
                max: pt(rect.min.x + (rect.width() * share).max(7.0), rect.max.y),
                ..rect
            };
            let colour = row
                .owner
                .as_ref()
                .and_then(|holder| self.owner_color(holder));
            builder.fill(filled, 3.5, colour.unwrap_or(theme.unowned));
        }
        self.badges(&title.badges, title.face, &mut builder);
        builder.zoom(ZoomRange::ALL);
        builder
    }

    fn arcs(&self) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        for arc in &self.layout.arcs {
            self.arc(arc, &mut builder);
        }
        builder
    }

    fn arc(&self, arc: &HandoffArc, builder: &mut GroupBuilder) {
        let (paint, theme) = (&self.builder, self.builder.theme);
        let holder = |row: usize| self.layout.rows.get(row).and_then(|row| row.owner.clone());
        let (Some(from), Some(to)) = (holder(arc.from), holder(arc.to)) else {
            return;
        };
        let gap = from.department().is_none() || to.department().is_none();
        let title = format!(
            "{} hands over to {}",
            from.name(paint.map),
            to.name(paint.map)
        );
        let times = match arc.count {
            1 => "Handoff, once".to_owned(),
            n => format!("Handoff, {n} times"),
        };
        let words = format!("{times}; weight {:.1}", arc.weight);
        let marks = if gap { Marks::UNOWNED } else { Marks::NONE };
        let colour = match self.owner_color(&from) {
            Some(colour) if !gap => colour,
            _ => theme.unowned,
        };
        builder.subject(
            ObjectId::Handoff(Box::new((from, to))),
            &title,
            words,
            marks,
            arc.area,
        );
        let dash = if gap { Dash::Dashed } else { Dash::Solid };
        for line in &arc.lines {
            let stroke = Stroke {
                width: arc.width,
                color: colour,
                dash,
            };
            builder.stroke(line.clone(), stroke);
        }
        builder.path(arc.head.clone(), Some(colour), None);
        builder.zoom(ZoomRange::from(0.3));
        for run in &arc.runs {
            builder.text(run, paint.role_color(run.role));
        }
        builder.zoom(ZoomRange::ALL);
    }
}

/// A chevron as on the stage band.
pub(super) fn chevron(rect: &Rect) -> Path {
    let point = rect.height() * 0.42;
    let middle = rect.center().y;
    Path::polygon(&[
        rect.min,
        pt(rect.max.x - point, rect.min.y),
        pt(rect.max.x, middle),
        pt(rect.max.x - point, rect.max.y),
        pt(rect.min.x, rect.max.y),
        pt(rect.min.x + point, middle),
    ])
}

/// Description of a row for assistive tools.
fn row_description(row: &OwnerRow) -> String {
    let what = match row.owner {
        None => "All stages together",
        Some(Owner::Department(_)) => "Department",
        Some(Owner::Nobody) => "What nobody owns",
        Some(Owner::Unknown) => "What departments own that are not in the map",
    };
    let mut words = vec![what.to_owned()];
    match (row.workload.touchpoints, row.stages) {
        (0, 0) if row.owner == Some(Owner::Nobody) => words.push("nothing".to_owned()),
        (0, 0) => words.push("owns nothing".to_owned()),
        (count, stages) => words.push(format!("{count} touchpoints, {stages} stages")),
    }
    words.extend(workload_description(&row.workload));
    if row.supports > 0 {
        words.push(format!("supports {}", row.supports));
    }
    if row.handoffs_out + row.handoffs_in > 0 {
        let (over, takes) = (row.handoffs_out, row.handoffs_in);
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
