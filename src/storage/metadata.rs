//! Metadata that a file keeps when its content is replaced: mode, owner, extended
//! attributes.
//!
//! Copied as far as the system allows: file systems without such metadata must not
//! prevent saving.
//! Must not know: what the bytes mean.

#[cfg(unix)]
use std::fs::Permissions;
use std::fs::{File, Metadata};

/// Copies the metadata of the old file to the new one.
#[cfg(unix)]
pub(crate) fn copy_attributes(old: &File, before: &Metadata, new: &File) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let Ok(now) = new.metadata() else {
        return;
    };
    let mut mode = before.mode() & 0o7777;
    if now.gid() != before.gid() && fchown(new, None, Some(before.gid())).is_err() {
        // The group would be another one: rather no access for it.
        mode &= !0o020;
    }
    if now.uid() != before.uid() {
        let _ = fchown(new, Some(before.uid()), None);
    }
    let _ = new.set_permissions(Permissions::from_mode(mode));
    copy_extended_attributes(old, new);
}

/// Copies extended attributes such as access lists and tags.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn copy_extended_attributes(old: &File, new: &File) {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    // Longer lists and values exist, but not on hand-written files.
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
fn copy_extended_attributes(_: &File, _: &File) {}

/// Copies the permissions of the old file to the new one.
#[cfg(not(unix))]
pub(crate) fn copy_attributes(_: &File, before: &Metadata, new: &File) {
    let _ = new.set_permissions(before.permissions());
}
