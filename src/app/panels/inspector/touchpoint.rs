//! Form of a touchpoint.

use super::{feelings, images, items, lanes, paths, pickers};
use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{ComboBox, ComboChoice};
use crate::app::ui::rows::{Section, Swatch};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Channel, Department, Environment, Field, Span, Touchpoint};
use egui::Ui;

pub(super) fn fields(ui: &mut Ui, form: &mut Form<'_, '_>, t: &mut Touchpoint) {
    form.line(ui, Field::Name, &mut t.name);
    stage(ui, form, t);
    form.lines(ui, Field::Description, &mut t.description);
    pickers::reference::<Department>(ui, form, Field::Owner, &mut t.owner);
    pickers::supporters(ui, form, &mut t.supporters);
    pickers::reference::<Channel>(ui, form, Field::Channel, &mut t.channel);
    pickers::reference::<Environment>(ui, form, Field::Environment, &mut t.environment);
    form.line(ui, Field::Time, &mut t.time);
    form.parsed(ui, Field::Duration, Span::parse, &mut t.duration);
    ui.add_space(UNIT);
    form.checkbox(ui, "Moment of truth", &mut t.moment_of_truth);
    ui.add_space(UNIT);
    images::touchpoint_images(ui, form, t);
    feelings::show(ui, form, t);
    form.list(ui, &items::PAINS, &mut t.pains);
    form.list(ui, &items::OPPORTUNITIES, &mut t.opportunities);
    paths::section(ui, form, t);
    form.list(ui, &items::BACKSTAGE, &mut t.backstage);
    form.list(ui, &items::MEASUREMENTS, &mut t.measurements);
    lanes::section(ui, form, t);
    Section::titled("Evidence, tags and notes").show(ui, |ui| {
        form.evidence(ui, Field::Source, &mut t.evidence);
        form.text_list(ui, "Tags", Field::Tag, &mut t.tags);
        form.votes(ui, Field::Votes, &mut t.votes);
        form.lines(ui, Field::Notes, &mut t.notes);
    });
    let delete = Intent::DeleteTouchpoint(t.id.clone());
    form.delete_button(ui, "Delete touchpoint", delete);
}

/// Shows the stage; choosing another one moves the touchpoint.
fn stage(ui: &mut Ui, form: &mut Form<'_, '_>, t: &Touchpoint) {
    let map = form.cx.map;
    let stages = map.stages().as_slice();
    let home = map.stage_of(&t.id).and_then(|id| map.stages().position(id));
    let combo = ComboBox::labeled(home.map_or("No stage", |at| &stages[at].name));
    let entries = || {
        let entry = |(i, name)| (format!("{}  {name}", i + 1), Swatch::None);
        let names = stages.iter().map(|stage| &stage.name);
        names.enumerate().map(entry).collect()
    };
    if let Some(ComboChoice::Entry(i)) = form.combo_box(ui, "Stage", &combo, entries)
        && let Some(stage) = stages.get(i)
        && home != Some(i)
    {
        // Moves to a later stage insert at its start, moves to an earlier one at its
        // end.
        let is_later = home.is_some_and(|home| i > home);
        let end = map.touchpoints_in(&stage.id).len();
        form.cx.edit(Intent::MoveTouchpoint {
            id: t.id.clone(),
            stage: stage.id.clone(),
            to: if is_later { 0 } else { end },
        });
    }
}
