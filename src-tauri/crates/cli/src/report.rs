//! `jiugai report`: one paper, or one for each.

use std::path::Path;

use jiugai_api::wire::{DocumentCode, PaperFormat, ReportOver, ReportRequest};
use jiugai_api::{ApiError, ErrorCode, Session};

/// What was asked for.
pub(crate) struct Asked {
    pub(crate) compound: Option<String>,
    pub(crate) all: bool,
    pub(crate) format: String,
    pub(crate) per: Option<String>,
    pub(crate) choices: Vec<String>,
}

pub(crate) fn run(
    session: &mut Session,
    document: DocumentCode,
    asked: &Asked,
    output: &Path,
) -> Result<String, ApiError> {
    let compound = match &asked.compound {
        Some(name) => session.compound_named(name)?.to_string(),
        None => String::new(),
    };
    let mut request = ReportRequest::of(document, compound);
    if asked.compound.is_some() {
        choose(session, &mut request, asked)?;
    }
    if !asked.all {
        let mut lines = session.report_preview(&request)?.warnings;
        lines.push(session.report_save(&request, output)?.message);
        return Ok(lines.join("\n"));
    }
    let over = asked.per.as_deref().map(|per| match per {
        "building" => ReportOver::Buildings,
        "household" => ReportOver::Records,
        _ => ReportOver::Compounds,
    });
    let items = match (&asked.compound, over) {
        (Some(_), Some(over)) => session.report_batch(&request, over)?,
        (None, Some(ReportOver::Buildings | ReportOver::Records)) => {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "还没有写是哪个小区",
                "每栋楼、每一户一份，要知道是哪个小区的。",
                "请加上 --compound 和小区名称。",
            ));
        }
        (None, _) => session.report_batch(&request, ReportOver::Compounds)?,
        (Some(_), None) => match session.report_batch(&request, ReportOver::Buildings) {
            Err(error) if error.code == ErrorCode::Invalid => {
                session.report_batch(&request, ReportOver::Records)?
            }
            items => items?,
        },
    };
    let format = match asked.format.as_str() {
        "docx" => PaperFormat::Docx,
        "xlsx" => PaperFormat::Xlsx,
        _ => PaperFormat::Pdf,
    };
    let (mut lines, mut failed) = (Vec::new(), Vec::new());
    let count = items.len();
    for mut item in items {
        if asked.compound.is_none() {
            choose(session, &mut item.request, asked)?;
        }
        match session.report_batch_save(&item, format, output) {
            Ok(saved) => lines.push(saved.message),
            Err(error) => failed.push(format!("{}：{}", item.name, error.message)),
        }
    }
    if failed.is_empty() {
        lines.push(format!("一共 {count} 份。"));
        return Ok(lines.join("\n"));
    }
    Err(ApiError::new(
        ErrorCode::Report,
        format!("{count} 份里有 {} 份没有做成", failed.len()),
        failed.join("；"),
        "其余的已经存好；改好以后再做一遍。",
    ))
}

fn choose(
    session: &mut Session,
    request: &mut ReportRequest,
    asked: &Asked,
) -> Result<(), ApiError> {
    for choice in &asked.choices {
        session.report_choose(request, choice)?;
    }
    Ok(())
}
