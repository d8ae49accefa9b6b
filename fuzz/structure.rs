//! Mutation of RON and JSON by their structure: most results can be read.
//!
//! Must not know: which fields there are; it learns them from the seeds.

use super::random::Random;
use std::collections::BTreeMap;

/// Values that a text, a number or a flag is replaced by.
const TEXTS: [&str; 12] = [
    r#""""#,
    r#""a""#,
    r#"" ""#,
    r#""two\nlines""#,
    r#""\"quoted\" \\""#,
    r#""Übergabe 日本 مرحبا 👩‍💻""#,
    r#""feelings""#,
    r#""2026-05-01""#,
    r#""2 d 4 h""#,
    "\"#0072b2\"",
    r#""Zm9vYmFy""#,
    r#""// no comment )""#,
];
const NUMBERS: [&str; 10] = [
    "0",
    "1",
    "2",
    "3",
    "-1",
    "-2",
    "1.26",
    "100",
    "4294967295",
    "1e12",
];
/// Fields that no format knows.
const UNKNOWN: [&str; 6] = [
    "3",
    "Some((a: 1))",
    "Name(a: 1, b: 'x')",
    "r#\"raw\"#",
    "[()]",
    "{1: 2}",
];

/// Depth to which groups are followed.
const DEPTH: usize = 40;

/// A value and its key in the group around it.
#[derive(Clone, Debug)]
pub struct Node {
    key: Option<String>,
    value: Value,
}

#[derive(Clone, Debug)]
enum Value {
    /// A text, number or word, as it is written.
    Atom(String),
    /// Values in brackets, behind a name or nothing.
    Group {
        name: String,
        open: char,
        inside: Vec<Node>,
    },
}

/// Reads a whole text; `None` if its brackets or quotes do not fit.
pub fn parse(text: &str) -> Option<Node> {
    let mut tokens = tokens(text)?.into_iter().peekable();
    let node = parse_node(&mut tokens, DEPTH)?;
    tokens.next().is_none().then_some(node)
}

type Tokens<'t> = std::iter::Peekable<std::vec::IntoIter<&'t str>>;

fn parse_node(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let value = parse_value(tokens, depth)?;
    if tokens.next_if_eq(&":").is_none() {
        return Some(Node { key: None, value });
    }
    let Value::Atom(key) = value else {
        return None;
    };
    let key = Some(key);
    let value = parse_value(tokens, depth)?;
    Some(Node { key, value })
}

fn parse_value(tokens: &mut Tokens<'_>, depth: usize) -> Option<Value> {
    let is_open = |token: &&str| matches!(*token, "(" | "[" | "{");
    let first = tokens.next()?;
    let (name, open) = if is_open(&first) {
        ("", first)
    } else {
        match tokens.next_if(is_open) {
            Some(open) => (first, open),
            None if matches!(first, ")" | "]" | "}" | "," | ":") => return None,
            None => return Some(Value::Atom(first.to_owned())),
        }
    };
    let mut inside = Vec::new();
    while tokens
        .next_if(|token| matches!(*token, ")" | "]" | "}"))
        .is_none()
    {
        inside.push(parse_node(tokens, depth.checked_sub(1)?)?);
        tokens.next_if_eq(&",");
    }
    Some(Value::Group {
        name: name.to_owned(),
        open: open.chars().next()?,
        inside,
    })
}

/// Brackets, commas, colons, texts and words; comments are left out.
fn tokens(text: &str) -> Option<Vec<&str>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' => rest.find("*/")? + 2,
            '"' => text_length(rest)?,
            'r' if rest.starts_with("r\"") => rest[2..].find('"')? + 3,
            'r' if rest.starts_with("r#\"") => rest[3..].find("\"#")? + 5,
            '\'' => rest[1..].find('\'')? + 2,
            c if "()[]{},:".contains(c) => 1,
            _ => {
                let ends = |c: char| c.is_whitespace() || "()[]{},:\"'/".contains(c);
                rest.find(ends).unwrap_or(rest.len())
            }
        };
        let (token, after) = rest.split_at_checked(length.max(1))?;
        if first != '/' {
            tokens.push(token);
        }
        rest = after.trim_start();
    }
    Some(tokens)
}

fn text_length(rest: &str) -> Option<usize> {
    let mut is_escaped = false;
    let end = rest.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    });
    Some(end? + 2)
}

impl Node {
    pub fn print(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        if let Some(key) = &self.key {
            out.push_str(key);
            out.push(':');
        }
        match &self.value {
            Value::Atom(atom) => out.push_str(atom),
            Value::Group { name, open, inside } => {
                out.push_str(name);
                out.push(*open);
                for (at, node) in inside.iter().enumerate() {
                    if at > 0 {
                        out.push_str(",\n");
                    }
                    node.write(out);
                }
                out.push(match open {
                    '(' => ')',
                    '[' => ']',
                    _ => '}',
                });
            }
        }
    }

