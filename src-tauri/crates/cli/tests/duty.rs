//! A ledger with divided work, as scripts meet it.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jiugai_api::{Duty, Environment, Session, SystemClock};

/// Runs the program as somebody; whether it succeeded, and what it said.
fn run(folder: &Path, who: Option<(&str, &str)>, arguments: &[&str]) -> (bool, String) {
    let program =
        std::env::var_os("JIUGAI_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_jiugai").into());
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .args(arguments)
        .env("JIUGAI_DATA", folder.join("数据"));
    if let Some((duty, pin)) = who {
        std::fs::write(folder.join("口令.txt"), pin).expect("written");
        command.args(["--duty", duty, "--pin-file", "口令.txt"]);
    }
    let output = command.output().expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn a_ledger_with_divided_work_asks_who_opens_it_and_holds_him_to_it() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let folder = folder.path();
    let mut session = Session::new(Environment {
        data_dir: folder.join("数据"),
        font_dir: jiugai_api::font_dir(),
        system_fonts: Vec::new(),
        device: "测试机".to_owned(),
        clock: Arc::new(SystemClock),
    });
    session
        .sample_create(&folder.join("台账.jgdb"))
        .expect("sample");
    session.duty_set(Duty::Planner, "2468").expect("set");
    session.duty_set(Duty::Recorder, "13579").expect("set");
    session.ledger_close().expect("closed");

    let summary = ["summary", "台账.jgdb"];
    let export = ["export", "台账.jgdb", "-o", "出.xlsx"];
    let (done, said) = run(folder, None, &summary);
    assert!(!done && said.contains("这本账分了工"), "{said}");
    let (done, said) = run(folder, Some(("规划员", "13579")), &summary);
    assert!(!done && said.contains("口令不对"), "{said}");
    let (done, said) = run(folder, Some(("记录员", "１３５７９\n")), &summary);
    assert!(done, "{said}");
    let (done, said) = run(folder, Some(("记录员", "13579")), &export);
    assert!(!done && said.contains("由规划员做"), "{said}");
    assert!(!folder.join("出.xlsx").exists());
    let (done, said) = run(folder, Some(("规划员", "2468")), &export);
    assert!(done && folder.join("出.xlsx").exists(), "{said}");
}
