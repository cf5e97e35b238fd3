//! Search over everything.

use jiugai_domain::{KindCode, RecordId};
use proptest::prelude::*;
use rstest::rstest;
use rusqlite::Connection;

use crate::query::search::Rank;
use crate::query::search::keys::rebuild;
use crate::query::{Hit, search};
use crate::records::tests::{add, fresh, sample};
use crate::records::{insert, read_cells, remove, update};
use crate::testing::{Place, memory, stamp};
use crate::{Op, OpCode};

fn found(conn: &Connection, text: &str, limit: usize) -> Vec<Hit> {
    rebuild(conn).expect("keys");
    search(conn, text, None, limit).expect("read").hits
}

#[rstest]
#[case("示例家", KindCode::Compound, "示例家属院", "name")]
#[case("示例公司", KindCode::WorkUnit, "示例公司", "name")]
#[case("2#", KindCode::Building, "2号楼", "name")]
#[case("1-1-102", KindCode::Dwelling, "1号楼1单元102", "room")]
#[case("２号楼302", KindCode::Dwelling, "2号楼1单元302", "room")]
#[case("302", KindCode::Dwelling, "2号楼1单元302", "room")]
#[case("2单元", KindCode::Entrance, "1号楼2单元", "name")]
#[case("李", KindCode::Owner, "李某", "name")]
#[case("1234", KindCode::Owner, "李某", "phone")]
#[case("F-009", KindCode::Outbuilding, "大排房 F-009（1号楼旁）", "number")]
#[case("北侧", KindCode::Outbuilding, "大排房 F-009（1号楼旁）", "place")]
#[case("绿地", KindCode::GreenSpace, "中心绿地", "name")]
#[case("改造方案", KindCode::Plan, "改造方案（第1版）", "name")]
fn found_first(
    #[case] text: &str,
    #[case] kind: KindCode,
    #[case] label: &str,
    #[case] field: &str,
) {
    let s = sample();
    let hits = found(&s.conn, text, 20);
    let first = hits.first().expect("found");
    assert_eq!(
        (first.kind, first.label.as_str(), first.field.code),
        (kind, label, field)
    );
    let in_compound = !matches!(kind, KindCode::Compound | KindCode::WorkUnit);
    assert_eq!(first.compound, in_compound.then_some(s.compound));
}

#[test]
fn no_kind_crowds_out_the_others() {
    let s = sample();
    for number in 1..9 {
        add(
            &s.conn,
            KindCode::Owner,
            Some(s.compound),
            &[("name", &format!("李{number}"))],
        );
    }
    let kinds: Vec<KindCode> = found(&s.conn, "李", 6).iter().map(|hit| hit.kind).collect();
    assert_eq!(
        kinds,
        [
            KindCode::Owner,
            KindCode::Owner,
            KindCode::Owner,
            KindCode::Household
        ]
    );
}

#[test]
fn each_record_is_found_once_and_never_too_many() {
    let s = sample();
    let hits = found(&s.conn, "李", 20);
    assert_eq!(
        hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(),
        [KindCode::Owner, KindCode::Household]
    );
    assert_eq!(found(&s.conn, "李", 1).len(), 1);
    assert_eq!(found(&s.conn, " ", 20), []);
    assert_eq!(found(&s.conn, "100%", 20), []);
    assert_eq!(found(&s.conn, "李", 0), []);
}

/// 五交化家属院 with 3号楼2单元301 of 张三, and another compound with the same.
fn town() -> (Connection, [RecordId; 2]) {
    let conn = crate::records::tests::inventory();
    let compounds =
        [("安居苑", "13900000413"), ("五交化家属院", "13800000412")].map(|(name, phone)| {
            let compound = add(&conn, KindCode::Compound, None, &[("name", name)]);
            let here = Some(compound);
            add(&conn, KindCode::Building, here, &[("name", "3号楼")]);
            add(
                &conn,
                KindCode::Entrance,
                here,
                &[("building", "3号楼"), ("name", "2单元")],
            );
            for room in ["301", "3010"] {
                let cells = [("building", "3号楼"), ("entrance", "2单元"), ("room", room)];
                add(&conn, KindCode::Dwelling, here, &cells);
            }
            let cells = [
                ("dwelling", "3-2-301"),
                ("contact", "张三"),
                ("phone", phone),
            ];
            add(&conn, KindCode::Household, here, &cells);
            for person in ["曾张三", "单某", "吕三丰"] {
                add(&conn, KindCode::Owner, here, &[("name", person)]);
            }
            compound
        });
    rebuild(&conn).expect("keys");
    (conn, compounds)
}

