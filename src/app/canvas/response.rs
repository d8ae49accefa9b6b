//! What the pointer did on the canvas.
//!
//! Must not know: the widget, the map behind the scene.

use super::painter::PaintedScene;
use crate::scene::ObjectId;
use egui::{Modifiers, Pos2, Response};

/// A click on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Click {
    /// Clicked subject; `None` on the background.
    pub tag: Option<ObjectId>,
    /// Position on screen, in points.
    pub at: Pos2,
    /// Position on the map, in map units.
    pub on_map: (f64, f64),
    /// Whether this is the second click of a double click.
    pub double: bool,
    /// Whether the secondary button was used.
    pub secondary: bool,
    /// Modifier keys held during the click.
    pub modifiers: Modifiers,
    /// Whether assistive technology sent the click; the subject may be out of view.
    pub from_accessibility: bool,
}

/// Phase of a drag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DragPhase {
    /// The drag began in this frame.
    Started,
    /// The drag continues.
    Moving,
    /// The button was released in this frame.
    Dropped,
}

/// A drag on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// Subject at the press position; `None` on the background.
    pub tag: Option<ObjectId>,
    /// Press position on the map, in map units.
    pub from: (f64, f64),
    /// Modifier keys held at the press.
    pub modifiers: Modifiers,
    /// Pointer position on screen, in points.
    pub at: Pos2,
    /// Pointer position on the map, in map units.
    pub on_map: (f64, f64),
    /// Subject at the pointer.
    pub over: Option<ObjectId>,
    /// Phase of the drag.
    pub phase: DragPhase,
}

/// Input on the canvas in this frame.
#[derive(Debug)]
pub struct CanvasResponse {
    /// egui's response of the whole canvas.
    pub response: Response,
    /// Subject at the pointer.
    pub hovered: Option<ObjectId>,
    /// Click in this frame.
    pub click: Option<Click>,
    /// Subject that assistive technology focused.
    pub accessibility_focus: Option<ObjectId>,
    /// Drag that does not pan the map.
    pub drag: Option<Drag>,
    /// Width and height of the canvas covered by pinned groups at the left and the top,
    /// in points.
    pub covered: (f32, f32),
    /// Result of painting.
    pub painted: PaintedScene,
}
