//! Detection of records with equal names, which may be duplicates.
//!
//! Must not know: egui, commands.

use crate::model::Record;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Returns pairs of indices: the most used record of a name, and another one with that
/// name. White space and case are ignored.
pub(crate) fn duplicate_pairs<R: Record>(
    records: &[R],
    used: impl Fn(&R) -> usize,
) -> Vec<(usize, usize)> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate() {
        let words: Vec<&str> = record.name().split_whitespace().collect();
        if !words.is_empty() {
            let name = words.join(" ").to_lowercase();
            by_name.entry(name).or_default().push(place);
        }
    }
    let mut found = Vec::new();
    for mut places in by_name.into_values() {
        // The first one of the most used.
        places.sort_by_key(|place| Reverse(used(&records[*place])));
        let others = places.iter().skip(1);
        found.extend(others.map(|other| (places[0], *other)));
    }
    found.sort_unstable_by_key(|(_, other)| *other);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Department;

    #[test]
    fn most_used_duplicate_is_kept() {
        let names = ["Sales", "Legal", " sales ", "", "IT", "SALES", ""];
        let all: Vec<Department> = (0..)
            .zip(names)
            .map(|(i, name)| Department::new(format!("d{i}").as_str().into(), name))
            .collect();
        assert_eq!(duplicate_pairs(&all, |_| 0), [(0, 2), (0, 5)]);
        let used = |d: &Department| usize::from(d.name == "SALES");
        assert_eq!(duplicate_pairs(&all, used), [(5, 0), (5, 2)]);
    }
}
