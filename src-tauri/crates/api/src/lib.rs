//! Use cases of the ledger and the wire types that screens and the command line speak.
//!
//! The only crate that joins storage, exchange and report. Hosts (window, command line, bridge)
//! hold one [`Session`] and call its methods; they keep no state of their own.

mod assets;
mod backups;
mod charts;
mod comparison;
mod error;
mod export;
mod history;
mod import;
mod kinds;
mod ledger;
mod machine;
mod overview;
mod plan;
mod records;
mod report;
mod rows;
mod sample;
mod session;
mod settings;
mod summary;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod verify;
mod views;
pub mod wire;
mod wording;

pub use error::{ApiError, ErrorCode};
pub use jiugai_domain::KindCode;
pub use kinds::kind_list;
pub use machine::{IDENTIFIER, data_dir, device, font_dir};
pub use session::{Clock, Environment, Session, SystemClock};
pub use summary::{CompoundSummary, IndicatorSummary, OutbuildingRooms};
pub use verify::VerifyReport;
