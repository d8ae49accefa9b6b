//! Form sections for images: thumbnails with name, order, replacement and removal.
//!
//! Must not know: image decoding.

use crate::app::command::action::{Command, PictureHome};
use crate::app::panels::form::Form;
use crate::app::ui::rows::{ROW, Section, Sign, Swatch, quiet, row, section, sign};
use crate::app::ui::style::{UNIT, color};
use crate::app::ui::textures::{Gallery, Shown};
use crate::edit::Intent;
use crate::model::{Image, ImageId, Persona, Touchpoint};
use egui::{Rect, Sense, Ui, Vec2, WidgetInfo, vec2};

/// Longer side of a thumbnail, in points.
const THUMB: f32 = 72.0;

/// Shows the images of a touchpoint.
pub(super) fn of_touchpoint(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
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
                one(ui, form, &title, id, Some((i, count)))
            });
            match asked.inner {
                Some(Asked::Remove) => gone = Some(i),
                Some(Asked::Move(to)) => moved = Some((i, to)),
                None => {}
            }
        }
    });
    if let Some(i) = gone {
        t.pictures.remove(i);
        form.stepped();
    }
    if let Some((from, to)) = moved {
        t.pictures.swap(from, to);
        form.stepped();
    }
    if add {
        form.say(Command::TakePicture(PictureHome::Touchpoint(t.id.clone())));
    }
}

/// Shows the image of a persona.
pub(super) fn of_persona(ui: &mut Ui, form: &mut Form<'_>, persona: &mut Persona) {
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
            gone = matches!(one(ui, form, "Picture", id, None), Some(Asked::Remove));
        }
    });
    if gone {
        persona.picture = None;
        form.stepped();
    }
    if add {
        form.say(Command::TakePicture(PictureHome::Persona(
            persona.id.clone(),
        )));
    }
}

/// Shows the image of a touchpoint in a custom lane; `text` is the image id.
pub(super) fn of_lane(ui: &mut Ui, form: &mut Form<'_>, home: PictureHome, text: &mut String) {
    if text.is_empty() {
        let name = form.name("Add picture");
        if row(ui, Swatch::None, "+ Add picture", false)
            .accessible_name(&name)
            .clicked()
        {
            form.say(Command::TakePicture(home));
        }
        return;
    }
    let title = form.name("Picture");
    let id = ImageId::from(text.as_str());
    if let Some(Asked::Remove) = one(ui, form, &title, &id, None) {
        text.clear();
        form.stepped();
    }
}

/// Requested action on an image.
enum Asked {
    Remove,
    Move(usize),
}

/// Shows a thumbnail with its name and actions. `place` is its index and the number of
/// images.
fn one(
    ui: &mut Ui,
    form: &mut Form<'_>,
    title: &str,
    id: &ImageId,
    place: Option<(usize, usize)>,
) -> Option<Asked> {
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
                    if form.aside(ui, &field, "What it shows", room, &mut named.name) {
                        let key = format!("picture/{id}");
                        form.say(Command::Typing(Intent::SetImage(Box::new(named)), key));
                    }
                }
                None => quiet(ui, "This picture is not in the map."),
            }
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = UNIT;
                if let Some((at, count)) = place {
                    let step = |ui: &mut Ui, way, word: &str, to: Option<usize>| {
                        ui.add_enabled_ui(to.is_some(), |ui| {
                            sign(ui, way, &format!("{title}: move {word}"))
                                .clicked()
                                .then_some(to)
                                .flatten()
                        })
                        .inner
                    };
                    let up = step(ui, Sign::Up, "up", at.checked_sub(1));
                    let down = step(
                        ui,
                        Sign::Down,
                        "down",
                        Some(at + 1).filter(|to| *to < count),
                    );
                    asked = up.or(down).map(Asked::Move);
                }
                if sign(ui, Sign::Cross, &format!("{title}: remove")).clicked() {
                    asked = Some(Asked::Remove);
                }
                if let Some(image) = image {
                    let button = ui
                        .button("Replace…")
                        .accessible_name(format!("{title}: replace"));
                    if button.clicked() {
                        let instead = PictureHome::Instead(image.id.clone());
                        form.say(Command::TakePicture(instead));
                    }
                }
            });
        });
    });
    asked
}

fn thumbnail(ui: &mut Ui, image: Option<&Image>, alt: &str, ground: egui::Color32) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(THUMB), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, alt));
    if !ui.is_rect_visible(rect) {
        return;
    }
    ui.painter().rect_filled(rect, 4.0, ground);
    let shown = image.and_then(|i| i.head().zip(i.bytes()));
    let Some((head, bytes)) = shown else {
        let middle = Rect::from_center_size(rect.center(), vec2(ROW / 2.0, ROW / 2.0));
        let pen = egui::Stroke::new(1.5, ui.visuals().weak_text_color());
        ui.painter()
            .line_segment([middle.left_top(), middle.right_bottom()], pen);
        ui.painter()
            .line_segment([middle.right_top(), middle.left_bottom()], pen);
        return;
    };
    let gallery = Gallery::of(ui.ctx());
    let mut gallery = gallery.lock();
    gallery.begin(ui.ctx());
    let pixels = THUMB * ui.ctx().pixels_per_point();
    if let Shown::Texture(texture, _) = gallery.show(ui.ctx(), bytes, pixels) {
        let (w, h) = (head.width as f32, head.height as f32);
        let scale = THUMB / w.max(h);
        let at = Rect::from_center_size(rect.center(), vec2(w, h) * scale);
        let uv = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
        ui.painter().image(texture, at, uv, egui::Color32::WHITE);
    }
}
