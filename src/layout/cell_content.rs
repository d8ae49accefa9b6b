//! Entries of text lanes before they are placed.
//!
//! Must not know: where entries are placed.

use super::figures::{self, FigureRequest};
use super::text_block::TextRole;
use crate::model::{
    ActionId, ActionStatus, BackstageKind, Decimal, Feeling, Field, Id, ImageId, Lane,
    LaneContentKind, LaneKind, Level, Link, Map, Measurement, Scale, Touchpoint,
};
use crate::text::Style;
use crate::theme::{Icon, size};
use std::borrow::Cow;

/// A mark in front of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EntryMark {
    /// An icon.
    Icon(Icon, TextRole),
    /// A disc in the colour of a persona, by place in the list.
    Persona(usize),
    /// A bullet before a list item.
    Bullet,
}

/// An entry before it is placed.
pub(super) struct CellEntry<'a> {
    pub(super) mark: Option<EntryMark>,
    pub(super) figure: Option<FigureRequest>,
    pub(super) parts: Vec<TextPart<'a>>,
}

/// A part of an entry: text, style, role and editable text.
pub(super) type TextPart<'a> = (Cow<'a, str>, Style, TextRole, Option<Field>);

impl<'a> CellEntry<'a> {
    pub(super) fn new(mark: Option<EntryMark>) -> CellEntry<'a> {
        CellEntry {
            mark,
            figure: None,
            parts: Vec::new(),
        }
    }

    pub(super) fn figure(mut self, figure: FigureRequest) -> CellEntry<'a> {
        self.figure = Some(figure);
        self
    }

    pub(super) fn part(
        mut self,
        text: impl Into<Cow<'a, str>>,
        style: Style,
        ink: TextRole,
    ) -> CellEntry<'a> {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((text, style, ink, None));
        }
        self
    }

    /// Adds a part that can be edited on the map.
    pub(super) fn field(
        self,
        said: Field,
        text: impl Into<Cow<'a, str>>,
        style: Style,
        ink: TextRole,
    ) -> CellEntry<'a> {
        let before = self.parts.len();
        let mut draft = self.part(text, style, ink);
        for part in &mut draft.parts[before..] {
            part.3 = Some(said);
        }
        draft
    }

    /// Adds the text of an entry, or a placeholder if it is empty.
    fn field_or_placeholder(
        self,
        said: Field,
        text: impl Into<Cow<'a, str>>,
        style: Style,
    ) -> CellEntry<'a> {
        let text = text.into();
        match text.is_empty() {
            true => self.field(said, "No words yet", style, TextRole::Soft),
            false => self.field(said, text, style, TextRole::Normal),
        }
    }
}

