//! The program as scripts call it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("temporary folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&dyn AsRef<OsStr>]) -> Output {
        // An installed program is tried by the same tests as the one that was just built.
        let program = std::env::var_os("JIUGAI_PROGRAM")
            .unwrap_or_else(|| env!("CARGO_BIN_EXE_jiugai").into());
        Command::new(program)
            .args(arguments)
            .env("JIUGAI_DATA", self.path("数据"))
            .output()
            .expect("the program runs")
    }

    fn ok(&self, arguments: &[&dyn AsRef<OsStr>]) -> String {
        let output = self.run(arguments);
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(output.status.success(), "{out}{err}");
        out.trim().to_owned()
    }

    fn refused(&self, arguments: &[&dyn AsRef<OsStr>]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success());
        let err = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        assert_eq!(err.lines().count(), 1, "one line: {err}");
        assert!(
            err.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "Chinese: {err}"
        );
        err
    }
}

fn workbook() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/data/sample/摸底台账_五交化家属院_示例.xlsx")
}

#[test]
fn import_summary_undo_redo() {
    let bench = Bench::new();
    let ledger = bench.path("街道 台账.jgdb");
    bench.ok(&[&"new", &ledger]);
    let imported: Value =
        serde_json::from_str(&bench.ok(&[&"import", &ledger, &workbook(), &"--json"]))
            .expect("JSON");
    assert_eq!(imported["people"], 1100);
    assert_eq!(imported["counts"]["dwelling"], 307);
    assert_eq!(imported["differingChecks"], Value::Array(Vec::new()));
    let summary = || -> Value {
        serde_json::from_str(&bench.ok(&[&"summary", &ledger, &"--json"])).expect("JSON")
    };
    let first = summary();
    let compound = &first[0];
    assert_eq!(compound["compound"], "五交化家属院");
    assert_eq!(
        (
            compound["buildings"].as_i64(),
            compound["dwellings"].as_i64()
        ),
        (Some(8), Some(307))
    );
    assert_eq!(
        (compound["households"].as_i64(), compound["people"].as_i64()),
        (Some(307), Some(1100))
    );
    let rooms = &compound["outbuildingRooms"];
    assert_eq!(
        (
            rooms["rowHouse"].as_i64(),
            rooms["annexRoom"].as_i64(),
            rooms["unauthorized"].as_i64()
        ),
        (Some(22), Some(55), Some(30))
    );
    assert_eq!(compound["grossFloorAreaDm2"], 2_023_853);
    assert_eq!(
        bench.ok(&[&"undo", &ledger]),
        "已撤销：导入 五交化家属院 摸底台账（307 套）。"
    );
    assert_eq!(summary(), Value::Array(Vec::new()));
    bench.ok(&[&"redo", &ledger]);
    assert_eq!(summary(), first);
    assert_eq!(bench.ok(&[&"history", &ledger]).lines().count(), 3);
    assert_eq!(bench.ok(&[&"verify", &ledger]), "台账完好。");
}

