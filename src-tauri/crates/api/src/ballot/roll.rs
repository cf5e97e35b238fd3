//! 业主名册: made from the ledger, decided upon by people, frozen by the opening.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, FixedOffset};
use jiugai_domain::ballot::heads::{self, Answers, Question, Rules};
use jiugai_domain::ballot::law;
use jiugai_domain::fixed::{format, format_grouped};
use jiugai_domain::mask::{HIDDEN, masked_person};
use jiugai_storage::ballots::{self as store, Answer, Ballot, Found, Objection, RollEntry};
use jiugai_storage::{Connection, Op, OpCode, StorageError, masks};

use super::{day, find, line, long, preparing, refused, required, stage, subject};
use crate::text::{key, minute};
use crate::wire::{
    BallotChoice, BallotFigure, BallotObjection, BallotQuestion, BallotRoll, BallotRollRow,
    BallotStage, Changed,
};
use crate::{ApiError, Session};

/// Changes of the ledger that are named at most.
const MOST_DRIFT: usize = 30;

pub(super) fn source_label(code: &str) -> &'static str {
    match code {
        "register" => "登记簿",
        "measured" => "实测",
        "contract" => "合同",
        _ => "待核",
    }
}

/// The area has no source yet, or nobody knows it.
pub(super) fn unverified(entry: &RollEntry) -> bool {
    entry.counts
        && (entry.area_dm2.is_none() || matches!(entry.area_source.as_str(), "" | "unverified"))
}

/// What a person has to decide about the roll. Who counts as one is reckoned by whole names; who sees names masked
/// is not told more of them than how many questions there are.
pub(super) fn doubts(conn: &Connection, ballot: &Ballot) -> Result<Vec<Question>, StorageError> {
    let (_, mut questions) = masks::aside(conn, || derive(conn, ballot))?;
    if masks::are_on(conn) {
        for question in &mut questions {
            question.subject = masked_person(&question.subject);
            HIDDEN.clone_into(&mut question.detail);
            question.answers.clear();
        }
    }
    Ok(questions)
}

/// What the ledger says otherwise than the roll that was made of the ballot.
pub(super) fn changes(conn: &Connection, ballot: &Ballot) -> Result<Vec<String>, StorageError> {
    masks::aside(conn, || {
        let made = store::entries(conn, ballot.id)?;
        let (now, _) = derive(conn, ballot)?;
        Ok(drift(&made, &now))
    })
}

/// The roll as the ledger gives it now, with the questions about it.
fn derive(
    conn: &Connection,
    ballot: &Ballot,
) -> Result<(Vec<RollEntry>, Vec<Question>), StorageError> {
    let found = store::titles(conn, ballot.compound, &ballot.scope, ballot.scope_id)?;
    let answers: Answers = store::answers(conn, ballot.id)?
        .into_iter()
        .map(|answer| (answer.question, answer.answer))
        .collect();
    let titles: Vec<_> = found.iter().map(|one| one.title.clone()).collect();
    let rules = Rules {
        work_unit_is_one: ballot.work_unit_is_one,
        count_apart: ballot.count_apart,
    };
    let (standings, questions) = heads::merge(&titles, rules, &answers);
    let entries = found
        .iter()
        .zip(standings)
        .enumerate()
        .map(|(at, (found, standing))| RollEntry {
            id: found.title.dwelling,
            ordinal: i64::try_from(at).unwrap_or(i64::MAX - 1) + 1,
            dwelling: found.title.dwelling,
            place: found.title.place.clone(),
            building: found.building.clone(),
            storey: found.storey,
            area_dm2: area(found, ballot.gross_when_missing),
            area_source: found.area_source.clone(),
            owners: standing.owners,
            head: standing.head,
            head_label: standing.head_label,
            counts: standing.counts,
            note: standing.note,
            coefficient: None,
        })
        .collect();
    Ok((entries, questions))
}

fn area(found: &Found, gross_when_missing: bool) -> Option<i64> {
    found
        .exclusive_dm2
        .or(found.gross_dm2.filter(|_| gross_when_missing))
        .filter(|area| *area > 0)
}

