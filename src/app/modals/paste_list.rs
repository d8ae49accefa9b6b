//! The dialog for pasting a list: previews the target stages, new names and ignored
//! parts.
//!
//! Must not know: the grammar of lists (`crate::capture::list` does).

use crate::app::app::App;
use crate::app::capture_bar::{highlighting, place, stage_name};
use crate::app::ui::buttons::{primary, with_end};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::list::{self, List, Row, Shape};
use crate::capture::{Names, Place, Which, details, sentence};
use crate::model::Map;
use crate::theme::Theme;
use egui::{Align, Context, Key, Label, Layout, Modifiers, Role, TextEdit, Ui, WidgetInfo, vec2};

/// Height of a row, in points.
const ROW: f32 = 24.0;

/// State of the dialog.
pub struct ListSheet {
    text: String,
    /// Whether the text is editable; otherwise it was pasted before.
    typed: bool,
    focused: bool,
    names: Names,
    list: List,
    /// Stage of each row; empty for the stage at the insertion point.
    stages: Vec<String>,
}

impl ListSheet {
    /// Creates a dialog with pasted text.
    pub fn of(text: &str) -> ListSheet {
        ListSheet {
            text: text.to_owned(),
            typed: false,
            focused: false,
            names: Names::default(),
            list: list::read("", &Names::default()),
            stages: Vec::new(),
        }
    }

    /// Creates an empty dialog with a text field.
    pub fn empty() -> ListSheet {
        ListSheet {
            typed: true,
            ..ListSheet::of("")
        }
    }

    /// Parses the list against the names of a map.
    fn read(&mut self, map: Option<&Map>) {
        self.names = map.map(Names::of).unwrap_or_default();
        self.list = list::read(&self.text, &self.names);
        let mut stage = String::new();
        self.stages.clear();
        for row in &self.list.rows {
            if let Some(name) = &row.said.stage {
                stage.clone_from(name);
            }
            self.stages.push(stage.clone());
        }
    }

    /// Number of new touchpoints, as text.
    fn count(&self) -> String {
        match self.list.touchpoints() {
            1 => "1 touchpoint".to_owned(),
            count => format!("{count} touchpoints"),
        }
    }
}

impl App {
    /// Opens the empty dialog and requests the clipboard.
    pub(crate) fn ask_for_list(&mut self, ctx: &Context) {
        self.over = Some(super::Over::List(Box::new(ListSheet::empty())));
        ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
    }

    /// Shows the dialog; returns whether it stays open.
    pub(crate) fn show_list(&mut self, ctx: &Context, sheet: &mut ListSheet) -> bool {
        let theme = self.theme();
        let begun = self.start.is_none();
        let document = self.document().filter(|_| begun);
        if !sheet.focused {
            sheet.read(document.map(|d| d.session.map()));
        }
        let here = document.map_or(Place::End, |d| place(d.session.map(), &d.selection));
        let goes_to = document.and_then(|d| stage_name(d.session.map(), &here));
        let first_stage = goes_to.unwrap_or("First stage").to_owned();
        let keys = if sheet.typed {
            Modifiers::COMMAND
        } else {
            Modifiers::NONE
        };
        let mut take = ctx.input_mut(|i| i.consume_key(keys, Key::Enter));
        let mut cancel = false;
        let room = ctx.content_rect().size();
        let modal = style::sheet(ctx, "list").show(ctx, |ui| {
            ui.set_width((room.x - 120.0).clamp(320.0, 1180.0));
            ui.label(style::heading(match sheet.typed {
                true => "Paste a list".to_owned(),
                false => format!("Paste {}", sheet.count()),
            }));
            if sheet.typed {
                let changed = show_text(ui, sheet);
                if changed {
                    let map = self.document().filter(|_| begun).map(|d| d.session.map());
                    sheet.read(map);
                }
            }
            sheet.focused = true;
            if sheet.typed || !sheet.list.rows.is_empty() {
                show_remarks(ui, sheet, &first_stage, begun);
                let height = (room.y - if sheet.typed { 440.0 } else { 300.0 }).max(3.0 * ROW);
                show_rows(ui, sheet, theme, &first_stage, height);
            }
            ui.add_space(2.0 * UNIT);
            let buttons = |ui: &mut Ui| {
                cancel = ui.button("Cancel").clicked();
                let keys = if sheet.typed {
                    "Ctrl and Enter"
                } else {
                    "Enter"
                };
                ui.add_enabled_ui(!sheet.list.rows.is_empty(), |ui| {
                    let words = format!("Add {}", sheet.count());
                    take |= primary(ui, &words).on_hover_text(keys).clicked();
                });
            };
            ui.horizontal(|ui| with_end(ui, |_| (), buttons));
        });
        if take && !sheet.list.rows.is_empty() {
            self.take_list(&sheet.list);
            return false;
        }
        !cancel && !modal.should_close()
    }

    /// Inserts the list into the map as one step; creates a map if none is open.
    fn take_list(&mut self, list: &List) {
        if self.start.is_some() || self.documents.is_empty() {
            self.open_untitled(Map::titled("Untitled map"));
        }
        let Some(document) = self.documents.get(self.active) else {
            return;
        };
        let map = document.session.map();
        let place = place(map, &document.selection);
        let Some((intent, made)) = self.mint.with(|minter| list.intent(map, &place, minter)) else {
            return;
        };
        if self.edit(&intent, None)
            && let Some(document) = self.document_mut()
            && let Some(first) = made.into_iter().next()
        {
            document.select(crate::app::command::Selection::Touchpoint(first), true);
        }
    }
}

