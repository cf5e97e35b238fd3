//! Barrier-free ways, sunlight, lamps and manholes.

use super::looks::{gathered, label, lacks, no_limit, place, row, shown};
use super::measures::{assets, plain, shares};
use super::{Bound, Missing, Outcome, Place, Row, Scene, Unit, Verdict};
use crate::KindCode;
use crate::comparison::Asset;

pub(super) fn ramp_slope(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    shares(
        scene,
        KindCode::Facility,
        |asset| asset.sort == "ramp",
        ("rise", "run"),
        |rise, run| {
            format!(
                "高差 {}，水平长 {}，至少要 {}",
                Unit::Length.show(rise),
                Unit::Length.show(run),
                Unit::Length.show(
                    Bound {
                        numerator: bound.denominator,
                        denominator: bound.numerator.max(1)
                    }
                    .needed(rise)
                )
            )
        },
        |rise, run| bound.kept(rise, run),
    )
}

/// Handrails where a ramp is high and steep.
pub(super) fn handrails(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    const STEEP: Bound = Bound {
        numerator: 1,
        denominator: 20,
    };
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for ramp in assets(scene, KindCode::Facility).filter(|asset| asset.sort == "ramp") {
        let (Some(rise), Some(run)) = (ramp.detail("rise"), ramp.detail("run")) else {
            for field in ["rise", "run"] {
                if ramp.detail(field).is_none() {
                    missing.push(lacks(ramp, field));
                }
            }
            continue;
        };
        if bound.kept(rise, 1) || STEEP.kept(rise, run) {
            rows.push(row(ramp, "不高或者不陡，可以不设".to_owned(), Verdict::Met));
            continue;
        }
        match ramp.detail("handrails") {
            None => missing.push(lacks(ramp, "handrails")),
            Some(has) => rows.push(row(
                ramp,
                format!(
                    "高差 {}，{}",
                    Unit::Length.show(rise),
                    if has == 0 {
                        "没有两侧扶手"
                    } else {
                        "有两侧扶手"
                    }
                ),
                Verdict::of(has != 0),
            )),
        }
    }
    gathered(rows, missing, "没有坡道")
}

/// Rest platforms between flights.
pub(super) fn rest_platforms(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound.filter(|bound| bound.numerator > 0) else {
        return no_limit();
    };
    shares(
        scene,
        KindCode::Facility,
        |asset| asset.sort == "ramp",
        ("restPlatforms", "rise"),
        |platforms, rise| format!("高差 {}，休息平台 {platforms} 个", Unit::Length.show(rise)),
        |platforms, rise| bound.kept(rise, platforms + 1),
    )
}

/// Where it is too low to walk upright, something must keep people off.
pub(super) fn headroom(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for path in assets(scene, KindCode::Road).filter(|road| road.detail("accessible") == Some(1)) {
        match (path.detail("clearHeight"), path.detail("headGuard")) {
            (None, _) => missing.push(lacks(path, "clearHeight")),
            (Some(height), _) if !bound.kept(height, 1) => rows.push(row(
                path,
                shown(KindCode::Road, "clearHeight", height),
                Verdict::Met,
            )),
            (Some(_), None) => missing.push(lacks(path, "headGuard")),
            (Some(height), Some(guard)) => rows.push(row(
                path,
                format!(
                    "净空 {}，{}",
                    Unit::Length.show(height),
                    if guard == 0 {
                        "没有阻挡"
                    } else {
                        "有阻挡"
                    }
                ),
                Verdict::of(guard != 0),
            )),
        }
    }
    gathered(rows, missing, "没有登记无障碍通道")
}

fn sun(
    scene: &Scene<'_>,
    bound: Option<Bound>,
    field: &'static str,
    pick: impl Fn(&super::SunBuilding) -> bool,
    hours: impl Fn(&super::SunBuilding) -> Option<i64>,
    nothing: &str,
) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for building in scene.site.buildings.iter().filter(|one| pick(one)) {
        let place = Place::Record(KindCode::Building, building.id);
        match hours(building) {
            Some(value) => rows.push(Row {
                place,
                label: building.label.clone(),
                value: Unit::Hundredths("小时").show(value),
                verdict: Verdict::of(bound.reached(value, 1)),
            }),
            None => missing.push(Missing {
                place,
                label: format!("{}的{}", building.label, label(KindCode::Building, field)),
                field,
            }),
        }
    }
    gathered(rows, missing, nothing)
}

pub(super) fn sun_elderly(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    sun(
        scene,
        bound,
        "winterSun",
        |one| one.elderly,
        |one| one.winter,
        "没有登记老年人居住建筑",
    )
}

pub(super) fn sun_new(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    sun(
        scene,
        bound,
        "coldSun",
        |one| one.new_dwelling,
        |one| one.cold,
        "没有改建新建的住宅",
    )
}

/// What a plan adds must not take the sun from dwellings.
pub(super) fn sun_added(scene: &Scene<'_>, _: Option<Bound>) -> Outcome {
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    let stands_high =
        |asset: &&Asset| matches!(asset.kind, KindCode::Outbuilding | KindCode::CycleShed);
    for asset in scene.state.assets.iter().filter(stands_high) {
        if asset.id.is_some() {
            continue;
        }
        match asset.detail("shades") {
            Some(0) => rows.push(row(asset, "不挡住宅日照".to_owned(), Verdict::Met)),
            Some(_) => rows.push(row(asset, "挡住宅日照".to_owned(), Verdict::Unmet)),
            None => missing.push(Missing {
                place: place(asset),
                label: format!("{}的{}", asset.label, label(KindCode::Effect, "shades")),
                field: "shades",
            }),
        }
    }
    gathered(rows, missing, "没有新建棚、房")
}

/// Road length for each lamp.
pub(super) fn lamps(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (mut length, mut missing) = (0, Vec::new());
    for road in assets(scene, KindCode::Road) {
        match road.measures.length_mm {
            Some(value) => length += value,
            None => missing.push(lacks(road, "length")),
        }
    }
    if length == 0 && missing.is_empty() {
        return Outcome::void("没有登记道路");
    }
    let lamps = scene.figure("lamps").unwrap_or(0);
    let told = format!("道路 {}，路灯 {lamps} 盏", Unit::Length.show(length));
    let verdict = match (bound.kept(length, lamps), missing.is_empty()) {
        (false, _) => Verdict::Unmet,
        (true, true) => Verdict::Met,
        (true, false) => Verdict::Unknown,
    };
    plain(told, verdict, Vec::new(), missing)
}

/// Length of drains for each manhole.
pub(super) fn manholes(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    shares(
        scene,
        KindCode::PipeSegment,
        |pipe| matches!(pipe.sort.as_str(), "storm" | "sewage" | "combined"),
        ("length", "manholes"),
        |length, manholes| format!("{}，检查井 {manholes} 座", Unit::Length.show(length)),
        |length, manholes| bound.kept(length, manholes),
    )
}
