//! The lists of a map as items to be paired.
//!
//! Must not know: how items are paired.

use super::candidates::{Item, pair_items};
use super::words::{Words, unnumbered};
use super::{Corrections, MatchedBy, Matching};
use crate::folding::fold_text;
use crate::model::{
    Image, IndexedList, LaneKind, Map, ObjectRef, Opportunity, Pain, Record, Stage, Touchpoint,
    TouchpointId,
};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash as _, Hasher as _};

/// Touchpoints with the id of another one from which on ids are not believed.
const MIN_NUMBERED_ANEW: usize = 3;

/// Words of other texts that count at most.
const MAX_REST_CHARS: usize = 400;

impl Matching {
    /// Matches every list: first all by id, then what others are compared by.
    pub(super) fn match_lists(&mut self, before: &Map, after: &Map, corrections: &Corrections) {
        let mut pass = Pass {
            matching: self,
            corrections,
        };
        pass.by_id(before.personas(), after.personas());
        pass.by_id(before.departments(), after.departments());
        pass.by_id(before.channels(), after.channels());
        pass.by_id(before.environments(), after.environments());
        pass.by_id(before.lanes(), after.lanes());
        pass.by_id(before.stages(), after.stages());
        let numbered_anew = numbered_anew(before, after);
        for touchpoint in before.touchpoints() {
            let id = &touchpoint.id;
            if after.touchpoint(id).is_some() && !numbered_anew.contains(id) {
                pass.insert(touchpoint.object(), touchpoint.object(), MatchedBy::Id);
            }
        }
        pass.by_id(before.actions(), after.actions());
        pass.by_id(before.notes(), after.notes());
        pass.by_id(before.comments(), after.comments());
        pass.by_id(before.saved_views(), after.saved_views());
        pass.by_id(before.suppressions(), after.suppressions());
        pass.by_id(before.conflicts(), after.conflicts());
        pass.by_id(before.images(), after.images());

        pass.by_content(before.personas(), after.personas(), |it| named(&it.name));
        pass.by_content(before.departments(), after.departments(), |it| {
            named(&it.name)
        });
        pass.by_content(before.channels(), after.channels(), |it| named(&it.name));
        pass.by_content(before.environments(), after.environments(), |it| {
            named(&it.name)
        });
        pass.by_content(before.lanes(), after.lanes(), |lane| match lane.kind {
            LaneKind::Custom => named(&lane.name),
            _ => Item::default(),
        });
        pass.by_content(before.actions(), after.actions(), |it| named(&it.name));
        pass.by_content(before.notes(), after.notes(), |it| named(&it.text));
        pass.by_content(before.comments(), after.comments(), |it| named(&it.text));
        pass.by_content(before.saved_views(), after.saved_views(), |it| {
            named(&it.name)
        });
        pass.by_content(before.images(), after.images(), image);
        pass.stages(before, after);
        pass.touchpoints(before, after);
        pass.parts(before, after);
    }
}

/// The ids that belong to another touchpoint in each map: a program that numbers touchpoints by
/// their place gives one more of them the ids of the next ones. The name of such a touchpoint is that
/// of another one in the other map. A few of them are renamed touchpoints.
fn numbered_anew(before: &Map, after: &Map) -> FxHashSet<TouchpointId> {
    let differ = before.touchpoints().filter_map(|one| {
        let other = after.touchpoint(&one.id)?;
        (one.name != other.name)
            .then(|| [unnumbered(&one.name), unnumbered(&other.name)])
            .filter(|[was, is]| was != is)
            .map(|names| (&one.id, names))
    });
    let differ: Vec<(&TouchpointId, [String; 2])> = differ.collect();
    if differ.len() < MIN_NUMBERED_ANEW {
        return FxHashSet::default();
    }
    // Names that only one touchpoint of a map has.
    let unique = [before, after].map(|map| {
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        for touchpoint in map.touchpoints() {
            *counts.entry(unnumbered(&touchpoint.name)).or_default() += 1;
        }
        counts.retain(|name, count| *count == 1 && !name.is_empty());
        counts
    });
    let is_elsewhere = |[was, is]: &[String; 2]| {
        let in_both = |name| unique.iter().all(|names| names.contains_key(name));
        in_both(was) || in_both(is)
    };
    let anew = differ.iter().filter(|(_, names)| is_elsewhere(names));
    let anew: FxHashSet<TouchpointId> = anew.map(|(id, _)| (*id).clone()).collect();
    if anew.len() < MIN_NUMBERED_ANEW {
        return FxHashSet::default();
    }
    anew
}

