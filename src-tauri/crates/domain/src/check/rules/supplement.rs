//! 建议补: superiors usually ask for it.

use super::{Rule, missing, supplement};
use crate::KindCode::{
    ActivityArea, Building, Compound, CycleShed, Dwelling, Entrance, Facility, GreenSpace,
    Household, Outbuilding, Owner, Ownership, ParkingArea, PipeSegment, Plan, Road, WorkItem,
    WorkUnit,
};

pub(super) const SUPPLEMENT: &[Rule] = &[
    supplement(
        "dwellingWithoutOwner",
        (
            "房屋没有登记业主",
            &[(Dwelling, "room")],
            "没有业主",
            "每套房至少一个业主",
            "业主表决既数面积也数人数，没有业主的房屋两个都数不了。",
            "在“产权关系”里给这套房登记业主；公房登记产权单位。",
        ),
    ),
    supplement(
        "dwellingWithoutHousehold",
        (
            "住宅没有登记住户",
            &[(Dwelling, "room")],
            "没有住户",
            "每套住宅登记一户，空着的写“空置”",
            "没有登记的和空置的分不开，户数、人数都会偏小。",
            "在“住户”里给这套房登记一户；没人住的，居住情况选“空置”。",
        ),
    ),
    supplement(
        "representativeMissing",
        (
            "共有的房屋没有代表人",
            &[(Ownership, "representative")],
            "这套房有 {0} 个共有人，没有定代表人",
            "推选一个共有代表人",
            "共有的房屋表决时要推选一人行使，事先定好省得现场争。",
            "问清由谁代表，在那一条填“是”。",
        ),
    ),
    missing("missingCompound", "小区：常报内容没填", Compound),
    missing("missingBuilding", "楼栋：常报内容没填", Building),
    missing("missingEntrance", "单元：常报内容没填", Entrance),
    missing("missingDwelling", "房屋：常报内容没填", Dwelling),
    missing("missingOwner", "业主：常报内容没填", Owner),
    missing("missingHousehold", "住户：常报内容没填", Household),
    missing(
        "missingOutbuilding",
        "附属房与违建：常报内容没填",
        Outbuilding,
    ),
    missing("missingCycleShed", "车棚：常报内容没填", CycleShed),
    missing("missingParkingArea", "停车区：常报内容没填", ParkingArea),
    missing("missingGreenSpace", "绿地：常报内容没填", GreenSpace),
    missing(
        "missingActivityArea",
        "活动场地：常报内容没填",
        ActivityArea,
    ),
    missing("missingFacility", "设施：常报内容没填", Facility),
    missing("missingRoad", "道路：常报内容没填", Road),
    missing("missingPipeSegment", "管线：常报内容没填", PipeSegment),
    missing("missingPlan", "改造方案：常报内容没填", Plan),
    missing("missingWorkItem", "改造内容：常报内容没填", WorkItem),
    missing("missingWorkUnit", "产权单位：常报内容没填", WorkUnit),
];
