//! The recycle bin (回收站): read from the log, nothing is kept twice.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiugai_domain::{KindCode, RecordId};
use rusqlite::{Connection, params_from_iter};

use crate::log::{
    self, Action, Changed, Op, RowChange, SUMMARY_COLUMNS, Stamp, TransactionSummary,
};
use crate::undo::{Bound, Obstacle, ObstacleReason, exists, unfit_parent};
use crate::wording::OpCode;
use crate::{Ledger, StorageError};

/// What one deletion took, as far as it is still gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The transaction that deleted: who, when, what (its subject is the label).
    pub transaction: TransactionSummary,
    /// How many records of each kind are still gone, parents first.
    pub counts: Vec<(KindCode, usize)>,
}

impl Deletion {
    /// The kind that names the deletion: a building, when its entrances and dwellings went with it.
    #[must_use]
    pub fn kind(&self) -> Option<KindCode> {
        self.counts.first().map(|(kind, _)| *kind)
    }
}

/// What was taken back never happened: only work that stands counts. A record lies in the bin when
/// it is gone and the last standing work on it was a deletion.
const GONE: &str = "SELECT r.seq, r.table_name, count(*)
  FROM transaction_rows AS r JOIN transactions AS t USING (seq)
  WHERE r.action = 'delete' AND t.role = 'do' AND t.undone_by IS NULL
    AND NOT EXISTS (SELECT 1 FROM transaction_rows AS later JOIN transactions AS o ON o.seq = later.seq
                    WHERE later.table_name = r.table_name AND later.row_id = r.row_id AND later.seq > r.seq
                      AND o.role = 'do' AND o.undone_by IS NULL)
    AND (SELECT last.action FROM transaction_rows AS last
         WHERE last.table_name = r.table_name AND last.row_id = r.row_id ORDER BY last.seq DESC LIMIT 1) = 'delete'
  GROUP BY r.seq, r.table_name";

impl Ledger {
    /// What was deleted and is still gone, latest deletion first.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn recycle_bin(&self) -> Result<Vec<Deletion>, StorageError> {
        let conn = self.connection();
        let mut gone: BTreeMap<i64, Vec<(KindCode, usize)>> = BTreeMap::new();
        let mut statement = conn.prepare_cached(GONE)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let table: String = row.get(1)?;
            if let Some(kind) = KindCode::from_table(&table) {
                let count: i64 = row.get(2)?;
                gone.entry(row.get(0)?)
                    .or_default()
                    .push((kind, usize::try_from(count).unwrap_or(0)));
            }
        }
        let sql = format!("SELECT {SUMMARY_COLUMNS} FROM transactions WHERE seq = ?1");
        let mut summaries = conn.prepare_cached(&sql)?;
        gone.into_iter()
            .rev()
            .map(|(seq, mut counts)| {
                counts
                    .sort_by_key(|(kind, _)| KindCode::ALL.iter().position(|other| other == kind));
                Ok(Deletion {
                    transaction: summaries.query_row([seq], log::summary)?,
                    counts,
                })
            })
            .collect()
    }

    /// Brings back what the transaction deleted and what is still gone, as a new transaction, and
    /// sets references that it had emptied, where they are empty still. The value is the number of
    /// records that came back.
    ///
    /// # Errors
    /// [`StorageError::NoSuchTransaction`] when nothing of it is gone;
    /// [`StorageError::LaterChange`] when a record that it needs is gone or its name or number is
    /// taken; those of [`Ledger::transact`].
    pub fn restore_deleted(&self, seq: i64, stamp: &Stamp) -> Result<Changed<usize>, StorageError> {
        let conn = self.connection();
        let deletion = log::find(conn, seq)?.ok_or(StorageError::NoSuchTransaction { seq })?;
        let changeset = log::changeset(conn, seq)?.unwrap_or_default();
        let mut deleted = Vec::new();
        let mut emptied = Vec::new();
        log::decode(
            &log::invert(&changeset)?,
            |_, _, action| action != Action::Delete,
            |row| match row.action {
                Action::Insert => deleted.push(row),
                Action::Update => emptied.push(row),
                Action::Delete => {}
            },
        )?;
        let mut missing = Vec::new();
        for row in deleted {
            if !exists(conn, (row.kind, row.id))? {
                missing.push(row);
            }
        }
        let Some(first) = missing
            .iter()
            .map(|row| row.kind)
            .min_by_key(|kind| KindCode::ALL.iter().position(|k| k == kind))
        else {
            return Err(StorageError::NoSuchTransaction { seq });
        };
        let op = Op::many(OpCode::Restore, deletion.subject, missing.len());
        let op = if missing.iter().all(|row| row.kind == first) {
            op.of_kind(first)
        } else {
            op
        };
        let restored = self.transact(&op, stamp, |conn| {
            for row in &missing {
                insert(conn, row).map_err(|error| match error {
                    StorageError::KeyTaken { .. } => {
                        StorageError::LaterChange(Box::new(Obstacle {
                            reason: ObstacleReason::KeyTaken,
                            record: (row.kind, row.id),
                            other: None,
                            by: None,
                        }))
                    }
                    other => other,
                })?;
            }
            for row in &emptied {
                refill(conn, row)?;
            }
            Ok(missing.len())
        });
        restored.or_else(|error| match error {
            StorageError::Reference {
                child: (kind, Some(id)),
                parent: (parent, Some(parent_id)),
                ..
            } => {
                let obstacle = unfit_parent(conn, (kind, id), (parent, parent_id), 0)?;
                Err(StorageError::LaterChange(Box::new(obstacle)))
            }
            other => Err(other),
        })
    }
}

fn insert(conn: &Connection, row: &RowChange) -> Result<(), StorageError> {
    let names = log::columns(conn, row.kind)?;
    let cells: Vec<_> = row
        .cells
        .iter()
        .filter_map(|(column, _, new)| Some((names.get(*column)?, Bound(new))))
        .collect();
    let columns: Vec<String> = cells
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    let marks = vec!["?"; cells.len()].join(", ");
    let sql = format!(
        "INSERT INTO \"{}\" ({}) VALUES ({marks})",
        row.kind.kind().table,
        columns.join(", ")
    );
    conn.prepare_cached(&sql)?
        .execute(params_from_iter(cells.into_iter().map(|(_, value)| value)))?;
    Ok(())
}

/// Sets references that the deletion emptied, where nothing else was put there since.
fn refill(conn: &Connection, row: &RowChange) -> Result<(), StorageError> {
    let names = log::columns(conn, row.kind)?;
    for (column, emptied, before) in &row.cells {
        let Some(name) = names.get(*column) else {
            continue;
        };
        let refers = row
            .kind
            .kind()
            .references()
            .any(|(field, _)| field.column == name);
        let Some(target) = before.as_id().filter(|_| refers && emptied.is_null()) else {
            continue;
        };
        set_if_empty(conn, row.kind, row.id, name, target)?;
    }
    Ok(())
}

fn set_if_empty(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
    column: &str,
    to: RecordId,
) -> Result<(), StorageError> {
    let sql = format!(
        "UPDATE \"{}\" SET \"{column}\" = ?2 WHERE id = ?1 AND \"{column}\" IS NULL",
        kind.kind().table
    );
    conn.prepare_cached(&sql)?.execute((id.0, to.0))?;
    Ok(())
}
