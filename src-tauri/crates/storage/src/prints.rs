//! What was printed, saved or exported (导出和打印记录). The tables are not tracked: this changes
//! nothing of the ledger, and a line is never taken back.

use jiugai_domain::RecordId;
use rusqlite::{Connection, params};

use crate::{Ledger, StorageError};

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

/// A file of records that left the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Key.
    pub id: RecordId,
    /// When, RFC 3339.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// On which computer.
    pub device: String,
    /// Compound; none for the whole ledger.
    pub compound: Option<RecordId>,
    /// What was exported.
    pub title: String,
    /// How the name of the file ends.
    pub way: String,
    /// Records.
    pub records: u32,
    /// 校验码 of the file.
    pub checksum: String,
    /// Names or telephone numbers stood in it.
    pub personal: bool,
}

impl Ledger {
    /// Notes an export.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`] or whatever SQLite says.
    pub fn note_export(&self, export: &Export) -> Result<(), StorageError> {
        self.write_untracked(|conn| {
            conn.prepare_cached(
                "INSERT INTO export_log (id, at, actor, device, compound_id, title, way, records,
                 checksum, personal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                export.id.0,
                export.at,
                export.actor,
                export.device,
                export.compound.map(|compound| compound.0),
                export.title,
                export.way,
                export.records,
                export.checksum,
                export.personal,
            ])?;
            Ok(())
        })
    }
}

/// The exports of a compound and of the whole ledger, latest first, at most so many.
///
/// # Errors
/// Whatever SQLite says.
pub fn list_exports(
    conn: &Connection,
    compound: RecordId,
    most: usize,
) -> Result<Vec<Export>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, at, actor, device, compound_id, title, way, records, checksum, personal
         FROM export_log WHERE compound_id = ?1 OR compound_id IS NULL
         ORDER BY at DESC, id DESC LIMIT ?2",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![compound.0, most], |row| {
        Ok(Export {
            id: RecordId(row.get(0)?),
            at: row.get(1)?,
            actor: row.get(2)?,
            device: row.get(3)?,
            compound: row.get::<_, Option<[u8; 16]>>(4)?.map(RecordId),
            title: row.get(5)?,
            way: row.get(6)?,
            records: row.get(7)?,
            checksum: row.get(8)?,
            personal: row.get(9)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
