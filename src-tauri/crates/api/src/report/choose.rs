//! Documents and their choices by the words of people, for the command line.

use crate::wire::{DocumentCode, ReportParameterCode, ReportRequest};
use crate::{ApiError, ErrorCode, Session};

impl Session {
    /// The document of this number or title.
    ///
    /// # Errors
    /// `notFound` with the documents that there are.
    pub fn document_named(&self, name: &str) -> Result<DocumentCode, ApiError> {
        let documents = self.report_documents();
        let found = documents.iter().find(|document| {
            document.title == name
                || (!document.number.is_empty() && document.number.eq_ignore_ascii_case(name))
        });
        found.map(|document| document.code).ok_or_else(|| {
            let known: Vec<String> = documents
                .iter()
                .map(|document| {
                    format!("{} {}", document.number, document.title)
                        .trim()
                        .to_owned()
                })
                .collect();
            ApiError::new(
                ErrorCode::NotFound,
                "没有这份文件",
                format!("可以打印的文件里没有“{name}”。"),
                format!("可以打印的有：{}。", known.join("、")),
            )
        })
    }

    /// Takes a choice such as `楼栋=3号楼` into the request, in the words of the screen; a day is
    /// written as 2026-03-05.
    ///
    /// # Errors
    /// `notFound` when the document has no such choice, and what gathering it gives.
    pub fn report_choose(
        &mut self,
        request: &mut ReportRequest,
        choice: &str,
    ) -> Result<(), ApiError> {
        let (label, words) = choice.split_once(['=', '＝']).unwrap_or((choice, ""));
        let parameters = self.gather(request)?.parameters;
        let labels: Vec<String> = parameters.iter().map(|one| one.label.clone()).collect();
        let none = |known: Vec<String>| {
            let known = match known.len() {
                0 => "这份文件没有可选的内容。".to_owned(),
                _ => format!("可以选的有：{}。", known.join("、")),
            };
            ApiError::new(
                ErrorCode::NotFound,
                "没有这个选项",
                format!("“{choice}”选不到。"),
                known,
            )
        };
        let Some(parameter) = parameters.into_iter().find(|one| one.label == label.trim()) else {
            return Err(none(labels));
        };
        let words = words.trim();
        let value = if parameter.options.is_empty() {
            words.to_owned()
        } else {
            match parameter
                .options
                .iter()
                .find(|option| option.label == words)
            {
                Some(option) => option.value.clone(),
                None => {
                    return Err(none(
                        parameter.options.into_iter().map(|one| one.label).collect(),
                    ));
                }
            }
        };
        let value = Some(value).filter(|value| !value.is_empty());
        *field(request, parameter.code) = value;
        Ok(())
    }
}

fn field(request: &mut ReportRequest, code: ReportParameterCode) -> &mut Option<String> {
    match code {
        ReportParameterCode::Plan => &mut request.plan,
        ReportParameterCode::Building => &mut request.building,
        ReportParameterCode::Dwelling => &mut request.dwelling,
        ReportParameterCode::Round => &mut request.round,
        ReportParameterCode::Ballot => &mut request.ballot,
        ReportParameterCode::Theme => &mut request.theme,
        ReportParameterCode::Sheet => &mut request.sheet,
        ReportParameterCode::Day => &mut request.day,
        ReportParameterCode::Variant => &mut request.variant,
        ReportParameterCode::Row => &mut request.row,
        ReportParameterCode::Column => &mut request.column,
        ReportParameterCode::Reason => &mut request.reason,
    }
}
