//! Three-way merge of maps by meaning: two versions of a map, and the one that both began with,
//! become one map. The rules, which the tests cite:
//!
//! 1. **Identity.** A record is the same in all versions if it has the same id; an item in a record
//!    has its id or a key: a feeling its persona, a path its target and kind, a measurement its metric
//!    and date, backstage work its text, a lane text its lane, any other text itself.
//! 2. **Fields.** Each field is merged by itself: what one side changed is taken; what both changed
//!    alike is taken once; what both changed in different ways keeps our value, and is a conflict.
//!    Of two checks of a stage the later one stays. Scale and kind of a lane, the expected effect of an action, the origin of a map with its fork
//!    point and the data of a picture are one value each.
//! 3. **Members.** What one side added or deleted is added or deleted. What one side deleted and the
//!    other one changed is kept as the other one changed it, and is a conflict.
//! 4. **Long texts.** Description, notes, scenario, parked notes and comments are merged word by word; where both
//!    changed the same words, the text is a conflict as a whole. All other texts are one value.
//! 5. **Places.** A touchpoint that one side moved to another stage moves; moved to different stages by
//!    both, or added in different ones, it stays in ours, and is a conflict. Moving it is a change in the sense of rule 3.
//! 6. **Order.** What one side moved or added stands behind what precedes it there; of two at one
//!    place the smaller id comes first. What neither moved keeps its order.
//! 7. What both moved to different places stands in ours, and is a conflict where people can move it: not
//!    of actions, parked notes, comments, accepted findings and pictures.
//! 8. **References.** What one side deleted and the other one refers to in a new way is kept with its
//!    stage, and is a conflict; also where that is a value to choose. A picture is kept without one, and goes with its last reference.
//! 9. **Conflicts** of former merges stay until they are settled; an open one is not decided anew.
//!    One about a record that is gone goes with it.
//! 10. **Comments** keep nothing: one on what is gone moves to the nearest object that remains. One that a
//!     side deleted and the other one answered stays. Neither is a conflict.
//! 11. **Without a base** two records or items with one id are the same; a value that only one of them
//!     has is taken, two different ones are a conflict; the order is ours.
//!
//! So nothing is lost without a word: each change of either side is in the merged map or in a conflict.
//!
//! Must not know: files, windows.

mod decisions;
mod lists;
mod order;
mod restore;
mod settle;
mod text;
mod value;

use crate::model::Map;
use decisions::Decisions;

pub use decisions::SideNames;
pub use settle::{SettleError, settle};

/// The result of a merge.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The merged map, with all its open conflicts.
    pub map: Map,
    /// The number of conflicts that this merge added.
    pub new_conflicts: usize,
}

/// Merges two versions of a map. `base` is the version that both began with; `None` if there is none
/// (rule 11).
pub fn merge(base: Option<&Map>, ours: &Map, theirs: &Map, names: &SideNames) -> Merged {
    let empty = Map::default();
    let base = base.unwrap_or(&empty);
    if ours == theirs || theirs == base {
        return Merged {
            map: ours.clone(),
            new_conflicts: 0,
        };
    }
    if ours == base {
        return Merged {
            map: theirs.clone(),
            new_conflicts: 0,
        };
    }
    let mut decisions = Decisions::new(names, ours);
    let map = restore::merge_complete([base, ours, theirs], &mut decisions);
    Merged {
        new_conflicts: decisions.made.len(),
        map,
    }
}

#[cfg(test)]
mod tests;
