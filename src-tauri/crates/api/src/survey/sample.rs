//! The rounds of the sample (示例): made from a data file, all invented. The same every time.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use jiugai_domain::KindCode;
use jiugai_domain::survey::{
    Answer, Answers, Channel, Question, QuestionKind, Respondent, RoundKind, is_asked,
};
use jiugai_storage::survey::{self as store, Response, Round, State, Version};
use jiugai_storage::{Connection, StorageError, log, plans, records};
use serde::Deserialize;

use super::{bank, targets};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SampleRound {
    kind: RoundKind,
    name: String,
    opens_on: String,
    closes_on: String,
    /// Households of a hundred that answer.
    reach: u64,
    /// Version of the plan that is asked about.
    #[serde(default)]
    plan_version: Option<i64>,
    /// Weights of the choices by question; evenly without.
    #[serde(default)]
    weights: BTreeMap<u32, Vec<u64>>,
    /// Open answers by question.
    #[serde(default)]
    texts: BTreeMap<u32, Vec<String>>,
    collectors: Vec<String>,
}

/// A little generator of numbers: the sample is the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }

    fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.roll(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }
}

/// Makes the rounds of a compound.
pub(crate) fn fill(
    conn: &Connection,
    compound: jiugai_domain::RecordId,
    at: DateTime<FixedOffset>,
    actor: &str,
) -> Result<(), StorageError> {
    let rounds: Vec<SampleRound> =
        serde_json::from_str(include_str!("../../data/survey/sample.json"))
            .map_err(|_| StorageError::CalledOff)?;
    let doors = store::doors(conn, compound)?;
    let mut dice = Dice(307);
    for sample in &rounds {
        let banked = bank::all()
            .iter()
            .find(|banked| banked.kind == sample.kind)
            .ok_or(StorageError::CalledOff)?;
        let version = Version {
            id: log::fresh_id(conn, at)?,
            family: banked.family.clone(),
            version: 1,
            sheet: banked.sheet.clone(),
            made_at: at.to_rfc3339(),
            made_by: actor.to_owned(),
        };
        store::insert_version(conn, &version)?;
        let target = targets::of(conn, sample.kind)?;
        let plan = match sample.plan_version {
            Some(number) => plans::numbered(conn, compound, Some(number))?,
            None => None,
        };
        let round = Round {
            id: log::fresh_id(conn, at)?,
            compound,
            questionnaire: version.id,
            kind: sample.kind,
            name: sample.name.clone(),
            opens_on: Some(sample.opens_on.clone()),
            closes_on: Some(sample.closes_on.clone()),
            plan: plan.map(|(id, _)| id),
            plan_version: plan.and(sample.plan_version),
            reach: target.reach,
            reach_source: target.reach_source,
            agree: target.agree,
            agree_source: target.agree_source,
            double_entry: false,
            remark: "示例".to_owned(),
        };
        store::insert_round(conn, &round)?;
        for door in &doors {
            let household = match door.household {
                Some(id) => records::get(conn, KindCode::Household, id)?,
                None => None,
            };
            let told = household.as_ref().map(|household| Known {
                willingness: household
                    .value("willingness")
                    .as_text()
                    .unwrap_or("")
                    .to_owned(),
                cooperation: household
                    .value("cooperation")
                    .as_text()
                    .unwrap_or("")
                    .to_owned(),
                ground: door.storey.is_some_and(|storey| storey <= 1),
                high: door.storey.is_some_and(|storey| storey >= 4),
                numbers: ["people", "seniors60", "cars", "ebikes"]
                    .map(|field| household.value(field).as_integer()),
            });
            let Some(known) = told else { continue };
            if known.willingness == "unreached" || dice.roll(100) >= sample.reach {
                continue;
            }
            let day = day_within(&mut dice, &sample.opens_on, &sample.closes_on);
            let answers = answers(&mut dice, sample, &banked.sheet.questions, &known);
            let collector = &sample.collectors
                [usize::try_from(dice.roll(97)).unwrap_or(0) % sample.collectors.len()];
            let online = dice.roll(10) == 0;
            store::insert(
                conn,
                &Response {
                    id: log::fresh_id(conn, at)?,
                    round: round.id,
                    answers,
                    state: State::Counted,
                    questionnaire: version.id,
                    dwelling: Some(door.dwelling),
                    household: door.household,
                    respondent: Respondent::Household,
                    respondent_name: String::new(),
                    phone: String::new(),
                    place: String::new(),
                    answered_on: day,
                    collector: collector.clone(),
                    channel: if online {
                        Channel::Online
                    } else {
                        Channel::Paper
                    },
                    evidence: String::new(),
                    source: if online { "示例" } else { "" }.to_owned(),
                    source_key: String::new(),
                    plan: round.plan,
                    plan_version: round.plan_version,
                    second: None,
                    second_by: String::new(),
                    flaws: "[]".to_owned(),
                    tags: BTreeMap::default(),
                    entered_at: at.to_rfc3339(),
                    entered_by: actor.to_owned(),
                },
            )?;
        }
    }
    Ok(())
}

