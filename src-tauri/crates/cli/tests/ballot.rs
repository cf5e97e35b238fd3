//! Counting ballots as scripts call it.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("temporary folder"),
        }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    fn count(&self, roll: &str, votes: &str, more: &[&str]) -> Output {
        self.write("roll.csv", roll);
        self.write("votes.csv", votes);
        self.run(more)
    }

    /// Counts the files as they lie there.
    fn run(&self, more: &[&str]) -> Output {
        let roll = self.folder.path().join("roll.csv");
        let votes = self.folder.path().join("votes.csv");
        Command::new(env!("CARGO_BIN_EXE_jiugai"))
            .args(["ballot", "count", "--roll"])
            .arg(roll)
            .arg("--votes")
            .arg(votes)
            .args(more)
            .env("JIUGAI_DATA", self.folder.path().join("数据"))
            .output()
            .expect("the program runs")
    }

    fn json(&self, roll: &str, votes: &str, more: &[&str]) -> Value {
        let output = self.count(roll, votes, &[more, &["--json"]].concat());
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{err}");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    fn refused(&self, roll: &str, votes: &str) -> String {
        let output = self.count(roll, votes, &["--matter", "major", "--json"]);
        assert!(!output.status.success());
        assert!(output.stdout.is_empty(), "nothing was counted");
        let err = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        assert_eq!(err.lines().count(), 1, "one line: {err}");
        err
    }
}

const HEAD: &str = "dwelling,area_m2,owner_key,counts\n";
const VOTES: &str = "dwelling,choice,valid\n";

/// 100 dwellings of 50 ㎡, 40 of them one company's.
fn block() -> String {
    let rows: String = (1..=100)
        .map(|n| {
            let owner = if n <= 40 {
                "公司".to_owned()
            } else {
                format!("示例{n}")
            };
            format!("{n},50.00,{owner},1\n")
        })
        .collect();
    format!("{HEAD}{rows}")
}

#[test]
fn a_company_absent_fails_on_area_only() {
    let bench = Bench::new();
    let votes: String = (41..=90).map(|n| format!("{n},approve,1\n")).collect();
    let told = bench.json(
        &block(),
        &format!("{VOTES}{votes}"),
        &["--matter", "ordinary"],
    );
    assert_eq!(
        told,
        json!({
            "all": {"areaDm2": 500_000, "heads": 61},
            "participating": {"areaDm2": 250_000, "heads": 50},
            "approving": {"areaDm2": 250_000, "heads": 50},
            "quorum": {"area": false, "heads": true},
            "approval": {"area": true, "heads": true},
            "passed": false,
            "missing": {"areaDm2": 83_334, "heads": 0},
            "conflicts": [],
            "notCounted": []
        })
    );
}

#[test]
fn majority_of_those_who_came_back_takes_the_rest_only_when_asked_to() {
    let bench = Bench::new();
    let rows: String = (1..=1291).map(|n| format!("{n},60,{n},1\n")).collect();
    let said = |range: std::ops::RangeInclusive<u32>, choice: &str| -> String {
        range.map(|n| format!("{n},{choice},1\n")).collect()
    };
    let votes = [
        VOTES.to_owned(),
        said(1..=417, "approve"),
        said(418..=695, "reject"),
        said(696..=703, "abstain"),
        said(704..=1287, "unreturned"),
    ]
    .concat();
    let roll = format!("{HEAD}{rows}");
    let strict = bench.json(&roll, &votes, &["--matter", "ordinary"]);
    assert_eq!(strict["participating"]["heads"], 703);
    assert_eq!(
        (&strict["quorum"]["heads"], &strict["passed"]),
        (&json!(false), &json!(false))
    );
    let mode = ["--matter", "ordinary", "--mode", "followMajority"];
    let follow = bench.json(&roll, &votes, &mode);
    assert_eq!(follow["approving"]["heads"], 1001);
    assert_eq!(follow["passed"], true);
    let text = bench.count(&roll, &votes, &mode);
    assert!(String::from_utf8_lossy(&text.stdout).contains("送达证据"));
}

