//! The fields of records as they are compared: their words on screen and the kinds of their
//! values, in the order in which they are told.
//!
//! A field that has no row here is compared and told too, by its key in the file.
//!
//! Must not know: maps, sentences.

use crate::model::ObjectRef;

/// Makes the address of a record from its id.
pub(super) type ToObject = fn(&str) -> ObjectRef;

/// A field of a record or of an item in a list of one.
pub(super) struct FieldRow {
    /// The key in serialized records.
    pub key: &'static str,
    /// The word on screen; for a list that for one item.
    pub word: &'static str,
    pub kind: Kind,
}

/// The kind of a value.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A text, told in quotation marks, with the changed words alone where it is long.
    Text,
    /// A number, date, length of time or colour, told as it is.
    Plain,
    /// A number of which 0 is as good as nothing.
    Count,
    /// A feeling from −2 to +2.
    Score,
    /// A share in per cent.
    Share,
    /// A level of 1 to 3.
    Level,
    /// A yes or no.
    Flag,
    /// A keyword, and the one that is as good as nothing.
    Keyword(&'static str),
    /// The id of a record.
    Reference(ToObject),
    /// A list of ids.
    References(ToObject),
    /// A list of texts or keywords.
    Texts,
    /// A record of its own that has no name, with the words that distinguish its fields.
    Group(&'static [FieldRow]),
    /// A list of items.
    Items(&'static ItemKind),
    /// Texts by lane.
    Cells,
    /// Texts by the keys of other programs.
    Foreign,
    /// The values that a custom lane holds.
    LaneContent,
    /// The data of a picture.
    PictureData,
    /// A check of a stage.
    Check,
    /// The object that a comment is about.
    Subject,
}

/// A kind of items in a list of a record.
pub(super) struct ItemKind {
    /// The plural of the word.
    pub plural: &'static str,
    /// The key of the field that names an item.
    pub title: &'static str,
    /// The word between that for the item and its name, with a space: `of `.
    pub link: &'static str,
    /// The title of an item whose name is empty.
    pub untitled: &'static str,
    /// The keys of the fields that identify an item.
    pub identity: &'static [&'static str],
    pub rows: &'static [FieldRow],
    /// Whether each item has an address of its own.
    pub part: Option<Part>,
}

/// A part of a touchpoint that has an address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Feeling,
    Pain,
    Opportunity,
    Path,
}

macro_rules! rows {
    ($($name:ident: $($key:literal $word:literal $kind:expr;)*)*) => {$(
        pub(super) const $name: &[FieldRow] = &[$(FieldRow { key: $key, word: $word, kind: $kind }),*];
    )*};
}

const ACTION_OF: ToObject = |id| ObjectRef::Action(id.into());
const CHANNEL_OF: ToObject = |id| ObjectRef::Channel(id.into());
const DEPARTMENT_OF: ToObject = |id| ObjectRef::Department(id.into());
const ENVIRONMENT_OF: ToObject = |id| ObjectRef::Environment(id.into());
const IMAGE_OF: ToObject = |id| ObjectRef::Image(id.into());
const LANE_OF: ToObject = |id| ObjectRef::Lane(id.into());
const PERSONA_OF: ToObject = |id| ObjectRef::Persona(id.into());
const STAGE_OF: ToObject = |id| ObjectRef::Stage(id.into());
const TOUCHPOINT_OF: ToObject = |id| ObjectRef::Touchpoint(id.into());

