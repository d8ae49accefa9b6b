//! Opens, saves and exports maps, and shows dialogs about unsaved work.
//!
//! Must not know: how maps are shown.

use super::background_task::{Done, State, Work};
use super::closing::{Closing, Unsaved};
use super::external_changes::Both;
use super::preload::Opened;
use super::saving::{Losses, NotSaved, name_of};
use crate::app::app::App;
use crate::app::document::Document;
use crate::app::modals::Over;
use crate::app::platform::file_dialog::{Answer, PathPrompt, Wanted, with_extension};
use crate::app::ui::buttons::primary;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::export::Size;
use crate::insight::sentence;
use crate::model::Map;
use crate::render::{Paced, Paper};
use crate::session;
use crate::session::{OpenError, PictureSource, Session};
use egui::{Context, ViewportCommand};
use std::path::{Path, PathBuf};

/// Size in bytes above which files are opened in the background: they may take longer
/// than half a second.
const LARGE: u64 = 300_000;

/// A file request that waits for its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    wanted: Wanted,
    /// Key of the map to be saved or exported.
    document: Option<u64>,
}

/// A modal question or error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Something failed; nothing is lost.
    Error {
        /// The operation that failed.
        title: String,
        /// The cause and possible remedies.
        text: String,
    },
    /// There are unsaved changes.
    Unsaved(Unsaved),
    /// A map could not be saved.
    NotSaved(NotSaved),
    /// Saving would lose part of the file.
    Losses(Losses),
    /// The map was changed here and its file by somebody else.
    Both(Both),
}

impl App {
    /// Handles input since the last frame: close requests, dropped files, imported
    /// images, responses of file dialogs.
    pub(crate) fn receive(&mut self, ctx: &Context) {
        if ctx.input(|i| i.viewport().close_requested()) && !self.may_close {
            if self.is_writing() || self.documents.iter().any(|d| d.session.is_dirty()) {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.close(ctx, Closing::All);
            } else {
                self.may_close = true;
            }
        }
        let dropped: Vec<PathBuf> = ctx.input_mut(|i| {
            std::mem::take(&mut i.raw.dropped_files)
                .iter()
                .map(|file| file.path().to_owned())
                .collect()
        });
        let (pictures, maps): (Vec<_>, Vec<_>) =
            dropped.into_iter().partition(|p| session::is_picture(p));
        self.taking.dropped.extend(pictures);
        self.open_all(&maps);
        self.receive_pictures();
        if let Some(answer) = self.dialogs.poll() {
            match answer {
                Answer::NoService => {
                    if let Some(asked) = &self.asked {
                        let prompt = PathPrompt::new(asked.wanted.clone());
                        self.over = Some(Over::Prompt(prompt));
                    }
                }
                answer => self.answered(ctx, answer),
            }
        }
    }

    /// Opens a file dialog.
    pub(crate) fn ask(&mut self, ctx: &Context, wanted: Wanted, document: Option<u64>) {
        self.dialogs.ask(&wanted, ctx);
        self.asked = Some(Asked { wanted, document });
    }

    /// Continues the operation that requested a file.
    pub(crate) fn answered(&mut self, ctx: &Context, answer: Answer) {
        let Some(asked) = self.asked.take() else {
            return;
        };
        let Answer::Paths(paths) = answer else {
            self.closing = None;
            return;
        };
        match asked.wanted {
            Wanted::Open => self.open_all(&paths),
            Wanted::Take => {
                if let Some(home) = self.taking.home.take() {
                    let sources = paths.into_iter().map(PictureSource::File).collect();
                    self.take(ctx, &home, sources);
                }
            }
            Wanted::Picture(_) => {
                if let Some(path) = paths.into_iter().next() {
                    self.export_picture(asked.document, &path);
                }
            }
            Wanted::SaveAs(_) => {
                let (Some(said), Some(key)) = (paths.into_iter().next(), asked.document) else {
                    return;
                };
                let path = with_extension(said.clone());
                // The dialog asked only about the name without extension.
                match path != said && path.exists() {
                    true => self.name_is_taken(key, &path),
                    false => self.start_saving(ctx, key, Some(path)),
                }
            }
        }
    }

    /// Asks for the path of an export of the active map.
    pub(crate) fn ask_for_picture(&mut self, ctx: &Context) {
        let Some(document) = self.document() else {
            return;
        };
        let key = document.key;
        let suggested = match document.session.path() {
            Some(path) => path.with_extension("").with_extension("svg"),
            None => PathBuf::from("map.svg"),
        };
        self.ask(ctx, Wanted::Picture(suggested), Some(key));
    }

