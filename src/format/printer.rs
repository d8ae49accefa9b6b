//! Layout of canonical text: indentation, quotes, fields, lists, and values of each type.
//!
//! Must not know: which records there are.

use crate::model::{
    ActionStatus, BackstageKind, Basis, CardColoring, ConflictKind, Date, Decimal, EmptyField,
    EnvironmentKind, HighlightedMark, Id, ImageData, Level, MapKind, PathKind, Rgb, Rhythm, Score,
    Share, Span, View,
};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// Characters of base 64 a line: a small change of a picture stays a small
/// difference, and no line is too long to look at.
const IMAGE_LINE: usize = 96;

/// Canonical text under construction.
#[derive(Default)]
pub(super) struct PrettyPrinter {
    pub out: String,
    depth: usize,
}

/// Layout of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordLayout {
    /// One field a line.
    Block,
    /// One line.
    Line,
}

impl PrettyPrinter {
    fn new_line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    pub fn record(&mut self, layout: RecordLayout, fields: impl FnOnce(&mut FieldPrinter<'_>)) {
        self.out.push('(');
        self.depth += 1;
        fields(&mut FieldPrinter {
            printer: self,
            layout,
            is_first: true,
        });
        self.depth -= 1;
        if layout == RecordLayout::Block {
            self.new_line();
        }
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
        // Most texts need no escapes: bytes tell that faster than characters.
        let unusual = |b: u8| !matches!(b, b' '..=b'~') || matches!(b, b'"' | b'\\');
        let first = text.bytes().position(unusual).unwrap_or(text.len());
        for (at, c) in text[first..].char_indices() {
            let at = first + at;
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
                self.word(format_args!("\\u{{{:x}}}", u32::from(c)));
            } else {
                self.out.push_str(short);
            }
        }
        self.out.push_str(&text[plain..]);
        self.out.push('"');
    }

    /// Writes a word or a number without quotes.
    pub fn word(&mut self, word: impl fmt::Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{word}");
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

/// Writes the fields of a record.
pub(super) struct FieldPrinter<'a> {
    printer: &'a mut PrettyPrinter,
    layout: RecordLayout,
    is_first: bool,
}

impl FieldPrinter<'_> {
    pub fn field(&mut self, name: &str, write_value: impl FnOnce(&mut PrettyPrinter)) {
        match self.layout {
            RecordLayout::Block => self.printer.new_line(),
            RecordLayout::Line if self.is_first => {}
            RecordLayout::Line => self.printer.out.push_str(", "),
        }
        self.is_first = false;
        self.printer.out.push_str(name);
        self.printer.out.push_str(": ");
        write_value(self.printer);
        if self.layout == RecordLayout::Block {
            self.printer.out.push(',');
        }
    }

    pub fn value(&mut self, name: &str, value: &impl Canonical) {
        self.field(name, |printer| value.write(printer));
    }

    /// Writes a field unless it has its default.
    pub fn value_if(&mut self, name: &str, value: &impl Canonical) {
        if !value.is_default() {
            self.value(name, value);
        }
    }

    /// Writes a list of records, unless it is empty.
    pub fn records_if<'t, T: Canonical + 't>(
        &mut self,
        name: &str,
        records: impl IntoIterator<Item = &'t T>,
    ) {
        self.list_if(name, records, |printer, record| record.write(printer));
    }

    /// Writes a list with one item a line, unless it is empty.
    pub fn list_if<'t, T: 't>(
        &mut self,
        name: &str,
        records: impl IntoIterator<Item = &'t T>,
        write_record: impl FnMut(&mut PrettyPrinter, &'t T),
    ) {
        let mut records = records.into_iter().peekable();
        if records.peek().is_some() {
            self.field(name, |printer| printer.list(records, write_record));
        }
    }
}

/// A type of values in canonical text.
pub(super) trait Canonical {
    /// Whether an item of a list takes a line of its own.
    const IS_RECORD: bool = false;

    /// Whether a field with this value is left out.
    fn is_default(&self) -> bool {
        false
    }