#[test]
fn sample_report_backup_restore() {
    let bench = Bench::new();
    let ledger = bench.path("示例.jgdb");
    bench.ok(&[&"sample", &ledger]);
    let pdf = bench.path("方案.pdf");
    bench.ok(&[
        &"report",
        &ledger,
        &"--document",
        &"D6",
        &"--compound",
        &"五交化家属院",
        &"-o",
        &pdf,
    ]);
    assert!(std::fs::read(&pdf).expect("written").starts_with(b"%PDF"));
    let folder = bench.path("成批");
    let told = bench.ok(&[
        &"report",
        &ledger,
        &"--document",
        &"D1",
        &"--all",
        &"-o",
        &folder,
    ]);
    assert!(told.ends_with("一共 3 份。"), "{told}");
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 3);
    let refused = |more: &[&str]| {
        let mut line: Vec<&dyn AsRef<OsStr>> = vec![
            &"report",
            &ledger,
            &"--compound",
            &"五交化家属院",
            &"-o",
            &pdf,
        ];
        line.extend(more.iter().map(|word| word as &dyn AsRef<std::ffi::OsStr>));
        bench.refused(&line)
    };
    assert!(refused(&["--document", "D99"]).contains("D6 一页纸改造方案"));
    assert!(refused(&["--with", "楼栋=99号楼"]).contains("可以选的有：方案"));
    let sheet = bench.path("住户.xlsx");
    let told = bench.ok(&[
        &"export",
        &ledger,
        &"--kind",
        &"住户",
        &"--compound",
        &"五交化家属院",
        &"-o",
        &sheet,
    ]);
    assert!(told.contains("307 户"), "{told}");
    let all = bench.ok(&[&"export", &ledger, &"-o", &bench.path("全部.xlsx")]);
    assert!(all.contains("26 种台账"), "{all}");
    let before = bench.ok(&[&"summary", &ledger, &"--json"]);
    bench.ok(&[&"backup", &ledger]);
    let listed = bench.ok(&[&"restore", &ledger]);
    let backup = listed
        .lines()
        .next()
        .and_then(|line| line.rsplit('\t').next())
        .expect("a backup")
        .to_owned();
    assert!(
        bench.refused(&[&"undo", &ledger]).contains("没有可以撤销"),
        "the sample stays"
    );
    bench.ok(&[
        &"import",
        &ledger,
        &workbook(),
        &"--compound",
        &"示例家属院",
    ]);
    assert_ne!(bench.ok(&[&"summary", &ledger, &"--json"]), before);
    bench.ok(&[&"restore", &ledger, &backup]);
    assert_eq!(bench.ok(&[&"summary", &ledger, &"--json"]), before);
}

#[test]
fn help_names_the_whole_command_in_chinese() {
    let bench = Bench::new();
    for (words, usage) in [
        (vec!["survey"], "用法：jiugai survey <命令>"),
        (
            vec!["survey", "import"],
            "用法：jiugai survey import <台账> <文件> [选项]",
        ),
        (vec!["report"], "用法：jiugai report <台账> [选项]"),
    ] {
        let mut call: Vec<&dyn AsRef<std::ffi::OsStr>> = Vec::new();
        for word in &words {
            call.push(word);
        }
        call.push(&"--help");
        let told = bench.ok(&call);
        assert!(told.contains(usage), "{told}");
        assert!(!told.contains("possible"), "{told}");
    }
}

#[test]
fn wrong_calls_and_files_are_one_chinese_line() {
    let bench = Bench::new();
    let ledger = bench.path("账.jgdb");
    assert!(bench.refused(&[&"summary", &ledger]).contains("不在了"));
    assert!(bench.refused(&[&"fly"]).contains("没有这个命令"));
    assert!(bench.refused(&[&"summary"]).contains("少写了"));
    bench.ok(&[&"new", &ledger]);
    assert!(bench.refused(&[&"new", &ledger]).contains("已经有了"));
    let bytes = std::fs::read(&ledger).expect("ledger");
    for (name, content) in [
        ("空.xlsx", &b""[..]),
        ("假.xlsx", b"hello"),
        ("网页.xls", b"<html><table></table></html>"),
    ] {
        let file = bench.path(name);
        std::fs::write(&file, content).expect("written");
        bench.refused(&[&"import", &ledger, &file]);
    }
    bench.refused(&[&"import", &ledger, &bench.path("没有.xlsx")]);
    bench.refused(&[
        &"report",
        &ledger,
        &"--compound",
        &"没有的小区",
        &"-o",
        &bench.path("x.pdf"),
    ]);
    assert_eq!(bench.ok(&[&"summary", &ledger, &"--json"]), "[]");
    let cut = bench.path("断.jgdb");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).expect("written");
    assert!(bench.refused(&[&"summary", &cut]).contains("损坏"));
}

