//! Entering what stands on the sheet, one visit after the other. What cannot be stored is told
//! with what to do; nothing is dropped.

use chrono::NaiveDate;
use jiugai_domain::{Field, FieldError, FieldType, KindCode, RecordId, Value};
use jiugai_storage::query::voice::{self, Part, VisitLine};
use jiugai_storage::records::{self, RowContext};
use jiugai_storage::{Op, OpCode};

use super::{Voices, field, label, place};
use crate::text::{key, long_date};
use crate::wire::{Changed, EntryProblem, RecordLink, VisitEntered, VisitEntry};
use crate::{ApiError, Session, wording};

/// Rooms that are offered when a place is not known.
const OFFERED: usize = 8;
const KIND: KindCode = KindCode::Visit;

type Values = Vec<(&'static Field, Value)>;

/// Why not, found on the way.
enum Stop {
    Told(Box<EntryProblem>),
    Failed(ApiError),
}

impl<E: Into<ApiError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn told(field: &str, message: impl Into<String>) -> Stop {
    Stop::Told(Box::new(EntryProblem {
        field: field.to_owned(),
        message: message.into(),
        doubt: false,
        choices: Vec::new(),
    }))
}

fn doubt(field: &str, message: impl Into<String>, choices: Vec<RecordLink>) -> Stop {
    Stop::Told(Box::new(EntryProblem {
        field: field.to_owned(),
        message: message.into(),
        doubt: true,
        choices,
    }))
}

/// Where an entry goes.
struct Target {
    dwelling: RecordId,
    /// The stop of the round that it fills.
    stop: Option<VisitLine>,
}

impl Session {
    /// Stores one visit as typed. When something is wrong or in doubt nothing is stored and the
    /// problem comes back.
    ///
    /// # Errors
    /// `notFound` for an unknown compound, `readOnly`.
    pub fn visit_enter(&mut self, entry: &VisitEntry) -> Result<Changed<VisitEntered>, ApiError> {
        let (compound, target, values, at) = match self.judged(entry) {
            Ok(judged) => judged,
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Told(problem)) => {
                return Ok(Changed {
                    value: VisitEntered {
                        visit: None,
                        told: String::new(),
                        problem: Some(*problem),
                    },
                    scopes: Vec::new(),
                    transaction: None,
                    sentence: String::new(),
                });
            }
        };
        let fresh = self.fresh()?;
        let id = target.stop.as_ref().map_or(fresh, |stop| stop.id);
        let is_new = target.stop.is_none();
        let op = Op::one(
            if is_new {
                OpCode::Create
            } else {
                OpCode::Update
            },
            format!("{at} 走访记录"),
        )
        .of_kind(KIND);
        let outcome = values
            .iter()
            .find(|(field, _)| field.code == "outcome")
            .and_then(|(_, value)| value.as_text())
            .map_or_else(String::new, |code| label(KIND, "outcome", code));
        let entered = VisitEntered {
            visit: Some(id.to_string()),
            told: format!("{at} {outcome}"),
            problem: None,
        };
        self.write(&op, |conn| {
            if is_new {
                records::insert(conn, KIND, Some(compound), id, &values)?;
            } else {
                records::update(conn, KIND, id, &values)?;
            }
            Ok(entered)
        })
    }

    fn judged(&self, entry: &VisitEntry) -> Result<(RecordId, Target, Values, String), Stop> {
        let conn = self.connection()?;
        let compound = key(&entry.compound)?;
        let target = self.target(compound, entry)?;
        let voices = Voices::load(conn, Part::Dwelling(target.dwelling))?;
        let spot = voices.dwellings.first().ok_or_else(ApiError::not_found)?;
        let at = place(spot);
        let day = self.day(entry)?;
        let iso = day.format("%Y-%m-%d").to_string();
        let mut values: Values = vec![(field(KIND, "visitedOn")?, Value::Text(iso.clone()))];
        let outcome = choice("outcome", &entry.outcome)?;
        if outcome.as_text() == Some("pending") {
            return Err(told(
                "outcome",
                "“待走访”不是结果。去过就写见到没有；没去，这一行先不录。",
            ));
        }
        if outcome.is_null() {
            return Err(told(
                "outcome",
                "还没有写结果。1 已完成，2 已联系，3 无法联系，4 拒绝。",
            ));
        }
        let met = choice("met", &entry.met)?;
        if !entry.decided && outcome.as_text() == Some("done") && met.as_text() == Some("nobody") {
            return Err(doubt(
                "met",
                "结果写“已完成”，见到的却是“无人”。写反了就改；确实如此（如电话里谈完），就照这样存。",
                Vec::new(),
            ));
        }
        let way = match choice("way", &entry.way)? {
            Value::Null => Value::Text("door".to_owned()),
            told => told,
        };
        for (code, value) in [
            ("outcome", outcome),
            ("met", met),
            ("way", way),
            ("cause", choice("cause", &entry.cause)?),
        ] {
            values.push((field(KIND, code)?, value));
        }
        for (code, text) in [
            ("visitors", &entry.visitors),
            ("words", &entry.words),
            ("promise", &entry.promise),
        ] {
            values.push((field(KIND, code)?, plain(code, text)?));
        }
        for (code, text) in [("promiseDue", &entry.promise_due), ("nextOn", &entry.next)] {
            let value = plain(code, text)?;
            if value.as_text().is_some_and(|later| later < iso.as_str()) {
                return Err(told(
                    wire_field(code),
                    format!(
                        "{}写的是 {}，比走访日期 {} 还早。请核对两个日期。",
                        field(KIND, code)?.label,
                        long_date(value.as_text()),
                        long_date(Some(&iso))
                    ),
                ));
            }
            values.push((field(KIND, code)?, value));
        }
        self.not_twice(entry, &target, &voices, &iso, &at)?;
        if let Some(household) = household(entry, &target, &voices, &at)? {
            values.push((field(KIND, "household")?, Value::Id(household)));
        }
        if target.stop.is_none() {
            values.push((field(KIND, "dwelling")?, Value::Id(target.dwelling)));
            if !entry.round.is_empty() {
                values.push((field(KIND, "round")?, Value::Text(entry.round.clone())));
                values.push((field(KIND, "purpose")?, Value::Text("chosen".to_owned())));
            }
            values.retain(|(_, value)| !value.is_null());
        }
        Ok((compound, target, values, at))
    }

    /// The stop of that number, or the dwelling of that place.
    fn target(&self, compound: RecordId, entry: &VisitEntry) -> Result<Target, Stop> {
        let conn = self.connection()?;
        let typed = jiugai_domain::text::normalize(&entry.place);
        if typed.is_empty() {
            return Err(told(
                "place",
                "还没有写是哪一户。写清单上的序号，或者房号，如 3-2-301。",
            ));
        }
        let stops = if entry.round.is_empty() {
            Vec::new()
        } else {
            voice::stops(conn, compound, &entry.round)?
        };
        if let Ok(number) = typed.parse::<i64>()
            && let Some(stop) = stops.iter().find(|line| line.stop == Some(number))
        {
            return Ok(Target {
                dwelling: stop.dwelling,
                stop: (stop.outcome == "pending").then(|| stop.clone()),
            });
        }
        let dwelling = field(KIND, "dwelling")?;
        let found = records::resolve(
            conn,
            dwelling,
            Some(compound),
            &typed,
            RowContext::default(),
        )?;
        match found {
            Ok(value) => {
                let dwelling = value.as_id().ok_or_else(ApiError::internal)?;
                let waiting = stops
                    .into_iter()
                    .find(|line| line.dwelling == dwelling && line.outcome == "pending");
                Ok(Target {
                    dwelling,
                    stop: waiting,
                })
            }
            Err(reason) => {
                let room = typed.rsplit(['-', '/', '元']).next().unwrap_or(&typed);
                let near =
                    records::options(conn, KindCode::Dwelling, Some(compound), room, OFFERED)?;
                let message = if reason == FieldError::Ambiguous {
                    format!("“{typed}”不止一套，请选是哪一套，或写全楼号、单元，如 3-2-301。")
                } else {
                    format!(
                        "没有“{typed}”这套房。看看是不是写错了；确实有而台账里没有的，先到“房屋”里补登，这一行先留着。"
                    )
                };
                Err(Stop::Told(Box::new(EntryProblem {
                    field: "place".to_owned(),
                    message,
                    doubt: false,
                    choices: near
                        .into_iter()
                        .map(|(id, label)| link(KindCode::Dwelling, id, label))
                        .collect(),
                })))
            }
        }
    }

    fn day(&self, entry: &VisitEntry) -> Result<NaiveDate, Stop> {
        let today = self.now().date_naive();
        let day = if entry.day.trim().is_empty() {
            today
        } else {
            jiugai_domain::date::parse(&entry.day).ok_or_else(|| {
                told(
                    "day",
                    format!(
                        "“{}”不是日期。请写成 2021-3-6 或 2021年3月6日。",
                        entry.day.trim()
                    ),
                )
            })?
        };
        if day > today {
            return Err(told(
                "day",
                format!(
                    "走访日期 {} 还没到。写的是已经走过的那天；约好以后再去的，写在“下次走访”。",
                    jiugai_domain::date::format_long(day)
                ),
            ));
        }
        Ok(day)
    }

    /// The same dwelling on the same day a second time is asked about.
    fn not_twice(
        &self,
        entry: &VisitEntry,
        target: &Target,
        voices: &Voices,
        iso: &str,
        at: &str,
    ) -> Result<(), Stop> {
        let earlier = voices
            .visits(target.dwelling)
            .iter()
            .find(|visit| visit.day == iso && visit.outcome != "pending");
        match earlier {
            Some(earlier) if !entry.decided && target.stop.is_none() => Err(doubt(
                "place",
                format!(
                    "{at} 在 {} 已经记过一次（{}{}）。录重了就清掉这一行；当天确实又去了一次，就照这样存。",
                    long_date(Some(iso)),
                    label(KIND, "outcome", &earlier.outcome),
                    if earlier.visitors.is_empty() {
                        String::new()
                    } else {
                        format!("，{}", earlier.visitors)
                    }
                ),
                Vec::new(),
            )),
            _ => Ok(()),
        }
    }
}

