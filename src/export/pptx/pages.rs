//! The slides of a map: an overview, and the stages with as many lanes and touchpoints each as can be
//! read.
//!
//! Must not know: how slides are written.

use crate::export::row_fit::RowFit;
use crate::scene::{GroupKey, Scene, Shape};
use crate::text::displayable;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One slide.
pub(super) struct Page<'a> {
    pub(super) title: String,
    /// The drawings on the slide, from top to bottom.
    pub(super) parts: Vec<PagePart<'a>>,
    /// The stage that the slide shows, by place in the layout.
    pub(super) stage: Option<usize>,
}

/// A drawing on a slide.
pub(super) struct PagePart<'a> {
    pub(super) scene: Cow<'a, Scene>,
    /// The x positions of which the objects are shown.
    pub(super) columns: Range<f64>,
    /// Whether this is the map as a whole, whose details are on other slides.
    pub(super) is_overview: bool,
}

/// Scale below which the texts of a slide are too small, in pixels a map unit: 13.5 units are 7.5
/// points.
const MIN_SCALE: f64 = 0.74;
/// Scale from which on texts are larger than a slide needs.
const MAX_SCALE: f64 = 1.25;
/// Distance of two drawings on a slide in map units.
const GAP: f64 = 12.0;
/// Share of the height of a slide for what the map says about itself.
const HEADER: f64 = 0.3;

impl<'a> PagePart<'a> {
    fn whole(scene: Cow<'a, Scene>) -> PagePart<'a> {
        PagePart {
            columns: f64::NEG_INFINITY..f64::INFINITY,
            scene,
            is_overview: false,
        }
    }
}

impl Page<'_> {
    /// Scales of the drawings, and their tops, on an area of this size.
    pub(super) fn places(&self, (width, height): (f64, f64)) -> Vec<(f64, f64)> {
        let mut top = 0.0;
        let last = self.parts.len().saturating_sub(1);
        let places = self.parts.iter().enumerate().map(|(at, part)| {
            let left = if at == last {
                height - top
            } else {
                height * HEADER
            };
            let scale = fitting_scale(&part.scene, (width, left));
            let place = (scale, top);
            top += part.scene.height * scale + GAP;
            place
        });
        places.collect()
    }
}

/// The slides of a scene on areas of this size in map units: those of a journey, or a single one of
/// another view.
pub(super) fn pages(scene: &Scene, room: (f64, f64)) -> Vec<Page<'_>> {
    let title = match scene.title.trim() {
        "" => "Untitled journey".to_owned(),
        title => displayable(title).into_owned(),
    };
    let stages = stages(scene);
    if stages.is_empty() {
        let parts = vec![PagePart::whole(Cow::Borrowed(scene))];
        return vec![Page {
            title,
            parts,
            stage: None,
        }];
    }
    let titles = titles_width(scene);
    let strip = scene.excerpt(titles..scene.width);
    let header = header(scene);
    let used = header.as_ref().map_or(0.0, |header| {
        header.height * fitting_scale(header, (room.0, room.1 * HEADER)) + GAP
    });
    let fit = RowFit::largest(&strip, (room.0, room.1 - used));
    let overview = PagePart {
        is_overview: true,
        ..PagePart::whole(Cow::Owned(fit.scene(&strip).0.into_owned()))
    };
    let header = header.map(|header| PagePart::whole(Cow::Owned(header)));
    let parts = header.into_iter().chain([overview]).collect();
    let mut pages = vec![Page {
        title,
        parts,
        stage: None,
    }];
    let filled = filled_lanes(scene, &stages);
    let most = room.0 / MIN_SCALE - titles;
    let columns: Vec<Vec<Range<f64>>> = stages
        .iter()
        .enumerate()
        .map(|(at, (_, range))| columns(scene, at, range, most))
        .collect();
    let mut excerpts = scene.excerpts(&columns.concat()).into_iter();
    for (at, ((name, _), columns)) in stages.into_iter().zip(&columns).enumerate() {
        let mut scenes = Vec::new();
        for excerpt in excerpts.by_ref().take(columns.len()) {
            let is_first = scenes.is_empty() && at == 0;
            // A lane without anything has its title on the first slides.
            let is_shown = |lane| {
                let stages = filled.get(&lane);
                stages.map_or(is_first, |stages| stages.contains(&at))
            };
            scenes.extend(lane_pages(&excerpt, is_shown, room));
        }
        let count = scenes.len();
        let numbered = scenes.into_iter().enumerate().map(|(number, scene)| Page {
            title: match count {
                1 => name.clone(),
                _ => format!("{name} ({} of {count})", number + 1),
            },
            parts: vec![PagePart {
                columns: titles..scene.width,
                ..PagePart::whole(Cow::Owned(scene))
            }],
            stage: Some(at),
        });
        pages.extend(numbered);
    }
    pages
}

