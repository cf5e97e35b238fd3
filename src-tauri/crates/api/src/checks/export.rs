//! The list that the staff take along: a sheet for each building, for what stands at none a sheet
//! of its kind; for the whole ledger a sheet for each compound.

use std::path::Path;

use jiugai_domain::check::{RULES, Weight};
use jiugai_domain::text::natural_key;
use jiugai_domain::{KindCode, Task};
use jiugai_exchange::workbook::{self, ColumnSpec, SheetCell, SheetData};
use jiugai_storage::query::check::{self, Finding, Standing};

use super::looked;
use crate::export::Made;
use crate::text::{key, minute};
use crate::wire::SavedFile;
use crate::{ApiError, ErrorCode, Session};

/// Findings that one workbook takes.
const MOST: usize = 100_000;

impl Session {
    /// Writes every finding that nobody has judged as a workbook.
    ///
    /// # Errors
    /// `invalid` when there are too many for a list to be worked through, those of the disk.
    pub fn check_export(&self, compound: Option<&str>, path: &Path) -> Result<SavedFile, ApiError> {
        self.ledger()?.allow(Task::Trace)?;
        let today = self.today();
        let looked = looked(compound, &today)?;
        let conn = self.connection()?;
        let counts = check::counts(conn, looked, Standing::Open)?;
        let total: usize = counts.iter().map(|count| count.count).sum();
        if total > MOST {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "问题太多，没有导出",
                format!("一共 {total} 条，一个表格装不下，也没法逐条核对。"),
                "请先选一个小区，再按楼栋导出。",
            ));
        }
        let mut found = Vec::new();
        for rule in RULES.iter() {
            found.extend(check::findings(
                conn,
                looked,
                rule,
                Standing::Open,
                0,
                MOST,
            )?);
        }
        let sheets = self.check_sheets(&found, compound.is_some());
        let bytes = workbook::write_workbook(&sheets, self.now().naive_local())?;
        let made = Made {
            title: "数据体检清单",
            compound: compound.map(key).transpose()?,
            records: total,
            personal: true,
        };
        let mut saved = self.save_noted(path, &bytes, &made)?;
        saved.message = format!(
            "已导出 {total} 条、{} 张表到“{}”。里面有个人信息，只供核对用。",
            sheets.len(),
            saved.path
        );
        Ok(saved)
    }

    /// A name for that workbook.
    ///
    /// # Errors
    /// `notFound`.
    pub fn check_file_name(&self, compound: Option<&str>) -> Result<String, ApiError> {
        let name = match compound {
            Some(id) => {
                jiugai_storage::records::label(self.connection()?, KindCode::Compound, key(id)?)?
                    .ok_or_else(ApiError::not_found)?
            }
            None => "全部小区".to_owned(),
        };
        Ok(format!("{name}_数据体检清单.xlsx"))
    }

    fn check_sheets(&self, found: &[Finding], within: bool) -> Vec<SheetData> {
        let mut groups: Vec<(SheetKey, Vec<&Finding>)> = Vec::new();
        for finding in found {
            let key = SheetKey::of(finding, within);
            match groups.iter_mut().find(|(other, _)| *other == key) {
                Some((_, rows)) => rows.push(finding),
                None => groups.push((key, vec![finding])),
            }
        }
        groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        if groups.is_empty() {
            groups.push((SheetKey::empty(), Vec::new()));
        }
        groups
            .into_iter()
            .map(|(key, rows)| self.check_sheet(&key, &rows, within))
            .collect()
    }

    fn check_sheet(&self, key: &SheetKey, rows: &[&Finding], within: bool) -> SheetData {
        let of = |weight: Weight| {
            let count = rows.iter().filter(|row| row.rule.weight == weight).count();
            format!("{} {count} 条", weight.label())
        };
        let compound = rows.first().map_or("", |row| row.compound_name.as_str());
        let compound = if within { compound } else { "" };
        let mut columns = vec![
            ColumnSpec::text("轻重", 60),
            ColumnSpec::text("检查项", 150),
            ColumnSpec::text("对象", 170),
            ColumnSpec::text("看哪一格", 100),
            ColumnSpec::text("查出的", 180),
            ColumnSpec::text("应当是", 150),
            ColumnSpec::text("怎么改", 220),
            ColumnSpec::text("核实结果", 120),
            ColumnSpec::text("核实人", 70),
        ];
        if !within {
            columns.insert(2, ColumnSpec::text("楼栋", 80));
        }
        SheetData {
            name: key.name.clone(),
            title: Some(format!("{compound}{}数据体检清单", key.name)),
            note: Some(format!(
                "共 {} 条：{}　{}　{}　导出时间：{}　含个人信息，只供核对用",
                rows.len(),
                of(Weight::Must),
                of(Weight::Verify),
                of(Weight::Supplement),
                minute(self.now())
            )),
            columns,
            rows: rows.iter().map(|row| line(row, within)).collect(),
            ..SheetData::default()
        }
    }
}

fn line(finding: &Finding, within: bool) -> Vec<SheetCell> {
    let rule = finding.rule;
    let mut cells = vec![
        rule.weight.label().to_owned(),
        rule.name.to_owned(),
        finding.label.trim().to_owned(),
        finding.field.label.to_owned(),
        finding.found(),
        finding.expected(),
        rule.how.to_owned(),
    ];
    if !within {
        cells.insert(2, finding.building.clone());
    }
    cells.into_iter().map(SheetCell::Label).collect()
}

/// Which sheet a finding stands on; buildings first, in the order of their numbers.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct SheetKey {
    rank: usize,
    order: String,
    name: String,
}

impl SheetKey {
    fn of(finding: &Finding, within: bool) -> Self {
        let kind = finding.kind;
        let (rank, name) = match (within, finding.building.as_str()) {
            (false, _) if finding.compound_name.is_empty() => (1, kind.kind().label),
            (false, _) => (0, finding.compound_name.as_str()),
            (true, "") => {
                let place = KindCode::ALL.iter().position(|other| *other == kind);
                (1 + place.unwrap_or(0), kind.kind().label)
            }
            (true, building) => (0, building),
        };
        Self {
            rank,
            order: natural_key(name),
            name: name.to_owned(),
        }
    }

    fn empty() -> Self {
        Self {
            rank: 0,
            order: String::new(),
            name: "没有发现问题".to_owned(),
        }
    }
}
