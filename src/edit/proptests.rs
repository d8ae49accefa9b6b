//! Property tests of editing, over random sequences of intents.

use super::{ChangeSet, History, Intent, UndoStep, plan, plan_and_apply};
use crate::model::{
    Action, Channel, ChannelId, Comment, CommentSubject, Department, DepartmentId, Environment,
    Feeling, Id, Image, ImageData, Lane, LaneContentKind, LaneId, Map, Note, NoteId, ObjectRef,
    Pain, Path, PathKind, Persona, PictureLanes, Record, Referrer as _, SavedView, Score, Stage,
    StageId, Suppression, Touchpoint, TouchpointId,
};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

/// A random intent in numbers: its kind, and two choices taken modulo the number
/// of options.
pub(crate) type Roll = (u8, usize, usize);

pub(crate) fn rolls(length: usize) -> impl Strategy<Value = Vec<Roll>> {
    proptest::collection::vec((any::<u8>(), any::<usize>(), any::<usize>()), 1..length)
}

fn nth<R: Record>(records: &[R], n: usize) -> Option<&R> {
    (!records.is_empty()).then(|| &records[n % records.len()])
}

/// The intent that a roll stands for in this map; `None` if it has no record to act on.
pub(crate) fn intent(map: &Map, (kind, a, b): Roll) -> Option<Intent> {
    let touchpoints: Vec<&Touchpoint> = map.touchpoints().collect();
    let touchpoint =
        |n: usize| (!touchpoints.is_empty()).then(|| touchpoints[n % touchpoints.len()]);
    let stage = |n: usize| nth(map.stages().as_slice(), n);
    let name = format!("thing {a}");
    Some(match kind % 39 {
        0 => Intent::AddStage {
            at: b % 9,
            stage: Box::new(Stage::new(StageId::from_text(&format!("s{a}")), name)),
        },
        1..=4 => Intent::AddTouchpoint {
            stage: stage(b)?.id.clone(),
            at: a % 7,
            touchpoint: Box::new(Touchpoint::new(
                TouchpointId::from_text(&format!("t{a}")),
                name,
            )),
        },
        5 => Intent::MoveStage {
            id: stage(a)?.id.clone(),
            to: b % 9,
        },
        6 | 7 => Intent::MoveTouchpoint {
            id: touchpoint(a)?.id.clone(),
            stage: stage(b)?.id.clone(),
            to: b % 5,
        },
        8 => Intent::DeleteStage(stage(a)?.id.clone()),
        9 => Intent::DeleteTouchpoint(touchpoint(a)?.id.clone()),
        10 | 11 => Intent::Connect {
            from: touchpoint(a)?.id.clone(),
            path: Path {
                to: touchpoint(b)?.id.clone(),
                kind: [
                    PathKind::Next,
                    PathKind::Alternative,
                    PathKind::Failure,
                    PathKind::Return,
                ][a % 4],
                label: name,
                share: None,
            },
        },
        12 => Intent::Disconnect {
            from: touchpoint(a)?.id.clone(),
            to: touchpoint(b)?.id.clone(),
            kind: PathKind::Next,
        },
        13 => Intent::AddDepartment(Box::new(Department::new(
            format!("d{a}").as_str().into(),
            name,
        ))),
        14 => {
            let mut owned = touchpoint(a)?.clone();
            owned.owner = nth(map.departments().as_slice(), b).map(|d| d.id.clone());
            Intent::SetTouchpoint(Box::new(owned))
        }
        15 => Intent::DeleteDepartment(nth(map.departments().as_slice(), a)?.id.clone()),
        16 => Intent::AddPersona(Box::new(Persona::new(
            format!("p{a}").as_str().into(),
            name,
        ))),
        17 => {
            let mut felt = touchpoint(a)?.clone();
            felt.feelings.push(Feeling {
                persona: nth(map.personas().as_slice(), b).map(|p| p.id.clone()),
                score: Score::from_tenths((b % 41) as i64 - 20),
                ..Feeling::default()
            });
            Intent::SetTouchpoint(Box::new(felt))
        }
        18 => Intent::DeletePersona(nth(map.personas().as_slice(), a)?.id.clone()),
        19 => Intent::AddLane(Box::new(Lane::custom(
            LaneId::from_text(&format!("l{a}")),
            name,
            LaneContentKind::ALL[b % LaneContentKind::ALL.len()],
        ))),
        20 => Intent::MoveLane {
            id: nth(map.lanes().as_slice(), a)?.id.clone(),
            to: b % 15,
        },
        21 => Intent::DeleteLane(nth(map.lanes().as_slice(), a)?.id.clone()),
        22 => {
            let mut hurt = touchpoint(a)?.clone();
            hurt.pains.push(Pain {
                id: format!("pain{b}").as_str().into(),
                text: name,
                severity: Default::default(),
                votes: 0,
                actions: nth(map.actions().as_slice(), b)
                    .map(|x| x.id.clone())
                    .into_iter()
                    .collect(),
                evidence: Default::default(),
            });
            Intent::SetTouchpoint(Box::new(hurt))
        }
        23 => Intent::AddAction(Box::new(Action::new(format!("a{a}").as_str().into(), name))),
        25 | 26 => {
            // An image, new or existing, on one more record.
            let known = (b % 3 == 0)
                .then(|| nth(map.images().as_slice(), b))
                .flatten();
            let image = known.cloned().unwrap_or_else(|| Image {
                id: format!("i{b}").as_str().into(),
                name: name.clone(),
                data: ImageData::Bytes(b"bytes".as_slice().into()),
            });
            let shown = match (nth(map.personas().as_slice(), a), b % 4) {
                (Some(persona), 0) => Intent::SetPersona(Box::new(Persona {
                    picture: Some(image.id.clone()),
                    ..persona.clone()
                })),
                (_, choice) => {
                    let mut shows = touchpoint(a)?.clone();
                    let own = |l: &&Lane| l.holds == LaneContentKind::Picture;
                    match map.lanes().iter().find(own) {
                        Some(lane) if choice == 1 => {
                            shows.texts.insert(lane.id.clone(), image.id.to_string());
                        }
                        _ => shows.pictures.push(image.id.clone()),
                    }
                    Intent::SetTouchpoint(Box::new(shows))
                }
            };
            let mut intents = vec![shown];
            if map.images().get(&image.id).is_none() {
                intents.insert(0, Intent::AddImage(Box::new(image)));
            }
            Intent::Batch {
                label: "Add picture".into(),
                intents,
            }
        }
        27 => Intent::DeleteImage(nth(map.images().as_slice(), a)?.id.clone()),
        28 => {
            let mut bare = touchpoint(a)?.clone();
            bare.pictures.clear();
            bare.texts.clear();
            Intent::SetTouchpoint(Box::new(bare))
        }
        24 => Intent::DeleteAction(nth(map.actions().as_slice(), a)?.id.clone()),
        29 => Intent::MergeDepartments {
            from: nth(map.departments().as_slice(), a)?.id.clone(),
            into: nth(map.departments().as_slice(), b)?.id.clone(),
        },
        30 => Intent::MoveDepartment {
            id: nth(map.departments().as_slice(), a)?.id.clone(),
            to: b % 7,
        },
        31 => Intent::MovePersona {
            id: nth(map.personas().as_slice(), a)?.id.clone(),
            to: b % 7,
        },
        32 => {
            let mut view = SavedView::new(format!("v{a}").as_str().into(), name);
            view.from = touchpoint(a).map(|t| t.id.clone());
            view.to = touchpoint(b).map(|t| t.id.clone());
            let owners = [a, b].map(|n| nth(map.departments().as_slice(), n));
            view.owners = owners.into_iter().flatten().map(|d| d.id.clone()).collect();
            view.persona = nth(map.personas().as_slice(), b).map(|p| p.id.clone());
            view.folded_stages = stage(b).map(|s| s.id.clone()).into_iter().collect();
            view.upper = nth(map.lanes().as_slice(), b).map(|l| l.id.clone());
            Intent::AddSavedView(Box::new(view))
        }
        33 => Intent::MoveSavedView {
            id: nth(map.saved_views().as_slice(), a)?.id.clone(),
            to: b % 4,
        },
        35 => {
            let objects = [
                touchpoint(a).map(Record::object),
                stage(a).map(Record::object),
                touchpoint(a)
                    .and_then(|t| Some(ObjectRef::Pain(t.id.clone(), t.pains.first()?.id.clone()))),
                touchpoint(a).and_then(|t| {
                    let persona = nth(map.personas().as_slice(), b)?;
                    Some(ObjectRef::Feeling(t.id.clone(), Some(persona.id.clone())))
                }),
                nth(map.departments().as_slice(), a).map(Record::object),
                nth(map.lanes().as_slice(), a).map(Record::object),
            ];
            Intent::AddComment(Box::new(Comment {
                id: format!("comment{a}").as_str().into(),
                about: CommentSubject::new(objects[b % objects.len()].as_ref()?),
                text: name,
                ..Comment::default()
            }))
        }
        36 => {
            let mut comment = nth(map.comments().as_slice(), a)?.clone();
            comment.resolved ^= true;
            Intent::SetComment(Box::new(comment))
        }
        37 => {
            let mut calm = touchpoint(a)?.clone();
            calm.pains.clear();
            Intent::SetTouchpoint(Box::new(calm))
        }
        34 => Intent::DeleteSavedView(nth(map.saved_views().as_slice(), a)?.id.clone()),
        _ => Intent::Batch {
            label: "Several".into(),
            intents: vec![
                Intent::AddChannel(Box::new(Channel::new(format!("c{a}").as_str().into(), "c"))),
                Intent::DeleteChannel(ChannelId::from_text(&format!("c{a}"))),
                Intent::AddEnvironment(Box::new(Environment::new(
                    format!("e{a}").as_str().into(),
                    "e",
                ))),
                Intent::AddNote(Box::new(Note {
                    id: NoteId::from_text(&format!("n{b}")),
                    text: name,
                    votes: 0,
                })),
                Intent::Suppress(Box::new(Suppression::new("rule", &b.to_string(), "fine"))),
            ],
        },
    })
}

