//! One open map: the session and how it is looked at.
//!
//! What is here beside the session never enters the file or the history.
//! Must not know: panels, menus, dialogs.

use super::canvas::{Area, Camera, CanvasView, Glide, Limits, Minimap, locate};
use super::commands::{Selected, Situation};
use super::context::Selection;
use super::cursor::holds_cursor;
use super::gesture;
use super::owning;
use super::selection;
use super::spotlight::Spotlight;
use crate::layout;
use crate::layout::flow::Colouring;
use crate::model::{LaneId, PathKind, PersonaId, Record, Touchpoint};
use crate::scene::{Lit, Scene, Tag};
use crate::session::{Picture, PictureOptions, Session, View};
use crate::text::Typesetter;
use crate::theme::{Density, Palette, ThemeName};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// Air around what the camera shows whole, in points.
const MARGIN: f32 = 24.0;

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

/// What is on the canvas: the drawing of a view, and where things are in it
/// where that is known.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// What is drawn.
    pub scene: &'a Scene,
    /// The journey, where that is what is drawn.
    pub journey: Option<&'a Picture>,
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

/// What the camera shall show.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// The beginning of the map at a size that can be read.
    Start,
    /// The whole map.
    All,
    /// A thing, large.
    Large(Tag),
    /// A thing, moving as little as possible.
    Near(Tag),
    /// A zoom about the middle of the view.
    Zoom(f32),
    /// So many widths of the view further right, and heights further down.
    Screens(f32, f32),
    /// A number of steps of zoom.
    Steps(i32),
    /// What [`Document::corner`] gave, in the top left corner again.
    Corner(Camera),
}

/// How many things bear each mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Touchpoints that nobody owns.
    pub unowned_touchpoints: usize,
    /// Stages that nobody owns.
    pub unowned_stages: usize,
    /// Touchpoints with pain points.
    pub hurting: usize,
    /// Pain points.
    pub pains: usize,
}

impl Counts {
    fn of(touchpoints: &[Touchpoint]) -> Counts {
        let mut counts = Counts::default();
        for touchpoint in touchpoints {
            counts.unowned_touchpoints += usize::from(touchpoint.owner.is_none());
            counts.hurting += usize::from(!touchpoint.pains.is_empty());
            counts.pains += touchpoint.pains.len();
        }
        counts
    }

