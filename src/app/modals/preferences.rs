//! Modal of the preferences: appearance and motion. Changes apply at once.
//!
//! Must not know: where preferences are kept.

use super::dialog::{Choice, Dialog, scroll_body};
use crate::app::ui::buttons::selectable;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::room::Room;
use crate::settings::{Motion, Preferences, ThemeChoice};
use crate::theme::{Density, DepartmentPalette, ThemeName};
use egui::{
    Align, Button, Checkbox, Context, DragValue, Layout, Response, Role, Sense, TextEdit, Ui,
    UiBuilder, WidgetInfo, vec2,
};

/// Width of the captions, in points.
const CAPTION_WIDTH: f32 = 30.0 * UNIT;

/// Width below which captions are above their controls, in points.
const NARROW: f32 = 460.0;

/// Accessible name of the palette choice. Its buttons have one width, so that the
/// colour samples are aligned.
const PALETTE_CAPTION: &str = "Department colours";

/// Shows the modal and returns whether it stays open. `system_is_still` is the
/// reduced-motion setting of the system, if known.
pub fn show(
    ctx: &Context,
    now: &mut Preferences,
    theme: ThemeName,
    system_is_still: Option<bool>,
) -> bool {
    let usual = Preferences {
        window: now.window,
        export: now.export.clone(),
        ..Preferences::default()
    };
    let dialog = Dialog {
        name: "preferences",
        title: "Preferences",
        width: 600.0,
        choices: &[
            Choice::primary("Done", false),
            Choice::new("Reset to defaults", true).enabled(*now != usual),
        ],
        dismissed: false,
    };
    let reset = dialog.show(ctx, |ui| {
        scroll_body(ui, |ui| preference_rows(ui, now, theme, system_is_still))
    });
    if reset == Some(true) {
        *now = usual;
    }
    reset != Some(false)
}

/// Greatest length of the name of the author, in characters.
const MAX_AUTHOR_CHARS: usize = 100;

