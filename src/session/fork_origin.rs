//! The map that a map was made from, on disk: whether it is still there, and has newer
//! measurements.
//!
//! Must not know: sessions.

use crate::english::{count, quoted};
use crate::format;
use crate::insight::{Finding, Fix, rules};
use crate::model::{Field, Fork, Map, Measurement, ObjectRef};
use crate::storage::{DiskProblem, disk};
use std::path::{Component, Path, PathBuf};

/// The origin of a map as it was last seen.
#[derive(Clone, Debug)]
pub struct ForkOrigin {
    /// The name of its file in the map; empty if there is none to look at.
    file: String,
    /// Its measurements, or the reason why it cannot be read.
    found: Result<Vec<Measurement>, &'static str>,
}

impl Default for ForkOrigin {
    fn default() -> ForkOrigin {
        ForkOrigin {
            file: String::new(),
            found: Ok(Vec::new()),
        }
    }
}

impl ForkOrigin {
    /// Reads the origin of a map with a file. Names that lead to a file by an absolute path
    /// are not followed: a map must not make the program read from elsewhere.
    pub fn of(map: &Map, path: Option<&Path>) -> ForkOrigin {
        let file = map.header().forked_from.as_ref().map_or("", |it| &it.file);
        let Some(origin) = path.and_then(|path| origin_path(map, path)) else {
            return ForkOrigin::default();
        };
        let found = match disk::read_map(&origin) {
            Err(error) if is_missing(&error.problem) => Err("is not there"),
            // Without permission or memory nothing is known.
            Err(_) => return ForkOrigin::default(),
            Ok(bytes) => format::read(&bytes)
                .map(|document| measurements(&document.map).cloned().collect())
                .map_err(|_| "is no journey map"),
        };
        ForkOrigin {
            file: file.to_owned(),
            found,
        }
    }

    /// Whether this is the origin that a map names.
    pub fn is_of(&self, map: &Map) -> bool {
        let fork = map.header().forked_from.as_ref();
        fork.map_or("", |fork| &fork.file) == self.file
    }

    /// The findings about the origin of a map, as long as the map names the same one.
    pub fn findings(&self, map: &Map) -> Vec<Finding> {
        let fork = map.header().forked_from.as_ref();
        let fork = fork.filter(|fork| !self.file.is_empty() && fork.file == self.file);
        fork.and_then(|fork| self.finding(map, fork))
            .into_iter()
            .collect()
    }

    fn finding(&self, map: &Map, fork: &Fork) -> Option<Finding> {
        let name = quoted(&self.file);
        let (rule, message, label, field) = match &self.found {
            Err(problem) => {
                let message = format!("{name}, from which this map was made, {problem}");
                let rule = &rules::ORIGIN_MISSING;
                (rule, message, "Correct the file name", Field::ForkFile)
            }
            Ok(taken) => {
                let newest = newest_since(map, fork, taken)?;
                let message = format!("{name} has {newest}, after this map was made from it");
                let label = "Set the date of the last comparison";
                (&rules::ORIGIN_NEWER, message, label, Field::ForkDate)
            }
        };
        let mut finding = Finding::new(rule, ObjectRef::Map, message);
        finding.detail.clone_from(&self.file);
        finding.location = ObjectRef::Map.field(field);
        let field = finding.location.clone();
        finding.fixes.push(Fix::FillIn { label, field });
        Some(finding)
    }
}

/// Returns the path of the origin of a map in the file `path`, if its name is a relative one.
pub(super) fn origin_path(map: &Map, path: &Path) -> Option<PathBuf> {
    let file = &map.header().forked_from.as_ref()?.file;
    let is_relative = |part| !matches!(part, Component::Prefix(_) | Component::RootDir);
    let relative = Path::new(file);
    let named = !file.is_empty() && relative.components().all(is_relative);
    named.then(|| path.parent().unwrap_or(Path::new("")).join(relative))
}

fn is_missing(problem: &DiskProblem) -> bool {
    matches!(
        problem,
        DiskProblem::Missing | DiskProblem::MissingFolder | DiskProblem::NotAFile(_)
    )
}

/// The measurements of the whole journey and of its touchpoints.
fn measurements(map: &Map) -> impl Iterator<Item = &Measurement> {
    let touchpoints = map.touchpoints().flat_map(|t| &t.measurements);
    map.header().measurements.iter().chain(touchpoints)
}

/// Words for the measurements of the origin from after the fork that the map does not have.
fn newest_since(map: &Map, fork: &Fork, taken: &[Measurement]) -> Option<String> {
    let since = fork.date?;
    let is_newer = |it: &&Measurement| {
        it.value.is_some()
            && it.date.is_some_and(|date| date > since)
            && measurements(map).all(|own| own != *it)
    };
    let newer: Vec<&Measurement> = taken.iter().filter(is_newer).collect();
    let newest = newer.iter().max_by_key(|it| it.date)?;
    let date = newest.date?;
    Some(match newer.len() {
        1 => format!("{} of {date}", newest.to_text()),
        n => format!("{} up to {date}", count(n, "newer measurement")),
    })
}
