//! The map canvas: camera, painter, widget and minimap.
//!
//! Draws a [`Scene`](crate::scene::Scene) and reports pointer input on it.
//!
//! Must not know: the meaning of the map, files, commands, panels.

mod accessibility;
mod atlas;
mod camera;
mod group_cache;
mod item_painter;
mod minimap;
mod object_geometry;
mod overlay;
mod painter;
mod picking;
mod response;
mod spatial_index;
mod stroke_tessellator;
mod tessellator;
#[cfg(test)]
mod tests;
mod widget;

pub use crate::geom::Area;
pub use camera::{Camera, CameraAnimation};
pub(crate) use item_painter::MIN_LEGIBLE_EM;
pub use minimap::Minimap;
pub use object_geometry::TextGeometry;
pub use overlay::OverlayKind;
pub use painter::{PaintedScene, ScenePainter};
pub use picking::auto_scroll_speed;
pub use response::{CanvasResponse, Click, Drag, DragPhase};
pub use widget::{CanvasOptions, CanvasView};
