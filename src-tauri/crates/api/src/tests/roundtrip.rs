//! What is exported comes back and changes nothing, for every kind that can be imported.

use rstest::rstest;

use crate::import::importable;
use crate::testing::sample;
use crate::wire::{
    ExportFormat, ImportChoices, ImportSettings, ImportState, ImportStates, WaiveRequest,
};
use crate::{KindCode, Session};

#[rstest]
fn every_ledger_comes_back_unchanged(#[values(false, true)] all_compounds: bool) {
    let (folder, mut session) = sample();
    let compound = session.compound_named("五交化家属院").expect("sample");
    let compound = (!all_compounds).then(|| compound.to_string());
    waive_one(&mut session);
    let mut seen = Vec::new();
    for kind in KindCode::ALL.into_iter().filter(|kind| importable(*kind)) {
        let path = folder.path().join(format!("{}.xlsx", kind.kind().label));
        session
            .export_ledger(kind, compound.as_deref(), &path)
            .expect("exported");
        let Ok(preview) = session.import_preview(&path) else {
            // An empty ledger is a header alone.
            continue;
        };
        let states = &preview.states;
        let total = states.new + states.changed + states.unchanged + states.conflict + states.bad;
        assert_eq!(
            (states.unchanged, states.flawed),
            (total, 0),
            "{kind:?}: {states:?} {:#?}",
            preview.issues.iter().take(5).collect::<Vec<_>>()
        );
        if total == 0 {
            continue;
        }
        seen.push(kind);
        let changed = session
            .import_run(preview.draft, &ImportChoices::default())
            .expect("imported");
        assert_eq!(changed.transaction, None, "{kind:?}");
    }
    let unseen: Vec<KindCode> = KindCode::ALL
        .into_iter()
        .filter(|kind| importable(*kind) && !seen.contains(kind))
        .collect();
    assert_eq!(unseen, [], "every kind has records");
}

/// A judgement: the sample has none.
fn waive_one(session: &mut Session) {
    let summary = session.check_summary(None).expect("checked");
    let rule = summary
        .groups
        .iter()
        .flat_map(|group| &group.rules)
        .find(|rule| rule.count > 0)
        .expect("the sample has findings");
    let finding = session
        .check_findings(None, &rule.code, 0, 1)
        .expect("findings")
        .remove(0);
    let waiver = WaiveRequest {
        rule: finding.rule,
        kind: finding.record.kind,
        id: finding.record.id,
        field: finding.field,
        reason: "核实过".to_owned(),
    };
    session.check_waive(&waiver).expect("judged");
}

#[test]
fn all_ledgers_in_one_workbook_come_back_unchanged() {
    let (folder, mut session) = sample();
    let path = folder.path().join("全部.xlsx");
    session.export_all(None, &path).expect("exported");
    let preview = session.import_preview(&path).expect("read");
    let unchanged = ImportStates {
        unchanged: preview.states.unchanged,
        ..ImportStates::default()
    };
    assert_eq!(preview.states, unchanged, "{:#?}", preview.issues);
    assert!(preview.tables.len() >= 12);
}

#[test]
fn one_changed_cell_of_an_export_is_the_only_change() {
    let (folder, mut session) = sample();
    let compound = session.compound_named("五交化家属院").expect("sample");
    let path = folder.path().join("车棚.xlsx");
    session
        .export_ledger(KindCode::CycleShed, Some(&compound.to_string()), &path)
        .expect("exported");
    let query = super::query(KindCode::CycleShed, Some(&compound.to_string()));
    let window = session.record_window(&query, 0, 1).expect("rows");
    let place = super::column(KindCode::CycleShed, "places");
    let before = window.rows[0].cells[place].clone();
    session
        .record_edit(&crate::testing::edit(
            KindCode::CycleShed,
            Some(&compound.to_string()),
            Some(&window.rows[0].id),
            &[("places", "7")],
        ))
        .expect("edited");
    let preview = session.import_preview(&path).expect("read");
    assert_eq!((preview.states.changed, preview.states.new), (1, 0));
    let rows = session
        .import_rows(preview.draft, 0, Some(ImportState::Changed), false, 0, 10)
        .expect("rows");
    let changed: Vec<(&str, &str)> = rows.rows[0]
        .cells
        .iter()
        .filter(|cell| !cell.old.is_empty())
        .map(|cell| (cell.old.as_str(), cell.text.as_str()))
        .collect();
    assert_eq!(changed, [("7", before.as_str())]);
    session
        .import_run(preview.draft, &ImportChoices::default())
        .expect("imported");
    let window = session.record_window(&query, 0, 1).expect("rows");
    assert_eq!(window.rows[0].cells[place], before);
}

