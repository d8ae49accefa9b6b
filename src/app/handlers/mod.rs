//! Dispatcher: carries out the commands of the user interface.
//!
//! Must not know: how anything is drawn.

mod assign;
pub(crate) mod clipboard;
mod connect;
pub(crate) mod images;
mod insert;

use super::app::App;
use super::chrome::presentation::Present;
use super::chrome::side_panels::Page;
use super::command::action::{Command, Selection};
use super::command::table::CommandId;
use super::document::Document;
use super::document::camera_target::Shown;
use super::document::multi_selection;
use super::document::multi_selection::Same;
use super::document::navigation;
use super::document::navigation::Way;
use super::editing::ownership;
use super::home::blank_map;
use super::home::cards::Start;
use super::modals::Over;
use super::modals::command_palette::Palette;
use super::modals::help::Help;
use super::modals::preferences::Settings;
use super::modals::shortcuts::CheatSheet;
use super::panels::focus_findings;
use super::platform::file_dialog::Wanted;
use super::workspace::closing::Closing;
use crate::edit::Intent;
use crate::insight::sentence;
use crate::layout::flow::Colouring;
use crate::render::View;
use crate::scene::Marks;
use crate::settings::ThemeChoice;
use egui::{Context, ViewportCommand};

impl App {
    /// Carries out the commands queued in this frame.
    pub(super) fn carry_out(&mut self, ctx: &Context) {
        if self.queue.is_empty() {
            return;
        }
        for command in std::mem::take(&mut self.queue) {
            match command {
                Command::Edit(intent) => {
                    self.edit(&intent, None);
                }
                Command::Typing(intent, key) => {
                    self.edit(&intent, Some(&key));
                }
                Command::Select { selection, reveal } => {
                    if let Some(document) = self.document_mut() {
                        document.select(selection, reveal);
                    }
                }
                Command::SelectCell(id, lane) => {
                    if let Some(document) = self.document_mut() {
                        document.select(Selection::Touchpoint(id), false);
                        document.lane = Some(lane);
                        document.prune();
                    }
                }
                Command::FillIn { selection, field } => {
                    self.preferences.inspector = true;
                    if let Some(document) = self.document_mut() {
                        document.select(selection, true);
                    }
                    if let Some(field) = field {
                        super::ui::focus_field(ctx, field);
                    }
                }
                Command::Jump(steps) => {
                    if let Some(document) = self.document_mut()
                        && document.session.jump_to(steps)
                    {
                        document.prune();
                    }
                }
                Command::Filter(facet) => {
                    if let Some(document) = self.document_mut() {
                        document.spotlight.filter.toggle(facet);
                    }
                }
                Command::ShowCurve(persona, shown) => {
                    if let Some(document) = self.document_mut() {
                        if shown {
                            document.hidden_curves.remove(&persona);
                        } else {
                            document.hidden_curves.insert(persona);
                        }
                    }
                }
                Command::Give(gift) => self.give(&gift),
                Command::Paste(text) => self.paste(&text),
                Command::TakePicture(home) => self.ask_for_pictures(ctx, home),
                Command::PastePicture(image) => self.paste_picture(ctx, &image),
                Command::Run(id) => self.carry_out_one(id, ctx),
            }
        }
        // Changes become visible in the next frame.
        ctx.request_repaint();
    }

    /// Applies an intent or shows why it was refused. Returns whether the map changed.
    pub(super) fn edit(&mut self, intent: &Intent, key: Option<&str>) -> bool {
        let Some(document) = self.documents.get_mut(self.active) else {
            return false;
        };
        match document.session.apply_merging(intent, key) {
            Ok(changed) => {
                document.prune();
                changed
            }
            Err(refusal) => {
                self.toasts.say(sentence(&refusal.to_string()));
                false
            }
        }
    }

