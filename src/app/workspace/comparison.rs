//! Comparisons of open maps with each other, with files, and with steps of their history.
//!
//! Must not know: how a comparison is shown.

use super::state::Workspace;
use crate::app::document::Document;
use crate::app::document::comparison::{CompareSource, Comparison, OtherMap};
use crate::app::platform::file_dialog::FileRequest;
use crate::model::{Map, MapKind};
use egui::Context;
use std::path::PathBuf;

impl Workspace {
    /// Compares the map in front with another one.
    pub fn compare_front_with(&mut self, ctx: &Context, source: CompareSource) {
        let Some(key) = self.front().map(|document| document.key) else {
            return;
        };
        match source {
            CompareSource::Open(other) => self.compare(key, other),
            CompareSource::File(path) => self.compare_with_file(key, &[path]),
            CompareSource::ChooseFile => {
                self.request_file(ctx, FileRequest::Open, move |workspace, _, paths| {
                    workspace.compare_with_file(key, &paths);
                });
            }
            CompareSource::Step(steps) => self.compare_with_step(key, steps),
            CompareSource::Version(version) => self.read_version(*version, Some(key)),
        }
    }

    /// Compares a map with a version that stays as it is, under a name. The version is the earlier
    /// one unless it is said to be later.
    pub(super) fn compare_with_version(
        &mut self,
        key: u64,
        map: Map,
        name: String,
        is_later: bool,
    ) {
        if let Some(document) = self.document_mut(key) {
            let other = OtherMap {
                key: None,
                map,
                revision: 0,
                name,
            };
            document.compare_with(Comparison::new(other, is_later));
        }
    }

    /// Compares two open maps: the earlier one is the current state of the other's future, or else
    /// the other one.
    fn compare(&mut self, key: u64, other: u64) {
        let Some(other) = self.document(other).map(other_map) else {
            return;
        };
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let kinds = [document.session.map(), &other.map].map(|map| map.header().kind);
        let other_is_later = kinds == [MapKind::Current, MapKind::Future];
        document.compare_with(Comparison::new(other, other_is_later));
    }

    /// Opens a file beside a map and compares both.
    fn compare_with_file(&mut self, key: u64, paths: &[PathBuf]) {
        let Some(path) = paths.first() else {
            return;
        };
        self.open_all(std::slice::from_ref(path));
        let other = self.front().map(|document| document.key);
        let here = self.documents.iter().position(|it| it.key == key);
        let (Some(other), Some(here)) = (other.filter(|other| *other != key), here) else {
            if !self.jobs.is_empty() {
                self.report("The file is large. Compare with it once it is open.");
            }
            return;
        };
        self.active = here;
        self.compare(key, other);
    }

    fn compare_with_step(&mut self, key: u64, steps: usize) {
        let Some(document) = self.document(key) else {
            return;
        };
        let history = document.session.history();
        let Some(map) = history.map_at(document.session.map(), steps) else {
            return;
        };
        let is_later = steps > history.done().len();
        let (named, word) = match is_later {
            true => (steps.checked_sub(1), "After"),
            false => (Some(steps), "Before"),
        };
        let name = match named.and_then(|at| history.step(at)) {
            Some(step) => format!("{word}: {}", step.label),
            None => document.title().to_owned(),
        };
        self.compare_with_version(key, map, name, is_later);
    }

    /// Adds an open map to the futures in the summary of the comparison in front, or removes it.
    pub fn toggle_future(&mut self, key: u64) {
        let future = self.document(key).map(other_map);
        let Some(document) = self.front_mut() else {
            return;
        };
        let Some(comparison) = &mut document.comparison else {
            return;
        };
        let known = comparison.further.iter();
        match known.enumerate().find(|(_, it)| it.key == Some(key)) {
            Some((at, _)) => drop(comparison.further.remove(at)),
            None => comparison.further.extend(future),
        }
    }

    /// Brings further futures in the comparison in front up to date; those that were closed go.
    fn refresh_futures(&mut self) {
        let comparison = self.front().and_then(|it| it.comparison.as_ref());
        let further = comparison.map_or(&[][..], |it| &it.further);
        let documents = further.iter().map(|it| self.document(it.key?));
        let is_outdated = |(it, now): (&OtherMap, Option<&Document>)| {
            now.is_none_or(|now| now.session.revision() != it.revision)
        };
        if !further.iter().zip(documents.clone()).any(is_outdated) {
            return;
        }
        let now: Vec<OtherMap> = documents.flatten().map(other_map).collect();
        if let Some(comparison) = self.front_mut().and_then(|it| it.comparison.as_mut()) {
            comparison.further = now;
        }
    }

    /// Brings the comparison of the map in front up to date with the other open maps.
    pub fn refresh_comparison(&mut self) {
        self.refresh_futures();
        let followed = self.front().and_then(|document| {
            let other = &document.comparison.as_ref()?.other;
            Some((other.key?, other.revision))
        });
        let Some((key, revision)) = followed else {
            return;
        };
        let now = self.document(key).map(|other| other.session.revision());
        if now == Some(revision) {
            return;
        }
        let now = self.document(key).map(other_map);
        if let Some(comparison) = self.front_mut().and_then(|it| it.comparison.as_mut()) {
            match now {
                Some(other) => comparison.other = other,
                // It was closed; its last version stays.
                None => comparison.other.key = None,
            }
        }
    }
}

/// An open map to compare with.
fn other_map(document: &Document) -> OtherMap {
    OtherMap {
        key: Some(document.key),
        map: document.session.map().clone(),
        revision: document.session.revision(),
        name: document.title().to_owned(),
    }
}
