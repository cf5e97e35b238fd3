//! Subtotals and totals (小计、合计): never imported, always compared with the rows.

use std::collections::BTreeMap;

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldError, FieldType, KindCode, Value};

use super::header::Table;
use super::{
    ColumnRef, Issue, IssueCode, MappedColumn, Severity, SubtotalCheck, SubtotalScope,
    SurveyLedger, SurveyRow, Target,
};
use crate::grid::Cell;

const WORDS: [&str; 6] = ["小计", "合计", "总计", "共计", "累计", "总合计"];

/// The word that makes a row a subtotal or a total.
pub(crate) fn total_word(text: &str) -> Option<&'static str> {
    let text = normalize(text).replace(' ', "");
    if text.chars().count() > 14 {
        return None;
    }
    WORDS.into_iter().rev().find(|word| text.contains(word))
}

/// A column whose cells are summed.
pub(crate) fn summed(column: &MappedColumn) -> Option<&'static Field> {
    let counted = matches!(
        column.target,
        Target::Field { .. } | Target::Outbuilding { .. }
    );
    column
        .target
        .field()
        .filter(|field| counted && matches!(field.kind, FieldType::Count | FieldType::Area))
}

/// Sums of some rows.
#[derive(Debug, Clone, Default)]
struct Sums {
    dwellings: i64,
    columns: BTreeMap<u32, i64>,
}

impl Sums {
    fn add(&mut self, amounts: &[(u32, i64)]) {
        self.dwellings += 1;
        for (column, amount) in amounts {
            *self.columns.entry(*column).or_default() += amount;
        }
    }

    fn of(&self, stated: &Stated) -> i64 {
        if stated.target == Target::Room {
            self.dwellings
        } else {
            self.columns.get(&stated.index).copied().unwrap_or(0)
        }
    }

    fn agreeing(&self, stated: &[Stated]) -> usize {
        stated
            .iter()
            .filter(|stated| self.of(stated) == stated.amount)
            .count()
    }
}

/// One figure of a total row.
struct Stated {
    index: u32,
    column: ColumnRef,
    target: Target,
    amount: i64,
    decimals: u32,
    unit: &'static str,
    text: String,
}

enum Reach {
    Entrance,
    Building,
    /// 合计 may close one building or the whole sheet; known when every row was read.
    Open,
    All,
}

struct TotalRow {
    row: u32,
    reach: Reach,
    building: String,
    entrance: String,
    entrance_sums: Sums,
    building_sums: Sums,
    stated: Vec<Stated>,
}

/// Running sums of a sheet and the total rows met so far.
#[derive(Default)]
pub(crate) struct Tally {
    entrance: Sums,
    building: Sums,
    all: Sums,
    last: Option<(String, Option<String>)>,
    totals: Vec<TotalRow>,
}

impl Tally {
    /// Counts an imported row.
    pub(crate) fn add(&mut self, row: &SurveyRow, amounts: &[(u32, i64)]) {
        for sums in [&mut self.entrance, &mut self.building, &mut self.all] {
            sums.add(amounts);
        }
        self.last = Some((row.building.clone(), row.entrance.clone()));
    }

    /// Takes a total row (counted from 0); true when it closes a building.
    pub(crate) fn total(
        &mut self,
        sheet: &str,
        row: u32,
        word: &str,
        cells: &[Cell],
        table: &Table,
        issues: &mut Vec<Issue>,
    ) -> bool {
        let opening = cells
            .iter()
            .find(|cell| total_word(&cell.text).is_some())
            .map_or("", |cell| cell.text.as_str());
        let reach = match word {
            "小计" if opening.contains("单元") => Reach::Entrance,
            "小计" => Reach::Building,
            "总计" | "总合计" => Reach::All,
            _ if self.all.dwellings == 0 => Reach::All,
            _ => Reach::Open,
        };
        let stated = stated(sheet, row, cells, table, issues);
        let (building, entrance) = self.last.clone().unwrap_or_default();
        let closes_building = matches!(reach, Reach::Building | Reach::Open);
        self.totals.push(TotalRow {
            row: row + 1,
            reach,
            building,
            entrance: entrance.unwrap_or_default(),
            entrance_sums: std::mem::take(&mut self.entrance),
            building_sums: self.building.clone(),
            stated,
        });
        if closes_building {
            self.building = Sums::default();
        }
        closes_building
    }

