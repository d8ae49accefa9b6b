//! Random complete maps for property tests: every field filled or empty, unusual
//! texts, and references of which some are dangling.

use super::{
    Action, ActionStatus, Backstage, BackstageKind, Basis, CardColoring, Channel, Check, Comment,
    CommentSubject, Conflict, ConflictKind, Date, Decimal, Department, EmbeddedData, EmptyField,
    Environment, EnvironmentKind, Evidence, Feeling, Fork, Header, HighlightedMark, Id, Image,
    ImageData, ImageId, Lane, LaneContentKind, LaneId, LaneKind, Level, Lift, Map, MapKind,
    Measurement, Note, ObjectRef, Opportunity, Pain, Path, PathKind, Persona, Record, Reply, Rgb,
    Rhythm, SavedView, Scale, Score, Share, Span, Stage, Suppression, Table, Touchpoint,
    TouchpointId, View,
};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

/// Realistic and adversarial texts.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        5 => "[A-Za-z][a-z äöü,.'-]{0,20}",
        1 => "[\"\\\\'()\\[\\]{},:/*#r\n\r\t]{0,8}",
        1 => vec(any::<char>(), 0..6).prop_map(|chars| chars.into_iter().collect()),
    ]
}

/// A reference to one of the first few records of a kind, which may be dangling.
fn reference<I: Id>(prefix: &'static str) -> impl Strategy<Value = I> {
    (0..5_usize).prop_map(move |n| I::from_text(&format!("{prefix}{n}")))
}

fn references<I: Id>(prefix: &'static str) -> impl Strategy<Value = Vec<I>> {
    vec(reference(prefix), 0..3)
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let basis = one_of(&[
        Basis::Assumption,
        Basis::Observed,
        Basis::Interviewed,
        Basis::Measured,
    ]);
    (of(basis), text()).prop_map(|(basis, source)| Evidence { basis, source })
}

fn score() -> impl Strategy<Value = Option<Score>> {
    of(-20..=20_i64).prop_map(|tenths| tenths.and_then(Score::from_tenths))
}

fn decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![-1_000_000..1_000_000_i64, any::<i32>().prop_map(i64::from)]
        .prop_filter_map("in range", |n| Decimal::from_value(n as f64 / 1000.0))
}

fn date() -> impl Strategy<Value = Option<Date>> {
    of((1..=9999_i16, 1..=12_i8, 1..=28_i8))
        .prop_map(|d| d.and_then(|(y, m, d)| Date::new(y, m, d).ok()))
}

fn span() -> impl Strategy<Value = Option<Span>> {
    of(any::<u32>().prop_map(Span::from_minutes))
}

fn rhythm() -> impl Strategy<Value = Rhythm> {
    one_of(&["1 day", "2 weeks", "3 months", "999 years"])
        .prop_filter_map("a rhythm", Rhythm::parse)
}

fn check() -> impl Strategy<Value = Check> {
    let fingerprints = btree_map(text(), text(), 0..3);
    (date(), text(), text(), fingerprints).prop_map(|(date, by, stage, touchpoints)| Check {
        date,
        by,
        stage,
        touchpoints,
    })
}

fn level() -> impl Strategy<Value = Level> {
    one_of(&[Level::Low, Level::Medium, Level::High])
}

fn measurement() -> impl Strategy<Value = Measurement> {
    let numbers = (
        of(decimal()),
        of(any::<u32>()),
        of(decimal()),
        of(decimal()),
    );
    let counts = vec(any::<u32>(), 0..4);
    (text(), numbers, counts, text(), date()).prop_map(
        |(metric, (value, n, sd, target), counts, unit, date)| Measurement {
            metric,
            value,
            unit,
            n,
            sd,
            counts,
            target,
            date,
        },
    )
}

fn header() -> impl Strategy<Value = Header> {
    (
        text(),
        one_of(&[MapKind::Current, MapKind::Future]),
        of((text(), text(), date()).prop_map(|(file, name, date)| Fork { file, name, date })),
        text(),
        (text(), of(rhythm())),
        vec(measurement(), 0..3),
        btree_map(text(), text(), 0..3),
        embedded_data(),
    )
        .prop_map(
            |(
                title,
                kind,
                forked_from,
                scenario,
                (keeper, rhythm),
                measurements,
                extra,
                fork_point,
            )| Header {
                title,
                kind,
                forked_from,
                scenario,
                keeper,
                rhythm,
                measurements,
                extra,
                fork_point,
            },
        )
}

