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

use chrono::DateTime;
use jiugai_domain::{KindCode, RecordId, Value};
use jiugai_storage::query::{
    Filter, FilterOp, OrderCache, Sort, WindowQuery, counts, search, totals, window,
};
use jiugai_storage::records::{insert, options, removal_preview};
use jiugai_storage::{Ledger, OpenOptions, Stamp};
use rusqlite::Connection;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅红建国志文海波春生德福荣贵金凤云龙飞翔宇浩然子轩梓涵雨欣怡佳琪思远鹏程晓东亮辉斌鑫淑珍慧莉颖琳雪婷玲燕萍莹倩薇";
const STOREYS: i64 = 6;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let compounds: u64 = std::env::args()
        .nth(1)
        .map_or(Ok(1000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("large.jgdb");
    let stamp = Stamp {
        actor: "示例".to_owned(),
        device: "示例".to_owned(),
        at: DateTime::parse_from_rfc3339("2021-03-06T09:30:00+08:00")?,
    };
    let ledger = Ledger::create(&path, &OpenOptions::default(), &stamp)?;
    let first = timed("fill", || fill(ledger.connection(), compounds))?;
    ledger.close()?;
    println!(
        "{:<44}{:>9} MB",
        "file without keys",
        std::fs::metadata(&path)?.len() / 1_000_000
    );
    // As a ledger of an earlier version is: without keys.
    Connection::open(&path)?.execute("DELETE FROM ledger_facts WHERE name = 'searchKeys'", [])?;
    let ledger = timed("open, making the keys of the search", || {
        Ok(Ledger::open(&path, &OpenOptions::default(), &stamp)?)
    })?;
    let conn = ledger.connection();
    for class in [0, 1] {
        let (keys, words): (i64, i64) = conn.query_row(
            "SELECT count(*), count(DISTINCT word) FROM search_key WHERE class = ?1",
            [class],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        println!("keys of class {class}: {keys} of {words} texts");
    }
    searches(conn, first)?;
    println!(
        "{:<44}{:>9} MB",
        "file",
        std::fs::metadata(folder.path().join("large.jgdb"))?.len() / 1_000_000
    );
    grids(conn, first)?;
    timed("counts, all compounds", || Ok(counts(conn, None)?))?;
    timed("counts, one compound", || Ok(counts(conn, Some(first))?))?;
    timed("options, dwellings of a compound", || {
        Ok(options(conn, KindCode::Dwelling, Some(first), "3-2", 30)?)
    })?;
    timed("removal preview of a compound", || {
        Ok(removal_preview(conn, KindCode::Compound, &[first])?)
    })?;
    timed("invariants", || {
        Ok(jiugai_storage::query::invariants::violations(conn, 10)?)
    })?;
    Ok(())
}

/// What people type into the search, whole and half, found and not: each three times, the slowest counts.
fn searches(conn: &Connection, here: RecordId) -> Outcome<()> {
    let texts = [
        "3-2-301",
        "3号楼2单元301",
        "3#2-301",
        "３－３０１",
        "3-301",
        "301",
        "30",
        "3",
        "9999",
        "99-9-999",
        "3-9-301",
        "2单元301",
        "3号楼",
        "2单元",
        "某小区77",
        "mxq77",
        "mxq",
        "moxiaoqu500",
        "张",
        "张伟",
        "zw",
        "z",
        "w",
        "zhang",
        "zhangwei",
        "伟",
        "wei",
        "sy",
        "单",
        "0412",
        "13800000412",
        "f-012",
        "f012",
        "没有这样的",
        "qqqq",
        "zzzzzz",
        "l",
        "li",
    ];
    let mut slowest = Vec::new();
    for text in texts {
        let mut worst = 0;
        let mut hits = 0;
        for _ in 0..3 {
            let start = Instant::now();
            hits = search(conn, text, Some(here), 50)?.hits.len();
            worst = worst.max(start.elapsed().as_micros());
        }
        println!(
            "search {text:<37}{:>5}.{:02} ms{hits:>5}",
            worst / 1000,
            worst % 1000 / 10
        );
        slowest.push(worst);
    }
    slowest.sort_unstable();
    println!(
        "{} searches: median {} µs, worst {} µs",
        slowest.len(),
        slowest[slowest.len() / 2],
        slowest[slowest.len() - 1]
    );
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
    let mut seed = filler.last;
    let mut drawn = |from: &str| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(seed >> 33).unwrap_or(0) % from.chars().count();
        from.chars().nth(at).unwrap_or('某')
    };
    let name: String = [drawn(SURNAMES), drawn(GIVEN), drawn(GIVEN)]
        .iter()
        .collect();
    let name = Value::Text(name);
    let phone = Value::Text(format!("138{:08}", filler.last % 100_000_000));
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
