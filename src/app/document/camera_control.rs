//! The camera of a document: canvas size, pending targets, and the camera that shows
//! them.
//!
//! Must not know: egui's widgets, how anything is drawn.

use super::Document;
use super::camera_target::{CameraTarget, DrawnView};
use super::change_note::ChangeNote;
use crate::app::canvas::{Area, Camera, CameraAnimation};
use crate::model::ObjectRef;

/// Margin around an area that is fitted into the view, in points.
const MARGIN: f32 = 24.0;
/// Minimum zoom at which a whole map is readable.
const READABLE_ZOOM: f32 = 0.6;

impl Document {
    /// Keeps the visible top left corner in place when the canvas changes its size, for
    /// example when a panel opens. Returns whether the size changed.
    pub fn on_canvas_resized(&mut self, view: (f32, f32)) -> bool {
        let former = self.canvas_size.replace(view);
        let Some(former) = former.filter(|former| *former != view) else {
            return false;
        };
        let (dx, dy) = ((view.0 - former.0) / 2.0, (view.1 - former.1) / 2.0);
        self.camera.pan(-dx, -dy);
        if let Some(glide) = &mut self.camera_animation {
            glide.to.pan(-dx, -dy);
        }
        true
    }

    /// Top left corner of the view, as a camera; [`CameraTarget::TopLeft`] restores it in a
    /// view of another size.
    pub fn top_left(&self) -> Camera {
        let (width, height) = self.canvas_size.unwrap_or_default();
        let mut corner = self.camera;
        corner.pan(width / 2.0, height / 2.0);
        corner
    }

    /// Visible rectangle of the selection in a view, in points.
    pub fn selection_rect(&self, drawn: &DrawnView<'_>, view: egui::Rect) -> Option<egui::Rect> {
        let area = self.area_of(drawn, &self.primary_object()?)?;
        let rect = self.camera.to_screen(&area, view).intersect(view);
        rect.is_positive().then_some(rect)
    }

    /// Starts the pending camera movement once the canvas size is known.
    pub fn apply_camera_target(&mut self, drawn: &DrawnView<'_>, still: bool) {
        let (Some(view), Some(wanted)) = (self.canvas_size, self.camera_target.clone()) else {
            return;
        };
        self.camera_target = None;
        let jump = wanted.is_start() || still;
        // A running animation counts as finished, so that repeated keys add up.
        let now = self
            .camera_animation
            .as_ref()
            .map_or(self.camera, |glide| glide.to);
        let Some(target) = self.resolve_target(&wanted, now, drawn, view) else {
            return;
        };
        let scene = drawn.scene;
        let target = target.within((scene.width, scene.height), view);
        if target == now
            && let Some(why) = resting_text(&wanted)
        {
            let object = self.primary_object().unwrap_or(ObjectRef::Map);
            self.note = Some(ChangeNote::new(why.to_owned(), object));
        }
        if jump {
            self.camera = target;
            self.camera_animation = None;
        } else if target != self.camera {
            self.camera_animation = Some(CameraAnimation::new(self.camera, target, false));
        }
    }

    /// Area of an object on the map.
    fn area_of(&self, drawn: &DrawnView<'_>, tag: &ObjectRef) -> Option<Area> {
        if drawn.journey.is_none() {
            return drawn.scene.area_of(tag, None);
        }
        let map = self.session.map();
        let stage = match tag {
            ObjectRef::Stage(id) => Some(id),
            tag => tag.touchpoint().and_then(|id| map.stage_of(id)),
        };
        let stage = stage.and_then(|id| map.stages().position(id));
        drawn.scene.area_of(tag, stage)
    }

