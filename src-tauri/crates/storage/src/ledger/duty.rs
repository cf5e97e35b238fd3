//! 分工: what the person at the open ledger may write. Held here, below every screen and command: by the
//! tables that a transaction really changed, so that import, undo and restoring are held alike.

use jiugai_domain::{Duty, KindCode, Task};
use rusqlite::Connection;
use rusqlite::session::Session;

use super::Ledger;
use crate::StorageError;
use crate::masks;

/// The task that a tracked table belongs to. What is not declared is for who manages the ledger.
fn task_of(table: &str) -> Task {
    if let Some(kind) = KindCode::from_table(table) {
        return Task::of_kind(kind);
    }
    match table {
        "response" | "attachment" | "ballot_entry" | "ballot_answer" | "ballot_objection"
        | "ballot_paper" | "ballot_vote" | "ballot_straw" => Task::Record,
        "questionnaire" | "survey_round" | "ballot" | "ballot_motion" | "ballot_ruling"
        | "stage_step" | "stage_word" => Task::Arrange,
        "plan_release" => Task::Plan,
        "parameter" | "form_template" | "form_report" => Task::Rule,
        _ => Task::Keep,
    }
}

impl Ledger {
    /// What the person may do.
    #[must_use]
    pub fn duty(&self) -> Duty {
        self.duty.get()
    }

    /// Somebody else sits down, or the same person does something else. From here on who only reads is shown
    /// personal data masked, by every statement.
    ///
    /// # Errors
    /// Whatever SQLite says; then nothing changed.
    pub fn set_duty(&self, duty: Duty) -> Result<(), StorageError> {
        masks::set(self.connection(), duty.is_masked())?;
        self.duty.set(duty);
        Ok(())
    }

    /// Refuses what the person may not do.
    ///
    /// # Errors
    /// [`StorageError::NotOfDuty`].
    pub fn allow(&self, task: Task) -> Result<(), StorageError> {
        let duty = self.duty.get();
        if duty.may(task) {
            return Ok(());
        }
        Err(StorageError::NotOfDuty { duty, task })
    }

    /// Watches the tables that the person may not change.
    pub(super) fn watch_closed<'conn>(
        &self,
        conn: &'conn Connection,
        tables: &[&'static str],
    ) -> Result<Vec<(Task, Session<'conn>)>, StorageError> {
        let mut closed = Vec::new();
        for task in Task::ALL {
            if self.duty.get().may(task) {
                continue;
            }
            let mut session = Session::new(conn)?;
            for table in tables.iter().filter(|table| task_of(table) == task) {
                session.attach(Some(*table))?;
            }
            closed.push((task, session));
        }
        Ok(closed)
    }

    /// Refuses a transaction that changed one of them.
    pub(super) fn refuse_closed(
        &self,
        closed: Vec<(Task, Session<'_>)>,
    ) -> Result<(), StorageError> {
        for (task, mut session) in closed {
            let mut changed = Vec::new();
            session.changeset_strm(&mut changed)?;
            if !changed.is_empty() {
                self.allow(task)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::transact::tracked;
    use crate::log::Op;
    use crate::testing::{memory, stamp};
    use crate::wording::OpCode;

    #[test]
    fn every_tracked_table_belongs_to_a_task() {
        for table in tracked() {
            assert_ne!(task_of(table), Task::Keep, "{table} is not declared");
        }
    }

    #[test]
    fn what_a_recorder_may_not_change_is_refused_whole_and_by_undo_too() {
        let ledger = memory();
        let price = |conn: &Connection| {
            conn.execute(
                "INSERT INTO parameter (id, code, label, value, source, clause, region, standing, enabled)
                 VALUES (randomblob(16), 'x', 'x', '1', 'x', '', '', 'local', 1)",
                [],
            )?;
            Ok(())
        };
        let op = Op::one(OpCode::Other, "x");
        let count = || -> i64 {
            let sql = "SELECT count(*) FROM parameter";
            let counted = ledger.connection().query_row(sql, [], |row| row.get(0));
            counted.unwrap()
        };
        ledger.set_duty(Duty::Recorder).unwrap();
        let refused = ledger.transact(&op, &stamp(1), price).unwrap_err();
        assert!(matches!(
            refused,
            StorageError::NotOfDuty {
                duty: Duty::Recorder,
                task: Task::Rule
            }
        ));
        assert_eq!(count(), 0);
        ledger.set_duty(Duty::Planner).unwrap();
        ledger.transact(&op, &stamp(2), price).unwrap();
        ledger.set_duty(Duty::Recorder).unwrap();
        assert!(ledger.undo(&stamp(3)).is_err());
        assert_eq!(count(), 1);
        ledger.set_duty(Duty::Planner).unwrap();
        ledger.undo(&stamp(4)).unwrap();
        assert_eq!(count(), 0);
    }
}