#[test]
fn a_form_is_filled_and_what_stays_blank_is_told() {
    let bench = Bench::new();
    let ledger = bench.path("示例.jgdb");
    bench.ok(&[&"sample", &ledger]);
    let out = bench.path("基本情况.xlsx");
    let told = bench.ok(&[
        &"fill-form",
        &ledger,
        &"overview",
        &"--compound",
        &"五交化家属院",
        &"-o",
        &out,
    ]);
    assert!(
        told.contains("已填好“老旧小区基本情况表（示例）”"),
        "{told}"
    );
    assert!(told.contains("“维修资金余额”没有填写"), "{told}");
    assert!(std::fs::read(&out).expect("written").starts_with(b"PK"));
    let list = bench.path("汇总.xlsx");
    let told = bench.ok(&[&"fill-form", &ledger, &"list", &"-o", &list]);
    assert!(told.contains("还没有改造方案"), "{told}");
    let unknown = bench.refused(&[&"fill-form", &ledger, &"季报", &"-o", &out]);
    assert!(unknown.contains("“季报”"), "{unknown}");
}

#[test]
fn a_table_is_mapped_by_a_file_tried_dry_and_exported_as_text() {
    let bench = Bench::new();
    let ledger = bench.path("账.jgdb");
    bench.ok(&[&"new", &ledger]);
    let table = bench.path("表.csv");
    let text = "楼号,单元,房号,平方数\n1,1,101,61.2\n1,1,,58\n";
    std::fs::write(&table, text).expect("written");
    let map = bench.path("列.json");
    let columns = r#"{"compound":"示例院","columns":{"平方数":"dwelling.grossFloorArea"}}"#;
    std::fs::write(&map, columns).expect("written");
    let arguments: [&dyn AsRef<OsStr>; 7] = [
        &"import",
        &ledger,
        &table,
        &"--map",
        &map,
        &"--json",
        &"--dry-run",
    ];
    let told: Value = serde_json::from_str(&bench.ok(&arguments)).expect("JSON");
    assert_eq!(told["states"]["new"], 1);
    assert_eq!(told["states"]["bad"], 1);
    assert_eq!(
        told["tables"][0]["columns"][3]["target"],
        "dwelling.grossFloorArea"
    );
    assert_eq!(
        bench.ok(&[&"summary", &ledger, &"--json"]),
        "[]",
        "a dry run"
    );
    let bad = bench.path("要改.xlsx");
    let said = bench.ok(&[
        &"import",
        &ledger,
        &table,
        &"--map",
        &map,
        &"--bad-rows",
        &bad,
    ]);
    assert!(
        said.contains("新增 1 行") && said.contains("不能导入 1 行"),
        "{said}"
    );
    assert!(bad.is_file());
    std::fs::write(&map, r#"{"columns":{"没有的列":"ignore"}}"#).expect("written");
    assert!(
        bench
            .refused(&[&"import", &ledger, &table, &"--map", &map])
            .contains("没有的列")
    );
    let out = bench.path("房屋.csv");
    bench.ok(&[&"export", &ledger, &"--kind", &"房屋", &"-o", &out]);
    let bytes = std::fs::read(&out).expect("exported");
    assert!(
        bytes.starts_with(b"\xef\xbb\xbf"),
        "the mark that Excel needs"
    );
    let out = bench.path("房屋.txt");
    bench.ok(&[
        &"export",
        &ledger,
        &"--kind",
        &"房屋",
        &"--format",
        &"csv",
        &"--encoding",
        &"gb18030",
        &"-o",
        &out,
    ]);
    let bytes = std::fs::read(&out).expect("exported");
    assert!(String::from_utf8(bytes).is_err(), "GB18030");
    assert!(
        bench
            .refused(&[&"export", &ledger, &"-o", &bench.path("全部.csv")])
            .contains("一种")
    );
}

#[test]
fn visits_are_listed() {
    let bench = Bench::new();
    let ledger = bench.path("示例.jgdb");
    bench.ok(&[&"sample", &ledger]);
    let list = |more: &[&dyn AsRef<OsStr>]| {
        let mut arguments: Vec<&dyn AsRef<OsStr>> =
            vec![&"visit", &"list", &ledger, &"--compound", &"五交化家属院"];
        arguments.extend(more);
        bench.ok(&arguments)
    };
    let all: Value = serde_json::from_str(&list(&[&"--json"])).expect("JSON");
    assert_eq!(all["dwellings"], 307);
    let visits = all["visits"].as_array().expect("a list");
    assert!(visits.len() > 250, "{}", visits.len());
    assert!(visits.iter().all(|visit| visit["visitedOn"].is_string()));
    let late: Value =
        serde_json::from_str(&list(&[&"--since", &"2021-3-23", &"--json"])).expect("JSON");
    let waiting = late["visits"].as_array().expect("a list");
    assert!(waiting.iter().all(|visit| visit["outcome"] == "pending"));
    assert_eq!(waiting.len(), 8);
    assert!(list(&[]).starts_with("五交化家属院：307 套房，走访完成 "));
}

#[test]
fn rounds_are_summed_up() {
    let bench = Bench::new();
    let ledger = bench.path("示例.jgdb");
    bench.ok(&[&"sample", &ledger]);
    let told = bench.ok(&[&"survey", &"summary", &ledger, &"--json"]);
    let rounds: Value = serde_json::from_str(&told).expect("JSON");
    let rounds = rounds.as_array().expect("a list");
    assert_eq!(rounds.len(), 3);
    for summary in rounds {
        assert_eq!(summary["compound"], "五交化家属院");
        assert_eq!(summary["round"]["households"], 307);
        assert!(summary["round"]["answered"].as_u64() >= Some(231));
        let questions = summary["questions"].as_array().expect("questions");
        assert!(questions.iter().all(|one| one["answered"].is_u64()));
        assert!(!summary["thresholds"].as_array().expect("lines").is_empty());
    }
    let words = bench.ok(&[
        &"survey",
        &"summary",
        &ledger,
        &"--compound",
        &"五交化家属院",
    ]);
    assert!(words.contains("入户率"), "{words}");
    let refused = bench.refused(&[&"survey", &"summary", &ledger, &"--compound", &"无此院"]);
    assert!(refused.contains("无此院"), "{refused}");
}

#[test]
fn a_questionnaire_file_is_tried_and_imported() {
    let bench = Bench::new();
    let ledger = bench.path("示例.jgdb");
    bench.ok(&[&"sample", &ledger]);
    let file = bench.path("问卷星.csv");
    std::fs::write(
        &file,
        "序号,提交答卷时间,房号,姓名,联系电话,1、您的身份,3、您家是否同意本小区改造\n\
         1,2021/3/16 10:00:00,1号楼1单元101,,,业主,同意\n\
         2,2021/3/16 10:01:00,99号楼1单元101,示例甲,,业主,同意\n\
         3,2021/3/16 10:02:00,后院小平房,示例乙,,业主,不同意\n",
    )
    .expect("written");
    let import = |round: &str, more: &[&str]| {
        let mut line: Vec<&dyn AsRef<OsStr>> = vec![
            &"survey",
            &"import",
            &ledger,
            &file,
            &"--compound",
            &"五交化家属院",
            &"--round",
        ];
        let (round, more) = (round.to_owned(), more.to_vec());
        line.push(&round);
        line.extend(more.iter().map(|word| word as &dyn AsRef<OsStr>));
        bench.run(&line)
    };
    let round = "第二轮 改造意愿（示例）";
    let json = |more: &[&str]| -> Value {
        let output = import(round, more);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let tried = json(&["--dry-run", "--json"]);
    assert_eq!(
        (&tried["rows"], &tried["unmatched"]),
        (&3.into(), &2.into())
    );
    let again = json(&["--dry-run", "--json"]);
    assert_eq!(tried, again, "nothing was written");
    let done = json(&["--json"]);
    assert_eq!(done, tried);
    let repeated = json(&["--json"]);
    assert_eq!(repeated["repeated"], 3, "{repeated}");
    let told = bench.ok(&[&"survey", &"summary", &ledger]);
    assert!(told.contains("待处理 3 份"), "{told}");
    let refused = import("没有的一轮", &[]);
    assert!(!refused.status.success());
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(told.contains("没有的一轮"), "{told}");
}

#[test]
fn survey_papers_are_printed_with_their_choices() {
    let bench = Bench::new();
    let ledger = bench.path("示例.jgdb");
    bench.ok(&[&"sample", &ledger]);
    let pdf = bench.path("问卷.pdf");
    let print = |document: &'static str, choices: &[&str]| {
        let mut line: Vec<&dyn AsRef<OsStr>> = vec![
            &"report",
            &ledger,
            &"--compound",
            &"五交化家属院",
            &"-o",
            &pdf,
            &"--document",
        ];
        let choices = choices.to_vec();
        let document = document.to_owned();
        line.push(&document);
        for choice in &choices {
            line.push(&"--with");
            line.push(choice);
        }
        bench.ok(&line);
        std::fs::read(&pdf).expect("written").len()
    };
    let blank = print("D2", &["填写=空白一份（房号手写）"]);
    let house = print("D2", &["楼栋=1号楼"]);
    let room = print("D2", &["楼栋=1号楼", "房号=1单元101"]);
    assert!(blank < house && room < house, "{blank} {house} {room}");
    assert!(print("D3", &["轮次=第二轮 改造意愿（示例）"]) > 0);
    assert!(print("问卷结果公示", &[]) > 0);
    assert!(print("诉求矛盾图", &["给谁看=不印房号（给居民看）"]) > 0);
}

#[test]
fn a_password_comes_from_a_file_or_the_environment_and_never_from_the_call() {
    let bench = Bench::new();
    let ledger = bench.path("台账.jgdb");
    let (old, new) = (bench.path("旧.txt"), bench.path("新.txt"));
    std::fs::write(&old, "一二三四五六七八\n").expect("written");
    std::fs::write(&new, "八七六五四三二一").expect("written");
    bench.ok(&[&"new", &ledger]);
    bench.ok(&[&"import", &ledger, &workbook(), &"--json"]);
    let summary = bench.ok(&[&"summary", &ledger]);
    bench.ok(&[&"password", &ledger, &"--new-file", &old]);
    let refused = bench.refused(&[&"summary", &ledger]);
    assert!(refused.contains("设了密码"), "{refused}");
    let refused = bench.refused(&[&"summary", &ledger, &"--password-file", &new]);
    assert!(refused.contains("密码不对"), "{refused}");
    let told = bench.ok(&[&"summary", &ledger, &"--password-file", &old]);
    assert_eq!(told, summary);
    let program =
        std::env::var_os("JIUGAI_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_jiugai").into());
    let output = Command::new(program)
        .arg("verify")
        .arg(&ledger)
        .env("JIUGAI_DATA", bench.path("数据"))
        .env("JIUGAI_PASSWORD", "一二三四五六七八")
        .output()
        .expect("the program runs");
    assert!(output.status.success());
    let change = [
        &"password" as &dyn AsRef<OsStr>,
        &ledger,
        &"--new-file",
        &new,
    ];
    let refused = bench.refused(&change);
    assert!(refused.contains("设了密码"), "{refused}");
    bench.ok(&[&change[..], &[&"--password-file", &old]].concat());
    bench.ok(&[&"password", &ledger, &"--remove", &"--password-file", &new]);
    assert_eq!(bench.ok(&[&"summary", &ledger]), summary);
}
