//! Random intents of every kind: with ids of the map and others, with usual, empty
//! and senseless values.

use super::choices::Choices;
use super::records::Listed;
use touchline::edit::Intent;
use touchline::model::{
    Action, Channel, Comment, Department, Environment, Id, Image, Lane, LaneKind, Map, Note,
    Persona, SavedView, Stage, Suppression, Touchpoint,
};

/// Makes random intents for a map.
pub struct Intents<'m, 'c, 'b> {
    pub map: &'m Map,
    pub choices: &'c mut Choices<'b>,
}

impl Intents<'_, '_, '_> {
    pub fn next(&mut self) -> Intent {
        self.intent(3)
    }

    fn intent(&mut self, depth: usize) -> Intent {
        match self.choices.byte() % 73 {
            0 => Intent::SetHeader(Box::new(self.header())),
            1..=4 => Intent::AddStage {
                at: self.index(),
                stage: self.new_record(),
            },
            5..=12 => Intent::AddTouchpoint {
                stage: self.id::<Stage>(),
                at: self.index(),
                touchpoint: self.new_record(),
            },
            13 | 14 => Intent::MoveTouchpoint {
                id: self.id::<Touchpoint>(),
                stage: self.id::<Stage>(),
                to: self.index(),
            },
            15 => Intent::DeleteTouchpoint(self.id::<Touchpoint>()),
            16 | 17 => Intent::Connect {
                from: self.id::<Touchpoint>(),
                path: self.path(),
            },
            18 => Intent::Disconnect {
                from: self.id::<Touchpoint>(),
                to: self.id::<Touchpoint>(),
                kind: self.path_kind(),
            },
            19 | 20 => Intent::Suppress(Box::new(self.suppression())),
            21 => Intent::Unsuppress(self.id::<Suppression>()),
            22 => Intent::AddPersona(self.new_record()),
            23 => Intent::AddDepartment(self.new_record()),
            24 => Intent::AddChannel(self.new_record()),
            25 => Intent::AddEnvironment(self.new_record()),
            26 => Intent::AddAction(self.new_record()),
            27 => Intent::AddLane(self.new_record()),
            28 => Intent::AddNote(self.new_record()),
            29 => Intent::AddImage(self.new_record()),
            30 | 31 => Intent::SetStage(self.changed()),
            32..=37 => Intent::SetTouchpoint(self.changed()),
            38 => Intent::SetPersona(self.changed()),
            39 => Intent::SetDepartment(self.changed()),
            40 => Intent::SetChannel(self.changed()),
            41 => Intent::SetEnvironment(self.changed()),
            42 => Intent::SetAction(self.changed()),
            43 => Intent::SetLane(self.changed()),
            44 => Intent::SetNote(self.changed()),
            45 => Intent::SetImage(self.changed()),
            46 => Intent::DeleteStage(self.id::<Stage>()),
            47 => Intent::DeletePersona(self.id::<Persona>()),
            48 => Intent::DeleteDepartment(self.id::<Department>()),
            49 => Intent::DeleteChannel(self.id::<Channel>()),
            50 => Intent::DeleteEnvironment(self.id::<Environment>()),
            51 => Intent::DeleteAction(self.id::<Action>()),
            52 => Intent::DeleteLane(self.id::<Lane>()),
            53 => Intent::DeleteNote(self.id::<Note>()),
            54 => Intent::DeleteImage(self.id::<Image>()),
            55 => Intent::MoveStage {
                id: self.id::<Stage>(),
                to: self.index(),
            },
            56 => Intent::MovePersona {
                id: self.id::<Persona>(),
                to: self.index(),
            },
            57 => Intent::MoveDepartment {
                id: self.id::<Department>(),
                to: self.index(),
            },
            58 => Intent::MoveChannel {
                id: self.id::<Channel>(),
                to: self.index(),
            },
            59 => Intent::MoveEnvironment {
                id: self.id::<Environment>(),
                to: self.index(),
            },
            60 => Intent::MoveLane {
                id: self.id::<Lane>(),
                to: self.index(),
            },
            61 => Intent::MoveSavedView {
                id: self.id::<SavedView>(),
                to: self.index(),
            },
            62 | 63 => Intent::AddSavedView(self.new_record()),
            64 => Intent::SetSavedView(self.changed()),
            65 => Intent::DeleteSavedView(self.id::<SavedView>()),
            66 => Intent::AddComment(self.new_record()),
            67 => Intent::SetComment(self.changed()),
            68 => Intent::DeleteComment(self.id::<Comment>()),
            69 | 70 => match self.choices.below(3) {
                0 => Intent::MergeDepartments {
                    from: self.id::<Department>(),
                    into: self.id::<Department>(),
                },
                1 => Intent::MergeChannels {
                    from: self.id::<Channel>(),
                    into: self.id::<Channel>(),
                },
                _ => Intent::MergeEnvironments {
                    from: self.id::<Environment>(),
                    into: self.id::<Environment>(),
                },
            },
            71 => Intent::DeleteConflict(self.other_id()),
            _ => {
                let inside = if depth > 0 { self.choices.below(5) } else { 0 };
                Intent::Batch {
                    label: self.choices.text(),
                    intents: (0..inside).map(|_| self.intent(depth - 1)).collect(),
                }
            }
        }
    }

    /// An index in a list, or one far past its end.
    fn index(&mut self) -> usize {
        self.choices.copied(&[0, 1, 2, 3, 9, 1_000, usize::MAX])
    }

    /// The id of a record of the map, mostly; or another one, or none.
    pub fn id<R: Listed>(&mut self) -> R::Id {
        let known = R::list(self.map);
        if let Some(record) = self.choices.pick(&known)
            && !self.choices.one_in(12)
        {
            return record.id().clone();
        }
        self.other_id()
    }

    pub fn other_id<I: Id>(&mut self) -> I {
        match self.choices.below(16) {
            0 => I::from_text(""),
            1 => I::from_text(&self.choices.text()),
            2 => I::from_text(self.choices.copied(&LaneKind::STANDARD.map(LaneKind::word))),
            _ => I::from_text(&format!("{}{}", I::WORD, self.choices.below(40))),
        }
    }

    fn new_record<R: Listed>(&mut self) -> Box<R> {
        let mut record = R::random(self);
        record.set_id(match self.choices.one_in(3) {
            true => R::Id::from_text(""),
            false => self.other_id(),
        });
        Box::new(record)
    }

    /// A record of the map with other content.
    fn changed<R: Listed>(&mut self) -> Box<R> {
        let mut record = R::random(self);
        record.set_id(self.id::<R>());
        Box::new(record)
    }
}
