//! Layout of a map: stages as columns, touchpoints by path order, side branches under their main
//! step, lanes below each other, text broken into lines with its baselines.
//!
//! A pure function of the map, the options and the text measure that reuses the previous layout
//! where it can: [`Layout::update`] gives the same layout as [`layout()`], with work in proportion
//! to the changes. Colours are named by role ([`Ink`]); the scene maps roles to colours.
//! Must not know: themes' colours, the scene, egui.

mod card;
mod cell_content;
mod curve;
mod figures;
pub mod findings;
pub mod flow;
mod grid;
mod handoffs;
mod header;
mod icon_guess;
mod lane;
mod lane_content;
pub mod ownership;
mod route;
mod row_lanes;
mod shared_inputs;
mod stage;
mod text_block;
mod text_cells;

pub use card::{Badge, Card, STRIPE};
pub use curve::{Curve, Dot, Label, Scale, Segment};
pub use figures::{Figure, has_room};
pub use grid::Step;
pub use handoffs::{Seam, SeamKey, SeamOwner, SeamSample, SeamSide};
pub use header::{Header, PersonaBox};
pub use lane::{Content, LaneBand, Legend, Part};
pub use route::{BEND, Route, RouteLabel};
pub use row_lanes::{Pill, PillKind, RowTitle};
pub use stage::Stage;
pub use text_block::{Block, Ink, Run, baseline};
pub use text_cells::{Cell, Entry, Mark, top as cell_top};

use crate::graph::Open;
use crate::model::{LaneId, LaneKind, Map, PersonaId, Record, TouchpointId};
use crate::text::Measure;
use crate::theme::{Density, Sizes, size};
use rustc_hash::FxHashMap;
use shared_inputs::{Common, Shown};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Options of the journey view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Lanes to show, in this order; `None` for the lanes that the map shows.
    pub lanes: Option<Vec<LaneId>>,
    /// Personas whose curve is not drawn.
    pub hidden_curves: BTreeSet<PersonaId>,
    /// Density of the view.
    pub density: Density,
    /// Whether handoffs are marked, and the cards that every customer passes.
    pub seams: bool,
}

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
    pub stages: Vec<Stage>,
    /// The lanes from top to bottom.
    pub lanes: Vec<LaneBand>,
    /// Number of stages and kinds of lanes in the previous layout.
    pub before: (usize, Vec<LaneKind>),
    common: Option<Arc<Common>>,
    stages_stamp: u64,
    curves: curve::Between,
    rows: (route::Rows, u64),
    passes: handoffs::Passes,
    versions: u64,
}

/// Height of the line of visibility above the backstage lane.
pub const VISIBILITY: f32 = 26.0;

/// Lays out a whole map.
pub fn layout(map: &Map, options: &Options, measure: &mut dyn Measure) -> Layout {
    let mut layout = Layout::default();
    layout.update(map, options, measure);
    layout
}

impl Layout {
    /// Lays out a map, reusing all parts that are unchanged since the previous layout. Previous
    /// indices (`was`) refer to that layout.
    pub fn update(&mut self, map: &Map, options: &Options, measure: &mut dyn Measure) {
        let common = match self.common.take() {
            Some(common)
                if self.density == options.density
                    && common.stamps == Common::stamps(map)
                    && common.hidden_curves == options.hidden_curves
                    && common.seams == options.seams =>
            {
                common
            }
            _ => {
                self.stages.clear();
                self.lanes.clear();
                Arc::new(Common::of(map, options, measure))
            }
        };
        let sizes = options.density.sizes();
        self.density = options.density;
        let shown = Shown {
            map,
            common: &common,
            sizes,
        };
        self.before = (
            self.stages.len(),
            self.lanes.iter().map(|lane| lane.kind).collect(),
        );
        self.update_stages(&shown, measure);
        let end = self.stages.last().map_or(0.0, |s| s.x + f64::from(s.width));
        self.width = end.max(f64::from(size::MARGIN + sizes.titles + 3.0 * sizes.pitch()))
            + f64::from(size::MARGIN);
        self.header = header::header(map, self.width as f32, sizes, measure);
        let levels = route::connect(&shown, &mut self.stages, &mut self.versions, measure);
        match options.seams {
            true => self.update_seams(&shown, measure),
            false => self.passes = handoffs::Passes::default(),
        }
        self.band_y = f64::from(self.header.height);
        self.update_band(sizes, measure);

        let rows = route::Rows::of(&self.stages, levels, options.density);
        if rows != self.rows.0 {
            self.versions += 1;
            self.rows = (rows, self.versions);
        }
        self.update_lanes(&shown, options, measure);
        self.common = Some(common);
    }

