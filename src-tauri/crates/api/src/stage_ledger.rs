//! 对照方案: the rows of a ledger as surveyed and as a plan leaves them, side by side.

use std::collections::HashMap;
use std::path::Path;

use jiugai_domain::comparison::{Asset, Measures, StageState};
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use jiugai_exchange::workbook::{ColumnSpec, SheetCell, SheetData};
use jiugai_storage::query::Row;

use crate::assets::{self, ASSET_KINDS};
use crate::comparison::{Compared, compare};
use crate::export::is_personal;
use crate::records::texts;
use crate::text::{counted, key};
use crate::wire::{
    RecordLink, SavedFile, Stage, StageCell, StageColumn, StageLedger, StageMark, StageRow,
};
use crate::{ApiError, ErrorCode, Session};

/// The measure that a field of an asset holds.
fn measure(measures: &Measures, code: &str) -> Option<i64> {
    match code {
        "rooms" => measures.rooms,
        "area" => measures.area_dm2,
        "spaces" => measures.spaces,
        "accessibleSpaces" => measures.accessible_spaces,
        "chargers" => measures.chargers,
        "places" => measures.places,
        "chargingPlaces" => measures.charging_places,
        "pieces" => measures.pieces,
        "length" => measures.length_mm,
        "clearWidth" => measures.clear_width_mm,
        "damagedArea" => measures.damaged_area_dm2,
        "open" => measures.open.map(i64::from),
        _ => measures.detail(code),
    }
}

/// A record of the ledger before and after: values by field.
struct Line {
    record: Option<RecordLink>,
    mark: StageMark,
    cause: String,
    before: Vec<Value>,
    after: Vec<Value>,
    /// What the references are called; empty where something else is named.
    references: Vec<Option<String>>,
}

/// The rows of a ledger side by side.
struct Beside {
    kind: KindCode,
    title: String,
    lines: Vec<Line>,
}

impl Session {
    /// The rows of an asset ledger as surveyed and as a plan leaves them.
    ///
    /// # Errors
    /// `notFound`; `invalid` for a kind that no plan changes.
    pub fn comparison_ledger(
        &self,
        compound: &str,
        plan: &str,
        kind: KindCode,
        stage: Stage,
    ) -> Result<StageLedger, ApiError> {
        Ok(self.beside(compound, plan, kind, stage)?.shown())
    }

    /// The same as a workbook: what changes stands in two columns, before and after.
    ///
    /// # Errors
    /// As [`Self::comparison_ledger`]; those of the disk.
    pub fn comparison_ledger_export(
        &self,
        compound: &str,
        plan: &str,
        kind: KindCode,
        stage: Stage,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let beside = self.beside(compound, plan, kind, stage)?;
        let note = format!(
            "{}　导出时间：{}",
            beside.summary(),
            crate::text::minute(self.now())
        );
        let sheet = beside.sheet(
            if stage == Stage::AsBuilt {
                "竣工"
            } else {
                "方案"
            },
            note,
        );
        let told = counted(kind, sheet.rows.len());
        self.write_sheets(
            &[sheet],
            &told,
            Some(key(compound)?),
            is_personal(&[kind]),
            path,
        )
    }

    fn beside(
        &self,
        compound: &str,
        plan: &str,
        kind: KindCode,
        stage: Stage,
    ) -> Result<Beside, ApiError> {
        if !ASSET_KINDS.contains(&kind) {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "这一种台账没有前后对照",
                format!("改造方案不改动{}。", kind.kind().label),
                "请到附属房、车棚、停车区、绿地、设施、道路或管线的台账看前后对照。",
            ));
        }
        let conn = self.connection()?;
        let compared = compare(conn, key(compound)?, Some(key(plan)?))?;
        let rows = assets::rows(conn, kind, compared.compound)?;
        let state = match stage {
            Stage::AsBuilt => &compared.as_built_state,
            Stage::Baseline | Stage::Proposed => &compared.proposed_state,
        };
        Ok(Beside {
            kind,
            title: compared.name.clone(),
            lines: lines(&compared, state, kind, rows),
        })
    }
}

fn lines(compared: &Compared, state: &StageState, kind: KindCode, rows: Vec<Row>) -> Vec<Line> {
    let of = |assets: &[Asset]| -> HashMap<RecordId, usize> {
        let assets = assets.iter().enumerate();
        assets
            .filter_map(|(at, asset)| Some((asset.id?, at)))
            .collect()
    };
    let (surveyed, left) = (of(&compared.assets), of(&state.assets));
    let gone: HashMap<RecordId, RecordId> = state
        .demolished
        .iter()
        .filter_map(|gone| Some((gone.asset.id?, gone.cause)))
        .collect();
    let mut lines: Vec<Line> = rows
        .into_iter()
        .map(|row| {
            let was = surveyed.get(&row.id).map(|at| &compared.assets[*at]);
            let after = left.get(&row.id).map(|at| &state.assets[*at]);
            let cause = after
                .and_then(|after| after.cause)
                .or_else(|| gone.get(&row.id).copied());
            existing(compared, kind, row, was.zip(after), cause)
        })
        .collect();
    let created = state.assets.iter().filter(|asset| asset.id.is_none());
    lines.extend(
        created
            .filter(|asset| asset.kind == kind)
            .map(|asset| new_line(compared, kind, asset)),
    );
    lines
}

