//! Whatever is done in whatever order, nothing dangles.

use jiugai_domain::{FieldType, KindCode, RecordId, Value};
use proptest::prelude::*;

use rusqlite::Connection;

use super::{assert_sound, fresh, furnish, sample};
use crate::query::check::{self, CheckCache, Looked, Standing};
use crate::query::{
    CountsCache, Filter, FilterOp, OrderCache, Sort, WindowQuery, cells, counts, ordered, window,
};
use crate::records::{duplicate, insert, options, removal_preview, remove, update};
use crate::testing::{dump, memory, stamp, times};
use crate::{Op, OpCode, StorageError};

#[derive(Debug, Clone)]
enum Act {
    Insert(usize, u8),
    Change(usize, u8, u8),
    Copy(usize, u8),
    Remove(usize, u8),
}

fn acts() -> impl Strategy<Value = Act> {
    let kind = 0..KindCode::ALL.len();
    prop_oneof![
        3 => (kind.clone(), any::<u8>()).prop_map(|(kind, seed)| Act::Insert(kind, seed)),
        3 => (kind.clone(), any::<u8>(), any::<u8>()).prop_map(|(kind, which, seed)| Act::Change(kind, which, seed)),
        3 => (kind.clone(), any::<u8>()).prop_map(|(kind, which)| Act::Copy(kind, which)),
        1 => (kind, any::<u8>()).prop_map(|(kind, which)| Act::Remove(kind, which)),
    ]
}

fn value(conn: &Connection, kind: FieldType, seed: u8) -> Value {
    match kind {
        FieldType::Text | FieldType::LongText => Value::Text(format!("名{}", seed % 7)),
        FieldType::Date => Value::Text("2024-02-29".into()),
        FieldType::Flag => Value::Integer(i64::from(seed % 2)),
        FieldType::Year => Value::Integer(1900 + i64::from(seed)),
        FieldType::Code(choices) => {
            Value::Text(choices[usize::from(seed) % choices.len()].code.into())
        }
        FieldType::Reference(target) => pick(conn, target, seed).map_or(Value::Null, Value::Id),
        _ => Value::Integer(i64::from(seed)),
    }
}

fn pick(conn: &Connection, kind: KindCode, which: u8) -> Option<RecordId> {
    let all = options(conn, kind, None, "", 1000).expect("read");
    (!all.is_empty()).then(|| all[usize::from(which) % all.len()].0)
}

/// A refusal is as good as an acceptance here: what matters is what the tables hold then.
fn perform(conn: &Connection, act: &Act) -> Result<(), StorageError> {
    let target = |kind: usize, which: u8| {
        pick(conn, KindCode::ALL[kind], which).map(|id| (KindCode::ALL[kind], id))
    };
    match *act {
        Act::Insert(kind, seed) => {
            let kind = KindCode::ALL[kind];
            let required = kind.kind().fields.iter().filter(|field| field.required);
            let values: Vec<_> = required
                .map(|field| (field, value(conn, field.kind, seed)))
                .collect();
            insert(
                conn,
                kind,
                pick(conn, KindCode::Compound, seed),
                fresh(),
                &values,
            )
        }
        Act::Change(kind, which, seed) => target(kind, which).map_or(Ok(()), |(kind, id)| {
            let field = &kind.kind().fields[usize::from(seed) % kind.kind().fields.len()];
            update(conn, kind, id, &[(field, value(conn, field.kind, seed))])
        }),
        Act::Copy(kind, which) => {
            target(kind, which).map_or(Ok(()), |(kind, id)| duplicate(conn, kind, id, fresh()))
        }
        Act::Remove(kind, which) => target(kind, which).map_or(Ok(()), |(kind, id)| {
            let preview = removal_preview(conn, kind, &[id]);
            let before = conn.total_changes();
            let removed = remove(conn, kind, id);
            assert_eq!(preview.is_ok(), removed.is_ok());
            let gone: usize = preview.iter().flatten().map(|(_, count)| count).sum();
            assert!(conn.total_changes() - before >= gone as u64);
            removed
        }),
    }
}

/// What is kept from one step to the next.
#[derive(Default)]
struct Memory {
    counts: CountsCache,
    checks: CheckCache,
    orders: OrderCache,
    steps: usize,
}

