//! Saves maps in the background, one save per map at a time, and shows the results.
//!
//! Must not know: how files are written.

use super::state::{InFront, SaveTask, Workspace, WorkspaceEvent};
use crate::app::document::question::{Attempt, FileAnswer, Question};
use crate::app::platform::spawn_task;
use crate::english::sentence;
use crate::session::{FinishedSave, SaveError};
use crate::storage::DiskProblem;
use crate::task::TaskFailed;
use crate::text::{display_file_name, visible_text};
use egui::Context;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Interval at which saves are polled.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Duration after which a save is reported as slow: the drive may be gone, and the map
/// can still be saved elsewhere.
const SLOW_SAVE: Duration = Duration::from_secs(10);

impl Workspace {
    /// Saves the active map; asks for a path if it has no file, and before the first save
    /// that loses content.
    pub fn save(&mut self, ctx: &Context, elsewhere: bool) {
        let Some(document) = self.front() else {
            return;
        };
        let key = document.key;
        if elsewhere || document.session.path().is_none() {
            return self.request_save_path(ctx, key);
        }
        let lines = document.session.losses().to_vec();
        if lines.is_empty() {
            return self.start_save(ctx, key, None);
        }
        self.ask(Question {
            title: "Not all of this file can be kept".to_owned(),
            text: "Saving drops:".to_owned(),
            lines,
            note: "The file as it is now is kept beside the new one, with .bak behind its name.",
            choices: vec![
                ("Save", FileAnswer::Save),
                ("Save as…", FileAnswer::SaveAs),
                ("Cancel", FileAnswer::CancelClose),
            ],
            document: key,
            ..Question::default()
        });
    }

    /// Carries out the answer to a question.
    pub fn answer(&mut self, ctx: &Context, question: &Question, answer: FileAnswer) {
        let key = question.document;
        match answer {
            FileAnswer::Dismiss => {}
            FileAnswer::CancelClose => self.cancel_close(),
            FileAnswer::Save => self.start_save(ctx, key, None),
            FileAnswer::TryAgain => match question.attempt.clone() {
                Some(Attempt::Save(elsewhere)) => self.start_save(ctx, key, elsewhere),
                Some(Attempt::Export(path, options)) => self.queue_export(key, path, *options),
                None => {}
            },
            FileAnswer::SaveAs => self.request_save_path(ctx, key),
            FileAnswer::UseTheirs => {
                if let Some(theirs) = &question.theirs {
                    self.reload(ctx, key, |session| session.begin_apply(theirs));
                }
            }
            FileAnswer::KeepMine | FileAnswer::Restore => {
                if let Some(theirs) = &question.theirs {
                    let saves = answer == FileAnswer::Restore;
                    self.keep_mine(ctx, key, theirs, saves);
                }
            }
        }
    }

    /// Saves a map to its own file or to another one, in the background.
    pub(super) fn start_save(&mut self, ctx: &Context, key: u64, elsewhere: Option<PathBuf>) {
        let Some(document) = self.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        if let Some(at) = self.save_tasks.iter().position(|s| s.document == key) {
            if !self.save_tasks[at].slow {
                self.save_tasks[at].next = Some(elsewhere);
                return;
            }
            // Abandoning is safe: the file on disk is never partial, and an unseen
            // version is never overwritten.
            self.save_tasks.remove(at);
            document.session.abandon_save();
        }
        let path = elsewhere.as_deref().or(document.session.path());
        let file_name = path.map(display_file_name).unwrap_or_default();
        let job = match document.session.begin_save(elsewhere.as_deref()) {
            Ok(job) => job,
            Err(error) => return self.show_save_error(ctx, key, &error, elsewhere),
        };
        self.save_tasks.push(SaveTask {
            document: key,
            elsewhere,
            file_name,
            began: Instant::now(),
            slow: false,
            task: spawn_task(ctx, "save", move |_| job.run()),
            next: None,
        });
        ctx.request_repaint_after(POLL_INTERVAL);
    }

    /// Whether any map is being written.
    pub fn is_writing(&self) -> bool {
        !self.save_tasks.is_empty()
    }

    /// Whether this map is being written.
    pub fn is_saving(&self, key: u64) -> bool {
        self.save_tasks.iter().any(|save| save.document == key)
    }

    /// Whether the save of this map was reported as slow.
    pub(super) fn is_slow_save(&self, key: u64) -> bool {
        let mut all = self.save_tasks.iter();
        all.any(|save| save.document == key && save.slow)
    }

    /// Polls the saves in progress.
    pub(super) fn poll_saves(&mut self, ctx: &Context, in_front: InFront) {
        let mut ended = Vec::new();
        for mut save in std::mem::take(&mut self.save_tasks) {
            if let Some(result) = save.task.poll() {
                ended.push((save, result));
                continue;
            }
            ctx.request_repaint_after(POLL_INTERVAL);
            if !save.slow && save.began.elapsed() > SLOW_SAVE && self.can_interrupt(in_front) {
                save.slow = true;
                let text = format!(
                    "{}: the drive takes long to answer, and may be gone. The map is still open and its steps are kept for recovery.",
                    save.file_name
                );
                let attempt = Attempt::Save(save.elsewhere.clone());
                self.ask_elsewhere(save.document, text, Some(attempt), true);
            }
            self.save_tasks.push(save);
        }
        for (save, result) in ended {
            self.finish_save(ctx, save, result);
        }
    }

