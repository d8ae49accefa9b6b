//! The versions of a map in git, with what changed from one to the next.
//!
//! Must not know: how versions are shown.

use crate::edit::{describe, diff};
use crate::format;
use crate::git::{Blob, GitError, Version, VersionedFile};
use crate::model::Map;
use crate::storage::disk;
use crate::task::Progress;
use std::path::Path;

/// The maximum number of sentences about a version.
const MAX_SENTENCES: usize = 1000;

/// What a version changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionChanges {
    /// The version is the first one of the map.
    Added,
    /// The version removed the file.
    Removed,
    /// A sentence for each change; none if only the form of the file changed.
    Changed(Vec<String>),
    /// The version, or the one before, is not a map that can be read: the reason.
    Unreadable(String),
}

/// The versions of the map in a file.
pub struct MapVersions {
    file: VersionedFile,
    /// The content that was read last, because the next older version ends with it.
    last_read: Option<(Blob, Map)>,
}

impl MapVersions {
    /// Looks at the file of a path.
    pub fn of(path: &Path) -> MapVersions {
        MapVersions {
            file: VersionedFile::new(path),
            last_read: None,
        }
    }

    /// Returns the newest versions, newest first, at most this number.
    ///
    /// # Errors
    /// If `git` fails, or knows no version.
    pub fn list(&self, most: u32, progress: &Progress) -> Result<Vec<Version>, GitError> {
        self.file.versions(most, progress)
    }

    /// Returns the content of the file at a revision.
    ///
    /// # Errors
    /// If `git` fails or has no such version.
    pub fn content_at(&self, revision: &str, progress: &Progress) -> Result<Vec<u8>, GitError> {
        self.file.content_at(revision, disk::MAX_BYTES, progress)
    }

    /// Compares a version with the one before. Quickest in the order of the list.
    ///
    /// # Errors
    /// If `git` fails.
    pub fn changes(
        &mut self,
        version: &Version,
        progress: &Progress,
    ) -> Result<VersionChanges, GitError> {
        let Some(after) = &version.after else {
            return Ok(VersionChanges::Removed);
        };
        let Some(before) = &version.before else {
            return Ok(VersionChanges::Added);
        };
        if before == after {
            return Ok(VersionChanges::Changed(Vec::new()));
        }
        let after = match self.last_read.take() {
            Some((blob, map)) if blob == *after => Ok(map),
            _ => self.read(after, progress)?,
        };
        let before_map = self.read(before, progress)?;
        Ok(match (before_map, after) {
            (Ok(was), Ok(is)) => {
                let sentences = describe(&diff(&was, &is), &is, MAX_SENTENCES);
                self.last_read = Some((before.clone(), was));
                VersionChanges::Changed(sentences)
            }
            (Err(reason), _) | (_, Err(reason)) => VersionChanges::Unreadable(reason),
        })
    }

    /// Compares a map with the newest version, if that can be read.
    ///
    /// # Errors
    /// If `git` fails.
    pub fn changes_since(
        &self,
        newest: &Version,
        map: &Map,
        progress: &Progress,
    ) -> Result<Vec<String>, GitError> {
        let Some(blob) = &newest.after else {
            return Ok(Vec::new());
        };
        let committed = self.read(blob, progress)?;
        Ok(committed.map_or_else(
            |_| Vec::new(),
            |committed| describe(&diff(&committed, map), map, MAX_SENTENCES),
        ))
    }

    /// Returns the map after a version.
    ///
    /// # Errors
    /// If `git` fails, or the version is not a map that can be read; as a sentence.
    pub fn map_of(&self, version: &Version, progress: &Progress) -> Result<Map, String> {
        let removed = || GitError::UnknownVersion(version.short_id().to_owned()).to_string();
        let blob = version.after.as_ref().ok_or_else(removed)?;
        self.read(blob, progress)
            .map_err(|error| error.to_string())?
    }

    fn read(&self, blob: &Blob, progress: &Progress) -> Result<Result<Map, String>, GitError> {
        let bytes = self.file.content(blob, disk::MAX_BYTES, progress)?;
        let map = format::read(&bytes).map(|document| document.map);
        Ok(map.map_err(|error| error.problem.to_string()))
    }
}