#[rstest]
#[case::hanzi("五交化", "五交化家属院")]
#[case::initials("wjh", "五交化家属院")]
#[case::syllables("WuJiaoHua", "五交化家属院")]
#[case::full_width("ｗｊｈ", "五交化家属院")]
#[case::inside("jsy", "五交化家属院")]
#[case::place("3号楼2单元301", "3号楼2单元301")]
#[case::dashes("3-2-301", "3号楼2单元301")]
#[case::hash("3#2-301", "3号楼2单元301")]
#[case::no_entrance("3-301", "3号楼2单元301")]
#[case::full_width_digits("３－２－３０１", "3号楼2单元301")]
#[case::room("301", "3号楼2单元301")]
#[case::beginning_of_a_room("3-2-30", "3号楼2单元301")]
#[case::person("张三", "3号楼2单元301 张三户")]
#[case::person_initials("zs", "3号楼2单元301 张三户")]
#[case::half_a_name("zhangs", "3号楼2单元301 张三户")]
#[case::compound_and_place("五交化3-2-301", "3号楼2单元301")]
#[case::compound_initials_and_place("wjh3-2-301", "3号楼2单元301")]
#[case::compound_space_place("五交化 ３#2-301", "3号楼2单元301")]
#[case::compound_and_words("五交化家属院3号楼2单元301", "3号楼2单元301")]
#[case::compound_and_building("五交化3号楼", "3号楼")]
#[case::phone_tail("0412", "3号楼2单元301 张三户")]
#[case::phone("138 0000 0412", "3号楼2单元301 张三户")]
#[case::surname("zeng", "曾张三")]
#[case::other_reading("ceng", "曾张三")]
#[case::surname_shan("shan", "单某")]
#[case::usual_dan("danmou", "单某")]
#[case::umlaut("lvsanfeng", "吕三丰")]
#[case::given_name("sanfeng", "吕三丰")]
fn every_way_of_typing(#[case] text: &str, #[case] label: &str) {
    let (conn, [_, here]) = town();
    let found = search(&conn, text, Some(here), 50).expect("read");
    assert_eq!(found.hits.first().expect("found").label, label);
    let first = &found.hits[0];
    assert!(
        first.id == here || first.compound == Some(here),
        "the compound at hand comes first"
    );
    assert!(!found.more);
}

#[test]
fn a_place_behind_a_compound_is_looked_for_in_that_compound_alone() {
    let (conn, [other, here]) = town();
    for at in [None, Some(other), Some(here)] {
        let hits = search(&conn, "五交化3-2-301", at, 50).expect("read").hits;
        assert_eq!(hits[0].label, "3号楼2单元301");
        assert!(
            hits.iter().all(|hit| hit.compound == Some(here)),
            "{hits:#?}"
        );
    }
    let nobody = search(&conn, "没有这个小区3-2-301", Some(here), 50).expect("read");
    assert_eq!(nobody.hits, []);
}

#[test]
fn the_whole_comes_before_the_beginning_before_the_inside() {
    let (conn, [other, here]) = town();
    let hits = search(&conn, "张三", Some(other), 50).expect("read").hits;
    let order: Vec<_> = hits
        .iter()
        .map(|hit| (hit.label.as_str(), hit.compound))
        .collect();
    assert_eq!(
        order,
        [
            ("3号楼2单元301 张三户", Some(other)),
            ("3号楼2单元301 张三户", Some(here)),
            ("曾张三", Some(other)),
            ("曾张三", Some(here)),
        ]
    );
    assert_eq!(hits[1].path, "五交化家属院 › 3号楼 › 2单元 › 301");
    let rooms = search(&conn, "301", Some(here), 50).expect("read").hits;
    let rooms: Vec<_> = rooms
        .iter()
        .map(|hit| (hit.snippet.as_str(), hit.compound))
        .collect();
    assert_eq!(
        rooms,
        [
            ("301", Some(here)),
            ("301", Some(other)),
            ("3010", Some(here))
        ]
    );
}

#[test]
fn three_digits_are_no_phone_and_what_is_left_off_is_told() {
    let (conn, _) = town();
    assert!(
        search(&conn, "412", None, 50)
            .expect("read")
            .hits
            .is_empty()
    );
    let some = search(&conn, "张三", None, 3).expect("read");
    assert!(some.more && some.hits.len() == 3);
}

