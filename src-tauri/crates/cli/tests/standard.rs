//! `jiugai plan check` as scripts call it.

use std::process::Command;

use serde_json::Value;

fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> (bool, String, String) {
    let program =
        std::env::var_os("JIUGAI_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_jiugai").into());
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder.path())
        .env("JIUGAI_DATA", folder.path().join("数据"))
        .output()
        .expect("the program runs");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    )
}

/// Keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn standards_for_scripts_and_for_people() {
    let folder = tempfile::tempdir().expect("temporary folder");
    assert!(run(&folder, &["sample", "示例.jgdb"]).0);
    let check = ["plan", "check", "示例.jgdb", "--compound", "五交化家属院"];
    let (ok, out, err) = run(&folder, &[&check[..], &["--json"]].concat());
    assert!(ok, "{err}");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let mut fields = keys(&report);
    fields.sort_unstable();
    assert_eq!(fields, ["compound", "plan", "rules", "version"]);
    let rules = report["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), 85);
    let mut fields = keys(&rules[0]);
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "applies",
            "asBuilt",
            "baseline",
            "clause",
            "code",
            "enabled",
            "group",
            "mark",
            "name",
            "proposed",
            "region",
            "requirement",
            "source",
            "standing",
            "value"
        ]
    );
    let rule = |code: &str| {
        rules
            .iter()
            .find(|rule| rule["code"] == code)
            .expect("a rule")
    };
    let green = rule("greenPerPerson");
    assert_eq!(green["baseline"]["verdict"], "unmet");
    assert_eq!(
        green["baseline"]["figures"],
        "集中绿地 210.00 ㎡ ÷ 1100 人 = 0.19 ㎡/人，需要 385.00 ㎡，还差 175.00 ㎡"
    );
    assert_eq!(green["standing"], "standard");
    assert_eq!(rule("mainRoadWidth")["baseline"], Value::Null);
    assert_eq!(rule("cyclePlaces")["applies"], false);
    let entrances = &rule("cityEntrances")["baseline"];
    assert_eq!(entrances["verdict"], "unknown");
    assert_eq!(entrances["missing"][0]["kind"], "compound");
    assert_eq!(entrances["missing"][0]["field"], "cityEntrances");

    let (ok, text, _) = run(&folder, &check);
    assert!(
        ok && text.contains("不达标 人均集中绿地（旧区改建）") && text.contains("没有启用"),
        "{text}"
    );
    let (ok, again, _) = run(&folder, &check);
    assert!(ok && again == text, "equal input gives equal words");

    let (ok, _, err) = run(
        &folder,
        &["plan", "check", "示例.jgdb", "--compound", "没有的小区"],
    );
    assert!(!ok && err.contains("没有的小区"), "{err}");
    let (ok, _, err) = run(&folder, &[&check[..], &["--plan", "没有的方案"]].concat());
    assert!(!ok && err.contains("没有的方案"), "{err}");
}
