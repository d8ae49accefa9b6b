//! The icons: one family, one stroke weight, drawn on a 24 × 24 grid.

use crate::geom::Path;

/// A drawn icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Icon {
    /// Telephone.
    Phone,
    /// Globe: a website.
    Web,
    /// Mobile phone: an app.
    App,
    /// Shop with an awning: a branch or shop.
    Shop,
    /// Envelope: letters.
    Post,
    /// At sign: electronic mail.
    Email,
    /// Speech bubble: chat with a person.
    Chat,
    /// Robot head: chatbot.
    Bot,
    /// Two people: face to face.
    Person,
    /// Sheet of paper.
    Document,
    /// Share nodes: social media.
    Social,
    /// Terminal on a foot: kiosk or cash machine.
    Kiosk,
    /// House.
    Home,
    /// Tall building.
    Building,
    /// Car.
    Car,
    /// Map pin: street or outdoors.
    Street,
    /// Desktop screen.
    Screen,
    /// Circle with a dot: anything else.
    Other,
    /// Pain flag with one bar.
    Flag1,
    /// Pain flag with two bars.
    Flag2,
    /// Pain flag with three bars.
    Flag3,
    /// Light bulb: opportunity.
    Bulb,
    /// Star: delight.
    Star,
    /// Diamond: moment of truth.
    Diamond,
    /// Question mark: assumption.
    Question,
    /// Check mark: answered.
    Check,
    /// Clock: duration.
    Clock,
    /// Cog: system.
    System,
    /// Two arrows in a circle: process.
    Process,
    /// Group of three: people backstage.
    People,
    /// Eye: observed.
    Eye,
    /// Speech bubble with lines: interviewed.
    Interview,
    /// Bar chart: measured.
    Chart,
    /// Hand or dot with a tick: votes.
    Vote,
    /// Face without its disc: eyes and mouth, awful.
    FaceAwful,
    /// Eyes and mouth, bad.
    FaceBad,
    /// Eyes and mouth, neutral.
    FaceNeutral,
    /// Eyes and mouth, good.
    FaceGood,
    /// Eyes and mouth, delighted.
    FaceDelighted,
}

impl Icon {
    /// Line width on the 24 × 24 grid; ends and corners are round.
    pub const STROKE: f32 = 2.0;

    /// The lines of the icon on the 24 × 24 grid, stroked with [`Icon::STROKE`].
    pub fn lines(self) -> &'static Path {
        static EMPTY: Path = Path(Vec::new());
        &EMPTY
    }

    /// The icon of a channel.
    pub fn for_channel(_word: Option<&str>, _name: &str) -> Icon {
        Icon::Phone
    }

    /// The icon of an environment.
    pub fn for_environment(_kind: &str, _name: &str) -> Icon {
        Icon::Home
    }
}
