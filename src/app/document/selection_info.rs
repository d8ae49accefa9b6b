//! Selection of a document: its objects on the canvas, its state for the conditions of
//! commands, and its description.
//!
//! Must not know: how anything is drawn.

use super::Document;
use super::camera_target::Shown;
use super::lane_cursor::holds_cursor;
use super::multi_selection;
use crate::app::command::action::Selection;
use crate::app::command::{Selected, Situation};
use crate::app::editing::ownership;
use crate::model::{LaneId, LaneKind, PathKind, Record};
use crate::render::View;
use crate::scene::Tag;

impl Document {
    /// State for the conditions of commands.
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
                // In the feelings lane plus and minus change the score.
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
            lit: self.spotlight.is_on() || self.lights_passed(),
            filtered: !self.spotlight.filter.is_empty(),
        }
    }

    /// Changes the selection; `reveal` moves the camera to it.
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

    /// Drops the parts of the selection that are no longer in the map.
    pub fn prune(&mut self) {
        let map = self.session.map();
        let selection = self.selection.pruned(map);
        let keeps = |lane: &LaneId| selection == self.selection && holds_cursor(map, lane);
        self.lane = self.lane.take().filter(keeps);
        self.selection = selection;
    }

    /// Objects on the canvas that represent the selection.
    pub fn tags(&self) -> Vec<Tag> {
        match &self.selection {
            Selection::Touchpoints(ids) => ids.iter().cloned().map(Tag::Card).collect(),
            // Outlined, but the camera does not move there when the persona is selected
            // in a list.
            Selection::Persona(id) => vec![Tag::Persona(id.clone())],
            _ => self.tag().into_iter().collect(),
        }
    }

    /// Primary object of the selection on the canvas.
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

    /// Selection represented by an object on the canvas.
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
            Tag::Owned(what) => ownership::owned(self.session.map(), &what.0, what.1.as_ref()),
            Tag::Handoff(ends) => ownership::handed_over(self.session.map(), &ends.0, &ends.1),
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

    /// Description of the selection for the status bar.
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
            Selection::Touchpoints(ids) => {
                format!("{} selected", multi_selection::count(ids.len()))
            }
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
