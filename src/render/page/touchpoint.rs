//! A touchpoint as text: all that the drawings show of it, in one section.
//!
//! Must not know: how text is written, where the section stands.

use super::filters::{filter_values, persona_of};
use super::phrases::{action_status, filled, measurements, named, own_terms, score_text, terms};
use crate::export::{Anchor, Block, Mood, Phrase, Section};
use crate::graph::Graph;
use crate::layout::flow;
use crate::model::{
    ActionId, Basis, DepartmentId, Feeling, LaneContentKind, LaneKind, Level, Link, Map, PathKind,
    Score, Touchpoint,
};
use crate::scene::Marks;
use std::sync::Arc;

/// Writes the touchpoints of a map.
pub(super) struct TouchpointWriter<'m> {
    map: &'m Map,
    graph: Graph,
    numbers: Vec<Arc<str>>,
    touchpoints: Vec<&'m Touchpoint>,
}

impl<'m> TouchpointWriter<'m> {
    pub(super) fn of(map: &'m Map) -> TouchpointWriter<'m> {
        let graph = Graph::of(map);
        TouchpointWriter {
            map,
            numbers: flow::step_numbers(&graph),
            graph,
            touchpoints: map.touchpoints().collect(),
        }
    }

    /// The number and the name of a touchpoint.
    pub(super) fn heading(&self, touchpoint: &Touchpoint, at: usize) -> String {
        let number = self.numbers.get(at).map_or("", |number| number);
        let name = named(&touchpoint.name, "Touchpoint without a name");
        format!("{number} {name}").trim().to_owned()
    }

    /// A touchpoint with all that is known of it, except its notes.
    pub(super) fn section(&self, touchpoint: &Touchpoint, at: usize) -> Section {
        let map = self.map;
        let mut blocks = Vec::new();
        if touchpoint.moment_of_truth {
            let phrase = Phrase::with(Mood::Moment, "Moment of truth");
            blocks.push(Block::Text(phrase));
        }
        blocks.extend(filled(&touchpoint.description).map(Block::Text));
        blocks.extend(terms(self.feelings(touchpoint)));
        blocks.extend(touchpoint.feelings.iter().filter_map(|it| self.quote(it)));
        let words = |text: fn(&Feeling) -> &String| self.words(touchpoint, text);
        blocks.extend(own_terms(vec![
            ("Owner", vec![self.owner(touchpoint)]),
            ("Supported by", self.supporters(touchpoint)),
            ("Pain points", self.pains(touchpoint)),
            ("Opportunities", self.opportunities(touchpoint)),
        ]));
        blocks.extend(own_terms(vec![
            ("Thoughts", words(|it| &it.thought)),
            ("Motivations", words(|it| &it.motivation)),
        ]));
        blocks.extend(own_terms(self.facts(touchpoint)));
        blocks.extend(own_terms(vec![
            ("Backstage", self.backstage(touchpoint)),
            ("Measurements", measurements(&touchpoint.measurements)),
            ("Leads to", self.paths(touchpoint, at)),
        ]));
        blocks.extend(terms(self.custom_lanes(touchpoint)));
        Section {
            anchor: Anchor::Touchpoint {
                number: at,
                values: filter_values(map, touchpoint),
                marks: Marks::of_touchpoint(map, touchpoint),
            },
            heading: self.heading(touchpoint, at),
            is_own: false,
            blocks,
            sections: Vec::new(),
        }
    }

    fn department(&self, id: &DepartmentId) -> Option<Phrase> {
        let department = self.map.departments().get(id)?;
        Some(Phrase::plain(&*department.name))
    }

    fn owner(&self, touchpoint: &Touchpoint) -> Phrase {
        match &touchpoint.owner {
            None if self.map.needs_no_owner(touchpoint) => Phrase::plain("Not needed"),
            None => Phrase::with(Mood::Unowned, "No owner"),
            Some(id) => self
                .department(id)
                .unwrap_or_else(|| Phrase::plain("Unknown")),
        }
    }

    fn supporters(&self, touchpoint: &Touchpoint) -> Vec<Phrase> {
        let supporters = touchpoint.supporters.iter();
        supporters.filter_map(|id| self.department(id)).collect()
    }

    fn facts(&self, touchpoint: &Touchpoint) -> Vec<(&'static str, Vec<Phrase>)> {
        let map = self.map;
        let channel = touchpoint.channel.as_ref();
        let channel = channel.and_then(|id| map.channels().get(id));
        let environment = touchpoint.environment.as_ref();
        let environment = environment.and_then(|id| map.environments().get(id));
        let duration = touchpoint.duration.map(|it| Phrase::plain(it.to_string()));
        let basis = touchpoint.evidence.basis.map(|basis| match basis {
            Basis::Assumption => "Assumption",
            Basis::Observed => "Observed",
            Basis::Interviewed => "Interviewed",
            Basis::Measured => "Measured",
        });
        let basis = basis.map(|basis| match touchpoint.evidence.source.trim() {
            "" => Phrase::plain(basis),
            source => Phrase::plain(format!("{basis}: {source}")),
        });
        vec![
            (
                "Channel",
                channel
                    .map(|it| Phrase::plain(&*it.name))
                    .into_iter()
                    .collect(),
            ),
            (
                "Environment",
                environment
                    .map(|it| Phrase::plain(&*it.name))
                    .into_iter()
                    .collect(),
            ),
            ("Time", filled(&touchpoint.time).into_iter().collect()),
            ("Duration", duration.into_iter().collect()),
            ("Evidence", basis.into_iter().collect()),
            ("Tags", touchpoint.tags.iter().map(Phrase::plain).collect()),
        ]
    }

    fn persona(&self, feeling: &Feeling) -> &'m str {
        let persona = persona_of(self.map, feeling);
        persona.map_or("Customer", |(_, persona)| &persona.name)
    }

