//! Grids as workbooks, and writing files.

use std::collections::HashMap;
use std::path::Path;

use jiugai_domain::field::DataClass;
use jiugai_domain::kind::Scope;
use jiugai_domain::{FieldType, KindCode, RecordId, Task, Value};
use jiugai_exchange::workbook::{self, ColumnSpec, CsvEncoding, SheetCell, SheetData};
use jiugai_storage::Connection;
use jiugai_storage::files::name::clean;
use jiugai_storage::files::{display, write_whole};
use jiugai_storage::prints::Export;
use jiugai_storage::query::{self, OrderCache, Row};
use jiugai_storage::records;
use sha2::{Digest, Sha256};

use crate::assets;
use crate::records::stored_query;
use crate::text::{counted, key};
use crate::wire::{ExportFormat, SavedFile, WindowQuery};
use crate::{ApiError, Session, wording};

impl Session {
    /// Every record of a kind as a workbook.
    ///
    /// # Errors
    /// `notFound`, those of the disk.
    pub fn export_ledger(
        &self,
        kind: KindCode,
        compound: Option<&str>,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let is_csv = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        if is_csv {
            return self.export_csv(kind, compound, false, path);
        }
        let compound = compound.map(key).transpose()?;
        let sheet = self.sheet(kind, compound)?;
        let told = counted(kind, sheet.rows.len());
        self.write_sheets(&[sheet], &told, compound, is_personal(&[kind]), path)
    }

    /// The records of a grid as it is filtered and sorted: with all their columns, so that the file
    /// can be imported again, or with the `shown` ones alone. A workbook, or text where the name
    /// ends in .csv.
    ///
    /// # Errors
    /// `notFound`, those of the disk.
    pub fn export_view(
        &self,
        grid: &WindowQuery,
        shown: Option<&[String]>,
        format: ExportFormat,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let asked = stored_query(grid)?;
        let narrowed = asked.search.is_some() || !asked.filters.is_empty();
        let conn = self.connection()?;
        let window = query::window(conn, &asked, &mut OrderCache::new(), 0, usize::MAX)?;
        let mut sheet = self.sheet_of(grid.kind, asked.compound, &window.rows)?;
        if let Some(shown) = shown {
            only(&mut sheet, grid.kind, shown);
        }
        let is_csv = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        self.progress.finish("写文件")?;
        let bytes = match format {
            ExportFormat::Gb18030Text => workbook::write_csv(&sheet, CsvEncoding::Gb18030),
            ExportFormat::Utf8Text => workbook::write_csv(&sheet, CsvEncoding::Utf8),
            ExportFormat::Workbook if is_csv => workbook::write_csv(&sheet, CsvEncoding::Utf8),
            ExportFormat::Workbook => workbook::write_workbook(&[sheet], self.now().naive_local())?,
        };
        let made = Made {
            title: grid.kind.kind().label,
            compound: asked.compound,
            records: window.rows.len(),
            personal: is_personal(&[grid.kind]),
        };
        let mut saved = self.save_noted(path, &bytes, &made)?;
        let told = counted(grid.kind, window.rows.len());
        let which = if narrowed {
            "（现在筛选出来的）"
        } else {
            ""
        };
        saved.message = format!("已导出 {told}{which}到“{}”。", saved.path);
        Ok(saved)
    }

    /// Every record of a kind as comma-separated text: UTF-8 with its mark, or GB18030 for
    /// programs that know nothing else.
    ///
    /// # Errors
    /// `notFound`, those of the disk.
    pub fn export_csv(
        &self,
        kind: KindCode,
        compound: Option<&str>,
        gb18030: bool,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let compound = compound.map(key).transpose()?;
        let sheet = self.sheet(kind, compound)?;
        let encoding = if gb18030 {
            CsvEncoding::Gb18030
        } else {
            CsvEncoding::Utf8
        };
        let made = Made {
            title: kind.kind().label,
            compound,
            records: sheet.rows.len(),
            personal: is_personal(&[kind]),
        };
        let mut saved = self.save_noted(path, &workbook::write_csv(&sheet, encoding), &made)?;
        let told = counted(kind, sheet.rows.len());
        saved.message = format!("已导出 {told} 到“{}”。", saved.path);
        Ok(saved)
    }

