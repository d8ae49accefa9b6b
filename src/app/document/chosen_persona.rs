//! The persona whose feelings keys, lane texts and capture lines change.
//!
//! Must not know: egui, commands.

use super::Document;
use crate::model::Persona;

impl Document {
    /// Returns the chosen persona, else the first one; `None` in a map without personas.
    pub fn chosen_persona(&self) -> Option<&Persona> {
        let personas = self.session.map().personas();
        let chosen = self.persona.as_ref().and_then(|id| personas.get(id));
        chosen.or_else(|| personas.as_slice().first())
    }

    /// Chooses the next persona of the map, after the last one the first.
    pub fn choose_next_persona(&mut self) {
        let personas = self.session.map().personas();
        let here = self.chosen_persona().map(|persona| &persona.id);
        let at = here.and_then(|id| personas.position(id));
        let next = at.map_or(0, |at| at + 1) % personas.len().max(1);
        self.persona = personas.as_slice().get(next).map(|p| p.id.clone());
    }
}
