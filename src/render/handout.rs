//! The drawings of a handout: the map, each stage, the people, the findings and the actions.
//!
//! Must not know: pages of a file, windows.

use super::findings_view::{FINDINGS_ABOUT, findings_page};
use super::record_names::RecordNames;
use super::rendering::{RenderOptions, RenderedMap, render_view};
use crate::english::{count, join_with_and};
use crate::export::Paper;
use crate::insight::Findings;
use crate::layout::findings::{
    FamilySection, FindingEntry, FindingsPage, RuleEntry, findings_pages,
};
use crate::layout::{LaneBand, LaneLegend, TextRole};
use crate::model::{Action, ActionId, ActionStatus, Date, Map, Persona, Record, Touchpoint, View};
use crate::scene::{Group, GroupKey, Scene, Shape, build_findings};
use crate::text::Measure;
use crate::theme::Icon;
use std::sync::Arc;

/// Width of a column of text on paper, in millimetres.
const COLUMN: f64 = 135.0;
/// Width of the empty edges of a page together, in millimetres.
const MARGINS: f64 = 20.0;

/// Draws the pages of a handout; the title of each drawing is that of its page.
pub(super) fn handout(
    map: &Map,
    (view, render): (View, &RenderOptions),
    paper: Paper,
    (found, today): (&Findings, Date),
    measure: &mut dyn Measure,
) -> Vec<Scene> {
    let rendered = RenderedMap::of(map, render, measure);
    let overview = match view {
        View::Journey | View::Findings => None,
        view => render_view(map, view, render, measure),
    };
    let journey = Arc::clone(&rendered.scene);
    let mut scenes = vec![overview.unwrap_or_else(|| Scene::clone(&journey))];
    let stages = map.stages().iter().enumerate().filter_map(|(at, stage)| {
        let columns = rendered.layout.stage_range(&stage.id)?;
        Some(((at, stage), columns))
    });
    let (stages, columns): (Vec<_>, Vec<_>) = stages.unzip();
    for ((at, stage), mut scene) in stages.into_iter().zip(journey.excerpts(&columns)) {
        compact(&mut scene, at, &rendered.layout.lanes);
        scene.title = match stage.name.trim() {
            "" => "Stage without a name".to_owned(),
            name => name.to_owned(),
        };
        scenes.push(scene);
    }
    let pages = [
        ("People", people(map)),
        ("Findings", Some(findings_page(map, found, today))),
        ("Actions", actions(map, today)),
    ];
    for (title, page) in pages {
        let drawn = page.map(|page| list(map, &page, render, paper, measure));
        scenes.extend(drawn.into_iter().flatten().map(|mut scene| {
            scene.title = title.to_owned();
            scene
        }));
    }
    scenes
}

/// Distance of what a lane contains from the next lane, in map units.
const LANE_GAP: f32 = 14.0;

/// Moves the lanes of an excerpt together: they are as high as the fullest stage of the map. Lanes
/// without content in this stage are left out.
fn compact(scene: &mut Scene, stage: usize, lanes: &[LaneBand]) {
    let mut used = vec![0.0_f32; lanes.len()];
    let mut note = |lane: usize, bottom: f32| {
        if let Some(used) = used.get_mut(lane) {
            *used = used.max(bottom);
        }
    };
    for group in &scene.groups {
        match group.key {
            GroupKey::LaneContent(lane, of) | GroupKey::Connectors(lane, of)
                if of == stage && !group.content.items.is_empty() =>
            {
                note(lane, group.content.bounds.max.y);
            }
            _ => {}
        }
    }
    let titles = scene.groups.iter().filter_map(|group| match group.key {
        GroupKey::LaneTitle(lane) => Some((lane, text_bottom(group))),
        _ => None,
    });
    for (lane, bottom) in titles {
        if let Some(used) = used.get_mut(lane).filter(|used| **used > 0.0) {
            *used = used.max(bottom);
        }
    }
    let mut rises = Vec::with_capacity(lanes.len());
    let mut rise = 0.0;
    for (lane, used) in lanes.iter().zip(&used) {
        rises.push(rise);
        // The scale of feelings has its height.
        let has_scale = matches!(lane.legend, LaneLegend::Scale(_));
        rise += match *used {
            0.0 => f64::from(lane.height),
            _ if has_scale => 0.0,
            used => f64::from((lane.height - used - LANE_GAP).max(0.0)),
        };
    }
    scene.groups.retain_mut(|group| {
        let (GroupKey::LaneBackground(lane)
        | GroupKey::LaneTitle(lane)
        | GroupKey::LaneContent(lane, _)
        | GroupKey::Connectors(lane, _)) = group.key
        else {
            return true;
        };
        group.origin.y -= rises.get(lane).copied().unwrap_or(0.0);
        used.get(lane).is_some_and(|used| *used > 0.0)
    });
    scene.height -= rise;
}

