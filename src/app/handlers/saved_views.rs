//! Saving, updating and opening of saved views, and the view that fits the room.
//!
//! Must not know: how they are listed, what a saved view consists of.

use crate::app::app::App;
use crate::app::document::camera_target::CameraTarget;
use crate::app::document::navigation::Direction;
use crate::app::ui::focus_new_name;
use crate::edit::Intent;
use crate::model::{Field, Record as _, SavedView, SavedViewId};
use crate::render::{self, rendering::HUGE_MAP_TOUCHPOINTS};
use crate::saved_view;
use crate::scene::Highlight;
use crate::settings::Preferences;
use egui::Context;

impl App {
    /// Saves the present view, shows the page of saved views, and edits the new name.
    pub(super) fn save_view(&mut self, ctx: &Context) {
        let Some(mut view) = self.present_view() else {
            return;
        };
        let Some(document) = self.workspace.front_mut() else {
            return;
        };
        view.name = saved_view::suggested_name(document.session.map(), &view);
        view.id = self.workspace.id_generator.new_id(&view.name);
        let name_field = view.object().field(Field::Name);
        let id = view.id.clone();
        if self.apply_intent(&Intent::AddSavedView(Box::new(view)), None) {
            self.on_document(|document| document.saved_view = Some(id));
            let preferences = &mut self.settings.preferences;
            self.chrome.side_panels.show_saved_views(ctx, preferences);
            focus_new_name(ctx, &("list", name_field));
        }
    }

    /// Makes a saved view show what is shown now, under its name.
    pub(super) fn update_saved_view(&mut self, id: &SavedViewId) {
        let now = self.present_view();
        let former = self
            .document()
            .and_then(|document| document.session.map().saved_views().get(id));
        if let (Some(now), Some(former)) = (now, former) {
            let intent = Intent::SetSavedView(Box::new(SavedView {
                id: former.id.clone(),
                name: former.name.clone(),
                ..now
            }));
            let said = format!("“{}” shows what is shown now.", former.name);
            self.apply_intent(&intent, None);
            self.ui.toasts.push(said);
        }
    }

    /// Brings a saved view to the front.
    pub(super) fn open_saved_view(&mut self, id: &SavedViewId) {
        let map = self.document().map(|document| document.session.map());
        let Some(view) = map.and_then(|map| map.saved_views().get(id)).cloned() else {
            return;
        };
        self.switch_view(view.view);
        self.settings.preferences.density = saved_view::density(&view);
        self.settings.preferences.rows = view.rows;
        self.on_document(|document| document.open_saved_view(&view));
    }

    /// Opens the saved view after or before the one opened last.
    pub(super) fn open_neighboring_view(&mut self, way: Direction) {
        let next = self
            .document()
            .and_then(|document| document.neighboring_saved_view(way));
        match next {
            Some(id) => self.open_saved_view(&id),
            None => self.note_at_selection(match way {
                Direction::Next => "This is the last saved view".to_owned(),
                Direction::Previous => "This is the first saved view".to_owned(),
            }),
        }
    }

    /// Chooses density, lanes and zoom so that the last row of the room can read all text.
    pub(super) fn fit_for_room(&mut self) {
        let (appearance, room) = (self.appearance(), self.settings.preferences.room);
        let Some(document) = self.workspace.front_mut() else {
            return;
        };
        let map = document.session.map();
        if map.touchpoint_count() > HUGE_MAP_TOUCHPOINTS {
            let said = "This map is too large to be fitted for a room: show a stage of it.";
            return self.ui.toasts.push(said);
        }
        let options = appearance.render_options(Highlight::default());
        let fitted = render::fit_room(map, &options, room, &mut self.ui.typesetter);
        let left_out = &fitted.left_out;
        let is_whole = !left_out.details && fitted.legibility.is_readable();
        let page = fitted.pages.first().map_or(1.0, |page| page.height);
        let (chosen, height, said) = match fitted.tall {
            _ if is_whole && left_out.lanes.is_empty() => (fitted.options, page, None),
            _ if is_whole => {
                let said = format!("Left out so that the last row can read all: {left_out}.");
                (fitted.options, page, Some(said))
            }
            Some(tall) => {
                let said = "Only the touchpoints are shown, because all lanes together are too high \
                            for the screen in letters that the last row can read. Move down to the \
                            touchpoints beside the main line.";
                (tall.options, tall.height, Some(said.to_owned()))
            }
            None => {
                let small = fitted.legibility.failing_nouns();
                return self.ui.toasts.push(format!(
                    "With {room}, the last row cannot read {small}: enlarge the picture, or set up \
                     the room in Preferences."
                ));
            }
        };
        let canvas_height = document.canvas_size.map_or(0.0, |(_, height)| height);
        document.lanes = chosen.layout.lanes;
        let selected = document.primary_object();
        let zoom = CameraTarget::Zoom(canvas_height / height as f32);
        document.camera_target = Some(zoom.then_reveal(selected));
        self.settings.preferences.density = chosen.layout.density;
        self.ui.toasts.extend(said);
    }

    fn present_view(&mut self) -> Option<SavedView> {
        let appearance = self.appearance();
        let Preferences { density, rows, .. } = self.settings.preferences;
        let typesetter = &mut self.ui.typesetter;
        let document = self.workspace.front_mut()?;
        let scene = document.front_scene(appearance, typesetter);
        let mut view = document.present_view(density, scene.as_deref());
        view.rows = rows;
        Some(view)
    }
}
