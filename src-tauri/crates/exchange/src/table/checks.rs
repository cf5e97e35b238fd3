//! Subtotals and totals (小计、合计): never imported, always compared with the rows.

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldType, Total, Value};

use super::{Table, Target};

/// Which rows a total speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckScope {
    /// One entrance (单元小计).
    Entrance {
        /// Canonical name of the building.
        building: String,
        /// Canonical name of the entrance.
        entrance: String,
    },
    /// One building (小计).
    Building {
        /// Canonical name.
        building: String,
    },
    /// The rows since the total before.
    Above,
    /// Every row of the table.
    All,
}

/// One stated figure against the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Row of the total, counted from 1.
    pub row: u32,
    /// First and last record that it sums, counted from 1; `None` when it sums none.
    pub rows: Option<(u32, u32)>,
    /// Which rows it speaks of.
    pub scope: CheckScope,
    /// Place of the column in the table.
    pub column: usize,
    /// What is summed; [`Target::Room`] counts the records.
    pub target: Target,
    /// Figure of the file, in the stored unit.
    pub stated: i64,
    /// Sum over the records, in the stored unit.
    pub computed: i64,
    /// Decimal places of both.
    pub decimals: u32,
    /// Unit, empty for none.
    pub unit: &'static str,
    /// They agree.
    pub equal: bool,
}

/// The field by which a column is summed.
pub(super) fn summed(target: Target) -> Option<&'static Field> {
    target.field().filter(|field| {
        !matches!(target, Target::Phone)
            && (field.total == Total::Sum
                || matches!(field.kind, FieldType::Area | FieldType::Money))
            && matches!(
                field.kind,
                FieldType::Count
                    | FieldType::Area
                    | FieldType::Length
                    | FieldType::Money
                    | FieldType::Amount
            )
    })
}

#[derive(Debug, Clone)]
struct Sums {
    records: i64,
    columns: Vec<i64>,
    rows: Option<(u32, u32)>,
}

impl Sums {
    fn new(columns: usize) -> Self {
        Self {
            records: 0,
            columns: vec![0; columns],
            rows: None,
        }
    }

    fn add(&mut self, row: u32, amounts: &[(usize, i64)]) {
        self.records += 1;
        for (column, amount) in amounts {
            self.columns[*column] = self.columns[*column].saturating_add(*amount);
        }
        self.rows = Some((self.rows.map_or(row, |(first, _)| first), row));
    }

    fn clear(&mut self) {
        *self = Self::new(self.columns.len());
    }

    fn of(&self, stated: &Stated) -> i64 {
        if stated.target == Target::Room {
            self.records
        } else {
            self.columns[stated.column]
        }
    }

    fn agreeing(&self, stated: &[Stated]) -> usize {
        stated
            .iter()
            .filter(|stated| self.of(stated) == stated.amount)
            .count()
    }
}

#[derive(Debug)]
pub(super) struct Stated {
    pub(super) column: usize,
    pub(super) target: Target,
    pub(super) amount: i64,
    pub(super) decimals: u32,
    pub(super) unit: &'static str,
}

enum Reach {
    Entrance,
    Building,
    /// 合计 may close a part or the whole table; known when every row was read.
    Open,
    All,
}

struct TotalRow {
    row: u32,
    reach: Reach,
    building: Option<String>,
    entrance: Option<String>,
    by_entrance: Sums,
    by_building: Sums,
    stated: Vec<Stated>,
}

/// Running sums of a table and the total rows met so far.
pub(super) struct Tally {
    entrance: Sums,
    building: Sums,
    all: Sums,
    last: (Option<String>, Option<String>),
    totals: Vec<TotalRow>,
}

impl Tally {
    pub(super) fn new(table: &Table) -> Self {
        let sums = Sums::new(table.columns.len());
        Self {
            entrance: sums.clone(),
            building: sums.clone(),
            all: sums,
            last: (None, None),
            totals: Vec::new(),
        }
    }

