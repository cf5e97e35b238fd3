//! Subtotals and lists found by letters.

use jiugai_domain::KindCode;

use super::grid::{dwellings, shown};
use crate::query::{Filter, FilterOp, Group, WindowQuery, groups, totals};
use crate::records::options;
use crate::records::tests::{add, sample};

fn counts(groups: &[Group]) -> Vec<(Option<&str>, i64)> {
    groups
        .iter()
        .map(|group| (group.label.as_deref(), group.count))
        .collect()
}

#[test]
fn groups_stand_in_natural_order_and_add_up() {
    let s = sample();
    let by_building = groups(&s.conn, &dwellings(&s), "building").expect("read");
    assert_eq!(
        counts(&by_building),
        [(Some("1号楼"), 4), (Some("2号楼"), 2), (Some("10号楼"), 3)]
    );
    let all = totals(&s.conn, &dwellings(&s)).expect("read");
    for (at, (field, sum)) in all.sums.iter().enumerate() {
        let parts: i64 = by_building
            .iter()
            .filter_map(|group| group.sums[at].1)
            .sum();
        assert_eq!(parts, sum.unwrap_or(0), "{}", field.code);
    }
    let by_entrance = groups(&s.conn, &dwellings(&s), "entrance").expect("read");
    assert_eq!(by_entrance[0].label.as_deref(), Some("1号楼1单元"));
    assert_eq!(
        by_entrance.last().map(|group| (&group.label, group.count)),
        Some((&None, 3)),
        "rooms without an entrance come last"
    );
}

#[test]
fn every_field_groups_and_each_group_is_a_filter() {
    let s = sample();
    for kind in KindCode::ALL {
        for field in kind.kind().fields {
            let query = WindowQuery::all(kind, None);
            for group in groups(&s.conn, &query, field.code).expect("read") {
                let filters = vec![Filter {
                    field: field.code.into(),
                    op: if group.label.is_some() {
                        FilterOp::Equals
                    } else {
                        FilterOp::Empty
                    },
                    text: group.label.clone().unwrap_or_default(),
                }];
                let part = WindowQuery {
                    filters,
                    ..query.clone()
                };
                assert_eq!(
                    i64::try_from(shown(&s, &part).len()).ok(),
                    Some(group.count),
                    "{}.{} {:?}",
                    kind.code(),
                    field.code,
                    group.label
                );
            }
        }
    }
}

#[test]
fn what_is_called_the_same_in_two_compounds_is_one_group() {
    let s = sample();
    let other = add(&s.conn, KindCode::Compound, None, &[("name", "示例乙院")]);
    add(
        &s.conn,
        KindCode::Building,
        Some(other),
        &[("name", "2号楼")],
    );
    let room = [
        ("building", "2号楼"),
        ("room", "101"),
        ("grossFloorArea", "50"),
    ];
    add(&s.conn, KindCode::Dwelling, Some(other), &room);
    let all = WindowQuery::all(KindCode::Dwelling, None);
    let found = groups(&s.conn, &all, "building").expect("read");
    assert_eq!(
        counts(&found),
        [(Some("1号楼"), 4), (Some("2号楼"), 3), (Some("10号楼"), 3)]
    );
    let sum: i64 = found.iter().filter_map(|group| group.sums[0].1).sum();
    let total = totals(&s.conn, &all).expect("read").sums[0].1;
    assert_eq!(Some(sum), total);
}

#[test]
fn letters_find_records_to_choose_from() {
    let s = sample();
    for name in ["张示例", "赵示例", "李示例"] {
        add(
            &s.conn,
            KindCode::Owner,
            Some(s.compound),
            &[("name", name)],
        );
    }
    let found = |typed: &str| -> Vec<String> {
        options(&s.conn, KindCode::Owner, Some(s.compound), typed, 10)
            .expect("read")
            .into_iter()
            .map(|(_, label)| label)
            .collect()
    };
    assert_eq!(found("zsl"), ["张示例", "赵示例"]);
    assert_eq!(found("lishi"), ["李示例"]);
    assert_eq!(found("张s"), Vec::<String>::new());
    let buildings = options(&s.conn, KindCode::Building, Some(s.compound), "10h", 10);
    assert_eq!(buildings.expect("read")[0].1, "10号楼");
}
