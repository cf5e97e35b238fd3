//! 阶段: when a compound came into which stage, and what a person said about a gate. Own tables,
//! tracked like those of the kinds.

use jiugai_domain::RecordId;
use rusqlite::{Connection, params};

use crate::StorageError;

/// The tables, for the session that records what changes.
pub(crate) const TABLES: [&str; 2] = ["stage_step", "stage_word"];

/// A compound came into a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageStep {
    /// Key.
    pub id: RecordId,
    /// The compound.
    pub compound: RecordId,
    /// Stage, 0 to 11.
    pub stage: i64,
    /// Day, ISO.
    pub entered_on: String,
    /// Under whose name.
    pub person: String,
    /// Remark, empty for none.
    pub remark: String,
}

/// What a person said about a condition of a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageWord {
    /// Key.
    pub id: RecordId,
    /// The compound.
    pub compound: RecordId,
    /// Code of the condition.
    pub condition: String,
    /// It is an exception; otherwise it is confirmed.
    pub exception: bool,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// Day, ISO.
    pub decided_on: String,
}

/// The steps of a compound, in the order in which they were taken.
///
/// # Errors
/// When the ledger cannot be read.
pub fn steps(conn: &Connection, compound: RecordId) -> Result<Vec<StageStep>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, stage, entered_on, person, ifnull(remark, '') FROM stage_step
         WHERE compound_id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([compound.0], |row| {
        Ok(StageStep {
            id: RecordId(row.get(0)?),
            compound,
            stage: row.get(1)?,
            entered_on: row.get(2)?,
            person: row.get(3)?,
            remark: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes down a step.
///
/// # Errors
/// Whatever SQLite says.
pub fn add_step(conn: &Connection, step: &StageStep) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO stage_step (id, compound_id, stage, entered_on, person, remark)
         VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, ''))",
    )?
    .execute(params![
        step.id.0,
        step.compound.0,
        step.stage,
        step.entered_on,
        step.person,
        step.remark,
    ])?;
    Ok(())
}

/// What persons said about the gates of a compound.
///
/// # Errors
/// When the ledger cannot be read.
pub fn words(conn: &Connection, compound: RecordId) -> Result<Vec<StageWord>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, condition, sort = 'exception', reason, decided_by, decided_on FROM stage_word
         WHERE compound_id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([compound.0], |row| {
        Ok(StageWord {
            id: RecordId(row.get(0)?),
            compound,
            condition: row.get(1)?,
            exception: row.get(2)?,
            reason: row.get(3)?,
            decided_by: row.get(4)?,
            decided_on: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps what a person said; a later word replaces an earlier one.
///
/// # Errors
/// Whatever SQLite says.
pub fn put_word(conn: &Connection, word: &StageWord) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO stage_word (id, compound_id, condition, sort, reason, decided_by, decided_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (compound_id, condition) DO UPDATE SET sort = excluded.sort, reason = excluded.reason,
           decided_by = excluded.decided_by, decided_on = excluded.decided_on",
    )?
    .execute(params![
        word.id.0,
        word.compound.0,
        word.condition,
        if word.exception {
            "exception"
        } else {
            "confirmed"
        },
        word.reason,
        word.decided_by,
        word.decided_on,
    ])?;
    Ok(())
}

/// Takes a word back.
///
/// # Errors
/// Whatever SQLite says.
pub fn remove_word(
    conn: &Connection,
    compound: RecordId,
    condition: &str,
) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM stage_word WHERE compound_id = ?1 AND condition = ?2")?
        .execute(params![compound.0, condition])?;
    Ok(())
}
