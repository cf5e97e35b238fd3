//! Import of a survey ledger (摸底台账): preview, then one transaction, one undo, a backup before.

use std::collections::HashMap;
use std::path::Path;

use jiugai_domain::{Field, KindCode, RecordId, Value, date, fixed};
use jiugai_exchange::survey::{self, SubtotalScope, SurveyLedger, SurveyRow, Target};
use jiugai_exchange::{read_file, workbook};
use jiugai_storage::backup::Reason;
use jiugai_storage::{Connection, Op, OpCode, StorageError, log, query, records};

use crate::text::{kind_count, positive, small};
use crate::wire::{
    Changed, ImportCheck, ImportColumn, ImportIssue, ImportOutcome, ImportPreview, KindCount,
    SavedFile, Severity,
};
use crate::{ApiError, ErrorCode, Session, wording};

const PREVIEW_ROWS: usize = 50;

impl Session {
    /// Reads a workbook and tells what an import would do. Nothing is written.
    ///
    /// # Errors
    /// `notAWorkbook`, `noTable`, `fileLocked`, `fileMissing`, `noLedger`.
    pub fn import_preview(&self, path: &Path) -> Result<ImportPreview, ApiError> {
        let survey = read(path)?;
        let name = survey.compound_name.clone().unwrap_or_default();
        let exists = find_compound(self.connection()?, &name)?.is_some();
        Ok(preview(path, &survey, exists))
    }

    /// Imports a workbook as a compound of this name: one transaction, one undo, a backup before.
    ///
    /// # Errors
    /// Those of the preview; `nameTaken` when a compound of that name has dwellings already.
    pub fn import_commit(
        &mut self,
        path: &Path,
        compound: &str,
    ) -> Result<Changed<ImportOutcome>, ApiError> {
        let survey = read(path)?;
        let name = jiugai_domain::text::normalize(compound);
        if name.is_empty() {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "还不知道是哪个小区",
                "表题里没有认出小区名称。",
                "请填写小区名称后再导入。",
            ));
        }
        let existing = find_compound(self.connection()?, &name)?;
        if let Some(id) = existing {
            let counts = query::counts(self.connection()?, Some(id))?;
            if counts.first().is_some_and(|counts| counts.dwellings > 0) {
                return Err(ApiError::new(
                    ErrorCode::NameTaken,
                    "这个小区已经有房屋了",
                    format!(
                        "“{name}”的台账里已有 {} 套房屋，为免重复，没有导入。",
                        counts[0].dwellings
                    ),
                    "请换一个小区名称；如果是重新导入，请先删除这个小区（可从回收站恢复）。",
                ));
            }
        }
        if self.ledger()?.path().is_some() {
            self.backup(Reason::BeforeImport)?;
        }
        let op = Op::many(OpCode::Import, &name, survey.rows.len()).of_kind(KindCode::Dwelling);
        let at = self.now();
        self.write(&op, |conn| {
            let mut writer = Writer::new(conn, at);
            let compound = match existing {
                Some(id) => id,
                None => writer.compound(&survey, &name)?,
            };
            writer.rows(compound, &survey.rows)?;
            Ok(outcome(&survey, compound, &name))
        })
    }

    /// Writes the rows with questions into a workbook, the reason beside each.
    ///
    /// # Errors
    /// Those of the preview and of the disk.
    pub fn import_save_issues(&self, source: &Path, path: &Path) -> Result<SavedFile, ApiError> {
        let survey = read(source)?;
        let reasons: Vec<String> = survey
            .issues
            .iter()
            .map(|issue| wording::issue(&survey, issue))
            .collect();
        let bytes = workbook::write_issues(&survey, &reasons, self.now().naive_local())?;
        crate::export::save(path, &bytes)
    }
}

fn read(path: &Path) -> Result<SurveyLedger, ApiError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(survey::read_survey(&read_file(path)?, &name)?)
}

/// A compound by its name.
pub(crate) fn find_compound(conn: &Connection, name: &str) -> Result<Option<RecordId>, ApiError> {
    let name = jiugai_domain::text::normalize(name);
    Ok(crate::assets::all_rows(conn, KindCode::Compound)?
        .into_iter()
        .find(|row| row.label == name)
        .map(|row| row.id))
}

/// Reads the workbook that is shipped with the sample.
pub(crate) fn read_bytes(bytes: &[u8], name: &str) -> Result<SurveyLedger, ApiError> {
    Ok(survey::read_survey(bytes, name)?)
}

