//! The map as a tree: stages and their touchpoints.
//!
//! Which row is what is a sum over stages; what stands in a row is made only
//! for rows in sight, so that a huge map costs no more than a small one.

use super::outline_rows::{Line, Outline, Row};
use super::widgets::{ROW, ground, text_in};
use crate::app::context::{Command, Context, Selection};
use crate::app::look::{self, UNIT, color};
use crate::layout::Layout;
use crate::model::{Stage, StageId};
use crate::scene::{Icon, Marks};
use crate::theme::Theme;
use egui::{
    Id, Rect, Response, Role, ScrollArea, Sense, Shape, Stroke, TextStyle, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};
use std::collections::BTreeSet;

/// Shows the map as a tree; clicking selects and moves the view there.
pub fn outline(ui: &mut Ui, cx: &mut Context<'_>) {
    let map = cx.map;
    let memory = Id::unique("outline-folded");
    let mut folded: BTreeSet<StageId> = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    let moved = selection_moved(ui, cx.selection);
    if moved
        && let Selection::Touchpoint(id) = cx.selection
        && let Some(stage) = map.stage_of(id)
        && folded.remove(stage)
    {
        ui.data_mut(|d| d.insert_temp(memory, folded.clone()));
    }
    let outline = Outline::of(map, &folded);
    if outline.len() == 0 {
        super::widgets::quiet(
            ui,
            "No stages yet: a stage is a phase, such as “Compare offers”",
        );
        return;
    }
    let selected = outline.row_of(map, cx.selection);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("outline")
        .auto_shrink(false)
        .show_rows(ui, ROW, outline.len(), |ui, rows| {
            if let (true, Some(selected)) = (moved, selected) {
                let above = selected as f32 - rows.start as f32;
                let min = ui.max_rect().min + vec2(0.0, above * ROW);
                let rect = Rect::from_min_size(min, vec2(10.0, ROW));
                ui.scroll_to_rect(rect.expand2(vec2(0.0, ROW)), None);
            }
            for row in rows {
                match outline.line(row) {
                    Some(Line::Stage(s)) => {
                        let stage = &map.stages().as_slice()[s];
                        let open = !folded.contains(&stage.id);
                        if stage_row(ui, cx, stage, open, selected == Some(row)) {
                            let mut folded = folded.clone();
                            if open {
                                folded.insert(stage.id.clone());
                            } else {
                                folded.remove(&stage.id);
                            }
                            ui.data_mut(|d| d.insert_temp(memory, folded));
                        }
                    }
                    Some(Line::Touchpoint(s, place)) => {
                        let stage = &map.stages().as_slice()[s];
                        if let Some(t) = map.touchpoints_in(&stage.id).get(place) {
                            let number = number(cx.layout, s, place);
                            let row_data = Row::touchpoint(map, cx.theme, number, t);
                            let left = 5.0 * UNIT;
                            let is = selected == Some(row);
                            let lit = lit(cx.lit, Marks::of_touchpoint(t));
                            if show(ui, cx.theme, &row_data, left, is, lit).clicked() {
                                select(cx, Selection::Touchpoint(t.id.clone()));
                            }
                        }
                    }
                    None => {}
                }
            }
        });
}

/// Whether something else is selected than when this was last asked.
fn selection_moved(ui: &Ui, selection: &Selection) -> bool {
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

fn select(cx: &mut Context<'_>, selection: Selection) {
    cx.queue.push(Command::Select {
        selection,
        reveal: true,
    });
}

/// Whether the highlight leaves a row lit.
fn lit(wanted: Marks, has: Marks) -> bool {
    wanted == Marks::NONE || wanted.meets(has)
}

/// Whether the stage shall fold or unfold.
fn stage_row(ui: &mut Ui, cx: &mut Context<'_>, stage: &Stage, open: bool, selected: bool) -> bool {
    let row = Row::stage(cx.map, cx.theme, stage);
    let lit = lit(cx.lit, Marks::of_stage(stage));
    let response = show(ui, cx.theme, &row, 0.0, selected, lit);
    let fold = Rect::from_min_size(response.rect.min, Vec2::new(4.5 * UNIT, ROW));
    let id = Id::unique(("outline-fold", stage.id.to_string()));
    let fold = ui.interact(fold, id, Sense::click());
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
    if response.clicked() && !fold.clicked() {
        select(cx, Selection::Stage(stage.id.clone()));
    }
    fold.clicked()
}

fn show(ui: &mut Ui, theme: &Theme, row: &Row, indent: f32, selected: bool, lit: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, row.spoken()));
    ground(ui, rect, &response, selected);
    let y = rect.center().y;
    let left = rect.left() + if indent > 0.0 { indent } else { 4.5 * UNIT };
    row.swatch.paint(ui.painter(), left, y);
    let right = marks(ui, theme, row, rect.right() - 2.0 * UNIT, y);
    let from = pos2(left + row.swatch.width(), y);
    let tint = if lit {
        ui.visuals().text_color()
    } else {
        ui.visuals().weak_text_color()
    };
    let font = if indent > 0.0 {
        TextStyle::Body.resolve(ui.style())
    } else {
        look::bold_font(14.0)
    };
    let right = if row.unowned {
        let name = ui
            .painter()
            .layout_no_wrap(row.text.clone(), font.clone(), tint);
        no_owner(ui, theme, from.x + name.size().x + 2.0 * UNIT, right, y)
    } else {
        right
    };
    let room = right - UNIT - from.x;
    text_in(ui, &response, from, room, &row.text, font, tint);
    response
}

/// The words "No owner" where the name leaves room for them; the dashed square
/// says it in any case. Where the room for the name ends.
fn no_owner(ui: &Ui, theme: &Theme, left: f32, right: f32, y: f32) -> f32 {
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

/// Marks at the right: a diamond and a flag with the number of pains. Where
/// they begin.
fn marks(ui: &Ui, theme: &Theme, row: &Row, right: f32, y: f32) -> f32 {
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
        right = mark(ui, Icon::Flag1, theme.pain, right, y);
    }
    if row.truth {
        right = mark(ui, Icon::Diamond, theme.moment, right, y);
    }
    right
}

fn mark(ui: &Ui, icon: Icon, tint: crate::theme::Color, right: f32, y: f32) -> f32 {
    let side = 3.5 * UNIT;
    let rect = Rect::from_center_size(pos2(right - side / 2.0, y), Vec2::splat(side));
    look::icon(ui.painter(), icon, rect, color(tint));
    right - side - UNIT
}
