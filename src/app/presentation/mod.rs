//! Presentation mode (F5): full screen, nothing but the map, which is walked along a route. The
//! map can be edited meanwhile; the speaker's window shows notes, the next stop and the controls.
//!
//! Must not know: how the map is drawn, how edits are carried out.

mod aim;
mod camera;
mod caption;
mod card_view;
mod cover;
mod ink;
mod keys;
mod lanes;
mod large_card;
mod look;
mod overlay;
mod route_menu;
mod screens;
mod shown;
mod speaker;
mod speaker_window;
mod stage_fit;
mod state;

pub(crate) use keys::is_allowed;
pub(crate) use state::Presentation;
