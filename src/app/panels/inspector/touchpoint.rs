//! Form of a touchpoint.

use super::{custom_lanes, feelings, images, items, paths, pickers, value_fields};
use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::combo_box::{ComboChoice, ComboEntry, ComboLabel};
use crate::app::ui::rows::{Section, Swatch, kind_heading, section};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Channel, Department, Environment, Field, ObjectRef, Touchpoint};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, touchpoint: &Touchpoint) {
    kind_heading(ui, cx.theme, "Touchpoint");
    let object = ObjectRef::Touchpoint(touchpoint.id.clone());
    edit_record(ui, cx, object, touchpoint, Intent::SetTouchpoint, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    form.line(ui, Field::Name, "What the customer does", &mut t.name);
    stage(ui, form, t);
    form.lines(
        ui,
        Field::Description,
        "What happens here",
        &mut t.description,
    );
    pickers::reference::<Department>(ui, form, Field::Owner, "No owner", true, &mut t.owner);
    pickers::supporters(ui, form, &mut t.supporters);
    pickers::reference::<Channel>(
        ui,
        form,
        Field::Channel,
        "No channel",
        false,
        &mut t.channel,
    );
    pickers::reference::<Environment>(
        ui,
        form,
        Field::Environment,
        "No environment",
        false,
        &mut t.environment,
    );
    form.line(ui, Field::Time, "Such as “Monday evening”", &mut t.time);
    value_fields::duration(ui, form, &mut t.duration);
    ui.add_space(UNIT);
    form.checkbox(ui, "Moment of truth", &mut t.moment_of_truth);
    ui.add_space(UNIT);
    images::touchpoint_images(ui, form, t);
    feelings::show(ui, form, t);
    items::pains(ui, form, t);
    items::opportunities(ui, form, t);
    paths::show(ui, form, t);
    items::backstage(ui, form, t);
    items::measurements(ui, form, &mut t.measurements, "No measurements here yet");
    custom_lanes::show(ui, form, t);
    let more = Section {
        title: "Evidence, tags and notes",
        count: None,
        add: None,
        empty: "",
        open: true,
    };
    section(ui, &more, |ui| {
        form.evidence(ui, Field::Source, &mut t.evidence);
        value_fields::text_list(
            ui,
            form,
            "Tags",
            Field::Tag,
            "A word to filter by",
            &mut t.tags,
        );
        form.votes(ui, Field::Votes, &mut t.votes);
        form.lines(ui, Field::Notes, "Anything else", &mut t.notes);
    });
    ui.separator();
    if ui.button("Delete touchpoint").clicked() {
        form.push_edit(Intent::DeleteTouchpoint(t.id.clone()));
        form.select(Selection::Nothing);
    }
}

/// Shows the stage; choosing another one moves the touchpoint.
fn stage(ui: &mut Ui, form: &mut Form<'_>, t: &Touchpoint) {
    let map = form.map;
    let home = map.stage_of(&t.id);
    let name = home
        .and_then(|id| map.stages().get(id))
        .map(|s| s.name.as_str());
    let shown = ComboLabel {
        text: name.unwrap_or("No stage"),
        swatch: Swatch::None,
        warning_color: None,
    };
    let entries = || {
        let entry = |(i, s): (usize, &crate::model::Stage)| ComboEntry {
            text: format!("{}  {}", i + 1, s.name),
            swatch: Swatch::None,
        };
        map.stages().iter().enumerate().map(entry).collect()
    };
    if let Some(ComboChoice::Entry(i)) = form.combo_box(ui, "Stage", &shown, None, None, entries)
        && let Some(stage) = map.stages().as_slice().get(i)
        && home != Some(&stage.id)
    {
        // Moves to a later stage insert at its start, moves to an earlier one at its
        // end.
        let before = home
            .and_then(|h| map.stages().position(h))
            .is_some_and(|h| i > h);
        form.push_edit(Intent::MoveTouchpoint {
            id: t.id.clone(),
            stage: stage.id.clone(),
            to: if before {
                0
            } else {
                map.touchpoints_in(&stage.id).len()
            },
        });
    }
}
