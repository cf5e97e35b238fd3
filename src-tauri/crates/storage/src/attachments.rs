//! Photos and scans (照片与附件) of records. The table of attachments is tracked like those of the
//! kinds; the bytes lie once each under their SHA-256 and stay, so that undo and redo find them, until
//! somebody empties the recycle bin of photos.

use std::collections::HashMap;

use jiugai_domain::{Holder, RecordId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::{Ledger, StorageError};

#[cfg(test)]
mod tests;

/// The table, for the session that records what changes.
pub(crate) const TABLES: [&str; 1] = ["attachment"];

/// SHA-256 of the bytes of a file.
pub type Hash = [u8; 32];

/// A file that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// `image/jpeg` or `application/pdf`.
    pub media_type: String,
    /// Pixels across; 0 for a scan.
    pub width: u32,
    /// Pixels down; 0 for a scan.
    pub height: u32,
    /// A small JPEG; empty for a scan.
    pub thumbnail: Vec<u8>,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What hangs on a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Key.
    pub id: RecordId,
    /// What the record is.
    pub holder: Holder,
    /// The record.
    pub record: RecordId,
    /// Compound of the record; none for a record of the whole ledger and for a ballot.
    pub compound: Option<RecordId>,
    /// The file.
    pub hash: Hash,
    /// Name of the file it was made from.
    pub name: String,
    /// 说明.
    pub caption: String,
    /// `before`, `during`, `after` or `other`.
    pub stage: String,
    /// 机位: from where it was taken; the same word makes a pair.
    pub viewpoint: String,
    /// 拍摄日期, ISO.
    pub taken_on: Option<String>,
}

/// An attachment with what a list shows of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// The attachment.
    pub attachment: Attachment,
    /// `image/jpeg` or `application/pdf`.
    pub media_type: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Bytes of the file.
    pub size: u64,
    /// A small JPEG; empty for a scan.
    pub thumbnail: Vec<u8>,
}

const COLUMNS: &str =
    "a.id, a.record_kind, a.record_id, a.compound_id, a.hash, a.name, a.caption, a.stage,
    a.viewpoint, a.taken_on, f.media_type, f.width, f.height, f.size, f.thumbnail
    FROM attachment AS a JOIN attachment_file AS f ON f.hash = a.hash";

/// Keeps the bytes of a file, once; gives their hash.
///
/// # Errors
/// Whatever SQLite says.
pub fn keep(conn: &Connection, file: &AttachedFile) -> Result<Hash, StorageError> {
    let hash: Hash = Sha256::digest(&file.bytes).into();
    conn.prepare_cached(
        "INSERT INTO attachment_file (hash, media_type, width, height, size, thumbnail, bytes)
         VALUES (?1, ?2, ?3, ?4, length(?6), ?5, ?6) ON CONFLICT (hash) DO UPDATE SET
           size = excluded.size, thumbnail = excluded.thumbnail, bytes = excluded.bytes WHERE size = 0",
    )?
    .execute(params![
        hash,
        file.media_type,
        file.width,
        file.height,
        file.thumbnail,
        file.bytes
    ])?;
    Ok(hash)
}

/// Hangs a kept file on a record, behind what hangs there.
///
/// # Errors
/// Whatever SQLite says.
pub fn insert(conn: &Connection, attachment: &Attachment) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO attachment (id, record_kind, record_id, compound_id, hash, name, caption, stage, viewpoint, taken_on, position)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
           (SELECT ifnull(max(position), 0) + 1 FROM attachment WHERE record_kind = ?2 AND record_id = ?3))",
    )?
    .execute(params![
        attachment.id.0,
        attachment.holder.code(),
        attachment.record.0,
        attachment.compound.map(|id| id.0),
        attachment.hash,
        attachment.name,
        attachment.caption,
        attachment.stage,
        attachment.viewpoint,
        attachment.taken_on
    ])?;
    Ok(())
}

/// Stores caption, stage, viewpoint and date anew.
///
/// # Errors
/// Whatever SQLite says.
pub fn update(conn: &Connection, attachment: &Attachment) -> Result<(), StorageError> {
    conn.prepare_cached(
        "UPDATE attachment SET caption = ?2, stage = ?3, viewpoint = ?4, taken_on = ?5 WHERE id = ?1",
    )?
    .execute(params![
        attachment.id.0,
        attachment.caption,
        attachment.stage,
        attachment.viewpoint,
        attachment.taken_on
    ])?;
    Ok(())
}

/// Takes an attachment from its record into the recycle bin, or brings it back.
///
/// # Errors
/// Whatever SQLite says.
pub fn set_removed(conn: &Connection, id: RecordId, removed: bool) -> Result<(), StorageError> {
    conn.prepare_cached("UPDATE attachment SET removed = ?2 WHERE id = ?1")?
        .execute(params![id.0, removed])?;
    Ok(())
}

/// One attachment, also a removed one.
///
/// # Errors
/// When the ledger cannot be read.
pub fn get(conn: &Connection, id: RecordId) -> Result<Option<AttachmentRow>, StorageError> {
    Ok(conn
        .prepare_cached(&format!("SELECT {COLUMNS} WHERE a.id = ?1"))?
        .query_row([id.0], row_at)
        .optional()?)
}

