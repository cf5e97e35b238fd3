//! From typed text to records and values.

use jiugai_domain::{FieldError, KindCode, Value};
use rstest::rstest;

use super::{add, sample};
use crate::StorageError;
use crate::records::{RowContext, get, options, read_cells, resolve, update};

#[rstest]
#[case("1号楼1单元102")]
#[case("1-1-102")]
#[case("１＃１单元１０２室")]
#[case("一号楼一单元102")]
#[case("第1幢 1单元 102")]
fn a_dwelling_in_any_notation(#[case] text: &str) {
    let s = sample();
    let field = KindCode::Household.kind().field("dwelling").expect("field");
    let found = resolve(
        &s.conn,
        field,
        Some(s.compound),
        text,
        RowContext::default(),
    )
    .expect("read");
    assert_eq!(found, Ok(Value::Id(s.dwelling)));
}

#[rstest]
#[case("dwelling", "1号楼101", FieldError::Ambiguous)]
#[case("dwelling", "9号楼101", FieldError::NoSuchRecord)]
#[case("dwelling", "1号楼", FieldError::NoSuchRecord)]
#[case("dwelling", "随便", FieldError::NoSuchRecord)]
#[case("dwelling", " ", FieldError::Required)]
fn a_dwelling_that_is_not_clear(#[case] code: &str, #[case] text: &str, #[case] error: FieldError) {
    let s = sample();
    let field = KindCode::Household.kind().field(code).expect("field");
    assert_eq!(
        resolve(
            &s.conn,
            field,
            Some(s.compound),
            text,
            RowContext::default()
        )
        .expect("read"),
        Err(error)
    );
}

#[test]
fn a_room_of_its_own_needs_no_building() {
    let s = sample();
    let field = KindCode::Household.kind().field("dwelling").expect("field");
    let found = resolve(
        &s.conn,
        field,
        Some(s.compound),
        "302",
        RowContext::default(),
    )
    .expect("read")
    .expect("one");
    let label = crate::records::label(&s.conn, KindCode::Dwelling, found.as_id().expect("key"))
        .expect("read");
    assert_eq!(label.as_deref(), Some("2号楼1单元302"));
}

#[test]
fn an_entrance_is_found_inside_the_building_of_the_row() {
    let s = sample();
    let field = KindCode::Dwelling.kind().field("entrance").expect("field");
    let of = |text, building| {
        resolve(
            &s.conn,
            field,
            Some(s.compound),
            text,
            RowContext { building },
        )
        .expect("read")
    };
    assert_eq!(of("１", Some(s.building)), Ok(Value::Id(s.entrance)));
    assert_eq!(of("1单元", None), Err(FieldError::Ambiguous));
    assert_eq!(of("1号楼1单元", None), Ok(Value::Id(s.entrance)));
    assert_eq!(of("7单元", Some(s.building)), Err(FieldError::NoSuchRecord));
    assert_eq!(of("", Some(s.building)), Ok(Value::Null));
}

#[test]
fn another_compound_is_not_looked_into() {
    let s = sample();
    let other = add(&s.conn, KindCode::Compound, None, &[("name", "别的小区")]);
    let field = KindCode::Dwelling.kind().field("building").expect("field");
    assert_eq!(
        resolve(&s.conn, field, Some(other), "1号楼", RowContext::default()).expect("read"),
        Err(FieldError::NoSuchRecord)
    );
    let unit = KindCode::Dwelling.kind().field("workUnit").expect("field");
    assert_eq!(
        resolve(
            &s.conn,
            unit,
            Some(other),
            "示例公司",
            RowContext::default()
        )
        .expect("read"),
        Ok(Value::Id(s.work_unit))
    );
}

#[test]
fn what_a_list_shows_finds_its_record_again() {
    let s = sample();
    let namesake = add(
        &s.conn,
        KindCode::Owner,
        Some(s.compound),
        &[("name", "李某")],
    );
    add(
        &s.conn,
        KindCode::Ownership,
        Some(s.compound),
        &[("dwelling", "2-1-302"), ("owner", "王某")],
    );
    s.conn.execute("UPDATE ownership SET owner_id = ?1 WHERE dwelling_id = (SELECT id FROM dwelling WHERE room = '302')", [namesake.0]).expect("moved");
    for referring in KindCode::ALL {
        for (field, target) in referring.kind().references() {
            for (id, shown) in options(&s.conn, target, Some(s.compound), "", 100).expect("read") {
                let found = resolve(
                    &s.conn,
                    field,
                    Some(s.compound),
                    &shown,
                    RowContext::default(),
                )
                .expect("read");
                assert_eq!(
                    found,
                    Ok(Value::Id(id)),
                    "{}.{}: {shown}",
                    referring.code(),
                    field.code
                );
            }
        }
    }
    let field = KindCode::Ownership.kind().field("owner").expect("field");
    assert_eq!(
        resolve(
            &s.conn,
            field,
            Some(s.compound),
            "李某",
            RowContext::default()
        )
        .expect("read"),
        Err(FieldError::Ambiguous)
    );
}