/// Writes the roll anew; coefficients that were set stay.
pub(super) fn remake(
    conn: &Connection,
    ballot: &Ballot,
    at: DateTime<FixedOffset>,
) -> Result<(), StorageError> {
    let before: HashMap<_, _> = store::entries(conn, ballot.id)?
        .into_iter()
        .map(|entry| (entry.dwelling, entry.coefficient))
        .collect();
    let (mut entries, _) = derive(conn, ballot)?;
    for entry in &mut entries {
        entry.id = jiugai_storage::log::fresh_id(conn, at)?;
        entry.coefficient = before.get(&entry.dwelling).copied().flatten();
    }
    store::replace_entries(conn, ballot.id, &entries)
}

/// What the ledger says otherwise than the roll that was made.
fn drift(made: &[RollEntry], now: &[RollEntry]) -> Vec<String> {
    let current: HashMap<_, _> = now.iter().map(|entry| (entry.dwelling, entry)).collect();
    let known: HashSet<_> = made.iter().map(|entry| entry.dwelling).collect();
    let mut told = Vec::new();
    for entry in made {
        let Some(now) = current.get(&entry.dwelling) else {
            told.push(format!("{} 在台账里已经没有了", entry.place));
            continue;
        };
        let shown = |area: Option<i64>| area.map_or("没填".to_owned(), |area| format(area, 2));
        if entry.area_dm2 != now.area_dm2 {
            told.push(format!(
                "{} 的面积从 {} 变成 {} ㎡",
                entry.place,
                shown(entry.area_dm2),
                shown(now.area_dm2)
            ));
        } else if source_label(&entry.area_source) != source_label(&now.area_source) {
            told.push(format!(
                "{} 的面积来源从{}变成{}",
                entry.place,
                source_label(&entry.area_source),
                source_label(&now.area_source)
            ));
        }
        if entry.owners != now.owners {
            told.push(format!("{} 的业主变了", entry.place));
        } else if entry.head != now.head || entry.counts != now.counts {
            told.push(format!("{} 的算法变了", entry.place));
        }
    }
    told.extend(
        now.iter()
            .filter(|entry| !known.contains(&entry.dwelling))
            .map(|entry| format!("{} 是新登记的，名册里没有", entry.place)),
    );
    told
}

/// Counting dwellings, heads and area.
pub(super) fn totals(entries: &[RollEntry]) -> (usize, usize, i64) {
    let counting = entries.iter().filter(|entry| entry.counts);
    let heads: BTreeSet<&str> = counting.clone().map(|entry| entry.head.as_str()).collect();
    let area = counting.clone().filter_map(|entry| entry.area_dm2).sum();
    (counting.count(), heads.len(), area)
}

fn rows(entries: &[RollEntry]) -> Vec<BallotRollRow> {
    let mut sizes: HashMap<&str, Vec<&str>> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.counts) {
        sizes.entry(&entry.head).or_default().push(&entry.place);
    }
    entries
        .iter()
        .map(|entry| {
            let group = sizes
                .get(entry.head.as_str())
                .map_or(&[][..], Vec::as_slice);
            let head = match (entry.counts, group.len()) {
                (false, _) => "不计".to_owned(),
                (true, 1) => "1".to_owned(),
                (true, count) if group[0] == entry.place => format!("1（{count} 套合一人）"),
                (true, _) => format!("并入 {}", group[0]),
            };
            BallotRollRow {
                id: entry.id.to_string(),
                dwelling: entry.dwelling.to_string(),
                place: entry.place.clone(),
                building: entry.building.clone(),
                owners: entry.owners.clone(),
                area: entry
                    .area_dm2
                    .map_or_else(String::new, |area| format(area, 2)),
                source: source_label(&entry.area_source).to_owned(),
                unverified: unverified(entry),
                counts: entry.counts,
                head,
                note: entry.note.clone(),
            }
        })
        .collect()
}

