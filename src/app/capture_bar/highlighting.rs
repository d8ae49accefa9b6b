//! Syntax highlighting of capture lines: a colour for each part, and underline or
//! italics so that colour is not the only cue.
//!
//! Must not know: the field and its events.

use crate::app::ui::style;
use crate::capture::{Kind, Line, Names, Phrase, Which};
use crate::theme::{Color, Theme};
use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Stroke};

/// Returns the colour of a part.
pub(crate) fn tint(kind: Kind, theme: &Theme) -> Color {
    let [first, second, _, fourth, ..] = theme.personas;
    match kind {
        Kind::Name => theme.ink,
        Kind::Channel => first,
        Kind::Environment => fourth,
        Kind::Owner | Kind::Supporter => second,
        Kind::Score | Kind::Emotion => theme.ink_soft,
        Kind::Pain(_) => theme.pain,
        Kind::Opportunity(_) => theme.opportunity,
        Kind::Quote | Kind::Separator => theme.ink_soft,
        Kind::Moment => theme.moment,
        Kind::Assumption => theme.assumption,
        Kind::Stage => theme.accent,
    }
}

/// Returns the colour of a score.
fn feeling(score: &str, theme: &Theme) -> Color {
    match score.chars().next() {
        Some('-' | '−' | '–') => theme.bad,
        Some('+' | '＋') => theme.good,
        _ => theme.ink_soft,
    }
}

fn format(size: f32, color: Color) -> TextFormat {
    TextFormat::simple(FontId::proportional(size), style::color(color))
}

/// Lays out a line with highlighting: sigils bold, names underlined, with a thicker
/// underline if they are new.
pub(crate) fn line(text: &str, parts: &Line, names: &Names, theme: &Theme, size: f32) -> LayoutJob {
    let mut job = LayoutJob {
        break_on_newline: false,
        ..LayoutJob::default()
    };
    let mut end = 0;
    let mut felt = theme.ink_soft;
    for part in &parts.parts {
        let (Some(blank), Some(written)) =
            (text.get(end..part.span.start), text.get(part.span.clone()))
        else {
            break;
        };
        job.append(blank, 0.0, format(size, theme.ink));
        end = part.span.end;
        if part.kind == Kind::Score {
            felt = feeling(&part.text, theme);
        }
        let color = match part.kind {
            Kind::Score | Kind::Emotion => felt,
            kind => tint(kind, theme),
        };
        let mut plain = format(size, color);
        let mut sign = plain.clone();
        sign.font_id = style::bold_font(size);
        let stroke = |width: f32| Stroke::new(width, style::color(color));
        let known = |which| names.find(which, &part.text).is_some();
        let signs = match part.kind {
            Kind::Pain(level) | Kind::Opportunity(level) => usize::from(level.number()),
            Kind::Quote | Kind::Emotion => {
                plain.italics = true;
                0
            }
            Kind::Name | Kind::Separator => 0,
            Kind::Score | Kind::Moment | Kind::Assumption => usize::MAX,
            kind => {
                let new = !Which::of(kind).is_some_and(known);
                plain.underline = stroke(if new { 2.5 } else { 1.0 });
                1
            }
        };
        let split = written
            .char_indices()
            .nth(signs)
            .map_or(written.len(), |(at, _)| at);
        job.append(&written[..split], 0.0, sign);
        job.append(&written[split..], 0.0, plain);
    }
    job.append(
        text.get(end..).unwrap_or_default(),
        0.0,
        format(size, theme.ink),
    );
    job
}

/// Lays out the interpretation, in the colours of the parts.
pub(crate) fn sentence(phrases: &[Phrase], theme: &Theme, size: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for phrase in phrases {
        job.append(phrase.before, 0.0, format(size, theme.ink_soft));
        let color = match phrase.kind {
            None => theme.ink_soft,
            Some(Kind::Score) => feeling(&phrase.text, theme),
            Some(kind) => tint(kind, theme),
        };
        let mut shown = format(size, color);
        if phrase.kind.is_some() {
            shown.font_id = style::bold_font(size);
        }
        shown.italics = phrase.kind == Some(Kind::Quote);
        job.append(&phrase.text, 0.0, shown);
    }
    job
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Level;
    use crate::theme::ThemeName;

    #[test]
    fn part_colors_have_enough_contrast() {
        let level = Level::Low;
        for theme in ThemeName::ALL.map(ThemeName::theme) {
            for kind in [
                Kind::Name,
                Kind::Channel,
                Kind::Environment,
                Kind::Owner,
                Kind::Score,
                Kind::Pain(level),
                Kind::Opportunity(level),
                Kind::Quote,
                Kind::Moment,
                Kind::Assumption,
                Kind::Stage,
            ] {
                for ground in [theme.card, style::panel(theme)] {
                    let contrast = tint(kind, theme).contrast(ground);
                    assert!(contrast >= 4.5, "{:?} {kind:?}: {contrast}", theme.name);
                }
            }
        }
    }
}