/// The scale at which a drawing fits a room, at most the largest that a slide needs.
fn fitting_scale(scene: &Scene, (width, height): (f64, f64)) -> f64 {
    let sides = (scene.width.max(1.0), scene.height.max(1.0));
    (width / sides.0).min(height / sides.1).min(MAX_SCALE)
}

/// The header of the map as a drawing of its own.
fn header(scene: &Scene) -> Option<Scene> {
    let mut header = scene.group(GroupKey::Header)?.clone();
    let area = header.area(&header.content.bounds);
    header.origin.x -= area.left;
    header.origin.y -= area.top;
    Some(Scene {
        width: area.width(),
        height: area.height(),
        groups: vec![header],
        colors: scene.colors.clone(),
        title: scene.title.clone(),
        description: scene.description.clone(),
        highlight: scene.highlight.clone(),
        rows: None,
    })
}

/// Names and positions of the stages. Each goes on to the next one, so that a label between them is
/// on a slide.
fn stages(scene: &Scene) -> Vec<(String, Range<f64>)> {
    let groups = scene.groups.iter();
    let stages = groups.filter(|group| matches!(group.key, GroupKey::Stage(_)));
    let named = stages.map(|group| {
        let name = group
            .content
            .objects
            .first()
            .map_or("", |object| object.title.trim());
        let name = if name.is_empty() {
            "Stage without a name"
        } else {
            name
        };
        let right = group.area(&group.content.bounds).right;
        (name.to_owned(), group.origin.x..right)
    });
    let mut stages: Vec<(String, Range<f64>)> = named.collect();
    for at in 1..stages.len() {
        stages[at - 1].1.end = stages[at].1.start;
    }
    stages
}

fn titles_width(scene: &Scene) -> f64 {
    let titles = scene
        .groups
        .iter()
        .filter(|group| matches!(group.key, GroupKey::LaneTitle(_)));
    titles
        .map(|group| group.area(&group.content.bounds).right)
        .fold(0.0, f64::max)
}

/// The x positions of a stage in parts of about the same number of columns, none wider than `most`
/// unless a single column is.
fn columns(scene: &Scene, stage: usize, range: &Range<f64>, most: f64) -> Vec<Range<f64>> {
    let width = range.end - range.start;
    let parts = (width / most.max(1.0)).ceil().max(1.0) as usize;
    let groups = scene
        .groups
        .iter()
        .filter(|group| group.key.stage() == Some(stage));
    let cards = groups.flat_map(|group| {
        let objects = group
            .content
            .objects
            .iter()
            .filter(|object| !object.area.is_empty());
        let cards =
            objects.filter(|object| object.id.touchpoint().is_some() && !object.id.is_feeling());
        cards.map(|card| group.area(&card.area))
    });
    // A column starts where nothing reaches over.
    let mut cards: Vec<(f64, f64)> = cards.map(|area| (area.left, area.right)).collect();
    cards.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut starts = vec![range.start];
    let mut right = cards.first().map_or(range.end, |card| card.1);
    for (left, end) in cards {
        if left >= right - 0.5 {
            starts.push(f64::midpoint(left, right));
        }
        right = right.max(end);
    }
    let each = starts.len().div_ceil(parts).max(1);
    let starts: Vec<f64> = starts.into_iter().step_by(each).collect();
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

/// The lanes that have something, each with the stages in which it has. The label of a loop belongs
/// to the stage where the loop begins, wherever it lies.
fn filled_lanes(
    scene: &Scene,
    stages: &[(String, Range<f64>)],
) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut filled: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for group in &scene.groups {
        let GroupKey::LaneContent(lane, _) = group.key else {
            continue;
        };
        if group.content.items.is_empty() {
            continue;
        }
        let of = filled.entry(lane).or_default();
        of.extend(group.key.stage());
        let texts = group.content.items.iter();
        let texts = texts.filter(|item| matches!(item.shape, Shape::Text(_)));
        of.extend(texts.filter_map(|item| {
            let middle = group.origin.x + f64::from(item.shape.bounds().center().x);
            let after = stages.partition_point(|(_, range)| range.start <= middle);
            let at = after.checked_sub(1)?;
            stages.get(at)?.1.contains(&middle).then_some(at)
        }));
    }
    filled
}

