//! One ballot: its motions with the law behind them, and what stands before its opening.

use std::collections::HashMap;

use chrono::NaiveDate;
use jiugai_domain::ballot::{Leg, Matter, law};
use jiugai_domain::comparison::{self, Stage};
use jiugai_domain::fixed::format_grouped;
use jiugai_domain::{BallotHolder, KindCode, RecordId};
use jiugai_storage::ballots::{self as store, Ballot, Motion};
use jiugai_storage::{Connection, attachments};

use super::law::BallotLaw;
use super::{find, local, roll, rules, stage, stage_label};
use crate::assets::{Fields, load_assets, load_effects};
use crate::comparison::{items_of, newest_plan};
use crate::text::minute;
use crate::wire::{
    BallotCheck, BallotMatter, BallotMotionDraft, BallotMotionRow, BallotPage, BallotProposal,
    BallotSettings,
};
use crate::{ApiError, Session};

/// Green that works give up, and parking that they add.
struct GreenLost {
    area_dm2: i64,
    spaces: i64,
}

/// What the works of the newest plan do to green and parking: each alone, and all together.
#[derive(Default)]
struct GreenEffects {
    /// Only when the plan takes green and adds parking.
    whole: Option<GreenLost>,
    /// By work item; those that take green.
    items: HashMap<RecordId, GreenLost>,
}

impl GreenEffects {
    fn load(conn: &Connection, ballot: &Ballot) -> Result<Self, ApiError> {
        let Some(plan) = newest_plan(conn, ballot.compound)? else {
            return Ok(Self::default());
        };
        let items = items_of(conn, ballot.compound, plan)?;
        let effects: Vec<_> = load_effects(conn, ballot.compound, &items)?
            .into_iter()
            .map(|loaded| loaded.effect)
            .collect();
        let before = load_assets(conn, ballot.compound)?;
        let whole = GreenLost::by(&before, &effects);
        let alone = items.iter().map(|item| {
            let own: Vec<_> = effects
                .iter()
                .filter(|effect| effect.work_item == item.id)
                .cloned()
                .collect();
            (item.id, GreenLost::by(&before, &own))
        });
        Ok(Self {
            items: alone.filter(|(_, lost)| lost.area_dm2 > 0).collect(),
            whole: (whole.area_dm2 > 0 && whole.spaces > 0).then_some(whole),
        })
    }
}

impl GreenLost {
    fn by(before: &[comparison::Asset], effects: &[comparison::Effect]) -> Self {
        let after = comparison::apply(before, effects, Stage::Proposed).assets;
        let area = |assets: &[comparison::Asset], id| {
            assets
                .iter()
                .find(|asset| asset.kind == KindCode::GreenSpace && asset.id == id)
                .and_then(|asset| asset.measures.area_dm2)
                .unwrap_or(0)
        };
        let area_dm2 = before
            .iter()
            .filter(|asset| asset.kind == KindCode::GreenSpace && asset.id.is_some())
            .map(|asset| (area(before, asset.id) - area(&after, asset.id)).max(0))
            .sum();
        let spaces = |assets: &[comparison::Asset]| -> i64 {
            assets
                .iter()
                .filter(|asset| asset.kind == KindCode::ParkingArea)
                .filter_map(|asset| asset.measures.spaces)
                .sum()
        };
        Self {
            area_dm2,
            spaces: spaces(&after) - spaces(before),
        }
    }
}

/// Warnings about a motion by what its work does, and by its words.
fn warnings(
    title: &str,
    item: Option<RecordId>,
    green: &GreenEffects,
    rules: &BallotLaw,
) -> Vec<String> {
    let parking = ["车位", "停车"].iter().any(|word| title.contains(word));
    let own = item.and_then(|item| green.items.get(&item));
    let area = |lost: &GreenLost| format_grouped(lost.area_dm2, 2);
    let told = match (own, &green.whole) {
        (Some(lost), _) if lost.spaces > 0 => format!(
            "这一项占绿地 {} ㎡，改成停车位 {} 个。",
            area(lost),
            lost.spaces
        ),
        (Some(lost), Some(whole)) => format!(
            "这一项减少绿地 {} ㎡，同一版方案增加车位 {} 个。",
            area(lost),
            whole.spaces
        ),
        (Some(lost), None) => {
            return vec![format!(
                "这一项减少绿地 {} ㎡。绿地是业主共有的，改作别的用途属第（八）项，要四分之三以上同意。",
                area(lost)
            )];
        }
        (None, Some(whole)) if parking => format!(
            "这版方案减少绿地 {} ㎡，增加车位 {} 个。",
            area(whole),
            whole.spaces
        ),
        _ if parking && title.contains('绿') => String::new(),
        _ => return Vec::new(),
    };
    let mut told = vec![format!("{told}{}", law::GREEN_LOST)];
    told.extend(rules.green());
    told
}

