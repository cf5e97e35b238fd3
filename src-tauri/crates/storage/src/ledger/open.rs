//! Making, opening and refusing ledger files.

use std::cell::Cell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiugai_domain::Duty;
use jiugai_domain::progress::Progress;
use rusqlite::{Connection, OpenFlags};

use super::inspect::{Header, inspect};
use super::password::{Password, unlock};
use super::presence::Mark;
use super::{Ledger, Mode, OpenOptions, Place, ReadOnlyReason};
use crate::backup::{self, Reason};
use crate::files::{name, path, patiently};
use crate::lock::{self, Lock};
use crate::log::Stamp;
use crate::query::search::keys;
use crate::{StorageError, migrate};

/// Files up to this size are checked through at every opening; larger ones only after a window
/// that was not closed, and by every backup.
const QUICK_CHECK_BYTES: u64 = 64 << 20;

impl Ledger {
    /// Makes a new ledger file.
    ///
    /// # Errors
    /// [`StorageError::FileExists`]; those of the disk. After an error no file is left behind.
    pub fn create(path: &Path, options: &OpenOptions, stamp: &Stamp) -> Result<Self, StorageError> {
        let typed = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(fault) = name::fault(&typed) {
            return Err(StorageError::BadName {
                name: typed.into_owned(),
                fault,
            });
        }
        if path::is_too_long(&path::real(path)) {
            return Err(StorageError::PathTooLong);
        }
        match std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
        {
            Ok(_) => {}
            Err(_) if path.is_dir() => {
                return Err(StorageError::FileExists {
                    path: path.to_owned(),
                });
            }
            Err(error) => {
                return Err(match error.kind() {
                    ErrorKind::AlreadyExists => StorageError::FileExists {
                        path: path.to_owned(),
                    },
                    ErrorKind::NotFound | ErrorKind::NotADirectory => StorageError::FolderMissing {
                        folder: path.parent().unwrap_or(path).to_owned(),
                    },
                    _ => error.into(),
                });
            }
        }
        let made = Self::fill(path, options, stamp);
        if made.is_err() {
            for file in [
                path.to_owned(),
                beside(path, "-wal"),
                beside(path, "-shm"),
                lock::lock_path(path),
            ] {
                // What cannot be removed stays: the error that is returned matters more.
                drop(patiently(|| std::fs::remove_file(&file)));
            }
        }
        made
    }

    fn fill(path: &Path, options: &OpenOptions, stamp: &Stamp) -> Result<Self, StorageError> {
        let lock = lock::take(path, stamp)?;
        let password = options.password.as_ref();
        let mut conn = keyed(&path::for_sqlite(path), READ_WRITE, password)?;
        conn.pragma_update(None, "application_id", migrate::APPLICATION_ID)?;
        configure(&conn, true)?;
        migrate::migrate(&mut conn)?;
        keys::ensure(&conn)?;
        let mut ledger = Self::assembled(conn, path, options, password.cloned(), None, Some(lock))?;
        ledger.found(stamp)?;
        ledger.note_state()?;
        Ok(ledger)
    }

    fn assembled(
        conn: Connection,
        path: &Path,
        options: &OpenOptions,
        password: Option<Password>,
        read_only: Option<ReadOnlyReason>,
        lock: Option<Lock>,
    ) -> Result<Self, StorageError> {
        let file = path::for_sqlite(path);
        let place = Place {
            shown: PathBuf::from(path::display(&std::path::absolute(path)?)),
            mark: Mark::of(&file)?,
            file,
        };
        heed(&conn, &options.progress)?;
        Ok(Self {
            conn,
            place: Some(place),
            backup_dir: options.backup_dir.clone(),
            password,
            read_only,
            progress: options.progress.clone(),
            lock,
            known_id: String::new(),
            shaken: Cell::new(false),
            acknowledged: Cell::new(0),
            backup_asked: Cell::new(None),
            duty: Cell::new(Duty::Planner),
        })
    }

    /// Opens a ledger file. An older one is backed up and migrated. Making the backup of the
    /// opening is the caller's step ([`Ledger::backup`] with [`Reason::Opening`]), so that a
    /// window can show the ledger first.
    ///
    /// # Errors
    /// [`StorageError::FileMissing`], [`StorageError::NotALedger`], [`StorageError::NewerVersion`],
    /// [`StorageError::PasswordNeeded`], [`StorageError::WrongPassword`],
    /// [`StorageError::Damaged`] with the newest good backup, [`StorageError::InUse`],
    /// [`StorageError::ReadOnly`], [`StorageError::MigrationNeedsWriting`], those of the disk.
    pub fn open(path: &Path, options: &OpenOptions, stamp: &Stamp) -> Result<Self, StorageError> {
        let opened = open(path, options, stamp);
        opened.map_err(|error| match error {
            StorageError::Damaged {
                detail,
                newest_backup: None,
            } => {
                let newest = options
                    .backup_dir
                    .as_deref()
                    .and_then(|dir| backup::newest_good(dir, path, options.password.as_ref()));
                StorageError::Damaged {
                    detail,
                    newest_backup: newest.map(Box::new),
                }
            }
            other => other,
        })
    }
}

