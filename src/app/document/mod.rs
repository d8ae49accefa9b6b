//! An open map: the session and its view state.
//!
//! The view state never enters the file or the history.
//!
//! Must not know: panels, menus, dialogs.

pub(crate) mod background_checks;
pub(crate) mod cached;
mod camera_control;
pub(crate) mod camera_target;
pub(crate) mod change_note;
mod chosen_persona;
mod compared;
pub(crate) mod comparison;
pub(crate) mod conflicts;
pub(crate) mod copied_content;
mod counts;
pub(crate) mod file_versions;
mod folding;
pub(crate) mod highlight;
pub(crate) mod lane_cursor;
pub(crate) mod multi_selection;
pub(crate) mod navigation;
pub(crate) mod ownership;
pub(crate) mod presented;
pub(crate) mod question;
mod rows;
mod saved_view;
pub(crate) mod selection;
mod selection_info;

use super::canvas::{Camera, CameraAnimation, CanvasView, Minimap};
use crate::layout;
use crate::layout::RowOptions;
use crate::layout::flow::CardColoring;
use crate::model::{ChannelId, DepartmentId, EnvironmentId, LaneId, PersonaId, SavedViewId};
use crate::render::rendering::HUGE_MAP_TOUCHPOINTS;
use crate::render::{RenderOptions, RenderedMap, View};
use crate::scene::{Highlight, Rows, Scene, SelectionSet};
use crate::session::Session;
use crate::settings::today;
use crate::storage::MAP_EXTENSION;
use crate::text::Typesetter;
use crate::theme::{Density, DepartmentPalette, Theme, ThemeName};
use camera_target::CameraTarget;
use change_note::ChangeNote;
use comparison::Comparison;
use counts::CountCache;
pub use counts::MarkCounts;
use file_versions::FileVersions;
use highlight::Highlighting;
use presented::PresentedPart;
use selection::Selection;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// Title of a new map, and of one without a title.
pub(crate) const UNTITLED_MAP: &str = "Untitled map";

/// Appearance of maps in this window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Theme.
    pub theme: ThemeName,
    /// Palette of the departments.
    pub palette: DepartmentPalette,
    /// Density.
    pub density: Density,
    /// Whether the journey is broken into rows as wide as the canvas.
    pub rows: bool,
}

impl Appearance {
    /// Colors of the theme and palette.
    pub fn colors(self) -> &'static Theme {
        self.theme.with_palette(self.palette)
    }

    /// Options that draw a map with this appearance.
    pub fn render_options(self, lit: Highlight) -> RenderOptions {
        RenderOptions {
            theme: self.theme,
            palette: self.palette,
            layout: layout::LayoutOptions {
                density: self.density,
                ..layout::LayoutOptions::default()
            },
            coloring: CardColoring::default(),
            highlight: lit,
            date: today(),
        }
    }
}

/// A value that can be assigned to touchpoints.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Assignment {
    /// An owner, or none.
    Owner(Option<DepartmentId>),
    /// A channel, or none.
    Channel(Option<ChannelId>),
    /// An environment, or none.
    Environment(Option<EnvironmentId>),
    /// A neutral feeling of a persona that has none there yet.
    Persona(PersonaId),
}

