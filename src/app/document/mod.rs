//! One open map: the session and how it is looked at.
//!
//! What is here beside the session never enters the file or the history.
//! Must not know: panels, menus, dialogs.

pub(crate) mod background_checks;
pub(crate) mod camera_target;
mod counts;
pub(crate) mod highlight;
mod lane_cursor;
pub(crate) mod lane_geometry;
pub(crate) mod multi_selection;
pub(crate) mod navigation;
mod selection_info;

use super::canvas::{Camera, CanvasView, Glide, Minimap};
use super::command::action::Selection;
use crate::layout;
use crate::layout::flow::Colouring;
use crate::model::{LaneId, PersonaId};
use crate::render::{Picture, PictureOptions, View};
use crate::scene::{Chosen, Lit, Scene};
use crate::session::Session;
use crate::settings::today;
use crate::text::Typesetter;
use crate::theme::{Density, Palette, ThemeName};
use camera_target::Shown;
pub use counts::Counts;
use highlight::Spotlight;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// How maps look in this window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// In which colours.
    pub theme: ThemeName,
    /// In which colours departments.
    pub palette: Palette,
    /// With how much room.
    pub density: Density,
}

impl Look {
    /// A picture that looks like this.
    pub fn options(self, lit: Lit) -> PictureOptions {
        PictureOptions {
            theme: self.theme,
            palette: self.palette,
            layout: layout::Options {
                density: self.density,
                ..layout::Options::default()
            },
            colouring: Colouring::default(),
            lit,
        }
    }
}

/// An open map with its view.
pub struct Document {
    /// Tells open maps apart, also when others are closed.
    pub key: u64,
    /// The headless editor.
    pub session: Session,
    /// What is selected.
    pub selection: Selection,
    /// The lane below the selected card in which the arrow keys are.
    pub lane: Option<LaneId>,
    /// What stands out, and the search.
    pub spotlight: Spotlight,
    /// Personas whose curve is not drawn.
    pub hidden_curves: BTreeSet<PersonaId>,
    /// What cards of the flow are coloured by.
    pub colouring: Colouring,
    /// Whether the journey shows handoffs as seams.
    pub seams: bool,
    /// The view in front; what follows is how it is looked at.
    pub view: View,
    /// How the other views were looked at.
    others: Vec<(View, Sight)>,
    /// Which part is seen.
    pub camera: Camera,
    /// A movement of the camera in progress.
    pub glide: Option<Glide>,
    /// The widget that shows the map.
    pub canvas: CanvasView,
    /// The overview in the corner.
    pub minimap: Minimap,
    /// Size of the canvas in points, once it was shown.
    pub seen: Option<(f32, f32)>,
    /// How much of the canvas pinned parts cover at the left and the top, in points.
    pub covered: (f32, f32),
    /// Who else has the map open, in words.
    pub also_open: Option<String>,
    /// What shall be shown as soon as the canvas knows its size.
    pub wanted: Option<Shown>,
    counts: Option<(u64, Counts)>,
    /// What each stage counted, with the stamp of its touchpoints.
    counted: Vec<(u64, Counts)>,
}

/// How a view is looked at.
struct Sight {
    camera: Camera,
    glide: Option<Glide>,
    canvas: CanvasView,
    minimap: Minimap,
    covered: (f32, f32),
    wanted: Option<Shown>,
}

impl Default for Sight {
    /// From the beginning.
    fn default() -> Sight {
        Sight {
            camera: Camera::default(),
            glide: None,
            canvas: CanvasView::default(),
            minimap: Minimap::default(),
            covered: (0.0, 0.0),
            wanted: Some(Shown::Start),
        }
    }
}

