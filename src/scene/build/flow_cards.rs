//! Cards of the flow: at overview zoom their colour and marks, closer the name, then all details.
//!
//! Must not know: how the flow is laid out.

use super::cards::stripe_path;
use super::flow::{FlowSceneBuilder, OVERVIEW_ZOOM};
use super::group_builder::GroupBuilder;
use crate::geom::{Rect, pt};
use crate::layout::flow::{FlowCard, Tint};
use crate::layout::{Badge, STRIPE, TextRole};
use crate::model::{Basis, ObjectRef, Record, Score};
use crate::scene::item::{Dash, Marks, Stroke, ZoomRange};
use crate::theme::{Color, Icon, size};

/// Side of the marks at overview zoom.
const MARK: f32 = 52.0;
/// Diameter of the marks beside an enlarged name.
const CORNER: f32 = 32.0;

impl FlowSceneBuilder<'_> {
    pub(super) fn card(&self, card: &FlowCard, builder: &mut GroupBuilder) {
        let (paint, theme) = (&self.builder, self.builder.theme);
        let Some(touchpoint) = paint.map.touchpoint(&card.id) else {
            return;
        };
        let stage = paint.map.stage_of(&card.id);
        let stage = stage.and_then(|id| paint.map.stages().get(id));
        let stage = stage.map_or("", Record::name);
        let mut words = paint.description(touchpoint, &card.number, stage);
        let more = [
            (card.is_first_contact, "first contact"),
            (card.is_last_contact, "last contact"),
            (
                !card.is_reachable,
                "no way leads here from the first contact",
            ),
        ];
        for (_, more) in more.iter().filter(|more| more.0) {
            words.push_str("; ");
            words.push_str(more);
        }
        builder.subject(
            ObjectRef::Touchpoint(card.id.clone()),
            &touchpoint.name,
            words,
            Marks::of_touchpoint(touchpoint),
            card.rect,
        );
        let tint = self.tint_color(card.tint);
        let edge = match tint {
            None => Stroke {
                width: 1.6,
                color: theme.unowned,
                dash: Dash::Dashed,
            },
            Some(_) if card.is_first_contact || card.is_last_contact => {
                Stroke::solid(2.2, theme.accent)
            }
            Some(_) => Stroke::solid(1.0, theme.card_edge),
        };
        builder.zoom(ZoomRange::from(OVERVIEW_ZOOM));
        builder.rect(card.rect, size::RADIUS, Some(theme.card), Some(edge));
        let rect = card.rect;
        let stripe = Rect::new(rect.min.x, rect.min.y, STRIPE, rect.height());
        match tint {
            Some(colour) => builder.path(stripe_path(stripe), Some(colour), None),
            None => {
                let inner = Rect {
                    min: pt(stripe.min.x + 1.5, stripe.min.y + 6.0),
                    max: pt(stripe.max.x + 1.5, stripe.max.y - 6.0),
                };
                paint.hatch(inner, builder);
            }
        }
        builder.zoom(ZoomRange::below(OVERVIEW_ZOOM));
        let ground = tint.map_or(theme.card, |colour| theme.card.mix(colour, 0.7));
        let edge = Stroke { width: 5.0, ..edge };
        let edge = tint.is_none().then_some(edge);
        builder.rect(rect, size::RADIUS, Some(ground), edge);
        self.overview_marks(card, ground, builder);

        builder.zoom(ZoomRange::between(OVERVIEW_ZOOM, paint.sizes.overview_zoom));
        for run in &card.far {
            builder.text(run, paint.role_color(run.role));
        }
        self.corner_marks(card, builder);
        builder.zoom(ZoomRange::from(paint.sizes.overview_zoom));
        for run in &card.runs {
            builder.text(run, paint.role_color(run.role));
        }
        if let Some((icon, rect)) = card.icon {
            self.tint_icon(card.tint, icon, rect, builder);
        }
        for badge in &card.badges {
            builder.icon(badge.icon, badge.rect, paint.role_color(badge.role));
            for run in &badge.runs {
                builder.text(run, paint.role_color(run.role));
            }
        }
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds the icon of the coloured property; faces have a disc as on the curve.
    pub(super) fn tint_icon(&self, tint: Tint, icon: Icon, rect: Rect, builder: &mut GroupBuilder) {
        let colour = match (tint, self.tint_color(tint)) {
            (Tint::Feeling(_), Some(ground)) => {
                builder.disc(rect.center(), rect.width() + 2.0, Some(ground), None);
                self.builder.text_color_on(ground)
            }
            _ => self.builder.theme.ink_soft,
        };
        builder.icon(icon, rect, colour);
    }

    /// Adds the icons of moments of truth and pains, large, where nothing else is drawn.
    fn overview_marks(&self, card: &FlowCard, ground: Color, builder: &mut GroupBuilder) {
        let centre = card.rect.center();
        let mut x = centre.x - MARK * overview_badges(card).count() as f32 / 2.0;
        for badge in overview_badges(card) {
            let rect = Rect::new(x, centre.y - MARK / 2.0, MARK, MARK);
            builder.icon(badge.icon, rect, self.builder.text_color_on(ground));
            x += MARK;
        }
    }

    /// Adds the same icons on the lower edge, below the enlarged name.
    fn corner_marks(&self, card: &FlowCard, builder: &mut GroupBuilder) {
        let mut at = pt(card.rect.max.x - CORNER * 0.6, card.rect.max.y + 4.0);
        for badge in overview_badges(card) {
            let colour = self.builder.role_color(badge.role);
            let edge = Stroke::solid(2.0, colour);
            builder.disc(at, CORNER, Some(self.builder.theme.card), Some(edge));
            builder.icon(badge.icon, Rect::centered_square(at, CORNER * 0.68), colour);
            at.x -= CORNER + 4.0;
        }
    }

    /// The colour of the coloured property; `None` if it is unknown.
    pub(super) fn tint_color(&self, tint: Tint) -> Option<Color> {
        let theme = self.builder.theme;
        Some(match tint {
            Tint::Department(place) => self.builder.department_color(place),
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
            Tint::Unknown => return None,
        })
    }
}

/// The badges shown at overview zoom.
fn overview_badges(card: &FlowCard) -> impl Iterator<Item = &Badge> {
    let badges = card.badges.iter();
    badges.filter(|badge| matches!(badge.role, TextRole::Moment | TextRole::Pain))
}
