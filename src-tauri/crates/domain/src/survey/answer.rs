//! Answers: what people typed or a questionnaire file says, read against the question.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::question::{Question, QuestionKind, Questionnaire};
use crate::date;
use crate::fixed;
use crate::text::{normalize, normalize_long};

/// Decimals of a number that is answered.
const DECIMALS: u32 = 2;

/// The answer to one question: choices (in the order given for 排序) with words beside 其他, or
/// one of number, day and text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Numbers of the choices.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<u32>,
    /// Words beside 其他.
    #[serde(rename = "o", default, skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// A number in hundredths.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// A day, ISO.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Text.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Answers by the key of their question. A question without answer is not in it.
pub type Answers = BTreeMap<u32, Answer>;

/// Why a text is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFault {
    /// No choice has this number or these words.
    NoSuchChoice(String),
    /// More choices than allowed.
    TooMany(usize),
    /// The same choice twice.
    Twice(String),
    /// Not a number of two decimals at most.
    NotANumber(String),
    /// Not a day.
    NotADate(String),
}

/// Signs between choices: those that people type, and those of questionnaire files.
const BETWEEN: [char; 12] = [
    ',', '，', '、', ' ', ';', '；', '.', '┋', '→', '|', '\n', '/',
];
/// The same for words, in which commas and blanks may stand.
const BETWEEN_WORDS: [char; 4] = ['┋', '→', '|', '\n'];

/// Reads what was typed: digits, with or without signs between them. Empty gives none.
///
/// # Errors
/// [`AnswerFault`].
pub fn read_typed(question: &Question, typed: &str) -> Result<Option<Answer>, AnswerFault> {
    let text = normalize(typed);
    if text.is_empty() {
        return Ok(None);
    }
    if !question.kind.chooses() {
        return plain(question, typed).map(Some);
    }
    // Words beside 其他 stand behind the digits: 1,5 楼道照明.
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !BETWEEN.contains(&c))
        .unwrap_or(text.len());
    let (figures, words) = text.split_at(end);
    if figures.trim_matches(BETWEEN).is_empty() {
        return read_words(question, typed);
    }
    let mut numbers = Vec::new();
    let parts: Vec<&str> = figures
        .split(BETWEEN)
        .filter(|part| !part.is_empty())
        .collect();
    for part in parts {
        if part.len() <= question.digits() {
            numbers.push(part);
            continue;
        }
        let mut rest = part;
        while !rest.is_empty() {
            let (head, tail) = rest.split_at(question.digits().min(rest.len()));
            numbers.push(head);
            rest = tail;
        }
    }
    let mut answer = Answer::default();
    for figures in numbers {
        let known = figures
            .parse()
            .ok()
            .and_then(|number| question.choice(number));
        let choice = known.ok_or_else(|| AnswerFault::NoSuchChoice(figures.to_owned()))?;
        push(question, &mut answer, choice.number)?;
    }
    answer.other = bare(words).to_owned();
    if !answer.other.is_empty() && !has_other(question, &answer) {
        return Err(AnswerFault::NoSuchChoice(answer.other));
    }
    Ok(Some(answer))
}

/// Reads a cell of a questionnaire file: words or numbers of choices, several joined by ┋ or →,
/// words beside 其他 in 〖〗.
///
/// # Errors
/// [`AnswerFault`].
pub fn read_words(question: &Question, cell: &str) -> Result<Option<Answer>, AnswerFault> {
    let text = normalize_long(cell);
    if text.is_empty() || is_skipped(&text) {
        return Ok(None);
    }
    if !question.kind.chooses() {
        return plain(question, &text).map(Some);
    }
    let (text, beside) = brackets(&text);
    let mut answer = Answer {
        other: beside,
        ..Answer::default()
    };
    if let Some(number) = named(question, &text) {
        push(question, &mut answer, number)?;
        return Ok(Some(answer));
    }
    let by_words = text.contains(BETWEEN_WORDS);
    let figures = text
        .chars()
        .all(|c| c.is_ascii_digit() || BETWEEN.contains(&c));
    let parts: Vec<&str> = if by_words {
        text.split(BETWEEN_WORDS).collect()
    } else if figures {
        text.split(BETWEEN).collect()
    } else {
        text.split([',', '，', '、', ';', '；']).collect()
    };
    for part in parts.iter().map(|part| part.trim()) {
        if part.is_empty() {
            continue;
        }
        let number = named(question, part).ok_or_else(|| {
            AnswerFault::NoSuchChoice(if by_words || figures {
                part.to_owned()
            } else {
                text.trim().to_owned()
            })
        })?;
        push(question, &mut answer, number)?;
    }
    Ok((!answer.choices.is_empty()).then_some(answer))
}

