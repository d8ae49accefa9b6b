//! Rows of the outline: their mapping to stages and touchpoints, and their content.
//!
//! Must not know: egui's painting.

use crate::app::command::action::Selection;
use crate::app::ui::rows::{Swatch, name_or_placeholder};
use crate::edit::Intent;
use crate::english::count;
use crate::layout::{Layout, StageLayout};
use crate::model::{Map, ObjectRef, StageId};
use crate::scene::{Highlight, department_color};
use crate::theme::Theme;
use std::collections::BTreeSet;

/// An entry of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutlineEntry {
    /// The stage at this index.
    Stage(usize),
    /// The touchpoint at a stage index and an index within the stage.
    Touchpoint(usize, usize),
}

/// Mapping of rows to stages and touchpoints.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct OutlineTree {
    /// Row of each stage; the last element is the number of rows.
    starts: Vec<usize>,
}

impl OutlineTree {
    pub(crate) fn new(map: &Map, folded: &BTreeSet<StageId>) -> OutlineTree {
        let mut starts = vec![0];
        let mut next = 0;
        for stage in map.stages().iter() {
            next += 1;
            if !folded.contains(&stage.id) {
                next += map.touchpoints_in(&stage.id).len();
            }
            starts.push(next);
        }
        OutlineTree { starts }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Returns the entry of a row.
    pub(crate) fn entry(&self, row: usize) -> Option<OutlineEntry> {
        if row >= self.len() {
            return None;
        }
        let stage = self.starts.partition_point(|start| *start <= row) - 1;
        Some(match row - self.starts[stage] {
            0 => OutlineEntry::Stage(stage),
            below => OutlineEntry::Touchpoint(stage, below - 1),
        })
    }

    /// Returns the row of the selection, or `None` if it has none or its stage is
    /// collapsed.
    pub(crate) fn row_of(&self, map: &Map, selection: &Selection) -> Option<usize> {
        let id = match selection {
            Selection::One(ObjectRef::Stage(id)) => {
                return self.starts.get(map.stages().position(id)?).copied();
            }
            Selection::One(object) => object.touchpoint()?,
            other => other.touchpoints().first()?,
        };
        let (stage, place) = map.location_of(id)?;
        let stage = map.stages().position(&stage)?;
        let row = self.starts.get(stage)? + 1 + place;
        (row < *self.starts.get(stage + 1)?).then_some(row)
    }

    /// Returns the object that a row shows.
    pub(crate) fn object_at(&self, map: &Map, row: usize) -> Option<ObjectRef> {
        let stages = map.stages().as_slice();
        Some(match self.entry(row)? {
            OutlineEntry::Stage(stage) => ObjectRef::Stage(stages.get(stage)?.id.clone()),
            OutlineEntry::Touchpoint(stage, place) => {
                let touchpoints = map.touchpoints_in(&stages.get(stage)?.id);
                ObjectRef::Touchpoint(touchpoints.get(place)?.id.clone())
            }
        })
    }

    /// Returns the valid gap nearest to a gap between rows: for a touchpoint any below
    /// a stage, for a stage one between stages. A gap is identified by the row below
    /// it.
    pub(crate) fn drop_target_gap(&self, what: &ObjectRef, gap: usize) -> Option<usize> {
        match what {
            ObjectRef::Touchpoint(_) => Some(gap.clamp(1, self.len())),
            ObjectRef::Stage(_) => {
                let nearest = |start: &&usize| start.abs_diff(gap);
                self.starts.iter().min_by_key(nearest).copied()
            }
            _ => None,
        }
    }

    /// Returns the intent that moves an item into a gap, or `None` if it is there
    /// already.
    pub(crate) fn drop_intent(&self, map: &Map, what: &ObjectRef, gap: usize) -> Option<Intent> {
        match what {
            ObjectRef::Touchpoint(id) => {
                let stages = map.stages().as_slice();
                let (stage, at) = match self.entry(gap.checked_sub(1)?)? {
                    OutlineEntry::Touchpoint(stage, place) => (stages.get(stage)?, place + 1),
                    OutlineEntry::Stage(stage) => {
                        // A collapsed stage receives items at its end.
                        let folded = self.starts.get(stage + 1)? - self.starts.get(stage)? == 1;
                        let stage = stages.get(stage)?;
                        let end = map.touchpoints_in(&stage.id).len();
                        (stage, if folded { end } else { 0 })
                    }
                };
                let (from, place) = map.location_of(id)?;
                // Indices are counted without the moved item.
                let to = at - usize::from(from == stage.id && place < at);
                let stays = from == stage.id && to == place;
                (!stays).then(|| Intent::MoveTouchpoint {
                    id: id.clone(),
                    stage: stage.id.clone(),
                    to,
                })
            }
            ObjectRef::Stage(id) => {
                let at = self.starts.partition_point(|start| *start < gap);
                let from = map.stages().position(id)?;
                let to = at - usize::from(from < at);
                (to != from).then(|| Intent::MoveStage { id: id.clone(), to })
            }
            _ => None,
        }
    }
}

/// Content of a row.
#[derive(Debug, PartialEq)]
pub(crate) struct OutlineRow {
    /// The stage or touchpoint.
    pub(crate) target: ObjectRef,
    pub(crate) text: String,
    pub(crate) swatch: Swatch,
    pub(crate) is_unowned: bool,
    pub(crate) pains: usize,
    pub(crate) is_moment_of_truth: bool,
    /// Whether the object is in the highlighted part of the map.
    pub(crate) is_lit: bool,
}

impl OutlineRow {
    pub(crate) fn new(
        map: &Map,
        layout: &Layout,
        highlight: &Highlight,
        theme: &Theme,
        entry: OutlineEntry,
    ) -> OutlineRow {
        let (OutlineEntry::Stage(at) | OutlineEntry::Touchpoint(at, _)) = entry;
        let stage = &map.stages().as_slice()[at];
        let mut row = OutlineRow {
            target: ObjectRef::Stage(stage.id.clone()),
            text: name_or_placeholder(&stage.name).to_owned(),
            swatch: Swatch::Missing(theme.unowned),
            is_unowned: false,
            pains: 0,
            is_moment_of_truth: false,
            is_lit: highlight.contains_stage(stage),
        };
        let mut owner = stage.owner.as_ref();
        if let OutlineEntry::Touchpoint(_, place) = entry {
            let touchpoint = &map.touchpoints_in(&stage.id)[place];
            let steps = layout.stages.get(at).map(StageLayout::steps);
            let number = steps.and_then(|steps| steps.get(place));
            let number = number.map_or("", |step| &step.number);
            let name = name_or_placeholder(&touchpoint.name);
            row.target = ObjectRef::Touchpoint(touchpoint.id.clone());
            row.text = format!("{number} {name}").trim_start().to_owned();
            row.pains = touchpoint.pains.len();
            row.is_moment_of_truth = touchpoint.moment_of_truth;
            row.is_lit = highlight.contains_touchpoint(map, touchpoint);
            owner = touchpoint.owner.as_ref();
            row.is_unowned = map.lacks_owner(touchpoint);
            if map.needs_no_owner(touchpoint) {
                row.swatch = Swatch::Filled(theme.ink_soft.mix(theme.paper, 0.55));
            }
        } else {
            row.is_unowned = owner.is_none();
        }
        if let Some(index) = owner.and_then(|id| map.departments().position(id)) {
            row.swatch = Swatch::Filled(department_color(map, index, theme));
        }
        row
    }

