//! The canvas of a touchpoint shown as one large card.
//!
//! Must not know: keys, overlays, how the card is laid out.

use super::card_view::CardKey;
use super::shown::Shown;
use super::state::Presentation;
use crate::app::canvas::{Area, Camera, CameraAnimation};
use crate::app::document::Document;
use crate::app::frame::FrameCx;
use crate::layout::{PAGE_HEIGHT, large_card};
use crate::scene::{Scene, build_large_card};
use std::sync::Arc;

/// Share of its size from which a card grows when it appears.
const START_SCALE: f32 = 0.92;

impl Presentation {
    /// Draws the card of the stop for a screen of this size; `None` if the stop shows no card.
    pub(crate) fn card_scene(
        &mut self,
        cx: &mut FrameCx<'_>,
        screen: (f32, f32),
    ) -> Option<Arc<Scene>> {
        let Shown::Card(id) = self.shown() else {
            self.card.fitted = None;
            return None;
        };
        let key = CardKey {
            touchpoint: id.clone(),
            document: cx.document.key,
            revision: cx.document.session.revision(),
            appearance: cx.appearance,
            room: cx.preferences.room,
            screen,
        };
        if let Some((known, scene)) = &self.card.drawn
            && *known == key
        {
            return Some(scene.clone());
        }
        let journey = cx.document.rendered_journey(cx.appearance, cx.typesetter);
        let map = cx.document.session.map();
        let number = journey
            .layout
            .step(map, &id)
            .map_or("", |step| &step.number);
        let ratio = screen.0 / screen.1.max(1.0);
        let page = (ratio, cx.preferences.room.smallest_capital() as f32);
        let card = large_card(map, &id, number, page, cx.typesetter)?;
        let scene = Arc::new(build_large_card(map, &card, cx.theme));
        self.card.drawn = Some((key, scene.clone()));
        Some(scene)
    }

    /// Exchanges the canvas of the document and that of cards; done before a card is shown and
    /// after it.
    pub(crate) fn swap_canvas(&mut self, document: &mut Document) {
        let card = &mut self.card;
        std::mem::swap(&mut card.canvas, &mut document.canvas);
        std::mem::swap(&mut card.camera, &mut document.camera);
        std::mem::swap(&mut card.animation, &mut document.camera_animation);
    }

    /// Fits a card that has just appeared to the screen; it grows a little unless motion is
    /// reduced.
    pub(crate) fn fit_card(
        &mut self,
        document: &mut Document,
        scene: &Scene,
        screen: (f32, f32),
        still: bool,
    ) {
        // The card has no other place.
        document.camera_target = None;
        let Shown::Card(id) = self.shown() else {
            return;
        };
        let now = (id, screen);
        if self.card.fitted.as_ref() == Some(&now) {
            return;
        }
        let page = Area::new(0.0, 0.0, scene.width, f64::from(PAGE_HEIGHT));
        let camera = Camera::fitting(&page, screen, 0.0);
        let resized = self
            .card
            .fitted
            .as_ref()
            .is_some_and(|(id, _)| *id == now.0);
        document.camera = camera;
        document.camera_animation = (!still && !resized).then(|| {
            let start = Camera {
                zoom: camera.zoom * START_SCALE,
                ..camera
            };
            CameraAnimation::new(start, camera, false)
        });
        self.card.fitted = Some(now);
    }
}
