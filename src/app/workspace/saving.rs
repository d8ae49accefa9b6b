//! Saves maps in the background, one save per map at a time, and shows the results.
//!
//! Must not know: how files are written.

use super::{InFront, Workspace, WorkspaceEvent};
use crate::english::sentence;
use crate::session::{FinishedSave, SaveError, SaveReport};
use crate::storage::DiskError;
use crate::task::{Task, TaskFailed};
use crate::text::{display_file_name, visible_text};
use egui::Context;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Interval at which saves are polled.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Duration after which a save is reported as slow: the drive may be gone, and the map
/// can still be saved elsewhere.
const SLOW_SAVE: Duration = Duration::from_secs(10);

/// A save in progress.
pub struct SaveTask {
    document: u64,
    /// File name.
    file_name: String,
    began: Instant,
    /// Whether the save was reported as slow; later saves no longer wait for it.
    slow: bool,
    task: Task<FinishedSave>,
    /// Save requested during this one, with its path if another file is meant.
    next: Option<Option<PathBuf>>,
}

impl Workspace {
    /// Saves a map to its own file or to another one, in the background.
    pub fn start_save(&mut self, ctx: &Context, key: u64, elsewhere: Option<PathBuf>) {
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
        let to = path.map(display_file_name).unwrap_or_default();
        let job = match document.session.begin_save(elsewhere.as_deref()) {
            Ok(job) => job,
            Err(error) => return self.show_save_error(ctx, key, &error),
        };
        let wake = ctx.clone();
        let wake = move || wake.request_repaint();
        self.save_tasks.push(SaveTask {
            document: key,
            file_name: to,
            began: Instant::now(),
            slow: false,
            task: Task::spawn("save", wake, move |_| job.run()),
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
        self.save_tasks.iter().any(|saving| saving.document == key)
    }

    /// Whether the save of this map was reported as slow.
    pub fn is_slow_save(&self, key: u64) -> bool {
        let mut all = self.save_tasks.iter();
        all.any(|saving| saving.document == key && saving.slow)
    }

    /// Polls the saves in progress.
    pub fn poll_saves(&mut self, ctx: &Context, in_front: InFront) {
        let mut still = Vec::new();
        let mut over = Vec::new();
        for mut saving in std::mem::take(&mut self.save_tasks) {
            match saving.task.poll() {
                None => {
                    ctx.request_repaint_after(POLL_INTERVAL);
                    let free = self.can_interrupt(in_front);
                    if free && !saving.slow && saving.began.elapsed() > SLOW_SAVE {
                        saving.slow = true;
                        self.show_slow_save(&saving);
                    }
                    still.push(saving);
                }
                Some(result) => over.push((saving.document, result, saving.next)),
            }
        }
        self.save_tasks = still;
        for (key, done, next) in over {
            self.finish_save(ctx, key, done, next);
        }
    }

    fn finish_save(
        &mut self,
        ctx: &Context,
        key: u64,
        done: Result<FinishedSave, TaskFailed>,
        next: Option<Option<PathBuf>>,
    ) {
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let result = match done {
            Ok(done) => document.session.end_save(done),
            Err(TaskFailed) => Err(document.session.abandon_save()),
        };
        match result {
            Ok(saved) => {
                self.show_saved_toast(&saved);
                match next {
                    Some(elsewhere) => self.start_save(ctx, key, elsewhere),
                    None => self.continue_close(ctx),
                }
            }
            Err(error) => self.show_save_error(ctx, key, &error),
        }
        self.events.push(WorkspaceEvent::SaveEnded(key));
        ctx.request_repaint();
    }

    fn show_saved_toast(&mut self, saved: &SaveReport) {
        self.report(saved.to_string());
        self.recent.add(&saved.path);
    }

    fn show_save_error(&mut self, ctx: &Context, key: u64, error: &SaveError) {
        self.cancel_close();
        if let SaveError::Disk(DiskError::Changed { path }) = error {
            let path = path.clone();
            return self.on_changed_before_save(ctx, key, &path);
        }
        let text = format!(
            "{} The map is still open and its steps are kept for recovery.",
            sentence(&error.to_string())
        );
        self.events.push(WorkspaceEvent::SaveFailed {
            document: key,
            text: visible_text(text),
            waiting: false,
        });
    }

    fn show_slow_save(&mut self, saving: &SaveTask) {
        self.events.push(WorkspaceEvent::SaveFailed {
            document: saving.document,
            text: format!(
                "{}: the drive takes long to answer, and may be gone. The map is still open and its steps are kept for recovery.",
                saving.file_name
            ),
            waiting: true,
        });
    }

    /// Shows that a file exists and that nobody agreed to replace it.
    pub fn show_name_taken(&mut self, key: u64, path: &Path) {
        self.cancel_close();
        self.events.push(WorkspaceEvent::SaveFailed {
            document: key,
            text: format!(
                "{} already exists. Choose it by its whole name to replace it, or take another name.",
                display_file_name(path)
            ),
            waiting: false,
        });
    }

    /// Asks before the first save that loses content; returns whether the dialog was
    /// opened.
    pub fn confirm_losses(&mut self, key: u64) -> bool {
        let Some(document) = self.documents.iter().find(|d| d.key == key) else {
            return false;
        };
        if document.session.losses().is_empty() {
            return false;
        }
        self.events.push(WorkspaceEvent::Losses {
            document: key,
            lines: document.session.losses().to_vec(),
        });
        true
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
