//! Papers of the count: register, tally sheet, result.

use jiugai_domain::ballot::{Cast, Share, Tally, law};
use jiugai_domain::fixed::format_grouped;
use jiugai_report::documents::{
    BallotRegister, BallotResult, Imprint, RegisterLine, RegisterPart, ResultMotion, TallyLine,
    TallySheet,
};
use jiugai_storage::ballots as store;

use super::super::counted::Counted;
use super::super::papers::{WAYS, number, way_label};
use super::super::tally::{share, standing, verdict};
use super::super::{period, stage};
use crate::wire::BallotPaperState;

use super::{Chosen, all, area, by_building, motion_number, room, signers, standard};

pub(super) fn register(counted: &Counted, chosen: &Chosen, imprint: Imprint) -> BallotRegister {
    let parts = by_building(counted, chosen, |at| {
        let paper = counted.papers[at].as_ref();
        let text = |of: fn(&store::Paper) -> String| paper.map_or_else(String::new, of);
        RegisterLine {
            number: text(number),
            room: room(counted, at),
            owner: counted.entries[at].owners.clone(),
            area: area(counted, at),
            way: text(|paper| way_label(&paper.way).to_owned()),
            issued_on: text(|paper| paper.delivered_on.clone()),
            returned_on: text(|paper| paper.returned_on.clone()),
            validity: match counted.state(at) {
                (BallotPaperState::Valid | BallotPaperState::Invalid, label) => label,
                (BallotPaperState::HalfRead | BallotPaperState::Differs, _) => "待定".to_owned(),
                _ => String::new(),
            },
        }
    });
    BallotRegister {
        imprint,
        ballot: counted.ballot.name.clone(),
        period: period(&counted.ballot),
        ways: WAYS
            .iter()
            .zip(1..)
            .map(|((_, label), number)| format!("{number} {label}"))
            .collect(),
        parts: parts
            .into_iter()
            .map(|(title, lines, _)| RegisterPart { title, lines })
            .collect(),
    }
}

/// 发出、收回、有效、无效、弃权、无法送达.
fn paper_counts(counted: &Counted) -> Vec<(String, String)> {
    let [all, delivered, returned, valid, invalid, _] = counted.paper_figures();
    [
        ("发出", delivered),
        ("收回", returned),
        ("有效", valid),
        ("无效", invalid),
        ("没有送达", all - delivered),
    ]
    .into_iter()
    .map(|(label, count)| (label.to_owned(), format!("{count} 张")))
    .collect()
}

pub(super) fn tally_sheet(counted: &Counted, imprint: Imprint) -> TallySheet {
    let (heads, total) = all(counted);
    let grouped = |value: i64| format_grouped(value, 2);
    TallySheet {
        imprint,
        ballot: counted.ballot.name.clone(),
        scope: format!(
            "{} {} 套，业主 {heads}，{total}",
            counted.ballot.scope_label,
            counted.entries.len()
        ),
        papers: paper_counts(counted),
        motions: counted
            .motions
            .iter()
            .map(|motion| {
                let tally = counted.tally(motion, &counted.casts(motion));
                let part = tally.participating;
                TallyLine {
                    motion: format!("{}、{}", motion_number(motion), motion.title),
                    approve_heads: tally.approving.heads.to_string(),
                    approve_area: grouped(tally.approving.area_dm2),
                    reject_heads: tally.rejecting.heads.to_string(),
                    reject_area: grouped(tally.rejecting.area_dm2),
                    abstain_heads: tally.abstaining.heads.to_string(),
                    abstain_area: grouped(tally.abstaining.area_dm2),
                    participating_heads: format!(
                        "{}\n（{}）",
                        part.heads,
                        share(part.heads, tally.all.heads)
                    ),
                    participating_area: format!(
                        "{}\n（{}）",
                        grouped(part.area_dm2),
                        share(part.area_dm2, tally.all.area_dm2)
                    ),
                    verdict: verdict(&tally, stage(&counted.ballot)),
                }
            })
            .collect(),
        laws: laws(counted),
    }
}

