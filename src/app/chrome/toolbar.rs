//! Toolbar: menu, map name, current or future, views, highlights, theme, present. One row,
//! whose parts collapse to icons and into the menu More in a narrow window.
//!
//! Must not know: how commands are carried out, the widths of the parts.

use super::collapse::{Form, GAP, Slot};
use super::command_buttons::{command_icon, command_item, command_toggle};
use super::filter_bar::{show_filter_button, show_filter_menu};
use super::main_menu::MainMenu;
use super::toolbar_parts::{KINDS, NAME_SIZE, Parts, ToolbarData, kind_word};
use super::view_tabs::{TABS, option_commands, show_view_menu, show_view_options, show_view_tabs};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{
    ControlIcon, Glyph, control_button, drop_down, glyph_button, primary_button, selectable,
    tight_group, toggle_button,
};
use crate::app::ui::style::{self, UNIT, menu_list};
use crate::app::ui::text_field::{elided, show_shortened};
use crate::edit::Intent;
use crate::model::{Field, ObjectRef};
use crate::render::View;
use crate::settings::ThemeChoice;
use egui::{Button, Popup, TextEdit, Ui};

const THEMES: [(CommandId, ThemeChoice); 4] = [
    (CommandId::ThemeLight, ThemeChoice::Light),
    (CommandId::ThemeDark, ThemeChoice::Dark),
    (CommandId::ThemeProjector, ThemeChoice::Projector),
    (CommandId::ThemeSystem, ThemeChoice::System),
];

/// Shows the toolbar.
pub(crate) fn show_toolbar(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    menu: &mut MainMenu,
    data: &ToolbarData<'_>,
) {
    let parts = Parts::fit(ui, cx, data);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for slot in Slot::ALL {
            if slot == Slot::More {
                // The parts that follow are at the right end.
                let space = ui.available_width() - parts.end_width();
                ui.add_space(space.max(0.0));
            }
            match parts.form(slot) {
                None | Some(Form::InMenu) => {}
                Some(_) if slot == Slot::Menu => menu.show(ui, cx, data),
                Some(form) => {
                    ui.add_space(slot.space_before());
                    show_part(ui, cx, data, &parts, (slot, form));
                }
            }
        }
    });
}

fn show_part(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    data: &ToolbarData<'_>,
    parts: &Parts,
    (slot, form): (Slot, Form),
) {
    let is_full = form == Form::Full;
    match slot {
        Slot::Menu => {}
        Slot::Name => {
            let (width, is_cut) = parts.name_width(ui, cx);
            show_map_name(ui, cx, width, is_cut);
        }
        Slot::Kind if is_full => tight_group(ui, |ui| show_kinds(ui, cx)),
        Slot::Kind => {
            let button = drop_down(ui, kind_word(cx), "Current or future");
            Popup::menu(&button).show(|ui| menu_list(ui, |ui| show_kinds(ui, cx)));
        }
        Slot::Views if is_full => show_view_tabs(ui, cx, &parts.views),
        Slot::Views => show_view_menu(ui, cx),
        Slot::Capture if is_full => {
            command_toggle(ui, cx, CommandId::Capture, data.capture_is_open, "Capture");
        }
        Slot::Capture => {
            let tip = CommandId::Capture.tooltip_with_keys(ui.ctx());
            let plus = Glyph::Control(ControlIcon::Plus);
            let button = glyph_button(ui, data.capture_is_open, plus, "", "Capture");
            if button.on_hover_text(tip).clicked() {
                cx.run(CommandId::Capture);
            }
        }
        Slot::Unowned | Slot::Pain | Slot::Dominators => {
            if let Some(mark) = parts.mark(slot) {
                mark.show(ui, cx, form);
            }
        }
        Slot::Filter => {
            let button = show_filter_button(ui, cx, is_full);
            show_filter_menu(&button, cx);
        }
        Slot::Steps => tight_group(ui, |ui| show_steps(ui, cx)),
        Slot::Options => show_view_options(ui, cx, is_full),
        Slot::More => show_more(ui, cx, parts),
        Slot::Outline => {
            let on = cx.preferences.outline;
            command_icon(ui, cx, CommandId::ToggleOutline, ControlIcon::SideLeft, on);
        }
        Slot::Inspector => {
            let on = cx.preferences.inspector;
            command_icon(
                ui,
                cx,
                CommandId::ToggleInspector,
                ControlIcon::SideRight,
                on,
            );
        }
        Slot::Theme => show_theme(ui, cx),
        Slot::Present => {
            let tip = CommandId::Present.tooltip_with_keys(ui.ctx());
            if primary_button(ui, "Present").on_hover_text(tip).clicked() {
                cx.run(CommandId::Present);
            }
        }
    }
}

