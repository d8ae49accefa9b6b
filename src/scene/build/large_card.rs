//! Builds the scene of a touchpoint as one large card.
//!
//! Must not know: how the card is laid out.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::geom::Rect;
use crate::layout::{LargeCard, LargeCardMark, LargeCardPart, PAGE_HEIGHT, score_label};
use crate::model::{Map, ObjectRef};
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Marks, PartKind, Pin, Stroke};
use crate::theme::{ColorRole, Density, Theme};

/// Corner radius of the card.
const RADIUS: f32 = 18.0;

/// Builds the scene of a large card in a theme.
pub fn build_large_card(map: &Map, card: &LargeCard, theme: &'static Theme) -> Scene {
    let painter = SceneBuilder::new(map, Density::Comfortable);
    let mut builder = GroupBuilder::default();
    painter.large_card(card, &mut builder);
    let name = map.touchpoint(&card.touchpoint).map_or("", |t| &t.name);
    let size = (f64::from(card.width), f64::from(PAGE_HEIGHT));
    let groups = vec![builder.group(0.0, 0.0, Pin::None)];
    let what = format!("The touchpoint {name} as a card");
    painter.scene(size, &what, (theme, Highlight::default()), groups)
}

impl SceneBuilder<'_> {
    fn large_card(&self, card: &LargeCard, builder: &mut GroupBuilder) {
        let Some(touchpoint) = self.map.touchpoint(&card.touchpoint) else {
            return;
        };
        let owner = self.owner_color(touchpoint);
        builder.chrome();
        let edge = match owner {
            None => self.unowned_edge(3.0),
            Some(_) => Stroke::solid(1.5, self.theme.card_edge),
        };
        builder.rect(card.rect, RADIUS, Some(self.theme.card), Some(edge));
        match owner {
            Some(color) => {
                let path = super::cards::stripe_path(card.stripe, RADIUS);
                builder.path(path, Some(color), None);
            }
            None => self.stripe(card.stripe, None, (2.5, 2.5, RADIUS), builder),
        }
        for (at, part) in card.parts.iter().enumerate() {
            // Assistive tools read each object once, the touchpoint with all about it.
            let is_first = |other: &LargeCardPart| other.object == part.object;
            let is_first = card.parts.iter().position(is_first) == Some(at);
            self.large_card_part((part, &card.number), owner, is_first, builder);
        }
    }

    fn large_card_part(
        &self,
        (part, number): (&LargeCardPart, &str),
        owner: Option<ColorRole>,
        is_named: bool,
        builder: &mut GroupBuilder,
    ) {
        let title = if is_named {
            part.object.name(self.map)
        } else {
            ""
        };
        let description = match part.object.touchpoint() {
            Some(id) if is_named && matches!(part.object, ObjectRef::Touchpoint(_)) => {
                let touchpoint = self.map.touchpoint(id);
                touchpoint.map_or_else(String::new, |it| self.description(it, number))
            }
            _ => String::new(),
        };
        builder.subject(
            part.object.clone(),
            title,
            description,
            Marks::CHROME,
            part.area,
        );
        builder.part(PartKind::Whole, part.area);
        if let Some((mark, square)) = part.mark {
            match mark {
                LargeCardMark::Icon(icon, role) => {
                    builder.icon(icon, square, self.role_color(role));
                }
                LargeCardMark::Owner => match owner {
                    Some(color) => builder.fill(square, square.width() / 4.0, color),
                    None => {
                        let edge = self.unowned_edge(2.0);
                        builder.rect(square, square.width() / 4.0, None, Some(edge));
                    }
                },
                LargeCardMark::Face(score, persona) => {
                    let ground = ColorRole::face(score.tenths());
                    let edge = Stroke::solid(4.0, ColorRole::persona(persona));
                    builder.disc(square.center(), square.width(), Some(ground), Some(edge));
                    let face = Rect::centered_square(square.center(), square.width() * 0.84);
                    builder.icon(score_label(score).0, face, ground.text_on());
                }
            }
        }
        self.texts(&part.runs, builder);
    }
}
