//! Use cases of the ledger and the wire types that screens and the command line speak.
//!
//! The only crate that joins storage, exchange and report. Hosts (window, command line, bridge)
//! hold one [`Session`] and call its methods; they keep no state of their own.

mod assets;
mod attachments;
mod background;
mod backups;
mod ballot;
mod card;
mod charts;
mod checks;
mod comparison;
mod duty;
mod erasure;
mod error;
mod export;
mod forms;
mod history;
mod import;
mod incoming;
mod kinds;
mod ledger;
mod machine;
mod overview;
mod parameters;
mod password;
mod plan;
mod records;
mod report;
mod rows;
mod sample;
mod scenario;
mod self_test;
mod session;
mod settings;
mod stage_ledger;
mod stages;
mod standard;
mod summary;
mod sums;
mod support;
mod survey;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod verify;
mod views;
mod voice;
pub mod wire;
mod wording;

pub use attachments::{Intake, TakenFiles};
pub use background::BackupJob;
pub use ballot::{BallotCount, BallotReport, BothLegs, MotionReport, PlainShare, ballot_count};
pub use checks::{CheckReport, FoundByRule};
pub use error::{ApiError, ErrorCode};
pub use incoming::judge;
pub use jiugai_domain::ballot::{Leg, Vote};
pub use jiugai_domain::progress::Progress;
pub use jiugai_domain::{Duty, Holder, KindCode, Task};
pub use kinds::kind_list;
pub use machine::{
    DataPlace, IDENTIFIER, Place, data_dir, data_place, device, font_dir, system, system_font_dirs,
    windows_build,
};
pub use scenario::{
    NextMoney, OptimizeReport, OptimizedItem, PlanComparison, ScenarioBand, ScenarioDecision,
    ScenarioReport, ScenarioStandards, ScenarioWishes,
};
pub use self_test::self_test;
pub use session::{Clock, Environment, Session, SystemClock};
pub use standard::{StandardJudged, StandardLack, StandardReport, StandardRuleReport};
pub use summary::{CompoundSummary, IndicatorSummary, OutbuildingRooms};
pub use support::Log;
pub use verify::VerifyReport;
pub use voice::{VisitListing, VisitOfList};
