//! Dialog that offers the maps found after a crash one by one; none is deleted without
//! confirmation.
//!
//! Must not know: how journals are kept.

use super::dialog::{Choice, Dialog, scroll_body};
use crate::app::ui::buttons::primary_button;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::english::relative_time;
use crate::session::{FileState, RecoverableMap};
use egui::{Context, Frame, Label, Response, RichText, Role, Ui, WidgetInfo};
use std::path::PathBuf;
use std::time::SystemTime;

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
    /// Delete the map.
    Delete(RecoverableMap),
    /// Close the dialog.
    Later,
}

#[derive(Clone, Copy)]
enum MapChoice {
    Recover,
    Compare,
    Archive,
    Delete,
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
        let mut chosen = None;
        let tip = "They are offered again at the next start, and by “Rescued maps…” in the menu.";
        let dialog = Dialog {
            name: "rescue",
            title: &match self.maps.len() {
                1 => "A map was rescued".to_owned(),
                many => format!("{many} maps were rescued"),
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
                    let (button, choice) = self.show_map(ui, at, now)?;
                    first.get_or_insert(button);
                    chosen = choice.map(|choice| (at, choice)).or(chosen);
                    ui.add_space(UNIT);
                }
                Some(())
            });
            first
        });
        match chosen {
            Some((at, choice)) if at < self.maps.len() => self.apply(at, choice),
            _ => later.map(|()| RecoveryAnswer::Later),
        }
    }

    fn apply(&mut self, at: usize, choice: MapChoice) -> Option<RecoveryAnswer> {
        let confirmed = self.deleting.take() == Some(at);
        match choice {
            MapChoice::Recover => Some(RecoveryAnswer::Recover(self.maps.remove(at))),
            MapChoice::Archive => Some(RecoveryAnswer::Archive(self.maps.remove(at))),
            MapChoice::Delete if confirmed => Some(RecoveryAnswer::Delete(self.maps.remove(at))),
            MapChoice::Delete => {
                self.deleting = Some(at);
                None
            }
            MapChoice::Compare => {
                let key = self.maps.get(at)?.key().to_owned();
                match self.compared.iter().position(|known| *known == key) {
                    Some(known) => drop(self.compared.remove(known)),
                    None => self.compared.push(key),
                }
                None
            }
        }
    }

    /// Shows a map; returns the button that recovers it, and the choice.
    fn show_map(
        &self,
        ui: &mut Ui,
        at: usize,
        now: SystemTime,
    ) -> Option<(Response, Option<MapChoice>)> {
        let map = self.maps.get(at)?;
        let compared = self.compared.iter().any(|key| key == map.key());
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
            for line in map.differences.iter().filter(|_| compared) {
                let line = RichText::new(style::visible_text(format!("•  {line}")));
                ui.add(Label::new(line.small()).wrap());
            }
            let buttons = |ui: &mut Ui| {
                let take = label(primary_button(ui, "Take it"), "Take it");
                let mut choice = take.clicked().then_some(MapChoice::Recover);
                let mut button = |word: &str, chosen: MapChoice| {
                    if label(ui.button(word), word).clicked() {
                        choice = Some(chosen);
                    }
                };
                if !map.differences.is_empty() {
                    let word = if compared {
                        "Hide differences"
                    } else {
                        "Compare with the file"
                    };
                    button(word, MapChoice::Compare);
                }
                if !map.archived {
                    button("Put away", MapChoice::Archive);
                } else if self.deleting == Some(at) {
                    button("Delete for good", MapChoice::Delete);
                } else {
                    button("Delete…", MapChoice::Delete);
                }
                (take, choice)
            };
            ui.horizontal_wrapped(buttons).inner
        });
        Some(shown.inner)
    }
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
