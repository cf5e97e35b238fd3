use serde::Serialize;

use super::Imprint;
use crate::press::{Composed, Paper, compose};
use crate::{Fonts, ReportError, qr};

const TEMPLATE: &str = include_str!("../../templates/survey-sheet.typ");
/// Sheets that are set together; more are set batch by batch, so that time stays linear.
const BATCH: usize = 40;

/// Input of the household survey sheets (D2 入户调查表, 一户一表): one questionnaire, any number of
/// sheets. A blank sheet (空白表) is a [`SurveySheet`] whose texts are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SurveySheets {
    /// 版记.
    pub imprint: Imprint,
    /// Title, such as `入户调查表`.
    pub title: String,
    /// Round (轮次), such as `第二轮：改造意愿`; may be empty.
    pub round: String,
    /// Plan version that the questions refer to (方案版本); empty when there is none.
    pub plan: String,
    /// Words before the questions (卷首语); may be empty.
    pub opening: String,
    /// Questions in their order.
    pub questions: Vec<SheetQuestion>,
    /// Privacy notice (个人信息告知); empty prints the usual one.
    pub privacy: String,
    /// Whom to ask (联系人、电话), printed in the privacy notice; empty leaves a line to write on.
    pub contact: String,
    /// The sheets, one for each household, in walking order.
    pub sheets: Vec<SurveySheet>,
}

/// How a question is answered on paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SheetAnswer {
    /// 单选: one box.
    #[default]
    Single,
    /// 多选: several boxes.
    Multiple,
    /// 排序: a number into each box.
    Rank,
    /// 五级量表: 1 to 5 on one line.
    Scale,
    /// 数字, with its unit.
    Number,
    /// 日期.
    Date,
    /// 文字: lines to write on.
    Text,
}

/// A question as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SheetQuestion {
    /// Heading above it (分组), such as `二、现状评价`; repeated headings are printed once.
    pub section: String,
    /// Number (题号), such as `12`.
    pub number: String,
    /// The question.
    pub text: String,
    /// Hint after it, such as `最多选 5 项`; may be empty.
    pub hint: String,
    /// When it is asked (显示条件), such as `第 11 题选 2 的填`; may be empty.
    pub condition: String,
    /// How it is answered.
    pub answer: SheetAnswer,
    /// Marked with * (必答).
    pub required: bool,
    /// Choices. Of a scale the words under 1 … 5 (all five, or only the two ends).
    pub choices: Vec<SheetChoice>,
    /// Unit after a number (单位), such as `人`.
    pub unit: String,
    /// Lines to write on for 文字; 0 means 2.
    pub lines: u8,
}

/// A numbered choice (选项).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SheetChoice {
    /// Number that the entry screen takes (选项号), such as `3`.
    pub number: String,
    /// Its words.
    pub label: String,
    /// A line to write on follows (其他).
    pub with_text: bool,
}

/// One sheet: what is known of the household beforehand. Empty texts become lines to write on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SurveySheet {
    /// Payload of the QR code and the code under it (户码), to be scanned or typed; empty prints none.
    pub code: String,
    /// 楼栋-单元-房号, such as `3号楼2单元301`.
    pub dwelling: String,
    /// Name of whom the household goes by (户主或联系人).
    pub name: String,
    /// Telephone (自愿填写).
    pub phone: String,
    /// 自住、出租 …; empty prints boxes to tick.
    pub occupancy: String,
}

/// The usual notice (个人信息保护法第十七条: who, what for, how long, rights).
const PRIVACY: &str = "本表由社区为老旧小区改造摸底和征求意愿使用，只收集改造需要的内容，电话自愿填写，不收集身份证号。\
资料由社区保管，改造验收后按档案规定保存或销毁，公示时隐去姓名和电话。您可以不填、查阅、更正或要求删除自己的资料。";

impl SurveySheets {
    /// Sets the sheets; each begins on a page of its own.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let mut form = self.clone();
        if form.privacy.is_empty() {
            PRIVACY.clone_into(&mut form.privacy);
        }
        let blank = [SurveySheet::default()];
        let sheets = if self.sheets.is_empty() {
            &blank[..]
        } else {
            &self.sheets[..]
        };
        form.sheets = Vec::new();
        let batches: Vec<SurveySheets> = sheets
            .chunks(BATCH)
            .map(|sheets| SurveySheets {
                sheets: sheets.to_vec(),
                ..form.clone()
            })
            .collect();
        let papers: Vec<_> = batches
            .iter()
            .map(|batch| Paper {
                name: "survey-sheet",
                template: TEMPLATE,
                data: batch,
                files: vec![(
                    qr::FILE,
                    qr::symbols(batch.sheets.iter().map(|sheet| sheet.code.as_str())),
                )],
                generated_at: self.imprint.generated_at,
            })
            .collect();
        compose(&papers, fonts)
    }
}
