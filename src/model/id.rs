//! Readable, stable ids of records.
//!
//! An id is created once from the name of the record (`pays-deposit-7f3k…`) and
//! never changes when the record is renamed.
//!
//! Must not know: the source of new ids (randomness belongs to the session,
//! derivation to `format`).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

/// Maximum length of the slug in a generated id, in characters.
const SLUG_LIMIT: usize = 32;

/// Converts a name to the readable part of an id: lower-case letters and digits
/// of any script, words joined by `-`, at most 32 characters; `fallback` if
/// nothing remains.
///
/// ```
/// assert_eq!(touchline::model::slug("Pays the deposit!", "touchpoint"), "pays-the-deposit");
/// assert_eq!(touchline::model::slug("???", "touchpoint"), "touchpoint");
/// ```
pub fn slug(name: &str, fallback: &str) -> String {
    let mut slug = String::new();
    let mut length = 0;
    for c in name.chars().flat_map(char::to_lowercase) {
        if length >= SLUG_LIMIT {
            break;
        }
        if c.is_alphanumeric() {
            slug.push(c);
            length += 1;
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' && c != '’' {
            slug.push('-');
            length += 1;
        }
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    if slug.is_empty() {
        fallback.to_owned()
    } else {
        slug
    }
}

/// An id of a record.
pub trait Id: Clone + Ord + Hash + fmt::Debug + fmt::Display {
    /// The word for the kind of record, used if a name gives no slug.
    const WORD: &'static str;
    /// Creates an id from any text.
    fn from_text(text: &str) -> Self;
    /// The id as written in the file.
    fn as_str(&self) -> &str;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl Id for $name {
            const WORD: &'static str = $word;
            fn from_text(text: &str) -> Self {
                $name(text.into())
            }
            fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "#{}", self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $name(text.into())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.as_str().to_owned()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name(text.into())
            }
        }
    )*};
}

ids! {
    /// The id of a [`crate::model::Persona`].
    PersonaId = "persona";
    /// The id of a [`crate::model::Stage`].
    StageId = "stage";
    /// The id of a [`crate::model::Touchpoint`].
    TouchpointId = "touchpoint";
    /// The id of a [`crate::model::Channel`].
    ChannelId = "channel";
    /// The id of an [`crate::model::Environment`].
    EnvironmentId = "environment";
    /// The id of a [`crate::model::Department`].
    DepartmentId = "department";
    /// The id of an [`crate::model::Action`].
    ActionId = "action";
    /// The id of a [`crate::model::Lane`].
    LaneId = "lane";
    /// The id of an [`crate::model::Image`].
    ImageId = "picture";
    /// The id of a [`crate::model::Pain`].
    PainId = "pain";
    /// The id of an [`crate::model::Opportunity`].
    OpportunityId = "opportunity";
    /// The id of a [`crate::model::Note`] of the parking lot.
    NoteId = "note";
    /// The id of a [`crate::model::Comment`].
    CommentId = "comment";
    /// The id of a [`crate::model::SavedView`].
    SavedViewId = "saved view";
    /// The id of a [`crate::model::Conflict`].
    ConflictId = "conflict";
    /// The id of a [`crate::model::Suppression`]: its rule and subject.
    SuppressionId = "suppression";
}
