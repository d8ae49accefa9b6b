//! Traffic: the share of customers at each touchpoint and link.

use super::journey_graph::Graph;

/// Shares of all customers, 0 … 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traffic {
    /// For each touchpoint the share that reaches it.
    pub touchpoints: Vec<f64>,
    /// For each of [`super::Flow::links`] the share that takes it.
    pub links: Vec<f64>,
}

impl Graph {
    /// Computes the share of all customers that reaches each touchpoint and takes
    /// each link.
    ///
    /// They are divided evenly among the starts and split by [`Graph::weight`]. Customers
    /// who go back return later, so those at a touchpoint are divided among its
    /// forward links, and leaving, in proportion; a loop's share is counted for
    /// the loop alone. One pass in list order suffices, because forward links
    /// lead to later positions.
    pub fn traffic(&self) -> Traffic {
        let links = &self.flow().links;
        let mut stream = Traffic {
            touchpoints: vec![0.0; self.len()],
            links: vec![0.0; links.len()],
        };
        let starts = self.starts();
        for start in &starts {
            stream.touchpoints[*start] = 1.0 / starts.len() as f64;
        }
        for at in 0..self.len() {
            let (mut forward, mut all) = (0.0, 0.0);
            for link in self.links_from(at) {
                let weight = self.weight(link);
                all += weight;
                if !links[link].is_backward() {
                    forward += weight;
                }
            }
            let leaving = if self.steps[at].ends {
                f64::max(1.0 - all, 0.0)
            } else {
                0.0
            };
            let whole = forward + leaving;
            for link in self.links_from(at) {
                let weight = self.weight(link);
                let taken = match (links[link].is_backward(), whole > 0.0) {
                    (true, _) => weight,
                    (false, true) => weight / whole,
                    (false, false) => 0.0,
                };
                let share = f64::min(stream.touchpoints[at] * taken, 1.0);
                stream.links[link] = share;
                if !links[link].is_backward() {
                    let to = &mut stream.touchpoints[links[link].to];
                    *to = f64::min(*to + share, 1.0);
                }
            }
        }
        stream
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{ChangeSet, Edit};
    use crate::model::{Map, Path, PathKind, Share, Stage, Touchpoint};

    #[test]
    fn traffic_splits_and_rejoins() {
        // A leads to B for 30 %, to C for the rest; B leads to C; 20 % return from C to A.
        let mut map = Map::with_title("T");
        let stage = Stage::new("s".into(), "S");
        let mut changes = vec![
            Edit::Insert {
                at: 0,
                record: stage,
            }
            .into(),
        ];
        let path = |to: &str, kind, percent| Path {
            to: to.into(),
            kind,
            label: String::new(),
            share: Share::from_percent(percent),
        };
        let ways = [
            ("a", Some(path("b", PathKind::Failure, 30))),
            ("b", None),
            ("c", Some(path("a", PathKind::Return, 20))),
            ("d", None),
        ];
        for (i, (id, way)) in ways.into_iter().enumerate() {
            let mut record = Touchpoint::new(id.into(), id);
            record.paths.extend(way);
            let at = ("s".into(), i);
            changes.push(Edit::Insert { at, record }.into());
        }
        ChangeSet(changes).apply(&mut map).unwrap();
        let graph = Graph::of(&map);
        let stream = graph.traffic();
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        let at = [1.0, 0.3, 1.0, 1.0];
        assert!(
            stream.touchpoints.iter().zip(at).all(|(a, b)| near(*a, b)),
            "{stream:?}"
        );
        for (link, share) in graph.flow().links.iter().zip(&stream.links) {
            let wanted = match (link.from, link.to) {
                (0, 1) | (1, 2) => 0.3,
                (0, 2) => 0.7,
                (2, 0) => 0.2,
                _ => 1.0,
            };
            assert!(near(*share, wanted), "{link:?} {share}");
        }
    }
}
