//! The data model of a journey map: ids, values, records, and the map.
//!
//! Plain, ordered data with exact equality.
//!
//! Must not know: files, drawing, clocks, randomness, or anything else of this
//! crate but base 64.

#[cfg(test)]
pub(crate) mod arbitrary;
mod id;
mod image;
mod lane;
mod list;
mod map;
mod record;
mod said;
mod value;

pub use self::image::{Head, Image, ImageData, Media};
pub use id::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Id, ImageId, LaneId, NoteId, OpportunityId,
    PainId, PersonaId, StageId, SuppressionId, TouchpointId, slug,
};
pub use lane::{Holds, Lane, LaneKind, Link, Scale};
pub use list::{List, free_id};
pub use map::Map;
pub(crate) use map::Table;
pub use record::{
    Action, ActionStatus, Backstage, BackstageKind, Channel, Department, Environment,
    EnvironmentKind, Feeling, Fork, Header, Lift, MapKind, Measurement, Note, Opportunity, Pain,
    Path, PathKind, Persona, Record, Stage, Suppression, Touchpoint,
};
pub use said::Said;
pub use value::{Basis, Date, Decimal, Evidence, Level, Rgb, Score, Share, Span};
