//! Little ledgers for tests, written with plain SQL.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, TimeDelta};
use jiugai_domain::{KindCode, RecordId};
use rusqlite::{Connection, params};

use crate::{Ledger, Op, OpCode, OpenOptions, Stamp, StorageError};

/// 2026-03-05 09:00 in China and so many minutes later.
pub(crate) fn at(minutes: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-05T09:00:00+08:00").unwrap() + TimeDelta::minutes(minutes)
}

pub(crate) fn stamp(minutes: i64) -> Stamp {
    Stamp {
        actor: "录入员甲".into(),
        device: "测试机".into(),
        at: at(minutes),
    }
}

pub(crate) fn memory() -> Ledger {
    Ledger::in_memory(&stamp(0)).unwrap()
}

/// A folder with a ledger and a folder for backups.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) ledger: PathBuf,
    pub(crate) options: OpenOptions,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("五交化家属院 示例.jgdb");
        let options = OpenOptions {
            backup_dir: Some(folder.path().join("备份")),
            ..OpenOptions::default()
        };
        Self {
            folder,
            ledger,
            options,
        }
    }

    pub(crate) fn create(&self) -> Ledger {
        Ledger::create(&self.ledger, &self.options, &stamp(0)).unwrap()
    }

    pub(crate) fn open(&self) -> Ledger {
        self.try_open().unwrap()
    }

    pub(crate) fn try_open(&self) -> Result<Ledger, StorageError> {
        Ledger::open(&self.ledger, &self.options, &stamp(1))
    }
}

pub(crate) fn id(kind: KindCode, number: u16) -> RecordId {
    let ordinal = KindCode::ALL
        .iter()
        .position(|other| *other == kind)
        .unwrap();
    let mut random = [u8::try_from(ordinal).unwrap(); 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    RecordId::new(1_700_000_000_000 + u64::from(number), random)
}

pub(crate) fn compound(conn: &Connection, number: u16) -> rusqlite::Result<usize> {
    let name = format!("小区{number}");
    conn.execute(
        "INSERT INTO compound (id, sort_key, name) VALUES (?1, ?2, ?2)",
        params![id(KindCode::Compound, number).0, name],
    )
}

pub(crate) fn building(conn: &Connection, number: u16, of: u16) -> rusqlite::Result<usize> {
    let name = format!("{number}号楼");
    conn.execute(
        "INSERT INTO building (id, compound_id, sort_key, name) VALUES (?1, ?2, ?3, ?3)",
        params![
            id(KindCode::Building, number).0,
            id(KindCode::Compound, of).0,
            name
        ],
    )
}

pub(crate) fn dwelling(
    conn: &Connection,
    number: u16,
    building: u16,
    compound: u16,
) -> rusqlite::Result<usize> {
    conn.execute(
        "INSERT INTO dwelling (id, compound_id, sort_key, building_id, room, gross_floor_area_dm2)
         VALUES (?1, ?2, ?3, ?4, ?3, 6120)",
        params![
            id(KindCode::Dwelling, number).0,
            id(KindCode::Compound, compound).0,
            number.to_string(),
            id(KindCode::Building, building).0
        ],
    )
}

/// One SQL statement on one record.
pub(crate) fn set(
    conn: &Connection,
    kind: KindCode,
    number: u16,
    sql: &str,
) -> rusqlite::Result<usize> {
    conn.execute(
        &format!("UPDATE \"{}\" SET {sql} WHERE id = ?1", kind.kind().table),
        [id(kind, number).0],
    )
}

pub(crate) fn delete(conn: &Connection, kind: KindCode, number: u16) -> rusqlite::Result<usize> {
    conn.execute(
        &format!("DELETE FROM \"{}\" WHERE id = ?1", kind.kind().table),
        [id(kind, number).0],
    )
}

/// Runs plain SQL work as one transaction and gives its number.
pub(crate) fn run(
    ledger: &Ledger,
    op: &Op,
    minutes: i64,
    work: impl FnOnce(&Connection) -> rusqlite::Result<usize>,
) -> Result<i64, StorageError> {
    let changed = ledger.transact(op, &stamp(minutes), |conn| Ok(work(conn)?))?;
    Ok(changed.transaction.map_or(0, |transaction| transaction.seq))
}

pub(crate) fn update(subject: &str) -> Op {
    Op::one(OpCode::Update, subject)
}

/// Compound 1 with buildings 1 and 2 and dwelling 101 in building 1.
pub(crate) fn small(ledger: &Ledger) -> i64 {
    let op = Op::many(OpCode::Import, "五交化家属院", 1).of_kind(KindCode::Dwelling);
    run(ledger, &op, 0, |conn| {
        compound(conn, 1)?;
        building(conn, 1, 1)?;
        building(conn, 2, 1)?;
        dwelling(conn, 101, 1, 1)
    })
    .unwrap()
}

/// Every cell of every tracked table, in the order of the keys.
pub(crate) fn dump(conn: &Connection) -> String {
    let mut text = String::new();
    for kind in KindCode::ALL {
        let table = kind.kind().table;
        let mut statement = conn
            .prepare(&format!("SELECT * FROM \"{table}\" ORDER BY id"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            write!(text, "{table}").unwrap();
            for column in 0..columns {
                write!(text, "|{:?}", row.get_ref(column).unwrap()).unwrap();
            }
            text.push('\n');
        }
    }
    text
}

/// How many times as much the tests of faults and of random sequences shall do (`cargo xtask trust`).
pub(crate) fn times() -> u32 {
    let asked = std::env::var("JIUGAI_TIMES").ok();
    asked.and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// A small generator of numbers: every run meets the same list, each place of it another point.
pub(crate) fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// Cuts a file to a part of its length.
pub(crate) fn cut(path: &Path, bytes: u64) {
    std::fs::OpenOptions::new()
        .write(true)
        .open(path)
        .unwrap()
        .set_len(bytes)
        .unwrap();
}
