//! What photos and scans hang on.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::KindCode;

/// What a file hangs on: a record of a kind, or a part of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum Holder {
    /// A record of the ledger.
    Record(KindCode),
    /// A part of a ballot (表决).
    Ballot(BallotHolder),
}

/// A part of a ballot that scans hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BallotHolder {
    /// The ballot: 议事规则, notices as they were posted.
    Ballot,
    /// One of its papers: the signed stub, the letter of authority.
    BallotPaper,
}

impl From<KindCode> for Holder {
    fn from(kind: KindCode) -> Self {
        Self::Record(kind)
    }
}

impl From<BallotHolder> for Holder {
    fn from(part: BallotHolder) -> Self {
        Self::Ballot(part)
    }
}

impl Holder {
    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Record(kind) => kind.code(),
            Self::Ballot(BallotHolder::Ballot) => "ballot",
            Self::Ballot(BallotHolder::BallotPaper) => "ballotPaper",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "ballot" => Some(BallotHolder::Ballot.into()),
            "ballotPaper" => Some(BallotHolder::BallotPaper.into()),
            kind => KindCode::from_code(kind).map(Self::Record),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_none_is_that_of_a_kind() {
        let parts = [BallotHolder::Ballot, BallotHolder::BallotPaper].map(Holder::from);
        for holder in KindCode::ALL.into_iter().map(Holder::from).chain(parts) {
            assert_eq!(Holder::from_code(holder.code()), Some(holder));
        }
        assert_eq!(Holder::from_code("nothing"), None);
    }
}
