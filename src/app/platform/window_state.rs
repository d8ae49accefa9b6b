//! Preferences and system settings in force, and the placement of the window.
//!
//! Must not know: maps.

use super::reduced_motion::MotionQuery;
use super::scale_factor;
use crate::settings::{
    AppDirs, Motion, Preferences, PreferencesStore, ScreenRect, WindowPlacement,
};
use crate::theme::ThemeName;
use egui::{Context, Pos2, Vec2, ViewportCommand, vec2};

/// Maximum side of the window, in pixels. Graphics drivers crash on larger ones; a screen of
/// 8K has half as many.
const MAX_SIDE_PIXELS: f32 = 16_384.0;

/// The size from which on all controls can be used, whatever the size of texts.
const MIN_SIZE_POINTS: Vec2 = vec2(320.0, 210.0);

/// Progress of restoring the window placement.
#[derive(Default, PartialEq, Eq)]
enum PlacementState {
    /// Not shown yet.
    #[default]
    Hidden,
    /// Shown, to be maximized: X11 accepts that only for shown windows.
    Maximizing,
    /// Placed; changes are recorded from now on.
    Done,
}

/// Preferences and system settings in force.
pub(crate) struct Settings {
    /// Preferences of the user.
    pub preferences: Preferences,
    /// Storage of the preferences.
    pub store: PreferencesStore,
    /// Whether the system theme is dark.
    pub dark: bool,
    /// Reduced-motion setting of the system; `None` if unknown.
    pub reduced_motion: Option<bool>,
    motion_query: MotionQuery,
    placement: PlacementState,
    /// Theme applied last, and whether animations were off.
    pub applied_style: Option<(ThemeName, bool)>,
}

impl Settings {
    /// Loads the preferences.
    pub fn load(home: &AppDirs) -> Settings {
        let (preferences, store) = PreferencesStore::load(home);
        Settings {
            preferences,
            store,
            dark: false,
            reduced_motion: None,
            motion_query: MotionQuery::default(),
            placement: PlacementState::default(),
            applied_style: None,
        }
    }

    /// Whether animations are turned off.
    pub fn reduces_motion(&self) -> bool {
        match self.preferences.motion {
            Motion::System => self.reduced_motion == Some(true),
            Motion::Full => false,
            Motion::Reduced => true,
        }
    }

    /// Sets the zoom of the window to the text size, with a correction where the system gives a
    /// scale factor with which no window can be used.
    pub fn apply_zoom(&self, ctx: &Context) {
        let scale = ctx.native_pixels_per_point().unwrap_or(1.0);
        let zoom = self.preferences.zoom() * scale_factor::correction(scale);
        if ctx.zoom_factor() != zoom {
            ctx.set_zoom_factor(zoom);
            let (width, height) = WindowPlacement::MIN_SIZE;
            let size = (vec2(width as f32, height as f32) / zoom).max(MIN_SIZE_POINTS);
            ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(size));
        }
    }

    /// Records the system theme and the window placement.
    pub fn update(&mut self, ctx: &Context) {
        self.dark = ctx.system_theme() == Some(egui::Theme::Dark);
        let zoom = ctx.zoom_factor();
        let former = self.preferences.window;
        let seen = ctx.input(|i| {
            let window = i.viewport();
            let hidden = window.minimized == Some(true) || window.fullscreen == Some(true);
            let inner = window
                .inner_rect
                .filter(|rect| !hidden && rect.is_positive())?;
            let maximized = window.maximized == Some(true);
            Some(match former {
                // The placement of the unmaximized window is unknown here.
                Some(former) if maximized => WindowPlacement {
                    maximized: true,
                    ..former
                },
                None if maximized => WindowPlacement {
                    at: None,
                    size: WindowPlacement::DEFAULT_SIZE,
                    maximized: true,
                },
                _ => {
                    let at = window.outer_rect.map(|rect| rect.min * zoom);
                    let size = inner.size() * zoom;
                    WindowPlacement {
                        at: at.map(|at| (at.x.round() as i32, at.y.round() as i32)),
                        size: (size.x.round() as u32, size.y.round() as u32),
                        maximized,
                    }
                    .sanitized()
                }
            })
        });
        // Before it is placed, the window has a temporary position.
        if self.placement == PlacementState::Done {
            self.preferences.window = seen.or(former);
        }
    }

    /// Restores the window placement once the screens are known, and polls the
    /// reduced-motion setting.
    pub fn restore_placement(&mut self, ctx: &Context, frame: &eframe::Frame) {
        self.motion_query.poll(ctx, &mut self.reduced_motion);
        match std::mem::replace(&mut self.placement, PlacementState::Done) {
            PlacementState::Hidden => {
                let side = MAX_SIDE_PIXELS / ctx.pixels_per_point();
                ctx.send_viewport_cmd(ViewportCommand::MaxInnerSize(vec2(side, side)));
            }
            PlacementState::Maximizing => {
                if ctx.input(|i| i.viewport().maximized) == Some(false) {
                    ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
                }
                return;
            }
            PlacementState::Done => return,
        }
        let Some(window) = frame.winit_window() else {
            return;
        };
        // A window without a former placement is maximized.
        if self.preferences.window.is_none_or(|place| place.maximized) {
            self.placement = PlacementState::Maximizing;
            ctx.request_repaint();
        }
        let Some(place) = self.preferences.window else {
            return;
        };
        let scale = window.scale_factor();
        let points = |pixels: f64| pixels / scale;
        let screens: Vec<ScreenRect> = window
            .available_monitors()
            .map(|monitor| {
                let (at, size) = (monitor.position(), monitor.size());
                (
                    points(at.x.into()).round() as i32,
                    points(at.y.into()).round() as i32,
                    points(size.width.into()).round() as u32,
                    points(size.height.into()).round() as u32,
                )
            })
            .collect();
        let found = place.fit_to_screens(&screens);
        let zoom = ctx.zoom_factor();
        if found.size != place.size && !place.maximized {
            let size = vec2(found.size.0 as f32, found.size.1 as f32) / zoom;
            ctx.send_viewport_cmd(ViewportCommand::InnerSize(size));
        }
        if let Some((x, y)) = found.at.filter(|_| !place.maximized) {
            let at = Pos2::new(x as f32 / zoom, y as f32 / zoom);
            ctx.send_viewport_cmd(ViewportCommand::OuterPosition(at));
        }
    }
}
