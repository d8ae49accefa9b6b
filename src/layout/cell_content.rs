//! Entries of text lanes before they are placed: texts, images and bars.
//!
//! Must not know: where entries are placed.

use super::card::pain_flag;
use super::text_block::TextRole;
use crate::geom::Rect;
use crate::model::{
    ActionId, ActionStatus, BackstageKind, Decimal, Feeling, Field, Id, Image, ImageHeader,
    ImageId, Lane, LaneContentKind, LaneKind, Level, Link, Map, Measurement, Scale, Touchpoint,
};
use crate::text::Style;
use crate::theme::{Icon, size};
use std::borrow::Cow;
use std::sync::Arc;

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
    pub mark: Option<EntryMark>,
    pub figure: Option<Figure>,
    pub parts: Vec<TextPart<'a>>,
}

/// A part of an entry: text, style, role and editable text.
pub(super) type TextPart<'a> = (Cow<'a, str>, Style, TextRole, Option<Field>);

impl<'a> CellEntry<'a> {
    fn new(mark: Option<EntryMark>) -> CellEntry<'a> {
        CellEntry {
            mark,
            figure: None,
            parts: Vec::new(),
        }
    }

    fn icon(icon: Icon, role: TextRole) -> CellEntry<'a> {
        CellEntry::new(Some(EntryMark::Icon(icon, role)))
    }

    fn figure(figure: Figure) -> CellEntry<'a> {
        CellEntry {
            figure: Some(figure),
            ..CellEntry::new(None)
        }
    }

    /// Adds a part, unless its text is empty.
    fn part(self, text: impl Into<Cow<'a, str>>, style: Style, role: TextRole) -> CellEntry<'a> {
        self.field(None, text, style, role)
    }

    /// Adds a part that can be edited on the map if it has a field.
    fn field(
        mut self,
        field: impl Into<Option<Field>>,
        text: impl Into<Cow<'a, str>>,
        style: Style,
        role: TextRole,
    ) -> CellEntry<'a> {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((text, style, role, field.into()));
        }
        self
    }

    /// Adds the text of an entry, or a placeholder if it is empty.
    fn field_or_placeholder(
        self,
        field: Field,
        text: impl Into<Cow<'a, str>>,
        style: Style,
    ) -> CellEntry<'a> {
        let text = text.into();
        if text.is_empty() {
            self.field(field, "No words yet", style, TextRole::Soft)
        } else {
            self.field(field, text, style, TextRole::Normal)
        }
    }
}

/// The content of a lane for a touchpoint.
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
            let (said, thought) = (Field::Quote(at), Field::Thought(at));
            CellEntry::new(mark)
                .field(said, quote, size::QUOTE, TextRole::Normal)
                .field(thought, &feeling.thought, size::BODY, TextRole::Soft)
        }),
        LaneKind::Motivations => feeling_entries(map, touchpoint, |feeling, at, mark| {
            let field = Field::Motivation(at);
            CellEntry::new(mark).field(field, &feeling.motivation, size::BODY, TextRole::Normal)
        }),
        LaneKind::Pains => numbered(&touchpoint.pains, |at, pain| {
            let entry = CellEntry::icon(pain_flag(pain.severity), TextRole::Pain)
                .field_or_placeholder(Field::Pain(at), &pain.text, level_style(pain.severity))
                .part(vote_count_text(pain.votes), size::SMALL, TextRole::Soft);
            match actions_text(map, &pain.actions) {
                None => entry.part("No action", size::SMALL, TextRole::Soft),
                Some(answers) => entry.part(answers, size::SMALL, TextRole::Soft),
            }
        }),
        LaneKind::Opportunities => numbered(&touchpoint.opportunities, |at, opportunity| {
            let icon = if opportunity.delight {
                Icon::Star
            } else {
                Icon::Bulb
            };
            let (field, style) = (Field::Opportunity(at), level_style(opportunity.value));
            let votes = vote_count_text(opportunity.votes);
            let actions = actions_text(map, &opportunity.actions).unwrap_or_default();
            CellEntry::icon(icon, TextRole::Opportunity)
                .field_or_placeholder(field, &opportunity.text, style)
                .part(votes, size::SMALL, TextRole::Soft)
                .part(actions, size::SMALL, TextRole::Soft)
        }),
        LaneKind::Backstage => numbered(&touchpoint.backstage, |at, item| {
            let icon = match item.kind {
                BackstageKind::Process => Icon::Process,
                BackstageKind::System => Icon::System,
                BackstageKind::People => Icon::People,
            };
            let department = item.department.as_ref();
            let department = department.and_then(|id| map.departments().get(id));
            let department = department.map_or("", |d| d.short_name());
            CellEntry::icon(icon, TextRole::Soft)
                .field_or_placeholder(Field::Backstage(at), &item.text, size::BODY)
                .part(department, size::SMALL, TextRole::Soft)
        }),
        LaneKind::Measurements => numbered(&touchpoint.measurements, |at, measurement| {
            let before = touchpoint.measurements[..usize::from(at)].iter().rev();
            let mut before = before.filter(|former| former.metric == measurement.metric);
            let mut parts = measurement_details(measurement);
            if let Some(former) = before.find_map(|former| former.value) {
                parts.push(format!("was {former}"));
            }
            let text = measurement.to_text();
            CellEntry::icon(Icon::Chart, TextRole::Soft)
                .field_or_placeholder(Field::Measurement(at), text, size::STRONG)
                .part(parts.join(" · "), size::SMALL, TextRole::Soft)
        }),
        LaneKind::Storyboard => numbered(&touchpoint.pictures, |at, id| image_entry(map, id, at)),
        LaneKind::Custom => custom_entries(map, touchpoint, lane),
        LaneKind::Touchpoints
        | LaneKind::Feelings
        | LaneKind::Channels
        | LaneKind::Environments
        | LaneKind::Departments => Vec::new(),
    }
}

