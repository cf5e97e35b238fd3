//! Which value goes into which cell, for each of the three ways to fill.

use jiugai_domain::RecordId;
use jiugai_exchange::form::{Fill, Form, FormError, FormGrid, Patch, Place};

use super::source::label_of;
use super::value::{Known, Occasion, Told, tell};
use crate::wire::FormBinding;
use crate::{ApiError, ErrorCode};

/// One cell to be written.
pub(super) struct Written {
    pub(super) sheet: String,
    pub(super) place: Place,
    /// The cell of the binding: another one for the second row of a list.
    pub(super) bound: Place,
    pub(super) label: String,
    /// The compound; none for all together.
    pub(super) compound: Option<(RecordId, String)>,
    pub(super) told: Told,
}

impl Written {
    pub(super) fn patch(&self) -> Patch {
        Patch {
            sheet: self.sheet.clone(),
            place: self.place,
            fill: self.told.fill.clone(),
            like: (self.place != self.bound).then_some(self.bound),
        }
    }

    /// Only blank because nothing is known.
    pub(super) fn blank(&self) -> bool {
        self.told.fill == Fill::Blank
    }

    /// `基本情况 B7`.
    pub(super) fn where_(&self) -> String {
        format!("{} {}", self.sheet, self.place)
    }
}

/// The cell of a binding.
pub(super) fn place_of(binding: &FormBinding) -> Result<Place, ApiError> {
    binding.cell.parse().map_err(|_| {
        ApiError::new(
            ErrorCode::Invalid,
            "格子写得不对",
            format!("“{}”不是一个格子，格子写成 B7 这样。", binding.cell),
            "请重新点一下要填的格子。",
        )
    })
}

/// The cells of one file about one compound.
pub(super) fn of_one(
    bindings: &[FormBinding],
    known: &Known,
    occasion: &Occasion,
) -> Result<Vec<Written>, ApiError> {
    let cell = |binding: &FormBinding| {
        let place = place_of(binding)?;
        Ok(Written {
            sheet: binding.sheet.clone(),
            place,
            bound: place,
            label: label_of(&binding.source),
            compound: Some((known.id, known.name.clone())),
            told: tell(&binding.source, &binding.unit, &[known], 1, occasion),
        })
    };
    bindings.iter().map(cell).collect()
}

/// The cells of one file about all compounds: a row each, the other cells about all together.
pub(super) fn of_all(
    form: &Form,
    bindings: &[FormBinding],
    known: &[Known],
    occasion: &Occasion,
) -> Result<Vec<Written>, ApiError> {
    let all: Vec<&Known> = known.iter().collect();
    let mut written = Vec::new();
    for binding in bindings {
        let place = place_of(binding)?;
        let mut cell = |place_now: Place, compound: Option<&Known>, told: Told| {
            written.push(Written {
                sheet: binding.sheet.clone(),
                place: place_now,
                bound: place,
                label: label_of(&binding.source),
                compound: compound.map(|known| (known.id, known.name.clone())),
                told,
            });
        };
        if binding.per_row {
            for (index, one) in known.iter().enumerate() {
                let told = tell(&binding.source, &binding.unit, &[one], index + 1, occasion);
                let down = u32::try_from(index).unwrap_or(u32::MAX);
                cell(Place::new(place.row + down, place.column), Some(one), told);
            }
        } else {
            cell(
                place,
                None,
                tell(&binding.source, &binding.unit, &all, 1, occasion),
            );
        }
    }
    enough_rows(form, bindings, known.len())?;
    Ok(written)
}

/// Makes sure that a list has room for so many rows: it ends before a total, a formula, a text or
/// a merged area.
fn enough_rows(form: &Form, bindings: &[FormBinding], needed: usize) -> Result<(), ApiError> {
    let mut lists: Vec<(&str, u32)> = Vec::new();
    for binding in bindings.iter().filter(|binding| binding.per_row) {
        let row = place_of(binding)?.row;
        if !lists.contains(&(binding.sheet.as_str(), row)) {
            lists.push((&binding.sheet, row));
        }
    }
    for (sheet, row) in lists {
        let grid = form
            .grid(sheet)
            .map_err(|error| at(error, Place::new(row, 0)))?;
        let columns: Vec<u32> = bindings
            .iter()
            .filter(|binding| binding.per_row && binding.sheet == sheet)
            .filter_map(|binding| place_of(binding).ok())
            .filter(|place| place.row == row)
            .map(|place| place.column)
            .collect();
        let wanted = u32::try_from(needed).unwrap_or(u32::MAX);
        let end =
            (row + 1..row.saturating_add(wanted)).find(|next| ends(&grid, &columns, row, *next));
        if let Some(end) = end {
            let room = end - row;
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "表里的行不够",
                format!(
                    "工作表“{sheet}”从第 {} 行起只留了 {room} 行，台账里有 {needed} 个小区；第 {} 行是合计、公式或文字，不能覆盖。什么也没有写。",
                    row + 1,
                    end + 1
                ),
                "请在 Excel 或 WPS 里给表样插入几行，存好后重新选这张表。",
            ));
        }
    }
    Ok(())
}

/// Names the cell that the error is about.
fn at(error: FormError, place: Place) -> FormError {
    match error {
        FormError::NoSheet { sheet, .. } => FormError::NoSheet { sheet, place },
        other => other,
    }
}

const LAST_WORDS: [&str; 9] = [
    "合计",
    "总计",
    "小计",
    "填表人",
    "填报人",
    "审核",
    "制表",
    "备注：",
    "说明",
];

fn ends(grid: &FormGrid, columns: &[u32], first: u32, row: u32) -> bool {
    let of_row = grid.cells.iter().filter(|cell| cell.place.row == row);
    for cell in of_row {
        let bare: String = cell
            .text
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .collect();
        if LAST_WORDS.iter().any(|word| bare.starts_with(word)) {
            return true;
        }
        let bound = columns.contains(&cell.place.column);
        if bound && (cell.formula || (!cell.text.is_empty() && !cell.number)) {
            return true;
        }
    }
    columns.iter().any(|column| {
        let (above, here) = (
            grid.area(Place::new(first, *column)),
            grid.area(Place::new(row, *column)),
        );
        here.first.row != row
            || here.last.row - here.first.row != above.last.row - above.first.row
            || here.first.column != above.first.column
    })
}
