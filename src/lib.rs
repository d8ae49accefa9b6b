//! Touchline: a native desktop designer for customer journey maps.

pub mod edit;
pub mod format;
pub mod geom;
pub mod graph;
pub mod insight;
pub mod layout;
pub mod model;
pub mod scene;
/// Only what does not wait for text yet.
pub mod session {
    pub mod disk;
}
pub mod text;
pub mod theme;
