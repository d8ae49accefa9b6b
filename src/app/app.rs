//! The application: open maps, modals, and the order of one frame.
//!
//! Panels read and push commands; [`super::dispatch`] alone carries them out.
//!
//! Must not know: files' content, layout, drawing.

use super::capture_bar::Capture;
use super::chrome::focus_regions::{Region, Regions};
use super::chrome::presentation::Present;
use super::chrome::side_panels;
use super::command::Situation;
use super::command::action::Command;
use super::command::table::CommandId;
use super::document::background_checks::Checking;
use super::document::{Document, Look};
use super::home::cards::Start;
use super::modals::Over;
use super::platform::file_dialog::Dialogs;
use super::platform::window_state::Surroundings;
use super::ui::style;
use super::ui::toasts::Toasts;
use super::workspace::closing::Unsaved;
use super::workspace::preload::Early;
use crate::model::TouchpointId;
use crate::session::{Mint, PATIENCE};
use crate::settings::{Home, Keeper, Preferences, Recent};
use crate::storage::{Journals, Watch};
use crate::text::Typesetter;
use crate::theme::{Theme, ThemeName};
use egui::{CentralPanel, Context, Panel, Ui, ViewportCommand};
use std::path::PathBuf;

/// State of the application.
pub struct App {
    pub(super) documents: Vec<Document>,
    pub(super) active: usize,
    pub(super) keys: u64,
    /// Home screen, if shown.
    pub(super) start: Option<Start>,
    pub(super) preferences: Preferences,
    keeper: Keeper,
    pub(super) surroundings: Surroundings,
    pub(super) sides: side_panels::Sides,
    pub(super) checking: Checking,
    /// Height of the status bar in the last frame, in points.
    status_height: f32,
    pub(super) typesetter: Typesetter,
    /// Recent maps.
    pub(super) recent: Recent,
    pub(super) toasts: Toasts,
    pub(super) dialogs: Box<dyn Dialogs>,
    pub(super) asked: Option<super::workspace::files::Asked>,
    pub(super) over: Option<Over>,
    /// Capture bar.
    pub(super) capture: Capture,
    /// Interaction in progress on the canvas.
    pub(super) hands: super::tools::Hands,
    pub(super) present: Option<Present>,
    /// Start of the path in connect mode.
    pub(super) connecting: Option<TouchpointId>,
    pub(super) closing: Option<Unsaved>,
    /// Rectangle of the selection on screen, which toasts avoid.
    pub(super) selected_at: Option<egui::Rect>,
    pub(super) regions: Regions,
    follow: super::ui::scroll_to_focus::Follow,
    pub(super) menu: super::chrome::toolbar::Menu,
    pub(super) may_close: bool,
    /// Whether all maps were saved or discarded, so that no journal is kept.
    pub(super) leaving: bool,
    /// Journals of the open maps.
    pub(super) journals: Journals,
    /// Reason that journals cannot be written, as reported last.
    trouble: Option<String>,
    ending: super::platform::shutdown::Ending,
    pub(super) saving: Vec<super::workspace::saving::Saving>,
    pub(super) watch: Option<Watch>,
    /// Whether the search for recoverable maps was started.
    pub(super) sought: bool,
    /// Search for recoverable maps in progress.
    pub(super) search: Option<super::workspace::recovery::Search>,
    /// Background task, and large files queued for it.
    pub(super) work: Option<super::workspace::background_task::Work>,
    pub(super) waiting: std::collections::VecDeque<PathBuf>,
    pub(super) queue: Vec<Command>,
    pub(super) strokes: super::input::key_queue::Strokes,
    pub(super) mint: Mint,
    pub(super) taking: super::handlers::images::Taking,
    /// Whether a text field had the focus at the end of the last frame.
    pub(super) typing: bool,
    /// Widget that had the focus before the modal opened, and gets it back.
    pub(super) focused: Option<egui::Id>,
    pub(super) returning: bool,
    styled: Option<(ThemeName, bool)>,
    title: String,
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
        dialogs: Box<dyn Dialogs>,
        early: impl Into<Early>,
        home: &Home,
    ) -> App {
        let (preferences, keeper) = Keeper::load(home);
        let early = early.into();
        let mut app = App {
            documents: Vec::new(),
            active: 0,
            keys: 0,
            start: None,
            preferences,
            keeper,
            surroundings: Surroundings::default(),
            sides: Default::default(),
            checking: Checking::default(),
            status_height: 20.0,
            typesetter: early.typesetter,
            recent: Recent::load(home),
            toasts: Toasts::default(),
            dialogs,
            asked: None,
            over: None,
            capture: Capture::default(),
            hands: Default::default(),
            present: None,
            connecting: None,
            closing: None,
            selected_at: None,
            regions: Regions::default(),
            follow: Default::default(),
            menu: Default::default(),
            may_close: false,
            leaving: false,
            journals: Journals::at(home.journals()),
            trouble: None,
            ending: Default::default(),
            saving: Vec::new(),
            watch: None,
            sought: false,
            search: None,
            work: None,
            waiting: Default::default(),
            queue: Vec::new(),
            strokes: Default::default(),
            mint: Mint::default(),
            taking: Default::default(),
            typing: false,
            focused: None,
            returning: false,
            styled: None,
            title: String::new(),
        };
        app.open_given(files, early.opened);
        if app.documents.is_empty() && app.waiting.is_empty() {
            app.start = Some(Start::default());
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
        match self.present {
            Some(_) => ThemeName::Projector,
            None => self.preferences.theme.theme(self.surroundings.dark),
        }
    }

    /// Colours of the active theme and palette.
    pub(super) fn theme(&self) -> &'static Theme {
        self.theme_name().with(self.preferences.palette)
    }

    /// Appearance of maps.
    pub(super) fn look(&self) -> Look {
        Look {
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
    pub fn situation(&self) -> Situation {
        let mut now = match self.document() {
            Some(document) if self.start.is_none() => document.situation(),
            _ => Situation::default(),
        };
        now.many_maps = self.documents.len() > 1;
        now
    }

    /// Runs one frame of the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.look_around(&ctx);
        self.dress(&ctx);
        self.receive(&ctx);
        self.follow.begin(&ctx);
        self.stay_safe(&ctx);
        self.keyboard(&ctx);
        if self.present.is_some() {
            self.show_presentation(ui);
        } else {
            self.show_frame(ui);
        }
        self.drop_pictures(&ctx, None);
        self.show_over(&ctx);
        self.go_on_working(&ctx);
        self.go_on_saving(&ctx);
        // Toasts wait while a dialog about unsaved work is open.
        if !matches!(self.over, Some(Over::Question(_) | Over::Rescue(_))) {
            let taken = self.capture.take_height();
            self.toasts.show(&ctx, self.selected_at, taken);
        }
        self.show_drop_target(&ctx);
        self.carry_out(&ctx);
        self.keep_title(&ctx);
        self.typing = ctx.text_edit_focused();
        self.follow.end(&ctx);
        self.keeper.keep(&self.preferences);
    }

    /// Polls background events: shutdown, file changes, recovery, problems with
    /// journals.
    fn stay_safe(&mut self, ctx: &Context) {
        if self.ending.is_wanted() && !self.may_close {
            // Closes without a dialog; unsaved changes stay in the journal.
            self.may_close = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        self.look_outside(ctx);
        self.offer_rescued(ctx);
        let trouble = self.journals.trouble();
        if let Some(trouble) = trouble.as_ref().filter(|_| self.trouble.is_none()) {
            self.toasts.say(format!(
                "Steps cannot be kept for recovery at the moment ({trouble}). Save often."
            ));
        }
        self.trouble = trouble;
    }

    /// Starts to listen for shutdown signals of the system.
    pub fn listen(&self, ctx: &Context) {
        self.ending.listen(ctx, &self.journals);
    }

    /// Applies theme, motion and text size from the preferences.
    fn dress(&mut self, ctx: &Context) {
        let still = self.surroundings.still(self.preferences.motion);
        let style = (self.theme_name(), still);
        if self.styled != Some(style) {
            style::apply(ctx, self.theme(), still);
            if self.styled.replace(style).is_some() {
                // Widgets already laid out in this frame have the former style.
                ctx.request_discard("another theme");
            }
        }
        let zoom = self.preferences.zoom();
        if ctx.zoom_factor() != zoom {
            ctx.set_zoom_factor(zoom);
        }
    }

    fn show_frame(&mut self, ui: &mut Ui) {
        let theme = self.theme();
        let bar = egui::Frame::new()
            .fill(style::color(style::panel(theme)))
            .inner_margin(egui::Margin::symmetric(12, 6));
        self.regions.clear();
        if self.start.is_some() || self.documents.is_empty() {
            CentralPanel::no_frame().show(ui, |ui| self.show_start(ui));
            return;
        }
        if self.documents.len() > 1 {
            Panel::top("tabs")
                .frame(bar.inner_margin(egui::Margin::symmetric(12, 3)))
                .show(ui, |ui| self.show_tabs(ui));
        }
        let shown = Panel::top("bar")
            .frame(bar)
            .show(ui, |ui| self.show_bar(ui));
        self.regions.put(Region::Bar, shown.response.rect);
        let filtered = self
            .document()
            .is_some_and(|d| !d.spotlight.filter.is_empty());
        if filtered {
            Panel::top("filter")
                .frame(bar.inner_margin(egui::Margin::symmetric(12, 3)))
                .show(ui, |ui| self.show_filter_line(ui));
        }
        // Tab order is the order of showing widgets: space for the right panel and the
        // status bar is reserved here and filled after the map.
        let shown = Panel::bottom("status")
            .frame(bar.inner_margin(egui::Margin::symmetric(12, 3)))
            .show(ui, |ui| side_panels::keep(ui, self.status_height));
        self.regions.put(Region::Status, shown.response.rect);
        let status = shown.inner;
        self.show_capture(ui);
        self.show_left(ui);
        let right = self.keep_right(ui);
        CentralPanel::no_frame().show(ui, |ui| self.show_view(ui));
        if let Some(right) = right {
            side_panels::fill(ui, "right side", right, |ui| self.show_right(ui));
        }
        side_panels::fill(ui, "status line", status, |ui| {
            self.show_status(ui);
            self.status_height = ui.min_rect().height();
        });
    }

    fn keep_title(&mut self, ctx: &Context) {
        let title = match self.document() {
            Some(document) if self.start.is_none() => {
                let mark = if document.session.is_dirty() {
                    "● "
                } else {
                    ""
                };
                format!("{mark}{} – Touchline", style::plain(document.title()))
            }
            _ => "Touchline".to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Queues a command of the command table for the end of this frame.
    pub fn run(&mut self, id: CommandId) {
        self.queue.push(Command::Run(id));
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.settle(ui.ctx(), frame);
        self.show(ui);
    }
}

impl Drop for App {
    fn drop(&mut self) {
        for document in self.documents.drain(..) {
            if self.leaving || !document.session.is_dirty() {
                document.session.close();
            }
        }
        self.journals.flush(PATIENCE);
        self.keeper.finish(&self.preferences);
    }
}
