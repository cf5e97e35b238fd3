//! Every paper of the office but the one-page plan, plain, empty and extreme. All of it is invented
//! (示例): names are 示例 names, figures are made up.

use chrono::{DateTime, FixedOffset};
use jiugai_report::documents::{
    BoardCell, BoardEntrance, BoardShade, BoardState, BoardStorey, Document, Imprint, ResultChoice,
    ResultQuestion, RoomBoard, RoomBoards, RosterPicture, Sheet, SheetAnswer, SheetChoice,
    SheetQuestion, StatisticsLine, SurveyResult, SurveySheet, SurveySheets, SurveyStatistics,
    VisitGroup, VisitLine, VisitRound, WallBoard, WallPair,
};

use super::ballots;

/// Twenty characters, as the longest names are.
pub(crate) const LONG_NAME: &str = "阿卜杜热合曼江艾合买提尼亚孜示例姓名很长";
/// Remark without end.
const LONG_REMARK: &str = "家里老人行动不便，希望先把楼道扶手和坡道修好再谈其他；又说大排房里还存着煤和旧家具，要等儿子从外地回来商量，\
不同意一次拆完，愿意分两步，先腾一半；问了三次补偿怎么算，没有人给过书面答复。";

/// All papers by the name of the case.
pub(crate) fn papers() -> Vec<(&'static str, Document)> {
    let mut papers = vec![
        (
            "d2-plain",
            Document::SurveySheets(Box::new(survey_sheets())),
        ),
        ("d2-blank", Document::SurveySheets(Box::new(blank_sheet()))),
        (
            "d2-extreme",
            Document::SurveySheets(Box::new(extreme_sheets())),
        ),
        (
            "d3-plain",
            Document::SurveyStatistics(Box::new(statistics())),
        ),
        (
            "d3-empty",
            Document::SurveyStatistics(Box::new(SurveyStatistics {
                imprint: imprint(),
                ..SurveyStatistics::default()
            })),
        ),
        ("result-plain", Document::SurveyResult(Box::new(result()))),
        ("photo-board", Document::WallBoard(Box::new(photo_board()))),
        (
            "result-empty",
            Document::SurveyResult(Box::new(SurveyResult {
                imprint: imprint(),
                title: "改造意愿征求结果".into(),
                ..SurveyResult::default()
            })),
        ),
        ("round-plain", Document::VisitRound(Box::new(round()))),
        (
            "round-empty",
            Document::VisitRound(Box::new(VisitRound {
                imprint: imprint(),
                blank_lines: 12,
                ..VisitRound::default()
            })),
        ),
        (
            "round-extreme",
            Document::VisitRound(Box::new(extreme_round())),
        ),
        ("d4-a4", boards(Sheet::A4Lying, 6, 4, 2)),
        ("d4-a3", boards(Sheet::A3Lying, 6, 4, 3)),
        ("d4-tower-a4", boards(Sheet::A4, 40, 1, 4)),
        ("d4-tower-a3", boards(Sheet::A3, 40, 1, 4)),
        ("d4-wide", boards(Sheet::A4Lying, 7, 12, 4)),
        (
            "d4-empty",
            Document::RoomBoards(Box::new(RoomBoards {
                imprint: imprint(),
                theme: "走访进度".into(),
                ..RoomBoards::default()
            })),
        ),
    ];
    papers.extend(ballots::papers());
    papers
}

pub(crate) fn imprint() -> Imprint {
    Imprint {
        subdistrict: "示例街道".into(),
        community: "示例社区".into(),
        compound: "五交化家属院".into(),
        sample: true,
        data_as_of: "2021年3月15日".into(),
        ledger_version: "128".into(),
        generated_at: at(),
    }
}

fn at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2021-03-18T09:05:00+08:00").expect("a valid time")
}

fn choices(labels: &[&str]) -> Vec<SheetChoice> {
    labels
        .iter()
        .enumerate()
        .map(|(at, label)| SheetChoice {
            number: format!("{}", at + 1),
            label: (*label).to_owned(),
            with_text: *label == "其他",
        })
        .collect()
}

