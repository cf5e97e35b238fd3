//! 居民诉求.

use serde::{Deserialize, Serialize};
use specta::Type;

/// By what wishes are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WishGrouping {
    /// 楼栋.
    Building,
    /// 楼层.
    Storey,
    /// 产权性质.
    Tenure,
    /// 有没有老人.
    Age,
}

/// Those who want and those who do not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishCount {
    /// 要.
    pub want: u32,
    /// 不要.
    pub against: u32,
    /// 无所谓.
    pub indifferent: u32,
}

/// A measure and what people say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishRow {
    /// Code of 事项.
    pub measure: String,
    /// Label.
    pub label: String,
    /// In all.
    pub count: WishCount,
    /// 优先级第1位.
    pub first: u32,
    /// 愿意出资.
    pub would_pay: u32,
    /// 愿出金额 together, 元; empty when nobody named one.
    pub amount: String,
    /// By group, in the order of the head.
    pub groups: Vec<WishCount>,
    /// Not answered yet.
    pub open: u32,
}

/// Wishes counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishTally {
    /// Names of the groups.
    pub groups: Vec<String>,
    /// Measures, most wanted first.
    pub rows: Vec<WishRow>,
    /// Households that said something.
    pub households: u32,
    /// Households of the compound.
    pub of_households: u32,
    /// Wishes.
    pub wishes: u32,
    /// Wishes without answer.
    pub open: u32,
    /// What was left out or stands in doubt, in a sentence; empty when nothing.
    pub note: String,
}

/// Wishes one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishList {
    /// The first of them, in the order of places.
    pub wishes: Vec<WishItem>,
    /// How many there are.
    pub count: u32,
}

/// One wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishItem {
    /// Key.
    pub id: String,
    /// 3号楼2单元301.
    pub place: String,
    /// Whose.
    pub who: String,
    /// Label of 事项.
    pub measure: String,
    /// Code of 态度.
    pub attitude: String,
    /// Its label.
    pub attitude_label: String,
    /// Label of 优先级.
    pub priority: String,
    /// 愿出资 500.00 元, empty when not.
    pub pays: String,
    /// 居民原话.
    pub words: String,
    /// 提出日期.
    pub raised_on: String,
    /// Label of the work item.
    pub work_item: String,
    /// Label of 答复, empty when there is none.
    pub answer: String,
    /// 答复理由.
    pub reason: String,
    /// 答复日期.
    pub answered_on: String,
}

/// Which wishes are listed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishQuery {
    /// Compound.
    pub compound: String,
    /// Code of 事项; all when none.
    pub measure: Option<String>,
    /// Code of 态度; all when none.
    pub attitude: Option<String>,
    /// Grouping and name of a group of it; all when none.
    pub group: Option<WishGroup>,
    /// Only those without answer.
    pub open: bool,
}

/// A group of a tally.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishGroup {
    /// By what.
    pub by: WishGrouping,
    /// Which.
    pub name: String,
}

/// An answer to wishes.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WishAnswer {
    /// Compound.
    pub compound: String,
    /// Keys of the wishes.
    pub wishes: Vec<String>,
    /// Code of 答复.
    pub answer: String,
    /// Work item as chosen; empty for none.
    pub work_item: String,
    /// 答复理由.
    pub reason: String,
}

/// Where both sides live: one entrance, or one building.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictPlace {
    /// 3号楼2单元.
    pub place: String,
    /// Rooms that want it.
    pub want: Vec<String>,
    /// Rooms that do not.
    pub against: Vec<String>,
}

/// A measure that divides people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// Code of 事项.
    pub measure: String,
    /// 停车位 × 一层住户.
    pub title: String,
    /// What the figures show.
    pub finding: String,
    /// By 楼层, in the order of the head of the map.
    pub storeys: Vec<WishCount>,
    /// Places with both sides, most divided first.
    pub places: Vec<ConflictPlace>,
}

/// 矛盾图.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictMap {
    /// Names of the groups of storeys.
    pub storeys: Vec<String>,
    /// Measures, most divided first.
    pub conflicts: Vec<Conflict>,
}