/// What the sample's inventory says of a household: its answers do not contradict it.
struct Known {
    willingness: String,
    cooperation: String,
    ground: bool,
    high: bool,
    numbers: [Option<i64>; 4],
}

fn day_within(dice: &mut Dice, from: &str, to: &str) -> String {
    let day = |text: &str| jiugai_domain::date::parse(text);
    let (Some(from), Some(to)) = (day(from), day(to)) else {
        return from.to_owned();
    };
    let days = u64::try_from((to - from).num_days()).unwrap_or(0);
    let on = from + chrono::Days::new(dice.roll(days + 1));
    on.format("%Y-%m-%d").to_string()
}

fn answers(
    dice: &mut Dice,
    sample: &SampleRound,
    questions: &[Question],
    known: &Known,
) -> Answers {
    use jiugai_domain::survey::Topic;
    let mut answers = Answers::new();
    let mut figures = known.numbers.into_iter();
    for question in questions {
        if !is_asked(question, &answers) {
            continue;
        }
        let mut answer = Answer::default();
        match question.kind {
            QuestionKind::Number => {
                let Some(number) = figures.next().flatten() else {
                    continue;
                };
                answer.number = Some(number * 100);
            }
            QuestionKind::Text => {
                let Some(texts) = sample.texts.get(&question.key) else {
                    continue;
                };
                if dice.roll(5) > 0 {
                    continue;
                }
                let at = usize::try_from(dice.roll(texts.len() as u64)).unwrap_or(0);
                answer.text.clone_from(&texts[at]);
            }
            QuestionKind::Date => continue,
            _ => {
                if !question.required && dice.roll(25) == 0 {
                    continue;
                }
                let even = vec![10; question.choices.len()];
                let mut weights = sample.weights.get(&question.key).cloned().unwrap_or(even);
                match question.topic {
                    Some(Topic::Willingness) => {
                        weights = match known.willingness.as_str() {
                            "agree" => vec![1, 0, 0],
                            "oppose" => vec![0, 1, 0],
                            _ => vec![0, 0, 1],
                        };
                    }
                    Some(Topic::Outbuilding) if known.cooperation == "unwilling" => {
                        weights.fill(0);
                        weights[2] = 1;
                    }
                    Some(Topic::Lift) if known.ground => weights = vec![1, 7, 3],
                    Some(Topic::Lift) if known.high => weights = vec![8, 1, 1],
                    Some(Topic::Parking) if known.ground => weights = vec![4, 5, 2],
                    _ => {}
                }
                let most = match question.kind {
                    QuestionKind::Multiple => {
                        1 + usize::try_from(dice.roll(question.limit().min(5) as u64)).unwrap_or(0)
                    }
                    QuestionKind::Rank => question.limit(),
                    _ => 1,
                };
                while answer.choices.len() < most && weights.iter().any(|weight| *weight > 0) {
                    let at = dice.weighted(&weights);
                    weights[at] = 0;
                    answer.choices.push(question.choices[at].number);
                }
                if question.kind == QuestionKind::Multiple {
                    answer.choices.sort_unstable();
                }
            }
        }
        answers.insert(question.key, answer);
    }
    answers
}
