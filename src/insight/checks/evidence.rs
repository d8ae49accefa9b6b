//! Rules on the evidence for claims.

use crate::english::quoted;
use crate::insight::context::{CheckContext, MIN_JOURNEY};
use crate::insight::finding::Fix;
use crate::insight::rule::catalogue;
use crate::model::{
    Basis, Evidence, Feeling, Field, Map, MapKind, ObjectRef, Record as _, Touchpoint,
};

catalogue! {
    Evidence;
    ASSUMPTION_ONLY = "assumption-only", Advice, "Assumption only",
        "A touchpoint is marked as an assumption, and nothing on it has better evidence.",
        "Assumptions can be wrong where it matters most; observations, quotes and measurements settle them.",
        "Stickdorn, Hormess, Lawrence and Schneider, This Is Service Design Doing, 2018",
        "“Compares with friends” is assumed, and so is the feeling on it.";
    EVIDENCE_THIN = "evidence-thin", Advice, "Little evidence",
        "Less than half of the statements on the map are observed, quoted or measured.",
        "Assumptions can be wrong where it matters most.",
        "Stickdorn, Hormess, Lawrence and Schneider, This Is Service Design Doing, 2018",
        "40 feelings and pain points, 12 of them with a source.";
    NO_LOWS = "no-lows", Advice, "No lows",
        "A current journey has scores, and none of them is below neutral.",
        "Bad moments weigh more than good ones and are part of every journey; a map without any is probably missing research.",
        "Baumeister, Bratslavsky, Finkenauer and Vohs, Bad is stronger than good, Review of General Psychology 5, 2001",
        "Fifteen touchpoints from 0.0 to +1.8.";
    PERSONA_WITHOUT_FEELINGS = "persona-without-feelings", Advice, "Persona without feelings",
        "A persona has no feeling at any touchpoint.",
        "Without feelings, the map does not show the journey of this persona.",
        "Stickdorn, Hormess, Lawrence and Schneider, This Is Service Design Doing, 2018",
        "Ruth has a picture and goals, but no score at any touchpoint.";
}

/// Minimum number of claims for judging the share with evidence.
const MIN_CLAIMS: usize = 10;

/// Number of claims of a map, and of those with evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// All claims: personas, feelings, pains, opportunities, and touchpoints with
    /// a stated basis.
    pub all: usize,
    /// Claims that were observed, said in an interview, or measured.
    pub with_evidence: usize,
}

impl Claims {
    fn count(&mut self, evidence: &Evidence) {
        self.all += 1;
        self.with_evidence += usize::from(has_evidence(evidence));
    }
}

fn has_evidence(evidence: &Evidence) -> bool {
    evidence
        .basis
        .is_some_and(|basis| basis > Basis::Assumption)
}

/// Counts the claims of a map.
pub fn count_claims(map: &Map) -> Claims {
    let mut claims = Claims::default();
    for persona in map.personas() {
        claims.count(&persona.evidence);
    }
    for touchpoint in map.touchpoints() {
        if touchpoint.evidence.basis.is_some() {
            claims.count(&touchpoint.evidence);
        }
        for_each_evidence(touchpoint, &mut |evidence| claims.count(evidence));
    }
    claims
}

/// Calls `see` with the evidence of each claim on a touchpoint.
fn for_each_evidence(touchpoint: &Touchpoint, see: &mut dyn FnMut(&Evidence)) {
    let feelings = touchpoint.feelings.iter().filter(|it| !it.is_blank());
    feelings.for_each(|it| see(&it.evidence));
    touchpoint.pains.iter().for_each(|it| see(&it.evidence));
    let opportunities = touchpoint.opportunities.iter();
    opportunities.for_each(|it| see(&it.evidence));
}

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    for touchpoint in cx.touchpoints.clone() {
        let mut founded = touchpoint.is_measured();
        for_each_evidence(touchpoint, &mut |evidence| {
            founded |= has_evidence(evidence)
        });
        if touchpoint.is_assumption() && !founded {
            let name = quoted(&touchpoint.name);
            let message = format!("{name}: assumption without evidence");
            cx.report(&ASSUMPTION_ONLY, touchpoint, message)
                .fill_in("Say what it rests on", Field::Basis);
        }
    }
    if !cx.is_journey() {
        return;
    }
    let Claims { all, with_evidence } = count_claims(cx.map);
    if all >= MIN_CLAIMS && with_evidence * 2 < all {
        let message = format!("evidence for only {with_evidence} of {all} statements");
        cx.report(&EVIDENCE_THIN, ObjectRef::Map, message);
    }
    no_lows(cx);
    if !cx.has_feelings() {
        return;
    }
    let personas = cx.map.personas();
    let main = personas.iter().next().map(|p| &p.id);
    for persona in personas {
        let mut feelings = cx.touchpoints.iter().flat_map(|t| &t.feelings);
        let own = |f: &Feeling| f.persona.as_ref().or(main) == Some(&persona.id);
        if !feelings.any(|f| own(f) && !f.is_blank()) {
            let message = format!("persona {}: no feelings", quoted(&persona.name));
            let at = cx.touchpoints[0].id.clone();
            let feeling = ObjectRef::Feeling(at, Some(persona.id.clone()));
            cx.report(&PERSONA_WITHOUT_FEELINGS, persona, message)
                .fix(Fix::FillIn {
                    label: WRITE_FEELINGS,
                    field: feeling.field(Field::FeelingPersona(0)),
                });
        }
    }
}

/// The label of the fix for missing feelings.
const WRITE_FEELINGS: &str = "Write down feelings";

fn no_lows(cx: &mut CheckContext<'_>) {
    if cx.map.header().kind != MapKind::Current {
        return;
    }
    let mut scores = Vec::new();
    for touchpoint in &cx.touchpoints {
        for (at, feeling) in touchpoint.feelings.iter().enumerate() {
            let said = [feeling.score, feeling.before, feeling.after];
            if said.iter().flatten().any(|score| score.tenths() < 0) {
                return;
            }
            scores.extend(feeling.score.map(|score| (score, *touchpoint, at)));
        }
    }
    let lowest = scores.iter().min_by_key(|(score, ..)| *score);
    if let Some((_, touchpoint, at)) = lowest.filter(|_| scores.len() >= MIN_JOURNEY) {
        let field = touchpoint.object().field(Field::Score(Field::index(*at)));
        let message = format!("{} scores, none below neutral", scores.len());
        let label = WRITE_FEELINGS;
        cx.report(&NO_LOWS, ObjectRef::Map, message)
            .fix(Fix::FillIn { label, field });
    }
}
