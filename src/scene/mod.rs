//! The display list with its hit test. Canvas and exporters draw nothing else.
//!
//! Must not know: egui, files, disk.

pub(crate) mod build;
mod display_list;
mod excerpt;
mod geometry;
mod highlight;
mod item;
mod packed_path;
mod path_cut;
mod pieces;
#[cfg(test)]
mod proptests;
mod row_breaks;
mod rows;
mod sight;
mod stack;
mod tone;
mod trim;
mod wrap;

pub use crate::model::{ImageHeader, Media};
pub use crate::theme::Icon;
pub use build::{
    build, build_findings, build_flow, build_large_card, build_ownership, build_scores,
    department_color, mark_changes, rebuild, role_colors,
};
pub use display_list::Scene;
pub use highlight::{Highlight, SelectionSet};
pub use item::{
    ALONG_INSET, Dash, Group, GroupContent, GroupKey, ImageSource, Marks, NumberItem, ObjectId,
    PartKind, Pin, SceneItem, SceneObject, ScenePart, Shape, Stroke, TextLine, ZoomRange,
};
pub use packed_path::PackedPath;
pub use pieces::PieceCache;
pub use row_breaks::MAX_EMPTY;
pub use rows::Rows;
pub use stack::StackedJourney;
pub use tone::Tone;
