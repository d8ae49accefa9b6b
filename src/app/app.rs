//! The application: open maps, modals, and the order of one frame.
//!
//! Panels read and push actions; [`super::handlers`] alone carry them out.
//!
//! Must not know: files' content, layout, drawing.

use super::capture_bar::CaptureBar;
use super::chrome::Chrome;
use super::chrome::canvas_area::{Interaction, show_canvas};
use super::chrome::document_tabs::{OpenMap, show_tabs};
use super::chrome::drop_target::show_drop_target;
use super::chrome::filter_bar::show_filter_line;
use super::chrome::focus_regions::Region;
use super::chrome::side_panels;
use super::chrome::status_bar::show_status_bar;
use super::chrome::toolbar::show_toolbar;
use super::chrome::toolbar_parts::ToolbarData;
use super::command::CommandState;
use super::command::action::UiAction;
use super::command::table::CommandId;
use super::document::{Appearance, Document};
use super::frame::FrameCx;
use super::home::HomeCx;
use super::home::cards::HomeScreen;
use super::input::KeyQueue;
use super::modals::{Modal, Modals};
use super::platform::file_dialog::FileDialogs;
use super::platform::window_state::Settings;
use super::presentation::Presentation;
use super::ui::UiResources;
use super::ui::reserved_space::{reserve_space, show_in};
use super::ui::style;
use super::ui::toasts::Toasts;
use super::workspace::Workspace;
use super::workspace::preload::Preloaded;
use crate::render::View;
use crate::settings::{AppDirs, Preferences};
use crate::storage::WatchEvent;
use egui::{CentralPanel, Context, Panel, Ui, ViewportCommand};
use std::path::PathBuf;

/// State of the application.
pub struct App {
    pub(super) workspace: Workspace,
    pub(super) settings: Settings,
    /// Actions requested in this frame, in order.
    pub(super) actions: Vec<UiAction>,
    pub(super) chrome: Chrome,
    pub(super) interaction: Interaction,
    pub(super) capture_bar: CaptureBar,
    pub(super) modals: Modals,
    pub(super) screen: Screen,
    pub(super) ui: UiResources,
}

/// The screen in front.
pub(super) enum Screen {
    /// Recent maps, samples and templates.
    Home(Box<HomeScreen>),
    /// The open maps.
    Editor,
    /// Only the map, stop by stop.
    Presentation(Box<Presentation>),
}

impl App {
    /// Prepares the context of a window: fonts, the queue of keys, and keys that egui would
    /// handle itself.
    pub fn prepare(ctx: &Context) {
        style::install_fonts(ctx);
        KeyQueue::install(ctx);
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
        let early = early.into();
        let mut app = App {
            workspace: Workspace::new(home, dialogs),
            settings: Settings::load(home),
            actions: Vec::new(),
            chrome: Chrome::default(),
            interaction: Interaction::default(),
            capture_bar: CaptureBar::default(),
            modals: Modals::default(),
            screen: Screen::Editor,
            ui: UiResources {
                typesetter: early.typesetter,
                toasts: Toasts::default(),
            },
        };
        app.workspace.open_with_preloaded(files, early.opened);
        app.handle_workspace_events();
        if app.workspace.documents.is_empty() && app.workspace.jobs.is_empty() {
            app.screen = Screen::Home(Box::default());
        }
        app
    }

    /// The active document, if one is open.
    pub fn document(&self) -> Option<&Document> {
        self.workspace.front()
    }

    /// The active document, mutable.
    pub fn document_mut(&mut self) -> Option<&mut Document> {
        self.workspace.front_mut()
    }

    /// Texts of the visible toasts.
    pub fn messages(&self) -> Vec<&str> {
        self.ui.toasts.texts().collect()
    }

    /// Appearance of maps.
    pub(super) fn appearance(&self) -> Appearance {
        self.settings.appearance(&self.screen)
    }

    /// Preferences of the user.
    pub fn preferences(&self) -> &Preferences {
        &self.settings.preferences
    }