    fn write(&self, printer: &mut PrettyPrinter);
}

/// Values without parts, each with the function that writes it. A serializer for each of the
/// hundreds of thousands of numbers of a map would take longer than the numbers.
macro_rules! plain {
    ($($type:ty $(, unless $default:expr)? => $write:expr;)*) => {$(
        impl Canonical for $type {
            $(
                fn is_default(&self) -> bool {
                    *self == $default
                }
            )?

            fn write(&self, printer: &mut PrettyPrinter) {
                let write: fn(&mut PrettyPrinter, $type) = $write;
                write(printer, *self);
            }
        }
    )*};
}

plain! {
    bool, unless false => |printer, flag| printer.word(flag);
    u32, unless 0 => |printer, number| printer.word(number);
    Level, unless Level::Low => |printer, level| printer.word(level.number());
    ActionStatus, unless ActionStatus::Planned => write_keyword;
    BackstageKind, unless BackstageKind::Process => write_keyword;
    EnvironmentKind, unless EnvironmentKind::Physical => write_keyword;
    MapKind, unless MapKind::Current => write_keyword;
    PathKind, unless PathKind::Next => write_keyword;
    View, unless View::Journey => write_keyword;
    CardColoring, unless CardColoring::Owner => write_keyword;
    ConflictKind, unless ConflictKind::Value => write_keyword;
    HighlightedMark => write_keyword;
    EmptyField => write_keyword;
    Basis => write_keyword;
    Score => |printer, score| {
        let (sign, tenths) = (if score.tenths() < 0 { "-" } else { "" }, score.tenths().abs());
        printer.word(format_args!("{sign}{}.{}", tenths / 10, tenths % 10));
    };
    Share => |printer, share| printer.word(share.percent());
    // The shortest text that reads back exactly; at most three decimals.
    Decimal => |printer, number| printer.word(number.value());
    Span => |printer, span| printer.word(format_args!("\"{span}\""));
    Rhythm => |printer, rhythm| printer.word(format_args!("\"{rhythm}\""));
    Rgb => |printer, color| printer.word(format_args!("\"{color}\""));
    Date => |printer, date| printer.word(format_args!("\"{date}\""));
}

/// Writes the name of a variant in lower case. All names are single words, so this is what the
/// derived reading expects.
fn write_keyword(printer: &mut PrettyPrinter, variant: impl fmt::Debug) {
    let start = printer.out.len();
    printer.word(format_args!("{variant:?}"));
    printer.out[start..].make_ascii_lowercase();
}

impl Canonical for String {
    fn is_default(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, printer: &mut PrettyPrinter) {
        printer.text(self);
    }
}

impl<I: Id> Canonical for I {
    fn write(&self, printer: &mut PrettyPrinter) {
        printer.text(self.as_str());
    }
}

impl<T: Canonical> Canonical for Option<T> {
    fn is_default(&self) -> bool {
        self.is_none()
    }

    fn write(&self, printer: &mut PrettyPrinter) {
        self.iter().for_each(|value| value.write(printer));
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn is_default(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, printer: &mut PrettyPrinter) {
        let write_item = |printer: &mut PrettyPrinter, item: &T| item.write(printer);
        if T::IS_RECORD {
            printer.list(self, write_item);
        } else {
            printer.separated(['[', ']'], self, write_item);
        }
    }
}

impl<K: Canonical> Canonical for BTreeMap<K, String> {
    fn is_default(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, printer: &mut PrettyPrinter) {
        printer.separated(['{', '}'], self, |printer, (key, text)| {
            key.write(printer);
            printer.out.push_str(": ");
            printer.text(text);
        });
    }
}

impl Canonical for ImageData {
    fn is_default(&self) -> bool {
        *self == ImageData::default()
    }

    fn write(&self, printer: &mut PrettyPrinter) {
        match self {
            ImageData::Bytes(bytes) => {
                printer.list(bytes.chunks(IMAGE_LINE / 4 * 3), |printer, part| {
                    printer.text(&BASE64_STANDARD.encode(part));
                });
            }
            ImageData::Unreadable(text) => printer.list(text.split('\n'), PrettyPrinter::text),
        }
    }
}
