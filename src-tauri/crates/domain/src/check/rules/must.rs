//! 必须改: it cannot be so.

use super::{Rule, estimated, must};
use crate::KindCode::{
    ActivityArea, Building, Compound, CycleShed, Dwelling, Effect, Facility, GreenSpace, Household,
    Outbuilding, Owner, Ownership, ParkingArea, PipeSegment, Plan, Road, WorkItem,
};

pub(super) const MUST: &[Rule] = &[
    must(
        "duplicateRoom",
        (
            "同一套房登记了两次",
            &[(Dwelling, "room")],
            "房号 {0} 与 {1} 是同一套",
            "一套房只登记一次",
            "同一套房算两次，套数、面积、票数都会多出来。",
            "看看哪一条是对的，把住户、业主归到对的那条，再删掉多余的一条；确实是两套的，把房号改清楚。",
        ),
    ),
    must(
        "duplicateBuilding",
        (
            "同一栋楼登记了两次",
            &[(Building, "name")],
            "楼号 {0} 与 {1} 是同一栋",
            "一栋楼只登记一次",
            "同一栋楼算两次，栋数、面积、户数都会多出来。",
            "把房屋归到一条上，再删掉多余的一条；确实是两栋的，把楼号改清楚。",
        ),
    ),
    must(
        "storeyAboveBuilding",
        (
            "楼层高过整栋楼",
            &[(Dwelling, "storey")],
            "在第 {0} 层，这栋楼登记 {1} 层",
            "不高于楼栋的层数",
            "楼层或楼栋层数必有一个写错，加装电梯、消防都要用到。",
            "对照房号核对楼层；楼层没错的，去改楼栋的层数。",
        ),
    ),
    estimated(must(
        "storeysImplausible",
        (
            "楼栋层数不可能",
            &[(Building, "storeys")],
            "{0} 层",
            "1 至 33 层",
            "层数为 0 或过大，多半是填错了格。",
            "到现场数一数，改成实际层数。",
        ),
    )),
    must(
        "yearInFuture",
        (
            "年份在今年以后",
            &[
                (Compound, "builtFrom"),
                (Compound, "builtTo"),
                (Compound, "renovationYear"),
                (Building, "builtYear"),
                (Outbuilding, "builtYear"),
                (CycleShed, "builtYear"),
                (Facility, "installedYear"),
                (PipeSegment, "laidYear"),
            ],
            "{field} {0} 年",
            "不晚于今年",
            "现状里的年份不会在将来。",
            "核对产证或竣工资料，改成实际年份。",
        ),
    ),
    must(
        "dateInFuture",
        (
            "日期在今天以后",
            &[
                (Compound, "surveyedOn"),
                (Outbuilding, "findingOn"),
                (Outbuilding, "promisedOn"),
                (Outbuilding, "demolishedOn"),
                (WorkItem, "completedOn"),
                (Effect, "completedOn"),
            ],
            "{field} {0}",
            "不晚于今天",
            "已经发生的事，日期不会在今天以后；竣工数也会提前算进去。",
            "改成实际日期；还没有发生的，把这一格清空。",
        ),
    ),
    must(
        "yearsReversed",
        (
            "最早年份晚于最晚年份",
            &[(Compound, "builtFrom")],
            "最早 {0} 年，最晚 {1} 年",
            "最早不晚于最晚",
            "两个年份写反了，年代统计会出错。",
            "把两个年份对调，或照楼栋台账改。",
        ),
    ),
    must(
        "planDatesReversed",
        (
            "计划完工早于开工",
            &[(Plan, "endOn")],
            "开工 {0}，完工 {1}",
            "完工不早于开工",
            "工期排不出来，一页纸方案上会印错。",
            "核对工期安排，改正其中一个日期。",
        ),
    ),
    must(
        "areaZero",
        (
            "面积或长度为零",
            &[
                (Dwelling, "grossFloorArea"),
                (Building, "grossFloorArea"),
                (Outbuilding, "area"),
                (GreenSpace, "area"),
                (ActivityArea, "area"),
                (ParkingArea, "area"),
                (CycleShed, "area"),
                (Road, "area"),
                (PipeSegment, "length"),
            ],
            "{field}为 0",
            "大于 0；不知道就空着",
            "空着表示没有量，0 表示真的没有，合计会因此偏小而看不出来。",
            "量好再填；暂时不知道的，把这一格清空。",
        ),
    ),
    must(
        "exclusiveAboveGross",
        (
            "专有部分面积大于建筑面积",
            &[(Dwelling, "exclusiveArea")],
            "专有部分 {0} ㎡，建筑面积 {1} ㎡",
            "不大于建筑面积",
            "表决按专有部分面积计票，这里错了票就错。",
            "对照产权证核对两个面积，是不是填反了。",
        ),
    ),
    must(
        "partAboveWhole",
        (
            "分项大于总数",
            &[
                (ParkingArea, "accessibleSpaces"),
                (ParkingArea, "chargers"),
                (CycleShed, "chargingPlaces"),
                (Road, "damagedArea"),
                (GreenSpace, "sunlit"),
            ],
            "{field} {0}，总数 {1}",
            "分项不大于总数",
            "其中数比总数还大，两个必有一个错。",
            "到现场核对，改正其中一个。",
        ),
    ),
    must(
        "groupIsNotLargerThanHousehold",
        (
            "某类人数大于常住人口",
            &[(Household, "people")],
            "常住 {0} 人，其中某一类有 {1} 人",
            "各类人数都不大于常住人口",
            "老人、儿童、残疾人都在常住人口里面。",
            "打电话或入户核对，改正常住人口或那一类的人数。",
        ),
    ),
    must(
        "oldestAreAmongTheOld",
        (
            "80岁以上多于60岁以上",
            &[(Household, "seniors80")],
            "80岁以上 {0} 人，60岁以上 {1} 人",
            "80岁以上不多于60岁以上",
            "80岁以上的人也算在60岁以上里面。",
            "核对后改正其中一个。",
        ),
    ),
    must(
        "sharesAreNotMoreThanAll",
        (
            "产权份额合计超过 100%",
            &[(Ownership, "share")],
            "这套房各人份额合计 {0}%",
            "合计 100%",
            "份额多出来，按份计票、分摊出资都算不对。",
            "对照产权证，逐条改这套房的份额；登记重了的删掉一条。",
        ),
    ),
    must(
        "demolishedRoomsAreThere",
        (
            "要拆的间数比现有的还多",
            &[(Effect, "rooms")],
            "要拆 {0} 间，现有 {1} 间",
            "不多于现有间数",
            "拆不出来的间数会让前后对比算不成。",
            "改方案里的间数，或到附属房台账里核对间数。",
        ),
    ),
    must(
        "touchedAfterDemolition",
        (
            "拆掉的东西又拆或又改",
            &[
                (Effect, "outbuilding"),
                (Effect, "cycleShed"),
                (Effect, "parkingArea"),
                (Effect, "greenSpace"),
                (Effect, "activityArea"),
                (Effect, "facility"),
                (Effect, "road"),
                (Effect, "pipeSegment"),
            ],
            "“{0}”已在同一方案的“{1}”里拆掉",
            "拆掉以后不再动它",
            "前后对比会不算这一条，方案上的工程量也会重复。",
            "在方案里删掉多余的一条，或换一个对象。",
        ),
    ),
    must(
        "idTail",
        (
            "证件尾号写法不对",
            &[(Owner, "idTail")],
            "记了 {0} 个字",
            "只记后四位",
            "完整的身份证号属于敏感个人信息，这里只用后四位区分同名。",
            "只留最后四位，其余删掉。",
        ),
    ),
];
