use rstest::rstest;

use super::*;
use crate::RecordId;

fn question(kind: QuestionKind, choices: &[&str], most: u32) -> Question {
    Question {
        key: 1,
        group: String::new(),
        title: "题".to_owned(),
        kind,
        choices: choices
            .iter()
            .zip(1..)
            .map(|(text, number)| Choice {
                number,
                text: (*text).to_owned(),
                other: *text == "其他",
                stance: None,
            })
            .collect(),
        most,
        required: false,
        show_if: None,
        topic: None,
        unit: String::new(),
    }
}

fn want(most: u32) -> Question {
    question(
        QuestionKind::Multiple,
        &["停车", "绿化", "路灯、监控", "其他"],
        most,
    )
}

#[rstest]
#[case("13", &[1, 3], "")]
#[case("3，1", &[1, 3], "")]
#[case("１ ２", &[1, 2], "")]
#[case("14 楼道灯", &[1, 4], "楼道灯")]
#[case("停车┋其他〖楼道灯〗", &[1, 4], "楼道灯")]
#[case("停车", &[1], "")]
fn typed_choices(#[case] text: &str, #[case] numbers: &[u32], #[case] other: &str) {
    let answer = read_typed(&want(0), text).unwrap().unwrap();
    assert_eq!(
        (answer.choices.as_slice(), answer.other.as_str()),
        (numbers, other)
    );
}

#[rstest]
#[case("停车┋路灯、监控", &[1, 3], "")]
#[case("停车┋其他〖电梯，噪音〗", &[1, 4], "电梯，噪音")]
#[case("1┋3", &[1, 3], "")]
#[case("1,3", &[1, 3], "")]
#[case("A.停车┋C.路灯、监控", &[1, 3], "")]
#[case("路灯、监控", &[3], "")]
#[case("②", &[2], "")]
#[case("B", &[2], "")]
fn words_of_files(#[case] text: &str, #[case] numbers: &[u32], #[case] other: &str) {
    let answer = read_words(&want(0), text).unwrap().unwrap();
    assert_eq!(
        (answer.choices.as_slice(), answer.other.as_str()),
        (numbers, other)
    );
}

#[test]
fn what_is_no_answer() {
    assert_eq!(read_typed(&want(2), "123"), Err(AnswerFault::TooMany(2)));
    assert_eq!(
        read_typed(&want(0), "11"),
        Err(AnswerFault::Twice("1".into()))
    );
    assert_eq!(
        read_typed(&want(0), "7"),
        Err(AnswerFault::NoSuchChoice("7".into()))
    );
    assert_eq!(
        read_typed(&want(0), "1 楼道灯"),
        Err(AnswerFault::NoSuchChoice("楼道灯".into()))
    );
    assert_eq!(
        read_words(&want(0), "停车┋电梯"),
        Err(AnswerFault::NoSuchChoice("电梯".into()))
    );
    assert_eq!(read_words(&want(0), "(跳过)"), Ok(None));
    assert_eq!(read_typed(&want(0), " "), Ok(None));
    let number = question(QuestionKind::Number, &[], 0);
    assert_eq!(
        read_typed(&number, "三"),
        Err(AnswerFault::NotANumber("三".into()))
    );
    assert_eq!(
        read_typed(&number, "12.50").unwrap().unwrap().number,
        Some(1250)
    );
    let date = question(QuestionKind::Date, &[], 0);
    assert_eq!(
        read_typed(&date, "2021年3月5日")
            .unwrap()
            .unwrap()
            .date
            .as_deref(),
        Some("2021-03-05")
    );
}

#[test]
fn two_digits_when_a_number_has_two() {
    let words: Vec<String> = (1..=12).map(|n| format!("第{n}样")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let question = question(QuestionKind::Rank, &words, 3);
    let answer = read_typed(&question, "120301").unwrap().unwrap();
    assert_eq!(answer.choices, [12, 3, 1]);
    assert_eq!(typed(&question, &answer), "12,3,1");
    assert_eq!(shown(&question, &answer), "第12样 → 第3样 → 第1样");
    assert_eq!(read_typed(&question, "12,3,1").unwrap().unwrap(), answer);
}

#[test]
fn what_does_not_fit_is_told() {
    let mut first = question(QuestionKind::Single, &["同意", "不同意"], 0);
    first.required = true;
    let mut second = question(QuestionKind::Multiple, &["怕出钱", "其他"], 0);
    second.key = 2;
    second.show_if = Some(ShowIf {
        question: 1,
        choices: vec![2],
    });
    let sheet = Questionnaire {
        title: "问卷".to_owned(),
        questions: vec![first, second],
        ..Questionnaire::default()
    };
    assert_eq!(sheet.check(), Ok(()));
    let chosen = |numbers: &[u32]| Answer {
        choices: numbers.to_vec(),
        ..Answer::default()
    };
    let answers = Answers::from([(1, chosen(&[1])), (2, chosen(&[1]))]);
    assert_eq!(misfits(&sheet, &answers), [Misfit::NotAsked(2)]);
    let answers = Answers::from([(1, chosen(&[2])), (2, chosen(&[9])), (7, chosen(&[1]))]);
    assert_eq!(
        misfits(&sheet, &answers),
        [Misfit::ChoiceRemoved(2), Misfit::Removed(7)]
    );
    assert_eq!(misfits(&sheet, &Answers::new()), [Misfit::Missing(1)]);
    let mut broken = sheet.clone();
    broken.questions.swap(0, 1);
    assert_eq!(broken.check(), Err(QuestionnaireFault::Condition(1)));
}

#[rstest]
#[case("2/3", 307, 205)]
#[case("2/3", 300, 200)]
#[case("三分之二", 300, 200)]
#[case("75%", 307, 231)]
#[case("0.75", 4, 3)]
fn shares(#[case] text: &str, #[case] all: i64, #[case] needed: i64) {
    assert_eq!(Share::parse(text).unwrap().needed(all), needed);
}

#[rstest]
#[case("5/3")]
#[case("120%")]
#[case("1/0")]
#[case("多数")]
fn no_shares(#[case] text: &str) {
    assert_eq!(Share::parse(text), None);
}

#[test]
fn numbers_of_sheets() {
    let round = RecordId::new(1, [7; 10]);
    let other = RecordId::new(1, [8; 10]);
    let code = sheet_code(round, RecordId::new(5, [3; 10]));
    assert_eq!(code.len(), 11);
    assert_eq!(look(round, &code), SheetCode::ThisRound);
    assert_eq!(look(other, &code), SheetCode::OtherRound);
    assert_eq!(look(round, "301"), SheetCode::Other);
    let wrong = if code.ends_with('0') { "1" } else { "0" };
    assert_eq!(
        look(round, &format!("{}{wrong}", &code[..10])),
        SheetCode::Mistyped
    );
}
