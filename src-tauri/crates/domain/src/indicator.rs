//! 指标: the figures that a plan is judged by, before and after.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Group of indicators (domain §11): the heads of the indicator card.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum IndicatorGroup {
    /// 拆: structures to demolish and the ground they free.
    Demolition,
    /// 路: roads and fire lanes.
    Road,
    /// 管: pipes and lines.
    Pipe,
    /// 停: parking, cycles, charging.
    Parking,
    /// 绿: green spaces.
    Green,
    /// 楼: work on buildings.
    Building,
    /// 设: facilities and activity areas.
    Facility,
    /// 人: households and people.
    People,
    /// 治: management and self-government.
    Governance,
    /// 效: what came of it: satisfaction, time, cost.
    Outcome,
}

/// Which direction is an improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neutral,
}

/// One indicator.
#[derive(Debug, PartialEq, Eq)]
pub struct Indicator {
    /// camelCase code, part of the public contract of `summary --json`.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Group.
    pub group: IndicatorGroup,
    /// Unit as people read it.
    pub unit: &'static str,
    /// Unit code of the public contract: `count`, `dm2`, `mm`, `bp`, `hundredths`, `fen`, `flag`.
    pub unit_code: &'static str,
    /// Decimal places when shown: the stored integer divided by 10^decimals.
    pub decimals: u32,
    /// Direction of improvement.
    pub better: Better,
}

impl Indicator {
    /// Finds an indicator by code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<&'static Self> {
        INDICATORS.iter().find(|indicator| indicator.code == code)
    }

    /// Writes a value of this indicator without its unit.
    #[must_use]
    pub fn format(&self, value: i64) -> String {
        if self.unit_code == "mm" {
            return crate::fixed::format_grouped(value / 10, 2);
        }
        if self.unit_code == "flag" {
            return if value == 0 { "无" } else { "有" }.to_owned();
        }
        crate::fixed::format_grouped(value, self.decimals)
    }
}

const fn i(
    code: &'static str,
    label: &'static str,
    group: IndicatorGroup,
    unit: &'static str,
    unit_code: &'static str,
    better: Better,
) -> Indicator {
    let decimals = match unit_code.as_bytes() {
        b"count" | b"flag" => 0,
        b"mm" => 3,
        _ => 2,
    };
    Indicator {
        code,
        label,
        group,
        unit,
        unit_code,
        decimals,
        better,
    }
}

use Better::{Higher, Lower, Neutral};
use IndicatorGroup::{
    Building, Demolition, Facility, Governance, Green, Outcome, Parking, People, Pipe, Road,
};

