//! Random comments and checks of stages: each field with usual, empty and senseless values.

use super::intents::Intents;
use touchline::model::{
    Action, Channel, Check, Comment, CommentSubject, Department, Environment, Image, Lane, Note,
    Persona, Reply, SavedView, Stage, Touchpoint,
};

impl Intents<'_, '_, '_> {
    pub fn comment(&mut self) -> Comment {
        let about = !self.choices.one_in(4);
        let reply = |from: &mut Self| Reply {
            text: from.choices.text(),
            author: from.choices.text(),
            date: from.date(),
        };
        Comment {
            id: "".into(),
            text: self.choices.text(),
            about: about.then(|| self.comment_subject()),
            formerly: self.choices.text(),
            author: self.choices.text(),
            date: self.date(),
            question: self.choices.one_in(2),
            resolved: self.choices.one_in(2),
            replies: self.few(reply),
        }
    }

    /// Ids of many kinds, of which some contradict each other.
    fn comment_subject(&mut self) -> CommentSubject {
        let none = CommentSubject::default();
        let of_touchpoint = CommentSubject {
            touchpoint: self.reference::<Touchpoint>(),
            to: self.choices.one_in(4).then(|| self.id::<Touchpoint>()),
            path: self.path_kind(),
            pain: self.choices.one_in(4).then(|| self.other_id()),
            opportunity: self.choices.one_in(4).then(|| self.other_id()),
            persona: self.choices.one_in(4).then(|| self.id::<Persona>()),
            lane: self.choices.one_in(4).then(|| self.id::<Lane>()),
            ..none.clone()
        };
        let of_map = CommentSubject {
            stage: self.reference::<Stage>(),
            department: self.reference::<Department>(),
            channel: self.reference::<Channel>(),
            environment: self.reference::<Environment>(),
            action: self.reference::<Action>(),
            note: self.reference::<Note>(),
            picture: self.reference::<Image>(),
            saved_view: self.reference::<SavedView>(),
            ..of_touchpoint.clone()
        };
        match self.choices.below(4) {
            0 => none,
            1 => of_map,
            _ => of_touchpoint,
        }
    }

    pub fn check(&mut self) -> Option<Check> {
        let checked = self.choices.one_in(3);
        let of_touchpoint = |from: &mut Self| {
            let id = from.id::<Touchpoint>();
            (id.to_string(), from.choices.text())
        };
        checked.then(|| Check {
            date: self.date(),
            by: self.choices.text(),
            stage: self.choices.text(),
            touchpoints: self.few(of_touchpoint).into_iter().collect(),
        })
    }
}
