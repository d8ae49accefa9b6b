//! The texts of each record with their fields, in one table for reading, changing and
//! searching them.
//!
//! Must not know: texts that are made of several fields.

use crate::model::field_ref::Field;
use crate::model::image::Image;
use crate::model::indexed_list::IndexedList;
use crate::model::lane::Lane;
use crate::model::map::Map;
use crate::model::object_ref::ObjectRef;
use crate::model::record::{
    Action, Channel, Comment, Conflict, Department, Environment, Header, Note, Persona, Record,
    SavedView, Stage, Suppression, Touchpoint,
};

/// Maximum number of characters of a text: fifty pages. Layout, search and a text field still take
/// less than a second for it.
pub const MAX_TEXT_CHARS: usize = 100_000;

/// Whether a text has more than [`MAX_TEXT_CHARS`] characters.
pub fn is_too_long(text: &str) -> bool {
    text.len() > MAX_TEXT_CHARS && text.chars().nth(MAX_TEXT_CHARS).is_some()
}

/// A record with texts.
pub(crate) trait Texts {
    /// Calls `visit` with each text, in the order of the search.
    fn for_each_text<'t>(&'t self, visit: &mut dyn FnMut(Field, &'t str));

    /// Returns the text of a field; `None` if there is no such item, or it is no text.
    fn text_at(&self, field: Field) -> Option<&str>;

    fn text_at_mut(&mut self, field: Field) -> Option<&mut String>;

    /// Whether a text has more than [`MAX_TEXT_CHARS`] characters.
    fn has_too_long_text(&self) -> bool;

    /// Sets a text. Returns whether there is such an item.
    fn set_text_at(&mut self, field: Field, text: &str) -> bool {
        let place = self.text_at_mut(field);
        place.map(|place| text.clone_into(place)).is_some()
    }
}

/// Declares the texts of records: each field of the address and its place in the record; then
/// those in an optional part, those in lists, those that come behind them, and a map of texts
/// that have addresses of their own. An item without a place is a text itself.
macro_rules! texts {
    ($($record:ident {
        $($field:ident: $($place:ident).+),*
        $(; ($option:ident) { $part:ident: $part_place:ident })?
        $(; $([$list:ident] { $($item:ident $(: $($item_place:ident).+)?),* })*)?
        $(; $($last:ident: $($last_place:ident).+),*)?
        $(; {$cells:ident})?
    })*) => {$(
        impl Texts for $record {
            fn for_each_text<'t>(&'t self, visit: &mut dyn FnMut(Field, &'t str)) {
                $(visit(Field::$field, &self.$($place).+);)*
                $(
                    if let Some(part) = &self.$option {
                        visit(Field::$part, &part.$part_place);
                    }
                )?
                $($(
                    for (at, item) in self.$list.iter().enumerate() {
                        $(visit(Field::$item(Field::index(at)), &item$(.$($item_place).+)?);)*
                    }
                )*)?
                $($(visit(Field::$last, &self.$($last_place).+);)*)?
            }

            fn text_at(&self, field: Field) -> Option<&str> {
                match field {
                    $(Field::$field => Some(&self.$($place).+),)*
                    $(Field::$part => Some(&self.$option.as_ref()?.$part_place),)?
                    $($($(Field::$item(at) => {
                        Some(&self.$list.get(usize::from(at))?$(.$($item_place).+)?)
                    })*)*)?
                    $($(Field::$last => Some(&self.$($last_place).+),)*)?
                    _ => None,
                }
            }

            fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
                match field {
                    $(Field::$field => Some(&mut self.$($place).+),)*
                    $(Field::$part => Some(&mut self.$option.as_mut()?.$part_place),)?
                    $($($(Field::$item(at) => {
                        let item = self.$list.get_mut(usize::from(at))?;
                        Some(&mut (*item)$(.$($item_place).+)?)
                    })*)*)?
                    $($(Field::$last => Some(&mut self.$($last_place).+),)*)?
                    _ => None,
                }
            }

            fn has_too_long_text(&self) -> bool {
                let mut found = false;
                self.for_each_text(&mut |_, text| found |= is_too_long(text));
                $(found |= self.$cells.values().any(|text| is_too_long(text));)?
                found
            }
        }
    )*};
}

