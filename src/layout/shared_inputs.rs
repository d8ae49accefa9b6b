//! Inputs shared by all parts of a layout: names, icons and choices that are the same for all
//! stages.
//!
//! Must not know: stages.

use super::card_names::NameBlocks;
use super::curve::VisibleCurves;
use super::lane_rows::LaneRows;
use super::options::LayoutOptions;
use crate::model::{LaneKind, Map, PersonaId};
use crate::text::Measure;
use crate::theme::{Icon, Sizes};
use std::collections::BTreeSet;

/// Inputs shared by all stages; a change of any of them causes a complete new layout.
#[derive(Debug)]
pub(super) struct SharedInputs {
    pub(super) stamps: [u64; 4],
    pub(super) hidden_curves: BTreeSet<PersonaId>,
    pub(super) handoffs: bool,
    pub(super) visible_curves: VisibleCurves,
    pub(super) names: NameBlocks,
    /// Rows of the channel, environment and department lanes.
    pub(super) rows: [LaneRows; 3],
    /// Icons by place in the list of channels; cached because guessing them is slow.
    pub(super) channel_icons: Vec<Icon>,
    /// Icons by place in the list of environments.
    pub(super) environment_icons: Vec<Icon>,
}

impl SharedInputs {
    pub(super) fn stamps(map: &Map) -> [u64; 4] {
        [
            map.personas().stamp(),
            map.departments().stamp(),
            map.channels().stamp(),
            map.environments().stamp(),
        ]
    }

    pub(super) fn of(
        map: &Map,
        options: &LayoutOptions,
        measure: &mut dyn Measure,
    ) -> SharedInputs {
        let sizes = options.density.sizes();
        let channels = map.channels().iter();
        let environments = map.environments().iter();
        SharedInputs {
            stamps: SharedInputs::stamps(map),
            hidden_curves: options.hidden_curves.clone(),
            handoffs: options.handoffs,
            visible_curves: VisibleCurves::of(map, &options.hidden_curves),
            names: NameBlocks::of(map, sizes, measure),
            rows: [
                LaneKind::Channels,
                LaneKind::Environments,
                LaneKind::Departments,
            ]
            .map(|kind| LaneRows::of(map, kind, sizes, measure)),
            channel_icons: channels
                .map(|c| Icon::for_channel(c.icon.as_deref(), &c.name))
                .collect(),
            environment_icons: environments
                .map(|e| Icon::for_environment(e.kind, &e.name))
                .collect(),
        }
    }
}

/// Inputs of the parts of a layout.
pub(super) struct LayoutInputs<'a> {
    pub(super) map: &'a Map,
    pub(super) shared: &'a SharedInputs,
    pub(super) sizes: &'static Sizes,
}
