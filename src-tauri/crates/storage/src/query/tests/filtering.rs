//! Column filters and the search box.

use jiugai_domain::KindCode;
use rstest::rstest;

use super::grid::{dwellings, shown};
use crate::query::{Filter, FilterOp, WindowQuery, totals};
use crate::records::tests::sample;

#[rstest]
#[case("tenure", FilterOp::Contains, "房改", 9)]
#[case("tenure", FilterOp::Equals, "商品房", 0)]
#[case("tenure", FilterOp::OneOf, "商品房\n房改房", 9)]
#[case("tenure", FilterOp::OneOf, "商品房", 0)]
#[case("entrance", FilterOp::OneOf, "1单元", 5)]
#[case("entrance", FilterOp::OneOf, "1单元\n", 8)]
#[case("grossFloorArea", FilterOp::AtLeast, "63.75", 3)]
#[case("grossFloorArea", FilterOp::AtMost, "45", 2)]
#[case("grossFloorArea", FilterOp::Equals, "61.2㎡", 2)]
#[case("grossFloorArea", FilterOp::Empty, "", 2)]
#[case("grossFloorArea", FilterOp::NotEmpty, "", 7)]
#[case("grossFloorArea", FilterOp::AtLeast, "", 9)]
#[case("grossFloorArea", FilterOp::AtLeast, "很大", 0)]
#[case("building", FilterOp::Contains, "1", 7)]
#[case("building", FilterOp::Equals, "1号楼", 4)]
#[case("entrance", FilterOp::Equals, "1单元", 5)]
#[case("entrance", FilterOp::Empty, "", 3)]
#[case("room", FilterOp::Contains, "东", 3)]
#[case("room", FilterOp::Contains, "%", 0)]
fn filters(#[case] field: &str, #[case] op: FilterOp, #[case] text: &str, #[case] expected: usize) {
    let s = sample();
    let query = WindowQuery {
        filters: vec![Filter {
            field: field.into(),
            op,
            text: text.into(),
        }],
        ..dwellings(&s)
    };
    assert_eq!(shown(&s, &query).len(), expected);
    assert_eq!(
        totals(&s.conn, &query).expect("read").count,
        i64::try_from(expected).expect("small")
    );
}

#[rstest]
#[case(FilterOp::Contains, "2021", 1)]
#[case(FilterOp::Equals, "2021年3月5日", 1)]
#[case(FilterOp::Equals, "2021年3月", 1)]
#[case(FilterOp::AtLeast, "2021", 1)]
#[case(FilterOp::AtMost, "2021年", 1)]
#[case(FilterOp::AtMost, "2021/3/4", 0)]
#[case(FilterOp::AtLeast, "2021年4月", 0)]
fn dates(#[case] op: FilterOp, #[case] text: &str, #[case] expected: usize) {
    let s = sample();
    let filters = vec![Filter {
        field: "surveyedOn".into(),
        op,
        text: text.into(),
    }];
    assert_eq!(
        shown(
            &s,
            &WindowQuery {
                filters,
                ..WindowQuery::all(KindCode::Compound, None)
            }
        )
        .len(),
        expected
    );
}

#[rstest]
#[case("1-1-102", &["1号楼1单元102"])]
#[case("1#102", &["1号楼1单元102"])]
#[case("2号楼 房改房", &["2号楼1单元302", "2号楼1单元1001"])]
#[case("东1", &["10号楼东1", "10号楼东10"])]
#[case("没有这样的", &[])]
fn the_search_box(#[case] text: &str, #[case] expected: &[&str]) {
    let s = sample();
    assert_eq!(
        shown(
            &s,
            &WindowQuery {
                search: Some(text.into()),
                ..dwellings(&s)
            }
        ),
        expected
    );
}

#[rstest]
#[case(KindCode::Household, "1-1-102 同意", 1)]
#[case(KindCode::Household, "2号楼302", 1)]
#[case(KindCode::Household, "2号楼", 1)]
#[case(KindCode::Household, "李某", 1)]
#[case(KindCode::Household, "9号楼302", 0)]
#[case(KindCode::Ownership, "王某 102", 1)]
#[case(KindCode::Ownership, "1单元", 2)]
#[case(KindCode::Outbuilding, "F-009（1号楼旁）", 1)]
#[case(KindCode::Outbuilding, "1号楼 大排房", 1)]
#[case(KindCode::Entrance, "1号楼2单元", 1)]
#[case(KindCode::Effect, "拆除", 1)]
fn the_search_box_of_other_grids(
    #[case] kind: KindCode,
    #[case] text: &str,
    #[case] expected: usize,
) {
    let s = sample();
    let query = WindowQuery {
        search: Some(text.into()),
        ..WindowQuery::all(kind, None)
    };
    assert_eq!(shown(&s, &query).len(), expected);
}
