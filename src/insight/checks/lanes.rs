//! Checks the values of custom lanes against the kind of the lane.

use super::structure::LANE_VALUE;
use crate::insight::context::CheckContext;
use crate::insight::fix::Fix;
use crate::model::{Decimal, Field, ImageId, Lane, LaneContentKind, LaneKind, Map, ObjectRef};

pub(crate) fn check(look: &mut CheckContext<'_>) {
    // Lanes that restrict their values.
    let choosy = |lane: &&Lane| {
        lane.kind == LaneKind::Custom
            && !matches!(lane.holds, LaneContentKind::Text | LaneContentKind::List)
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
                let id = &look.touchpoints[position].id;
                let cell = ObjectRef::Cell(id.clone(), lane.id.clone());
                let finding = look.add_for_touchpoint(position, &LANE_VALUE, message);
                finding.location = cell.field(Field::CustomLane);
                let field = finding.location.clone();
                finding.fixes.push(Fix::fill_in("Correct the entry", field));
            }
        }
    }
}

fn problem(map: &Map, lane: &Lane, text: &str) -> Option<String> {
    let fits = match lane.holds {
        LaneContentKind::Picture => map.images().contains(&ImageId::from(text)),
        holds => holds.accepts(text),
    };
    if fits {
        return None;
    }
    let shown: String = text.chars().take(60).collect();
    Some(match lane.holds {
        LaneContentKind::Score(_) if Decimal::parse(text).is_none() => {
            format!("“{shown}” is no number")
        }
        LaneContentKind::Score(scale) => {
            format!(
                "{shown} is not on the scale from {} to {}",
                scale.from, scale.to
            )
        }
        LaneContentKind::Link => format!("“{shown}” is no address of http, https or mailto"),
        LaneContentKind::Picture | LaneContentKind::Text | LaneContentKind::List => {
            format!("there is no picture “{shown}”")
        }
    })
}
