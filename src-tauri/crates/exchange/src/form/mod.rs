//! The superior's form (上级表样): a workbook that somebody else made, looked at and filled in.
//!
//! [`Form::open`] reads it for a preview; [`Form::fill`] writes values into its cells. Only the
//! bytes of the filled cells change (and what a new cell needs around it: its row, the `spans` of
//! its row, the `dimension` of its sheet). When the workbook holds formulas, `workbook.xml` asks
//! the reader to calculate everything anew at opening, because the kept results of formulas are
//! left as they stand. All other parts are copied packed as they are, in their order.

mod grid;
mod look;
mod package;
mod patch;
mod place;
mod scan;
mod shape;
#[cfg(test)]
mod tests;

use crate::ExchangeError;
use crate::package::{PackageKind, check};
use crate::sniff::{Container, container};

pub use grid::{FormCell, FormGrid};
pub use look::{Look, Side};
pub use package::zip_files;
pub use place::{Area, Place, column_letters};

/// What a cell is filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// A number as Excel writes it, such as `-12.5`.
    Number(String),
    /// A text.
    Text(String),
    /// Nothing: what cannot be told is left blank.
    Blank,
}

/// One cell to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell.
    pub place: Place,
    /// What goes into it.
    pub fill: Fill,
    /// A cell whose style a cell that is not there yet takes, such as the first row's of a list.
    pub like: Option<Place>,
}

/// Why a form cannot be read or filled. Chinese wording: `jiugai-api`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The file itself.
    #[error(transparent)]
    File(#[from] ExchangeError),
    /// A workbook of another format (.xls, .et, .ods): to be saved as .xlsx first.
    #[error("a workbook, but not .xlsx")]
    OtherFormat,
    /// The form has no such sheet any more.
    #[error("no sheet {sheet}")]
    NoSheet {
        /// Name of the sheet.
        sheet: String,
        /// The cell that was to be filled.
        place: Place,
    },
    /// The cell holds a formula of the form.
    #[error("sheet {sheet}, {place}: a formula")]
    Formula {
        /// Name of the sheet.
        sheet: String,
        /// The cell.
        place: Place,
    },
}

/// A form, opened.
#[derive(Debug)]
pub struct Form {
    bytes: Vec<u8>,
    sheets: Vec<SheetPart>,
    shape: shape::Shape,
}

/// A sheet and the part of the package that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SheetPart {
    name: String,
    part: String,
    hidden: bool,
}

impl Form {
    /// Opens a form.
    ///
    /// # Errors
    /// [`FormError::OtherFormat`], [`FormError::File`].
    pub fn open(bytes: Vec<u8>) -> Result<Self, FormError> {
        match container(&bytes)? {
            Container::Compound => return Err(FormError::OtherFormat),
            Container::Package => {}
        }
        if check(&bytes)?.kind != PackageKind::Workbook {
            return Err(FormError::OtherFormat);
        }
        let (sheets, shape) = package::read(&bytes)?;
        if sheets.is_empty() {
            return Err(ExchangeError::Empty.into());
        }
        Ok(Self {
            bytes,
            sheets,
            shape,
        })
    }

    /// Names of the sheets that people see, in the order of the tabs.
    #[must_use]
    pub fn sheet_names(&self) -> Vec<&str> {
        let seen = self.sheets.iter().filter(|sheet| !sheet.hidden);
        seen.map(|sheet| sheet.name.as_str()).collect()
    }

    /// The grid of a sheet.
    ///
    /// # Errors
    /// [`FormError::NoSheet`], [`FormError::File`] when its part cannot be read.
    pub fn grid(&self, sheet: &str) -> Result<FormGrid, FormError> {
        let part = self.part(sheet, Place::new(0, 0))?;
        let xml = package::text(&self.bytes, &part.part)?;
        grid::read(&part.name, &xml, &self.shape).map_err(Into::into)
    }

    /// The form with its cells filled.
    ///
    /// # Errors
    /// [`FormError::NoSheet`], [`FormError::Formula`], [`FormError::File`].
    pub fn fill(&self, patches: &[Patch]) -> Result<Vec<u8>, FormError> {
        let mut parts = Vec::new();
        let mut done: Vec<&str> = Vec::new();
        for patch in patches {
            if done.contains(&patch.sheet.as_str()) {
                continue;
            }
            done.push(&patch.sheet);
            let part = self.part(&patch.sheet, patch.place)?;
            let xml = package::text(&self.bytes, &part.part)?;
            let here: Vec<&Patch> = patches
                .iter()
                .filter(|other| other.sheet == patch.sheet)
                .collect();
            parts.push((part.part.clone(), patch::apply(&xml, &here)?));
        }
        let calculates = !parts.is_empty() && self.shape.formulas;
        if calculates {
            let book = package::text(&self.bytes, &self.shape.workbook)?;
            if let Some(book) = patch::calculate_at_opening(&book)? {
                parts.push((self.shape.workbook.clone(), book));
            }
        }
        Ok(package::replace(&self.bytes, &parts)?)
    }

    fn part(&self, sheet: &str, place: Place) -> Result<&SheetPart, FormError> {
        let found = self.sheets.iter().find(|part| part.name == sheet);
        found.ok_or_else(|| FormError::NoSheet {
            sheet: sheet.to_owned(),
            place,
        })
    }
}

fn damaged(error: &impl ToString) -> ExchangeError {
    ExchangeError::Damaged {
        detail: error.to_string(),
    }
}
