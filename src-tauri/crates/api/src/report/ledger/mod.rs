//! Papers that are tables and letters over the ledger as it stands, one module each.

mod boards;
mod dossier;
mod names;
mod outbuildings;
mod overall;
mod pictures;
mod problems;
mod progress;
mod promise;
mod proposal;
mod works;

use jiugai_domain::{KindCode, RecordId};
use jiugai_storage::Connection;
use jiugai_storage::query::Row;

use super::{option, parameter};
use crate::wire::{ReportParameter, ReportParameterCode, ReportRequest};
use crate::{ApiError, assets, records};

/// The choice of whole names, for the office alone.
pub(super) const WHOLE_NAMES: &str = "whole";
/// The foot of a table.
const FOOT: [&str; 3] = ["填表人", "审核人", "日期"];

/// A record with its texts by field code.
struct Shown {
    row: Row,
    kind: KindCode,
    texts: Vec<String>,
}

impl Shown {
    /// Every record of a kind in a compound, in natural order.
    fn all(conn: &Connection, kind: KindCode, compound: RecordId) -> Result<Vec<Self>, ApiError> {
        let rows = assets::rows(conn, kind, compound)?;
        Ok(rows.into_iter().map(|row| Self::of(kind, row)).collect())
    }

    fn of(kind: KindCode, row: Row) -> Self {
        let texts = records::texts(kind.kind().fields, &row.values, &row.references);
        Self { row, kind, texts }
    }

    fn fields(&self) -> assets::Fields<'_> {
        assets::Fields::of(self.kind, &self.row.values)
    }

    fn text(&self, code: &str) -> &str {
        let mut fields = self.kind.kind().fields.iter();
        let at = fields.position(|field| field.code == code);
        at.and_then(|at| self.texts.get(at)).map_or("", |text| text)
    }

    fn is(&self, code: &str) -> bool {
        self.fields().flag(code) == Some(true)
    }
}

/// A text of the compound itself; empty when it is not filled in.
fn of_compound(conn: &Connection, compound: RecordId, code: &str) -> Result<String, ApiError> {
    let record = jiugai_storage::records::get(conn, KindCode::Compound, compound)?
        .ok_or_else(ApiError::not_found)?;
    Ok(record.value(code).as_text().unwrap_or("").to_owned())
}

fn foot() -> Vec<String> {
    FOOT.iter().map(|word| (*word).to_owned()).collect()
}

/// The choice between hidden and whole names.
fn names_choice(request: &ReportRequest) -> ReportParameter {
    parameter(
        ReportParameterCode::Variant,
        "姓名",
        request.variant.as_deref().unwrap_or(""),
        vec![
            option("", "隐去（公示用）"),
            option(WHOLE_NAMES, "全名（办公室核对用）"),
        ],
    )
}

fn whole_names(request: &ReportRequest) -> bool {
    request.variant.as_deref() == Some(WHOLE_NAMES)
}

/// A text, or a dash where the ledger holds none.
fn dash(text: &str) -> String {
    match text {
        "" => "—".to_owned(),
        text => text.to_owned(),
    }
}
