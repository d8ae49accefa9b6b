//! Property tests of up to a thousand user actions in a row: each keeps the map valid,
//! all undo to the start and redo to the end. Failures shrink to a short sequence, and
//! their seeds are kept in `proptest-regressions/`.

use super::connect;
use super::connect::ConnectTool;
use super::insertion_slot::insertion_slot;
use super::tool::Tool;
use crate::app::command::action::Selection;
use crate::app::document::Assignment;
use crate::app::document::camera_target::DrawnView;
use crate::app::document::multi_selection::tests::map;
use crate::app::document::navigation::Direction;
use crate::app::editing::assign;
use crate::app::editing::feelings::{ScoreChange, score_intent};
use crate::app::editing::structure;
use crate::edit::Intent;
use crate::geom::{Origin, Rect};
use crate::model::{Channel, Department, Environment, Map, ObjectRef, Persona, Record, Touchpoint};
use crate::model::{PathKind, TouchpointId};
use crate::scene::{Group, GroupContent, GroupKey, Marks, ObjectId, Pin, Scene, SceneObject};
use crate::session::Session;
use crate::theme::{Density, LIGHT, RoleColors, size};
use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, TestCaseError, any, prop_assert, prop_assert_eq, prop_oneof,
    proptest,
};
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rustc_hash::FxHashSet;
use std::sync::Arc;

fn drawn(scene: &Arc<Scene>) -> DrawnView<'_> {
    DrawnView {
        scene,
        journey: None,
    }
}

/// A scene with cards in a row, stage by stage.
fn lay_out_cards(map: &Map) -> Scene {
    let mut objects = Vec::new();
    let mut show = |object: ObjectRef, area| {
        objects.push(SceneObject {
            id: object.into(),
            title: Box::default(),
            description: Box::default(),
            marks: Marks::NONE,
            area,
        });
    };
    let pitch = size::CARD + size::GUTTER;
    let mut x = 0.0_f32;
    for stage in map.stages() {
        let start = x;
        for touchpoint in map.touchpoints_in(stage.id()) {
            show(touchpoint.object(), Rect::new(x, 100.0, size::CARD, 120.0));
            x += pitch;
        }
        x = x.max(start + pitch);
        show(stage.object(), Rect::new(start, 0.0, x - start, 60.0));
    }
    let group = Group {
        key: GroupKey::Unnamed,
        origin: Origin::default(),
        pin: Pin::None,
        content: Arc::new(GroupContent {
            bounds: Rect::new(0.0, 0.0, x, 220.0),
            objects,
            ..GroupContent::empty().as_ref().clone()
        }),
    };
    Scene {
        rows: None,
        width: f64::from(x),
        height: 220.0,
        colors: RoleColors::new(&LIGHT, Vec::new()),
        title: String::new(),
        description: String::new(),
        highlight: Marks::NONE.into(),
        groups: vec![group],
    }
}

/// A map point.
type MapPoint = (i16, i16);

/// A pointer path, and whether it ends in a drop rather than Escape.
type DragCourse = (Vec<MapPoint>, bool);

/// A user action. Cards and stages are picked by index, modulo their number.
#[derive(Clone, Debug)]
enum UserAction {
    Click(Index),
    ToggleSelected(Index),
    DragCard(Index, DragCourse),
    DragStage(Index, DragCourse),
    DragFace(Index, DragCourse),
    Marquee(MapPoint, MapPoint, bool),
    Connect(Index, Index),
    ConnectToGround(Index, i16),
    Reroute(Index, Index, bool),
    Assign(u8),
    ShiftFeeling(bool),
    Shift(bool),
    Delete,
    Undo,
    Redo,
}

fn any_map_point() -> impl Strategy<Value = MapPoint> {
    (-200_i16..4000, -100_i16..400)
}

