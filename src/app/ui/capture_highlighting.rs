//! Syntax highlighting of capture lines: a colour for each part, and underline or
//! italics so that colour is not the only cue.
//!
//! Must not know: the field and its events.

use crate::app::ui::style;
use crate::capture::{NameKind, Phrase, TokenKind, TokenizedLine, Vocabulary};
use crate::theme::{Color, Theme};
use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Stroke};

/// Returns the colour of a part.
pub(crate) fn part_color(kind: TokenKind, theme: &Theme) -> Color {
    let [first, second, _, fourth, ..] = theme.personas;
    match kind {
        TokenKind::Name | TokenKind::Persona => theme.ink,
        TokenKind::Channel => first,
        TokenKind::Environment => fourth,
        TokenKind::Owner | TokenKind::Supporter => second,
        TokenKind::Score | TokenKind::Emotion => theme.ink_soft,
        TokenKind::Pain(_) => theme.pain,
        TokenKind::Opportunity(_) => theme.opportunity,
        TokenKind::Quote | TokenKind::Separator => theme.ink_soft,
        TokenKind::Moment => theme.moment,
        TokenKind::Assumption => theme.assumption,
        TokenKind::Stage => theme.accent,
    }
}

/// Returns the colour of a score.
fn score_color(score: &str, theme: &Theme) -> Color {
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
pub(crate) fn highlight_line(
    text: &str,
    parts: &TokenizedLine,
    names: &Vocabulary,
    theme: &Theme,
    size: f32,
) -> LayoutJob {
    let mut job = LayoutJob {
        break_on_newline: false,
        ..LayoutJob::default()
    };
    let mut end = 0;
    let mut felt = theme.ink_soft;
    for part in &parts.tokens {
        let (Some(blank), Some(written)) =
            (text.get(end..part.span.start), text.get(part.span.clone()))
        else {
            break;
        };
        job.append(blank, 0.0, format(size, theme.ink));
        end = part.span.end;
        if part.kind == TokenKind::Score {
            felt = score_color(&part.text, theme);
        }
        let color = match part.kind {
            TokenKind::Score | TokenKind::Emotion => felt,
            kind => part_color(kind, theme),
        };
        let mut plain = format(size, color);
        let mut sign = plain.clone();
        sign.font_id = style::bold_font(size);
        let stroke = |width: f32| Stroke::new(width, style::color(color));
        let known = |which| names.find(which, &part.text).is_some();
        let signs = match part.kind {
            TokenKind::Pain(level) | TokenKind::Opportunity(level) => usize::from(level.number()),
            TokenKind::Quote | TokenKind::Emotion => {
                plain.italics = true;
                0
            }
            TokenKind::Name | TokenKind::Separator => 0,
            TokenKind::Score | TokenKind::Moment | TokenKind::Assumption => usize::MAX,
            kind => {
                let new = !NameKind::of(kind).is_some_and(known);
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
pub(crate) fn highlight_phrases(phrases: &[Phrase], theme: &Theme, size: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for phrase in phrases {
        job.append(phrase.before, 0.0, format(size, theme.ink_soft));
        let color = match phrase.kind {
            None => theme.ink_soft,
            Some(TokenKind::Score) => score_color(&phrase.text, theme),
            Some(kind) => part_color(kind, theme),
        };
        let mut shown = format(size, color);
        if phrase.kind.is_some() {
            shown.font_id = style::bold_font(size);
        }
        shown.italics = phrase.kind == Some(TokenKind::Quote);
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
                TokenKind::Name,
                TokenKind::Channel,
                TokenKind::Environment,
                TokenKind::Owner,
                TokenKind::Persona,
                TokenKind::Score,
                TokenKind::Pain(level),
                TokenKind::Opportunity(level),
                TokenKind::Quote,
                TokenKind::Moment,
                TokenKind::Assumption,
                TokenKind::Stage,
            ] {
                for ground in [theme.card, style::panel_fill(theme)] {
                    let contrast = part_color(kind, theme).contrast(ground);
                    assert!(contrast >= 4.5, "{:?} {kind:?}: {contrast}", theme.name);
                }
            }
        }
    }
}
