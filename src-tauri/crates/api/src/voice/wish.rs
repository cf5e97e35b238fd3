//! 居民诉求: counted, set against each other, answered.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiugai_domain::text::natural_key;
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value, fixed};
use jiugai_storage::query::voice::{DwellingSpot, Living, Part, WishLine};
use jiugai_storage::records::{self, RowContext};
use jiugai_storage::{Op, OpCode};

use super::{Voices, field, label, place, who};
use crate::text::{key, keys, long_date, small};
use crate::wire::{
    Changed, Conflict, ConflictMap, ConflictPlace, WishAnswer, WishCount, WishGrouping, WishItem,
    WishList, WishQuery, WishRow, WishTally,
};
use crate::{ApiError, ErrorCode, Session};

const KIND: KindCode = KindCode::Wish;
/// The groups of the conflict map.
const STOREYS: [&str; 4] = ["一层", "二层", "中间层", "顶层"];
/// Wishes sent at most.
const LISTED: usize = 2_000;

/// A wish that counts: the last word of its household on its measure.
struct Said<'a> {
    wish: &'a WishLine,
    spot: &'a DwellingSpot,
    living: &'a [Living],
}

impl Said<'_> {
    /// The household that said it, as far as it is known.
    fn speaker(&self) -> Option<&Living> {
        match self.wish.household {
            Some(id) => self.living.iter().find(|one| one.id == id),
            None => self.living.first().filter(|_| self.living.len() == 1),
        }
    }
}

/// The wishes of a compound that count, and how many a later word of the same household replaced.
fn said(voices: &Voices) -> (Vec<Said<'_>>, usize) {
    let mut counted = Vec::new();
    let mut replaced = 0;
    for spot in &voices.dwellings {
        let mut last: HashMap<(Option<RecordId>, &str), &WishLine> = HashMap::new();
        for wish in voices.wishes(spot.id) {
            let slot = last.entry((wish.household, &wish.measure)).or_insert(wish);
            if slot.id != wish.id {
                replaced += 1;
                if wish.raised_on >= slot.raised_on {
                    *slot = wish;
                }
            }
        }
        let mut lines: Vec<&WishLine> = last.into_values().collect();
        lines.sort_by_key(|wish| wish.id);
        counted.extend(lines.into_iter().map(|wish| Said {
            wish,
            spot,
            living: voices.living(spot.id),
        }));
    }
    (counted, replaced)
}

/// The wishes of an attitude that count.
pub(super) fn counting(voices: &Voices, attitude: &str) -> Vec<RecordId> {
    let (said, _) = said(voices);
    said.iter()
        .filter(|one| one.wish.attitude == attitude)
        .map(|one| one.wish.id)
        .collect()
}

fn add(count: &mut WishCount, attitude: &str) {
    match attitude {
        "want" => count.want += 1,
        "against" => count.against += 1,
        _ => count.indifferent += 1,
    }
}

/// The group of a wish and the key by which groups stand in order.
fn group(by: WishGrouping, said: &Said<'_>) -> (String, String) {
    match by {
        WishGrouping::Building => {
            let name = said.spot.building_name.clone();
            (natural_key(&name), name)
        }
        WishGrouping::Storey => match said.spot.storey {
            Some(storey) => (format!("{storey:04}"), format!("{storey}层")),
            None => ("9".to_owned(), "楼层未填".to_owned()),
        },
        WishGrouping::Tenure => {
            let code = said.spot.tenure.as_str();
            let order = match KindCode::Dwelling
                .kind()
                .field("tenure")
                .map(|field| field.kind)
            {
                Some(FieldType::Code(choices)) => {
                    choices.iter().position(|choice| choice.code == code)
                }
                _ => None,
            };
            match label(KindCode::Dwelling, "tenure", code) {
                name if name.is_empty() => ("9".to_owned(), "性质未填".to_owned()),
                name => (format!("{:02}", order.unwrap_or(99)), name),
            }
        }
        WishGrouping::Age => match said.speaker().and_then(|one| one.seniors60) {
            Some(0) => ("2".to_owned(), "没有老人".to_owned()),
            Some(_) => ("1".to_owned(), "有 60 岁以上老人".to_owned()),
            None => ("3".to_owned(), "没登记年龄".to_owned()),
        },
    }
}

