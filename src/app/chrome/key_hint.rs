//! The line in the status bar on what keys do with the selection.
//!
//! Must not know: how a key is carried out.

use crate::app::command::CommandState;
use crate::app::document::Document;
use crate::app::document::selection::Selection;
use crate::model::ObjectRef;
use crate::render::View;

/// Returns what the most important keys do with the selection.
pub(super) fn key_hint(document: &Document) -> String {
    let state = CommandState {
        document: Some(document),
        ..CommandState::default()
    };
    let persona = document.chosen_persona().map(|persona| persona.name.trim());
    let feeling = match persona {
        Some(name) if !name.is_empty() => format!("the feeling of {name}"),
        _ => "the feeling".to_owned(),
    };
    let cards = format!("1 … 9 assign the owner, + − 0 change {feeling}");
    match &document.selection {
        _ if document.view == View::Findings => String::new(),
        _ if state.types_signs() => "Type to add a text, Enter to change it".to_owned(),
        _ if state.types_letters() => format!("Type to name {feeling}, + − 0 to change it"),
        Selection::One(ObjectRef::Touchpoint(_)) => format!("Enter renames, {cards}"),
        Selection::Touchpoints(_) => cards,
        Selection::One(ObjectRef::Path { .. }) => "Delete disconnects".to_owned(),
        Selection::One(_) => "Enter renames".to_owned(),
        Selection::Nothing => "A captures touchpoints, ? shows all keys".to_owned(),
    }
}
