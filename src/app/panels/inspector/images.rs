//! Form sections for images: thumbnails with name, order, replacement and removal.
//!
//! Must not know: image decoding.

use crate::app::command::action::UiAction;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::rows::{Section, add_row, hint_label, move_buttons};
use crate::app::ui::style::{ROW_HEIGHT, UNIT, color};
use crate::app::ui::textures::{TextureCache, TextureState};
use crate::edit::Intent;
use crate::model::{Field, Image, ImageId, ObjectRef, Persona, Record, Touchpoint};
use egui::{Color32, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

/// Longer side of a thumbnail, in points.
const THUMBNAIL_SIDE: f32 = 72.0;

/// Shows the images of a touchpoint.
pub(super) fn touchpoint_images(ui: &mut Ui, form: &mut Form<'_, '_>, t: &mut Touchpoint) {
    let count = t.pictures.len();
    let empty = "No pictures here yet: drop, paste or choose one";
    let section = Section {
        add: "Add picture",
        ..Section::list("Pictures", count, empty)
    };
    let mut moved = None;
    let add = section.show(ui, |ui| {
        form.items(ui, "picture", &mut t.pictures, |ui, form, i, id| {
            let title = format!("Picture {}", i + 1);
            image_row(ui, form, &title, id, |ui| {
                let name = |word: &str| format!("{title}: move {word}");
                moved = moved.or(move_buttons(ui, i, count, name).map(|to| (i, to)));
            })
        });
    });
    if let Some((from, to)) = moved {
        t.pictures.swap(from, to);
    }
    if add {
        import(form, t.object());
    }
}

/// Shows the image of a persona.
pub(super) fn persona_image(ui: &mut Ui, form: &mut Form<'_, '_>, persona: &mut Persona) {
    let has_image = persona.picture.is_some();
    let empty = "No picture yet: drop, paste or choose one";
    let section = Section {
        add: if has_image { "" } else { "Add picture" },
        ..Section::list("Picture", usize::from(has_image), empty)
    };
    let add = section.show(ui, |ui| {
        if let Some(id) = &persona.picture
            && image_row(ui, form, "Picture", id, |_| ())
        {
            persona.picture = None;
        }
    });
    if add {
        import(form, persona.object());
    }
}

/// Shows the image of a touchpoint in a custom lane; `text` is the image id.
pub(super) fn lane_image(ui: &mut Ui, form: &mut Form<'_, '_>, home: ObjectRef, text: &mut String) {
    if text.is_empty() {
        if add_row(ui, "Add picture", &form.field_name("Add picture")).clicked() {
            import(form, home);
        }
        return;
    }
    let title = form.field_name("Picture");
    let id = ImageId::from(text.as_str());
    if image_row(ui, form, &title, &id, |_| ()) {
        text.clear();
    }
}

fn import(form: &mut Form<'_, '_>, target: ObjectRef) {
    form.cx.actions.push(UiAction::ImportImage(target));
}

/// Shows a thumbnail with its name and actions, the first of which `show_order` shows;
/// returns whether to remove the image.
fn image_row(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    title: &str,
    id: &ImageId,
    show_order: impl FnOnce(&mut Ui),
) -> bool {
    let image = form.cx.map.images().get(id);
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * UNIT;
        let name = image.map_or("", |i| i.name.as_str());
        let alt = if name.is_empty() { title } else { name };
        thumbnail(ui, image, alt, color(form.cx.theme.paper_shade));
        let texts = ui.vertical(|ui| {
            match image {
                Some(image) => {
                    edit_record(ui, form.cx, image, Intent::SetImage, |ui, form, image| {
                        let room = ui.available_width() - UNIT;
                        let name = format!("{title} name");
                        form.uncaptioned_line(ui, &name, Field::Name, room, &mut image.name);
                    });
                }
                None => hint_label(ui, "This picture is not in the map."),
            }
            let buttons = ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = UNIT;
                show_order(ui);
                let name = format!("{title}: remove");
                let gone = small_icon_button(ui, ControlIcon::Close, &name).clicked();
                if image.is_some() {
                    let name = format!("{title}: replace");
                    if ui.button("Replace…").accessible_name(name).clicked() {
                        import(form, ObjectRef::Image(id.clone()));
                    }
                }
                gone
            });
            buttons.inner
        });
        texts.inner
    });
    row.inner
}

fn thumbnail(ui: &mut Ui, image: Option<&Image>, alt: &str, ground: Color32) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(THUMBNAIL_SIDE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, alt));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    painter.rect_filled(rect, 4.0, ground);
    let Some((head, bytes)) = image.and_then(|i| i.header().zip(i.bytes())) else {
        let middle = Rect::from_center_size(rect.center(), Vec2::splat(ROW_HEIGHT / 2.0));
        let pen = Stroke::new(1.5, ui.visuals().weak_text_color());
        painter.line_segment([middle.left_top(), middle.right_bottom()], pen);
        painter.line_segment([middle.right_top(), middle.left_bottom()], pen);
        return;
    };
    let textures = TextureCache::of(ui.ctx());
    let mut textures = textures.lock();
    textures.begin_frame(ui.ctx());
    let pixels = THUMBNAIL_SIDE * ui.ctx().pixels_per_point();
    if let TextureState::Texture(texture, _) = textures.texture(ui.ctx(), bytes, pixels) {
        let size = vec2(head.width as f32, head.height as f32);
        let size = size * (THUMBNAIL_SIDE / size.max_elem());
        let at = Rect::from_center_size(rect.center(), size);
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, at, whole, Color32::WHITE);
    }
}
