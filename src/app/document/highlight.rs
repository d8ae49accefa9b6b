//! Highlight of a map, and the state of a search.
//!
//! Highlight and filter narrow each other. While a search has hits, only these are
//! highlighted, so that all of them are visible.
//!
//! Must not know: how anything is drawn, who asks.

use super::navigation::Way;
use crate::app::command::action::Selection;
use crate::graph::Graph;
use crate::model::{ActionId, LaneId, LaneKind, Map, TouchpointId};
use crate::scene::{Chosen, Lit, Marks, Tag};
use crate::search::filter::{Choice, Filter, choices};
use crate::search::find;
use crate::search::find::{Hit, Place};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Highlight, filter and search of one map.
#[derive(Default)]
pub struct Spotlight {
    /// Highlighted marks.
    pub highlight: Marks,
    /// Active filter.
    pub filter: Filter,
    /// Whether touchpoints that every customer passes are highlighted, if handoff marks
    /// are shown.
    pub passed: bool,
    /// Search in progress.
    pub find: Option<Find>,
    unavoidable: Option<(u64, Arc<Chosen>)>,
    /// Cache of [`Spotlight::narrowed`]: both inputs and their intersection.
    narrowed: Option<(Arc<Chosen>, Arc<Chosen>, Arc<Chosen>)>,
    passing: Option<(u64, Filter, Arc<Chosen>)>,
    choices: Option<(u64, Arc<[Choice]>)>,
}

impl Spotlight {
    /// Highlighted part of a map in this revision; the same value as before if
    /// unchanged.
    pub fn lit(&mut self, map: &Map, revision: u64) -> Lit {
        if let Some(find) = &mut self.find {
            find.keep_up(map, revision);
            if let Some(found) = &find.lit {
                return Lit {
                    marks: Marks::NONE,
                    chosen: Some(found.clone()),
                };
            }
        }
        Lit {
            marks: self.highlight,
            chosen: (!self.filter.is_empty()).then(|| self.passing(map, revision)),
        }
    }

    /// Objects that pass the filter.
    pub fn passing(&mut self, map: &Map, revision: u64) -> Arc<Chosen> {
        match &self.passing {
            Some((known, filter, passing)) if *known == revision && *filter == self.filter => {
                passing.clone()
            }
            _ => {
                let passing = Arc::new(self.filter.lit(map));
                self.passing = Some((revision, self.filter.clone(), passing.clone()));
                passing
            }
        }
    }

    /// Touchpoints that every customer passes (dominators); none if no route leads from
    /// the first contact to the last.
    pub fn passed_by_all(&mut self, map: &Map, revision: u64) -> Arc<Chosen> {
        if let Some((known, passed)) = &self.unavoidable
            && *known == revision
        {
            return passed.clone();
        }
        let graph = Graph::of(map);
        let ends = graph.first_contact().zip(graph.last_contact());
        let all = ends.and_then(|(first, last)| graph.unavoidable(first, last));
        let all: FxHashSet<usize> = all.unwrap_or_default().into_iter().collect();
        let touchpoints = map.touchpoints().enumerate();
        let touchpoints = touchpoints.filter(|(at, _)| all.contains(at));
        let passed = Arc::new(Chosen {
            touchpoints: touchpoints.map(|(_, it)| it.id.clone()).collect(),
            ..Chosen::default()
        });
        self.unavoidable = Some((revision, passed.clone()));
        passed
    }

    /// Restricts a highlight to the touchpoints that every customer passes. Search hits
    /// are not restricted.
    pub fn narrowed(&mut self, lit: Lit, map: &Map, revision: u64) -> Lit {
        if self.find.as_ref().is_some_and(|find| find.lit.is_some()) {
            return lit;
        }
        let passed = self.passed_by_all(map, revision);
        let chosen = match lit.chosen {
            None => passed,
            Some(beside) => match &self.narrowed {
                Some((a, b, both)) if Arc::ptr_eq(a, &beside) && Arc::ptr_eq(b, &passed) => {
                    both.clone()
                }
                _ => {
                    let shared = beside.touchpoints.intersection(&passed.touchpoints);
                    let both = Arc::new(Chosen {
                        touchpoints: shared.cloned().collect(),
                        stages: FxHashSet::default(),
                        personas: beside.personas.clone(),
                    });
                    self.narrowed = Some((beside, passed, both.clone()));
                    both
                }
            },
        };
        Lit {
            chosen: Some(chosen),
            ..lit
        }
    }

