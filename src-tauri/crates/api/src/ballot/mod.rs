//! 业主表决: ballots of the owners, strictly apart from surveys of wishes.

mod count;
mod counted;
mod enter;
mod law;
mod lift;
mod local;
mod page;
mod papers;
mod print;
mod report;
mod roll;
mod rules;
mod ruling;
pub(crate) mod sample;
mod tally;
#[cfg(test)]
mod tests;
mod visits;

pub(crate) use rules::SHIPPED;

use jiugai_domain::{KindCode, RecordId, date};
use jiugai_storage::ballots::{self as store, Ballot, Motion};
use jiugai_storage::{Connection, Op, OpCode, StorageError, records};

use law::BallotLaw;

use crate::parameters::of_group;
use crate::text::key;
use crate::wire::{
    BallotMotionDraft, BallotRow, BallotSettings, BallotStage, Changed, ParameterGroup,
};
use crate::{ApiError, ErrorCode, Session};

pub use count::{BallotCount, BothLegs, PlainShare, ballot_count};
pub(crate) use counted::carried;
pub use report::{BallotReport, MotionReport};

/// Characters of a name or a title at most.
const LONGEST: usize = 120;
/// Characters of an objection or its answer at most.
const LONGEST_WORDS: usize = 2_000;

pub(crate) fn refused(title: &str, message: impl Into<String>, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, title, message, next)
}

fn subject(ballot: &Ballot) -> String {
    format!("表决“{}”", ballot.name)
}

fn stage(ballot: &Ballot) -> BallotStage {
    match (ballot.opened_at.is_empty(), ballot.closed_at.is_empty()) {
        (true, _) => BallotStage::Preparing,
        (false, true) => BallotStage::Open,
        (false, false) => BallotStage::Closed,
    }
}

fn stage_label(stage: BallotStage) -> &'static str {
    match stage {
        BallotStage::Preparing => "准备中",
        BallotStage::Open => "进行中",
        BallotStage::Closed => "已封存",
    }
}

/// A day as typed or picked, as ISO; empty stays empty.
pub(crate) fn day(typed: &str, what: &str) -> Result<String, ApiError> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    date::parse(typed)
        .map(|day| day.format("%Y-%m-%d").to_string())
        .ok_or_else(|| {
            refused(
                "日期写得不对",
                format!("{what}写的是“{typed}”，认不出是哪一天。"),
                "请写成 2026-3-5 这样。",
            )
        })
}

pub(crate) fn line(typed: &str) -> String {
    jiugai_domain::text::normalize_long(typed)
}

/// What must be typed, in a line.
pub(crate) fn required(typed: &str, what: &str) -> Result<String, ApiError> {
    within(typed, what, LONGEST)
}

/// What must be typed, at length.
fn long(typed: &str, what: &str) -> Result<String, ApiError> {
    within(typed, what, LONGEST_WORDS)
}

fn within(typed: &str, what: &str, most: usize) -> Result<String, ApiError> {
    let text = line(typed);
    let length = text.chars().count();
    if length == 0 || length > most {
        return Err(refused(
            "没有保存",
            format!("{what}要有 1 到 {most} 个字。"),
            "请填好再保存。",
        ));
    }
    Ok(text)
}

/// The period as people read it.
fn period(ballot: &Ballot) -> String {
    let long = |iso: &str| crate::text::long_date(Some(iso));
    match (ballot.starts_on.as_str(), ballot.ends_on.as_str()) {
        ("", "") => String::new(),
        (first, "") => format!("{}起", long(first)),
        ("", last) => format!("到{}", long(last)),
        (first, last) => format!("{}至{}", long(first), long(last)),
    }
}

/// Something changed that owners were told before the opening. A last day that was left open may
/// still be set.
fn moved(before: &Ballot, after: &Ballot) -> bool {
    let told = |ballot: &Ballot| {
        (
            ballot.notice_on.clone(),
            ballot.starts_on.clone(),
            ballot.double_entry,
            ballot.rules_clause.clone(),
        )
    };
    told(before) != told(after) || (!before.ends_on.is_empty() && before.ends_on != after.ends_on)
}

/// The ballot of a key.
fn find(conn: &Connection, id: &str) -> Result<Ballot, ApiError> {
    store::find(conn, key(id)?)?.ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "找不到这次表决",
            "它可能已被删除，或者新建后撤销过。",
            "请回到“业主表决”的列表；删错了可以撤销。",
        )
    })
}

