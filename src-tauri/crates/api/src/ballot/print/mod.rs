//! The papers of a ballot on the one path of all papers, filled from the ledger.

pub(super) mod after;
mod before;
#[cfg(test)]
mod tests;

use jiugai_domain::fixed::{format, format_grouped};
use jiugai_report::documents::{BallotMotion, Document, Imprint};
use jiugai_storage::ballots::{self as store, Ballot, Motion};

use super::counted::Counted;
use super::law::BallotLaw;
use super::roll::buildings;
use super::{day, find, stage, stage_label};
use crate::report::{Gathered, option, parameter};
use crate::text::{key, long_date};
use crate::wire::{
    BallotStage, DocumentCode, ReportOption, ReportParameter, ReportParameterCode, ReportRequest,
};
use crate::{ApiError, ErrorCode, Session};

/// Whole names on the roll, for the office alone.
const WHOLE_NAMES: &str = "whole";
/// A letter of authority for each line of the roll.
const EACH_OWNER: &str = "owners";

const NUMBERS: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];

/// What was chosen for a paper.
struct Chosen {
    /// Words of the building; none for all.
    building: Option<String>,
    /// Last day of objections, formatted; empty is written by hand.
    objections_until: String,
    variant: String,
}

impl Session {
    pub(crate) fn gather_ballot_paper(
        &self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let ballots = store::list(conn, Some(key(&request.compound)?))?;
        let ballot = match &request.ballot {
            Some(id) => find(conn, id)?,
            None => likeliest(&ballots, request.document).ok_or_else(none)?,
        };
        let mut parameters = vec![parameter(
            ReportParameterCode::Ballot,
            "表决",
            &ballot.id.to_string(),
            ballots.iter().map(named).collect(),
        )];
        let law = BallotLaw::load(conn, &self.day_of(&ballot))?.notice();
        let law = law.map(|(_, told)| told);
        let counted = Counted::load(conn, ballot)?;
        let today = self.now().format("%Y-%m-%d").to_string();
        let imprint = Imprint {
            data_as_of: long_date(Some(&today)),
            ..self.imprint(counted.ballot.compound)?
        };
        let objections_until = day(request.day.as_deref().unwrap_or(""), "异议截止日期")?;
        let chosen = Chosen {
            building: request.building.clone(),
            objections_until: long_date(Some(&objections_until)),
            variant: request.variant.clone().unwrap_or_default(),
        };
        parameters.extend(choices(
            &counted,
            request.document,
            &chosen,
            &objections_until,
        ));
        Ok(Gathered {
            document: document(&counted, request.document, &chosen, law, imprint),
            warnings: warnings(&counted, request.document, &chosen),
            parameters,
        })
    }

    /// Name of the ballot that was chosen for a paper.
    pub(crate) fn ballot_name(&self, id: &str) -> Result<String, ApiError> {
        Ok(find(self.connection()?, id)?.name)
    }
}

/// The ballot that a paper is for when nobody chose one: what is announced before is looked for
/// among the open ones, a result among the closed ones.
fn likeliest(ballots: &[Ballot], document: DocumentCode) -> Option<Ballot> {
    let wanted = match document {
        DocumentCode::D10 => BallotStage::Closed,
        DocumentCode::BallotNotice | DocumentCode::RollNotice => BallotStage::Preparing,
        _ => BallotStage::Open,
    };
    ballots
        .iter()
        .find(|ballot| stage(ballot) == wanted)
        .or_else(|| ballots.first())
        .cloned()
}

fn none() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "还没有表决",
        "这个小区还没有业主表决，没有票和表可以打印。",
        "请先到“业主表决”里新建一次。",
    )
}

fn named(ballot: &Ballot) -> ReportOption {
    let label = format!("{}（{}）", ballot.name, stage_label(stage(ballot)));
    option(&ballot.id.to_string(), &label)
}

/// What else can be chosen for a paper.
fn choices(
    counted: &Counted,
    document: DocumentCode,
    chosen: &Chosen,
    until: &str,
) -> Vec<ReportParameter> {
    let by_house = || {
        let mut options = vec![option("", "全部楼栋")];
        options.extend(
            buildings(counted.entries.iter().map(|entry| entry.building.as_str()))
                .iter()
                .map(|name| option(name, name)),
        );
        let value = chosen.building.as_deref().unwrap_or("");
        parameter(ReportParameterCode::Building, "楼栋", value, options)
    };
    let variant = |label: &str, options: &[(&str, &str)]| {
        let options = options.iter().map(|(code, words)| option(code, words));
        parameter(
            ReportParameterCode::Variant,
            label,
            &chosen.variant,
            options.collect(),
        )
    };
    let objections = || parameter(ReportParameterCode::Day, "异议截止", until, Vec::new());
    match document {
        DocumentCode::RollNotice => vec![
            by_house(),
            variant(
                "姓名",
                &[
                    ("", "隐去（公示用）"),
                    (WHOLE_NAMES, "全名（办公室核对用）"),
                ],
            ),
            objections(),
        ],
        DocumentCode::D8 | DocumentCode::D9 => vec![by_house()],
        DocumentCode::ProxyForm => {
            let mut choices = vec![variant(
                "填写",
                &[("", "空白一张"), (EACH_OWNER, "按名册一套一张")],
            )];
            if chosen.variant == EACH_OWNER {
                choices.push(by_house());
            }
            choices
        }
        DocumentCode::D10 => vec![objections()],
        _ => Vec::new(),
    }
}

