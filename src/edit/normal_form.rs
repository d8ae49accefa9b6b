//! The form of a record that its file can hold: what reads back from a file as something
//! else is brought into that form before it comes into a map.
//!
//! Must not know: intents, the text of files.

use super::plan_error::PlanError;
use crate::model::{
    Action, Channel, Comment, CommentSubject, Conflict, Department, EmbeddedData, Environment,
    Header, Id, Image, ImageData, Lane, LaneKind, Map, Note, ObjectRef, Persona, SavedView, Stage,
    Suppression, Touchpoint, View,
};

/// A record that can be brought into the form that its file can hold.
pub(super) trait NormalForm {
    /// Brings the record into this form. A reference without an id is no reference.
    fn normalize(&mut self) {}

    /// Checks the ids of the items in the record that the former record did not have.
    fn check_items(&self, _former: Option<&Self>, _map: &Map) -> Result<(), PlanError> {
        Ok(())
    }
}

impl NormalForm for Department {}
impl NormalForm for Environment {}
impl NormalForm for Note {}

impl NormalForm for Persona {
    fn normalize(&mut self) {
        drop_empty(&mut self.picture);
    }
}

impl NormalForm for Channel {
    fn normalize(&mut self) {
        self.icon.take_if(|icon| icon.is_empty());
    }
}

impl NormalForm for Action {
    fn normalize(&mut self) {
        drop_empty(&mut self.owner);
    }
}

impl NormalForm for Stage {
    fn normalize(&mut self) {
        drop_empty(&mut self.owner);
        retain_ids(&mut self.supporters);
    }
}

impl NormalForm for Touchpoint {
    fn normalize(&mut self) {
        drop_empty(&mut self.channel);
        drop_empty(&mut self.environment);
        drop_empty(&mut self.owner);
        retain_ids(&mut self.supporters);
        retain_ids(&mut self.pictures);
        for feeling in &mut self.feelings {
            drop_empty(&mut feeling.persona);
        }
        for pain in &mut self.pains {
            retain_ids(&mut pain.actions);
        }
        for opportunity in &mut self.opportunities {
            retain_ids(&mut opportunity.actions);
        }
        for item in &mut self.backstage {
            drop_empty(&mut item.department);
        }
    }

    fn check_items(&self, former: Option<&Touchpoint>, map: &Map) -> Result<(), PlanError> {
        let ids = |t: &Touchpoint| t.pains.iter().map(|pain| pain.id.clone()).collect();
        check_new_ids(self, former, map, ids)?;
        let ids = |t: &Touchpoint| t.opportunities.iter().map(|o| o.id.clone()).collect();
        check_new_ids(self, former, map, ids)
    }
}

impl NormalForm for Comment {
    fn normalize(&mut self) {
        if let Some(about) = &mut self.about {
            about.normalize();
            *about = CommentSubject::new(&about.object()).unwrap_or_default();
        }
        self.about.take_if(|about| about.object() == ObjectRef::Map);
    }
}

impl NormalForm for CommentSubject {
    fn normalize(&mut self) {
        let CommentSubject {
            stage,
            touchpoint,
            to,
            path: _,
            pain,
            opportunity,
            persona,
            lane,
            department,
            channel,
            environment,
            action,
            note,
            picture,
            saved_view,
        } = self;
        drop_empty(stage);
        drop_empty(touchpoint);
        drop_empty(to);
        drop_empty(pain);
        drop_empty(opportunity);
        drop_empty(persona);
        drop_empty(lane);
        drop_empty(department);
        drop_empty(channel);
        drop_empty(environment);
        drop_empty(action);
        drop_empty(note);
        drop_empty(picture);
        drop_empty(saved_view);
    }
}

impl NormalForm for SavedView {
    fn normalize(&mut self) {
        if self.view == View::Compare {
            self.view = View::Journey;
        }
        retain_ids(&mut self.personas);
        retain_ids(&mut self.owners);
        retain_ids(&mut self.departments);
        retain_ids(&mut self.channels);
        retain_ids(&mut self.environments);
        retain_ids(&mut self.lanes);
        retain_ids(&mut self.folded_stages);
        retain_ids(&mut self.folded_lanes);
        retain_ids(&mut self.hidden_curves);
        drop_empty(&mut self.persona);
        drop_empty(&mut self.from);
        drop_empty(&mut self.to);
        drop_empty(&mut self.upper);
        drop_empty(&mut self.lower);
    }
}

