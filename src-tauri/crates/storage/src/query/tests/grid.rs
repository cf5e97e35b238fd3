//! Windows, filters, sorting and totals.

use jiugai_domain::{KindCode, Value};

use crate::StorageError;
use crate::query::{Filter, FilterOp, OrderCache, Sort, WindowQuery, totals, window};
use crate::records::tests::{Sample, add, edit, sample};
use crate::records::{remove, update};

pub(super) fn shown(s: &Sample, query: &WindowQuery) -> Vec<String> {
    let window = window(&s.conn, query, &mut OrderCache::new(), 0, 100).expect("read");
    assert_eq!(window.total, window.rows.len());
    window.rows.into_iter().map(|row| row.label).collect()
}

pub(super) fn dwellings(s: &Sample) -> WindowQuery {
    WindowQuery::all(KindCode::Dwelling, Some(s.compound))
}

const IN_ORDER: [&str; 9] = [
    "1号楼1单元101",
    "1号楼1单元102",
    "1号楼1单元201",
    "1号楼2单元101",
    "2号楼1单元302",
    "2号楼1单元1001",
    "10号楼东1",
    "10号楼东2",
    "10号楼东10",
];

#[test]
fn dwellings_stand_by_place() {
    let s = sample();
    assert_eq!(shown(&s, &dwellings(&s)), IN_ORDER);
    assert_eq!(
        shown(&s, &WindowQuery::all(KindCode::Dwelling, None)),
        IN_ORDER
    );
}

#[test]
fn a_window_is_a_part_of_the_whole() {
    let s = sample();
    let mut cache = OrderCache::new();
    for (offset, limit, expected) in [
        (0, 2, &IN_ORDER[..2]),
        (7, 5, &IN_ORDER[7..]),
        (9, 5, &[]),
        (100, 5, &[]),
        (3, 0, &[]),
    ] {
        let part = window(&s.conn, &dwellings(&s), &mut cache, offset, limit).expect("read");
        assert_eq!((part.total, part.offset), (9, offset.min(9)));
        assert_eq!(
            part.rows
                .iter()
                .map(|row| row.label.as_str())
                .collect::<Vec<_>>(),
            expected
        );
    }
}

#[test]
fn windows_of_the_whole_ledger_run_on_across_compounds() {
    let s = sample();
    for name in ["乙小区", "2号院", "空小区"] {
        let compound = Some(add(&s.conn, KindCode::Compound, None, &[("name", name)]));
        if name != "空小区" {
            add(&s.conn, KindCode::Building, compound, &[("name", "7")]);
            add(
                &s.conn,
                KindCode::Dwelling,
                compound,
                &[("building", "7"), ("room", "702")],
            );
            add(
                &s.conn,
                KindCode::Dwelling,
                compound,
                &[("building", "7"), ("room", "701")],
            );
        }
    }
    let expected: Vec<&str> = ["7号楼701", "7号楼702"]
        .into_iter()
        .chain(["7号楼701", "7号楼702"])
        .chain(IN_ORDER)
        .collect();
    let by_label = |query: &WindowQuery, offset, limit| {
        let part = window(&s.conn, query, &mut OrderCache::new(), offset, limit).expect("read");
        assert_eq!(part.total, 13);
        part.rows
            .into_iter()
            .map(|row| row.label)
            .collect::<Vec<_>>()
    };
    let all = WindowQuery::all(KindCode::Dwelling, None);
    assert_eq!(by_label(&all, 0, 100), expected);
    assert_eq!(by_label(&all, 1, 4), expected[1..5]);
    assert_eq!(by_label(&all, 12, 4), expected[12..]);
    // The same order as when SQLite sorts everything at once.
    let filters = vec![Filter {
        field: "room".into(),
        op: FilterOp::NotEmpty,
        text: String::new(),
    }];
    assert_eq!(by_label(&WindowQuery { filters, ..all }, 0, 100), expected);
}

#[test]
fn a_row_carries_values_and_names_of_what_it_refers_to() {
    let s = sample();
    let part = window(&s.conn, &dwellings(&s), &mut OrderCache::new(), 1, 1).expect("read");
    let row = &part.rows[0];
    assert_eq!((row.id, row.compound), (s.dwelling, Some(s.compound)));
    assert_eq!(row.values[0], Value::Id(s.building));
    assert_eq!(
        row.references[..3],
        [Some("1号楼".to_owned()), Some("1单元".to_owned()), None]
    );
    assert_eq!(row.references.len(), row.values.len());
}