fn document(
    counted: &Counted,
    document: DocumentCode,
    chosen: &Chosen,
    law: Option<String>,
    imprint: Imprint,
) -> Document {
    match document {
        DocumentCode::RollNotice => {
            Document::RollNotice(Box::new(before::roll(counted, chosen, imprint)))
        }
        DocumentCode::D8 => {
            Document::BallotPapers(Box::new(before::papers(counted, chosen, imprint)))
        }
        DocumentCode::D9 => {
            Document::BallotRegister(Box::new(after::register(counted, chosen, imprint)))
        }
        DocumentCode::ProxyForm => {
            Document::ProxyForms(Box::new(before::proxies(counted, chosen, imprint)))
        }
        DocumentCode::TallySheet => {
            Document::TallySheet(Box::new(after::tally_sheet(counted, imprint)))
        }
        DocumentCode::D10 => {
            Document::BallotResult(Box::new(after::result(counted, chosen, imprint)))
        }
        _ => Document::BallotNotice(Box::new(before::notice(counted, law, imprint))),
    }
}

/// What is to be known before a paper goes out.
fn warnings(counted: &Counted, document: DocumentCode, chosen: &Chosen) -> Vec<String> {
    let stage = stage(&counted.ballot);
    let mut told = Vec::new();
    if counted.entries.is_empty() {
        told.push("还没有编名册，人数、面积和票都是空的。".to_owned());
    }
    match document {
        DocumentCode::BallotNotice if counted.ballot.notice_on.is_empty() => {
            told.push("还没有填公告日期，落款日期要手写。".to_owned());
        }
        DocumentCode::RollNotice if chosen.variant == WHOLE_NAMES => {
            told.push("纸上有全名，只在办公室核对，不要张贴。".to_owned());
        }
        DocumentCode::D8 if stage == BallotStage::Preparing => {
            told.push("还没有开始表决，票没有编号，这里只是空白的样子。".to_owned());
        }
        DocumentCode::D8 => told.push("纸上有全名，只交给业主本人。".to_owned()),
        DocumentCode::D9 => told.push("纸上有全名，留在办公室，不要张贴。".to_owned()),
        DocumentCode::TallySheet | DocumentCode::D10 if stage != BallotStage::Closed => {
            told.push("表决还没有封存，这是照现在收回的票算的，不能当作结果张贴。".to_owned());
        }
        _ => {}
    }
    told
}

/// What an unreturned paper means, for the paper and the notice.
fn unreturned_rule(counted: &Counted) -> String {
    if counted.ballot.follow_majority && counted.ballot.consequence_printed {
        format!(
            "按议事规则，已送达而没有交回的票计入已表决的多数票。议事规则原文：{}",
            counted.ballot.rules_clause
        )
    } else {
        String::new()
    }
}

fn motion_number(motion: &Motion) -> String {
    usize::try_from(motion.ordinal)
        .ok()
        .and_then(|at| NUMBERS.get(at.checked_sub(1)?))
        .map_or_else(|| motion.ordinal.to_string(), |number| (*number).to_owned())
}

fn motion_text(motion: &Motion) -> String {
    if motion.detail.is_empty() {
        motion.title.clone()
    } else {
        format!("{}（{}）", motion.title, motion.detail)
    }
}

fn paper_motions(counted: &Counted) -> Vec<BallotMotion> {
    counted
        .motions
        .iter()
        .map(|motion| BallotMotion {
            number: motion_number(motion),
            text: motion_text(motion),
        })
        .collect()
}

fn standard(motion: &Motion) -> String {
    let leg = Counted::leg(motion);
    if leg.is_of_code() {
        format!("参与表决的人数和面积都要{}同意", leg.label())
    } else {
        format!(
            "人数和面积都要{}同意（按{}）",
            leg.label(),
            motion.leg_reason
        )
    }
}

impl Chosen {
    fn takes(&self, building: &str) -> bool {
        self.building
            .as_deref()
            .is_none_or(|chosen| chosen == building)
    }
}

/// Lines of the roll by building, of the chosen one or of all.
fn by_building<T>(
    counted: &Counted,
    chosen: &Chosen,
    mut line: impl FnMut(usize) -> T,
) -> Vec<(String, Vec<T>, i64)> {
    buildings(counted.entries.iter().map(|entry| entry.building.as_str()))
        .into_iter()
        .filter(|building| chosen.takes(building))
        .map(|building| {
            let places: Vec<usize> = (0..counted.entries.len())
                .filter(|at| counted.entries[*at].building == building)
                .collect();
            let area = places.iter().map(|at| counted.seats[*at].area_dm2).sum();
            (building, places.into_iter().map(&mut line).collect(), area)
        })
        .collect()
}

fn room(counted: &Counted, at: usize) -> String {
    let entry = &counted.entries[at];
    entry
        .place
        .strip_prefix(&entry.building)
        .unwrap_or(&entry.place)
        .to_owned()
}

fn area(counted: &Counted, at: usize) -> String {
    counted.entries[at]
        .area_dm2
        .map_or_else(String::new, |area| format(area, 2))
}

fn all(counted: &Counted) -> (String, String) {
    let area: i64 = counted.seats.iter().map(|seat| seat.area_dm2).sum();
    (
        format!("{} 人", counted.heads.len()),
        format!("{} ㎡", format_grouped(area, 2)),
    )
}

fn signers(counted: &Counted) -> Vec<String> {
    Some(counted.ballot.organiser.clone())
        .filter(|organiser| !organiser.is_empty())
        .into_iter()
        .collect()
}
