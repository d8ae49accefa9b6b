//! Layout of canonical text: indentation, quotes, fields, lists.
//!
//! Must not know: which fields there are.

use crate::model::{
    ActionStatus, BackstageKind, Basis, Decimal, EnvironmentKind, Evidence, Id, Level, MapKind,
    PathKind, Score,
};
use std::fmt::Write as _;

/// Canonical text under construction.
#[derive(Default)]
pub(super) struct PrettyPrinter {
    pub out: String,
    depth: usize,
}

impl PrettyPrinter {
    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Writes a record as a block of lines.
    pub fn record(&mut self, fields: impl FnOnce(&mut BlockFields<'_>)) {
        self.out.push('(');
        self.depth += 1;
        fields(&mut BlockFields { w: self });
        self.depth -= 1;
        self.line();
        self.out.push(')');
    }

    /// Writes a record on one line.
    pub fn inline(&mut self, fields: impl FnOnce(&mut InlineFields<'_>)) {
        self.out.push('(');
        fields(&mut InlineFields {
            w: self,
            first: true,
        });
        self.out.push(')');
    }

    /// Writes a list with one item a line.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut Self, T),
    ) {
        self.out.push('[');
        self.depth += 1;
        for each in items {
            self.line();
            item(self, each);
            self.out.push(',');
        }
        self.depth -= 1;
        self.line();
        self.out.push(']');
    }

    pub fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let short = match c {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                c if must_be_escaped(c) => "",
                _ => continue,
            };
            self.out.push_str(&text[plain..at]);
            plain = at + c.len_utf8();
            if short.is_empty() {
                // Writing to a String cannot fail.
                let _ = write!(self.out, "\\u{{{:x}}}", u32::from(c));
            } else {
                self.out.push_str(short);
            }
        }
        self.out.push_str(&text[plain..]);
        self.out.push('"');
    }

    pub fn texts<T: AsRef<str>>(&mut self, texts: &[T]) {
        self.out.push('[');
        for (i, text) in texts.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.text(text.as_ref());
        }
        self.out.push(']');
    }

    pub fn pairs<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
        self.out.push('{');
        for (i, (key, text)) in pairs.enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.text(key);
            self.out.push_str(": ");
            self.text(text);
        }
        self.out.push('}');
    }
}

/// Whether a character would be invisible or turn the text around:
/// control characters, line and paragraph separators, bidi controls, the byte
/// order mark. Joiners stay: emoji and Persian need them.
fn must_be_escaped(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
        )
}

/// Writer of fields in one of the two layouts. Defaults are left out here, once.
pub(super) trait FieldWriter {
    /// Opens a field; its value is written next.
    fn open(&mut self, name: &str) -> &mut PrettyPrinter;
    /// Ends the field.
    fn close(&mut self);

    fn text(&mut self, name: &str, text: &str) {
        self.open(name).text(text);
        self.close();
    }

    fn text_if(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    fn id<I: Id>(&mut self, name: &str, id: &I) {
        self.text(name, id.as_str());
    }

    fn id_if<I: Id>(&mut self, name: &str, id: Option<&I>) {
        if let Some(id) = id {
            self.id(name, id);
        }
    }

    fn ids_if<I: Id>(&mut self, name: &str, ids: &[I]) {
        if !ids.is_empty() {
            let ids: Vec<&str> = ids.iter().map(Id::as_str).collect();
            self.open(name).texts(&ids);
            self.close();
        }
    }

    fn texts_if(&mut self, name: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.open(name).texts(texts);
            self.close();
        }
    }

    /// Writes a word or a number as it is.
    fn word(&mut self, name: &str, word: impl std::fmt::Display) {
        let w = self.open(name);
        // Writing to a String cannot fail.
        let _ = write!(w.out, "{word}");
        self.close();
    }

    fn word_if(&mut self, name: &str, word: Option<&'static str>) {
        if let Some(word) = word {
            self.word(name, word);
        }
    }

    fn kind_if<K: Keyword + Default + PartialEq>(&mut self, name: &str, kind: K) {
        if kind != K::default() {
            self.word(name, kind.keyword());
        }
    }

    fn flag_if(&mut self, name: &str, flag: bool) {
        if flag {
            self.word(name, true);
        }
    }

    fn count_if(&mut self, name: &str, count: u32) {
        if count > 0 {
            self.word(name, count);
        }
    }

    fn quoted_if<T: std::fmt::Display>(&mut self, name: &str, value: Option<T>) {
        if let Some(value) = value {
            self.text(name, &value.to_string());
        }
    }

    fn score_if(&mut self, name: &str, score: Option<Score>) {
        if let Some(score) = score {
            let tenths = score.tenths();
            let sign = if tenths < 0 { "-" } else { "" };
            let size = tenths.unsigned_abs();
            self.word(name, format_args!("{sign}{}.{}", size / 10, size % 10));
        }
    }

    fn decimal(&mut self, name: &str, value: Decimal) {
        // The shortest text that reads back exactly; at most three decimals.
        self.word(name, value.value());
    }

    fn level_if(&mut self, name: &str, level: Level) {
        if level != Level::default() {
            self.word(name, level.number());
        }
    }

    fn evidence_if(&mut self, evidence: &Evidence) {
        let Evidence { basis, source } = evidence;
        self.word_if("evidence", basis.map(Keyword::keyword));
        self.text_if("source", source);
    }
}

/// Fields of a record in a block, one a line.
pub(super) struct BlockFields<'a> {
    w: &'a mut PrettyPrinter,
}

impl FieldWriter for BlockFields<'_> {
    fn open(&mut self, name: &str) -> &mut PrettyPrinter {
        self.w.line();
        self.w.out.push_str(name);
        self.w.out.push_str(": ");
        self.w
    }

    fn close(&mut self) {
        self.w.out.push(',');
    }
}

impl BlockFields<'_> {
    pub fn list_if<'t, T: 't>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = &'t T, IntoIter: ExactSizeIterator>,
        item: impl FnMut(&mut PrettyPrinter, &'t T),
    ) {
        let items = items.into_iter();
        if items.len() > 0 {
            self.open(name).list(items, item);
            self.close();
        }
    }
}

/// Fields of a record on one line.
pub(super) struct InlineFields<'a> {
    w: &'a mut PrettyPrinter,
    first: bool,
}

impl FieldWriter for InlineFields<'_> {
    fn open(&mut self, name: &str) -> &mut PrettyPrinter {
        if !self.first {
            self.w.out.push_str(", ");
        }
        self.first = false;
        self.w.out.push_str(name);
        self.w.out.push_str(": ");
        self.w
    }

    fn close(&mut self) {}
}

/// A value that is written as a word without quotes.
pub(super) trait Keyword {
    fn keyword(self) -> &'static str;
}

macro_rules! words {
    ($($kind:ident: $($variant:ident $word:literal),*;)*) => {$(
        impl Keyword for $kind {
            fn keyword(self) -> &'static str {
                match self {
                    $($kind::$variant => $word,)*
                }
            }
        }
    )*};
}

words! {
    ActionStatus: Planned "planned", Started "started", Done "done", Dropped "dropped";
    BackstageKind: Process "process", System "system", People "people";
    Basis: Assumption "assumption", Observed "observed", Interviewed "interviewed", Measured "measured";
    EnvironmentKind: Physical "physical", Digital "digital", Social "social";
    MapKind: Current "current", Future "future";
    PathKind: Next "next", Alternative "alternative", Failure "failure", Return "return";
}
