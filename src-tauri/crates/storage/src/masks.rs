//! 查看员: personal data as who only reads a ledger sees them. Views of the connection stand before the tables that
//! hold such data, so that every statement that names these tables reads masked values: screens, search, exports,
//! papers and the command line alike. The file and its backups hold what they held.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiugai_domain::KindCode;
use jiugai_domain::mask::{HIDDEN, Masked, SCANNED, masked_person, masked_phone};
use jiugai_domain::survey::Answers;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};

use crate::StorageError;
use crate::erasure::ballot::REPRESENTED;
use crate::erasure::survey::{bare, unquoted};
use crate::survey::answers::json;

/// What stands for free words of a second reading that differ from the first.
const OTHERWISE: &str = "（不显示，与第一遍不同）";

/// The columns beside those of the kinds that are masked, by table, with what is shown instead.
const OTHERS: [(&str, &[(&str, &str)]); 12] = [
    (
        "response",
        &[
            ("respondent_name", "mask_name(respondent_name)"),
            ("phone", "mask_phone(phone)"),
            (
                "place",
                "iif(dwelling_id IS NULL, mask_words(place), place)",
            ),
            ("evidence", "mask_words(evidence)"),
            ("source_key", "mask_words(source_key)"),
            ("answers", "mask_answers(answers, NULL)"),
            ("second", "mask_answers(second, answers)"),
            ("flaws", "mask_flaws(flaws)"),
        ],
    ),
    (
        "ballot_entry",
        &[
            (
                "owners",
                "iif(owners IN (SELECT name FROM main.work_unit UNION SELECT name FROM main.owner WHERE type <> 'person'), owners, mask_name(owners))",
            ),
            (
                "head_label",
                "iif(head_label = place OR head LIKE 'unit:%', head_label, mask_name(head_label))",
            ),
            ("note", "mask_note(note)"),
        ],
    ),
    (
        "ballot_paper",
        &[
            ("witness", "mask_name(witness)"),
            ("receiver", "mask_name(receiver)"),
            ("proxy", "mask_name(proxy)"),
            ("evidence", "mask_words(evidence)"),
            ("proxy_document", "mask_words(proxy_document)"),
            ("invalid_note", "mask_words(invalid_note)"),
            ("settled_reason", "mask_words(settled_reason)"),
        ],
    ),
    (
        "ballot_vote",
        &[("settled_reason", "mask_words(settled_reason)")],
    ),
    ("ballot_ruling", &[("reason", "mask_words(reason)")]),
    ("ballot_straw", &[("note", "mask_words(note)")]),
    (
        "ballot_answer",
        &[
            ("subject", "mask_name(subject)"),
            ("reason", "mask_words(reason)"),
        ],
    ),
    (
        "ballot_objection",
        &[
            ("words", "mask_words(words)"),
            ("answer", "mask_words(answer)"),
        ],
    ),
    (
        "attachment",
        &[
            ("name", "iif({scanned}, mask_words(name), name)"),
            ("caption", "iif({scanned}, mask_words(caption), caption)"),
        ],
    ),
    (
        "attachment_file",
        &[
            // As of a scan: no picture is looked for in it.
            (
                "media_type",
                "iif({seen} AND mask_on(), 'application/pdf', media_type)",
            ),
            ("bytes", "iif({seen}, mask_bytes(bytes), bytes)"),
            ("thumbnail", "iif({seen}, mask_bytes(thumbnail), thumbnail)"),
        ],
    ),
    (
        "waiver",
        &[
            ("label", "mask_words(label)"),
            ("found", "mask_words(found)"),
            ("reason", "mask_words(reason)"),
        ],
    ),
    // The log holds what was: who worked when is told, what was done is not.
    (
        "transactions",
        &[
            ("subject", "mask_words(subject)"),
            ("params", "iif(mask_on(), '{}', params)"),
            ("changeset", "mask_bytes(changeset)"),
        ],
    ),
];

/// Whether personal data are masked at this connection.
#[must_use]
pub fn are_on(conn: &Connection) -> bool {
    conn.query_row("SELECT mask_on()", [], |row| row.get(0))
        .unwrap_or(false)
}

