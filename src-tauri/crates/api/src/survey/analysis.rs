//! Every question counted, rounds compared.

use std::collections::BTreeMap;

use jiugai_domain::survey::{Question, QuestionKind, Questionnaire, Stance, Topic, number_text};
use jiugai_storage::survey::{self as store, Tally};

use super::rounds::{progress, thresholds};
use super::{cross, percent, version_of};
use crate::text::{positive, small};
use crate::wire::{
    ChoiceCount, QuestionCount, SurveyAnalysis, SurveyScope, SurveySummary, TopicComparison,
    TopicLine,
};
use crate::{ApiError, Session};

pub(super) fn choices(question: &Question, tally: &Tally) -> Vec<ChoiceCount> {
    let mut rows: Vec<ChoiceCount> = question
        .choices
        .iter()
        .map(|choice| {
            let value = i64::from(choice.number);
            let given = tally.values.get(&value).copied().unwrap_or(0);
            ChoiceCount {
                value: value.to_string(),
                text: choice.text.clone(),
                count: positive(given),
                share: percent(given, tally.answered),
            }
        })
        .collect();
    for (value, given) in &tally.values {
        let known = u32::try_from(*value)
            .ok()
            .and_then(|number| question.choice(number));
        if question.kind.chooses() && known.is_none() {
            rows.push(ChoiceCount {
                value: value.to_string(),
                text: format!("第{value}项（已删）"),
                count: positive(*given),
                share: percent(*given, tally.answered),
            });
        }
    }
    rows
}

/// Mean and median, as far as they mean something.
fn figures(question: &Question, tally: &Tally) -> String {
    let spread: Vec<(i64, i64)> = match question.kind {
        QuestionKind::Scale => tally.values.iter().map(|(v, n)| (v * 100, *n)).collect(),
        QuestionKind::Number => tally.values.iter().map(|(v, n)| (*v, *n)).collect(),
        _ => return String::new(),
    };
    let all: i64 = spread.iter().map(|(_, n)| n).sum();
    if all == 0 {
        return String::new();
    }
    let sum: i64 = spread.iter().map(|(value, n)| value * n).sum();
    let mut seen = 0;
    let median = spread
        .iter()
        .find(|(_, n)| {
            seen += n;
            2 * seen >= all
        })
        .map_or(0, |(value, _)| *value);
    let unit = if question.kind == QuestionKind::Scale {
        "分（5 分最好）"
    } else {
        &question.unit
    };
    format!(
        "平均 {}{unit}，中位数 {}",
        number_text((sum + all / 2) / all),
        number_text(median)
    )
}

pub(super) fn questions(
    sheet: &Questionnaire,
    tallies: &BTreeMap<u32, Tally>,
    responses: i64,
) -> Vec<QuestionCount> {
    let none = Tally::default();
    let mut rows: Vec<QuestionCount> = sheet
        .questions
        .iter()
        .zip(1..)
        .map(|(question, number)| {
            let tally = tallies.get(&question.key).unwrap_or(&none);
            QuestionCount {
                key: question.key,
                number,
                group: question.group.clone(),
                title: question.title.clone(),
                kind: question.kind,
                kind_label: question.kind.label().to_owned(),
                answered: positive(tally.answered),
                missing: positive(responses - tally.answered),
                choices: choices(question, tally),
                figures: figures(question, tally),
                removed: false,
            }
        })
        .collect();
    for (key, tally) in tallies {
        if sheet.question(*key).is_none() {
            rows.push(QuestionCount {
                key: *key,
                number: 0,
                group: "已删的题".to_owned(),
                title: "这道题现在的问卷里没有了，以前的答卷还留着".to_owned(),
                kind: QuestionKind::Single,
                kind_label: "已删".to_owned(),
                answered: positive(tally.answered),
                missing: 0,
                choices: Vec::new(),
                figures: String::new(),
                removed: true,
            });
        }
    }
    rows
}