/// Bottom of the lowest text of a group.
fn text_bottom(group: &Group) -> f32 {
    let texts = group
        .content
        .items
        .iter()
        .filter_map(|item| match &item.shape {
            Shape::Text(line) if item.zoom.contains(1.0) => Some(line.bounds().max.y),
            _ => None,
        });
    texts.fold(0.0, f32::max)
}

/// Draws a list on as many sheets of paper as it needs.
fn list(
    map: &Map,
    page: &FindingsPage,
    options: &RenderOptions,
    paper: Paper,
    measure: &mut dyn Measure,
) -> Vec<Scene> {
    let (width, height) = (paper.long - MARGINS, paper.short - MARGINS);
    let columns = (width / COLUMN).round().max(1.0) as usize;
    let shape = (columns, (width / height) as f32);
    let sheets = findings_pages(map, page, options.layout.density, shape, measure);
    let theme = options.dress();
    let drawn = sheets
        .iter()
        .map(|sheet| build_findings(map, sheet, FINDINGS_ABOUT, theme));
    drawn.collect()
}

/// The personas; `None` without any.
fn people(map: &Map) -> Option<FindingsPage> {
    let personas = map.personas().iter().enumerate();
    let rules: Vec<RuleEntry> = personas.map(|(at, it)| persona(at, it)).collect();
    (!rules.is_empty()).then(|| FindingsPage {
        when: "the people".to_owned(),
        families: vec![FamilySection {
            title: format!("People {}", rules.len()),
            rules,
        }],
        ..FindingsPage::default()
    })
}

fn persona(at: usize, persona: &Persona) -> RuleEntry {
    let quote = match persona.quote.trim() {
        "" => String::new(),
        quote => format!("“{quote}”"),
    };
    let lists = [
        ("Goals", &persona.goals),
        ("Needs", &persona.needs),
        ("Frustrations", &persona.frustrations),
    ];
    let lists = lists.into_iter().filter_map(|(title, texts)| {
        let texts = texts.iter().map(|text| text.trim());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        (!texts.is_empty()).then(|| entry(&format!("{title}: {}", texts.join("; ")), ""))
    });
    let head = [persona.role.trim(), &quote];
    let head = head.into_iter().filter(|text| !text.is_empty());
    RuleEntry {
        icon: (Icon::Person, TextRole::Persona(at.min(255) as u8)),
        title: named(persona.name(), "Persona without a name"),
        findings: head.map(|text| entry(text, "")).chain(lists).collect(),
        why: String::new(),
        source: String::new(),
    }
}

/// The actions by status; `None` without any.
fn actions(map: &Map, today: Date) -> Option<FindingsPage> {
    let names = RecordNames::of(map);
    let sections = [
        (ActionStatus::Started, "Started"),
        (ActionStatus::Planned, "Planned"),
        (ActionStatus::Done, "Done"),
    ];
    let sections = sections.into_iter().filter_map(|(status, title)| {
        let actions = map.actions().iter().filter(|it| it.status == status);
        let rules: Vec<RuleEntry> = actions.map(|it| action(map, it, &names, today)).collect();
        let title = format!("{title} {}", rules.len());
        (!rules.is_empty()).then_some(FamilySection { title, rules })
    });
    let families: Vec<FamilySection> = sections.collect();
    (!families.is_empty()).then(|| FindingsPage {
        when: "what will be done".to_owned(),
        families,
        ..FindingsPage::default()
    })
}