rows! {
    HEADER:
        "title" "title" Kind::Text;
        "kind" "state" Kind::Keyword("");
        "forked_from" "" Kind::Group(FORK);
        "scenario" "scenario" Kind::Text;
        "keeper" "keeper" Kind::Text;
        "rhythm" "rhythm of checks" Kind::Plain;
        "measurements" "measurement" Kind::Items(&MEASUREMENTS);
        "extra" "data" Kind::Foreign;
    FORK:
        "file" "origin" Kind::Text;
        "name" "name among the forks" Kind::Text;
        "date" "date of the fork" Kind::Plain;
    PERSONA:
        "name" "name" Kind::Text;
        "role" "role" Kind::Text;
        "goals" "goal" Kind::Texts;
        "needs" "need" Kind::Texts;
        "frustrations" "frustration" Kind::Texts;
        "quote" "quote" Kind::Text;
        "picture" "portrait" Kind::Reference(IMAGE_OF);
        "evidence" "" Kind::Group(EVIDENCE);
    DEPARTMENT:
        "name" "name" Kind::Text;
        "short" "short name" Kind::Text;
        "colour" "house colour" Kind::Plain;
        "contact" "contact" Kind::Text;
    CHANNEL:
        "name" "name" Kind::Text;
        "icon" "icon" Kind::Text;
        "digital" "digital" Kind::Flag;
        "mobile" "mobile" Kind::Flag;
        "self_service" "self-service" Kind::Flag;
        "automated" "automated" Kind::Flag;
    ENVIRONMENT:
        "name" "name" Kind::Text;
        "kind" "kind" Kind::Keyword("");
    LANE:
        "name" "name" Kind::Text;
        "kind" "kind" Kind::Keyword("custom");
        "holds" "content" Kind::LaneContent;
        "hidden" "hidden" Kind::Flag;
    STAGE:
        "name" "name" Kind::Text;
        "goal" "goal" Kind::Text;
        "owner" "owner" Kind::Reference(DEPARTMENT_OF);
        "supporters" "supporter" Kind::References(DEPARTMENT_OF);
        "time" "time" Kind::Text;
        "duration" "duration" Kind::Plain;
        "notes" "notes" Kind::Text;
        "checked" "last check" Kind::Check;
    TOUCHPOINT:
        "name" "name" Kind::Text;
        "description" "description" Kind::Text;
        "channel" "channel" Kind::Reference(CHANNEL_OF);
        "environment" "environment" Kind::Reference(ENVIRONMENT_OF);
        "owner" "owner" Kind::Reference(DEPARTMENT_OF);
        "supporters" "supporter" Kind::References(DEPARTMENT_OF);
        "time" "time" Kind::Text;
        "duration" "duration" Kind::Plain;
        "moment_of_truth" "a moment of truth" Kind::Flag;
        "ends" "a possible end of the journey" Kind::Flag;
        "feelings" "feeling" Kind::Items(&FEELINGS);
        "pains" "pain point" Kind::Items(&PAINS);
        "opportunities" "opportunity" Kind::Items(&OPPORTUNITIES);
        "backstage" "backstage work" Kind::Items(&BACKSTAGE);
        "measurements" "measurement" Kind::Items(&MEASUREMENTS);
        "paths" "path" Kind::Items(&PATHS);
        "evidence" "" Kind::Group(EVIDENCE);
        "tags" "tag" Kind::Texts;
        "pictures" "picture" Kind::References(IMAGE_OF);
        "texts" "text in the lane" Kind::Cells;
        "votes" "votes" Kind::Count;
        "notes" "notes" Kind::Text;
    EVIDENCE:
        "basis" "evidence" Kind::Keyword("");
        "source" "source" Kind::Text;
    FEELING:
        "persona" "persona" Kind::Reference(PERSONA_OF);
        "score" "score" Kind::Score;
        "before" "score on arriving" Kind::Score;
        "after" "score on leaving" Kind::Score;
        "emotion" "emotion" Kind::Text;
        "quote" "quote" Kind::Text;
        "thought" "thought" Kind::Text;
        "motivation" "motivation" Kind::Text;
        "evidence" "" Kind::Group(EVIDENCE);
    PAIN:
        "text" "text" Kind::Text;
        "severity" "severity" Kind::Level;
        "votes" "votes" Kind::Count;
        "actions" "action" Kind::References(ACTION_OF);
        "evidence" "" Kind::Group(EVIDENCE);
    OPPORTUNITY:
        "text" "text" Kind::Text;
        "value" "value" Kind::Level;
        "delight" "beyond what customers expect" Kind::Flag;
        "votes" "votes" Kind::Count;
        "actions" "action" Kind::References(ACTION_OF);
        "evidence" "" Kind::Group(EVIDENCE);
    BACKSTAGE_ITEM:
        "text" "text" Kind::Text;
        "kind" "kind" Kind::Keyword("process");
        "department" "department" Kind::Reference(DEPARTMENT_OF);
    MEASUREMENT:
        "metric" "metric" Kind::Text;
        "value" "value" Kind::Plain;
        "unit" "unit" Kind::Text;
        "n" "sample size" Kind::Plain;
        "sd" "standard deviation" Kind::Plain;
        "counts" "answers by kind" Kind::Plain;
        "target" "target" Kind::Plain;
        "date" "date" Kind::Plain;
    PATH:
        "to" "target" Kind::Reference(TOUCHPOINT_OF);
        "kind" "kind" Kind::Keyword("next");
        "label" "label" Kind::Text;
        "share" "share" Kind::Share;
    ACTION:
        "name" "name" Kind::Text;
        "owner" "owner" Kind::Reference(DEPARTMENT_OF);
        "status" "status" Kind::Keyword("planned");
        "due" "due date" Kind::Plain;
        "done_on" "date done" Kind::Plain;
        "lift" "" Kind::Group(LIFT);
        "notes" "notes" Kind::Text;
    LIFT:
        "metric" "metric of the expected effect" Kind::Text;
        "by" "expected effect" Kind::Plain;
    NOTE:
        "text" "text" Kind::Text;
        "votes" "votes" Kind::Count;
    COMMENT:
        "text" "text" Kind::Text;
        "about" "subject" Kind::Subject;
        "formerly" "former subject" Kind::Text;
        "author" "author" Kind::Text;
        "date" "date" Kind::Plain;
        "question" "a question" Kind::Flag;
        "resolved" "resolved" Kind::Flag;
        "replies" "reply" Kind::Items(&REPLIES);
    REPLY:
        "text" "text" Kind::Text;
        "author" "author" Kind::Text;
        "date" "date" Kind::Plain;
    SAVED_VIEW:
        "name" "name" Kind::Text;
        "view" "view" Kind::Keyword("journey");
        "compact" "compact" Kind::Flag;
        "rows" "in rows" Kind::Flag;
        "handoffs" "with handoffs" Kind::Flag;
        "colour" "colour of cards" Kind::Keyword("owner");
        "highlight" "highlight" Kind::Texts;
        "personas" "filter by persona" Kind::References(PERSONA_OF);
        "owners" "filter by owner" Kind::References(DEPARTMENT_OF);
        "departments" "filter by department" Kind::References(DEPARTMENT_OF);
        "channels" "filter by channel" Kind::References(CHANNEL_OF);
        "environments" "filter by environment" Kind::References(ENVIRONMENT_OF);
        "evidence" "filter by evidence" Kind::Texts;
        "tags" "filter by tag" Kind::Texts;
        "without" "filter by empty field" Kind::Texts;
        "lanes" "lane" Kind::References(LANE_OF);
        "folded_stages" "folded stage" Kind::References(STAGE_OF);
        "folded_lanes" "folded lane" Kind::References(LANE_OF);
        "hidden_curves" "hidden curve" Kind::References(PERSONA_OF);
        "persona" "curve in front" Kind::Reference(PERSONA_OF);
        "from" "first touchpoint in sight" Kind::Reference(TOUCHPOINT_OF);
        "to" "last touchpoint in sight" Kind::Reference(TOUCHPOINT_OF);
        "upper" "topmost lane in sight" Kind::Reference(LANE_OF);
        "lower" "lowest lane in sight" Kind::Reference(LANE_OF);
    SUPPRESSION:
        "reason" "reason" Kind::Text;
        "rule" "rule" Kind::Text;
        "subject" "subject" Kind::Text;
        "detail" "detail" Kind::Text;
    CONFLICT:
        "list" "list" Kind::Text;
        "record" "record" Kind::Text;
        "field" "field" Kind::Texts;
        "kind" "kind" Kind::Keyword("value");
        "base" "former value" Kind::Text;
        "ours" "our value" Kind::Text;
        "theirs" "their value" Kind::Text;
        "our_name" "our side" Kind::Text;
        "their_name" "their side" Kind::Text;
    IMAGE:
        "name" "name" Kind::Text;
        "data" "data" Kind::PictureData;
}

