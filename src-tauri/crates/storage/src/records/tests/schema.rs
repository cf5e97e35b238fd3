//! The tables are what the declarations say.

use std::collections::BTreeSet;

use jiugai_domain::kind::Scope;
use jiugai_domain::{Field, FieldType, KindCode};
use rusqlite::Connection;

use super::inventory;

/// (name, type, not null) of every column of a table, in order.
fn columns(conn: &Connection, table: &str) -> Vec<(String, String, bool)> {
    let mut statement = conn
        .prepare("SELECT name, type, \"notnull\" FROM pragma_table_info(?1) ORDER BY cid")
        .expect("info");
    let rows = statement
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .expect("rows");
    rows.collect::<Result<_, _>>().expect("columns")
}

fn definition(conn: &Connection, table: &str) -> String {
    conn.query_row(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1",
        [table],
        |row| row.get(0),
    )
    .expect("table")
}

fn declared(field: &Field) -> (String, String, bool) {
    let sql = match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::Date | FieldType::Code(_) => "TEXT",
        FieldType::Reference(_) => "BLOB",
        _ => "INTEGER",
    };
    (field.column.to_owned(), sql.to_owned(), field.required)
}

#[test]
fn every_kind_has_its_table_column_by_column() {
    let conn = inventory();
    for code in KindCode::ALL {
        let kind = code.kind();
        let mut expected = vec![("id".to_owned(), "BLOB".to_owned(), true)];
        if kind.scope == Scope::Compound {
            expected.push(("compound_id".to_owned(), "BLOB".to_owned(), true));
        }
        expected.push(("sort_key".to_owned(), "TEXT".to_owned(), true));
        let found = columns(&conn, kind.table);
        assert_eq!(found[..expected.len()], expected[..], "{}", kind.table);
        // Later migrations append columns, while a form shows fields where they belong.
        expected.extend(kind.fields.iter().map(declared));
        let sorted = |mut columns: Vec<(String, String, bool)>| {
            columns.sort();
            columns
        };
        assert_eq!(sorted(found), sorted(expected), "{}", kind.table);
        assert!(
            definition(&conn, kind.table).ends_with("STRICT"),
            "{} is not STRICT",
            kind.table
        );
    }
}

#[test]
fn no_table_is_left_over() {
    let conn = inventory();
    let mut statement = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .expect("schema");
    let found: BTreeSet<String> = statement
        .query_map([], |row| row.get(0))
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("names");
    assert_eq!(
        found,
        KindCode::ALL
            .iter()
            .map(|kind| kind.kind().table)
            .chain([
                "parameter",
                "plan_release",
                "search_key",
                "stage_step",
                "stage_word",
            ])
            .chain(crate::ballots::TABLES)
            .map(str::to_owned)
            .collect()
    );
}

#[test]
fn checks_are_those_of_the_fields() {
    let conn = inventory();
    for code in KindCode::ALL {
        let sql = definition(&conn, code.kind().table);
        for field in code.kind().fields {
            let column = format!("\"{}\"", field.column);
            let check = match field.kind {
                FieldType::Code(choices) => {
                    let codes: Vec<String> = choices
                        .iter()
                        .map(|choice| format!("'{}'", choice.code))
                        .collect();
                    format!("CHECK ({column} IN ({}))", codes.join(", "))
                }
                FieldType::Text | FieldType::LongText => format!("CHECK ({column} <> '')"),
                FieldType::Date => format!("CHECK (date({column}) IS {column})"),
                FieldType::Flag => format!("CHECK ({column} IN (0, 1))"),
                FieldType::Year => format!("CHECK ({column} BETWEEN 1900 AND 2100)"),
                FieldType::Ratio => format!("CHECK ({column} BETWEEN 0 AND 10000)"),
                FieldType::Reference(target) if target.kind().scope == Scope::Ledger => {
                    format!("REFERENCES \"{}\" (\"id\")", target.kind().table)
                }
                FieldType::Reference(KindCode::Entrance) => {
                    format!(
                        "FOREIGN KEY ({column}, \"building_id\") REFERENCES \"entrance\" (\"id\", \"building_id\")"
                    )
                }
                FieldType::Reference(target) => {
                    format!(
                        "FOREIGN KEY ({column}, \"compound_id\") REFERENCES \"{}\" (\"id\", \"compound_id\")",
                        target.kind().table
                    )
                }
                _ => format!("CHECK ({column} >= 0)"),
            };
            assert!(sql.contains(&check), "{}: no {check}", code.kind().table);
        }
    }
}

#[test]
fn every_reference_is_found_by_an_index() {
    let conn = inventory();
    for code in KindCode::ALL {
        let table = code.kind().table;
        let mut keys: Vec<&str> = code
            .kind()
            .references()
            .map(|(field, _)| field.column)
            .collect();
        if code.kind().scope == Scope::Compound {
            keys.push("compound_id");
        }
        for column in keys {
            let sql =
                format!("EXPLAIN QUERY PLAN SELECT 1 FROM \"{table}\" WHERE \"{column}\" = x'00'");
            let plan: String = conn.query_row(&sql, [], |row| row.get(3)).expect("plan");
            assert!(plan.starts_with("SEARCH"), "{table}.{column}: {plan}");
        }
    }
}
