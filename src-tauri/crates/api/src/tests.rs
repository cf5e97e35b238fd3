//! Use cases from end to end on real files.

use crate::testing::{bare, edit, fresh, sample, workbook};
use crate::wire::{DocumentCode, EditGesture, ReportRequest, Stage, WindowQuery};
use crate::{ErrorCode, KindCode, Session};

fn query(kind: KindCode, compound: Option<&str>) -> WindowQuery {
    WindowQuery {
        kind,
        compound: compound.map(str::to_owned),
        search: String::new(),
        filters: Vec::new(),
        sort: Vec::new(),
    }
}

fn import(session: &mut Session) -> String {
    session
        .import_commit(&workbook(), "五交化家属院")
        .expect("import")
        .value
        .compound
}

fn column(kind: KindCode, code: &str) -> usize {
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

    assert_eq!(
        session
            .import_commit(&workbook(), "五交化家属院")
            .expect_err("twice")
            .code,
        ErrorCode::NameTaken
    );
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
fn the_sample_holds_the_published_facts() {
    let (_folder, session) = sample();
    assert!(session.ledger_status().expect("status").is_sample);
    let summary = session
        .summary(Some("五交化家属院"))
        .expect("summary")
        .remove(0);
    assert_eq!(
        (
            summary.buildings,
            summary.dwellings,
            summary.people,
            summary.cycle_sheds
        ),
        (8, 307, 1100, 3)
    );
    let triple = |code: &str| {
        let found = summary
            .indicators
            .iter()
            .find(|indicator| indicator.code == code)
            .expect("indicator");
        (found.baseline, found.proposed, found.as_built)
    };
    assert_eq!(triple("rowHouseRooms"), (Some(22), Some(0), Some(0)));
    assert_eq!(triple("annexRooms"), (Some(55), Some(0), Some(0)));
    assert_eq!(triple("unauthorizedRooms"), (Some(30), Some(0), Some(0)));
    assert_eq!(triple("demolishedRooms"), (Some(0), Some(107), Some(107)));
    assert_eq!(triple("demolishedSheds"), (Some(0), Some(3), Some(3)));
    assert_eq!(triple("parkingSpaces"), (Some(60), Some(126), Some(60)));
    assert_eq!(
        triple("concentratedGreen"),
        (Some(21_000), Some(39_000), Some(21_000))
    );
    assert_eq!(
        triple("fireLaneMinWidth"),
        (Some(2_800), Some(4_000), Some(2_800))
    );
    insta::assert_json_snapshot!("summary_of_the_sample", summary);
    let verified = session.verify().expect("verify");
    assert_eq!(
        (verified.problems, verified.doubts),
        (Vec::<String>::new(), Vec::new())
    );
    assert_eq!(session.overview_get().expect("overview").len(), 3);
}

#[test]
fn every_figure_drills_down_to_its_rows() {
    let (_folder, session) = sample();
    let compound = session
        .compound_named("五交化家属院")
        .expect("compound")
        .to_string();
    let plan = session.compound_get(&compound).expect("page").plans[0]
        .id
        .clone();
    let view = session
        .comparison_get(&compound, Some(&plan))
        .expect("comparison");
    assert_eq!(view.findings.len(), 0);
    assert_eq!(view.surveyed_on, "2021年3月5日");
    let row = |code: &str| view.rows.iter().find(|row| row.code == code).expect("row");
    assert_eq!(
        (
            row("parkingSpaces").delta.as_str(),
            row("parkingSpaces").direction
        ),
        ("+66", 1)
    );
    assert_eq!(
        (
            row("rowHouseRooms").delta.as_str(),
            row("rowHouseRooms").direction
        ),
        ("−22", -1)
    );
    for indicator in &view.rows {
        for stage in [Stage::Baseline, Stage::Proposed, Stage::AsBuilt] {
            let rows = session
                .comparison_rows(&compound, Some(&plan), &indicator.code, stage)
                .expect("rows");
            assert!(!rows.formula.is_empty());
        }
    }
    let spaces = session
        .comparison_rows(&compound, Some(&plan), "parkingSpaces", Stage::Proposed)
        .expect("rows");
    assert_eq!((spaces.rows.len(), spaces.total.as_str()), (5, "126"));
    assert_eq!(
        spaces
            .rows
            .iter()
            .filter(|row| row.cause == "重新规划停车位")
            .count(),
        2
    );
}

#[test]
fn the_one_page_plan_prints() {
    let (folder, mut session) = sample();
    let compound = session
        .compound_named("五交化家属院")
        .expect("compound")
        .to_string();
    let request = ReportRequest {
        document: DocumentCode::D6,
        compound,
        plan: None,
    };
    let preview = session.report_preview(&request).expect("preview");
    assert_eq!(preview.pages.len(), 1);
    assert_eq!(preview.warnings, Vec::<String>::new());
    let path = folder.path().join("方案.pdf");
    session.report_save(&request, &path).expect("saved");
    let first = std::fs::read(&path).expect("written");
    assert!(first.starts_with(b"%PDF"));
    session.report_save(&request, &path).expect("saved again");
    assert!(
        std::fs::read(&path).expect("written") == first,
        "equal data and time give equal bytes"
    );
}

#[test]
fn restoring_a_backup_shows_what_is_lost() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let backup = session.backup_create().expect("backup");
    let row = session
        .record_window(&query(KindCode::Dwelling, Some(&compound)), 0, 1)
        .expect("window")
        .rows
        .remove(0);
    let typed = edit(
        KindCode::Dwelling,
        Some(&compound),
        Some(&row.id),
        &[("grossFloorArea", "99.99")],
    );
    session.record_edit(&typed).expect("edit");
    let path = std::path::PathBuf::from(&backup.path);
    let preview = session.backup_preview(&path).expect("preview");
    assert_eq!(preview.lost, ["录入员 3月6日 修改 1号楼1单元101"]);
    session.backup_restore(&path).expect("restore");
    let back = session
        .record_window(&query(KindCode::Dwelling, Some(&compound)), 0, 1)
        .expect("window")
        .rows
        .remove(0);
    assert_eq!(back.cells, row.cells);
    assert!(
        session
            .backup_list()
            .expect("list")
            .iter()
            .any(|backup| backup.reason == "恢复前自动备份")
    );
}

