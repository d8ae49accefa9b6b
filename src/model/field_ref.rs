//! Addresses of the fields of a map, with their names in the file and on screen.
//!
//! Must not know: drawing, selections, files.

use super::map::Map;
use super::object_ref::ObjectRef;

/// Declares [`Field`] from one table: the key in the file, the name of the group that
/// the field is listed under on screen, and its caption there. A `#` stands for an
/// index: from 0 in the file, from 1 on screen.
macro_rules! fields {
    (@index $at:ident) => { u16 };
    (@zero $at:ident) => { 0 };
    ($($name:ident $(($($at:ident),+))? = $key:literal, $group:literal, $caption:literal;)*) => {
        /// A field of an object; `Whole` is the object itself, and numbers are indices in
        /// a list of the object.
        #[expect(missing_docs, reason = "each is the field of its key and caption")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Field {
            $($name $(($(fields!(@index $at)),+))?,)*
        }

        impl Field {
            /// All fields, those in lists with index 0.
            pub const ALL: &'static [Field] = &[$(Field::$name $(($(fields!(@zero $at)),+))?),*];

            /// The position within the object, as field names and indices from 0:
            /// `pains[0].text`. Empty for the object as a whole.
            pub fn key(self) -> String {
                match self {
                    $(Field::$name $(($($at),+))? => numbered($key, &[$($($at),+)?], 0),)*
                }
            }

            /// The caption above the field: `Text`.
            pub fn caption(self) -> &'static str {
                match self {
                    $(Field::$name $(($(fields!(@ignore $at)),+))? => $caption,)*
                }
            }

            /// The name of the item in a list that the field belongs to: `Pain 1`; empty
            /// if it belongs to none.
            pub fn group(self) -> String {
                match self {
                    $(Field::$name $(($($at),+))? => numbered($group, &[$($($at),+)?], 1),)*
                }
            }
        }
    };
    (@ignore $at:ident) => { _ };
}

fields! {
    Whole = "", "", "";
    Title = "title", "", "Title";
    Scenario = "scenario", "", "Scenario";
    Keeper = "keeper", "", "Keeper";
    Rhythm = "rhythm", "", "Rhythm of checks";
    ForkFile = "forked_from.file", "", "Forked from";
    ForkName = "forked_from.name", "", "Name of this fork";
    ForkDate = "forked_from.date", "", "Forked on";
    Name = "name", "", "Name";
    Role = "role", "", "Role";
    PersonaGoal(at) = "goals[#]", "Goal #", "";
    Need(at) = "needs[#]", "Need #", "";
    Frustration(at) = "frustrations[#]", "Frustration #", "";
    PersonaQuote = "quote", "", "Quote";
    Portrait = "picture", "", "Picture";
    ShortName = "short", "", "Short name";
    Color = "colour", "", "House colour";
    Contact = "contact", "", "Contact";
    Icon = "icon", "", "Icon";
    ScaleFrom = "holds.score.from", "", "From";
    ScaleTo = "holds.score.to", "", "To";
    StageGoal = "goal", "", "Goal";
    Owner = "owner", "", "Owner";
    Supporter(at) = "supporters[#]", "Supporter #", "";
    Time = "time", "", "Time";
    Duration = "duration", "", "Duration";
    Notes = "notes", "", "Notes";
    Description = "description", "", "Description";
    Channel = "channel", "", "Channel";
    Environment = "environment", "", "Environment";
    FeelingPersona(at) = "feelings[#].persona", "Feeling #", "Persona";
    Score(at) = "feelings[#].score", "Feeling #", "Score";
    ScoreBefore(at) = "feelings[#].before", "Feeling #", "Before";
    ScoreAfter(at) = "feelings[#].after", "Feeling #", "After";
    Emotion(at) = "feelings[#].emotion", "Feeling #", "Emotion";
    Quote(at) = "feelings[#].quote", "Feeling #", "Quote";
    Thought(at) = "feelings[#].thought", "Feeling #", "Thought";
    Motivation(at) = "feelings[#].motivation", "Feeling #", "Motivation";
    FeelingSource(at) = "feelings[#].source", "Feeling #", "Source";
    Pains = "pains", "", "Pain points";
    Pain(at) = "pains[#].text", "Pain #", "Text";
    PainVotes(at) = "pains[#].votes", "Pain #", "Votes";
    PainAction(at, action) = "pains[#].actions[#]", "Pain #", "Actions";
    PainSource(at) = "pains[#].source", "Pain #", "Source";
    Opportunities = "opportunities", "", "Opportunities";
    Opportunity(at) = "opportunities[#].text", "Opportunity #", "Text";
    OpportunityVotes(at) = "opportunities[#].votes", "Opportunity #", "Votes";
    OpportunityAction(at, action) = "opportunities[#].actions[#]", "Opportunity #", "Actions";
    OpportunitySource(at) = "opportunities[#].source", "Opportunity #", "Source";
    BackstageItems = "backstage", "", "Backstage";
    Backstage(at) = "backstage[#].text", "Backstage #", "Text";
    BackstageDepartment(at) = "backstage[#].department", "Backstage #", "Department";
    Measurements = "measurements", "", "Measurements";
    Measurement(at) = "measurements[#]", "Measurement #", "";
    Metric(at) = "measurements[#].metric", "Measurement #", "Metric";
    MeasuredValue(at) = "measurements[#].value", "Measurement #", "Value";
    Unit(at) = "measurements[#].unit", "Measurement #", "Unit";
    SampleSize(at) = "measurements[#].n", "Measurement #", "Sample size";
    Spread(at) = "measurements[#].sd", "Measurement #", "Standard deviation";
    Counts(at) = "measurements[#].counts", "Measurement #", "Answers by kind";
    Target(at) = "measurements[#].target", "Measurement #", "Target";
    MeasuredOn(at) = "measurements[#].date", "Measurement #", "Date";
    Path(at) = "paths[#]", "Path #", "";
    PathTarget(at) = "paths[#].to", "Path #", "To";
    PathLabel(at) = "paths[#].label", "Path #", "Label";
    PathShare(at) = "paths[#].share", "Path #", "Share";
    Tag(at) = "tags[#]", "Tag #", "";
    Picture(at) = "pictures[#]", "Picture #", "";
    Caption(at) = "pictures[#]", "Picture #", "Name";
    CustomLane = "texts", "", "Own lane";
    LinkTitle = "texts", "", "In words";
    Votes = "votes", "", "Votes";
    Basis = "evidence", "", "Evidence";
    Source = "source", "", "Source";
    Status = "status", "", "Status";
    Due = "due", "", "Due";
    DoneOn = "done_on", "", "Done on";
    LiftMetric = "lift.metric", "Expected effect", "Metric";
    LiftBy = "lift.by", "Expected effect", "Change";
    FilterPersona(at) = "personas[#]", "Filter #", "Persona";
    FilterOwner(at) = "owners[#]", "Filter #", "Owner";
    FilterDepartment(at) = "departments[#]", "Filter #", "Owner or supporter";
    FilterChannel(at) = "channels[#]", "Filter #", "Channel";
    FilterEnvironment(at) = "environments[#]", "Filter #", "Environment";
    ShownLane(at) = "lanes[#]", "Lane #", "";
    FoldedStage(at) = "folded_stages[#]", "Folded stage #", "";
    FoldedLane(at) = "folded_lanes[#]", "Folded lane #", "";
    HiddenCurve(at) = "hidden_curves[#]", "Hidden curve #", "";
    FrontPersona = "persona", "", "Curve in front";
    FirstInSight = "from", "", "From";
    LastInSight = "to", "", "To";
    UpperLane = "upper", "", "Topmost lane";
    LowerLane = "lower", "", "Lowest lane";
    NoteText = "text", "Parked note", "Text";
    CommentText = "text", "Comment", "Text";
    CommentAuthor = "author", "Comment", "Author";
    Formerly = "formerly", "Comment", "Deleted object";
    ReplyText(at) = "replies[#].text", "Reply #", "Text";
    ReplyAuthor(at) = "replies[#].author", "Reply #", "Author";
    CommentSubject = "about", "Comment", "About";
    CheckedBy = "checked.by", "", "Checked by";
    Reason = "reason", "", "Reason of accepted finding";
    ImageData = "data", "", "Data";
}

