//! RON, read straight into the shape of the file, in one pass over the tokens.
//!
//! Takes the RON that a map needs: records with or without a name, `Some(…)`
//! or not, texts raw or escaped, attributes at the top. A field that nobody
//! asks for is passed over and remembered. Recursion goes as deep as the shape
//! does; what is passed over is not recursed into.
//!
//! Our own rather than the `ron` crate's, which takes longer and cannot tell
//! where a record begins; a test holds that both read the same.
//! Must not know: which fields there are.

use super::limit;
use super::tokens::{Kind, Token, Tokens};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::fmt;

/// Why parsing stopped.
#[derive(Debug)]
pub(super) struct Failure {
    /// The byte it is about; filled in as soon as somebody knows.
    pub at: Option<usize>,
    /// What was expected.
    pub sentence: String,
    /// The field whose value it is about.
    pub field: Option<String>,
    about: About,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Value,
    Record,
    Key,
    Place,
}

impl Failure {
    fn new(about: About, at: Option<usize>, sentence: impl Into<String>) -> Failure {
        Failure {
            at,
            sentence: sentence.into(),
            field: None,
            about,
        }
    }

    /// Whether the text is not even made as a map is, whatever it says.
    pub fn is_about_syntax(&self) -> bool {
        self.about == About::Place
    }