/// Every indicator, in the order of the indicator card.
pub const INDICATORS: &[Indicator] = &[
    i("rowHouseRooms", "大排房", Demolition, "间", "count", Lower),
    i("annexRooms", "小配房", Demolition, "间", "count", Lower),
    i(
        "unauthorizedRooms",
        "违章建筑",
        Demolition,
        "间",
        "count",
        Lower,
    ),
    i(
        "otherOutbuildingRooms",
        "其他构筑物",
        Demolition,
        "间",
        "count",
        Lower,
    ),
    i("cycleSheds", "车棚", Demolition, "个", "count", Neutral),
    i(
        "outbuildingArea",
        "附属房与违建占地",
        Demolition,
        "㎡",
        "dm2",
        Lower,
    ),
    i(
        "demolishedRooms",
        "拆除间数",
        Demolition,
        "间",
        "count",
        Neutral,
    ),
    i(
        "demolishedSheds",
        "拆除车棚",
        Demolition,
        "个",
        "count",
        Neutral,
    ),
    i(
        "demolishedArea",
        "拆除面积",
        Demolition,
        "㎡",
        "dm2",
        Neutral,
    ),
    i("freedArea", "腾出空间", Demolition, "㎡", "dm2", Higher),
    i("selfDemolition", "自拆率", Demolition, "%", "bp", Higher),
    i("roadArea", "路面面积", Road, "㎡", "dm2", Higher),
    i("damagedRoadArea", "破损路面", Road, "㎡", "dm2", Lower),
    i("roadRepaired", "修补路面", Road, "㎡", "dm2", Higher),
    i(
        "blockedFireLanes",
        "未贯通消防通道",
        Road,
        "条",
        "count",
        Lower,
    ),
    i(
        "fireLaneMinWidth",
        "消防通道最窄净宽",
        Road,
        "m",
        "mm",
        Higher,
    ),
    i("stormPipe", "雨水管", Pipe, "m", "mm", Higher),
    i("sewagePipe", "污水管", Pipe, "m", "mm", Higher),
    i("combinedPipe", "雨污合流管", Pipe, "m", "mm", Lower),
    i("separationRatio", "雨污分流率", Pipe, "%", "bp", Higher),
    i("waterPipe", "供水管", Pipe, "m", "mm", Higher),
    i("gasPipe", "燃气管", Pipe, "m", "mm", Higher),
    i("heatPipe", "供热管", Pipe, "m", "mm", Higher),
    i("waterMetered", "供水一户一表率", Pipe, "%", "bp", Higher),
    i("powerMetered", "供电一户一表率", Pipe, "%", "bp", Higher),
    i("faultyPipe", "淤堵破损管段", Pipe, "m", "mm", Lower),
    i("overheadLine", "架空线", Pipe, "m", "mm", Lower),
    i("overheadRemoved", "架空线入地", Pipe, "m", "mm", Higher),
    i("pipeDredged", "疏通管道", Pipe, "m", "mm", Higher),
    i("parkingSpaces", "机动车位", Parking, "位", "count", Higher),
    i(
        "spacesPerHousehold",
        "车位户比",
        Parking,
        "位/户",
        "hundredths",
        Higher,
    ),
    i("parkingGap", "停车缺口", Parking, "位", "count", Lower),
    i(
        "accessibleSpaces",
        "无障碍车位",
        Parking,
        "位",
        "count",
        Higher,
    ),
    i("carChargers", "汽车充电桩", Parking, "台", "count", Higher),
    i("cyclePlaces", "非机动车位", Parking, "位", "count", Higher),
    i(
        "cycleChargingPlaces",
        "电动车充电位",
        Parking,
        "位",
        "count",
        Higher,
    ),
    i("greenArea", "绿地面积", Green, "㎡", "dm2", Higher),
    i("greenRatio", "绿地率", Green, "%", "bp", Higher),
    i("concentratedGreen", "集中绿地", Green, "㎡", "dm2", Higher),
    i(
        "concentratedGreenPerPerson",
        "人均集中绿地",
        Green,
        "㎡/人",
        "dm2",
        Higher,
    ),
    i("roofRepaired", "屋面修缮", Building, "㎡", "dm2", Higher),
    i("wallRepaired", "墙面修缮", Building, "㎡", "dm2", Higher),
    i(
        "entrancesRefreshed",
        "楼道整治",
        Building,
        "个",
        "count",
        Higher,
    ),
    i("insulatedArea", "节能改造", Building, "㎡", "dm2", Higher),
    i("lifts", "电梯", Building, "部", "count", Higher),
    i("activityArea", "活动场地", Facility, "㎡", "dm2", Higher),
    i(
        "fitnessEquipment",
        "健身器材",
        Facility,
        "件",
        "count",
        Higher,
    ),
    i("noticeBoards", "宣传栏", Facility, "块", "count", Higher),
    i("lamps", "路灯", Facility, "盏", "count", Higher),
    i("cameras", "监控", Facility, "个", "count", Higher),
    i("benches", "座椅", Facility, "个", "count", Higher),
    i("ramps", "无障碍坡道", Facility, "处", "count", Higher),
    i(
        "otherFacilities",
        "其他设施",
        Facility,
        "项",
        "count",
        Neutral,
    ),
    i("dwellings", "住宅套数", People, "套", "count", Neutral),
    i("households", "户数", People, "户", "count", Neutral),
    i("people", "人数", People, "人", "count", Neutral),
    i("seniors60", "60岁以上老人", People, "人", "count", Neutral),
    i("wishes", "居民诉求", People, "条", "count", Neutral),
    i("wishesAdopted", "诉求采纳率", People, "%", "bp", Higher),
    i("managed", "物业管理", Governance, "", "flag", Higher),
    i("partyBranch", "党支部", Governance, "", "flag", Higher),
    i(
        "ownersCommittee",
        "业委会或物管会",
        Governance,
        "",
        "flag",
        Higher,
    ),
    i(
        "feeCollected",
        "物业费收缴率",
        Governance,
        "%",
        "bp",
        Higher,
    ),
    i("satisfaction", "居民满意度", Outcome, "%", "bp", Higher),
    i("promisesKept", "承诺兑现率", Outcome, "%", "bp", Higher),
    i("problemsClosed", "问题办结率", Outcome, "%", "bp", Higher),
    i("workDays", "工期", Outcome, "天", "count", Neutral),
    i("costPerArea", "单方造价", Outcome, "元/㎡", "fen", Neutral),
    i(
        "costPerHousehold",
        "户均造价",
        Outcome,
        "元/户",
        "fen",
        Neutral,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_and_labels_once() {
        let codes: HashSet<_> = INDICATORS.iter().map(|indicator| indicator.code).collect();
        let labels: HashSet<_> = INDICATORS.iter().map(|indicator| indicator.label).collect();
        assert_eq!(
            (codes.len(), labels.len()),
            (INDICATORS.len(), INDICATORS.len())
        );
    }

    #[test]
    fn formats() {
        let text =
            |code: &str, value| Indicator::from_code(code).map(|indicator| indicator.format(value));
        assert_eq!(text("greenArea", 21_000).as_deref(), Some("210.00"));
        assert_eq!(text("fireLaneMinWidth", 3_500).as_deref(), Some("3.50"));
        assert_eq!(text("spacesPerHousehold", 20).as_deref(), Some("0.20"));
        assert_eq!(text("parkingSpaces", 1_060).as_deref(), Some("1,060"));
        assert_eq!(text("managed", 1).as_deref(), Some("有"));
        assert_eq!(text("costPerArea", 40_512).as_deref(), Some("405.12"));
        assert_eq!(text("nothing", 1), None);
    }
}
