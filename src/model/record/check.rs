//! Checks of stages against reality.
//!
//! Must not know: drawing, files, the present date.

use crate::model::value::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The last check of a stage against reality.
///
/// It keeps a fingerprint of the stage and of each of its touchpoints, so that the map itself
/// tells what changed since, wherever the file comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Check {
    /// The date.
    #[serde(with = "crate::model::value::date")]
    pub date: Option<Date>,
    /// The name of the person who checked; may be empty.
    pub by: String,
    /// Fingerprint of the stage without its touchpoints.
    pub stage: String,
    /// Fingerprints of the touchpoints by their ids.
    pub touchpoints: BTreeMap<String, String>,
}
