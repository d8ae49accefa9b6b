//! Header of the flow: title, scenario and the legend of colours and edges.
//!
//! Must not know: colours, the scene.

use super::card::{FlowCard, Tint, basis_words, mood};
use super::{Colouring, FlowOptions};
use crate::geom::Rect;
use crate::graph::Flow;
use crate::layout::header;
use crate::layout::text_block;
use crate::layout::text_block::{Block, Ink, Run};
use crate::model::{Basis, Map, PathKind, Record, Score};
use crate::text::{Face, Measure, Style};
use crate::theme::{Icon, size};

/// The header above the stages.
#[derive(Clone, Debug, Default)]
pub struct FlowHeader {
    /// Title and scenario.
    pub runs: Vec<Run>,
    /// Legend of colours, edges and icons.
    pub legend: Vec<Key>,
    /// Legend of the colours in place of that at overview zoom.
    pub far: Vec<Key>,
    /// Height of the header.
    pub height: f32,
}

/// An entry of the legend.
#[derive(Clone, Debug)]
pub struct Key {
    /// The sample that is explained.
    pub sample: Sample,
    /// Place of the sample; without width if there is none.
    pub rect: Rect,
    /// The explanation.
    pub runs: Vec<Run>,
}

/// Sample of a legend entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sample {
    /// A heading without a sample.
    Heading,
    /// A colour, with an icon if it has one.
    Tint(Tint, Option<Icon>),
    /// A kind of path.
    Line(PathKind),
    /// Edges of two widths.
    Widths,
    /// An icon.
    Sign(Icon, Ink),
}

