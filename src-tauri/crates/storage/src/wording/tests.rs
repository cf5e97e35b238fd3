use chrono::NaiveDate;
use jiugai_domain::KindCode::{Building, Compound, Dwelling, WorkUnit};
use rstest::rstest;

use super::*;
use crate::testing::{at, delete, id, memory, run, set, small, stamp, update};
use crate::{Ledger, Op, Role};

fn summary(op: Op) -> TransactionSummary {
    TransactionSummary {
        seq: 1,
        id: RecordId([0; 16]),
        at: at(0),
        actor: "录入员甲".into(),
        device: String::new(),
        op: op.code,
        subject: op.subject,
        count: op.count,
        params: op.params,
        role: Role::Do,
        target: None,
        undone: false,
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 8, 1).unwrap()
}

#[rstest]
#[case(Op::many(OpCode::Import, "五交化家属院", 307).of_kind(Dwelling), "导入 五交化家属院 摸底台账（307 套）")]
#[case(Op::one(OpCode::Update, "3号楼2单元301"), "修改 3号楼2单元301")]
#[case(Op::many(OpCode::Paste, "房屋", 24), "粘贴 24 格")]
#[case(Op::many(OpCode::Delete, "5号楼", 41), "删除 5号楼 等 41 条")]
#[case(Op::many(OpCode::Delete, "3号楼2单元301", 4).of_kind(Dwelling), "删除 3号楼2单元301 等 4 套")]
#[case(Op::many(OpCode::Generate, "", 48).of_kind(Dwelling), "批量新建 48 套")]
#[case(Op::one(OpCode::Sample, ""), "建立示例")]
fn operations(#[case] op: Op, #[case] expected: &str) {
    assert_eq!(operation(&summary(op)), expected);
}

#[test]
fn a_source_replaces_the_word_for_it() {
    let mut op = Op::many(OpCode::Import, "五交化家属院", 12);
    op.params["source"] = "住户名册".into();
    assert_eq!(
        operation(&summary(op)),
        "导入 五交化家属院 住户名册（12 条）"
    );
}

#[test]
fn undo_and_another_year_are_said() {
    let mut line = summary(Op::one(OpCode::Update, "3号楼2单元301"));
    assert_eq!(
        transaction_sentence(&line, today()),
        "录入员甲 3月5日 修改 3号楼2单元301"
    );
    line.role = Role::Undo;
    let later = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    assert_eq!(
        transaction_sentence(&line, later),
        "录入员甲 2026年3月5日 撤销：修改 3号楼2单元301"
    );
    assert_eq!(act(&line), "修改 3号楼2单元301");
}

#[test]
fn codes_are_told_apart_and_read_back() {
    for op in OpCode::ALL {
        assert_eq!(OpCode::from_code(op.code()), op);
        assert_eq!(serde_json::to_value(op).unwrap(), op.code());
    }
    assert_eq!(OpCode::from_code("fromTheFuture"), OpCode::Other);
}

fn resolve(kind: KindCode, record: RecordId) -> Option<String> {
    (kind == WorkUnit && record == id(WorkUnit, 1)).then(|| "市五交化公司（示例）".to_owned())
}

fn sentences(ledger: &Ledger, kind: KindCode, number: u16, name: &str) -> Vec<String> {
    let changes = ledger.record_history(kind, id(kind, number)).unwrap();
    changes
        .iter()
        .map(|change| record_sentence(change, name, today(), &resolve))
        .collect()
}

#[test]
fn the_life_of_a_dwelling_in_peoples_words() {
    let ledger = memory();
    small(&ledger);
    let of = |what: &str| update(what);
    run(&ledger, &of("3号楼2单元301"), 1, |conn| {
        set(conn, Dwelling, 101, "gross_floor_area_dm2 = 6375")
    })
    .unwrap();
    run(&ledger, &of("3号楼2单元301"), 2, |conn| {
        set(
            conn,
            Dwelling,
            101,
            "gross_floor_area_dm2 = 6380, tenure = 'reformed', storey = 3",
        )
    })
    .unwrap();
    run(&ledger, &of("3号楼2单元301"), 3, |conn| {
        set(conn, Dwelling, 101, "tenure = 'commodity', storey = NULL")
    })
    .unwrap();
    ledger.undo(&stamp(4)).unwrap();
    run(
        &ledger,
        &Op::one(OpCode::Delete, "3号楼2单元301"),
        5,
        |conn| delete(conn, Dwelling, 101),
    )
    .unwrap();
    ledger.undo(&stamp(6)).unwrap();
    assert_eq!(
        sentences(&ledger, Dwelling, 101, "3号楼2单元301"),
        [
            "录入员甲 3月5日 撤销时恢复了 3号楼2单元301",
            "录入员甲 3月5日 删除了 3号楼2单元301",
            "录入员甲 3月5日 撤销时把 3号楼2单元301 的楼层 填为 3 层，产权性质 从 商品房 改为 房改房",
            "录入员甲 3月5日 把 3号楼2单元301 的楼层 清空（原为 3 层），产权性质 从 房改房 改为 商品房",
            "录入员甲 3月5日 把 3号楼2单元301 的楼层 填为 3 层，建筑面积 从 63.75 改为 63.80 ㎡，产权性质 填为 房改房",
            "录入员甲 3月5日 把 3号楼2单元301 的建筑面积 从 61.20 改为 63.75 ㎡",
            "录入员甲 3月5日 导入了 3号楼2单元301",
        ]
    );
}

