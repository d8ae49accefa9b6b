//! What the checks noticed, as a list to click through.

use super::widgets::{ROW, Swatch, quiet, row};
use crate::app::context::{Command, Context, Selection};
use crate::edit::Intent;
use crate::insight::{Finding, Severity, Subject};
use crate::model::{Map, Suppression};
use crate::scene::Icon;
use crate::theme::Theme;
use egui::{ScrollArea, Ui};

/// Shows the findings; clicking one selects what it is about.
pub fn findings(ui: &mut Ui, cx: &mut Context<'_>) {
    let found = &cx.findings.open;
    if found.is_empty() {
        quiet(ui, "Nothing stands out: every check is content");
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("findings")
        .auto_shrink([false, true])
        .show_rows(ui, ROW, found.len(), |ui, rows| {
            for i in rows {
                let Some(finding) = found.get(i) else {
                    continue;
                };
                let subject = subject(cx.map, &finding.subject);
                let selected = subject != Selection::Nothing && subject == *cx.selection;
                let swatch = swatch(cx.theme, finding.rule.severity);
                let clicked = ui.push_id(i, |ui| row(ui, swatch, &finding.message, selected));
                let response = clicked.inner.on_hover_text(finding.rule.why);
                response.context_menu(|ui| {
                    if ui.button("Live with this").clicked() {
                        cx.queue.push(Command::Edit(accept(finding)));
                    }
                });
                if response.clicked() {
                    cx.queue.push(Command::Select {
                        selection: subject,
                        reveal: true,
                    });
                }
            }
        });
}

fn swatch(theme: &Theme, severity: Severity) -> Swatch {
    match severity {
        Severity::Error => Swatch::Icon(Icon::Flag3, theme.pain),
        Severity::Warning => Swatch::Icon(Icon::Flag2, theme.bad),
        Severity::Advice => Swatch::Icon(Icon::Bulb, theme.ink_soft),
    }
}

fn accept(finding: &Finding) -> Intent {
    let subject = finding.subject.key();
    Intent::Suppress(Box::new(Suppression::new(finding.rule.id, &subject, "")))
}

/// What to select to see what a finding is about.
fn subject(map: &Map, subject: &Subject) -> Selection {
    match subject {
        Subject::Map | Subject::Action(_) => Selection::Nothing,
        Subject::Stage(id) => Selection::Stage(id.clone()),
        Subject::Touchpoint(id) | Subject::Pain(id, _) | Subject::Path(id, _) => {
            Selection::Touchpoint(id.clone())
        }
        Subject::Persona(id) => Selection::Persona(id.clone()),
        Subject::Department(id) => Selection::Department(id.clone()),
        Subject::Channel(id) => Selection::Channel(id.clone()),
        Subject::Environment(id) => Selection::Environment(id.clone()),
        Subject::Picture(_) => Selection::Nothing,
        Subject::Record(id) => record(map, id),
    }
}

fn record(map: &Map, id: &str) -> Selection {
    if map.departments().contains(&id.into()) {
        Selection::Department(id.into())
    } else if map.channels().contains(&id.into()) {
        Selection::Channel(id.into())
    } else if map.environments().contains(&id.into()) {
        Selection::Environment(id.into())
    } else if map.personas().contains(&id.into()) {
        Selection::Persona(id.into())
    } else if map.lanes().contains(&id.into()) {
        Selection::Lane(id.into())
    } else {
        Selection::Nothing
    }
}
