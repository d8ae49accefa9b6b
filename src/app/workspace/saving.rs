//! Saves maps in the background, one save per map at a time, and shows the results.
//!
//! Must not know: how files are written.

use super::files::Question;
use crate::app::app::App;
use crate::app::modals::Over;
use crate::app::ui::buttons::primary;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::insight::sentence;
use crate::session::{SaveDone, SaveError, Saved};
use crate::storage::DiskError;
use egui::{Context, Key, Ui};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// Interval at which saves are polled.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Duration after which a save is reported as slow: the drive may be gone, and the map
/// can still be saved elsewhere.
const LONG: Duration = Duration::from_secs(10);

/// A save in progress.
pub struct Saving {
    document: u64,
    /// File name.
    to: String,
    began: Instant,
    /// Whether the save was reported as slow; later saves no longer wait for it.
    stuck: bool,
    done: Receiver<SaveDone>,
    /// Save requested during this one, with its path if another file is meant.
    next: Option<Option<PathBuf>>,
}

/// Dialog about a map that was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSaved {
    document: u64,
    text: String,
    /// Whether the save is still in progress.
    waiting: bool,
    shown: bool,
}

/// Dialog about content that the first save of a file would lose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Losses {
    document: u64,
    lines: Vec<String>,
    shown: bool,
}

/// Answer to a dialog about saving.
enum Choice {
    Save,
    Elsewhere,
    No,
}

impl App {
    /// Saves a map to its own file or to another one, in the background.
    pub(crate) fn start_saving(&mut self, ctx: &Context, key: u64, elsewhere: Option<PathBuf>) {
        let Some(document) = self.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        if let Some(at) = self.saving.iter().position(|s| s.document == key) {
            if !self.saving[at].stuck {
                self.saving[at].next = Some(elsewhere);
                return;
            }
            // Abandoning is safe: the file on disk is never partial, and an unseen
            // version is never overwritten.
            self.saving.remove(at);
            document.session.abandon_save();
        }
        let path = elsewhere.as_deref().or(document.session.path());
        let to = path.map(name_of).unwrap_or_default();
        let job = match document.session.begin_save(elsewhere.as_deref()) {
            Ok(job) => job,
            Err(error) => return self.not_saved(key, &error),
        };
        let (sender, done) = channel();
        let wake = ctx.clone();
        let thread = std::thread::Builder::new().name("save".to_owned());
        // Without a thread the sender is dropped and the save counts as failed.
        let _ = thread.spawn(move || {
            let _ = sender.send(job.run());
            wake.request_repaint();
        });
        self.saving.push(Saving {
            document: key,
            to,
            began: Instant::now(),
            stuck: false,
            done,
            next: None,
        });
        ctx.request_repaint_after(LOOK_AGAIN);
    }

    /// Whether any map is being written.
    pub fn is_writing(&self) -> bool {
        !self.saving.is_empty()
    }

    /// Whether this map is being written.
    pub(crate) fn is_saving(&self, key: u64) -> bool {
        self.saving.iter().any(|saving| saving.document == key)
    }

    /// Whether the save of this map was reported as slow.
    pub(crate) fn is_stuck(&self, key: u64) -> bool {
        let mut all = self.saving.iter();
        all.any(|saving| saving.document == key && saving.stuck)
    }

    /// Polls the saves in progress.
    pub(crate) fn go_on_saving(&mut self, ctx: &Context) {
        let mut still = Vec::new();
        let mut over = Vec::new();
        for mut saving in std::mem::take(&mut self.saving) {
            match saving.done.try_recv() {
                Err(TryRecvError::Empty) => {
                    ctx.request_repaint_after(LOOK_AGAIN);
                    let free = self.over.is_none() && self.present.is_none();
                    if free && !saving.stuck && saving.began.elapsed() > LONG {
                        saving.stuck = true;
                        self.takes_long(&saving);
                    }
                    still.push(saving);
                }
                result => over.push((saving.document, result.ok(), saving.next)),
            }
        }
        self.saving = still;
        for (key, done, next) in over {
            self.saved(ctx, key, done, next);
        }
    }

    fn saved(
        &mut self,
        ctx: &Context,
        key: u64,
        done: Option<SaveDone>,
        next: Option<Option<PathBuf>>,
    ) {
        let Some(document) = self.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        if let Some(Over::Question(Question::NotSaved(it))) = &self.over
            && it.waiting
            && it.document == key
        {
            self.over = None;
        }
        let result = match done {
            Some(done) => document.session.end_save(done),
            None => Err(document.session.abandon_save()),
        };
        match result {
            Ok(saved) => {
                self.tell_saved(&saved);
                match next {
                    Some(elsewhere) => self.start_saving(ctx, key, elsewhere),
                    None => self.go_on_closing(ctx),
                }
            }
            Err(error) => self.not_saved(key, &error),
        }
        ctx.request_repaint();
    }