impl Session {
    /// Every question of a round, or of all rounds that ask the same.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_analysis(&self, scope: &SurveyScope) -> Result<SurveyAnalysis, ApiError> {
        let conn = self.connection()?;
        let (round, sheet, rounds) = cross::rounds_of(conn, scope)?;
        let (tallies, responses) = store::tally(conn, &rounds)?;
        let households = if scope.street {
            responses
        } else {
            progress(conn, &round, &sheet)?.households
        };
        let base = if scope.street {
            format!("样本 {responses} 份答卷，来自 {} 个轮次。", rounds.len())
        } else {
            format!(
                "样本 {responses} 份答卷，占 {households} 户的 {}。",
                percent(responses, households)
            )
        };
        Ok(SurveyAnalysis {
            responses: positive(responses),
            households: positive(households),
            note: format!(
                "{base}答卷的人不等于全体业主，这是征求意见，不是业主表决；没有答的题不计入百分数。"
            ),
            questions: questions(&sheet, &tallies, responses),
            fields: cross::fields(&sheet),
            comparisons: self.comparisons(&round)?,
        })
    }

    /// Topics that more than one round of the compound asks, by where the choices stand.
    fn comparisons(&self, round: &store::Round) -> Result<Vec<TopicComparison>, ApiError> {
        let conn = self.connection()?;
        let mut asked = Vec::new();
        for other in store::rounds(conn, Some(round.compound))? {
            let sheet = version_of(conn, other.questionnaire)?.sheet;
            let (tallies, _) = store::tally(conn, &[other.id])?;
            asked.push((other.name, sheet, tallies));
        }
        let mut found = Vec::new();
        for topic in Topic::ALL {
            let lines: Vec<TopicLine> = asked
                .iter()
                .filter_map(|(name, sheet, tallies)| {
                    let question = sheet.about(topic)?;
                    question
                        .choices
                        .iter()
                        .find(|choice| choice.stance.is_some())?;
                    let tally = tallies.get(&question.key)?;
                    Some(TopicLine {
                        round: name.clone(),
                        answered: positive(tally.answered),
                        counts: Stance::ALL
                            .into_iter()
                            .map(|stance| stance_count(question, tally, stance))
                            .collect(),
                    })
                })
                .collect();
            if lines.len() > 1 {
                found.push(TopicComparison {
                    topic: topic.label().to_owned(),
                    parts: Stance::ALL.map(|stance| stance.label().to_owned()).to_vec(),
                    lines,
                });
            }
        }
        Ok(found)
    }

    /// Every round with its counts, for programs.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_summary(&self, compound: Option<&str>) -> Result<Vec<SurveySummary>, ApiError> {
        let conn = self.connection()?;
        let mut found = Vec::new();
        for row in self.survey_list(compound)? {
            let round = super::round_of(conn, &row.id)?;
            let sheet = version_of(conn, round.questionnaire)?.sheet;
            let (tallies, responses) = store::tally(conn, &[round.id])?;
            let progress = progress(conn, &round, &sheet)?;
            let name = jiugai_storage::records::label(
                conn,
                jiugai_domain::KindCode::Compound,
                round.compound,
            )?;
            found.push(SurveySummary {
                compound: name.unwrap_or_default(),
                thresholds: thresholds(&round, &sheet, &progress),
                questions: questions(&sheet, &tallies, responses),
                round: row,
            });
        }
        Ok(found)
    }

    /// Keys of the rounds of a compound, or of all, without their progress.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_keys(&self, compound: Option<&str>) -> Result<Vec<String>, ApiError> {
        let compound = compound.map(crate::text::key).transpose()?;
        let rounds = store::rounds(self.connection()?, compound)?;
        Ok(rounds.iter().map(|round| round.id.to_string()).collect())
    }

    /// Key of the round of a compound with this name.
    ///
    /// # Errors
    /// `notFound`, naming the rounds there are.
    pub fn survey_named(&self, compound: &str, name: &str) -> Result<String, ApiError> {
        let rounds = store::rounds(self.connection()?, Some(crate::text::key(compound)?))?;
        if let Some(round) = rounds.iter().find(|round| round.name == name) {
            return Ok(round.id.to_string());
        }
        let names: Vec<&str> = rounds.iter().map(|round| round.name.as_str()).collect();
        Err(ApiError::new(
            crate::ErrorCode::NotFound,
            "没有这轮调查",
            format!(
                "没有叫“{name}”的轮次；现有 {} 轮：{}。",
                small(rounds.len()),
                names.join("、")
            ),
            "请核对名称，或者先在“问卷调查”里新建。",
        ))
    }
}

fn stance_count(question: &Question, tally: &Tally, stance: Stance) -> ChoiceCount {
    let given: i64 = question
        .choices
        .iter()
        .filter(|choice| choice.stance == Some(stance))
        .map(|choice| {
            let value = i64::from(choice.number);
            tally.values.get(&value).copied().unwrap_or(0)
        })
        .sum();
    ChoiceCount {
        value: String::new(),
        text: stance.label().to_owned(),
        count: positive(given),
        share: percent(given, tally.answered),
    }
}
