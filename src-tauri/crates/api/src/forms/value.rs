//! What a cell is filled with for one compound, or for all together.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use jiugai_domain::comparison::{Combine, Figure, combine_of};
use jiugai_domain::kinds::choices;
use jiugai_domain::statistic::{Statistic, Status};
use jiugai_domain::{FieldType, KindCode, RecordId, fixed};
use jiugai_exchange::form::Fill;
use jiugai_storage::query::{CompoundCounts, counts};
use jiugai_storage::records::Record;
use jiugai_storage::{Connection, records};

use super::source::{field_of, units_of};
use crate::ApiError;
use crate::assets::Fields;
use crate::comparison::{Compared, compare, newest_plan};
use crate::plan::estimate_fen;
use crate::wire::{FormDate, FormSource, Stage};

/// Everything that is known of a compound.
pub(crate) struct Known {
    pub(super) id: RecordId,
    pub(crate) name: String,
    record: Record,
    counts: CompoundCounts,
    compared: Compared,
    invested_fen: Option<i64>,
}

/// Day, person and office of the filling.
pub(super) struct Occasion {
    pub(super) at: DateTime<FixedOffset>,
    pub(super) actor: String,
    pub(super) office: String,
}

/// What goes into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) fill: Fill,
    /// With its unit, for people.
    pub(super) shown: String,
    /// Why it is blank, or what to mind; empty when all is well.
    pub(super) note: String,
}

impl Told {
    fn blank(reason: impl Into<String>) -> Self {
        Self {
            fill: Fill::Blank,
            shown: String::new(),
            note: reason.into(),
        }
    }

    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            fill: Fill::Text(text.clone()),
            shown: text,
            note: String::new(),
        }
    }
}

/// Loads what is known of these compounds.
pub(crate) fn load(
    conn: &Connection,
    only: Option<RecordId>,
    year: i32,
) -> Result<Vec<Known>, ApiError> {
    counts(conn, only)?
        .into_iter()
        .map(|counts| {
            let id = counts.compound;
            let record =
                records::get(conn, KindCode::Compound, id)?.ok_or_else(ApiError::not_found)?;
            let compared = compare(conn, id, newest_plan(conn, id)?)?;
            Ok(Known {
                id,
                name: counts.name.clone(),
                record,
                invested_fen: invested(&compared, year),
                counts,
                compared,
            })
        })
        .collect()
}

/// Estimates of the items completed in a year; none when one of them has no estimate.
fn invested(compared: &Compared, year: i32) -> Option<i64> {
    let done = compared.items.iter().filter(|item| {
        let fields = Fields::of(KindCode::WorkItem, &item.values);
        let day = NaiveDate::parse_from_str(fields.text("completedOn"), "%Y-%m-%d");
        day.is_ok_and(|day| day.year() == year)
    });
    done.map(estimate_fen).sum()
}

impl Known {
    /// A field of the compound as people read it.
    pub(crate) fn text(&self, code: &str) -> String {
        let field = KindCode::Compound.kind().field(code);
        field.map_or_else(String::new, |field| field.format(self.record.value(code)))
    }

    /// Not one asset is on record: nobody has looked yet, so that nothing is known to be none.
    fn unsurveyed(&self) -> bool {
        let mut sums = self
            .compared
            .baseline
            .iter()
            .filter(|figure| combine_of(figure.indicator.code) == Combine::Sum);
        sums.all(|figure| figure.parts.is_empty())
    }

    pub(crate) fn status(&self) -> Status<'_> {
        let compared = &self.compared;
        Status {
            stage: self
                .counts
                .stage
                .as_deref()
                .and_then(|code| choices::STAGE.iter().position(|choice| choice.code == code)),
            programmed: !self.record.value("programme").is_null(),
            households: self.counts.households,
            buildings: self.counts.buildings,
            floor_area_dm2: self.counts.gross_floor_area_dm2,
            invested_fen: self.invested_fen,
            baseline: &compared.baseline,
            proposed: compared
                .proposed
                .as_deref()
                .map(|figures| (figures, compared.proposed_state.assets.as_slice())),
            as_built: compared
                .as_built
                .as_deref()
                .map(|figures| (figures, compared.as_built_state.assets.as_slice())),
        }
    }
}

/// What goes into a cell for these compounds: one, or all together.
pub(super) fn tell(
    source: &FormSource,
    unit: &str,
    compounds: &[&Known],
    ordinal: usize,
    occasion: &Occasion,
) -> Told {
    if compounds.is_empty()
        && matches!(
            source,
            FormSource::Field { .. } | FormSource::Statistic { .. } | FormSource::Indicator { .. }
        )
    {
        return Told::blank("台账里还没有小区");
    }
    match source {
        FormSource::Field { field } => field_value(field, unit, source, compounds),
        FormSource::Statistic { code } => {
            let Some(statistic) = Statistic::from_code(code) else {
                return Told::blank("台账没有记这一项");
            };
            let statuses: Vec<Status<'_>> = compounds.iter().map(|known| known.status()).collect();
            match statistic.of(&statuses) {
                Ok(value) => quantity(source, unit, value),
                Err(reason) => Told::blank(named(reason, compounds, |known| {
                    statistic.of(&[known.status()]).is_err()
                })),
            }
        }
        FormSource::Indicator { code, stage } => indicator(code, *stage, unit, source, compounds),
        FormSource::Date { date } => {
            let day = occasion.at.date_naive();
            Told::text(match date {
                FormDate::Today => jiugai_domain::date::format_long(day),
                FormDate::Month => format!("{}年{}月", day.year(), day.month()),
                FormDate::Year => format!("{}年", day.year()),
            })
        }
        FormSource::Text { text } => Told::text(text.as_str()),
        FormSource::Actor => Told::text(occasion.actor.as_str()),
        FormSource::Office if occasion.office.is_empty() => Told::blank("“设置”里还没有填单位名称"),
        FormSource::Office => Told::text(occasion.office.as_str()),
        FormSource::Ordinal => Told {
            fill: Fill::Number(ordinal.to_string()),
            shown: ordinal.to_string(),
            note: String::new(),
        },
    }
}

