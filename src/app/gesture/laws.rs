//! A thousand gestures in a row, drawn from a kept seed: each leaves the map
//! whole, all of them undo to the start and redo to the end.

use super::places::Places;
use super::wire::{self, Wire};
use super::{Gesture, feel};
use crate::app::assign::{self, Gift};
use crate::app::canvas::Area;
use crate::app::context::Selection;
use crate::app::selection::{self, tests::map};
use crate::app::steps::{self, Way};
use crate::edit::Intent;
use crate::model::{Department, Map, Persona, Record, Touchpoint, TouchpointId};
use crate::scene::Tag;
use crate::session::Session;
use crate::theme::{Density, size};
use rustc_hash::FxHashSet;

/// A row of numbers that looks random and is always the same for a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64 by Sebastiano Vigna.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

/// Cards in a row, stage after stage, as layout places them.
fn places(map: &Map) -> Places {
    let mut places = Places::default();
    let (card, pitch) = (f64::from(size::CARD), f64::from(size::PITCH));
    let mut x = 0.0;
    for stage in map.stages() {
        let start = x;
        for touchpoint in map.touchpoints_in(stage.id()) {
            let area = Area::new(x, 100.0, card, 120.0);
            places.cards.insert(touchpoint.id.clone(), area);
            x += pitch;
        }
        x = x.max(start + pitch);
        let area = Area::new(start, 0.0, x - start, 60.0);
        places.stages.push((stage.id.clone(), area));
    }
    places
}

struct Room {
    session: Session,
    selection: Selection,
    dice: Dice,
    minted: usize,
}

impl Room {
    fn some_card(&mut self) -> Option<TouchpointId> {
        let count = self.session.map().touchpoint_count();
        let at = self.dice.roll(count);
        self.session
            .map()
            .touchpoints()
            .nth(at)
            .map(|t| t.id.clone())
    }

    fn point(&mut self) -> (f64, f64) {
        let x = self.dice.roll(4000) as f64 - 200.0;
        (x, self.dice.roll(500) as f64 - 100.0)
    }

    /// Drags something over a few places and drops it, or lets go of it.
    fn drag(&mut self, tag: Option<Tag>, at: (f64, f64), band: bool) {
        let before = self.session.map().clone();
        let start = places(&before);
        let held = Gesture::begin(
            &before,
            &start,
            &self.selection,
            tag.as_ref(),
            at,
            (band, false),
            Density::default().sizes(),
        );
        let Some(mut held) = held else {
            return;
        };
        for _ in 0..=self.dice.roll(4) {
            let at = self.point();
            let now = places(self.session.map());
            if let Gesture::Band(band) = &mut held {
                band.draw_to(at);
                self.selection = band.selection(self.session.map(), &now);
                continue;
            }
            match held.proposal(&now, at) {
                Some(intent) => {
                    let _ = self.session.propose(&intent);
                }
                None => {
                    self.session.cancel();
                }
            }
        }
        if self.dice.roll(5) == 0 {
            self.session.cancel();
            assert_eq!(*self.session.map(), before, "Escape gives the former map");
        } else {
            self.session.commit();
        }
    }

    fn edit(&mut self, intent: Option<Intent>) {
        if let Some(intent) = intent {
            let _ = self.session.apply(&intent);
        }
    }

    fn wire(&mut self) {
        let (Some(from), Some(to)) = (self.some_card(), self.some_card()) else {
            return;
        };
        let map = self.session.map().clone();
        if self.dice.roll(3) > 0 {
            self.edit(Wire::New { from }.on_card(&map, &to));
            return;
        }
        self.minted += 1;
        let name = format!("n{}", self.minted);
        let card = Touchpoint::new(name.as_str().into(), name);
        let x = self.point().0;
        let slot = places(&map).slot(&map, &FxHashSet::default(), x);
        self.edit(slot.and_then(|slot| wire::to_new(&map, &from, slot, card)));
    }

