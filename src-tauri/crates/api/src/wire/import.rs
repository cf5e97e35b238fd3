//! Import of any table: what was read, what it would do, what was done.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::KindCode;

use super::{KindCount, Severity};

/// A file or a pasted block as it was understood; nothing is compared or written yet.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportDraft {
    /// Number of the draft; only the newest one can be imported.
    pub draft: u32,
    /// File name, `粘贴的内容` for a pasted block.
    pub file_name: String,
    /// What was mended while reading and what is to be known, ready sentences.
    pub notes: Vec<String>,
    /// Tables that were found.
    pub tables: Vec<ImportTable>,
    /// Compound that the rows go to unless they name their own; may be empty.
    pub compound_name: String,
    /// Title above the first table, may be empty.
    pub title: String,
    /// `2021年3月5日`, or empty.
    pub filled_on: String,
}

/// One table of the file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportTable {
    /// Name of the sheet.
    pub sheet: String,
    /// Records in it.
    pub rows: u32,
    /// It is to be imported.
    pub included: bool,
    /// What its rows are.
    pub kind: KindCode,
    /// What they may be as well, likelier kinds first.
    pub kinds: Vec<ImportKind>,
    /// The columns are as people chose them the last time.
    pub remembered: bool,
    /// The rows go to the compound that is chosen for the whole file.
    pub needs_compound: bool,
    /// Columns.
    pub columns: Vec<ImportColumn>,
    /// What a column may be.
    pub targets: Vec<ImportTarget>,
    /// Why this table cannot be imported as it is, empty when it can.
    pub blocked: String,
}

/// What the rows of a table may be.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportKind {
    /// Kind.
    pub kind: KindCode,
    /// `房屋`.
    pub label: String,
}

/// What a column may be.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportTarget {
    /// `dwelling.grossFloorArea`.
    pub code: String,
    /// `建筑面积`.
    pub label: String,
    /// `房屋`, empty for 不导入.
    pub group: String,
}

/// A column of the file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    /// `I`.
    pub letter: String,
    /// Header words, `产权情况 / 建筑面积（㎡）`.
    pub header: String,
    /// The first different texts.
    pub samples: Vec<String>,
    /// Filled cells.
    pub filled: u32,
    /// Where it goes: code of an [`ImportTarget`].
    pub target: String,
    /// `房屋 · 建筑面积`; `不导入`.
    pub target_label: String,
    /// Why: `表头就是“建筑面积”`.
    pub reason: String,
    /// People should look at it: nothing was recognised, or it is a guess.
    pub doubtful: bool,
}

/// How the whole file is imported.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportSettings {
    /// Compound of the rows that do not name their own.
    pub compound: String,
    /// Blank cells empty what stands in the ledger.
    pub overwrite_blanks: bool,
}

/// Where a row stands against the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ImportState {
    /// Not in the ledger yet.
    New,
    /// In the ledger, with other values.
    Changed,
    /// In the ledger, the same.
    Unchanged,
    /// Twice in the file with different values, or changed in the ledger by a person since the last import.
    Conflict,
    /// Cannot be imported.
    Bad,
}

/// Rows by state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportStates {
    /// New.
    pub new: u32,
    /// Changed.
    pub changed: u32,
    /// Unchanged.
    pub unchanged: u32,
    /// Conflicting.
    pub conflict: u32,
    /// Bad.
    pub bad: u32,
    /// Rows of any state with a cell that cannot be stored.
    pub flawed: u32,
}

/// What an import would do; nothing is written yet.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// Number of the draft.
    pub draft: u32,
    /// Compound that the rows go to unless they name their own.
    pub compound_name: String,
    /// A compound of that name is in the ledger already.
    pub compound_exists: bool,
    /// Rows by state over all tables.
    pub states: ImportStates,
    /// Tables that are imported.
    pub tables: Vec<ImportSheet>,
    /// What would be created.
    pub counts: Vec<KindCount>,
    /// People in all.
    pub people: u32,
    /// Rooms by kind, `大排房 22 间`.
    pub outbuilding_rooms: Vec<String>,
    /// Subtotals and totals of the file against its rows.
    pub checks: Vec<ImportCheck>,
    /// What is wrong or noteworthy, worst first; the first two hundred.
    pub issues: Vec<ImportIssue>,
    /// How many there are.
    pub issue_count: u32,
    /// Places that stand in the file more than once with different values; the first hundred.
    pub duplicates: Vec<ImportDuplicate>,
    /// How many there are.
    pub duplicate_count: u32,
    /// Reason why nothing can be imported, empty when it can.
    pub blocked: String,
}

