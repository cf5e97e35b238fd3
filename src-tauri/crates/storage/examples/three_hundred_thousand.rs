//! Fills a ledger file with 1,000 compounds and 300,000 dwellings, households, owners and
//! ownerships, and prints how long grids, totals, counts and searches take. Run in release.
//!
//! `cargo run --release -p jiugai-storage --example three_hundred_thousand [compounds]`

#![expect(
    clippy::print_stdout,
    reason = "the figures are what this program is for"
)]

use std::error::Error;
use std::time::Instant;

use jiugai_domain::{KindCode, RecordId, Value};
use jiugai_storage::query::{
    Filter, FilterOp, OrderCache, Sort, WindowQuery, counts, search, totals, window,
};
use jiugai_storage::records::{insert, options, removal_preview};
use rusqlite::Connection;

const SURNAMES: [&str; 10] = ["李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "单"];
const STOREYS: i64 = 6;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let compounds: u64 = std::env::args()
        .nth(1)
        .map_or(Ok(1000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let conn = Connection::open(folder.path().join("large.jgdb"))?;
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON")?;
    conn.execute_batch(include_str!("../migrations/02-inventory/up.sql"))?;
    conn.set_prepared_statement_cache_capacity(128);
    let first = timed("fill", || fill(&conn, compounds))?;
    println!(
        "{:<44}{:>9} MB",
        "file",
        std::fs::metadata(folder.path().join("large.jgdb"))?.len() / 1_000_000
    );
    grids(&conn, first)?;
    timed("counts, all compounds", || Ok(counts(&conn, None)?))?;
    timed("counts, one compound", || Ok(counts(&conn, Some(first))?))?;
    for text in [
        "3-2-301",
        "3号楼301",
        "301",
        "李",
        "李某17",
        "0017",
        "某小区",
        "7号楼",
        "没有这样的",
    ] {
        let hits = timed(&format!("search {text}"), || Ok(search(&conn, text, 50)?))?;
        println!("{:<44}{:>9}", "", hits.len());
    }
    timed("options, dwellings of a compound", || {
        Ok(options(&conn, KindCode::Dwelling, Some(first), "3-2", 30)?)
    })?;
    timed("removal preview of a compound", || {
        Ok(removal_preview(&conn, KindCode::Compound, &[first])?)
    })?;
    timed("invariants", || {
        Ok(jiugai_storage::query::invariants::violations(&conn, 10)?)
    })?;
    Ok(())
}

fn grids(conn: &Connection, first: RecordId) -> Outcome<()> {
    let mut cache = OrderCache::new();
    for (kind, compound) in [
        (KindCode::Dwelling, None),
        (KindCode::Household, None),
        (KindCode::Ownership, None),
        (KindCode::Dwelling, Some(first)),
    ] {
        let query = WindowQuery::all(kind, compound);
        let scope = if compound.is_some() {
            "one compound"
        } else {
            "all"
        };
        let name = kind.code();
        let total = timed(&format!("{name}, {scope}: first window"), || {
            Ok(window(conn, &query, &mut cache, 0, 100)?)
        })?
        .total;
        for offset in [0, total / 2, total.saturating_sub(100)] {
            timed(&format!("{name}, {scope}: window at {offset}"), || {
                Ok(window(conn, &query, &mut cache, offset, 100)?)
            })?;
        }
        timed(&format!("{name}, {scope}: totals"), || {
            Ok(totals(conn, &query)?)
        })?;
    }
    let all = WindowQuery::all(KindCode::Dwelling, None);
    let narrow = Filter {
        field: "grossFloorArea".into(),
        op: FilterOp::AtLeast,
        text: "80".into(),
    };
    let sort = vec![Sort {
        field: "grossFloorArea".into(),
        descending: true,
    }];
    let by_name = vec![Sort {
        field: "contact".into(),
        descending: false,
    }];
    for (name, query) in [
        (
            "dwelling, all, filter",
            WindowQuery {
                filters: vec![narrow],
                ..all.clone()
            },
        ),
        (
            "dwelling, all, sorted by area",
            WindowQuery {
                sort,
                ..all.clone()
            },
        ),
        (
            "dwelling, all, search 3-2-301",
            WindowQuery {
                search: Some("3-2-301".into()),
                ..all
            },
        ),
        (
            "household, all, by pinyin",
            WindowQuery {
                sort: by_name,
                ..WindowQuery::all(KindCode::Household, None)
            },
        ),
    ] {
        timed(&format!("{name}: first window"), || {
            Ok(window(conn, &query, &mut cache, 0, 100)?)
        })?;
        timed(&format!("{name}: next window"), || {
            Ok(window(conn, &query, &mut cache, 100, 100)?)
        })?;
    }
    Ok(())
}

fn timed<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let start = Instant::now();
    let done = work()?;
    let micros = start.elapsed().as_micros();
    println!(
        "{name:<44}{:>5}.{:02} ms",
        micros / 1000,
        micros % 1000 / 10
    );
    Ok(done)
}

struct Filler<'a> {
    conn: &'a Connection,
    last: u64,
}

