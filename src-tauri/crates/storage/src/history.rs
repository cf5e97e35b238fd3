//! Who did what: the log as a list, and the life of one record.

use std::collections::HashMap;

use jiugai_domain::{Field, Holder, KindCode, RecordId, Value};
use rusqlite::Connection;

use crate::log::{self, Action, RowChange, SUMMARY_COLUMNS, TransactionSummary};
use crate::{Ledger, StorageError};

/// One field of a record that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field: code, label, unit, format.
    pub field: &'static Field,
    /// What it held; nothing for a new record.
    pub old: Value,
    /// What it holds now; nothing for a deleted record.
    pub new: Value,
}

/// What a transaction did to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    /// Who, when, as part of what.
    pub transaction: TransactionSummary,
    /// Kind of the record.
    pub kind: KindCode,
    /// Key of the record.
    pub id: RecordId,
    /// Made, changed or deleted.
    pub action: Action,
    /// The changed fields in the order of the form; for a new or deleted record the filled ones.
    pub fields: Vec<FieldChange>,
}

impl Ledger {
    /// The log, newest first: at most `limit` lines, older than `before` if given.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn history(
        &self,
        limit: usize,
        before: Option<i64>,
    ) -> Result<Vec<TransactionSummary>, StorageError> {
        let sql = format!(
            "SELECT {SUMMARY_COLUMNS} FROM transactions WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = statement.query_map((before.unwrap_or(i64::MAX), limit), log::summary)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// One line of the log.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn transaction(&self, seq: i64) -> Result<Option<TransactionSummary>, StorageError> {
        log::find(self.connection(), seq)
    }

    /// Everything that happened to one record, newest first.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn record_history(
        &self,
        kind: KindCode,
        id: RecordId,
    ) -> Result<Vec<RecordChange>, StorageError> {
        let conn = self.connection();
        let sql = format!(
            "SELECT {SUMMARY_COLUMNS} FROM transactions WHERE seq IN
               (SELECT seq FROM transaction_rows WHERE table_name = ?1 AND row_id = ?2) ORDER BY seq DESC"
        );
        let summaries: Vec<TransactionSummary> = conn
            .prepare_cached(&sql)?
            .query_map((kind.kind().table, id.0), log::summary)?
            .collect::<Result<_, _>>()?;
        let mut forms = Forms::default();
        let mut changes = Vec::new();
        for summary in summaries {
            let wanted = |k, i| (k, i) == (kind, id);
            changes.extend(forms.changes(conn, &summary, wanted, usize::MAX)?);
        }
        Ok(changes)
    }

    /// What one transaction did, record by record, at most `limit` records.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn transaction_changes(
        &self,
        seq: i64,
        limit: usize,
    ) -> Result<Vec<RecordChange>, StorageError> {
        let summary =
            log::find(self.connection(), seq)?.ok_or(StorageError::NoSuchTransaction { seq })?;
        Forms::default().changes(self.connection(), &summary, |_, _| true, limit)
    }
}

/// How a step names the record that it is about without changing it (`params.record`).
#[must_use]
pub fn about(holder: impl Into<Holder>, id: RecordId) -> String {
    format!("{}:{id}", holder.into().code())
}