fn action(map: &Map, action: &Action, names: &RecordNames<'_>, today: Date) -> RuleEntry {
    let owner = action.owner.as_ref();
    let owner = owner.map(|id| map.departments().get(id).map(Record::name));
    let owner = match owner {
        None => "No owner".to_owned(),
        Some(name) => named(name.unwrap_or_default(), "Unknown owner"),
    };
    let due = match action.due {
        _ if action.status == ActionStatus::Done => String::new(),
        Some(due) if due < today => format!(" · was due {due}"),
        Some(due) => format!(" · due {due}"),
        None => " · no due date".to_owned(),
    };
    let lift = action.lift.as_ref().map(|lift| {
        let sign = if lift.by.value() > 0.0 { "+" } else { "" };
        entry(
            &format!("Expected effect: {} {sign}{}", lift.metric, lift.by),
            "",
        )
    });
    let addressed = map
        .touchpoints()
        .filter(|touchpoint| addresses(touchpoint, &action.id));
    let addressed: Vec<String> = addressed.map(|it| names.step_label(&it.id)).collect();
    let about = match addressed.len() {
        0 => String::new(),
        1..=4 => join_with_and(&addressed),
        more => count(more, "touchpoint"),
    };
    let icon = match action.status {
        ActionStatus::Done | ActionStatus::Dropped => (Icon::Check, TextRole::Soft),
        _ if action.owner.is_none() => (Icon::Question, TextRole::Unowned),
        _ => (Icon::Clock, TextRole::Accent),
    };
    RuleEntry {
        icon,
        title: named(&action.name, "Action without a name"),
        findings: std::iter::once(entry(&format!("{owner}{due}"), &about))
            .chain(lift)
            .collect(),
        why: action.notes.clone(),
        source: String::new(),
    }
}

/// Whether a pain point or an opportunity of a touchpoint has this action.
fn addresses(touchpoint: &Touchpoint, action: &ActionId) -> bool {
    let pains = touchpoint.pains.iter().flat_map(|pain| &pain.actions);
    let opportunities = touchpoint.opportunities.iter();
    let opportunities = opportunities.flat_map(|opportunity| &opportunity.actions);
    pains.chain(opportunities).any(|id| id == action)
}

fn entry(sentence: &str, about: &str) -> FindingEntry {
    FindingEntry {
        sentence: sentence.to_owned(),
        about: about.to_owned(),
    }
}

fn named(name: &str, unnamed: &str) -> String {
    match name.trim() {
        "" => unnamed.to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;
    use crate::insight;
    use crate::model::ObjectRef;
    use crate::text::FixedWidth;
    use std::collections::BTreeSet;

    #[test]
    fn a_handout_has_the_map_each_stage_with_its_touchpoints_and_the_lists() {
        let text = include_bytes!("../../sample_maps/bank-account.journey.ron");
        let map = crate::format::read(text).unwrap().map;
        let today = Date::constant(2026, 6, 1);
        let findings = insight::findings(&map, &Graph::of(&map), today, Vec::new());
        let view = (View::Journey, &RenderOptions::default());
        let found = (&findings, today);
        let pages = handout(&map, view, Paper::A4, found, &mut FixedWidth);
        let mut titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
        titles.dedup();
        let mut expected = vec![map.header().title.as_str()];
        expected.extend(map.stages().iter().map(Record::name));
        expected.extend(["People", "Findings", "Actions"]);
        assert_eq!(titles, expected);
        for (page, (_, steps)) in pages[1..].iter().zip(map.touchpoint_lists()) {
            let cards = page.places(|_| true).filter_map(|(id, area)| {
                let Some(ObjectRef::Touchpoint(id)) = id.object() else {
                    return None;
                };
                assert!(area.bottom <= page.height, "{}: {id}", page.title);
                Some(id.clone())
            });
            let cards: BTreeSet<_> = cards.collect();
            let steps: BTreeSet<_> = steps.iter().map(|step| step.id.clone()).collect();
            assert_eq!(cards, steps, "{}", page.title);
        }
    }
}
