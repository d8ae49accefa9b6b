//! The data model of a journey map: ids, values, records, and the map.
//!
//! Plain, ordered data with exact equality.
//!
//! Must not know: files, drawing, clocks, randomness, or anything else of this
//! crate but base 64.

#[cfg(test)]
pub(crate) mod arbitrary;
mod decimal;
mod field_ref;
mod field_text;
mod id;
mod image;
mod indexed_list;
mod lane;
mod lookup;
mod map;
mod object_ref;
mod record;
mod references;
mod renaming;
mod rhythm;
mod span;
mod upkeep;
mod value;

pub use self::image::{EmbeddedData, Image, ImageData, ImageHeader, Media};
pub use decimal::Decimal;
pub use field_ref::{Field, FieldRef};
pub use field_text::{MAX_TEXT_CHARS, is_too_long};
pub(crate) use field_text::{Texts, visit_texts};
pub use id::{
    ActionId, ChannelId, CommentId, ConflictId, DepartmentId, EnvironmentId, Id, ImageId, LaneId,
    NoteId, OpportunityId, PainId, PersonaId, SavedViewId, StageId, SuppressionId, TouchpointId,
    slug,
};
pub use indexed_list::IndexedList;
pub use lane::{Lane, LaneContentKind, LaneKind, Link, Scale};
pub use map::Map;
pub(crate) use map::Table;
pub use object_ref::ObjectRef;
pub use record::{
    Action, ActionStatus, Answers, Backstage, BackstageKind, CardColoring, Channel, Check, Comment,
    CommentSubject, Conflict, ConflictChoice, ConflictKind, Department, EmptyField, Environment,
    EnvironmentKind, Feeling, Fork, Header, HighlightedMark, Lift, MAX_SCALE_STEPS, MapKind,
    Measurement, Note, Opportunity, Pain, Path, PathKind, Persona, Record, Reply, SavedView, Stage,
    Suppression, Touchpoint, View,
};
pub(crate) use references::{PictureLanes, Referrer};
pub(crate) use renaming::{Renames, renamed_object};
pub use rhythm::Rhythm;
pub use span::Span;
pub use upkeep::ChangesSinceCheck;
pub(crate) use value::Stated;
pub use value::{Basis, Date, Evidence, Level, Rgb, Score, Share, parse_date};
