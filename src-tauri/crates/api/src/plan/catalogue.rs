//! The measure catalogue and the price library: adding an item in a few keys.

use std::collections::HashMap;

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value, fixed};
use jiugai_storage::query::Row;
use jiugai_storage::records::read_cells;
use jiugai_storage::{Connection, Op, OpCode, StorageError, log, records};
use serde::Deserialize;

use super::load::{Version, item};
use crate::assets::{self, Fields, all_rows};
use crate::text::{key, long_date, small};
use crate::wire::{
    CellText, Changed, EditGesture, EditOutcome, GroundRequest, GroundUse, Measure, NewItem,
    PriceOffer, RecordEdit, RecordEdits,
};
use crate::{ApiError, ErrorCode, Session, wording};

const CATALOGUE: &str = include_str!("../../data/plan/catalogue.json");
/// Prices of the sample (示例), as typed.
const PRICES: &str = include_str!("../../data/plan/prices.json");

/// A measure of the data file: texts as a person would type them into cells.
#[derive(Debug, Clone, Deserialize)]
struct Entry {
    code: String,
    verb: String,
    name: String,
    measure: String,
    class: String,
    #[serde(default)]
    revolution: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    permit: String,
    #[serde(default)]
    statistic: String,
    /// Code of the subject of wishes that it answers.
    #[serde(default)]
    wish: String,
}

fn entries() -> Result<Vec<Entry>, ApiError> {
    serde_json::from_str(CATALOGUE).map_err(|_| ApiError::internal())
}

fn refused(message: impl Into<String>, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, "没有添加", message, next)
}

/// The prices of the library for a measure: the same name first, then names that contain it.
fn offers(prices: &[Row], name: &str, measure: &str) -> Vec<PriceOffer> {
    let mut found: Vec<(u8, &Row)> = prices
        .iter()
        .filter_map(|row| {
            let fields = Fields::of(KindCode::Price, &row.values);
            let called = fields.text("name");
            let near = if called == name {
                0
            } else if called.contains(name) || name.contains(called) {
                1
            } else {
                return None;
            };
            (fields.text("measure") == measure).then_some((near, row))
        })
        .collect();
    // One's own before 示例, the newest first.
    found.sort_by_key(|(near, row)| {
        let fields = Fields::of(KindCode::Price, &row.values);
        (
            *near,
            fields.flag("example").unwrap_or(false),
            std::cmp::Reverse(fields.text("pricedOn").to_owned()),
        )
    });
    found.into_iter().map(|(_, row)| offer(row)).collect()
}

fn offer(row: &Row) -> PriceOffer {
    let fields = Fields::of(KindCode::Price, &row.values);
    let example = fields.flag("example").unwrap_or(false);
    let day = fields.text("pricedOn");
    let parts = [
        fields.text("source").to_owned(),
        long_date(Some(day)),
        fields.text("region").to_owned(),
        if example {
            "示例".to_owned()
        } else {
            String::new()
        },
    ];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    PriceOffer {
        price: fixed::format(fields.integer("unitPrice").unwrap_or(0), 2),
        source: told.join("，"),
        source_cell: fields.text("source").to_owned(),
        day_cell: day.to_owned(),
        example,
    }
}

/// The next number of a work item: 编号 G01, G02 …, unused in every version of the compound.
pub(crate) fn next_number(conn: &Connection, compound: RecordId) -> Result<usize, StorageError> {
    let rows = assets::rows(conn, KindCode::WorkItem, compound)?;
    Ok(rows
        .iter()
        .filter_map(|row| item(row).text("number").strip_prefix('G')?.parse().ok())
        .max()
        .unwrap_or(0)
        + 1)
}

fn next_ordinal(version: &Version) -> i64 {
    version
        .items
        .iter()
        .filter_map(|row| item(row).integer("ordinal"))
        .max()
        .unwrap_or(0)
        + 1
}

