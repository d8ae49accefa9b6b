//! Form of several selected touchpoints: values that apply to all of them.

use crate::app::command::action::{Command, Context};
use crate::app::document::multi_selection::count;
use crate::app::editing::assign;
use crate::app::editing::assign::Gift;
use crate::app::ui::combo_box;
use crate::app::ui::combo_box::{Entry, Picked, Shown};
use crate::app::ui::rows::{Swatch, caption, kind, quiet, row};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{
    Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId, Id, Record,
    Touchpoint, TouchpointId,
};
use crate::scene::department_colour;
use crate::theme::Icon;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, ids: &[TouchpointId]) {
    kind(ui, cx.theme, "Selection");
    let map = cx.map;
    let chosen: Vec<&Touchpoint> = ids.iter().filter_map(|id| map.touchpoint(id)).collect();
    ui.heading(count(chosen.len()));
    quiet(
        ui,
        "What is chosen here applies to all of them, as one step.",
    );
    ui.add_space(UNIT);

    let (theme, soft) = (cx.theme, cx.theme.ink_soft);
    let owner = Field {
        title: "Owner",
        none: "No owner",
        mixed: "Different owners",
        word: "department",
        entries: named(map.departments().iter(), |i, _| {
            Swatch::Filled(department_colour(map, i, theme))
        }),
    };
    let common = common(
        &chosen,
        |t| t.owner.as_ref(),
        |id| map.departments().position(id),
    );
    if let Some(picked) = owner.show(ui, common) {
        let known = |i: usize| map.departments().as_slice().get(i).map(|d| d.id.clone());
        let (first, id) = fresh(cx, picked, known, |id: DepartmentId, name| {
            Intent::AddDepartment(Box::new(Department::new(id, name)))
        });
        give(cx, ids, first, Gift::Owner(id));
    }

    let channel = Field {
        title: "Channel",
        none: "No channel",
        mixed: "Different channels",
        word: "channel",
        entries: named(map.channels().iter(), |_, c| {
            Swatch::Icon(Icon::for_channel(c.icon.as_deref(), &c.name), soft)
        }),
    };
    let common = self::common(
        &chosen,
        |t| t.channel.as_ref(),
        |id| map.channels().position(id),
    );
    if let Some(picked) = channel.show(ui, common) {
        let known = |i: usize| map.channels().as_slice().get(i).map(|c| c.id.clone());
        let (first, id) = fresh(cx, picked, known, |id: ChannelId, name| {
            Intent::AddChannel(Box::new(Channel::new(id, name)))
        });
        give(cx, ids, first, Gift::Channel(id));
    }

    let environment = Field {
        title: "Environment",
        none: "No environment",
        mixed: "Different environments",
        word: "environment",
        entries: named(map.environments().iter(), |_, e| {
            Swatch::Icon(Icon::for_environment(e.kind, &e.name), soft)
        }),
    };
    let place = |id: &EnvironmentId| map.environments().position(id);
    let common = self::common(&chosen, |t| t.environment.as_ref(), place);
    if let Some(picked) = environment.show(ui, common) {
        let known = |i: usize| map.environments().as_slice().get(i).map(|e| e.id.clone());
        let (first, id) = fresh(cx, picked, known, |id: EnvironmentId, name| {
            Intent::AddEnvironment(Box::new(Environment::new(id, name)))
        });
        give(cx, ids, first, Gift::Environment(id));
    }

    ui.add_space(2.0 * UNIT);
    caption(ui, "Selected");
    for touchpoint in chosen.iter().take(MOST) {
        let line = ui.push_id(touchpoint.id.as_str(), |ui| {
            row(ui, Swatch::None, &touchpoint.name, false)
        });
        if line.inner.clicked() {
            cx.queue.push(Command::Select {
                selection: crate::app::command::action::Selection::Touchpoint(
                    touchpoint.id.clone(),
                ),
                reveal: true,
            });
        }
    }
    if chosen.len() > MOST {
        quiet(ui, &format!("and {} more", chosen.len() - MOST));
    }
}

/// Maximum number of listed names.
const MOST: usize = 40;

/// Value shared by the selected touchpoints.
#[derive(Clone, Copy, PartialEq)]
enum Common {
    /// No value.
    None,
    /// The entry at this index.
    Entry(usize),
    /// Different values.
    Mixed,
}

fn common<'t, I: PartialEq + 't>(
    chosen: &[&'t Touchpoint],
    value: impl Fn(&'t Touchpoint) -> Option<&'t I>,
    place: impl Fn(&I) -> Option<usize>,
) -> Common {
    let mut values = chosen.iter().map(|t| value(t));
    let first = values.next().flatten();
    if values.any(|other| other != first) {
        return Common::Mixed;
    }
    match first {
        None => Common::None,
        Some(id) => place(id).map_or(Common::Mixed, Common::Entry),
    }
}

struct Field {
    title: &'static str,
    none: &'static str,
    mixed: &'static str,
    word: &'static str,
    entries: Vec<Entry>,
}

impl Field {
    fn show(self, ui: &mut Ui, common: Common) -> Option<Picked> {
        let known = match common {
            Common::Entry(i) => self.entries.get(i),
            Common::None | Common::Mixed => None,
        };
        let words = if common == Common::Mixed {
            self.mixed
        } else {
            self.none
        };
        let text = known.map_or(words, |entry| &entry.text).to_owned();
        let shown = Shown {
            text: &text,
            swatch: known.map_or(Swatch::None, |entry| entry.swatch),
            loud: None,
        };
        caption(ui, self.title);
        let entries = self.entries;
        let (none, add) = (Some(self.none), Some(self.word));
        combo_box::choice(ui, self.title, &shown, none, add, || entries)
    }
}

fn named<'r, R: Record + 'r>(
    records: impl Iterator<Item = &'r R>,
    swatch: impl Fn(usize, &R) -> Swatch,
) -> Vec<Entry> {
    let entry = |(i, record): (usize, &'r R)| Entry {
        text: record.name().to_owned(),
        swatch: swatch(i, record),
    };
    records.enumerate().map(entry).collect()
}

/// Returns the chosen id, and the intent that adds its record if it is new.
fn fresh<I: Id>(
    cx: &mut Context<'_>,
    picked: Picked,
    known: impl Fn(usize) -> Option<I>,
    add: impl Fn(I, String) -> Intent,
) -> (Option<Intent>, Option<I>) {
    match picked {
        Picked::None => (None, None),
        Picked::Entry(i) => (None, known(i)),
        Picked::New(name) => {
            let id = I::from_text(&(cx.mint)(&name));
            (Some(add(id.clone(), name)), Some(id))
        }
    }
}

fn give(cx: &mut Context<'_>, ids: &[TouchpointId], first: Option<Intent>, gift: Gift) {
    let Some(given) = assign::give(cx.map, ids, &gift) else {
        return;
    };
    let label = given.label();
    let intents = first.into_iter().chain([given]).collect();
    cx.queue
        .push(Command::Edit(Intent::Together { label, intents }));
}
