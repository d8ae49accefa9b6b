//! Two maps drawn as one: overlaid, or below each other with their columns in step.
//!
//! Must not know: windows, how differences are found.

use super::compared_maps::ComparedMaps;
use super::future_page::render_future_page;
use super::rendering::{RenderOptions, RenderedMap};
use crate::compare::{CombinedMap, RecordPairs};
use crate::graph::StageFlow;
use crate::layout::{
    ComparisonOptions, Folding, StageColumns, aligned_columns, caption_runs, change_tags,
    main_steps, merged_rows, step_numbers,
};
use crate::model::{Id, LaneId, LaneKind, Map, ObjectRef, StageId};
use crate::scene::{PieceCache, Scene, StackedJourney, mark_changes};
use crate::text::Measure;
use crate::theme::ChangeMark;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The way in which two maps are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ComparisonLayout {
    /// As one journey: the later map, with what was removed at its former place.
    #[default]
    Overlaid,
    /// Below each other, with the steps of both in the same columns.
    SideBySide,
    /// As tables: the present state and the future with its changes and totals.
    Summary,
}

/// Two maps as drawn.
#[derive(Clone, Debug)]
pub struct ComparisonDrawing {
    /// The drawing.
    pub scene: Scene,
    /// The drawn objects of records of the earlier map, where they have another address.
    pub of_earlier: RecordPairs,
}

/// Draws two maps.
pub fn render_comparison(
    maps: &ComparedMaps,
    way: ComparisonLayout,
    options: &RenderOptions,
    measure: &mut dyn Measure,
) -> ComparisonDrawing {
    match way {
        ComparisonLayout::Overlaid => overlaid(maps, options, measure),
        ComparisonLayout::SideBySide => ComparisonDrawing {
            scene: side_by_side(maps, options, measure),
            of_earlier: RecordPairs::default(),
        },
        ComparisonLayout::Summary => ComparisonDrawing {
            scene: render_future_page(maps, options, measure),
            of_earlier: RecordPairs::default(),
        },
    }
}

fn overlaid(
    maps: &ComparedMaps,
    options: &RenderOptions,
    measure: &mut dyn Measure,
) -> ComparisonDrawing {
    let combined = CombinedMap::of(&maps.before, &maps.after, &maps.pairs);
    let mut marks = maps.marks_after.clone();
    let removed = maps.marks_before.iter();
    let removed = removed.filter(|(_, mark)| **mark == ChangeMark::Removed);
    marks.extend(
        removed
            .filter_map(|(object, mark)| Some((combined.of_earlier.get(object)?.clone(), *mark))),
    );
    // Cards keep the numbers of their own maps.
    let mut numbers = step_numbers(&maps.after);
    let former = step_numbers(&maps.before).into_iter();
    numbers.extend(former.filter_map(|(id, number)| {
        let object = ObjectRef::Touchpoint(id);
        match combined.of_earlier.get(&object)? {
            ObjectRef::Touchpoint(id) if !maps.pairs.contains_key(&object) => {
                Some((id.clone(), number))
            }
            _ => None,
        }
    }));
    let comparison = ComparisonOptions {
        legend: legend(maps),
        earlier: combined.earlier_personas.clone(),
        numbers,
        columns: BTreeMap::new(),
    };
    let mut journey = drawn(&combined.map, comparison, options, measure);
    let tags = change_tags(options.layout.density, measure);
    mark_changes(&mut journey, &marks, &tags);
    ComparisonDrawing {
        scene: in_rows(journey, options),
        of_earlier: combined.of_earlier,
    }
}

/// A journey in the rows that are wanted.
fn in_rows(journey: Scene, options: &RenderOptions) -> Scene {
    match options.layout.rows {
        Some(rows) => {
            let mut pieces = PieceCache::default();
            journey.wrapped(f64::from(rows.width), rows.empty, &mut pieces)
        }
        None => journey,
    }
}

fn side_by_side(maps: &ComparedMaps, options: &RenderOptions, measure: &mut dyn Measure) -> Scene {
    let [before, after] = columns_in_step(maps);
    let sides = [
        (&maps.before, before, &maps.marks_before),
        (&maps.after, after, &maps.marks_after),
    ];
    let tags = change_tags(options.layout.density, measure);
    let [upper, lower] = sides.map(|(map, columns, marks)| {
        let comparison = ComparisonOptions {
            legend: legend(maps),
            columns,
            ..ComparisonOptions::default()
        };
        let mut options = options.clone();
        options.layout.lanes = Some(lanes_that_differ(map, maps, &options));
        let mut journey = drawn(map, comparison, &options, measure);
        mark_changes(&mut journey, marks, &tags);
        journey
    });
    let captions = [0, 1].map(|side| {
        let words = ["Before", "After"][side];
        let words = format!("{words}: {}", maps.names[side]);
        caption_runs(&words, options.layout.density, measure)
    });
    let [upper, lower] = [(upper, &captions[0]), (lower, &captions[1])]
        .map(|(scene, caption)| StackedJourney { scene, caption });
    in_rows(Scene::stacked(upper, lower), options)
}

