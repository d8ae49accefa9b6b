//! Combo boxes shared by several forms: owner, supporters, channel, environment,
//! actions.

use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{ComboChoice, ComboEntry, ComboLabel};
use crate::app::ui::rows::{ROW_HEIGHT, SmallIcon, Swatch, small_icon_button};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{
    Action, ActionId, Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId,
    EnvironmentKind, Field, Record,
};
use crate::scene::department_color;
use crate::theme::Icon;
use egui::Ui;

/// Kinds of environment with their labels on screen.
pub(super) const ENVIRONMENT_KINDS: [(EnvironmentKind, &str); 3] = [
    (EnvironmentKind::Physical, "A place"),
    (EnvironmentKind::Digital, "A screen"),
    (EnvironmentKind::Social, "Among people"),
];

/// Returns the colour swatch of a department.
pub(in crate::app::panels) fn department_swatch(form: &Form<'_>, index: usize) -> Swatch {
    Swatch::Filled(department_color(form.map, index, form.theme))
}

/// Returns the icon of a channel.
pub(in crate::app::panels) fn channel_swatch(form: &Form<'_>, channel: &Channel) -> Swatch {
    let icon = Icon::for_channel(channel.icon.as_deref(), &channel.name);
    Swatch::Icon(icon, form.theme.ink_soft)
}

/// Returns the icon of an environment.
pub(in crate::app::panels) fn environment_swatch(
    form: &Form<'_>,
    environment: &Environment,
) -> Swatch {
    let icon = Icon::for_environment(environment.kind, &environment.name);
    Swatch::Icon(icon, form.theme.ink_soft)
}

fn department_entries(form: &Form<'_>) -> Vec<ComboEntry> {
    let departments = form.map.departments().iter().enumerate();
    departments
        .map(|(i, d)| ComboEntry {
            text: d.name.clone(),
            swatch: department_swatch(form, i),
        })
        .collect()
}

/// Returns the chosen department; a new one is added first.
fn resolve_department(form: &mut Form<'_>, picked: ComboChoice) -> Option<DepartmentId> {
    match picked {
        ComboChoice::None => None,
        ComboChoice::Entry(i) => form
            .map
            .departments()
            .as_slice()
            .get(i)
            .map(|d| d.id.clone()),
        ComboChoice::New(name) => {
            let id: DepartmentId = form.mint(&name);
            let department = Department::new(id.clone(), name);
            form.edit_before(Intent::AddDepartment(Box::new(department)));
            Some(id)
        }
    }
}

/// Shows a combo box for a department; `nobody` is the label for none, and `loud` marks
/// a missing one with a warning colour.
pub(super) fn department(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: Field,
    nobody: &str,
    loud: bool,
    value: &mut Option<DepartmentId>,
) {
    let map = form.map;
    let unowned = form.theme.unowned;
    let unknown;
    let shown = match value {
        None => ComboLabel {
            text: nobody,
            swatch: if loud {
                Swatch::Missing(unowned)
            } else {
                Swatch::None
            },
            warning_color: loud.then_some(unowned),
        },
        Some(id) => match map.departments().position(id) {
            Some(i) => ComboLabel {
                text: map.departments().as_slice()[i].name(),
                swatch: department_swatch(form, i),
                warning_color: None,
            },
            None => {
                unknown = format!("Unknown department “{id}”");
                ComboLabel {
                    text: &unknown,
                    swatch: Swatch::Missing(unowned),
                    warning_color: Some(unowned),
                }
            }
        },
    };
    let entries = department_entries(form);
    let picked = form.combo_box(ui, field, &shown, Some(nobody), Some("department"), || {
        entries
    });
    if let Some(picked) = picked {
        *value = resolve_department(form, picked);
    }
}

/// Shows the supporting departments: a combo box to add one, and a row for each.
pub(super) fn supporters(ui: &mut Ui, form: &mut Form<'_>, value: &mut Vec<DepartmentId>) {
    let map = form.map;
    let shown = ComboLabel {
        text: "Add a supporter",
        swatch: Swatch::None,
        warning_color: None,
    };
    let entries = department_entries(form);
    let picked = form.combo_box(ui, "Supporters", &shown, None, Some("department"), || {
        entries
    });
    if let Some(picked) = picked
        && let Some(id) = resolve_department(form, picked)
        && !value.contains(&id)
    {
        value.push(id);
    }
    let mut gone = None;
    for (place, id) in value.iter().enumerate() {
        let (name, swatch) = match map.departments().position(id) {
            Some(i) => (
                map.departments().as_slice()[i].name.clone(),
                department_swatch(form, i),
            ),
            None => (format!("Unknown department “{id}”"), Swatch::None),
        };
        if removable_row(ui, swatch, &name, &format!("Remove supporter {name}")) {
            gone = Some(place);
        }
    }
    if let Some(place) = gone {
        value.remove(place);
        form.mark_discrete_change();
    }
}

/// Shows a row with a remove button; returns whether it was clicked.
pub(super) fn removable_row(ui: &mut Ui, swatch: Swatch, text: &str, name: &str) -> bool {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let room = ui.available_width() - ROW_HEIGHT - UNIT;
        let (rect, response) =
            ui.allocate_exact_size(egui::vec2(room, ROW_HEIGHT), egui::Sense::hover());
        let left = rect.left() + UNIT;
        swatch.paint(ui.painter(), left, rect.center().y);
        let from = egui::pos2(left + swatch.width(), rect.center().y);
        let font = egui::TextStyle::Body.resolve(ui.style());
        let tint = ui.visuals().text_color();
        let width = rect.right() - from.x;
        crate::app::ui::rows::elided_text(ui, &response, from, width, text, font, tint);
        small_icon_button(ui, SmallIcon::Cross, name).clicked()
    })
    .inner
}