    /// Facets available for the filter.
    pub fn choices(&mut self, map: &Map, revision: u64) -> Arc<[Choice]> {
        match &self.choices {
            Some((known, choices)) if *known == revision => choices.clone(),
            _ => {
                let choices: Arc<[Choice]> = choices(map).into();
                self.choices = Some((revision, choices.clone()));
                choices
            }
        }
    }

    /// Toggles the highlight of a mark.
    pub fn toggle(&mut self, mark: Marks) {
        self.highlight = if self.highlight.meets(mark) {
            self.highlight.without(mark)
        } else {
            self.highlight.with(mark)
        };
    }

    /// Whether there is a highlight or a search hit to step through.
    pub fn is_on(&self) -> bool {
        let found = self.find.as_ref().is_some_and(|find| !find.hits.is_empty());
        found || !self.highlight.is_empty() || !self.filter.is_empty()
    }
}

/// Search in the texts of a map.
#[derive(Default)]
pub struct Find {
    /// Search text.
    pub text: String,
    /// Whether the field requests the focus, with all of its text selected.
    pub wants_focus: bool,
    /// Whether text was typed before the field had the focus.
    pub typed_ahead: bool,
    /// Whether the next typed text replaces the search text.
    pub typed_over: bool,
    /// Whether the field had the focus in the last frame.
    pub focused: bool,
    hits: Arc<[Hit]>,
    lit: Option<Arc<Chosen>>,
    known: Option<(u64, String)>,
    /// Current hit.
    at: Option<usize>,
    /// Record from which typing searches: the selection at the start of the search.
    from: Option<Place>,
    /// Text that contains the current hit.
    context: Option<(String, std::ops::Range<usize>)>,
}

impl Find {
    /// Creates a search that starts at the selection.
    pub fn new(selection: &Selection) -> Find {
        Find {
            wants_focus: true,
            typed_over: true,
            from: place(selection),
            ..Find::default()
        }
    }

    /// Searches again if text or map changed. Returns whether it did.
    pub fn keep_up(&mut self, map: &Map, revision: u64) -> bool {
        let known = self.known.as_ref();
        if known.is_some_and(|(known, text)| *known == revision && *text == self.text) {
            return false;
        }
        self.known = Some((revision, self.text.clone()));
        self.hits = find::find(map, &self.text).into();
        self.lit = (!self.hits.is_empty()).then(|| Arc::new(find::lit(&self.hits)));
        self.at = match self.at {
            Some(at) => (!self.hits.is_empty()).then(|| at.min(self.hits.len() - 1)),
            None => None,
        };
        self.keep_context(map);
        true
    }

    fn keep_context(&mut self, map: &Map) {
        self.context = self.hit().and_then(|hit| {
            let text = find::text_of(map, hit)?;
            Some((text.to_owned(), hit.range.clone()))
        });
    }

    /// Current hit.
    pub fn hit(&self) -> Option<&Hit> {
        self.hits.get(self.at?)
    }

    /// Number of hits.
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// Position of the current hit, counted from 1.
    pub fn number(&self) -> Option<usize> {
        self.at.map(|at| at + 1)
    }

    /// Text that contains the current hit, and the range of the hit.
    pub fn context(&self) -> Option<(&str, std::ops::Range<usize>)> {
        let (text, range) = self.context.as_ref()?;
        Some((text, range.clone()))
    }

    /// Makes the first hit at or after the start of the search current (while typing).
    pub fn restart(&mut self, map: &Map) {
        let from = self.from.as_ref();
        let same = from.and_then(|from| self.hits.iter().position(|hit| hit.place == *from));
        let after = from.and_then(|from| {
            let order = |place: &Place| match place {
                Place::Stage(id) => Some((map.stages().position(id)?, 0)),
                Place::Touchpoint(id) => {
                    let (stage, at) = map.place_of(id)?;
                    Some((map.stages().position(&stage)?, at + 1))
                }
                _ => None,
            };
            let from = order(from)?;
            let later = |hit: &Hit| order(&hit.place).is_some_and(|place| place > from);
            self.hits.iter().position(later)
        });
        let first = (!self.hits.is_empty()).then_some(0);
        self.at = same.or(after).or(first);
        self.keep_context(map);
    }