fn numbered(pattern: &str, indices: &[u16], first: usize) -> String {
    let mut indices = indices.iter();
    let mut text = String::with_capacity(pattern.len() + 4);
    for c in pattern.chars() {
        match indices.as_slice().first().filter(|_| c == '#') {
            Some(index) => {
                text.push_str(&(usize::from(*index) + first).to_string());
                indices.next();
            }
            None => text.push(c),
        }
    }
    text
}

impl Field {
    /// Converts an index. Items beyond the 65,535th of one object share an address.
    pub fn index(at: usize) -> u16 {
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// The name on screen, with that of the group: `Pain 1 text`.
    pub fn label(self) -> String {
        let (group, caption) = (self.group(), self.caption());
        if group.is_empty() {
            return caption.to_owned();
        }
        format!("{group} {}", caption.to_lowercase())
            .trim_end()
            .to_owned()
    }
}

/// The address of a field of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldRef {
    /// The object.
    pub object: ObjectRef,
    /// Its field.
    pub field: Field,
}

impl ObjectRef {
    /// The address of a field of this object.
    pub fn field(self, field: Field) -> FieldRef {
        FieldRef {
            object: self,
            field,
        }
    }
}

impl From<ObjectRef> for FieldRef {
    fn from(object: ObjectRef) -> FieldRef {
        object.field(Field::Whole)
    }
}

impl FieldRef {
    /// The position in the file, as field names and indices from 0:
    /// `stages[2].touchpoints[1].pains[0].text`. Empty for the map, or if the object no
    /// longer exists.
    pub fn path(&self, map: &Map) -> String {
        let outer = self.object.path(map);
        if outer.is_empty() && self.object != ObjectRef::Map {
            return outer;
        }
        let key = match (&self.object, self.field) {
            (ObjectRef::Cell(_, lane), Field::CustomLane | Field::LinkTitle) => {
                format!("texts.{lane}")
            }
            (_, field) => field.key(),
        };
        match (outer.is_empty(), key.is_empty()) {
            (true, _) => key,
            (_, true) => outer,
            _ => format!("{outer}.{key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_labels_number_the_items_of_lists() {
        assert_eq!(Field::Pain(2).key(), "pains[2].text");
        assert_eq!(Field::Pain(2).label(), "Pain 3 text");
        assert_eq!(Field::PainAction(2, 1).key(), "pains[2].actions[1]");
        assert_eq!(Field::Tag(0).label(), "Tag 1");
        assert_eq!(Field::Name.label(), "Name");
    }

    #[test]
    fn fields_in_lists_belong_to_a_group_and_others_do_not() {
        for field in Field::ALL {
            let numbered = field.key().contains('[');
            assert_eq!(numbered, field.group().contains('1'), "{field:?}");
            assert!(*field == Field::Whole || !field.label().is_empty());
        }
    }
}
