//! Inserting, changing, copying and naming records.

use jiugai_domain::{KindCode, Value};

use super::{add, assert_sound, edit, fresh, sample};
use crate::StorageError;
use crate::records::{exists, get, insert, label, labels, update};

#[test]
fn what_was_stored_is_read_back_in_field_order() {
    let s = sample();
    let record = get(&s.conn, KindCode::Dwelling, s.dwelling)
        .expect("read")
        .expect("there");
    assert_eq!(record.compound, Some(s.compound));
    assert_eq!(record.values.len(), KindCode::Dwelling.kind().fields.len());
    assert_eq!(record.values[0], Value::Id(s.building));
    assert_eq!(record.value("entrance"), &Value::Id(s.entrance));
    assert_eq!(record.value("storey"), &Value::Integer(1));
    assert_eq!(record.value("room"), &Value::Text("102".into()));
    assert_eq!(record.value("grossFloorArea"), &Value::Integer(6120));
    assert_eq!(record.value("tenure"), &Value::Text("reformed".into()));
    assert_eq!(record.value("titleNumber"), &Value::Null);
    assert_eq!(record.value("nothing of the kind"), &Value::Null);
    assert!(exists(&s.conn, KindCode::Dwelling, s.dwelling).expect("read"));
    assert!(!exists(&s.conn, KindCode::Dwelling, s.building).expect("read"));
    assert_eq!(
        get(&s.conn, KindCode::Building, s.dwelling).expect("read"),
        None
    );
    assert_sound(&s.conn);
}

#[test]
fn labels_are_what_people_say() {
    let s = sample();
    let of = |kind, id| label(&s.conn, kind, id).expect("read").expect("there");
    assert_eq!(of(KindCode::Compound, s.compound), "示例家属院");
    assert_eq!(of(KindCode::Building, s.building), "1号楼");
    assert_eq!(of(KindCode::Entrance, s.entrance), "1号楼1单元");
    assert_eq!(of(KindCode::Dwelling, s.dwelling), "1号楼1单元102");
    assert_eq!(of(KindCode::Household, s.household), "1号楼1单元102 李某户");
    assert_eq!(of(KindCode::Ownership, s.ownership), "1号楼1单元102 李某");
    assert_eq!(
        of(KindCode::Outbuilding, s.outbuilding),
        "大排房 F-009（1号楼旁）"
    );
    assert_eq!(of(KindCode::Plan, s.plan), "改造方案（第1版）");
    assert_eq!(
        of(KindCode::WorkItem, s.work_item),
        "拆 大排房22间（第1版）"
    );
    assert_eq!(
        of(KindCode::Effect, s.effect),
        "拆除 大排房 F-009（1号楼旁）"
    );
    assert_eq!(
        label(&s.conn, KindCode::Plan, s.building).expect("read"),
        None
    );
    let batch = labels(&s.conn, KindCode::Building, &[s.building, s.plan]).expect("read");
    assert_eq!(
        batch.into_iter().collect::<Vec<_>>(),
        [(s.building, "1号楼".to_owned())]
    );
}

#[test]
fn every_kind_has_a_label_and_every_reference_too() {
    let s = sample();
    for kind in KindCode::ALL {
        labels(&s.conn, kind, &[s.compound]).expect("readable");
    }
}

#[test]
fn a_new_name_moves_the_record() {
    let s = sample();
    update(
        &s.conn,
        KindCode::Building,
        s.building,
        &edit(
            &s.conn,
            KindCode::Building,
            s.building,
            &[("name", "十二号楼")],
        ),
    )
    .expect("updated");
    let key: String = s
        .conn
        .query_row(
            "SELECT sort_key FROM building WHERE id = ?1",
            [s.building.0],
            |row| row.get(0),
        )
        .expect("key");
    assert_eq!(key, jiugai_domain::text::natural_key("12号楼"));
    assert_eq!(
        label(&s.conn, KindCode::Dwelling, s.dwelling)
            .expect("read")
            .as_deref(),
        Some("12号楼1单元102")
    );
    assert_sound(&s.conn);
}