    fn carry_out_one(&mut self, id: CommandId, ctx: &Context) {
        if !id.entry().when.holds(&self.situation()) {
            return;
        }
        if leads_to_map(id) && self.document().is_some_and(|d| d.view == View::Findings) {
            self.turn_to_view(View::Journey);
        }
        match id {
            CommandId::New => self.open_untitled(blank_map()),
            CommandId::Open => self.ask(ctx, Wanted::Open, None),
            CommandId::Samples => self.start = Some(Start::default()),
            CommandId::Save => self.save(ctx, false),
            CommandId::SaveAs => self.save(ctx, true),
            CommandId::Rescued => self.seek_rescued(true),
            CommandId::Export => self.ask_for_picture(ctx),
            CommandId::NextMap => self.activate_next(false),
            CommandId::PreviousMap => self.activate_next(true),
            CommandId::Close => {
                if let Some(key) = self.document().map(|d| d.key) {
                    self.close(ctx, Closing::Map(key));
                }
            }
            CommandId::Quit => self.close(ctx, Closing::All),
            CommandId::Palette => self.over = Some(Over::Palette(Palette::new(None))),
            CommandId::Help => {
                self.over = match self.over.take() {
                    Some(Over::Help(_)) => None,
                    _ => Some(Over::Help(Help::default())),
                };
            }
            CommandId::Keys => self.over = Some(Over::Keys(CheatSheet::default())),
            CommandId::Menu => self.menu.open(ctx),
            CommandId::ContextMenu => self.hands.menu.open(ctx),
            CommandId::HideLane => self.hide_lane(),
            CommandId::NextRegion | CommandId::PreviousRegion => {
                self.go_to_region(ctx, id == CommandId::NextRegion);
            }
            CommandId::FullScreen => {
                let full = ctx.input(|i| i.viewport().fullscreen).unwrap_or(false);
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
            }
            CommandId::ThemeLight => self.preferences.theme = ThemeChoice::Light,
            CommandId::ThemeDark => self.preferences.theme = ThemeChoice::Dark,
            CommandId::ThemeProjector => self.preferences.theme = ThemeChoice::Projector,
            CommandId::ThemeSystem => self.preferences.theme = ThemeChoice::System,
            CommandId::LargerText | CommandId::SmallerText => {
                let larger = id == CommandId::LargerText;
                self.preferences.text_size = self.preferences.next_size(larger);
            }
            CommandId::Preferences => self.over = Some(Over::Settings(Settings::default())),
            CommandId::ViewJourney => self.turn_to_view(View::Journey),
            CommandId::ViewFlow => self.turn_to_view(View::Flow),
            CommandId::ViewOwnership => self.turn_to_view(View::Ownership),
            CommandId::ViewFindings => {
                self.turn_to_view(View::Findings);
                focus_findings(ctx);
            }
            CommandId::FlowByOwner => self.colour_flow(Colouring::Owner),
            CommandId::FlowByFeeling => self.colour_flow(Colouring::Feeling),
            CommandId::FlowByChannel => self.colour_flow(Colouring::Channel),
            CommandId::FlowByEvidence => self.colour_flow(Colouring::Evidence),
            CommandId::Seams => self.turn_seams(),
            CommandId::HighlightPassed => self.light_passed(),
            CommandId::ToggleOutline => self.preferences.outline ^= true,
            CommandId::Lanes => self.turn_to(ctx, Page::Lanes),
            CommandId::People => self.turn_to(ctx, Page::People),
            CommandId::History => self.turn_to(ctx, Page::History),
            CommandId::Findings => {
                // In the findings view the list is visible already.
                if self.document().is_some_and(|d| d.view != View::Findings) {
                    self.turn_to(ctx, Page::Findings);
                }
                focus_findings(ctx);
            }
            CommandId::ToggleInspector => self.preferences.inspector ^= true,
            CommandId::ToggleMinimap => self.preferences.minimap ^= true,
            CommandId::Compact => self.turn_density(),
            CommandId::Capture => self.toggle_capture(ctx),
            CommandId::PasteList => self.ask_for_list(ctx),
            CommandId::Present => self.start_presentation(ctx),
            CommandId::Rename => self.begin_editing(None),
            CommandId::Find => self.start_finding(),
            CommandId::Filter => self.open_filter(ctx),
            CommandId::NextLit => self.walk_lit(ctx, Way::On),
            CommandId::PreviousLit => self.walk_lit(ctx, Way::Back),
            CommandId::ConnectTo => self.start_connecting(),
            CommandId::AddPicture => self.choose_pictures(ctx),
            CommandId::OpenLink => {
                if let Some(address) = self.document().and_then(Document::link) {
                    ctx.open_url(egui::OpenUrl::new_tab(address));
                }
            }
            CommandId::GiveOwner
            | CommandId::GiveChannel
            | CommandId::GiveEnvironment
            | CommandId::GivePersona => self.show_palette_page(),
            CommandId::Cut => self.cut(ctx),
            CommandId::Copy => self.copy(ctx),
            CommandId::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            CommandId::Duplicate => self.duplicate(),
            CommandId::AddTouchpoint
            | CommandId::AddStage
            | CommandId::AddDepartment
            | CommandId::AddChannel
            | CommandId::AddEnvironment
            | CommandId::AddPersona => self.add_record(id),
            _ => self.carry_out_on_document(id),
        }
    }

