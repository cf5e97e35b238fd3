//! Questions as data: kinds, choices, conditions, and what is wrong with a questionnaire.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use specta::Type;

/// How a question is answered (题型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum QuestionKind {
    /// 单选.
    Single,
    /// 多选, at most so many.
    Multiple,
    /// 排序, the most important first.
    Rank,
    /// 五级评价: five choices from bad to good.
    Scale,
    /// 数字, two decimals at most.
    Number,
    /// 日期.
    Date,
    /// 文字.
    Text,
}

impl QuestionKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Single,
        Self::Multiple,
        Self::Rank,
        Self::Scale,
        Self::Number,
        Self::Date,
        Self::Text,
    ];

    /// 题型 in people's words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Single => "单选",
            Self::Multiple => "多选",
            Self::Rank => "排序",
            Self::Scale => "五级评价",
            Self::Number => "数字",
            Self::Date => "日期",
            Self::Text => "文字",
        }
    }

    /// Answered by choices.
    #[must_use]
    pub fn chooses(self) -> bool {
        matches!(
            self,
            Self::Single | Self::Multiple | Self::Rank | Self::Scale
        )
    }

    /// One choice at most.
    #[must_use]
    pub fn chooses_one(self) -> bool {
        matches!(self, Self::Single | Self::Scale)
    }
}

/// Where a choice stands (态度): what boards and tallies of willingness read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Stance {
    /// 同意、愿意.
    Willing,
    /// 不同意、不愿意.
    Against,
    /// 没定、有条件.
    Undecided,
}

impl Stance {
    /// Every stance, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Willing, Self::Against, Self::Undecided];

    /// In people's words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Willing => "同意",
            Self::Against => "不同意",
            Self::Undecided => "未定",
        }
    }
}

/// What a question is about, where other parts of the product read it (主题). Questions of one
/// topic are compared over several rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Topic {
    /// 是否同意改造.
    Willingness,
    /// 是否同意方案.
    Plan,
    /// 是否配合拆除附属房.
    Outbuilding,
    /// 加装电梯.
    Lift,
    /// 停车.
    Parking,
    /// 居民出资.
    Payment,
    /// 改造需求, what should be done first.
    Wants,
    /// 总体满意度.
    Satisfaction,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 8] = [
        Self::Willingness,
        Self::Plan,
        Self::Outbuilding,
        Self::Lift,
        Self::Parking,
        Self::Payment,
        Self::Wants,
        Self::Satisfaction,
    ];

    /// In people's words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Willingness => "是否同意改造",
            Self::Plan => "对方案的意见",
            Self::Outbuilding => "配合拆除附属房",
            Self::Lift => "加装电梯",
            Self::Parking => "停车",
            Self::Payment => "居民出资",
            Self::Wants => "改造需求",
            Self::Satisfaction => "总体满意度",
        }
    }
}

/// One choice (选项). Its number never changes and is never given again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// What is typed and printed, from 1.
    pub number: u32,
    /// Words.
    pub text: String,
    /// 其他: words may be written beside it.
    #[serde(default)]
    pub other: bool,
    /// Where it stands.
    #[serde(default)]
    pub stance: Option<Stance>,
}

/// The question is asked only when another one was answered so (显示条件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShowIf {
    /// Key of the other question, which stands before this one.
    pub question: u32,
    /// Any of these choices.
    pub choices: Vec<u32>,
}

/// One question (题).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Key: the same in every version of the questionnaire, never given again.
    pub key: u32,
    /// Section that it stands in.
    #[serde(default)]
    pub group: String,
    /// Words.
    pub title: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Choices at most, for 多选 and 排序; 0 for any number.
    #[serde(default)]
    pub most: u32,
    /// 必答.
    #[serde(default)]
    pub required: bool,
    /// When it is asked.
    #[serde(default)]
    pub show_if: Option<ShowIf>,
    /// What it is about.
    #[serde(default)]
    pub topic: Option<Topic>,
    /// Unit of a number.
    #[serde(default)]
    pub unit: String,
}