pub(super) static FEELINGS: ItemKind = ItemKind {
    plural: "feelings",
    title: "persona",
    link: "of ",
    untitled: "of the customer",
    identity: &["persona"],
    rows: FEELING,
    part: Some(Part::Feeling),
};

pub(super) static PAINS: ItemKind = ItemKind {
    plural: "pain points",
    title: "text",
    link: "",
    untitled: "without a text",
    identity: &["id"],
    rows: PAIN,
    part: Some(Part::Pain),
};

pub(super) static OPPORTUNITIES: ItemKind = ItemKind {
    plural: "opportunities",
    title: "text",
    link: "",
    untitled: "without a text",
    identity: &["id"],
    rows: OPPORTUNITY,
    part: Some(Part::Opportunity),
};

pub(super) static BACKSTAGE: ItemKind = ItemKind {
    plural: "backstage work",
    title: "text",
    link: "",
    untitled: "without a text",
    identity: &["text"],
    rows: BACKSTAGE_ITEM,
    part: None,
};

pub(super) static MEASUREMENTS: ItemKind = ItemKind {
    plural: "measurements",
    title: "metric",
    link: "",
    untitled: "without a metric",
    identity: &["metric", "date"],
    rows: MEASUREMENT,
    part: None,
};

pub(super) static PATHS: ItemKind = ItemKind {
    plural: "paths",
    title: "to",
    link: "to ",
    untitled: "without a target",
    identity: &["to", "kind"],
    rows: PATH,
    part: Some(Part::Path),
};

pub(super) static REPLIES: ItemKind = ItemKind {
    plural: "replies",
    title: "text",
    link: "",
    untitled: "without a text",
    identity: &["text", "author", "date"],
    rows: REPLY,
    part: None,
};
