//! Lanes: the horizontal bands of a map, and what stands in those of one's own.

use super::id::{Id, LaneId};
use super::value::Decimal;
use serde::{Deserialize, Serialize};

/// What a lane shows.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum LaneKind {
    /// The cards and the ways between them.
    Touchpoints,
    /// Pictures of what happens.
    Storyboard,
    /// The curve of feelings.
    Feelings,
    /// Thoughts and quotes.
    Thoughts,
    /// Motivations.
    Motivations,
    /// One row a channel.
    Channels,
    /// One row an environment.
    Environments,
    /// One row a department: owners and supporters.
    Departments,
    /// Pain points.
    Pains,
    /// Opportunities.
    Opportunities,
    /// What happens below the line of visibility.
    Backstage,
    /// What was measured.
    Measurements,
    /// One's own; [`Lane::holds`] says what stands in it.
    #[default]
    Custom,
}

impl LaneKind {
    /// The lanes that every map has, in their usual order.
    pub const STANDARD: [LaneKind; 12] = [
        LaneKind::Touchpoints,
        LaneKind::Storyboard,
        LaneKind::Feelings,
        LaneKind::Thoughts,
        LaneKind::Motivations,
        LaneKind::Channels,
        LaneKind::Environments,
        LaneKind::Departments,
        LaneKind::Pains,
        LaneKind::Opportunities,
        LaneKind::Measurements,
        LaneKind::Backstage,
    ];

    /// The word for it in files and on the command line; also the id of the standard lane.
    pub fn word(self) -> &'static str {
        match self {
            LaneKind::Touchpoints => "touchpoints",
            LaneKind::Storyboard => "storyboard",
            LaneKind::Feelings => "feelings",
            LaneKind::Thoughts => "thoughts",
            LaneKind::Motivations => "motivations",
            LaneKind::Channels => "channels",
            LaneKind::Environments => "environments",
            LaneKind::Departments => "departments",
            LaneKind::Pains => "pains",
            LaneKind::Opportunities => "opportunities",
            LaneKind::Backstage => "backstage",
            LaneKind::Measurements => "measurements",
            LaneKind::Custom => "custom",
        }
    }

    /// What people read beside the lane.
    pub fn title(self) -> &'static str {
        match self {
            LaneKind::Touchpoints => "Touchpoints",
            LaneKind::Storyboard => "Storyboard",
            LaneKind::Feelings => "Feelings",
            LaneKind::Thoughts => "Thoughts and quotes",
            LaneKind::Motivations => "Motivations",
            LaneKind::Channels => "Channels",
            LaneKind::Environments => "Environments",
            LaneKind::Departments => "Departments",
            LaneKind::Pains => "Pain points",
            LaneKind::Opportunities => "Opportunities",
            LaneKind::Backstage => "Backstage",
            LaneKind::Measurements => "Measurements",
            LaneKind::Custom => "Own lane",
        }
    }
}

/// A horizontal band of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lane {
    /// Unique in the map; for standard lanes the word of the kind.
    pub id: LaneId,
    /// What it shows.
    pub kind: LaneKind,
    /// Its title; empty: the usual title of its kind.
    pub name: String,
    /// What stands in it, where it is one's own; texts otherwise.
    pub holds: Holds,
    /// Not drawn.
    pub hidden: bool,
}

impl Lane {
    /// A visible standard lane under its usual title.
    pub fn standard(kind: LaneKind) -> Lane {
        Lane {
            id: LaneId::from_text(kind.word()),
            kind,
            name: String::new(),
            holds: Holds::Text,
            hidden: false,
        }
    }

    /// A visible lane of one's own.
    pub fn own(id: LaneId, name: impl Into<String>, holds: Holds) -> Lane {
        Lane {
            id,
            kind: LaneKind::Custom,
            name: name.into(),
            holds,
            hidden: false,
        }
    }

    /// The title people read.
    pub fn title(&self) -> &str {
        if self.name.is_empty() {
            self.kind.title()
        } else {
            &self.name
        }
    }
}

/// What stands in a lane of one's own. All of it is kept as text with the
/// touchpoint, so that a lane can change its mind without losing anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// A text.
    #[default]
    Text,
    /// One thing a line.
    List,
    /// A number on a scale, as in [`Decimal::parse`].
    Score(Scale),
    /// The id of a picture of the map.
    Picture,
    /// An address with or without a title, as in [`Link::parse`].
    Link,
}

impl Holds {
    /// Every kind, scores on the usual scale.
    pub const ALL: [Holds; 5] = [
        Holds::Text,
        Holds::List,
        Holds::Score(Scale::USUAL),
        Holds::Picture,
        Holds::Link,
    ];

