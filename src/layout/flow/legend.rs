//! Header of the flow: title, scenario and the legend of colours and edges.
//!
//! Must not know: colours, the scene.

use super::card::{FlowCard, Tint, basis_label, score_label};
use super::options::{CardColoring, FlowOptions};
use crate::geom::Rect;
use crate::graph::Flow;
use crate::layout::header;
use crate::layout::text_block;
use crate::layout::text_block::{TextBlock, TextRole, TextRun};
use crate::model::{Basis, Map, PathKind, Record, Score};
use crate::text::{Face, Measure, Style};
use crate::theme::{Icon, size};

/// The header above the stages.
#[derive(Clone, Debug, Default)]
pub struct FlowHeader {
    /// Title and scenario.
    pub runs: Vec<TextRun>,
    /// Legend of colours, edges and icons.
    pub legend: Vec<LegendEntry>,
    /// Legend of the colours in place of that at overview zoom.
    pub far: Vec<LegendEntry>,
    /// Height of the header.
    pub height: f32,
}

/// An entry of the legend.
#[derive(Clone, Debug)]
pub struct LegendEntry {
    /// The sample that is explained.
    pub sample: LegendSample,
    /// Place of the sample; without width if there is none.
    pub rect: Rect,
    /// The explanation.
    pub runs: Vec<TextRun>,
}

/// Sample of a legend entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LegendSample {
    /// A heading without a sample.
    Heading,
    /// A colour, with an icon if it has one.
    Tint(Tint, Option<Icon>),
    /// A kind of path.
    Line(PathKind),
    /// Edges of two widths.
    Widths,
    /// An icon.
    Icon(Icon, TextRole),
}

/// Minimum and maximum width of the header.
pub(super) const WIDTH: (f32, f32) = (720.0, 1500.0);
/// Scale of the legend for overview zoom.
const OVERVIEW_SCALE: f32 = 2.4;
/// Maximum number of colours explained; the rest are counted.
const MAX_COLORS: usize = 18;

/// The header for a flow of this width.
pub(super) fn header(
    map: &Map,
    flow: &Flow,
    cards: &[&FlowCard],
    options: &FlowOptions,
    width: f32,
    measure: &mut dyn Measure,
) -> FlowHeader {
    let sizes = options.density.sizes();
    let left = size::MARGIN;
    let room = (width - 2.0 * left).clamp(WIDTH.0 - 2.0 * left, WIDTH.1);
    let mut runs = Vec::new();
    let kind = header::journey_kind(map, ", how it flows");
    let texts = header::heading(map, &kind, sizes);
    let corner = (left, size::MARGIN);
    let y = text_block::stack_texts(&texts, corner, room.min(1000.0), measure, &mut runs);
    let mut rows = LegendRows {
        legend: Vec::new(),
        left,
        room,
        x: left,
        y: y + 16.0,
        scale: 1.0,
        style: sizes.text(size::SMALL),
        strong: sizes.text(size::SMALL_STRONG),
        measure,
    };
    let (entries, more) = color_entries(map, cards, options);
    rows.add(LegendSample::Heading, &coloring_title(map, options));
    for (sample, word, count) in &entries {
        rows.add(*sample, &format!("{word} {count}"));
    }
    if more > 0 {
        rows.add(LegendSample::Heading, &format!("and {more} more"));
    }
    rows.next_row();
    add_line_and_icon_entries(map, flow, cards, &mut rows);
    rows.next_row();
    let (legend, bottom) = (rows.legend, rows.y);
    let small = sizes.text(size::SMALL);
    let large = Style {
        face: Face::Bold,
        size: small.size * OVERVIEW_SCALE,
    };
    let mut rows = LegendRows {
        legend: Vec::new(),
        left,
        room: width - 2.0 * left,
        x: left,
        y: y + 12.0,
        scale: OVERVIEW_SCALE,
        style: large,
        strong: large,
        measure,
    };
    for (sample, word, _) in &entries {
        rows.add(*sample, word);
    }
    // Entries without room are only in the usual legend.
    let mut far = rows.legend;
    far.retain(|key| key.rect.max.y <= bottom + 12.0);
    FlowHeader {
        runs,
        height: bottom + 12.0,
        legend,
        far,
    }
}

/// Title of the colour entries.
fn coloring_title(map: &Map, options: &FlowOptions) -> String {
    let who = map.personas().iter().next().map(Record::name);
    match (options.coloring, who.filter(|name| !name.is_empty())) {
        (CardColoring::Owner, _) => "Coloured by owner".to_owned(),
        (CardColoring::Feeling, Some(who)) => format!("Coloured by feeling of {who}"),
        (CardColoring::Feeling, None) => "Coloured by feeling".to_owned(),
        (CardColoring::Channel, _) => "Coloured by channel".to_owned(),
        (CardColoring::Evidence, _) => "Coloured by the strongest evidence".to_owned(),
    }
}

