//! What the text lanes say about a touchpoint.

use super::Shown;
use super::block::{self, Block, Ink, Run};
use super::board::{self, Figure};
use super::lane::Part;
use super::stage::Stage;
use crate::geom::Rect;
use crate::model::{
    ActionId, ActionStatus, BackstageKind, Feeling, Lane, LaneKind, Level, Map, Measurement, Said,
    Touchpoint,
};
use crate::text::{Measure, Style};
use crate::theme::Icon;
use crate::theme::{Sizes, size};
use std::borrow::Cow;

/// What one lane says about one touchpoint.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Place of the touchpoint in its stage.
    pub step: usize,
    /// Its entries, placed relative to stage and lane.
    pub entries: Vec<Entry>,
    /// Where it can be pointed at.
    pub area: Rect,
}

/// One thing said in a cell.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The mark in front of it, and where.
    pub mark: Option<(Mark, Rect)>,
    /// What stands above the text: a picture or a bar.
    pub figure: Option<Figure>,
    /// The lines of text.
    pub runs: Vec<Run>,
}

/// What stands in front of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// An icon.
    Icon(Icon, Ink),
    /// A disc in the colour of a persona, by place in the list.
    Persona(usize),
    /// A dot before an item of a list.
    Bullet,
}

/// An entry before it is placed.
pub(super) struct Draft<'a> {
    mark: Option<Mark>,
    figure: Option<board::Wanted>,
    parts: Vec<Words<'a>>,
}

/// A part of an entry: its words, how they look, and which text they are.
type Words<'a> = (Cow<'a, str>, Style, Ink, Option<Said>);

impl<'a> Draft<'a> {
    pub(super) fn new(mark: Option<Mark>) -> Draft<'a> {
        Draft {
            mark,
            figure: None,
            parts: Vec::new(),
        }
    }

    pub(super) fn figure(mut self, figure: board::Wanted) -> Draft<'a> {
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

    /// A part that can be written on the map.
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

    /// The words of an entry that is there without words too.
    fn words(self, said: Option<Said>, text: &'a str, style: Style) -> Draft<'a> {
        match text {
            "" => self.said(said, "No words yet", style, Ink::Soft),
            text => self.said(said, text, style, Ink::Normal),
        }
    }
}

/// Air between two entries.
const BETWEEN: f32 = 7.0;

impl Shown<'_> {
    /// What a lane says in one stage; the lower end of it.
    pub(super) fn cells(
        &self,
        lane: &Lane,
        stage: &Stage,
        touchpoints: &[Touchpoint],
        measure: &mut dyn Measure,
    ) -> (Vec<Cell>, f32) {
        let top = top(lane.kind, self.sizes);
        let between = BETWEEN * self.sizes.air;
        let mut bottom = top;
        let mut filled = vec![top; stage.columns];
        let mut cells = Vec::new();
        // The main line first, then the branches below it.
        let mut order: Vec<usize> = (0..touchpoints.len()).collect();
        order.sort_by_key(|i| stage.steps()[*i].row);
        for step in order {
            let place = &stage.steps()[step];
            let drafts = drafts(self.map, &touchpoints[step], lane);
            if drafts.is_empty() {
                continue;
            }
            let start = filled[place.column];
            let mut y = start + if start > top { between } else { 0.0 };
            let x = self.sizes.card_x(place.column) + 4.0;
            let mut entries = Vec::with_capacity(drafts.len());
            for (i, draft) in drafts.into_iter().enumerate() {
                if i > 0 {
                    y += between;
                }
                let number = (place.side && i == 0).then_some(&*place.number);
                let (entry, end) = entry(draft, number, (x, y), self.sizes, measure);
                entries.push(entry);
                y = end;
            }
            cells.push(Cell {
                step,
                entries,
                area: Rect::new(x - 4.0, start - 3.0, self.sizes.card, y - start + 6.0),
            });
            filled[place.column] = y;
            bottom = bottom.max(y);
        }
        cells.sort_by_key(|cell| cell.step);
        (cells, bottom)
    }
}

/// Height of a text lane whose stages reach down to `bottom`.
pub(super) fn height(kind: LaneKind, sizes: &Sizes, bottom: f32) -> f32 {
    bottom.max(top(kind, sizes) + 18.0) + sizes.lane_pad
}

/// Whether nothing stands in a lane of texts.
pub(super) fn is_empty(lane: &Lane, parts: &[Part], sizes: &Sizes) -> bool {
    lane.is_written()
        && parts
            .iter()
            .all(|part| part.bottom <= top(lane.kind, sizes))
}

/// Where the first line of a text lane begins, below the top of the lane.
pub fn top(kind: LaneKind, sizes: &Sizes) -> f32 {
    let above = match kind {
        LaneKind::Backstage => super::VISIBILITY,
        _ => 0.0,
    };
    sizes.lane_pad + above
}

