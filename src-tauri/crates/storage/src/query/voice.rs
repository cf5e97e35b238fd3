//! What residents said, and who lives where they said it: the reads behind 房态图, 入户走访, 诉求.

use jiugai_domain::{KindCode, RecordId};
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, Row, params_from_iter};

use super::check::missing_sql;
use super::order::place_order;
use crate::error::StorageError;
use crate::records::columns::{id_at, optional_id_at};
use crate::records::label_sql;

/// What is read: a whole compound, one building, one dwelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 小区.
    Compound(RecordId),
    /// 楼栋.
    Building(RecordId),
    /// 房屋.
    Dwelling(RecordId),
}

impl Part {
    /// The condition on the row `t` that stands at the dwelling in `column`, and its parameter.
    fn at(self, column: &str) -> (String, SqlValue) {
        let (sql, id) = match self {
            Self::Compound(id) => ("t.\"compound_id\" = ?1".to_owned(), id),
            Self::Building(id) => (
                format!(
                    "t.\"{column}\" IN (SELECT w.\"id\" FROM \"dwelling\" AS w WHERE w.\"building_id\" = ?1)"
                ),
                id,
            ),
            Self::Dwelling(id) => (format!("t.\"{column}\" = ?1"), id),
        };
        (sql, SqlValue::Blob(id.0.to_vec()))
    }
}

/// A dwelling in the order of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DwellingSpot {
    /// Key.
    pub id: RecordId,
    /// Its building.
    pub building: RecordId,
    /// 楼号.
    pub building_name: String,
    /// 单元号, empty when there is none.
    pub entrance: String,
    /// 楼层.
    pub storey: Option<i64>,
    /// 房号.
    pub room: String,
    /// Code of 产权性质, empty when nobody filled it in.
    pub tenure: String,
    /// Fields of the dwelling that are asked for and empty.
    pub missing: i64,
    /// 附属房 that belong to it.
    pub outbuildings: i64,
}

/// A household at a dwelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Living {
    /// Key.
    pub id: RecordId,
    /// Where.
    pub dwelling: RecordId,
    /// 户主或联系人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// Code of 居住情况.
    pub occupancy: String,
    /// Code of 改造意愿.
    pub willingness: String,
    /// Code of 是否配合拆除.
    pub cooperation: String,
    /// 60岁以上; none when nobody filled it in.
    pub seniors60: Option<i64>,
    /// Fields of the household that are asked for and empty.
    pub missing: i64,
}

/// A visit, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitLine {
    /// Key.
    pub id: RecordId,
    /// Where.
    pub dwelling: RecordId,
    /// Whom, while that household is there.
    pub household: Option<RecordId>,
    /// Day, ISO.
    pub day: String,
    /// 时间.
    pub time: String,
    /// 走访人.
    pub visitors: String,
    /// Code of 方式.
    pub way: String,
    /// Code of 见到谁.
    pub met: String,
    /// Code of 结果.
    pub outcome: String,
    /// Code of 没见到的原因.
    pub cause: String,
    /// 居民原话.
    pub words: String,
    /// 承诺事项.
    pub promise: String,
    /// 承诺期限.
    pub promise_due: String,
    /// 兑现日期.
    pub promise_kept: String,
    /// 下次走访.
    pub next: String,
    /// 清单号.
    pub round: String,
    /// 清单序号.
    pub stop: Option<i64>,
    /// Code of 走访事由.
    pub purpose: String,
    /// 备注.
    pub remark: String,
}

