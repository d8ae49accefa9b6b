//! Layout of a map: stages as columns, touchpoints by path order, side branches under their main
//! step, lanes below each other, text broken into lines with its baselines.
//!
//! A pure function of the map, the options and the text measure that reuses the previous layout
//! where it can: [`Layout::update`] gives the same layout as [`layout()`], with work in proportion
//! to the changes. Colours are named by role ([`TextRole`]); themes map roles to colours.
//! Must not know: themes' colours, the scene, egui.

mod card;
mod cell_content;
mod cell_place;
mod comparison;
mod comparison_options;
mod conflicts;
mod curve;
mod dominators;
pub mod findings;
pub mod flow;
mod folded;
mod grid;
mod handoffs;
mod header;
mod icon_guess;
mod lane;
mod lane_content;
mod large_card;
mod legend;
mod overview;
pub mod ownership;
mod page_header;
mod paths;
mod places;
mod route;
mod row_lanes;
pub mod scores;
mod shared_inputs;
mod stage;
mod stage_band;
mod text_block;
mod text_cells;

pub use card::{Badge, Card};
pub use cell_content::{EntryMark, Figure, is_worth_showing};
pub use comparison::{
    ChangeTag, aligned_columns, caption_runs, change_tags, main_steps, merged_rows, step_numbers,
};
pub use comparison_options::ComparisonOptions;
pub use curve::{CurveFace, CurveSegment, FaceLabel, FeelingChange, FeelingScale, StageCurves};
pub use flow::score_label;
pub use folded::FoldedCard;
pub use grid::{GridStep, StageColumns, StepNumbers};
pub use handoffs::{HandoffMark, HandoffOwner, HandoffSide};
pub use header::{Header, PersonaBox};
pub use lane::{LaneBand, LaneContent, LaneLegend, LanePart, visible_lanes};
pub use large_card::{LargeCard, LargeCardMark, LargeCardPart, PAGE_HEIGHT, large_card};
pub use legend::{LegendEntry, LegendSample, Tint};
pub use route::{BEND, DrawnRoute};
pub use row_lanes::{Pill, PillKind, RowTitle};
pub use shared_inputs::{EmptyLanes, Folding, LayoutOptions, RowOptions};
pub use stage::StageLayout;
pub use stage_band::{OverviewName, StageBand};
pub use text_block::{NumberSlot, TextBlock, TextRole, TextRun, baseline, left_end};
pub use text_cells::{PlacedEntry, TextCell, VISIBILITY};

use crate::graph::{LinkTarget, StageCarry, StageExit};
use crate::model::{Map, Record, StageId, Touchpoint, TouchpointId};
use crate::text::Measure;
use crate::theme::{Density, size};
use grid::StepCounter;
use rustc_hash::FxHashMap;
use shared_inputs::{LayoutInputs, SharedInputs};
use std::ops::Range;
use std::sync::Arc;
use text_block::TextContext;

/// The laid-out journey, without colours. Distances in map units.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Density of the view.
    pub density: Density,
    /// Width of the drawn map.
    pub width: f64,
    /// Height of the drawn map.
    pub height: f64,
    /// Title, scenario and personas above the stages.
    pub header: Header,
    /// Top of the stage band.
    pub band_y: f64,
    /// Height of the stage band.
    pub band_height: f32,
    /// The stages from left to right, with their content.
    pub stages: Vec<StageLayout>,
    /// The lanes from top to bottom.
    pub lanes: Vec<LaneBand>,
    /// Number of stages and of lanes in the previous layout.
    previous_counts: (usize, usize),
    shared: Option<Arc<SharedInputs>>,
    stages_stamp: u64,
    curves: curve::CurveLinks,
    rows: (route::CardRows, u64),
    /// The level of overview names of all cards.
    overview_level: usize,
    dominators: dominators::Dominators,
    versions: u64,
}

/// Lays out a whole map.
pub fn layout(map: &Map, options: &LayoutOptions, measure: &mut dyn Measure) -> Layout {
    let mut layout = Layout::default();
    layout.update(map, options, measure);
    layout
}

