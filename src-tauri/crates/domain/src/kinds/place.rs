//! 小区, 产权单位, 楼栋, 单元, 房屋 (domain §5.1 to §5.3).

use super::*;
use crate::kind::{Kind, KindCode, Scope};

pub(super) const COMPOUND: Kind = Kind {
    code: KindCode::Compound,
    code_text: "compound",
    table: "compound",
    label: "小区",
    counter: "个",
    scope: Scope::Ledger,
    name_field: "name",
    empty_hint: "还没有小区。先新建一个小区，或者导入摸底台账。",
    fields: &[
        f("name", "name", "小区名称", Text)
            .required()
            .group("身份")
            .width(180)
            .also(&["名称", "小区", "院落名称"]),
        f("number", "number", "编号", Text)
            .star()
            .group("身份")
            .width(90),
        f("alias", "alias", "曾用名", Text).group("身份"),
        f("district", "district", "市区", Text)
            .group("身份")
            .help("如：周口市川汇区"),
        f("subdistrict", "subdistrict", "街道", Text)
            .star()
            .group("身份"),
        f("community", "community", "社区", Text)
            .star()
            .group("身份"),
        f("address", "address", "详细地址", Text)
            .star()
            .group("身份")
            .width(200),
        f("stage", "stage", "推进阶段", Code(choices::STAGE))
            .star()
            .group("身份"),
        f("surveyedOn", "surveyed_on", "摸底日期", Date)
            .star()
            .group("身份")
            .help("现状数字是哪一天的"),
        f("builtFrom", "built_from", "最早建成年份", Year)
            .star()
            .group("建设"),
        f("builtTo", "built_to", "最晚建成年份", Year)
            .star()
            .group("建设"),
        f(
            "builtEvidence",
            "built_evidence",
            "建成依据",
            Code(choices::BUILT_EVIDENCE),
        )
        .group("建设"),
        f("siteArea", "site_area_dm2", "用地面积", Area)
            .star()
            .group("建设")
            .sum(),
        f(
            "declaredGrossFloorArea",
            "declared_gross_floor_area_dm2",
            "上报总建筑面积",
            Area,
        )
        .group("建设")
        .help("上报口径；实际以楼栋台账合计为准"),
        f(
            "declaredHouseholds",
            "declared_households",
            "上报户数",
            Count,
        )
        .unit("户")
        .group("建设")
        .sum(),
        f("declaredPeople", "declared_people", "上报人数", Count)
            .unit("人")
            .group("建设")
            .sum(),
        f("enclosed", "enclosed", "是否封闭", Flag).group("建设"),
        f("tenure", "tenure", "房屋性质", Code(choices::TENURE))
            .star()
            .group("产权"),
        f(
            "maintenanceFund",
            "maintenance_fund_fen",
            "维修资金余额",
            Money,
        )
        .star()
        .group("产权"),
        f(
            "management",
            "management",
            "物业模式",
            Code(choices::MANAGEMENT),
        )
        .star()
        .group("管理"),
        f("manager", "manager", "物业或管理单位", Text).group("管理"),
        f("feeRate", "fee_rate", "物业费", FieldType::Amount)
            .unit("元/㎡·月")
            .group("管理"),
        f("feeCollected", "fee_collected_bp", "物业费收缴率", Ratio).group("管理"),
        f("ownersMeeting", "owners_meeting", "有业主大会", Flag).group("管理"),
        f(
            "ownersCommittee",
            "owners_committee",
            "有业委会或物管会",
            Flag,
        )
        .star()
        .group("管理"),
        f("partyBranch", "party_branch", "有党支部", Flag).group("管理"),
        f(
            "waterSupply",
            "water_supply",
            "供水方式",
            Code(choices::WATER_SUPPLY),
        )
        .group("市政"),
        f("drainage", "drainage", "排水体制", Code(choices::DRAINAGE))
            .star()
            .group("市政"),
        f("septicTanks", "septic_tanks", "化粪池", Count)
            .unit("座")
            .group("市政"),
        f("gasConnected", "gas_connected", "通燃气", Flag).group("市政"),
        f("heatConnected", "heat_connected", "通集中供热", Flag).group("市政"),
        f("seniors60", "seniors_60", "60岁以上人数", Count)
            .unit("人")
            .group("人群")
            .help("只记人数；住户台账有数时以台账合计为准"),
        f("nightCars", "night_cars", "夜间停车需求", Count)
            .unit("辆")
            .group("人群")
            .help("夜间实数的汽车数；住户台账有数时不用填"),
        f("renovatedBefore", "renovated_before", "曾经改造", Flag).group("改造"),
        f("renovationYear", "renovation_year", "上次改造年份", Year).group("改造"),
        f("programme", "programme", "纳入计划", Text)
            .group("改造")
            .help("年度、批次、立项文号"),
        f("leader", "leader", "分包领导", Text).star().group("改造"),
        f("responsible", "responsible", "责任人", Text)
            .star()
            .group("改造"),
        f("desk", "desk", "收意见的地点、电话", Text)
            .group("改造")
            .width(200)
            .help("印在方案公示和给居民的信上，如：社区居委会一楼，电话"),
        f("problems", "problems", "主要问题", LongText)
            .group("改造")
            .help("一行一条，按轻重排列；印在一页纸方案上"),
        f("cityEntrances", "city_entrances", "通城市道路出入口", Count)
            .unit("个")
            .group("建设")
            .help("通向城市道路的出入口有几个"),
        REMARK,
    ],
};

