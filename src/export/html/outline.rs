//! The text of a page: sections with headings, terms, lists and tables, and their HTML.
//!
//! Must not know: what a section is about.

use super::mark_letters::mark_letters;
use crate::export::xml_writer::XmlWriter;
use crate::scene::Marks;
use crate::text::{MainLanguage, displayable};

/// A section with its heading. Sections within sections have headings a level deeper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// The object of the map that the section is about.
    pub anchor: Anchor,
    /// Heading.
    pub heading: String,
    /// Whether the heading is of the program, not of the map.
    pub is_own: bool,
    /// Content below the heading.
    pub blocks: Vec<Block>,
    /// Sections within this one.
    pub sections: Vec<Section>,
}

/// The object that a section is about, by which the script finds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Anchor {
    /// None that the drawings show.
    #[default]
    None,
    /// A stage, by its number.
    Stage(usize),
    /// A touchpoint.
    Touchpoint {
        /// Its number.
        number: usize,
        /// The values it is filtered by, numbered through all filters.
        values: Vec<usize>,
        /// Its marks.
        marks: Marks,
    },
}

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// The meaning that its colour repeats.
    pub mood: Mood,
    /// Address that it leads to: http, https or mailto.
    pub link: Option<String>,
}

impl Phrase {
    /// A plain text.
    pub fn plain(text: impl Into<String>) -> Phrase {
        Phrase::with(Mood::Plain, text)
    }

    /// A text with a meaning.
    pub fn with(mood: Mood, text: impl Into<String>) -> Phrase {
        let text = text.into();
        Phrase {
            text,
            mood,
            link: None,
        }
    }
}

/// Meaning of a phrase; the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// None.
    #[default]
    Plain,
    /// A good feeling.
    Good,
    /// A bad feeling.
    Bad,
    /// A pain point.
    Pain,
    /// An opportunity.
    Opportunity,
    /// A moment of truth.
    Moment,
    /// No owner.
    Unowned,
}

impl Mood {
    fn class(self) -> &'static str {
        match self {
            Mood::Plain => "",
            Mood::Good => "good",
            Mood::Bad => "bad",
            Mood::Pain => "pain",
            Mood::Opportunity => "opportunity",
            Mood::Moment => "moment",
            Mood::Unowned => "unowned",
        }
    }
}

