//! Recovery after a crash: the maps found are offered one by one, and none is deleted
//! without confirmation.
//!
//! Must not know: how journals are kept.

use crate::app::app::App;
use crate::app::modals::Modal;
use crate::app::ui::buttons::primary_button;
use crate::app::ui::relative_time;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::english::sentence;
use crate::session::{FileState, RecoverableMap, RecoveryScan, Session};
use crate::task::{Task, TaskFailed};
use egui::{Context, Frame, RichText, Ui};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Interval at which the search is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A background search for recoverable maps.
pub struct RecoverySearch {
    task: Task<RecoveryScan>,
    /// Whether the search was requested by command; then an empty result is reported
    /// too.
    requested: bool,
}

/// Modal that offers the recoverable maps.
pub struct RecoveryModal {
    maps: Vec<RecoverableMap>,
    /// Keys of the maps with visible differences.
    compared: Vec<PathBuf>,
    /// Index of the map that awaits confirmation of its deletion.
    deleting: Option<usize>,
    shown: bool,
}

enum RecoveryChoice {
    Recover(usize),
    Compare(usize),
    PutAway(usize),
    AskDelete(usize),
    Delete(usize),
    Later,
}

impl App {
    /// Starts the search; with `asked` it includes maps that were put away.
    pub(crate) fn start_recovery_search(&mut self, asked: bool) {
        let folder = self.workspace.journals.folder().map(PathBuf::from);
        let search = move |_: &_| crate::session::find_recoverable(folder.as_deref(), asked);
        self.workspace.recovery_search = Some(RecoverySearch {
            // Polled at an interval, because the search may start before the window.
            task: Task::spawn("rescue", || (), search),
            requested: asked,
        });
    }

    /// Opens the modal with the result once no other modal or task is shown. The first
    /// call starts the search.
    pub(crate) fn poll_recovery_search(&mut self, ctx: &Context) {
        while let Some((_, recovered)) = Task::poll_any(&mut self.workspace.recoveries) {
            self.add_recovered(recovered);
        }
        if !std::mem::replace(&mut self.workspace.recovery_searched, true)
            && self.workspace.journals.folder().is_some()
        {
            self.start_recovery_search(false);
        }
        if self.modals.modal.is_some() || self.workspace.task.is_some() {
            return;
        }
        let Some(search) = &self.workspace.recovery_search else {
            return;
        };
        match search.task.poll() {
            None => ctx.request_repaint_after(POLL_INTERVAL),
            Some(result) => {
                let requested = search.requested;
                self.workspace.recovery_search = None;
                if let Ok(found) = result {
                    self.offer_recovered(found, requested);
                }
            }
        }
    }

    fn offer_recovered(&mut self, found: RecoveryScan, asked: bool) {
        for (path, why) in &found.set_aside {
            self.ui.toasts.push(format!(
                "A journal of an earlier start cannot be used ({why}). It is kept as {}.",
                path.display()
            ));
        }
        if !found.maps.is_empty() {
            self.modals.modal = Some(Modal::Recovery(RecoveryModal {
                maps: found.maps,
                compared: Vec::new(),
                deleting: None,
                shown: false,
            }));
        } else if asked && found.set_aside.is_empty() {
            self.ui.toasts.push("No map was left by a crash.");
        }
    }

    /// Shows the modal and returns whether it stays open.
    pub(crate) fn show_recovery(&mut self, ctx: &Context, sheet: &mut RecoveryModal) -> bool {
        let first = !std::mem::replace(&mut sheet.shown, true);
        let now = SystemTime::now();
        let mut choice = None;
        let modal = style::modal(ctx, "rescue").show(ctx, |ui| {
            style::set_modal_width(ui, 560.0);
            ui.label(style::heading(match sheet.maps.len() {
                1 => "A map was rescued".to_owned(),
                many => format!("{many} maps were rescued"),
            }));
            ui.add_space(UNIT);
            let words = "Touchline ended without closing them. What was done up to then is here; no file was touched.";
            ui.add(egui::Label::new(style::weak_text(words)).wrap());
            ui.add_space(UNIT);
            style::modal_body(ui, |ui| {
                for at in 0..sheet.maps.len() {
                    choice = show_recovered_map(ui, sheet, at, now, first).or(choice.take());
                    ui.add_space(UNIT);
                }
            });
            ui.add_space(UNIT);
            ui.horizontal(|ui| {
                let tip = "They are offered again at the next start, and by “Rescued maps…” in the menu.";
                if ui.button("Decide later").on_hover_text(tip).clicked() {
                    choice = Some(RecoveryChoice::Later);
                }
            });
        });
        if modal.should_close() && choice.is_none() {
            choice = Some(RecoveryChoice::Later);
        }
        match choice {
            Some(RecoveryChoice::Later) => return false,
            Some(choice) => self.apply_recovery_choice(ctx, sheet, choice),
            None => {}
        }
        !sheet.maps.is_empty()
    }