    /// Whether the text does not begin as a map does.
    pub fn is_about_the_whole(&self, text: &str) -> bool {
        self.about == About::Value && self.at.is_some_and(|at| text[..at].trim().is_empty())
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl serde::de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Failure {
        Failure::new(About::Value, None, message.to_string())
    }

    fn missing_field(field: &'static str) -> Failure {
        let sentence = format!("expected the field “{field}” in this record");
        Failure::new(About::Record, None, sentence)
    }

    fn duplicate_field(field: &'static str) -> Failure {
        let sentence = format!("the field “{field}” is here a second time");
        Failure::new(About::Key, None, sentence)
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Failure {
        let words = match expected {
            [] => "nothing".to_owned(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        };
        Failure::new(
            About::Value,
            None,
            format!("expected {words}, found {found}"),
        )
    }
}

/// A shape read from a text, and where the values of fields start that it does not have.
pub(super) struct Parsed<T> {
    pub shape: T,
    pub unknown: Vec<usize>,
    pub more_unknown: usize,
}

impl<T> Parsed<T> {
    /// The same, with another shape.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed {
            shape: change(self.shape),
            unknown: self.unknown,
            more_unknown: self.more_unknown,
        }
    }
}

/// Reads the whole text as one value.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<Parsed<T>, Failure> {
    let mut parser = Parser {
        text,
        tokens: Tokens::new(text),
        peeked: None,
        field: None,
        key_at: 0,
        depth: 0,
        values: 0,
        unknown: Vec::new(),
        more_unknown: 0,
    };
    let result = parser
        .attributes()
        .and_then(|()| T::deserialize(&mut parser))
        .and_then(|shape| parser.end().map(|()| shape));
    match result {
        Ok(shape) => Ok(Parsed {
            shape,
            unknown: parser.unknown,
            more_unknown: parser.more_unknown,
        }),
        Err(mut failure) => {
            if failure.about == About::Value {
                failure.field = parser.field.map(str::to_owned);
            }
            Err(failure)
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    peeked: Option<Token>,
    /// The field that was opened last, and where its name stands.
    field: Option<&'a str>,
    key_at: usize,
    depth: usize,
    values: usize,
    unknown: Vec<usize>,
    more_unknown: usize,
}

impl<'a> Parser<'a> {
    fn peek(&mut self) -> Result<Token, Failure> {
        if let Some(token) = self.peeked {
            return Ok(token);
        }
        let token = match self.tokens.next() {
            Ok(Some(token)) => token,
            Ok(None) => Token {
                kind: Kind::End,
                start: self.text.len(),
                end: self.text.len(),
            },
            Err(fault) => {
                let sentence = fault.problem.to_string();
                return Err(Failure::new(About::Place, Some(fault.at), sentence));
            }
        };
        self.peeked = Some(token);
        Ok(token)
    }

    fn take(&mut self) -> Result<Token, Failure> {
        let token = self.peek()?;
        self.peeked = None;
        if matches!(token.kind, Kind::Open | Kind::Comma) {
            self.values += 1;
            if self.values > limit::VALUES {
                return Err(Failure::new(
                    About::Place,
                    Some(token.start),
                    "too many values",
                ));
            }
        }
        Ok(token)
    }

    fn slice(&self, token: Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    fn is(&self, token: Token, kind: Kind, text: u8) -> bool {
        token.kind == kind && self.text.as_bytes()[token.start] == text
    }

    /// A value of another kind than the one that stands here was expected.
    fn expected<T>(&self, token: Token, what: &str) -> Result<T, Failure> {
        let sentence = format!("expected {what}");
        Err(Failure::new(About::Value, Some(token.start), sentence))
    }

    fn open(&mut self, bracket: u8, what: &str) -> Result<usize, Failure> {
        let token = self.peek()?;
        if !self.is(token, Kind::Open, bracket) {
            return self.expected(token, what);
        }
        if self.depth >= limit::DEPTH {
            return self.expected(token, "fewer brackets");
        }
        self.depth += 1;
        self.take().map(|token| token.start)
    }

    fn close(&mut self, bracket: u8) -> Result<(), Failure> {
        let token = self.take()?;
        self.depth = self.depth.saturating_sub(1);
        if self.is(token, Kind::Close, bracket) {
            return Ok(());
        }
        let sentence = "expected a comma or a closing bracket";
        Err(Failure::new(About::Place, Some(token.start), sentence))
    }

    /// Whether another entry follows before the closing bracket.
    fn goes_on(&mut self, first: &mut bool) -> Result<bool, Failure> {
        if !std::mem::take(first) {
            if self.peek()?.kind != Kind::Comma {
                return Ok(false);
            }
            self.take()?;
        }
        let token = self.peek()?;
        match token.kind {
            Kind::Close | Kind::End => Ok(false),
            Kind::Comma => {
                let sentence = "expected a value before this comma";
                Err(Failure::new(About::Place, Some(token.start), sentence))
            }
            _ => Ok(true),
        }
    }

    fn colon(&mut self) -> Result<(), Failure> {
        let token = self.take()?;
        if token.kind == Kind::Colon {
            return Ok(());
        }
        Err(Failure::new(
            About::Place,
            Some(token.start),
            "expected a colon",
        ))
    }

    /// Reads a value; what is wrong with it without being known where, is wrong where it starts.
    fn value<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let start = self.peek()?.start;
        seed.deserialize(self).map_err(|mut failure| {
            failure.at.get_or_insert(start);
            failure
        })
    }

    /// `#![enable(…)]` and the like at the top change nothing here.
    fn attributes(&mut self) -> Result<(), Failure> {
        loop {
            let token = self.peek()?;
            if !self.is_other(token, "#") {
                return Ok(());
            }
            self.take()?;
            let token = self.take()?;
            let bracket = self.peek()?;
            if !self.is_other(token, "!") || !self.is(bracket, Kind::Open, b'[') {
                return self.expected(token, "an attribute such as #![enable(implicit_some)]");
            }
            self.pass_brackets()?;
        }
    }

    fn is_other(&self, token: Token, text: &str) -> bool {
        token.kind == Kind::Other && self.slice(token) == text
    }

    fn end(&mut self) -> Result<(), Failure> {
        let token = self.peek()?;
        if token.kind == Kind::End {
            return Ok(());
        }
        let sentence = "expected nothing after the closing bracket of the map";
        Err(Failure::new(About::Place, Some(token.start), sentence))
    }

    /// Passes over one bracket with all that is in it.
    fn pass_brackets(&mut self) -> Result<(), Failure> {
        let outside = self.depth;
        loop {
            let token = self.take()?;
            match token.kind {
                Kind::Open => self.depth += 1,
                Kind::Close => self.depth = self.depth.saturating_sub(1),
                Kind::End => return self.expected(token, "a closing bracket"),
                // A character in quotes is a value; nothing else of the kind is.
                Kind::Other if !self.slice(token).starts_with('\'') => {
                    return self.expected(token, "a value");
                }
                _ => {}
            }
            if self.depth > limit::DEPTH {
                return self.expected(token, "fewer brackets");
            }
            if self.depth <= outside {
                return Ok(());
            }
        }
    }

    /// Passes over one value of any kind.
    fn pass(&mut self) -> Result<(), Failure> {
        loop {
            let token = self.peek()?;
            match token.kind {
                Kind::Comma | Kind::Close | Kind::End => return Ok(()),
                Kind::Open => self.pass_brackets()?,
                Kind::Colon => return self.expected(token, "a comma or a closing bracket"),
                Kind::Other if !self.slice(token).starts_with('\'') => {
                    return self.expected(token, "a value");
                }
                Kind::Word | Kind::Text | Kind::Other => {
                    self.take()?;
                }
            }
        }
    }

    fn word(&mut self, what: &str) -> Result<&'a str, Failure> {
        let token = self.peek()?;
        if token.kind != Kind::Word {
            return self.expected(token, what);
        }
        self.take().map(|token| self.slice(token))
    }

    fn number<T: std::str::FromStr>(&mut self, what: &str) -> Result<T, Failure> {
        let token = self.peek()?;
        let word = self.word(what)?;
        let plain: Cow<'_, str> = if word.contains('_') {
            word.replace('_', "").into()
        } else {
            word.into()
        };
        match plain.parse() {
            Ok(number) => Ok(number),
            Err(_) => self.expected(token, what),
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Failure> {
        const WHAT: &str = "a text in quotes";
        let token = self.peek()?;
        if token.kind != Kind::Text {
            return self.expected(token, WHAT);
        }
        self.take()?;
        let all = self.slice(token);
        if let Some(raw) = all.strip_prefix('r') {
            let hashes = raw.bytes().take_while(|b| *b == b'#').count() + 1;
            return Ok(raw[hashes..raw.len() - hashes].into());
        }
        let Some(inner) = all.strip_prefix('"').and_then(|t| t.strip_suffix('"')) else {
            return self.expected(token, WHAT);
        };
        if inner.contains('\\') {
            unescape(inner).map(Cow::Owned).map_err(|at| {
                let sentence = "expected \\n, \\t, \\\", \\\\ or \\u{…} after a backslash";
                Failure::new(About::Value, Some(token.start + 1 + at), sentence)
            })
        } else {
            Ok(inner.into())
        }
    }
}

/// A text with its escapes resolved, or the byte of the backslash that makes no sense.
fn unescape(text: &str) -> Result<String, usize> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let wrong = text.len() - rest.len() + at;
        let mut chars = rest[at + 1..].chars();
        let c = chars.next().ok_or(wrong)?;
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            '0' => out.push('\0'),
            '"' | '\'' | '\\' => out.push(c),
            // A line that goes on in the next.
            '\n' => {
                rest = chars.as_str().trim_start();
                continue;
            }
            'x' | 'u' => {
                let tail = chars.as_str();
                let (digits, after) = if c == 'x' {
                    (tail.get(..2), tail.get(2..))
                } else {
                    let inner = tail.strip_prefix('{').and_then(|t| t.split_once('}'));
                    (inner.map(|i| i.0), inner.map(|i| i.1))
                };
                let digits = digits
                    .filter(|d| {
                        (1..=6).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_hexdigit())
                    })
                    .ok_or(wrong)?;
                let code = u32::from_str_radix(digits, 16).map_err(|_| wrong)?;
                let ascii_only = c == 'u' || code < 0x80;
                let c = char::from_u32(code).filter(|_| ascii_only).ok_or(wrong)?;
                out.push(c);
                rest = after.ok_or(wrong)?;
                continue;
            }
            _ => return Err(wrong),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Ok(out)
}

