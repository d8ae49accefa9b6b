//! Conversion of parsed lines to intents: existing records are reused, missing
//! ones created.

use super::tokens::{LineFeeling, ParsedLine};
use crate::edit::{IdFactory, Intent};
use crate::folding::{NameIndex, fold_text};
use crate::model::{
    Basis, Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId, Feeling, Id,
    IndexedList, Map, Opportunity, Pain, Persona, PersonaId, Record, Score, Stage, StageId,
    Touchpoint, TouchpointId,
};

/// Name of the stage that the first touchpoint of a map brings with it.
pub const FIRST_STAGE: &str = "First stage";

/// The insertion point of the next touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsertionPoint {
    /// Behind this touchpoint.
    After(TouchpointId),
    /// At this index in a stage, from 0; clamped to the end.
    At(StageId, usize),
    /// At the end of the map.
    End,
}

/// The result of adding one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOutcome {
    /// The new touchpoint; `None` if the line only named a stage.
    pub touchpoint: Option<TouchpointId>,
    /// The stage that the next line goes to.
    pub stage: StageId,
}

/// Builds intents line by line. Records created by one line are found by the next.
pub struct IntentBuilder<'a, 'm> {
    minter: &'a mut IdFactory<'m>,
    intents: Vec<Intent>,
    channels: NameIndex<ChannelId>,
    environments: NameIndex<EnvironmentId>,
    departments: NameIndex<DepartmentId>,
    personas: NameIndex<PersonaId>,
    /// The persona of a feeling without a name; `None` for the first one.
    chosen_persona: Option<PersonaId>,
    first_persona: Option<PersonaId>,
    stages: Vec<StageSlot>,
    /// The index in `stages` and the index in that stage.
    cursor: Option<(usize, usize)>,
    /// Whether a list is read: its new stages go behind the one it named before,
    /// otherwise to the end.
    is_list: bool,
    /// The stage that was named last.
    last_named: Option<usize>,
}

/// A stage of the resulting map.
struct StageSlot {
    id: StageId,
    name: String,
    folded: String,
    /// The number of touchpoints in the resulting map.
    count: usize,
}

impl StageSlot {
    fn new(id: &StageId, name: &str, count: usize) -> StageSlot {
        StageSlot {
            id: id.clone(),
            name: name.to_owned(),
            folded: fold_text(name),
            count,
        }
    }
}

fn by_name<R: Record>(records: &IndexedList<R>) -> NameIndex<R::Id> {
    let records = records.iter();
    records.map(|r| (r.name(), r.id().clone())).collect()
}

/// Returns the id for a name, creating the record if there is none.
fn get_or_create<I: Id>(
    index: &mut NameIndex<I>,
    name: Option<&str>,
    minter: &mut IdFactory<'_>,
    make: impl FnOnce(I, &str),
) -> Option<I> {
    let name = name.filter(|name| !name.trim().is_empty())?;
    if let Some(id) = index.get(name) {
        return Some(id.clone());
    }
    let id: I = minter.new_id(name);
    make(id.clone(), name);
    index.add(name, id.clone());
    Some(id)
}

impl<'a, 'm> IntentBuilder<'a, 'm> {
    /// Starts at an insertion point of a map.
    pub fn new(
        map: &Map,
        place: &InsertionPoint,
        minter: &'a mut IdFactory<'m>,
    ) -> IntentBuilder<'a, 'm> {
        let stages: Vec<StageSlot> = map
            .stages()
            .iter()
            .map(|s| StageSlot::new(&s.id, &s.name, map.touchpoints_in(&s.id).len()))
            .collect();
        let stated = match place {
            InsertionPoint::After(id) => map.location_of(id).map(|(stage, at)| (stage, at + 1)),
            InsertionPoint::At(stage, at) => Some((stage.clone(), *at)),
            InsertionPoint::End => None,
        };
        let stated = stated.and_then(|(stage, at)| Some((map.stages().position(&stage)?, at)));
        let last = stages.len().checked_sub(1).map(|last| (last, usize::MAX));
        let within = |(stage, at): (usize, usize)| (stage, at.min(stages[stage].count));
        let cursor = stated.or(last).map(within);
        let mut departments = by_name(map.departments());
        for department in map.departments() {
            departments.add(&department.short, department.id.clone());
        }
        IntentBuilder {
            minter,
            intents: Vec::new(),
            channels: by_name(map.channels()),
            environments: by_name(map.environments()),
            departments,
            personas: by_name(map.personas()),
            chosen_persona: None,
            first_persona: map.personas().as_slice().first().map(|p| p.id.clone()),
            stages,
            cursor,
            is_list: false,
            last_named: None,
        }
    }