/// Content of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Text(Phrase),
    /// Somebody's words, and whose they are.
    Quote(String, String),
    /// Terms of the map with their values.
    Terms(Vec<(String, Vec<Phrase>)>),
    /// Terms of the program with their values.
    OwnTerms(Vec<(&'static str, Vec<Phrase>)>),
    /// A list.
    List(Vec<Phrase>),
    /// A table with its caption, the heads of its columns, and its rows; the first cell of a row is
    /// its head.
    Table(String, Vec<String>, Vec<Vec<String>>),
}

impl Section {
    /// Calls a function with every text of the section.
    pub(super) fn for_each_text(&self, f: &mut dyn FnMut(&str)) {
        f(&self.heading);
        for block in &self.blocks {
            match block {
                Block::Text(phrase) => f(&phrase.text),
                Block::Quote(words, by) => [words, by].into_iter().for_each(|text| f(text)),
                Block::Terms(terms) => {
                    for (term, values) in terms {
                        f(term);
                        values.iter().for_each(|value| f(&value.text));
                    }
                }
                Block::OwnTerms(terms) => {
                    for (term, values) in terms {
                        f(term);
                        values.iter().for_each(|value| f(&value.text));
                    }
                }
                Block::List(items) => items.iter().for_each(|item| f(&item.text)),
                Block::Table(caption, heads, rows) => {
                    f(caption);
                    let cells = heads.iter().chain(rows.iter().flatten());
                    cells.for_each(|cell| f(cell));
                }
            }
        }
        for section in &self.sections {
            section.for_each_text(f);
        }
    }

    /// Writes the section with a heading of this level, and those within it.
    pub(in crate::export) fn write(
        &self,
        level: u64,
        language: &MainLanguage,
        xml: &mut XmlWriter<'_>,
    ) {
        let element = match &self.anchor {
            Anchor::Touchpoint {
                number,
                values,
                marks,
            } => {
                xml.raw("<article id=\"t").int(*number as u64).raw("\"");
                let values: Vec<String> = values.iter().map(usize::to_string).collect();
                xml.raw(" data-values=\"").raw(&values.join(" "));
                xml.raw("\" data-m=\"").raw(mark_letters(*marks)).raw("\">");
                "</article>"
            }
            Anchor::Stage(number) => {
                xml.raw("<section id=\"s").int(*number as u64).raw("\">");
                "</section>"
            }
            Anchor::None => {
                xml.raw("<section>");
                "</section>"
            }
        };
        if !self.heading.is_empty() {
            xml.raw("<h").int(level);
            if self.is_own {
                own_words(language, xml);
            }
            xml.raw(">");
            text(&self.heading, language, xml);
            xml.raw("</h").int(level).raw(">");
        }
        for block in &self.blocks {
            block.write(language, xml);
        }
        for section in &self.sections {
            section.write(level + 1, language, xml);
        }
        xml.raw(element);
    }
}

impl Block {
    fn write(&self, language: &MainLanguage, xml: &mut XmlWriter<'_>) {
        match self {
            Block::Text(phrase) => phrase.write("p", language, xml),
            Block::Quote(words, by) => {
                xml.raw("<figure><blockquote>");
                text(words, language, xml);
                xml.raw("</blockquote><figcaption>");
                text(by, language, xml);
                xml.raw("</figcaption></figure>");
            }
            Block::Terms(terms) => {
                xml.raw("<dl>");
                for (term, values) in terms {
                    xml.raw("<div><dt>");
                    text(term, language, xml);
                    write_values(values, language, xml);
                }
                xml.raw("</dl>");
            }
            Block::OwnTerms(terms) => {
                xml.raw("<dl>");
                for (term, values) in terms {
                    xml.raw("<div><dt");
                    own_words(language, xml);
                    xml.raw(">").text(term);
                    write_values(values, language, xml);
                }
                xml.raw("</dl>");
            }
            Block::List(items) => {
                xml.raw("<ul>");
                items
                    .iter()
                    .for_each(|item| item.write("li", language, xml));
                xml.raw("</ul>");
            }
            Block::Table(caption, heads, rows) => {
                xml.raw("<table><caption>");
                text(caption, language, xml);
                xml.raw("</caption><thead><tr>");
                for head in heads {
                    xml.raw("<th scope=\"col\">");
                    text(head, language, xml);
                    xml.raw("</th>");
                }
                xml.raw("</tr></thead><tbody>");
                for row in rows {
                    xml.raw("<tr>");
                    for (at, cell) in row.iter().enumerate() {
                        let (open, close) = match at {
                            0 => ("<th scope=\"row\">", "</th>"),
                            _ => ("<td>", "</td>"),
                        };
                        xml.raw(open);
                        text(cell, language, xml);
                        xml.raw(close);
                    }
                    xml.raw("</tr>");
                }
                xml.raw("</tbody></table>");
            }
        }
    }
}

impl Phrase {
    fn write(&self, element: &str, language: &MainLanguage, xml: &mut XmlWriter<'_>) {
        xml.raw("<").raw(element);
        match self.mood.class() {
            "" => xml.raw(">"),
            class => xml.raw(" class=\"").raw(class).raw("\">"),
        };
        if let Some(address) = &self.link {
            xml.raw("<a rel=\"noreferrer\" href=\"")
                .text(address)
                .raw("\">");
        }
        text(&self.text, language, xml);
        if self.link.is_some() {
            xml.raw("</a>");
        }
        xml.raw("</").raw(element).raw(">");
    }
}

/// Ends a term, and writes its values.
fn write_values(values: &[Phrase], language: &MainLanguage, xml: &mut XmlWriter<'_>) {
    xml.raw("</dt>");
    for value in values {
        value.write("dd", language, xml);
    }
    xml.raw("</div>");
}

/// The attribute of an element with words of the program, which are English.
pub(super) fn own_words(language: &MainLanguage, xml: &mut XmlWriter<'_>) {
    if language.tag() != "en" {
        xml.raw(" lang=\"en\"");
    }
}

/// Writes a text of the map. Its direction is its own, whatever stands beside it, and so is its
/// language if it has another script.
fn text(text: &str, language: &MainLanguage, xml: &mut XmlWriter<'_>) {
    let mut lines = text.lines();
    let line = |line: &str, xml: &mut XmlWriter<'_>| {
        xml.raw("<bdi");
        if let Some(tag) = language.other(line) {
            xml.raw(" lang=\"").raw(tag).raw("\"");
        }
        xml.raw(">").text(&displayable(line)).raw("</bdi>");
    };
    if let Some(first) = lines.next() {
        line(first, xml);
    }
    for next in lines {
        xml.raw("<br>");
        line(next, xml);
    }
}