fn persona() -> impl Strategy<Value = Persona> {
    let texts = || vec(text(), 0..3);
    (
        text(),
        text(),
        texts(),
        texts(),
        texts(),
        text(),
        of(reference::<ImageId>("i")),
        evidence(),
    )
        .prop_map(
            |(name, role, goals, needs, frustrations, quote, picture, evidence)| Persona {
                role,
                goals,
                needs,
                frustrations,
                quote,
                picture,
                evidence,
                ..Persona::new("".into(), name)
            },
        )
}

fn department() -> impl Strategy<Value = Department> {
    let colour = of(any::<[u8; 3]>().prop_map(Rgb));
    (text(), text(), colour, text()).prop_map(|(name, short, colour, contact)| Department {
        short,
        colour,
        contact,
        ..Department::new("".into(), name)
    })
}

fn channel() -> impl Strategy<Value = Channel> {
    let icon = of("[a-z]{1,6}");
    (text(), icon, any::<[bool; 4]>()).prop_map(|(name, icon, flags)| {
        let [digital, mobile, self_service, automated] = flags;
        Channel {
            icon,
            digital,
            mobile,
            self_service,
            automated,
            ..Channel::new("".into(), name)
        }
    })
}

fn environment() -> impl Strategy<Value = Environment> {
    let kind = one_of(&[
        EnvironmentKind::Physical,
        EnvironmentKind::Digital,
        EnvironmentKind::Social,
    ]);
    (text(), kind).prop_map(|(name, kind)| Environment {
        kind,
        ..Environment::new("".into(), name)
    })
}

fn holds() -> impl Strategy<Value = LaneContentKind> {
    let score =
        (decimal(), decimal()).prop_map(|(from, to)| LaneContentKind::Score(Scale { from, to }));
    prop_oneof![2 => one_of(&LaneContentKind::ALL), 1 => score]
}

/// Arbitrary bytes, and texts that are not base 64.
fn embedded_data() -> impl Strategy<Value = EmbeddedData> {
    prop_oneof![
        vec(any::<u8>(), 0..200).prop_map(|bytes| ImageData::Bytes(bytes.into())),
        (text(), text()).prop_map(|(a, b)| ImageData::Unreadable(format!("{a}!{b}"))),
    ]
}

fn image() -> impl Strategy<Value = Image> {
    (text(), embedded_data()).prop_map(|(name, data)| Image {
        id: "".into(),
        name,
        data,
    })
}

/// The standard lanes, some hidden or renamed, and a few custom ones, in any order.
fn lanes() -> impl Strategy<Value = Vec<Lane>> {
    let standard: Vec<Lane> = LaneKind::STANDARD.into_iter().map(Lane::standard).collect();
    let custom = vec(holds(), 0..3).prop_map(|all| {
        let lane = |(n, holds)| Lane::custom(LaneId::from_text(&format!("lane{n}")), "", holds);
        all.into_iter().enumerate().map(lane)
    });
    let changes = vec((any::<usize>(), any::<bool>(), text()), 0..3);
    let orders = prop_oneof![Just(false), Just(true)];
    (custom, changes, orders, any::<u64>()).prop_map(move |(custom, changes, shuffle, seed)| {
        let mut lanes = standard.clone();
        lanes.extend(custom);
        for (at, hidden, name) in changes {
            let at = at % lanes.len();
            lanes[at].hidden = hidden;
            lanes[at].name = name;
        }
        if shuffle {
            let length = lanes.len();
            lanes.rotate_left(seed as usize % length);
            lanes.swap(0, (seed >> 8) as usize % length);
        }
        lanes
    })
}

fn stage() -> impl Strategy<Value = Stage> {
    (
        text(),
        text(),
        of(reference("d")),
        references("d"),
        text(),
        span(),
        text(),
        of(check()),
    )
        .prop_map(
            |(name, goal, owner, supporters, time, duration, notes, checked)| Stage {
                checked,
                goal,
                owner,
                supporters,
                time,
                duration,
                notes,
                ..Stage::new("".into(), name)
            },
        )
}

