//! The filter menu: all values by which the map can be filtered, searchable and in columns.
//!
//! Must not know: which touchpoints pass.

use crate::app::command::action::UiAction;
use crate::app::ui::choices::choice_row;
use crate::app::ui::style::{self, ROW_HEIGHT, UNIT};
use crate::app::ui::text_field::MAX_QUERY_CHARS;
use crate::folding::fold_text;
use crate::search::filter::{FacetCount, Filter};
use egui::{Frame, Id, Key, Margin, TextEdit, Ui, vec2};

/// Width of a column, in points.
const COLUMN_WIDTH: f32 = 228.0;
/// Largest number of columns.
const MAX_COLUMNS: usize = 4;
/// Number of lines from which there is more than one column.
const MIN_LINES: usize = 12;

/// A line of the menu: the title of a kind, or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'c> {
    Title(&'static str),
    Value(&'c FacetCount),
}

/// Shows the values that match the search text; a clicked one is added to the filter or
/// removed. Enter takes the first one.
pub(super) fn filter_menu(
    ui: &mut Ui,
    choices: &[FacetCount],
    filter: &Filter,
    actions: &mut Vec<UiAction>,
) {
    if choices.is_empty() {
        ui.set_width(COLUMN_WIDTH);
        ui.label(style::weak_text("There are no touchpoints yet."));
        return;
    }
    let window = ui.ctx().content_rect();
    let most = (((window.width() - 40.0) / (COLUMN_WIDTH + 2.0 * UNIT)) as usize).max(1);
    // The menu keeps its width while the search text leaves fewer values.
    let count = columns(&lines(choices.iter()), most.min(MAX_COLUMNS)).len();
    let width = count as f32 * (COLUMN_WIDTH + 2.0 * UNIT);
    ui.set_width(width);
    let (text, entered) = search_field(ui);
    let words: Vec<String> = text.split_whitespace().map(fold_text).collect();
    let matches = |choice: &&FacetCount| {
        let text = fold_text(&format!("{} {}", choice.facet.kind.title(), choice.label));
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let found = lines(choices.iter().filter(matches));
    let first = choices.iter().find(matches).filter(|_| !words.is_empty());
    if let Some(choice) = first.filter(|_| entered) {
        actions.push(UiAction::ToggleFilter(choice.facet.clone()));
    }
    if found.is_empty() {
        ui.label(style::weak_text("Nothing to filter by has these words."));
    }
    let room = (window.height() - 160.0).max(120.0);
    style::scroll_list(room).show(ui, |ui| {
        ui.set_width(width - 3.0 * UNIT);
        ui.horizontal_top(|ui| {
            for column in columns(&found, count) {
                ui.vertical(|ui| {
                    ui.set_width(COLUMN_WIDTH - UNIT);
                    ui.spacing_mut().item_spacing.y = 1.0;
                    ui.spacing_mut().button_padding = vec2(1.5 * UNIT, UNIT);
                    column
                        .iter()
                        .for_each(|line| show_line(ui, line, filter, actions));
                });
            }
        });
    });
}

/// Shows the search field, which is empty and has the keyboard when the menu opens; returns its
/// text and whether Enter was pressed.
fn search_field(ui: &mut Ui) -> (String, bool) {
    let memory = Id::unique("filter-search");
    let pass = ui.ctx().cumulative_pass_nr();
    let known: Option<(String, u64)> = ui.data(|data| data.get_temp(memory));
    let open = known.filter(|(_, last)| last + 1 >= pass);
    let opens = open.is_none();
    let mut text = open.map_or_else(String::new, |(text, _)| text);
    let name = "Search values";
    let field = TextEdit::singleline(&mut text)
        .hint_text(name)
        .char_limit(MAX_QUERY_CHARS)
        .margin(Margin::symmetric(8, 5))
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name(name);
    if opens {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(memory, (text.clone(), pass)));
    ui.add_space(UNIT);
    (text, entered)
}

/// The values with the titles of their kinds.
fn lines<'c>(choices: impl Iterator<Item = &'c FacetCount>) -> Vec<Line<'c>> {
    let mut lines = Vec::new();
    let mut last = None;
    for choice in choices {
        let kind = choice.facet.kind;
        if last.replace(kind) != Some(kind) {
            lines.push(Line::Title(kind.title()));
        }
        lines.push(Line::Value(choice));
    }
    lines
}

/// Breaks lines into at most so many columns of about the same height. A column that begins
/// within a kind repeats its title; no title ends a column.
fn columns<'c>(lines: &[Line<'c>], most: usize) -> Vec<Vec<Line<'c>>> {
    let count = lines.len().div_ceil(MIN_LINES).clamp(1, most);
    // Each column but the first may repeat a title.
    let height = (lines.len() + count - 1).div_ceil(count).max(1);
    let mut columns: Vec<Vec<Line<'c>>> = vec![Vec::new()];
    let mut title = None;
    for (at, line) in lines.iter().enumerate() {
        let is_title = matches!(line, Line::Title(_));
        if is_title {
            title = Some(*line);
        }
        let last = columns.len() - 1;
        let is_full = columns[last].len() >= height;
        let ends = is_title && columns[last].len() + 1 >= height && at + 1 < lines.len();
        if (is_full || ends) && columns.len() < count && !columns[last].is_empty() {
            columns.push(title.into_iter().filter(|_| !is_title).collect());
        }
        if let Some(column) = columns.last_mut() {
            column.push(*line);
        }
    }
    columns
}

fn show_line(ui: &mut Ui, line: &Line<'_>, filter: &Filter, actions: &mut Vec<UiAction>) {
    match line {
        Line::Title(title) => {
            ui.add_space(ROW_HEIGHT / 4.0);
            // In line with the values.
            let beside = Frame::new().inner_margin(Margin::symmetric(6, 0));
            beside.show(ui, |ui| ui.label(style::weak_text(*title).small()));
        }
        Line::Value(choice) => {
            let on = filter.contains(&choice.facet);
            let name = format!("{}: {}", choice.facet.kind.title(), choice.label);
            if choice_row(ui, on, &choice.label, choice.count, &name) {
                actions.push(UiAction::ToggleFilter(choice.facet.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::filter::{Facet, FacetKind};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn columns_hold_every_value_once_below_its_kind(
            sizes in proptest::collection::vec(0..30_usize, 7),
            most in 1..6_usize,
        ) {
            let choices: Vec<FacetCount> = FacetKind::ALL
                .into_iter()
                .zip(&sizes)
                .flat_map(|(kind, size)| {
                    (0..*size).map(move |at| FacetCount {
                        facet: Facet { kind, value: None },
                        label: at.to_string(),
                        count: 1,
                    })
                })
                .collect();
            let all = lines(choices.iter());
            let columns = columns(&all, most);
            prop_assert!(columns.len() <= most);
            let mut shown = Vec::new();
            for column in &columns {
                let mut title = None;
                for line in column {
                    match line {
                        Line::Title(of) => title = Some(*of),
                        Line::Value(choice) => {
                            prop_assert_eq!(title, Some(choice.facet.kind.title()));
                            shown.push((*choice).clone());
                        }
                    }
                }
                prop_assert!(!matches!(column.last(), Some(Line::Title(_))));
            }
            prop_assert_eq!(&shown, &choices);
            let heights = columns.iter().map(Vec::len);
            prop_assert!(heights.max().unwrap_or(0) <= all.len().div_ceil(columns.len()) + 8);
        }
    }
}