pub(super) fn figure(label: &str, value: String, unit: &str) -> BallotFigure {
    BallotFigure {
        label: label.to_owned(),
        value,
        unit: unit.to_owned(),
    }
}

/// Buildings in the order of the roll.
pub(super) fn buildings<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        if seen.last().is_none_or(|last| last != name) && !seen.iter().any(|other| other == name) {
            seen.push(name.to_owned());
        }
    }
    seen
}

/// Questions that hold the opening up.
pub(super) fn open_questions(conn: &Connection, ballot: &Ballot) -> Result<usize, StorageError> {
    let answered: HashSet<String> = store::answers(conn, ballot.id)?
        .into_iter()
        .map(|answer| answer.question)
        .collect();
    Ok(doubts(conn, ballot)?
        .iter()
        .filter(|question| question.doubt.blocks() && !answered.contains(&question.key))
        .count())
}

impl Session {
    /// Makes the roll from the ledger, or makes it anew.
    ///
    /// # Errors
    /// `notFound`, `sealed`; `invalid` when the scope has no dwelling.
    pub fn ballot_make_roll(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let ballot = preparing(find(conn, id)?)?;
        if store::titles(conn, ballot.compound, &ballot.scope, ballot.scope_id)?.is_empty() {
            return Err(refused(
                "编不出名册",
                format!("“{}”里还没有登记房屋。", ballot.scope_label),
                "请先导入摸底台账，或者在“房屋”里登记。",
            ));
        }
        let at = self.now();
        let op = Op::one(OpCode::Generate, format!("{}的名册", subject(&ballot)));
        self.write(&op, |conn| remake(conn, &ballot, at))
    }

