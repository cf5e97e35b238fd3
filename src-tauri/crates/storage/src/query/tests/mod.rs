//! Grids, totals, counts and search on the small compound.

mod filtering;
mod grid;
mod overview;
