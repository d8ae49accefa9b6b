//! Interface between panels and dispatcher: panels read a [`PanelContext`] and push
//! [`UiAction`]s; one dispatcher carries them out.
//!
//! Must not know: egui widgets, how anything is drawn.

pub use crate::app::document::selection::{ImageTarget, Selection};
use crate::edit::{History, Intent};
use crate::insight::{Findings, ReferenceCounts};
use crate::layout::Layout;
use crate::model::{LaneId, Map, PersonaId, TouchpointId};
use crate::scene::Highlight;
use crate::search::filter::{Facet, Filter};
use crate::theme::Theme;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A request from the user interface to the dispatcher.
#[derive(Clone, Debug)]
pub enum UiAction {
    /// Changes the map as one undo step.
    Edit(Intent),
    /// Changes the map; consecutive commands with the same key are merged into one undo
    /// step (typing in one field).
    EditField(Intent, String),
    /// Changes the selection; `reveal` moves the camera to it.
    Select {
        /// New selection.
        selection: Selection,
        /// Whether the camera moves there.
        reveal: bool,
    },
    /// Selects the cell of a touchpoint in a lane.
    SelectCell(TouchpointId, LaneId),
    /// Changes the selection and focuses a field of the inspector.
    FocusField {
        /// New selection.
        selection: Selection,
        /// Caption of the field; `None` if the record as a whole is concerned.
        field: Option<String>,
    },
    /// Goes to the state of the map after this number of steps.
    JumpToStep(usize),
    /// Adds a facet to the filter or removes it.
    ToggleFilter(Facet),
    /// Shows or hides the emotion curve of a persona.
    ShowCurve(PersonaId, bool),
    /// Assigns a value to the selected touchpoints, or removes it if all have it.
    Assign(crate::app::editing::assign::Assignment),
    /// Shows the open map with this index.
    ActivateMap(usize),
    /// Closes the open map with this key.
    CloseMap(u64),
    /// Moves a tab to another place.
    MoveMap {
        /// Former index.
        from: usize,
        /// Index afterwards.
        to: usize,
    },
    /// Opens files.
    OpenFiles(Vec<PathBuf>),
    /// Pastes text.
    Paste(String),
    /// Asks for image files and imports them.
    ImportImage(ImageTarget),
    /// Imports an image from the clipboard.
    PasteImage(std::sync::Arc<egui::ColorImage>),
    /// Opens a map without a file.
    OpenMap(Box<Map>),
    /// Removes a file from the recent maps.
    ForgetRecent(PathBuf),
    /// Leaves the home screen.
    CloseHome,
    /// Adds a touchpoint from the line of the capture bar.
    SubmitCaptureLine,
    /// Runs an entry of the command table.
    RunCommand(super::table::CommandId),
}

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
    /// Generates a new id from a name.
    pub new_id: &'a mut dyn FnMut(&str) -> String,
    /// Commands, carried out after all panels were shown.
    pub actions: &'a mut Vec<UiAction>,
}
