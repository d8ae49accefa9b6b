//! Questions and failures about a map and its file, and the answers to them.
//!
//! Must not know: dialogs, how answers are carried out.

use crate::render::ExportOptions;
use crate::session::TheirVersion;
use std::path::PathBuf;

/// A question about a map and its file, or the report of a failure with one choice.
#[derive(Default)]
pub struct Question {
    /// Key of the map, if the question is about one.
    pub document: u64,
    pub title: String,
    /// The cause, or the words before the list.
    pub text: String,
    /// List below the text, one entry a line.
    pub lines: Vec<String>,
    /// Remark at the end.
    pub note: &'static str,
    /// Buttons with their answers; the first is the default.
    pub choices: Vec<(&'static str, FileAnswer)>,
    /// Attempt that failed, for [`FileAnswer::TryAgain`].
    pub attempt: Option<Attempt>,
    /// Whether a save of the map is in progress, whose end answers the question.
    pub waits_for_save: bool,
    /// Version in the file, if somebody else changed it.
    pub theirs: Option<Box<TheirVersion>>,
}

/// A file that could not be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Attempt {
    /// The map, to its own file or to another one.
    Save(Option<PathBuf>),
    /// A picture of the map.
    Export(PathBuf, Box<ExportOptions>),
}

/// Answer to a question about a map and its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAnswer {
    /// Leave map and file as they are.
    Dismiss,
    /// Leave map and file as they are, and keep the map open.
    CancelClose,
    /// Save the map to its file.
    Save,
    /// Try once more what has failed.
    TryAgain,
    /// Save the map to another file.
    SaveAs,
    /// Replace the map by the version in the file.
    UseTheirs,
    /// Keep the map, and a copy of the version in the file.
    KeepMine,
    /// Keep a copy of what is in the file, and save the map to it.
    Restore,
}
