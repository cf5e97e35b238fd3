//! No whole name is read where masks are on, and everything again where they are off.

use std::collections::BTreeSet;

use jiugai_domain::Duty;
use jiugai_domain::field::FieldType;

use super::*;
use crate::ledger::Ledger;
use crate::query::search::search;
use crate::testing::{building, compound, dwelling, id, memory, run, stamp, update};

/// Stands in every personal field of every table.
const SECRET: &str = "甄示例密";
const PHONE: &str = "13812340987";

/// A row in each masked table, each masked column filled; without what the schema asks of each other.
fn filled() -> Ledger {
    let ledger = memory();
    let conn = ledger.connection();
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        .unwrap();
    for table in tables() {
        if table == "search_key" {
            continue;
        }
        let columns: Vec<(String, String, bool)> = conn
            .prepare(&format!("PRAGMA main.table_info(\"{table}\")"))
            .unwrap()
            .query_map([], |row| Ok((row.get(1)?, row.get(2)?, row.get(3)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let masked = masked_columns(table);
        let (names, values): (Vec<String>, Vec<String>) = columns
            .iter()
            .map(|(name, sort, required)| {
                let value = match (masked.contains(name.as_str()), sort.as_str()) {
                    _ if name == "id" => "randomblob(16)".to_owned(),
                    _ if name == "record_kind" => "'household'".to_owned(),
                    _ if name == "hash" => "zeroblob(32)".to_owned(),
                    _ if name == "answers" => format!("'{{\"1\":{{\"t\":\"{SECRET}\"}}}}'"),
                    _ if name == "second" && table == "response" => {
                        format!("'{{\"1\":{{\"t\":\"{SECRET}乙\"}}}}'")
                    }
                    _ if name == "flaws" => format!("'[{{\"text\":\"{SECRET}\"}}]'"),
                    _ if name == "note" && table == "ballot_entry" => {
                        format!("'{REPRESENTED}{SECRET}'")
                    }
                    (true, _) if name == "phone" => format!("'{PHONE}'"),
                    (true, "BLOB") => format!("CAST('{SECRET}' AS BLOB)"),
                    (true, "INTEGER") => "98765".to_owned(),
                    (true, _) => format!("'{SECRET}'"),
                    (false, "BLOB") if *required => "randomblob(16)".to_owned(),
                    (false, "INTEGER") if *required => "1".to_owned(),
                    (false, _) if *required => "'x'".to_owned(),
                    (false, _) => "NULL".to_owned(),
                };
                (format!("\"{name}\""), value)
            })
            .unzip();
        conn.execute_batch(&format!(
            "INSERT INTO \"{table}\" ({}) VALUES ({})",
            names.join(", "),
            values.join(", ")
        ))
        .unwrap_or_else(|error| panic!("{table}: {error}"));
    }
    ledger
}

fn masked_columns(table: &str) -> BTreeSet<&'static str> {
    if let Some(kind) = KindCode::from_table(table) {
        let columns: BTreeSet<_> = kind
            .kind()
            .masked()
            .map(|(field, _)| field.column)
            .collect();
        if !columns.is_empty() {
            return columns;
        }
    }
    let other = OTHERS.iter().find(|(name, _)| *name == table);
    let columns = other.into_iter().flat_map(|(_, columns)| columns.iter());
    columns.map(|(column, _)| *column).collect()
}

/// Columns of all tables in which one of the secrets can be read.
fn readable(ledger: &Ledger) -> Vec<String> {
    let conn = ledger.connection();
    let all: Vec<String> = conn
        .prepare(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut found = Vec::new();
    for table in all {
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let names: Vec<String> = statement
            .column_names()
            .iter()
            .map(|&name| name.to_owned())
            .collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, name) in names.iter().enumerate() {
                let value = row.get_ref(at).unwrap();
                let bytes = match value {
                    rusqlite::types::ValueRef::Integer(number) => number.to_string().into_bytes(),
                    rusqlite::types::ValueRef::Text(bytes)
                    | rusqlite::types::ValueRef::Blob(bytes) => bytes.to_vec(),
                    _ => Vec::new(),
                };
                let text = String::from_utf8_lossy(&bytes);
                if [SECRET, PHONE, "98765"]
                    .iter()
                    .any(|secret| text.contains(secret))
                {
                    found.push(format!("{table}.{name}"));
                }
            }
        }
    }
    found
}

#[test]
fn every_personal_column_of_every_table_is_read_masked_by_a_reader_alone() {
    let ledger = filled();
    let mut expected = BTreeSet::new();
    for table in tables() {
        for column in masked_columns(table) {
            expected.insert(format!("{table}.{column}"));
        }
    }
    // No word stands there as itself: what kind of file it is, and the parameters of a step.
    expected.remove("attachment_file.media_type");
    let whole: BTreeSet<String> = readable(&ledger).into_iter().collect();
    assert!(
        expected.is_subset(&whole),
        "not seen at all: {:?}",
        expected.difference(&whole).collect::<Vec<_>>()
    );
    ledger.set_duty(Duty::Recorder).unwrap();
    assert_eq!(
        readable(&ledger).into_iter().collect::<BTreeSet<_>>(),
        whole
    );
    ledger.set_duty(Duty::Reader).unwrap();
    assert!(are_on(ledger.connection()));
    assert_eq!(readable(&ledger), Vec::<String>::new());
    let told = aside(ledger.connection(), || {
        Ok::<_, StorageError>(readable(&ledger))
    })
    .unwrap();
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), whole);
    assert_eq!(readable(&ledger), Vec::<String>::new());
    ledger.set_duty(Duty::Planner).unwrap();
    assert!(!are_on(ledger.connection()));
    assert_eq!(
        readable(&ledger).into_iter().collect::<BTreeSet<_>>(),
        whole
    );
}

