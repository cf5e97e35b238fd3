//! 附属房与违建, 车棚, 停车区, 绿地, 活动场地, 设施, 道路, 管线 (domain §5.1, §5.4).
//! These are the assets that a plan demolishes, creates or alters.

use super::*;
use crate::kind::{Kind, KindCode, Scope};

pub(super) const OUTBUILDING: Kind = Kind {
    code: KindCode::Outbuilding,
    code_text: "outbuilding",
    table: "outbuilding",
    label: "附属房与违建",
    counter: "处",
    scope: Scope::Compound,
    name_field: "number",
    empty_hint: "还没有附属房与违建。导入摸底台账会按各户的大排房、小配房、违建间数登记，面积和位置到现场量好再补。",
    fields: &[
        f("number", "number", "编号", Text)
            .required()
            .group("基本")
            .width(90),
        f("kind", "kind", "类型", Code(choices::OUTBUILDING_KIND))
            .required()
            .group("基本"),
        f("rooms", "rooms", "间数", Count)
            .unit("间")
            .required()
            .group("基本")
            .sum(),
        f("area", "area_dm2", "占地面积", Area)
            .star()
            .group("基本")
            .sum()
            .also(&["面积"]),
        f(
            "building",
            "building_id",
            "所在楼旁",
            Reference(KindCode::Building),
        )
        .star()
        .group("基本"),
        f("place", "place", "位置", Text)
            .star()
            .group("基本")
            .width(160),
        f("length", "length_mm", "长", Length).group("基本"),
        f("width", "width_mm", "宽", Length).group("基本"),
        f("material", "material", "材质", Code(choices::MATERIAL)).group("基本"),
        f("builtYear", "built_year", "建成年份", Year).group("基本"),
        f("use", "use", "现用途", Code(choices::OUTBUILDING_USE))
            .star()
            .group("使用"),
        f(
            "dwelling",
            "dwelling_id",
            "使用人房屋",
            Reference(KindCode::Dwelling),
        )
        .star()
        .group("使用")
        .width(150),
        f("occupier", "occupier", "现使用人", Text)
            .star()
            .group("使用")
            .personal(),
        f("livedIn", "lived_in", "有人居住", Flag)
            .star()
            .group("使用")
            .help("有人居住的先安置，再拆"),
        f("claimant", "claimant", "主张权利人", Text)
            .group("认定")
            .personal(),
        f(
            "claimBasis",
            "claim_basis",
            "主张依据",
            Code(choices::CLAIM_BASIS),
        )
        .star()
        .group("认定"),
        f("finding", "finding", "认定结论", Code(choices::FINDING))
            .star()
            .group("认定"),
        f(
            "findingDocument",
            "finding_document",
            "认定机关与文号",
            Text,
        )
        .group("认定")
        .width(160),
        f("findingOn", "finding_on", "认定日期", Date).group("认定"),
        f("onFireLane", "on_fire_lane", "占消防通道", Flag)
            .star()
            .group("认定"),
        f("onGreen", "on_green", "占绿地", Flag).group("认定"),
        f("onPipes", "on_pipes", "压占管线", Flag).group("认定"),
        f("disposal", "disposal", "处置方式", Code(choices::DISPOSAL))
            .star()
            .group("处置"),
        f("promisedOn", "promised_on", "承诺书日期", Date).group("处置"),
        f("plannedOn", "planned_on", "计划拆除日", Date).group("处置"),
        f("demolishedOn", "demolished_on", "实拆日", Date)
            .star()
            .group("处置"),
        f("state", "state", "状态", Code(choices::OUTBUILDING_STATE))
            .star()
            .group("处置"),
        f("decidedOn", "decided_on", "限期拆除决定日", Date)
            .group("依法拆除")
            .help("由有权机关作出；社区只劝导、移送"),
        f("deliveredOn", "delivered_on", "决定送达日", Date)
            .group("依法拆除")
            .help("公告送达的填期满日"),
        f("reviewedOn", "reviewed_on", "复议决定送达日", Date).group("依法拆除"),
        f("urgedOn", "urged_on", "催告送达日", Date).group("依法拆除"),
        f("announcedOn", "announced_on", "公告日", Date).group("依法拆除"),
        REMARK,
    ],
};