impl Session {
    /// The measures to choose from, with prices of the library and how often residents of the
    /// plan's compound asked for each.
    ///
    /// # Errors
    /// `notFound`.
    pub fn plan_catalogue(&self, plan: &str) -> Result<Vec<Measure>, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(plan)?)?;
        let prices = all_rows(conn, KindCode::Price)?;
        let mut wanted: HashMap<String, usize> = HashMap::new();
        for row in assets::rows(conn, KindCode::Wish, version.compound)? {
            let fields = Fields::of(KindCode::Wish, &row.values);
            if fields.text("attitude") == "want" {
                *wanted.entry(fields.text("measure").to_owned()).or_default() += 1;
            }
        }
        Ok(entries()?
            .into_iter()
            .map(|entry| Measure {
                prices: offers(&prices, &entry.name, &entry.measure),
                wanted: small(wanted.get(&entry.wish).copied().unwrap_or(0)),
                keys: jiugai_storage::query::typed_keys(&entry.name),
                code: entry.code,
                verb: entry.verb,
                name: entry.name,
                measure: entry.measure,
                class: entry.class,
                revolution: entry.revolution,
                decision: entry.decision,
                permit: entry.permit,
                statistic: entry.statistic,
            })
            .collect())
    }

    /// Adds a work item: what the catalogue knows of its measure, and the cells as typed.
    ///
    /// # Errors
    /// `notFound`; `invalid` for a price without a unit. Bad cells come back in the outcome.
    pub fn plan_add(&mut self, request: &NewItem) -> Result<Changed<EditOutcome>, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(&request.plan)?)?;
        if version.release.is_some() {
            return Err(StorageError::PlanReleased.into());
        }
        let mut cells: Vec<(String, String)> = vec![
            ("plan".to_owned(), version.row.label.clone()),
            ("ordinal".to_owned(), next_ordinal(&version).to_string()),
            (
                "number".to_owned(),
                format!("G{:02}", next_number(conn, version.compound)?),
            ),
        ];
        if let Some(code) = &request.measure {
            let entry = entries()?
                .into_iter()
                .find(|entry| entry.code == *code)
                .ok_or_else(ApiError::not_found)?;
            cells.extend(known(&entry));
        }
        for (code, text) in &request.cells {
            cells.retain(|(known, _)| known != code);
            cells.push((code.clone(), text.clone()));
        }
        let typed = |code: &str| {
            cells
                .iter()
                .find(|(known, _)| known == code)
                .is_some_and(|(_, text)| !normalize(text).is_empty())
        };
        if typed("unitPrice") && !typed("measure") {
            return Err(refused(
                "写了单价，没写单位。",
                "请写明单价是每间、每㎡还是每米的。",
            ));
        }
        self.record_edit(&RecordEdits {
            kind: KindCode::WorkItem,
            compound: Some(version.compound.to_string()),
            gesture: EditGesture::Edit,
            edits: vec![RecordEdit {
                id: None,
                cells: cells
                    .into_iter()
                    .map(|(field, text)| CellText { field, text })
                    .collect(),
            }],
        })
    }

    /// Says what freed ground becomes: an effect for each use, in an item of the plan or a new one.
    ///
    /// # Errors
    /// `notFound`; `invalid` when more is used than is left, or something cannot be read.
    pub fn plan_use_ground(&mut self, request: &GroundRequest) -> Result<Changed<u32>, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(&request.plan)?)?;
        let (_, ground) = super::findings::findings(conn, &version)?;
        let area = field(KindCode::Effect, "area")?;
        let mut wanted = 0;
        for one in &request.uses {
            let read = area
                .parse(&one.area)
                .map_err(|error| refused(wording::field_error(area, &error), "请改好面积。"))?;
            wanted += read.as_integer().filter(|area| *area > 0).ok_or_else(|| {
                refused(
                    format!("“{}”没有写占多少㎡。", one.name),
                    "请给每一处写上面积。",
                )
            })?;
        }
        match ground.left() {
            None => {
                return Err(refused(
                    "这一版还没有拆出来的地，或者要拆的都没有面积。",
                    "请先“选择要拆的”，并在台账里补上面积。",
                ));
            }
            Some(left) if wanted > left => {
                return Err(refused(
                    format!(
                        "要用 {} ㎡，腾出来的地只剩 {} ㎡。",
                        fixed::format_grouped(wanted, 2),
                        fixed::format_grouped(left.max(0), 2)
                    ),
                    "请把面积改小，或者再多拆一些；用别的地的，到“写明效果”里另写。",
                ));
            }
            Some(_) => {}
        }
        let entries = entries()?;
        let prices = all_rows(conn, KindCode::Price)?;
        let at = self.now();
        let op = Op::many(OpCode::Create, "腾出的地的用处", request.uses.len())
            .of_kind(KindCode::Effect);
        let mut problem = None;
        let done = self.write(&op, |conn| {
            let mut number = next_number(conn, version.compound)?;
            let mut ordinal = next_ordinal(&version);
            for one in &request.uses {
                let code = measure_of(one.kind);
                let entry = entries.iter().find(|entry| entry.code == code);
                let item = match (&one.item, entry) {
                    (Some(item), _) => match item.parse::<RecordId>() {
                        Ok(item) => item,
                        Err(_) => return Err(StorageError::CalledOff),
                    },
                    (None, Some(entry)) => {
                        let cells = new_item(&version, entry, one, &prices, ordinal, number);
                        ordinal += 1;
                        number += 1;
                        let typed = (KindCode::WorkItem, cells);
                        typed_record(conn, version.compound, typed, &[], at, &mut problem)?
                    }
                    (None, None) => return Err(StorageError::CalledOff),
                };
                let effect = (KindCode::Effect, ground_effect(one));
                let known = [("workItem", Value::Id(item))];
                typed_record(conn, version.compound, effect, &known, at, &mut problem)?;
            }
            Ok(small(request.uses.len()))
        });
        match problem {
            Some(message) => Err(refused(message, "请改好再存，已经写的还在。")),
            None => done,
        }
    }

    /// Puts the shipped prices (示例) into the library, those that are not there yet.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn plan_example_prices(&mut self) -> Result<Changed<u32>, ApiError> {
        let at = self.now();
        let op = Op::one(OpCode::Create, "示例单价").of_kind(KindCode::Price);
        self.write(&op, |conn| fill_prices(conn, at).map(small))
    }
}

