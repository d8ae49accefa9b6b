//! Header of the ownership matrix: title, and a summary of ownership and its gaps.
//!
//! Must not know: colours, the scene.

use super::counts::OwnershipCounts;
use super::row_header::touchpoints_text;
use crate::layout::flow::score_label;
use crate::layout::header::{self, Header};
use crate::layout::legend::{LegendBuilder, LegendSample};
use crate::layout::text_block::{TextContext, TextRole};
use crate::model::Map;
use crate::text::Style;
use crate::theme::{Icon, size};

/// Scale of the legend for overview zoom.
const OVERVIEW_SCALE: f32 = 2.2;
/// Minimum width of the matrix.
pub(super) const MIN_WIDTH: f32 = 760.0;

/// The header for a matrix of this width.
pub(super) fn header(
    map: &Map,
    tally: &OwnershipCounts,
    width: f32,
    text: &mut TextContext<'_>,
) -> Header {
    let left = size::MARGIN;
    let room = (width - 2.0 * left).clamp(MIN_WIDTH - 2.0 * left, 1100.0);
    let mut header = Header::default();
    let (gaps, rest) = summary_sentences(map, tally);
    let role = match tally.owners.first() {
        Some(nobody) if nobody.totals.owned() > 0 => TextRole::Unowned,
        _ => TextRole::Normal,
    };
    let kind = header::journey_kind(map, ", who owns what");
    let [kind, title, scenario] = header::heading(map, &kind);
    let gaps = (&*gaps, size::bold(19.0), role, 12.0, None);
    let rest = (&*rest, size::LEAD, TextRole::Normal, 3.0, None);
    let texts = [kind, title, scenario, gaps, rest];
    let y = text.stack(&texts, (left, size::MARGIN), room, &mut header.runs);
    let keys = legend_items(tally);
    let small = text.sizes.text(size::SMALL);
    let mut legend = LegendBuilder::new((left, y + 14.0), room, 1.0);
    fill_legend(&mut legend, &keys, small, text);
    let room = (width - 2.0 * left).max(room);
    let mut far = LegendBuilder::new((left, y + 10.0), room, OVERVIEW_SCALE);
    let large = size::bold(small.size * OVERVIEW_SCALE);
    fill_legend(&mut far, &keys, large, text);
    let line = small.size * size::LEADING;
    let bottom = if keys.is_empty() {
        y
    } else {
        (legend.y + line).max(y + 10.0 + line * OVERVIEW_SCALE)
    };
    // Entries without room are only in the usual legend.
    far.entries.retain(|key| key.rect.max.y <= bottom + 1.0);
    (header.legend, header.far) = (legend.entries, far.entries);
    header.height = bottom + 14.0;
    header
}

/// Summary of ownership: its gaps, and other notable facts.
fn summary_sentences(map: &Map, tally: &OwnershipCounts) -> (String, String) {
    let (all, stages) = (tally.load.touchpoints, map.stages().len());
    let Some(nobody) = tally.owners.first() else {
        return (String::new(), String::new());
    };
    if all + stages == 0 {
        let rest = "Press A and type the first one: one line is one touchpoint.";
        return ("No touchpoints yet".to_owned(), rest.to_owned());
    }
    if map.departments().is_empty() && nobody.totals.workload.touchpoints == all {
        let rest = "This map has no departments yet. Add them in the Library (Ctrl+Shift+L), then drag touchpoints onto their rows.";
        return ("No owners yet".to_owned(), rest.to_owned());
    }
    let of = |count: usize, all: usize, what: &str| match (count, all) {
        (1, 1) => format!("the only {what}"),
        (count, all) => format!("{count} of {all} {what}s"),
    };
    let gaps = match (nobody.totals.workload.touchpoints, nobody.totals.stages) {
        (0, 0) => "Every touchpoint and every stage has an owner".to_owned(),
        (count, 0) => format!("No owner: {}", of(count, all, "touchpoint")),
        (0, count) => format!("No owner: {}", of(count, stages, "stage")),
        (count, open) => format!(
            "No owner: {} and {}",
            of(count, all, "touchpoint"),
            of(open, stages, "stage")
        ),
    };
    let mut rest = Vec::new();
    let departments = tally
        .owners
        .iter()
        .filter(|h| h.owner.department().is_some());
    let most = departments.clone().max_by_key(|holding| {
        // Of equal ones the first in the list.
        (
            holding.totals.workload.touchpoints,
            std::cmp::Reverse(&holding.owner),
        )
    });
    if let Some(most) = most.filter(|most| most.totals.workload.touchpoints > 1) {
        let name = most.owner.name(map);
        let count = touchpoints_text(most.totals.workload.touchpoints);
        rest.push(format!("{name} carries most: {count}."));
    }
    let idle: Vec<String> = departments
        .filter(|holding| holding.totals.owned() == 0)
        .map(|holding| holding.owner.name(map))
        .collect();
    match idle.as_slice() {
        [] => {}
        [one] => rest.push(format!("{one} owns nothing.")),
        [one, other] => rest.push(format!("{one} and {other} own nothing.")),
        more => rest.push(format!("{} departments own nothing.", more.len())),
    }
    // The number of all handoffs stands above the arcs.
    if !tally.handoffs.is_empty() {
        let usual = match tally.usual_handoffs {
            0 => "never".to_owned(),
            1 => "once".to_owned(),
            n => format!("{n} times"),
        };
        rest.push(format!(
            "The customer is handed over {usual} on the usual way."
        ));
    }
    (gaps, rest.join(" "))
}

/// The samples to explain.
fn legend_items(tally: &OwnershipCounts) -> Vec<(LegendSample, &'static str)> {
    if tally.load.touchpoints == 0 {
        return Vec::new();
    }
    let mut keys = vec![(LegendSample::StageOwner, "Owns the stage")];
    if !tally.handoffs.is_empty() {
        let words = "Hands the customer over, so many times";
        keys.push((LegendSample::HandoffArc, words));
    }
    for (level, icon, word) in [
        (2, Icon::Flag3, "Severe pain"),
        (1, Icon::Flag2, "Pain"),
        (0, Icon::Flag1, "Slight pain"),
    ] {
        if tally.load.pains[level] > 0 {
            keys.push((LegendSample::Icon(icon, TextRole::Pain), word));
        }
    }
    let moment = LegendSample::Icon(Icon::Diamond, TextRole::Moment);
    keys.push((moment, "Moment of truth"));
    if let Some(worst) = tally.load.lowest {
        let face = LegendSample::Face(worst, score_label(worst).0);
        keys.push((face, "How it feels at worst"));
    }
    keys
}

fn fill_legend(
    legend: &mut LegendBuilder,
    keys: &[(LegendSample, &str)],
    style: Style,
    text: &mut TextContext<'_>,
) {
    let icon = text.sizes.icon;
    for (sample, words) in keys {
        let width = match sample {
            LegendSample::StageOwner => 17.0,
            LegendSample::HandoffArc => 26.0,
            _ => icon,
        };
        let words = (*words, style, TextRole::Soft);
        legend.add(*sample, (width, icon), words, text.measure);
    }
}
