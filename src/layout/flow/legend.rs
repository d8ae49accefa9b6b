//! Header of the flow: title, scenario and the legend of colours and edges.
//!
//! Must not know: colours, the scene.

use super::card::{FlowCard, FlowCardBuilder, score_label};
use crate::graph::Flow;
use crate::layout::header::{self, Header};
use crate::layout::legend::{LegendBuilder, LegendSample, Tint};
use crate::layout::text_block::{TextContext, TextRole};
use crate::model::{CardColoring, Map, PathKind, Record, Score};
use crate::text::{Measure, Style};
use crate::theme::{Icon, size};
use std::collections::BTreeMap;

/// Minimum and maximum width of the header.
pub(super) const WIDTH: (f32, f32) = (720.0, 1500.0);
/// Scale of the legend for overview zoom.
const OVERVIEW_SCALE: f32 = 2.4;
/// Maximum number of colours explained; the rest are counted.
const MAX_COLORS: usize = 18;

/// The header for a flow of this width.
pub(super) fn header(
    maker: &FlowCardBuilder<'_>,
    flow: &Flow,
    cards: &[&FlowCard],
    width: f32,
    text: &mut TextContext<'_>,
) -> Header {
    let (map, left) = (maker.map, size::MARGIN);
    let room = (width - 2.0 * left).clamp(WIDTH.0 - 2.0 * left, WIDTH.1);
    let mut header = Header::default();
    let kind = header::journey_kind(map, ", how it flows");
    let texts = header::heading(map, &kind);
    let corner = (left, size::MARGIN);
    let y = text.stack(&texts, corner, room.min(1000.0), &mut header.runs);
    let small = text.sizes.text(size::SMALL);
    let mut rows = LegendRows {
        legend: LegendBuilder::new((left, y + 16.0), room, 1.0),
        style: small,
        strong: text.sizes.text(size::SMALL_STRONG),
        measure: text.measure,
    };
    let (entries, more) = color_entries(maker, cards);
    rows.add(
        LegendSample::None,
        &coloring_title(map, maker.options.coloring),
    );
    for (sample, word, count) in &entries {
        rows.add(*sample, &format!("{word} {count}"));
    }
    if more > 0 {
        rows.add(LegendSample::None, &format!("and {more} more"));
    }
    rows.legend.next_row();
    add_line_and_icon_entries(map, flow, cards, &mut rows);
    rows.legend.next_row();
    header.height = rows.legend.y + 12.0;
    header.legend = rows.legend.entries;
    let large = size::bold(small.size * OVERVIEW_SCALE);
    let corner = (left, y + 12.0);
    let mut rows = LegendRows {
        legend: LegendBuilder::new(corner, width - 2.0 * left, OVERVIEW_SCALE),
        style: large,
        strong: large,
        measure: text.measure,
    };
    for (sample, word, _) in &entries {
        rows.add(*sample, word);
    }
    // Entries without room are only in the usual legend.
    header.far = rows.legend.entries;
    header.far.retain(|key| key.rect.max.y <= header.height);
    header
}

/// Title of the colour entries.
fn coloring_title(map: &Map, coloring: CardColoring) -> String {
    let who = map.personas().iter().next().map(Record::name);
    match (coloring, who.filter(|name| !name.is_empty())) {
        (CardColoring::Owner, _) => "Coloured by owner".to_owned(),
        (CardColoring::Feeling, Some(who)) => format!("Coloured by feeling of {who}"),
        (CardColoring::Feeling, None) => "Coloured by feeling".to_owned(),
        (CardColoring::Channel, _) => "Coloured by channel".to_owned(),
        (CardColoring::Evidence, _) => "Coloured by the strongest evidence".to_owned(),
    }
}

/// Legend entries of the colours in use, with their number of cards, and the number of colours left
/// out.
fn color_entries<'a>(
    maker: &FlowCardBuilder<'a>,
    cards: &[&FlowCard],
) -> (Vec<(LegendSample, &'a str, usize)>, usize) {
    let mut counts: BTreeMap<Tint, usize> = BTreeMap::new();
    for card in cards {
        *counts.entry(legend_tint(card.tint)).or_default() += 1;
    }
    let missing = counts.remove(&Tint::Unknown);
    let mut tints: Vec<(Tint, usize)> = counts.into_iter().collect();
    let coloring = maker.options.coloring;
    if matches!(coloring, CardColoring::Feeling | CardColoring::Evidence) {
        // The best and the strongest first.
        tints.reverse();
    }
    let more = tints.split_off(tints.len().min(MAX_COLORS)).len();
    tints.extend(missing.map(|count| (Tint::Unknown, count)));
    let entries = tints.into_iter().map(|(tint, count)| {
        let (icon, word) = maker.tint_label(tint);
        (LegendSample::Tint(tint, icon), word, count)
    });
    (entries.collect(), more)
}

/// The tint that stands for a tint in the legend: scores with the same face have one.
fn legend_tint(tint: Tint) -> Tint {
    let Tint::Feeling(felt) = tint else {
        return tint;
    };
    let scores = [16, 8, 0, -8, -16].map(Score::from_tenths);
    let same = |score: &Score| score_label(*score) == score_label(felt);
    Tint::Feeling(scores.into_iter().flatten().find(same).unwrap_or(felt))
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
        (PathKind::Return, "Loop"),
    ] {
        if any(kind) {
            rows.add(LegendSample::Line(kind), word);
        }
    }
    if flow.links.iter().any(|link| link.share.is_some()) {
        rows.add(LegendSample::Widths, "Wider: more of all customers");
    }
    for (icon, role, word) in [
        (Icon::Diamond, TextRole::Moment, "Moment of truth"),
        (Icon::Flag2, TextRole::Pain, "Pain"),
    ] {
        let mut badges = cards.iter().flat_map(|card| &card.card.badges);
        if badges.any(|badge| badge.role == role) {
            rows.add(LegendSample::Icon(icon, role), word);
        }
    }
    if map.touchpoint_count() == 0 {
        rows.add(
            LegendSample::None,
            "No touchpoints yet: press A and type the first one",
        );
    }
}

/// A legend with its styles.
struct LegendRows<'a> {
    legend: LegendBuilder,
    style: Style,
    /// Style of entries without a sample.
    strong: Style,
    measure: &'a mut dyn Measure,
}

impl LegendRows<'_> {
    fn add(&mut self, sample: LegendSample, words: &str) {
        let size = match sample {
            LegendSample::Tint(_, None) => (12.0, 0.0),
            LegendSample::Tint(_, Some(_)) => (32.0, 0.0),
            LegendSample::Line(_) | LegendSample::Widths => (34.0, 0.0),
            LegendSample::Icon(..) => (15.0, 15.0),
            _ => (0.0, 0.0),
        };
        let words = if size.0 > 0.0 {
            (words, self.style, TextRole::Normal)
        } else {
            (words, self.strong, TextRole::Soft)
        };
        self.legend.most_lines = 1.0;
        self.legend.add(sample, size, words, self.measure);
    }
}
