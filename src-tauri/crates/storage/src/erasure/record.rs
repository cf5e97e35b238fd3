//! The records of the kinds, what hangs on them, and what was judged about them.

use jiugai_domain::erasure::{ERASED, Erased};
use jiugai_domain::mask::SCANNED;
use jiugai_domain::{Field, KindCode, RecordId, Value};
use rusqlite::{Connection, params};

use crate::StorageError;
use crate::records::columns::table;
use crate::records::sort_key;

/// Condition of a row of `t` in which something is still to be erased.
pub(super) fn filled(kind: KindCode, field: &Field, erased: Erased) -> String {
    let column = field.column;
    // A work unit is no person.
    let person = match kind {
        KindCode::Owner if field.code == "name" => " AND ifnull(t.\"type\", 'person') = 'person'",
        _ => "",
    };
    let done = match erased {
        Erased::Blank => String::new(),
        Erased::Words => format!(" AND t.\"{column}\" <> '{ERASED}'"),
        Erased::Pseudonym(word) => format!(" AND t.\"{column}\" NOT GLOB '{word}[0-9]*'"),
    };
    format!("t.\"{column}\" IS NOT NULL{done}{person}")
}

fn holders() -> String {
    SCANNED.map(|code| format!("'{code}'")).join(", ")
}

/// How many attachments of people each compound has.
pub(super) fn attached() -> String {
    format!(
        "SELECT a.compound_id, count(*) FROM attachment AS a JOIN attachment_file AS f USING (hash)
         WHERE a.compound_id IS NOT NULL AND f.size > 0 AND a.record_kind IN ({}) GROUP BY a.compound_id",
        holders()
    )
}

pub(super) fn erase(conn: &Connection, compound: RecordId) -> Result<(), StorageError> {
    for kind in KindCode::ALL {
        for (field, erased) in kind.kind().erased() {
            let (at, column) = (table(kind), field.column);
            let filled = filled(kind, field, erased);
            let put = |value: &str| {
                format!(
                    "UPDATE {at} AS t SET \"{column}\" = {value} WHERE t.compound_id = ?1 AND {filled}"
                )
            };
            match erased {
                Erased::Blank => conn.execute(&put("NULL"), [compound.0])?,
                Erased::Words => conn.execute(&put(&format!("'{ERASED}'")), [compound.0])?,
                Erased::Pseudonym(word) => pseudonyms(conn, compound, kind, field, word)?,
            };
        }
    }
    detach(conn, compound)
}

/// Numbers those who are still called by their names, in the order of their records.
fn pseudonyms(
    conn: &Connection,
    compound: RecordId,
    kind: KindCode,
    field: &Field,
    word: &'static str,
) -> Result<usize, StorageError> {
    let (at, column) = (table(kind), field.column);
    let filled = filled(kind, field, Erased::Pseudonym(word));
    let taken: i64 = conn.query_row(
        &format!("SELECT count(*) FROM {at} AS t WHERE t.compound_id = ?1 AND t.\"{column}\" GLOB '{word}[0-9]*'"),
        [compound.0],
        |row| row.get(0),
    )?;
    let mut called = conn.prepare(&format!(
        "SELECT t.id FROM {at} AS t WHERE t.compound_id = ?1 AND {filled} ORDER BY t.id"
    ))?;
    let called: Vec<RecordId> = called
        .query_map([compound.0], |row| Ok(RecordId(row.get(0)?)))?
        .collect::<Result<_, _>>()?;
    let named = field.code == kind.kind().name_field;
    let mut rename = conn.prepare(&format!("UPDATE {at} SET \"{column}\" = ?2 WHERE id = ?1"))?;
    let mut order = conn.prepare(&format!("UPDATE {at} SET sort_key = ?2 WHERE id = ?1"))?;
    for (id, number) in called.iter().zip(taken + 1..) {
        let pseudonym = format!("{word}{number}");
        rename.execute(params![id.0, pseudonym])?;
        if named {
            let key = sort_key(kind, *id, Some(&Value::Text(pseudonym)));
            order.execute(params![id.0, key])?;
        }
    }
    Ok(called.len())
}

/// Takes off what shows people, and empties the files that nothing else shows.
fn detach(conn: &Connection, compound: RecordId) -> Result<(), StorageError> {
    let holders = holders();
    // A scanned stub proves a delivery: the words that it was there stay.
    let sql = format!(
        "UPDATE attachment SET removed = 1, name = '{ERASED}', caption = '' WHERE compound_id = ?1 AND record_kind IN ({holders})"
    );
    conn.execute(&sql, [compound.0])?;
    conn.execute(
        "UPDATE attachment_file SET bytes = x'', thumbnail = x'', size = 0
         WHERE hash IN (SELECT hash FROM attachment WHERE compound_id = ?1 AND removed = 1)
           AND hash NOT IN (SELECT hash FROM attachment WHERE removed = 0)",
        [compound.0],
    )?;
    Ok(())
}

/// Judgements about what was erased name it: they go.
pub(super) fn erase_waivers(conn: &Connection) -> Result<(), StorageError> {
    for kind in KindCode::ALL {
        let codes: Vec<String> = kind
            .kind()
            .erased()
            .map(|(field, _)| format!("'{}'", field.code))
            .collect();
        if codes.is_empty() {
            continue;
        }
        let sql = format!(
            "DELETE FROM waiver WHERE \"field\" IN ({}) AND \"subject\" IN (SELECT lower(hex(t.id)) FROM {} AS t
               WHERE t.compound_id IN (SELECT compound_id FROM erasure))",
            codes.join(", "),
            table(kind)
        );
        conn.execute(&sql, [])?;
    }
    Ok(())
}
