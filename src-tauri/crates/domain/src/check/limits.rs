//! Thresholds of the rules. None of them stands in a standard: they are estimates from what old
//! compounds look like, meant to catch slips of the pen.

/// 层数: residential buildings without renovation before 2000 hardly ever have more.
pub const MOST_STOREYS: i64 = 33;
/// 年份: older buildings are rare enough to be looked at.
pub const EARLIEST_YEAR: i64 = 1949;
/// 一套住宅的建筑面积, 0.01 ㎡: 500 ㎡.
pub const LARGEST_DWELLING_DM2: i64 = 50_000;
/// 一户常住人口.
pub const MOST_PEOPLE: i64 = 12;
/// 一户汽车.
pub const MOST_CARS: i64 = 5;
/// 人均建筑面积, 0.01 ㎡: less than 5 ㎡ a head is looked at.
pub const LEAST_AREA_PER_PERSON_DM2: i64 = 500;
/// 各套面积合计 against 楼栋建筑面积, 楼栋合计 against 上报总建筑面积: percent of the stated area.
pub const AREA_TOLERANCE_PERCENT: i64 = 5;
/// 占地面积 against 长 × 宽, percent of the area.
pub const RECTANGLE_TOLERANCE_PERCENT: i64 = 10;
/// 摸底日期 older than this many months is stale.
pub const STALE_MONTHS: u32 = 24;
