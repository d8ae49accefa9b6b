//! Clipboard text of a fragment: a plain list in capture notation, followed by a
//! journey map. The list is a comment of the map, so the whole text is a map that
//! `touchline check` reads.
//!
//! Must not know: the clipboard itself, windows.

use super::fragment::{CopySelection, Fragment, FragmentKind};
use crate::capture::{self, ParsedLine, Vocabulary};
use crate::format::{self, ReadError};

/// Maximum size of text read as a fragment: 16 MB.
pub const MAX_TEXT_BYTES: usize = 16 * 1024 * 1024;

/// The header key for the copied kind; absent for whole stages.
const COPIED_KEY: &str = "copied";
const TOUCHPOINTS: &str = "touchpoints";

/// The reason why a text cannot be pasted as part of a map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FragmentError {
    /// The text exceeds [`MAX_TEXT_BYTES`].
    #[error("this is too large to paste: {megabytes} MB, and {} MB is the most", MAX_TEXT_BYTES / 1024 / 1024)]
    TooLarge {
        /// Its size in MB, rounded up.
        megabytes: usize,
    },
    /// The text is not a valid journey map.
    #[error("this cannot be pasted as part of a map: {0}")]
    Format(#[from] ReadError),
    /// The journey map has no stages.
    #[error("there is no stage or touchpoint in what was copied")]
    Empty,
}

impl Fragment {
    /// Formats the fragment for the clipboard.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let names = Vocabulary::of(&self.map);
        for stage in self.map.stages() {
            if self.kind == FragmentKind::Stages {
                let said = ParsedLine {
                    stage: Some(stage.name.clone()),
                    ..ParsedLine::default()
                };
                push_comment(&mut text, &capture::format_line(&said, &names));
            }
            for touchpoint in self.map.touchpoints_in(&stage.id) {
                let said = capture::to_line(&self.map, touchpoint);
                push_comment(&mut text, &capture::format_line(&said, &names));
            }
        }
        let mut map = self.map.clone();
        if self.kind == FragmentKind::Touchpoints {
            let extra = &mut map.header_mut().extra;
            extra.insert(COPIED_KEY.to_owned(), TOUCHPOINTS.to_owned());
        }
        text.push_str(&format::write(&map));
        text
    }

    /// Reads the output of [`Fragment::text`]; any other journey map is read as its stages.
    ///
    /// # Errors
    /// The text is not a journey map, has no stages, or is too large.
    pub fn read(text: &str) -> Result<Fragment, FragmentError> {
        if text.len() > MAX_TEXT_BYTES {
            let megabytes = text.len().div_ceil(1024 * 1024);
            return Err(FragmentError::TooLarge { megabytes });
        }
        let map = format::read(text.as_bytes())?.map;
        let kind = map.header().extra.get(COPIED_KEY);
        let copied = if kind.is_some_and(|kind| kind == TOUCHPOINTS) {
            CopySelection::Touchpoints(map.touchpoints().map(|t| t.id.clone()).collect())
        } else {
            CopySelection::Stages(map.stages().iter().map(|s| s.id.clone()).collect())
        };
        // Extract again: only referenced records are kept.
        Fragment::extract(&map, &copied).ok_or(FragmentError::Empty)
    }
}

/// Whether a text is meant as a journey map, even if broken, rather than a list of lines.
pub fn looks_like_map(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with("//"));
    first.is_some_and(|line| line.starts_with('(')) && text.contains("stages:")
}

/// Appends a comment line; line breaks and control characters become spaces.
fn push_comment(text: &mut String, line: &str) {
    text.push_str("//");
    let blank = |c: char| c.is_whitespace() || c.is_control();
    for word in line.split(blank).filter(|word| !word.is_empty()) {
        text.push(' ');
        text.push_str(word);
    }
    text.push('\n');
}
