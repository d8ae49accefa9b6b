//! Place of the field over an edited text, and its text style.
//!
//! Must not know: the field, the edit in progress.

use crate::app::document::Document;
use crate::app::document::camera_target::DrawnView;
use crate::model::{Field, FieldRef, ObjectRef};
use crate::scene::PartKind;
use crate::text::Face;
use crate::theme::{Sizes, size};
use egui::Rect;

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

/// Returns the geometry of the edited text, which the map shows as `shown`, or `None`
/// if it is out of view.
pub(super) fn field_geometry(
    document: &mut Document,
    shown: &FieldRef,
    target: &FieldRef,
    former: Option<FieldGeometry>,
    canvas: Rect,
    view: &DrawnView<'_>,
    sizes: &Sizes,
) -> Option<FieldGeometry> {
    let camera = document.camera;
    let on_map = |at| camera.point_on_map(at, canvas);
    let field = target.field;
    if let Some(words) = document.canvas.text_geometry(view.scene, shown) {
        let (left, top) = on_map(words.rect.min);
        return Some(FieldGeometry {
            left,
            top,
            right: on_map(words.subject_rect.max).0,
            size: words.size / camera.zoom,
            bold: words.face == Face::Bold,
        });
    }
    // An empty text stays at its last position, else goes to its future one.
    if former.is_some() {
        return former;
    }
    let seat = |left, top, right, style| FieldGeometry {
        left,
        top,
        right,
        size: sizes.text(style).size,
        bold: style.face == Face::Bold,
    };
    if let Field::Caption(at) = field {
        let frames = document
            .canvas
            .parts(view.scene, &shown.object, PartKind::Picture);
        if let Some(frame) = frames.get(usize::from(at)) {
            let (left, top) = on_map(frame.left_bottom());
            return Some(seat(left, top + 5.0, on_map(frame.max).0, size::SMALL));
        }
    }
    if let ObjectRef::Cell(id, lane) = &target.object {
        let layout = &view.journey?.layout;
        let room = layout.cell_area(document.session.map(), lane, id)?;
        let room = view.scene.area_from_strip(room);
        // Emotions and captions stand below a drawn item, in small type.
        let (top, style) = match field {
            Field::Emotion(_) | Field::Caption(_) => (room.bottom - 1.0, size::SMALL),
            _ => (room.top + 3.0, size::BODY),
        };
        return Some(seat(room.left + 4.0, top, room.right, style));
    }
    let area = document.canvas.object_rect(view.scene, &shown.object)?;
    let ((left, top), (right, bottom)) = (on_map(area.min), on_map(area.max));
    Some(if field == Field::Scenario {
        let right = right.max(left + SCENARIO_FIELD_WIDTH);
        seat(left, bottom + 4.0, right, size::LEAD)
    } else {
        seat(left + 22.0, top + 12.0, right, size::NAME)
    })
}