/// Shows a combo box for a channel.
pub(super) fn channel(ui: &mut Ui, form: &mut Form<'_>, value: &mut Option<ChannelId>) {
    let map = form.map;
    let known = value.as_ref().and_then(|id| map.channels().get(id));
    let unknown;
    let shown = match (value.as_ref(), known) {
        (_, Some(channel)) => ComboLabel {
            text: &channel.name,
            swatch: channel_swatch(form, channel),
            warning_color: None,
        },
        (Some(id), None) => {
            unknown = format!("Unknown channel “{id}”");
            ComboLabel {
                text: &unknown,
                swatch: Swatch::None,
                warning_color: Some(form.theme.unowned),
            }
        }
        (None, None) => ComboLabel {
            text: "No channel",
            swatch: Swatch::None,
            warning_color: None,
        },
    };
    let entries: Vec<ComboEntry> = map
        .channels()
        .iter()
        .map(|c| ComboEntry {
            text: c.name.clone(),
            swatch: channel_swatch(form, c),
        })
        .collect();
    let picked = form.combo_box(
        ui,
        Field::Channel,
        &shown,
        Some("No channel"),
        Some("channel"),
        || entries,
    );
    *value = match picked {
        None => return,
        Some(ComboChoice::None) => None,
        Some(ComboChoice::Entry(i)) => map.channels().as_slice().get(i).map(|c| c.id.clone()),
        Some(ComboChoice::New(name)) => {
            let id: ChannelId = form.mint(&name);
            let channel = Channel::new(id.clone(), name);
            form.edit_before(Intent::AddChannel(Box::new(channel)));
            Some(id)
        }
    };
}

/// Shows a combo box for an environment.
pub(super) fn environment(ui: &mut Ui, form: &mut Form<'_>, value: &mut Option<EnvironmentId>) {
    let map = form.map;
    let known = value.as_ref().and_then(|id| map.environments().get(id));
    let unknown;
    let shown = match (value.as_ref(), known) {
        (_, Some(environment)) => ComboLabel {
            text: &environment.name,
            swatch: environment_swatch(form, environment),
            warning_color: None,
        },
        (Some(id), None) => {
            unknown = format!("Unknown environment “{id}”");
            ComboLabel {
                text: &unknown,
                swatch: Swatch::None,
                warning_color: Some(form.theme.unowned),
            }
        }
        (None, None) => ComboLabel {
            text: "No environment",
            swatch: Swatch::None,
            warning_color: None,
        },
    };
    let entries: Vec<ComboEntry> = map
        .environments()
        .iter()
        .map(|e| ComboEntry {
            text: e.name.clone(),
            swatch: environment_swatch(form, e),
        })
        .collect();
    let none = Some("No environment");
    let picked = form.combo_box(
        ui,
        Field::Environment,
        &shown,
        none,
        Some("environment"),
        || entries,
    );
    *value = match picked {
        None => return,
        Some(ComboChoice::None) => None,
        Some(ComboChoice::Entry(i)) => map.environments().as_slice().get(i).map(|e| e.id.clone()),
        Some(ComboChoice::New(name)) => {
            let id: EnvironmentId = form.mint(&name);
            let environment = Environment::new(id.clone(), name);
            form.edit_before(Intent::AddEnvironment(Box::new(environment)));
            Some(id)
        }
    };
}

/// Shows the actions that address a pain or an opportunity.
pub(super) fn actions(ui: &mut Ui, form: &mut Form<'_>, value: &mut Vec<ActionId>) {
    let map = form.map;
    let soft = form.theme.ink_soft;
    let mut gone = None;
    for (place, id) in value.iter().enumerate() {
        let known = map.actions().get(id);
        let text = known.map_or_else(|| format!("Unknown action “{id}”"), |a| a.name.clone());
        let swatch = Swatch::Icon(Icon::Check, soft);
        let name = format!("{} {text}", form.field_name("Remove action"));
        if removable_row(ui, swatch, &text, &name) {
            gone = Some(place);
        }
    }
    if let Some(place) = gone {
        value.remove(place);
        form.mark_discrete_change();
    }
    let shown = ComboLabel {
        text: "Add an action",
        swatch: Swatch::None,
        warning_color: None,
    };
    let entries = || {
        let entry = |a: &Action| ComboEntry {
            text: a.name.clone(),
            swatch: Swatch::None,
        };
        map.actions().iter().map(entry).collect()
    };
    let id: Option<ActionId> =
        match form.combo_box(ui, "Actions", &shown, None, Some("action"), entries) {
            None | Some(ComboChoice::None) => None,
            Some(ComboChoice::Entry(i)) => map.actions().as_slice().get(i).map(|a| a.id.clone()),
            Some(ComboChoice::New(name)) => {
                let id: ActionId = form.mint(&name);
                let action = Action::new(id.clone(), name);
                form.edit_before(Intent::AddAction(Box::new(action)));
                Some(id)
            }
        };
    if let Some(id) = id
        && !value.contains(&id)
    {
        value.push(id);
    }
}