fn question(
    number: usize,
    section: &str,
    text: &str,
    answer: SheetAnswer,
    labels: &[&str],
) -> SheetQuestion {
    SheetQuestion {
        section: section.into(),
        number: format!("{number}"),
        text: text.into(),
        answer,
        choices: choices(labels),
        ..SheetQuestion::default()
    }
}

const WANTS: &[&str] = &[
    "屋面防水",
    "外墙保温",
    "楼道粉刷、照明",
    "上下水管",
    "燃气管线",
    "集中供暖",
    "架空线入地",
    "道路修补",
    "停车位",
    "车棚充电",
    "绿地花坛",
    "健身器材",
    "加装电梯",
    "大门门卫",
    "监控",
    "垃圾分类",
    "社区用房",
    "其他",
];

fn questions() -> Vec<SheetQuestion> {
    use SheetAnswer::{Date, Multiple, Number, Rank, Scale, Single, Text};
    let (one, two, three, four) = (
        "一、家庭情况",
        "二、现状评价（1 很差，5 很好）",
        "三、改造需求",
        "四、意愿",
    );
    let mut all = vec![
        question(
            1,
            one,
            "您是这套房的",
            Single,
            &["业主", "业主的家人", "租户", "其他"],
        ),
        SheetQuestion {
            unit: "人".into(),
            ..question(2, one, "家里常住几人", Number, &[])
        },
        SheetQuestion {
            unit: "人".into(),
            ..question(3, one, "其中 60 岁以上", Number, &[])
        },
        question(4, one, "哪一天搬来的", Date, &[]),
        question(
            5,
            one,
            "家里有什么车",
            Multiple,
            &["小汽车", "电动自行车", "自行车", "三轮车", "没有车"],
        ),
    ];
    for text in [
        "小区道路",
        "雨水、污水排放",
        "供水",
        "供电",
        "供暖",
        "楼道照明",
        "绿化",
        "停车",
        "消防通道",
        "卫生保洁",
    ] {
        all.push(question(all.len() + 1, two, text, Scale, &["很差", "很好"]));
    }
    all.push(SheetQuestion {
        hint: "最多选 5 项".into(),
        required: true,
        ..question(all.len() + 1, three, "您最希望改什么", Multiple, WANTS)
    });
    all.push(SheetQuestion {
        hint: "把上题选的前 3 项按重要程度写 1、2、3".into(),
        ..question(all.len() + 1, three, "最要紧的三项", Rank, &WANTS[..9])
    });
    all.push(SheetQuestion {
        required: true,
        ..question(
            all.len() + 1,
            four,
            "是否同意改造",
            Single,
            &["同意", "不同意", "看方案再定"],
        )
    });
    let asked = format!("第 {} 题选 2、3 的填", all.len());
    all.push(SheetQuestion {
        condition: asked,
        ..question(
            all.len() + 1,
            four,
            "有什么顾虑",
            Multiple,
            &[
                "占用我的小房",
                "怕出钱",
                "怕施工影响",
                "刚装修过",
                "不放心",
                "其他",
            ],
        )
    });
    all.push(question(
        all.len() + 1,
        four,
        "附属房（小配房、大排房）需要拆除时，您愿意配合吗",
        Single,
        &[
            "愿意",
            "有条件愿意，条件是答复安置和补偿的具体办法后再定",
            "不愿意",
            "我家没有附属房",
        ],
    ));
    all.push(SheetQuestion {
        lines: 3,
        ..question(all.len() + 1, four, "其他建议", Text, &[])
    });
    all
}

fn survey_sheets() -> SurveySheets {
    SurveySheets {
        imprint: imprint(),
        title: "入户调查表".into(),
        round: "第一轮：摸底和改造意愿".into(),
        plan: "第 1 版（征求意见稿）".into(),
        opening: "您好！本小区准备改造，请按您家的实际情况填写。在方框里打√，有号码的也可以只告诉入户人员号码。".into(),
        questions: questions(),
        contact: "示例社区居委会 0394-示例".into(),
        sheets: (1..=3)
            .map(|n| SurveySheet {
                code: format!("H3-{n:04}"),
                dwelling: format!("3号楼2单元{n}01"),
                name: "张示例".into(),
                occupancy: if n == 1 { "业主自住".into() } else { String::new() },
                ..SurveySheet::default()
            })
            .collect(),
        ..SurveySheets::default()
    }
}