fn motion_row(motion: Motion, rules: &BallotLaw, green: &GreenEffects) -> BallotMotionRow {
    let matter = Matter::from_code(&motion.matter).unwrap_or(Matter::Other);
    let leg = Leg::from_code(&motion.leg).unwrap_or_else(|| matter.leg());
    let words = format!("{}{}", motion.title, motion.detail);
    let mut warned = warnings(&words, motion.work_item, green, rules);
    if leg != matter.leg() {
        warned.insert(
            0,
            format!(
                "选的比例是{}，《民法典》对{}要{}。理由：{}",
                leg.label(),
                matter.label(),
                matter.leg().label(),
                motion.leg_reason
            ),
        );
    }
    if !leg.is_of_code() {
        warned.insert(1, law::CODE_PREVAILS.to_owned());
    }
    BallotMotionRow {
        id: motion.id.to_string(),
        ordinal: u32::try_from(motion.ordinal).unwrap_or(0),
        matter_label: matter.label().to_owned(),
        leg_label: leg.label().to_owned(),
        law: leg.sentence().to_owned(),
        source: if leg.is_of_code() {
            law::CODE_278.to_owned()
        } else {
            motion.leg_reason.clone()
        },
        conflicts: rules::conflicts(&rules.rules, &motion.title),
        warnings: warned,
        draft: BallotMotionDraft {
            id: Some(motion.id.to_string()),
            title: motion.title,
            detail: motion.detail,
            matter,
            leg,
            leg_reason: motion.leg_reason,
            work_item: motion.work_item.map(|id| id.to_string()),
        },
    }
}

fn proposals(
    conn: &Connection,
    ballot: &Ballot,
    motions: &[Motion],
    green: &GreenEffects,
    rules: &BallotLaw,
) -> Result<Vec<BallotProposal>, ApiError> {
    let Some(plan) = newest_plan(conn, ballot.compound)? else {
        return Ok(Vec::new());
    };
    let mut proposed: Vec<BallotProposal> = items_of(conn, ballot.compound, plan)?
        .into_iter()
        .map(|item| {
            let fields = Fields::of(KindCode::WorkItem, &item.values);
            let name = fields.text("name");
            let (mut matter, mut hint) = law::measure(name);
            let warned = warnings(name, Some(item.id), green, rules);
            if !warned.is_empty() {
                matter = Matter::ChangeUse;
                hint = law::GREEN_LOST;
            }
            BallotProposal {
                leg_label: matter.leg().label().to_owned(),
                hint: format!("{hint}（{}）", law::ADVICE),
                warnings: warned,
                taken: motions
                    .iter()
                    .any(|motion| motion.work_item == Some(item.id)),
                draft: BallotMotionDraft {
                    id: None,
                    title: format!("是否同意{name}"),
                    detail: fields.text("place").to_owned(),
                    matter,
                    leg: matter.leg(),
                    leg_reason: String::new(),
                    work_item: Some(item.id.to_string()),
                },
            }
        })
        .collect();
    // What needs three quarters first: those are the ones that fail.
    proposed.sort_by_key(|proposal| proposal.draft.leg == Leg::Ordinary);
    Ok(proposed)
}

fn check(good: bool, blocks: bool, text: impl Into<String>) -> BallotCheck {
    BallotCheck {
        good,
        blocks,
        text: text.into(),
    }
}

/// What stands before the opening.
pub(super) fn checks(
    conn: &Connection,
    ballot: &Ballot,
    rules: &BallotLaw,
) -> Result<Vec<BallotCheck>, ApiError> {
    let mut checks = Vec::new();
    let motions = store::motions(conn, ballot.id)?;
    checks.push(if motions.is_empty() {
        check(false, true, "还没有议题。")
    } else {
        check(true, true, format!("{} 项议题。", motions.len()))
    });
    let entries = store::entries(conn, ballot.id)?;
    if entries.is_empty() {
        checks.push(check(false, true, "还没有编名册。"));
    } else {
        let (dwellings, heads, area) = roll::totals(&entries);
        checks.push(check(
            dwellings > 0,
            true,
            format!(
                "名册 {dwellings} 套、{heads} 人、{} ㎡。",
                format_grouped(area, 2)
            ),
        ));
        let waiting = entries
            .iter()
            .filter(|entry| roll::unverified(entry))
            .count();
        checks.push(if waiting == 0 {
            check(true, true, "每一套的面积都有来源。")
        } else {
            check(
                false,
                true,
                format!("有 {waiting} 套的面积待核：来源没有写，或者面积没有填。"),
            )
        });
        let open = roll::open_questions(conn, ballot)?;
        checks.push(if open == 0 {
            check(true, true, "名册里要由人决定的都决定了。")
        } else {
            check(false, true, format!("名册里还有 {open} 件事要由人决定。"))
        });
        let changed = roll::changes(conn, ballot)?.len();
        checks.push(if changed == 0 {
            check(true, true, "名册与台账一致。")
        } else {
            check(
                false,
                true,
                format!("编好名册以后，台账又变了 {changed} 处。请重新编名册。"),
            )
        });
    }
    checks.push(notice_check(ballot, rules));
    if ballot.follow_majority {
        let complete = !ballot.rules_clause.is_empty()
            && ballot.consequence_printed
            && scans(conn, ballot.id)? > 0;
        checks.push(check(
            complete,
            true,
            if complete {
                "“从多”：议事规则原文写明了，扫描件在，票面印有后果；送达证据逐票登记，缺一张就不能定结果。"
            } else {
                "选了“从多”，要写明议事规则的原文、附上它的扫描件，并在票面印明不交票的后果。"
            },
        ));
    }
    Ok(checks)
}