impl Memory {
    /// What is kept is what is worked out anew.
    fn agrees(&mut self, conn: &Connection, scopes: &[KindCode]) {
        assert_eq!(
            self.counts.all(conn).expect("read"),
            counts(conn, None).expect("read")
        );
        self.orders.invalidate(scopes);
        for _ in 0..2 {
            self.steps += 1;
            self.listed(conn, KindCode::ALL[self.steps % KindCode::ALL.len()]);
        }
        // Now and then several steps lie between two looks, and the day is another one.
        if !self.steps.is_multiple_of(3) {
            return;
        }
        let today = ["2024-02-28", "2024-02-29", "1999-06-01"][self.steps / 7 % 3];
        let looked = Looked {
            compound: None,
            today,
        };
        let (open, waived) = self.checks.counts(conn, looked).expect("read");
        assert_eq!(
            open,
            check::counts(conn, looked, Standing::Open).expect("read")
        );
        assert_eq!(
            waived,
            check::counts(conn, looked, Standing::Waived).expect("read")
        );
    }

    /// A list of the whole ledger, sorted and filtered by some fields, in windows.
    fn listed(&mut self, conn: &Connection, kind: KindCode) {
        let fields = kind.kind().fields;
        let field = |by: usize| &fields[self.steps / by % fields.len()];
        let sort = |by: usize| Sort {
            field: field(by).code.to_owned(),
            descending: self.steps / by % 2 == 1,
        };
        let query = WindowQuery {
            sort: match self.steps % 3 {
                0 => Vec::new(),
                1 => vec![sort(1)],
                _ => vec![sort(2), sort(3)],
            },
            filters: match self.steps % 4 {
                0 => Vec::new(),
                _ => vec![Filter {
                    field: field(5).code.to_owned(),
                    op: FilterOp::NotEmpty,
                    text: String::new(),
                }],
            },
            ..WindowQuery::all(kind, None)
        };
        let plain = ordered(conn, &query).expect("read");
        let (mut parts, mut offset) = (Vec::new(), 0);
        while offset < plain.len() {
            let limit = 1 + (self.steps + offset) % 5;
            let (total, part) = self.orders.part(conn, &query, offset, limit).expect("read");
            assert_eq!(total, plain.len());
            offset += part.len();
            parts.extend(part);
        }
        assert_eq!(parts, plain, "{query:?}");
        let shown = window(conn, &query, &mut self.orders, 0, usize::MAX).expect("read");
        let all: Vec<_> = fields.iter().collect();
        let read = cells(conn, &query, &mut self.orders, &all, (0, usize::MAX)).expect("read");
        for (row, cells) in shown.rows.iter().zip(&read) {
            let (values, labels): (Vec<_>, Vec<_>) = cells.iter().cloned().unzip();
            assert_eq!((&values, &labels), (&row.values, &row.references));
        }
        assert_eq!(read.len(), plain.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24 * times()))]

    #[test]
    fn nothing_dangles(acts in proptest::collection::vec(acts(), 1..40)) {
        let s = sample();
        for act in &acts {
            let _refused = perform(&s.conn, act);
        }
        assert_sound(&s.conn);
    }

    #[test]
    fn everything_can_be_undone_and_redone(acts in proptest::collection::vec(acts(), 1..30)) {
        let ledger = memory();
        let mut kept = Memory::default();
        let mut states = vec![dump(ledger.connection())];
        for (minute, act) in (1..).zip(&acts) {
            let op = Op::one(OpCode::Other, "");
            // The first transaction makes the sample, so that there is something to act on.
            let done = ledger.transact(&op, &stamp(minute), |conn| if minute == 1 { furnish(conn); Ok(()) } else { perform(conn, act) });
            let scopes = done.as_ref().map_or(&[][..], |changed| &changed.scopes);
            kept.agrees(ledger.connection(), scopes);
            if done.is_ok_and(|changed| changed.transaction.is_some()) {
                states.push(dump(ledger.connection()));
            }
        }
        assert_sound(ledger.connection());
        for state in states.iter().rev().skip(1) {
            let undone = ledger.undo(&stamp(100)).expect("undone");
            kept.agrees(ledger.connection(), &undone.scopes);
            prop_assert_eq!(&dump(ledger.connection()), state);
        }
        for state in &states[1..] {
            let redone = ledger.redo(&stamp(200)).expect("redone");
            kept.agrees(ledger.connection(), &redone.scopes);
            prop_assert_eq!(&dump(ledger.connection()), state);
        }
    }
}
