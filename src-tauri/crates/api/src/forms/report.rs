//! Filling, comparing with what was reported last, and noting what was reported.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Datelike};
use jiugai_domain::{RecordId, fixed};
use jiugai_exchange::form::zip_files;
use jiugai_storage::forms::{self as store, FormReport};
use jiugai_storage::{Op, OpCode};
use serde::{Deserialize, Serialize};

use super::write::{Written, of_all, of_one};
use super::{Opened, Stored, value};
use crate::export::Made;
use crate::text::{key, minute, small};
use crate::wire::{
    Changed, FormBlank, FormChange, FormDifference, FormReview, FormTarget, SavedFile,
};
use crate::{ApiError, ErrorCode, Session};

/// A reported value as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reported {
    sheet: String,
    cell: String,
    label: String,
    shown: String,
}

/// One file to be: whose it is, and its cells.
struct File {
    compound: Option<String>,
    cells: Vec<Written>,
}

impl Session {
    /// What filling a form would write, and what changed since it was reported last.
    ///
    /// # Errors
    /// `notFound`, `invalid` when the form lacks room or cells.
    pub fn form_review(&self, id: &str, target: &FormTarget) -> Result<FormReview, ApiError> {
        let opened = self.form_open(id)?;
        let files = self.form_files(&opened, target)?;
        for file in &files {
            // Whatever stands in the way is told before anybody chooses a place to save.
            opened.fill(file)?;
        }
        let reports = match opened.template {
            Some(template) => store::reports(self.connection()?, template)?,
            None => Vec::new(),
        };
        let (mut lines, mut blanks, mut filled) = (Vec::new(), Vec::new(), 0usize);
        for cell in files.iter().flat_map(|file| &file.cells) {
            let compound = cell
                .compound
                .as_ref()
                .map_or_else(String::new, |(_, name)| name.clone());
            filled += usize::from(!cell.blank());
            if !cell.told.note.is_empty() {
                blanks.push(FormBlank {
                    place: cell.where_(),
                    label: cell.label.clone(),
                    compound: compound.clone(),
                    reason: cell.told.note.clone(),
                    blank: cell.blank(),
                });
            }
            let before = last(&reports, cell);
            if before.is_none() && cell.blank() {
                continue;
            }
            lines.push(FormChange {
                place: cell.where_(),
                label: cell.label.clone(),
                compound,
                difference: differs(before.as_deref(), &cell.told.shown),
                before: before.unwrap_or_default(),
                after: cell.told.shown.clone(),
            });
        }
        let changed = lines
            .iter()
            .filter(|line| !matches!(line.difference, FormDifference::Same | FormDifference::New))
            .count();
        Ok(FormReview {
            compared: match reports.first() {
                Some(report) => format!(
                    "与 {} 上报的比较",
                    DateTime::parse_from_rfc3339(&report.at)
                        .map_or_else(|_| report.at.clone(), minute)
                ),
                None => "这张表还没有上报过".to_owned(),
            },
            changed: small(changed),
            filled: small(filled),
            file_name: file_name(&opened, target, &files),
            lines,
            blanks,
        })
    }

