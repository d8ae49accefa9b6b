//! Row headers: name and contact of the owner, and totals.
//!
//! Must not know: colours, the scene.

use super::counts::{Holder, Holding, Load};
use crate::geom::Rect;
use crate::layout::card::{Badge, largest};
use crate::layout::flow::mood;
use crate::layout::text_block::{Block, Ink, Run};
use crate::model::{Map, Record, Score};
use crate::text::{Measure, Style};
use crate::theme::{Icon, Sizes, size};

/// The header of a row, relative to its top left.
#[derive(Clone, Debug, Default)]
pub struct RowTitle {
    /// The texts.
    pub runs: Vec<Run>,
    /// The name alone, enlarged for overview zoom.
    pub far: Vec<Run>,
    /// Pains by severity, with their number.
    pub badges: Vec<Badge>,
    /// The worst feeling.
    pub face: Option<(Score, Icon, Rect)>,
    /// Share of all touchpoints: a bar, and its filled part, 0 … 1.
    pub bar: Option<(Rect, f32)>,
    /// Whether to draw a warning: a department that owns nothing, or elements without a known
    /// owner.
    pub loud: bool,
}

/// Width of the row headers.
pub(super) fn width(sizes: &Sizes) -> f32 {
    (236.0 * sizes.type_scale).round()
}

/// Width of the stripe at the left edge.
pub const TITLE_STRIPE: f32 = 9.0;

/// Builder of a header with lines below each other.
struct Stack<'a> {
    title: RowTitle,
    left: f32,
    room: f32,
    y: f32,
    sizes: &'a Sizes,
    measure: &'a mut dyn Measure,
}

impl Stack<'_> {
    fn say(&mut self, words: &str, style: Style, ink: Ink) {
        let block = Block::new(words, self.sizes.text(style), ink, self.room, self.measure);
        self.y = block.place(self.left, self.y, &mut self.title.runs);
    }

    fn bar(&mut self, load: &Load, all: &Load) {
        let share = load.touchpoints as f32 / all.touchpoints.max(1) as f32;
        let rect = Rect::new(self.left, self.y + 4.0, self.room, 7.0);
        self.title.bar = Some((rect, share));
        self.y = rect.max.y + 4.0;
    }

    /// Adds pains by severity and feelings.
    fn sums(&mut self, load: &Load) {
        let style = self.sizes.text(size::SMALL_STRONG);
        let icon = self.sizes.icon;
        let line = (style.size * size::LEADING).max(icon + 1.0);
        let mut x = self.left;
        for (severity, flag) in [(2, Icon::Flag3), (1, Icon::Flag2), (0, Icon::Flag1)] {
            if load.pains[severity] == 0 {
                continue;
            }
            let words = load.pains[severity].to_string();
            let block = Block::new(&words, style, Ink::Pain, self.room, self.measure);
            let mut runs = Vec::new();
            block.place(x + icon + 2.0, self.y + 1.0, &mut runs);
            let rect = Rect::new(x, self.y + 1.0, icon, icon);
            x += icon + 2.0 + block.width() + 8.0;
            self.title.badges.push(Badge {
                icon: flag,
                ink: Ink::Pain,
                rect,
                runs,
            });
        }
        if x > self.left {
            self.y += line + 2.0;
        }
        if let (Some(lowest), Some(mean)) = (load.lowest, load.mean()) {
            let words = match load.scores {
                1 => format!("Feels {lowest}, n 1"),
                n => format!("Lowest {lowest}, mean {mean}, n {n}"),
            };
            let style = self.sizes.text(size::SMALL);
            let room = self.room - icon - 5.0;
            let block = Block::new(&words, style, Ink::Soft, room, self.measure);
            let rect = Rect::new(self.left, self.y + 0.5, icon, icon);
            self.title.face = Some((lowest, mood(lowest).0, rect));
            let bottom = block.place(self.left + icon + 5.0, self.y, &mut self.title.runs);
            self.y = bottom.max(rect.max.y) + 2.0;
        }
    }
}

