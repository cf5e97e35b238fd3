//! 填表（一表通）: the superiors' forms, filled from the ledger and filled again next month.

mod examples;
mod page;
mod report;
mod source;
#[cfg(test)]
mod tests;
pub(crate) mod value;
mod write;

use std::path::Path;

use chrono::{DateTime, Datelike};
use jiugai_domain::RecordId;
use jiugai_exchange::form::{Form, FormGrid};
use jiugai_storage::forms::{self as store, FormTemplate};
use jiugai_storage::{Op, OpCode, StorageError};

use crate::text::{key, minute, small};
use crate::wire::{
    BoundCell, Changed, FormBinding, FormPage, FormRow, FormSourceGroup, FormSuggestion,
};
use crate::{ApiError, ErrorCode, Session};
use examples::Example;
use value::Occasion;
use write::place_of;

/// Letters of a name at most.
const LONGEST_NAME: usize = 60;
/// Bytes of a form that are kept at most: 8 MB.
const LARGEST_FORM: u64 = 8 << 20;

/// A form of the ledger or an example, with its bindings.
struct Opened {
    /// Key in the ledger; none for an example.
    template: Option<RecordId>,
    id: String,
    name: String,
    bindings: Vec<FormBinding>,
    form: Form,
}

impl Session {
    /// The forms of the ledger, and the examples that can be taken over.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn form_list(&self) -> Result<Vec<FormRow>, ApiError> {
        let conn = self.connection()?;
        let mut rows = Vec::new();
        for template in store::templates(conn)? {
            let bindings = read_bindings(&template.bindings);
            rows.push(FormRow {
                bound: small(bindings.len()),
                rows: bindings.iter().any(|binding| binding.per_row),
                reported: self.reported(template.id)?,
                id: template.id.to_string(),
                name: template.name,
                example: false,
                note: template.file_name,
            });
        }
        for example in examples::ALL {
            let bindings = example.bindings();
            rows.push(FormRow {
                id: example.code.to_owned(),
                name: example.name.to_owned(),
                example: true,
                bound: small(bindings.len()),
                rows: bindings.iter().any(|binding| binding.per_row),
                reported: String::new(),
                note: example.note.to_owned(),
            });
        }
        Ok(rows)
    }

    /// Key of the form with this name, of the ledger or an example.
    ///
    /// # Errors
    /// `notFound`, naming the forms there are.
    pub fn form_named(&self, name: &str) -> Result<String, ApiError> {
        let rows = self.form_list()?;
        if let Some(row) = rows.iter().find(|row| row.name == name || row.id == name) {
            return Ok(row.id.clone());
        }
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        Err(ApiError::new(
            ErrorCode::NotFound,
            "没有这张表",
            format!("没有叫“{name}”的填表模板；现有：{}。", names.join("、")),
            "请核对名称，或者先在“填表”里新建。",
        ))
    }

    /// Everything that a cell can be filled with.
    #[must_use]
    pub fn form_sources(&self) -> Vec<FormSourceGroup> {
        source::groups()
    }

    /// A form as a grid, with what is bound, the values for a compound, and suggestions.
    ///
    /// # Errors
    /// `notFound`; those of a damaged form.
    pub fn form_get(&self, id: &str, compound: Option<&str>) -> Result<FormPage, ApiError> {
        let opened = self.form_open(id)?;
        let occasion = self.occasion();
        let only = compound.map(key).transpose()?;
        let known = match only {
            Some(only) => value::load(self.connection()?, Some(only), occasion.at.year())?,
            None => Vec::new(),
        };
        let grids = opened.grids()?;
        let bindings = opened.bindings.iter().map(|binding| {
            let label = source::label_of(&binding.source);
            let lost = lost(binding, &grids);
            let told = known
                .first()
                .map(|known| value::tell(&binding.source, &binding.unit, &[known], 1, &occasion));
            BoundCell {
                binding: binding.clone(),
                label,
                preview: told
                    .as_ref()
                    .map_or_else(String::new, |told| told.shown.clone()),
                missing: lost.or(told.map(|told| told.note)).unwrap_or_default(),
            }
        });
        let suggestions: Vec<FormSuggestion> = grids
            .iter()
            .flat_map(|grid| page::suggest(grid, &opened.bindings))
            .collect();
        Ok(FormPage {
            name: opened.name.clone(),
            example: opened.template.is_none(),
            sheets: grids.iter().map(page::sheet).collect(),
            rows: opened.bindings.iter().any(|binding| binding.per_row),
            reported: match opened.template {
                Some(template) => self.reported(template)?,
                None => String::new(),
            },
            bindings: bindings.collect(),
            suggestions,
            id: opened.id,
        })
    }

    /// Keeps a form that a superior sent; gives its key.
    ///
    /// # Errors
    /// `notAWorkbook` for what cannot be filled; those of reading a file.
    pub fn form_create(&mut self, path: &Path) -> Result<Changed<String>, ApiError> {
        let bytes = jiugai_exchange::read_file(path)?;
        if bytes.len() as u64 > LARGEST_FORM {
            return Err(jiugai_exchange::form::FormError::File(
                jiugai_exchange::ExchangeError::TooLarge {
                    bytes: bytes.len() as u64,
                    limit: LARGEST_FORM,
                },
            )
            .into());
        }
        let form = Form::open(bytes.clone())?;
        for sheet in form.sheet_names() {
            form.grid(sheet)?;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        self.keep_form(&stem, &file, &[], &bytes)
    }

    /// Takes an example over into the ledger; gives its key.
    ///
    /// # Errors
    /// `notFound`.
    pub fn form_adopt(&mut self, example: &str) -> Result<Changed<String>, ApiError> {
        let example = Example::find(example).ok_or_else(ApiError::not_found)?;
        let name = example.name.trim_end_matches("（示例）");
        self.keep_form(
            name,
            &format!("{name}.xlsx"),
            &example.bindings(),
            example.bytes,
        )
    }

    fn keep_form(
        &mut self,
        name: &str,
        file_name: &str,
        bindings: &[FormBinding],
        bytes: &[u8],
    ) -> Result<Changed<String>, ApiError> {
        let taken: Vec<String> = store::templates(self.connection()?)?
            .into_iter()
            .map(|template| template.name)
            .collect();
        let name = jiugai_domain::text::normalize(name);
        let name: String = name.chars().take(LONGEST_NAME - 4).collect();
        let name = if name.is_empty() {
            "表".to_owned()
        } else {
            name
        };
        let free = (1..)
            .map(|n| {
                if n == 1 {
                    name.clone()
                } else {
                    format!("{name}（{n}）")
                }
            })
            .find(|name| !taken.contains(name))
            .unwrap_or(name.clone());
        let template = FormTemplate {
            id: self.fresh()?,
            name: free,
            file_name: file_name.to_owned(),
            bindings: write_bindings(bindings),
        };
        let op = Op::one(OpCode::Create, subject(&template.name));
        self.write(&op, |conn| {
            store::insert(conn, &template, bytes)?;
            Ok(template.id.to_string())
        })
    }

    /// Gives a form another name.
    ///
    /// # Errors
    /// `notFound`, `invalid`, `nameTaken`.
    pub fn form_rename(&mut self, id: &str, name: &str) -> Result<Changed<()>, ApiError> {
        let name = jiugai_domain::text::normalize(name);
        let mut template = self.template(key(id)?)?;
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "名字没有改",
                format!("填表模板的名字要有 1 到 {LONGEST_NAME} 个字。"),
                "请另起一个名字。",
            ));
        }
        let op = Op::one(OpCode::Update, subject(&template.name));
        template.name = name;
        let name = template.name.clone();
        self.write(&op, |conn| store::update(conn, &template))
            .map_err(|error| match error.code {
                ErrorCode::NameTaken => ApiError::new(
                    ErrorCode::NameTaken,
                    "名字没有改",
                    format!("已经有一张表叫“{name}”。"),
                    "请另起一个名字。",
                ),
                _ => error,
            })
    }

    /// Removes a form from the ledger.
    ///
    /// # Errors
    /// `notFound`.
    pub fn form_remove(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let template = self.template(key(id)?)?;
        let op = Op::one(OpCode::Delete, subject(&template.name));
        self.write(&op, |conn| store::remove(conn, template.id))
    }

    /// Says anew what goes into the cells of a form: all of them.
    ///
    /// # Errors
    /// `notFound`; `invalid` for a cell with a formula, one that is not there, or one bound twice.
    pub fn form_bind(
        &mut self,
        id: &str,
        bindings: Vec<FormBinding>,
    ) -> Result<Changed<()>, ApiError> {
        let opened = self.form_open(id)?;
        let mut template = self.template(key(id)?)?;
        let grids = opened.grids()?;
        let mut kept: Vec<FormBinding> = Vec::new();
        for mut binding in bindings {
            // What was bound before and is lost by now may stay until it is taken away.
            let before = opened.bindings.contains(&binding);
            let place = place_of(&binding)?;
            if let Some(grid) = grids.iter().find(|grid| grid.name == binding.sheet) {
                let place = grid.anchor(place);
                binding.cell = place.to_string();
                if grid.cell(place).is_some_and(|cell| cell.formula) && !before {
                    return Err(jiugai_exchange::form::FormError::Formula {
                        sheet: binding.sheet,
                        place,
                    }
                    .into());
                }
            } else if !before {
                return Err(jiugai_exchange::form::FormError::NoSheet {
                    sheet: binding.sheet,
                    place,
                }
                .into());
            }
            kept.retain(|other| other.sheet != binding.sheet || other.cell != binding.cell);
            kept.push(binding);
        }
        template.bindings = write_bindings(&kept);
        let op = Op::one(OpCode::Update, subject(&template.name));
        self.write(&op, |conn| store::update(conn, &template))
    }

    fn template(&self, id: RecordId) -> Result<FormTemplate, ApiError> {
        store::template(self.connection()?, id)?.ok_or_else(gone)
    }

    fn form_open(&self, id: &str) -> Result<Opened, ApiError> {
        if let Some(example) = Example::find(id) {
            return Ok(Opened {
                template: None,
                id: id.to_owned(),
                name: example.name.to_owned(),
                bindings: example.bindings(),
                form: Form::open(example.bytes.to_vec())?,
            });
        }
        let template = self.template(key(id)?)?;
        let bytes = store::file(self.connection()?, template.id)?.ok_or_else(gone)?;
        Ok(Opened {
            template: Some(template.id),
            id: id.to_owned(),
            name: template.name,
            bindings: read_bindings(&template.bindings),
            form: Form::open(bytes)?,
        })
    }

    fn occasion(&self) -> Occasion {
        Occasion {
            at: self.now(),
            actor: self.kept.settings.actor.clone(),
            office: self.kept.settings.office.clone(),
        }
    }

    /// `上次上报 2026-03-05 14:30，录入员`, empty for none.
    fn reported(&self, template: RecordId) -> Result<String, ApiError> {
        let reports = store::reports(self.connection()?, template)?;
        Ok(reports.first().map_or_else(String::new, |report| {
            let at =
                DateTime::parse_from_rfc3339(&report.at).map_or_else(|_| report.at.clone(), minute);
            format!("上次上报 {at}，{}", report.actor)
        }))
    }
}