    /// Compares every total row with the rows.
    pub(crate) fn finish(self, sheet: &str, ledger: &mut SurveyLedger) {
        let last_open = self
            .totals
            .iter()
            .rposition(|total| matches!(total.reach, Reach::Open));
        for (index, total) in self.totals.iter().enumerate() {
            let whole = match total.reach {
                Reach::All => true,
                Reach::Entrance | Reach::Building => false,
                Reach::Open => {
                    let (of_all, of_building) = (
                        self.all.agreeing(&total.stated),
                        total.building_sums.agreeing(&total.stated),
                    );
                    total.building_sums.dwellings == 0
                        || of_all > of_building
                        || (of_all == of_building && last_open == Some(index))
                }
            };
            let building = total.building.clone();
            let (scope, sums) = if whole {
                (SubtotalScope::All, &self.all)
            } else if matches!(total.reach, Reach::Entrance) {
                (
                    SubtotalScope::Entrance {
                        building,
                        entrance: total.entrance.clone(),
                    },
                    &total.entrance_sums,
                )
            } else {
                (SubtotalScope::Building { building }, &total.building_sums)
            };
            for stated in &total.stated {
                let computed = sums.of(stated);
                let equal = computed == stated.amount;
                if !equal {
                    ledger.issues.push(Issue {
                        severity: Severity::Warning,
                        sheet: sheet.to_owned(),
                        row: Some(total.row),
                        column: Some(stated.column.clone()),
                        code: IssueCode::SubtotalDiffers {
                            check: ledger.checks.len(),
                        },
                        text: stated.text.clone(),
                    });
                }
                ledger.checks.push(SubtotalCheck {
                    sheet: sheet.to_owned(),
                    row: total.row,
                    scope: scope.clone(),
                    column: stated.column.clone(),
                    target: stated.target,
                    stated: stated.amount,
                    computed,
                    decimals: stated.decimals,
                    unit: stated.unit,
                    equal,
                });
            }
        }
    }
}

fn stated(
    sheet: &str,
    row: u32,
    cells: &[Cell],
    table: &Table,
    issues: &mut Vec<Issue>,
) -> Vec<Stated> {
    let mut output = Vec::new();
    let mut dwellings_found = false;
    for cell in cells {
        let Some(column) = table
            .mapped
            .iter()
            .find(|column| column.index == cell.column)
        else {
            continue;
        };
        if let Some(field) = summed(column) {
            match field.parse(&cell.text) {
                Ok(Value::Integer(amount)) => output.push(Stated {
                    index: cell.column,
                    column: column.column.clone(),
                    target: column.target,
                    amount,
                    decimals: field.decimals().unwrap_or(0),
                    unit: field.unit,
                    text: cell.text.clone(),
                }),
                Ok(_) => {}
                Err(error) => issues.push(Issue {
                    severity: Severity::Warning,
                    sheet: sheet.to_owned(),
                    row: Some(row + 1),
                    column: Some(column.column.clone()),
                    code: bad_cell(column.target, error),
                    text: cell.text.clone(),
                }),
            }
        } else if !dwellings_found
            && let Some(amount) = dwellings(&cell.text, column.target == Target::Room)
        {
            dwellings_found = true;
            output.push(Stated {
                index: cell.column,
                column: column.column.clone(),
                target: Target::Room,
                amount,
                decimals: 0,
                unit: "户",
                text: cell.text.clone(),
            });
        }
    }
    output
}

/// `24户`, `共24套`, and a bare `24` in the room column.
fn dwellings(text: &str, bare: bool) -> Option<i64> {
    let text = normalize(text).replace(' ', "");
    let counted = text.strip_suffix('户').or_else(|| text.strip_suffix('套'));
    let before = counted.or_else(|| bare.then_some(text.as_str()))?;
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit())
        .last()?
        .0;
    before[start..].parse().ok()
}

/// The issue of a cell that cannot be stored.
pub(crate) fn bad_cell(target: Target, error: FieldError) -> IssueCode {
    let (kind, field) = match target {
        Target::Field { kind, field } => (kind, field),
        Target::Outbuilding { .. } => (KindCode::Outbuilding, "rooms"),
        Target::Phone => (KindCode::Household, "phone"),
        Target::OwnerName => (KindCode::Owner, "name"),
        Target::WorkUnit => (KindCode::WorkUnit, "name"),
        Target::Storey => (KindCode::Dwelling, "storey"),
        Target::Building | Target::Address | Target::Serial => (KindCode::Dwelling, "building"),
        Target::Entrance => (KindCode::Dwelling, "entrance"),
        Target::Room => (KindCode::Dwelling, "room"),
    };
    match error {
        FieldError::NotAChoice => IssueCode::UnknownChoice { kind, field },
        error => IssueCode::BadCell { kind, field, error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("小 计", Some("小计"))]
    #[case("1号楼小计：", Some("小计"))]
    #[case("总　计", Some("总计"))]
    #[case("共计307户", Some("共计"))]
    #[case("合同", None)]
    #[case("注：合计数以现场核实为准，电话自愿填写", None)]
    fn words(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(total_word(text), expected);
    }

    #[rstest]
    #[case("24户", false, Some(24))]
    #[case("共２４套", false, Some(24))]
    #[case("24", true, Some(24))]
    #[case("24", false, None)]
    #[case("小计", true, None)]
    fn dwelling_counts(#[case] text: &str, #[case] bare: bool, #[case] expected: Option<i64>) {
        assert_eq!(dwellings(text, bare), expected);
    }
}
