//! Inputs shared by all parts of a layout: options, and names, icons and choices that are the same
//! for all stages.
//!
//! Must not know: stages.

use super::comparison_options::ComparisonOptions;
use super::curve::VisibleCurves;
use super::text_block::{NO_OWNER_NEEDED, NumberWidths, TextBlock, TextContext, TextRole};
use crate::model::{DepartmentId, LaneId, LaneKind, Map, PersonaId, Record, StageId};
use crate::theme::{Density, Icon, size};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The stages and lanes that are folded: each keeps its place and its name, and gives its room to
/// the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Folding {
    /// Stages shown as a narrow band.
    pub stages: BTreeSet<StageId>,
    /// Lanes of which only the title is shown.
    pub lanes: BTreeSet<LaneId>,
}

impl Folding {
    /// Folds a stage, or unfolds it if it is folded.
    pub fn toggle_stage(&mut self, id: &StageId) {
        if !self.stages.remove(id) {
            self.stages.insert(id.clone());
        }
    }

    /// Folds a lane, or unfolds it if it is folded.
    pub fn toggle_lane(&mut self, id: &LaneId) {
        if !self.lanes.remove(id) {
            self.lanes.insert(id.clone());
        }
    }
}

/// Lanes that have nothing in a row of the journey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EmptyLanes {
    /// Only their title is shown, so that something can be added.
    #[default]
    Folded,
    /// They are left out, as on a page that nobody edits.
    Omitted,
}

/// The rows that a journey is broken into, like text into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowOptions {
    /// Width of a row in map units.
    pub width: u32,
    /// Lanes that have nothing in a row.
    pub empty: EmptyLanes,
}

impl RowOptions {
    /// Rows that fill a page, whose header has its size and a legend.
    pub fn of_page(width: u32) -> RowOptions {
        RowOptions {
            width,
            empty: EmptyLanes::Omitted,
        }
    }

    /// Whether the rows fill a page.
    pub(super) fn fills_page(self) -> bool {
        self.empty == EmptyLanes::Omitted
    }
}

/// Options of the journey view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LayoutOptions {
    /// Lanes to show, in this order; `None` for the lanes that the map shows.
    pub lanes: Option<Vec<LaneId>>,
    /// Personas whose curve is not drawn.
    pub hidden_curves: BTreeSet<PersonaId>,
    /// Persona whose curve is in front; by default the first one drawn.
    pub front: Option<PersonaId>,
    /// Density of the view.
    pub density: Density,
    /// Whether handoffs are marked, and the cards that every customer passes.
    pub handoffs: bool,
    /// The folded stages and lanes.
    pub folding: Folding,
    /// The rows that the journey is broken into; `None` for one row.
    pub rows: Option<RowOptions>,
    /// The comparison that the map is part of.
    pub comparison: Option<Arc<ComparisonOptions>>,
}

impl LayoutOptions {
    /// Whether a layout can be updated from one of the options to the other: they differ in
    /// lanes, folding, rows and the curve in front at most.
    pub fn updates_to(&self, other: &LayoutOptions) -> bool {
        self.hidden_curves == other.hidden_curves
            && self.density == other.density
            && self.handoffs == other.handoffs
            && self.comparison == other.comparison
    }
}

/// Inputs shared by all stages; a change of any of them causes a complete new layout.
#[derive(Debug)]
pub(super) struct SharedInputs {
    stamps: [u64; 5],
    /// The options; lanes, folding, rows and the persona in front do not count.
    options: LayoutOptions,
    pub visible_curves: VisibleCurves,
    pub names: NameBlocks,
    pub number_widths: NumberWidths,
    /// Rows of the channel, environment and department lanes.
    pub rows: [LaneRows; 3],
    /// Icons by place in the list of channels; cached because guessing them is slow.
    pub channel_icons: Vec<Icon>,
    /// Icons by place in the list of environments.
    pub environment_icons: Vec<Icon>,
}

impl SharedInputs {
    pub fn of(map: &Map, options: &LayoutOptions, text: &mut TextContext<'_>) -> SharedInputs {
        let channels = map.channels().iter();
        let environments = map.environments().iter();
        SharedInputs {
            stamps: stamps(map),
            options: options.clone(),
            visible_curves: VisibleCurves::of(
                map,
                &options.hidden_curves,
                options.comparison.as_deref(),
            ),
            names: NameBlocks::of(map, text),
            number_widths: NumberWidths::new(text),
            rows: [
                LaneKind::Channels,
                LaneKind::Environments,
                LaneKind::Departments,
            ]
            .map(|kind| LaneRows::of(map, kind, text)),
            channel_icons: channels
                .map(|c| Icon::for_channel(c.icon.as_deref(), &c.name))
                .collect(),
            environment_icons: environments
                .map(|e| Icon::for_environment(e.kind, &e.name))
                .collect(),
        }
    }

