//! Recovery after a crash: the maps found are offered one by one, and none is deleted
//! without confirmation.
//!
//! Must not know: how journals are kept.

use crate::app::app::App;
use crate::app::modals::Over;
use crate::app::ui::buttons::primary;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::insight::sentence;
use crate::session::{FileNow, Found, Rescued, Session};
use egui::{Context, Frame, RichText, Ui};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, SystemTime};

/// Interval at which the search is polled.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// A background search for recoverable maps.
pub struct Search {
    found: Receiver<Found>,
    /// Whether the search was requested by command; then an empty result is reported
    /// too.
    asked: bool,
}

/// Modal that offers the recoverable maps.
pub struct RescueSheet {
    maps: Vec<Rescued>,
    /// Keys of the maps with visible differences.
    compared: Vec<PathBuf>,
    /// Index of the map that awaits confirmation of its deletion.
    deleting: Option<usize>,
    shown: bool,
}

enum Choice {
    Take(usize),
    Compare(usize),
    PutAway(usize),
    AskDelete(usize),
    Delete(usize),
    Later,
}

impl App {
    /// Starts the search; with `asked` it includes maps that were put away.
    pub(crate) fn seek_rescued(&mut self, asked: bool) {
        let (sender, found) = channel();
        let folder = self.journals.folder().map(PathBuf::from);
        let thread = std::thread::Builder::new().name("rescue".to_owned());
        let _ = thread.spawn(move || {
            let _ = sender.send(crate::session::find(folder.as_deref(), asked));
        });
        self.search = Some(Search { found, asked });
    }

    /// Opens the modal with the result once no other modal or task is shown. The first
    /// call starts the search.
    pub(crate) fn offer_rescued(&mut self, ctx: &Context) {
        if !std::mem::replace(&mut self.sought, true) && self.journals.folder().is_some() {
            self.seek_rescued(false);
        }
        if self.over.is_some() || self.work.is_some() {
            return;
        }
        let Some(search) = self.search.take() else {
            return;
        };
        match search.found.try_recv() {
            Err(TryRecvError::Empty) => {
                ctx.request_repaint_after(LOOK_AGAIN);
                self.search = Some(search);
            }
            Err(TryRecvError::Disconnected) => {}
            Ok(found) => self.offer(found, search.asked),
        }
    }

    fn offer(&mut self, found: Found, asked: bool) {
        for (path, why) in &found.set_aside {
            self.toasts.say(format!(
                "A journal of an earlier start cannot be used ({why}). It is kept as {}.",
                path.display()
            ));
        }
        if !found.maps.is_empty() {
            self.over = Some(Over::Rescue(RescueSheet {
                maps: found.maps,
                compared: Vec::new(),
                deleting: None,
                shown: false,
            }));
        } else if asked && found.set_aside.is_empty() {
            self.toasts.say("No map was left by a crash.");
        }
    }

    /// Shows the modal and returns whether it stays open.
    pub(crate) fn show_rescue(&mut self, ctx: &Context, sheet: &mut RescueSheet) -> bool {
        let first = !std::mem::replace(&mut sheet.shown, true);
        let now = SystemTime::now();
        let mut choice = None;
        let modal = style::sheet(ctx, "rescue").show(ctx, |ui| {
            style::sheet_width(ui, 560.0);
            ui.label(style::heading(match sheet.maps.len() {
                1 => "A map was rescued".to_owned(),
                many => format!("{many} maps were rescued"),
            }));
            ui.add_space(UNIT);
            let words = "Touchline ended without closing them. What was done up to then is here; no file was touched.";
            ui.add(egui::Label::new(style::soft(words)).wrap());
            ui.add_space(UNIT);
            style::sheet_body(ui, |ui| {
                for at in 0..sheet.maps.len() {
                    choice = show_map(ui, sheet, at, now, first).or(choice.take());
                    ui.add_space(UNIT);
                }
            });
            ui.add_space(UNIT);
            ui.horizontal(|ui| {
                let tip = "They are offered again at the next start, and by “Rescued maps…” in the menu.";
                if ui.button("Decide later").on_hover_text(tip).clicked() {
                    choice = Some(Choice::Later);
                }
            });
        });
        if modal.should_close() && choice.is_none() {
            choice = Some(Choice::Later);
        }
        match choice {
            Some(Choice::Later) => return false,
            Some(choice) => self.decide_rescue(sheet, choice),
            None => {}
        }
        !sheet.maps.is_empty()
    }

