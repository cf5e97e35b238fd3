//! 待处理: what no rule can decide waits here for a person; nothing is dropped in silence.

use jiugai_domain::fixed;
use jiugai_domain::survey::{Answer, Answers, Questionnaire, shown};
use jiugai_storage::survey::{self as store, Response, Round, State};
use jiugai_storage::{Op, OpCode};

use super::doors::{self, Doors, Met};
use super::flaw::{self, Flaw, FlawCode};
use super::{response_of, round_of, version_of};
use crate::text::key;
use crate::wire::{
    AnswerLine, Changed, DoorOption, PendingAction, PendingDecision, PendingKind, PendingRow,
};
use crate::{ApiError, ErrorCode, Session};

/// Households offered.
const OPTIONS: usize = 12;

/// Question by question in words, beside those of another response.
pub(super) fn lines(
    sheet: &Questionnaire,
    answers: &Answers,
    other: Option<&Answers>,
) -> Vec<AnswerLine> {
    let mut found: Vec<AnswerLine> = sheet
        .questions
        .iter()
        .filter_map(|question| {
            let here = answers.get(&question.key);
            let there = other.and_then(|other| other.get(&question.key));
            (here.is_some() || there.is_some()).then(|| AnswerLine {
                title: question.title.clone(),
                text: here.map_or_else(String::new, |answer| shown(question, answer)),
                other: there.map_or_else(String::new, |answer| shown(question, answer)),
            })
        })
        .collect();
    for (key, answer) in answers {
        if sheet.question(*key).is_none() {
            found.push(AnswerLine {
                title: "已删的题".to_owned(),
                text: bare(answer),
                other: String::new(),
            });
        }
    }
    found
}

/// An answer whose question nobody knows any more.
fn bare(answer: &Answer) -> String {
    let choices: Vec<String> = answer.choices.iter().map(u32::to_string).collect();
    let number = answer.number.map(|number| fixed::format(number, 2));
    let told = [
        choices.join("、"),
        answer.other.clone(),
        number.unwrap_or_default(),
        answer.date.clone().unwrap_or_default(),
        answer.text.clone(),
    ];
    let told: Vec<String> = told.into_iter().filter(|one| !one.is_empty()).collect();
    told.join("　")
}

