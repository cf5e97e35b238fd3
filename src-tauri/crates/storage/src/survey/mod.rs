//! 征求意愿: questionnaires, rounds and responses, and what is counted from them. Their tables are
//! tracked like those of the kinds: writing goes through [`crate::Ledger::transact`], undo takes
//! it back. The table of answers follows the responses ([`answers`]).

pub(crate) mod answers;
mod cross;
mod homes;
mod progress;
mod responses;
mod rounds;
#[cfg(test)]
mod tests;

pub use cross::{Attribute, Cross, CrossField, Tally, counted, cross, numbers, respondents, tally};
pub use progress::{Door, Standing, doors, owners, standing};
pub use responses::{
    Response, State, flawed, insert, orphans, remove, respondents_of, response, responses,
    source_keys, stale, taken, update,
};
pub use rounds::{
    Round, Usage, Version, insert_round, insert_version, newest_version, remove_round,
    remove_version, round, rounds, update_round, update_version, usage, version, versions,
    versions_of,
};

/// The tables, for the session that records what changes.
pub(crate) const TABLES: [&str; 3] = ["questionnaire", "survey_round", "response"];
