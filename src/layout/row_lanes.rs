//! Row lanes: channels, environments and departments as rows.
//!
//! Must not know: colours, the scene.

use super::Shown;
use super::grid::Step;
use super::stage::Stage;
use super::text_block::{Block, Ink, Run};
use crate::geom::Rect;
use crate::model::{DepartmentId, LaneKind, Map, Record, Touchpoint};
use crate::text::Measure;
use crate::theme::{Icon, Sizes, size};
use rustc_hash::FxHashMap;

/// The title of a row, at the left below the lane's title.
#[derive(Clone, Debug)]
pub struct RowTitle {
    /// The name, relative to the top left of the lane.
    pub runs: Vec<Run>,
    /// Middle of the row, relative to the top of the lane.
    pub y: f32,
    /// The department of the row, in the department lane.
    pub department: Option<DepartmentId>,
}

/// A pill in a row under a touchpoint.
#[derive(Clone, Debug)]
pub struct Pill {
    /// Index of the touchpoint in its stage.
    pub step: usize,
    /// Row, from 0.
    pub row: usize,
    /// Position and size, relative to stage and lane.
    pub rect: Rect,
    /// Meaning of the pill.
    pub kind: PillKind,
    /// The icon.
    pub icon: Option<(Icon, Rect)>,
    /// The label.
    pub runs: Vec<Run>,
    /// The previous pill on the main line to which this one is connected: horizontal distance to
    /// its right end (negative) and its row.
    pub joined: Option<(f32, usize)>,
}

/// Meaning of a pill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PillKind {
    /// The touchpoint uses this channel or environment.
    Here,
    /// The owning department, by place in the list.
    Owner(usize),
    /// The supporting department, by place in the list.
    Supporter(usize),
    /// No owner.
    Nobody,
}

/// The rows of a lane, except the one for no owner: names and positions.
#[derive(Debug)]
pub(super) struct Rows {
    rows: Vec<(Block, f32, Option<DepartmentId>)>,
    nobody: f32,
    row: f32,
}

impl Rows {
    /// The rows of a lane, each as high as its name needs.
    pub(super) fn of(map: &Map, kind: LaneKind, sizes: &Sizes, measure: &mut dyn Measure) -> Rows {
        let mut names: Vec<(&str, Option<DepartmentId>)> = Vec::new();
        match kind {
            LaneKind::Channels => names.extend(map.channels().iter().map(|c| (c.name(), None))),
            LaneKind::Environments => {
                names.extend(map.environments().iter().map(|e| (e.name(), None)));
            }
            _ => names.extend(map.departments().iter().map(|d| {
                let name = if sizes.full { d.name() } else { d.short_name() };
                (name, Some(d.id.clone()))
            })),
        }
        let title = sizes.text(size::LANE).size * size::LEADING;
        let mut y = sizes.lane_pad + title + 8.0 * sizes.air;
        let rows = names.into_iter().map(|(name, department)| {
            let block = row_name(name, Ink::Soft, sizes, measure);
            let height = (block.height() + 8.0 * sizes.air).max(sizes.row);
            y += height;
            (block, y - height / 2.0, department)
        });
        let rows = rows.collect();
        Rows {
            rows,
            nobody: y + sizes.row / 2.0,
            row: sizes.row,
        }
    }

    /// The middle of a row, relative to the top of the lane.
    fn middle(&self, row: usize) -> f32 {
        self.rows.get(row).map_or(self.nobody, |(_, y, _)| *y)
    }
}

/// The name of a row, at most two lines; pills show longer names.
fn row_name(name: &str, ink: Ink, sizes: &Sizes, measure: &mut dyn Measure) -> Block {
    let style = sizes.text(size::SMALL);
    let mut block = Block::new(name, style, ink, sizes.titles - 40.0, measure);
    block.cut_to(2.0 * style.size * size::LEADING + 0.1, measure);
    block
}

/// A pill before it is placed: row, meaning, icon, word.
type Draft<'a> = (usize, PillKind, Option<Icon>, &'a str);

impl<'a> Shown<'a> {
    fn lane_rows(&self, kind: LaneKind) -> &'a Rows {
        let [channels, environments, departments] = &self.common.rows;
        match kind {
            LaneKind::Channels => channels,
            LaneKind::Environments => environments,
            _ => departments,
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

    /// The titles of the rows of a lane, and the height of the lane. `unowned` if a touchpoint has
    /// no owner.
    pub(super) fn row_titles(
        &self,
        kind: LaneKind,
        unowned: bool,
        measure: &mut dyn Measure,
    ) -> (Vec<RowTitle>, f32) {
        let rows = self.lane_rows(kind);
        let title = |block: &Block, y: f32, department: Option<DepartmentId>| {
            let mut runs = Vec::new();
            block
                .clone()
                .place(14.0, y - block.height() / 2.0, &mut runs);
            RowTitle {
                runs,
                y,
                department,
            }
        };
        let named = rows.rows.iter();
        let mut titles: Vec<RowTitle> = named
            .map(|(block, y, department)| title(block, *y, department.clone()))
            .collect();
        let mut bottom = rows.nobody - rows.row / 2.0;
        if unowned && kind == LaneKind::Departments {
            let nobody = row_name("No owner", Ink::Unowned, self.sizes, measure);
            titles.push(title(&nobody, rows.nobody, None));
            bottom += rows.row;
        }
        if titles.is_empty() {
            bottom += rows.row;
        }
        (titles, bottom + self.sizes.lane_pad)
    }

    /// The pills of one stage. A main step and its side branches share the width of their column if
    /// their pills are in the same row. `former` is the right end of the last connected pill,
    /// relative to this stage, and its row.
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
        let rows = self.lane_rows(kind);
        // Number of pills by column and row; only these share their width.
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
            let y = rows.middle(row);
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

/// The right end and row of the last pill with a connector.
pub(super) fn last_joined(pills: &[Pill], steps: &[Step]) -> Option<(f32, u32)> {
    let on_line = |p: &&Pill| p.kind == PillKind::Here && !steps[p.step].side;
    let last = pills.iter().rfind(on_line)?;
    Some((last.rect.max.x, last.row as u32))
}

/// Labels of pills, each measured once.
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

    /// The longest label that fits: the text (with its number for a branch), the number, or nothing
    /// if there is an icon.
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
