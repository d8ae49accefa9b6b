//! Presentation mode (F5): only the map, full screen, in the projector theme. Left and
//! right step through the stages, up and down scroll, Escape returns to the former
//! view. Started from the findings view it begins at the subject of the selected
//! finding.
//!
//! Must not know: how the map is drawn.

use crate::app::canvas::Camera;
use crate::app::document::Document;
use crate::app::document::camera_target::CameraTarget;
use crate::model::{Map, ObjectRef, Record};
use crate::render::View;
use egui::{Context, Key, Modifiers, ViewportCommand};

/// State of a presentation.
pub struct Presentation {
    /// Index of the visible stage; `None` for the whole map.
    pub stage: Option<usize>,
    /// Object at which the presentation began, until the stage changes.
    pub subject: Option<ObjectRef>,
    previous_view: (View, Camera),
    was_fullscreen: bool,
}

impl Presentation {
    /// Starts at the whole map, full screen. From the findings view, which is a list,
    /// the journey is presented from the selection on.
    pub fn start(ctx: &Context, document: &mut Document) -> Presentation {
        let view = document.view;
        if view == View::Findings {
            document.switch_view(View::Journey);
        }
        let mut present = Presentation {
            stage: None,
            subject: None,
            previous_view: (view, document.top_left()),
            was_fullscreen: is_fullscreen(ctx),
        };
        document.camera_animation = None;
        if view == View::Findings {
            let map = document.session.map();
            present.subject = document.primary_object();
            let stage = present.subject.as_ref().and_then(|object| match object {
                ObjectRef::Stage(id) => Some(id),
                object => map.stage_of(object.touchpoint()?),
            });
            present.stage = stage.and_then(|id| map.stages().position(id));
        }
        document.camera_target = Some(present.camera_target(document.session.map()));
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        present
    }

    /// Camera target, independent of the screen size.
    pub fn camera_target(&self, map: &Map) -> CameraTarget {
        let stage = self.stage.and_then(|at| map.stages().as_slice().get(at));
        stage.map_or(CameraTarget::WholeMap, |stage| {
            let large = CameraTarget::Fit(ObjectRef::Stage(stage.id().clone()));
            large.then_reveal(self.subject.clone())
        })
    }

    /// Handles the keys of the presentation; returns whether it goes on.
    pub fn handle_keys(&mut self, ctx: &Context, document: &mut Document) -> bool {
        let pressed = |keys: &[Key]| {
            let mut keys = keys.iter();
            keys.any(|key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, *key)))
        };
        if pressed(&[Key::Escape, Key::F5]) {
            self.stop(ctx, document);
            return false;
        }
        let on = pressed(&[Key::ArrowRight, Key::PageDown, Key::Space]);
        let back = pressed(&[Key::ArrowLeft, Key::PageUp]);
        let home = pressed(&[Key::Home]);
        let (down, up) = (pressed(&[Key::ArrowDown]), pressed(&[Key::ArrowUp]));
        if pressed(&[Key::F11]) {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!is_fullscreen(ctx)));
        }
        if down || up {
            document.camera_target = Some(CameraTarget::Pan(0.0, if down { 0.6 } else { -0.6 }));
            return true;
        }
        let map = document.session.map();
        self.stage = if home {
            None
        } else if on || back {
            next_stage(self.stage, map.stages().len(), on)
        } else {
            return true;
        };
        self.subject = None;
        document.camera_target = Some(self.camera_target(map));
        true
    }

    /// Restores the former view.
    fn stop(&self, ctx: &Context, document: &mut Document) {
        let (view, corner) = self.previous_view;
        document.camera_target = Some(CameraTarget::TopLeft(corner));
        document.switch_view(view);
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.was_fullscreen));
    }
}

/// Whether the window fills the screen.
pub(crate) fn is_fullscreen(ctx: &Context) -> bool {
    ctx.input(|i| i.viewport().fullscreen).unwrap_or(false)
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
