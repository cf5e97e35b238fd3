//! Responses: one sheet each, with where it came from and what did not fit.

use std::collections::{BTreeMap, HashMap};

use jiugai_domain::RecordId;
use jiugai_domain::survey::{Answers, Channel, Respondent};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::answers::{json, json_at};
use crate::StorageError;
use crate::records::columns::{id_at, optional_id_at};

/// Whether a response is tallied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// 计入.
    Counted,
    /// 待处理: a person has to decide.
    Pending,
    /// 不计入: a person decided.
    Discarded,
}

impl State {
    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Pending => "pending",
            Self::Discarded => "discarded",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "counted" => Self::Counted,
            "discarded" => Self::Discarded,
            _ => Self::Pending,
        }
    }
}

/// One response (答卷).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Key.
    pub id: RecordId,
    /// Round.
    pub round: RecordId,
    /// Answers.
    pub answers: Answers,
    /// Whether it is tallied.
    pub state: State,
    /// Version of the questionnaire that was answered.
    pub questionnaire: RecordId,
    /// Dwelling, once it is known.
    pub dwelling: Option<RecordId>,
    /// Household, where the dwelling has one.
    pub household: Option<RecordId>,
    /// Who answered.
    pub respondent: Respondent,
    /// Name, when told.
    pub respondent_name: String,
    /// Phone, kept only while it is needed to find out whose answer it is.
    pub phone: String,
    /// The place as it was written.
    pub place: String,
    /// Day of the answer, ISO.
    pub answered_on: String,
    /// Who collected it.
    pub collector: String,
    /// How it came.
    pub channel: Channel,
    /// Where the original is: 卷号, scan.
    pub evidence: String,
    /// File that it was imported from.
    pub source: String,
    /// Its number there: the same answer is never imported twice.
    pub source_key: String,
    /// Plan that it is about.
    pub plan: Option<RecordId>,
    /// Version of that plan.
    pub plan_version: Option<i64>,
    /// Answers as entered a second time.
    pub second: Option<Answers>,
    /// By whom.
    pub second_by: String,
    /// What did not fit, JSON of the caller.
    pub flaws: String,
    /// Tags of open answers by question.
    pub tags: BTreeMap<u32, Vec<String>>,
    /// When it was entered, RFC 3339.
    pub entered_at: String,
    /// By whom.
    pub entered_by: String,
}

const COLUMNS: &str = "p.id, p.round_id, p.answers, p.state, p.questionnaire_id, p.dwelling_id, \
    p.household_id, p.respondent, p.respondent_name, p.phone, p.place, p.answered_on, p.collector, \
    p.channel, p.evidence, p.source, p.source_key, p.plan_id, p.plan_version, p.second, \
    p.second_by, p.flaws, p.tags, p.entered_at, p.entered_by";

fn response_at(row: &Row<'_>) -> rusqlite::Result<Response> {
    let text = |index: usize| row.get::<_, String>(index);
    let second: Option<String> = row.get(19)?;
    Ok(Response {
        id: id_at(row, 0)?,
        round: id_at(row, 1)?,
        answers: json_at(2, &text(2)?)?,
        state: State::from_code(&text(3)?),
        questionnaire: id_at(row, 4)?,
        dwelling: optional_id_at(row, 5)?,
        household: optional_id_at(row, 6)?,
        respondent: Respondent::from_code(&text(7)?).unwrap_or(Respondent::Household),
        respondent_name: text(8)?,
        phone: text(9)?,
        place: text(10)?,
        answered_on: text(11)?,
        collector: text(12)?,
        channel: Channel::from_code(&text(13)?).unwrap_or(Channel::Paper),
        evidence: text(14)?,
        source: text(15)?,
        source_key: text(16)?,
        plan: optional_id_at(row, 17)?,
        plan_version: row.get(18)?,
        second: second.map(|text| json_at(19, &text)).transpose()?,
        second_by: text(20)?,
        flaws: text(21)?,
        tags: json_at(22, &text(22)?)?,
        entered_at: text(23)?,
        entered_by: text(24)?,
    })
}

