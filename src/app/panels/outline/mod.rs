//! The outline: a tree of stages and touchpoints.
//!
//! Rows are located by prefix sums over stages and built only while visible, so that a
//! huge map costs no more than a small one.
//!
//! Must not know: the execution of commands.

mod rows;

use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::ui::list_focus;
use crate::app::ui::list_focus::ListKey;
use crate::app::ui::rows::{ROW_HEIGHT, elided_text, row_background};
use crate::app::ui::style;
use crate::app::ui::style::{UNIT, color};
use crate::layout::Layout;
use crate::model::{ObjectRef, Stage, StageId};
use crate::theme::Icon;
use crate::theme::Theme;
use egui::{
    Id, Rect, Response, Role, ScrollArea, Sense, Shape, Stroke, TextStyle, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};
use rows::{OutlineEntry, OutlineRow, OutlineTree};
use std::collections::BTreeSet;

/// Shows the outline: a click selects and reveals, dragging moves stages and
/// touchpoints, arrow keys navigate while it has the keyboard.
pub fn outline(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let map = cx.map;
    let memory = Id::unique("outline-folded");
    let mut folded: BTreeSet<StageId> = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    let moved = has_selection_changed(ui, cx.selection);
    if moved
        && let Selection::One(ObjectRef::Touchpoint(id)) = cx.selection
        && let Some(stage) = map.stage_of(id)
        && folded.remove(stage)
    {
        ui.data_mut(|d| d.insert_temp(memory, folded.clone()));
    }
    let outline = OutlineTree::new(map, &folded);
    if outline.len() == 0 {
        crate::app::ui::rows::hint_label(
            ui,
            "No stages yet: a stage is a phase, such as “Compare offers”",
        );
        return;
    }
    let selected = outline.row_of(map, cx.selection);
    let before = folded.clone();
    let focus = list_focus::focusable_list(ui, list_focus::OUTLINE, Role::Tree, "Outline tree");
    for key in ListKey::pressed(ui, &focus) {
        handle_outline_key(ui, cx, &outline, &mut folded, key);
    }
    let mut drag: Option<ObjectRef> = ui.data(|d| d.get_temp(drag_memory_id())).flatten();
    let mut gap = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("outline")
        .auto_shrink(false)
        .show_rows(ui, ROW_HEIGHT, outline.len(), |ui, rows| {
            if let (true, Some(selected)) = (moved, selected) {
                list_focus::scroll_to_row(ui, selected, &rows);
            }
            let (top, first) = (ui.max_rect().min.y, rows.start);
            for row in rows {
                let Some(line) = outline.entry(row) else {
                    continue;
                };
                let has_focus = focus.has_focus() && selected == Some(row);
                let is = selected == Some(row);
                let (response, what, fold) = show_entry(ui, cx, line, &folded, is, has_focus);
                if let (true, ObjectRef::Stage(id)) = (fold, &what)
                    && !folded.remove(id)
                {
                    folded.insert(id.clone());
                }
                if response.clicked() && !fold {
                    focus.request_focus();
                    select(cx, what.clone());
                }
                if response.drag_started() {
                    drag = Some(what);
                }
            }
            if let Some(what) = &drag {
                gap = drop_gap(ui, &outline, what, top, first);
            }
        });
    if folded != before {
        ui.data_mut(|d| d.insert_temp(memory, folded));
        ui.ctx().request_repaint();
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
    ui.set_cursor_icon(egui::CursorIcon::Grabbing);
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
    let accent = ui.visuals().hyperlink_color;
    ui.painter()
        .hline(left..=clip.right(), y, Stroke::new(2.5, accent));
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
    let escape = ui.input(|i| i.key_down(egui::Key::Escape));
    let held = ui.input(|i| i.pointer.primary_down());
    if let (Some(what), Some(gap), false, false) = (&drag, gap, held, escape)
        && let Some(intent) = outline.drop_intent(cx.map, what, gap)
    {
        cx.actions.push(UiAction::Edit(intent));
        select(cx, what.clone());
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
    let last = outline.len() - 1;
    let page = list_focus::rows_per_page(ui);
    let row = |row: usize| outline.object_at(map, row.min(last));
    let wanted = match (key, here) {
        (ListKey::Home, _) | (ListKey::Down, None) => row(0),
        (ListKey::End, _) | (ListKey::Up, None) => row(last),
        (ListKey::Up, Some(here)) => row(here.saturating_sub(1)),
        (ListKey::Down, Some(here)) => row(here + 1),
        (ListKey::PageUp, here) => row(here.unwrap_or(0).saturating_sub(page)),
        (ListKey::PageDown, here) => row(here.unwrap_or(0) + page),
        (ListKey::Left, _) => match cx.selection {
            Selection::One(ObjectRef::Stage(id)) => {
                folded.insert(id.clone());
                None
            }
            Selection::One(ObjectRef::Touchpoint(id)) => {
                map.stage_of(id).cloned().map(ObjectRef::Stage)
            }
            _ => None,
        },
        (ListKey::Right, _) => match cx.selection {
            Selection::One(ObjectRef::Stage(id)) if !folded.remove(id) => {
                let first = map.touchpoints_in(id).first();
                first.map(|t| ObjectRef::Touchpoint(t.id.clone()))
            }
            _ => None,
        },
        (ListKey::MoveUp, _) => {
            cx.actions.push(UiAction::RunCommand(CommandId::MoveLeft));
            None
        }
        (ListKey::MoveDown, _) => {
            cx.actions.push(UiAction::RunCommand(CommandId::MoveRight));
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
    };
    if let Some(wanted) = wanted {
        select(cx, wanted);
    }
}

/// Shows a row; returns its response, its selection, and whether to toggle its stage.
fn show_entry(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    line: OutlineEntry,
    folded: &BTreeSet<StageId>,
    selected: bool,
    has_focus: bool,
) -> (Response, ObjectRef, bool) {
    let map = cx.map;
    let stages = map.stages().as_slice();
    match line {
        OutlineEntry::Stage(s) => {
            let stage = &stages[s];
            let open = !folded.contains(&stage.id);
            let (response, fold) = stage_row(ui, cx, stage, open, selected);
            if has_focus {
                list_focus::focus_ring(ui, response.rect);
            }
            (response, ObjectRef::Stage(stage.id.clone()), fold)
        }
        OutlineEntry::Touchpoint(s, place) => {
            let touchpoint = &map.touchpoints_in(&stages[s].id)[place];
            let number = number(cx.layout, s, place);
            let row = OutlineRow::touchpoint(map, cx.theme, number, touchpoint);
            let lit = cx.highlight.contains_touchpoint(touchpoint);
            let is = selected || cx.selection.touchpoints().contains(&touchpoint.id);
            let response = show(ui, cx.theme, &row, 5.0 * UNIT, is, lit);
            if has_focus {
                list_focus::focus_ring(ui, response.rect);
            }
            let what = ObjectRef::Touchpoint(touchpoint.id.clone());
            (response, what, false)
        }
    }
}

/// Whether the selection changed since the last call.
fn has_selection_changed(ui: &Ui, selection: &Selection) -> bool {
    let id = Id::unique("outline-selection");
    let last: Option<Selection> = ui.data(|d| d.get_temp(id));
    let moved = last.as_ref() != Some(selection);
    if moved {
        ui.data_mut(|d| d.insert_temp(id, selection.clone()));
    }
    moved
}

fn number(layout: &Layout, stage: usize, place: usize) -> &str {
    let stage = layout.stages.get(stage);
    let step = stage.and_then(|stage| stage.steps().get(place));
    step.map_or("", |s| &s.number)
}

fn select(cx: &mut PanelContext<'_>, object: ObjectRef) {
    cx.actions.push(UiAction::Select {
        selection: object.into(),
        reveal: true,
    });
}

/// Shows the row of a stage; returns whether to toggle it.
fn stage_row(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    stage: &Stage,
    open: bool,
    selected: bool,
) -> (Response, bool) {
    let row = OutlineRow::stage(cx.map, cx.theme, stage);
    let lit = cx.highlight.contains_stage(stage);
    let response = show(ui, cx.theme, &row, 0.0, selected, lit);
    let fold = Rect::from_min_size(response.rect.min, Vec2::new(4.5 * UNIT, ROW_HEIGHT));
    let id = Id::unique(("outline-fold", stage.id.to_string()));
    let fold = ui.interact(fold, id, Sense::CLICK);
    let enabled = ui.is_enabled();
    let verb = if open { "Fold" } else { "Unfold" };
    fold.widget_info(|| {
        WidgetInfo::selected(
            Role::Button,
            enabled,
            open,
            format!("{verb} {}", stage.name),
        )
    });
    let tip = fold.rect.center();
    let points = if open {
        [vec2(-4.0, -2.0), vec2(4.0, -2.0), vec2(0.0, 3.0)]
    } else {
        [vec2(-2.0, -4.0), vec2(3.0, 0.0), vec2(-2.0, 4.0)]
    };
    let tint = ui.style().interact(&fold).fg_stroke.color;
    ui.painter().add(Shape::convex_polygon(
        points.map(|p| tip + p).to_vec(),
        tint,
        Stroke::NONE,
    ));
    (response, fold.clicked())
}

fn show(
    ui: &mut Ui,
    theme: &Theme,
    row: &OutlineRow,
    indent: f32,
    selected: bool,
    lit: bool,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(
        vec2(ui.available_width(), ROW_HEIGHT),
        Sense::CLICK | Sense::DRAG,
    );
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, enabled, selected, row.accessible_name())
    });
    row_background(ui, rect, &response, selected);
    let y = rect.center().y;
    let left = rect.left() + if indent > 0.0 { indent } else { 4.5 * UNIT };
    row.swatch.paint(ui.painter(), left, y);
    let right = paint_marks(ui, theme, row, rect.right() - 2.0 * UNIT, y);
    let from = pos2(left + row.swatch.width(), y);
    let tint = if lit {
        ui.visuals().text_color()
    } else {
        ui.visuals().weak_text_color()
    };
    let font = if indent > 0.0 {
        TextStyle::Body.resolve(ui.style())
    } else {
        style::bold_font(14.0)
    };
    let right = if row.is_unowned {
        let name = ui
            .painter()
            .layout_no_wrap(row.text.clone(), font.clone(), tint);
        paint_no_owner(ui, theme, from.x + name.size().x + 2.0 * UNIT, right, y)
    } else {
        right
    };
    let room = right - UNIT - from.x;
    elided_text(ui, &response, from, room, &row.text, font, tint);
    response
}

