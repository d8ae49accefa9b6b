//! Form for the fields of one record: widgets edit a copy, and the difference is queued
//! as one command.
//!
//! Must not know: the execution of commands.

mod values;

use super::context::PanelContext;
use super::hints::hint;
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::held_value;
use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::combo_box::{ComboBox, ComboChoice, ComboEntries};
use crate::app::ui::field_focus::{apply_field_focus, field_id, focus_field, note_line_list};
use crate::app::ui::rows::{Section, add_row, caption};
use crate::app::ui::style::{ROW_HEIGHT, UNIT};
use crate::app::ui::text_field::show_text_field;
use crate::app::ui::value_field::forget_typed_text;
use crate::edit::Intent;
use crate::model::{Field, FieldRef, ObjectRef, Record};
use egui::{Response, TextBuffer, TextEdit, Ui};
pub(super) use values::ValueText;

/// A list of items of a record, as a section of its form.
pub(super) struct ListSection<T> {
    pub title: &'static str,
    /// The noun for one item.
    pub noun: &'static str,
    pub empty: &'static str,
    /// The field of the list.
    pub list: Field,
    /// The field of a new item that gets the focus.
    pub first: fn(u16) -> Field,
    /// Makes a new item.
    pub new: fn(&mut Form<'_, '_>) -> T,
    /// Shows the fields of an item.
    pub fields: fn(&mut Ui, &mut Form<'_, '_>, u16, &mut T),
}

/// Shows the form of one record; `show` edits a copy; if that differs in the end, `intent`
/// of it is queued. Typing in one field merges into one step, any other change is a step
/// of its own.
pub(super) fn edit_record<R: Record>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    record: &R,
    intent: impl FnOnce(Box<R>) -> Intent,
    show: impl FnOnce(&mut Ui, &mut Form<'_, '_>, &mut R),
) {
    edit_object(ui, cx, record.object(), record, intent, show);
}

/// Shows the form of an object like [`edit_record`].
pub(super) fn edit_object<R: Clone + PartialEq>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    object: ObjectRef,
    record: &R,
    intent: impl FnOnce(Box<R>) -> Intent,
    show: impl FnOnce(&mut Ui, &mut Form<'_, '_>, &mut R),
) {
    let mut after = record.clone();
    let queued = cx.actions.len();
    let mut form = Form {
        cx,
        object: object.clone(),
        is_list_row: false,
        prefix: String::new(),
        preceding_intents: Vec::new(),
        typed_field: None,
        held_field: None,
    };
    ui.push_id(object, |ui| show(ui, &mut form, &mut after));
    let mut intents = form.preceding_intents;
    // A change in the frame of a click is that of a button.
    let clicked = ui.input(|i| i.pointer.any_click());
    let typed = form.typed_field.filter(|_| !clicked);
    let label = intents.first().map(Intent::label);
    let set = (after != *record).then(|| intent(Box::new(after)));
    let action = match (set, label) {
        (set, Some(label)) => {
            intents.extend(set);
            UiAction::Edit(Intent::Batch { label, intents })
        }
        (Some(set), None) => match typed {
            Some(field) => UiAction::EditField(set, field),
            None => UiAction::Edit(set),
        },
        (None, None) => return,
    };
    if let Some(field) = form.held_field.filter(|_| !clicked) {
        held_value::hold(ui.ctx(), field, action, forget_typed_text);
        return;
    }
    // Other actions of the form follow the edit.
    cx.actions.insert(queued, action);
}

/// State shared by the fields of one record while they are shown.
pub(super) struct Form<'f, 'c> {
    /// The data of the panels and their queue of actions.
    pub cx: &'f mut PanelContext<'c>,
    /// The object whose fields are shown.
    object: ObjectRef,
    /// Whether the form is a row of a list; the inspector may show the same fields.
    pub is_list_row: bool,
    prefix: String,
    /// Intents that precede the change of the record; all form one step.
    pub preceding_intents: Vec<Intent>,
    typed_field: Option<FieldRef>,
    /// The field of a value that is still being typed.
    held_field: Option<egui::Id>,
}

