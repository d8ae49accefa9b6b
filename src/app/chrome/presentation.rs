//! Presentation mode (F5): only the map, full screen, in the projector theme. Left and
//! right step through the stages, up and down scroll, Escape returns to the former
//! view. Started from the findings view it begins at the subject of the selected
//! finding.
//!
//! Must not know: how the map is drawn.

use crate::app::app::App;
use crate::app::canvas::Camera;
use crate::app::document::Document;
use crate::app::document::camera_target::CameraTarget;
use crate::model::{Map, Record};
use crate::render::View;
use crate::scene::ObjectId;
use egui::{CentralPanel, Context, Key, Modifiers, Ui, ViewportCommand};

/// State of a presentation.
pub struct Presentation {
    /// Index of the visible stage; `None` for the whole map.
    pub stage: Option<usize>,
    /// Object at which the presentation began, until the stage changes.
    pub subject: Option<ObjectId>,
    previous_view: (View, Camera),
    was_fullscreen: bool,
}

impl Presentation {
    /// Starts at the whole map; `before` is restored at the end.
    pub fn new(before: (View, Camera), was_full: bool) -> Presentation {
        Presentation {
            stage: None,
            subject: None,
            previous_view: before,
            was_fullscreen: was_full,
        }
    }

    /// Starts at the selection, if it is on the map.
    #[must_use]
    pub fn at_selected(mut self, document: &Document) -> Presentation {
        let map = document.session.map();
        self.subject = document.primary_object();
        let stage = match &self.subject {
            Some(ObjectId::Stage(id)) => Some(id),
            Some(ObjectId::Path { from, .. }) => map.stage_of(from),
            Some(tag) => tag.touchpoint().and_then(|id| map.stage_of(id)),
            None => None,
        };
        self.stage = stage.and_then(|id| map.stages().position(id));
        self
    }

    /// Camera target, independent of the screen size.
    pub fn camera_target(&self, map: &Map) -> CameraTarget {
        let stage = self.stage.and_then(|at| map.stages().as_slice().get(at));
        stage.map_or(CameraTarget::WholeMap, |stage| {
            let large = CameraTarget::Fit(ObjectId::Stage(stage.id().clone()));
            large.then_reveal(self.subject.clone())
        })
    }
}

/// Index of the stage after a step to the left or right.
fn next_stage(stage: Option<usize>, count: usize, on: bool) -> Option<usize> {
    match (stage, on) {
        (None, true) => (count > 0).then_some(0),
        (None, false) => None,
        (Some(at), true) => Some((at + 1).min(count.saturating_sub(1))),
        (Some(at), false) => at.checked_sub(1),
    }
}

impl App {
    /// Shows only the map.
    pub(crate) fn show_presentation(&mut self, ui: &mut Ui) {
        CentralPanel::no_frame().show(ui, |ui| self.show_canvas(ui));
    }

    /// Handles the keys of the presentation.
    pub(crate) fn handle_presentation_keys(&mut self, ctx: &Context) {
        let pressed = |keys: &[Key]| {
            keys.iter()
                .any(|key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, *key)))
        };
        if pressed(&[Key::Escape, Key::F5]) {
            self.stop_presentation(ctx);
            return;
        }
        let on = pressed(&[Key::ArrowRight, Key::PageDown, Key::Space]);
        let back = pressed(&[Key::ArrowLeft, Key::PageUp]);
        let home = pressed(&[Key::Home]);
        let (down, up) = (pressed(&[Key::ArrowDown]), pressed(&[Key::ArrowUp]));
        if pressed(&[Key::F11]) {
            let full = ctx.input(|i| i.viewport().fullscreen).unwrap_or(false);
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
        }
        let (Some(present), Some(document)) = (
            &mut self.screen.presentation,
            self.workspace.documents.get_mut(self.workspace.active),
        ) else {
            return;
        };
        if down || up {
            document.camera_target = Some(CameraTarget::Pan(0.0, if down { 0.6 } else { -0.6 }));
            return;
        }
        let map = document.session.map();
        present.stage = if home {
            None
        } else if on || back {
            next_stage(present.stage, map.stages().len(), on)
        } else {
            return;
        };
        present.subject = None;
        document.camera_target = Some(present.camera_target(map));
    }

    fn stop_presentation(&mut self, ctx: &Context) {
        let Some(present) = self.screen.presentation.take() else {
            return;
        };
        if let Some(document) = self.document_mut() {
            let (view, corner) = present.previous_view;
            document.camera_target = Some(CameraTarget::TopLeft(corner));
            document.switch_view(view);
        }
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(present.was_fullscreen));
    }
}

#[cfg(test)]
mod tests {
    use super::next_stage;

    #[test]
    fn steps_go_from_the_whole_map_through_the_stages_and_back() {
        assert_eq!(next_stage(None, 3, true), Some(0));
        assert_eq!(next_stage(Some(2), 3, true), Some(2));
        assert_eq!(next_stage(Some(0), 3, false), None);
        assert_eq!(next_stage(None, 3, false), None);
        assert_eq!(next_stage(None, 0, true), None);
    }
}
