//! State of a presentation, and its way along the route: start, steps, changes of the map, end.
//!
//! Must not know: keys, cameras, how anything is drawn.

use super::aim::Aim;
use super::card_view::CardView;
use super::ink::Ink;
use super::lanes::LaneChoice;
use super::look::Look;
use super::screens::Wall;
use super::shown::{Cover, PointerTool, Shown};
use super::speaker_window::SpeakerWindow;
use crate::app::canvas::Camera;
use crate::app::document::Document;
use crate::app::document::camera_target::CameraTarget;
use crate::app::document::navigation;
use crate::app::document::selection::Selection;
use crate::app::platform::monitors::Monitor;
use crate::insight::Findings;
use crate::model::{ObjectRef, SavedViewId};
use crate::presentation::{PresentationRoute, RouteKind, RouteSource, Stop};
use crate::render::View;
use crate::scene::SelectionSet;
use crate::settings::today;
use crate::theme::ThemeName;
use egui::{Context, ViewportCommand};
use std::sync::Arc;

/// Number of touchpoints up to which the stages beside the one of a stop are folded.
const MAX_FOLDED_TOUCHPOINTS: usize = 2_000;

/// State of a presentation.
pub struct Presentation {
    pub(super) route: PresentationRoute,
    /// Document and revision of which the route was made.
    made_of: (u64, u64),
    pub(super) at: usize,
    pub(super) aim: Aim,
    pub(super) cover: Option<Cover>,
    pub(super) tool: Option<PointerTool>,
    pub(super) ink: Ink,
    pub(super) lanes: LaneChoice,
    pub(super) card: CardView,
    /// Index of the path that was chosen last.
    pub(super) path: usize,
    /// Index of the marked route while the menu of routes is open.
    pub(super) menu: Option<usize>,
    pub(super) wall: Wall,
    pub(super) speaker: SpeakerWindow,
    pub(super) theme: ThemeName,
    /// Whether the presentation was ended in the speaker's window.
    pub(crate) is_over: bool,
    former: FormerState,
}

/// State before the presentation, restored at its end.
struct FormerState {
    document: u64,
    view: View,
    /// Top left corner of each view that has been shown, as it was.
    corners: Vec<(View, Camera)>,
    selection: Selection,
    was_fullscreen: bool,
    /// Look of the document while saved views, which have looks of their own, are shown.
    look: Option<Look>,
}

impl Presentation {
    /// Starts at the overview, or `at` an object. From the findings view, which is a list, the
    /// findings are walked from the selected one on.
    pub fn start(ctx: &Context, document: &mut Document, at: Option<&ObjectRef>) -> Presentation {
        let view = document.view;
        let subject = at.cloned().or_else(|| {
            let is_list = view == View::Findings;
            is_list.then(|| document.primary_object()).flatten()
        });
        let kind = match view {
            View::Findings => RouteKind::Findings,
            _ => RouteKind::default(),
        };
        let mut route = make_route(kind, document);
        let mut found = subject.as_ref().and_then(|it| route.position_of(it));
        if let (Some(subject), None, RouteKind::Findings) = (&subject, found, kind) {
            route = make_route(RouteKind::default(), document);
            found = route.position_of(subject);
        }
        let mut presentation = Presentation {
            route,
            made_of: (document.key, document.session.revision()),
            at: 0,
            aim: Aim::default(),
            cover: None,
            tool: None,
            ink: Ink::default(),
            lanes: LaneChoice::default(),
            card: CardView::default(),
            path: 0,
            menu: None,
            wall: Wall::default(),
            speaker: SpeakerWindow::new(ctx),
            theme: ThemeName::Projector,
            is_over: false,
            former: FormerState {
                document: document.key,
                view,
                corners: Vec::new(),
                selection: document.selection.clone(),
                was_fullscreen: is_fullscreen(ctx),
                look: None,
            },
        };
        presentation.go(document, found.unwrap_or(0));
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        presentation
    }

    /// Theme of the presentation.
    pub fn theme(&self) -> ThemeName {
        self.theme
    }