/// The catalogue's measure for a use of freed ground.
fn measure_of(kind: KindCode) -> &'static str {
    match kind {
        KindCode::ParkingArea => "addParking",
        KindCode::GreenSpace => "buildGreen",
        KindCode::CycleShed => "buildShed",
        KindCode::ActivityArea => "buildSquare",
        _ => "",
    }
}

/// What the catalogue knows, as cells.
fn known(entry: &Entry) -> Vec<(String, String)> {
    [
        ("verb", &entry.verb),
        ("name", &entry.name),
        ("measure", &entry.measure),
        ("class", &entry.class),
        ("revolution", &entry.revolution),
        ("decision", &entry.decision),
        ("permit", &entry.permit),
        ("statistic", &entry.statistic),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(code, text)| (code.to_owned(), text.clone()))
    .collect()
}

fn new_item(
    version: &Version,
    entry: &Entry,
    one: &GroundUse,
    prices: &[Row],
    ordinal: i64,
    number: usize,
) -> Vec<(String, String)> {
    let quantity = match one.kind {
        KindCode::ParkingArea => one.amount.clone(),
        KindCode::CycleShed => "1".to_owned(),
        _ => one.area.clone(),
    };
    let mut cells = known(entry);
    cells.extend([
        ("plan".to_owned(), version.row.label.clone()),
        ("ordinal".to_owned(), ordinal.to_string()),
        ("number".to_owned(), format!("G{number:02}")),
        ("quantity".to_owned(), quantity),
    ]);
    if let Some(price) = offers(prices, &entry.name, &entry.measure)
        .into_iter()
        .next()
    {
        cells.extend([
            ("unitPrice".to_owned(), price.price),
            ("priceSource".to_owned(), price.source_cell),
            ("pricedOn".to_owned(), price.day_cell),
        ]);
    }
    cells
}

fn ground_effect(one: &GroundUse) -> Vec<(String, String)> {
    let kind = one.kind.kind();
    let name = if normalize(&one.name).is_empty() {
        kind.label.to_owned()
    } else {
        one.name.clone()
    };
    let mut cells = vec![
        ("action".to_owned(), "create".to_owned()),
        ("assetKind".to_owned(), kind.code_text.to_owned()),
        ("name".to_owned(), name),
        ("area".to_owned(), one.area.clone()),
        ("ground".to_owned(), "freed".to_owned()),
    ];
    match one.kind {
        KindCode::ParkingArea => cells.push(("spaces".to_owned(), one.amount.clone())),
        KindCode::CycleShed => cells.push(("places".to_owned(), one.amount.clone())),
        KindCode::GreenSpace => {
            cells.push(("subkind".to_owned(), "集中绿地".to_owned()));
            cells.push(("concentrated".to_owned(), "是".to_owned()));
        }
        _ => {}
    }
    cells
}