    fn count(&self) -> usize {
        match &self.value {
            Value::Atom(_) => 1,
            Value::Group { inside, .. } => 1 + inside.iter().map(Node::count).sum::<usize>(),
        }
    }

    /// The `n`-th of all nodes, with the key of the list around it.
    fn nth<'n>(&'n mut self, n: &mut usize, list: &str, with: &mut dyn FnMut(&mut Node, &str)) {
        if *n == 0 {
            with(self, list);
        }
        *n = n.wrapping_sub(1);
        let list = self.key.clone().unwrap_or_else(|| list.to_owned());
        if let Value::Group { inside, .. } = &mut self.value {
            for node in inside {
                node.nth(n, &list, with);
            }
        }
    }
}

/// Values of the seeds by their key, and fields by the list that their record is in.
#[derive(Default)]
pub struct Pool {
    values: BTreeMap<String, Vec<Node>>,
    fields: BTreeMap<String, Vec<Node>>,
}

impl Pool {
    pub fn of<'n>(seeds: impl IntoIterator<Item = &'n Node>) -> Pool {
        let mut pool = Pool::default();
        for seed in seeds {
            pool.add(seed, "");
        }
        pool
    }

    /// Whether the values of a key are texts of any form, or numbers.
    fn is_free(&self, key: Option<&str>) -> bool {
        let values = key.and_then(|key| self.values.get(key));
        let mut values = values.into_iter().flatten();
        values.any(|node| match &node.value {
            Value::Atom(atom) => !atom.starts_with("\"#") && !atom.starts_with("\"2"),
            Value::Group { .. } => false,
        })
    }

    fn add(&mut self, node: &Node, list: &str) {
        if let Some(key) = &node.key {
            self.values
                .entry(key.clone())
                .or_default()
                .push(node.clone());
            self.fields
                .entry(list.to_owned())
                .or_default()
                .push(node.clone());
        }
        let list = node.key.as_deref().unwrap_or(list);
        if let Value::Group { inside, .. } = &node.value {
            for node in inside {
                self.add(node, list);
            }
        }
    }
}

/// A copy with a few changes.
pub fn mutated(seed: &Node, pool: &Pool, random: &mut Random) -> Node {
    let mut root = seed.clone();
    for _ in 0..=random.below(4) {
        let mut n = random.below(root.count());
        root.nth(&mut n, "", &mut |node, list| {
            change(node, list, pool, random)
        });
    }
    root
}

fn change(node: &mut Node, list: &str, pool: &Pool, random: &mut Random) {
    let pick = |all: Option<&Vec<Node>>, random: &mut Random| {
        all.map(|all| all[random.below(all.len())].clone())
    };
    match &mut node.value {
        Value::Atom(_) if random.below(3) > 0 || !pool.is_free(node.key.as_deref()) => {
            let of_key = node.key.as_ref().and_then(|key| pool.values.get(key));
            if let Some(other) = pick(of_key, random) {
                node.value = other.value;
            }
        }
        Value::Atom(atom) => {
            let other = match atom.as_str() {
                "true" => "false",
                "false" => "true",
                text if text.starts_with('"') => TEXTS[random.below(TEXTS.len())],
                text if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                    NUMBERS[random.below(NUMBERS.len())]
                }
                _ => return,
            };
            other.clone_into(atom);
        }
        Value::Group { open, inside, .. } => {
            let at = random.below(inside.len());
            match random.below(8) {
                0 if *open == '[' && !inside.is_empty() => drop(inside.remove(at)),
                // The first fields must mostly be there.
                0 if at > 1 => drop(inside.remove(at)),
                // The fields of a record are there once.
                1 | 2 if *open == '[' && !inside.is_empty() => {
                    let copy = inside[at].clone();
                    inside.insert(random.below(inside.len()), copy);
                }
                3 if !inside.is_empty() => {
                    let other = random.below(inside.len());
                    inside.swap(at, other);
                }
                4 if *open == '(' => {
                    let value = UNKNOWN[random.below(UNKNOWN.len())];
                    let key = Some("zz".to_owned());
                    let value = Value::Atom(value.to_owned());
                    inside.insert(at, Node { key, value });
                }
                5 => {
                    let of_key = node.key.as_ref().and_then(|key| pool.values.get(key));
                    if let Some(other) = pick(of_key, random) {
                        node.value = other.value;
                    }
                }
                _ if *open != '[' => {
                    let of_list = node.key.as_deref().unwrap_or(list);
                    let Some(field) = pick(pool.fields.get(of_list), random) else {
                        return;
                    };
                    inside.retain(|known| known.key != field.key);
                    inside.insert(at.min(inside.len()), field);
                }
                _ => {}
            }
        }
    }
}
