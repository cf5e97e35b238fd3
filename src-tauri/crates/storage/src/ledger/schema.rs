//! What must hold for the tables as a whole.

use crate::testing::memory;

#[test]
fn who_refers_to_a_record_is_found_without_reading_its_compound() {
    let ledger = memory();
    let conn = ledger.connection();
    for kind in jiugai_domain::KindCode::ALL {
        let table = kind.kind().table;
        let mut keys = conn
            .prepare("SELECT group_concat(\"from\", ' ') FROM (SELECT id, \"from\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq) GROUP BY id")
            .unwrap();
        for key in keys
            .query_map([table], |row| row.get::<_, String>(0))
            .unwrap()
        {
            let key = key.unwrap();
            let first = key.split(' ').next().unwrap();
            let wanted: Vec<String> = key
                .split(' ')
                .map(|name| format!("\"{name}\" = x'00'"))
                .collect();
            let plan: String = conn
                .query_row(
                    &format!(
                        "EXPLAIN QUERY PLAN SELECT 1 FROM \"{table}\" WHERE {}",
                        wanted.join(" AND ")
                    ),
                    [],
                    |row| row.get(3),
                )
                .unwrap();
            assert!(
                plan.contains(&format!("{first}=?")),
                "{table} ({key}): {plan}"
            );
        }
    }
}