/// Runs work that reckons with whole names and gives figures, or masks by itself what it gives.
///
/// # Errors
/// Those of the work; whatever SQLite says.
pub fn aside<T, E: From<StorageError>>(
    conn: &Connection,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    if !are_on(conn) {
        return work();
    }
    let lifted = Lifted(conn);
    switch(conn, false).map_err(StorageError::from)?;
    let done = work();
    drop(lifted);
    done
}

/// Puts the masks on again, whatever happened meanwhile.
struct Lifted<'conn>(&'conn Connection);

impl Drop for Lifted<'_> {
    fn drop(&mut self) {
        // A statement of one step: nothing stops it.
        drop(switch(self.0, true));
    }
}

fn switch(conn: &Connection, on: bool) -> rusqlite::Result<()> {
    conn.query_row("SELECT mask_switch(?1)", [on], |_| Ok(()))
}

/// Puts the views before the tables, or takes them away.
pub(crate) fn set(conn: &Connection, on: bool) -> Result<(), StorageError> {
    conn.flush_prepared_statement_cache();
    let known: bool = conn.query_row(
        "SELECT count(*) > 0 FROM temp.sqlite_schema WHERE type = 'view'",
        [],
        |row| row.get(0),
    )?;
    if on == known {
        return Ok(());
    }
    let script = if on {
        functions(conn)?;
        views(conn)?
    } else {
        let gone = tables()
            .into_iter()
            .map(|table| format!("DROP VIEW temp.\"{table}\";"));
        gone.collect()
    };
    conn.execute_batch(&format!("SAVEPOINT masks; {script} RELEASE masks"))
        .inspect_err(|_| drop(conn.execute_batch("ROLLBACK TO masks; RELEASE masks")))?;
    if !on {
        switch(conn, false)?;
    }
    conn.flush_prepared_statement_cache();
    Ok(())
}

fn tables() -> Vec<&'static str> {
    let kinds = KindCode::ALL.into_iter().map(KindCode::kind);
    let masked = kinds.filter(|kind| kind.masked().next().is_some());
    let others = OTHERS.iter().map(|(table, _)| *table);
    let tables = masked.map(|kind| kind.table).chain(others);
    tables.chain(["search_key"]).collect()
}

fn views(conn: &Connection) -> Result<String, StorageError> {
    let mut script = String::new();
    let scanned = SCANNED.map(|code| format!("'{code}'")).join(", ");
    let seen =
        format!("hash IN (SELECT hash FROM main.attachment WHERE record_kind IN ({scanned}))");
    for kind in KindCode::ALL.map(KindCode::kind) {
        let columns: Vec<(&str, String)> = kind
            .masked()
            .map(|(field, masked)| {
                let column = field.column;
                let shown = match masked {
                    // A unit is no person.
                    Masked::Name if kind.code == KindCode::Owner && field.code == "name" => {
                        format!("iif(ifnull(\"type\", 'person') = 'person', mask_name(\"{column}\"), \"{column}\")")
                    }
                    Masked::Name => format!("mask_name(\"{column}\")"),
                    Masked::Phone => format!("mask_phone(\"{column}\")"),
                    Masked::Words => format!("mask_words(\"{column}\")"),
                    Masked::Blank => format!("mask_blank(\"{column}\")"),
                };
                (column, shown)
            })
            .collect();
        if !columns.is_empty() {
            script += &view(conn, kind.table, &columns)?;
        }
    }
    for (table, columns) in OTHERS {
        let columns: Vec<(&str, String)> = columns
            .iter()
            .map(|(column, shown)| {
                let scanned = format!("record_kind IN ({scanned})");
                let shown = shown.replace("{scanned}", &scanned);
                (*column, shown.replace("{seen}", &seen))
            })
            .collect();
        script += &view(conn, table, &columns)?;
    }
    // Nobody is found by a whole name, nor told that it stands here.
    script += "CREATE TEMP VIEW search_key AS SELECT * FROM main.search_key WHERE class = 1 OR NOT mask_on();";
    Ok(script)
}

