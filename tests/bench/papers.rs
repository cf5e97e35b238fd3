//! Papers: the one-page plan, the set of a plan, long rosters; beside them LibreOffice turning the
//! same tables into PDF.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiugai_api::wire::{DocumentCode, ReportRequest};
use jiugai_api::{ApiError, Session};

use crate::ms;

/// Households of the long rosters: each twice the one before.
const ROSTERS: [i64; 4] = [1_000, 2_000, 4_000, 8_000];
const SET: [DocumentCode; 5] = [
    DocumentCode::D1,
    DocumentCode::D5,
    DocumentCode::D6,
    DocumentCode::D7,
    DocumentCode::D11,
];

/// Prints what papers cost.
pub(crate) fn run(folder: &Path) -> Result<(), ApiError> {
    let mut session = crate::session(folder);
    session.ledger_open_sample()?;
    let compound = session.compound_named("五交化家属院")?.to_string();
    println!("## 文件（示例台账）\n\n| 做什么 | 第一次 | 以后 |\n|---|---:|---:|");
    for code in SET {
        let request = ReportRequest::of(code, compound.clone());
        let path = folder.join("paper.pdf");
        let first = written(&mut session, &request, &path)?;
        let later = written(&mut session, &request, &path)?;
        println!("| {code:?} 存 PDF | {} | {} |", ms(first), ms(later));
    }
    let start = Instant::now();
    for code in SET {
        let request = ReportRequest::of(code, compound.clone());
        written(&mut session, &request, &folder.join("set.pdf"))?;
    }
    println!("| 一套方案文件（{SET:?}） | — | {} |", ms(start.elapsed()));
    session.ledger_close()?;
    rosters(folder)
}

fn written(
    session: &mut Session,
    request: &ReportRequest,
    path: &Path,
) -> Result<Duration, ApiError> {
    let start = Instant::now();
    session.report_save(request, path)?;
    Ok(start.elapsed())
}

fn rosters(folder: &Path) -> Result<(), ApiError> {
    println!("\n## 住户名册（D21）\n");
    println!(
        "| 户数 | 存 PDF | 比前一行 | 到此内存最高 | LibreOffice 转 .docx | LibreOffice 转 .xlsx |"
    );
    println!("|---:|---:|---:|---:|---:|---:|");
    let mut before: Option<Duration> = None;
    for households in ROSTERS {
        let file = folder.join(format!("roster-{households}.jgdb"));
        let compound = crate::generate::long(&file, households, 40)?;
        let mut session = crate::session(folder);
        session.ledger_open_as(&file, false)?;
        let request = ReportRequest::of(DocumentCode::D21, compound);
        let took = written(&mut session, &request, &folder.join("roster.pdf"))?;
        let more = before.map_or_else(
            || "—".to_owned(),
            |before| format!("×{:.2}", took.as_secs_f64() / before.as_secs_f64()),
        );
        let memory = crate::exchange::peak();
        let mut office = |end: &str| {
            let path = folder.join(format!("roster.{end}"));
            session.report_save(&request, &path)?;
            Ok::<String, ApiError>(office(&path, folder).map_or_else(|| "没有装".to_owned(), ms))
        };
        let (docx, xlsx) = (office("docx")?, office("xlsx")?);
        println!(
            "| {households} | {} | {more} | {memory} | {docx} | {xlsx} |",
            ms(took)
        );
        before = Some(took);
    }
    Ok(())
}

/// What LibreOffice takes to make a PDF of a file; none where it is not there.
fn office(path: &Path, folder: &Path) -> Option<Duration> {
    let start = Instant::now();
    let done = Command::new("soffice")
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .args([folder, path])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    done.is_ok_and(|status| status.success())
        .then(|| start.elapsed())
}
