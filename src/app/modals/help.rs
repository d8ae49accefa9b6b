//! Help page (F1): all commands with their shortcuts, pointer gestures, the capture
//! grammar and a legend. List of all shortcuts in columns.
//!
//! Must not know: how commands are carried out.

use super::dialog::page;
use super::help_texts::{GESTURES, PRESENTING};
use crate::app::command::table::{COMMANDS, CommandEntry, CommandGroup};
use crate::app::ui::buttons::name_and_keys;
use crate::app::ui::scroll_to_focus::scroll_by_keys;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::{GRAMMAR, GRAMMAR_NOTES};
use crate::theme::Icon;
use crate::theme::{Color, Theme};
use egui::{Align, Context, Grid, Layout, Rect, RichText, Sense, Ui, vec2};

/// Minimum width of the page for two columns, in points.
const MIN_TWO_COLUMNS: f32 = 560.0;

/// Minimum width of the grammar with signs and meanings side by side, in points.
const MIN_GRAMMAR_GRID: f32 = 420.0;

/// Shows the page and returns whether it stays open.
pub fn show(ctx: &Context, theme: &Theme) -> bool {
    let room = ctx.content_rect().size();
    let width = (room.x - 20.0 * UNIT).min(920.0);
    let height = (room.y - 30.0 * UNIT).max(20.0 * UNIT);
    page(ctx, "help", "Help", width, |ui| {
        style::scroll_list(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                scroll_by_keys(ui, height);
                ui.spacing_mut().item_spacing.x = 10.0 * UNIT;
                ui.set_max_width(ui.available_width() - 4.0 * UNIT);
                if width < MIN_TWO_COLUMNS {
                    show_left_column(ui, theme);
                    show_right_column(ui);
                    return;
                }
                ui.columns(2, |columns| {
                    if let [left, right] = columns {
                        show_left_column(left, theme);
                        show_right_column(right);
                    }
                });
            });
    })
}

fn show_left_column(ui: &mut Ui, theme: &Theme) {
    for group in [
        CommandGroup::Map,
        CommandGroup::Edit,
        CommandGroup::Highlight,
    ] {
        group_shortcuts(ui, group);
    }
    show_legend(ui, theme);
}

fn show_right_column(ui: &mut Ui) {
    show_grammar(ui);
    for group in [
        CommandGroup::Navigate,
        CommandGroup::View,
        CommandGroup::Help,
    ] {
        group_shortcuts(ui, group);
    }
    show_texts(ui, "Mouse", GESTURES);
    show_texts(ui, "Presenting", PRESENTING);
}

fn section_title(ui: &mut Ui, text: &str) {
    ui.spacing_mut().item_spacing.x = 2.0 * UNIT;
    ui.add_space(3.0 * UNIT);
    ui.label(style::bold_text(text));
}

fn group_shortcuts(ui: &mut Ui, group: CommandGroup) {
    section_title(ui, group.title());
    ui.spacing_mut().item_spacing.y = 1.0;
    for entry in COMMANDS.iter().filter(|e| e.group == group) {
        let keys = entry.id.all_keys(ui.ctx());
        let (name, keys) = (RichText::new(entry.label), RichText::new(keys).weak());
        name_and_keys(ui, 5.0 * UNIT, name, keys).on_hover_text(entry.tooltip);
    }
}

fn show_texts(ui: &mut Ui, title: &str, texts: &[(&str, &str)]) {
    section_title(ui, title);
    for (what, does) in texts {
        ui.label(*what);
        ui.label(style::weak_text(*does).small());
    }
}

/// Shows the grammar of the capture line.
fn show_grammar(ui: &mut Ui) {
    section_title(ui, "One line is one touchpoint");
    if ui.available_width() < MIN_GRAMMAR_GRID {
        for (written, meaning) in GRAMMAR {
            ui.label(*written);
            ui.label(style::weak_text(*meaning).small());
        }
    } else {
        show_grammar_grid(ui);
    }
    for note in GRAMMAR_NOTES {
        ui.add_space(UNIT);
        let note = egui::Label::new(style::weak_text(*note).small()).wrap();
        // A column stretches its content, and text with it.
        ui.with_layout(Layout::top_down(Align::Min), |ui| ui.add(note));
    }
}

fn show_grammar_grid(ui: &mut Ui) {
    Grid::new("grammar")
        .spacing(vec2(3.0 * UNIT, 2.0))
        .show(ui, |ui| {
            for (written, meaning) in GRAMMAR {
                ui.label(*written);
                ui.label(style::weak_text(*meaning).small());
                ui.end_row();
            }
        });
}

fn show_legend(ui: &mut Ui, theme: &Theme) {
    section_title(ui, "How to read the map");
    let rows: [(Icon, Color, &str); 9] = [
        (
            Icon::Flag3,
            theme.pain,
            "Pain point; one to three bars say how much it hurts",
        ),
        (
            Icon::Bulb,
            theme.opportunity,
            "Opportunity: something could be better here",
        ),
        (
            Icon::Diamond,
            theme.moment,
            "Moment of truth: it decides about the outcome",
        ),
        (
            Icon::Question,
            theme.assumption,
            "Assumption: not asked or measured yet",
        ),
        (
            Icon::FaceGood,
            theme.good,
            "Feeling above the neutral line, named beside the face",
        ),
        (Icon::FaceBad, theme.bad, "Feeling below the neutral line"),
        (
            Icon::Person,
            theme.unowned,
            "A hatched stripe and dashed edge: no owner",
        ),
        (Icon::Clock, theme.ink_soft, "How long it takes"),
        (
            Icon::Narrow,
            theme.ink,
            "With handoffs shown: an unavoidable step, which every customer passes",
        ),
    ];
    for (icon, color, words) in rows {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
            let square = Rect::from_center_size(rect.center(), vec2(17.0, 17.0));
            style::paint_icon(ui.painter(), icon, square, style::color(color));
            ui.add(egui::Label::new(words).wrap());
        });
    }
    ui.add_space(2.0 * UNIT);
    ui.add(
        egui::Label::new(style::weak_text(
            "Time runs from left to right. Side branches stand under their main step, \
             dashed arrows are what happens when something fails, loops lead back above the cards. \
             Handoffs (Alt+H) are marks in the colours of two owners where one hands over to the \
             other; a hatched side has no owner. The toggle beside it highlights the steps that every \
             customer passes; the comma and the full stop step through them. \
             Below the line of visibility is what the customer cannot see.",
        ))
        .wrap(),
    );
    ui.add_space(UNIT);
    ui.add(
        egui::Label::new(style::weak_text(
            "The same map has four views, with tabs in the bar. Flow: every way through, lines as \
             wide as the share of customers; a long journey goes on in the strip below. Ownership: \
             departments by stages, unowned steps on top, handoffs as arcs with their number; each cell \
             shows the number of touchpoints and pain points, and the lowest, the mean and the number \
             of its feelings. Findings: the findings of the checks, why they matter and how to fix \
             them; arrow keys step through them, Tab goes to the fixes.",
        ))
        .wrap(),
    );
}

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

/// Shows the list of all shortcuts and returns whether it stays open.
pub fn show_shortcuts(ctx: &Context) -> bool {
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