fn feeling() -> impl Strategy<Value = Feeling> {
    (
        of(reference("p")),
        [score(), score(), score()],
        [text(), text(), text(), text()],
        evidence(),
    )
        .prop_map(|(persona, [score, before, after], words, evidence)| {
            let [emotion, quote, thought, motivation] = words;
            Feeling {
                persona,
                score,
                before,
                after,
                emotion,
                quote,
                thought,
                motivation,
                evidence,
            }
        })
}

fn pain() -> impl Strategy<Value = Pain> {
    (text(), level(), 0..9_u32, references("a"), evidence()).prop_map(
        |(text, severity, votes, actions, evidence)| Pain {
            id: "".into(),
            text,
            severity,
            votes,
            actions,
            evidence,
        },
    )
}

fn opportunity() -> impl Strategy<Value = Opportunity> {
    (
        text(),
        level(),
        any::<bool>(),
        0..9_u32,
        references("a"),
        evidence(),
    )
        .prop_map(
            |(text, value, delight, votes, actions, evidence)| Opportunity {
                id: "".into(),
                text,
                value,
                delight,
                votes,
                actions,
                evidence,
            },
        )
}

fn backstage() -> impl Strategy<Value = Backstage> {
    let kind = one_of(&[
        BackstageKind::Process,
        BackstageKind::System,
        BackstageKind::People,
    ]);
    (text(), kind, of(reference("d"))).prop_map(|(text, kind, department)| Backstage {
        text,
        kind,
        department,
    })
}

fn path() -> impl Strategy<Value = Path> {
    let kind = one_of(&[
        PathKind::Next,
        PathKind::Alternative,
        PathKind::Failure,
        PathKind::Return,
    ]);
    let tenths = of(0..=1000_u16);
    let share = tenths.prop_map(|s| Share::from_value(f64::from(s?) / 10.0));
    (reference("t"), kind, text(), share).prop_map(|(to, kind, label, share)| Path {
        to,
        kind,
        label,
        share,
    })
}

fn touchpoint() -> impl Strategy<Value = Touchpoint> {
    let references = (
        of(reference("c")),
        of(reference("e")),
        of(reference("d")),
        references("d"),
    );
    let words = [text(), text(), text(), text()];
    let lists = (
        vec(feeling(), 0..3),
        vec(pain(), 0..3),
        vec(opportunity(), 0..2),
        vec(backstage(), 0..2),
        vec(measurement(), 0..2),
        vec(path(), 0..3),
        vec(text(), 0..3),
        vec(reference::<ImageId>("i"), 0..3),
    );
    let texts = btree_map(reference("lane"), text(), 0..3);
    let rest = (span(), any::<[bool; 2]>(), evidence(), texts, 0..9_u32);
    (references, words, lists, rest).prop_map(|(references, words, lists, rest)| {
        let (channel, environment, owner, supporters) = references;
        let [name, description, time, notes] = words;
        let (feelings, pains, opportunities, backstage, measurements, paths, tags, pictures) =
            lists;
        let (duration, [moment_of_truth, ends], evidence, texts, votes) = rest;
        Touchpoint {
            id: "".into(),
            name,
            description,
            channel,
            environment,
            owner,
            supporters,
            time,
            duration,
            moment_of_truth,
            feelings,
            pains,
            opportunities,
            backstage,
            measurements,
            paths,
            ends,
            evidence,
            tags,
            pictures,
            texts,
            votes,
            notes,
        }
    })
}

fn action() -> impl Strategy<Value = Action> {
    let status = one_of(&[
        ActionStatus::Planned,
        ActionStatus::Started,
        ActionStatus::Done,
        ActionStatus::Dropped,
    ]);
    let lift = of((text(), decimal()).prop_map(|(metric, by)| Lift { metric, by }));
    let dates = (date(), date());
    (text(), of(reference("d")), status, dates, lift, text()).prop_map(
        |(name, owner, status, (due, done_on), lift, notes)| Action {
            owner,
            status,
            due,
            done_on,
            lift,
            notes,
            ..Action::new("".into(), name)
        },
    )
}

