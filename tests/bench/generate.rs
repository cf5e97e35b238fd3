//! Ledgers of any size, all invented (示例).

use std::path::Path;

use chrono::{DateTime, FixedOffset};
use jiugai_api::ApiError;
use jiugai_domain::{Field, KindCode, RecordId, Value};
use jiugai_storage::{
    Connection, Ledger, Op, OpCode, OpenOptions, Stamp, StorageError, log, records,
};

/// Makes a ledger of so many compounds; gives the keys of one compound and one of its dwellings.
pub(crate) fn ledger(path: &Path, compounds: usize) -> Result<(String, String), ApiError> {
    let stamp = stamp()?;
    let at = stamp.at;
    let ledger = Ledger::create(path, &OpenOptions::default(), &stamp)?;
    let mut last = None;
    for number in 1..=compounds {
        let op = Op::one(OpCode::Sample, format!("示例小区{number}"));
        last = Some(
            ledger
                .transact(&op, &stamp, |conn| compound(conn, at, number))?
                .value,
        );
    }
    ledger.close()?;
    let (compound, dwelling) = last.ok_or_else(ApiError::internal)?;
    Ok((compound.to_string(), dwelling.to_string()))
}

/// Who made the ledgers, and when.
pub(crate) fn stamp() -> Result<Stamp, ApiError> {
    let at = DateTime::parse_from_rfc3339("2021-03-06T09:30:00+08:00")
        .map_err(|_| ApiError::internal())?;
    Ok(Stamp {
        actor: "示例".to_owned(),
        device: "示例".to_owned(),
        at,
    })
}

/// One compound of so many households, 100 in each building.
pub(crate) fn street(
    conn: &Connection,
    at: DateTime<FixedOffset>,
    households: usize,
) -> Result<RecordId, StorageError> {
    let name = [("name", text("示例大院"))];
    let scope = insert(conn, at, KindCode::Compound, None, &name)?;
    let within = Some(scope);
    let (mut house, mut door) = (scope, scope);
    for number in 0..households {
        let (building, rest) = (number / 100 + 1, number % 100);
        if rest == 0 {
            let cells = [("name", text(format!("{building}号楼")))];
            house = insert(conn, at, KindCode::Building, within, &cells)?;
        }
        if rest % 20 == 0 {
            let cells = [
                ("building", Value::Id(house)),
                ("name", text(format!("{}单元", rest / 20 + 1))),
            ];
            door = insert(conn, at, KindCode::Entrance, within, &cells)?;
        }
        let room = (rest % 20 / 2 + 1) * 100 + rest % 2 + 1;
        let cells = [
            ("building", Value::Id(house)),
            ("entrance", Value::Id(door)),
            ("room", text(room.to_string())),
            ("use", text("residence")),
        ];
        let dwelling = insert(conn, at, KindCode::Dwelling, within, &cells)?;
        let cells = [
            ("dwelling", Value::Id(dwelling)),
            ("contact", text("示例住户")),
        ];
        insert(conn, at, KindCode::Household, within, &cells)?;
    }
    Ok(scope)
}

