//! Tests of the panels by accessible name: input and resulting commands.

mod field_focus;
mod findings_page;
mod inspector;
mod lanes;
mod outline;
mod people;

use super::inspector as the_inspector;
use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::context::PanelContext;
use crate::app::ui::style;
use crate::edit::{History, IdFactory, Intent, plan};
use crate::insight;
use crate::layout::{self, Layout};
use crate::model::{Department, Map, ObjectRef, Persona, PersonaId, Stage, Touchpoint};
use crate::scene::Highlight;
use crate::search::filter::Filter;
use crate::text::FixedWidth;
use crate::theme::LIGHT;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::collections::BTreeSet;

/// Date of the checks in the tests.
const TODAY: crate::model::Date = crate::model::Date::constant(2026, 6, 1);

/// A map, a selection, and all commands of the panels.
struct TestPanel {
    map: Map,
    selection: Selection,
    commands: Vec<UiAction>,
    hidden: BTreeSet<PersonaId>,
    folding: layout::Folding,
}

impl TestPanel {
    fn new(intents: Vec<Intent>, selection: Selection) -> TestPanel {
        let mut map = Map::with_title("Opening an account");
        for intent in intents {
            plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        }
        TestPanel {
            map,
            selection,
            commands: Vec::new(),
            hidden: BTreeSet::new(),
            folding: layout::Folding::default(),
        }
    }

    /// Shows a panel and carries out its commands, as the app does.
    fn show(&mut self, ui: &mut egui::Ui, panel: fn(&mut egui::Ui, &mut PanelContext<'_>)) {
        let options = layout::LayoutOptions::default();
        let layout: Layout = layout::layout(&self.map, &options, &mut FixedWidth);
        let found = insight::findings(
            &self.map,
            &crate::graph::Graph::of(&self.map),
            TODAY,
            Vec::new(),
        );
        let mut queue = Vec::new();
        let mut minted = 0;
        let mut random = || {
            minted += 1;
            minted
        };
        panel(
            ui,
            &mut PanelContext {
                map: &self.map,
                layout: &layout,
                history: &History::default(),
                versions: &Default::default(),
                findings: &found,
                checks_pending: false,
                usage: &insight::ReferenceCounts::of(&self.map),
                hidden_curves: &self.hidden,
                folding: &self.folding,
                shows_saved_lanes: false,
                saved_view: None,
                comparison: None,
                selection: &self.selection,
                highlight: &Highlight::default(),
                filter: &Filter::default(),
                theme: &LIGHT,
                author: "Jana",
                ids: IdFactory::new(&mut random),
                actions: &mut queue,
            },
        );
        for command in queue {
            match &command {
                UiAction::Edit(intent) | UiAction::EditField(intent, _) => {
                    plan(&self.map, intent)
                        .unwrap()
                        .apply(&mut self.map)
                        .unwrap();
                }
                UiAction::Select { selection, .. } => {
                    self.selection = selection.clone();
                }
                UiAction::FocusField(field) => {
                    self.selection = Selection::of_object(&self.map, &field.object);
                }
                UiAction::Fold(folding) => self.folding = folding.clone(),
                UiAction::ShowCurve(persona, true) => {
                    self.hidden.remove(persona);
                }
                UiAction::ShowCurve(persona, false) => {
                    self.hidden.insert(persona.clone());
                }
                _ => {}
            }
            self.commands.push(command);
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

fn harness(
    world: TestPanel,
    panel: fn(&mut egui::Ui, &mut PanelContext<'_>),
) -> Harness<'static, TestPanel> {
    Harness::builder()
        .with_size(egui::vec2(360.0, 2400.0))
        .with_context_setup(|ctx| {
            style::install_fonts(ctx);
            style::set_style(ctx, &LIGHT, false);
        })
        .build_ui_state(
            move |ui, world: &mut TestPanel| world.show(ui, panel),
            world,
        )
}

fn offer() -> Harness<'static, TestPanel> {
    let selection = Selection::One(ObjectRef::Touchpoint("offer".into()));
    harness(TestPanel::new(bank(), selection), the_inspector)
}

/// Focuses a field and types.
fn type_into(harness: &mut Harness<'_, TestPanel>, name: &str, text: &str) {
    harness.get_by_label(name).focus();
    harness.run();
    harness.get_by_label(name).type_text(text);
    harness.run();
}

/// Drags from the middle of one control to slightly below the middle of another.
fn drag(harness: &mut Harness<'_, TestPanel>, from: &str, to: &str) {
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
