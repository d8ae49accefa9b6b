//! The command table, read by menus, command palette, key bindings and the help page.
//!
//! Must not know: how commands are carried out (the dispatcher does).

pub use super::enablement::{CommandState, Enablement, SelectionKind};

use super::shortcut::{
    alt, belongs_to_controls, belongs_to_text, ctrl, ctrl_shift, digits, is_letter, is_symbol,
    shift, shortcut_text, unmodified, use_physical_digit,
};
use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// Identifier of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says of each what it does")]
pub enum CommandId {
    New,
    Open,
    Samples,
    Save,
    SaveAs,
    Export,
    Recovery,
    Close,
    NextMap,
    PreviousMap,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    Duplicate,
    Capture,
    PasteList,
    AddTouchpoint,
    AddStage,
    AddDepartment,
    AddChannel,
    AddEnvironment,
    AddPersona,
    AddImage,
    Rename,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    Delete,
    AssignOwner,
    AssignChannel,
    AssignEnvironment,
    AssignPersona,
    RaiseFeeling,
    LowerFeeling,
    ConnectTo,
    OpenLink,
    Disconnect,
    SelectPrevious,
    SelectNext,
    SelectUp,
    SelectDown,
    SelectAll,
    SelectStage,
    SelectOwner,
    SelectChannel,
    SelectNothing,
    Find,
    HighlightUnowned,
    HighlightPain,
    HighlightDominators,
    Filter,
    ClearFilter,
    NextHighlighted,
    PreviousHighlighted,
    FitAll,
    ZoomToSelection,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    PanUp,
    PanDown,
    ZoomFull,
    ViewJourney,
    ViewFlow,
    ViewOwnership,
    ViewFindings,
    FlowByOwner,
    FlowByFeeling,
    FlowByChannel,
    FlowByEvidence,
    ToggleHandoffs,
    ToggleOutline,
    ToggleInspector,
    ToggleMinimap,
    ToggleDensity,
    ToggleLaneHidden,
    Lanes,
    History,
    Findings,
    Entities,
    ThemeLight,
    ThemeDark,
    ThemeProjector,
    ThemeSystem,
    LargerText,
    SmallerText,
    Preferences,
    FullScreen,
    Present,
    CommandPalette,
    Shortcuts,
    Help,
    Menu,
    ContextMenu,
    NextRegion,
    PreviousRegion,
}

/// Group of a command in menu and help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandGroup {
    /// Files and maps.
    Map,
    /// Editing.
    Edit,
    /// Selection, search and zoom.
    Select,
    /// Highlight and filter.
    Highlight,
    /// Views, panels and appearance.
    View,
    /// Help and window regions.
    Help,
}

impl CommandGroup {
    /// All groups, in menu order.
    pub const ALL: [CommandGroup; 6] = [
        CommandGroup::Map,
        CommandGroup::Edit,
        CommandGroup::Select,
        CommandGroup::Highlight,
        CommandGroup::View,
        CommandGroup::Help,
    ];

    /// Title in menu and help.
    pub fn title(self) -> &'static str {
        match self {
            CommandGroup::Map => "Map",
            CommandGroup::Edit => "Edit",
            CommandGroup::Select => "Navigate",
            CommandGroup::Highlight => "Highlight",
            CommandGroup::View => "View",
            CommandGroup::Help => "Help",
        }
    }
}

/// A row of the command table.
#[derive(Clone, Copy, Debug)]
pub struct CommandEntry {
    /// Identifier.
    pub id: CommandId,
    /// Label in menus, command palette and help.
    pub label: &'static str,
    /// Description in one sentence.
    pub tooltip: &'static str,
    /// Shortcuts; menus and tooltips show the first.
    pub shortcuts: &'static [KeyboardShortcut],
    /// Group in menu and help.
    pub group: CommandGroup,
    /// Condition under which the command can run.
    pub enabled_when: Enablement,
}

impl CommandEntry {
    /// Whether each shortcut stands for another item of a list (number keys 1 to 9).
    pub fn uses_number_keys(&self) -> bool {
        self.shortcuts.len() == 9
    }
}

macro_rules! table {
    ($($group:ident { $($id:ident, $when:ident, $label:literal, $shortcuts:expr, $tip:literal;)* })*) => {
        /// Every command, in menu order.
        pub static COMMANDS: &[CommandEntry] = &[$($(CommandEntry {
            id: CommandId::$id,
            label: $label,
            tooltip: $tip,
            shortcuts: &$shortcuts,
            group: CommandGroup::$group,
            enabled_when: Enablement::$when,
        }),*),*];
    };
}

