//! Touchline: a native desktop designer for customer journey maps.
//!
//! A map is a plain document ([`model`]) that people own as a text file
//! ([`mod@format`]). A wish becomes a change set ([`edit`]), and applying that is
//! the only way a map changes; [`capture`] makes wishes of lines of text, and
//! [`exchange`] of what was copied. What the map means as a graph ([`graph`]) and
//! what is wrong with it ([`insight`]) is derived. [`layout`] decides where
//! everything goes, with text measured by [`text`]; [`scene`] turns that into
//! one display list in the colours of a [`theme`], and the window and the
//! exporters ([`mod@export`]) draw nothing but that list. Pictures from elsewhere
//! come in through [`mod@image`]. A [`session`] holds it all
//! together without a window; [`cli`] and `app` are two ways to use it.
//!
//! Which folder may import which is a table in ARCHITECTURE.md, held by
//! `tests/architecture.rs`.

pub mod render;
pub mod search;
pub mod settings;
pub mod storage;

#[cfg(feature = "gui")]
pub mod app;
pub mod capture;
pub mod cli;
pub mod clipboard;
pub mod edit;
pub mod english;
pub mod export;
pub mod format;
pub mod geom;
pub mod graph;
pub mod image;
pub mod insight;
pub mod layout;
pub mod model;
pub mod scene;
pub mod session;
pub mod task;
pub mod text;
pub mod theme;
