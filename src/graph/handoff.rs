//! Where the customer passes from one department's hands into another's.

use super::journey_graph::Graph;
use crate::model::DepartmentId;
use rustc_hash::FxHashMap;

/// A link whose ends have different owners. Nobody counts as an owner of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoff {
    /// Which of [`super::Flow::links`].
    pub link: usize,
    /// Who lets go.
    pub from: Option<DepartmentId>,
    /// Who takes over.
    pub to: Option<DepartmentId>,
    /// What share of the customers at its start take it, 0 … 1; see [`Graph::weight`].
    pub weight: f64,
}

impl Handoff {
    /// Whether one of its ends is owned by nobody.
    pub fn is_gap(&self) -> bool {
        self.from.is_none() || self.to.is_none()
    }
}

/// How often, and with what weight, customers pass from one owner to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// How many links.
    pub count: usize,
    /// The sum of their weights.
    pub weight: f64,
}

/// Department by department who hands over to whom; the diagonal counts the
/// links that stay within a department.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Silos {
    /// The departments of the map, in its order. Nobody comes after them.
    pub departments: Vec<DepartmentId>,
    cells: Vec<Cell>,
}

impl Silos {
    /// The cell of two departments by their place in [`Silos::departments`];
    /// the number of departments stands for nobody.
    pub fn cell(&self, from: usize, to: usize) -> Cell {
        let width = self.departments.len() + 1;
        if from >= width || to >= width {
            return Cell::default();
        }
        self.cells
            .get(from * width + to)
            .copied()
            .unwrap_or_default()
    }
}

impl Graph {
    /// Every handoff, in the order of the links.
    pub fn handoffs(&self) -> Vec<Handoff> {
        let links = self.flow().links.iter().enumerate();
        links
            .filter(|(_, link)| self.owner(link.from) != self.owner(link.to))
            .map(|(at, link)| Handoff {
                link: at,
                from: self.owner(link.from).cloned(),
                to: self.owner(link.to).cloned(),
                weight: self.weight(at),
            })
            .collect()
    }

    /// The silo matrix of these departments: [`Graph::handoffs`] and what stays
    /// within, summed up. Owners that are not among them count as nobody.
    pub fn silos<'a>(&self, departments: impl IntoIterator<Item = &'a DepartmentId>) -> Silos {
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
        let mut cells = vec![Cell::default(); width * width];
        for (at, link) in self.flow().links.iter().enumerate() {
            let cell = &mut cells[place(link.from) * width + place(link.to)];
            cell.count += 1;
            cell.weight += self.weight(at);
        }
        Silos { departments, cells }
    }
}
