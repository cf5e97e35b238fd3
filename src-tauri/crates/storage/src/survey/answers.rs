//! What can be counted, kept beside the responses: brought up to date from every changeset, so
//! that undo, redo and import are followed too.

use std::collections::BTreeSet;
use std::io::Read;

use chrono::{Datelike, NaiveDate};
use jiugai_domain::RecordId;
use jiugai_domain::survey::{Answer, Answers};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::session::ChangesetIter;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StorageError;
use crate::log::{Action, key};
use crate::records::columns::id_at;

/// Columns of `response` in changesets.
const ROUND: usize = 1;
const ANSWERS: usize = 2;

/// Plain data as the JSON of a column.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data")
}

/// The data in a JSON column.
pub(crate) fn json_at<T: DeserializeOwned>(index: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(
            index,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}

/// What an answer counts as.
fn values(answer: &Answer) -> Vec<i64> {
    if !answer.choices.is_empty() {
        return answer.choices.iter().map(|n| i64::from(*n)).collect();
    }
    let day = answer
        .date
        .as_deref()
        .and_then(|iso| NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok())
        .map(|day| i64::from(day.num_days_from_ce()));
    let text = (!answer.text.is_empty()).then_some(1);
    answer.number.or(day).or(text).into_iter().collect()
}

struct Touched {
    id: RecordId,
    round: Option<RecordId>,
    keys: BTreeSet<u32>,
    fresh: bool,
}

/// Follows what a transaction did to the responses.
pub(crate) fn follow(conn: &Connection, changeset: &[u8]) -> Result<(), StorageError> {
    let mut touched = Vec::new();
    let mut input = changeset;
    let reader: &mut dyn Read = &mut input;
    let mut rows = ChangesetIter::start_strm(&reader)?;
    while let Some(item) = rows.next()? {
        let operation = item.op()?;
        if operation.table_name() != "response" {
            continue;
        }
        let action = Action::from_sqlite(operation.code());
        let Some(id) = key(item, action)? else {
            continue;
        };
        let mut round = None;
        let mut keys = BTreeSet::new();
        if action != Action::Insert {
            if let Ok(ValueRef::Blob(bytes)) = item.old_value(ROUND) {
                round = bytes.try_into().ok().map(RecordId);
            }
            if let Ok(ValueRef::Text(text)) = item.old_value(ANSWERS) {
                let old: Answers = serde_json::from_slice(text).unwrap_or_default();
                keys.extend(old.keys());
            }
        }
        touched.push(Touched {
            id,
            round,
            keys,
            fresh: action == Action::Insert,
        });
    }
    for mut one in touched {
        let now = conn
            .prepare_cached("SELECT round_id, answers, state FROM response WHERE id = ?1")?
            .query_row([one.id.0], |row| {
                let text: String = row.get(1)?;
                let answers: Answers = json_at(1, &text)?;
                Ok((id_at(row, 0)?, answers, row.get::<_, String>(2)?))
            })
            .optional()?;
        if let Some((round, answers, _)) = &now {
            one.round = one.round.or(Some(*round));
            one.keys.extend(answers.keys());
        }
        if let (Some(round), false) = (one.round, one.fresh) {
            let mut delete = conn.prepare_cached(
                "DELETE FROM answer WHERE round_id = ?1 AND question = ?2 AND response_id = ?3",
            )?;
            for question in &one.keys {
                delete.execute(params![round.0, question, one.id.0])?;
            }
        }
        if let Some((round, answers, state)) = now
            && state == "counted"
        {
            add(conn, round, one.id, &answers)?;
        }
    }
    Ok(())
}

fn add(
    conn: &Connection,
    round: RecordId,
    response: RecordId,
    answers: &Answers,
) -> Result<(), StorageError> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO answer (round_id, question, response_id, place, value) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (question, answer) in answers {
        for (place, value) in (0i64..).zip(values(answer)) {
            insert.execute(params![round.0, question, response.0, place, value])?;
        }
    }
    Ok(())
}

/// What following gave and what making it anew would give: the same, always.
#[cfg(test)]
pub(crate) fn both(conn: &Connection) -> Result<(Vec<String>, Vec<String>), StorageError> {
    let listed = |conn: &Connection| -> Result<Vec<String>, StorageError> {
        let mut statement = conn.prepare(
            "SELECT hex(round_id) || question || hex(response_id) || place || '=' || value FROM answer",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let followed = listed(conn)?;
    conn.execute_batch("SAVEPOINT anew; DELETE FROM answer")?;
    let mut statement =
        conn.prepare("SELECT id, round_id, answers FROM response WHERE state = 'counted'")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(2)?;
        add(conn, id_at(row, 1)?, id_at(row, 0)?, &json_at(2, &text)?)?;
    }
    let anew = listed(conn)?;
    conn.execute_batch("ROLLBACK TO anew; RELEASE anew")?;
    Ok((followed, anew))
}
