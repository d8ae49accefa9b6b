//! The command table, read by menus, command palette, key bindings and the help page.
//!
//! Must not know: how commands are carried out (the dispatcher does).

pub use super::enablement::{CommandState, Enablement};
use CommandOption::{Checked, KeepsFocus, OnMap};

use super::shortcut::{alt, ctrl, ctrl_shift, digits, shift, shortcut_text, unmodified};
use crate::app::document::Document;
use crate::app::document::selection::Selection;
use crate::layout::flow::CardColoring;
use crate::model::ObjectRef;
use crate::render::ComparisonLayout;
use crate::render::View;
use crate::scene::Marks;
use crate::settings::{Preferences, ThemeChoice};
use crate::theme::Density;
use egui::{Context, Key, KeyboardShortcut, Modifiers};

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
    /// Further properties.
    pub options: &'static [CommandOption],
}

/// A property that few commands have.
#[derive(Clone, Copy, Debug)]
pub enum CommandOption {
    /// The command shows something on the map, so that the findings view is left.
    OnMap,
    /// The keyboard focus stays, so that later keys need not wait.
    KeepsFocus,
    /// The command toggles an option, which has this state.
    Checked(fn(&Document, &Preferences) -> bool),
}

impl CommandEntry {
    /// Whether each shortcut stands for another item of a list (number keys 1 to 9).
    pub fn uses_number_keys(&self) -> bool {
        self.shortcuts.len() == 9
    }

    /// Whether the command shows something on the map, so that the findings view is left.
    pub fn leads_to_map(&self) -> bool {
        self.options
            .iter()
            .any(|o| matches!(o, CommandOption::OnMap))
    }

    /// Whether the keyboard focus stays, so that later keys need not wait.
    pub fn keeps_focus(&self) -> bool {
        let mut options = self.options.iter();
        options.any(|option| matches!(option, CommandOption::KeepsFocus))
    }
}