#[test]
fn an_entrance_takes_its_dwellings_along() {
    let s = sample();
    s.conn.execute_batch("BEGIN IMMEDIATE").expect("begun");
    let values = edit(
        &s.conn,
        KindCode::Entrance,
        s.entrance,
        &[("building", "10号楼")],
    );
    update(&s.conn, KindCode::Entrance, s.entrance, &values).expect("moved");
    s.conn.execute_batch("COMMIT").expect("committed");
    assert_eq!(
        label(&s.conn, KindCode::Dwelling, s.dwelling)
            .expect("read")
            .as_deref(),
        Some("10号楼1单元102")
    );
    let taken = edit(
        &s.conn,
        KindCode::Entrance,
        s.entrance,
        &[("building", "2号楼")],
    );
    assert!(matches!(
        update(&s.conn, KindCode::Entrance, s.entrance, &taken),
        Err(StorageError::KeyTaken { .. })
    ));
    assert_sound(&s.conn);
}

#[test]
fn names_that_are_taken_are_refused() {
    let s = sample();
    let name = KindCode::Building.kind().field("name").expect("field");
    let twice = insert(
        &s.conn,
        KindCode::Building,
        Some(s.compound),
        fresh(),
        &[(name, Value::Text("1号楼".into()))],
    );
    assert!(
        matches!(
            twice,
            Err(StorageError::KeyTaken {
                kind: Some(KindCode::Building),
                ..
            })
        ),
        "{twice:?}"
    );
    let room = edit(
        &s.conn,
        KindCode::Dwelling,
        s.dwelling,
        &[("room", "101室")],
    );
    let taken = update(&s.conn, KindCode::Dwelling, s.dwelling, &room);
    assert!(
        matches!(
            taken,
            Err(StorageError::KeyTaken {
                kind: Some(KindCode::Dwelling),
                ..
            })
        ),
        "{taken:?}"
    );
    let gone = update(&s.conn, KindCode::Dwelling, s.plan, &room);
    assert!(
        matches!(gone, Err(StorageError::NotFound { .. })),
        "{gone:?}"
    );
    let nothing = update(&s.conn, KindCode::Dwelling, s.plan, &[]);
    assert!(
        matches!(nothing, Err(StorageError::NotFound { .. })),
        "{nothing:?}"
    );
}

#[test]
fn rows_that_contradict_themselves_are_refused() {
    let s = sample();
    let field = |kind: KindCode, code| kind.kind().field(code).expect("field");
    let of = |action: &str| {
        vec![
            (field(KindCode::Effect, "workItem"), Value::Id(s.work_item)),
            (
                field(KindCode::Effect, "action"),
                Value::Text(action.to_owned()),
            ),
        ]
    };
    for action in ["demolish", "alter", "create", "quantity", "blowUp"] {
        let refused = insert(
            &s.conn,
            KindCode::Effect,
            Some(s.compound),
            fresh(),
            &of(action),
        );
        assert!(
            matches!(
                refused,
                Err(StorageError::Unfit {
                    kind: KindCode::Effect,
                    ..
                })
            ),
            "{action}: {refused:?}"
        );
    }
    let other = add(&s.conn, KindCode::Compound, None, &[("name", "别的小区")]);
    let entrance = [
        (field(KindCode::Entrance, "building"), Value::Id(s.building)),
        (
            field(KindCode::Entrance, "name"),
            Value::Text("9单元".into()),
        ),
    ];
    let foreign = insert(&s.conn, KindCode::Entrance, Some(other), fresh(), &entrance);
    assert!(
        matches!(
            foreign,
            Err(StorageError::Unfit {
                kind: KindCode::Entrance,
                ..
            })
        ),
        "{foreign:?}"
    );
    let two = add(
        &s.conn,
        KindCode::Building,
        Some(s.compound),
        &[("name", "3")],
    );
    let astray = update(
        &s.conn,
        KindCode::Dwelling,
        s.dwelling,
        &[(field(KindCode::Dwelling, "building"), Value::Id(two))],
    );
    assert!(
        matches!(astray, Err(StorageError::Unfit { .. })),
        "{astray:?}"
    );
    let date = update(
        &s.conn,
        KindCode::Compound,
        other,
        &[(
            field(KindCode::Compound, "surveyedOn"),
            Value::Text("2021-02-30".into()),
        )],
    );
    assert!(matches!(date, Err(StorageError::Unfit { .. })), "{date:?}");
    assert_sound(&s.conn);
}
