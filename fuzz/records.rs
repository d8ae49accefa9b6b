//! Random records: each field with usual, empty and senseless values.

use super::choices::Choices;
use super::intents::Intents;
use touchline::model::{
    Action, ActionStatus, Backstage, BackstageKind, Basis, Channel, Comment, Date, Decimal,
    Department, EmbeddedData, Environment, EnvironmentKind, Evidence, Feeling, Fork, Header, Id,
    Image, ImageData, Lane, LaneContentKind, LaneId, LaneKind, Level, Lift, Map, MapKind,
    Measurement, Note, Opportunity, Pain, Path, PathKind, Persona, Record, Rgb, Rhythm, SavedView,
    Scale, Score, Share, Span, Stage, Suppression, Touchpoint,
};

/// Records of a map that are listed, with random ones of the same type.
pub trait Listed: Record {
    fn list(map: &Map) -> Vec<&Self>;
    fn random(from: &mut Intents<'_, '_, '_>) -> Self;
}

macro_rules! listed {
    ($($type:ident: $list:ident, $random:ident;)*) => {$(
        impl Listed for $type {
            fn list(map: &Map) -> Vec<&$type> {
                map.$list().into_iter().collect()
            }
            fn random(from: &mut Intents<'_, '_, '_>) -> $type {
                from.$random()
            }
        }
    )*};
}

listed! {
    Persona: personas, persona;
    Department: departments, department;
    Channel: channels, channel;
    Environment: environments, environment;
    Lane: lanes, lane;
    Stage: stages, stage;
    Touchpoint: touchpoints, touchpoint;
    Action: actions, action;
    Note: notes, note;
    Comment: comments, comment;
    SavedView: saved_views, saved_view;
    Image: images, image;
    Suppression: suppressions, suppression;
}

impl Intents<'_, '_, '_> {
    pub fn reference<R: Listed>(&mut self) -> Option<R::Id> {
        (!self.choices.one_in(3)).then(|| self.id::<R>())
    }

    pub fn references<R: Listed>(&mut self) -> Vec<R::Id> {
        let length = self.choices.copied(&[0, 0, 0, 1, 1, 2, 3]);
        (0..length).map(|_| self.id::<R>()).collect()
    }

    fn texts(&mut self) -> Vec<String> {
        self.choices.list(Choices::text)
    }

    fn evidence(&mut self) -> Evidence {
        let bases = [
            Basis::Assumption,
            Basis::Observed,
            Basis::Interviewed,
            Basis::Measured,
        ];
        Evidence {
            basis: self.choices.maybe(|c| c.pick(&bases).copied()).flatten(),
            source: self.choices.text(),
        }
    }

    fn score(&mut self) -> Option<Score> {
        self.choices
            .maybe(|c| Score::from_tenths(c.below(41) as i64 - 20))
            .flatten()
    }

    fn decimal(&mut self) -> Decimal {
        let value = match self.choices.below(8) {
            0 => 1e12,
            1 => -1e12,
            2 => -0.0,
            3 => 0.0004,
            4 => f64::from(self.choices.number()) / 7.0,
            _ => f64::from(self.choices.byte()) / 10.0 - 5.0,
        };
        Decimal::from_value(value).unwrap_or_default()
    }

    pub fn date(&mut self) -> Option<Date> {
        let (years, months) = ([0, 1, 2019, 2026, 9999], [1, 2, 12]);
        let days = [1, 28, 29, 30, 31];
        let choices = &mut *self.choices;
        let date = choices.maybe(|c| {
            let (year, month) = (c.copied(&years), c.copied(&months));
            Date::new(year, month, c.copied(&days)).ok()
        });
        date.flatten()
    }

    fn span(&mut self) -> Option<Span> {
        self.choices.maybe(|c| {
            Span::from_minutes(match c.below(4) {
                0 => u32::MAX,
                1 => 0,
                2 => c.number(),
                _ => c.below(3_000) as u32,
            })
        })
    }

    fn level(&mut self) -> Level {
        self.choices
            .copied(&[Level::Low, Level::Medium, Level::High])
    }

    fn votes(&mut self) -> u32 {
        self.choices.copied(&[0, 0, 1, 7, u32::MAX])
    }

    fn flag(&mut self) -> bool {
        self.choices.one_in(2)
    }