    fn tell_saved(&mut self, saved: &Saved) {
        self.toasts.say(saved.to_string());
        self.recent.add(&saved.path);
    }

    fn not_saved(&mut self, key: u64, error: &SaveError) {
        self.closing = None;
        if let SaveError::Disk(DiskError::Changed { path }) = error {
            let path = path.clone();
            return self.changed_before_saving(key, &path);
        }
        let text = format!(
            "{} The map is still open and its steps are kept for recovery.",
            sentence(&error.to_string())
        );
        self.over = Some(Over::Question(Question::NotSaved(NotSaved {
            document: key,
            text: style::plain(text),
            waiting: false,
            shown: false,
        })));
    }

    fn takes_long(&mut self, saving: &Saving) {
        self.over = Some(Over::Question(Question::NotSaved(NotSaved {
            document: saving.document,
            text: format!(
                "{}: the drive takes long to answer, and may be gone. The map is still open and its steps are kept for recovery.",
                saving.to
            ),
            waiting: true,
            shown: false,
        })));
    }

    /// Shows that a file exists and that nobody agreed to replace it.
    pub(crate) fn name_is_taken(&mut self, key: u64, path: &Path) {
        self.closing = None;
        self.over = Some(Over::Question(Question::NotSaved(NotSaved {
            document: key,
            text: format!(
                "{} is there already. Choose it by its whole name to replace it, or take another name.",
                name_of(path)
            ),
            waiting: false,
            shown: false,
        })));
    }

    /// Asks before the first save that loses content; returns whether the dialog was
    /// opened.
    pub(crate) fn ask_about_losses(&mut self, key: u64) -> bool {
        let Some(document) = self.documents.iter().find(|d| d.key == key) else {
            return false;
        };
        if document.session.losses().is_empty() {
            return false;
        }
        self.over = Some(Over::Question(Question::Losses(Losses {
            document: key,
            lines: document.session.losses().to_vec(),
            shown: false,
        })));
        true
    }

    /// Shows the dialog and returns it while it stays open.
    pub(crate) fn show_not_saved(&mut self, ctx: &Context, mut it: NotSaved) -> Option<NotSaved> {
        let first = !std::mem::replace(&mut it.shown, true);
        let modal = style::sheet(ctx, "not saved").show(ctx, |ui| {
            style::sheet_width(ui, 480.0);
            let (heading, no) = match it.waiting {
                true => ("The map is not saved yet", "Wait"),
                false => ("The map could not be saved", "Go on"),
            };
            ui.label(style::heading(heading));
            ui.add_space(UNIT);
            ui.add(egui::Label::new(&it.text).wrap().selectable(true));
            ui.add_space(2.0 * UNIT);
            let choices = [("Save as…", Choice::Elsewhere), (no, Choice::No)];
            buttons(ui, &choices, first)
        });
        let close = modal.should_close();
        self.decide(ctx, it.document, modal.inner, close)
            .then_some(it)
    }

    /// Shows the dialog and returns it while it stays open.
    pub(crate) fn show_losses(&mut self, ctx: &Context, mut it: Losses) -> Option<Losses> {
        let first = !std::mem::replace(&mut it.shown, true);
        let modal = style::sheet(ctx, "losses").show(ctx, |ui| {
            style::sheet_width(ui, 480.0);
            ui.label(style::heading("Not all of this file can be kept"));
            ui.add_space(UNIT);
            ui.label("Saving drops:");
            style::sheet_body(ui, |ui| {
                for line in &it.lines {
                    ui.add(egui::Label::new(style::plain(format!("•  {line}"))).wrap());
                }
            });
            let words =
                "The file as it is now is kept beside the new one, with .bak behind its name.";
            ui.add(egui::Label::new(style::soft(words)).wrap());
            ui.add_space(2.0 * UNIT);
            let choices = [
                ("Save", Choice::Save),
                ("Save as…", Choice::Elsewhere),
                ("Cancel", Choice::No),
            ];
            buttons(ui, &choices, first)
        });
        let close = modal.should_close();
        let choice = modal.inner;
        if matches!(choice, Some(Choice::No)) || (choice.is_none() && close) {
            self.closing = None;
        }
        self.decide(ctx, it.document, choice, close).then_some(it)
    }

