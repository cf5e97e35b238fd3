//! 入户走访.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::RecordLink;

/// A dwelling that a round may go to, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoundCandidate {
    /// Key of the dwelling.
    pub dwelling: String,
    /// 3号楼2单元301.
    pub place: String,
    /// 楼号.
    pub building: String,
    /// 单元号.
    pub entrance: String,
    /// Who lives there.
    pub who: String,
    /// 联系电话.
    pub phone: String,
    /// Code of 走访事由.
    pub purpose: String,
    /// Its label.
    pub purpose_label: String,
    /// The reason in words: 约定 3月8日再来; 已去过 3 次没见到人.
    pub why: String,
    /// What was heard last, in short.
    pub last: String,
    /// Visits made so far.
    pub made: u32,
}

/// How many candidates there are for each reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PurposeCount {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Dwellings.
    pub count: u32,
}

/// Who is to be visited on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoundChoice {
    /// The day, ISO.
    pub day: String,
    /// By building, entrance, storey and room.
    pub candidates: Vec<RoundCandidate>,
    /// By reason.
    pub purposes: Vec<PurposeCount>,
    /// Names of the buildings that have candidates.
    pub buildings: Vec<String>,
    /// Stops of earlier rounds that nobody entered.
    pub left_over: u32,
    /// Visitors of the last round, to begin with.
    pub visitors: String,
}

/// A round to be made.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoundRequest {
    /// Compound.
    pub compound: String,
    /// The day as typed.
    pub day: String,
    /// 走访人.
    pub visitors: String,
    /// Keys of the dwellings.
    pub dwellings: Vec<String>,
}

/// A round in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoundRow {
    /// 清单号.
    pub number: String,
    /// The day as people write it.
    pub day: String,
    /// 走访人.
    pub visitors: String,
    /// Stops.
    pub stops: u32,
    /// Entered stops.
    pub entered: u32,
}

/// A stop of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoundStop {
    /// Key of the visit.
    pub visit: String,
    /// 清单序号; none for what was entered without being listed.
    pub stop: Option<u32>,
    /// Key of the dwelling.
    pub dwelling: String,
    /// 3号楼2单元301.
    pub place: String,
    /// 楼号.
    pub building: String,
    /// 单元号.
    pub entrance: String,
    /// Who lives there.
    pub who: String,
    /// 联系电话.
    pub phone: String,
    /// What the last visit came to.
    pub last: String,
    /// Label of 走访事由.
    pub purpose: String,
    /// The reason in words.
    pub why: String,
    /// It was entered.
    pub entered: bool,
    /// What was entered, in a line.
    pub told: String,
}

/// A round with its stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VisitRound {
    /// Its line in the list.
    pub row: RoundRow,
    /// The day, ISO.
    pub day: String,
    /// Its stops.
    pub stops: Vec<RoundStop>,
}

/// One visit as it was typed from the sheet.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VisitEntry {
    /// Compound.
    pub compound: String,
    /// 清单号 of the sheet, empty without one.
    pub round: String,
    /// Number of the stop on the sheet, or the room in any notation.
    pub place: String,
    /// The household, when the dwelling has several and a person decided.
    pub household: Option<String>,
    /// Day as typed.
    pub day: String,
    /// 走访人.
    pub visitors: String,
    /// 结果: number of the list or its word.
    pub outcome: String,
    /// 方式: number or word.
    pub way: String,
    /// 见到谁: number or word.
    pub met: String,
    /// 没见到的原因: number or word.
    pub cause: String,
    /// 居民原话.
    pub words: String,
    /// 承诺事项.
    pub promise: String,
    /// 承诺期限.
    pub promise_due: String,
    /// 下次走访.
    pub next: String,
    /// A person has seen the doubt and wants it stored as it is.
    pub decided: bool,
}

/// Why an entry was not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryProblem {
    /// Field of the form to go to.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
    /// It may be stored all the same when a person says so.
    pub doubt: bool,
    /// What the person may choose between: households of the dwelling, dwellings of that room.
    pub choices: Vec<RecordLink>,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VisitEntered {
    /// Key of the visit, when it was stored.
    pub visit: Option<String>,
    /// `3号楼2单元301 已完成`.
    pub told: String,
    /// Why not, when it was not.
    pub problem: Option<EntryProblem>,
}

/// One line of what happened at a dwelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// The record.
    pub record: RecordLink,
    /// Day as people write it, with the time.
    pub day: String,
    /// 走访 or 诉求.
    pub what: String,
    /// Who was there.
    pub visitors: String,
    /// 上门 · 业主 · 已完成.
    pub summary: String,
    /// 居民原话.
    pub words: String,
    /// 承诺事项 with its day, empty when nothing was promised.
    pub promise: String,
    /// The promise waits to be kept.
    pub promise_open: bool,
    /// 约定 3月8日再来.
    pub next: String,
    /// Said by a household that no longer lives there, or by whom nobody noted.
    pub whose: String,
}

/// What happened at a dwelling, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// Where.
    pub place: String,
    /// 已走访 3 次，最近 3月5日；承诺 1 件未兑现.
    pub summary: String,
    /// Compound.
    pub compound: String,
    /// The households of the dwelling.
    pub households: Vec<RecordLink>,
    /// Lines.
    pub entries: Vec<TimelineEntry>,
}

/// Visits of a member of staff by week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StaffWeeks {
    /// Name.
    pub name: String,
    /// By week, in the order of the head.
    pub counts: Vec<u32>,
    /// All of them.
    pub total: u32,
}

/// 每周一走访: who made how many visits in which week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VisitWeeks {
    /// Mondays, oldest first: 3月1日.
    pub weeks: Vec<String>,
    /// By name.
    pub staff: Vec<StaffWeeks>,
    /// Visits by week, each counted once.
    pub totals: Vec<u32>,
    /// Visits that name no visitor.
    pub nameless: u32,
}