fn amount(fen: i64) -> String {
    fixed::format_grouped(fen, 2)
}

impl Session {
    /// The wishes of a compound, counted by measure and group.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn wish_tally(&self, compound: &str, by: WishGrouping) -> Result<WishTally, ApiError> {
        let voices = Voices::load(self.connection()?, Part::Compound(key(compound)?))?;
        let (said, replaced) = said(&voices);
        let grouped: Vec<(String, String)> = said.iter().map(|one| group(by, one)).collect();
        let groups: BTreeMap<&String, &String> =
            grouped.iter().map(|(key, name)| (key, name)).collect();
        let order: Vec<&String> = groups.keys().copied().collect();
        let mut rows: BTreeMap<&str, (WishRow, i64)> = BTreeMap::new();
        for (one, (group, _)) in said.iter().zip(&grouped) {
            let wish = one.wish;
            let (row, fen) = rows.entry(&wish.measure).or_insert_with(|| {
                let row = WishRow {
                    measure: wish.measure.clone(),
                    label: label(KIND, "measure", &wish.measure),
                    count: WishCount::default(),
                    first: 0,
                    would_pay: 0,
                    amount: String::new(),
                    groups: vec![WishCount::default(); order.len()],
                    open: 0,
                };
                (row, 0)
            });
            add(&mut row.count, &wish.attitude);
            if let Some(at) = order.iter().position(|other| *other == group) {
                add(&mut row.groups[at], &wish.attitude);
            }
            row.first += u32::from(wish.priority == "first");
            row.would_pay += u32::from(wish.would_pay == Some(1));
            row.open += u32::from(wish.answer.is_empty());
            *fen += wish.amount_fen.unwrap_or(0);
        }
        let mut rows: Vec<WishRow> = rows
            .into_values()
            .map(|(mut row, fen)| {
                if fen > 0 {
                    row.amount = amount(fen);
                }
                row
            })
            .collect();
        rows.sort_by(|one, other| {
            let key = |row: &WishRow| (row.count.want, row.count.against);
            key(other).cmp(&key(one)).then(one.label.cmp(&other.label))
        });
        let speakers: HashSet<(RecordId, Option<RecordId>)> = said
            .iter()
            .map(|one| (one.spot.id, one.speaker().map(|one| one.id)))
            .collect();
        Ok(WishTally {
            groups: groups.into_values().cloned().collect(),
            households: small(speakers.len()),
            of_households: small(voices.living.values().map(Vec::len).sum()),
            wishes: small(said.len()),
            open: rows.iter().map(|row| row.open).sum(),
            rows,
            note: doubts(&voices, &said, replaced),
        })
    }

    /// The wishes behind a figure, in the order of places.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn wish_list(&self, query: &WishQuery) -> Result<WishList, ApiError> {
        let voices = Voices::load(self.connection()?, Part::Compound(key(&query.compound)?))?;
        let (said, _) = said(&voices);
        let found: Vec<_> = said
            .iter()
            .filter(|one| {
                query
                    .measure
                    .as_ref()
                    .is_none_or(|code| *code == one.wish.measure)
                    && query
                        .attitude
                        .as_ref()
                        .is_none_or(|code| *code == one.wish.attitude)
                    && query
                        .group
                        .as_ref()
                        .is_none_or(|wanted| group(wanted.by, one).1 == wanted.name)
                    && (!query.open || one.wish.answer.is_empty())
            })
            .collect();
        Ok(WishList {
            count: small(found.len()),
            wishes: found.into_iter().take(LISTED).map(item).collect(),
        })
    }

    /// Answers wishes: taken up by a work item, or declined with the reason.
    ///
    /// # Errors
    /// `invalid` without answer, without work item or reason; `notFound`, `readOnly`.
    pub fn wish_answer(&mut self, request: &WishAnswer) -> Result<Changed<u32>, ApiError> {
        let refuse = |title: &str, message: &str, next: &str| {
            Err(ApiError::new(ErrorCode::Invalid, title, message, next))
        };
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let ids = keys(&request.wishes)?;
        let Some(first) = ids.first() else {
            return refuse("还没有选诉求", "一条也没有勾选。", "请先勾选要答复的诉求。");
        };
        let read = |code: &str, text: &str| -> Result<Value, ApiError> {
            let field = field(KIND, code)?;
            field
                .parse(text)
                .map_err(|error| super::round::unfit(field, &error))
        };
        let answer = read("answer", &request.answer)?;
        let reason = read("reason", &request.reason)?;
        let field_item = field(KIND, "workItem")?;
        let item = records::resolve(
            conn,
            field_item,
            Some(compound),
            &request.work_item,
            RowContext::default(),
        )?
        .map_err(|error| super::round::unfit(field_item, &error))?;
        match answer.as_text() {
            None => {
                return refuse(
                    "还没有选答复",
                    "采纳、部分采纳还是不采纳，要选一个。",
                    "请选好再存。",
                );
            }
            Some("adopted") if item.is_null() && reason.is_null() => {
                return refuse(
                    "没写怎么采纳",
                    "采纳的诉求，要指到方案里的一项改造内容，或者写明怎么办。",
                    "请选“对应改造内容”，或写一句理由。",
                );
            }
            Some("declined" | "partly") if reason.is_null() => {
                return refuse(
                    "没写理由",
                    "不采纳、部分采纳的，要写明理由，居民和上级都会问。",
                    "请写一句理由再存。",
                );
            }
            Some(_) => {}
        }
        let subject = records::label(conn, KIND, *first)?.ok_or_else(ApiError::not_found)?;
        let today = self.now().format("%Y-%m-%d").to_string();
        let values: Vec<(&'static Field, Value)> = vec![
            (field(KIND, "answer")?, answer),
            (field(KIND, "reason")?, reason),
            (field_item, item),
            (field(KIND, "answeredOn")?, Value::Text(today)),
        ];
        let op = Op::many(OpCode::Update, format!("{subject} 的答复"), ids.len()).of_kind(KIND);
        self.write(&op, |conn| {
            for id in &ids {
                records::update(conn, KIND, *id, &values)?;
            }
            Ok(small(ids.len()))
        })
    }

    /// Where those who want a thing and those who do not live together.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn wish_conflicts(&self, compound: &str) -> Result<ConflictMap, ApiError> {
        let voices = Voices::load(self.connection()?, Part::Compound(key(compound)?))?;
        let (said, _) = said(&voices);
        let mut top: HashMap<RecordId, i64> = HashMap::new();
        for spot in &voices.dwellings {
            let highest = top.entry(spot.building).or_default();
            *highest = (*highest).max(spot.storey.unwrap_or(0));
        }
        let mut measures: BTreeMap<&str, Vec<&Said<'_>>> = BTreeMap::new();
        for one in &said {
            measures.entry(&one.wish.measure).or_default().push(one);
        }
        let mut conflicts: Vec<(usize, Conflict)> = Vec::new();
        for (measure, said) in measures {
            let of = |attitude: &str| {
                said.iter()
                    .filter(|one| one.wish.attitude == attitude)
                    .count()
            };
            let (want, against) = (of("want"), of("against"));
            if want == 0 || against == 0 {
                continue;
            }
            let mut storeys = vec![WishCount::default(); STOREYS.len()];
            for one in &said {
                let highest = top.get(&one.spot.building).copied().unwrap_or(0);
                if let Some(at) = storey_group(one.spot.storey, highest) {
                    add(&mut storeys[at], &one.wish.attitude);
                }
            }
            conflicts.push((want.min(against), conflict(measure, &said, storeys)));
        }
        conflicts.sort_by(|(one, a), (other, b)| other.cmp(one).then(a.title.cmp(&b.title)));
        Ok(ConflictMap {
            storeys: STOREYS.map(str::to_owned).to_vec(),
            conflicts: conflicts.into_iter().map(|(_, one)| one).collect(),
        })
    }
}

