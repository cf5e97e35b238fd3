//! Import of a survey ledger (摸底台账).

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{KindCount, Severity};

/// What an import would do; nothing is written yet.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// Full path of the workbook.
    pub path: String,
    /// File name.
    pub file_name: String,
    /// Sheet that was read.
    pub sheet: String,
    /// Title found above the table.
    pub title: String,
    /// Name of the compound found in the title, may be changed by the person.
    pub compound_name: String,
    /// A compound of that name is in the ledger already.
    pub compound_exists: bool,
    /// `2021年3月5日`, or empty.
    pub filled_on: String,
    /// What would be created.
    pub counts: Vec<KindCount>,
    /// People in all.
    pub people: u32,
    /// Rooms by kind, `大排房 22间`.
    pub outbuilding_rooms: Vec<String>,
    /// Columns understood and how.
    pub columns: Vec<ImportColumn>,
    /// Subtotals and totals of the workbook against its rows.
    pub checks: Vec<ImportCheck>,
    /// What is wrong or noteworthy, worst first.
    pub issues: Vec<ImportIssue>,
    /// The first fifty rows as they will be stored.
    pub sample_head: Vec<String>,
    /// Rows of the preview, texts in the order of the head.
    pub sample_rows: Vec<Vec<String>>,
    /// Reason why nothing can be imported, empty when it can.
    pub blocked: String,
}

/// A column of the workbook.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    /// `I`.
    pub column: String,
    /// Header words, `产权情况 / 建筑面积（㎡）`.
    pub header: String,
    /// Where it goes, `房屋 · 建筑面积`; empty when not recognised.
    pub target: String,
}

/// A stated sum against the rows.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportCheck {
    /// Row number in the sheet.
    pub row: u32,
    /// `1号楼` or `全部`.
    pub scope: String,
    /// Column label.
    pub column: String,
    /// As written.
    pub stated: String,
    /// As counted.
    pub computed: String,
    /// They agree.
    pub equal: bool,
}

/// Something wrong or noteworthy in the workbook.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportIssue {
    /// Weight.
    pub severity: Severity,
    /// Row number in the sheet, none for the whole sheet.
    pub row: Option<u32>,
    /// Column letter and head, may be empty.
    pub column: String,
    /// Text as written.
    pub text: String,
    /// What is wrong and what happens.
    pub message: String,
}

/// What was imported.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportOutcome {
    /// Key of the compound.
    pub compound: String,
    /// Its name.
    pub compound_name: String,
    /// What was created.
    pub counts: Vec<KindCount>,
    /// People in all.
    pub people: u32,
    /// Rows that were not taken.
    pub rejected_rows: u32,
}
