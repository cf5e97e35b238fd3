//! Nouns, fields, quantities and rules of the renovation ledger (台账).
//!
//! No IO, no clock, no SQL and no window here: every function is data in, data out.
//! The words are those of `src-tauri/docs/glossary.md`.

pub mod address;
pub mod ballot;
pub mod board;
pub mod calculator;
pub mod check;
pub mod comparison;
pub mod date;
pub mod duty;
pub mod erasure;
pub mod field;
pub mod fixed;
pub mod gate;
pub mod holder;
pub mod id;
pub mod indicator;
pub mod kind;
pub mod kinds;
pub mod mask;
pub mod optimize;
pub mod plan;
pub mod progress;
pub mod standard;
pub mod statistic;
pub mod survey;
pub mod text;
pub mod value;
pub mod visit;

pub use duty::{Duty, Task};
pub use field::{Choice, DataClass, Field, FieldError, FieldType, Total};
pub use holder::{BallotHolder, Holder};
pub use id::{KeySequence, RecordId};
pub use kind::{Kind, KindCode};
pub use value::Value;