/// The legend of both maps and their differences.
fn legend(maps: &ComparedMaps) -> Vec<(Option<ChangeMark>, String)> {
    let [before, after] = &maps.names;
    let mut legend = vec![(None, format!("{before} → {after}"))];
    let counted = ChangeMark::ALL.into_iter().zip(maps.counts());
    let counted = counted.filter(|(_, count)| *count > 0);
    legend.extend(counted.map(|(mark, count)| (Some(mark), format!("{} {count}", mark.word()))));
    if legend.len() == 1 {
        legend.push((None, "No differences".to_owned()));
    }
    legend
}

/// A journey of a comparison in one row.
fn drawn(
    map: &Map,
    comparison: ComparisonOptions,
    options: &RenderOptions,
    measure: &mut dyn Measure,
) -> Scene {
    let mut options = options.clone();
    options.layout.comparison = Some(Arc::new(comparison));
    options.layout.rows = None;
    // What is folded in one of the maps would not be in step with the other.
    options.layout.folding = Folding::default();
    let rendered = RenderedMap::of(map, &options, measure);
    Arc::unwrap_or_clone(rendered.scene)
}

/// The lanes of a map in which something differs, with cards and feelings; those that were chosen if
/// any were.
fn lanes_that_differ(map: &Map, maps: &ComparedMaps, options: &RenderOptions) -> Vec<LaneId> {
    if let Some(lanes) = &options.layout.lanes {
        return lanes.clone();
    }
    let marked = maps.marks_before.keys().chain(maps.marks_after.keys());
    let differing: Vec<LaneKind> = marked
        .filter_map(|object| match object {
            ObjectRef::Cell(_, lane) => [&maps.before, &maps.after]
                .iter()
                .find_map(|map| map.lanes().get(lane))
                .map(|lane| lane.kind),
            _ => None,
        })
        .collect();
    let shown = map.lanes().iter().filter(|lane| !lane.hidden);
    let shown = shown.filter(|lane| {
        matches!(lane.kind, LaneKind::Touchpoints | LaneKind::Feelings)
            || differing.contains(&lane.kind)
    });
    shown.map(|lane| lane.id.clone()).collect()
}

/// The columns of both maps, by stage.
fn columns_in_step(maps: &ComparedMaps) -> [BTreeMap<StageId, StageColumns>; 2] {
    let sides = [&maps.before, &maps.after];
    let main = sides.map(|map| {
        let flows = StageFlow::all(map);
        let stages = flows.iter().zip(map.touchpoint_lists());
        let main = stages.map(|(flow, (_, list))| main_steps(flow, list.as_slice()));
        main.collect::<Vec<_>>()
    });
    let stages = sides.map(|map| map.stages().as_slice());
    let partner = |object: &ObjectRef| maps.pairs.get(object);
    let partners = stages[0].iter().map(|stage| {
        let after = partner(&ObjectRef::Stage(stage.id.clone()))?;
        maps.after
            .stages()
            .position(&StageId::from_text(&after.key()))
    });
    let rows = merged_rows(&partners.collect::<Vec<_>>(), stages[1].len());
    let mut columns = [BTreeMap::new(), BTreeMap::new()];
    let mut free = [Vec::new(), Vec::new()];
    for row in rows {
        let pair =
            |id: &crate::model::TouchpointId| match partner(&ObjectRef::Touchpoint(id.clone()))? {
                ObjectRef::Touchpoint(id) => Some(id.clone()),
                _ => None,
            };
        let of = |side: usize| row[side].map_or(&[][..], |at| &main[side][at]);
        let widths = aligned_columns(of(0), of(1), pair);
        for (side, mut width) in widths.into_iter().enumerate() {
            let count = width.count.max(1);
            match row[side] {
                Some(at) => {
                    width.free_before = std::mem::take(&mut free[side]);
                    width.count = count;
                    columns[side].insert(stages[side][at].id.clone(), width);
                }
                None => free[side].push(count),
            }
        }
    }
    columns
}
