//! What was counted is kept, in memory and in the file.

use std::cell::Cell;

use jiugai_domain::{KindCode, RecordId};
use rusqlite::Connection;

use crate::query::{Figures, Kept};
use crate::records::tests::add;
use crate::testing::{Place, stamp};
use crate::{Ledger, Op, OpCode, StorageError};

/// Counts green spaces, and how often that was done for one compound and for all.
#[derive(Default)]
struct Counter {
    one: Cell<usize>,
    all: Cell<usize>,
}

impl Counter {
    fn count(
        &self,
        conn: &Connection,
        compound: Option<RecordId>,
    ) -> Result<Vec<(RecordId, Figures)>, StorageError> {
        let asked = if compound.is_some() {
            &self.one
        } else {
            &self.all
        };
        asked.set(asked.get() + 1);
        let mut statement = conn.prepare(
            "SELECT id, (SELECT count(*) FROM green_space WHERE compound_id = c.id) FROM compound AS c
             WHERE ?1 IS NULL OR id = ?1",
        )?;
        let rows = statement.query_map([compound.map(|id| id.0)], |row| {
            Ok((RecordId(row.get(0)?), vec![row.get(1)?, None]))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The sum over all compounds, and how often one and all were counted for it.
    fn sum(&self, kept: &Kept, ledger: &Ledger, given: &str) -> (i64, usize, usize) {
        self.one.set(0);
        self.all.set(0);
        let found = kept
            .all(
                ledger.connection(),
                given,
                |_| true,
                |conn, compound| self.count(conn, compound),
            )
            .expect("read");
        let sum = found.values().filter_map(|figures| figures[0]).sum();
        (sum, self.one.get(), self.all.get())
    }
}

fn furnish(ledger: &Ledger, compounds: usize) -> Vec<RecordId> {
    let op = Op::one(OpCode::Other, "");
    let made = ledger.transact(&op, &stamp(2), |conn| {
        Ok((0..compounds)
            .map(|number| {
                let name = format!("小区{number}");
                let id = add(conn, KindCode::Compound, None, &[("name", &name)]);
                add(
                    conn,
                    KindCode::GreenSpace,
                    Some(id),
                    &[("name", "花坛"), ("area", "10")],
                );
                id
            })
            .collect())
    });
    made.expect("made").value
}

fn plant(ledger: &Ledger, compound: RecordId, minute: i64) {
    let op = Op::one(OpCode::Other, "");
    let name = format!("花坛{minute}");
    ledger
        .transact(&op, &stamp(minute), |conn| {
            add(
                conn,
                KindCode::GreenSpace,
                Some(compound),
                &[("name", &name), ("area", "10")],
            );
            Ok(())
        })
        .expect("planted");
}

#[test]
fn only_what_the_log_touched_is_counted_anew_also_after_opening() {
    let place = Place::new();
    let ledger = place.create();
    let compounds = furnish(&ledger, 50);
    let (counter, kept) = (Counter::default(), Kept::new("trial"));
    assert_eq!(counter.sum(&kept, &ledger, ""), (50, 0, 1));
    assert_eq!(counter.sum(&kept, &ledger, ""), (50, 0, 0));
    plant(&ledger, compounds[7], 3);
    plant(&ledger, compounds[8], 4);
    assert_eq!(counter.sum(&kept, &ledger, ""), (52, 2, 0));
    ledger.undo(&stamp(5)).expect("undone");
    assert_eq!(counter.sum(&kept, &ledger, ""), (51, 1, 0));
    drop(ledger);

    // The file has what was counted first; the steps since then are looked into.
    let ledger = place.open();
    let opened = Kept::new("trial");
    assert_eq!(counter.sum(&opened, &ledger, ""), (51, 2, 0));
    assert_eq!(counter.sum(&opened, &ledger, ""), (51, 0, 0));
    // Another name has a place of its own, other rules count anew.
    assert_eq!(counter.sum(&Kept::new("other"), &ledger, ""), (51, 0, 1));
    assert_eq!(counter.sum(&opened, &ledger, "别的"), (51, 0, 1));
    assert_eq!(
        counter.sum(&Kept::new("trial"), &ledger, "别的"),
        (51, 0, 0)
    );
}

#[test]
fn what_was_erased_or_forgotten_is_counted_anew() {
    let place = Place::new();
    let ledger = place.create();
    let compounds = furnish(&ledger, 50);
    let (counter, kept) = (Counter::default(), Kept::new("trial"));
    counter.sum(&kept, &ledger, "");
    plant(&ledger, compounds[0], 3);
    let conn = ledger.connection();
    // A step that was emptied tells nothing.
    conn.execute(
        "UPDATE transactions SET changeset = x'' WHERE seq = (SELECT max(seq) FROM transactions)",
        [],
    )
    .expect("emptied");
    assert_eq!(counter.sum(&kept, &ledger, ""), (51, 0, 1));
    // A log that does not go on from where it was is another one.
    conn.execute("UPDATE transactions SET id = randomblob(16) WHERE seq = (SELECT max(seq) FROM transactions)", [])
        .expect("another");
    assert_eq!(counter.sum(&kept, &ledger, ""), (51, 0, 1));
}

#[test]
fn another_ledger_is_not_mistaken_for_the_one_before() {
    let (one, other) = (Place::new(), Place::new());
    let (first, second) = (one.create(), other.create());
    furnish(&first, 50);
    furnish(&second, 60);
    let (counter, kept) = (Counter::default(), Kept::new("trial"));
    assert_eq!(counter.sum(&kept, &first, ""), (50, 0, 1));
    assert_eq!(counter.sum(&kept, &second, ""), (60, 0, 1));
    // Back again, the file still has its own.
    assert_eq!(counter.sum(&kept, &first, ""), (50, 0, 0));
}
