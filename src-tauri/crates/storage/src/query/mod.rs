//! Read models: one statement per screen, no statement per row.

mod collation;
mod condition;
mod counts;
pub mod invariants;
mod order;
mod search;
#[cfg(test)]
mod tests;
mod totals;
mod window;

pub use condition::{Filter, FilterOp};
pub use counts::{CompoundCounts, counts};
pub use order::OrderCache;
pub(crate) use order::place_order;
pub use search::{Hit, search};
pub use totals::{Totals, totals};
pub use window::{Row, Sort, Window, WindowQuery, window};
