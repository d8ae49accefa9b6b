//! The display list: tags, hit test and text dump. Canvas and exporters draw
//! nothing but what stands here.
//!
//! Must not know: egui, files, disk.

mod dump;
mod hit;
mod icon;
mod icon_words;
mod item;

pub use icon::Icon;
pub use item::{
    Body, DIMMED, Dash, Group, Item, Marks, Pin, Scene, Shape, Stroke, Subject, Tag, TextLine,
    ZoomRange,
};
