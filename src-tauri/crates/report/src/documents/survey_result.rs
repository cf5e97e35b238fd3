use serde::Serialize;

use super::{Imprint, mask};
use crate::press::{Composed, Paper, compose};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../templates/survey-result.typ");

/// Input of the survey result for the wall (问卷结果公示): counts only, no names. Give true counts;
/// the paper itself hides those under five, and one more when the hidden one could be told from the
/// rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SurveyResult {
    /// 版记.
    pub imprint: Imprint,
    /// Title, such as `改造意愿征求结果`.
    pub title: String,
    /// Round and time, such as `2026年3月1日至3月15日，入户和线上`; may be empty.
    pub period: String,
    /// Households asked (应征户数).
    pub asked: u32,
    /// Households that answered (已征户数).
    pub answered: u32,
    /// Share, formatted, such as `75.2%`.
    pub rate: String,
    /// Questions.
    pub questions: Vec<ResultQuestion>,
    /// Whom to tell objections (意见反馈): people, telephone, place; may be empty.
    pub contact: String,
    /// Who publishes it (落款).
    pub signer: String,
    /// Date of the notice, formatted; empty leaves it to be written.
    pub date: String,
}

/// One question and its counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ResultQuestion {
    /// Number (题号).
    pub number: String,
    /// The question.
    pub text: String,
    /// Several answers were possible (多选), so that shares add up to more than 100%.
    pub multiple: bool,
    /// Who answered it (有效份数).
    pub answered: u32,
    /// Choices, ordered as they shall be printed.
    pub choices: Vec<ResultChoice>,
}

/// One choice and its count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ResultChoice {
    /// Its words.
    pub label: String,
    /// How many chose it.
    pub count: u32,
}

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    result: &'a SurveyResult,
    shown: Vec<Vec<Shown>>,
}

/// What the public sees of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Shown {
    label: String,
    /// None when hidden.
    count: Option<u32>,
    /// Share in 0.01%.
    share_bp: Option<u32>,
}

impl SurveyResult {
    /// Sets the result.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let mut public = self.clone();
        let shown = public.questions.iter().map(shown).collect();
        for question in &mut public.questions {
            question.choices.clear();
        }
        let view = View {
            result: &public,
            shown,
        };
        compose(
            &[Paper {
                name: "survey-result",
                template: TEMPLATE,
                data: &view,
                files: Vec::new(),
                generated_at: self.imprint.generated_at,
            }],
            fonts,
        )
    }
}

fn shown(question: &ResultQuestion) -> Vec<Shown> {
    let small = |count: u32| count > 0 && count < mask::SMALLEST_CELL;
    let mut hidden: Vec<bool> = question.choices.iter().map(|c| small(c.count)).collect();
    // With one hidden count of a single choice the rest would tell it.
    if !question.multiple && hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let next = (0..hidden.len())
            .filter(|at| !hidden[*at] && question.choices[*at].count > 0)
            .min_by_key(|at| question.choices[*at].count);
        if let Some(next) = next {
            hidden[next] = true;
        }
    }
    question
        .choices
        .iter()
        .zip(hidden)
        .map(|(choice, hidden)| {
            let share =
                (choice.count * 10_000 + question.answered / 2).checked_div(question.answered);
            Shown {
                label: choice.label.clone(),
                count: (!hidden).then_some(choice.count),
                share_bp: share.filter(|_| !hidden),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(counts: &[u32], multiple: bool) -> ResultQuestion {
        ResultQuestion {
            multiple,
            answered: counts.iter().sum(),
            choices: counts
                .iter()
                .map(|count| ResultChoice {
                    label: "选项".into(),
                    count: *count,
                })
                .collect(),
            ..ResultQuestion::default()
        }
    }

    fn counts(question: &ResultQuestion) -> Vec<Option<u32>> {
        shown(question).iter().map(|shown| shown.count).collect()
    }

    #[test]
    fn a_single_small_count_takes_the_next_smallest_along() {
        assert_eq!(
            counts(&question(&[40, 9, 3, 0], false)),
            [Some(40), None, None, Some(0)]
        );
        assert_eq!(
            counts(&question(&[40, 4, 3, 9], false)),
            [Some(40), None, None, Some(9)]
        );
        assert_eq!(
            counts(&question(&[40, 9, 3], true)),
            [Some(40), Some(9), None]
        );
    }

    #[test]
    fn shares_are_rounded_and_nobody_is_no_division_by_zero() {
        assert_eq!(shown(&question(&[10, 20], false))[0].share_bp, Some(3333));
        assert_eq!(shown(&question(&[0, 0], false))[0].share_bp, None);
    }
}
