//! One paper many times: for each compound, or each building or record of one.

use std::path::Path;

use jiugai_domain::RecordId;
use jiugai_storage::files::name::clean;

use super::{catalogue, end_of};
use crate::wire::{
    DocumentCode, PaperFormat, ReportBatchItem, ReportOver, ReportParameterCode, ReportRequest,
    SavedFile,
};
use crate::{ApiError, ErrorCode, Session};

impl Session {
    /// The papers of a batch, each with the name of its file.
    ///
    /// # Errors
    /// `invalid` when the document does not come one by one.
    pub fn report_batch(
        &mut self,
        request: &ReportRequest,
        over: ReportOver,
    ) -> Result<Vec<ReportBatchItem>, ApiError> {
        let title = catalogue::entry(request.document).title;
        let code = match over {
            ReportOver::Compounds if request.document == DocumentCode::D20 => return Err(single()),
            ReportOver::Compounds => {
                let counts = jiugai_storage::query::counts(self.connection()?, None)?;
                return Ok(numbered(counts.iter().map(|count| {
                    let mut one = ReportRequest::of(request.document, count.compound.to_string());
                    one.theme.clone_from(&request.theme);
                    one.sheet.clone_from(&request.sheet);
                    one.variant.clone_from(&request.variant);
                    one.reason.clone_from(&request.reason);
                    (one, format!("{} {title}", count.name))
                })));
            }
            ReportOver::Buildings => ReportParameterCode::Building,
            ReportOver::Records => ReportParameterCode::Dwelling,
        };
        let name = self.report_name(request)?;
        let parameters = self.gather(request)?.parameters;
        let options = parameters
            .into_iter()
            .find(|parameter| parameter.code == code)
            .ok_or_else(single)?
            .options;
        let items = options
            .into_iter()
            .filter(|option| match over {
                ReportOver::Records => option.value.parse::<RecordId>().is_ok(),
                _ => !option.value.is_empty(),
            })
            .map(|option| {
                let mut one = request.clone();
                match over {
                    ReportOver::Records => one.dwelling = Some(option.value),
                    _ => one.building = Some(option.value),
                }
                (one, format!("{name} {}", option.label))
            });
        Ok(numbered(items))
    }

    /// Writes one paper of a batch into a folder.
    ///
    /// # Errors
    /// Those of [`Session::report_save`].
    pub fn report_batch_save(
        &mut self,
        item: &ReportBatchItem,
        format: PaperFormat,
        folder: &Path,
    ) -> Result<SavedFile, ApiError> {
        std::fs::create_dir_all(folder)
            .map_err(|error| crate::wording::file_error(&error, folder))?;
        let name = format!("{}.{}", clean(&item.name), end_of(format));
        self.report_save(&item.request, &folder.join(name))
    }
}

/// Papers with names that are each there once.
fn numbered(items: impl Iterator<Item = (ReportRequest, String)>) -> Vec<ReportBatchItem> {
    let mut taken = std::collections::HashSet::new();
    items
        .map(|(request, wanted)| {
            let wanted = clean(&wanted);
            let mut name = wanted.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{wanted} {number}");
                number += 1;
            }
            ReportBatchItem { request, name }
        })
        .collect()
}

fn single() -> ApiError {
    ApiError::new(
        ErrorCode::Invalid,
        "这份文件不能这样成批印",
        "它不是一栋一份、一户一份的文件。",
        "请直接保存或打印这一份，或者选“每个小区一份”。",
    )
}
