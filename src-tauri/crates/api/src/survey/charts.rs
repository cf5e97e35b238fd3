//! Pictures of questions: the same on screen and paper.

use jiugai_domain::survey::{Question, QuestionKind};
use jiugai_report::charts::{
    Caption, Mark, RankedBars, ShareBars, ShareLine, ranked_bars, share_bars,
};
use jiugai_storage::survey::{self as store, Tally};

use super::analysis::choices;
use super::{cross, percent};
use crate::wire::SurveyScope;
use crate::{ApiError, ErrorCode, Session};

/// Parts that keep a pattern of their own in one bar.
const PARTS: usize = 5;

impl Session {
    /// A question as a picture.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_chart(&self, scope: &SurveyScope, question: u32) -> Result<String, ApiError> {
        let conn = self.connection()?;
        let (round, sheet, rounds) = cross::rounds_of(conn, scope)?;
        let found = sheet.question(question).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "没有这道题",
                "问卷里没有这道题了。",
                "请重新打开“统计分析”。",
            )
        })?;
        let (tallies, responses) = store::tally(conn, &rounds)?;
        let none = Tally {
            responses,
            ..Tally::default()
        };
        let tally = tallies.get(&question).unwrap_or(&none);
        Ok(self.picture(&round, found, tally, 760))
    }

    pub(super) fn picture(
        &self,
        round: &store::Round,
        question: &Question,
        tally: &Tally,
        width_px: u32,
    ) -> String {
        let note = format!(
            "样本 {} 份，未答 {} 份",
            tally.answered,
            tally.responses - tally.answered
        );
        let caption = Caption {
            title: question.title.clone(),
            subtitle: format!("{}　{}", round.name, question.kind.label()),
            source: "住户问卷".to_owned(),
            surveyed_on: crate::text::long_date(round.opens_on.as_deref()),
            sample: self.is_sample(),
        };
        let counts = choices(question, tally);
        let one = question.kind.chooses_one() && counts.len() <= PARTS;
        if one {
            return share_bars(&ShareBars {
                caption,
                width_px,
                parts: counts.iter().map(|choice| choice.text.clone()).collect(),
                lines: vec![ShareLine {
                    label: "答卷".to_owned(),
                    values: counts
                        .iter()
                        .map(|choice| i64::from(choice.count))
                        .collect(),
                    base: format!("{} 份", tally.answered),
                }],
                note,
            });
        }
        let bars = if question.kind.chooses() {
            counts
                .iter()
                .map(|choice| {
                    let count = i64::from(choice.count);
                    let text = format!("{count} 户 {}", percent(count, tally.answered));
                    (choice.text.clone(), Mark::new(count, text))
                })
                .collect()
        } else {
            spread(question, tally)
        };
        ranked_bars(&RankedBars {
            caption,
            width_px,
            bars,
            whole: tally.answered,
            note,
        })
    }
}

/// Numbers by value, the frequent ones.
fn spread(question: &Question, tally: &Tally) -> Vec<(String, Mark)> {
    if question.kind != QuestionKind::Number {
        return Vec::new();
    }
    let mut values: Vec<(i64, i64)> = tally.values.iter().map(|(v, n)| (*v, *n)).collect();
    values.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    values
        .into_iter()
        .take(12)
        .map(|(value, n)| {
            let label = format!(
                "{} {}",
                jiugai_domain::survey::number_text(value),
                question.unit
            );
            (
                label,
                Mark::new(n, format!("{n} 户 {}", percent(n, tally.answered))),
            )
        })
        .collect()
}
