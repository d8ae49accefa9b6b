//! The language of most texts of a map.
//!
//! Must not know: how a page is written.

use crate::model::Map;
use crate::text::MainLanguage;

/// Length in bytes of the text of which the language is guessed.
const SAMPLE: usize = 4_000;

/// The language of names and descriptions, of what is said and of pain points.
pub(super) fn main_language(map: &Map) -> MainLanguage {
    let header = map.header();
    let mut texts = vec![&*header.title, &header.scenario];
    texts.extend(map.stages().iter().flat_map(|it| [&*it.name, &it.goal]));
    let touchpoints = map.touchpoints().flat_map(|touchpoint| {
        let felt = touchpoint.feelings.iter();
        let felt = felt.flat_map(|it| [&*it.quote, &it.thought, &it.motivation]);
        let pains = touchpoint.pains.iter().map(|it| &*it.text);
        let about = [&*touchpoint.name, &touchpoint.description];
        about.into_iter().chain(felt).chain(pains)
    });
    let mut sample = String::new();
    for text in texts.into_iter().chain(touchpoints) {
        sample.push_str(text);
        sample.push(' ');
        if sample.len() > SAMPLE {
            break;
        }
    }
    MainLanguage::of(&sample)
}
