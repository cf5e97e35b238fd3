//! Any file with rows as sheets of cells: .xlsx, .xlsm, .xls, .et, .ods, .csv, .txt and what was
//! copied from a grid. The format is told by the bytes, never by the file's name.

mod biff;
mod delimited;
mod encoding;
mod ods;
mod sheet;
mod xls;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use encoding::TextEncoding;
use sheet::SheetBuilder;
pub(crate) use sheet::find;
pub use sheet::{Cell, Content, Sheet, Span};

use crate::file::FILE_LIMIT;
use crate::package::{self, PackageKind};
use crate::sniff::{Container, container};
use crate::{ExchangeError, SeemsToBe};

/// Filled cells of all sheets that are read at most; 300,000 rows of 20 columns fit.
pub const CELL_LIMIT: u64 = 8_000_000;
/// Cells that are looked at, blank ones too, at most: what a row of formatted blanks may cost.
pub(crate) const VISIT_LIMIT: u64 = 40_000_000;
/// Rows of a sheet in every program that people use.
pub(crate) const ROW_LIMIT: u32 = 1_048_576;
/// Columns of a sheet.
pub(crate) const COLUMN_LIMIT: u32 = 16_384;

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookFormat {
    /// .xlsx, .xlsm.
    Xlsx,
    /// .xls, and .et in the same container.
    Xls,
    /// .ods.
    Ods,
    /// .csv, .txt.
    Text {
        /// Encoding of most of its lines.
        encoding: TextEncoding,
        /// Sign between two cells.
        delimiter: char,
    },
    /// A block that was copied from a grid.
    Pasted {
        /// Sign between two cells.
        delimiter: char,
    },
}

impl BookFormat {
    /// Endings that a file of this format usually has.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
            Self::Xls => &["xls", "et", "xlt"],
            Self::Ods => &["ods"],
            Self::Text { .. } | Self::Pasted { .. } => &["csv", "txt", "tsv"],
        }
    }
}

/// Something that was mended while reading; people should know, nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookNote {
    /// The file's ending says another format than its bytes (扩展名不符).
    WrongExtension {
        /// The ending, lower case.
        extension: String,
    },
    /// A quotation mark without its partner was kept as a plain sign; rows counted from 1.
    StrayQuotes {
        /// The first rows, ten at most.
        rows: Vec<u32>,
        /// How many there are.
        count: u32,
    },
    /// Some lines were in another encoding than the rest and were read in theirs.
    MixedEncodings {
        /// The first lines, ten at most, counted from 1.
        rows: Vec<u32>,
        /// How many there are.
        count: u32,
    },
    /// Bytes that are no text in the encoding became �.
    BadBytes {
        /// The first lines, ten at most, counted from 1.
        rows: Vec<u32>,
        /// How many there are.
        count: u32,
    },
    /// Merged ranges that lie over one another; the earlier ones were kept.
    OverlappingMerges {
        /// Sheet name.
        sheet: String,
        /// How many were dropped.
        dropped: u32,
    },
}

/// A file with rows.
#[derive(Debug)]
pub struct Book {
    /// Every sheet, hidden ones too, in the order of the tabs.
    pub sheets: Vec<Sheet>,
    /// What the bytes are.
    pub format: BookFormat,
    /// Serial dates count from 1904 (Mac), not from 1900.
    pub epoch_1904: bool,
    /// What was mended.
    pub notes: Vec<BookNote>,
}

/// Reads a file with rows. `name` only serves to notice a wrong ending and to name the sheet of
/// a text file.
///
/// # Errors
/// [`ExchangeError`]: `Empty`, `Encrypted`, `NotAWorkbook`, `Damaged`, `TooLarge`, `TooManyCells`.
pub fn read_book(bytes: &[u8], name: &str) -> Result<Book, ExchangeError> {
    let length = bytes.len() as u64;
    if length > FILE_LIMIT {
        return Err(ExchangeError::TooLarge {
            bytes: length,
            limit: FILE_LIMIT,
        });
    }
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let mut book = match container(bytes) {
        Ok(Container::Package) => {
            let parts = package::check(bytes)?;
            match parts.kind {
                PackageKind::Workbook => guarded(|| xlsx::read(bytes, &parts))?,
                PackageKind::OpenDocument => guarded(|| ods::read(bytes))?,
            }
        }
        Ok(Container::Compound) => guarded(|| xls::read(bytes))?,
        Err(ExchangeError::NotAWorkbook {
            seems_to_be: SeemsToBe::Text,
        }) => delimited::read_file(bytes, stem)?,
        Err(other) => return Err(other),
    };
    if book.sheets.iter().all(Sheet::is_empty) {
        return Err(ExchangeError::Empty);
    }
    let extension = extension.to_lowercase();
    if !extension.is_empty() && !book.format.endings().contains(&extension.as_str()) {
        book.notes.push(BookNote::WrongExtension { extension });
    }
    for sheet in &mut book.sheets {
        let dropped = sheet.drop_overlaps();
        if dropped > 0 {
            let sheet = sheet.name.clone();
            book.notes
                .push(BookNote::OverlappingMerges { sheet, dropped });
        }
    }
    Ok(book)
}

/// Reads a block of rows that was copied from Excel, WPS or a text (粘贴).
///
/// # Errors
/// `Empty`, `TooLarge`, `TooManyCells`.
pub fn read_pasted(text: &str) -> Result<Book, ExchangeError> {
    let book = delimited::read_pasted(text)?;
    if book.sheets.iter().all(Sheet::is_empty) {
        return Err(ExchangeError::Empty);
    }
    Ok(book)
}

/// A reader that stumbles over broken bytes must not take the program with it.
fn guarded<T>(read: impl FnOnce() -> Result<T, ExchangeError>) -> Result<T, ExchangeError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(ExchangeError::Damaged {
            detail: "the reader stumbled".to_owned(),
        })
    })
}

fn damaged(error: &impl ToString) -> ExchangeError {
    ExchangeError::Damaged {
        detail: error.to_string(),
    }
}
