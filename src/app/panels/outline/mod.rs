//! The outline: a tree of stages and touchpoints.
//!
//! Rows are located by prefix sums over stages and built only while visible, so that a
//! huge map costs no more than a small one.
//!
//! Must not know: the execution of commands.

mod rows;

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{allocate, describe, row_background};
use crate::app::ui::list_focus::{self, ListKey};
use crate::app::ui::rows::{hint_label, paint_fold_arrow, paint_label};
use crate::app::ui::style::{self, ROW_HEIGHT, UNIT, color};
use crate::layout::Folding;
use crate::model::{ObjectRef, StageId};
use crate::theme::{Color, Icon, Theme};
use egui::{
    Align2, CursorIcon, Id, Key, Rect, Response, Role, Sense, Stroke, Ui, Vec2, pos2, vec2,
};
use rows::{OutlineRow, OutlineTree};
use std::collections::BTreeSet;

/// Shows the outline: a click selects and reveals, dragging moves stages and
/// touchpoints, arrow keys navigate while it has the keyboard.
pub fn outline(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let map = cx.map;
    let mut folded = cx.folding.stages.clone();
    let moved = list_focus::has_changed(ui, "outline-selection", cx.selection);
    if moved
        && let Some(ObjectRef::Touchpoint(id)) = cx.selection.object()
        && let Some(stage) = map.stage_of(id)
    {
        folded.remove(stage);
    }
    let outline = OutlineTree::new(map, &folded);
    if outline.len() == 0 {
        let hint = "No stages yet: a stage is a phase, such as “Compare offers”";
        hint_label(ui, hint);
        return;
    }
    let selected = outline.row_of(map, cx.selection);
    let focus = list_focus::focusable_list(ui, list_focus::OUTLINE, Role::Tree, "Outline tree");
    for key in ListKey::pressed(ui, &focus) {
        handle_outline_key(ui, cx, &outline, &mut folded, key);
    }
    let mut drag: Option<ObjectRef> = ui.data(|d| d.get_temp(drag_memory_id())).flatten();
    let mut gap = None;
    let reveal = selected.filter(|_| moved);
    let count = outline.len();
    list_focus::show_rows(ui, "outline", ROW_HEIGHT, count, reveal, |ui, rows| {
        let (top, first) = (ui.max_rect().min.y, rows.start);
        for row in rows {
            let Some(entry) = outline.entry(row) else {
                continue;
            };
            let is_selected = selected == Some(row);
            let content = OutlineRow::new(map, cx.layout, cx.highlight, cx.theme, entry);
            let response = show_row(ui, cx, &content, is_selected);
            if is_selected && focus.has_focus() {
                style::focus_ring(ui, response.rect, 4.0);
            }
            let mut fold = false;
            if let ObjectRef::Stage(id) = &content.target {
                let open = !folded.contains(id);
                fold = fold_button(ui, response.rect, &content.text, id, open);
                if fold && !folded.remove(id) {
                    folded.insert(id.clone());
                }
            }
            if response.clicked() && !fold {
                focus.request_focus();
                cx.select(content.target.clone());
            }
            if response.drag_started() {
                drag = Some(content.target);
            }
        }
        if let Some(what) = &drag {
            gap = drop_gap(ui, &outline, what, top, first);
        }
    });
    if folded != cx.folding.stages {
        let lanes = cx.folding.lanes.clone();
        let folding = Folding {
            stages: folded,
            lanes,
        };
        cx.actions.push(UiAction::Fold(folding));
    }
    finish_drag(ui, cx, &outline, drag, gap);
}

/// Returns the id of the dragged item in egui's memory.
fn drag_memory_id() -> Id {
    Id::unique("outline-dragged")
}

