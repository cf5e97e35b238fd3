//! 走访清单: who is to be visited, and what became of it.

use std::collections::HashSet;

use chrono::NaiveDate;
use jiugai_domain::visit::{Outcome, Purpose, Standing, purpose};
use jiugai_domain::{Field, KindCode, RecordId, Value};
use jiugai_storage::query::voice::{self, DwellingSpot, Part, VisitLine};
use jiugai_storage::{Op, OpCode, records};

use super::{Voices, brief, field, joined, label, place, short_day, who};
use crate::text::{key, keys, long_date, positive, small};
use crate::wire::{
    Changed, PurposeCount, RoundCandidate, RoundChoice, RoundRequest, RoundRow, RoundStop,
    VisitRound,
};
use crate::{ApiError, ErrorCode, Session};

/// Rounds in the list.
const ROUNDS: usize = 60;

impl Session {
    /// Who is to be visited on a day; today when none is typed.
    ///
    /// # Errors
    /// `invalid` when the day cannot be read.
    pub fn visit_candidates(&self, compound: &str, day: &str) -> Result<RoundChoice, ApiError> {
        let conn = self.connection()?;
        let compound = key(compound)?;
        let today = self.now().date_naive();
        let day = if day.trim().is_empty() {
            today
        } else {
            read_day(day)?
        };
        let iso = day.format("%Y-%m-%d").to_string();
        let voices = Voices::load(conn, Part::Compound(compound))?;
        let mut candidates = Vec::new();
        for spot in &voices.dwellings {
            let now = voices.standing(spot.id);
            if let Some(why) = purpose(&now, &iso) {
                candidates.push(candidate(&voices, spot, &now, why, today));
            }
        }
        let mut buildings: Vec<String> = Vec::new();
        for one in &candidates {
            if !buildings.contains(&one.building) {
                buildings.push(one.building.clone());
            }
        }
        let rounds = voice::rounds(conn, compound, 1)?;
        let late = today.format("%Y-%m-%d").to_string();
        let waiting = voices.visits.values().flatten();
        Ok(RoundChoice {
            day: iso,
            purposes: Purpose::ALL
                .into_iter()
                .map(|purpose| PurposeCount {
                    code: purpose.code().to_owned(),
                    label: label(KindCode::Visit, "purpose", purpose.code()),
                    count: small(
                        candidates
                            .iter()
                            .filter(|one| one.purpose == purpose.code())
                            .count(),
                    ),
                })
                .filter(|count| count.count > 0)
                .collect(),
            candidates,
            buildings,
            left_over: small(
                waiting
                    .filter(|visit| visit.outcome == "pending" && visit.day < late)
                    .count(),
            ),
            visitors: rounds
                .first()
                .map_or_else(String::new, |round| round.visitors.clone()),
        })
    }

