//! 数据体检: findings by rule, and those that a person judged.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::KindCode;

use super::RecordLink;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CheckWeight {
    /// 必须改.
    Must,
    /// 应核实.
    Verify,
    /// 建议补.
    Supplement,
}

/// What the check of a compound or of the whole ledger comes to.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckSummary {
    /// Findings by weight, worst first; weights without findings are there too.
    pub groups: Vec<CheckGroup>,
    /// Findings in all.
    pub total: u32,
    /// Findings that a person has judged to be no problem.
    pub waived: u32,
    /// How many rules were asked.
    pub rules: u32,
}

/// Findings of one weight.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckGroup {
    /// The weight.
    pub weight: CheckWeight,
    /// What people call it.
    pub label: String,
    /// Findings.
    pub count: u32,
    /// Rules that found something.
    pub rules: Vec<CheckRule>,
}

/// A rule that found something.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckRule {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// 为什么要改.
    pub why: String,
    /// 怎么改.
    pub how: String,
    /// True when the threshold is an estimate and stands in no standard.
    pub estimate: bool,
    /// Findings.
    pub count: u32,
}

/// Something that a rule found.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckFinding {
    /// Code of the rule.
    pub rule: String,
    /// The record.
    pub record: RecordLink,
    /// What its kind is called.
    pub kind_label: String,
    /// Key of its compound.
    pub compound: Option<String>,
    /// Name of its compound.
    pub compound_name: String,
    /// 楼号, empty when the record stands at no building.
    pub building: String,
    /// Code of the field.
    pub field: String,
    /// Label of the field.
    pub field_label: String,
    /// What is found.
    pub found: String,
    /// What is expected.
    pub expected: String,
    /// An earlier judgement that no longer holds, since the value changed; empty when there is none.
    pub earlier: String,
}

/// A finding that a person judged to be no problem.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WaivedFinding {
    /// Key of the judgement.
    pub id: String,
    /// What it is about.
    pub finding: CheckFinding,
    /// Name of the rule.
    pub rule_name: String,
    /// Why it is no problem.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// On which day.
    pub on: String,
}

/// What a person judges to be no problem.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WaiveRequest {
    /// Code of the rule.
    pub rule: String,
    /// Kind of the record.
    pub kind: KindCode,
    /// Its key.
    pub id: String,
    /// Code of the field.
    pub field: String,
    /// Why.
    pub reason: String,
}
