//! 应核实: it may be so, but rarely is.

use super::{Rule, Threshold, estimated, verify};
use crate::KindCode::{
    Building, Compound, Dwelling, Household, Outbuilding, Owner, Ownership, Visit, Wish, WorkItem,
    WorkUnit,
};

pub(super) const VERIFY: &[Rule] = &[
    estimated(
        Threshold::EarliestYear,
        verify(
            "yearTooEarly",
            (
                "年份过早",
                &[
                    (Compound, "builtFrom"),
                    (Building, "builtYear"),
                    (Outbuilding, "builtYear"),
                ],
                "{field} {0} 年",
                "一般不早于 {limit} 年",
                "老旧小区极少有这么早的房子，多半少写或写错一位。",
                "核对产证；确实是老建筑的，标为“不算问题”，写明依据，可能涉及文物保护。",
            ),
        ),
    ),
    estimated(
        Threshold::LargestDwelling,
        verify(
            "areaLarge",
            (
                "住宅面积过大",
                &[(Dwelling, "grossFloorArea")],
                "{0} ㎡",
                "一般不超过 {limit} ㎡",
                "常见的是漏了小数点，一套就会让整栋的合计偏出很多。",
                "对照产权证改正。",
            ),
        ),
    ),
    verify(
        "roomTellsStorey",
        (
            "房号与楼层对不上",
            &[(Dwelling, "storey")],
            "房号 {0}，楼层填的是 {1}",
            "房号的前几位就是楼层",
            "楼层错了，楼道、电梯、消防的统计都跟着错。",
            "核对门牌，改楼层或房号；本来就这么编号的，标为“不算问题”。",
        ),
    ),
    verify(
        "dwellingsDiffer",
        (
            "楼栋套数与台账对不上",
            &[(Building, "declaredDwellings")],
            "登记 {0} 套，台账里有 {1} 套",
            "两个数一致",
            "一页纸方案、入户统计都按套数算，对不上说明漏登或多登。",
            "对照楼栋平面逐单元数一遍，补登漏掉的房屋，或改登记的套数。",
        ),
    ),
    verify(
        "entrancesDiffer",
        (
            "楼栋单元数与台账对不上",
            &[(Building, "declaredEntrances")],
            "登记 {0} 个单元，台账里有 {1} 个",
            "两个数一致",
            "楼道整治、单元门的工程量按单元数算。",
            "到现场数单元门，补登漏掉的单元，或改登记的单元数。",
        ),
    ),
    estimated(
        Threshold::BuildingArea,
        verify(
            "buildingAreaDiffers",
            (
                "各套面积合计与楼栋面积对不上",
                &[(Building, "grossFloorArea")],
                "楼栋登记 {0} ㎡，各套合计 {1} ㎡",
                "相差不超过 {limit}%",
                "面积是计票、分摊、造价的底数，差得多说明有的套填错或漏登。",
                "先看这栋楼有没有过大、过小的一套，再核对楼栋面积。",
            ),
        ),
    ),
    estimated(
        Threshold::CompoundArea,
        verify(
            "compoundAreaDiffers",
            (
                "楼栋面积合计与上报总面积对不上",
                &[(Compound, "declaredGrossFloorArea")],
                "上报 {0} ㎡，楼栋合计 {1} ㎡",
                "相差不超过 {limit}%",
                "上报数和台账数两个口径，检查时会被问到。",
                "先核对每栋的建筑面积；上报数有误的，与上级说明后更正。",
            ),
        ),
    ),
    verify(
        "householdsDiffer",
        (
            "上报户数与台账对不上",
            &[(Compound, "declaredHouseholds")],
            "上报 {0} 户，台账里有 {1} 户",
            "两个数一致",
            "补助按户数算，同意率的分母也是户数。",
            "对照入户表补登漏掉的住户，或更正上报数。",
        ),
    ),
    verify(
        "peopleDiffer",
        (
            "上报人数与台账对不上",
            &[(Compound, "declaredPeople")],
            "上报 {0} 人，各户合计 {1} 人",
            "两个数一致",
            "人均绿地等指标都要除以人数。",
            "核对人口没有填和特别多的户，或更正上报数。",
        ),
    ),
    estimated(
        Threshold::MostPeople,
        verify(
            "peopleMany",
            (
                "一户人数过多",
                &[(Household, "people")],
                "{0} 人",
                "一般不超过 {limit} 人",
                "常见的是两户并成一户，或把房号填进了人数。",
                "入户核对；确实是大家庭或群租的，标为“不算问题”，写明情况。",
            ),
        ),
    ),
    estimated(
        Threshold::LeastAreaPerPerson,
        verify(
            "areaPerPerson",
            (
                "人多房小",
                &[(Household, "people")],
                "{0} 人住 {1} ㎡",
                "人均不少于 {limit} ㎡",
                "人数与房屋面积必有一个可疑；真是这样的，是要优先照顾的困难户。",
                "入户核对人数和面积；属实的，标为“不算问题”，写明情况。",
            ),
        ),
    ),
    verify(
        "nobodyAtHome",
        (
            "有人住却是 0 人",
            &[(Household, "people")],
            "居住情况“{0}”，常住人口 0 人",
            "有人住的至少 1 人；没人住的写“空置”",
            "0 人会让总人口偏小，也看不出是空置还是没有问到。",
            "核对后填人数，或把居住情况改为空置；没问到的先清空。",
        ),
    ),
    verify(
        "vacantWithPeople",
        (
            "空置却有人口",
            &[(Household, "occupancy")],
            "居住情况“空置”，常住人口 {0} 人",
            "空置的没有常住人口",
            "空置率和人口数会互相矛盾。",
            "核对是否有人住，改居住情况或人数。",
        ),
    ),
    verify(
        "severalHouseholds",
        (
            "一套房登记了几户",
            &[(Household, "dwelling")],
            "这套房登记了 {0} 户",
            "一般一套一户",
            "户数多于套数时，征求意愿和补助都会被问到；多半是重复登记。",
            "重复的删掉；合租、两代分户的，标为“不算问题”，写明情况。",
        ),
    ),
    estimated(
        Threshold::MostCars,
        verify(
            "carsMany",
            (
                "一户汽车过多",
                &[(Household, "cars")],
                "{0} 辆",
                "一般不超过 {limit} 辆",
                "停车缺口按汽车数算，一户写错会差很多。",
                "打电话核对后改正。",
            ),
        ),
    ),
    verify(
        "sharesShort",
        (
            "产权份额合计不足 100%",
            &[(Ownership, "share")],
            "这套房各人份额合计 {0}%",
            "合计 100%；共同共有的都空着",
            "少一个共有人，表决时就少一个应当通知的人。",
            "对照产权证，补登漏掉的共有人，或改正份额。",
        ),
    ),
    verify(
        "representatives",
        (
            "一套房有几个共有代表人",
            &[(Ownership, "representative")],
            "这套房有 {0} 个代表人",
            "只能有一个",
            "一套房的表决由一个人代表，两个代表人会投出两张票。",
            "问清推选了谁，其余的改为“否”。",
        ),
    ),
    verify(
        "phone",
        (
            "电话号码写法不对",
            &[(Owner, "phone"), (Household, "phone"), (WorkUnit, "phone")],
            "{0}",
            "11 位手机号，或带区号的座机",
            "打不通的号码等于没有登记，通知、表决都找不到人。",
            "核对后改正；问不到的先清空。",
        ),
    ),
    verify(
        "structureWithoutFinding",
        (
            "附属房与违建没有认定",
            &[(Outbuilding, "finding")],
            "{0}",
            "有认定结论和文号",
            "没有认定就拆，容易引起纠纷和诉讼；认定由规划、执法部门作出。",
            "先查依据，再请有权部门认定，把结论、文号、日期填上。",
        ),
    ),
    verify(
        "demolitionState",
        (
            "拆除状态与日期对不上",
            &[(Outbuilding, "demolishedOn")],
            "状态“{0}”，却填了实拆日 {1}",
            "填了实拆日的，状态是“已拆”",
            "拆除进度按状态统计，会少算一处。",
            "已经拆了的改状态，没有拆的清空实拆日。",
        ),
    ),
    verify(
        "structureWithoutRooms",
        (
            "附属房间数为零",
            &[(Outbuilding, "rooms")],
            "0 间",
            "至少 1 间",
            "拆除数量按间数汇报，0 间等于没有登记。",
            "到现场数一数，改成实际间数。",
        ),
    ),
    estimated(
        Threshold::Rectangle,
        verify(
            "structureAreaDiffers",
            (
                "占地面积与长宽对不上",
                &[(Outbuilding, "area")],
                "占地 {0} ㎡，长×宽 {1} ㎡",
                "相差不超过 {limit}%",
                "腾出的面积按占地面积算，补偿也要看它。",
                "重新量一次，改正面积或长宽；不是长方形的，标为“不算问题”。",
            ),
        ),
    ),
    verify(
        "itemWithoutEffect",
        (
            "改造内容没有写明效果",
            &[(WorkItem, "name")],
            "“{0}”没有写拆哪些、建什么、改成多少",
            "至少一条效果或工程量",
            "没有效果，前后对比里就看不到这一项。",
            "在改造方案里点“加效果…”，选对象、填数量。",
        ),
    ),
    verify(
        "estimateDiffers",
        (
            "估算与数量×单价对不上",
            &[(WorkItem, "estimate")],
            "估算 {0} 元，数量×单价 {1} 元",
            "相差不超过 1 元",
            "审核时会拿数量和单价重算，对不上要说明。",
            "改正数量、单价或估算；估算里含别的费用的，标为“不算问题”，写明是什么费用。",
        ),
    ),
    verify(
        "finalWithoutBudget",
        (
            "有决算，没有预算",
            &[(WorkItem, "budget")],
            "决算 {0} 元，预算没有填",
            "先有预算，再有决算",
            "决算不能超过预算，没有预算就没有东西可比。",
            "照招标或审定的结果补上预算。",
        ),
    ),
    verify(
        "householdElsewhere",
        (
            "走访或诉求记的住户不住这套房",
            &[(Visit, "household"), (Wish, "household")],
            "记的住户现在登记在别的房屋",
            "住户与房屋一致",
            "住户合并、搬家或登记错位以后，话会算到别人家。",
            "核实是谁说的，改正房屋或住户；确实搬走了的，标为“不算问题”。",
        ),
    ),
    estimated(
        Threshold::StaleMonths,
        verify(
            "stale",
            (
                "摸底数据过旧",
                &[(Compound, "surveyedOn")],
                "{0}",
                "{limit} 个月以内",
                "住户、车辆、空置变化快，旧数据做方案会被居民质疑。",
                "组织复核，把变动的改过来，再更新摸底日期。",
            ),
        ),
    ),
];