/// A part of a stage as drawings of these lanes, each with the stage and with lanes that are shown
/// whole: as few drawings as can be read, as large as they fit.
fn lane_pages(
    part: &Scene,
    is_shown: impl Fn(usize) -> bool,
    (width, height): (f64, f64),
) -> Vec<Scene> {
    let lanes = part.groups.iter().filter_map(|group| match group.key {
        GroupKey::LaneBackground(lane) => Some((lane, group.origin.y)),
        _ => None,
    });
    let mut lanes: Vec<(usize, f64)> = lanes.collect();
    lanes.sort_by(|a, b| a.1.total_cmp(&b.1));
    let Some(band) = lanes.first().map(|lane| lane.1) else {
        return vec![part.clone()];
    };
    let ends = lanes.iter().skip(1).map(|lane| lane.1).chain([part.height]);
    let lanes: Vec<(usize, Range<f64>)> = lanes
        .iter()
        .zip(ends)
        .map(|((lane, top), end)| (*lane, *top..end))
        .collect();
    let shown = lanes.iter().filter(|(lane, _)| is_shown(*lane)).cloned();
    let mut shown: Vec<(usize, Range<f64>)> = shown.collect();
    if shown.is_empty() {
        shown.extend(lanes.first().cloned());
    }
    let fits = |scale: f64| pack(&shown, height / scale - band);
    let widest = (width / part.width.max(1.0)).min(MAX_SCALE);
    let fewest = fits(MIN_SCALE.min(widest)).len();
    let scales =
        (0..=20).map(|step| widest - (widest - MIN_SCALE.min(widest)) * f64::from(step) / 20.0);
    let packed = scales.map(fits).find(|packed| packed.len() == fewest);
    let packed = packed.unwrap_or_default();
    packed
        .into_iter()
        .map(|lanes| with_lanes(part, lanes, band))
        .collect()
}

/// Lanes with their y positions in lists of at most this height, or of a single lane.
fn pack(lanes: &[(usize, Range<f64>)], height: f64) -> Vec<&[(usize, Range<f64>)]> {
    let mut lists = Vec::new();
    let mut rest = lanes;
    while !rest.is_empty() {
        let mut used = 0.0;
        let fitting = rest.iter().take_while(|(_, range)| {
            used += range.end - range.start;
            used <= height
        });
        let (list, more) = rest.split_at(fitting.count().max(1));
        lists.push(list);
        rest = more;
    }
    lists
}

/// The scene with these lanes only, below each other from `band` on.
fn with_lanes(part: &Scene, lanes: &[(usize, Range<f64>)], band: f64) -> Scene {
    let mut scene = part.clone();
    let mut rises = Vec::new();
    let mut top = band;
    for (lane, range) in lanes {
        rises.push((*lane, range.start - top));
        top += range.end - range.start;
    }
    scene.height = top;
    scene.groups.retain_mut(|group| {
        let lane = match group.key {
            GroupKey::LaneBackground(lane)
            | GroupKey::LaneTitle(lane)
            | GroupKey::Connectors(lane, _)
            | GroupKey::LaneContent(lane, _) => lane,
            _ => return true,
        };
        let rise = rises.iter().find(|(known, _)| *known == lane);
        group.origin.y -= rise.map_or(0.0, |(_, rise)| *rise);
        rise.is_some()
    });
    scene
}
