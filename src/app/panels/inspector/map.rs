//! Form of the map itself, shown if nothing is selected.

use super::{action, items, value_fields};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{
    ROW_HEIGHT, Section, SmallIcon, Swatch, caption, hint_label, kind_heading, multiline_row,
    section, small_icon_button,
};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Action, Field, Header, MapKind, Note, ObjectRef};
use egui::{Sense, Ui};

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    kind_heading(ui, cx.theme, "Map");
    let map = cx.map;
    let intent = |header| Intent::SetHeader(header);
    edit_record(ui, cx, ObjectRef::Map, map.header(), intent, fields);
    entity_counts(ui, cx);
    actions(ui, cx);
    notes(ui, cx);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, header: &mut Header) {
    form.line(ui, Field::Title, "The name of the map", &mut header.title);
    let kinds = [
        (MapKind::Current, "Current", Swatch::None),
        (MapKind::Future, "Future", Swatch::None),
    ];
    form.segmented(ui, "Shows", &mut header.kind, &kinds);
    form.lines(
        ui,
        Field::Scenario,
        "Whose journey, in which situation",
        &mut header.scenario,
    );
    if let Some(fork) = &mut header.forked_from {
        form.line(ui, Field::ForkFile, "File of the other map", &mut fork.file);
        value_fields::date(ui, form, Field::ForkDate, &mut fork.date);
    }
    let empty = "No measurements of the whole journey yet, such as NPS";
    items::measurements(ui, form, &mut header.measurements, empty);
}

/// Shows the numbers of personas, departments, channels and environments, as a link to
/// their page.
fn entity_counts(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let map = cx.map;
    let counts = [
        (map.personas().len(), "persona"),
        (map.departments().len(), "department"),
        (map.channels().len(), "channel"),
        (map.environments().len(), "environment"),
    ];
    let words = counts.map(|(count, word)| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    });
    let id = CommandId::Entities;
    caption(ui, "Reference data");
    let words = words.join(", ");
    let response = multiline_row(ui, Swatch::None, &words, false, (2, Sense::click()));
    if response
        .on_hover_text(id.tooltip_with_keys(ui.ctx()))
        .clicked()
    {
        cx.actions.push(UiAction::RunCommand(id));
    }
}

fn actions(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let map = cx.map;
    let what = Section {
        title: "Actions",
        count: Some(map.actions().len()),
        add: Some("Add action"),
        empty: "No actions yet: what will be done about the pain?",
        open: true,
    };
    let add = section(ui, &what, |ui| {
        for (i, record) in map.actions().iter().enumerate() {
            action::show(ui, cx, i + 1, record);
        }
    });
    if add {
        let name = "New action";
        let id = cx.ids.new_id(name);
        let action = Action::new(id, name);
        cx.actions
            .push(UiAction::Edit(Intent::AddAction(Box::new(action))));
    }
}

/// Shows the parked notes.
fn notes(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let map = cx.map;
    let what = Section {
        title: "Parking lot",
        count: Some(map.notes().len()),
        add: Some("Park a note"),
        empty: "The parking lot is empty: for what has no place yet",
        open: true,
    };
    let add = section(ui, &what, |ui| {
        for (i, record) in map.notes().iter().enumerate() {
            let object = ObjectRef::Note(record.id.clone());
            edit_record(ui, cx, object, record, Intent::SetNote, |ui, form, note| {
                form.with_prefix(&format!("Note {}", i + 1), |form| {
                    note_fields(ui, form, note);
                });
            });
        }
        hint_label(
            ui,
            "Notes keep what the room says until it finds its place.",
        );
    });
    if add {
        let id = cx.ids.new_id("note");
        let note = Note {
            id,
            text: String::new(),
            votes: 0,
        };
        cx.actions
            .push(UiAction::Edit(Intent::AddNote(Box::new(note))));
    }
}

fn note_fields(ui: &mut Ui, form: &mut Form<'_>, note: &mut Note) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let room = ui.available_width() - 3.0 * (ROW_HEIGHT + UNIT) - 4.0 * UNIT;
        let name = form.field_name("Text");
        let field = Field::NoteText;
        form.uncaptioned_line(ui, &name, field, "What was said", room, &mut note.text);
        let text = format!("{}", note.votes);
        ui.add_sized([5.0 * UNIT, ROW_HEIGHT], egui::Label::new(text))
            .on_hover_text("Votes");
        if small_icon_button(ui, SmallIcon::Plus, &form.field_name("One more vote")).clicked() {
            note.votes = note.votes.saturating_add(1);
            form.mark_discrete_change();
        }
        if small_icon_button(ui, SmallIcon::Cross, &form.field_name("Delete")).clicked() {
            form.push_edit(Intent::DeleteNote(note.id.clone()));
        }
    });
}
