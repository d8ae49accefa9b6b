//! Who holds what: the touchpoints of a map counted by owner and stage.
//!
//! Must not know: where anything is drawn.

use crate::graph::Graph;
use crate::model::{Department, DepartmentId, Level, Map, Record, Score, Touchpoint};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Whose a touchpoint or a stage is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// Nobody's.
    Nobody,
    /// A department's.
    Department(DepartmentId),
    /// Of departments that are not in the map.
    Unknown,
}

impl Holder {
    /// Whose something with this owner is.
    pub fn of(map: &Map, owner: Option<&DepartmentId>) -> Holder {
        match owner {
            None => Holder::Nobody,
            Some(id) if map.departments().contains(id) => Holder::Department(id.clone()),
            Some(_) => Holder::Unknown,
        }
    }

    /// The department, where it is one.
    pub fn department(&self) -> Option<&DepartmentId> {
        match self {
            Holder::Department(id) => Some(id),
            Holder::Nobody | Holder::Unknown => None,
        }
    }

    /// What it is called in the middle of a sentence.
    pub fn name(&self, map: &Map) -> String {
        match self {
            Holder::Nobody => "Nobody".to_owned(),
            Holder::Unknown => "Unknown owner".to_owned(),
            Holder::Department(id) => {
                let department = map.departments().get(id);
                department.map_or("", Department::short_name).to_owned()
            }
        }
    }
}

/// What touchpoints come to together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// How many there are.
    pub touchpoints: usize,
    /// Pain points of low, medium and high severity.
    pub pains: [usize; 3],
    /// The worst score of anybody.
    pub lowest: Option<Score>,
    /// How many scores there are.
    pub scores: usize,
    sum: i64,
}

impl Load {
    fn add(&mut self, touchpoint: &Touchpoint) {
        self.touchpoints += 1;
        for pain in &touchpoint.pains {
            let level = match pain.severity {
                Level::Low => 0,
                Level::Medium => 1,
                Level::High => 2,
            };
            self.pains[level] += 1;
        }
        for score in touchpoint
            .feelings
            .iter()
            .filter_map(|feeling| feeling.score)
        {
            self.scores += 1;
            self.sum += i64::from(score.tenths());
            self.lowest = Some(self.lowest.map_or(score, |lowest| lowest.min(score)));
        }
    }

    fn join(&mut self, other: &Load) {
        self.touchpoints += other.touchpoints;
        for (pains, more) in self.pains.iter_mut().zip(other.pains) {
            *pains += more;
        }
        self.scores += other.scores;
        self.sum += other.sum;
        self.lowest = match (self.lowest, other.lowest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// The mean of all scores; never to be shown without the lowest and their number.
    pub fn mean(&self) -> Option<Score> {
        let count = i64::try_from(self.scores).ok().filter(|n| *n > 0)?;
        Score::from_value(self.sum as f64 / 10.0 / count as f64)
    }

    /// All pain points.
    pub fn pain_count(&self) -> usize {
        self.pains.iter().sum()
    }
}

/// What somebody has to do with a stage.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// The places in the stage of what they own.
    pub owned: Vec<usize>,
    pub load: Load,
    /// How many touchpoints of others they support.
    pub supports: usize,
    /// Whether they support the stage itself.
    pub supports_stage: bool,
    /// Whether the stage is theirs.
    pub has_stage: bool,
}

/// All that somebody has to do with the journey.
#[derive(Clone, Debug)]
pub(super) struct Holding {
    pub holder: Holder,
    /// By place of the stage; only where there is anything.
    pub parts: BTreeMap<usize, Part>,
    pub load: Load,
    pub stages: usize,
    pub supports: usize,
    /// How many handoffs lead away from them, and to them.
    pub hands_over: usize,
    pub takes_over: usize,
}

/// Where the customer passes from somebody's hands into somebody else's.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Passing {
    /// How many links.
    pub count: usize,
    /// The sum of their weights.
    pub weight: f64,
}

