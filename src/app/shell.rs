//! The program's window: open maps, what lies over them, and one frame of it all.
//!
//! Panels read and push commands; [`super::dispatch`] alone carries them out.
//! Must not know: files' content, layout, drawing.

use super::capture::{Capture, ListSheet};
use super::commands::{self, CommandId, Situation};
use super::context::Command;
use super::dialog::Dialogs;
use super::document::Document;
use super::files::{Closing, Question};
use super::help::Help;
use super::look;
use super::palette::Palette;
use super::present::Present;
use super::start::Start;
use super::toast::Toasts;
use crate::edit::Minter;
use crate::model::{Id, TouchpointId};
use crate::session::{Home, Recent};
use crate::text::Typesetter;
use crate::theme::{Theme, ThemeName};
use egui::{CentralPanel, Context, Panel, Ui, ViewportCommand};
use std::hash::BuildHasher;
use std::path::PathBuf;

/// What people chose about the window.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    /// The colours of map and window.
    pub theme: ThemeName,
    /// The outline at the left is shown.
    pub outline: bool,
    /// The inspector at the right is shown.
    pub inspector: bool,
    /// The overview in the corner is shown.
    pub minimap: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences {
            theme: ThemeName::Light,
            outline: false,
            inspector: true,
            minimap: true,
        }
    }
}

/// What lies over everything and takes the keyboard.
pub enum Over {
    /// A question about work at stake, or an error.
    Question(Question),
    /// Our own path prompt.
    Prompt(super::dialog::PathPrompt),
    /// Commands and search.
    Palette(Palette),
    /// The help page.
    Help(Help),
    /// A list that is about to be pasted.
    List(Box<ListSheet>),
}

/// Makes fresh ids for panels.
#[derive(Default)]
pub struct Mint {
    keys: std::hash::RandomState,
    count: u64,
}

impl Mint {
    /// A fresh id for something of this name.
    pub fn mint<I: Id>(&mut self, name: &str) -> I {
        self.with(|minter| minter.mint(name))
    }

