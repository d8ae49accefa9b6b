//! The application: open maps, modals, and the order of one frame.
//!
//! Panels read and push commands; [`super::dispatch`] alone carries them out.
//!
//! Must not know: files' content, layout, drawing.

use super::capture_bar::CaptureBar;
use super::chrome::focus_regions::{Region, Regions};
use super::chrome::presentation::Presentation;
use super::chrome::side_panels;
use super::command::CommandState;
use super::command::action::UiAction;
use super::command::table::CommandId;
use super::document::background_checks::BackgroundChecks;
use super::document::{Appearance, Document};
use super::home::cards::HomeScreen;
use super::modals::Modal;
use super::platform::file_dialog::FileDialogs;
use super::platform::window_state::SystemSettings;
use super::ui::style;
use super::ui::toasts::Toasts;
use super::workspace::closing::UnsavedChanges;
use super::workspace::preload::Preloaded;
use crate::model::TouchpointId;
use crate::session::{FLUSH_TIMEOUT, IdGenerator};
use crate::settings::{AppDirs, Preferences, PreferencesStore, RecentMaps};
use crate::storage::{FileWatch, Journals};
use crate::text::Typesetter;
use crate::theme::{Theme, ThemeName};
use egui::{CentralPanel, Context, Panel, Ui, ViewportCommand};
use std::path::PathBuf;

/// State of the application.
pub struct App {
    pub(super) documents: Vec<Document>,
    pub(super) active: usize,
    pub(super) last_key: u64,
    /// Home screen, if shown.
    pub(super) home_screen: Option<HomeScreen>,
    pub(super) preferences: Preferences,
    preferences_store: PreferencesStore,
    pub(super) system_settings: SystemSettings,
    pub(super) side_panels: side_panels::SidePanels,
    pub(super) background_checks: BackgroundChecks,
    /// Height of the status bar in the last frame, in points.
    status_height: f32,
    pub(super) typesetter: Typesetter,
    /// Recent maps.
    pub(super) recent: RecentMaps,
    pub(super) toasts: Toasts,
    pub(super) file_dialogs: Box<dyn FileDialogs>,
    pub(super) pending_request: Option<super::workspace::files::PendingRequest>,
    pub(super) modal: Option<Modal>,
    /// Capture bar.
    pub(super) capture_bar: CaptureBar,
    /// Interaction in progress on the canvas.
    pub(super) interaction: super::tools::ToolState,
    pub(super) presentation: Option<Presentation>,
    /// Start of the path in connect mode.
    pub(super) connect_from: Option<TouchpointId>,
    pub(super) pending_close: Option<UnsavedChanges>,
    /// Rectangle of the selection on screen, which toasts avoid.
    pub(super) selection_rect: Option<egui::Rect>,
    pub(super) regions: Regions,
    scroll_to_focus: super::ui::scroll_to_focus::ScrollToFocus,
    pub(super) menu: super::chrome::toolbar::MainMenu,
    pub(super) close_confirmed: bool,
    /// Whether all maps were saved or discarded, so that no journal is kept.
    pub(super) closes_cleanly: bool,
    /// Journals of the open maps.
    pub(super) journals: Journals,
    /// Reason that journals cannot be written, as reported last.
    journal_problem: Option<String>,
    shutdown: super::platform::shutdown::ShutdownSignal,
    pub(super) save_tasks: Vec<super::workspace::saving::SaveTask>,
    pub(super) watch: Option<FileWatch>,
    pub(super) external_changes: super::workspace::external_changes::ExternalChanges,
    /// Whether the search for recoverable maps was started.
    pub(super) recovery_searched: bool,
    /// Search for recoverable maps in progress.
    pub(super) recovery_search: Option<super::workspace::recovery::RecoverySearch>,
    /// Maps being recovered.
    pub(super) recoveries: Vec<((), crate::task::Task<crate::session::Session>)>,
    /// Background task, and large files queued for it.
    pub(super) task: Option<super::workspace::background_task::BackgroundTask>,
    pub(super) queued_files: std::collections::VecDeque<PathBuf>,
    pub(super) actions: Vec<UiAction>,
    pub(super) key_queue: super::input::key_queue::KeyQueue,
    pub(super) id_generator: IdGenerator,
    pub(super) image_imports: super::handlers::images::ImageImports,
    /// Whether a text field had the focus at the end of the last frame.
    pub(super) text_had_focus: bool,
    /// Widget that had the focus before the modal opened, and gets it back.
    pub(super) focus_to_restore: Option<egui::Id>,
    pub(super) restoring_focus: bool,
    applied_style: Option<(ThemeName, bool)>,
    window_title: String,
}

