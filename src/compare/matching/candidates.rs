//! Pairing of items of two lists by likeness: equal names first, then the most alike. The time
//! grows with the number of items and not with that of pairs.
//!
//! Must not know: maps, records.

use super::words::Words;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Pairs of items that a common word suggests at most, for one word.
const MAX_PAIRS_OF_WORD: usize = 400;

/// The distance in a gap between neighbours up to which two items are compared in any case.
const MAX_OFFSET: usize = 6;

/// The least likeness of a pair.
const ALIKE: u32 = 55;

/// The least likeness of a pair in maps whose records match by id otherwise: an edited map,
/// in which a record with a new id is most likely a new record.
const NEARLY_EQUAL: u32 = 110;

/// What is known of an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// The name to compare; empty for none.
    pub name: String,
    /// The words of the name.
    pub words: Words,
    /// The words of everything else.
    pub rest: Words,
    /// The stage, as a number that means the same in both lists.
    pub place: Option<u32>,
    /// Owner, channel and environment, as numbers that mean the same in both lists.
    pub context: [Option<u32>; 3],
    /// The number of the pair that the item is in already.
    pub pair: Option<u32>,
}

impl Item {
    /// How alike two items are, 0 … 180.
    fn likeness(&self, other: &Item, is_beside: u32) -> u32 {
        let same = |one: Option<u32>, other: Option<u32>| u32::from(one.is_some() && one == other);
        let [owner, channel, environment] =
            [0, 1, 2].map(|at| same(self.context[at], other.context[at]));
        self.words.likeness(&other.words)
            + 15 * same(self.place, other.place)
            + 10 * owner
            + 10 * channel
            + 5 * environment
            + 10 * is_beside
            + self.rest.likeness(&other.rest) / 4
    }
}

/// The items of one list that have no partner, with their surroundings.
struct Unpaired {
    /// Positions of the items in the list.
    at: Vec<usize>,
    /// For each item the pairs of the nearest items before and after it that have one.
    gap: Vec<[Option<u32>; 2]>,
    /// The index of each item in its gap.
    index: Vec<usize>,
    by_gap: FxHashMap<[Option<u32>; 2], Vec<usize>>,
}

impl Unpaired {
    fn of(items: &[Item]) -> Unpaired {
        let mut next = vec![None; items.len()];
        let mut nearest = None;
        for (at, item) in items.iter().enumerate().rev() {
            next[at] = nearest;
            nearest = item.pair.or(nearest);
        }
        let mut unpaired = Unpaired {
            at: Vec::new(),
            gap: Vec::new(),
            index: Vec::new(),
            by_gap: FxHashMap::default(),
        };
        let mut former = None;
        for (at, item) in items.iter().enumerate() {
            if item.pair.is_some() {
                former = item.pair;
                continue;
            }
            let gap = [former, next[at]];
            let inside = unpaired.by_gap.entry(gap).or_default();
            unpaired.index.push(inside.len());
            inside.push(unpaired.at.len());
            unpaired.gap.push(gap);
            unpaired.at.push(at);
        }
        unpaired
    }
}

/// Returns pairs of positions of unpaired items. `forbids` takes two positions. `edited` says that
/// the lists are versions of one list that keep their ids.
pub(super) fn pair_items(
    before: &mut [Item],
    after: &mut [Item],
    edited: bool,
    forbids: &dyn Fn(usize, usize) -> bool,
) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    pair_equal_names(before, after, &mut pairs, forbids);
    pair_most_alike(before, after, edited, &mut pairs, forbids);
    pairs
}