    fn feelings(&self, touchpoint: &Touchpoint) -> Vec<(&'m str, Vec<Phrase>)> {
        let felt = touchpoint.feelings.iter().map(|feeling| {
            let mood = match feeling.score {
                Some(score) if score > Score::NEUTRAL => Mood::Good,
                Some(score) if score < Score::NEUTRAL => Mood::Bad,
                _ => Mood::Plain,
            };
            let text = score_text(feeling);
            let phrase = (!text.is_empty()).then(|| Phrase::with(mood, text));
            (self.persona(feeling), phrase.into_iter().collect())
        });
        felt.collect()
    }

    fn quote(&self, feeling: &Feeling) -> Option<Block> {
        let words = filled(&feeling.quote)?;
        Some(Block::Quote(words.text, self.persona(feeling).to_owned()))
    }

    /// Words of each persona, with its name where the map has several.
    fn words(&self, touchpoint: &Touchpoint, text: fn(&Feeling) -> &String) -> Vec<Phrase> {
        let several = self.map.personas().len() > 1;
        let said = touchpoint.feelings.iter().filter_map(|feeling| {
            let words = filled(text(feeling))?;
            Some(match several {
                true => Phrase::plain(format!("{}: {}", self.persona(feeling), words.text)),
                false => words,
            })
        });
        said.collect()
    }

    /// The names of actions with their status, behind what they answer.
    fn answers(&self, actions: &[ActionId]) -> String {
        let known = actions.iter().filter_map(|id| self.map.actions().get(id));
        let words = known.map(|it| format!("{} ({})", it.name.trim(), action_status(it.status)));
        let words: Vec<String> = words.collect();
        if words.is_empty() {
            return String::new();
        }
        format!(" → {}", words.join(", "))
    }

    fn pains(&self, touchpoint: &Touchpoint) -> Vec<Phrase> {
        let pains = touchpoint.pains.iter().map(|pain| {
            let severity = match pain.severity {
                Level::Low => "low",
                Level::Medium => "medium",
                Level::High => "high",
            };
            let text = named(&pain.text, "Without a text");
            let answers = self.answers(&pain.actions);
            Phrase::with(Mood::Pain, format!("{text} (severity {severity}){answers}"))
        });
        pains.collect()
    }

    fn opportunities(&self, touchpoint: &Touchpoint) -> Vec<Phrase> {
        let all = touchpoint.opportunities.iter().map(|it| {
            let text = named(&it.text, "Without a text");
            let answers = self.answers(&it.actions);
            Phrase::with(Mood::Opportunity, format!("{text}{answers}"))
        });
        all.collect()
    }

    fn backstage(&self, touchpoint: &Touchpoint) -> Vec<Phrase> {
        let all = touchpoint.backstage.iter().map(|it| {
            let department = it.department.as_ref();
            let department = department.and_then(|id| self.map.departments().get(id));
            let by = department.map_or(String::new(), |it| format!(" ({})", it.name));
            Phrase::plain(format!("{}{by}", it.text))
        });
        all.collect()
    }

    /// The links out of a touchpoint, except the usual one to the next.
    fn paths(&self, touchpoint: &Touchpoint, at: usize) -> Vec<Phrase> {
        let links = self.graph.links_from(at).filter_map(|link| {
            let link = self.graph.flow().links.get(link)?;
            let path = link
                .path_index
                .and_then(|index| touchpoint.paths.get(index));
            if link.kind == PathKind::Next && link.to == at + 1 && path.is_none() {
                return None;
            }
            let kind = match link.kind {
                PathKind::Next => "Next",
                PathKind::Alternative => "Alternative",
                PathKind::Failure => "Failure",
                PathKind::Return => "Loop",
            };
            let to = self.heading(self.touchpoints.get(link.to)?, link.to);
            let mut about = Vec::new();
            about.extend(path.map(|path| path.label.trim().to_owned()));
            about.extend(
                path.and_then(|path| path.share)
                    .map(|share| share.to_string()),
            );
            about.retain(|text| !text.is_empty());
            let about = match about.is_empty() {
                true => String::new(),
                false => format!(" ({})", about.join(", ")),
            };
            Some(Phrase::plain(format!("{kind}: {to}{about}")))
        });
        links.collect()
    }

    /// The values in visible custom lanes; images are only drawn.
    fn custom_lanes(&self, touchpoint: &Touchpoint) -> Vec<(&'m str, Vec<Phrase>)> {
        let lanes = self.map.lanes().iter();
        let lanes = lanes.filter(|it| it.kind == LaneKind::Custom && !it.hidden);
        let values = lanes.filter_map(|lane| {
            let text = touchpoint.texts.get(&lane.id)?;
            let values = match lane.holds {
                LaneContentKind::Picture => Vec::new(),
                LaneContentKind::List => text.lines().filter_map(filled).collect(),
                LaneContentKind::Link => vec![match Link::parse(text) {
                    None => Phrase::plain(&**text),
                    Some(link) => Phrase {
                        link: Some(link.address.to_owned()),
                        ..Phrase::plain(link.title)
                    },
                }],
                LaneContentKind::Text | LaneContentKind::Score(_) => {
                    filled(text).into_iter().collect()
                }
            };
            Some((lane.title(), values))
        });
        values.collect()
    }
}