impl Layout {
    /// Lays out a map, reusing all parts that are unchanged since the previous layout. Previous
    /// indices (`was`) refer to that layout.
    pub fn update(&mut self, map: &Map, options: &LayoutOptions, measure: &mut dyn Measure) {
        let sizes = options.density.sizes();
        self.density = options.density;
        let mut text = TextContext { sizes, measure };
        let kept = self.shared.take();
        let kept = kept.filter(|shared| shared.are_current(map, options));
        let shared = kept.unwrap_or_else(|| {
            self.stages.clear();
            self.lanes.clear();
            Arc::new(SharedInputs::of(map, options, &mut text))
        });
        let mut shown = LayoutInputs {
            map,
            front: shared.visible_curves.front(map, options.front.as_ref()),
            shared: &shared,
            folding: &options.folding,
            text,
        };
        self.previous_counts = (self.stages.len(), self.lanes.len());
        self.update_stages(&mut shown);
        let last = self.stages.last();
        let end = last.map_or(0.0, |s| s.x + f64::from(s.band.width));
        let least = size::MARGIN + sizes.title_column + 3.0 * sizes.pitch();
        self.width = end.max(f64::from(least)) + f64::from(size::MARGIN);
        let row = options
            .rows
            .map_or(self.width, |rows| f64::from(rows.width));
        let row = row.min(self.width) as f32;
        // Marks of handoffs have their places in the legend and keep their size.
        let rows = options.rows.filter(|_| !options.handoffs);
        let scale = page_header::header_scale(rows, row);
        let header_width = row / scale;
        let compared = shared.comparison();
        self.header = header::header(map, header_width, compared, &mut shown.text);
        let levels = route::connect_stages(&mut shown, &mut self.stages, &mut self.versions);
        if options.handoffs {
            self.update_handoffs(&mut shown, header_width);
        } else {
            self.dominators = dominators::Dominators::default();
        }
        if let Some(comparison) = shown.shared.comparison() {
            let above = (header_width, self.header.height);
            (self.header.legend, self.header.height) =
                comparison::comparison_legend(above, &comparison.legend, &mut shown.text);
        }
        if rows.is_some_and(RowOptions::fills_page) && self.header.legend.is_empty() {
            page_header::add_legend(&mut self.header, map, header_width, &mut shown.text);
        }
        self.header.enlarge(scale);
        self.band_y = f64::from(self.header.height);
        self.update_band(&mut shown.text);

        let rows = route::CardRows::of(&self.stages, levels, options.density);
        let levels = self.stages.iter().map(|stage| stage.overview_level);
        let level = levels.max().unwrap_or(0);
        if rows != self.rows.0 || level != self.overview_level {
            self.versions += 1;
            self.overview_level = level;
            self.rows = (rows, self.versions);
        }
        self.update_lanes(&mut shown, options);
        self.shared = Some(shared);
    }

    /// Updates the stages and the layout that each has by itself.
    fn update_stages(&mut self, shown: &mut LayoutInputs<'_>) {
        let (map, folding) = (shown.map, shown.folding);
        // If no stage changed, all keep their index.
        let still =
            self.stages_stamp == map.stages().stamp() && self.stages.len() == map.stages().len();
        self.stages_stamp = map.stages().stamp();
        let mut former = FxHashMap::default();
        if !still {
            let stages = self.stages.drain(..).enumerate();
            former.extend(stages.map(|(k, stage)| (stage.id.clone(), (k, stage))));
        }
        let mut open = StageCarry::default();
        let mut x = f64::from(size::MARGIN + shown.text.sizes.title_column);
        let (mut first_column, mut first_step) = (0, 0);
        let mut count = StepCounter::default();
        for (k, (record, list)) in map.touchpoint_lists().enumerate() {
            let stamp = list.stamp();
            let mut make = |versions: &mut u64| {
                *versions += 1;
                StageLayout::new(shown, record, list, (k, &open), *versions)
            };
            let was = match former.remove(record.id()) {
                _ if still => Some(k),
                Some((was, stage)) => {
                    self.stages.push(stage);
                    Some(was)
                }
                None => {
                    self.stages.push(make(&mut self.versions));
                    None
                }
            };
            let stage = &mut self.stages[k];
            let holds = stage.is_folded() == folding.stages.contains(record.id())
                && stage.is_current(map, stamp, (k, &open))
                && (still || stage.record == *record);
            stage.band_changed = was.is_none() || !holds;
            if was.is_some() && stage.band_changed {
                *stage = make(&mut self.versions);
            }
            if stage.numbers_before != count {
                stage.numbers_before = count;
                self.versions += 1;
                stage.numbers_version = self.versions;
                let (widths, text) = (&shown.shared.number_widths, &mut shown.text);
                let mut given = shown.shared.comparison().map(|it| {
                    let steps = list.iter().map(|step| it.numbers.get(step.id()).cloned());
                    steps.collect::<Vec<_>>()
                });
                if stage
                    .grid
                    .number(count, given.take(), |number| widths.of(number, text))
                {
                    stage.version = self.versions;
                }
            }
            stage.previous_index = was;
            x += stage.room_before;
            (stage.x, stage.first_column, stage.first_step) = (x, first_column, first_step);
            x += f64::from(stage.band.width);
            first_column += stage.columns;
            first_step += stage.steps().len();
            count = stage.grid.count_after(count);
            open.clone_from(&stage.flow.carry);
        }
        let personas = map.personas().len().max(1);
        self.curves.update(&self.stages, still, personas);
    }