    /// Updates the stages and the layout that each has by itself.
    fn update_stages(&mut self, shown: &Shown<'_>, measure: &mut dyn Measure) {
        let map = shown.map;
        // If no stage changed, all keep their index.
        let still =
            self.stages_stamp == map.stages().stamp() && self.stages.len() == map.stages().len();
        self.stages_stamp = map.stages().stamp();
        let mut former = match still {
            true => FxHashMap::default(),
            false => {
                let stages = self.stages.drain(..).enumerate();
                let by_id = |(k, stage): (usize, Stage)| (stage.id.clone(), (k, stage));
                stages.map(by_id).collect()
            }
        };
        let mut open = Open::default();
        let mut x = f64::from(size::MARGIN + shown.sizes.titles);
        let (mut first_column, mut first_step, mut count) = (0, 0, (0, 0));
        for (k, (record, list)) in map.lists().enumerate() {
            let stamp = list.stamp();
            let mut make = |versions: &mut u64| {
                *versions += 1;
                Stage::new(shown, record, list, &open, *versions, measure)
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
            let holds = stage.holds(stamp, &open) && (still || stage.record == *record);
            stage.band_fresh = was.is_none() || !holds;
            if was.is_some() && stage.band_fresh {
                *stage = make(&mut self.versions);
            }
            if stage.count != count {
                stage.count = count;
                stage.grid.number(count);
                self.versions += 1;
                stage.numbered = self.versions;
                if stage.has_sides() {
                    stage.version = self.versions;
                }
            }
            stage.was = was;
            (stage.x, stage.first_column, stage.first_step) = (x, first_column, first_step);
            x += f64::from(stage.width);
            first_column += stage.columns;
            first_step += stage.steps().len();
            count = stage.grid.count_after(count);
            open.clone_from(&stage.flow.open);
        }
        let personas = map.personas().len().max(1);
        self.curves.follow(&self.stages, still, personas);
    }

    fn update_band(&mut self, sizes: &Sizes, measure: &mut dyn Measure) {
        let bottoms = self.stages.iter().map(|s| s.band_bottom);
        let height = bottoms.fold(sizes.band, f32::max);
        let other = height != self.band_height;
        self.band_height = height;
        for stage in self.stages.iter_mut().filter(|s| s.band_fresh || other) {
            stage.band_fresh = true;
            let name = stage.record.name();
            stage.far = grid::far_name(name, (stage.width, height), sizes, measure);
        }
    }

    fn update_seams(&mut self, shown: &Shown<'_>, measure: &mut dyn Measure) {
        let versions = &mut self.versions;
        let passed = self.passes.follow(shown.map, &mut self.stages, || {
            *versions += 1;
            *versions
        });
        let known = (self.width as f32, passed);
        handoffs::explain(&mut self.header, known, &self.stages, shown.sizes, measure);
    }

    /// The step of a touchpoint, if the layout is one of this map.
    pub fn step(&self, map: &Map, id: &TouchpointId) -> Option<&Step> {
        let (stage, step) = crate::graph::locate(map, id)?;
        self.stages.get(stage)?.steps().get(step)
    }

    /// Whether stages and lanes are the same as in the previous layout, in the same order.
    pub fn stands_as_before(&self) -> bool {
        let mut lanes = self.lanes.iter().enumerate();
        let mut stages = self.stages.iter().enumerate();
        self.before.0 == self.stages.len()
            && self.before.1.len() == self.lanes.len()
            && lanes.all(|(i, lane)| lane.was == Some(i))
            && stages.all(|(k, stage)| stage.was == Some(k))
    }

    /// All steps in timeline order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.stages.iter().flat_map(Stage::steps)
    }
}
