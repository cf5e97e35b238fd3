//! Indicators of a stage, each with the rows it is made of.

use std::collections::HashMap;

use super::{Asset, Facts, StageState};
use crate::fixed::ratio;
use crate::indicator::{INDICATORS, Indicator};
use crate::{KindCode, RecordId};

/// One row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Kind and key of the record; none for one that a plan creates and for work.
    pub record: Option<(KindCode, RecordId)>,
    /// What people call it.
    pub label: String,
    /// Its contribution in the indicator's stored unit; none when it was not filled in.
    pub value: Option<i64>,
    /// The work item that made or changed it.
    pub cause: Option<RecordId>,
}

/// How an indicator is made from its rows or from other indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// Sum of the rows.
    Sum,
    /// Smallest of the rows.
    Minimum,
    /// A fact of the compound.
    Fact,
    /// `numerator / denominator` of other indicators or facts, scaled.
    Ratio {
        /// Indicator above the line.
        numerator: &'static str,
        /// Indicator or `siteArea`, `stormAndSewage` below the line.
        denominator: &'static str,
        /// Factor.
        scale: i64,
    },
    /// What is missing: need minus supply, not below zero.
    Gap,
    /// Read from other records of the ledger.
    Given,
}

/// One indicator at a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Which indicator.
    pub indicator: &'static Indicator,
    /// Its value; none when it cannot be told.
    pub value: Option<i64>,
    /// Rows that lack the figure: the value holds for the others only.
    pub unfilled: usize,
    /// What it is made of; empty for ratios and facts.
    pub parts: Vec<Part>,
}

/// The rows of a rate of metered households, above the line.
const METERED: &str = "meteredHouseholds";

/// How an indicator is made.
#[must_use]
pub fn combine_of(code: &str) -> Combine {
    match code {
        "fireLaneMinWidth" => Combine::Minimum,
        "dwellings" | "households" | "people" => Combine::Fact,
        "seniors60" | "wishes" | "wishesAdopted" | "managed" | "partyBranch"
        | "ownersCommittee" | "feeCollected" | "satisfaction" | "promisesKept" | "workDays"
        | "costPerArea" | "costPerHousehold" | "selfDemolition" | "problemsClosed" => {
            Combine::Given
        }
        "waterMetered" | "powerMetered" => Combine::Ratio {
            numerator: METERED,
            denominator: "households",
            scale: 10_000,
        },
        "parkingGap" => Combine::Gap,
        "separationRatio" => Combine::Ratio {
            numerator: "separatedPipe",
            denominator: "drainPipe",
            scale: 10_000,
        },
        "spacesPerHousehold" => Combine::Ratio {
            numerator: "parkingSpaces",
            denominator: "households",
            scale: 100,
        },
        "greenRatio" => Combine::Ratio {
            numerator: "greenArea",
            denominator: "siteArea",
            scale: 10_000,
        },
        "concentratedGreenPerPerson" => Combine::Ratio {
            numerator: "concentratedGreen",
            denominator: "people",
            scale: 1,
        },
        _ => Combine::Sum,
    }
}

/// Green on a roof is none of the compound's (GB 50180-2018 附录A).
fn on_ground(asset: &Asset) -> bool {
    asset.detail("onRoof").unwrap_or(0) == 0
}