/// Whom they spoke to: the only household, or the one that a person chose.
fn household(
    entry: &VisitEntry,
    target: &Target,
    voices: &Voices,
    at: &str,
) -> Result<Option<RecordId>, Stop> {
    let living = voices.living(target.dwelling);
    let choices = || {
        living
            .iter()
            .map(|one| {
                link(
                    KindCode::Household,
                    one.id,
                    super::who(std::slice::from_ref(one)),
                )
            })
            .collect()
    };
    if let Some(chosen) = &entry.household {
        let chosen = key(chosen)?;
        return if living.iter().any(|one| one.id == chosen) {
            Ok(Some(chosen))
        } else {
            Err(doubt(
                "household",
                format!(
                    "选的那一户已经不在 {at}（删除、合并或搬走了）。请另选一户；不好确定的，先不写是哪一户，照这样存。"
                ),
                choices(),
            ))
        };
    }
    match living {
        [one] => Ok(Some(one.id)),
        [] => Ok(None),
        _ if entry.decided => Ok(None),
        several => Err(doubt(
            "household",
            format!(
                "{at} 登记着 {} 户。见的是哪一户？暂时说不清的，先不写，照这样存。",
                several.len()
            ),
            choices(),
        )),
    }
}

fn link(kind: KindCode, id: RecordId, label: String) -> RecordLink {
    RecordLink {
        kind,
        id: id.to_string(),
        label,
    }
}

/// The name of a field on the wire.
fn wire_field(code: &str) -> &str {
    if code == "nextOn" { "next" } else { code }
}

fn plain(code: &str, text: &str) -> Result<Value, Stop> {
    let field = field(KIND, code)?;
    field
        .parse(text)
        .map_err(|error| told(wire_field(code), wording::field_error(field, &error)))
}

/// A number of the list or its word.
fn choice(code: &str, text: &str) -> Result<Value, Stop> {
    let field = field(KIND, code)?;
    let typed = jiugai_domain::text::normalize(text);
    if typed.is_empty() {
        return Ok(Value::Null);
    }
    if let (Ok(number), FieldType::Code(choices)) = (typed.parse::<usize>(), field.kind) {
        let chosen = number.checked_sub(1).and_then(|at| choices.get(at));
        return match chosen {
            Some(chosen) => Ok(Value::Text(chosen.code.to_owned())),
            None => Err(told(
                code,
                format!(
                    "{}没有第 {number} 项，请填 1 到 {}。",
                    field.label,
                    choices.len()
                ),
            )),
        };
    }
    field
        .parse(&typed)
        .map_err(|error| told(code, wording::field_error(field, &error)))
}
