//! Papers.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A document of the office (domain §13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DocumentCode {
    /// 小区基本情况表.
    #[serde(rename = "D1")]
    D1,
    /// 改造方案公示.
    #[serde(rename = "D5")]
    D5,
    /// 改造清单.
    #[serde(rename = "D7")]
    D7,
    /// 附属房与违建台账.
    #[serde(rename = "D11")]
    D11,
    /// 自拆承诺书、劝导告知书.
    #[serde(rename = "D12")]
    D12,
    /// 问题整改台账.
    #[serde(rename = "D13")]
    D13,
    /// 交办单、督办单、反馈单.
    #[serde(rename = "D14")]
    D14,
    /// 倒排工期表.
    #[serde(rename = "D15")]
    D15,
    /// 周报、月报.
    #[serde(rename = "D16")]
    D16,
    /// 前后对比图.
    Charts,
    /// 指标展板.
    FigureBoard,
    /// 前后对比展板.
    PhotoBoard,
    /// 全街道汇总表.
    #[serde(rename = "D20")]
    D20,
    /// 住户名册公示.
    #[serde(rename = "D21")]
    D21,
    /// 一页纸改造方案.
    #[serde(rename = "D6")]
    D6,
    /// 房态图, 楼栋走访作战图.
    #[serde(rename = "D4")]
    D4,
    /// 走访清单.
    VisitRound,
    /// 矛盾图.
    ConflictMap,
    /// 入户调查表.
    #[serde(rename = "D2")]
    D2,
    /// 征求意见汇总表.
    #[serde(rename = "D3")]
    D3,
    /// 问卷结果公示.
    SurveyResult,
    /// 交叉表.
    CrossTable,
    /// 照片对照表.
    ContactSheet,
    /// 打印记录.
    PrintLog,
    /// 密码保管单.
    PasswordSheet,
    /// 投票通知公告.
    BallotNotice,
    /// 业主名册公示.
    RollNotice,
    /// 表决票及存根.
    #[serde(rename = "D8")]
    D8,
    /// 发票、收票登记表.
    #[serde(rename = "D9")]
    D9,
    /// 授权委托书.
    ProxyForm,
    /// 计票表.
    TallySheet,
    /// 计票结果公示.
    #[serde(rename = "D10")]
    D10,
}

/// What to print. What is not chosen is taken as the document sees fit: the newest plan, all
/// buildings, A4.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportRequest {
    /// Document.
    pub document: DocumentCode,
    /// Compound.
    pub compound: String,
    /// Plan.
    #[serde(default)]
    #[specta(optional)]
    pub plan: Option<String>,
    /// Building.
    #[serde(default)]
    #[specta(optional)]
    pub building: Option<String>,
    /// Dwelling, household, or the other record that the paper is for.
    #[serde(default)]
    #[specta(optional)]
    pub dwelling: Option<String>,
    /// Round of a survey.
    #[serde(default)]
    #[specta(optional)]
    pub round: Option<String>,
    /// Ballot.
    #[serde(default)]
    #[specta(optional)]
    pub ballot: Option<String>,
    /// Theme of a board.
    #[serde(default)]
    #[specta(optional)]
    pub theme: Option<String>,
    /// Size of the sheet: `a4`, `a4Lying`, `a3`, `a3Lying`.
    #[serde(default)]
    #[specta(optional)]
    pub sheet: Option<String>,
    /// Day, as ISO text.
    #[serde(default)]
    #[specta(optional)]
    pub day: Option<String>,
    /// How the paper is filled, such as `blank`.
    #[serde(default)]
    #[specta(optional)]
    pub variant: Option<String>,
    /// Field of the rows of a cross-table.
    #[serde(default)]
    #[specta(optional)]
    pub row: Option<String>,
    /// Field of its columns.
    #[serde(default)]
    #[specta(optional)]
    pub column: Option<String>,
    /// Why whole names are asked for.
    #[serde(default)]
    #[specta(optional)]
    pub reason: Option<String>,
}

impl ReportRequest {
    /// A document of a compound with nothing chosen.
    #[must_use]
    pub fn of(document: DocumentCode, compound: impl Into<String>) -> Self {
        Self {
            document,
            compound: compound.into(),
            plan: None,
            building: None,
            dwelling: None,
            round: None,
            ballot: None,
            theme: None,
            sheet: None,
            day: None,
            variant: None,
            row: None,
            column: None,
            reason: None,
        }
    }
}

/// What can be chosen for a document: the field of [`ReportRequest`] of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReportParameterCode {
    /// 方案.
    Plan,
    /// 楼栋.
    Building,
    /// 房屋、住户, or the other record that the paper is for.
    Dwelling,
    /// 问卷轮次.
    Round,
    /// 表决.
    Ballot,
    /// 主题.
    Theme,
    /// 纸张.
    Sheet,
    /// 日期.
    Day,
    /// 填写方式.
    Variant,
    /// 行.
    Row,
    /// 列.
    Column,
    /// 为什么要全名, to be typed.
    Reason,
}

/// A choice of a document.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportParameter {
    /// Which field of the request.
    pub code: ReportParameterCode,
    /// Label.
    pub label: String,
    /// What is chosen now.
    pub value: String,
    /// What can be chosen. None at all: a day, or the reason in words.
    pub options: Vec<ReportOption>,
}

/// One thing that can be chosen.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportOption {
    /// What the request takes; empty for all or none.
    pub value: String,
    /// Words.
    pub label: String,
}

/// A document that can be printed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportDocument {
    /// Code.
    pub code: DocumentCode,
    /// Number in the office's list, such as `D6`; may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// Heading of the list.
    pub group: String,
    /// One line on what it is for.
    pub note: String,
}

/// Kind of file of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PaperFormat {
    /// PDF, exactly as printed.
    Pdf,
    /// Word document, to be edited.
    Docx,
    /// Workbook, for tables.
    Xlsx,
}

/// A paper as it will come out of the printer.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportPreview {
    /// Title.
    pub title: String,
    /// Name proposed for the file, without extension.
    pub file_name: String,
    /// The first pages as SVG.
    pub pages: Vec<String>,
    /// Width of each of these pages at its true size, in px.
    pub widths: Vec<u32>,
    /// Number of all pages.
    pub page_count: u32,
    /// Short checksum printed on the paper.
    pub checksum: String,
    /// Sentences: characters no font can print, data missing …
    pub warnings: Vec<String>,
    /// Fonts used, by the names that people know.
    pub fonts: Vec<String>,
    /// Kinds of files it can be saved as.
    pub formats: Vec<PaperFormat>,
    /// What can be chosen, with what is chosen.
    pub parameters: Vec<ReportParameter>,
    /// What a batch of this document can go over.
    pub batches: Vec<ReportOver>,
}

/// What a batch goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReportOver {
    /// Each compound of the ledger.
    Compounds,
    /// Each building of the compound.
    Buildings,
    /// Each household, or other record that the paper is for.
    Records,
}

/// One paper of a batch.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportBatchItem {
    /// What to print.
    pub request: ReportRequest,
    /// Name of its file, without extension.
    pub name: String,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedFile {
    /// Full path.
    pub path: String,
    /// Sentence for the person.
    pub message: String,
}
