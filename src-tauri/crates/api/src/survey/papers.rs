//! What stands on D3 征求意见汇总表, on the result for the wall, and as questions on D2.

use std::collections::BTreeMap;

use jiugai_domain::survey::{Question, QuestionKind, Questionnaire, Stance, Topic};
use jiugai_report::documents::{
    Imprint, ResultChoice, ResultQuestion, RosterPicture, SheetAnswer, SheetChoice, SheetQuestion,
    StatisticsLine, SurveyResult, SurveyStatistics,
};
use jiugai_storage::survey::{self as store, Round, Standing, Tally};

use super::rounds::{leading, progress, stance};
use super::{analysis, count, percent};
use crate::text::long_date;
use crate::{ApiError, Session};

const WISHES: usize = 5;

impl Session {
    pub(super) fn statistics(
        &self,
        round: &Round,
        sheet: &Questionnaire,
        imprint: Imprint,
    ) -> Result<SurveyStatistics, ApiError> {
        let conn = self.connection()?;
        let progress = progress(conn, round, sheet)?;
        let (tallies, responses) = store::tally(conn, &[round.id])?;
        let wants = sheet.about(Topic::Wants);
        let mut wishes: Vec<(u32, String, i64)> = Vec::new();
        let mut by_building = BTreeMap::new();
        if let Some(question) = wants {
            let tally = tallies.get(&question.key).cloned().unwrap_or_default();
            wishes = question
                .choices
                .iter()
                .map(|choice| {
                    let given = tally.values.get(&i64::from(choice.number));
                    (
                        choice.number,
                        choice.text.clone(),
                        given.copied().unwrap_or(0),
                    )
                })
                .filter(|(_, _, given)| *given > 0)
                .collect();
            wishes.sort_by_key(|(_, _, given)| std::cmp::Reverse(*given));
            wishes.truncate(WISHES);
            let table = store::cross(
                conn,
                &[round.id],
                store::CrossField::Attribute(store::Attribute::Building),
                store::CrossField::Question(question.key),
            )?;
            for ((row, value), given) in table.cells {
                let name = usize::try_from(row)
                    .ok()
                    .and_then(|at| table.row_texts.get(at));
                if let Some(name) = name {
                    by_building.insert((name.clone(), value), given);
                }
            }
        }
        let line = |name: &str, group: &[Standing]| {
            let of = |wanted: Stance| {
                let stands = |one: &&Standing| {
                    !one.stale
                        && leading(sheet).and_then(|question| stance(question, one.choice))
                            == Some(wanted)
                };
                count(group.iter().filter(stands).count())
            };
            let answered = count(group.iter().filter(|one| one.response.is_some()).count());
            let asked = count(group.len());
            let leads = leading(sheet).is_some();
            let shown = |number: i64| {
                if leads {
                    number.to_string()
                } else {
                    "—".to_owned()
                }
            };
            StatisticsLine {
                building: name.to_owned(),
                asked: asked.to_string(),
                answered: answered.to_string(),
                rate: percent(answered, asked),
                agree: shown(of(Stance::Willing)),
                disagree: shown(of(Stance::Against)),
                undecided: shown(of(Stance::Undecided)),
                unreached: (asked - answered).to_string(),
                agree_rate: if leads {
                    percent(of(Stance::Willing), asked)
                } else {
                    "—".to_owned()
                },
                wishes: wishes
                    .iter()
                    .map(|(number, _, all)| {
                        if name.is_empty() {
                            return all.to_string();
                        }
                        let value = i64::from(*number);
                        by_building
                            .get(&(name.to_owned(), value))
                            .copied()
                            .unwrap_or(0)
                            .to_string()
                    })
                    .collect(),
            }
        };
        let buildings = progress
            .doors
            .chunk_by(|a, b| a.door.building == b.door.building)
            .map(|group| line(&group[0].door.building_name, group))
            .collect();
        let pictures = [leading(sheet), wants]
            .into_iter()
            .flatten()
            .filter_map(|question| {
                let tally: &Tally = tallies.get(&question.key)?;
                Some(RosterPicture {
                    note: String::new(),
                    svg: self.picture(round, question, tally, 620),
                })
            })
            .collect();
        let waiting =
            store::responses(conn, round.id, Some(store::State::Pending), usize::MAX)?.len();
        let mut notes = vec![format!(
            "共 {responses} 份答卷计入；同意率按应征户数计算；未联系上包括没有交回问卷的住户。"
        )];
        if waiting > 0 {
            notes.push(format!("另有 {waiting} 份答卷待处理，没有计入。"));
        }
        let stale = store::stale(conn, round.id, &progress.counting)?;
        if stale > 0 {
            notes.push(format!(
                "其中 {stale} 份是对旧版方案答的，方案已换版，不算同意、反对或未定。"
            ));
        }
        Ok(SurveyStatistics {
            imprint,
            round: round.name.clone(),
            period: period(round),
            wishes: wishes.iter().map(|(_, text, _)| text.clone()).collect(),
            buildings,
            total: line("", &progress.doors),
            pictures,
            notes,
        })
    }

