//! Lanes with a row a thing: channels, environments, departments.

use super::Shown;
use super::block::{Block, Ink, Run};
use super::place::Step;
use super::stage::Stage;
use crate::geom::Rect;
use crate::model::{Department, DepartmentId, LaneKind, Record, Touchpoint};
use crate::text::Measure;
use crate::theme::{Icon, Sizes, size};
use rustc_hash::FxHashMap;

/// The title of a row, at the left beside the lane's title.
#[derive(Clone, Debug)]
pub struct RowTitle {
    /// The name, relative to the top left of the lane.
    pub runs: Vec<Run>,
    /// Middle of the row, relative to the top of the lane.
    pub y: f32,
    /// The department of the row, where the lane is about departments.
    pub department: Option<DepartmentId>,
}

/// A mark in a row under a touchpoint.
#[derive(Clone, Debug)]
pub struct Pill {
    /// Place of the touchpoint in its stage.
    pub step: usize,
    /// Which row, from 0.
    pub row: usize,
    /// Where, relative to stage and lane.
    pub rect: Rect,
    /// What it means.
    pub kind: PillKind,
    /// An icon in it.
    pub icon: Option<(Icon, Rect)>,
    /// The word in it.
    pub runs: Vec<Run>,
    /// The pill of the former touchpoint of the main line that this one is joined to:
    /// horizontal distance to its right end (negative) and its row.
    pub joined: Option<(f32, usize)>,
}

/// What a pill says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PillKind {
    /// It happens here (a channel or an environment).
    Here,
    /// Owned by the department at this place in the list.
    Owner(usize),
    /// Supported by the department at this place in the list.
    Supporter(usize),
    /// Owned by nobody.
    Nobody,
}

/// A row before it is placed: its name, and its department where it is one.
type RowName<'a> = (&'a str, Option<DepartmentId>);

/// A pill before it is placed: row, meaning, icon, word.
type Draft<'a> = (usize, PillKind, Option<Icon>, &'a str);

