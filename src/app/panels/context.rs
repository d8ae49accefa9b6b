//! The data that panels read, taken from the document once a frame.
//!
//! Must not know: sessions, files, the canvas.

use crate::app::command::action::{Selection, UiAction};
use crate::edit::{History, IdFactory};
use crate::insight::{Findings, ReferenceCounts};
use crate::layout::Layout;
use crate::model::{Map, PersonaId};
use crate::scene::Highlight;
use crate::search::filter::Filter;
use crate::theme::Theme;
use std::collections::BTreeSet;

/// Data that panels read, and the queue of their commands.
pub struct PanelContext<'a> {
    /// The map of the active document.
    pub map: &'a Map,
    /// Layout of the journey.
    pub layout: &'a Layout,
    /// Undo history.
    pub history: &'a History,
    /// Findings of the checks.
    pub findings: &'a Findings,
    /// Whether the findings are not known yet.
    pub checks_pending: bool,
    /// Usage counts of departments, channels, environments and personas.
    pub usage: &'a ReferenceCounts,
    /// Personas with a hidden curve.
    pub hidden_curves: &'a BTreeSet<PersonaId>,
    /// Current selection.
    pub selection: &'a Selection,
    /// Highlighted part of the map; the rest is dimmed.
    pub highlight: &'a Highlight,
    /// Active filter.
    pub filter: &'a Filter,
    /// Colors of the map, used for swatches.
    pub theme: &'static Theme,
    /// Generates new ids.
    pub ids: IdFactory<'a>,
    /// Commands, carried out after all panels were shown.
    pub actions: &'a mut Vec<UiAction>,
}