    /// Counts a record (row counted from 1).
    pub(super) fn add(
        &mut self,
        row: u32,
        building: Option<&String>,
        entrance: Option<&String>,
        amounts: &[(usize, i64)],
    ) {
        for sums in [&mut self.entrance, &mut self.building, &mut self.all] {
            sums.add(row, amounts);
        }
        if self.last.0.as_ref() != building || self.last.1.as_ref() != entrance {
            self.last = (building.cloned(), entrance.cloned());
        }
    }

    /// Takes a total row (counted from 1); true when it closes a building.
    pub(super) fn total(
        &mut self,
        row: u32,
        word: &str,
        opening: &str,
        stated: Vec<Stated>,
    ) -> bool {
        let reach = match word {
            "小计" if opening.contains("单元") => Reach::Entrance,
            "小计" => Reach::Building,
            "总计" | "总合计" => Reach::All,
            _ if self.all.records == 0 => Reach::All,
            _ => Reach::Open,
        };
        let closes = matches!(reach, Reach::Building | Reach::Open);
        let (building, entrance) = self.last.clone();
        self.totals.push(TotalRow {
            row,
            reach,
            building,
            entrance,
            by_entrance: self.entrance.clone(),
            by_building: self.building.clone(),
            stated,
        });
        self.entrance.clear();
        if closes {
            self.building.clear();
        }
        closes
    }

    /// Compares every total row with the records.
    pub(super) fn finish(self) -> Vec<Check> {
        let last_open = self
            .totals
            .iter()
            .rposition(|total| matches!(total.reach, Reach::Open));
        let mut checks = Vec::new();
        for (index, total) in self.totals.into_iter().enumerate() {
            let whole = match total.reach {
                Reach::All => true,
                Reach::Entrance | Reach::Building => false,
                Reach::Open => {
                    let of_all = self.all.agreeing(&total.stated);
                    let of_part = total.by_building.agreeing(&total.stated);
                    total.by_building.records == 0
                        || of_all > of_part
                        || (of_all == of_part && last_open == Some(index))
                }
            };
            let (scope, sums) = match (whole, total.reach, total.building, total.entrance) {
                (true, ..) => (CheckScope::All, &self.all),
                (_, Reach::Entrance, Some(building), Some(entrance)) => (
                    CheckScope::Entrance { building, entrance },
                    &total.by_entrance,
                ),
                (_, Reach::Entrance, ..) => (CheckScope::Above, &total.by_entrance),
                (_, _, Some(building), _) => {
                    (CheckScope::Building { building }, &total.by_building)
                }
                _ => (CheckScope::Above, &total.by_building),
            };
            for stated in total.stated {
                let computed = sums.of(&stated);
                checks.push(Check {
                    row: total.row,
                    rows: sums.rows,
                    scope: scope.clone(),
                    column: stated.column,
                    target: stated.target,
                    stated: stated.amount,
                    computed,
                    decimals: stated.decimals,
                    unit: stated.unit,
                    equal: computed == stated.amount,
                });
            }
        }
        checks
    }
}

/// The figure of a summed cell in a total row.
pub(super) fn stated(
    column: usize,
    target: Target,
    field: &Field,
    value: &Value,
) -> Option<Stated> {
    Some(Stated {
        column,
        target,
        amount: value.as_integer()?,
        decimals: field.decimals().unwrap_or(0),
        unit: field.unit,
    })
}

/// Records counted in a total row: `24户`, `共24套`, and a bare `24` in the room column.
pub(super) fn counted(column: usize, target: Target, text: &str) -> Option<Stated> {
    let text = normalize(text).replace(' ', "");
    let counted = text.strip_suffix('户').or_else(|| text.strip_suffix('套'));
    let bare = matches!(target, Target::Room | Target::Address);
    let before = counted.or_else(|| bare.then_some(text.as_str()))?;
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit())
        .last()?
        .0;
    Some(Stated {
        column,
        target: Target::Room,
        amount: before[start..].parse().ok()?,
        decimals: 0,
        unit: "户",
    })
}
