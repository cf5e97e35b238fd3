//! Street overview, compound page, plans, comparison and charts.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::KindCode;
use jiugai_domain::indicator::{Better, IndicatorGroup};

use super::RecordLink;

/// One compound in the street overview.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CompoundRow {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// 社区.
    pub community: String,
    /// Stage label, e.g. `方案草案`.
    pub stage: String,
    /// Position of the stage, 0 to 11; none when not set.
    pub stage_index: Option<u32>,
    /// 楼栋.
    pub buildings: u32,
    /// 套.
    pub dwellings: u32,
    /// 户.
    pub households: u32,
    /// 人.
    pub people: u32,
    /// Total floor area, `20,238.53`, empty when unknown.
    pub gross_floor_area: String,
    /// Rooms to demolish in all.
    pub outbuilding_rooms: u32,
    /// 责任人.
    pub responsible: String,
    /// What needs attention.
    pub alerts: Vec<Alert>,
}

/// Something that needs attention.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Alert {
    /// Weight.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
    /// Grid that shows the records behind it, if there is one.
    pub kind: Option<KindCode>,
}

/// Weight of an alert or issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Wrong; something is not taken.
    Error,
    /// Look at it.
    Warning,
    /// For your information.
    Note,
}

/// The page of one compound.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CompoundPage {
    /// The row of the overview.
    pub row: CompoundRow,
    /// Label/value pairs by heading: 身份, 建设, 产权, 管理 …; only filled ones.
    pub facts: Vec<FactGroup>,
    /// Count of records of each kind in this compound, in menu order.
    pub ledgers: Vec<LedgerCount>,
    /// Key figures, ready to be shown: label, value, unit.
    pub figures: Vec<Figure>,
    /// Plans.
    pub plans: Vec<PlanRow>,
}

/// Facts under one heading.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FactGroup {
    /// Heading.
    pub title: String,
    /// Pairs.
    pub facts: Vec<Figure>,
}

/// A figure or fact.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// What it is.
    pub label: String,
    /// Its text.
    pub value: String,
    /// Unit, may be empty.
    pub unit: String,
}

/// How many records a ledger holds.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LedgerCount {
    /// Kind.
    pub kind: KindCode,
    /// Its name.
    pub label: String,
    /// Records.
    pub count: u32,
    /// `307 套`.
    pub text: String,
}

/// A plan version.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanRow {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Number.
    pub version: u32,
    /// Scenario, `方案A`, or empty.
    pub scenario: String,
    /// `第1版·方案A`.
    pub label: String,
    /// State label.
    pub state: String,
    /// State code.
    pub state_code: String,
    /// Work items.
    pub items: u32,
    /// Estimate in 万元, `812.40`.
    pub estimate: String,
}

/// A work item with its effects.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WorkItemRow {
    /// Key.
    pub id: String,
    /// 拆/建/添/改/修.
    pub verb: String,
    /// 编号.
    pub number: String,
    /// 类别 label.
    pub class: String,
    /// 三个革命 label, or empty.
    pub revolution: String,
    /// 基础类 or 安全类: in every plan.
    pub essential: bool,
    /// Name.
    pub name: String,
    /// Place.
    pub place: String,
    /// `22 间`.
    pub quantity: String,
    /// `2,600.00 元/间`, or empty.
    pub price: String,
    /// 业主决定 label, or empty.
    pub decision: String,
    /// Problems that it mends.
    pub problems: u32,
    /// Wishes that it answers.
    pub wishes: u32,
    /// What must come first or excludes it, in people's words.
    pub order: Vec<String>,
    /// Estimate in 元, may be empty.
    pub estimate: String,
    /// Completed on, or empty.
    pub completed_on: String,
    /// Its effects in people's words.
    pub effects: Vec<EffectRow>,
}

/// An effect in people's words.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EffectRow {
    /// Key.
    pub id: String,
    /// `拆除 附属房 F-001（大排房 1间）`, `新增 停车区 东院车位：车位 24 位`.
    pub sentence: String,
    /// The asset it acts on, if there is one.
    pub asset: Option<RecordLink>,
    /// Completed on, or empty.
    pub completed_on: String,
}

