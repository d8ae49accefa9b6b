//! Checks for dangling references.

use super::structure::REFERENCE_DANGLING;
use crate::insight::context::CheckContext;
use crate::insight::finding::Finding;
use crate::insight::fix::Fix;
use crate::model::{
    DepartmentId, Field, FieldRef, Id, IndexedList, Map, ObjectRef, Record, Stage, Touchpoint,
};

/// Collects the dangling references of one record: their fields, and the messages.
struct RefChecker<'m> {
    map: &'m Map,
    object: ObjectRef,
    dangling: Vec<(FieldRef, String)>,
}

impl<'m> RefChecker<'m> {
    fn new(map: &'m Map, object: ObjectRef) -> RefChecker<'m> {
        RefChecker {
            map,
            object,
            dangling: Vec::new(),
        }
    }

    fn check_ref<R: Record>(&mut self, list: &IndexedList<R>, id: Option<&R::Id>, field: Field) {
        if let Some(id) = id.filter(|id| !list.contains(id)) {
            self.add(id, self.object.clone().field(field));
        }
    }

    fn check_refs<R: Record>(
        &mut self,
        list: &IndexedList<R>,
        ids: &[R::Id],
        field: impl Fn(u16) -> Field,
    ) {
        for (at, id) in ids.iter().enumerate() {
            self.check_ref(list, Some(id), field(Field::index(at)));
        }
    }

    fn add<I: Id>(&mut self, id: &I, field: FieldRef) {
        let key = field.field.key();
        let name = key.rsplit('.').next().unwrap_or_default();
        let name = name.split('[').next().unwrap_or_default();
        let message = format!(
            "“{name}” refers to {} “{id}”, which is not in the map",
            I::WORD
        );
        self.dangling.push((field, message));
    }

    fn departments(&mut self, owner: Option<&DepartmentId>, supporters: &[DepartmentId]) {
        let departments = self.map.departments();
        self.check_ref(departments, owner, Field::Owner);
        self.check_refs(departments, supporters, Field::Supporter);
    }
}

fn of_stage(map: &Map, stage: &Stage) -> Vec<(FieldRef, String)> {
    let mut all = RefChecker::new(map, ObjectRef::Stage(stage.id.clone()));
    all.departments(stage.owner.as_ref(), &stage.supporters);
    all.dangling
}

fn of_touchpoint(map: &Map, it: &Touchpoint) -> Vec<(FieldRef, String)> {
    let mut all = RefChecker::new(map, ObjectRef::Touchpoint(it.id.clone()));
    all.check_ref(map.channels(), it.channel.as_ref(), Field::Channel);
    let environment = it.environment.as_ref();
    all.check_ref(map.environments(), environment, Field::Environment);
    all.departments(it.owner.as_ref(), &it.supporters);
    for (at, feeling) in it.feelings.iter().enumerate() {
        let field = Field::FeelingPersona(Field::index(at));
        all.check_ref(map.personas(), feeling.persona.as_ref(), field);
    }
    for (at, pain) in it.pains.iter().enumerate() {
        let field = |action| Field::PainAction(Field::index(at), action);
        all.check_refs(map.actions(), &pain.actions, field);
    }
    for (at, opportunity) in it.opportunities.iter().enumerate() {
        let field = |action| Field::OpportunityAction(Field::index(at), action);
        all.check_refs(map.actions(), &opportunity.actions, field);
    }
    for (at, item) in it.backstage.iter().enumerate() {
        let field = Field::BackstageDepartment(Field::index(at));
        all.check_ref(map.departments(), item.department.as_ref(), field);
    }
    for (at, path) in it.paths.iter().enumerate() {
        if map.touchpoint(&path.to).is_none() {
            let field = Field::PathTarget(Field::index(at));
            all.add(&path.to, all.object.clone().field(field));
        }
    }
    all.check_refs(map.images(), &it.pictures, Field::Picture);
    for lane in it.texts.keys().filter(|id| !map.lanes().contains(id)) {
        let cell = ObjectRef::Cell(it.id.clone(), lane.clone());
        all.add(lane, cell.field(Field::CustomLane));
    }
    all.dangling
}

pub(crate) fn check(look: &mut CheckContext<'_>) {
    let map = look.map;
    for (s, stage, first) in look.stages() {
        for (location, message) in of_stage(map, stage) {
            let finding = look.add_for_stage(s, &REFERENCE_DANGLING, message);
            finding.location = location;
            finding.fixes.push(Fix::RemoveDangling);
        }
        for (t, touchpoint) in map.touchpoints_in(&stage.id).iter().enumerate() {
            for (location, message) in of_touchpoint(map, touchpoint) {
                let finding = look.add_for_touchpoint(first + t, &REFERENCE_DANGLING, message);
                finding.location = location;
                finding.fixes.push(Fix::RemoveDangling);
            }
        }
    }
    let finding = |all: &RefChecker<'_>, (location, message)| {
        let subject = all.object.clone();
        let finding = Finding::new(&REFERENCE_DANGLING, subject, location, message);
        finding.with_fixes([Fix::RemoveDangling])
    };
    for (at, persona) in map.personas().iter().enumerate() {
        let mut all = RefChecker::new(map, ObjectRef::Persona(persona.id.clone()));
        all.check_ref(map.images(), persona.picture.as_ref(), Field::Portrait);
        for it in std::mem::take(&mut all.dangling) {
            look.add_before_stages(at, finding(&all, it));
        }
    }
    for action in map.actions().iter() {
        let mut all = RefChecker::new(map, ObjectRef::Action(action.id.clone()));
        all.check_ref(map.departments(), action.owner.as_ref(), Field::Owner);
        for it in std::mem::take(&mut all.dangling) {
            look.add_after_stages(finding(&all, it));
        }
    }
}
