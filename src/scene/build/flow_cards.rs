//! Cards of the flow: at overview zoom their colour and marks, closer the name, then all details.
//!
//! Must not know: how the flow is laid out.

use super::cards::stripe_shape;
use super::flow::{AFAR, FlowPainter};
use super::group_builder::Builder;
use crate::geom::{Rect, pt};
use crate::layout::flow::{FlowCard, Tint};
use crate::layout::{Badge, Ink, STRIPE};
use crate::model::{Basis, Record, Score};
use crate::scene::item::{Dash, Marks, Stroke, Tag, ZoomRange};
use crate::theme::{Color, Icon, size};

/// Side of the marks at overview zoom.
const MARK: f32 = 52.0;
/// Diameter of the marks beside an enlarged name.
const CORNER: f32 = 32.0;

impl FlowPainter<'_> {
    pub(super) fn card(&self, card: &FlowCard, builder: &mut Builder) {
        let (paint, theme) = (&self.paint, self.paint.theme);
        let Some(touchpoint) = paint.map.touchpoint(&card.id) else {
            return;
        };
        let stage = paint.map.stage_of(&card.id);
        let stage = stage.and_then(|id| paint.map.stages().get(id));
        let stage = stage.map_or("", Record::name);
        let mut words = paint.description(touchpoint, &card.number, stage);
        let more = [
            (card.first, "first contact"),
            (card.last, "last contact"),
            (!card.reached, "no way leads here from the first contact"),
        ];
        for (_, more) in more.iter().filter(|more| more.0) {
            words.push_str("; ");
            words.push_str(more);
        }
        builder.subject(
            Tag::Card(card.id.clone()),
            &touchpoint.name,
            words,
            Marks::of_touchpoint(touchpoint),
            card.rect,
        );
        let tint = self.tint(card.tint);
        let edge = match tint {
            None => Stroke {
                width: 1.6,
                color: theme.unowned,
                dash: Dash::Dashed,
            },
            Some(_) if card.first || card.last => Stroke::solid(2.2, theme.accent),
            Some(_) => Stroke::solid(1.0, theme.card_edge),
        };
        builder.zoom(ZoomRange::from(AFAR));
        builder.rect(card.rect, size::RADIUS, Some(theme.card), Some(edge));
        let rect = card.rect;
        let stripe = Rect::new(rect.min.x, rect.min.y, STRIPE, rect.height());
        match tint {
            Some(colour) => builder.path(stripe_shape(stripe), Some(colour), None),
            None => {
                let inner = Rect {
                    min: pt(stripe.min.x + 1.5, stripe.min.y + 6.0),
                    max: pt(stripe.max.x + 1.5, stripe.max.y - 6.0),
                };
                paint.hatch(inner, builder);
            }
        }
        builder.zoom(ZoomRange::below(AFAR));
        let ground = tint.map_or(theme.card, |colour| theme.card.mix(colour, 0.7));
        let edge = Stroke { width: 5.0, ..edge };
        let edge = tint.is_none().then_some(edge);
        builder.rect(rect, size::RADIUS, Some(ground), edge);
        self.marks(card, ground, builder);

        builder.zoom(ZoomRange::between(AFAR, paint.sizes.far));
        for run in &card.far {
            builder.text(run, paint.colour(run.ink));
        }
        self.corner_marks(card, builder);
        builder.zoom(ZoomRange::from(paint.sizes.far));
        for run in &card.runs {
            builder.text(run, paint.colour(run.ink));
        }
        if let Some((icon, rect)) = card.sign {
            self.sign(card.tint, icon, rect, builder);
        }
        for badge in &card.badges {
            builder.icon(badge.icon, badge.rect, paint.colour(badge.ink));
            for run in &badge.runs {
                builder.text(run, paint.colour(run.ink));
            }
        }
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds the icon of the coloured property; faces have a disc as on the curve.
    pub(super) fn sign(&self, tint: Tint, icon: Icon, rect: Rect, builder: &mut Builder) {
        let colour = match (tint, self.tint(tint)) {
            (Tint::Feeling(_), Some(ground)) => {
                builder.disc(rect.centre(), rect.width() + 2.0, Some(ground), None);
                self.paint.on(ground)
            }
            _ => self.paint.theme.ink_soft,
        };
        builder.icon(icon, rect, colour);
    }

    /// Adds the icons of moments of truth and pains, large, where nothing else is drawn.
    fn marks(&self, card: &FlowCard, ground: Color, builder: &mut Builder) {
        let centre = card.rect.centre();
        let mut x = centre.x - MARK * marked(card).count() as f32 / 2.0;
        for badge in marked(card) {
            let rect = Rect::new(x, centre.y - MARK / 2.0, MARK, MARK);
            builder.icon(badge.icon, rect, self.paint.on(ground));
            x += MARK;
        }
    }

    /// Adds the same icons on the lower edge, below the enlarged name.
    fn corner_marks(&self, card: &FlowCard, builder: &mut Builder) {
        let mut at = pt(card.rect.max.x - CORNER * 0.6, card.rect.max.y + 4.0);
        for badge in marked(card) {
            let colour = self.paint.colour(badge.ink);
            let edge = Stroke::solid(2.0, colour);
            builder.disc(at, CORNER, Some(self.paint.theme.card), Some(edge));
            builder.icon(badge.icon, Rect::around(at, CORNER * 0.68), colour);
            at.x -= CORNER + 4.0;
        }
    }

    /// The colour of the coloured property; `None` if it is unknown.
    pub(super) fn tint(&self, tint: Tint) -> Option<Color> {
        let theme = self.paint.theme;
        Some(match tint {
            Tint::Department(place) => self.paint.department(place),
            Tint::Channel(place) => theme.departments[place % theme.departments.len()],
            Tint::Feeling(score) => {
                let strength = f32::from(score.tenths().unsigned_abs()) / 20.0;
                let end = if score >= Score::NEUTRAL {
                    theme.good
                } else {
                    theme.bad
                };
                theme.line.mix(end, strength.powf(0.7))
            }
            Tint::Evidence(basis) => match basis {
                Basis::Measured => theme.accent,
                Basis::Interviewed => theme.accent.mix(theme.card, 0.3),
                Basis::Observed => theme.accent.mix(theme.card, 0.6),
                Basis::Assumption => theme.assumption,
            },
            Tint::Nothing => return None,
        })
    }
}

/// The badges shown at overview zoom.
fn marked(card: &FlowCard) -> impl Iterator<Item = &Badge> {
    let badges = card.badges.iter();
    badges.filter(|badge| matches!(badge.ink, Ink::Moment | Ink::Pain))
}
