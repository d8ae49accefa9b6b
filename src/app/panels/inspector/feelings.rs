//! Form section for the feelings at a touchpoint.

use crate::app::panels::form::Form;
use crate::app::ui::rows::{
    Section, SmallIcon, Swatch, caption, icon_button, row, section, small_icon_button,
};
use crate::app::ui::style::{UNIT, color};
use crate::model::{Feeling, Field, PersonaId, Score, Touchpoint};
use crate::theme::Color;
use crate::theme::Icon;
use egui::{Slider, Ui};

/// Faces with their scores, in tenths.
const FACES: [(i64, Icon, &str); 5] = [
    (-20, Icon::FaceAwful, "awful"),
    (-10, Icon::FaceBad, "bad"),
    (0, Icon::FaceNeutral, "neutral"),
    (10, Icon::FaceGood, "good"),
    (20, Icon::FaceDelighted, "delighted"),
];

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let what = Section {
        title: "Feelings",
        count: Some(t.feelings.len()),
        add: None,
        empty: "No feelings yet",
        open: true,
    };
    let mut gone = None;
    section(ui, &what, |ui| {
        for (i, feeling) in t.feelings.iter_mut().enumerate() {
            let (name, swatch) = persona(form, feeling.persona.as_ref());
            ui.push_id(("feeling", i), |ui| {
                form.with_prefix(&format!("{name}:"), |form| {
                    if fields(ui, form, Field::index(i), feeling, &name, swatch) {
                        gone = Some(i);
                    }
                });
            });
        }
    });
    if let Some(i) = gone {
        t.feelings.remove(i);
        form.mark_discrete_change();
    }
    for (persona, name) in missing_feelings(form, t) {
        let text = format!("+ Add feeling of {name}");
        let response =
            row(ui, Swatch::None, &text, false).accessible_name(format!("Add feeling of {name}"));
        if response.clicked() {
            t.feelings.push(Feeling {
                persona,
                score: Some(Score::NEUTRAL),
                ..Feeling::default()
            });
            form.mark_discrete_change();
            let at = Field::index(t.feelings.len() - 1);
            form.focus_when_shown(ui, Field::Emotion(at));
        }
    }
}

/// Returns the personas without a feeling here, or the customer if the map has no
/// personas.
fn missing_feelings(form: &Form<'_>, t: &Touchpoint) -> Vec<(Option<PersonaId>, String)> {
    let personas = form.map.personas();
    if personas.is_empty() {
        if t.feelings.is_empty() {
            return vec![(None, "the customer".to_owned())];
        }
        return Vec::new();
    }
    let has = |i: usize, id: &PersonaId| {
        t.feelings
            .iter()
            .any(|f| f.persona.as_ref() == Some(id) || (i == 0 && f.persona.is_none()))
    };
    let missing = personas.iter().enumerate().filter(|(i, p)| !has(*i, &p.id));
    missing
        .map(|(_, p)| (Some(p.id.clone()), p.name.clone()))
        .collect()
}

fn persona(form: &Form<'_>, id: Option<&PersonaId>) -> (String, Swatch) {
    let personas = form.map.personas();
    let place = match id {
        Some(id) => personas.position(id),
        None => Some(0),
    };
    let colours = &form.theme.personas;
    match (place.and_then(|i| personas.as_slice().get(i)), id) {
        (Some(persona), _) => {
            let colour = colours[place.unwrap_or(0) % colours.len()];
            (persona.name.clone(), Swatch::Filled(colour))
        }
        (None, Some(id)) => (format!("Unknown persona “{id}”"), Swatch::None),
        (None, None) => ("The customer".to_owned(), Swatch::Filled(colours[0])),
    }
}

/// Shows the fields of a feeling; returns whether to delete it.
fn fields(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: u16,
    feeling: &mut Feeling,
    name: &str,
    swatch: Swatch,
) -> bool {
    let gone =
        super::pickers::removable_row(ui, swatch, name, &format!("Delete feeling of {name}"));
    faces(ui, form, &mut feeling.score);
    score(ui, form, Field::Score(at), &mut feeling.score);
    form.line(
        ui,
        Field::Emotion(at),
        "One word, such as “confused”",
        &mut feeling.emotion,
    );
    form.lines(
        ui,
        Field::Quote(at),
        "What the customer says",
        &mut feeling.quote,
    );
    form.lines(
        ui,
        Field::Thought(at),
        "What the customer thinks",
        &mut feeling.thought,
    );
    form.lines(
        ui,
        Field::Motivation(at),
        "Why the customer does this at all",
        &mut feeling.motivation,
    );
    score(ui, form, Field::ScoreBefore(at), &mut feeling.before);
    score(ui, form, Field::ScoreAfter(at), &mut feeling.after);
    form.evidence(ui, Field::FeelingSource(at), &mut feeling.evidence);
    ui.add_space(3.0 * UNIT);
    gone
}

/// Shows five faces as buttons.
fn faces(ui: &mut Ui, form: &mut Form<'_>, value: &mut Option<Score>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        for (tenths, icon, word) in FACES {
            let nearest = value.is_some_and(|s| (i64::from(s.tenths()) - tenths).abs() < 5);
            let tint = score_tint(form, tenths);
            let name = format!("{} {word}", form.field_name("Feels"));
            let swatch = Swatch::Face(icon, tint);
            let response = icon_button(ui, swatch, "", &name, nearest).on_hover_text(word);
            if response.clicked() {
                *value = Score::from_tenths(tenths);
                form.mark_discrete_change();
            }
        }
    });
}

fn score_tint(form: &Form<'_>, tenths: i64) -> Color {
    match tenths {
        ..=-5 => form.theme.bad,
        5.. => form.theme.good,
        _ => form.theme.ink_soft,
    }
}

/// Shows a slider for an optional score.
fn score(ui: &mut Ui, form: &mut Form<'_>, field: Field, value: &mut Option<Score>) {
    let title = field.caption();
    let name = form.field_name(title);
    let Some(score) = *value else {
        let text = format!("+ {title}");
        if row(ui, Swatch::None, &text, false)
            .accessible_name(format!("Set {name}"))
            .clicked()
        {
            *value = Some(Score::NEUTRAL);
            form.mark_discrete_change();
        }
        return;
    };
    caption(ui, title);
    ui.horizontal(|ui| {
        let mut number = score.value();
        ui.spacing_mut().slider_width = (ui.available_width() - 22.0 * UNIT).max(20.0 * UNIT);
        let slider = Slider::new(&mut number, -2.0..=2.0)
            .step_by(0.1)
            .show_value(false);
        let response = ui.add(slider).accessible_name(&name);
        if response.changed() {
            *value = Score::from_value(number);
            form.mark_typed(field);
        }
        let tint = color(score_tint(form, i64::from(score.tenths())));
        ui.add_sized(
            [10.0 * UNIT, 6.0 * UNIT],
            egui::Label::new(egui::RichText::new(score.to_string()).color(tint)),
        );
        if small_icon_button(ui, SmallIcon::Cross, &format!("Clear {name}")).clicked() {
            *value = None;
            form.mark_discrete_change();
        }
    });
}