fn storey_group(storey: Option<i64>, highest: i64) -> Option<usize> {
    Some(match storey? {
        1 => 0,
        top if top == highest && highest > 2 => 3,
        2 => 1,
        _ => 2,
    })
}

fn conflict(measure: &str, said: &[&Said<'_>], storeys: Vec<WishCount>) -> Conflict {
    let name = label(KIND, "measure", measure);
    // Lifts are argued about door by door, everything else house by house.
    let by_door = matches!(measure, "lift" | "stairs");
    let mut places: BTreeMap<String, ConflictPlace> = BTreeMap::new();
    for one in said {
        let spot = one.spot;
        let at = if by_door {
            format!("{}{}", spot.building_name, spot.entrance)
        } else {
            spot.building_name.clone()
        };
        let slot = places
            .entry(natural_key(&at))
            .or_insert_with(|| ConflictPlace {
                place: at,
                want: Vec::new(),
                against: Vec::new(),
            });
        let room = if by_door {
            spot.room.clone()
        } else {
            format!("{}{}", spot.entrance, spot.room)
        };
        match one.wish.attitude.as_str() {
            "want" => slot.want.push(room),
            "against" => slot.against.push(room),
            _ => {}
        }
    }
    let mut places: Vec<ConflictPlace> = places
        .into_values()
        .filter(|place| !place.want.is_empty() && !place.against.is_empty())
        .collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.want.len().min(place.against.len())));
    let worst = (0..storeys.len())
        .filter(|at| storeys[*at].against > 0)
        .max_by_key(|at| (storeys[*at].against, STOREYS.len() - at));
    let all: u32 = storeys.iter().map(|count| count.against).sum();
    let low = storeys[0].against + storeys[1].against;
    let high = storeys[2].want + storeys[3].want;
    let (title, finding) = match worst {
        // Who lives low needs no lift and loses light to it.
        Some(_) if measure == "lift" && low * 2 > all => (
            format!("{name} × 低楼层住户"),
            format!("说不要的 {all} 户里，一、二层占 {low} 户；三层以上说要的有 {high} 户。"),
        ),
        Some(at) => (
            format!("{name} × {}住户", STOREYS[at]),
            format!(
                "说不要的 {all} 户里，{}占 {} 户；这一层说要的有 {} 户。",
                STOREYS[at], storeys[at].against, storeys[at].want
            ),
        ),
        None => (
            name,
            "说不要的都没有登记楼层，先补楼层才看得出矛盾在哪一层。".to_owned(),
        ),
    };
    Conflict {
        measure: measure.to_owned(),
        title,
        finding,
        storeys,
        places,
    }
}

