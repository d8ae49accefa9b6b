//! What was understood of a line, in a sentence for people.

use super::names::{Names, Which};
use super::parse::Kind;
use super::said::Said;
use crate::model::Level;

/// A few words of the sentence, and which part of the line they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Which part; `None`: words between them.
    pub kind: Option<Kind>,
    /// The words.
    pub text: String,
    /// It names something that will be made.
    pub new: bool,
}

/// What was understood, phrase by phrase. `here` is the stage that the line
/// goes to where it does not say so; `None` where the map has none yet.
pub fn phrases(said: &Said, names: &Names, here: Option<&str>) -> Vec<Phrase> {
    let mut all = Vec::new();
    let mut add =
        |kind: Option<Kind>, text: String, new: bool| all.push(Phrase { kind, text, new });
    let named = |which: Which, name: &str, word: &str| match names.find(which, name) {
        Some(known) => (known.to_owned(), false),
        None => (format!("{name} (new {word})"), true),
    };
    if said.is_no_touchpoint() {
        if let Some(stage) = &said.stage {
            let (text, new) = named(Which::Stages, stage, "stage");
            add(None, "Go to stage".to_owned(), false);
            add(Some(Kind::Stage), text, new);
        }
        return all;
    }
    if said.name.is_empty() {
        add(
            Some(Kind::Name),
            "A touchpoint without a name".to_owned(),
            false,
        );
    } else {
        add(None, "Touchpoint".to_owned(), false);
        add(Some(Kind::Name), format!("“{}”", said.name), false);
    }
    add(None, "in stage".to_owned(), false);
    match (&said.stage, here) {
        (Some(stage), _) => {
            let (text, new) = named(Which::Stages, stage, "stage");
            add(Some(Kind::Stage), text, new);
        }
        (None, Some(here)) => add(Some(Kind::Stage), here.to_owned(), false),
        (None, None) => add(
            Some(Kind::Stage),
            format!("{} (new stage)", super::resolve::FIRST_STAGE),
            true,
        ),
    }
    let references = [
        (Kind::Channel, said.channel.as_ref(), "by", "channel"),
        (
            Kind::Environment,
            said.environment.as_ref(),
            "at",
            "environment",
        ),
        (Kind::Owner, said.owner.as_ref(), "owned by", "department"),
    ];
    let helpers = said
        .supporters
        .iter()
        .map(|name| (Kind::Supporter, Some(name), "helped by", "department"));
    for (kind, name, before, word) in references.into_iter().chain(helpers) {
        if let (Some(name), Some(which)) = (name, Which::of(kind)) {
            let (text, new) = named(which, name, word);
            add(None, before.to_owned(), false);
            add(Some(kind), text, new);
        }
    }
    if let Some(score) = said.score {
        add(None, "feels".to_owned(), false);
        let emotion = if said.emotion.is_empty() { "" } else { " " };
        add(
            Some(Kind::Score),
            format!("{score}{emotion}{}", said.emotion),
            false,
        );
    }
    if !said.quote.is_empty() {
        add(None, "says".to_owned(), false);
        add(Some(Kind::Quote), format!("“{}”", said.quote), false);
    }
    for (level, text) in &said.pains {
        add(
            None,
            levelled(*level, ["pain", "severe pain", "very severe pain"]),
            false,
        );
        add(Some(Kind::Pain(*level)), text.clone(), false);
    }
    for (level, text) in &said.opportunities {
        add(
            None,
            levelled(
                *level,
                ["opportunity", "good opportunity", "great opportunity"],
            ),
            false,
        );
        add(Some(Kind::Opportunity(*level)), text.clone(), false);
    }
    if said.moment {
        add(Some(Kind::Moment), "moment of truth".to_owned(), false);
    }
    if said.assumption {
        add(Some(Kind::Assumption), "assumption".to_owned(), false);
    }
    all
}

fn levelled(level: Level, words: [&str; 3]) -> String {
    let [low, medium, high] = words;
    match level {
        Level::Low => low,
        Level::Medium => medium,
        Level::High => high,
    }
    .to_owned()
        + ":"
}

/// The same as one text: `Touchpoint “Pays” in stage Buy, by Phone (new channel), assumption`.
pub fn sentence(said: &Said, names: &Names, here: Option<&str>) -> String {
    let mut text = String::new();
    for phrase in phrases(said, names, here) {
        let joins = match phrase.kind {
            // Words between parts begin a clause of their own, but for the first ones.
            None => !text.is_empty() && phrase.text != "in stage",
            Some(Kind::Moment | Kind::Assumption) => true,
            Some(_) => false,
        };
        if joins {
            text.push(',');
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&phrase.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::parse;

    #[test]
    fn a_line_is_said_back() {
        let mut names = Names::default();
        names.add(Which::Departments, "Sales");
        let say =
            |line: &str, here: Option<&str>| sentence(&parse(line, &names).said(), &names, here);
        assert_eq!(
            say(
                "Pays the deposit @phone #sales -2 frustrated !!Long queue ?",
                Some("Buy")
            ),
            "Touchpoint “Pays the deposit” in stage Buy, by phone (new channel), owned by Sales, \
             feels −2.0 frustrated, severe pain: Long queue, assumption"
        );
        assert_eq!(say(">Use", Some("Buy")), "Go to stage Use (new stage)");
        assert_eq!(
            say("@shop *", None),
            "A touchpoint without a name in stage First stage (new stage), by shop (new channel), moment of truth"
        );
        assert_eq!(say("  ", None), "");
    }
}