fn any_drag_course() -> impl Strategy<Value = DragCourse> {
    let dropped = proptest::bool::weighted(0.8);
    (vec(any_map_point(), 1..4), dropped)
}

fn any_user_action() -> impl Strategy<Value = UserAction> {
    let card = any::<Index>;
    prop_oneof![
        2 => card().prop_map(UserAction::Click),
        2 => card().prop_map(UserAction::ToggleSelected),
        6 => (card(), any_drag_course()).prop_map(|(card, way)| UserAction::DragCard(card, way)),
        2 => (card(), any_drag_course()).prop_map(|(stage, way)| UserAction::DragStage(stage, way)),
        2 => (card(), any_drag_course()).prop_map(|(card, way)| UserAction::DragFace(card, way)),
        1 => (any_map_point(), any_map_point(), any::<bool>()).prop_map(|(a, b, keep)| UserAction::Marquee(a, b, keep)),
        2 => (card(), card()).prop_map(|(from, to)| UserAction::Connect(from, to)),
        1 => (card(), any_map_point()).prop_map(|(from, at)| UserAction::ConnectToGround(from, at.0)),
        2 => (card(), card(), any::<bool>())
            .prop_map(|(from, to, start)| UserAction::Reroute(from, to, start)),
        2 => (0_u8..5).prop_map(UserAction::Assign),
        2 => any::<bool>().prop_map(UserAction::ShiftFeeling),
        2 => any::<bool>().prop_map(UserAction::Shift),
        1 => Just(UserAction::Delete),
        1 => Just(UserAction::Undo),
        1 => Just(UserAction::Redo),
    ]
}

struct TestDocument {
    session: Session,
    selection: Selection,
    minted: usize,
}

fn to_map(spot: MapPoint) -> (f64, f64) {
    (f64::from(spot.0), f64::from(spot.1))
}

impl TestDocument {
    fn new() -> (TestDocument, Map) {
        let mut start = map("abc def gh");
        for intent in [
            Intent::AddDepartment(Box::new(Department::new("sales".into(), "Sales"))),
            Intent::AddPersona(Box::new(Persona::new("jana".into(), "Jana"))),
            Intent::AddChannel(Box::new(Channel::new("phone".into(), "Phone"))),
            Intent::AddEnvironment(Box::new(Environment::new("home".into(), "Home"))),
        ] {
            let changes = crate::edit::plan(&start, &intent).unwrap();
            changes.apply(&mut start).unwrap();
        }
        let room = TestDocument {
            session: Session::untitled(start.clone()),
            selection: Selection::Nothing,
            minted: 0,
        };
        (room, start)
    }

    fn card(&self, which: Index) -> Option<TouchpointId> {
        let map = self.session.map();
        let count = map.touchpoint_count();
        let at = (count > 0).then(|| which.index(count))?;
        map.touchpoints().nth(at).map(|t| t.id.clone())
    }

    /// Drags a subject along a path and drops it, or cancels.
    fn drag(&mut self, tag: ObjectId, (over, dropped): DragCourse) -> Result<(), TestCaseError> {
        let before = self.session.map().clone();
        let start = Arc::new(lay_out_cards(&before));
        let from = over.first().copied().unwrap_or_default();
        let plain = (false, false);
        let held = Tool::begin(
            &before,
            &drawn(&start),
            &self.selection,
            Some(&tag),
            to_map(from),
            plain,
            Density::default().sizes(),
        );
        let Some(held) = held else {
            return Ok(());
        };
        for spot in over {
            let now = Arc::new(lay_out_cards(self.session.map()));
            match held.proposal(&drawn(&now), to_map(spot)) {
                Some(intent) => {
                    // An intent that cannot be applied leaves the preview unchanged.
                    let _ = self.session.propose(&intent);
                }
                None => {
                    self.session.cancel();
                }
            }
        }
        if dropped {
            self.session.commit();
        } else {
            self.session.cancel();
            prop_assert_eq!(self.session.map(), &before, "Escape restores the map");
        }
        Ok(())
    }