    /// Exports a map to an image file with the current theme, lanes and highlight.
    fn export_picture(&mut self, document: Option<u64>, path: &Path) {
        let look = self.look();
        let Some(found) = self.documents.iter_mut().find(|d| Some(d.key) == document) else {
            return;
        };
        let paper = match path.extension() {
            Some(ending) if ending.eq_ignore_ascii_case("png") => Paper::Png {
                size: Size::Scale(2.0),
            },
            Some(ending) if ending.eq_ignore_ascii_case("svg") => Paper::Svg { outlines: false },
            _ => {
                self.fail(
                    "The picture was not exported",
                    "Its name must end in .svg or .png.",
                );
                return;
            }
        };
        let scene = found.on_paper(look, &mut self.typesetter);
        let (path, mut typesetter) = (path.to_owned(), self.typesetter.sibling());
        let what = format!("Drawing “{}” into {}…", found.title(), name_of(&path));
        self.work = Some(Work::start(what, move |pace| {
            let result = crate::render::export_until(&scene, paper, &mut typesetter, &path, pace);
            Done::Exported(path, result)
        }));
    }

    /// Polls the background task: handles its result or shows its progress. Without a
    /// task the next queued file is opened.
    pub(crate) fn go_on_working(&mut self, ctx: &Context) {
        let Some(mut work) = self.work.take() else {
            if let Some(path) = self.waiting.pop_front() {
                self.open_beside(path);
                ctx.request_repaint();
            }
            return;
        };
        let done = match work.poll(ctx) {
            State::Busy => {
                self.work = work.show(ctx).then_some(work);
                if self.work.is_none() {
                    self.toasts.say("Cancelled.");
                }
                return;
            }
            State::Lost => {
                self.fail(
                    "This did not work",
                    "Something went wrong inside. Nothing is lost; save your maps and try again.",
                );
                return;
            }
            State::Done(done) => done,
        };
        ctx.request_repaint();
        match done {
            Done::Exported(path, Ok(())) => {
                self.toasts.say(format!("Exported to {}.", path.display()));
            }
            Done::Exported(_, Err(error)) => self.fail(
                "The picture was not exported",
                &sentence(&error.to_string()),
            ),
            Done::Opened(path, result) => {
                let failed = self.opened(&path, *result);
                self.cannot_open(&failed.into_iter().collect::<Vec<_>>());
            }
        }
    }

    /// Reads, lays out and draws a large file in the background.
    fn open_beside(&mut self, path: PathBuf) {
        let mut typesetter = self.typesetter.sibling();
        let options = self.look().options(Default::default());
        let what = format!("Opening {}…", name_of(&path));
        self.work = Some(Work::start(what, move |pace| {
            let mut result = Session::open(&path);
            if let Ok(session) = &mut result
                && !pace.is_stopped()
            {
                session.picture(&options, &mut Paced::new(&mut typesetter, pace));
            }
            Done::Opened(path, Box::new(result))
        }));
    }

    pub(crate) fn fail(&mut self, title: &str, text: &str) {
        self.over = Some(Over::Question(Question::Error {
            title: title.to_owned(),
            text: text.to_owned(),
        }));
    }

    /// Opens files, each as its own map. Shows an error for files that cannot be
    /// opened; open maps stay unchanged.
    pub fn open_all(&mut self, paths: &[PathBuf]) {
        self.open_given(paths, None);
    }

    /// Opens files, one of which may be preloaded.
    pub(crate) fn open_given(&mut self, paths: &[PathBuf], mut early: Option<Opened>) {
        let mut failed = Vec::new();
        for path in paths {
            let known = self
                .documents
                .iter()
                .position(|d| d.session.path().is_some_and(|open| same_file(open, path)));
            if let Some(known) = known {
                self.active = known;
                self.start = None;
                continue;
            }
            let ahead = early.take_if(|(opened, _)| opened == path);
            if ahead.is_none() && is_large(path) {
                self.waiting.push_back(path.clone());
                continue;
            }
            let result = ahead.map_or_else(|| Session::open(path), |(_, result)| result);
            failed.extend(self.opened(path, result));
        }
        self.cannot_open(&failed);
    }