#[rstest]
#[case("zs", "张三", Rank::Exact)]
#[case("z", "张三", Rank::Prefix)]
#[case("zh", "张三", Rank::Prefix)]
#[case("sf", "吕三丰", Rank::Inside)]
#[case("d", "单某", Rank::Prefix)]
#[case("f0", "F-012", Rank::Prefix)]
fn few_letters_rank_as_their_keys_do(#[case] typed: &str, #[case] word: &str, #[case] rank: Rank) {
    assert_eq!(crate::query::search::keys::rank(word, typed), Some(rank));
    let (conn, [_, here]) = town();
    add(&conn, KindCode::CycleShed, Some(here), &[("name", word)]);
    rebuild(&conn).expect("keys");
    let labels = |here| {
        let hits = search(&conn, typed, here, 50).expect("read").hits;
        let mut labels: Vec<_> = hits
            .into_iter()
            .map(|hit| (hit.label, hit.compound))
            .collect();
        labels.sort();
        labels
    };
    assert!(labels(None).iter().any(|(label, _)| label == word));
    assert_eq!(labels(Some(here)), labels(None));
}

fn keys(conn: &Connection) -> Vec<(i64, i64, String, String)> {
    let mut statement = conn
        .prepare("SELECT class, inside, key, word FROM search_key")
        .expect("keys");
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    });
    rows.expect("keys").collect::<Result<_, _>>().expect("keys")
}

#[derive(Debug, Clone)]
enum Act {
    Add(usize, usize),
    Rename(usize, usize),
    Remove(usize),
    Undo,
    Redo,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (0..3usize, 0..5usize).prop_map(|(kind, name)| Act::Add(kind, name)),
        3 => (any::<usize>(), 0..5usize).prop_map(|(which, name)| Act::Rename(which, name)),
        2 => any::<usize>().prop_map(Act::Remove),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
    ];
    proptest::collection::vec(act, 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_keys_are_what_they_would_be_anew(acts in acts()) {
        const NAMES: [&str; 5] = ["张三", "曾三", "花坛 2", "张三丰", "北楼"];
        let ledger = memory();
        let mut made = Vec::new();
        let mut compound = None;
        for (minute, act) in (1..).zip(acts) {
            let done = ledger.transact(&Op::one(OpCode::Other, ""), &stamp(minute), |conn| {
                let here = match compound {
                    Some(here) => here,
                    None => {
                        let here = add(conn, KindCode::Compound, None, &[("name", "五交化")]);
                        compound = Some(here);
                        here
                    }
                };
                match act {
                    Act::Add(kind, name) => {
                        let kind = [KindCode::Owner, KindCode::CycleShed, KindCode::Building][kind];
                        let cells = [("name", NAMES[name])];
                        if let Ok(values) = read_cells(conn, kind, Some(here), None, &cells)? {
                            let id = fresh();
                            made.push((kind, id));
                            insert(conn, kind, Some(here), id, &values)?;
                        }
                        Ok(())
                    }
                    Act::Rename(which, name) if !made.is_empty() => {
                        let (kind, id) = made[which % made.len()];
                        let field = kind.kind().field("name").expect("declared");
                        update(conn, kind, id, &[(field, jiugai_domain::Value::Text(NAMES[name].into()))])
                    }
                    Act::Remove(which) if !made.is_empty() => {
                        let (kind, id) = made[which % made.len()];
                        remove(conn, kind, id)
                    }
                    _ => Ok(()),
                }
            });
            // A refusal is as good as an acceptance: what matters is what stands there then.
            drop(done);
            match act {
                Act::Undo => drop(ledger.undo(&stamp(minute))),
                Act::Redo => drop(ledger.redo(&stamp(minute))),
                _ => {}
            }
            let kept = keys(ledger.connection());
            rebuild(ledger.connection()).expect("keys");
            prop_assert_eq!(kept, keys(ledger.connection()));
        }
    }
}

#[test]
fn a_ledger_without_keys_gets_them_when_it_is_opened() {
    let place = Place::new();
    let ledger = place.create();
    crate::testing::small(&ledger);
    let expected = keys(ledger.connection());
    assert!(!expected.is_empty());
    ledger
        .connection()
        .execute_batch("DELETE FROM search_key; DELETE FROM ledger_facts WHERE name = 'searchKeys'")
        .expect("as before");
    ledger.close().expect("closed");
    assert_eq!(keys(place.open().connection()), expected);
}
