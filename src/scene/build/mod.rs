//! Builds the display list from a layout: roles become colours, boxes become shapes.
//!
//! One group per stage and lane, so that an edit changes few groups and panning skips groups out of
//! view. Parts kept by the layout keep their content.
//! Must not know: how anything is laid out, backends, egui.

mod cards;
mod chrome;
mod curves;
mod findings;
mod flow;
mod flow_cards;
mod group_builder;
mod group_index;
mod handoffs;
mod lanes;
mod ownership;
mod ownership_cells;

use super::highlight::Lit;
use super::item::{Marks, Pin, Scene};
use crate::geom::Origin;
use crate::layout::{Content, Ink, LaneBand, Layout, Legend};
use crate::model::{Department, Map, MapKind, Rgb, Stage, Touchpoint};
use crate::theme::{Color, Sizes, Theme, dealt};
pub use findings::build_findings;
pub use flow::build_flow;
use group_builder::Builder;
use group_index::{Groups, Slots};
pub use ownership::build_ownership;

impl Marks {
    /// The marks of a touchpoint.
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

    /// The marks of a stage.
    pub fn of_stage(stage: &Stage) -> Marks {
        if stage.owner.is_none() {
            Marks::UNOWNED
        } else {
            Marks::NONE
        }
    }
}

/// Builds the scene of a laid-out map in a theme; `lit` is the highlight in effect. The content of
/// lanes is taken out of the layout as it is drawn, so that a huge map is never in memory both laid
/// out and drawn.
pub fn build(map: &Map, layout: &mut Layout, theme: &'static Theme, lit: impl Into<Lit>) -> Scene {
    draw(map, layout, theme, lit.into(), Groups::default())
}

/// Builds the scene of a layout updated by [`Layout::update`]; `scene` is the scene of the previous
/// layout in the same theme. Only changed parts are drawn, and taken out of the layout as in
/// [`build()`].
pub fn rebuild(
    scene: Scene,
    map: &Map,
    layout: &mut Layout,
    theme: &'static Theme,
    lit: Lit,
) -> Scene {
    let (stages, lanes) = &layout.before;
    let slots = Slots::new(*stages, lanes.iter().copied());
    let groups = Groups::following(scene.groups, slots, layout.stands_as_before());
    draw(map, layout, theme, lit, groups)
}

fn draw(
    map: &Map,
    layout: &mut Layout,
    theme: &'static Theme,
    lit: Lit,
    mut groups: Groups,
) -> Scene {
    let mut lanes = std::mem::take(&mut layout.lanes);
    let painter = Painter {
        map,
        layout,
        theme,
        sizes: layout.density.sizes(),
        places: layout.stages.iter().map(|s| (s.x, s.was)).collect(),
        departments: department_colours(map, theme),
    };
    groups.reserve(layout.stages.len() * (lanes.len() + 4) + 32);
    painter.header(&mut groups);
    for lane in &mut lanes {
        painter.lane(lane, &mut groups);
    }
    painter.band(&mut groups);
    for lane in &lanes {
        painter.lane_title(lane, &mut groups);
    }
    painter.corner(&mut groups);
    layout.lanes = lanes;
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
        groups: groups.finish(),
    }
}

struct Painter<'a> {
    map: &'a Map,
    layout: &'a Layout,
    theme: &'static Theme,
    sizes: &'static Sizes,
    /// Position and previous index of each stage, contiguous because every lane visits all.
    places: Vec<(f64, Option<usize>)>,
    /// Department colours, by place in their list.
    departments: Vec<Color>,
}

/// The colours of the departments, in the order of their list.
pub fn department_colours(map: &Map, theme: &Theme) -> Vec<Color> {
    let own = |department: &Department| {
        let Rgb([r, g, b]) = department.colour?;
        Some(Color { r, g, b, a: 255 })
    };
    let own: Vec<Option<Color>> = map.departments().iter().map(own).collect();
    dealt(&own, theme.departments)
}

/// The colour of a department, by place in the list.
pub fn department_colour(map: &Map, index: usize, theme: &Theme) -> Color {
    let colours = department_colours(map, theme);
    colours.get(index).copied().unwrap_or(theme.ink_soft)
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
            Ink::Persona(index) => self.persona(usize::from(index)),
            Ink::Band => theme.band_ink,
        }
    }

    fn persona(&self, index: usize) -> Color {
        self.theme.personas[index % self.theme.personas.len()]
    }

    fn department(&self, index: usize) -> Color {
        self.departments
            .get(index)
            .copied()
            .unwrap_or(self.theme.ink_soft)
    }

    /// The colour of a touchpoint's owner; `None` if it has no known owner.
    fn owner(&self, touchpoint: &Touchpoint) -> Option<Color> {
        let owner = touchpoint.owner.as_ref()?;
        let index = self.map.departments().position(owner)?;
        Some(self.department(index))
    }

    /// Black or white, whichever has more contrast on `ground`.
    fn on(&self, ground: Color) -> Color {
        let (black, white) = (Color::hex(0x000000), Color::hex(0xFFFFFF));
        if ground.contrast(white) >= ground.contrast(black) {
            white
        } else {
            black
        }
    }

    fn lane(&self, lane: &mut LaneBand, groups: &mut Groups) {
        self.lane_ground(lane, groups);
        let (y, was) = (lane.y, lane.was);
        if let Legend::Rows(titles) = &lane.legend {
            for ((x, stage), part) in self.places.iter().zip(&lane.parts) {
                let slot = groups.slots.joints(was, *stage);
                match part.content.as_deref() {
                    Some(Content::Pills(pills)) => {
                        let mut builder = Builder::default();
                        self.joints(pills, titles, &mut builder);
                        groups.draw(Origin { x: *x, y }, Pin::None, slot, builder);
                    }
                    _ => groups.keep(Origin { x: *x, y }, Pin::None, slot),
                }
            }
        }
        let mut parts = std::mem::take(&mut lane.parts);
        for (k, ((x, stage), part)) in self.places.iter().zip(&mut parts).enumerate() {
            let slot = groups.slots.content(was, *stage);
            match part.content.take() {
                Some(content) => {
                    let mut builder = Builder::default();
                    self.content(&content, k, lane, &mut builder);
                    groups.draw(Origin { x: *x, y }, Pin::None, slot, builder);
                }
                None => groups.keep(Origin { x: *x, y }, Pin::None, slot),
            }
        }
        lane.parts = parts;
    }

    /// Adds the content of a lane in the stage at this index.
    fn content(&self, content: &Content, stage: usize, lane: &LaneBand, builder: &mut Builder) {
        let stage = &self.layout.stages[stage];
        let touchpoints = self.map.touchpoints_in(&stage.id);
        match content {
            Content::Cards { cards, routes } => {
                self.routes(routes, touchpoints, builder);
                self.cards((cards, routes), stage, touchpoints, builder);
            }
            Content::Curve(curve) => self.curve(curve, stage, touchpoints, lane, builder),
            Content::Cells(cells) => self.cells(cells, touchpoints, lane, builder),
            Content::Pills(pills) => self.pills(pills, touchpoints, lane, builder),
        }
    }

    /// Description of a touchpoint for assistive tools.
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
        let environment = touchpoint.environment.as_ref();
        if let Some(environment) = environment.and_then(|id| self.map.environments().get(id)) {
            words.push(format!("environment {}", environment.name));
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
        for opportunity in &touchpoint.opportunities {
            words.push(format!("opportunity: {}", opportunity.text));
        }
        words.join("; ")
    }
}
