//! References to what is not in the map.

use super::finding::{Finding, Subject};
use super::{At, rules};
use crate::model::{Action, DepartmentId, Id, List, Map, Record, Stage, Touchpoint};

/// The lists that references point into.
pub(super) struct Known<'m> {
    map: &'m Map,
}

fn dangling<I: Id>(subject: &Subject, place: String, field: &str, id: &I) -> Finding {
    Finding::new(
        &rules::REFERENCE_DANGLING,
        subject.clone(),
        place,
        format!(
            "“{field}” refers to {} “{id}”, which is not in the map",
            I::WORD
        ),
    )
}

fn missing<R: Record>(list: &List<R>, id: &R::Id) -> bool {
    !list.contains(id)
}

impl<'m> Known<'m> {
    pub fn of(map: &'m Map) -> Known<'m> {
        Known { map }
    }

    fn departments(
        &self,
        owner: Option<&DepartmentId>,
        supporters: &[DepartmentId],
        subject: &Subject,
        place: &dyn Fn() -> String,
        found: &mut Vec<Finding>,
    ) {
        let departments = self.map.departments();
        if let Some(id) = owner.filter(|id| missing(departments, id)) {
            found.push(dangling(subject, format!("{}.owner", place()), "owner", id));
        }
        for (at, id) in supporters.iter().enumerate() {
            if missing(departments, id) {
                let place = format!("{}.supporters[{at}]", place());
                found.push(dangling(subject, place, "supporters", id));
            }
        }
    }

    pub fn stage(&self, stage: &At<'_, Stage>, found: &mut Vec<Finding>) {
        let record = stage.record;
        let subject = Subject::Stage(record.id.clone());
        let owner = record.owner.as_ref();
        self.departments(owner, &record.supporters, &subject, stage.place, found);
    }

    pub fn touchpoint(&self, touchpoint: &At<'_, Touchpoint>, found: &mut Vec<Finding>) {
        let (map, record, place) = (self.map, touchpoint.record, touchpoint.place);
        let subject = Subject::Touchpoint(record.id.clone());
        if let Some(id) = record
            .channel
            .as_ref()
            .filter(|id| missing(map.channels(), id))
        {
            found.push(dangling(
                &subject,
                format!("{}.channel", place()),
                "channel",
                id,
            ));
        }
        let environment = record.environment.as_ref();
        if let Some(id) = environment.filter(|id| missing(map.environments(), id)) {
            let place = format!("{}.environment", place());
            found.push(dangling(&subject, place, "environment", id));
        }
        let owner = record.owner.as_ref();
        self.departments(owner, &record.supporters, &subject, place, found);
        for (at, feeling) in record.feelings.iter().enumerate() {
            let persona = feeling.persona.as_ref();
            if let Some(id) = persona.filter(|id| missing(map.personas(), id)) {
                let place = format!("{}.feelings[{at}].persona", place());
                found.push(dangling(&subject, place, "persona", id));
            }
        }
        let pains = record.pains.iter().map(|p| &p.actions).enumerate();
        let opportunities = record.opportunities.iter().map(|o| &o.actions).enumerate();
        let answers = pains
            .map(|(at, actions)| ("pains", at, actions))
            .chain(opportunities.map(|(at, actions)| ("opportunities", at, actions)));
        for (list, at, actions) in answers {
            for (a, id) in actions.iter().enumerate() {
                if missing(map.actions(), id) {
                    let place = format!("{}.{list}[{at}].actions[{a}]", place());
                    found.push(dangling(&subject, place, "actions", id));
                }
            }
        }
        for (at, item) in record.backstage.iter().enumerate() {
            let department = item.department.as_ref();
            if let Some(id) = department.filter(|id| missing(map.departments(), id)) {
                let place = format!("{}.backstage[{at}].department", place());
                found.push(dangling(&subject, place, "department", id));
            }
        }
        for (at, path) in record.paths.iter().enumerate() {
            if map.touchpoint(&path.to).is_none() {
                let place = format!("{}.paths[{at}].to", place());
                found.push(dangling(&subject, place, "to", &path.to));
            }
        }
        for (at, id) in record.pictures.iter().enumerate() {
            if missing(map.images(), id) {
                let place = format!("{}.pictures[{at}]", place());
                found.push(dangling(&subject, place, "pictures", id));
            }
        }
        for lane in record.texts.keys() {
            if missing(map.lanes(), lane) {
                let place = format!("{}.texts.{lane}", place());
                found.push(dangling(&subject, place, "texts", lane));
            }
        }
    }

    pub fn personas(&self, found: &mut Vec<Finding>) {
        for (at, persona) in self.map.personas().iter().enumerate() {
            let picture = persona.picture.as_ref();
            if let Some(id) = picture.filter(|id| missing(self.map.images(), id)) {
                let place = format!("personas[{at}].picture");
                let subject = Subject::Record(persona.id.to_string());
                found.push(dangling(&subject, place, "picture", id));
            }
        }
    }

    pub fn actions(&self, map: &Map, found: &mut Vec<Finding>) {
        for (at, action) in map.actions().iter().enumerate() {
            let Action { id, owner, .. } = action;
            if let Some(owner) = owner.as_ref().filter(|id| missing(map.departments(), id)) {
                let place = format!("actions[{at}].owner");
                found.push(dangling(
                    &Subject::Action(id.clone()),
                    place,
                    "owner",
                    owner,
                ));
            }
        }
    }
}
