//! Form of the map itself, shown if nothing is selected.

use super::{action, measurements, value_fields};
use crate::app::command::action::{Command, Context};
use crate::app::command::table::CommandId;
use crate::app::panels::form::{Form, edit};
use crate::app::ui::rows::{
    ROW, Section, Sign, Swatch, caption, kind, quiet, row_of, section, sign,
};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Action, ActionId, Header, Id, MapKind, Note, NoteId};
use egui::{Sense, Ui};

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>) {
    kind(ui, cx.theme, "Map");
    let map = cx.map;
    let intent = |header| Intent::SetHeader(header);
    edit(ui, cx, "map", map.header(), intent, fields);
    people(ui, cx);
    actions(ui, cx);
    notes(ui, cx);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, header: &mut Header) {
    form.line(ui, "Title", "The name of the map", &mut header.title);
    let kinds = [
        (MapKind::Current, "Current", Swatch::None),
        (MapKind::Future, "Future", Swatch::None),
    ];
    form.one_of(ui, "Shows", &mut header.kind, &kinds);
    form.lines(
        ui,
        "Scenario",
        "Whose journey, in which situation",
        &mut header.scenario,
    );
    if let Some(fork) = &mut header.forked_from {
        form.line(ui, "Forked from", "File of the other map", &mut fork.file);
        value_fields::date(ui, form, "Forked on", &mut fork.date);
    }
    let empty = "No measurements of the whole journey yet, such as NPS";
    measurements::show(ui, form, &mut header.measurements, empty);
}

/// Shows the numbers of personas, departments, channels and environments, as a link to
/// their page.
fn people(ui: &mut Ui, cx: &mut Context<'_>) {
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
    let id = CommandId::People;
    caption(ui, "People and things");
    let words = words.join(", ");
    let response = row_of(ui, Swatch::None, &words, false, (2, Sense::click()));
    if response.on_hover_text(id.tip(ui.ctx())).clicked() {
        cx.queue.push(Command::Run(id));
    }
}

fn actions(ui: &mut Ui, cx: &mut Context<'_>) {
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
        let id = ActionId::from_text(&(cx.mint)(name));
        let action = Action::new(id, name);
        cx.queue
            .push(Command::Edit(Intent::AddAction(Box::new(action))));
    }
}

/// Shows the parked notes.
fn notes(ui: &mut Ui, cx: &mut Context<'_>) {
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
            let key = format!("note/{}", record.id);
            edit(ui, cx, &key, record, Intent::SetNote, |ui, form, note| {
                form.within(&format!("Note {}", i + 1), |form| {
                    note_fields(ui, form, note);
                });
            });
        }
        quiet(
            ui,
            "Notes keep what the room says until it finds its place.",
        );
    });
    if add {
        let id = NoteId::from_text(&(cx.mint)("note"));
        let note = Note {
            id,
            text: String::new(),
            votes: 0,
        };
        cx.queue
            .push(Command::Edit(Intent::AddNote(Box::new(note))));
    }
}

fn note_fields(ui: &mut Ui, form: &mut Form<'_>, note: &mut Note) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let room = ui.available_width() - 3.0 * (ROW + UNIT) - 4.0 * UNIT;
        let name = form.name("Text");
        form.bare(ui, &name, "What was said", room, &mut note.text);
        let text = format!("{}", note.votes);
        ui.add_sized([5.0 * UNIT, ROW], egui::Label::new(text))
            .on_hover_text("Votes");
        if sign(ui, Sign::Plus, &form.name("One more vote")).clicked() {
            note.votes = note.votes.saturating_add(1);
            form.stepped();
        }
        if sign(ui, Sign::Cross, &form.name("Delete")).clicked() {
            form.wish(Intent::DeleteNote(note.id.clone()));
        }
    });
}