fn open(path: &Path, options: &OpenOptions, stamp: &Stamp) -> Result<Ledger, StorageError> {
    let header = inspect(path)?;
    let password = match (header.encrypted, &options.password) {
        (true, None) => return Err(StorageError::PasswordNeeded),
        (true, Some(password)) => Some(password),
        (false, _) => None,
    };
    let shown = path;
    let path = path::for_sqlite(path);
    if path::is_too_long(&path) {
        return Err(StorageError::PathTooLong);
    }
    let (lock, read_only) = match options.mode {
        Mode::ReadOnly => (None, Some(ReadOnlyReason::Asked)),
        mode => match right_to_write(&path, stamp) {
            Ok(lock) => (Some(lock), None),
            Err(StorageError::ReadOnly { reason }) => (None, Some(reason)),
            Err(StorageError::InUse { .. }) if mode == Mode::ReadWriteOrRead => {
                (None, Some(ReadOnlyReason::InUse))
            }
            Err(error) => return Err(error),
        },
    };
    if options.mode == Mode::ReadWrite
        && let Some(reason) = read_only
    {
        return Err(StorageError::ReadOnly { reason });
    }
    let unclean = std::fs::metadata(beside(&path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    if header.is_truncated() && !unclean {
        let Header {
            expected_bytes,
            actual_bytes,
            ..
        } = header;
        let detail = format!(
            "{actual_bytes} of {} bytes",
            expected_bytes.unwrap_or_default()
        );
        return Err(StorageError::Damaged {
            detail,
            newest_backup: None,
        });
    }
    let conn = if read_only.is_some() {
        read_only_connection(&path, password)?
    } else {
        keyed(&path, READ_WRITE, password)?
    };
    configure(&conn, read_only.is_none())?;
    let (found, supported) = (migrate::version(&conn)?, migrate::latest());
    if found > supported {
        return Err(StorageError::NewerVersion { found, supported });
    }
    if unclean || header.actual_bytes <= QUICK_CHECK_BYTES {
        check(&conn)?;
    }
    let mut ledger = Ledger::assembled(conn, shown, options, password.cloned(), read_only, lock)?;
    if found < supported {
        if read_only.is_some() {
            return Err(StorageError::MigrationNeedsWriting { found, supported });
        }
        if ledger.backup_dir.is_some() {
            ledger.backup(Reason::BeforeMigration, stamp)?;
        }
        migrate::migrate(ledger.connection_mut())?;
    }
    if ledger.read_only.is_none() {
        // What a change of the password left when it was killed.
        backup::copy::remove(&beside(&path, ".part"));
        keys::ensure(ledger.connection())?;
    }
    ledger.note_state()?;
    Ok(ledger)
}

pub(crate) const READ_WRITE: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// The lock, unless the file or its folder cannot be written to.
fn right_to_write(path: &Path, stamp: &Stamp) -> Result<Lock, StorageError> {
    if std::fs::metadata(path)?.permissions().readonly() {
        return Err(StorageError::ReadOnly {
            reason: ReadOnlyReason::File,
        });
    }
    match patiently(|| std::fs::OpenOptions::new().write(true).open(path))
        .map_err(StorageError::from)
    {
        Ok(_) => lock::take(path, stamp),
        Err(error) => Err(error),
    }
}

/// Opens with a password, if any, and makes sure that the file can be read with it.
pub(crate) fn keyed(
    path: &Path,
    flags: OpenFlags,
    password: Option<&Password>,
) -> Result<Connection, StorageError> {
    let conn = Connection::open_with_flags(path, flags)?;
    unlock(&conn, password)?;
    Ok(conn)
}

/// Opens for reading, also on a medium on which the shared memory of WAL cannot be made.
pub(crate) fn read_only_connection(
    path: &Path,
    password: Option<&Password>,
) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match keyed(path, flags, password) {
        Err(StorageError::Io(_) | StorageError::ReadOnly { .. })
            if std::fs::metadata(beside(path, "-wal")).map_or(0, |wal| wal.len()) == 0 =>
        {
            let uri = path::uri(&path.to_string_lossy());
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            keyed(Path::new(&uri), flags, password)
        }
        opened => opened,
    }
}

/// The settings that every connection needs. Temporary files stay on disk: in memory, SQLite walks
/// the whole statement journal after each row of an undo, and a large import takes minutes to undo.
pub(crate) fn configure(conn: &Connection, writing: bool) -> Result<(), StorageError> {
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(128);
    if writing {
        conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        conn.pragma_update(None, "synchronous", "FULL")?;
    }
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    Room::Usual.make(conn)
}

/// Long statements look every so many steps of SQLite whether somebody stopped them.
const STEPS: i32 = 20_000;

/// From here on a statement is interrupted when its work is stopped.
pub(crate) fn heed(conn: &Connection, progress: &Progress) -> Result<(), StorageError> {
    let progress = progress.clone();
    Ok(conn.progress_handler(STEPS, Some(move || progress.is_stopped()))?)
}

/// How much of the file is kept in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// For the work of every day.
    Usual,
    /// For very many rows at once: otherwise pages are written out and read again many times over.
    Large,
}

impl Room {
    pub(super) fn make(self, conn: &Connection) -> Result<(), StorageError> {
        let kibibytes = match self {
            Self::Usual => 32_000,
            Self::Large => 224_000,
        };
        Ok(conn.pragma_update(None, "cache_size", -kibibytes)?)
    }
}

/// Refuses a file of which pages are damaged.
fn check(conn: &Connection) -> Result<(), StorageError> {
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(StorageError::Damaged {
            detail: verdict,
            newest_backup: None,
        })
    }
}

/// A file of the same name with something behind it.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