    /// State for the conditions of commands.
    pub fn command_state(&self) -> CommandState<'_> {
        self.workspace.command_state(&self.screen)
    }

    /// Runs one frame of the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.settings.update(&ctx);
        self.apply_style(&ctx);
        self.finish_typing_before_closing(&ctx);
        self.workspace.poll(&ctx, self.in_front());
        self.handle_workspace_events();
        self.chrome.scroll_to_focus.begin(&ctx);
        self.handle_keys(&ctx);
        self.follow_comparison(&ctx);
        self.show_panels(ui);
        let under = self.interaction.hovered.take();
        self.drop_images(&ctx, under.as_ref());
        if self.screen.presentation().is_some_and(|it| it.is_over) {
            self.end_presentation(&ctx);
        }
        self.show_modal(&ctx);
        self.poll_tasks(&ctx);
        if let Some(message) = self.ui.typesetter.take_missing_scripts() {
            self.ui.toasts.push(message);
        }
        let messages = KeyQueue::with(&ctx, KeyQueue::take_messages);
        self.ui.toasts.extend(messages);
        // Toasts wait while a dialog about unsaved work is open.
        if !self.modals.modal.as_ref().is_some_and(Modal::is_urgent) && !self.keeps_messages(&ctx) {
            let taken = self.capture_bar.height;
            self.ui.toasts.show(&ctx, self.chrome.selection_rect, taken);
        }
        show_drop_target(&ctx, self.appearance().colors());
        self.run_actions(&ctx);
        self.handle_workspace_events();
        self.update_window_title(&ctx);
        self.workspace.keep_capture_line(self.capture_bar.text());
        let coming = self.interaction.inline_edit.field_focus(&ctx) == Some(false)
            || self.capture_bar.wants_focus();
        KeyQueue::with(&ctx, |queue| queue.end_frame(&ctx, coming));
        self.chrome.scroll_to_focus.end(&ctx);
        self.settings
            .store
            .save_if_changed(&self.settings.preferences);
    }

    /// Starts to listen for shutdown signals of the system.
    pub fn listen_for_shutdown(&self, ctx: &Context) {
        self.workspace.listen_for_shutdown(ctx);
    }

    /// Starts to watch the files of open maps.
    pub fn watch_files(&mut self, ctx: &Context) {
        self.workspace.watch_files(ctx);
    }

    /// Handles an event about the file of a map.
    pub fn on_watch_event(&mut self, ctx: &Context, key: u64, event: WatchEvent) {
        self.workspace.on_watch_event(ctx, key, event);
        self.handle_workspace_events();
    }

    /// Opens files, each as its own map. Shows an error for files that cannot be
    /// opened; open maps stay unchanged.
    pub fn open_all(&mut self, paths: &[PathBuf]) {
        self.workspace.open_all(paths);
        self.handle_workspace_events();
    }

    /// Whether any map is being written.
    pub fn is_writing(&self) -> bool {
        self.workspace.is_writing()
    }

    /// Whether a changed file is being compared or copied.
    pub fn is_comparing(&self) -> bool {
        self.workspace.is_comparing(self.in_front())
    }

    /// Whether a map is being recovered.
    pub fn is_recovering(&self) -> bool {
        self.workspace.is_recovering()
    }

    /// Applies theme, motion and text size from the preferences.
    fn apply_style(&mut self, ctx: &Context) {
        let still = self.settings.reduces_motion();
        let appearance = self.appearance();
        let style = (appearance.theme, still);
        if self.settings.applied_style != Some(style) {
            style::set_style(ctx, appearance.colors(), still);
            if self.settings.applied_style.replace(style).is_some() {
                // Widgets already laid out in this frame have the former style.
                ctx.request_discard("another theme");
            }
        }
        self.settings.apply_zoom(ctx);
    }

    fn show_panels(&mut self, ui: &mut Ui) {
        let is_home = self.screen.is_home() || self.workspace.documents.is_empty();
        if is_home && self.screen.presentation().is_none() {
            return self.show_home(ui);
        }
        let open_maps = OpenMap::list(&self.workspace.documents, self.workspace.active);
        let recent = self.workspace.recent.paths().to_vec();
        let keeps_messages = self.keeps_messages(ui.ctx());
        let own = self.settings.appearance(&Screen::Editor).colors();
        let front = self.document();
        let is_saving = front.is_some_and(|d| self.workspace.is_saving(d.key));
        let Some(mut cx) = frame_cx(
            &mut self.workspace,
            &self.settings,
            &mut self.ui,
            &mut self.actions,
            &self.screen,
        ) else {
            return;
        };
        let cx = &mut cx;
        let chrome = &mut self.chrome;
        let interaction = &mut self.interaction;
        if let Screen::Presentation(presentation) = &mut self.screen {
            presentation.follow(cx.document);
            presentation.show_caption(ui, cx.document, cx.theme);
            self.capture_bar.show(ui, cx.document, cx.theme, cx.actions);
            let regions = &mut chrome.regions;
            let shown = CentralPanel::no_frame().show(ui, |ui| {
                show_canvas(ui, cx, interaction, Some(presentation), regions, false)
            });
            chrome.selection_rect = shown.inner;
            if let Some(screen) = presentation.show_speaker(ui.ctx(), cx, (own, keeps_messages)) {
                self.settings.preferences.presentation_screen = Some(screen);
            }
            return;
        }
        let bar = egui::Frame::new()
            .fill(style::color(style::panel_fill(cx.theme)))
            .inner_margin(egui::Margin::symmetric(12, 6));
        let low_bar = bar.inner_margin(egui::Margin::symmetric(12, 3));
        chrome.regions.clear();
        // The findings of a large map are kept only while a list is visible.
        let listed = cx.preferences.outline || cx.document.view == View::Findings;
        let checks = &mut interaction.background_checks;
        let checks = checks.latest_result(ui.ctx(), cx.document, listed);
        let checks = checks.as_ref();
        let is_empty = cx.document.session.map().touchpoint_count() == 0;
        if open_maps.len() > 1 {
            Panel::top("tabs")
                .frame(low_bar)
                .show(ui, |ui| show_tabs(ui, &open_maps, cx.actions));
        }
        let data = ToolbarData {
            recent: &recent,
            open_maps: &open_maps,
            capture_is_open: self.capture_bar.open,
            // An empty map says on the canvas what to do.
            findings: checks.filter(|_| !is_empty).map(|checks| checks.open),
        };
        let shown = Panel::top("bar")
            .frame(bar)
            .show(ui, |ui| show_toolbar(ui, cx, &mut chrome.menu, &data));
        chrome.regions.set(Region::Bar, shown.response.rect);
        if !cx.document.highlighting.filter.is_empty() {
            Panel::top("filter")
                .frame(low_bar)
                .show(ui, |ui| show_filter_line(ui, cx));
        }
        // Tab order is the order of showing widgets: space for the right panel and the
        // status bar is reserved here and filled after the map.
        let shown = Panel::bottom("status")
            .frame(low_bar)
            .show(ui, |ui| reserve_space(ui, chrome.status_height.max(20.0)));
        chrome.regions.set(Region::Status, shown.response.rect);
        let status = shown.inner;
        self.capture_bar.show(ui, cx.document, cx.theme, cx.actions);
        let regions = &mut chrome.regions;
        chrome.side_panels.show_left(ui, cx, checks, regions);
        let right = side_panels::reserve_right(ui, cx, regions);
        if cx.document.view == View::Findings {
            chrome.selection_rect = None;
            CentralPanel::no_frame().show(ui, |ui| {
                side_panels::show_findings(ui, cx, checks, regions);
            });
        } else {
            let has_keys = self.modals.modal.is_none();
            let shown = CentralPanel::no_frame().show(ui, |ui| {
                show_canvas(ui, cx, interaction, None, regions, has_keys)
            });
            chrome.selection_rect = shown.inner;
        }
        if let Some(right) = right {
            show_in(ui, "right side", right, |ui| {
                chrome.side_panels.show_right(ui, cx, checks);
            });
        }
        show_in(ui, "status line", status, |ui| {
            show_status_bar(ui, cx, is_saving);
            chrome.status_height = ui.min_rect().height();
        });
    }

    /// Whether messages are shown in the speaker's window, not on the wall.
    fn keeps_messages(&self, ctx: &Context) -> bool {
        let types = self.capture_bar.open || self.interaction.inline_edit.editor.is_some();
        let presentation = self.screen.presentation();
        presentation.is_some_and(|it| it.keeps_messages(ctx, types))
    }

    fn show_home(&mut self, ui: &mut Ui) {
        if !self.screen.is_home() {
            self.screen = Screen::Home(Box::default());
        }
        self.chrome.regions.clear();
        let cx = HomeCx {
            appearance: self.appearance(),
            recent: self.workspace.recent.paths(),
            open_title: self.workspace.front().map(Document::title),
            actions: &mut self.actions,
        };
        if let Screen::Home(home) = &mut self.screen {
            CentralPanel::no_frame().show(ui, |ui| home.show(ui, cx));
        }
    }

    fn update_window_title(&mut self, ctx: &Context) {
        let title = match self.document() {
            Some(document) if !self.screen.is_home() => {
                let dirty = document.session.is_dirty();
                let mark = if dirty { "• " } else { "" };
                let title: String = style::visible_text(document.title())
                    .chars()
                    .take(200)
                    .collect();
                format!("{mark}{title} – Touchline")
            }
            _ => "Touchline".to_owned(),
        };
        if title != self.chrome.window_title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.chrome.window_title = title;
        }
    }

    /// Queues a command of the command table for the end of this frame.
    pub fn queue_command(&mut self, id: CommandId) {
        self.actions.push(UiAction::RunCommand(id));
    }
}

