//! Random saved views: each field with usual, empty and senseless values.

use super::choices::Choices;
use super::intents::Intents;
use touchline::model::{
    Basis, CardColoring, Channel, Department, EmptyField, Environment, HighlightedMark, Lane,
    Persona, SavedView, Stage, Touchpoint, View,
};

impl Intents<'_, '_, '_> {
    pub fn saved_view(&mut self) -> SavedView {
        use HighlightedMark::{Pains, Unavoidable, Unowned};
        let empty = [
            EmptyField::Owner,
            EmptyField::Channel,
            EmptyField::Environment,
            EmptyField::Evidence,
        ];
        SavedView {
            id: "".into(),
            name: self.choices.text(),
            view: self.choices.copied(&View::ALL),
            compact: self.choices.one_in(2),
            rows: self.choices.one_in(2),
            handoffs: self.choices.one_in(2),
            colour: self.choices.copied(&CardColoring::ALL),
            highlight: self.some_of(&[Unowned, Pains, Unavoidable]),
            personas: self.references::<Persona>(),
            owners: self.references::<Department>(),
            departments: self.references::<Department>(),
            channels: self.references::<Channel>(),
            environments: self.references::<Environment>(),
            evidence: self.some_of(&[Basis::Assumption, Basis::Measured]),
            tags: self.choices.list(Choices::text),
            without: self.some_of(&empty),
            lanes: self.references::<Lane>(),
            folded_stages: self.references::<Stage>(),
            folded_lanes: self.references::<Lane>(),
            hidden_curves: self.references::<Persona>(),
            persona: self.reference::<Persona>(),
            from: self.reference::<Touchpoint>(),
            to: self.reference::<Touchpoint>(),
            upper: self.reference::<Lane>(),
            lower: self.reference::<Lane>(),
        }
    }

    /// A list of few of these values, also of the same ones.
    fn some_of<T: Copy>(&mut self, all: &[T]) -> Vec<T> {
        let picked = self.choices.list(|choices| choices.pick(all).copied());
        picked.into_iter().flatten().collect()
    }
}
