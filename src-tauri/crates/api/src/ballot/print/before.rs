//! Papers that go out: notice, roll, ballot papers, letters of authority.

use jiugai_domain::ballot::law;
use jiugai_domain::fixed::format_grouped;
use jiugai_report::documents::{
    BallotMotion, BallotNotice, BallotPaper, BallotPapers, Imprint, NoticeMotion, ProxyForms,
    ProxyOwner, RollLine, RollNotice, RollPart,
};

use super::super::counted::Counted;
use super::super::papers::number;
use super::super::period;
use super::super::roll::source_label;
use super::{
    Chosen, EACH_OWNER, WHOLE_NAMES, all, area, by_building, motion_number, motion_text,
    paper_motions, room, signers, standard, unreturned_rule,
};
use crate::text::long_date;

pub(super) fn notice(
    counted: &Counted,
    announced: Option<String>,
    imprint: Imprint,
) -> BallotNotice {
    let (all_heads, all_area) = all(counted);
    BallotNotice {
        imprint,
        ballot: counted.ballot.name.clone(),
        scope: format!("投票范围：{}，{} 套。", counted.ballot.scope_label, counted.entries.len()),
        all_heads,
        all_area,
        period: period(&counted.ballot),
        motions: counted
            .motions
            .iter()
            .map(|motion| NoticeMotion {
                motion: BallotMotion {
                    number: motion_number(motion),
                    text: motion_text(motion),
                },
                standard: standard(motion),
            })
            .collect(),
        ways: vec![
            "表决票按套编号，当面送交业主本人签收；同住人代收、投信箱、邮寄、公告的，登记日期和见证人。".to_owned(),
            "业主本人填写、签名后交回；委托他人的，附授权委托书。".to_owned(),
        ],
        unreturned_rule: unreturned_rule(counted),
        laws: [format!("{}：{}", law::CODE_278, law::QUORUM)]
            .into_iter()
            .chain(announced)
            .collect(),
        contact: counted.ballot.phone.clone(),
        signers: signers(counted),
        date: long_date(Some(&counted.ballot.notice_on)),
    }
}

pub(super) fn roll(counted: &Counted, chosen: &Chosen, imprint: Imprint) -> RollNotice {
    let (heads, total) = all(counted);
    let mut first: Vec<Option<usize>> = vec![None; counted.heads.len()];
    for (at, seat) in counted.seats.iter().enumerate() {
        first[seat.head].get_or_insert(at);
    }
    let parts = by_building(counted, chosen, |at| {
        let entry = &counted.entries[at];
        let main = first[counted.seats[at].head].unwrap_or(at);
        RollLine {
            room: room(counted, at),
            owner: entry.owners.clone(),
            area: area(counted, at),
            source: source_label(&entry.area_source).to_owned(),
            heads: if main == at {
                "1".to_owned()
            } else {
                format!("并入 {}", counted.entries[main].place)
            },
            // Names of representatives stay in the office.
            remark: String::new(),
        }
    });
    RollNotice {
        imprint,
        ballot: counted.ballot.name.clone(),
        totals: format!("共 {} 套，{total}，业主 {heads}", counted.entries.len()),
        objections_until: chosen.objections_until.clone(),
        whole_names: chosen.variant == WHOLE_NAMES,
        contact: counted.ballot.phone.clone(),
        signer: counted.ballot.organiser.clone(),
        parts: parts
            .into_iter()
            .map(|(title, lines, area)| RollPart {
                title,
                lines,
                area: format_grouped(area, 2),
            })
            .collect(),
    }
}

pub(super) fn papers(counted: &Counted, chosen: &Chosen, imprint: Imprint) -> BallotPapers {
    let deadline = long_date(Some(&counted.ballot.ends_on));
    let papers = (0..counted.entries.len())
        .filter_map(|at| {
            let paper = counted.papers[at].as_ref()?;
            let entry = &counted.entries[at];
            if !chosen.takes(&entry.building) {
                return None;
            }
            let shown = number(paper);
            Some(BallotPaper {
                code: format!("{}/{shown}", counted.ballot.id),
                number: shown,
                owner: entry.owners.clone(),
                dwellings: entry.place.clone(),
                area: format!("{} ㎡", area(counted, at)),
                heads: "1".to_owned(),
            })
        })
        .collect();
    BallotPapers {
        imprint,
        title: format!("{}表决票", counted.ballot.name),
        motions: paper_motions(counted),
        deadline: if deadline.is_empty() {
            String::new()
        } else {
            format!("{deadline}以前")
        },
        unreturned_rule: unreturned_rule(counted),
        papers,
    }
}

pub(super) fn proxies(counted: &Counted, chosen: &Chosen, imprint: Imprint) -> ProxyForms {
    let owners = counted
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| chosen.variant == EACH_OWNER && chosen.takes(&entry.building))
        .map(|(at, entry)| ProxyOwner {
            owner: entry.owners.clone(),
            dwellings: entry.place.clone(),
            area: format!("{} ㎡", area(counted, at)),
        });
    ProxyForms {
        imprint,
        ballot: counted.ballot.name.clone(),
        motions: paper_motions(counted),
        owners: owners.collect(),
    }
}
