//! The rules (domain.md §9, §10, §16.5) as data. A limit is a parameter: the office may change or
//! switch it, and what nobody verified is shipped switched off.

use super::{Bound, Compare, Group, Looks, Mark, Outcome, Picked, Rule, Scene, Standing, Unit};
use super::{access, law, measures, order};
use crate::KindCode;
use crate::comparison::Asset;
use Compare::{AtLeast, AtMost};
use Group::{Access, Cycle, Green, Hint, Order, Parking, Road, Sun};
use Mark::{Read, Secondary, Seen, Unverified};
use Standing::{Customary, Local, Standard, Statute};

type Pick = fn(&Asset) -> Picked;
type Measure = fn(&Scene<'_>, Option<Bound>) -> Outcome;

/// What a rule is called and asks.
#[derive(Clone, Copy)]
struct Words {
    group: Group,
    name: &'static str,
    requirement: &'static str,
    value: &'static str,
    unit: Unit,
}

/// Where it stands written.
#[derive(Clone, Copy)]
struct Source {
    document: &'static str,
    clause: &'static str,
    region: &'static str,
    standing: Standing,
    mark: Mark,
}

const fn rule(code: &'static str, words: Words, looks: Looks, source: Source) -> Rule {
    Rule {
        code,
        group: words.group,
        name: words.name,
        requirement: words.requirement,
        value: words.value,
        unit: words.unit,
        source: source.document,
        clause: source.clause,
        region: source.region,
        standing: source.standing,
        mark: source.mark,
        looks,
    }
}

const fn w(
    group: Group,
    name: &'static str,
    requirement: &'static str,
    value: &'static str,
    unit: Unit,
) -> Words {
    Words {
        group,
        name,
        requirement,
        value,
        unit,
    }
}

const fn national(
    document: &'static str,
    clause: &'static str,
    standing: Standing,
    mark: Mark,
) -> Source {
    at("全国", document, clause, standing, mark)
}

const fn at(
    region: &'static str,
    document: &'static str,
    clause: &'static str,
    standing: Standing,
    mark: Mark,
) -> Source {
    Source {
        document,
        clause,
        region,
        standing,
        mark,
    }
}

const fn each(kind: KindCode, pick: Pick, field: &'static str, compare: Compare) -> Looks {
    Looks::Each {
        kind,
        pick,
        field,
        compare,
    }
}

const fn flag(kind: KindCode, pick: Pick, field: &'static str, want: bool) -> Looks {
    Looks::Flag {
        kind,
        pick,
        field,
        want,
    }
}

const fn of(measure: Measure) -> Looks {
    Looks::Of(measure)
}

fn every(_: &Asset) -> Picked {
    Picked::Yes
}

fn concentrated(asset: &Asset) -> Picked {
    yes(measures::is_concentrated(asset))
}

fn yes(picked: bool) -> Picked {
    if picked { Picked::Yes } else { Picked::No }
}

fn fire_lane(asset: &Asset) -> Picked {
    yes(asset.fire_lane)
}

/// By a flag that nobody need fill in where it is not so.
fn noted(asset: &Asset, field: &str) -> Picked {
    yes(asset.detail(field) == Some(1))
}

fn main_road(asset: &Asset) -> Picked {
    match asset.detail("mainRoad") {
        None => Picked::Unknown("mainRoad"),
        Some(main) => yes(main == 1),
    }
}

fn side_road(asset: &Asset) -> Picked {
    match asset.detail("mainRoad") {
        None => Picked::Unknown("mainRoad"),
        Some(main) => yes(main == 0),
    }
}

fn turning_place(asset: &Asset) -> Picked {
    yes(asset.fire_lane && asset.detail("turningSide").is_some_and(|side| side > 0))
}

/// Where a turning place or a lane serves a high building, or heavy engines: nobody need fill it in
/// where it is not so.
fn turning_high(asset: &Asset) -> Picked {
    match turning_place(asset) {
        Picked::Yes => noted(asset, "highRise"),
        other => other,
    }
}

fn turning_heavy(asset: &Asset) -> Picked {
    match turning_place(asset) {
        Picked::Yes => noted(asset, "heavyEngines"),
        other => other,
    }
}

fn heavy_lane(asset: &Asset) -> Picked {
    match fire_lane(asset) {
        Picked::Yes => noted(asset, "heavyEngines"),
        other => other,
    }
}

fn accessible_path(asset: &Asset) -> Picked {
    noted(asset, "accessible")
}

fn crowded_path(asset: &Asset) -> Picked {
    yes(asset.detail("accessible") == Some(1) && asset.detail("crowded") == Some(1))
}

fn with_accessible_spaces(asset: &Asset) -> Picked {
    yes(asset
        .measures
        .accessible_spaces
        .is_some_and(|count| count > 0))
}

fn roadside(asset: &Asset) -> Picked {
    yes(asset.sort == "roadside")
}

fn ramp(asset: &Asset) -> Picked {
    yes(asset.sort == "ramp")
}

fn fitness(asset: &Asset) -> Picked {
    yes(asset.sort == "fitnessEquipment")
}

fn waste(asset: &Asset) -> Picked {
    yes(asset.sort == "wasteStation")
}

/// Surface bays of one angle; a car park under ground has its own drawings.
fn bays(asset: &Asset, degrees: i64) -> Picked {
    if asset.sort == "underground" || asset.measures.spaces == Some(0) {
        return Picked::No;
    }
    match asset.detail("degrees") {
        Some(found) => yes(found == degrees),
        // Asked for once, under the commonest way to park.
        None if degrees == 90 => Picked::Unknown("degrees"),
        None => Picked::No,
    }
}

fn bays_90(asset: &Asset) -> Picked {
    bays(asset, 90)
}
fn bays_0(asset: &Asset) -> Picked {
    bays(asset, 0)
}
fn roadside_bays_0(asset: &Asset) -> Picked {
    match roadside(asset) {
        Picked::Yes => bays(asset, 0),
        other => other,
    }
}

fn bays_60(asset: &Asset) -> Picked {
    bays(asset, 60)
}
fn bays_45(asset: &Asset) -> Picked {
    bays(asset, 45)
}
fn bays_30(asset: &Asset) -> Picked {
    bays(asset, 30)
}

const GB50180: &str = "GB 50180-2018 城市居住区规划设计标准";
const GB50016: &str = "GB 50016-2014（2018年版）建筑设计防火规范";
const GB55037: &str = "GB 55037-2022 建筑防火通用规范";
const GB55019: &str = "GB 55019-2021 建筑与市政工程无障碍通用规范";
const GB50763: &str = "GB 50763-2012 无障碍设计规范";
const JGJ100: &str = "JGJ 100-2015 车库建筑设计规范";
const JGJ100_OLD: &str = "JGJ 100-98 汽车库建筑设计规范";
const ZHOUKOU: &str = "周口市城市绿化条例";
const PUYANG: &str = "濮阳市电动自行车停放充电场所规定";
const TIANJIN: &str = "天津市电动自行车停放充电设施导则";

const GREEN: KindCode = KindCode::GreenSpace;
const ROAD: KindCode = KindCode::Road;
const PARK: KindCode = KindCode::ParkingArea;
const SHED: KindCode = KindCode::CycleShed;
const THING: KindCode = KindCode::Facility;

/// Keeps the table a table: one rule on two lines.
macro_rules! table {
    ($($rule:expr),* $(,)?) => { &[$($rule),*] };
}

/// Every rule, by group, in the order of the screen.
pub static RULES: &[Rule] = table! {
    // §10.1
    rule("greenPerPerson", w(Green, "人均集中绿地（旧区改建）", "每人不少于 {0} ㎡", "0.35", Unit::Area),
        of(measures::green_per_person), national(GB50180, "4.0.7", Standard, Seen)),
    rule("greenPerPersonNew", w(Green, "人均集中绿地（新建）", "每人不少于 {0} ㎡；旧区改建不用它", "0.50", Unit::Area),
        of(measures::green_per_person), at("新建居住区", GB50180, "4.0.7", Standard, Seen)),
    rule("greenWidth", w(Green, "集中绿地宽度", "不小于 {0} m", "8.0", Unit::Length),
        each(GREEN, concentrated, "width", AtLeast), national(GB50180, "4.0.7", Standard, Seen)),
    rule("greenSunlit", w(Green, "集中绿地在阴影线外的面积", "不少于 {0}，老人儿童场地放在这里", "1/3", Unit::Share),
        of(measures::sunlit), national(GB50180, "4.0.7", Standard, Seen)),
    rule("greenWallGap", w(Green, "绿地边界离房屋墙脚", "不小于 {0} m，再近的不算绿地", "1.0", Unit::Length),
        each(GREEN, every, "wallGap", AtLeast), national(GB50180, "附录A 条文说明", Standard, Seen)),
    rule("greenWallGapConcentrated", w(Green, "集中绿地边界离房屋墙脚", "不小于 {0} m", "1.5", Unit::Length),
        each(GREEN, concentrated, "wallGap", AtLeast), national(GB50180, "附录A 条文说明", Standard, Seen)),
    rule("greenRoadGap", w(Green, "集中绿地边界离院内路边", "不小于 {0} m", "1.0", Unit::Length),
        each(GREEN, concentrated, "roadGap", AtLeast), national(GB50180, "附录A 条文说明", Standard, Seen)),
    rule("greenRoof", w(Green, "屋顶绿化不算绿地", "在屋顶上的不计入；地下室顶板覆土、能进入的可以", "不计入", Unit::None),
        flag(GREEN, every, "onRoof", false), national(GB50180, "附录A 条文说明", Standard, Seen)),
    rule("greenRatio", w(Green, "绿地率（旧城区改建）", "不低于 {0}", "25%", Unit::Share),
        of(measures::green_ratio), at("周口", ZHOUKOU, "第十三条", Local, Read)),
    rule("greenRatioNew", w(Green, "绿地率（新建）", "不低于 {0}；旧城区改建减 5 个百分点", "30%", Unit::Share),
        of(measures::green_ratio), at("新建居住区", ZHOUKOU, "第十三条", Local, Read)),
    rule("trees", w(Green, "伐树要补种", "伐一株补 {0} 株，先经批准", "3", Unit::Count("株")),
        of(measures::trees), at("周口", ZHOUKOU, "第三十五条", Local, Read)),
    rule("greenToParkingVote", w(Green, "绿地改车位要表决", "面积和人数都要四分之三以上同意", "四分之三", Unit::None),
        of(law::vote), national("中华人民共和国民法典", "第二百七十八条第（八）项", Statute, Read)),
    rule("greenToParkingBan", w(Green, "不得硬化、圈占附属绿地，不得在绿地内停车", "禁止", "禁止", Unit::None),
        of(law::ordinance), at("周口", ZHOUKOU, "第三十七条第（五）（六）项", Local, Read)),
    // §10.2
    rule("cityEntrances", w(Road, "通向城市道路的出入口", "不少于 {0} 个", "2", Unit::Count("个")),
        of(measures::entrances), national(GB50180, "6.0.4", Standard, Seen)),
    rule("mainRoadWidth", w(Road, "主要道路路面宽", "不小于 {0} m", "4.0", Unit::Length),
        each(ROAD, main_road, "width", AtLeast), national(GB50180, "6.0.4", Standard, Unverified)),
    rule("sideRoadWidth", w(Road, "其他道路路面宽", "不小于 {0} m", "2.5", Unit::Length),
        each(ROAD, side_road, "width", AtLeast), national(GB50180, "6.0.4", Standard, Unverified)),
    rule("fireLaneOpen", w(Road, "消防、救护、搬家车能通过", "消防通道要贯通", "贯通", Unit::None),
        flag(ROAD, fire_lane, "open", true), national(GB50180, "6.0.4", Standard, Seen)),
    rule("fireLaneWidth", w(Road, "消防车道净宽", "不小于 {0} m", "4.0", Unit::Length),
        each(ROAD, fire_lane, "clearWidth", AtLeast), national(GB50016, "7.1.8", Standard, Secondary)),
    rule("fireLaneHeight", w(Road, "消防车道净空", "不小于 {0} m", "4.0", Unit::Length),
        each(ROAD, fire_lane, "clearHeight", AtLeast), national(GB50016, "7.1.8", Standard, Secondary)),
    rule("fireLaneFree", w(Road, "消防车道上不停车、不堆物", "不得占用", "不得占用", Unit::None),
        of(measures::obstruction), national("中华人民共和国消防法", "第二十八条、第六十条", Statute, Read)),
    rule("fireLaneSlope", w(Road, "消防车道坡度（宜）", "不大于 {0}", "8%", Unit::Share),
        each(ROAD, fire_lane, "slope", AtMost), national(GB50016, "7.1.8", Standard, Unverified)),
    rule("fireLaneSlopeMost", w(Road, "消防车道坡度", "不大于 {0}", "10%", Unit::Share),
        each(ROAD, fire_lane, "slope", AtMost), national(GB55037, "3.4.5", Standard, Unverified)),
    rule("fireLaneWallGap", w(Road, "消防车道离外墙（宜）", "不小于 {0} m", "5.0", Unit::Length),
        each(ROAD, fire_lane, "wallGap", AtLeast), national(GB50016, "7.1.8", Standard, Unverified)),
    rule("deadEnd", w(Road, "尽头式消防车道要能掉头", "尽头超过 {0} m 要有回车场", "40", Unit::Length),
        of(measures::dead_end), national(GB55037, "3.4", Standard, Unverified)),
    rule("turningSide", w(Road, "回车场边长", "不小于 {0} m", "12", Unit::Length),
        each(ROAD, turning_place, "turningSide", AtLeast), national(GB50016, "7.1.9", Standard, Unverified)),
    rule("turningSideHigh", w(Road, "高层建筑的回车场边长", "不小于 {0} m", "15", Unit::Length),
        each(ROAD, turning_high, "turningSide", AtLeast), national(GB50016, "7.1.9", Standard, Unverified)),
    rule("turningSideHeavy", w(Road, "重型消防车的回车场边长", "不小于 {0} m", "18", Unit::Length),
        each(ROAD, turning_heavy, "turningSide", AtLeast), national(GB50016, "7.1.9", Standard, Unverified)),
    rule("turningRadius", w(Road, "消防车转弯半径", "不小于 {0} m（问当地消防）", "9", Unit::Length),
        each(ROAD, fire_lane, "turningRadius", AtLeast), national("当地消防要求", "", Customary, Unverified)),
    rule("turningRadiusHeavy", w(Road, "重型消防车转弯半径", "不小于 {0} m（问当地消防）", "12", Unit::Length),
        each(ROAD, heavy_lane, "turningRadius", AtLeast), national("当地消防要求", "", Customary, Unverified)),
    // §10.3
    rule("bayWidth90", w(Parking, "垂直车位宽", "不小于 {0} m", "2.4", Unit::Length),
        each(PARK, bays_90, "bayWidth", AtLeast), national(JGJ100_OLD, "", Standard, Secondary)),
    rule("bayLength90", w(Parking, "垂直车位长", "不小于 {0} m", "5.3", Unit::Length),
        each(PARK, bays_90, "bayLength", AtLeast), national(JGJ100_OLD, "", Standard, Secondary)),
    rule("aisle90", w(Parking, "垂直车位通道宽（倒车入位）", "不小于 {0} m", "5.5", Unit::Length),
        each(PARK, bays_90, "aisleWidth", AtLeast), national(JGJ100_OLD, "", Standard, Secondary)),
    rule("aisle90FrontIn", w(Parking, "垂直车位通道宽（前进入位）", "不小于 {0} m", "9.0", Unit::Length),
        each(PARK, bays_90, "aisleWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("bayWidth0", w(Parking, "平行车位宽", "不小于 {0} m", "2.4", Unit::Length),
        each(PARK, bays_0, "bayWidth", AtLeast), national("路内停车位常用尺寸", "", Customary, Secondary)),
    rule("bayWidth0Roadside", w(Parking, "路内平行车位宽", "不小于 {0} m", "2.5", Unit::Length),
        each(PARK, roadside_bays_0, "bayWidth", AtLeast), national("路内停车位常用尺寸", "", Customary, Secondary)),
    rule("bayLength0", w(Parking, "平行车位长", "不小于 {0} m", "6.0", Unit::Length),
        each(PARK, bays_0, "bayLength", AtLeast), national("路内停车位常用尺寸", "", Customary, Secondary)),
    rule("aisle0", w(Parking, "平行车位通道宽", "不小于 {0} m", "3.8", Unit::Length),
        each(PARK, bays_0, "aisleWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("bayLength60", w(Parking, "60° 斜列车位进深", "不小于 {0} m", "5.8", Unit::Length),
        each(PARK, bays_60, "bayLength", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("bayWidth60", w(Parking, "60° 斜列车位沿路宽", "不小于 {0} m", "2.8", Unit::Length),
        each(PARK, bays_60, "bayWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("aisle60", w(Parking, "60° 斜列车位通道宽", "不小于 {0} m", "4.2", Unit::Length),
        each(PARK, bays_60, "aisleWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("aisle60Wide", w(Parking, "60° 斜列车位通道宽（宽裕）", "不小于 {0} m", "4.5", Unit::Length),
        each(PARK, bays_60, "aisleWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("bayLength45", w(Parking, "45° 斜列车位进深", "不小于 {0} m", "5.5", Unit::Length),
        each(PARK, bays_45, "bayLength", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("bayWidth45", w(Parking, "45° 斜列车位沿路宽", "不小于 {0} m", "3.4", Unit::Length),
        each(PARK, bays_45, "bayWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("aisle45", w(Parking, "45° 斜列车位通道宽", "不小于 {0} m", "3.8", Unit::Length),
        each(PARK, bays_45, "aisleWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("bayLength30", w(Parking, "30° 斜列车位进深", "不小于 {0} m", "4.8", Unit::Length),
        each(PARK, bays_30, "bayLength", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("bayWidth30", w(Parking, "30° 斜列车位沿路宽", "不小于 {0} m", "4.8", Unit::Length),
        each(PARK, bays_30, "bayWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("aisle30", w(Parking, "30° 斜列车位通道宽", "不小于 {0} m", "3.8", Unit::Length),
        each(PARK, bays_30, "aisleWidth", AtLeast), national(JGJ100, "4.3.4", Standard, Unverified)),
    rule("landPerSpace", w(Parking, "地面车位用地（含通道）", "每位不少于 {0} ㎡（一般 25 到 30 ㎡）", "25", Unit::Area),
        of(measures::land_per_space), national("常用指标", "", Customary, Unverified)),
    rule("roadsideLane", w(Parking, "路侧车位的车行道宽", "不小于 {0} m 才能划", "6.0", Unit::Length),
        each(PARK, roadside, "aisleWidth", AtLeast), national("路内停车常用要求", "", Customary, Secondary)),
    rule("accessibleSpaces", w(Parking, "无障碍车位", "不少于车位的 {0}，至少 1 位", "0.5%", Unit::Share),
        of(measures::accessible_spaces), national(GB50763, "", Standard, Secondary)),
    rule("accessibleAisle", w(Parking, "无障碍车位侧面通道", "不小于 {0} m", "1.2", Unit::Length),
        each(PARK, with_accessible_spaces, "sideAisle", AtLeast), national(GB50763, "", Standard, Secondary)),
    rule("accessibleSlope", w(Parking, "无障碍车位地面坡度", "不大于 {0}", "1:50", Unit::Share),
        each(PARK, with_accessible_spaces, "slope", AtMost), national(GB50763, "", Standard, Secondary)),
    // §10.4
    rule("cyclePlaces", w(Cycle, "非机动车停放位（新建商品房）", "每户不少于 {0} 位", "1.5", Unit::Hundredths("位")),
        of(measures::cycle_places), at("濮阳", PUYANG, "", Local, Seen)),
    rule("cyclePlacesAffordable", w(Cycle, "非机动车停放位（新建保障房）", "每户不少于 {0} 位", "2", Unit::Hundredths("位")),
        of(measures::cycle_places_affordable), at("濮阳", PUYANG, "", Local, Seen)),
    rule("cycleCharging", w(Cycle, "电动车充电位（新建）", "每户不少于 {0} 位", "1", Unit::Hundredths("位")),
        of(measures::cycle_charging), at("濮阳", PUYANG, "", Local, Seen)),
    rule("cycleExisting", w(Cycle, "已建小区按实有电动车配停放位", "每辆不少于 {0} 位", "1", Unit::Count("位")),
        of(measures::cycle_existing), at("濮阳", PUYANG, "", Local, Seen)),
    rule("cycleGroup", w(Cycle, "分组停放（宜）", "每组不超过 {0} 辆，组间防火分隔", "20", Unit::Count("辆")),
        each(SHED, every, "groupSize", AtMost), at("濮阳", PUYANG, "", Local, Seen)),
    rule("cycleIndoors", w(Cycle, "不得停在楼道、楼梯间、门厅", "禁止", "禁止", Unit::None),
        flag(SHED, every, "indoors", false), at("濮阳", PUYANG, "", Local, Seen)),
    rule("cycleGarage", w(Cycle, "不与汽车库在同一防火分区", "分开", "分开", Unit::None),
        flag(SHED, every, "withGarage", false), at("濮阳", PUYANG, "", Local, Seen)),
    rule("cycleArea", w(Cycle, "每辆电动车占地", "不小于 {0} ㎡", "2.5", Unit::Area),
        of(measures::cycle_area), at("天津", TIANJIN, "", Local, Seen)),
    rule("cycleSite", w(Cycle, "每处停放数量", "不超过 {0} 辆", "100", Unit::Count("辆")),
        each(SHED, every, "places", AtMost), at("天津", TIANJIN, "", Local, Seen)),
    rule("cycleGap", w(Cycle, "停放充电处离住宅", "不小于 {0} m（按当地消防要求）", "5", Unit::Length),
        each(SHED, every, "dwellingGap", AtLeast), national("当地消防要求", "", Customary, Unverified)),
    rule("cycleGapFar", w(Cycle, "停放充电处离住宅（要求较严的地方）", "不小于 {0} m（按当地消防要求）", "20", Unit::Length),
        each(SHED, every, "dwellingGap", AtLeast), national("当地消防要求", "", Customary, Unverified)),
    // §10.5
    rule("pathWidth", w(Access, "无障碍通道净宽", "不小于 {0} m", "1.20", Unit::Length),
        each(ROAD, accessible_path, "clearWidth", AtLeast), national(GB55019, "2.2.2", Standard, Secondary)),
    rule("pathWidthCrowded", w(Access, "人员密集处无障碍通道净宽", "不小于 {0} m", "1.80", Unit::Length),
        each(ROAD, crowded_path, "clearWidth", AtLeast), national(GB55019, "2.2.2", Standard, Secondary)),
    rule("grate", w(Access, "通道上井盖孔", "不大于 {0} m（13 mm）", "0.013", Unit::Length),
        each(ROAD, accessible_path, "grateHole", AtMost), national(GB55019, "2.2.4", Standard, Secondary)),
    rule("headroom", w(Access, "低处要有安全阻挡", "净高不大于 {0} m 的地方要挡住", "2.00", Unit::Length),
        of(access::headroom), national(GB55019, "2.2.5", Standard, Secondary)),
    rule("rampSlope", w(Access, "轮椅坡道纵坡", "不大于 {0}", "1:12", Unit::Share),
        of(access::ramp_slope), national(GB55019, "2.3.1", Standard, Secondary)),
    rule("rampWidth", w(Access, "轮椅坡道净宽", "不小于 {0} m", "1.20", Unit::Length),
        each(THING, ramp, "clearWidth", AtLeast), national(GB55019, "2.3.2", Standard, Secondary)),
    rule("rampHandrails", w(Access, "坡道两侧扶手", "高差大于 {0} m、坡度大于 1:20 时要有", "0.30", Unit::Length),
        of(access::handrails), national(GB55019, "2.3.4", Standard, Secondary)),
    rule("rampPlatform", w(Access, "门前平台净深", "不小于 {0} m", "1.50", Unit::Length),
        each(THING, ramp, "platformDepth", AtLeast), national(GB55019, "2.4.2", Standard, Secondary)),
    rule("rampRest", w(Access, "坡道中间休息平台", "每升高 {0} m 一个", "0.75", Unit::Length),
        of(access::rest_platforms), national(GB50763, "3.4", Standard, Unverified)),
    // §10.6
    rule("sunElderly", w(Sun, "老年人居住建筑冬至日照", "不少于 {0} 小时", "2", Unit::Hundredths("小时")),
        of(access::sun_elderly), national(GB50180, "4.0.9（强制）", Standard, Seen)),
    rule("sunNew", w(Sun, "改建新建住宅大寒日照", "不少于 {0} 小时", "1", Unit::Hundredths("小时")),
        of(access::sun_new), national(GB50180, "4.0.9（强制）", Standard, Seen)),
    rule("sunAdded", w(Sun, "加建不得降低住宅日照", "新建的棚、房不挡住宅日照（电梯除外）", "不得降低", Unit::None),
        of(access::sun_added), national(GB50180, "4.0.9（强制）", Standard, Seen)),
    // §16.5, §3.3, §9
    rule("pipesFirst", w(Order, "先地下管线，后路面", "管线完工后再铺路面", "先管后路", Unit::None),
        of(order::pipes_before_surface), national("施工组织常规", "", Customary, Seen)),
    rule("demolitionFirst", w(Order, "先拆除，后在原地建设", "拆完再建", "先拆后建", Unit::None),
        of(order::demolition_first), national("施工组织常规", "", Customary, Seen)),
    rule("enforcement", w(Order, "强制拆除的最早日期", "没有人起诉时，决定送达满 {0} 个月以后，以法制审核为准", "6", Unit::Count("个月")),
        of(order::enforcement), national("行政强制法、行政诉讼法", "第四十四条；第四十六条", Statute, Read)),
    rule("enforcementNotice", w(Order, "找不到当事人的，先公告", "公告满 {0} 天以后才能拆", "30", Unit::Count("天")),
        of(order::notice_to_unknown), at("周口", "河南省实施《城乡规划法》办法", "第七十五条", Local, Read)),
    rule("enforcementHoliday", w(Order, "法定节假日不强制拆除", "不在夜间和法定节假日；元旦、五一、国庆逐日核对，春节、清明、端午、中秋按当年通知", "不在节假日", Unit::None),
        of(order::holidays), national("行政强制法", "第四十三条", Statute, Read)),
    // §10.7
    rule("lampSpacing", w(Hint, "路灯间距", "平均每 {0} m 道路一盏", "30", Unit::Length),
        of(access::lamps), national("常用间距 25 到 30 m", "", Customary, Unverified)),
    rule("lampSpacingClose", w(Hint, "路灯间距（较密）", "平均每 {0} m 道路一盏", "25", Unit::Length),
        of(access::lamps), national("常用间距 25 到 30 m", "", Customary, Unverified)),
    rule("manholeSpacing", w(Hint, "检查井间距", "平均每 {0} m 管道一座", "按 GB 50014 填", Unit::Length),
        of(access::manholes), national("GB 50014 室外排水设计标准", "", Standard, Unverified)),
    rule("fitnessCertified", w(Hint, "健身器材合格", "有合格证明", "有合格证明", Unit::None),
        flag(THING, fitness, "certified", true), national("GB 19272 室外健身器材", "", Standard, Unverified)),
    rule("wasteRadius", w(Hint, "垃圾点服务半径", "不大于 {0} m", "70", Unit::Length),
        each(THING, waste, "serviceRadius", AtMost), national("常用指标", "", Customary, Unverified)),
};
