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
    ($($(#[$doc:meta])* $name:ident $(($($at:ident),+))? = $key:literal, $group:literal, $caption:literal;)*) => {
        /// A field of an object. Numbers are indices in a list of the object.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Field {
            $($(#[$doc])* $name $(($(fields!(@index $at)),+))?,)*
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
    /// The object as a whole.
    Whole = "", "", "";
    /// The title of the map.
    Title = "title", "", "Title";
    /// The scenario of the map.
    Scenario = "scenario", "", "Scenario";
    /// The file of the map that this one was forked from.
    ForkFile = "forked_from.file", "", "Forked from";
    /// The date of the fork.
    ForkDate = "forked_from.date", "", "Forked on";
    /// The name.
    Name = "name", "", "Name";
    /// The role of a persona.
    Role = "role", "", "Role";
    /// A goal of a persona.
    PersonaGoal(at) = "goals[#]", "Goal #", "";
    /// A need of a persona.
    Need(at) = "needs[#]", "Need #", "";
    /// A frustration of a persona.
    Frustration(at) = "frustrations[#]", "Frustration #", "";
    /// The quote of a persona.
    PersonaQuote = "quote", "", "Quote";
    /// The portrait of a persona.
    Portrait = "picture", "", "Picture";
    /// The short name of a department.
    ShortName = "short", "", "Short name";
    /// The color of a department.
    Color = "colour", "", "House colour";
    /// The contact person of a department.
    Contact = "contact", "", "Contact";
    /// The icon of a channel.
    Icon = "icon", "", "Icon";
    /// The start of the scale of a lane.
    ScaleFrom = "holds.score.from", "", "From";
    /// The end of the scale of a lane.
    ScaleTo = "holds.score.to", "", "To";
    /// The goal of a stage.
    StageGoal = "goal", "", "Goal";
    /// The owner.
    Owner = "owner", "", "Owner";
    /// A supporting department.
    Supporter(at) = "supporters[#]", "Supporter #", "";
    /// The time, in words.
    Time = "time", "", "Time";
    /// The duration.
    Duration = "duration", "", "Duration";
    /// The notes.
    Notes = "notes", "", "Notes";
    /// The description of a touchpoint.
    Description = "description", "", "Description";
    /// The channel of a touchpoint.
    Channel = "channel", "", "Channel";
    /// The environment of a touchpoint.
    Environment = "environment", "", "Environment";
    /// The persona of a feeling.
    FeelingPersona(at) = "feelings[#].persona", "Feeling #", "Persona";
    /// The score of a feeling.
    Score(at) = "feelings[#].score", "Feeling #", "Score";
    /// The score of a feeling on arriving.
    ScoreBefore(at) = "feelings[#].before", "Feeling #", "Before";
    /// The score of a feeling on leaving.
    ScoreAfter(at) = "feelings[#].after", "Feeling #", "After";
    /// The emotion of a feeling.
    Emotion(at) = "feelings[#].emotion", "Feeling #", "Emotion";
    /// The quote of a feeling.
    Quote(at) = "feelings[#].quote", "Feeling #", "Quote";
    /// The thought of a feeling.
    Thought(at) = "feelings[#].thought", "Feeling #", "Thought";
    /// The motivation of a feeling.
    Motivation(at) = "feelings[#].motivation", "Feeling #", "Motivation";
    /// The source of a feeling.
    FeelingSource(at) = "feelings[#].source", "Feeling #", "Source";
    /// The description of a pain point.
    Pain(at) = "pains[#].text", "Pain #", "Text";
    /// The votes for a pain point.
    PainVotes(at) = "pains[#].votes", "Pain #", "Votes";
    /// An action that answers a pain point.
    PainAction(at, action) = "pains[#].actions[#]", "Pain #", "Actions";
    /// The source of a pain point.
    PainSource(at) = "pains[#].source", "Pain #", "Source";
    /// The opportunities of a touchpoint.
    Opportunities = "opportunities", "", "Opportunities";
    /// The description of an opportunity.
    Opportunity(at) = "opportunities[#].text", "Opportunity #", "Text";
    /// The votes for an opportunity.
    OpportunityVotes(at) = "opportunities[#].votes", "Opportunity #", "Votes";
    /// An action that takes an opportunity up.
    OpportunityAction(at, action) = "opportunities[#].actions[#]", "Opportunity #", "Actions";
    /// The source of an opportunity.
    OpportunitySource(at) = "opportunities[#].source", "Opportunity #", "Source";
    /// The backstage items of a touchpoint.
    BackstageItems = "backstage", "", "Backstage";
    /// The description of a backstage item.
    Backstage(at) = "backstage[#].text", "Backstage #", "Text";
    /// The department of a backstage item.
    BackstageDepartment(at) = "backstage[#].department", "Backstage #", "Department";
    /// All measurements of the object, on one line for the whole journey.
    Measurements = "measurements", "", "Measurements";
    /// A measurement: metric, value and unit.
    Measurement(at) = "measurements[#]", "Measurement #", "";
    /// The metric of a measurement.
    Metric(at) = "measurements[#].metric", "Measurement #", "Metric";
    /// The value of a measurement.
    MeasuredValue(at) = "measurements[#].value", "Measurement #", "Value";
    /// The unit of a measurement.
    Unit(at) = "measurements[#].unit", "Measurement #", "Unit";
    /// The sample size of a measurement.
    SampleSize(at) = "measurements[#].n", "Measurement #", "Sample size";
    /// The date of a measurement.
    MeasuredOn(at) = "measurements[#].date", "Measurement #", "Date";
    /// A path from a touchpoint.
    Path(at) = "paths[#]", "Path #", "";
    /// The target of a path.
    PathTarget(at) = "paths[#].to", "Path #", "To";
    /// The label of a path.
    PathLabel(at) = "paths[#].label", "Path #", "Label";
    /// The share of customers who take a path.
    PathShare(at) = "paths[#].share", "Path #", "Share";
    /// A tag of a touchpoint.
    Tag(at) = "tags[#]", "Tag #", "";
    /// An image of a touchpoint.
    Picture(at) = "pictures[#]", "Picture #", "";
    /// The name of an image in a cell.
    Caption(at) = "pictures[#]", "Picture #", "Name";
    /// The text of a touchpoint in a custom lane.
    CustomLane = "texts", "", "Own lane";
    /// The title of a link in a custom lane.
    LinkTitle = "texts", "", "In words";
    /// The votes of the team.
    Votes = "votes", "", "Votes";
    /// The source of the evidence.
    Source = "source", "", "Source";
    /// The due date of an action.
    Due = "due", "", "Due";
    /// The metric that an action is expected to lift.
    LiftMetric = "lift.metric", "", "Lifts";
    /// The expected lift of an action.
    LiftBy = "lift.by", "", "By";
    /// The text of a parked note.
    NoteText = "text", "Parked note", "Text";
    /// The reason of an accepted finding.
    Reason = "reason", "", "Reason of accepted finding";
    /// The content of an image.
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
