//! What did not fit with a response: kept with it in its own words, shown until a person decided.

use jiugai_domain::survey::{AnswerFault, Questionnaire};
use serde::{Deserialize, Serialize};

/// Kinds of misfit. The first six make a response wait for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum FlawCode {
    Unmatched,
    Ambiguous,
    Duplicate,
    BeforeOpening,
    AfterClosing,
    BadDay,
    BadAnswer,
    NotAsked,
    Missing,
    Removed,
}

/// One misfit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flaw {
    pub(super) code: FlawCode,
    #[serde(default)]
    pub(super) question: u32,
    #[serde(default)]
    pub(super) text: String,
}

impl Flaw {
    pub(super) fn of(code: FlawCode) -> Self {
        Self {
            code,
            question: 0,
            text: String::new(),
        }
    }

    pub(super) fn at(code: FlawCode, question: u32, text: impl Into<String>) -> Self {
        Self {
            code,
            question,
            text: text.into(),
        }
    }

    /// A person has to decide before it counts.
    pub(super) fn waits(&self) -> bool {
        matches!(
            self.code,
            FlawCode::Unmatched
                | FlawCode::Ambiguous
                | FlawCode::Duplicate
                | FlawCode::BeforeOpening
                | FlawCode::AfterClosing
                | FlawCode::BadDay
        )
    }

    pub(super) fn sentence(&self, sheet: &Questionnaire) -> String {
        let question = || {
            sheet
                .questions
                .iter()
                .position(|question| question.key == self.question)
                .map_or_else(
                    || "已删的题".to_owned(),
                    |at| format!("第{}题“{}”", at + 1, sheet.questions[at].title),
                )
        };
        match self.code {
            FlawCode::Unmatched => "在台账里找不到这一户".to_owned(),
            FlawCode::Ambiguous => "可能是好几户，要指定是哪一户".to_owned(),
            FlawCode::Duplicate => "这一户在本轮已经有一份答卷".to_owned(),
            FlawCode::BeforeOpening => "答卷日期早于本轮开始日期".to_owned(),
            FlawCode::AfterClosing => "答卷日期晚于本轮结束日期".to_owned(),
            FlawCode::BadDay => {
                format!("提交时间“{}”认不出是哪一天，日期先记成导入这天", self.text)
            }
            FlawCode::BadAnswer => format!("{}：“{}”不能用，没有计入", question(), self.text),
            FlawCode::NotAsked => format!("{}按条件不该答，没有计入", question()),
            FlawCode::Missing => format!("{}没有答", question()),
            FlawCode::Removed => format!("“{}”这道题问卷里没有，原话留着，没有计入", self.text),
        }
    }
}

pub(super) fn read(json: &str) -> Vec<Flaw> {
    serde_json::from_str(json).unwrap_or_default()
}

pub(super) fn write(flaws: &[Flaw]) -> String {
    serde_json::to_string(flaws).expect("plain data")
}

/// Why an answer cannot be stored, for the person who typed it.
pub(super) fn fault(fault: &AnswerFault) -> String {
    match fault {
        AnswerFault::NoSuchChoice(text) => format!("没有选项“{text}”，请对照纸上的数字再打一次。"),
        AnswerFault::TooMany(most) => {
            format!("最多选 {most} 项，请核对纸面；多选了的请问清后再录。")
        }
        AnswerFault::Twice(text) => format!("选项 {text} 打了两次，请改成一次。"),
        AnswerFault::NotANumber(text) => format!("“{text}”不是数字，请打数字，最多两位小数。"),
        AnswerFault::NotADate(text) => format!("“{text}”不是日期，请写成 2021-3-5 这样。"),
    }
}
