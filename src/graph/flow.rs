//! Flow of the whole journey from touchpoint to touchpoint; see [`super::StageFlow`] for its rules.

use super::stage_flow::{FlowLink, LinkTarget, StageExit, StageFlow, StepRole};
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
        let exits = StageExit::all(stages.iter());
        let mut firsts = vec![0];
        for stage in &stages {
            firsts.push(firsts[firsts.len() - 1] + stage.roles.len());
        }
        let mut flow = Flow::default();
        let mut main = None;
        for (k, stage) in stages.iter().enumerate() {
            let first = firsts[k];
            for (step, role) in stage.roles.iter().enumerate() {
                flow.branch_of.push(match role {
                    StepRole::Main => {
                        main = Some(first + step);
                        None
                    }
                    StepRole::Branch => main,
                });
            }
            for edge in &stage.edges {
                let to = match &edge.to {
                    LinkTarget::SameStage(step) => Some((k, *step)),
                    other => exits[k].target(map, other),
                };
                if let Some((stage, step)) = to {
                    flow.links.push(FlowLink {
                        from: first + edge.from,
                        to: firsts[stage] + step,
                        kind: edge.kind,
                        path_index: edge.path_index,
                        share: edge.share,
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
            ('A', PathKind::Alternative, 'D'),
            ('A', PathKind::Next, 'E'),
        ];
        let map = map("ABCDE", &paths, "");
        let sides = [None, Some(0), Some(0), Some(0), None];
        assert_eq!(Flow::of(&map).branch_of, sides);
        assert_eq!(ways(&map), "AB AD AE BC CE DE");
    }

    #[test]
    fn a_written_rejoin_is_no_branch() {
        let paths = [
            ('A', PathKind::Failure, 'B'),
            ('A', PathKind::Next, 'C'),
            ('B', PathKind::Next, 'C'),
        ];
        for (names, paths) in [("ABC", &paths[..]), ("ABCD", &[paths[0], paths[2]])] {
            let map = map(names, paths, "");
            let sides = Flow::of(&map).branch_of;
            assert_eq!(sides[..3], [None, Some(0), None], "{names}");
            assert_eq!(sides.get(3).copied().flatten(), None);
            assert!(ways(&map).contains("AC"), "{names}");
        }
    }

    #[test]
    fn steps_that_the_main_line_goes_past_are_beside_it() {
        let map = map("ABCD", &[('A', PathKind::Next, 'D')], "");
        assert_eq!(Flow::of(&map).branch_of, [None, Some(0), Some(0), None]);
        assert_eq!(ways(&map), "AD BC CD");
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
