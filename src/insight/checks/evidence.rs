//! Rules on the evidence for claims.

use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::finding::Finding;
use crate::insight::fix::Fix;
use crate::insight::rule::catalogue;
use crate::model::{Basis, Evidence, Field, Map, MapKind, ObjectRef, Touchpoint};

catalogue! {
    Evidence;
    ASSUMPTION_ONLY = "assumption-only", Advice,
        "A touchpoint is marked as an assumption, and nothing on it has better evidence.",
        "Assumptions can be wrong where it matters most; observations, quotes and measurements settle them.",
        "Stickdorn, Hormess, Lawrence and Schneider, This Is Service Design Doing, 2018",
        "“Compares with friends” is assumed, and so is the feeling on it.";
    EVIDENCE_THIN = "evidence-thin", Advice,
        "Less than half of the claims on the map were observed, quoted or measured.",
        "Assumptions can be wrong where it matters most.",
        "Stickdorn, Hormess, Lawrence and Schneider, This Is Service Design Doing, 2018",
        "40 feelings and pain points, 12 of them with a source.";
    NO_LOWS = "no-lows", Advice,
        "A current journey has scores, and none of them is below neutral.",
        "Bad moments weigh more than good ones and are part of every journey; a map without any is probably missing research.",
        "Baumeister, Bratslavsky, Finkenauer and Vohs, Bad is stronger than good, Review of General Psychology 5, 2001",
        "Fifteen touchpoints from 0.0 to +1.8.";
    PERSONA_WITHOUT_FEELINGS = "persona-without-feelings", Advice,
        "A persona of the map has no feeling at any touchpoint.",
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
    for feeling in &touchpoint.feelings {
        see(&feeling.evidence);
    }
    for pain in &touchpoint.pains {
        see(&pain.evidence);
    }
    for opportunity in &touchpoint.opportunities {
        see(&opportunity.evidence);
    }
}

pub(crate) fn check(look: &mut CheckContext<'_>) {
    for position in 0..look.touchpoints.len() {
        let touchpoint = look.touchpoints[position];
        let mut founded = touchpoint.is_measured();
        for_each_evidence(touchpoint, &mut |evidence| {
            founded |= has_evidence(evidence)
        });
        if touchpoint.is_assumption() && !founded {
            let message = format!(
                "{} is assumed, and nothing on it was seen, said or measured",
                quoted(&touchpoint.name)
            );
            let finding = look.add_for_touchpoint(position, &ASSUMPTION_ONLY, message);
            let fix = Fix::fill_in("Say what it rests on", finding.subject.clone());
            finding.fixes.push(fix);
        }
    }
    if !look.is_journey() {
        return;
    }
    let claims = count_claims(look.map);
    if claims.all >= MIN_CLAIMS && claims.with_evidence * 2 < claims.all {
        let message = format!(
            "{} of {} claims rest on something seen, said or measured",
            claims.with_evidence, claims.all
        );
        look.add_for_map(&EVIDENCE_THIN, Field::Whole, message);
    }
    no_lows(look);
    personas_without_feelings(look);
}

fn write_feelings(object: ObjectRef) -> Fix {
    Fix::fill_in("Write down feelings", object)
}

fn no_lows(look: &mut CheckContext<'_>) {
    if look.map.header().kind != MapKind::Current {
        return;
    }
    let feelings = look.touchpoints.iter().flat_map(|t| &t.feelings);
    let mut scores = 0;
    for feeling in feelings {
        let said = [feeling.score, feeling.before, feeling.after];
        if said.iter().flatten().any(|score| score.tenths() < 0) {
            return;
        }
        scores += usize::from(feeling.score.is_some());
    }
    if scores >= crate::insight::context::MIN_JOURNEY {
        let message = format!("{scores} scores, and not one below neutral: has anybody asked?");
        let finding = look.add_for_map(&NO_LOWS, Field::Whole, message);
        finding.fixes.push(write_feelings(ObjectRef::Map));
    }
}

fn personas_without_feelings(look: &mut CheckContext<'_>) {
    let personas = look.map.personas();
    let main = personas.iter().next().map(|p| &p.id);
    for (at, persona) in personas.iter().enumerate() {
        let feels = look
            .touchpoints
            .iter()
            .flat_map(|t| &t.feelings)
            .any(|f| f.persona.as_ref().or(main) == Some(&persona.id));
        if !feels {
            let message = format!("how {} feels is nowhere on the map", quoted(&persona.name));
            let subject = ObjectRef::Persona(persona.id.clone());
            let finding =
                Finding::new(&PERSONA_WITHOUT_FEELINGS, subject.clone(), subject, message);
            look.add_before_stages(
                at,
                finding.with_fixes([write_feelings(ObjectRef::Persona(persona.id.clone()))]),
            );
        }
    }
}
