//! Merging of the order of a list.
//!
//! Must not know: what the list holds.

use rustc_hash::{FxHashMap, FxHashSet};

/// A merged order, and what both sides moved to different places.
pub(super) struct MergedOrder<'k> {
    pub order: Vec<&'k str>,
    pub conflicts: Vec<PlaceConflict<'k>>,
}

/// A key that both sides moved to different places; the values are the keys before it.
pub(super) struct PlaceConflict<'k> {
    pub key: &'k str,
    pub base: Option<&'k str>,
    pub ours: Option<&'k str>,
    pub theirs: Option<&'k str>,
}

/// One side of a merge: its keys, and those that stand elsewhere than before or are new.
struct Side<'s, 'k> {
    keys: &'s [&'k str],
    changed: FxHashSet<&'k str>,
    known: FxHashSet<&'k str>,
}

impl<'s, 'k> Side<'s, 'k> {
    fn of(keys: &'s [&'k str], base: &FxHashMap<&str, usize>) -> Side<'s, 'k> {
        Side {
            keys,
            changed: changed_keys(keys, base),
            known: keys.iter().copied().collect(),
        }
    }

    /// For each key the last one before it of those that `is_anchor` admits.
    fn anchors(&self, is_anchor: impl Fn(&str) -> bool) -> FxHashMap<&'k str, Option<&'k str>> {
        let mut last = None;
        let pairs = self.keys.iter().map(|key| {
            let anchor = last;
            if is_anchor(key) {
                last = Some(*key);
            }
            (*key, anchor)
        });
        pairs.collect()
    }
}

/// Merges the orders of two versions of a list. `is_kept` tells what the merged list holds, and
/// `is_ours` for which keys our place has been kept in an earlier merge.
///
/// A key that one side moved or added stands behind the key that precedes it there; what neither
/// moved keeps its order. So each side alone is followed exactly, and the result is the same
/// whichever side is ours, unless both moved the same.
pub(super) fn merge_order<'k>(
    [base, ours, theirs]: [&[&'k str]; 3],
    is_kept: impl Fn(&str) -> bool,
    is_ours: impl Fn(&str) -> bool,
) -> MergedOrder<'k> {
    // Where both agree about what they share, the former order does not matter.
    let [shared, theirs_shared] = [(ours, theirs), (theirs, ours)].map(|(list, other)| {
        let other: FxHashSet<&str> = other.iter().copied().collect();
        let shared = list.iter().copied();
        let shared = shared.filter(|key| is_kept(key) && other.contains(key));
        shared.collect::<Vec<&str>>()
    });
    let base = if shared == theirs_shared {
        &shared
    } else {
        base
    };
    let places: FxHashMap<&str, usize> = base.iter().enumerate().map(|(n, k)| (*k, n)).collect();
    let (o, t) = (Side::of(ours, &places), Side::of(theirs, &places));
    let is_still = |key: &str| !o.changed.contains(key) && !t.changed.contains(key);
    let is_common =
        |key: &str| is_kept(key) && is_still(key) && o.known.contains(key) && t.known.contains(key);
    let (gaps, their_gaps) = (o.anchors(is_common), t.anchors(is_common));
    let mut disputed: FxHashSet<&str> = FxHashSet::default();
    let mut conflicts = Vec::new();
    for key in ours.iter().copied().filter(|key| is_kept(key)) {
        if !places.contains_key(key) || !t.changed.contains(key) {
            continue;
        }
        if is_ours(key) {
            disputed.insert(key);
        } else if o.changed.contains(key) && gaps.get(key) != their_gaps.get(key) {
            disputed.insert(key);
            conflicts.push(PlaceConflict {
                key,
                base: before(base, key),
                ours: before(ours, key),
                theirs: before(theirs, key),
            });
        }
    }
    let by_ours =
        |key: &str| o.known.contains(key) && (o.changed.contains(key) || disputed.contains(key));
    let by_theirs = |key: &str| t.changed.contains(key) && !by_ours(key);
    let is_anchor = |key: &str| is_kept(key) && (is_still(key) || by_ours(key));
    let our_anchors = o.anchors(is_anchor);
    // What both moved alike or added is an anchor for either side.
    let their_anchors = t.anchors(|key| {
        let is_agreed = by_ours(key) && t.changed.contains(key) && !disputed.contains(key);
        is_kept(key) && (is_still(key) || by_theirs(key) || is_agreed)
    });
    let mut followers: FxHashMap<Option<&str>, Vec<&str>> = FxHashMap::default();
    let mut follow = |keys: &[&'k str],
                      anchors: &FxHashMap<&'k str, Option<&'k str>>,
                      is_placed: &dyn Fn(&str) -> bool| {
        for key in keys
            .iter()
            .copied()
            .filter(|key| is_kept(key) && is_placed(key))
        {
            followers.entry(anchors[key]).or_default().push(key);
        }
    };
    follow(ours, &our_anchors, &by_ours);
    follow(theirs, &their_anchors, &by_theirs);
    let mut order = Vec::with_capacity(ours.len());
    let mut waiting: Vec<&str> = Vec::new();
    let still = base
        .iter()
        .copied()
        .filter(|key| is_kept(key) && is_still(key) && !by_ours(key));
    for anchor in std::iter::once(None).chain(still.map(Some)) {
        order.extend(anchor);
        let mut after = anchor;
        loop {
            if let Some(mut next) = followers.remove(&after) {
                // At most one of each side; the one that is to stand first lies on top.
                next.sort_unstable_by(|a, b| b.cmp(a));
                waiting.append(&mut next);
            }
            let Some(key) = waiting.pop() else { break };
            order.push(key);
            after = Some(key);
        }
    }
    MergedOrder { order, conflicts }
}

fn before<'k>(keys: &[&'k str], key: &str) -> Option<&'k str> {
    let at = keys.iter().position(|known| *known == key)?;
    keys[..at].last().copied()
}

