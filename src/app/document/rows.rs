//! The journey in rows: their width, the camera when they change, and steps between them.
//!
//! Must not know: egui, how rows are drawn.

use super::Document;
use super::camera_target::{CameraTarget, DrawnView};
use super::navigation::Direction;
use crate::app::canvas::Camera;
use crate::layout::{EmptyLanes, RowOptions};
use crate::model::{ObjectRef, TouchpointId};
use crate::render::View;
use crate::scene::GroupKey;

/// Zoom at which a row is as wide as the canvas: everything on a card can be read.
const ROW_ZOOM: f32 = 0.75;

impl Document {
    /// Rows as wide as the canvas at a readable zoom; another zoom does not change them.
    pub(super) fn row_options(&self) -> Option<RowOptions> {
        let (width, _) = self.canvas_size?;
        Some(RowOptions {
            width: (width / ROW_ZOOM).max(1.0) as u32,
            empty: EmptyLanes::Folded,
        })
    }

    /// Keeps the place of the journey at the top left of the view when it is broken into other rows,
    /// because the canvas has another width, or rows were switched on or off.
    pub fn follow_rows(&mut self, drawn: &DrawnView<'_>, wanted: bool) {
        let (Some((width, height)), View::Journey) = (self.canvas_size, self.view) else {
            return;
        };
        let options = wanted.then(|| self.row_options()).flatten();
        let rows = drawn.scene.rows.clone();
        let shown = (options, rows.clone());
        let (former_options, former) = std::mem::replace(&mut self.shown_rows, shown);
        let starts = self
            .camera_target
            .as_ref()
            .is_some_and(CameraTarget::is_start);
        if former_options == options || starts {
            return;
        }
        self.camera_animation = None;
        let zoom = f64::from(self.camera.zoom);
        let corner = self.camera.area((width, height));
        let inset = |covered: f32| f64::from(covered + 8.0) / zoom;
        let (right, down) = (inset(self.covered.0), inset(self.covered.1));
        let at = (corner.left + right, corner.top + down);
        let on_strip = former.as_ref().map_or(at, |rows| rows.to_strip(at));
        let place = drawn.scene.from_strip(on_strip);
        let view = (width, height);
        match (&former, &rows) {
            (None, Some(rows)) => {
                self.camera = row_camera(drawn.scene.width, view, self.camera);
                let row = rows.row_at(place.1);
                if row > 0 {
                    let top = rows.span(row).map_or(0.0, |row| row.start);
                    self.camera.y += top - 8.0 / f64::from(self.camera.zoom);
                }
            }
            (Some(_), Some(_)) => {
                self.camera.x = row_camera(drawn.scene.width, view, self.camera).x;
                self.camera.y += place.1 - at.1;
            }
            (_, None) => {
                self.camera.x += place.0 - at.0;
                self.camera.y += place.1 - at.1;
            }
        }
        if self.camera_target.is_none() {
            self.camera_target = self.primary_object().map(CameraTarget::Reveal);
        }
    }

    /// The touchpoint in the row above or below another one, in the column nearest to its own.
    pub(super) fn row_neighbor(&self, id: &TouchpointId, way: Direction) -> Option<TouchpointId> {
        let picture = self.session.last_rendering()?;
        let rows = picture.drawn().rows.as_ref()?;
        let stage = self.session.map().location_of(id)?.0;
        let stage = self.session.map().stages().position(&stage);
        let card = ObjectRef::Touchpoint(id.clone());
        let area = picture.scene.area_of(&card, stage)?;
        let (x, columns) = rows.neighbor_column(area.center_x(), way == Direction::Next)?;
        let cards = picture.scene.places(|group| {
            matches!(group.key, GroupKey::LaneContent(..)) && group.origin.x < columns.end
        });
        let away = |(object, area): (&crate::scene::ObjectId, crate::geom::Area)| {
            let id = match object.object()? {
                ObjectRef::Touchpoint(id) => id.clone(),
                _ => return None,
            };
            let center = area.center_x();
            columns
                .contains(&center)
                .then(|| (id, (center - x).abs(), area.top))
        };
        let nearest = cards.filter_map(away).min_by(|a, b| {
            let nearer = a.1.total_cmp(&b.1);
            nearer.then(a.2.total_cmp(&b.2))
        });
        nearest.map(|(id, ..)| id)
    }
}

/// The camera that shows the rows over the whole width of the canvas, from the top.
pub(super) fn row_camera(row_width: f64, view: (f32, f32), now: Camera) -> Camera {
    let zoom = f64::from(view.0) / row_width.max(1.0);
    let zoom = Camera {
        zoom: zoom as f32,
        ..now
    }
    .stepped(0)
    .min(zoom as f32);
    Camera {
        x: f64::from(view.0 / zoom) / 2.0,
        y: f64::from(view.1 / zoom) / 2.0,
        zoom,
    }
}
