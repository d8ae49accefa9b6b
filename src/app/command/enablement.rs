//! When a command makes sense.
//!
//! Must not know: commands, sessions, egui.

/// What must hold for a command to make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Always,
    /// A map is open.
    Map,
    /// The open map has steps to take back.
    CanUndo,
    /// The open map has steps to do again.
    CanRedo,
    /// A touchpoint is selected.
    Touchpoint,
    /// Touchpoints are selected, one or several.
    Touchpoints,
    /// Touchpoints or a stage are selected.
    Step,
    /// A path is selected.
    Path,
    /// A lane is selected.
    Lane,
    /// Something that stands in a list, or in the row of its owner, is selected.
    Listed,
    /// The selected touchpoint shows a link.
    Link,
    /// Anything is selected.
    Selected,
    /// What is selected can be deleted.
    Deletable,
    /// Something is highlighted.
    Lit,
    /// Something is filtered by.
    Filtered,
    /// More than one map is open.
    ManyMaps,
}

/// What the conditions of commands look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// A map is open.
    pub map: bool,
    /// More than one map is open.
    pub many_maps: bool,
    /// There are steps to take back.
    pub can_undo: bool,
    /// There are steps to do again.
    pub can_redo: bool,
    /// What is selected.
    pub selected: Selected,
    /// Letters write its name, right where it stands.
    pub writes: bool,
    /// The arrows are in a lane below it: whatever is typed is written there.
    pub in_lane: bool,
    /// The selected lane is left out of the picture.
    pub lane_hidden: bool,
    /// It stands in the row of its owner.
    pub in_row: bool,
    /// It shows a link.
    pub link: bool,
    /// Something is lit that can be walked.
    pub lit: bool,
    /// Something is filtered by.
    pub filtered: bool,
}

/// What kind of thing is selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selected {
    /// Nothing.
    #[default]
    Nothing,
    /// A stage.
    Stage,
    /// A touchpoint.
    Touchpoint,
    /// Several touchpoints.
    Touchpoints,
    /// A path.
    Path,
    /// A department, channel, environment or persona.
    Record,
    /// A lane.
    Lane,
}

impl Selected {
    /// Whether it has a name that can be written where it stands.
    pub fn writes(self) -> bool {
        matches!(self, Selected::Touchpoint | Selected::Stage)
    }

    /// Whether it is on the way of the customer: somebody owns it, or nobody.
    pub fn is_step(self) -> bool {
        matches!(
            self,
            Selected::Touchpoint | Selected::Touchpoints | Selected::Stage
        )
    }
}

impl When {
    /// Whether the condition holds.
    pub fn holds(self, now: &Situation) -> bool {
        let selected = now.selected;
        match self {
            When::Always => true,
            When::Map => now.map,
            When::ManyMaps => now.many_maps,
            When::CanUndo => now.can_undo,
            When::CanRedo => now.can_redo,
            When::Touchpoint => selected == Selected::Touchpoint,
            When::Touchpoints => {
                matches!(selected, Selected::Touchpoint | Selected::Touchpoints)
            }
            When::Step => selected.is_step(),
            When::Path => selected == Selected::Path,
            When::Lane => selected == Selected::Lane,
            When::Listed => now.in_row || matches!(selected, Selected::Record | Selected::Lane),
            When::Selected => selected != Selected::Nothing,
            When::Deletable => !matches!(selected, Selected::Nothing | Selected::Lane),
            When::Link => now.link,
            When::Lit => now.lit,
            When::Filtered => now.filtered,
        }
    }
}