    /// Makes a round: its stops wait to be entered. Gives its number.
    ///
    /// # Errors
    /// `invalid` for a day that cannot be read or a round without stops; `notFound`, `readOnly`.
    pub fn visit_round_make(
        &mut self,
        request: &RoundRequest,
    ) -> Result<Changed<String>, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let day = read_day(&request.day)?;
        let wanted: HashSet<RecordId> = keys(&request.dwellings)?.into_iter().collect();
        if wanted.is_empty() {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "清单上还没有人家",
                "一户也没有勾选，清单没有排出来。",
                "请至少勾选一户，再点“排出清单”。",
            ));
        }
        let voices = Voices::load(conn, Part::Compound(compound))?;
        let iso = day.format("%Y-%m-%d").to_string();
        let number = free_number(conn, compound, day)?;
        let kind = KindCode::Visit;
        let mut rows: Vec<(RecordId, Vec<(&'static Field, Value)>)> = Vec::new();
        for spot in voices
            .dwellings
            .iter()
            .filter(|spot| wanted.contains(&spot.id))
        {
            let now = voices.standing(spot.id);
            let why = purpose(&now, &iso).unwrap_or(Purpose::Chosen);
            let mut values = vec![
                (field(kind, "dwelling")?, Value::Id(spot.id)),
                (field(kind, "visitedOn")?, Value::Text(iso.clone())),
                (field(kind, "outcome")?, Value::Text("pending".to_owned())),
                (field(kind, "round")?, Value::Text(number.clone())),
                (
                    field(kind, "stop")?,
                    Value::Integer(i64::from(small(rows.len())) + 1),
                ),
                (field(kind, "purpose")?, Value::Text(why.code().to_owned())),
            ];
            let visitors = field(kind, "visitors")?;
            match visitors.parse(&request.visitors) {
                Ok(Value::Null) => {}
                Ok(told) => values.push((visitors, told)),
                Err(error) => return Err(unfit(visitors, &error)),
            }
            if let [one] = voices.living(spot.id) {
                values.push((field(kind, "household")?, Value::Id(one.id)));
            }
            rows.push((self.fresh()?, values));
        }
        if rows.len() < wanted.len() {
            return Err(ApiError::not_found());
        }
        let op = Op::many(OpCode::Generate, format!("走访清单 {number}"), rows.len()).of_kind(kind);
        self.write(&op, |conn| {
            for (id, values) in &rows {
                records::insert(conn, kind, Some(compound), *id, values)?;
            }
            Ok(number)
        })
    }

    /// The rounds of a compound, newest first.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn visit_rounds(&self, compound: &str) -> Result<Vec<RoundRow>, ApiError> {
        let rounds = voice::rounds(self.connection()?, key(compound)?, ROUNDS)?;
        Ok(rounds.iter().map(round_row).collect())
    }

    /// A round with its stops.
    ///
    /// # Errors
    /// `notFound`.
    pub fn visit_round_get(&self, compound: &str, number: &str) -> Result<VisitRound, ApiError> {
        let conn = self.connection()?;
        let compound = key(compound)?;
        let row = voice::rounds(conn, compound, usize::MAX)?
            .into_iter()
            .find(|round| round.number == number)
            .ok_or_else(ApiError::not_found)?;
        let voices = Voices::load(conn, Part::Compound(compound))?;
        let today = self.now().date_naive();
        let stops = voice::stops(conn, compound, number)?;
        Ok(VisitRound {
            day: row.day.clone(),
            row: round_row(&row),
            stops: stops
                .iter()
                .filter_map(|line| stop(&voices, line, today))
                .collect(),
        })
    }

    /// Takes the stops that nobody went to off a round; the recycle bin keeps them.
    ///
    /// # Errors
    /// `notFound`, `readOnly`.
    pub fn visit_round_close(
        &mut self,
        compound: &str,
        number: &str,
    ) -> Result<Changed<u32>, ApiError> {
        let waiting: Vec<RecordId> = voice::stops(self.connection()?, key(compound)?, number)?
            .into_iter()
            .filter(|line| line.outcome == "pending")
            .map(|line| line.id)
            .collect();
        let op = Op::many(
            OpCode::Delete,
            format!("走访清单 {number} 没去的"),
            waiting.len(),
        )
        .of_kind(KindCode::Visit);
        self.write(&op, |conn| {
            for id in &waiting {
                records::remove(conn, KindCode::Visit, *id)?;
            }
            Ok(small(waiting.len()))
        })
    }
}

/// A day as typed.
pub(super) fn read_day(text: &str) -> Result<NaiveDate, ApiError> {
    jiugai_domain::date::parse(text).ok_or_else(|| {
        ApiError::new(
            ErrorCode::Invalid,
            "日期看不懂",
            format!("“{}”不是日期。", text.trim()),
            "请写成 2021-3-6 或 2021年3月6日。",
        )
    })
}

pub(super) fn unfit(field: &Field, error: &jiugai_domain::FieldError) -> ApiError {
    ApiError::new(
        ErrorCode::Invalid,
        format!("“{}”没法存", field.label),
        crate::wording::field_error(field, error),
        "改好再存一次；已经录的都在。",
    )
}

/// The next number of the day: 20210306-1, 20210306-2 …
fn free_number(
    conn: &jiugai_storage::Connection,
    compound: RecordId,
    day: NaiveDate,
) -> Result<String, ApiError> {
    let taken: HashSet<String> = voice::rounds(conn, compound, usize::MAX)?
        .into_iter()
        .map(|round| round.number)
        .collect();
    let day = day.format("%Y%m%d");
    let free = (1..=taken.len() + 1)
        .map(|number| format!("{day}-{number}"))
        .find(|number| !taken.contains(number));
    free.ok_or_else(ApiError::internal)
}

pub(super) fn round_row(round: &voice::RoundLine) -> RoundRow {
    RoundRow {
        number: round.number.clone(),
        day: long_date(Some(&round.day)),
        visitors: round.visitors.clone(),
        stops: positive(round.stops),
        entered: positive(round.entered),
    }
}

