//! Residents' voice: visits, the room board, wishes.

mod board;
mod entry;
mod listing;
mod paper;
mod round;
#[cfg(test)]
mod tests;
mod timeline;
mod wish;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use jiugai_domain::visit::{Outcome, Past, Standing, standing};
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use jiugai_storage::Connection;
use jiugai_storage::query::voice::{self, DwellingSpot, Living, Part, VisitLine, WishLine};

use crate::ApiError;

pub use listing::{VisitListing, VisitOfList};

/// Dwellings with who lives there and what was said there.
struct Voices {
    dwellings: Vec<DwellingSpot>,
    living: HashMap<RecordId, Vec<Living>>,
    visits: HashMap<RecordId, Vec<VisitLine>>,
    wishes: HashMap<RecordId, Vec<WishLine>>,
}

impl Voices {
    fn load(conn: &Connection, part: Part) -> Result<Self, ApiError> {
        Ok(Self {
            dwellings: voice::dwellings(conn, part)?,
            living: by_dwelling(voice::living(conn, part)?, |line| line.dwelling),
            visits: by_dwelling(voice::visits(conn, part)?, |line| line.dwelling),
            wishes: by_dwelling(voice::wishes(conn, part)?, |line| line.dwelling),
        })
    }

    fn living(&self, dwelling: RecordId) -> &[Living] {
        self.living.get(&dwelling).map_or(&[], Vec::as_slice)
    }

    fn visits(&self, dwelling: RecordId) -> &[VisitLine] {
        self.visits.get(&dwelling).map_or(&[], Vec::as_slice)
    }

    fn wishes(&self, dwelling: RecordId) -> &[WishLine] {
        self.wishes.get(&dwelling).map_or(&[], Vec::as_slice)
    }

    fn standing(&self, dwelling: RecordId) -> Standing<'_> {
        let past: Vec<Past<'_>> = self.visits(dwelling).iter().map(past).collect();
        standing(&past)
    }
}

/// What the indicators of a compound count of its residents' voice.
pub(crate) struct Heard {
    /// Wishes that ask for something and count.
    pub(crate) wanted: Vec<RecordId>,
    /// Wishes that speak against something and count.
    pub(crate) opposed: Vec<RecordId>,
    /// Promises made on visits: the visit, the words, and whether it was kept.
    pub(crate) promises: Vec<(RecordId, String, bool)>,
    /// Households: the key, how people call it, and 60岁以上.
    pub(crate) seniors: Vec<(RecordId, String, Option<i64>)>,
}

/// Reads what the indicators count.
pub(crate) fn heard(conn: &Connection, compound: RecordId) -> Result<Heard, ApiError> {
    let voices = Voices::load(conn, Part::Compound(compound))?;
    let mut heard = Heard {
        wanted: wish::counting(&voices, "want"),
        opposed: wish::counting(&voices, "against"),
        promises: Vec::new(),
        seniors: Vec::new(),
    };
    for spot in &voices.dwellings {
        for one in voices.living(spot.id) {
            let label = format!("{} {}", place(spot), one.contact);
            heard
                .seniors
                .push((one.id, label.trim_end().to_owned(), one.seniors60));
        }
        for visit in voices.visits(spot.id) {
            if !visit.promise.is_empty() {
                let kept = !visit.promise_kept.is_empty();
                heard.promises.push((visit.id, visit.promise.clone(), kept));
            }
        }
    }
    Ok(heard)
}

fn by_dwelling<T>(lines: Vec<T>, of: impl Fn(&T) -> RecordId) -> HashMap<RecordId, Vec<T>> {
    let mut grouped: HashMap<RecordId, Vec<T>> = HashMap::new();
    for line in lines {
        grouped.entry(of(&line)).or_default().push(line);
    }
    grouped
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn past(line: &VisitLine) -> Past<'_> {
    Past {
        day: &line.day,
        outcome: Outcome::from_code(&line.outcome).unwrap_or(Outcome::Pending),
        next: filled(&line.next),
        open_promise: !line.promise.is_empty() && line.promise_kept.is_empty(),
        promise_due: filled(&line.promise_due),
    }
}

/// 3号楼2单元301.
fn place(spot: &DwellingSpot) -> String {
    format!("{}{}{}", spot.building_name, spot.entrance, spot.room)
}

/// Who lives there, in short.
fn who(living: &[Living]) -> String {
    let name = |one: &Living| {
        if one.contact.is_empty() {
            if one.occupancy == "vacant" {
                "空置"
            } else {
                "未记姓名"
            }
            .to_owned()
        } else {
            one.contact.clone()
        }
    };
    match living {
        [] => "没有住户".to_owned(),
        [one] => name(one),
        several => {
            let names: Vec<String> = several.iter().map(name).collect();
            format!("{} 户：{}", several.len(), names.join("、"))
        }
    }
}

/// 3月8日; with the year when it is another one than today's.
fn short_day(iso: &str, today: NaiveDate) -> String {
    match NaiveDate::parse_from_str(iso, "%Y-%m-%d") {
        Ok(day) if day.year() == today.year() => format!("{}月{}日", day.month(), day.day()),
        Ok(day) => jiugai_domain::date::format_long(day),
        Err(_) => iso.to_owned(),
    }
}

/// A declared field; the codes in this module are those of the declarations.
fn field(kind: KindCode, code: &str) -> Result<&'static Field, ApiError> {
    kind.kind().field(code).ok_or_else(ApiError::internal)
}

/// What people read for a stored code.
fn label(kind: KindCode, field: &str, code: &str) -> String {
    let declared = kind.kind().field(field);
    declared.map_or_else(String::new, |declared| match declared.kind {
        FieldType::Code(_) if code.is_empty() => String::new(),
        _ => declared.format(&Value::Text(code.to_owned())),
    })
}

/// The parts that there are, with a sign between.
fn joined(parts: &[String], sign: &str) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(sign)
}

/// The first characters of a text in one line.
fn brief(text: &str, most: usize) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most).collect();
    format!("{cut}…")
}
