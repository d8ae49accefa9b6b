//! What a merge left to decide about the selection: both values, and a button for each.
//!
//! Must not know: how a conflict is settled.

use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::conflicts::conflicts_of;
use crate::app::panels::context::PanelContext;
use crate::app::ui::rows::kind_heading;
use crate::app::ui::style::{UNIT, visible_text, weak_text};
use crate::insight::{choice_label, choices, conflict_text};
use crate::model::{ConflictChoice, ConflictKind};
use egui::{Button, Label, RichText, Ui, vec2};

/// Choices with the commands that make them for the first conflict of the selection.
const CHOICES: [(ConflictChoice, CommandId); 3] = [
    (ConflictChoice::Ours, CommandId::TakeOurs),
    (ConflictChoice::Theirs, CommandId::TakeTheirs),
    (ConflictChoice::Current, CommandId::KeepCurrent),
];

/// Shows the conflicts of the selection, if there are any.
pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, selection: &Selection) {
    let map = cx.map;
    let conflicts: Vec<_> = conflicts_of(map, selection).collect();
    if conflicts.is_empty() {
        return;
    }
    kind_heading(ui, "Left to decide by a merge");
    for (at, conflict) in conflicts.into_iter().enumerate() {
        let words = conflict_text(map, conflict);
        ui.add(Label::new(RichText::new(visible_text(words.heading())).strong()).wrap());
        if !words.base.is_empty() && conflict.kind == ConflictKind::Value {
            let was = format!("Was {}", visible_text(&words.base));
            ui.add(Label::new(weak_text(was)).wrap());
        }
        let offered: Vec<ConflictChoice> = choices(map, conflict).collect();
        for (choice, command) in CHOICES.into_iter().filter(|it| offered.contains(&it.0)) {
            let label = choice_label(map, conflict, choice);
            let width = ui.available_width();
            let button = Button::new(visible_text(label))
                .wrap()
                .min_size(vec2(width, 0.0));
            let mut response = ui.add(button);
            if at == 0 {
                response = response.on_hover_text(command.tooltip_with_keys(ui.ctx()));
            }
            if response.clicked() {
                cx.actions
                    .push(UiAction::SettleConflict(conflict.id.clone(), choice));
            }
        }
        ui.add_space(UNIT);
    }
    ui.separator();
    ui.add_space(UNIT);
}
