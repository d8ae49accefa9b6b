//! Work that would block the window, on a thread and one job after the other: opening
//! large files, exporting images.
//!
//! Must not know: how the progress is shown.

use super::state::{BackgroundTask, InFront, Job, TaskEnd, Workspace};
use crate::app::document::Appearance;
use crate::english::{count, quoted, sentence};
use crate::git::Version;
use crate::render::CancellableMeasure;
use crate::session::{FinishedTakeOver, MapVersions, Session, TakeOverJob};
use crate::settings::today;
use crate::task::{Progress, Task};
use crate::text::{Typesetter, display_file_name};
use egui::Context;
use std::path::PathBuf;
use std::time::Duration;

/// Time to wait for a task before a modal is shown, so that none flashes up.
const GRACE_PERIOD: Duration = Duration::from_millis(120);

/// Interval at which the task is polled, for its progress.
const POLL_INTERVAL: Duration = Duration::from_millis(60);

impl Workspace {
    /// Polls the background task and the saves. Without a task the next job is started,
    /// with this appearance of maps.
    pub fn poll_tasks(
        &mut self,
        ctx: &Context,
        in_front: InFront,
        appearance: Appearance,
        typesetter: &mut Typesetter,
    ) {
        if let Some(running) = &mut self.task {
            let result = if std::mem::replace(&mut running.polled, true) {
                running.task.poll()
            } else {
                running.task.poll_timeout(GRACE_PERIOD)
            };
            match result {
                None => ctx.request_repaint_after(POLL_INTERVAL),
                Some(result) => {
                    self.task = None;
                    ctx.request_repaint();
                    match result {
                        Ok(end) => end(self),
                        Err(_) => self.report_failure(
                            "The command failed",
                            "An internal error occurred. Nothing is lost; save your maps and try again.",
                        ),
                    }
                }
            }
        } else if let Some(job) = self.jobs.pop_front() {
            match job {
                Job::Open(path) => self.start_opening(path, appearance, typesetter.sibling()),
                Job::TakeOver(key, job) => self.start_take_over(key, *job),
                Job::ReadVersion(path, version, compared) => {
                    self.start_reading_version(path, *version, compared);
                }
                Job::Export(key, path, options) => {
                    self.start_export(key, path, options, typesetter)
                }
                Job::Print(key, options) => self.start_print(key, *options, typesetter),
            }
            ctx.request_repaint();
        }
        self.poll_saves(ctx, in_front);
    }

    /// Starts to read, lay out and draw a file.
    fn start_opening(&mut self, path: PathBuf, appearance: Appearance, mut typesetter: Typesetter) {
        let options = appearance.render_options(Default::default());
        let description = format!("Opening {}…", display_file_name(&path));
        self.start_task(description, move |progress| {
            let mut result = Session::open(&path);
            if let Ok(session) = &mut result
                && !progress.is_cancelled()
            {
                let mut measure = CancellableMeasure::new(&mut typesetter, progress);
                session.render(&options, &mut measure);
            }
            Box::new(move |workspace| {
                let failed = workspace.add_opened(&path, result);
                workspace.show_open_errors(failed.as_slice());
            })
        });
    }

    /// Starts to read a version of the map in a file from git.
    fn start_reading_version(&mut self, path: PathBuf, version: Version, compared: Option<u64>) {
        let name = format!("the version of {}", version.minute());
        self.start_task(format!("Opening {name}…"), move |progress| {
            let read = MapVersions::of(&path).map_of(&version, progress);
            Box::new(move |workspace| match (read, compared) {
                (Ok(map), Some(key)) => {
                    let name = format!("{}: {}", version.minute(), version.subject);
                    workspace.compare_with_version(key, map, name, false);
                }
                (Ok(map), None) => {
                    workspace.open_untitled(map);
                    let subject = quoted(&version.subject);
                    workspace.report(format!("This is {name}, {subject}, as an unsaved copy."));
                }
                (Err(problem), _) => {
                    workspace.report_failure("This version cannot be opened", sentence(&problem));
                }
            })
        });
    }

    /// Takes over the changes of the map that the one in front was forked from.
    pub fn take_over(&mut self) {
        let Some(document) = self.front() else {
            return;
        };
        let key = document.key;
        match document.session.begin_take_over() {
            Some(job) => self.jobs.push_back(Job::TakeOver(key, Box::new(job))),
            None => self.report("Save this map first: its file says where the current map is."),
        }
    }

    fn start_take_over(&mut self, key: u64, job: TakeOverJob) {
        let day = today();
        self.start_task("Taking over changes…".to_owned(), move |_| {
            let taken = job.run(day);
            Box::new(move |workspace| workspace.end_take_over(key, taken))
        });
    }

    fn end_take_over(&mut self, key: u64, taken: Result<FinishedTakeOver, String>) {
        let Some(document) = self.document_mut(key) else {
            return;
        };
        let taken = match taken {
            Ok(taken) => taken,
            Err(problem) => {
                let title = "The changes cannot be taken over";
                return self.report_failure(title, sentence(&problem));
            }
        };
        let conflicts = match taken.conflicts {
            0 => String::new(),
            number => format!(" {} to decide.", count(number, "conflict")),
        };
        let message = match document.session.end_take_over(taken) {
            None => "The map was changed meanwhile; try again.".to_owned(),
            Some(0) => "The current map has nothing new.".to_owned(),
            Some(number) => {
                document.prune_selection();
                let changes = count(number, "change");
                format!(
                    "{changes} taken over from the current map.{conflicts} Undo takes that back."
                )
            }
        };
        self.report(message);
    }

    pub(super) fn start_task(
        &mut self,
        description: String,
        work: impl FnOnce(&Progress) -> TaskEnd + Send + 'static,
    ) {
        self.task = Some(BackgroundTask {
            description,
            task: Task::spawn("work", || (), work),
            polled: false,
        });
    }
}
