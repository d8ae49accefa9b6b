//! A note beside an object: a change that a command has made there, or the meaning of
//! the keys.
//!
//! Must not know: egui, how a change is described.

use super::Document;
use crate::model::ObjectRef;

/// Display time of a note, in seconds.
const NOTE_SECONDS: f64 = 4.0;

/// A note beside an object.
#[derive(Clone, Debug)]
pub struct ChangeNote {
    /// The text.
    pub text: String,
    /// The object.
    pub object: ObjectRef,
    /// Time of the first display; `None` if not shown yet.
    shown_since: Option<f64>,
}

impl Document {
    /// Shows a note beside an object, in place of an earlier one.
    pub fn show_note(&mut self, text: String, object: ObjectRef) {
        self.note = Some(ChangeNote {
            text,
            object,
            shown_since: None,
        });
    }

    /// Returns the note with its remaining display time in seconds, and drops it when
    /// that is over. `now` is the time in seconds.
    pub fn current_note(&mut self, now: f64) -> Option<(ChangeNote, f64)> {
        let note = self.note.as_mut()?;
        let since = *note.shown_since.get_or_insert(now);
        let left = NOTE_SECONDS - (now - since);
        if left <= 0.0 {
            self.note = None;
        }
        self.note.clone().map(|note| (note, left))
    }
}