fn item(one: &Said<'_>) -> WishItem {
    let wish = one.wish;
    WishItem {
        id: wish.id.to_string(),
        place: place(one.spot),
        who: one
            .speaker()
            .map_or_else(|| who(one.living), |one| who(std::slice::from_ref(one))),
        measure: label(KIND, "measure", &wish.measure),
        attitude: wish.attitude.clone(),
        attitude_label: label(KIND, "attitude", &wish.attitude),
        priority: label(KIND, "priority", &wish.priority),
        pays: match (wish.would_pay, wish.amount_fen) {
            (_, Some(fen)) => format!("{} 元", amount(fen)),
            (Some(1), None) => "愿意".to_owned(),
            (Some(_), None) => "不愿意".to_owned(),
            (None, None) => String::new(),
        },
        words: wish.words.clone(),
        raised_on: long_date(Some(&wish.raised_on)),
        work_item: wish.work_item.clone(),
        answer: label(KIND, "answer", &wish.answer),
        reason: wish.reason.clone(),
        answered_on: long_date(Some(&wish.answered_on)),
    }
}

/// What was not counted, and what is counted but not sure.
fn doubts(voices: &Voices, said: &[Said<'_>], replaced: usize) -> String {
    let mut told = Vec::new();
    if replaced > 0 {
        told.push(format!(
            "同一户对同一件事说过几次的，按最近一次算，较早的 {replaced} 条没有计入。"
        ));
    }
    let unclear = said
        .iter()
        .filter(|one| one.speaker().is_none() && !one.living.is_empty())
        .count();
    if unclear > 0 {
        told.push(format!(
            "有 {unclear} 条没写明是哪一户，或写的那一户已不在这套房，按房屋计入。"
        ));
    }
    let empty = voices
        .dwellings
        .iter()
        .filter(|spot| voices.living(spot.id).is_empty() && !voices.wishes(spot.id).is_empty())
        .count();
    if empty > 0 {
        told.push(format!("有 {empty} 套房没有登记住户却有诉求，也计入了。"));
    }
    told.concat()
}