pub(super) const WORK_UNIT: Kind = Kind {
    code: KindCode::WorkUnit,
    code_text: "workUnit",
    table: "work_unit",
    label: "产权单位",
    counter: "家",
    scope: Scope::Ledger,
    name_field: "name",
    empty_hint: "还没有产权单位。导入摸底台账时会按“产权单位”一栏自动登记，也可以在这里新建。",
    fields: &[
        f("name", "name", "单位名称", Text)
            .required()
            .group("单位")
            .width(180),
        f("state", "state", "单位状态", Code(choices::UNIT_STATE))
            .star()
            .group("单位"),
        f("successor", "successor", "承继单位", Text).group("单位"),
        f("contact", "contact", "联系人", Text)
            .star()
            .group("单位")
            .personal(),
        f("phone", "phone", "联系电话", Text)
            .group("单位")
            .personal(),
        f("address", "address", "地址", Text)
            .group("单位")
            .width(200),
        REMARK,
    ],
};

pub(super) const BUILDING: Kind = Kind {
    code: KindCode::Building,
    code_text: "building",
    table: "building",
    label: "楼栋",
    counter: "栋",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有楼栋。导入摸底台账会自动建好楼栋、单元和房屋，也可以在这里逐栋新建。",
    fields: &[
        f("name", "name", "楼号", Text)
            .required()
            .group("楼栋")
            .width(90)
            .also(&["楼栋", "楼栋号", "栋号", "楼"]),
        f(
            "workUnit",
            "work_unit_id",
            "产权单位",
            Reference(KindCode::WorkUnit),
        )
        .star()
        .group("楼栋"),
        f("builtYear", "built_year", "建成年份", Year)
            .star()
            .group("楼栋"),
        f("structure", "structure", "结构", Code(choices::STRUCTURE))
            .star()
            .group("楼栋"),
        f("storeys", "storeys", "层数", Count)
            .unit("层")
            .star()
            .group("楼栋"),
        f("declaredEntrances", "declared_entrances", "单元数", Count)
            .unit("个")
            .star()
            .group("楼栋")
            .sum(),
        f("declaredDwellings", "declared_dwellings", "套数", Count)
            .unit("套")
            .star()
            .group("楼栋")
            .sum(),
        f("grossFloorArea", "gross_floor_area_dm2", "建筑面积", Area)
            .star()
            .group("楼栋")
            .sum()
            .help("楼栋登记面积；不填时按各套建筑面积合计"),
        f("roof", "roof", "屋面", Code(choices::ROOF)).group("状况"),
        f("roofLeaks", "roof_leaks", "屋面渗漏", Flag).group("状况"),
        f("wallsBad", "walls_bad", "外墙脱落", Flag).group("状况"),
        f("insulated", "insulated", "有保温", Flag).group("状况"),
        f("stairsBad", "stairs_bad", "楼道需整治", Flag).group("状况"),
        f("lifts", "lifts", "电梯", Count)
            .unit("部")
            .group("状况")
            .sum(),
        f("safety", "safety", "安全等级", Code(choices::SAFETY))
            .star()
            .group("状况"),
        f("footprint", "footprint_dm2", "基底面积", Area)
            .group("状况")
            .sum(),
        f("head", "head", "楼栋长", Text)
            .star()
            .group("管理")
            .personal(),
        f("elderly", "elderly", "老年人居住建筑", Flag).group("日照"),
        f("newDwelling", "new_dwelling", "改建新建住宅", Flag).group("日照"),
        f("winterSun", "winter_sun", "冬至日照", FieldType::Amount)
            .unit("小时")
            .group("日照"),
        f("coldSun", "cold_sun", "大寒日照", FieldType::Amount)
            .unit("小时")
            .group("日照"),
        REMARK,
    ],
};

