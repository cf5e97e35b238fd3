//! The bench itself: it is run by hand, and must not be found broken then.

use std::process::Command;

#[test]
fn every_table_is_measured_on_one_compound() {
    // Where nothing is run, as in a check for another system, there is no program.
    let Some(bench) = option_env!("CARGO_BIN_EXE_jiugai-bench") else {
        panic!("cargo makes it beside the tests");
    };
    let made = Command::new(bench)
        .arg("1")
        .env_remove("JIUGAI_APP")
        .output()
        .expect("it starts");
    let told = String::from_utf8_lossy(&made.stdout);
    assert!(
        made.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&made.stderr)
    );
    // The lines of the tables that go by size.
    let sizes = told.lines().filter(|line| line.starts_with("| 1 |"));
    assert_eq!(sizes.count(), 3, "{told}");
    assert!(told.contains("对住户并写入"), "{told}");
}
