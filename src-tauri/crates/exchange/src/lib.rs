//! Workbooks in and out (导入、导出): bytes in, drafts and issues out; no SQL, no clock.
//!
//! [`book`] reads any file with rows, [`table`] finds its tables and proposes what they mean;
//! [`workbook`] writes grids and rows that need a hand. Sentences for people are made by the
//! caller from the codes given here; the only Chinese text is words of headers.

mod address;
pub mod book;
pub mod error;
pub mod file;
pub mod form;
mod package;
mod sniff;
pub mod table;
mod tags;
pub mod workbook;

pub use error::{ExchangeError, SeemsToBe};
pub use file::read_file;
