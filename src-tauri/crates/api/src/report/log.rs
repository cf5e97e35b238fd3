//! 打印记录: what left the ledger on paper or as a file, and why whole names stood on it.

use chrono::DateTime;
use jiugai_domain::{KindCode, Task};
use jiugai_report::documents::{Document, Roster, RosterColumn, RosterPart, RosterRow, Sheet};
use jiugai_report::press::Composed;
use jiugai_storage::erasure::{self, Erasure};
use jiugai_storage::prints::{self, Export, Print};
use jiugai_storage::{Op, OpCode, log, records};

use super::ledger::WHOLE_NAMES;
use super::{Gathered, catalogue, parameter};
use crate::text::{key, local_minute};
use crate::wire::{ReportParameter, ReportParameterCode, ReportRequest};
use crate::{ApiError, ErrorCode, Session};

/// Lines of the list at most.
const MOST: usize = 5_000;
/// Letters of a reason at most.
const LONGEST_REASON: usize = 100;
/// Ways by their codes.
const WAYS: [(&str, &str); 4] = [
    ("print", "打印"),
    ("pdf", "存 PDF"),
    ("docx", "存 Word"),
    ("xlsx", "存 Excel"),
];

/// Families of fonts as people know them.
const FONTS: [(&str, &str); 12] = [
    ("Noto Sans CJK SC", "思源黑体"),
    ("Noto Serif CJK SC", "思源宋体"),
    ("FangSong", "仿宋"),
    ("FangSong_GB2312", "仿宋"),
    ("KaiTi", "楷体"),
    ("KaiTi_GB2312", "楷体"),
    ("SimHei", "黑体"),
    ("SimSun", "宋体"),
    ("FZXiaoBiaoSong-B05S", "方正小标宋"),
    ("FZXiaoBiaoSong-B05", "方正小标宋"),
    ("方正小标宋简体", "方正小标宋"),
    ("方正小标宋_GBK", "方正小标宋"),
];

/// These families by the names that people know, each once.
pub(super) fn font_names<'a>(families: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for family in families {
        let known = FONTS.iter().find(|(code, _)| *code == family);
        let name = known.map_or(family, |(_, name)| name);
        if !name.is_empty() && !names.iter().any(|taken| taken == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Whole names were asked for on a paper that hides them.
pub(super) fn unmasked(request: &ReportRequest) -> bool {
    request.variant.as_deref() == Some(WHOLE_NAMES)
}

/// The reason for whole names, to be typed.
pub(super) fn reason_parameter(request: &ReportRequest) -> ReportParameter {
    parameter(
        ReportParameterCode::Reason,
        "为什么要全名",
        request.reason.as_deref().unwrap_or(""),
        Vec::new(),
    )
}

/// Refuses whole names for which no reason is given.
pub(super) fn with_reason(request: &ReportRequest) -> Result<(), ApiError> {
    let reason = request.reason.as_deref().unwrap_or("").trim();
    if !unmasked(request) || !reason.is_empty() {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::Invalid,
        "还没有写为什么要全名",
        "这份文件平时隐去姓名，现在选了全名。",
        "请在“为什么要全名”里写一句，会记在打印记录里；或者改回隐去。",
    ))
}

impl Session {
    /// Refuses whole names to who may not take them, and where it cannot be noted who did.
    pub(super) fn whole_names_can_be_noted(&self, request: &ReportRequest) -> Result<(), ApiError> {
        if !unmasked(request) {
            return Ok(());
        }
        self.ledger()?.allow(Task::Names)?;
        if self.ledger()?.read_only().is_none() {
            return Ok(());
        }
        Err(ApiError::new(
            ErrorCode::Invalid,
            "只能看的台账不印全名",
            "这本台账现在只能看，谁印了全名、为什么，记不下来。",
            "请改回隐去姓名；一定要全名，请在能修改的台账里印。",
        ))
    }

    /// Notes a paper that was written. A ledger that is only read keeps no note.
    pub(super) fn note_print(
        &mut self,
        request: &ReportRequest,
        composed: &Composed,
        way: &str,
    ) -> Result<(), ApiError> {
        if self.ledger()?.read_only().is_some() {
            return Ok(());
        }
        let compound = key(&request.compound)?;
        let name = records::label(self.connection()?, KindCode::Compound, compound)?;
        let stamp = self.stamp();
        let title = catalogue::entry(request.document).title;
        let reason = request.reason.as_deref().unwrap_or("").trim();
        let print = Print {
            id: log::fresh_id(self.connection()?, stamp.at)?,
            at: stamp.at.to_rfc3339(),
            actor: stamp.actor.clone(),
            device: stamp.device.clone(),
            compound,
            compound_name: name.unwrap_or_default(),
            document: title.to_owned(),
            way: way.to_owned(),
            pages: crate::text::small(composed.page_count()),
            checksum: composed.checksum.clone(),
            fonts: composed.fonts_used.join("、"),
            missing: composed.missing_glyphs.iter().collect(),
            whole_names: unmasked(request),
            reason: match unmasked(request) {
                true => reason.chars().take(LONGEST_REASON).collect(),
                false => String::new(),
            },
        };
        let op = Op::one(OpCode::Other, format!("打印记录“{title}”"));
        self.write(&op, |conn| prints::append(conn, &print))?;
        Ok(())
    }