/// Plans and applies each roll; returns the applied changes.
fn plan_and_apply_all(map: &mut Map, rolls: &[Roll]) -> Vec<ChangeSet> {
    let mut sets = Vec::new();
    for roll in rolls {
        let Some(intent) = intent(map, *roll) else {
            continue;
        };
        if let Ok(changes) = plan(map, &intent) {
            changes.apply(map).unwrap();
            sets.push(changes);
        }
    }
    sets
}

fn dangling(map: &Map) -> bool {
    let mut is_dangling = false;
    for view in map.saved_views() {
        view.for_each_reference(&PictureLanes::default(), &mut |_, to| {
            is_dangling |= !to.is_in(map);
        });
    }
    is_dangling
        || map
            .comments()
            .iter()
            .any(|c| c.about.as_ref().is_some_and(|about| !about.is_in(map)))
        || map.touchpoints().any(|t| {
            t.owner
                .as_ref()
                .is_some_and(|d: &DepartmentId| !map.departments().contains(d))
                || t.paths.iter().any(|p| map.touchpoint(&p.to).is_none())
                || t.feelings.iter().any(|f| {
                    f.persona
                        .as_ref()
                        .is_some_and(|p| !map.personas().contains(p))
                })
                || t.pains
                    .iter()
                    .any(|p| p.actions.iter().any(|a| !map.actions().contains(a)))
        })
}

