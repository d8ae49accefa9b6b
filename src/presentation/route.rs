//! Routes of presentations: the stops in order, made from a map; and the stop at which a
//! presentation goes on after the map has changed.
//!
//! Must not know: windows, screens, drawing.

use super::stop::Stop;
use crate::english::count;
use crate::graph::Graph;
use crate::insight::Finding;
use crate::model::{Map, ObjectRef, PersonaId, Record, TouchpointId};
use std::borrow::Cow;
use std::cmp::Reverse;

/// Number of paths that are offered: nobody walks more of them.
pub const MAX_PATHS: usize = 99;

/// A way through a map that a presentation takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RouteKind {
    /// The whole map, then each stage with its touchpoints.
    #[default]
    Journey,
    /// The whole map, then its stages.
    Stages,
    /// The path with the worst feelings.
    WorstPath,
    /// The path with the best feelings.
    BestPath,
    /// A path of those from the first contact to the last one, by its index; the first is the one
    /// that most customers take.
    Path(usize),
    /// The stages and touchpoints without an owner.
    Unowned,
    /// The touchpoints with pain points.
    Pains,
    /// The findings of the checks, the most severe first.
    Findings,
    /// The highlighted marks and objects.
    Highlighted,
    /// The saved views.
    SavedViews,
}

impl RouteKind {
    /// All kinds, in the order of their list; of the single paths the first.
    pub const ALL: [RouteKind; 10] = [
        RouteKind::Journey,
        RouteKind::Stages,
        RouteKind::WorstPath,
        RouteKind::BestPath,
        RouteKind::Path(0),
        RouteKind::Unowned,
        RouteKind::Pains,
        RouteKind::Findings,
        RouteKind::Highlighted,
        RouteKind::SavedViews,
    ];

    /// Title on screen.
    pub fn title(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            RouteKind::Path(0) => "The usual path",
            RouteKind::Path(at) => return Cow::Owned(format!("Path {}", at + 1)),
            RouteKind::Journey => "The whole journey",
            RouteKind::Stages => "Stage by stage",
            RouteKind::WorstPath => "The worst path",
            RouteKind::BestPath => "The best path",
            RouteKind::Unowned => "No owner",
            RouteKind::Pains => "Pain points",
            RouteKind::Findings => "Findings",
            RouteKind::Highlighted => "What is highlighted",
            RouteKind::SavedViews => "Saved views",
        })
    }
}

/// The data of which routes are made.
#[derive(Clone, Copy, Debug)]
pub struct RouteSource<'a> {
    /// The map.
    pub map: &'a Map,
    /// The persona whose feelings count for the best and the worst path; by default the first.
    pub persona: Option<&'a PersonaId>,
    /// The open findings, for [`RouteKind::Findings`].
    pub findings: &'a [Finding],
    /// The highlighted objects, for [`RouteKind::Highlighted`].
    pub highlighted: &'a [ObjectRef],
}

/// The stops of a presentation in order; there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentationRoute {
    /// The way through the map.
    pub kind: RouteKind,
    /// Number of the paths of which this is one, as far as they are offered; 0 if it is no path.
    pub paths: usize,
    stops: Vec<Stop>,
}

impl PresentationRoute {
    /// Makes the route of a kind.
    pub fn new(kind: RouteKind, source: &RouteSource<'_>) -> PresentationRoute {
        let map = source.map;
        let mut paths = 0;
        let stops = match kind {
            RouteKind::Journey => journey(map, true),
            RouteKind::Stages => journey(map, false),
            RouteKind::WorstPath | RouteKind::BestPath | RouteKind::Path(_) => {
                let (stops, count) = path(kind, source);
                paths = count;
                stops
            }
            RouteKind::Unowned => {
                let found = map.touchpoint_lists().flat_map(|(stage, list)| {
                    let own = stage.owner.is_none().then(|| Stop::Stage(stage.id.clone()));
                    let steps = list.iter().filter(|step| map.lacks_owner(step));
                    own.into_iter()
                        .chain(steps.map(|step| Stop::Touchpoint(step.id.clone())))
                });
                titled(kind, "step", found.collect())
            }
            RouteKind::Pains => {
                let touchpoints = map.touchpoints().filter(|step| !step.pains.is_empty());
                let stops = touchpoints.map(|step| Stop::Touchpoint(step.id.clone()));
                let pains = map.touchpoints().map(|step| step.pains.len()).sum();
                let mut stops = titled(kind, "pain point", stops.collect());
                stops[0] = title(kind, pains, "pain point");
                stops
            }
            RouteKind::Findings => {
                let mut findings: Vec<&Finding> = source.findings.iter().collect();
                findings.sort_by_key(|finding| Reverse(finding.severity()));
                let stops = findings.into_iter().map(|finding| Stop::Finding {
                    subject: finding.subject.clone(),
                    message: finding.message.clone(),
                });
                titled(kind, "finding", stops.collect())
            }
            RouteKind::Highlighted => {
                let stops = source.highlighted.iter().filter_map(|object| match object {
                    ObjectRef::Stage(id) => Some(Stop::Stage(id.clone())),
                    object => object.touchpoint().cloned().map(Stop::Touchpoint),
                });
                titled(kind, "place", stops.collect())
            }
            RouteKind::SavedViews => {
                let views = map.saved_views().iter();
                let stops: Vec<Stop> = views.map(|view| Stop::SavedView(view.id.clone())).collect();
                // A list of views is a talk of its own; only an empty one needs a title.
                match stops.is_empty() {
                    true => titled(kind, "saved view", stops),
                    false => stops,
                }
            }
        };
        PresentationRoute { kind, paths, stops }
    }