    /// Touchpoints and stages that nobody owns.
    pub fn unowned(&self) -> usize {
        self.unowned_touchpoints + self.unowned_stages
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

    /// Whether it can be closed without a word: nothing was changed.
    pub fn is_untouched(&self) -> bool {
        !self.session.is_dirty()
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

    fn options(&mut self, look: Look) -> PictureOptions {
        let mut options = look.options(self.lit());
        options.layout.hidden_curves = self.hidden_curves.clone();
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
        if self.wanted.is_none() {
            self.wanted = self.tag().map(Shown::Near);
        }
    }

    /// What stays lit while the rest is dimmed.
    pub fn lit(&mut self) -> Lit {
        let revision = self.session.revision();
        self.spotlight.lit(self.session.map(), revision)
    }

    /// How many things bear each mark.
    pub fn counts(&mut self) -> Counts {
        let revision = self.session.revision();
        if let Some((known, counts)) = self.counts
            && known == revision
        {
            return counts;
        }
        let map = self.session.map();
        let mut counts = Counts {
            unowned_stages: map.stages().iter().filter(|s| s.owner.is_none()).count(),
            ..Counts::default()
        };
        self.counted
            .resize_with(map.stages().len(), Default::default);
        for ((_, list), (known, counted)) in map.lists().zip(&mut self.counted) {
            // Equal stamps, equal touchpoints, whichever stage counted them.
            if *known != list.stamp() {
                (*known, *counted) = (list.stamp(), Counts::of(list.as_slice()));
            }
            counts.unowned_touchpoints += counted.unowned_touchpoints;
            counts.hurting += counted.hurting;
            counts.pains += counted.pains;
        }
        self.counts = Some((revision, counts));
        counts
    }

    /// What the conditions of commands look at.
    pub fn situation(&self) -> Situation {
        let history = self.session.history();
        let selected = match &self.selection {
            Selection::Nothing => Selected::Nothing,
            Selection::Stage(_) => Selected::Stage,
            Selection::Touchpoint(_) => Selected::Touchpoint,
            Selection::Touchpoints(_) => Selected::Touchpoints,
            Selection::Path { .. } => Selected::Path,
            Selection::Lane(_) => Selected::Lane,
            Selection::Persona(_)
            | Selection::Department(_)
            | Selection::Channel(_)
            | Selection::Environment(_) => Selected::Record,
        };
        Situation {
            map: true,
            many_maps: false,
            can_undo: history.done().len() > 0,
            can_redo: history.undone().len() > 0,
            selected,
            writes: selected.writes() && self.view.writes(),
            in_lane: self.lane.is_some(),
            link: self.link().is_some(),
            lit: self.spotlight.is_on(),
            filtered: !self.spotlight.filter.is_empty(),
        }
    }

    /// Selects; moves the view so that it is seen where that is wanted.
    pub fn select(&mut self, selection: Selection, reveal: bool) {
        if self.selection != selection {
            self.session.seal();
        }
        self.selection = selection;
        self.lane = None;
        if reveal && let Some(tag) = self.tag() {
            self.wanted = Some(Shown::Near(tag));
        }
    }

    /// Lets go of a selection that is no longer in the map.
    pub fn prune(&mut self) {
        let map = self.session.map();
        let selection = self.selection.pruned(map);
        let keeps = |lane: &LaneId| selection == self.selection && holds_cursor(map, lane);
        self.lane = self.lane.take().filter(keeps);
        self.selection = selection;
    }

    /// The things on the canvas that stand for the selection.
    pub fn tags(&self) -> Vec<Tag> {
        match &self.selection {
            Selection::Touchpoints(ids) => ids.iter().cloned().map(Tag::Card).collect(),
            _ => self.tag().into_iter().collect(),
        }
    }

    /// The thing on the canvas where the selection is.
    pub fn tag(&self) -> Option<Tag> {
        match &self.selection {
            Selection::Stage(id) => Some(Tag::Stage(id.clone())),
            Selection::Touchpoint(id) => Some(Tag::Card(id.clone())),
            Selection::Touchpoints(ids) => ids.first().cloned().map(Tag::Card),
            Selection::Path { from, to, .. } => Some(Tag::Path {
                from: from.clone(),
                to: to.clone(),
            }),
            Selection::Lane(id) => Some(Tag::Lane(id.clone())),
            Selection::Department(id) => Some(Tag::Department(id.clone())),
            Selection::Nothing
            | Selection::Persona(_)
            | Selection::Channel(_)
            | Selection::Environment(_) => None,
        }
    }

    /// What a thing on the canvas stands for.
    pub fn meaning(&self, tag: &Tag) -> Selection {
        match tag {
            Tag::Frame => Selection::Nothing,
            Tag::Stage(id) => Selection::Stage(id.clone()),
            Tag::Lane(id) => Selection::Lane(id.clone()),
            Tag::Card(id) | Tag::Cell(_, id) | Tag::Face(id, _) => {
                Selection::Touchpoint(id.clone())
            }
            Tag::Department(id) => Selection::Department(id.clone()),
            Tag::StageOwner(id) => Selection::Stage(id.clone()),
            Tag::Owned(holder, stage) => owning::owned(self.session.map(), holder, stage.as_ref()),
            Tag::Handoff(from, to) => owning::handed_over(self.session.map(), from, to),
            Tag::Path { from, to } => {
                let touchpoint = self.session.map().touchpoint(from);
                let written = touchpoint.and_then(|t| t.paths.iter().find(|p| p.to == *to));
                Selection::Path {
                    from: from.clone(),
                    to: to.clone(),
                    kind: written.map_or(PathKind::Next, |path| path.kind),
                }
            }
        }
    }

    /// What the status line says about the selection.
    pub fn selection_words(&self) -> String {
        let map = self.session.map();
        let touchpoint = |id| {
            map.touchpoint(id)
                .map_or("", |t| t.name.as_str())
                .to_owned()
        };
        match &self.selection {
            Selection::Nothing => String::new(),
            Selection::Stage(id) => format!("Stage: {}", name_in(map.stages(), id)),
            Selection::Touchpoint(id) => {
                let lane = self.lane.as_ref().and_then(|id| map.lanes().get(id));
                let what = lane.map_or("Touchpoint", |lane| lane.title());
                format!("{what}: {}", touchpoint(id))
            }
            Selection::Touchpoints(ids) => format!("{} selected", selection::count(ids.len())),
            Selection::Path { from, to, .. } => {
                format!("Path: {} to {}", touchpoint(from), touchpoint(to))
            }
            Selection::Lane(id) => {
                let lane = map.lanes().get(id).map_or("", |lane| lane.title());
                format!("Lane: {lane}")
            }
            Selection::Persona(id) => format!("Persona: {}", name_in(map.personas(), id)),
            Selection::Department(id) => format!("Department: {}", name_in(map.departments(), id)),
            Selection::Channel(id) => format!("Channel: {}", name_in(map.channels(), id)),
            Selection::Environment(id) => {
                format!("Environment: {}", name_in(map.environments(), id))
            }
        }
    }

    /// Keeps the top left corner of what is seen where it is when the canvas
    /// gets another size, as when a panel opens.
    pub fn resized(&mut self, view: (f32, f32)) {
        if let Some(former) = self.seen
            && former != view
        {
            let (dx, dy) = ((view.0 - former.0) / 2.0, (view.1 - former.1) / 2.0);
            self.camera.pan(-dx, -dy);
            if let Some(glide) = &mut self.glide {
                glide.to.pan(-dx, -dy);
            }
        }
        self.seen = Some(view);
    }

    /// What lies in the top left corner of the view, as a camera; a view of
    /// another size goes back there with [`Shown::Corner`].
    pub fn corner(&self) -> Camera {
        let (width, height) = self.seen.unwrap_or_default();
        let mut corner = self.camera;
        corner.pan(width / 2.0, height / 2.0);
        corner
    }

    /// Where what is selected is in a view, in points.
    pub fn on_screen(&self, drawn: &Drawn<'_>, view: egui::Rect) -> Option<egui::Rect> {
        let area = self.find(drawn, &self.tag()?)?;
        let at = |x: f64, y: f64| {
            let zoom = f64::from(self.camera.zoom);
            let (x, y) = ((x - self.camera.x) * zoom, (y - self.camera.y) * zoom);
            view.center() + egui::vec2(x as f32, y as f32)
        };
        let rect = egui::Rect::from_two_pos(at(area.left, area.top), at(area.right, area.bottom));
        let rect = rect.intersect(view);
        rect.is_positive().then_some(rect)
    }

    /// Starts to move the camera to what is wanted, where the canvas knows its size.
    pub fn go(&mut self, drawn: &Drawn<'_>, still: bool) {
        let (Some(view), Some(wanted)) = (self.seen, self.wanted.clone()) else {
            return;
        };
        self.wanted = None;
        let jump = wanted == Shown::Start || still;
        let Some(target) = self.target(&wanted, drawn, view) else {
            return;
        };
        let scene = drawn.scene;
        let limits = Limits::of((scene.width, scene.height), view);
        let target = target.within(&limits);
        if jump {
            self.camera = target;
            self.glide = None;
        } else if target != self.camera {
            self.glide = Some(Glide::new(self.camera, target, false));
        }
    }

    /// Where a thing lies on the map.
    fn find(&self, drawn: &Drawn<'_>, tag: &Tag) -> Option<Area> {
        let Some(journey) = drawn.journey else {
            return locate(drawn.scene, tag, None);
        };
        let map = self.session.map();
        let stage = match tag {
            Tag::Stage(id) => Some(id),
            tag => tag.touchpoint().and_then(|id| map.stage_of(id)),
        };
        let place = stage.and_then(|id| map.stages().position(id));
        let stage = place.and_then(|k| journey.layout.stages.get(k));
        locate(drawn.scene, tag, stage.map(|stage| stage.x))
    }

    fn target(&self, wanted: &Shown, drawn: &Drawn<'_>, view: (f32, f32)) -> Option<Camera> {
        let scene = drawn.scene;
        let whole = Area::new(0.0, 0.0, scene.width, scene.height);
        // A glide that is under way counts as done: keys in a row add up.
        let now = self.glide.as_ref().map_or(self.camera, |glide| glide.to);
        Some(match wanted {
            Shown::All => Camera::fitting(&whole, view, MARGIN),
            Shown::Start => {
                let fitting = Camera::fitting(&whole, view, MARGIN);
                if fitting.zoom >= 0.5 {
                    fitting
                } else {
                    let zoom = 0.75_f32;
                    let (w, h) = (view.0 / zoom, view.1 / zoom);
                    Camera {
                        x: f64::from(w) / 2.0,
                        y: (f64::from(h) / 2.0).min(scene.height / 2.0),
                        zoom: Camera { zoom, ..now }.stepped(0),
                    }
                }
            }
            Shown::Large(tag @ Tag::Stage(_)) => {
                column(&self.find(drawn, tag)?, view, self.covered.0 / now.zoom)
            }
            Shown::Large(tag) => {
                let area = self.find(drawn, tag)?;
                let mut target = Camera::fitting(&area, view, 3.0 * MARGIN);
                if target.zoom > 1.5 {
                    target.zoom = 1.5;
                    target.zoom = target.stepped(0);
                }
                target
            }
            Shown::Near(tag) => {
                // A cell may be empty, its lane hidden, a path not drawn in this view:
                // then the card will do.
                let id = match tag {
                    Tag::Path { from, .. } => Some(from),
                    tag => tag.touchpoint(),
                };
                let card = || self.find(drawn, &Tag::Card(id?.clone()));
                let room = || match tag {
                    Tag::Cell(lane, id) => {
                        gesture::room(self.session.map(), drawn.journey?, lane, id)
                    }
                    _ => None,
                };
                let area = self.find(drawn, tag).or_else(room).or_else(card)?;
                now.revealing(&area, view, self.covered, MARGIN)
            }
            Shown::Zoom(zoom) => Camera { zoom: *zoom, ..now },
            Shown::Screens(right, down) => {
                let mut target = now;
                target.pan(-right * view.0, -down * view.1);
                target
            }
            Shown::Steps(steps) => Camera {
                zoom: now.stepped(*steps),
                ..now
            },
            Shown::Corner(corner) => {
                let mut target = *corner;
                target.pan(-view.0 / 2.0, -view.1 / 2.0);
                target
            }
        })
    }
}

/// The camera that shows a stage over the width of the view, from its name
/// down; `titles` is the width of the lane titles in map units.
fn column(stage: &Area, view: (f32, f32), titles: f32) -> Camera {
    let width = stage.width() + f64::from(titles);
    let zoom = f64::from(view.0 - 2.0 * MARGIN) / width.max(1.0);
    // Smaller than this nobody in the room can read; larger than that little fits.
    let zoom = zoom.clamp(0.6, 1.4) as f32;
    let camera = Camera {
        zoom,
        ..Camera::default()
    };
    let zoom = f64::from(camera.stepped(0));
    let margin = f64::from(MARGIN) / zoom;
    let (w, h) = (f64::from(view.0) / zoom, f64::from(view.1) / zoom);
    Camera {
        // A stage that is wider than the view is shown from its beginning.
        x: if width + 2.0 * margin <= w {
            (stage.left - f64::from(titles) + stage.right) / 2.0
        } else {
            stage.left - f64::from(titles) - margin + w / 2.0
        },
        y: stage.top - margin + h / 2.0,
        zoom: zoom as f32,
    }
}

fn name_in<'a, R: Record>(list: &'a crate::model::List<R>, id: &R::Id) -> &'a str {
    list.get(id).map_or("", Record::name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::laws::{intent, rolls};
    use crate::model::arbitrary;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn counts_that_follow_edits_are_counts_made_afresh(
            map in arbitrary::map(),
            edits in rolls(12),
        ) {
            let mut document = Document::new(0, Session::untitled(map));
            for roll in edits {
                if let Some(intent) = intent(document.session.map(), roll) {
                    // A refusal is no change.
                    let _ = document.session.apply(&intent);
                }
                let map = document.session.map().clone();
                let afresh = Document::new(1, Session::untitled(map)).counts();
                prop_assert_eq!(document.counts(), afresh);
            }
        }
    }
}
