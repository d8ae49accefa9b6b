//! Changes to the files of open maps by other programs: noticed, reloaded, or resolved
//! in a dialog.
//!
//! Must not know: how files are watched.

use super::files::Question;
use super::recovery::ago;
use super::saving::name_of;
use crate::app::app::App;
use crate::app::modals::Over;
use crate::app::ui::buttons::primary;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::insight::sentence;
use crate::session::{Meeting, Theirs};
use crate::storage::disk;
use crate::storage::disk::Outside;
use crate::storage::{News, Other, Watch};
use egui::{Context, Event, Ui};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Conflict dialog: map and file both changed.
#[derive(Clone, Debug)]
pub struct Both {
    document: u64,
    theirs: Box<Theirs>,
    shown: bool,
}

impl PartialEq for Both {
    fn eq(&self, other: &Both) -> bool {
        self.document == other.document && self.theirs.lines == other.theirs.lines
    }
}

impl Eq for Both {}

enum Choice {
    Later,
    Elsewhere,
    Theirs,
    Mine,
}

impl App {
    /// Starts to watch the files of open maps.
    pub fn watch_files(&mut self, ctx: &Context) {
        let wake = ctx.clone();
        self.watch = Some(Watch::start(move || wake.request_repaint()));
    }

    /// Updates the set of watched files and handles events about them.
    pub(crate) fn look_outside(&mut self, ctx: &Context) {
        let Some(watch) = &mut self.watch else {
            return;
        };
        let files = self.documents.iter().filter_map(|document| {
            let session = &document.session;
            let seen = session.seen()?;
            let path = session.path()?.to_owned();
            Some((document.key, path, (!session.is_saving()).then_some(seen)))
        });
        watch.follow(files);
        let came_back = |event: &Event| matches!(event, Event::WindowFocused(true));
        if ctx.input(|i| i.events.iter().any(came_back)) {
            watch.look();
        }
        // Open dialogs are answered first, and a presentation is not interrupted.
        while self.over.is_none()
            && self.present.is_none()
            && let Some((key, news)) = self.watch.as_ref().and_then(Watch::news)
        {
            self.heard(key, news);
        }
    }

    /// Handles an event about the file of a map.
    pub fn heard(&mut self, key: u64, news: News) {
        let Some(document) = self.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        let Some(path) = document.session.path().map(Path::to_owned) else {
            return;
        };
        match news {
            // Our own save in progress is not an external change.
            News::Outside(_) if document.session.is_saving() => {}
            News::Outside(Outside::Same) => document.session.file_back(),
            News::Outside(Outside::Changed(bytes)) => self.meet(key, &path, bytes),
            News::Outside(Outside::Gone(why)) => {
                document.session.file_gone();
                self.toasts.say(format!(
                    "{} The map stays open; saving makes the file again.",
                    sentence(&why.to_string())
                ));
            }
            News::AlsoOpen(None) => document.also_open = None,
            News::AlsoOpen(Some(other)) => {
                let words = also_open(&other);
                document.also_open = Some(words.clone());
                self.toasts.say(format!(
                    "{} is {words}. Nothing that is saved there is overwritten unseen.",
                    name_of(&path)
                ));
            }
            News::Copies(copies) => self.tell_copies(&path, &copies),
        }
    }

    fn tell_copies(&mut self, path: &Path, copies: &[PathBuf]) {
        let names: Vec<String> = copies.iter().take(3).map(|copy| name_of(copy)).collect();
        let more = match copies.len().saturating_sub(3) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        self.toasts.say(format!(
            "A sync service left other versions of {} beside it: {}{more}. Open them to compare.",
            name_of(path),
            names.join(", ")
        ));
    }

    fn meet(&mut self, key: u64, path: &Path, bytes: Vec<u8>) {
        let Some(document) = self.documents.iter_mut().find(|d| d.key == key) else {
            return;
        };
        match document.session.meet(bytes) {
            Meeting::Same => {}
            Meeting::Reloaded(lines) => {
                document.prune();
                self.toasts.say(format!(
                    "{} was changed outside and read again: {}. Undo takes that back.",
                    name_of(path),
                    few(&lines)
                ));
            }
            Meeting::Both(theirs) => {
                self.over = Some(Over::Question(Question::Both(Both {
                    document: key,
                    theirs,
                    shown: false,
                })));
            }
        }
    }