#[test]
fn every_kind_has_a_grid_with_any_search_and_any_sort() {
    let s = sample();
    for kind in KindCode::ALL {
        for field in kind.kind().fields {
            for descending in [false, true] {
                let query = WindowQuery {
                    sort: vec![Sort {
                        field: field.code.into(),
                        descending,
                    }],
                    search: Some("1".into()),
                    filters: [
                        FilterOp::Contains,
                        FilterOp::Equals,
                        FilterOp::AtLeast,
                        FilterOp::AtMost,
                        FilterOp::NotEmpty,
                        FilterOp::Empty,
                    ]
                    .map(|op| Filter {
                        field: field.code.into(),
                        op,
                        text: "1".into(),
                    })
                    .to_vec(),
                    ..WindowQuery::all(kind, None)
                };
                // Nothing is empty and not empty at once.
                assert_eq!(
                    shown(&s, &query),
                    Vec::<String>::new(),
                    "{}.{}",
                    kind.code(),
                    field.code
                );
                assert_eq!(totals(&s.conn, &query).expect("read").count, 0);
            }
        }
    }
}

#[test]
fn sorting_keeps_empty_cells_last() {
    let s = sample();
    let rooms = |descending| {
        let sort = vec![
            Sort {
                field: "grossFloorArea".into(),
                descending,
            },
            Sort {
                field: "room".into(),
                descending,
            },
        ];
        shown(
            &s,
            &WindowQuery {
                sort,
                ..dwellings(&s)
            },
        )
    };
    assert_eq!(rooms(false)[..2], ["10号楼东1", "10号楼东10"]);
    assert_eq!(rooms(true)[..2], ["2号楼1单元1001", "1号楼2单元101"]);
    for descending in [false, true] {
        let mut last = rooms(descending)[7..].to_vec();
        last.sort();
        assert_eq!(last, ["10号楼东2", "2号楼1单元302"]);
    }
}

#[test]
fn people_stand_by_pinyin() {
    let s = sample();
    add(
        &s.conn,
        KindCode::Owner,
        Some(s.compound),
        &[("name", "阿某")],
    );
    let sort = vec![Sort {
        field: "name".into(),
        descending: false,
    }];
    assert_eq!(
        shown(
            &s,
            &WindowQuery {
                sort,
                ..WindowQuery::all(KindCode::Owner, Some(s.compound))
            }
        ),
        ["阿某", "李某", "王某"]
    );
}

#[test]
fn totals_are_of_all_rows() {
    let s = sample();
    let sums = totals(&s.conn, &dwellings(&s)).expect("read");
    let of = |code: &str| {
        sums.sums
            .iter()
            .find(|(field, _)| field.code == code)
            .map(|(_, sum)| *sum)
    };
    assert_eq!(sums.count, 9);
    assert_eq!(
        of("grossFloorArea"),
        Some(Some(6120 + 6375 + 6120 + 7000 + 8888 + 4500 + 4500))
    );
    assert_eq!(of("exclusiveArea"), Some(None));
    assert_eq!(of("room"), None);
}

#[test]
fn the_order_is_kept_until_it_can_have_changed() {
    let s = sample();
    let mut cache = OrderCache::new();
    let query = dwellings(&s);
    let first = |cache: &mut OrderCache| {
        window(&s.conn, &query, cache, 0, 1).expect("read").rows[0]
            .label
            .clone()
    };
    let total = |cache: &mut OrderCache| window(&s.conn, &query, cache, 0, 0).expect("read").total;
    assert_eq!(first(&mut cache), IN_ORDER[0]);
    update(
        &s.conn,
        KindCode::Building,
        s.building,
        &edit(
            &s.conn,
            KindCode::Building,
            s.building,
            &[("name", "99号楼")],
        ),
    )
    .expect("renamed");
    cache.edited(KindCode::Building, &["storeys"]);
    assert_eq!(first(&mut cache), "99号楼1单元101", "kept");
    cache.edited(KindCode::Building, &["name"]);
    assert_eq!(first(&mut cache), "2号楼1单元302", "worked out again");
    remove(&s.conn, KindCode::Dwelling, s.dwelling).expect("removed");
    cache.invalidate(&[KindCode::Household]);
    assert_eq!(total(&mut cache), 9, "kept");
    cache.invalidate(&[KindCode::Dwelling]);
    assert_eq!(total(&mut cache), 8, "worked out again");
    cache.clear();
    assert_eq!(total(&mut cache), 8);
}

#[test]
fn columns_that_do_not_exist_are_told() {
    let s = sample();
    let sort = vec![Sort {
        field: "colour".into(),
        descending: false,
    }];
    let unknown = window(
        &s.conn,
        &WindowQuery {
            sort,
            ..dwellings(&s)
        },
        &mut OrderCache::new(),
        0,
        1,
    );
    assert!(
        matches!(unknown, Err(StorageError::NoSuchField { .. })),
        "{unknown:?}"
    );
}
