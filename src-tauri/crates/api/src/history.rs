//! What was done, undo and redo, the recycle bin.

use jiugai_domain::{KindCode, RecordId, Task};
use jiugai_storage::log::Role;
use jiugai_storage::{TransactionSummary, history, records, wording};

use crate::session::wire;
use crate::text::{key, kind_count, minute, small};
use crate::wire::{Changed, FieldChange, HistoryEntry, RecordHistoryEntry, RecycleEntry};
use crate::{ApiError, Session};

const PAGE: u32 = 500;

impl Session {
    /// The log, newest first, older than `before` if given.
    ///
    /// # Errors
    /// `noLedger`, `notOfDuty`.
    pub fn history_list(
        &self,
        before: Option<i32>,
        limit: u32,
    ) -> Result<Vec<HistoryEntry>, ApiError> {
        self.ledger()?.allow(Task::Trace)?;
        let found = self
            .ledger()?
            .history(limit.min(PAGE) as usize, before.map(i64::from))?;
        Ok(found.iter().map(entry).collect())
    }

    /// The life of one record, newest first.
    ///
    /// # Errors
    /// `noLedger`, `notOfDuty`.
    pub fn record_history(
        &self,
        kind: KindCode,
        id: &str,
    ) -> Result<Vec<RecordHistoryEntry>, ApiError> {
        let ledger = self.ledger()?;
        ledger.allow(Task::Trace)?;
        let id = key(id)?;
        let conn = ledger.connection();
        let today = self.now().date_naive();
        let resolve = |kind: KindCode, id: RecordId| records::label(conn, kind, id).ok().flatten();
        let name = resolve(kind, id);
        let changes = ledger.record_history(kind, id)?;
        let about = history::steps_about(conn, kind, id)?;
        let beside = about.iter().map(|step| RecordHistoryEntry {
            transaction: number(step.seq),
            at: minute(step.at),
            actor: step.actor.clone(),
            sentence: wording::transaction_sentence(step, today),
            changes: Vec::new(),
        });
        let mut entries: Vec<RecordHistoryEntry> = changes
            .iter()
            .map(|change| {
                let name = name.as_deref().unwrap_or(&change.transaction.subject);
                RecordHistoryEntry {
                    transaction: number(change.transaction.seq),
                    at: minute(change.transaction.at),
                    actor: change.transaction.actor.clone(),
                    sentence: wording::record_sentence(change, name, today, &resolve),
                    changes: change
                        .fields
                        .iter()
                        .map(|field| FieldChange {
                            label: field.field.label.to_owned(),
                            old: shown(field.field, &field.old, &resolve),
                            new: shown(field.field, &field.new, &resolve),
                        })
                        .collect(),
                }
            })
            .chain(beside)
            .collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.transaction));
        Ok(entries)
    }

    /// Takes back the last step of anybody.
    ///
    /// # Errors
    /// `nothingToUndo`, `laterChange`, `readOnly`.
    pub fn history_undo(&mut self) -> Result<Changed<()>, ApiError> {
        let stamp = self.stamp();
        let changed = self.ledger_to_write()?.undo(&stamp)?;
        Ok(self.replayed(changed, told("撤销")))
    }

    /// Brings back what was undone last.
    ///
    /// # Errors
    /// `nothingToUndo`, `laterChange`, `readOnly`.
    pub fn history_redo(&mut self) -> Result<Changed<()>, ApiError> {
        let stamp = self.stamp();
        let changed = self.ledger_to_write()?.redo(&stamp)?;
        Ok(self.replayed(changed, told("重做")))
    }

    /// Takes back one step in the middle.
    ///
    /// # Errors
    /// `laterChange` when a later change stands in the way, `notFound`, `readOnly`.
    pub fn history_undo_transaction(&mut self, transaction: i32) -> Result<Changed<()>, ApiError> {
        let stamp = self.stamp();
        let changed = self
            .ledger_to_write()?
            .undo_transaction(i64::from(transaction), &stamp)?;
        Ok(self.replayed(changed, told("撤销")))
    }

    /// Deletions that can be taken back, newest first.
    ///
    /// # Errors
    /// `noLedger`, `notOfDuty`.
    pub fn recycle_list(&self) -> Result<Vec<RecycleEntry>, ApiError> {
        self.ledger()?.allow(Task::Trace)?;
        let bin = self.ledger()?.recycle_bin()?;
        Ok(bin
            .into_iter()
            .map(|deletion| RecycleEntry {
                transaction: number(deletion.transaction.seq),
                at: minute(deletion.transaction.at),
                actor: deletion.transaction.actor.clone(),
                subject: wording::act(&deletion.transaction),
                counts: deletion
                    .counts
                    .into_iter()
                    .map(|(kind, count)| kind_count(kind, count))
                    .collect(),
            })
            .collect())
    }

    /// Brings deleted records back.
    ///
    /// # Errors
    /// `laterChange` when a name is taken or a parent is gone, `notFound`, `readOnly`.
    pub fn recycle_restore(&mut self, transaction: i32) -> Result<Changed<()>, ApiError> {
        let stamp = self.stamp();
        let changed = self
            .ledger_to_write()?
            .restore_deleted(i64::from(transaction), &stamp)?;
        Ok(self.replayed(changed, |count| format!("恢复 {count} 条")))
    }

    /// After records went back or forward: their orders are forgotten, the sentence is told.
    fn replayed<T>(
        &mut self,
        changed: jiugai_storage::Changed<T>,
        sentence: impl FnOnce(&T) -> String,
    ) -> Changed<()> {
        self.order.invalidate(&changed.scopes);
        let sentence = sentence(&changed.value);
        let changed = jiugai_storage::Changed {
            value: (),
            scopes: changed.scopes,
            transaction: changed.transaction,
        };
        wire(changed, sentence)
    }
}

fn told(verb: &'static str) -> impl FnOnce(&TransactionSummary) -> String {
    move |summary| format!("{verb}：{}", wording::act(summary))
}

fn number(seq: i64) -> i32 {
    i32::try_from(seq).unwrap_or(i32::MAX)
}

fn entry(summary: &TransactionSummary) -> HistoryEntry {
    HistoryEntry {
        transaction: number(summary.seq),
        at: minute(summary.at),
        actor: summary.actor.clone(),
        sentence: wording::operation(summary),
        undone: summary.undone,
        is_undo: summary.role != Role::Do,
        records: small(summary.count),
    }
}

/// A value as people read it; references by their labels.
fn shown(
    field: &jiugai_domain::Field,
    value: &jiugai_domain::Value,
    resolve: &dyn Fn(KindCode, RecordId) -> Option<String>,
) -> String {
    match (field.kind, value.as_id()) {
        (jiugai_domain::FieldType::Reference(target), Some(id)) => {
            resolve(target, id).unwrap_or_else(|| "（已删除）".to_owned())
        }
        _ => field.format(value),
    }
}
