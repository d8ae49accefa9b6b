//! The panels as people and assistive tools see them: found by name, typed
//! into, and the commands they leave.

mod findings_page;

use super::{inspector, lanes, outline, people};
use crate::app::context::{Command, Context, PictureHome, Selection};
use crate::app::look;
use crate::edit::{History, Intent, plan};
use crate::insight;
use crate::layout::{self, Layout};
use crate::model::{
    Department, Holds, Lane, Level, Map, Persona, PersonaId, Scale, Stage, Touchpoint,
};
use crate::scene::Lit;
use crate::session::filter::Filter;
use crate::text::FixedWidth;
use crate::theme::LIGHT;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::collections::BTreeSet;

/// The day on which the tests look at their maps.
const TODAY: crate::model::Date = crate::model::Date::constant(2026, 6, 1);

/// A map, what is selected, and everything that panels have asked for.
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

    /// Shows a panel and carries out what it asks for, as the shell does.
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
            look::install_fonts(ctx);
            look::apply(ctx, &LIGHT, false);
        })
        .build_ui_state(move |ui, world: &mut World| world.show(ui, panel), world)
}

fn offer() -> Harness<'static, World> {
    let selection = Selection::Touchpoint("offer".into());
    harness(World::new(bank(), selection), inspector)
}

/// Clicks into a field and types.
fn type_into(harness: &mut Harness<'_, World>, name: &str, text: &str) {
    harness.get_by_label(name).focus();
    harness.run();
    harness.get_by_label(name).type_text(text);
    harness.run();
}

#[test]
fn typing_a_name_is_one_step() {
    let mut harness = offer();
    harness.run();
    let name = harness.get_by_label("Name");
    assert_eq!(name.value().as_deref(), Some("Reads the offer"));
    name.focus();
    harness.run();
    for letter in ["s", "!"] {
        harness.get_by_label("Name").type_text(letter);
        harness.run();
    }
    let world = harness.state();
    assert!(world.touchpoint().name.contains('s') && world.touchpoint().name.contains('!'));
    let keys: Vec<&str> = world
        .said
        .iter()
        .map(|command| match command {
            Command::Typing(Intent::SetTouchpoint(_), key) => key.as_str(),
            other => panic!("not typing: {other:?}"),
        })
        .collect();
    assert_eq!(keys, ["touchpoint/offer/Name"; 2]);
}

#[test]
fn choosing_an_owner() {
    let mut harness = offer();
    harness.run();
    let owner = harness.get_by_role_and_label(Role::ComboBox, "Owner");
    assert_eq!(owner.value().as_deref(), Some("No owner"));
    owner.click();
    harness.run();
    harness.get_by_label("Branch sales").click();
    harness.run();
    let world = harness.state();
    assert_eq!(world.touchpoint().owner, Some("sales".into()));
    assert!(matches!(
        world.said.as_slice(),
        [Command::Edit(Intent::SetTouchpoint(_))]
    ));
    assert!(
        harness.query_by_label("Owner: search").is_none(),
        "the list stays open"
    );
}

#[test]
fn a_new_owner_is_made_and_chosen_in_one_step() {
    let mut harness = offer();
    harness.run();
    harness
        .get_by_role_and_label(Role::ComboBox, "Owner")
        .click();
    harness.run();
    harness.get_by_label("Owner: search").type_text("Legal");
    harness.run();
    harness.get_by_label("Add department “Legal”").click();
    harness.run();
    let world = harness.state();
    assert_eq!(world.touchpoint().owner, Some("legal".into()));
    assert_eq!(world.map.departments().len(), 2);
    assert_eq!(world.said.len(), 1, "{:?}", world.said);
}

#[test]
fn adding_a_pain_point_and_saying_how_bad() {
    let mut harness = offer();
    harness.run();
    harness.get_by_label("Add pain point").click();
    harness.run();
    assert!(harness.get_by_label("Pain 1 text").is_focused());
    harness
        .get_by_label("Pain 1 text")
        .type_text("Fees are hidden");
    harness.run();
    harness.get_by_label("Pain 1 severity: high").click();
    harness.run();
    let pain = &harness.state().touchpoint().pains[0];
    assert_eq!(
        (pain.text.as_str(), pain.severity),
        ("Fees are hidden", Level::High)
    );
}

#[test]
fn what_is_no_duration_stays_in_the_field_and_changes_nothing() {
    let mut harness = offer();
    harness.run();
    type_into(&mut harness, "Duration", "20");
    assert_eq!(harness.state().touchpoint().duration, None);
    assert!(harness.state().said.is_empty());
    assert!(
        harness
            .query_by_label_contains("Write it as “45 min”")
            .is_some()
    );
    harness.get_by_label("Duration").type_text(" min");
    harness.run();
    let minutes = harness.state().touchpoint().duration.map(|d| d.minutes());
    assert_eq!(minutes, Some(20));
    assert!(
        harness
            .query_by_label_contains("Write it as “45 min”")
            .is_none()
    );
}

