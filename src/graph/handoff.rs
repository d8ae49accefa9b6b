//! Handoffs of the customer between departments.

use super::journey_graph::Graph;
use crate::model::DepartmentId;
use rustc_hash::FxHashMap;

/// A link whose ends have different owners. No owner counts as an owner of its own, except
/// where none is needed: nobody hands over to or from a contact among people.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoff {
    /// Index in [`super::Flow::links`].
    pub link: usize,
    /// The department that hands over.
    pub from: Option<DepartmentId>,
    /// The department that takes over.
    pub to: Option<DepartmentId>,
    /// Share of all customers who take it, 0 … 1; see [`Graph::traffic`].
    pub weight: f64,
}

/// The links from touchpoints of one owner to those of another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MatrixCell {
    /// Number of links.
    pub count: usize,
    /// Sum of their weights.
    pub weight: f64,
}

/// The matrix of handoffs between departments; the diagonal counts the links
/// within a department.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandoffMatrix {
    /// The departments of the map, in order. The row and column without owner come last.
    pub departments: Vec<DepartmentId>,
    cells: Vec<MatrixCell>,
}

impl HandoffMatrix {
    /// The cell of two departments, by index in [`HandoffMatrix::departments`]; the
    /// number of departments stands for no owner.
    pub fn cell(&self, from: usize, to: usize) -> MatrixCell {
        let width = self.departments.len() + 1;
        let cell = self.cells.get(from * width + to);
        cell.filter(|_| to < width).copied().unwrap_or_default()
    }
}

impl Graph {
    /// The number of handoffs on a route between touchpoints for whose owners `counts` is true.
    pub fn handoffs_on(&self, route: &[usize], counts: fn(Option<&DepartmentId>) -> bool) -> usize {
        let pairs = route.windows(2).map(|pair| (pair[0], pair[1]));
        let counted = |at: usize| counts(self.owner(at));
        pairs
            .filter(|(from, to)| self.hands_over(*from, *to) && counted(*from) && counted(*to))
            .count()
    }

    /// Whether both ends of a link have an owner or lack one.
    fn is_between_owners(&self, from: usize, to: usize) -> bool {
        let needs_none = |at: usize| self.steps.get(at).is_some_and(|step| step.needs_no_owner);
        !needs_none(from) && !needs_none(to)
    }

    fn hands_over(&self, from: usize, to: usize) -> bool {
        self.owner(from) != self.owner(to) && self.is_between_owners(from, to)
    }

    /// Returns every handoff, in the order of the links.
    pub fn handoffs(&self) -> Vec<Handoff> {
        let traffic = self.traffic();
        let links = self.flow().links.iter().enumerate();
        links
            .filter(|(_, link)| self.hands_over(link.from, link.to))
            .map(|(at, link)| Handoff {
                link: at,
                from: self.owner(link.from).cloned(),
                to: self.owner(link.to).cloned(),
                weight: traffic.links[at],
            })
            .collect()
    }

    /// Sums up the handoffs between these departments and the links within them.
    /// Other owners count as none; links of contacts that need no owner are left out.
    pub fn handoff_matrix<'a>(
        &self,
        departments: impl IntoIterator<Item = &'a DepartmentId>,
    ) -> HandoffMatrix {
        let departments: Vec<DepartmentId> = departments.into_iter().cloned().collect();
        let places: FxHashMap<&DepartmentId, usize> = departments
            .iter()
            .enumerate()
            .map(|(i, d)| (d, i))
            .collect();
        let nobody = departments.len();
        let width = nobody + 1;
        let place = |position| {
            let owner = self.owner(position);
            owner.and_then(|d| places.get(d).copied()).unwrap_or(nobody)
        };
        let mut cells = vec![MatrixCell::default(); width * width];
        let traffic = self.traffic();
        let links = self.flow().links.iter().enumerate();
        for (at, link) in links.filter(|(_, it)| self.is_between_owners(it.from, it.to)) {
            let cell = &mut cells[place(link.from) * width + place(link.to)];
            cell.count += 1;
            cell.weight += traffic.links[at];
        }
        HandoffMatrix { departments, cells }
    }
}