/// The entries of a list, each made with its index.
fn numbered<'a, T>(
    list: &'a [T],
    entry: impl Fn(u16, &'a T) -> CellEntry<'a>,
) -> Vec<CellEntry<'a>> {
    let items = list.iter().enumerate();
    items
        .map(|(at, item)| entry(Field::index(at), item))
        .collect()
}

fn level_style(level: Level) -> Style {
    match level {
        Level::High => size::STRONG,
        Level::Low | Level::Medium => size::BODY,
    }
}

/// The content of a custom lane for a touchpoint.
fn custom_entries<'a>(map: &'a Map, touchpoint: &'a Touchpoint, lane: &Lane) -> Vec<CellEntry<'a>> {
    let Some(text) = touchpoint.texts.get(&lane.id).filter(|t| !t.is_empty()) else {
        return Vec::new();
    };
    let field = Field::CustomLane;
    let line =
        |mark, text: &'a str| CellEntry::new(mark).field(field, text, size::BODY, TextRole::Normal);
    let plain = || line(None, text.as_str());
    let entry = match lane.holds {
        LaneContentKind::Text => plain(),
        LaneContentKind::List => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            return lines
                .map(|text| line(Some(EntryMark::Bullet), text))
                .collect();
        }
        LaneContentKind::Score(scale) => match scale.parse(text) {
            Some(value) => score_entry(value, scale),
            None => plain(),
        },
        LaneContentKind::Picture => image_entry(map, &ImageId::from_text(text), 0),
        LaneContentKind::Link => match Link::parse(text) {
            Some(link) => {
                let named = link.title != link.address && !link.domain.is_empty();
                let (title, domain) = if named {
                    (link.title, link.domain)
                } else {
                    (link.domain, "")
                };
                CellEntry::icon(Icon::Web, TextRole::Accent)
                    .field(field, title, size::BODY, TextRole::Accent)
                    .field(field, domain, size::SMALL, TextRole::Soft)
            }
            None => plain(),
        },
    };
    vec![entry]
}

/// The image at this index in its list, with its caption.
fn image_entry<'a>(map: &'a Map, id: &ImageId, at: u16) -> CellEntry<'a> {
    let image = map.images().get(id);
    let source = image.and_then(image_source);
    let entry = CellEntry::figure(Figure::Image(source, Rect::default()));
    let Some(image) = image else {
        let name = format!("No picture “{id}”");
        return entry.part(name, size::SMALL, TextRole::Soft);
    };
    entry.field(Field::Caption(at), &image.name, size::SMALL, TextRole::Soft)
}

fn score_entry<'a>(value: Decimal, scale: Scale) -> CellEntry<'a> {
    let text = if scale.from == Decimal::whole(0) || scale.from == Decimal::whole(1) {
        format!("{value} of {}", scale.to)
    } else {
        value.to_string()
    };
    let (field, style) = (Field::CustomLane, size::SMALL_STRONG);
    CellEntry::figure(Figure::Bar(scale.fraction(value), Rect::default())).field(
        field,
        text,
        style,
        TextRole::Normal,
    )
}

