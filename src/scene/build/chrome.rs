//! The chrome of the scene: header, stage band, lane backgrounds and titles.
//!
//! Must not know: the content of lanes.

use super::SceneBuilder;
use super::groups::{GroupBuilder, GroupList};
use crate::geom::{Path, Rect, Segment, pt};
use crate::layout::{
    Header, LaneBand, LaneLegend, Layout, PersonaBox, StageBand, TextRun, VISIBILITY,
};
use crate::model::{self, ImageHeader, LaneKind, ObjectRef, Record};
use crate::scene::item::{GroupKey, Marks, Pin, Stroke, ZoomRange};
use crate::theme::{ColorRole, Icon, size};
use std::sync::Arc;

/// Length of the tip of a stage's chevron.
const CHEVRON_TIP: f32 = 14.0;

/// Pin of texts on the band that move along their stage.
pub(super) fn along<'r>(
    band: &StageBand,
    runs: impl IntoIterator<Item = &'r TextRun>,
    is_on_top: bool,
) -> Pin {
    let right = runs.into_iter().map(|run| run.at.x + run.width);
    let free = band.width - 2.0 - CHEVRON_TIP - right.fold(0.0, f32::max);
    Pin::Along {
        most: free.max(0.0) as u32,
        is_on_top,
    }
}

