//! Measures that need more than one field of one asset.

use super::looks::{gathered, label, lacks, no_limit, row};
use super::{Bound, Missing, Outcome, Place, Row, Scene, Unit, Verdict};
use crate::comparison::Asset;
use crate::{KindCode, fixed};

pub(super) fn assets<'a>(scene: &'a Scene<'_>, kind: KindCode) -> impl Iterator<Item = &'a Asset> {
    scene
        .state
        .assets
        .iter()
        .filter(move |asset| asset.kind == kind)
}

/// A datum of the compound itself.
fn lacks_site(scene: &Scene<'_>, field: &'static str) -> Missing {
    Missing {
        place: Place::Record(KindCode::Compound, scene.site.compound),
        label: format!("小区的{}", label(KindCode::Compound, field)),
        field,
    }
}

/// A count that only records of a ledger give: nothing stands there yet.
fn lacks_rows(kind: KindCode, field: &'static str) -> Missing {
    Missing {
        place: Place::Ledger(kind),
        label: format!("{}里的{}", kind.kind().label, label(kind, field)),
        field,
    }
}

pub(super) fn plain(
    told: String,
    verdict: Verdict,
    rows: Vec<Row>,
    missing: Vec<Missing>,
) -> Outcome {
    Outcome {
        verdict,
        told,
        rows,
        missing,
    }
}

fn unknown(told: &str, rows: Vec<Row>, missing: Vec<Missing>) -> Outcome {
    plain(told.to_owned(), Verdict::Unknown, rows, missing)
}

pub(super) fn is_concentrated(asset: &Asset) -> bool {
    asset
        .measures
        .concentrated
        .unwrap_or(asset.sort == "concentrated")
}

/// Green by row: area, what is missing and the sum of what is known.
fn green_rows(
    scene: &Scene<'_>,
    pick: impl Fn(&Asset) -> bool,
) -> (i64, usize, Vec<Row>, Vec<Missing>) {
    let (mut sum, mut found, mut rows, mut missing) = (0, 0, Vec::new(), Vec::new());
    for asset in assets(scene, KindCode::GreenSpace).filter(|asset| pick(asset)) {
        found += 1;
        match asset.measures.area_dm2 {
            Some(area) => {
                sum += area;
                rows.push(row(asset, Unit::Area.show(area), Verdict::Void));
            }
            None => missing.push(lacks(asset, "area")),
        }
    }
    (sum, found, rows, missing)
}

/// Area against a need. What is known may already be enough; if not, a gap in the data decides nothing.
fn enough(reached: bool, missing: &[Missing]) -> Verdict {
    match (reached, missing.is_empty()) {
        (true, _) => Verdict::Met,
        (false, true) => Verdict::Unmet,
        (false, false) => Verdict::Unknown,
    }
}

pub(super) fn green_per_person(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (sum, _, rows, mut missing) = green_rows(scene, is_concentrated);
    let people = scene.facts.people;
    if people <= 0 {
        missing.push(lacks_rows(KindCode::Household, "people"));
        return unknown("还没有人口数", rows, missing);
    }
    let needed = bound.needed(people);
    let short = (needed - sum).max(0);
    let each = fixed::ratio(Some(sum), Some(people), 1).unwrap_or(0);
    let mut told = format!(
        "集中绿地 {} ÷ {people} 人 = {} ㎡/人，需要 {}",
        Unit::Area.show(sum),
        fixed::format(each, 2),
        Unit::Area.show(needed)
    );
    if short > 0 {
        told.push_str(&format!("，还差 {}", Unit::Area.show(short)));
    }
    plain(
        told,
        enough(bound.reached(sum, people), &missing),
        rows,
        missing,
    )
}

pub(super) fn green_ratio(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (sum, _, rows, mut missing) =
        green_rows(scene, |asset| asset.detail("onRoof").unwrap_or(0) == 0);
    let Some(site) = scene.facts.site_area_dm2.filter(|site| *site > 0) else {
        missing.push(lacks_site(scene, "siteArea"));
        return unknown(
            &format!("绿地 {}，不知道用地面积", Unit::Area.show(sum)),
            rows,
            missing,
        );
    };
    let share = fixed::ratio(Some(sum), Some(site), 10_000).unwrap_or(0);
    let needed = bound.needed(site);
    let mut told = format!(
        "绿地 {} ÷ 用地 {} = {}",
        Unit::Area.show(sum),
        Unit::Area.show(site),
        Unit::Share.show(share)
    );
    if needed > sum {
        told.push_str(&format!("，还差 {}", Unit::Area.show(needed - sum)));
    }
    plain(
        told,
        enough(bound.reached(sum, site), &missing),
        rows,
        missing,
    )
}

