//! Appending to the log.

use std::collections::BTreeSet;

use jiugai_domain::KindCode;
use jiugai_domain::progress::Progress;
use rusqlite::{Connection, params};

use super::{Op, Role, Stamp, TransactionId, decode, fresh_id};
use crate::StorageError;
use crate::bulk::insert_many;

/// What is to be logged.
pub(crate) struct Entry<'a> {
    pub(crate) op: &'a Op,
    pub(crate) stamp: &'a Stamp,
    pub(crate) role: Role,
    pub(crate) target: Option<i64>,
    pub(crate) schema_version: i64,
    pub(crate) changeset: &'a [u8],
}

/// Writes the log row and the list of touched records; returns the kinds that changed.
pub(crate) fn append(
    conn: &Connection,
    entry: &Entry<'_>,
    progress: &Progress,
) -> Result<(TransactionId, Vec<KindCode>), StorageError> {
    let id = fresh_id(conn, entry.stamp.at)?;
    conn.prepare_cached(
        "INSERT INTO transactions (id, device, actor, at, op, subject, count, params, role, target, schema_version, changeset)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        id.0,
        entry.stamp.device,
        entry.stamp.actor,
        entry.stamp.at.to_rfc3339(),
        entry.op.code.code(),
        entry.op.subject,
        i64::try_from(entry.op.count).unwrap_or(i64::MAX),
        entry.op.params.to_string(),
        entry.role.code(),
        entry.target,
        entry.schema_version,
        entry.changeset,
    ])?;
    let seq = conn.last_insert_rowid();
    let mut touched = Vec::new();
    decode(
        entry.changeset,
        |_, _, _| false,
        |row| touched.push((row.kind.kind().table, row.id, row.action)),
    )?;
    // In the order of the table: many rows are appended to it instead of scattered over it.
    touched.sort_unstable_by_key(|(table, id, ..)| (*table, *id));
    let kinds: BTreeSet<&str> = touched.iter().map(|(table, ..)| *table).collect();
    progress.step("记入操作记录", touched.len());
    let into = "INSERT INTO transaction_rows (table_name, row_id, seq, action)";
    insert_many(conn, (into, 4), &touched, progress, |insert, first, row| {
        let (table, id, action) = row;
        insert.raw_bind_parameter(first, table)?;
        insert.raw_bind_parameter(first + 1, id.0)?;
        insert.raw_bind_parameter(first + 2, seq)?;
        insert.raw_bind_parameter(first + 3, action.code())
    })?;
    let scopes = KindCode::ALL
        .into_iter()
        .filter(|kind| kinds.contains(kind.kind().table))
        .collect();
    Ok((TransactionId { seq, id }, scopes))
}