/// Shows the preferences; returns the button of the theme in force.
fn preference_rows(
    ui: &mut Ui,
    now: &mut Preferences,
    theme: ThemeName,
    system_is_still: Option<bool>,
) -> Option<Response> {
    let themes = [
        (ThemeChoice::Light, "Light", "Warm paper."),
        (ThemeChoice::Dark, "Dark", "Deep slate."),
        (
            ThemeChoice::Projector,
            "Projector",
            "Plain black on white, for weak projectors.",
        ),
        (
            ThemeChoice::System,
            "As the system",
            "Light or dark, as set in the system.",
        ),
    ];
    let in_force = preference_row(ui, "Theme", |ui| {
        radio_group(ui, "Theme", &mut now.theme, themes)
    });
    let densities = [
        (
            Density::Comfortable,
            "Comfortable",
            "Everything, with space around it: for editing.",
        ),
        (
            Density::Compact,
            "Compact",
            "Names and marks close together: for overview.",
        ),
    ];
    preference_row(ui, "Density", |ui| {
        radio_group(ui, "Density", &mut now.density, densities);
    });
    let rows = [
        (false, "One row", "All stages beside each other."),
        (
            true,
            "Rows",
            "Rows as wide as the window, like lines of text.",
        ),
    ];
    preference_row(ui, "Journey", |ui| {
        radio_group(ui, "Journey", &mut now.rows, rows);
    });
    preference_row(ui, "Your name", |ui| {
        let field = TextEdit::singleline(&mut now.author)
            .hint_text("Stands below your comments")
            .char_limit(MAX_AUTHOR_CHARS);
        ui.add(field).accessible_name("Your name");
    });
    preference_row(ui, "Text size", |ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let tip = "How large everything is in the window.";
        let sizes = Preferences::TEXT_SIZES.map(|size| (size, format!("{size} %"), tip));
        radio_group(ui, "Text size", &mut now.text_size, sizes);
    });
    let motions = [
        (
            Motion::System,
            "As the system",
            "As set in the system; animated where it is not set by the system.",
        ),
        (
            Motion::Full,
            "Animated",
            "Maps and cards move smoothly to their place.",
        ),
        (
            Motion::Reduced,
            "Off",
            "Maps and cards jump to their place.",
        ),
    ];
    preference_row(ui, "Motion", |ui| {
        radio_group(ui, "Motion", &mut now.motion, motions);
        let system = match system_is_still {
            Some(true) => "The system asks for reduced motion.",
            Some(false) => "The system allows motion.",
            None => "Not set by the system.",
        };
        if now.motion == Motion::System {
            ui.label(style::weak_text(system));
        }
    });
    let palettes = [
        (
            DepartmentPalette::Warm,
            "Warm",
            "Ten colours, adjusted to each theme.",
        ),
        (
            DepartmentPalette::OkabeIto,
            "Okabe–Ito",
            "Eight colours made for colour-blind eyes.",
        ),
        (
            DepartmentPalette::Bright,
            "Bright",
            "Seven lively colours that colour-blind eyes tell apart.",
        ),
        (
            DepartmentPalette::HighContrast,
            "High contrast",
            "Four colours that differ in brightness too, also in a grey print.",
        ),
    ];
    preference_row(ui, "Departments", |ui| {
        ui.vertical(|ui| {
            for choice in palettes {
                ui.horizontal_wrapped(|ui| {
                    radio_group(ui, PALETTE_CAPTION, &mut now.palette, [choice]);
                    ui.spacing_mut().item_spacing.x = 3.0;
                    for color in theme.with_palette(choice.0).departments {
                        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
                        ui.painter().rect_filled(rect, 3.0, style::color(*color));
                    }
                });
            }
        });
    });
    preference_row(ui, "Room", |ui| {
        let room = now.room;
        let (mut height, mut farthest) = (room.picture_height(), room.farthest());
        let tip =
            "From these, a mark tells while presenting whether the last row can read all text.";
        for (length, word, name) in [
            (&mut height, "Picture", "Height of the picture"),
            (
                &mut farthest,
                "Farthest seat",
                "Distance of the farthest seat",
            ),
        ] {
            ui.label(style::weak_text(word));
            let value = DragValue::new(length).range(Room::LENGTHS).speed(0.1);
            let value = ui.add(value.suffix(" m").max_decimals(2));
            value.accessible_name(name).on_hover_text(tip);
        }
        now.room = Room::new(height, farthest).unwrap_or(room);
    });
    preference_row(ui, "Shown", |ui| {
        for (on, word) in [
            (&mut now.outline, "Outline and lanes"),
            (&mut now.inspector, "Inspector"),
            (&mut now.minimap, "Overview map"),
        ] {
            ui.add(Checkbox::new(on, word));
        }
    });
    in_force
}

/// A caption with its controls beside it; they wrap if there is little room.
pub(super) fn preference_row<R>(ui: &mut Ui, caption: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let caption = style::weak_text(caption);
    if ui.available_width() < NARROW {
        ui.label(caption);
        let inner = ui.horizontal_wrapped(add).inner;
        ui.add_space(UNIT);
        return inner;
    }
    let row = ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(CAPTION_WIDTH, 7.0 * UNIT), Sense::hover());
        let layout = Layout::left_to_right(Align::Center);
        let mut at = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        at.label(caption);
        ui.horizontal_wrapped(add).inner
    });
    ui.add_space(UNIT);
    row.inner
}

/// A row of radio buttons, each with a tooltip; returns the selected one. The accessible
/// name of a button includes the name of the group.
pub(super) fn radio_group<T: PartialEq, W: AsRef<str>>(
    ui: &mut Ui,
    group: &str,
    now: &mut T,
    choices: impl IntoIterator<Item = (T, W, &'static str)>,
) -> Option<Response> {
    let is_palette = group == PALETTE_CAPTION;
    let width = if is_palette { 27.0 * UNIT } else { 0.0 };
    let mut selected = None;
    for (choice, word, tip) in choices {
        let (word, on) = (word.as_ref(), *now == choice);
        let button = Button::new(word).min_size(vec2(width, 0.0));
        let response = selectable(ui, on, button);
        let enabled = ui.is_enabled();
        response.widget_info(|| {
            let name = format!("{group}: {word}");
            WidgetInfo::selected(Role::RadioButton, enabled, on, name)
        });
        let response = response.on_hover_text(tip);
        if response.clicked() {
            *now = choice;
        } else if on {
            selected = Some(response);
        }
    }
    selected
}
