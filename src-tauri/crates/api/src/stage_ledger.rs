//! 对照方案: the rows of a ledger as surveyed and as a plan leaves them, side by side.

use std::collections::HashMap;

use jiugai_domain::comparison::{Asset, Measures, StageState};
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use jiugai_storage::query::Row;

use crate::assets::{self, ASSET_KINDS};
use crate::comparison::{Compared, compare};
use crate::records::texts;
use crate::text::{counted, key};
use crate::wire::{RecordLink, Stage, StageCell, StageColumn, StageLedger, StageMark, StageRow};
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
        _ => None,
    }
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
        Ok(ledger(&compared, state, kind, &rows))
    }
}

fn ledger(compared: &Compared, state: &StageState, kind: KindCode, rows: &[Row]) -> StageLedger {
    let surveyed: HashMap<RecordId, &Asset> = compared
        .assets
        .iter()
        .filter_map(|asset| Some((asset.id?, asset)))
        .collect();
    let left: HashMap<RecordId, &Asset> = state
        .assets
        .iter()
        .filter_map(|asset| Some((asset.id?, asset)))
        .collect();
    let fields: Vec<&'static Field> = kind.kind().fields.iter().collect();
    let mut lines: Vec<StageRow> = rows
        .iter()
        .map(|row| {
            let before = texts(kind.kind().fields, &row.values, &row.references);
            let after = left.get(&row.id).copied();
            let was = surveyed.get(&row.id).copied();
            existing(compared, state, kind, row, before, was, after)
        })
        .collect();
    let created = state.assets.iter().filter(|asset| asset.id.is_none());
    lines.extend(
        created
            .filter(|asset| asset.kind == kind)
            .map(|asset| new_row(compared, kind, asset)),
    );
    // The columns that people see first, and whatever the plan changes.
    let shown: Vec<usize> = (0..fields.len())
        .filter(|at| {
            let changed = |line: &StageRow| line.cells[*at].after != line.cells[*at].before;
            fields[*at].first_class
                || lines
                    .iter()
                    .any(|line| line.mark == StageMark::Changed && changed(line))
        })
        .collect();
    for line in &mut lines {
        line.cells = shown.iter().map(|at| line.cells[*at].clone()).collect();
    }
    let number = |mark: StageMark| lines.iter().filter(|line| line.mark == mark).count();
    let told: Vec<String> = [
        ("拆除", number(StageMark::Gone)),
        ("改变", number(StageMark::Changed)),
        ("新增", number(StageMark::New)),
        ("不变", number(StageMark::Kept)),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(word, count)| format!("{word} {}", counted(kind, count)))
    .collect();
    StageLedger {
        columns: shown
            .iter()
            .map(|at| StageColumn {
                label: fields[*at].label.to_owned(),
                unit: fields[*at].unit.to_owned(),
                number: matches!(
                    fields[*at].kind,
                    FieldType::Area | FieldType::Length | FieldType::Count | FieldType::Amount
                ),
            })
            .collect(),
        summary: told.join("，"),
        rows: lines,
    }
}

fn existing(
    compared: &Compared,
    state: &StageState,
    kind: KindCode,
    row: &Row,
    before: Vec<String>,
    was: Option<&Asset>,
    after: Option<&Asset>,
) -> StageRow {
    let mut mark = StageMark::Gone;
    let mut cells: Vec<StageCell> = before
        .into_iter()
        .map(|text| StageCell {
            after: text.clone(),
            before: text,
        })
        .collect();
    if let (Some(was), Some(after)) = (was, after) {
        mark = if after.cause.is_some() {
            StageMark::Changed
        } else {
            StageMark::Kept
        };
        for (field, cell) in kind.kind().fields.iter().zip(&mut cells) {
            let new = measure(&after.measures, field.code);
            if let Some(new) = new.filter(|new| measure(&was.measures, field.code) != Some(*new)) {
                cell.after = field.format(&Value::Integer(new));
            }
            if field.code == "condition" && was.faulty && !after.faulty {
                cell.after = field.format(&Value::Text("good".to_owned()));
            }
        }
    }
    let gone = state
        .demolished
        .iter()
        .find(|gone| gone.asset.id == Some(row.id));
    let cause = after
        .and_then(|after| after.cause)
        .or_else(|| gone.map(|gone| gone.cause));
    StageRow {
        record: Some(RecordLink {
            kind,
            id: row.id.to_string(),
            label: row.label.clone(),
        }),
        mark,
        cells,
        cause: cause.map_or_else(String::new, |cause| compared.item_name(cause)),
    }
}

fn new_row(compared: &Compared, kind: KindCode, asset: &Asset) -> StageRow {
    let cells = kind.kind().fields.iter().map(|field| {
        let after = if field.code == kind.kind().name_field {
            asset.label.clone()
        } else if field.code == "kind" {
            field.format(&Value::Text(asset.sort.clone()))
        } else {
            measure(&asset.measures, field.code)
                .map_or_else(String::new, |value| field.format(&Value::Integer(value)))
        };
        StageCell {
            before: String::new(),
            after,
        }
    });
    StageRow {
        record: None,
        mark: StageMark::New,
        cells: cells.collect(),
        cause: asset
            .cause
            .map_or_else(String::new, |cause| compared.item_name(cause)),
    }
}
