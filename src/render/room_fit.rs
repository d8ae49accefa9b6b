//! Drawings of the journey for a room: pages of 16 : 9 on which everything can be read from the
//! last row, and what had to go for that.
//!
//! Must not know: windows, files.

use super::legibility::{Legibility, ShownPart, legibility};
use super::rendering::{RenderOptions, RenderedMap};
use crate::english::join_with_and;
use crate::geom::Area;
use crate::layout::visible_lanes;
use crate::model::{LaneId, LaneKind, Map};
use crate::room::Room;
use crate::scene::{GroupKey, Scene};
use crate::text::Measure;
use crate::theme::Density;
use std::fmt;

/// Width over height of a page.
pub const PAGE: f64 = 16.0 / 9.0;

/// Number of lanes that are named; more are counted.
const MAX_NAMED: usize = 5;

/// Kinds of lanes in the order in which they are kept; others go first.
const KEPT: [LaneKind; 8] = [
    LaneKind::Touchpoints,
    LaneKind::Feelings,
    LaneKind::Pains,
    LaneKind::Opportunities,
    LaneKind::Thoughts,
    LaneKind::Storyboard,
    LaneKind::Measurements,
    LaneKind::Departments,
];

/// A journey on pages for a room.
#[derive(Debug)]
pub struct RoomFit {
    /// The options of the drawing: density and lanes.
    pub options: RenderOptions,
    /// The pages, all of one size.
    pub pages: Vec<Scene>,
    /// The text that had to go.
    pub left_out: LeftOut,
    /// Legibility of the page on which it is worst.
    pub legibility: Legibility,
    /// A view of the cards alone in which all can be read, but which is higher than a page, where no
    /// page has cards with all their text.
    pub tall: Option<TallView>,
}

/// A view that can be read and is to be moved up and down.
#[derive(Debug)]
pub struct TallView {
    /// The options of the drawing: density and the lane of cards.
    pub options: RenderOptions,
    /// Height of the part that is seen, in map units.
    pub height: f64,
}

/// Everything of a drawing that does not fit a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Titles of lanes.
    pub lanes: Vec<String>,
    /// Whether only names and feelings are drawn, in large letters.
    pub details: bool,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = match self.lanes.len() {
            0..=MAX_NAMED => self
                .lanes
                .iter()
                .map(|title| format!("“{title}”"))
                .collect(),
            many => vec![format!("{many} lanes")],
        };
        if self.details {
            parts.insert(0, "all text but names".to_owned());
        }
        f.write_str(&join_with_and(&parts))
    }
}

/// A way to draw the journey, with the size that it would have.
struct Candidate {
    density: Density,
    lanes: Vec<LaneId>,
    /// Whether only names are drawn.
    only_names: bool,
    /// Height of a page, in map units.
    page_height: f64,
    /// The most of that height at which all can be read.
    readable_height: f64,
    is_readable: bool,
    /// Number of columns of cards on a page.
    columns: f64,
}

/// Draws the journey on pages that can be read in a room: first with as many lanes as a page of two
/// columns can have, in the density of the options or the other one; then with names only.
pub fn fit_room(
    map: &Map,
    options: &RenderOptions,
    room: Room,
    measure: &mut dyn Measure,
) -> RoomFit {
    let densities = [options.layout.density, options.layout.density.other()];
    let mut candidates = Vec::new();
    for density in densities {
        let mut options = options.clone();
        options.layout.density = density;
        let drawn = RenderedMap::of(map, &options, measure);
        for only_names in [false, true] {
            candidates.push(candidate(map, &drawn, density, only_names, room));
        }
    }
    let is_good = |it: &&Candidate| it.is_readable && it.columns >= 2.0;
    let detailed = candidates.iter().filter(|it| !it.only_names);
    let best = detailed.filter(is_good).max_by(|a, b| {
        let rank = |it: &Candidate| (it.lanes.len(), it.density == options.layout.density);
        rank(a).cmp(&rank(b))
    });
    let readable = || {
        let all = candidates.iter().filter(|it| it.only_names);
        all.max_by(|a, b| {
            let rank = |it: &Candidate| (it.is_readable, it.columns);
            rank(a)
                .partial_cmp(&rank(b))
                .unwrap_or(std::cmp::Ordering::Equal)
        })
    };
    let chosen = best.or_else(readable);
    let mut fitted = options.clone();
    let (mut only_names, mut page_height) = (false, 0.0);
    if let Some(chosen) = chosen {
        fitted.layout.density = chosen.density;
        fitted.layout.lanes = Some(chosen.lanes.clone());
        (only_names, page_height) = (chosen.only_names, chosen.page_height);
    }
    let drawn = RenderedMap::of(map, &fitted, measure);
    let zoom = lowest_zoom(fitted.layout.density, only_names);
    let tall = candidates.iter().filter(|it| {
        !it.only_names && it.lanes.len() == 1 && it.columns >= 1.0 && it.readable_height.is_finite()
    });
    let tall = tall.max_by(|a, b| a.columns.total_cmp(&b.columns));
    let tall = tall.filter(|_| only_names).map(|it| {
        let mut options = options.clone();
        options.layout.density = it.density;
        options.layout.lanes = Some(it.lanes.clone());
        TallView {
            options,
            height: it.readable_height,
        }
    });
    let scene = drawn.scene.at_zoom(zoom);
    let pages = scene.pages(page_height * PAGE, page_height);
    let worst = pages
        .iter()
        .map(|page| legibility(page, &ShownPart::whole(page), room));
    let worst = worst.min_by(|a, b| a.smallest.total_cmp(&b.smallest));
    let shown = fitted.layout.lanes.clone().unwrap_or_default();
    let all = visible_lanes(map, options.layout.lanes.as_deref());
    let gone = all.iter().filter(|lane| !shown.contains(&lane.id));
    RoomFit {
        left_out: LeftOut {
            lanes: gone.map(|lane| lane.title().to_owned()).collect(),
            details: only_names,
        },
        legibility: worst.unwrap_or_else(|| legibility(&scene, &ShownPart::whole(&scene), room)),
        options: fitted,
        pages,
        tall,
    }
}