impl<'a> Shown<'a> {
    /// The rows of a lane. `unowned`: some touchpoint has no owner.
    fn rows(&self, kind: LaneKind, unowned: bool) -> Vec<RowName<'a>> {
        let map = self.map;
        match kind {
            LaneKind::Channels => map.channels().iter().map(|c| (c.name(), None)).collect(),
            LaneKind::Environments => map
                .environments()
                .iter()
                .map(|e| (e.name(), None))
                .collect(),
            _ => {
                let departments = map.departments().iter();
                let name = |d: &'a Department| match self.sizes.full {
                    true => d.name(),
                    false => d.short_name(),
                };
                let departments = departments.map(|d| (name(d), Some(d.id.clone())));
                departments
                    .chain(unowned.then_some(("No owner", None)))
                    .collect()
            }
        }
    }

    fn pills_of(&self, kind: LaneKind, touchpoint: &Touchpoint) -> Vec<Draft<'a>> {
        let map = self.map;
        let here = |row: Option<usize>, icons: &[Icon], name: &dyn Fn(usize) -> &'a str| {
            let pill = row.map(|row| (row, PillKind::Here, Some(icons[row]), name(row)));
            pill.into_iter().collect()
        };
        match kind {
            LaneKind::Channels => {
                let channels = map.channels();
                let row = touchpoint.channel.as_ref();
                let row = row.and_then(|id| channels.position(id));
                here(row, &self.common.channel_icons, &|row| {
                    &channels.as_slice()[row].name
                })
            }
            LaneKind::Environments => {
                let environments = map.environments();
                let row = touchpoint.environment.as_ref();
                let row = row.and_then(|id| environments.position(id));
                here(row, &self.common.environment_icons, &|row| {
                    &environments.as_slice()[row].name
                })
            }
            _ => {
                let departments = map.departments();
                let name = |row: usize| departments.as_slice()[row].short_name();
                let mut pills = Vec::new();
                match touchpoint.owner.as_ref().map(|id| departments.position(id)) {
                    None => pills.push((departments.len(), PillKind::Nobody, None, "No owner")),
                    Some(None) => {}
                    Some(Some(row)) => pills.push((row, PillKind::Owner(row), None, name(row))),
                }
                for id in &touchpoint.supporters {
                    if let Some(row) = departments.position(id) {
                        pills.push((row, PillKind::Supporter(row), None, name(row)));
                    }
                }
                pills
            }
        }
    }

    /// The titles of the rows of a lane; the height of the lane.
    pub(super) fn row_titles(
        &self,
        kind: LaneKind,
        unowned: bool,
        measure: &mut dyn Measure,
    ) -> (Vec<RowTitle>, f32) {
        let rows = self.rows(kind, unowned);
        let middle = |row| middle(row, self.sizes);
        let titles = rows.iter().enumerate().map(|(i, (name, department))| {
            let style = self.sizes.text(size::SMALL);
            let ink = if department.is_none() && *name == "No owner" {
                Ink::Unowned
            } else {
                Ink::Soft
            };
            let room = self.sizes.titles - 40.0;
            let mut block = Block::new(name, style, ink, room, measure);
            // A row has room for two lines; what is longer is told by the pills.
            block.cut_to(2.0 * style.size * size::LEADING + 0.1, measure);
            let mut runs = Vec::new();
            block.place(14.0, middle(i) - block.height() / 2.0, &mut runs);
            RowTitle {
                runs,
                y: middle(i),
                department: department.clone(),
            }
        });
        let height = middle(rows.len().max(1)) - self.sizes.row / 2.0 + self.sizes.lane_pad;
        (titles.collect(), height)
    }

    /// The pills of one stage. Those of a main step and its side branches share the width
    /// of their column where they stand in the same row. `former` is the end of the last
    /// pill that a line runs on from, relative to this stage, and its row.
    pub(super) fn pills(
        &self,
        kind: LaneKind,
        stage: &Stage,
        touchpoints: &[Touchpoint],
        mut former: Option<(f64, usize)>,
        words: &mut Words,
        measure: &mut dyn Measure,
    ) -> Vec<Pill> {
        let sizes = self.sizes;
        // Who shares a place: only pills in the same row and column need to.
        let mut crowd: FxHashMap<(usize, usize), (usize, usize)> = FxHashMap::default();
        let mut wanted = Vec::new();
        for (index, touchpoint) in touchpoints.iter().enumerate() {
            for pill in self.pills_of(kind, touchpoint) {
                let place = crowd.entry((stage.steps()[index].column, pill.0));
                place.or_default().0 += 1;
                wanted.push((index, pill));
            }
        }
        let mut placed = Vec::with_capacity(wanted.len());
        for (index, (row, kind, icon, word)) in wanted {
            let step = &stage.steps()[index];
            let (share, before) = crowd.entry((step.column, row)).or_insert((1, 0));
            let part = sizes.card / *share as f32;
            let left = sizes.card_x(step.column) + part * *before as f32 + 4.0;
            *before += 1;
            let icon_room = if icon.is_some() {
                sizes.icon + 4.0
            } else {
                0.0
            };
            let room = part - 4.0 - 16.0 - icon_room;
            let block = words.fitting((word, step, icon.is_some()), room, sizes, measure);
            let y = middle(row, sizes);
            let width = block.width() + icon_room + if block.is_empty() { 10.0 } else { 16.0 };
            let rect = Rect::new(left, y - sizes.pill / 2.0, width.max(26.0), sizes.pill);
            let mut runs = Vec::new();
            let line = sizes.text(size::SMALL).size * size::LEADING;
            block.place(rect.min.x + 8.0 + icon_room, y - line / 2.0, &mut runs);
            let icon_x = rect.min.x + 7.0;
            let icon_y = y - sizes.icon / 2.0;
            let icon = icon.map(|i| (i, Rect::new(icon_x, icon_y, sizes.icon, sizes.icon)));
            let mut joined = None;
            if kind == PillKind::Here && !step.side {
                let here = f64::from(rect.min.x);
                joined = former.map(|(end, row)| ((end - here) as f32, row));
                former = Some((f64::from(rect.max.x), row));
            }
            placed.push(Pill {
                step: index,
                row,
                rect,
                kind,
                icon,
                runs,
                joined,
            });
        }
        placed
    }
}

/// The end and row of the last pill that a line runs on from.
pub(super) fn last_joined(pills: &[Pill], steps: &[Step]) -> Option<(f32, u32)> {
    let on_line = |p: &&Pill| p.kind == PillKind::Here && !steps[p.step].side;
    let last = pills.iter().rfind(on_line)?;
    Some((last.rect.max.x, last.row as u32))
}

/// The middle of a row, relative to the top of the lane.
fn middle(row: usize, sizes: &Sizes) -> f32 {
    let title = sizes.text(size::LANE).size * size::LEADING;
    sizes.lane_pad + title + 8.0 * sizes.air + (row as f32 + 0.5) * sizes.row
}

/// Words on pills, each measured once.
#[derive(Default)]
pub(super) struct Words(FxHashMap<String, Block>);

impl Words {
    fn block(&mut self, word: &str, sizes: &Sizes, measure: &mut dyn Measure) -> Block {
        if let Some(block) = self.0.get(word) {
            return block.clone();
        }
        let block = Block::new(
            word,
            sizes.text(size::SMALL_STRONG),
            Ink::Normal,
            f32::INFINITY,
            measure,
        );
        self.0.insert(word.to_owned(), block.clone());
        block
    }

    /// The fullest wording that fits: the word (of a branch with its number),
    /// the number, or nothing where an icon says it all.
    fn fitting(
        &mut self,
        (word, step, has_icon): (&str, &Step, bool),
        room: f32,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> Block {
        let numbered;
        let full = if step.side {
            numbered = format!("{} {word}", step.number);
            &numbered
        } else {
            word
        };
        let block = self.block(full, sizes, measure);
        if block.width() <= room {
            return block;
        }
        let number = self.block(&step.number, sizes, measure);
        if number.width() <= room || !has_icon {
            return if has_icon && !step.side {
                Block::default()
            } else {
                number
            };
        }
        Block::default()
    }
}
