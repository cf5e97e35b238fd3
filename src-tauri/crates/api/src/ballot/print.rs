//! The papers of a ballot, filled from the ledger.

use std::path::Path;

use jiugai_domain::ballot::{Cast, law};
use jiugai_domain::fixed::{format, format_grouped};
use jiugai_report::documents::{
    BallotMotion, BallotNotice, BallotPaper, BallotPapers, BallotRegister, BallotResult, Document,
    Imprint, NoticeMotion, ProxyForms, RegisterLine, RegisterPart, ResultMotion, RollLine,
    RollNotice, RollPart, TallyLine, TallySheet,
};
use jiugai_report::press::Composed;
use jiugai_storage::ballots::{self as store, Motion};
use jiugai_storage::files::name::clean;

use super::counted::Counted;
use super::papers::{WAYS, invalid_label, number, way_label};
use super::roll::{buildings, source_label};
use super::tally::{share, verdict};
use super::{find, period, stage};
use crate::text::long_date;
use crate::wire::{BallotDocument, PaperFormat, ReportPreview, SavedFile};
use crate::{ApiError, Session};

/// Pages that are shown before printing at most.
const MOST_PAGES: usize = 12;

const NUMBERS: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];

fn title(document: BallotDocument) -> &'static str {
    match document {
        BallotDocument::Notice => "投票通知公告",
        BallotDocument::Roll => "业主名册公示",
        BallotDocument::Papers => "表决票及存根",
        BallotDocument::Register => "发票、收票登记表",
        BallotDocument::Proxy => "授权委托书",
        BallotDocument::Tally => "计票表",
        BallotDocument::Result => "计票结果公示",
    }
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
    format!(
        "参与表决的人数和面积都要{}同意",
        Counted::leg(motion).label()
    )
}

/// Lines of the roll by building.
fn by_building<T>(
    counted: &Counted,
    mut line: impl FnMut(usize) -> T,
) -> Vec<(String, Vec<T>, i64)> {
    buildings(counted.entries.iter().map(|entry| entry.building.as_str()))
        .into_iter()
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

impl Session {
    fn ballot_document(
        &self,
        id: &str,
        document: BallotDocument,
    ) -> Result<(String, Document), ApiError> {
        let conn = self.connection()?;
        let counted = Counted::load(conn, find(conn, id)?)?;
        let today = self.now().format("%Y-%m-%d").to_string();
        let imprint = Imprint {
            data_as_of: long_date(Some(&today)),
            ..self.imprint(counted.ballot.compound)?
        };
        let name = clean(&format!("{} {}", counted.ballot.name, title(document)));
        let made = match document {
            BallotDocument::Notice => Document::BallotNotice(Box::new(notice(&counted, imprint))),
            BallotDocument::Roll => Document::RollNotice(Box::new(roll(&counted, imprint))),
            BallotDocument::Papers => Document::BallotPapers(Box::new(papers(&counted, imprint))),
            BallotDocument::Register => {
                Document::BallotRegister(Box::new(register(&counted, imprint)))
            }
            BallotDocument::Proxy => Document::ProxyForms(Box::new(ProxyForms {
                imprint,
                ballot: counted.ballot.name.clone(),
                motions: paper_motions(&counted),
                owners: Vec::new(),
            })),
            BallotDocument::Tally => Document::TallySheet(Box::new(tally_sheet(&counted, imprint))),
            BallotDocument::Result => Document::BallotResult(Box::new(result(&counted, imprint))),
        };
        Ok((name, made))
    }

    fn ballot_paper(
        &mut self,
        id: &str,
        document: BallotDocument,
    ) -> Result<(String, Document, Composed), ApiError> {
        let (name, made) = self.ballot_document(id, document)?;
        let composed = made.compose(self.fonts()?)?;
        Ok((name, made, composed))
    }

    /// A paper of a ballot as it will come out of the printer.
    ///
    /// # Errors
    /// `notFound`, `report`.
    pub fn ballot_preview(
        &mut self,
        id: &str,
        document: BallotDocument,
    ) -> Result<ReportPreview, ApiError> {
        let (file_name, made, composed) = self.ballot_paper(id, document)?;
        let mut warnings = Vec::new();
        if !composed.missing_glyphs.is_empty() {
            let missing: String = composed.missing_glyphs.iter().collect();
            warnings.push(format!(
                "这几个字没有字体可印，纸上印作〓，请手写补上：{missing}"
            ));
        }
        let pages = composed.page_count();
        if pages > MOST_PAGES {
            warnings.push(format!(
                "一共 {pages} 页，这里先看前 {MOST_PAGES} 页；保存和打印是全部。"
            ));
        }
        Ok(ReportPreview {
            title: title(document).to_owned(),
            file_name,
            pages: composed.pages(MOST_PAGES),
            widths: composed.page_widths_px(MOST_PAGES),
            page_count: u32::try_from(pages).unwrap_or(u32::MAX),
            formats: made
                .formats()
                .iter()
                .copied()
                .map(crate::report::format_of)
                .collect(),
            parameters: Vec::new(),
            checksum: composed.checksum.clone(),
            warnings,
            fonts: composed.fonts_used.clone(),
        })
    }

    /// Name proposed for the file of a paper.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_file_name(
        &self,
        id: &str,
        document: BallotDocument,
        format: PaperFormat,
    ) -> Result<String, ApiError> {
        let ballot = find(self.connection()?, id)?;
        let end = match format {
            PaperFormat::Pdf => "pdf",
            PaperFormat::Docx => "docx",
        };
        let name = clean(&format!("{} {}", ballot.name, title(document)));
        Ok(format!("{name}.{end}"))
    }

    /// Writes a paper: as .docx when the name ends so, else as PDF.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn ballot_save(
        &mut self,
        id: &str,
        document: BallotDocument,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let is_docx = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("docx"));
        if is_docx {
            let (_, made) = self.ballot_document(id, document)?;
            let bytes = made.docx()?.ok_or_else(crate::report::no_docx)?;
            return crate::export::save(path, &bytes);
        }
        let (_, _, composed) = self.ballot_paper(id, document)?;
        crate::export::save(path, &composed.pdf()?)
    }

    /// Writes a paper into the data folder, to be handed to the system's printing.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn ballot_spool(
        &mut self,
        id: &str,
        document: BallotDocument,
    ) -> Result<SavedFile, ApiError> {
        let folder = self.environment.data_dir.join("printing");
        std::fs::create_dir_all(&folder)
            .map_err(|error| crate::wording::file_error(&error, &folder))?;
        let path = folder.join(self.ballot_file_name(id, document, PaperFormat::Pdf)?);
        let mut saved = self.ballot_save(id, document, &path)?;
        saved.message = "已送到系统打印；没有自动打印时，请在打开的 PDF 里打印。".to_owned();
        Ok(saved)
    }
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

