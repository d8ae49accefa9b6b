//! Polling of the files of open maps on a thread: detects changes by other
//! programs, other editors, and conflict copies of sync services.
//!
//! Polls instead of subscribing to events: many network drives send none, a renamed
//! file loses its watch, and checking a few files every other second costs almost
//! nothing. A drive that does not respond blocks only this thread.
//! Must not know: maps, windows.

use super::disk::{self, Outside};
use super::presence::{Claim, Claimed, Other, copies};
use crate::edit::journal::Seen;
use std::collections::HashMap;
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

/// The interval between two checks.
const OFTEN: Duration = Duration::from_secs(2);

/// The interval at which presence notes are renewed.
const RENEW: Duration = Duration::from_secs(60);

/// An event about the file of an open map.
#[derive(Debug)]
pub enum News {
    /// The file differs from its last known content, or does so no longer.
    Outside(Outside),
    /// Another editor has opened the file, or none has it open any more.
    AlsoOpen(Option<Other>),
    /// Conflict copies exist beside the file.
    Copies(Vec<PathBuf>),
}

enum Ask {
    Follow(u64, PathBuf, Option<Seen>),
    Leave(u64),
    Look,
    Stop(Sender<()>),
}

/// Handle of the watcher thread and the files it watches.
pub struct Watch {
    to: Sender<Ask>,
    from: Receiver<Told>,
    following: HashMap<u64, (PathBuf, Option<Seen>)>,
}

/// The key of a file, its expected fingerprint, and the event.
type Told = (u64, Option<Seen>, News);

impl Watch {
    /// Starts watching; `wake` is called for every event.
    pub fn start(wake: impl Fn() + Send + 'static) -> Watch {
        let (to, asks) = channel();
        let (news, from) = channel();
        let thread = std::thread::Builder::new().name("watch".to_owned());
        // Without a thread, changes are detected only when saving, which checks
        // itself.
        let _ = thread.spawn(move || Watcher::new(news, wake).run(&asks));
        Watch {
            to,
            from,
            following: HashMap::new(),
        }
    }

    /// Sets the files to watch, each with its last known fingerprint; `None` while
    /// the file is being written here, which suspends checking.
    pub fn follow(&mut self, files: impl Iterator<Item = (u64, PathBuf, Option<Seen>)>) {
        let files: HashMap<_, _> = files.map(|(key, path, seen)| (key, (path, seen))).collect();
        if files == self.following {
            return;
        }
        for key in self.following.keys().filter(|key| !files.contains_key(key)) {
            let _ = self.to.send(Ask::Leave(*key));
        }
        for (key, file) in &files {
            if self.following.get(key) != Some(file) {
                let _ = self.to.send(Ask::Follow(*key, file.0.clone(), file.1));
            }
        }
        self.following = files;
    }

    /// Checks all files now, and reads them even if size and time are unchanged.
    pub fn look(&self) {
        let _ = self.to.send(Ask::Look);
    }

    /// Returns the next event that is still valid: the file that it was compared
    /// with may have been overwritten since.
    pub fn news(&self) -> Option<(u64, News)> {
        let current = |(key, seen, news): Told| {
            let followed = self.following.get(&key)?;
            let holds = !matches!(news, News::Outside(_)) || followed.1 == seen;
            holds.then_some((key, news))
        };
        self.from.try_iter().find_map(current)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let (done, wait) = channel();
        let _ = self.to.send(Ask::Stop(done));
        // Notes should be removed before the program ends, unless a drive does not
        // respond.
        let _ = wait.recv_timeout(Duration::from_millis(500));
    }
}

struct File {
    path: PathBuf,
    /// The last known fingerprint; `None` while the file is being written here.
    seen: Option<Seen>,
    /// File metadata when it was last read.
    stat: Option<Stat>,
    /// Result of the last existence checks: many programs save by deleting and
    /// recreating a file, so only the second missed check is reported.
    missing: Missing,
    claim: Option<Claim>,
    /// Whether another editor's note was found.
    shared: bool,
}

