//! Items of the lists of two records: which are the same, and whether their order differs.
//!
//! Must not know: words, maps.

use super::fields::ItemKind;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// The texts of a list, each with its identity and under a name. Of two that are equal the second
/// one has a number.
pub(super) fn named(list: &Value, name: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let texts = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let texts = texts.map(|text| (numbered(text, &mut counts), name(text)));
    texts.collect()
}

fn numbered<'t>(key: &'t str, counts: &mut FxHashMap<&'t str, usize>) -> String {
    let count = counts.entry(key).or_default();
    *count += 1;
    match count {
        1 => key.to_owned(),
        count => format!("{key}#{count}"),
    }
}

/// The items of both lists with their identities. Items without an id whose identity changed are
/// the same if as many of them are left on both sides.
pub(super) fn identified<'v>(
    kind: &ItemKind,
    values: [&'v Value; 2],
) -> [Vec<(String, &'v Value)>; 2] {
    let [was, mut is] = values.map(|list| {
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        let items = list.as_array().into_iter().flatten();
        let items = items.map(|item| {
            let parts = kind.identity.iter().map(|key| item.get(key));
            let parts = parts.map(|part| part.and_then(Value::as_str).unwrap_or_default());
            let key = parts.collect::<Vec<_>>().join(" ");
            let count = counts.entry(key.clone()).or_default();
            *count += 1;
            let key = if *count == 1 {
                key
            } else {
                format!("{key}#{count}")
            };
            (key, item)
        });
        items.collect::<Vec<_>>()
    });
    if kind.part.is_none() {
        let keys = |list: &[(String, &Value)]| {
            list.iter()
                .map(|(key, _)| key.clone())
                .collect::<FxHashSet<_>>()
        };
        let known = [keys(&was), keys(&is)];
        let left: Vec<String> = was
            .iter()
            .map(|(key, _)| key.clone())
            .filter(|key| !known[1].contains(key))
            .collect();
        let open = is.iter_mut().filter(|(key, _)| !known[0].contains(key));
        let open: Vec<&mut (String, &Value)> = open.collect();
        if open.len() == left.len() {
            for (item, key) in open.into_iter().zip(left) {
                item.0 = key;
            }
        }
    }
    [was, is]
}

/// The common part of two lists.
pub(super) struct ListOrder {
    pub kept: FxHashSet<String>,
    /// Whether the list after is not what was kept in its order, followed by what is new.
    pub differs: bool,
}

pub(super) fn order<T>(was: &[(String, T)], is: &[(String, T)]) -> ListOrder {
    let before: FxHashSet<&String> = was.iter().map(|(key, _)| key).collect();
    let kept: FxHashSet<String> = is
        .iter()
        .map(|(key, _)| key)
        .filter(|key| before.contains(key))
        .cloned()
        .collect();
    let first = was
        .iter()
        .map(|(key, _)| key)
        .filter(|key| kept.contains(*key));
    let new = is
        .iter()
        .map(|(key, _)| key)
        .filter(|key| !kept.contains(*key));
    let differs = !first.chain(new).eq(is.iter().map(|(key, _)| key));
    ListOrder { kept, differs }
}
