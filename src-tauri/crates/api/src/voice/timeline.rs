//! What happened at a dwelling, whoever asked.

use jiugai_domain::{KindCode, RecordId, Value};
use jiugai_storage::query::voice::{Part, VisitLine, WishLine};
use jiugai_storage::records;

use super::{Voices, joined, label, place, short_day};
use crate::text::{key, long_date};
use crate::wire::{RecordLink, Timeline, TimelineEntry};
use crate::{ApiError, Session};

impl Session {
    /// What happened at a dwelling, newest first.
    ///
    /// # Errors
    /// `notFound`.
    pub fn visit_timeline(&self, dwelling: &str) -> Result<Timeline, ApiError> {
        self.timeline(key(dwelling)?)
    }

    /// The same by one of its households.
    ///
    /// # Errors
    /// `notFound`.
    pub fn visit_timeline_of_household(&self, household: &str) -> Result<Timeline, ApiError> {
        let conn = self.connection()?;
        let record = records::get(conn, KindCode::Household, key(household)?)?
            .ok_or_else(ApiError::not_found)?;
        let dwelling = record.value("dwelling").as_id();
        self.timeline(dwelling.ok_or_else(ApiError::not_found)?)
    }

    fn timeline(&self, dwelling: RecordId) -> Result<Timeline, ApiError> {
        let conn = self.connection()?;
        let record =
            records::get(conn, KindCode::Dwelling, dwelling)?.ok_or_else(ApiError::not_found)?;
        let voices = Voices::load(conn, Part::Dwelling(dwelling))?;
        let spot = voices.dwellings.first().ok_or_else(ApiError::not_found)?;
        let today = self.now().date_naive();
        let households: Vec<RecordId> = voices.living(dwelling).iter().map(|one| one.id).collect();
        let labels = records::labels(conn, KindCode::Household, &households)?;
        let mut dated: Vec<(String, TimelineEntry)> = Vec::new();
        for visit in voices.visits(dwelling) {
            dated.push((visit.day.clone(), visited(visit, &households)));
        }
        for wish in voices.wishes(dwelling) {
            dated.push((wish.raised_on.clone(), wished(wish, &households)));
        }
        dated.sort_by(|(one, _), (other, _)| other.cmp(one));
        let now = voices.standing(dwelling);
        let mut summary = if now.made == 0 {
            "还没有走访过".to_owned()
        } else {
            format!("已走访 {} 次", now.made)
        };
        if let Some(last) = now.last {
            summary += &format!("，最近 {}", short_day(last, today));
        }
        if let Some(next) = now.next {
            summary += &format!("，约定 {} 再来", short_day(next, today));
        }
        if now.open_promises > 0 {
            summary += &format!("，承诺 {} 件未兑现", now.open_promises);
        }
        if now.waiting {
            summary += "，在走访清单上";
        }
        Ok(Timeline {
            place: place(spot),
            summary,
            compound: record
                .compound
                .map_or_else(String::new, |compound| compound.to_string()),
            households: households
                .iter()
                .map(|id| RecordLink {
                    kind: KindCode::Household,
                    id: id.to_string(),
                    label: labels.get(id).cloned().unwrap_or_default(),
                })
                .collect(),
            entries: dated.into_iter().map(|(_, entry)| entry).collect(),
        })
    }
}

/// Whose words these are, when it is not the only household.
fn whose(household: Option<RecordId>, households: &[RecordId]) -> String {
    match household {
        Some(id) if households.contains(&id) => String::new(),
        Some(_) => "当时的住户，现在登记在别处".to_owned(),
        None if households.len() > 1 => "没写明是哪一户".to_owned(),
        None => String::new(),
    }
}

fn visited(visit: &VisitLine, households: &[RecordId]) -> TimelineEntry {
    let kind = KindCode::Visit;
    let open = !visit.promise.is_empty() && visit.promise_kept.is_empty();
    let mut promise = visit.promise.clone();
    if !promise.is_empty() {
        if !visit.promise_kept.is_empty() {
            promise += &format!("（{} 已兑现）", long_date(Some(&visit.promise_kept)));
        } else if !visit.promise_due.is_empty() {
            promise += &format!("（{} 前）", long_date(Some(&visit.promise_due)));
        }
    }
    TimelineEntry {
        record: RecordLink {
            kind,
            id: visit.id.to_string(),
            label: long_date(Some(&visit.day)),
        },
        day: joined(&[long_date(Some(&visit.day)), visit.time.clone()], " "),
        what: if visit.outcome == "pending" {
            "待走访"
        } else {
            "走访"
        }
        .to_owned(),
        visitors: visit.visitors.clone(),
        summary: joined(
            &[
                label(kind, "way", &visit.way),
                label(kind, "met", &visit.met),
                label(kind, "outcome", &visit.outcome),
                label(kind, "cause", &visit.cause),
            ],
            " · ",
        ),
        words: visit.words.clone(),
        promise,
        promise_open: open,
        next: filled_day("约定", &visit.next, "再来"),
        whose: whose(visit.household, households),
    }
}

fn wished(wish: &WishLine, households: &[RecordId]) -> TimelineEntry {
    let kind = KindCode::Wish;
    let pays = match (wish.would_pay, wish.amount_fen) {
        (_, Some(fen)) => kind
            .kind()
            .field("amount")
            .map_or_else(String::new, |field| {
                format!("愿出 {} 元", field.format(&Value::Integer(fen)))
            }),
        (Some(1), None) => "愿意出资".to_owned(),
        (Some(_), None) => "不愿出资".to_owned(),
        (None, None) => String::new(),
    };
    let answer = match label(kind, "answer", &wish.answer) {
        answer if answer.is_empty() => "还没有答复".to_owned(),
        answer => joined(&[answer, wish.work_item.clone(), wish.reason.clone()], "："),
    };
    TimelineEntry {
        record: RecordLink {
            kind,
            id: wish.id.to_string(),
            label: label(kind, "measure", &wish.measure),
        },
        day: long_date(Some(&wish.raised_on)),
        what: "诉求".to_owned(),
        visitors: String::new(),
        summary: joined(
            &[
                format!(
                    "{}{}",
                    label(kind, "attitude", &wish.attitude),
                    label(kind, "measure", &wish.measure)
                ),
                label(kind, "priority", &wish.priority),
                pays,
                answer,
            ],
            " · ",
        ),
        words: wish.words.clone(),
        promise: String::new(),
        promise_open: false,
        next: String::new(),
        whose: whose(wish.household, households),
    }
}

fn filled_day(before: &str, iso: &str, after: &str) -> String {
    match long_date(Some(iso)) {
        day if day.is_empty() => day,
        day => format!("{before} {day} {after}"),
    }
}
