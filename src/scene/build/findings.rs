//! Builds the scene of a findings sheet: one group for the header and one for each column.
//!
//! Must not know: the checks.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::layout::findings::{FindingsColumn, FindingsLayout};
use crate::model::Map;
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Group, Pin, Stroke};
use crate::theme::{Theme, size};

/// Builds the scene of a findings sheet, with the words that describe it. Nothing on it can be dimmed.
pub fn build_findings(
    map: &Map,
    sheet: &FindingsLayout,
    about: &str,
    theme: &'static Theme,
) -> Scene {
    let painter = SceneBuilder::new(map, sheet.density);
    let parts = [&sheet.header].into_iter().chain(&sheet.columns);
    let groups = parts.map(|part| painter.findings(part)).collect();
    let size = (sheet.width, sheet.height);
    painter.scene(size, about, (theme, Highlight::default()), groups)
}

impl SceneBuilder<'_> {
    fn findings(&self, column: &FindingsColumn) -> Group {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let edge = Stroke::solid(1.0, self.theme.card_edge);
        for plate in &column.plates {
            builder.rect(*plate, size::RADIUS, Some(self.theme.card), Some(edge));
        }
        for ((icon, role), rect) in &column.icons {
            builder.icon(*icon, *rect, self.role_color(*role));
        }
        self.texts(&column.runs, &mut builder);
        builder.group(column.x, column.y, Pin::None)
    }
}