    /// The word for it in files.
    pub fn word(self) -> &'static str {
        match self {
            Holds::Text => "text",
            Holds::List => "list",
            Holds::Score(_) => "score",
            Holds::Picture => "picture",
            Holds::Link => "link",
        }
    }

    /// Whether what a touchpoint says can be shown: a number on the scale, an
    /// address that may be opened. Whether a picture exists is for the map to know.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Holds::Text | Holds::List | Holds::Picture => true,
            Holds::Score(scale) => Decimal::parse(text).is_some_and(|v| scale.holds(v)),
            Holds::Link => Link::parse(text).is_some(),
        }
    }
}

/// The ends of a scale; the first may be the larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Where it begins, at the left.
    pub from: Decimal,
    /// Where it ends.
    pub to: Decimal,
}

impl Default for Scale {
    fn default() -> Self {
        Scale::USUAL
    }
}

impl Scale {
    /// From 0 to 10.
    pub const USUAL: Scale = Scale {
        from: Decimal::whole(0),
        to: Decimal::whole(10),
    };

    /// Whether a value lies on it.
    pub fn holds(self, value: Decimal) -> bool {
        (self.from.min(self.to)..=self.from.max(self.to)).contains(&value)
    }

    /// How far along it a value lies, 0 … 1; what lies outside counts as the nearer end.
    pub fn share(self, value: Decimal) -> f32 {
        let (from, to) = (self.from.value(), self.to.value());
        if from == to {
            return 0.0;
        }
        ((value.value() - from) / (to - from)).clamp(0.0, 1.0) as f32
    }
}

/// Somewhere else: `Title <https://…>` or the address alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// What people read; the address where nobody has said.
    pub title: &'a str,
    /// Where it leads.
    pub address: &'a str,
    /// The part of the address that says whose it is: a host, or who gets the mail.
    pub domain: &'a str,
}

impl<'a> Link<'a> {
    /// Reads a link to the web or to a mailbox; `None` for any other scheme, and
    /// for addresses that hide where they lead (white space, control characters,
    /// a name before an `@` in front of the host).
    pub fn parse(text: &'a str) -> Option<Link<'a>> {
        let (title, address) = Link::parts(text);
        let (title, address) = (title.trim(), address.trim());
        let (scheme, rest) = address.split_once(':')?;
        if address.contains(|c: char| c.is_whitespace() || c.is_control() || "\\<>\"".contains(c)) {
            return None;
        }
        let host = |rest: &'a str| {
            let authority = rest.strip_prefix("//")?;
            let host = authority.split(['/', '?', '#']).next()?;
            (!host.is_empty() && !host.contains('@')).then_some(host)
        };
        let domain = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => host(rest)?,
            "mailto" => rest
                .split('?')
                .next()
                .filter(|mailbox| mailbox.contains('@'))?,
            _ => return None,
        };
        Some(Link {
            title: if title.is_empty() { address } else { title },
            address,
            domain,
        })
    }

    /// How title and address are kept as one text.
    pub fn text(title: &str, address: &str) -> String {
        let (title, address) = (title.trim(), address.trim());
        match title.is_empty() {
            true => address.to_owned(),
            false => format!("{title} <{address}>"),
        }
    }

    /// Title and address of any text, fit to open or not; [`Link::text`] puts them together.
    pub fn parts(text: &'a str) -> (&'a str, &'a str) {
        let text = text.trim();
        match text.strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
            Some((title, address)) => (title.strip_suffix(' ').unwrap_or(title), address),
            None => ("", text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_or_to_a_mailbox_and_nowhere_else() {
        let link = Link::parse("Price list <https://bank.example/prices?y=1>").unwrap();
        assert_eq!((link.title, link.domain), ("Price list", "bank.example"));
        let bare = Link::parse(" HTTP://bank.example ").unwrap();
        assert_eq!(
            (bare.title, bare.domain),
            ("HTTP://bank.example", "bank.example")
        );
        let mail = Link::parse("Petra <mailto:petra@bank.example?subject=x>").unwrap();
        assert_eq!(mail.domain, "petra@bank.example");
        for text in [
            "",
            "price list",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "https://",
            "https:bank.example",
            "https://bank.example@evil.example/",
            "https://bank.example/a b",
            "https://bank.example\\@evil.example",
            "x <https://a.example> y",
            "mailto:nobody",
        ] {
            assert_eq!(Link::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_parts_of_a_link_make_it_again() {
        for text in [
            "Price list <https://a.example>",
            "https://a.example",
            "only words",
            "",
        ] {
            let (title, address) = Link::parts(text);
            assert_eq!(Link::text(title, address), text);
        }
    }

    #[test]
    fn scales_may_run_either_way() {
        let value = |v| Decimal::from_value(v).unwrap();
        let up = Scale::USUAL;
        let down = Scale {
            from: up.to,
            to: up.from,
        };
        assert_eq!(up.share(value(2.5)), 0.25);
        assert_eq!(down.share(value(2.5)), 0.75);
        assert_eq!(up.share(value(99.0)), 1.0);
        assert!(down.holds(value(10.0)) && !down.holds(value(-0.1)));
        let point = Scale {
            from: up.to,
            to: up.to,
        };
        assert_eq!(point.share(value(10.0)), 0.0);
    }
}
