//! Reckoning with typed texts.

use jiugai_domain::calculator::{self, BaySizes, Cycles, ParkingMode};
use jiugai_domain::fixed;
use jiugai_domain::standard::Unit;

use super::{LANE, Sum, Writes, line};
use crate::standard::Limits;
use crate::wire::SumInput;
use crate::{ApiError, ErrorCode};

/// The typed texts of a sum.
struct Typed<'a>(&'a SumInput);

impl Typed<'_> {
    fn text(&self, code: &str) -> &str {
        self.0
            .texts
            .iter()
            .find(|one| one.field == code)
            .map_or("", |one| one.text.trim())
    }

    /// A number; empty is `fallback`, or asked for when there is none.
    fn number(
        &self,
        code: &str,
        what: &str,
        decimals: u32,
        fallback: Option<i64>,
    ) -> Result<i64, ApiError> {
        let text = self.text(code);
        let refuse = |message: String| {
            ApiError::new(ErrorCode::Invalid, "还不能算", message, "请改好再算。")
        };
        if text.is_empty() {
            return fallback.ok_or_else(|| refuse(format!("“{what}”还没有填。")));
        }
        match fixed::parse(text, decimals, &["m", "米", "㎡", "人", "户", "辆", "位"]) {
            Ok(value) if (0..=1_000_000_000).contains(&value) => Ok(value),
            _ => Err(refuse(format!("“{what}”写的是“{text}”，不是能算的数。"))),
        }
    }
}

/// Metres as a person types them.
fn metres(mm: i64) -> String {
    fixed::format(mm, 3)
}

fn bays(typed: &Typed<'_>, limits: &Limits) -> Result<Sum, ApiError> {
    let mode = ParkingMode::ALL
        .into_iter()
        .find(|mode| mode.label() == typed.text("mode"))
        .unwrap_or(ParkingMode::Perpendicular);
    let [depth, pitch, aisle] = mode.rules().map(|rule| limits.whole(rule));
    let length = typed.number("length", "地带长", 3, None)?;
    let width = typed.number("width", "总宽", 3, None)?;
    let clearance = typed.number("clearance", "两头留空", 3, Some(0))?;
    let sizes = BaySizes {
        depth_mm: typed.number("depth", "车位进深", 3, depth)?,
        pitch_mm: typed.number("pitch", "车位沿路宽", 3, pitch)?,
        aisle_mm: typed.number("aisle", "通道最小宽", 3, aisle)?,
    };
    let lane = if typed.text("fireLane") == LANE[1] {
        0
    } else {
        limits.whole("fireLaneWidth").unwrap_or(0)
    };
    let found = calculator::bays(length, width, clearance, sizes, lane);
    let show = |mm| Unit::Length.show(mm);
    let mut lines = vec![
        line(
            "按长度能划",
            format!(
                "（{} − {}）÷ {} = {} 个",
                show(length),
                show(clearance),
                show(sizes.pitch_mm),
                found.by_length
            ),
            false,
        ),
        line(
            "旁边还剩",
            format!(
                "{} − {} = {}",
                show(width),
                show(sizes.depth_mm),
                show(found.remaining_mm)
            ),
            !found.aisle_fits || !found.lane_fits,
        ),
        line(
            "停车通道",
            format!(
                "要 {}，{}",
                show(sizes.aisle_mm),
                if found.aisle_fits { "够" } else { "不够" }
            ),
            !found.aisle_fits,
        ),
    ];
    if lane > 0 {
        lines.push(line(
            "消防车道净宽",
            format!(
                "要 {}，{}",
                show(lane),
                if found.lane_fits {
                    "够"
                } else {
                    "不够，不能划"
                }
            ),
            !found.lane_fits,
        ));
    }
    lines.push(line(
        "能划车位",
        format!("{} 个", found.count),
        found.count == 0,
    ));
    let writes = (found.count > 0).then(|| Writes {
        verb: "添",
        name: "划车位",
        quantity: found.count * 100,
        measure: "位",
        remark: format!(
            "{}车位：（{} − {}）÷ {} = {} 个；总宽 {} − 进深 {}，剩 {}",
            mode.label(),
            show(length),
            show(clearance),
            show(sizes.pitch_mm),
            found.count,
            show(width),
            show(sizes.depth_mm),
            show(found.remaining_mm)
        ),
        told: format!("新增停车区，{} 位", found.count),
        effect: vec![
            ("assetKind", "停车区".to_owned()),
            ("spaces", found.count.to_string()),
            ("degrees", mode.degrees().to_string()),
            (
                "bayLength",
                metres(if mode == ParkingMode::Parallel {
                    sizes.pitch_mm
                } else {
                    sizes.depth_mm
                }),
            ),
            (
                "bayWidth",
                metres(if mode == ParkingMode::Parallel {
                    sizes.depth_mm
                } else {
                    sizes.pitch_mm
                }),
            ),
            ("aisleWidth", metres(found.remaining_mm)),
        ],
    });
    Ok(Sum { lines, writes })
}