impl Document {
    /// Shows a session from its beginning.
    pub fn new(key: u64, session: Session) -> Document {
        Document {
            key,
            session,
            selection: Selection::Nothing,
            lane: None,
            spotlight: Spotlight::default(),
            hidden_curves: BTreeSet::new(),
            colouring: Colouring::default(),
            seams: false,
            view: View::default(),
            others: Vec::new(),
            camera: Camera::default(),
            glide: None,
            canvas: CanvasView::default(),
            minimap: Minimap::default(),
            seen: None,
            covered: (0.0, 0.0),
            also_open: None,
            wanted: Some(Shown::Start),
            counts: None,
            counted: Vec::new(),
        }
    }

    /// What the map is called on screen.
    pub fn title(&self) -> &str {
        match self.session.map().header().title.trim() {
            "" => "Untitled map",
            title => title,
        }
    }

    /// A file name for a map that has none yet.
    pub fn suggested_path(&self) -> PathBuf {
        if let Some(path) = self.session.path() {
            return path.to_owned();
        }
        let name = crate::model::slug(&self.session.map().header().title, "journey");
        PathBuf::from(format!("{name}.journey.ron"))
    }

    /// The journey laid out and drawn, the same as before where nothing changed.
    pub fn picture(&mut self, look: Look, typesetter: &mut Typesetter) -> Arc<Picture> {
        let options = self.options(look);
        self.session.picture(&options, typesetter)
    }

    /// What the view in front draws; `None` where it is a list.
    pub fn drawing(&mut self, look: Look, typesetter: &mut Typesetter) -> Option<Arc<Scene>> {
        let options = self.options(look);
        self.session.drawing(self.view, &options, typesetter)
    }

    /// What the view in front comes to on paper.
    pub fn on_paper(&mut self, look: Look, typesetter: &mut Typesetter) -> Arc<Scene> {
        if let Some(scene) = self.drawing(look, typesetter) {
            return scene;
        }
        let options = self.options(look);
        Arc::new(self.session.sheet(today(), &options, typesetter))
    }

    fn options(&mut self, look: Look) -> PictureOptions {
        let mut options = look.options(self.lit());
        options.layout.hidden_curves = self.hidden_curves.clone();
        options.layout.seams = self.seams;
        options.colouring = self.colouring;
        options
    }

    /// Brings a view to the front, looked at as it was before.
    pub fn turn_to(&mut self, view: View) {
        if view == self.view {
            return;
        }
        let place = self.others.iter().position(|(other, _)| *other == view);
        let mut sight = match place {
            Some(place) => self.others.swap_remove(place).1,
            None => Sight::default(),
        };
        std::mem::swap(&mut self.camera, &mut sight.camera);
        std::mem::swap(&mut self.glide, &mut sight.glide);
        std::mem::swap(&mut self.canvas, &mut sight.canvas);
        std::mem::swap(&mut self.minimap, &mut sight.minimap);
        std::mem::swap(&mut self.covered, &mut sight.covered);
        std::mem::swap(&mut self.wanted, &mut sight.wanted);
        let former = std::mem::replace(&mut self.view, view);
        self.lane = None;
        self.others.push((former, sight));
        // What is selected is selected in all views: it is brought into sight.
        let tag = self.tag();
        self.wanted = match self.wanted.take() {
            None => tag.map(Shown::Near),
            Some(wanted) if wanted == Shown::Start => Some(wanted.with(tag)),
            wanted => wanted,
        };
    }

    /// What stays lit while the rest is dimmed.
    pub fn lit(&mut self) -> Lit {
        let revision = self.session.revision();
        let lit = self.spotlight.lit(self.session.map(), revision);
        match self.lights_passed() {
            true => self.spotlight.narrowed(lit, self.session.map(), revision),
            false => lit,
        }
    }

    /// Whether what every customer passes is highlighted: with the seams of the journey.
    pub fn lights_passed(&self) -> bool {
        self.view == View::Journey && self.seams && self.spotlight.passed
    }

    /// The touchpoints that every customer passes.
    pub fn passed_by_all(&mut self) -> Arc<Chosen> {
        let revision = self.session.revision();
        self.spotlight.passed_by_all(self.session.map(), revision)
    }
}
