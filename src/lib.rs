//! Touchline: a native desktop designer for customer journey maps.

#[cfg(feature = "gui")]
pub mod app;
pub mod edit;
pub mod geom;
pub mod model;
pub mod scene;
pub mod text;
pub mod theme;