    /// Handles an answer; returns whether the dialog stays open.
    fn decide(&mut self, ctx: &Context, key: u64, choice: Option<Choice>, close: bool) -> bool {
        match choice {
            None => return !close,
            Some(Choice::No) => {}
            Some(Choice::Save) => self.start_saving(ctx, key, None),
            Some(Choice::Elsewhere) => self.ask_where(ctx, key),
        }
        false
    }
}

/// A row of buttons, the first one primary; returns the choice.
fn buttons(ui: &mut Ui, choices: &[(&str, Choice)], first: bool) -> Option<Choice> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for (at, (word, choice)) in choices.iter().enumerate() {
            let button = match at {
                0 => primary(ui, word),
                _ => ui.button(*word),
            };
            if at == 0 && first {
                button.request_focus();
            }
            if button.clicked() || (button.has_focus() && ui.input(|i| i.key_pressed(Key::Enter))) {
                chosen = Some(match choice {
                    Choice::Save => Choice::Save,
                    Choice::Elsewhere => Choice::Elsewhere,
                    Choice::No => Choice::No,
                });
            }
        }
    });
    chosen
}

/// File name without folders, for display.
pub(crate) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    style::plain(name.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::platform::file_dialog::{Answer, Dialogs, Wanted};
    use crate::edit::Intent;
    use crate::model::Note;
    use crate::session::SaveJob;
    use crate::settings::Home;

    use crate::text::Typesetter;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;
    use std::fs;
    use std::sync::mpsc::Sender;

    /// Always returns the same path.
    struct Always(PathBuf, bool);

    impl Dialogs for Always {
        fn ask(&mut self, _: &Wanted, _: &Context) {
            self.1 = true;
        }

        fn poll(&mut self) -> Option<Answer> {
            std::mem::take(&mut self.1).then(|| Answer::Paths(vec![self.0.clone()]))
        }
    }

    /// A window with a map that is being saved to a drive that does not answer; the
    /// save, and the sender of its result.
    fn stuck(folder: &Path) -> (Harness<'static, App>, SaveJob, Sender<SaveDone>) {
        let file = folder.join("a.journey.ron");
        crate::storage::write(&file, b"(title: \"T\")").unwrap();
        let dialogs = Box::new(Always(folder.join("b.journey.ron"), false));
        let mut app = App::new(&[file], dialogs, Typesetter::bundled(), &Home::nowhere());
        let document = &mut app.documents[0];
        let note = Note {
            id: "n".into(),
            text: "kept".to_owned(),
            votes: 0,
        };
        let intent = Intent::AddNote(Box::new(note));
        document.session.apply(&intent).unwrap();
        let job = document.session.begin_save(None).unwrap();
        let (sender, done) = channel();
        app.saving.push(Saving {
            document: document.key,
            to: "a.journey.ron".to_owned(),
            began: Instant::now().checked_sub(2 * LONG).unwrap(),
            stuck: false,
            done,
            next: None,
        });
        let mut harness = Harness::builder()
            .with_context_setup(App::prepare)
            .build_ui_state(|ui, app: &mut App| app.show(ui), app);
        harness.run_steps(3);
        assert!(harness.query_by_label("The map is not saved yet").is_some());
        (harness, job, sender)
    }

    #[test]
    fn slow_save_does_not_block_saving_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let (mut harness, job, _sender) = stuck(folder.path());
        harness.get_by_label("Save as…").click();
        harness.run_steps(3);
        while harness.state().is_writing() {
            harness.step();
        }
        let session = &harness.state().documents[0].session;
        let elsewhere = folder.path().join("b.journey.ron");
        assert_eq!(session.path(), Some(elsewhere.as_path()));
        assert!(!session.is_dirty());
        assert!(fs::read_to_string(&elsewhere).unwrap().contains("kept"));
        // The late save still writes a complete file.
        drop(job.run());
        let late = fs::read_to_string(folder.path().join("a.journey.ron")).unwrap();
        assert!(late.contains("kept"));
    }

    #[test]
    fn slow_save_dialog_closes_when_the_save_ends() {
        let folder = tempfile::tempdir().unwrap();
        let (mut harness, job, sender) = stuck(folder.path());
        sender.send(job.run()).ok().unwrap();
        harness.run_steps(3);
        assert!(harness.query_by_label("The map is not saved yet").is_none());
        assert!(!harness.state().documents[0].session.is_dirty());
    }
}