/// The whole of it.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// Nobody, the departments in their order, and at last unknown owners where there are any.
    pub holdings: Vec<Holding>,
    /// For each stage what is in it.
    pub stages: Vec<Load>,
    pub load: Load,
    /// By places in `holdings`: who passes on to whom.
    pub passings: BTreeMap<(usize, usize), Passing>,
}

impl Tally {
    pub fn of(map: &Map, graph: &Graph) -> Tally {
        let mut holders = vec![Holder::Nobody];
        let departments = map.departments().iter();
        holders.extend(departments.map(|d| Holder::Department(d.id.clone())));
        let places: FxHashMap<&DepartmentId, usize> = map
            .departments()
            .iter()
            .enumerate()
            .map(|(at, department)| (department.id(), at + 1))
            .collect();
        let unknown = holders.len();
        let place = |owner: Option<&DepartmentId>| match owner {
            None => 0,
            Some(id) => places.get(id).copied().unwrap_or(unknown),
        };
        let stray = |owner: Option<&DepartmentId>| place(owner) == unknown;
        if map.stages().iter().any(|s| stray(s.owner.as_ref()))
            || map.touchpoints().any(|t| stray(t.owner.as_ref()))
        {
            holders.push(Holder::Unknown);
        }
        let holding = |holder| Holding {
            holder,
            parts: BTreeMap::new(),
            load: Load::default(),
            stages: 0,
            supports: 0,
            hands_over: 0,
            takes_over: 0,
        };
        let mut holdings: Vec<Holding> = holders.into_iter().map(holding).collect();
        let mut owners = Vec::with_capacity(map.touchpoint_count());
        let mut stages = Vec::with_capacity(map.stages().len());
        for (at, (stage, touchpoints)) in map.lists().enumerate() {
            let mut all = Load::default();
            let holding = &mut holdings[place(stage.owner.as_ref())];
            holding.stages += 1;
            holding.parts.entry(at).or_default().has_stage = true;
            for supporter in known(&stage.supporters, stage.owner.as_ref(), &places) {
                let part = holdings[supporter].parts.entry(at).or_default();
                part.supports_stage = true;
            }
            for (step, touchpoint) in touchpoints.iter().enumerate() {
                let owner = place(touchpoint.owner.as_ref());
                owners.push(owner);
                all.add(touchpoint);
                let part = holdings[owner].parts.entry(at).or_default();
                part.owned.push(step);
                part.load.add(touchpoint);
                let owner = touchpoint.owner.as_ref();
                for supporter in known(&touchpoint.supporters, owner, &places) {
                    holdings[supporter].supports += 1;
                    holdings[supporter].parts.entry(at).or_default().supports += 1;
                }
            }
            stages.push(all);
        }
        let mut load = Load::default();
        for holding in &mut holdings {
            for part in holding.parts.values() {
                holding.load.join(&part.load);
            }
            load.join(&holding.load);
        }
        let mut passings: BTreeMap<(usize, usize), Passing> = BTreeMap::new();
        for (at, link) in graph.flow().links.iter().enumerate() {
            let (from, to) = (owners[link.from], owners[link.to]);
            if from != to {
                let passing = passings.entry((from, to)).or_default();
                passing.count += 1;
                passing.weight += graph.weight(at);
                holdings[from].hands_over += 1;
                holdings[to].takes_over += 1;
            }
        }
        Tally {
            holdings,
            stages,
            load,
            passings,
        }
    }
}

/// The places of supporters that are in the map, each once, without the owner.
fn known(
    supporters: &[DepartmentId],
    owner: Option<&DepartmentId>,
    places: &FxHashMap<&DepartmentId, usize>,
) -> Vec<usize> {
    let others = supporters.iter().filter(|id| Some(*id) != owner);
    let mut known: Vec<usize> = others.filter_map(|id| places.get(id).copied()).collect();
    known.sort_unstable();
    known.dedup();
    known
}