/// Paints "No owner" if there is room beside the name; the dashed square marks it in
/// any case. Returns the right edge of the space for the name.
fn paint_no_owner(ui: &Ui, theme: &Theme, left: f32, right: f32, y: f32) -> f32 {
    let font = TextStyle::Small.resolve(ui.style());
    let tint = color(theme.unowned);
    let words = ui
        .painter()
        .layout_no_wrap("No owner".to_owned(), font, tint);
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
fn paint_marks(ui: &Ui, theme: &Theme, row: &OutlineRow, right: f32, y: f32) -> f32 {
    let mut right = right;
    let small = TextStyle::Small.resolve(ui.style());
    let word = |right: f32, text: &str, tint| {
        let at = pos2(right, y);
        let painter = ui.painter();
        let tint = color(tint);
        let rect = painter.text(at, egui::Align2::RIGHT_CENTER, text, small.clone(), tint);
        rect.left() - UNIT
    };
    if row.pains > 0 {
        right = word(right, &row.pains.to_string(), theme.pain);
        right = paint_mark(ui, Icon::Flag1, theme.pain, right, y);
    }
    if row.is_moment_of_truth {
        right = paint_mark(ui, Icon::Diamond, theme.moment, right, y);
    }
    right
}

fn paint_mark(ui: &Ui, icon: Icon, tint: crate::theme::Color, right: f32, y: f32) -> f32 {
    let side = 3.5 * UNIT;
    let rect = Rect::from_center_size(pos2(right - side / 2.0, y), Vec2::splat(side));
    style::paint_icon(ui.painter(), icon, rect, color(tint));
    right - side - UNIT
}