/// The keys that are new, or were moved: all but a longest run in the former order.
fn changed_keys<'k>(keys: &[&'k str], base: &FxHashMap<&str, usize>) -> FxHashSet<&'k str> {
    // Patience sorting: the smallest last place of a run of each length, as an index of a key.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; keys.len()];
    let place = |at: usize| base.get(keys[at]).copied();
    for (at, previous) in previous.iter_mut().enumerate() {
        let Some(here) = place(at) else { continue };
        let length = ends.partition_point(|end| place(*end).is_some_and(|p| p < here));
        *previous = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut changed: FxHashSet<&str> = keys.iter().copied().collect();
    let mut last = ends.last().copied();
    while let Some(at) = last {
        changed.remove(keys[at]);
        last = previous[at];
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str) -> (String, Vec<String>) {
        let split = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
        let leak = |text: &str| -> &'static str { text.to_owned().leak() };
        let sides = [leak(base), leak(ours), leak(theirs)].map(split);
        let [b, o, t] = &sides;
        let kept = |key: &str| {
            let was = b.contains(&key);
            let (ours, theirs) = (o.contains(&key), t.contains(&key));
            if was { ours && theirs } else { ours || theirs }
        };
        let merged = merge_order([b, o, t], kept, |_| false);
        let conflicts = merged.conflicts.iter().map(|c| c.key.to_owned());
        (merged.order.join(" "), conflicts.collect())
    }

    /// Rules 6 and 7, by hand.
    #[test]
    fn each_side_is_followed_and_only_what_both_moved_is_disputed() {
        for (base, ours, theirs, expected) in [
            ("a b c d", "a b c d", "d a b c", "d a b c"),
            // Two moves of different steps.
            ("a b c d e", "b a c d e", "a b c e d", "b a c e d"),
            // New ones stand after what precedes them, in the order of their ids.
            ("a b", "a y b", "a x b", "a x y b"),
            ("a b", "a y1 y2 b", "a x1 x2 b", "a x1 x2 y1 y2 b"),
            ("a b", "n a b", "a b m", "n a b m"),
            // A new one behind a step that the other side deleted.
            ("a b c", "a c", "a b x c", "a x c"),
            // A new one behind a step that the other side moved stays where it was.
            ("a b c d", "a c d b", "a b x c d", "a x c d b"),
            // Both did the same.
            ("a b c", "c a b", "c a b", "c a b"),
        ] {
            assert_eq!(
                merged(base, ours, theirs),
                (expected.to_owned(), vec![]),
                "{base}"
            );
            assert_eq!(
                merged(base, theirs, ours),
                (expected.to_owned(), vec![]),
                "{base}"
            );
        }
        let (order, conflicts) = merged("a b c d e", "e a b c d", "a b e c d");
        assert_eq!(
            (order.as_str(), conflicts),
            ("e a b c d", vec!["e".to_owned()])
        );
    }
}