    /// Adds an opened map and shows its first warning, or returns the error message.
    fn opened(&mut self, path: &Path, result: Result<Session, OpenError>) -> Option<String> {
        match result {
            Ok(session) => {
                if let Some(first) = session.notices().first() {
                    let more = match session.notices().len() - 1 {
                        0 => String::new(),
                        more => format!(" And {more} more; `touchline check` lists them."),
                    };
                    self.toasts.say(sentence(&first.to_string()) + &more);
                }
                self.add(session);
                self.recent.add(path);
            }
            Err(error) => return Some(sentence(&place_and_problem(&error))),
        }
        None
    }

    fn cannot_open(&mut self, failed: &[String]) {
        if !failed.is_empty() {
            self.over = Some(Over::Question(Question::Error {
                title: "This file cannot be opened".to_owned(),
                text: failed.join("\n\n"),
            }));
        }
    }

    /// Adds a map without a file, such as a sample.
    pub(crate) fn open_untitled(&mut self, map: Map) {
        self.add(Session::untitled(map));
    }

    fn add(&mut self, mut session: Session) {
        session.keep_journal(&self.journals);
        self.add_as_is(session);
    }

    /// Adds a session that has a journal already.
    pub(crate) fn add_as_is(&mut self, session: Session) {
        self.keys += 1;
        let document = Document::new(self.keys, session);
        self.start = None;
        self.connecting = None;
        // An unchanged untitled map is replaced. A recovered map may hold work although
        // its history is empty.
        let untouched = self.document().is_some_and(|d| {
            let steps = d.session.history();
            let none = steps.done().len() == 0 && steps.undone().len() == 0;
            d.session.path().is_none() && !d.session.is_dirty() && none && !d.session.is_saving()
        });
        if untouched && let Some(place) = self.documents.get_mut(self.active) {
            std::mem::replace(place, document).session.close();
            return;
        }
        self.documents.push(document);
        self.active = self.documents.len() - 1;
    }

    /// Saves the active map; asks for a path if it has no file.
    pub(crate) fn save(&mut self, ctx: &Context, elsewhere: bool) {
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let key = document.key;
        if elsewhere || document.session.path().is_none() {
            self.ask_where(ctx, key);
        } else if !self.ask_about_losses(key) {
            self.start_saving(ctx, key, None);
        }
    }

    /// Asks for the path to save a map to.
    pub(crate) fn ask_where(&mut self, ctx: &Context, key: u64) {
        if let Some(document) = self.documents.iter().find(|d| d.key == key) {
            let suggested = document.suggested_path();
            self.ask(ctx, Wanted::SaveAs(suggested), Some(key));
        }
    }

    /// Shows a dialog and returns it while it stays open.
    pub(crate) fn show_question(&mut self, ctx: &Context, question: Question) -> Option<Question> {
        match &question {
            Question::Error { title, text } => {
                let modal = style::sheet(ctx, "error").show(ctx, |ui| {
                    style::sheet_width(ui, 480.0);
                    ui.label(style::heading(title));
                    ui.add_space(UNIT);
                    ui.add(egui::Label::new(text).wrap().selectable(true));
                    ui.add_space(2.0 * UNIT);
                    primary(ui, "Go on").clicked()
                });
                let enter = ctx.input(|i| i.key_pressed(egui::Key::Enter));
                (!modal.inner && !enter && !modal.should_close()).then_some(question)
            }
            Question::Unsaved(unsaved) => {
                let unsaved = unsaved.clone();
                self.ask_unsaved(ctx, unsaved).map(Question::Unsaved)
            }
            Question::NotSaved(it) => self.show_not_saved(ctx, it.clone()).map(Question::NotSaved),
            Question::Losses(it) => self.show_losses(ctx, it.clone()).map(Question::Losses),
            Question::Both(both) => self.show_both(ctx, both.clone()).map(Question::Both),
        }
    }
}

/// Error message of a file, as `file:line:column: problem` if the position is known.
pub(crate) fn place_and_problem(error: &OpenError) -> String {
    match error {
        OpenError::Format { path, error } => match error.at {
            Some(at) => format!(
                "{}:{}:{}: {}",
                path.display(),
                at.line,
                at.column,
                error.problem
            ),
            None => format!("{}: {}", path.display(), error.problem),
        },
        OpenError::Disk(error) => error.to_string(),
    }
}

/// Whether a file is opened in the background.
pub(crate) fn is_large(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() > LARGE)
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
