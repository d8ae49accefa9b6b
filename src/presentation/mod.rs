//! Presentations: the stops at which a talk through a map rests, as data. The window, exports and
//! the command line share them.
//!
//! Must not know: windows, screens, drawing.

mod route;
mod stop;

#[cfg(test)]
mod proptests;

pub use route::{PresentationRoute, RouteKind, RouteSource};
pub use stop::Stop;