fn insert(
    conn: &Connection,
    at: DateTime<FixedOffset>,
    kind: KindCode,
    compound: Option<RecordId>,
    cells: &[(&str, Value)],
) -> Result<RecordId, StorageError> {
    let id = log::fresh_id(conn, at)?;
    let values: Vec<(&'static Field, Value)> = cells
        .iter()
        .filter_map(|(code, value)| kind.kind().field(code).map(|field| (field, value.clone())))
        .collect();
    records::insert(conn, kind, compound, id, &values)?;
    Ok(id)
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

/// What was heard at a dwelling: two visits, and of every third one a wish.
fn said(
    conn: &Connection,
    at: DateTime<FixedOffset>,
    within: Option<RecordId>,
    (dwelling, household): (RecordId, RecordId),
    number: i64,
) -> Result<(), StorageError> {
    for (day, outcome) in [("2021-03-01", "unreachable"), ("2021-03-04", "done")] {
        let cells = [
            ("dwelling", Value::Id(dwelling)),
            ("household", Value::Id(household)),
            ("visitedOn", text(day)),
            ("visitors", text("示例员甲、示例员乙")),
            ("outcome", text(outcome)),
            ("words", text("示例：支持改造")),
        ];
        insert(conn, at, KindCode::Visit, within, &cells)?;
    }
    if number % 3 == 0 {
        let attitude = if number % 2 == 0 { "want" } else { "against" };
        let cells = [
            ("dwelling", Value::Id(dwelling)),
            ("household", Value::Id(household)),
            ("measure", text("lift")),
            ("attitude", text(attitude)),
        ];
        insert(conn, at, KindCode::Wish, within, &cells)?;
    }
    Ok(())
}

/// Adds a compound with one building of 100 dwellings, for its board.
pub(crate) fn tower(path: &Path) -> Result<String, ApiError> {
    let stamp = stamp()?;
    let ledger = Ledger::open(path, &OpenOptions::default(), &stamp)?;
    let compound = yard(&ledger, &stamp, 100, 100)?;
    ledger.close()?;
    Ok(compound)
}

/// A ledger of one compound with so many dwellings and households, so many in a building.
pub(crate) fn long(path: &Path, households: i64, in_building: i64) -> Result<String, ApiError> {
    let stamp = stamp()?;
    let ledger = Ledger::create(path, &OpenOptions::default(), &stamp)?;
    let compound = yard(&ledger, &stamp, households, in_building)?;
    ledger.close()?;
    Ok(compound)
}

fn yard(
    ledger: &Ledger,
    stamp: &Stamp,
    households: i64,
    in_building: i64,
) -> Result<String, ApiError> {
    let at = stamp.at;
    let op = Op::one(OpCode::Sample, "示例高楼");
    let made = ledger.transact(&op, stamp, |conn| {
        let scope = insert(
            conn,
            at,
            KindCode::Compound,
            None,
            &[("name", text("示例高楼"))],
        )?;
        let within = Some(scope);
        let mut house = scope;
        for number in 0..households {
            if number % in_building == 0 {
                let name = format!("{}号楼", number / in_building + 1);
                let cells = [("name", text(name))];
                house = insert(conn, at, KindCode::Building, within, &cells)?;
            }
            let storey = number % in_building / 4 + 1;
            let cells = [
                ("building", Value::Id(house)),
                ("storey", Value::Integer(storey)),
                ("room", text(format!("{storey}0{}", number % 4 + 1))),
            ];
            let dwelling = insert(conn, at, KindCode::Dwelling, within, &cells)?;
            let cells = [
                ("dwelling", Value::Id(dwelling)),
                ("contact", text("示例住户")),
            ];
            let household = insert(conn, at, KindCode::Household, within, &cells)?;
            said(conn, at, within, (dwelling, household), number)?;
        }
        Ok(scope)
    })?;
    Ok(made.value.to_string())
}

/// 8 buildings, 307 dwellings with a household each, 30 outbuildings, parking, green.
pub(crate) fn compound(
    conn: &Connection,
    at: DateTime<FixedOffset>,
    number: usize,
) -> Result<(RecordId, RecordId), StorageError> {
    let scope = insert(
        conn,
        at,
        KindCode::Compound,
        None,
        &[
            ("name", text(format!("示例小区{number}"))),
            ("siteArea", Value::Integer(1_520_000)),
        ],
    )?;
    let within = Some(scope);
    let mut last = scope;
    let mut made = 0i64;
    for building in 1..=8 {
        let house = insert(
            conn,
            at,
            KindCode::Building,
            within,
            &[("name", text(format!("{building}号楼")))],
        )?;
        for entrance in 1..=4 {
            let door = insert(
                conn,
                at,
                KindCode::Entrance,
                within,
                &[
                    ("building", Value::Id(house)),
                    ("name", text(format!("{entrance}单元"))),
                ],
            )?;
            for room in 0..10 {
                if made == 307 {
                    break;
                }
                made += 1;
                let (storey, side) = (room / 2 + 1, room % 2 + 1);
                let cells = [
                    ("building", Value::Id(house)),
                    ("entrance", Value::Id(door)),
                    ("storey", Value::Integer(storey)),
                    ("room", text(format!("{storey}0{side}"))),
                    ("use", text("residence")),
                    ("grossFloorArea", Value::Integer(5_000 + made * 7 % 4_000)),
                    ("tenure", text("reformed")),
                ];
                last = insert(conn, at, KindCode::Dwelling, within, &cells)?;
                let cells = [
                    ("dwelling", Value::Id(last)),
                    ("contact", text("示例住户")),
                    ("occupancy", text("ownerOccupied")),
                    ("people", Value::Integer(1 + made % 6)),
                    ("cars", Value::Integer(made % 2)),
                ];
                let household = insert(conn, at, KindCode::Household, within, &cells)?;
                said(conn, at, within, (last, household), made)?;
            }
        }
    }
    for shed in 1..=30 {
        let cells = [
            ("number", text(format!("F-{shed:03}"))),
            ("kind", text("annexRoom")),
            ("rooms", Value::Integer(1)),
            ("area", Value::Integer(600)),
        ];
        insert(conn, at, KindCode::Outbuilding, within, &cells)?;
    }
    insert(
        conn,
        at,
        KindCode::ParkingArea,
        within,
        &[("name", text("院内车位")), ("spaces", Value::Integer(60))],
    )?;
    insert(
        conn,
        at,
        KindCode::GreenSpace,
        within,
        &[
            ("name", text("花坛")),
            ("kind", text("concentrated")),
            ("area", Value::Integer(21_000)),
        ],
    )?;
    Ok((scope, last))
}
