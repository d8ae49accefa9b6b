//! How the journey flows from touchpoint to touchpoint, written or not.
//!
//! The list order of touchpoints is the journey; only what differs is written:
//!
//! * A touchpoint is a *side branch* where it directly follows the step it
//!   leaves (with nothing but side branches between) and that step, or a side
//!   branch between, leads to it by a written path: an alternative or failure
//!   path, or a next path from a side branch.
//! * A touchpoint leads on to the next one in the list that is not a side
//!   branch, unless it has a written next path or says that the journey ends.

use crate::model::{Map, PathKind, Share, Touchpoint, TouchpointId};
use rustc_hash::FxHashMap;

/// One way from touchpoint to touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Position of the touchpoint it leaves.
    pub from: usize,
    /// Position of the touchpoint it leads to.
    pub to: usize,
    /// What kind of way it is.
    pub kind: PathKind,
    /// Its place in [`Touchpoint::paths`]; `None` for an unwritten way to the next step.
    pub written: Option<usize>,
    /// The share of customers who take it, where written.
    pub share: Option<Share>,
}

impl Link {
    /// Whether it leads back to where the customer has been: a loop.
    pub fn is_backward(&self) -> bool {
        self.to <= self.from
    }
}

/// The flow of a whole map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Every way, ordered by the touchpoint it leaves.
    pub links: Vec<Link>,
    /// For each touchpoint the position of the main step it is a side branch of.
    pub side_of: Vec<Option<usize>>,
}

impl Flow {
    /// Derives the flow of a map. Written paths to touchpoints that do not
    /// exist are left out.
    pub fn of(map: &Map) -> Flow {
        let touchpoints: Vec<&Touchpoint> = map.touchpoints().collect();
        let positions: FxHashMap<&TouchpointId, usize> = touchpoints
            .iter()
            .enumerate()
            .map(|(i, t)| (&t.id, i))
            .collect();
        let side_of = side_branches(&touchpoints, &positions);

        let mut next_main = vec![None; touchpoints.len()];
        let mut following = None;
        for i in (0..touchpoints.len()).rev() {
            next_main[i] = following;
            if side_of[i].is_none() {
                following = Some(i);
            }
        }

        let mut links = Vec::with_capacity(touchpoints.len());
        for (from, touchpoint) in touchpoints.iter().enumerate() {
            let mut goes_on = touchpoint.ends;
            for (place, path) in touchpoint.paths.iter().enumerate() {
                goes_on |= path.kind == PathKind::Next;
                if let Some(&to) = positions.get(&path.to) {
                    links.push(Link {
                        from,
                        to,
                        kind: path.kind,
                        written: Some(place),
                        share: path.share,
                    });
                }
            }
            if let (false, Some(to)) = (goes_on, next_main[from]) {
                let share = rest_of(touchpoint);
                links.push(Link {
                    from,
                    to,
                    kind: PathKind::Next,
                    written: None,
                    share,
                });
            }
        }
        Flow { links, side_of }
    }
}

/// What the written shares leave for the unwritten way; `None` where none is written.
fn rest_of(touchpoint: &Touchpoint) -> Option<Share> {
    let mut written = touchpoint.paths.iter().filter_map(|p| p.share).peekable();
    written.peek()?;
    let sum: i64 = written.map(|share| i64::from(share.percent())).sum();
    Share::from_percent((100 - sum).max(0))
}

fn side_branches(
    touchpoints: &[&Touchpoint],
    positions: &FxHashMap<&TouchpointId, usize>,
) -> Vec<Option<usize>> {
    let mut side_of: Vec<Option<usize>> = Vec::with_capacity(touchpoints.len());
    let mut main = None;
    // Touchpoints that the current main step and its side branches lead to sideways.
    let mut reached: Vec<usize> = Vec::new();
    for (i, touchpoint) in touchpoints.iter().enumerate() {
        let side = main.filter(|_| reached.contains(&i));
        if side.is_none() {
            main = Some(i);
            reached.clear();
        }
        for path in &touchpoint.paths {
            let sideways = match path.kind {
                PathKind::Alternative | PathKind::Failure => true,
                PathKind::Next => side.is_some(),
                PathKind::Return => false,
            };
            if let (true, Some(&to)) = (sideways, positions.get(&path.to)) {
                reached.push(to);
            }
        }
        side_of.push(side);
    }
    side_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{ChangeSet, Edit};
    use crate::model::{Path, Stage};

    /// A map of one stage whose touchpoints are named by letters; paths as `(from, kind, to)`.
    fn map(names: &str, paths: &[(char, PathKind, char)], ends: &str) -> Map {
        let mut map = Map::titled("T");
        let mut changes = vec![
            Edit::Insert {
                at: 0,
                record: Stage::new("s".into(), "S"),
            }
            .into(),
        ];
        for (i, name) in names.chars().enumerate() {
            let mut record =
                crate::model::Touchpoint::new(name.to_string().as_str().into(), name.to_string());
            record.ends = ends.contains(name);
            for (from, kind, to) in paths {
                if *from == name {
                    record.paths.push(Path {
                        to: to.to_string().as_str().into(),
                        kind: *kind,
                        label: String::new(),
                        share: None,
                    });
                }
            }
            let at = ("s".into(), i);
            changes.push(Edit::Insert { at, record }.into());
        }
        ChangeSet(changes).apply(&mut map).unwrap();
        map
    }

    fn ways(map: &Map) -> String {
        let names: Vec<&str> = map.touchpoints().map(|t| t.name.as_str()).collect();
        let flow = Flow::of(map);
        let ways: Vec<String> = flow
            .links
            .iter()
            .map(|l| format!("{}{}", names[l.from], names[l.to]))
            .collect();
        ways.join(" ")
    }

    #[test]
    fn order_is_the_journey() {
        assert_eq!(ways(&map("ABC", &[], "")), "AB BC");
        assert_eq!(ways(&map("ABC", &[], "A")), "BC");
    }

    #[test]
    fn an_alternative_stands_beside_and_rejoins() {
        let map = map("ABCD", &[('A', PathKind::Alternative, 'B')], "");
        assert_eq!(Flow::of(&map).side_of, [None, Some(0), None, None]);
        assert_eq!(ways(&map), "AB AC BC CD");
    }

    #[test]
    fn a_branch_may_have_several_steps() {
        let paths = [
            ('A', PathKind::Failure, 'B'),
            ('B', PathKind::Next, 'C'),
            ('A', PathKind::Alternative, 'D'),
        ];
        let map = map("ABCDE", &paths, "");
        let sides = [None, Some(0), Some(0), Some(0), None];
        assert_eq!(Flow::of(&map).side_of, sides);
        assert_eq!(ways(&map), "AB AD AE BC CE DE");
    }

    #[test]
    fn skipping_ahead_makes_no_branch() {
        let map = map("ABCD", &[('A', PathKind::Alternative, 'C')], "");
        assert_eq!(Flow::of(&map).side_of, [None; 4]);
        assert_eq!(ways(&map), "AC AB BC CD");
    }

    #[test]
    fn a_return_is_a_loop() {
        let map = map("ABC", &[('C', PathKind::Return, 'A')], "");
        let flow = Flow::of(&map);
        assert!(flow.links.iter().any(|l| l.is_backward() && l.from == 2));
    }
}