fn people(survey: &SurveyLedger) -> i64 {
    survey
        .rows
        .iter()
        .filter_map(|row| row.value(KindCode::Household, "people").as_integer())
        .sum()
}

fn counts(survey: &SurveyLedger) -> Vec<KindCount> {
    let mut buildings: Vec<&str> = survey
        .rows
        .iter()
        .map(|row| row.building.as_str())
        .collect();
    buildings.sort_unstable();
    buildings.dedup();
    let outbuildings = survey.rows.iter().map(|row| row.outbuildings.len()).sum();
    vec![
        kind_count(KindCode::Building, buildings.len()),
        kind_count(KindCode::Dwelling, survey.rows.len()),
        kind_count(KindCode::Household, survey.rows.len()),
        kind_count(KindCode::Outbuilding, outbuildings),
    ]
}

fn outcome(survey: &SurveyLedger, compound: RecordId, name: &str) -> ImportOutcome {
    let rejected = survey
        .issues
        .iter()
        .filter(|issue| issue.severity == survey::Severity::Error);
    ImportOutcome {
        compound: compound.to_string(),
        compound_name: name.to_owned(),
        counts: counts(survey),
        people: positive(people(survey)),
        rejected_rows: small(rejected.filter(|issue| issue.row.is_some()).count()),
    }
}

fn preview(path: &Path, survey: &SurveyLedger, compound_exists: bool) -> ImportPreview {
    let rooms = ["rowHouse", "annexRoom", "unauthorized"];
    let label = |code: &str| {
        let field = KindCode::Outbuilding.kind().field("kind");
        field.map_or_else(String::new, |field| {
            field.format(&Value::Text(code.to_owned()))
        })
    };
    let mut issues: Vec<ImportIssue> = survey
        .issues
        .iter()
        .map(|issue| ImportIssue {
            severity: match issue.severity {
                survey::Severity::Error => Severity::Error,
                survey::Severity::Warning => Severity::Warning,
                survey::Severity::Note => Severity::Note,
            },
            row: issue.row,
            column: issue.column.as_ref().map_or_else(String::new, |column| {
                format!("{} {}", column.letter, column.label)
            }),
            text: issue.text.clone(),
            message: wording::issue(survey, issue),
        })
        .collect();
    issues.sort_by_key(|issue| issue.severity);
    let head = survey
        .columns
        .iter()
        .filter(|column| column.target != Target::Serial);
    ImportPreview {
        path: path.to_string_lossy().into_owned(),
        file_name: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        sheet: survey.sheets.join("、"),
        title: survey.title.clone().unwrap_or_default(),
        compound_name: survey.compound_name.clone().unwrap_or_default(),
        compound_exists,
        filled_on: survey.filled_on.map_or_else(String::new, date::format_long),
        counts: counts(survey),
        people: positive(people(survey)),
        outbuilding_rooms: rooms
            .iter()
            .map(|code| {
                let sum: i64 = survey.rows.iter().map(|row| row.rooms(code)).sum();
                format!("{} {sum} 间", label(code))
            })
            .collect(),
        columns: columns(survey),
        checks: survey.checks.iter().map(check).collect(),
        issues,
        sample_head: head
            .clone()
            .map(|column| column.column.label.clone())
            .collect(),
        sample_rows: survey
            .rows
            .iter()
            .take(PREVIEW_ROWS)
            .map(|row| {
                head.clone()
                    .map(|column| stored_text(row, column.index, column.target))
                    .collect()
            })
            .collect(),
        blocked: if survey.rows.is_empty() {
            "没有一行能导入：每一行都缺楼号或房号。".to_owned()
        } else {
            String::new()
        },
    }
}

/// A cell as it will be stored.
fn stored_text(row: &SurveyRow, index: u32, target: Target) -> String {
    let written = || {
        row.texts
            .iter()
            .find(|(column, _)| *column == index)
            .map_or_else(String::new, |(_, text)| text.clone())
    };
    match target {
        Target::Building => row.building.clone(),
        Target::Entrance => row.entrance.clone().unwrap_or_default(),
        Target::Room => row.room.clone(),
        Target::Field { kind, field } => kind
            .kind()
            .field(field)
            .map_or_else(String::new, |declared| {
                declared.format(row.value(kind, field))
            }),
        _ => written(),
    }
}

