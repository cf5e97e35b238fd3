//! What a ledger says about itself.

use rusqlite::{Connection, OptionalExtension};

use super::Ledger;
use crate::StorageError;
use crate::log::{Stamp, fresh_id};

impl Ledger {
    /// Writes key and birth of a new ledger.
    pub(crate) fn found(&self, stamp: &Stamp) -> Result<(), StorageError> {
        let id = fresh_id(&self.conn, stamp.at)?;
        write_fact(&self.conn, "id", &id.to_string())?;
        write_fact(&self.conn, "createdAt", &stamp.at.to_rfc3339())?;
        write_fact(&self.conn, "createdBy", &stamp.actor)
    }

    /// Key of the ledger, the same in all its copies and backups.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn id(&self) -> Result<String, StorageError> {
        Ok(read_fact(&self.conn, "id")?.unwrap_or_default())
    }

    /// A fact about the ledger as a whole (say, that it is the sample). Not undone by undo.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn fact(&self, name: &str) -> Result<Option<String>, StorageError> {
        read_fact(&self.conn, name)
    }

    /// Writes into tables that the log does not follow. Undo does not take it back.
    pub(crate) fn write_untracked<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        self.ready()?;
        self.note_end(work(&self.conn))
    }

    /// Notes a fact about the ledger as a whole.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`] or whatever SQLite says.
    pub fn set_fact(&self, name: &str, value: &str) -> Result<(), StorageError> {
        self.write_untracked(|conn| write_fact(conn, name, value))
    }
}

pub(crate) fn read_fact(conn: &Connection, name: &str) -> Result<Option<String>, StorageError> {
    Ok(conn
        .prepare_cached("SELECT value FROM ledger_facts WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

pub(crate) fn write_fact(conn: &Connection, name: &str, value: &str) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ledger_facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute([name, value])?;
    Ok(())
}
