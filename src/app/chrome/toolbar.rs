//! Toolbar: menu, map name, current or future, views, highlights, theme, present.
//!
//! Must not know: how commands are carried out.

use super::command_buttons::{command_icon, command_toggle};
use super::document_tabs::{OpenMap, show_open_maps};
use super::filter_bar::show_filter_button;
use super::view_tabs::{show_view_options, show_view_tabs};
use crate::app::command::action::UiAction;
use crate::app::command::table::{COMMANDS, CommandGroup, CommandId};
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{
    ControlIcon, control_button, menu_item, primary_button, tight_group, toggle_button,
    with_trailing,
};
use crate::app::ui::display_file_name;
use crate::app::ui::style::{self, UNIT};
use crate::app::ui::text_field::show_text_field;
use crate::edit::Intent;
use crate::english::count;
use crate::model::{Field, MapKind, ObjectRef};
use crate::scene::Marks;
use crate::settings::ThemeChoice;
use egui::containers::menu::SubMenuButton;
use egui::{Popup, TextEdit, Ui};
use std::path::PathBuf;

/// State of the main menu. Opened by key, it is used by keys.
#[derive(Default)]
pub struct MainMenu {
    /// Whether the menu opens in the next frame.
    open_requested: bool,
    /// Whether the first item gets the focus once shown.
    focus_first: bool,
    /// Widget that had the focus before the menu was opened by key.
    previous_focus: Option<Option<egui::Id>>,
}

impl MainMenu {
    /// Opens the menu in the next frame.
    pub fn open(&mut self, ctx: &egui::Context) {
        self.open_requested = true;
        self.previous_focus = Some(ctx.memory(|memory| memory.focused()));
    }

    /// Shows the button of the menu, and the menu if it is open.
    fn show(&mut self, ui: &mut Ui, cx: &mut FrameCx<'_>, data: &ToolbarData<'_>) {
        let button = control_button(ui, ControlIcon::Menu, "Menu", "All commands", false);
        let popup = Popup::default_response_id(&button);
        if std::mem::take(&mut self.open_requested) {
            Popup::open_id(ui.ctx(), popup);
            self.focus_first = true;
        } else if button.clicked() && button.has_focus() {
            self.focus_first = true;
            self.previous_focus = Some(Some(button.id));
        } else if !Popup::is_id_open(ui.ctx(), popup)
            && let Some(Some(before)) = self.previous_focus.take()
        {
            ui.memory_mut(|memory| memory.request_focus(before));
        }
        Popup::menu(&button).show(|ui| {
            for &group in CommandGroup::ALL {
                let (line, _) = SubMenuButton::new(group.title()).ui(ui, |ui| {
                    for entry in COMMANDS.iter().filter(|e| e.group == group) {
                        let keys = entry.id.keys(ui.ctx());
                        let enabled = entry.id.is_enabled(&cx.commands());
                        let label = entry.id.state_label(&cx.commands());
                        let on = cx.is_checked(entry.id);
                        let item = ui.add_enabled_ui(enabled, |ui| menu_item(ui, label, keys, on));
                        if item.inner.on_hover_text(entry.tooltip).clicked() {
                            cx.run(entry.id);
                        }
                    }
                });
                // egui measures a popup in an invisible pass.
                if self.focus_first && !ui.is_sizing_pass() {
                    self.focus_first = false;
                    line.request_focus();
                }
            }
            ui.separator();
            ui.add_enabled_ui(!data.recent.is_empty(), |ui| {
                SubMenuButton::new("Open recent").ui(ui, |ui| {
                    for path in data.recent {
                        let button = ui.button(display_file_name(path));
                        if button.on_hover_text(path.display().to_string()).clicked() {
                            cx.actions.push(UiAction::OpenFiles(vec![path.clone()]));
                        }
                    }
                });
            });
            if data.open_maps.len() > 1 {
                ui.separator();
                show_open_maps(ui, data.open_maps, cx.actions);
            }
        });
    }
}

/// Width below which tools are in a row of their own, in points.
const NARROW: f32 = 1400.0;
/// Width below which the views are in a row of their own too.
const NARROW_FOR_VIEWS: f32 = 880.0;
/// Width below which, for example with very large text, current and future are in a row
/// of their own too.
const NARROWEST: f32 = 560.0;

/// State of other parts of the window that the toolbar shows.
pub(crate) struct ToolbarData<'a> {
    /// Maps opened before.
    pub recent: &'a [PathBuf],
    /// Open maps.
    pub open_maps: &'a [OpenMap],
    /// Whether the capture bar is open.
    pub capture_is_open: bool,
    /// Number of findings, if it is known.
    pub findings: Option<usize>,
}

