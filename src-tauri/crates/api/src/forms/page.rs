//! The form as a grid for the screen, and what its labels suggest.

use std::collections::{HashMap, HashSet};

use jiugai_domain::indicator::INDICATORS;
use jiugai_domain::statistic::STATISTICS;
use jiugai_domain::{KindCode, text};
use jiugai_exchange::form::{FormCell, FormGrid, Look, Place, Side, column_letters};

use super::source::{label_of, units_of};
use crate::wire::{
    FormBinding, FormColumn, FormDate, FormGridCell, FormLine, FormLook, FormSheet, FormSource,
    FormSuggestion, Stage,
};

/// A sheet for the screen.
pub(super) fn sheet(grid: &FormGrid) -> FormSheet {
    let columns = grid
        .widths
        .iter()
        .zip(0u32..)
        .map(|(width, column)| FormColumn {
            letters: column_letters(column),
            width: *width,
        });
    let count = u32::try_from(grid.widths.len()).unwrap_or(u32::MAX);
    let rows = grid
        .heights
        .iter()
        .zip(0u32..)
        .map(|(height, row)| FormLine {
            number: row + 1,
            height: *height,
            cells: (0..count)
                .map(|column| Place::new(row, column))
                .filter(|place| grid.anchor(*place) == *place)
                .map(|place| cell(grid, place))
                .collect(),
        });
    FormSheet {
        name: grid.name.clone(),
        columns: columns.collect(),
        rows: rows.collect(),
        cut: grid.cut,
    }
}

fn cell(grid: &FormGrid, place: Place) -> FormGridCell {
    let area = grid.area(place);
    let found: Option<&FormCell> = grid.cell(place);
    let corner = grid.cell(area.last).map(|cell| &cell.look);
    let look = found.map(|cell| cell.look.clone()).unwrap_or_default();
    FormGridCell {
        cell: place.to_string(),
        columns: area.last.column - area.first.column + 1,
        rows: area.last.row - area.first.row + 1,
        text: found.map_or_else(String::new, |cell| cell.text.clone()),
        formula: found.is_some_and(|cell| cell.formula),
        number: found.is_some_and(|cell| cell.number),
        look: shown(&look, corner),
    }
}

/// The lines of a merged area are those of its corners.
fn shown(look: &Look, corner: Option<&Look>) -> FormLook {
    let has = |side| {
        look.lines.contains(&side) || corner.is_some_and(|corner| corner.lines.contains(&side))
    };
    let sides = [
        (Side::Left, 'l'),
        (Side::Right, 'r'),
        (Side::Top, 't'),
        (Side::Bottom, 'b'),
    ];
    FormLook {
        bold: look.bold,
        italic: look.italic,
        size: look.size,
        color: look.color.clone().unwrap_or_default(),
        fill: look.fill.clone().unwrap_or_default(),
        horizontal: look.horizontal.clone(),
        vertical: look.vertical.clone(),
        wrap: look.wrap,
        lines: sides
            .iter()
            .filter(|(side, _)| has(*side))
            .map(|(_, letter)| letter)
            .collect(),
    }
}

/// What the labels of a sheet suggest for the blank cells beside and below them.
pub(super) fn suggest(grid: &FormGrid, bound: &[FormBinding]) -> Vec<FormSuggestion> {
    let words = words();
    let mut taken: HashSet<Place> = bound
        .iter()
        .filter(|binding| binding.sheet == grid.name)
        .filter_map(|binding| binding.cell.parse().ok())
        .collect();
    let mut found: Vec<(Place, FormSuggestion)> = Vec::new();
    for label in grid
        .cells
        .iter()
        .filter(|cell| !cell.formula && !cell.number)
    {
        let (word, unit) = bare(&label.text);
        let Some(source) = words.get(word.as_str()) else {
            continue;
        };
        let open = label.text.trim_end().ends_with([':', '：']);
        let (targets, beside) = targets(grid, label.place, open);
        for (place, per_row) in targets {
            if !taken.insert(place) {
                continue;
            }
            let source = staged(source, grid, label.place, place);
            let unit = units_of(&source)
                .iter()
                .find(|known| known.name == unit || known.name == beside)
                .map_or_else(String::new, |known| known.name.to_owned());
            found.push((
                place,
                FormSuggestion {
                    found: label.text.trim().to_owned(),
                    label: label_of(&source),
                    binding: FormBinding {
                        sheet: grid.name.clone(),
                        cell: place.to_string(),
                        source,
                        unit,
                        per_row,
                    },
                },
            ));
        }
    }
    found.sort_by_key(|(place, _)| *place);
    found
        .into_iter()
        .map(|(_, suggestion)| suggestion)
        .collect()
}