/// Shows the text field; returns whether the text changed.
fn show_text(ui: &mut Ui, sheet: &mut ListSheet) -> bool {
    ui.label(style::soft(
        "A line each, as in the capture line; stages as “# Buy” or “Buy:” above their lines. Or cells from a spreadsheet.",
    ));
    let focus = !sheet.focused;
    style::list_up_to(120.0)
        .id_salt("list text")
        .show(ui, |ui| {
            let field = TextEdit::multiline(&mut sheet.text)
                .desired_rows(6)
                .desired_width(f32::INFINITY)
                .hint_text(
                    "Sees an ad\nAsks a friend @phone\nPays the deposit #Sales -2 frustrated",
                );
            let response = ui.add(field);
            response.widget_info(|| {
                let mut info = WidgetInfo::labeled(Role::MultilineTextInput, true, "List");
                info.current_text_value = Some(sheet.text.clone());
                info
            });
            if focus {
                response.request_focus();
            }
            response.changed()
        })
        .inner
}

fn show_remarks(ui: &mut Ui, sheet: &ListSheet, first_stage: &str, begun: bool) {
    let mut words = Vec::new();
    if sheet.list.rows.is_empty() {
        words.push("Nothing to add yet.".to_owned());
    }
    if sheet.stages.first().is_some_and(String::is_empty) {
        words.push(match begun {
            true => format!("The first ones go to stage {first_stage}, behind what is selected."),
            false => "They go into a new map.".to_owned(),
        });
    }
    match sheet.list.shape {
        Shape::Table { titled: true } => {
            let columns = sheet.list.columns.iter();
            let columns: Vec<String> = columns
                .map(|c| format!("{} → {}", c.title, c.goes))
                .collect();
            words.push(format!("Columns: {}.", columns.join(", ")));
        }
        Shape::Table { titled: false } => {
            words.push("The first column is read like the capture line.".to_owned());
        }
        Shape::Lines => {}
    }
    if !words.is_empty() {
        ui.add(Label::new(style::soft(words.join(" "))).wrap());
    }
    for remark in &sheet.list.remarks {
        ui.add(Label::new(style::bold(remark)).wrap());
    }
    ui.add_space(UNIT);
}

fn show_rows(ui: &mut Ui, sheet: &ListSheet, theme: &Theme, first_stage: &str, height: f32) {
    let width = ui.available_width();
    let columns = [10.0 * UNIT, (width * 0.16).min(180.0), width * 0.28];
    ui.spacing_mut().item_spacing.y = 0.0;
    let count = sheet.list.rows.len();
    style::list_up_to(height)
        .id_salt("list rows")
        .auto_shrink([false, !sheet.typed])
        .show_rows(ui, ROW, count, |ui, range| {
            for at in range {
                let (Some(row), Some(stage)) = (sheet.list.rows.get(at), sheet.stages.get(at))
                else {
                    continue;
                };
                let stage = if stage.is_empty() { first_stage } else { stage };
                ui.allocate_ui_with_layout(
                    vec2(width, ROW),
                    Layout::left_to_right(Align::Center),
                    |ui| {
                        ui.set_min_height(ROW);
                        show_row(ui, row, stage, sheet, theme, columns);
                    },
                );
            }
        });
}

fn show_row(
    ui: &mut Ui,
    row: &Row,
    stage: &str,
    sheet: &ListSheet,
    theme: &Theme,
    columns: [f32; 3],
) {
    let cell = |ui: &mut Ui, width: f32, text: egui::WidgetText, whole: &str| {
        ui.allocate_ui_with_layout(
            vec2(width, ROW),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_min_width(width);
                ui.add(Label::new(text).truncate()).on_hover_text(whole);
            },
        );
    };
    let [number, stage_width, name_width] = columns;
    cell(
        ui,
        number,
        style::soft(row.number.to_string()).small().into(),
        "The line in the list",
    );
    let new = sheet.names.find(Which::Stages, stage).is_none();
    let shown = if new {
        format!("{stage} (new)")
    } else {
        stage.to_owned()
    };
    let shown = egui::RichText::new(shown).color(style::color(theme.accent));
    if row.said.is_no_touchpoint() {
        cell(ui, stage_width, shown.strong().into(), stage);
        ui.label(style::soft("Stage"));
        return;
    }
    cell(ui, stage_width, shown.into(), stage);
    let name = match row.said.name.trim() {
        "" => style::soft("No name"),
        name => style::bold(name.replace('\n', " ")),
    };
    cell(ui, name_width, name.into(), &row.said.name);
    let mut words = details(&row.said, &sheet.names);
    for text in more(row) {
        words.push(crate::capture::Phrase {
            kind: None,
            before: if words.is_empty() { "" } else { ", " },
            text,
            new: false,
        });
    }
    let whole = sentence(&words);
    let job = highlighting::sentence(&words, theme, 13.0);
    let rest = ui.available_width();
    cell(ui, rest, job.into(), &whole);
}

/// Returns the details of a row that a capture line cannot express.
fn more(row: &Row) -> Vec<String> {
    let more = &row.more;
    let texts = [
        ("description", &more.description),
        ("time", &more.time),
        ("thinks", &more.thought),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let mut all: Vec<String> = texts
        .map(|(word, text)| format!("{word}: {text}"))
        .collect();
    if !more.notes.is_empty() {
        all.push(format!("notes: {}", more.notes.join("; ")));
    }
    all
}