    fn decide_rescue(&mut self, sheet: &mut RescueSheet, choice: Choice) {
        let asks = std::mem::take(&mut sheet.deleting);
        match choice {
            Choice::Take(at) if at < sheet.maps.len() => {
                let session = sheet.maps.remove(at).take(&self.journals);
                self.make_way(&session);
                let title = session.map().header().title.clone();
                self.add_as_is(session);
                self.toasts.say(format!(
                    "“{title}” is as it was. It is not saved yet; its steps can be undone."
                ));
            }
            Choice::Compare(at) => {
                if let Some(map) = sheet.maps.get(at) {
                    let key = map.key().to_owned();
                    match sheet.compared.iter().position(|known| *known == key) {
                        Some(known) => drop(sheet.compared.remove(known)),
                        None => sheet.compared.push(key),
                    }
                }
            }
            Choice::PutAway(at) if at < sheet.maps.len() => {
                let map = sheet.maps.remove(at);
                match map.put_away() {
                    Ok(()) => self.toasts.say("Put away. “Rescued maps…” finds it again."),
                    Err(error) => self.toasts.say(sentence(&error.to_string())),
                }
            }
            Choice::AskDelete(at) => sheet.deleting = Some(at),
            Choice::Delete(at) if at < sheet.maps.len() && asks == Some(at) => {
                if let Err(error) = sheet.maps.remove(at).delete() {
                    self.toasts.say(sentence(&error.to_string()));
                }
            }
            Choice::Take(_) | Choice::PutAway(_) | Choice::Delete(_) | Choice::Later => {}
        }
    }
}

impl App {
    /// Closes an open, unchanged document of the same file.
    fn make_way(&mut self, session: &Session) {
        let same = |path: Option<&Path>| path.is_some() && path == session.path();
        let known = self.documents.iter().position(|document| {
            same(document.session.path())
                && !document.session.is_dirty()
                && !document.session.is_saving()
        });
        if let Some(known) = known {
            self.documents.remove(known).session.close();
            self.active = self.active.min(self.documents.len().saturating_sub(1));
        }
    }
}

fn show_map(
    ui: &mut Ui,
    sheet: &RescueSheet,
    at: usize,
    now: SystemTime,
    first: bool,
) -> Option<Choice> {
    let map = sheet.maps.get(at)?;
    let compared = sheet.compared.iter().any(|key| key == map.key());
    let mut choice = None;
    let frame = Frame::group(ui.style()).inner_margin(3.0 * UNIT);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(style::bold(&map.title)).wrap());
        let file = match &map.path {
            Some(path) => path.display().to_string(),
            None => "no file yet".to_owned(),
        };
        ui.add(egui::Label::new(style::soft(style::plain(file)).small()).truncate());
        ui.add(egui::Label::new(facts(map, now)).wrap());
        if compared {
            for line in &map.differences {
                ui.add(
                    egui::Label::new(RichText::new(style::plain(format!("•  {line}"))).small())
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
            let take = label(primary(ui, "Take it"), "Take it");
            if first && at == 0 {
                take.request_focus();
            }
            if take.clicked() {
                choice = Some(Choice::Take(at));
            }
            if !map.differences.is_empty() {
                let word = if compared {
                    "Hide differences"
                } else {
                    "Compare with the file"
                };
                if label(ui.button(word), word).clicked() {
                    choice = Some(Choice::Compare(at));
                }
            }
            if !map.away && label(ui.button("Put away"), "Put away").clicked() {
                choice = Some(Choice::PutAway(at));
            }
            if map.away {
                let sure = sheet.deleting == Some(at);
                let word = if sure { "Delete for good" } else { "Delete…" };
                if label(ui.button(word), word).clicked() {
                    choice = Some(match sure {
                        true => Choice::Delete(at),
                        false => Choice::AskDelete(at),
                    });
                }
            }
        });
    });
    choice
}

/// Age of the journal, number of unsaved steps, and state of the file.
fn facts(map: &Rescued, now: SystemTime) -> String {
    let mut facts = Vec::new();
    if let Some(age) = map.written.and_then(|then| now.duration_since(then).ok()) {
        facts.push(ago(age));
    }
    match map.steps {
        0 => {}
        1 => facts.push("1 step not saved".to_owned()),
        steps => facts.push(format!("{steps} steps not saved")),
    }
    match map.file_now {
        FileNow::Changed => facts.push("the file was changed since".to_owned()),
        FileNow::Gone => facts.push("the file is gone or cannot be read".to_owned()),
        FileNow::None | FileNow::AsSeen => {}
    }
    if map.torn {
        facts.push("its end is damaged and left out".to_owned());
    }
    if map.away {
        facts.push("put away before".to_owned());
    }
    facts.join("  ·  ")
}

/// Formats an age in its largest unit.
pub(crate) fn ago(age: Duration) -> String {
    let seconds = age.as_secs();
    let (count, unit) = match seconds {
        0..60 => return "less than a minute ago".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86400 => (seconds / 3600, "hour"),
        _ => (seconds / 86400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_use_the_largest_unit() {
        let said = |seconds| ago(Duration::from_secs(seconds));
        assert_eq!(said(5), "less than a minute ago");
        assert_eq!(said(61), "1 minute ago");
        assert_eq!(said(7200), "2 hours ago");
        assert_eq!(said(400_000), "4 days ago");
    }
}
