//! Cards of the flow: at overview zoom their colour and marks, closer the name, then all details.
//!
//! Must not know: how the flow is laid out.

use super::SceneBuilder;
use super::flow::OVERVIEW_ZOOM;
use super::group_builder::GroupBuilder;
use crate::geom::{Rect, pt};
use crate::layout::flow::FlowCard;
use crate::layout::{Badge, TextRole};
use crate::scene::item::{Stroke, ZoomRange};
use crate::theme::{Color, size};

/// Side of the marks at overview zoom.
const MARK: f32 = 52.0;
/// Diameter of the marks beside an enlarged name.
const CORNER: f32 = 32.0;

impl SceneBuilder<'_> {
    pub(super) fn flow_card(&self, card: &FlowCard, builder: &mut GroupBuilder) {
        let theme = self.theme;
        let Some(touchpoint) = self.map.touchpoint(&card.id) else {
            return;
        };
        let mut words = self.description(touchpoint, &card.number);
        for (holds, more) in [
            (card.is_first_contact, "; first contact"),
            (card.is_last_contact, "; last contact"),
            (
                !card.is_reachable,
                "; no way leads here from the first contact",
            ),
        ] {
            words.push_str(if holds { more } else { "" });
        }
        let rect = card.card.rect;
        self.touchpoint(touchpoint, words, rect, builder);
        let tint = self.tint_color(card.tint);
        let is_end = card.is_first_contact || card.is_last_contact;
        let edge = match tint {
            None => self.unowned_edge(1.6),
            Some(_) if is_end => Stroke::solid(2.2, theme.accent),
            Some(_) => Stroke::solid(1.0, theme.card_edge),
        };
        builder.zoom(ZoomRange::from(OVERVIEW_ZOOM));
        builder.rect(rect, size::RADIUS, Some(theme.card), Some(edge));
        let stripe = Rect::new(rect.min.x, rect.min.y, size::STRIPE, rect.height());
        self.stripe(stripe, tint, (1.5, 1.5, 6.0), builder);
        builder.zoom(ZoomRange::below(OVERVIEW_ZOOM));
        let ground = tint.map_or(theme.card, |color| theme.card.mix(color, 0.7));
        let edge = tint.is_none().then_some(self.unowned_edge(5.0));
        builder.rect(rect, size::RADIUS, Some(ground), edge);
        self.overview_marks(card, ground, builder);

        builder.zoom(ZoomRange::between(OVERVIEW_ZOOM, self.sizes.overview_zoom));
        self.texts(&card.card.far, builder);
        self.corner_marks(card, builder);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        self.texts(&card.card.runs, builder);
        for (icon, rect) in &card.card.icons {
            self.tint_icon(card.tint, *icon, *rect, builder);
        }
        self.badges(&card.card.badges, builder);
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds the icons of moments of truth and pains, large, where nothing else is drawn.
    fn overview_marks(&self, card: &FlowCard, ground: Color, builder: &mut GroupBuilder) {
        let center = card.card.rect.center();
        let mut x = center.x - MARK * overview_badges(card).count() as f32 / 2.0;
        for badge in overview_badges(card) {
            let rect = Rect::new(x, center.y - MARK / 2.0, MARK, MARK);
            builder.icon(badge.icon, rect, self.text_color_on(ground));
            x += MARK;
        }
    }

    /// Adds the same icons on the lower edge, below the enlarged name.
    fn corner_marks(&self, card: &FlowCard, builder: &mut GroupBuilder) {
        let corner = card.card.rect.max;
        let mut at = pt(corner.x - CORNER * 0.6, corner.y + 4.0);
        for badge in overview_badges(card) {
            let color = self.role_color(badge.role);
            let edge = Stroke::solid(2.0, color);
            builder.disc(at, CORNER, Some(self.theme.card), Some(edge));
            builder.icon(badge.icon, Rect::centered_square(at, CORNER * 0.68), color);
            at.x -= CORNER + 4.0;
        }
    }
}

/// The badges shown at overview zoom.
fn overview_badges(card: &FlowCard) -> impl Iterator<Item = &Badge> {
    let badges = card.card.badges.iter();
    badges.filter(|badge| matches!(badge.role, TextRole::Moment | TextRole::Pain))
}
