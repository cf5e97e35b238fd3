//! The commands of the window, one file a noun, one line each.
#![expect(
    clippy::needless_pass_by_value,
    reason = "commands receive what came over the wire by value"
)]

pub(crate) mod attachment;
pub(crate) mod backup;
pub(crate) mod ballot;
pub(crate) mod check;
pub(crate) mod erasure;
pub(crate) mod form;
pub(crate) mod grid;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod ledger;
pub(crate) mod parameter;
pub(crate) mod plan;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod scenario;
pub(crate) mod standard;
pub(crate) mod support;
pub(crate) mod survey;
pub(crate) mod voice;
