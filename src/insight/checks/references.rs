//! Checks for dangling references.

use super::structure::REFERENCE_DANGLING;
use crate::insight::context::CheckContext;
use crate::insight::finding::{Finding, FindingSubject};
use crate::insight::fix::Fix;
use crate::model::{DepartmentId, Id, IndexedList, Map, Record, Stage, Touchpoint};

/// A field with a dangling reference: its location in the record, and the message.
struct DanglingRef {
    location: String,
    message: String,
}

/// Collects the dangling references of one record.
struct RefChecker<'m> {
    map: &'m Map,
    dangling: Vec<DanglingRef>,
}

impl RefChecker<'_> {
    fn check_ref<R: Record>(
        &mut self,
        list: &IndexedList<R>,
        id: Option<&R::Id>,
        field: &str,
        inside: impl FnOnce() -> String,
    ) {
        if let Some(id) = id.filter(|id| !list.contains(id)) {
            self.add(id, field, inside());
        }
    }

    fn add<I: Id>(&mut self, id: &I, field: &str, inside: String) {
        let message = format!(
            "“{field}” refers to {} “{id}”, which is not in the map",
            I::WORD
        );
        self.dangling.push(DanglingRef {
            location: inside,
            message,
        });
    }

    fn departments(&mut self, owner: Option<&DepartmentId>, supporters: &[DepartmentId]) {
        let departments = self.map.departments();
        self.check_ref(departments, owner, "owner", || ".owner".to_owned());
        for (at, id) in supporters.iter().enumerate() {
            let inside = || format!(".supporters[{at}]");
            self.check_ref(departments, Some(id), "supporters", inside);
        }
    }
}

fn of_stage(map: &Map, stage: &Stage) -> Vec<DanglingRef> {
    let loose = Vec::new();
    let mut all = RefChecker {
        map,
        dangling: loose,
    };
    all.departments(stage.owner.as_ref(), &stage.supporters);
    all.dangling
}

fn of_touchpoint(map: &Map, it: &Touchpoint) -> Vec<DanglingRef> {
    let loose = Vec::new();
    let mut all = RefChecker {
        map,
        dangling: loose,
    };
    let inside = |field: &'static str| move || format!(".{field}");
    let channel = it.channel.as_ref();
    all.check_ref(map.channels(), channel, "channel", inside("channel"));
    let environment = it.environment.as_ref();
    all.check_ref(
        map.environments(),
        environment,
        "environment",
        inside("environment"),
    );
    all.departments(it.owner.as_ref(), &it.supporters);
    for (at, feeling) in it.feelings.iter().enumerate() {
        let inside = || format!(".feelings[{at}].persona");
        all.check_ref(map.personas(), feeling.persona.as_ref(), "persona", inside);
    }
    let pains = it.pains.iter().map(|p| &p.actions).enumerate();
    let opportunities = it.opportunities.iter().map(|o| &o.actions).enumerate();
    let answers = pains
        .map(|(at, actions)| ("pains", at, actions))
        .chain(opportunities.map(|(at, actions)| ("opportunities", at, actions)));
    for (list, at, actions) in answers {
        for (a, id) in actions.iter().enumerate() {
            let inside = || format!(".{list}[{at}].actions[{a}]");
            all.check_ref(map.actions(), Some(id), "actions", inside);
        }
    }
    for (at, item) in it.backstage.iter().enumerate() {
        let inside = || format!(".backstage[{at}].department");
        all.check_ref(
            map.departments(),
            item.department.as_ref(),
            "department",
            inside,
        );
    }
    for (at, path) in it.paths.iter().enumerate() {
        if map.touchpoint(&path.to).is_none() {
            all.add(&path.to, "to", format!(".paths[{at}].to"));
        }
    }
    for (at, id) in it.pictures.iter().enumerate() {
        let inside = || format!(".pictures[{at}]");
        all.check_ref(map.images(), Some(id), "pictures", inside);
    }
    for lane in it.texts.keys() {
        let inside = || format!(".texts.{lane}");
        all.check_ref(map.lanes(), Some(lane), "texts", inside);
    }
    all.dangling
}

pub(crate) fn check(look: &mut CheckContext<'_>) {
    let map = look.map;
    for (s, stage, first) in look.stages() {
        for it in of_stage(map, stage) {
            let finding = look.add_for_stage(s, &REFERENCE_DANGLING, it.message);
            finding.location.push_str(&it.location);
            finding.fixes.push(Fix::RemoveDangling);
        }
        for (t, touchpoint) in map.touchpoints_in(&stage.id).iter().enumerate() {
            for it in of_touchpoint(map, touchpoint) {
                let finding = look.add_for_touchpoint(first + t, &REFERENCE_DANGLING, it.message);
                finding.location.push_str(&it.location);
                finding.fixes.push(Fix::RemoveDangling);
            }
        }
    }
    for (at, persona) in map.personas().iter().enumerate() {
        let loose = Vec::new();
        let mut all = RefChecker {
            map,
            dangling: loose,
        };
        let picture = persona.picture.as_ref();
        all.check_ref(map.images(), picture, "picture", || {
            format!("personas[{at}].picture")
        });
        for it in all.dangling {
            let subject = FindingSubject::Persona(persona.id.clone());
            let finding = Finding::new(&REFERENCE_DANGLING, subject, it.location, it.message);
            look.add_before_stages(at, finding.with_fixes([Fix::RemoveDangling]));
        }
    }
    for (at, action) in map.actions().iter().enumerate() {
        let loose = Vec::new();
        let mut all = RefChecker {
            map,
            dangling: loose,
        };
        let owner = action.owner.as_ref();
        all.check_ref(map.departments(), owner, "owner", || {
            format!("actions[{at}].owner")
        });
        for it in all.dangling {
            let subject = FindingSubject::Action(action.id.clone());
            let finding = Finding::new(&REFERENCE_DANGLING, subject, it.location, it.message);
            look.add_after_stages(finding.with_fixes([Fix::RemoveDangling]));
        }
    }
}
