//! Builds the scene of a findings sheet: one group for the header and one for each column.
//!
//! Must not know: the checks.

use super::SceneBuilder;
use super::group_builder::GroupBuilder;
use crate::geom::{Origin, Rect};
use crate::layout::findings::{FindingsLayout, RoleIcon};
use crate::model::Map;
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Pin, Stroke};
use crate::theme::{Theme, size};

/// Builds the scene of a findings sheet. Nothing on it can be dimmed.
pub fn build_findings(map: &Map, sheet: &FindingsLayout, theme: &'static Theme) -> Scene {
    let painter = SceneBuilder::new(map, theme, sheet.density.sizes());
    let mut groups = Vec::with_capacity(sheet.columns.len() + 1);
    let mut draw = |x: f64, y: f64, builder: GroupBuilder| {
        groups.push(builder.group(Origin { x, y }, Pin::None));
    };
    let mut header = GroupBuilder::default();
    header.chrome();
    painter.icons(&sheet.icons, &mut header);
    for run in &sheet.runs {
        header.text(run, painter.role_color(run.role));
    }
    draw(0.0, 0.0, header);
    for column in &sheet.columns {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let edge = Stroke::solid(1.0, theme.card_edge);
        for plate in &column.plates {
            builder.rect(*plate, size::RADIUS, Some(theme.card), Some(edge));
        }
        painter.icons(&column.icons, &mut builder);
        for run in &column.runs {
            builder.text(run, painter.role_color(run.role));
        }
        draw(column.x, column.y, builder);
    }
    Scene {
        width: sheet.width,
        height: sheet.height,
        background: theme.paper,
        title: map.header().title.clone(),
        description: format!(
            "What the checks noticed about a customer journey. {}",
            map.header().scenario
        ),
        highlight: Highlight::default(),
        groups,
    }
}

impl SceneBuilder<'_> {
    fn icons(&self, signs: &[(RoleIcon, Rect)], builder: &mut GroupBuilder) {
        for ((icon, ink), rect) in signs {
            builder.icon(*icon, *rect, self.role_color(*ink));
        }
    }
}
