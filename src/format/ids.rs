//! Ids that are told, derived or told apart, and the notices about them.

use super::limit;
use super::notice::NoticeKind;
use super::places::Step;
use super::values::Name;
use crate::model::{Id, slug};
use rustc_hash::FxHashMap;

/// A notice before anybody has looked up where in the text it belongs.
pub(super) struct Pending {
    pub path: Vec<Step>,
    pub subject: String,
    pub kind: NoticeKind,
    /// For doubles: where the first one stands.
    pub first: Option<Vec<Step>>,
}

/// Collected notices, at most [`limit::NOTICES`].
#[derive(Default)]
pub(super) struct Pendings {
    pub listed: Vec<Pending>,
    pub more: usize,
}

impl Pendings {
    pub fn push(&mut self, make: impl FnOnce() -> Pending) {
        if self.listed.len() < limit::NOTICES {
            self.listed.push(make());
        } else {
            self.more += 1;
        }
    }
}

/// Where a record stands in the content.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Map,
    /// In a list of the map.
    Top(&'static str, usize),
    /// Stage and touchpoint.
    Touchpoint(usize, usize),
    /// In a list of a touchpoint.
    Inside(usize, usize, &'static str, usize),
}

impl Place {
    pub fn steps(self) -> Vec<Step> {
        let field = |name: &str| Step::Field(name.to_owned());
        match self {
            Place::Map => Vec::new(),
            Place::Top(list, at) => vec![field(list), Step::Index(at)],
            Place::Touchpoint(stage, at) => vec![
                field("stages"),
                Step::Index(stage),
                field("touchpoints"),
                Step::Index(at),
            ],
            Place::Inside(stage, touchpoint, list, at) => {
                let mut steps = Place::Touchpoint(stage, touchpoint).steps();
                steps.extend([field(list), Step::Index(at)]);
                steps
            }
        }
    }

    pub fn field(self, name: &str) -> Vec<Step> {
        let mut steps = self.steps();
        steps.push(Step::Field(name.to_owned()));
        steps
    }

    pub fn item(self, name: &str, index: usize) -> Vec<Step> {
        let mut steps = self.field(name);
        steps.push(Step::Index(index));
        steps
    }
}

/// The ids of all records of one kind.
pub(super) struct Ids<I> {
    known: FxHashMap<Box<str>, (I, Place)>,
    in_order: std::vec::IntoIter<I>,
}

impl<I: Id> Ids<I> {
    /// Stated ids first, so that a derived one never takes their place; then
    /// the rest in the order of the file: the slug of the name, with `-2`,
    /// `-3` … where that is taken.
    pub fn assign<'n>(
        items: impl Iterator<Item = (Option<&'n Name<'n>>, &'n str, Place)> + Clone,
        reserved: &[&str],
        notices: &mut Pendings,
    ) -> Ids<I> {
        let stated = |name: Option<&'n Name<'n>>| name.map(|n| &*n.0).filter(|n| !n.is_empty());
        let mut known: FxHashMap<Box<str>, (I, Place)> = FxHashMap::default();
        let mut given: Vec<Option<I>> = Vec::new();
        for (name, _, place) in items.clone() {
            given.push(stated(name).filter(|n| !known.contains_key(*n)).map(|n| {
                let id = I::from_text(n);
                known.insert(n.into(), (id.clone(), place));
                id
            }));
        }
        for word in reserved {
            if !known.contains_key(*word) {
                known.insert((*word).into(), (I::from_text(word), Place::Map));
            }
        }
        let mut next: FxHashMap<String, usize> = FxHashMap::default();
        let in_order: Vec<I> = given
            .into_iter()
            .zip(items)
            .map(|(given, (name, words, place))| {
                if let Some(id) = given {
                    return id;
                }
                let wanted = stated(name).map_or_else(|| slug(words, I::WORD), str::to_owned);
                let id = free(&wanted, &mut known, &mut next, place);
                if let Some(name) = stated(name) {
                    let first = known.get(name).map(|(_, place)| place.steps());
                    notices.push(|| Pending {
                        path: place.steps(),
                        subject: id.to_string(),
                        kind: NoticeKind::DuplicateId {
                            word: I::WORD,
                            id: name.to_owned(),
                            given: id.to_string(),
                            first: None,
                        },
                        first,
                    });
                }
                id
            })
            .collect();
        Ids {
            known,
            in_order: in_order.into_iter(),
        }
    }

    /// The id of the next record in the order of the file.
    pub fn next(&mut self) -> I {
        // There is one for each record; the fallback keeps the types honest.
        self.in_order
            .next()
            .unwrap_or_else(|| I::from_text(I::WORD))
    }

    pub fn refer(
        &self,
        name: &Name<'_>,
        field: &'static str,
        subject: &str,
        notices: &mut Pendings,
        path: impl FnOnce() -> Vec<Step>,
    ) -> I {
        if let Some((id, _)) = self.known.get(&*name.0) {
            return id.clone();
        }
        notices.push(|| Pending {
            path: path(),
            subject: subject.to_owned(),
            kind: NoticeKind::Dangling {
                field,
                word: I::WORD,
                id: name.0.to_string(),
            },
            first: None,
        });
        I::from_text(&name.0)
    }
}

fn free<I: Id>(
    wanted: &str,
    known: &mut FxHashMap<Box<str>, (I, Place)>,
    next: &mut FxHashMap<String, usize>,
    place: Place,
) -> I {
    let mut take = |text: &str| {
        if known.contains_key(text) {
            return None;
        }
        let id = I::from_text(text);
        known.insert(text.into(), (id.clone(), place));
        Some(id)
    };
    if let Some(id) = take(wanted) {
        return id;
    }
    // Where many share a name, each goes on where the last one stopped.
    let number = next.entry(wanted.to_owned()).or_insert(2);
    loop {
        let text = format!("{wanted}-{number}");
        *number += 1;
        if let Some(id) = take(&text) {
            return id;
        }
    }
}
