//! Modal that lists all shortcuts in columns, from the command table.
//!
//! Must not know: how commands are carried out.

use super::dialog::page;
use crate::app::command::table::{COMMANDS, CommandEntry, CommandGroup};
use crate::app::ui::buttons::name_and_keys;
use crate::app::ui::scroll_to_focus::scroll_by_keys;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use egui::{Context, RichText, Ui, vec2};

/// Minimum width of a column, in points.
const MIN_COLUMN_WIDTH: f32 = 64.0 * UNIT;

/// Height of a line, in points.
const LINE_HEIGHT: f32 = 17.0;

/// A line of the modal.
#[derive(Clone, Copy, Debug)]
enum ShortcutLine {
    Title(CommandGroup),
    Keys(&'static CommandEntry),
}

/// Every command with a shortcut, below the title of its group.
fn lines() -> Vec<ShortcutLine> {
    let mut lines = Vec::new();
    for &group in CommandGroup::ALL {
        let entries = COMMANDS
            .iter()
            .filter(|e| e.group == group && !e.shortcuts.is_empty());
        lines.push(ShortcutLine::Title(group));
        lines.extend(entries.map(ShortcutLine::Keys));
    }
    lines
}

/// Splits the lines into `count` columns of about the same height. No title is the last
/// line of a column.
fn columns(lines: &[ShortcutLine], count: usize) -> Vec<&[ShortcutLine]> {
    let mut columns = Vec::new();
    let mut rest = lines;
    for left in (1..=count).rev() {
        let mut cut = rest.len().div_ceil(left);
        while cut > 1
            && cut < rest.len()
            && matches!(rest.get(cut - 1), Some(ShortcutLine::Title(_)))
        {
            cut -= 1;
        }
        let (column, others) = rest.split_at(cut.min(rest.len()));
        columns.push(column);
        rest = others;
    }
    columns
}

/// Shows the modal and returns whether it stays open.
pub fn show(ctx: &Context) -> bool {
    let room = ctx.content_rect().size();
    let width = (room.x - 20.0 * UNIT).min(1200.0);
    page(ctx, "keys", "Keys", width, |ui| {
        let lines = lines();
        let gap = 8.0 * UNIT;
        let count = (((width + gap) / (MIN_COLUMN_WIDTH + gap)) as usize).clamp(1, 4);
        let column = (width - gap * (count as f32 - 1.0)) / count as f32;
        let height = room.y - 30.0 * UNIT;
        style::scroll_list(height.max(20.0 * UNIT)).show(ui, |ui| {
            scroll_by_keys(ui, height);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing = vec2(gap, 0.0);
                for lines in columns(&lines, count) {
                    ui.vertical(|ui| {
                        ui.set_width(column);
                        lines.iter().for_each(|line| show_line(ui, line));
                    });
                }
            });
        });
    })
}

fn show_line(ui: &mut Ui, line: &ShortcutLine) {
    match line {
        ShortcutLine::Title(group) => {
            ui.add_space(UNIT);
            ui.label(style::bold_text(group.title()).size(13.0));
        }
        ShortcutLine::Keys(entry) => {
            let keys = entry.id.all_keys(ui.ctx());
            let name = RichText::new(entry.label).size(12.5);
            name_and_keys(ui, LINE_HEIGHT, name, style::weak_text(keys).size(12.0));
            let under = ui.min_rect().bottom();
            let edge = ui.min_rect().x_range();
            let faint = ui.visuals().widgets.noninteractive.bg_stroke;
            ui.painter()
                .hline(edge, under, (0.5, faint.color.gamma_multiply(0.6)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_with_keys_has_a_line_and_no_title_ends_a_column() {
        let lines = lines();
        let keys = COMMANDS.iter().filter(|e| !e.shortcuts.is_empty()).count();
        let listed = lines
            .iter()
            .filter(|l| matches!(l, ShortcutLine::Keys(_)))
            .count();
        assert_eq!(listed, keys);
        for count in 1..=4 {
            let columns = columns(&lines, count);
            assert_eq!(columns.iter().map(|c| c.len()).sum::<usize>(), lines.len());
            for column in columns {
                assert!(!matches!(column.last(), Some(ShortcutLine::Title(_))));
            }
        }
    }
}
