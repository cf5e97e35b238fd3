//! What is wrong with, or worth knowing about, a place in a workbook.

use jiugai_domain::{FieldError, KindCode};

/// How much an issue weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// A cell was left empty, or two figures disagree; the row is imported.
    Warning,
    /// The row is not imported.
    Error,
}

/// A column as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRef {
    /// Letter of the sheet: `I`.
    pub letter: String,
    /// Lowest header text, as it stands: `建筑面积（㎡）`.
    pub label: String,
}

/// What it is. Chinese wording: `jiugai-api`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueCode {
    /// The text cannot be stored in the field; the cell stays empty.
    BadCell {
        /// Kind of the record.
        kind: KindCode,
        /// Field code.
        field: &'static str,
        /// Why.
        error: FieldError,
    },
    /// The text is none of the choices of a code field; the cell stays empty.
    UnknownChoice {
        /// Kind of the record.
        kind: KindCode,
        /// Field code.
        field: &'static str,
    },
    /// A formula shows an error (#REF!); the cell stays empty.
    FormulaError,
    /// 无 under a count was read as 0.
    ReadAsZero,
    /// No room number: the row is not imported.
    MissingRoom,
    /// No building: the row is not imported.
    MissingBuilding,
    /// The same building, entrance and room stand in an earlier row: this row is not imported.
    DuplicateDwelling {
        /// Sheet of the earlier row.
        first_sheet: String,
        /// The earlier row, counted from 1.
        first_row: u32,
    },
    /// A stated subtotal or total is not the sum of the rows; see the check at this index of
    /// [`super::SurveyLedger::checks`].
    SubtotalDiffers {
        /// Index of the check.
        check: usize,
    },
    /// A column with content that was not recognised and is not imported.
    UnmappedColumn {
        /// Filled cells in it.
        filled: u32,
    },
    /// A second column for what an earlier column already gives; it is not imported.
    DoubleColumn {
        /// Letter of the column that is imported.
        first: String,
    },
    /// People live in a dwelling that is said to be vacant (空置).
    PeopleInVacant {
        /// 常住人口.
        people: i64,
    },
    /// Lived in, but the number of people is empty.
    PeopleMissing,
    /// More people of one group than people at all.
    PartExceedsPeople {
        /// Field code of the group, such as `seniors60`.
        field: &'static str,
        /// People of the group.
        part: i64,
        /// 常住人口.
        people: i64,
    },
    /// The header is repeated in the middle; the row is read over.
    RepeatedHeader,
    /// A line of remarks (填表人, 注) that is read over.
    Footnote,
    /// The building is taken from the sheet's name or title.
    BuildingFromSheet {
        /// Canonical name.
        building: String,
    },
}

/// One issue at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Weight.
    pub severity: Severity,
    /// Sheet name.
    pub sheet: String,
    /// Row, counted from 1; `None` when a whole column or sheet is meant.
    pub row: Option<u32>,
    /// Column; `None` when the whole row or sheet is meant.
    pub column: Option<ColumnRef>,
    /// What it is.
    pub code: IssueCode,
    /// The original text of the cell, or the header, or the line; empty when there is none.
    pub text: String,
}
