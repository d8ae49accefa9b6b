//! Form of several selected touchpoints: values that apply to all of them.

use crate::app::command::action::UiAction;
use crate::app::document::multi_selection::touchpoints_text;
use crate::app::editing::assign;
use crate::app::editing::assign::Assignment;
use crate::app::panels::context::PanelContext;
use crate::app::ui::combo_box;
use crate::app::ui::combo_box::{ComboChoice, ComboEntry, ComboLabel};
use crate::app::ui::rows::{Swatch, caption, hint_label, kind_heading, row};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{
    Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId, Id, ObjectRef,
    Record, Touchpoint, TouchpointId,
};
use crate::scene::department_color;
use crate::theme::Icon;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, ids: &[TouchpointId]) {
    kind_heading(ui, cx.theme, "Selection");
    let map = cx.map;
    let chosen: Vec<&Touchpoint> = ids.iter().filter_map(|id| map.touchpoint(id)).collect();
    ui.heading(touchpoints_text(chosen.len()));
    hint_label(
        ui,
        "What is chosen here applies to all of them, as one step.",
    );
    ui.add_space(UNIT);

    let (theme, soft) = (cx.theme, cx.theme.ink_soft);
    let owner = SharedField {
        title: "Owner",
        none: "No owner",
        mixed: "Different owners",
        word: "department",
        entries: record_entries(map.departments().iter(), |i, _| {
            Swatch::Filled(department_color(map, i, theme))
        }),
    };
    let common = shared_value(
        &chosen,
        |t| t.owner.as_ref(),
        |id| map.departments().position(id),
    );
    if let Some(picked) = owner.show(ui, common) {
        let known = |i: usize| map.departments().as_slice().get(i).map(|d| d.id.clone());
        let (first, id) = resolve_choice(cx, picked, known, |id: DepartmentId, name| {
            Intent::AddDepartment(Box::new(Department::new(id, name)))
        });
        assign_to_all(cx, ids, first, Assignment::Owner(id));
    }

    let channel = SharedField {
        title: "Channel",
        none: "No channel",
        mixed: "Different channels",
        word: "channel",
        entries: record_entries(map.channels().iter(), |_, c| {
            Swatch::Icon(Icon::for_channel(c.icon.as_deref(), &c.name), soft)
        }),
    };
    let common = self::shared_value(
        &chosen,
        |t| t.channel.as_ref(),
        |id| map.channels().position(id),
    );
    if let Some(picked) = channel.show(ui, common) {
        let known = |i: usize| map.channels().as_slice().get(i).map(|c| c.id.clone());
        let (first, id) = resolve_choice(cx, picked, known, |id: ChannelId, name| {
            Intent::AddChannel(Box::new(Channel::new(id, name)))
        });
        assign_to_all(cx, ids, first, Assignment::Channel(id));
    }

    let environment = SharedField {
        title: "Environment",
        none: "No environment",
        mixed: "Different environments",
        word: "environment",
        entries: record_entries(map.environments().iter(), |_, e| {
            Swatch::Icon(Icon::for_environment(e.kind, &e.name), soft)
        }),
    };
    let place = |id: &EnvironmentId| map.environments().position(id);
    let common = self::shared_value(&chosen, |t| t.environment.as_ref(), place);
    if let Some(picked) = environment.show(ui, common) {
        let known = |i: usize| map.environments().as_slice().get(i).map(|e| e.id.clone());
        let (first, id) = resolve_choice(cx, picked, known, |id: EnvironmentId, name| {
            Intent::AddEnvironment(Box::new(Environment::new(id, name)))
        });
        assign_to_all(cx, ids, first, Assignment::Environment(id));
    }

    ui.add_space(2.0 * UNIT);
    caption(ui, "Selected");
    for touchpoint in chosen.iter().take(MAX_LISTED_TOUCHPOINTS) {
        let line = ui.push_id(touchpoint.id.as_str(), |ui| {
            row(ui, Swatch::None, &touchpoint.name, false)
        });
        if line.inner.clicked() {
            cx.actions.push(UiAction::Select {
                selection: crate::app::command::action::Selection::One(ObjectRef::Touchpoint(
                    touchpoint.id.clone(),
                )),
                reveal: true,
            });
        }
    }
    if chosen.len() > MAX_LISTED_TOUCHPOINTS {
        hint_label(
            ui,
            &format!("and {} more", chosen.len() - MAX_LISTED_TOUCHPOINTS),
        );
    }
}