impl Form<'_, '_> {
    /// Whether the object of the form may lack an owner without harm.
    pub(super) fn needs_no_owner(&self) -> bool {
        let touchpoint = self.object.touchpoint();
        let touchpoint = touchpoint.and_then(|id| self.cx.map.touchpoint(id));
        touchpoint.is_some_and(|touchpoint| self.cx.map.needs_no_owner(touchpoint))
    }

    /// Shows fields whose names begin with `prefix` ("Pain 1").
    pub(super) fn with_prefix<T>(&mut self, prefix: &str, show: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.prefix, prefix.to_owned());
        let shown = show(self);
        self.prefix = outer;
        shown
    }

    /// Shows fields of another object within the form.
    pub(super) fn with_object(&mut self, object: ObjectRef, show: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.object, object);
        show(self);
        self.object = outer;
    }

    /// Shows each item of a list; those for which `show` returns true are removed.
    pub(super) fn items<T>(
        &mut self,
        ui: &mut Ui,
        noun: &str,
        items: &mut Vec<T>,
        mut show: impl FnMut(&mut Ui, &mut Self, usize, &mut T) -> bool,
    ) {
        let mut i = 0;
        items.retain_mut(|item| {
            let gone = ui.push_id((noun, i), |ui| show(ui, self, i, item));
            i += 1;
            !gone.inner
        });
    }

    /// Shows a section for a list of items, each with its fields and a button that deletes
    /// it.
    pub(super) fn list<T>(&mut self, ui: &mut Ui, what: &ListSection<T>, items: &mut Vec<T>) {
        let section = Section {
            add: &format!("Add {}", what.noun),
            field: Some(self.field_id(what.list)),
            ..Section::list(what.title, items.len(), what.empty)
        };
        let add = section.show(ui, |ui| {
            self.items(ui, what.noun, items, |ui, form, i, item| {
                let at = Field::index(i);
                form.with_prefix(&(what.first)(at).group(), |form| {
                    (what.fields)(ui, form, at, item);
                    let delete = ui.button(format!("Delete {}", what.noun));
                    ui.add_space(3.0 * UNIT);
                    delete.accessible_name(form.field_name("Delete")).clicked()
                })
            });
        });
        if add {
            self.focus_when_shown(ui, (what.first)(Field::index(items.len())));
            items.push((what.new)(self));
        }
    }

    /// The address of a field of the shown object.
    fn field(&self, field: Field) -> FieldRef {
        self.object.clone().field(field)
    }

    /// The id of the control of a field.
    pub(super) fn field_id(&self, field: Field) -> egui::Id {
        if self.is_list_row {
            return field_id(&("list", self.field(field)));
        }
        field_id(&self.field(field))
    }

    /// Returns the full name of a field.
    pub(super) fn field_name(&self, caption: &str) -> String {
        if self.prefix.is_empty() {
            return caption.to_owned();
        }
        let mut letters = caption.chars();
        let first = letters.next().map(char::to_lowercase);
        let first: String = first.into_iter().flatten().collect();
        format!("{} {first}{}", self.prefix, letters.as_str())
    }

    /// Marks typing in a field.
    pub(super) fn mark_typed(&mut self, field: Field) {
        self.typed_field = Some(self.field(field));
    }

    /// Requests the focus for a field as soon as it is shown.
    pub(super) fn focus_when_shown(&self, ui: &Ui, field: Field) {
        focus_field(ui.ctx(), &self.field(field));
    }

    /// Shows a button that deletes the record.
    pub(super) fn delete_button(&mut self, ui: &mut Ui, text: &str, delete: Intent) {
        ui.separator();
        if ui.button(text).clicked() {
            self.cx.edit(delete);
            self.cx.select(Selection::Nothing);
        }
    }

    /// Shows a single-line text field.
    pub(super) fn line(&mut self, ui: &mut Ui, field: Field, text: &mut String) {
        let hint = hint(&self.object, field);
        self.captioned(ui, field.caption(), field, text, |text| {
            TextEdit::singleline(text).hint_text(hint)
        });
    }

    /// Shows a multi-line text field.
    pub(super) fn lines(&mut self, ui: &mut Ui, field: Field, text: &mut String) {
        let hint = hint(&self.object, field);
        let response = self.captioned(ui, field.caption(), field, text, |text| {
            TextEdit::multiline(text).hint_text(hint).desired_rows(2)
        });
        note_line_list(&response);
    }

    /// Shows a text field with a caption of its own; `edit` makes it.
    pub(super) fn captioned(
        &mut self,
        ui: &mut Ui,
        title: &str,
        field: Field,
        text: &mut String,
        edit: impl for<'t> FnOnce(&'t mut dyn TextBuffer) -> TextEdit<'t>,
    ) -> Response {
        let name = self.field_name(title);
        caption(ui, title);
        self.text(ui, &name, field, text, |text| {
            edit(text).desired_width(f32::INFINITY)
        })
    }

    /// Shows a single-line text field without a caption, for lists; `name` is its
    /// accessible name.
    pub(super) fn uncaptioned_line(
        &mut self,
        ui: &mut Ui,
        name: &str,
        field: Field,
        width: f32,
        text: &mut String,
    ) -> Response {
        let hint = hint(&self.object, field);
        self.text(ui, name, field, text, |text| {
            TextEdit::singleline(text)
                .hint_text(hint)
                .desired_width(width)
        })
    }

    /// Shows a text field that `edit` makes; `name` is its accessible name.
    pub(super) fn text(
        &mut self,
        ui: &mut Ui,
        name: &str,
        field: Field,
        text: &mut String,
        edit: impl for<'t> FnOnce(&'t mut dyn TextBuffer) -> TextEdit<'t>,
    ) -> Response {
        let response = show_text_field(ui, name, text, edit).accessible_name(name);
        if response.changed() {
            self.mark_typed(field);
        }
        apply_field_focus(ui, self.field_id(field), &response);
        response
    }

    /// Shows a list of short texts, one per line; `field` is that of an entry.
    pub(super) fn text_list(
        &mut self,
        ui: &mut Ui,
        title: &str,
        field: fn(u16) -> Field,
        texts: &mut Vec<String>,
    ) {
        caption(ui, title);
        self.items(ui, title, texts, |ui, form, i, text| {
            let field = field(Field::index(i));
            let name = field.label();
            let line = ui.horizontal(|ui| {
                let room = ui.available_width() - ROW_HEIGHT - 2.0 * UNIT;
                form.uncaptioned_line(ui, &name, field, room, text);
                let name = format!("Remove {}", name.to_lowercase());
                small_icon_button(ui, ControlIcon::Close, &name).clicked()
            });
            line.inner
        });
        let next = field(Field::index(texts.len()));
        let noun = next.label().to_lowercase();
        let add = format!(
            "Add {}",
            noun.trim_end_matches(|c: char| !c.is_alphabetic())
        );
        if add_row(ui, &add, &add).clicked() {
            texts.push(String::new());
            self.focus_when_shown(ui, next);
        }
    }

    /// Shows a checkbox.
    pub(super) fn checkbox(&mut self, ui: &mut Ui, title: &str, on: &mut bool) {
        let name = self.field_name(title);
        ui.checkbox(on, title).accessible_name(name);
    }

    /// Shows a combo box with a caption, with search if the list is long.
    pub(super) fn combo_box(
        &mut self,
        ui: &mut Ui,
        title: &str,
        combo: &ComboBox<'_>,
        entries: impl FnOnce() -> ComboEntries,
    ) -> Option<ComboChoice> {
        caption(ui, title);
        combo.show(ui, &self.field_name(title), entries)
    }
}
