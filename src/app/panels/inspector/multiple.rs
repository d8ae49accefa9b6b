//! Form of several selected touchpoints: values that apply to all of them.

use super::pickers;
use crate::app::document::Assignment;
use crate::app::editing::assign::assign_intent;
use crate::app::panels::context::PanelContext;
use crate::app::panels::entity::Listed;
use crate::app::ui::combo_box::ComboBox;
use crate::app::ui::rows::{Swatch, caption, hint_label, kind_heading};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::english::count;
use crate::model::{Channel, Department, Environment, Field, Record, Touchpoint, TouchpointId};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, ids: &[TouchpointId]) {
    kind_heading(ui, "Selection");
    let map = cx.map;
    let chosen: Vec<&Touchpoint> = ids.iter().filter_map(|id| map.touchpoint(id)).collect();
    ui.heading(count(chosen.len(), "touchpoint"));
    let why = "What is chosen here applies to all of them, as one step.";
    hint_label(ui, why);
    ui.add_space(UNIT);
    let (field, of) = (Field::Owner, Assignment::Owner);
    shared_field::<Department>(ui, cx, field, &chosen, |t| &t.owner, of);
    let (field, of) = (Field::Channel, Assignment::Channel);
    shared_field::<Channel>(ui, cx, field, &chosen, |t| &t.channel, of);
    let (field, of) = (Field::Environment, Assignment::Environment);
    shared_field::<Environment>(ui, cx, field, &chosen, |t| &t.environment, of);

    ui.add_space(2.0 * UNIT);
    caption(ui, "Selected");
    cx.link_rows(ui, &chosen, |_, touchpoint| {
        (touchpoint.name.clone(), touchpoint.object().into())
    });
}

/// Shows a combo box for a value of all chosen touchpoints.
fn shared_field<R: Listed>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    field: Field,
    chosen: &[&Touchpoint],
    value: impl Fn(&Touchpoint) -> &Option<R::Id>,
    assignment: impl Fn(Option<R::Id>) -> Assignment,
) {
    let word = field.caption().to_lowercase();
    let none = format!("No {word}");
    let first = chosen.first().and_then(|t| value(t).as_ref());
    let is_shared = chosen.iter().all(|t| value(t).as_ref() == first);
    let different = (format!("Different {word}s"), Swatch::None);
    let (text, swatch) = match first {
        None if is_shared => (none.clone(), Swatch::None),
        Some(id) if is_shared => pickers::name_and_swatch::<R>(cx, id).unwrap_or(different),
        _ => different,
    };
    let combo = ComboBox {
        text: &text,
        swatch,
        none: Some(&none),
        add: Some(R::WORD),
        ..ComboBox::default()
    };
    caption(ui, field.caption());
    let entries = pickers::entries::<R>(cx);
    let Some(picked) = combo.show(ui, field.caption(), || entries) else {
        return;
    };
    let (add, id) = pickers::resolve::<R>(cx, picked);
    let ids: Vec<TouchpointId> = chosen.iter().map(|t| t.id.clone()).collect();
    if let Some(assign) = assign_intent(cx.map, &ids, &assignment(id)) {
        let label = assign.label();
        let intents = add.into_iter().chain([assign]).collect();
        cx.edit(Intent::Batch { label, intents });
    }
}
