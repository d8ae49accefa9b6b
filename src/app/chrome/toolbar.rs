//! Toolbar: menu, map name, current or future, views, highlights, theme, present.
//!
//! Must not know: how commands are carried out.

use crate::app::app::App;
use crate::app::command::action::UiAction;
use crate::app::command::table::{COMMANDS, CommandGroup, CommandId};
use crate::app::document::multi_selection::count_noun;
use crate::app::ui::buttons::{
    ControlIcon, control_button, menu_item, primary_button, tight_group, toggle_button,
    with_trailing,
};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::MapKind;
use crate::scene::Marks;
use crate::settings::ThemeChoice;
use egui::containers::menu::SubMenuButton;
use egui::{Popup, TextEdit, Ui};

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
}

/// Width below which tools are in a row of their own, in points.
const NARROW: f32 = 1400.0;
/// Width below which the views are in a row of their own too.
const NARROW_FOR_VIEWS: f32 = 880.0;
/// Width below which, for example with very large text, current and future are in a row
/// of their own too.
const NARROWEST: f32 = 560.0;

impl App {
    /// Shows the toolbar.
    pub(crate) fn show_toolbar(&mut self, ui: &mut Ui) {
        // Large text reduces the width in points like a narrow window.
        let narrow = ui.available_width() < NARROW;
        let views_below = ui.available_width() < NARROW_FOR_VIEWS;
        let narrowest = ui.available_width() < NARROWEST;
        ui.horizontal(|ui| {
            self.show_menu(ui);
            ui.add_space(UNIT);
            self.show_map_name(ui);
            if !narrowest {
                self.show_kind(ui);
            }
            if !views_below {
                ui.add_space(2.0 * UNIT);
                self.show_view_tabs(ui);
            }
            if !narrow {
                ui.add_space(2.0 * UNIT);
                self.show_tools(ui);
            }
            with_trailing(
                ui,
                |_| (),
                |ui| {
                    let (outline, inspector) = (
                        self.settings.preferences.outline,
                        self.settings.preferences.inspector,
                    );
                    for (id, sign, on) in [
                        (CommandId::ToggleOutline, ControlIcon::SideLeft, outline),
                        (
                            CommandId::ToggleInspector,
                            ControlIcon::SideRight,
                            inspector,
                        ),
                    ] {
                        let tip = id.tooltip_with_keys(ui.ctx());
                        if control_button(ui, sign, id.label(), &tip, on).clicked() {
                            self.queue_command(id);
                        }
                    }
                    self.show_theme(ui);
                    let tip = CommandId::Present.tooltip_with_keys(ui.ctx());
                    if primary_button(ui, "Present").on_hover_text(tip).clicked() {
                        self.queue_command(CommandId::Present);
                    }
                },
            );
        });
        if narrowest {
            ui.horizontal(|ui| self.show_kind(ui));
        }
        if views_below {
            ui.horizontal_wrapped(|ui| self.show_view_tabs(ui));
        }
        if narrow {
            ui.horizontal_wrapped(|ui| self.show_tools(ui));
        }
    }

    /// Shows the toggles of capture and highlights, and the options of the active view.
    fn show_tools(&mut self, ui: &mut Ui) {
        let tip = CommandId::Capture.tooltip_with_keys(ui.ctx());
        if toggle_button(ui, self.capture_bar.is_open(), "Capture", &tip).clicked() {
            self.queue_command(CommandId::Capture);
        }
        self.show_highlights(ui);
        self.show_flow_colors(ui);
        self.show_handoff_toggles(ui);
    }

    fn show_menu(&mut self, ui: &mut Ui) {
        let now = self.command_state();
        let button = control_button(
            ui,
            ControlIcon::Menu,
            "Menu",
            "Everything the program can do",
            false,
        );
        let mut chosen = None;
        let mut recent = None;
        let mut front = None;
        let popup = Popup::default_response_id(&button);
        if std::mem::take(&mut self.chrome.menu.open_requested) {
            Popup::open_id(ui.ctx(), popup);
            self.chrome.menu.focus_first = true;
        } else if button.clicked() && button.has_focus() {
            self.chrome.menu.focus_first = true;
            self.chrome.menu.previous_focus = Some(Some(button.id));
        } else if !Popup::is_id_open(ui.ctx(), popup)
            && let Some(Some(before)) = self.chrome.menu.previous_focus.take()
        {
            ui.memory_mut(|memory| memory.request_focus(before));
        }
        Popup::menu(&button).show(|ui| {
            for group in CommandGroup::ALL {
                let (line, _) = SubMenuButton::new(group.title()).ui(ui, |ui| {
                    for entry in COMMANDS.iter().filter(|e| e.group == group) {
                        let keys = entry.id.keys(ui.ctx());
                        let enabled = entry.enabled_when.is_met(&now);
                        let (label, on) = (entry.id.state_label(&now), self.is_checked(entry.id));
                        let response = ui
                            .add_enabled_ui(enabled, |ui| menu_item(ui, label, keys, on))
                            .inner
                            .on_hover_text(entry.tooltip);
                        if response.clicked() {
                            chosen = Some(entry.id);
                        }
                    }
                });
                // egui measures a popup in an invisible pass.
                if self.chrome.menu.focus_first && !ui.is_sizing_pass() {
                    self.chrome.menu.focus_first = false;
                    line.request_focus();
                }
            }
            ui.separator();
            ui.add_enabled_ui(!self.workspace.recent.paths().is_empty(), |ui| {
                SubMenuButton::new("Open recent").ui(ui, |ui| {
                    for path in self.workspace.recent.paths() {
                        let name = path.file_name().unwrap_or(path.as_os_str());
                        let button = ui.button(name.to_string_lossy());
                        if button.on_hover_text(path.display().to_string()).clicked() {
                            recent = Some(path.clone());
                        }
                    }
                });
            });
            if self.workspace.documents.len() > 1 {
                ui.separator();
                front = self.show_open_maps(ui);
            }
        });
        if let Some(id) = chosen {
            self.queue_command(id);
        }
        if let Some(index) = front {
            self.activate(index);
        }
        if let Some(path) = recent {
            self.open_all(&[path]);
        }
    }

