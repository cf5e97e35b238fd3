//! Open answers: read, searched, tagged.

use std::collections::BTreeMap;

use jiugai_domain::text::normalize;
use jiugai_storage::survey::{self as store, State};
use jiugai_storage::{Op, OpCode};

use super::doors::{self, Doors};
use super::{entry, percent, response_of, round_of};
use crate::text::{positive, small};
use crate::wire::{Changed, ChoiceCount, OpenAnswer, OpenAnswers};
use crate::{ApiError, Session};

impl Session {
    /// Answers in people's own words, and words beside 其他, that contain a text and have a tag.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_open(
        &self,
        round: &str,
        question: u32,
        text: &str,
        tag: &str,
    ) -> Result<OpenAnswers, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, round)?;
        let doors = Doors::of(conn, round.compound)?;
        let wanted = normalize(text);
        let mut answers = Vec::new();
        let mut tags: BTreeMap<String, i64> = BTreeMap::new();
        let mut total = 0i64;
        for response in store::responses(conn, round.id, Some(State::Counted), usize::MAX)? {
            let Some(answer) = response.answers.get(&question) else {
                continue;
            };
            let words = if answer.text.is_empty() {
                &answer.other
            } else {
                &answer.text
            };
            if words.is_empty() {
                continue;
            }
            total += 1;
            let own = response.tags.get(&question).cloned().unwrap_or_default();
            for tag in &own {
                *tags.entry(tag.clone()).or_default() += 1;
            }
            if !words.contains(&wanted) || !(tag.is_empty() || own.iter().any(|one| one == tag)) {
                continue;
            }
            let door = response
                .dwelling
                .and_then(|dwelling| doors.find(dwelling, response.household));
            answers.push(OpenAnswer {
                response: response.id.to_string(),
                place: door.map_or_else(|| "住户已不在台账里".to_owned(), doors::place),
                answered_on: response.answered_on,
                text: words.clone(),
                tags: own,
            });
        }
        let mut tags: Vec<ChoiceCount> = tags
            .into_iter()
            .map(|(tag, count)| ChoiceCount {
                value: tag.clone(),
                text: tag,
                count: positive(count),
                share: percent(count, total),
            })
            .collect();
        tags.sort_by_key(|tag| std::cmp::Reverse(tag.count));
        Ok(OpenAnswers {
            answers,
            tags,
            total: positive(total),
        })
    }

    /// Gives open answers a tag, or takes it away.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_tag(
        &mut self,
        responses: &[String],
        question: u32,
        tag: &str,
        on: bool,
    ) -> Result<Changed<u32>, ApiError> {
        let tag: String = normalize(tag).chars().take(20).collect();
        let conn = self.connection()?;
        let mut found = Vec::new();
        for id in responses {
            let mut response = response_of(conn, id)?;
            let tags = response.tags.entry(question).or_default();
            tags.retain(|one| *one != tag);
            if on && !tag.is_empty() {
                tags.push(tag.clone());
            }
            if tags.is_empty() {
                response.tags.remove(&question);
            }
            found.push(response);
        }
        let subject = match found.first() {
            Some(first) => format!("{} 的意见标签“{tag}”", entry::whose(conn, first.dwelling)?),
            None => String::new(),
        };
        let op = Op::many(OpCode::Update, subject, found.len());
        self.write(&op, |conn| {
            for response in &found {
                store::update(conn, response)?;
            }
            Ok(small(found.len()))
        })
    }
}