fn ramp(typed: &Typed<'_>, limits: &Limits) -> Result<Sum, ApiError> {
    let rise = typed.number("rise", "高差", 3, None)?;
    let times = typed.number("times", "坡度", 0, ramp_times(limits))?;
    let flight = typed.number(
        "flight",
        "每升高多少设一个休息平台",
        3,
        limits.whole("rampRest"),
    )?;
    let platform = typed.number("platform", "休息平台长", 3, limits.whole("rampPlatform"))?;
    let found = calculator::ramp(rise, times, flight, platform);
    let show = |mm| Unit::Length.show(mm);
    let lines = vec![
        line(
            "坡面水平长",
            format!("{} × {times} = {}", show(rise), show(found.slope_mm)),
            false,
        ),
        line("中间休息平台", format!("{} 个", found.platforms), false),
        line("总长", show(found.total_mm), false),
    ];
    let writes = (rise > 0).then(|| Writes {
        verb: "添",
        name: "无障碍坡道",
        quantity: 100,
        measure: "处",
        remark: format!(
            "坡道：高差 {} × {times} = {}，休息平台 {} 个 × {}，总长 {}",
            show(rise),
            show(found.slope_mm),
            found.platforms,
            show(platform),
            show(found.total_mm)
        ),
        told: format!("新增无障碍坡道，高差 {}", show(rise)),
        effect: vec![
            ("assetKind", "设施".to_owned()),
            ("subkind", "无障碍坡道".to_owned()),
            ("pieces", "1".to_owned()),
            ("rise", metres(rise)),
            ("run", metres(found.slope_mm)),
            ("restPlatforms", found.platforms.to_string()),
        ],
    });
    Ok(Sum { lines, writes })
}

fn green(typed: &Typed<'_>, limits: &Limits) -> Result<Sum, ApiError> {
    let area = typed.number("area", "集中绿地", 2, Some(0))?;
    let people = typed.number("people", "人数", 0, None)?;
    let rule = GREEN
        .iter()
        .find(|(_, where_to)| typed.text("each").contains(where_to))
        .unwrap_or(&GREEN[0]);
    let Some(each) = limits.whole(rule.0) else {
        return Err(ApiError::new(
            ErrorCode::Invalid,
            "还不能算",
            format!("“人均集中绿地（{}）”在参数里没有写成能算的数。", rule.1),
            "请到“参数”里写明每人几平方米。",
        ));
    };
    let found = calculator::green(area, people, each);
    let show = |dm2| Unit::Area.show(dm2);
    let lines = vec![
        line(
            "现在每人",
            found.each_dm2.map_or_else(
                || "没有人数，不能算".to_owned(),
                |each| format!("{} ÷ {people} 人 = {}", show(area), show(each)),
            ),
            found.each_dm2.is_none(),
        ),
        line(
            "需要",
            format!("{people} 人 × {} = {}", show(each), show(found.needed_dm2)),
            false,
        ),
        line("还差", show(found.missing_dm2), found.missing_dm2 > 0),
    ];
    let writes = (found.missing_dm2 > 0).then(|| Writes {
        verb: "建",
        name: "补建集中绿地",
        quantity: found.missing_dm2,
        measure: "㎡",
        remark: format!(
            "集中绿地：{people} 人 × {} − {} = {}",
            show(each),
            show(area),
            show(found.missing_dm2)
        ),
        told: format!("新增集中绿地 {}", show(found.missing_dm2)),
        effect: vec![
            ("assetKind", "绿地".to_owned()),
            ("subkind", "集中绿地".to_owned()),
            ("concentrated", "是".to_owned()),
            ("area", fixed::format(found.missing_dm2, 2)),
        ],
    });
    Ok(Sum { lines, writes })
}