/// Gives the command table to a macro, which takes of each row what it needs.
///
/// A row holds the identifier and condition of a command, its label, shortcuts and
/// description, options if any, and its handler, a `fn(&mut App, &Context)` in
/// `handlers`.
macro_rules! command_table {
    ($with:ident) => {
        $with! {
            Map {
                New: Always, "New map", [ctrl(Key::N)], "Start an empty map."
                    => |app, _| app.workspace.open_untitled(Map::with_title(UNTITLED_MAP));
                Open: Always, "Open…", [ctrl(Key::O)], "Open a journey map from a file."
                    => |app, ctx| app.workspace.request_maps(ctx);
                Samples: Always, "Samples and templates…", [], "Choose a sample map or a template to start from."
                    => |app, _| app.screen = Screen::Home(Box::default());
                Save: Map, "Save", [ctrl(Key::S)], "Save the map to its file."
                    => |app, ctx| app.workspace.save(ctx, false);
                SaveAs: Map, "Save as…", [ctrl_shift(Key::S)], "Save the map to another file."
                    => |app, ctx| app.workspace.save(ctx, true);
                Fork: Map, "Fork to future…", [], "Make a future state from this map, with the same touchpoints, that can be compared and brought up to date with it."
                    => |app, ctx| app.workspace.request_fork_path(ctx);
                UpdateFork: Fork, "Take over changes of the current map", [], "Merge what has changed in the map that this future state was forked from, as one step."
                    => |app, _| app.workspace.take_over();
                Export: Map, "Export…", [ctrl(Key::E)], "Export the map to a file, with a preview: PDF, SVG, PNG, or an HTML page that any browser opens."
                    => |app, _| app.show_export(false);
                Print: Map, "Print…", [ctrl(Key::P)], "Make a PDF with a preview, and open it in the viewer of the system, which prints it."
                    => |app, _| app.show_export(true);
                CopyFileLink: Map, "Copy link to file", [], "Copy the address of the file that was exported last, or of the map."
                    => |app, ctx| app.copy_file_link(ctx);
                Recovery: Always, "Recover maps…", [], "Recover maps that were open when the program ended unexpectedly."
                    => |app, _| app.workspace.start_recovery_search(true);
                NextMap: ManyMaps, "Next open map", [KeyboardShortcut::new(Modifiers::CTRL, Key::Tab), ctrl(Key::PageDown)], "Go to the next open map."
                    => |app, _| app.activate_next(false);
                PreviousMap: ManyMaps, "Previous open map", [KeyboardShortcut::new(Modifiers::CTRL.plus(Modifiers::SHIFT), Key::Tab), ctrl(Key::PageUp)], "Go to the previous open map."
                    => |app, _| app.activate_next(true);
                Close: Map, "Close map", [ctrl(Key::W)], "Close this map. Asks first where changes are not saved."
                    => |app, ctx| app.close_front(ctx);
                Quit: Always, "Quit", [ctrl(Key::Q)], "Close all maps and end the program."
                    => |app, ctx| app.workspace.close(ctx, CloseScope::All);
            }
            Edit {
                Undo: CanUndo, "Undo", [ctrl(Key::Z)], "Undo the last step.", KeepsFocus
                    => |app, _| app.step("Undone", Session::undo);
                Redo: CanRedo, "Redo", [ctrl_shift(Key::Z), ctrl(Key::Y)], "Redo the step that was undone.", KeepsFocus
                    => |app, _| app.step("Redone", Session::redo);
                Cut: TouchpointOrStage, "Cut", [ctrl(Key::X)], "Copy the selection and remove it from the map."
                    => |app, ctx| app.cut(ctx);
                Copy: TouchpointOrStage, "Copy", [ctrl(Key::C)], "Copy the selected touchpoints or stages, for this map, another one or another program."
                    => |app, ctx| app.copy(ctx);
                CopyPicture: Map, "Copy as picture", [ctrl_shift(Key::C)], "Copy the selection or the whole map as a picture, for slides and chats."
                    => |app, _| app.copy_as(CopyFormat::Picture);
                CopySvg: Map, "Copy as SVG", [], "Copy the selection or the whole map as the text of an SVG, for drawing programs."
                    => |app, _| app.copy_as(CopyFormat::Svg);
                CopyText: Map, "Copy as text", [], "Copy the selection as an outline, or the whole map as its report."
                    => |app, ctx| app.copy_text(ctx);
                Paste: Always, "Paste", [ctrl(Key::V)], "Add the copied records after the selection, with the departments they refer to."
                    => |_, ctx| request_paste(ctx);
                Duplicate: TouchpointOrStage, "Duplicate", [ctrl(Key::D)], "Add a copy after the selection.", KeepsFocus
                    => |app, _| app.duplicate();
                Capture: Map, "Capture", [ctrl(Key::Enter), unmodified(Key::A), alt(Key::A)], "Type touchpoints, one per line, as fast as the room talks."
                    => |app, ctx| app.capture_bar.toggle(ctx);
                PasteList: Always, "Paste a list…", [], "Create touchpoints from lines of text or from spreadsheet cells."
                    => |app, ctx| { app.show_paste_list(None); request_paste(ctx); };
                AddTouchpoint: Map, "Add touchpoint", [unmodified(Key::Insert), alt(Key::T)], "Add a touchpoint after the selected one, else at the end."
                    => |app, _| app.add_touchpoint();
                AddStage: Map, "Add stage", [alt(Key::S)], "Add a stage after the selected one, else at the end."
                    => |app, _| app.add_stage();
                Rename: Map, "Rename", [unmodified(Key::F2), unmodified(Key::Enter)], "Edit the name of the selection in place, or the text at the position in a lane; without a selection, the title of the map."
                    => |app, _| app.begin_inline_edit(None, Vec::new());
                MoveLeft: TouchpointOrStage, "Move left", [alt(Key::ArrowLeft)], "Move the selected touchpoint or stage one place to the left.", KeepsFocus
                    => |app, _| app.shift(Direction::Previous);
                MoveRight: TouchpointOrStage, "Move right", [alt(Key::ArrowRight)], "Move the selected touchpoint or stage one place to the right.", KeepsFocus
                    => |app, _| app.shift(Direction::Next);
                MoveUp: Reorderable, "Move up", [alt(Key::ArrowUp)], "Move the selected lane, persona, department, channel or environment up in its list; in the ownership view, assign the selection to the department above.", KeepsFocus
                    => |app, _| app.reorder(Direction::Previous);
                MoveDown: Reorderable, "Move down", [alt(Key::ArrowDown)], "Move the selected lane, persona, department, channel or environment down in its list; in the ownership view, assign the selection to the department below.", KeepsFocus
                    => |app, _| app.reorder(Direction::Next);
                ConnectTo: Touchpoint, "Connect to…", [alt(Key::C)], "Draw a path from the selected touchpoint to the one you choose next.", OnMap
                    => |app, _| app.interaction.connect_from = app.document().and_then(|d| d.selection.touchpoints().first().cloned());
                OpenLink: ShowsLink, "Open link", [], "Open the link of the touchpoint; a click on it with Ctrl does the same."
                    => |app, ctx| app.open_link(ctx);
                Disconnect: Path, "Disconnect", [], "Remove the selected path."
                    => |app, _| app.delete_selection();
                Delete: Deletable, "Delete", [unmodified(Key::Delete)], "Delete the selection; in a lane, the text of the touchpoint there. Can be undone.", KeepsFocus
                    => |app, _| app.delete();
                AssignOwner: Map, "Assign owner…", digits(Modifiers::NONE), "Make the department with this number the owner of the selected touchpoints; press again to remove it.", KeepsFocus
                    => |app, ctx| app.show_page_of(CommandId::AssignOwner, ctx);
                AssignChannel: Map, "Assign channel…", digits(Modifiers::ALT), "Assign the channel with this number to the selected touchpoints.", KeepsFocus
                    => |app, ctx| app.show_page_of(CommandId::AssignChannel, ctx);
                AssignEnvironment: Map, "Assign environment…", digits(Modifiers::COMMAND.plus(Modifiers::ALT)), "Assign the environment with this number to the selected touchpoints.", KeepsFocus
                    => |app, ctx| app.show_page_of(CommandId::AssignEnvironment, ctx);
                AssignPersona: Map, "Assign persona…", digits(Modifiers::SHIFT), "Choose the persona with this number, and add its neutral feeling to the selected touchpoints.", KeepsFocus
                    => |app, ctx| app.show_page_of(CommandId::AssignPersona, ctx);
                NextPersona: Map, "Feelings of next persona", [alt(Key::F), unmodified(Key::F)], "Choose the persona whose feelings keys, lane texts and capture lines change, and whose curve is in front. The status bar names it.", KeepsFocus
                    => |app, _| app.choose_next_persona();
                RaiseFeeling: Touchpoints, "Raise feeling", [unmodified(Key::Plus), unmodified(Key::Equals)], "Raise the feeling of the chosen persona at the selected touchpoints by half a point.", KeepsFocus
                    => |app, _| app.change_feelings(ScoreChange::Better);
                LowerFeeling: Touchpoints, "Lower feeling", [unmodified(Key::Minus)], "Lower the feeling of the chosen persona at the selected touchpoints by half a point.", KeepsFocus
                    => |app, _| app.change_feelings(ScoreChange::Worse);
                NeutralFeeling: Touchpoints, "Neutral feeling", [unmodified(Key::Num0)], "Set the feeling of the chosen persona at the selected touchpoints to neutral.", KeepsFocus
                    => |app, _| app.change_feelings(ScoreChange::Neutral);
                AddDepartment: Map, "Add department", [], "Add a department that can own touchpoints and stages."
                    => |app, _| app.add_record("New department", Department::new, Intent::AddDepartment, ObjectRef::Department);
                AddChannel: Map, "Add channel", [], "Add a channel, such as phone or web site."
                    => |app, _| app.add_record("New channel", Channel::new, Intent::AddChannel, ObjectRef::Channel);
                AddEnvironment: Map, "Add environment", [], "Add an environment: a place where contact happens."
                    => |app, _| app.add_record("New environment", Environment::new, Intent::AddEnvironment, ObjectRef::Environment);
                AddPersona: Map, "Add persona", [], "Add a persona whose experience the map shows."
                    => |app, _| app.add_record("New persona", Persona::new, Intent::AddPersona, ObjectRef::Persona);
                AddImage: Selected, "Add picture…", [], "Choose a picture for the selected touchpoint or persona."
                    => |app, ctx| app.add_image(ctx);
            }
            Navigate {
                SelectNext: Map, "Next touchpoint", [unmodified(Key::ArrowRight)], "Go to the next touchpoint on the path.", KeepsFocus
                    => |app, _| app.on_document(|d| d.move_horizontally(Direction::Next));
                SelectPrevious: Map, "Previous touchpoint", [unmodified(Key::ArrowLeft)], "Go to the previous touchpoint on the path.", KeepsFocus
                    => |app, _| app.on_document(|d| d.move_horizontally(Direction::Previous));
                SelectUp: Map, "Up to main step or stage", [unmodified(Key::ArrowUp)], "Up through the lanes to the card, to its main step, to its stage.", KeepsFocus
                    => |app, _| app.on_document(|d| d.move_vertically(Direction::Previous));
                SelectDown: Map, "Down to branch or touchpoint", [unmodified(Key::ArrowDown)], "From a stage to its first touchpoint, to side branches, and on into the lanes.", KeepsFocus
                    => |app, _| app.on_document(|d| d.move_vertically(Direction::Next));
                SelectAll: Map, "Select all touchpoints", [ctrl(Key::A)], "Select every touchpoint of the map.", KeepsFocus
                    => |app, _| app.select_by(SelectBy::Map);
                SelectStage: TouchpointOrStage, "Select whole stage", [ctrl_shift(Key::A)], "Select all touchpoints of the stage.", KeepsFocus
                    => |app, _| app.select_by(SelectBy::Stage);
                SelectOwner: Touchpoints, "Select same owner", [], "Select all touchpoints of the same owner."
                    => |app, _| app.select_by(SelectBy::Owner);
                SelectChannel: Touchpoints, "Select same channel", [], "Select all touchpoints on the same channel."
                    => |app, _| app.select_by(SelectBy::Channel);
                SelectNothing: Selected, "Select nothing", [unmodified(Key::Escape)], "Show the map itself in the inspector.", KeepsFocus
                    => |app, _| app.select_nothing();
                Find: Map, "Find…", [ctrl(Key::F)], "Find text anywhere in the map and step through the results.", OnMap
                    => |app, _| app.open_find();
                FitAll: Map, "Show whole map", [ctrl(Key::Num0)], "Zoom so that the whole map is visible.", KeepsFocus, OnMap
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::WholeMap));
                ZoomToSelection: Selected, "Zoom to selection", [ctrl(Key::Num2)], "Zoom to the selection.", KeepsFocus, OnMap
                    => |app, _| app.on_document(|d| d.camera_target = d.primary_object().map(CameraTarget::Fit));
                ZoomFull: Map, "Zoom 100 %", [ctrl(Key::Num1)], "Show the map in its natural size.", KeepsFocus
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::Zoom(1.0)));
                ZoomIn: Map, "Zoom in", [ctrl(Key::Plus), ctrl(Key::Equals)], "Enlarge the map.", KeepsFocus
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::ZoomSteps(3)));
                ZoomOut: Map, "Zoom out", [ctrl(Key::Minus)], "Reduce the map.", KeepsFocus
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::ZoomSteps(-3)));
            }
            Highlight {
                HighlightUnowned: Map, "Highlight no owner", [alt(Key::U), unmodified(Key::U)], "Dim everything that has an owner.", Checked(|d, _| d.highlighting.marks.intersects(Marks::UNOWNED))
                    => |app, _| app.on_document(|d| d.highlighting.toggle_mark(Marks::UNOWNED));
                HighlightPain: Map, "Highlight pain points", [alt(Key::P), unmodified(Key::P)], "Dim everything without pain points.", Checked(|d, _| d.highlighting.marks.intersects(Marks::PAIN))
                    => |app, _| app.on_document(|d| d.highlighting.toggle_mark(Marks::PAIN));
                HighlightDominators: Map, "Highlight unavoidable steps", [], "Show handoffs, and dim every touchpoint that some customers do not pass.", Checked(|d, _| d.highlights_dominators())
                    => |app, _| app.toggle_dominators();
                Filter: Map, "Filter…", [ctrl_shift(Key::F)], "Dim everything that does not match a persona, owner, channel, environment, evidence or tag."
                    => |app, ctx| app.chrome.open_filter(ctx);
                ClearFilter: Filtered, "Clear filter", [], "Show everything again."
                    => |app, _| app.on_document(|d| d.highlighting.filter.clear());
                NextHighlighted: Highlighted, "Next highlighted", [unmodified(Key::Period), unmodified(Key::F3)], "Go to the next search result, or else to the next highlighted object.", KeepsFocus, OnMap
                    => |app, ctx| app.select_next_highlight(ctx, Direction::Next);
                PreviousHighlighted: Highlighted, "Previous highlighted", [unmodified(Key::Comma), shift(Key::F3)], "Go to the previous search result, or else to the previous highlighted object.", KeepsFocus, OnMap
                    => |app, ctx| app.select_next_highlight(ctx, Direction::Previous);
            }
            View {
                PanLeft: Map, "Pan left", [shift(Key::ArrowLeft)], "Scroll to the left.", KeepsFocus
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::Pan(-0.4, 0.0)));
                PanRight: Map, "Pan right", [shift(Key::ArrowRight)], "Scroll to the right.", KeepsFocus
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::Pan(0.4, 0.0)));
                PanUp: Map, "Pan up", [shift(Key::ArrowUp), unmodified(Key::PageUp)], "Scroll up.", KeepsFocus
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::Pan(0.0, -0.6)));
                PanDown: Map, "Pan down", [shift(Key::ArrowDown), unmodified(Key::PageDown)], "Scroll down.", KeepsFocus
                    => |app, _| app.on_document(|d| d.camera_target = Some(CameraTarget::Pan(0.0, 0.6)));
                ViewJourney: Map, "Journey view", [ctrl_shift(Key::Num1)], "The timeline with all its lanes.", Checked(|d, _| d.view == View::Journey)
                    => |app, _| app.switch_view(View::Journey);
                ViewFlow: Map, "Flow view", [ctrl_shift(Key::Num2)], "How customers move from step to step, with branches and loops; the width of a line shows the share of customers.", Checked(|d, _| d.view == View::Flow)
                    => |app, _| app.switch_view(View::Flow);
                ViewOwnership: Map, "Ownership view", [ctrl_shift(Key::Num3)], "Owners stage by stage, steps without an owner, and handoffs between departments.", Checked(|d, _| d.view == View::Ownership)
                    => |app, _| app.switch_view(View::Ownership);
                ViewFindings: Map, "Findings view", [ctrl_shift(Key::Num4)], "The findings of the checks, why they matter and what can be done.", Checked(|d, _| d.view == View::Findings)
                    => |app, ctx| { app.switch_view(View::Findings); focus_findings(ctx); };
                ViewScores: Map, "Scores view", [ctrl_shift(Key::Num6)], "Each metric over time with its interval, and what improved, fell or requires attention.", Checked(|d, _| d.view == View::Scores)
                    => |app, _| app.switch_view(View::Scores);
                ViewCompare: Map, "Compare view", [ctrl_shift(Key::Num5)], "The differences from another map; asks which one, unless the map is compared already.", Checked(|d, _| d.view == View::Compare)
                    => |app, ctx| app.show_comparison(ctx);
                CompareWith: Map, "Compare with…", [], "Choose another open map, a file or an earlier step, and show the differences."
                    => |app, _| app.choose_comparison();
                CompareOverlaid: Comparing, "Comparison overlaid", [], "Draw both maps as one: the later one, with what was removed at its former place.", Checked(|d, _| d.compares_in(ComparisonLayout::Overlaid))
                    => |app, _| app.lay_out_comparison(ComparisonLayout::Overlaid);
                CompareSideBySide: Comparing, "Comparison side by side", [], "Draw both maps below each other, with their steps in the same columns.", Checked(|d, _| d.compares_in(ComparisonLayout::SideBySide))
                    => |app, _| app.lay_out_comparison(ComparisonLayout::SideBySide);
                CompareSummary: Comparing, "Comparison as a summary", [], "Draw on one page what changes in all, and in each step; of several futures side by side.", Checked(|d, _| d.compares_in(ComparisonLayout::Summary))
                    => |app, _| app.lay_out_comparison(ComparisonLayout::Summary);
                AddFuture: Comparing, "Add a future to the summary…", [], "Choose a further open future of the same map, to show it in the summary beside this one."
                    => |app, _| app.choose_future();
                SwapCompared: Comparing, "Swap compared maps", [], "Compare in the other direction: the later map becomes the earlier one."
                    => |app, _| app.swap_compared();
                GapActions: Comparing, "Actions for this future…", [], "Make an action, with owner and due date, of each step that a future map changes."
                    => |app, _| app.choose_gap_actions();
                TakeOver: Comparing, "Take this change over", [alt(Key::O)], "Change the earlier map as the later one has it, as a step that can be undone."
                    => |app, _| app.transfer_difference(None, Transfer::TakeOver);
                TakeBack: Comparing, "Take this change back", [alt(Key::B)], "Change the later map back to what the earlier one has, as a step that can be undone."
                    => |app, _| app.transfer_difference(None, Transfer::TakeBack);
                CheckStage: TouchpointOrStage, "Checked today", [alt(Key::R)], "Note that the stage was compared with reality today, and by whom; it then tells what changed since."
                    => |app, _| app.check_stages();
                WriteComment: Map, "Comment", [alt(Key::N)], "Write a comment or question about the selection, or about the map."
                    => |app, ctx| app.write_comment(ctx);
                NextConflict: Conflicts, "Next to decide", [alt(Key::M)], "Go to the next thing that a merge left to decide.", KeepsFocus, OnMap
                    => |app, _| app.select_next_conflict();
                TakeOurs: SelectedConflict, "Take our version", [alt(Key::J)], "Decide for the first of the two versions, of the first thing to decide about the selection.", KeepsFocus
                    => |app, _| app.settle_selected(ConflictChoice::Ours);
                TakeTheirs: SelectedConflict, "Take their version", [alt(Key::K)], "Decide for the second of the two versions, of the first thing to decide about the selection.", KeepsFocus
                    => |app, _| app.settle_selected(ConflictChoice::Theirs);
                KeepCurrent: SelectedConflict, "Keep the version of the map", [alt(Key::L)], "Decide for what the map has now, edited or not.", KeepsFocus
                    => |app, _| app.settle_selected(ConflictChoice::Current);
                FlowByOwner: Map, "Colour the flow by owner", [], "Show the flow with cards in the colours of their departments.", Checked(|d, _| d.is_colored_by(CardColoring::Owner))
                    => |app, _| app.color_flow(CardColoring::Owner);
                FlowByFeeling: Map, "Colour the flow by feeling", [], "Show the flow with cards coloured by the feeling of the first persona.", Checked(|d, _| d.is_colored_by(CardColoring::Feeling))
                    => |app, _| app.color_flow(CardColoring::Feeling);
                FlowByChannel: Map, "Colour the flow by channel", [], "Show the flow with cards coloured by channel.", Checked(|d, _| d.is_colored_by(CardColoring::Channel))
                    => |app, _| app.color_flow(CardColoring::Channel);
                FlowByEvidence: Map, "Colour the flow by evidence", [], "Show the flow with cards coloured by their strongest evidence.", Checked(|d, _| d.is_colored_by(CardColoring::Evidence))
                    => |app, _| app.color_flow(CardColoring::Evidence);
                SaveView: Map, "Save this view", [alt(Key::V)], "Keep what is shown under a name: view, highlight, filter, lanes, folding and the part in sight."
                    => |app, ctx| app.save_view(ctx);
                SavedViews: Map, "Saved views…", [ctrl_shift(Key::B)], "Show the saved views: open, rename, reorder, update and delete them."
                    => |app, ctx| app.show_page_of(CommandId::SavedViews, ctx);
                NextSavedView: HasSavedViews, "Next saved view", [alt(Key::PageDown)], "Open the saved view after the one opened last.", KeepsFocus
                    => |app, _| app.open_neighboring_view(Direction::Next);
                PreviousSavedView: HasSavedViews, "Previous saved view", [alt(Key::PageUp)], "Open the saved view before the one opened last.", KeepsFocus
                    => |app, _| app.open_neighboring_view(Direction::Previous);
                MapLanes: ShowsSavedLanes, "Lanes of the map", [], "Show the lanes of the map again, in place of those of a saved view."
                    => |app, _| app.on_document(|d| d.lanes = None);
                ToggleHandoffs: Map, "Handoffs between owners", [alt(Key::H), unmodified(Key::H)], "Mark handoffs between the cards of different owners, and the unavoidable steps, which every customer passes.", Checked(|d, _| d.view == View::Journey && d.shows_handoffs)
                    => |app, _| app.toggle_handoffs();
                Present: Map, "Present", [unmodified(Key::F5)], "Show only the map, full screen: the whole, then stage by stage and touchpoint by touchpoint. Escape ends."
                    => |app, ctx| app.start_presentation(ctx, false);
                PresentSelection: Selected, "Present from the selection", [shift(Key::F5)], "Start the presentation at the selected stage or touchpoint."
                    => |app, ctx| app.start_presentation(ctx, true);
                FitRoom: Map, "Fit for the room", [], "Choose density, lanes and zoom so that the last row of the room can read all that is shown; Preferences have the room.", OnMap
                    => |app, _| app.fit_for_room();
                FullScreen: Always, "Full screen", [unmodified(Key::F11)], "Use the whole screen."
                    => |_, ctx| toggle_full_screen(ctx);
                ToggleOutline: Map, "Outline and lanes", [ctrl(Key::B)], "Show or hide the outline on the left.", Checked(|_, p| p.outline)
                    => |app, ctx| app.chrome.toggle_left(&mut app.settings.preferences, ctx);
                ToggleInspector: Map, "Inspector", [ctrl(Key::I)], "Show or hide the inspector on the right.", Checked(|_, p| p.inspector)
                    => |app, _| app.settings.preferences.inspector ^= true;
                ToggleMinimap: Map, "Overview map", [ctrl(Key::M)], "Show or hide the small overview in the status bar.", Checked(|_, p| p.minimap)
                    => |app, _| app.settings.preferences.minimap ^= true;
                ToggleDensity: Map, "Compact map", [alt(Key::D), unmodified(Key::D)], "Switch between the compact overview and the comfortable layout.", Checked(|_, p| p.density == Density::Compact)
                    => |app, _| app.toggle_density();
                ToggleRows: Map, "Journey in rows", [alt(Key::W), unmodified(Key::W)], "Break the journey into rows as wide as the window, like text into lines, or show it in one row.", OnMap, Checked(|d, p| d.view == View::Journey && p.rows)
                    => |app, _| app.toggle_rows();
                ToggleFold: Foldable, "Fold or unfold", [alt(Key::Z), unmodified(Key::Z)], "Fold the selected stage to a narrow band, or the selected lane to its title, or unfold it.", OnMap
                    => |app, _| app.on_document(Document::toggle_fold);
                FoldStages: Map, "Fold all stages", [], "Fold every stage of the journey to a narrow band.", OnMap
                    => |app, _| app.on_document(Document::fold_all);
                Unfold: Map, "Unfold everything", [], "Unfold all stages and lanes of the journey.", OnMap
                    => |app, _| app.on_document(|d| d.fold(Default::default()));
                Lanes: Map, "Lanes…", [ctrl(Key::L)], "Choose which lanes are shown, and in which order."
                    => |app, ctx| app.show_page_of(CommandId::Lanes, ctx);
                ToggleLaneHidden: Lane, "Hide lane", [], "Hide the selected lane, or show it again."
                    => |app, _| app.toggle_lane_hidden();
                History: Map, "History…", [ctrl_shift(Key::H)], "Show all steps, undo or redo to any of them, and open versions in git."
                    => |app, ctx| app.show_page_of(CommandId::History, ctx);
                Findings: Map, "Findings…", [ctrl_shift(Key::G)], "Show the findings of the checks in the left panel."
                    => |app, ctx| app.show_findings_list(ctx);
                Entities: Map, "Library…", [ctrl_shift(Key::L)], "Personas, departments, channels and environments: add, rename, reorder, merge, see where they are used."
                    => |app, ctx| app.show_page_of(CommandId::Entities, ctx);
                ThemeLight: Always, "Light theme", [], "Warm paper.", Checked(|_, p| p.theme == ThemeChoice::Light)
                    => |app, _| app.settings.preferences.theme = ThemeChoice::Light;
                ThemeDark: Always, "Dark theme", [], "Deep slate.", Checked(|_, p| p.theme == ThemeChoice::Dark)
                    => |app, _| app.settings.preferences.theme = ThemeChoice::Dark;
                ThemeProjector: Always, "Projector theme", [], "Plain black on white, for weak projectors.", Checked(|_, p| p.theme == ThemeChoice::Projector)
                    => |app, _| app.settings.preferences.theme = ThemeChoice::Projector;
                ThemeSystem: Always, "Theme of the system", [], "Light or dark, as set in the system.", Checked(|_, p| p.theme == ThemeChoice::System)
                    => |app, _| app.settings.preferences.theme = ThemeChoice::System;
                LargerText: Always, "Larger text", [], "Make everything in the window larger."
                    => |app, _| app.change_text_size(true);
                SmallerText: Always, "Smaller text", [], "Make everything in the window smaller."
                    => |app, _| app.change_text_size(false);
                Preferences: Always, "Preferences…", [ctrl(Key::Comma)], "Choose theme, density, text size, motion, colours of departments and what is shown."
                    => |app, _| app.modals.modal = Some(Modal::Preferences);
            }
            Help {
                CommandPalette: Always, "Commands and search…", [ctrl(Key::K)], "Find any command, stage or touchpoint by typing."
                    => |app, _| app.modals.modal = Some(Modal::CommandPalette(CommandPalette::new(None)));
                Shortcuts: Always, "Keyboard shortcuts…", [unmodified(Key::Questionmark), shift(Key::F1)], "All keyboard shortcuts on one sheet."
                    => |app, _| app.modals.modal = Some(Modal::Shortcuts);
                Help: Always, "Help", [unmodified(Key::F1)], "All commands, and how to read the map."
                    => |app, _| app.toggle_help();
                Menu: Map, "Menu", [unmodified(Key::F10)], "Open the menu with all commands."
                    => |app, ctx| app.chrome.menu.open(ctx);
                ContextMenu: Map, "Context menu", [unmodified(Key::Menu), shift(Key::F10)], "Open the menu of the selected card, stage, lane or path; arrows and Enter choose.", OnMap
                    => |app, ctx| app.interaction.tools.menu.open(ctx);
                NextRegion: Map, "Next region", [unmodified(Key::F6)], "Move the focus to the next of toolbar, left panel, map, inspector and status bar."
                    => |app, ctx| app.chrome.regions.focus_next(ctx, true);
                PreviousRegion: Map, "Previous region", [shift(Key::F6)], "Move the focus to the previous of these regions."
                    => |app, ctx| app.chrome.regions.focus_next(ctx, false);
            }
        }
    };
}
pub(crate) use command_table;

