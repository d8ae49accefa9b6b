//! Header of the ownership matrix: title, and a summary of ownership and its gaps.
//!
//! Must not know: colours, the scene.

use super::counts::OwnershipCounts;
use super::row_header::touchpoints_text;
use crate::geom::Rect;
use crate::layout::flow::score_label;
use crate::layout::header;
use crate::layout::text_block;
use crate::layout::text_block::{TextBlock, TextRole, TextRun};
use crate::model::{Map, Score};
use crate::text::{Face, Measure, Style};
use crate::theme::{Icon, Sizes, size};

/// The header above the stages.
#[derive(Clone, Debug, Default)]
pub struct OwnerHeader {
    /// Title, scenario and summary.
    pub runs: Vec<TextRun>,
    /// Legend of the icons.
    pub legend: Vec<OwnerLegendEntry>,
    /// Legend in place of that at overview zoom.
    pub far: Vec<OwnerLegendEntry>,
    /// Height of the header.
    pub height: f32,
}

/// An entry of the legend.
#[derive(Clone, Debug)]
pub struct OwnerLegendEntry {
    /// The sample that is explained.
    pub sample: OwnerLegendSample,
    /// Place of the sample.
    pub rect: Rect,
    /// The explanation.
    pub runs: Vec<TextRun>,
}

/// Sample of a legend entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OwnerLegendSample {
    /// An icon.
    Icon(Icon, TextRole),
    /// A face in the colour of its score.
    Face(Score, Icon),
    /// The chevron of a stage's owner.
    Stage,
    /// An arc from department to department.
    Handoff,
}

/// Scale of the legend for overview zoom.
const OVERVIEW_SCALE: f32 = 2.2;
/// Minimum width of the matrix.
pub(super) const MIN_WIDTH: f32 = 760.0;

/// Style of the first sentence of the summary.
const SUMMARY: Style = Style {
    face: Face::Bold,
    size: 19.0,
};