impl Opened {
    fn grids(&self) -> Result<Vec<FormGrid>, ApiError> {
        let names = self.form.sheet_names();
        names.iter().map(|name| Ok(self.form.grid(name)?)).collect()
    }
}

/// Why a bound cell cannot be filled any more.
fn lost(binding: &FormBinding, grids: &[FormGrid]) -> Option<String> {
    let Some(grid) = grids.iter().find(|grid| grid.name == binding.sheet) else {
        return Some(format!("表样里没有工作表“{}”了", binding.sheet));
    };
    let place = place_of(binding).ok()?;
    let formula = grid.cell(place).is_some_and(|cell| cell.formula);
    formula.then(|| "这一格是公式，不能填".to_owned())
}

fn subject(name: &str) -> String {
    format!("填表模板“{name}”")
}

fn gone() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "找不到这张表",
        "它可能已被删除，或者新建后撤销过。",
        "请回到“填表”的列表；删错了可以撤销。",
    )
}

fn read_bindings(json: &str) -> Vec<FormBinding> {
    serde_json::from_str(json).unwrap_or_default()
}

fn write_bindings(bindings: &[FormBinding]) -> String {
    serde_json::to_string(bindings).expect("plain data")
}

/// An error of the ledger inside a transaction.
type Stored<T> = Result<T, StorageError>;
