//! Typing sheets in: the code or room, then the answers; a second time for consent.

use chrono::NaiveDate;
use jiugai_domain::RecordId;
use jiugai_domain::survey::{
    Answers, Channel, Misfit, Questionnaire, Respondent, SheetCode, misfits, read_typed, shown,
    typed,
};
use jiugai_domain::{date, text::normalize};
use jiugai_storage::survey::{self as store, Door, Response, Round, State};
use jiugai_storage::{Op, OpCode};

use super::doors::{self, Doors, Met};
use super::flaw::{self, Flaw, FlawCode};
use super::{counting, response_of, round_of, second, version_of};
use crate::text::{key, small};
use crate::wire::{
    AnswerProblem, AnswerText, Changed, EntryDoor, EntryKept, EntryOutcome, EntrySheet, ResponseRow,
};
use crate::{ApiError, ErrorCode, Session};

/// Sheets shown beside the entry.
const RECENT: usize = 10;

fn refused(message: String, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, "没有找到这一户", message, next)
}

/// Answers in the order of the questions, as typed.
pub(super) fn as_typed(sheet: &Questionnaire, answers: &Answers) -> Vec<AnswerText> {
    sheet
        .questions
        .iter()
        .filter_map(|question| {
            let answer = answers.get(&question.key)?;
            Some(AnswerText {
                question: question.key,
                text: typed(question, answer),
            })
        })
        .collect()
}

/// Reads typed answers; what is wrong is told question by question. Answers to questions that are
/// not asked are left out.
pub(super) fn read(sheet: &Questionnaire, texts: &[AnswerText]) -> (Answers, Vec<AnswerProblem>) {
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    for text in texts {
        let Some(question) = sheet.question(text.question) else {
            continue;
        };
        match read_typed(question, &text.text) {
            Ok(Some(answer)) => drop(answers.insert(question.key, answer)),
            Ok(None) => {}
            Err(error) => problems.push(AnswerProblem {
                question: question.key,
                message: flaw::fault(&error),
            }),
        }
    }
    (answers, problems)
}

/// Takes out what is not asked; tells of it and of what is missing.
pub(super) fn tidy(sheet: &Questionnaire, answers: &mut Answers) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for misfit in misfits(sheet, answers) {
        match misfit {
            Misfit::Missing(question) => flaws.push(Flaw::at(FlawCode::Missing, question, "")),
            Misfit::NotAsked(question) => {
                let words = sheet.question(question).zip(answers.remove(&question));
                let words = words.map_or_else(String::new, |(q, answer)| shown(q, &answer));
                flaws.push(Flaw::at(FlawCode::NotAsked, question, words));
            }
            Misfit::Removed(question) | Misfit::ChoiceRemoved(question) => {
                flaws.push(Flaw::at(FlawCode::Removed, question, ""));
            }
        }
    }
    flaws
}

