//! 业主表决 (ballots of the owners): counted as the Civil Code says, by area and by heads.
//!
//! Not to be taken for a survey of wishes (征求意愿), which binds nobody.

pub mod gap;
pub mod heads;
pub mod law;
pub mod lift;
pub mod tally;

pub use law::{Leg, Matter};
pub use tally::{Cast, Cause, Legs, Mode, Proofs, Seat, Share, Tally, Vote, tally};