pub(super) const CYCLE_SHED: Kind = Kind {
    code: KindCode::CycleShed,
    code_text: "cycleShed",
    table: "cycle_shed",
    label: "车棚",
    counter: "个",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有车棚。把院里的集体车棚、充电棚逐个登记在这里。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("车棚")
            .width(150),
        f("place", "place", "位置", Text)
            .star()
            .group("车棚")
            .width(160),
        f("area", "area_dm2", "占地面积", Area)
            .star()
            .group("车棚")
            .sum(),
        f("places", "places", "停放位", Count)
            .unit("位")
            .star()
            .group("车棚")
            .sum(),
        f("chargingPlaces", "charging_places", "充电位", Count)
            .unit("位")
            .star()
            .group("车棚")
            .sum(),
        f("builtYear", "built_year", "建成年份", Year).group("车棚"),
        f("collective", "collective", "集体车棚", Flag)
            .star()
            .group("车棚"),
        f("condition", "condition", "状况", Code(choices::CONDITION))
            .star()
            .group("车棚"),
        f("groupSize", "group_size", "每组辆数", Count)
            .unit("辆")
            .group("规范核对")
            .help("组与组之间有防火分隔"),
        f("dwellingGap", "dwelling_gap_mm", "离住宅", Length).group("规范核对"),
        f("indoors", "indoors", "在楼道门厅内", Flag).group("规范核对"),
        f("withGarage", "with_garage", "与汽车库同一防火分区", Flag).group("规范核对"),
        REMARK,
    ],
};

pub(super) const PARKING_AREA: Kind = Kind {
    code: KindCode::ParkingArea,
    code_text: "parkingArea",
    table: "parking_area",
    label: "停车区",
    counter: "处",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有停车区。按片登记划线车位、停车场，写明有多少个车位。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("停车区")
            .width(150),
        f("kind", "kind", "类别", Code(choices::PARKING_KIND))
            .star()
            .group("停车区"),
        f("place", "place", "位置", Text)
            .star()
            .group("停车区")
            .width(160),
        f("spaces", "spaces", "车位", Count)
            .unit("位")
            .star()
            .group("停车区")
            .sum(),
        f("accessibleSpaces", "accessible_spaces", "无障碍车位", Count)
            .unit("位")
            .star()
            .group("停车区")
            .sum(),
        f("chargers", "chargers", "充电桩", Count)
            .unit("台")
            .star()
            .group("停车区")
            .sum(),
        f("area", "area_dm2", "占地面积", Area)
            .star()
            .group("停车区")
            .sum(),
        f("angle", "angle", "停放方式", Code(choices::PARKING_ANGLE)).group("停车区"),
        f("onFireLane", "on_fire_lane", "占消防通道", Flag).group("停车区"),
        f("degrees", "degrees", "停放角度", Count)
            .unit("°")
            .group("规范核对")
            .help("垂直 90，平行 0，斜列 60、45 或 30"),
        f("bayWidth", "bay_width_mm", "单个车位宽", Length)
            .group("规范核对")
            .help("沿通道方向量"),
        f("bayLength", "bay_length_mm", "单个车位长", Length)
            .group("规范核对")
            .help("斜列的填进深"),
        f("aisleWidth", "aisle_width_mm", "通道宽", Length)
            .group("规范核对")
            .help("路侧车位填车行道宽"),
        f("sideAisle", "side_aisle_mm", "无障碍侧道宽", Length).group("规范核对"),
        f("slope", "slope_bp", "无障碍车位坡度", Ratio).group("规范核对"),
        REMARK,
    ],
};