/// Maximum number of listed names.
const MAX_LISTED_TOUCHPOINTS: usize = 40;

/// Value shared by the selected touchpoints.
#[derive(Clone, Copy, PartialEq)]
enum SharedValue {
    /// No value.
    None,
    /// The entry at this index.
    Entry(usize),
    /// Different values.
    Mixed,
}

fn shared_value<'t, I: PartialEq + 't>(
    chosen: &[&'t Touchpoint],
    value: impl Fn(&'t Touchpoint) -> Option<&'t I>,
    place: impl Fn(&I) -> Option<usize>,
) -> SharedValue {
    let mut values = chosen.iter().map(|t| value(t));
    let first = values.next().flatten();
    if values.any(|other| other != first) {
        return SharedValue::Mixed;
    }
    match first {
        None => SharedValue::None,
        Some(id) => place(id).map_or(SharedValue::Mixed, SharedValue::Entry),
    }
}

struct SharedField {
    title: &'static str,
    none: &'static str,
    mixed: &'static str,
    word: &'static str,
    entries: Vec<ComboEntry>,
}

impl SharedField {
    fn show(self, ui: &mut Ui, common: SharedValue) -> Option<ComboChoice> {
        let known = match common {
            SharedValue::Entry(i) => self.entries.get(i),
            SharedValue::None | SharedValue::Mixed => None,
        };
        let words = if common == SharedValue::Mixed {
            self.mixed
        } else {
            self.none
        };
        let text = known.map_or(words, |entry| &entry.text).to_owned();
        let shown = ComboLabel {
            text: &text,
            swatch: known.map_or(Swatch::None, |entry| entry.swatch),
            warning_color: None,
        };
        caption(ui, self.title);
        let entries = self.entries;
        let (none, add) = (Some(self.none), Some(self.word));
        combo_box::combo_box(ui, self.title, None, &shown, none, add, || entries)
    }
}

fn record_entries<'r, R: Record + 'r>(
    records: impl Iterator<Item = &'r R>,
    swatch: impl Fn(usize, &R) -> Swatch,
) -> Vec<ComboEntry> {
    let entry = |(i, record): (usize, &'r R)| ComboEntry {
        text: record.name().to_owned(),
        swatch: swatch(i, record),
    };
    records.enumerate().map(entry).collect()
}

/// Returns the chosen id, and the intent that adds its record if it is new.
fn resolve_choice<I: Id>(
    cx: &mut PanelContext<'_>,
    picked: ComboChoice,
    known: impl Fn(usize) -> Option<I>,
    add: impl Fn(I, String) -> Intent,
) -> (Option<Intent>, Option<I>) {
    match picked {
        ComboChoice::None => (None, None),
        ComboChoice::Entry(i) => (None, known(i)),
        ComboChoice::New(name) => {
            let id = cx.ids.new_id::<I>(&name);
            (Some(add(id.clone(), name)), Some(id))
        }
    }
}

fn assign_to_all(
    cx: &mut PanelContext<'_>,
    ids: &[TouchpointId],
    first: Option<Intent>,
    gift: Assignment,
) {
    let Some(given) = assign::assign_intent(cx.map, ids, &gift) else {
        return;
    };
    let label = given.label();
    let intents = first.into_iter().chain([given]).collect();
    cx.actions
        .push(UiAction::Edit(Intent::Batch { label, intents }));
}
