//! Values as serde asks for them: records, lists, words and what stands in them.

use super::Parser;
use super::failure::{About, Failure};
use crate::format::limit;
use crate::format::tokens::Kind;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;

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
