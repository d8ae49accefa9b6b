//! The choices of the drawing: part, lanes, handoffs, colors of the flow, and marks.
//!
//! Must not know: formats.

use super::combo_row::combo_row;
use crate::app::modals::preferences::{preference_row, radio_group};
use crate::app::ui::buttons::drop_down;
use crate::app::ui::style;
use crate::english::count;
use crate::layout::flow::CardColoring;
use crate::model::{LaneId, Map};
use crate::render::{ExportOptions, JourneyRows, MapPart};
use crate::scene::Marks;
use egui::{Checkbox, Popup, PopupCloseBehavior, Ui};

/// Number of rows that are offered.
const MAX_ROWS: usize = 8;

/// A part of the map that can be chosen.
pub(in crate::app::modals::export) struct PartChoice {
    pub(in crate::app::modals::export) part: MapPart,
    pub(in crate::app::modals::export) name: String,
}

pub(super) fn part_row(ui: &mut Ui, options: &mut ExportOptions, parts: &[PartChoice]) {
    let values = parts.iter().map(|it| (it.part.clone(), it.name.clone()));
    combo_row(ui, "Part", &mut options.part, values.collect());
}

/// The rows of the journey.
pub(super) fn rows_row(ui: &mut Ui, rows: &mut Option<JourneyRows>) {
    let counts = (1..=MAX_ROWS).map(|at| (Some(JourneyRows::Count(at)), count(at, "row")));
    let mut values = vec![
        (None, "As needed".to_owned()),
        (Some(JourneyRows::Fill), "Filling the page".to_owned()),
    ];
    values.extend(counts);
    if let Some(JourneyRows::Width(_)) = rows {
        values.push((*rows, "As in the window".to_owned()));
    }
    combo_row(ui, "Rows", rows, values);
}

/// The lanes that are drawn; all of them is the choice of the map.
pub(super) fn lane_row(ui: &mut Ui, map: &Map, lanes: &mut Option<Vec<LaneId>>) {
    let visible = map.lanes().iter().filter(|lane| !lane.hidden);
    let usual: Vec<LaneId> = visible.map(|lane| lane.id.clone()).collect();
    let words = match lanes {
        None => "As in the map".to_owned(),
        Some(lanes) => format!("{} of {}", lanes.len(), map.lanes().len()),
    };
    preference_row(ui, "Lanes", |ui| {
        let button = drop_down(ui, &words, &format!("Lanes: {words}"));
        let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        popup.show(|ui| {
            style::menu_list(ui, |ui| {
                for lane in map.lanes() {
                    let now = lanes.as_ref().unwrap_or(&usual);
                    let mut on = now.contains(&lane.id);
                    if ui.add(Checkbox::new(&mut on, lane.title())).clicked() {
                        let chosen = map.lanes().iter().filter(|it| {
                            if it.id == lane.id {
                                on
                            } else {
                                now.contains(&it.id)
                            }
                        });
                        let chosen: Vec<LaneId> = chosen.map(|it| it.id.clone()).collect();
                        *lanes = (chosen != usual).then_some(chosen);
                    }
                }
            });
        });
    });
}

pub(super) fn handoff_row(ui: &mut Ui, handoffs: &mut bool) {
    preference_row(ui, "Handoffs", |ui| {
        let tip = "Marks handoffs between owners, and the steps that every customer passes.";
        ui.add(Checkbox::new(handoffs, "Marked")).on_hover_text(tip);
    });
}

pub(super) fn coloring_row(ui: &mut Ui, coloring: &mut CardColoring) {
    let tip = "The property that colors the cards of the flow.";
    let choices = CardColoring::ALL.map(|it| (it, it.title(), tip));
    preference_row(ui, "Cards by", |ui| {
        radio_group(ui, "Cards by", coloring, choices)
    });
}

pub(super) fn highlight_row(ui: &mut Ui, marks: &mut Marks) {
    preference_row(ui, "Highlight", |ui| {
        for (mark, words) in [(Marks::UNOWNED, "No owner"), (Marks::PAIN, "Pain points")] {
            let mut on = marks.intersects(mark);
            let tip = "Dims everything else.";
            if ui
                .add(Checkbox::new(&mut on, words))
                .on_hover_text(tip)
                .clicked()
            {
                *marks = if on {
                    marks.with(mark)
                } else {
                    marks.without(mark)
                };
            }
        }
    });
}