    /// The roll with what a person has to decide.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_roll(&self, id: &str) -> Result<BallotRoll, ApiError> {
        let conn = self.connection()?;
        let ballot = find(conn, id)?;
        let made = store::entries(conn, ballot.id)?;
        let questions = doubts(conn, &ballot)?;
        let answers = store::answers(conn, ballot.id)?;
        let frozen = stage(&ballot) != BallotStage::Preparing;
        let mut asked: Vec<BallotQuestion> = questions
            .into_iter()
            .filter(|question| {
                !frozen || answers.iter().any(|answer| answer.question == question.key)
            })
            .map(|question| {
                let given = answers
                    .iter()
                    .find(|answer| answer.question == question.key);
                let choices = question.answers.iter();
                BallotQuestion {
                    sort: question.doubt.label().to_owned(),
                    subject: question.subject,
                    detail: question.detail,
                    answers: choices
                        .map(|(code, label)| BallotChoice {
                            code: code.clone(),
                            label: label.clone(),
                        })
                        .collect(),
                    answer: given.map_or_else(String::new, |answer| answer.answer.clone()),
                    reason: given.map_or_else(String::new, |answer| answer.reason.clone()),
                    decided: given.map_or_else(String::new, decided),
                    blocks: question.doubt.blocks(),
                    key: question.key,
                }
            })
            .collect();
        if frozen {
            let lost = answers
                .iter()
                .filter(|answer| asked.iter().all(|one| one.key != answer.question));
            let lost: Vec<BallotQuestion> = lost
                .map(|answer| BallotQuestion {
                    key: answer.question.clone(),
                    sort: "已决定".to_owned(),
                    subject: answer.subject.clone(),
                    detail: String::new(),
                    answers: Vec::new(),
                    answer: answer.answer.clone(),
                    reason: answer.reason.clone(),
                    decided: decided(answer),
                    blocks: false,
                })
                .collect();
            asked.extend(lost);
        }
        asked.sort_by_key(|question| (!question.answer.is_empty(), !question.blocks));
        let (dwellings, heads, area) = totals(&made);
        let waiting = made.iter().filter(|entry| unverified(entry)).count();
        let changed = if made.is_empty() {
            Vec::new()
        } else {
            changes(conn, &ballot)?
        };
        let count = changed.len();
        let mut told: Vec<String> = changed.into_iter().take(MOST_DRIFT).collect();
        if count > MOST_DRIFT {
            told.push(format!("还有 {} 处没有列出", count - MOST_DRIFT));
        }
        Ok(BallotRoll {
            made: !made.is_empty(),
            frozen,
            buildings: buildings(made.iter().map(|entry| entry.building.as_str())),
            figures: vec![
                figure("计入表决", dwellings.to_string(), "套"),
                figure("总人数", heads.to_string(), "人"),
                figure("总面积", format_grouped(area, 2), "㎡"),
                figure("不计入", (made.len() - dwellings).to_string(), "套"),
                figure("面积待核", waiting.to_string(), "套"),
            ],
            rows: rows(&made),
            questions: asked,
            objections: store::objections(conn, ballot.id)?
                .into_iter()
                .map(|one| BallotObjection {
                    id: Some(one.id.to_string()),
                    sort: one.sort,
                    place: one.place,
                    words: one.words,
                    raised_on: one.raised_on,
                    answer: one.answer,
                    answered_on: one.answered_on,
                })
                .collect(),
            drift: told,
            laws: vec![law::AREA.to_owned(), law::HEADS.to_owned()],
        })
    }

    /// Decides questions about the roll, with one reason; the roll is made anew by it.
    ///
    /// # Errors
    /// `notFound`, `sealed`; `invalid` without a reason.
    pub fn ballot_answer(
        &mut self,
        id: &str,
        questions: &[String],
        answer: &str,
        reason: &str,
    ) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let ballot = preparing(find(conn, id)?)?;
        let reason = required(reason, "决定的理由")?;
        let asked = doubts(conn, &ballot)?;
        let mut answers = Vec::new();
        for key in questions {
            let question = asked
                .iter()
                .find(|question| question.key == *key)
                .filter(|question| question.answers.iter().any(|(code, _)| code == answer))
                .ok_or_else(ApiError::not_found)?;
            let given = Answer {
                question: question.key.clone(),
                subject: question.subject.clone(),
                answer: answer.to_owned(),
                reason: reason.clone(),
                decided_by: self.kept.settings.actor.clone(),
                decided_on: minute(self.now()),
            };
            answers.push((self.fresh()?, given));
        }
        let at = self.now();
        let op = Op::many(
            OpCode::Update,
            format!("{}的名册决定", subject(&ballot)),
            answers.len(),
        );
        self.write(&op, |conn| {
            for (id, answer) in &answers {
                store::put_answer(conn, *id, ballot.id, answer)?;
            }
            remake(conn, &ballot, at)
        })
    }

    /// Writes an objection down, or answers one.
    ///
    /// # Errors
    /// `notFound`, `invalid`.
    pub fn ballot_object(
        &mut self,
        id: &str,
        objection: &BallotObjection,
    ) -> Result<Changed<()>, ApiError> {
        let ballot = find(self.connection()?, id)?;
        let today = self.now().format("%Y-%m-%d").to_string();
        let raised = day(&objection.raised_on, "提出日期")?;
        let answer = match objection.answer.trim() {
            "" => String::new(),
            answer => long(answer, "答复")?,
        };
        let answered = day(&objection.answered_on, "答复日期")?;
        let kept = Objection {
            id: match &objection.id {
                Some(id) => key(id)?,
                None => self.fresh()?,
            },
            sort: match objection.sort.as_str() {
                known @ ("lift" | "result") => known.to_owned(),
                _ => "roll".to_owned(),
            },
            place: line(&objection.place),
            words: long(&objection.words, "异议内容")?,
            raised_on: if raised.is_empty() {
                today.clone()
            } else {
                raised
            },
            answered_on: match (answer.is_empty(), answered.is_empty()) {
                (true, _) => String::new(),
                (false, true) => today,
                (false, false) => answered,
            },
            answer,
        };
        let op = Op::one(OpCode::Update, format!("{}的异议", subject(&ballot)));
        self.write(&op, |conn| store::put_objection(conn, ballot.id, &kept))
    }
}

fn decided(answer: &Answer) -> String {
    format!("{} {}", answer.decided_by, answer.decided_on)
}
