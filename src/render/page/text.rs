//! The text of a page: what the map is about, personas, the journey stage by stage, feelings and
//! owners as tables, actions, and findings.
//!
//! Must not know: how text is written.

use super::filters::persona_of;
use super::phrases::{action_status, measurements, named, own_terms, score_text};
use super::touchpoint::TouchpointWriter;
use crate::english::count;
use crate::export::{Anchor, Block, Mood, Phrase, Section};
use crate::insight::Findings;
use crate::model::{Action, Date, Map, MapKind, Persona, Stage};
use crate::render::findings_view::findings_page;

/// The text of a map.
pub(super) fn page_text(map: &Map, found: (&Findings, Date)) -> Section {
    let writer = TouchpointWriter::of(map);
    let sections = [
        personas(map),
        journey(map, &writer),
        feelings(map, &writer),
        owners(map),
        actions(map),
        findings(map, found),
    ];
    Section {
        blocks: about(map),
        sections: sections.into_iter().flatten().collect(),
        ..Section::default()
    }
}

fn section(heading: &str, blocks: Vec<Block>, sections: Vec<Section>) -> Option<Section> {
    let filled = !blocks.is_empty() || !sections.is_empty();
    filled.then(|| Section {
        heading: heading.to_owned(),
        is_own: true,
        blocks,
        sections,
        ..Section::default()
    })
}

fn about(map: &Map) -> Vec<Block> {
    let header = map.header();
    let kind = match header.kind {
        MapKind::Current => "The journey as it is today",
        MapKind::Future => "The journey as it is intended",
    };
    let stages = count(map.stages().len(), "stage");
    let touchpoints = count(map.touchpoint_count(), "touchpoint");
    let mut blocks = vec![Block::Text(Phrase::plain(format!(
        "{kind}: {stages}, {touchpoints}."
    )))];
    if !header.scenario.trim().is_empty() {
        blocks.push(Block::Text(Phrase::plain(&*header.scenario)));
    }
    let measured = measurements(&header.measurements);
    blocks.extend(own_terms(vec![("Measurements", measured)]));
    blocks
}

fn personas(map: &Map) -> Option<Section> {
    let sections = map.personas().iter().map(persona).collect();
    section("Personas", Vec::new(), sections)
}

fn persona(persona: &Persona) -> Section {
    let lines = |lines: &[String]| lines.iter().map(Phrase::plain).collect::<Vec<_>>();
    let mut blocks = Vec::new();
    if !persona.role.trim().is_empty() {
        blocks.push(Block::Text(Phrase::plain(&*persona.role)));
    }
    let name = named(&persona.name, "Persona without a name");
    if !persona.quote.trim().is_empty() {
        blocks.push(Block::Quote(persona.quote.clone(), name.clone()));
    }
    blocks.extend(own_terms(vec![
        ("Goals", lines(&persona.goals)),
        ("Needs", lines(&persona.needs)),
        ("Frustrations", lines(&persona.frustrations)),
    ]));
    Section {
        heading: name,
        blocks,
        ..Section::default()
    }
}

fn journey(map: &Map, writer: &TouchpointWriter<'_>) -> Option<Section> {
    let mut next = 0;
    let stages = map.touchpoint_lists().enumerate();
    let stages = stages.map(|(at, (stage, touchpoints))| {
        let first = next;
        next += touchpoints.len();
        let steps = touchpoints.iter().zip(first..);
        Section {
            anchor: Anchor::Stage(at),
            heading: named(&stage.name, "Stage without a name"),
            is_own: false,
            blocks: stage_blocks(map, stage, touchpoints.len()),
            sections: steps.map(|(step, at)| writer.section(step, at)).collect(),
        }
    });
    section("Journey", Vec::new(), stages.collect())
}

fn stage_blocks(map: &Map, stage: &Stage, touchpoints: usize) -> Vec<Block> {
    let name = |id| map.departments().get(id).map(|it| it.name.clone());
    let owner = match stage.owner.as_ref().map(name) {
        None => Phrase::with(Mood::Unowned, "No owner"),
        Some(name) => Phrase::plain(name.unwrap_or_else(|| "Unknown".to_owned())),
    };
    let filled =
        |text: &str| Vec::from_iter((!text.trim().is_empty()).then(|| Phrase::plain(text)));
    let supporters = stage.supporters.iter().filter_map(name);
    let duration = stage.duration.map(|it| it.to_string()).unwrap_or_default();
    let facts = vec![
        ("Goal", filled(&stage.goal)),
        ("Owner", vec![owner]),
        ("Supported by", supporters.map(Phrase::plain).collect()),
        ("Time", filled(&stage.time)),
        ("Duration", filled(&duration)),
        ("Touchpoints", vec![Phrase::plain(touchpoints.to_string())]),
    ];
    own_terms(facts).into_iter().collect()
}

