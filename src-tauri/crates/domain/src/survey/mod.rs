//! 征求意愿: questionnaires, rounds, answers. Advisory and by household; not the owners' ballot.

mod answer;
mod code;
mod question;
mod round;
#[cfg(test)]
mod tests;

pub use answer::{
    Answer, AnswerFault, Answers, Misfit, is_asked, misfits, number_text, read_typed, read_words,
    shown, typed,
};
pub use code::{SheetCode, look, sheet_code};
pub use question::{
    Choice, Question, QuestionKind, Questionnaire, QuestionnaireFault, ShowIf, Stance, Topic,
};
pub use round::{Channel, Respondent, RoundKind, Share};
