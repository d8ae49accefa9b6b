//! A note beside an object: a change that a command has made there, or the meaning of
//! the keys.
//!
//! Must not know: egui, how a change is described.

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

impl ChangeNote {
    /// Creates a note that was not shown yet.
    pub fn new(text: String, object: ObjectRef) -> ChangeNote {
        ChangeNote {
            text,
            object,
            shown_since: None,
        }
    }

    /// Returns the remaining display time in seconds. `now` is the time in seconds.
    pub fn seconds_left(&mut self, now: f64) -> f64 {
        NOTE_SECONDS - (now - *self.shown_since.get_or_insert(now))
    }
}
