//! Personas, and the departments of the organisation.

use crate::model::id::{DepartmentId, ImageId, PersonaId};
use crate::model::value::{Evidence, Rgb};
use serde::{Deserialize, Serialize};

/// The specific customer whose eyes we look through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Persona {
    /// Unique in the map.
    pub id: PersonaId,
    /// Name, such as "Jana Novak".
    pub name: String,
    /// Who they are, in one line.
    pub role: String,
    /// What they want to achieve.
    pub goals: Vec<String>,
    /// What they need on the way.
    pub needs: Vec<String>,
    /// What wears them out.
    pub frustrations: Vec<String>,
    /// In their own words.
    pub quote: String,
    /// A picture of them, shown in a disc.
    pub picture: Option<ImageId>,
    /// What the description rests on.
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

/// Who owns or supports touchpoints and stages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Department {
    /// Unique in the map.
    pub id: DepartmentId,
    /// Full name.
    pub name: String,
    /// Short name for the stripe on a card; empty: made from the name.
    pub short: String,
    /// Its colour; `None`: one from the palette, by place in the list.
    pub colour: Option<Rgb>,
    /// Whom to ask.
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

    /// The short name, or the name itself where none is given.
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() {
            &self.name
        } else {
            &self.short
        }
    }
}
