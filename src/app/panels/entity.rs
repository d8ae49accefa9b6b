//! Kinds of record that other records refer to, each described by constants.
//!
//! Must not know: forms of these records, the entities page.

use super::context::PanelContext;
use crate::app::ui::rows::Swatch;
use crate::edit::Intent;
use crate::model::{Action, Channel, Department, Environment, Map, Persona, Record};
use crate::scene::department_color;
use crate::theme::Icon;

/// A kind of record that can be chosen from a list, or added by its name.
pub(super) trait Listed: Record + 'static {
    /// Noun for one record.
    const WORD: &'static str;
    /// All records of a map.
    const ALL: fn(&Map) -> &[Self];
    /// Makes a record of this name.
    const NEW: fn(Self::Id, String) -> Self;
    const ADD: fn(Box<Self>) -> Intent;
    /// Symbol of the record at an index.
    const SWATCH: fn(&PanelContext<'_>, usize, &Self) -> Swatch;
}

type MergeIntent<R> = fn(<R as Record>::Id, <R as Record>::Id) -> Intent;

/// A kind of record listed on the entities page.
pub(super) trait Entity: Listed {
    /// Title of the list.
    const TITLE: &'static str;
    /// Text of an empty list.
    const EMPTY: &'static str;
    /// Label of the button that deletes a record.
    const DELETE_LABEL: &'static str;
    const NAME: fn(&mut Self) -> &mut String;
    const SET: fn(Box<Self>) -> Intent;
    const DELETE: fn(Self::Id) -> Intent;
    /// Moves a record to an index.
    const SHIFT: fn(Self::Id, usize) -> Intent;
    /// Merges the first record into the second one; `None` if the kind cannot be merged.
    const MERGE: Option<MergeIntent<Self>>;
}

macro_rules! listed {
    ($($kind:ident, $list:ident, $word:literal, $add:ident, $swatch:expr;)*) => {$(
        impl Listed for $kind {
            const WORD: &'static str = $word;
            const ALL: fn(&Map) -> &[Self] = |map| map.$list().as_slice();
            const NEW: fn(Self::Id, String) -> Self = $kind::new;
            const ADD: fn(Box<Self>) -> Intent = Intent::$add;
            const SWATCH: fn(&PanelContext<'_>, usize, &Self) -> Swatch = $swatch;
        }
    )*};
}

listed! {
    Persona, personas, "persona", AddPersona,
        |cx, i, _| Swatch::Filled(cx.theme.personas[i % cx.theme.personas.len()]);
    Department, departments, "department", AddDepartment,
        |cx, i, _| Swatch::Filled(department_color(cx.map, i, cx.theme));
    Channel, channels, "channel", AddChannel, |cx, _, channel| {
        let icon = Icon::for_channel(channel.icon.as_deref(), &channel.name);
        Swatch::Icon(icon, cx.theme.ink_soft)
    };
    Environment, environments, "environment", AddEnvironment, |cx, _, environment| {
        let icon = Icon::for_environment(environment.kind, &environment.name);
        Swatch::Icon(icon, cx.theme.ink_soft)
    };
    Action, actions, "action", AddAction,
        |cx, _, _| Swatch::Icon(Icon::Check, cx.theme.ink_soft);
}

macro_rules! entities {
    ($($kind:ident, $set:ident, $delete:ident, $shift:ident, $merge:expr,
        $title:literal, $empty:literal, $delete_label:literal;)*) => {$(
        impl Entity for $kind {
            const TITLE: &'static str = $title;
            const EMPTY: &'static str = $empty;
            const DELETE_LABEL: &'static str = $delete_label;
            const NAME: fn(&mut Self) -> &mut String = |record| &mut record.name;
            const SET: fn(Box<Self>) -> Intent = Intent::$set;
            const DELETE: fn(Self::Id) -> Intent = Intent::$delete;
            const SHIFT: fn(Self::Id, usize) -> Intent = |id, to| Intent::$shift { id, to };
            const MERGE: Option<fn(Self::Id, Self::Id) -> Intent> = $merge;
        }
    )*};
}

entities! {
    Persona, SetPersona, DeletePersona, MovePersona, None,
        "Personas", "No personas yet: whose eyes do we look through?",
        "Delete persona with its feelings";
    Department, SetDepartment, DeleteDepartment, MoveDepartment,
        Some(|from, into| Intent::MergeDepartments { from, into }),
        "Departments", "No departments yet: who owns the touchpoints?",
        "Delete department";
    Channel, SetChannel, DeleteChannel, MoveChannel,
        Some(|from, into| Intent::MergeChannels { from, into }),
        "Channels", "No channels yet: how does contact happen?",
        "Delete channel";
    Environment, SetEnvironment, DeleteEnvironment, MoveEnvironment,
        Some(|from, into| Intent::MergeEnvironments { from, into }),
        "Environments", "No environments yet: where does it happen?",
        "Delete environment";
}
