//! The public figures of `jiugai summary --json`. A contract: fields are only ever added.

use std::collections::{BTreeMap, HashMap};

use jiugai_domain::comparison::Figure;
use jiugai_domain::indicator::INDICATORS;
use jiugai_domain::{FieldType, KindCode, RecordId};
use jiugai_storage::Connection;
use jiugai_storage::query::{self, CompoundCounts, Figures};
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
        let given = format!(
            "{} {} {}",
            env!("CARGO_PKG_VERSION"),
            uses().join(" "),
            INDICATORS
                .iter()
                .map(|indicator| indicator.code)
                .collect::<Vec<_>>()
                .join(" ")
        );
        let all = match compound.map(|name| self.compound_named(name)).transpose()? {
            Some(id) => (
                query::counts(conn, Some(id))?,
                figures(conn, Some(id))?.into_iter().collect(),
            ),
            None => (
                self.counts.all(conn)?,
                self.summaries.all(conn, &given, |_| true, figures)?,
            ),
        };
        let (counts, kept): (_, HashMap<RecordId, Figures>) = all;
        Ok(counts
            .iter()
            .filter_map(|counts| Some(told(counts, kept.get(&counts.compound)?)))
            .collect())
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

/// Codes of 用途, and one for dwellings of which it is not known.
fn uses() -> Vec<&'static str> {
    let choices = match KindCode::Dwelling
        .kind()
        .field("use")
        .map(|field| field.kind)
    {
        Some(FieldType::Code(choices)) => choices,
        _ => &[],
    };
    let codes = choices.iter().map(|choice| choice.code);
    codes.chain(["unknown"]).collect()
}

/// Of one compound or of all: dwellings by use, then three stages of every indicator.
fn figures(
    conn: &Connection,
    compound: Option<RecordId>,
) -> Result<Vec<(RecordId, Figures)>, ApiError> {
    let uses = uses();
    let mut by_use: HashMap<RecordId, Figures> = HashMap::new();
    for (compound, code, count) in query::dwelling_uses(conn, compound)? {
        let place = uses.iter().position(|use_| *use_ == code);
        let of = by_use
            .entry(compound)
            .or_insert_with(|| vec![None; uses.len()]);
        of[place.unwrap_or(uses.len() - 1)] = Some(count);
    }
    let compounds: Vec<RecordId> = match compound {
        Some(id) => vec![id],
        None => query::counts(conn, None)?
            .into_iter()
            .map(|counts| counts.compound)
            .collect(),
    };
    let mut all = Vec::with_capacity(compounds.len());
    for id in compounds {
        let compared = compare(conn, id, newest_plan(conn, id)?)?;
        let mut figures = by_use.remove(&id).unwrap_or_else(|| vec![None; uses.len()]);
        let value = |stage: &Option<Vec<Figure>>, at: usize| {
            let figure = stage.as_ref().and_then(|stage| stage.get(at));
            figure.and_then(|figure| figure.value)
        };
        for (at, figure) in compared.baseline.iter().enumerate() {
            figures.push(figure.value);
            figures.push(value(&compared.proposed, at));
            figures.push(value(&compared.as_built, at));
        }
        all.push((id, figures));
    }
    Ok(all)
}

fn told(counts: &CompoundCounts, figures: &Figures) -> CompoundSummary {
    let uses = uses();
    let (by_use, stages) = figures.split_at(uses.len().min(figures.len()));
    CompoundSummary {
        compound: counts.name.clone(),
        buildings: counts.buildings,
        dwellings: counts.dwellings,
        dwellings_by_use: uses
            .iter()
            .zip(by_use)
            .filter_map(|(code, count)| Some(((*code).to_owned(), (*count)?)))
            .collect(),
        households: counts.households,
        people: counts.people,
        outbuilding_rooms: OutbuildingRooms {
            row_house: counts.row_house_rooms,
            annex_room: counts.annex_room_rooms,
            unauthorized: counts.unauthorized_rooms,
        },
        cycle_sheds: counts.cycle_sheds,
        gross_floor_area_dm2: counts.gross_floor_area_dm2,
        indicators: INDICATORS
            .iter()
            .zip(stages.chunks_exact(3))
            .map(|(indicator, stages)| IndicatorSummary {
                code: indicator.code,
                unit: indicator.unit_code,
                baseline: stages[0],
                proposed: stages[1],
                as_built: stages[2],
            })
            .collect(),
    }
}
