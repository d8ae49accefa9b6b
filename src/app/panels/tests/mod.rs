//! Tests of the panels by accessible name: input and resulting commands.

mod findings_page;
mod inspector;
mod lanes;
mod outline;
mod people;

use super::inspector as the_inspector;
use crate::app::command::action::{Command, Context, Selection};
use crate::app::ui::style;
use crate::edit::{History, Intent, plan};
use crate::insight;
use crate::layout::{self, Layout};
use crate::model::{Department, Map, Persona, PersonaId, Stage, Touchpoint};
use crate::scene::Lit;
use crate::search::filter::Filter;
use crate::text::FixedWidth;
use crate::theme::LIGHT;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::collections::BTreeSet;

/// Date of the checks in the tests.
const TODAY: crate::model::Date = crate::model::Date::constant(2026, 6, 1);

/// A map, a selection, and all commands of the panels.
struct World {
    map: Map,
    selection: Selection,
    said: Vec<Command>,
    minted: usize,
    hidden: BTreeSet<PersonaId>,
}

impl World {
    fn new(intents: Vec<Intent>, selection: Selection) -> World {
        let mut map = Map::titled("Opening an account");
        for intent in intents {
            plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        }
        World {
            map,
            selection,
            said: Vec::new(),
            minted: 0,
            hidden: BTreeSet::new(),
        }
    }

    /// Shows a panel and carries out its commands, as the app does.
    fn show(&mut self, ui: &mut egui::Ui, panel: fn(&mut egui::Ui, &mut Context<'_>)) {
        let options = layout::Options::default();
        let layout: Layout = layout::layout(&self.map, &options, &mut FixedWidth);
        let found = insight::findings(&self.map, &crate::graph::Graph::of(&self.map), TODAY);
        let mut queue = Vec::new();
        let minted = &mut self.minted;
        panel(
            ui,
            &mut Context {
                map: &self.map,
                layout: &layout,
                history: &History::default(),
                findings: &found,
                checking: false,
                usage: &insight::Usage::of(&self.map),
                hidden_curves: &self.hidden,
                selection: &self.selection,
                lit: &Lit::default(),
                filter: &Filter::default(),
                theme: &LIGHT,
                mint: &mut |name| {
                    *minted += 1;
                    crate::model::slug(name, "thing")
                },
                queue: &mut queue,
            },
        );
        for command in queue {
            match &command {
                Command::Edit(intent) | Command::Typing(intent, _) => {
                    plan(&self.map, intent)
                        .unwrap()
                        .apply(&mut self.map)
                        .unwrap();
                }
                Command::Select { selection, .. } | Command::FillIn { selection, .. } => {
                    self.selection = selection.clone();
                }
                Command::ShowCurve(persona, true) => {
                    self.hidden.remove(persona);
                }
                Command::ShowCurve(persona, false) => {
                    self.hidden.insert(persona.clone());
                }
                Command::Give(_)
                | Command::Paste(_)
                | Command::Filter(_)
                | Command::Jump(_)
                | Command::SelectCell(..)
                | Command::TakePicture(_)
                | Command::PastePicture(_)
                | Command::Run(_) => {}
            }
            self.said.push(command);
        }
    }

    fn touchpoint(&self) -> &Touchpoint {
        self.map.touchpoints().next().unwrap()
    }
}

fn bank() -> Vec<Intent> {
    let stage = Stage::new("compare".into(), "Compare");
    let touchpoint = |id: &str, name: &str| Intent::AddTouchpoint {
        stage: "compare".into(),
        at: usize::MAX,
        touchpoint: Box::new(Touchpoint::new(id.into(), name)),
    };
    vec![
        Intent::AddDepartment(Box::new(Department::new("sales".into(), "Branch sales"))),
        Intent::AddPersona(Box::new(Persona::new("jana".into(), "Jana"))),
        Intent::AddStage {
            at: 0,
            stage: Box::new(stage),
        },
        touchpoint("offer", "Reads the offer"),
        touchpoint("visit", "Visits the branch"),
    ]
}

fn harness(world: World, panel: fn(&mut egui::Ui, &mut Context<'_>)) -> Harness<'static, World> {
    Harness::builder()
        .with_size(egui::vec2(360.0, 2400.0))
        .with_context_setup(|ctx| {
            style::install_fonts(ctx);
            style::apply(ctx, &LIGHT, false);
        })
        .build_ui_state(move |ui, world: &mut World| world.show(ui, panel), world)
}

fn offer() -> Harness<'static, World> {
    let selection = Selection::Touchpoint("offer".into());
    harness(World::new(bank(), selection), the_inspector)
}

/// Focuses a field and types.
fn type_into(harness: &mut Harness<'_, World>, name: &str, text: &str) {
    harness.get_by_label(name).focus();
    harness.run();
    harness.get_by_label(name).type_text(text);
    harness.run();
}

/// Drags from the middle of one control to slightly below the middle of another.
fn drag(harness: &mut Harness<'_, World>, from: &str, to: &str) {
    let from = harness.get_by_label(from).rect().center();
    let to = harness.get_by_label(to).rect().center() + egui::vec2(0.0, 4.0);
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from + (to - from) * 0.5);
    harness.run();
    harness.hover_at(to);
    harness.run();
    harness.drop_at(to);
    harness.run();
}