    fn edit(&mut self, intent: Option<Intent>) {
        if let Some(intent) = intent {
            // A rejected intent changes nothing.
            let _ = self.session.apply(&intent);
        }
    }

    fn reroute(&mut self, from: Index, over: Index, start: bool) -> Option<Intent> {
        let (from, over) = (self.card(from)?, self.card(over)?);
        let map = self.session.map();
        let written = map.touchpoint(&from)?.paths.first();
        let next = || map.touchpoints().skip_while(|t| t.id != from).nth(1);
        let (to, kind) = match written {
            Some(path) => (path.to.clone(), path.kind),
            None => (next()?.id.clone(), PathKind::Next),
        };
        let wire = ConnectTool::Existing {
            from,
            to,
            kind,
            drags_start: start,
        };
        wire.drop_on_card(map, &over)
    }

    fn connect_to_ground(&mut self, from: Index, x: i16) -> Option<Intent> {
        let from = self.card(from)?;
        self.minted += 1;
        let name = format!("n{}", self.minted);
        let card = Touchpoint::new(name.as_str().into(), name);
        let map = self.session.map();
        let slot = insertion_slot(
            &lay_out_cards(map),
            map,
            &FxHashSet::default(),
            f64::from(x),
        )?;
        connect::connect_to_new(map, &from, slot, card)
    }

    fn carry_out(&mut self, deed: UserAction) -> Result<(), TestCaseError> {
        let ids = self.selection.touchpoints().to_vec();
        match deed {
            UserAction::Click(card) => {
                let card = self.card(card).map(ObjectRef::Touchpoint);
                self.selection = card.map_or(Selection::Nothing, Selection::One);
            }
            UserAction::ToggleSelected(card) => {
                if let Some(card) = self.card(card) {
                    let other = Selection::One(ObjectRef::Touchpoint(card));
                    self.selection = self.selection.toggled(self.session.map(), &other);
                }
            }
            UserAction::DragCard(card, way) => {
                if let Some(card) = self.card(card) {
                    self.drag(ObjectId::Object(ObjectRef::Touchpoint(card)), way)?;
                }
            }
            UserAction::DragStage(stage, way) => {
                let stages = self.session.map().stages().as_slice();
                let stage = stages.get(stage.index(stages.len().max(1)));
                if let Some(stage) = stage.map(|s| s.id.clone()) {
                    self.drag(ObjectId::Object(ObjectRef::Stage(stage)), way)?;
                }
            }
            UserAction::DragFace(card, way) => {
                if let Some(card) = self.card(card) {
                    self.drag(ObjectId::Object(ObjectRef::Feeling(card, None)), way)?;
                }
            }
            UserAction::Marquee(from, to, keep) => {
                let map = self.session.map();
                let places = Arc::new(lay_out_cards(map));
                let drawn = drawn(&places);
                let held = (true, keep);
                let sizes = Density::default().sizes();
                let selection = &self.selection;
                let begun = Tool::begin(map, &drawn, selection, None, to_map(from), held, sizes);
                if let Some(Tool::Marquee(mut band)) = begun {
                    band.extend_to(to_map(to));
                    self.selection = band.selection(map, &places);
                }
            }
            UserAction::Connect(from, to) => {
                if let (Some(from), Some(to)) = (self.card(from), self.card(to)) {
                    let intent = ConnectTool::New { from }.drop_on_card(self.session.map(), &to);
                    self.edit(intent);
                }
            }
            UserAction::ConnectToGround(from, x) => {
                let intent = self.connect_to_ground(from, x);
                self.edit(intent);
            }
            UserAction::Reroute(from, over, start) => {
                let intent = self.reroute(from, over, start);
                self.edit(intent);
            }
            UserAction::Assign(which) => {
                let gift = match which {
                    0 => Assignment::Owner(Some("sales".into())),
                    1 => Assignment::Channel(Some("phone".into())),
                    2 => Assignment::Environment(Some("home".into())),
                    3 => Assignment::Owner(None),
                    _ => Assignment::Persona("jana".into()),
                };
                self.edit(assign::toggle_intent(self.session.map(), &ids, &gift));
            }
            UserAction::ShiftFeeling(better) => {
                let change = if better {
                    ScoreChange::Better
                } else {
                    ScoreChange::Worse
                };
                self.edit(score_intent(self.session.map(), &ids, None, change));
            }
            UserAction::Shift(on) => {
                let way = if on {
                    Direction::Next
                } else {
                    Direction::Previous
                };
                self.edit(structure::shift(
                    self.session.map(),
                    &Selection::Touchpoints(ids),
                    way,
                ));
            }
            UserAction::Delete => {
                // Later actions need some cards.
                let left = self.session.map().touchpoint_count() - ids.len();
                if left >= 4 {
                    let gone = structure::delete(self.session.map(), &self.selection);
                    self.edit(gone.map(|(intent, _)| intent));
                }
            }
            UserAction::Undo => {
                self.session.undo();
            }
            UserAction::Redo => {
                self.session.redo();
            }
        }
        self.selection = self.selection.pruned(self.session.map());
        Ok(())
    }