#[test]
fn a_feeling_of_a_persona_that_has_none() {
    let mut harness = offer();
    harness.run();
    harness.get_by_label("Add feeling of Jana").click();
    harness.run();
    harness.get_by_label("Jana: feels bad").click();
    harness.run();
    let feeling = &harness.state().touchpoint().feelings[0];
    assert_eq!(feeling.persona, Some("jana".into()));
    assert_eq!(feeling.score.map(|s| s.tenths()), Some(-10));
}

#[test]
fn where_it_leads() {
    let mut harness = offer();
    harness.run();
    assert!(
        harness
            .query_by_label_contains("Leads on to 2 Visits")
            .is_some()
    );
    harness.get_by_label("Connect to").click();
    harness.run();
    harness.get_by_label("2 Visits the branch").click();
    harness.run();
    let path = &harness.state().touchpoint().paths[0];
    assert_eq!(path.to, "visit".into());
    type_into(&mut harness, "Path 1 share", "12 %");
    harness.get_by_label("Path 1 kind: failure").click();
    harness.run();
    let path = &harness.state().touchpoint().paths[0];
    assert_eq!(path.share.map(|s| s.percent()), Some(12));
    assert_eq!(path.kind, crate::model::PathKind::Failure);
}

#[test]
fn every_kind_of_selection_shows_itself_with_every_control_named() {
    let path = Selection::Path {
        from: "offer".into(),
        to: "visit".into(),
        kind: crate::model::PathKind::Next,
    };
    for (selection, has) in [
        (Selection::Nothing, "Scenario"),
        (Selection::Stage("compare".into()), "Goal"),
        (path, "Write it down to label it"),
        (Selection::Lane("feelings".into()), "Visible"),
        (Selection::Persona("jana".into()), "Role"),
        (Selection::Department("sales".into()), "Contact"),
        (Selection::Touchpoint("gone".into()), "Scenario"),
    ] {
        let mut harness = harness(World::new(bank(), selection.clone()), inspector);
        harness.run();
        assert!(harness.query_by_label(has).is_some(), "{selection:?}");
        assert!(
            harness.state().said.is_empty(),
            "{selection:?} changed something"
        );
    }
}

#[test]
fn managing_departments_in_the_map() {
    let mut harness = harness(World::new(bank(), Selection::Nothing), people);
    harness.run();
    type_into(&mut harness, "Department 1 name", "X");
    let name = |h: &Harness<'_, World>| h.state().map.departments().as_slice()[0].name.clone();
    assert!(name(&harness).contains('X'));
    harness.get_by_label("Department 1: delete").click();
    harness.run();
    assert!(harness.state().map.departments().is_empty());
}

#[test]
fn the_outline_selects_and_folds() {
    let mut harness = harness(World::new(bank(), Selection::Nothing), outline);
    harness.run();
    harness
        .get_by_label("2 Visits the branch, no owner")
        .click();
    harness.run();
    let visit = Selection::Touchpoint("visit".into());
    assert_eq!(harness.state().selection, visit);
    harness.get_by_label("Fold Compare").click();
    harness.run();
    assert!(
        harness
            .query_by_label("2 Visits the branch, no owner")
            .is_none()
    );
    assert_eq!(
        harness.state().selection,
        visit,
        "folding selects nothing else"
    );
    harness.get_by_label("Compare, no owner").click();
    harness.run();
    assert_eq!(
        harness.state().selection,
        Selection::Stage("compare".into())
    );
}

#[test]
fn the_outline_brings_a_far_selection_into_sight() {
    let many = (0..500).map(|i| Intent::AddTouchpoint {
        stage: "compare".into(),
        at: usize::MAX,
        touchpoint: Box::new(Touchpoint::new(
            format!("t{i}").as_str().into(),
            format!("T{i}"),
        )),
    });
    let intents = bank().into_iter().chain(many).collect();
    let mut harness = harness(World::new(intents, Selection::Nothing), outline);
    harness.set_size(egui::vec2(300.0, 400.0));
    harness.run();
    assert!(
        harness.query_by_label_contains("T450").is_none(),
        "only rows in sight are built"
    );
    harness.state_mut().selection = Selection::Touchpoint("t450".into());
    harness.run();
    let row = harness.get_by_label_contains("T450").rect();
    assert!(row.min.y >= 0.0 && row.max.y <= 400.0, "{row:?}");
}

