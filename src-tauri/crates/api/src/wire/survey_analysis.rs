//! Surveys: counts, cross-tables, open answers, papers.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{QuestionKind, SurveyRoundRow, ThresholdLine};

/// Which responses are looked at.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyScope {
    /// Round.
    pub round: String,
    /// All rounds of the ledger that ask the same questionnaire.
    pub street: bool,
}

/// One choice with its count.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceCount {
    /// Value, as cross-tables name it.
    pub value: String,
    /// Words.
    pub text: String,
    /// How often.
    pub count: u32,
    /// `66.4%` of those who answered.
    pub share: String,
}

/// A question with its counts.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionCount {
    /// Key.
    pub key: u32,
    /// Place, from 1.
    pub number: u32,
    /// Section.
    pub group: String,
    /// Words.
    pub title: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// 题型.
    pub kind_label: String,
    /// How many answered.
    pub answered: u32,
    /// How many did not.
    pub missing: u32,
    /// Choices.
    pub choices: Vec<ChoiceCount>,
    /// Mean and median of numbers and scales.
    pub figures: String,
    /// It is no longer asked; its answers are kept.
    pub removed: bool,
}

/// Every question of a round.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveyAnalysis {
    /// Responses.
    pub responses: u32,
    /// Households.
    pub households: u32,
    /// Sentence: sample size, missing, what it does not mean.
    pub note: String,
    /// Questions.
    pub questions: Vec<QuestionCount>,
    /// Fields for cross-tables.
    pub fields: Vec<CrossFieldRow>,
    /// Earlier and later rounds with the same topics.
    pub comparisons: Vec<TopicComparison>,
}

/// A field for cross-tables.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CrossFieldRow {
    /// Code: `q3`, `building`.
    pub code: String,
    /// Words.
    pub label: String,
    /// 题目, 房屋和住户.
    pub group: String,
}

/// One topic over several rounds.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TopicComparison {
    /// Topic.
    pub topic: String,
    /// 同意, 不同意, 未定.
    pub parts: Vec<String>,
    /// One line for each round.
    pub lines: Vec<TopicLine>,
}

/// One round of a comparison.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TopicLine {
    /// Round.
    pub round: String,
    /// How many answered.
    pub answered: u32,
    /// Counts of the parts, with shares.
    pub counts: Vec<ChoiceCount>,
}

/// A cross-table.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CrossTable {
    /// Row field.
    pub row_label: String,
    /// Column field.
    pub column_label: String,
    /// Columns with their sums.
    pub columns: Vec<ChoiceCount>,
    /// Which sums of columns public papers leave out.
    pub hidden_sums: Vec<bool>,
    /// Rows.
    pub rows: Vec<CrossRow>,
    /// Responses with both.
    pub both: u32,
    /// Responses without one of them.
    pub missing: u32,
    /// Responses in all.
    pub responses: u32,
    /// Sentence: sample size, missing, several choices.
    pub note: String,
}

/// One row of a cross-table.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CrossRow {
    /// Value and sum.
    pub head: ChoiceCount,
    /// Cells in the order of the columns.
    pub cells: Vec<CrossCell>,
    /// Public papers leave the sum out.
    pub hidden: bool,
}

/// One cell.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CrossCell {
    /// Count.
    pub count: u32,
    /// Share of the row.
    pub share: String,
    /// Public papers leave it out: fewer than five, or it would tell what such a cell holds.
    pub hidden: bool,
}

/// What is behind a cell.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CrossDrill {
    /// Scope.
    pub scope: SurveyScope,
    /// Row field.
    pub row: String,
    /// Value of the row.
    pub row_value: String,
    /// Column field and value, none for the whole row.
    pub column: Option<String>,
    /// Value of the column.
    pub column_value: Option<String>,
}

/// An open answer.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenAnswer {
    /// Response.
    pub response: String,
    /// `3号楼2单元301`.
    pub place: String,
    /// Day.
    pub answered_on: String,
    /// Words.
    pub text: String,
    /// Tags.
    pub tags: Vec<String>,
}

/// Open answers with their tags.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenAnswers {
    /// Answers that contain the text and have the tag.
    pub answers: Vec<OpenAnswer>,
    /// Tags with how often they were given.
    pub tags: Vec<ChoiceCount>,
    /// Answers in all.
    pub total: u32,
}

/// A round in `survey summary --json`.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SurveySummary {
    /// Compound.
    pub compound: String,
    /// Round.
    pub round: SurveyRoundRow,
    /// Thresholds.
    pub thresholds: Vec<ThresholdLine>,
    /// Questions.
    pub questions: Vec<QuestionCount>,
}
