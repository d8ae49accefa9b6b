//! Polling of the files of open maps on a thread: detects changes by other
//! programs, other editors, and conflict copies of sync services.
//!
//! Polls instead of subscribing to events: many network drives send none, a renamed
//! file loses its watch, and checking a few files every other second costs almost
//! nothing. A drive that does not respond blocks only this thread.
//! Must not know: maps, windows.

use super::conflict_copies::conflict_copies;
use super::disk::{self, FileChange};
use super::presence::{OtherEditor, Presence};
use crate::edit::journal::Fingerprint;
use std::collections::HashMap;
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

/// The interval between two checks.
const CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// The interval at which presence notes are renewed.
const PRESENCE_INTERVAL: Duration = Duration::from_secs(60);

/// An event about the file of an open map.
#[derive(Debug)]
pub enum WatchEvent {
    /// The file differs from its last known content, or does so no longer.
    File(FileChange),
    /// Another editor has opened the file, or none has it open any more.
    OtherEditor(Option<OtherEditor>),
    /// Conflict copies exist beside the file.
    ConflictCopies(Vec<PathBuf>),
}

/// Files by key, each with its last known fingerprint; `None` while the file is being
/// written here, which suspends checking.
type Files = HashMap<u64, (PathBuf, Option<Fingerprint>)>;

enum WatchRequest {
    Files(Files),
    CheckNow,
    Stop(Sender<()>),
}

/// Handle of the watcher thread and the files it watches.
pub struct FileWatch {
    requests: Sender<WatchRequest>,
    events: Receiver<FileEvent>,
    watched: Files,
}

/// The key of a file, its expected fingerprint, and the event.
type FileEvent = (u64, Option<Fingerprint>, WatchEvent);

impl FileWatch {
    /// Starts watching; `wake` is called for every event.
    pub fn start(wake: impl Fn() + Send + 'static) -> FileWatch {
        let (to, asks) = channel();
        let (news, from) = channel();
        let thread = std::thread::Builder::new().name("watch".to_owned());
        // Without a thread, changes are detected only when saving, which checks
        // itself.
        let _ = thread.spawn(move || WatchWorker::new(news, wake).run(&asks));
        FileWatch {
            requests: to,
            events: from,
            watched: HashMap::new(),
        }
    }

    /// Sets the files to watch, each with its last known fingerprint; `None` while
    /// the file is being written here, which suspends checking.
    pub fn set_files(&mut self, files: impl Iterator<Item = (u64, PathBuf, Option<Fingerprint>)>) {
        let files: Files = files.map(|(key, path, seen)| (key, (path, seen))).collect();
        if files != self.watched {
            let _ = self.requests.send(WatchRequest::Files(files.clone()));
            self.watched = files;
        }
    }

    /// Checks all files now, and reads them even if size and time are unchanged.
    pub fn check_now(&self) {
        let _ = self.requests.send(WatchRequest::CheckNow);
    }

    /// Returns the next event that is still valid: the file that it was compared
    /// with may have been overwritten since.
    pub fn next_event(&self) -> Option<(u64, WatchEvent)> {
        let current = |(key, seen, news): FileEvent| {
            let followed = self.watched.get(&key)?;
            let holds = !matches!(news, WatchEvent::File(_)) || followed.1 == seen;
            holds.then_some((key, news))
        };
        self.events.try_iter().find_map(current)
    }
}

impl Drop for FileWatch {
    fn drop(&mut self) {
        let (done, wait) = channel();
        let _ = self.requests.send(WatchRequest::Stop(done));
        // Notes should be removed before the program ends, unless a drive does not
        // respond.
        let _ = wait.recv_timeout(Duration::from_millis(500));
    }
}

struct WatchedFile {
    path: PathBuf,
    /// The last known fingerprint; `None` while the file is being written here.
    fingerprint: Option<Fingerprint>,
    /// File metadata when it was last read.
    stat: Option<FileStat>,
    /// The number of checks in a row that missed the file, at most 2: many programs save
    /// by deleting and recreating a file, so only the second one is reported.
    missed: u8,
    presence: Option<Presence>,
    /// Whether another editor's note was found.
    has_other_editor: bool,
}