fn blank_sheet() -> SurveySheets {
    SurveySheets {
        sheets: Vec::new(),
        ..survey_sheets()
    }
}

fn extreme_sheets() -> SurveySheets {
    let mut sheets = survey_sheets();
    for question in &mut sheets.questions {
        question.text = format!("{}（{LONG_REMARK}）", question.text);
        for choice in &mut question.choices {
            choice.label = format!("{}{LONG_NAME}{LONG_NAME}{LONG_NAME}", choice.label);
        }
    }
    sheets.sheets = vec![SurveySheet {
        code: "0190f3a2-5b7c-7e21-9d10-2f6a4c8e1b35".into(),
        dwelling: "五交化公司后院家属区（原供销社）附12号楼东侧小单元地下室夹层B-1001之二".into(),
        name: format!("{LONG_NAME}𬭎㐂䶮"),
        phone: "0394-1234567转8888".into(),
        occupancy: LONG_REMARK.into(),
    }];
    sheets
}

fn statistics() -> SurveyStatistics {
    let line = |building: String, n: u32| StatisticsLine {
        building,
        asked: format!("{}", 30 + n),
        answered: format!("{}", 20 + n),
        rate: "71.4%".into(),
        agree: format!("{}", 15 + n),
        disagree: "2".into(),
        undecided: "3".into(),
        unreached: "10".into(),
        agree_rate: "82.1%".into(),
        wishes: (0..5).map(|w| format!("{}", 12 - w)).collect(),
    };
    SurveyStatistics {
        imprint: imprint(),
        round: "第二轮：改造意愿".into(),
        period: "2021年3月1日至3月15日".into(),
        wishes: [
            "屋面防水",
            "停车位",
            "加装电梯",
            "上下水管",
            "楼道粉刷、照明",
        ]
        .map(str::to_owned)
        .to_vec(),
        buildings: (1..=8).map(|n| line(format!("{n}号楼"), n)).collect(),
        total: line(String::new(), 200),
        pictures: super::figures::bars()
            .into_iter()
            .filter(|(name, _)| *name != "extreme")
            .map(|(_, chart)| RosterPicture {
                note: "231 户回答，76 户未答。".into(),
                svg: jiugai_report::charts::grouped_bars(&chart),
            })
            .collect(),
        notes: vec!["另有 3 份答卷的房号对不上，未计入。".into()],
    }
}

fn result() -> SurveyResult {
    let question = |number: &str, text: &str, multiple, counts: &[(&str, u32)]| ResultQuestion {
        number: number.into(),
        text: text.into(),
        multiple,
        answered: 231,
        choices: counts
            .iter()
            .map(|(label, count)| ResultChoice {
                label: (*label).into(),
                count: *count,
            })
            .collect(),
    };
    let wants: Vec<(&str, u32)> = WANTS
        .iter()
        .zip([
            160, 141, 133, 120, 98, 90, 77, 66, 60, 51, 43, 30, 25, 18, 12, 7, 3, 0,
        ])
        .map(|(label, count)| (*label, count))
        .collect();
    SurveyResult {
        imprint: imprint(),
        title: "改造意愿征求结果".into(),
        period: "2021年3月1日至3月15日，入户和线上".into(),
        asked: 307,
        answered: 231,
        rate: "75.2%".into(),
        questions: vec![
            question(
                "1",
                "是否同意改造",
                false,
                &[("同意", 201), ("看方案再定", 27), ("不同意", 3)],
            ),
            question("2", "最希望改什么", true, &wants),
            question(
                "3",
                &format!("附属房需要拆除时，您愿意配合吗？{LONG_REMARK}"),
                false,
                &[
                    ("愿意", 120),
                    ("有条件愿意，条件是答复安置和补偿的具体办法之后再定下来", 80),
                    ("不愿意", 31),
                ],
            ),
        ],
        contact: "示例社区居委会，电话 0394-示例".into(),
        signer: "示例社区居民委员会".into(),
        date: "2021年3月18日".into(),
    }
}

