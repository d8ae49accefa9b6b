//! Builds the scene of a findings sheet: one group for the header and one for each column.
//!
//! Must not know: the checks.

use super::group_builder::Builder;
use super::{Painter, department_colours};
use crate::geom::{Origin, Rect};
use crate::layout::Layout;
use crate::layout::findings::{FindingsLayout, Sign};
use crate::model::Map;
use crate::scene::highlight::Lit;
use crate::scene::item::{Group, Pin, Scene, Stroke};
use crate::theme::{Theme, size};

/// Builds the scene of a findings sheet. Nothing on it can be dimmed.
pub fn build_findings(map: &Map, sheet: &FindingsLayout, theme: &'static Theme) -> Scene {
    // Only role colours are needed, for which an empty journey layout suffices.
    let journey = Layout::default();
    let painter = Painter {
        map,
        layout: &journey,
        theme,
        sizes: sheet.density.sizes(),
        places: Vec::new(),
        departments: department_colours(map, theme),
    };
    let mut groups = Vec::with_capacity(sheet.columns.len() + 1);
    let mut draw = |x: f64, y: f64, builder: Builder| {
        groups.push(Group {
            origin: Origin { x, y },
            pin: Pin::None,
            body: builder.finish(None),
        });
    };
    let mut header = Builder::default();
    header.frame();
    painter.signs(&sheet.signs, &mut header);
    for run in &sheet.runs {
        header.text(run, painter.colour(run.ink));
    }
    draw(0.0, 0.0, header);
    for column in &sheet.columns {
        let mut builder = Builder::default();
        builder.frame();
        let edge = Stroke::solid(1.0, theme.card_edge);
        for plate in &column.plates {
            builder.rect(*plate, size::RADIUS, Some(theme.card), Some(edge));
        }
        painter.signs(&column.signs, &mut builder);
        for run in &column.runs {
            builder.text(run, painter.colour(run.ink));
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
        lit: Lit::default(),
        groups,
    }
}

impl Painter<'_> {
    fn signs(&self, signs: &[(Sign, Rect)], builder: &mut Builder) {
        for ((icon, ink), rect) in signs {
            builder.icon(*icon, *rect, self.colour(*ink));
        }
    }
}
