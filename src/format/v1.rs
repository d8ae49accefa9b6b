//! Format 1: the records and fields of a file as they are written, each in one table for
//! reading and writing. Frozen; a later version gets types of its own beside these.
//!
//! Must not know: positions.

use super::VERSION;
use super::fields::{Checked, Conversion, Convert as _, Pairs, PartId, Tolerant, WireRecord};
use super::ids::Identified;
use super::printer::{Canonical, FieldPrinter, PrettyPrinter, RecordLayout};
use super::warning::WarningKind;
use crate::model::{
    self, ActionStatus, BackstageKind, Basis, CardColoring, ConflictKind, Date, Decimal,
    EmptyField, EnvironmentKind, Evidence, HighlightedMark, LaneContentKind, LaneId, LaneKind,
    Level, MapKind, PathKind, Rgb, Rhythm, Scale, Score, Share, Span, View,
};
use serde::Deserialize;

/// Declares records as they are read: in square brackets the id and the text that it is derived
/// from, in round brackets the fields that each must have, then those with a default.
macro_rules! wire_types {
    ($(
        $record:ident $([$id:ident, $label:ident])? ($($required:ident: $Required:ty),*) {
            $($(#[$attribute:meta])* $field:ident: $Field:ty,)*
        }
    )*) => {$(
        #[derive(Default, Deserialize)]
        pub(super) struct $record {
            $(
                #[serde(default)]
                pub $id: Option<String>,
            )?
            $(pub $required: $Required,)*
            $(
                $(#[$attribute])*
                #[serde(default)]
                pub $field: $Field,
            )*
        }

        $(
            impl Identified for $record {
                fn stated_id(&self) -> Option<&str> {
                    self.$id.as_deref().filter(|id| !id.is_empty())
                }

                fn label(&self) -> &str {
                    &self.$label
                }
            }
        )?
    )*};
}

/// Declares records that have the fields of those of the model, as in [`wire_types`], with the names of those of the model their
/// layout. `evidence` stands for basis and source; behind `>` is a list that the map of the model
/// keeps elsewhere.
///
/// Fields are written in this order. Writing takes the record of the model apart by name: a field
/// that is added to it does not compile until it is here.
macro_rules! records {
    ($(
        $layout:ident $record:ident $([$id:ident, $label:ident])?
        ($($required:ident: $Required:ty),*) {
            $($field:ident: $Field:ty,)*
        } $(+ $evidence:ident { $($after:ident: $After:ty,)* })? $(> $inner:ident: $Inner:ty)?
    )*) => {$(
        wire_types! {
            $record $([$id, $label])? ($($required: $Required),*) {
                $($field: $Field,)*
                $($evidence: Option<Basis>, source: String, $($after: $After,)*)?
                $($inner: $Inner,)?
            }
        }

        impl WireRecord for $record {
            type Model = model::$record;

            fn to_model(self, conversion: &mut Conversion) -> model::$record {
                model::$record {
                    $($id: self.$id.convert(stringify!($id), conversion),)?
                    $($required: self.$required.convert(stringify!($required), conversion),)*
                    $($field: self.$field.convert(stringify!($field), conversion),)*
                    $(
                        $evidence: Evidence {
                            basis: self.$evidence,
                            source: self.source,
                        },
                        $($after: self.$after.convert(stringify!($after), conversion),)*
                    )?
                }
            }
        }

        impl $record {
            pub fn print(record: &model::$record, fields: &mut FieldPrinter<'_>) {
                let model::$record {
                    $($id,)?
                    $($required,)*
                    $($field,)*
                    $($evidence, $($after,)*)?
                } = record;
                $(fields.value(stringify!($id), $id);)?
                $(fields.value(stringify!($required), $required);)*
                $(fields.value_if(stringify!($field), $field);)*
                $(
                    fields.value_if(stringify!($evidence), &$evidence.basis);
                    fields.value_if("source", &$evidence.source);
                    $(fields.value_if(stringify!($after), $after);)*
                )?
            }
        }

        impl Canonical for model::$record {
            const IS_RECORD: bool = true;

            fn write(&self, printer: &mut PrettyPrinter) {
                printer.record(RecordLayout::$layout, |fields| $record::print(self, fields));
            }
        }
    )*};
}

records! {
    Line Fork(file: String) {
        name: String,
        date: Option<Checked<Date>>,
    }
    Block Persona[id, name](name: String) {
        role: String,
        goals: Vec<String>,
        needs: Vec<String>,
        frustrations: Vec<String>,
        quote: String,
        picture: Option<String>,
    } + evidence {}
    Line Department[id, name](name: String) {
        short: String,
        colour: Option<Checked<Rgb>>,
        contact: String,
    }
    Line Channel[id, name](name: String) {
        icon: Option<String>,
        digital: bool,
        mobile: bool,
        self_service: bool,
        automated: bool,
    }
    Line Environment[id, name](name: String) {
        kind: EnvironmentKind,
    }
    Block Stage[id, name](name: String) {
        goal: String,
        owner: Option<String>,
        supporters: Vec<String>,
        time: String,
        duration: Option<Tolerant<Span>>,
        notes: String,
        checked: Option<Check>,
    } > touchpoints: Vec<Touchpoint>
    Block Touchpoint[id, name](name: String) {
        description: String,
        channel: Option<String>,
        environment: Option<String>,
        owner: Option<String>,
        supporters: Vec<String>,
        time: String,
        duration: Option<Tolerant<Span>>,
        moment_of_truth: bool,
        feelings: Vec<Feeling>,
        pains: Vec<Pain>,
        opportunities: Vec<Opportunity>,
        backstage: Vec<Backstage>,
        measurements: Vec<Measurement>,
        paths: Vec<Path>,
        ends: bool,
    } + evidence {
        tags: Vec<String>,
        pictures: Vec<String>,
        texts: Pairs,
        votes: Checked<u32>,
        notes: String,
    }
    Line Feeling() {
        persona: Option<String>,
        score: Option<Checked<Score>>,
        before: Option<Checked<Score>>,
        after: Option<Checked<Score>>,
        emotion: String,
        quote: String,
        thought: String,
        motivation: String,
    } + evidence {}
    Line Pain[id, text](text: String) {
        severity: Option<Checked<Level>>,
        votes: Checked<u32>,
        actions: Vec<String>,
    } + evidence {}
    Line Opportunity[id, text](text: String) {
        value: Option<Checked<Level>>,
        delight: bool,
        votes: Checked<u32>,
        actions: Vec<String>,
    } + evidence {}
    Line Backstage(text: String) {
        kind: BackstageKind,
        department: Option<String>,
    }
    Line Measurement(metric: String) {
        value: Option<Checked<Decimal>>,
        unit: String,
        n: Option<Checked<u32>>,
        sd: Option<Checked<Decimal>>,
        counts: Vec<Checked<u32>>,
        target: Option<Checked<Decimal>>,
        date: Option<Checked<Date>>,
    }
    Line Path(to: String) {
        kind: PathKind,
        label: String,
        share: Option<Checked<Share>>,
    }
    Line Lift(metric: String, by: Checked<Decimal>) {}
    Block Action[id, name](name: String) {
        owner: Option<String>,
        status: ActionStatus,
        due: Option<Checked<Date>>,
        done_on: Option<Checked<Date>>,
        lift: Option<Lift>,
        notes: String,
    }
    Line Note[id, text](text: String) {
        votes: Checked<u32>,
    }
    Line Check() {
        date: Option<Checked<Date>>,
        by: String,
        stage: String,
        touchpoints: Pairs,
    }
    Block Comment[id, text](text: String) {
        about: Option<CommentSubject>,
        formerly: String,
        author: String,
        date: Option<Checked<Date>>,
        question: bool,
        resolved: bool,
        replies: Vec<Reply>,
    }
    Line Reply(text: String) {
        author: String,
        date: Option<Checked<Date>>,
    }
    Line CommentSubject() {
        stage: Option<String>,
        touchpoint: Option<String>,
        to: Option<String>,
        path: PathKind,
        pain: Option<PartId>,
        opportunity: Option<PartId>,
        persona: Option<String>,
        lane: Option<String>,
        department: Option<String>,
        channel: Option<String>,
        environment: Option<String>,
        action: Option<String>,
        note: Option<String>,
        picture: Option<String>,
        saved_view: Option<String>,
    }
    Block SavedView[id, name](name: String) {
        view: View,
        compact: bool,
        rows: bool,
        handoffs: bool,
        colour: CardColoring,
        highlight: Vec<HighlightedMark>,
        personas: Vec<String>,
        owners: Vec<String>,
        departments: Vec<String>,
        channels: Vec<String>,
        environments: Vec<String>,
        evidence: Vec<Basis>,
        tags: Vec<String>,
        without: Vec<EmptyField>,
        lanes: Vec<String>,
        folded_stages: Vec<String>,
        folded_lanes: Vec<String>,
        hidden_curves: Vec<String>,
        persona: Option<String>,
        from: Option<String>,
        to: Option<String>,
        upper: Option<String>,
        lower: Option<String>,
    }
    Block Conflict[id, record](record: String) {
        list: String,
        field: Vec<String>,
        kind: ConflictKind,
        base: Option<String>,
        ours: Option<String>,
        theirs: Option<String>,
        our_name: String,
        their_name: String,
    }
    Block Image[id, name](name: String, data: Vec<String>) {}
}

wire_types! {
    Map(title: String) {
        format: Version,
        kind: MapKind,
        forked_from: Option<Fork>,
        scenario: String,
        keeper: String,
        rhythm: Option<Tolerant<Rhythm>>,
        personas: Vec<Persona>,
        departments: Vec<Department>,
        channels: Vec<Channel>,
        environments: Vec<Environment>,
        lanes: Vec<Lane>,
        stages: Vec<Stage>,
        actions: Vec<Action>,
        measurements: Vec<Measurement>,
        notes: Vec<Note>,
        comments: Vec<Comment>,
        saved_views: Vec<SavedView>,
        conflicts: Vec<Conflict>,
        suppressions: Vec<Suppression>,
        extra: Pairs,
        fork_point: Vec<String>,
        pictures: Vec<Image>,
    }
    Lane[id, name]() {
        #[expect(dead_code, reason = "written for the reader's eye: the id decides")]
        kind: Option<WrittenLaneKind>,
        holds: Holds,
        from: Option<Checked<Decimal>>,
        to: Option<Checked<Decimal>>,
        name: String,
        hidden: bool,
    }
    Suppression(rule: String, subject: String) {
        detail: String,
        reason: String,
    }
}

/// The version that a file states; the present one where it states none.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Version(pub Checked<u32>);

impl Default for Version {
    fn default() -> Version {
        Version(VERSION.into())
    }
}

/// The kind of a lane that is not a standard one.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrittenLaneKind {
    Custom,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holds {
    #[default]
    Text,
    List,
    Score,
    Picture,
    Link,
}

impl WireRecord for Lane {
    type Model = model::Lane;

    fn to_model(self, conversion: &mut Conversion) -> model::Lane {
        let id: LaneId = self.id.convert("id", conversion);
        let usual = Scale::ZERO_TO_TEN;
        let holds = match self.holds {
            Holds::Text => LaneContentKind::Text,
            Holds::List => LaneContentKind::List,
            Holds::Picture => LaneContentKind::Picture,
            Holds::Link => LaneContentKind::Link,
            Holds::Score => LaneContentKind::Score(Scale {
                from: self.from.convert("from", conversion).unwrap_or(usual.from),
                to: self.to.convert("to", conversion).unwrap_or(usual.to),
            }),
        };
        if self.holds != Holds::Score {
            for (name, stated) in [("from", self.from), ("to", self.to)] {
                if stated.is_some() {
                    let field = name.to_owned();
                    conversion.warn(name, None, WarningKind::UnknownField { field });
                }
            }
        }
        model::Lane {
            kind: LaneKind::of_id(&id),
            id,
            name: self.name,
            holds,
            hidden: self.hidden,
        }
    }
}

impl Canonical for model::Lane {
    fn write(&self, printer: &mut PrettyPrinter) {
        let model::Lane {
            id,
            kind,
            name,
            holds,
            hidden,
        } = self;
        printer.record(RecordLayout::Line, |fields| {
            fields.value("id", id);
            if *kind == LaneKind::Custom {
                fields.field("kind", |printer| printer.word(kind.word()));
            }
            if *holds != LaneContentKind::Text {
                fields.field("holds", |printer| printer.word(holds.word()));
            }
            if let LaneContentKind::Score(Scale { from, to }) = holds {
                let usual = Scale::ZERO_TO_TEN;
                fields.value_if("from", &Some(*from).filter(|from| *from != usual.from));
                fields.value_if("to", &Some(*to).filter(|to| *to != usual.to));
            }
            fields.value_if("name", name);
            fields.value_if("hidden", hidden);
        });
    }
}

impl Canonical for model::Suppression {
    fn write(&self, printer: &mut PrettyPrinter) {
        // The id is made of rule, subject and detail.
        let model::Suppression {
            id: _,
            rule,
            subject,
            detail,
            reason,
        } = self;
        printer.record(RecordLayout::Line, |fields| {
            fields.value("rule", rule);
            fields.value("subject", subject);
            fields.value_if("detail", detail);
            fields.value_if("reason", reason);
        });
    }
}
