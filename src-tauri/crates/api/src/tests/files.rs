//! Ledger files, backups, exports.

use jiugai_storage::prints::list_exports;

use super::{import, query};
use crate::testing::{bare, edit, fresh, sample};
use crate::wire::{ChartCode, ChartFormat, FormTarget};
use crate::{ErrorCode, KindCode};

#[test]
fn restoring_a_backup_shows_what_is_lost() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let backup = session.backup_create().expect("backup");
    let told = session.ledger_status().expect("status").last_backup;
    assert_eq!(told.as_deref(), Some("2021-03-06 09:30"));
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
    std::fs::write(&text, b"%PDF-1.7 not a table").expect("written");
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
fn whatever_leaves_the_ledger_as_a_file_is_noted() {
    let (folder, mut session) = sample();
    let compound = session.compound_named("五交化家属院").expect("sample");
    let id = compound.to_string();
    let at = |name: &str| folder.path().join(name);
    session
        .check_export(Some(&id), &at("体检.xlsx"))
        .expect("list");
    session
        .chart_save(
            &id,
            None,
            ChartCode::Parking,
            ChartFormat::Svg,
            &at("图.svg"),
        )
        .expect("chart");
    let target = FormTarget::One {
        compound: id.clone(),
    };
    session
        .form_fill("overview", &target, &at("表.xlsx"))
        .expect("form");
    let noted = list_exports(session.connection().expect("open"), compound, 10).expect("notes");
    let mut titles: Vec<(String, String, bool)> = noted
        .into_iter()
        .map(|export| (export.title, export.way, export.personal))
        .collect();
    titles.sort();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert!(titles.contains(&("数据体检清单".to_owned(), "xlsx".to_owned(), true)));
    assert!(titles.contains(&("前后对比图".to_owned(), "svg".to_owned(), false)));
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

#[test]
fn names_that_cannot_be_are_refused_in_words_that_say_what_to_change() {
    let (folder, mut session) = bare();
    for (name, told) in [
        ("CON", "“CON”"),
        ("台账.", "末尾是点或空格"),
        ("3号楼?", "“?”"),
        ("nul.jgdb", "“NUL”"),
    ] {
        let refused = session
            .ledger_create(&folder.path().join(name))
            .expect_err("refused");
        assert_eq!(refused.code, ErrorCode::Invalid);
        assert!(refused.message.contains(told), "{refused}");
    }
    let (folder, session) = fresh();
    for (name, code) in [
        ("COM1.xlsx", ErrorCode::Invalid),
        ("没有/台账.xlsx", ErrorCode::FileMissing),
        ("街道 台账.jgdb", ErrorCode::FileExists),
    ] {
        let refused = session
            .export_all(None, &folder.path().join(name))
            .expect_err("refused");
        assert_eq!(refused.code, code, "{refused}");
    }
}

#[test]
fn derived_file_names_are_cleaned() {
    let (_folder, mut session) = fresh();
    let edits = edit(KindCode::Compound, None, None, &[("name", "1/2号院: 东区")]);
    let made = session.record_edit(&edits).expect("made");
    let request =
        crate::wire::ReportRequest::of(crate::wire::DocumentCode::D6, made.value.ids[0].clone());
    assert_eq!(
        session
            .report_file_name(&request, crate::wire::PaperFormat::Pdf)
            .expect("named"),
        "1／2号院： 东区 一页纸改造方案.pdf"
    );
}

#[cfg(unix)]
#[test]
fn recents_list_a_file_once() {
    let (folder, mut session) = fresh();
    let path = folder.path().join("街道 台账.jgdb");
    let link = folder.path().join("桌面上的.jgdb");
    std::os::unix::fs::symlink(&path, &link).expect("link");
    session.ledger_open(&link).expect("the same, open already");
    session.ledger_close().expect("closed");
    assert!(!session.ledger_open(&link).expect("opens").read_only);
    let recent = session.ledger_recent();
    assert_eq!(recent.len(), 1);
    assert_eq!(recent[0].path, link.to_string_lossy());
}

#[test]
fn a_stick_that_comes_back_is_written_to_again() {
    let (folder, mut session) = bare();
    let (plugged, pulled) = (folder.path().join("U盘"), folder.path().join("拔出"));
    std::fs::create_dir(&plugged).expect("stick");
    let path = plugged.join("街道.jgdb");
    session.ledger_create(&path).expect("new ledger");
    let name = |name: &str| edit(KindCode::Compound, None, None, &[("name", name)]);
    session.record_edit(&name("甲院")).expect("written");
    std::fs::rename(&plugged, &pulled).expect("pulled out");
    let refused = session.record_edit(&name("乙院")).expect_err("gone");
    assert_eq!(refused.code, ErrorCode::Io);
    assert!(refused.message.contains("街道.jgdb"), "{refused}");
    assert_eq!(session.overview_get().expect("still readable").len(), 1);
    std::fs::rename(&pulled, &plugged).expect("put back");
    session.record_edit(&name("乙院")).expect("goes on");
    assert_eq!(session.overview_get().expect("both").len(), 2);
    std::fs::rename(&plugged, &pulled).expect("pulled out");
    session.record_edit(&name("丙院")).expect_err("gone");
    std::fs::rename(&pulled, &plugged).expect("put back");
    let status = session.ledger_open(&path).expect("opened again");
    assert!(!status.read_only);
    session.record_edit(&name("丙院")).expect("goes on");
}