fn note() -> impl Strategy<Value = Note> {
    (text(), 0..9_u32).prop_map(|(text, votes)| Note {
        id: "".into(),
        text,
        votes,
    })
}

fn reply() -> impl Strategy<Value = Reply> {
    (text(), text(), date()).prop_map(|(text, author, date)| Reply { text, author, date })
}

fn comment_subject() -> impl Strategy<Value = CommentSubject> {
    let touchpoint = || reference::<TouchpointId>("t");
    let path = one_of(&[PathKind::Next, PathKind::Failure]);
    let path = (touchpoint(), touchpoint(), path);
    let object = prop_oneof![
        reference("s").prop_map(ObjectRef::Stage),
        touchpoint().prop_map(ObjectRef::Touchpoint),
        path.prop_map(|(from, to, kind)| ObjectRef::Path { from, to, kind }),
        (touchpoint(), reference("pain")).prop_map(|(t, pain)| ObjectRef::Pain(t, pain)),
        (touchpoint(), reference("o")).prop_map(|(t, idea)| ObjectRef::Opportunity(t, idea)),
        (touchpoint(), reference("p")).prop_map(|(t, p)| ObjectRef::Feeling(t, Some(p))),
        (touchpoint(), reference("lane")).prop_map(|(t, lane)| ObjectRef::Cell(t, lane)),
        reference("p").prop_map(ObjectRef::Persona),
        reference("lane").prop_map(ObjectRef::Lane),
        reference("d").prop_map(ObjectRef::Department),
        reference("c").prop_map(ObjectRef::Channel),
        reference("e").prop_map(ObjectRef::Environment),
        reference("a").prop_map(ObjectRef::Action),
        reference("n").prop_map(ObjectRef::Note),
        reference("i").prop_map(ObjectRef::Image),
        reference("v").prop_map(ObjectRef::SavedView),
    ];
    object.prop_filter_map("a subject", |object| CommentSubject::new(&object))
}

fn comment() -> impl Strategy<Value = Comment> {
    let words = (text(), text(), text());
    let rest = (date(), any::<[bool; 2]>(), vec(reply(), 0..3));
    (words, of(comment_subject()), rest).prop_map(|(words, about, rest)| {
        let (text, formerly, author) = words;
        let (date, [question, resolved], replies) = rest;
        Comment {
            id: "".into(),
            text,
            about,
            formerly,
            author,
            date,
            question,
            resolved,
            replies,
        }
    })
}

fn saved_view() -> impl Strategy<Value = SavedView> {
    let drawn = (
        text(),
        one_of(&View::ALL),
        any::<[bool; 3]>(),
        one_of(&CardColoring::ALL),
        vec(
            one_of(&[
                HighlightedMark::Unowned,
                HighlightedMark::Pains,
                HighlightedMark::Unavoidable,
            ]),
            0..3,
        ),
    );
    let people = (
        references("p"),
        references("d"),
        references("d"),
        references("p"),
        of(reference("p")),
    );
    let places = (
        references("c"),
        references("e"),
        vec(one_of(&[Basis::Assumption, Basis::Measured]), 0..2),
        vec(text(), 0..2),
        vec(
            one_of(&[
                EmptyField::Owner,
                EmptyField::Channel,
                EmptyField::Environment,
                EmptyField::Evidence,
            ]),
            0..2,
        ),
    );
    let lanes = (references("lane"), references("s"), references("lane"));
    let sight = (
        of(reference("t")),
        of(reference("t")),
        of(reference("lane")),
        of(reference("lane")),
    );
    (drawn, people, places, lanes, sight).prop_map(|(drawn, people, places, lanes, sight)| {
        let (name, view, [compact, rows, handoffs], colour, highlight) = drawn;
        let (personas, owners, departments, hidden_curves, persona) = people;
        let (channels, environments, evidence, tags, without) = places;
        let (lanes, folded_stages, folded_lanes) = lanes;
        let (from, to, upper, lower) = sight;
        SavedView {
            id: "".into(),
            name,
            view,
            compact,
            rows,
            handoffs,
            colour,
            highlight,
            personas,
            owners,
            departments,
            channels,
            environments,
            evidence,
            tags,
            without,
            lanes,
            folded_stages,
            folded_lanes,
            hidden_curves,
            persona,
            from,
            to,
            upper,
            lower,
        }
    })
}

