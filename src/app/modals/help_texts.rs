//! Texts of the help page about the pointer, and about the keys of a presentation.
//!
//! Must not know: how the page is shown.

/// Pointer gestures and keys that are not commands.
pub(super) const GESTURES: &[(&str, &str)] = &[
    (
        "Drag a card, stage or face",
        "Move it; a face up or down feels better or worse; Escape puts it back",
    ),
    (
        "Drag a card, or the mark of a stage, in the ownership view",
        "Make the department of the row its owner",
    ),
    (
        "Drag the handle of a card",
        "Draw a path to another card, or a new card on empty ground; type its name",
    ),
    ("Drag empty ground, or Space and drag", "Move the map"),
    ("Shift and drag", "Select all cards in a box"),
    (
        "Click with Shift or Ctrl",
        "Select one card more, or one less",
    ),
    (
        "Enter or F2",
        "Write the name of what is selected; Enter ends, Escape restores, Tab goes to the next",
    ),
    (
        "A letter alone",
        "Never changes the map: it shows or hides something, chooses a persona, or opens the capture line",
    ),
    (
        "Down from a card, and type",
        "Add texts in the lanes below it, digits too; nothing there is replaced: feelings are named, measurements are “CSAT 3.4 of 5”, or “CSAT –” before there is a number; Enter changes what stands there, Ctrl+Enter ends a list",
    ),
    ("Wheel", "Move the map up and down; with Shift sideways"),
    ("Ctrl and wheel, or pinch", "Zoom at the pointer"),
    ("Drag in the outline", "Move a touchpoint or a stage"),
    ("Middle click on a tab", "Close the map"),
    (
        "Right click, or the Menu key",
        "Open the menu of a card, stage, lane or path",
    ),
    ("Click", "Select a card, stage, lane or path"),
    (
        "Double click",
        "Write the text that was clicked, with the caret there, or the first one in a lane below a card; once more takes a word",
    ),
    (
        "Plus on the map, or double click on empty ground",
        "Add a touchpoint, a stage or an entry there; in the ownership view with the owner of the row. Escape at once adds nothing",
    ),
    (
        "Arrow on a stage or on the title of a lane",
        "Fold it, or unfold it; Alt+Z does so with what is selected, and it is remembered",
    ),
    (
        "Filter in the bar",
        "Keep personas, owners, channels, environments, evidence and tags in colour; type to narrow the list, Enter takes the first",
    ),
    (
        "More in the bar",
        "The controls for which a narrow window has no room",
    ),
    ("Click a link with Ctrl", "Open it"),
    (
        "Drop or paste a picture",
        "Add it to the selected touchpoint or persona",
    ),
];

/// Keys while presenting.
pub(super) const PRESENTING: &[(&str, &str)] = &[
    (
        "Space, Right or Page Down; Left or Page Up",
        "Go to the next or previous stop, as clickers do: the whole map, each stage, its touchpoints as large cards",
    ),
    ("Down, Up", "Go to the next or previous stage"),
    ("Home, End", "Go to the first or last stop"),
    (
        "R",
        "Choose another route: the worst, best, usual or any other path (Left and Right), no owner, pain points, findings, what is highlighted, saved views",
    ),
    ("1 … 9, 0", "Hide or show a lane; show all"),
    ("V, Shift+V", "Reveal the lanes one by one; take one back"),
    (
        "Shift+1, Shift+2",
        "Highlight what has no owner, or what has pain points",
    ),
    ("B or W", "Make the screen black or white"),
    ("H", "Hide the map, and show it again"),
    ("L, I", "Spotlight; ink that fades"),
    ("T", "Change the theme"),
    (
        "S",
        "Open the speaker's window with notes, clock and controls",
    ),
    (
        "A, F2, double click, drag",
        "Capture, write and move on the wall; Ctrl+Z takes back",
    ),
    ("Escape, F5", "Put away what is in front; end"),
];
