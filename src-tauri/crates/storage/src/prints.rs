//! What was printed or saved (打印记录). The table is not tracked: printing changes nothing of the
//! ledger, and a line is never taken back.

use jiugai_domain::RecordId;
use rusqlite::{Connection, params};

use crate::StorageError;

/// A paper that left the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Key.
    pub id: RecordId,
    /// When, RFC 3339.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// On which computer.
    pub device: String,
    /// Compound.
    pub compound: RecordId,
    /// Its name then.
    pub compound_name: String,
    /// Title of the document.
    pub document: String,
    /// `print`, `pdf`, `docx` or `xlsx`.
    pub way: String,
    /// Pages.
    pub pages: u32,
    /// 校验码 printed on it.
    pub checksum: String,
    /// Fonts it was set in, divided by 、.
    pub fonts: String,
    /// Characters without a glyph.
    pub missing: String,
    /// Whole names stood on it.
    pub whole_names: bool,
    /// Why, where whole names were asked for.
    pub reason: String,
}

/// Notes a paper.
///
/// # Errors
/// Whatever SQLite says.
pub fn append(conn: &Connection, print: &Print) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO print_log (id, at, actor, device, compound_id, compound, document, way, pages,
         checksum, fonts, missing, whole_names, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        print.id.0,
        print.at,
        print.actor,
        print.device,
        print.compound.0,
        print.compound_name,
        print.document,
        print.way,
        print.pages,
        print.checksum,
        print.fonts,
        print.missing,
        print.whole_names,
        print.reason,
    ])?;
    Ok(())
}

/// The papers of a compound, latest first, at most so many.
///
/// # Errors
/// Whatever SQLite says.
pub fn list(
    conn: &Connection,
    compound: RecordId,
    most: usize,
) -> Result<Vec<Print>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, at, actor, device, compound_id, compound, document, way, pages, checksum, fonts,
         missing, whole_names, reason FROM print_log WHERE compound_id = ?1
         ORDER BY at DESC, id DESC LIMIT ?2",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![compound.0, most], |row| {
        Ok(Print {
            id: RecordId(row.get(0)?),
            at: row.get(1)?,
            actor: row.get(2)?,
            device: row.get(3)?,
            compound: RecordId(row.get(4)?),
            compound_name: row.get(5)?,
            document: row.get(6)?,
            way: row.get(7)?,
            pages: row.get(8)?,
            checksum: row.get(9)?,
            fonts: row.get(10)?,
            missing: row.get(11)?,
            whole_names: row.get(12)?,
            reason: row.get(13)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