    fn update_band(&mut self, text: &mut TextContext<'_>) {
        let bottoms = self.stages.iter().map(|s| s.band.bottom);
        let height = bottoms.fold(text.sizes.stage_band, f32::max);
        let other = height != self.band_height;
        self.band_height = height;
        for stage in self.stages.iter_mut().filter(|s| s.band_changed || other) {
            stage.band_changed = true;
            stage.band.set_height(stage.record.name(), height, text);
        }
    }

    fn update_handoffs(&mut self, shown: &mut LayoutInputs<'_>, header_width: f32) {
        let versions = &mut self.versions;
        let passed = self.dominators.update(shown.map, &mut self.stages, || {
            *versions += 1;
            *versions
        });
        let above = (header_width, self.header.height);
        (self.header.legend, self.header.height) =
            dominators::handoff_legend(above, passed, &self.stages, &mut shown.text);
    }

    /// The touchpoint to which another leads on without a written path, if the layout is one of
    /// this map.
    pub fn implied_next<'m>(&self, map: &'m Map, id: &TouchpointId) -> Option<&'m Touchpoint> {
        let (k, step) = crate::graph::locate(map, id)?;
        let mut edges = self.stages.get(k)?.flow.edges.iter();
        let edge = edges.find(|edge| edge.from == step && edge.path_index.is_none())?;
        let exits = StageExit::all(self.stages.iter().map(|stage| &stage.flow));
        let (k, step) = match &edge.to {
            LinkTarget::SameStage(step) => (k, *step),
            other => exits[k].target(map, other)?,
        };
        map.touchpoints_in(&self.stages.get(k)?.id).get(step)
    }

    /// Top of the first row of cards, from that of their lane, and its height.
    pub fn first_row(&self) -> (f32, f32) {
        self.rows.0.first()
    }

    /// The step of a touchpoint, if the layout is one of this map.
    pub fn step(&self, map: &Map, id: &TouchpointId) -> Option<&GridStep> {
        let (stage, step) = crate::graph::locate(map, id)?;
        self.stages.get(stage)?.steps().get(step)
    }

    /// Whether stages and lanes are the same as in the previous layout, in the same order.
    pub fn has_same_order(&self) -> bool {
        let mut lanes = self.lanes.iter().enumerate();
        let mut stages = self.stages.iter().enumerate();
        self.previous_counts == (self.stages.len(), self.lanes.len())
            && lanes.all(|(i, lane)| lane.previous_index == Some(i))
            && stages.all(|(k, stage)| stage.previous_index == Some(k))
    }

    /// Left and right end of a stage on the map; `None` if the layout has no such stage.
    pub fn stage_range(&self, id: &StageId) -> Option<Range<f64>> {
        let stage = self.stages.iter().find(|stage| stage.id == *id)?;
        Some(stage.x..stage.x + f64::from(stage.band.width))
    }

    /// All steps in timeline order.
    pub fn steps(&self) -> impl Iterator<Item = &GridStep> {
        self.stages.iter().flat_map(StageLayout::steps)
    }
}