/// Scans that hang on a ballot.
fn scans(conn: &Connection, ballot: RecordId) -> Result<u32, ApiError> {
    let counts = attachments::counts(conn, BallotHolder::Ballot.into())?;
    Ok(counts.get(&ballot).copied().unwrap_or(0))
}

fn notice_check(ballot: &Ballot, rules: &BallotLaw) -> BallotCheck {
    let day = |iso: &str| NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok();
    let (least, told) = rules
        .notice()
        .unwrap_or((0, "提前公告的规定已在“参数与依据”里停用。".to_owned()));
    match (day(&ballot.notice_on), day(&ballot.starts_on)) {
        (Some(notice), Some(start)) => {
            let days = (start - notice).num_days();
            let good = days >= least;
            let text = if good {
                format!("公告到开始投票 {days} 天。{told}")
            } else {
                format!("公告到开始投票只有 {days} 天，不足 {least} 天。{told}")
            };
            check(good, true, text)
        }
        _ => check(false, true, format!("还没有填公告日期和开始日期。{told}")),
    }
}

impl Session {
    /// A ballot with its motions.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_get(&self, id: &str) -> Result<BallotPage, ApiError> {
        let conn = self.connection()?;
        let ballot = find(conn, id)?;
        let motions = store::motions(conn, ballot.id)?;
        let rules = BallotLaw::load(conn, &self.day_of(&ballot))?;
        let green = GreenEffects::load(conn, &ballot)?;
        let stage = stage(&ballot);
        let when = |at: &str, by: &str| {
            chrono::DateTime::parse_from_rfc3339(at)
                .map_or_else(|_| String::new(), |at| format!("{}，{by}", minute(at)))
        };
        let follows = ballot
            .follows
            .and_then(|id| store::find(conn, id).ok().flatten())
            .map_or_else(String::new, |old| old.name);
        Ok(BallotPage {
            id: ballot.id.to_string(),
            compound: ballot.compound.to_string(),
            scope_label: ballot.scope_label.clone(),
            stage,
            stage_label: stage_label(stage).to_owned(),
            proposals: proposals(conn, &ballot, &motions, &green, &rules)?,
            motions: motions
                .into_iter()
                .map(|motion| motion_row(motion, &rules, &green))
                .collect(),
            checks: checks(conn, &ballot, &rules)?,
            matters: Matter::ALL
                .into_iter()
                .map(|matter| BallotMatter {
                    matter,
                    label: matter.label().to_owned(),
                    leg: matter.leg(),
                    leg_label: matter.leg().label().to_owned(),
                })
                .collect(),
            local_rules: local::offered(&rules.rules, &self.day_of(&ballot)),
            scans: scans(conn, ballot.id)?,
            follows,
            opened: when(&ballot.opened_at, &ballot.opened_by),
            closed: when(&ballot.closed_at, &ballot.closed_by),
            lift: ballot.scope == "entrance",
            reason: ballot.reason.clone(),
            settings: BallotSettings {
                name: ballot.name,
                scope: ballot.scope,
                scope_id: ballot.scope_id.to_string(),
                notice_on: ballot.notice_on,
                starts_on: ballot.starts_on,
                ends_on: ballot.ends_on,
                organiser: ballot.organiser,
                phone: ballot.phone,
                supervisors: ballot.supervisors,
                work_unit_is_one: ballot.work_unit_is_one,
                count_apart: ballot.count_apart,
                gross_when_missing: ballot.gross_when_missing,
                double_entry: ballot.double_entry,
                follow_majority: ballot.follow_majority,
                rules_clause: ballot.rules_clause,
                consequence_printed: ballot.consequence_printed,
            },
        })
    }
}
