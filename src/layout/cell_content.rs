//! Entries of text lanes before they are placed.
//!
//! Must not know: where entries are placed.

use super::figures;
use super::text_block::Ink;
use super::text_cells::Mark;
use crate::model::{
    ActionId, ActionStatus, BackstageKind, Feeling, Lane, LaneKind, Level, Map, Measurement, Said,
    Touchpoint,
};
use crate::text::Style;
use crate::theme::{Icon, size};
use std::borrow::Cow;

/// An entry before it is placed.
pub(super) struct Draft<'a> {
    pub(super) mark: Option<Mark>,
    pub(super) figure: Option<figures::Wanted>,
    pub(super) parts: Vec<Words<'a>>,
}

/// A part of an entry: text, style, role and editable text.
pub(super) type Words<'a> = (Cow<'a, str>, Style, Ink, Option<Said>);

impl<'a> Draft<'a> {
    pub(super) fn new(mark: Option<Mark>) -> Draft<'a> {
        Draft {
            mark,
            figure: None,
            parts: Vec::new(),
        }
    }

    pub(super) fn figure(mut self, figure: figures::Wanted) -> Draft<'a> {
        self.figure = Some(figure);
        self
    }

    pub(super) fn part(
        mut self,
        text: impl Into<Cow<'a, str>>,
        style: Style,
        ink: Ink,
    ) -> Draft<'a> {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((text, style, ink, None));
        }
        self
    }

    /// Adds a part that can be edited on the map.
    pub(super) fn said(
        self,
        said: Option<Said>,
        text: impl Into<Cow<'a, str>>,
        style: Style,
        ink: Ink,
    ) -> Draft<'a> {
        let before = self.parts.len();
        let mut draft = self.part(text, style, ink);
        for part in &mut draft.parts[before..] {
            part.3 = said;
        }
        draft
    }

    /// Adds the text of an entry, or a placeholder if it is empty.
    fn words(self, said: Option<Said>, text: impl Into<Cow<'a, str>>, style: Style) -> Draft<'a> {
        let text = text.into();
        match text.is_empty() {
            true => self.said(said, "No words yet", style, Ink::Soft),
            false => self.said(said, text, style, Ink::Normal),
        }
    }
}