proptest! {
    #[test]
    fn planned_changes_apply_and_leave_no_dangling_references(rolls in rolls(60)) {
        let mut map = Map::with_title("T");
        plan_and_apply_all(&mut map, &rolls);
        prop_assert!(map.is_consistent());
        prop_assert!(!dangling(&map));
    }

    #[test]
    fn comments_stay_whatever_is_deleted_and_say_what_they_were_about(rolls in rolls(60)) {
        let mut map = Map::with_title("T");
        let mut comments = Vec::new();
        for roll in rolls {
            let Some(intent) = intent(&map, roll) else { continue };
            let before = map.clone();
            if plan_and_apply(&mut map, &intent).is_err() {
                continue;
            }
            if let Intent::AddComment(comment) = intent {
                comments.push(comment.id);
            }
            for comment in before.comments() {
                let after = map.comments().get(&comment.id).unwrap();
                let same_kind = |a: &ObjectRef, b: &ObjectRef| a.noun() == b.noun();
                prop_assert!(
                    same_kind(&after.subject(), &comment.subject()) || !after.formerly.is_empty()
                );
            }
        }
        prop_assert_eq!(map.comments().len(), comments.len());
    }

    #[test]
    fn images_exist_exactly_as_long_as_something_refers_to_them(rolls in rolls(60)) {
        let mut map = Map::with_title("T");
        plan_and_apply_all(&mut map, &rolls);
        let shown = |image: &Image| {
            map.personas().iter().any(|p| p.picture.as_ref() == Some(&image.id))
                || map.touchpoints().any(|t| {
                    let own = |(lane, text): (&LaneId, &String)| {
                        let holds = map.lanes().get(lane).map(|l| l.holds);
                        holds == Some(LaneContentKind::Picture) && text == image.id.as_str()
                    };
                    t.pictures.contains(&image.id) || t.texts.iter().any(own)
                })
        };
        prop_assert!(map.images().iter().all(shown));
        let there = |id| map.images().contains(id);
        prop_assert!(map.touchpoints().flat_map(|t| &t.pictures).all(there));
        prop_assert!(map.personas().iter().filter_map(|p| p.picture.as_ref()).all(there));
    }

    #[test]
    fn plan_and_apply_equals_planning_then_applying(start in rolls(40), wishes in rolls(6)) {
        let mut map = Map::with_title("T");
        plan_and_apply_all(&mut map, &start);
        // Each intent was made for the initial map: some fail after the others.
        let intents = wishes.iter().filter_map(|roll| intent(&map, *roll)).collect();
        let together = Intent::Batch { label: "All".to_owned(), intents };
        let mut planned = map.clone();
        let plan = plan(&map, &together);
        if let Ok(changes) = &plan {
            changes.apply(&mut planned).unwrap();
        }
        prop_assert_eq!(plan_and_apply(&mut map, &together), plan);
        prop_assert_eq!(map, planned);
    }

    #[test]
    fn a_change_followed_by_its_inverse_restores_the_map(rolls in rolls(60), last in (any::<u8>(), any::<usize>(), any::<usize>())) {
        let mut map = Map::with_title("T");
        plan_and_apply_all(&mut map, &rolls);
        let before = map.clone();
        for changes in plan_and_apply_all(&mut map, &[last]) {
            prop_assert_eq!(&changes.inverse().inverse(), &changes);
            changes.inverse().apply(&mut map).unwrap();
        }
        prop_assert_eq!(&map, &before);
    }

    #[test]
    fn undoing_all_leads_to_the_start_and_redoing_all_to_the_end(rolls in rolls(80), merge in any::<bool>()) {
        let mut map = Map::with_title("T");
        let start = map.clone();
        let mut history = History::default();
        for roll in rolls {
            let Some(intent) = intent(&map, roll) else { continue };
            let Ok(changes) = plan(&map, &intent) else { continue };
            changes.apply(&mut map).unwrap();
            let merge_key = merge.then(|| "key".to_owned());
            history.push(UndoStep { label: intent.label(), changes, merge_key });
        }
        let end = map.clone();
        while history.undo(&mut map).unwrap().is_some() {}
        prop_assert_eq!(&map, &start);
        prop_assert_eq!(history.state(), 0);
        while history.redo(&mut map).unwrap().is_some() {}
        prop_assert_eq!(&map, &end);
    }

    #[test]
    fn a_squashed_set_equals_its_parts(rolls in rolls(60)) {
        let mut map = Map::with_title("T");
        let start = map.clone();
        let mut sum = ChangeSet::default();
        for changes in plan_and_apply_all(&mut map, &rolls) {
            sum.squash(changes);
        }
        let mut other = start.clone();
        sum.apply(&mut other).unwrap();
        prop_assert_eq!(&other, &map);
        sum.inverse().apply(&mut other).unwrap();
        prop_assert_eq!(&other, &start);
    }

    #[test]
    fn a_set_that_does_not_fit_changes_nothing(rolls in rolls(40), cut in any::<usize>()) {
        let mut map = Map::with_title("T");
        let sets = plan_and_apply_all(&mut map, &rolls);
        let mut all: Vec<_> = sets.into_iter().flat_map(|s| s.0).collect();
        if !all.is_empty() {
            // Apply the same changes again: some do not fit a map that already has them.
            let at = cut % all.len();
            all.rotate_left(at);
            let before = map.clone();
            if ChangeSet(all).apply(&mut map).is_err() {
                prop_assert_eq!(&map, &before);
            }
            prop_assert!(map.is_consistent());
        }
    }
}
