//! Dispatcher: carries out the commands of the user interface.
//!
//! Must not know: how anything is drawn.

mod assign;
pub(crate) mod clipboard;
mod connect;
pub(crate) mod images;
mod insert;
mod views;

use super::app::App;
use super::chrome::presentation::Presentation;
use super::command::CommandState;
use super::command::action::{Selection, UiAction};
use super::command::table::CommandId;
use super::document::Document;
use super::document::camera_target::CameraTarget;
use super::document::multi_selection;
use super::document::multi_selection::SelectBy;
use super::document::navigation;
use super::document::navigation::Direction;
use super::editing::{ownership, structure};
use super::home::blank_map;
use super::home::cards::HomeScreen;
use super::modals::Modal;
use super::modals::command_palette::CommandPalette;
use super::modals::help::Help;
use super::modals::preferences::PreferencesModal;
use super::modals::shortcuts::ShortcutsModal;
use super::panels::focus_findings;
use super::platform::file_dialog::FileRequest;
use super::workspace::closing::CloseScope;
use crate::edit::Intent;
use crate::english::sentence;
use crate::layout::flow::CardColoring;
use crate::render::View;
use crate::scene::Marks;
use crate::settings::ThemeChoice;
use egui::{Context, ViewportCommand};

impl App {
    /// Carries out the commands queued in this frame.
    pub(super) fn run_actions(&mut self, ctx: &Context) {
        if self.actions.is_empty() {
            return;
        }
        for command in std::mem::take(&mut self.actions) {
            match command {
                UiAction::Edit(intent) => {
                    self.apply_intent(&intent, None);
                }
                UiAction::EditField(intent, key) => {
                    self.apply_intent(&intent, Some(&key));
                }
                UiAction::Select { selection, reveal } => {
                    if let Some(document) = self.document_mut() {
                        document.select(selection, reveal);
                    }
                }
                UiAction::SelectCell(id, lane) => {
                    if let Some(document) = self.document_mut() {
                        document.select(Selection::Touchpoint(id), false);
                        document.cursor_lane = Some(lane);
                        document.prune_selection();
                    }
                }
                UiAction::FocusField { selection, field } => {
                    self.settings.preferences.inspector = true;
                    if let Some(document) = self.document_mut() {
                        document.select(selection, true);
                    }
                    if let Some(field) = field {
                        super::ui::focus_field(ctx, field);
                    }
                }
                UiAction::JumpToStep(steps) => {
                    if let Some(document) = self.document_mut()
                        && document.session.jump_to(steps)
                    {
                        document.prune_selection();
                    }
                }
                UiAction::ToggleFilter(facet) => {
                    if let Some(document) = self.document_mut() {
                        document.highlighting.filter.toggle(facet);
                    }
                }
                UiAction::ShowCurve(persona, shown) => {
                    if let Some(document) = self.document_mut() {
                        if shown {
                            document.hidden_curves.remove(&persona);
                        } else {
                            document.hidden_curves.insert(persona);
                        }
                    }
                }
                UiAction::Assign(gift) => self.assign(&gift),
                UiAction::ActivateMap(index) => self.activate(index),
                UiAction::CloseMap(key) => self.close(ctx, CloseScope::Map(key)),
                UiAction::MoveMap { from, to } => self.move_map(from, to),
                UiAction::OpenFiles(paths) => self.open_all(&paths),
                UiAction::Paste(text) => self.paste(&text),
                UiAction::ImportImage(home) => self.request_images(ctx, home),
                UiAction::PasteImage(image) => self.paste_image(ctx, &image),
                UiAction::RunCommand(id) => self.run_command(id, ctx),
            }
        }
        // Changes become visible in the next frame.
        ctx.request_repaint();
    }

