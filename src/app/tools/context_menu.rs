//! Context menus: the commands that apply to the clicked subject, or to the selection
//! if opened by key.
//!
//! Must not know: the execution of commands.

use crate::app::command::Selection;
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::frame::FrameCx;
use crate::app::ui::style::menu_list;
use crate::model::ObjectRef;
use crate::scene::Scene;
use egui::{Button, Context, Id, Popup, Pos2, Response, Role, Ui, WidgetInfo, pos2};
use std::sync::Arc;

/// State of the context menu between frames.
#[derive(Default)]
pub struct ContextMenu {
    /// Whether the menu opens in the next frame.
    is_open_requested: bool,
    /// Position, if it was opened by key.
    position: Option<Pos2>,
    /// Pointer position when the menu was opened by key; an entry below a resting
    /// pointer is not highlighted.
    resting_pointer: Option<Pos2>,
    /// Whether the first entry gets the focus once it is shown.
    focuses_first_entry: bool,
    /// Focus before the menu was opened by key.
    previous_focus: Option<Option<Id>>,
}

impl ContextMenu {
    /// Opens the menu at the selection in the next frame.
    pub fn open(&mut self, ctx: &Context) {
        self.is_open_requested = true;
        self.previous_focus = Some(ctx.memory(|memory| memory.focused()));
    }

    /// Restores the previous focus after the menu has closed.
    fn restore_focus(&mut self, ctx: &Context) {
        self.position = None;
        let Some(before) = self.previous_focus.take() else {
            return;
        };
        ctx.memory_mut(|memory| match (before, memory.focused()) {
            (Some(before), _) => memory.request_focus(before),
            (None, Some(line)) => memory.surrender_focus(line),
            (None, None) => {}
        });
    }

    /// Shows the menu for a secondary click or for the selection.
    pub(crate) fn show(&mut self, cx: &mut FrameCx<'_>, scene: &Arc<Scene>, canvas: &Response) {
        let id = Popup::default_response_id(canvas);
        if std::mem::take(&mut self.is_open_requested) {
            self.position = Some(menu_position(cx.document, scene, canvas));
            self.focuses_first_entry = true;
            self.resting_pointer = canvas.ctx.input(|i| i.pointer.latest_pos());
            Popup::open_id(&canvas.ctx, id);
        } else if canvas.secondary_clicked() {
            *self = ContextMenu::default();
        }
        let pointer = canvas.ctx.input(|i| i.pointer.latest_pos());
        self.resting_pointer = self.resting_pointer.filter(|rests| pointer == Some(*rests));
        let rests = self.resting_pointer.is_some();
        let mut popup = Popup::context_menu(canvas).accessible_name("Context menu");
        if let Some(at) = self.position {
            popup = popup.at_position(at);
        }
        popup.show(|ui| {
            ui.set_min_width(200.0);
            if rests {
                let widgets = &mut ui.visuals_mut().widgets;
                widgets.hovered = widgets.inactive;
                widgets.hovered.weak_bg_fill = egui::Color32::TRANSPARENT;
                widgets.hovered.bg_stroke = egui::Stroke::NONE;
            }
            menu_list(ui, |ui| self.show_entries(ui, cx));
        });
        if !Popup::is_id_open(&canvas.ctx, id) {
            self.restore_focus(&canvas.ctx);
        }
    }

    fn show_entries(&mut self, ui: &mut Ui, cx: &mut FrameCx<'_>) {
        let groups = menu_groups(&cx.document.selection);
        let mut any = false;
        for group in groups {
            let mut ready = group.to_vec();
            ready.retain(|id| id.is_enabled(&cx.commands()));
            for (i, id) in ready.into_iter().enumerate() {
                if i == 0 && any {
                    ui.separator();
                }
                any = true;
                let (keys, label) = (id.keys(ui.ctx()), id.state_label(&cx.commands()));
                let button = Button::new(label)
                    .shortcut_text(keys)
                    .frame_when_inactive(false);
                let line = ui.add(button);
                // The accessible name of the button would include the shortcut.
                line.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, label));
                // No tooltip for an entry that is below the pointer by chance.
                let response = match self.position {
                    None => line.on_hover_text(id.entry().tooltip),
                    Some(_) => line,
                };
                // egui measures a popup in an invisible pass.
                if self.focuses_first_entry && !ui.is_sizing_pass() {
                    self.focuses_first_entry = false;
                    response.request_focus();
                }
                if response.clicked() {
                    cx.run(id);
                    ui.close();
                }
            }
        }
    }
}

/// Commands that move or copy a card or a stage.
const MOVE_COMMANDS: &[CommandId] = &[
    CommandId::Cut,
    CommandId::Copy,
    CommandId::CopyPicture,
    CommandId::CopyText,
    CommandId::Paste,
    CommandId::Duplicate,
    CommandId::MoveLeft,
    CommandId::MoveRight,
];

/// Returns the commands for a kind of selection, in groups.
fn menu_groups(selection: &Selection) -> &'static [&'static [CommandId]] {
    use ObjectRef::{Lane, Path, Stage, Touchpoint};
    match selection {
        Selection::One(Touchpoint(_)) | Selection::Touchpoints(_) => &[
            &[
                CommandId::Rename,
                CommandId::AddTouchpoint,
                CommandId::ConnectTo,
                CommandId::OpenLink,
            ],
            &[
                CommandId::AssignOwner,
                CommandId::AssignChannel,
                CommandId::RaiseFeeling,
                CommandId::LowerFeeling,
            ],
            MOVE_COMMANDS,
            &[
                CommandId::SelectStage,
                CommandId::SelectOwner,
                CommandId::SelectChannel,
            ],
            &[CommandId::Delete],
        ],
        Selection::One(Stage(_)) => &[
            &[
                CommandId::Rename,
                CommandId::AddTouchpoint,
                CommandId::AddStage,
            ],
            MOVE_COMMANDS,
            &[
                CommandId::SelectStage,
                CommandId::ZoomToSelection,
                CommandId::ToggleFold,
            ],
            &[CommandId::Delete],
        ],
        Selection::One(Path { .. }) => &[
            &[CommandId::Rename],
            &[CommandId::SelectPrevious, CommandId::SelectNext],
            &[CommandId::Disconnect],
        ],
        Selection::One(Lane(_)) => &[
            &[
                CommandId::Rename,
                CommandId::ToggleFold,
                CommandId::ToggleLaneHidden,
            ],
            &[CommandId::MoveUp, CommandId::MoveDown],
            &[CommandId::Lanes],
        ],
        Selection::One(_) => &[
            &[CommandId::Rename],
            &[CommandId::MoveUp, CommandId::MoveDown],
            &[CommandId::Delete],
        ],
        Selection::Nothing => &[
            &[
                CommandId::AddTouchpoint,
                CommandId::AddStage,
                CommandId::Paste,
                CommandId::CopyPicture,
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

/// Returns the menu position for the selection: on the visible part of it.
fn menu_position(document: &mut Document, scene: &Arc<Scene>, canvas: &Response) -> Pos2 {
    let view = canvas.rect.shrink(8.0);
    let place = document.primary_object().and_then(|tag| {
        if let Some((first, last)) = document.canvas.path_ends(scene, &tag) {
            return Some(first + (last - first) / 2.0);
        }
        let area = document.canvas.object_rect(scene, &tag)?.intersect(view);
        let inset = (area.size() / 2.0).min(egui::vec2(24.0, 24.0));
        Some(pos2(area.left() + inset.x, area.top() + inset.y))
    });
    place.unwrap_or(view.center()).clamp(view.min, view.max)
}
