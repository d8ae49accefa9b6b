//! A popup beside the selected path with its label, kind and share.
//!
//! Must not know: the drawing of paths.

use super::tool::{Tool, ToolState};
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::held_value;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::selectable_text;
use crate::app::ui::style::{UNIT, color, popup_bounds};
use crate::app::ui::text_field::show_text_field;
use crate::app::ui::value_field::{Typed, ValueField, forget_typed_text};
use crate::edit::Intent;
use crate::model::{Field, ObjectRef, Path, PathKind, Share};
use crate::scene::Scene;
use crate::theme::Theme;
use egui::{Area, Frame, Id, Rect, TextEdit, Ui, vec2};
use std::sync::Arc;

/// Kinds of path with their labels on screen.
const KINDS: [(PathKind, &str); 4] = [
    (PathKind::Next, "Next step"),
    (PathKind::Alternative, "Alternative"),
    (PathKind::Failure, "Failure"),
    (PathKind::Return, "Loop"),
];

impl ToolState {
    /// Shows the popup at the middle of the selected path.
    pub(super) fn show_path_popup(
        &mut self,
        ui: &Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        scene: &Arc<Scene>,
    ) {
        self.popup_rect = None;
        if matches!(self.active, Some(Tool::Connect(_))) {
            return;
        }
        let document = &mut *cx.document;
        let selected = document.selection.object().cloned();
        let Some(path @ ObjectRef::Path { from, to, kind }) = &selected else {
            self.focus_path_label = false;
            return;
        };
        let Some((first, last)) = document.canvas.path_ends(scene, path) else {
            return;
        };
        let Some(touchpoint) = document.session.map().touchpoint(from) else {
            return;
        };
        let place = touchpoint
            .paths
            .iter()
            .position(|p| p.to == *to && p.kind == *kind);
        let before = match place.and_then(|at| touchpoint.paths.get(at)) {
            Some(path) => path.clone(),
            // An implicit path becomes explicit by editing it.
            None => Path {
                to: to.clone(),
                kind: *kind,
                label: String::new(),
                share: None,
            },
        };
        let mut after = before.clone();
        // Changes in one field merge into one step.
        let at = Field::index(place.unwrap_or(touchpoint.paths.len()));
        let mut typed = None;
        let mut held = false;
        let mut remove = false;
        let naming = std::mem::take(&mut self.focus_path_label);
        let middle = first + (last - first) / 2.0;
        let shown = Area::new(Id::unique("path popup"))
            .fixed_pos(middle + vec2(-120.0, 16.0))
            .constrain_to(popup_bounds(ui.ctx(), canvas))
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.set_max_width(300.0);
                    let label = show_text_field(ui, "path label", &mut after.label, |text| {
                        TextEdit::singleline(text)
                            .hint_text("Name, such as “in a hurry”")
                            .desired_width(260.0)
                    });
                    let label = label.accessible_name("Path label");
                    typed = label.changed().then_some(Field::PathLabel(at));
                    if naming {
                        label.request_focus();
                    }
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = 4.0;
                        for (kind, word) in KINDS {
                            let is_chosen = after.kind == kind;
                            if selectable_text(ui, is_chosen, word).clicked() {
                                after.kind = kind;
                            }
                        }
                    });
                    ui.horizontal(|ui| {
                        match share_field(ui, after.share, cx.theme) {
                            Typed::Unchanged => held_value::release(ui.ctx(), share_id()),
                            Typed::Held(share) => {
                                held = true;
                                after.share = share;
                            }
                            Typed::Done(share) => after.share = share,
                        }
                        ui.label("of customers");
                        remove = ui.button("Remove").clicked();
                    });
                });
            });
        self.popup_rect = Some(shown.response.rect);
        if remove {
            cx.run(CommandId::Disconnect);
            return;
        }
        if after == before {
            return;
        }
        let taken = |p: &Path| p.to == after.to && p.kind == after.kind;
        let mut whole = touchpoint.clone();
        if after.kind != before.kind && whole.paths.iter().any(taken) {
            return;
        }
        match place.and_then(|at| whole.paths.get_mut(at)) {
            Some(path) => *path = after.clone(),
            None => whole.paths.push(after.clone()),
        }
        let intent = Intent::SetTouchpoint(Box::new(whole));
        if held {
            held_value::hold(
                ui.ctx(),
                share_id(),
                UiAction::Edit(intent),
                forget_typed_text,
            );
            return;
        }
        cx.actions.push(match typed {
            Some(field) => {
                let object = ObjectRef::Touchpoint(from.clone());
                UiAction::EditField(intent, object.field(field))
            }
            None => UiAction::Edit(intent),
        });
        if after.kind != before.kind {
            cx.actions.push(UiAction::Select {
                selection: Selection::One(ObjectRef::Path {
                    from: from.clone(),
                    to: to.clone(),
                    kind: after.kind,
                }),
                reveal: false,
            });
        }
    }
}

/// The id of the typed text of the share.
fn share_id() -> Id {
    Id::unique("path share")
}

/// Shows the field for the share of a path.
fn share_field(ui: &mut Ui, share: Option<Share>, theme: &Theme) -> Typed<Option<Share>> {
    let read = |text: &str| match text.trim() {
        "" => vec![None],
        text => Share::parse(text).into_iter().map(Some).collect(),
    };
    let text_of = |share: &Option<Share>| share.map(|s| s.to_string()).unwrap_or_default();
    let field = ValueField {
        id: share_id(),
        shown: text_of(&share),
        read: &read,
        text_of: &text_of,
        correction: "Write a number from 0 to 100",
        tint: color(theme.pain),
    };
    field.show(ui, |ui, text, tint| {
        let edit = TextEdit::singleline(text)
            .hint_text("%")
            .text_color_opt(tint)
            .desired_width(12.0 * UNIT);
        ui.add(edit).accessible_name("Path share")
    })
}
