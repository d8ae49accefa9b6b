//! The edit of a value that is still being typed. It is carried out when its field is left,
//! or before any other action.
//!
//! Must not know: the field, the value.

use super::action::UiAction;
use egui::{Context, Id};

#[derive(Clone)]
struct HeldValue {
    /// Leaves the field without its typed text.
    forget_text: fn(&Context, Id),
    field: Id,
    edit: UiAction,
}

/// Holds the edit, in place of the one held before. `forget_text` is called with `field`
/// when the edit is taken.
pub(crate) fn hold(ctx: &Context, field: Id, edit: UiAction, forget_text: fn(&Context, Id)) {
    let held = HeldValue {
        forget_text,
        field,
        edit,
    };
    ctx.data_mut(|d| d.insert_temp(Id::NULL, held));
}

/// Drops the held edit of this field.
pub(crate) fn release(ctx: &Context, field: Id) {
    ctx.data_mut(|d| {
        if d.get_temp::<HeldValue>(Id::NULL)
            .is_some_and(|held| held.field == field)
        {
            d.remove::<HeldValue>(Id::NULL);
        }
    });
}

/// Takes the held edit, if there is one.
pub(crate) fn take(ctx: &Context) -> Option<UiAction> {
    let held: HeldValue = ctx.data(|d| d.get_temp(Id::NULL))?;
    ctx.data_mut(|d| d.remove::<HeldValue>(Id::NULL));
    (held.forget_text)(ctx, held.field);
    Some(held.edit)
}
