//! Layout of canonical text: indentation, quotes, fields, lists.
//!
//! Must not know: which fields there are.

use crate::model::{
    ActionStatus, BackstageKind, Basis, Decimal, EnvironmentKind, Evidence, Id, Level, MapKind,
    PathKind, Score, Share,
};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// Canonical text under construction.
#[derive(Default)]
pub(super) struct PrettyPrinter {
    pub out: String,
    depth: usize,
}

impl PrettyPrinter {
    fn new_line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Writes a record as a block of lines.
    pub fn block(&mut self, fields: impl FnOnce(&mut BlockFields<'_>)) {
        self.out.push('(');
        self.depth += 1;
        fields(&mut BlockFields { w: self });
        self.depth -= 1;
        self.new_line();
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
        mut write_item: impl FnMut(&mut Self, T),
    ) {
        self.out.push('[');
        self.depth += 1;
        for item in items {
            self.new_line();
            write_item(self, item);
            self.out.push(',');
        }
        self.depth -= 1;
        self.new_line();
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

    /// Writes items behind each other, between two brackets.
    fn separated<T>(
        &mut self,
        brackets: [char; 2],
        items: impl IntoIterator<Item = T>,
        mut write_item: impl FnMut(&mut Self, T),
    ) {
        self.out.push(brackets[0]);
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            write_item(self, item);
        }
        self.out.push(brackets[1]);
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

    fn id_if<I: Id>(&mut self, name: &str, id: &Option<I>) {
        if let Some(id) = id {
            self.id(name, id);
        }
    }

    fn ids_if<I: Id>(&mut self, name: &str, ids: &[I]) {
        let ids: Vec<&str> = ids.iter().map(Id::as_str).collect();
        self.texts_if(name, &ids);
    }

    fn texts_if<T: AsRef<str>>(&mut self, name: &str, texts: &[T]) {
        if !texts.is_empty() {
            let w = self.open(name);
            w.separated(['[', ']'], texts, |w, text| w.text(text.as_ref()));
            self.close();
        }
    }

    fn pairs_if<K>(&mut self, name: &str, pairs: &BTreeMap<K, String>, key: fn(&K) -> &str) {
        if !pairs.is_empty() {
            self.open(name).separated(['{', '}'], pairs, |w, pair| {
                w.text(key(pair.0));
                w.out.push_str(": ");
                w.text(pair.1);
            });
            self.close();
        }
    }

    fn record_if<T>(
        &mut self,
        name: &str,
        record: &Option<T>,
        fields: impl FnOnce(&mut InlineFields<'_>, &T),
    ) {
        if let Some(record) = record {
            self.open(name).inline(|inline| fields(inline, record));
            self.close();
        }
    }

    /// Writes a word or a number without quotes.
    fn word(&mut self, name: &str, word: &(impl fmt::Display + ?Sized)) {
        // Writing to a String cannot fail.
        let _ = write!(self.open(name).out, "{word}");
        self.close();
    }

    fn keyword_if<K: Keyword + Default + PartialEq>(&mut self, name: &str, value: &K) {
        if *value != K::default() {
            self.word(name, value.keyword());
        }
    }

    fn flag_if(&mut self, name: &str, flag: &bool) {
        if *flag {
            self.word(name, flag);
        }
    }

    fn count_if(&mut self, name: &str, count: &u32) {
        if *count > 0 {
            self.word(name, count);
        }
    }

    fn number_if(&mut self, name: &str, number: &Option<u32>) {
        if let Some(number) = number {
            self.word(name, number);
        }
    }

    fn share_if(&mut self, name: &str, share: &Option<Share>) {
        if let Some(share) = share {
            self.word(name, &share.percent());
        }
    }

    fn quoted_if<T: fmt::Display>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.text(name, &value.to_string());
        }
    }

    fn score_if(&mut self, name: &str, score: &Option<Score>) {
        if let Some(score) = score {
            let tenths = score.tenths();
            let sign = if tenths < 0 { "-" } else { "" };
            let size = tenths.unsigned_abs();
            self.word(name, &format_args!("{sign}{}.{}", size / 10, size % 10));
        }
    }

    fn decimal(&mut self, name: &str, value: &Decimal) {
        // The shortest text that reads back exactly; at most three decimals.
        self.word(name, &value.value());
    }

    fn decimal_if(&mut self, name: &str, value: &Option<Decimal>) {
        if let Some(value) = value {
            self.decimal(name, value);
        }
    }

    fn level_if(&mut self, name: &str, level: &Level) {
        if *level != Level::default() {
            self.word(name, &level.number());
        }
    }

    /// Writes the basis under this name, and the source.
    fn evidence_if(&mut self, name: &str, evidence: &Evidence) {
        let Evidence { basis, source } = evidence;
        if let Some(basis) = basis {
            self.word(name, basis.keyword());
        }
        self.text_if("source", source);
    }
}

/// Fields of a record in a block, one a line.
pub(super) struct BlockFields<'a> {
    w: &'a mut PrettyPrinter,
}

impl FieldWriter for BlockFields<'_> {
    fn open(&mut self, name: &str) -> &mut PrettyPrinter {
        self.w.new_line();
        self.w.out.push_str(name);
        self.w.out.push_str(": ");
        self.w
    }

    fn close(&mut self) {
        self.w.out.push(',');
    }
}

impl BlockFields<'_> {
    /// Writes a list of records, each as a block.
    pub fn blocks_if<'t, T: 't>(
        &mut self,
        name: &str,
        records: impl IntoIterator<Item = &'t T>,
        mut fields: impl FnMut(&mut BlockFields<'_>, &'t T),
    ) {
        self.list_if(name, records, |w, record| {
            w.block(|block| fields(block, record));
        });
    }

    /// Writes a list of records, each on a line.
    pub fn lines_if<'t, T: 't>(
        &mut self,
        name: &str,
        records: impl IntoIterator<Item = &'t T>,
        mut fields: impl FnMut(&mut InlineFields<'_>, &'t T),
    ) {
        self.list_if(name, records, |w, record| {
            w.inline(|line| fields(line, record));
        });
    }

    fn list_if<T>(
        &mut self,
        name: &str,
        records: impl IntoIterator<Item = T>,
        record: impl FnMut(&mut PrettyPrinter, T),
    ) {
        let mut records = records.into_iter().peekable();
        if records.peek().is_some() {
            self.open(name).list(records, record);
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
    fn keyword(&self) -> &'static str;
}

macro_rules! keywords {
    ($($kind:ident: $($variant:ident $word:literal),*;)*) => {$(
        impl Keyword for $kind {
            fn keyword(&self) -> &'static str {
                match self {
                    $($kind::$variant => $word,)*
                }
            }
        }
    )*};
}

keywords! {
    ActionStatus: Planned "planned", Started "started", Done "done", Dropped "dropped";
    BackstageKind: Process "process", System "system", People "people";
    Basis: Assumption "assumption", Observed "observed", Interviewed "interviewed", Measured "measured";
    EnvironmentKind: Physical "physical", Digital "digital", Social "social";
    MapKind: Current "current", Future "future";
    PathKind: Next "next", Alternative "alternative", Failure "failure", Return "return";
}