    fn reroute(&mut self) {
        let (Some(from), Some(over)) = (self.some_card(), self.some_card()) else {
            return;
        };
        let map = self.session.map().clone();
        let path = map.touchpoint(&from).and_then(|t| t.paths.first().cloned());
        let start = self.dice.roll(2) == 0;
        if let Some(path) = path {
            let wire = Wire::Known {
                from,
                to: path.to,
                kind: path.kind,
                start,
            };
            self.edit(wire.on_card(&map, &over));
        }
    }

    fn gesture(&mut self) {
        let card = self.some_card();
        let at = self.point();
        let ids = self.selection.touchpoints().to_vec();
        let map = self.session.map().clone();
        match self.dice.roll(12) {
            0..=3 => self.drag(card.map(Tag::Card), at, false),
            4 => {
                let stage = self.dice.roll(map.stages().len());
                let stage = map.stages().as_slice().get(stage);
                self.drag(stage.map(|s| Tag::Stage(s.id.clone())), at, false);
            }
            5 => self.drag(card.map(|id| Tag::Face(id, None)), at, false),
            6 => self.drag(None, at, true),
            7 => self.wire(),
            8 => self.reroute(),
            9 => {
                let gift = match self.dice.roll(2) {
                    0 => Gift::Owner(Some("sales".into())),
                    _ => Gift::Persona("jana".into()),
                };
                self.edit(assign::toggle(&map, &ids, &gift));
            }
            10 => {
                let better = self.dice.roll(2) == 0;
                self.edit(feel(&map, &ids, better));
            }
            _ => {
                let way = [Way::Back, Way::On][self.dice.roll(2)];
                if self.dice.roll(6) == 0 && map.touchpoint_count() > 6 {
                    let gone = steps::delete(&map, &self.selection);
                    self.edit(gone.map(|(intent, _)| intent));
                } else {
                    self.edit(selection::shift(&map, &ids, way));
                }
            }
        }
        self.selection = self.selection.pruned(self.session.map());
    }

    fn check(&self) {
        let map = self.session.map();
        let all: FxHashSet<&TouchpointId> = map.touchpoints().map(|t| &t.id).collect();
        assert_eq!(all.len(), map.touchpoint_count());
        for touchpoint in map.touchpoints() {
            assert!(map.stage_of(&touchpoint.id).is_some());
            for path in &touchpoint.paths {
                assert!(all.contains(&path.to) && path.to != touchpoint.id);
            }
        }
        let selected = self.selection.touchpoints();
        assert!(selected.iter().all(|id| all.contains(id)));
        assert!(!matches!(&self.selection, Selection::Touchpoints(ids) if ids.len() < 2));
    }
}

fn play(seed: u64, gestures: usize) {
    let mut start = map("abc def gh");
    for intent in [
        Intent::AddDepartment(Box::new(Department::new("sales".into(), "Sales"))),
        Intent::AddPersona(Box::new(Persona::new("jana".into(), "Jana"))),
    ] {
        let changes = crate::edit::plan(&start, &intent).unwrap();
        changes.apply(&mut start).unwrap();
    }
    let mut room = Room {
        session: Session::untitled(start.clone()),
        selection: Selection::Nothing,
        dice: Dice(seed),
        minted: 0,
    };
    for _ in 0..gestures {
        room.gesture();
        room.check();
    }
    let end = room.session.map().clone();
    let steps = room.session.history().done().len();
    assert!(steps > gestures / 4, "{steps} steps of {gestures} gestures");
    while room.session.undo().is_some() {}
    assert_eq!(*room.session.map(), start);
    while room.session.redo().is_some() {}
    assert_eq!(*room.session.map(), end);
}

#[test]
fn a_thousand_gestures_undo_to_the_start_and_redo_to_the_end() {
    play(7, 1000);
}

#[test]
fn short_rows_of_gestures_from_many_seeds_do_too() {
    for seed in 100..112 {
        play(seed, 60);
    }
}