    /// The stop at which the presentation rests.
    pub(super) fn stop(&self) -> &Stop {
        self.route.stop(self.at)
    }

    pub(super) fn shown(&self) -> Shown {
        match self.stop() {
            Stop::Overview => Shown::Map,
            Stop::Title { title, count } => Shown::Words(title.clone(), count.clone()),
            Stop::Stage(id) => Shown::Stage(id.clone()),
            Stop::Touchpoint(id) => Shown::Card(id.clone()),
            Stop::SavedView(id) => Shown::SavedView(id.clone()),
            Stop::Finding { subject, message } => match subject {
                ObjectRef::Stage(id) => Shown::Stage(id.clone()),
                object => match object.touchpoint() {
                    Some(id) => Shown::Card(id.clone()),
                    None => Shown::Words(crate::english::sentence(message), String::new()),
                },
            },
        }
    }

    /// Whether a touchpoint is shown as a large card.
    pub(crate) fn shows_card(&self) -> bool {
        matches!(self.shown(), Shown::Card(_))
    }

    /// Whether an object is outlined when it is selected: the one of the stop is not.
    pub(crate) fn outlines(&self, object: &ObjectRef) -> bool {
        self.stop().object().as_ref() != Some(object)
    }

    /// Goes to a stop.
    pub(super) fn go(&mut self, document: &mut Document, to: usize) {
        self.at = to.min(self.route.last());
        self.aim.restart();
        self.lanes.end_reveal();
        self.ink.clear();
        self.arrive(document);
    }

    /// Shows the stop in its view, and selects its object, behind which captured lines go.
    fn arrive(&mut self, document: &mut Document) {
        let shown = self.shown();
        if let Shown::SavedView(id) = &shown {
            return self.open_saved_view(document, &id.clone());
        }
        if let Some(look) = self.former.look.take() {
            look.restore(document);
        }
        let view = match (&shown, self.former.view) {
            (Shown::Map, view) if view != View::Findings => view,
            _ => View::Journey,
        };
        self.show_view(document, view);
        let object = self.stop().object();
        let object = object.filter(|object| object.is_in(document.session.map()));
        document.select(object.map_or(Selection::Nothing, Selection::One), false);
        self.present_part(document);
        document.camera_target = None;
    }

    /// Shows a saved view. One of the findings, which are a list, has nothing to look at.
    fn open_saved_view(&mut self, document: &mut Document, id: &SavedViewId) {
        let view = document.session.map().saved_views().get(id).cloned();
        let Some(view) = view.filter(|view| view.view != View::Findings) else {
            return;
        };
        if self.former.look.is_none() {
            self.former.look = Some(Look::of(document));
        }
        self.show_view(document, view.view);
        document.open_saved_view(&view);
        document.presented = Default::default();
    }

    fn show_view(&mut self, document: &mut Document, view: View) {
        if document.view != view {
            document.switch_view(view);
        }
        let corners = &mut self.former.corners;
        if corners.iter().all(|(known, _)| *known != view) {
            corners.push((view, document.top_left()));
        }
    }

    /// Dims what the stop is not about, and folds the other stages, so that the lanes are no higher
    /// than the stage needs; not in a huge map, in which folding takes too long.
    fn present_part(&self, document: &mut Document) {
        let shown = self.shown();
        document.presented.selection = self.selected_part(document, &shown);
        if shown != Shown::Map {
            document.presented.row_width = None;
        }
        let map = document.session.map();
        document.presented.folding = match shown {
            Shown::Stage(id) => {
                let mut folding = document.folding.clone();
                if map.touchpoint_count() <= MAX_FOLDED_TOUCHPOINTS {
                    folding.stages = map.stages().iter().map(|stage| stage.id.clone()).collect();
                }
                folding.stages.remove(&id);
                Some(folding)
            }
            _ => None,
        };
    }

