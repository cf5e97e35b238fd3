//! Read models: one statement per screen, no statement per row.

pub mod check;
mod collation;
mod condition;
mod counts;
mod counts_cache;
mod groups;
pub mod invariants;
mod order;
mod reading;
pub(crate) mod search;
#[cfg(test)]
mod tests;
mod totals;
pub mod voice;
mod window;

pub use condition::{Filter, FilterOp};
pub use counts::{CompoundCounts, counts, dwelling_uses};
pub use counts_cache::CountsCache;
pub use groups::{Group, groups};
pub use order::OrderCache;
pub(crate) use order::place_order;
pub use reading::typed_keys;
pub(crate) use reading::{is_spelled, spelled_rank};
pub use search::{Found, Hit, search};
pub use totals::{Totals, totals};
pub use window::{Row, Sort, Window, WindowQuery, window};
