//! What a survey ledger gives: rows, columns, checks and issues.

use chrono::NaiveDate;
use jiugai_domain::{KindCode, Value};

use super::{ColumnRef, Issue, Target};

/// A survey ledger as read; nothing is stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SurveyLedger {
    /// Names of the sheets that were read.
    pub sheets: Vec<String>,
    /// Title above the first table.
    pub title: Option<String>,
    /// 小区/家属院, from the title or else from the file name.
    pub compound_name: Option<String>,
    /// 街道, from the title.
    pub subdistrict: Option<String>,
    /// 社区, from the title.
    pub community: Option<String>,
    /// 填报日期.
    pub filled_on: Option<NaiveDate>,
    /// The title says 示例: invented data.
    pub is_sample: bool,
    /// Columns that were recognised, and why.
    pub columns: Vec<MappedColumn>,
    /// Columns that were not.
    pub unmapped: Vec<UnmappedColumn>,
    /// One row per dwelling, in the order of the sheets.
    pub rows: Vec<SurveyRow>,
    /// Every stated subtotal and total against the rows, equal ones too.
    pub checks: Vec<SubtotalCheck>,
    /// Everything that was met, in the order of the sheets.
    pub issues: Vec<Issue>,
    /// The rows with issues of weight warning or error, as they stand in the workbook.
    pub originals: Vec<OriginalRow>,
}

/// A recognised column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    /// Sheet name.
    pub sheet: String,
    /// Column, counted from 0.
    pub index: u32,
    /// Letter and lowest header text.
    pub column: ColumnRef,
    /// Header texts from the top level down.
    pub path: Vec<String>,
    /// Cells of the header: `I3:I4`.
    pub range: String,
    /// Where its cells go.
    pub target: Target,
    /// The header word by which it was recognised.
    pub word: String,
    /// The header is that word; otherwise it only contains it.
    pub exact: bool,
}

/// A column that was not recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmappedColumn {
    /// Sheet name.
    pub sheet: String,
    /// Column, counted from 0.
    pub index: u32,
    /// Letter and lowest header text.
    pub column: ColumnRef,
    /// Header texts from the top level down; none when cells stand under no header.
    pub path: Vec<String>,
    /// Cells of the header.
    pub range: String,
    /// The first different texts in it, three at most.
    pub samples: Vec<String>,
    /// Filled cells in it.
    pub filled: u32,
    /// Letter of the earlier column that means the same, if that is why.
    pub double_of: Option<String>,
}

/// Where a dwelling is (楼栋-单元-房号), in canonical names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dwelling {
    /// 楼栋: `1号楼`.
    pub building: String,
    /// 单元: `2单元`.
    pub entrance: Option<String>,
    /// 房号: `301`.
    pub room: String,
}

/// One dwelling with its household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyRow {
    /// Sheet name.
    pub sheet: String,
    /// Row, counted from 1.
    pub row: u32,
    /// Canonical name of the building: `1号楼`.
    pub building: String,
    /// Canonical name of the entrance: `2单元`.
    pub entrance: Option<String>,
    /// Canonical room number: `301`.
    pub room: String,
    /// Storey, from its column or else from the room number.
    pub storey: Option<i64>,
    /// Filled fields of dwelling, owner and household that are not references, typed.
    pub cells: Vec<(KindCode, &'static str, Value)>,
    /// 产权单位, by name.
    pub work_unit: Option<String>,
    /// 业主姓名.
    pub owner_name: Option<String>,
    /// Rooms of outbuildings by kind code, above 0 only.
    pub outbuildings: Vec<(&'static str, i64)>,
    /// Every filled cell as it stands: column (from 0) and text.
    pub texts: Vec<(u32, String)>,
}

impl SurveyRow {
    /// The typed value of a field, [`Value::Null`] when it is empty.
    #[must_use]
    pub fn value(&self, kind: KindCode, field: &str) -> &Value {
        const EMPTY: &Value = &Value::Null;
        self.cells
            .iter()
            .find(|(of, code, _)| *of == kind && *code == field)
            .map_or(EMPTY, |(_, _, value)| value)
    }

    /// Rooms of outbuildings of a kind.
    #[must_use]
    pub fn rooms(&self, kind: &str) -> i64 {
        self.outbuildings
            .iter()
            .filter(|(code, _)| *code == kind)
            .map(|(_, rooms)| rooms)
            .sum()
    }
}

/// Which rows a subtotal speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubtotalScope {
    /// One entrance (单元小计).
    Entrance {
        /// Canonical name of the building.
        building: String,
        /// Canonical name of the entrance.
        entrance: String,
    },
    /// One building (小计).
    Building {
        /// Canonical name.
        building: String,
    },
    /// Every row of the sheet (合计).
    All,
}

/// One stated figure against the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubtotalCheck {
    /// Sheet name.
    pub sheet: String,
    /// Row of the subtotal, counted from 1.
    pub row: u32,
    /// Which rows it speaks of.
    pub scope: SubtotalScope,
    /// Column of the figure.
    pub column: ColumnRef,
    /// What is counted: [`Target::Room`] counts dwellings, others sum the column.
    pub target: Target,
    /// Figure of the workbook, in the stored unit.
    pub stated: i64,
    /// Sum over the imported rows, in the stored unit.
    pub computed: i64,
    /// Decimal places of both.
    pub decimals: u32,
    /// Unit, empty for none.
    pub unit: &'static str,
    /// They agree.
    pub equal: bool,
}

/// A row as it stands in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalRow {
    /// Sheet name.
    pub sheet: String,
    /// Row, counted from 1.
    pub row: u32,
    /// Filled cells: column (from 0) and text.
    pub texts: Vec<(u32, String)>,
}
