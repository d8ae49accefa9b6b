//! The versions of a file in its repository, newest first, through renames.
//!
//! Must not know: what the file holds.

use super::process::{Git, GitError};
use crate::task::Progress;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The maximum size in bytes of the list of versions.
const MAX_LIST_BYTES: u64 = 16 * 1024 * 1024;

/// The number of versions that stands for all.
pub const ALL_VERSIONS: u32 = i32::MAX as u32;

/// The length of a commit id on screen.
const SHORT_ID: usize = 9;

/// A commit that changed a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The whole id of the commit, in hexadecimal digits.
    pub commit: String,
    /// The author's name.
    pub author: String,
    /// The author's date and time in ISO 8601, with the offset of the time zone.
    pub date: String,
    /// The first line of the message.
    pub subject: String,
    /// The former path in the repository, if the commit renamed or copied the file.
    pub renamed_from: Option<String>,
    /// The content before, unless the commit added the file.
    pub before: Option<Blob>,
    /// The content after, unless the commit removed the file.
    pub after: Option<Blob>,
}

/// A content in the repository, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob(String);

impl Version {
    /// The beginning of the commit id.
    pub fn short_id(&self) -> &str {
        self.commit.get(..SHORT_ID).unwrap_or(&self.commit)
    }

    /// The author's date and time to the minute, such as `2026-05-18 09:30`.
    pub fn minute(&self) -> String {
        let minute = self.date.get(..16).unwrap_or(&self.date);
        minute.replace('T', " ")
    }
}

/// A file whose versions are looked up.
pub struct VersionedFile {
    folder: PathBuf,
    name: OsString,
}

impl VersionedFile {
    /// Looks at the file of a path; a link stands for the file it leads to.
    pub fn new(path: &Path) -> VersionedFile {
        let target = match path.is_symlink() {
            true => path.canonicalize().ok(),
            false => None,
        };
        let path = target.as_deref().unwrap_or(path);
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        VersionedFile {
            folder: folder.to_owned(),
            name: path.file_name().unwrap_or_default().to_owned(),
        }
    }

    /// Returns the newest versions, at most this number.
    ///
    /// # Errors
    /// If `git` fails, or knows no version.
    pub fn versions(&self, most: u32, progress: &Progress) -> Result<Vec<Version>, GitError> {
        let mut arguments: Vec<OsString> = [
            "log",
            "--follow",
            "--raw",
            "--no-abbrev",
            "-z",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--diff-merges=first-parent",
            "--format=%H%x00%aN%x00%aI%x00%s",
        ]
        .map(OsString::from)
        .into();
        arguments.push(format!("--max-count={most}").into());
        arguments.extend(["--".into(), self.name.clone()]);
        let list = Git::new(&self.folder, progress).run(arguments, MAX_LIST_BYTES)?;
        let versions = parse(&list);
        match versions.is_empty() {
            true => Err(GitError::NoVersions),
            false => Ok(versions),
        }
    }

    /// Returns a content, at most this number of bytes.
    ///
    /// # Errors
    /// If `git` fails, or the content is larger.
    pub fn content(
        &self,
        blob: &Blob,
        most: u64,
        progress: &Progress,
    ) -> Result<Vec<u8>, GitError> {
        Git::new(&self.folder, progress).run(["cat-file", "blob", &blob.0], most)
    }

    /// Returns the content at a revision as `git` names them (a commit id, a branch, `HEAD~2`), under
    /// the name that the file had then.
    ///
    /// # Errors
    /// If there is no such revision, or the file was not in it, or `git` fails.
    pub fn content_at(
        &self,
        revision: &str,
        most: u64,
        progress: &Progress,
    ) -> Result<Vec<u8>, GitError> {
        let unknown = || GitError::UnknownVersion(revision.to_owned());
        let git = Git::new(&self.folder, progress);
        // It would be an option, or name a path of its own.
        if revision.starts_with('-') || revision.contains(':') {
            return Err(unknown());
        }
        let commit = match git.run(
            [
                "rev-parse",
                "--verify",
                "--quiet",
                &format!("{revision}^{{commit}}"),
            ],
            100,
        ) {
            Err(GitError::Failed(_)) => return Err(unknown()),
            commit => String::from_utf8_lossy(&commit?).trim().to_owned(),
        };
        let mut name = OsString::from(format!("{commit}:./"));
        name.push(&self.name);
        match git.run([OsString::from("cat-file"), "blob".into(), name], most) {
            Err(GitError::Failed(_)) => {}
            content => return content,
        }
        // It had another name then.
        for version in self.versions(ALL_VERSIONS, progress)? {
            let Some(former) = &version.renamed_from else {
                continue;
            };
            let name = format!("{commit}:{former}");
            match git.run(["cat-file", "blob", &name], most) {
                Err(GitError::Failed(_)) => {}
                content => return content,
            }
        }
        Err(unknown())
    }
}

/// Reads the output of `git log --raw -z` with four fields a commit.
fn parse(list: &[u8]) -> Vec<Version> {
    let mut fields = list.split(|byte| *byte == 0).peekable();
    let text = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
    let mut versions = Vec::new();
    while let Some(commit) = fields.next().filter(|commit| !commit.is_empty()) {
        let mut next = || fields.next().map(text).unwrap_or_default();
        let mut version = Version {
            commit: text(commit),
            author: next(),
            date: next(),
            subject: next(),
            ..Version::default()
        };
        while let Some(raw) =
            fields.next_if(|field| field.starts_with(b"\n:") || field.starts_with(b":"))
        {
            let raw = text(raw);
            let parts: Vec<&str> = raw.trim_start().split(' ').collect();
            let [_, _, before, after, status] = parts.as_slice() else {
                break;
            };
            let path = fields.next().map(text);
            if status.starts_with(['R', 'C']) {
                version.renamed_from = path;
                fields.next();
            }
            version.before = blob(before);
            version.after = blob(after);
        }
        versions.push(version);
    }
    versions
}

/// Returns the content with this id, unless it stands for none.
fn blob(id: &str) -> Option<Blob> {
    let exists = id.bytes().any(|digit| digit != b'0');
    exists.then(|| Blob(id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_versions_is_read_with_odd_names_and_renames() {
        let list = b"c1\0Ann \xC3\x84\x002026-12-01T00:50:39+01:00\0Rename: \x01it\0\n\
            :100644 100644 aa aa R100\0old \"x\".ron\0odd\nname.ron\0\
            c2\0B\x002026-11-30T00:00:00Z\0\0\n:000000 100644 0000 aa A\0odd\nname.ron\0";
        let versions = parse(list);
        assert_eq!(versions.len(), 2);
        let first = &versions[0];
        assert_eq!(
            (first.author.as_str(), first.subject.as_str()),
            ("Ann Ä", "Rename: \u{1}it")
        );
        assert_eq!(first.minute(), "2026-12-01 00:50");
        assert_eq!(first.renamed_from.as_deref(), Some("old \"x\".ron"));
        assert_eq!(versions[1].before, None);
        assert_eq!(versions[1].after, first.before);
        assert_eq!(parse(b""), []);
        assert!(parse(b"c1\0A").len() == 1, "a list that breaks off");
    }
}
