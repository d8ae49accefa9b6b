//! The persona whose feelings keys, lane texts and capture lines change.
//!
//! Must not know: egui, commands.

use super::Document;
use crate::model::{ObjectRef, Persona, PersonaId};
use crate::scene::ObjectId;

impl Document {
    /// Returns the chosen persona, else the first one; `None` in a map without personas.
    pub fn chosen_persona(&self) -> Option<&Persona> {
        let personas = self.session.map().personas();
        let chosen = self.persona.as_ref().and_then(|id| personas.get(id));
        chosen.or_else(|| personas.as_slice().first())
    }

    /// Returns the persona that was chosen and still exists; `None` for the first one.
    pub fn front_persona(&self) -> Option<&PersonaId> {
        let chosen = self.persona.as_ref()?;
        self.session.map().personas().get(chosen).map(|it| &it.id)
    }

    /// Chooses the persona to whom an object on the canvas belongs: the one whose face or curve was
    /// pressed, or whose box.
    pub fn choose_persona_of(&mut self, object: &ObjectId) {
        if let Some(ObjectRef::Feeling(_, Some(id)) | ObjectRef::Persona(id)) = object.object() {
            self.persona = Some(id.clone());
        }
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
