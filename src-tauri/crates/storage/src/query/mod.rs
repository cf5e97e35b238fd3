//! Read models: one statement per screen, no statement per row.

pub mod check;
mod collation;
mod condition;
mod counts;
mod groups;
pub mod invariants;
mod kept;
mod order;
mod reading;
mod runs;
pub(crate) mod search;
#[cfg(test)]
mod tests;
mod totals;
pub mod voice;
mod window;

pub use condition::{Filter, FilterOp};
pub use counts::{CompoundCounts, CountsCache, counts, dwelling_uses};
pub use groups::{Group, groups};
pub use kept::{Figures, Kept};
pub use order::OrderCache;
#[cfg(test)]
pub(crate) use order::ordered;
pub(crate) use order::place_order;
pub use reading::typed_keys;
pub(crate) use reading::{is_spelled, spelled_rank};
pub use search::{Found, Hit, search};
pub use totals::{Totals, totals};
pub use window::{Cell, Row, Sort, Window, WindowQuery, cells, window};