pub(super) const ENTRANCE: Kind = Kind {
    code: KindCode::Entrance,
    code_text: "entrance",
    table: "entrance",
    label: "单元",
    counter: "个",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有单元。导入摸底台账会自动建好，也可以先建楼栋再在这里新建。",
    fields: &[
        f(
            "building",
            "building_id",
            "楼号",
            Reference(KindCode::Building),
        )
        .required()
        .group("单元")
        .width(90)
        .also(&["楼栋"]),
        f("name", "name", "单元号", Text)
            .required()
            .group("单元")
            .width(90)
            .also(&["单元", "门洞"]),
        f(
            "dwellingsPerStorey",
            "dwellings_per_storey",
            "每层户数",
            Count,
        )
        .unit("户")
        .star()
        .group("单元"),
        f("accessControl", "access_control", "有防盗门", Flag)
            .star()
            .group("单元"),
        f("lighting", "lighting", "照明完好", Flag)
            .star()
            .group("单元"),
        f("handrail", "handrail", "扶手完好", Flag)
            .star()
            .group("单元"),
        f("clutter", "clutter", "楼道堆物", Flag)
            .star()
            .group("单元"),
        REMARK,
    ],
};

pub(super) const DWELLING: Kind = Kind {
    code: KindCode::Dwelling,
    code_text: "dwelling",
    table: "dwelling",
    label: "房屋",
    counter: "套",
    scope: Scope::Compound,
    name_field: "room",
    empty_hint: "还没有房屋。最快的办法是导入摸底台账；也可以从 Excel 里复制，到这里粘贴。",
    fields: &[
        f(
            "building",
            "building_id",
            "楼号",
            Reference(KindCode::Building),
        )
        .required()
        .group("位置")
        .width(84)
        .also(&["楼栋", "楼栋号", "栋号", "楼"]),
        f(
            "entrance",
            "entrance_id",
            "单元",
            Reference(KindCode::Entrance),
        )
        .star()
        .group("位置")
        .width(84)
        .also(&["单元号", "门洞"]),
        f("storey", "storey", "楼层", Count)
            .unit("层")
            .star()
            .group("位置")
            .width(64)
            .also(&["所在层"]),
        f("room", "room", "房号", Text)
            .required()
            .group("位置")
            .width(80)
            .also(&["房间号", "室", "门牌号", "房间"]),
        f("use", "use", "用途", Code(choices::DWELLING_USE))
            .star()
            .group("产权")
            .width(80),
        f("grossFloorArea", "gross_floor_area_dm2", "建筑面积", Area)
            .star()
            .group("产权")
            .sum()
            .also(&["面积", "房屋面积", "房屋建筑面积"]),
        f("exclusiveArea", "exclusive_area_dm2", "专有部分面积", Area)
            .group("产权")
            .sum()
            .width(110)
            .help("表决计票用；先看登记簿，再看实测，再看合同"),
        f(
            "areaSource",
            "area_source",
            "面积来源",
            Code(choices::AREA_SOURCE),
        )
        .star()
        .group("产权"),
        f("tenure", "tenure", "产权性质", Code(choices::TENURE))
            .star()
            .group("产权")
            .also(&["性质", "房屋性质"]),
        f(
            "workUnit",
            "work_unit_id",
            "产权单位",
            Reference(KindCode::WorkUnit),
        )
        .star()
        .group("产权")
        .also(&["单位", "原产权单位"]),
        f(
            "titleState",
            "title_state",
            "产权状态",
            Code(choices::TITLE_STATE),
        )
        .star()
        .group("产权")
        .also(&["不动产权证", "产权证", "房产证"]),
        f("titleNumber", "title_number", "不动产权证号", Text)
            .group("产权")
            .personal()
            .width(150),
        REMARK,
    ],
};