/// What hangs on a record, in the order in which it was added.
///
/// # Errors
/// When the ledger cannot be read.
pub fn of_record(
    conn: &Connection,
    holder: Holder,
    record: RecordId,
) -> Result<Vec<AttachmentRow>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE a.record_kind = ?1 AND a.record_id = ?2 AND a.removed = 0 AND f.size > 0
         ORDER BY a.position, a.id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((holder.code(), record.0), row_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What hangs on a compound and its records, by viewpoint, then stage, then date.
///
/// # Errors
/// When the ledger cannot be read.
pub fn of_compound(
    conn: &Connection,
    compound: RecordId,
) -> Result<Vec<AttachmentRow>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE a.compound_id = ?1 AND a.removed = 0 AND f.size > 0
         ORDER BY a.viewpoint = '', a.viewpoint,
         CASE a.stage WHEN 'before' THEN 0 WHEN 'during' THEN 1 WHEN 'after' THEN 2 ELSE 3 END,
         ifnull(a.taken_on, '9999'), a.id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([compound.0], row_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was removed and lies in the recycle bin, latest added first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn removed(conn: &Connection) -> Result<Vec<AttachmentRow>, StorageError> {
    let sql = format!("SELECT {COLUMNS} WHERE a.removed = 1 AND f.size > 0 ORDER BY a.id DESC");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], row_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The viewpoints of a compound, or of the records of the whole ledger, each once.
///
/// # Errors
/// When the ledger cannot be read.
pub fn viewpoints(
    conn: &Connection,
    compound: Option<RecordId>,
) -> Result<Vec<String>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT viewpoint FROM attachment
         WHERE compound_id IS ?1 AND removed = 0 AND viewpoint <> '' ORDER BY viewpoint",
    )?;
    let rows = statement.query_map([compound.map(|id| id.0)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many files hang on each record of one sort that has any.
///
/// # Errors
/// When the ledger cannot be read.
pub fn counts(conn: &Connection, holder: Holder) -> Result<HashMap<RecordId, u32>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT record_id, count(*) FROM attachment WHERE record_kind = ?1 AND removed = 0
         GROUP BY record_id",
    )?;
    let rows = statement.query_map([holder.code()], |row| {
        Ok((RecordId(row.get(0)?), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The bytes of a file.
///
/// # Errors
/// When the ledger cannot be read.
pub fn bytes(conn: &Connection, hash: &Hash) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(conn
        .prepare_cached("SELECT bytes FROM attachment_file WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?)
}

const UNSEEN: &str = "size > 0 AND hash IN (SELECT hash FROM attachment WHERE removed = 1)
    AND hash NOT IN (SELECT hash FROM attachment WHERE removed = 0)";

/// Empties the files that only the recycle bin shows: how many and how many bytes. The rows stay, so
/// that the log still reads; what has no bytes is shown nowhere. The room goes back to the disk.
///
/// # Errors
/// [`StorageError::ReadOnly`] or whatever SQLite says.
pub fn purge(ledger: &Ledger) -> Result<(usize, u64), StorageError> {
    ledger.write_untracked(|conn| {
        let sql = format!("SELECT ifnull(sum(size), 0) FROM attachment_file WHERE {UNSEEN}");
        let bytes: i64 = conn.query_row(&sql, [], |row| row.get(0))?;
        conn.pragma_update(None, "secure_delete", true)?;
        let sql = format!(
            "UPDATE attachment_file SET bytes = x'', thumbnail = x'', size = 0 WHERE {UNSEEN}"
        );
        let count = conn.execute(&sql, []);
        conn.pragma_update(None, "secure_delete", false)?;
        let count = count?;
        if count > 0 {
            conn.execute_batch("VACUUM")?;
        }
        Ok((count, u64::try_from(bytes).unwrap_or(0)))
    })
}

/// How many kept files are no longer what their hash says.
pub(crate) fn damaged(conn: &Connection) -> Result<usize, StorageError> {
    let mut statement = conn.prepare("SELECT hash, bytes FROM attachment_file WHERE size > 0")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let hash: Hash = row.get(0)?;
        let bytes: Vec<u8> = row.get(1)?;
        let found: Hash = Sha256::digest(bytes).into();
        count += usize::from(found != hash);
    }
    Ok(count)
}

fn row_at(row: &Row<'_>) -> rusqlite::Result<AttachmentRow> {
    let holder: String = row.get(1)?;
    let holder = Holder::from_code(&holder).ok_or(rusqlite::Error::InvalidQuery)?;
    let size: i64 = row.get(13)?;
    Ok(AttachmentRow {
        attachment: Attachment {
            id: RecordId(row.get(0)?),
            holder,
            record: RecordId(row.get(2)?),
            compound: row.get::<_, Option<[u8; 16]>>(3)?.map(RecordId),
            hash: row.get(4)?,
            name: row.get(5)?,
            caption: row.get(6)?,
            stage: row.get(7)?,
            viewpoint: row.get(8)?,
            taken_on: row.get(9)?,
        },
        media_type: row.get(10)?,
        width: row.get(11)?,
        height: row.get(12)?,
        size: u64::try_from(size).unwrap_or(0),
        thumbnail: row.get(14)?,
    })
}
