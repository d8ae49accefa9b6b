//! Builds the scene of a scores sheet: a group for each metric and list.
//!
//! Must not know: how scores are computed.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::geom::{Path, pt};
use crate::layout::scores::{ListPlate, ScoreRow, ScoresLayout};
use crate::model::{Map, ObjectRef};
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Group, Marks, Pin, Stroke};
use crate::theme::{Theme, size};

/// Builds the scene of a scores sheet in a theme.
pub fn build_scores(
    map: &Map,
    sheet: &ScoresLayout,
    theme: &'static Theme,
    highlight: Highlight,
) -> Scene {
    let painter = SceneBuilder::new(map, sheet.density);
    let mut header = GroupBuilder::default();
    header.chrome();
    painter.texts(&sheet.texts, &mut header);
    for rule in &sheet.rules {
        header.stroke(rule.clone(), Stroke::solid(1.2, painter.theme.ink_soft));
    }
    let mut groups = vec![header.group(0.0, 0.0, Pin::None)];
    groups.extend(sheet.rows.iter().map(|row| painter.score_row(row)));
    groups.extend(sheet.lists.iter().map(|plate| painter.score_list(plate)));
    let size = (sheet.width, sheet.height);
    let about = painter.described("Scores of a customer journey");
    painter.scene(size, &about, (theme, highlight), groups)
}

impl SceneBuilder<'_> {
    fn marks_of(&self, object: &ObjectRef) -> Marks {
        let touchpoint = object.touchpoint().and_then(|id| self.map.touchpoint(id));
        touchpoint.map_or(Marks::NONE, |it| Marks::of_touchpoint(self.map, it))
    }

    fn score_row(&self, row: &ScoreRow) -> Group {
        let mut builder = GroupBuilder::default();
        let theme = self.theme;
        let marks = self.marks_of(&row.object);
        builder.subject(
            row.object.clone(),
            &row.title,
            row.description.as_str(),
            marks,
            row.area,
        );
        let bottom = row.area.max.y;
        let line = Path::start(pt(0.0, bottom)).line(pt(row.area.max.x, bottom));
        builder.stroke(line, Stroke::solid(1.0, theme.line));
        for band in &row.bands {
            builder.path(band.clone(), Some(theme.accent.over_paper(18)), None);
        }
        if let Some(target) = &row.target {
            builder.stroke(target.clone(), Stroke::dashed(1.4, theme.opportunity));
        }
        if let Some(line) = &row.line {
            builder.stroke(line.clone(), Stroke::solid(2.0, theme.accent));
        }
        for point in &row.points {
            builder.fill(*point, point.width() / 2.0, theme.accent);
        }
        if let Some((icon, role, square)) = row.verdict {
            builder.icon(icon, square, self.role_color(role));
        }
        self.texts(&row.runs, &mut builder);
        builder.group(row.x, row.y, Pin::None)
    }

    fn score_list(&self, plate: &ListPlate) -> Group {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let edge = Stroke::solid(1.0, self.theme.card_edge);
        builder.rect(plate.area, size::RADIUS, Some(self.theme.card), Some(edge));
        let (icon, role, square) = plate.icon;
        builder.icon(icon, square, self.role_color(role));
        self.texts(&plate.title, &mut builder);
        for entry in &plate.entries {
            let marks = self.marks_of(&entry.object);
            builder.subject(
                entry.object.clone(),
                &entry.title,
                entry.description.as_str(),
                marks,
                entry.area,
            );
            self.texts(&entry.runs, &mut builder);
        }
        builder.group(plate.x, plate.y, Pin::None)
    }
}