struct Pass<'p> {
    matching: &'p mut Matching,
    corrections: &'p Corrections,
}

/// An item with a name and nothing else.
fn named(name: &str) -> Item {
    let name = unnumbered(name);
    Item {
        words: Words::of(&name),
        name,
        ..Item::default()
    }
}

/// Images are the same if their data are.
fn image(image: &Image) -> Item {
    let mut hasher = FxHasher::default();
    match image.bytes() {
        Some(bytes) => bytes.hash(&mut hasher),
        None => image.name.hash(&mut hasher),
    }
    Item {
        name: format!("{:x}", hasher.finish()),
        ..Item::default()
    }
}

/// The first words of texts.
fn rest_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Words {
    let mut whole = String::new();
    for text in texts {
        if whole.len() > MAX_REST_CHARS {
            break;
        }
        whole.extend(text.chars().take(MAX_REST_CHARS));
        whole.push(' ');
    }
    Words::of(&fold_text(&whole))
}

impl Pass<'_> {
    fn insert(&mut self, before: ObjectRef, after: ObjectRef, by: MatchedBy) {
        if !self.corrections.forbids(&before, &after) {
            self.matching.insert(before, after, by);
        }
    }

    fn by_id<R: Record>(&mut self, before: &IndexedList<R>, after: &IndexedList<R>) {
        for record in before {
            if after.contains(record.id()) {
                self.insert(record.object(), record.object(), MatchedBy::Id);
            }
        }
    }

    fn by_content<R: Record>(
        &mut self,
        before: &IndexedList<R>,
        after: &IndexedList<R>,
        item: impl Fn(&R) -> Item,
    ) {
        let lists = [before, after].map(|list| list.iter().collect::<Vec<_>>());
        self.pair(lists, |record| record.object(), |_, record| item(record));
    }

    /// Pairs those records of two lists that have no partner. `item` takes the side, 0 or 1.
    fn pair<T>(
        &mut self,
        [before, after]: [Vec<&T>; 2],
        object: impl Fn(&T) -> ObjectRef,
        item: impl Fn(usize, &T) -> Item,
    ) {
        let objects = |list: &[&T]| list.iter().map(|it| object(it)).collect::<Vec<_>>();
        let objects = [objects(&before), objects(&after)];
        let numbers = self.pair_numbers(&objects[0]);
        let paired = numbers[0].len();
        if paired == before.len() || paired == after.len() {
            return;
        }
        let items = |side: usize, list: &[&T]| -> Vec<Item> {
            let records = list.iter().zip(&objects[side]);
            let items = records.map(|(record, object)| match numbers[side].get(object) {
                Some(number) => Item {
                    pair: Some(*number),
                    ..Item::default()
                },
                None => item(side, record),
            });
            items.collect()
        };
        let mut items = [items(0, &before), items(1, &after)];
        let edited = 2 * paired >= before.len().min(after.len());
        let [ours, theirs] = &mut items;
        let pairs = pair_items(ours, theirs, edited, &|one, other| {
            self.corrections
                .forbids(&objects[0][one], &objects[1][other])
        });
        for [one, other] in pairs {
            let (one, other) = (objects[0][one].clone(), objects[1][other].clone());
            self.insert(one, other, MatchedBy::Content);
        }
    }

    /// Numbers of the pairs of these records, for the records of each side.
    fn pair_numbers(&self, before: &[ObjectRef]) -> [FxHashMap<ObjectRef, u32>; 2] {
        let mut numbers = [FxHashMap::default(), FxHashMap::default()];
        for (number, object) in (0_u32..).zip(before) {
            if let Some(after) = self.matching.after(object) {
                numbers[1].insert(after.clone(), number);
                numbers[0].insert(object.clone(), number);
            }
        }
        numbers
    }

    fn list_numbers<R: Record>(&self, list: &IndexedList<R>) -> [FxHashMap<ObjectRef, u32>; 2] {
        self.pair_numbers(&list.iter().map(R::object).collect::<Vec<_>>())
    }

    fn stages(&mut self, before: &Map, after: &Map) {
        let departments = self.list_numbers(before.departments());
        let lists = [before, after].map(|map| map.stages().iter().collect::<Vec<_>>());
        self.pair(lists, Stage::object, |side, stage| {
            let map = [before, after][side];
            let steps = map.touchpoints_in(&stage.id).iter();
            let owner = stage.owner.clone().map(ObjectRef::Department);
            let owner = owner.and_then(|owner| departments[side].get(&owner).copied());
            Item {
                context: [owner, None, None],
                rest: rest_of(
                    [stage.goal.as_str()]
                        .into_iter()
                        .chain(steps.map(Record::name)),
                ),
                ..named(&stage.name)
            }
        });
    }

    fn touchpoints(&mut self, before: &Map, after: &Map) {
        let departments = self.list_numbers(before.departments());
        let channels = self.list_numbers(before.channels());
        let environments = self.list_numbers(before.environments());
        let stages = self.list_numbers(before.stages());
        let lists = [before, after].map(|map| map.touchpoints().collect::<Vec<_>>());
        self.pair(lists, Touchpoint::object, |side, touchpoint| {
            let number = |numbers: &[FxHashMap<ObjectRef, u32>; 2], object: Option<ObjectRef>| {
                object.and_then(|object| numbers[side].get(&object).copied())
            };
            let home = [before, after][side].stage_of(&touchpoint.id).cloned();
            let t = touchpoint;
            let feelings = t
                .feelings
                .iter()
                .flat_map(|it| [it.quote.as_str(), &it.thought]);
            let texts = [t.description.as_str(), &t.notes].into_iter();
            let texts = texts.chain(t.pains.iter().map(|it| it.text.as_str()));
            let texts = texts.chain(t.opportunities.iter().map(|it| it.text.as_str()));
            let texts = texts.chain(t.backstage.iter().map(|it| it.text.as_str()));
            Item {
                place: number(&stages, home.map(ObjectRef::Stage)),
                context: [
                    number(&departments, t.owner.clone().map(ObjectRef::Department)),
                    number(&channels, t.channel.clone().map(ObjectRef::Channel)),
                    number(
                        &environments,
                        t.environment.clone().map(ObjectRef::Environment),
                    ),
                ],
                rest: rest_of(texts.chain(feelings)),
                ..named(&t.name)
            }
        });
    }

    /// Matches pains and opportunities of touchpoints that are the same.
    fn parts(&mut self, before: &Map, after: &Map) {
        for one in before.touchpoints() {
            let Some(ObjectRef::Touchpoint(id)) = self.matching.after(&one.object()) else {
                continue;
            };
            let Some(other) = after.touchpoint(id) else {
                continue;
            };
            let pain = |of: &Touchpoint, it: &Pain| ObjectRef::Pain(of.id.clone(), it.id.clone());
            self.part(
                [&one.pains, &other.pains],
                [&|it| pain(one, it), &|it| pain(other, it)],
                |pain| &pain.text,
            );
            let idea = |of: &Touchpoint, it: &Opportunity| {
                ObjectRef::Opportunity(of.id.clone(), it.id.clone())
            };
            self.part(
                [&one.opportunities, &other.opportunities],
                [&|it| idea(one, it), &|it| idea(other, it)],
                |idea| &idea.text,
            );
        }
    }

    fn part<T>(
        &mut self,
        lists: [&[T]; 2],
        object: [&dyn Fn(&T) -> ObjectRef; 2],
        text: impl Fn(&T) -> &str,
    ) {
        let objects = [0, 1].map(|side| lists[side].iter().map(object[side]).collect::<Vec<_>>());
        for one in &objects[0] {
            let mut others = objects[1].iter();
            if let Some(other) = others.find(|other| other.key() == one.key()) {
                self.insert(one.clone(), other.clone(), MatchedBy::Id);
            }
        }
        let open = |side: usize| -> Vec<(ObjectRef, &T)> {
            let all = objects[side].iter().cloned().zip(lists[side]);
            let is_open = |(object, _): &(ObjectRef, &T)| match side {
                0 => self.matching.after(object).is_none(),
                _ => self.matching.before(object).is_none(),
            };
            all.filter(is_open).collect()
        };
        let open = [open(0), open(1)];
        let lists = [0, 1].map(|side| open[side].iter().collect::<Vec<_>>());
        self.pair(
            lists,
            |(object, _)| object.clone(),
            |_, (_, it)| named(text(it)),
        );
    }
}