    /// Handles a save that found an unknown version of the file.
    pub(crate) fn changed_before_saving(&mut self, key: u64, path: &Path) {
        match disk::read(path) {
            Ok(bytes) => self.meet(key, path, bytes),
            Err(error) => self.toasts.say(sentence(&error.to_string())),
        }
    }

    /// Shows the conflict dialog and returns it while it stays open.
    pub(crate) fn show_both(&mut self, ctx: &Context, mut both: Both) -> Option<Both> {
        let first = !std::mem::replace(&mut both.shown, true);
        let found = self.documents.iter().find(|d| d.key == both.document);
        let name = found.and_then(|d| d.session.path()).map(name_of)?;
        let modal = style::sheet(ctx, "both").show(ctx, |ui| {
            style::sheet_width(ui, 624.0);
            sides(ui, &name, &both.theirs, first)
        });
        let close = modal.should_close();
        match modal.inner {
            None => return (!close).then_some(both),
            Some(Choice::Later) => {}
            Some(Choice::Elsewhere) => self.ask_where(ctx, both.document),
            Some(Choice::Theirs) => self.take_theirs(&both),
            Some(Choice::Mine) => self.keep_mine(&both),
        }
        None
    }

    fn take_theirs(&mut self, both: &Both) {
        if let Some(document) = self.documents.iter_mut().find(|d| d.key == both.document)
            && document.session.take_theirs(&both.theirs)
        {
            document.prune();
            self.toasts.say("Theirs was taken. Undo brings yours back.");
        }
    }

    fn keep_mine(&mut self, both: &Both) {
        let Some(document) = self.documents.iter_mut().find(|d| d.key == both.document) else {
            return;
        };
        match document.session.keep_mine(&both.theirs) {
            Ok(Some(kept)) => self.toasts.say(format!(
                "Theirs is kept in {}. Save puts yours in place.",
                name_of(&kept)
            )),
            Ok(None) => {}
            Err(error) => self.fail("Theirs could not be kept", &sentence(&error.to_string())),
        }
    }
}

fn sides(ui: &mut Ui, name: &str, theirs: &Theirs, first: bool) -> Option<Choice> {
    let title = format!("{name} was changed here and by somebody else");
    ui.add(egui::Label::new(style::heading(title)).wrap());
    ui.add_space(UNIT);
    match &theirs.broken {
        Some(broken) => {
            let words = format!(
                "What is in the file now cannot be read as a map. {}",
                sentence(broken)
            );
            ui.add(egui::Label::new(words).wrap());
        }
        None => {
            ui.label("Taking theirs would change, compared with what you have here:");
            ui.add_space(UNIT);
            style::sheet_body(ui, |ui| {
                for line in &theirs.lines {
                    ui.add(egui::Label::new(style::plain(format!("•  {line}"))).wrap());
                }
            });
        }
    }
    ui.add_space(UNIT);
    let words = "Nothing is lost either way: theirs can be kept beside yours, and taking theirs can be undone.";
    ui.add(egui::Label::new(style::soft(words)).wrap());
    ui.add_space(2.0 * UNIT);
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        let save = primary(ui, "Save mine under another name…");
        if first {
            save.request_focus();
        }
        if save.clicked() {
            chosen = Some(Choice::Elsewhere);
        }
        let readable = theirs.broken.is_none();
        if ui
            .add_enabled(readable, egui::Button::new("Take theirs"))
            .clicked()
        {
            chosen = Some(Choice::Theirs);
        }
        if ui.button("Keep mine, theirs beside it").clicked() {
            chosen = Some(Choice::Mine);
        }
        let tip =
            "The file stays as it is, and you are asked again before anything is saved there.";
        if ui.button("Decide later").on_hover_text(tip).clicked() {
            chosen = Some(Choice::Later);
        }
    });
    chosen
}

fn also_open(other: &Other) -> String {
    let place = match other.is_here() {
        true => "also open in another window of this machine".to_owned(),
        false => format!("also open on {}", other.host),
    };
    let opened = UNIX_EPOCH.checked_add(Duration::from_secs(other.since));
    match opened.and_then(|then| SystemTime::now().duration_since(then).ok()) {
        Some(age) if other.since > 0 => format!("{place} (opened {})", ago(age)),
        _ => place,
    }
}

/// Joins the first three lines; counts the others.
fn few(lines: &[String]) -> String {
    let more = match lines.len().saturating_sub(3) {
        0 => String::new(),
        more => format!("; {more} more"),
    };
    let few: Vec<&str> = lines.iter().take(3).map(String::as_str).collect();
    few.join("; ") + &more
}
