//! The header of a journey that fills a page: larger the wider the page, with a legend, because
//! nobody is there to explain it.
//!
//! Must not know: colours, the scene.

use super::header::Header;
use super::legend::{LegendBuilder, LegendEntry, LegendSample, Tint};
use super::shared_inputs::RowOptions;
use super::text_block::{TextContext, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{DepartmentId, Map, Record, Touchpoint};
use crate::theme::{Icon, size};
use rustc_hash::FxHashSet;

/// Width of a row, in map units, at which the header has its usual size.
const USUAL_WIDTH: f32 = 1_500.0;
/// The largest scale of a header.
const MAX_SCALE: f32 = 4.0;
/// Size of a sample of the legend.
const SAMPLE: (f32, f32) = (15.0, 15.0);

/// Scale of the header over rows of this width; 1 unless they fill a page.
pub(super) fn header_scale(rows: Option<RowOptions>, width: f32) -> f32 {
    match rows {
        Some(rows) if rows.fills_page() => (width / USUAL_WIDTH).clamp(1.0, MAX_SCALE),
        _ => 1.0,
    }
}

/// Adds the legend of a page below a header of this width.
pub(super) fn add_legend(header: &mut Header, map: &Map, width: f32, text: &mut TextContext<'_>) {
    let entries = entries(map);
    if entries.is_empty() {
        return;
    }
    let corner = (size::MARGIN, header.height - 2.0);
    let mut legend = LegendBuilder::new(corner, width - 2.0 * size::MARGIN, 1.0);
    let style = text.sizes.text(size::SMALL);
    for (sample, words) in entries {
        let sample_size = match sample {
            LegendSample::Tint(..) => (12.0, 0.0),
            _ => SAMPLE,
        };
        let words = (words, style, TextRole::Normal);
        legend.add(sample, sample_size, words, text.measure);
    }
    (header.legend, header.height) = (legend.entries, legend.y + 34.0);
}

/// The owners of touchpoints, and the signs on cards.
fn entries(map: &Map) -> Vec<(LegendSample, &str)> {
    let owners: FxHashSet<&DepartmentId> =
        map.touchpoints().filter_map(|t| t.owner.as_ref()).collect();
    let departments = map.departments().iter().enumerate();
    let departments = departments.filter(|(_, department)| owners.contains(&department.id));
    let mut entries: Vec<(LegendSample, &str)> = departments
        .map(|(at, department)| {
            let tint = Tint::Department(at);
            (LegendSample::Tint(tint, None), department.name())
        })
        .collect();
    entries.retain(|(_, name)| !name.trim().is_empty());
    let has = |found: &dyn Fn(&Touchpoint) -> bool| map.touchpoints().any(found);
    if has(&|step| map.lacks_owner(step)) {
        entries.push((LegendSample::Tint(Tint::Unknown, None), "No owner"));
    }
    let signs: [(Icon, TextRole, &str, bool); 4] = [
        (
            Icon::Diamond,
            TextRole::Moment,
            "Moment of truth",
            has(&|step| step.moment_of_truth),
        ),
        (
            Icon::Flag2,
            TextRole::Pain,
            "Pain point, worse with more bars",
            has(&|step| !step.pains.is_empty()),
        ),
        (
            Icon::Bulb,
            TextRole::Opportunity,
            "Opportunity",
            has(&|step| !step.opportunities.is_empty()),
        ),
        (
            Icon::Question,
            TextRole::Assumption,
            "Assumed, not yet looked into",
            has(&Touchpoint::is_assumption),
        ),
    ];
    let signs = signs.into_iter().filter(|(.., is_used)| *is_used);
    entries.extend(signs.map(|(icon, role, words, _)| (LegendSample::Icon(icon, role), words)));
    entries
}

impl Header {
    /// Enlarges the header and all that it holds.
    pub(super) fn enlarge(&mut self, scale: f32) {
        if scale == 1.0 {
            return;
        }
        self.height *= scale;
        enlarge_texts(&mut self.runs, scale);
        for persona in &mut self.personas {
            persona.rect = enlarged(persona.rect, scale);
            persona.scale *= scale;
            enlarge_texts(&mut persona.runs, scale);
        }
        for LegendEntry { rect, runs, .. } in &mut self.legend {
            *rect = enlarged(*rect, scale);
            enlarge_texts(runs, scale);
        }
    }
}

fn enlarged(rect: Rect, scale: f32) -> Rect {
    Rect {
        min: rect.min * scale,
        max: rect.max * scale,
    }
}

fn enlarge_texts(runs: &mut [TextRun], scale: f32) {
    for run in runs {
        run.at = run.at * scale;
        run.width *= scale;
        run.style.size *= scale;
    }
}
