//! Touchpoints by what a table calls them.
//!
//! Must not know: tables.

use crate::folding::fold_text;
use crate::model::{Map, TouchpointId};
use std::collections::BTreeMap;

/// The words that mean the whole journey.
const WHOLE: [&str; 5] = ["", "*", "whole journey", "journey", "map"];

/// The places of a map that can be measured.
pub(super) struct Places<'m> {
    by_name: BTreeMap<String, Vec<&'m TouchpointId>>,
    map: &'m Map,
}

impl<'m> Places<'m> {
    pub fn of(map: &'m Map) -> Places<'m> {
        let mut by_name: BTreeMap<String, Vec<&TouchpointId>> = BTreeMap::new();
        for touchpoint in map.touchpoints() {
            by_name
                .entry(fold_text(&touchpoint.name))
                .or_default()
                .push(&touchpoint.id);
        }
        Places { by_name, map }
    }

    /// Finds a touchpoint by id, else by name; `None` is the whole journey. The error says why
    /// there is none.
    pub fn find(&self, text: &str) -> Result<Option<TouchpointId>, String> {
        let folded = fold_text(text);
        let id = TouchpointId::from(text);
        if self.map.stage_of(&id).is_some() {
            return Ok(Some(id));
        }
        match self.by_name.get(&folded).map(Vec::as_slice) {
            Some([only]) => Ok(Some((*only).clone())),
            Some(_) => Err(format!(
                "several touchpoints are called “{text}”: use the id"
            )),
            None if WHOLE.contains(&folded.as_str()) => Ok(None),
            None => Err(format!("no touchpoint is called “{text}”")),
        }
    }
}
