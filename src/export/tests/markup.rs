//! A strict reader of what our writers write: XML, and HTML of the same form.

/// The start of an element.
pub(super) struct Tag<'x> {
    pub(super) name: &'x str,
    /// Names and values; `None` for an attribute without one.
    pub(super) attributes: Vec<(&'x str, Option<&'x str>)>,
}

/// How an element goes on after its start.
#[derive(PartialEq)]
pub(super) enum ElementContent {
    /// Texts and elements up to its end.
    Elements,
    /// A text in which nothing but the end of the element has a meaning.
    Raw,
    /// None, and no end.
    Void,
}

/// Reads markup strictly: quoted values, known entities, closed elements, no attribute twice. Calls a
/// function with each element; returns the raw contents.
pub(super) fn read<'x>(
    markup: &'x str,
    mut element: impl FnMut(&Tag<'x>) -> Result<ElementContent, String>,
) -> Result<Vec<&'x str>, String> {
    let mut raw = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        if !has_known_entities(text) || text.contains('>') {
            return Err(format!("text {text:?}"));
        }
        let end = rest[start..].find('>').ok_or("open tag")? + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (tag, is_closed) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let tag = start_of(tag)?;
        let content = element(&tag)?;
        if content == ElementContent::Raw {
            let end = rest.find(&format!("</{}>", tag.name)).ok_or("open text")?;
            raw.push(&rest[..end]);
            rest = &rest[end..];
        }
        if !is_closed && content != ElementContent::Void {
            open.push(tag.name);
        }
    }
    if open.is_empty() {
        Ok(raw)
    } else {
        Err(format!("left open: {open:?}"))
    }
}

fn start_of(tag: &str) -> Result<Tag<'_>, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes: Vec<(&str, Option<&str>)> = Vec::new();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (attribute, more) = rest.split_at(end);
        let mut value = None;
        rest = more;
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (text, more) = quoted.split_once('"').ok_or("value")?;
            if !has_known_entities(text) || text.contains('<') {
                return Err(format!("value {text:?}"));
            }
            (value, rest) = (Some(text), more);
        }
        if attributes.iter().any(|(known, _)| *known == attribute) {
            return Err(format!("attribute {attribute:?} twice"));
        }
        attributes.push((attribute, value));
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
    Ok(Tag { name, attributes })
}

fn has_known_entities(text: &str) -> bool {
    text.split('&').skip(1).all(|rest| {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
        known.iter().any(|entity| rest.starts_with(entity))
    })
}
