//! Backups (备份) that nobody has to think of: verified copies in a second folder, rotated.

pub(crate) mod copy;
mod folder;
mod restore;
mod rotation;
#[cfg(test)]
mod tests;

pub use folder::folder_of;
pub use restore::{Preview, replace_damaged};
pub use rotation::keep;

use std::path::{Path, PathBuf};

use chrono::{NaiveDateTime, TimeDelta};
use jiugai_domain::RecordId;
use jiugai_domain::progress::Progress;
use rusqlite::{Connection, OptionalExtension};

use crate::files::{path, patiently};
use crate::ledger::{Password, inspect::inspect, read_only_connection};
use crate::log::Stamp;
use crate::{Ledger, StorageError, erasure};

/// How long changes may go without a backup.
///
/// Measured by the clock on the wall: a laptop that slept over lunch has gone without a backup all
/// that time, which a monotonic clock would not count.
pub const INTERVAL: TimeDelta = TimeDelta::minutes(30);

/// How long a backup that was asked for and not made is left alone: copying a whole ledger to a
/// full stick after every change would be felt.
const RETRY: TimeDelta = TimeDelta::minutes(5);

/// Why a backup is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// 打开时.
    Opening,
    /// 导入前.
    BeforeImport,
    /// 升级前.
    BeforeMigration,
    /// 恢复前.
    BeforeRestore,
    /// 每 30 分钟.
    Interval,
    /// 手动.
    Manual,
    /// 设密码前: before the password is set, changed or removed.
    BeforePassword,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Opening,
        Self::BeforeImport,
        Self::BeforeMigration,
        Self::BeforeRestore,
        Self::Interval,
        Self::Manual,
        Self::BeforePassword,
    ];

    /// As written in the file name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::BeforeImport => "beforeImport",
            Self::BeforeMigration => "beforeMigration",
            Self::BeforeRestore => "beforeRestore",
            Self::Interval => "interval",
            Self::Manual => "manual",
            Self::BeforePassword => "beforePassword",
        }
    }
}

/// What a ledger or backup holds, for the list of backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// 小区.
    pub compounds: i64,
    /// 房屋(套).
    pub dwellings: i64,
    /// 住户.
    pub households: i64,
}

/// How a backup is protected, seen from its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// Anybody who has the file can read it.
    Plain,
    /// By the password of the ledger.
    Ours,
    /// By a password that is not that of the ledger, or the file is damaged.
    Other,
}

/// One backup file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made, local time.
    pub at: NaiveDateTime,
    /// Why.
    pub reason: Reason,
    /// Its size.
    pub bytes: u64,
    /// What it holds.
    pub counts: Counts,
    /// Number of its last transaction.
    pub revision: i64,
    /// True when it can be read and is whole. Every backup was compared with the ledger when it
    /// was made; this says that nothing cut it off since.
    pub verified: bool,
    /// How it is protected.
    pub cover: Cover,
}

/// What became of a request for a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was made and compared with the ledger.
    Made(Backup),
    /// Nothing changed since this one, so none was made.
    Unchanged(Backup),
}

impl Outcome {
    /// The backup that holds the present state.
    #[must_use]
    pub fn backup(&self) -> &Backup {
        match self {
            Self::Made(backup) | Self::Unchanged(backup) => backup,
        }
    }
}

/// A backup that is about to be made. It reads through its own connection, so it may run on
/// another thread while the ledger goes on working.
#[derive(Debug)]
pub struct Job {
    ledger: PathBuf,
    folder: PathBuf,
    reason: Reason,
    at: NaiveDateTime,
    password: Option<Password>,
}

impl Job {
    /// Makes the backup.
    ///
    /// # Errors
    /// [`StorageError::DiskFull`], [`StorageError::Io`], [`StorageError::ReadOnly`] of the backup
    /// folder; [`StorageError::Damaged`] when the ledger itself is;
    /// [`StorageError::BackupDiffers`]. No half backup is left behind.
    pub fn run(&self) -> Result<Outcome, StorageError> {
        let password = self.password.as_ref();
        let source = read_only_connection(&self.ledger, password)?;
        // Beside the work: nobody waits for it.
        let progress = Progress::default();
        make(
            &source,
            password,
            &self.folder,
            (self.reason, self.at),
            &progress,
        )
    }
}