impl File {
    /// Leaves or renews the presence note of the file. Returns an event if another
    /// editor appeared or left.
    fn leave_note(&mut self) -> Option<News> {
        if let Some(claim) = &self.claim {
            let _ = claim.renew(SystemTime::now());
            return None;
        }
        let other = match Claim::leave(&self.path, SystemTime::now()) {
            Claimed::Ours(claim) => {
                self.claim = Some(claim);
                None
            }
            Claimed::Theirs(other) => Some(other),
            Claimed::None => None,
        };
        let before = std::mem::replace(&mut self.shared, other.is_some());
        (before != self.shared).then_some(News::AlsoOpen(other))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    No,
    Perhaps,
    Yes,
}

/// Size, time and inode of a file, which change with its content in nearly all
/// cases.
type Stat = (u64, Option<SystemTime>, u64);

fn stat(metadata: &Metadata) -> Stat {
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    let number = 0;
    (metadata.len(), metadata.modified().ok(), number)
}

struct Watcher<W> {
    files: HashMap<u64, File>,
    news: Sender<Told>,
    wake: W,
    /// The time when notes were last renewed.
    renewed: Option<Instant>,
}

impl<W: Fn()> Watcher<W> {
    fn new(news: Sender<Told>, wake: W) -> Watcher<W> {
        Watcher {
            files: HashMap::new(),
            news,
            wake,
            renewed: Some(Instant::now()),
        }
    }