impl WatchedFile {
    /// Leaves or renews the presence note of the file. Returns an event if another
    /// editor appeared or left.
    fn announce_or_renew(&mut self) -> Option<WatchEvent> {
        if let Some(claim) = &self.presence {
            claim.renew(SystemTime::now());
            return None;
        }
        let announced = Presence::announce(&self.path, SystemTime::now());
        let other = match announced {
            Ok(claim) => {
                self.presence = Some(claim);
                None
            }
            Err(other) => other,
        };
        let before = std::mem::replace(&mut self.has_other_editor, other.is_some());
        (before != self.has_other_editor).then_some(WatchEvent::OtherEditor(other))
    }
}

/// Size, time and inode of a file, which change with its content in nearly all
/// cases.
type FileStat = (u64, Option<SystemTime>, u64);

fn stat(metadata: &Metadata) -> FileStat {
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    let number = 0;
    (metadata.len(), metadata.modified().ok(), number)
}

struct WatchWorker<W> {
    files: HashMap<u64, WatchedFile>,
    events: Sender<FileEvent>,
    wake: W,
    /// The time when notes were last renewed.
    renewed: Option<Instant>,
}

impl<W: Fn()> WatchWorker<W> {
    fn new(news: Sender<FileEvent>, wake: W) -> WatchWorker<W> {
        WatchWorker {
            files: HashMap::new(),
            events: news,
            wake,
            renewed: Some(Instant::now()),
        }
    }

