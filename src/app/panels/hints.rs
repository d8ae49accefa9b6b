//! Texts that help to fill in fields.
//!
//! Must not know: widgets.

use crate::model::{Field, ObjectRef};

/// Returns the grey text in an empty field.
pub(super) fn hint(object: &ObjectRef, field: Field) -> &'static str {
    match (field, object) {
        (Field::Name, ObjectRef::Persona(_)) => "A name one remembers",
        (Field::Name, ObjectRef::Department(_)) => "Such as “Branch sales”",
        (Field::Name, ObjectRef::Channel(_)) => "Such as “Phone”",
        (Field::Name, ObjectRef::Environment(_)) => "Such as “At home”",
        (Field::Name, ObjectRef::Lane(_)) => "Name of its kind",
        (Field::Name, ObjectRef::Stage(_)) => "A phase, such as “Compare offers”",
        (Field::Name, ObjectRef::Touchpoint(_)) => "What the customer does",
        (Field::Name, ObjectRef::Action(_)) => "What will be done",
        (Field::Name, ObjectRef::Image(_)) => "What it shows",
        (Field::Time, ObjectRef::Stage(_)) => "Such as “week 2”",
        (Field::Time, _) => "Such as “Monday evening”",
        (Field::Title, _) => "The name of the map",
        (Field::Scenario, _) => "Whose journey, in which situation",
        (Field::ForkName, _) => "Such as “Target” or “Aspirational”",
        (Field::ForkFile, _) => "File of the other map",
        (Field::Role, _) => "Who they are, such as “Student, 21”",
        (Field::PersonaGoal(_), _) => "What they want to achieve",
        (Field::Need(_), _) => "What they need on the way",
        (Field::Frustration(_), _) => "What frustrates them",
        (Field::PersonaQuote, _) => "In their own words",
        (Field::ShortName, _) => "For the stripe on cards",
        (Field::Color, _) => "#0072b2",
        (Field::Contact, _) => "Whom to ask",
        (Field::Icon, _) => "phone, web, app, shop, post, email …",
        (Field::StageGoal, _) => "What the customer wants to achieve",
        (Field::Duration, _) => "45 min, 3 h, 2 d 4 h",
        (Field::Notes, _) => "Anything else",
        (Field::Description, _) => "What happens here",
        (Field::Emotion(_), _) => "One word, such as “confused”",
        (Field::Quote(_), _) => "What the customer says",
        (Field::Thought(_), _) => "What the customer thinks",
        (Field::Motivation(_), _) => "Why the customer does this at all",
        (Field::Pain(_), _) => "What hurts, in the customer’s words",
        (Field::Opportunity(_), _) => "What could be better",
        (Field::Backstage(_), _) => "What is done out of sight",
        (Field::Metric(_), _) => "NPS, CSAT, CES or one of your own",
        (Field::MeasuredValue(_), _) => "Not yet",
        (Field::Unit(_), _) => "%, min, of 5",
        (Field::SampleSize(_), _) => "How many answers",
        (Field::Spread(_), _) => "Of the answers, if known",
        (Field::MeasuredOn(_) | Field::Due | Field::ForkDate, _) => "2026-05-31",
        (Field::PathLabel(_), _) => "Who takes it, or why",
        (Field::PathShare(_), _) => "Per cent of customers",
        (Field::Tag(_), _) => "A word to filter by",
        (Field::LinkTitle, _) => "What people read instead",
        (Field::LiftMetric, _) => "CSAT, feeling …",
        (Field::LiftBy, _) => "Such as 0.4",
        (Field::NoteText, _) => "What was said",
        (Field::Source | Field::FeelingSource(_), _)
        | (Field::PainSource(_) | Field::OpportunitySource(_), _) => "Study, date or link",
        _ => "",
    }
}

/// Returns the message below a field with an invalid value.
pub(super) fn correction(field: Field) -> &'static str {
    match field {
        Field::Duration => "Write it as “45 min”, “1 h 30”, “2 days” or “1 w”",
        Field::ForkDate | Field::MeasuredOn(_) | Field::Due => {
            "Write it as year-month-day: “2026-05-31”"
        }
        Field::Color => "Write it as “#” and six digits: “#0072b2”",
        Field::SampleSize(_) => "Write a whole number, such as “120”",
        Field::PathShare(_) => "Write a number from 0 to 100, such as “33.3”",
        Field::LiftBy => "Write a number, such as “0.4”",
        Field::Votes | Field::PainVotes(_) | Field::OpportunityVotes(_) => {
            "Write a whole number, such as “12”"
        }
        _ => "Write a number, such as “4.5”",
    }
}
