//! Use cases from end to end on real files.

mod files;
mod grid;
mod import;
mod model;
mod plan;
mod roundtrip;
mod spoiled;

use crate::testing::{edit, fresh, sample, workbook};
use crate::wire::{EditGesture, WindowQuery};
use crate::{KindCode, Session};

pub(super) fn query(kind: KindCode, compound: Option<&str>) -> WindowQuery {
    WindowQuery {
        kind,
        compound: compound.map(str::to_owned),
        search: String::new(),
        filters: Vec::new(),
        sort: Vec::new(),
    }
}

pub(super) fn import(session: &mut Session) -> String {
    session
        .import_commit(&workbook(), "五交化家属院")
        .expect("import")
        .value
        .compound
}

pub(super) fn column(kind: KindCode, code: &str) -> usize {
    kind.kind()
        .fields
        .iter()
        .position(|field| field.code == code)
        .expect("declared")
}

#[test]
fn import_of_the_shared_workbook() {
    let (_folder, mut session) = fresh();
    let preview = session.import_preview(&workbook()).expect("preview");
    assert_eq!(preview.compound_name, "五交化家属院");
    assert_eq!(preview.people, 1100);
    assert_eq!(
        preview.outbuilding_rooms,
        ["大排房 22 间", "小配房 55 间", "违章建筑 30 间"]
    );
    assert!(preview.checks.len() >= 80 && preview.checks.iter().all(|check| check.equal));
    assert!(
        session.overview_get().expect("overview").is_empty(),
        "a preview writes nothing"
    );

    let changed = session
        .import_commit(&workbook(), "五交化家属院")
        .expect("import");
    assert_eq!(changed.sentence, "导入 五交化家属院 摸底台账（307 套）");
    let summary = session.summary(None).expect("summary");
    let only = &summary[0];
    assert_eq!(summary.len(), 1);
    assert_eq!(
        (only.buildings, only.dwellings, only.households, only.people),
        (8, 307, 307, 1100)
    );
    let rooms = &only.outbuilding_rooms;
    assert_eq!(
        (rooms.row_house, rooms.annex_room, rooms.unauthorized),
        (22, 55, 30)
    );
    assert_eq!(only.gross_floor_area_dm2, Some(2_023_853));
    assert!(
        only.indicators
            .iter()
            .all(|indicator| indicator.proposed.is_none() && indicator.as_built.is_none())
    );

    let twice = session
        .import_commit(&workbook(), "五交化家属院")
        .expect("once more");
    assert_eq!(twice.transaction, None, "nothing is there twice");
    assert_eq!(session.summary(None).expect("summary"), summary);
    assert_eq!(
        session.history_undo().expect("undo").sentence,
        "撤销：导入 五交化家属院 摸底台账（307 套）"
    );
    assert!(
        session.summary(None).expect("summary").is_empty(),
        "one undo takes the whole import back"
    );
    session.history_redo().expect("redo");
    assert_eq!(session.summary(None).expect("summary"), summary);
    assert!(
        session
            .backup_list()
            .expect("backups")
            .iter()
            .any(|backup| backup.reason == "导入前自动备份")
    );
    assert_eq!(
        session.verify().expect("verify").problems,
        Vec::<String>::new()
    );
}

#[test]
fn a_work_unit_with_its_own_flats_is_one_owner() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let window = session
        .record_window(&query(KindCode::Owner, Some(&compound)), 0, 1000)
        .expect("owners");
    let units: Vec<_> = window
        .rows
        .iter()
        .filter(|row| row.cells[column(KindCode::Owner, "type")] == "单位")
        .collect();
    assert_eq!(units.len(), 1);
    assert_eq!(units[0].cells[0], "五交化公司");
    assert_eq!(window.total, 307 - 29 + 1);
    let detail = session
        .record_get(KindCode::Owner, &units[0].id)
        .expect("owner");
    let held = detail
        .related
        .iter()
        .find(|related| related.kind == KindCode::Ownership)
        .expect("ownerships");
    assert_eq!(held.count, 29);
}

#[test]
fn editing_a_cell_tells_history_and_undoes() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let dwellings = query(KindCode::Dwelling, Some(&compound));
    let row = session
        .record_window(&dwellings, 0, 1)
        .expect("window")
        .rows
        .remove(0);
    assert_eq!(row.label, "1号楼1单元101");
    let area = column(KindCode::Dwelling, "grossFloorArea");
    assert_eq!(row.cells[area], "62.09");
    let typed = edit(
        KindCode::Dwelling,
        Some(&compound),
        Some(&row.id),
        &[("grossFloorArea", "６３．７５㎡")],
    );
    let changed = session.record_edit(&typed).expect("edit");
    assert_eq!(changed.sentence, "修改 1号楼1单元101");
    assert!(changed.value.problems.is_empty());
    let after = session
        .record_window(&dwellings, 0, 1)
        .expect("window")
        .rows
        .remove(0);
    assert_eq!(after.cells[area], "63.75");
    let history = session
        .record_history(KindCode::Dwelling, &row.id)
        .expect("history");
    assert_eq!(
        history[0].sentence,
        "录入员 3月6日 把 1号楼1单元101 的建筑面积 从 62.09 改为 63.75 ㎡"
    );
    session.history_undo().expect("undo");
    let back = session
        .record_window(&dwellings, 0, 1)
        .expect("window")
        .rows
        .remove(0);
    assert_eq!(back.cells, row.cells);
}

