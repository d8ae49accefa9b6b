//! Ownership of a map, counted by owner and stage.
//!
//! Must not know: where anything is drawn.

use crate::graph::Graph;
use crate::layout::text_block::NO_OWNER_NEEDED;
use crate::model::{Department, DepartmentId, Level, Map, Record, Score, Touchpoint};
use crate::theme::Icon;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The owner of a touchpoint or a stage.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// No owner.
    Nobody,
    /// A department of the map.
    Department(DepartmentId),
    /// Departments that are not in the map.
    Unknown,
    /// No owner, and none needed: contacts among people.
    NotNeeded,
}

impl Owner {
    /// The owner for an owner field.
    pub fn of(map: &Map, owner: Option<&DepartmentId>) -> Owner {
        match owner {
            None => Owner::Nobody,
            Some(id) if map.departments().contains(id) => Owner::Department(id.clone()),
            Some(_) => Owner::Unknown,
        }
    }

    /// The owner of a touchpoint.
    pub fn of_touchpoint(map: &Map, touchpoint: &Touchpoint) -> Owner {
        if map.needs_no_owner(touchpoint) {
            return Owner::NotNeeded;
        }
        Owner::of(map, touchpoint.owner.as_ref())
    }

    /// The department, if the owner is one.
    pub fn department(&self) -> Option<&DepartmentId> {
        match self {
            Owner::Department(id) => Some(id),
            Owner::Nobody | Owner::Unknown | Owner::NotNeeded => None,
        }
    }

    /// Short name.
    pub fn name(&self, map: &Map) -> String {
        match self {
            Owner::Nobody => "No owner".to_owned(),
            Owner::Unknown => "Unknown owner".to_owned(),
            Owner::NotNeeded => NO_OWNER_NEEDED.to_owned(),
            Owner::Department(id) => {
                let department = map.departments().get(id);
                department.map_or("", Department::short_name).to_owned()
            }
        }
    }
}

/// Totals of a set of touchpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// Number of touchpoints.
    pub touchpoints: usize,
    /// Pain points of low, medium and high severity.
    pub pains: [usize; 3],
    /// The worst score of any persona.
    pub lowest: Option<Score>,
    /// Number of scores.
    pub scores: usize,
    sum: i64,
}

impl Workload {
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
        let scores = touchpoint.feelings.iter();
        for score in scores.filter_map(|feeling| feeling.score) {
            self.scores += 1;
            self.sum += i64::from(score.tenths());
            self.lowest = Some(self.lowest.map_or(score, |lowest| lowest.min(score)));
        }
    }

    fn merge(&mut self, other: &Workload) {
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

    /// Number of all pain points.
    pub fn pain_count(&self) -> usize {
        self.pains.iter().sum()
    }

    /// Icon and number of the pain points by severity, the severe ones first.
    pub(super) fn flags(&self) -> impl Iterator<Item = (Icon, usize)> + use<> {
        let [slight, medium, severe] = self.pains;
        let flags = [
            (Icon::Flag3, severe),
            (Icon::Flag2, medium),
            (Icon::Flag1, slight),
        ];
        flags.into_iter().filter(|(_, count)| *count > 0)
    }

    /// The worst score and a text about all scores.
    pub(super) fn feelings(&self) -> Option<(Score, String)> {
        let (lowest, mean) = (self.lowest?, self.mean()?);
        let words = match self.scores {
            1 => format!("Feels {lowest}, n 1"),
            n => format!("Lowest {lowest}, mean {mean}, n {n}"),
        };
        Some((lowest, words))
    }
}

/// Counts of an owner in a stage.
#[derive(Clone, Debug, Default)]
pub struct OwnedCell {
    /// Indices in the stage of the owned touchpoints.
    pub owned: Vec<usize>,
    /// Workload of the owner in the stage.
    pub workload: Workload,
    /// Number of touchpoints of other owners that this one supports.
    pub supports: usize,
    /// Whether the owner supports the stage itself.
    pub supports_stage: bool,
    /// Whether the owner owns the stage.
    pub owns_stage: bool,
}

/// Totals of an owner in the whole journey.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnerTotals {
    /// Workload of the owner.
    pub workload: Workload,
    /// Number of stages owned.
    pub stages: usize,
    /// Number of touchpoints of other owners that this one supports.
    pub supports: usize,
    /// Number of handoffs away from the owner.
    pub handoffs_out: usize,
    /// Number of handoffs to the owner.
    pub handoffs_in: usize,
}

impl OwnerTotals {
    /// Number of touchpoints and stages owned.
    pub(super) fn owned(&self) -> usize {
        self.workload.touchpoints + self.stages
    }
}

/// Counts of an owner in the whole journey.
#[derive(Clone, Debug)]
pub(super) struct OwnerCounts {
    pub owner: Owner,
    /// Counts by stage index; only stages with any.
    pub cells: BTreeMap<usize, OwnedCell>,
    pub totals: OwnerTotals,
}

