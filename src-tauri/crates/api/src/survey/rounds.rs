//! Rounds: what is asked when, how far it is, who is missing.

use std::collections::{BTreeMap, HashSet};

use jiugai_domain::survey::{Channel, Questionnaire, Respondent, RoundKind, Share, Stance, Topic};
use jiugai_domain::text::normalize;
use jiugai_domain::{KindCode, date};
use jiugai_storage::survey::{self as store, Round, Standing, State};
use jiugai_storage::{Connection, Op, OpCode, plans, records};

use super::{
    bank, basis_points, count, counting, doors, percent, round_of, second, targets, version_of,
};
use crate::text::{key, long_date, positive, small};
use crate::wire::{
    BuildingProgress, Changed, DayProgress, LabelledCode, MissingDoor, SurveyRoundDraft,
    SurveyRoundPage, SurveyRoundRow, ThresholdLine,
};
use crate::{ApiError, ErrorCode, Session};

fn invalid(message: impl Into<String>, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, "轮次没有保存", message, next)
}

fn day(label: &str, text: &str) -> Result<Option<String>, ApiError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    date::parse(text)
        .map(|day| Some(day.format("%Y-%m-%d").to_string()))
        .ok_or_else(|| {
            invalid(
                format!("{label}“{text}”不是日期。"),
                "请写成 2021-3-5 这样。",
            )
        })
}

fn share(label: &str, text: &str) -> Result<String, ApiError> {
    let text = normalize(text);
    if !text.is_empty() && Share::parse(&text).is_none() {
        return Err(invalid(
            format!("{label}“{text}”不是比例。"),
            "请写成 75% 或 2/3 这样。",
        ));
    }
    Ok(text)
}

/// The question by which a round is judged: consent, else what it is about as a whole.
pub(super) fn leading(sheet: &Questionnaire) -> Option<&jiugai_domain::survey::Question> {
    [Topic::Willingness, Topic::Plan, Topic::Satisfaction]
        .into_iter()
        .find_map(|topic| sheet.about(topic))
}

/// Where a choice of a question stands.
pub(super) fn stance(
    question: &jiugai_domain::survey::Question,
    choice: Option<i64>,
) -> Option<Stance> {
    let number = u32::try_from(choice?).ok()?;
    question.choice(number)?.stance
}

pub(super) struct Progress {
    pub(super) doors: Vec<Standing>,
    pub(super) households: i64,
    pub(super) answered: i64,
    /// Versions of the plan, answers about which count.
    pub(super) counting: Vec<i64>,
}

pub(super) fn progress(
    conn: &Connection,
    round: &Round,
    sheet: &Questionnaire,
) -> Result<Progress, ApiError> {
    let question = leading(sheet).map(|question| question.key);
    let counting = counting(conn, round)?;
    let doors = store::standing(conn, round.id, question, None, &counting)?;
    // A dwelling where no household is listed is a household that nobody knows yet.
    let answered = count(doors.iter().filter(|one| one.response.is_some()).count());
    Ok(Progress {
        households: count(doors.len()),
        answered,
        doors,
        counting,
    })
}