fn conflict() -> impl Strategy<Value = Conflict> {
    let values = [of(text()), of(text()), of(text())];
    let kind = one_of(&[
        ConflictKind::Value,
        ConflictKind::Deletion,
        ConflictKind::Place,
    ]);
    let field = vec(one_of(&["name", "pains", "pain0", "text"]), 0..3);
    (reference("t"), field, kind, values, [text(), text()]).prop_map(
        |(record, field, kind, values, [our_name, their_name])| {
            let record: TouchpointId = record;
            let [base, ours, theirs] = values.map(|text| text.filter(|text| !text.is_empty()));
            Conflict {
                id: "".into(),
                list: "touchpoints".into(),
                record: record.to_string(),
                field: field.into_iter().map(str::to_owned).collect(),
                kind,
                base,
                ours,
                theirs,
                our_name,
                their_name,
            }
        },
    )
}

/// Appends records with the ids `prefix0`, `prefix1` …
fn add<R: Record>(map: &mut Map, prefix: &str, records: Vec<R>)
where
    Map: Table<R, Place = usize>,
{
    for (n, mut record) in records.into_iter().enumerate() {
        record.set_id(R::Id::from_text(&format!("{prefix}{n}")));
        assert!(map.insert(&usize::MAX, record));
    }
}

/// A complete map. Ids are `p` (personas), `d` (departments), `c` (channels), `e`
/// (environments), `s` (stages), `t` (touchpoints), `a` (actions), `n` (notes),
/// `comment` (comments), `v` (saved views), `x` (conflicts), `i` (images) and a number from 0.
pub(crate) fn map() -> impl Strategy<Value = Map> {
    let who = (
        vec(persona(), 0..3),
        vec(department(), 0..4),
        vec(channel(), 0..4),
        vec(environment(), 0..4),
    );
    let stages = vec((stage(), vec(touchpoint(), 0..4)), 0..4);
    let rest = (
        vec(action(), 0..4),
        vec(note(), 0..3),
        vec([text(), text(), text(), text()], 0..3),
        vec(image(), 0..3),
        vec(saved_view(), 0..3),
        vec(conflict(), 0..2),
        vec(comment(), 0..3),
    );
    (header(), who, lanes(), stages, rest).prop_map(|(header, who, lanes, stages, rest)| {
        let mut map = Map::default();
        *map.header_mut() = header;
        add(&mut map, "p", who.0);
        add(&mut map, "d", who.1);
        add(&mut map, "c", who.2);
        add(&mut map, "e", who.3);
        for lane in &lanes {
            Table::<Lane>::remove(&mut map, &lane.id);
        }
        for lane in lanes {
            assert!(map.insert(&usize::MAX, lane));
        }
        let (mut touchpoints, mut pains, mut opportunities) = (0.., 0.., 0..);
        let next = |numbers: &mut std::ops::RangeFrom<usize>, prefix: &str| {
            format!("{prefix}{}", numbers.next().unwrap())
        };
        for (n, (mut stage, list)) in stages.into_iter().enumerate() {
            stage.id = format!("s{n}").as_str().into();
            let home = (stage.id.clone(), usize::MAX);
            assert!(map.insert(&usize::MAX, stage));
            for mut touchpoint in list {
                touchpoint.id = next(&mut touchpoints, "t").as_str().into();
                for pain in &mut touchpoint.pains {
                    pain.id = next(&mut pains, "pain").as_str().into();
                }
                for opportunity in &mut touchpoint.opportunities {
                    opportunity.id = next(&mut opportunities, "o").as_str().into();
                }
                assert!(map.insert(&home, touchpoint));
            }
        }
        add(&mut map, "a", rest.0);
        add(&mut map, "n", rest.1);
        add(&mut map, "i", rest.3);
        add(&mut map, "v", rest.4);
        add(&mut map, "x", rest.5);
        add(&mut map, "comment", rest.6);
        for [rule, subject, detail, reason] in rest.2 {
            let record = Suppression::new(&rule, &subject, &reason).with_detail(&detail);
            map.insert(&usize::MAX, record);
        }
        assert!(map.is_consistent());
        map
    })
}
