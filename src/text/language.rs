//! The language of a text, by statistics over its letters.
//!
//! Must not know: fonts, what the language is needed for.

use whatlang::Script;

/// Codes of ISO 639-3, each followed by that of ISO 639-1, which BCP 47 asks for.
const CODES: &str = "\
    afr af aka ak amh am ara ar aze az bel be ben bn bul bg cat ca ces cs cmn zh cym cy dan da deu de \
    ell el eng en epo eo est et fin fi fra fr guj gu heb he hin hi hrv hr hun hu hye hy ind id \
    ita it jav jv jpn ja kan kn kat ka khm km kor ko lat la lav lv lit lt mal ml mar mr mkd mk \
    mya my nep ne nld nl nob nb ori or pan pa pes fa pol pl por pt ron ro rus ru sin si slk sk \
    slv sl sna sn spa es srp sr swe sv tam ta tel te tgl tl tha th tuk tk tur tr ukr uk urd ur \
    uzb uz vie vi yid yi zul zu";

/// The language of a text as a BCP 47 tag; `None` if too little of it is known.
pub fn language(text: &str) -> Option<&'static str> {
    // Other scripts leave few languages to choose from, also where the text is short.
    let is_known =
        |guess: &whatlang::Info| guess.is_reliable() || guess.script() != whatlang::Script::Latin;
    let guess = whatlang::detect(text).filter(is_known)?;
    tag_of(guess.lang().code())
}

/// The BCP 47 tag of a code of ISO 639-3.
fn tag_of(code: &str) -> Option<&'static str> {
    let mut codes = CODES.split_ascii_whitespace();
    codes.find(|known| *known == code)?;
    codes.next()
}

/// The language of most texts of a document.
#[derive(Clone, Debug)]
pub struct MainLanguage {
    tag: &'static str,
    scripts: Vec<Script>,
}

impl MainLanguage {
    /// The language of a sample of the texts; English, in which the program writes its own, if it
    /// cannot be told.
    pub fn of(sample: &str) -> MainLanguage {
        let tag = language(sample).unwrap_or("en");
        let languages = whatlang::Lang::all().iter();
        let language = languages.copied().find(|it| tag_of(it.code()) == Some(tag));
        let is_own = |script: &&Script| match language {
            // Japanese shares characters with Chinese.
            Some(whatlang::Lang::Jpn) if **script == Script::Mandarin => true,
            language => language.is_some_and(|language| script.langs().contains(&language)),
        };
        let scripts = Script::all().iter().filter(is_own).copied().collect();
        MainLanguage { tag, scripts }
    }

    /// Its BCP 47 tag.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The language of a text in another script, as a BCP 47 tag; `None` for a text in this language.
    pub fn other(&self, text: &str) -> Option<&'static str> {
        if text.is_ascii() && self.scripts.contains(&Script::Latin) {
            return None;
        }
        let script = whatlang::detect_script(text)?;
        (!self.scripts.contains(&script)).then(|| language(text))?
    }
}

/// The languages that can be told, as BCP 47 tags with English names, by name.
pub fn languages() -> Vec<(&'static str, &'static str)> {
    let codes: Vec<&str> = CODES.split_ascii_whitespace().collect();
    let known = codes.chunks_exact(2).filter_map(|pair| {
        let [code, tag] = pair else { return None };
        Some((*tag, whatlang::Lang::from_code(*code)?.eng_name()))
    });
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(_, name)| *name);
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_tags() {
        for (text, tag) in [
            (
                "Der Kunde wartet auf die Bestätigung seiner Bestellung",
                Some("de"),
            ),
            (
                "The customer is waiting for the confirmation of the order",
                Some("en"),
            ),
            ("お客様は注文の確認を待っています", Some("ja")),
            ("ग्राहक अपने आदेश की पुष्टि की प्रतीक्षा कर रहा है", Some("hi")),
            ("ينتظر العميل تأكيد طلبه من المتجر", Some("ar")),
            ("", None),
            ("7 %", None),
        ] {
            assert_eq!(language(text), tag, "{text}");
        }
    }

    #[test]
    fn texts_in_another_script_have_their_own_language() {
        let german = MainLanguage::of("Der Kunde wartet auf die Bestätigung seiner Bestellung");
        assert_eq!(german.tag(), "de");
        assert_eq!(german.other("Ça va, merci"), None);
        assert_eq!(german.other("確認を待っています"), Some("ja"));
        let japanese = MainLanguage::of("お客様は注文の確認を待っています");
        assert_eq!(japanese.other("確認"), None, "as in Chinese");
        assert_eq!(
            japanese.other("The customer is waiting for the confirmation of the order"),
            Some("en")
        );
        assert_eq!(MainLanguage::of("7 %").tag(), "en");
    }

    #[test]
    fn every_language_that_is_told_has_a_tag() {
        for lang in whatlang::Lang::all() {
            let codes: Vec<&str> = CODES.split_ascii_whitespace().collect();
            assert!(codes.contains(&lang.code()), "{}", lang.code());
        }
        assert_eq!(languages().len(), whatlang::Lang::all().len());
        assert!(languages().contains(&("de", "German")));
    }
}