    fn run(mut self, asks: &Receiver<WatchRequest>) {
        loop {
            // Without files there is nothing to check.
            let ask = if self.files.is_empty() {
                asks.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                asks.recv_timeout(CHECK_INTERVAL)
            };
            match ask {
                Ok(WatchRequest::Files(files)) => self.set_files(files),
                Ok(WatchRequest::CheckNow) => self.check_files(true),
                Err(RecvTimeoutError::Timeout) => self.check_files(false),
                Ok(WatchRequest::Stop(done)) => {
                    self.files.clear();
                    let _ = done.send(());
                    return;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn send(&self, key: u64, news: WatchEvent) {
        let seen = self.files.get(&key).and_then(|file| file.fingerprint);
        if self.events.send((key, seen, news)).is_ok() {
            (self.wake)();
        }
    }

    fn set_files(&mut self, files: Files) {
        self.files.retain(|key, _| files.contains_key(key));
        for (key, (path, seen)) in files {
            let known = self.files.get(&key);
            if known.is_none_or(|file| file.path != path || file.fingerprint != seen) {
                self.watch_file(key, path, seen);
            }
        }
    }

    fn watch_file(&mut self, key: u64, path: PathBuf, seen: Option<Fingerprint>) {
        let former = self.files.remove(&key).filter(|file| file.path == path);
        let known = former.is_some();
        let mut file = former.unwrap_or(WatchedFile {
            path,
            fingerprint: seen,
            stat: None,
            missed: 0,
            presence: None,
            has_other_editor: false,
        });
        (file.fingerprint, file.stat) = (seen, None);
        if !known {
            if let Some(news) = file.announce_or_renew() {
                self.send(key, news);
            }
            let copies = conflict_copies(&file.path);
            if !copies.is_empty() {
                self.send(key, WatchEvent::ConflictCopies(copies));
            }
        }
        self.files.insert(key, file);
        self.check_files(false);
    }

    fn check_files(&mut self, closely: bool) {
        let renew = self
            .renewed
            .is_none_or(|then| then.elapsed() > PRESENCE_INTERVAL);
        if renew {
            self.renewed = Some(Instant::now());
        }
        let mut noticed = Vec::new();
        for (key, file) in &mut self.files {
            if renew {
                noticed.extend(file.announce_or_renew().map(|news| (*key, news)));
            }
            let now = std::fs::metadata(&file.path).map_or((0, None, 0), |m| stat(&m));
            let Some(seen) = file
                .fingerprint
                .filter(|_| closely || file.stat != Some(now))
            else {
                continue;
            };
            let known = file.stat.replace(now) == Some(now);
            let outside = disk::compare_with_disk(&file.path, seen);
            let before = file.missed;
            file.missed = match &outside {
                FileChange::Missing(_) => (before + 1).min(2),
                _ => 0,
            };
            match outside {
                FileChange::Unchanged if before == 0 => {}
                FileChange::Missing(_) if file.missed == 1 => file.stat = None,
                // Reported once.
                _ if known && before != 1 => {}
                outside => noticed.push((*key, WatchEvent::File(outside))),
            }
        }
        for (key, news) in noticed {
            self.send(key, news);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Creates a watcher without a thread.
    fn idle_worker() -> (WatchWorker<fn()>, EventReceiver) {
        let (to, from) = channel();
        (WatchWorker::new(to, || ()), from)
    }

    type EventReceiver = Receiver<FileEvent>;

    fn drain_events(from: &EventReceiver) -> Vec<String> {
        let news = from.try_iter().map(|(_, _, news)| match news {
            WatchEvent::File(FileChange::Unchanged) => "same".to_owned(),
            WatchEvent::File(FileChange::Changed(bytes)) => String::from_utf8(bytes).unwrap(),
            WatchEvent::File(FileChange::Missing(_)) => "gone".to_owned(),
            WatchEvent::OtherEditor(other) => format!("open {}", other.is_some()),
            WatchEvent::ConflictCopies(copies) => format!("{} copies", copies.len()),
        });
        news.collect()
    }

    #[test]
    fn changes_are_reported_once_and_missing_files_at_the_second_check() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"one").unwrap();
        let (mut watcher, from) = idle_worker();
        watcher.watch_file(1, path.clone(), Some(Fingerprint::of(b"one")));
        watcher.check_files(true);
        assert!(drain_events(&from).is_empty());
        crate::storage::write(&path, b"three").unwrap();
        watcher.check_files(false);
        watcher.check_files(false);
        watcher.check_files(true);
        assert_eq!(drain_events(&from), ["three"]);
        watcher.watch_file(1, path.clone(), Some(Fingerprint::of(b"three")));
        // Deleted and recreated between two checks is no event, and neither is one
        // missed check.
        fs::remove_file(&path).unwrap();
        watcher.check_files(false);
        crate::storage::write(&path, b"three").unwrap();
        watcher.check_files(false);
        assert_eq!(drain_events(&from), ["same"]);
        fs::remove_file(&path).unwrap();
        watcher.check_files(false);
        assert!(drain_events(&from).is_empty());
        watcher.check_files(false);
        watcher.check_files(false);
        assert_eq!(drain_events(&from), ["gone"]);
        crate::storage::write(&path, b"three").unwrap();
        watcher.check_files(false);
        assert_eq!(drain_events(&from), ["same"]);
        // A folder takes its place.
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        watcher.check_files(false);
        watcher.check_files(false);
        assert_eq!(drain_events(&from), ["gone"]);
    }

    #[test]
    fn files_being_written_are_not_checked_and_keep_their_note() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"one").unwrap();
        let (mut watcher, from) = idle_worker();
        watcher.watch_file(1, path.clone(), Some(Fingerprint::of(b"one")));
        watcher.watch_file(1, path.clone(), None);
        crate::storage::write(&path, b"three").unwrap();
        watcher.check_files(true);
        assert!(drain_events(&from).is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        watcher.watch_file(1, path.clone(), Some(Fingerprint::of(b"one")));
        assert_eq!(drain_events(&from), ["three"]);
    }

    #[test]
    fn events_about_overwritten_versions_are_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"two").unwrap();
        let (woken, wakes) = channel();
        let mut watch = FileWatch::start(move || {
            let _ = woken.send(());
        });
        let file = |seen: &[u8]| std::iter::once((1, path.clone(), Some(Fingerprint::of(seen))));
        watch.set_files(file(b"one"));
        wakes.recv().unwrap();
        watch.set_files(file(b"two"));
        assert!(watch.next_event().is_none());
        watch.set_files(file(b"one"));
        wakes.recv().unwrap();
        assert!(matches!(
            watch.next_event(),
            Some((1, WatchEvent::File(FileChange::Changed(_))))
        ));
    }

    #[test]
    fn presence_notes_exist_while_a_file_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey.ron");
        crate::storage::write(&path, b"one").unwrap();
        crate::storage::write(&folder.path().join("a (conflicted copy).journey.ron"), b"").unwrap();
        let (mut one, from) = idle_worker();
        one.watch_file(1, path.clone(), Some(Fingerprint::of(b"one")));
        assert_eq!(drain_events(&from), ["1 copies"]);
        let (mut other, heard) = idle_worker();
        other.watch_file(1, path.clone(), Some(Fingerprint::of(b"one")));
        assert_eq!(drain_events(&heard), ["open true", "1 copies"]);
        one.files.clear();
        other.renewed = None;
        other.check_files(false);
        assert_eq!(drain_events(&heard), ["open false"]);
        other.files.clear();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
