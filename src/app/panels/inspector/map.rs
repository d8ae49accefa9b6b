//! Form of the map itself, its actions and its parked notes, shown if nothing is
//! selected.

use super::{items, pickers};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, ListSection, edit_object, edit_record};
use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::focus_new_name;
use crate::app::ui::rows::{
    Section, Swatch, caption, hint_label, kind_heading, multiline_row, two_columns,
};
use crate::app::ui::style::{ROW_HEIGHT, UNIT};
use crate::edit::Intent;
use crate::english::count;
use crate::model::{
    Action, ActionStatus, Decimal, Department, Field, Header, Lift, MapKind, Note, ObjectRef,
    Record, Rhythm, parse_date,
};
use crate::settings::today;
use crate::theme::Icon;
use egui::{Label, Sense, Ui};

const MEASUREMENTS: ListSection<crate::model::Measurement> = ListSection {
    empty: "No measurements of the whole journey yet, such as NPS",
    ..items::MEASUREMENTS
};

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    kind_heading(ui, "Map");
    let header = cx.map.header();
    edit_object(ui, cx, ObjectRef::Map, header, Intent::SetHeader, fields);
    entity_counts(ui, cx);
    actions(ui, cx);
    notes(ui, cx);
}

fn fields(ui: &mut Ui, form: &mut Form<'_, '_>, header: &mut Header) {
    form.line(ui, Field::Title, &mut header.title);
    let kinds = [
        (MapKind::Current, "Current state", Swatch::None),
        (MapKind::Future, "Future state", Swatch::None),
    ];
    form.segmented(ui, "Shows", &mut header.kind, &kinds);
    form.lines(ui, Field::Scenario, &mut header.scenario);
    form.line(ui, Field::Keeper, &mut header.keeper);
    form.parsed(ui, Field::Rhythm, Rhythm::parse, &mut header.rhythm);
    if let Some(fork) = &mut header.forked_from {
        form.line(ui, Field::ForkFile, &mut fork.file);
        form.line(ui, Field::ForkName, &mut fork.name);
        form.parsed(ui, Field::ForkDate, parse_date, &mut fork.date);
    }
    form.list(ui, &MEASUREMENTS, &mut header.measurements);
}

/// Shows the numbers of personas, departments, channels and environments, as a link to
/// their page.
fn entity_counts(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let counts = [
        count(cx.map.personas().len(), "persona"),
        count(cx.map.departments().len(), "department"),
        count(cx.map.channels().len(), "channel"),
        count(cx.map.environments().len(), "environment"),
    ];
    caption(ui, "Library");
    let counts = counts.join(", ");
    let response = multiline_row(ui, Swatch::None, &counts, false, 2, Sense::click());
    let tip = CommandId::Entities.tooltip_with_keys(ui.ctx());
    if response.on_hover_text(tip).clicked() {
        cx.actions.push(UiAction::RunCommand(CommandId::Entities));
    }
}

/// Shows the forms of records whose fields are called `noun` and their number.
fn numbered_records<R: Record>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    noun: &str,
    records: &[R],
    set: fn(Box<R>) -> Intent,
    fields: fn(&mut Ui, &mut Form<'_, '_>, &mut R),
) {
    for (i, record) in records.iter().enumerate() {
        edit_record(ui, cx, record, set, |ui, form, record| {
            form.with_prefix(&format!("{noun} {}", i + 1), |form| {
                fields(ui, form, record);
            });
        });
    }
}

fn actions(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let actions = cx.map.actions().as_slice();
    let empty = "No actions yet: what will be done about the pain?";
    let section = Section {
        add: "Add action",
        ..Section::list("Actions", actions.len(), empty)
    };
    let add = section.show(ui, |ui| {
        numbered_records(ui, cx, "Action", actions, Intent::SetAction, action_fields);
    });
    if add {
        let name = "New action";
        let action = Action::new(cx.ids.new_id(name), name);
        focus_new_name(ui.ctx(), &action.object().field(Field::Name));
        cx.edit(Intent::AddAction(Box::new(action)));
    }
}

