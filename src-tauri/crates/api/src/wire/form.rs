//! Forms of the superiors: what goes into which cell, the form as a grid, and what is reported.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Stage;

/// What a cell of a form is filled with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum FormSource {
    /// 小区字段.
    Field {
        /// Its code.
        field: String,
    },
    /// 统计数 S01 to S15.
    Statistic {
        /// Its code.
        code: String,
    },
    /// 指标.
    Indicator {
        /// Its code.
        code: String,
        /// 改造前, 方案 or 竣工.
        stage: Stage,
    },
    /// 日期.
    Date {
        /// Which.
        date: FormDate,
    },
    /// 固定文字.
    Text {
        /// The text.
        text: String,
    },
    /// 录入员.
    Actor,
    /// 单位: the office of the settings.
    Office,
    /// 序号 of the row.
    Ordinal,
}

/// A date on a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FormDate {
    /// The day of filling.
    Today,
    /// Its month, `2026年3月`.
    Month,
    /// Its year, `2026年`.
    Year,
}

/// One cell of a form and what goes into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormBinding {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell, `B7`.
    pub cell: String,
    /// What goes into it.
    pub source: FormSource,
    /// Unit in which a quantity is written; empty for its usual one and for texts.
    pub unit: String,
    /// The first row of a list with one row per compound.
    pub per_row: bool,
}

/// A form in the list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormRow {
    /// Key; the code of an example.
    pub id: String,
    /// Name.
    pub name: String,
    /// Shipped with the product, to be taken over.
    pub example: bool,
    /// Cells that are bound.
    pub bound: u32,
    /// One row per compound.
    pub rows: bool,
    /// `上次上报 2026-03-05 14:30`, empty for none.
    pub reported: String,
    /// What the form is for, or its file.
    pub note: String,
}

/// A form, opened.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormPage {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Not in the ledger: to be taken over before anything is changed.
    pub example: bool,
    /// Sheets.
    pub sheets: Vec<FormSheet>,
    /// What is bound, with its value for the chosen compound.
    pub bindings: Vec<BoundCell>,
    /// What the labels of the form suggest.
    pub suggestions: Vec<FormSuggestion>,
    /// One row per compound.
    pub rows: bool,
    /// `上次上报 2026-03-05 14:30，录入员`, empty for none.
    pub reported: String,
}

/// A sheet of a form.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormSheet {
    /// Name.
    pub name: String,
    /// Letters and pixels of the columns.
    pub columns: Vec<FormColumn>,
    /// Rows with their cells.
    pub rows: Vec<FormLine>,
    /// Not all of the sheet is shown.
    pub cut: bool,
}

/// A column of a form.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormColumn {
    /// `AB`.
    pub letters: String,
    /// Pixels; 0 when hidden.
    pub width: u32,
}

/// A row of a form.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormLine {
    /// Number as people count.
    pub number: u32,
    /// Pixels; 0 when hidden.
    pub height: u32,
    /// Cells; those that a merged area covers are left out.
    pub cells: Vec<FormGridCell>,
}

/// A cell of a form.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormGridCell {
    /// `B7`.
    pub cell: String,
    /// Columns it covers.
    pub columns: u32,
    /// Rows it covers.
    pub rows: u32,
    /// What it shows.
    pub text: String,
    /// A formula of the form; not to be filled.
    pub formula: bool,
    /// A number stands in it.
    pub number: bool,
    /// How it looks.
    pub look: FormLook,
}

/// How a cell of a form looks.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormLook {
    /// 加粗.
    pub bold: bool,
    /// 倾斜.
    pub italic: bool,
    /// Tenths of a point, 0 for the usual.
    pub size: u32,
    /// `#rrggbb`, empty for the usual.
    pub color: String,
    /// `#rrggbb`, empty for none.
    pub fill: String,
    /// `left`, `center`, `right`, or empty.
    pub horizontal: String,
    /// `top`, `center`, `bottom`, or empty.
    pub vertical: String,
    /// Several lines.
    pub wrap: bool,
    /// Sides with a line: `l`, `r`, `t`, `b`.
    pub lines: String,
}

/// A bound cell.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BoundCell {
    /// What is bound.
    pub binding: FormBinding,
    /// What it is, `停车位（方案）`.
    pub label: String,
    /// Value for the chosen compound, with its unit.
    pub preview: String,
    /// Why there is no value, or what to mind about it; empty when all is well.
    pub missing: String,
}

/// What a label of the form suggests for a cell beside or below it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormSuggestion {
    /// What would be bound.
    pub binding: FormBinding,
    /// The label of the form.
    pub found: String,
    /// What it would be.
    pub label: String,
}

/// Things that a cell can be filled with, under one heading.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormSourceGroup {
    /// Heading.
    pub title: String,
    /// What it holds.
    pub choices: Vec<FormSourceChoice>,
}

/// Something that a cell can be filled with.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormSourceChoice {
    /// What.
    pub source: FormSource,
    /// Its name.
    pub label: String,
    /// Other words for it, for the search.
    pub words: String,
    /// From what it is made.
    pub note: String,
    /// Units that it can be written in, the usual one first.
    pub units: Vec<String>,
}

/// For what a form is filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum FormTarget {
    /// 一个小区.
    One {
        /// The compound.
        compound: String,
    },
    /// 全部小区，一行一个.
    Rows,
    /// 全部小区，一个小区一份.
    Each,
}

/// What a filling would write, against what was reported last.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormReview {
    /// What changed, what is new and what stays.
    pub lines: Vec<FormChange>,
    /// Cells that stay blank, or that are to be looked at, each with the reason.
    pub blanks: Vec<FormBlank>,
    /// Values that would be written.
    pub filled: u32,
    /// Values that differ from the last report.
    pub changed: u32,
    /// `与 2026-03-05 14:30 上报的比较`, or that nothing was reported yet.
    pub compared: String,
    /// Suggested name of the file.
    pub file_name: String,
}

/// How a value stands to the one reported last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FormDifference {
    /// The same.
    Same,
    /// A number that grew.
    More,
    /// A number that fell.
    Less,
    /// Another text.
    Other,
    /// Not reported before.
    New,
    /// Reported before, blank now.
    Gone,
}

/// A value against the one reported last.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormChange {
    /// `Sheet1 B7`.
    pub place: String,
    /// What it is.
    pub label: String,
    /// The compound, empty for all together.
    pub compound: String,
    /// As reported last.
    pub before: String,
    /// As it would be written.
    pub after: String,
    /// How they stand to each other.
    pub difference: FormDifference,
}

/// A cell that stays blank or is to be looked at.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormBlank {
    /// `Sheet1 B7`.
    pub place: String,
    /// What it is.
    pub label: String,
    /// The compound, empty for all together.
    pub compound: String,
    /// Why.
    pub reason: String,
    /// It was left blank.
    pub blank: bool,
}
