//! What is derived from the map of a session and kept until the map changes:
//! graph, findings, usage, pictures.

use super::Session;
use crate::graph::Graph;
use crate::insight::{self, Findings, Usage};
use crate::model::Date;
use crate::render::{Picture, PictureOptions, View, draw_findings, rendering, view};
use crate::scene::Scene;
use crate::text::Measure;
use std::sync::Arc;

/// From so many touchpoints on, checks wait until the map comes to rest.
const LARGE: usize = 1_000;

/// All that is kept, each with what it was derived from.
#[derive(Default)]
pub(super) struct Derived {
    graph: Memo<u64, Graph>,
    findings: Memo<(u64, Date), Findings>,
    usage: Memo<u64, Usage>,
    picture: rendering::Cache,
    drawings: view::Drawings,
}

/// The last thing that was made, and what it was made of.
struct Memo<K, T>(Option<(K, Arc<T>)>);

impl<K, T> Default for Memo<K, T> {
    fn default() -> Memo<K, T> {
        Memo(None)
    }
}

impl<K: PartialEq, T> Memo<K, T> {
    fn get(&mut self, key: K, make: impl FnOnce() -> T) -> Arc<T> {
        match &self.0 {
            Some((of, known)) if *of == key => Arc::clone(known),
            _ => {
                let made = Arc::new(make());
                self.0 = Some((key, Arc::clone(&made)));
                made
            }
        }
    }
}

impl Session {
    /// The map as it is now as a graph.
    pub fn graph(&mut self) -> Arc<Graph> {
        let map = &self.map;
        self.derived.graph.get(self.revision, || Graph::of(map))
    }

    /// What the checks say on a day about the map as it is now.
    pub fn findings(&mut self, today: Date) -> Arc<Findings> {
        let graph = self.graph();
        let map = &self.map;
        let key = (self.revision, today);
        let findings = &mut self.derived.findings;
        findings.get(key, || insight::findings(map, &graph, today))
    }

    /// Like [`Session::findings`], but what was said last, where it was, about a map
    /// that is still changing: looking anew would hold up whoever is editing. The flag
    /// says whether it is of the map as it is now.
    pub fn findings_so_far(&mut self, today: Date, changing: bool) -> (Arc<Findings>, bool) {
        match &self.derived.findings.0 {
            Some((of, findings)) if changing => (findings.clone(), *of == (self.revision, today)),
            _ => (self.findings(today), true),
        }
    }

    /// Whether the map is so large that checking it takes time and memory that
    /// nobody should pay who does not look at the findings.
    pub fn is_large(&self) -> bool {
        self.map.touchpoint_count() > LARGE
    }

    /// How often everything is used in the map as it is now.
    pub fn usage(&mut self) -> Arc<Usage> {
        let map = &self.map;
        self.derived.usage.get(self.revision, || Usage::of(map))
    }

    /// The map laid out and drawn; the former picture where nothing changed.
    pub fn picture(&mut self, options: &PictureOptions, measure: &mut dyn Measure) -> Arc<Picture> {
        let picture = &mut self.derived.picture;
        picture.get(&self.map, self.revision, options, measure)
    }

    /// What the checks say on a day about the map as it is now, as a picture.
    pub fn sheet(
        &mut self,
        today: Date,
        options: &PictureOptions,
        measure: &mut dyn Measure,
    ) -> Scene {
        let found = self.findings(today);
        draw_findings(&self.map, (&found, today), options, measure)
    }

    /// The map as it is seen in a view; the former drawing where nothing changed.
    /// `None` where the view is no picture but a list.
    pub fn drawing(
        &mut self,
        view: View,
        options: &PictureOptions,
        measure: &mut dyn Measure,
    ) -> Option<Arc<Scene>> {
        if view == View::Journey {
            return Some(self.picture(options, measure).scene.clone());
        }
        let key = (view, self.revision);
        self.derived.drawings.get(&self.map, key, options, measure)
    }
}