    /// The part of the map that is not dimmed at a stop; `None` for all of it.
    fn selected_part(&self, document: &Document, shown: &Shown) -> Option<Arc<SelectionSet>> {
        let map = document.session.map();
        let mut part = SelectionSet::default();
        match shown {
            Shown::Stage(id) => {
                let steps = map.touchpoints_in(id).iter();
                part.touchpoints = steps.map(|step| step.id.clone()).collect();
                part.stages.insert(id.clone());
            }
            _ => {
                part.touchpoints = self.route.selected_touchpoints()?.cloned().collect();
                let stages = part.touchpoints.iter().filter_map(|id| map.stage_of(id));
                part.stages = stages.cloned().collect();
            }
        }
        Some(Arc::new(part))
    }

    /// Goes one stop on or back; a stage that is wider than the screen has several pages.
    pub(super) fn step(&mut self, document: &mut Document, on: bool) {
        self.cover = None;
        if self.aim.turn_page(on) {
            return;
        }
        if on && self.at < self.route.last() {
            self.go(document, self.at + 1);
        } else if !on && self.at > 0 {
            self.go(document, self.at - 1);
            self.aim.show_last_page();
        }
    }

    /// Takes another route.
    pub(super) fn take_route(&mut self, document: &mut Document, kind: RouteKind) {
        self.route = make_route(kind, document);
        self.cover = None;
        self.go(document, 0);
    }

    /// Follows changes of the map: the presentation goes on at the same stop.
    pub(crate) fn follow(&mut self, document: &mut Document) {
        if document.view == View::Findings {
            document.switch_view(View::Journey);
        }
        let now = (document.key, document.session.revision());
        if now == self.made_of {
            return;
        }
        let route = make_route(self.route.kind, document);
        let former = self.stop().clone();
        self.at = if self.made_of.0 == now.0 {
            self.route.resume(self.at, &route)
        } else {
            0
        };
        self.made_of = now;
        self.route = route;
        if *self.stop() != former {
            self.go(document, self.at);
        } else if !matches!(self.shown(), Shown::SavedView(_)) {
            self.present_part(document);
        }
    }

    /// Ends the presentation and restores the former view and selection.
    pub(crate) fn stop_presenting(&mut self, ctx: &Context, document: &mut Document) {
        document.presented = Default::default();
        if document.key == self.former.document
            && let Some(look) = self.former.look.take()
        {
            look.restore(document);
        }
        let former = &self.former;
        if document.key == former.document {
            for (view, corner) in &former.corners {
                document.switch_view(*view);
                document.camera_target = Some(CameraTarget::TopLeft(*corner));
            }
            document.switch_view(former.view);
            let is_stop = |object: &ObjectRef| !self.outlines(object);
            if document.selection.object().is_none_or(is_stop) {
                document.selection = former.selection.clone();
                document.prune_selection();
            }
        }
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(former.was_fullscreen));
    }

    /// Takes note of the screens; the map goes to the one that was chosen by its name.
    pub(crate) fn update_monitors(
        &mut self,
        ctx: &Context,
        monitors: Vec<Monitor>,
        preferred: &Option<String>,
    ) -> Option<String> {
        self.wall
            .update(ctx, monitors, preferred, &mut self.speaker)
    }
}

/// Whether the window fills the screen.
pub(super) fn is_fullscreen(ctx: &Context) -> bool {
    ctx.input(|i| i.viewport().fullscreen).unwrap_or(false)
}

/// Makes a route of the map of a document and of what is highlighted there.
fn make_route(kind: RouteKind, document: &mut Document) -> PresentationRoute {
    let findings: Arc<Findings> = match kind {
        RouteKind::Findings => document.session.findings(today()),
        _ => Arc::default(),
    };
    let highlighted = match kind {
        RouteKind::Highlighted => {
            let lit = document.own_highlight();
            if lit.is_off() {
                Vec::new()
            } else {
                navigation::highlighted(document.session.map(), &lit)
            }
        }
        _ => Vec::new(),
    };
    let persona = document.chosen_persona().map(|persona| persona.id.clone());
    let source = RouteSource {
        map: document.session.map(),
        persona: persona.as_ref(),
        findings: &findings.open,
        highlighted: &highlighted,
    };
    PresentationRoute::new(kind, &source)
}
