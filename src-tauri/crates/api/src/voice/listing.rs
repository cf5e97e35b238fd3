//! Visits as a list, and by staff and week.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use jiugai_domain::KindCode;
use jiugai_domain::visit::names;
use jiugai_storage::query::voice::{Part, visits};
use jiugai_storage::records;
use serde::Serialize;

use super::Voices;
use crate::text::{key, small};
use crate::wire::{StaffWeeks, VisitWeeks};
use crate::{ApiError, Session};

/// Weeks that are shown.
const WEEKS: usize = 8;

/// The visits of a compound, for programs. Codes are those of the ledger.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitListing {
    /// Name of the compound.
    pub compound: String,
    /// Dwellings.
    pub dwellings: usize,
    /// Dwellings at which a visit came to an end.
    pub done: usize,
    /// By place, then day.
    pub visits: Vec<VisitOfList>,
}

/// One visit.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitOfList {
    /// 楼号.
    pub building: String,
    /// 单元号.
    pub entrance: String,
    /// 房号.
    pub room: String,
    /// Day, ISO.
    pub visited_on: String,
    /// 走访人.
    pub visitors: Vec<String>,
    /// Code of 方式.
    pub way: Option<String>,
    /// Code of 见到谁.
    pub met: Option<String>,
    /// Code of 结果.
    pub outcome: String,
    /// 结果 in words.
    pub outcome_label: String,
    /// Code of 没见到的原因.
    pub cause: Option<String>,
    /// 居民原话.
    pub words: Option<String>,
    /// 承诺事项.
    pub promise: Option<String>,
    /// 承诺期限, ISO.
    pub promise_due: Option<String>,
    /// 兑现日期, ISO.
    pub promise_kept_on: Option<String>,
    /// 下次走访, ISO.
    pub next_on: Option<String>,
    /// 清单号.
    pub round: Option<String>,
}

impl Session {
    /// The visits of a compound since a day.
    ///
    /// # Errors
    /// `notFound`; `invalid` when the day cannot be read.
    pub fn visit_list(
        &self,
        compound: &str,
        since: Option<&str>,
    ) -> Result<VisitListing, ApiError> {
        let conn = self.connection()?;
        let compound = key(compound)?;
        let name = records::label(conn, KindCode::Compound, compound)?;
        let since = since.map(super::round::read_day).transpose()?;
        let since = since.map(|day| day.format("%Y-%m-%d").to_string());
        let voices = Voices::load(conn, Part::Compound(compound))?;
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut listed = Vec::new();
        let mut done = 0;
        for spot in &voices.dwellings {
            let outcome = voices.standing(spot.id).outcome;
            done += usize::from(outcome == Some(jiugai_domain::visit::Outcome::Done));
            for visit in voices.visits(spot.id) {
                if since.as_ref().is_some_and(|since| visit.day < *since) {
                    continue;
                }
                listed.push(VisitOfList {
                    building: spot.building_name.clone(),
                    entrance: spot.entrance.clone(),
                    room: spot.room.clone(),
                    visited_on: visit.day.clone(),
                    visitors: names(&visit.visitors).map(str::to_owned).collect(),
                    way: some(&visit.way),
                    met: some(&visit.met),
                    outcome: visit.outcome.clone(),
                    outcome_label: super::label(KindCode::Visit, "outcome", &visit.outcome),
                    cause: some(&visit.cause),
                    words: some(&visit.words),
                    promise: some(&visit.promise),
                    promise_due: some(&visit.promise_due),
                    promise_kept_on: some(&visit.promise_kept),
                    next_on: some(&visit.next),
                    round: some(&visit.round),
                });
            }
        }
        Ok(VisitListing {
            compound: name.ok_or_else(ApiError::not_found)?,
            dwellings: voices.dwellings.len(),
            done,
            visits: listed,
        })
    }

    /// Who made how many visits in each of the last weeks.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn visit_weeks(&self, compound: &str) -> Result<VisitWeeks, ApiError> {
        let lines = visits(self.connection()?, Part::Compound(key(compound)?))?;
        let made = || lines.iter().filter(|line| line.outcome != "pending");
        // Long after the last visit the last weeks that had some are shown.
        let newest = made()
            .filter_map(|line| NaiveDate::parse_from_str(&line.day, "%Y-%m-%d").ok())
            .max();
        let today = self.now().date_naive();
        let recent = today.checked_sub_days(Days::new(7 * WEEKS as u64));
        let last = monday(match newest {
            Some(newest) if recent.is_some_and(|recent| newest < recent) => newest,
            _ => today,
        });
        let first = last
            .checked_sub_days(Days::new(7 * (WEEKS as u64 - 1)))
            .unwrap_or(last);
        let weeks: Vec<String> = (0..WEEKS as u64)
            .filter_map(|week| first.checked_add_days(Days::new(7 * week)))
            .map(|day| format!("{}月{}日", day.month(), day.day()))
            .collect();
        let mut staff: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let mut totals = vec![0; WEEKS];
        let mut nameless = 0;
        for line in made() {
            let Ok(day) = NaiveDate::parse_from_str(&line.day, "%Y-%m-%d") else {
                continue;
            };
            let week = usize::try_from((monday(day) - first).num_days() / 7)
                .ok()
                .filter(|week| *week < WEEKS && monday(day) >= first);
            let Some(week) = week else {
                continue;
            };
            totals[week] += 1;
            let mut told: Vec<&str> = names(&line.visitors).collect();
            told.sort_unstable();
            told.dedup();
            nameless += u32::from(told.is_empty());
            for name in told {
                staff.entry(name).or_insert_with(|| vec![0; WEEKS])[week] += 1;
            }
        }
        let mut staff: Vec<StaffWeeks> = staff
            .into_iter()
            .map(|(name, counts)| StaffWeeks {
                name: name.to_owned(),
                total: counts.iter().sum(),
                counts,
            })
            .collect();
        staff.sort_by(|one, other| other.total.cmp(&one.total).then(one.name.cmp(&other.name)));
        Ok(VisitWeeks {
            weeks,
            staff,
            totals,
            nameless: small(nameless as usize),
        })
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}
