//! Lanes: the horizontal bands of a map, and the values in custom lanes.
//!
//! Must not know: drawing.

use super::decimal::Decimal;
use super::id::{Id, LaneId};
use serde::{Deserialize, Serialize};

/// Declares the kinds of standard lanes in their default order, with the keyword and the title of
/// each.
macro_rules! lane_kinds {
    ($($(#[$doc:meta])* $kind:ident $word:literal $title:literal;)*) => {
        /// The content of a lane.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum LaneKind {
            $($(#[$doc])* $kind,)*
            /// A custom lane; see [`Lane::holds`].
            #[default]
            Custom,
        }

        impl LaneKind {
            /// The lanes of every map, in their default order.
            pub const STANDARD: [LaneKind; 12] = [$(LaneKind::$kind),*];

            /// The keyword in files and on the command line; also the id of the standard lane.
            pub fn word(self) -> &'static str {
                match self {
                    $(LaneKind::$kind => $word,)*
                    LaneKind::Custom => "custom",
                }
            }

            /// The default title on screen.
            pub fn title(self) -> &'static str {
                match self {
                    $(LaneKind::$kind => $title,)*
                    LaneKind::Custom => "Own lane",
                }
            }
        }
    };
}

lane_kinds! {
    /// Touchpoint cards and the links between them.
    Touchpoints "touchpoints" "Touchpoints";
    /// Images of the steps.
    Storyboard "storyboard" "Storyboard";
    /// The emotion curve.
    Feelings "feelings" "Feelings";
    /// Thoughts and quotes.
    Thoughts "thoughts" "Thoughts and quotes";
    /// Motivations.
    Motivations "motivations" "Motivations";
    /// One row for each channel.
    Channels "channels" "Channels";
    /// One row for each environment.
    Environments "environments" "Environments";
    /// One row for each department: owners and supporters.
    Departments "departments" "Departments";
    /// Pain points.
    Pains "pains" "Pain points";
    /// Opportunities.
    Opportunities "opportunities" "Opportunities";
    /// Measurements.
    Measurements "measurements" "Measurements";
    /// Work below the line of visibility.
    Backstage "backstage" "Backstage";
}

impl LaneKind {
    /// Whether the lane has a row for each channel, environment or department.
    pub fn has_rows(self) -> bool {
        matches!(
            self,
            LaneKind::Channels | LaneKind::Environments | LaneKind::Departments
        )
    }

    /// The kind of the lane with this id.
    pub(crate) fn of_id(id: &LaneId) -> LaneKind {
        let mut standard = LaneKind::STANDARD.into_iter();
        let kind = standard.find(|kind| kind.word() == id.as_str());
        kind.unwrap_or(LaneKind::Custom)
    }
}

/// A horizontal band of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lane {
    /// Unique in the map; for standard lanes the keyword of the kind.
    pub id: LaneId,
    /// The kind of lane.
    pub kind: LaneKind,
    /// The title; empty for the default title of the kind.
    pub name: String,
    /// The kind of values of a custom lane; text for other lanes.
    pub holds: LaneContentKind,
    /// Whether the lane is not drawn.
    pub hidden: bool,
}

impl Lane {
    /// A visible standard lane with its default title.
    pub fn standard(kind: LaneKind) -> Lane {
        Lane {
            id: LaneId::from_text(kind.word()),
            kind,
            ..Lane::default()
        }
    }

    /// A visible custom lane.
    pub fn custom(id: LaneId, name: impl Into<String>, holds: LaneContentKind) -> Lane {
        Lane {
            id,
            name: name.into(),
            holds,
            ..Lane::default()
        }
    }

    /// The title on screen.
    pub fn title(&self) -> &str {
        if self.name.is_empty() {
            self.kind.title()
        } else {
            &self.name
        }
    }
}

/// The kind of values in a custom lane. All values are stored as text with the
/// touchpoint, so that the kind can change without loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaneContentKind {
    /// A text.
    #[default]
    Text,
    /// One item a line.
    List,
    /// A number on a scale, as in [`Scale::parse`].
    Score(Scale),
    /// The id of an image of the map.
    Picture,
    /// A URL with or without a title, as in [`Link::parse`].
    Link,
}

impl LaneContentKind {
    /// All kinds, scores on the default scale.
    pub const ALL: [LaneContentKind; 5] = [
        LaneContentKind::Text,
        LaneContentKind::List,
        LaneContentKind::Score(Scale::ZERO_TO_TEN),
        LaneContentKind::Picture,
        LaneContentKind::Link,
    ];