/// The header for a matrix of this width.
pub(super) fn header(
    map: &Map,
    tally: &OwnershipCounts,
    width: f32,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> OwnerHeader {
    let left = size::MARGIN;
    let room = (width - 2.0 * left).clamp(MIN_WIDTH - 2.0 * left, 1100.0);
    let mut above = OwnerHeader::default();
    let (gaps, rest) = summary_sentences(map, tally);
    let ink = match tally.owners.first() {
        Some(nobody) if nobody.load.touchpoints + nobody.stages > 0 => TextRole::Unowned,
        _ => TextRole::Normal,
    };
    let kind = header::journey_kind(map, ", who owns what");
    let [kind, title, scenario] = header::heading(map, &kind, sizes);
    let gaps = (gaps.as_str(), sizes.text(SUMMARY), ink, 12.0, None);
    let rest = (
        rest.as_str(),
        sizes.text(size::LEAD),
        TextRole::Normal,
        3.0,
        None,
    );
    let texts = [kind, title, scenario, gaps, rest];
    let corner = (left, size::MARGIN);
    let y = text_block::stack_texts(&texts, corner, room, measure, &mut above.runs);
    let keys = legend_items(tally);
    let (legend, near) = legend(&keys, (left, y + 14.0), (room, 1.0), sizes, measure);
    let room = (width - 2.0 * left).max(room);
    let (mut far, _) = self::legend(
        &keys,
        (left, y + 10.0),
        (room, OVERVIEW_SCALE),
        sizes,
        measure,
    );
    let row = sizes.text(size::SMALL).size * size::LEADING * OVERVIEW_SCALE;
    let bottom = match keys.is_empty() {
        true => y,
        false => near.max(y + 10.0 + row),
    };
    // Entries without room are only in the usual legend.
    far.retain(|key| key.rect.max.y <= bottom + 1.0);
    (above.legend, above.far) = (legend, far);
    above.height = bottom + 14.0;
    above
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
    if map.departments().is_empty() && nobody.load.touchpoints == all {
        let rest = "This map has no departments yet. Add them under Reference data (Ctrl+Shift+L), then drag touchpoints onto their rows.";
        return ("Nobody owns anything yet".to_owned(), rest.to_owned());
    }
    let of = |count: usize, all: usize, what: &str| match (count, all) {
        (1, 1) => format!("the only {what}"),
        (count, all) => format!("{count} of {all} {what}s"),
    };
    let gaps = match (nobody.load.touchpoints, nobody.stages) {
        (0, 0) => "Every touchpoint and every stage has an owner".to_owned(),
        (count, 0) => format!("Nobody owns {}", of(count, all, "touchpoint")),
        (0, count) => format!("Nobody owns {}", of(count, stages, "stage")),
        (count, open) => format!(
            "Nobody owns {} and {}",
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
        (holding.load.touchpoints, std::cmp::Reverse(&holding.owner))
    });
    if let Some(most) = most.filter(|most| most.load.touchpoints > 1) {
        let name = most.owner.name(map);
        let count = touchpoints_text(most.load.touchpoints);
        rest.push(format!("{name} carries most: {count}."));
    }
    let idle: Vec<String> = departments
        .filter(|holding| holding.load.touchpoints + holding.stages == 0)
        .map(|holding| holding.owner.name(map))
        .collect();
    match idle.as_slice() {
        [] => {}
        [one] => rest.push(format!("{one} owns nothing.")),
        [one, other] => rest.push(format!("{one} and {other} own nothing.")),
        more => rest.push(format!("{} departments own nothing.", more.len())),
    }
    match tally.handoffs.values().map(|passing| passing.count).sum() {
        0_usize => {}
        1 => rest.push("The customer is handed over once.".to_owned()),
        n => rest.push(format!("The customer is handed over {n} times.")),
    }
    (gaps, rest.join(" "))
}

/// The samples to explain.
fn legend_items(tally: &OwnershipCounts) -> Vec<(OwnerLegendSample, &'static str)> {
    if tally.load.touchpoints == 0 {
        return Vec::new();
    }
    let mut keys = vec![(OwnerLegendSample::Stage, "Owns the stage")];
    if !tally.handoffs.is_empty() {
        keys.push((
            OwnerLegendSample::Handoff,
            "Hands the customer over, so many times",
        ));
    }
    for (level, icon, word) in [
        (2, Icon::Flag3, "Severe pain"),
        (1, Icon::Flag2, "Pain"),
        (0, Icon::Flag1, "Slight pain"),
    ] {
        if tally.load.pains[level] > 0 {
            keys.push((OwnerLegendSample::Icon(icon, TextRole::Pain), word));
        }
    }
    keys.push((
        OwnerLegendSample::Icon(Icon::Diamond, TextRole::Moment),
        "Moment of truth",
    ));
    if let Some(worst) = tally.load.lowest {
        keys.push((
            OwnerLegendSample::Face(worst, score_label(worst).0),
            "How it feels at worst",
        ));
    }
    keys
}

/// The legend at a scale; returns its bottom too.
fn legend(
    keys: &[(OwnerLegendSample, &str)],
    (left, mut y): (f32, f32),
    (room, scale): (f32, f32),
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (Vec<OwnerLegendEntry>, f32) {
    let small = sizes.text(size::SMALL);
    let style = match scale > 1.0 {
        true => Style {
            face: Face::Bold,
            size: small.size * scale,
        },
        false => small,
    };
    let line = style.size * size::LEADING;
    let height = sizes.icon * scale;
    let mut x = left;
    let mut legend = Vec::new();
    for (sign, words) in keys {
        let width = match sign {
            OwnerLegendSample::Icon(..) | OwnerLegendSample::Face(..) => height,
            OwnerLegendSample::Stage => 17.0 * scale,
            OwnerLegendSample::Handoff => 26.0 * scale,
        };
        let beside = width + 6.0 * scale;
        let block = TextBlock::new(words, style, TextRole::Soft, room - beside, measure);
        if x > left && x + beside + block.width() > left + room {
            (x, y) = (left, y + 22.0 * scale);
        }
        let mut runs = Vec::new();
        block.place(x + beside, y, &mut runs);
        legend.push(OwnerLegendEntry {
            sample: *sign,
            rect: Rect::new(x, y + (line - height) / 2.0, width, height),
            runs,
        });
        x += beside + block.width() + 20.0 * scale;
    }
    let bottom = if keys.is_empty() { y } else { y + line };
    (legend, bottom)
}

/// Texts above the arcs.
pub(super) fn handoff_titles(count: usize, hidden: usize) -> [String; 2] {
    let first = match count {
        0 => String::new(),
        1 => "1 handoff".to_owned(),
        n => format!("{n} handoffs"),
    };
    let second = match hidden {
        0 => String::new(),
        n => format!("{n} not drawn"),
    };
    [first, second]
}