pub(super) fn cell_entries<'a>(
    map: &'a Map,
    touchpoint: &'a Touchpoint,
    lane: &Lane,
) -> Vec<CellEntry<'a>> {
    match lane.kind {
        LaneKind::Thoughts => feeling_entries(map, touchpoint, |feeling, at, mark| {
            let quote = match feeling.quote.as_str() {
                "" => String::new(),
                quote => format!("“{quote}”"),
            };
            CellEntry::new(mark)
                .field(Field::Quote(at), quote, size::QUOTE, TextRole::Normal)
                .field(
                    Field::Thought(at),
                    &feeling.thought,
                    size::BODY,
                    TextRole::Soft,
                )
        }),
        LaneKind::Motivations => feeling_entries(map, touchpoint, |feeling, at, mark| {
            let said = Field::Motivation(at);
            CellEntry::new(mark).field(said, &feeling.motivation, size::BODY, TextRole::Normal)
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
                let draft = CellEntry::new(Some(EntryMark::Icon(flag, TextRole::Pain)))
                    .field_or_placeholder(Field::Pain(Field::index(at)), pain.text.as_str(), style)
                    .part(vote_count_text(pain.votes), size::SMALL, TextRole::Soft);
                match actions_text(map, &pain.actions) {
                    None => draft.part("No answer yet", size::SMALL_STRONG, TextRole::Pain),
                    Some(answers) => draft.part(answers, size::SMALL, TextRole::Soft),
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
                CellEntry::new(Some(EntryMark::Icon(icon, TextRole::Opportunity)))
                    .field_or_placeholder(
                        Field::Opportunity(Field::index(at)),
                        opportunity.text.as_str(),
                        style,
                    )
                    .part(
                        vote_count_text(opportunity.votes),
                        size::SMALL,
                        TextRole::Soft,
                    )
                    .part(
                        actions_text(map, &opportunity.actions).unwrap_or_default(),
                        size::SMALL,
                        TextRole::Soft,
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
                CellEntry::new(Some(EntryMark::Icon(icon, TextRole::Soft)))
                    .field_or_placeholder(
                        Field::Backstage(Field::index(at)),
                        item.text.as_str(),
                        size::BODY,
                    )
                    .part(
                        department.map_or("", |d| d.short_name()),
                        size::SMALL,
                        TextRole::Soft,
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
                CellEntry::new(Some(EntryMark::Icon(Icon::Chart, TextRole::Soft)))
                    .field_or_placeholder(
                        Field::Measurement(Field::index(i)),
                        m.to_text(),
                        size::STRONG,
                    )
                    .part(parts.join(" · "), size::SMALL, TextRole::Soft)
            })
            .collect(),
        LaneKind::Storyboard => storyboard_entries(map, touchpoint),
        LaneKind::Custom => custom_entries(map, touchpoint, lane),
        LaneKind::Touchpoints
        | LaneKind::Feelings
        | LaneKind::Channels
        | LaneKind::Environments
        | LaneKind::Departments => Vec::new(),
    }
}

/// The images of a touchpoint with their captions.
fn storyboard_entries<'a>(map: &'a Map, touchpoint: &'a Touchpoint) -> Vec<CellEntry<'a>> {
    let pictures = touchpoint.pictures.iter().enumerate();
    pictures.map(|(at, id)| image_entry(map, id, at)).collect()
}

/// The content of a custom lane for a touchpoint.
fn custom_entries<'a>(map: &'a Map, touchpoint: &'a Touchpoint, lane: &Lane) -> Vec<CellEntry<'a>> {
    let Some(text) = touchpoint.texts.get(&lane.id).filter(|t| !t.is_empty()) else {
        return Vec::new();
    };
    let said = Field::CustomLane;
    let plain =
        || vec![CellEntry::new(None).field(said, text.as_str(), size::BODY, TextRole::Normal)];
    match lane.holds {
        LaneContentKind::Text => plain(),
        LaneContentKind::List => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                CellEntry::new(Some(EntryMark::Bullet)).field(
                    said,
                    line.trim(),
                    size::BODY,
                    TextRole::Normal,
                )
            })
            .collect(),
        LaneContentKind::Score(scale) => match Decimal::parse(text) {
            Some(value) => vec![score_entry(value, scale)],
            None => plain(),
        },
        LaneContentKind::Picture => vec![image_entry(map, &ImageId::from_text(text), 0)],
        LaneContentKind::Link => match Link::parse(text) {
            Some(link) => {
                let mark = EntryMark::Icon(Icon::Web, TextRole::Accent);
                let domain = if link.title == link.address {
                    ""
                } else {
                    link.domain
                };
                let title = if domain.is_empty() {
                    link.domain
                } else {
                    link.title
                };
                vec![
                    CellEntry::new(Some(mark))
                        .field(said, title, size::BODY, TextRole::Accent)
                        .field(said, domain, size::SMALL, TextRole::Soft),
                ]
            }
            None => plain(),
        },
    }
}

/// The image at this index in its list, with its caption.
fn image_entry<'a>(map: &'a Map, id: &ImageId, at: usize) -> CellEntry<'a> {
    let image = map.images().get(id);
    let entry =
        CellEntry::new(None).figure(FigureRequest::Image(image.and_then(figures::image_source)));
    let Some(image) = image else {
        let name = format!("No picture “{id}”");
        return entry.part(name, size::SMALL, TextRole::Soft);
    };
    let caption = Field::Caption(Field::index(at));
    entry.field(caption, &image.name, size::SMALL, TextRole::Soft)
}

fn score_entry<'a>(value: Decimal, scale: Scale) -> CellEntry<'a> {
    let text = if scale.from == Decimal::whole(0) || scale.from == Decimal::whole(1) {
        format!("{value} of {}", scale.to)
    } else {
        value.to_string()
    };
    CellEntry::new(None)
        .figure(FigureRequest::Bar(scale.fraction(value)))
        .field(
            Field::CustomLane,
            text,
            size::SMALL_STRONG,
            TextRole::Normal,
        )
}

/// One entry per feeling with any text, marked with its persona if there are several.
fn feeling_entries<'a>(
    map: &Map,
    touchpoint: &'a Touchpoint,
    draft: impl Fn(&'a Feeling, u16, Option<EntryMark>) -> CellEntry<'a>,
) -> Vec<CellEntry<'a>> {
    let drafts = touchpoint.feelings.iter().enumerate().map(|(at, feeling)| {
        let index = persona_index(map, feeling);
        let mark = (map.personas().len() > 1).then_some(EntryMark::Persona(index));
        draft(feeling, Field::index(at), mark)
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

fn vote_count_text(votes: u32) -> String {
    match votes {
        0 => String::new(),
        1 => "1 vote".to_owned(),
        n => format!("{n} votes"),
    }
}

/// The existing actions as text; `None` if there are none.
fn actions_text(map: &Map, actions: &[ActionId]) -> Option<String> {
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
pub(super) fn measurements_line(measurements: &[Measurement]) -> String {
    let words: Vec<String> = measurements
        .iter()
        .map(|m| {
            let mut details: Vec<String> = m.n.map(|n| format!("n = {n}")).into_iter().collect();
            details.extend(m.date.map(|d| d.to_string()));
            match details.is_empty() {
                true => m.to_text(),
                false => format!("{} ({})", m.to_text(), details.join(", ")),
            }
        })
        .collect();
    words.join("  ·  ")
}
