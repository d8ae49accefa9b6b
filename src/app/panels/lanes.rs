//! The lanes from top to bottom: visibility, name, order, and adding custom lanes.
//!
//! Must not know: the execution of commands.

use super::form::{Form, edit};
use crate::app::command::action::{Command, Context};
use crate::app::ui::drag_reorder::Reorder;
use crate::app::ui::field_focus::focus_field;
use crate::app::ui::rows::{ROW, Sign, Swatch, icon_button, quiet, row, sign};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Holds, Id, Lane, LaneId, LaneKind, Record, Scale};
use egui::{Checkbox, Rect, Ui};

/// Shows the lanes of the map.
pub fn lanes(ui: &mut Ui, cx: &mut Context<'_>) {
    let map = cx.map;
    ui.spacing_mut().item_spacing.y = UNIT;
    let mut order = Reorder::default();
    for (i, lane) in map.lanes().iter().enumerate() {
        let key = format!("lane/{}", lane.id());
        let mut rect = Rect::NOTHING;
        edit(ui, cx, &key, lane, Intent::SetLane, |ui, form, lane| {
            rect = line(ui, form, &mut order, i, lane);
        });
        order.row(rect);
    }
    if let Some((from, to)) = order.end(ui)
        && let Some(lane) = map.lanes().as_slice().get(from)
    {
        let id = lane.id.clone();
        cx.queue.push(Command::Edit(Intent::MoveLane { id, to }));
    }
    let add = row(ui, Swatch::None, "+ Add own lane", false).accessible_name("Add own lane");
    let mut wanted = add.clicked().then_some(Holds::Text);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        quiet(ui, "of");
        for (holds, word) in [
            (Holds::List, "lists"),
            (Holds::Score(Scale::USUAL), "scores"),
            (Holds::Picture, "pictures"),
            (Holds::Link, "links"),
        ] {
            let name = format!("Add own lane of {word}");
            if icon_button(ui, Swatch::None, word, &name, false).clicked() {
                wanted = Some(holds);
            }
        }
    });
    if let Some(holds) = wanted {
        let name = "New lane";
        let lane = Lane::own(LaneId::from_text(&(cx.mint)(name)), name, holds);
        cx.queue
            .push(Command::Edit(Intent::AddLane(Box::new(lane))));
        focus_field(ui.ctx(), format!("Lane {} name", map.lanes().len() + 1));
    }
}

fn line(
    ui: &mut Ui,
    form: &mut Form<'_>,
    order: &mut Reorder,
    index: usize,
    lane: &mut Lane,
) -> Rect {
    let title = lane.title().to_owned();
    let own = lane.kind == LaneKind::Custom;
    let last = index + 1 == form.map.lanes().len();
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        order.grip(ui, &format!("Drag {title}"));
        let mut visible = !lane.hidden;
        let shown = ui
            .add(Checkbox::without_text(&mut visible))
            .accessible_name(format!("Show {title}"))
            .on_hover_text(format!("Show {title}"));
        if shown.changed() {
            lane.hidden = !visible;
            form.stepped();
        }
        let signs = if own { 3.0 } else { 2.0 };
        let room = ui.available_width() - signs * ROW - UNIT;
        let name = format!("Lane {} name", index + 1);
        // The field may be too narrow for the title.
        form.bare(ui, &name, lane.kind.title(), room, &mut lane.name)
            .on_hover_text(&title);
        ui.spacing_mut().item_spacing.x = 0.0;
        let step = |ui: &mut Ui, form: &mut Form<'_>, way, word: &str, to: Option<usize>| {
            ui.add_enabled_ui(to.is_some(), |ui| {
                let clicked = sign(ui, way, &format!("Move {title} {word}")).clicked();
                if let (true, Some(to)) = (clicked, to) {
                    let id = lane.id.clone();
                    form.wish(Intent::MoveLane { id, to });
                }
            });
        };
        step(ui, form, Sign::Up, "up", index.checked_sub(1));
        step(ui, form, Sign::Down, "down", (!last).then_some(index + 1));
        if own
            && sign(
                ui,
                Sign::Cross,
                &format!("Delete {title} with what it holds"),
            )
            .clicked()
        {
            form.wish(Intent::DeleteLane(lane.id.clone()));
        }
    });
    row.response.rect
}