#[test]
fn bad_cells_keep_the_text_and_tell_the_way_out() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let row = session
        .record_window(&query(KindCode::Dwelling, Some(&compound)), 0, 1)
        .expect("window")
        .rows
        .remove(0);
    let before = session.ledger_status().expect("status").revision;
    for (field, text, says) in [
        ("grossFloorArea", "六十多", "要填数字"),
        ("grossFloorArea", "61.205", "2 位小数"),
        ("tenure", "别墅", "只能填"),
        ("room", "", "必须填写"),
        ("building", "99号楼", "没有这个楼栋"),
        ("room", "102", "已经有同号的房屋"),
    ] {
        let typed = edit(
            KindCode::Dwelling,
            Some(&compound),
            Some(&row.id),
            &[(field, text)],
        );
        let problems = session
            .record_edit(&typed)
            .expect("answered")
            .value
            .problems;
        assert_eq!(problems.len(), 1, "{field}={text}");
        assert_eq!(problems[0].text, text);
        assert!(
            problems[0].message.contains(says),
            "{}",
            problems[0].message
        );
    }
    assert_eq!(
        session.ledger_status().expect("status").revision,
        before,
        "nothing was stored"
    );
}

#[test]
fn a_pasted_block_is_one_undo() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let dwellings = query(KindCode::Dwelling, Some(&compound));
    let rows = session
        .record_window(&dwellings, 0, 3)
        .expect("window")
        .rows;
    let mut edits = edit(KindCode::Dwelling, Some(&compound), None, &[]);
    edits.gesture = EditGesture::Paste;
    edits.edits = rows
        .iter()
        .map(|row| {
            edit(
                KindCode::Dwelling,
                None,
                Some(&row.id),
                &[("tenure", "商品房"), ("storey", "9")],
            )
            .edits
            .remove(0)
        })
        .collect();
    let new = [
        ("building", "1号楼"),
        ("entrance", "1单元"),
        ("room", "901"),
    ];
    edits
        .edits
        .push(edit(KindCode::Dwelling, None, None, &new).edits.remove(0));
    let changed = session.record_edit(&edits).expect("paste");
    assert_eq!(
        (changed.value.ids.len(), changed.sentence.as_str()),
        (4, "粘贴 9 格")
    );
    assert_eq!(
        session.record_totals(&dwellings).expect("totals").count,
        308
    );
    session.history_undo().expect("undo");
    assert_eq!(
        session.record_totals(&dwellings).expect("totals").count,
        307
    );
    let back = session
        .record_window(&dwellings, 0, 3)
        .expect("window")
        .rows;
    assert!(
        rows.iter()
            .zip(&back)
            .all(|(before, after)| before.cells == after.cells)
    );
}

#[test]
fn a_removed_building_comes_back_from_the_bin() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let row = session
        .record_window(&query(KindCode::Building, Some(&compound)), 1, 1)
        .expect("window")
        .rows
        .remove(0);
    assert_eq!(row.label, "2号楼");
    let ids = [row.id];
    let preview = session
        .record_removal_preview(KindCode::Building, &ids)
        .expect("preview");
    assert!(
        preview
            .iter()
            .any(|count| count.kind == KindCode::Dwelling && count.count == 40)
    );
    session
        .record_remove(KindCode::Building, &ids)
        .expect("remove");
    assert_eq!(session.summary(None).expect("summary")[0].dwellings, 267);
    let bin = session.recycle_list().expect("bin");
    assert_eq!(bin[0].subject, "删除 2号楼");
    session
        .recycle_restore(bin[0].transaction)
        .expect("restore");
    assert_eq!(session.summary(None).expect("summary")[0].dwellings, 307);
    assert!(session.recycle_list().expect("bin").is_empty());
}

#[test]
fn search_finds_rooms_people_and_places() {
    let (_folder, session) = sample();
    let hits = session.record_search("3-2-301", None).expect("search").hits;
    assert_eq!(hits[0].record.label, "3号楼2单元301");
    assert_eq!(hits[0].path, "五交化家属院 › 3号楼 › 2单元 › 301");
    let letters = session.record_search("wjh", None).expect("search");
    assert_eq!(letters.hits[0].record.label, "五交化家属院");
    assert!(
        session
            .record_search("中心花坛", None)
            .expect("search")
            .hits
            .iter()
            .any(|hit| hit.kind_label == "绿地")
    );
    assert!(
        session
            .record_search("没有这样的东西", None)
            .expect("search")
            .hits
            .is_empty()
    );
}