/// Units that a form writes in a column of its own.
const UNITS: [&str; 20] = [
    "个", "户", "人", "栋", "套", "部", "位", "台", "间", "件", "盏", "块", "㎡", "万㎡", "m",
    "公里", "元", "万元", "%", "处",
];

/// Cells that a label speaks of, each with whether a list begins there; and the unit that stands
/// between: to the right, on past a unit, and further to the right as long as the heads above name
/// a stage; else below.
fn targets(grid: &FormGrid, label: Place, open: bool) -> (Vec<(Place, bool)>, String) {
    let free = |place: Place| {
        let anchored = grid.anchor(place) == place;
        let inside = (place.column as usize) < grid.widths.len();
        let blank = match grid.cell(place) {
            Some(cell) => {
                cell.text.is_empty() && !cell.formula && (open || !cell.look.lines.is_empty())
            }
            None => open,
        };
        anchored && inside && blank
    };
    let area = grid.area(label);
    let mut right = Place::new(area.first.row, area.last.column + 1);
    let mut beside = as_unit(grid.text(right).trim());
    if UNITS.contains(&beside.as_str()) {
        right = Place::new(right.row, grid.area(right).last.column + 1);
    } else {
        beside.clear();
    }
    let mut cells = Vec::new();
    while free(right) && (cells.is_empty() || stage_above(grid, right).is_some()) {
        cells.push((right, false));
        right = Place::new(right.row, grid.area(right).last.column + 1);
    }
    let below = Place::new(area.last.row + 1, area.first.column);
    if cells.is_empty() && free(below) && heads(grid, label) {
        cells.push((below, true));
    }
    (cells, beside)
}

/// A label in a row of labels: what is below it is a list.
fn heads(grid: &FormGrid, place: Place) -> bool {
    let labels = grid
        .cells
        .iter()
        .filter(|cell| cell.place.row == place.row && !cell.text.is_empty() && !cell.number);
    labels.count() >= 3
}

/// The stage that a text names.
fn stage_in(text: &str) -> Option<Stage> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["完成率", "开工率"]) {
        None
    } else if has(&["完成", "竣工"]) {
        Some(Stage::AsBuilt)
    } else if has(&["方案", "计划", "改造后"]) {
        Some(Stage::Proposed)
    } else if has(&["改造前", "现状"]) {
        Some(Stage::Baseline)
    } else {
        None
    }
}

/// The stage that the head above a cell names.
fn stage_above(grid: &FormGrid, place: Place) -> Option<Stage> {
    let mut texts = (0..place.row)
        .rev()
        .map(|row| grid.text(grid.anchor(Place::new(row, place.column))));
    texts.find(|text| !text.is_empty()).and_then(stage_in)
}

/// A figure stands at the stage that its label or the head of its column names.
fn staged(source: &FormSource, grid: &FormGrid, label: Place, place: Place) -> FormSource {
    let told = stage_in(grid.text(label)).or_else(|| stage_above(grid, place));
    match source {
        FormSource::Indicator { code, .. } => FormSource::Indicator {
            code: code.clone(),
            stage: told.unwrap_or(Stage::Baseline),
        },
        FormSource::Statistic { code } => {
            let ending = match told {
                Some(Stage::Proposed) => "Planned",
                Some(Stage::AsBuilt) => "Completed",
                _ => "",
            };
            let other = format!("{}{ending}", code.get(..3).unwrap_or_default());
            let started = code.ends_with("Started");
            let known = STATISTICS.iter().any(|statistic| statistic.code == other);
            FormSource::Statistic {
                code: if known && !started {
                    other
                } else {
                    code.clone()
                },
            }
        }
        other => other.clone(),
    }
}

/// A unit as the ledger writes it.
fn as_unit(text: &str) -> String {
    text.replace("平方米", "㎡")
        .replace("m2", "㎡")
        .replace("千米", "公里")
        .replace("km", "公里")
        .replace('米', "m")
}

