//! Kinds of record that other records refer to, behind traits.
//!
//! Must not know: forms of these records, the entities page.

use crate::app::command::action::UiAction;
use crate::app::panels::form::Form;
use crate::app::ui::rows::Swatch;
use crate::edit::Intent;
use crate::model::{Action, Channel, Department, Environment, Map, Persona, PersonaId, Record};
use crate::scene::department_color;
use crate::theme::Icon;
use std::collections::BTreeSet;

/// A kind of record that can be chosen from a list, or added by its name.
pub(super) trait Listed: Record {
    /// Noun for one record.
    const WORD: &'static str;
    fn all(map: &Map) -> &[Self];
    fn new(id: Self::Id, name: String) -> Self;
    fn add(self) -> Intent;
    fn swatch(&self, form: &Form<'_>, place: usize) -> Swatch;
}

/// A kind of record listed on the entities page.
pub(super) trait Entity: Listed {
    /// Title of the list.
    const TITLE: &'static str;
    /// Text of an empty list.
    const EMPTY: &'static str;
    /// Label of the button that deletes a record.
    const DELETE: &'static str;
    fn name_mut(&mut self) -> &mut String;
    fn set(self: Box<Self>) -> Intent;
    fn delete(id: Self::Id) -> Intent;
    fn shift(id: Self::Id, to: usize) -> Intent;
    /// Returns the intent that merges two records, or `None` if the kind cannot be
    /// merged.
    fn merge(from: Self::Id, into: Self::Id) -> Option<Intent>;
    /// Visibility of the curve; `None` for kinds without one.
    fn curve(&self, _hidden: &BTreeSet<PersonaId>) -> Option<bool> {
        None
    }
    /// Returns the command that shows or hides the curve.
    fn toggle_curve(&self, _drawn: Option<bool>) -> Option<UiAction> {
        None
    }
}

macro_rules! listed {
    ($($kind:ident, $list:ident, $word:literal, $add:ident, $swatch:expr;)*) => {$(
        impl Listed for $kind {
            const WORD: &'static str = $word;
            fn all(map: &Map) -> &[$kind] {
                map.$list().as_slice()
            }
            fn new(id: Self::Id, name: String) -> $kind {
                $kind::new(id, name)
            }
            fn add(self) -> Intent {
                Intent::$add(Box::new(self))
            }
            fn swatch(&self, form: &Form<'_>, place: usize) -> Swatch {
                let swatch: fn(&Form<'_>, usize, &$kind) -> Swatch = $swatch;
                swatch(form, place, self)
            }
        }
    )*};
}

listed! {
    Persona, personas, "persona", AddPersona,
        |form, i, _| Swatch::Filled(form.theme.personas[i % form.theme.personas.len()]);
    Department, departments, "department", AddDepartment,
        |form, i, _| Swatch::Filled(department_color(form.map, i, form.theme));
    Channel, channels, "channel", AddChannel, |form, _, channel| {
        let icon = Icon::for_channel(channel.icon.as_deref(), &channel.name);
        Swatch::Icon(icon, form.theme.ink_soft)
    };
    Environment, environments, "environment", AddEnvironment, |form, _, environment| {
        let icon = Icon::for_environment(environment.kind, &environment.name);
        Swatch::Icon(icon, form.theme.ink_soft)
    };
    Action, actions, "action", AddAction,
        |form, _, _| Swatch::Icon(Icon::Check, form.theme.ink_soft);
}

macro_rules! entities {
    ($($kind:ident, $set:ident, $delete:ident, $shift:ident,
        $title:literal, $empty:literal, $delete_label:literal, $merge:expr
        $(, $more:item)*;)*) => {$(
        impl Entity for $kind {
            const TITLE: &'static str = $title;
            const EMPTY: &'static str = $empty;
            const DELETE: &'static str = $delete_label;
            fn name_mut(&mut self) -> &mut String {
                &mut self.name
            }
            fn set(self: Box<Self>) -> Intent {
                Intent::$set(self)
            }
            fn delete(id: Self::Id) -> Intent {
                Intent::$delete(id)
            }
            fn shift(id: Self::Id, to: usize) -> Intent {
                Intent::$shift { id, to }
            }
            fn merge(from: Self::Id, into: Self::Id) -> Option<Intent> {
                let merge: fn(Self::Id, Self::Id) -> Option<Intent> = $merge;
                merge(from, into)
            }
            $($more)*
        }
    )*};
}

entities! {
    Persona, SetPersona, DeletePersona, MovePersona, "Personas",
        "No personas yet: whose eyes do we look through?",
        "Delete persona with its feelings",
        |_, _| None,
        fn curve(&self, hidden: &BTreeSet<PersonaId>) -> Option<bool> {
            Some(!hidden.contains(&self.id))
        },
        fn toggle_curve(&self, drawn: Option<bool>) -> Option<UiAction> {
            Some(UiAction::ShowCurve(self.id.clone(), !drawn?))
        };
    Department, SetDepartment, DeleteDepartment, MoveDepartment,
        "Departments", "No departments yet: who owns the touchpoints?",
        "Delete department",
        |from, into| Some(Intent::MergeDepartments { from, into });
    Channel, SetChannel, DeleteChannel, MoveChannel, "Channels",
        "No channels yet: how does contact happen?",
        "Delete channel",
        |from, into| Some(Intent::MergeChannels { from, into });
    Environment, SetEnvironment, DeleteEnvironment, MoveEnvironment,
        "Environments", "No environments yet: where does it happen?",
        "Delete environment",
        |from, into| Some(Intent::MergeEnvironments { from, into });
}
