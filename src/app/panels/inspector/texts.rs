//! What a touchpoint says in the map's own lanes.

use crate::app::panels::form::Form;
use crate::app::panels::widgets::{Section, section};
use crate::model::{LaneKind, Touchpoint};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let map = form.map;
    let own = || map.lanes().iter().filter(|l| l.kind == LaneKind::Custom);
    if own().next().is_none() {
        return;
    }
    let what = Section {
        title: "Own lanes",
        count: None,
        add: None,
        empty: "",
        open: true,
    };
    section(ui, &what, |ui| {
        for lane in own() {
            let mut text = t.texts.get(&lane.id).cloned().unwrap_or_default();
            ui.push_id(lane.id.to_string(), |ui| {
                form.within("Lane", |form| {
                    form.lines(ui, lane.title(), "", &mut text);
                });
            });
            if text.is_empty() {
                t.texts.remove(&lane.id);
            } else {
                t.texts.insert(lane.id.clone(), text);
            }
        }
    });
}