    /// Returns the content as text for assistive technology.
    pub(crate) fn accessible_name(&self) -> String {
        let mut words = self.text.clone();
        if self.is_unowned {
            words += ", no owner";
        }
        if self.pains > 0 {
            words += &format!(", {}", count(self.pains, "pain point"));
        }
        if self.is_moment_of_truth {
            words += ", moment of truth";
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan;
    use crate::model::{Stage, Touchpoint};
    use crate::theme::LIGHT;

    fn map(stages: &[usize]) -> Map {
        let mut map = Map::with_title("T");
        let mut intents = Vec::new();
        for (s, count) in stages.iter().enumerate() {
            let id: StageId = format!("s{s}").as_str().into();
            intents.push(Intent::AddStage {
                at: s,
                stage: Box::new(Stage::new(id.clone(), format!("S{s}"))),
            });
            for t in 0..*count {
                let touchpoint = format!("t{s}{t}");
                intents.push(Intent::AddTouchpoint {
                    stage: id.clone(),
                    at: t,
                    touchpoint: Box::new(Touchpoint::new(touchpoint.as_str().into(), "T")),
                });
            }
        }
        for intent in intents {
            plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        }
        map
    }

    fn dropped(outline: &OutlineTree, map: &Map, what: ObjectRef, gap: usize) -> Option<String> {
        let gap = outline.drop_target_gap(&what, gap)?;
        let intent = outline.drop_intent(map, &what, gap)?;
        let mut map = map.clone();
        plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        let stages = map.stages().iter().map(|stage| {
            let held = map.touchpoints_in(&stage.id).iter();
            let held: Vec<&str> = held.map(|t| crate::model::Id::as_str(&t.id)).collect();
            format!("{}:{}", stage.name, held.join(","))
        });
        Some(stages.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn dropped_items_move_into_the_gap() {
        let map = map(&[2, 1]);
        let outline = OutlineTree::new(&map, &BTreeSet::new());
        // Rows: S0, t00, t01, S1, t10.
        let drop = |id: &str, gap| {
            let what = if id.starts_with('t') {
                ObjectRef::Touchpoint(id.into())
            } else {
                ObjectRef::Stage(id.into())
            };
            dropped(&outline, &map, what, gap)
        };
        assert_eq!(drop("t00", 3).as_deref(), Some("S0:t01,t00 S1:t10"));
        assert_eq!(drop("t00", 4).as_deref(), Some("S0:t01 S1:t00,t10"));
        assert_eq!(drop("t00", 5).as_deref(), Some("S0:t01 S1:t10,t00"));
        assert_eq!(drop("t10", 0).as_deref(), Some("S0:t10,t00,t01 S1:"));
        assert_eq!((drop("t00", 1), drop("t00", 2)), (None, None));
        assert_eq!(drop("s0", 5).as_deref(), Some("S1:t10 S0:t00,t01"));
        assert_eq!(drop("s1", 1).as_deref(), Some("S1:t10 S0:t00,t01"));
        assert_eq!((drop("s0", 2), drop("s1", 4)), (None, None));
    }

    #[test]
    fn collapsed_stage_receives_items_at_its_end() {
        let map = map(&[1, 2]);
        let outline = OutlineTree::new(&map, &BTreeSet::from(["s1".into()]));
        let what = ObjectRef::Touchpoint("t00".into());
        let said = dropped(&outline, &map, what, 3);
        assert_eq!(said.as_deref(), Some("S0: S1:t10,t11,t00"));
    }

    #[test]
    fn rows_are_stages_and_their_touchpoints_in_order() {
        let map = map(&[2, 0, 1]);
        let outline = OutlineTree::new(&map, &BTreeSet::new());
        let lines: Vec<OutlineEntry> = (0..).map_while(|row| outline.entry(row)).collect();
        let expected = [
            OutlineEntry::Stage(0),
            OutlineEntry::Touchpoint(0, 0),
            OutlineEntry::Touchpoint(0, 1),
            OutlineEntry::Stage(1),
            OutlineEntry::Stage(2),
            OutlineEntry::Touchpoint(2, 0),
        ];
        assert_eq!(lines, expected);
        for (row, line) in expected.into_iter().enumerate() {
            let target = outline.object_at(&map, row).unwrap().into();
            assert_eq!(outline.row_of(&map, &target), Some(row), "{line:?}");
        }
    }

    #[test]
    fn collapsed_stage_hides_its_touchpoints() {
        let map = map(&[2, 1]);
        let outline = OutlineTree::new(&map, &BTreeSet::from(["s0".into()]));
        assert_eq!(outline.len(), 3);
        assert_eq!(outline.entry(1), Some(OutlineEntry::Stage(1)));
        let hidden = Selection::One(ObjectRef::Touchpoint("t00".into()));
        assert_eq!(outline.row_of(&map, &hidden), None);
    }

    #[test]
    fn an_empty_map_has_no_rows() {
        let outline = OutlineTree::new(&Map::with_title("T"), &BTreeSet::new());
        assert_eq!((outline.len(), outline.entry(0)), (0, None));
    }

    #[test]
    fn marks_are_part_of_the_accessible_name() {
        let map = map(&[1]);
        let (layout, highlight) = (Layout::default(), Highlight::default());
        let entry = OutlineEntry::Touchpoint(0, 0);
        let mut row = OutlineRow::new(&map, &layout, &highlight, &LIGHT, entry);
        assert_eq!(row.accessible_name(), "T, no owner");
        row.pains = 2;
        assert_eq!(row.accessible_name(), "T, no owner, 2 pain points");
    }
}
