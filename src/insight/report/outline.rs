//! Touchpoints as an outline in Markdown: a heading a stage, a line a touchpoint.
//!
//! Must not know: the sections of the narrative.

use super::writer::{bold, escape_markdown, named};
use crate::model::{DepartmentId, Map, Record, Touchpoint};

/// Writes the touchpoints that are wanted, by stage, in the order of the map.
pub fn outline(map: &Map, is_wanted: impl Fn(&Touchpoint) -> bool) -> String {
    let mut sections = Vec::new();
    for (stage, touchpoints) in map.touchpoint_lists() {
        let wanted = touchpoints
            .iter()
            .filter(|touchpoint| is_wanted(touchpoint));
        let lines: Vec<String> = wanted.map(|touchpoint| line(map, touchpoint)).collect();
        if !lines.is_empty() {
            let stage = named(&stage.name);
            sections.push(format!("## {stage}\n\n{}\n", lines.join("\n")));
        }
    }
    sections.join("\n")
}

fn line(map: &Map, touchpoint: &Touchpoint) -> String {
    let owner = |id: &DepartmentId| map.departments().get(id).map(Record::name);
    let mut details = vec![match touchpoint.owner.as_ref().map(owner) {
        None if map.needs_no_owner(touchpoint) => String::new(),
        None => "no owner".to_owned(),
        Some(name) => name.unwrap_or("unknown owner").to_owned(),
    }];
    let channel = touchpoint.channel.as_ref();
    let channel = channel.and_then(|id| map.channels().get(id));
    details.extend(channel.map(|channel| channel.name.clone()));
    details.extend(touchpoint.duration.map(|duration| duration.to_string()));
    for feeling in &touchpoint.feelings {
        let score = feeling
            .score
            .map(|score| score.to_string())
            .unwrap_or_default();
        let felt = [score.as_str(), feeling.emotion.trim()].join(" ");
        if !felt.trim().is_empty() {
            details.push(format!("feels {}", felt.trim()));
        }
    }
    details.extend(
        touchpoint
            .pains
            .iter()
            .map(|pain| format!("pain point: {}", pain.text)),
    );
    let opportunities = touchpoint.opportunities.iter();
    details.extend(opportunities.map(|it| format!("opportunity: {}", it.text)));
    let details = details.iter().filter(|text| !text.trim().is_empty());
    let details: Vec<String> = details.map(|text| escape_markdown(text)).collect();
    let name = bold(&touchpoint.name);
    if details.is_empty() {
        format!("- {name}")
    } else {
        format!("- {name} – {}", details.join("; "))
    }
}
