//! Scripts of which no typeface is on this computer, and the packages that have one.
//!
//! Must not know: fonts, shaping.

use std::collections::BTreeSet;
use std::fmt;
use whatlang::Script;

/// A script, or else a character, without a typeface on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    Script(Script),
    /// Chinese characters, Japanese kana or Korean hangul, which share a typeface.
    EastAsian(&'static str),
    Emoji,
    Character(char),
}

impl Missing {
    /// `None` for what no typeface would show.
    fn of(c: char) -> Option<Missing> {
        let invisible = matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
                | '\u{e0000}'..='\u{e0fff}'
        );
        if c.is_whitespace() || c.is_control() || invisible {
            return None;
        }
        Some(match whatlang::detect_script(c.encode_utf8(&mut [0; 4])) {
            Some(Script::Mandarin) => Missing::EastAsian("Chinese"),
            Some(Script::Hiragana | Script::Katakana) => Missing::EastAsian("Japanese"),
            Some(Script::Hangul) => Missing::EastAsian("Korean"),
            Some(script) => Missing::Script(script),
            None if matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}') => {
                Missing::Emoji
            }
            None => Missing::Character(c),
        })
    }

    /// The name of a typeface, and of the package of Debian and Ubuntu that has it.
    fn typeface(self) -> Option<(String, &'static str)> {
        match self {
            Missing::Script(script) => {
                let name = format!("Noto Sans {}", script.name());
                Some((name, "fonts-noto-core"))
            }
            Missing::EastAsian(_) => Some(("Noto Sans CJK".to_owned(), "fonts-noto-cjk")),
            Missing::Emoji => Some(("Noto Color Emoji".to_owned(), "fonts-noto-color-emoji")),
            Missing::Character(_) => None,
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Script(script) => f.write_str(script.name()),
            Missing::EastAsian(name) => f.write_str(name),
            Missing::Emoji => f.write_str("emoji"),
            Missing::Character(c) => write!(f, "the character U+{:04X}", u32::from(*c)),
        }
    }
}

/// Number of scripts and characters after which no more are noted: nobody reads a longer list.
const MAX_FOUND: usize = 12;

/// The scripts that were needed and are missing.
#[derive(Default)]
pub(super) struct MissingScripts {
    found: Vec<Missing>,
    /// Number of those that were said.
    told: usize,
}

impl MissingScripts {
    /// Notes a character that is drawn as a box.
    pub(super) fn add(&mut self, c: char) {
        if let Some(missing) = Missing::of(c)
            && self.found.len() < MAX_FOUND
            && !self.found.contains(&missing)
        {
            self.found.push(missing);
        }
    }

    /// A message about what was found since the last one.
    pub(super) fn take_message(&mut self) -> Option<String> {
        let new = &self.found[self.told..];
        self.told = self.found.len();
        let what: Vec<String> = new.iter().map(ToString::to_string).collect();
        let (last, first) = what.split_last()?;
        let what = match first {
            [] => last.clone(),
            first => format!("{} and {last}", first.join(", ")),
        };
        let mut message =
            format!("No typeface on this computer has {what}: boxes are drawn instead.");
        let typefaces: BTreeSet<(String, &str)> =
            new.iter().filter_map(|it| it.typeface()).collect();
        if !typefaces.is_empty() {
            let names: Vec<&str> = typefaces.iter().map(|(name, _)| name.as_str()).collect();
            let packages: BTreeSet<&str> = typefaces.iter().map(|(_, package)| *package).collect();
            let packages: Vec<&str> = packages.into_iter().collect();
            message += &format!(
                " Install {} (on Debian and Ubuntu: {}) and start Touchline again.",
                names.join(", "),
                packages.join(" ")
            );
        }
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_message_names_scripts_and_packages_once() {
        let mut missing = MissingScripts::default();
        assert_eq!(missing.take_message(), None);
        for c in "مرحبا 日本 にほん\u{200f}".chars() {
            missing.add(c);
        }
        assert_eq!(
            missing.take_message().unwrap(),
            "No typeface on this computer has Arabic, Chinese and Japanese: boxes are drawn instead. \
             Install Noto Sans Arabic, Noto Sans CJK (on Debian and Ubuntu: fonts-noto-cjk \
             fonts-noto-core) and start Touchline again."
        );
        missing.add('م');
        assert_eq!(missing.take_message(), None);
        missing.add('😀');
        assert!(
            missing
                .take_message()
                .unwrap()
                .contains("fonts-noto-color-emoji")
        );
        missing.add('\u{e000}');
        assert_eq!(
            missing.take_message().unwrap(),
            "No typeface on this computer has the character U+E000: boxes are drawn instead."
        );
    }
}
