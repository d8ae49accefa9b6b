//! Form of a stage.

use super::pickers;
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::panels::form::Form;
use crate::app::ui::focus_new_name;
use crate::app::ui::rows::{Section, hint_label};
use crate::edit::Intent;
use crate::english::{count, join_with_and};
use crate::model::{Department, Field, Map, ObjectRef, Span, Stage, Touchpoint, TouchpointId};
use egui::Ui;

pub(super) fn fields(ui: &mut Ui, form: &mut Form<'_, '_>, stage: &mut Stage) {
    form.line(ui, Field::Name, &mut stage.name);
    form.lines(ui, Field::StageGoal, &mut stage.goal);
    pickers::reference::<Department>(ui, form, Field::Owner, &mut stage.owner);
    pickers::supporters(ui, form, &mut stage.supporters);
    form.line(ui, Field::Time, &mut stage.time);
    form.parsed(ui, Field::Duration, Span::parse, &mut stage.duration);
    form.lines(ui, Field::Notes, &mut stage.notes);
    hint_label(ui, &check_words(form.cx.map, stage));
    let check = CommandId::CheckStage;
    let button = ui.button("Checked today");
    if button
        .on_hover_text(check.tooltip_with_keys(ui.ctx()))
        .clicked()
    {
        form.cx.actions.push(UiAction::RunCommand(check));
    }
    let held = form.cx.map.touchpoints_in(&stage.id);
    let section = Section {
        add: "Add touchpoint to this stage",
        ..Section::list(
            "Touchpoints",
            held.len(),
            "No touchpoints in this stage yet",
        )
    };
    let add = section.show(ui, |ui| {
        for touchpoint in held {
            let text = form.cx.numbered_name(&touchpoint.id);
            let target = ObjectRef::Touchpoint(touchpoint.id.clone());
            form.cx.link_row(ui, &text, target);
        }
    });
    if add {
        let name = "New touchpoint";
        let id: TouchpointId = form.cx.ids.new_id(name);
        form.cx.edit(Intent::AddTouchpoint {
            stage: stage.id.clone(),
            at: held.len(),
            touchpoint: Box::new(Touchpoint::new(id.clone(), name)),
        });
        let added = ObjectRef::Touchpoint(id.clone());
        focus_new_name(ui.ctx(), &added.field(Field::Name));
        form.cx.select(ObjectRef::Touchpoint(id));
    }
    let text = match held.len() {
        0 => "Delete stage",
        1 => "Delete stage with its touchpoint",
        count => &format!("Delete stage with its {count} touchpoints"),
    };
    form.delete_button(ui, text, Intent::DeleteStage(stage.id.clone()));
}

/// The last check of a stage against reality and what changed since, in words.
fn check_words(map: &Map, stage: &Stage) -> String {
    let Some(check) = &stage.checked else {
        return "Never checked against reality".to_owned();
    };
    let date = check.date.map_or(String::new(), |date| format!(" {date}"));
    let by = match check.by.trim() {
        "" => String::new(),
        by => format!(" by {by}"),
    };
    let changes = check.changes(map, stage);
    let parts = [
        (changes.stage, "the stage itself changed".to_owned()),
        (
            !changes.changed.is_empty(),
            format!("{} changed", count(changes.changed.len(), "touchpoint")),
        ),
        (
            !changes.added.is_empty(),
            format!("{} came in", count(changes.added.len(), "touchpoint")),
        ),
        (
            changes.removed > 0,
            format!("{} left", count(changes.removed, "touchpoint")),
        ),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(holds, words)| holds.then_some(words));
    let parts: Vec<String> = parts.collect();
    let since = match parts.as_slice() {
        [] => "unchanged since".to_owned(),
        parts => format!("since then {}", join_with_and(parts)),
    };
    format!("Checked{date}{by}; {since}")
}
