//! Place of the field over an edited text, and its text style.
//!
//! Must not know: the field, the edit in progress.

use crate::app::command::action::Selection;
use crate::app::document::Document;
use crate::app::document::camera_target::DrawnView;
use crate::app::document::lane_geometry;
use crate::model::{Field, FieldRef, ObjectRef};
use crate::scene::PartKind;
use crate::text::Face;
use crate::theme::{Sizes, size};
use egui::{Pos2, vec2};

/// Width of the field for an empty scenario, in map units.
const SCENARIO_FIELD_WIDTH: f64 = 420.0;

/// Position and style of an edited text, in map units.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldGeometry {
    pub(super) left: f64,
    pub(super) top: f64,
    /// Right edge of the space for the text.
    pub(super) right: f64,
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// Conversion between map units and screen positions.
pub(super) struct ScreenTransform {
    pub(super) screen_center: Pos2,
    pub(super) map_center: (f64, f64),
    pub(super) zoom: f32,
}

impl ScreenTransform {
    pub(super) fn on_screen(&self, x: f64, y: f64) -> Pos2 {
        let (dx, dy) = (x - self.map_center.0, y - self.map_center.1);
        self.screen_center + vec2(dx as f32, dy as f32) * self.zoom
    }

    pub(super) fn on_map(&self, at: Pos2) -> (f64, f64) {
        let away = (at - self.screen_center) / self.zoom;
        (
            self.map_center.0 + f64::from(away.x),
            self.map_center.1 + f64::from(away.y),
        )
    }
}

/// Returns the geometry of the edited text, which the map shows as `shown`, or `None`
/// if it is out of view.
pub(super) fn field_geometry(
    document: &mut Document,
    shown: &FieldRef,
    target: &FieldRef,
    former: Option<FieldGeometry>,
    seen: &ScreenTransform,
    view: &DrawnView<'_>,
    sizes: &Sizes,
) -> Option<FieldGeometry> {
    let said = target.field;
    if let Some(words) = document.canvas.text_geometry(view.scene, shown) {
        let (left, top) = seen.on_map(words.rect.min);
        return Some(FieldGeometry {
            left,
            top,
            right: seen.on_map(words.subject_rect.max).0,
            size: words.size / seen.zoom,
            bold: words.face == Face::Bold,
        });
    }
    // An empty text stays at its last position, else goes to its future one.
    if let Some(seat) = former {
        return Some(seat);
    }
    if let Field::Caption(at) = said
        && let Some(frame) = document
            .canvas
            .parts(view.scene, &shown.object, PartKind::Picture)
            .get(usize::from(at))
    {
        let (left, top) = seen.on_map(frame.left_bottom());
        return Some(FieldGeometry {
            left,
            top: top + 5.0,
            right: seen.on_map(frame.max).0,
            size: sizes.text(size::SMALL).size,
            bold: false,
        });
    }
    if let (Some(lane), Selection::One(ObjectRef::Touchpoint(id))) =
        (target.lane(), &document.selection)
    {
        let room = lane_geometry::cell_area(document.session.map(), view.journey?, lane, id)?;
        // Emotions and captions stand below a drawn item, in small type.
        let (top, style) = match said {
            Field::Emotion(_) | Field::Caption(_) => (room.bottom - 1.0, size::SMALL),
            _ => (room.top + 3.0, size::BODY),
        };
        return Some(FieldGeometry {
            left: room.left + 4.0,
            top,
            right: room.right,
            size: sizes.text(style).size,
            bold: false,
        });
    }
    let area = document.canvas.object_rect(view.scene, &shown.object)?;
    let (left, top) = seen.on_map(area.min);
    let (right, bottom) = seen.on_map(area.max);
    Some(match said {
        Field::Scenario => FieldGeometry {
            left,
            top: bottom + 4.0,
            right: right.max(left + SCENARIO_FIELD_WIDTH),
            size: sizes.text(size::LEAD).size,
            bold: false,
        },
        _ => FieldGeometry {
            left: left + 22.0,
            top: top + 12.0,
            right,
            size: sizes.text(size::NAME).size,
            bold: true,
        },
    })
}
