//! The name of this machine, written into journals and presence notes.
//!
//! Must not know: who reads it.

/// Returns the name of this machine, or "this machine" if it has none.
pub(crate) fn host_name() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    if name.is_empty() {
        "this machine".to_owned()
    } else {
        name
    }
}