fn columns(survey: &SurveyLedger) -> Vec<ImportColumn> {
    let mapped = survey.columns.iter().map(|column| {
        (
            column.index,
            ImportColumn {
                column: column.column.letter.clone(),
                header: column.path.join(" / "),
                target: target_label(column.target),
            },
        )
    });
    let unmapped = survey.unmapped.iter().map(|column| {
        (
            column.index,
            ImportColumn {
                column: column.column.letter.clone(),
                header: column.path.join(" / "),
                target: String::new(),
            },
        )
    });
    let mut columns: Vec<_> = mapped.chain(unmapped).collect();
    columns.sort_by_key(|(index, _)| *index);
    columns.into_iter().map(|(_, column)| column).collect()
}

fn target_label(target: Target) -> String {
    let of = |kind: KindCode, label: &str| format!("{} · {label}", kind.kind().label);
    match target {
        Target::Serial => "序号（不导入）".to_owned(),
        Target::Building => of(KindCode::Dwelling, "楼号"),
        Target::Entrance => of(KindCode::Dwelling, "单元"),
        Target::Room => of(KindCode::Dwelling, "房号"),
        Target::Address => of(KindCode::Dwelling, "楼号、单元、房号"),
        Target::Storey => of(KindCode::Dwelling, "楼层"),
        Target::OwnerName => of(KindCode::Owner, "姓名或名称"),
        Target::Phone => of(KindCode::Owner, "联系电话"),
        Target::WorkUnit => of(KindCode::Dwelling, "产权单位"),
        Target::Field { kind, field } => of(
            kind,
            kind.kind().field(field).map_or("", |field| field.label),
        ),
        Target::Outbuilding { kind } => {
            let field = KindCode::Outbuilding.kind().field("kind");
            let label = field.map_or_else(String::new, |field| {
                field.format(&Value::Text(kind.to_owned()))
            });
            of(KindCode::Outbuilding, &format!("{label}间数"))
        }
    }
}

fn check(check: &survey::SubtotalCheck) -> ImportCheck {
    let text = |value| {
        format!(
            "{} {}",
            fixed::format_grouped(value, check.decimals),
            check.unit
        )
        .trim_end()
        .to_owned()
    };
    ImportCheck {
        row: check.row,
        scope: match &check.scope {
            SubtotalScope::Entrance { building, entrance } => format!("{building}{entrance}"),
            SubtotalScope::Building { building } => building.clone(),
            SubtotalScope::All => "全部".to_owned(),
        },
        column: match check.target {
            Target::Room => "户数".to_owned(),
            _ => check.column.label.clone(),
        },
        stated: text(check.stated),
        computed: text(check.computed),
        equal: check.equal,
    }
}