    /// Name for the workbook of [`Session::export_all`].
    ///
    /// # Errors
    /// `notFound`.
    pub fn export_all_name(&self, compound: Option<&str>) -> Result<String, ApiError> {
        let name = match compound {
            Some(compound) => {
                let conn = self.connection()?;
                records::label(conn, KindCode::Compound, key(compound)?)?
                    .ok_or_else(ApiError::not_found)?
            }
            None => String::new(),
        };
        let name = format!("{name} 全部台账.xlsx");
        Ok(clean(name.trim_start()))
    }

    /// Every kind that has records as a workbook, one sheet each.
    ///
    /// # Errors
    /// `notFound`, those of the disk.
    pub fn export_all(&self, compound: Option<&str>, path: &Path) -> Result<SavedFile, ApiError> {
        let compound = compound.map(key).transpose()?;
        let mut sheets = Vec::new();
        // Judgements of the check are about the list, not part of it.
        for kind in KindCode::ALL
            .into_iter()
            .filter(|kind| *kind != KindCode::Waiver)
        {
            let sheet = self.sheet(kind, compound)?;
            if !sheet.rows.is_empty() || kind == KindCode::Compound {
                sheets.push(sheet);
            }
        }
        let told = format!("{} 种台账", sheets.len());
        self.write_sheets(&sheets, &told, compound, is_personal(&KindCode::ALL), path)
    }

    pub(crate) fn write_sheets(
        &self,
        sheets: &[SheetData],
        told: &str,
        compound: Option<RecordId>,
        personal: bool,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        self.progress.finish("写文件")?;
        let bytes = workbook::write_workbook(sheets, self.now().naive_local())?;
        let title = match sheets {
            [only] => only.name.as_str(),
            _ => "全部台账",
        };
        let made = Made {
            title,
            compound,
            records: sheets.iter().map(|sheet| sheet.rows.len()).sum(),
            personal,
        };
        let mut saved = self.save_noted(path, &bytes, &made)?;
        saved.message = format!("已导出 {told} 到“{}”。", saved.path);
        Ok(saved)
    }

    /// Writes an export and notes it, unless whole names are in it and not for who asks.
    pub(crate) fn save_noted(
        &self,
        path: &Path,
        bytes: &[u8],
        made: &Made<'_>,
    ) -> Result<SavedFile, ApiError> {
        if made.personal && !self.ledger()?.duty().is_masked() {
            self.ledger()?.allow(Task::Names)?;
        }
        self.save_brought(path, bytes, made)
    }

    /// Writes what the person brought, such as rows of a file, and notes it. A ledger that is only read keeps no
    /// note.
    pub(crate) fn save_brought(
        &self,
        path: &Path,
        bytes: &[u8],
        made: &Made<'_>,
    ) -> Result<SavedFile, ApiError> {
        let ledger = self.ledger()?;
        let saved = save(path, bytes)?;
        if ledger.read_only().is_none() {
            let stamp = self.stamp();
            let end = path.extension().unwrap_or_default();
            ledger.note_export(&Export {
                id: self.fresh()?,
                at: stamp.at.to_rfc3339(),
                actor: stamp.actor,
                device: stamp.device,
                compound: made.compound,
                title: made.title.to_owned(),
                way: end.to_string_lossy().to_ascii_lowercase(),
                records: crate::text::small(made.records),
                checksum: checksum(bytes),
                personal: made.personal && !ledger.duty().is_masked(),
            })?;
        }
        Ok(saved)
    }

    /// The records of a kind as a sheet; over several compounds the first column names them.
    fn sheet(&self, kind: KindCode, compound: Option<RecordId>) -> Result<SheetData, ApiError> {
        let conn = self.connection()?;
        let mut rows = listed(conn, kind, compound)?;
        if kind == KindCode::Owner {
            namesakes_by_dwelling(&mut rows, &listed(conn, KindCode::Ownership, compound)?);
        }
        self.sheet_of(kind, compound, &rows)
    }

