//! An open map: the session and its view state.
//!
//! The view state never enters the file or the history.
//!
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

/// Appearance of maps in this window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Theme.
    pub theme: ThemeName,
    /// Palette of the departments.
    pub palette: Palette,
    /// Density.
    pub density: Density,
}

impl Look {
    /// Options that draw a map with this appearance.
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

/// An open map with its view state.
pub struct Document {
    /// Unique key of the open map, not reused when others are closed.
    pub key: u64,
    /// The headless editor.
    pub session: Session,
    /// Selection.
    pub selection: Selection,
    /// Lane below the selected card with the lane cursor.
    pub lane: Option<LaneId>,
    /// Highlight, filter and search.
    pub spotlight: Spotlight,
    /// Personas with a hidden curve.
    pub hidden_curves: BTreeSet<PersonaId>,
    /// Card colouring of the flow view.
    pub colouring: Colouring,
    /// Whether the journey shows handoff marks.
    pub seams: bool,
    /// Active view; the following fields are its state.
    pub view: View,
    /// State of the other views.
    others: Vec<(View, Sight)>,
    /// Visible part of the map.
    pub camera: Camera,
    /// Camera animation in progress.
    pub glide: Option<Glide>,
    /// Canvas widget.
    pub canvas: CanvasView,
    /// Minimap.
    pub minimap: Minimap,
    /// Size of the canvas in points, once shown.
    pub seen: Option<(f32, f32)>,
    /// Size of the canvas area covered by pinned parts at the left and the top, in
    /// points.
    pub covered: (f32, f32),
    /// Message about others who have the map open.
    pub also_open: Option<String>,
    /// Pending camera target, applied once the canvas size is known.
    pub wanted: Option<Shown>,
    counts: Option<(u64, Counts)>,
    /// Counts of each stage, with the stamp of its touchpoints.
    counted: Vec<(u64, Counts)>,
}

/// State of a view.
struct Sight {
    camera: Camera,
    glide: Option<Glide>,
    canvas: CanvasView,
    minimap: Minimap,
    covered: (f32, f32),
    wanted: Option<Shown>,
}

impl Default for Sight {
    /// The initial state: the start of the map.
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
    /// Creates a document that shows the start of the journey.
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

    /// Title of the map on screen.
    pub fn title(&self) -> &str {
        match self.session.map().header().title.trim() {
            "" => "Untitled map",
            title => title,
        }
    }

    /// Path of the map, or a suggested file name.
    pub fn suggested_path(&self) -> PathBuf {
        if let Some(path) = self.session.path() {
            return path.to_owned();
        }
        let name = crate::model::slug(&self.session.map().header().title, "journey");
        PathBuf::from(format!("{name}.journey.ron"))
    }

    /// Laid out and drawn journey; the same value as before if unchanged.
    pub fn picture(&mut self, look: Look, typesetter: &mut Typesetter) -> Arc<Picture> {
        let options = self.options(look);
        self.session.picture(&options, typesetter)
    }

    /// Scene of the active view; `None` for the findings view.
    pub fn drawing(&mut self, look: Look, typesetter: &mut Typesetter) -> Option<Arc<Scene>> {
        let options = self.options(look);
        self.session.drawing(self.view, &options, typesetter)
    }

    /// Scene of the active view for export.
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

    /// Switches to a view and restores its state.
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
        // All views share the selection, so it is scrolled into view.
        let tag = self.tag();
        self.wanted = match self.wanted.take() {
            None => tag.map(Shown::Near),
            Some(wanted) if wanted == Shown::Start => Some(wanted.with(tag)),
            wanted => wanted,
        };
    }

    /// Highlighted part of the map; the rest is dimmed.
    pub fn lit(&mut self) -> Lit {
        let revision = self.session.revision();
        let lit = self.spotlight.lit(self.session.map(), revision);
        match self.lights_passed() {
            true => self.spotlight.narrowed(lit, self.session.map(), revision),
            false => lit,
        }
    }

    /// Whether touchpoints that every customer passes are highlighted; only in the
    /// journey with handoff marks.
    pub fn lights_passed(&self) -> bool {
        self.view == View::Journey && self.seams && self.spotlight.passed
    }

    /// Touchpoints that every customer passes (dominators).
    pub fn passed_by_all(&mut self) -> Arc<Chosen> {
        let revision = self.session.revision();
        self.spotlight.passed_by_all(self.session.map(), revision)
    }
}