    pub(super) fn result(
        &self,
        round: &Round,
        sheet: &Questionnaire,
        imprint: Imprint,
    ) -> Result<SurveyResult, ApiError> {
        let conn = self.connection()?;
        let progress = progress(conn, round, sheet)?;
        let (tallies, responses) = store::tally(conn, &[round.id])?;
        let questions = analysis::questions(sheet, &tallies, responses)
            .into_iter()
            .filter(|question| question.kind.chooses() && !question.removed)
            .map(|question| ResultQuestion {
                number: question.number.to_string(),
                text: question.title,
                multiple: matches!(question.kind, QuestionKind::Multiple | QuestionKind::Rank),
                answered: question.answered,
                choices: question
                    .choices
                    .into_iter()
                    .map(|choice| ResultChoice {
                        label: choice.text,
                        count: choice.count,
                    })
                    .collect(),
            })
            .collect();
        Ok(SurveyResult {
            title: format!("{}结果", round.kind.label()),
            period: period(round),
            asked: crate::text::positive(progress.households),
            answered: crate::text::positive(progress.answered),
            rate: percent(progress.answered, progress.households),
            questions,
            contact: String::new(),
            signer: if imprint.community.is_empty() {
                imprint.subdistrict.clone()
            } else {
                format!(
                    "{}居民委员会",
                    imprint.community.trim_end_matches("居民委员会")
                )
            },
            date: String::new(),
            imprint,
        })
    }
}

fn period(round: &Round) -> String {
    match (&round.opens_on, &round.closes_on) {
        (None, None) => String::new(),
        (from, None) => format!("{}起", long_date(from.as_deref())),
        (from, to) => format!(
            "{}至{}",
            long_date(from.as_deref()),
            long_date(to.as_deref())
        ),
    }
}

pub(super) fn printed(sheet: &Questionnaire) -> Vec<SheetQuestion> {
    let number = |key: u32| {
        sheet
            .questions
            .iter()
            .position(|question| question.key == key)
            .map_or(0, |at| at + 1)
    };
    sheet
        .questions
        .iter()
        .zip(1..)
        .map(|(question, at)| SheetQuestion {
            section: question.group.clone(),
            number: at.to_string(),
            text: question.title.clone(),
            hint: hint(question),
            condition: question
                .show_if
                .as_ref()
                .map_or_else(String::new, |condition| {
                    let choices: Vec<String> =
                        condition.choices.iter().map(u32::to_string).collect();
                    format!(
                        "第 {} 题选 {} 的填",
                        number(condition.question),
                        choices.join("、")
                    )
                }),
            answer: match question.kind {
                QuestionKind::Single => SheetAnswer::Single,
                QuestionKind::Multiple => SheetAnswer::Multiple,
                QuestionKind::Rank => SheetAnswer::Rank,
                QuestionKind::Scale => SheetAnswer::Scale,
                QuestionKind::Number => SheetAnswer::Number,
                QuestionKind::Date => SheetAnswer::Date,
                QuestionKind::Text => SheetAnswer::Text,
            },
            required: question.required,
            choices: question
                .choices
                .iter()
                .map(|choice| SheetChoice {
                    number: choice.number.to_string(),
                    label: choice.text.clone(),
                    with_text: choice.other,
                })
                .collect(),
            unit: question.unit.clone(),
            lines: 0,
        })
        .collect()
}

fn hint(question: &Question) -> String {
    match question.kind {
        QuestionKind::Multiple if question.most > 0 && !question.title.contains("最多") => {
            format!("最多选 {} 项", question.most)
        }
        QuestionKind::Multiple if !question.title.contains("多选") && question.most == 0 => {
            "可多选".to_owned()
        }
        QuestionKind::Rank => "按先后写 1、2、3".to_owned(),
        _ => String::new(),
    }
}