    /// Makes the next or previous hit current; wraps around.
    pub fn step(&mut self, map: &Map, way: Way) {
        let count = self.hits.len();
        if count == 0 {
            return;
        }
        self.at = Some(match (self.at, way) {
            (None, Way::On) => 0,
            (None, Way::Back) => count - 1,
            (Some(at), Way::On) => (at + 1) % count,
            (Some(at), Way::Back) => (at + count - 1) % count,
        });
        self.from = self.hit().map(|hit| hit.place.clone());
        self.keep_context(map);
    }
}

fn place(selection: &Selection) -> Option<Place> {
    Some(match selection {
        Selection::Nothing => return None,
        Selection::Stage(id) => Place::Stage(id.clone()),
        Selection::Touchpoint(id) | Selection::Path { from: id, .. } => {
            Place::Touchpoint(id.clone())
        }
        Selection::Touchpoints(ids) => Place::Touchpoint(ids.first()?.clone()),
        Selection::Lane(id) => Place::Lane(id.clone()),
        Selection::Persona(id) => Place::Persona(id.clone()),
        Selection::Department(id) => Place::Department(id.clone()),
        Selection::Channel(id) => Place::Channel(id.clone()),
        Selection::Environment(id) => Place::Environment(id.clone()),
    })
}

/// Selection for a hit: for an action the touchpoint it addresses, if any; the map
/// itself for map-wide texts.
pub fn selection(map: &Map, hit: &Hit) -> Selection {
    match &hit.place {
        Place::Map | Place::Note(_) => Selection::Nothing,
        Place::Action(id) => answered(map, id).map_or(Selection::Nothing, |(touchpoint, _)| {
            Selection::Touchpoint(touchpoint.clone())
        }),
        Place::Persona(id) => Selection::Persona(id.clone()),
        Place::Department(id) => Selection::Department(id.clone()),
        Place::Channel(id) => Selection::Channel(id.clone()),
        Place::Environment(id) => Selection::Environment(id.clone()),
        Place::Lane(id) => Selection::Lane(id.clone()),
        Place::Stage(id) => Selection::Stage(id.clone()),
        Place::Touchpoint(id) => Selection::Touchpoint(id.clone()),
    }
}

/// Caption of the inspector field of a hit, for selections with many fields: the item
/// addressed by an action, a parked note.
pub fn field(map: &Map, hit: &Hit) -> Option<String> {
    match &hit.place {
        Place::Note(id) => Some(format!("Note {} text", map.notes().position(id)? + 1)),
        Place::Action(id) => Some(match answered(map, id) {
            Some((_, field)) => field,
            None => format!("Action {} name", map.actions().position(id)? + 1),
        }),
        _ => None,
    }
}

/// First touchpoint with a pain point or opportunity that an action addresses, and the
/// caption of its inspector field.
fn answered<'m>(map: &'m Map, id: &ActionId) -> Option<(&'m TouchpointId, String)> {
    map.touchpoints().find_map(|it| {
        let pain = it.pains.iter().position(|p| p.actions.contains(id));
        let opportunity = || it.opportunities.iter().position(|o| o.actions.contains(id));
        let field = match pain {
            Some(at) => format!("Pain {} text", at + 1),
            None => format!("Opportunity {} text", opportunity()? + 1),
        };
        Some((&it.id, field))
    })
}

/// Cell that shows the text of a hit, if its lane is visible.
pub fn cell(map: &Map, hit: &Hit) -> Option<Tag> {
    let Place::Touchpoint(id) = &hit.place else {
        return None;
    };
    let kind = match hit.field.name {
        "Quote" | "Thought" => LaneKind::Thoughts,
        "Motivation" => LaneKind::Motivations,
        "Pain point" => LaneKind::Pains,
        "Opportunity" => LaneKind::Opportunities,
        "Measurement" => LaneKind::Measurements,
        "Backstage" => LaneKind::Backstage,
        "Own lane" => {
            let mut lanes = map.touchpoint(id)?.texts.keys();
            let lane: Option<&LaneId> = hit.field.number.and_then(|n| lanes.nth(n - 1));
            return Some(Tag::Cell(lane?.clone(), id.clone()));
        }
        _ => return None,
    };
    let lane = map.lanes().iter().find(|lane| lane.kind == kind)?;
    (!lane.hidden).then(|| Tag::Cell(lane.id.clone(), id.clone()))
}
