//! Personas and departments.
//!
//! Must not know: drawing, files.

use crate::model::id::{DepartmentId, ImageId, PersonaId};
use crate::model::value::{Evidence, Rgb};
use serde::{Deserialize, Serialize};

/// A persona: the customer from whose perspective the journey is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Persona {
    /// Unique in the map.
    pub id: PersonaId,
    /// Name, such as "Jana Novak".
    pub name: String,
    /// The role, in one line.
    pub role: String,
    /// Goals.
    pub goals: Vec<String>,
    /// Needs on the way.
    pub needs: Vec<String>,
    /// Frustrations.
    pub frustrations: Vec<String>,
    /// A typical quote.
    pub quote: String,
    /// A portrait, shown in a circle.
    pub picture: Option<ImageId>,
    /// The evidence for the description.
    pub evidence: Evidence,
}

impl Persona {
    /// A persona with nothing but an id and a name.
    pub fn new(id: PersonaId, name: impl Into<String>) -> Persona {
        Persona {
            id,
            name: name.into(),
            role: String::new(),
            goals: Vec::new(),
            needs: Vec::new(),
            frustrations: Vec::new(),
            quote: String::new(),
            picture: None,
            evidence: Evidence::default(),
        }
    }
}

/// A department that owns or supports touchpoints and stages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Department {
    /// Unique in the map.
    pub id: DepartmentId,
    /// Full name.
    pub name: String,
    /// Short name for the stripe on a card; derived from the name if empty.
    pub short: String,
    /// The colour; `None` for an automatic one by position in the list.
    pub colour: Option<Rgb>,
    /// The contact person.
    pub contact: String,
}

impl Department {
    /// A department with nothing but an id and a name.
    pub fn new(id: DepartmentId, name: impl Into<String>) -> Department {
        Department {
            id,
            name: name.into(),
            short: String::new(),
            colour: None,
            contact: String::new(),
        }
    }

    /// The short name, or the full name if there is none.
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() {
            &self.name
        } else {
            &self.short
        }
    }
}