    fn run(mut self, asks: &Receiver<Ask>) {
        loop {
            // Without files there is nothing to check.
            let ask = match self.files.is_empty() {
                true => asks.recv().map_err(|_| RecvTimeoutError::Disconnected),
                false => asks.recv_timeout(OFTEN),
            };
            match ask {
                Ok(Ask::Follow(key, path, seen)) => self.follow(key, path, seen),
                Ok(Ask::Leave(key)) => drop(self.files.remove(&key)),
                Ok(Ask::Look) => self.look(true),
                Err(RecvTimeoutError::Timeout) => self.look(false),
                Ok(Ask::Stop(done)) => {
                    self.files.clear();
                    let _ = done.send(());
                    return;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn tell(&self, key: u64, news: News) {
        let seen = self.files.get(&key).and_then(|file| file.seen);
        if self.news.send((key, seen, news)).is_ok() {
            (self.wake)();
        }
    }

    fn follow(&mut self, key: u64, path: PathBuf, seen: Option<Seen>) {
        let former = self.files.remove(&key).filter(|file| file.path == path);
        let known = former.is_some();
        let mut file = former.unwrap_or(File {
            path,
            seen,
            stat: None,
            missing: Missing::No,
            claim: None,
            shared: false,
        });
        (file.seen, file.stat) = (seen, None);
        if !known {
            if let Some(news) = file.leave_note() {
                self.tell(key, news);
            }
            let copies = copies(&file.path);
            if !copies.is_empty() {
                self.tell(key, News::Copies(copies));
            }
        }
        self.files.insert(key, file);
        self.look(false);
    }

    fn look(&mut self, closely: bool) {
        let renew = self.renewed.is_none_or(|then| then.elapsed() > RENEW);
        if renew {
            self.renewed = Some(Instant::now());
        }
        let mut noticed = Vec::new();
        for (key, file) in &mut self.files {
            if renew {
                noticed.extend(file.leave_note().map(|news| (*key, news)));
            }
            let now = std::fs::metadata(&file.path).map_or((0, None, 0), |m| stat(&m));
            let Some(seen) = file.seen.filter(|_| closely || file.stat != Some(now)) else {
                continue;
            };
            let known = file.stat.replace(now) == Some(now);
            let outside = disk::look(&file.path, seen);
            let before = file.missing;
            file.missing = match (&outside, before) {
                (Outside::Gone(_), Missing::No) => Missing::Perhaps,
                (Outside::Gone(_), _) => Missing::Yes,
                _ => Missing::No,
            };
            match outside {
                Outside::Same if before == Missing::No => {}
                Outside::Gone(_) if file.missing == Missing::Perhaps => file.stat = None,
                // Reported once.
                _ if known && before != Missing::Perhaps => {}
                outside => noticed.push((*key, News::Outside(outside))),
            }
        }
        for (key, news) in noticed {
            self.tell(key, news);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Creates a watcher without a thread.
    fn watcher() -> (Watcher<fn()>, Heard) {
        let (to, from) = channel();
        (Watcher::new(to, || ()), from)
    }

    type Heard = Receiver<Told>;

    fn told(from: &Heard) -> Vec<String> {
        let news = from.try_iter().map(|(_, _, news)| match news {
            News::Outside(Outside::Same) => "same".to_owned(),
            News::Outside(Outside::Changed(bytes)) => String::from_utf8(bytes).unwrap(),
            News::Outside(Outside::Gone(_)) => "gone".to_owned(),
            News::AlsoOpen(other) => format!("open {}", other.is_some()),
            News::Copies(copies) => format!("{} copies", copies.len()),
        });
        news.collect()
    }

    #[test]
    fn changes_are_reported_once_and_missing_files_at_the_second_check() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"one").unwrap();
        let (mut watcher, from) = watcher();
        watcher.follow(1, path.clone(), Some(Seen::of(b"one")));
        watcher.look(true);
        assert!(told(&from).is_empty());
        crate::storage::write(&path, b"three").unwrap();
        watcher.look(false);
        watcher.look(false);
        watcher.look(true);
        assert_eq!(told(&from), ["three"]);
        watcher.follow(1, path.clone(), Some(Seen::of(b"three")));
        // Deleted and recreated between two checks is no event, and neither is one
        // missed check.
        fs::remove_file(&path).unwrap();
        watcher.look(false);
        crate::storage::write(&path, b"three").unwrap();
        watcher.look(false);
        assert_eq!(told(&from), ["same"]);
        fs::remove_file(&path).unwrap();
        watcher.look(false);
        assert!(told(&from).is_empty());
        watcher.look(false);
        watcher.look(false);
        assert_eq!(told(&from), ["gone"]);
        crate::storage::write(&path, b"three").unwrap();
        watcher.look(false);
        assert_eq!(told(&from), ["same"]);
        // A folder takes its place.
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        watcher.look(false);
        watcher.look(false);
        assert_eq!(told(&from), ["gone"]);
    }

    #[test]
    fn files_being_written_are_not_checked_and_keep_their_note() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"one").unwrap();
        let (mut watcher, from) = watcher();
        watcher.follow(1, path.clone(), Some(Seen::of(b"one")));
        watcher.follow(1, path.clone(), None);
        crate::storage::write(&path, b"three").unwrap();
        watcher.look(true);
        assert!(told(&from).is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        watcher.follow(1, path.clone(), Some(Seen::of(b"one")));
        assert_eq!(told(&from), ["three"]);
    }

    #[test]
    fn events_about_overwritten_versions_are_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"two").unwrap();
        let (woken, wakes) = channel();
        let mut watch = Watch::start(move || {
            let _ = woken.send(());
        });
        let file = |seen: &[u8]| std::iter::once((1, path.clone(), Some(Seen::of(seen))));
        watch.follow(file(b"one"));
        wakes.recv().unwrap();
        watch.follow(file(b"two"));
        assert!(watch.news().is_none());
        watch.follow(file(b"one"));
        wakes.recv().unwrap();
        assert!(matches!(
            watch.news(),
            Some((1, News::Outside(Outside::Changed(_))))
        ));
    }

    #[test]
    fn presence_notes_exist_while_a_file_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"one").unwrap();
        crate::storage::write(&folder.path().join("a (conflicted copy).journey.ron"), b"").unwrap();
        let (mut one, from) = watcher();
        one.follow(1, path.clone(), Some(Seen::of(b"one")));
        assert_eq!(told(&from), ["1 copies"]);
        let (mut other, heard) = watcher();
        other.follow(1, path.clone(), Some(Seen::of(b"one")));
        assert_eq!(told(&heard), ["open true", "1 copies"]);
        one.files.clear();
        other.renewed = None;
        other.look(false);
        assert_eq!(told(&heard), ["open false"]);
        other.files.clear();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
