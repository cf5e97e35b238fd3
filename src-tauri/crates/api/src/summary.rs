//! The public figures of `jiugai summary --json`. A contract: fields are only ever added.

use std::collections::{BTreeMap, HashMap};

use jiugai_domain::RecordId;
use jiugai_domain::comparison::Figure;
use jiugai_storage::query;
use serde::Serialize;

use crate::comparison::{compare, newest_plan};
use crate::import::find_compound;
use crate::{ApiError, ErrorCode, Session};

/// One compound in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompoundSummary {
    /// Name.
    pub compound: String,
    /// 楼栋.
    pub buildings: i64,
    /// 套.
    pub dwellings: i64,
    /// 套 by 用途 (`residence`, `shop`, `office`, `garage`, `storage`, `other`, `unknown`).
    pub dwellings_by_use: BTreeMap<String, i64>,
    /// 户.
    pub households: i64,
    /// 人.
    pub people: i64,
    /// Rooms standing in the baseline.
    pub outbuilding_rooms: OutbuildingRooms,
    /// 车棚.
    pub cycle_sheds: i64,
    /// Total floor area in 0.01 ㎡; null when unknown.
    pub gross_floor_area_dm2: Option<i64>,
    /// Every indicator at three stages.
    pub indicators: Vec<IndicatorSummary>,
}

/// Rooms by kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutbuildingRooms {
    /// 大排房.
    pub row_house: i64,
    /// 小配房.
    pub annex_room: i64,
    /// 违章建筑.
    pub unauthorized: i64,
}

/// One indicator; integers in the unit, null when unknown or without plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorSummary {
    /// Code.
    pub code: &'static str,
    /// `count`, `dm2`, `mm`, `bp` or `hundredths`.
    pub unit: &'static str,
    /// 改造前.
    pub baseline: Option<i64>,
    /// 方案 (the newest plan version).
    pub proposed: Option<i64>,
    /// 竣工.
    pub as_built: Option<i64>,
}

impl Session {
    /// Figures of every compound, or of the one with this name.
    ///
    /// # Errors
    /// `notFound` when there is no compound of that name.
    pub fn summary(&self, compound: Option<&str>) -> Result<Vec<CompoundSummary>, ApiError> {
        let conn = self.connection()?;
        let id = compound.map(|name| self.compound_named(name)).transpose()?;
        let mut uses: HashMap<RecordId, BTreeMap<String, i64>> = HashMap::new();
        for (compound, code, count) in query::dwelling_uses(conn, id)? {
            let code = if code.is_empty() {
                "unknown".to_owned()
            } else {
                code
            };
            uses.entry(compound).or_default().insert(code, count);
        }
        query::counts(conn, id)?
            .into_iter()
            .map(|counts| {
                let compared = compare(conn, counts.compound, newest_plan(conn, counts.compound)?)?;
                let value = |figures: &Option<Vec<Figure>>, index: usize| {
                    figures
                        .as_ref()
                        .and_then(|figures| figures.get(index))
                        .and_then(|figure| figure.value)
                };
                let indicators = compared
                    .baseline
                    .iter()
                    .enumerate()
                    .map(|(index, figure)| IndicatorSummary {
                        code: figure.indicator.code,
                        unit: figure.indicator.unit_code,
                        baseline: figure.value,
                        proposed: value(&compared.proposed, index),
                        as_built: value(&compared.as_built, index),
                    })
                    .collect();
                Ok(CompoundSummary {
                    compound: counts.name.clone(),
                    buildings: counts.buildings,
                    dwellings: counts.dwellings,
                    dwellings_by_use: uses.remove(&counts.compound).unwrap_or_default(),
                    households: counts.households,
                    people: counts.people,
                    outbuilding_rooms: OutbuildingRooms {
                        row_house: counts.row_house_rooms,
                        annex_room: counts.annex_room_rooms,
                        unauthorized: counts.unauthorized_rooms,
                    },
                    cycle_sheds: counts.cycle_sheds,
                    gross_floor_area_dm2: counts.gross_floor_area_dm2,
                    indicators,
                })
            })
            .collect()
    }

    /// Key of the compound with this name.
    ///
    /// # Errors
    /// `notFound`.
    pub fn compound_named(&self, name: &str) -> Result<RecordId, ApiError> {
        find_compound(self.connection()?, name)?.ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "没有这个小区",
                format!("台账里没有叫“{name}”的小区。"),
                "请核对名称，或者不写小区名称查看全部。",
            )
        })
    }
}