impl Filler<'_> {
    fn add(
        &mut self,
        kind: KindCode,
        compound: Option<RecordId>,
        values: &[(&str, Value)],
    ) -> Outcome<RecordId> {
        self.last += 1;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.last.to_be_bytes());
        let id = RecordId::new(1_700_000_000_000 + self.last, random);
        let fields = values
            .iter()
            .filter_map(|(code, value)| Some((kind.kind().field(code)?, value.clone())));
        insert(self.conn, kind, compound, id, &fields.collect::<Vec<_>>())?;
        Ok(id)
    }
}

/// Eight buildings to a compound; two of them have four entrances, so that 300 dwellings come out.
fn fill(conn: &Connection, compounds: u64) -> Outcome<RecordId> {
    let text = |text: String| Value::Text(text);
    conn.execute_batch("BEGIN IMMEDIATE")?;
    let mut filler = Filler { conn, last: 0 };
    let mut first = None;
    for number in 1..=compounds {
        let compound = filler.add(
            KindCode::Compound,
            None,
            &[
                ("name", text(format!("某小区{number}"))),
                ("stage", text("listed".into())),
            ],
        )?;
        first.get_or_insert(compound);
        let here = Some(compound);
        let mut count: i64 = 0;
        for building in 1..=8 {
            let house = filler.add(
                KindCode::Building,
                here,
                &[("name", text(format!("{building}号楼")))],
            )?;
            for entrance in 1..=(if building <= 1 { 4 } else { 3 }) {
                let door = filler.add(
                    KindCode::Entrance,
                    here,
                    &[
                        ("building", Value::Id(house)),
                        ("name", text(format!("{entrance}单元"))),
                    ],
                )?;
                for room in (1..=STOREYS).flat_map(|storey| [storey * 100 + 1, storey * 100 + 2]) {
                    count += 1;
                    let dwelling = filler.add(
                        KindCode::Dwelling,
                        here,
                        &[
                            ("building", Value::Id(house)),
                            ("entrance", Value::Id(door)),
                            ("storey", Value::Integer(room / 100)),
                            ("room", text(room.to_string())),
                            ("grossFloorArea", Value::Integer(4500 + (count * 37) % 4500)),
                            ("tenure", text("reformed".into())),
                        ],
                    )?;
                    people(&mut filler, compound, dwelling, count)?;
                }
            }
        }
        for shed in 1..=20 {
            filler.add(
                KindCode::Outbuilding,
                here,
                &[
                    ("number", text(format!("F-{shed:03}"))),
                    ("kind", text("rowHouse".into())),
                    ("rooms", Value::Integer(3)),
                ],
            )?;
        }
    }
    conn.execute_batch("COMMIT")?;
    first.ok_or_else(|| "no compound was asked for".into())
}

fn people(
    filler: &mut Filler<'_>,
    compound: RecordId,
    dwelling: RecordId,
    count: i64,
) -> Outcome<()> {
    let surname = SURNAMES[usize::try_from(count)? % SURNAMES.len()];
    let name = Value::Text(format!("{surname}某{count}"));
    let phone = Value::Text(format!("1380000{count:04}"));
    let owner = filler.add(
        KindCode::Owner,
        Some(compound),
        &[("name", name.clone()), ("phone", phone.clone())],
    )?;
    filler.add(
        KindCode::Ownership,
        Some(compound),
        &[
            ("dwelling", Value::Id(dwelling)),
            ("owner", Value::Id(owner)),
        ],
    )?;
    filler.add(
        KindCode::Household,
        Some(compound),
        &[
            ("dwelling", Value::Id(dwelling)),
            ("contact", name),
            ("phone", phone),
            ("people", Value::Integer(1 + count % 5)),
            ("cars", Value::Integer(count % 2)),
            ("willingness", Value::Text("agree".into())),
        ],
    )?;
    Ok(())
}
