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

use super::highlight::Highlight;
use super::item::{Marks, Pin};
use crate::geom::Origin;
use crate::layout::{LaneBand, LaneContent, LaneLegend, Layout, TextRole};
use crate::model::{Department, Map, MapKind, Rgb, Stage, Touchpoint};
use crate::scene::display_list::Scene;
use crate::theme::{Color, Sizes, Theme, assign_colors};
pub use findings::build_findings;
pub use flow::build_flow;
use group_builder::GroupBuilder;
use group_index::{GroupIndex, GroupList};
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
pub fn build(
    map: &Map,
    layout: &mut Layout,
    theme: &'static Theme,
    lit: impl Into<Highlight>,
) -> Scene {
    draw(map, layout, theme, lit.into(), GroupList::default())
}

/// Builds the scene of a layout updated by [`Layout::update`]; `scene` is the scene of the previous
/// layout in the same theme. Only changed parts are drawn, and taken out of the layout as in
/// [`build()`].
pub fn rebuild(
    scene: Scene,
    map: &Map,
    layout: &mut Layout,
    theme: &'static Theme,
    lit: Highlight,
) -> Scene {
    let (stages, lanes) = &layout.previous_order;
    let slots = GroupIndex::new(*stages, lanes.iter().copied());
    let groups = GroupList::from_previous(scene.groups, slots, layout.has_same_order());
    draw(map, layout, theme, lit, groups)
}

fn draw(
    map: &Map,
    layout: &mut Layout,
    theme: &'static Theme,
    lit: Highlight,
    mut groups: GroupList,
) -> Scene {
    let mut lanes = std::mem::take(&mut layout.lanes);
    let painter = SceneBuilder {
        map,
        layout,
        theme,
        sizes: layout.density.sizes(),
        stage_positions: layout
            .stages
            .iter()
            .map(|s| (s.x, s.previous_index))
            .collect(),
        department_colors: department_colors(map, theme),
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
        highlight: lit,
        groups: groups.finish(),
    }
}

struct SceneBuilder<'a> {
    map: &'a Map,
    layout: &'a Layout,
    theme: &'static Theme,
    sizes: &'static Sizes,
    /// Position and previous index of each stage, contiguous because every lane visits all.
    stage_positions: Vec<(f64, Option<usize>)>,
    /// Department colours, by place in their list.
    department_colors: Vec<Color>,
}

/// The colours of the departments, in the order of their list.
pub fn department_colors(map: &Map, theme: &Theme) -> Vec<Color> {
    let own = |department: &Department| {
        let Rgb([r, g, b]) = department.colour?;
        Some(Color { r, g, b, a: 255 })
    };
    let own: Vec<Option<Color>> = map.departments().iter().map(own).collect();
    assign_colors(&own, theme.departments)
}

/// The colour of a department, by place in the list.
pub fn department_color(map: &Map, index: usize, theme: &Theme) -> Color {
    let colours = department_colors(map, theme);
    colours.get(index).copied().unwrap_or(theme.ink_soft)
}

impl SceneBuilder<'_> {
    fn role_color(&self, ink: TextRole) -> Color {
        let theme = self.theme;
        match ink {
            TextRole::Normal => theme.ink,
            TextRole::Soft => theme.ink_soft,
            TextRole::Pain => theme.pain,
            TextRole::Opportunity => theme.opportunity,
            TextRole::Moment => theme.moment,
            TextRole::Unowned => theme.unowned,
            TextRole::Assumption => theme.assumption,
            TextRole::Good => theme.good,
            TextRole::Bad => theme.bad,
            TextRole::Accent => theme.accent,
            TextRole::Persona(index) => self.persona_color(usize::from(index)),
            TextRole::Band => theme.band_ink,
        }
    }

    fn persona_color(&self, index: usize) -> Color {
        self.theme.personas[index % self.theme.personas.len()]
    }

    fn department_color(&self, index: usize) -> Color {
        self.department_colors
            .get(index)
            .copied()
            .unwrap_or(self.theme.ink_soft)
    }

    /// The colour of a touchpoint's owner; `None` if it has no known owner.
    fn owner_color(&self, touchpoint: &Touchpoint) -> Option<Color> {
        let owner = touchpoint.owner.as_ref()?;
        let index = self.map.departments().position(owner)?;
        Some(self.department_color(index))
    }

    /// Black or white, whichever has more contrast on `ground`.
    fn text_color_on(&self, ground: Color) -> Color {
        let (black, white) = (Color::hex(0x000000), Color::hex(0xFFFFFF));
        if ground.contrast(white) >= ground.contrast(black) {
            white
        } else {
            black
        }
    }

    fn lane(&self, lane: &mut LaneBand, groups: &mut GroupList) {
        self.lane_ground(lane, groups);
        let (y, was) = (lane.y, lane.previous_index);
        if let LaneLegend::Rows(titles) = &lane.legend {
            for ((x, stage), part) in self.stage_positions.iter().zip(&lane.parts) {
                let slot = groups.slots.connectors(was, *stage);
                match part.content.as_deref() {
                    Some(LaneContent::Pills(pills)) => {
                        let mut builder = GroupBuilder::default();
                        self.pill_connectors(pills, titles, &mut builder);
                        groups.draw(Origin { x: *x, y }, Pin::None, slot, builder);
                    }
                    _ => groups.keep(Origin { x: *x, y }, Pin::None, slot),
                }
            }
        }
        let mut parts = std::mem::take(&mut lane.parts);
        for (k, ((x, stage), part)) in self.stage_positions.iter().zip(&mut parts).enumerate() {
            let slot = groups.slots.content(was, *stage);
            match part.content.take() {
                Some(content) => {
                    let mut builder = GroupBuilder::default();
                    self.content(&content, k, lane, &mut builder);
                    groups.draw(Origin { x: *x, y }, Pin::None, slot, builder);
                }
                None => groups.keep(Origin { x: *x, y }, Pin::None, slot),
            }
        }
        lane.parts = parts;
    }

    /// Adds the content of a lane in the stage at this index.
    fn content(
        &self,
        content: &LaneContent,
        stage: usize,
        lane: &LaneBand,
        builder: &mut GroupBuilder,
    ) {
        let stage = &self.layout.stages[stage];
        let touchpoints = self.map.touchpoints_in(&stage.id);
        match content {
            LaneContent::Cards { cards, routes } => {
                self.routes(routes, touchpoints, builder);
                self.cards((cards, routes), stage, touchpoints, builder);
            }
            LaneContent::Curve(curve) => self.curve(curve, stage, touchpoints, lane, builder),
            LaneContent::Cells(cells) => self.cells(cells, touchpoints, lane, builder),
            LaneContent::Pills(pills) => self.pills(pills, touchpoints, lane, builder),
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
