//! Touchline: a native desktop designer for customer journey maps.
//!
//! A map ([`model`]) is a plain document that people own as a text file
//! ([`mod@format`]). An intent is planned into a change set ([`edit`]), and applying
//! one is the only way a map changes; [`capture`] makes intents of lines of text, and
//! [`clipboard`] of copied text. The map as a graph ([`graph`]) and the findings of
//! the rules ([`insight`]) are derived, and so are the routes of presentations
//! ([`presentation`]). [`layout`] positions everything, with text measured by
//! [`mod@text`]; [`scene`] turns that into one display list in the colours of a
//! [`theme`], and the window and the exporters ([`mod@export`]) draw nothing but that
//! list. Images from outside come in through [`mod@image`].
//!
//! [`storage`] reads and writes files, [`settings`] remembers the user's choices,
//! [`render`] draws a map in a view, [`search`] finds texts in it, and [`saved_view`] draws
//! what both have under a name. A [`session`]
//! is the editor without a window; [`cli`] and `app` are two ways to use it.
//!
//! Which folder may import which is a table in ARCHITECTURE.md, held by
//! `tests/architecture.rs`.

#[cfg(feature = "gui")]
pub mod app;
pub mod capture;
pub mod cli;
pub mod clipboard;
pub mod compare;
pub mod edit;
pub mod english;
pub mod export;
pub mod folding;
pub mod format;
pub mod geom;
pub mod git;
pub mod graph;
pub mod image;
pub mod import;
pub mod insight;
pub mod layout;
pub mod model;
pub mod presentation;
pub mod render;
pub mod room;
pub mod saved_view;
pub mod scene;
pub mod search;
pub mod session;
pub mod settings;
pub mod storage;
pub mod task;
pub mod text;
pub mod theme;