    fn check_invariants(&self) -> Result<(), TestCaseError> {
        let map = self.session.map();
        let all: FxHashSet<&TouchpointId> = map.touchpoints().map(|t| &t.id).collect();
        prop_assert_eq!(all.len(), map.touchpoint_count());
        for touchpoint in map.touchpoints() {
            prop_assert!(map.stage_of(&touchpoint.id).is_some());
            let scores = touchpoint.feelings.iter().filter_map(|f| f.score);
            prop_assert!(scores.into_iter().all(|s| s.tenths().abs() <= 20));
            for (i, path) in touchpoint.paths.iter().enumerate() {
                prop_assert!(all.contains(&path.to) && path.to != touchpoint.id);
                let same = |p: &&crate::model::Path| p.to == path.to && p.kind == path.kind;
                let twice = touchpoint.paths.iter().skip(i + 1).find(same);
                prop_assert_eq!(twice, None, "two paths of a kind");
            }
        }
        let selected = self.selection.touchpoints();
        prop_assert!(selected.iter().all(|id| all.contains(id)));
        let few = matches!(&self.selection, Selection::Touchpoints(ids) if ids.len() < 2);
        prop_assert!(!few, "a multiple selection has at least two touchpoints");
        Ok(())
    }
}

fn run_actions(deeds: Vec<UserAction>) -> Result<usize, TestCaseError> {
    let (mut room, start) = TestDocument::new();
    for deed in deeds {
        room.carry_out(deed)?;
        room.check_invariants()?;
    }
    let end = room.session.map().clone();
    let steps = room.session.history().done().len();
    while room.session.undo().is_some() {}
    prop_assert_eq!(room.session.map(), &start, "undone to the start");
    for _ in 0..steps {
        prop_assert!(room.session.redo().is_some());
    }
    prop_assert_eq!(room.session.map(), &end, "redone to the end");
    Ok(steps)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]
    #[test]
    fn a_thousand_actions_undo_to_the_start_and_redo_to_the_end(
        deeds in vec(any_user_action(), 1000),
    ) {
        run_actions(deeds)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn short_action_sequences_undo_and_redo(deeds in vec(any_user_action(), 0..40)) {
        run_actions(deeds)?;
    }
}

/// Guards against sequences in which hardly anything happens.
#[test]
fn action_sequences_change_the_map() {
    let mut runner = TestRunner::deterministic();
    let row = vec(any_user_action(), 1000).new_tree(&mut runner).unwrap();
    let steps = run_actions(row.current()).unwrap();
    assert!(steps > 200, "{steps} steps");
}
