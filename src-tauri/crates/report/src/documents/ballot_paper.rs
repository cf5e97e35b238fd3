use serde::Serialize;

use super::Imprint;
use crate::press::{Composed, Paper, checksum, compose};
use crate::{Fonts, ReportError, qr};

const TEMPLATE: &str = include_str!("../../templates/ballot-paper.typ");
/// Papers that are set together; even, so that no sheet is left half empty in between.
const BATCH: usize = 80;

/// Input of the ballot papers with stubs (D8 表决票及存根): two on an A4 sheet while the motions fit,
/// else one on each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BallotPapers {
    /// 版记.
    pub imprint: Imprint,
    /// Title, such as `业主大会表决票`.
    pub title: String,
    /// Matters to be decided (表决事项).
    pub motions: Vec<BallotMotion>,
    /// Until when and where papers are taken back (交票时间和地点).
    pub deadline: String,
    /// Words on what an unreturned paper means, only for the 从多 mode; else empty.
    pub unreturned_rule: String,
    /// The papers in walking order. None at all prints one blank paper.
    pub papers: Vec<BallotPaper>,
}

/// A matter to be decided (议题).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BallotMotion {
    /// Number, such as `一`.
    pub number: String,
    /// Its words.
    pub text: String,
}

/// One paper. Empty texts become lines to write on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BallotPaper {
    /// Number of the paper (票号), such as `0123`.
    pub number: String,
    /// Payload of the QR code; empty prints none.
    pub code: String,
    /// Owner (业主), whole name: the paper goes to the owner alone.
    pub owner: String,
    /// Dwellings (坐落), such as `3号楼2单元301、302`.
    pub dwellings: String,
    /// Exclusive area (专有部分面积), such as `86.40 ㎡`.
    pub area: String,
    /// Votes (投票权数) by heads, such as `1`.
    pub heads: String,
}

impl BallotPapers {
    /// Sets the papers.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        self.with_papers(|papers| compose(papers, fonts))
    }

    /// Code of the same papers as a Word document: that of the paper.
    pub(super) fn checksum(&self) -> Result<String, ReportError> {
        self.with_papers(checksum)
    }

    fn with_papers<R>(&self, work: impl FnOnce(&[Paper<'_, BallotPapers>]) -> R) -> R {
        let blank = [BallotPaper::default()];
        let all = if self.papers.is_empty() {
            &blank[..]
        } else {
            &self.papers[..]
        };
        let mut frame = self.clone();
        frame.papers = Vec::new();
        let batches: Vec<BallotPapers> = all
            .chunks(BATCH)
            .map(|papers| BallotPapers {
                papers: papers.to_vec(),
                ..frame.clone()
            })
            .collect();
        let papers: Vec<_> = batches
            .iter()
            .map(|batch| Paper {
                name: "ballot-paper",
                template: TEMPLATE,
                data: batch,
                files: vec![(
                    qr::FILE,
                    qr::symbols(batch.papers.iter().map(|paper| paper.code.as_str())),
                )],
                generated_at: self.imprint.generated_at,
            })
            .collect();
        work(&papers)
    }
}
