use super::*;

const RULES: Rules = Rules {
    work_unit_is_one: true,
    count_apart: false,
};

fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

fn holder(number: u8, name: &str) -> Holder {
    Holder {
        owner: id(number),
        name: name.to_owned(),
        sort: "person".to_owned(),
        work_unit: None,
        marks: [String::new(), String::new()],
        representative: false,
    }
}

fn title(number: u8, holders: Vec<Holder>) -> Title {
    Title {
        dwelling: id(number),
        place: format!("1号楼1单元{number}"),
        apart: false,
        public_owned: false,
        unclear: false,
        employer: None,
        holders,
    }
}

fn heads(titles: &[Title], answers: &[(&str, &str)]) -> (usize, Vec<Standing>, Vec<Question>) {
    let answers: Answers = answers
        .iter()
        .map(|(key, answer)| ((*key).to_owned(), (*answer).to_owned()))
        .collect();
    let (standings, questions) = merge(titles, RULES, &answers);
    let heads: BTreeSet<&str> = standings
        .iter()
        .filter(|standing| standing.counts)
        .map(|standing| standing.head.as_str())
        .collect();
    (heads.len(), standings.clone(), questions)
}

#[test]
fn one_owner_with_three_dwellings_is_one_head() {
    let titles: Vec<Title> = (1..=3)
        .map(|n| title(n, vec![holder(9, "示例甲")]))
        .collect();
    let (count, _, questions) = heads(&titles, &[]);
    assert_eq!((count, questions.len()), (1, 0));
}

#[test]
fn co_owners_of_a_dwelling_are_one_head_with_a_representative() {
    let mut titles = vec![title(1, vec![holder(8, "示例甲"), holder(9, "示例乙")])];
    let (count, _, questions) = heads(&titles, &[]);
    assert_eq!(count, 1);
    assert_eq!(questions[0].doubt, Doubt::Representative);
    assert!(!questions[0].doubt.blocks());
    titles[0].holders[1].representative = true;
    let (_, standings, questions) = heads(&titles, &[]);
    assert!(questions.is_empty());
    assert_eq!(standings[0].note, "共有，代表人示例乙");
}

#[test]
fn unsold_public_housing_is_one_head_by_setting() {
    let titles: Vec<Title> = (1..=40)
        .map(|n| Title {
            public_owned: true,
            employer: Some(Employer {
                id: id(200),
                name: "示例公司".to_owned(),
                gone: false,
                successor: String::new(),
            }),
            ..title(n, Vec::new())
        })
        .chain((41..=100).map(|n| title(n, vec![holder(n, &format!("示例{n}"))])))
        .collect();
    assert_eq!(heads(&titles, &[]).0, 61);
    let each = Rules {
        work_unit_is_one: false,
        ..RULES
    };
    let (standings, _) = merge(&titles, each, &Answers::new());
    let distinct: BTreeSet<String> = standings.into_iter().map(|one| one.head).collect();
    assert_eq!(distinct.len(), 100);
}

#[test]
fn sole_owner_and_co_owner_elsewhere_waits_for_a_person_and_is_not_merged() {
    let mut shared = title(2, vec![holder(9, "示例甲"), holder(8, "示例乙")]);
    shared.holders[0].representative = true;
    let titles = [title(1, vec![holder(9, "示例甲")]), shared];
    let (count, _, questions) = heads(&titles, &[]);
    assert_eq!(count, 2);
    assert_eq!(questions[0].doubt, Doubt::SoleAndCoOwner);
    assert!(questions[0].doubt.blocks());
    let key = questions[0].key.clone();
    assert_eq!(heads(&titles, &[(&key, "merge")]).0, 1);
}

#[test]
fn parking_and_storage_stay_out_by_setting() {
    let mut bay = title(2, vec![holder(9, "示例甲")]);
    bay.apart = true;
    let titles = [title(1, vec![holder(8, "示例乙")]), bay];
    let (count, standings, _) = heads(&titles, &[]);
    assert_eq!((count, standings[1].counts), (1, false));
    let with = Rules {
        count_apart: true,
        ..RULES
    };
    let (standings, _) = merge(&titles, with, &Answers::new());
    assert!(standings[1].counts);
}

#[test]
fn namesakes_are_told_apart_by_phone_or_asked_about() {
    let mut one = holder(8, "示例甲");
    let mut two = holder(9, "示例甲");
    let titles =
        |one: &Holder, two: &Holder| [title(1, vec![one.clone()]), title(2, vec![two.clone()])];
    let (count, _, questions) = heads(&titles(&one, &two), &[]);
    assert_eq!((count, questions[0].doubt), (2, Doubt::SameName));
    let key = questions[0].key.clone();
    assert_eq!(heads(&titles(&one, &two), &[(&key, "merge")]).0, 1);
    one.marks[0] = "示例电话一".to_owned();
    two.marks[0] = "示例电话二".to_owned();
    assert!(heads(&titles(&one, &two), &[]).2.is_empty());
}

