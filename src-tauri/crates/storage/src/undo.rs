//! Taking transactions back and bringing them again, across the whole product and across openings:
//! what can be undone is read from the log, nothing is kept in memory.

mod obstacle;
mod replay;
mod swap;
#[cfg(test)]
mod tests;

pub(crate) use obstacle::{Bound, exists, unfit_parent};
pub use obstacle::{Obstacle, ObstacleReason};

use rusqlite::{Connection, OptionalExtension};

use crate::log::{self, Changed, Op, Role, SUMMARY_COLUMNS, Stamp, TransactionSummary};
use crate::{Ledger, OpCode, StorageError};

impl Ledger {
    /// What [`Ledger::undo`] would take back.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn next_undo(&self) -> Result<Option<TransactionSummary>, StorageError> {
        let sql = format!(
            "SELECT {SUMMARY_COLUMNS} FROM transactions WHERE role = 'do' AND undone_by IS NULL
               AND op NOT IN ('sample', 'erase', 'erased')
               AND seq > (SELECT coalesce(max(seq), 0) FROM transactions WHERE op = 'closeBallot') ORDER BY seq DESC LIMIT 1"
        );
        Ok(self
            .connection()
            .prepare_cached(&sql)?
            .query_row([], log::summary)
            .optional()?)
    }

    /// What [`Ledger::redo`] would bring back: the last that was taken back, unless something new
    /// was done since.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn next_redo(&self) -> Result<Option<TransactionSummary>, StorageError> {
        let sql = format!(
            "SELECT {SUMMARY_COLUMNS} FROM transactions
             WHERE undone_by > (SELECT seq FROM transactions WHERE role = 'do' ORDER BY seq DESC LIMIT 1)
             ORDER BY undone_by DESC LIMIT 1"
        );
        Ok(self
            .connection()
            .prepare_cached(&sql)?
            .query_row([], log::summary)
            .optional()?)
    }

    /// Takes the last transaction back, in a new logged transaction.
    ///
    /// # Errors
    /// [`StorageError::NothingToUndo`], [`StorageError::LaterChange`], and those of
    /// [`Ledger::transact`].
    pub fn undo(&self, stamp: &Stamp) -> Result<Changed<TransactionSummary>, StorageError> {
        let target = self.next_undo()?.ok_or(StorageError::NothingToUndo)?;
        self.replay(target, Role::Undo, stamp)
    }

    /// Brings the last transaction that was taken back again.
    ///
    /// # Errors
    /// [`StorageError::NothingToRedo`], [`StorageError::LaterChange`], and those of
    /// [`Ledger::transact`].
    pub fn redo(&self, stamp: &Stamp) -> Result<Changed<TransactionSummary>, StorageError> {
        let target = self.next_redo()?.ok_or(StorageError::NothingToRedo)?;
        self.replay(target, Role::Redo, stamp)
    }

    /// Takes any one transaction back, if nothing later stands in the way.
    ///
    /// # Errors
    /// [`StorageError::NoSuchTransaction`] when there is none, it is itself an undo or redo, or it
    /// was taken back already; [`StorageError::LaterChange`]; those of [`Ledger::transact`].
    pub fn undo_transaction(
        &self,
        seq: i64,
        stamp: &Stamp,
    ) -> Result<Changed<TransactionSummary>, StorageError> {
        let target = log::find(self.connection(), seq)?
            .filter(|target| target.role == Role::Do && !target.undone)
            .filter(|target| !matches!(target.op, OpCode::Erase | OpCode::Erased))
            .ok_or(StorageError::NoSuchTransaction { seq })?;
        self.replay(target, Role::Undo, stamp)
    }

    fn replay(
        &self,
        target: TransactionSummary,
        role: Role,
        stamp: &Stamp,
    ) -> Result<Changed<TransactionSummary>, StorageError> {
        let seq = target.seq;
        let op = Op {
            code: target.op,
            subject: target.subject.clone(),
            count: target.count,
            params: target.params.clone(),
        };
        let changed = self.transact_as(&op, stamp, role, Some(seq), |conn| {
            let forward =
                log::changeset(conn, seq)?.ok_or(StorageError::NoSuchTransaction { seq })?;
            let changeset = if role == Role::Undo {
                log::invert(&forward)?
            } else {
                forward
            };
            replay::apply(conn, &changeset, last_applied(conn, seq)?)
        })?;
        Ok(Changed {
            value: target,
            scopes: changed.scopes,
            transaction: changed.transaction,
        })
    }
}

/// The last transaction that brought the effect of `seq` about or took it back: what came after
/// that is what can stand in the way.
fn last_applied(conn: &Connection, seq: i64) -> Result<i64, StorageError> {
    Ok(conn
        .prepare_cached(
            "SELECT max(?1, coalesce(max(seq), 0)) FROM transactions WHERE target = ?1",
        )?
        .query_row([seq], |row| row.get(0))?)
}
