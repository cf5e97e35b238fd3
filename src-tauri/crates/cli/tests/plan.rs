//! Scenarios as scripts call them.

use std::process::Command;

use serde_json::Value;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().expect("temporary folder"),
        };
        desk.call(&["sample"], &[]);
        desk
    }

    fn call(&self, words: &[&str], more: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_jiugai"))
            .args(words)
            .arg(self.folder.path().join("示例.jgdb"))
            .args(more)
            .env("JIUGAI_DATA", self.folder.path().join("数据"))
            .output()
            .expect("the program runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{err}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// The names of the fields, nested ones by their path; what can be told by looking at one is
/// enough for a list.
fn shape(value: &Value, path: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                shape(value, &format!("{path}.{name}"), into);
            }
        }
        Value::Array(rows) => match rows.first() {
            Some(first) => shape(first, &format!("{path}[]"), into),
            None => into.push(format!("{path}[]")),
        },
        _ => into.push(path.to_owned()),
    }
}

#[test]
fn the_fields_of_both_reports_stay() {
    let desk = Desk::new();
    let compound = ["--compound", "五交化家属院", "--json"];
    let compare: Value =
        serde_json::from_str(&desk.call(&["plan", "compare"], &compound)).expect("JSON");
    let optimize: Value = serde_json::from_str(&desk.call(
        &["plan", "optimize"],
        &[&compound[..], &["--budget", "1300000"]].concat(),
    ))
    .expect("JSON");
    let mut fields = Vec::new();
    shape(&compare, "compare", &mut fields);
    shape(&optimize, "optimize", &mut fields);
    fields.retain(|field| !field.contains("costByClassFen."));
    insta::assert_snapshot!(fields.join("\n"));
}

#[test]
fn without_json_they_speak_chinese() {
    let desk = Desk::new();
    let compound = ["--compound", "五交化家属院"];
    let compare = desk.call(&["plan", "compare"], &compound);
    assert!(
        compare.contains("估算") && compare.contains("诉求"),
        "{compare}"
    );
    let optimize = desk.call(
        &["plan", "optimize"],
        &[&compound[..], &["--budget", "130万"]].concat(),
    );
    assert!(optimize.contains("再加 10 万元"), "{optimize}");
}