macro_rules! define_commands {
    ($($group:ident { $($id:ident: $when:ident, $label:literal, $shortcuts:expr, $tip:literal $(, $option:expr)* => $run:expr;)* })*) => {
        /// Group of a command in menu and help.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum CommandGroup {
            $(#[doc = concat!("Commands below “", stringify!($group), "”.")] $group,)*
        }

        impl CommandGroup {
            /// All groups, in menu order.
            pub const ALL: &[CommandGroup] = &[$(CommandGroup::$group),*];

            /// Title in menu and help.
            pub fn title(self) -> &'static str {
                match self {
                    $(CommandGroup::$group => stringify!($group),)*
                }
            }
        }

        /// Identifier of a command.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum CommandId {
            $($(#[doc = $tip] $id,)*)*
        }

        /// Every command, in menu order.
        pub static COMMANDS: &[CommandEntry] = &[$($(CommandEntry {
            id: CommandId::$id,
            label: $label,
            tooltip: $tip,
            shortcuts: &$shortcuts,
            group: CommandGroup::$group,
            enabled_when: Enablement::$when,
            options: &[$($option),*],
        }),*),*];
    };
}
command_table!(define_commands);

impl CommandId {
    /// Returns the row of the command table.
    pub fn entry(self) -> &'static CommandEntry {
        // Identifiers and rows are in the same order.
        &COMMANDS[self as usize]
    }

    /// Returns the state of the option that a command toggles; `None` if it toggles
    /// none.
    pub(crate) fn is_checked(self, document: &Document, preferences: &Preferences) -> Option<bool> {
        let mut options = self.entry().options.iter();
        options.find_map(|option| match option {
            CommandOption::Checked(state) => Some(state(document, preferences)),
            _ => None,
        })
    }

    /// Label of the command.
    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// Whether the command is enabled.
    pub fn is_enabled(self, now: &CommandState<'_>) -> bool {
        now.holds(self.entry().enabled_when)
    }

    /// Label in the current state: that of the opposite action if the command would
    /// undo the state.
    pub fn state_label(self, now: &CommandState<'_>) -> &'static str {
        let selection = now.document.map(|d| (&d.selection, d.session.map()));
        match (self, selection) {
            (CommandId::ToggleLaneHidden, Some((Selection::One(ObjectRef::Lane(id)), map)))
                if map.lanes().get(id).is_some_and(|lane| lane.hidden) =>
            {
                "Show lane"
            }
            (CommandId::ToggleFold, Some((Selection::One(object), _))) => {
                let folding = now.document.map(|document| &document.folding);
                let folded = folding.is_some_and(|folding| match object {
                    ObjectRef::Stage(id) => folding.stages.contains(id),
                    ObjectRef::Lane(id) => folding.lanes.contains(id),
                    _ => false,
                });
                match (object, folded) {
                    (ObjectRef::Lane(_), true) => "Unfold lane",
                    (ObjectRef::Lane(_), false) => "Fold lane",
                    (_, true) => "Unfold stage",
                    (_, false) => "Fold stage",
                }
            }
            _ => self.label(),
        }
    }

    /// First shortcut as shown on screen; empty if there is none.
    pub fn keys(self, ctx: &Context) -> String {
        let text = |shortcut| shortcut_text(ctx, shortcut);
        match self.entry().shortcuts {
            [] => String::new(),
            [first, .., last] if self.entry().uses_number_keys() => {
                format!("{} … {}", text(first), text(last))
            }
            [first, ..] => text(first),
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
        match (self.entry().tooltip, self.keys(ctx).as_str()) {
            (tooltip, "") => tooltip.to_owned(),
            (tooltip, keys) => format!("{tooltip}\n{keys}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Map;
    use crate::session::Session;

    #[test]
    fn shortcuts_and_labels_are_unique() {
        let mut seen = Vec::new();
        for entry in COMMANDS {
            assert_eq!(entry.id.entry().id, entry.id);
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
        let mut document = Document::new(0, Session::untitled(Map::default()));
        document.selection = Selection::One(ObjectRef::Stage("s".into()));
        let stage = CommandState {
            document: Some(&document),
            ..CommandState::default()
        };
        assert!(stage.holds(Enablement::TouchpointOrStage) && stage.holds(Enablement::Deletable));
        assert!(!stage.holds(Enablement::Touchpoint) && !stage.holds(Enablement::CanUndo));
        assert!(!CommandState::default().holds(Enablement::Selected));
    }
}