pub(super) fn drafts<'a>(map: &'a Map, touchpoint: &'a Touchpoint, lane: &Lane) -> Vec<Draft<'a>> {
    match lane.kind {
        LaneKind::Thoughts => felt(map, touchpoint, |feeling, at, mark| {
            let quote = match feeling.quote.as_str() {
                "" => String::new(),
                quote => format!("“{quote}”"),
            };
            Draft::new(mark)
                .said(at.map(Said::Quote), quote, size::QUOTE, Ink::Normal)
                .said(
                    at.map(Said::Thought),
                    &feeling.thought,
                    size::BODY,
                    Ink::Soft,
                )
        }),
        LaneKind::Motivations => felt(map, touchpoint, |feeling, at, mark| {
            let said = at.map(Said::Motivation);
            Draft::new(mark).said(said, &feeling.motivation, size::BODY, Ink::Normal)
        }),
        LaneKind::Pains => touchpoint
            .pains
            .iter()
            .enumerate()
            .map(|(at, pain)| {
                let flag = match pain.severity {
                    Level::Low => Icon::Flag1,
                    Level::Medium => Icon::Flag2,
                    Level::High => Icon::Flag3,
                };
                let style = if pain.severity == Level::High {
                    size::STRONG
                } else {
                    size::BODY
                };
                let draft = Draft::new(Some(Mark::Icon(flag, Ink::Pain)))
                    .words(Said::place(at).map(Said::Pain), pain.text.as_str(), style)
                    .part(votes(pain.votes), size::SMALL, Ink::Soft);
                match answers(map, &pain.actions) {
                    None => draft.part("No answer yet", size::SMALL_STRONG, Ink::Pain),
                    Some(answers) => draft.part(answers, size::SMALL, Ink::Soft),
                }
            })
            .collect(),
        LaneKind::Opportunities => touchpoint
            .opportunities
            .iter()
            .enumerate()
            .map(|(at, opportunity)| {
                let icon = if opportunity.delight {
                    Icon::Star
                } else {
                    Icon::Bulb
                };
                let style = if opportunity.value == Level::High {
                    size::STRONG
                } else {
                    size::BODY
                };
                Draft::new(Some(Mark::Icon(icon, Ink::Opportunity)))
                    .words(
                        Said::place(at).map(Said::Opportunity),
                        opportunity.text.as_str(),
                        style,
                    )
                    .part(votes(opportunity.votes), size::SMALL, Ink::Soft)
                    .part(
                        answers(map, &opportunity.actions).unwrap_or_default(),
                        size::SMALL,
                        Ink::Soft,
                    )
            })
            .collect(),
        LaneKind::Backstage => touchpoint
            .backstage
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let icon = match item.kind {
                    BackstageKind::Process => Icon::Process,
                    BackstageKind::System => Icon::System,
                    BackstageKind::People => Icon::People,
                };
                let department = item.department.as_ref();
                let department = department.and_then(|id| map.departments().get(id));
                Draft::new(Some(Mark::Icon(icon, Ink::Soft)))
                    .words(
                        Said::place(at).map(Said::Backstage),
                        item.text.as_str(),
                        size::BODY,
                    )
                    .part(
                        department.map_or("", |d| d.short_name()),
                        size::SMALL,
                        Ink::Soft,
                    )
            })
            .collect(),
        LaneKind::Measurements => touchpoint
            .measurements
            .iter()
            .enumerate()
            .map(|(i, m)| {
                let former = touchpoint.measurements[..i].iter().rev();
                let mut former = former.filter(|f| f.metric == m.metric);
                let former = former.find_map(|f| f.value);
                let mut parts = Vec::new();
                if let Some(n) = m.n {
                    parts.push(format!("n = {n}"));
                }
                if let Some(date) = m.date {
                    parts.push(date.to_string());
                }
                if let Some(former) = former {
                    parts.push(format!("was {}", former));
                }
                Draft::new(Some(Mark::Icon(Icon::Chart, Ink::Soft)))
                    .words(
                        Said::place(i).map(Said::Measurement),
                        m.words(),
                        size::STRONG,
                    )
                    .part(parts.join(" · "), size::SMALL, Ink::Soft)
            })
            .collect(),
        LaneKind::Storyboard => figures::storyboard(map, touchpoint),
        LaneKind::Custom => figures::own(map, touchpoint, lane),
        LaneKind::Touchpoints
        | LaneKind::Feelings
        | LaneKind::Channels
        | LaneKind::Environments
        | LaneKind::Departments => Vec::new(),
    }
}

/// One entry per feeling with any text, marked with its persona if there are several.
fn felt<'a>(
    map: &Map,
    touchpoint: &'a Touchpoint,
    draft: impl Fn(&'a Feeling, Option<u8>, Option<Mark>) -> Draft<'a>,
) -> Vec<Draft<'a>> {
    let drafts = touchpoint.feelings.iter().enumerate().map(|(at, feeling)| {
        let index = persona_index(map, feeling);
        let mark = (map.personas().len() > 1).then_some(Mark::Persona(index));
        draft(feeling, Said::place(at), mark)
    });
    drafts.filter(|draft| !draft.parts.is_empty()).collect()
}

/// The persona of a feeling, by place in the list; 0 if none is named.
pub(super) fn persona_index(map: &Map, feeling: &Feeling) -> usize {
    let persona = feeling.persona.as_ref();
    persona
        .and_then(|id| map.personas().position(id))
        .unwrap_or(0)
}

fn votes(votes: u32) -> String {
    match votes {
        0 => String::new(),
        1 => "1 vote".to_owned(),
        n => format!("{n} votes"),
    }
}

/// The existing actions as text; `None` if there are none.
fn answers(map: &Map, actions: &[ActionId]) -> Option<String> {
    let words: Vec<String> = actions
        .iter()
        .filter_map(|id| map.actions().get(id))
        .map(|action| {
            let status = match action.status {
                ActionStatus::Planned => "planned",
                ActionStatus::Started => "started",
                ActionStatus::Done => "done",
                ActionStatus::Dropped => "dropped",
            };
            format!("→ {} ({status})", action.name)
        })
        .collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

/// Measurements of the whole map in one line.
pub(super) fn measurements(measurements: &[Measurement]) -> String {
    let words: Vec<String> = measurements
        .iter()
        .map(|m| {
            let mut details: Vec<String> = m.n.map(|n| format!("n = {n}")).into_iter().collect();
            details.extend(m.date.map(|d| d.to_string()));
            match details.is_empty() {
                true => m.words(),
                false => format!("{} ({})", m.words(), details.join(", ")),
            }
        })
        .collect();
    words.join("  ·  ")
}
