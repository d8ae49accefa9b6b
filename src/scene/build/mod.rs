//! From a layout to the display list: roles become colours, boxes become shapes.
//!
//! One group a stage and lane, so that an edit touches few groups and panning
//! skips what is out of sight. Parts that the layout kept from the layout before
//! keep their bodies.

mod body;
mod cards;
mod curves;
mod frame;
mod lanes;
mod slots;

use super::item::{Body, Group, Marks, Pin, Scene};
use super::lit::Lit;
use crate::geom::Origin;
use crate::layout::{Content, Ink, LaneBand, Layout, Legend};
use crate::model::{Map, MapKind, Rgb, Stage, Touchpoint};
use crate::theme::{Color, Sizes, Theme};
use body::Builder;
use slots::{Former, Slots};
use std::sync::Arc;

impl Marks {
    /// The marks that a touchpoint bears.
    pub fn of_touchpoint(touchpoint: &Touchpoint) -> Marks {
        let mut marks = Marks::NONE;
        if touchpoint.owner.is_none() {
            marks = marks.with(Marks::UNOWNED);
        }
        if !touchpoint.pains.is_empty() {
            marks = marks.with(Marks::PAIN);
        }
        marks
    }

    /// The marks that a stage bears.
    pub fn of_stage(stage: &Stage) -> Marks {
        if stage.owner.is_none() {
            Marks::UNOWNED
        } else {
            Marks::NONE
        }
    }
}

/// Draws a laid-out map in a theme; `lit` says what a highlight leaves undimmed.
pub fn build(map: &Map, layout: &Layout, theme: &'static Theme, lit: impl Into<Lit>) -> Scene {
    draw(map, layout, theme, lit.into(), Former::default())
}

/// Draws a layout that came from an earlier one by [`Layout::update`]; `scene` is
/// what was drawn of that one in the same theme. Only what differs is drawn anew.
pub fn rebuild(scene: Scene, map: &Map, layout: &Layout, theme: &'static Theme, lit: Lit) -> Scene {
    let (stages, lanes) = &layout.before;
    let slots = Slots::new(*stages, lanes.iter().copied());
    draw(map, layout, theme, lit, Former::new(scene.groups, slots))
}

fn draw(map: &Map, layout: &Layout, theme: &'static Theme, lit: Lit, mut former: Former) -> Scene {
    let painter = Painter {
        map,
        layout,
        theme,
        sizes: layout.density.sizes(),
        places: layout.stages.iter().map(|s| (s.x, s.was)).collect(),
    };
    let mut groups = Vec::with_capacity(layout.stages.len() * (layout.lanes.len() + 4) + 32);
    painter.header(&mut former, &mut groups);
    for lane in &layout.lanes {
        painter.lane(lane, &mut former, &mut groups);
    }
    painter.band(&mut former, &mut groups);
    for lane in &layout.lanes {
        painter.lane_title(lane, &former, &mut groups);
    }
    painter.corner(&mut groups);
    let kind = match map.header().kind {
        MapKind::Current => "Current",
        MapKind::Future => "Future",
    };
    Scene {
        width: layout.width,
        height: layout.height,
        background: theme.paper,
        title: map.header().title.clone(),
        description: format!(
            "{kind} customer journey map: {} stages, {} touchpoints. {}",
            map.stages().len(),
            map.touchpoint_count(),
            map.header().scenario
        ),
        lit,
        groups,
    }
}

struct Painter<'a> {
    map: &'a Map,
    layout: &'a Layout,
    theme: &'static Theme,
    sizes: &'static Sizes,
    /// Where each stage is and was: every lane goes through all of them.
    places: Vec<(f64, Option<usize>)>,
}

/// The colour of the department at this place in the list.
pub fn department_colour(map: &Map, index: usize, theme: &Theme) -> Color {
    let own = map
        .departments()
        .as_slice()
        .get(index)
        .and_then(|d| d.colour);
    match own {
        Some(Rgb([r, g, b])) => Color { r, g, b, a: 255 },
        None => theme.departments[index % theme.departments.len()],
    }
}

