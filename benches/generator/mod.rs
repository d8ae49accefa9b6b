//! Deterministic, realistic maps of any size: names of 3 to 8 words, notes of 10 to
//! 40, scores, owners, branches, loops, every lane.

use touchline::edit::{Change, ChangeSet, Edit};
use touchline::model::{
    Action, ActionStatus, Backstage, BackstageKind, Basis, Channel, ChannelId, Date, Decimal,
    Department, DepartmentId, Environment, EnvironmentId, Evidence, Feeling, Id, Lane,
    LaneContentKind, LaneId, LaneKind, Level, Map, Measurement, Opportunity, OpportunityId, Pain,
    PainId, Path, PathKind, Persona, PersonaId, Score, Share, Span, Stage, StageId, Touchpoint,
    TouchpointId,
};

const WORDS: &[&str] = &[
    "customer",
    "asks",
    "branch",
    "advisor",
    "for",
    "the",
    "letter",
    "with",
    "account",
    "number",
    "and",
    "waits",
    "until",
    "confirmation",
    "arrives",
    "compares",
    "offers",
    "online",
    "calls",
    "hotline",
    "about",
    "missing",
    "documents",
    "uploads",
    "identity",
    "card",
    "signs",
    "contract",
    "in",
    "person",
    "receives",
    "welcome",
    "pack",
    "by",
    "post",
    "reads",
    "terms",
    "of",
    "service",
    "twice",
    "before",
    "paying",
    "deposit",
    "again",
    "explains",
    "problem",
    "to",
    "colleague",
    "from",
    "another",
    "department",
    "checks",
    "status",
    "app",
    "finds",
    "nothing",
    "new",
    "appointment",
    "is",
    "moved",
    "because",
    "system",
    "was",
    "down",
    "morning",
    "neighbour",
    "recommends",
];

/// A small deterministic random number generator (splitmix64: Steele, Lea and
/// Flood, OOPSLA 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn words(&mut self, from: usize, to: usize) -> String {
        let count = from + self.below(to - from + 1);
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        let mut text = words.join(" ");
        text[..1].make_ascii_uppercase();
        text
    }

    fn score(&mut self) -> Option<Score> {
        Score::from_tenths(self.below(41) as i64 - 20)
    }

    fn level(&mut self) -> Level {
        [Level::Low, Level::Medium, Level::High][self.below(3)]
    }

    fn evidence(&mut self) -> Evidence {
        let bases = [
            Basis::Assumption,
            Basis::Observed,
            Basis::Interviewed,
            Basis::Measured,
        ];
        Evidence {
            basis: self.chance(60).then(|| bases[self.below(4)]),
            source: if self.chance(30) {
                self.words(3, 6)
            } else {
                String::new()
            },
        }
    }
}

fn insert<R: touchline::model::Record>(at: usize, record: R) -> Change
where
    Change: From<Edit<R, usize>>,
{
    Edit::Insert { at, record }.into()
}

/// Generates a map with about 20 touchpoints per stage.
pub fn map(touchpoints: usize) -> Map {
    let mut dice = Dice(touchpoints as u64);
    let mut map = Map::with_title(format!("A generated journey of {touchpoints} touchpoints"));
    let mut changes = Vec::new();
    for i in 0..2 {
        let mut persona = Persona::new(
            PersonaId::from_text(&format!("persona-{i}")),
            dice.words(2, 2),
        );
        persona.role = dice.words(3, 6);
        persona.quote = dice.words(6, 12);
        changes.push(insert(i, persona));
    }
    for i in 0..8 {
        let name = dice.words(1, 3);
        changes.push(insert(
            i,
            Department::new(DepartmentId::from_text(&format!("department-{i}")), name),
        ));
    }
    for i in 0..6 {
        let names = ["Phone", "Website", "App", "Branch", "Letter", "Chat"];
        changes.push(insert(
            i,
            Channel::new(ChannelId::from_text(&format!("channel-{i}")), names[i]),
        ));
        let names = [
            "Home",
            "Office",
            "Branch hall",
            "Street",
            "Car",
            "App screen",
        ];
        changes.push(insert(
            i,
            Environment::new(
                EnvironmentId::from_text(&format!("environment-{i}")),
                names[i],
            ),
        ));
    }
    changes.push(insert(
        LaneKind::STANDARD.len(),
        Lane::custom(
            LaneId::from_text("emails"),
            "Emails sent",
            LaneContentKind::Text,
        ),
    ));
    for i in 0..10 {
        let mut action = Action::new(format!("action-{i}").as_str().into(), dice.words(3, 6));
        action.status = ActionStatus::Started;
        changes.push(insert(i, action));
    }
    let stages = touchpoints.div_ceil(20).max(1);
    for s in 0..stages {
        let mut stage = Stage::new(StageId::from_text(&format!("stage-{s}")), dice.words(1, 3));
        stage.goal = dice.words(4, 9);
        stage.owner = dice
            .chance(80)
            .then(|| DepartmentId::from_text(&format!("department-{}", dice.below(8))));
        changes.push(insert(s, stage));
    }
    ChangeSet(std::mem::take(&mut changes))
        .apply(&mut map)
        .expect("the lists fit");
    for i in 0..touchpoints {
        let stage = StageId::from_text(&format!("stage-{}", i / 20));
        let record = touchpoint(i, touchpoints, &mut dice);
        changes.push(
            Edit::Insert {
                at: (stage, i % 20),
                record,
            }
            .into(),
        );
    }
    ChangeSet(changes)
        .apply(&mut map)
        .expect("the touchpoints fit");
    map
}

