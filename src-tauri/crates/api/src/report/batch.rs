//! One paper many times: for each compound, or each building or record of one.

use std::path::Path;

use jiugai_domain::RecordId;
use jiugai_storage::files::name::clean;

use super::{catalogue, end_of};
use crate::wire::{
    DocumentCode, PaperFormat, ReportBatchItem, ReportOption, ReportOver, ReportParameter,
    ReportParameterCode, ReportRequest, SavedFile,
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
        let counts = self.counts.all(self.connection()?)?;
        if over == ReportOver::Compounds {
            let single = request.document == DocumentCode::D20;
            let some = counts.iter().take(if single { 1 } else { usize::MAX });
            return Ok(numbered(some.map(|count| {
                let mut one = ReportRequest::of(request.document, count.compound.to_string());
                one.theme.clone_from(&request.theme);
                one.sheet.clone_from(&request.sheet);
                one.variant.clone_from(&request.variant);
                one.reason.clone_from(&request.reason);
                match single {
                    true => (one, title.to_owned()),
                    false => (one, format!("{} {title}", count.name)),
                }
            })));
        }
        let name = self.report_name(request)?;
        let parameters = self.gather(request)?.parameters;
        let mut items = Vec::new();
        if over == ReportOver::Buildings {
            for building in choices(&parameters, ReportParameterCode::Building)? {
                let mut one = request.clone();
                one.building = Some(building.value);
                items.push((one, format!("{name} {}", building.label)));
            }
            return Ok(numbered(items.into_iter()));
        }
        // Where rooms are chosen within a building, every building is walked through.
        let whole = choices(&parameters, ReportParameterCode::Dwelling).is_err();
        let mut places = vec![(request.clone(), String::new())];
        if whole {
            places.clear();
            for building in choices(&parameters, ReportParameterCode::Building)? {
                let mut one = request.clone();
                one.building = Some(building.value);
                places.push((one, building.label));
            }
        }
        for (place, label) in places {
            let parameters = match whole {
                true => self.gather(&place)?.parameters,
                false => parameters.clone(),
            };
            for record in choices(&parameters, ReportParameterCode::Dwelling)? {
                if record.value.parse::<RecordId>().is_ok() {
                    let mut one = place.clone();
                    one.dwelling = Some(record.value);
                    items.push((one, format!("{name} {label}{}", record.label)));
                }
            }
        }
        Ok(numbered(items.into_iter()))
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

/// What a batch of a document with these choices can go over.
pub(super) fn overs(document: DocumentCode, parameters: &[ReportParameter]) -> Vec<ReportOver> {
    let has = |code| choices(parameters, code).is_ok_and(|options| !options.is_empty());
    let buildings = has(ReportParameterCode::Building);
    let records = has(ReportParameterCode::Dwelling) || (document == DocumentCode::D2 && buildings);
    [
        (document != DocumentCode::D20, ReportOver::Compounds),
        (buildings, ReportOver::Buildings),
        (records, ReportOver::Records),
    ]
    .into_iter()
    .filter_map(|(can, over)| can.then_some(over))
    .collect()
}

/// What can be chosen for a parameter, without the choice of all.
fn choices(
    parameters: &[ReportParameter],
    code: ReportParameterCode,
) -> Result<Vec<ReportOption>, ApiError> {
    let found = parameters.iter().find(|parameter| parameter.code == code);
    let options = found.ok_or_else(single)?.options.iter();
    Ok(options
        .filter(|one| !one.value.is_empty())
        .cloned()
        .collect())
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