/// The formula of an indicator in people's words.
#[must_use]
pub fn formula(code: &str) -> &'static str {
    match code {
        "fireLaneMinWidth" => "各条消防通道最窄净宽中的最小值",
        "dwellings" => "房屋台账的套数",
        "households" => "住户台账的户数",
        "people" => "住户台账常住人口合计",
        "parkingGap" => "汽车保有量 − 机动车位，不小于 0",
        "separationRatio" => "（雨水管 + 污水管）÷（雨水管 + 污水管 + 雨污合流管）",
        "spacesPerHousehold" => "机动车位 ÷ 户数",
        "greenRatio" => "绿地面积 ÷ 用地面积",
        "concentratedGreenPerPerson" => "集中绿地 ÷ 人数",
        "selfDemolition" => "处置方式为自拆的处数 ÷ 填了处置方式的拆除处数",
        "overheadRemoved" => "方案拆除的架空线长度合计",
        "seniors60" => "住户台账 60 岁以上人数合计",
        "wishes" => "居民诉求中“要”的条数，一户一事项只算最后一次",
        "wishesAdopted" => "采纳和部分采纳的诉求 ÷ 全部“要”的诉求；竣工数只算已完成内容对应的",
        "managed" => "小区记录的物业模式",
        "partyBranch" | "ownersCommittee" | "feeCollected" => "小区记录所填",
        "satisfaction" => "满意度问卷总体评价题中“满意”以上的份数 ÷ 答了这道题的份数",
        "promisesKept" => "已兑现的承诺 ÷ 走访中答应的承诺",
        "problemsClosed" => {
            "方案：对上改造内容的问题 ÷ 全部问题；竣工：对应内容已完成的问题 ÷ 全部问题"
        }
        "waterMetered" => "供水管线上一户一表的户数 ÷ 户数",
        "powerMetered" => "供电管线上一户一表的户数 ÷ 户数",
        "workDays" => "方案：计划开工到计划完工；竣工：开工到最后一项完成，都算头算尾",
        "costPerArea" => "改造内容造价合计 ÷ 房屋建筑面积",
        "costPerHousehold" => "改造内容造价合计 ÷ 户数",
        "greenArea" | "concentratedGreen" => "以下各项合计，屋顶绿化不算",
        _ => "以下各项合计",
    }
}

/// Whether the rows behind a ratio are counts, and not parts of it.
#[must_use]
pub fn parts_are_counts(code: &str) -> bool {
    matches!(
        code,
        "wishesAdopted"
            | "satisfaction"
            | "promisesKept"
            | "selfDemolition"
            | "problemsClosed"
            | "waterMetered"
            | "powerMetered"
    )
}

/// The unit of the rows behind an indicator: not that of a ratio that they make.
#[must_use]
pub fn part_unit(indicator: &Indicator) -> &'static str {
    match indicator.code {
        "costPerArea" | "costPerHousehold" => "元",
        "waterMetered" | "powerMetered" => "户",
        code if parts_are_counts(code) => "",
        _ => indicator.unit,
    }
}

/// Every indicator at a stage, in the order of the indicator card.
#[must_use]
pub fn figures(facts: &Facts, state: &StageState) -> Vec<Figure> {
    let mut values: HashMap<&str, Option<i64>> = HashMap::new();
    let mut figures: Vec<Figure> = Vec::with_capacity(INDICATORS.len());
    for indicator in INDICATORS {
        let given = facts.given.iter().find(|one| one.code == indicator.code);
        let parts = match given {
            Some(given) => given.parts.clone(),
            None => parts(indicator.code, facts, state),
        };
        let unfilled = match given {
            Some(given) => given.unfilled,
            None => parts.iter().filter(|part| part.value.is_none()).count(),
        };
        let known = || parts.iter().filter_map(|part| part.value);
        let value = match combine_of(indicator.code) {
            Combine::Sum if !parts.is_empty() && unfilled == parts.len() => None,
            Combine::Sum => Some(known().sum()),
            Combine::Minimum => known().min(),
            Combine::Fact => Some(match indicator.code {
                "dwellings" => facts.dwellings,
                "households" => facts.households,
                _ => facts.people,
            }),
            Combine::Given => given.and_then(|given| given.value),
            Combine::Gap | Combine::Ratio { .. } => None,
        };
        values.insert(indicator.code, value);
        figures.push(Figure {
            indicator,
            value,
            unfilled,
            parts,
        });
    }
    let of = |code: &str| values.get(code).copied().flatten();
    let drains = || Some((of("stormPipe")? + of("sewagePipe")?, of("combinedPipe")?));
    for figure in &mut figures {
        figure.value = match combine_of(figure.indicator.code) {
            Combine::Gap => facts
                .cars
                .zip(of("parkingSpaces"))
                .map(|(cars, spaces)| (cars - spaces).max(0)),
            Combine::Ratio {
                numerator: "separatedPipe",
                scale,
                ..
            } => drains().and_then(|(separate, combined)| {
                ratio(Some(separate), Some(separate + combined), scale)
            }),
            Combine::Ratio {
                numerator,
                denominator: "siteArea",
                scale,
            } => ratio(of(numerator), facts.site_area_dm2, scale),
            Combine::Ratio {
                numerator: METERED,
                denominator,
                scale,
            } => {
                let metered = figure.parts.iter().filter_map(|part| part.value);
                ratio(metered.reduce(|sum, one| sum + one), of(denominator), scale)
            }
            Combine::Ratio {
                numerator,
                denominator,
                scale,
            } => ratio(of(numerator), of(denominator), scale),
            Combine::Sum | Combine::Minimum | Combine::Fact | Combine::Given => continue,
        };
    }
    figures
}

