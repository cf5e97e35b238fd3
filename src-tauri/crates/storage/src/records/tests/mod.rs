//! A small compound to try things on, and the table of contents of the tests.

mod copying;
mod property;
mod removing;
mod schema;
mod typing;
mod voice;
mod writing;

use std::cell::Cell;
use std::ops::Deref;

use jiugai_domain::{KindCode, RecordId, Value};
use rusqlite::Connection;

use super::{insert, read_cells};

/// An empty inventory in memory.
pub(crate) fn inventory() -> Connection {
    let conn = Connection::open_in_memory().expect("memory");
    conn.pragma_update(None, "foreign_keys", true)
        .expect("foreign keys");
    conn.execute_batch(concat!(
        include_str!("../../../migrations/02-inventory/up.sql"),
        include_str!("../../../migrations/03-check/up.sql"),
        include_str!("../../../migrations/05-search/up.sql"),
        include_str!("../../../migrations/06-voice/up.sql"),
        include_str!("../../../migrations/09-ballot/up.sql"),
        include_str!("../../../migrations/10-plan/up.sql"),
        include_str!("../../../migrations/11-standard/up.sql"),
        include_str!("../../../migrations/16-desk/up.sql"),
        include_str!("../../../migrations/17-plan-details/up.sql"),
    ))
    .expect("schema");
    conn
}

thread_local!(static LAST: Cell<u64> = const { Cell::new(0) });

/// A key that was not given out before.
pub(crate) fn fresh() -> RecordId {
    let next = LAST.get() + 1;
    LAST.set(next);
    RecordId::new(1_700_000_000_000 + next, [0; 10])
}

/// Types a new row and stores it.
pub(crate) fn add(
    conn: &Connection,
    kind: KindCode,
    compound: Option<RecordId>,
    cells: &[(&str, &str)],
) -> RecordId {
    let id = fresh();
    let values = read_cells(conn, kind, compound, None, cells)
        .expect("readable")
        .expect("storable");
    insert(conn, kind, compound, id, &values).expect("inserted");
    id
}

/// Values of typed cells of a record that is there.
pub(crate) fn edit(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
    cells: &[(&str, &str)],
) -> Vec<(&'static jiugai_domain::Field, Value)> {
    let record = super::get(conn, kind, id)
        .expect("readable")
        .expect("there");
    read_cells(conn, kind, None, Some(&record), cells)
        .expect("readable")
        .expect("storable")
}

/// 示例小区: 1号楼 with two entrances, 2号楼 and 10号楼, nine dwellings, people, assets and a plan.
pub(crate) struct Sample {
    pub(crate) conn: Connection,
    keys: Keys,
}

/// Keys of its records.
pub(crate) struct Keys {
    pub(crate) compound: RecordId,
    pub(crate) work_unit: RecordId,
    pub(crate) building: RecordId,
    pub(crate) entrance: RecordId,
    pub(crate) dwelling: RecordId,
    pub(crate) owner: RecordId,
    pub(crate) ownership: RecordId,
    pub(crate) household: RecordId,
    pub(crate) outbuilding: RecordId,
    pub(crate) plan: RecordId,
    pub(crate) work_item: RecordId,
    pub(crate) effect: RecordId,
}

impl Deref for Sample {
    type Target = Keys;

    fn deref(&self) -> &Keys {
        &self.keys
    }
}

pub(crate) fn sample() -> Sample {
    let conn = inventory();
    let keys = furnish(&conn);
    Sample { conn, keys }
}