#[test]
fn every_field_of_people_that_is_erased_some_day_is_masked_too() {
    // What an erasure takes out of the tables of surveys and ballots, by its own lists.
    for (table, columns) in crate::erasure::ballot::WORDS {
        let masked = masked_columns(table);
        for column in columns {
            assert!(masked.contains(column), "{table}.{column}");
        }
    }
    for kind in KindCode::ALL.map(KindCode::kind) {
        for (field, _) in kind.erased() {
            assert!(
                masked_columns(kind.table).contains(field.column),
                "{}",
                field.label
            );
        }
        for (field, masked) in kind.masked() {
            assert!(
                masked == Masked::Blank
                    || matches!(field.kind, FieldType::Text | FieldType::LongText)
            );
        }
    }
}

#[test]
fn a_statement_kept_from_before_gives_no_whole_name_and_a_panic_puts_the_masks_back() {
    let ledger = filled();
    let name = || -> String {
        let conn = ledger.connection();
        let mut statement = conn.prepare_cached("SELECT name FROM owner").unwrap();
        statement.query_row([], |row| row.get(0)).unwrap()
    };
    assert_eq!(name(), SECRET);
    ledger.set_duty(Duty::Reader).unwrap();
    assert_eq!(name(), "甄*");
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        aside(ledger.connection(), || -> Result<(), StorageError> {
            assert_eq!(name(), SECRET);
            panic!("in the middle")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(name(), "甄*");
    ledger.set_duty(Duty::Planner).unwrap();
    assert_eq!(name(), SECRET);
}

#[test]
fn a_reader_finds_nobody_by_name_or_number_and_writes_nothing() {
    let ledger = memory();
    run(&ledger, &update("小区"), 1, |conn| {
        compound(conn, 1)?;
        building(conn, 1, 1)?;
        dwelling(conn, 1, 1, 1)?;
        conn.execute(
            "INSERT INTO household (id, compound_id, sort_key, dwelling_id, contact, phone, people) VALUES (?1, ?2, 'a', ?3, ?4, ?5, 3)",
            rusqlite::params![
                id(KindCode::Household, 1).0,
                id(KindCode::Compound, 1).0,
                id(KindCode::Dwelling, 1).0,
                SECRET,
                PHONE
            ],
        )
    })
    .unwrap();
    let found = |text: &str| {
        search(ledger.connection(), text, None, 9)
            .unwrap()
            .hits
            .len()
    };
    for text in [SECRET, "zsl", PHONE] {
        assert_eq!(found(text), 1, "{text}");
    }
    ledger.set_duty(Duty::Reader).unwrap();
    for text in [SECRET, "甄示", "zsl", PHONE] {
        assert_eq!(found(text), 0, "{text}");
    }
    let refused = run(&ledger, &update("户"), 2, |conn| {
        conn.execute("UPDATE main.household SET people = 9", [])
    });
    assert!(matches!(
        refused,
        Err(StorageError::NotOfDuty {
            duty: Duty::Reader,
            ..
        })
    ));
    assert!(ledger.undo(&stamp(3)).is_err());
    let people: i64 = ledger
        .connection()
        .query_row("SELECT sum(people) FROM household", [], |row| row.get(0))
        .unwrap();
    assert_eq!(people, 3);
}