/// Generates a map in which every touchpoint leads to every other one.
#[allow(dead_code, reason = "not every bench has tangled maps")]
pub fn tangle(touchpoints: usize) -> Map {
    let mut map = Map::with_title(format!("A tangle of {touchpoints} touchpoints"));
    let stage = StageId::from_text("stage");
    let mut changes = vec![insert(0, Stage::new(stage.clone(), "Stage"))];
    for i in 0..touchpoints {
        let mut record = Touchpoint::new(id(i), format!("Step {i}"));
        let others = (0..touchpoints).filter(|to| *to != i);
        record.paths.extend(others.map(|to| Path {
            to: id(to),
            kind: PathKind::Alternative,
            label: String::new(),
            share: None,
        }));
        let at = (stage.clone(), i);
        changes.push(Edit::Insert { at, record }.into());
    }
    ChangeSet(changes)
        .apply(&mut map)
        .expect("the touchpoints fit");
    map
}

fn id(i: usize) -> TouchpointId {
    TouchpointId::from_text(&format!("touchpoint-{i:05}"))
}

fn touchpoint(i: usize, count: usize, dice: &mut Dice) -> Touchpoint {
    let mut t = Touchpoint::new(id(i), dice.words(3, 8));
    t.channel = Some(ChannelId::from_text(&format!("channel-{}", dice.below(6))));
    t.environment = Some(EnvironmentId::from_text(&format!(
        "environment-{}",
        dice.below(6)
    )));
    t.owner = dice
        .chance(85)
        .then(|| DepartmentId::from_text(&format!("department-{}", dice.below(8))));
    if dice.chance(30) {
        t.supporters.push(DepartmentId::from_text(&format!(
            "department-{}",
            dice.below(8)
        )));
    }
    t.duration = dice
        .chance(40)
        .then(|| Span::from_minutes(5 * (1 + dice.below(40) as u32)));
    t.moment_of_truth = dice.chance(8);
    for persona in 0..2 {
        if dice.chance(90 - 40 * persona) {
            t.feelings.push(Feeling {
                persona: Some(PersonaId::from_text(&format!("persona-{persona}"))),
                score: dice.score(),
                before: dice.chance(10).then(|| dice.score()).flatten(),
                after: dice.chance(10).then(|| dice.score()).flatten(),
                emotion: ["calm", "curious", "frustrated", "relieved", "anxious"][dice.below(5)]
                    .into(),
                quote: if dice.chance(50) {
                    dice.words(5, 12)
                } else {
                    String::new()
                },
                thought: if dice.chance(30) {
                    dice.words(4, 10)
                } else {
                    String::new()
                },
                motivation: if dice.chance(30) {
                    dice.words(4, 9)
                } else {
                    String::new()
                },
                evidence: dice.evidence(),
            });
        }
    }
    if dice.chance(35) {
        t.pains.push(Pain {
            id: PainId::from_text(&format!("pain-{i}")),
            text: dice.words(4, 10),
            severity: dice.level(),
            votes: dice.below(5) as u32,
            actions: if dice.chance(40) {
                vec![format!("action-{}", dice.below(10)).as_str().into()]
            } else {
                vec![]
            },
            evidence: dice.evidence(),
        });
    }
    if dice.chance(25) {
        t.opportunities.push(Opportunity {
            id: OpportunityId::from_text(&format!("opportunity-{i}")),
            text: dice.words(4, 10),
            value: dice.level(),
            delight: dice.chance(30),
            votes: 0,
            actions: vec![],
            evidence: dice.evidence(),
        });
    }
    if dice.chance(60) {
        t.backstage.push(Backstage {
            text: dice.words(3, 7),
            kind: [
                BackstageKind::Process,
                BackstageKind::System,
                BackstageKind::People,
            ][dice.below(3)],
            department: None,
        });
    }
    if dice.chance(25) {
        t.measurements.push(Measurement {
            metric: "CSAT".into(),
            value: Decimal::from_value(1.0 + dice.below(40) as f64 / 10.0),
            unit: "of 5".into(),
            n: Some(20 + dice.below(400) as u32),
            date: Date::new(2026, 1 + dice.below(9) as i8, 1).ok(),
            ..Measurement::default()
        });
    }
    let sideways = if dice.chance(15) { Some(i + 1) } else { None };
    if let Some(to) = sideways.filter(|to| *to < count && to % 20 != 0) {
        t.paths.push(Path {
            to: id(to),
            kind: if dice.chance(50) {
                PathKind::Failure
            } else {
                PathKind::Alternative
            },
            label: dice.words(2, 4),
            share: Share::from_percent(5 + dice.below(40) as i64),
        });
    }
    if i % 20 > 4 && dice.chance(4) {
        t.paths.push(Path {
            to: id(i - 3),
            kind: PathKind::Return,
            label: "Tries again".into(),
            share: None,
        });
    }
    if dice.chance(20) {
        t.texts
            .insert(LaneId::from_text("emails"), dice.words(2, 6));
    }
    t.evidence = dice.evidence();
    t.notes = dice.words(10, 40);
    t
}