#[test]
fn lanes_hide_move_and_multiply() {
    let mut harness = harness(World::new(bank(), Selection::Nothing), lanes);
    harness.run();
    harness.get_by_label("Show Feelings").click();
    harness.run();
    assert!(
        harness
            .state()
            .map
            .lanes()
            .get(&"feelings".into())
            .unwrap()
            .hidden
    );
    harness.get_by_label("Move Feelings up").click();
    harness.run();
    harness.get_by_label("Move Feelings up").click();
    harness.run();
    assert_eq!(
        harness.state().map.lanes().position(&"feelings".into()),
        Some(0)
    );
    drag(&mut harness, "Drag Feelings", "Drag Touchpoints");
    assert_eq!(
        harness.state().map.lanes().position(&"feelings".into()),
        Some(1)
    );
    let count = harness.state().map.lanes().len();
    harness.get_by_label("Add own lane").click();
    harness.run();
    assert_eq!(harness.state().map.lanes().len(), count + 1);
    assert!(
        harness
            .get_by_label(&format!("Lane {} name", count + 1))
            .is_focused()
    );
}

fn with_lane(holds: Holds) -> Harness<'static, World> {
    let mut intents = bank();
    let lane = Lane::own("own".into(), "Own", holds);
    intents.push(Intent::AddLane(Box::new(lane)));
    let selection = Selection::Touchpoint("offer".into());
    let mut harness = harness(World::new(intents, selection), inspector);
    harness.run();
    harness
}

fn own_text(harness: &Harness<'_, World>) -> Option<String> {
    harness
        .state()
        .touchpoint()
        .texts
        .get(&"own".into())
        .cloned()
}

#[test]
fn a_score_is_typed_and_what_is_off_its_scale_is_said() {
    let mut harness = with_lane(Holds::Score(Scale::USUAL));
    type_into(&mut harness, "Lane own", "7,5");
    assert_eq!(own_text(&harness).as_deref(), Some("7,5"));
    let wrong = "Write a number from 0 to 10";
    assert!(harness.query_by_label(wrong).is_none());
    let mut harness = with_lane(Holds::Score(Scale::USUAL));
    type_into(&mut harness, "Lane own", "75");
    assert_eq!(own_text(&harness).as_deref(), Some("75"));
    assert!(harness.query_by_label(wrong).is_some());
}

#[test]
fn a_link_has_words_and_an_address_and_opens_where_it_leads() {
    let mut harness = with_lane(Holds::Link);
    type_into(&mut harness, "Lane own", "https://bank.example/fees");
    type_into(&mut harness, "Lane own in words", "Fees of ");
    type_into(&mut harness, "Lane own in words", "2026");
    let text = own_text(&harness).unwrap();
    let link = crate::model::Link::parse(&text).unwrap();
    assert_eq!(link.address, "https://bank.example/fees", "{text}");
    assert!(link.title.contains("Fees of"), "{text}");
    harness.get_by_label("Open bank.example").click();
    harness.step();
    let commands = &harness.output().platform_output.commands;
    let opens = |c: &egui::OutputCommand| matches!(c, egui::OutputCommand::OpenUrl(open) if open.url == link.address);
    assert!(commands.iter().any(opens), "{commands:?}");
}

#[test]
fn what_is_no_address_cannot_be_opened() {
    let mut harness = with_lane(Holds::Link);
    type_into(&mut harness, "Lane own", "javascript:alert(1)");
    assert_eq!(own_text(&harness).as_deref(), Some("javascript:alert(1)"));
    assert!(harness.query_by_label_contains("Open ").is_none());
    assert!(
        harness
            .query_by_label_contains("An address begins")
            .is_some()
    );
}

#[test]
fn a_lane_changes_what_it_holds_and_keeps_it() {
    let mut intents = bank();
    intents.push(Intent::AddLane(Box::new(Lane::own(
        "own".into(),
        "Own",
        Holds::Text,
    ))));
    let mut harness = harness(
        World::new(intents, Selection::Lane("own".into())),
        inspector,
    );
    harness.run();
    harness.get_by_label("Holds: score").click();
    harness.run();
    type_into(&mut harness, "To", "5");
    let lane = harness
        .state()
        .map
        .lanes()
        .get(&"own".into())
        .unwrap()
        .clone();
    let Holds::Score(scale) = lane.holds else {
        panic!("no score");
    };
    assert_ne!(scale.to, Scale::USUAL.to);
    harness.get_by_label("Holds: list").click();
    harness.run();
    let lane = harness.state().map.lanes().get(&"own".into()).unwrap();
    assert_eq!(lane.holds, Holds::List);
}

