//! Surveys: ten answers of each household of every compound, cross-tables over them, and a
//! questionnaire file of 5,000 rows.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, FixedOffset};
use jiugai_api::ApiError;
use jiugai_api::wire::{RoundKind, SurveyRoundDraft, SurveyScope};
use jiugai_domain::RecordId;
use jiugai_domain::survey::{
    Answer, Answers, Channel, Choice, Question, QuestionKind, Questionnaire, Respondent,
    RoundKind as Kind,
};
use jiugai_storage::survey::{self as store, Response, Round, State, Version};
use jiugai_storage::{Connection, Ledger, Op, OpCode, OpenOptions, StorageError, log};

use crate::{generate, ms, session, timed};

const QUESTIONS: u32 = 10;
const FILE_ROWS: usize = 5_000;

fn question(key: u32) -> Question {
    Question {
        key,
        group: String::new(),
        title: format!("示例问题{key}"),
        kind: QuestionKind::Scale,
        choices: (1..=5)
            .map(|number| Choice {
                number,
                text: format!("示例选项{number}"),
                other: false,
                stance: None,
            })
            .collect(),
        most: 0,
        required: false,
        show_if: None,
        topic: None,
        unit: String::new(),
    }
}

/// The questionnaire that every round asks.
pub(crate) fn sheet(
    conn: &Connection,
    at: DateTime<FixedOffset>,
) -> Result<RecordId, StorageError> {
    let version = Version {
        id: log::fresh_id(conn, at)?,
        family: "bench".to_owned(),
        version: 1,
        sheet: Questionnaire {
            title: "示例问卷".to_owned(),
            questions: (1..=QUESTIONS).map(question).collect(),
            ..Questionnaire::default()
        },
        made_at: at.to_rfc3339(),
        made_by: "示例".to_owned(),
    };
    store::insert_version(conn, &version)?;
    Ok(version.id)
}

/// A round that every household of a compound answered.
pub(crate) fn round(
    conn: &Connection,
    at: DateTime<FixedOffset>,
    compound: RecordId,
    questionnaire: RecordId,
) -> Result<(), StorageError> {
    let round = Round {
        id: log::fresh_id(conn, at)?,
        compound,
        questionnaire,
        kind: Kind::Baseline,
        name: "示例轮次".to_owned(),
        opens_on: None,
        closes_on: None,
        plan: None,
        plan_version: None,
        reach: "75%".to_owned(),
        reach_source: String::new(),
        agree: String::new(),
        agree_source: String::new(),
        double_entry: false,
        remark: String::new(),
    };
    store::insert_round(conn, &round)?;
    for (number, door) in (0u32..).zip(store::doors(conn, compound)?) {
        let answers: Answers = (1..=QUESTIONS)
            .map(|key| {
                let answer = Answer {
                    choices: vec![1 + (number * key + number / 7) % 5],
                    ..Answer::default()
                };
                (key, answer)
            })
            .collect();
        store::insert(
            conn,
            &Response {
                id: log::fresh_id(conn, at)?,
                round: round.id,
                answers,
                state: State::Counted,
                questionnaire,
                dwelling: Some(door.dwelling),
                household: door.household,
                respondent: Respondent::Household,
                respondent_name: String::new(),
                phone: String::new(),
                place: String::new(),
                answered_on: "2021-03-06".to_owned(),
                collector: String::new(),
                channel: Channel::Paper,
                evidence: String::new(),
                source: String::new(),
                source_key: String::new(),
                plan: None,
                plan_version: None,
                second: None,
                second_by: String::new(),
                flaws: "[]".to_owned(),
                tags: std::collections::BTreeMap::default(),
                entered_at: at.to_rfc3339(),
                entered_by: "示例".to_owned(),
            },
        )?;
    }
    Ok(())
}

