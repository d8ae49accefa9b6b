//! Checks the values of custom lanes against the kind of the lane.

use super::structure::LANE_VALUE;
use crate::insight::context::Look;
use crate::insight::fix::{Field, Fix};
use crate::model::{Decimal, Holds, ImageId, Lane, LaneKind, Map};

pub(crate) fn check(look: &mut Look<'_>) {
    // Lanes that restrict their values.
    let choosy = |lane: &&Lane| {
        lane.kind == LaneKind::Custom && !matches!(lane.holds, Holds::Text | Holds::List)
    };
    let lanes: Vec<&Lane> = look.map.lanes().iter().filter(choosy).collect();
    if lanes.is_empty() {
        return;
    }
    for position in 0..look.touchpoints.len() {
        for lane in &lanes {
            let Some(text) = look.touchpoints[position].texts.get(&lane.id) else {
                continue;
            };
            if let Some(problem) = problem(look.map, lane, text) {
                let message = format!("in “{}”, {problem}", lane.title());
                let finding = look.touchpoint(position, &LANE_VALUE, message);
                finding.place.push_str(&format!(".texts.{}", lane.id));
                finding.fixes.push(Fix::FillIn(Field::Texts));
            }
        }
    }
}

fn problem(map: &Map, lane: &Lane, text: &str) -> Option<String> {
    let fits = match lane.holds {
        Holds::Picture => map.images().contains(&ImageId::from(text)),
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
