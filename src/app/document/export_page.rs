//! A map as it is when its page is exported, to be written on a thread.
//!
//! Must not know: how the progress is shown.

use super::{Appearance, Document};
use crate::export::SlideNotes;
use crate::graph::Graph;
use crate::insight::{self, Finding};
use crate::model::Map;
use crate::render::{ExportFileError, PageSource, RenderOptions, View, export_page, slide_notes};
use crate::settings::today;
use crate::task::Progress;
use crate::text::Typesetter;
use std::path::Path;

/// A map with everything that its page needs.
pub struct ExportPage {
    map: Map,
    /// The findings of reading its file.
    read: Vec<Finding>,
    options: RenderOptions,
    view: View,
}

impl Document {
    /// The map for export as a page, as it is shown.
    pub fn export_page(&mut self, look: Appearance) -> ExportPage {
        ExportPage {
            map: self.session.map().clone(),
            read: self.session.read_findings(),
            options: self.render_options(look),
            view: self.view,
        }
    }
}

impl ExportPage {
    /// The notes of slides of the map.
    pub fn slide_notes(&self) -> SlideNotes {
        let (graph, today) = (Graph::of(&self.map), today());
        let findings = insight::findings(&self.map, &graph, today, self.read.clone());
        slide_notes(&self.map, &graph, &findings, today)
    }

    /// Checks the map, draws it and writes the page, in the theme of the reader's system.
    ///
    /// # Errors
    ///
    /// As [`export_page`].
    pub fn write(
        self,
        typesetter: &mut Typesetter,
        path: &Path,
        progress: Option<&Progress>,
    ) -> Result<(), ExportFileError> {
        let today = today();
        let source = PageSource {
            map: &self.map,
            findings: &insight::findings(&self.map, &Graph::of(&self.map), today, self.read),
            today,
            options: &self.options,
            theme: None,
            view: self.view,
        };
        export_page(&source, typesetter, path, progress)
    }
}