#[test]
fn papers_of_one_owner_that_disagree_leave_the_result_open() {
    let bench = Bench::new();
    let roll = format!("{HEAD}1,60,甲,1\n2,60,甲,1\n3,60,乙,1\n");
    let votes = format!("{VOTES}1,approve,1\n2,reject,1\n3,approve,1\n");
    let told = bench.json(&roll, &votes, &["--matter", "major"]);
    assert_eq!(told["conflicts"], json!(["甲"]));
    assert_eq!(told["passed"], Value::Null);
    assert_eq!(
        told["participating"],
        json!({"areaDm2": 18_000, "heads": 2})
    );
}

#[test]
fn what_cannot_be_counted_is_refused() {
    let bench = Bench::new();
    let roll = format!("{HEAD}1,60,甲,1\n2,60,乙,1\n");
    let unknown = bench.refused(&roll, &format!("{VOTES}7,approve,1\n"));
    assert!(unknown.contains("“7”不在名册里"), "{unknown}");
    let twice = bench.refused(&roll, &format!("{VOTES}1,approve,1\n1,approve,1\n"));
    assert!(twice.contains("有效票"), "{twice}");
    let zero = bench.refused(&format!("{HEAD}1,0,甲,1\n"), VOTES);
    assert!(zero.contains("要大于 0"), "{zero}");
    let header = bench.refused("dwelling,area\n1,60\n", VOTES);
    assert!(header.contains("area_m2"), "{header}");
}

#[test]
fn files_of_every_hand_are_read() {
    let bench = Bench::new();
    let plain = format!("{HEAD}1-101,60.00,甲,1\n1-102,61.25,乙,1\n");
    let votes = format!("{VOTES}1-101,approve,1\n1-102,approve,1\n");
    // 甲 and 乙 as Chinese Windows writes them.
    let gb18030 =
        b"dwelling,area_m2,owner_key,counts\n1-101,60.00,\xbc\xd7,1\n1-102,61.25,\xd2\xd2,1\n";
    let rolls: [(&str, Vec<u8>); 5] = [
        ("with a mark", [b"\xef\xbb\xbf", plain.as_bytes()].concat()),
        ("GB18030", gb18030.to_vec()),
        ("Windows lines", plain.replace('\n', "\r\n").into_bytes()),
        (
            "full width",
            plain
                .replace("1-101", "１－１０１")
                .replace("60.00", "６０．００")
                .replace(",1\n", ",１\n")
                .into_bytes(),
        ),
        (
            "sparse, in another order",
            "备注,counts,,owner_key,dwelling,area_m2\n,1,,甲,1-101,60\n\n,,,,,\nx,1,,乙,1-102,61.25,,\n".into(),
        ),
    ];
    for (what, roll) in rolls {
        std::fs::write(bench.folder.path().join("roll.csv"), roll).expect("written");
        bench.write("votes.csv", &votes);
        let told = bench.run(&["--matter", "ordinary", "--json"]);
        let err = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(told.status.success(), "{what}: {err}");
        let told: Value = serde_json::from_slice(&told.stdout).expect("JSON");
        assert_eq!(
            told["all"],
            json!({"areaDm2": 12_125, "heads": 2}),
            "{what}"
        );
        assert_eq!(told["passed"], true, "{what}");
    }
}

#[test]
fn what_is_no_table_is_refused_by_its_name_with_an_exit_code() {
    let bench = Bench::new();
    for (roll, word) in [
        ("", "一个有内容的格子也没有"),
        ("\u{0}\u{1}\u{2}", "roll.csv"),
        (
            "dwelling,dwelling,area_m2,owner_key,counts\n1,2,60,甲,1\n",
            "两列",
        ),
        ("房号,面积,业主,计入\n1,60,甲,1\n", "dwelling"),
        (
            "dwelling,area_m2,owner_key,counts\n1,60,甲,1\n１,60,乙,1\n",
            "已经有了",
        ),
    ] {
        let told = bench.refused(roll, VOTES);
        assert!(told.contains(word) && told.contains("roll.csv"), "{told}");
        assert!(told.starts_with("没有计票"), "{told}");
    }
    std::fs::remove_file(bench.folder.path().join("votes.csv")).expect("removed");
    let output = bench.run(&["--matter", "major"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("找不到") || told.contains("不在"), "{told}");
}
