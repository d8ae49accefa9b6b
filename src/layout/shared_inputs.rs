//! Inputs shared by all parts of a layout: names, icons and choices that are the same for all
//! stages.
//!
//! Must not know: stages.

use super::{Options, card, curve, row_lanes};
use crate::model::{LaneKind, Map, PersonaId};
use crate::text::Measure;
use crate::theme::{Icon, Sizes};
use std::collections::BTreeSet;

/// Inputs shared by all stages; a change of any of them causes a complete new layout.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) stamps: [u64; 4],
    pub(super) hidden_curves: BTreeSet<PersonaId>,
    pub(super) seams: bool,
    pub(super) drawn: curve::Drawn,
    pub(super) names: card::Names,
    /// Rows of the channel, environment and department lanes.
    pub(super) rows: [row_lanes::Rows; 3],
    /// Icons by place in the list of channels; cached because guessing them is slow.
    pub(super) channel_icons: Vec<Icon>,
    /// Icons by place in the list of environments.
    pub(super) environment_icons: Vec<Icon>,
}

impl Common {
    pub(super) fn stamps(map: &Map) -> [u64; 4] {
        [
            map.personas().stamp(),
            map.departments().stamp(),
            map.channels().stamp(),
            map.environments().stamp(),
        ]
    }

    pub(super) fn of(map: &Map, options: &Options, measure: &mut dyn Measure) -> Common {
        let sizes = options.density.sizes();
        let channels = map.channels().iter();
        let environments = map.environments().iter();
        Common {
            stamps: Common::stamps(map),
            hidden_curves: options.hidden_curves.clone(),
            seams: options.seams,
            drawn: curve::Drawn::of(map, &options.hidden_curves),
            names: card::Names::of(map, sizes, measure),
            rows: [
                LaneKind::Channels,
                LaneKind::Environments,
                LaneKind::Departments,
            ]
            .map(|kind| row_lanes::Rows::of(map, kind, sizes, measure)),
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
pub(super) struct Shown<'a> {
    pub(super) map: &'a Map,
    pub(super) common: &'a Common,
    pub(super) sizes: &'static Sizes,
}
