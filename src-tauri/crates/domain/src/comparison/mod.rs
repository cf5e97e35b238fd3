//! 前后对比: after is derived, never typed.
//!
//! Assets stand in the baseline; a plan's work items have effects that demolish, create or alter
//! them. [`apply`] gives the assets at a stage, [`figures`] the indicators of it, and every figure
//! tells the rows it is made of.

mod changes;
mod figures;
mod stage;

pub use changes::{Change, changes};
pub use figures::{
    Combine, Figure, Part, combine_of, figures, formula, part_unit, parts_are_counts,
};
pub use stage::{Demolished, Finding, StageState, Work, apply};

use crate::{KindCode, RecordId};

/// The facts of a compound that indicators are divided by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// 用地面积 in 0.01 ㎡.
    pub site_area_dm2: Option<i64>,
    /// 套.
    pub dwellings: i64,
    /// 套 by 用途, as people read it.
    pub dwelling_uses: Vec<(String, i64)>,
    /// 户.
    pub households: i64,
    /// 人.
    pub people: i64,
    /// 汽车 owned in the compound (the need at night).
    pub cars: Option<i64>,
    /// 电梯 in the baseline.
    pub lifts: i64,
    /// What is read elsewhere in the ledger for this stage: surveys, wishes, money, days.
    pub given: Vec<Given>,
}

/// An indicator that comes from other records than assets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Its code.
    pub code: &'static str,
    /// Its value; none when it cannot be told.
    pub value: Option<i64>,
    /// Rows that lack the figure.
    pub unfilled: usize,
    /// What it is made of, in the unit of the rows' own words.
    pub parts: Vec<Part>,
}

/// What an asset measures. Nothing filled in is unknown, not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// 间数.
    pub rooms: Option<i64>,
    /// 面积 in 0.01 ㎡.
    pub area_dm2: Option<i64>,
    /// 机动车位.
    pub spaces: Option<i64>,
    /// 无障碍车位.
    pub accessible_spaces: Option<i64>,
    /// 汽车充电桩.
    pub chargers: Option<i64>,
    /// 非机动车停放位.
    pub places: Option<i64>,
    /// 电动车充电位.
    pub charging_places: Option<i64>,
    /// 件数.
    pub pieces: Option<i64>,
    /// 长度 in mm.
    pub length_mm: Option<i64>,
    /// 最窄净宽 in mm.
    pub clear_width_mm: Option<i64>,
    /// 破损面积 in 0.01 ㎡.
    pub damaged_area_dm2: Option<i64>,
    /// 消防通道已贯通.
    pub open: Option<bool>,
    /// 算集中绿地.
    pub concentrated: Option<bool>,
    /// 恢复完好: a pipe that is no longer clogged or damaged.
    pub restored: Option<bool>,
    /// What standards measure, by code of the field: widths, slopes, yes and no as 1 and 0.
    pub details: Vec<(&'static str, i64)>,
}

impl Measures {
    /// A detail by the code of its field.
    #[must_use]
    pub fn detail(&self, field: &str) -> Option<i64> {
        self.details
            .iter()
            .find(|(code, _)| *code == field)
            .map(|(_, value)| *value)
    }
}

/// An asset of the compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Kind: outbuilding, cycle shed, parking area …
    pub kind: KindCode,
    /// Its record; none for one that a plan creates.
    pub id: Option<RecordId>,
    /// What people call it.
    pub label: String,
    /// Code of its sort: `rowHouse`, `sewage`, `lamp`; empty when the kind has none.
    pub sort: String,
    /// Fire lane (道路 only).
    pub fire_lane: bool,
    /// 架空 (管线 only).
    pub overhead: bool,
    /// 淤堵或破损 (管线 only).
    pub faulty: bool,
    /// What it measures.
    pub measures: Measures,
    /// The work item that created or changed it.
    pub cause: Option<RecordId>,
}

impl Asset {
    /// A detail by the code of its field.
    #[must_use]
    pub fn detail(&self, field: &str) -> Option<i64> {
        self.measures.detail(field)
    }
}

/// What an effect does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// 拆除 an asset, whole or some of its rooms (`measures.rooms`).
    Demolish,
    /// 新增 an asset.
    Create,
    /// 改变 an asset to the measures that are filled in.
    Alter,
    /// A plain quantity of work with its statistic code; hundredths of the statistic's unit.
    Quantity {
        /// Code: `roofRepaired`, `pipeDredged` …
        statistic: String,
        /// Amount in hundredths of ㎡, m or pieces.
        hundredths: i64,
    },
}

/// An effect of a work item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Its record.
    pub id: RecordId,
    /// The work item.
    pub work_item: RecordId,
    /// What people call the work item.
    pub work_item_label: String,
    /// What it does.
    pub action: Action,
    /// The asset it acts on, for demolish and alter.
    pub target: Option<RecordId>,
    /// Kind of the asset.
    pub kind: Option<KindCode>,
    /// Name of a created asset.
    pub name: String,
    /// Sort of a created asset.
    pub sort: String,
    /// New measures.
    pub measures: Measures,
    /// The work is done.
    pub completed: bool,
}

/// At which point the compound is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// 改造前: no effects.
    Baseline,
    /// 方案: all effects of the plan.
    Proposed,
    /// 竣工: the completed effects.
    AsBuilt,
}

#[cfg(test)]
mod tests;