/// Legend entries of the colours in use, with their number of cards, and the number of colours left
/// out.
fn color_entries(
    map: &Map,
    cards: &[&FlowCard],
    options: &FlowOptions,
) -> (Vec<(LegendSample, String, usize)>, usize) {
    let count = |wanted: &dyn Fn(Tint) -> bool| cards.iter().filter(|c| wanted(c.tint)).count();
    let mut entries: Vec<(LegendSample, String, usize)> = Vec::new();
    match options.coloring {
        CardColoring::Owner => {
            for (place, owner) in map.departments().iter().enumerate() {
                let tint = Tint::Department(place);
                let sample = LegendSample::Tint(tint, None);
                entries.push((sample, owner.short_name().to_owned(), count(&|t| t == tint)));
            }
        }
        CardColoring::Feeling => {
            for tenths in [16, 8, 0, -8, -16] {
                let Some(score) = Score::from_tenths(tenths) else {
                    continue;
                };
                let (icon, word) = score_label(score);
                let same =
                    |tint| matches!(tint, Tint::Feeling(felt) if score_label(felt).0 == icon);
                let sample = LegendSample::Tint(Tint::Feeling(score), Some(icon));
                entries.push((sample, word.to_owned(), count(&same)));
            }
        }
        CardColoring::Channel => {
            for (place, channel) in map.channels().iter().enumerate() {
                let tint = Tint::Channel(place);
                let icon = Icon::for_channel(channel.icon.as_deref(), &channel.name);
                let sample = LegendSample::Tint(tint, Some(icon));
                entries.push((sample, channel.name.clone(), count(&|t| t == tint)));
            }
        }
        CardColoring::Evidence => {
            let strongest_first = [
                Basis::Measured,
                Basis::Interviewed,
                Basis::Observed,
                Basis::Assumption,
            ];
            for basis in strongest_first {
                let tint = Tint::Evidence(basis);
                let (icon, word) = basis_label(basis);
                let sample = LegendSample::Tint(tint, Some(icon));
                entries.push((sample, word.to_owned(), count(&|t| t == tint)));
            }
        }
    }
    let nothing = match options.coloring {
        CardColoring::Owner => "No owner",
        CardColoring::Feeling => "No feeling",
        CardColoring::Channel => "No channel",
        CardColoring::Evidence => "Evidence not said",
    };
    entries.retain(|(.., count)| *count > 0);
    let more = entries.split_off(entries.len().min(MAX_COLORS));
    let missing = count(&|tint| tint == Tint::Unknown);
    if missing > 0 {
        let sample = LegendSample::Tint(Tint::Unknown, None);
        entries.push((sample, nothing.to_owned(), missing));
    }
    (entries, more.len())
}

fn add_line_and_icon_entries(
    map: &Map,
    flow: &Flow,
    cards: &[&FlowCard],
    rows: &mut LegendRows<'_>,
) {
    let any = |kind| flow.links.iter().any(|link| link.kind == kind);
    for (kind, word) in [
        (PathKind::Next, "Usual way on"),
        (PathKind::Alternative, "Alternative"),
        (PathKind::Failure, "When something fails"),
        (PathKind::Return, "Way back"),
    ] {
        if any(kind) {
            rows.add(LegendSample::Line(kind), word);
        }
    }
    if flow.links.iter().any(|link| link.share.is_some()) {
        rows.add(LegendSample::Widths, "Wider: more of all customers");
    }
    let badge = |ink| {
        let mut badges = cards.iter().flat_map(|card| &card.badges);
        badges.any(|badge| badge.role == ink)
    };
    if badge(TextRole::Moment) {
        rows.add(
            LegendSample::Icon(Icon::Diamond, TextRole::Moment),
            "Moment of truth",
        );
    }
    if badge(TextRole::Pain) {
        rows.add(LegendSample::Icon(Icon::Flag2, TextRole::Pain), "Pain");
    }
    if map.touchpoint_count() == 0 {
        rows.add(
            LegendSample::Heading,
            "No touchpoints yet: press A and type the first one",
        );
    }
}

/// Builder of legend entries in rows.
struct LegendRows<'a> {
    legend: Vec<LegendEntry>,
    left: f32,
    room: f32,
    x: f32,
    y: f32,
    /// Scale relative to the usual legend.
    scale: f32,
    style: Style,
    strong: Style,
    measure: &'a mut dyn Measure,
}

impl LegendRows<'_> {
    fn add(&mut self, sample: LegendSample, words: &str) {
        let (width, style, ink) = match sample {
            LegendSample::Heading => (0.0, self.strong, TextRole::Soft),
            LegendSample::Tint(_, None) => (12.0, self.style, TextRole::Normal),
            LegendSample::Tint(_, Some(_)) => (32.0, self.style, TextRole::Normal),
            LegendSample::Line(_) | LegendSample::Widths => (34.0, self.style, TextRole::Normal),
            LegendSample::Icon(..) => (15.0, self.style, TextRole::Normal),
        };
        let width = width * self.scale;
        let beside = if width > 0.0 {
            width + 6.0 * self.scale
        } else {
            0.0
        };
        let mut block = TextBlock::new(words, style, ink, self.room - beside, self.measure);
        block.truncate_to_height(style.size * size::LEADING + 0.1, self.measure);
        let whole = beside + block.width();
        if self.x > self.left && self.x + whole > self.left + self.room {
            self.next_row();
        }
        let height = style.size * size::LEADING;
        let mut runs = Vec::new();
        block.place(self.x + beside, self.y, &mut runs);
        self.legend.push(LegendEntry {
            sample,
            rect: Rect::new(self.x, self.y, width, height),
            runs,
        });
        self.x += whole + 20.0 * self.scale;
    }

    fn next_row(&mut self) {
        if self.x > self.left {
            self.x = self.left;
            self.y += 22.0 * self.scale;
        }
    }
}
