//! Builds the display list from a layout: texts and boxes become shapes in colours by role.
//!
//! One group per stage and lane, so that an edit changes few groups and panning skips groups out of
//! view. Parts kept by the layout keep their content.
//! Must not know: how anything is laid out, backends, egui.

mod cards;
mod change_marks;
mod chrome;
mod curves;
mod findings;
mod flow;
mod folded;
mod groups;
mod lanes;
mod large_card;
mod legend;
mod ownership;
mod ownership_cells;
mod scores;

use super::highlight::Highlight;
use super::item::{Group, GroupKey, Marks, Pin, Stroke};
use crate::layout::{
    Badge, LaneBand, LaneContent, LaneLegend, Layout, StageLayout, TextRole, TextRun,
};
use crate::model::{Department, Map, MapKind, Record, Rgb, Stage, Touchpoint};
use crate::scene::display_list::Scene;
use crate::theme::{
    Color, ColorRole, Density, ROLES, RoleColors, Sizes, Theme, ThemeRoles, assign_colors,
};
pub(super) use change_marks::caption;
pub use change_marks::mark_changes;
pub use findings::build_findings;
pub use flow::build_flow;
use groups::{GroupBuilder, GroupList, numbered};
pub use large_card::build_large_card;
pub use ownership::build_ownership;
pub use scores::build_scores;
use std::fmt::Write as _;

impl Marks {
    /// The marks of a touchpoint.
    pub fn of_touchpoint(map: &Map, touchpoint: &Touchpoint) -> Marks {
        let mut marks = Marks::NONE;
        if map.lacks_owner(touchpoint) {
            marks = marks.with(Marks::UNOWNED);
        }
        if !touchpoint.pains.is_empty() {
            marks = marks.with(Marks::PAIN);
        }
        marks
    }

