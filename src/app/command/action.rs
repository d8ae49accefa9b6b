//! Requests of the parts of the window to the dispatcher, which carries them out.
//!
//! Must not know: egui widgets, how anything is drawn.

pub use crate::app::document::selection::{ImageTarget, Selection};
use crate::edit::Intent;
use crate::model::{FieldRef, LaneId, Map, PersonaId, TouchpointId};
use crate::search::filter::Facet;
use std::path::PathBuf;

/// A request from the user interface to the dispatcher.
#[derive(Clone, Debug)]
pub enum UiAction {
    /// Changes the map as one undo step.
    Edit(Intent),
    /// Changes the map; consecutive changes of one field are merged into one undo step
    /// (typing).
    EditField(Intent, FieldRef),
    /// Changes the selection; `reveal` moves the camera to it.
    Select {
        /// New selection.
        selection: Selection,
        /// Whether the camera moves there.
        reveal: bool,
    },
    /// Selects the cell of a touchpoint in a lane.
    SelectCell(TouchpointId, LaneId),
    /// Selects the object of a field and focuses the field in the inspector.
    FocusField(FieldRef),
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