texts! {
    Header {
        Title: title, Scenario: scenario, Keeper: keeper;
        [measurements] { Metric: metric, Unit: unit }
    }
    Suppression { Reason: reason }
    Persona {
        Name: name, Role: role;
        [goals] { PersonaGoal }
        [needs] { Need }
        [frustrations] { Frustration };
        PersonaQuote: quote, Source: evidence.source
    }
    Department { Name: name, ShortName: short, Contact: contact }
    Channel { Name: name }
    Environment { Name: name }
    Lane { Name: name }
    Image { Name: name }
    Stage { Name: name, StageGoal: goal, Time: time, Notes: notes; (checked) { CheckedBy: by } }
    Touchpoint {
        Name: name, Description: description, Time: time;
        [feelings] {
            Emotion: emotion, Quote: quote, Thought: thought, Motivation: motivation,
            FeelingSource: evidence.source
        }
        [pains] { Pain: text, PainSource: evidence.source }
        [opportunities] { Opportunity: text, OpportunitySource: evidence.source }
        [backstage] { Backstage: text }
        [measurements] { Metric: metric, Unit: unit }
        [paths] { PathLabel: label }
        [tags] { Tag };
        Source: evidence.source, Notes: notes;
        {texts}
    }
    Action { Name: name; (lift) { LiftMetric: metric }; Notes: notes }
    Note { NoteText: text }
    Comment {
        CommentText: text, CommentAuthor: author, Formerly: formerly;
        [replies] { ReplyText: text, ReplyAuthor: author }
    }
    SavedView { Name: name; [tags] { Tag } }
}

/// The values of a conflict have no addresses: they are settled and not edited.
impl Texts for Conflict {
    fn for_each_text<'t>(&'t self, _: &mut dyn FnMut(Field, &'t str)) {}

    fn text_at(&self, _: Field) -> Option<&str> {
        None
    }

    fn text_at_mut(&mut self, _: Field) -> Option<&mut String> {
        None
    }

    fn has_too_long_text(&self) -> bool {
        let values = [&self.base, &self.ours, &self.theirs].into_iter().flatten();
        values.chain(&self.field).any(|text| is_too_long(text))
    }
}

/// Calls `visit` with each text of a map that is searched: first those of the map itself and of
/// its lists, then stage by stage, then those of actions, parked notes, comments and saved views.
pub(crate) fn visit_texts<'m>(map: &'m Map, visit: &mut dyn FnMut(&ObjectRef, Field, &'m str)) {
    map.header()
        .for_each_text(&mut |field, text| visit(&ObjectRef::Map, field, text));
    in_list(map.suppressions(), visit);
    in_list(map.personas(), visit);
    in_list(map.departments(), visit);
    in_list(map.channels(), visit);
    in_list(map.environments(), visit);
    in_list(map.lanes(), visit);
    for (stage, touchpoints) in map.touchpoint_lists() {
        let object = stage.object();
        stage.for_each_text(&mut |field, text| visit(&object, field, text));
        for touchpoint in touchpoints {
            let object = touchpoint.object();
            touchpoint.for_each_text(&mut |field, text| visit(&object, field, text));
            for (lane, text) in &touchpoint.texts {
                let cell = ObjectRef::Cell(touchpoint.id.clone(), lane.clone());
                visit(&cell, Field::CustomLane, text);
            }
        }
    }
    in_list(map.actions(), visit);
    in_list(map.notes(), visit);
    in_list(map.comments(), visit);
    in_list(map.saved_views(), visit);
}

fn in_list<'m, R: Record + Texts>(
    list: &'m IndexedList<R>,
    visit: &mut dyn FnMut(&ObjectRef, Field, &'m str),
) {
    for record in list {
        let object = record.object();
        record.for_each_text(&mut |field, text| visit(&object, field, text));
    }
}
