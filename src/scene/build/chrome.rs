//! The chrome of the scene: header, stage band, lane backgrounds and titles.
//!
//! Must not know: the content of lanes.

use super::SceneBuilder;
use super::group_builder::GroupBuilder;
use super::group_list::{GroupList, GroupPlace};
use crate::geom::{Origin, Path, Rect, pt};
use crate::layout::{LaneBand, LaneLegend, Layout, PersonaBox, TextRun, VISIBILITY};
use crate::model::{self, ImageHeader, LaneKind, ObjectRef, Record};
use crate::scene::item::{Dash, GroupKey, Marks, Pin, Stroke, ZoomRange};
use crate::theme::{Icon, size};
use std::sync::Arc;

/// Length of the tip of a stage's chevron.
const CHEVRON_TIP: f32 = 14.0;

/// Input to draw a stage on the band.
pub(super) struct StageChevron<'a> {
    /// Width and height.
    pub size: (f32, f32),
    /// Name, goal and owner.
    pub runs: &'a [TextRun],
    /// The name alone, enlarged for overview zoom.
    pub far: &'a [TextRun],
    /// Place of the owner's colour.
    pub owner_mark: Rect,
}

impl SceneBuilder<'_> {
    pub(super) fn header(&self, layout: &Layout, groups: &mut GroupList) {
        let mut builder = GroupBuilder::default();
        self.heading(&layout.header.runs, &mut builder);
        let personas = self.map.personas().iter().zip(&layout.header.personas);
        for (index, (persona, PersonaBox { rect, runs })) in personas.enumerate() {
            let tag = ObjectRef::Persona(persona.id.clone());
            // The texts describe themselves.
            builder.subject(tag, "", String::new(), Marks::CHROME, *rect);
            let colour = self.persona_color(index);
            let edge = Stroke::solid(1.0, self.theme.card_edge);
            builder.rect(*rect, size::RADIUS, Some(self.theme.card), Some(edge));
            let centre = pt(rect.min.x + 33.0, rect.min.y + 36.0);
            match self.portrait(persona) {
                Some((bytes, head)) => {
                    builder.disc(centre, 46.0, Some(colour), None);
                    builder.image(bytes, head, Rect::centered_square(centre, 44.0), true);
                    let ring = Stroke::solid(2.5, colour);
                    builder.disc(centre, 45.0, None, Some(ring));
                }
                None => {
                    builder.disc(centre, 40.0, Some(colour), None);
                    let face = Rect::centered_square(centre, 32.0);
                    builder.icon(Icon::FaceGood, face, self.text_color_on(colour));
                }
            }
            for run in runs {
                builder.text(run, self.role_color(run.role));
            }
        }
        if !layout.header.legend.is_empty() {
            builder.chrome();
        }
        for key in &layout.header.legend {
            self.handoff_legend_entry(key, &mut builder);
        }
        let place = GroupPlace {
            key: GroupKey::Header,
            previous: Some(GroupKey::Header),
            origin: Origin::default(),
            pin: Pin::None,
        };
        groups.add(place, Some(builder));
    }

    /// Adds the texts about the map. Editable texts belong to the map as an object.
    pub(super) fn heading(&self, runs: &[TextRun], builder: &mut GroupBuilder) {
        let written = runs.iter().filter(|run| run.text_field.is_some());
        let area = written.fold(Rect::EMPTY, |all, run| {
            let (size, at) = (run.style.size, run.at);
            all.union(&Rect::new(at.x, at.y - size, run.width, size * 1.3))
        });
        for runs in runs.chunk_by(|a, b| a.text_field.is_some() == b.text_field.is_some()) {
            if runs.iter().any(|run| run.text_field.is_some()) {
                builder.subject(ObjectRef::Map, "", String::new(), Marks::CHROME, area);
            } else {
                builder.chrome();
            }
            for run in runs {
                builder.text(run, self.role_color(run.role));
            }
        }
    }

    /// The portrait of a persona, if it can be drawn.
    fn portrait(&self, persona: &model::Persona) -> Option<(Arc<[u8]>, ImageHeader)> {
        let image = self.map.images().get(persona.picture.as_ref()?)?;
        image.bytes().cloned().zip(image.header())
    }

    pub(super) fn band(&self, layout: &Layout, groups: &mut GroupList) {
        let (y, height) = (layout.band_y, layout.band_height);
        let mut ground = GroupBuilder::default();
        ground.chrome();
        let width = layout.width as f32;
        ground.fill(
            Rect::new(0.0, -8.0, width, height + 14.0),
            0.0,
            self.theme.paper,
        );
        groups.add(unnamed(y, Pin::Top), Some(ground));
        for (k, (stage, record)) in layout.stages.iter().zip(self.map.stages()).enumerate() {
            let drawn = stage.band_changed.then(|| {
                let mut builder = GroupBuilder::default();
                let chevron = StageChevron {
                    size: (stage.width, height),
                    runs: &stage.runs,
                    far: &stage.far,
                    owner_mark: stage.owner_mark,
                };
                self.chevron(record, &chevron, &mut builder);
                builder
            });
            let place = GroupPlace {
                key: GroupKey::Stage(k),
                previous: stage.previous_index.map(GroupKey::Stage),
                origin: Origin { x: stage.x, y },
                pin: Pin::Top,
            };
            groups.add(place, drawn);
        }
    }

    /// Adds a stage on the band.
    pub(super) fn chevron(
        &self,
        record: &model::Stage,
        stage: &StageChevron<'_>,
        builder: &mut GroupBuilder,
    ) {
        let (width, height) = stage.size;
        let (left, right) = (2.0, width - 2.0);
        let area = Rect::new(left, 0.0, right - left, height);
        let description = match record.owner.as_ref() {
            None => format!("Stage, no owner. {}", record.goal),
            Some(id) => {
                let name = self
                    .map
                    .departments()
                    .get(id)
                    .map_or("unknown", |d| d.name());
                format!("Stage, owned by {name}. {}", record.goal)
            }
        };
        let tag = ObjectRef::Stage(record.id.clone());
        builder.subject(
            tag,
            record.name(),
            description,
            Marks::of_stage(record),
            area,
        );
        let shape = Path::start(pt(left, 0.0))
            .line(pt(right - CHEVRON_TIP, 0.0))
            .line(pt(right, height / 2.0))
            .line(pt(right - CHEVRON_TIP, height))
            .line(pt(left, height))
            .line(pt(left + CHEVRON_TIP, height / 2.0))
            .close();
        let edge = record.owner.is_none().then_some(Stroke {
            width: 1.6,
            color: self.theme.unowned,
            dash: Dash::Dashed,
        });
        builder.path(shape, Some(self.theme.band), edge);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        let owner = record
            .owner
            .as_ref()
            .and_then(|id| self.map.departments().position(id));
        match owner {
            Some(index) => builder.fill(stage.owner_mark, 3.0, self.department_color(index)),
            None => self.hatch(stage.owner_mark, builder),
        }
        for run in stage.runs {
            builder.text(run, self.role_color(run.role));
        }
        builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
        for run in stage.far {
            builder.text(run, self.role_color(run.role));
        }
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds diagonal hatching, the fill of elements without an owner.
    pub(super) fn hatch(&self, rect: Rect, builder: &mut GroupBuilder) {
        let line = Stroke::solid(1.3, self.theme.unowned);
        let mut path = Path::default();
        let step = 5.0;
        let mut at = rect.min.x - rect.height() + step / 2.0;
        while at < rect.max.x {
            // A line from the bottom edge to the upper right, clipped to the rectangle.
            let (x0, x1) = (at.max(rect.min.x), (at + rect.height()).min(rect.max.x));
            if x1 > x0 {
                let (y0, y1) = (rect.max.y - (x0 - at), rect.max.y - (x1 - at));
                path.0.push(crate::geom::Segment::Move(pt(x0, y0)));
                path.0.push(crate::geom::Segment::Line(pt(x1, y1)));
            }
            at += step;
        }
        builder.path(path, None, Some(line));
        builder.rect(
            rect,
            1.0,
            None,
            Some(Stroke::solid(1.0, self.theme.unowned)),
        );
    }

    /// Adds the background of a lane over the whole width of the map.
    pub(super) fn lane_ground(
        &self,
        layout: &Layout,
        (number, lane): (usize, &LaneBand),
        groups: &mut GroupList,
    ) {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let right = layout.width as f32;
        let line = |y: f32| Path::start(pt(0.0, y)).line(pt(right, y));
        let backstage = lane.kind == LaneKind::Backstage;
        if backstage {
            let ground = Rect::new(0.0, VISIBILITY / 2.0, right, lane.height - VISIBILITY / 2.0);
            builder.fill(ground, 0.0, self.theme.paper_shade);
            let dash = Stroke {
                width: 1.6,
                color: self.theme.ink_soft,
                dash: Dash::Dashed,
            };
            builder.stroke(line(VISIBILITY / 2.0), dash);
        } else {
            builder.stroke(line(0.0), Stroke::solid(1.0, self.theme.line));
        }
        if let LaneLegend::Scale(scale) = &lane.legend {
            let line_at = |y: f32| Path::start(pt(self.sizes.title_column, y)).line(pt(right, y));
            builder.stroke(line_at(scale.neutral), Stroke::solid(1.0, self.theme.line));
            let dash = Stroke {
                width: 0.8,
                color: self.theme.line,
                dash: Dash::Dashed,
            };
            builder.zoom(ZoomRange::from(0.3));
            builder.stroke(line_at(scale.neutral - self.sizes.two_points), dash);
            builder.stroke(line_at(scale.neutral + self.sizes.two_points), dash);
            builder.zoom(ZoomRange::ALL);
        }
        let place = GroupPlace {
            key: GroupKey::LaneBackground(number),
            previous: lane.previous_index.map(GroupKey::LaneBackground),
            origin: Origin { x: 0.0, y: lane.y },
            pin: Pin::None,
        };
        groups.add(place, Some(builder));
    }

    pub(super) fn lane_title(&self, (number, lane): (usize, &LaneBand), groups: &mut GroupList) {
        let mut builder = GroupBuilder::default();
        let area = Rect::new(0.0, 0.0, self.sizes.title_column + 6.0, lane.height);
        let title: Vec<&str> = lane.title.iter().map(|r| &*r.text).collect();
        let tag = ObjectRef::Lane(lane.id.clone());
        builder.subject(
            tag,
            &title.join(" "),
            "Lane".to_owned(),
            Marks::CHROME,
            area,
        );
        let backstage = lane.kind == LaneKind::Backstage;
        let ground = if backstage {
            self.theme.paper_shade
        } else {
            self.theme.paper
        };
        let top = if backstage {
            VISIBILITY / 2.0 + 1.0
        } else {
            0.5
        };
        builder.fill(
            Rect::new(0.0, top, area.width(), lane.height - top),
            0.0,
            ground,
        );
        let shift = |run: &crate::layout::TextRun| {
            let mut run = run.clone();
            run.at.x += size::MARGIN * 0.5;
            run
        };
        builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
        for run in &lane.far_title {
            builder.text(&shift(run), self.role_color(run.role));
        }
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        for run in &lane.title {
            builder.text(&shift(run), self.role_color(run.role));
        }
        match &lane.legend {
            LaneLegend::Scale(scale) => {
                for run in &scale.runs {
                    builder.text(&shift(run), self.role_color(run.role));
                }
            }
            LaneLegend::Rows(titles) => {
                for title in titles {
                    let index = title.department.as_ref();
                    let index = index.and_then(|id| self.map.departments().position(id));
                    if let Some(index) = index {
                        let at = pt(size::MARGIN * 0.5 + 4.0, title.y);
                        builder.disc(at, 8.0, Some(self.department_color(index)), None);
                    }
                    for run in &title.runs {
                        builder.text(&shift(run), self.role_color(run.role));
                    }
                }
            }
            LaneLegend::None => {}
        }
        if backstage {
            let run = crate::layout::TextRun {
                at: pt(size::MARGIN * 0.5, VISIBILITY / 2.0 - 4.0),
                text: "Line of visibility".into(),
                style: self.sizes.text(size::SMALL),
                width: 0.0,
                role: crate::layout::TextRole::Soft,
                text_field: None,
            };
            builder.text(&run, self.theme.ink_soft);
        }
        builder.zoom(ZoomRange::ALL);
        let place = GroupPlace {
            key: GroupKey::LaneTitle(number),
            previous: lane.previous_index.map(GroupKey::LaneTitle),
            origin: Origin { x: 0.0, y: lane.y },
            pin: Pin::Left,
        };
        groups.add(place, Some(builder));
    }

    /// Adds the cover of the corner in which pinned band and pinned titles overlap.
    pub(super) fn corner(&self, layout: &Layout, groups: &mut GroupList) {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let height = layout.band_height + 14.0;
        let rect = Rect::new(0.0, -8.0, self.sizes.title_column + 6.0, height);
        builder.fill(rect, 0.0, self.theme.paper);
        groups.add(unnamed(layout.band_y, Pin::Corner), Some(builder));
    }
}

/// Place of a group at the left edge that is always drawn.
fn unnamed(y: f64, pin: Pin) -> GroupPlace {
    GroupPlace {
        key: GroupKey::Unnamed,
        previous: None,
        origin: Origin { x: 0.0, y },
        pin,
    }
}