/// Entries of a list, a record or a `{…}`.
struct Entries<'p, 'a> {
    parser: &'p mut Parser<'a>,
    first: bool,
    keys_are_words: bool,
}

impl<'a> SeqAccess<'a> for Entries<'_, 'a> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        if self.parser.goes_on(&mut self.first)? {
            self.parser.value(seed).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'a> MapAccess<'a> for Entries<'_, 'a> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        if !self.parser.goes_on(&mut self.first)? {
            return Ok(None);
        }
        if !self.keys_are_words {
            return self.parser.value(seed).map(Some);
        }
        let token = self.parser.take()?;
        if token.kind != Kind::Word {
            let sentence = "expected the name of a field";
            return Err(Failure::new(About::Place, Some(token.start), sentence));
        }
        let word = self.parser.slice(token);
        let word = word.strip_prefix("r#").unwrap_or(word);
        self.parser.field = Some(word);
        self.parser.key_at = token.start;
        seed.deserialize(BorrowedStrDeserializer::new(word))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        self.parser.colon()?;
        self.parser.value(seed)
    }
}

macro_rules! numbers {
    ($($deserialize:ident $visit:ident $what:literal;)*) => {$(
        fn $deserialize<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
            visitor.$visit(self.number($what)?)
        }
    )*};
}