/// Draws the gap between rows at the pointer and returns it; scrolls near the ends of
/// the list.
fn drop_gap(
    ui: &mut Ui,
    outline: &OutlineTree,
    what: &ObjectRef,
    top: f32,
    first: usize,
) -> Option<usize> {
    let at = ui.input(|i| i.pointer.latest_pos())?;
    ui.set_cursor_icon(CursorIcon::Grabbing);
    let clip = ui.clip_rect();
    for (edge, step) in [
        (clip.top() + ROW_HEIGHT - at.y, 1.0),
        (at.y - clip.bottom() + ROW_HEIGHT, -1.0),
    ] {
        if edge > 0.0 {
            ui.scroll_with_delta(vec2(0.0, step * edge.min(ROW_HEIGHT) * 0.5));
            ui.ctx().request_repaint();
        }
    }
    if !clip.expand(2.0 * ROW_HEIGHT).contains(at) {
        return None;
    }
    let gap = ((at.y - top) / ROW_HEIGHT).round() + first as f32;
    let gap = outline.drop_target_gap(what, gap.clamp(0.0, outline.len() as f32) as usize)?;
    let y = top + (gap as f32 - first as f32) * ROW_HEIGHT;
    let left = match what {
        ObjectRef::Stage(_) => clip.left(),
        _ => clip.left() + 5.0 * UNIT,
    };
    let line = Stroke::new(2.5, ui.visuals().hyperlink_color);
    ui.painter().hline(left..=clip.right(), y, line);
    Some(gap)
}

/// Drops the dragged item on release; Escape cancels.
fn finish_drag(
    ui: &Ui,
    cx: &mut PanelContext<'_>,
    outline: &OutlineTree,
    drag: Option<ObjectRef>,
    gap: Option<usize>,
) {
    // The key state rather than the key press, which another handler may have consumed.
    let escape = ui.input(|i| i.key_down(Key::Escape));
    let held = ui.input(|i| i.pointer.primary_down());
    if let (Some(what), Some(gap), false, false) = (&drag, gap, held, escape)
        && let Some(intent) = outline.drop_intent(cx.map, what, gap)
    {
        cx.edit(intent);
        cx.select(what.clone());
    }
    let drag = drag.filter(|_| held && !escape);
    ui.data_mut(|d| d.insert_temp(drag_memory_id(), drag));
}

/// Handles a key.
fn handle_outline_key(
    ui: &Ui,
    cx: &mut PanelContext<'_>,
    outline: &OutlineTree,
    folded: &mut BTreeSet<StageId>,
    key: ListKey,
) {
    let map = cx.map;
    let here = outline.row_of(map, cx.selection);
    let row = |row: usize| outline.object_at(map, row);
    let wanted = match (key, cx.selection.object()) {
        (ListKey::Left, Some(ObjectRef::Stage(id))) => {
            folded.insert(id.clone());
            None
        }
        (ListKey::Left, Some(ObjectRef::Touchpoint(id))) => {
            map.stage_of(id).cloned().map(ObjectRef::Stage)
        }
        (ListKey::Right, Some(ObjectRef::Stage(id))) if !folded.remove(id) => {
            let first = map.touchpoints_in(id).first();
            first.map(|t| ObjectRef::Touchpoint(t.id.clone()))
        }
        (ListKey::MoveUp | ListKey::MoveDown, _) => {
            let up = key == ListKey::MoveUp;
            let command = if up {
                CommandId::MoveLeft
            } else {
                CommandId::MoveRight
            };
            cx.actions.push(UiAction::RunCommand(command));
            None
        }
        (ListKey::Enter, _) => {
            // The map gets the keyboard.
            ui.memory_mut(|memory| {
                if let Some(list) = memory.focused() {
                    memory.surrender_focus(list);
                }
            });
            here.and_then(row)
        }
        (key, _) => key.target(ui, here, outline.len() - 1).and_then(row),
    };
    if let Some(wanted) = wanted {
        cx.select(wanted);
    }
}

