//! Kinds of records: the list that screens, tables, import and export are made from.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::field::{Field, FieldType};

/// Code of a kind of record.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum KindCode {
    /// 小区/家属院.
    Compound,
    /// 产权单位.
    WorkUnit,
    /// 楼栋.
    Building,
    /// 单元.
    Entrance,
    /// 房屋(套).
    Dwelling,
    /// 业主(权利人).
    Owner,
    /// 产权关系: which owner holds which dwelling.
    Ownership,
    /// 住户.
    Household,
    /// 附属房与违建.
    Outbuilding,
    /// 车棚.
    CycleShed,
    /// 停车区.
    ParkingArea,
    /// 绿地.
    GreenSpace,
    /// 活动场地.
    ActivityArea,
    /// 设施.
    Facility,
    /// 道路与消防通道.
    Road,
    /// 管线段.
    PipeSegment,
    /// 改造方案(版本).
    Plan,
    /// 改造内容.
    WorkItem,
    /// 改造效果: what a work item demolishes, creates or alters.
    Effect,
    /// 不算问题: a finding of the check that a person has judged to be right as it is.
    Waiver,
    /// 走访记录.
    Visit,
    /// 居民诉求.
    Wish,
    /// 先后与取舍: which work item waits for another, which exclude each other.
    Dependency,
    /// 问题清单.
    Problem,
    /// 方案意见.
    Opinion,
    /// 资金.
    Fund,
    /// 单价库.
    Price,
}

impl KindCode {
    /// Every kind, parents before children.
    pub const ALL: [Self; 27] = [
        Self::WorkUnit,
        Self::Compound,
        Self::Building,
        Self::Entrance,
        Self::Dwelling,
        Self::Owner,
        Self::Ownership,
        Self::Household,
        Self::Outbuilding,
        Self::CycleShed,
        Self::ParkingArea,
        Self::GreenSpace,
        Self::ActivityArea,
        Self::Facility,
        Self::Road,
        Self::PipeSegment,
        Self::Plan,
        Self::WorkItem,
        Self::Effect,
        Self::Waiver,
        Self::Visit,
        Self::Wish,
        Self::Dependency,
        Self::Problem,
        Self::Opinion,
        Self::Fund,
        Self::Price,
    ];

    /// The declaration behind the code.
    #[must_use]
    pub fn kind(self) -> &'static Kind {
        crate::kinds::kind(self)
    }

    /// The camelCase code as stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.kind().code_text
    }

    /// Finds a kind by its camelCase code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Finds a kind by its SQL table.
    #[must_use]
    pub fn from_table(table: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.kind().table == table)
    }
}

/// Where records of a kind live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One list for the whole ledger.
    Ledger,
    /// Each record belongs to a compound (column `compound_id`).
    Compound,
}

/// A kind of record.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its code.
    pub code: KindCode,
    /// The same, camelCase, as stored and sent.
    pub code_text: &'static str,
    /// SQL table.
    pub table: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// Measure word (量词) after a count: 栋, 套, 户.
    pub counter: &'static str,
    /// Where its records live.
    pub scope: Scope,
    /// The field whose text names a record (also kept in `sort_key` in natural order).
    pub name_field: &'static str,
    /// Its fields, in form order. Every kind has `remark` last.
    pub fields: &'static [Field],
    /// What an empty list says: what to do first.
    pub empty_hint: &'static str,
}

impl Kind {
    /// Finds a field by code.
    #[must_use]
    pub fn field(&self, code: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// Finds a field by SQL column.
    #[must_use]
    pub fn field_of_column(&self, column: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.column == column)
    }

    /// The fields that point at other records.
    pub fn references(&self) -> impl Iterator<Item = (&'static Field, KindCode)> {
        self.fields.iter().filter_map(|field| match field.kind {
            FieldType::Reference(target) => Some((field, target)),
            _ => None,
        })
    }
}
