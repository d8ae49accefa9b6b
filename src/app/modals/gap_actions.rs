//! Dialog that makes actions of the steps that a future changes: the steps, an owner and a due date.
//!
//! Must not know: how actions are added to a map.

use super::dialog::{Choice, Dialog};
use crate::app::ui::combo_box::{ComboBox, ComboChoice};
use crate::app::ui::rows::{Swatch, caption, hint_label};
use crate::app::ui::style::{self, UNIT};
use crate::compare::future::Gap;
use crate::english::{count, join_with_and, quoted};
use crate::model::{Date, DepartmentId, Map, parse_date};
use egui::{Context, Key, Label, TextEdit};

/// The words for the owner of each step.
const OWN: &str = "The owner of each step";

/// The dialog.
pub struct GapActionsDialog {
    gaps: Vec<(Gap, bool)>,
    departments: Vec<(DepartmentId, String)>,
    owner: Option<usize>,
    due: String,
}

/// The gaps that get actions.
#[derive(Clone, Debug)]
pub struct ChosenGaps {
    /// The gaps.
    pub gaps: Vec<Gap>,
    /// The owner of all actions; `None` for that of each step.
    pub owner: Option<DepartmentId>,
    /// The due date.
    pub due: Option<Date>,
}

impl GapActionsDialog {
    /// Creates the dialog for the gaps of a future map; those without an action are chosen.
    pub fn new(gaps: &[Gap], future: &Map) -> GapActionsDialog {
        let departments = future.departments().iter();
        GapActionsDialog {
            gaps: gaps
                .iter()
                .map(|gap| (gap.clone(), gap.is_open()))
                .collect(),
            departments: departments
                .map(|it| (it.id.clone(), it.name.clone()))
                .collect(),
            owner: None,
            due: String::new(),
        }
    }

    /// Shows the dialog. Returns the answer once there is one; `None` inside for none.
    pub fn show(&mut self, ctx: &Context) -> Option<Option<ChosenGaps>> {
        let chosen = self.gaps.iter().filter(|(_, chosen)| *chosen).count();
        let is_dated = self.due.trim().is_empty() || self.date().is_some();
        let label = format!("Make {}", count(chosen, "action"));
        let choices = [
            Choice::primary(&label, true).enabled(chosen > 0 && is_dated),
            Choice::new("Cancel", false),
        ];
        let dialog = Dialog {
            name: "gap actions",
            title: "Actions for this future",
            width: 560.0,
            choices: &choices,
            dismissed: false,
        };
        let mut enter = false;
        let answer = dialog.show(ctx, |ui| {
            let due = ui.label("Due date");
            let field = TextEdit::singleline(&mut self.due)
                .char_limit(40)
                .hint_text("2027-03-31")
                .desired_width(f32::INFINITY);
            let due = ui.add(field).labelled_by(due.id);
            enter = due.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if !is_dated {
                hint_label(ui, "Write the date as 2027-03-31, or leave it empty");
            }
            ui.add_space(UNIT);
            caption(ui, "Owner");
            let owner = self.owner.and_then(|at| self.departments.get(at));
            let combo = ComboBox {
                none: Some(OWN),
                ..ComboBox::labeled(owner.map_or(OWN, |(_, name)| name))
            };
            let names = self.departments.iter();
            let names = names.map(|(_, name)| (name.clone(), Swatch::None));
            match combo.show(ui, "Owner", || names.collect()) {
                Some(ComboChoice::Entry(at)) => self.owner = Some(at),
                Some(_) => self.owner = None,
                None => {}
            }
            let room = (ctx.content_rect().height() - 360.0).max(120.0);
            style::scroll_list(room).show(ui, |ui| self.list(ui));
            Some(due)
        });
        let answer = answer.or((enter && chosen > 0 && is_dated).then_some(true))?;
        Some(answer.then(|| self.chosen()))
    }

    fn list(&mut self, ui: &mut egui::Ui) {
        let mut stage = None;
        for (gap, chosen) in &mut self.gaps {
            if stage.as_ref() != Some(&gap.stage) {
                ui.add_space(UNIT);
                caption(ui, &style::visible_text(&gap.stage));
                stage = Some(gap.stage.clone());
            }
            let words = style::visible_text(&gap.work);
            if gap.is_open() {
                ui.checkbox(chosen, words);
                continue;
            }
            let names: Vec<String> = gap.actions.iter().map(|name| quoted(name)).collect();
            let words = format!(
                "{words} – by {}",
                style::visible_text(join_with_and(&names))
            );
            ui.add(Label::new(style::weak_text(words)).wrap());
        }
    }

    fn date(&self) -> Option<Date> {
        parse_date(self.due.trim())
    }

    fn chosen(&self) -> ChosenGaps {
        let gaps = self.gaps.iter().filter(|(_, chosen)| *chosen);
        let owner = self.owner.and_then(|at| self.departments.get(at));
        ChosenGaps {
            gaps: gaps.map(|(gap, _)| gap.clone()).collect(),
            owner: owner.map(|(id, _)| id.clone()),
            due: self.date(),
        }
    }
}
