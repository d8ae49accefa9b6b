//! Form for the fields of one record: widgets edit a copy, and the difference is queued
//! as one command.
//!
//! Must not know: the execution of commands.

use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::context::PanelContext;
use crate::app::ui::combo_box;
use crate::app::ui::combo_box::{ComboChoice, ComboEntry, ComboLabel};
use crate::app::ui::field_focus::{apply_field_focus, field_id, focus_field};
use crate::app::ui::rows::{
    Section, SmallIcon, Swatch, caption, icon_button, section_of_field, small_icon_button,
};
use crate::app::ui::style::{UNIT, color};
use crate::edit::{IdFactory, Intent};
use crate::layout::Layout;
use crate::model::{Basis, Evidence, Field, FieldRef, Id, Level, Map, ObjectRef};
use crate::search::filter::Filter;
use crate::theme::Icon;
use crate::theme::Theme;
use egui::{Response, TextEdit, Ui};

/// The title of a control: of a field, or a caption of its own.
pub(super) enum Title<'t> {
    Field(Field),
    Caption(&'t str),
}

impl From<Field> for Title<'_> {
    fn from(field: Field) -> Self {
        Title::Field(field)
    }
}

impl<'t> From<&'t str> for Title<'t> {
    fn from(caption: &'t str) -> Self {
        Title::Caption(caption)
    }
}

/// A list of items of a record, as a section of its form.
pub(super) struct ListSection {
    pub title: &'static str,
    /// The noun for one item.
    pub noun: &'static str,
    pub empty: &'static str,
    /// The field of the list, if there is one.
    pub list: Option<Field>,
    /// The field of a new item that gets the focus.
    pub first: fn(u16) -> Field,
}

/// Shows the form of one record; `show` edits a copy; if that differs in the end, `intent` of it is queued. Typing in one
/// field merges into one step, any other change is a step of its own.
pub(super) fn edit_record<R: Clone + PartialEq>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    object: ObjectRef,
    record: &R,
    intent: impl FnOnce(Box<R>) -> Intent,
    show: impl FnOnce(&mut Ui, &mut Form<'_>, &mut R),
) {
    let mut after = record.clone();
    let mut form = Form {
        object,
        is_list_row: false,
        map: cx.map,
        layout: cx.layout,
        filter: cx.filter,
        theme: cx.theme,
        ids: cx.ids.reborrow(),
        prefix: String::new(),
        preceding_intents: Vec::new(),
        following_commands: Vec::new(),
        typed_field: None,
        has_discrete_change: false,
    };
    ui.push_id(form.object.clone(), |ui| show(ui, &mut form, &mut after));
    let set = (after != *record).then(|| intent(Box::new(after)));
    let Form {
        mut preceding_intents,
        following_commands,
        typed_field,
        has_discrete_change,
        ..
    } = form;
    match (set, preceding_intents.first().map(Intent::label)) {
        (set, Some(label)) => {
            preceding_intents.extend(set);
            cx.actions.push(UiAction::Edit(Intent::Batch {
                label,
                intents: preceding_intents,
            }));
        }
        (Some(set), None) => cx.actions.push(match typed_field {
            Some(field) if !has_discrete_change => UiAction::EditField(set, field),
            _ => UiAction::Edit(set),
        }),
        (None, None) => {}
    }
    cx.actions.extend(following_commands);
}

/// State shared by the fields of one record while they are shown.
pub(super) struct Form<'f> {
    /// The object whose fields are shown.
    object: ObjectRef,
    /// Whether the form is a row of a list; the inspector may show the same fields.
    pub is_list_row: bool,
    /// The current map.
    pub map: &'f Map,
    /// Layout of the map.
    pub layout: &'f Layout,
    /// Current filter.
    pub filter: &'f Filter,
    /// Colours.
    pub theme: &'static Theme,
    ids: IdFactory<'f>,
    prefix: String,
    preceding_intents: Vec<Intent>,
    following_commands: Vec<UiAction>,
    typed_field: Option<FieldRef>,
    has_discrete_change: bool,
}

