//! The window: the only home of egui.

pub mod canvas;