    /// Runs commands that need only the active document.
    fn carry_out_on_document(&mut self, id: CommandId) {
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let map = document.session.map();
        let selection = &document.selection;
        match id {
            CommandId::Undo => {
                if let Some(label) = document.session.undo() {
                    document.prune();
                    self.toasts.say(format!("Undone: {label}."));
                }
            }
            CommandId::Redo => {
                if let Some(label) = document.session.redo() {
                    document.prune();
                    self.toasts.say(format!("Done again: {label}."));
                }
            }
            CommandId::Delete if document.lane.is_some() => {
                let lane = document.lane.clone();
                if let (Selection::Touchpoint(id), Some(lane)) = (selection, lane)
                    && let Some(intent) = super::inline_edit::clear(map, &lane, id)
                {
                    self.edit(&intent, None);
                }
            }
            CommandId::Delete | CommandId::Disconnect => {
                if let Some((intent, next)) = navigation::delete(map, selection)
                    && self.edit(&intent, None)
                    && let Some(document) = self.document_mut()
                {
                    document.select(next, false);
                }
            }
            CommandId::MoveLeft | CommandId::MoveRight => {
                let way = if id == CommandId::MoveLeft {
                    Way::Back
                } else {
                    Way::On
                };
                if let Some(intent) = navigation::shift(map, selection, way) {
                    self.edit(&intent, None);
                    if let Some(document) = self.document_mut() {
                        document.select(document.selection.clone(), true);
                    }
                }
            }
            CommandId::MoveUp | CommandId::MoveDown => {
                let way = if id == CommandId::MoveUp {
                    Way::Back
                } else {
                    Way::On
                };
                let wish = if document.situation().in_row {
                    ownership::pass_on(map, selection, way)
                } else {
                    navigation::reorder(map, selection, way)
                };
                if let Some(intent) = wish {
                    self.edit(&intent, None);
                }
            }
            CommandId::SelectNext => document.go_sideways(Way::On),
            CommandId::SelectPrevious => document.go_sideways(Way::Back),
            CommandId::SelectUp => document.go_upright(Way::Back),
            CommandId::SelectDown => document.go_upright(Way::On),
            CommandId::FeelBetter | CommandId::FeelWorse => {
                let better = id == CommandId::FeelBetter;
                let ids = selection.touchpoints();
                if let Some(intent) = super::tools::feel(map, ids, better) {
                    self.edit(&intent, None);
                }
            }
            CommandId::SelectAll => {
                document.select(multi_selection::all(map, selection, Same::Map), false);
            }
            CommandId::SelectStage => {
                document.select(multi_selection::all(map, selection, Same::Stage), false);
            }
            CommandId::SelectOwner => {
                document.select(multi_selection::all(map, selection, Same::Owner), false);
            }
            CommandId::SelectChannel => {
                document.select(multi_selection::all(map, selection, Same::Channel), false);
            }
            CommandId::SelectNothing if document.lane.is_some() => document.lane = None,
            CommandId::SelectNothing => document.select(Selection::Nothing, false),
            CommandId::HighlightUnowned => document.spotlight.toggle(Marks::UNOWNED),
            CommandId::HighlightPain => document.spotlight.toggle(Marks::PAIN),
            CommandId::ClearFilter => document.spotlight.filter.clear(),
            CommandId::FitAll => document.wanted = Some(Shown::All),
            CommandId::ZoomToSelection => document.wanted = document.tag().map(Shown::Large),
            CommandId::ZoomIn => document.wanted = Some(Shown::Steps(3)),
            CommandId::ZoomOut => document.wanted = Some(Shown::Steps(-3)),
            CommandId::PanLeft => document.wanted = Some(Shown::Screens(-0.4, 0.0)),
            CommandId::PanRight => document.wanted = Some(Shown::Screens(0.4, 0.0)),
            CommandId::PanUp => document.wanted = Some(Shown::Screens(0.0, -0.6)),
            CommandId::PanDown => document.wanted = Some(Shown::Screens(0.0, 0.6)),
            CommandId::ZoomFull => document.wanted = Some(Shown::Zoom(1.0)),
            _ => debug_assert!(false, "{id:?} is carried out nowhere"),
        }
    }

    /// Hides the selected lane or shows it again.
    fn hide_lane(&mut self) {
        let Some(Selection::Lane(id)) = self.document().map(|d| d.selection.clone()) else {
            return;
        };
        let map = self.document().map(|d| d.session.map());
        let Some(mut lane) = map.and_then(|map| map.lanes().get(&id)).cloned() else {
            return;
        };
        lane.hidden = !lane.hidden;
        let hidden = lane.hidden.then(|| lane.title().to_owned());
        if self.edit(&Intent::SetLane(Box::new(lane)), None)
            && let Some(title) = hidden
        {
            let said = format!("“{title}” is hidden. The page Lanes shows it again.");
            self.toasts.say(said);
        }
    }

    /// Toggles the density and keeps the selection in view.
    fn turn_density(&mut self) {
        self.preferences.density = self.preferences.density.other();
        if let Some(document) = self.document_mut() {
            document.select(document.selection.clone(), true);
        }
    }

    /// Selects the next or previous search hit; without a search, the next or previous
    /// highlighted object.
    fn walk_lit(&mut self, ctx: &Context, way: Way) {
        if self.step_hit(ctx, way) {
            return;
        }
        if let Some(document) = self.document_mut() {
            let lit = document.lit();
            let map = document.session.map();
            if let Some(next) = navigation::next_lit(map, &lit, &document.selection, way) {
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
                document.turn_to(View::Journey);
            }
            let corner = document.corner();
            document.glide = None;
            let mut present = Present::new((view, corner), full);
            if view == View::Findings {
                present = present.at_selected(document);
            }
            document.wanted = Some(present.aim(document.session.map()));
            self.present = Some(present);
            self.connecting = None;
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        }
    }
}

/// Whether a command shows something on the map, so that the findings view is left.
fn leads_to_map(id: CommandId) -> bool {
    matches!(
        id,
        CommandId::Find
            | CommandId::NextLit
            | CommandId::PreviousLit
            | CommandId::ConnectTo
            | CommandId::ContextMenu
            | CommandId::FitAll
            | CommandId::ZoomToSelection
    )
}
