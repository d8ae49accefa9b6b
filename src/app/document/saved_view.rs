//! Saved views of a document: the present view state as one, and a saved one in front.
//!
//! Must not know: egui's widgets, how saved views are listed.

use super::Document;
use super::camera_target::{CameraTarget, DrawnView};
use super::navigation::Direction;
use super::selection::Selection;
use crate::app::canvas::Camera;
use crate::geom::Area;
use crate::layout::visible_lanes;
use crate::model::{HighlightedMark, Lane, LaneId, ObjectRef, SavedView, SavedViewId};
use crate::render::View;
use crate::saved_view;
use crate::scene::{Marks, Scene};
use crate::search::filter::Filter;
use crate::theme::Density;

impl Document {
    /// The present view state as a saved view without id and name. `scene` is the drawing in front;
    /// without one the whole map is in sight.
    pub fn present_view(&self, density: Density, scene: Option<&Scene>) -> SavedView {
        let map = self.session.map();
        let highlighting = &self.highlighting;
        let marks = [
            (
                highlighting.marks.intersects(Marks::UNOWNED),
                HighlightedMark::Unowned,
            ),
            (
                highlighting.marks.intersects(Marks::PAIN),
                HighlightedMark::Pains,
            ),
            (self.highlights_dominators(), HighlightedMark::Unavoidable),
        ];
        let marks = marks.into_iter().filter(|(is_on, _)| *is_on);
        let mut view = SavedView {
            view: match self.view {
                // The other map is not in the file.
                View::Compare => View::Journey,
                view => view,
            },
            compact: density == Density::Compact,
            handoffs: self.shows_handoffs,
            colour: self.coloring,
            highlight: marks.map(|(_, mark)| mark).collect(),
            lanes: self.saved_lanes(),
            folded_stages: self.folding.stages.iter().cloned().collect(),
            folded_lanes: self.folding.lanes.iter().cloned().collect(),
            hidden_curves: self.hidden_curves.iter().cloned().collect(),
            persona: self.front_persona().cloned(),
            ..SavedView::default()
        };
        view.folded_stages.retain(|id| map.stages().contains(id));
        view.folded_lanes.retain(|id| map.lanes().contains(id));
        view.hidden_curves.retain(|id| map.personas().contains(id));
        highlighting.filter.save_to(&mut view);
        if let (Some(scene), Some(size)) = (scene, self.canvas_size) {
            let glide = self.camera_animation.as_ref();
            let camera = glide.map_or(self.camera, |glide| glide.to);
            let mut area = camera.area(size);
            area.left += f64::from(self.covered.0 / camera.zoom);
            area.top += f64::from(self.covered.1 / camera.zoom);
            scene.set_sight(&area, &mut view);
        }
        view
    }

    /// The lanes that the journey shows, from top to bottom.
    pub fn shown_lanes(&self) -> Vec<&Lane> {
        visible_lanes(self.session.map(), self.lanes.as_deref())
    }

    /// The lanes in front, if they are not all lanes of the map.
    fn saved_lanes(&self) -> Vec<LaneId> {
        let lanes = self.session.map().lanes();
        match &self.lanes {
            Some(shown) => shown.clone(),
            None if lanes.iter().all(|lane| !lane.hidden) => Vec::new(),
            None => {
                let shown = lanes.iter().filter(|lane| !lane.hidden);
                shown.map(|lane| lane.id.clone()).collect()
            }
        }
    }

    /// Brings a saved view to the front, all but its density, which belongs to the window. The
    /// selection stays where it is in sight.
    pub fn open_saved_view(&mut self, view: &SavedView) {
        let map = self.session.map();
        let options = saved_view::layout_options(map, view);
        let shown = map.lanes().iter().filter(|lane| !lane.hidden);
        let is_choice = |lanes: &Vec<LaneId>| !shown.map(|lane| &lane.id).eq(lanes);
        self.lanes = options.lanes.filter(is_choice);
        self.hidden_curves = options.hidden_curves;
        self.persona = options.front;
        self.shows_handoffs = options.handoffs;
        self.coloring = view.colour;
        self.highlighting.marks = saved_view::highlighted_marks(view);
        self.highlighting.dominators_only = saved_view::highlights_unavoidable(view);
        self.highlighting.filter = Filter::of_saved_view(view);
        self.highlighting.search = None;
        self.select(Selection::Nothing, false);
        self.fold(options.folding);
        self.switch_view(view.view);
        self.camera_target = Some(CameraTarget::Sight(Box::new(view.clone())));
        self.saved_view = Some(view.id.clone());
    }

    /// The saved view after or before the one opened last; the first or last one if none was.
    pub fn neighboring_saved_view(&self, way: Direction) -> Option<SavedViewId> {
        let views = self.session.map().saved_views();
        let here = self.saved_view.as_ref().and_then(|id| views.position(id));
        let at = match (here, way) {
            (Some(at), Direction::Next) => at + 1,
            (Some(at), Direction::Previous) => at.checked_sub(1)?,
            (None, Direction::Next) => 0,
            (None, Direction::Previous) => views.len().checked_sub(1)?,
        };
        views.as_slice().get(at).map(|view| view.id.clone())
    }

    /// The camera that shows the part in sight of a saved view beside the pinned parts.
    pub(super) fn sight_camera(
        &self,
        saved: &SavedView,
        drawn: &DrawnView<'_>,
        view: (f32, f32),
        margin: f32,
    ) -> Camera {
        let scene = drawn.scene;
        let whole = Area::new(0.0, 0.0, scene.width, scene.height);
        let mut area = scene.sight(self.session.map(), saved);
        if self.view == View::Journey && area != whole {
            let object = |wanted: fn(&ObjectRef) -> bool| {
                let mut places = scene.places(|_| true);
                places.find(|(id, _)| id.object().is_some_and(wanted))
            };
            let titles = object(|object| matches!(object, ObjectRef::Lane(_)));
            let band = object(|object| matches!(object, ObjectRef::Stage(_)));
            if let Some((_, titles)) = titles {
                area.left = (area.left - titles.width()).max(0.0);
            }
            if let Some((_, band)) = band
                && area.top >= band.bottom
            {
                area.top -= band.height();
            }
        }
        Camera::fitting(&area, view, margin)
    }
}