impl Settings {
    /// Appearance of maps; a presentation has a theme of its own.
    fn appearance(&self, screen: &Screen) -> Appearance {
        let theme = match screen.presentation() {
            Some(presentation) => presentation.theme(),
            None => self.preferences.theme.theme(self.dark),
        };
        Appearance {
            theme,
            palette: self.preferences.palette,
            density: self.preferences.density,
            rows: self.preferences.rows && screen.presentation().is_none(),
        }
    }
}

impl Workspace {
    /// State for the conditions of commands.
    pub(super) fn command_state(&self, screen: &Screen) -> CommandState<'_> {
        CommandState {
            document: self.front().filter(|_| !screen.is_home()),
            several_maps_open: self.documents.len() > 1,
            text_is_undone: false,
        }
    }
}

/// The context of this frame, or `None` if no document is open. It borrows only these
/// fields, so that a part of the window can be shown together with its own state.
pub(super) fn frame_cx<'a>(
    workspace: &'a mut Workspace,
    settings: &'a Settings,
    ui: &'a mut UiResources,
    actions: &'a mut Vec<UiAction>,
    screen: &Screen,
) -> Option<FrameCx<'a>> {
    let appearance = settings.appearance(screen);
    let several_maps_open = workspace.documents.len() > 1;
    Some(FrameCx {
        document: workspace.documents.get_mut(workspace.active)?,
        theme: appearance.colors(),
        appearance,
        preferences: &settings.preferences,
        typesetter: &mut ui.typesetter,
        several_maps_open,
        ids: &mut workspace.id_generator,
        actions,
        toasts: &mut ui.toasts,
    })
}

impl Screen {
    /// Whether the home screen is in front.
    pub(super) fn is_home(&self) -> bool {
        matches!(self, Screen::Home(_))
    }

    /// Leaves the home screen, if it is in front.
    pub(super) fn leave_home(&mut self) {
        if self.is_home() {
            *self = Screen::Editor;
        }
    }

    /// The presentation in progress, if there is one.
    pub(super) fn presentation(&self) -> Option<&Presentation> {
        match self {
            Screen::Presentation(presentation) => Some(presentation),
            _ => None,
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.settings.restore_placement(ui.ctx(), frame);
        self.update_monitors(ui.ctx(), frame);
        self.show(ui);
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.workspace.shut_down();
        self.settings
            .store
            .save_and_wait(&self.settings.preferences);
    }
}
