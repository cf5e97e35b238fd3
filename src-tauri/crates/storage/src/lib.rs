//! The ledger file (台账): one SQLite file that holds everything of an office, with a log of
//! every change, undo, history, recycle bin and verified backups.
//!
//! Rules that the whole crate rests on:
//!
//! - Every write goes through [`Ledger::transact`]: one transaction, one changeset, one log row.
//! - Tracked tables are the tables of the record kinds. Each has `id BLOB PRIMARY KEY` (16 bytes).
//!   They have **no foreign key actions and no triggers that write to tracked tables**: undo
//!   replays changesets, and an action would act a second time.
//! - A migration only ever appends columns to a tracked table, so that old changesets still read.
//! - Who, when and on which device are arguments ([`Stamp`]); nothing here reads the clock.

pub mod attachments;
pub mod backup;
pub mod ballots;
mod bulk;
pub mod erasure;
pub mod error;
pub mod files;
pub mod forms;
pub mod history;
pub mod ledger;
pub mod lock;
pub mod log;
pub mod masks;
pub mod migrate;
pub mod parameters;
pub mod place;
pub mod plans;
pub mod prints;
pub mod query;
pub mod records;
pub mod recycle;
pub mod stages;
pub mod survey;
#[cfg(test)]
mod testing;
pub mod undo;
pub mod verify;
pub mod wording;

pub use error::StorageError;
pub use files::WriteError;
pub use ledger::{Ledger, Mode, OpenOptions, Password, ReadOnlyReason, Room};
pub use log::{Changed, Op, Role, Stamp, TransactionId, TransactionSummary};
pub use rusqlite::Connection;
pub use wording::OpCode;