/// Maps to be closed once nothing is unsaved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseScope {
    /// The map with this key.
    Map(u64),
    /// All maps, and the program.
    All,
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
    pub cursor_lane: Option<LaneId>,
    /// Persona that was chosen for keys and lines.
    pub persona: Option<PersonaId>,
    /// Note beside an object.
    pub note: Option<ChangeNote>,
    /// Highlight, filter and search.
    pub highlighting: Highlighting,
    /// Personas with a hidden curve.
    pub hidden_curves: BTreeSet<PersonaId>,
    /// The lanes of the journey in place of those that the map shows.
    pub lanes: Option<Vec<LaneId>>,
    /// The saved view that was opened last.
    pub saved_view: Option<SavedViewId>,
    /// The folded stages and lanes of the journey.
    pub folding: layout::Folding,
    /// Card colouring of the flow view.
    pub coloring: CardColoring,
    /// Whether the journey shows handoff marks.
    pub shows_handoffs: bool,
    /// The file to which the map was exported last.
    pub exported_to: Option<PathBuf>,
    /// The map that this one is compared with.
    pub comparison: Option<Box<Comparison>>,
    /// Active view; the following fields are its state.
    pub view: View,
    other_views: Vec<(View, ViewState)>,
    /// Visible part of the map.
    pub camera: Camera,
    /// Camera animation in progress.
    pub camera_animation: Option<CameraAnimation>,
    /// Canvas widget.
    pub canvas: CanvasView,
    /// Minimap.
    pub minimap: Minimap,
    /// Rows of the journey on the canvas, and the options that gave them.
    shown_rows: (Option<RowOptions>, Option<Arc<Rows>>),
    /// Size of the canvas in points, once shown.
    pub canvas_size: Option<(f32, f32)>,
    /// Size of the canvas area covered by pinned parts at the left and the top, in
    /// points.
    pub covered: (f32, f32),
    /// Message about others who have the map open.
    pub also_open: Option<String>,
    /// Pending camera target, applied once the canvas size is known.
    pub camera_target: Option<CameraTarget>,
    /// Part of the map that a presentation shows.
    pub presented: PresentedPart,
    /// Versions of the map in git.
    pub(crate) file_versions: FileVersions,
    counts: CountCache,
}

/// State of a view.
struct ViewState {
    camera: Camera,
    camera_animation: Option<CameraAnimation>,
    canvas: CanvasView,
    minimap: Minimap,
    covered: (f32, f32),
    camera_target: Option<CameraTarget>,
}

impl Default for ViewState {
    /// The initial state: the start of the map.
    fn default() -> ViewState {
        ViewState {
            camera: Camera::default(),
            camera_animation: None,
            canvas: CanvasView::default(),
            minimap: Minimap::default(),
            covered: (0.0, 0.0),
            camera_target: Some(CameraTarget::Start),
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
            cursor_lane: None,
            persona: None,
            note: None,
            highlighting: Highlighting::default(),
            hidden_curves: BTreeSet::new(),
            lanes: None,
            saved_view: None,
            folding: layout::Folding::default(),
            coloring: CardColoring::default(),
            shows_handoffs: false,
            exported_to: None,
            comparison: None,
            view: View::default(),
            other_views: Vec::new(),
            camera: Camera::default(),
            camera_animation: None,
            canvas: CanvasView::default(),
            minimap: Minimap::default(),
            shown_rows: (None, None),
            canvas_size: None,
            covered: (0.0, 0.0),
            also_open: None,
            camera_target: Some(CameraTarget::Start),
            presented: PresentedPart::default(),
            file_versions: FileVersions::default(),
            counts: CountCache::default(),
        }
    }

