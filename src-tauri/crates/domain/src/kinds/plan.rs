//! 改造方案, 改造内容, 改造效果, 内容先后 (domain §4, §5.5; effects are what comparisons are derived from).

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
        f("scenario", "scenario", "比选方案", Text)
            .group("方案")
            .help("几个方案一起比时写，如：方案A、方案B"),
        f(
            "basedOn",
            "based_on_id",
            "基于哪一版",
            Reference(KindCode::Plan),
        )
        .group("方案")
        .width(180),
        f("noticeFrom", "notice_from", "公示开始", Date).group("公示"),
        f("noticeTo", "notice_to", "公示结束", Date).group("公示"),
        f(
            "contribution",
            "contribution",
            "居民出资分摊",
            Code(choices::CONTRIBUTION),
        )
        .group("资金"),
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
        f("number", "number", "编号", Text)
            .group("内容")
            .width(80)
            .help("同一件事在各版方案里用同一个编号，才能对比、才连得上诉求和问题"),
        f("verb", "verb", "方式", Code(choices::VERB))
            .required()
            .group("内容")
            .width(70),
        f("class", "class", "类别", Code(choices::WORK_CLASS))
            .star()
            .group("内容")
            .width(80),
        f("ownClass", "own_class", "自定类别", Text)
            .group("内容")
            .width(90)
            .help("当地另有叫法的写在这里，如：民生实事；清单里显示它，基础类、安全类的规则仍按“类别”"),
        f(
            "revolution",
            "revolution",
            "三个革命",
            Code(choices::REVOLUTION),
        )
        .group("内容"),
        f("name", "name", "内容", Text)
            .required()
            .group("内容")
            .width(180),
        f("place", "place", "地点", Text)
            .star()
            .group("内容")
            .width(140),
        f(
            "quantityBefore",
            "quantity_before",
            "现状数量",
            FieldType::Amount,
        )
        .group("工程量"),
        f("quantity", "quantity", "数量", FieldType::Amount)
            .star()
            .group("工程量"),
        f(
            "quantityDone",
            "quantity_done",
            "完成数量",
            FieldType::Amount,
        )
        .group("工程量"),
        f("measure", "measure", "单位", Text)
            .star()
            .group("工程量")
            .width(60),
        f(
            "statistic",
            "statistic",
            "统计口径",
            Code(choices::REPORTED),
        )
        .group("工程量")
        .help("这一项报统计时算哪个指标"),
        f("unitPrice", "unit_price_fen", "单价", Money)
            .star()
            .group("资金"),
        f("estimate", "estimate_fen", "估算", Money)
            .star()
            .group("资金")
            .sum()
            .help("不填时按数量×单价计算"),
        f("budget", "budget_fen", "预算", Money)
            .group("资金")
            .sum()
            .help("招标或审定后的预算，不超过估算"),
        f("final", "final_fen", "决算", Money)
            .group("资金")
            .sum()
            .help("审计后的决算，不超过预算"),
        f("priceSource", "price_source", "单价来源", Text)
            .group("资金")
            .width(140),
        f("pricedOn", "priced_on", "单价日期", Date).group("资金"),
        f("responsible", "responsible", "责任单位", Text)
            .star()
            .group("实施"),
        f("pipeCompany", "pipe_company", "管线单位", Text)
            .group("实施")
            .help("水、电、气、热、通信单位的名称"),
        f("decision", "decision", "业主决定", Code(choices::DECISION))
            .group("实施")
            .help("供参考，以法律意见为准"),
        f("permit", "permit", "报批手续", Text).group("实施"),
        f("startOn", "start_on", "计划开工", Date).group("实施"),
        f("endOn", "end_on", "计划完工", Date).group("实施"),
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
        f("ground", "ground", "用什么地", Code(choices::GROUND))
            .group("效果")
            .help("新增占地的，写明用的是拆出来的地、绿地还是空地"),
        f("width", "width_mm", "最小宽度", Length)
            .group("规范核对")
            .help("绿地填；道路填路面宽"),
        f("sunlit", "sunlit_dm2", "阴影线外面积", Area)
            .group("规范核对")
            .help("绿地填"),
        f("trees", "trees", "乔木", Count)
            .unit("株")
            .group("规范核对")
            .help("绿地填"),
        f("onRoof", "on_roof", "在屋顶上", Flag)
            .group("规范核对")
            .help("绿地填"),
        f("wallGap", "wall_gap_mm", "离墙", Length)
            .group("规范核对")
            .help("绿地、道路填"),
        f("roadGap", "road_gap_mm", "离路边", Length)
            .group("规范核对")
            .help("绿地填"),
        f("clearHeight", "clear_height_mm", "最低净空", Length)
            .group("规范核对")
            .help("道路填"),
        f("mainRoad", "main_road", "主要道路", Flag)
            .group("规范核对")
            .help("道路填"),
        f("slope", "slope_bp", "坡度", Ratio)
            .group("规范核对")
            .help("道路、停车区填"),
        f("deadEnd", "dead_end_mm", "尽头长", Length)
            .group("规范核对")
            .help("道路填"),
        f("turningSide", "turning_side_mm", "回车场边长", Length)
            .group("规范核对")
            .help("道路填"),
        f("turningRadius", "turning_radius_mm", "转弯半径", Length)
            .group("规范核对")
            .help("道路填"),
        f("accessible", "accessible", "无障碍通道", Flag)
            .group("规范核对")
            .help("道路填"),
        f("crowded", "crowded", "人员密集", Flag)
            .group("规范核对")
            .help("道路填"),
        f("grateHole", "grate_hole_mm", "井盖孔宽", Length)
            .group("规范核对")
            .help("道路填"),
        f("headGuard", "head_guard", "低处有阻挡", Flag)
            .group("规范核对")
            .help("道路填"),
        f("onFireLane", "on_fire_lane", "占消防通道", Flag)
            .group("规范核对")
            .help("停车区填"),
        f("degrees", "degrees", "停放角度", Count)
            .unit("°")
            .group("规范核对")
            .help("停车区填：垂直 90，平行 0，斜列 60、45 或 30"),
        f("bayWidth", "bay_width_mm", "单个车位宽", Length)
            .group("规范核对")
            .help("停车区填"),
        f("bayLength", "bay_length_mm", "单个车位长", Length)
            .group("规范核对")
            .help("停车区填"),
        f("aisleWidth", "aisle_width_mm", "通道宽", Length)
            .group("规范核对")
            .help("停车区填"),
        f("sideAisle", "side_aisle_mm", "无障碍侧道宽", Length)
            .group("规范核对")
            .help("停车区填"),
        f("groupSize", "group_size", "每组辆数", Count)
            .unit("辆")
            .group("规范核对")
            .help("车棚填"),
        f("dwellingGap", "dwelling_gap_mm", "离住宅", Length)
            .group("规范核对")
            .help("车棚填"),
        f("indoors", "indoors", "在楼道门厅内", Flag)
            .group("规范核对")
            .help("车棚填"),
        f("withGarage", "with_garage", "与汽车库同一防火分区", Flag)
            .group("规范核对")
            .help("车棚填"),
        f("shades", "shades", "挡住宅日照", Flag)
            .group("规范核对")
            .help("新建棚、房填"),
        f("rise", "rise_mm", "坡道高差", Length)
            .group("规范核对")
            .help("坡道填"),
        f("run", "run_mm", "坡道水平长", Length)
            .group("规范核对")
            .help("坡道填"),
        f("handrails", "handrails", "两侧有扶手", Flag)
            .group("规范核对")
            .help("坡道填"),
        f("platformDepth", "platform_depth_mm", "门前平台净深", Length)
            .group("规范核对")
            .help("坡道填"),
        f("restPlatforms", "rest_platforms", "休息平台", Count)
            .unit("个")
            .group("规范核对")
            .help("坡道填"),
        f("serviceRadius", "service_radius_mm", "服务半径", Length)
            .group("规范核对")
            .help("垃圾点填"),
        f("certified", "certified", "有合格证明", Flag)
            .group("规范核对")
            .help("健身器材填"),
        f("manholes", "manholes", "检查井", Count)
            .unit("座")
            .group("规范核对")
            .help("管线填"),
        f(
            "meteredHouseholds",
            "metered_households",
            "一户一表户数",
            Count,
        )
        .unit("户")
        .group("改后数字")
        .help("供水、供电管线填：做完以后一户一表的户数"),
        f("fireLane", "fire_lane", "是消防通道", Flag)
            .group("改后数字")
            .help("道路填"),
        f("highRise", "high_rise", "通到高层建筑", Flag)
            .group("规范核对")
            .help("道路填"),
        f("heavyEngines", "heavy_engines", "要走重型消防车", Flag)
            .group("规范核对")
            .help("道路填"),
        REMARK,
    ],
};

pub(super) const DEPENDENCY: Kind = Kind {
    code: KindCode::Dependency,
    code_text: "dependency",
    table: "dependency",
    label: "先后与取舍",
    counter: "条",
    scope: Scope::Compound,
    name_field: "relation",
    empty_hint: "还没有写先后。先修下水再铺路、先拆再建、两种做法只选一种的，写在这里。",
    fields: &[
        f(
            "workItem",
            "work_item_id",
            "改造内容",
            Reference(KindCode::WorkItem),
        )
        .required()
        .group("先后")
        .width(200),
        f("relation", "relation", "关系", Code(choices::RELATION))
            .required()
            .group("先后")
            .width(140),
        f(
            "other",
            "other_item_id",
            "另一项",
            Reference(KindCode::WorkItem),
        )
        .required()
        .group("先后")
        .width(200),
        f("reason", "reason", "理由", Text)
            .star()
            .group("先后")
            .width(200),
        REMARK,
    ],
};