#[test]
fn files_of_others_are_refused_in_plain_words() {
    let (folder, mut session) = bare();
    assert_eq!(
        session.ledger_status().expect_err("none").code,
        ErrorCode::NoLedger
    );
    let path = folder.path().join("别的.jgdb");
    for (bytes, code) in [
        (&b"PK\x03\x04 and so on"[..], ErrorCode::NotALedger),
        (b"", ErrorCode::NotALedger),
        (b"%PDF-1.7", ErrorCode::NotALedger),
    ] {
        std::fs::write(&path, bytes).expect("written");
        let error = session.ledger_open(&path).expect_err("refused");
        assert_eq!(error.code, code);
        assert!(!error.message.is_empty() && !error.next_step.is_empty());
        assert_eq!(
            std::fs::read(&path).expect("still there"),
            bytes,
            "untouched"
        );
    }
    let missing = session
        .ledger_open(&folder.path().join("没有.jgdb"))
        .expect_err("missing");
    assert_eq!(missing.code, ErrorCode::FileMissing);
    session
        .ledger_create(&folder.path().join("账"))
        .expect("extension is added");
    let text = folder.path().join("假.xlsx");
    std::fs::write(&text, "楼号,房号\n1,101").expect("written");
    assert_eq!(
        session.import_preview(&text).expect_err("refused").code,
        ErrorCode::NotAWorkbook
    );
    assert!(session.overview_get().expect("overview").is_empty());
}

#[test]
fn a_second_window_reads_only() {
    let (folder, mut first) = fresh();
    let path = first.ledger_status().expect("status").path;
    let (_other_folder, mut second) = bare();
    let status = second
        .ledger_open(std::path::Path::new(&path))
        .expect("opens for reading");
    assert!(
        status.read_only
            && status
                .warnings
                .iter()
                .any(|warning| warning.contains("另一个窗口"))
    );
    let refused = second
        .record_edit(&edit(KindCode::Compound, None, None, &[("name", "甲")]))
        .expect_err("read only");
    assert_eq!(refused.code, ErrorCode::ReadOnly);
    first.ledger_close().expect("closed");
    second.ledger_close().expect("closed");
    assert!(
        !second
            .ledger_open(std::path::Path::new(&path))
            .expect("opens")
            .read_only
    );
    drop(folder);
}

#[test]
fn search_finds_rooms_people_and_places() {
    let (_folder, session) = sample();
    let hits = session.record_search("3-2-301").expect("search");
    assert_eq!(hits[0].record.label, "3号楼2单元301");
    assert!(
        session
            .record_search("中心花坛")
            .expect("search")
            .iter()
            .any(|hit| hit.kind_label == "绿地")
    );
    assert!(
        session
            .record_search("没有这样的东西")
            .expect("search")
            .is_empty()
    );
}

#[test]
fn exports_open_again() {
    let (folder, mut session) = fresh();
    let compound = import(&mut session);
    for kind in [
        KindCode::Dwelling,
        KindCode::Household,
        KindCode::Outbuilding,
        KindCode::Compound,
    ] {
        let path = folder.path().join(format!("{}.xlsx", kind.code()));
        let scope = (kind != KindCode::Compound).then_some(compound.as_str());
        session.export_ledger(kind, scope, &path).expect("exported");
        assert!(std::fs::read(&path).expect("written").starts_with(b"PK"));
    }
}

#[test]
fn a_damaged_ledger_comes_back_from_its_newest_backup() {
    let (folder, mut session) = fresh();
    import(&mut session);
    let path = std::path::PathBuf::from(session.ledger_status().expect("status").path);
    session.backup_create().expect("backup");
    session.ledger_close().expect("closed");
    let whole = std::fs::read(&path).expect("ledger");
    std::fs::write(&path, &whole[..whole.len() / 2]).expect("cut off");
    let error = session.ledger_open(&path).expect_err("damaged");
    assert_eq!(error.code, ErrorCode::Damaged);
    assert!(
        error.next_step.contains("2021-03-06 09:30"),
        "{}",
        error.next_step
    );
    assert!(!session.ledger_recover().expect("recovered").read_only);
    assert_eq!(session.summary(None).expect("summary")[0].dwellings, 307);
    let kept = std::fs::read_dir(folder.path())
        .expect("folder")
        .filter_map(Result::ok);
    let sizes: Vec<u64> = kept
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .collect();
    assert!(
        sizes.contains(&(whole.len() as u64 / 2)),
        "the damaged file is kept"
    );
    assert_eq!(
        session.ledger_recover().expect_err("nothing damaged").code,
        ErrorCode::Backup
    );
}