/// A share of two fields of each asset that is picked.
pub(super) fn shares(
    scene: &Scene<'_>,
    kind: KindCode,
    pick: impl Fn(&Asset) -> bool,
    parts: (&'static str, &'static str),
    told: impl Fn(i64, i64) -> String,
    met: impl Fn(i64, i64) -> bool,
) -> Outcome {
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for asset in assets(scene, kind).filter(|asset| pick(asset)) {
        match (asset.detail(parts.0), asset.detail(parts.1)) {
            (Some(above), Some(below)) => rows.push(row(
                asset,
                told(above, below),
                Verdict::of(met(above, below)),
            )),
            (above, below) => {
                for (value, field) in [(above, parts.0), (below, parts.1)] {
                    if value.is_none() {
                        missing.push(lacks(asset, field));
                    }
                }
            }
        }
    }
    gathered(rows, missing, "没有这样的地方")
}

pub(super) fn sunlit(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    shares(
        scene,
        KindCode::GreenSpace,
        is_concentrated,
        ("sunlit", "area"),
        |sunlit, area| {
            format!(
                "阴影线外 {}，共 {}",
                Unit::Area.show(sunlit),
                Unit::Area.show(area)
            )
        },
        |sunlit, area| bound.reached(sunlit, area),
    )
}

pub(super) fn land_per_space(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    per_place(scene, KindCode::ParkingArea, "spaces", bound)
}

pub(super) fn cycle_area(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    per_place(scene, KindCode::CycleShed, "places", bound)
}

fn per_place(
    scene: &Scene<'_>,
    kind: KindCode,
    places: &'static str,
    bound: Option<Bound>,
) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    shares(
        scene,
        kind,
        |asset| asset.detail(places) != Some(0),
        ("area", places),
        |area, count| {
            let each = fixed::ratio(Some(area), Some(count), 1).unwrap_or(0);
            format!(
                "{} ÷ {count} 位 = {} ㎡",
                Unit::Area.show(area),
                fixed::format(each, 2)
            )
        },
        |area, count| bound.reached(area, count),
    )
}

/// Trees felled and planted against the inventory.
pub(super) fn trees(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let before = |asset: &Asset| {
        scene
            .baseline
            .assets
            .iter()
            .find(|old| old.id.is_some() && old.id == asset.id)
            .and_then(|old| old.detail("trees"))
            .unwrap_or(0)
    };
    let (mut felled, mut planted, mut rows) = (0, 0, Vec::new());
    for gone in &scene.state.demolished {
        if let Some(trees) = gone.asset.detail("trees").filter(|trees| *trees > 0) {
            felled += trees;
            rows.push(row(&gone.asset, format!("伐 {trees} 株"), Verdict::Void));
        }
    }
    for asset in assets(scene, KindCode::GreenSpace) {
        let change = asset.detail("trees").unwrap_or(0) - before(asset);
        if change < 0 {
            felled -= change;
            rows.push(row(asset, format!("伐 {} 株", -change), Verdict::Void));
        } else if change > 0 {
            planted += change;
            rows.push(row(asset, format!("补 {change} 株"), Verdict::Void));
        }
    }
    if felled == 0 {
        return Outcome::void("没有伐树");
    }
    let needed = bound.needed(felled);
    plain(
        format!("伐 {felled} 株，应补 {needed} 株，补了 {planted} 株；伐树还要先经批准"),
        Verdict::of(planted >= needed),
        rows,
        Vec::new(),
    )
}

pub(super) fn entrances(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    match scene.site.city_entrances {
        Some(count) => plain(
            format!("通向城市道路的出入口 {count} 个"),
            Verdict::of(bound.reached(count, 1)),
            Vec::new(),
            Vec::new(),
        ),
        None => unknown("", Vec::new(), vec![lacks_site(scene, "cityEntrances")]),
    }
}

/// Nothing stands or parks on a fire lane.
pub(super) fn obstruction(scene: &Scene<'_>, _: Option<Bound>) -> Outcome {
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for asset in &scene.state.assets {
        if !matches!(asset.kind, KindCode::Outbuilding | KindCode::ParkingArea) {
            continue;
        }
        match asset.detail("onFireLane") {
            Some(0) => rows.push(row(asset, "没有占".to_owned(), Verdict::Met)),
            Some(_) => rows.push(row(asset, "占消防通道".to_owned(), Verdict::Unmet)),
            // Nobody notes what stands free; a parking area is asked for.
            None if asset.kind == KindCode::ParkingArea => missing.push(lacks(asset, "onFireLane")),
            None => {}
        }
    }
    gathered(rows, missing, "没有停车区，也没有附属房")
}