/// A wish, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishLine {
    /// Key.
    pub id: RecordId,
    /// Where.
    pub dwelling: RecordId,
    /// Whose, while that household is there.
    pub household: Option<RecordId>,
    /// Code of 事项.
    pub measure: String,
    /// Code of 态度.
    pub attitude: String,
    /// Code of 优先级.
    pub priority: String,
    /// 愿意出资.
    pub would_pay: Option<i64>,
    /// 愿出金额 in 分.
    pub amount_fen: Option<i64>,
    /// 居民原话.
    pub words: String,
    /// 提出日期.
    pub raised_on: String,
    /// 对应改造内容, as people call it; empty when there is none.
    pub work_item: String,
    /// Code of 答复.
    pub answer: String,
    /// 答复理由.
    pub reason: String,
    /// 答复日期.
    pub answered_on: String,
}

fn text_at(row: &Row<'_>, index: usize) -> rusqlite::Result<String> {
    Ok(row.get::<_, Option<String>>(index)?.unwrap_or_default())
}

/// The dwellings of a part, in the order of places.
///
/// # Errors
/// When the ledger cannot be read.
pub fn dwellings(conn: &Connection, part: Part) -> Result<Vec<DwellingSpot>, StorageError> {
    let (scope, id) = match part {
        Part::Building(id) => (
            "t.\"building_id\" = ?1".to_owned(),
            SqlValue::Blob(id.0.to_vec()),
        ),
        other => other.at("id"),
    };
    let (joins, order) = place_order(KindCode::Dwelling, true);
    let sql = format!(
        "SELECT t.\"id\", b.\"id\", b.\"name\", e.\"name\", t.\"storey\", t.\"room\", t.\"tenure\", {}, \
         (SELECT count(*) FROM \"outbuilding\" AS o WHERE o.\"dwelling_id\" = t.\"id\") \
         FROM \"dwelling\" AS t {joins} WHERE {scope} ORDER BY {order}",
        missing_sql(KindCode::Dwelling)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([id], |row| {
        Ok(DwellingSpot {
            id: id_at(row, 0)?,
            building: id_at(row, 1)?,
            building_name: row.get(2)?,
            entrance: text_at(row, 3)?,
            storey: row.get(4)?,
            room: row.get(5)?,
            tenure: text_at(row, 6)?,
            missing: row.get(7)?,
            outbuildings: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The households of a part, in order of entry.
///
/// # Errors
/// When the ledger cannot be read.
pub fn living(conn: &Connection, part: Part) -> Result<Vec<Living>, StorageError> {
    let (scope, id) = part.at("dwelling_id");
    let sql = format!(
        "SELECT t.\"id\", t.\"dwelling_id\", t.\"contact\", t.\"phone\", t.\"occupancy\", t.\"willingness\", t.\"cooperation\", t.\"seniors_60\", {} \
         FROM \"household\" AS t WHERE {scope} ORDER BY t.\"id\"",
        missing_sql(KindCode::Household)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([id], |row| {
        Ok(Living {
            id: id_at(row, 0)?,
            dwelling: id_at(row, 1)?,
            contact: text_at(row, 2)?,
            phone: text_at(row, 3)?,
            occupancy: text_at(row, 4)?,
            willingness: text_at(row, 5)?,
            cooperation: text_at(row, 6)?,
            seniors60: row.get(7)?,
            missing: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const VISIT: &str = "t.\"id\", t.\"dwelling_id\", t.\"household_id\", t.\"visited_on\", t.\"time\", t.\"visitors\", t.\"way\", t.\"met\", t.\"outcome\", \
     t.\"cause\", t.\"words\", t.\"promise\", t.\"promise_due\", t.\"promise_kept_on\", t.\"next_on\", t.\"round\", t.\"stop\", t.\"purpose\", t.\"remark\"";

fn visit_at(row: &Row<'_>) -> rusqlite::Result<VisitLine> {
    Ok(VisitLine {
        id: id_at(row, 0)?,
        dwelling: id_at(row, 1)?,
        household: optional_id_at(row, 2)?,
        day: row.get(3)?,
        time: text_at(row, 4)?,
        visitors: text_at(row, 5)?,
        way: text_at(row, 6)?,
        met: text_at(row, 7)?,
        outcome: row.get(8)?,
        cause: text_at(row, 9)?,
        words: text_at(row, 10)?,
        promise: text_at(row, 11)?,
        promise_due: text_at(row, 12)?,
        promise_kept: text_at(row, 13)?,
        next: text_at(row, 14)?,
        round: text_at(row, 15)?,
        stop: row.get(16)?,
        purpose: text_at(row, 17)?,
        remark: text_at(row, 18)?,
    })
}

/// The visits of a part, oldest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn visits(conn: &Connection, part: Part) -> Result<Vec<VisitLine>, StorageError> {
    let (scope, id) = part.at("dwelling_id");
    let sql = format!(
        "SELECT {VISIT} FROM \"visit\" AS t WHERE {scope} ORDER BY t.\"visited_on\", t.\"id\""
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([id], visit_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The stops of a round, in their order; what was entered without a stop comes last.
///
/// # Errors
/// When the ledger cannot be read.
pub fn stops(
    conn: &Connection,
    compound: RecordId,
    round: &str,
) -> Result<Vec<VisitLine>, StorageError> {
    let sql = format!(
        "SELECT {VISIT} FROM \"visit\" AS t WHERE t.\"compound_id\" = ?1 AND t.\"round\" = ?2 ORDER BY t.\"stop\" IS NULL, t.\"stop\", t.\"id\""
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((compound.0, round), visit_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A round: its number, day, visitors, stops and how many of them are entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundLine {
    /// 清单号.
    pub number: String,
    /// The day, ISO.
    pub day: String,
    /// 走访人.
    pub visitors: String,
    /// Stops.
    pub stops: i64,
    /// Stops that were entered.
    pub entered: i64,
}

/// The rounds of a compound, newest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn rounds(
    conn: &Connection,
    compound: RecordId,
    limit: usize,
) -> Result<Vec<RoundLine>, StorageError> {
    let sql = "SELECT \"round\", max(\"visited_on\"), max(\"visitors\"), count(*), sum(\"outcome\" <> 'pending') FROM \"visit\" \
         WHERE \"compound_id\" = ?1 AND \"round\" IS NOT NULL GROUP BY \"round\" ORDER BY 2 DESC, \"round\" DESC LIMIT ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map((compound.0, most), |row| {
        Ok(RoundLine {
            number: row.get(0)?,
            day: row.get(1)?,
            visitors: text_at(row, 2)?,
            stops: row.get(3)?,
            entered: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The wishes of a part, by measure and in order of entry.
///
/// # Errors
/// When the ledger cannot be read.
pub fn wishes(conn: &Connection, part: Part) -> Result<Vec<WishLine>, StorageError> {
    let (scope, id) = part.at("dwelling_id");
    let sql = format!(
        "SELECT t.\"id\", t.\"dwelling_id\", t.\"household_id\", t.\"measure\", t.\"attitude\", t.\"priority\", t.\"would_pay\", t.\"amount_fen\", \
         t.\"words\", t.\"raised_on\", (SELECT {} FROM \"work_item\" AS i WHERE i.\"id\" = t.\"work_item_id\"), t.\"answer\", t.\"reason\", t.\"answered_on\" \
         FROM \"wish\" AS t WHERE {scope} ORDER BY t.\"measure\", t.\"id\"",
        label_sql(KindCode::WorkItem, "i")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter([id]), |row| {
        Ok(WishLine {
            id: id_at(row, 0)?,
            dwelling: id_at(row, 1)?,
            household: optional_id_at(row, 2)?,
            measure: row.get(3)?,
            attitude: row.get(4)?,
            priority: text_at(row, 5)?,
            would_pay: row.get(6)?,
            amount_fen: row.get(7)?,
            words: text_at(row, 8)?,
            raised_on: text_at(row, 9)?,
            work_item: text_at(row, 10)?,
            answer: text_at(row, 11)?,
            reason: text_at(row, 12)?,
            answered_on: text_at(row, 13)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
