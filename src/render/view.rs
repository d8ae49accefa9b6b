//! The views of a map: its journey as a timeline, and what else can be seen of it.
//!
//! The journey follows each change ([`super::Picture`]); the other views are drawn
//! anew when the map has changed. Must not know: windows, cameras.

use super::{Picture, PictureOptions};
use crate::layout::flow::{FlowOptions, flow};
use crate::layout::ownership::ownership;
use crate::model::Map;
use crate::scene::{Scene, build_flow, build_ownership};
use crate::text::Measure;
use std::sync::Arc;

/// A way to look at a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// The timeline with all its lanes.
    #[default]
    Journey,
    /// How customers get from step to step.
    Flow,
    /// Who owns what, and what nobody does.
    Ownership,
    /// What the checks noticed.
    Findings,
}

impl View {
    /// All views, in the order of their tabs.
    pub const ALL: [View; 4] = [View::Journey, View::Flow, View::Ownership, View::Findings];

    /// What it is called on screen.
    pub fn title(self) -> &'static str {
        match self {
            View::Journey => "Journey",
            View::Flow => "Flow",
            View::Ownership => "Ownership",
            View::Findings => "Findings",
        }
    }
}

/// Draws a map as it is seen in a view; `None` where that is no picture but a list.
pub fn draw(
    map: &Map,
    view: View,
    options: &PictureOptions,
    measure: &mut dyn Measure,
) -> Option<Scene> {
    let theme = options.theme.with(options.palette);
    Some(match view {
        View::Journey => Arc::unwrap_or_clone(Picture::of(map, options, measure).scene),
        View::Flow => {
            let wanted = FlowOptions {
                colouring: options.colouring,
                density: options.layout.density,
            };
            build_flow(
                map,
                &flow(map, &wanted, measure),
                theme,
                options.lit.clone(),
            )
        }
        View::Ownership => build_ownership(
            map,
            &ownership(map, options.layout.density, measure),
            theme,
            options.lit.clone(),
        ),
        View::Findings => return None,
    })
}

/// The last drawing of each view, and what it was made from.
#[derive(Default)]
pub(crate) struct Drawings(Vec<Drawing>);

struct Drawing {
    view: View,
    revision: u64,
    options: PictureOptions,
    scene: Arc<Scene>,
}

impl Drawings {
    /// The drawing of a view; the former one where nothing changed.
    pub fn get(
        &mut self,
        map: &Map,
        (view, revision): (View, u64),
        options: &PictureOptions,
        measure: &mut dyn Measure,
    ) -> Option<Arc<Scene>> {
        let known = self.0.iter_mut().find(|drawing| drawing.view == view);
        if let Some(known) = known
            && known.revision == revision
            && known.options.looks_like(options)
        {
            if known.options.lit != options.lit {
                // Highlighting dims what is drawn already: nothing is laid out again.
                known.options.lit = options.lit.clone();
                Arc::make_mut(&mut known.scene).lit = options.lit.clone();
            }
            return Some(known.scene.clone());
        }
        self.0.retain(|drawing| drawing.view != view);
        let scene = Arc::new(draw(map, view, options, measure)?);
        self.0.push(Drawing {
            view,
            revision,
            options: options.clone(),
            scene: scene.clone(),
        });
        Some(scene)
    }
}