/// Demolishing assets chosen in a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DemolitionRequest {
    /// Work item.
    pub work_item: String,
    /// Kind of the assets.
    pub kind: KindCode,
    /// Assets.
    pub assets: Vec<String>,
}

/// Before and after.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonView {
    /// Compound.
    pub compound: String,
    /// Compound's name.
    pub compound_name: String,
    /// The plan, none when only the baseline is shown.
    pub plan: Option<PlanRow>,
    /// Date of the baseline survey, `2021年3月5日`, or empty.
    pub surveyed_on: String,
    /// Date of the plan, or empty.
    pub prepared_on: String,
    /// Day on which something was completed last, or empty.
    pub completed_on: String,
    /// Rows in the order of the indicator card.
    pub rows: Vec<ComparisonRow>,
    /// What does not add up (an effect on an asset already demolished …).
    pub findings: Vec<Alert>,
}

/// One indicator before and after.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonRow {
    /// Indicator code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Group.
    pub group: IndicatorGroup,
    /// Group label, e.g. `停`.
    pub group_label: String,
    /// Unit.
    pub unit: String,
    /// Direction of improvement.
    pub better: Better,
    /// Text before; `—` when it cannot be told.
    pub baseline: String,
    /// Text as planned; empty without plan.
    pub proposed: String,
    /// Text as built so far; empty without plan.
    pub as_built: String,
    /// Proposed, or as built where no plan foresees it, minus baseline with sign: `+12`, `0`; empty
    /// when one is unknown.
    pub delta: String,
    /// Sign of the difference: -1, 0, 1.
    pub direction: i32,
    /// What is missing to compute it, empty when known.
    pub missing: String,
}

/// Stage of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// 改造前.
    Baseline,
    /// 方案.
    Proposed,
    /// 竣工.
    AsBuilt,
}

/// The rows behind one figure.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorRows {
    /// Label of the indicator.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// How the figure is made, in words, e.g. `机动车位 ÷ 户数`.
    pub formula: String,
    /// Rows.
    pub rows: Vec<IndicatorPart>,
    /// Sum or result at the stage.
    pub total: String,
}

/// One row behind a figure.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorPart {
    /// The record, none for one that the plan creates.
    pub record: Option<RecordLink>,
    /// What people call it.
    pub label: String,
    /// Its contribution.
    pub value: String,
    /// Which work item made or changed it, empty for an untouched one.
    pub cause: String,
}

/// The rows of an asset ledger before and after.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageLedger {
    /// Columns, in form order.
    pub columns: Vec<StageColumn>,
    /// Surveyed rows in their order, then those that the plan creates.
    pub rows: Vec<StageRow>,
    /// `拆除 22 处，不变 88 处`.
    pub summary: String,
}

/// A column of it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageColumn {
    /// Heading.
    pub label: String,
    /// Unit, may be empty.
    pub unit: String,
    /// Its cells are numbers.
    pub number: bool,
}

/// What a plan does to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StageMark {
    /// 不变.
    Kept,
    /// 改变.
    Changed,
    /// 拆除.
    Gone,
    /// 新增.
    New,
}

/// A row of it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageRow {
    /// The record; none for one that the plan creates.
    pub record: Option<RecordLink>,
    /// What the plan does to it.
    pub mark: StageMark,
    /// One for each column.
    pub cells: Vec<StageCell>,
    /// The work item that does it, empty for an untouched row.
    pub cause: String,
}

/// A cell before and after; the same text twice when nothing changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageCell {
    /// As surveyed.
    pub before: String,
    /// As the plan leaves it.
    pub after: String,
}

/// A chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChartCode {
    /// 指标前后对比 (paired dots).
    Indicators,
    /// 拆除构成 (grouped bars).
    Demolition,
    /// 管线构成 (grouped bars).
    Pipes,
    /// 停车与充电 (grouped bars).
    Parking,
    /// 车位与停放位变化 (slope).
    Places,
    /// 雨污分流 (100% bars).
    Drains,
    /// 机动车位怎么来的 (waterfall).
    ParkingSteps,
    /// 绿地怎么来的 (waterfall).
    GreenSteps,
    /// 资金来源 (grouped bars: planned, arrived, paid).
    Money,
}

/// A file format of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChartFormat {
    /// Vector.
    Svg,
    /// Picture, double size.
    Png,
}