impl Ledger {
    /// Prepares a backup that can run on another thread.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`].
    pub fn backup_job(&self, reason: Reason, stamp: &Stamp) -> Result<Job, StorageError> {
        let (ledger, folder) = self.backup_folder()?;
        self.backup_asked().set(Some(stamp.at.naive_local()));
        Ok(Job {
            ledger,
            folder,
            reason,
            at: stamp.at.naive_local(),
            password: self.password().cloned(),
        })
    }

    /// Makes a backup, unless nothing changed since the last.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] and those of [`Job::run`].
    pub fn backup(&self, reason: Reason, stamp: &Stamp) -> Result<Outcome, StorageError> {
        let (_, folder) = self.backup_folder()?;
        self.backup_asked().set(Some(stamp.at.naive_local()));
        let named = (reason, stamp.at.naive_local());
        make(
            self.connection(),
            self.password(),
            &folder,
            named,
            self.progress(),
        )
    }

    /// True when there are changes and the last backup is [`INTERVAL`] ago or more.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] or whatever the disk says.
    pub fn backup_due(&self, stamp: &Stamp) -> Result<bool, StorageError> {
        let (_, folder) = self.backup_folder()?;
        let now = stamp.at.naive_local();
        let within = |at: NaiveDateTime, time: TimeDelta| at <= now && now - at < time;
        if self
            .backup_asked()
            .get()
            .is_some_and(|asked| within(asked, RETRY))
        {
            return Ok(false);
        }
        // Backups that a wrong clock dated ahead say nothing about how long ago the last one is.
        let names = folder::names(&folder)?;
        if names.iter().any(|name| within(name.at, INTERVAL)) {
            return Ok(false);
        }
        match folder::latest(&names, |name| name.at, now) {
            None => Ok(self.revision()? > 0),
            Some(latest) => Ok(Tip::read(self.connection()).ok()
                != Tip::of_file(&latest.path, self.password()).ok()),
        }
    }

    /// When the newest backup was made, by its name alone: no file is opened, so that it may be
    /// asked for after every change.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] or whatever the disk says.
    pub fn last_backup_at(&self) -> Result<Option<NaiveDateTime>, StorageError> {
        let (_, folder) = self.backup_folder()?;
        Ok(folder::names(&folder)?.first().map(|newest| newest.at))
    }

    /// The backups of this ledger, newest first.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] or whatever the disk says.
    pub fn list_backups(&self) -> Result<Vec<Backup>, StorageError> {
        let (_, folder) = self.backup_folder()?;
        folder::list(&folder, self.password())
    }

    /// Removes the backups that the present password does not protect, and gives how many.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] or whatever the disk says.
    pub fn remove_foreign_backups(&self) -> Result<usize, StorageError> {
        let ours = Cover::of(self.password());
        self.remove_backups(|backup| backup.cover != ours)
    }

    /// The backups from before the last erasure, and those that nobody can look into: they may hold
    /// what was erased. None while nothing was erased.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] or whatever the disk says.
    pub fn older_backups(&self) -> Result<usize, StorageError> {
        let Some(revision) = erasure::last_revision(self.connection())? else {
            return Ok(0);
        };
        let backups = self.list_backups()?;
        Ok(backups.iter().filter(|one| one.is_before(revision)).count())
    }

    /// Removes the backups from before the last erasure, and gives how many.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] or whatever the disk says.
    pub fn remove_older_backups(&self) -> Result<usize, StorageError> {
        match erasure::last_revision(self.connection())? {
            Some(revision) => self.remove_backups(|backup| backup.is_before(revision)),
            None => Ok(0),
        }
    }