impl Question {
    /// A choice by its number.
    #[must_use]
    pub fn choice(&self, number: u32) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.number == number)
    }

    /// Digits of a choice's number when typed without signs between: two when a number of the
    /// question has two.
    #[must_use]
    pub fn digits(&self) -> usize {
        if self.choices.iter().any(|choice| choice.number > 9) {
            2
        } else {
            1
        }
    }

    /// Choices at most.
    #[must_use]
    pub fn limit(&self) -> usize {
        if self.kind.chooses_one() {
            1
        } else if self.most == 0 {
            self.choices.len()
        } else {
            self.most as usize
        }
    }
}

/// A questionnaire (问卷), one version of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Questionnaire {
    /// Title on paper.
    pub title: String,
    /// What is said before the first question.
    #[serde(default)]
    pub intro: String,
    /// 个人信息告知.
    #[serde(default)]
    pub notice: String,
    /// Questions in order.
    pub questions: Vec<Question>,
}

/// What is wrong with a questionnaire; questions are told by their place, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionnaireFault {
    /// No title.
    NoTitle,
    /// No question.
    NoQuestion,
    /// A question without words.
    NoWords(usize),
    /// Fewer than two choices, or fewer than five for 五级评价.
    FewChoices(usize),
    /// A choice without words.
    NoChoiceWords(usize),
    /// Two choices with the same words or number.
    SameChoice(usize),
    /// A choice number that cannot be typed: 0 or beyond 99.
    ChoiceNumber(usize),
    /// More choices allowed than there are.
    Most(usize),
    /// The condition names a question that does not stand before this one, or none of its choices.
    Condition(usize),
    /// Two questions with the same key.
    SameKey(usize),
}

impl Questionnaire {
    /// A question by its key.
    #[must_use]
    pub fn question(&self, key: u32) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// The question about a topic.
    #[must_use]
    pub fn about(&self, topic: Topic) -> Option<&Question> {
        self.questions
            .iter()
            .find(|question| question.topic == Some(topic))
    }

    /// The first thing that is wrong.
    ///
    /// # Errors
    /// [`QuestionnaireFault`].
    pub fn check(&self) -> Result<(), QuestionnaireFault> {
        use QuestionnaireFault as Fault;
        if self.title.trim().is_empty() {
            return Err(Fault::NoTitle);
        }
        if self.questions.is_empty() {
            return Err(Fault::NoQuestion);
        }
        let mut keys = HashSet::new();
        for (index, question) in self.questions.iter().enumerate() {
            let at = index + 1;
            if question.title.trim().is_empty() {
                return Err(Fault::NoWords(at));
            }
            if question.key == 0 || !keys.insert(question.key) {
                return Err(Fault::SameKey(at));
            }
            choices_of(question, at)?;
            if let Some(condition) = &question.show_if {
                let before = &self.questions[..index];
                let known = before
                    .iter()
                    .find(|other| other.key == condition.question && other.kind.chooses())
                    .is_some_and(|other| {
                        !condition.choices.is_empty()
                            && condition
                                .choices
                                .iter()
                                .all(|number| other.choice(*number).is_some())
                    });
                if !known {
                    return Err(Fault::Condition(at));
                }
            }
        }
        Ok(())
    }
}

fn choices_of(question: &Question, at: usize) -> Result<(), QuestionnaireFault> {
    use QuestionnaireFault as Fault;
    if !question.kind.chooses() {
        return Ok(());
    }
    let least = if question.kind == QuestionKind::Scale {
        5
    } else {
        2
    };
    if question.choices.len() < least {
        return Err(Fault::FewChoices(at));
    }
    let mut numbers = HashSet::new();
    let mut words = HashSet::new();
    for choice in &question.choices {
        if choice.text.trim().is_empty() {
            return Err(Fault::NoChoiceWords(at));
        }
        if !(1..=99).contains(&choice.number) {
            return Err(Fault::ChoiceNumber(at));
        }
        if !numbers.insert(choice.number) || !words.insert(choice.text.trim()) {
            return Err(Fault::SameChoice(at));
        }
    }
    if question.most as usize > question.choices.len() {
        return Err(Fault::Most(at));
    }
    Ok(())
}
