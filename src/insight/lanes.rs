//! What touchpoints say in lanes of one's own, against what the lanes hold.

use super::finding::Finding;
use super::{At, rules};
use crate::model::{Decimal, Holds, ImageId, Lane, LaneKind, Map, Touchpoint};

/// The lanes that do not take just any text.
pub(super) struct Values<'m> {
    map: &'m Map,
    lanes: Vec<&'m Lane>,
}

impl<'m> Values<'m> {
    pub fn of(map: &'m Map) -> Values<'m> {
        let choosy = |lane: &&Lane| {
            lane.kind == LaneKind::Custom && !matches!(lane.holds, Holds::Text | Holds::List)
        };
        Values {
            map,
            lanes: map.lanes().iter().filter(choosy).collect(),
        }
    }

    pub fn touchpoint(&self, touchpoint: &At<'_, Touchpoint>, found: &mut Vec<Finding>) {
        for lane in &self.lanes {
            let Some(text) = touchpoint.record.texts.get(&lane.id) else {
                continue;
            };
            if let Some(problem) = self.problem(lane, text) {
                let title = lane.title();
                let mut finding =
                    touchpoint.finding(&rules::LANE_VALUE, format!("in “{title}”, {problem}"));
                finding.place = format!("{}.texts.{}", finding.place, lane.id);
                found.push(finding);
            }
        }
    }

    fn problem(&self, lane: &Lane, text: &str) -> Option<String> {
        let fits = match lane.holds {
            Holds::Picture => self.map.images().contains(&ImageId::from(text)),
            holds => holds.fits(text),
        };
        if fits {
            return None;
        }
        let shown: String = text.chars().take(60).collect();
        Some(match lane.holds {
            Holds::Score(_) if Decimal::parse(text).is_none() => {
                format!("“{shown}” is no number")
            }
            Holds::Score(scale) => {
                format!(
                    "{shown} is not on the scale from {} to {}",
                    scale.from, scale.to
                )
            }
            Holds::Link => format!("“{shown}” is no address of http, https or mailto"),
            Holds::Picture | Holds::Text | Holds::List => {
                format!("there is no picture “{shown}”")
            }
        })
    }
}
