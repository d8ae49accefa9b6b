//! Legends of all views.
//!
//! Must not know: which entries a legend has.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::geom::{Path, Rect, pt};
use crate::layout::{Header, LegendEntry, LegendSample, Tint};
use crate::model::{Basis, PathKind, Score};
use crate::scene::item::{Stroke, ZoomRange};
use crate::theme::{ColorRole, Icon};

impl SceneBuilder<'_> {
    /// Adds the legends of a header: the usual one, and the one for overview zoom.
    pub(super) fn legends(&self, header: &Header, builder: &mut GroupBuilder) {
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        self.legend(&header.legend, builder);
        builder.zoom(ZoomRange::below(self.sizes.overview_zoom));
        self.legend(&header.far, builder);
        builder.zoom(ZoomRange::ALL);
    }

    pub(super) fn legend(&self, entries: &[LegendEntry], builder: &mut GroupBuilder) {
        for entry in entries {
            self.legend_sample(&entry.sample, entry.rect, builder);
            self.texts(&entry.runs, builder);
        }
    }

    fn legend_sample(&self, sample: &LegendSample, rect: Rect, builder: &mut GroupBuilder) {
        let (theme, middle) = (self.theme, rect.center().y);
        match *sample {
            LegendSample::None => {}
            LegendSample::Tint(tint, icon) => {
                let wide = if icon.is_some() { 32.0 } else { 12.0 };
                let scale = rect.width() / wide;
                let side = 12.0 * scale;
                let swatch = Rect::new(rect.min.x, middle - side / 2.0, side, side);
                match self.tint_color(tint) {
                    Some(color) => builder.fill(swatch, side / 4.0, color),
                    None => self.hatch(swatch, builder),
                }
                if let Some(icon) = icon {
                    let (x, side) = (rect.min.x + 16.0 * scale, 15.0 * scale);
                    let sign = Rect::new(x, middle - side / 2.0, side, side);
                    self.tint_icon(tint, icon, sign, builder);
                }
            }
            LegendSample::Line(PathKind::Return) => {
                let (left, right) = (rect.min.x, rect.max.x);
                let line = Path::start(pt(right - 2.0, middle + 6.0)).cubic(
                    pt(right - 2.0, middle - 9.0),
                    pt(left + 5.0, middle - 9.0),
                    pt(left + 5.0, middle),
                );
                let head = Path::polygon(&[
                    pt(left + 5.0, middle + 7.0),
                    pt(left + 0.5, middle - 1.0),
                    pt(left + 9.5, middle - 1.0),
                ]);
                self.arrow(PathKind::Return, 2.0, (line, head), builder);
            }
            LegendSample::Line(kind) => {
                let right = rect.max.x;
                let line = Path::start(pt(rect.min.x, middle)).line(pt(right - 7.0, middle));
                let head = Path::polygon(&[
                    pt(right, middle),
                    pt(right - 8.0, middle - 4.5),
                    pt(right - 8.0, middle + 4.5),
                ]);
                self.arrow(kind, 2.0, (line, head), builder);
            }
            LegendSample::Widths => {
                for (y, width) in [(middle - 4.5, 1.6), (middle + 3.0, 5.5)] {
                    let line = Path::start(pt(rect.min.x, y)).line(pt(rect.max.x, y));
                    builder.stroke(line, Stroke::solid(width, theme.path));
                }
            }
            LegendSample::Change(mark) => self.change_sign(mark, rect, builder),
            LegendSample::Icon(icon, role) => {
                builder.icon(icon, rect, self.role_color(role));
            }
            LegendSample::Face(score, icon) => self.face_icon((score, icon, rect), builder),
            LegendSample::StageOwner => {
                let scale = rect.height() / self.sizes.icon;
                let (top, height) = (middle - 6.0 * scale, 12.0 * scale);
                let sign = Rect::new(rect.min.x, top, rect.width(), height);
                let edge = Stroke::solid(1.0, theme.ink_soft);
                builder.path(chevron(&sign), Some(theme.band), Some(edge));
            }
            LegendSample::HandoffArc => {
                let scale = rect.height() / self.sizes.icon;
                let at = |x: f32, y: f32| pt(rect.min.x + x * scale, middle + y * scale);
                let corners = [at(0.0, -5.0), at(23.0, -5.0), at(23.0, 5.0), at(8.0, 5.0)];
                let line = Path::rounded(&corners, 6.0 * scale);
                builder.stroke(line, Stroke::solid(2.4 * scale, theme.ink_dimmed));
                let head = Path::polygon(&[at(0.0, 5.0), at(9.0, 0.5), at(9.0, 9.5)]);
                builder.path(head, Some(theme.ink_dimmed), None);
            }
            LegendSample::Handoff(mark) => self.handoff_mark(&mark, builder),
            LegendSample::Dominator(square) => self.dominator_mark(square, builder),
        }
    }

    /// The colour of the coloured property of the flow; `None` if it is unknown.
    pub(super) fn tint_color(&self, tint: Tint) -> Option<ColorRole> {
        let theme = self.theme;
        Some(match tint {
            Tint::Department(place) => ColorRole::department(place),
            Tint::Channel(place) => ColorRole::channel(place),
            Tint::Feeling(score) => ColorRole::feeling(score.tenths()),
            Tint::Evidence(basis) => match basis {
                Basis::Measured => theme.accent,
                Basis::Interviewed => theme.interviewed,
                Basis::Observed => theme.observed,
                Basis::Assumption => theme.assumption,
            },
            Tint::NoOwnerNeeded => theme.quiet,
            Tint::Unknown => return None,
        })
    }

    /// Adds the icon of the coloured property; faces have a disc as on the curve.
    pub(super) fn tint_icon(&self, tint: Tint, icon: Icon, rect: Rect, builder: &mut GroupBuilder) {
        let color = match (tint, self.tint_color(tint)) {
            (Tint::Feeling(_), Some(ground)) => {
                builder.disc(rect.center(), rect.width() + 2.0, Some(ground), None);
                ground.text_on()
            }
            _ => self.theme.ink_soft,
        };
        builder.icon(icon, rect, color);
    }

    /// Adds a face on a disc in the colour of its score.
    pub(super) fn face_icon(
        &self,
        (score, icon, rect): (Score, Icon, Rect),
        builder: &mut GroupBuilder,
    ) {
        let ground = ColorRole::face(score.tenths());
        builder.disc(rect.center(), rect.width() + 2.0, Some(ground), None);
        builder.icon(icon, rect, ground.text_on());
    }
}

/// A small chevron as on the stage band.
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