    /// Gives feelings without a name to this persona.
    #[must_use]
    pub fn for_persona(mut self, persona: Option<PersonaId>) -> IntentBuilder<'a, 'm> {
        self.chosen_persona = persona;
        self
    }

    /// Starts a list: new stages keep the order of the list and go behind the
    /// stage named before them, or to the end of the map if there is none.
    #[must_use]
    pub fn for_list(mut self) -> IntentBuilder<'a, 'm> {
        self.is_list = true;
        self
    }

    /// Adds a line; `None` if the line is empty.
    pub fn add_line(&mut self, said: &ParsedLine) -> Option<LineOutcome> {
        self.add_line_with(said, |_| {})
    }

    /// Adds a line, and lets `more` set further fields of its touchpoint.
    pub fn add_line_with(
        &mut self,
        said: &ParsedLine,
        more: impl FnOnce(&mut Touchpoint),
    ) -> Option<LineOutcome> {
        let nothing = said.lacks_touchpoint();
        if nothing && said.stage.is_none() {
            return None;
        }
        let (stage, at) = self.enter_stage(said.stage.as_deref());
        let slot = self.stages.get_mut(stage)?;
        let id = slot.id.clone();
        if nothing {
            return Some(LineOutcome {
                touchpoint: None,
                stage: id,
            });
        }
        slot.count += 1;
        self.cursor = Some((stage, at + 1));
        let mut touchpoint = self.build_touchpoint(said);
        more(&mut touchpoint);
        let written = touchpoint.id.clone();
        self.intents.push(Intent::AddTouchpoint {
            stage: id.clone(),
            at,
            touchpoint: Box::new(touchpoint),
        });
        Some(LineOutcome {
            touchpoint: Some(written),
            stage: id,
        })
    }

    /// Returns everything as one intent with this label; `None` if nothing was added.
    pub fn finish(self, label: &str) -> Option<Intent> {
        (!self.intents.is_empty()).then(|| Intent::Batch {
            label: label.to_owned(),
            intents: self.intents,
        })
    }

    /// Returns the target stage and the index in it for the next touchpoint,
    /// creating the stage if needed.
    fn enter_stage(&mut self, stage: Option<&str>) -> (usize, usize) {
        let name = match (stage, self.cursor) {
            (None, Some(cursor)) => return cursor,
            (None, None) => FIRST_STAGE,
            (Some(name), _) => name,
        };
        let folded = fold_text(name);
        let exact = self.stages.iter().position(|slot| slot.name == name);
        let found = exact.or_else(|| self.stages.iter().position(|slot| slot.folded == folded));
        let cursor = match (found, self.cursor) {
            (Some(found), Some(cursor)) if found == cursor.0 => cursor,
            (Some(found), _) => (found, self.stages.get(found).map_or(0, |slot| slot.count)),
            (None, cursor) => {
                let before = if self.is_list {
                    self.last_named
                } else {
                    cursor.map(|(stage, _)| stage)
                };
                let at = before.map_or(self.stages.len(), |stage| stage + 1);
                let stage = Stage::new(self.minter.new_id(name), name);
                self.stages
                    .insert(at, StageSlot::new(&stage.id, &stage.name, 0));
                self.intents.push(Intent::AddStage {
                    at,
                    stage: Box::new(stage),
                });
                (at, 0)
            }
        };
        self.cursor = Some(cursor);
        if stage.is_some() {
            self.last_named = Some(cursor.0);
        }
        cursor
    }

