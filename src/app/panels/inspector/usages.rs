//! Usages of a department, channel, environment or persona, and merging with another
//! one.

use super::paths;
use crate::app::command::action::{Command, Selection};
use crate::app::panels::entities::Listed;
use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{Entry, Picked, Shown};
use crate::app::ui::rows::{Section, Swatch, quiet, row, section};
use crate::insight::{Role, Thing, Use, User, uses};
use crate::model::Record;
use crate::search::filter::Facet;
use egui::{Checkbox, Ui};

/// Maximum number of listed usages.
const LISTED: usize = 40;

/// Smallest number of usages for which the list starts collapsed.
const FOLDED: usize = 12;

/// Shows a checkbox that filters the map by the record.
fn light(ui: &mut Ui, form: &mut Form<'_>, thing: Thing) {
    let facet = match thing {
        Thing::Department(id) => Facet::Department(id),
        Thing::Channel(id) => Facet::Channel(Some(id)),
        Thing::Environment(id) => Facet::Environment(Some(id)),
        Thing::Persona(id) => Facet::Persona(id),
    };
    let mut on = form.filter.has(&facet);
    let tick = ui.add(Checkbox::new(&mut on, "Light up on the map"));
    let tip = "Filter by this: everything else steps back";
    if tick.on_hover_text(tip).changed() {
        form.say(Command::Filter(facet));
    }
}

/// Shows the usages as links, and the merge control.
pub(super) fn show<R: Listed>(ui: &mut Ui, form: &mut Form<'_>, record: &R) {
    let places = uses(form.map, &record.thing());
    let what = Section {
        title: "Where used",
        count: Some(places.len()),
        add: None,
        empty: "Used nowhere",
        open: places.len() < FOLDED,
    };
    if !places.is_empty() {
        light(ui, form, record.thing());
    }
    section(ui, &what, |ui| {
        for place in places.iter().take(LISTED) {
            let text = words(form, place);
            let clicked = ui.push_id((&text, format!("{:?}", place.user)), |ui| {
                row(ui, Swatch::None, &text, false).clicked()
            });
            if clicked.inner {
                form.go(match &place.user {
                    User::Stage(id) => Selection::Stage(id.clone()),
                    User::Touchpoint(id) => Selection::Touchpoint(id.clone()),
                    // Actions are part of the map's form.
                    User::Action(_) => Selection::Nothing,
                });
            }
        }
        if places.len() > LISTED {
            quiet(ui, &format!("and {} more", places.len() - LISTED));
        }
    });
    merge(ui, form, record);
}

/// Describes a usage: "7a Signs the contract, supports".
fn words(form: &Form<'_>, place: &Use) -> String {
    let map = form.map;
    let name = match &place.user {
        User::Touchpoint(id) => paths::named(form, id),
        User::Stage(id) => {
            let name = map.stages().get(id).map_or("", Record::name);
            format!("Stage {name}")
        }
        User::Action(id) => {
            let name = map.actions().get(id).map_or("", Record::name);
            format!("Action {name}")
        }
    };
    match place.role {
        Role::Channel | Role::Environment | Role::Feeling => name,
        role => format!("{name}, {}", role.word()),
    }
}

/// Shows a combo box of the other records of the kind; a choice merges this one into
/// it.
fn merge<R: Listed>(ui: &mut Ui, form: &mut Form<'_>, record: &R) {
    let all = R::all(form.map);
    let here = record.id();
    if all.len() < 2 || R::merge(here.clone(), here.clone()).is_none() {
        return;
    }
    let others: Vec<(usize, &R)> = all
        .iter()
        .enumerate()
        .filter(|(_, r)| r.id() != here)
        .collect();
    let entries = others
        .iter()
        .map(|(place, other)| Entry {
            text: other.name().to_owned(),
            swatch: other.swatch(form, *place),
        })
        .collect();
    let shown = Shown {
        text: "Choose the one that stays",
        swatch: Swatch::None,
        loud: None,
    };
    let picked = form.choice(ui, "Merge into", &shown, None, None, || entries);
    if let Some(Picked::Entry(place)) = picked
        && let Some((_, other)) = others.get(place)
    {
        if let Some(intent) = R::merge(here.clone(), other.id().clone()) {
            form.wish(intent);
        }
        form.go(other.selection());
    }
}