impl Session {
    /// The rounds of a compound, or of all.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_list(&self, compound: Option<&str>) -> Result<Vec<SurveyRoundRow>, ApiError> {
        let conn = self.connection()?;
        let compound = compound.map(key).transpose()?;
        let mut rows = Vec::new();
        for round in store::rounds(conn, compound)? {
            if records::label(conn, KindCode::Compound, round.compound)?.is_some() {
                let sheet = version_of(conn, round.questionnaire)?.sheet;
                let progress = progress(conn, &round, &sheet)?;
                rows.push(self.round_row(&round, &progress)?);
            }
        }
        Ok(rows)
    }

    fn round_row(&self, round: &Round, progress: &Progress) -> Result<SurveyRoundRow, ApiError> {
        let conn = self.connection()?;
        let version = version_of(conn, round.questionnaire)?;
        let today = self.now().format("%Y-%m-%d").to_string();
        let before = round.opens_on.as_ref().is_some_and(|day| *day > today);
        let after = round.closes_on.as_ref().is_some_and(|day| *day < today);
        let period = match (&round.opens_on, &round.closes_on) {
            (None, None) => "没有定起止日期".to_owned(),
            (from, None) => format!("{}起", long_date(from.as_deref())),
            (from, to) => format!(
                "{} 至 {}",
                long_date(from.as_deref()),
                long_date(to.as_deref())
            ),
        };
        let waiting = store::responses(conn, round.id, Some(State::Pending), usize::MAX)?.len()
            + store::orphans(conn, round.id)?.len();
        Ok(SurveyRoundRow {
            id: round.id.to_string(),
            name: round.name.clone(),
            kind: round.kind,
            kind_label: round.kind.label().to_owned(),
            period,
            state: if before {
                "还没开始"
            } else if after {
                "已结束"
            } else {
                "进行中"
            }
            .to_owned(),
            questionnaire: format!("{}（第{}版）", version.sheet.title, version.version),
            households: positive(progress.households),
            answered: positive(progress.answered),
            rate: percent(progress.answered, progress.households),
            pending: small(waiting),
            stale: positive(store::stale(conn, round.id, &progress.counting)?),
        })
    }

    /// What a new round of a kind usually is.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_draft(
        &self,
        compound: &str,
        kind: RoundKind,
    ) -> Result<SurveyRoundDraft, ApiError> {
        let conn = self.connection()?;
        let before = store::rounds(conn, Some(key(compound)?))?
            .iter()
            .filter(|round| round.kind == kind)
            .count();
        let target = targets::of(conn, kind)?;
        let family = bank::all()
            .iter()
            .find(|banked| banked.kind == kind)
            .map_or("", |banked| &banked.family);
        let label = kind.label();
        Ok(SurveyRoundDraft {
            name: match before {
                0 => label.to_owned(),
                before => format!("{label}（第{}轮）", before + 1),
            },
            kind: Some(kind),
            family: family.to_owned(),
            opens_on: self.now().format("%Y-%m-%d").to_string(),
            closes_on: String::new(),
            reach: target.reach,
            reach_source: target.reach_source,
            agree: target.agree,
            agree_source: target.agree_source,
            double_entry: kind.asks_consent(),
            remark: String::new(),
        })
    }

    /// Begins a round; gives its key. A round that asks for consent takes the newest version of
    /// the plan.
    ///
    /// # Errors
    /// `invalid`, `nameTaken`.
    pub fn survey_create(
        &mut self,
        compound: &str,
        draft: &SurveyRoundDraft,
    ) -> Result<Changed<String>, ApiError> {
        let compound = key(compound)?;
        let (version, fresh) = self.version_to_ask(&draft.family)?;
        let kind = draft.kind.unwrap_or(RoundKind::Baseline);
        let plan =
            plans::asked(self.connection()?, compound)?.filter(|_| kind != RoundKind::Baseline);
        let round = Round {
            id: self.fresh()?,
            compound,
            questionnaire: version.id,
            kind,
            name: String::new(),
            opens_on: None,
            closes_on: None,
            plan: plan.map(|(id, _)| id),
            plan_version: plan.map(|(_, version)| version),
            reach: String::new(),
            reach_source: String::new(),
            agree: String::new(),
            agree_source: String::new(),
            double_entry: false,
            remark: String::new(),
        };
        let round = taken_over(round, draft)?;
        let name = round.name.clone();
        let op = Op::one(OpCode::Create, format!("调查轮次“{name}”"));
        self.write(&op, |conn| {
            if fresh {
                store::insert_version(conn, &version)?;
            }
            store::insert_round(conn, &round)?;
            Ok(round.id.to_string())
        })
        .map_err(|error| taken(error, &name))
    }

    /// Changes a round.
    ///
    /// # Errors
    /// `notFound`, `invalid`, `nameTaken`.
    pub fn survey_update(
        &mut self,
        id: &str,
        draft: &SurveyRoundDraft,
    ) -> Result<Changed<()>, ApiError> {
        let round = taken_over(round_of(self.connection()?, id)?, draft)?;
        let name = round.name.clone();
        let op = Op::one(OpCode::Update, format!("调查轮次“{name}”"));
        self.write(&op, |conn| store::update_round(conn, &round))
            .map_err(|error| taken(error, &name))
    }

    /// Asks the newest version of the questionnaire and refers to the newest published version of the
    /// plan from now on; what was answered stays as it is.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_renew(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let mut round = round_of(conn, id)?;
        let family = version_of(conn, round.questionnaire)?.family;
        if let Some(newest) = store::newest_version(conn, &family)? {
            round.questionnaire = newest.id;
        }
        if let Some((plan, version)) = plans::asked(conn, round.compound)?
            && round.kind != RoundKind::Baseline
        {
            round.plan = Some(plan);
            round.plan_version = Some(version);
        }
        let op = Op::one(OpCode::Update, format!("调查轮次“{}”", round.name));
        self.write(&op, |conn| store::update_round(conn, &round))
    }

    /// Removes a round with its responses.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_remove(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let round = round_of(self.connection()?, id)?;
        let op = Op::one(OpCode::Delete, format!("调查轮次“{}”", round.name));
        self.write(&op, |conn| store::remove_round(conn, round.id))
    }

    /// Everything about a round.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_get(&self, id: &str) -> Result<SurveyRoundPage, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, id)?;
        let version = version_of(conn, round.questionnaire)?;
        let progress = progress(conn, &round, &version.sheet)?;
        let newest = store::newest_version(conn, &version.family)?;
        let row = self.round_row(&round, &progress)?;
        let plan = match round.plan {
            Some(plan) => records::label(conn, KindCode::Plan, plan)?.unwrap_or_else(|| {
                format!("第{}版（已删除）", round.plan_version.unwrap_or_default())
            }),
            None => String::new(),
        };
        let stale = if row.stale > 0 {
            format!(
                "有 {} 份答卷是对旧版方案答的：方案已经换了版，这些同意不能当作对新方案的同意，请重新征求。",
                row.stale
            )
        } else {
            String::new()
        };
        let (differences, second_missing) = second::counts(conn, &round)?;
        let dwellings: HashSet<_> = progress.doors.iter().map(|one| one.door.dwelling).collect();
        let with_answer = progress.doors.iter().filter(|one| one.response.is_some());
        let answered: HashSet<_> = with_answer.map(|one| one.door.dwelling).collect();
        Ok(SurveyRoundPage {
            compound: round.compound.to_string(),
            compound_name: records::label(conn, KindCode::Compound, round.compound)?
                .unwrap_or_default(),
            plan,
            stale,
            thresholds: thresholds(&round, &version.sheet, &progress),
            buildings: buildings(&version.sheet, &progress.doors),
            days: days(&progress),
            dwellings: small(dwellings.len()),
            dwellings_answered: small(answered.len()),
            newer: newest.is_some_and(|newest| newest.id != version.id),
            differences: small(differences),
            second_missing: small(second_missing),
            draft: SurveyRoundDraft {
                name: round.name.clone(),
                kind: Some(round.kind),
                family: version.family.clone(),
                opens_on: round.opens_on.clone().unwrap_or_default(),
                closes_on: round.closes_on.clone().unwrap_or_default(),
                reach: round.reach.clone(),
                reach_source: round.reach_source.clone(),
                agree: round.agree.clone(),
                agree_source: round.agree_source.clone(),
                double_entry: round.double_entry,
                remark: round.remark.clone(),
            },
            sheet: version.sheet,
            channels: Channel::ALL
                .into_iter()
                .map(|channel| coded(channel.code(), channel.label()))
                .collect(),
            respondents: Respondent::ALL
                .into_iter()
                .map(|who| coded(who.code(), who.label()))
                .collect(),
            row,
        })
    }

    /// Who did not answer yet, in walking order.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_missing(
        &self,
        id: &str,
        building: Option<&str>,
    ) -> Result<Vec<MissingDoor>, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, id)?;
        let building = building.map(key).transpose()?;
        let occupancy = KindCode::Household.kind().field("occupancy");
        Ok(
            store::standing(conn, round.id, None, building, &counting(conn, &round)?)?
                .into_iter()
                .filter(|one| one.response.is_none())
                .map(|one| MissingDoor {
                    place: doors::place(&one.door),
                    building: one.door.building_name,
                    contact: one.door.contact,
                    phone: one.door.phone,
                    occupancy: occupancy.map_or_else(String::new, |field| {
                        field.format(&jiugai_domain::Value::Text(one.door.occupancy))
                    }),
                    dwelling: one.door.dwelling.to_string(),
                    household: one.door.household.map(|id| id.to_string()),
                })
                .collect(),
        )
    }
}