/// Shows the button More, with a menu of the parts that have no room.
fn show_more(ui: &mut Ui, cx: &mut FrameCx<'_>, parts: &Parts) {
    let tip = "More controls of the toolbar";
    let button = control_button(ui, ControlIcon::More, "More", tip, false);
    Popup::menu(&button).show(|ui| {
        menu_list(ui, |ui| {
            for slot in Slot::ALL.into_iter().filter(|slot| parts.is_in_menu(*slot)) {
                if slot == Slot::Kind {
                    show_kinds(ui, cx);
                }
                for id in commands_of(slot, cx.document.view) {
                    command_item(ui, cx, id);
                }
            }
        });
    });
    if parts.is_in_menu(Slot::Filter) {
        show_filter_menu(&button, cx);
    }
}

/// Commands of a part in the menu More.
fn commands_of(slot: Slot, view: View) -> Vec<CommandId> {
    match slot {
        Slot::Views => TABS.map(View::command).to_vec(),
        Slot::Capture => vec![CommandId::Capture],
        Slot::Unowned => vec![CommandId::HighlightUnowned],
        Slot::Pain => vec![CommandId::HighlightPain],
        Slot::Dominators => vec![CommandId::HighlightDominators],
        Slot::Filter => vec![CommandId::Filter],
        Slot::Steps => vec![CommandId::PreviousHighlighted, CommandId::NextHighlighted],
        Slot::Options => option_commands(view),
        Slot::Outline => vec![CommandId::ToggleOutline],
        Slot::Inspector => vec![CommandId::ToggleInspector],
        Slot::Theme => THEMES.map(|(id, _)| id).to_vec(),
        Slot::Menu | Slot::Name | Slot::Kind | Slot::More | Slot::Present => Vec::new(),
    }
}

/// Width of the map name beside its text, in points.
const NAME_MARGINS: f32 = 8.0 * UNIT;

fn show_map_name(ui: &mut Ui, cx: &mut FrameCx<'_>, width: f32, is_cut: bool) {
    let mut header = cx.document.session.map().header().clone();
    let font = style::bold_font(NAME_SIZE);
    let room = width - NAME_MARGINS;
    let short = is_cut
        .then(|| elided(ui, &header.title, font, room))
        .flatten();
    let response = show_shortened(ui, "map name", &mut header.title, short, |text| {
        TextEdit::singleline(text)
            .font(style::bold_font(NAME_SIZE))
            .hint_text("Name of the map")
            .desired_width(width)
    });
    let tip = match is_cut {
        true => style::visible_text(&*header.title),
        false => "Name of the map".to_owned(),
    };
    let response = response.on_hover_text(tip);
    if response.accessible_name("Map name").changed() {
        let intent = Intent::SetHeader(Box::new(header));
        let field = ObjectRef::Map.field(Field::Title);
        cx.actions.push(UiAction::EditField(intent, field));
    }
}

fn show_kinds(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let header = cx.document.session.map().header();
    for (kind, word, tip) in KINDS {
        let on = header.kind == kind;
        if toggle_button(ui, on, word, tip).clicked() && !on {
            let mut header = header.clone();
            header.kind = kind;
            let intent = Intent::SetHeader(Box::new(header));
            cx.actions.push(UiAction::Edit(intent));
        }
    }
}

fn show_steps(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    for (id, icon) in [
        (CommandId::PreviousHighlighted, ControlIcon::Left),
        (CommandId::NextHighlighted, ControlIcon::Right),
    ] {
        let enabled = id.is_enabled(&cx.commands());
        ui.add_enabled_ui(enabled, |ui| command_icon(ui, cx, id, icon, false));
    }
}

fn show_theme(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let tip = "Light, dark or projector";
    let button = control_button(ui, ControlIcon::Theme, "Theme", tip, false);
    Popup::menu(&button).width(140.0).show(|ui| {
        menu_list(ui, |ui| {
            for (id, theme) in THEMES {
                let on = cx.preferences.theme == theme;
                let response = selectable(ui, on, Button::selectable(on, id.label()));
                if response.on_hover_text(id.entry().tooltip).clicked() {
                    cx.run(id);
                    ui.close();
                }
            }
        });
    });
}