fn furnish(conn: &Connection) -> Keys {
    let compound = add(
        conn,
        KindCode::Compound,
        None,
        &[
            ("name", "示例家属院"),
            ("stage", "摸底"),
            ("surveyedOn", "2021年3月5日"),
        ],
    );
    let here = Some(compound);
    let work_unit = add(conn, KindCode::WorkUnit, None, &[("name", "示例公司")]);
    let building = add(
        conn,
        KindCode::Building,
        here,
        &[
            ("name", "一号楼"),
            ("workUnit", "示例公司"),
            ("builtYear", "1979年"),
        ],
    );
    add(
        conn,
        KindCode::Building,
        here,
        &[("name", "10#"), ("grossFloorArea", "1000㎡")],
    );
    add(conn, KindCode::Building, here, &[("name", "２幢")]);
    let entrance = add(
        conn,
        KindCode::Entrance,
        here,
        &[("building", "1号楼"), ("name", "1")],
    );
    add(
        conn,
        KindCode::Entrance,
        here,
        &[("building", "1#"), ("name", "二单元")],
    );
    add(
        conn,
        KindCode::Entrance,
        here,
        &[("building", "2"), ("name", "1单元")],
    );
    let mut first = None;
    for (building, entrance, room, area) in [
        ("1", "1", "102", "61.20"),
        ("1", "1", "101", "63.75"),
        ("1", "1", "201", "61.20"),
        ("1", "2", "101", "70"),
        ("2", "1", "1001", "88.88"),
        ("2", "1", "302室", ""),
        ("10", "", "东1", "45"),
        ("10", "", "东10", "45"),
        ("10", "", "东2", ""),
    ] {
        let id = add(
            conn,
            KindCode::Dwelling,
            here,
            &[
                ("room", room),
                ("entrance", entrance),
                ("building", building),
                ("grossFloorArea", area),
                ("tenure", "房改"),
            ],
        );
        first.get_or_insert(id);
    }
    let dwelling = first.expect("nine dwellings");
    let owner = add(
        conn,
        KindCode::Owner,
        here,
        &[("name", "李某"), ("phone", "13800001234")],
    );
    add(
        conn,
        KindCode::Owner,
        here,
        &[("name", "王某"), ("type", "自然人")],
    );
    let ownership = add(
        conn,
        KindCode::Ownership,
        here,
        &[("dwelling", "1-1-102"), ("owner", "李某"), ("share", "50%")],
    );
    add(
        conn,
        KindCode::Ownership,
        here,
        &[("dwelling", "1-1-102"), ("owner", "王某"), ("share", "50")],
    );
    let household = add(
        conn,
        KindCode::Household,
        here,
        &[
            ("dwelling", "１号楼１单元１０２"),
            ("contact", "李某"),
            ("people", "3人"),
            ("seniors60", "1"),
            ("willingness", "同意"),
        ],
    );
    add(
        conn,
        KindCode::Household,
        here,
        &[
            ("dwelling", "2-302"),
            ("occupancy", "空置"),
            ("people", "-"),
        ],
    );
    let outbuilding = add(
        conn,
        KindCode::Outbuilding,
        here,
        &[
            ("number", "F-009"),
            ("kind", "大排房"),
            ("rooms", "22间"),
            ("building", "1"),
            ("dwelling", "1-1-102"),
            ("place", "楼北侧"),
        ],
    );
    add(
        conn,
        KindCode::GreenSpace,
        here,
        &[("name", "中心绿地"), ("area", "120.5")],
    );
    let plan = add(
        conn,
        KindCode::Plan,
        here,
        &[("name", "改造方案"), ("version", "1"), ("state", "草案")],
    );
    let work_item = add(
        conn,
        KindCode::WorkItem,
        here,
        &[("plan", "改造方案"), ("verb", "拆"), ("name", "大排房22间")],
    );
    let effect = add(
        conn,
        KindCode::Effect,
        here,
        &[
            ("workItem", "拆 大排房22间"),
            ("action", "拆除"),
            ("outbuilding", "F-009"),
        ],
    );
    Keys {
        compound,
        work_unit,
        building,
        entrance,
        dwelling,
        owner,
        ownership,
        household,
        outbuilding,
        plan,
        work_item,
        effect,
    }
}

/// Nothing dangles and every rule holds.
pub(crate) fn assert_sound(conn: &Connection) {
    let dangling: Option<String> = rusqlite::OptionalExtension::optional(conn.query_row(
        "PRAGMA foreign_key_check",
        [],
        |row| row.get(0),
    ))
    .expect("checked");
    assert_eq!(dangling, None);
    let integrity: String = conn
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("checked");
    assert_eq!(integrity, "ok");
    assert_eq!(
        crate::query::invariants::violations(conn, 5).expect("checked"),
        []
    );
}