    /// Fills a form and writes it: one workbook, or for one file each a folder that is there or an
    /// archive.
    ///
    /// # Errors
    /// Those of [`Session::form_review`] and of the disk.
    pub fn form_fill(
        &self,
        id: &str,
        target: &FormTarget,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let opened = self.form_open(id)?;
        let files = self.form_files(&opened, target)?;
        if opened.bindings.is_empty() {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "还没有可填的格子",
                format!("“{}”还没有指定哪一格填什么。", opened.name),
                "请先点表里的格子，选填什么。",
            ));
        }
        let FormTarget::Each = target else {
            let file = files.first().ok_or_else(no_compound)?;
            let mut saved = self.save_noted(path, &opened.fill(file)?, &made(&opened.name, 1))?;
            saved.message = format!("已填好“{}”，保存到“{}”。", opened.name, saved.path);
            return Ok(saved);
        };
        let mut ready = Vec::new();
        for file in &files {
            let compound = file.compound.as_deref().unwrap_or_default();
            ready.push((
                format!("{}_{}.xlsx", safe(&opened.name), safe(compound)),
                opened.fill(file)?,
            ));
        }
        if ready.is_empty() {
            return Err(no_compound());
        }
        if path.is_dir() {
            for (name, bytes) in &ready {
                self.save_noted(&path.join(name), bytes, &made(&opened.name, 1))?;
            }
            let path = path.to_string_lossy().into_owned();
            return Ok(SavedFile {
                message: format!(
                    "已填好 {} 份“{}”，保存在“{path}”。",
                    ready.len(),
                    opened.name
                ),
                path,
            });
        }
        let made = made(&opened.name, ready.len());
        let mut saved = self.save_noted(path, &zip_files(&ready)?, &made)?;
        saved.message = format!(
            "已填好 {} 份“{}”，打包保存到“{}”。",
            ready.len(),
            opened.name,
            saved.path
        );
        Ok(saved)
    }

    /// Notes what the form tells now as reported. Gives how many values.
    ///
    /// # Errors
    /// `invalid` for an example; those of [`Session::form_review`].
    pub fn form_report(&mut self, id: &str, target: &FormTarget) -> Result<Changed<u32>, ApiError> {
        let opened = self.form_open(id)?;
        let Some(template) = opened.template else {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "示例表不能记上报",
                "示例只供看样子和试填。",
                "请先点“用这张表”，再填、再记。",
            ));
        };
        let files = self.form_files(&opened, target)?;
        let mut told: BTreeMap<Option<RecordId>, Vec<Reported>> = BTreeMap::new();
        let mut count = 0usize;
        for cell in files
            .iter()
            .flat_map(|file| &file.cells)
            .filter(|cell| !cell.blank())
        {
            count += 1;
            let compound = cell.compound.as_ref().map(|(id, _)| *id);
            told.entry(compound).or_default().push(Reported {
                sheet: cell.sheet.clone(),
                cell: cell.bound.to_string(),
                label: cell.label.clone(),
                shown: cell.told.shown.clone(),
            });
        }
        let stamp = self.stamp();
        let mut reports = Vec::new();
        for (compound, cells) in told {
            reports.push(FormReport {
                id: self.fresh()?,
                template,
                compound,
                at: stamp.at.to_rfc3339(),
                actor: stamp.actor.clone(),
                cells: serde_json::to_string(&cells).map_err(|_| ApiError::internal())?,
            });
        }
        let op = Op::one(OpCode::Create, format!("上报记录“{}”", opened.name));
        self.write(&op, |conn| {
            let noted: Stored<Vec<()>> = reports
                .iter()
                .map(|report| store::report(conn, report))
                .collect();
            noted.map(|_| small(count))
        })
    }

    fn form_files(&self, opened: &Opened, target: &FormTarget) -> Result<Vec<File>, ApiError> {
        let occasion = self.occasion();
        let only = match target {
            FormTarget::One { compound } => Some(key(compound)?),
            FormTarget::Rows | FormTarget::Each => None,
        };
        let known = value::load(self.connection()?, only, occasion.at.year())?;
        if *target == FormTarget::Rows {
            let cells = of_all(&opened.form, &opened.bindings, &known, &occasion)?;
            return Ok(vec![File {
                compound: None,
                cells,
            }]);
        }
        let one = |known: &value::Known| {
            Ok(File {
                compound: Some(known.name.clone()),
                cells: of_one(&opened.bindings, known, &occasion)?,
            })
        };
        known.iter().map(one).collect()
    }
}

impl Opened {
    fn fill(&self, file: &File) -> Result<Vec<u8>, ApiError> {
        let patches: Vec<_> = file.cells.iter().map(Written::patch).collect();
        Ok(self.form.fill(&patches)?)
    }
}

fn no_compound() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "台账里还没有小区",
        "没有小区可填，什么也没有写。",
        "请先新建小区，或者导入摸底台账。",
    )
}

/// The value last reported for the same cell of the same compound.
fn last(reports: &[FormReport], cell: &Written) -> Option<String> {
    let compound = cell.compound.as_ref().map(|(id, _)| *id);
    let bound = cell.bound.to_string();
    let of = reports.iter().filter(|report| report.compound == compound);
    of.filter_map(|report| {
        let cells: Vec<Reported> = serde_json::from_str(&report.cells).unwrap_or_default();
        let found = cells
            .into_iter()
            .find(|told| told.sheet == cell.sheet && told.cell == bound);
        found.filter(|told| told.label == cell.label)
    })
    .map(|told| told.shown)
    .next()
}

fn differs(before: Option<&str>, after: &str) -> FormDifference {
    let Some(before) = before else {
        return FormDifference::New;
    };
    let number = |text: &str| fixed::parse(text.split(' ').next().unwrap_or_default(), 6, &[]).ok();
    match (number(before), number(after)) {
        _ if before == after => FormDifference::Same,
        _ if after.is_empty() => FormDifference::Gone,
        (Some(old), Some(new)) if new > old => FormDifference::More,
        (Some(old), Some(new)) if new < old => FormDifference::Less,
        _ => FormDifference::Other,
    }
}

/// A name that every file system takes.
fn safe(name: &str) -> String {
    let out = |sign: char| sign.is_control() || "\\/:*?\"<>|".contains(sign);
    name.chars()
        .map(|sign| if out(sign) { '_' } else { sign })
        .collect()
}

fn file_name(opened: &Opened, target: &FormTarget, files: &[File]) -> String {
    let name = safe(opened.name.trim_end_matches("（示例）"));
    match target {
        FormTarget::One { .. } => {
            let compound = files.first().and_then(|file| file.compound.as_deref());
            format!("{name}_{}.xlsx", safe(compound.unwrap_or_default()))
        }
        FormTarget::Rows => format!("{name}.xlsx"),
        FormTarget::Each => format!("{name}_各小区.zip"),
    }
}

/// What is noted of a filled form: figures of compounds, with the names that the form asks for.
fn made(form: &str, tables: usize) -> Made<'_> {
    Made {
        title: form,
        compound: None,
        records: tables,
        personal: false,
    }
}