#[test]
fn pictures_are_named_moved_and_asked_for() {
    let image = |id: &str| {
        Intent::AddImage(Box::new(crate::model::Image {
            id: id.into(),
            name: id.to_uppercase(),
            data: crate::model::ImageData::Unreadable("?".into()),
        }))
    };
    let mut intents = bank();
    let mut offer = Touchpoint::new("offer".into(), "Reads the offer");
    offer.pictures = vec!["a".into(), "b".into()];
    intents.extend([
        image("a"),
        image("b"),
        Intent::SetTouchpoint(Box::new(offer)),
    ]);
    let selection = Selection::Touchpoint("offer".into());
    let mut harness = harness(World::new(intents, selection), inspector);
    harness.run();
    harness.get_by_label("Picture 2: move up").click();
    harness.run();
    assert_eq!(
        harness.state().touchpoint().pictures,
        ["b".into(), "a".into()]
    );
    type_into(&mut harness, "Picture 1 name", "!");
    assert!(
        harness
            .state()
            .map
            .images()
            .get(&"b".into())
            .unwrap()
            .name
            .contains('!')
    );
    harness.get_by_label("Picture 1: replace").click();
    harness.run();
    let instead = PictureHome::Instead("b".into());
    assert!(
        matches!(harness.state().said.last(), Some(Command::TakePicture(home)) if *home == instead)
    );
}

/// Drags from the middle of one control to that of another, a bit below it.
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

fn departments(harness: &Harness<'_, World>) -> Vec<String> {
    let map = &harness.state().map;
    map.departments().iter().map(|d| d.name.clone()).collect()
}

fn with_departments(names: &[&str]) -> Vec<Intent> {
    let mut intents = bank();
    for (i, name) in names.iter().enumerate() {
        let id = format!("more{i}");
        intents.push(Intent::AddDepartment(Box::new(Department::new(
            id.as_str().into(),
            *name,
        ))));
    }
    intents
}

#[test]
fn dragging_a_row_moves_the_department() {
    let intents = with_departments(&["Legal", "IT"]);
    let mut harness = harness(World::new(intents, Selection::Nothing), people);
    harness.run();
    drag(&mut harness, "Department 1: drag", "Department 3: drag");
    assert_eq!(departments(&harness), ["Legal", "IT", "Branch sales"]);
    assert_eq!(harness.state().said.len(), 1);
    drag(&mut harness, "Department 3: drag", "Department 1: drag");
    assert_eq!(departments(&harness), ["Legal", "Branch sales", "IT"]);
}

#[test]
fn two_departments_of_one_name_are_noticed_and_merged() {
    let mut intents = with_departments(&["branch  Sales"]);
    let mut owned = Touchpoint::new("owned".into(), "Signs");
    owned.owner = Some("more0".into());
    owned.supporters = vec!["sales".into()];
    intents.push(Intent::AddTouchpoint {
        stage: "compare".into(),
        at: 9,
        touchpoint: Box::new(owned),
    });
    intents.push(Intent::SetTouchpoint(Box::new({
        let mut offer = Touchpoint::new("offer".into(), "Reads the offer");
        offer.owner = Some("more0".into());
        offer
    })));
    let mut harness = harness(World::new(intents, Selection::Nothing), people);
    harness.run();
    harness
        .get_by_label("Merge “Branch sales” into “branch  Sales”")
        .click();
    harness.run();
    assert_eq!(departments(&harness), ["branch  Sales"]);
    let map = &harness.state().map;
    let owned = map.touchpoint(&"owned".into()).unwrap();
    assert_eq!(owned.owner, Some("more0".into()));
    assert!(owned.supporters.is_empty());
    assert!(harness.query_by_label_contains("Merge").is_none());
}

#[test]
fn where_a_department_is_used_and_into_what_it_merges() {
    let mut intents = with_departments(&["Legal"]);
    let mut offer = Touchpoint::new("offer".into(), "Reads the offer");
    offer.owner = Some("sales".into());
    intents.push(Intent::SetTouchpoint(Box::new(offer)));
    let world = World::new(intents, Selection::Department("sales".into()));
    let mut harness = harness(world, inspector);
    harness.run();
    harness.get_by_label("1 Reads the offer, owner").click();
    harness.run();
    let offer = Selection::Touchpoint("offer".into());
    assert_eq!(harness.state().selection, offer);

    harness.state_mut().selection = Selection::Department("sales".into());
    harness.run();
    harness
        .get_by_role_and_label(Role::ComboBox, "Merge into")
        .click();
    harness.run();
    harness.get_by_label("Legal").click();
    harness.run();
    assert_eq!(departments(&harness), ["Legal"]);
    assert_eq!(harness.state().touchpoint().owner, Some("more0".into()));
    let legal = Selection::Department("more0".into());
    assert_eq!(harness.state().selection, legal);
}

#[test]
fn the_curve_of_a_persona_is_toggled() {
    let mut harness = harness(World::new(bank(), Selection::Nothing), people);
    harness.run();
    let before = harness.state().map.clone();
    harness.get_by_label("Persona 1: curve").click();
    harness.run();
    assert!(harness.state().hidden.contains(&"jana".into()));
    harness.get_by_label("Persona 1: curve").click();
    harness.run();
    assert!(harness.state().hidden.is_empty());
    assert_eq!(harness.state().map, before);
}