/// Pairs items with the same name: those in the same stage first, each in their order.
fn pair_equal_names(
    before: &mut [Item],
    after: &mut [Item],
    pairs: &mut Vec<[usize; 2]>,
    forbids: &dyn Fn(usize, usize) -> bool,
) {
    for in_place in [true, false] {
        let key = |item: &Item| {
            let place = item.place.filter(|_| in_place);
            let is_open = item.pair.is_none() && !item.name.is_empty();
            (is_open && place.is_some() == in_place).then(|| (item.name.clone(), place))
        };
        let mut named: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for (at, item) in after.iter().enumerate().rev() {
            if let Some(key) = key(item) {
                named.entry(key).or_default().push(at);
            }
        }
        for one in 0..before.len() {
            let Some(same) = key(&before[one]).and_then(|key| named.get_mut(&key)) else {
                continue;
            };
            if let Some(at) = same.iter().rposition(|other| !forbids(one, *other)) {
                let other = same.remove(at);
                join(before, after, [one, other], pairs);
            }
        }
    }
}

fn join(
    before: &mut [Item],
    after: &mut [Item],
    [one, other]: [usize; 2],
    pairs: &mut Vec<[usize; 2]>,
) {
    // Numbers of pairs begin with those that the lists came with.
    let number = u32::MAX - pairs.len() as u32;
    before[one].pair = Some(number);
    after[other].pair = Some(number);
    pairs.push([one, other]);
}

fn pair_most_alike(
    before: &mut [Item],
    after: &mut [Item],
    edited: bool,
    pairs: &mut Vec<[usize; 2]>,
    forbids: &dyn Fn(usize, usize) -> bool,
) {
    let (ours, theirs) = (Unpaired::of(before), Unpaired::of(after));
    let mut candidates = Vec::new();
    suggest_by_words(&ours, &theirs, before, after, &mut candidates);
    suggest_by_gap(&ours, &theirs, &mut candidates);
    candidates.sort_unstable();
    candidates.dedup();
    let least = if edited { NEARLY_EQUAL } else { ALIKE };
    let mut scored: Vec<_> = candidates
        .into_iter()
        .filter_map(|[one, other]| {
            let is_beside = (0..2).filter(|side| ours.gap[one][*side] == theirs.gap[other][*side]);
            let [at, to] = [ours.at[one], theirs.at[other]];
            let likeness = before[at].likeness(&after[to], is_beside.count() as u32);
            let apart = at.abs_diff(to);
            (likeness >= least && !forbids(at, to)).then_some((
                Reverse(likeness),
                apart,
                at + to,
                [at, to],
            ))
        })
        .collect();
    scored.sort_unstable();
    for (_, _, _, [one, other]) in scored {
        if before[one].pair.is_none() && after[other].pair.is_none() {
            join(before, after, [one, other], pairs);
        }
    }
}

/// Suggests items that have a word in common which few items have.
fn suggest_by_words(
    ours: &Unpaired,
    theirs: &Unpaired,
    before: &[Item],
    after: &[Item],
    candidates: &mut Vec<[usize; 2]>,
) {
    let index = |unpaired: &Unpaired, items: &[Item]| {
        let mut index: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (number, at) in unpaired.at.iter().enumerate() {
            for word in items[*at].words.numbers() {
                index.entry(*word).or_default().push(number);
            }
        }
        index
    };
    let with_word = index(theirs, after);
    for (word, some) in index(ours, before) {
        let Some(others) = with_word.get(&word) else {
            continue;
        };
        if some.len() * others.len() <= MAX_PAIRS_OF_WORD {
            let pairs = some
                .iter()
                .flat_map(|one| others.iter().map(move |it| [*one, *it]));
            candidates.extend(pairs);
        }
    }
}

/// Suggests items between the same neighbours, at about the same place.
fn suggest_by_gap(ours: &Unpaired, theirs: &Unpaired, candidates: &mut Vec<[usize; 2]>) {
    for (gap, some) in &ours.by_gap {
        let Some(others) = theirs.by_gap.get(gap) else {
            continue;
        };
        let (count, counts) = (some.len(), others.len());
        let reach = MAX_OFFSET * count.max(counts);
        for one in some {
            let here = ours.index[*one] * counts;
            let first = here.saturating_sub(reach) / count;
            let last = (here + reach) / count;
            let near = others.iter().skip(first).take(last + 1 - first);
            let near = near.filter(|other| here.abs_diff(theirs.index[**other] * count) <= reach);
            candidates.extend(near.map(|other| [*one, *other]));
        }
    }
}