/// A reason with the compounds that it is about, when there are several.
fn named(reason: &str, compounds: &[&Known], lacks: impl Fn(&Known) -> bool) -> String {
    if compounds.len() < 2 {
        return reason.to_owned();
    }
    let names: Vec<&str> = compounds
        .iter()
        .filter(|known| lacks(known))
        .map(|known| known.name.as_str())
        .collect();
    match names.as_slice() {
        [] => reason.to_owned(),
        [only] => format!("{reason}（{only}）"),
        [first, ..] => format!("{reason}（{first} 等 {} 个小区）", names.len()),
    }
}

/// A stored integer in the unit of the binding, exactly.
fn quantity(source: &FormSource, unit: &str, value: i64) -> Told {
    let units = units_of(source);
    let Some(unit) = units
        .iter()
        .find(|known| known.name == unit)
        .or(units.first())
    else {
        return Told::blank("台账没有记这一项");
    };
    let exact = fixed::format(value, unit.decimals);
    let plain = match exact.contains('.') {
        true => exact.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => exact,
    };
    let spaced = if unit.name.is_empty() || unit.name == "小数" {
        plain.clone()
    } else {
        format!("{plain} {}", unit.name)
    };
    Told {
        fill: Fill::Number(plain),
        shown: spaced,
        note: String::new(),
    }
}

fn field_value(code: &str, unit: &str, source: &FormSource, compounds: &[&Known]) -> Told {
    let Some(field) = field_of(code) else {
        return Told::blank("台账没有记这一项");
    };
    let empty = |known: &Known| known.record.value(code).is_null();
    if compounds.iter().any(|known| empty(known)) {
        return Told::blank(named(
            &format!("“{}”没有填写", field.label),
            compounds,
            empty,
        ));
    }
    let summed = matches!(
        field.kind,
        FieldType::Count | FieldType::Area | FieldType::Money
    );
    if summed {
        let total = compounds
            .iter()
            .filter_map(|known| known.record.value(code).as_integer())
            .sum();
        return quantity(source, unit, total);
    }
    let Some(first) = compounds.first() else {
        return Told::blank("台账里还没有小区");
    };
    let value = first.record.value(code);
    if compounds
        .iter()
        .any(|known| known.record.value(code) != value)
    {
        return Told::blank(format!("各小区的“{}”不一样", field.label));
    }
    match (field.kind, value.as_integer()) {
        (FieldType::Length | FieldType::Ratio | FieldType::Amount, Some(number)) => {
            quantity(source, unit, number)
        }
        (FieldType::Year, Some(year)) => Told {
            fill: Fill::Number(year.to_string()),
            shown: year.to_string(),
            note: String::new(),
        },
        (FieldType::Date, _) => Told::text(crate::text::long_date(value.as_text())),
        _ => Told::text(field.format(value)),
    }
}

fn indicator(
    code: &str,
    stage: Stage,
    unit: &str,
    source: &FormSource,
    compounds: &[&Known],
) -> Told {
    let stage_figures =
        |known: &Known| -> Option<Figure> { known.compared.figure(stage, code).cloned() };
    let mut total = 0;
    let mut unfilled = 0;
    if compounds.len() > 1
        && !matches!(
            combine_of(code),
            Combine::Sum | Combine::Fact | Combine::Gap
        )
    {
        return Told::blank("各小区的这个数不能加在一起");
    }
    for known in compounds {
        let Some(figure) = stage_figures(known) else {
            return Told::blank(named("还没有改造方案", compounds, |known| {
                stage_figures(known).is_none()
            }));
        };
        let Some(value) = figure.value else {
            let lacks =
                |known: &Known| stage_figures(known).is_none_or(|figure| figure.value.is_none());
            return Told::blank(named("台账里没有可计算的记录", compounds, lacks));
        };
        if figure.parts.is_empty() && combine_of(code) == Combine::Sum && known.unsurveyed() {
            let lacks = |known: &Known| known.unsurveyed();
            return Told::blank(named(
                "车位、绿地、设施、管线都还没有登记",
                compounds,
                lacks,
            ));
        }
        total += value;
        unfilled += figure.unfilled;
    }
    let mut told = quantity(source, unit, total);
    if unfilled > 0 {
        told.note = format!("还有 {unfilled} 处没有填写，写的是已填部分的数");
    }
    told
}