/// What questionnaire files write where a question was not asked or not answered.
fn is_skipped(text: &str) -> bool {
    matches!(
        text,
        "(空)" | "（空）" | "(跳过)" | "（跳过）" | "-3" | "-2"
    )
}

/// Takes `其他〖楼道灯〗` apart; the brackets may be round when they end the text.
fn brackets(text: &str) -> (String, String) {
    let mut kept = String::new();
    let mut beside = String::new();
    let mut inside = false;
    for character in text.chars() {
        match character {
            '〖' => inside = true,
            '〗' => inside = false,
            _ if inside => beside.push(character),
            _ => kept.push(character),
        }
    }
    (kept.trim().to_owned(), beside.trim().to_owned())
}

/// The number of the choice that words, a number or a letter with sign (`A.同意`, `2、不同意`, `②`) mean.
fn named(question: &Question, part: &str) -> Option<u32> {
    let part = part.trim();
    let wanted = folded(part);
    let by_text = question
        .choices
        .iter()
        .find(|choice| folded(&choice.text) == wanted);
    if let Some(choice) = by_text {
        return Some(choice.number);
    }
    if let Ok(number) = normalize(part).parse::<u32>() {
        // Files that give numbers count the places of the choices.
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        return question.choices.get(at).map(|choice| choice.number);
    }
    let mut signs = part.chars();
    let first = signs.next()?;
    let rest = signs.as_str();
    if ('①'..='⑳').contains(&first) && rest.is_empty() {
        let number = u32::from(first) - u32::from('①') + 1;
        return question.choice(number).map(|choice| choice.number);
    }
    if rest.is_empty() && first.is_ascii_uppercase() {
        let at = usize::try_from(u32::from(first) - u32::from('A')).ok()?;
        return question.choices.get(at).map(|choice| choice.number);
    }
    let without =
        part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || ('①'..='⑳').contains(&c));
    let without = without.trim_start_matches(['.', '、', '．', ':', '：', ' ', ')', '）']);
    if without.len() < part.len() && !without.is_empty() {
        let wanted = folded(without);
        return question
            .choices
            .iter()
            .find(|choice| folded(&choice.text) == wanted)
            .map(|choice| choice.number);
    }
    None
}

/// Words without what differs between two writings of the same.
fn folded(text: &str) -> String {
    normalize(text)
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '≤' | '≥' | '<' | '>' | '%' | '㎡'))
        .collect()
}

fn bare(words: &str) -> &str {
    words
        .trim_matches(BETWEEN)
        .trim_matches(['〖', '〗', '(', ')', '（', '）', ':', '：'])
        .trim()
}

fn has_other(question: &Question, answer: &Answer) -> bool {
    answer
        .choices
        .iter()
        .any(|number| question.choice(*number).is_some_and(|choice| choice.other))
}

fn push(question: &Question, answer: &mut Answer, number: u32) -> Result<(), AnswerFault> {
    if answer.choices.contains(&number) {
        return Err(AnswerFault::Twice(number.to_string()));
    }
    answer.choices.push(number);
    if answer.choices.len() > question.limit() {
        return Err(AnswerFault::TooMany(question.limit()));
    }
    if question.kind == QuestionKind::Multiple {
        answer.choices.sort_unstable();
    }
    Ok(())
}

