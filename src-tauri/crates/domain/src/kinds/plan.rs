//! 改造方案, 改造内容, 改造效果 (domain §4, §5.5; effects are what comparisons are derived from).

use super::*;
use crate::kind::{Kind, KindCode, Scope};

pub(super) const PLAN: Kind = Kind {
    code: KindCode::Plan,
    code_text: "plan",
    table: "plan",
    label: "改造方案",
    counter: "版",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有改造方案。先新建一版方案，再往里加拆、建、添、改、修的内容。",
    fields: &[
        f("name", "name", "方案名称", Text)
            .required()
            .group("方案")
            .width(180),
        f("version", "version", "版本号", Count)
            .required()
            .group("方案"),
        f("state", "state", "方案状态", Code(choices::PLAN_STATE))
            .required()
            .group("方案"),
        f("preparedOn", "prepared_on", "编制日期", Date)
            .star()
            .group("方案"),
        f("preparedBy", "prepared_by", "编制单位", Text)
            .star()
            .group("方案"),
        f("startOn", "start_on", "计划开工", Date)
            .star()
            .group("工期"),
        f("endOn", "end_on", "计划完工", Date).star().group("工期"),
        f("responsible", "responsible", "责任人", Text)
            .star()
            .group("方案"),
        f("funding", "funding", "资金来源", Text)
            .star()
            .group("资金")
            .width(180)
            .help("如：市级补助、居民出资"),
        REMARK,
    ],
};

pub(super) const WORK_ITEM: Kind = Kind {
    code: KindCode::WorkItem,
    code_text: "workItem",
    table: "work_item",
    label: "改造内容",
    counter: "项",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "这版方案还没有改造内容。点“添加内容”，选拆、建、添、改、修，再选要拆、要改的对象。",
    fields: &[
        f("plan", "plan_id", "方案", Reference(KindCode::Plan))
            .required()
            .group("内容")
            .width(150),
        f("ordinal", "ordinal", "序号", Count)
            .star()
            .group("内容")
            .width(60),
        f("verb", "verb", "方式", Code(choices::VERB))
            .required()
            .group("内容")
            .width(70),
        f("class", "class", "类别", Code(choices::WORK_CLASS))
            .star()
            .group("内容")
            .width(80),
        f("name", "name", "内容", Text)
            .required()
            .group("内容")
            .width(180),
        f("place", "place", "地点", Text)
            .star()
            .group("内容")
            .width(140),
        f("quantity", "quantity", "数量", FieldType::Amount)
            .star()
            .group("工程量"),
        f("measure", "measure", "单位", Text)
            .star()
            .group("工程量")
            .width(60),
        f("unitPrice", "unit_price_fen", "单价", Money)
            .star()
            .group("资金"),
        f("estimate", "estimate_fen", "估算", Money)
            .star()
            .group("资金")
            .sum()
            .help("不填时按数量×单价计算"),
        f("priceSource", "price_source", "单价来源", Text)
            .group("资金")
            .width(140),
        f("responsible", "responsible", "责任单位", Text)
            .star()
            .group("实施"),
        f("completedOn", "completed_on", "完成日期", Date)
            .star()
            .group("实施")
            .help("填了完成日期，竣工数就按这项已完成计算"),
        REMARK,
    ],
};

pub(super) const EFFECT: Kind = Kind {
    code: KindCode::Effect,
    code_text: "effect",
    table: "effect",
    label: "改造效果",
    counter: "条",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "这项内容还没有写明效果：拆哪些、建什么、改成多少。",
    fields: &[
        f(
            "workItem",
            "work_item_id",
            "改造内容",
            Reference(KindCode::WorkItem),
        )
        .required()
        .group("效果")
        .width(150),
        f("action", "action", "动作", Code(choices::EFFECT_ACTION))
            .required()
            .group("效果"),
        f(
            "assetKind",
            "asset_kind",
            "对象类别",
            Code(choices::ASSET_KIND),
        )
        .star()
        .group("效果"),
        f("name", "name", "新增名称", Text)
            .star()
            .group("效果")
            .width(150)
            .help("新增时写名称；拆除、改变时选对象"),
        f("subkind", "subkind", "新增类别", Text)
            .group("效果")
            .help("新增对象的类别，如 健身器材、集中绿地"),
        f(
            "outbuilding",
            "outbuilding_id",
            "附属房与违建",
            Reference(KindCode::Outbuilding),
        )
        .group("对象"),
        f(
            "cycleShed",
            "cycle_shed_id",
            "车棚",
            Reference(KindCode::CycleShed),
        )
        .group("对象"),
        f(
            "parkingArea",
            "parking_area_id",
            "停车区",
            Reference(KindCode::ParkingArea),
        )
        .group("对象"),
        f(
            "greenSpace",
            "green_space_id",
            "绿地",
            Reference(KindCode::GreenSpace),
        )
        .group("对象"),
        f(
            "activityArea",
            "activity_area_id",
            "活动场地",
            Reference(KindCode::ActivityArea),
        )
        .group("对象"),
        f(
            "facility",
            "facility_id",
            "设施",
            Reference(KindCode::Facility),
        )
        .group("对象"),
        f("road", "road_id", "道路", Reference(KindCode::Road)).group("对象"),
        f(
            "pipeSegment",
            "pipe_segment_id",
            "管线",
            Reference(KindCode::PipeSegment),
        )
        .group("对象"),
        f("rooms", "rooms", "间数", Count)
            .unit("间")
            .group("改后数字")
            .help("拆除时：拆几间，不填就是全拆"),
        f("area", "area_dm2", "面积", Area).group("改后数字"),
        f("concentrated", "concentrated", "算集中绿地", Flag).group("改后数字"),
        f("spaces", "spaces", "车位", Count)
            .unit("位")
            .group("改后数字"),
        f("accessibleSpaces", "accessible_spaces", "无障碍车位", Count)
            .unit("位")
            .group("改后数字"),
        f("chargers", "chargers", "充电桩", Count)
            .unit("台")
            .group("改后数字"),
        f("places", "places", "停放位", Count)
            .unit("位")
            .group("改后数字"),
        f("chargingPlaces", "charging_places", "充电位", Count)
            .unit("位")
            .group("改后数字"),
        f("pieces", "pieces", "件数", Count)
            .unit("件")
            .group("改后数字"),
        f("length", "length_mm", "长度", Length).group("改后数字"),
        f("clearWidth", "clear_width_mm", "最窄净宽", Length).group("改后数字"),
        f("open", "open", "已贯通", Flag).group("改后数字"),
        f("damagedArea", "damaged_area_dm2", "破损面积", Area).group("改后数字"),
        f("restored", "restored", "恢复完好", Flag)
            .group("改后数字")
            .help("管线疏通、修复后算完好"),
        f(
            "statistic",
            "statistic",
            "统计指标",
            Code(choices::STATISTIC),
        )
        .group("工程量")
        .help("只计工程量、不改对象时选择"),
        f("quantity", "quantity", "工程量数值", FieldType::Amount).group("工程量"),
        f("completedOn", "completed_on", "完成日期", Date).group("工程量"),
        REMARK,
    ],
};
