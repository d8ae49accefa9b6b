//! Form section for the feelings at a touchpoint.

use crate::app::panels::entity::Listed;
use crate::app::panels::form::Form;
use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::field_focus::{apply_field_focus, field_id};
use crate::app::ui::rows::{Section, Swatch, add_row, caption, icon_button, removable_row};
use crate::app::ui::style::{UNIT, color};
use crate::model::{Feeling, Field, ObjectRef, Persona, PersonaId, Score, Touchpoint};
use crate::theme::{Color, Icon};
use egui::{Label, RichText, Slider, Ui};

/// Faces with their scores, in tenths.
const FACES: [(i64, Icon, &str); 5] = [
    (-20, Icon::FaceAwful, "awful"),
    (-10, Icon::FaceBad, "bad"),
    (0, Icon::FaceNeutral, "neutral"),
    (10, Icon::FaceGood, "good"),
    (20, Icon::FaceDelighted, "delighted"),
];

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_, '_>, t: &mut Touchpoint) {
    let section = Section::list("Feelings", t.feelings.len(), "No feelings yet");
    section.show(ui, |ui| {
        form.items(ui, "feeling", &mut t.feelings, |ui, form, i, feeling| {
            let (name, swatch) = persona(form, feeling.persona.as_ref());
            form.with_prefix(&format!("{name}:"), |form| {
                let delete = format!("Delete feeling of {name}");
                let gone = removable_row(ui, swatch, &name, &delete);
                fields(ui, form, Field::index(i), feeling);
                gone
            })
        });
    });
    for (persona, name) in missing_feelings(form, t) {
        let add = format!("Add feeling of {name}");
        let added = add_row(ui, &add, &add);
        let of_persona = ObjectRef::Feeling(t.id.clone(), persona.clone());
        let field = of_persona.field(Field::FeelingPersona(0));
        apply_field_focus(ui, field_id(&field), &added);
        if added.clicked() {
            let at = Field::index(t.feelings.len());
            t.feelings.push(Feeling {
                persona,
                score: Some(Score::NEUTRAL),
                ..Feeling::default()
            });
            form.focus_when_shown(ui, Field::Emotion(at));
        }
    }
}

/// Returns the personas without a feeling here, or the customer if the map has no
/// personas.
fn missing_feelings(form: &Form<'_, '_>, t: &Touchpoint) -> Vec<(Option<PersonaId>, String)> {
    let personas = form.cx.map.personas();
    let first = personas.as_slice().first().map(|first| &first.id);
    if first.is_none() && t.feelings.is_empty() {
        return vec![(None, "the customer".to_owned())];
    }
    // A feeling without a persona is that of the first one.
    let felt = |f: &Feeling, id| f.persona.as_ref().or(first) == Some(id);
    let missing = personas
        .iter()
        .filter(|p| !t.feelings.iter().any(|f| felt(f, &p.id)));
    missing
        .map(|p| (Some(p.id.clone()), p.name.clone()))
        .collect()
}

fn persona(form: &Form<'_, '_>, id: Option<&PersonaId>) -> (String, Swatch) {
    let personas = form.cx.map.personas();
    let place = id.map_or(Some(0), |id| personas.position(id));
    match (place.and_then(|i| personas.as_slice().get(i)), id) {
        (Some(persona), _) => {
            let swatch = Persona::SWATCH(form.cx, place.unwrap_or(0), persona);
            (persona.name.clone(), swatch)
        }
        (None, Some(id)) => (format!("Unknown persona “{id}”"), Swatch::None),
        (None, None) => {
            let swatch = Swatch::Filled(form.cx.theme.personas[0]);
            ("The customer".to_owned(), swatch)
        }
    }
}

fn fields(ui: &mut Ui, form: &mut Form<'_, '_>, at: u16, feeling: &mut Feeling) {
    faces(ui, form, &mut feeling.score);
    score(ui, form, Field::Score(at), &mut feeling.score);
    form.line(ui, Field::Emotion(at), &mut feeling.emotion);
    form.lines(ui, Field::Quote(at), &mut feeling.quote);
    form.lines(ui, Field::Thought(at), &mut feeling.thought);
    form.lines(ui, Field::Motivation(at), &mut feeling.motivation);
    score(ui, form, Field::ScoreBefore(at), &mut feeling.before);
    score(ui, form, Field::ScoreAfter(at), &mut feeling.after);
    form.evidence(ui, Field::FeelingSource(at), &mut feeling.evidence);
    ui.add_space(3.0 * UNIT);
}

/// Shows five faces as buttons.
fn faces(ui: &mut Ui, form: &Form<'_, '_>, value: &mut Option<Score>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        for (tenths, icon, word) in FACES {
            let nearest = value.is_some_and(|s| (i64::from(s.tenths()) - tenths).abs() < 5);
            let name = format!("{} {word}", form.field_name("Feels"));
            let swatch = Swatch::Face(icon, score_tint(form, tenths));
            let response = icon_button(ui, swatch, "", &name, nearest);
            if response.on_hover_text(word).clicked() {
                *value = Score::from_tenths(tenths);
            }
        }
    });
}

fn score_tint(form: &Form<'_, '_>, tenths: i64) -> Color {
    match tenths {
        ..=-5 => form.cx.theme.bad,
        5.. => form.cx.theme.good,
        _ => form.cx.theme.ink_soft,
    }
}

/// Shows a slider for an optional score.
fn score(ui: &mut Ui, form: &mut Form<'_, '_>, field: Field, value: &mut Option<Score>) {
    let title = field.caption();
    let name = form.field_name(title);
    let Some(score) = *value else {
        if add_row(ui, title, &format!("Set {name}")).clicked() {
            *value = Some(Score::NEUTRAL);
            form.focus_when_shown(ui, field);
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
        let slider = ui.add(slider).accessible_name(&name);
        apply_field_focus(ui, form.field_id(field), &slider);
        // The slider rounds the number, which then differs from an equal score.
        let moved = Score::from_value(number);
        if moved != *value {
            *value = moved;
            form.mark_typed(field);
        }
        let tint = color(score_tint(form, i64::from(score.tenths())));
        let number = Label::new(RichText::new(score.to_string()).color(tint));
        ui.add_sized([10.0 * UNIT, 6.0 * UNIT], number);
        if small_icon_button(ui, ControlIcon::Close, &format!("Clear {name}")).clicked() {
            *value = None;
        }
    });
}
