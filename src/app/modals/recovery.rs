//! Dialog that offers the maps found after a crash one by one; none is deleted without
//! confirmation.
//!
//! Must not know: how journals are kept.

use super::dialog::{Choice, Dialog, scroll_body};
use crate::app::ui::buttons::primary_button;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::english::{count, relative_time};
use crate::session::{FileState, RecoverableMap};
use egui::{Context, Frame, Label, Response, RichText, Role, Ui, WidgetInfo};
use std::path::PathBuf;
use std::time::SystemTime;

/// Answer about a map, if there is one.
type MapAnswer = Option<fn(RecoverableMap) -> RecoveryAnswer>;

/// Dialog that offers the recoverable maps.
pub struct RecoveryDialog {
    maps: Vec<RecoverableMap>,
    /// Keys of the maps with visible differences.
    compared: Vec<PathBuf>,
    /// Index of the map that awaits confirmation of its deletion.
    deleting: Option<usize>,
}

/// Answer to the dialog.
pub enum RecoveryAnswer {
    /// Open the map.
    Recover(RecoverableMap),
    /// Put the map away; it is not offered at the next start.
    Archive(RecoverableMap),
    Delete(RecoverableMap),
    /// Close the dialog.
    Later,
}

impl RecoveryDialog {
    /// Creates the dialog with these maps.
    pub fn new(maps: Vec<RecoverableMap>) -> RecoveryDialog {
        RecoveryDialog {
            maps,
            compared: Vec::new(),
            deleting: None,
        }
    }

    /// Whether no map is left.
    pub fn is_empty(&self) -> bool {
        self.maps.is_empty()
    }

    /// Shows the dialog and returns an answer once there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<RecoveryAnswer> {
        let now = SystemTime::now();
        let mut answered = None;
        let tip = "They are offered again at the next start, and by “Recover maps…” in the menu.";
        let dialog = Dialog {
            name: "rescue",
            title: &match self.maps.len() {
                1 => "A map can be recovered".to_owned(),
                many => format!("{many} maps can be recovered"),
            },
            width: 560.0,
            choices: &[Choice::new("Decide later", ()).tip(tip)],
            dismissed: (),
        };
        let later = dialog.show(ctx, |ui| {
            let words = "Touchline ended without closing them. What was done up to then is here; no file was touched.";
            ui.add(Label::new(style::weak_text(words)).wrap());
            ui.add_space(UNIT);
            let mut first = None;
            scroll_body(ui, |ui| {
                for at in 0..self.maps.len() {
                    let (button, answer) = self.show_map(ui, at, now);
                    first.get_or_insert(button);
                    answered = answer.map(|answer| (at, answer)).or(answered);
                    ui.add_space(UNIT);
                }
            });
            first
        });
        match answered {
            Some((at, answer)) => Some(answer(self.maps.remove(at))),
            None => later.map(|()| RecoveryAnswer::Later),
        }
    }

    /// Shows a map; returns the button that recovers it, and the answer.
    fn show_map(&mut self, ui: &mut Ui, at: usize, now: SystemTime) -> (Response, MapAnswer) {
        let map = &self.maps[at];
        let compared = self.compared.iter().position(|key| key == map.key());
        let mut deleting = self.deleting;
        let mut compares = false;
        let label = |response: Response, word: &str| {
            let name = format!("{word}: {}", map.title);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            response
        };
        let frame = Frame::group(ui.style()).inner_margin(3.0 * UNIT);
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(style::bold_text(&map.title)).wrap());
            let file = match &map.path {
                Some(path) => path.display().to_string(),
                None => "no file yet".to_owned(),
            };
            ui.add(Label::new(style::weak_text(style::visible_text(file)).small()).truncate());
            ui.add(Label::new(recovery_details(map, now)).wrap());
            for line in map.differences.iter().filter(|_| compared.is_some()) {
                let line = RichText::new(style::visible_text(format!("•  {line}")));
                ui.add(Label::new(line.small()).wrap());
            }
            let buttons = |ui: &mut Ui| {
                let recover = label(primary_button(ui, "Recover"), "Recover");
                let mut answer: MapAnswer = recover
                    .clicked()
                    .then_some(RecoveryAnswer::Recover as fn(_) -> _);
                let mut clicked = |word: &str| label(ui.button(word), word).clicked();
                if !map.differences.is_empty() {
                    compares = clicked(match compared {
                        Some(_) => "Hide differences",
                        None => "Compare with the file",
                    });
                }
                if !map.archived {
                    if clicked("Keep for later") {
                        answer = Some(RecoveryAnswer::Archive);
                    }
                } else if deleting == Some(at) {
                    if clicked("Delete for good") {
                        answer = Some(RecoveryAnswer::Delete);
                    }
                } else if clicked("Delete…") {
                    deleting = Some(at);
                }
                (recover, answer)
            };
            ui.horizontal_wrapped(buttons).inner
        });
        if compares {
            let key = map.key().to_owned();
            match compared {
                Some(known) => drop(self.compared.remove(known)),
                None => self.compared.push(key),
            }
        }
        let answered = compares || shown.inner.1.is_some();
        self.deleting = deleting.filter(|_| !answered);
        shown.inner
    }
}

/// Age of the journal, number of unsaved steps, and state of the file.
fn recovery_details(map: &RecoverableMap, now: SystemTime) -> String {
    let mut facts = Vec::new();
    if let Some(age) = map.written.and_then(|then| now.duration_since(then).ok()) {
        facts.push(relative_time(age));
    }
    if map.steps > 0 {
        facts.push(format!("{} not saved", count(map.steps, "step")));
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
        facts.push("kept for later before".to_owned());
    }
    facts.join("  ·  ")
}