impl Painter<'_> {
    fn colour(&self, ink: Ink) -> Color {
        let theme = self.theme;
        match ink {
            Ink::Normal => theme.ink,
            Ink::Soft => theme.ink_soft,
            Ink::Pain => theme.pain,
            Ink::Opportunity => theme.opportunity,
            Ink::Moment => theme.moment,
            Ink::Unowned => theme.unowned,
            Ink::Assumption => theme.assumption,
            Ink::Good => theme.good,
            Ink::Bad => theme.bad,
            Ink::Accent => theme.accent,
            Ink::Persona(index) => self.persona(index),
            Ink::Band => theme.band_ink,
        }
    }

    fn persona(&self, index: usize) -> Color {
        self.theme.personas[index % self.theme.personas.len()]
    }

    fn department(&self, index: usize) -> Color {
        department_colour(self.map, index, self.theme)
    }

    /// The colour of a touchpoint's owner; `None` where nobody (known) owns it.
    fn owner(&self, touchpoint: &Touchpoint) -> Option<Color> {
        let owner = touchpoint.owner.as_ref()?;
        let index = self.map.departments().position(owner)?;
        Some(self.department(index))
    }

    /// Black or white, whichever reads better on `ground`.
    fn on(&self, ground: Color) -> Color {
        let (black, white) = (Color::hex(0x000000), Color::hex(0xFFFFFF));
        if ground.contrast(white) >= ground.contrast(black) {
            white
        } else {
            black
        }
    }

    fn lane(&self, lane: &LaneBand, former: &mut Former, groups: &mut Vec<Group>) {
        let mut push = |x: f64, body: Arc<Body>| {
            groups.push(Group {
                origin: Origin { x, y: lane.y },
                pin: Pin::None,
                body,
            });
        };
        push(0.0, self.lane_ground(lane, former));
        if let Legend::Rows(titles) = &lane.legend {
            for ((x, was), part) in self.places.iter().zip(&lane.parts) {
                let slot = former.slots.joints(lane.was, *was);
                let body = match part.content.as_ref().filter(|_| part.fresh) {
                    Some(Content::Pills(pills)) => {
                        let mut builder = Builder::default();
                        self.joints(pills, titles, &mut builder);
                        builder.finish(former.body(slot))
                    }
                    _ => former.take(slot),
                };
                push(*x, body);
            }
        }
        let stages = self.layout.stages.iter().zip(&self.places);
        for ((stage, (x, was)), part) in stages.zip(&lane.parts) {
            let slot = former.slots.content(lane.was, *was);
            let body = match part.content.as_ref().filter(|_| part.fresh) {
                Some(content) => {
                    let mut builder = Builder::default();
                    let touchpoints = self.map.touchpoints_in(&stage.id);
                    match content {
                        Content::Cards { cards, routes } => {
                            self.routes(routes, touchpoints, &mut builder);
                            self.cards(cards, stage, touchpoints, &mut builder);
                        }
                        Content::Curve(curve) => {
                            self.curve(curve, stage, touchpoints, lane, &mut builder);
                        }
                        Content::Cells(cells) => self.cells(cells, touchpoints, lane, &mut builder),
                        Content::Pills(pills) => self.pills(pills, touchpoints, lane, &mut builder),
                    }
                    builder.finish(former.body(slot))
                }
                None => former.take(slot),
            };
            push(*x, body);
        }
    }

    /// What assistive tools say about a touchpoint.
    fn description(&self, touchpoint: &Touchpoint, number: &str, stage: &str) -> String {
        let mut words = vec![format!("Step {number}"), format!("stage {stage}")];
        words.push(match &touchpoint.owner {
            None => "no owner".to_owned(),
            Some(id) => match self.map.departments().get(id) {
                None => "unknown owner".to_owned(),
                Some(department) => format!("owned by {}", department.name),
            },
        });
        let channel = touchpoint.channel.as_ref();
        if let Some(channel) = channel.and_then(|id| self.map.channels().get(id)) {
            words.push(format!("by {}", channel.name));
        }
        if touchpoint.moment_of_truth {
            words.push("moment of truth".to_owned());
        }
        for feeling in &touchpoint.feelings {
            if let Some(score) = feeling.score {
                words.push(
                    format!("feels {score} {}", feeling.emotion)
                        .trim_end()
                        .to_owned(),
                );
            }
        }
        for pain in &touchpoint.pains {
            words.push(format!("pain: {}", pain.text));
        }
        words.join("; ")
    }
}