/// Steps that are about a record without changing it: its photos came, went, were described.
///
/// # Errors
/// Whatever SQLite says.
pub fn steps_about(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
) -> Result<Vec<TransactionSummary>, StorageError> {
    let sql = format!(
        "SELECT {SUMMARY_COLUMNS} FROM transactions WHERE json_extract(params, '$.record') = ?1
         ORDER BY seq DESC"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map([about(kind, id)], log::summary)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The last import from a source that still stands: its number in the log. `source` is what the
/// import noted as `params.fingerprint`; with a record, the last one that touched it.
///
/// # Errors
/// Whatever SQLite says.
pub fn last_import(
    conn: &Connection,
    source: &str,
    record: Option<(KindCode, RecordId)>,
) -> Result<Option<i64>, StorageError> {
    let within = match record {
        Some(_) => {
            "seq IN (SELECT seq FROM transaction_rows WHERE table_name = ?2 AND row_id = ?3)"
        }
        None => "?2 IS NULL AND ?3 IS NULL",
    };
    let sql = format!(
        "SELECT max(seq) FROM transactions WHERE role = 'do' AND undone_by IS NULL
           AND op = 'import' AND json_extract(params, '$.fingerprint') = ?1 AND {within}"
    );
    let keys = (
        source,
        record.map(|(kind, _)| kind.kind().table),
        record.map(|(_, id)| id.0),
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(keys, |row| row.get(0))?)
}

/// An import of exactly this file that still stands. `hash` is what it noted as `params.file`.
///
/// # Errors
/// Whatever SQLite says.
pub fn import_of_file(
    conn: &Connection,
    hash: &str,
) -> Result<Option<TransactionSummary>, StorageError> {
    let sql = format!(
        "SELECT {SUMMARY_COLUMNS} FROM transactions WHERE role = 'do' AND undone_by IS NULL
           AND op = 'import' AND json_extract(params, '$.file') = ?1 ORDER BY seq DESC LIMIT 1"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query_map([hash], log::summary)?;
    Ok(rows.next().transpose()?)
}

/// Number of the newest line of the log, 0 for an empty one.
///
/// # Errors
/// Whatever SQLite says.
pub fn newest(conn: &Connection) -> Result<i64, StorageError> {
    let sql = "SELECT ifnull(max(seq), 0) FROM transactions";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The fields of a record that people changed after a line of the log and that still stand.
///
/// # Errors
/// Whatever SQLite says.
pub fn fields_changed_since(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
    seq: i64,
) -> Result<Vec<&'static Field>, StorageError> {
    let sql = format!(
        "SELECT {SUMMARY_COLUMNS} FROM transactions WHERE role = 'do' AND undone_by IS NULL AND seq IN
           (SELECT seq FROM transaction_rows WHERE table_name = ?1 AND row_id = ?2 AND seq > ?3)"
    );
    let summaries: Vec<TransactionSummary> = conn
        .prepare_cached(&sql)?
        .query_map((kind.kind().table, id.0, seq), log::summary)?
        .collect::<Result<_, _>>()?;
    let mut forms = Forms::default();
    let mut fields = Vec::new();
    for summary in summaries {
        let wanted = |k, i| (k, i) == (kind, id);
        for change in forms.changes(conn, &summary, wanted, 1)? {
            fields.extend(change.fields.iter().map(|change| change.field));
        }
    }
    Ok(fields)
}

/// Columns of the tables, read once each.
#[derive(Default)]
struct Forms(HashMap<KindCode, Vec<String>>);

impl Forms {
    fn changes(
        &mut self,
        conn: &Connection,
        summary: &TransactionSummary,
        wanted: impl Fn(KindCode, RecordId) -> bool,
        limit: usize,
    ) -> Result<Vec<RecordChange>, StorageError> {
        let changeset = log::changeset(conn, summary.seq)?.unwrap_or_default();
        let mut rows = Vec::new();
        let mut left = limit;
        log::decode(
            &changeset,
            |kind, id, _| {
                let take = left > 0 && wanted(kind, id);
                left -= usize::from(take);
                take
            },
            |row| {
                if !row.cells.is_empty() {
                    rows.push(row);
                }
            },
        )?;
        rows.into_iter()
            .map(|row| {
                let fields = self.fields(conn, &row)?;
                let RowChange {
                    kind, id, action, ..
                } = row;
                Ok(RecordChange {
                    transaction: summary.clone(),
                    kind,
                    id,
                    action,
                    fields,
                })
            })
            .collect()
    }

    /// The changed columns as fields; keys and sort keys say nothing to people.
    fn fields(
        &mut self,
        conn: &Connection,
        row: &RowChange,
    ) -> Result<Vec<FieldChange>, StorageError> {
        let names = match self.0.entry(row.kind) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(log::columns(conn, row.kind)?)
            }
        };
        let kind = row.kind.kind();
        let by_name: HashMap<&str, (&Value, &Value)> = row
            .cells
            .iter()
            .filter(|(_, old, new)| old != new)
            .filter_map(|(column, old, new)| Some((names.get(*column)?.as_str(), (old, new))))
            .collect();
        Ok(kind
            .fields
            .iter()
            .filter_map(|field| {
                let (old, new) = by_name.get(field.column)?;
                Some(FieldChange {
                    field,
                    old: (*old).clone(),
                    new: (*new).clone(),
                })
            })
            .collect())
    }
}