/// A view of the same columns, and the row number that some statements go by.
fn view(conn: &Connection, table: &str, masked: &[(&str, String)]) -> Result<String, StorageError> {
    let mut columns: Vec<String> = conn
        .prepare(&format!("PRAGMA main.table_info(\"{table}\")"))?
        .query_map([], |row| row.get(1))?
        .collect::<Result<_, _>>()?;
    for column in &mut columns {
        let shown = masked.iter().find(|(name, _)| name == column);
        *column = match shown {
            Some((_, shown)) => format!("{shown} AS \"{column}\""),
            None => format!("\"{column}\""),
        };
    }
    let columns = columns.join(", ");
    Ok(format!(
        "CREATE TEMP VIEW \"{table}\" AS SELECT {columns}, rowid AS \"rowid\" FROM main.\"{table}\";"
    ))
}

fn functions(conn: &Connection) -> Result<(), StorageError> {
    // The views are those of this connection and of nobody else.
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    let on = Arc::new(AtomicBool::new(true));
    let state = on.clone();
    conn.create_scalar_function("mask_on", 0, flags, move |_| {
        Ok(state.load(Ordering::Relaxed))
    })?;
    let state = on.clone();
    conn.create_scalar_function(
        "mask_switch",
        1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY,
        move |context| {
            state.store(context.get(0)?, Ordering::Relaxed);
            Ok(true)
        },
    )?;
    let text = |name: &str, shown: fn(&str) -> String| {
        let state = on.clone();
        conn.create_scalar_function(name, 1, flags, move |context| {
            let text: Option<String> = context.get(0)?;
            Ok(match text {
                Some(text) if state.load(Ordering::Relaxed) && !text.is_empty() => {
                    Some(shown(&text))
                }
                text => text,
            })
        })
    };
    text("mask_name", masked_person)?;
    text("mask_phone", masked_phone)?;
    text("mask_words", |_| HIDDEN.to_owned())?;
    text("mask_note", note)?;
    text("mask_flaws", unquoted)?;
    let state = on.clone();
    conn.create_scalar_function("mask_blank", 1, flags, move |context| {
        let value: rusqlite::types::Value = context.get(0)?;
        Ok(match state.load(Ordering::Relaxed) {
            true => rusqlite::types::Value::Null,
            false => value,
        })
    })?;
    let state = on.clone();
    conn.create_scalar_function("mask_bytes", 1, flags, move |context| {
        let bytes: Option<Vec<u8>> = context.get(0)?;
        Ok(match state.load(Ordering::Relaxed) {
            true => bytes.map(|_| Vec::new()),
            false => bytes,
        })
    })?;
    conn.create_scalar_function("mask_answers", 2, flags, move |context| {
        answers(context, on.load(Ordering::Relaxed))
    })?;
    Ok(())
}

/// What the roll notes of co-owners names who votes for them.
fn note(note: &str) -> String {
    match note.strip_prefix(REPRESENTED) {
        Some(name) => format!("{REPRESENTED}{}", masked_person(name)),
        None => note.to_owned(),
    }
}

/// Answers without free words; those that differ from another reading still differ from it.
fn answers(context: &Context<'_>, on: bool) -> rusqlite::Result<Option<String>> {
    let (told, other): (Option<String>, Option<String>) = (context.get(0)?, context.get(1)?);
    let Some(told) = told.filter(|_| on) else {
        return context.get(0);
    };
    let read = |json: &str| serde_json::from_str::<Answers>(json).unwrap_or_default();
    let mut shown = read(&bare(read(&told), HIDDEN));
    if let Some(other) = other {
        let (told, other) = (read(&told), read(&other));
        for (question, answer) in &mut shown {
            let (Some(one), Some(two)) = (told.get(question), other.get(question)) else {
                continue;
            };
            for (shown, one, two) in [
                (&mut answer.text, &one.text, &two.text),
                (&mut answer.other, &one.other, &two.other),
            ] {
                if one != two && !one.is_empty() {
                    OTHERWISE.clone_into(shown);
                }
            }
        }
    }
    Ok(Some(json(&shown)))
}

#[cfg(test)]
mod tests;
