//! Whatever is done in whatever order, nothing dangles.

use jiugai_domain::{FieldType, KindCode, RecordId, Value};
use proptest::prelude::*;

use super::{assert_sound, fresh, sample};
use crate::records::{duplicate, insert, options, removal_preview, remove, update};

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

fn value(conn: &rusqlite::Connection, kind: FieldType, seed: u8) -> Value {
    match kind {
        FieldType::Text | FieldType::LongText => Value::Text(format!("名{}", seed % 7)),
        FieldType::Date => Value::Text("2024-02-29".into()),
        FieldType::Flag => Value::Integer(i64::from(seed % 2)),
        FieldType::Year => Value::Integer(1900 + i64::from(seed)),
        FieldType::Code(choices) => Value::Text(choices[usize::from(seed) % choices.len()].code.into()),
        FieldType::Reference(target) => pick(conn, target, seed).map_or(Value::Null, Value::Id),
        _ => Value::Integer(i64::from(seed)),
    }
}

fn pick(conn: &rusqlite::Connection, kind: KindCode, which: u8) -> Option<RecordId> {
    let all = options(conn, kind, None, "", 1000).expect("read");
    (!all.is_empty()).then(|| all[usize::from(which) % all.len()].0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_dangles(acts in proptest::collection::vec(acts(), 1..40)) {
        let s = sample();
        for act in acts {
            // A refusal is as good as an acceptance here: what matters is what the tables hold then.
            match act {
                Act::Insert(kind, seed) => {
                    let kind = KindCode::ALL[kind];
                    let values: Vec<_> = kind.kind().fields.iter().filter(|field| field.required)
                        .map(|field| (field, value(&s.conn, field.kind, seed))).collect();
                    let compound = pick(&s.conn, KindCode::Compound, seed);
                    let _refused = insert(&s.conn, kind, compound, fresh(), &values);
                }
                Act::Change(kind, which, seed) => {
                    let kind = KindCode::ALL[kind];
                    let fields = kind.kind().fields;
                    let field = &fields[usize::from(seed) % fields.len()];
                    if let Some(id) = pick(&s.conn, kind, which) {
                        let _refused = update(&s.conn, kind, id, &[(field, value(&s.conn, field.kind, seed))]);
                    }
                }
                Act::Copy(kind, which) => {
                    let kind = KindCode::ALL[kind];
                    if let Some(id) = pick(&s.conn, kind, which) {
                        let _refused = duplicate(&s.conn, kind, id, fresh());
                    }
                }
                Act::Remove(kind, which) => {
                    let kind = KindCode::ALL[kind];
                    if let Some(id) = pick(&s.conn, kind, which) {
                        let preview = removal_preview(&s.conn, kind, &[id]);
                        let before = s.conn.total_changes();
                        let removed = remove(&s.conn, kind, id);
                        prop_assert_eq!(preview.is_ok(), removed.is_ok());
                        if let Ok(preview) = preview {
                            let gone: usize = preview.iter().map(|(_, count)| count).sum();
                            prop_assert!(s.conn.total_changes() - before >= gone as u64);
                        }
                    }
                }
            }
        }
        assert_sound(&s.conn);
    }
}