fn action_fields(ui: &mut Ui, form: &mut Form<'_, '_>, action: &mut Action) {
    form.line(ui, Field::Name, &mut action.name);
    two_columns(ui, |left, right| {
        pickers::reference::<Department>(left, form, Field::Owner, &mut action.owner);
        form.parsed(right, Field::Due, parse_date, &mut action.due);
    });
    let tick = Swatch::Icon(Icon::Check, form.cx.theme.ink_soft);
    let statuses = [
        (ActionStatus::Planned, "Planned", Swatch::None),
        (ActionStatus::Started, "Started", Swatch::None),
        (ActionStatus::Done, "Done", tick),
        (ActionStatus::Dropped, "Dropped", Swatch::None),
    ];
    let (field, was) = (Field::Status, action.status);
    caption(ui, field.caption());
    form.choice(
        ui,
        field.caption(),
        Some(field),
        &mut action.status,
        &statuses,
    );
    if action.status == ActionStatus::Done {
        if was != ActionStatus::Done && action.done_on.is_none() {
            action.done_on = Some(today());
        }
        form.parsed(ui, Field::DoneOn, parse_date, &mut action.done_on);
    }
    lift(ui, form, &mut action.lift);
    form.lines(ui, Field::Notes, &mut action.notes);
    let name = form.field_name("Delete");
    if ui.button("Delete action").accessible_name(name).clicked() {
        form.cx.edit(Intent::DeleteAction(action.id.clone()));
    }
    ui.add_space(3.0 * UNIT);
}

/// Shows the expected improvement of a metric; an empty metric without a number is
/// stored as none.
fn lift(ui: &mut Ui, form: &mut Form<'_, '_>, lift: &mut Option<Lift>) {
    let mut metric = lift.as_ref().map(|l| l.metric.clone()).unwrap_or_default();
    let mut by = lift.as_ref().map(|l| l.by);
    caption(ui, "Expected effect");
    two_columns(ui, |left, right| {
        form.line(left, Field::LiftMetric, &mut metric);
        form.readable(right, Field::LiftBy, Decimal::readings, &mut by);
    });
    *lift = (!metric.is_empty() || by.is_some()).then(|| Lift {
        metric,
        by: by.unwrap_or_default(),
    });
}

/// Shows the parked notes.
fn notes(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let notes = cx.map.notes().as_slice();
    let empty = "The parking lot is empty: for what has no place yet";
    let section = Section {
        add: "Park a note",
        ..Section::list("Parking lot", notes.len(), empty)
    };
    let add = section.show(ui, |ui| {
        numbered_records(ui, cx, "Note", notes, Intent::SetNote, note_fields);
        let why = "Notes keep what the room says until it finds its place.";
        hint_label(ui, why);
    });
    if add {
        let note = Note {
            id: cx.ids.new_id("note"),
            text: String::new(),
            votes: 0,
        };
        focus_new_name(ui.ctx(), &note.object().field(Field::NoteText));
        cx.edit(Intent::AddNote(Box::new(note)));
    }
}

fn note_fields(ui: &mut Ui, form: &mut Form<'_, '_>, note: &mut Note) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let room = ui.available_width() - 3.0 * (ROW_HEIGHT + UNIT) - 4.0 * UNIT;
        let name = form.field_name("Text");
        form.uncaptioned_line(ui, &name, Field::NoteText, room, &mut note.text);
        let votes = Label::new(note.votes.to_string());
        ui.add_sized([5.0 * UNIT, ROW_HEIGHT], votes)
            .on_hover_text("Votes");
        form.vote_button(ui, &mut note.votes);
        let name = form.field_name("Delete");
        if small_icon_button(ui, ControlIcon::Close, &name).clicked() {
            form.cx.edit(Intent::DeleteNote(note.id.clone()));
        }
    });
}
