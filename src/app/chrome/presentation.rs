//! Presentation mode (F5): only the map, full screen, in the projector theme. Left and
//! right step through the stages, up and down scroll, Escape returns to the former
//! view. Started from the findings view it begins at the subject of the selected
//! finding.
//!
//! Must not know: how the map is drawn.

use crate::app::app::App;
use crate::app::canvas::Camera;
use crate::app::document::Document;
use crate::app::document::camera_target::Shown;
use crate::model::{Map, Record};
use crate::render::View;
use crate::scene::Tag;
use egui::{CentralPanel, Context, Key, Modifiers, Ui, ViewportCommand};

/// State of a presentation.
pub struct Present {
    /// Index of the visible stage; `None` for the whole map.
    pub stage: Option<usize>,
    /// Object at which the presentation began, until the stage changes.
    pub subject: Option<Tag>,
    before: (View, Camera),
    was_full: bool,
}

impl Present {
    /// Starts at the whole map; `before` is restored at the end.
    pub fn new(before: (View, Camera), was_full: bool) -> Present {
        Present {
            stage: None,
            subject: None,
            before,
            was_full,
        }
    }

    /// Starts at the selection, if it is on the map.
    #[must_use]
    pub fn at_selected(mut self, document: &Document) -> Present {
        let map = document.session.map();
        self.subject = document.tag();
        let stage = match &self.subject {
            Some(Tag::Stage(id)) => Some(id),
            Some(Tag::Path { from, .. }) => map.stage_of(from),
            Some(tag) => tag.touchpoint().and_then(|id| map.stage_of(id)),
            None => None,
        };
        self.stage = stage.and_then(|id| map.stages().position(id));
        self
    }

    /// Camera target, independent of the screen size.
    pub fn aim(&self, map: &Map) -> Shown {
        let stage = self.stage.and_then(|at| map.stages().as_slice().get(at));
        stage.map_or(Shown::All, |stage| {
            let large = Shown::Large(Tag::Stage(stage.id().clone()));
            large.with(self.subject.clone())
        })
    }
}

/// Index of the stage after a step to the left or right.
fn step(stage: Option<usize>, count: usize, on: bool) -> Option<usize> {
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
    pub(crate) fn presentation_keys(&mut self, ctx: &Context) {
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
        let (Some(present), Some(document)) =
            (&mut self.present, self.documents.get_mut(self.active))
        else {
            return;
        };
        if down || up {
            document.wanted = Some(Shown::Screens(0.0, if down { 0.6 } else { -0.6 }));
            return;
        }
        let map = document.session.map();
        present.stage = if home {
            None
        } else if on || back {
            step(present.stage, map.stages().len(), on)
        } else {
            return;
        };
        present.subject = None;
        document.wanted = Some(present.aim(map));
    }

    fn stop_presentation(&mut self, ctx: &Context) {
        let Some(present) = self.present.take() else {
            return;
        };
        if let Some(document) = self.document_mut() {
            let (view, corner) = present.before;
            document.wanted = Some(Shown::Corner(corner));
            document.turn_to(view);
        }
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(present.was_full));
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn steps_go_from_the_whole_map_through_the_stages_and_back() {
        assert_eq!(step(None, 3, true), Some(0));
        assert_eq!(step(Some(2), 3, true), Some(2));
        assert_eq!(step(Some(0), 3, false), None);
        assert_eq!(step(None, 3, false), None);
        assert_eq!(step(None, 0, true), None);
    }
}
