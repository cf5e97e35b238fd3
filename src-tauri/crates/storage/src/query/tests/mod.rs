//! Grids, totals, counts and search on the small compound.

mod grid;
mod overview;