pub(super) const GREEN_SPACE: Kind = Kind {
    code: KindCode::GreenSpace,
    code_text: "greenSpace",
    table: "green_space",
    label: "绿地",
    counter: "块",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有绿地。按块登记，集中绿地的宽度和面积要量准。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("绿地")
            .width(150),
        f("kind", "kind", "类别", Code(choices::GREEN_KIND))
            .star()
            .group("绿地"),
        f("place", "place", "位置", Text)
            .star()
            .group("绿地")
            .width(160),
        f("area", "area_dm2", "面积", Area)
            .required()
            .group("绿地")
            .sum(),
        f("width", "width_mm", "最小宽度", Length)
            .star()
            .group("绿地")
            .help("集中绿地宽度不小于 8 m"),
        f("sunlit", "sunlit_dm2", "阴影线外面积", Area)
            .group("绿地")
            .sum(),
        f("trees", "trees", "乔木", Count)
            .unit("株")
            .star()
            .group("绿地")
            .sum(),
        f("condition", "condition", "状况", Code(choices::CONDITION))
            .star()
            .group("绿地"),
        f("wallGap", "wall_gap_mm", "边界离墙脚", Length).group("规范核对"),
        f("roadGap", "road_gap_mm", "边界离路边", Length).group("规范核对"),
        f("onRoof", "on_roof", "在屋顶上", Flag)
            .group("规范核对")
            .help("地下室顶板覆土、能进入的填否"),
        REMARK,
    ],
};

pub(super) const ACTIVITY_AREA: Kind = Kind {
    code: KindCode::ActivityArea,
    code_text: "activityArea",
    table: "activity_area",
    label: "活动场地",
    counter: "处",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有活动场地。广场、健身场地、儿童活动场地登记在这里。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("活动场地")
            .width(150),
        f("kind", "kind", "类别", Code(choices::ACTIVITY_KIND))
            .star()
            .group("活动场地"),
        f("place", "place", "位置", Text)
            .star()
            .group("活动场地")
            .width(160),
        f("area", "area_dm2", "面积", Area)
            .required()
            .group("活动场地")
            .sum(),
        f("condition", "condition", "状况", Code(choices::CONDITION))
            .star()
            .group("活动场地"),
        REMARK,
    ],
};

pub(super) const FACILITY: Kind = Kind {
    code: KindCode::Facility,
    code_text: "facility",
    table: "facility",
    label: "设施",
    counter: "项",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有设施。健身器材、宣传栏、路灯、监控、充电桩等登记在这里。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("设施")
            .width(150),
        f("kind", "kind", "类别", Code(choices::FACILITY_KIND))
            .required()
            .group("设施"),
        f("pieces", "pieces", "数量", Count)
            .unit("件")
            .required()
            .group("设施")
            .sum(),
        f("place", "place", "位置", Text)
            .star()
            .group("设施")
            .width(160),
        f("installedYear", "installed_year", "安装年份", Year).group("设施"),
        f("condition", "condition", "状况", Code(choices::CONDITION))
            .star()
            .group("设施"),
        f("rise", "rise_mm", "坡道高差", Length).group("规范核对"),
        f("run", "run_mm", "坡道水平长", Length).group("规范核对"),
        f("clearWidth", "clear_width_mm", "坡道净宽", Length).group("规范核对"),
        f("handrails", "handrails", "两侧有扶手", Flag).group("规范核对"),
        f("platformDepth", "platform_depth_mm", "门前平台净深", Length).group("规范核对"),
        f("restPlatforms", "rest_platforms", "休息平台", Count)
            .unit("个")
            .group("规范核对"),
        f("serviceRadius", "service_radius_mm", "服务半径", Length)
            .group("规范核对")
            .help("垃圾点填"),
        f("certified", "certified", "有合格证明", Flag)
            .group("规范核对")
            .help("健身器材填"),
        REMARK,
    ],
};