/// One response.
///
/// # Errors
/// When the ledger cannot be read.
pub fn response(conn: &Connection, id: RecordId) -> Result<Option<Response>, StorageError> {
    let sql = format!("SELECT {COLUMNS} FROM response AS p WHERE p.id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_row([id.0], response_at).optional()?)
}

/// The responses of a round, the last entered first; those of one state, `limit` at most.
///
/// # Errors
/// When the ledger cannot be read.
pub fn responses(
    conn: &Connection,
    round: RecordId,
    state: Option<State>,
    limit: usize,
) -> Result<Vec<Response>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response AS p WHERE p.round_id = ?1 AND (?2 IS NULL OR p.state = ?2)
         ORDER BY p.entered_at DESC, p.rowid DESC LIMIT ?3"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![round.0, state.map(State::code), most], response_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counted responses whose dwelling or household is no longer there, because it was merged or removed,
/// and those of a dwelling without household that has got one since.
///
/// # Errors
/// When the ledger cannot be read.
pub fn orphans(conn: &Connection, round: RecordId) -> Result<Vec<Response>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response AS p
         LEFT JOIN dwelling AS d ON d.id = p.dwelling_id
         LEFT JOIN household AS h ON h.id = p.household_id AND h.dwelling_id = p.dwelling_id
         WHERE p.round_id = ?1 AND p.state = 'counted'
           AND (d.id IS NULL OR CASE WHEN p.household_id IS NULL
             THEN EXISTS (SELECT 1 FROM household AS n WHERE n.dwelling_id = d.id)
             ELSE h.id IS NULL END) ORDER BY p.rowid"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([round.0], response_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counted responses with an answer that could not be read and was left out.
///
/// # Errors
/// When the ledger cannot be read.
pub fn flawed(conn: &Connection, round: RecordId) -> Result<Vec<Response>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response AS p WHERE p.round_id = ?1 AND p.state = 'counted'
         AND p.flaws LIKE '%\"badAnswer\"%' ORDER BY p.rowid"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([round.0], response_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The counted response of a household (or of a dwelling without household) in a round.
///
/// # Errors
/// When the ledger cannot be read.
pub fn taken(
    conn: &Connection,
    round: RecordId,
    dwelling: RecordId,
    household: Option<RecordId>,
) -> Result<Option<Response>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response AS p WHERE p.dwelling_id = ?2 AND p.round_id = ?1
         AND p.state = 'counted' AND p.household_id IS ?3 LIMIT 1"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement
        .query_row(
            params![round.0, dwelling.0, household.map(|id| id.0)],
            response_at,
        )
        .optional()?)
}

/// Which households and dwellings have a counted response in a round.
///
/// # Errors
/// When the ledger cannot be read.
pub fn respondents_of(
    conn: &Connection,
    round: RecordId,
) -> Result<HashMap<(RecordId, Option<RecordId>), RecordId>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT dwelling_id, household_id, id FROM response
         WHERE round_id = ?1 AND state = 'counted' AND dwelling_id IS NOT NULL",
    )?;
    let rows = statement.query_map([round.0], |row| {
        Ok(((id_at(row, 0)?, optional_id_at(row, 1)?), id_at(row, 2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Numbers of what was imported into a round before.
///
/// # Errors
/// When the ledger cannot be read.
pub fn source_keys(conn: &Connection, round: RecordId) -> Result<Vec<String>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT source_key FROM response WHERE round_id = ?1 AND source_key <> ''",
    )?;
    let rows = statement.query_map([round.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counted responses of a round that refer to a version of the plan that is none of `counting`.
///
/// # Errors
/// When the ledger cannot be read.
pub fn stale(conn: &Connection, round: RecordId, counting: &[i64]) -> Result<i64, StorageError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM response WHERE round_id = ?1 AND state = 'counted'
               AND plan_version NOT IN (SELECT value FROM json_each(?2))",
        )?
        .query_row(params![round.0, json(&counting)], |row| row.get(0))?)
}

/// Stores a new response.
///
/// # Errors
/// Whatever SQLite says.
pub fn insert(conn: &Connection, response: &Response) -> Result<(), StorageError> {
    write(
        conn,
        "INSERT INTO response (id, round_id, answers, state, questionnaire_id, dwelling_id,
         household_id, respondent, respondent_name, phone, place, answered_on, collector, channel,
         evidence, source, source_key, plan_id, plan_version, second, second_by, flaws, tags,
         entered_at, entered_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
         ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)",
        response,
    )
}

/// Stores a response again.
///
/// # Errors
/// Whatever SQLite says.
pub fn update(conn: &Connection, response: &Response) -> Result<(), StorageError> {
    write(
        conn,
        "UPDATE response SET round_id = ?2, answers = ?3, state = ?4, questionnaire_id = ?5,
         dwelling_id = ?6, household_id = ?7, respondent = ?8, respondent_name = ?9, phone = ?10,
         place = ?11, answered_on = ?12, collector = ?13, channel = ?14, evidence = ?15,
         source = ?16, source_key = ?17, plan_id = ?18, plan_version = ?19, second = ?20,
         second_by = ?21, flaws = ?22, tags = ?23, entered_at = ?24, entered_by = ?25
         WHERE id = ?1",
        response,
    )
}

fn write(conn: &Connection, sql: &str, response: &Response) -> Result<(), StorageError> {
    conn.prepare_cached(sql)?.execute(params![
        response.id.0,
        response.round.0,
        json(&response.answers),
        response.state.code(),
        response.questionnaire.0,
        response.dwelling.map(|id| id.0),
        response.household.map(|id| id.0),
        response.respondent.code(),
        response.respondent_name,
        response.phone,
        response.place,
        response.answered_on,
        response.collector,
        response.channel.code(),
        response.evidence,
        response.source,
        response.source_key,
        response.plan.map(|id| id.0),
        response.plan_version,
        response.second.as_ref().map(json),
        response.second_by,
        response.flaws,
        json(&response.tags),
        response.entered_at,
        response.entered_by
    ])?;
    Ok(())
}

/// Removes a response.
///
/// # Errors
/// Whatever SQLite says.
pub fn remove(conn: &Connection, id: RecordId) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM response WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}
