//! The canvas of large cards, with the card drawn last.
//!
//! Must not know: documents, how cards are drawn.

use crate::app::canvas::{Camera, CameraAnimation, CanvasView};
use crate::app::document::Appearance;
use crate::model::TouchpointId;
use crate::room::Room;
use crate::scene::Scene;
use std::sync::Arc;

/// A canvas beside those of the views, with the card drawn last.
#[derive(Default)]
pub(super) struct CardView {
    pub canvas: CanvasView,
    pub camera: Camera,
    pub animation: Option<CameraAnimation>,
    pub drawn: Option<(CardKey, Arc<Scene>)>,
    /// Touchpoint and screen for which the camera is set.
    pub fitted: Option<(TouchpointId, (f32, f32))>,
}

/// All that the drawing of a card depends on.
#[derive(PartialEq)]
pub(super) struct CardKey {
    pub touchpoint: TouchpointId,
    pub document: u64,
    pub revision: u64,
    pub appearance: Appearance,
    pub room: Room,
    pub screen: (f32, f32),
}