/// A label without its unit, its colon, its number and spaces; and the unit.
fn bare(label: &str) -> (String, String) {
    let plain: String = text::normalize(label)
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let plain = plain.trim_end_matches([':', '：', '*']).to_owned();
    let (plain, unit) = match plain.split_once(['(', '（']) {
        Some((word, rest)) => {
            let unit = rest.trim_end_matches([')', '）']);
            (
                word.to_owned(),
                unit.trim_start_matches("单位")
                    .trim_start_matches([':', '：'])
                    .to_owned(),
            )
        }
        None => (plain, String::new()),
    };
    let plain = plain
        .trim_start_matches("其中")
        .trim_start_matches([':', '：']);
    let start = plain
        .trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '、' | '*'));
    let unit = as_unit(&unit);
    (start.trim_end_matches([':', '：']).to_owned(), unit)
}

/// Every word that a label may use, the first meaning wins.
fn words() -> HashMap<String, FormSource> {
    let mut words = HashMap::new();
    let mut put = |word: &str, source: FormSource| {
        words.entry(bare(word).0).or_insert(source);
    };
    for (word, source) in own_words() {
        put(word, source);
    }
    for field in KindCode::Compound.kind().fields {
        for word in std::iter::once(&field.label).chain(field.synonyms) {
            put(
                word,
                FormSource::Field {
                    field: field.code.to_owned(),
                },
            );
        }
    }
    for statistic in STATISTICS {
        for word in std::iter::once(&statistic.label).chain(statistic.synonyms) {
            put(
                word,
                FormSource::Statistic {
                    code: statistic.code.to_owned(),
                },
            );
        }
    }
    for indicator in INDICATORS {
        let code = indicator.code.to_owned();
        put(
            indicator.label,
            FormSource::Indicator {
                code,
                stage: Stage::Baseline,
            },
        );
    }
    words
}

/// Words of forms that are neither a field nor a statistic.
fn own_words() -> Vec<(&'static str, FormSource)> {
    let indicator = |code: &str| FormSource::Indicator {
        code: code.to_owned(),
        stage: Stage::Baseline,
    };
    let statistic = |code: &str| FormSource::Statistic {
        code: code.to_owned(),
    };
    let field = |code: &str| FormSource::Field {
        field: code.to_owned(),
    };
    vec![
        ("序号", FormSource::Ordinal),
        ("填报单位", FormSource::Office),
        ("填表单位", FormSource::Office),
        ("上报单位", FormSource::Office),
        ("填表人", FormSource::Actor),
        ("填报人", FormSource::Actor),
        ("经办人", FormSource::Actor),
        (
            "填报日期",
            FormSource::Date {
                date: FormDate::Today,
            },
        ),
        (
            "填表日期",
            FormSource::Date {
                date: FormDate::Today,
            },
        ),
        (
            "上报日期",
            FormSource::Date {
                date: FormDate::Today,
            },
        ),
        (
            "日期",
            FormSource::Date {
                date: FormDate::Today,
            },
        ),
        (
            "填报月份",
            FormSource::Date {
                date: FormDate::Month,
            },
        ),
        ("改造小区数", statistic("S01Planned")),
        ("改造户数", statistic("S02Planned")),
        ("涉及楼栋数", statistic("S03")),
        ("总户数", indicator("households")),
        ("居民户数", indicator("households")),
        ("涉及户数", indicator("households")),
        ("总人数", indicator("people")),
        ("居民人数", indicator("people")),
        ("常住人口", indicator("people")),
        ("套数", indicator("dwellings")),
        ("停车位", indicator("parkingSpaces")),
        ("停车位数", indicator("parkingSpaces")),
        ("绿化面积", indicator("greenArea")),
        ("小区地址", field("address")),
        ("地址", field("address")),
        ("所属街道", field("subdistrict")),
        ("所属社区", field("community")),
        ("建成年份", field("builtFrom")),
        ("建成时间", field("builtFrom")),
        ("占地面积", field("siteArea")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("完成投资（万元）：", "完成投资", "万元")]
    #[case("1、 建 筑 面 积(平方米)", "建筑面积", "㎡")]
    #[case("管线长度（单位：千米）", "管线长度", "公里")]
    #[case("户数", "户数", "")]
    fn labels(#[case] label: &str, #[case] word: &str, #[case] unit: &str) {
        assert_eq!(bare(label), (word.to_owned(), unit.to_owned()));
    }
}
