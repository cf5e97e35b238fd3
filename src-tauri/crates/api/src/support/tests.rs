//! The collected file holds what it says and nothing personal.

use std::io::Read as _;

use crate::testing::{bare, edit, fresh, sample};
use crate::tests::import;
use crate::wire::Settings;
use crate::{ErrorCode, KindCode, Session};

/// Names and texts of all files in the collected one.
fn collected(session: &Session, folder: &std::path::Path) -> Vec<(String, String)> {
    let path = folder.join("收集.zip");
    let saved = session.support_save("2.46.1", &path).expect("saved");
    assert!(saved.message.contains("收集.zip"));
    let file = std::fs::File::open(&path).expect("there");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    (0..zip.len())
        .map(|at| {
            let mut entry = zip.by_index(at).expect("entry");
            let mut text = String::new();
            entry.read_to_string(&mut text).expect("text");
            (entry.name().expect("a name").into_owned(), text)
        })
        .collect()
}

fn text_of<'a>(files: &'a [(String, String)], name: &str) -> &'a str {
    let found = files.iter().find(|(found, _)| found == name);
    &found.expect("in the file").1
}

#[test]
fn nothing_personal_is_collected() {
    let (folder, mut session) = fresh();
    let compound = import(&mut session);
    session
        .settings_set(Settings {
            actor: "钱七一".to_owned(),
            office: "某某街道办事处".to_owned(),
            ..Settings::default()
        })
        .expect("settings");
    let typed = edit(
        KindCode::Owner,
        Some(&compound),
        None,
        &[("name", "欧阳示例"), ("phone", "13900004321")],
    );
    let added = session.record_edit(&typed).expect("edit").value;
    assert!(added.problems.is_empty(), "{:?}", added.problems);
    // A record at fault is told by name on the screen, not here.
    let household = session
        .record_window(
            &crate::tests::query(KindCode::Household, Some(&compound)),
            0,
            1,
        )
        .expect("window")
        .rows
        .remove(0);
    let odd = edit(
        KindCode::Household,
        Some(&compound),
        Some(&household.id),
        &[("seniors60", "0"), ("seniors80", "1")],
    );
    let changed = session.record_edit(&odd).expect("edit").value;
    assert!(changed.problems.is_empty(), "{:?}", changed.problems);
    let doubts = session.verify().expect("verify").doubts;
    assert!(doubts.iter().any(|doubt| doubt.contains(&household.label)));
    let home = dirs::home_dir().expect("home");
    session.log().write(
        session.now(),
        &format!("internal record_edit at {}/src/a.rs", home.display()),
    );

    let files = collected(&session, folder.path());
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "说明.txt",
            "程序和系统.txt",
            "设置.txt",
            "台账检查.txt",
            "日志/jiugai.log"
        ]
    );
    let home = home.to_string_lossy().into_owned();
    let folder_name = folder.path().to_string_lossy().into_owned();
    for secret in [
        "欧阳示例",
        "13900004321",
        "钱七一",
        "某某街道",
        "五交化",
        "街道 台账",
        &household.label,
        &home,
        &folder_name,
    ] {
        for (name, text) in &files {
            assert!(!text.contains(secret), "{secret} in {name}: {text}");
        }
    }
    assert!(text_of(&files, "日志/jiugai.log").contains("internal record_edit at ~/src/a.rs"));
    let checked = text_of(&files, "台账检查.txt");
    assert!(checked.contains("房屋：307 套"), "{checked}");
    assert!(
        checked.contains("住户 1 条的80岁以上人数比60岁以上人数还多"),
        "{checked}"
    );
    let about = text_of(&files, "程序和系统.txt");
    assert!(about.contains(env!("CARGO_PKG_VERSION")) && about.contains("2.46.1"));
    for line in session.support_get("2.46.1").contents {
        assert!(text_of(&files, "说明.txt").contains(&line));
    }
}

#[test]
fn it_can_be_collected_without_a_ledger_and_of_a_sound_one() {
    let (folder, session) = bare();
    let files = collected(&session, folder.path());
    assert_eq!(text_of(&files, "台账检查.txt"), "现在没有打开台账。");
    let (folder, session) = sample();
    let files = collected(&session, folder.path());
    let checked = text_of(&files, "台账检查.txt");
    assert!(checked.contains("台账完好。") && checked.contains("示例台账：是"));
    let nowhere = folder.path().join("没有").join("收集.zip");
    let refused = session.support_save("", &nowhere).expect_err("refused");
    assert_eq!(refused.code, ErrorCode::FileMissing);
}