#[rstest]
fn text_files_come_back_too(#[values(false, true)] gb18030: bool) {
    let (folder, mut session) = sample();
    for kind in [
        KindCode::Dwelling,
        KindCode::Household,
        KindCode::Outbuilding,
    ] {
        let path = folder.path().join(format!("{}.csv", kind.kind().label));
        session
            .export_csv(kind, None, gb18030, &path)
            .expect("exported");
        let preview = session.import_preview(&path).expect("read");
        let unchanged = ImportStates {
            unchanged: preview.states.unchanged,
            ..ImportStates::default()
        };
        assert_eq!(preview.states, unchanged, "{kind:?} {:#?}", preview.issues);
        assert!(unchanged.unchanged >= 30);
    }
}

#[test]
fn a_filtered_grid_is_exported_as_it_stands_and_comes_back() {
    let (folder, mut session) = sample();
    let compound = session.compound_named("五交化家属院").expect("sample");
    let mut query = super::query(KindCode::Dwelling, Some(&compound.to_string()));
    query.search = "3号楼".to_owned();
    let total = session.record_window(&query, 0, 1).expect("rows").total;
    assert!((1..307).contains(&total), "{total}");
    for (name, format) in [
        ("三号楼.xlsx", ExportFormat::Workbook),
        ("三号楼 文本.csv", ExportFormat::Workbook),
        ("三号楼 新.csv", ExportFormat::Utf8Text),
        ("三号楼 老.csv", ExportFormat::Gb18030Text),
    ] {
        let path = folder.path().join(name);
        let saved = session
            .export_view(&query, None, format, &path)
            .expect("exported");
        let bytes = std::fs::read(&path).expect("written");
        match format {
            ExportFormat::Utf8Text => assert!(bytes.starts_with(b"\xef\xbb\xbf")),
            ExportFormat::Gb18030Text => assert!(std::str::from_utf8(&bytes).is_err()),
            ExportFormat::Workbook => {}
        }
        assert!(saved.message.contains("筛选"), "{}", saved.message);
        let draft = session.import_read(&path).expect("read").draft;
        let settings = ImportSettings {
            compound: "五交化家属院".to_owned(),
            overwrite_blanks: true,
        };
        let preview = session.import_check(draft, &settings).expect("compared");
        let unchanged = ImportStates {
            unchanged: total,
            ..ImportStates::default()
        };
        assert_eq!(preview.states, unchanged, "{:#?}", preview.issues);
    }
}

#[test]
fn the_shown_columns_alone_are_exported_in_their_order() {
    let (folder, session) = sample();
    let compound = session.compound_named("五交化家属院").expect("sample");
    let query = super::query(KindCode::Dwelling, Some(&compound.to_string()));
    let path = folder.path().join("显示的列.csv");
    let shown = ["room".to_owned(), "building".to_owned()];
    session
        .export_view(&query, Some(&shown), ExportFormat::Utf8Text, &path)
        .expect("exported");
    let text = std::fs::read_to_string(&path).expect("written");
    let heading = text.lines().find(|line| line.contains("房号"));
    let heading = heading.map(|line| line.trim_start_matches('\u{feff}'));
    assert_eq!(heading, Some("房号,楼号"));
}

/// Every ledger as it would be exported, cell by cell.
fn everything(session: &mut crate::Session) -> Vec<(KindCode, Vec<Vec<String>>)> {
    KindCode::ALL
        .into_iter()
        .filter(|kind| importable(*kind))
        .map(|kind| {
            let query = super::query(kind, None);
            let window = session.record_window(&query, 0, 2_000).expect("rows");
            assert!(window.total < 2_000, "{kind:?}");
            let mut rows: Vec<Vec<String>> = window.rows.into_iter().map(|row| row.cells).collect();
            rows.sort();
            (kind, rows)
        })
        .collect()
}

#[test]
fn a_whole_export_fills_an_empty_ledger_in_one_import() {
    let (folder, mut session) = sample();
    let path = folder.path().join("全部.xlsx");
    session.export_all(None, &path).expect("exported");
    let before = everything(&mut session);
    session
        .ledger_create(&folder.path().join("空账.jgdb"))
        .expect("created");
    let preview = session.import_preview(&path).expect("read");
    assert_eq!(
        (
            preview.states.bad,
            preview.states.flawed,
            preview.states.conflict
        ),
        (0, 0, 0),
        "{:#?}",
        preview.issues.iter().take(5).collect::<Vec<_>>()
    );
    for table in 0..preview.tables.len() {
        let table = u32::try_from(table).expect("few tables");
        let rows = session
            .import_rows(preview.draft, table, None, false, 0, 5)
            .expect("rows");
        assert!(
            rows.rows.iter().all(|row| row.state == ImportState::New),
            "{table}"
        );
    }
    let outcome = session
        .import_run(preview.draft, &ImportChoices::default())
        .expect("imported");
    assert_eq!(outcome.value.rejected_rows, 0);
    for ((kind, rows), (_, old)) in everything(&mut session).into_iter().zip(before) {
        assert_eq!(rows, old, "{kind:?}");
    }
    let again = session.import_preview(&path).expect("read");
    assert_eq!((again.states.new, again.states.changed), (0, 0));
    session.history_undo().expect("undone");
    assert_eq!(
        session
            .record_window(&super::query(KindCode::Compound, None), 0, 1)
            .expect("rows")
            .total,
        0
    );
}
