//! The language of a text, by statistics over its letters.
//!
//! Must not know: fonts, what the language is needed for.

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
    let mut codes = CODES.split_ascii_whitespace();
    codes.find(|code| *code == guess.lang().code())?;
    codes.next()
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
    fn every_language_that_is_told_has_a_tag() {
        for lang in whatlang::Lang::all() {
            let codes: Vec<&str> = CODES.split_ascii_whitespace().collect();
            assert!(codes.contains(&lang.code()), "{}", lang.code());
        }
        assert_eq!(languages().len(), whatlang::Lang::all().len());
        assert!(languages().contains(&("de", "German")));
    }
}
