//! Places on a sheet: `B7`, `A1:C3`.

use std::fmt;
use std::str::FromStr;

/// A cell, row and column counted from 0. Shown and read as `B7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

/// Rows and columns of .xlsx.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

impl Place {
    /// A cell.
    #[must_use]
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

/// Letters of a column: 0 is `A`, 27 is `AB`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// Not a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cell")]
pub struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let text = text.replace('$', "");
        let split = text.find(|c: char| c.is_ascii_digit()).ok_or(NotAPlace)?;
        let (letters, digits) = text.split_at(split);
        if letters.is_empty() || letters.len() > 3 {
            return Err(NotAPlace);
        }
        let mut column = 0u32;
        for letter in letters.bytes() {
            if !letter.is_ascii_alphabetic() {
                return Err(NotAPlace);
            }
            column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        }
        let row: u32 = digits.parse().map_err(|_| NotAPlace)?;
        if row == 0 || row > ROWS || column > COLUMNS {
            return Err(NotAPlace);
        }
        Ok(Self::new(row - 1, column - 1))
    }
}

/// A rectangle of cells, both corners inside. Shown and read as `A1:C3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area {
    /// Top left.
    pub first: Place,
    /// Bottom right.
    pub last: Place,
}

impl Area {
    /// True when the cell lies inside.
    #[must_use]
    pub fn contains(&self, place: Place) -> bool {
        (self.first.row..=self.last.row).contains(&place.row)
            && (self.first.column..=self.last.column).contains(&place.column)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return write!(out, "{}", self.first);
        }
        write!(out, "{}:{}", self.first, self.last)
    }
}

impl FromStr for Area {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (one, other): (Place, Place) = (first.parse()?, last.parse()?);
        Ok(Self {
            first: Place::new(one.row.min(other.row), one.column.min(other.column)),
            last: Place::new(one.row.max(other.row), one.column.max(other.column)),
        })
    }
}
