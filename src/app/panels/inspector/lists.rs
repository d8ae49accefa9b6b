//! Lists of what a map is made of, to manage, and of where something is used.

use super::{paths, shared};
use crate::app::context::{Command, Context, Selection};
use crate::app::look::UNIT;
use crate::app::panels::form::{Form, edit};
use crate::app::panels::widgets::{ROW, Section, Sign, Swatch, quiet, row, section, sign};
use crate::edit::Intent;
use crate::model::{Channel, Department, Environment, Id, Map, Persona, Record, Touchpoint};
use egui::{Ui, pos2};

/// How many touchpoints "where used" lists before it only counts.
const LISTED: usize = 12;

/// Where something is used: touchpoints to click.
pub(super) fn places(
    ui: &mut Ui,
    form: &mut Form<'_>,
    title: &str,
    uses: impl Fn(&Touchpoint) -> bool,
) {
    let map = form.map;
    let count = map.touchpoints().filter(|t| uses(t)).count();
    let empty = format!("{title} no touchpoint");
    let what = Section {
        title,
        count: Some(count),
        add: None,
        empty: &empty,
        open: true,
    };
    section(ui, &what, |ui| {
        for t in map.touchpoints().filter(|t| uses(t)).take(LISTED) {
            let text = paths::named(form, &t.id);
            let clicked = ui.push_id(t.id.to_string(), |ui| {
                row(ui, Swatch::None, &text, false).clicked()
            });
            if clicked.inner {
                form.go(Selection::Touchpoint(t.id.clone()));
            }
        }
        if count > LISTED {
            quiet(ui, &format!("and {} more", count - LISTED));
        }
    });
}

/// What a list needs to know of a kind of record.
trait Listed: Record {
    const WORD: &'static str;
    const TITLE: &'static str;
    const EMPTY: &'static str;
    fn all(map: &Map) -> &[Self];
    fn new(id: Self::Id, name: String) -> Self;
    fn name_mut(&mut self) -> &mut String;
    fn swatch(&self, form: &Form<'_>, index: usize) -> Swatch;
    fn used(&self, t: &Touchpoint) -> bool;
    fn selection(&self) -> Selection;
    fn add(self) -> Intent;
    fn set(self: Box<Self>) -> Intent;
    fn delete(id: Self::Id) -> Intent;
}

macro_rules! listed {
    ($($kind:ident, $add:ident, $set:ident, $delete:ident, $list:ident, $word:literal, $title:literal,
        $empty:literal, $swatch:expr, $used:expr;)*) => {$(
        impl Listed for $kind {
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
            fn swatch(&self, form: &Form<'_>, index: usize) -> Swatch {
                let swatch: fn(&Form<'_>, usize, &$kind) -> Swatch = $swatch;
                swatch(form, index, self)
            }
            fn used(&self, t: &Touchpoint) -> bool {
                let used: fn(&$kind, &Touchpoint) -> bool = $used;
                used(self, t)
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
        }
    )*};
}

listed! {
    Persona, AddPersona, SetPersona, DeletePersona, personas, "persona", "Personas",
        "No personas yet: whose eyes do we look through?",
        |form, i, _| Swatch::Filled(form.theme.personas[i % form.theme.personas.len()]),
        |p, t| t.feelings.iter().any(|f| f.persona.as_ref() == Some(&p.id));
    Department, AddDepartment, SetDepartment, DeleteDepartment, departments, "department",
        "Departments", "No departments yet: who owns the touchpoints?",
        |form, i, _| shared::department_swatch(form, i),
        |d, t| t.owner.as_ref() == Some(&d.id) || t.supporters.contains(&d.id);
    Channel, AddChannel, SetChannel, DeleteChannel, channels, "channel", "Channels",
        "No channels yet: how does contact happen?",
        |form, _, c| shared::channel_swatch(form, c),
        |c, t| t.channel.as_ref() == Some(&c.id);
    Environment, AddEnvironment, SetEnvironment, DeleteEnvironment, environments, "environment",
        "Environments", "No environments yet: where does it happen?",
        |form, _, e| shared::environment_swatch(form, e),
        |e, t| t.environment.as_ref() == Some(&e.id);
}

/// All lists of what a map is made of.
pub(super) fn all(ui: &mut Ui, cx: &mut Context<'_>) {
    list::<Persona>(ui, cx);
    list::<Department>(ui, cx);
    list::<Channel>(ui, cx);
    list::<Environment>(ui, cx);
}

fn list<R: Listed>(ui: &mut Ui, cx: &mut Context<'_>) {
    let map = cx.map;
    let records = R::all(map);
    let add = format!("Add {}", R::WORD);
    let what = Section {
        title: R::TITLE,
        count: Some(records.len()),
        add: Some(&add),
        empty: R::EMPTY,
        open: true,
    };
    let wanted = section(ui, &what, |ui| {
        for (i, record) in records.iter().enumerate() {
            let key = format!("{}/{}", R::WORD, record.id());
            edit(ui, cx, &key, record, R::set, |ui, form, record| {
                line(ui, form, i, record);
            });
        }
    });
    if wanted {
        let name = format!("New {}", R::WORD);
        let id = R::Id::from_text(&(cx.mint)(&name));
        let record = R::new(id, name);
        let selection = record.selection();
        cx.queue.push(Command::Edit(record.add()));
        cx.queue.push(Command::Select {
            selection,
            reveal: false,
        });
    }
}

/// Swatch, name to edit, where used, more about it, away with it.
fn line<R: Listed>(ui: &mut Ui, form: &mut Form<'_>, index: usize, record: &mut R) {
    let mut title = R::WORD.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let number = format!("{title} {}", index + 1);
    let used = form.map.touchpoints().filter(|t| record.used(t)).count();
    let swatch = record.swatch(form, index);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let (rect, _) =
            ui.allocate_exact_size(egui::vec2(swatch.width(), ROW), egui::Sense::hover());
        swatch.paint(ui.painter(), rect.left(), rect.center().y);
        let room = ui.available_width() - 2.0 * (ROW + UNIT) - 10.0 * UNIT;
        form.bare(
            ui,
            &format!("{number} name"),
            "Name",
            room,
            record.name_mut(),
        );
        let (rect, response) =
            ui.allocate_exact_size(egui::vec2(8.0 * UNIT, ROW), egui::Sense::hover());
        let font = egui::TextStyle::Small.resolve(ui.style());
        let tint = ui.visuals().weak_text_color();
        let at = pos2(rect.right(), rect.center().y);
        let count = format!("{used}×");
        ui.painter()
            .text(at, egui::Align2::RIGHT_CENTER, count, font, tint);
        response.on_hover_text(format!("Used by {used} touchpoints"));
        if sign(ui, Sign::GoTo, &format!("{number}: open")).clicked() {
            form.go(record.selection());
        }
        if sign(ui, Sign::Cross, &format!("{number}: delete")).clicked() {
            form.wish(R::delete(record.id().clone()));
        }
    });
}
