//! The ids of all records of a map, stated or derived, before any is built: a
//! reference may come before what it is to.

use super::ids::{Ids, Pendings, Place};
use super::v1;
use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, ImageId, LaneId, LaneKind, NoteId,
    OpportunityId, PainId, PersonaId, StageId, TouchpointId,
};

/// The ids that references are looked up in.
pub(super) struct Known {
    pub personas: Ids<PersonaId>,
    pub departments: Ids<DepartmentId>,
    pub channels: Ids<ChannelId>,
    pub environments: Ids<EnvironmentId>,
    pub lanes: Ids<LaneId>,
    pub stages: Ids<StageId>,
    pub touchpoints: Ids<TouchpointId>,
    pub actions: Ids<ActionId>,
    pub images: Ids<ImageId>,
}

/// Ids for the records of one list of the map.
macro_rules! assign {
    ($shape:ident.$list:ident, $words:ident, $reserved:expr, $notices:expr) => {
        Ids::assign(
            $shape.$list.iter().enumerate().map(|(at, r)| {
                (
                    r.id.as_ref(),
                    r.$words.as_str(),
                    Place::Top(stringify!($list), at),
                )
            }),
            $reserved,
            $notices,
        )
    };
}

/// Ids for the records of one list of all touchpoints.
macro_rules! assign_inside {
    ($shape:ident.$list:ident, $notices:expr) => {
        Ids::assign(
            $shape.stages.iter().enumerate().flat_map(|(s, stage)| {
                stage
                    .touchpoints
                    .iter()
                    .enumerate()
                    .flat_map(move |(t, touchpoint)| {
                        touchpoint.$list.iter().enumerate().map(move |(at, r)| {
                            let place = Place::Inside(s, t, stringify!($list), at);
                            (r.id.as_ref(), r.text.as_str(), place)
                        })
                    })
            }),
            &[],
            $notices,
        )
    };
}

impl Known {
    pub fn of(shape: &v1::Map<'_>, notices: &mut Pendings) -> Known {
        let standard = LaneKind::STANDARD.map(LaneKind::word);
        let touchpoints = shape.stages.iter().enumerate().flat_map(|(s, stage)| {
            let own = stage.touchpoints.iter().enumerate();
            own.map(move |(t, r)| (r.id.as_ref(), r.name.as_str(), Place::Touchpoint(s, t)))
        });
        Known {
            personas: assign!(shape.personas, name, &[], notices),
            departments: assign!(shape.departments, name, &[], notices),
            channels: assign!(shape.channels, name, &[], notices),
            environments: assign!(shape.environments, name, &[], notices),
            lanes: assign!(shape.lanes, name, &standard, notices),
            stages: assign!(shape.stages, name, &[], notices),
            touchpoints: Ids::assign(touchpoints, &[], notices),
            actions: assign!(shape.actions, name, &[], notices),
            images: assign!(shape.pictures, name, &[], notices),
        }
    }
}

/// The ids that nothing in the map refers to.
pub(super) struct Unnamed {
    pub pains: Ids<PainId>,
    pub opportunities: Ids<OpportunityId>,
    pub notes: Ids<NoteId>,
}

impl Unnamed {
    pub fn of(shape: &v1::Map<'_>, notices: &mut Pendings) -> Unnamed {
        Unnamed {
            pains: assign_inside!(shape.pains, notices),
            opportunities: assign_inside!(shape.opportunities, notices),
            notes: assign!(shape.notes, text, &[], notices),
        }
    }
}
