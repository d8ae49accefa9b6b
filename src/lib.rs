//! Touchline: a native desktop designer for customer journey maps.

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod edit;
pub mod export;
pub mod format;
pub mod geom;
pub mod graph;
pub mod insight;
pub mod layout;
pub mod model;
pub mod scene;
pub mod session;
pub mod text;
pub mod theme;
