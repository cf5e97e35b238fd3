//! Beside what a user would take instead: LibreOffice Calc opens, filters, pivots and prints the same
//! dwellings as a workbook.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiugai_api::wire::{ColumnFilter, DocumentCode, FilterTest, ReportRequest};
use jiugai_api::{ApiError, KindCode};

use crate::ms;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/office.py");
/// What the two do; the words are those of the script.
const STEPS: [&str; 4] = ["open", "filter", "pivot", "print"];

/// Prints both and how many times as long LibreOffice takes.
pub(crate) fn run(folder: &Path, largest: usize) -> Result<(), ApiError> {
    println!("## 和 LibreOffice Calc 并排（同样的房屋：台账文件；导出的 .xlsx）\n");
    println!("| 小区数 | 套数 | 打开 | 按层筛选 | 按楼栋合计面积 | 住户名册、整表成 PDF |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for compounds in [1, 10, 100].into_iter().filter(|size| *size <= largest) {
        let path = folder.join(format!("office-{compounds}.jgdb"));
        crate::generate::ledger(&path, compounds)?;
        let workbook = folder.join(format!("office-{compounds}.xlsx"));
        let (ours, dwellings) = ours(folder, &path, &workbook)?;
        let theirs = theirs(&workbook);
        let cells: Vec<String> = ours
            .iter()
            .enumerate()
            .map(
                |(at, ours)| match theirs.as_ref().and_then(|all| all.get(at)) {
                    Some(theirs) => format!(
                        "{} : {}（×{:.1}）",
                        ms(*ours),
                        ms(*theirs),
                        theirs.as_secs_f64() / ours.as_secs_f64()
                    ),
                    None => format!("{} : 没有装", ms(*ours)),
                },
            )
            .collect();
        println!("| {compounds} | {dwellings} | {} |", cells.join(" | "));
    }
    Ok(())
}

fn ours(folder: &Path, path: &Path, workbook: &Path) -> Result<([Duration; 4], u32), ApiError> {
    let mut session = crate::session(folder);
    session.ledger_open_as(path, true)?;
    session.export_ledger(KindCode::Dwelling, None, workbook)?;
    session.ledger_close()?;
    let mut query = crate::dwellings();
    let start = Instant::now();
    session.ledger_open_as(path, true)?;
    let dwellings = session.record_window(&query, 0, 200)?.total;
    let opened = start.elapsed();
    let start = Instant::now();
    query.filters = vec![ColumnFilter {
        field: "storey".to_owned(),
        test: FilterTest::Equals,
        text: "3".to_owned(),
    }];
    session.record_window(&query, 0, 200)?;
    let filtered = start.elapsed();
    query.filters = Vec::new();
    let start = Instant::now();
    session.record_groups(&query, "building")?;
    let grouped = start.elapsed();
    let compounds: Vec<String> = session
        .overview_get()?
        .into_iter()
        .map(|one| one.id)
        .collect();
    let start = Instant::now();
    for compound in compounds {
        let request = ReportRequest::of(DocumentCode::D21, compound);
        session.report_save(&request, &folder.join("office.pdf"))?;
    }
    let printed = start.elapsed();
    session.ledger_close()?;
    Ok(([opened, filtered, grouped, printed], dwellings))
}

/// The same by the other program; none where it is not there.
fn theirs(workbook: &Path) -> Option<Vec<Duration>> {
    let output = Command::new("/usr/bin/python3")
        .arg(SCRIPT)
        .arg(workbook)
        .args(["楼层", "楼号", "建筑面积"])
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    STEPS
        .iter()
        .map(|step| {
            let line = said.lines().find_map(|line| line.strip_prefix(*step))?;
            Some(Duration::from_secs_f64(line.trim().parse().ok()?))
        })
        .collect()
}