/// Shows the toolbar.
pub(crate) fn show_toolbar(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    menu: &mut MainMenu,
    data: &ToolbarData<'_>,
) {
    // Large text reduces the width in points like a narrow window.
    let narrow = ui.available_width() < NARROW;
    let views_below = ui.available_width() < NARROW_FOR_VIEWS;
    let narrowest = ui.available_width() < NARROWEST;
    ui.horizontal(|ui| {
        menu.show(ui, cx, data);
        ui.add_space(UNIT);
        show_map_name(ui, cx);
        if !narrowest {
            show_kind(ui, cx);
        }
        if !views_below {
            ui.add_space(2.0 * UNIT);
            show_view_tabs(ui, cx, data.findings);
        }
        if !narrow {
            ui.add_space(2.0 * UNIT);
            show_tools(ui, cx, data.capture_is_open);
        }
        let controls = |ui: &mut Ui| {
            let (outline, inspector) = (cx.preferences.outline, cx.preferences.inspector);
            for (id, icon, on) in [
                (CommandId::ToggleOutline, ControlIcon::SideLeft, outline),
                (
                    CommandId::ToggleInspector,
                    ControlIcon::SideRight,
                    inspector,
                ),
            ] {
                command_icon(ui, cx, id, icon, on);
            }
            show_theme(ui, cx);
            let tip = CommandId::Present.tooltip_with_keys(ui.ctx());
            if primary_button(ui, "Present").on_hover_text(tip).clicked() {
                cx.run(CommandId::Present);
            }
        };
        with_trailing(ui, |_| (), controls);
    });
    if narrowest {
        ui.horizontal(|ui| show_kind(ui, cx));
    }
    if views_below {
        ui.horizontal_wrapped(|ui| show_view_tabs(ui, cx, data.findings));
    }
    if narrow {
        ui.horizontal_wrapped(|ui| show_tools(ui, cx, data.capture_is_open));
    }
}

/// Shows the toggles of capture and highlights, and the options of the active view.
fn show_tools(ui: &mut Ui, cx: &mut FrameCx<'_>, capture_is_open: bool) {
    command_toggle(ui, cx, CommandId::Capture, capture_is_open, "Capture");
    show_highlights(ui, cx);
    show_view_options(ui, cx);
}

fn show_map_name(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let mut header = cx.document.session.map().header().clone();
    let (font, tint) = (style::bold_font(15.0), ui.visuals().text_color());
    // As wide as the name, within limits, to look like a title.
    let title = style::visible_text(&header.title);
    let wanted = ui.painter().layout_no_wrap(title, font.clone(), tint);
    let room = (ui.available_width() - 760.0).max(140.0);
    let response = show_text_field(ui, "map name", &mut header.title, |text| {
        TextEdit::singleline(text)
            .font(font)
            .hint_text("Name of the map")
            .desired_width((wanted.size().x + 9.0 * UNIT).clamp(120.0, room))
    });
    let response = response.on_hover_text("Name of the map");
    if response.accessible_name("Map name").changed() {
        let intent = Intent::SetHeader(Box::new(header));
        let field = ObjectRef::Map.field(Field::Title);
        cx.actions.push(UiAction::EditField(intent, field));
    }
}

fn show_kind(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let header = cx.document.session.map().header();
    tight_group(ui, |ui| {
        for (kind, word, tip) in [
            (
                MapKind::Current,
                "Current state",
                "The journey as it is today.",
            ),
            (
                MapKind::Future,
                "Future state",
                "The journey as it shall be.",
            ),
        ] {
            let on = header.kind == kind;
            if toggle_button(ui, on, word, tip).clicked() && !on {
                let mut header = header.clone();
                header.kind = kind;
                let intent = Intent::SetHeader(Box::new(header));
                cx.actions.push(UiAction::Edit(intent));
            }
        }
    });
}

fn show_highlights(ui: &mut Ui, cx: &mut FrameCx<'_>) {
    let counts = cx.document.counts();
    let lit = cx.document.highlighting.marks;
    let touchpoints = count(counts.unowned_touchpoints, "touchpoint");
    let stages = count(counts.unowned_stages, "stage");
    let pain = count(counts.touchpoints_with_pain, "touchpoint");
    let mut toggle = |id: CommandId, mark, text: String, what: String| {
        let tip = format!("{what}\n{}", id.tooltip_with_keys(ui.ctx()));
        if toggle_button(ui, lit.intersects(mark), &text, &tip).clicked() {
            cx.run(id);
        }
    };
    let (text, tip) = (
        format!("No owner {}", counts.unowned()),
        format!("No owner: {touchpoints}, {stages}."),
    );
    toggle(CommandId::HighlightUnowned, Marks::UNOWNED, text, tip);
    let (text, tip) = (
        format!("Pain points {}", counts.pains),
        format!("It hurts at {pain}."),
    );
    toggle(CommandId::HighlightPain, Marks::PAIN, text, tip);
    show_filter_button(ui, cx);
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
        for (id, theme) in [
            (CommandId::ThemeLight, ThemeChoice::Light),
            (CommandId::ThemeDark, ThemeChoice::Dark),
            (CommandId::ThemeProjector, ThemeChoice::Projector),
            (CommandId::ThemeSystem, ThemeChoice::System),
        ] {
            let on = cx.preferences.theme == theme;
            let response = ui.selectable_label(on, id.label());
            if response.on_hover_text(id.entry().tooltip).clicked() {
                cx.run(id);
                ui.close();
            }
        }
    });
}