impl Form<'_> {
    /// Creates a new id.
    pub(super) fn mint<I: Id>(&mut self, name: &str) -> I {
        self.ids.new_id(name)
    }

    /// Shows fields whose names begin with `prefix` ("Pain 1").
    pub(super) fn with_prefix(&mut self, prefix: &str, show: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.prefix, prefix.to_owned());
        show(self);
        self.prefix = outer;
    }

    /// Shows fields of another object within the form.
    pub(super) fn with_object(&mut self, object: ObjectRef, show: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.object, object);
        show(self);
        self.object = outer;
    }

    /// Shows a section for a list of items, each with `fields` and a button that deletes
    /// it.
    pub(super) fn list<T>(
        &mut self,
        ui: &mut Ui,
        what: &ListSection,
        items: &mut Vec<T>,
        mut fields: impl FnMut(&mut Ui, &mut Self, u16, &mut T),
    ) -> bool {
        let add = format!("Add {}", what.noun);
        let section = Section {
            title: what.title,
            count: Some(items.len()),
            add: Some(&add),
            empty: what.empty,
            open: true,
        };
        let list = what.list.map(|field| self.field_id(field));
        let mut gone = None;
        let add = section_of_field(ui, &section, list, |ui| {
            for (i, item) in items.iter_mut().enumerate() {
                let at = Field::index(i);
                ui.push_id((what.noun, i), |ui| {
                    self.with_prefix(&(what.first)(at).group(), |form| {
                        fields(ui, form, at, item);
                        let delete = ui.button(format!("Delete {}", what.noun));
                        let name = form.field_name("Delete");
                        if delete.accessible_name(name).clicked() {
                            gone = Some(i);
                        }
                        ui.add_space(3.0 * UNIT);
                    });
                });
            }
        });
        if let Some(i) = gone {
            items.remove(i);
            self.mark_discrete_change();
        }
        if add {
            self.mark_discrete_change();
            self.focus_when_shown(ui, (what.first)(Field::index(items.len())));
        }
        add
    }

    /// The address of a field of the shown object.
    pub(super) fn field(&self, field: Field) -> FieldRef {
        self.object.clone().field(field)
    }

    fn field_id(&self, field: Field) -> egui::Id {
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
        match letters.next() {
            Some(first) => {
                let first = first.to_lowercase();
                format!("{} {first}{}", self.prefix, letters.as_str())
            }
            None => self.prefix.clone(),
        }
    }

    /// Queues an intent that must precede the change of the record; both form one step.
    pub(super) fn edit_before(&mut self, intent: Intent) {
        self.preceding_intents.push(intent);
    }

    /// Queues an independent edit.
    pub(super) fn push_edit(&mut self, intent: Intent) {
        self.following_commands.push(UiAction::Edit(intent));
    }

    /// Queues an independent command.
    pub(super) fn push_command(&mut self, command: UiAction) {
        self.following_commands.push(command);
    }

    /// Selects and reveals something.
    pub(super) fn select(&mut self, selection: impl Into<Selection>) {
        self.following_commands.push(UiAction::Select {
            selection: selection.into(),
            reveal: true,
        });
    }

    /// Marks a change other than typing.
    pub(super) fn mark_discrete_change(&mut self) {
        self.has_discrete_change = true;
    }

    /// Marks typing in a field.
    pub(super) fn mark_typed(&mut self, field: Field) {
        self.typed_field = Some(self.field(field));
    }

    /// Requests the focus for a field as soon as it is shown.
    pub(super) fn focus_when_shown(&self, ui: &Ui, field: Field) {
        focus_field(ui.ctx(), &self.field(field));
    }

    /// Shows a single-line text field.
    pub(super) fn line(
        &mut self,
        ui: &mut Ui,
        field: Field,
        hint: &'static str,
        text: &mut String,
    ) {
        self.captioned_line(ui, field.caption(), field, hint, text);
    }

    /// Shows a single-line text field with a caption of its own.
    pub(super) fn captioned_line(
        &mut self,
        ui: &mut Ui,
        title: &str,
        field: Field,
        hint: &'static str,
        text: &mut String,
    ) {
        let name = self.field_name(title);
        caption(ui, title);
        self.uncaptioned_line(ui, &name, field, hint, f32::INFINITY, text);
    }

    /// Shows a multi-line text field.
    pub(super) fn lines(
        &mut self,
        ui: &mut Ui,
        field: Field,
        hint: &'static str,
        text: &mut String,
    ) {
        self.captioned_lines(ui, field.caption(), field, hint, text);
    }

    /// Shows a multi-line text field with a caption of its own.
    pub(super) fn captioned_lines(
        &mut self,
        ui: &mut Ui,
        title: &str,
        field: Field,
        hint: &'static str,
        text: &mut String,
    ) {
        let name = self.field_name(title);
        caption(ui, title);
        let edit = TextEdit::multiline(text)
            .id_salt(name.as_str())
            .hint_text(hint)
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        self.text(ui, &name, field, edit);
    }

    /// Shows a single-line text field without a caption, for lists; `name` is its
    /// accessible name.
    pub(super) fn uncaptioned_line(
        &mut self,
        ui: &mut Ui,
        name: &str,
        field: Field,
        hint: &'static str,
        width: f32,
        text: &mut String,
    ) -> Response {
        let edit = TextEdit::singleline(text)
            .id_salt(name)
            .hint_text(hint)
            .desired_width(width);
        self.text(ui, name, field, edit)
    }

    fn text(&mut self, ui: &mut Ui, name: &str, field: Field, edit: TextEdit<'_>) -> Response {
        let response = ui.add(edit).accessible_name(name);
        if response.changed() {
            self.mark_typed(field);
        }
        apply_field_focus(ui, self.field_id(field), &response);
        response
    }

    /// Shows a value typed as text. Invalid text stays in the field, marked and with
    /// the message `wrong` below, and the value is unchanged. An empty field is no
    /// value, or invalid if the value is `required`.
    #[expect(clippy::too_many_arguments, reason = "each is a word of the field")]
    pub(super) fn parsed<T: PartialEq>(
        &mut self,
        ui: &mut Ui,
        field: Field,
        hint: &'static str,
        wrong: &str,
        required: bool,
        value: &mut Option<T>,
        show: impl Fn(&T) -> String,
        parse: impl Fn(&str) -> Option<T>,
    ) {
        let title = field.caption();
        let name = self.field_name(title);
        let draft = ui.make_persistent_id(("draft", name.as_str()));
        let read = |text: &str| -> Option<Option<T>> {
            if text.trim().is_empty() {
                (!required).then_some(None)
            } else {
                parse(text.trim()).map(Some)
            }
        };
        let kept = ui.data(|d| d.get_temp::<String>(draft));
        let mut text = kept.unwrap_or_else(|| value.as_ref().map(&show).unwrap_or_default());
        let bad = read(&text).is_none();
        caption(ui, title);
        let mut edit = TextEdit::singleline(&mut text)
            .id_salt(name.as_str())
            .hint_text(hint)
            .desired_width(f32::INFINITY);
        if bad {
            edit = edit.text_color(color(self.theme.pain));
        }
        let response = ui.add(edit).accessible_name(&name);
        apply_field_focus(ui, self.field_id(field), &response);
        let understood = read(&text);
        let wrong_now = understood.is_none();
        match understood {
            Some(new) if response.changed() => {
                if new != *value {
                    *value = new;
                    self.mark_typed(field);
                }
                ui.data_mut(|d| d.insert_temp(draft, text));
            }
            // Left, or changed elsewhere (undo): the field shows the value again.
            Some(new) if !response.has_focus() || new != *value => {
                ui.data_mut(|d| d.remove::<String>(draft));
            }
            Some(_) => {}
            None => {
                ui.data_mut(|d| d.insert_temp(draft, text));
            }
        }
        if wrong_now {
            ui.colored_label(color(self.theme.pain), wrong);
        }
    }

    /// Shows a checkbox.
    pub(super) fn checkbox(&mut self, ui: &mut Ui, title: &str, on: &mut bool) {
        let name = self.field_name(title);
        let response = ui.checkbox(on, title).accessible_name(name);
        if response.changed() {
            self.mark_discrete_change();
        }
    }

    /// Shows a segmented control: a caption above, `words` as buttons.
    pub(super) fn segmented<T: Copy + PartialEq>(
        &mut self,
        ui: &mut Ui,
        title: &str,
        value: &mut T,
        words: &[(T, &str, Swatch)],
    ) {
        caption(ui, title);
        let name = self.field_name(title);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = UNIT;
            for (option, word, swatch) in words {
                let full = format!("{name}: {}", word.to_lowercase());
                let chosen = *option == *value;
                if icon_button(ui, *swatch, word, &full, chosen).clicked() && !chosen {
                    *value = *option;
                    self.mark_discrete_change();
                }
            }
        });
    }

    /// Shows a level: low, medium or high, as one to three icons.
    pub(super) fn level(
        &mut self,
        ui: &mut Ui,
        title: &str,
        value: &mut Level,
        icons: [Icon; 3],
        tint: crate::theme::Color,
    ) {
        let swatch = |i: usize| Swatch::Icon(icons[i], tint);
        let words = [
            (Level::Low, "Low", swatch(0)),
            (Level::Medium, "Medium", swatch(1)),
            (Level::High, "High", swatch(2)),
        ];
        self.segmented(ui, title, value, &words);
    }

    /// Shows votes: a number and a button for one more.
    pub(super) fn votes(&mut self, ui: &mut Ui, field: Field, votes: &mut u32) {
        caption(ui, "Votes");
        let name = self.field_name("Votes");
        ui.horizontal(|ui| {
            let number = ui.add(egui::DragValue::new(votes).range(0..=9999).speed(0.05));
            let number = number.accessible_name(&name);
            if number.changed() {
                self.mark_typed(field);
            }
            let add = small_icon_button(ui, SmallIcon::Plus, &self.field_name("One more vote"));
            if add.clicked() {
                *votes = votes.saturating_add(1);
                self.mark_discrete_change();
            }
        });
    }

    /// Shows the evidence of a statement: its basis, and its source
    /// in the field `source`.
    pub(super) fn evidence(&mut self, ui: &mut Ui, source: Field, evidence: &mut Evidence) {
        let soft = self.theme.ink_soft;
        let words = [
            (None, "Not said", Swatch::None),
            (
                Some(Basis::Assumption),
                "Assumption",
                Swatch::Icon(Icon::Question, self.theme.assumption),
            ),
            (
                Some(Basis::Observed),
                "Observed",
                Swatch::Icon(Icon::Eye, soft),
            ),
            (
                Some(Basis::Interviewed),
                "Interviewed",
                Swatch::Icon(Icon::Interview, soft),
            ),
            (
                Some(Basis::Measured),
                "Measured",
                Swatch::Icon(Icon::Chart, soft),
            ),
        ];
        self.segmented(ui, "Evidence", &mut evidence.basis, &words);
        if evidence.basis.is_some() || !evidence.source.is_empty() {
            self.line(ui, source, "Study, date or link", &mut evidence.source);
        }
    }

    /// Shows a combo box, with search if the list is long. `none` is the label for no
    /// entry, `add` the noun for a new one.
    pub(super) fn combo_box<'t>(
        &mut self,
        ui: &mut Ui,
        title: impl Into<Title<'t>>,
        shown: &ComboLabel<'_>,
        none: Option<&str>,
        add: Option<&str>,
        entries: impl FnOnce() -> Vec<ComboEntry>,
    ) -> Option<ComboChoice> {
        let (title, field) = match title.into() {
            Title::Field(field) => (field.caption(), Some(self.field_id(field))),
            Title::Caption(caption) => (caption, None),
        };
        let name = self.field_name(title);
        caption(ui, title);
        let picked = combo_box::combo_box(ui, &name, field, shown, none, add, entries);
        if picked.is_some() {
            self.mark_discrete_change();
        }
        picked
    }
}
