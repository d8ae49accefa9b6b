//! What stands out on a map, and where a search has got to.
//!
//! Highlight and filter narrow each other. While a search finds something, its
//! hits alone are lit: who searches wants to see all of them.
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

/// What stands out on one map.
#[derive(Default)]
pub struct Spotlight {
    /// What is highlighted.
    pub highlight: Marks,
    /// What is filtered by.
    pub filter: Filter,
    /// What every customer passes is highlighted, where seams are shown.
    pub passed: bool,
    /// The search, where one is under way.
    pub find: Option<Find>,
    unavoidable: Option<(u64, Arc<Chosen>)>,
    /// What was chosen beside, and what of that every customer passes.
    narrowed: Option<(Arc<Chosen>, Arc<Chosen>, Arc<Chosen>)>,
    passing: Option<(u64, Filter, Arc<Chosen>)>,
    choices: Option<(u64, Arc<[Choice]>)>,
}

impl Spotlight {
    /// What stays lit of a map in this revision; the same as before where
    /// nothing changed.
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

    /// What passes the filter.
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

    /// The touchpoints that every customer passes; none where no way leads from the
    /// first contact to the last.
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

    /// Of what is lit only what every customer passes. While a search finds something,
    /// its hits stay lit.
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

    /// What the map can be filtered by.
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

    /// Highlights what bears a mark, or no longer.
    pub fn toggle(&mut self, mark: Marks) {
        self.highlight = if self.highlight.meets(mark) {
            self.highlight.without(mark)
        } else {
            self.highlight.with(mark)
        };
    }

    /// Whether anything is lit that can be walked.
    pub fn is_on(&self) -> bool {
        let found = self.find.as_ref().is_some_and(|find| !find.hits.is_empty());
        found || !self.highlight.is_empty() || !self.filter.is_empty()
    }
}

/// A search in a map.
#[derive(Default)]
pub struct Find {
    /// What was typed.
    pub text: String,
    /// The field shall have the keyboard, with all of its text selected.
    pub wants_focus: bool,
    /// Something was typed before the field had the keyboard.
    pub typed_ahead: bool,
    /// What is typed next takes the place of what is there.
    pub typed_over: bool,
    /// The field had the keyboard in the last frame.
    pub focused: bool,
    hits: Arc<[Hit]>,
    lit: Option<Arc<Chosen>>,
    known: Option<(u64, String)>,
    /// The hit in front.
    at: Option<usize>,
    /// Where typing searches from: what was selected when the search began.
    from: Option<Place>,
    /// The text that the hit in front stands in.
    context: Option<(String, std::ops::Range<usize>)>,
}

impl Find {
    /// A search that begins at what is selected.
    pub fn new(selection: &Selection) -> Find {
        Find {
            wants_focus: true,
            typed_over: true,
            from: place(selection),
            ..Find::default()
        }
    }

    /// Searches again where text or map are others than before. Whether it did.
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

    /// The hit in front.
    pub fn hit(&self) -> Option<&Hit> {
        self.hits.get(self.at?)
    }

    /// How many hits there are.
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// The place of the hit in front, from 1.
    pub fn number(&self) -> Option<usize> {
        self.at.map(|at| at + 1)
    }

    /// The text around the hit in front, and where it stands in it.
    pub fn context(&self) -> Option<(&str, std::ops::Range<usize>)> {
        let (text, range) = self.context.as_ref()?;
        Some((text, range.clone()))
    }

    /// Brings the first hit at or after the beginning to the front (typing).
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

    /// Brings the next or previous hit to the front; after the last comes the first.
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

/// What is selected for a hit: for an action the touchpoint with what it
/// answers, where there is one; the map itself for what belongs to the whole.
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

/// The field of the inspector where a hit can be changed, where what is
/// selected has a long form: what an action answers, a parked note.
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

/// The first touchpoint with something that an action answers, and the field
/// of the inspector where that stands.
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

/// Where on the canvas the text of a hit stands, where a visible lane shows it
/// under the card.
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