    fn sheet_of(
        &self,
        kind: KindCode,
        compound: Option<RecordId>,
        rows: &[Row],
    ) -> Result<SheetData, ApiError> {
        let conn = self.connection()?;
        let names: HashMap<RecordId, String> = assets::all_rows(conn, KindCode::Compound)?
            .into_iter()
            .map(|row| (row.id, row.label))
            .collect();
        let declared = kind.kind();
        let named = compound.is_none() && declared.scope == Scope::Compound;
        let title = compound.and_then(|compound| names.get(&compound).cloned());
        let mut columns: Vec<ColumnSpec> = declared.fields.iter().map(ColumnSpec::of).collect();
        if named {
            columns.insert(0, ColumnSpec::text(KindCode::Compound.kind().label, 160));
        }
        let rows: Vec<Vec<SheetCell>> = rows
            .iter()
            .filter(|row| kind != KindCode::Compound || compound.is_none_or(|only| only == row.id))
            .map(|row| {
                let mut line = Vec::with_capacity(columns.len());
                if named {
                    let name = row.compound.and_then(|compound| names.get(&compound));
                    line.push(SheetCell::Label(name.cloned().unwrap_or_default()));
                }
                line.extend(cells(declared.fields, row));
                line
            })
            .collect();
        Ok(SheetData {
            name: declared.label.to_owned(),
            title: Some(format!(
                "{}{}台账",
                title.unwrap_or_default(),
                declared.label
            )),
            note: Some(format!(
                "共 {}　导出时间：{}",
                counted(kind, rows.len()),
                crate::text::minute(self.now())
            )),
            columns,
            rows,
            totals_label: Some("合计".to_owned()),
        })
    }
}

/// What the note of an export says of it.
pub(crate) struct Made<'a> {
    /// What it is.
    pub(crate) title: &'a str,
    /// Of one compound.
    pub(crate) compound: Option<RecordId>,
    /// How many records, photos or tables.
    pub(crate) records: usize,
    /// Names, telephone numbers or the like stand in it.
    pub(crate) personal: bool,
}

/// True when one of the kinds has fields with names, telephone numbers or the like.
pub(crate) fn is_personal(kinds: &[KindCode]) -> bool {
    let classes = [DataClass::Personal, DataClass::Sensitive];
    kinds
        .iter()
        .flat_map(|kind| kind.kind().fields)
        .any(|field| classes.contains(&field.class))
}

/// 校验码 of a file: as the papers have theirs, long enough to tell two files apart.
fn checksum(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Leaves the columns that are shown, in the order in which they are shown.
fn only(sheet: &mut SheetData, kind: KindCode, shown: &[String]) {
    let fields = kind.kind().fields;
    let named = sheet.columns.len() - fields.len();
    let places: Vec<usize> = (0..named)
        .chain(shown.iter().filter_map(|code| {
            let place = fields.iter().position(|field| field.code == code)?;
            Some(named + place)
        }))
        .collect();
    sheet.columns = places
        .iter()
        .map(|&place| sheet.columns[place].clone())
        .collect();
    for row in &mut sheet.rows {
        *row = places.iter().map(|&place| row[place].clone()).collect();
    }
}

fn listed(
    conn: &Connection,
    kind: KindCode,
    compound: Option<RecordId>,
) -> Result<Vec<Row>, ApiError> {
    Ok(match compound {
        Some(compound) => assets::rows(conn, kind, compound)?,
        None => assets::all_rows(conn, kind)?,
    })
}

/// Owners of one name stand in the order of their dwellings, so that an import into an empty ledger
/// gives each dwelling its own.
fn namesakes_by_dwelling(owners: &mut [Row], ownerships: &[Row]) {
    let fields = KindCode::Ownership.kind().fields;
    let Some(place) = fields.iter().position(|field| field.code == "owner") else {
        return;
    };
    let mut first: HashMap<RecordId, usize> = HashMap::new();
    for (at, row) in ownerships.iter().enumerate() {
        if let Some(owner) = row.values.get(place).and_then(Value::as_id) {
            first.entry(owner).or_insert(at);
        }
    }
    for namesakes in
        owners.chunk_by_mut(|one, other| one.compound == other.compound && one.label == other.label)
    {
        namesakes.sort_by_key(|row| first.get(&row.id).copied().unwrap_or(usize::MAX));
    }
}

/// A row for the workbook: values by their type, references by their labels.
fn cells<'r>(
    fields: &'r [jiugai_domain::Field],
    row: &'r Row,
) -> impl Iterator<Item = SheetCell> + 'r {
    let values = fields.iter().zip(&row.values).zip(&row.references);
    values.map(|((field, value), label)| match field.kind {
        FieldType::Reference(_) => SheetCell::Label(label.clone().unwrap_or_default()),
        _ => SheetCell::Value(value.clone()),
    })
}

/// Writes a file whole or not at all, and says where.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<SavedFile, ApiError> {
    write_whole(path, bytes).map_err(|error| wording::write_error(&error, path))?;
    let path = display(path);
    Ok(SavedFile {
        message: format!("已保存到“{path}”。"),
        path,
    })
}