table! {
    Map {
        New, Always, "New map", [ctrl(Key::N)], "Start a new map with one stage and one touchpoint.";
        Open, Always, "Open…", [ctrl(Key::O)], "Open a journey map from a file.";
        Samples, Always, "Samples and templates…", [], "Choose a sample map or a template to start from.";
        Save, Map, "Save", [ctrl(Key::S)], "Save the map to its file.";
        SaveAs, Map, "Save as…", [ctrl_shift(Key::S)], "Save the map to another file.";
        Export, Map, "Export picture…", [ctrl(Key::E)], "Export the current view to an SVG or PNG file.";
        Recovery, Always, "Recover maps…", [], "Recover maps that were open when the program ended unexpectedly.";
        NextMap, ManyMaps, "Next open map", [KeyboardShortcut::new(Modifiers::CTRL, Key::Tab), ctrl(Key::PageDown)], "Go to the next open map.";
        PreviousMap, ManyMaps, "Previous open map", [KeyboardShortcut::new(Modifiers::CTRL.plus(Modifiers::SHIFT), Key::Tab), ctrl(Key::PageUp)], "Go to the previous open map.";
        Close, Map, "Close map", [ctrl(Key::W)], "Close this map. Asks first where changes are not saved.";
        Quit, Always, "Quit", [ctrl(Key::Q)], "Close all maps and end the program.";
    }
    Edit {
        Undo, CanUndo, "Undo", [ctrl(Key::Z)], "Undo the last step.";
        Redo, CanRedo, "Redo", [ctrl_shift(Key::Z), ctrl(Key::Y)], "Redo the step that was undone.";
        Cut, TouchpointOrStage, "Cut", [ctrl(Key::X)], "Copy the selection and remove it from the map.";
        Copy, TouchpointOrStage, "Copy", [ctrl(Key::C)], "Copy the selected touchpoints or stages, for this map, another one or another program.";
        Paste, Always, "Paste", [ctrl(Key::V)], "Add the copied records after the selection, with the departments they refer to.";
        Duplicate, TouchpointOrStage, "Duplicate", [ctrl(Key::D)], "Add a copy after the selection.";
        Capture, Map, "Capture", [ctrl(Key::Enter), unmodified(Key::A), alt(Key::A)], "Type touchpoints, one per line, as fast as the room talks.";
        PasteList, Always, "Paste a list…", [], "Create touchpoints from lines of text or from spreadsheet cells.";
        AddTouchpoint, Map, "Add touchpoint", [unmodified(Key::Insert), unmodified(Key::T), alt(Key::T)], "Add a touchpoint after the selected one, else at the end.";
        AddStage, Map, "Add stage", [alt(Key::S), unmodified(Key::S)], "Add a stage after the selected one, else at the end.";
        Rename, Map, "Rename", [unmodified(Key::F2), unmodified(Key::Enter)], "Edit the name of the selection in place, or the text at the position in a lane; without a selection, the title of the map.";
        MoveLeft, TouchpointOrStage, "Move left", [alt(Key::ArrowLeft)], "Move the selected touchpoint or stage one place to the left.";
        MoveRight, TouchpointOrStage, "Move right", [alt(Key::ArrowRight)], "Move the selected touchpoint or stage one place to the right.";
        MoveUp, Reorderable, "Move up", [alt(Key::ArrowUp)], "Move the selected lane, persona, department, channel or environment up in its list; in the ownership view, assign the selection to the department above.";
        MoveDown, Reorderable, "Move down", [alt(Key::ArrowDown)], "Move the selected lane, persona, department, channel or environment down in its list; in the ownership view, assign the selection to the department below.";
        ConnectTo, Touchpoint, "Connect to…", [alt(Key::C)], "Draw a path from the selected touchpoint to the one you choose next.";
        OpenLink, ShowsLink, "Open link", [], "Open the link of the touchpoint; a click on it with Ctrl does the same.";
        Disconnect, Path, "Disconnect", [], "Remove the selected path.";
        Delete, Deletable, "Delete", [unmodified(Key::Delete)], "Delete the selection; in a lane, the text of the touchpoint there. Can be undone.";
        AssignOwner, Map, "Assign owner…", digits(Modifiers::NONE), "Make the department with this number the owner of the selected touchpoints; press again to remove it.";
        AssignChannel, Map, "Assign channel…", digits(Modifiers::ALT), "Assign the channel with this number to the selected touchpoints.";
        AssignEnvironment, Map, "Assign environment…", digits(Modifiers::COMMAND.plus(Modifiers::ALT)), "Assign the environment with this number to the selected touchpoints.";
        AssignPersona, Map, "Assign persona…", digits(Modifiers::SHIFT), "Add a neutral feeling of the persona with this number to the selected touchpoints.";
        RaiseFeeling, Touchpoints, "Raise feeling", [unmodified(Key::Plus), unmodified(Key::Equals)], "Raise the feeling at the selected touchpoints by half a point.";
        LowerFeeling, Touchpoints, "Lower feeling", [unmodified(Key::Minus)], "Lower the feeling at the selected touchpoints by half a point.";
        AddDepartment, Map, "Add department", [], "Add a department that can own touchpoints and stages.";
        AddChannel, Map, "Add channel", [], "Add a channel, such as phone or web site.";
        AddEnvironment, Map, "Add environment", [], "Add an environment: a place where contact happens.";
        AddPersona, Map, "Add persona", [], "Add a persona whose experience the map shows.";
        AddImage, Selected, "Add picture…", [], "Choose a picture for the selected touchpoint or persona.";
    }
    Select {
        SelectNext, Map, "Next touchpoint", [unmodified(Key::ArrowRight)], "Go to the next touchpoint on the path.";
        SelectPrevious, Map, "Previous touchpoint", [unmodified(Key::ArrowLeft)], "Go to the previous touchpoint on the path.";
        SelectUp, Map, "Up to main step or stage", [unmodified(Key::ArrowUp)], "Up through the lanes to the card, to its main step, to its stage.";
        SelectDown, Map, "Down to branch or touchpoint", [unmodified(Key::ArrowDown)], "From a stage to its first touchpoint, to side branches, and on into the lanes.";
        SelectAll, Map, "Select all touchpoints", [ctrl(Key::A)], "Select every touchpoint of the map.";
        SelectStage, TouchpointOrStage, "Select whole stage", [ctrl_shift(Key::A)], "Select all touchpoints of the stage.";
        SelectOwner, Touchpoints, "Select same owner", [], "Select all touchpoints of the same owner.";
        SelectChannel, Touchpoints, "Select same channel", [], "Select all touchpoints on the same channel.";
        SelectNothing, Selected, "Select nothing", [unmodified(Key::Escape)], "Show the map itself in the inspector.";
        Find, Map, "Find…", [ctrl(Key::F)], "Find text anywhere in the map and step through the results.";
        FitAll, Map, "Show whole map", [ctrl(Key::Num0)], "Zoom so that the whole map is visible.";
        ZoomToSelection, Selected, "Zoom to selection", [ctrl(Key::Num2)], "Zoom to the selection.";
        ZoomFull, Map, "Zoom 100 %", [ctrl(Key::Num1)], "Show the map in its natural size.";
        ZoomIn, Map, "Zoom in", [ctrl(Key::Plus), ctrl(Key::Equals)], "Enlarge the map.";
        ZoomOut, Map, "Zoom out", [ctrl(Key::Minus)], "Reduce the map.";
    }
    Highlight {
        HighlightUnowned, Map, "Highlight unowned", [alt(Key::U), unmodified(Key::U)], "Dim everything that has an owner.";
        HighlightPain, Map, "Highlight pain points", [alt(Key::P), unmodified(Key::P)], "Dim everything without pain points.";
        HighlightDominators, Map, "Highlight steps that every customer passes", [], "Show handoffs, and dim every touchpoint that some customers do not pass.";
        Filter, Map, "Filter…", [ctrl_shift(Key::F)], "Dim everything that does not match a persona, owner, channel, environment, evidence or tag.";
        ClearFilter, Filtered, "Clear filter", [], "Show everything again.";
        NextHighlighted, Highlighted, "Next highlighted", [unmodified(Key::Period), unmodified(Key::F3)], "Go to the next search result, or else to the next highlighted object.";
        PreviousHighlighted, Highlighted, "Previous highlighted", [unmodified(Key::Comma), shift(Key::F3)], "Go to the previous search result, or else to the previous highlighted object.";
    }
    View {
        PanLeft, Map, "Pan left", [shift(Key::ArrowLeft)], "Scroll to the left.";
        PanRight, Map, "Pan right", [shift(Key::ArrowRight)], "Scroll to the right.";
        PanUp, Map, "Pan up", [shift(Key::ArrowUp), unmodified(Key::PageUp)], "Scroll up.";
        PanDown, Map, "Pan down", [shift(Key::ArrowDown), unmodified(Key::PageDown)], "Scroll down.";
        ViewJourney, Map, "Journey view", [ctrl_shift(Key::Num1)], "The timeline with all its lanes.";
        ViewFlow, Map, "Flow view", [ctrl_shift(Key::Num2)], "How customers move from step to step, with branches and loops; the width of a line shows the share of customers.";
        ViewOwnership, Map, "Ownership view", [ctrl_shift(Key::Num3)], "Owners stage by stage, unowned steps, and handoffs between departments.";
        ViewFindings, Map, "Findings view", [ctrl_shift(Key::Num4)], "The findings of the checks, why they matter and what can be done.";
        FlowByOwner, Map, "Colour the flow by owner", [], "Show the flow with cards in the colours of their departments.";
        FlowByFeeling, Map, "Colour the flow by feeling", [], "Show the flow with cards coloured by the feeling of the first persona.";
        FlowByChannel, Map, "Colour the flow by channel", [], "Show the flow with cards coloured by channel.";
        FlowByEvidence, Map, "Colour the flow by evidence", [], "Show the flow with cards coloured by their strongest evidence.";
        ToggleHandoffs, Map, "Handoffs between owners", [alt(Key::H), unmodified(Key::H)], "Mark handoffs between the cards of different owners, and the steps that every customer passes.";
        Present, Map, "Present", [unmodified(Key::F5)], "Show only the map; arrow keys step through its stages, Escape ends.";
        FullScreen, Always, "Full screen", [unmodified(Key::F11)], "Use the whole screen.";
        ToggleOutline, Map, "Outline and lanes", [ctrl(Key::B)], "Show or hide the outline on the left.";
        ToggleInspector, Map, "Inspector", [ctrl(Key::I)], "Show or hide the inspector on the right.";
        ToggleMinimap, Map, "Overview map", [ctrl(Key::M)], "Show or hide the small overview in the corner.";
        ToggleDensity, Map, "Compact map", [alt(Key::D), unmodified(Key::D)], "Switch between the compact overview and the comfortable layout.";
        Lanes, Map, "Lanes…", [ctrl(Key::L)], "Choose which lanes are shown, and in which order.";
        ToggleLaneHidden, Lane, "Hide lane", [], "Hide the selected lane, or show it again.";
        History, Map, "History…", [ctrl_shift(Key::H)], "Show all steps, and undo or redo to any of them.";
        Findings, Map, "Findings…", [ctrl_shift(Key::G)], "Show the findings of the checks in the left panel.";
        Entities, Map, "Reference data…", [ctrl_shift(Key::L)], "Personas, departments, channels and environments: add, rename, reorder, merge, see where they are used.";
        ThemeLight, Always, "Light theme", [], "Warm paper.";
        ThemeDark, Always, "Dark theme", [], "Deep slate.";
        ThemeProjector, Always, "Projector theme", [], "Plain black on white, for weak projectors.";
        ThemeSystem, Always, "Theme of the system", [], "Light or dark, as set in the system.";
        LargerText, Always, "Larger text", [], "Make everything in the window larger.";
        SmallerText, Always, "Smaller text", [], "Make everything in the window smaller.";
        Preferences, Always, "Preferences…", [ctrl(Key::Comma)], "Choose theme, density, text size, motion, colours of departments and what is shown.";
    }
    Help {
        CommandPalette, Always, "Commands and search…", [ctrl(Key::K)], "Find any command, stage or touchpoint by typing.";
        Shortcuts, Always, "Keyboard shortcuts…", [unmodified(Key::Questionmark), shift(Key::F1)], "All keyboard shortcuts on one sheet.";
        Help, Always, "Help", [unmodified(Key::F1)], "All commands, and how to read the map.";
        Menu, Map, "Menu", [unmodified(Key::F10)], "Open the menu with all commands.";
        ContextMenu, Map, "Context menu", [unmodified(Key::Menu), shift(Key::F10)], "Open the menu of the selected card, stage, lane or path; arrows and Enter choose.";
        NextRegion, Map, "Next region", [unmodified(Key::F6)], "Move the focus to the next of toolbar, left panel, map, inspector and status bar.";
        PreviousRegion, Map, "Previous region", [shift(Key::F6)], "Move the focus to the previous of these regions.";
    }
}