fn parts(code: &str, facts: &Facts, state: &StageState) -> Vec<Part> {
    let standing = |kind: KindCode, take: &dyn Fn(&Asset) -> Option<Option<i64>>| -> Vec<Part> {
        state
            .assets
            .iter()
            .filter(|asset| asset.kind == kind)
            .filter_map(|asset| take(asset).map(|value| part(asset, value)))
            .collect()
    };
    let gone = |take: &dyn Fn(&Asset) -> Option<Option<i64>>| -> Vec<Part> {
        state
            .demolished
            .iter()
            .filter_map(|gone| take(&gone.asset).map(|value| part(&gone.asset, value)))
            .collect()
    };
    let structure =
        |asset: &Asset| matches!(asset.kind, KindCode::Outbuilding | KindCode::CycleShed);
    let sorted = |kind: KindCode, sort: &str, take: &dyn Fn(&Asset) -> Option<i64>| {
        standing(kind, &|asset| (asset.sort == sort).then(|| take(asset)))
    };
    let rooms = |asset: &Asset| asset.measures.rooms;
    let pieces = |asset: &Asset| asset.measures.pieces;
    let length = |asset: &Asset| asset.measures.length_mm;
    // Most segments serve no household themselves.
    let metered = |sort: &str| {
        standing(KindCode::PipeSegment, &|asset| {
            let metered = asset.detail(METERED).filter(|_| asset.sort == sort)?;
            Some(Some(metered))
        })
    };
    match code {
        "waterMetered" => metered("water"),
        "powerMetered" => metered("power"),
        "dwellings" => {
            let uses = facts.dwelling_uses.iter();
            uses.map(|(label, count)| Part {
                record: None,
                label: label.clone(),
                value: Some(*count),
                cause: None,
            })
            .collect()
        }
        "rowHouseRooms" => sorted(KindCode::Outbuilding, "rowHouse", &rooms),
        "annexRooms" => sorted(KindCode::Outbuilding, "annexRoom", &rooms),
        "unauthorizedRooms" => sorted(KindCode::Outbuilding, "unauthorized", &rooms),
        "otherOutbuildingRooms" => standing(KindCode::Outbuilding, &|asset| {
            (!matches!(
                asset.sort.as_str(),
                "rowHouse" | "annexRoom" | "unauthorized"
            ))
            .then_some(asset.measures.rooms)
        }),
        "cycleSheds" => standing(KindCode::CycleShed, &|_| Some(Some(1))),
        "outbuildingArea" => standing(KindCode::Outbuilding, &|asset| {
            Some(asset.measures.area_dm2)
        }),
        "demolishedRooms" => {
            gone(&|asset| (asset.kind == KindCode::Outbuilding).then_some(asset.measures.rooms))
        }
        "demolishedSheds" => gone(&|asset| (asset.kind == KindCode::CycleShed).then_some(Some(1))),
        "demolishedArea" | "freedArea" => {
            gone(&|asset| structure(asset).then_some(asset.measures.area_dm2))
        }
        "roadArea" => standing(KindCode::Road, &|asset| Some(asset.measures.area_dm2)),
        "damagedRoadArea" => standing(KindCode::Road, &|asset| {
            Some(Some(asset.measures.damaged_area_dm2.unwrap_or(0)))
        }),
        "blockedFireLanes" => standing(KindCode::Road, &|asset| {
            asset
                .fire_lane
                .then_some(asset.measures.open.map(|open| i64::from(!open)))
        }),
        "fireLaneMinWidth" => standing(KindCode::Road, &|asset| {
            asset.fire_lane.then_some(asset.measures.clear_width_mm)
        }),
        "stormPipe" => sorted(KindCode::PipeSegment, "storm", &length),
        "sewagePipe" => sorted(KindCode::PipeSegment, "sewage", &length),
        "combinedPipe" => sorted(KindCode::PipeSegment, "combined", &length),
        "waterPipe" => sorted(KindCode::PipeSegment, "water", &length),
        "gasPipe" => sorted(KindCode::PipeSegment, "gas", &length),
        "heatPipe" => sorted(KindCode::PipeSegment, "heat", &length),
        "faultyPipe" => standing(KindCode::PipeSegment, &|asset| {
            asset.faulty.then_some(asset.measures.length_mm)
        }),
        "overheadLine" => standing(KindCode::PipeSegment, &|asset| {
            asset.overhead.then_some(asset.measures.length_mm)
        }),
        "parkingSpaces" => standing(KindCode::ParkingArea, &|asset| Some(asset.measures.spaces)),
        "accessibleSpaces" => standing(KindCode::ParkingArea, &|asset| {
            Some(Some(asset.measures.accessible_spaces.unwrap_or(0)))
        }),
        "carChargers" => state
            .assets
            .iter()
            .filter_map(|asset| match (asset.kind, asset.sort.as_str()) {
                (KindCode::ParkingArea, _) => {
                    Some(part(asset, Some(asset.measures.chargers.unwrap_or(0))))
                }
                (KindCode::Facility, "carCharger") => Some(part(asset, asset.measures.pieces)),
                _ => None,
            })
            .collect(),
        "cyclePlaces" => standing(KindCode::CycleShed, &|asset| Some(asset.measures.places)),
        "cycleChargingPlaces" => standing(KindCode::CycleShed, &|asset| {
            Some(Some(asset.measures.charging_places.unwrap_or(0)))
        }),
        "greenArea" => standing(KindCode::GreenSpace, &|asset| {
            on_ground(asset).then_some(asset.measures.area_dm2)
        }),
        "concentratedGreen" => standing(KindCode::GreenSpace, &|asset| {
            let concentrated = asset.measures.concentrated;
            (on_ground(asset) && concentrated.unwrap_or(asset.sort == "concentrated"))
                .then_some(asset.measures.area_dm2)
        }),
        "activityArea" => standing(KindCode::ActivityArea, &|asset| {
            Some(asset.measures.area_dm2)
        }),
        "fitnessEquipment" => sorted(KindCode::Facility, "fitnessEquipment", &pieces),
        "noticeBoards" => sorted(KindCode::Facility, "noticeBoard", &pieces),
        "lamps" => sorted(KindCode::Facility, "lamp", &pieces),
        "cameras" => sorted(KindCode::Facility, "camera", &pieces),
        "benches" => sorted(KindCode::Facility, "bench", &pieces),
        "ramps" => sorted(KindCode::Facility, "ramp", &pieces),
        "overheadRemoved" => gone(&|asset| asset.overhead.then_some(asset.measures.length_mm)),
        "otherFacilities" => standing(KindCode::Facility, &|asset| {
            (!matches!(
                asset.sort.as_str(),
                "fitnessEquipment"
                    | "noticeBoard"
                    | "lamp"
                    | "camera"
                    | "bench"
                    | "carCharger"
                    | "ramp"
            ))
            .then_some(asset.measures.pieces)
        }),
        "lifts" => {
            let mut parts = work(state, "liftsAdded", |hundredths| hundredths / 100);
            if facts.lifts > 0 {
                let label = "现有电梯（楼栋台账）".to_owned();
                parts.insert(
                    0,
                    Part {
                        record: None,
                        label,
                        value: Some(facts.lifts),
                        cause: None,
                    },
                );
            }
            parts
        }
        "entrancesRefreshed" => work(state, code, |hundredths| hundredths / 100),
        "pipeDredged" => work(state, code, |hundredths| hundredths * 10),
        "roadRepaired" | "roofRepaired" | "wallRepaired" | "insulatedArea" => {
            work(state, code, |hundredths| hundredths)
        }
        _ => Vec::new(),
    }
}

fn part(asset: &Asset, value: Option<i64>) -> Part {
    Part {
        record: asset.id.map(|id| (asset.kind, id)),
        label: asset.label.clone(),
        value,
        cause: asset.cause,
    }
}

fn work(state: &StageState, statistic: &str, scale: fn(i64) -> i64) -> Vec<Part> {
    state
        .work
        .iter()
        .filter(|work| work.statistic == statistic)
        .map(|work| Part {
            record: None,
            label: work.label.clone(),
            value: Some(scale(work.hundredths)),
            cause: Some(work.cause),
        })
        .collect()
}