/// Shows the button that folds a stage; returns whether it was clicked.
fn fold_button(ui: &Ui, row: Rect, name: &str, id: &StageId, open: bool) -> bool {
    let rect = Rect::from_min_size(row.min, vec2(4.5 * UNIT, ROW_HEIGHT));
    let id = Id::unique(("outline-fold", id.to_string()));
    let response = ui.interact(rect, id, Sense::CLICK);
    let verb = if open { "Fold" } else { "Unfold" };
    describe(
        &response,
        Role::Button,
        Some(open),
        &format!("{verb} {name}"),
    );
    let tint = ui.style().interact(&response).fg_stroke.color;
    paint_fold_arrow(ui, rect.center(), open, tint);
    response.clicked()
}

fn show_row(ui: &mut Ui, cx: &PanelContext<'_>, row: &OutlineRow, is_selected: bool) -> Response {
    let is_touchpoint = |id| cx.selection.touchpoints().contains(id);
    let (selected, indent, font) = match &row.target {
        ObjectRef::Touchpoint(id) => {
            let selected = is_selected || is_touchpoint(id);
            (selected, 5.0 * UNIT, style::body_font(ui))
        }
        _ => (is_selected, 4.5 * UNIT, style::bold_font(14.0)),
    };
    let (size, sense) = (
        vec2(ui.available_width(), ROW_HEIGHT),
        Sense::CLICK | Sense::DRAG,
    );
    let (rect, response) = allocate(ui, size, sense, Some(selected), &row.accessible_name());
    row_background(ui, rect, &response, selected);
    let mut text = rect.with_min_x(rect.left() + indent);
    text.max.x = paint_marks(
        ui,
        cx.theme,
        row,
        rect.right() - 2.0 * UNIT,
        rect.center().y,
    );
    let tint = if row.is_lit {
        ui.visuals().text_color()
    } else {
        ui.visuals().weak_text_color()
    };
    if row.is_unowned {
        let name = row.text.clone();
        let name = ui.painter().layout_no_wrap(name, font.clone(), tint);
        let end = text.left() + row.swatch.width() + name.size().x;
        text.max.x = paint_no_owner(
            ui,
            cx.theme,
            end + 2.0 * UNIT,
            text.right(),
            text.center().y,
        );
    }
    text.max.x -= UNIT;
    paint_label(ui, &response, text, row.swatch, &row.text, font, tint);
    response
}

/// Paints "No owner" if there is room beside the name; the dashed square marks it in
/// any case. Returns the right edge of the space for the name.
fn paint_no_owner(ui: &Ui, theme: &Theme, left: f32, right: f32, y: f32) -> f32 {
    let (font, tint) = (style::small_font(ui), color(theme.unowned));
    let words = "No owner".to_owned();
    let words = ui.painter().layout_no_wrap(words, font, tint);
    let start = right - words.size().x;
    if start < left {
        return right;
    }
    let top = y - words.size().y / 2.0;
    ui.painter().galley(pos2(start, top), words, tint);
    start - UNIT
}

/// Paints the marks at the right: a diamond, and a flag with the number of pain points.
/// Returns their left edge.
fn paint_marks(ui: &Ui, theme: &Theme, row: &OutlineRow, mut right: f32, y: f32) -> f32 {
    if row.pains > 0 {
        let (font, tint) = (style::small_font(ui), color(theme.pain));
        let (at, count) = (pos2(right, y), row.pains.to_string());
        let count = ui
            .painter()
            .text(at, Align2::RIGHT_CENTER, count, font, tint);
        right = paint_mark(ui, Icon::Flag1, theme.pain, count.left() - UNIT, y);
    }
    if row.is_moment_of_truth {
        right = paint_mark(ui, Icon::Diamond, theme.moment, right, y);
    }
    right
}

fn paint_mark(ui: &Ui, icon: Icon, tint: Color, right: f32, y: f32) -> f32 {
    let side = 3.5 * UNIT;
    let rect = Rect::from_center_size(pos2(right - side / 2.0, y), Vec2::splat(side));
    style::paint_icon(ui.painter(), icon, rect, color(tint));
    right - side - UNIT
}