/// The header of an owner's row and its height.
pub(super) fn title(
    map: &Map,
    holding: &Holding,
    all: &Load,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (RowTitle, f32) {
    let mut stack = stack(sizes, measure);
    let load = &holding.load;
    let carries = words(load.touchpoints, holding.stages);
    match &holding.holder {
        Holder::Nobody => {
            stack.say("Nobody", size::STAGE, Ink::Unowned);
            match carries {
                Some(words) => {
                    stack.title.loud = true;
                    stack.say(&format!("No owner: {words}"), size::STRONG, Ink::Unowned);
                    stack.bar(load, all);
                    stack.sums(load);
                }
                None if all.touchpoints == 0 => {
                    stack.say("Nothing to own yet", size::BODY, Ink::Soft);
                }
                None => stack.say("Everything has an owner", size::BODY, Ink::Soft),
            }
        }
        Holder::Unknown => {
            stack.title.loud = true;
            stack.say("Unknown owner", size::NAME, Ink::Unowned);
            let words = carries.unwrap_or_default();
            stack.say(&words, size::STRONG, Ink::Normal);
            let why = "The map names an owner that is not among its departments";
            stack.say(why, size::SMALL, Ink::Soft);
            stack.sums(load);
        }
        Holder::Department(id) => {
            let Some(department) = map.departments().get(id) else {
                return (stack.title, 0.0);
            };
            stack.say(department.short_name(), size::NAME, Ink::Normal);
            if department.short_name() != department.name() {
                stack.say(department.name(), size::SMALL, Ink::Soft);
            }
            if sizes.full && !department.contact.is_empty() {
                stack.say(&department.contact, size::SMALL, Ink::Soft);
            }
            stack.y += 2.0;
            match carries {
                Some(words) => {
                    stack.say(&words, size::STRONG, Ink::Normal);
                    stack.bar(load, all);
                    stack.sums(load);
                }
                None => {
                    stack.title.loud = true;
                    stack.say("Owns nothing", size::STRONG, Ink::Unowned);
                }
            }
            if holding.supports > 0 {
                let words = format!("Supports {}", touchpoints(holding.supports));
                stack.say(&words, size::SMALL, Ink::Soft);
            }
        }
    }
    if let Some(words) = passes(holding) {
        stack.say(&words, size::SMALL, Ink::Soft);
    }
    let name = holding.holder.name(map);
    finish(stack, &name, holding.holder == Holder::Nobody)
}

/// The header of the totals of stages and its height.
pub(super) fn total(
    all: &Load,
    stages: usize,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (RowTitle, f32) {
    let mut stack = stack(sizes, measure);
    stack.say("All", size::NAME, Ink::Normal);
    if let Some(words) = words(all.touchpoints, stages) {
        stack.say(&words, size::STRONG, Ink::Normal);
    }
    stack.sums(all);
    finish(stack, "All", false)
}

fn stack<'a>(sizes: &'a Sizes, measure: &'a mut dyn Measure) -> Stack<'a> {
    let left = size::MARGIN * 0.5 + TITLE_STRIPE + 7.0;
    Stack {
        title: RowTitle::default(),
        left,
        room: width(sizes) - left - 8.0,
        y: 10.0 * sizes.air.max(0.8),
        sizes,
        measure,
    }
}

/// The finished header with its name for overview zoom, and its height.
fn finish(mut stack: Stack<'_>, name: &str, gap: bool) -> (RowTitle, f32) {
    let height = stack.y + 10.0;
    let sizes = [46.0, 38.0, 32.0, 27.0, 22.0].map(|far| far * stack.sizes.type_scale);
    let ink = if gap { Ink::Unowned } else { Ink::Normal };
    let room = (stack.room, height - 8.0);
    let block = largest(name, &sizes, room, ink, stack.measure);
    block.place(stack.left, 4.0, &mut stack.title.far);
    (stack.title, height)
}

/// A text such as "3 touchpoints, 1 stage"; `None` for nothing.
pub(super) fn words(count: usize, stages: usize) -> Option<String> {
    let stages_words = match stages {
        0 => None,
        1 => Some("1 stage".to_owned()),
        n => Some(format!("{n} stages")),
    };
    match (count, stages_words) {
        (0, stages) => stages,
        (count, None) => Some(touchpoints(count)),
        (count, Some(stages)) => Some(format!("{}, {stages}", touchpoints(count))),
    }
}

/// A text such as "3 touchpoints".
pub(super) fn touchpoints(count: usize) -> String {
    match count {
        1 => "1 touchpoint".to_owned(),
        n => format!("{n} touchpoints"),
    }
}

fn passes(holding: &Holding) -> Option<String> {
    match (holding.hands_over, holding.takes_over) {
        (0, 0) => None,
        (over, 0) => Some(format!("Hands over {over}")),
        (0, takes) => Some(format!("Takes over {takes}")),
        (over, takes) => Some(format!("Hands over {over}, takes over {takes}")),
    }
}