fn plain(question: &Question, typed: &str) -> Result<Answer, AnswerFault> {
    let mut answer = Answer::default();
    match question.kind {
        QuestionKind::Number => {
            let units = [question.unit.as_str()];
            let number = fixed::parse(typed, DECIMALS, &units)
                .map_err(|_| AnswerFault::NotANumber(normalize(typed)))?;
            answer.number = Some(number);
        }
        QuestionKind::Date => {
            let day = date::parse(typed).ok_or_else(|| AnswerFault::NotADate(normalize(typed)))?;
            answer.date = Some(day.format("%Y-%m-%d").to_string());
        }
        _ => answer.text = normalize_long(typed),
    }
    Ok(answer)
}

/// An answer as it is typed: `2`, `1,3,5 楼道灯`, `12.5`, `2021-03-05`.
#[must_use]
pub fn typed(question: &Question, answer: &Answer) -> String {
    match question.kind {
        QuestionKind::Number => answer.number.map_or_else(String::new, number_text),
        QuestionKind::Date => answer.date.clone().unwrap_or_default(),
        QuestionKind::Text => answer.text.clone(),
        _ => {
            let numbers: Vec<String> = answer.choices.iter().map(u32::to_string).collect();
            let mut text = numbers.join(",");
            if !answer.other.is_empty() {
                text.push(' ');
                text.push_str(&answer.other);
            }
            text
        }
    }
}

/// An answer in words: `同意`, `停车、其他（楼道灯）`. A choice that the question does not have is
/// shown by its number.
#[must_use]
pub fn shown(question: &Question, answer: &Answer) -> String {
    if !question.kind.chooses() {
        return match question.kind {
            QuestionKind::Number => format!("{}{}", typed(question, answer), question.unit),
            _ => typed(question, answer),
        };
    }
    let mut words: Vec<String> = Vec::new();
    for number in &answer.choices {
        match question.choice(*number) {
            Some(choice) if choice.other && !answer.other.is_empty() => {
                words.push(format!("{}（{}）", choice.text, answer.other));
            }
            Some(choice) => words.push(choice.text.clone()),
            None => words.push(format!("第{number}项")),
        }
    }
    words.join(if question.kind == QuestionKind::Rank {
        " → "
    } else {
        "、"
    })
}

/// A number without needless zeros.
#[must_use]
pub fn number_text(number: i64) -> String {
    let text = fixed::format(number, DECIMALS);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// True when the question is asked, given the answers before it.
#[must_use]
pub fn is_asked(question: &Question, answers: &Answers) -> bool {
    question.show_if.as_ref().is_none_or(|condition| {
        answers.get(&condition.question).is_some_and(|answer| {
            answer
                .choices
                .iter()
                .any(|number| condition.choices.contains(number))
        })
    })
}

/// What does not fit between answers and their questionnaire, by key of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// 必答 without answer.
    Missing(u32),
    /// Answered although not asked.
    NotAsked(u32),
    /// The questionnaire has no such question (any more).
    Removed(u32),
    /// The question has no such choice (any more).
    ChoiceRemoved(u32),
}

/// Everything that does not fit.
#[must_use]
pub fn misfits(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Misfit> {
    let mut found = Vec::new();
    for question in &questionnaire.questions {
        let asked = is_asked(question, answers);
        match answers.get(&question.key) {
            None if question.required && asked => found.push(Misfit::Missing(question.key)),
            Some(_) if !asked => found.push(Misfit::NotAsked(question.key)),
            Some(answer)
                if answer
                    .choices
                    .iter()
                    .any(|number| question.choice(*number).is_none()) =>
            {
                found.push(Misfit::ChoiceRemoved(question.key));
            }
            _ => {}
        }
    }
    for key in answers.keys() {
        if questionnaire.question(*key).is_none() {
            found.push(Misfit::Removed(*key));
        }
    }
    found
}