    fn finish_save(
        &mut self,
        ctx: &Context,
        save: SaveTask,
        result: Result<FinishedSave, TaskFailed>,
    ) {
        let key = save.document;
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let result = match result {
            Ok(finished) => document.session.end_save(finished),
            Err(TaskFailed) => Err(document.session.abandon_save()),
        };
        match result {
            Ok(saved) => {
                self.report(saved.to_string());
                self.recent.add(&saved.path);
                match save.next {
                    Some(elsewhere) => self.start_save(ctx, key, elsewhere),
                    None => self.continue_close(ctx),
                }
            }
            Err(error) => self.show_save_error(ctx, key, &error, save.elsewhere),
        }
        self.events.push(WorkspaceEvent::SaveEnded(key));
        ctx.request_repaint();
    }

    /// Shows that a map was not saved to its file, or to another one.
    fn show_save_error(
        &mut self,
        ctx: &Context,
        key: u64,
        error: &SaveError,
        elsewhere: Option<PathBuf>,
    ) {
        self.cancel_close();
        if let SaveError::Disk(error) = error
            && matches!(error.problem, DiskProblem::Changed)
        {
            let path = error.path.clone();
            return self.reload(ctx, key, |session| session.begin_reload_from(path));
        }
        let text = format!(
            "{} The map is still open and its steps are kept for recovery.",
            sentence(&error.to_string())
        );
        let attempt = Attempt::Save(elsewhere);
        self.ask_elsewhere(key, visible_text(text), Some(attempt), false);
    }

    /// Shows that a file exists and that nobody agreed to replace it.
    pub(super) fn show_name_taken(&mut self, key: u64, path: &Path) {
        self.cancel_close();
        let text = format!(
            "{} already exists. Choose it by its whole name to replace it, or take another name.",
            display_file_name(path)
        );
        self.ask_elsewhere(key, text, None, false);
    }

    /// Offers to save a map elsewhere that was not saved, or to try the same once more.
    fn ask_elsewhere(
        &mut self,
        document: u64,
        text: String,
        attempt: Option<Attempt>,
        waits_for_save: bool,
    ) {
        let (title, dismiss) = if waits_for_save {
            ("The map is not saved yet", "Wait")
        } else {
            ("The map could not be saved", "OK")
        };
        let mut choices = vec![
            ("Try again", FileAnswer::TryAgain),
            ("Save as…", FileAnswer::SaveAs),
            (dismiss, FileAnswer::Dismiss),
        ];
        choices.retain(|(_, answer)| attempt.is_some() || *answer != FileAnswer::TryAgain);
        self.ask(Question {
            document,
            title: title.to_owned(),
            text,
            choices,
            attempt,
            waits_for_save,
            ..Question::default()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::app::App;
    use crate::app::platform::file_dialog::{FileDialogs, FileRequest, FileResponse};
    use crate::edit::Intent;
    use crate::model::Note;
    use crate::session::SaveJob;
    use crate::settings::AppDirs;
    use crate::task::Task;

    use crate::text::Typesetter;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;
    use std::fs;
    use std::sync::mpsc::{Sender, channel};

    /// Always returns the same path.
    struct Always(PathBuf, bool);

    impl FileDialogs for Always {
        fn request(&mut self, _: &FileRequest, _: &Context) {
            self.1 = true;
        }

        fn poll(&mut self) -> Option<FileResponse> {
            std::mem::take(&mut self.1).then(|| FileResponse::Paths(vec![self.0.clone()]))
        }
    }

    /// A window with a map that is being saved to a drive that does not answer; the
    /// save, and the sender of its result.
    fn stuck(folder: &Path) -> (Harness<'static, App>, SaveJob, Sender<FinishedSave>) {
        let file = folder.join("a.journey.ron");
        crate::storage::write(&file, b"(title: \"T\")").unwrap();
        let dialogs = Box::new(Always(folder.join("b.journey.ron"), false));
        let mut app = App::new(&[file], dialogs, Typesetter::bundled(), &AppDirs::none());
        let document = &mut app.workspace.documents[0];
        let note = Note {
            id: "n".into(),
            text: "kept".to_owned(),
            votes: 0,
        };
        let intent = Intent::AddNote(Box::new(note));
        document.session.apply(&intent).unwrap();
        let job = document.session.begin_save(None).unwrap();
        let (sender, done) = channel();
        let task = Task::spawn("stuck", || (), move |_| done.recv().unwrap());
        app.workspace.save_tasks.push(SaveTask {
            document: document.key,
            elsewhere: None,
            file_name: "a.journey.ron".to_owned(),
            began: Instant::now().checked_sub(2 * SLOW_SAVE).unwrap(),
            slow: false,
            task,
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
        let session = &harness.state().workspace.documents[0].session;
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
        while harness.state().is_writing() {
            harness.step();
        }
        harness.run_steps(3);
        assert!(harness.query_by_label("The map is not saved yet").is_none());
        assert!(!harness.state().workspace.documents[0].session.is_dirty());
    }
}
