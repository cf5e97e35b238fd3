//! 业主表决: ballots of the owners, strictly apart from surveys of wishes.

mod count;

pub use count::{BallotCount, BothLegs, PlainShare, ballot_count};