fn entry(
    draft: Draft<'_>,
    number: Option<&str>,
    (x, top): (f32, f32),
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (Entry, f32) {
    let mut runs = Vec::new();
    let mut left = x;
    if let Some(number) = number {
        let block = Block::new(
            number,
            sizes.text(size::SMALL_STRONG),
            Ink::Soft,
            sizes.card,
            measure,
        );
        block.place(left, top + 1.0, &mut runs);
        left += block.width() + 6.0;
    }
    let mark = draft.mark.map(|mark| {
        let side = match mark {
            Mark::Icon(..) => sizes.icon,
            Mark::Persona(_) => 9.0,
            Mark::Bullet => 4.0,
        };
        let line = sizes.text(size::BODY).size * size::LEADING;
        let rect = Rect::new(left, top + (line - side) / 2.0, side, side);
        left += side + 6.0;
        (mark, rect)
    });
    let width = x + sizes.card - 8.0 - left;
    let mut y = top;
    let figure = draft.figure.map(|wanted| {
        let (figure, below) = wanted.place(left, top, width);
        y = below;
        figure
    });
    // For an overview what steps back is left out.
    let shown = |part: &&Words<'_>| sizes.full || part.1 != size::SMALL;
    for (text, style, ink, said) in draft.parts.iter().filter(shown) {
        let scaled = sizes.text(*style);
        let mut block = Block::new(text, scaled, *ink, width, measure);
        if let Some(most) = sizes
            .most_text(*style)
            .filter(|most| block.height() > *most)
        {
            // Narrower, so that the ellipsis has room.
            block = Block::new(text, scaled, *ink, width - scaled.size * 0.8, measure);
            block.cut_to(most);
        }
        let first = runs.len();
        y = block.place(left, y, &mut runs);
        if let Some(said) = said {
            block::mark(&mut runs[first..], *said);
        }
    }
    if mark.is_some() {
        // A mark alone takes the room of a line.
        y = y.max(top + sizes.text(size::BODY).size * size::LEADING);
    }
    let entry = Entry { mark, figure, runs };
    (entry, y)
}

fn drafts<'a>(map: &'a Map, touchpoint: &'a Touchpoint, lane: &Lane) -> Vec<Draft<'a>> {
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
                    .words(Said::place(at).map(Said::Pain), &pain.text, style)
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
                        &opportunity.text,
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
                    .words(Said::place(at).map(Said::Backstage), &item.text, size::BODY)
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
                let former = former.into_iter().find(|f| f.metric == m.metric);
                let mut parts = Vec::new();
                if let Some(n) = m.n {
                    parts.push(format!("n = {n}"));
                }
                if let Some(date) = m.date {
                    parts.push(date.to_string());
                }
                if let Some(former) = former {
                    parts.push(format!("was {}", former.value));
                }
                Draft::new(Some(Mark::Icon(Icon::Chart, Ink::Soft)))
                    .part(value(m), size::STRONG, Ink::Normal)
                    .part(parts.join(" · "), size::SMALL, Ink::Soft)
            })
            .collect(),
        LaneKind::Storyboard => board::storyboard(map, touchpoint),
        LaneKind::Custom => board::own(map, touchpoint, lane),
        LaneKind::Touchpoints
        | LaneKind::Feelings
        | LaneKind::Channels
        | LaneKind::Environments
        | LaneKind::Departments => Vec::new(),
    }
}

/// One draft a feeling that says something, marked with its persona where there are several.
fn felt<'a>(
    map: &Map,
    touchpoint: &'a Touchpoint,
    draft: impl Fn(&'a Feeling, Option<u16>, Option<Mark>) -> Draft<'a>,
) -> Vec<Draft<'a>> {
    let drafts = touchpoint.feelings.iter().enumerate().map(|(at, feeling)| {
        let index = persona_index(map, feeling);
        let mark = (map.personas().len() > 1).then_some(Mark::Persona(index));
        draft(feeling, Said::place(at), mark)
    });
    drafts.filter(|draft| !draft.parts.is_empty()).collect()
}

/// Whose feeling it is: a place in the list of personas; 0 where nobody is named.
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

/// The actions in words; `None` where there is none that exists.
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

/// A measured value in words: `CSAT 3.4 of 5`.
fn value(m: &Measurement) -> String {
    let unit = match m.unit.as_str() {
        "" => String::new(),
        "%" => " %".to_owned(),
        unit => format!(" {unit}"),
    };
    format!("{} {}{unit}", m.metric, m.value)
}

/// Measurements of the whole map in one line.
pub(super) fn measurements(measurements: &[Measurement]) -> String {
    let words: Vec<String> = measurements
        .iter()
        .map(|m| {
            let mut details: Vec<String> = m.n.map(|n| format!("n = {n}")).into_iter().collect();
            details.extend(m.date.map(|d| d.to_string()));
            match details.is_empty() {
                true => value(m),
                false => format!("{} ({})", value(m), details.join(", ")),
            }
        })
        .collect();
    words.join("  ·  ")
}