    /// The stops.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// The stop with this index, or the last one.
    pub fn stop(&self, at: usize) -> &Stop {
        self.stops.get(at).unwrap_or(&Stop::Overview)
    }

    /// Index of the last stop.
    pub fn last(&self) -> usize {
        self.stops.len().saturating_sub(1)
    }

    /// Index of the first stop at an object, else at its touchpoint.
    pub fn position_of(&self, object: &ObjectRef) -> Option<usize> {
        let is = |stop: &Stop| stop.object().as_ref() == Some(object);
        let of_touchpoint =
            |stop: &Stop| object.touchpoint().is_some() && stop.touchpoint() == object.touchpoint();
        let found = self.stops.iter().position(is);
        found.or_else(|| self.stops.iter().position(of_touchpoint))
    }

    /// Index of the next or previous stop that is no touchpoint of the same stage; the end of the
    /// route if there is none.
    pub fn skip_touchpoints(&self, at: usize, on: bool) -> usize {
        let is_landmark = |at: &usize| !matches!(self.stop(*at), Stop::Touchpoint(_));
        if on {
            (at + 1..self.stops.len()).find(is_landmark)
        } else {
            (0..at).rev().find(is_landmark)
        }
        .unwrap_or(if on { self.last() } else { 0 })
    }

    /// Index at which a presentation goes on that rested at `at` of this route, in a route of the
    /// changed map: at the same stop; if that is gone, at the one before it that is still there.
    pub fn resume(&self, at: usize, route: &PresentationRoute) -> usize {
        let before = self.stops.iter().take(at + 1).rev();
        let is_at = |stop: &Stop| route.stops.iter().position(|new| new.is_same_place(stop));
        // Almost always the first is found, at about the same place.
        before.filter_map(is_at).next().unwrap_or(0)
    }

    /// The touchpoints on the route in order, if it shows a part of the map.
    pub fn selected_touchpoints(&self) -> Option<impl Iterator<Item = &TouchpointId>> {
        let selects = !matches!(
            self.kind,
            RouteKind::Journey | RouteKind::Stages | RouteKind::SavedViews
        );
        selects.then(|| self.stops.iter().filter_map(Stop::touchpoint))
    }

    /// Whether all objects of the route are in a map.
    pub fn is_in(&self, map: &Map) -> bool {
        self.stops.iter().all(|stop| stop.is_in(map))
    }
}

/// The whole map and its stages, with their touchpoints if asked for.
fn journey(map: &Map, with_touchpoints: bool) -> Vec<Stop> {
    let mut stops = vec![Stop::Overview];
    for (stage, list) in map.touchpoint_lists() {
        stops.push(Stop::Stage(stage.id.clone()));
        if with_touchpoints {
            stops.extend(list.iter().map(|step| Stop::Touchpoint(step.id.clone())));
        }
    }
    stops
}

/// A path from the first contact to the last one, after a title and the whole map; and the number of
/// paths that are offered.
fn path(kind: RouteKind, source: &RouteSource<'_>) -> (Vec<Stop>, usize) {
    let map = source.map;
    let graph = Graph::of(map);
    let first = || map.personas().iter().next().map(Record::id);
    let scores = graph.scores(source.persona.or_else(first));
    let ends = graph.first_contact().zip(graph.last_contact());
    let direct = ends.and_then(|(from, to)| graph.direct_routes(from, to));
    let nth = |at: usize| direct.as_ref()?.routes().nth(at);
    let steps = match (kind, &direct) {
        (RouteKind::Path(at), _) if at > 0 => nth(at),
        (RouteKind::WorstPath, Some(direct)) => direct.worst(&scores),
        (RouteKind::BestPath, Some(direct)) => direct.best(&scores),
        (RouteKind::WorstPath | RouteKind::BestPath, None) => None,
        _ => Some(graph.usual_route()),
    };
    let all: Vec<&TouchpointId> = map.touchpoints().map(Record::id).collect();
    let steps = steps.unwrap_or_default();
    let steps = steps.iter().filter_map(|at| all.get(*at));
    let stops = steps.map(|id| Stop::Touchpoint((*id).clone())).collect();
    let mut stops = titled(kind, "touchpoint", stops);
    if stops.len() > 1 {
        stops.insert(1, Stop::Overview);
    }
    let count = direct.map_or(1, |direct| direct.count());
    let offered = usize::try_from(count).unwrap_or(MAX_PATHS);
    (stops, offered.clamp(1, MAX_PATHS))
}

/// A title card, and the stops behind it.
fn titled(kind: RouteKind, noun: &str, stops: Vec<Stop>) -> Vec<Stop> {
    let mut all = vec![title(kind, stops.len(), noun)];
    all.extend(stops);
    all
}

fn title(kind: RouteKind, number: usize, noun: &str) -> Stop {
    Stop::Title {
        title: kind.title().into_owned(),
        count: count(number, noun),
    }
}