    fn resolve_target(
        &self,
        wanted: &CameraTarget,
        now: Camera,
        drawn: &DrawnView<'_>,
        view: (f32, f32),
    ) -> Option<Camera> {
        let scene = drawn.scene;
        let whole = Area::new(0.0, 0.0, scene.width, scene.height);
        Some(match wanted {
            CameraTarget::WholeMap => Camera::fitting(&whole, view, MARGIN),
            CameraTarget::Start => {
                let fitting = Camera::fitting(&whole, view, MARGIN);
                if fitting.zoom >= READABLE_ZOOM {
                    fitting
                } else {
                    let zoom = 0.75_f32;
                    let (w, h) = (view.0 / zoom, view.1 / zoom);
                    Camera {
                        x: f64::from(w) / 2.0,
                        y: (f64::from(h) / 2.0).min(scene.height / 2.0),
                        zoom: Camera { zoom, ..now }.stepped(0),
                    }
                }
            }
            CameraTarget::Fit(tag @ ObjectRef::Stage(_)) => {
                stage_camera(&self.area_of(drawn, tag)?, view, self.covered.0 / now.zoom)
            }
            CameraTarget::Fit(tag) => {
                let area = self.area_of(drawn, tag)?;
                let mut target = Camera::fitting(&area, view, 3.0 * MARGIN);
                if target.zoom > 1.5 {
                    target.zoom = 1.5;
                    target.zoom = target.stepped(0);
                }
                target
            }
            CameraTarget::Sight(saved) => self.sight_camera(saved, drawn, view, MARGIN),
            CameraTarget::Reveal(tag) => {
                // The cell may be empty, its lane hidden or the path not drawn in this
                // view; then the card is shown.
                let card = || {
                    let id = tag.touchpoint()?.clone();
                    self.area_of(drawn, &ObjectRef::Touchpoint(id))
                };
                let room = || match tag {
                    ObjectRef::Cell(id, lane) => {
                        let layout = &drawn.journey?.layout;
                        layout.cell_area(self.session.map(), lane, id)
                    }
                    _ => None,
                };
                let area = self.area_of(drawn, tag).or_else(room).or_else(card)?;
                // Objects above the stages are not covered by pinned parts.
                let covered = match tag {
                    ObjectRef::Map | ObjectRef::Persona(_) => (0.0, 0.0),
                    _ => self.covered,
                };
                now.revealing(&area, view, covered, MARGIN)
            }
            CameraTarget::Zoom(zoom) => Camera { zoom: *zoom, ..now },
            CameraTarget::Pan(right, down) => {
                let mut target = now;
                target.pan(-right * view.0, -down * view.1);
                target
            }
            CameraTarget::ZoomSteps(steps) => Camera {
                zoom: now.stepped(*steps),
                ..now
            },
            CameraTarget::TopLeft(corner) => {
                let mut target = *corner;
                target.pan(-view.0 / 2.0, -view.1 / 2.0);
                target
            }
            CameraTarget::Then(first, tag) => {
                let first = self.resolve_target(first, now, drawn, view)?;
                let first = first.within((scene.width, scene.height), view);
                // Keeps the first target if the object is not drawn in this view.
                let near = CameraTarget::Reveal(tag.clone());
                self.resolve_target(&near, first, drawn, view)
                    .unwrap_or(first)
            }
        })
    }
}

/// Returns why a key that moves the camera has not.
fn resting_text(wanted: &CameraTarget) -> Option<&'static str> {
    Some(match wanted {
        CameraTarget::ZoomSteps(1..) => "This is the largest zoom",
        CameraTarget::ZoomSteps(_) => "This is the smallest zoom",
        CameraTarget::Zoom(_) => "The zoom is 100 % already",
        CameraTarget::WholeMap => "The whole map is shown already",
        CameraTarget::Fit(_) => "The zoom fits the selection already",
        CameraTarget::Pan(..) => "This is the edge of the map",
        _ => return None,
    })
}

/// Camera that shows a stage over the width of the view, from its name down; `titles`
/// is the width of the lane titles in map units.
fn stage_camera(stage: &Area, view: (f32, f32), titles: f32) -> Camera {
    let width = stage.width() + f64::from(titles);
    let zoom = f64::from(view.0 - 2.0 * MARGIN) / width.max(1.0);
    // Below this zoom text is unreadable in a room; above it little fits.
    let zoom = zoom.clamp(0.6, 1.4) as f32;
    let camera = Camera {
        zoom,
        ..Camera::default()
    };
    let zoom = f64::from(camera.stepped(0));
    let margin = f64::from(MARGIN) / zoom;
    let (w, h) = (f64::from(view.0) / zoom, f64::from(view.1) / zoom);
    Camera {
        // A stage wider than the view is shown from its start.
        x: if width + 2.0 * margin <= w {
            (stage.left - f64::from(titles) + stage.right) / 2.0
        } else {
            stage.left - f64::from(titles) - margin + w / 2.0
        },
        y: stage.top - margin + h / 2.0,
        zoom: zoom as f32,
    }
}