fn coded(code: &str, label: &str) -> LabelledCode {
    LabelledCode {
        code: code.to_owned(),
        label: label.to_owned(),
    }
}

fn taken(error: ApiError, name: &str) -> ApiError {
    match error.code {
        ErrorCode::NameTaken => ApiError::new(
            ErrorCode::NameTaken,
            "轮次没有保存",
            format!("这个小区已经有一轮叫“{name}”。"),
            "请另起一个名字。",
        ),
        _ => error,
    }
}

fn taken_over(mut round: Round, draft: &SurveyRoundDraft) -> Result<Round, ApiError> {
    round.name = normalize(&draft.name);
    if round.name.is_empty() {
        return Err(invalid(
            "轮次还没有名字。",
            "请起一个名字，如“第一轮意愿征询”。",
        ));
    }
    round.opens_on = day("开始日期", &draft.opens_on)?;
    round.closes_on = day("结束日期", &draft.closes_on)?;
    if round.closes_on.is_some() && round.closes_on < round.opens_on {
        return Err(invalid("结束日期在开始日期前面。", "请核对两个日期。"));
    }
    round.reach = share("入户率", &draft.reach)?;
    round.reach_source = normalize(&draft.reach_source);
    round.agree = share("同意率", &draft.agree)?;
    round.agree_source = normalize(&draft.agree_source);
    round.double_entry = draft.double_entry;
    round.remark = normalize(&draft.remark);
    Ok(round)
}