impl NormalForm for Conflict {
    fn normalize(&mut self) {
        for value in [&mut self.base, &mut self.ours, &mut self.theirs] {
            value.take_if(|text| text.is_empty());
        }
    }
}

impl NormalForm for Lane {
    /// The id decides about the kind, as in files.
    fn normalize(&mut self) {
        self.kind = LaneKind::of_id(&self.id);
    }
}

impl NormalForm for Image {
    fn normalize(&mut self) {
        normalize_data(&mut self.data);
    }
}

impl NormalForm for Header {
    fn normalize(&mut self) {
        normalize_data(&mut self.fork_point);
    }
}

fn normalize_data(data: &mut EmbeddedData) {
    if let ImageData::Unreadable(text) = data {
        *data = ImageData::from_base64(text);
    }
}

impl NormalForm for Suppression {
    /// Rule, subject and detail are the id.
    fn normalize(&mut self) {
        let whole = Suppression::new(&self.rule, &self.subject, &self.reason);
        *self = whole.with_detail(&self.detail);
    }
}

fn drop_empty<I: Id>(reference: &mut Option<I>) {
    reference.take_if(|id| id.as_str().is_empty());
}

fn retain_ids<I: Id>(references: &mut Vec<I>) {
    references.retain(|id| !id.as_str().is_empty());
}