    fn measurement(&mut self) -> Measurement {
        Measurement {
            metric: self.choices.text(),
            value: (!self.choices.one_in(3)).then(|| self.decimal()),
            unit: self.choices.text(),
            n: self.choices.maybe(|c| c.copied(&[0, 1, 300, u32::MAX])),
            sd: (!self.choices.one_in(3)).then(|| self.decimal()),
            counts: self
                .choices
                .copied(&[&[][..], &[0, 0], &[24, 56, 20], &[u32::MAX, 1]])
                .to_vec(),
            target: (!self.choices.one_in(3)).then(|| self.decimal()),
            date: self.date(),
        }
    }

    fn measurements(&mut self) -> Vec<Measurement> {
        let length = self.choices.copied(&[0, 0, 1, 2]);
        (0..length).map(|_| self.measurement()).collect()
    }

    pub fn header(&mut self) -> Header {
        let fork = !self.choices.one_in(2);
        Header {
            title: self.choices.text(),
            kind: self.choices.copied(&[MapKind::Current, MapKind::Future]),
            forked_from: fork.then(|| Fork {
                file: self.choices.text(),
                name: self.choices.text(),
                date: self.date(),
            }),
            scenario: self.choices.text(),
            keeper: self.choices.text(),
            rhythm: self
                .choices
                .maybe(|c| Rhythm::parse(c.copied(&["1 day", "999 years"])))
                .flatten(),
            measurements: self.measurements(),
            extra: self
                .choices
                .list(|c| (c.text(), c.text()))
                .into_iter()
                .collect(),
            fork_point: self.embedded_data(),
        }
    }

    fn persona(&mut self) -> Persona {
        Persona {
            id: "".into(),
            name: self.choices.text(),
            role: self.choices.text(),
            goals: self.texts(),
            needs: self.texts(),
            frustrations: self.texts(),
            quote: self.choices.text(),
            picture: self.reference::<Image>(),
            evidence: self.evidence(),
        }
    }

    fn department(&mut self) -> Department {
        Department {
            id: "".into(),
            name: self.choices.text(),
            short: self.choices.text(),
            colour: self.choices.maybe(|c| Rgb([c.byte(), c.byte(), c.byte()])),
            contact: self.choices.text(),
        }
    }

    fn channel(&mut self) -> Channel {
        Channel {
            id: "".into(),
            name: self.choices.text(),
            icon: self.choices.maybe(Choices::text),
            digital: self.flag(),
            mobile: self.flag(),
            self_service: self.flag(),
            automated: self.flag(),
        }
    }

    fn environment(&mut self) -> Environment {
        Environment {
            id: "".into(),
            name: self.choices.text(),
            kind: self.choices.copied(&[
                EnvironmentKind::Physical,
                EnvironmentKind::Digital,
                EnvironmentKind::Social,
            ]),
        }
    }

    fn lane(&mut self) -> Lane {
        let kind = self.choices.copied(&LaneKind::STANDARD);
        let holds = match self.choices.below(8) {
            0 => LaneContentKind::Score(Scale {
                from: self.decimal(),
                to: self.decimal(),
            }),
            _ => self.choices.copied(&LaneContentKind::ALL),
        };
        Lane {
            id: "".into(),
            kind: match self.choices.one_in(3) {
                true => kind,
                false => LaneKind::Custom,
            },
            name: self.choices.text(),
            holds,
            hidden: self.flag(),
        }
    }

    fn stage(&mut self) -> Stage {
        Stage {
            id: "".into(),
            name: self.choices.text(),
            goal: self.choices.text(),
            owner: self.reference::<Department>(),
            supporters: self.references::<Department>(),
            time: self.choices.text(),
            duration: self.span(),
            notes: self.choices.text(),
            checked: self.check(),
        }
    }

    fn feeling(&mut self) -> Feeling {
        Feeling {
            persona: self.reference::<Persona>(),
            score: self.score(),
            before: self.score(),
            after: self.score(),
            emotion: self.choices.text(),
            quote: self.choices.text(),
            thought: self.choices.text(),
            motivation: self.choices.text(),
            evidence: self.evidence(),
        }
    }

    /// The id of a pain or opportunity: of the map, another one, or none.
    fn item_id<I: Id>(&mut self, of: impl Fn(&Touchpoint) -> Vec<I>) -> I {
        let touchpoints = Touchpoint::list(self.map);
        let known = self.choices.pick(&touchpoints).map(|t| of(t));
        match self.choices.below(6) {
            0 => Some(I::from_text("")),
            1 => known.unwrap_or_default().pop(),
            _ => None,
        }
        .unwrap_or_else(|| self.other_id())
    }

    fn pain(&mut self) -> Pain {
        Pain {
            id: self.item_id(|t| t.pains.iter().map(|p| p.id.clone()).collect()),
            text: self.choices.text(),
            severity: self.level(),
            votes: self.votes(),
            actions: self.references::<Action>(),
            evidence: self.evidence(),
        }
    }

