//! Whatever is done in whatever order, nothing dangles.

use jiugai_domain::{FieldType, KindCode, RecordId, Value};
use proptest::prelude::*;

use rusqlite::Connection;

use super::{assert_sound, fresh, furnish, sample};
use crate::query::{CountsCache, counts};
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

/// What is kept of the counts is what is counted anew.
fn counted_alike(cache: &CountsCache, conn: &Connection) {
    let kept = cache.all(conn).expect("read");
    assert_eq!(kept, counts(conn, None).expect("read"));
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
        let cache = CountsCache::default();
        let mut states = vec![dump(ledger.connection())];
        for (minute, act) in (1..).zip(&acts) {
            let op = Op::one(OpCode::Other, "");
            // The first transaction makes the sample, so that there is something to act on.
            let done = ledger.transact(&op, &stamp(minute), |conn| if minute == 1 { furnish(conn); Ok(()) } else { perform(conn, act) });
            if done.is_ok_and(|changed| changed.transaction.is_some()) {
                states.push(dump(ledger.connection()));
            }
            counted_alike(&cache, ledger.connection());
        }
        assert_sound(ledger.connection());
        for state in states.iter().rev().skip(1) {
            ledger.undo(&stamp(100)).expect("undone");
            counted_alike(&cache, ledger.connection());
            prop_assert_eq!(&dump(ledger.connection()), state);
        }
        for state in &states[1..] {
            ledger.redo(&stamp(200)).expect("redone");
            counted_alike(&cache, ledger.connection());
            prop_assert_eq!(&dump(ledger.connection()), state);
        }
    }
}