impl<'a> Deserializer<'a> for &mut Parser<'a> {
    type Error = Failure;

    numbers! {
        deserialize_u32 visit_u32 "a whole number from 0 to 4294967295";
        deserialize_u64 visit_u64 "a whole number from 0";
        deserialize_i64 visit_i64 "a whole number";
        deserialize_f64 visit_f64 "a number";
    }

    fn deserialize_any<V: Visitor<'a>>(self, _: V) -> Result<V::Value, Failure> {
        let token = self.peek()?;
        self.expected(token, "something else")
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        const WHAT: &str = "true or false";
        let token = self.peek()?;
        match self.word(WHAT)? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => self.expected(token, WHAT),
        }
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        let token = self.peek()?;
        if token.kind == Kind::Word {
            match self.slice(token) {
                "None" => {
                    self.take()?;
                    return visitor.visit_none();
                }
                "Some" => {
                    self.take()?;
                    self.open(b'(', "a value in ( ) after Some")?;
                    let value = visitor.visit_some(&mut *self)?;
                    if self.peek()?.kind == Kind::Comma {
                        self.take()?;
                    }
                    self.close(b')')?;
                    return Ok(value);
                }
                _ => {}
            }
        }
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.open(b'[', "a list in [ ]")?;
        let value = visitor.visit_seq(Entries {
            parser: self,
            first: true,
            keys_are_words: false,
        })?;
        self.close(b']')?;
        Ok(value)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.open(b'{', "texts by key in { }")?;
        let value = visitor.visit_map(Entries {
            parser: self,
            first: true,
            keys_are_words: false,
        })?;
        self.close(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let token = self.peek()?;
        // Other programs write the name of the record before it.
        let named = token.kind == Kind::Word && self.text[token.end..].starts_with('(');
        if named {
            self.take()?;
        }
        let start = self.open(b'(', "a record in ( )")?;
        let result = visitor.visit_map(Entries {
            parser: self,
            first: true,
            keys_are_words: true,
        });
        let value = result.map_err(|mut failure| {
            let at = match failure.about {
                About::Key => self.key_at,
                _ => start,
            };
            failure.at.get_or_insert(at);
            failure
        })?;
        self.close(b')')?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let word = self.word("a word without quotes")?;
        let word = word.strip_prefix("r#").unwrap_or(word);
        visitor.visit_enum(Variant { parser: self, word })
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        let start = self.peek()?.start;
        if self.unknown.len() < limit::NOTICES {
            self.unknown.push(start);
        } else {
            self.more_unknown += 1;
        }
        self.pass()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'a>>
        i8 i16 i32 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct identifier
    }
}

/// A word, and what may stand in brackets behind it.
struct Variant<'p, 'a> {
    parser: &'p mut Parser<'a>,
    word: &'a str,
}

impl<'a> EnumAccess<'a> for Variant<'_, 'a> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'a>>(self, seed: S) -> Result<(S::Value, Self), Failure> {
        let word = seed.deserialize(BorrowedStrDeserializer::new(self.word))?;
        Ok((word, self))
    }
}

impl<'a> VariantAccess<'a> for Variant<'_, 'a> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        Ok(())
    }

    /// `Word(value)`; where the value is a record, its brackets may be left out.
    fn newtype_variant_seed<S: DeserializeSeed<'a>>(self, seed: S) -> Result<S::Value, Failure> {
        let token = self.parser.peek()?;
        let inside = self.parser.text[token.end..].trim_start();
        let name = |c: char| c.is_alphanumeric() || c == '_';
        let is_record = inside.starts_with(name)
            && inside
                .trim_start_matches(name)
                .trim_start()
                .starts_with(':');
        if is_record {
            return self.parser.value(seed);
        }
        self.parser.open(b'(', "a value in ( ) after this word")?;
        let value = self.parser.value(seed)?;
        if self.parser.peek()?.kind == Kind::Comma {
            self.parser.take()?;
        }
        self.parser.close(b')')?;
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, _: V) -> Result<V::Value, Failure> {
        let token = self.parser.peek()?;
        self.parser.expected(token, "something else")
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.parser.deserialize_struct("", fields, visitor)
    }
}