fn notice(counted: &Counted, imprint: Imprint) -> BallotNotice {
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
        laws: vec![
            format!("{}：{}", law::CODE_278, law::QUORUM),
            law::NOTICE.to_owned(),
        ],
        contact: counted.ballot.phone.clone(),
        signers: signers(counted),
        date: long_date(Some(&counted.ballot.notice_on)),
    }
}

fn roll(counted: &Counted, imprint: Imprint) -> RollNotice {
    let (heads, total) = all(counted);
    let mut first: Vec<Option<usize>> = vec![None; counted.heads.len()];
    for (at, seat) in counted.seats.iter().enumerate() {
        first[seat.head].get_or_insert(at);
    }
    let parts = by_building(counted, |at| {
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
        objections_until: String::new(),
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

fn papers(counted: &Counted, imprint: Imprint) -> BallotPapers {
    let deadline = long_date(Some(&counted.ballot.ends_on));
    let papers = (0..counted.entries.len())
        .filter_map(|at| {
            let paper = counted.papers[at].as_ref()?;
            let entry = &counted.entries[at];
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

fn register(counted: &Counted, imprint: Imprint) -> BallotRegister {
    let parts = by_building(counted, |at| {
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
            validity: paper.map_or_else(String::new, |paper| {
                match (paper.returned_on.is_empty(), paper.invalid.is_empty()) {
                    (true, _) => String::new(),
                    (false, true) => "有效".to_owned(),
                    (false, false) => format!("无效：{}", invalid_label(&paper.invalid)),
                }
            }),
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

fn tally_sheet(counted: &Counted, imprint: Imprint) -> TallySheet {
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
                        "{}（{}）",
                        part.heads,
                        share(part.heads, tally.all.heads)
                    ),
                    participating_area: format!(
                        "{}（{}）",
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
        let sentence = format!("{}：{}", law::CODE_278, Counted::leg(motion).sentence());
        if !laws.contains(&sentence) {
            laws.push(sentence);
        }
    }
    laws.push(law::INCLUDED.to_owned());
    if counted.ballot.follow_majority {
        laws.push(law::FOLLOW.to_owned());
    }
    laws
}

fn result(counted: &Counted, imprint: Imprint) -> BallotResult {
    let (all_heads, all_area) = all(counted);
    // Who took part in any motion: a paper may be invalid for one of them only.
    let mut part = jiugai_domain::ballot::Share::default();
    let mut heads = vec![false; counted.heads.len()];
    for at in 0..counted.entries.len() {
        let took_part = counted
            .motions
            .iter()
            .any(|motion| matches!(counted.cast(at, motion), Cast::Valid(_)));
        if took_part {
            part.area_dm2 += counted.seats[at].area_dm2;
            heads[counted.seats[at].head] = true;
        }
    }
    part.heads = i64::try_from(heads.iter().filter(|there| **there).count()).unwrap_or(0);
    let whole: i64 = counted.seats.iter().map(|seat| seat.area_dm2).sum();
    let count = i64::try_from(counted.heads.len()).unwrap_or(0);
    let mut quorum = String::new();
    let motions = counted
        .motions
        .iter()
        .map(|motion| {
            let tally = counted.tally(motion, &counted.casts(motion));
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
            let of = |part: jiugai_domain::ballot::Share| {
                (
                    format!(
                        "{} 人（{}）",
                        part.heads,
                        share(part.heads, tally.participating.heads)
                    ),
                    format!(
                        "{} ㎡（{}）",
                        format_grouped(part.area_dm2, 2),
                        share(part.area_dm2, tally.participating.area_dm2)
                    ),
                )
            };
            ResultMotion {
                title: format!("{}、{}", motion_number(motion), motion.title),
                approve: of(tally.approving),
                reject: of(tally.rejecting),
                abstain: of(tally.abstaining),
                standard: standard(motion),
                verdict: verdict(&tally, stage(&counted.ballot)),
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
        objections_until: String::new(),
        contact: counted.ballot.phone.clone(),
        witnesses: supervisors
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        signers: signers(counted),
        date: String::new(),
    }
}
