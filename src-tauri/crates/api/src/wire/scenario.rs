//! 方案比选: scenarios side by side, and the best combination for the money.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{PlanRow, RecordLink};

/// Scenarios side by side.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioView {
    /// Compound.
    pub compound: String,
    /// Its name.
    pub compound_name: String,
    /// Every plan version of the compound, to choose from.
    pub plans: Vec<PlanRow>,
    /// The compared ones, one for each column.
    pub columns: Vec<PlanRow>,
    /// Rows by heading.
    pub groups: Vec<ScenarioGroup>,
    /// Where the band of costs comes from.
    pub band: CostBand,
    /// What the figures leave out, in people's words.
    pub notes: Vec<String>,
}

/// Rows under one heading.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioGroup {
    /// Heading.
    pub title: String,
    /// Rows.
    pub rows: Vec<ScenarioRow>,
}

/// One figure of every scenario.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioRow {
    /// What it is.
    pub label: String,
    /// Unit, may be empty.
    pub unit: String,
    /// How it is made, may be empty.
    pub formula: String,
    /// One for each scenario.
    pub cells: Vec<ScenarioCell>,
}

/// A figure of one scenario.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioCell {
    /// Text; `—` when it cannot be told.
    pub text: String,
    /// Smaller text below: the difference to 改造前, names, what is missing.
    pub note: String,
    /// The best of the row.
    pub best: bool,
    /// Something to look at.
    pub warn: bool,
}

/// What a household's share usually costs.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CostBand {
    /// `1.00`, in 万元 a household.
    pub low: String,
    /// `5.00`.
    pub high: String,
    /// `2.67`.
    pub mean: String,
    /// Where they come from.
    pub source: String,
}

/// What is asked for the best combination.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OptimizeRequest {
    /// The plan version whose items may be chosen.
    pub plan: String,
    /// The money in 元 as typed; `300万` as well.
    pub budget: String,
}

/// The best combination for the money.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OptimizeView {
    /// The version that was chosen from.
    pub plan: PlanRow,
    /// `3,000,000.00`, in 元.
    pub budget: String,
    /// `选 12 项，花 286.40 万元，剩 13.60 万元；满足 402 分诉求中的 377 分`.
    pub summary: String,
    /// What has to be told beside it: basics dearer than the money, not proven.
    pub warnings: Vec<String>,
    /// Every item with its reason, the chosen ones first.
    pub rows: Vec<OptimizeRow>,
    /// What the next 10万元 would buy.
    pub next: String,
    /// How wishes are weighed.
    pub weighing: String,
    /// Name proposed for the scenario.
    pub scenario: String,
}

/// An item with its reason.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OptimizeRow {
    /// The work item.
    pub item: RecordLink,
    /// It is in the combination.
    pub chosen: bool,
    /// 类别 label.
    pub class: String,
    /// In 元, may be empty.
    pub cost: String,
    /// Wishes for it, against it, and their weight: `36 条，反对 2 条，计 71 分`.
    pub wishes: String,
    /// Why.
    pub reason: String,
}

/// Which scenario becomes of it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OptimizeAdoption {
    /// What was asked.
    pub request: OptimizeRequest,
    /// Name of the scenario, such as `方案D`.
    pub scenario: String,
}
