//! What cells of a form can be filled with, and in which units.

use jiugai_domain::indicator::{INDICATORS, Indicator};
use jiugai_domain::statistic::{STATISTICS, Statistic};
use jiugai_domain::{Field, FieldType, KindCode};

use crate::wire::{FormDate, FormSource, FormSourceChoice, FormSourceGroup, Stage};

/// A unit that a quantity can be written in.
pub(super) struct Unit {
    pub(super) name: &'static str,
    /// The stored integer divided by 10 to this power.
    pub(super) decimals: u32,
}

const fn u(name: &'static str, decimals: u32) -> Unit {
    Unit { name, decimals }
}

const AREA: &[Unit] = &[u("㎡", 2), u("万㎡", 6)];
const LENGTH: &[Unit] = &[u("m", 3), u("公里", 6)];
const MONEY: &[Unit] = &[u("元", 2), u("万元", 6)];
const SHARE: &[Unit] = &[u("%", 2), u("小数", 4)];

/// Units of a stored quantity; `own` is the name of a count or an amount.
fn units(unit_code: &str, own: &'static str) -> Vec<Unit> {
    let of = |list: &'static [Unit]| {
        list.iter()
            .map(|unit| u(unit.name, unit.decimals))
            .collect()
    };
    match unit_code {
        "dm2" if own == "㎡" => of(AREA),
        "mm" => of(LENGTH),
        "fen" => of(MONEY),
        "bp" => of(SHARE),
        "dm2" | "hundredths" => vec![u(own, 2)],
        _ => vec![u(own, 0)],
    }
}

/// Units of a source, the usual one first; none for texts.
pub(super) fn units_of(source: &FormSource) -> Vec<Unit> {
    match source {
        FormSource::Field { field } => field_of(field).map_or_else(Vec::new, |field| {
            let code = match field.kind {
                FieldType::Area => "dm2",
                FieldType::Length => "mm",
                FieldType::Money => "fen",
                FieldType::Ratio => "bp",
                FieldType::Amount => "hundredths",
                FieldType::Count => "count",
                _ => return Vec::new(),
            };
            units(code, if code == "dm2" { "㎡" } else { field.unit })
        }),
        FormSource::Statistic { code } => Statistic::from_code(code)
            .map_or_else(Vec::new, |statistic| {
                units(statistic.unit_code, statistic.unit)
            }),
        FormSource::Indicator { code, .. } => Indicator::from_code(code)
            .map_or_else(Vec::new, |indicator| {
                units(indicator.unit_code, indicator.unit)
            }),
        _ => Vec::new(),
    }
}

/// The field of a compound.
pub(super) fn field_of(code: &str) -> Option<&'static Field> {
    KindCode::Compound.kind().field(code)
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Baseline => "改造前",
        Stage::Proposed => "方案",
        Stage::AsBuilt => "竣工",
    }
}

/// What people call a source.
pub(super) fn label_of(source: &FormSource) -> String {
    match source {
        FormSource::Field { field } => {
            field_of(field).map_or_else(|| field.clone(), |field| field.label.to_owned())
        }
        FormSource::Statistic { code } => {
            Statistic::from_code(code).map_or_else(|| code.clone(), |found| found.label.to_owned())
        }
        FormSource::Indicator { code, stage } => {
            let label = Indicator::from_code(code).map_or(code.as_str(), |found| found.label);
            format!("{label}（{}）", stage_word(*stage))
        }
        FormSource::Date { date } => match date {
            FormDate::Today => "填表日期".to_owned(),
            FormDate::Month => "填表年月".to_owned(),
            FormDate::Year => "填表年份".to_owned(),
        },
        FormSource::Text { text } => format!("“{text}”"),
        FormSource::Actor => "录入员".to_owned(),
        FormSource::Office => "填报单位".to_owned(),
        FormSource::Ordinal => "序号".to_owned(),
    }
}

fn choice(source: FormSource, words: &[&str], note: &str) -> FormSourceChoice {
    FormSourceChoice {
        label: label_of(&source),
        words: words.join(" "),
        note: note.to_owned(),
        units: units_of(&source)
            .iter()
            .map(|unit| unit.name.to_owned())
            .collect(),
        source,
    }
}

/// Everything that a cell can be filled with, by headings.
pub(super) fn groups() -> Vec<FormSourceGroup> {
    let fields = KindCode::Compound.kind().fields.iter().map(|field| {
        let source = FormSource::Field {
            field: field.code.to_owned(),
        };
        choice(source, field.synonyms, field.help)
    });
    let statistics = STATISTICS.iter().map(|statistic| {
        let source = FormSource::Statistic {
            code: statistic.code.to_owned(),
        };
        let mut words = vec![statistic.number];
        words.extend(statistic.synonyms);
        choice(source, &words, statistic.derivation)
    });
    let indicators = |stage: Stage| {
        INDICATORS.iter().map(move |indicator| {
            let code = indicator.code.to_owned();
            choice(FormSource::Indicator { code, stage }, &[], "")
        })
    };
    let others = [
        choice(
            FormSource::Date {
                date: FormDate::Today,
            },
            &["日期", "填报日期", "上报日期"],
            "",
        ),
        choice(
            FormSource::Date {
                date: FormDate::Month,
            },
            &["月份", "填报月份"],
            "",
        ),
        choice(
            FormSource::Date {
                date: FormDate::Year,
            },
            &["年度", "年份"],
            "",
        ),
        choice(
            FormSource::Office,
            &["单位", "填表单位", "街道"],
            "在“设置”里写的单位名称",
        ),
        choice(
            FormSource::Actor,
            &["填表人", "填报人", "经办人"],
            "在“设置”里写的录入员",
        ),
        choice(FormSource::Ordinal, &["编号"], "按小区逐行填时的第几行"),
    ];
    let group = |title: &str, choices: Vec<FormSourceChoice>| FormSourceGroup {
        title: title.to_owned(),
        choices,
    };
    vec![
        group("小区字段", fields.collect()),
        group("统计数", statistics.collect()),
        group("指标（改造前）", indicators(Stage::Baseline).collect()),
        group("指标（方案）", indicators(Stage::Proposed).collect()),
        group("指标（竣工）", indicators(Stage::AsBuilt).collect()),
        group("日期、单位、人", others.into()),
    ]
}