pub(super) fn thresholds(
    round: &Round,
    sheet: &Questionnaire,
    progress: &Progress,
) -> Vec<ThresholdLine> {
    let line = |label: &str, share: &str, source: &str, have: i64, done: &str| {
        let parsed = Share::parse(share)?;
        let needed = parsed.needed(progress.households);
        Some(ThresholdLine {
            label: label.to_owned(),
            share: share.to_owned(),
            needed: positive(needed),
            have: positive(have),
            rate: percent(have, progress.households),
            rate_bp: basis_points(have, progress.households),
            share_bp: basis_points(parsed.of, parsed.whole),
            reached: have >= needed,
            sentence: if have >= needed {
                format!("{have} 户{done}，已达到 {needed} 户")
            } else {
                format!(
                    "{have} 户{done}，要到 {needed} 户，还差 {} 户",
                    needed - have
                )
            },
            source: source.to_owned(),
        })
    };
    let mut lines = Vec::new();
    lines.extend(line(
        "入户率",
        &round.reach,
        &round.reach_source,
        progress.answered,
        "已答",
    ));
    if let Some(question) = leading(sheet) {
        let agreed = progress
            .doors
            .iter()
            .filter(|one| stance(question, one.choice) == Some(Stance::Willing));
        // What was agreed to another version of the plan is no consent to this one.
        let valid = count(agreed.filter(|one| !one.stale).count());
        let (label, done) = if question.topic == Some(Topic::Satisfaction) {
            ("满意率", "满意")
        } else {
            ("同意率", "同意")
        };
        lines.extend(line(label, &round.agree, &round.agree_source, valid, done));
    }
    lines
}

pub(super) fn buildings(sheet: &Questionnaire, doors: &[Standing]) -> Vec<BuildingProgress> {
    let question = leading(sheet);
    let mut rows = Vec::new();
    for group in doors.chunk_by(|a, b| a.door.building == b.door.building) {
        let answered: Vec<&Standing> = group.iter().filter(|one| one.response.is_some()).collect();
        let dwellings: HashSet<_> = group.iter().map(|one| one.door.dwelling).collect();
        let reached: HashSet<_> = answered.iter().map(|one| one.door.dwelling).collect();
        rows.push(BuildingProgress {
            id: group[0].door.building.to_string(),
            name: group[0].door.building_name.clone(),
            dwellings: small(dwellings.len()),
            households: small(group.len()),
            answered: small(answered.len()),
            rate: percent(count(answered.len()), count(group.len())),
            dwelling_rate: percent(count(reached.len()), count(dwellings.len())),
            stances: question.map(|question| {
                Stance::ALL.map(|wanted| {
                    let stands = |one: &&&Standing| stance(question, one.choice) == Some(wanted);
                    small(answered.iter().filter(stands).count())
                })
            }),
        });
    }
    rows
}

fn days(progress: &Progress) -> Vec<DayProgress> {
    let mut by_day: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &progress.doors {
        if let Some(day) = one.answered_on.as_deref() {
            *by_day.entry(day).or_default() += 1;
        }
    }
    let mut total = 0;
    by_day
        .into_iter()
        .map(|(day, answers)| {
            total += answers;
            DayProgress {
                day: day.to_owned(),
                count: small(answers),
                total: small(total),
                rate: percent(count(total), progress.households),
            }
        })
        .collect()
}
