//! Responses: who answered, and what was written in free words. What is counted stays.

use jiugai_domain::RecordId;
use jiugai_domain::erasure::ERASED;
use jiugai_domain::survey::Answers;
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::StorageError;
use crate::survey::answers::{json, json_at};

/// What is counted for the list.
pub(super) const STOCK: [(&str, &str); 2] = [
    (
        "问卷·姓名和电话",
        "SELECT r.compound_id, count(*) FROM response AS p JOIN survey_round AS r ON r.id = p.round_id
         WHERE p.respondent_name <> '' OR p.phone <> '' GROUP BY r.compound_id",
    ),
    (
        "问卷·文字回答",
        "SELECT r.compound_id, count(DISTINCT p.id) FROM response AS p JOIN survey_round AS r ON r.id = p.round_id,
           json_each(p.answers) AS a
         WHERE ifnull(a.value ->> 't', '') NOT IN ('', '（已销毁）') OR ifnull(a.value ->> 'o', '') NOT IN ('', '（已销毁）')
         GROUP BY r.compound_id",
    ),
];

fn mark(text: &mut String, word: &str) {
    if !text.is_empty() {
        word.clone_into(text);
    }
}

/// The answers without their free words, for which another word stands.
pub(crate) fn bare(mut answers: Answers, word: &str) -> String {
    for answer in answers.values_mut() {
        mark(&mut answer.text, word);
        mark(&mut answer.other, word);
    }
    json(&answers)
}

/// What a misfit quotes goes, which question and why stay.
pub(crate) fn unquoted(flaws: &str) -> String {
    let mut flaws: Value = serde_json::from_str(flaws).unwrap_or_else(|_| Value::Array(Vec::new()));
    for flaw in flaws.as_array_mut().into_iter().flatten() {
        if let Some(text) = flaw.get_mut("text") {
            *text = Value::String(String::new());
        }
    }
    flaws.to_string()
}

pub(super) fn erase(conn: &Connection, compound: RecordId) -> Result<(), StorageError> {
    let mut statement = conn.prepare(
        "SELECT id, answers, second, flaws, evidence FROM response
         WHERE round_id IN (SELECT id FROM survey_round WHERE compound_id = ?1)",
    )?;
    let mut update = conn.prepare(
        "UPDATE response SET answers = ?2, second = ?3, flaws = ?4, evidence = ?5,
           respondent_name = '', phone = '', source_key = '', place = iif(dwelling_id IS NULL, ?6, place)
         WHERE id = ?1",
    )?;
    let read = statement.query_map([compound.0], |row| {
        let (answers, second): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        let second: Option<Answers> = second.map(|text| json_at(2, &text)).transpose()?;
        let (flaws, mut evidence): (String, String) = (row.get(3)?, row.get(4)?);
        mark(&mut evidence, ERASED);
        let id: [u8; 16] = row.get(0)?;
        Ok((
            id,
            bare(json_at(1, &answers)?, ERASED),
            second.map(|answers| bare(answers, ERASED)),
            unquoted(&flaws),
            evidence,
        ))
    })?;
    let read: Vec<_> = read.collect::<Result<_, _>>()?;
    for (id, answers, second, flaws, evidence) in read {
        update.execute(params![id, answers, second, flaws, evidence, ERASED])?;
    }
    Ok(())
}
