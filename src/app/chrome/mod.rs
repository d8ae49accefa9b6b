//! The parts of the window around the canvas: toolbar, tabs, panels at the sides, status line.
//!
//! Must not know: how actions are carried out, files, drawing.

mod canvas_area;
pub(crate) mod document_tabs;
pub(crate) mod drop_target;
pub(crate) mod filter_bar;
mod find_bar;
pub(crate) mod focus_regions;
pub(crate) mod page;
pub(crate) mod presentation;
pub(crate) mod side_panels;
pub(crate) mod status_bar;
pub(crate) mod toolbar;
mod view_tabs;