/// Only while it is prepared.
fn preparing(ballot: Ballot) -> Result<Ballot, ApiError> {
    match stage(&ballot) {
        BallotStage::Preparing => Ok(ballot),
        BallotStage::Open => Err(StorageError::RollFrozen.into()),
        BallotStage::Closed => Err(StorageError::BallotClosed.into()),
    }
}

/// Only while papers go out and come back.
fn open(ballot: Ballot) -> Result<Ballot, ApiError> {
    match stage(&ballot) {
        BallotStage::Open => Ok(ballot),
        BallotStage::Closed => Err(StorageError::BallotClosed.into()),
        BallotStage::Preparing => Err(refused(
            "表决还没有开始",
            format!("“{}”还在准备，没有编号的票可以登记。", ballot.name),
            "请先编好名册，点“开始表决”。",
        )),
    }
}

impl Session {
    /// The first day of voting as ISO; today where it is not set.
    fn day_of(&self, ballot: &Ballot) -> String {
        match ballot.starts_on.as_str() {
            "" => self.today(),
            day => day.to_owned(),
        }
    }

    /// The ballots of a compound, the newest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn ballot_list(&self, compound: &str) -> Result<Vec<BallotRow>, ApiError> {
        let conn = self.connection()?;
        let ballots = store::list(conn, Some(key(compound)?))?;
        let names: Vec<(RecordId, String)> = ballots
            .iter()
            .map(|ballot| (ballot.id, ballot.name.clone()))
            .collect();
        ballots
            .into_iter()
            .map(|ballot| {
                let stage = stage(&ballot);
                let (progress, verdicts) = tally::summary(conn, &ballot)?;
                Ok(BallotRow {
                    id: ballot.id.to_string(),
                    scope: ballot.scope_label.clone(),
                    stage,
                    stage_label: stage_label(stage).to_owned(),
                    period: period(&ballot),
                    progress,
                    verdicts,
                    follows: ballot
                        .follows
                        .and_then(|id| names.iter().find(|(other, _)| *other == id))
                        .map_or_else(String::new, |(_, name)| name.clone()),
                    name: ballot.name,
                })
            })
            .collect()
    }

    /// Begins a ballot for a whole compound.
    ///
    /// # Errors
    /// `notFound`, `invalid`.
    pub fn ballot_create(
        &mut self,
        compound: &str,
        name: &str,
    ) -> Result<Changed<String>, ApiError> {
        let compound = key(compound)?;
        let conn = self.connection()?;
        let label =
            records::label(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
        let ballot = Ballot {
            organiser: self.kept.settings.office.clone(),
            plan: crate::comparison::newest_plan(conn, compound)?,
            ..Ballot::prepared(
                self.fresh()?,
                compound,
                required(name, "表决的名称")?,
                label,
            )
        };
        let op = Op::one(OpCode::Create, subject(&ballot));
        self.write(&op, |conn| {
            store::put(conn, &ballot)?;
            Ok(ballot.id.to_string())
        })
    }

    /// Changes the settings of a ballot. What is frozen by the opening may not change any more.
    ///
    /// # Errors
    /// `notFound`, `invalid`, `sealed`.
    pub fn ballot_update(
        &mut self,
        id: &str,
        settings: &BallotSettings,
    ) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let mut ballot = find(conn, id)?;
        let before = ballot.clone();
        let (kind, scope_id) = match settings.scope.as_str() {
            "building" => (KindCode::Building, key(&settings.scope_id)?),
            "entrance" => (KindCode::Entrance, key(&settings.scope_id)?),
            _ => (KindCode::Compound, ballot.compound),
        };
        ballot.scope = kind.code().to_owned();
        if scope_id != ballot.scope_id {
            ballot.scope_id = scope_id;
            ballot.scope_label =
                records::label(conn, kind, scope_id)?.ok_or_else(ApiError::not_found)?;
        }
        ballot.name = required(&settings.name, "表决的名称")?;
        ballot.notice_on = day(&settings.notice_on, "公告日期")?;
        ballot.starts_on = day(&settings.starts_on, "开始日期")?;
        ballot.ends_on = day(&settings.ends_on, "截止日期")?;
        if !ballot.ends_on.is_empty() && ballot.ends_on < ballot.starts_on {
            return Err(refused(
                "日期前后颠倒",
                "截止日期在开始日期之前。",
                "请改好再保存。",
            ));
        }
        ballot.organiser = line(&settings.organiser);
        ballot.phone = line(&settings.phone);
        ballot.supervisors = line(&settings.supervisors);
        ballot.work_unit_is_one = settings.work_unit_is_one;
        ballot.count_apart = settings.count_apart;
        ballot.gross_when_missing = settings.gross_when_missing;
        ballot.double_entry = settings.double_entry;
        ballot.follow_majority = settings.follow_majority;
        ballot.rules_clause = line(&settings.rules_clause);
        ballot.consequence_printed = settings.consequence_printed;
        if stage(&before) != BallotStage::Preparing && moved(&before, &ballot) {
            return Err(ApiError::new(
                ErrorCode::Sealed,
                "没有保存设置",
                "表决开始以后，公告、开始、截止的日期，两人各录一遍和议事规则的原文都不能再改。",
                "还没有发票的，可以撤销“开始表决”，改好再开始；发了票的，请按原来的日期办。",
            ));
        }
        let op = Op::one(OpCode::Update, subject(&before));
        // Other rules or another scope give another roll.
        let anew = stage(&ballot) == BallotStage::Preparing
            && !store::entries(conn, ballot.id)?.is_empty()
            && (
                before.scope_id,
                before.work_unit_is_one,
                before.count_apart,
                before.gross_when_missing,
            ) != (
                ballot.scope_id,
                ballot.work_unit_is_one,
                ballot.count_apart,
                ballot.gross_when_missing,
            );
        let at = self.now();
        self.write(&op, |conn| {
            store::put(conn, &ballot)?;
            if anew {
                roll::remake(conn, &ballot, at)?;
            }
            Ok(())
        })
    }

    /// Removes a ballot that was not opened.
    ///
    /// # Errors
    /// `notFound`, `sealed`.
    pub fn ballot_remove(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let ballot = preparing(find(self.connection()?, id)?)?;
        let op = Op::one(OpCode::Delete, subject(&ballot));
        self.write(&op, |conn| store::remove(conn, ballot.id))
    }

    /// Adds a motion or changes one.
    ///
    /// # Errors
    /// `notFound`, `invalid`, `sealed`.
    pub fn ballot_set_motion(
        &mut self,
        id: &str,
        draft: &BallotMotionDraft,
    ) -> Result<Changed<String>, ApiError> {
        let conn = self.connection()?;
        let ballot = preparing(find(conn, id)?)?;
        let motions = store::motions(conn, ballot.id)?;
        let existing = match &draft.id {
            Some(id) => {
                let id = key(id)?;
                let found = motions.iter().find(|motion| motion.id == id);
                Some(found.ok_or_else(ApiError::not_found)?)
            }
            None => None,
        };
        let leg_reason = line(&draft.leg_reason);
        if !draft.leg.is_of_code() {
            let offered = local::offered(
                &of_group(conn, ParameterGroup::Ballot)?,
                self.day_of(&ballot).as_str(),
            );
            let law = draft.matter.leg();
            if local::chosen(&offered, law, draft.leg, &leg_reason, &draft.title).is_none() {
                return Err(refused(
                    "没有保存议题",
                    format!(
                        "选的是{}，可是没有一条启用的、写明生效日期的地方规定这样要求这项议题。",
                        draft.leg.label()
                    ),
                    "请先在“参数与依据”里核对并启用那条规定，或者改回法定的比例。",
                ));
            }
        }
        if draft.leg != draft.matter.leg() && leg_reason.is_empty() {
            return Err(refused(
                "没有保存议题",
                format!(
                    "“{}”按《民法典》要{}，选的是{}。",
                    draft.matter.label(),
                    draft.matter.leg().label(),
                    draft.leg.label()
                ),
                "请改回法定的比例，或者写明为什么用别的比例。",
            ));
        }
        let motion = Motion {
            id: match existing {
                Some(motion) => motion.id,
                None => self.fresh()?,
            },
            ballot: ballot.id,
            ordinal: existing.map_or(
                motions
                    .iter()
                    .map(|motion| motion.ordinal)
                    .max()
                    .unwrap_or(0)
                    + 1,
                |motion| motion.ordinal,
            ),
            title: required(&draft.title, "议题")?,
            detail: line(&draft.detail),
            matter: draft.matter.code().to_owned(),
            leg: draft.leg.code().to_owned(),
            leg_reason,
            work_item: draft.work_item.as_deref().map(key).transpose()?,
        };
        let code = if existing.is_some() {
            OpCode::Update
        } else {
            OpCode::Create
        };
        let op = Op::one(code, format!("{}的议题", subject(&ballot)));
        self.write(&op, |conn| {
            store::put_motion(conn, &motion)?;
            Ok(motion.id.to_string())
        })
    }

    /// Takes a motion off; the others close up.
    ///
    /// # Errors
    /// `notFound`, `sealed`.
    pub fn ballot_remove_motion(
        &mut self,
        id: &str,
        motion: &str,
    ) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let ballot = preparing(find(conn, id)?)?;
        let gone = key(motion)?;
        let rest: Vec<Motion> = store::motions(conn, ballot.id)?
            .into_iter()
            .filter(|motion| motion.id != gone)
            .collect();
        let op = Op::one(OpCode::Delete, format!("{}的议题", subject(&ballot)));
        self.write(&op, |conn| {
            store::remove_motion(conn, gone)?;
            for (ordinal, motion) in (1..).zip(rest) {
                store::put_motion(conn, &Motion { ordinal, ..motion })?;
            }
            Ok(())
        })
    }

    /// Opens a ballot: the roll and the motions are frozen, the papers numbered.
    ///
    /// # Errors
    /// `invalid` with what is not ready; `sealed`.
    pub fn ballot_open(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let ballot = preparing(find(conn, id)?)?;
        if let Some(check) = page::checks(
            conn,
            &ballot,
            &BallotLaw::load(conn, &self.day_of(&ballot))?,
        )?
        .into_iter()
        .find(|check| check.blocks && !check.good)
        {
            return Err(refused(
                "还不能开始表决",
                check.text,
                "请先办好，再点“开始表决”。",
            ));
        }
        let (at, actor) = (self.now(), self.kept.settings.actor.clone());
        let op = Op::one(OpCode::OpenBallot, subject(&ballot));
        self.write(&op, |conn| open_now(conn, ballot, at, &actor))
    }

    /// Begins a new ballot that takes up a closed one, with the reason.
    ///
    /// # Errors
    /// `invalid` when it is not closed or no reason is given.
    pub fn ballot_reopen(&mut self, id: &str, reason: &str) -> Result<Changed<String>, ApiError> {
        let conn = self.connection()?;
        let old = find(conn, id)?;
        if stage(&old) != BallotStage::Closed {
            return Err(refused(
                "没有另起表决",
                format!("“{}”还没有封存，不用重新组织。", old.name),
                "请在原来的表决里继续。",
            ));
        }
        let reason = required(reason, "重新组织的理由")?;
        let motions = store::motions(conn, old.id)?;
        let answers = store::answers(conn, old.id)?;
        let mut ids = Vec::new();
        for _ in 0..=motions.len() + answers.len() {
            ids.push(self.fresh()?);
        }
        let mut fresh = ids.into_iter();
        let mut next = || fresh.next().unwrap_or(old.id);
        let ballot = Ballot {
            id: next(),
            name: format!("{}（重新组织）", old.name),
            notice_on: String::new(),
            starts_on: String::new(),
            ends_on: String::new(),
            follows: Some(old.id),
            reason,
            opened_at: String::new(),
            opened_by: String::new(),
            closed_at: String::new(),
            closed_by: String::new(),
            result: String::new(),
            ..old
        };
        let motions: Vec<Motion> = motions
            .into_iter()
            .map(|motion| Motion {
                id: next(),
                ballot: ballot.id,
                ..motion
            })
            .collect();
        let answers: Vec<_> = answers.into_iter().map(|answer| (next(), answer)).collect();
        let op = Op::one(OpCode::Create, subject(&ballot));
        let at = self.now();
        self.write(&op, |conn| {
            store::put(conn, &ballot)?;
            for motion in &motions {
                store::put_motion(conn, motion)?;
            }
            for (id, answer) in &answers {
                store::put_answer(conn, *id, ballot.id, answer)?;
            }
            roll::remake(conn, &ballot, at)?;
            Ok(ballot.id.to_string())
        })
    }
}

/// Numbers the papers and freezes the rest.
fn open_now(
    conn: &Connection,
    mut ballot: Ballot,
    at: chrono::DateTime<chrono::FixedOffset>,
    actor: &str,
) -> Result<(), StorageError> {
    let counting = store::entries(conn, ballot.id)?
        .into_iter()
        .filter(|entry| entry.counts);
    for (number, entry) in (1..).zip(counting) {
        let id = jiugai_storage::log::fresh_id(conn, at)?;
        store::put_paper(conn, ballot.id, &store::Paper::blank(id, entry.id, number))?;
    }
    ballot.opened_at = at.to_rfc3339();
    ballot.opened_by = actor.to_owned();
    store::put(conn, &ballot)
}