impl CommandId {
    /// Returns the row of the command table.
    pub fn entry(self) -> &'static CommandEntry {
        // A test checks that every command has a row.
        COMMANDS
            .iter()
            .find(|entry| entry.id == self)
            .unwrap_or(&COMMANDS[0])
    }

    /// Label of the command.
    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// Label in the current state: that of the opposite action if the command would
    /// undo the state.
    pub fn state_label(self, now: &CommandState) -> &'static str {
        match self {
            CommandId::ToggleLaneHidden if now.lane_is_hidden => "Show lane",
            _ => self.label(),
        }
    }

    /// First shortcut as shown on screen; empty if there is none.
    pub fn keys(self, ctx: &Context) -> String {
        match self.entry().shortcuts {
            [] => String::new(),
            [first, .., last] if self.entry().uses_number_keys() => {
                format!(
                    "{} … {}",
                    shortcut_text(ctx, first),
                    shortcut_text(ctx, last)
                )
            }
            [first, ..] => shortcut_text(ctx, first),
        }
    }

    /// All shortcuts as shown on screen.
    pub fn all_keys(self, ctx: &Context) -> String {
        let entry = self.entry();
        if entry.uses_number_keys() {
            return self.keys(ctx);
        }
        // “=” and “+” are the same key.
        let keys = entry.shortcuts.iter();
        let keys = keys.filter(|shortcut| shortcut.logical_key != Key::Equals);
        let keys: Vec<String> = keys.map(|shortcut| shortcut_text(ctx, shortcut)).collect();
        keys.join(" or ")
    }

    /// Tooltip followed by the first shortcut.
    pub fn tooltip_with_keys(self, ctx: &Context) -> String {
        let keys = self.keys(ctx);
        let tooltip = self.entry().tooltip;
        if keys.is_empty() {
            tooltip.to_owned()
        } else {
            format!("{tooltip}\n{keys}")
        }
    }
}

