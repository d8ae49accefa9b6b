//! The parts of the window around the canvas: toolbar, tabs, panels at the sides, status line.
//!
//! Must not know: how actions are carried out, files, drawing.

mod canvas_area;
mod document_tabs;
mod drop_target;
mod filter_bar;
mod find_bar;
mod flow_colors;
pub(crate) mod focus_regions;
mod handoff_toggle;
pub(crate) mod presentation;
pub(crate) mod side_panels;
mod status_bar;
pub(crate) mod toolbar;
mod view_tabs;