impl App {
    /// Prepares the context of a window: fonts, and keys that egui would handle itself.
    pub fn prepare(ctx: &Context) {
        style::install_fonts(ctx);
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.quit_shortcuts = Vec::new();
        });
    }

    /// Opens files, or the home screen if no file is opened. One file may be preloaded.
    /// `home` holds the data kept between sessions.
    pub fn new(
        files: &[PathBuf],
        dialogs: Box<dyn FileDialogs>,
        early: impl Into<Preloaded>,
        home: &AppDirs,
    ) -> App {
        let (preferences, keeper) = PreferencesStore::load(home);
        let early = early.into();
        let mut app = App {
            documents: Vec::new(),
            active: 0,
            last_key: 0,
            home_screen: None,
            preferences,
            preferences_store: keeper,
            system_settings: SystemSettings::default(),
            side_panels: Default::default(),
            background_checks: BackgroundChecks::default(),
            status_height: 20.0,
            typesetter: early.typesetter,
            recent: RecentMaps::load(home),
            toasts: Toasts::default(),
            file_dialogs: dialogs,
            pending_request: None,
            modal: None,
            capture_bar: CaptureBar::default(),
            interaction: Default::default(),
            presentation: None,
            connect_from: None,
            pending_close: None,
            selection_rect: None,
            regions: Regions::default(),
            scroll_to_focus: Default::default(),
            menu: Default::default(),
            close_confirmed: false,
            closes_cleanly: false,
            journals: Journals::in_folder(home.journals_dir()),
            journal_problem: None,
            shutdown: Default::default(),
            save_tasks: Vec::new(),
            watch: None,
            external_changes: Default::default(),
            recovery_searched: false,
            recovery_search: None,
            recoveries: Vec::new(),
            task: None,
            queued_files: Default::default(),
            actions: Vec::new(),
            key_queue: Default::default(),
            id_generator: IdGenerator::default(),
            image_imports: Default::default(),
            text_had_focus: false,
            focus_to_restore: None,
            restoring_focus: false,
            applied_style: None,
            window_title: String::new(),
        };
        app.open_with_preloaded(files, early.opened);
        if app.documents.is_empty() && app.queued_files.is_empty() {
            app.home_screen = Some(HomeScreen::default());
        }
        app
    }

    /// The active document, if one is open.
    pub fn document(&self) -> Option<&Document> {
        self.documents.get(self.active)
    }

    /// The active document, mutable.
    pub fn document_mut(&mut self) -> Option<&mut Document> {
        self.documents.get_mut(self.active)
    }

    /// Texts of the visible toasts.
    pub fn messages(&self) -> Vec<&str> {
        self.toasts.texts().collect()
    }

    /// Active theme.
    pub(super) fn theme_name(&self) -> ThemeName {
        match self.presentation {
            Some(_) => ThemeName::Projector,
            None => self.preferences.theme.theme(self.system_settings.dark),
        }
    }

    /// Colours of the active theme and palette.
    pub(super) fn theme(&self) -> &'static Theme {
        self.theme_name().with_palette(self.preferences.palette)
    }

    /// Appearance of maps.
    pub(super) fn appearance(&self) -> Appearance {
        Appearance {
            theme: self.theme_name(),
            palette: self.preferences.palette,
            density: self.preferences.density,
        }
    }

    /// Preferences of the user.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// State for the conditions of commands.
    pub fn command_state(&self) -> CommandState {
        let mut now = match self.document() {
            Some(document) if self.home_screen.is_none() => document.command_state(),
            _ => CommandState::default(),
        };
        now.several_maps_open = self.documents.len() > 1;
        now
    }

    /// Runs one frame of the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.update_system_settings(&ctx);
        self.apply_style(&ctx);
        self.handle_input_events(&ctx);
        self.scroll_to_focus.begin(&ctx);
        self.poll_background_events(&ctx);
        self.handle_keys(&ctx);
        if self.presentation.is_some() {
            self.show_presentation(ui);
        } else {
            self.show_panels(ui);
        }
        self.drop_images(&ctx, None);
        self.show_modal(&ctx);
        self.poll_task(&ctx);
        self.poll_saves(&ctx);
        // Toasts wait while a dialog about unsaved work is open.
        if !matches!(self.modal, Some(Modal::Dialog(_) | Modal::Recovery(_))) {
            let taken = self.capture_bar.take_height();
            self.toasts.show(&ctx, self.selection_rect, taken);
        }
        self.show_drop_target(&ctx);
        self.run_actions(&ctx);
        self.update_window_title(&ctx);
        self.text_had_focus = ctx.text_edit_focused();
        self.scroll_to_focus.end(&ctx);
        self.preferences_store.save_if_changed(&self.preferences);
    }

    /// Polls background events: shutdown, file changes, recovery, problems with
    /// journals.
    fn poll_background_events(&mut self, ctx: &Context) {
        if self.shutdown.is_requested() && !self.close_confirmed {
            // Closes without a dialog; unsaved changes stay in the journal.
            self.close_confirmed = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        self.poll_watch(ctx);
        self.poll_recovery_search(ctx);
        let trouble = self.journals.error();
        if let Some(trouble) = trouble.as_ref().filter(|_| self.journal_problem.is_none()) {
            self.toasts.push(format!(
                "Steps cannot be kept for recovery at the moment ({trouble}). Save often."
            ));
        }
        self.journal_problem = trouble;
    }

    /// Starts to listen for shutdown signals of the system.
    pub fn listen_for_shutdown(&self, ctx: &Context) {
        self.shutdown.listen(ctx, &self.journals);
    }

    /// Applies theme, motion and text size from the preferences.
    fn apply_style(&mut self, ctx: &Context) {
        let still = self.system_settings.reduces_motion(self.preferences.motion);
        let style = (self.theme_name(), still);
        if self.applied_style != Some(style) {
            style::set_style(ctx, self.theme(), still);
            if self.applied_style.replace(style).is_some() {
                // Widgets already laid out in this frame have the former style.
                ctx.request_discard("another theme");
            }
        }
        let zoom = self.preferences.zoom();
        if ctx.zoom_factor() != zoom {
            ctx.set_zoom_factor(zoom);
        }
    }

    fn show_panels(&mut self, ui: &mut Ui) {
        let theme = self.theme();
        let bar = egui::Frame::new()
            .fill(style::color(style::panel_fill(theme)))
            .inner_margin(egui::Margin::symmetric(12, 6));
        self.regions.clear();
        if self.home_screen.is_some() || self.documents.is_empty() {
            CentralPanel::no_frame().show(ui, |ui| self.show_home(ui));
            return;
        }
        if self.documents.len() > 1 {
            Panel::top("tabs")
                .frame(bar.inner_margin(egui::Margin::symmetric(12, 3)))
                .show(ui, |ui| self.show_tabs(ui));
        }
        let shown = Panel::top("bar")
            .frame(bar)
            .show(ui, |ui| self.show_toolbar(ui));
        self.regions.set(Region::Bar, shown.response.rect);
        let filtered = self
            .document()
            .is_some_and(|d| !d.highlighting.filter.is_empty());
        if filtered {
            Panel::top("filter")
                .frame(bar.inner_margin(egui::Margin::symmetric(12, 3)))
                .show(ui, |ui| self.show_filter_line(ui));
        }
        // Tab order is the order of showing widgets: space for the right panel and the
        // status bar is reserved here and filled after the map.
        let shown = Panel::bottom("status")
            .frame(bar.inner_margin(egui::Margin::symmetric(12, 3)))
            .show(ui, |ui| side_panels::reserve_space(ui, self.status_height));
        self.regions.set(Region::Status, shown.response.rect);
        let status = shown.inner;
        self.show_capture_bar(ui);
        self.show_left(ui);
        let right = self.reserve_right(ui);
        CentralPanel::no_frame().show(ui, |ui| self.show_view(ui));
        if let Some(right) = right {
            side_panels::show_in(ui, "right side", right, |ui| self.show_right(ui));
        }
        side_panels::show_in(ui, "status line", status, |ui| {
            self.show_status_bar(ui);
            self.status_height = ui.min_rect().height();
        });
    }

    fn update_window_title(&mut self, ctx: &Context) {
        let title = match self.document() {
            Some(document) if self.home_screen.is_none() => {
                let mark = if document.session.is_dirty() {
                    "● "
                } else {
                    ""
                };
                format!(
                    "{mark}{} – Touchline",
                    style::visible_text(document.title())
                )
            }
            _ => "Touchline".to_owned(),
        };
        if title != self.window_title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.window_title = title;
        }
    }

    /// Queues a command of the command table for the end of this frame.
    pub fn queue_command(&mut self, id: CommandId) {
        self.actions.push(UiAction::RunCommand(id));
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.restore_placement(ui.ctx(), frame);
        self.show(ui);
    }
}

impl Drop for App {
    fn drop(&mut self) {
        for document in self.documents.drain(..) {
            if self.closes_cleanly || !document.session.is_dirty() {
                document.session.close();
            }
        }
        self.journals.flush(FLUSH_TIMEOUT);
        self.preferences_store.save_and_wait(&self.preferences);
    }
}
