//! Records of every kind: declarations, windows of a grid, one record, edits.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::{DataClass, KindCode, Task};

/// Declaration of a kind, sent once.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KindInfo {
    /// Kind.
    pub kind: KindCode,
    /// `房屋`.
    pub label: String,
    /// `套`.
    pub counter: String,
    /// Records belong to a compound.
    pub in_compound: bool,
    /// The field that names a record.
    pub name_field: String,
    /// Whose work its records are.
    pub task: Task,
    /// What an empty list says.
    pub empty_hint: String,
    /// Fields in form order.
    pub fields: Vec<FieldInfo>,
}

/// Declaration of a field.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldInfo {
    /// Code.
    pub code: String,
    /// Column head.
    pub label: String,
    /// Unit behind the head, may be empty.
    pub unit: String,
    /// Heading in a form.
    pub group: String,
    /// How it is typed and shown.
    pub input: FieldInput,
    /// Labels of a code field (typing any of them is accepted), or 是/否 of a flag.
    pub choices: Vec<String>,
    /// Letters that may be typed for each choice, initials first: `["zz", "zhuzhai"]`.
    pub choice_keys: Vec<Vec<String>>,
    /// Target of a reference.
    pub target: Option<KindCode>,
    /// Must be filled.
    pub required: bool,
    /// Shown in the grid from the start.
    pub first_class: bool,
    /// Data class.
    pub class: DataClass,
    /// Has a sum in the totals row.
    pub summed: bool,
    /// Grid width in px.
    pub width: u32,
    /// One sentence of help, may be empty.
    pub help: String,
}

/// How a field is typed and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FieldInput {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A number (right-aligned).
    Number,
    /// A day, `2026-03-05`.
    Date,
    /// One of the choices.
    Choice,
    /// 是/否.
    Flag,
    /// Another record, by its label.
    Reference,
}

/// What a grid shows.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WindowQuery {
    /// Kind.
    pub kind: KindCode,
    /// Compound, or none for the whole ledger.
    pub compound: Option<String>,
    /// Free text looked for in the names and texts of the kind.
    pub search: String,
    /// Column filters, all of which must hold.
    pub filters: Vec<ColumnFilter>,
    /// Sort columns, first counts most; empty for natural order.
    pub sort: Vec<SortColumn>,
}

/// Filter of one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnFilter {
    /// Field code.
    pub field: String,
    /// Test.
    pub test: FilterTest,
    /// Text compared with, as typed.
    pub text: String,
}

/// Test of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FilterTest {
    /// 包含.
    Contains,
    /// 等于.
    Equals,
    /// 等于其中一个: the text has one value on each line.
    OneOf,
    /// 未填.
    Empty,
    /// 已填.
    Filled,
    /// 不小于.
    AtLeast,
    /// 不大于.
    AtMost,
}

/// One sort column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SortColumn {
    /// Field code.
    pub field: String,
    /// From large to small.
    pub descending: bool,
}

/// Rows of a grid.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordWindow {
    /// Rows in all.
    pub total: u32,
    /// Number of the first row sent.
    pub offset: u32,
    /// Rows.
    pub rows: Vec<RecordRow>,
}

/// A row of a grid.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordRow {
    /// Key.
    pub id: String,
    /// What people call the record.
    pub label: String,
    /// Texts in the order of the kind's fields.
    pub cells: Vec<String>,
}

/// Totals of a grid.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordTotals {
    /// `共 307 套`.
    pub count_text: String,
    /// Rows in all.
    pub count: u32,
    /// Sums in the order of the kind's fields, empty where there is none.
    pub sums: Vec<String>,
}

/// One record for the panel.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordDetail {
    /// Kind.
    pub kind: KindCode,
    /// Key.
    pub id: String,
    /// Its compound's key.
    pub compound: Option<String>,
    /// What people call it.
    pub label: String,
    /// Texts in the order of the kind's fields.
    pub cells: Vec<String>,
    /// What hangs on it: kind, count, and the records themselves (the first fifty).
    pub related: Vec<RelatedRecords>,
}

/// Records that point at a record.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RelatedRecords {
    /// Kind of those records.
    pub kind: KindCode,
    /// Name of the kind.
    pub label: String,
    /// How many.
    pub count: u32,
    /// The first fifty.
    pub records: Vec<RecordLink>,
}

/// A link to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordLink {
    /// Kind.
    pub kind: KindCode,
    /// Key.
    pub id: String,
    /// What people call it.
    pub label: String,
}

/// A typed cell.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CellText {
    /// Field code.
    pub field: String,
    /// Text as typed or pasted.
    pub text: String,
}

/// Cells typed into one record; a missing key makes a new record.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordEdit {
    /// Key, or none for a new record.
    pub id: Option<String>,
    /// Cells.
    pub cells: Vec<CellText>,
}

/// One gesture in a grid or form: typing a cell, filling a form, pasting a block.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordEdits {
    /// Kind of all records.
    pub kind: KindCode,
    /// Compound of new records.
    pub compound: Option<String>,
    /// What the person did.
    pub gesture: EditGesture,
    /// Records.
    pub edits: Vec<RecordEdit>,
}

/// What the person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EditGesture {
    /// Typed.
    Edit,
    /// Pasted a block.
    Paste,
    /// Filled cells with what stands in others.
    Fill,
    /// Emptied cells.
    Clear,
    /// Replaced one text by another.
    Replace,
}

/// Outcome of an edit: either everything was stored, or nothing and the bad cells are told.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EditOutcome {
    /// Keys of the records, in the order of the edits; empty when refused.
    pub ids: Vec<String>,
    /// Cells that could not be stored; nothing was stored if there is any.
    pub problems: Vec<CellProblem>,
}

/// A cell that could not be stored.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CellProblem {
    /// Number of the edit, from 0.
    pub edit: u32,
    /// Field code.
    pub field: String,
    /// Field label.
    pub label: String,
    /// Text as typed.
    pub text: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// A hit of the search over everything.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// Where it leads.
    pub record: RecordLink,
    /// Name of the kind.
    pub kind_label: String,
    /// Compound's key.
    pub compound: Option<String>,
    /// Where it is: `小区 › 楼 › 单元 › 室`, as far as it goes.
    pub path: String,
    /// What matched, e.g. `联系电话 134****2143`.
    pub matched: String,
}

/// What the search over everything found.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchHits {
    /// The best, in order.
    pub hits: Vec<SearchHit>,
    /// There are more than these.
    pub more: bool,
}