/// Cross-tables of one compound and of all, on a ledger of so many compounds.
pub(crate) fn tables(folder: &Path, compounds: usize) -> Result<(), ApiError> {
    let path = folder.join(format!("survey-{compounds}.jgdb"));
    let stamp = generate::stamp()?;
    let ledger = Ledger::create(&path, &OpenOptions::default(), &stamp)?;
    let op = Op::one(OpCode::Sample, "示例");
    let asked = ledger
        .transact(&op, &stamp, |conn| sheet(conn, stamp.at))?
        .value;
    for number in 1..=compounds {
        ledger.transact(&op, &stamp, |conn| {
            let (compound, _) = generate::compound(conn, stamp.at, number)?;
            round(conn, stamp.at, compound, asked)
        })?;
    }
    ledger.close()?;
    let bytes = std::fs::metadata(&path).map(|file| file.len()).unwrap_or(0);
    let mut session = session(folder);
    session.ledger_open_as(&path, true)?;
    let rounds = session.survey_keys(None)?;
    let one = SurveyScope {
        round: rounds[rounds.len() / 2].clone(),
        street: false,
    };
    let all = SurveyScope {
        street: true,
        ..one.clone()
    };
    let (first, later) = timed(|| session.survey_cross(&one, "q3", "q7"))?;
    let (_, attribute) = timed(|| session.survey_cross(&one, "q3", "building"))?;
    let (street_first, street) = timed(|| session.survey_cross(&all, "q3", "q7"))?;
    let (_, street_attribute) = timed(|| session.survey_cross(&all, "q3", "level"))?;
    let (_, analysis) = timed(|| session.survey_analysis(&one))?;
    println!(
        "| {compounds} | {} | {:.1} MB | {} / {} | {} | {} / {} | {} | {} |",
        compounds * 307 * 10,
        bytes as f64 / 1e6,
        ms(first),
        ms(later),
        ms(attribute),
        ms(street_first),
        ms(street),
        ms(street_attribute),
        ms(analysis)
    );
    session.ledger_close()
}

/// A questionnaire file of 5,000 rows into a compound of as many households.
pub(crate) fn file(folder: &Path) -> Result<(), ApiError> {
    let path = folder.join("survey-file.jgdb");
    let stamp = generate::stamp()?;
    let ledger = Ledger::create(&path, &OpenOptions::default(), &stamp)?;
    let op = Op::one(OpCode::Sample, "示例");
    let compound = ledger
        .transact(&op, &stamp, |conn| {
            generate::street(conn, stamp.at, FILE_ROWS)
        })?
        .value;
    ledger.close()?;
    let mut session = session(folder);
    session.ledger_open_as(&path, true)?;
    let draft = SurveyRoundDraft {
        opens_on: String::new(),
        ..session.survey_draft(&compound.to_string(), RoundKind::Willingness)?
    };
    let round = session.survey_create(&compound.to_string(), &draft)?.value;
    let mut text = String::from(
        "序号,提交答卷时间,来自IP,房号,您的身份,您家是否同意本小区改造,最希望改什么（最多选5项）,还有什么话要说\n",
    );
    for row in 0..FILE_ROWS {
        let (building, rest) = (row / 100 + 1, row % 100);
        writeln!(
            text,
            "{},2021/3/6 10:00:{:02},1.1.1.1,{building}号楼{}单元{},业主,同意,修道路┋增加停车位,示例意见",
            row + 1,
            row % 60,
            rest / 20 + 1,
            (rest % 20 / 2 + 1) * 100 + rest % 2 + 1
        )
        .map_err(|_| ApiError::internal())?;
    }
    let source = folder.join("问卷.csv");
    std::fs::write(&source, text).map_err(|_| ApiError::internal())?;
    let start = Instant::now();
    session.survey_import_read(&round, &source)?;
    let read = start.elapsed();
    let start = Instant::now();
    let done = session.survey_import_run()?.value;
    println!(
        "\n导入 {} 行问卷文件：读 {}，对住户并写入 {}（计入 {} 份）。",
        done.rows,
        ms(read),
        ms(start.elapsed()),
        done.counted
    );
    session.ledger_close()
}
