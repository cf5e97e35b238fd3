//! 双录: paper that asks for consent is entered twice, and what differs is decided by a person.

use jiugai_domain::survey::{Channel, shown};
use jiugai_storage::survey::{self as store, Response, Round, State};
use jiugai_storage::{Connection, Op, OpCode};

use super::{entry, response_of, round_of, version_of};
use crate::wire::{Changed, EntryChoice, EntryDifference};
use crate::{ApiError, Session};

/// Only paper is entered twice: what came from a file was typed by the resident.
pub(super) fn on_paper(response: &Response) -> bool {
    response.channel == Channel::Paper && response.source.is_empty()
}

/// Questions whose two entries differ.
pub(super) fn differing(response: &Response) -> Vec<u32> {
    let Some(second) = &response.second else {
        return Vec::new();
    };
    let mut keys: Vec<u32> = response
        .answers
        .keys()
        .chain(second.keys())
        .copied()
        .filter(|key| response.answers.get(key) != second.get(key))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn sheets(conn: &Connection, round: &Round) -> Result<Vec<Response>, ApiError> {
    if !round.double_entry {
        return Ok(Vec::new());
    }
    let mut found = store::responses(conn, round.id, Some(State::Counted), usize::MAX)?;
    found.retain(on_paper);
    Ok(found)
}

/// Sheets that differ, and sheets that were entered once.
pub(super) fn counts(conn: &Connection, round: &Round) -> Result<(usize, usize), ApiError> {
    let sheets = sheets(conn, round)?;
    let differ = sheets.iter().filter(|one| !differing(one).is_empty());
    let once = sheets.iter().filter(|one| one.second.is_none());
    Ok((differ.count(), once.count()))
}

impl Session {
    /// Where the two entries differ.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_differences(&self, round: &str) -> Result<Vec<EntryDifference>, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, round)?;
        let mut found = Vec::new();
        for response in sheets(conn, &round)? {
            let keys = differing(&response);
            if keys.is_empty() {
                continue;
            }
            let sheet = version_of(conn, response.questionnaire)?.sheet;
            let place = entry::whose(conn, response.dwelling)?;
            let second = response.second.clone().unwrap_or_default();
            for key in keys {
                let Some(question) = sheet.question(key) else {
                    continue;
                };
                let words = |answer: Option<&jiugai_domain::survey::Answer>| {
                    answer.map_or_else(|| "没有答".to_owned(), |answer| shown(question, answer))
                };
                found.push(EntryDifference {
                    response: response.id.to_string(),
                    place: place.clone(),
                    question: key,
                    title: question.title.clone(),
                    first: words(response.answers.get(&key)),
                    first_by: response.entered_by.clone(),
                    second: words(second.get(&key)),
                    second_by: response.second_by.clone(),
                });
            }
        }
        Ok(found)
    }

    /// Says which of two entries of an answer is right.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_settle(
        &mut self,
        response: &str,
        question: u32,
        choice: EntryChoice,
    ) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let mut response = response_of(conn, response)?;
        let place = entry::whose(conn, response.dwelling)?;
        let mut second = response.second.clone().unwrap_or_default();
        let right = match choice {
            EntryChoice::First => response.answers.get(&question).cloned(),
            EntryChoice::Second => second.get(&question).cloned(),
        };
        match right {
            Some(answer) => {
                response.answers.insert(question, answer.clone());
                second.insert(question, answer);
            }
            None => {
                response.answers.remove(&question);
                second.remove(&question);
            }
        }
        response.second = Some(second);
        let op = Op::one(OpCode::Update, format!("{place} 的答卷"));
        self.write(&op, |conn| store::update(conn, &response))
    }
}