fn laws(counted: &Counted) -> Vec<String> {
    let mut laws = vec![format!("{}：{}", law::CODE_278, law::QUORUM)];
    for motion in &counted.motions {
        let sentence = standing(motion);
        if !laws.contains(&sentence) {
            laws.push(sentence);
        }
    }
    if counted
        .motions
        .iter()
        .any(|motion| !Counted::leg(motion).is_of_code())
    {
        laws.push(law::CODE_PREVAILS.to_owned());
    }
    for motion in &counted.motions {
        let tally = counted.tally(motion, &counted.casts(motion));
        laws.extend(counted.left_out(motion, &tally));
    }
    laws.push(law::INCLUDED.to_owned());
    if counted.ballot.follow_majority {
        laws.push(law::FOLLOW.to_owned());
    }
    laws
}

fn tallies(counted: &Counted) -> Vec<Tally> {
    let motions = counted.motions.iter();
    motions
        .map(|motion| counted.tally(motion, &counted.casts(motion)))
        .collect()
}

/// Who took part in any motion, with what 从多 counts in: a paper may be invalid for one of them only.
pub(in crate::ballot) fn took_part(counted: &Counted) -> Share {
    let mut part = Share::default();
    let mut heads = vec![false; counted.heads.len()];
    let tallies = tallies(counted);
    for at in 0..counted.entries.len() {
        let took_part = counted.motions.iter().zip(&tallies).any(|(motion, tally)| {
            match counted.cast(at, motion) {
                Cast::Valid(_) => true,
                Cast::Unreturned => tally.following != Share::default(),
                _ => false,
            }
        });
        if took_part {
            part.area_dm2 += counted.seats[at].area_dm2;
            heads[counted.seats[at].head] = true;
        }
    }
    part.heads = i64::try_from(heads.iter().filter(|there| **there).count()).unwrap_or(0);
    part
}

pub(super) fn result(counted: &Counted, chosen: &Chosen, imprint: Imprint) -> BallotResult {
    let (all_heads, all_area) = all(counted);
    let part = took_part(counted);
    let tallies = tallies(counted);
    let whole: i64 = counted.seats.iter().map(|seat| seat.area_dm2).sum();
    let count = i64::try_from(counted.heads.len()).unwrap_or(0);
    let mut quorum = String::new();
    let motions = counted
        .motions
        .iter()
        .zip(&tallies)
        .map(|(motion, tally)| {
            if quorum.is_empty() {
                quorum = match (tally.quorum.heads, tally.quorum.area) {
                    (true, true) => "参与的人数和面积都达到三分之二以上。".to_owned(),
                    (true, false) => {
                        "参与的人数达到三分之二，面积没有达到三分之二，不符合法定要求。".to_owned()
                    }
                    (false, true) => {
                        "参与的面积达到三分之二，人数没有达到三分之二，不符合法定要求。".to_owned()
                    }
                    (false, false) => {
                        "参与的人数和面积都没有达到三分之二，不符合法定要求。".to_owned()
                    }
                };
            }
            let base = tally.base;
            let of = |part: Share| {
                (
                    format!("{} 人（{}）", part.heads, share(part.heads, base.heads)),
                    format!(
                        "{} ㎡（{}）",
                        format_grouped(part.area_dm2, 2),
                        share(part.area_dm2, base.area_dm2)
                    ),
                )
            };
            ResultMotion {
                title: format!("（{}）{}", motion_number(motion), motion.title),
                approve: of(tally.approving),
                reject: of(tally.rejecting),
                abstain: of(tally.abstaining),
                standard: standard(motion),
                verdict: verdict(tally, stage(&counted.ballot)),
            }
        })
        .collect();
    let supervisors = counted
        .ballot
        .supervisors
        .split(['、', '，', ',', ' ', '\n']);
    BallotResult {
        imprint,
        ballot: counted.ballot.name.clone(),
        scope: format!(
            "投票范围为{}，共 {} 套。",
            counted.ballot.scope_label,
            counted.entries.len()
        ),
        period: period(&counted.ballot),
        papers: paper_counts(counted),
        all_heads,
        all_area,
        participating_heads: format!("{} 人（{}）", part.heads, share(part.heads, count)),
        participating_area: format!(
            "{} ㎡（{}）",
            format_grouped(part.area_dm2, 2),
            share(part.area_dm2, whole)
        ),
        quorum,
        motions,
        laws: laws(counted),
        objections_until: chosen.objections_until.clone(),
        contact: counted.ballot.phone.clone(),
        witnesses: supervisors
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        signers: signers(counted),
        date: String::new(),
    }
}
