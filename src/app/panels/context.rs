//! The data that panels read, taken from the document once a frame.
//!
//! Must not know: sessions, files, the canvas.

use crate::app::command::action::{Selection, UiAction};
use crate::app::document::comparison::Comparison;
use crate::app::document::file_versions::FileVersions;
use crate::app::ui::rows::{Swatch, hint_label, row};
use crate::edit::{History, IdFactory, Intent};
use crate::insight::{Findings, ReferenceCounts};
use crate::layout::{Folding, Layout};
use crate::model::{Map, ObjectRef, PersonaId, SavedViewId, TouchpointId};
use crate::scene::Highlight;
use crate::search::filter::Filter;
use crate::theme::Theme;
use egui::Ui;
use std::collections::BTreeSet;

/// Maximum number of listed usages or touchpoints.
const MAX_LISTED: usize = 40;

/// Data that panels read, and the queue of their commands.
pub struct PanelContext<'a> {
    /// The map of the active document.
    pub map: &'a Map,
    /// Layout of the journey.
    pub layout: &'a Layout,
    /// Undo history.
    pub history: &'a History,
    /// Versions of the map in git.
    pub versions: &'a FileVersions,
    /// Findings of the checks.
    pub findings: &'a Findings,
    /// Whether the findings are not known yet.
    pub checks_pending: bool,
    /// Usage counts of departments, channels, environments and personas.
    pub usage: &'a ReferenceCounts,
    /// Personas with a hidden curve.
    pub hidden_curves: &'a BTreeSet<PersonaId>,
    /// The folded stages and lanes of the journey.
    pub folding: &'a Folding,
    /// Whether the lanes are those of a saved view.
    pub shows_saved_lanes: bool,
    /// The saved view opened last.
    pub saved_view: Option<&'a SavedViewId>,
    /// Comparison with another map.
    pub comparison: Option<&'a Comparison>,
    /// Current selection.
    pub selection: &'a Selection,
    /// Highlighted part of the map; the rest is dimmed.
    pub highlight: &'a Highlight,
    /// Active filter.
    pub filter: &'a Filter,
    /// Colors of the map, used for swatches.
    pub theme: &'static Theme,
    /// The name of the author of comments.
    pub author: &'a str,
    /// Generates new ids.
    pub ids: IdFactory<'a>,
    /// Commands, carried out after all panels were shown.
    pub actions: &'a mut Vec<UiAction>,
}

impl PanelContext<'_> {
    /// Queues an edit.
    pub(super) fn edit(&mut self, intent: Intent) {
        self.actions.push(UiAction::Edit(intent));
    }

    /// Selects and reveals something.
    pub(super) fn select(&mut self, selection: impl Into<Selection>) {
        self.actions.push(UiAction::Select {
            selection: selection.into(),
            reveal: true,
        });
    }

    /// Whether the curve of a persona is drawn, and the action that toggles that; `None` for
    /// other objects.
    pub(super) fn curve(&self, object: &ObjectRef) -> Option<(bool, UiAction)> {
        let ObjectRef::Persona(id) = object else {
            return None;
        };
        let drawn = !self.hidden_curves.contains(id);
        Some((drawn, UiAction::ShowCurve(id.clone(), !drawn)))
    }

    /// Returns the number and name of a touchpoint, such as "7b Calls the hotline".
    pub(super) fn numbered_name(&self, id: &TouchpointId) -> String {
        let Some(touchpoint) = self.map.touchpoint(id) else {
            return format!("unknown touchpoint “{id}”");
        };
        match self.layout.step(self.map, id) {
            Some(step) => format!("{} {}", step.number, touchpoint.name),
            None => touchpoint.name.clone(),
        }
    }

    /// Shows rows that lead to something, for a limited number of items.
    pub(super) fn link_rows<T>(
        &mut self,
        ui: &mut Ui,
        items: &[T],
        link: impl Fn(&Self, &T) -> (String, Selection),
    ) {
        for item in items.iter().take(MAX_LISTED) {
            let (text, target) = link(self, item);
            self.link_row(ui, &text, target);
        }
        if let Some(more @ 1..) = items.len().checked_sub(MAX_LISTED) {
            hint_label(ui, &format!("and {more} more"));
        }
    }

    /// Shows a row that leads to something.
    pub(super) fn link_row(&mut self, ui: &mut Ui, text: &str, target: impl Into<Selection>) {
        let target = target.into();
        let link = ui.push_id((text, format!("{target:?}")), |ui| {
            row(ui, Swatch::None, text).clicked()
        });
        if link.inner {
            self.select(target);
        }
    }
}