    fn apply_recovery_choice(
        &mut self,
        ctx: &Context,
        sheet: &mut RecoveryModal,
        choice: RecoveryChoice,
    ) {
        let asks = std::mem::take(&mut sheet.deleting);
        match choice {
            RecoveryChoice::Recover(at) if at < sheet.maps.len() => {
                let (map, journals) = (sheet.maps.remove(at), self.workspace.journals.clone());
                let wake = ctx.clone();
                let wake = move || wake.request_repaint();
                let task = Task::spawn("recover", wake, move |_| map.recover(&journals));
                self.workspace.recoveries.push(((), task));
            }
            RecoveryChoice::Compare(at) => {
                if let Some(map) = sheet.maps.get(at) {
                    let key = map.key().to_owned();
                    match sheet.compared.iter().position(|known| *known == key) {
                        Some(known) => drop(sheet.compared.remove(known)),
                        None => sheet.compared.push(key),
                    }
                }
            }
            RecoveryChoice::PutAway(at) if at < sheet.maps.len() => {
                let map = sheet.maps.remove(at);
                match map.archive() {
                    Ok(()) => self
                        .ui
                        .toasts
                        .push("Put away. “Rescued maps…” finds it again."),
                    Err(error) => self.ui.toasts.push(sentence(&error.to_string())),
                }
            }
            RecoveryChoice::AskDelete(at) => sheet.deleting = Some(at),
            RecoveryChoice::Delete(at) if at < sheet.maps.len() && asks == Some(at) => {
                if let Err(error) = sheet.maps.remove(at).delete() {
                    self.ui.toasts.push(sentence(&error.to_string()));
                }
            }
            RecoveryChoice::Recover(_)
            | RecoveryChoice::PutAway(_)
            | RecoveryChoice::Delete(_)
            | RecoveryChoice::Later => {}
        }
    }
}

impl App {
    /// Whether a map is being recovered.
    pub fn is_recovering(&self) -> bool {
        !self.workspace.recoveries.is_empty()
    }

    fn add_recovered(&mut self, recovered: Result<Session, TaskFailed>) {
        let Ok(session) = recovered else {
            return self.show_error(
                "The map could not be recovered",
                "Its journal is kept. The map is offered again at the next start.",
            );
        };
        self.close_unchanged_duplicate(&session);
        let title = session.map().header().title.clone();
        self.add_document(session);
        self.ui.toasts.push(format!(
            "“{title}” is as it was. It is not saved yet; its steps can be undone."
        ));
    }

    /// Closes an open, unchanged document of the same file.
    fn close_unchanged_duplicate(&mut self, session: &Session) {
        let same = |path: Option<&Path>| path.is_some() && path == session.path();
        let known = self.workspace.documents.iter().position(|document| {
            same(document.session.path())
                && !document.session.is_dirty()
                && !document.session.is_saving()
        });
        if let Some(known) = known {
            self.workspace.documents.remove(known).session.close();
            self.workspace.active = self
                .workspace
                .active
                .min(self.workspace.documents.len().saturating_sub(1));
        }
    }
}

fn show_recovered_map(
    ui: &mut Ui,
    sheet: &RecoveryModal,
    at: usize,
    now: SystemTime,
    first: bool,
) -> Option<RecoveryChoice> {
    let map = sheet.maps.get(at)?;
    let compared = sheet.compared.iter().any(|key| key == map.key());
    let mut choice = None;
    let frame = Frame::group(ui.style()).inner_margin(3.0 * UNIT);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(style::bold_text(&map.title)).wrap());
        let file = match &map.path {
            Some(path) => path.display().to_string(),
            None => "no file yet".to_owned(),
        };
        ui.add(egui::Label::new(style::weak_text(style::visible_text(file)).small()).truncate());
        ui.add(egui::Label::new(recovery_details(map, now)).wrap());
        if compared {
            for line in &map.differences {
                ui.add(
                    egui::Label::new(
                        RichText::new(style::visible_text(format!("•  {line}"))).small(),
                    )
                    .wrap(),
                );
            }
        }
        ui.horizontal_wrapped(|ui| {
            let name = |word: &str| format!("{word}: {}", map.title);
            let label = |response: egui::Response, word: &str| {
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, name(word))
                });
                response
            };
            let take = label(primary_button(ui, "Take it"), "Take it");
            if first && at == 0 {
                take.request_focus();
            }
            if take.clicked() {
                choice = Some(RecoveryChoice::Recover(at));
            }
            if !map.differences.is_empty() {
                let word = if compared {
                    "Hide differences"
                } else {
                    "Compare with the file"
                };
                if label(ui.button(word), word).clicked() {
                    choice = Some(RecoveryChoice::Compare(at));
                }
            }
            if !map.archived && label(ui.button("Put away"), "Put away").clicked() {
                choice = Some(RecoveryChoice::PutAway(at));
            }
            if map.archived {
                let sure = sheet.deleting == Some(at);
                let word = if sure { "Delete for good" } else { "Delete…" };
                if label(ui.button(word), word).clicked() {
                    choice = Some(match sure {
                        true => RecoveryChoice::Delete(at),
                        false => RecoveryChoice::AskDelete(at),
                    });
                }
            }
        });
    });
    choice
}

/// Age of the journal, number of unsaved steps, and state of the file.
fn recovery_details(map: &RecoverableMap, now: SystemTime) -> String {
    let mut facts = Vec::new();
    if let Some(age) = map.written.and_then(|then| now.duration_since(then).ok()) {
        facts.push(relative_time(age));
    }
    match map.steps {
        0 => {}
        1 => facts.push("1 step not saved".to_owned()),
        steps => facts.push(format!("{steps} steps not saved")),
    }
    match map.file_state {
        FileState::Changed => facts.push("the file was changed since".to_owned()),
        FileState::Missing => facts.push("the file is gone or cannot be read".to_owned()),
        FileState::NoFile | FileState::Unchanged => {}
    }
    if map.damaged {
        facts.push("its end is damaged and left out".to_owned());
    }
    if map.archived {
        facts.push("put away before".to_owned());
    }
    facts.join("  ·  ")
}
