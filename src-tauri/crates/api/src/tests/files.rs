//! Ledger files, backups, exports.

use super::{import, query};
use crate::testing::{bare, edit, fresh};
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
