//! The display list with its hit test and text dump. Canvas and exporters draw nothing else.
//!
//! Must not know: egui, files, disk.

pub(crate) mod build;
mod dump;
mod highlight;
mod hit;
mod item;

pub use crate::model::{Head, Media};
pub use crate::theme::Icon;
pub use build::{build, build_findings, build_flow, build_ownership, department_colour, rebuild};
pub use highlight::{Chosen, Lit};
pub use item::{
    Body, DIMMED, Dash, Group, Item, Marks, Pin, Scene, Shape, Stroke, Subject, Tag, TextLine,
    ZoomRange,
};