/// The curve of each persona as a column.
fn feelings(map: &Map, writer: &TouchpointWriter<'_>) -> Option<Section> {
    let felt = map.touchpoints().flat_map(|it| &it.feelings);
    felt.into_iter().find(|it| !it.is_blank())?;
    let names = map.personas().iter();
    let names = names.map(|it| named(&it.name, "Persona without a name"));
    let mut heads = vec!["Touchpoint".to_owned()];
    heads.extend(names);
    if map.personas().is_empty() {
        heads.push("Customer".to_owned());
    }
    let rows = map.touchpoints().enumerate().map(|(at, touchpoint)| {
        let mut row = vec![writer.heading(touchpoint, at)];
        row.resize(heads.len(), "–".to_owned());
        for feeling in &touchpoint.feelings {
            let column = persona_of(map, feeling).map_or(1, |(at, _)| at + 1);
            let text = score_text(feeling);
            if let Some(cell) = row.get_mut(column).filter(|_| !text.is_empty()) {
                *cell = text;
            }
        }
        row
    });
    let caption = "Feelings from −2 (awful) to +2 (delighted)".to_owned();
    let table = Block::Table(caption, heads.clone(), rows.collect());
    section("Feelings", vec![table], Vec::new())
}

/// The number of touchpoints of each owner in each stage.
fn owners(map: &Map) -> Option<Section> {
    let mut heads = vec!["Owner".to_owned()];
    heads.extend(
        map.stages()
            .iter()
            .map(|it| named(&it.name, "Stage without a name")),
    );
    heads.push("All".to_owned());
    let row = |name: &str, holds: &dyn Fn(&crate::model::Touchpoint) -> bool| {
        let counts = map.touchpoint_lists();
        let counts = counts.map(|(_, list)| list.iter().filter(|it| holds(it)).count());
        let counts: Vec<usize> = counts.collect();
        let all: usize = counts.iter().sum();
        let cells = counts.into_iter().chain([all]).map(|n| n.to_string());
        let cells = [name.to_owned()].into_iter().chain(cells).collect();
        (all > 0).then_some(cells)
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    rows.extend(row("No owner", &|it| map.lacks_owner(it)));
    for department in map.departments().iter() {
        let name = named(&department.name, "Department without a name");
        rows.extend(row(&name, &|it| it.owner.as_ref() == Some(&department.id)));
    }
    let caption = "Touchpoints of each owner by stage".to_owned();
    let table = (!rows.is_empty()).then_some(Block::Table(caption, heads, rows));
    section("Owners", table.into_iter().collect(), Vec::new())
}

fn actions(map: &Map) -> Option<Section> {
    let lines: Vec<Phrase> = map.actions().iter().map(|it| action(map, it)).collect();
    let list = (!lines.is_empty()).then_some(Block::List(lines));
    section("Actions", list.into_iter().collect(), Vec::new())
}

fn action(map: &Map, action: &Action) -> Phrase {
    let owner = action.owner.as_ref();
    let owner = owner.and_then(|id| map.departments().get(id));
    let owner = owner.map_or("no owner", |it| &it.name);
    let status = action_status(action.status);
    let due = action
        .due
        .map_or(String::new(), |due| format!(", due {due}"));
    let name = named(&action.name, "Action without a name");
    Phrase::plain(format!("{name} – {owner}, {status}{due}"))
}

/// The findings as on their sheet.
fn findings(map: &Map, (found, today): (&Findings, Date)) -> Option<Section> {
    let page = findings_page(map, found, today);
    let families = page.families.into_iter().map(|family| {
        let rules = family.rules.into_iter().map(|rule| {
            let said = rule.findings.iter();
            let said = said.map(|it| Phrase::plain(format!("{} – {}", it.about, it.sentence)));
            let said: Vec<Phrase> = said.collect();
            let why = [rule.why, rule.source].join(" ");
            let mut blocks = Vec::new();
            if !said.is_empty() {
                blocks.push(Block::List(said));
            }
            if !why.trim().is_empty() {
                blocks.push(Block::Text(Phrase::plain(why.trim())));
            }
            Section {
                heading: rule.title,
                is_own: true,
                blocks,
                ..Section::default()
            }
        });
        Section {
            heading: family.title,
            is_own: true,
            sections: rules.collect(),
            ..Section::default()
        }
    });
    let families: Vec<Section> = families.collect();
    let words = match families.is_empty() {
        true => page.empty_text,
        false => page.when,
    };
    let words = Block::Text(Phrase::plain(crate::english::sentence(&words)));
    section("Findings", vec![words], families)
}
