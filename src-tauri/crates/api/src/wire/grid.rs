//! Gestures over many rows of a grid at once, group totals and saved views.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{CellText, ColumnFilter, EditGesture, SortColumn, WindowQuery};

/// What is looked for in the cells of a grid.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindQuery {
    /// The rows that are looked through.
    pub query: WindowQuery,
    /// Codes of the columns that are looked through.
    pub fields: Vec<String>,
    /// Text; 全角 and small letters count as 半角 and capital ones.
    pub text: String,
    /// The cell must hold this text and nothing else.
    pub whole: bool,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundCell {
    /// Number of the row from 0.
    pub row: u32,
    /// Field code.
    pub field: String,
}

/// Which part of a grid is looked through at a time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Stretch {
    /// Number of its first row, from 0.
    pub from: u32,
    /// How many rows, 10,000 at most.
    pub count: u32,
}

/// A text that takes the place of what is found.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReplaceQuery {
    /// What is looked for.
    pub find: FindQuery,
    /// What stands there afterwards.
    pub replacement: String,
    /// This cell alone; all of them when left out.
    pub only: Option<FoundCell>,
}

/// The same cells for many rows of a grid.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowsEdit {
    /// The grid.
    pub query: WindowQuery,
    /// Number of the first row from 0.
    pub from: u32,
    /// Number of rows.
    pub count: u32,
    /// Cells that each of these rows gets.
    pub cells: Vec<CellText>,
    /// What the person did.
    pub gesture: EditGesture,
}

/// Outcome of a gesture over many rows: either everything was stored, or nothing.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowsOutcome {
    /// Cells that were written.
    pub cells: u32,
    /// Rows that they stand in.
    pub rows: u32,
    /// Cells that cannot take the text, the first hundred; nothing was stored if there is any.
    pub problems: Vec<RowProblem>,
    /// How many such cells there are.
    pub refused: u32,
}

/// A cell of a grid that cannot take a text.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowProblem {
    /// Where.
    pub cell: FoundCell,
    /// `3号楼2单元301 的建筑面积`.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Subtotals of a grid.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordGroups {
    /// Heads of the sums, with the unit: `建筑面积（㎡）`.
    pub heads: Vec<String>,
    /// Codes of the summed fields, in the order of the heads.
    pub fields: Vec<String>,
    /// How many groups there are.
    pub total: u32,
    /// The first five hundred.
    pub groups: Vec<RecordGroup>,
}

/// Records with one value in common.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordGroup {
    /// The value, or 未填.
    pub label: String,
    /// Number of records.
    pub count: u32,
    /// Sums in the order of the heads, empty where nothing is filled in.
    pub sums: Vec<String>,
    /// What shows these records alone.
    pub filter: ColumnFilter,
}

/// A way of looking at a grid that has a name, kept in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GridView {
    /// Its name, unique within the kind.
    pub name: String,
    /// Codes of the shown columns, none for the usual ones.
    pub columns: Option<Vec<String>>,
    /// Widths of columns in px by field code.
    pub widths: BTreeMap<String, u32>,
    /// Columns that stay in place while scrolling sideways, none for the usual ones.
    pub frozen: Option<u32>,
    /// Text of the search box.
    pub search: String,
    /// Column filters.
    pub filters: Vec<ColumnFilter>,
    /// Sort columns.
    pub sort: Vec<SortColumn>,
    /// Code of the column by which rows are grouped at the foot.
    #[serde(default)]
    pub group: Option<String>,
}