type Values = Vec<(&'static Field, Value)>;

/// Writes survey rows as records.
pub(crate) struct Writer<'a> {
    conn: &'a Connection,
    at: chrono::DateTime<chrono::FixedOffset>,
    work_units: HashMap<String, RecordId>,
    buildings: HashMap<String, RecordId>,
    entrances: HashMap<(RecordId, String), RecordId>,
    unit_owners: HashMap<RecordId, RecordId>,
    outbuildings: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(conn: &'a Connection, at: chrono::DateTime<chrono::FixedOffset>) -> Self {
        Self {
            conn,
            at,
            work_units: HashMap::new(),
            buildings: HashMap::new(),
            entrances: HashMap::new(),
            unit_owners: HashMap::new(),
            outbuildings: 0,
        }
    }

    fn insert(
        &self,
        kind: KindCode,
        compound: Option<RecordId>,
        values: &Values,
    ) -> Result<RecordId, StorageError> {
        let id = log::fresh_id(self.conn, self.at)?;
        records::insert(self.conn, kind, compound, id, values)?;
        Ok(id)
    }

    /// A new compound as the title tells it.
    pub(crate) fn compound(
        &mut self,
        survey: &SurveyLedger,
        name: &str,
    ) -> Result<RecordId, StorageError> {
        let kind = KindCode::Compound;
        let mut values = vec![
            value(kind, "name", text(name)),
            value(kind, "stage", text("baselineSurvey")),
        ];
        for (code, told) in [
            ("subdistrict", &survey.subdistrict),
            ("community", &survey.community),
        ] {
            values.extend(told.as_deref().map(|told| value(kind, code, text(told))));
        }
        let filled = survey.filled_on.map(|day| {
            value(
                kind,
                "surveyedOn",
                text(&day.format("%Y-%m-%d").to_string()),
            )
        });
        values.extend(filled);
        self.insert(kind, None, &values.into_iter().flatten().collect())
    }

    /// Buildings, entrances, dwellings, owners, households and outbuildings of these rows.
    pub(crate) fn rows(
        &mut self,
        compound: RecordId,
        rows: &[SurveyRow],
    ) -> Result<(), StorageError> {
        for row in rows {
            self.row(compound, row)?;
        }
        Ok(())
    }

    fn row(&mut self, compound: RecordId, row: &SurveyRow) -> Result<(), StorageError> {
        let work_unit = row
            .work_unit
            .as_deref()
            .map(|name| self.work_unit(name))
            .transpose()?;
        let building = self.building(compound, &row.building)?;
        let entrance = row
            .entrance
            .as_deref()
            .map(|name| self.entrance(compound, building, name))
            .transpose()?;
        let kind = KindCode::Dwelling;
        let mut values: Values = [
            value(kind, "building", Value::Id(building)),
            value(kind, "entrance", entrance.map_or(Value::Null, Value::Id)),
            value(kind, "room", text(&row.room)),
            value(
                kind,
                "storey",
                row.storey.map_or(Value::Null, Value::Integer),
            ),
            value(kind, "use", text("residence")),
            value(kind, "workUnit", work_unit.map_or(Value::Null, Value::Id)),
        ]
        .into_iter()
        .flatten()
        .filter(|(field, _)| row.value(kind, field.code).is_null())
        .collect();
        values.extend(cells_of(row, kind));
        let dwelling = self.insert(kind, Some(compound), &values)?;
        self.owners(compound, dwelling, row, work_unit)?;
        self.household(compound, dwelling, row, work_unit)?;
        for (sort, rooms) in &row.outbuildings {
            self.outbuilding(compound, building, dwelling, sort, *rooms, row)?;
        }
        Ok(())
    }

    fn work_unit(&mut self, name: &str) -> Result<RecordId, StorageError> {
        if let Some(id) = self.work_units.get(name) {
            return Ok(*id);
        }
        let found = records::options(self.conn, KindCode::WorkUnit, None, name, 50)?;
        let id = match found.into_iter().find(|(_, label)| label == name) {
            Some((id, _)) => id,
            None => {
                let values = value(KindCode::WorkUnit, "name", text(name))
                    .into_iter()
                    .collect();
                self.insert(KindCode::WorkUnit, None, &values)?
            }
        };
        self.work_units.insert(name.to_owned(), id);
        Ok(id)
    }

    fn building(&mut self, compound: RecordId, name: &str) -> Result<RecordId, StorageError> {
        if let Some(id) = self.buildings.get(name) {
            return Ok(*id);
        }
        let found = records::options(self.conn, KindCode::Building, Some(compound), name, 50)?;
        let id = match found.into_iter().find(|(_, label)| label == name) {
            Some((id, _)) => id,
            None => {
                let values = value(KindCode::Building, "name", text(name))
                    .into_iter()
                    .collect();
                self.insert(KindCode::Building, Some(compound), &values)?
            }
        };
        self.buildings.insert(name.to_owned(), id);
        Ok(id)
    }

    fn entrance(
        &mut self,
        compound: RecordId,
        building: RecordId,
        name: &str,
    ) -> Result<RecordId, StorageError> {
        if let Some(id) = self.entrances.get(&(building, name.to_owned())) {
            return Ok(*id);
        }
        let field = KindCode::Dwelling.kind().field("entrance");
        let context = records::RowContext {
            building: Some(building),
        };
        let found = match field {
            Some(field) => records::resolve(self.conn, field, Some(compound), name, context)?
                .ok()
                .and_then(|value| value.as_id()),
            None => None,
        };
        let id = match found {
            Some(id) => id,
            None => {
                let kind = KindCode::Entrance;
                let values = [
                    value(kind, "building", Value::Id(building)),
                    value(kind, "name", text(name)),
                ];
                self.insert(
                    kind,
                    Some(compound),
                    &values.into_iter().flatten().collect(),
                )?
            }
        };
        self.entrances.insert((building, name.to_owned()), id);
        Ok(id)
    }

    /// One owner per name (张某、李某 are co-owners). A work unit that holds its own dwellings
    /// (公房) is one owner with several dwellings; persons of one name stay apart.
    fn owners(
        &mut self,
        compound: RecordId,
        dwelling: RecordId,
        row: &SurveyRow,
        work_unit: Option<RecordId>,
    ) -> Result<(), StorageError> {
        let Some(names) = &row.owner_name else {
            return Ok(());
        };
        let is_unit = row.work_unit.as_ref() == Some(names);
        if let Some(unit) = work_unit.filter(|_| is_unit) {
            let owner = match self.unit_owners.get(&unit) {
                Some(owner) => *owner,
                None => {
                    let kind = KindCode::Owner;
                    let values = [
                        value(kind, "name", text(names)),
                        value(kind, "type", text("workUnit")),
                        value(kind, "workUnit", Value::Id(unit)),
                    ];
                    let owner = self.insert(
                        kind,
                        Some(compound),
                        &values.into_iter().flatten().collect(),
                    )?;
                    self.unit_owners.insert(unit, owner);
                    owner
                }
            };
            return self.ownership(compound, dwelling, owner);
        }
        let separate: Vec<&str> = names
            .split(['、', '，', ',', '/', ';', '；'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        for name in &separate {
            let kind = KindCode::Owner;
            let mut values: Values = [
                value(kind, "name", text(name)),
                value(kind, "type", text("person")),
            ]
            .into_iter()
            .flatten()
            .collect();
            let cells = cells_of(row, kind);
            // A phone belongs to nobody in particular when several names stand in the cell.
            values.extend(
                cells
                    .into_iter()
                    .filter(|(field, _)| field.code != "name" && separate.len() == 1),
            );
            let owner = self.insert(kind, Some(compound), &values)?;
            self.ownership(compound, dwelling, owner)?;
        }
        Ok(())
    }

    fn ownership(
        &self,
        compound: RecordId,
        dwelling: RecordId,
        owner: RecordId,
    ) -> Result<(), StorageError> {
        let kind = KindCode::Ownership;
        let values = [
            value(kind, "dwelling", Value::Id(dwelling)),
            value(kind, "owner", Value::Id(owner)),
        ];
        self.insert(
            kind,
            Some(compound),
            &values.into_iter().flatten().collect(),
        )?;
        Ok(())
    }

    fn household(
        &self,
        compound: RecordId,
        dwelling: RecordId,
        row: &SurveyRow,
        work_unit: Option<RecordId>,
    ) -> Result<(), StorageError> {
        let kind = KindCode::Household;
        let mut values: Values = value(kind, "dwelling", Value::Id(dwelling))
            .into_iter()
            .collect();
        let unit_owns = work_unit.is_some() && row.owner_name == row.work_unit;
        let known = row.value(kind, "contact").is_null() && !unit_owns;
        if let Some(name) = row.owner_name.as_deref().filter(|_| known) {
            values.extend(value(kind, "contact", text(name)));
        }
        values.extend(cells_of(row, kind));
        self.insert(kind, Some(compound), &values)?;
        Ok(())
    }

    fn outbuilding(
        &mut self,
        compound: RecordId,
        building: RecordId,
        dwelling: RecordId,
        sort: &str,
        rooms: i64,
        row: &SurveyRow,
    ) -> Result<(), StorageError> {
        self.outbuildings += 1;
        let kind = KindCode::Outbuilding;
        let mut values: Values = [
            value(kind, "number", text(&format!("F-{:03}", self.outbuildings))),
            value(kind, "kind", text(sort)),
            value(kind, "rooms", Value::Integer(rooms)),
            value(kind, "building", Value::Id(building)),
            value(kind, "dwelling", Value::Id(dwelling)),
            value(kind, "finding", text("pending")),
            value(kind, "state", text("standing")),
        ]
        .into_iter()
        .flatten()
        .collect();
        values.extend(
            row.owner_name
                .as_deref()
                .and_then(|name| value(kind, "occupier", text(name))),
        );
        self.insert(kind, Some(compound), &values)?;
        Ok(())
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A value for a declared field; nothing when the kind has no such field.
fn value(kind: KindCode, code: &str, value: Value) -> Option<(&'static Field, Value)> {
    kind.kind().field(code).map(|field| (field, value))
}

/// The typed cells of a row that belong to a kind.
fn cells_of(row: &SurveyRow, kind: KindCode) -> Values {
    row.cells
        .iter()
        .filter(|(of, _, cell)| *of == kind && !cell.is_null())
        .filter_map(|(_, code, cell)| value(kind, code, cell.clone()))
        .collect()
}
