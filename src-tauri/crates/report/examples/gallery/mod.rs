//! Invented and published data for looking at charts and papers, shared with the tests.

pub(crate) mod ballots;
pub(crate) mod changes;
pub(crate) mod figures;
pub(crate) mod office;