fn existing(
    compared: &Compared,
    kind: KindCode,
    row: Row,
    beside: Option<(&Asset, &Asset)>,
    cause: Option<RecordId>,
) -> Line {
    let mut mark = StageMark::Gone;
    let mut after = row.values.clone();
    if let Some((was, is)) = beside {
        mark = if is.cause.is_some() {
            StageMark::Changed
        } else {
            StageMark::Kept
        };
        for (field, cell) in kind.kind().fields.iter().zip(&mut after) {
            let new = measure(&is.measures, field.code);
            if let Some(new) = new.filter(|new| measure(&was.measures, field.code) != Some(*new)) {
                *cell = Value::Integer(new);
            }
            if field.code == "condition" && was.faulty && !is.faulty {
                *cell = Value::Text("good".to_owned());
            }
        }
    }
    Line {
        record: Some(RecordLink {
            kind,
            id: row.id.to_string(),
            label: row.label,
        }),
        mark,
        cause: cause.map_or_else(String::new, |cause| compared.item_name(cause)),
        before: row.values,
        after,
        references: row.references,
    }
}

fn new_line(compared: &Compared, kind: KindCode, asset: &Asset) -> Line {
    let fields = kind.kind().fields;
    let after = fields.iter().map(|field| {
        if field.code == kind.kind().name_field {
            Value::Text(asset.label.clone())
        } else if field.code == "kind" && !asset.sort.is_empty() {
            Value::Text(asset.sort.clone())
        } else {
            measure(&asset.measures, field.code).map_or(Value::Null, Value::Integer)
        }
    });
    Line {
        record: None,
        mark: StageMark::New,
        cause: asset
            .cause
            .map_or_else(String::new, |cause| compared.item_name(cause)),
        before: vec![Value::Null; fields.len()],
        after: after.collect(),
        references: vec![None; fields.len()],
    }
}

impl Beside {
    /// `拆除 22 处，不变 3 处`.
    fn summary(&self) -> String {
        let number = |mark: StageMark| self.lines.iter().filter(|line| line.mark == mark).count();
        let told: Vec<String> = [
            ("拆除", number(StageMark::Gone)),
            ("改变", number(StageMark::Changed)),
            ("新增", number(StageMark::New)),
            ("不变", number(StageMark::Kept)),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word} {}", counted(self.kind, count)))
        .collect();
        told.join("，")
    }

    /// Every column of the ledger, as the screen shows it.
    fn shown(&self) -> StageLedger {
        let fields = self.kind.kind().fields;
        let rows = self.lines.iter().map(|line| {
            let before = texts(fields, &line.before, &line.references);
            let after = texts(fields, &line.after, &line.references);
            StageRow {
                record: line.record.clone(),
                mark: line.mark,
                cells: before
                    .into_iter()
                    .zip(after)
                    .map(|(before, after)| StageCell { before, after })
                    .collect(),
                cause: line.cause.clone(),
            }
        });
        StageLedger {
            columns: fields
                .iter()
                .map(|field| StageColumn {
                    label: field.label.to_owned(),
                    unit: field.unit.to_owned(),
                    number: is_number(field),
                })
                .collect(),
            summary: self.summary(),
            rows: rows.collect(),
        }
    }

    fn sheet(&self, after: &str, note: String) -> SheetData {
        let fields = self.kind.kind().fields;
        let changes: Vec<bool> = (0..fields.len())
            .map(|at| {
                let mut lines = self.lines.iter();
                lines.any(|line| {
                    line.mark == StageMark::Changed && line.before[at] != line.after[at]
                })
            })
            .collect();
        let mut columns = vec![ColumnSpec::text("变化", 60)];
        for (field, changes) in fields.iter().zip(&changes) {
            let spec = ColumnSpec::of(field);
            if *changes {
                for word in ["改造前", after] {
                    columns.push(ColumnSpec {
                        heading: format!("{word}{}", spec.heading),
                        ..spec.clone()
                    });
                }
            } else {
                columns.push(spec);
            }
        }
        columns.push(ColumnSpec::text("由哪项改造内容引起", 180));
        let cell = |value: &Value, reference: &Option<String>| match value {
            Value::Id(_) => SheetCell::Label(reference.clone().unwrap_or_default()),
            value => SheetCell::Value(value.clone()),
        };
        let rows = self.lines.iter().map(|line| {
            let mark = match line.mark {
                StageMark::Kept => "",
                StageMark::Changed => "改变",
                StageMark::Gone => "拆除",
                StageMark::New => "新增",
            };
            let mut row = vec![SheetCell::Label(mark.to_owned())];
            for (at, changes) in changes.iter().enumerate() {
                let reference = &line.references[at];
                let gone = line.mark == StageMark::Gone;
                if *changes {
                    row.push(cell(&line.before[at], reference));
                    let left = if gone { &Value::Null } else { &line.after[at] };
                    row.push(cell(left, reference));
                } else {
                    row.push(cell(&line.after[at], reference));
                }
            }
            row.push(SheetCell::Label(line.cause.clone()));
            row
        });
        SheetData {
            name: format!("{}对照", self.kind.kind().label),
            title: Some(format!("{}{}前后对照", self.title, self.kind.kind().label)),
            note: Some(note),
            columns,
            rows: rows.collect(),
            totals_label: None,
        }
    }
}

fn is_number(field: &Field) -> bool {
    matches!(
        field.kind,
        FieldType::Area | FieldType::Length | FieldType::Count | FieldType::Amount
    )
}
