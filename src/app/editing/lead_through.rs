//! Keeps new touchpoints on the main line where a written next path would lead past them.
//!
//! Must not know: egui, sessions, views.

use crate::app::document::selection::Selection;
use crate::edit::{Intent, plan};
use crate::graph::Flow;
use crate::model::{Map, Path, PathKind, TouchpointId};

/// Lets the next path of the selected main step lead to a touchpoint that an intent adds behind
/// it, if it would lead past; the new touchpoint leads on to where the path led.
pub fn lead_through(map: &Map, selection: &Selection, add: Intent, new: &TouchpointId) -> Intent {
    let Some([disconnect, connect]) = rerouted(map, selection, &add, new) else {
        return add;
    };
    Intent::Batch {
        label: add.label(),
        intents: vec![add, disconnect, connect],
    }
}

fn rerouted(
    map: &Map,
    selection: &Selection,
    add: &Intent,
    new: &TouchpointId,
) -> Option<[Intent; 2]> {
    let from = selection.touchpoints().last()?;
    let paths = &map.touchpoint(from)?.paths;
    // Spares large maps the flow in the usual case.
    if !paths.iter().any(|path| path.kind == PathKind::Next) {
        return None;
    }
    let mut after = map.clone();
    plan(map, add).ok()?.apply(&mut after).ok()?;
    let flow = Flow::of(&after);
    let place = |id: &TouchpointId| after.touchpoints().position(|t| t.id == *id);
    let (start, at) = (place(from)?, place(new)?);
    if flow.branch_of[at] != Some(start) {
        return None;
    }
    let target = (at..flow.branch_of.len()).find(|to| flow.branch_of[*to].is_none())?;
    let mut links = flow.links.iter();
    let link = links.find(|l| (l.from, l.to, l.kind) == (start, target, PathKind::Next))?;
    let written = paths.get(link.path_index?)?;
    let disconnect = Intent::Disconnect {
        from: from.clone(),
        to: written.to.clone(),
        kind: written.kind,
    };
    let connect = Intent::Connect {
        from: from.clone(),
        path: Path {
            to: new.clone(),
            ..written.clone()
        },
    };
    Some([disconnect, connect])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::app::editing::structure::insertion_point;
    use crate::capture::InsertionPoint;
    use crate::model::{ObjectRef, Touchpoint};

    /// Adds a touchpoint after another and returns all links of the map.
    fn links_after_adding(map: &Map, after: &str) -> Vec<(usize, usize)> {
        let selection = Selection::One(ObjectRef::Touchpoint(after.into()));
        let InsertionPoint::At(stage, at) = insertion_point(map, &selection) else {
            panic!("no place");
        };
        let add = Intent::AddTouchpoint {
            stage,
            at,
            touchpoint: Box::new(Touchpoint::new("x".into(), "X")),
        };
        let mut map = map.clone();
        let intent = lead_through(&map, &selection, add, &"x".into());
        assert_eq!(intent.label(), "Add touchpoint");
        plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        let links = Flow::of(&map).links;
        links.iter().map(|link| (link.from, link.to)).collect()
    }

    #[test]
    fn a_touchpoint_added_after_a_main_step_is_on_the_main_line() {
        // a fails to b, which leads to c, and leads past both to d.
        let mut map = map("abcd");
        for (to, kind) in [("b", PathKind::Failure), ("d", PathKind::Next)] {
            let connect = Intent::Connect {
                from: "a".into(),
                path: Path {
                    to: to.into(),
                    kind,
                    label: String::new(),
                    share: None,
                },
            };
            plan(&map, &connect).unwrap().apply(&mut map).unwrap();
        }
        // The new one is the fourth.
        let added = [(0, 1), (0, 3), (1, 2), (2, 3), (3, 4)];
        assert_eq!(links_after_adding(&map, "a"), added);
        let added = [(0, 1), (0, 4), (1, 2), (2, 3), (3, 4)];
        assert_eq!(links_after_adding(&map, "c"), added);
    }
}
