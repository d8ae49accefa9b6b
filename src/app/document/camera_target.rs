//! Camera targets.
//!
//! Must not know: egui's widgets, how anything is drawn.

use crate::app::canvas::{Area, Camera};
use crate::model::{ObjectRef, SavedView};
use crate::render::RenderedMap;
use crate::scene::Scene;
use egui::{Pos2, Rect, vec2};
use std::sync::Arc;

/// The scene on the canvas, with the layout of the journey if it is shown.
#[derive(Clone, Copy)]
pub struct DrawnView<'a> {
    /// Drawn scene.
    pub scene: &'a Arc<Scene>,
    /// The journey, if that is the drawn view.
    pub journey: Option<&'a RenderedMap>,
}

/// Target of a camera movement.
#[derive(Clone, Debug, PartialEq)]
pub enum CameraTarget {
    /// Start of the map at a readable zoom.
    Start,
    /// The whole map.
    WholeMap,
    /// An object, enlarged.
    Fit(ObjectRef),
    /// The part in sight of a saved view.
    Sight(Box<SavedView>),
    /// An object, with the smallest movement that shows it.
    Reveal(ObjectRef),
    /// A zoom level, around the centre of the view.
    Zoom(f32),
    /// A movement by view widths to the right and view heights down.
    Pan(f32, f32),
    /// A number of zoom steps.
    ZoomSteps(i32),
    /// The point returned by `Document::top_left`, in the top left corner again.
    TopLeft(Camera),
    /// The first target, then an object with the smallest movement that shows it.
    Then(Box<CameraTarget>, ObjectRef),
}

impl CameraTarget {
    /// The same target, with an object in view if there is one.
    pub fn then_reveal(self, tag: Option<ObjectRef>) -> CameraTarget {
        match tag {
            Some(tag) => CameraTarget::Then(Box::new(self), tag),
            None => self,
        }
    }

    /// The object that is to be seen.
    pub fn object(&self) -> Option<&ObjectRef> {
        match self {
            CameraTarget::Fit(object)
            | CameraTarget::Reveal(object)
            | CameraTarget::Then(_, object) => Some(object),
            _ => None,
        }
    }

    /// Whether this is the initial target of a view.
    pub(super) fn is_start(&self) -> bool {
        match self {
            CameraTarget::Then(first, _) => first.is_start(),
            other => *other == CameraTarget::Start,
        }
    }
}

impl Camera {
    /// Position of a point of the map in a view, in points.
    pub fn point_to_screen(&self, (x, y): (f64, f64), view: Rect) -> Pos2 {
        let zoom = f64::from(self.zoom);
        let (x, y) = ((x - self.x) * zoom, (y - self.y) * zoom);
        view.center() + vec2(x as f32, y as f32)
    }

    /// Point of the map at a position in a view.
    pub fn point_on_map(&self, at: Pos2, view: Rect) -> (f64, f64) {
        let away = (at - view.center()) / self.zoom;
        (self.x + f64::from(away.x), self.y + f64::from(away.y))
    }

    /// Rectangle of an area of the map in a view, in points.
    pub fn to_screen(&self, area: &Area, view: Rect) -> Rect {
        let at = |x, y| self.point_to_screen((x, y), view);
        Rect::from_two_pos(at(area.left, area.top), at(area.right, area.bottom))
    }
}