fn round() -> VisitRound {
    VisitRound {
        imprint: imprint(),
        day: "2021年3月18日（星期四）".into(),
        visitors: "示例甲、示例乙".into(),
        outcomes: [
            "1 见到本人",
            "2 见到家人",
            "3 不在家",
            "4 拒访",
            "5 空置",
            "6 约了时间",
        ]
        .map(str::to_owned)
        .to_vec(),
        groups: (1..=3)
            .map(|building| VisitGroup {
                title: format!("{building}号楼1单元"),
                lines: (1..=5)
                    .map(|n| VisitLine {
                        code: format!("H{building}-{n:04}"),
                        room: format!("{n}01"),
                        person: "张示例 138****0000".into(),
                        reason: if n % 2 == 0 {
                            "约好今天".into()
                        } else {
                            "第 3 次未遇".into()
                        },
                        last: "3月11日 上门，不在家".into(),
                    })
                    .collect(),
            })
            .collect(),
        blank_lines: 4,
    }
}

fn extreme_round() -> VisitRound {
    let line = VisitLine {
        code: "0190f3a2-5b7c-7e21".into(),
        room: "附12号楼东侧小单元夹层B-1001".into(),
        person: format!("{LONG_NAME}𬭎㐂䶮 0394-1234567转8888"),
        reason: LONG_REMARK.into(),
        last: LONG_REMARK.into(),
    };
    VisitRound {
        groups: vec![VisitGroup {
            title: "五交化公司后院家属区（原供销社）附12号楼东侧小单元".into(),
            lines: vec![line; 4],
        }],
        ..round()
    }
}

fn boards(sheet: Sheet, storeys: u16, entrances: u16, rooms: u16) -> Document {
    let shade = |mark: &str, label: &str, shade| BoardState {
        mark: mark.into(),
        label: label.into(),
        shade,
    };
    let states = vec![
        shade("○", "未走访", BoardShade::Blank),
        shade("✓", "已走访", BoardShade::Good),
        shade("约", "已约时间", BoardShade::Partly),
        shade("？", "多次未遇", BoardShade::Waiting),
        shade("×", "拒访", BoardShade::Bad),
        shade("空", "空置", BoardShade::Apart),
    ];
    let board = RoomBoard {
        building: "3号楼".into(),
        entrances: (1..=entrances)
            .map(|n| BoardEntrance {
                name: format!("{n}单元"),
                coverage: format!("{}/{}", storeys, storeys * rooms),
                rooms,
            })
            .collect(),
        storeys: (1..=storeys)
            .rev()
            .map(|storey| BoardStorey {
                label: format!("{storey}层"),
                entrances: (0..entrances)
                    .map(|entrance| {
                        (1..=rooms)
                            .filter(|room| !(storey == 1 && *room == rooms && entrance == 0))
                            .map(|room| BoardCell {
                                room: if storey == 2 && room == 1 {
                                    "东侧小单元夹层B-1001".into()
                                } else {
                                    format!("{storey}{room:02}")
                                },
                                state: (storey + room * 2 + entrance) % 6,
                                note: match (storey + room) % 4 {
                                    0 => "张*".into(),
                                    1 => "约3月20日".into(),
                                    2 => LONG_NAME.into(),
                                    _ => String::new(),
                                },
                            })
                            .collect()
                    })
                    .collect(),
            })
            .collect(),
        counts: ["8 户", "20 户", "5 户", "6 户", "2 户", "7 户"]
            .map(str::to_owned)
            .to_vec(),
        coverage: "已走访 20/48 户，41.7%".into(),
    };
    Document::RoomBoards(Box::new(RoomBoards {
        imprint: imprint(),
        sheet,
        theme: "走访进度".into(),
        states,
        boards: vec![board],
    }))
}

/// A place with both photos and one that still waits for the second.
fn photo_board() -> WallBoard {
    let photo = |colour: &str| {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="{colour}"/></svg>"#
        )
        .into_bytes()
    };
    WallBoard {
        imprint: imprint(),
        title: "五交化家属院改造前后对比".into(),
        pairs: vec![
            WallPair::new(
                "东门口朝西".into(),
                (photo("#8a7a66"), "2021-03-05 大排房占着通道".into()),
                Some((photo("#7f9a80"), "2021-07-31 拆后铺路".into())),
            ),
            WallPair::new("中院空场".into(), (photo("#8a7a66"), String::new()), None),
        ],
        stages: ["改造前", "改造后"].map(str::to_owned),
        ..WallBoard::default()
    }
}
