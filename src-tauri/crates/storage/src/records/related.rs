//! What stands around a record: what it refers to and what refers to it.

use jiugai_domain::{FieldType, KindCode, RecordId};
use rusqlite::{Connection, OptionalExtension};

use super::columns::{id_at, table};
use super::label::reference_sql;
use crate::error::StorageError;
use crate::query::place_order;

/// What stands in the cells of a record that refer to others, in field order; `None` for other
/// fields and empty cells.
///
/// # Errors
/// When the ledger cannot be read.
pub fn reference_labels(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
) -> Result<Vec<Option<String>>, StorageError> {
    let fields = kind.kind().fields;
    let columns: Vec<String> = fields
        .iter()
        .map(|field| match field.kind {
            FieldType::Reference(target) => reference_sql(kind, field, target, "t"),
            _ => "NULL".to_owned(),
        })
        .collect();
    let sql = format!(
        "SELECT {} FROM {} AS t WHERE t.\"id\" = ?1",
        columns.join(", "),
        table(kind)
    );
    let read = |row: &rusqlite::Row<'_>| (0..fields.len()).map(|index| row.get(index)).collect();
    let found = conn
        .prepare_cached(&sql)?
        .query_row([id.0], read)
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Records of `kind` that refer to the record `id` of kind `target`: how many, and the first
/// `limit` in their natural order. Records of a compound do not count as referring to it.
///
/// # Errors
/// When the ledger cannot be read.
pub fn referring(
    conn: &Connection,
    kind: KindCode,
    target: KindCode,
    id: RecordId,
    limit: usize,
) -> Result<(usize, Vec<RecordId>), StorageError> {
    let columns: Vec<String> = kind
        .kind()
        .references()
        .filter(|(_, of)| *of == target)
        .map(|(field, _)| format!("t.\"{}\" = ?1", field.column))
        .collect();
    if columns.is_empty() {
        return Ok((0, Vec::new()));
    }
    let condition = columns.join(" OR ");
    let count: i64 = conn
        .prepare_cached(&format!(
            "SELECT count(*) FROM {} AS t WHERE {condition}",
            table(kind)
        ))?
        .query_row([id.0], |row| row.get(0))?;
    let (joins, order) = place_order(kind, true);
    let sql = format!(
        "SELECT t.\"id\" FROM {} AS t {joins} WHERE {condition} ORDER BY {order} LIMIT ?2",
        table(kind)
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(&sql)?;
    let ids = statement
        .query_map((id.0, limit), |row| id_at(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok((usize::try_from(count).unwrap_or(0), ids))
}
