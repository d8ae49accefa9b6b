//! Flow of the journey from touchpoint to touchpoint, explicit or implicit.
//!
//! The list order of touchpoints is the journey; only deviations are written:
//!
//! * A touchpoint is a *side branch* if it directly follows the step it leaves
//!   (with only side branches between) and that step, or a side branch between,
//!   leads to it by a written path: an alternative or failure path, or a next
//!   path from a side branch.
//! * A touchpoint leads to the next one in the list that is not a side branch,
//!   unless it has a written next path or is marked as an end of the journey.

use super::stage_flow::{FlowLink, LinkTarget, StageFlow, StepRole, locate, next_main_steps};
use crate::model::Map;

/// The flow of a whole map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// All links, ordered by source.
    pub links: Vec<FlowLink>,
    /// For each touchpoint the position of the main step it branches from, if it
    /// is a side branch.
    pub branch_of: Vec<Option<usize>>,
}

impl Flow {
    /// Derives the flow of a map. Dangling paths are left out.
    pub fn of(map: &Map) -> Flow {
        let stages = StageFlow::all(map);
        let onward = next_main_steps(stages.iter().map(|stage| stage.first_main));
        let mut firsts = vec![0];
        for stage in &stages {
            firsts.push(firsts[firsts.len() - 1] + stage.roles.len());
        }
        let mut flow = Flow::default();
        let mut main = None;
        for (k, stage) in stages.iter().enumerate() {
            let first = firsts[k];
            for (step, place) in stage.roles.iter().enumerate() {
                flow.branch_of.push(match place {
                    StepRole::Main => {
                        main = Some(first + step);
                        None
                    }
                    StepRole::Branch => main,
                });
            }
            for leg in &stage.edges {
                let to = match &leg.to {
                    LinkTarget::SameStage(step) => Some(first + step),
                    LinkTarget::OtherStage(id) => locate(map, id).map(|(k, step)| firsts[k] + step),
                    LinkTarget::NextMainStep => onward[k].map(|(k, step)| firsts[k] + step),
                };
                if let Some(to) = to {
                    flow.links.push(FlowLink {
                        from: first + leg.from,
                        to,
                        kind: leg.kind,
                        path_index: leg.path_index,
                        share: leg.share,
                    });
                }
            }
        }
        flow
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{ChangeSet, Edit};
    use crate::model::{Path, PathKind, Stage};

    /// A map of one stage with touchpoints named by letters; paths as `(from, kind, to)`.
    fn map(names: &str, paths: &[(char, PathKind, char)], ends: &str) -> Map {
        let mut map = Map::with_title("T");
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
    fn list_order_is_the_journey() {
        assert_eq!(ways(&map("ABC", &[], "")), "AB BC");
        assert_eq!(ways(&map("ABC", &[], "A")), "BC");
    }

    #[test]
    fn an_alternative_is_a_side_branch_that_rejoins() {
        let map = map("ABCD", &[('A', PathKind::Alternative, 'B')], "");
        assert_eq!(Flow::of(&map).branch_of, [None, Some(0), None, None]);
        assert_eq!(ways(&map), "AB AC BC CD");
    }

    #[test]
    fn a_side_branch_may_have_several_steps() {
        let paths = [
            ('A', PathKind::Failure, 'B'),
            ('B', PathKind::Next, 'C'),
            ('A', PathKind::Alternative, 'D'),
        ];
        let map = map("ABCDE", &paths, "");
        let sides = [None, Some(0), Some(0), Some(0), None];
        assert_eq!(Flow::of(&map).branch_of, sides);
        assert_eq!(ways(&map), "AB AD AE BC CE DE");
    }

    #[test]
    fn a_path_that_skips_ahead_makes_no_branch() {
        let map = map("ABCD", &[('A', PathKind::Alternative, 'C')], "");
        assert_eq!(Flow::of(&map).branch_of, [None; 4]);
        assert_eq!(ways(&map), "AC AB BC CD");
    }

    #[test]
    fn a_return_is_a_loop() {
        let map = map("ABC", &[('C', PathKind::Return, 'A')], "");
        let flow = Flow::of(&map);
        assert!(flow.links.iter().any(|l| l.is_backward() && l.from == 2));
    }
}