    fn show_map_name(&mut self, ui: &mut Ui) {
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        let header = document.session.map().header();
        let mut title = header.title.clone();
        let font = style::bold_font(15.0);
        // As wide as the name, within limits, to look like a title.
        let wanted = ui
            .painter()
            .layout_no_wrap(title.clone(), font.clone(), ui.visuals().text_color())
            .size()
            .x;
        let room = (ui.available_width() - 760.0).max(140.0);
        let field = TextEdit::singleline(&mut title)
            .font(font)
            .hint_text("Name of the map")
            .desired_width((wanted + 9.0 * UNIT).clamp(120.0, room));
        let response = ui.add(field).on_hover_text("Name of the map");
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Map name");
            info.current_text_value = Some(title.clone());
            info
        });
        if response.changed() {
            let mut header = header.clone();
            header.title = title;
            let intent = Intent::SetHeader(Box::new(header));
            self.actions
                .push(UiAction::EditField(intent, "map name".to_owned()));
        }
    }

    fn show_kind(&mut self, ui: &mut Ui) {
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        let header = document.session.map().header();
        let mut chosen = None;
        tight_group(ui, |ui| {
            for (kind, word, tip) in [
                (MapKind::Current, "Current", "The journey as it is today."),
                (MapKind::Future, "Future", "The journey as it shall be."),
            ] {
                if toggle_button(ui, header.kind == kind, word, tip).clicked()
                    && header.kind != kind
                {
                    chosen = Some(kind);
                }
            }
        });
        if let Some(kind) = chosen {
            let mut header = header.clone();
            header.kind = kind;
            self.actions
                .push(UiAction::Edit(Intent::SetHeader(Box::new(header))));
        }
    }

    fn show_highlights(&mut self, ui: &mut Ui) {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let counts = document.counts();
        let lit = document.highlighting.marks;
        let now = document.command_state();
        let highlights = [
            (
                CommandId::HighlightUnowned,
                Marks::UNOWNED,
                format!("No owner {}", counts.unowned()),
                format!(
                    "No owner: {}, {}.",
                    count_noun(counts.unowned_touchpoints, "touchpoint"),
                    count_noun(counts.unowned_stages, "stage")
                ),
            ),
            (
                CommandId::HighlightPain,
                Marks::PAIN,
                format!("Pain points {}", counts.pains),
                format!(
                    "It hurts at {}.",
                    count_noun(counts.touchpoints_with_pain, "touchpoint")
                ),
            ),
        ];
        for (id, mark, text, what) in highlights {
            let tip = format!("{what}\n{}", id.tooltip_with_keys(ui.ctx()));
            if toggle_button(ui, lit.intersects(mark), &text, &tip).clicked() {
                self.queue_command(id);
            }
        }
        self.show_filter_button(ui);
        for (id, sign) in [
            (CommandId::PreviousHighlighted, ControlIcon::Left),
            (CommandId::NextHighlighted, ControlIcon::Right),
        ] {
            let tip = id.tooltip_with_keys(ui.ctx());
            let enabled = id.entry().enabled_when.is_met(&now);
            ui.add_enabled_ui(enabled, |ui| {
                if control_button(ui, sign, id.label(), &tip, false).clicked() {
                    self.queue_command(id);
                }
            });
        }
    }

    fn show_theme(&mut self, ui: &mut Ui) {
        let button = control_button(
            ui,
            ControlIcon::Theme,
            "Theme",
            "Light, dark or projector",
            false,
        );
        let mut chosen = None;
        Popup::menu(&button).width(140.0).show(|ui| {
            for (id, theme) in [
                (CommandId::ThemeLight, ThemeChoice::Light),
                (CommandId::ThemeDark, ThemeChoice::Dark),
                (CommandId::ThemeProjector, ThemeChoice::Projector),
                (CommandId::ThemeSystem, ThemeChoice::System),
            ] {
                let on = self.settings.preferences.theme == theme;
                let response = ui.selectable_label(on, id.label());
                if response.on_hover_text(id.entry().tooltip).clicked() {
                    chosen = Some(id);
                    ui.close();
                }
            }
        });
        if let Some(id) = chosen {
            self.queue_command(id);
        }
    }
}
