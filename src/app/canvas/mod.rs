//! The map canvas: camera, painter, widget and minimap.
//!
//! Draws a [`Scene`](crate::scene::Scene) and reports pointer input on it.
//!
//! Must not know: the meaning of the map, files, commands, panels.

mod aim;
mod atlas;
mod camera;
mod frame;
mod glide;
mod index;
mod minimap;
mod names;
mod overlay;
mod painter;
mod pictures;
mod prepared;
mod raster;
mod strip;
mod stroke;
#[cfg(test)]
mod tests;
mod vector;
mod view;

pub use aim::{Words, edge_speed};
pub use camera::{Area, Camera, Limits};
pub use glide::Glide;
pub use index::locate;
pub use minimap::{Minimap, MinimapColors};
pub use overlay::OverlayKind;
pub use painter::{Painted, ScenePainter};
pub use view::{CanvasOptions, CanvasResponse, CanvasView, Click, Drag, DragPhase};