/// Checks that the new ids of one kind of items are there, and unique in the map.
fn check_new_ids<I: Id>(
    after: &Touchpoint,
    before: Option<&Touchpoint>,
    map: &Map,
    ids: impl Fn(&Touchpoint) -> Vec<I>,
) -> Result<(), PlanError> {
    let known = before.map(&ids).unwrap_or_default();
    let all = ids(after);
    for (at, id) in all.iter().enumerate() {
        let is_known = known.contains(id);
        if id.as_str().is_empty() && !is_known {
            return Err(PlanError::missing_id::<I>());
        }
        let others = || map.touchpoints().filter(|other| other.id != after.id);
        let is_twice = all[..at].contains(id) && known.iter().filter(|k| *k == id).count() < 2;
        if is_twice || !is_known && others().any(|other| ids(other).contains(id)) {
            return Err(PlanError::id_taken(id));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Intent, plan_and_apply};
    use crate::format;
    use crate::model::Pain;

    fn map() -> Map {
        let text = b"(title: \"T\", suppressions: [(rule: \"owner-missing\", subject: \"a\")],
            stages: [(name: \"S\", touchpoints: [(name: \"A\", pains: [(text: \"Waits\")]), (name: \"B\")])])";
        format::read(text).unwrap().map
    }

    fn done(map: &mut Map, intent: &str) -> Result<(), String> {
        let intent: Intent = format::value(intent).map_err(|error| error.to_string())?;
        plan_and_apply(map, &intent).map_err(|error| error.to_string())?;
        let again = format::read(format::write(map).as_bytes()).unwrap();
        assert_eq!(again.map, *map);
        Ok(())
    }

    #[test]
    fn a_finding_is_accepted_once_whatever_id_is_given() {
        let taken = "another suppression of this map has the id “owner-missing a” already";
        for id in ["", "other", "owner-missing a"] {
            let intent = format!("Suppress(id: \"{id}\", rule: \"owner-missing\", subject: \"a\")");
            assert_eq!(done(&mut map(), &intent), Err(taken.to_owned()));
        }
    }

    #[test]
    fn a_comment_is_about_nothing_with_an_empty_id() {
        let fields = [
            "stage",
            "touchpoint",
            "to",
            "pain",
            "opportunity",
            "persona",
            "lane",
            "department",
            "channel",
            "environment",
            "action",
            "note",
            "picture",
            "saved_view",
        ];
        for field in fields {
            for also in ["", "touchpoint: \"a\", "] {
                if !also.is_empty() && field == "touchpoint" {
                    continue;
                }
                let about = format!("Some(({also}{field}: Some(\"\")))");
                let about = about.replace("touchpoint: \"a\"", "touchpoint: Some(\"a\")");
                let intent = format!("AddComment(id: \"c\", text: \"T\", about: {about})");
                assert_eq!(done(&mut map(), &intent), Ok(()), "{about}");
            }
        }
    }

    #[test]
    fn an_accepted_part_of_a_finding_stays_a_part() {
        let mut map = map();
        let part = "Suppress(rule: \"metric-fell\", subject: \"a\", detail: \"NPS\")";
        done(&mut map, part).unwrap();
        assert_eq!(map.suppressions().as_slice()[1].detail, "NPS");
        assert!(done(&mut map, part).is_err());
    }

    #[test]
    fn a_standard_lane_stays_one_and_a_custom_lane_too() {
        let mut map = map();
        done(&mut map, "SetLane(id: \"feelings\", name: \"Mood\")").unwrap();
        let deleted = done(&mut map, "DeleteLane(\"feelings\")");
        assert_eq!(deleted, Err(PlanError::StandardLane.to_string()));
        done(&mut map, "AddLane(id: \"own\", kind: feelings)").unwrap();
        done(&mut map, "DeleteLane(\"own\")").unwrap();
    }

    #[test]
    fn references_without_an_id_are_none() {
        let mut map = map();
        done(
            &mut map,
            "SetTouchpoint(id: \"a\", channel: \"\", environment: \"\", owner: \"\", supporters: [\"\"], pictures: [\"\"],
                feelings: [(persona: \"\")], backstage: [(text: \"x\", department: \"\")],
                opportunities: [(id: \"o\", actions: [\"\", \"x\"])])",
        )
        .unwrap();
        let a = map.touchpoint(&"a".into()).unwrap();
        assert_eq!((&a.channel, a.feelings[0].persona.as_ref()), (&None, None));
        assert_eq!(a.opportunities[0].actions, ["x".into()]);
    }

    #[test]
    fn new_items_have_an_id_that_is_unique_in_the_map() {
        let mut map = map();
        let set = |pains: &str| format!("SetTouchpoint(id: \"b\", name: \"B\", pains: [{pains}])");
        let refused = [
            ("(text: \"x\")", "a new pain needs an id"),
            (
                "(id: \"waits\")",
                "another pain of this map has the id “waits” already",
            ),
            (
                "(id: \"p\"), (id: \"p\")",
                "another pain of this map has the id “p” already",
            ),
        ];
        for (pains, reason) in refused {
            assert_eq!(done(&mut map, &set(pains)), Err(reason.to_owned()));
        }
        done(&mut map, &set("(id: \"p\")")).unwrap();
        // The same pain with another text.
        done(&mut map, &set("(id: \"p\", text: \"Slow\")")).unwrap();
        let no_id = Intent::SetTouchpoint(Box::new(Touchpoint {
            id: "b".into(),
            pains: vec![Pain::default()],
            ..Touchpoint::default()
        }));
        let (mut filled, mut random) = (no_id, || 7);
        let made = filled.fill_in_ids(&mut crate::edit::IdFactory::new(&mut random));
        assert_eq!(made, ["pain-700000"]);
        plan_and_apply(&mut map, &filled).unwrap();
    }

    #[test]
    fn pictures_are_unreadable_only_if_they_are() {
        let mut map = map();
        done(
            &mut map,
            "AddImage(id: \"i\", data: unreadable(\"Zm9v\\nYmFy\"))",
        )
        .unwrap();
        let image = &map.images().as_slice()[0];
        assert_eq!(image.data, ImageData::Bytes(b"foobar".as_slice().into()));
    }

    #[test]
    fn dates_that_a_file_cannot_hold_are_refused() {
        for date in [
            "-000500-01-01",
            "20260501",
            "2026-05-01T12:00",
            "2026-13-01",
        ] {
            let intent = format!("AddAction(id: \"x\", name: \"X\", due: \"{date}\")");
            let error = done(&mut map(), &intent).unwrap_err();
            assert!(error.contains("a date such as \"2026-05-01\""), "{error}");
        }
    }

    #[test]
    fn unknown_fields_of_intents_are_refused() {
        for intent in [
            "AddStage(at: 0, zz: 1, stage: (id: \"s2\"))",
            "AddStage(at: 0, stage: (id: \"s2\", zz: Some((a: 1))))",
            "SetTouchpoint(id: \"a\", pains: [(id: \"waits\", zz: 'x')])",
            "Batch(label: \"x\", intents: [DeleteStage(\"s\"), MoveStage(id: \"s\", to: 0, zz: r\"x\")])",
        ] {
            let error = done(&mut map(), intent).unwrap_err();
            let at = intent.find("zz").unwrap() + 1;
            let expected = format!("line 1, column {at}: the field “zz” is not known here");
            assert_eq!(error, expected);
        }
    }
}
