//! Data derived from the map of a session and cached until the map changes: graph,
//! findings, usage and drawings.
//!
//! Must not know: windows, files.

use super::Session;
use super::cache::FindingsKey;
use crate::graph::Graph;
use crate::insight::{self, Finding, Findings, ReferenceCounts};
use crate::model::Date;
use crate::render::{RenderOptions, RenderedMap, View, render_findings};
use crate::scene::Scene;
use crate::text::Measure;
use std::sync::Arc;

/// Number of touchpoints above which checks are delayed until editing pauses.
const LARGE_MAP_TOUCHPOINTS: usize = 1_000;

impl Session {
    /// Returns the graph of the current map.
    pub fn graph(&mut self) -> Arc<Graph> {
        let map = &self.map;
        self.cache.graph.get(self.revision, || Graph::of(map))
    }

    /// Returns the findings of all rules for the current map on a given date.
    pub fn findings(&mut self, today: Date) -> Arc<Findings> {
        let graph = self.graph();
        let read = self.read_findings();
        let key = self.findings_key(today);
        let map = &self.map;
        let findings = &mut self.cache.findings;
        findings.get(key, || insight::findings(map, &graph, today, read))
    }

    /// Returns what was found by reading the file, until it is saved, about objects that
    /// are still in the map; and about the map that it was made from.
    pub fn read_findings(&self) -> Vec<Finding> {
        let former = self.previous_content.iter();
        let findings = former.flat_map(|former| &former.findings);
        let present = findings.filter(|finding| finding.subject.is_in(&self.map));
        let origin = self.fork_origin.0.findings(&self.map);
        present.cloned().chain(origin).collect()
    }

    /// Returns the key of the findings on a date: equal keys of a session mean equal findings.
    pub fn findings_key(&self, today: Date) -> FindingsKey {
        let is_read = self.previous_content.is_some();
        (self.revision, today, is_read, self.fork_origin.1)
    }

    /// Like [`Session::findings`], but while the map is `changing` returns the most
    /// recent findings, if any, instead of checking again, which would delay
    /// editing. The flag is `true` if they belong to the current map.
    pub fn latest_findings(&mut self, today: Date, changing: bool) -> (Arc<Findings>, bool) {
        match &self.cache.findings.0 {
            Some((of, findings)) if changing => (findings.clone(), *of == self.findings_key(today)),
            _ => (self.findings(today), true),
        }
    }

    /// Whether the map is so large that checking it should be left out unless the
    /// findings are visible.
    pub fn is_large(&self) -> bool {
        self.map.touchpoint_count() > LARGE_MAP_TOUCHPOINTS
    }

    /// Whether any measurement of the map has a value.
    pub fn is_measured(&mut self) -> bool {
        let map = &self.map;
        *self
            .cache
            .is_measured
            .get(self.revision, || map.is_measured())
    }

    /// Returns how often each record of the current map is used.
    pub fn usage(&mut self) -> Arc<ReferenceCounts> {
        let map = &self.map;
        self.cache
            .usage
            .get(self.revision, || ReferenceCounts::of(map))
    }

    /// Returns the map laid out and drawn; the cached drawing if nothing changed.
    pub fn render(
        &mut self,
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> Arc<RenderedMap> {
        let picture = &mut self.cache.rendering;
        picture.get(&self.map, self.revision, options, measure)
    }

    /// Returns the journey as it was drawn last.
    pub fn last_rendering(&self) -> Option<&Arc<RenderedMap>> {
        self.cache.rendering.last()
    }

    /// Draws the findings for the current map on a given date.
    pub fn render_findings(
        &mut self,
        today: Date,
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> Scene {
        let found = self.findings(today);
        render_findings(&self.map, (&found, today), options, measure)
    }

    /// Returns the drawing of a view; the cached one if nothing changed. `None` if
    /// the view is a list and has no drawing.
    pub fn render_view(
        &mut self,
        view: View,
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> Option<Arc<Scene>> {
        if view == View::Journey {
            return Some(self.render(options, measure).drawn().clone());
        }
        let key = (view, self.revision);
        self.cache.views.get(&self.map, key, options, measure)
    }
}
