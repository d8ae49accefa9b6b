//! What a file keeps when its content is replaced: mode, owner, attributes.
//!
//! All of it as well as the system lets us: file systems that know none of it
//! must not keep anybody from saving.

#[cfg(unix)]
use std::fs::Permissions;
use std::fs::{File, Metadata};

/// Gives the new file what the old one had.
#[cfg(unix)]
pub(crate) fn attributes(old: &File, before: &Metadata, new: &File) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let Ok(now) = new.metadata() else {
        return;
    };
    let mut mode = before.mode() & 0o7777;
    if now.gid() != before.gid() && fchown(new, None, Some(before.gid())).is_err() {
        // Others than before would be let in: rather nobody.
        mode &= !0o020;
    }
    if now.uid() != before.uid() {
        let _ = fchown(new, Some(before.uid()), None);
    }
    let _ = new.set_permissions(Permissions::from_mode(mode));
    extended(old, new);
}

/// Copies attributes such as access lists and tags.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn extended(old: &File, new: &File) {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    // Longer lists and values exist, but not on files that people write by hand.
    let (mut names, mut value) = (vec![0_u8; 64 * 1024], vec![0_u8; 64 * 1024]);
    let Ok(length) = flistxattr(old, &mut names[..]) else {
        return;
    };
    for name in names[..length].split(|byte| *byte == 0) {
        if name.is_empty() {
            continue;
        }
        if let Ok(length) = fgetxattr(old, name, &mut value[..]) {
            let _ = fsetxattr(new, name, &value[..length], XattrFlags::empty());
        }
    }
}

#[cfg(all(
    unix,
    not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))
))]
fn extended(_: &File, _: &File) {}

/// Gives the new file what the old one had.
#[cfg(not(unix))]
pub(crate) fn attributes(_: &File, before: &Metadata, new: &File) {
    let _ = new.set_permissions(before.permissions());
}
