//! Draws a path from a card's handle to another card or a new one, and reroutes
//! existing paths.
//!
//! Must not know: egui, sessions.

use crate::app::editing::structure;
use crate::edit::{Intent, plan};
use crate::graph::Flow;
use crate::model::{Map, Path, PathKind, StageId, Touchpoint, TouchpointId};

/// A path being drawn or rerouted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectTool {
    /// A new path.
    New {
        /// Start of the path.
        from: TouchpointId,
    },
    /// An existing path.
    Existing {
        /// Start of the path.
        from: TouchpointId,
        /// End of the path.
        to: TouchpointId,
        /// Kind of the path.
        kind: PathKind,
        /// Whether the start is dragged rather than the end.
        drags_start: bool,
    },
}

impl ConnectTool {
    /// Returns the touchpoint at the fixed end.
    pub fn fixed_end(&self) -> &TouchpointId {
        match self {
            ConnectTool::New { from }
            | ConnectTool::Existing {
                from,
                drags_start: false,
                ..
            } => from,
            ConnectTool::Existing {
                to,
                drags_start: true,
                ..
            } => to,
        }
    }

    /// Returns the intent of a drop on a touchpoint, or `None` if it has no effect.
    pub fn drop_on_card(&self, map: &Map, over: &TouchpointId) -> Option<Intent> {
        if over == self.fixed_end() {
            return None;
        }
        match self {
            ConnectTool::New { from } => structure::connect(map, from, over),
            ConnectTool::Existing {
                from,
                to,
                kind,
                drags_start: start,
            } => {
                let (new_from, new_to) = if *start { (over, to) } else { (from, over) };
                if (new_from, new_to) == (from, to) {
                    return None;
                }
                reroute(map, (from, to, *kind), new_from, new_to)
            }
        }
    }
}

/// Returns the intent that moves an end of a path, keeping its other attributes.
fn reroute(
    map: &Map,
    (from, to, kind): (&TouchpointId, &TouchpointId, PathKind),
    new_from: &TouchpointId,
    new_to: &TouchpointId,
) -> Option<Intent> {
    let written = map.touchpoint(from)?.paths.iter();
    let written = written
        .clone()
        .find(|p| p.to == *to && p.kind == kind)
        .cloned();
    let mut intents = Vec::new();
    // An implicit path is replaced by an explicit one with the same start.
    if written.is_some() || new_from != from {
        intents.push(Intent::Disconnect {
            from: from.clone(),
            to: to.clone(),
            kind,
        });
    }
    let path = Path {
        to: new_to.clone(),
        ..written.unwrap_or(Path {
            to: new_to.clone(),
            kind,
            label: String::new(),
            share: None,
        })
    };
    intents.push(Intent::Connect {
        from: new_from.clone(),
        path,
    });
    Some(Intent::Batch {
        label: "Reroute path".to_owned(),
        intents,
    })
}

/// Returns the intent that adds a touchpoint with a path from `from` to it; no path is
/// added if the journey flows there anyway.
pub fn connect_to_new(
    map: &Map,
    from: &TouchpointId,
    (stage, at): (StageId, usize),
    touchpoint: Touchpoint,
) -> Option<Intent> {
    let id = touchpoint.id.clone();
    let add = Intent::AddTouchpoint {
        stage,
        at,
        touchpoint: Box::new(touchpoint),
    };
    let mut after = map.clone();
    plan(&after, &add).ok()?.apply(&mut after).ok()?;
    let place = |id: &TouchpointId| after.touchpoints().position(|t| t.id == *id);
    let (start, end) = (place(from)?, place(&id)?);
    let flows = Flow::of(&after)
        .links
        .iter()
        .any(|link| link.from == start && link.to == end);
    let mut intents = vec![add];
    if !flows {
        intents.extend(structure::connect(&after, from, &id));
    }
    Some(Intent::Batch {
        label: "Add connected touchpoint".to_owned(),
        intents,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::{map, spelled};

    fn done(map: &mut Map, intent: &Intent) {
        plan(map, intent).unwrap().apply(map).unwrap();
    }

    fn links(map: &Map) -> Vec<(usize, usize, PathKind)> {
        let flow = Flow::of(map);
        flow.links.iter().map(|l| (l.from, l.to, l.kind)).collect()
    }

    #[test]
    fn rerouting_keeps_the_attributes_of_a_path() {
        let mut map = map("abcd");
        let new = ConnectTool::New { from: "a".into() };
        assert_eq!(new.drop_on_card(&map, &"a".into()), None);
        let first = new.drop_on_card(&map, &"c".into()).unwrap();
        done(&mut map, &first);
        assert!(links(&map).contains(&(0, 2, PathKind::Alternative)));
        let mut named = map.touchpoint(&"a".into()).unwrap().clone();
        named.paths[0].label = "in a hurry".to_owned();
        done(&mut map, &Intent::SetTouchpoint(Box::new(named)));
        // Drawing the same path again keeps its label.
        let again = new.drop_on_card(&map, &"c".into()).unwrap();
        let mut same = map.clone();
        done(&mut same, &again);
        assert_eq!(same, map);

        let known = |start| ConnectTool::Existing {
            from: "a".into(),
            to: "c".into(),
            kind: PathKind::Alternative,
            drags_start: start,
        };
        assert_eq!(known(false).drop_on_card(&map, &"c".into()), None);
        let mut other = map.clone();
        done(
            &mut other,
            &known(false).drop_on_card(&map, &"d".into()).unwrap(),
        );
        let path = &other.touchpoint(&"a".into()).unwrap().paths[0];
        assert_eq!(
            (path.to.to_string(), path.label.as_str()),
            ("d".to_owned(), "in a hurry")
        );
        let other = known(true).drop_on_card(&map, &"b".into()).unwrap();
        done(&mut map, &other);
        assert!(map.touchpoint(&"a".into()).unwrap().paths.is_empty());
        assert_eq!(
            map.touchpoint(&"b".into()).unwrap().paths[0].label,
            "in a hurry"
        );
    }

    #[test]
    fn rerouting_an_implicit_path_makes_it_explicit() {
        let mut map = map("abc");
        let wire = ConnectTool::Existing {
            from: "a".into(),
            to: "b".into(),
            kind: PathKind::Next,
            drags_start: false,
        };
        let intent = wire.drop_on_card(&map, &"c".into()).unwrap();
        done(&mut map, &intent);
        assert!(links(&map).contains(&(0, 2, PathKind::Next)));
        assert!(!links(&map).contains(&(0, 1, PathKind::Next)));
    }

    #[test]
    fn a_new_card_is_connected_once() {
        let base = map("ab");
        let card = || Touchpoint::new("n".into(), "n");
        let mut after = base.clone();
        let next = connect_to_new(&base, &"a".into(), ("s0".into(), 1), card()).unwrap();
        done(&mut after, &next);
        assert_eq!(spelled(&after), "anb");
        assert!(after.touchpoint(&"a".into()).unwrap().paths.is_empty());
        let mut after = base.clone();
        let far = connect_to_new(&base, &"a".into(), ("s0".into(), 2), card()).unwrap();
        done(&mut after, &far);
        assert_eq!(after.touchpoint(&"a".into()).unwrap().paths.len(), 1);
    }
}