    /// Applies an intent or shows why it was refused. Returns whether the map changed.
    pub(super) fn apply_intent(&mut self, intent: &Intent, key: Option<&str>) -> bool {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return false;
        };
        match document.session.apply_merging(intent, key) {
            Ok(changed) => {
                document.prune_selection();
                changed
            }
            Err(refusal) => {
                self.ui.toasts.push(sentence(&refusal.to_string()));
                false
            }
        }
    }

    fn run_command(&mut self, id: CommandId, ctx: &Context) {
        if !id.entry().enabled_when.is_met(&self.command_state()) {
            return;
        }
        if shows_on_map(id) && self.document().is_some_and(|d| d.view == View::Findings) {
            self.switch_view(View::Journey);
        }
        match id {
            CommandId::New => self.open_untitled(blank_map()),
            CommandId::Open => self.request_file(ctx, FileRequest::Open, None),
            CommandId::Samples => self.screen.home = Some(HomeScreen::default()),
            CommandId::Save => self.save(ctx, false),
            CommandId::SaveAs => self.save(ctx, true),
            CommandId::Recovery => self.start_recovery_search(true),
            CommandId::Export => self.request_export_path(ctx),
            CommandId::NextMap => self.activate_next(false),
            CommandId::PreviousMap => self.activate_next(true),
            CommandId::Close => {
                if let Some(key) = self.document().map(|d| d.key) {
                    self.close(ctx, CloseScope::Map(key));
                }
            }
            CommandId::Quit => self.close(ctx, CloseScope::All),
            CommandId::CommandPalette => {
                self.modals.modal = Some(Modal::CommandPalette(CommandPalette::new(None)))
            }
            CommandId::Help => {
                self.modals.modal = match self.modals.modal.take() {
                    Some(Modal::Help(_)) => None,
                    _ => Some(Modal::Help(Help::default())),
                };
            }
            CommandId::Shortcuts => {
                self.modals.modal = Some(Modal::Shortcuts(ShortcutsModal::default()))
            }
            CommandId::Menu => self.chrome.menu.open(ctx),
            CommandId::ContextMenu => self.interaction.tools.menu.open(ctx),
            CommandId::ToggleLaneHidden => self.toggle_lane_hidden(),
            CommandId::NextRegion | CommandId::PreviousRegion => {
                let on = id == CommandId::NextRegion;
                self.chrome.regions.focus_next(ctx, on);
            }
            CommandId::FullScreen => {
                let full = ctx.input(|i| i.viewport().fullscreen).unwrap_or(false);
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
            }
            CommandId::ThemeLight => self.settings.preferences.theme = ThemeChoice::Light,
            CommandId::ThemeDark => self.settings.preferences.theme = ThemeChoice::Dark,
            CommandId::ThemeProjector => self.settings.preferences.theme = ThemeChoice::Projector,
            CommandId::ThemeSystem => self.settings.preferences.theme = ThemeChoice::System,
            CommandId::LargerText | CommandId::SmallerText => {
                let larger = id == CommandId::LargerText;
                self.settings.preferences.text_size =
                    self.settings.preferences.next_text_size(larger);
            }
            CommandId::Preferences => {
                self.modals.modal = Some(Modal::Preferences(PreferencesModal::default()))
            }
            CommandId::ViewJourney => self.switch_view(View::Journey),
            CommandId::ViewFlow => self.switch_view(View::Flow),
            CommandId::ViewOwnership => self.switch_view(View::Ownership),
            CommandId::ViewFindings => {
                self.switch_view(View::Findings);
                focus_findings(ctx);
            }
            CommandId::FlowByOwner => self.color_flow(CardColoring::Owner),
            CommandId::FlowByFeeling => self.color_flow(CardColoring::Feeling),
            CommandId::FlowByChannel => self.color_flow(CardColoring::Channel),
            CommandId::FlowByEvidence => self.color_flow(CardColoring::Evidence),
            CommandId::ToggleHandoffs => self.toggle_handoffs(),
            CommandId::HighlightDominators => self.toggle_dominators(),
            CommandId::ToggleOutline => self.settings.preferences.outline ^= true,
            CommandId::Lanes
            | CommandId::Entities
            | CommandId::History
            | CommandId::AssignOwner
            | CommandId::AssignChannel
            | CommandId::AssignEnvironment
            | CommandId::AssignPersona => self.show_page_of(id, ctx),
            CommandId::Findings => {
                // In the findings view the list is visible already.
                if self.document().is_some_and(|d| d.view != View::Findings) {
                    self.show_page_of(id, ctx);
                }
                focus_findings(ctx);
            }
            CommandId::ToggleInspector => self.settings.preferences.inspector ^= true,
            CommandId::ToggleMinimap => self.settings.preferences.minimap ^= true,
            CommandId::ToggleDensity => self.toggle_density(),
            CommandId::Capture => self.toggle_capture_bar(ctx),
            CommandId::PasteList => self.open_paste_list(ctx),
            CommandId::Present => self.start_presentation(ctx),
            CommandId::Rename => self.begin_inline_edit(None),
            CommandId::Find => self.open_find(),
            CommandId::Filter => super::chrome::filter_bar::open_filter(ctx),
            CommandId::NextHighlighted => self.select_next_highlight(ctx, Direction::Next),
            CommandId::PreviousHighlighted => self.select_next_highlight(ctx, Direction::Previous),
            CommandId::ConnectTo => self.start_connect(),
            CommandId::AddImage => self.add_image(ctx),
            CommandId::OpenLink => {
                if let Some(address) = self.document().and_then(Document::selected_link) {
                    ctx.open_url(egui::OpenUrl::new_tab(address));
                }
            }
            CommandId::Cut => self.cut(ctx),
            CommandId::Copy => self.copy(ctx),
            CommandId::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            CommandId::Duplicate => self.duplicate(),
            CommandId::AddTouchpoint
            | CommandId::AddStage
            | CommandId::AddDepartment
            | CommandId::AddChannel
            | CommandId::AddEnvironment
            | CommandId::AddPersona => self.insert_record(id),
            _ => self.run_document_command(id),
        }
    }

    /// Runs commands that need only the active document.
    fn run_document_command(&mut self, id: CommandId) {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let map = document.session.map();
        let selection = &document.selection;
        match id {
            CommandId::Undo => {
                if let Some(label) = document.session.undo() {
                    document.prune_selection();
                    self.ui.toasts.push(format!("Undone: {label}."));
                }
            }
            CommandId::Redo => {
                if let Some(label) = document.session.redo() {
                    document.prune_selection();
                    self.ui.toasts.push(format!("Done again: {label}."));
                }
            }
            CommandId::Delete if document.cursor_lane.is_some() => {
                let lane = document.cursor_lane.clone();
                if let (Selection::Touchpoint(id), Some(lane)) = (selection, lane)
                    && let Some(intent) = super::inline_edit::clear_cell(map, &lane, id)
                {
                    self.apply_intent(&intent, None);
                }
            }
            CommandId::Delete | CommandId::Disconnect => {
                if let Some((intent, next)) = structure::delete(map, selection)
                    && self.apply_intent(&intent, None)
                    && let Some(document) = self.document_mut()
                {
                    document.select(next, false);
                }
            }
            CommandId::MoveLeft | CommandId::MoveRight => {
                let way = if id == CommandId::MoveLeft {
                    Direction::Previous
                } else {
                    Direction::Next
                };
                if let Some(intent) = structure::shift(map, selection, way) {
                    self.apply_intent(&intent, None);
                    if let Some(document) = self.document_mut() {
                        document.select(document.selection.clone(), true);
                    }
                }
            }
            CommandId::MoveUp | CommandId::MoveDown => {
                let way = if id == CommandId::MoveUp {
                    Direction::Previous
                } else {
                    Direction::Next
                };
                let wish = if CommandState::of(document).in_owner_row {
                    ownership::neighbor_owner_intent(map, selection, way)
                } else {
                    structure::reorder(map, selection, way)
                };
                if let Some(intent) = wish {
                    self.apply_intent(&intent, None);
                }
            }
            CommandId::SelectNext => document.move_horizontally(Direction::Next),
            CommandId::SelectPrevious => document.move_horizontally(Direction::Previous),
            CommandId::SelectUp => document.move_vertically(Direction::Previous),
            CommandId::SelectDown => document.move_vertically(Direction::Next),
            CommandId::RaiseFeeling | CommandId::LowerFeeling => {
                let better = id == CommandId::RaiseFeeling;
                let ids = selection.touchpoints();
                if let Some(intent) = super::tools::feel(map, ids, better) {
                    self.apply_intent(&intent, None);
                }
            }
            CommandId::SelectAll => {
                document.select(
                    multi_selection::select_by(map, selection, SelectBy::Map),
                    false,
                );
            }
            CommandId::SelectStage => {
                document.select(
                    multi_selection::select_by(map, selection, SelectBy::Stage),
                    false,
                );
            }
            CommandId::SelectOwner => {
                document.select(
                    multi_selection::select_by(map, selection, SelectBy::Owner),
                    false,
                );
            }
            CommandId::SelectChannel => {
                document.select(
                    multi_selection::select_by(map, selection, SelectBy::Channel),
                    false,
                );
            }
            CommandId::SelectNothing if document.cursor_lane.is_some() => {
                document.cursor_lane = None
            }
            CommandId::SelectNothing => document.select(Selection::Nothing, false),
            CommandId::HighlightUnowned => document.highlighting.toggle_mark(Marks::UNOWNED),
            CommandId::HighlightPain => document.highlighting.toggle_mark(Marks::PAIN),
            CommandId::ClearFilter => document.highlighting.filter.clear(),
            CommandId::FitAll => document.camera_target = Some(CameraTarget::WholeMap),
            CommandId::ZoomToSelection => {
                document.camera_target = document.primary_object().map(CameraTarget::Fit)
            }
            CommandId::ZoomIn => document.camera_target = Some(CameraTarget::ZoomSteps(3)),
            CommandId::ZoomOut => document.camera_target = Some(CameraTarget::ZoomSteps(-3)),
            CommandId::PanLeft => document.camera_target = Some(CameraTarget::Pan(-0.4, 0.0)),
            CommandId::PanRight => document.camera_target = Some(CameraTarget::Pan(0.4, 0.0)),
            CommandId::PanUp => document.camera_target = Some(CameraTarget::Pan(0.0, -0.6)),
            CommandId::PanDown => document.camera_target = Some(CameraTarget::Pan(0.0, 0.6)),
            CommandId::ZoomFull => document.camera_target = Some(CameraTarget::Zoom(1.0)),
            _ => debug_assert!(false, "{id:?} is carried out nowhere"),
        }
    }

    fn show_page_of(&mut self, id: CommandId, ctx: &Context) {
        let chrome = &mut self.chrome;
        let preferences = &mut self.settings.preferences;
        chrome
            .side_panels
            .show_page_of(id, ctx, preferences, chrome.regions.canvas);
    }

    /// Hides the selected lane or shows it again.
    fn toggle_lane_hidden(&mut self) {
        let Some(Selection::Lane(id)) = self.document().map(|d| d.selection.clone()) else {
            return;
        };
        let map = self.document().map(|d| d.session.map());
        let Some(mut lane) = map.and_then(|map| map.lanes().get(&id)).cloned() else {
            return;
        };
        lane.hidden = !lane.hidden;
        let hidden = lane.hidden.then(|| lane.title().to_owned());
        if self.apply_intent(&Intent::SetLane(Box::new(lane)), None)
            && let Some(title) = hidden
        {
            let said = format!("“{title}” is hidden. The page Lanes shows it again.");
            self.ui.toasts.push(said);
        }
    }

    /// Toggles the density and keeps the selection in view.
    fn toggle_density(&mut self) {
        self.settings.preferences.density = self.settings.preferences.density.other();
        if let Some(document) = self.document_mut() {
            document.select(document.selection.clone(), true);
        }
    }

    /// Selects the next or previous search hit; without a search, the next or previous
    /// highlighted object.
    fn select_next_highlight(&mut self, ctx: &Context, way: Direction) {
        if self.select_next_hit(ctx, way) {
            return;
        }
        if let Some(document) = self.document_mut() {
            let lit = document.highlight();
            let map = document.session.map();
            if let Some(next) = navigation::next_highlighted(map, &lit, &document.selection, way) {
                document.select(next, true);
            }
        }
    }

    fn start_presentation(&mut self, ctx: &Context) {
        let full = ctx.input(|i| i.viewport().fullscreen).unwrap_or(false);
        if let Some(document) = self.document_mut() {
            // The findings view is a list, so the journey is presented.
            let view = document.view;
            if view == View::Findings {
                document.switch_view(View::Journey);
            }
            let corner = document.top_left();
            document.camera_animation = None;
            let mut present = Presentation::new((view, corner), full);
            if view == View::Findings {
                present = present.at_selected(document);
            }
            document.camera_target = Some(present.camera_target(document.session.map()));
            self.screen.presentation = Some(present);
            self.interaction.connect_from = None;
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        }
    }
}

/// Whether a command shows something on the map, so that the findings view is left.
fn shows_on_map(id: CommandId) -> bool {
    matches!(
        id,
        CommandId::Find
            | CommandId::NextHighlighted
            | CommandId::PreviousHighlighted
            | CommandId::ConnectTo
            | CommandId::ContextMenu
            | CommandId::FitAll
            | CommandId::ZoomToSelection
    )
}
