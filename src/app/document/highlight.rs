//! Highlight of a map, and the state of a search.
//!
//! Highlight and filter narrow each other. While a search has hits, only these are
//! highlighted, so that all of them are visible.
//!
//! Must not know: how anything is drawn, who asks.

use super::cached::Cached;
use super::navigation::{Direction, timeline_rank};
use super::selection::Selection;
use crate::graph::Graph;
use crate::model::{ActionId, Field, FieldRef, LaneKind, Map, ObjectRef};
use crate::scene::{Highlight, Marks, SelectionSet};
use crate::search::filter::{FacetCount, Filter, facet_counts};
use crate::search::find;
use crate::search::find::Hit;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Highlight, filter and search of one map.
#[derive(Default)]
pub struct Highlighting {
    /// Highlighted marks.
    pub marks: Marks,
    /// Active filter.
    pub filter: Filter,
    /// Whether touchpoints that every customer passes are highlighted, if handoff marks
    /// are shown.
    pub dominators_only: bool,
    /// Search in progress.
    pub search: Option<TextSearch>,
    dominators: Cached<u64, Arc<SelectionSet>>,
    /// Cache of [`Highlighting::restrict_to_dominators`]: both inputs and their intersection.
    restricted: Option<(Arc<SelectionSet>, Arc<SelectionSet>, Arc<SelectionSet>)>,
    passing: Cached<(u64, Filter), Arc<SelectionSet>>,
    choices: Cached<u64, Arc<[FacetCount]>>,
}

impl Highlighting {
    /// Highlighted part of a map in this revision; the same value as before if
    /// unchanged.
    pub fn highlight(&mut self, map: &Map, revision: u64) -> Highlight {
        if let Some(find) = &mut self.search {
            find.refresh(map, revision);
            if let Some(found) = &find.highlight {
                return Highlight {
                    marks: Marks::NONE,
                    selection: Some(found.clone()),
                };
            }
        }
        Highlight {
            marks: self.marks,
            selection: (!self.filter.is_empty()).then(|| self.passing(map, revision)),
        }
    }

    /// Objects that pass the filter.
    pub fn passing(&mut self, map: &Map, revision: u64) -> Arc<SelectionSet> {
        let filter = &self.filter;
        let key = (revision, filter.clone());
        self.passing.get(key, || Arc::new(filter.highlighted(map)))
    }

    /// Touchpoints that every customer passes (dominators); none if no route leads to the last
    /// contact.
    pub fn dominators(&mut self, map: &Map, revision: u64) -> Arc<SelectionSet> {
        self.dominators.get(revision, || {
            let all = Graph::of(map).passed_by_all();
            let all: FxHashSet<usize> = all.unwrap_or_default().into_iter().collect();
            let touchpoints = map.touchpoints().enumerate();
            let touchpoints = touchpoints.filter(|(at, _)| all.contains(at));
            Arc::new(SelectionSet {
                touchpoints: touchpoints.map(|(_, t)| t.id.clone()).collect(),
                ..SelectionSet::default()
            })
        })
    }

    /// Restricts a highlight to the touchpoints that every customer passes. Search hits
    /// are not restricted.
    pub fn restrict_to_dominators(
        &mut self,
        lit: Highlight,
        map: &Map,
        revision: u64,
    ) -> Highlight {
        let search = self.search.as_ref();
        if search.is_some_and(|find| find.highlight.is_some()) {
            return lit;
        }
        let passed = self.dominators(map, revision);
        let chosen = match lit.selection {
            None => passed,
            Some(beside) => match &self.restricted {
                Some((a, b, both)) if Arc::ptr_eq(a, &beside) && Arc::ptr_eq(b, &passed) => {
                    both.clone()
                }
                _ => {
                    let shared = beside.touchpoints.intersection(&passed.touchpoints);
                    let both = Arc::new(SelectionSet {
                        touchpoints: shared.cloned().collect(),
                        stages: FxHashSet::default(),
                        personas: beside.personas.clone(),
                    });
                    self.restricted = Some((beside, passed, both.clone()));
                    both
                }
            },
        };
        Highlight {
            selection: Some(chosen),
            ..lit
        }
    }

    /// Facets available for the filter.
    pub fn choices(&mut self, map: &Map, revision: u64) -> Arc<[FacetCount]> {
        self.choices.get(revision, || facet_counts(map).into())
    }

    /// Toggles the highlight of a mark.
    pub fn toggle_mark(&mut self, mark: Marks) {
        self.marks = if self.marks.intersects(mark) {
            self.marks.without(mark)
        } else {
            self.marks.with(mark)
        };
    }

    /// Whether there is a highlight or a search hit to step through.
    pub fn is_active(&self) -> bool {
        let search = self.search.as_ref();
        search.is_some_and(|find| !find.hits.is_empty())
            || !self.marks.is_empty()
            || !self.filter.is_empty()
    }
}

/// Search in the texts of a map.
#[derive(Default)]
pub struct TextSearch {
    /// Search text.
    pub text: String,
    /// Whether the field requests the focus, with all of its text selected.
    pub wants_focus: bool,
    /// Whether the next typed text replaces the search text.
    pub typed_over: bool,
    /// Whether the field had the focus in the last frame.
    pub focused: bool,
    hits: Arc<[Hit]>,
    highlight: Option<Arc<SelectionSet>>,
    searched: Option<(u64, String)>,
    /// Current hit.
    current: Option<usize>,
    /// Record from which typing searches: the selection at the start of the search.
    origin: Option<ObjectRef>,
    /// Text that contains the current hit.
    context: Option<(String, std::ops::Range<usize>)>,
}