fn cycles(typed: &Typed<'_>, limits: &Limits) -> Result<Sum, ApiError> {
    let input = Cycles {
        households: typed.number("households", "户数", 0, None)?,
        ebikes: typed.number("ebikes", "实有电动车", 0, Some(0))?,
        per_household: typed.number("perHousehold", "每户停放", 2, limits.whole("cyclePlaces"))?,
        charging_per_household: typed.number(
            "charging",
            "每户充电",
            2,
            limits.whole("cycleCharging"),
        )?,
        each_dm2: typed.number("each", "每位占地", 2, limits.whole("cycleArea"))?,
        places: typed.number("places", "已有停放位", 0, Some(0))?,
        charging: typed.number("chargingPlaces", "已有充电位", 0, Some(0))?,
    };
    let found = calculator::cycles(&input);
    let lines = vec![
        line(
            "停放位",
            format!(
                "要 {} 位，已有 {} 位，还差 {} 位",
                found.places, input.places, found.missing_places
            ),
            found.missing_places > 0,
        ),
        line(
            "充电位",
            format!(
                "要 {} 位，已有 {} 位，还差 {} 位",
                found.charging, input.charging, found.missing_charging
            ),
            found.missing_charging > 0,
        ),
        line(
            "补停放位占地",
            format!(
                "{} 位 × {} = {}",
                found.missing_places,
                Unit::Area.show(input.each_dm2),
                Unit::Area.show(found.area_dm2)
            ),
            false,
        ),
    ];
    let short = found.missing_places > 0 || found.missing_charging > 0;
    let writes = short.then(|| Writes {
        verb: "建",
        name: "补建车棚",
        quantity: found.missing_places * 100,
        measure: "位",
        remark: format!(
            "车棚：{} 户，电动车 {} 辆，停放位要 {} 差 {}，充电位要 {} 差 {}，占地 {}",
            input.households,
            input.ebikes,
            found.places,
            found.missing_places,
            found.charging,
            found.missing_charging,
            Unit::Area.show(found.area_dm2)
        ),
        told: format!(
            "新增车棚，停放位 {}，充电位 {}",
            found.missing_places, found.missing_charging
        ),
        effect: vec![
            ("assetKind", "车棚".to_owned()),
            ("places", found.missing_places.to_string()),
            ("chargingPlaces", found.missing_charging.to_string()),
            ("area", fixed::format(found.area_dm2, 2)),
        ],
    });
    Ok(Sum { lines, writes })
}

/// The rules of green per person, with what tells them in the choice.
pub(super) const GREEN: [(&str, &str); 2] = [
    ("greenPerPerson", "旧区改建"),
    ("greenPerPersonNew", "新建"),
];

/// 1:12 as 12.
pub(super) fn ramp_times(limits: &Limits) -> Option<i64> {
    let slope = limits
        .bound("rampSlope")
        .filter(|slope| slope.numerator > 0)?;
    Some((slope.denominator + slope.numerator - 1) / slope.numerator)
}

pub(super) fn reckon(input: &SumInput, limits: &Limits) -> Result<Sum, ApiError> {
    let typed = Typed(input);
    match input.code.as_str() {
        "bays" => bays(&typed, limits),
        "ramp" => ramp(&typed, limits),
        "green" => green(&typed, limits),
        "cycles" => cycles(&typed, limits),
        _ => Err(ApiError::not_found()),
    }
}