/// Returns the commands whose shortcuts were pressed in this frame, each with the index
/// of the shortcut. A focused text field or list keeps the keys it uses; a focused
/// control keeps its keys too, unless arrow keys are `walking` the map.
pub fn pressed_commands(
    ctx: &Context,
    now: &CommandState,
    walking: bool,
) -> Vec<(CommandId, usize)> {
    let typing = ctx.text_edit_focused();
    let listing = crate::app::ui::list_has_keyboard(ctx);
    let mut keys: Vec<(&KeyboardShortcut, (&CommandEntry, usize))> = COMMANDS
        .iter()
        .flat_map(|entry| {
            let keys = entry.shortcuts.iter().enumerate();
            keys.map(move |(nth, shortcut)| (shortcut, (entry, nth)))
        })
        .filter(|(shortcut, _)| !typing || !belongs_to_text(shortcut))
        .filter(|(shortcut, _)| !listing || !crate::app::ui::is_list_shortcut(shortcut))
        .filter(|(shortcut, _)| walking || !belongs_to_controls(shortcut))
        .filter(|(shortcut, _)| !now.can_type_name || !is_letter(shortcut))
        .filter(|(shortcut, _)| !now.in_lane || !is_symbol(shortcut))
        .collect();
    // egui ignores surplus Shift and Alt, so longer combinations are matched first.
    keys.sort_by_key(|(shortcut, _)| {
        let m = shortcut.modifiers;
        std::cmp::Reverse(u8::from(m.shift) + u8::from(m.alt) + u8::from(m.command || m.ctrl))
    });
    let mut found = Vec::new();
    ctx.input_mut(|input| {
        if !typing {
            input.events.iter_mut().for_each(use_physical_digit);
        }
        for (shortcut, (entry, nth)) in keys {
            if entry.enabled_when.is_met(now) && input.consume_shortcut(shortcut) {
                found.push((entry.id, nth));
            }
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_and_labels_are_unique() {
        let mut seen = Vec::new();
        for entry in COMMANDS {
            assert_eq!(entry.id.entry().label, entry.label);
            for shortcut in entry.shortcuts {
                assert!(!seen.contains(shortcut), "{} is taken", entry.label);
                seen.push(*shortcut);
            }
            let same = COMMANDS.iter().filter(|e| e.label == entry.label).count();
            assert_eq!(same, 1, "{}", entry.label);
            assert!(entry.tooltip.ends_with('.'), "{}", entry.label);
        }
    }

    #[test]
    fn commands_are_sorted_by_group() {
        let mut groups: Vec<CommandGroup> = COMMANDS.iter().map(|e| e.group).collect();
        groups.dedup();
        assert_eq!(groups, CommandGroup::ALL);
    }

    #[test]
    fn conditions_depend_on_the_command_state() {
        let stage = CommandState {
            map_open: true,
            selection: SelectionKind::Stage,
            ..CommandState::default()
        };
        assert!(
            Enablement::TouchpointOrStage.is_met(&stage) && Enablement::Deletable.is_met(&stage)
        );
        assert!(!Enablement::Touchpoint.is_met(&stage) && !Enablement::CanUndo.is_met(&stage));
        assert!(!Enablement::Selected.is_met(&CommandState::default()));
    }
}
