//! Context menus: the commands that apply to the clicked subject, or to the selection
//! if opened by key.
//!
//! Must not know: the execution of commands.

use crate::app::app::App;
use crate::app::command::Selected;
use crate::app::command::table::CommandId;
use crate::scene::Scene;
use egui::{Button, Context, Id, Popup, Pos2, Response, Role, WidgetInfo, pos2};
use std::sync::Arc;

/// State of the context menu between frames.
#[derive(Default)]
pub struct ContextMenu {
    /// Whether the menu opens in the next frame.
    wanted: bool,
    /// Position, if it was opened by key.
    at: Option<Pos2>,
    /// Pointer position when the menu was opened by key; an entry below a resting
    /// pointer is not highlighted.
    resting: Option<Pos2>,
    /// Whether the first entry gets the focus once it is shown.
    entering: bool,
    /// Focus before the menu was opened by key.
    before: Option<Option<Id>>,
}

impl ContextMenu {
    /// Opens the menu at the selection in the next frame.
    pub fn open(&mut self, ctx: &Context) {
        self.wanted = true;
        self.before = Some(ctx.memory(|memory| memory.focused()));
    }

    /// Restores the previous focus after the menu has closed.
    fn give_focus_back(&mut self, ctx: &Context) {
        self.at = None;
        let Some(before) = self.before.take() else {
            return;
        };
        ctx.memory_mut(|memory| match (before, memory.focused()) {
            (Some(before), _) => memory.request_focus(before),
            (None, Some(line)) => memory.surrender_focus(line),
            (None, None) => {}
        });
    }
}

/// Commands that move or copy a card or a stage.
const MOVED: &[CommandId] = &[
    CommandId::Cut,
    CommandId::Copy,
    CommandId::Paste,
    CommandId::Duplicate,
    CommandId::MoveLeft,
    CommandId::MoveRight,
];

/// Returns the commands for a kind of selection, in groups.
fn entries(selected: Selected) -> &'static [&'static [CommandId]] {
    match selected {
        Selected::Touchpoint | Selected::Touchpoints => &[
            &[
                CommandId::Rename,
                CommandId::AddTouchpoint,
                CommandId::ConnectTo,
                CommandId::OpenLink,
            ],
            &[
                CommandId::GiveOwner,
                CommandId::GiveChannel,
                CommandId::FeelBetter,
                CommandId::FeelWorse,
            ],
            MOVED,
            &[
                CommandId::SelectStage,
                CommandId::SelectOwner,
                CommandId::SelectChannel,
            ],
            &[CommandId::Delete],
        ],
        Selected::Stage => &[
            &[
                CommandId::Rename,
                CommandId::AddTouchpoint,
                CommandId::AddStage,
            ],
            MOVED,
            &[CommandId::SelectStage, CommandId::ZoomToSelection],
            &[CommandId::Delete],
        ],
        Selected::Path => &[
            &[CommandId::Rename],
            &[CommandId::SelectPrevious, CommandId::SelectNext],
            &[CommandId::Disconnect],
        ],
        Selected::Record => &[
            &[CommandId::Rename],
            &[CommandId::MoveUp, CommandId::MoveDown],
            &[CommandId::Delete],
        ],
        Selected::Lane => &[
            &[CommandId::Rename, CommandId::HideLane],
            &[CommandId::MoveUp, CommandId::MoveDown],
            &[CommandId::Lanes],
        ],
        Selected::Nothing => &[
            &[
                CommandId::AddTouchpoint,
                CommandId::AddStage,
                CommandId::Paste,
                CommandId::SelectAll,
            ],
            &[
                CommandId::FitAll,
                CommandId::ZoomFull,
                CommandId::Lanes,
                CommandId::Present,
            ],
        ],
    }
}

impl App {
    /// Shows the menu for a secondary click or for the selection.
    pub(crate) fn show_context_menu(&mut self, scene: &Arc<Scene>, canvas: &Response) {
        let now = self.situation();
        let mut chosen = None;
        let id = Popup::default_response_id(canvas);
        if std::mem::take(&mut self.hands.menu.wanted) {
            self.hands.menu.at = Some(self.place_of_menu(scene, canvas));
            self.hands.menu.entering = true;
            self.hands.menu.resting = canvas.ctx.input(|i| i.pointer.latest_pos());
            Popup::open_id(&canvas.ctx, id);
        } else if canvas.secondary_clicked() {
            self.hands.menu = ContextMenu::default();
        }
        let menu = &mut self.hands.menu;
        let pointer = canvas.ctx.input(|i| i.pointer.latest_pos());
        menu.resting = menu.resting.filter(|rests| pointer == Some(*rests));
        let rests = menu.resting.is_some();
        let mut popup = Popup::context_menu(canvas).accessible_name("Menu of what is selected");
        if let Some(at) = menu.at {
            popup = popup.at_position(at);
        }
        popup.show(|ui| {
            ui.set_min_width(200.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = 26.0;
            ui.spacing_mut().button_padding.y = 2.0;
            if rests {
                let widgets = &mut ui.visuals_mut().widgets;
                widgets.hovered = widgets.inactive;
                widgets.hovered.weak_bg_fill = egui::Color32::TRANSPARENT;
                widgets.hovered.bg_stroke = egui::Stroke::NONE;
            }
            let groups = entries(now.selected).iter();
            let mut any = false;
            for group in groups {
                let ready = group.iter().filter(|id| id.entry().when.holds(&now));
                for (i, id) in ready.enumerate() {
                    if i == 0 && any {
                        ui.separator();
                    }
                    any = true;
                    let (keys, label) = (id.keys(ui.ctx()), id.label_now(&now));
                    let button = Button::new(label)
                        .shortcut_text(keys)
                        .frame_when_inactive(false);
                    let line = ui.add(button);
                    // The accessible name of the button would include the shortcut.
                    line.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, label));
                    // No tooltip for an entry that is below the pointer by chance.
                    let response = match menu.at {
                        None => line.on_hover_text(id.entry().tooltip),
                        Some(_) => line,
                    };
                    // egui measures a popup in an invisible pass.
                    if menu.entering && !ui.is_sizing_pass() {
                        menu.entering = false;
                        response.request_focus();
                    }
                    if response.clicked() {
                        chosen = Some(*id);
                        ui.close();
                    }
                }
            }
        });
        if !Popup::is_id_open(&canvas.ctx, id) {
            menu.give_focus_back(&canvas.ctx);
        }
        if let Some(id) = chosen {
            self.run(id);
        }
    }

    /// Returns the menu position for the selection: on the visible part of it.
    fn place_of_menu(&mut self, scene: &Arc<Scene>, canvas: &Response) -> Pos2 {
        let view = canvas.rect.shrink(8.0);
        let Some(document) = self.document_mut() else {
            return view.center();
        };
        let place = document.tag().and_then(|tag| {
            if let Some((first, last)) = document.canvas.ends_of(scene, &tag) {
                return Some(first + (last - first) / 2.0);
            }
            let area = document.canvas.area_of(scene, &tag)?.intersect(view);
            let inset = (area.size() / 2.0).min(egui::vec2(24.0, 24.0));
            Some(pos2(area.left() + inset.x, area.top() + inset.y))
        });
        place.unwrap_or(view.center()).clamp(view.min, view.max)
    }
}