/// The zoom whose items are drawn.
fn lowest_zoom(density: Density, only_names: bool) -> f32 {
    if only_names {
        density.sizes().overview_zoom - 0.01
    } else {
        1.0
    }
}

fn candidate(
    map: &Map,
    drawn: &RenderedMap,
    density: Density,
    only_names: bool,
    room: Room,
) -> Candidate {
    let (layout, scene) = (&drawn.layout, &drawn.scene);
    let zoom = lowest_zoom(density, only_names);
    // The smallest capital of each lane and of the band, in map units.
    let smallest = |keeps: &dyn Fn(GroupKey) -> bool| {
        let groups = scene.groups.iter().filter(|group| keeps(group.key));
        let part = Scene {
            groups: groups.cloned().collect(),
            ..scene.empty()
        };
        let shown = ShownPart {
            area: Area::new(0.0, 0.0, scene.width, scene.height),
            zoom,
            picture_height: 1.0,
            least_size: 0.0,
        };
        legibility(&part, &shown, room).smallest
    };
    let mut order: Vec<usize> = (0..layout.lanes.len()).collect();
    let rank = |kind: LaneKind| KEPT.iter().position(|kept| *kept == kind);
    order.sort_by_key(|at| rank(layout.lanes[*at].kind).unwrap_or(KEPT.len()));
    if only_names {
        // Nothing but names and curves is drawn.
        order.retain(|at| rank(layout.lanes[*at].kind).is_some_and(|rank| rank < 2));
    }
    let needed = room.smallest_capital();
    let band = smallest(&|key| {
        matches!(
            key,
            GroupKey::Stage(_) | GroupKey::StageTexts(_) | GroupKey::StageOverview(_)
        )
    });
    let sizes = density.sizes();
    let lanes: f64 = layout.lanes.iter().map(|lane| f64::from(lane.height)).sum();
    // The band, and the margin below the lanes.
    let mut height = layout.height - layout.band_y - lanes;
    let mut capital = band;
    let mut chosen = Candidate {
        density,
        lanes: Vec::new(),
        only_names,
        page_height: 0.0,
        readable_height: f64::INFINITY,
        is_readable: false,
        columns: 0.0,
    };
    let mut shown = Vec::new();
    for at in order {
        let lane = &layout.lanes[at];
        let its = smallest(&|key| match key {
            GroupKey::LaneTitle(lane)
            | GroupKey::LaneBackground(lane)
            | GroupKey::LaneContent(lane, _)
            | GroupKey::Connectors(lane, _) => lane == at,
            _ => false,
        });
        capital = capital.min(its);
        height += f64::from(lane.height);
        let page_height = capital / needed;
        let room_for_cards = page_height * PAGE - f64::from(sizes.title_column + 2.0 * 6.0);
        let columns = (room_for_cards / f64::from(sizes.pitch())).floor();
        let is_readable = page_height.is_finite() && height <= page_height && columns >= 1.0;
        if !shown.is_empty() && (!is_readable || columns < 2.0) {
            break;
        }
        shown.push(at);
        chosen.page_height = if page_height.is_finite() {
            page_height.max(height)
        } else {
            height
        };
        (chosen.is_readable, chosen.columns) = (is_readable, columns);
        chosen.readable_height = page_height;
        if !is_readable {
            break;
        }
    }
    shown.sort_unstable();
    chosen.lanes = shown
        .iter()
        .map(|at| layout.lanes[*at].id.clone())
        .collect();
    debug_assert!(chosen.lanes.iter().all(|id| map.lanes().contains(id)));
    chosen
}