impl SceneBuilder<'_> {
    pub(super) fn journey_header(&self, header: &Header, groups: &mut GroupList) {
        let mut builder = GroupBuilder::default();
        self.heading(&header.runs, &mut builder);
        let personas = self.map.personas().iter().zip(&header.personas);
        for (index, (persona, PersonaBox { rect, runs, scale })) in personas.enumerate() {
            let tag = ObjectRef::Persona(persona.id.clone());
            // The texts describe themselves.
            builder.subject(tag, "", "", Marks::CHROME, *rect);
            let color = ColorRole::persona(index);
            let edge = Stroke::solid(1.0, self.theme.card_edge);
            builder.rect(*rect, size::RADIUS, Some(self.theme.card), Some(edge));
            let center = rect.min + pt(33.0, 36.0) * *scale;
            match self.portrait(persona) {
                Some((bytes, head)) => {
                    builder.disc(center, 46.0 * scale, Some(color), None);
                    builder.image(
                        bytes,
                        head,
                        Rect::centered_square(center, 44.0 * scale),
                        true,
                    );
                    let ring = Stroke::solid(2.5 * scale, color);
                    builder.disc(center, 45.0 * scale, None, Some(ring));
                }
                None => {
                    builder.disc(center, 40.0 * scale, Some(color), None);
                    let face = Rect::centered_square(center, 32.0 * scale);
                    builder.icon(Icon::FaceGood, face, color.text_on());
                }
            }
            self.texts(runs, &mut builder);
        }
        if !header.legend.is_empty() {
            builder.chrome();
        }
        self.legend(&header.legend, &mut builder);
        let key = GroupKey::Header;
        groups.add(key, Some(key), (0.0, 0.0), Pin::None, Some(builder));
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
                builder.subject(ObjectRef::Map, "", "", Marks::CHROME, area);
            } else {
                builder.chrome();
            }
            self.texts(runs, builder);
        }
    }

    /// The portrait of a persona, if it can be drawn.
    fn portrait(&self, persona: &model::Persona) -> Option<(Arc<[u8]>, ImageHeader)> {
        let image = self.map.images().get(persona.picture.as_ref()?)?;
        image.bytes().cloned().zip(image.header())
    }

    /// The background of a stage band of this size, which covers what scrolls under it.
    pub(super) fn band_ground(&self, width: f32, height: f32) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        // Room for the outline of a stage; what is above stays empty while the band is pinned.
        let ground = Rect::new(0.0, -2.0, width, height + 8.0);
        builder.fill(ground, 0.0, self.theme.paper);
        builder
    }

    pub(super) fn band(&self, layout: &Layout, groups: &mut GroupList) {
        let (y, height) = (layout.band_y, layout.band_height);
        let ground = self.band_ground(layout.width as f32, height);
        groups.add(GroupKey::Unnamed, None, (0.0, y), Pin::Top, Some(ground));
        for (k, (stage, record)) in layout.stages.iter().zip(self.map.stages()).enumerate() {
            let mut add = |key: fn(usize) -> GroupKey, pin, drawn| {
                let previous = stage.previous_index.map(key);
                groups.add(key(k), previous, (stage.x, y), pin, drawn);
            };
            let (changed, band) = (stage.band_changed, &stage.band);
            let drawn = changed.then(|| self.chevron(record, band, height));
            add(GroupKey::Stage, Pin::Top, drawn);
            let drawn = changed.then(|| self.stage_texts(record, band));
            add(GroupKey::StageTexts, along(band, &band.runs, true), drawn);
            let drawn = changed.then(|| self.stage_overview(record, band));
            add(
                GroupKey::StageOverview,
                along(band, band.overview_runs(), true),
                drawn,
            );
        }
    }

    /// A stage on a band of this height, without its texts.
    pub(super) fn chevron(
        &self,
        record: &model::Stage,
        band: &StageBand,
        height: f32,
    ) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        let (left, right) = (2.0, band.width - 2.0);
        let area = Rect::new(left, 0.0, right - left, height);
        let departments = self.map.departments();
        let owner = record.owner.as_ref();
        let position = owner.and_then(|id| departments.position(id));
        let owned = match (owner, position) {
            (None, _) => "no owner".to_owned(),
            (_, None) => "owned by unknown".to_owned(),
            (_, Some(at)) => format!("owned by {}", departments.as_slice()[at].name()),
        };
        let description = format!("Stage, {owned}. {}", record.goal);
        let (tag, marks) = (ObjectRef::Stage(record.id.clone()), Marks::of_stage(record));
        builder.subject(tag, record.name(), description, marks, area);
        let shape = Path::polygon(&[
            pt(left, 0.0),
            pt(right - CHEVRON_TIP, 0.0),
            pt(right, height / 2.0),
            pt(right - CHEVRON_TIP, height),
            pt(left, height),
            pt(left + CHEVRON_TIP, height / 2.0),
        ]);
        let edge = owner.is_none().then_some(self.unowned_edge(1.6));
        builder.path(shape, Some(self.theme.band), edge);
        builder
    }

    /// The texts of a stage on the band, and the colour of its owner.
    pub(super) fn stage_texts(&self, record: &model::Stage, band: &StageBand) -> GroupBuilder {
        let mut builder = self.stage_part(record);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        let owner = record.owner.as_ref();
        match owner.and_then(|id| self.map.departments().position(id)) {
            Some(index) => builder.fill(band.owner_mark, 3.0, ColorRole::department(index)),
            None => self.hatch(band.owner_mark, &mut builder),
        }
        self.texts(&band.runs, &mut builder);
        builder
    }

    /// The name of a stage on the band at overview zoom.
    pub(super) fn stage_overview(&self, record: &model::Stage, band: &StageBand) -> GroupBuilder {
        let mut builder = self.stage_part(record);
        for name in &band.far {
            builder.zoom(ZoomRange::between(name.from, name.below));
            self.texts(&name.runs, &mut builder);
        }
        builder
    }

    /// A group of the items of a stage; the area of the stage is that of its chevron.
    fn stage_part(&self, record: &model::Stage) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        let (tag, marks) = (ObjectRef::Stage(record.id.clone()), Marks::of_stage(record));
        builder.subject(tag, "", "", marks, Rect::EMPTY);
        builder
    }

    /// Adds diagonal hatching, the fill of elements without an owner.
    pub(super) fn hatch(&self, rect: Rect, builder: &mut GroupBuilder) {
        self.hatch_in(self.theme.unowned, rect, builder);
    }

    /// Adds diagonal hatching in a color.
    fn hatch_in(&self, color: ColorRole, rect: Rect, builder: &mut GroupBuilder) {
        let line = Stroke::solid(1.3, color);
        let mut path = Path::default();
        let step = 5.0;
        let mut at = rect.min.x - rect.height() + step / 2.0;
        while at < rect.max.x {
            // A line from the bottom edge to the upper right, clipped to the rectangle.
            let (x0, x1) = (at.max(rect.min.x), (at + rect.height()).min(rect.max.x));
            if x1 > x0 {
                let (y0, y1) = (rect.max.y - (x0 - at), rect.max.y - (x1 - at));
                let line = [Segment::Move(pt(x0, y0)), Segment::Line(pt(x1, y1))];
                path.0.extend(line);
            }
            at += step;
        }
        builder.path(path, None, Some(line));
        let edge = Stroke::solid(1.0, color);
        builder.rect(rect, 1.0, None, Some(edge));
    }

    /// Adds the stripe at the left edge of a card in the colour of its owner; without one it is
    /// hatched, with these gaps to the left, right, and both ends of the stripe.
    pub(super) fn stripe(
        &self,
        stripe: Rect,
        color: Option<ColorRole>,
        (left, right, ends): (f32, f32, f32),
        builder: &mut GroupBuilder,
    ) {
        if let Some(color) = color {
            let radius = size::STRIPE.min(size::RADIUS);
            let path = super::cards::stripe_path(stripe, radius);
            builder.path(path, Some(color), None);
            return;
        }
        let inner = Rect {
            min: pt(stripe.min.x + left, stripe.min.y + ends),
            max: pt(stripe.max.x + right, stripe.max.y - ends),
        };
        self.hatch(inner, builder);
    }

    /// Adds the stripe of a card without an owner in a stage that has none either.
    pub(super) fn quiet_stripe(&self, stripe: Rect, builder: &mut GroupBuilder) {
        let inner = Rect {
            min: pt(stripe.min.x + 1.5, stripe.min.y + 6.0),
            max: pt(stripe.max.x + 1.5, stripe.max.y - 6.0),
        };
        self.hatch_in(self.theme.ink_soft, inner, builder);
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
        let line = |left: f32, y: f32| Path::start(pt(left, y)).line(pt(right, y));
        let hairline = Stroke::solid(1.0, self.theme.line);
        if lane.kind == LaneKind::Backstage {
            let ground = Rect::new(0.0, VISIBILITY / 2.0, right, lane.height - VISIBILITY / 2.0);
            builder.fill(ground, 0.0, self.theme.paper_shade);
            let dash = Stroke::dashed(1.6, self.theme.ink_soft);
            builder.stroke(line(0.0, VISIBILITY / 2.0), dash);
        } else {
            builder.stroke(line(0.0, 0.0), hairline);
        }
        if let LaneLegend::Scale(scale) = &lane.legend {
            let (left, points) = (self.sizes.title_column, self.sizes.two_points);
            builder.stroke(line(left, scale.neutral), hairline);
            let dash = Stroke::dashed(0.8, self.theme.line);
            builder.zoom(ZoomRange::from(0.3));
            builder.stroke(line(left, scale.neutral - points), dash);
            builder.stroke(line(left, scale.neutral + points), dash);
            builder.zoom(ZoomRange::ALL);
        }
        let key = GroupKey::LaneBackground;
        let (former, place) = (lane.previous_index.map(key), (0.0, lane.y));
        groups.add(key(number), former, place, Pin::None, Some(builder));
    }

    pub(super) fn lane_title(&self, (number, lane): (usize, &LaneBand), groups: &mut GroupList) {
        let mut builder = GroupBuilder::default();
        let area = Rect::new(0.0, 0.0, self.sizes.title_column + 6.0, lane.height);
        let title: Vec<&str> = lane.title.iter().map(|r| &*r.text).collect();
        let tag = ObjectRef::Lane(lane.id.clone());
        builder.subject(tag, &title.join(" "), "Lane", Marks::CHROME, area);
        let backstage = lane.kind == LaneKind::Backstage;
        let (ground, top) = if backstage {
            (self.theme.paper_shade, VISIBILITY / 2.0 + 1.0)
        } else {
            (self.theme.paper, 0.5)
        };
        let rect = Rect::new(0.0, top, area.width(), lane.height - top);
        builder.fill(rect, 0.0, ground);
        let texts = |runs: &[TextRun], builder: &mut GroupBuilder| {
            for run in runs {
                let mut run = run.clone();
                run.at.x += size::MARGIN * 0.5;
                builder.text(&run, self.role_color(run.role));
            }
        };
        builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
        texts(&lane.far_title, &mut builder);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        texts(&lane.title, &mut builder);
        match &lane.legend {
            LaneLegend::Scale(scale) => texts(&scale.runs, &mut builder),
            LaneLegend::Rows(titles) => {
                for title in titles {
                    let index = title.department.as_ref();
                    let index = index.and_then(|id| self.map.departments().position(id));
                    if let Some(index) = index {
                        let at = pt(size::MARGIN * 0.5 + 4.0, title.y);
                        builder.disc(at, 8.0, Some(ColorRole::department(index)), None);
                    }
                    texts(&title.runs, &mut builder);
                }
            }
            LaneLegend::None => {}
        }
        if backstage {
            let run = TextRun {
                at: pt(0.0, VISIBILITY / 2.0 - 4.0),
                text: "Line of visibility".into(),
                style: self.sizes.text(size::SMALL),
                width: 0.0,
                end: Default::default(),
                role: crate::layout::TextRole::Soft,
                text_field: None,
            };
            texts(&[run], &mut builder);
        }
        builder.zoom(ZoomRange::ALL);
        let key = GroupKey::LaneTitle;
        let (former, place) = (lane.previous_index.map(key), (0.0, lane.y));
        groups.add(key(number), former, place, Pin::Left, Some(builder));
    }
}
