//! Ids of all records of a map, assigned before any record is converted: a
//! reference may come before its target.
//!
//! Must not know: fields other than ids, names and texts.

use super::id_assignment::{IdTable, PendingWarnings, RecordPath};
use super::v1;
use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, ImageId, LaneId, LaneKind, NoteId,
    OpportunityId, PainId, PersonaId, StageId, TouchpointId,
};

/// Ids that references are looked up in.
pub(super) struct IdTables {
    pub personas: IdTable<PersonaId>,
    pub departments: IdTable<DepartmentId>,
    pub channels: IdTable<ChannelId>,
    pub environments: IdTable<EnvironmentId>,
    pub lanes: IdTable<LaneId>,
    pub stages: IdTable<StageId>,
    pub touchpoints: IdTable<TouchpointId>,
    pub actions: IdTable<ActionId>,
    pub images: IdTable<ImageId>,
}

/// Assigns ids to the records of one list of the map.
macro_rules! assign {
    ($wire:ident.$list:ident, $text:ident, $reserved:expr, $warnings:expr) => {
        IdTable::assign(
            $wire.$list.iter().enumerate().map(|(at, r)| {
                (
                    r.id.as_deref(),
                    r.$text.as_str(),
                    RecordPath::Top(stringify!($list), at),
                )
            }),
            $reserved,
            $warnings,
        )
    };
}

/// Assigns ids to the records of one list in all touchpoints.
macro_rules! assign_inside {
    ($wire:ident.$list:ident, $warnings:expr) => {
        IdTable::assign(
            $wire.stages.iter().enumerate().flat_map(|(s, stage)| {
                stage
                    .touchpoints
                    .iter()
                    .enumerate()
                    .flat_map(move |(t, touchpoint)| {
                        touchpoint.$list.iter().enumerate().map(move |(at, r)| {
                            let record = RecordPath::Inside(s, t, stringify!($list), at);
                            (r.id.as_deref(), r.text.as_str(), record)
                        })
                    })
            }),
            &[],
            $warnings,
        )
    };
}

impl IdTables {
    pub fn of(wire: &v1::Map, warnings: &mut PendingWarnings) -> IdTables {
        let standard = LaneKind::STANDARD.map(LaneKind::word);
        let touchpoints = wire.stages.iter().enumerate().flat_map(|(s, stage)| {
            let touchpoints = stage.touchpoints.iter().enumerate();
            touchpoints.map(move |(t, r)| {
                (
                    r.id.as_deref(),
                    r.name.as_str(),
                    RecordPath::Touchpoint(s, t),
                )
            })
        });
        IdTables {
            personas: assign!(wire.personas, name, &[], warnings),
            departments: assign!(wire.departments, name, &[], warnings),
            channels: assign!(wire.channels, name, &[], warnings),
            environments: assign!(wire.environments, name, &[], warnings),
            lanes: assign!(wire.lanes, name, &standard, warnings),
            stages: assign!(wire.stages, name, &[], warnings),
            touchpoints: IdTable::assign(touchpoints, &[], warnings),
            actions: assign!(wire.actions, name, &[], warnings),
            images: assign!(wire.pictures, name, &[], warnings),
        }
    }
}

/// Ids that nothing in a map refers to.
pub(super) struct UnreferencedIds {
    pub pains: IdTable<PainId>,
    pub opportunities: IdTable<OpportunityId>,
    pub notes: IdTable<NoteId>,
}

impl UnreferencedIds {
    pub fn of(wire: &v1::Map, warnings: &mut PendingWarnings) -> UnreferencedIds {
        UnreferencedIds {
            pains: assign_inside!(wire.pains, warnings),
            opportunities: assign_inside!(wire.opportunities, warnings),
            notes: assign!(wire.notes, text, &[], warnings),
        }
    }
}