/// One entry per feeling with any text, marked with its persona if there are several.
fn feeling_entries<'a>(
    map: &Map,
    touchpoint: &'a Touchpoint,
    draft: impl Fn(&'a Feeling, u16, Option<EntryMark>) -> CellEntry<'a>,
) -> Vec<CellEntry<'a>> {
    let mut entries = numbered(&touchpoint.feelings, |at, feeling| {
        let index = persona_index(map, feeling);
        let mark = (map.personas().len() > 1).then_some(EntryMark::Persona(index));
        draft(feeling, at, mark)
    });
    entries.retain(|entry| !entry.parts.is_empty());
    entries
}

/// The persona of a feeling, by place in the list; 0 if none is named.
pub(super) fn persona_index(map: &Map, feeling: &Feeling) -> usize {
    let persona = feeling.persona.as_ref();
    let index = persona.and_then(|id| map.personas().position(id));
    index.unwrap_or(0)
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

/// Number of answers, standard deviation, target and date of a measurement.
fn measurement_details(measurement: &Measurement) -> Vec<String> {
    let n = measurement.n.map(|n| format!("n = {n}"));
    let sd = measurement.sd.map(|sd| format!("SD {sd}"));
    let date = measurement.date.map(|date| date.to_string());
    let target = measurement.target.map(|target| format!("target {target}"));
    n.into_iter().chain(sd).chain(target).chain(date).collect()
}

/// Measurements of the whole map in one line.
pub(super) fn measurements_line(measurements: &[Measurement]) -> String {
    let words = measurements.iter().map(|m| match measurement_details(m) {
        details if details.is_empty() => m.to_text(),
        details => format!("{} ({})", m.to_text(), details.join(", ")),
    });
    words.collect::<Vec<_>>().join("  ·  ")
}

/// A figure above the text of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// An image; `None` for an empty box if it cannot be shown.
    Image(Option<(Arc<[u8]>, ImageHeader)>, Rect),
    /// A bar filled from the left to this share, 0 … 1.
    Bar(f32, Rect),
}

/// Maximum height of an image relative to the available width.
const MAX_HEIGHT_RATIO: f32 = 0.78;
/// Maximum magnification of an image with few pixels.
const MAX_UPSCALE: f32 = 3.0;
/// Gap between a figure and the text below it.
const FIGURE_GAP: f32 = 5.0;

/// Length of a bar.
const BAR_LENGTH: f32 = 150.0;

impl Figure {
    /// Places the figure; returns the top of what follows.
    pub(super) fn place(&mut self, left: f32, top: f32, width: f32) -> f32 {
        let placed = match self {
            Figure::Image(shown, rect) => {
                let (w, h) = match shown {
                    Some((_, head)) => fit_image(*head, width),
                    None => (width, width * 0.3),
                };
                *rect = Rect::new(left, top + 1.0, w, h);
                top + 1.0 + h
            }
            Figure::Bar(_, rect) => {
                *rect = Rect::new(left, top + 3.0, width.min(BAR_LENGTH), 9.0);
                top + 12.0
            }
        };
        placed + FIGURE_GAP
    }
}

/// Size at which an image is drawn in the available width.
fn fit_image(head: ImageHeader, width: f32) -> (f32, f32) {
    let (w, h) = (head.width as f32, head.height as f32);
    let scale = (width / w)
        .min(width * MAX_HEIGHT_RATIO / h)
        .min(MAX_UPSCALE);
    ((w * scale).max(2.0), (h * scale).max(2.0))
}

/// Whether a lane that is not hidden is shown: a storyboard only if there is an image.
pub fn is_worth_showing(map: &Map, lane: &Lane) -> bool {
    lane.kind != LaneKind::Storyboard
        || (!map.images().is_empty() && map.touchpoints().any(|t| !t.pictures.is_empty()))
}

/// Version of the data that a lane shows besides its touchpoints; a change causes a new layout.
pub(super) fn content_version(map: &Map, lane: &Lane) -> u64 {
    match (lane.kind, lane.holds) {
        (LaneKind::Storyboard, _) | (LaneKind::Custom, LaneContentKind::Picture) => {
            map.images().stamp()
        }
        (LaneKind::Custom, LaneContentKind::Text) => 0,
        // The kind of content and the scale are fields of the lane.
        (LaneKind::Custom, _) => map.lanes().stamp(),
        _ => 0,
    }
}

/// The bytes and head needed to draw an image; `None` if it cannot be drawn.
pub(super) fn image_source(image: &Image) -> Option<(Arc<[u8]>, ImageHeader)> {
    let head = image.header()?;
    image.bytes().map(|bytes| (bytes.clone(), head))
}