    pub(super) fn gather_prints(&mut self, request: &ReportRequest) -> Result<Gathered, ApiError> {
        let compound = key(&request.compound)?;
        let conn = self.connection()?;
        let prints = prints::list(conn, compound, MOST)?;
        let exports = prints::list_exports(conn, compound, MOST)?;
        let erasures = erasure::list(conn, Some(compound))?;
        let printed = prints.iter().map(|print| (print.at.as_str(), line(print)));
        let exported = exports
            .iter()
            .map(|export| (export.at.as_str(), line_of_export(export)));
        let erased = erasures
            .iter()
            .map(|erasure| (erasure.at.as_str(), line_of_erasure(erasure)));
        let mut lines: Vec<(&str, Vec<String>)> = printed.chain(exported).chain(erased).collect();
        lines.sort_by(|one, other| other.0.cmp(one.0));
        lines.truncate(MOST);
        let rows: Vec<RosterRow> = lines
            .into_iter()
            .enumerate()
            .map(|(at, (_, line))| RosterRow::plain([vec![(at + 1).to_string()], line].concat()))
            .collect();
        let mut warnings = Vec::new();
        if rows.is_empty() {
            warnings.push("还没有打印、保存或导出过文件。".to_owned());
        }
        if rows.len() == MOST {
            warnings.push(format!("记录很多，这里是最近的 {MOST} 条。"));
        }
        let roster = Roster {
            imprint: self.imprint(compound)?,
            sheet: Sheet::A4Lying,
            title: "导出和打印记录".to_owned(),
            facts: vec![("共".to_owned(), format!("{} 次", rows.len()))],
            columns: vec![
                RosterColumn::center("序号", 12),
                RosterColumn::center("时间", 36),
                RosterColumn::center("经手人", 20),
                RosterColumn::left("电脑", 20),
                RosterColumn::left("文件", 42),
                RosterColumn::center("方式", 18),
                RosterColumn::right("页数", 12),
                RosterColumn::center("校验码", 38),
                RosterColumn::center("姓名", 16),
                RosterColumn::left("全名理由、缺字", 30),
                RosterColumn::left("字体", 34),
            ],
            row_mm: 8,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            notes: vec![
                "校验码印在纸上，同一份数据印几次都一样，可以用来核对纸和台账。".to_owned(),
            ],
            ..Roster::default()
        };
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: Vec::new(),
        })
    }
}

fn line(print: &Print) -> Vec<String> {
    let way = WAYS.iter().find(|(code, _)| *code == print.way);
    let missing = match print.missing.as_str() {
        "" => String::new(),
        missing => format!("缺字：{missing}"),
    };
    let remarks = [print.reason.as_str(), missing.as_str()];
    vec![
        time(&print.at),
        print.actor.clone(),
        print.device.clone(),
        print.document.clone(),
        way.map_or("", |(_, label)| label).to_owned(),
        print.pages.to_string(),
        print.checksum.clone(),
        if print.whole_names {
            "全名"
        } else {
            "按规则"
        }
        .to_owned(),
        remarks
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("；"),
        font_names(print.fonts.split('、')).join("、"),
    ]
}

fn time(at: &str) -> String {
    DateTime::parse_from_rfc3339(at)
        .map_or_else(|_| at.to_owned(), |at| local_minute(at.naive_local()))
}

fn line_of_export(export: &Export) -> Vec<String> {
    vec![
        time(&export.at),
        export.actor.clone(),
        export.device.clone(),
        format!("{} {} 条", export.title, export.records),
        format!("导出 {}", export.way),
        String::new(),
        export.checksum.clone(),
        if export.personal { "全名" } else { "不含" }.to_owned(),
        match export.compound {
            Some(_) => String::new(),
            None => "所有小区".to_owned(),
        },
        String::new(),
    ]
}

fn line_of_erasure(erasure: &Erasure) -> Vec<String> {
    let archive = match erasure.archive.as_str() {
        "" => String::new(),
        archive => format!("；归档：{archive}"),
    };
    vec![
        time(&erasure.at),
        erasure.actor.clone(),
        erasure.device.clone(),
        format!("个人信息 {}", crate::erasure::content(&erasure.parts)),
        "销毁".to_owned(),
        String::new(),
        String::new(),
        "已销毁".to_owned(),
        format!("{}{archive}", erasure.reason),
        String::new(),
    ]
}