#[test]
fn references_read_as_names_and_long_text_is_cut() {
    let ledger = memory();
    small(&ledger);
    let key = |number: u16| id(WorkUnit, number).to_string().replace('-', "");
    run(&ledger, &update("1号楼"), 1, |conn| {
        conn.execute(
            "INSERT INTO work_unit (id, sort_key, name) VALUES (?1, 'a', 'a'), (?2, 'b', 'b')",
            (id(WorkUnit, 1).0, id(WorkUnit, 2).0),
        )?;
        set(conn, Building, 1, &format!("work_unit_id = x'{}'", key(1)))
    })
    .unwrap();
    run(&ledger, &update("1号楼"), 2, |conn| {
        set(
            conn,
            Building,
            1,
            &format!(
                "work_unit_id = x'{}', remark = '{}'",
                key(2),
                "长".repeat(50)
            ),
        )
    })
    .unwrap();
    let said = sentences(&ledger, Building, 1, "1号楼");
    assert_eq!(
        said[0],
        format!(
            "录入员甲 3月5日 把 1号楼 的产权单位 从 市五交化公司（示例） 改为 已删除的产权单位，备注 填为 {}…",
            "长".repeat(40)
        )
    );
    assert_eq!(
        said[1],
        "录入员甲 3月5日 把 1号楼 的产权单位 填为 市五交化公司（示例）"
    );
}

#[test]
fn history_pages_and_shows_what_a_transaction_did() {
    let ledger = memory();
    let seq = small(&ledger);
    for minute in 1..5 {
        run(&ledger, &update("1号楼"), minute, |conn| {
            set(conn, Building, 1, &format!("storeys = {minute}"))
        })
        .unwrap();
    }
    let page: Vec<i64> = ledger
        .history(2, None)
        .unwrap()
        .iter()
        .map(|line| line.seq)
        .collect();
    assert_eq!(page, [5, 4]);
    let page: Vec<i64> = ledger
        .history(9, Some(4))
        .unwrap()
        .iter()
        .map(|line| line.seq)
        .collect();
    assert_eq!(page, [3, 2, 1]);
    let changes = ledger.transaction_changes(seq, 100).unwrap();
    let mut kinds: Vec<KindCode> = changes.iter().map(|change| change.kind).collect();
    kinds.sort();
    assert_eq!(kinds, [Compound, Building, Building, Dwelling]);
    let room = changes
        .iter()
        .find(|change| change.kind == Dwelling)
        .unwrap();
    let codes: Vec<&str> = room.fields.iter().map(|field| field.field.code).collect();
    assert_eq!(codes, ["building", "room", "grossFloorArea"]);
    assert_eq!(ledger.transaction_changes(seq, 2).unwrap().len(), 2);
}

#[test]
fn changesets_from_before_a_column_still_read_and_undo() {
    let ledger = memory();
    small(&ledger);
    run(&ledger, &update("1号楼"), 1, |conn| {
        set(conn, Building, 1, "storeys = 6")
    })
    .unwrap();
    run(&ledger, &Op::one(OpCode::Delete, "2号楼"), 2, |conn| {
        delete(conn, Building, 2)
    })
    .unwrap();
    ledger
        .connection()
        .execute_batch("ALTER TABLE building ADD COLUMN later INTEGER")
        .unwrap();
    ledger.undo(&stamp(3)).unwrap();
    ledger.undo(&stamp(4)).unwrap();
    assert_eq!(
        sentences(&ledger, Building, 1, "1号楼")[1..],
        [
            "录入员甲 3月5日 把 1号楼 的层数 填为 6 层",
            "录入员甲 3月5日 导入了 1号楼"
        ]
    );
    let left: i64 = ledger
        .connection()
        .query_row(
            "SELECT count(*) FROM building WHERE later IS NULL AND storeys IS NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 2);
}