/// Minimum and maximum width of the header.
pub(super) const WIDTH: (f32, f32) = (720.0, 1500.0);
/// Scale of the legend for overview zoom.
const FAR: f32 = 2.4;
/// Maximum number of colours explained; the rest are counted.
const COLOURS: usize = 18;

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
    let kind = header::kind(map, ", how it flows");
    let texts = header::heading(map, &kind, sizes);
    let corner = (left, size::MARGIN);
    let y = text_block::stack(&texts, corner, room.min(1000.0), measure, &mut runs);
    let mut rows = Rows {
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
    let (entries, more) = colours(map, cards, options);
    rows.add(Sample::Heading, &coloured(map, options));
    for (sample, word, count) in &entries {
        rows.add(*sample, &format!("{word} {count}"));
    }
    if more > 0 {
        rows.add(Sample::Heading, &format!("and {more} more"));
    }
    rows.next_row();
    signs(map, flow, cards, &mut rows);
    rows.next_row();
    let (legend, bottom) = (rows.legend, rows.y);
    let small = sizes.text(size::SMALL);
    let large = Style {
        face: Face::Bold,
        size: small.size * FAR,
    };
    let mut rows = Rows {
        legend: Vec::new(),
        left,
        room: width - 2.0 * left,
        x: left,
        y: y + 12.0,
        scale: FAR,
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
fn coloured(map: &Map, options: &FlowOptions) -> String {
    let who = map.personas().iter().next().map(Record::name);
    match (options.colouring, who.filter(|name| !name.is_empty())) {
        (Colouring::Owner, _) => "Coloured by owner".to_owned(),
        (Colouring::Feeling, Some(who)) => format!("Coloured by feeling of {who}"),
        (Colouring::Feeling, None) => "Coloured by feeling".to_owned(),
        (Colouring::Channel, _) => "Coloured by channel".to_owned(),
        (Colouring::Evidence, _) => "Coloured by the strongest evidence".to_owned(),
    }
}

/// Legend entries of the colours in use, with their number of cards, and the number of colours left
/// out.
fn colours(
    map: &Map,
    cards: &[&FlowCard],
    options: &FlowOptions,
) -> (Vec<(Sample, String, usize)>, usize) {
    let count = |wanted: &dyn Fn(Tint) -> bool| cards.iter().filter(|c| wanted(c.tint)).count();
    let mut entries: Vec<(Sample, String, usize)> = Vec::new();
    match options.colouring {
        Colouring::Owner => {
            for (place, owner) in map.departments().iter().enumerate() {
                let tint = Tint::Department(place);
                let sample = Sample::Tint(tint, None);
                entries.push((sample, owner.short_name().to_owned(), count(&|t| t == tint)));
            }
        }
        Colouring::Feeling => {
            for tenths in [16, 8, 0, -8, -16] {
                let Some(score) = Score::from_tenths(tenths) else {
                    continue;
                };
                let (icon, word) = mood(score);
                let same = |tint| matches!(tint, Tint::Feeling(felt) if mood(felt).0 == icon);
                let sample = Sample::Tint(Tint::Feeling(score), Some(icon));
                entries.push((sample, word.to_owned(), count(&same)));
            }
        }
        Colouring::Channel => {
            for (place, channel) in map.channels().iter().enumerate() {
                let tint = Tint::Channel(place);
                let icon = Icon::for_channel(channel.icon.as_deref(), &channel.name);
                let sample = Sample::Tint(tint, Some(icon));
                entries.push((sample, channel.name.clone(), count(&|t| t == tint)));
            }
        }
        Colouring::Evidence => {
            let strongest_first = [
                Basis::Measured,
                Basis::Interviewed,
                Basis::Observed,
                Basis::Assumption,
            ];
            for basis in strongest_first {
                let tint = Tint::Evidence(basis);
                let (icon, word) = basis_words(basis);
                let sample = Sample::Tint(tint, Some(icon));
                entries.push((sample, word.to_owned(), count(&|t| t == tint)));
            }
        }
    }
    let nothing = match options.colouring {
        Colouring::Owner => "No owner",
        Colouring::Feeling => "No feeling",
        Colouring::Channel => "No channel",
        Colouring::Evidence => "Evidence not said",
    };
    entries.retain(|(.., count)| *count > 0);
    let more = entries.split_off(entries.len().min(COLOURS));
    let missing = count(&|tint| tint == Tint::Nothing);
    if missing > 0 {
        let sample = Sample::Tint(Tint::Nothing, None);
        entries.push((sample, nothing.to_owned(), missing));
    }
    (entries, more.len())
}

fn signs(map: &Map, flow: &Flow, cards: &[&FlowCard], rows: &mut Rows<'_>) {
    let any = |kind| flow.links.iter().any(|link| link.kind == kind);
    for (kind, word) in [
        (PathKind::Next, "Usual way on"),
        (PathKind::Alternative, "Alternative"),
        (PathKind::Failure, "When something fails"),
        (PathKind::Return, "Way back"),
    ] {
        if any(kind) {
            rows.add(Sample::Line(kind), word);
        }
    }
    if flow.links.iter().any(|link| link.share.is_some()) {
        rows.add(Sample::Widths, "Wider: more of all customers");
    }
    let badge = |ink| {
        let mut badges = cards.iter().flat_map(|card| &card.badges);
        badges.any(|badge| badge.ink == ink)
    };
    if badge(Ink::Moment) {
        rows.add(Sample::Sign(Icon::Diamond, Ink::Moment), "Moment of truth");
    }
    if badge(Ink::Pain) {
        rows.add(Sample::Sign(Icon::Flag2, Ink::Pain), "Pain");
    }
    if map.touchpoint_count() == 0 {
        rows.add(
            Sample::Heading,
            "No touchpoints yet: press A and type the first one",
        );
    }
}

/// Builder of legend entries in rows.
struct Rows<'a> {
    legend: Vec<Key>,
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

impl Rows<'_> {
    fn add(&mut self, sample: Sample, words: &str) {
        let (width, style, ink) = match sample {
            Sample::Heading => (0.0, self.strong, Ink::Soft),
            Sample::Tint(_, None) => (12.0, self.style, Ink::Normal),
            Sample::Tint(_, Some(_)) => (32.0, self.style, Ink::Normal),
            Sample::Line(_) | Sample::Widths => (34.0, self.style, Ink::Normal),
            Sample::Sign(..) => (15.0, self.style, Ink::Normal),
        };
        let width = width * self.scale;
        let beside = if width > 0.0 {
            width + 6.0 * self.scale
        } else {
            0.0
        };
        let mut block = Block::new(words, style, ink, self.room - beside, self.measure);
        block.cut_to(style.size * size::LEADING + 0.1, self.measure);
        let whole = beside + block.width();
        if self.x > self.left && self.x + whole > self.left + self.room {
            self.next_row();
        }
        let height = style.size * size::LEADING;
        let mut runs = Vec::new();
        block.place(self.x + beside, self.y, &mut runs);
        self.legend.push(Key {
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
