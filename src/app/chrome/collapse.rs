//! Collapse of the toolbar: the form in which each of its parts is shown at a width.
//!
//! Must not know: egui, commands, the content of the parts.

/// A part of the toolbar, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Menu,
    Name,
    Kind,
    Views,
    Capture,
    Unowned,
    Pain,
    Filter,
    Steps,
    Options,
    Dominators,
    More,
    Outline,
    Inspector,
    Theme,
    Present,
}

/// Form of a part, from the widest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// With words.
    #[default]
    Full,
    /// An icon, or a button that opens a menu.
    Short,
    /// In the menu More.
    InMenu,
}

/// Space between two parts, in points.
pub(super) const GAP: f32 = 8.0;

/// Further space before the first part of a group, in points.
const GROUP_GAP: f32 = 8.0;

impl Slot {
    /// All parts, in reading order.
    pub const ALL: [Slot; 16] = [
        Slot::Menu,
        Slot::Name,
        Slot::Kind,
        Slot::Views,
        Slot::Capture,
        Slot::Unowned,
        Slot::Pain,
        Slot::Filter,
        Slot::Steps,
        Slot::Options,
        Slot::Dominators,
        Slot::More,
        Slot::Outline,
        Slot::Inspector,
        Slot::Theme,
        Slot::Present,
    ];

    /// Space before the part in addition to [`GAP`], in points.
    pub fn space_before(self) -> f32 {
        match self {
            Slot::Views | Slot::Capture => GROUP_GAP,
            _ => 0.0,
        }
    }
}

/// Steps that are taken in this order until everything fits: what people in a room look at
/// and press most stays longest, and nothing changes twice before everything else has.
const STEPS: &[&[(Slot, Form)]] = &[
    &[(Slot::Options, Form::Short)],
    &[
        (Slot::Unowned, Form::Short),
        (Slot::Pain, Form::Short),
        (Slot::Filter, Form::Short),
        (Slot::Dominators, Form::Short),
    ],
    &[(Slot::Kind, Form::Short)],
    &[
        (Slot::Theme, Form::InMenu),
        (Slot::Options, Form::InMenu),
        (Slot::Dominators, Form::InMenu),
    ],
    &[(Slot::Steps, Form::InMenu)],
    &[(Slot::Name, Form::Short)],
    &[(Slot::Capture, Form::Short)],
    &[(Slot::Views, Form::Short)],
    &[(Slot::Kind, Form::InMenu)],
    &[(Slot::Filter, Form::InMenu)],
    &[(Slot::Unowned, Form::InMenu), (Slot::Pain, Form::InMenu)],
    &[
        (Slot::Outline, Form::InMenu),
        (Slot::Inspector, Form::InMenu),
    ],
    &[(Slot::Capture, Form::InMenu)],
    &[(Slot::Views, Form::InMenu)],
];

/// Full and short width of each part, in points. A part with a full width of 0 is absent;
/// [`Slot::More`] is shown if anything is in its menu.
pub(super) type Widths = [[f32; 2]; Slot::ALL.len()];

/// Forms of all parts at a width.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    forms: [Form; Slot::ALL.len()],
    /// Width that is left, in points; negative if even the narrowest forms do not fit.
    pub rest: f32,
}

impl Forms {
    /// Takes steps until the parts fit a width.
    pub fn fit(widths: &Widths, available: f32) -> Forms {
        let mut forms = Forms {
            forms: [Form::Full; Slot::ALL.len()],
            rest: 0.0,
        };
        let mut steps = STEPS.iter();
        loop {
            forms.rest = available - forms.total(widths);
            let next = (forms.rest < 0.0).then(|| steps.next()).flatten();
            let Some(step) = next else {
                return forms;
            };
            for (slot, form) in *step {
                forms.forms[*slot as usize] = *form;
            }
        }
    }

    /// Form of a part.
    pub fn of(&self, slot: Slot) -> Form {
        self.forms[slot as usize]
    }

    fn total(&self, widths: &Widths) -> f32 {
        let (mut total, mut is_more_shown) = (-GAP, false);
        for (slot, [full, short]) in Slot::ALL.into_iter().zip(widths) {
            if *full == 0.0 || slot == Slot::More {
                continue;
            }
            match self.of(slot) {
                Form::Full => total += full + slot.space_before() + GAP,
                Form::Short => total += short + slot.space_before() + GAP,
                Form::InMenu => is_more_shown = true,
            }
        }
        if is_more_shown {
            total += widths[Slot::More as usize][0] + GAP;
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Widths of parts, none of which grows when it becomes short.
    fn widths() -> impl Strategy<Value = Widths> {
        let part = (0.0_f32..300.0, 0.1_f32..1.0, any::<bool>());
        let part = part.prop_map(|(full, share, absent)| match absent {
            true => [0.0, 0.0],
            false => [full, full * share],
        });
        let fixed = |widths: &mut Widths, slot| widths[slot as usize] = [28.0, 28.0];
        proptest::collection::vec(part, Slot::ALL.len()).prop_map(move |parts| {
            let mut widths = [[0.0; 2]; Slot::ALL.len()];
            widths.copy_from_slice(&parts);
            fixed(&mut widths, Slot::More);
            fixed(&mut widths, Slot::Menu);
            fixed(&mut widths, Slot::Present);
            widths
        })
    }

    proptest! {
        #[test]
        fn parts_fit_and_a_wider_window_shows_more(
            widths in widths(),
            narrow in 0.0_f32..2000.0,
            more in 0.0_f32..2000.0,
        ) {
            let (narrow, wide) = (Forms::fit(&widths, narrow), Forms::fit(&widths, narrow + more));
            let least = Forms::fit(&widths, 0.0);
            for slot in Slot::ALL {
                prop_assert!(wide.of(slot) <= narrow.of(slot));
                prop_assert!(narrow.of(slot) <= least.of(slot));
            }
            // What does not fit is in the narrowest form.
            if narrow.rest < 0.0 {
                prop_assert_eq!(narrow.forms, least.forms);
            }
            for slot in [Slot::Menu, Slot::Name, Slot::Present] {
                prop_assert!(least.of(slot) != Form::InMenu);
            }
        }
    }
}
