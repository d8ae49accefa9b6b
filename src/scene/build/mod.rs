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
mod group_list;
mod handoffs;
mod lanes;
mod ownership;
mod ownership_cells;

use super::highlight::Highlight;
use super::item::{GroupKey, Marks, Pin};
use crate::geom::Origin;
use crate::layout::{LaneBand, LaneContent, LaneLegend, Layout, StageLayout, TextRole};
use crate::model::{Department, Map, MapKind, Rgb, Stage, Touchpoint};
use crate::scene::display_list::Scene;
use crate::theme::{Color, Sizes, Theme, assign_colors};
pub use findings::build_findings;
pub use flow::build_flow;
use group_builder::GroupBuilder;
use group_list::{GroupList, GroupPlace};
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
    let groups = GroupList::from_previous(scene.groups, layout.has_same_order());
    draw(map, layout, theme, lit, groups)
}

fn draw(
    map: &Map,
    layout: &mut Layout,
    theme: &'static Theme,
    lit: Highlight,
    mut groups: GroupList,
) -> Scene {
    let painter = SceneBuilder::new(map, theme, layout.density.sizes());
    groups.reserve(layout.stages.len() * (layout.lanes.len() + 4) + 32);
    painter.header(layout, &mut groups);
    let mut lanes = std::mem::take(&mut layout.lanes);
    // Contiguous, because every lane visits all stages.
    let stages: Vec<(f64, Option<usize>)> = layout
        .stages
        .iter()
        .map(|s| (s.x, s.previous_index))
        .collect();
    for (number, lane) in lanes.iter_mut().enumerate() {
        painter.lane(layout, (number, lane), &stages, &mut groups);
    }
    painter.band(layout, &mut groups);
    for lane in lanes.iter().enumerate() {
        painter.lane_title(lane, &mut groups);
    }
    painter.corner(layout, &mut groups);
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

/// Draws what all views share: colours of roles and owners, names, marks.
struct SceneBuilder<'a> {
    map: &'a Map,
    theme: &'static Theme,
    sizes: &'static Sizes,
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

impl<'a> SceneBuilder<'a> {
    fn new(map: &'a Map, theme: &'static Theme, sizes: &'static Sizes) -> SceneBuilder<'a> {
        SceneBuilder {
            map,
            theme,
            sizes,
            department_colors: department_colors(map, theme),
        }
    }

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

    /// Adds a lane; `stages` are position and previous index of each stage.
    fn lane(
        &self,
        layout: &Layout,
        (number, lane): (usize, &mut LaneBand),
        stages: &[(f64, Option<usize>)],
        groups: &mut GroupList,
    ) {
        self.lane_ground(layout, (number, lane), groups);
        let (y, was) = (lane.y, lane.previous_index);
        let place = |k: usize, key: fn(usize, usize) -> GroupKey| {
            let (x, stage) = stages[k];
            GroupPlace {
                key: key(number, k),
                previous: was.zip(stage).map(|(lane, stage)| key(lane, stage)),
                origin: Origin { x, y },
                pin: Pin::None,
            }
        };
        if let LaneLegend::Rows(titles) = &lane.legend {
            for (k, part) in lane.parts.iter().enumerate() {
                let drawn = match part.content.as_deref() {
                    Some(LaneContent::Pills(pills)) => {
                        let mut builder = GroupBuilder::default();
                        self.pill_connectors(pills, titles, &mut builder);
                        Some(builder)
                    }
                    _ => None,
                };
                groups.add(place(k, GroupKey::Connectors), drawn);
            }
        }
        let mut parts = std::mem::take(&mut lane.parts);
        for (k, part) in parts.iter_mut().enumerate() {
            let drawn = part.content.take().map(|content| {
                let mut builder = GroupBuilder::default();
                self.content(&content, &layout.stages[k], lane, &mut builder);
                builder
            });
            groups.add(place(k, GroupKey::LaneContent), drawn);
        }
        lane.parts = parts;
    }

    /// Adds the content of a lane in a stage.
    fn content(
        &self,
        content: &LaneContent,
        stage: &StageLayout,
        lane: &LaneBand,
        builder: &mut GroupBuilder,
    ) {
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
