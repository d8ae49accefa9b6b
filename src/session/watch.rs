//! Looks after the files of open maps, on a thread of its own: whether somebody
//! else changed them, has them open too, or a sync service left copies beside.
//!
//! Looks rather than waits for events: many network drives send none, a renamed
//! file loses its watch, and looking at a few files every other second costs
//! next to nothing. A drive that does not answer holds up only this thread.
//! Must not know: maps, windows.

use super::disk::{self, Outside};
use super::lock::{Claim, Claimed, Other, copies};
use crate::edit::journal::Seen;
use std::collections::HashMap;
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

/// How often files are looked at.
const OFTEN: Duration = Duration::from_secs(2);

/// How often notes are renewed that a map is open.
const RENEW: Duration = Duration::from_secs(60);

/// What was noticed about the file of an open map.
#[derive(Debug)]
pub enum News {
    /// It is not what it was.
    Outside(Outside),
    /// Somebody else has it open.
    AlsoOpen(Other),
    /// Conflict copies lie beside it.
    Copies(Vec<PathBuf>),
}

enum Ask {
    Follow(u64, PathBuf, Seen),
    Leave(u64),
    Look,
    Stop(Sender<()>),
}

/// The files that are looked after.
pub struct Watch {
    to: Sender<Ask>,
    from: Receiver<(u64, News)>,
    following: HashMap<u64, (PathBuf, Seen)>,
}

impl Watch {
    /// Starts to look; `wake` is called whenever there is news.
    pub fn start(wake: impl Fn() + Send + 'static) -> Watch {
        let (to, asks) = channel();
        let (news, from) = channel();
        let thread = std::thread::Builder::new().name("watch".to_owned());
        // Without a thread nothing is noticed before saving, which looks itself.
        let _ = thread.spawn(move || Watcher::new(news, wake).run(&asks));
        Watch {
            to,
            from,
            following: HashMap::new(),
        }
    }

    /// Follows these files, each last seen like this, and no others.
    pub fn follow(&mut self, files: impl Iterator<Item = (u64, PathBuf, Seen)>) {
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

    /// Looks at once, and closely.
    pub fn look(&self) {
        let _ = self.to.send(Ask::Look);
    }

    /// What was noticed since.
    pub fn news(&self) -> Vec<(u64, News)> {
        self.from.try_iter().collect()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let (done, wait) = channel();
        let _ = self.to.send(Ask::Stop(done));
        // Notes should be gone when the program is, unless a drive does not answer.
        let _ = wait.recv_timeout(Duration::from_millis(500));
    }
}

struct File {
    path: PathBuf,
    seen: Seen,
    /// How it looked when it was read last.
    stat: Option<Stat>,
    /// It was not there when it was looked for last: many programs save by
    /// removing a file and making it again, so this is said the second time.
    missing: Missing,
    claim: Option<Claim>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    No,
    Perhaps,
    Yes,
}

/// What changes with the content of a file, nearly always.
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
    news: Sender<(u64, News)>,
    wake: W,
    renewed: Instant,
}

impl<W: Fn()> Watcher<W> {
    fn new(news: Sender<(u64, News)>, wake: W) -> Watcher<W> {
        Watcher {
            files: HashMap::new(),
            news,
            wake,
            renewed: Instant::now(),
        }
    }

    fn run(mut self, asks: &Receiver<Ask>) {
        loop {
            // Where nothing is open there is nothing to look at.
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
        if self.news.send((key, news)).is_ok() {
            (self.wake)();
        }
    }

    fn follow(&mut self, key: u64, path: PathBuf, seen: Seen) {
        let former = self.files.remove(&key).filter(|file| file.path == path);
        let known = former.is_some();
        let mut file = former.unwrap_or(File {
            path,
            seen,
            stat: None,
            missing: Missing::No,
            claim: None,
        });
        (file.seen, file.stat) = (seen, None);
        if !known {
            match Claim::leave(&file.path, SystemTime::now()) {
                Claimed::Ours(claim) => file.claim = Some(claim),
                Claimed::Theirs(other) => self.tell(key, News::AlsoOpen(other)),
                Claimed::None => {}
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
        let renew = self.renewed.elapsed() > RENEW;
        if renew {
            self.renewed = Instant::now();
        }
        let mut noticed = Vec::new();
        for (key, file) in &mut self.files {
            if renew && let Some(claim) = &file.claim {
                let _ = claim.renew(SystemTime::now());
            }
            let now = std::fs::metadata(&file.path).map_or((0, None, 0), |m| stat(&m));
            if !closely && file.stat == Some(now) {
                continue;
            }
            let known = file.stat.replace(now) == Some(now);
            let outside = disk::look(&file.path, file.seen);
            let before = file.missing;
            file.missing = match (&outside, before) {
                (Outside::Gone(_), Missing::No) => Missing::Perhaps,
                (Outside::Gone(_), _) => Missing::Yes,
                _ => Missing::No,
            };
            match outside {
                Outside::Same if before == Missing::No => {}
                Outside::Gone(_) if file.missing == Missing::Perhaps => file.stat = None,
                // Said once.
                _ if known && before != Missing::Perhaps => {}
                outside => noticed.push((*key, News::Outside(outside))),
            }
        }
        for (key, news) in noticed {
            self.tell(key, news);
        }
    }
}