    /// Lends itself to something that needs many fresh ids.
    pub fn with<T>(&mut self, work: impl FnOnce(&mut Minter<'_>) -> T) -> T {
        let random = &mut || {
            self.count += 1;
            self.keys.hash_one(self.count)
        };
        work(&mut Minter::new(random))
    }
}

/// The program.
pub struct App {
    pub(super) documents: Vec<Document>,
    pub(super) active: usize,
    pub(super) keys: u64,
    /// The start screen, where it is shown.
    pub(super) start: Option<Start>,
    pub(super) preferences: Preferences,
    pub(super) sides: super::sides::Sides,
    pub(super) typesetter: Typesetter,
    /// Maps that were open last.
    pub(super) recent: Recent,
    pub(super) toasts: Toasts,
    pub(super) dialogs: Box<dyn Dialogs>,
    pub(super) asked: Option<super::files::Asked>,
    pub(super) over: Option<Over>,
    /// The line that makes a touchpoint of each line.
    pub(super) capture: Capture,
    /// What hands do on the map.
    pub(super) hands: super::gesture::Hands,
    pub(super) present: Option<Present>,
    /// The touchpoint from which a path is being drawn.
    pub(super) connecting: Option<TouchpointId>,
    pub(super) closing: Option<Closing>,
    pub(super) may_close: bool,
    pub(super) queue: Vec<Command>,
    pub(super) mint: Mint,
    pub(super) taking: super::pictures::Taking,
    /// A text field had the focus at the end of the last frame.
    typing: bool,
    styled: Option<ThemeName>,
    title: String,
}

impl App {
    /// Prepares a window's context: fonts, and keys that egui would take itself.
    pub fn prepare(ctx: &Context) {
        look::install_fonts(ctx);
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.quit_shortcuts = Vec::new();
        });
    }

    /// Opens files; the start screen where there are none or none can be opened.
    /// What is remembered between starts is in `home`.
    pub fn new(
        files: &[PathBuf],
        dialogs: Box<dyn Dialogs>,
        typesetter: Typesetter,
        home: &Home,
    ) -> App {
        let mut app = App {
            documents: Vec::new(),
            active: 0,
            keys: 0,
            start: None,
            preferences: Preferences::default(),
            sides: Default::default(),
            typesetter,
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
            may_close: false,
            queue: Vec::new(),
            mint: Mint::default(),
            taking: Default::default(),
            typing: false,
            styled: None,
            title: String::new(),
        };
        app.open_all(files);
        if app.documents.is_empty() {
            app.start = Some(Start::default());
        }
        app
    }

    /// The map in front, where one is open.
    pub fn document(&self) -> Option<&Document> {
        self.documents.get(self.active)
    }

    /// The map in front, for changing how it is looked at.
    pub fn document_mut(&mut self) -> Option<&mut Document> {
        self.documents.get_mut(self.active)
    }

    /// What is said in the corner right now.
    pub fn messages(&self) -> Vec<&str> {
        self.toasts.texts().collect()
    }

    /// The theme in force.
    pub(super) fn theme_name(&self) -> ThemeName {
        match self.present {
            Some(_) => ThemeName::Projector,
            None => self.preferences.theme,
        }
    }

    /// The colours in force.
    pub(super) fn theme(&self) -> &'static Theme {
        self.theme_name().theme()
    }

    /// What the conditions of commands look at.
    pub fn situation(&self) -> Situation {
        let mut now = match self.document() {
            Some(document) if self.start.is_none() => document.situation(),
            _ => Situation::default(),
        };
        now.many_maps = self.documents.len() > 1;
        now
    }

    /// One frame of the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        if self.styled != Some(self.theme_name()) {
            look::apply(&ctx, self.theme());
            self.styled = Some(self.theme_name());
        }
        self.receive(&ctx);
        self.keyboard(&ctx);
        if self.present.is_some() {
            self.show_presentation(ui);
        } else {
            self.show_frame(ui);
        }
        self.drop_pictures(&ctx, None);
        self.show_over(&ctx);
        self.toasts.show(&ctx);
        self.carry_out(&ctx);
        self.keep_title(&ctx);
        self.typing = ctx.text_edit_focused();
    }

    fn keyboard(&mut self, ctx: &Context) {
        let help = matches!(self.over, Some(Over::Help(_)));
        if self.over.is_some() && !help {
            return;
        }
        if self.present.is_some() {
            self.presentation_keys(ctx);
            return;
        }
        if self.connecting.is_some()
            && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            self.connecting = None;
            return;
        }
        // What is being dragged in a panel takes Escape; other keys wait until it lies.
        if ctx.dragged_id().is_some() {
            return;
        }
        // What is open in memory: the frame itself has no popups yet.
        if egui::Popup::is_any_open(ctx) || help {
            return;
        }
        if self.gesture_keys(ctx) {
            return;
        }
        self.editor_keys(ctx);
        self.capture_keys(ctx);
        // egui has let go of the field before anybody is asked: this Escape was the field's.
        if self.typing {
            ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        }
        self.take_from_clipboard(ctx);
        self.begin_by_typing(ctx);
        let mut now = self.situation();
        if self.capture.has_text(ctx) {
            // What is typed in the line is taken back first.
            (now.can_undo, now.can_redo) = (false, false);
        }
        for (id, nth) in commands::pressed(ctx, &now) {
            self.key_pressed(id, nth);
        }
    }

    fn show_frame(&mut self, ui: &mut Ui) {
        let theme = self.theme();
        let bar = egui::Frame::new()
            .fill(look::color(look::panel(theme)))
            .inner_margin(egui::Margin::symmetric(12, 6));
        if self.start.is_some() || self.documents.is_empty() {
            CentralPanel::no_frame().show(ui, |ui| self.show_start(ui));
            return;
        }
        Panel::top("bar")
            .frame(bar)
            .show(ui, |ui| self.show_bar(ui));
        Panel::bottom("status")
            .frame(bar.inner_margin(egui::Margin::symmetric(12, 3)))
            .show(ui, |ui| self.show_status(ui));
        self.show_capture(ui);
        self.show_panels(ui);
        CentralPanel::no_frame().show(ui, |ui| self.show_canvas(ui));
    }

    fn show_over(&mut self, ctx: &Context) {
        // Taken out while it is shown, so that it can reach the rest of the program.
        let Some(over) = self.over.take() else {
            return;
        };
        let stays = match over {
            Over::Question(question) => self.show_question(ctx, question).map(Over::Question),
            Over::Prompt(mut prompt) => match prompt.show(ctx) {
                None => Some(Over::Prompt(prompt)),
                Some(answer) => {
                    self.answered(ctx, answer);
                    None
                }
            },
            Over::Palette(mut palette) => {
                let stays = self.show_palette(ctx, &mut palette);
                stays.then_some(Over::Palette(palette))
            }
            Over::List(mut sheet) => {
                let stays = self.show_list(ctx, &mut sheet);
                stays.then_some(Over::List(sheet))
            }
            Over::Help(mut help) => help.show(ctx, self.theme()).then_some(Over::Help(help)),
        };
        // What was shown may have put something else in its place.
        if self.over.is_none() {
            self.over = stays;
        }
    }

    fn keep_title(&mut self, ctx: &Context) {
        let title = match self.document() {
            Some(document) if self.start.is_none() => {
                let mark = if document.session.is_dirty() {
                    "● "
                } else {
                    ""
                };
                format!("{mark}{} – Touchline", document.title())
            }
            _ => "Touchline".to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Runs an entry of the command table at the end of this frame.
    pub fn run(&mut self, id: CommandId) {
        self.queue.push(Command::Run(id));
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }
}
