//! Grids, totals, counts and search on the small compound.

mod filtering;
mod grid;
mod groups;
mod kept;
mod overview;
mod search;