/// Number and weight of the handoffs from one owner to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct HandoffCount {
    /// Number of links.
    pub count: usize,
    /// Sum of the weights of the links.
    pub weight: f64,
}

/// Ownership counts of the whole map.
#[derive(Clone, Debug)]
pub(super) struct OwnershipCounts {
    /// No owner, the departments in their order, and finally, if there are any, unknown owners
    /// and what needs no owner.
    pub owners: Vec<OwnerCounts>,
    /// Workload of each stage.
    pub stages: Vec<Workload>,
    pub load: Workload,
    /// Handoffs by indices in `holdings`: from one owner to another.
    pub handoffs: BTreeMap<(usize, usize), HandoffCount>,
    /// Number of handoffs on the usual route.
    pub usual_handoffs: usize,
}

impl OwnershipCounts {
    pub fn of(map: &Map, graph: &Graph) -> OwnershipCounts {
        let mut holders = vec![Owner::Nobody];
        let departments = map.departments().iter();
        holders.extend(departments.map(|d| Owner::Department(d.id.clone())));
        let places = map.departments().iter().enumerate();
        let places = places.map(|(at, department)| (department.id(), at + 1));
        let places: FxHashMap<&DepartmentId, usize> = places.collect();
        let unknown = holders.len();
        let place = |owner: Option<&DepartmentId>| match owner {
            None => 0,
            Some(id) => places.get(id).copied().unwrap_or(unknown),
        };
        let stray = |owner: Option<&DepartmentId>| place(owner) == unknown;
        if map.stages().iter().any(|s| stray(s.owner.as_ref()))
            || map.touchpoints().any(|t| stray(t.owner.as_ref()))
        {
            holders.push(Owner::Unknown);
        }
        let not_needed = holders.len();
        if map.touchpoints().any(|t| map.needs_no_owner(t)) {
            holders.push(Owner::NotNeeded);
        }
        let holding = |owner| OwnerCounts {
            owner,
            cells: BTreeMap::new(),
            totals: OwnerTotals::default(),
        };
        let mut holdings: Vec<OwnerCounts> = holders.into_iter().map(holding).collect();
        let mut owners = Vec::with_capacity(map.touchpoint_count());
        let mut stages = Vec::with_capacity(map.stages().len());
        for (at, (stage, touchpoints)) in map.touchpoint_lists().enumerate() {
            let mut all = Workload::default();
            let holding = &mut holdings[place(stage.owner.as_ref())];
            holding.totals.stages += 1;
            holding.cells.entry(at).or_default().owns_stage = true;
            for supporter in supporter_indices(&stage.supporters, stage.owner.as_ref(), &places) {
                let part = holdings[supporter].cells.entry(at).or_default();
                part.supports_stage = true;
            }
            for (step, touchpoint) in touchpoints.iter().enumerate() {
                let owner = match map.needs_no_owner(touchpoint) {
                    true => not_needed,
                    false => place(touchpoint.owner.as_ref()),
                };
                owners.push(owner);
                all.add(touchpoint);
                let part = holdings[owner].cells.entry(at).or_default();
                part.owned.push(step);
                part.workload.add(touchpoint);
                let owner = touchpoint.owner.as_ref();
                for supporter in supporter_indices(&touchpoint.supporters, owner, &places) {
                    holdings[supporter].totals.supports += 1;
                    holdings[supporter].cells.entry(at).or_default().supports += 1;
                }
            }
            stages.push(all);
        }
        let mut load = Workload::default();
        for holding in &mut holdings {
            for part in holding.cells.values() {
                holding.totals.workload.merge(&part.workload);
            }
            load.merge(&holding.totals.workload);
        }
        let traffic = graph.traffic();
        let mut passings: BTreeMap<(usize, usize), HandoffCount> = BTreeMap::new();
        // Nobody hands over to or from what needs no owner.
        let hands_over =
            |from: usize, to: usize| from != to && from != not_needed && to != not_needed;
        for (at, link) in graph.flow().links.iter().enumerate() {
            let (from, to) = (owners[link.from], owners[link.to]);
            if hands_over(from, to) {
                let passing = passings.entry((from, to)).or_default();
                passing.count += 1;
                passing.weight += traffic.links[at];
                holdings[from].totals.handoffs_out += 1;
                holdings[to].totals.handoffs_in += 1;
            }
        }
        let usual = graph.usual_route();
        let changes = |pair: &&[usize]| hands_over(owners[pair[0]], owners[pair[1]]);
        OwnershipCounts {
            owners: holdings,
            stages,
            load,
            handoffs: passings,
            usual_handoffs: usual.windows(2).filter(changes).count(),
        }
    }
}

/// Indices of the supporters that are in the map, each once, without the owner.
fn supporter_indices(
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
