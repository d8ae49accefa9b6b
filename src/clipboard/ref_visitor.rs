//! Traversal of all references in a record, for collecting and for redirecting them.
//!
//! Each function destructures its record: a field added to the model does not
//! compile until it is decided here whether it is a reference.
//!
//! Must not know: copying, pasting.

use crate::model::{
    Action, ActionId, Backstage, ChannelId, DepartmentId, EnvironmentId, Feeling, ImageId, LaneId,
    Opportunity, Pain, Path, Persona, PersonaId, Stage, Touchpoint, TouchpointId,
};

/// Receives each reference once and may change it.
pub(crate) trait RefVisitor {
    fn department(&mut self, id: &mut DepartmentId);
    fn channel(&mut self, id: &mut ChannelId);
    fn environment(&mut self, id: &mut EnvironmentId);
    /// The persona of a feeling; `None` means the first persona of the map.
    fn persona(&mut self, id: &mut Option<PersonaId>);
    fn action(&mut self, id: &mut ActionId);
    fn lane(&mut self, id: &mut LaneId);
    fn image(&mut self, id: &mut ImageId);
    /// Whether a lane contains image ids rather than text; called with the id
    /// that [`RefVisitor::lane`] has not changed yet.
    fn holds_pictures(&self, lane: &LaneId) -> bool;
    /// The target of a path; `false` drops the path.
    fn path(&mut self, to: &mut TouchpointId) -> bool;
}

pub(crate) fn visit_stage(stage: &mut Stage, visitor: &mut impl RefVisitor) {
    let Stage {
        id: _,
        name: _,
        goal: _,
        owner,
        supporters,
        time: _,
        duration: _,
        notes: _,
    } = stage;
    visit_departments(owner, supporters, visitor);
}

pub(crate) fn visit_action(action: &mut Action, visitor: &mut impl RefVisitor) {
    let Action {
        id: _,
        name: _,
        owner,
        status: _,
        due: _,
        lift: _,
        notes: _,
    } = action;
    owner.iter_mut().for_each(|id| visitor.department(id));
}

pub(crate) fn visit_persona(persona: &mut Persona, visitor: &mut impl RefVisitor) {
    let Persona {
        id: _,
        name: _,
        role: _,
        goals: _,
        needs: _,
        frustrations: _,
        quote: _,
        picture,
        evidence: _,
    } = persona;
    picture.iter_mut().for_each(|id| visitor.image(id));
}

pub(crate) fn visit_touchpoint(touchpoint: &mut Touchpoint, visitor: &mut impl RefVisitor) {
    let Touchpoint {
        id: _,
        name: _,
        description: _,
        channel,
        environment,
        owner,
        supporters,
        time: _,
        duration: _,
        moment_of_truth: _,
        feelings,
        pains,
        opportunities,
        backstage,
        measurements: _,
        paths,
        ends: _,
        evidence: _,
        tags: _,
        pictures,
        texts,
        votes: _,
        notes: _,
    } = touchpoint;
    channel.iter_mut().for_each(|id| visitor.channel(id));
    environment
        .iter_mut()
        .for_each(|id| visitor.environment(id));
    visit_departments(owner, supporters, visitor);
    for feeling in feelings {
        let Feeling {
            persona,
            score: _,
            before: _,
            after: _,
            emotion: _,
            quote: _,
            thought: _,
            motivation: _,
            evidence: _,
        } = feeling;
        visitor.persona(persona);
    }
    for pain in pains {
        let Pain {
            id: _,
            text: _,
            severity: _,
            votes: _,
            actions,
            evidence: _,
        } = pain;
        actions.iter_mut().for_each(|id| visitor.action(id));
    }
    for opportunity in opportunities {
        let Opportunity {
            id: _,
            text: _,
            value: _,
            delight: _,
            votes: _,
            actions,
            evidence: _,
        } = opportunity;
        actions.iter_mut().for_each(|id| visitor.action(id));
    }
    for item in backstage {
        let Backstage {
            text: _,
            kind: _,
            department,
        } = item;
        department.iter_mut().for_each(|id| visitor.department(id));
    }
    paths.retain_mut(|path| {
        let Path {
            to,
            kind: _,
            label: _,
            share: _,
        } = path;
        visitor.path(to)
    });
    pictures.iter_mut().for_each(|id| visitor.image(id));
    for (mut lane, mut text) in std::mem::take(texts) {
        if visitor.holds_pictures(&lane) {
            let mut id = ImageId::from(text.as_str());
            visitor.image(&mut id);
            text = id.to_string();
        }
        visitor.lane(&mut lane);
        // Two lanes mapped to one keep both texts.
        match texts.get_mut(&lane) {
            Some(known) => {
                known.push('\n');
                known.push_str(&text);
            }
            None => {
                texts.insert(lane, text);
            }
        }
    }
}

fn visit_departments(
    owner: &mut Option<DepartmentId>,
    supporters: &mut Vec<DepartmentId>,
    visitor: &mut impl RefVisitor,
) {
    owner.iter_mut().for_each(|id| visitor.department(id));
    let before = supporters.clone();
    supporters.iter_mut().for_each(|id| visitor.department(id));
    if *supporters != before {
        // Two departments may have been mapped to one.
        let mut seen = Vec::new();
        supporters.retain(|id| {
            let new = !seen.contains(id);
            seen.push(id.clone());
            new
        });
    }
}