    /// The marks of a stage.
    pub fn of_stage(stage: &Stage) -> Marks {
        match stage.owner {
            None => Marks::UNOWNED,
            Some(_) => Marks::NONE,
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
    let painter = SceneBuilder::new(map, layout.density);
    groups.reserve(layout.stages.len() * (layout.lanes.len() + 6) + 32);
    painter.journey_header(&layout.header, &mut groups);
    let mut lanes = std::mem::take(&mut layout.lanes);
    // Contiguous, because every lane visits all stages.
    let stages = layout.stages.iter().map(|s| (s.x, s.previous_index));
    let stages: Vec<(f64, Option<usize>)> = stages.collect();
    painter.folded_stages(layout, &mut groups);
    for (number, lane) in lanes.iter_mut().enumerate() {
        painter.lane(layout, (number, lane), &stages, &mut groups);
    }
    painter.band(layout, &mut groups);
    for lane in lanes.iter().enumerate() {
        painter.lane_title(lane, &mut groups);
    }
    let corner = painter.band_ground(painter.sizes.title_column + 6.0, layout.band_height);
    let place = (0.0, layout.band_y);
    groups.add(GroupKey::Unnamed, None, place, Pin::Corner, Some(corner));
    layout.lanes = lanes;
    let kind = match map.header().kind {
        MapKind::Current => "current state",
        MapKind::Future => "future state",
    };
    let what = painter.described(&format!("Customer journey map, {kind}"));
    let size = (layout.width, layout.height);
    painter.scene(size, &what, (theme, lit), groups.finish())
}

/// Draws what all views share: colours of roles and owners, names, marks.
struct SceneBuilder<'a> {
    map: &'a Map,
    theme: &'static ThemeRoles,
    sizes: &'static Sizes,
}

/// The colours of all roles in the scenes of a map in a theme.
pub fn role_colors(map: &Map, theme: &'static Theme) -> RoleColors {
    RoleColors::new(theme, department_colors(map, theme))
}

/// A number with its noun, for descriptions: `1 stage`, `3 stages`.
fn counted(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}

/// The colours of the departments, in the order of their list, each as it can be seen in the
/// theme.
pub fn department_colors(map: &Map, theme: &Theme) -> Vec<Color> {
    let own = |department: &Department| {
        let Rgb([r, g, b]) = department.colour?;
        Some(Color { r, g, b, a: 255 })
    };
    let own: Vec<Option<Color>> = map.departments().iter().map(own).collect();
    let colors = assign_colors(&own, theme.departments).into_iter();
    colors.map(|color| theme.visible_mark(color)).collect()
}

/// The colour of a department, by place in the list.
pub fn department_color(map: &Map, index: usize, theme: &Theme) -> Color {
    let colours = department_colors(map, theme);
    colours.get(index).copied().unwrap_or(theme.ink_soft)
}

impl<'a> SceneBuilder<'a> {
    fn new(map: &'a Map, density: Density) -> SceneBuilder<'a> {
        SceneBuilder {
            map,
            theme: &ROLES,
            sizes: density.sizes(),
        }
    }

    /// A drawing with the number of stages and touchpoints in words.
    fn described(&self, drawing: &str) -> String {
        let (stages, touchpoints) = (self.map.stages().len(), self.map.touchpoint_count());
        let stages = counted(stages, "stage");
        let touchpoints = counted(touchpoints, "touchpoint");
        format!("{drawing}: {stages}, {touchpoints}")
    }

    /// The scene of these groups, described by `what` and the scenario.
    fn scene(
        &self,
        (width, height): (f64, f64),
        what: &str,
        (theme, highlight): (&'static Theme, Highlight),
        groups: Vec<Group>,
    ) -> Scene {
        let header = self.map.header();
        Scene {
            width,
            height,
            colors: role_colors(self.map, theme),
            title: header.title.clone(),
            description: format!("{what}. {}", header.scenario),
            highlight,
            groups,
            rows: None,
        }
    }

    /// Adds texts in the colours of their roles.
    fn texts(&self, runs: &[TextRun], builder: &mut GroupBuilder) {
        for run in runs {
            builder.text(run, self.role_color(run.role));
        }
    }

    /// Adds badges in the colours of their roles.
    fn badges(&self, badges: &[Badge], builder: &mut GroupBuilder) {
        for badge in badges {
            builder.icon(badge.icon, badge.rect, self.role_color(badge.role));
            self.texts(&badge.runs, builder);
        }
    }

    /// The dashed outline of elements without a known owner.
    fn unowned_edge(&self, width: f32) -> Stroke {
        Stroke::dashed(width, self.theme.unowned)
    }

    fn role_color(&self, ink: TextRole) -> ColorRole {
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
            TextRole::Persona(index) => ColorRole::persona(usize::from(index)),
            TextRole::Band => theme.band_ink,
            TextRole::Change(mark) => mark.color(),
        }
    }

    /// The colour of a touchpoint's owner; `None` if it has no known owner and needs one.
    fn owner_color(&self, touchpoint: &Touchpoint) -> Option<ColorRole> {
        if self.map.needs_no_owner(touchpoint) {
            return Some(self.theme.quiet);
        }
        let owner = touchpoint.owner.as_ref()?;
        let index = self.map.departments().position(owner)?;
        Some(ColorRole::department(index))
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
        let add = |groups: &mut GroupList, k: usize, key: fn(usize, usize) -> GroupKey, drawn| {
            let (x, stage) = stages[k];
            let former = was.zip(stage).map(|(lane, stage)| key(lane, stage));
            groups.add(key(number, k), former, (x, y), Pin::None, drawn);
        };
        if lane.kind.has_rows() {
            let titles = match &lane.legend {
                LaneLegend::Rows(titles) => &titles[..],
                _ => &[],
            };
            for (k, part) in lane.parts.iter().enumerate() {
                let pills = match part.content.as_deref() {
                    Some(LaneContent::Pills(pills)) => Some(pills),
                    _ => None,
                };
                let drawn = pills.map(|pills| self.pill_connectors(pills, titles));
                add(groups, k, GroupKey::Connectors, drawn);
            }
        }
        let mut parts = std::mem::take(&mut lane.parts);
        for (k, part) in parts.iter_mut().enumerate() {
            let content = part.content.take();
            let stage = &layout.stages[k];
            let only_numbers = std::mem::take(&mut part.numbers_changed) && content.is_none();
            let drawn = content.map(|content| self.content(&content, stage, lane));
            add(groups, k, GroupKey::LaneContent, drawn);
            if only_numbers {
                groups.renumber_last(stage.steps());
            }
        }
        lane.parts = parts;
    }

    /// The content of a lane in a stage.
    fn content(&self, content: &LaneContent, stage: &StageLayout, lane: &LaneBand) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        let touchpoints = self.map.touchpoints_in(&stage.id);
        match content {
            LaneContent::Cards { cards, routes } => {
                self.routes(routes, touchpoints, &mut builder);
                self.cards((cards, routes), stage, touchpoints, &mut builder);
            }
            LaneContent::Folded { card, routes } => {
                self.routes(routes, touchpoints, &mut builder);
                self.folded_card(card, &stage.id, &mut builder);
            }
            LaneContent::Curve(curve) => self.curve(curve, stage, touchpoints, lane, &mut builder),
            LaneContent::Cells(cells) => {
                self.cells((cells, stage.steps()), touchpoints, lane, &mut builder);
            }
            LaneContent::Pills(pills) => {
                self.pills((pills, stage), touchpoints, lane, &mut builder);
            }
        }
        builder
    }

    /// Description of a touchpoint for assistive tools.
    fn description(&self, touchpoint: &Touchpoint, number: &str) -> String {
        let map = self.map;
        let stage = map.stage_of(&touchpoint.id);
        let stage = stage.and_then(|id| map.stages().get(id));
        let stage = stage.map_or("", Record::name);
        // A map has a description a touchpoint in each view: they are written without further texts.
        let mut words = numbered(number);
        words.reserve(180);
        words.extend([" stage ", stage, "; "]);
        match &touchpoint.owner {
            None if map.is_social(touchpoint) => words.push_str("no owner needed"),
            None => words.push_str("no owner"),
            Some(id) => match map.departments().get(id) {
                None => words.push_str("unknown owner"),
                Some(department) => words.extend(["owned by ", &department.name]),
            },
        }
        let channel = touchpoint.channel.as_ref();
        if let Some(channel) = channel.and_then(|id| map.channels().get(id)) {
            words.extend(["; by ", &channel.name]);
        }
        let environment = touchpoint.environment.as_ref();
        if let Some(environment) = environment.and_then(|id| map.environments().get(id)) {
            words.extend(["; environment ", &environment.name]);
        }
        if touchpoint.moment_of_truth {
            words.push_str("; moment of truth");
        }
        for feeling in &touchpoint.feelings {
            if let Some(score) = feeling.score {
                // Writing to a string does not fail.
                let _ = write!(words, "; feels {score} {}", feeling.emotion);
                words.truncate(words.trim_end().len());
            }
        }
        for pain in &touchpoint.pains {
            words.extend(["; pain: ", &pain.text]);
        }
        for opportunity in &touchpoint.opportunities {
            words.extend(["; opportunity: ", &opportunity.text]);
        }
        words
    }
}
