//! 参数: what the office set beside the values that the product brings: thresholds, rules of law,
//! limits of standards. Own table, tracked like those of the kinds.

use jiugai_domain::RecordId;
use rusqlite::{Connection, params};

use crate::StorageError;
use crate::records::columns::id_at;

/// The table, for the session that records what changes.
pub(crate) const TABLES: [&str; 1] = ["parameter"];

/// A parameter as the office has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Key.
    pub id: RecordId,
    /// Its code; that of a parameter of the product to change it or switch it off.
    pub code: String,
    /// What it is about.
    pub label: String,
    /// Its value as people read it, without the unit.
    pub value: String,
    /// Unit, empty for none.
    pub unit: String,
    /// Law or document.
    pub source: String,
    /// Clause.
    pub clause: String,
    /// Where it holds.
    pub region: String,
    /// Since when, ISO; empty when not known.
    pub effective_on: String,
    /// `statute`, `standard`, `local`, `customary`, `superseded`.
    pub standing: String,
    /// It holds, is shown and printed.
    pub enabled: bool,
    /// Remark.
    pub remark: String,
}

/// What the office set, by code.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<Parameter>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, code, label, value, ifnull(unit, ''), source, clause, region,
           ifnull(effective_on, ''), standing, enabled, ifnull(remark, '')
         FROM parameter ORDER BY code",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Parameter {
            id: id_at(row, 0)?,
            code: row.get(1)?,
            label: row.get(2)?,
            value: row.get(3)?,
            unit: row.get(4)?,
            source: row.get(5)?,
            clause: row.get(6)?,
            region: row.get(7)?,
            effective_on: row.get(8)?,
            standing: row.get(9)?,
            enabled: row.get(10)?,
            remark: row.get(11)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stores a parameter, new or changed, by its code.
///
/// # Errors
/// Whatever SQLite says.
pub fn put(conn: &Connection, parameter: &Parameter) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO parameter (id, code, label, value, unit, source, clause, region, effective_on, standing, enabled, remark)
         VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6, ?7, ?8, nullif(?9, ''), ?10, ?11, nullif(?12, ''))
         ON CONFLICT (code) DO UPDATE SET label = excluded.label, value = excluded.value, unit = excluded.unit,
           source = excluded.source, clause = excluded.clause, region = excluded.region,
           effective_on = excluded.effective_on, standing = excluded.standing, enabled = excluded.enabled,
           remark = excluded.remark",
    )?
    .execute(params![
        parameter.id.0,
        parameter.code,
        parameter.label,
        parameter.value,
        parameter.unit,
        parameter.source,
        parameter.clause,
        parameter.region,
        parameter.effective_on,
        parameter.standing,
        parameter.enabled,
        parameter.remark,
    ])?;
    Ok(())
}

/// Gives up what the office set: the value of the product holds again, an own rule is gone.
///
/// # Errors
/// Whatever SQLite says.
pub fn remove(conn: &Connection, code: &str) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM parameter WHERE code = ?1")?
        .execute([code])?;
    Ok(())
}