/// Why somebody comes, in words.
fn reason(
    voices: &Voices,
    dwelling: RecordId,
    why: Purpose,
    now: &Standing<'_>,
    today: NaiveDate,
) -> String {
    let made = voices.visits(dwelling).iter().rev();
    let mut made = made.filter(|visit| visit.outcome != "pending");
    match why {
        Purpose::Due => now.next.map_or_else(String::new, |next| {
            format!("约定 {} 再来", short_day(next, today))
        }),
        Purpose::Promised => {
            let open =
                made.find(|visit| !visit.promise.is_empty() && visit.promise_kept.is_empty());
            open.map_or_else(String::new, |visit| {
                let due = if visit.promise_due.is_empty() {
                    String::new()
                } else {
                    format!("（{} 前）", short_day(&visit.promise_due, today))
                };
                format!("答应过：{}{due}", brief(&visit.promise, 24))
            })
        }
        Purpose::Unreached => match (now.vain, now.last) {
            (0, Some(last)) => format!("{} 联系上了，还没谈", short_day(last, today)),
            (vain, Some(last)) => {
                format!("去过 {vain} 次没见到人，最近 {}", short_day(last, today))
            }
            (_, None) => String::new(),
        },
        Purpose::First => "还没有走访过".to_owned(),
        Purpose::Chosen => match now.outcome {
            Some(Outcome::Refused) => "上次拒绝，再去一次".to_owned(),
            _ => "指定走访".to_owned(),
        },
    }
}

/// 2月28日 上门，无法联系.
fn last_contact(voices: &Voices, dwelling: RecordId, today: NaiveDate) -> String {
    let mut made = voices.visits(dwelling).iter().rev();
    let last = made.find(|visit| visit.outcome != "pending");
    last.map_or_else(String::new, |visit| {
        joined(
            &[
                format!(
                    "{} {}",
                    short_day(&visit.day, today),
                    label(KindCode::Visit, "way", &visit.way)
                ),
                label(KindCode::Visit, "outcome", &visit.outcome),
                brief(&visit.words, 24),
            ],
            "，",
        )
    })
}

fn candidate(
    voices: &Voices,
    spot: &DwellingSpot,
    now: &Standing<'_>,
    why: Purpose,
    today: NaiveDate,
) -> RoundCandidate {
    let living = voices.living(spot.id);
    let mut heard = voices.visits(spot.id).iter().rev();
    RoundCandidate {
        dwelling: spot.id.to_string(),
        place: place(spot),
        building: spot.building_name.clone(),
        entrance: spot.entrance.clone(),
        who: who(living),
        phone: living
            .iter()
            .map(|one| one.phone.as_str())
            .find(|phone| !phone.is_empty())
            .unwrap_or("")
            .to_owned(),
        purpose: why.code().to_owned(),
        purpose_label: label(KindCode::Visit, "purpose", why.code()),
        why: reason(voices, spot.id, why, now, today),
        last: heard
            .find(|visit| !visit.words.is_empty())
            .map_or_else(String::new, |visit| brief(&visit.words, 40)),
        made: small(now.made),
    }
}

fn stop(voices: &Voices, line: &VisitLine, today: NaiveDate) -> Option<RoundStop> {
    let spot = voices
        .dwellings
        .iter()
        .find(|spot| spot.id == line.dwelling)?;
    let kind = KindCode::Visit;
    let entered = line.outcome != "pending";
    let before = Voices {
        dwellings: Vec::new(),
        living: std::collections::HashMap::new(),
        wishes: std::collections::HashMap::new(),
        visits: std::iter::once((
            spot.id,
            voices
                .visits(spot.id)
                .iter()
                .filter(|visit| visit.id < line.id)
                .cloned()
                .collect(),
        ))
        .collect(),
    };
    let now = before.standing(spot.id);
    let why = Purpose::from_code(&line.purpose).unwrap_or(Purpose::Chosen);
    let living = voices.living(spot.id);
    Some(RoundStop {
        visit: line.id.to_string(),
        stop: line.stop.map(positive),
        dwelling: spot.id.to_string(),
        place: place(spot),
        building: spot.building_name.clone(),
        entrance: spot.entrance.clone(),
        who: who(living),
        phone: living
            .iter()
            .map(|one| one.phone.as_str())
            .find(|phone| !phone.is_empty())
            .unwrap_or("")
            .to_owned(),
        last: last_contact(&before, spot.id, today),
        purpose: label(kind, "purpose", &line.purpose),
        why: reason(&before, spot.id, why, &now, today),
        entered,
        told: if entered {
            joined(
                &[
                    label(kind, "outcome", &line.outcome),
                    label(kind, "met", &line.met),
                    brief(&line.words, 30),
                    if line.promise.is_empty() {
                        String::new()
                    } else {
                        format!("答应：{}", brief(&line.promise, 20))
                    },
                ],
                " · ",
            )
        } else {
            String::new()
        },
    })
}