pub(super) fn dead_end(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for road in assets(scene, KindCode::Road).filter(|road| road.fire_lane) {
        let Some(length) = road.detail("deadEnd") else {
            missing.push(lacks(road, "deadEnd"));
            continue;
        };
        let told = format!("尽头 {}", Unit::Length.show(length));
        if bound.kept(length, 1) {
            rows.push(row(road, told, Verdict::Met));
            continue;
        }
        match road.detail("turningSide") {
            None => missing.push(lacks(road, "turningSide")),
            Some(0) => rows.push(row(road, format!("{told}，没有回车场"), Verdict::Unmet)),
            Some(_) => rows.push(row(road, format!("{told}，有回车场"), Verdict::Met)),
        }
    }
    gathered(rows, missing, "没有消防车道")
}

/// At least one, and so many of a hundred of all spaces.
pub(super) fn accessible_spaces(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let areas: Vec<&Asset> = assets(scene, KindCode::ParkingArea).collect();
    if areas.is_empty() {
        return Outcome::void("没有停车区");
    }
    let missing: Vec<Missing> = areas
        .iter()
        .filter(|area| area.measures.spaces.is_none())
        .map(|area| lacks(area, "spaces"))
        .collect();
    let all: i64 = areas.iter().filter_map(|area| area.measures.spaces).sum();
    let have: i64 = areas
        .iter()
        .filter_map(|area| area.measures.accessible_spaces)
        .sum();
    let needed = bound.needed(all).max(1);
    let rows = areas
        .iter()
        .map(|area| {
            let count = |value: Option<i64>| {
                value.map_or_else(|| "未填".to_owned(), |count| count.to_string())
            };
            let told = format!(
                "{} 位，其中无障碍 {} 位",
                count(area.measures.spaces),
                count(area.measures.accessible_spaces)
            );
            row(area, told, Verdict::Void)
        })
        .collect();
    // Unknown spaces could only raise the need.
    let verdict = match (have >= needed, missing.is_empty()) {
        (false, _) => Verdict::Unmet,
        (true, true) => Verdict::Met,
        (true, false) => Verdict::Unknown,
    };
    plain(
        format!("车位 {all} 位，应有无障碍车位 {needed} 位，有 {have} 位"),
        verdict,
        rows,
        missing,
    )
}

fn sheds(scene: &Scene<'_>, field: &'static str) -> (i64, Vec<Row>, Vec<Missing>) {
    let (mut sum, mut rows, mut missing) = (0, Vec::new(), Vec::new());
    for shed in assets(scene, KindCode::CycleShed) {
        match shed.detail(field) {
            Some(count) => {
                sum += count;
                rows.push(row(shed, format!("{count} 位"), Verdict::Void));
            }
            None => missing.push(lacks(shed, field)),
        }
    }
    (sum, rows, missing)
}

fn per_household(scene: &Scene<'_>, field: &'static str, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (sum, rows, mut missing) = sheds(scene, field);
    let households = scene.facts.households;
    if households <= 0 {
        missing.push(lacks_rows(KindCode::Household, "people"));
        return unknown("还没有住户", rows, missing);
    }
    // Limits are kept in hundredths of a place per household.
    let met = bound.reached(sum * 100, households);
    let needed = Bound {
        numerator: bound.numerator,
        denominator: bound.denominator * 100,
    }
    .needed(households);
    plain(
        format!(
            "{} {sum} 位，{households} 户，应有 {needed} 位",
            label(KindCode::CycleShed, field)
        ),
        enough(met, &missing),
        rows,
        missing,
    )
}

pub(super) fn cycle_places(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    per_household(scene, "places", bound)
}

/// As before, where the compound is 保障房.
pub(super) fn cycle_places_affordable(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    match scene.site.tenure.as_str() {
        "affordable" => per_household(scene, "places", bound),
        "" => unknown("", Vec::new(), vec![lacks_site(scene, "tenure")]),
        _ => Outcome::void("小区没有登记为经济适用房等保障房"),
    }
}

pub(super) fn cycle_charging(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    per_household(scene, "chargingPlaces", bound)
}

/// Existing compounds: as many places as there are e-bikes.
pub(super) fn cycle_existing(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    let Some(bound) = bound else {
        return no_limit();
    };
    let (sum, rows, mut missing) = sheds(scene, "places");
    let Some(ebikes) = scene.site.ebikes else {
        missing.push(lacks_rows(KindCode::Household, "ebikes"));
        return unknown(&format!("停放位 {sum} 位"), rows, missing);
    };
    plain(
        format!("停放位 {sum} 位，电动车 {ebikes} 辆"),
        enough(bound.reached(sum, ebikes), &missing),
        rows,
        missing,
    )
}