    /// Whether these are the inputs for a map with these options.
    pub fn are_current(&self, map: &Map, options: &LayoutOptions) -> bool {
        self.stamps == stamps(map) && self.options.updates_to(options)
    }

    /// The comparison that the map is part of.
    pub fn comparison(&self) -> Option<&ComparisonOptions> {
        self.options.comparison.as_deref()
    }

    /// Whether handoffs are shown.
    pub fn shows_handoffs(&self) -> bool {
        self.options.handoffs
    }
}

fn stamps(map: &Map) -> [u64; 5] {
    [
        map.personas().stamp(),
        map.departments().stamp(),
        map.channels().stamp(),
        map.environments().stamp(),
        map.conflicts().stamp(),
    ]
}

/// Names used on many cards and pills, broken into lines once.
#[derive(Debug)]
pub(super) struct NameBlocks {
    pub owners: Vec<TextBlock>,
    pub no_owner: TextBlock,
    /// The same for a touchpoint of a stage that has no owner either.
    pub no_owner_quiet: TextBlock,
    pub no_owner_needed: TextBlock,
    pub unknown_owner: TextBlock,
    pub channels: Vec<TextBlock>,
    pub environments: Vec<TextBlock>,
}

impl NameBlocks {
    pub fn of(map: &Map, text: &mut TextContext<'_>) -> NameBlocks {
        let sizes = text.sizes;
        let inner = sizes.card_text_width();
        // Leaves room beside the owner for a number such as "1234b".
        let beside_number = inner - 44.0 * sizes.type_scale;
        let beside_icon = inner - sizes.icon - 5.0;
        let mut owner = |name, role| text.block(name, size::SMALL_STRONG, role, beside_number);
        let owners = map.departments().iter();
        let owners = owners.map(|d| owner(d.short_name(), TextRole::Soft));
        let owners = owners.collect();
        let no_owner = owner("No owner", TextRole::Unowned);
        let no_owner_quiet = owner("No owner", TextRole::Soft);
        let no_owner_needed = owner(NO_OWNER_NEEDED, TextRole::Soft);
        let unknown_owner = owner("Unknown owner", TextRole::Unowned);
        let mut place = |name| text.block(name, size::SMALL, TextRole::Soft, beside_icon);
        NameBlocks {
            owners,
            no_owner,
            no_owner_quiet,
            no_owner_needed,
            unknown_owner,
            channels: map.channels().iter().map(|c| place(&c.name)).collect(),
            environments: map.environments().iter().map(|e| place(&e.name)).collect(),
        }
    }
}

/// The rows of a channel, environment or department lane, except the one for no owner.
#[derive(Debug)]
pub(super) struct LaneRows {
    /// Name and middle of each row, and its department.
    pub rows: Vec<(TextBlock, f32, Option<DepartmentId>)>,
    /// Middle of the row for no owner.
    pub unowned_y: f32,
}

impl LaneRows {
    /// The rows of a lane, each as high as its name needs.
    fn of(map: &Map, kind: LaneKind, text: &mut TextContext<'_>) -> LaneRows {
        let sizes = text.sizes;
        let names: Vec<(&str, Option<DepartmentId>)> = match kind {
            LaneKind::Channels => map.channels().iter().map(|c| (c.name(), None)).collect(),
            LaneKind::Environments => {
                let environments = map.environments().iter();
                environments.map(|e| (e.name(), None)).collect()
            }
            _ => {
                let short = !sizes.shows_all_text;
                let departments = map.departments().iter().map(|d| {
                    let name = if short { d.short_name() } else { d.name() };
                    (name, Some(d.id.clone()))
                });
                departments.collect()
            }
        };
        let title = sizes.text(size::LANE).size * size::LEADING;
        let mut y = sizes.lane_pad + title + 8.0 * sizes.spacing;
        let rows = names.into_iter().map(|(name, department)| {
            let block = row_name(name, TextRole::Soft, text);
            let height = (block.height() + 8.0 * sizes.spacing).max(sizes.row);
            y += height;
            (block, y - height / 2.0, department)
        });
        LaneRows {
            rows: rows.collect(),
            unowned_y: y + sizes.row / 2.0,
        }
    }

    /// The middle of a row, relative to the top of the lane.
    pub fn middle(&self, row: usize) -> f32 {
        self.rows.get(row).map_or(self.unowned_y, |(_, y, _)| *y)
    }
}

/// The name of a row, at most two lines; pills show longer names.
pub(super) fn row_name(name: &str, role: TextRole, text: &mut TextContext<'_>) -> TextBlock {
    let width = text.sizes.title_column - 40.0;
    let block = text.block(name, size::SMALL, role, width);
    block.truncate_to_lines(2.0, text.measure)
}

/// Inputs of the parts of a layout.
pub(super) struct LayoutInputs<'a> {
    pub map: &'a Map,
    pub shared: &'a SharedInputs,
    pub folding: &'a Folding,
    pub text: TextContext<'a>,
    /// The persona whose curve is in front, by place in the list.
    pub front: usize,
}
