//! What panels see and say: they read a [`Context`] and push [`Command`]s;
//! one dispatcher carries the commands out.

use crate::edit::{History, Intent};
use crate::insight::{Findings, Usage};
use crate::layout::Layout;
use crate::model::{
    ChannelId, DepartmentId, EnvironmentId, ImageId, LaneId, Map, PathKind, PersonaId, StageId,
    TouchpointId,
};
use crate::scene::Lit;
use crate::search::filter::{Facet, Filter};
use crate::theme::Theme;
use std::collections::BTreeSet;

/// What is selected on the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Nothing: the inspector shows the map itself.
    #[default]
    Nothing,
    /// A stage.
    Stage(StageId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// Several touchpoints: at least two, in the order of the timeline.
    Touchpoints(Vec<TouchpointId>),
    /// A path between two touchpoints.
    Path {
        /// Where it starts.
        from: TouchpointId,
        /// Where it leads.
        to: TouchpointId,
        /// Its kind.
        kind: PathKind,
    },
    /// A lane.
    Lane(LaneId),
    /// A persona.
    Persona(PersonaId),
    /// A department.
    Department(DepartmentId),
    /// A channel.
    Channel(ChannelId),
    /// An environment.
    Environment(EnvironmentId),
}

/// What a picture is taken in for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureHome {
    /// The storyboard of a touchpoint.
    Touchpoint(TouchpointId),
    /// What a touchpoint shows in a lane of one's own.
    Lane(TouchpointId, LaneId),
    /// A persona.
    Persona(PersonaId),
    /// Another picture, which it replaces wherever that is shown.
    Instead(ImageId),
}

/// Something a panel wants done.
#[derive(Clone, Debug)]
pub enum Command {
    /// Change the map, as one step.
    Edit(Intent),
    /// Change the map; commands in a row with the same key are one step (typing in one field).
    Typing(Intent, String),
    /// Select something; `reveal` moves the view so that it is seen.
    Select {
        /// What.
        selection: Selection,
        /// Whether the view shall move there.
        reveal: bool,
    },
    /// Select what a touchpoint says in a lane.
    SelectCell(TouchpointId, LaneId),
    /// Select something, and let a field of the inspector have the keyboard.
    FillIn {
        /// What.
        selection: Selection,
        /// The name of the field; `None` where the record as a whole has to be looked at.
        field: Option<String>,
    },
    /// Go to the state of the map in which so many steps are done.
    Jump(usize),
    /// Filter by this too, or no longer.
    Filter(Facet),
    /// Draw the curve of a persona, or leave it out.
    ShowCurve(PersonaId, bool),
    /// Give this to the selected touchpoints, or take it away where all have it.
    Give(crate::app::editing::assign::Gift),
    /// Paste this text.
    Paste(String),
    /// Ask for a picture and take it in.
    TakePicture(PictureHome),
    /// Take the picture in that was pasted.
    PastePicture(std::sync::Arc<egui::ColorImage>),
    /// Run an entry of the command table.
    Run(super::table::CommandId),
}

/// What panels may read, and where they leave their wishes.
pub struct Context<'a> {
    /// The map.
    pub map: &'a Map,
    /// Where everything is on the canvas.
    pub layout: &'a Layout,
    /// The steps that led to the map.
    pub history: &'a History,
    /// What the checks say.
    pub findings: &'a Findings,
    /// Whether it is not known yet what they say.
    pub checking: bool,
    /// How often departments, channels, environments and personas are used.
    pub usage: &'a Usage,
    /// Personas whose curve is not drawn.
    pub hidden_curves: &'a BTreeSet<PersonaId>,
    /// What is selected.
    pub selection: &'a Selection,
    /// What stays lit while the rest is dimmed.
    pub lit: &'a Lit,
    /// What is filtered by.
    pub filter: &'a Filter,
    /// The colours of the map (panels use it for swatches).
    pub theme: &'static Theme,
    /// Makes fresh ids: the session's minter behind a closure.
    pub mint: &'a mut dyn FnMut(&str) -> String,
    /// Wishes, carried out after all panels were shown.
    pub queue: &'a mut Vec<Command>,
}