    fn opportunity(&mut self) -> Opportunity {
        Opportunity {
            id: self.item_id(|t| t.opportunities.iter().map(|o| o.id.clone()).collect()),
            text: self.choices.text(),
            value: self.level(),
            delight: self.flag(),
            votes: self.votes(),
            actions: self.references::<Action>(),
            evidence: self.evidence(),
        }
    }

    fn backstage(&mut self) -> Backstage {
        let kinds = [
            BackstageKind::Process,
            BackstageKind::System,
            BackstageKind::People,
        ];
        Backstage {
            text: self.choices.text(),
            kind: self.choices.copied(&kinds),
            department: self.reference::<Department>(),
        }
    }

    pub fn path_kind(&mut self) -> PathKind {
        self.choices.copied(&[
            PathKind::Next,
            PathKind::Alternative,
            PathKind::Failure,
            PathKind::Return,
        ])
    }

    pub fn path(&mut self) -> Path {
        Path {
            to: self.id::<Touchpoint>(),
            kind: self.path_kind(),
            label: self.choices.text(),
            share: self
                .choices
                .maybe(|c| Share::from_value(c.below(1_001) as f64 / 10.0))
                .flatten(),
        }
    }

    pub fn few<T>(&mut self, mut value: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.choices.copied(&[0, 0, 0, 1, 1, 2]);
        (0..length).map(|_| value(self)).collect()
    }

    fn touchpoint(&mut self) -> Touchpoint {
        Touchpoint {
            id: "".into(),
            name: self.choices.text(),
            description: self.choices.text(),
            channel: self.reference::<Channel>(),
            environment: self.reference::<Environment>(),
            owner: self.reference::<Department>(),
            supporters: self.references::<Department>(),
            time: self.choices.text(),
            duration: self.span(),
            moment_of_truth: self.flag(),
            feelings: self.few(Self::feeling),
            pains: self.few(Self::pain),
            opportunities: self.few(Self::opportunity),
            backstage: self.few(Self::backstage),
            measurements: self.measurements(),
            paths: self.few(Self::path),
            ends: self.flag(),
            evidence: self.evidence(),
            tags: self.texts(),
            pictures: self.references::<Image>(),
            texts: self.few(Self::lane_text).into_iter().collect(),
            votes: self.votes(),
            notes: self.choices.text(),
        }
    }

    fn lane_text(&mut self) -> (LaneId, String) {
        let picture = self.choices.one_in(3).then(|| self.id::<Image>());
        let text = picture.map(|id| id.to_string());
        (
            self.id::<Lane>(),
            text.unwrap_or_else(|| self.choices.text()),
        )
    }

    fn action(&mut self) -> Action {
        let statuses = [
            ActionStatus::Planned,
            ActionStatus::Started,
            ActionStatus::Done,
            ActionStatus::Dropped,
        ];
        let lifts = !self.choices.one_in(2);
        Action {
            id: "".into(),
            name: self.choices.text(),
            owner: self.reference::<Department>(),
            status: self.choices.copied(&statuses),
            due: self.date(),
            done_on: self.date(),
            lift: lifts.then(|| Lift {
                metric: self.choices.text(),
                by: self.decimal(),
            }),
            notes: self.choices.text(),
        }
    }

    fn note(&mut self) -> Note {
        Note {
            id: "".into(),
            text: self.choices.text(),
            votes: self.votes(),
        }
    }

    fn image(&mut self) -> Image {
        let data = self.embedded_data();
        Image {
            id: "".into(),
            name: self.choices.text(),
            data,
        }
    }

    fn embedded_data(&mut self) -> EmbeddedData {
        match self.choices.one_in(2) {
            true => ImageData::Bytes(self.choices.text().into_bytes().into()),
            false => ImageData::Unreadable(self.choices.text()),
        }
    }

    pub fn suppression(&mut self) -> Suppression {
        let rules = ["owner-missing", "rule", "a b", "a", ""];
        let subjects = ["b c", "c", "map", ""];
        let rule = self.choices.copied(&rules);
        let mut subject = self.choices.copied(&subjects).to_owned();
        if self.choices.one_in(2) {
            subject = self.id::<Touchpoint>().to_string();
        }
        let suppression = Suppression::new(rule, &subject, &self.choices.text());
        let mut suppression =
            suppression.with_detail(self.choices.copied(&["", "", "NPS", "a\nb"]));
        if self.choices.one_in(3) {
            suppression.set_id(self.other_id());
        }
        suppression
    }
}
