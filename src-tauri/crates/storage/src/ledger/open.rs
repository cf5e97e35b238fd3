//! Making, opening and refusing ledger files.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::inspect::{Header, inspect};
use super::{Ledger, Mode, OpenOptions, ReadOnlyReason};
use crate::backup::{self, Reason};
use crate::lock::{self, Lock};
use crate::log::Stamp;
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
        match std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
        {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(StorageError::FileExists {
                    path: path.to_owned(),
                });
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StorageError::FileMissing {
                    path: path.to_owned(),
                });
            }
            Err(error) => return Err(error.into()),
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
                drop(std::fs::remove_file(file));
            }
        }
        made
    }

    fn fill(path: &Path, options: &OpenOptions, stamp: &Stamp) -> Result<Self, StorageError> {
        let lock = lock::take(path, stamp)?;
        let mut conn = Connection::open(path)?;
        conn.pragma_update(None, "application_id", migrate::APPLICATION_ID)?;
        configure(&conn, true)?;
        migrate::migrate(&mut conn)?;
        let ledger = Self {
            conn,
            path: Some(std::path::absolute(path)?),
            backup_dir: options.backup_dir.clone(),
            read_only: None,
            _lock: Some(lock),
        };
        ledger.found(stamp)?;
        Ok(ledger)
    }

    /// Opens a ledger file. An older one is backed up and migrated. Making the backup of the
    /// opening is the caller's step ([`Ledger::backup`] with [`Reason::Opening`]), so that a
    /// window can show the ledger first.
    ///
    /// # Errors
    /// [`StorageError::FileMissing`], [`StorageError::NotALedger`], [`StorageError::NewerVersion`],
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
                    .and_then(|dir| backup::newest_good(dir, path));
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
    let path = std::path::absolute(path)?;
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
        read_only_connection(&path)?
    } else {
        Connection::open_with_flags(&path, READ_WRITE)?
    };
    configure(&conn, read_only.is_none())?;
    let (found, supported) = (migrate::version(&conn)?, migrate::latest());
    if found > supported {
        return Err(StorageError::NewerVersion { found, supported });
    }
    if unclean || header.actual_bytes <= QUICK_CHECK_BYTES {
        check(&conn)?;
    }
    let mut ledger = Ledger {
        conn,
        path: Some(path),
        backup_dir: options.backup_dir.clone(),
        read_only,
        _lock: lock,
    };
    if found < supported {
        if read_only.is_some() {
            return Err(StorageError::MigrationNeedsWriting { found, supported });
        }
        if ledger.backup_dir.is_some() {
            ledger.backup(Reason::BeforeMigration, stamp)?;
        }
        migrate::migrate(ledger.connection_mut())?;
    }
    Ok(ledger)
}

const READ_WRITE: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// The lock, unless the file or its folder cannot be written to.
fn right_to_write(path: &Path, stamp: &Stamp) -> Result<Lock, StorageError> {
    if std::fs::metadata(path)?.permissions().readonly() {
        return Err(StorageError::ReadOnly {
            reason: ReadOnlyReason::File,
        });
    }
    match std::fs::OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(StorageError::from)
    {
        Ok(_) => lock::take(path, stamp),
        Err(error) => Err(error),
    }
}

/// Opens for reading, also on a medium on which the shared memory of WAL cannot be made.
pub(crate) fn read_only_connection(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let plain = Connection::open_with_flags(path, flags)?;
    match plain.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Ok(()) => Ok(plain),
        Err(error) => {
            let wal = std::fs::metadata(beside(path, "-wal")).map_or(0, |wal| wal.len());
            match StorageError::from(error) {
                StorageError::Io(_) | StorageError::ReadOnly { .. } if wal == 0 => {
                    let uri = format!("file:{}?immutable=1", escape(path));
                    Ok(Connection::open_with_flags(
                        uri,
                        flags | OpenFlags::SQLITE_OPEN_URI,
                    )?)
                }
                error => Err(error),
            }
        }
    }
}

/// A path inside a SQLite URI.
fn escape(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    if text.starts_with('/') {
        text
    } else {
        format!("/{text}")
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
    conn.pragma_update(None, "cache_size", -32_000)?;
    Ok(())
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