/// A table in the preview.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportSheet {
    /// Place among the tables of the draft.
    pub table: u32,
    /// Name of the sheet.
    pub sheet: String,
    /// `房屋`.
    pub kind_label: String,
    /// Rows by state.
    pub states: ImportStates,
    /// Imported columns.
    pub heads: Vec<ImportHead>,
}

/// A column in the preview.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportHead {
    /// Place among the columns of the table.
    pub column: u32,
    /// `建筑面积`.
    pub label: String,
    /// The column places the row and cannot be left out.
    pub is_key: bool,
    /// Cells that change the ledger.
    pub changed: u32,
}

/// Some rows of a table in the preview.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportWindow {
    /// Rows in all.
    pub total: u32,
    /// Place of the first.
    pub offset: u32,
    /// Rows.
    pub rows: Vec<ImportRow>,
}

/// A row in the preview.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Place among the records of the table: how choices name it.
    pub row: u32,
    /// Row number in the sheet.
    pub number: u32,
    /// `1号楼1单元101`.
    pub label: String,
    /// State.
    pub state: ImportState,
    /// What is wrong or noteworthy about the row, ready sentences.
    pub notes: Vec<String>,
    /// Cells in the order of [`ImportSheet::heads`].
    pub cells: Vec<ImportCell>,
}

/// How a cell stands against the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ImportMark {
    /// The same, blank, or part of the place.
    Same,
    /// Goes where nothing stood.
    Fill,
    /// Replaces another value.
    Change,
    /// A person changed it after the last import.
    Conflict,
    /// Cannot be stored.
    Bad,
}

/// A cell in the preview.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportCell {
    /// As it would be stored, or as written when it cannot be stored.
    pub text: String,
    /// What stands in the ledger, when it differs.
    pub old: String,
    /// How it stands against the ledger.
    pub mark: ImportMark,
    /// What is wrong with it, may be empty.
    pub note: String,
}

/// Rows of the file about the same place.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportDuplicate {
    /// `1号楼1单元101`.
    pub label: String,
    /// Columns in which they differ.
    pub heads: Vec<String>,
    /// Rows.
    pub rows: Vec<ImportTwin>,
}

/// One of several rows about the same place.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportTwin {
    /// Table and row: how choices name it.
    pub pick: ImportPick,
    /// Name of the sheet.
    pub sheet: String,
    /// Row number in the sheet.
    pub number: u32,
    /// Texts under the differing columns.
    pub texts: Vec<String>,
}

/// Names a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPick {
    /// Table.
    pub table: u32,
    /// Row.
    pub row: u32,
}

/// Names a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumnPick {
    /// Table.
    pub table: u32,
    /// Column.
    pub column: u32,
}

/// What of the preview is imported.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportChoices {
    /// States whose rows are imported.
    pub states: Vec<ImportState>,
    /// Rows for which the opposite holds.
    pub except: Vec<ImportPick>,
    /// Columns that are left out.
    pub skip_columns: Vec<ImportColumnPick>,
}

impl Default for ImportChoices {
    /// New and changed rows.
    fn default() -> Self {
        Self {
            states: vec![ImportState::New, ImportState::Changed],
            except: Vec::new(),
            skip_columns: Vec::new(),
        }
    }
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

/// Something wrong or noteworthy in the file.
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
    /// Key of the compound, empty when the rows belong to none or to several.
    pub compound: String,
    /// Its name.
    pub compound_name: String,
    /// What was created.
    pub counts: Vec<KindCount>,
    /// Records that were changed.
    pub changed: u32,
    /// People in all.
    pub people: u32,
    /// Rows that were left out because something is wrong with them.
    pub rejected_rows: u32,
    /// Rows that were left out because they were not chosen.
    pub skipped_rows: u32,
    /// Rows with something to be mended: they can be saved as a workbook.
    pub flawed_rows: u32,
}

/// How rows leave the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// A workbook, or text where the name of the file ends in .csv.
    Workbook,
    /// Comma-separated text in UTF-8 with its mark.
    Utf8Text,
    /// Comma-separated text in GB18030, for programs that know nothing else.
    Gb18030Text,
}
