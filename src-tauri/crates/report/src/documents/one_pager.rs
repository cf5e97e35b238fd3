use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::charts::{Caption, PairedDots, paired_dots};
use crate::press::{Composed, Paper, Printed, checksum, compose};
use crate::{Fonts, ReportError, docx};

const TEMPLATE: &str = include_str!("../../templates/one-pager.typ");
/// Width of the chart in px; 1 px becomes half a point on the paper.
const CHART_WIDTH_PX: u32 = 1000;
/// Indicators in the chart; the table above it holds more.
const CHART_ROWS: usize = 7;

/// Input of the one-page plan (D6 一页纸改造方案). All strings are formatted for display; `None`
/// or an empty string prints 未填 or — in grey.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OnePager {
    /// Compound (小区/家属院), such as 五交化家属院.
    pub compound: String,
    /// Subdistrict (街道).
    pub subdistrict: String,
    /// Community (社区).
    pub community: String,
    /// Version of the renovation plan (方案版本), such as `第2版`.
    pub plan: String,
    /// Marks the paper 示例 because its data is invented.
    pub sample: bool,
    /// 基本数字.
    pub figures: Figures,
    /// Gravest problems first (问题清单); what does not fit becomes 等 n 项.
    pub issues: Vec<IssueLine>,
    /// 拆、建、添、改、修.
    pub work: WorkByVerb,
    /// 投资估算.
    pub money: Money,
    /// 工期.
    pub schedule: Schedule,
    /// 责任单位, 责任人.
    pub responsible: Responsible,
    /// 前后对比, sorted by the caller; up to ten rows are printed, the rest becomes 等 n 项.
    pub indicators: Vec<IndicatorLine>,
    /// Chart of the same indicators; its first seven rows are drawn. Title, subtitle and width are
    /// ignored. `None` prints 暂无数据.
    #[serde(skip)]
    pub chart: Option<PairedDots>,
    /// Date of the data (数据截至), formatted.
    pub data_as_of: String,
    /// Version of the ledger (台账版本), such as the number of its last transaction.
    pub ledger_version: String,
    /// When the paper is made (生成时间), in local time.
    #[serde(skip)]
    pub generated_at: DateTime<FixedOffset>,
}

/// 基本数字. A leading number is set large, so write it first: `18,420 ㎡`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// 户数, such as `307 户`.
    pub households: Option<String>,
    /// 人数, such as `1,100 人`.
    pub people: Option<String>,
    /// 楼栋, such as `8 栋`.
    pub buildings: Option<String>,
    /// 房屋套数, such as `307 套`.
    pub dwellings: Option<String>,
    /// 建筑面积, such as `18,420 ㎡`.
    pub gross_floor_area: Option<String>,
    /// 建成年代, such as `1979—2003 年`.
    pub built: Option<String>,
    /// 用地面积, such as `12,600 ㎡`.
    pub land_area: Option<String>,
    /// 产权单位, such as `五交化公司、邦杰公司`.
    pub work_units: Option<String>,
}

/// One problem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IssueLine {
    /// What is wrong, such as `污水管网堵塞外溢`.
    pub title: String,
    /// How many say so or how bad it is, such as `126 户`; may be empty.
    pub remark: String,
}

/// Work items by verb. Six fit into each cell; of more, five are printed and 等 n 项.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WorkByVerb {
    /// 拆.
    pub demolish: Vec<WorkLine>,
    /// 建.
    pub build: Vec<WorkLine>,
    /// 添.
    pub add: Vec<WorkLine>,
    /// 改.
    pub alter: Vec<WorkLine>,
    /// 修.
    pub repair: Vec<WorkLine>,
}

/// One work item (改造内容).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WorkLine {
    /// Name, such as `大排房`.
    pub name: String,
    /// Quantity (工程量) without unit, such as `22`; empty prints —.
    pub quantity: String,
    /// Unit, such as `间`.
    pub unit: String,
}

/// Investment (投资, an estimate).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Money {
    /// 总投资, such as `820.00 万元`.
    pub total: Option<String>,
    /// 户均, such as `26,710 元/户`.
    pub per_household: Option<String>,
    /// 单方, such as `445 元/㎡`.
    pub per_area: Option<String>,
    /// 资金来源.
    pub funding: Vec<FundingLine>,
}

/// One source of money (资金来源).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FundingLine {
    /// Who pays, such as `中央补助`.
    pub source: String,
    /// Amount, such as `410.00 万元`.
    pub amount: String,
}

/// 工期.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Schedule {
    /// 开工.
    pub start: Option<String>,
    /// 竣工.
    pub end: Option<String>,
    /// Duration, such as `120 天`.
    pub duration: Option<String>,
}

/// Who answers for the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Responsible {
    /// 责任单位.
    pub organisation: Option<String>,
    /// 责任人.
    pub person: Option<String>,
}

/// One indicator (指标): before → after with its difference. Numbers stand without unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IndicatorLine {
    /// Group (类别), one or two characters such as 停.
    pub group: String,
    /// Name, such as `机动车停车位`.
    pub name: String,
    /// Unit, such as `个`.
    pub unit: String,
    /// 改造前 (Baseline).
    pub before: Option<String>,
    /// 方案 (Proposed).
    pub after: Option<String>,
    /// 增减 with its sign, such as `+58`.
    pub change: Option<String>,
    /// 竣工 (AsBuilt). The column appears when some row has one.
    pub as_built: Option<String>,
    /// Value demanded by a standard, such as `≥385`. The column appears when some row has one.
    pub standard: Option<String>,
    /// 调查日期 of the value before.
    pub surveyed_on: String,
}

/// Sets the one-page plan on exactly one A4 page, whatever the length of names and lists.
///
/// # Errors
/// As [`crate::press::typeset`].
pub fn render_one_pager(paper: &OnePager, fonts: &Fonts) -> Result<Printed, ReportError> {
    compose_one_pager(paper, fonts)?.print()
}

/// The same, not written yet.
pub(super) fn compose_one_pager(paper: &OnePager, fonts: &Fonts) -> Result<Composed, ReportError> {
    let chart = chart_of(paper);
    compose(&[sheet(&view(paper, chart.as_deref()), chart)], fonts)
}

/// The same as a Word document.
pub(super) fn one_pager_docx(paper: &OnePager, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let chart = chart_of(paper);
    let view = view(paper, chart.as_deref());
    let code = checksum(&[sheet(&view, chart.clone())])?;
    docx::one_pager(paper, chart.as_deref(), &code, fonts)
}

fn chart_of(paper: &OnePager) -> Option<String> {
    let chart = paper.chart.as_ref().map(|chart| PairedDots {
        caption: Caption {
            title: String::new(),
            subtitle: String::new(),
            sample: false,
            ..chart.caption.clone()
        },
        width_px: CHART_WIDTH_PX,
        rows: chart.rows.iter().take(CHART_ROWS).cloned().collect(),
    });
    chart
        .filter(|chart| !chart.rows.is_empty())
        .map(|chart| paired_dots(&chart))
}

fn view<'a>(paper: &'a OnePager, chart: Option<&str>) -> View<'a> {
    View {
        paper,
        has_chart: chart.is_some(),
    }
}

fn sheet<'a>(view: &'a View<'a>, chart: Option<String>) -> Paper<'a, View<'a>> {
    Paper {
        name: "one-pager",
        template: TEMPLATE,
        data: view,
        files: chart
            .map(|svg| ("chart.svg", svg.into_bytes()))
            .into_iter()
            .collect(),
        generated_at: view.paper.generated_at,
    }
}

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    paper: &'a OnePager,
    has_chart: bool,
}

#[cfg(test)]
mod tests;
