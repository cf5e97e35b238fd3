//! One open ledger.

mod duty;
mod facts;
pub mod inspect;
mod open;
mod password;
mod presence;
mod transact;

#[cfg(all(test, target_os = "linux"))]
mod below;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod locked;
#[cfg(test)]
mod media;
#[cfg(all(test, unix))]
mod media_unix;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod stopped;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use jiugai_domain::Duty;
use jiugai_domain::progress::Progress;
use rusqlite::Connection;

use crate::StorageError;
use crate::lock::Lock;
use crate::log::Stamp;
use crate::migrate;
use crate::query::search::keys;

pub(crate) use facts::{read_fact, write_fact};
pub use open::Room;
pub(crate) use open::{READ_WRITE, beside, configure, heed, keyed, read_only_connection};
pub use password::Password;
pub(crate) use password::recode;
pub(crate) use transact::dangling;

/// How a ledger is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// For work; refused with [`StorageError::InUse`] when another window has it.
    #[default]
    ReadWrite,
    /// For work if nothing stands against it, otherwise for reading, see [`Ledger::read_only`].
    ReadWriteOrRead,
    /// For reading.
    ReadOnly,
}

/// Options of [`Ledger::open`].
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// For work or for reading.
    pub mode: Mode,
    /// The folder under which backups of all ledgers lie; none for no backups.
    pub backup_dir: Option<PathBuf>,
    /// What opens an encrypted ledger; nobody asks for it where the file is a plain one.
    pub password: Option<Password>,
    /// Tells how far long work in the ledger is, and stops it.
    pub progress: Progress,
}

/// Why a ledger is open for reading only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnlyReason {
    /// It was asked for.
    Asked,
    /// Another window works in it.
    InUse,
    /// The file carries the read-only mark.
    File,
    /// The folder or the medium cannot be written to.
    Medium,
}

/// One open ledger file (extension `.jgdb`), with the only right to write to it.
#[derive(Debug)]
pub struct Ledger {
    // Before the lock: the file is closed before the next window may open it.
    conn: Connection,
    place: Option<Place>,
    backup_dir: Option<PathBuf>,
    password: Option<Password>,
    read_only: Option<ReadOnlyReason>,
    progress: Progress,
    lock: Option<Lock>,
    /// Key of the ledger, for the time when the file cannot be asked.
    known_id: String,
    /// A write met a medium that failed: the handles may be dead although the file is back.
    shaken: Cell<bool>,
    /// Number of the last transaction that was acknowledged to the person.
    acknowledged: Cell<i64>,
    /// When a backup was last asked for, made or not.
    backup_asked: Cell<Option<NaiveDateTime>>,
    /// What the person may do.
    duty: Cell<Duty>,
}

/// Where the file of a ledger is.
#[derive(Debug, Clone)]
struct Place {
    /// As people know it.
    shown: PathBuf,
    /// Behind links, short names and mapped drives, in the form that SQLite takes.
    file: PathBuf,
    /// Which file it was when it was opened.
    mark: presence::Mark,
}

impl Ledger {
    /// A ledger without a file, for tests and for trying things out.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn in_memory(stamp: &Stamp) -> Result<Self, StorageError> {
        let mut conn = Connection::open_in_memory()?;
        password::unlock(&conn, None)?;
        configure(&conn, true)?;
        conn.pragma_update(None, "application_id", migrate::APPLICATION_ID)?;
        migrate::migrate(&mut conn)?;
        let ledger = Self {
            place: None,
            backup_dir: None,
            password: None,
            read_only: None,
            progress: Progress::default(),
            lock: None,
            known_id: String::new(),
            shaken: Cell::new(false),
            acknowledged: Cell::new(0),
            backup_asked: Cell::new(None),
            duty: Cell::new(Duty::Planner),
            conn,
        };
        keys::ensure(&ledger.conn)?;
        ledger.found(stamp)?;
        Ok(ledger)
    }

    /// The connection, for reading. What is written past [`Ledger::transact`] is lost to undo
    /// and history.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.conn
    }

    /// Sets how much of the file is kept in memory.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn make_room(&self, room: Room) -> Result<(), StorageError> {
        room.make(&self.conn)
    }

    /// How far long work in the ledger is.
    pub(crate) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Where the file is; none in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.place.as_ref().map(|place| place.shown.as_path())
    }

    /// The folder under which backups of all ledgers lie.
    #[must_use]
    pub fn backup_dir(&self) -> Option<&Path> {
        self.backup_dir.as_deref()
    }

    /// Why nothing can be written, if so.
    #[must_use]
    pub fn read_only(&self) -> Option<ReadOnlyReason> {
        self.read_only
    }

    /// Version of the data: the number of the last transaction, 0 for none. It goes back when an
    /// older backup is restored.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn revision(&self) -> Result<i64, StorageError> {
        revision(&self.conn)
    }

    /// Closes the file and gives the right to write to it back.
    ///
    /// # Errors
    /// Whatever SQLite says; the ledger is closed all the same and nothing committed is lost.
    pub fn close(self) -> Result<(), StorageError> {
        self.conn.close().map_err(|(_, error)| error.into())
    }

    pub(crate) fn file(&self) -> Option<&Path> {
        self.place.as_ref().map(|place| place.file.as_path())
    }

    /// Notes that a backup was asked for now, and gives when that was last.
    pub(crate) fn backup_asked(&self) -> &Cell<Option<NaiveDateTime>> {
        &self.backup_asked
    }

    pub(crate) fn connection_mut(&mut self) -> &mut Connection {
        &mut self.conn
    }

    pub(crate) fn writable(&self) -> Result<(), StorageError> {
        self.read_only
            .map_or(Ok(()), |reason| Err(StorageError::ReadOnly { reason }))
    }
}

pub(crate) fn revision(conn: &Connection) -> Result<i64, StorageError> {
    Ok(conn
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM transactions")?
        .query_row([], |row| row.get(0))?)
}
