//! One open map: the session and how it is looked at.
//!
//! What is here beside the session never enters the file or the history.
//! Must not know: panels, menus, dialogs.

use super::canvas::{Camera, CanvasView, Glide, Minimap};
use super::commands::{Selected, Situation};
use super::context::Selection;
use super::cursor::holds_cursor;
use super::owning;
use super::reveal::Shown;
use super::selection;
use super::spotlight::Spotlight;
use crate::layout;
use crate::layout::flow::Colouring;
use crate::model::{LaneId, LaneKind, PathKind, PersonaId, Record, Touchpoint};
use crate::scene::{Lit, Scene, Tag};
use crate::session::{Picture, PictureOptions, Session, View, today};
use crate::text::Typesetter;
use crate::theme::{Density, Palette, ThemeName};
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
            in_lane: self.lane.as_ref().is_some_and(|id| {
                let lane = self.session.map().lanes().get(id);
                // Signs make a feeling better and worse, also where it is named.
                lane.is_some_and(|lane| lane.kind != LaneKind::Feelings)
            }),
            lane_hidden: match &self.selection {
                Selection::Lane(id) => {
                    let lane = self.session.map().lanes().get(id);
                    lane.is_some_and(|lane| lane.hidden)
                }
                _ => false,
            },
            in_row: self.view == View::Ownership && selected.is_step(),
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
            // It is outlined, but the view does not go there when it is looked at in a list.
            Selection::Persona(id) => vec![Tag::Persona(id.clone())],
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
            Tag::Frame | Tag::Map => Selection::Nothing,
            Tag::Persona(id) => Selection::Persona(id.clone()),
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
