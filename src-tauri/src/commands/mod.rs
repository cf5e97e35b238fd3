//! The commands of the window, one file a noun, one line each.

pub(crate) mod backup;
pub(crate) mod history;
pub(crate) mod ledger;
pub(crate) mod plan;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod survey;
