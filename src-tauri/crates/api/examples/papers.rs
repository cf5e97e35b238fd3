//! Writes every document of the print centre, filled from the sample, as every kind of file into a folder, and makes
//! pictures of the pages to be looked at; `papers.txt` lists them with their warnings: `cargo run -p jiugai-api --example papers -- OUTDIR`. Pages become pictures where
//! `pdftoppm` is installed, Word documents and workbooks go through LibreOffice where `soffice` is.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jiugai_api::wire::{PaperFormat, ReportRequest};
use jiugai_api::{Environment, Session, SystemClock};

/// Time that the papers bear, so that a second run gives the same files.
const AT: &str = "2021-06-20 09:30";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: papers OUTDIR")?);
    let folder = std::path::absolute(folder)?;
    std::fs::create_dir_all(&folder)?;
    let mut session = Session::new(Environment {
        data_dir: folder.join("data"),
        font_dir: jiugai_api::font_dir(),
        system_fonts: jiugai_api::system_font_dirs(),
        device: jiugai_api::device(),
        clock: Arc::new(SystemClock),
    });
    let told = |error: jiugai_api::ApiError| format!("{}: {}", error.title, error.message);
    session.ledger_open_sample().map_err(told)?;
    session.date_papers(AT).map_err(told)?;
    let compound = session.compound_named("五交化家属院").map_err(told)?;
    let mut word = Vec::new();
    let mut lines = Vec::new();
    for document in session.report_documents() {
        let request = ReportRequest::of(document.code, compound.to_string());
        let name = format!("{} {}", document.number, document.title);
        let preview = match session.report_preview(&request) {
            Ok(preview) => preview,
            Err(error) => {
                lines.push(format!("{name}: {}", told(error)));
                continue;
            }
        };
        let warnings = preview.warnings.join(" ");
        lines.push(format!("{name}: {} pages {warnings}", preview.page_count));
        for format in preview.formats {
            let end = match format {
                PaperFormat::Pdf => "pdf",
                PaperFormat::Docx => "docx",
                PaperFormat::Xlsx => "xlsx",
            };
            let path = folder.join(format!("{}.{end}", name.trim()));
            session.report_save(&request, &path).map_err(told)?;
            match format {
                PaperFormat::Pdf => pictures(&path),
                PaperFormat::Docx | PaperFormat::Xlsx => word.push(path),
            }
        }
    }
    std::fs::write(folder.join("papers.txt"), lines.join("\n"))?;
    let others = folder.join("libreoffice");
    let mut office = Command::new("soffice");
    office
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&others)
        .args(&word);
    if office.output().is_ok() {
        for entry in std::fs::read_dir(&others).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|end| end == "pdf") {
                pictures(&entry.path());
            }
        }
    }
    Ok(())
}

/// Pages of a paper that become pictures: the sheets of hundreds of households look alike.
const MOST_PAGES: &str = "12";

/// One picture for each page, beside the file.
fn pictures(pdf: &Path) {
    let mut drawing = Command::new("pdftoppm");
    drawing.args(["-r", "60", "-l", MOST_PAGES, "-png"]);
    // Where it is not installed there are no pictures; the PDF files are there all the same.
    drop(drawing.arg(pdf).arg(pdf.with_extension("")).output());
}
