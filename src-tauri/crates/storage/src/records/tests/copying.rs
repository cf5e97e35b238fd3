//! Copies of records.

use jiugai_domain::{KindCode, Value};
use rstest::rstest;

use super::{Sample, assert_sound, fresh, sample};
use crate::StorageError;
use crate::records::{duplicate, get, label};

#[rstest]
#[case(KindCode::Building, |s: &Sample| s.building, "1号楼 (2)", "1号楼 (3)")]
#[case(KindCode::Entrance, |s: &Sample| s.entrance, "1号楼3单元", "1号楼4单元")]
#[case(KindCode::Dwelling, |s: &Sample| s.dwelling, "1号楼1单元103", "1号楼1单元104")]
#[case(KindCode::Outbuilding, |s: &Sample| s.outbuilding, "大排房 F-010（1号楼旁）", "大排房 F-011（1号楼旁）")]
#[case(KindCode::Plan, |s: &Sample| s.plan, "改造方案（第2版）", "改造方案（第3版）")]
#[case(KindCode::Compound, |s: &Sample| s.compound, "示例家属院 (2)", "示例家属院 (3)")]
#[case(KindCode::Household, |s: &Sample| s.household, "1号楼1单元102 李某户", "1号楼1单元102 李某户")]
#[case(KindCode::WorkItem, |s: &Sample| s.work_item, "拆 大排房22间 (2)（第1版）", "拆 大排房22间 (3)（第1版）")]
fn copies_get_the_next_free_name(
    #[case] kind: KindCode,
    #[case] of: fn(&Sample) -> jiugai_domain::RecordId,
    #[case] second: &str,
    #[case] third: &str,
) {
    let s = sample();
    for expected in [second, third] {
        let copy = fresh();
        duplicate(&s.conn, kind, of(&s), copy).expect("copied");
        assert_eq!(
            label(&s.conn, kind, copy).expect("read").as_deref(),
            Some(expected)
        );
    }
    assert_sound(&s.conn);
}

#[test]
fn an_ownership_cannot_be_twice() {
    let s = sample();
    let refused = duplicate(&s.conn, KindCode::Ownership, s.ownership, fresh());
    assert!(
        matches!(
            refused,
            Err(StorageError::KeyTaken {
                kind: Some(KindCode::Ownership),
                ..
            })
        ),
        "{refused:?}"
    );
    let gone = duplicate(&s.conn, KindCode::Ownership, s.plan, fresh());
    assert!(
        matches!(gone, Err(StorageError::NotFound { .. })),
        "{gone:?}"
    );
    assert_eq!(
        get(&s.conn, KindCode::Owner, s.owner)
            .expect("read")
            .map(|owner| owner.value("name").clone()),
        Some(Value::Text("李某".into()))
    );
}
