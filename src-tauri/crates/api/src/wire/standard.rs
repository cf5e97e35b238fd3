//! 规范检查, 小算盘 and 阶段: rules over three stages, little sums, gates.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::KindCode;

use super::{PlanRow, RecordLink, Stage};

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StandardVerdict {
    /// 达标.
    Met,
    /// 不达标.
    Unmet,
    /// 缺数据.
    Unknown,
    /// 不涉及.
    Void,
}

/// Every rule over the three stages of a compound.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandardView {
    /// Compound.
    pub compound: String,
    /// Its name.
    pub compound_name: String,
    /// The plan; none when there is none.
    pub plan: Option<PlanRow>,
    /// 摸底日期.
    pub surveyed_on: String,
    /// 市区, by which local rules hold; empty when nobody filled it in.
    pub district: String,
    /// Rules by group.
    pub groups: Vec<StandardGroup>,
}

/// Rules of a group.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandardGroup {
    /// 绿地 …
    pub label: String,
    /// Rules.
    pub rules: Vec<StandardRule>,
}

/// A rule.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandardRule {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it asks, with the limit.
    pub requirement: String,
    /// Law or standard.
    pub source: String,
    /// Clause.
    pub clause: String,
    /// Where it holds.
    pub region: String,
    /// 法律法规, 标准, 地方规定, 惯例.
    pub standing_label: String,
    /// How sure the product is of the value.
    pub mark: String,
    /// It is switched on.
    pub enabled: bool,
    /// The compound lies where it holds.
    pub here: bool,
    /// What it says of each stage; empty when it was not asked.
    pub stages: Vec<StandardStage>,
}

/// What a rule says of a stage.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandardStage {
    /// Which.
    pub stage: Stage,
    /// Verdict.
    pub verdict: StandardVerdict,
    /// In people's words.
    pub verdict_label: String,
    /// The figures used.
    pub told: String,
    /// Rows behind it.
    pub rows: Vec<StandardRow>,
    /// What is missing, the first of it.
    pub missing: Vec<StandardMissing>,
    /// How much is missing.
    pub missing_count: u32,
}

/// A row behind a verdict.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandardRow {
    /// The record.
    pub record: Option<RecordLink>,
    /// What people call it.
    pub label: String,
    /// Its figures.
    pub value: String,
    /// What it comes to; none when it is only a part of a sum.
    pub verdict: Option<StandardVerdict>,
}

/// A datum that is missing.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandardMissing {
    /// Kind of the record.
    pub kind: KindCode,
    /// The record; none when the whole ledger of this kind is empty.
    pub id: Option<String>,
    /// The field to fill in.
    pub field: String,
    /// In people's words.
    pub label: String,
}

/// A field of a little sum.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumField {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// What stands in it to begin with, from the ledger where it knows.
    pub text: String,
    /// What may be chosen; empty for a number.
    pub choices: Vec<String>,
    /// A sentence of help.
    pub help: String,
}

/// A little sum (小算盘).
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumForm {
    /// Code.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// What it reckons with and where the figures come from.
    pub note: String,
    /// What it asks.
    pub fields: Vec<SumField>,
}

/// What was typed into a sum.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumInput {
    /// Which sum.
    pub code: String,
    /// Texts by field.
    pub texts: Vec<SumText>,
}

/// One text.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumText {
    /// Field.
    pub field: String,
    /// As typed.
    pub text: String,
}

/// What a sum comes to.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumResult {
    /// Lines of the result.
    pub lines: Vec<SumLine>,
    /// What could be written into a work item; none when nothing is needed or nothing fits.
    pub writes: Option<SumWrites>,
}

/// A line of a result.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumLine {
    /// Label.
    pub label: String,
    /// Value with its unit.
    pub value: String,
    /// Something is wrong with it.
    pub bad: bool,
}

/// What is written into a work item.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumWrites {
    /// A name for a new item.
    pub name: String,
    /// Quantity with its unit.
    pub quantity: String,
    /// The sum as it stands in the remark.
    pub remark: String,
    /// The effect in people's words.
    pub effect: String,
}

/// Where a sum is written.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SumTarget {
    /// The plan.
    pub plan: String,
    /// The work item; none for a new one.
    pub item: Option<String>,
    /// Name of a new item.
    pub name: String,
    /// Also write what the item makes.
    pub with_effect: bool,
}

/// The stages of a compound.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageView {
    /// Its name.
    pub compound_name: String,
    /// Where it stands, 0 to 11; none when nobody said.
    pub current: Option<u32>,
    /// Every stage.
    pub stages: Vec<StageGate>,
}

/// A stage with its gate.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageGate {
    /// 0 to 11.
    pub index: u32,
    /// Label.
    pub label: String,
    /// When the compound last came into it, empty when it did not.
    pub entered_on: String,
    /// Under whose name.
    pub person: String,
    /// Remark.
    pub remark: String,
    /// What the gate at its end asks.
    pub conditions: Vec<StageCondition>,
    /// Conditions that stand in the way.
    pub open: u32,
}

/// A condition of a gate.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageCondition {
    /// Code.
    pub code: String,
    /// What it asks.
    pub asks: String,
    /// Where it comes from.
    pub source: String,
    /// What the ledger says.
    pub verdict: StandardVerdict,
    /// In people's words, with the figures.
    pub told: String,
    /// Only a person can tell.
    pub by_person: bool,
    /// What a person said.
    pub word: Option<StageWord>,
    /// It does not stand in the way.
    pub passes: bool,
    /// Where it is mended: `plan`, `ledger:opinion`, `compound:feeRate` …
    pub mends: String,
}

/// What a person said about a condition.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageWord {
    /// An exception; otherwise it is confirmed.
    pub exception: bool,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When, as people write it.
    pub on: String,
}

/// A step into a stage.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageMove {
    /// The compound.
    pub compound: String,
    /// Into which, 0 to 11.
    pub stage: u32,
    /// Day as typed.
    pub on: String,
    /// Under whose name.
    pub person: String,
    /// Remark.
    pub remark: String,
}

/// What a person says about a condition.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageSays {
    /// The compound.
    pub compound: String,
    /// The condition.
    pub condition: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// Day as typed.
    pub on: String,
}
