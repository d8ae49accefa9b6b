//! The kinds of record listed on the entities page, behind one trait.
//!
//! Must not know: the page.

use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::form::Form;
use crate::app::panels::inspector::pickers;
use crate::app::ui::rows::Swatch;
use crate::edit::Intent;
use crate::model::{Channel, Department, Environment, Map, ObjectRef, Persona, PersonaId, Record};
use std::collections::BTreeSet;

/// A kind of record listed on the entities page.
pub(crate) trait Entity: Record {
    /// Noun for one record.
    const WORD: &'static str;
    /// Title of the list.
    const TITLE: &'static str;
    /// Text of an empty list.
    const EMPTY: &'static str;
    fn all(map: &Map) -> &[Self];
    fn new(id: Self::Id, name: String) -> Self;
    fn name_mut(&mut self) -> &mut String;
    fn swatch(&self, form: &Form<'_>, place: usize) -> Swatch;
    fn object(&self) -> ObjectRef;
    fn selection(&self) -> Selection;
    fn add(self) -> Intent;
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
    ($($kind:ident, $add:ident, $set:ident, $delete:ident, $shift:ident, $list:ident,
        $word:literal, $title:literal, $empty:literal, $swatch:expr, $merge:expr
        $(, $more:item)*;)*) => {$(
        impl Entity for $kind {
            const WORD: &'static str = $word;
            const TITLE: &'static str = $title;
            const EMPTY: &'static str = $empty;
            fn all(map: &Map) -> &[$kind] {
                map.$list().as_slice()
            }
            fn new(id: Self::Id, name: String) -> $kind {
                $kind::new(id, name)
            }
            fn name_mut(&mut self) -> &mut String {
                &mut self.name
            }
            fn swatch(&self, form: &Form<'_>, place: usize) -> Swatch {
                let swatch: fn(&Form<'_>, usize, &$kind) -> Swatch = $swatch;
                swatch(form, place, self)
            }
            fn object(&self) -> ObjectRef {
                ObjectRef::$kind(self.id.clone())
            }
            fn selection(&self) -> Selection {
                Selection::$kind(self.id.clone())
            }
            fn add(self) -> Intent {
                Intent::$add(Box::new(self))
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

listed! {
    Persona, AddPersona, SetPersona, DeletePersona, MovePersona, personas, "persona", "Personas",
        "No personas yet: whose eyes do we look through?",
        |form, i, _| Swatch::Filled(form.theme.personas[i % form.theme.personas.len()]),
        |_, _| None,
        fn curve(&self, hidden: &BTreeSet<PersonaId>) -> Option<bool> {
            Some(!hidden.contains(&self.id))
        },
        fn toggle_curve(&self, drawn: Option<bool>) -> Option<UiAction> {
            Some(UiAction::ShowCurve(self.id.clone(), !drawn?))
        };
    Department, AddDepartment, SetDepartment, DeleteDepartment, MoveDepartment, departments,
        "department", "Departments", "No departments yet: who owns the touchpoints?",
        |form, i, _| pickers::department_swatch(form, i),
        |from, into| Some(Intent::MergeDepartments { from, into });
    Channel, AddChannel, SetChannel, DeleteChannel, MoveChannel, channels, "channel", "Channels",
        "No channels yet: how does contact happen?",
        |form, _, c| pickers::channel_swatch(form, c),
        |from, into| Some(Intent::MergeChannels { from, into });
    Environment, AddEnvironment, SetEnvironment, DeleteEnvironment, MoveEnvironment, environments,
        "environment", "Environments", "No environments yet: where does it happen?",
        |form, _, e| pickers::environment_swatch(form, e),
        |from, into| Some(Intent::MergeEnvironments { from, into });
}
