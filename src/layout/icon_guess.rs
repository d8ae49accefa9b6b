//! Icons of channels and environments, guessed from their names.
//!
//! Must not know: how icons are drawn.

use crate::folding::fold_text;
use crate::model::EnvironmentKind;
use crate::theme::Icon;

/// Keywords by icon, in the order in which they are tried. A `*` matches any further letters;
/// everything is folded. German words complement the English ones because many journey maps are
/// written in German.
const KEYWORDS: [(Icon, &str); 18] = [
    (Icon::Bot, "bot* chatbot* robot* assistant ivr voicebot*"),
    (
        Icon::Chat,
        "chat* messenger* whatsapp sms text message* messaging slack teams",
    ),
    (
        Icon::Email,
        "email* mail mails e-mail* newsletter* inbox mailing*",
    ),
    (
        Icon::Post,
        "post postal letter* brief briefpost mailbox parcel* courier envelope",
    ),
    (
        Icon::App,
        "app apps mobile smartphone* handy ios android push tablet*",
    ),
    (
        Icon::Phone,
        "phone* telephone* telefon* call calls calling hotline* helpline callcenter callcentre",
    ),
    (
        Icon::Kiosk,
        "kiosk* atm atms terminal* automat cash machine ticketing self-checkout vending",
    ),
    (
        Icon::Social,
        "social facebook instagram linkedin twitter tiktok youtube forum* community media",
    ),
    (
        Icon::Web,
        "web* website* online portal* internet site browser homepage google search shop-online seo",
    ),
    (
        Icon::Shop,
        "shop* store* branch* filiale* counter* schalter boutique* supermarket retail bank market till checkout",
    ),
    (
        Icon::Document,
        "document* form forms paper* contract* brochure* leaflet* flyer* invoice* bill dokument* formular* antrag* vertrag pdf file",
    ),
    (
        Icon::Home,
        "home house flat apartment living kitchen sofa zuhause haus wohnung*",
    ),
    (
        Icon::Car,
        "car cars taxi* drive driving auto vehicle parking garage bus train tram transit",
    ),
    (
        Icon::Building,
        "building* hospital* office* airport* clinic* school* university hotel* headquarters ward reception town hall gate lounge buro krankenhaus flughafen amt rathaus practice surgery station lab",
    ),
    (
        Icon::Street,
        "street* road outdoor* outside city park square site location unterwegs strasse map way",
    ),
    (
        Icon::Screen,
        "screen* desktop computer* pc laptop* monitor display* video software dashboard",
    ),
    (
        Icon::Person,
        "person* people visit* advisor* adviser* consultant* meeting* face colleague* staff agent* family friend* doctor* nurse* neighbour* berater* gesprach appointment* event*",
    ),
    (Icon::Other, "other misc"),
];

impl Icon {
    /// Keyword of the icon in files, such as `web`: its name in lower case.
    pub fn keyword(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The icon of a channel: the one named by its icon word, else guessed from that word, else
    /// guessed from its name, else [`Icon::Other`].
    pub fn for_channel(icon_word: Option<&str>, name: &str) -> Icon {
        icon_word
            .and_then(|word| by_keyword(word).or_else(|| guess(word)))
            .or_else(|| guess(name))
            .unwrap_or(Icon::Other)
    }

    /// The icon of an environment: guessed from its name, else the default of its kind.
    pub fn for_environment(kind: EnvironmentKind, name: &str) -> Icon {
        guess(name).unwrap_or(match kind {
            EnvironmentKind::Physical => Icon::Street,
            EnvironmentKind::Digital => Icon::Screen,
            EnvironmentKind::Social => Icon::Person,
        })
    }
}

/// The icon with exactly this keyword.
fn by_keyword(word: &str) -> Option<Icon> {
    let word = fold_text(word);
    Icon::ALL.into_iter().find(|icon| icon.keyword() == word)
}

/// The first icon with a keyword that occurs in the text.
fn guess(text: &str) -> Option<Icon> {
    let text = fold_text(text);
    let said: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .flat_map(|word| std::iter::once(word).chain(word.split('-').filter(move |p| *p != word)))
        .filter(|word| !word.is_empty())
        .collect();
    let fits = |pattern: &str| match pattern.strip_suffix('*') {
        Some(start) => said.iter().any(|word| word.starts_with(start)),
        None => said.contains(&pattern),
    };
    KEYWORDS
        .iter()
        .find(|(_, words)| words.split(' ').any(fits))
        .map(|(icon, _)| *icon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_guessed_from_whole_words() {
        for (name, icon) in [
            ("Phone", Icon::Phone),
            ("Hotline", Icon::Phone),
            ("Website", Icon::Web),
            ("Online banking", Icon::Web),
            ("Mobile app", Icon::App),
            ("Branch", Icon::Shop),
            ("Letter by post", Icon::Post),
            ("E-mail", Icon::Email),
            ("Email", Icon::Email),
            ("Live chat", Icon::Chat),
            ("Chatbot", Icon::Bot),
            ("Advisor visit", Icon::Person),
            ("Application form", Icon::Document),
            ("Social media", Icon::Social),
            ("Cash machine", Icon::Kiosk),
            ("BU\u{308}RO", Icon::Building),
            ("STRASSE", Icon::Street),
            ("Gesprach", Icon::Person),
            ("Appetite", Icon::Other),
            ("Quux", Icon::Other),
            ("", Icon::Other),
        ] {
            assert_eq!(Icon::for_channel(None, name), icon, "{name}");
        }
    }

    #[test]
    fn an_icon_word_takes_precedence_over_the_name() {
        assert_eq!(Icon::for_channel(Some("kiosk"), "Phone"), Icon::Kiosk);
        assert_eq!(Icon::for_channel(Some(" Bulb "), "Phone"), Icon::Bulb);
        assert_eq!(Icon::for_channel(Some("telephone"), "Web"), Icon::Phone);
        assert_eq!(Icon::for_channel(Some("nonsense"), "Web"), Icon::Web);
    }

    #[test]
    fn environments_fall_back_on_their_kind() {
        let guess = Icon::for_environment;
        assert_eq!(guess(EnvironmentKind::Physical, "At home"), Icon::Home);
        assert_eq!(
            guess(EnvironmentKind::Physical, "Airport gate"),
            Icon::Building
        );
        assert_eq!(guess(EnvironmentKind::Physical, "In the car"), Icon::Car);
        assert_eq!(guess(EnvironmentKind::Physical, "Zyx"), Icon::Street);
        assert_eq!(guess(EnvironmentKind::Digital, "Zyx"), Icon::Screen);
        assert_eq!(guess(EnvironmentKind::Social, "Zyx"), Icon::Person);
    }

    #[test]
    fn keywords_are_folded() {
        for (_, words) in KEYWORDS {
            assert_eq!(fold_text(words), words);
        }
    }

    #[test]
    fn every_icon_is_found_by_its_word() {
        for icon in Icon::ALL {
            assert_eq!(by_keyword(&icon.keyword()), Some(icon));
        }
    }
}