    fn build_touchpoint(&mut self, said: &ParsedLine) -> Touchpoint {
        let intents = &mut self.intents;
        let minter = &mut *self.minter;
        let mut touchpoint = Touchpoint::new(minter.new_id(&said.name), said.name.as_str());
        let channel = said.channel.as_deref();
        touchpoint.channel = get_or_create(&mut self.channels, channel, minter, |id, name| {
            intents.push(Intent::AddChannel(Box::new(Channel::new(id, name))));
        });
        let place = said.environment.as_deref();
        let environments = &mut self.environments;
        touchpoint.environment = get_or_create(environments, place, minter, |id, name| {
            intents.push(Intent::AddEnvironment(Box::new(Environment::new(id, name))));
        });
        let mut department = |name: Option<&str>, minter: &mut IdFactory<'_>| {
            get_or_create(&mut self.departments, name, minter, |id, name| {
                intents.push(Intent::AddDepartment(Box::new(Department::new(id, name))));
            })
        };
        touchpoint.owner = department(said.owner.as_deref(), minter);
        for supporter in &said.supporters {
            if let Some(id) = department(Some(supporter), minter)
                && touchpoint.owner.as_ref() != Some(&id)
                && !touchpoint.supporters.contains(&id)
            {
                touchpoint.supporters.push(id);
            }
        }
        if !said.feeling.is_empty() {
            touchpoint.feelings.push(Feeling {
                persona: self.chosen_persona.clone(),
                score: said.feeling.score,
                emotion: said.feeling.emotion.clone(),
                quote: said.feeling.quote.clone(),
                ..Feeling::default()
            });
        }
        for (name, felt) in &said.others {
            let id = get_or_create(&mut self.personas, Some(name), minter, |id, name| {
                intents.push(Intent::AddPersona(Box::new(Persona::new(id, name))));
            });
            add_feeling(&mut touchpoint, id, self.first_persona.as_ref(), felt);
        }
        for (severity, text) in &said.pains {
            touchpoint.pains.push(Pain {
                id: minter.new_id(text),
                text: text.clone(),
                severity: *severity,
                ..Pain::default()
            });
        }
        for (value, text) in &said.opportunities {
            touchpoint.opportunities.push(Opportunity {
                id: minter.new_id(text),
                text: text.clone(),
                value: *value,
                ..Opportunity::default()
            });
        }
        touchpoint.moment_of_truth = said.moment;
        if said.assumption {
            touchpoint.evidence.basis = Some(Basis::Assumption);
        }
        touchpoint
    }
}

/// Adds a feeling of a persona to a touchpoint, or completes the one that it has there. A
/// feeling that states nothing is neutral.
fn add_feeling(
    touchpoint: &mut Touchpoint,
    persona: Option<PersonaId>,
    first: Option<&PersonaId>,
    felt: &LineFeeling,
) {
    let whose = |feeling: &Feeling| feeling.persona.as_ref().or(first).cloned();
    let mut known = touchpoint.feelings.iter();
    let at = known.position(|feeling| whose(feeling) == persona);
    let at = at.unwrap_or_else(|| {
        touchpoint.feelings.push(Feeling {
            persona,
            score: felt.is_empty().then_some(Score::NEUTRAL),
            ..Feeling::default()
        });
        touchpoint.feelings.len() - 1
    });
    let feeling = &mut touchpoint.feelings[at];
    if felt.score.is_some() {
        feeling.score = felt.score;
    }
    for (text, said) in [
        (&mut feeling.emotion, &felt.emotion),
        (&mut feeling.quote, &felt.quote),
    ] {
        if !said.is_empty() {
            text.clone_from(said);
        }
    }
}
