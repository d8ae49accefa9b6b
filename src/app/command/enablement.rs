//! Enablement of commands.
//!
//! Must not know: commands, sessions, egui.

/// Condition under which a command is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// No condition.
    Always,
    /// A map is open.
    Map,
    /// There are steps to undo.
    CanUndo,
    /// There are steps to redo.
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
    /// A record of a list, or a step in the row of its owner, is selected.
    Listed,
    /// The selected touchpoint shows a link.
    Link,
    /// Anything is selected.
    Selected,
    /// The selection can be deleted.
    Deletable,
    /// Something is highlighted.
    Lit,
    /// A filter is active.
    Filtered,
    /// More than one map is open.
    ManyMaps,
}

/// State evaluated by the conditions of commands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// Whether a map is open.
    pub map: bool,
    /// Whether more than one map is open.
    pub many_maps: bool,
    /// Whether there are steps to undo.
    pub can_undo: bool,
    /// Whether there are steps to redo.
    pub can_redo: bool,
    /// Kind of the selection.
    pub selected: Selected,
    /// Whether letters edit the name of the selection in place.
    pub writes: bool,
    /// Whether the lane cursor is in a lane, so that typed text goes there.
    pub in_lane: bool,
    /// Whether the selected lane is hidden.
    pub lane_hidden: bool,
    /// Whether the selection is in the row of its owner.
    pub in_row: bool,
    /// Whether the selected cell contains a link.
    pub link: bool,
    /// Whether there are highlighted objects to step through.
    pub lit: bool,
    /// Whether a filter is active.
    pub filtered: bool,
}

/// Kind of the selection.
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
    /// Whether the selection has a name that can be edited in place.
    pub fn writes(self) -> bool {
        matches!(self, Selected::Touchpoint | Selected::Stage)
    }

    /// Whether the selection is a touchpoint or stage, which can have an owner.
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