    /// Title of the map on screen.
    pub fn title(&self) -> &str {
        match self.session.map().header().title.trim() {
            "" => UNTITLED_MAP,
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

    /// Suggested path of an exported file: beside the map, under its name.
    pub fn suggested_export_path(&self, ending: &str) -> PathBuf {
        let path = self.suggested_path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(MAP_EXTENSION);
        let stem = stem.or_else(|| name.strip_suffix(".ron")).unwrap_or(&name);
        path.with_file_name(format!("{stem}.{ending}"))
    }

    /// Laid out and drawn journey; the same value as before if unchanged.
    pub fn rendered_journey(
        &mut self,
        look: Appearance,
        typesetter: &mut Typesetter,
    ) -> Arc<RenderedMap> {
        let options = self.render_options(look);
        self.session.render(&options, typesetter)
    }

    /// Scene of the active view; `None` for the findings view.
    pub fn front_scene(
        &mut self,
        look: Appearance,
        typesetter: &mut Typesetter,
    ) -> Option<Arc<Scene>> {
        let options = self.render_options(look);
        if self.view == View::Compare {
            return self.comparison_scene(options, typesetter);
        }
        self.session.render_view(self.view, &options, typesetter)
    }

    /// Options with which the map is drawn as it is seen.
    pub fn render_options(&mut self, look: Appearance) -> RenderOptions {
        let mut options = look.render_options(self.highlight());
        options.layout.hidden_curves = self.hidden_curves.clone();
        options.layout.front = self.front_persona().cloned();
        options.layout.handoffs = self.shows_handoffs;
        let folding = self.presented.folding.as_ref();
        options.layout.folding = folding.unwrap_or(&self.folding).clone();
        let lanes = self.presented.lanes.as_ref().or(self.lanes.as_ref());
        options.layout.lanes = lanes.cloned();
        let presented = self.presented.row_width.map(RowOptions::of_page);
        options.layout.rows = presented.or_else(|| look.rows.then(|| self.row_options()).flatten());
        options.coloring = self.coloring;
        options
    }

    /// Switches to a view and restores its state.
    pub fn switch_view(&mut self, view: View) {
        if view == self.view {
            return;
        }
        let place = self
            .other_views
            .iter()
            .position(|(other, _)| *other == view);
        let mut sight = match place {
            Some(place) => self.other_views.swap_remove(place).1,
            None => ViewState::default(),
        };
        std::mem::swap(&mut self.camera, &mut sight.camera);
        std::mem::swap(&mut self.camera_animation, &mut sight.camera_animation);
        std::mem::swap(&mut self.canvas, &mut sight.canvas);
        std::mem::swap(&mut self.minimap, &mut sight.minimap);
        std::mem::swap(&mut self.covered, &mut sight.covered);
        std::mem::swap(&mut self.camera_target, &mut sight.camera_target);
        if self.session.map().touchpoint_count() > HUGE_MAP_TOUCHPOINTS {
            (sight.canvas, sight.minimap) = Default::default();
        }
        let former = std::mem::replace(&mut self.view, view);
        self.cursor_lane = None;
        self.other_views.push((former, sight));
        // All views share the selection, so it is scrolled into view.
        let tag = self.primary_object();
        self.camera_target = match self.camera_target.take() {
            None => tag.map(CameraTarget::Reveal),
            Some(wanted) if wanted == CameraTarget::Start => Some(wanted.then_reveal(tag)),
            wanted => wanted,
        };
    }

    /// Highlighted part of the map; the rest is dimmed.
    pub fn highlight(&mut self) -> Highlight {
        let lit = self.own_highlight();
        self.presented.narrow(lit)
    }

    /// Part of the map that marks, filter and search highlight.
    pub(crate) fn own_highlight(&mut self) -> Highlight {
        let revision = self.session.revision();
        let lit = self.highlighting.highlight(self.session.map(), revision);
        if !self.highlights_dominators() {
            return lit;
        }
        let map = self.session.map();
        self.highlighting.restrict_to_dominators(lit, map, revision)
    }

    /// Whether the flow view is in front, with this coloring.
    pub fn is_colored_by(&self, coloring: CardColoring) -> bool {
        self.view == View::Flow && self.coloring == coloring
    }

    /// Whether touchpoints that every customer passes are highlighted; only in the
    /// journey with handoff marks.
    pub fn highlights_dominators(&self) -> bool {
        self.view == View::Journey && self.shows_handoffs && self.highlighting.dominators_only
    }

    /// Counts by mark.
    pub fn counts(&mut self) -> MarkCounts {
        self.counts.counts(&self.session)
    }

    /// Touchpoints that every customer passes (dominators).
    pub fn dominators(&mut self) -> Arc<SelectionSet> {
        let revision = self.session.revision();
        self.highlighting.dominators(self.session.map(), revision)
    }
}
