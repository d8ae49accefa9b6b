//! Requests of the parts of the window to the dispatcher, which carries them out.
//!
//! Must not know: egui widgets, how anything is drawn.

use crate::app::document::comparison::CompareSource;
use crate::app::document::copied_content::CopiedContent;
pub use crate::app::document::selection::Selection;
use crate::compare::Transfer;
use crate::edit::Intent;
use crate::git::Version;
use crate::layout::Folding;
use crate::model::{
    ConflictChoice, ConflictId, FieldRef, LaneId, Map, ObjectRef, PersonaId, SavedViewId,
    TouchpointId,
};
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
    /// Adds a record, selects it and edits its name in place, which is a default one.
    Insert {
        /// Intent that adds the record.
        intent: Intent,
        /// The record.
        selection: Selection,
    },
    /// Adds or moves a path and selects it.
    Connect {
        /// Intent that adds or moves the path.
        intent: Intent,
        /// Start of the path.
        from: TouchpointId,
        /// End of the path.
        to: TouchpointId,
        /// Whether the label of the path gets the focus.
        focus_label: bool,
    },
    /// Ends connect mode with a path to this touchpoint.
    FinishConnect(TouchpointId),
    /// Offers the possible ends of the path of connect mode by name.
    ChooseConnectTarget,
    /// Shows the result of the current drag, replacing the former preview.
    PreviewDrag(Intent),
    /// Keeps the previewed result of the drag as one undo step.
    CommitDrag,
    /// Restores the map as it was before the drag.
    CancelDrag,
    /// Edits a text of the selection in place: in the cell at the lane cursor, else its
    /// name. Text that was typed or composed with an input method begins the edit.
    EditSelection {
        /// Typed text.
        typed: Option<String>,
        /// Events of an input method.
        composed: Vec<egui::Event>,
    },
    /// Settles a conflict of a merge.
    SettleConflict(ConflictId, ConflictChoice),
    /// Folds these stages and lanes of the journey, and unfolds all others.
    Fold(Folding),
    /// Brings a saved view to the front.
    OpenSavedView(SavedViewId),
    /// Makes a saved view show what is shown now.
    UpdateSavedView(SavedViewId),
    /// Edits a new text in a lane cell in place.
    EditCell(LaneId, TouchpointId),
    /// Edits a text in place, with the caret at this position on screen.
    EditText(FieldRef, Option<egui::Pos2>),
    /// Ends the edit in place in the way that its field has determined.
    EndInlineEdit,
    /// Selects the current hit of the search and moves the camera to it.
    RevealHit,
    /// Closes the find bar.
    CloseFind,
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
    /// Opens a version of the map as an unsaved copy.
    OpenVersion(Version),
    /// Adds a facet to the filter or removes it.
    ToggleFilter(Facet),
    /// Shows or hides the emotion curve of a persona.
    ShowCurve(PersonaId, bool),
    /// Assigns a value to the selected touchpoints, or removes it if all have it.
    Assign(crate::app::document::Assignment),
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
    ImportImage(ObjectRef),
    /// Imports an image from the clipboard.
    PasteImage(std::sync::Arc<egui::ColorImage>),
    /// Puts content that was drawn for it into the clipboard.
    Copied(CopiedContent),
    /// Opens a map without a file.
    OpenMap(Box<Map>),
    /// Removes a file from the recent maps.
    ForgetRecent(PathBuf),
    /// Leaves the home screen.
    CloseHome,
    /// Adds a touchpoint from the line of the capture bar.
    SubmitCaptureLine,
    /// Compares maps, or acts on a difference.
    Compare(CompareAction),
    /// Runs an entry of the command table.
    RunCommand(super::table::CommandId),
}

/// A request about a comparison.
#[derive(Clone, Debug)]
pub enum CompareAction {
    /// Compares the map in front with another one.
    With(CompareSource),
    /// Makes the difference with this index the current one.
    Select(usize),
    /// Takes the difference with this index over or back.
    Transfer(usize, Transfer),
    /// Shows or leaves out a kind of differences, by place in `ChangeMark::ALL`.
    ToggleKind(usize),
    /// Lists the differences of one stage, by place, or of all.
    Stage(Option<usize>),
    /// Adds an open map to the futures in the summary, or removes it.
    ToggleFuture(u64),
    /// Says that an object of the earlier map and one of the later map are the same.
    Same(ObjectRef, ObjectRef),
    /// Says that they are not.
    Different(ObjectRef, ObjectRef),
}
