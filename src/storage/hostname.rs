//! What this machine is called, for who reads a journal or a note elsewhere.

/// What this machine is called.
pub(crate) fn host() -> String {
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