impl TextSearch {
    /// Creates a search that starts at the selection.
    pub fn new(selection: &Selection) -> TextSearch {
        TextSearch {
            wants_focus: true,
            typed_over: true,
            origin: match selection {
                Selection::Touchpoints(ids) => ids.first().cloned().map(ObjectRef::Touchpoint),
                other => other.object().map(record_of),
            },
            ..TextSearch::default()
        }
    }

    /// Searches again if text or map changed. Returns whether it did.
    pub fn refresh(&mut self, map: &Map, revision: u64) -> bool {
        let known = self.searched.as_ref();
        if known.is_some_and(|(known, text)| *known == revision && *text == self.text) {
            return false;
        }
        self.searched = Some((revision, self.text.clone()));
        self.hits = find::find(map, &self.text).into();
        self.highlight = (!self.hits.is_empty()).then(|| Arc::new(find::highlighted(&self.hits)));
        let last = self.hits.len().checked_sub(1);
        self.current = self.current.and_then(|at| Some(at.min(last?)));
        self.update_context(map);
        true
    }

    fn update_context(&mut self, map: &Map) {
        self.context = self.hit().and_then(|hit| {
            let text = find::text_of(map, hit)?;
            Some((text.into_owned(), hit.range.clone()))
        });
    }

    /// Current hit.
    pub fn hit(&self) -> Option<&Hit> {
        self.hits.get(self.current?)
    }

    /// Record from which typing searches, if nothing is found.
    pub fn origin_without_hit(&self) -> Option<&ObjectRef> {
        self.origin.as_ref().filter(|_| self.hits.is_empty())
    }

    /// Number of hits.
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// Position of the current hit, counted from 1.
    pub fn position(&self) -> Option<usize> {
        self.current.map(|at| at + 1)
    }

    /// Text that contains the current hit, and the range of the hit.
    pub fn context(&self) -> Option<(&str, std::ops::Range<usize>)> {
        let (text, range) = self.context.as_ref()?;
        Some((text, range.clone()))
    }

    /// Makes the first hit at or after the start of the search current (while typing).
    pub fn select_from_origin(&mut self, map: &Map) {
        let from = self.origin.as_ref();
        let same = from.and_then(|from| {
            let same = |hit: &Hit| record_of(&hit.field.object) == *from;
            self.hits.iter().position(same)
        });
        let after = from.and_then(|from| {
            let from = timeline_rank(map, from)?;
            let later =
                |hit: &Hit| timeline_rank(map, &hit.field.object).is_some_and(|rank| rank > from);
            self.hits.iter().position(later)
        });
        let first = (!self.hits.is_empty()).then_some(0);
        self.current = same.or(after).or(first);
        self.update_context(map);
    }

    /// Makes the next or previous hit current; wraps around.
    pub fn select_next(&mut self, map: &Map, way: Direction) {
        let count = self.hits.len();
        if count == 0 {
            return;
        }
        self.current = Some(match (self.current, way) {
            (None, Direction::Next) => 0,
            (Some(at), Direction::Next) => (at + 1) % count,
            (at, Direction::Previous) => (at.unwrap_or(0) + count - 1) % count,
        });
        self.origin = self.hit().map(|hit| record_of(&hit.field.object));
        self.update_context(map);
    }
}

/// The record that an object is or belongs to.
fn record_of(object: &ObjectRef) -> ObjectRef {
    match object.touchpoint() {
        Some(id) => ObjectRef::Touchpoint(id.clone()),
        None => object.clone(),
    }
}

/// The field of the inspector that a hit leads to: for an action the text that it
/// addresses, if any.
pub fn inspector_field(map: &Map, hit: &Hit) -> FieldRef {
    match &hit.field.object {
        ObjectRef::Action(id) => {
            let name = || hit.field.object.clone().field(Field::Name);
            action_source(map, id).unwrap_or_else(name)
        }
        _ => hit.field.clone(),
    }
}

/// First pain point or opportunity that an action addresses.
fn action_source(map: &Map, id: &ActionId) -> Option<FieldRef> {
    map.touchpoints().find_map(|touchpoint| {
        let pain = touchpoint.pains.iter().position(|p| p.actions.contains(id));
        let opportunity = || {
            touchpoint
                .opportunities
                .iter()
                .position(|o| o.actions.contains(id))
        };
        let field = match pain {
            Some(at) => Field::Pain(Field::index(at)),
            None => Field::Opportunity(Field::index(opportunity()?)),
        };
        Some(ObjectRef::Touchpoint(touchpoint.id.clone()).field(field))
    })
}

/// Cell that shows the text of a hit, if its lane is visible.
pub fn cell_of_hit(map: &Map, hit: &Hit) -> Option<ObjectRef> {
    let id = hit.field.object.touchpoint()?;
    let kind = match hit.field.field {
        Field::Quote(_) | Field::Thought(_) => LaneKind::Thoughts,
        Field::Motivation(_) => LaneKind::Motivations,
        Field::Pain(_) => LaneKind::Pains,
        Field::Opportunity(_) => LaneKind::Opportunities,
        Field::Metric(_) => LaneKind::Measurements,
        Field::Backstage(_) => LaneKind::Backstage,
        _ => {
            let ObjectRef::Cell(_, lane) = &hit.field.object else {
                return None;
            };
            return Some(ObjectRef::Cell(id.clone(), lane.clone()));
        }
    };
    let lane = map.lanes().iter().find(|lane| lane.kind == kind)?;
    (!lane.hidden).then(|| ObjectRef::Cell(id.clone(), lane.id.clone()))
}
