//! Order of two lists: the fewest records that have to move, and both lists as one.
//!
//! Must not know: maps, records.

use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

/// Takes the former positions of records in their present order. Returns for each whether it has
/// to move; the others are a longest increasing subsequence.
pub(super) fn moved(former: &[usize]) -> Vec<bool> {
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; former.len()];
    for (at, place) in former.iter().enumerate() {
        let length = ends.partition_point(|end| former[*end] < *place);
        previous[at] = length.checked_sub(1).map(|it| ends[it]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut moves = vec![true; former.len()];
    let mut kept = ends.last().copied();
    while let Some(at) = kept {
        moves[at] = false;
        kept = previous[at];
    }
    moves
}

/// Merges two lists without repetition: `after`, with each item that only `before` has behind the
/// one that it followed there. The flag says that an item is in `after`.
pub(super) fn interleave<T: Clone + Eq + Hash>(before: &[T], after: &[T]) -> Vec<(T, bool)> {
    let kept: FxHashSet<&T> = after.iter().collect();
    let mut followers: FxHashMap<Option<&T>, Vec<&T>> = FxHashMap::default();
    let mut former = None;
    for item in before {
        if kept.contains(item) {
            former = Some(item);
        } else {
            followers.entry(former).or_default().push(item);
        }
    }
    let mut merged = Vec::with_capacity(before.len().max(after.len()));
    for item in std::iter::once(None).chain(after.iter().map(Some)) {
        merged.extend(item.map(|item| (item.clone(), true)));
        let gone = followers.remove(&item).unwrap_or_default();
        merged.extend(gone.into_iter().map(|item| (item.clone(), false)));
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_records_move() {
        assert_eq!(moved(&[1, 2, 3, 0]), [false, false, false, true]);
        assert_eq!(moved(&[3, 0, 1, 2]), [true, false, false, false]);
        assert_eq!(moved(&[]), [false; 0]);
    }

    #[test]
    fn removed_items_stay_behind_what_they_followed() {
        let merged = interleave(&["a", "b", "c", "d"], &["c", "x", "a"]);
        let merged: Vec<&str> = merged.iter().map(|(item, _)| *item).collect();
        assert_eq!(merged, ["c", "d", "x", "a", "b"]);
    }
}
