//! The camera of a presentation: the view of each stop, aimed anew when stop, screen, lanes or map
//! change; otherwise pointer and keys may move it.
//!
//! Must not know: keys, overlays.

use super::aim::AimKey;
use super::shown::Shown;
use super::stage_fit::{StageFit, StageRoom};
use super::state::Presentation;
use crate::app::canvas::Camera;
use crate::app::document::Document;
use crate::app::document::camera_target::{CameraTarget, DrawnView};
use crate::app::frame::FrameCx;
use crate::model::{LaneId, SavedView, StageId};
use crate::render::{JourneyRows, RenderedMap, View, compose};
use crate::room::Room;
use crate::text::CAP_HEIGHT;
use crate::theme::size;

/// Capital height of the names of touchpoints, in map units. Were the smallest text of cards the
/// measure, two of them would fill the screen, and each has a stop of its own.
const CAPITALS: f32 = size::NAME.size * CAP_HEIGHT;

/// Number of touchpoints up to which the whole journey is shown in rows that fill the screen.
const MAX_COMPOSED_TOUCHPOINTS: usize = 2_000;

/// Width of lane titles with the ground that covers what passes under them, in map units.
const TITLE_GROUND: f32 = 6.0;

impl Presentation {
    /// Chooses the rows with which the whole journey is largest on the screen.
    pub(crate) fn choose_rows(&mut self, cx: &mut FrameCx<'_>, screen: (f32, f32)) {
        let document = &mut *cx.document;
        let is_whole = self.shown() == Shown::Map && document.view == View::Journey;
        let is_small = document.session.map().touchpoint_count() <= MAX_COMPOSED_TOUCHPOINTS;
        let wanted = (is_whole && is_small).then(|| {
            let lanes = self.lanes.chosen(&document.shown_lanes()).into_iter();
            (screen, lanes.map(|lane| lane.id).collect::<Vec<_>>())
        });
        if self.aim.composed_for == wanted {
            return;
        }
        document.presented.row_width = wanted.as_ref().map(|((width, height), lanes)| {
            let mut options = document.render_options(cx.appearance);
            options.layout.lanes = Some(lanes.clone());
            let pages = [(f64::from(*width), f64::from(*height))];
            let rows = (JourneyRows::Fill, &pages[..]);
            let composed = compose(document.session.map(), &options, rows, cx.typesetter);
            composed.row_width.unwrap_or(u32::MAX)
        });
        self.aim.composed_for = wanted;
    }

    /// Aims the camera at the stop, and chooses the lanes. Returns whether the camera shall jump
    /// there, because only the screen has another size.
    pub(crate) fn aim_camera(
        &mut self,
        document: &mut Document,
        drawn: &DrawnView<'_>,
        (screen, room): ((f32, f32), Room),
    ) -> bool {
        if let Some(journey) = drawn.journey {
            self.lanes.note_heights(&journey.layout.lanes);
        }
        let shown = self.shown();
        let all = document.shown_lanes();
        let chosen = self.lanes.chosen(&all);
        let all: Vec<LaneId> = all.into_iter().map(|lane| lane.id.clone()).collect();
        let fit = match (&shown, drawn.journey) {
            (Shown::Stage(id), Some(journey)) => stage_room(journey, document, id, (screen, room))
                .map(|stage| (stage.fit(&chosen), id)),
            _ => None,
        };
        self.aim.page_ends = None;
        let (lanes, place, target) = match &fit {
            Some((fit, id)) => {
                self.aim.pages = fit.pages;
                self.aim.page = self.aim.page.min(fit.pages - 1);
                let (camera, place, end) = stage_camera(drawn, document, id, fit, self.aim.page);
                self.aim.page_ends = Some((camera.x, end));
                (fit.lanes.clone(), place, CameraTarget::TopLeft(camera))
            }
            None => {
                self.aim.pages = 1;
                self.aim.page = 0;
                let place = (0.0, drawn.scene.width, drawn.scene.height);
                let lanes = chosen.into_iter().map(|lane| lane.id).collect();
                let target = match saved_view(document, &shown) {
                    Some(view) => CameraTarget::Sight(Box::new(view)),
                    None => CameraTarget::WholeMap,
                };
                (lanes, place, target)
            }
        };
        let key = AimKey {
            shown,
            page: self.aim.page,
            screen,
            place,
            lanes: lanes.clone(),
        };
        document.presented.lanes = (lanes != all).then_some(lanes);
        let Some(last) = self.aim.last.replace(key.clone()) else {
            document.camera_target = Some(target);
            return false;
        };
        if last == key {
            return false;
        }
        document.camera_target = Some(target);
        last.screen != key.screen
    }
}

/// The saved view of a stop that shows one.
fn saved_view(document: &Document, shown: &Shown) -> Option<SavedView> {
    let Shown::SavedView(id) = shown else {
        return None;
    };
    document.session.map().saved_views().get(id).cloned()
}

/// A stage and the screen that it shall fit.
fn stage_room(
    journey: &RenderedMap,
    document: &Document,
    id: &StageId,
    (screen, room): ((f32, f32), Room),
) -> Option<StageRoom> {
    let layout = &journey.layout;
    let stage = layout
        .stages
        .get(document.session.map().stages().position(id)?)?;
    let sizes = layout.density.sizes();
    Some(StageRoom {
        screen,
        band: layout.band_height,
        titles: sizes.title_column + TITLE_GROUND,
        pitch: sizes.pitch(),
        padding: 2.0 * size::STAGE_PAD,
        columns: stage.columns,
        least_zoom: room.smallest_capital() as f32 * screen.1 / (CAPITALS * sizes.type_scale),
    })
}

/// Camera with a page of a stage at the top left, below its name; place and size of the page; and its
/// right end on the map.
fn stage_camera(
    drawn: &DrawnView<'_>,
    document: &Document,
    id: &StageId,
    fit: &StageFit,
    page: usize,
) -> (Camera, (f64, f64, f64), f64) {
    let layout = drawn.journey.map(|journey| &journey.layout);
    let place = document.session.map().stages().position(id);
    let found = layout.and_then(|layout| Some((layout, layout.stages.get(place?)?)));
    let Some((layout, stage)) = found else {
        return (document.top_left(), (0.0, 0.0, 0.0), f64::INFINITY);
    };
    let sizes = layout.density.sizes();
    let before = (page * fit.columns) as f64 * f64::from(sizes.pitch());
    let left = stage.x + before - f64::from(sizes.title_column + TITLE_GROUND);
    // Rounded down, so that text is sharp and still fits.
    let zoom = Camera {
        zoom: fit.zoom,
        ..Camera::default()
    };
    let zoom = if zoom.stepped(0) <= fit.zoom {
        zoom.stepped(0)
    } else {
        zoom.stepped(-1)
    };
    let camera = Camera {
        x: left,
        y: layout.band_y,
        zoom,
    };
    let width = f64::from(stage.band.width);
    let columns = before + fit.columns as f64 * f64::from(sizes.pitch());
    let end = width.min(columns + f64::from(size::STAGE_PAD));
    (camera, (stage.x, width, f64::from(zoom)), stage.x + end)
}