    fn remove_backups(&self, which: impl Fn(&Backup) -> bool) -> Result<usize, StorageError> {
        let mut count = 0;
        for backup in self.list_backups()? {
            if which(&backup) {
                patiently(|| std::fs::remove_file(&backup.path))?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn backup_folder(&self) -> Result<(PathBuf, PathBuf), StorageError> {
        match (self.file(), self.backup_dir()) {
            (Some(path), Some(dir)) => Ok((path.to_owned(), folder_of(dir, path))),
            _ => Err(StorageError::NoBackupFolder),
        }
    }
}

/// The backups of a ledger that may not open any more, newest first.
///
/// # Errors
/// Whatever the disk says.
pub fn list(
    backup_dir: &Path,
    ledger: &Path,
    password: Option<&Password>,
) -> Result<Vec<Backup>, StorageError> {
    folder::list(&folder_of(backup_dir, ledger), password)
}

/// The newest backup that can be read.
pub(crate) fn newest_good(
    backup_dir: &Path,
    ledger: &Path,
    password: Option<&Password>,
) -> Option<Backup> {
    list(backup_dir, ledger, password)
        .ok()?
        .into_iter()
        .find(|backup| backup.verified)
}

fn make(
    source: &Connection,
    password: Option<&Password>,
    folder: &Path,
    (reason, at): (Reason, NaiveDateTime),
    progress: &Progress,
) -> Result<Outcome, StorageError> {
    std::fs::create_dir_all(folder)?;
    // One after the other, newest first: looking into one costs a derivation of the key.
    let names = folder::names(folder)?.into_iter();
    let (past, ahead): (Vec<_>, Vec<_>) = names.partition(|name| name.at <= at);
    let newest = past
        .into_iter()
        .chain(ahead)
        .map(|name| folder::describe(name, password))
        .find(|backup| backup.verified && backup.cover == Cover::of(password));
    if let Some(newest) = newest
        && Tip::of_file(&newest.path, password)? == Tip::read(source)?
    {
        return Ok(Outcome::Unchanged(newest));
    }
    let path = copy::verified(source, password, folder, (reason, at), progress)?;
    rotate(folder, at, &path);
    let name = folder::Name { path, at, reason };
    Ok(Outcome::Made(folder::describe(name, password)))
}

impl Backup {
    fn is_before(&self, revision: i64) -> bool {
        !self.verified || self.revision < revision
    }
}

impl Cover {
    /// How a backup that is made now is protected.
    pub(crate) fn of(password: Option<&Password>) -> Self {
        match password {
            Some(_) => Self::Ours,
            None => Self::Plain,
        }
    }
}

/// Opens a backup, plain or with the password of the ledger.
fn reading(path: &Path, password: Option<&Password>) -> Result<(Connection, Cover), StorageError> {
    let (password, cover) = match (inspect(path)?.encrypted, password) {
        (false, _) => (None, Cover::Plain),
        (true, None) => return Err(StorageError::PasswordNeeded),
        (true, password) => (password, Cover::Ours),
    };
    Ok((
        read_only_connection(&path::for_sqlite(path), password)?,
        cover,
    ))
}

/// Removes what the rotation does not keep. What cannot be removed stays.
fn rotate(folder: &Path, now: NaiveDateTime, made: &Path) {
    let Ok(names) = folder::names(folder) else {
        return;
    };
    let times: Vec<NaiveDateTime> = names.iter().map(|name| name.at).collect();
    for (name, keep) in names.iter().zip(keep(&times, now)) {
        if !keep && name.path != made {
            drop(patiently(|| std::fs::remove_file(&name.path)));
        }
    }
}

/// Which state of which ledger a file holds.
#[derive(Debug, PartialEq, Eq)]
struct Tip {
    ledger: Option<String>,
    schema_version: i64,
    last: Option<(i64, RecordId)>,
}

impl Tip {
    fn read(conn: &Connection) -> Result<Self, StorageError> {
        Ok(Self {
            ledger: crate::ledger::read_fact(conn, "id")?,
            schema_version: crate::migrate::version(conn)?,
            last: conn
                .query_row(
                    "SELECT seq, id FROM transactions ORDER BY seq DESC LIMIT 1",
                    [],
                    |row| Ok((row.get(0)?, RecordId(row.get(1)?))),
                )
                .optional()?,
        })
    }

    fn of_file(path: &Path, password: Option<&Password>) -> Result<Self, StorageError> {
        Self::read(&reading(path, password)?.0)
    }
}