fn field(kind: KindCode, code: &str) -> Result<&'static Field, ApiError> {
    kind.kind().field(code).ok_or_else(ApiError::internal)
}

/// Stores a record of typed cells beside known values; what cannot be read is told in `problem`
/// and calls everything off.
fn typed_record(
    conn: &Connection,
    compound: RecordId,
    (kind, cells): (KindCode, Vec<(String, String)>),
    known: &[(&str, Value)],
    at: chrono::DateTime<chrono::FixedOffset>,
    problem: &mut Option<String>,
) -> Result<RecordId, StorageError> {
    let mut values = Vec::new();
    for (code, text) in &cells {
        let Some(field) = kind.kind().field(code) else {
            continue;
        };
        let read = if matches!(field.kind, FieldType::Reference(_)) {
            let row = records::RowContext::default();
            records::resolve(conn, field, Some(compound), text, row)?
        } else {
            field.parse(text)
        };
        match read {
            Ok(Value::Null) => {}
            Ok(value) => values.push((field, value)),
            Err(error) => {
                *problem = Some(wording::field_error(field, &error));
                return Err(StorageError::CalledOff);
            }
        }
    }
    for (code, value) in known {
        if let Some(field) = kind.kind().field(code) {
            values.push((field, value.clone()));
        }
    }
    let id = log::fresh_id(conn, at)?;
    records::insert(conn, kind, Some(compound), id, &values)?;
    Ok(id)
}

/// Adds the shipped prices that are not in the library yet, by name and unit.
pub(crate) fn fill_prices(
    conn: &Connection,
    at: chrono::DateTime<chrono::FixedOffset>,
) -> Result<usize, StorageError> {
    const ALWAYS: [(&str, &str); 3] = [
        ("source", "示例单价"),
        ("example", "是"),
        ("remark", "只供试用，请换成当地的信息价、中标价"),
    ];
    let prices: Vec<Vec<(String, String)>> =
        serde_json::from_str(PRICES).map_err(|_| StorageError::CalledOff)?;
    let there: Vec<(String, String)> = all_rows(conn, KindCode::Price)?
        .iter()
        .map(|row| {
            let fields = Fields::of(KindCode::Price, &row.values);
            (
                fields.text("name").to_owned(),
                fields.text("measure").to_owned(),
            )
        })
        .collect();
    let mut added = 0;
    for cells in &prices {
        let of = |code: &str| {
            let found = cells.iter().find(|(known, _)| known == code);
            found.map_or_else(String::new, |(_, text)| text.clone())
        };
        if there.contains(&(of("name"), of("measure"))) {
            continue;
        }
        let typed: Vec<(&str, &str)> = cells
            .iter()
            .map(|(code, text)| (code.as_str(), text.as_str()))
            .chain(ALWAYS)
            .collect();
        let values = read_cells(conn, KindCode::Price, None, None, &typed)?
            .map_err(|_| StorageError::CalledOff)?;
        let id = log::fresh_id(conn, at)?;
        records::insert(conn, KindCode::Price, None, id, &values)?;
        added += 1;
    }
    Ok(added)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_measure_reads_and_stands_once() {
        let entries = entries().expect("readable");
        assert!(entries.len() >= 45, "{}", entries.len());
        let mut codes = HashSet::new();
        for entry in &entries {
            assert!(codes.insert(entry.code.clone()), "{} twice", entry.code);
            for (code, text) in known(entry) {
                let field = KindCode::WorkItem.kind().field(&code).expect("a field");
                assert!(field.parse(&text).is_ok(), "{}: {code} {text}", entry.code);
            }
            let wish = KindCode::Wish.kind().field("measure").expect("a field");
            assert!(
                entry.wish.is_empty() || wish.parse(&entry.wish).is_ok(),
                "{}: {}",
                entry.code,
                entry.wish
            );
        }
        for kind in [
            KindCode::ParkingArea,
            KindCode::GreenSpace,
            KindCode::CycleShed,
            KindCode::ActivityArea,
        ] {
            assert!(codes.contains(measure_of(kind)), "{kind:?}");
        }
    }
}