pub(super) const ROAD: Kind = Kind {
    code: KindCode::Road,
    code_text: "road",
    table: "road",
    label: "道路与消防通道",
    counter: "条",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有道路。院内主路、宅间路逐条登记；消防通道要写最窄净宽和净空。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("道路")
            .width(150),
        f("place", "place", "起止", Text)
            .star()
            .group("道路")
            .width(160),
        f("length", "length_mm", "长度", Length)
            .star()
            .group("道路")
            .sum(),
        f("width", "width_mm", "路面宽", Length)
            .star()
            .group("道路"),
        f("area", "area_dm2", "路面面积", Area)
            .star()
            .group("道路")
            .sum(),
        f("damagedArea", "damaged_area_dm2", "破损面积", Area)
            .star()
            .group("道路")
            .sum(),
        f("paving", "paving", "路面材料", Code(choices::PAVING))
            .star()
            .group("道路"),
        f("fireLane", "fire_lane", "是消防通道", Flag)
            .star()
            .group("消防通道"),
        f("open", "open", "已贯通", Flag).star().group("消防通道"),
        f("clearWidth", "clear_width_mm", "最窄净宽", Length)
            .star()
            .group("消防通道"),
        f("clearHeight", "clear_height_mm", "最低净空", Length)
            .star()
            .group("消防通道"),
        f("mainRoad", "main_road", "主要道路", Flag).group("规范核对"),
        f("slope", "slope_bp", "最大坡度", Ratio).group("规范核对"),
        f("wallGap", "wall_gap_mm", "离外墙", Length).group("规范核对"),
        f("deadEnd", "dead_end_mm", "尽头长", Length)
            .group("规范核对")
            .help("不是尽头路填 0"),
        f("turningSide", "turning_side_mm", "回车场边长", Length)
            .group("规范核对")
            .help("没有填 0"),
        f("turningRadius", "turning_radius_mm", "转弯半径", Length).group("规范核对"),
        f("accessible", "accessible", "无障碍通道", Flag).group("规范核对"),
        f("crowded", "crowded", "人员密集", Flag).group("规范核对"),
        f("grateHole", "grate_hole_mm", "井盖孔宽", Length)
            .group("规范核对")
            .help("按 m 填写，13 mm 填 0.013"),
        f("headGuard", "head_guard", "低处有阻挡", Flag).group("规范核对"),
        f("highRise", "high_rise", "通到高层建筑", Flag).group("规范核对"),
        f("heavyEngines", "heavy_engines", "要走重型消防车", Flag).group("规范核对"),
        REMARK,
    ],
};

pub(super) const PIPE_SEGMENT: Kind = Kind {
    code: KindCode::PipeSegment,
    code_text: "pipeSegment",
    table: "pipe_segment",
    label: "管线",
    counter: "段",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有管线。雨水、污水、供水、燃气、供热、线缆按段登记长度和状况。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("管线")
            .width(150),
        f("kind", "kind", "种类", Code(choices::PIPE_KIND))
            .required()
            .group("管线"),
        f("length", "length_mm", "长度", Length)
            .required()
            .group("管线")
            .sum(),
        f("diameter", "diameter_mm", "管径", Length)
            .star()
            .group("管线")
            .help("按 m 填写，如 DN300 填 0.30"),
        f("laying", "laying", "敷设方式", Code(choices::PIPE_LAYING))
            .star()
            .group("管线"),
        f("material", "material", "管材", Text).group("管线"),
        f("laidYear", "laid_year", "敷设年份", Year).group("管线"),
        f(
            "condition",
            "condition",
            "状况",
            Code(choices::PIPE_CONDITION),
        )
        .star()
        .group("管线"),
        f("place", "place", "起止", Text)
            .star()
            .group("管线")
            .width(160),
        f("company", "company", "管线单位", Text).group("管线"),
        f("manholes", "manholes", "检查井", Count)
            .unit("座")
            .group("规范核对"),
        f(
            "meteredHouseholds",
            "metered_households",
            "一户一表户数",
            Count,
        )
        .unit("户")
        .group("管线")
        .help("供水、供电填：接在这一段上、已经一户一表的户数"),
        REMARK,
    ],
};