#[test]
fn equal_digits_of_the_card_with_another_phone_are_asked_about() {
    let mut one = holder(8, "示例甲");
    let mut two = holder(9, "示例甲");
    one.marks = ["示例电话一".to_owned(), "0011".to_owned()];
    two.marks = ["示例电话二".to_owned(), "0011".to_owned()];
    let titles = [title(1, vec![one.clone()]), title(2, vec![two.clone()])];
    let (count, _, questions) = heads(&titles, &[]);
    assert_eq!((count, questions.len()), (2, 1));
    assert_eq!(heads(&titles, &[(&questions[0].key, "merge")]).0, 1);
    // Other digits tell them apart, even with one phone (a couple, a relative).
    two.marks = ["示例电话一".to_owned(), "0022".to_owned()];
    let titles = [title(1, vec![one]), title(2, vec![two])];
    assert!(heads(&titles, &[]).2.is_empty());
}

#[test]
fn every_pair_of_namesakes_is_compared() {
    let mut all = [8, 9, 10].map(|number| holder(number, "示例甲"));
    all[0].marks[0] = "示例电话一".to_owned();
    all[2].marks[0] = "示例电话二".to_owned();
    let titles: Vec<Title> = (1..)
        .zip(&all)
        .map(|(number, one)| title(number, vec![one.clone()]))
        .collect();
    let (count, _, questions) = heads(&titles, &[]);
    assert_eq!(
        (count, questions.len()),
        (3, 2),
        "the middle one may be either"
    );
    let other = &questions
        .iter()
        .find(|question| question.answers.iter().all(|(code, _)| code != "merge"))
        .expect("about the pair");
    let answer = other.answers[1].0.clone();
    assert_eq!(heads(&titles, &[(&other.key, &answer)]).0, 2);
    let (_, standings, _) = heads(&titles, &[(&other.key, &answer)]);
    assert_eq!(standings[1].head, standings[2].head);
    assert_ne!(standings[0].head, standings[2].head);
}

#[test]
fn a_unit_that_owns_is_the_work_unit_of_its_name_or_asked_about() {
    let employer = Employer {
        id: id(200),
        name: "示例公司".to_owned(),
        gone: false,
        successor: String::new(),
    };
    let titles = |name: &str| {
        let mut unit = holder(9, name);
        unit.sort = "workUnit".to_owned();
        [
            title(1, vec![unit]),
            Title {
                public_owned: true,
                employer: Some(employer.clone()),
                ..title(2, Vec::new())
            },
        ]
    };
    let (count, _, questions) = heads(&titles("示例 公司"), &[]);
    assert_eq!((count, questions.len()), (1, 0));
    let other = titles("示例公司房管科");
    let (count, _, questions) = heads(&other, &[]);
    assert_eq!((count, questions[0].doubt), (2, Doubt::SameUnit));
    assert!(questions[0].doubt.blocks());
    let answer = questions[0].answers[1].0.clone();
    assert_eq!(heads(&other, &[(&questions[0].key, &answer)]).0, 1);
}

#[test]
fn masked_names_are_a_question_for_a_person() {
    let titles = [
        title(1, vec![holder(7, "张*")]),
        title(2, vec![holder(8, "张某某")]),
        title(3, vec![holder(9, "李*")]),
    ];
    let (count, _, questions) = heads(&titles, &[]);
    assert_eq!((count, questions.len()), (3, 1));
    assert_eq!(questions[0].doubt, Doubt::MaskedName);
    assert!(questions[0].doubt.blocks());
    assert!(questions[0].detail.contains("1号楼1单元1") && questions[0].subject == "张*");
    let key = questions[0].key.clone();
    assert_eq!(heads(&titles, &[(&key, "merge")]).0, 2);
    let mut told = titles.clone();
    told[0].holders[0].marks[0] = "示例电话一".to_owned();
    told[1].holders[0].marks[0] = "示例电话二".to_owned();
    assert!(heads(&told, &[]).2.is_empty(), "phones tell them apart");
}

#[test]
fn unclear_titles_and_dissolved_units_can_be_left_out_with_a_decision() {
    let nobody = title(1, Vec::new());
    let sealed = Title {
        unclear: true,
        ..title(2, vec![holder(9, "示例甲")])
    };
    let gone = Title {
        public_owned: true,
        employer: Some(Employer {
            id: id(200),
            name: "示例公司".to_owned(),
            gone: true,
            successor: String::new(),
        }),
        ..title(3, Vec::new())
    };
    let titles = [nobody, sealed, gone];
    let (count, _, questions) = heads(&titles, &[]);
    let doubts: Vec<Doubt> = questions.iter().map(|question| question.doubt).collect();
    assert_eq!(count, 3);
    assert_eq!(
        doubts,
        [
            Doubt::UnclearTitle,
            Doubt::UnclearTitle,
            Doubt::DissolvedUnit
        ]
    );
    let left_out: Vec<(&str, &str)> = questions
        .iter()
        .map(|question| (question.key.as_str(), "exclude"))
        .collect();
    assert_eq!(heads(&titles, &left_out).0, 0);
}

#[test]
fn the_same_co_owners_of_two_dwellings_are_asked_about() {
    let pair_of = |n| {
        let mut shared = title(n, vec![holder(8, "示例甲"), holder(9, "示例乙")]);
        shared.holders[0].representative = true;
        shared
    };
    let titles = [pair_of(1), pair_of(2)];
    let (count, _, questions) = heads(&titles, &[]);
    assert_eq!((count, questions.len()), (2, 1));
    let key = questions[0].key.clone();
    assert_eq!(heads(&titles, &[(&key, "merge")]).0, 1);
}