impl Session {
    /// The household that a scanned or typed code means.
    ///
    /// # Errors
    /// `invalid`: a sheet of another round, a mistyped number, several households, none.
    pub fn survey_entry_find(&self, round: &str, typed: &str) -> Result<Vec<EntryDoor>, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, round)?;
        let doors = Doors::of(conn, round.compound)?;
        let shown = normalize(typed);
        let found = doors
            .by_typed(round.id, typed)
            .map_err(|wrong| match wrong {
                SheetCode::OtherRound => refused(
                    format!("{shown} 是另一轮调查的问卷编号，不是“{}”的。", round.name),
                    "请换到那一轮录入，或者核对手里的问卷。",
                ),
                _ => refused(
                    format!("{shown} 不是问卷编号，可能有一位打错了。"),
                    "请再扫一次，或者直接打房号，如 3-2-301。",
                ),
            })?;
        let found = match found {
            Met::One(at) => vec![at],
            Met::Several(several) => several,
            Met::None => {
                return Err(refused(
                    format!("台账里没有“{shown}”这一户。"),
                    "请核对房号，如 3-2-301；台账里确实没有的，先到“房屋”里补上。",
                ));
            }
        };
        found
            .into_iter()
            .map(|at| self.entry_door(&round, &doors.all[at]))
            .collect()
    }

    fn entry_door(&self, round: &Round, door: &Door) -> Result<EntryDoor, ApiError> {
        let conn = self.connection()?;
        let existing = store::taken(conn, round.id, door.dwelling, door.household)?;
        let is_second = round.double_entry
            && existing
                .as_ref()
                .is_some_and(|there| there.second.is_none() && second::on_paper(there));
        let mut answers = Vec::new();
        let mut note = String::new();
        let mut kept = None;
        let mut older_plan = None;
        if let Some(there) = &existing {
            if is_second {
                note =
                    "第一遍已经录过，这是第二遍：照纸面再录一次，两遍不一样的会列出来。".to_owned();
            } else {
                let sheet = version_of(conn, there.questionnaire)?.sheet;
                answers = as_typed(&sheet, &there.answers);
                older_plan = round
                    .plan_version
                    .filter(|now| there.plan_version.is_some_and(|of| of < *now))
                    .and_then(|now| u32::try_from(now).ok());
                kept = Some(EntryKept {
                    answered_on: there.answered_on.clone(),
                    collector: there.collector.clone(),
                    channel: there.channel.code().to_owned(),
                    respondent: there.respondent,
                    evidence: there.evidence.clone(),
                });
                note = format!(
                    "这一户已有一份 {} 的答卷，改了会存在原来那份上。",
                    there.answered_on
                );
            }
        }
        Ok(EntryDoor {
            place: doors::place(door),
            contact: door.contact.clone(),
            dwelling: door.dwelling.to_string(),
            household: door.household.map(|id| id.to_string()),
            existing: existing.map(|there| there.id.to_string()),
            second: is_second,
            answers,
            note,
            kept,
            older_plan,
        })
    }

    /// Stores a sheet. With an answer that cannot be read nothing is stored, and each is told.
    ///
    /// # Errors
    /// `notFound`, those of the ledger.
    pub fn survey_entry_save(
        &mut self,
        entry: &EntrySheet,
    ) -> Result<Changed<EntryOutcome>, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, &entry.round)?;
        let dwelling = key(&entry.dwelling)?;
        let household = entry.household.as_deref().map(key).transpose()?;
        let door = store::doors(conn, round.compound)?
            .into_iter()
            .find(|door| door.dwelling == dwelling && door.household == household)
            .ok_or_else(|| {
                refused(
                    "录到一半时这一户被删掉或合并了，答卷没有保存。".to_owned(),
                    "请重新打一次房号。",
                )
            })?;
        let version = version_of(conn, round.questionnaire)?;
        let (mut answers, mut problems) = read(&version.sheet, &entry.answers);
        let answered_on = if entry.answered_on.trim().is_empty() {
            Some(self.now().date_naive())
        } else {
            date::parse(&entry.answered_on)
        };
        if answered_on.is_none() {
            problems.push(AnswerProblem {
                question: 0,
                message: format!(
                    "日期“{}”不是日期，请写成 2021-3-5 这样。",
                    entry.answered_on
                ),
            });
        }
        if let Some(message) = answered_on.and_then(|day| self.untimely(&round, day)) {
            problems.push(AnswerProblem {
                question: 0,
                message,
            });
        }
        if answers.is_empty() && problems.is_empty() {
            problems.push(AnswerProblem {
                question: 0,
                message: "一道题也没有答，没有保存。".to_owned(),
            });
        }
        let count = store::respondents_of(conn, round.id)?.len();
        let (Some(day), true) = (answered_on, problems.is_empty()) else {
            return Ok(Changed {
                value: EntryOutcome {
                    response: None,
                    problems,
                    differences: 0,
                    count: small(count),
                },
                scopes: Vec::new(),
                transaction: None,
                sentence: String::new(),
            });
        };
        let flaws = tidy(&version.sheet, &mut answers);
        let existing = store::taken(conn, round.id, dwelling, household)?;
        let is_second = round.double_entry
            && existing
                .as_ref()
                .is_some_and(|there| there.second.is_none() && second::on_paper(there));
        let actor = self.kept.settings.actor.clone();
        let at = self.now().to_rfc3339();
        let subject = format!("{} 的答卷", doors::place(&door));
        let (op, response, differences) = if let Some(mut there) = existing {
            if is_second {
                there.second = Some(answers.clone());
                there.second_by = actor;
                let differ = second::differing(&there).len();
                (Op::one(OpCode::Update, subject), there, differ)
            } else {
                there.answers = answers;
                there.questionnaire = version.id;
                there.flaws = flaw::write(&flaws);
                there.answered_on = day.format("%Y-%m-%d").to_string();
                there.respondent = entry.respondent;
                there.collector = normalize(&entry.collector);
                there.channel = Channel::from_code(&entry.channel).unwrap_or(there.channel);
                there.evidence = normalize(&entry.evidence);
                if entry.asked_again {
                    there.plan = round.plan;
                    there.plan_version = round.plan_version;
                }
                there.entered_at = at;
                there.entered_by = actor;
                (Op::one(OpCode::Update, subject), there, 0)
            }
        } else {
            let response = Response {
                id: self.fresh()?,
                round: round.id,
                answers,
                state: State::Counted,
                questionnaire: version.id,
                dwelling: Some(dwelling),
                household,
                respondent: entry.respondent,
                respondent_name: String::new(),
                phone: String::new(),
                place: String::new(),
                answered_on: day.format("%Y-%m-%d").to_string(),
                collector: normalize(&entry.collector),
                channel: Channel::from_code(&entry.channel).unwrap_or(Channel::Paper),
                evidence: normalize(&entry.evidence),
                source: String::new(),
                source_key: String::new(),
                plan: round.plan,
                plan_version: round.plan_version,
                second: None,
                second_by: String::new(),
                flaws: flaw::write(&flaws),
                tags: std::collections::BTreeMap::default(),
                entered_at: at,
                entered_by: actor,
            };
            (Op::one(OpCode::Create, subject), response, 0)
        };
        let is_new = op.code == OpCode::Create;
        let told: Vec<AnswerProblem> = flaws
            .iter()
            .map(|flaw| AnswerProblem {
                question: flaw.question,
                message: flaw.sentence(&version.sheet),
            })
            .collect();
        let id = response.id;
        let changed = self.write(&op, |conn| {
            if is_new {
                store::insert(conn, &response)
            } else {
                store::update(conn, &response)
            }
        })?;
        Ok(Changed {
            value: EntryOutcome {
                response: Some(id.to_string()),
                problems: told,
                differences: small(differences),
                count: small(count + usize::from(is_new)),
            },
            scopes: changed.scopes,
            transaction: changed.transaction,
            sentence: changed.sentence,
        })
    }

    /// Why a sheet of this day cannot belong to the round.
    fn untimely(&self, round: &Round, day: NaiveDate) -> Option<String> {
        let told = day.format("%Y-%m-%d").to_string();
        if day > self.now().date_naive() {
            return Some(format!("答卷日期 {told} 还没有到，请核对纸面上的日期。"));
        }
        let early = round.opens_on.as_ref().is_some_and(|opens| told < *opens);
        let late = round
            .closes_on
            .as_ref()
            .is_some_and(|closes| told > *closes);
        (early || late).then(|| {
            format!(
                "答卷日期 {told} 不在本轮的起止日期（{} 至 {}）里。日期没有写错的，请先改本轮的起止日期。",
                round.opens_on.as_deref().unwrap_or("不限"),
                round.closes_on.as_deref().unwrap_or("不限")
            )
        })
    }

    /// The sheets entered last.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_recent(&self, round: &str) -> Result<Vec<ResponseRow>, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, round)?;
        let found = store::responses(conn, round.id, Some(State::Counted), RECENT)?;
        self.response_rows(&round, found)
    }

    pub(super) fn response_rows(
        &self,
        round: &Round,
        found: Vec<Response>,
    ) -> Result<Vec<ResponseRow>, ApiError> {
        let conn = self.connection()?;
        let doors = Doors::of(conn, round.compound)?;
        let counting = counting(conn, round)?;
        let mut sheets = std::collections::HashMap::new();
        let mut rows = Vec::new();
        for response in found {
            if let std::collections::hash_map::Entry::Vacant(e) =
                sheets.entry(response.questionnaire)
            {
                let sheet = version_of(conn, response.questionnaire)?.sheet;
                e.insert(sheet);
            }
            let sheet = &sheets[&response.questionnaire];
            rows.push(response_row(&doors, sheet, &counting, response));
        }
        Ok(rows)
    }

    /// The answers of one response, to be looked at or mended.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_response(&self, id: &str) -> Result<Vec<crate::wire::AnswerLine>, ApiError> {
        let conn = self.connection()?;
        let response = response_of(conn, id)?;
        let sheet = version_of(conn, response.questionnaire)?.sheet;
        Ok(super::pending::lines(&sheet, &response.answers, None))
    }

    /// Removes a response.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_response_remove(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let response = response_of(conn, id)?;
        let place = whose(conn, response.dwelling)?;
        let op = Op::one(OpCode::Delete, format!("{place} 的答卷"));
        self.write(&op, |conn| store::remove(conn, response.id))
    }
}

