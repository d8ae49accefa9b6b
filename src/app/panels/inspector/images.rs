//! Form sections for images: thumbnails with name, order, replacement and removal.
//!
//! Must not know: image decoding.

use crate::app::command::action::UiAction;
use crate::app::panels::form::Form;
use crate::app::ui::field_focus::{apply_field_focus, field_id};
use crate::app::ui::rows::{
    ROW_HEIGHT, Section, SmallIcon, Swatch, hint_label, row, section, small_icon_button,
};
use crate::app::ui::style::{UNIT, color};
use crate::app::ui::textures::{TextureCache, TextureState};
use crate::edit::Intent;
use crate::model::{Field, Image, ImageId, ObjectRef, Persona, Record, Touchpoint};
use egui::{Rect, Sense, TextEdit, Ui, Vec2, WidgetInfo, vec2};

/// Longer side of a thumbnail, in points.
const THUMBNAIL_SIDE: f32 = 72.0;

/// Shows the images of a touchpoint.
pub(super) fn touchpoint_images(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let what = Section {
        title: "Pictures",
        count: Some(t.pictures.len()),
        add: Some("Add picture"),
        empty: "No pictures here yet: drop, paste or choose one",
        open: true,
    };
    let (mut gone, mut moved) = (None, None);
    let count = t.pictures.len();
    let add = section(ui, &what, |ui| {
        for (i, id) in t.pictures.iter().enumerate() {
            let title = format!("Picture {}", i + 1);
            let asked = ui.push_id(("picture", i), |ui| {
                image_row(ui, form, &title, id, Some((i, count)))
            });
            match asked.inner {
                Some(ImageAction::Remove) => gone = Some(i),
                Some(ImageAction::Move(to)) => moved = Some((i, to)),
                None => {}
            }
        }
    });
    if let Some(i) = gone {
        t.pictures.remove(i);
        form.mark_discrete_change();
    }
    if let Some((from, to)) = moved {
        t.pictures.swap(from, to);
        form.mark_discrete_change();
    }
    if add {
        form.push_command(UiAction::ImportImage(t.object()));
    }
}

/// Shows the image of a persona.
pub(super) fn persona_image(ui: &mut Ui, form: &mut Form<'_>, persona: &mut Persona) {
    let what = Section {
        title: "Picture",
        count: Some(usize::from(persona.picture.is_some())),
        add: persona.picture.is_none().then_some("Add picture"),
        empty: "No picture yet: drop, paste or choose one",
        open: true,
    };
    let mut gone = false;
    let add = section(ui, &what, |ui| {
        if let Some(id) = &persona.picture {
            gone = matches!(
                image_row(ui, form, "Picture", id, None),
                Some(ImageAction::Remove)
            );
        }
    });
    if gone {
        persona.picture = None;
        form.mark_discrete_change();
    }
    if add {
        form.push_command(UiAction::ImportImage(persona.object()));
    }
}

/// Shows the image of a touchpoint in a custom lane; `text` is the image id.
pub(super) fn lane_image(ui: &mut Ui, form: &mut Form<'_>, home: ObjectRef, text: &mut String) {
    if text.is_empty() {
        let name = form.field_name("Add picture");
        if row(ui, Swatch::None, "+ Add picture", false)
            .accessible_name(&name)
            .clicked()
        {
            form.push_command(UiAction::ImportImage(home));
        }
        return;
    }
    let title = form.field_name("Picture");
    let id = ImageId::from(text.as_str());
    if let Some(ImageAction::Remove) = image_row(ui, form, &title, &id, None) {
        text.clear();
        form.mark_discrete_change();
    }
}

/// Requested action on an image.
enum ImageAction {
    Remove,
    Move(usize),
}

/// Shows a thumbnail with its name and actions. `place` is its index and the number of
/// images.
fn image_row(
    ui: &mut Ui,
    form: &mut Form<'_>,
    title: &str,
    id: &ImageId,
    place: Option<(usize, usize)>,
) -> Option<ImageAction> {
    let map = form.map;
    let mut asked = None;
    let image = map.images().get(id);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * UNIT;
        let name = image.map_or("", |i| i.name.as_str());
        let alt = if name.is_empty() { title } else { name };
        thumbnail(ui, image, alt, color(form.theme.paper_shade));
        ui.vertical(|ui| {
            match image {
                Some(image) => {
                    let mut named = image.clone();
                    let room = ui.available_width() - UNIT;
                    let field = format!("{title} name");
                    let address = ObjectRef::Image(id.clone()).field(Field::Name);
                    let edit = TextEdit::singleline(&mut named.name)
                        .id_salt(&field)
                        .hint_text("What it shows")
                        .desired_width(room);
                    let response = ui.add(edit).accessible_name(&field);
                    apply_field_focus(ui, field_id(&address), &response);
                    if response.changed() {
                        let intent = Intent::SetImage(Box::new(named));
                        form.push_command(UiAction::EditField(intent, address));
                    }
                }
                None => hint_label(ui, "This picture is not in the map."),
            }
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = UNIT;
                if let Some((at, count)) = place {
                    let step = |ui: &mut Ui, way, word: &str, to: Option<usize>| {
                        ui.add_enabled_ui(to.is_some(), |ui| {
                            small_icon_button(ui, way, &format!("{title}: move {word}"))
                                .clicked()
                                .then_some(to)
                                .flatten()
                        })
                        .inner
                    };
                    let up = step(ui, SmallIcon::Up, "up", at.checked_sub(1));
                    let down = step(
                        ui,
                        SmallIcon::Down,
                        "down",
                        Some(at + 1).filter(|to| *to < count),
                    );
                    asked = up.or(down).map(ImageAction::Move);
                }
                if small_icon_button(ui, SmallIcon::Cross, &format!("{title}: remove")).clicked() {
                    asked = Some(ImageAction::Remove);
                }
                if let Some(image) = image {
                    let button = ui
                        .button("Replace…")
                        .accessible_name(format!("{title}: replace"));
                    if button.clicked() {
                        let instead = image.object();
                        form.push_command(UiAction::ImportImage(instead));
                    }
                }
            });
        });
    });
    asked
}

fn thumbnail(ui: &mut Ui, image: Option<&Image>, alt: &str, ground: egui::Color32) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(THUMBNAIL_SIDE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, alt));
    if !ui.is_rect_visible(rect) {
        return;
    }
    ui.painter().rect_filled(rect, 4.0, ground);
    let shown = image.and_then(|i| i.header().zip(i.bytes()));
    let Some((head, bytes)) = shown else {
        let middle =
            Rect::from_center_size(rect.center(), vec2(ROW_HEIGHT / 2.0, ROW_HEIGHT / 2.0));
        let pen = egui::Stroke::new(1.5, ui.visuals().weak_text_color());
        ui.painter()
            .line_segment([middle.left_top(), middle.right_bottom()], pen);
        ui.painter()
            .line_segment([middle.right_top(), middle.left_bottom()], pen);
        return;
    };
    let gallery = TextureCache::of(ui.ctx());
    let mut gallery = gallery.lock();
    gallery.begin_frame(ui.ctx());
    let pixels = THUMBNAIL_SIDE * ui.ctx().pixels_per_point();
    if let TextureState::Texture(texture, _) = gallery.texture(ui.ctx(), bytes, pixels) {
        let (w, h) = (head.width as f32, head.height as f32);
        let scale = THUMBNAIL_SIDE / w.max(h);
        let at = Rect::from_center_size(rect.center(), vec2(w, h) * scale);
        let uv = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
        ui.painter().image(texture, at, uv, egui::Color32::WHITE);
    }
}