    /// The keyword in files.
    pub fn word(self) -> &'static str {
        match self {
            LaneContentKind::Text => "text",
            LaneContentKind::List => "list",
            LaneContentKind::Score(_) => "score",
            LaneContentKind::Picture => "picture",
            LaneContentKind::Link => "link",
        }
    }

    /// Whether a value can be shown: a number on the scale, a URL that may be
    /// opened. The existence of an image is not checked here.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            LaneContentKind::Text | LaneContentKind::List | LaneContentKind::Picture => true,
            LaneContentKind::Score(scale) => scale.parse(text).is_some(),
            LaneContentKind::Link => Link::parse(text).is_some(),
        }
    }
}

/// The ends of a scale; the first may be the larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The value at the left end.
    pub from: Decimal,
    /// The value at the right end.
    pub to: Decimal,
}

impl Default for Scale {
    fn default() -> Self {
        Scale::ZERO_TO_TEN
    }
}

impl Scale {
    /// From 0 to 10.
    pub const ZERO_TO_TEN: Scale = Scale {
        from: Decimal::whole(0),
        to: Decimal::whole(10),
    };

    /// Parses a number on the scale. Where a text can mean two numbers, the one on the
    /// scale is meant; `None` if both are.
    pub fn parse(self, text: &str) -> Option<Decimal> {
        let mut readings = Decimal::readings(text);
        readings.retain(|number| self.contains(*number));
        match readings[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether a value lies on the scale.
    pub fn contains(self, value: Decimal) -> bool {
        (self.from.min(self.to)..=self.from.max(self.to)).contains(&value)
    }

    /// The relative position of a value on the scale, 0 … 1; clamped to the ends.
    pub fn fraction(self, value: Decimal) -> f32 {
        let (from, to) = (self.from.value(), self.to.value());
        if from == to {
            return 0.0;
        }
        ((value.value() - from) / (to - from)).clamp(0.0, 1.0) as f32
    }
}

/// A hyperlink: `Title <https://…>` or the URL alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The title; the URL if there is none.
    pub title: &'a str,
    /// The URL.
    pub address: &'a str,
    /// The part of the URL that identifies its owner: a host or a mail address.
    pub domain: &'a str,
}

impl<'a> Link<'a> {
    /// Parses a link to the web or to a mailbox; `None` for any other scheme, and
    /// for URLs that obscure their target (white space, control characters, a
    /// user name before an `@` in front of the host).
    pub fn parse(text: &'a str) -> Option<Link<'a>> {
        let (title, address) = Link::split(text);
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
        let mailbox = rest.split('?').next();
        let domain = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => host(rest)?,
            "mailto" => mailbox.filter(|mailbox| mailbox.contains('@'))?,
            _ => return None,
        };
        Some(Link {
            title: if title.is_empty() { address } else { title },
            address,
            domain,
        })
    }

    /// Formats title and URL as one text.
    pub fn format(title: &str, address: &str) -> String {
        let (title, address) = (title.trim(), address.trim());
        if title.is_empty() {
            address.to_owned()
        } else {
            format!("{title} <{address}>")
        }
    }

    /// Splits any text into title and URL, valid or not; the inverse of [`Link::format`].
    pub fn split(text: &'a str) -> (&'a str, &'a str) {
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
    fn only_web_and_mail_links_are_accepted() {
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
    fn splitting_and_formatting_a_link_round_trips() {
        for text in [
            "Price list <https://a.example>",
            "https://a.example",
            "only words",
            "",
        ] {
            let (title, address) = Link::split(text);
            assert_eq!(Link::format(title, address), text);
        }
    }

    #[test]
    fn scales_may_be_descending() {
        let value = |v| Decimal::from_value(v).unwrap();
        let up = Scale::ZERO_TO_TEN;
        let down = Scale {
            from: up.to,
            to: up.from,
        };
        assert_eq!(up.fraction(value(2.5)), 0.25);
        assert_eq!(down.fraction(value(2.5)), 0.75);
        assert_eq!(up.fraction(value(99.0)), 1.0);
        assert!(down.contains(value(10.0)) && !down.contains(value(-0.1)));
        let point = Scale {
            from: up.to,
            to: up.to,
        };
        assert_eq!(point.fraction(value(10.0)), 0.0);
    }
}
