//! Visits and wishes stay with the dwelling.

use jiugai_domain::{KindCode, Value};

use super::super::{get, label, referring, removal_preview, remove};
use super::{add, sample};

#[test]
fn a_visit_outlives_the_household_that_was_visited() {
    let s = sample();
    let visit = add(
        &s.conn,
        KindCode::Visit,
        Some(s.compound),
        &[
            ("dwelling", "1-1-102"),
            ("household", "1号楼1单元102 李某户"),
            ("visitedOn", "2021年3月5日"),
            ("outcome", "谈完"),
            ("promise", "三天内回话"),
        ],
    );
    let of = |code: &str| {
        let record = get(&s.conn, KindCode::Visit, visit).expect("read");
        record.expect("there").value(code).clone()
    };
    assert_eq!(of("household"), Value::Id(s.household));
    assert_eq!(of("outcome"), Value::Text("done".into()));
    assert_eq!(
        label(&s.conn, KindCode::Visit, visit)
            .expect("read")
            .as_deref(),
        Some("1号楼1单元102 2021-03-05走访")
    );
    let (count, ids) = referring(
        &s.conn,
        KindCode::Visit,
        KindCode::Household,
        s.household,
        5,
    )
    .expect("read");
    assert_eq!((count, ids), (1, vec![visit]));
    remove(&s.conn, KindCode::Household, s.household).expect("removed");
    assert_eq!(of("household"), Value::Null);
    assert_eq!(of("promise"), Value::Text("三天内回话".into()));
}

#[test]
fn what_was_heard_goes_with_its_dwelling_and_not_with_its_work_item() {
    let s = sample();
    let wish = add(
        &s.conn,
        KindCode::Wish,
        Some(s.compound),
        &[
            ("dwelling", "2-302"),
            ("measure", "电梯"),
            ("attitude", "赞成"),
            ("priority", "1"),
            ("workItem", "拆 大排房22间"),
        ],
    );
    let record = || get(&s.conn, KindCode::Wish, wish).expect("read");
    let linked = record().expect("there");
    assert_eq!(linked.value("workItem"), &Value::Id(s.work_item));
    assert_eq!(
        label(&s.conn, KindCode::Wish, wish)
            .expect("read")
            .as_deref(),
        Some("2号楼1单元302 要加装电梯")
    );
    remove(&s.conn, KindCode::WorkItem, s.work_item).expect("removed");
    assert!(record().expect("there").value("workItem").is_null());
    let dwelling = linked.value("dwelling").as_id().expect("its dwelling");
    let going = removal_preview(&s.conn, KindCode::Dwelling, &[dwelling]).expect("read");
    assert!(going.contains(&(KindCode::Wish, 1)), "{going:?}");
    remove(&s.conn, KindCode::Dwelling, dwelling).expect("removed");
    assert_eq!(record(), None);
}