impl Session {
    /// Responses that wait for a decision, those whose household is gone, those that count without an
    /// answer that nobody could read, and those that were left out.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_pending(&self, round: &str) -> Result<Vec<PendingRow>, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, round)?;
        let doors = Doors::of(conn, round.compound)?;
        let taken = store::respondents_of(conn, round.id)?;
        let mut rows = Vec::new();
        let mut waiting = store::responses(conn, round.id, Some(State::Pending), usize::MAX)?;
        waiting.reverse();
        let gone = store::orphans(conn, round.id)?;
        let flawed = store::flawed(conn, round.id)?;
        let discarded = store::responses(conn, round.id, Some(State::Discarded), usize::MAX)?;
        let of = |found: Vec<Response>, kind| found.into_iter().map(move |one| (one, kind));
        for (response, kind) in of(waiting, PendingKind::Waiting)
            .chain(of(gone, PendingKind::Gone))
            .chain(of(flawed, PendingKind::Flawed))
            .chain(of(discarded, PendingKind::Discarded))
        {
            let orphan = kind == PendingKind::Gone;
            let sheet = version_of(conn, response.questionnaire)?.sheet;
            let flaws = flaw::read(&response.flaws);
            let mut reasons: Vec<String> = flaws.iter().map(|flaw| flaw.sentence(&sheet)).collect();
            let door_stands = response
                .dwelling
                .is_some_and(|dwelling| doors.all.iter().any(|door| door.dwelling == dwelling));
            if orphan {
                reasons.insert(
                    0,
                    if response.household.is_none() && door_stands {
                        "答卷是在这套房还没有登记住户时录的，现在要指定归到哪一户".to_owned()
                    } else {
                        "这一户在台账里已经合并或删除，答卷还计在总数里，要指定归到哪一户"
                            .to_owned()
                    },
                );
            }
            let door = response
                .dwelling
                .and_then(|dwelling| doors.find(dwelling, response.household));
            let there = match door {
                Some(door) if !matches!(kind, PendingKind::Gone | PendingKind::Flawed) => {
                    store::taken(conn, round.id, door.dwelling, door.household)?
                }
                _ => None,
            };
            let duplicate = there.is_some();
            rows.push(PendingRow {
                id: response.id.to_string(),
                kind,
                reasons,
                place: response.place.clone(),
                label: door.map_or_else(String::new, doors::label),
                name: response.respondent_name.clone(),
                phone: response.phone.clone(),
                answered_on: response.answered_on.clone(),
                source: response.source.clone(),
                answers: lines(
                    &sheet,
                    &response.answers,
                    there.as_ref().map(|there| &there.answers),
                ),
                duplicate,
                options: options(&doors, &response)
                    .into_iter()
                    .map(|at| {
                        let door = &doors.all[at];
                        DoorOption {
                            dwelling: door.dwelling.to_string(),
                            household: door.household.map(|id| id.to_string()),
                            label: doors::label(door),
                            taken: taken.contains_key(&(door.dwelling, door.household)),
                        }
                    })
                    .collect(),
                acceptable: door.is_some() && !duplicate,
            });
        }
        Ok(rows)
    }

    /// Households that a typed text can mean, to assign a response.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_doors(&self, round: &str, text: &str) -> Result<Vec<DoorOption>, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, round)?;
        let doors = Doors::of(conn, round.compound)?;
        let taken = store::respondents_of(conn, round.id)?;
        let wanted = jiugai_domain::text::normalize(text);
        let mut found = match doors.by_place(&wanted) {
            Met::One(at) => vec![at],
            Met::Several(several) => several,
            Met::None => Vec::new(),
        };
        for (at, door) in doors.all.iter().enumerate() {
            if found.len() >= OPTIONS {
                break;
            }
            if !found.contains(&at) && doors::label(door).contains(&wanted) {
                found.push(at);
            }
        }
        Ok(found
            .into_iter()
            .map(|at| {
                let door = &doors.all[at];
                DoorOption {
                    dwelling: door.dwelling.to_string(),
                    household: door.household.map(|id| id.to_string()),
                    label: doors::label(door),
                    taken: taken.contains_key(&(door.dwelling, door.household)),
                }
            })
            .collect())
    }

    /// Carries out a decision.
    ///
    /// # Errors
    /// `notFound`; `invalid` when the household has an answer already.
    pub fn survey_decide(&mut self, decision: &PendingDecision) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let mut response = response_of(conn, &decision.response)?;
        let round = round_of(conn, &response.round.to_string())?;
        let doors = Doors::of(conn, round.compound)?;
        let mut flaws = flaw::read(&response.flaws);
        let mut replaced = None;
        match decision.action {
            PendingAction::Assign => {
                let dwelling = decision
                    .dwelling
                    .as_deref()
                    .ok_or_else(ApiError::not_found)?;
                response.dwelling = Some(key(dwelling)?);
                response.household = decision.household.as_deref().map(key).transpose()?;
                let there = self.there(&round, &response)?;
                flaws.retain(|flaw| {
                    !matches!(
                        flaw.code,
                        FlawCode::Unmatched | FlawCode::Ambiguous | FlawCode::Duplicate
                    )
                });
                if there.is_some() {
                    flaws.insert(0, Flaw::of(FlawCode::Duplicate));
                }
            }
            PendingAction::Replace => {
                flaws.retain(|flaw| !flaw.waits());
                replaced = self.there(&round, &response)?;
            }
            PendingAction::Accept => {
                let was_counted = response.state == State::Counted;
                flaws.retain(|flaw| {
                    let settled = was_counted && flaw.code == FlawCode::BadAnswer;
                    !(flaw.waits() || settled)
                });
            }
            PendingAction::Discard => {}
        }
        let known = response
            .dwelling
            .and_then(|dwelling| doors.find(dwelling, response.household))
            .map(doors::place);
        response.state = match decision.action {
            PendingAction::Discard => State::Discarded,
            _ if flaws.iter().any(Flaw::waits) => State::Pending,
            _ if known.is_none() => {
                return Err(ApiError::new(
                    ErrorCode::Invalid,
                    "还没有处理",
                    "这份答卷还没有对上住户。",
                    "请先指定是哪一户，或者选“不计入”。",
                ));
            }
            _ => State::Counted,
        };
        if response.state == State::Counted
            && replaced.is_none()
            && let Some(there) = self.there(&round, &response)?
            && there.id != response.id
        {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "还没有处理",
                format!(
                    "{} 在本轮已经有一份 {} 的答卷。",
                    known.clone().unwrap_or_default(),
                    there.answered_on
                ),
                "请选“用这份”或“不计入”。",
            ));
        }
        if response.state == State::Counted {
            // Kept only as long as it was needed to find out whose answer it is.
            response.phone = String::new();
        }
        response.flaws = flaw::write(&flaws);
        let name = known.unwrap_or_else(|| response.place.clone());
        let op = Op::one(OpCode::Update, format!("{name} 的答卷"));
        self.write(&op, |conn| {
            if let Some(mut old) = replaced.filter(|old| old.id != response.id) {
                old.state = State::Discarded;
                store::update(conn, &old)?;
            }
            store::update(conn, &response)
        })
    }

    fn there(&self, round: &Round, response: &Response) -> Result<Option<Response>, ApiError> {
        let Some(dwelling) = response.dwelling else {
            return Ok(None);
        };
        let found = store::taken(self.connection()?, round.id, dwelling, response.household)?;
        Ok(found.filter(|there| there.id != response.id))
    }
}

/// Whose it could be: by room, by phone, by name, then the rooms of the same number.
fn options(doors: &Doors, response: &Response) -> Vec<usize> {
    let mut found = Vec::new();
    for met in [
        doors.by_place(&response.place),
        doors.by_phone(&response.phone),
        doors.by_name(&response.place, &response.respondent_name),
    ] {
        match met {
            Met::One(at) => found.push(at),
            Met::Several(several) => found.extend(several),
            Met::None => {}
        }
    }
    let room = jiugai_storage::records::PlaceName::parse(&response.place).room;
    for (at, door) in doors.all.iter().enumerate() {
        let same_name =
            !response.respondent_name.is_empty() && door.contact == response.respondent_name;
        if same_name || Some(&door.room) == room.as_ref() {
            found.push(at);
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|at| seen.insert(*at));
    found.truncate(OPTIONS);
    found
}