/// The label of a dwelling, for sentences.
pub(super) fn whose(
    conn: &jiugai_storage::Connection,
    dwelling: Option<RecordId>,
) -> Result<String, ApiError> {
    let label = match dwelling {
        Some(id) => jiugai_storage::records::label(conn, jiugai_domain::KindCode::Dwelling, id)?,
        None => None,
    };
    Ok(label.unwrap_or_else(|| "没对上住户".to_owned()))
}

fn response_row(
    doors: &Doors,
    sheet: &Questionnaire,
    counting: &[i64],
    response: Response,
) -> ResponseRow {
    let door = response
        .dwelling
        .and_then(|dwelling| doors.find(dwelling, response.household));
    let words: Vec<String> = sheet
        .questions
        .iter()
        .filter_map(|question| Some(shown(question, response.answers.get(&question.key)?)))
        .take(6)
        .collect();
    let who = if response.respondent == Respondent::Household {
        String::new()
    } else {
        format!("（{}）", response.respondent.label())
    };
    ResponseRow {
        id: response.id.to_string(),
        place: door.map_or_else(|| "住户已不在台账里".to_owned(), doors::label) + &who,
        answered_on: response.answered_on,
        channel: response.channel.label().to_owned(),
        entered: chrono::DateTime::parse_from_rfc3339(&response.entered_at).map_or_else(
            |_| response.entered_by.clone(),
            |at| format!("{} {}", response.entered_by, crate::text::minute(at)),
        ),
        summary: words.join("；"),
        household: response.household.map(|id| id.to_string()),
        dwelling: response.dwelling.map(|id| id.to_string()),
        stale: response
            .plan_version
            .is_some_and(|of| !counting.contains(&of)),
        checked: response.second.as_ref() == Some(&response.answers),
    }
}