#[test]
fn options_come_in_order_of_place() {
    let s = sample();
    let shown = |kind, typed: &str, limit| -> Vec<String> {
        options(&s.conn, kind, Some(s.compound), typed, limit)
            .expect("read")
            .into_iter()
            .map(|(_, label)| label)
            .collect()
    };
    assert_eq!(
        shown(KindCode::Building, "", 9),
        ["1号楼", "2号楼", "10号楼"]
    );
    assert_eq!(
        shown(KindCode::Dwelling, "1-1", 2),
        ["1号楼1单元101", "1号楼1单元102"]
    );
    assert_eq!(
        shown(KindCode::Dwelling, "东", 9),
        ["10号楼东1", "10号楼东2", "10号楼东10"]
    );
    assert_eq!(shown(KindCode::Dwelling, "100%", 9), Vec::<String>::new());
    assert_eq!(shown(KindCode::WorkUnit, "示例", 9), ["示例公司"]);
}

#[test]
fn a_row_is_read_whole_or_every_fault_is_told() {
    let s = sample();
    let cells = [
        ("room", "５０２室"),
        ("entrance", "9单元"),
        ("building", "1"),
        ("grossFloorArea", "六十"),
        ("tenure", "别墅"),
    ];
    let errors = read_cells(&s.conn, KindCode::Dwelling, Some(s.compound), None, &cells)
        .expect("read")
        .expect_err("faults");
    let told: Vec<_> = errors
        .iter()
        .map(|error| (error.field.code, error.text.as_str(), &error.error))
        .collect();
    assert_eq!(
        told,
        [
            ("entrance", "9单元", &FieldError::NoSuchRecord),
            ("grossFloorArea", "六十", &FieldError::NotANumber),
            ("tenure", "别墅", &FieldError::NotAChoice)
        ]
    );
    let missing = read_cells(
        &s.conn,
        KindCode::Dwelling,
        Some(s.compound),
        None,
        &[("room", "502")],
    )
    .expect("read")
    .expect_err("no building");
    assert_eq!(
        (missing[0].field.code, &missing[0].error),
        ("building", &FieldError::Required)
    );
    let unknown = read_cells(
        &s.conn,
        KindCode::Dwelling,
        Some(s.compound),
        None,
        &[("colour", "红")],
    );
    assert!(matches!(unknown, Err(StorageError::NoSuchField { .. })));
}

#[test]
fn a_new_dwelling_gets_its_storey_from_the_room() {
    let s = sample();
    let read = |cells: &[(&str, &str)]| {
        let values = read_cells(&s.conn, KindCode::Dwelling, Some(s.compound), None, cells)
            .expect("read")
            .expect("storable");
        values
            .into_iter()
            .find(|(field, _)| field.code == "storey")
            .map(|(_, value)| value)
    };
    assert_eq!(
        read(&[("building", "1"), ("room", "1204")]),
        Some(Value::Integer(12))
    );
    assert_eq!(
        read(&[("building", "1"), ("room", "1204"), ("storey", "")]),
        Some(Value::Integer(12))
    );
    assert_eq!(
        read(&[("building", "1"), ("room", "1204"), ("storey", "2")]),
        Some(Value::Integer(2))
    );
    assert_eq!(read(&[("building", "1"), ("room", "东户")]), None);
}

#[test]
fn a_dwelling_moves_into_the_entrance_of_the_same_name() {
    let s = sample();
    let record = get(&s.conn, KindCode::Dwelling, s.dwelling)
        .expect("read")
        .expect("there");
    let read = |cells: &[(&str, &str)]| {
        read_cells(&s.conn, KindCode::Dwelling, None, Some(&record), cells).expect("read")
    };
    let values = read(&[("building", "2号楼")]).expect("storable");
    update(&s.conn, KindCode::Dwelling, s.dwelling, &values).expect("moved");
    let label = crate::records::label(&s.conn, KindCode::Dwelling, s.dwelling).expect("read");
    assert_eq!(label.as_deref(), Some("2号楼1单元102"));
    let errors = read(&[("building", "10号楼")]).expect_err("no such entrance there");
    assert_eq!(
        (
            errors[0].field.code,
            errors[0].text.as_str(),
            &errors[0].error
        ),
        ("entrance", "1单元", &FieldError::NoSuchRecord)
    );
    assert_eq!(
        read(&[("building", "10号楼"), ("entrance", "")]).map(|values| values.len()),
        Ok(2)
    );
}
